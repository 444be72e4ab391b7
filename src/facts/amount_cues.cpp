#include "facts/amount_cues.hpp"

#include <algorithm>
#include <bitset>

namespace genchi::facts {
namespace {

struct Entry {
  std::u32string word;
  Kinds kinds;
};

std::vector<Entry> entries() {
  using namespace word;
  std::vector<Entry> all = {
#include "facts/amount_words.inc"
  };
  // 振込 and its like × what says that it is done.
  for (const std::u32string_view noun : {U"振込", U"振込み", U"振り込み", U"振りこみ", U"入金", U"送金",
                                         U"支払", U"支払い", U"決済", U"納付", U"払い込み", U"払込"})
    for (const std::u32string_view done : {U"しました",
                                           U"いたしました",
                                           U"致しました",
                                           U"させていただきました",
                                           U"させて頂きました",
                                           U"済",
                                           U"済み",
                                           U"済ませ",
                                           U"完了",
                                           U"が完了",
                                           U"を完了",
                                           U"は完了",
                                           U"を確認",
                                           U"が確認",
                                           U"確認",
                                           U"の確認が取れ",
                                           U"の確認がとれ",
                                           U"ありがとう",
                                           U"いただき",
                                           U"頂き",
                                           U"をいただき",
                                           U"を頂き",
                                           U"を済ませ",
                                           U"の手続きを完了",
                                           U"手続きを完了",
                                           U"手続きしました",
                                           U"手続き完了",
                                           U"しといた",
                                           U"しときました",
                                           U"しておきました",
                                           U"したよ",
                                           U"した"})
      all.push_back({std::u32string(noun) += done, paid});
  for (const std::u32string_view noun : {U"入金", U"振込", U"振込み", U"お支払い", U"お支払", U"送金"})
    for (const std::u32string_view not_done :
         {U"が確認できて", U"が確認できませ", U"を確認できて", U"を確認できませ", U"の確認が取れて",
          U"の確認がとれて", U"の確認ができて", U"確認ができて", U"が確認出来"})
      all.push_back({std::u32string(noun) += not_done, billed});
  return all;
}

/// Words by their first character, longest first.
struct Lexicon {
  std::vector<Entry> words = entries();
  std::bitset<0x10000> first;

  Lexicon() {
    std::sort(words.begin(), words.end(), [](const Entry& a, const Entry& b) {
      if (a.word[0] != b.word[0]) return a.word[0] < b.word[0];
      return a.word.size() != b.word.size() ? a.word.size() > b.word.size() : a.word < b.word;
    });
    for (const Entry& each : words) first.set(each.word[0]);
  }

  const Entry* at(const Text& text, std::size_t place) const {
    const char32_t c = text[place];
    if (c >= 0x10000 || !first.test(c)) return nullptr;
    auto each = std::lower_bound(words.begin(), words.end(), c,
                                 [](const Entry& entry, char32_t wanted) { return entry.word[0] < wanted; });
    for (; each != words.end() && each->word[0] == c; ++each)
      if (text.starts_with(place, each->word)) return &*each;
    return nullptr;
  }
};

const Lexicon& lexicon() {
  static const Lexicon of_words;
  return of_words;
}

/// Latin and katakana words count only by themselves: not the No in Notion, the オフ in キックオフ.
bool stands_alone(const Text& text, Span span) {
  const char32_t first = text[span.begin], last = text[span.end - 1];
  if (first == U'税' && is_kanji(text[span.begin - 1]) && !is_kanji_number(text[span.begin - 1]) &&
      span.size() == 2)
    return false;
  if (is_katakana(first) && is_katakana(text[span.begin - 1])) return false;
  if (is_katakana(last) && is_katakana(text[span.end])) return false;
  return !(is_letter(first) && is_letter(text[span.begin - 1])) &&
         !(is_letter(last) && is_letter(text[span.end]));
}

} // namespace

WordCues::WordCues(const Text& text) {
  const Lexicon& words = lexicon();
  for (const Text::Line& line : text.lines()) {
    if (!line.own) continue;
    for (std::size_t at = line.span.begin; at < line.span.end;) {
      const Entry* const entry = words.at(text, at);
      if (!entry || !stands_alone(text, {at, at + entry->word.size()})) {
        ++at;
        continue;
      }
      if (entry->kinds != word::none) cues_.push_back({{at, at + entry->word.size()}, entry->kinds});
      at += entry->word.size();
    }
  }
}

std::span<const WordCue> WordCues::in(std::size_t begin, std::size_t end) const {
  const auto from = std::lower_bound(cues_.begin(), cues_.end(), begin,
                                     [](const WordCue& cue, std::size_t at) { return cue.span.begin < at; });
  auto to = std::lower_bound(from, cues_.end(), end,
                             [](const WordCue& cue, std::size_t at) { return cue.span.begin < at; });
  if (to != from && (to - 1)->span.end > end) --to;
  return {from, to};
}

Kinds WordCues::kinds_in(std::size_t begin, std::size_t end) const {
  Kinds kinds = 0;
  for (const WordCue& cue : in(begin, end)) kinds |= cue.kinds;
  return kinds;
}

Kinds kinds_of(std::string_view text) {
  const Text read(text);
  return WordCues(read).kinds_in(0, read.size());
}

} // namespace genchi::facts
