#include "text/date_words.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "text/fold.hpp"

namespace genchi {
namespace {

constexpr std::size_t longest_date = 200; // bytes as typed
constexpr std::int64_t seconds_a_day = 86'400;

// Days since 1970, half open.
struct Days {
  std::int64_t begin;
  std::int64_t end;
};

// What a date says; a year of 0 is to be found out.
struct Calendar {
  enum class Part { whole, first_ten, second_ten, rest, last_day, fiscal_year };
  int year = 0;
  int month = 0; // 0: the whole year
  int day = 0;   // 0: the whole month
  Part part = Part::whole;
};

struct Parsed {
  std::optional<Days> fixed; // days that need no year; else `calendar`
  Calendar calendar;
};

std::optional<Days> day(CivilDay civil) {
  if (civil.year < 1 || civil.year > 9999 || !is_valid(civil)) return std::nullopt;
  const std::int64_t first = days_from_civil(civil);
  return Days{first, first + 1};
}

std::optional<Days> months(int year, int month, int count) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  const int after = month - 1 + count;
  return Days{days_from_civil({year, month, 1}), days_from_civil({year + after / 12, after % 12 + 1, 1})};
}

std::optional<Days> days_in_year(const Calendar& c, int year) {
  using Part = Calendar::Part;
  if (c.part == Part::fiscal_year) return months(year, 4, 12);
  if (c.month == 0) return months(year, 1, 12);
  if (c.day != 0) return day({year, c.month, c.day});
  const std::optional<Days> month = months(year, c.month, 1);
  if (!month) return month;
  switch (c.part) {
  case Part::first_ten:
    return Days{month->begin, month->begin + 10};
  case Part::second_ten:
    return Days{month->begin + 10, month->begin + 20};
  case Part::rest:
    return Days{month->begin + 20, month->end};
  case Part::last_day:
    return Days{month->end - 1, month->end};
  default:
    return month;
  }
}

// 29 February comes back after eight years at most.
constexpr int years_tried = 8;

// Of the years up to `year`, the last in which the day or its month has begun on `day`.
std::optional<Days> last_until(const Calendar& c, int year, std::int64_t day) {
  Calendar beginning = c;
  beginning.part = Calendar::Part::whole;
  for (int y = year; y >= year - years_tried; --y)
    if (const auto days = days_in_year(beginning, y); days && days->begin <= day) return days_in_year(c, y);
  return std::nullopt;
}

// Of the years from `year`, the first in which it is not over before `day`.
std::optional<Days> first_since(const Calendar& c, int year, std::int64_t day) {
  for (int y = year; y <= year + years_tried; ++y)
    if (const auto days = days_in_year(c, y); days && days->end > day) return days;
  return std::nullopt;
}

enum class Unit { day, week, month, year, fiscal_year };

struct Word {
  std::string_view text; // folded
  Unit unit;
  int away;
};

// The longest that fits counts.
constexpr Word words[] = {
    {"今日", Unit::day, 0},
    {"本日", Unit::day, 0},
    {"きょう", Unit::day, 0},
    {"昨日", Unit::day, -1},
    {"きのう", Unit::day, -1},
    {"一昨日", Unit::day, -2},
    {"おととい", Unit::day, -2},
    {"明日", Unit::day, 1},
    {"あした", Unit::day, 1},
    {"あす", Unit::day, 1},
    {"明後日", Unit::day, 2},
    {"あさって", Unit::day, 2},
    {"今週", Unit::week, 0},
    {"先週", Unit::week, -1},
    {"先々週", Unit::week, -2},
    {"先先週", Unit::week, -2},
    {"来週", Unit::week, 1},
    {"再来週", Unit::week, 2},
    {"今月", Unit::month, 0},
    {"先月", Unit::month, -1},
    {"先々月", Unit::month, -2},
    {"先先月", Unit::month, -2},
    {"来月", Unit::month, 1},
    {"再来月", Unit::month, 2},
    {"今年", Unit::year, 0},
    {"本年", Unit::year, 0},
    {"ことし", Unit::year, 0},
    {"去年", Unit::year, -1},
    {"昨年", Unit::year, -1},
    {"一昨年", Unit::year, -2},
    {"おととし", Unit::year, -2},
    {"来年", Unit::year, 1},
    {"再来年", Unit::year, 2},
    {"今年度", Unit::fiscal_year, 0},
    {"本年度", Unit::fiscal_year, 0},
    {"昨年度", Unit::fiscal_year, -1},
    {"去年度", Unit::fiscal_year, -1},
    {"前年度", Unit::fiscal_year, -1},
    {"来年度", Unit::fiscal_year, 1},
};

struct Era {
  std::string_view text;
  int year_0;
};
constexpr Era eras[] = {
    {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911}, {"明治", 1867},
    {"r", 2018},    {"h", 1988},    {"s", 1925},    {"t", 1911},    {"m", 1867},
};

constexpr std::string_view weekdays[] = {"月", "火", "水", "木", "金", "土", "日"};
constexpr std::string_view kanji_digits[] = {"〇", "一", "二", "三", "四", "五",
                                             "六", "七", "八", "九", "十"};

// Takes folded text without blanks off the front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  template <std::size_t size> bool take_any(const std::string_view (&list)[size]) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view word) { return take(word); });
  }
  /// The index in `list`, or -1.
  template <std::size_t size> int take_one_of(const std::string_view (&list)[size]) {
    for (std::size_t i = 0; i < size; ++i)
      if (take(list[i])) return static_cast<int>(i);
    return -1;
  }

  struct Number {
    int value = 0;
    int digits = 0; // as ASCII ones; 0 for kanji
  };
  std::optional<Number> number() {
    Number n;
    while (n.digits < 8 && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      n.value = n.value * 10 + (rest_[0] - '0');
      ++n.digits;
      rest_.remove_prefix(1);
    }
    if (n.digits > 0) return n;
    return kanji_number();
  }

 private:
  // 二十五, 十一, 二〇二四; up to four characters.
  std::optional<Number> kanji_number() {
    constexpr int ten = 10;
    int value = 0;
    int last = 0;
    bool tens = false;
    int taken = 0;
    for (int digit; taken < 4 && (digit = take_one_of(kanji_digits)) >= 0; ++taken) {
      if (digit == ten && tens) return std::nullopt;
      if (digit == ten) {
        value = (taken == 0 ? 1 : value) * ten;
        tens = true;
        last = 0;
      } else if (tens) {
        if (last != 0) return std::nullopt;
        last = digit;
        value += digit;
      } else {
        value = value * 10 + digit;
      }
    }
    if (taken == 0) return std::nullopt;
    return Number{value, 0};
  }

  std::string_view rest_;
};

