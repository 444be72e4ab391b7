#include "index/suggestions.hpp"

#include <algorithm>
#include <string>

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

/// Passages that hold all n-grams of a part: about those that hold the part.
std::uint64_t passages_with(const Xapian::Database& db, std::string_view part) {
  const RequiredTerms required = required_terms(part);
  if (required.terms.empty() || !required.prefixes.empty()) return 0;
  const Xapian::Query all(Xapian::Query::OP_AND, required.terms.begin(), required.terms.end());
  Xapian::Enquire enquire(db);
  enquire.set_query(all);
  return enquire.get_mset(0, 0u).get_matches_estimated();
}

bool is_japanese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (char_class(c.value) == CharClass::japanese) return true;
    at += c.size;
  }
  return false;
}

std::vector<Suggestion> parts_that_occur(const Xapian::Database& db, std::string_view folded, std::size_t limit) {
  const std::vector<std::size_t> at = boundaries(folded);
  const std::size_t letters = at.size() - 1;
  std::vector<Suggestion> found;
  for (std::size_t length = letters - 1; length >= 2 && found.empty(); --length)
    for (std::size_t i = 0; i + length <= letters && found.size() < limit; ++i) {
      const std::string_view part = folded.substr(at[i], at[i + length] - at[i]);
      if (part.front() == ' ' || part.back() == ' ') continue;
      if (const std::uint64_t passages = passages_with(db, part); passages > 0)
        found.push_back({std::string(part), passages});
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

std::vector<Suggestion> suggestions_from(const Xapian::Database& db, std::string_view folded, std::size_t limit) {
  if (folded.empty()) return {};
  return is_japanese(folded) ? parts_that_occur(db, folded, limit) : words_nearby(db, folded, limit);
}

}  // namespace genchi::index
