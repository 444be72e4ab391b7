#include <algorithm>
#include <cstdlib>

#include "facts/date_reader.hpp"

namespace genchi::facts {
namespace {

// 24/4/1 may be so many years away; else it is another sort of number.
constexpr int two_digit_years = 10;
// 12月分 asked for in January is that of the year before; so many months ahead it may be.
constexpr int past_month_ahead = 3;
// A year written before holds on for so many characters of what is told, and in a row.
constexpr std::size_t sentence_reach = 40, row_reach = 2;

std::optional<Days> one_day(CivilDay day) {
  if (!is_valid(day)) return std::nullopt;
  return Days{day, day};
}

std::optional<Days> part_of(Days unit, const Term& term) {
  if (term.part != Part::nth_weekday) return part_of(unit, term.part);
  const auto day = nth_weekday(unit, term.nth, term.weekday);
  return day ? one_day(*day) : std::nullopt;
}

/// What depends on what was named before: as an open date.
bool open_as(const Term& term, ReadDate& read) {
  const bool anchored = term.base == Term::Base::anchor;
  read.needs_anchor = anchored && term.needs_anchor;
  read.part = term.part;
  read.weekday = term.weekday;
  switch (term.kind) {
  case Term::Kind::calendar:
    if (anchored) {
      read.open = Open::relative_month;
      read.number = term.month_shift, read.day = term.day;
    } else if (term.year == 0 && !term.year_shifted && term.month == 0 && !term.month_shifted) {
      read.open = term.day != 0 ? Open::day_of_month : Open::part_of_month;
      read.number = term.day;
    }
    break;
  case Term::Kind::week:
    if (!anchored) break;
    read.open = Open::relative_week;
    read.number = term.shift;
    break;
  case Term::Kind::weekday:
    if (term.next_only) break;
    read.open = Open::weekday;
    read.number = term.weekday;
    break;
  case Term::Kind::day:
    if (!anchored) break;
    read.open = Open::relative_day;
    read.number = term.shift;
    break;
  case Term::Kind::count:
    if (!anchored || term.unit == Term::Unit::month) break;
    read.open = Open::relative_day;
    read.number = term.unit == Term::Unit::week ? term.number * 7 : term.number;
    read.needs_anchor = true;
    break;
  }
  return read.open != Open::none;
}

} // namespace

std::optional<Days> DateReader::calendar_days(const Term& term, Lean lean) const {
  int year = term.year;
  if (term.year_shifted) year = (term.fiscal ? fiscal_year(today_) : today_.year) + term.year_shift;
  if (term.month_shifted) {
    const Days month = month_of(today_.year, today_.month + term.month_shift);
    return term.day == 0 ? part_of(month, term) : one_day({month.first.year, month.first.month, term.day});
  }
  if (term.month == 0) return part_of(term.fiscal ? fiscal_year_of(year) : year_of(year), term);
  if (term.day != 0 && year != 0) return one_day({year, term.month, term.day});
  if (term.rule == "date.end-of-year") {
    // The next there is; in January 年始 is the one that was.
    CivilDay day{today_.year, term.month, term.day};
    const bool begun = term.month == 1 && today_.month == 1;
    if (lean == Lean::past && day > today_) --day.year;
    if (lean != Lean::past && day < today_ && !begun) ++day.year;
    return one_day(day);
  }
  if (term.day != 0) {
    const auto day = day_without_year(term.month, term.day, today_, lean, term.weekday);
    return day ? one_day(*day) : std::nullopt;
  }
  if (year == 0) {
    year = year_of_month(term.month, today_, term.past_month ? Lean::none : lean);
    const int ahead = (year - today_.year) * 12 + term.month - today_.month;
    if (term.past_month && ahead > past_month_ahead) --year;
  }
  return part_of(month_of(year, term.month), term);
}

/// 2023年10月5日に契約し、11月1日に引っ越しました: of what is told, or of a row, the first date has the year.
std::optional<Days> DateReader::in_year_before(const Term& term, Lean lean) const {
  if (found_.empty() || !found_.back().dated || term.month == 0 || term.year != 0 || term.year_shifted)
    return std::nullopt;
  const Span between{found_.back().span.end, term.span.begin};
  if (between.end < between.begin || between.size() > (lean == Lean::past ? sentence_reach : row_reach))
    return std::nullopt;
  if (text_.chars(between).find(U'。') != std::u32string_view::npos) return std::nullopt;
  const CivilDay before = found_.back().read.date.first;
  Term dated = term;
  for (dated.year = before.year; dated.year <= before.year + 1; ++dated.year) {
    const auto days = calendar_days(dated, lean);
    if (days && days->last >= before) return lean == Lean::past && days->first > today_ ? std::nullopt : days;
  }
  return std::nullopt;
}

std::optional<Days> DateReader::count_days(const Term& term) const {
  Days from{today_, today_};
  if (term.base != Term::Base::message && !named_.empty()) from = named_.back().days;
  const CivilDay base = term.number < 0 ? from.first : from.last;
  const auto counted = [&](int number) {
    if (term.unit == Term::Unit::month) return plus_months(base, number);
    return plus_days(base, term.unit == Term::Unit::week ? number * 7 : number);
  };
  const CivilDay day = counted(term.number);
  if (term.first_number == 0) return Days{day, day};
  const CivilDay other = counted(term.first_number);
  return Days{std::min(day, other), std::max(day, other)};
}

/// Of a term that is not open.
std::optional<Days> DateReader::closed_days(const Term& term, Lean lean) const {
  switch (term.kind) {
  case Term::Kind::calendar:
    if (term.two_digit_year && std::abs(term.year - today_.year) > two_digit_years) return std::nullopt;
    if (const auto days = in_year_before(term, lean)) return days;
    return calendar_days(term, lean);
  case Term::Kind::week: {
    const Days week = week_of(today_, term.shift);
    return term.weekday != 0 ? one_day(plus_days(week.first, term.weekday - 1)) : part_of(week, term);
  }
  case Term::Kind::weekday:
    return one_day(plus_days(today_, (term.weekday - weekday_of(today_) + 6) % 7 + 1));
  case Term::Kind::day:
    return one_day(plus_days(today_, term.shift));
  case Term::Kind::count:
    break;
  }
  return count_days(term);
}

std::optional<FoundDate> DateReader::resolve(const Term& term, Lean lean) const {
  FoundDate found;
  found.span = term.span;
  found.days_end = term.span.end;
  found.dated = term.year != 0 || (term.kind == Term::Kind::calendar && in_year_before(term, lean));
  ReadDate& read = found.read;
  read.lean = lean;
  read.chained = term.chained;
  read.of_noun = lean != Lean::ahead && text_[term.span.end] == U'の';
  read.date.rule = term.rule;
  read.date.offset_minutes = sent_.offset_minutes;
  read.firm = term.kind != Term::Kind::day && term.kind != Term::Kind::count;
  std::optional<Days> days;
  if (!open_as(term, read)) {
    days = closed_days(term, lean);
    if (!days) return std::nullopt;
  } else if (days = resolve_open(read, named_, today_); days) {
    // What was named in this message decides, unless that is open itself.
    const bool relative = read.open == Open::relative_day || read.open == Open::relative_week ||
                          read.open == Open::relative_month;
    const auto anchor = std::find_if(named_.rbegin(), named_.rend(), [&](const NamedDays& each) {
      return relative ? read.chained || !each.relative : each.firm;
    });
    if (anchor != named_.rend() && !anchor->open) read.open = Open::none, read.needs_anchor = false;
  } else {
    // The conversation may know; until then it is as from the message.
    days = one_day(plus_days(today_, read.number));
  }
  if (!is_of_our_time(*days)) return std::nullopt;
  read.date.first = days->first, read.date.last = days->last;
  read.date.precision = days->one() ? Precision::day : Precision::range;
  found.one_day = days->one();
  if (days->one() && term.weekday != 0 && term.part != Part::nth_weekday && term.kind != Term::Kind::weekday)
    read.date.weekday_mismatch = weekday_of(days->first) != term.weekday;
  return found;
}

} // namespace genchi::facts
