// The other spellings of a word that a Japanese office writes, beyond what fold() makes equal: okurigana (見積もり
// 見積り 見積), honorific prefixes (お見積 御見積), ー and dashes (サーバー サーバ サ－バ－), numerals (5万円 五万円;
// 50000 50,000; 第1回 第一回; ① (1)), company forms ((株) 株式会社), counters (3ヶ月 3か月 3箇月), kana of common business
// words (みつもり). They widen what is asked for, never what is indexed.
//
// Rules where one exists, tables where not (spelling_words.inc, with its source). A spelling that is found wherever
// another one is found is left out: whoever finds 見積 finds 見積もり.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// One way to write a part of a word or phrase, folded.
struct SpelledPart {
  std::string text = {};
  /// A number is found as a whole: 五万円 not in 十五万円, 500円 not in 1,500円.
  bool is_number = false;
  /// 打合 is a spelling of 打ち合い, but not in 打合わせ: none of these, separated by blanks, behind it.
  std::string_view not_before = {};
  /// サーバ for サーバー: behind it no katakana goes on, since マイナス is no マイナー. Long words (コンピュータ) are seldom the
  /// beginning of another one: there only `not_before` counts.
  enum class Cut { none, mark, mark_of_long_word };
  Cut cut = Cut::none;
  bool katakana = false; ///< people read it in katakana

  bool operator==(const SpelledPart&) const = default;
};

/// A folded text to look for, and what must not stand beside it for it to be that word.
struct Spelling {
  std::string folded;
  std::string shown;                     ///< for people: what is written in katakana in katakana
  bool begins_with_number = false;       ///< SpelledPart::is_number
  std::string_view not_before;           ///< as in SpelledPart, of its end
  SpelledPart::Cut cut = SpelledPart::Cut::none;
  bool alone = false;                    ///< no katakana on either side: アポ is not in アポロ
  /// Not null: any combination of these, one choice of each part, is found; `folded` is the first. For what has too many
  /// spellings to list.
  std::shared_ptr<const std::vector<std::vector<SpelledPart>>> parts;

  bool operator==(const Spelling&) const = default;
};

/// All spellings of a word or phrase as somebody typed it, the folded one first even where a shorter one would find it. If
/// they are more than `limit` combinations: the folded one, and one with `parts` that stands for all of them. Empty if nothing
/// of it can be looked for. Any thread; some 10 µs.
std::vector<Spelling> spellings_of(std::string_view written, std::size_t limit = 64);

/// Some of the combinations of a spelling with parts, as people read them: what differs from `folded` in one place first; and
/// how many there are.
std::vector<std::string> examples_of(const Spelling& spelling, std::size_t limit);
std::uint64_t combinations_of(const Spelling& spelling);

/// A folded text in which is looked for. fold() makes katakana hiragana; `katakana(at)` tells whether the character at this byte
/// was written so. Without it none was.
struct SearchedText {
  std::string_view folded;
  std::function<bool(std::size_t at)> katakana = {};
};

/// A stretch of a folded text, in bytes.
struct SpellingPlace {
  std::size_t begin;
  std::size_t end;
};

/// Where a spelling stands in a text from `from` on, in the sense of find_folded and of its own conditions. Of those that
/// begin at one place the longest. Time: linear in the text for each choice of its first part.
std::optional<SpellingPlace> find_spelling(const SearchedText& text, const Spelling& spelling, std::size_t from = 0);

}  // namespace genchi
