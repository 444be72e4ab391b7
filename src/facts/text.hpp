// The text that facts are read from: one character for each that a reader sees, in one spelling of width, with the way
// back to the original's bytes. (The folded text of the search is no use here: it joins and drops what a number needs.)
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// A span of characters of a Text: [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  auto operator<=>(const Span&) const = default;
};

/// Characters in one spelling:
///  - full-width ASCII is ASCII, U+3000 and no-break space are ' ', TAB and LF stay; half-width katakana are full-width
///    ones, with their voiced mark in one character;
///  - ～ 〜 are '~'; − ‐ ‑ ‒ – — ― ─ － are '-', ー stays (a dash behind a figure: dash_at());
///  - ￥ ¥ and \ before a digit are U+00A5; 圓 is 円; ㌦ ㌍ ㎡ and their like stay one character;
///  - circled and other enclosed figures stay what they are, and are no digits;
///  - variation selectors, zero-width characters and control characters are left out.
/// Letters keep their case, katakana and hiragana stay apart.
class Text {
 public:
  /// `sections` as in MessageRecord; empty: all own. Lines that begin with > or ＞ are quoted whatever it says.
  /// At most 2^32 - 1 bytes; ill-formed bytes are U+FFFD. `text` must outlive this. Linear time; 8 bytes a character.
  explicit Text(std::string_view text, std::span<const TextSection> sections = {}, bool is_subject = false);

  std::u32string_view chars() const { return chars_; }
  std::size_t size() const { return chars_.size(); }
  /// The character at `i`; 0 outside (i may be npos: i - 1 of 0).
  char32_t operator[](std::size_t i) const { return i < chars_.size() ? chars_[i] : U'\0'; }
  std::u32string_view chars(Span span) const { return std::u32string_view(chars_).substr(span.begin, span.size()); }
  bool starts_with(std::size_t at, std::u32string_view what) const {
    return at <= chars_.size() && std::u32string_view(chars_).substr(at, what.size()) == what;
  }
  bool ends_with(std::size_t end, std::u32string_view what) const {
    return end >= what.size() && starts_with(end - what.size(), what);
  }

  /// A line without its LF. Only own lines (own words and greetings) carry facts.
  struct Line {
    Span span;
    bool own = true;
  };
  const std::vector<Line>& lines() const { return lines_; }
  std::size_t line_of(std::size_t at) const;  ///< number of the line that holds this character; binary search

  /// The sentence of an own line around `at`: up to 。！？!? and …, or to the ends of the line; a bracket does not end it.
  Span sentence(std::size_t at) const;
  /// The clause: a sentence cut at 、 and , (not within a number) too.
  Span clause(std::size_t at) const;

  /// As it was written. surface() is a view of the original's bytes.
  TextSpan bytes(Span span) const;
  std::string_view surface(Span span) const;
  std::string_view original() const { return original_; }

  /// The first character from `at` on that is no blank (' ' or TAB), within the line; and the one behind the last that
  /// is none before `at`.
  std::size_t skip_blanks(std::size_t at) const;
  std::size_t before_blanks(std::size_t at) const;

 private:
  std::string_view original_;
  std::u32string chars_;
  std::vector<std::uint32_t> at_;  // byte offset of each character; one more: the end
  std::vector<Line> lines_;
  bool is_subject_ = false;
};

bool is_digit(char32_t c);           ///< '0'..'9'
bool is_kanji_digit(char32_t c);     ///< 〇零一二三四五六七八九, 両 only in 二両 … is none
bool is_kanji_number(char32_t c);    ///< these and 十百千万億兆
bool is_letter(char32_t c);          ///< A..Z a..z
bool is_kanji(char32_t c);
bool is_hiragana(char32_t c);
bool is_katakana(char32_t c);        ///< with ー
bool is_blank(char32_t c);           ///< ' ' and TAB


}  // namespace genchi::facts
