#include <algorithm>
#include <array>

#include "facts/date_parts.hpp"
#include "facts/date_reader.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

constexpr int most_in_list = 12;
constexpr std::int64_t longest_range = 366 * 12;

bool is_calendar_day(const Term& term) {
  return term.kind == Term::Kind::calendar && term.day != 0;
}
bool is_month(const Term& term) {
  return term.kind == Term::Kind::calendar && term.day == 0 && term.month != 0;
}
/// 5日, 中旬: its month is that of the day before it.
bool lacks_month(const Term& term) {
  return term.kind == Term::Kind::calendar && term.year == 0 && !term.year_shifted && term.month == 0 &&
         !term.month_shifted && term.base == Term::Base::message;
}

/// Is A から B a range? まで says so, or that both are alike and nothing is changed from one to the other.
bool from_to(const Text& text, const Term& first, const Term& last, bool pause) {
  static constexpr auto closing =
      std::to_array<Words>({U"まで", U"迄", U"にかけて", U"の間", U"頃まで", U"ごろまで", U"いっぱい",
                            U" まで", U"の期間", U"くらいまで", U"あたりまで", U"の予定"});
  static constexpr auto changed =
      std::to_array<Words>({U"に変", U"へ", U"にず", U"に延", U"に早", U"に前", U"にし", U"に移"});
  static constexpr auto goes_on = std::to_array<Words>({U"は", U"の", U"が", U"も", U"、", U"。", U"\n"});
  const std::size_t end = last.span.end;
  if (any_at(text, end, closing)) return true;
  if (pause || any_at(text, end, changed)) return false;
  if (is_calendar_day(first) && is_calendar_day(last) && last.month != 0) return true;
  if (first.kind != last.kind) return false;
  if (is_month(first) && is_month(last)) return any_at(text, end, goes_on) || text[end] == U'で';
  if (first.kind == Term::Kind::weekday) return any_at(text, end, goes_on) || text[end] == U'で';
  // 10月18日から20日は; but 18日から20日で is so many days.
  return is_calendar_day(first) && last.day > first.day && any_at(text, end, goes_on);
}

char32_t closing_of(char32_t c) {
  static constexpr Words opening = U"([【〔", closing = U")]】〕";
  const std::size_t place = c == 0 ? Words::npos : opening.find(c);
  return place == Words::npos ? U'\0' : closing[place];
}

} // namespace

bool sign_of_range(char32_t c) {
  return c == '~' || c == '-' || c == U'ー';
}

/// The expression that a range ends with, behind its first; nullopt: it is no range.
std::optional<Term> DateReader::range_end(const Term& first) const {
  std::size_t at = skip_few_blanks(text_, first.span.end);
  bool words = false;
  if (sign_of_range(text_[at])) {
    ++at;
    if (sign_of_range(text_[at])) ++at;
  } else if (text_.starts_with(at, U"から") || text_.starts_with(at, U"より")) {
    at += 2;
    words = true;
  } else {
    return std::nullopt;
  }
  const bool pause = text_[at] == U'、';
  at = skip_few_blanks(text_, pause ? at + 1 : at);
  std::optional<Term> last = may_begin_term(text_[at]) ? read_term(text_, at) : std::nullopt;
  if (last && last->kind == Term::Kind::count && first.kind != Term::Kind::count) last.reset();
  if (last && last->part == Part::last && lacks_month(*last) && first.month != 0)
    last->month = first.month, last->year = first.year; // 4月1日〜月末
  if (!last && first.slash && first.day != 0) last = read_further_day(text_, at, first.day);
  if (!last && first.weekday != 0 &&
      (first.kind == Term::Kind::week || (!words && first.kind != Term::Kind::calendar)))
    last = read_further_weekday(text_, at);
  if (last && words && !from_to(text_, first, *last, pause)) return std::nullopt;
  return last;
}

