// The searched form of a text. Two texts that a Japanese reader would call the same spelling fold to the same bytes.
//
// Folding is NFKC_Casefold (width, case, half-width kana, ㈱→(株)) with exceptions and tables of ours:
//  - enclosed figures and fractions are kept apart: ①②…㊿ ⒈ ½ stay characters of their own, which never join the
//    digits beside them (①1,200円 ≠ 11,200円); ❶➀➊⓵ and the keycap 1️⃣ become ①. Single Hangul letters (ㅋㅋ) stay too;
//  - katakana → hiragana (U+30A1–30F6, ヽヾ, minus 0x60; not ICU's transliterator). ゛ and ゜ join the kana before them
//    as ﾞ and ﾟ do, and vanish where they make no character;
//  - variant kanji → the common one (髙→高 﨑→崎 邊邉→辺 …), src/text/variant_kanji.inc, its source beside it; ○◯→〇;
//  - dashes and minus signs (‐ ‑ ‒ – — ― − － ─ …) → "-"; wave dashes (〜 ～) → "~"; curly quotes → straight ones. The
//    long-vowel mark ー stays;
//  - decoration (emoji, variation selectors, zero-width and control characters, ☆★♪♡ …, accents standing alone as in
//    (´▽｀), private-use characters, which are mostly old mobile emoji) is dropped with what combines with it;
//  - of combining characters on one letter, all beyond the first 32 are dropped;
//  - white space, decoration within it aside: at both ends of the text it vanishes; a run with a blank line is "\n\n"
//    and otherwise one with a TAB (a table cell's end) "\t", and nothing is found across these; any other run, single
//    line breaks included, vanishes between two Japanese characters (、。「」・ and their like are such here) and is
//    one space elsewhere.
//
// So fold(fold(a)) = fold(a); and fold(ab) = fold(a) fold(b) wherever a|b is a grapheme boundary, with ゛ and ゜ counted
// as combining, and what is nearest to it on either side, decoration aside, is not white space. (Vowels and final
// consonants of Hangul syllables, U+1160–11FF, count as combining as well.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// The folded text. About 250 MB/s. Each ill-formed byte is read as U+FFFD. Any thread.
std::string fold(std::string_view text);

/// A folded text and where each of its bytes came from.
struct FoldedText {
  std::string text;
  /// For each byte of `text`, the offset in the original of the first byte of the character(s) it came from; one
  /// more entry at the end = size of the original. Never decreasing.
  std::vector<std::uint32_t> source;
  /// For each byte of `text`, the size in the original of the character(s) it came from. Sizes, so that who moves
  /// `source` need not touch them.
  std::vector<std::uint32_t> source_size;

  /// The span [begin, end) of the original that the folded span [begin, end) came from: whole characters, with what
  /// combines with them, without decoration and white space beside them.
  struct Span {
    std::uint32_t begin;
    std::uint32_t end;
  };
  Span original(std::size_t begin, std::size_t end) const;
};
/// `text` is under 4 GiB; its `.text` is what fold gives.
FoldedText fold_with_map(std::string_view text);

/// The class of a folded code point; it decides what a search term is.
enum class CharClass {
  japanese,  ///< kanji, kana, ー, 々〆〇, Hangul and other CJK; also ① ½: what needs no boundary to be found
  word,      ///< letters, digits and marks of all other scripts
  other,
};
CharClass char_class(char32_t folded);

/// Where `needle` (folded, not empty) stands in `haystack` (folded) from `from` on; npos if nowhere. Where the needle
/// begins or ends with a CharClass::word character, the text must not go on with one there ("ann" is not in "annual",
/// "000" not in "3000"), while Japanese text may stand beside it. This is what "found" means everywhere in genchi.
enum class WordEnd { whole, open };  ///< open: behind the needle the text may go on
std::size_t find_folded(std::string_view haystack, std::string_view needle, std::size_t from = 0,
                        WordEnd end = WordEnd::whole);

}  // namespace genchi