// Folded, without blanks but those between two digits.
std::string compact(std::string_view folded) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const bool between = i > 0 && i + 1 < folded.size() && is_digit(folded[i - 1]) && is_digit(folded[i + 1]);
    if (folded[i] != ' ' || between) out += folded[i];
  }
  return out;
}

class DateParser {
 public:
  DateParser(UtcSeconds now, int offset_minutes)
      : offset_minutes_(offset_minutes), today_civil_(civil_day(now, offset_minutes)),
        today_(days_from_civil(today_civil_)) {}

  /// `folded` by fold().
  std::optional<Parsed> parse(std::string_view folded) const {
    if (auto days = english(folded)) return Parsed{days, {}};
    const std::string text = compact(folded);
    if (text.empty()) return std::nullopt;
    if (auto parsed = named(Reader(text))) return parsed;
    if (auto parsed = era(Reader(text))) return parsed;
    if (auto days = counted(Reader(text))) return Parsed{days, {}};
    return numeric(Reader(text));
  }

  /// The days of something that stands alone.
  std::optional<Days> resolve(const Parsed& parsed) const {
    if (parsed.fixed) return parsed.fixed;
    const Calendar& c = parsed.calendar;
    return c.year != 0 ? days_in_year(c, c.year) : last_until(c, today_civil_.year, today_);
  }

