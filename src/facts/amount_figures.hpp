// Figures in a text that are, or could be, money by themselves: first step of amounts.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/numbers.hpp"
#include "facts/text.hpp"

namespace genchi::facts {

/// How much a figure says by itself.
enum class Evidence : std::uint8_t {
  sure,   ///< a unit or sign of currency
  likely, ///< 12万 8千, and nothing is counted behind it
  bare    ///< figures that stand alone: money only where its surroundings say so
};

/// 15 kinds of currency at most; JPY is the first.
struct Currency {
  std::string_view code;
  std::u32string_view word;
};

struct Figure {
  Span span;              ///< with sign and unit of currency: the surface
  Span number;            ///< the number alone
  std::int64_t value = 0; ///< with `decimals` behind the point
  std::int8_t decimals = 0;
  Evidence evidence = Evidence::bare;
  bool grouped = false;
  bool big_unit = false;    ///< 万 千 in it
  bool negative = false;    ///< ▲ △ - マイナス
  bool plus = false;        ///< ＋ プラス
  bool at_sign = false;     ///< @
  bool approx = false;      ///< 約, 台, くらい
  bool range_first = false; ///< of two: 5 in 5〜6万円
  bool range_second = false;
  bool dash_end = false; ///< 55,000-
  std::string_view currency = "JPY";
  std::string_view rule;
};

/// Of all own lines, in the order of the text. At most 48 bare ones a line.
std::vector<Figure> find_figures(const Text& text);

bool one_of(char32_t c, std::u32string_view of);

/// The end of a counter (部 個 名 ページ …) that begins at `at`; `at` if none does.
std::size_t counter_end(const Text& text, std::size_t at);

} // namespace genchi::facts
