#include <algorithm>
#include <cstdlib>

#include "facts/date_same.hpp"
#include "facts/dates.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t remembered = 8;
// A day of the month is of the month last named when it lies as near to the day that was named.
constexpr std::int64_t near_days = 10, beside_days = 3;
// From the first to the last of February, at least.
constexpr std::int64_t whole_month = 27;
// A week is still spoken of when it lies as far ahead.
constexpr std::int64_t near_weeks = 21;
// What was said longer ago is no longer spoken of.
constexpr UtcSeconds forgotten_after = 45 * 24 * 3600;

const NamedDays* last_firm(const std::vector<NamedDays>& named) {
  const auto found =
      std::find_if(named.rbegin(), named.rend(), [](const NamedDays& each) { return each.firm; });
  return found == named.rend() ? nullptr : &*found;
}

/// Days of a month that exist; the last number may be of the next month.
std::optional<Days> days_of_month(CivilDay month, int number, int last_number) {
  const CivilDay first{month.year, month.month, number};
  if (!is_valid(first)) return std::nullopt;
  if (last_number == 0) return Days{first, first};
  const CivilDay next = last_number < number ? plus_months({month.year, month.month, 1}, 1) : month;
  const CivilDay last{next.year, next.month, last_number};
  if (!is_valid(last)) return std::nullopt;
  return Days{first, last};
}

/// 金曜の打ち合わせ, said on the Monday after: the day that was named and has just been.
const NamedDays* just_been(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  if (!date.of_noun || date.last_number != 0) return nullptr;
  for (auto each = named.rbegin(); each != named.rend(); ++each) {
    const CivilDay day = each->days.first;
    const int number = date.open == Open::weekday ? weekday_of(day) : day.day;
    if (each->firm && each->days.one() && number == date.number && day < today &&
        days_between(day, today) <= 7)
      return &*each;
  }
  return nullptr;
}

std::optional<Days> day_of_month(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  const bool past = date.lean == Lean::past;
  const auto fits = [&](CivilDay day) {
    return (past ? day <= today : day >= today) && (date.weekday == 0 || weekday_of(day) == date.weekday);
  };
  if (date.last_number == 0) {
    for (auto each = named.rbegin(); each != named.rend(); ++each) {
      const std::int64_t length = days_between(each->days.first, each->days.last);
      if (each->firm && length >= whole_month) break; // the month was named since
      if (!each->firm || length > near_days) continue;
      for (CivilDay day = each->days.first; day <= each->days.last; day = plus_days(day, 1))
        if (day.day == date.number && fits(day)) return Days{day, day};
    }
    // 16日は行事が入ったので: a reason that looks back, said of a day to come.
    for (auto each = named.rbegin(); past && each != named.rend(); ++each)
      if (each->firm && !each->open && each->days.one() && each->days.first.day == date.number &&
          each->days.first > today)
        return each->days;
  }
  if (const NamedDays* been = just_been(date, named, today)) return been->days;
  // 27日 after 28日までです。年始は6日から: of the month that begins, unless it is beside a day of this one.
  if (const auto next = day_of_month_near(date.number, today, date.lean, date.weekday);
      next && date.last_number == 0 && !past) {
    std::size_t looked = 0;
    for (auto each = named.rbegin(); each != named.rend() && looked < 4; ++each, ++looked) {
      if (each->firm && days_between(each->days.first, each->days.last) >= whole_month) break;
      if (each->firm && each->days.one() && each->days.first.month == next->month &&
          std::abs(days_between(each->days.first, *next)) <= beside_days)
        return Days{*next, *next};
    }
  }
  if (const NamedDays* firm = last_firm(named)) {
    const CivilDay base = firm->days.first;
    if (!firm->days.one()) {
      for (int shift = 0; shift < 12; ++shift) {
        const CivilDay month = plus_months({base.year, base.month, 1}, shift);
        if (month > firm->days.last) break;
        const auto days = days_of_month(month, date.number, date.last_number);
        if (days && days->first >= base && days->first <= firm->days.last &&
            (date.weekday == 0 || weekday_of(days->first) == date.weekday))
          return days;
      }
    }
    const CivilDay around = firm->days.last;
    std::optional<Days> best;
    std::int64_t best_far = 0;
    for (int shift = 0; shift < 2; ++shift) {
      const auto days =
          days_of_month(plus_months({around.year, around.month, 1}, shift), date.number, date.last_number);
      if (!days ||
          !(fits(days->first) || (around < today && !past && date.weekday == 0 && days->first >= around)))
        continue;
      const std::int64_t far = std::abs(days_between(around, days->first));
      const bool onward = shift == 0 && date.number >= around.day;
      if (onward) return days;
      if (far <= near_days && (!best || far < best_far)) best = days, best_far = far;
    }
    if (best) return best;
  }
  const auto first = day_of_month_near(date.number, today, date.lean, date.weekday);
  if (!first) return std::nullopt;
  return days_of_month(*first, date.number, date.last_number);
}

