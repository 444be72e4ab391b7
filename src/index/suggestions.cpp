#include "index/suggestions.hpp"

#include <algorithm>
#include <string>
#include <unicode/uchar.h>

#include "base/bytes.hpp"
#include "index/terms.hpp"
#include "text/fold.hpp"

namespace genchi::index {

namespace {

using Suggestion = Searcher::Suggestion;

constexpr std::size_t longest_word = 24; ///< in characters
constexpr std::size_t most_terms_read = 200'000;

std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> at{0};
  while (at.back() < text.size() && at.size() <= longest_word) at.push_back(at.back() + decode_utf8(text, at.back()).size);
  return at;
}

/// ー and small kana begin no word, and nobody asks for punctuation.
bool may_begin(char32_t c) {
  constexpr std::u32string_view never = U"ーぁぃぅぇぉっゃゅょゎゕゖゝゞ々";
  return never.find(c) == std::u32string_view::npos && u_isalnum(static_cast<UChar32>(c));
}
bool may_end(std::string_view part) {
  std::size_t at = part.size();
  do --at;
  while (at > 0 && (static_cast<unsigned char>(part[at]) & 0xC0) == 0x80);
  const char32_t c = decode_utf8(part, at).value;
  return c == U'ー' || u_isalnum(static_cast<UChar32>(c));
}

bool is_japanese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (char_class(c.value) == CharClass::japanese) return true;
    at += c.size;
  }
  return false;
}

/// As it was typed: fold() makes katakana hiragana.
std::string as_typed(std::string_view written, const FoldedText& folded, std::size_t begin, std::size_t end) {
  const FoldedText::Span span = folded.original(begin, end);
  return std::string(written.substr(span.begin, span.end - span.begin));
}

std::vector<Suggestion> parts_that_occur(const CountPassages& count, std::string_view written, const FoldedText& folded,
                                         std::size_t limit) {
  const std::vector<std::size_t> at = boundaries(folded.text);
  const std::size_t letters = at.size() - 1;
  std::vector<Suggestion> found;
  for (std::size_t length = std::min(letters, longest_word); length >= 2 && found.empty(); --length)
    for (std::size_t i = 0; i + length <= letters && found.size() < limit; ++i) {
      if (at[i + length] - at[i] == folded.text.size()) continue;
      const std::string_view part = std::string_view(folded.text).substr(at[i], at[i + length] - at[i]);
      if (!may_begin(decode_utf8(part, 0).value) || !may_end(part)) continue;
      if (const std::uint64_t passages = count(part); passages > 0)
        found.push_back({as_typed(written, folded, at[i], at[i + length]), passages});
    }
  return found;
}

/// Letters to change, add or leave out to make one of the other, if at most `most`; else most + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

std::vector<Suggestion> words_nearby(const Xapian::Database& db, std::string_view folded, std::size_t limit) {
  if (folded.size() < 3 || folded.size() > max_word_bytes) return {};
  const std::size_t most = folded.size() <= 4 ? 1 : 2;
  struct Near {
    std::size_t away;
    std::uint64_t passages;
    std::string word;
  };
  std::vector<Near> near;
  std::size_t read = 0;
  const std::string first(folded.substr(0, 1));
  const Xapian::TermIterator end = db.allterms_end(first);
  for (Xapian::TermIterator it = db.allterms_begin(first); it != end && read < most_terms_read; ++it, ++read) {
    const std::string word = *it;
    const std::size_t away = distance(folded, word, most);
    if (away <= most && away > 0) near.push_back({away, it.get_termfreq(), word});
  }
  std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
    return a.away != b.away ? a.away < b.away : a.passages != b.passages ? a.passages > b.passages : a.word < b.word;
  });
  std::vector<Suggestion> found;
  for (Near& one : near)
    if (found.size() < limit) found.push_back({std::move(one.word), one.passages});
  return found;
}

}  // namespace

std::vector<Suggestion> suggestions_from(const Xapian::Database& db, const CountPassages& count, std::string_view written,
                                         std::size_t limit) {
  const FoldedText folded = fold_with_map(written);
  if (folded.text.empty()) return {};
  return is_japanese(folded.text) ? parts_that_occur(count, written, folded, limit) : words_nearby(db, folded.text, limit);
}

}  // namespace genchi::index
