// Counting with days, and which year is meant when none is written.
#pragma once

#include <cstdint>
#include <optional>

#include "genchi/time.hpp"

namespace genchi::facts {

/// A day, or several; both ends included.
struct Days {
  CivilDay first, last;
  bool one() const { return first == last; }
  bool holds(const Days& other) const { return first <= other.first && other.last <= last; }
  auto operator<=>(const Days&) const = default;
};

/// Of a month, a year or a week.
enum class Part : std::uint8_t {
  whole, first, last, upper, middle, lower, first_half, second_half, weekend, nth_weekday
};

/// Does the sentence look back or ahead? (納品しました, お願いします)
enum class Lean : std::uint8_t { none, past, ahead };

int weekday_of(CivilDay day);  ///< 1 Monday … 7 Sunday
CivilDay plus_days(CivilDay day, std::int64_t days);
/// The 31st becomes the last day of a shorter month.
CivilDay plus_months(CivilDay day, int months);
std::int64_t days_between(CivilDay from, CivilDay to);
/// Monday to Sunday, `shift` weeks from that of `day`.
Days week_of(CivilDay day, int shift = 0);
/// `month` may lie outside 1..12: it is counted on.
Days month_of(int year, int month);
Days year_of(int year);
Days fiscal_year_of(int year);  ///< April to March
int fiscal_year(CivilDay day);
/// Of a week, a month or a year; the tens of days of a month only. nth_weekday is the whole.
Days part_of(Days unit, Part part);
/// The second Saturday; -1: the last. nullopt: there is no fifth.
std::optional<CivilDay> nth_weekday(Days month, int nth, int weekday);
/// 翌月 said ten thousand times over leads to none.
bool is_of_our_time(const Days& days);

/// The year of `month`/`day` that makes sense on `today`; a printed weekday (0: none) settles doubt. nullopt: there is
/// no such day in any year near.
std::optional<CivilDay> day_without_year(int month, int day, CivilDay today, Lean lean, int weekday);
int year_of_month(int month, CivilDay today, Lean lean);
/// The next such day of a month, today included; looking back the last one.
std::optional<CivilDay> day_of_month_near(int day, CivilDay today, Lean lean, int weekday);

}  // namespace genchi::facts