std::optional<Days> weekday(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  const bool past = date.lean == Lean::past;
  const auto days_from = [&](CivilDay first) {
    const int more = date.last_number == 0 ? 0 : (date.last_number - date.number + 7) % 7;
    return Days{first, plus_days(first, more)};
  };
  // Today is said otherwise.
  const auto fits = [&](CivilDay day) { return past ? day <= today : day > today; };
  if (date.last_number == 0)
    for (auto each = named.rbegin(); each != named.rend(); ++each)
      if (each->firm && each->days.one() && weekday_of(each->days.first) == date.number &&
          (fits(each->days.first) || each->days.first == today) &&
          std::abs(days_between(today, each->days.first)) <= near_weeks)
        return each->days;
  if (const NamedDays* been = just_been(date, named, today)) return been->days;
  if (const NamedDays* firm = last_firm(named)) {
    const std::int64_t span = days_between(firm->days.first, firm->days.last);
    if (span <= 6) {
      const CivilDay in_week = plus_days(week_of(firm->days.first).first, date.number - 1);
      if (span >= 4 && fits(in_week)) return days_from(in_week);
      if (fits(in_week) && std::abs(days_between(today, in_week)) <= near_weeks) return days_from(in_week);
      const CivilDay next = plus_days(in_week, 7);
      if (!past && firm->days.first >= today && fits(next) && days_between(today, next) <= near_weeks)
        return days_from(next);
    }
  }
  int ahead = (date.number - weekday_of(today) + 7) % 7;
  if (past)
    ahead = ahead == 0 ? 0 : ahead - 7;
  else if (ahead == 0)
    ahead = 7;
  return days_from(plus_days(today, ahead));
}

std::optional<Days> part_of_month(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  const NamedDays* firm = last_firm(named);
  if (firm && days_between(firm->days.first, firm->days.last) >= whole_month && firm->days.last >= today)
    return part_of(month_of(firm->days.first.year, firm->days.first.month), date.part);
  const Days here = part_of(month_of(today.year, today.month), date.part);
  if (date.lean == Lean::past)
    return here.first <= today ? here : part_of(month_of(today.year, today.month - 1), date.part);
  return here.last >= today ? here : part_of(month_of(today.year, today.month + 1), date.part);
}

std::optional<Days> resolved(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  switch (date.open) {
  case Open::none:
    return Days{date.date.first, date.date.last};
  case Open::day_of_month:
    return day_of_month(date, named, today);
  case Open::weekday:
    return weekday(date, named, today);
  case Open::part_of_month:
    return part_of_month(date, named, today);
  default:
    break;
  }
  const auto anchor = std::find_if(named.rbegin(), named.rend(),
                                   [&](const NamedDays& each) { return date.chained || !each.relative; });
  if (anchor == named.rend() && date.needs_anchor) return std::nullopt;
  const Days base = anchor == named.rend() ? Days{today, today} : anchor->days;
  if (date.open == Open::relative_day) {
    const CivilDay day = plus_days(date.number < 0 ? base.first : base.last, date.number);
    return Days{day, day};
  }
  if (date.open == Open::relative_week) {
    const Days week = week_of(base.last, date.number);
    if (date.weekday != 0) {
      const CivilDay day = plus_days(week.first, date.weekday - 1);
      return Days{day, day};
    }
    return part_of(week, date.part);
  }
  const Days month = month_of(base.last.year, base.last.month + date.number);
  if (date.day == 0) return part_of(month, date.part);
  const CivilDay day{month.first.year, month.first.month, date.day};
  if (!is_valid(day)) return std::nullopt;
  return Days{day, day};
}

} // namespace

std::optional<Days> resolve_open(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today) {
  const auto days = resolved(date, named, today);
  if (!days || !is_of_our_time(*days)) return std::nullopt;
  return days;
}

void name_days(std::vector<NamedDays>& named, NamedDays days) {
  if (named.size() == remembered) named.erase(named.begin());
  named.push_back(days);
}

void DateContext::take_role(ReadDate& date, Days days, CivilDay today) const {
  if (!date.role_open || !days.one() || days.first <= today) return;
  const auto known = std::find_if(named_.rbegin(), named_.rend(), [&](const NamedDays& each) {
    return each.role != DateRole::mention && each.days.one() && each.days.first == days.first;
  });
  if (known == named_.rend()) return;
  date.date.role = known->role;
  date.role_open = false;
}

void DateContext::settle(std::vector<ReadDate>& dates, Moment sent) {
  if (sent.utc - said_ > forgotten_after) {
    named_.clear();
    arranged_ = DateRole::appointment;
  }
  const CivilDay today = civil_day(sent.utc, sent.offset_minutes);
  std::vector<ReadDate> settled;
  settled.reserve(dates.size());
  SameDates same;
  bool any = false;
  for (ReadDate& date : dates) {
    const auto days = resolve_open(date, named_, today);
    if (!days) continue;
    date.date.first = days->first;
    date.date.last = days->last;
    if (date.date.precision != Precision::time)
      date.date.precision = days->one() ? Precision::day : Precision::range;
    if (date.open == Open::day_of_month && date.weekday != 0)
      date.date.weekday_mismatch = weekday_of(days->first) != date.weekday;
    const bool relative = date.open == Open::relative_day || date.open == Open::relative_week;
    take_role(date, *days, today);
    name_days(named_, {*days, date.firm, false, relative, date.date.role});
    if (!date.role_open && (date.date.role == DateRole::appointment || date.date.role == DateRole::delivery))
      arranged_ = date.date.role;
    any = true;
    const std::size_t place = same.first_with(date.date, settled.size());
    if (place < settled.size()) {
      DateFact& first = settled[place].date;
      first.again.push_back(date.date.place);
      first.again.insert(first.again.end(), date.date.again.begin(), date.date.again.end());
      if (first.role == DateRole::mention) {
        first.role = date.date.role;
        settled[place].role_open = date.role_open;
      }
      continue;
    }
    settled.push_back(std::move(date));
  }
  for (NamedDays& each : named_) each.relative = false;
  dates = std::move(settled);
  if (any) said_ = sent.utc;
}

} // namespace genchi::facts
