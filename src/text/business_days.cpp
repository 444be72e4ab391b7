// The holidays are made from the law, not listed: 国民の祝日に関する法律 (昭和23年法律第178号) as it was in
// force in each year from 2005 on, i.e. with its amendments of 2005 (法律43, in force 2007), 2014 (法律43,
// 山の日, 2016), 2017 (法律63, 天皇誕生日, 2019/2020) and 2018 (法律57, スポーツの日, 2020), and three
// special laws: that on the Emperor's accession (平成30年法律第99号: 2019), and on the Olympic and Paralympic
// games (平成27年法律第33号, as amended in 2018 and 2020: 2020 and 2021). Dates of the names:
// 内閣府「国民の祝日について」.
//
// The equinoxes are those that the National Astronomical Observatory announces in the 官報 each February for
// the next year. All come from one approximation here: it gives those announced, up to 2027, and those of
// 2028 to 2099 are calculated only. It agrees for every year with Meeus, Astronomical Algorithms, ch. 27, by
// which the nearest to midnight is 2074-09-23, 00:04. What changes the law after 2026 is not known here.
//
// Closing days that no law of holidays knows (12/29 to 1/3 of offices, お盆) are business days here.
#include "text/business_days.hpp"

#include <algorithm>
#include <vector>

namespace genchi {
namespace {

constexpr int first_year = 2005;
constexpr int last_year = 2099;

// 0 Monday … 6 Sunday; 1970-01-01 was a Thursday.
int weekday_of(std::int64_t days) {
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}
constexpr int saturday = 5;
constexpr int sunday = 6;

struct Holiday {
  std::int64_t day; ///< since 1970
  std::string_view name;
  bool operator<(const Holiday& other) const { return day < other.day; }
};

std::int64_t day_number(int year, int month, int day) {
  return days_from_civil({year, month, day});
}

std::int64_t nth_monday(int year, int month, int nth) {
  const std::int64_t first = day_number(year, month, 1);
  return first + (7 - weekday_of(first)) % 7 + 7 * (nth - 1);
}

// Day of March or September, 1980 to 2099.
int equinox(double in_1980, int year) {
  const int since = year - 1980;
  return static_cast<int>(in_1980 + 0.242194 * since - since / 4);
}

// What the law names; Article 2 and the special laws.
std::vector<Holiday> named_holidays(int year) {
  std::vector<Holiday> named;
  const auto add = [&](std::int64_t day, std::string_view name) { named.push_back({day, name}); };
  const auto on = [&](int month, int day) { return day_number(year, month, day); };

  add(on(1, 1), "元日");
  add(nth_monday(year, 1, 2), "成人の日");
  add(on(2, 11), "建国記念の日");
  if (year >= 2020) add(on(2, 23), "天皇誕生日");
  add(on(3, equinox(20.8431, year)), "春分の日");
  add(on(4, 29), year < 2007 ? "みどりの日" : "昭和の日");
  if (year == 2019) add(on(5, 1), "天皇の即位の日");
  add(on(5, 3), "憲法記念日");
  if (year >= 2007) add(on(5, 4), "みどりの日");
  add(on(5, 5), "こどもの日");
  add(year == 2020 ? on(7, 23) : year == 2021 ? on(7, 22) : nth_monday(year, 7, 3), "海の日");
  if (year >= 2016) add(year == 2020 ? on(8, 10) : year == 2021 ? on(8, 8) : on(8, 11), "山の日");
  add(nth_monday(year, 9, 3), "敬老の日");
  add(on(9, equinox(23.2488, year)), "秋分の日");
  if (year < 2020)
    add(nth_monday(year, 10, 2), "体育の日");
  else
    add(year == 2020 ? on(7, 24) : year == 2021 ? on(7, 23) : nth_monday(year, 10, 2), "スポーツの日");
  if (year == 2019) add(on(10, 22), "即位礼正殿の儀の行われる日");
  add(on(11, 3), "文化の日");
  add(on(11, 23), "勤労感謝の日");
  if (year < 2019) add(on(12, 23), "天皇誕生日");
  std::sort(named.begin(), named.end());
  return named;
}

// Article 3: a holiday on a Sunday moves to the next day that is none (until 2006: to the Monday, if that is
// none), and a day between two holidays is one (until 2006: unless it is a Sunday or such a Monday). No two
// named holidays of one year enclose a day of another, and no moved one leaves its year.
void add_holidays_of(int year, std::vector<Holiday>& table) {
  const std::vector<Holiday> named = named_holidays(year);
  const auto is_named = [&](std::int64_t day) {
    return std::binary_search(named.begin(), named.end(), Holiday{day, {}});
  };
  std::vector<Holiday> all = named;
  const auto is_taken = [&](std::int64_t day) {
    return std::any_of(all.begin(), all.end(), [day](const Holiday& holiday) { return holiday.day == day; });
  };
  for (const Holiday& holiday : named) {
    if (weekday_of(holiday.day) != sunday) continue;
    std::int64_t moved = holiday.day + 1;
    if (year >= 2007)
      while (is_named(moved)) ++moved;
    if (!is_taken(moved)) all.push_back({moved, "振替休日"});
  }
  for (const Holiday& holiday : named) {
    const std::int64_t between = holiday.day + 1;
    const bool is_sunday = weekday_of(between) == sunday;
    if (is_named(between + 1) && !is_taken(between) && (year >= 2007 || !is_sunday))
      all.push_back({between, "国民の休日"});
  }
  std::sort(all.begin(), all.end());
  table.insert(table.end(), all.begin(), all.end());
}

const std::vector<Holiday>& holidays() {
  static const std::vector<Holiday> table = [] {
    std::vector<Holiday> made;
    for (int year = first_year; year <= last_year; ++year) add_holidays_of(year, made);
    return made;
  }();
  return table;
}

// Days of holidays that are no Saturday or Sunday.
const std::vector<std::int64_t>& free_weekdays() {
  static const std::vector<std::int64_t> days = [] {
    std::vector<std::int64_t> made;
    for (const Holiday& holiday : holidays())
      if (weekday_of(holiday.day) < saturday) made.push_back(holiday.day);
    return made;
  }();
  return days;
}

// Mondays to Fridays up to and including `day`, from a Monday that is before every CivilDay.
std::int64_t weekdays_up_to(std::int64_t day) {
  constexpr std::int64_t monday_long_ago = 4 - 7 * std::int64_t{1'000'000};
  const std::int64_t since = day - monday_long_ago + 1;
  return since / 7 * 5 + std::min<std::int64_t>(since % 7, 5);
}

std::int64_t holidays_up_to(std::int64_t day) {
  const std::vector<std::int64_t>& days = free_weekdays();
  return std::upper_bound(days.begin(), days.end(), day) - days.begin();
}

} // namespace

std::string_view public_holiday_name(CivilDay day) {
  const std::int64_t number = days_from_civil(day);
  const std::vector<Holiday>& table = holidays();
  const auto found = std::lower_bound(table.begin(), table.end(), Holiday{number, {}});
  return found != table.end() && found->day == number ? found->name : std::string_view{};
}

bool is_public_holiday(CivilDay day) {
  return !public_holiday_name(day).empty();
}

bool is_business_day(CivilDay day) {
  return weekday_of(days_from_civil(day)) < saturday && !is_public_holiday(day);
}

std::int64_t business_days_between(CivilDay from, CivilDay to) {
  const std::int64_t first = days_from_civil(from);
  const std::int64_t last = days_from_civil(to);
  if (last <= first) return 0;
  return weekdays_up_to(last) - weekdays_up_to(first) - (holidays_up_to(last) - holidays_up_to(first));
}

int last_year_of_holidays() {
  return last_year;
}

} // namespace genchi