  std::optional<Days> range(const Parsed& first, const Parsed& last) const {
    const auto yearless = [](const Parsed& p) { return !p.fixed && p.calendar.year == 0; };
    std::optional<Days> a = resolve(first);
    std::optional<Days> b = resolve(last);
    if (!a || !b) return std::nullopt;
    if (yearless(last))
      b = first_since(last.calendar, civil_from_days(a->begin).year, a->begin);
    else if (yearless(first))
      a = last_until(first.calendar, civil_from_days(b->begin).year, b->end - 1);
    if (!a || !b || b->end <= a->begin) return std::nullopt;
    return Days{a->begin, b->end};
  }

  UtcSeconds utc(std::int64_t days) const {
    return days * seconds_a_day - std::int64_t{offset_minutes_} * 60;
  }

 private:
  using Part = Calendar::Part;

  static std::optional<Parsed> dated(const Reader& reader, const Calendar& calendar) {
    return reader.done() ? std::optional(Parsed{std::nullopt, calendar}) : std::nullopt;
  }

  std::optional<Days> week(int away) const {
    const std::int64_t monday =
        today_ - (today_ + 3) % 7 + 7 * std::int64_t{away}; // 1970-01-01 was a Thursday
    return Days{monday, monday + 7};
  }

  std::optional<Days> month(int away) const {
    const int number = today_civil_.year * 12 + today_civil_.month - 1 + away;
    return months(number / 12, number % 12 + 1, 1);
  }

  // One day, `count` units away from today.
  std::optional<Days> day_away(Unit unit, int count) const {
    if (unit == Unit::day || unit == Unit::week) {
      const std::int64_t first = today_ + std::int64_t{count} * (unit == Unit::week ? 7 : 1);
      return day(civil_from_days(first));
    }
    const int number =
        today_civil_.year * 12 + today_civil_.month - 1 + count * (unit == Unit::year ? 12 : 1);
    if (number < 12) return std::nullopt;
    const int year = number / 12;
    const int month = number % 12 + 1;
    return day({year, month, std::min(today_civil_.day, days_in_month(year, month))});
  }

  // Not the day of the week: it may be wrong, and the date is what counts.
  static void skip_weekday(Reader& reader) {
    Reader ahead = reader;
    if (!ahead.take("(") || ahead.take_one_of(weekdays) < 0) return;
    if (ahead.take("曜")) ahead.take("日");
    if (ahead.take(")")) reader = ahead;
  }

  // What may follow a month: 末, 上旬 …, a day or nothing.
  static bool read_part_of_month(Reader& reader, Calendar& c) {
    constexpr std::string_view thirds[] = {"上旬", "中旬", "下旬"};
    if (reader.take("末")) {
      c.part = Part::last_day;
    } else if (const int third = reader.take_one_of(thirds); third >= 0) {
      c.part = third == 0 ? Part::first_ten : third == 1 ? Part::second_ten : Part::rest;
    } else if (!reader.done()) {
      const auto n = reader.number();
      if (!n || n->digits > 2 || n->value < 1 || !reader.take("日")) return false;
      c.day = n->value;
      skip_weekday(reader);
    }
    return true;
  }

  // What may follow a year: 末, a month with what may follow it, or nothing.
  static bool read_part_of_year(Reader& reader, Calendar& c) {
    constexpr std::string_view year_end[] = {"末", "年末"};
    if (reader.done()) return true;
    if (reader.take_any(year_end)) {
      c.month = 12;
      return true;
    }
    const auto n = reader.number();
    if (!n || n->digits > 2 || n->value < 1 || n->value > 12) return false;
    c.month = n->value;
    if (reader.take("月")) {
      reader.take("の");
      return read_part_of_month(reader, c);
    }
    if (!reader.take("/")) return false;
    const auto d = reader.number();
    if (!d || d->digits == 0 || d->digits > 2 || d->value < 1) return false;
    c.day = d->value;
    skip_weekday(reader);
    return true;
  }

