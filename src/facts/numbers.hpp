// Numbers as Japanese business writes them, wherever they stand. What they count is for the grammars above.
#pragma once

#include <cstdint>
#include <optional>

#include "facts/text.hpp"

namespace genchi::facts {

/// `55,000` `５５０００` `5.5万` `5万5千` `五万五千` `1億2千万` `12万3,456` `三十五` `二〇二四` `千五百`.
struct Number {
  Span span;                    ///< figures, commas, point and 十百千万億兆; no sign, no unit of what is counted
  std::int64_t value = 0;       ///< whole part × 10^decimals
  int decimals = 0;             ///< digits behind the point, once 万 etc. are multiplied out and zeros dropped; 0..6
  bool figures = false;         ///< 0-9 occur
  bool kanji_digits = false;    ///< 一..九〇 occur
  bool grouped = false;         ///< a comma between groups of three
  bool big_unit = false;        ///< 千 万 億 兆 with figures (5千, 12万), or 万 億 兆 at all
  int leading_digits = 0;       ///< figures before the first comma, point or 十百千万
  bool leading_zero = false;    ///< 03

  bool whole() const { return decimals == 0; }
};

/// The number that begins at `at`; nullopt if none does there, if it is larger than 10^15, or malformed (`1,2,3`,
/// `1.2.3`: then the number is what can be read up to there, `1` and `1.2`). Takes the longest reading. Never more than
/// 64 characters; a longer run of figures is none. A kanji number must be read as one: 一 in 一部 is, 千葉 is 千 too; the
/// grammar that asks says whether the neighbours allow it. Blanks are not passed over.
std::optional<Number> number_at(const Text& text, std::size_t at);

/// Could a number begin here, by the characters alone: a digit with no digit, or point and digit, before it, or a kanji
/// number with none before it?
bool may_begin_number(const Text& text, std::size_t at);

/// The end of the number-like run at `at` (digits, commas and points between digits, kanji numerals): where to go on
/// looking after what was no number.
std::size_t number_run_end(const Text& text, std::size_t at);

/// 50000, 5万, ¥55,000, 5万円..10万円, 5万.., ..10万 as people type them in a filter; both ends included, INT64_MIN and
/// INT64_MAX for one that is open. nullopt: no amount; `least` may be greater than `greatest`.
struct YenRange {
  std::int64_t least = INT64_MIN, greatest = INT64_MAX;
};
std::optional<YenRange> yen_range(std::string_view written);

}  // namespace genchi::facts
