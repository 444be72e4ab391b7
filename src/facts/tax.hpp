// Japan's consumption tax: the rate of a day, and the other figure of a price. Computed figures, never read ones.
#pragma once

#include <cstdint>
#include <string_view>

#include "genchi/facts.hpp"
#include "genchi/time.hpp"

namespace genchi::facts {

/// In per cent: 0 before 1989-04-01, 3, 5 from 1997-04-01, 8 from 2014-04-01, 10 from 2019-10-01; from then on 8 for what
/// has the reduced rate (消費税法 第2条, 別表第一: food and drink that is not eating out, newspapers by subscription).
int tax_rate(CivilDay day, bool reduced);

/// Do the words say something that has the reduced rate: 弁当 お菓子 新聞購読 軽減? A list of our own; what is eaten on the
/// spot, alcohol and catering (ケータリング 宴会 酒) is not in it.
bool has_reduced_rate(std::string_view words);

/// A price on both bases; fractions of a yen of tax are dropped.
struct BothBases {
  std::int64_t excluded = 0, included = 0;
  int rate = 0;
};
/// `tax` says which of them `yen` is; unknown counts as excluded.
BothBases both_bases(std::int64_t yen, Tax tax, int rate);

}  // namespace genchi::facts