/// What the end of a range means, behind its beginning.
std::optional<Days> DateReader::end_days(FoundDate& found, const Term& first, const Term& end) const {
  ReadDate& read = found.read;
  const CivilDay from = read.date.first;
  if (lacks_month(end) && end.day != 0 && is_calendar_day(first)) {
    CivilDay day{from.year, from.month, end.day};
    if (end.day <= from.day) day = plus_months({day.year, day.month, 1}, 1), day.day = end.day;
    if (!is_valid(day)) return std::nullopt;
    if (read.open == Open::day_of_month) read.last_number = end.day;
    return Days{day, day};
  }
  if (lacks_month(end) && end.part != Part::whole) {
    read.open = Open::none;
    return part_of(month_of(from.year, from.month), end.part);
  }
  if (end.kind == Term::Kind::weekday && !end.next_only && found.one_day) {
    const CivilDay day = plus_days(from, (end.weekday - weekday_of(from) + 7) % 7);
    if (read.open == Open::weekday) read.last_number = end.weekday;
    return Days{day, day};
  }
  if (end.kind == Term::Kind::calendar && end.month != 0 && end.year == 0 && !end.year_shifted) {
    Term in_year = end;
    in_year.year = from.year;
    auto days = calendar_days(in_year, Lean::none);
    if (!days || days->last < from) ++in_year.year, days = calendar_days(in_year, Lean::none);
    return days;
  }
  Term counted = end;
  if (counted.kind == Term::Kind::count) counted.base = first.base;
  const auto resolved = resolve(counted, read.lean);
  if (!resolved) return std::nullopt;
  const Days to{resolved->read.date.first, resolved->read.date.last};
  // 4/1〜2025/4/5: the year stands behind.
  if (first.kind == Term::Kind::calendar && first.year == 0 && first.month != 0 && end.year != 0) {
    Term in_year = first;
    in_year.year = end.year;
    auto days = calendar_days(in_year, Lean::none);
    if (days && days->first > to.last) --in_year.year, days = calendar_days(in_year, Lean::none);
    if (days) read.date.first = days->first;
  }
  return to;
}

/// Makes `found` reach to what `end` says.
bool DateReader::join_range(FoundDate& found, const Term& first, const Term& end) const {
  const auto to = end_days(found, first, end);
  ReadDate& read = found.read;
  if (!to || to->last <= read.date.first || days_between(read.date.first, to->last) > longest_range)
    return false;
  read.date.last = to->last;
  read.date.precision = Precision::range;
  if (end.weekday != 0 && is_calendar_day(end) && weekday_of(to->last) != end.weekday)
    read.date.weekday_mismatch = true;
  found.span.end = found.days_end = end.span.end;
  found.one_day = false;
  found.from_to = !sign_of_range(text_[skip_few_blanks(text_, first.span.end)]);
  return true;
}

/// 明日(4/1), 来週の12日, 金曜、4/5: said twice over in one breath. True: `found` is the narrower, over both.
bool DateReader::join_same(FoundDate& found, const Term& first) {
  std::size_t at = found.span.end;
  const char32_t c = text_[at];
  if (c != 0 && Words(U"の、 =・,/").find(c) != Words::npos) ++at;
  at = skip_few_blanks(text_, at);
  const char32_t closing = closing_of(text_[at]);
  if (closing != 0) ++at;
  if (!may_begin_term(text_[at])) return false;
  const auto term = read_term(text_, at);
  if (!term || term->kind == Term::Kind::count || (first.kind == Term::Kind::count && closing == 0))
    return false;
  if (term->base == Term::Base::anchor || range_end(*term)) return false;
  if (term->kind == Term::Kind::weekday && found.one_day) { // 12日の金曜
    if (weekday_of(found.read.date.first) != term->weekday) return false;
  } else if (!narrow(found, first, *term, c == U'・')) {
    return false;
  }
  found.span.end = term->span.end;
  const std::size_t end = skip_few_blanks(text_, found.span.end);
  if (closing != 0 && text_[end] == closing) found.span.end = end + 1;
  found.days_end = found.span.end;
  return true;
}

