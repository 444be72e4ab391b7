// The other spellings of a word that a Japanese office writes, beyond what fold() makes equal: okurigana (見積もり
// 見積り 見積), honorific prefixes (お見積 御見積), ー and dashes (サーバー サーバ サ－バ－), numerals (5万円 五万円;
// 50000 50,000; 第1回 第一回; ① (1)), company forms ((株) 株式会社), counters (3ヶ月 3か月 3箇月), kana of common business
// words (みつもり). They widen what is asked for, never what is indexed.
//
// Rules where one exists, tables where not (spelling_words.inc, with its source). A spelling that is found wherever
// another one is found is left out: whoever finds 見積 finds 見積もり.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// A folded text to look for, and what must not stand beside it for it to be that word.
struct Spelling {
  std::string folded;
  /// A number is found as a whole: 五万円 not in 十五万円, 500円 not in 1,500円.
  bool begins_with_numeral = false;
  /// 打合 is a spelling of 打ち合い, but not in 打合わせ: none of these, separated by blanks, behind it.
  std::string_view not_before;

  bool operator==(const Spelling&) const = default;
};

/// All spellings of a word or phrase as somebody typed it, the folded one first even where a shorter one would find it;
/// at most `limit`. Empty if nothing of it can be looked for. Any thread; some 10 µs.
std::vector<Spelling> spellings_of(std::string_view written, std::size_t limit = 64);

/// Where a spelling stands in a folded text from `from` on, in the sense of find_folded and of its own conditions; npos
/// if nowhere.
std::size_t find_spelling(std::string_view haystack, const Spelling& spelling, std::size_t from = 0);

}  // namespace genchi
