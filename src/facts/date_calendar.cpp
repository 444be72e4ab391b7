#include "facts/date_calendar.hpp"

#include <algorithm>
#include <cstdlib>

namespace genchi::facts {
namespace {

// How far back a day without a year may lie and still be that day, in days: beyond, it is the next year's.
// "None": the day is only mentioned, so a quarter of a year back is as likely as the rest of the year ahead.
constexpr std::int64_t back_when_ahead = 31, back_when_open = 120;
// Nearer than this there is no doubt which year is meant, whatever weekday is printed.
constexpr std::int64_t no_doubt = 60;
constexpr std::int64_t just_ahead = 10;
constexpr int first_year = 1800, last_year = 2300;

} // namespace

int weekday_of(CivilDay day) {
  return static_cast<int>(((days_from_civil(day) + 3) % 7 + 7) % 7) + 1;
}

CivilDay plus_days(CivilDay day, std::int64_t days) {
  return civil_from_days(days_from_civil(day) + days);
}

CivilDay plus_months(CivilDay day, int months) {
  const int count = day.year * 12 + day.month - 1 + months;
  const int year = count / 12, month = count % 12 + 1;
  return {year, month, std::min(day.day, days_in_month(year, month))};
}

std::int64_t days_between(CivilDay from, CivilDay to) {
  return days_from_civil(to) - days_from_civil(from);
}

Days week_of(CivilDay day, int shift) {
  const CivilDay monday = plus_days(day, 1 - weekday_of(day) + 7 * shift);
  return {monday, plus_days(monday, 6)};
}

Days month_of(int year, int month) {
  const CivilDay first = plus_months({year, 1, 1}, month - 1);
  return {first, {first.year, first.month, days_in_month(first.year, first.month)}};
}

Days year_of(int year) {
  return {{year, 1, 1}, {year, 12, 31}};
}
Days fiscal_year_of(int year) {
  return {{year, 4, 1}, {year + 1, 3, 31}};
}
int fiscal_year(CivilDay day) {
  return day.month < 4 ? day.year - 1 : day.year;
}

Days part_of(Days unit, Part part) {
  const CivilDay first = unit.first, last = unit.last;
  const auto in_month = [&](int day) { return CivilDay{first.year, first.month, day}; };
  const std::int64_t length = days_between(first, last) + 1;
  switch (part) {
  case Part::first:
    return {first, first};
  case Part::last:
    return {last, last};
  case Part::upper:
    return {first, in_month(10)};
  case Part::middle:
    return {in_month(11), in_month(20)};
  case Part::lower:
    return {in_month(21), last};
  case Part::weekend:
    return {plus_days(first, 5), last};
  case Part::first_half:
    if (length <= 7) return {first, plus_days(first, 2)};
    return {first, length <= 31 ? in_month(15) : plus_days(plus_months(first, 6), -1)};
  case Part::second_half:
    if (length <= 7) return {plus_days(first, 3), last};
    return {length <= 31 ? in_month(16) : plus_months(first, 6), last};
  case Part::whole:
  case Part::nth_weekday:
    break;
  }
  return unit;
}

std::optional<CivilDay> nth_weekday(Days month, int nth, int weekday) {
  CivilDay day = plus_days(month.first, (weekday - weekday_of(month.first) + 7) % 7);
  if (nth > 0) day = plus_days(day, 7 * (nth - 1));
  while (nth < 0 && plus_days(day, 7) <= month.last) day = plus_days(day, 7);
  if (day > month.last) return std::nullopt;
  return day;
}

bool is_of_our_time(const Days& days) {
  return days.first.year >= first_year && days.last.year <= last_year;
}

std::optional<CivilDay> day_without_year(int month, int day, CivilDay today, Lean lean, int weekday) {
  std::optional<CivilDay> best, matching;
  std::int64_t best_cost = 0, matching_cost = 0;
  const auto cost = [&](CivilDay at) {
    const std::int64_t delta = days_between(today, at);
    // A past form said of a day only just ahead is of another sort: 4/10に組みました.
    if (lean == Lean::past) return delta <= 0 ? -delta : delta <= just_ahead ? 300 + delta : 400 + delta;
    const std::int64_t back = lean == Lean::ahead ? back_when_ahead : back_when_open;
    return delta >= -back ? std::abs(delta) : 400 - delta;
  };
  // 29 February may be some years away.
  for (int year = today.year - 4; year <= today.year + 4; ++year) {
    const CivilDay at{year, month, day};
    if (!is_valid(at)) continue;
    const std::int64_t here = cost(at);
    if (!best || here < best_cost) best = at, best_cost = here;
    if (weekday != 0 && std::abs(year - today.year) <= 1 && weekday_of(at) == weekday &&
        (!matching || here < matching_cost))
      matching = at, matching_cost = here;
  }
  if (!best || !matching || *matching == *best) return best;
  const std::int64_t delta = days_between(today, *best);
  const bool doubt =
      std::abs(delta) > no_doubt || (delta < -7 && lean != Lean::past) || (delta > 0 && lean == Lean::past);
  return doubt ? matching : best;
}

int year_of_month(int month, CivilDay today, Lean lean) {
  int shift = month - today.month; // -11..11
  const int most_back = lean == Lean::past ? 11 : lean == Lean::ahead ? 1 : 4;
  if (shift < -most_back) shift += 12;
  if (shift > 11 - most_back) shift -= 12;
  return (today.year * 12 + today.month - 1 + shift) / 12;
}

std::optional<CivilDay> day_of_month_near(int day, CivilDay today, Lean lean, int weekday) {
  std::optional<CivilDay> best;
  const int step = lean == Lean::past ? -1 : 1;
  for (int shift = 0; shift < 4; ++shift) {
    const CivilDay month = plus_months({today.year, today.month, 1}, shift * step);
    const CivilDay at{month.year, month.month, day};
    if (!is_valid(at) || (step > 0 ? at < today : at > today)) continue;
    if (!best) best = at;
    if (weekday == 0 || weekday_of(at) == weekday) return at;
  }
  // A printed weekday may also show that the day lies in the other direction.
  if (weekday != 0 && best) {
    const CivilDay other =
        plus_months({today.year, today.month, 1}, step > 0 && best->month == today.month ? -1 : 0);
    const CivilDay at{other.year, other.month, day};
    if (is_valid(at) && weekday_of(at) == weekday) return at;
  }
  return best;
}

} // namespace genchi::facts