  // 先週, 去年の3月, 月末
  std::optional<Parsed> named(Reader reader) const {
    if (reader.rest() == "年末") return Parsed{std::nullopt, {0, 12, 0, Part::whole}};
    if (reader.rest() == "月末")
      return Parsed{std::nullopt, {today_civil_.year, today_civil_.month, 0, Part::last_day}};
    const Word* best = nullptr;
    for (const Word& word : words) {
      const bool fits = reader.rest().substr(0, word.text.size()) == word.text;
      if (fits && (best == nullptr || word.text.size() > best->text.size())) best = &word;
    }
    if (best == nullptr) return std::nullopt;
    reader.take(best->text);
    if (reader.rest() == "中") reader.take("中");
    const bool more = !reader.done();
    if (more) reader.take("の");
    if (more && reader.done()) return std::nullopt;
    switch (best->unit) {
    case Unit::day:
      return more ? std::nullopt : std::optional(Parsed{day_away(Unit::day, best->away), {}});
    case Unit::week:
      return day_of_week(reader, *week(best->away));
    case Unit::month:
      return part_of_month(reader, best->away);
    case Unit::fiscal_year:
      return dated(reader,
                   {today_civil_.year - (today_civil_.month < 4) + best->away, 0, 0, Part::fiscal_year});
    case Unit::year:
      break;
    }
    Calendar c{today_civil_.year + best->away, 0, 0, Part::whole};
    return read_part_of_year(reader, c) ? dated(reader, c) : std::nullopt;
  }

  static std::optional<Parsed> day_of_week(Reader reader, Days week) {
    if (reader.done()) return Parsed{week, {}};
    const int at = reader.take_one_of(weekdays);
    if (at < 0 || !reader.take("曜")) return std::nullopt;
    reader.take("日");
    if (!reader.done()) return std::nullopt;
    return Parsed{Days{week.begin + at, week.begin + at + 1}, {}};
  }

  std::optional<Parsed> part_of_month(Reader reader, int away) const {
    const std::optional<Days> days = month(away);
    if (!days) return std::nullopt;
    const CivilDay first = civil_from_days(days->begin);
    Calendar c{first.year, first.month, 0, Part::whole};
    return read_part_of_month(reader, c) ? dated(reader, c) : std::nullopt;
  }

  // 令和6年4月1日, R6.4.1
  static std::optional<Parsed> era(Reader reader) {
    const Era* which = nullptr;
    for (const Era& candidate : eras) {
      if (!reader.take(candidate.text)) continue;
      which = &candidate;
      break;
    }
    if (which == nullptr) return std::nullopt;
    const bool first_year = reader.take("元");
    const auto n = first_year ? std::optional(Reader::Number{1, 1}) : reader.number();
    if (!n || n->digits > 2 || n->value < 1 || n->value > 99) return std::nullopt;
    return after_year(reader, which->year_0 + n->value, /*year_sign_needed=*/which->text.size() > 1);
  }

  // A year has been read: 年…, or a separator and figures, or the end.
  static std::optional<Parsed> after_year(Reader reader, int year, bool year_sign_needed) {
    Calendar c{year, 0, 0, Part::whole};
    if (reader.take("年")) {
      if (reader.take("度")) return dated(reader, {year, 0, 0, Part::fiscal_year});
      reader.take("の");
      return read_part_of_year(reader, c) ? dated(reader, c) : std::nullopt;
    }
    if (reader.done()) return year_sign_needed ? std::nullopt : dated(reader, c);
    return after_separator(reader, c);
  }