/// Makes `found` what `term` says, if that is the same day or one within it.
bool DateReader::narrow(FoundDate& found, const Term& first, const Term& term, bool in_a_row) {
  const Days days{found.read.date.first, found.read.date.last};
  const std::vector<NamedDays> before = named_;
  name_days(named_, {days, true, found.read.open != Open::none, false});
  auto second = resolve(term, found.read.lean);
  named_ = before;
  if (!second) return false;
  const Days other{second->read.date.first, second->read.date.last};
  if (days.one() && other.first != days.first && lacks_month(term)) return false;
  if (days.holds(other)) {
    if (other != days && (in_a_row || days.one())) return false;
  } else {
    // 12日(6/12), 金曜(4/12): the second says which.
    const bool same_number = is_calendar_day(first) && lacks_month(first) && other.first.day == first.day;
    const bool same_weekday = first.kind == Term::Kind::weekday && weekday_of(other.first) == first.weekday;
    if (!other.one() || !(same_number || same_weekday)) return false;
  }
  second->span.begin = found.span.begin;
  if (found.read.date.weekday_mismatch && other == days) second->read.date.weekday_mismatch = true;
  if (found.read.open == Open::none || (term.kind == Term::Kind::calendar && term.month != 0))
    second->read.open = Open::none;
  found = *second;
  return true;
}

/// 10/20の週
void DateReader::widen_to_week(FoundDate& found) const {
  const std::size_t end = found.span.end;
  if (!found.one_day || found.read.open != Open::none || !text_.starts_with(end, U"の週") ||
      text_[end + 2] == U'間')
    return;
  const Days week = week_of(found.read.date.first);
  const bool weekend = text_[end + 2] == U'末';
  found.read.date.first = weekend ? plus_days(week.first, 5) : week.first;
  found.read.date.last = week.last;
  found.read.date.precision = Precision::range;
  found.one_day = false;
  found.span.end = found.days_end = end + (weekend ? 3 : 2);
}

/// 7 in 4/6・7, 木 in 来週の火・木.
std::optional<Term> DateReader::next_in_list(const Term& term, std::size_t end, int last_day) const {
  static constexpr auto words = std::to_array<Words>({U"または", U"もしくは", U"or"});
  const bool week = !is_calendar_day(term);
  std::size_t at = skip_few_blanks(text_, end);
  const char32_t sign = text_[at];
  const auto word =
      std::find_if(words.begin(), words.end(), [&](Words each) { return text_.starts_with(at, each); });
  if (word != words.end())
    at += word->size();
  else if (sign != 0 && Words(U"・、,かと/や").find(sign) != Words::npos)
    ++at;
  else if (!week || weekday_letter(sign) == 0)
    return std::nullopt;
  at = skip_few_blanks(text_, at);
  std::optional<Term> more;
  if (week) {
    if (weekday_letter(text_[at]) != 0) more = read_further_weekday(text_, at);
  } else if (sign != '/') {
    more = read_further_day(text_, at, last_day);
    if (more && sign == U'、' && !more->weekday_in_brackets && text_[more->span.end - 1] != U'日')
      return std::nullopt;
  }
  if (more && range_end(*more)) return std::nullopt;
  return more;
}

/// 4/6・7, 来週の火・木: more days of the same month or week.
void DateReader::take_list(const Term& term, const FoundDate& first) {
  const bool month = term.slash && is_calendar_day(term);
  const bool week = (term.kind == Term::Kind::week || term.kind == Term::Kind::weekday) && term.weekday != 0;
  if (!first.one_day || (!month && !week)) return;
  const CivilDay day = first.read.date.first, monday = week_of(day).first;
  std::size_t end = first.span.end;
  int last_day = term.day;
  for (int i = 0; i < most_in_list; ++i) {
    const auto more = next_in_list(term, end, last_day);
    if (!more) return;
    FoundDate found = first;
    found.span = more->span;
    found.days_end = more->span.end;
    DateFact& date = found.read.date;
    date.first = date.last =
        month ? CivilDay{day.year, day.month, more->day} : plus_days(monday, more->weekday - 1);
    if (!is_valid(date.first)) return;
    date.minute = date.end_minute = -1;
    date.precision = Precision::day;
    date.weekday_mismatch = month && more->weekday != 0 && weekday_of(date.first) != more->weekday;
    if (first.read.open == Open::weekday) found.read.number = more->weekday;
    last_day = more->day;
    take_clocks(std::move(found));
    end = std::max(more->span.end, found_.back().span.end);
  }
}

} // namespace genchi::facts
