// Dates as people write them on a command line and in a query: a span of whole days.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "genchi/time.hpp"

namespace genchi {

/// The half-open span of a day, week, month, year or named stretch.
struct DaySpan {
  UtcSeconds begin = 0;
  UtcSeconds end = 0;
};

/// Reads
///  - `2024-04-01` `2024/4/1` `2024.4.1` `24/4/1` `20240401` `2024-04` `2024` `2024年4月1日` `4月1日` `4/1` `4月`, also
///    with `(月)` behind, which is not checked; `令和6年4月1日` `R6.4.1` `㍻元年` `昭和` `大正` `明治` (an era's year is
///    the whole calendar year, also one after the era's end);
///  - `今日` `本日` `昨日` `一昨日` `明日` `明後日`, `今週` `先週` `先々週` `来週` `再来週` (Monday to Sunday) `来週の金曜`, `今月` `先月`
///    `先々月` `来月` `再来月` `先月の5日`, `今年` `去年` `昨年` `一昨年` `来年` `再来年` `去年の3月` `昨年4月1日`, `今年度` `2024年度`
///    (from April);
///  - `昨年末` `2023年末` `年末` (December), `3月末` `月末` (the last day), `4月上旬` (1–10) `中旬` (11–20) `下旬` (21–end);
///  - `3日前` `2週間前` `3か月前` `半年前` `1年前` and the same with `後`: one day, counted from today; the last day of a
///    month that is too short;
///  - English `today` `yesterday` `tomorrow`, `this|last|next week|month|year`, `3 months ago`;
/// full-width digits and kanji numerals too. A month or day without a year is the last one that has begun. nullopt if
/// it is none of these or no existing day. (For words in messages see FACTS; this is only for what a user types.)
std::optional<DaySpan> parse_day_span(std::string_view text, UtcSeconds now, int offset_minutes);

/// `a..b` or `a〜b` (the whole of b's unit included), `a..`, `..b`, or a single span; open ends are INT64_MIN /
/// INT64_MAX. Where only one of a and b has a year, the other is the nearest that fits: `12/20..1/10` ends in the next
/// year. nullopt if b ends before a begins.
std::optional<DaySpan> parse_day_range(std::string_view text, UtcSeconds now, int offset_minutes);

/// Calendar days of `7d` `10日` `1週間` `2 weeks` `6か月` `1年`, a month counted as 30 and a year as 365; a number alone is
/// days. nullopt for anything else, and beyond 100 years.
std::optional<std::int64_t> parse_day_count(std::string_view text);

}  // namespace genchi