  // `/4/1` `-04` `.4.1`: the month, and behind the same separator the day.
  static std::optional<Parsed> after_separator(Reader reader, Calendar c) {
    constexpr std::string_view separators[] = {"/", "-", "."};
    const int separator = reader.take_one_of(separators);
    if (separator < 0) return std::nullopt;
    const auto m = reader.number();
    if (!m || m->digits == 0 || m->digits > 2 || m->value < 1 || m->value > 12) return std::nullopt;
    c.month = m->value;
    if (reader.take(separators[separator])) {
      const auto d = reader.number();
      if (!d || d->digits == 0 || d->digits > 2 || d->value < 1) return std::nullopt;
      c.day = d->value;
      skip_weekday(reader);
    }
    return dated(reader, c);
  }

  // 3日前, 半年後
  std::optional<Days> counted(Reader reader) const {
    constexpr std::string_view units[] = {"日", "週間", "週", "か月", "ゖ月", "ゕ月", "け月", "箇月", "年"};
    constexpr Unit meanings[] = {Unit::day,   Unit::week,  Unit::week,  Unit::month, Unit::month,
                                 Unit::month, Unit::month, Unit::month, Unit::year};
    int count = 6;
    Unit unit = Unit::month;
    if (!reader.take("半年")) {
      const auto n = reader.number();
      if (!n || n->digits > 4) return std::nullopt;
      const int which = reader.take_one_of(units);
      if (which < 0) return std::nullopt;
      count = n->value;
      unit = meanings[which];
    }
    const bool ago = reader.take("前");
    if ((!ago && !reader.take("後")) || !reader.done()) return std::nullopt;
    return day_away(unit, ago ? -count : count);
  }

  // Everything that begins with a figure.
  static std::optional<Parsed> numeric(Reader reader) {
    const Reader start = reader;
    const auto n = reader.number();
    if (!n) return std::nullopt;
    if (n->digits == 8) {
      const auto days = day({n->value / 10'000, n->value / 100 % 100, n->value % 100});
      return days && reader.done() ? std::optional(Parsed{days, {}}) : std::nullopt;
    }
    if (n->digits == 4 || (n->digits == 0 && n->value >= 1000)) {
      if (n->value < 1000) return std::nullopt;
      return after_year(reader, n->value, /*year_sign_needed=*/n->digits == 0);
    }
    if (n->digits > 2) return std::nullopt;
    if (n->digits == 2) {
      const auto short_year = after_separator(reader, {2000 + n->value, 0, 0, Part::whole});
      if (short_year && short_year->calendar.day != 0) return short_year;
    }
    Calendar c;
    reader = start;
    return read_part_of_year(reader, c) ? dated(reader, c) : std::nullopt;
  }

  std::optional<Days> english(std::string_view folded) const {
    std::vector<std::string_view> parts;
    while (!folded.empty() && parts.size() < 4) {
      const std::size_t end = std::min(folded.find(' '), folded.size());
      parts.push_back(folded.substr(0, end));
      folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    if (parts.size() == 1) {
      if (parts[0] == "today") return day_away(Unit::day, 0);
      if (parts[0] == "yesterday") return day_away(Unit::day, -1);
      if (parts[0] == "tomorrow") return day_away(Unit::day, 1);
    }
    if (parts.size() == 2) {
      const int away = parts[0] == "last" ? -1 : parts[0] == "next" ? 1 : 0;
      if (away == 0 && parts[0] != "this") return std::nullopt;
      if (parts[1] == "week") return week(away);
      if (parts[1] == "month") return month(away);
      if (parts[1] == "year") return months(today_civil_.year + away, 1, 12);
    }
    return parts.size() == 3 && parts[2] == "ago" ? english_ago(parts[0], parts[1]) : std::nullopt;
  }

  std::optional<Days> english_ago(std::string_view how_many, std::string_view unit) const {
    constexpr std::string_view units[] = {"day", "week", "month", "year"};
    constexpr Unit meanings[] = {Unit::day, Unit::week, Unit::month, Unit::year};
    Reader figures(how_many);
    const bool one = figures.take("an") || figures.take("a");
    const auto n = one ? std::optional(Reader::Number{1, 1}) : figures.number();
    if (!n || n->digits == 0 || n->digits > 4 || !figures.done()) return std::nullopt;
    Reader reader(unit);
    const int which = reader.take_one_of(units);
    reader.take("s");
    return which >= 0 && reader.done() ? day_away(meanings[which], -n->value) : std::nullopt;
  }

  int offset_minutes_;
  CivilDay today_civil_;
  std::int64_t today_;
};

} // namespace

std::optional<DaySpan> parse_day_span(std::string_view text, UtcSeconds now, int offset_minutes) {
  if (text.size() > longest_date) return std::nullopt;
  const DateParser parser(now, offset_minutes);
  const auto parsed = parser.parse(fold(text));
  const auto days = parsed ? parser.resolve(*parsed) : std::nullopt;
  if (!days) return std::nullopt;
  return DaySpan{parser.utc(days->begin), parser.utc(days->end)};
}

std::optional<DaySpan> parse_day_range(std::string_view text, UtcSeconds now, int offset_minutes) {
  if (text.size() > longest_date) return std::nullopt;
  const std::string folded = fold(text);
  std::size_t at = folded.find("..");
  std::size_t after = at == std::string::npos ? at : folded.find_first_not_of('.', at);
  if (at == std::string::npos && (at = folded.find('~')) != std::string::npos) after = at + 1;
  if (at == std::string::npos) return parse_day_span(text, now, offset_minutes);

  const std::string_view first_text = trim(std::string_view(folded).substr(0, at));
  const std::string_view last_text =
      after < folded.size() ? trim(std::string_view(folded).substr(after)) : "";
  if (first_text.empty() && last_text.empty()) return std::nullopt;

  const DateParser parser(now, offset_minutes);
  const auto first = first_text.empty() ? std::nullopt : parser.parse(first_text);
  const auto last = last_text.empty() ? std::nullopt : parser.parse(last_text);
  if ((!first_text.empty() && !first) || (!last_text.empty() && !last)) return std::nullopt;
  if (first && last) {
    const auto days = parser.range(*first, *last);
    if (!days) return std::nullopt;
    return DaySpan{parser.utc(days->begin), parser.utc(days->end)};
  }
  const auto days = parser.resolve(first ? *first : *last);
  if (!days) return std::nullopt;
  return first ? DaySpan{parser.utc(days->begin), INT64_MAX} : DaySpan{INT64_MIN, parser.utc(days->end)};
}

std::optional<std::int64_t> parse_day_count(std::string_view text) {
  constexpr std::int64_t most = 36'500, week = 7, month = 30, year = 365;
  static constexpr std::pair<std::string_view, std::int64_t> units[] = {
      {"", 1},           {"d", 1},          {"day", 1},       {"days", 1},      {"日", 1},        {"日間", 1},     {"w", week},
      {"week", week},    {"weeks", week},   {"週", week},     {"週間", week},   {"か月", month},  {"カ月", month}, {"ケ月", month},
      {"ヶ月", month},   {"ヵ月", month},   {"箇月", month},  {"か月間", month}, {"month", month}, {"months", month}, {"m", month},
      {"y", year},       {"year", year},    {"years", year},  {"年", year},     {"年間", year}};
  if (text.size() > longest_date) return std::nullopt;
  std::string folded;
  for (const char c : fold(text))
    if (c != ' ') folded += c;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(folded.data(), folded.data() + folded.size(), number);
  if (error != std::errc() || number < 0 || number > most) return std::nullopt;
  const std::string unit = folded.substr(static_cast<std::size_t>(end - folded.data()));
  for (const auto& [name, days] : units)
    if (fold(name) == unit) return number * days <= most ? std::optional(number * days) : std::nullopt;
  return std::nullopt;
}

} // namespace genchi
