#include "text/business_days.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using genchi::business_days_between;
using genchi::civil_from_days;
using genchi::CivilDay;
using genchi::days_from_civil;
using genchi::is_business_day;
using genchi::is_public_holiday;
using genchi::last_year_of_holidays;
using genchi::public_holiday_name;

namespace {

// `5/3 憲法記念日, …`: the holidays of a year in their order.
std::vector<std::string> holidays_of(int year) {
  std::vector<std::string> found;
  for (std::int64_t day = days_from_civil({year, 1, 1}); day <= days_from_civil({year, 12, 31}); ++day) {
    const CivilDay date = civil_from_days(day);
    if (!is_public_holiday(date)) continue;
    found.push_back(std::to_string(date.month) + "/" + std::to_string(date.day) + " " +
                    std::string(public_holiday_name(date)));
  }
  return found;
}

} // namespace

TEST_CASE("A year as the Cabinet Office prints it") {
  using Days = std::vector<std::string>;
  CHECK(holidays_of(2026) == Days{"1/1 元日", "1/12 成人の日", "2/11 建国記念の日", "2/23 天皇誕生日",
                                  "3/20 春分の日", "4/29 昭和の日", "5/3 憲法記念日", "5/4 みどりの日",
                                  "5/5 こどもの日", "5/6 振替休日", "7/20 海の日", "8/11 山の日",
                                  "9/21 敬老の日", "9/22 国民の休日", "9/23 秋分の日", "10/12 スポーツの日",
                                  "11/3 文化の日", "11/23 勤労感謝の日"});
  CHECK(holidays_of(2019) == Days{"1/1 元日",
                                  "1/14 成人の日",
                                  "2/11 建国記念の日",
                                  "3/21 春分の日",
                                  "4/29 昭和の日",
                                  "4/30 国民の休日",
                                  "5/1 天皇の即位の日",
                                  "5/2 国民の休日",
                                  "5/3 憲法記念日",
                                  "5/4 みどりの日",
                                  "5/5 こどもの日",
                                  "5/6 振替休日",
                                  "7/15 海の日",
                                  "8/11 山の日",
                                  "8/12 振替休日",
                                  "9/16 敬老の日",
                                  "9/23 秋分の日",
                                  "10/14 体育の日",
                                  "10/22 即位礼正殿の儀の行われる日",
                                  "11/3 文化の日",
                                  "11/4 振替休日",
                                  "11/23 勤労感謝の日"});
  CHECK(holidays_of(2021) == Days{"1/1 元日", "1/11 成人の日", "2/11 建国記念の日", "2/23 天皇誕生日",
                                  "3/20 春分の日", "4/29 昭和の日", "5/3 憲法記念日", "5/4 みどりの日",
                                  "5/5 こどもの日", "7/22 海の日", "7/23 スポーツの日", "8/8 山の日",
                                  "8/9 振替休日", "9/20 敬老の日", "9/23 秋分の日", "11/3 文化の日",
                                  "11/23 勤労感謝の日"});
  CHECK(holidays_of(2006) == Days{"1/1 元日", "1/2 振替休日", "1/9 成人の日", "2/11 建国記念の日",
                                  "3/21 春分の日", "4/29 みどりの日", "5/3 憲法記念日", "5/4 国民の休日",
                                  "5/5 こどもの日", "7/17 海の日", "9/18 敬老の日", "9/23 秋分の日",
                                  "10/9 体育の日", "11/3 文化の日", "11/23 勤労感謝の日",
                                  "12/23 天皇誕生日"});
}

TEST_CASE("The days that a law moved, and those between two holidays") {
  struct Case {
    CivilDay day;
    std::string name;
  };
  const std::vector<Case> cases = {
      {{2005, 3, 20}, "春分の日"},
      {{2005, 3, 21}, "振替休日"},
      {{2005, 5, 4}, "国民の休日"},
      {{2008, 5, 6}, "振替休日"}, // of Sunday the 4th, behind Monday the 5th
      {{2009, 5, 6}, "振替休日"},
      {{2009, 9, 22}, "国民の休日"},
      {{2012, 9, 22}, "秋分の日"},
      {{2015, 9, 22}, "国民の休日"},
      {{2015, 8, 11}, ""},
      {{2016, 8, 11}, "山の日"},
      {{2018, 12, 24}, "振替休日"},
      {{2019, 2, 23}, ""},
      {{2019, 12, 23}, ""},
      {{2020, 2, 24}, "振替休日"},
      {{2020, 7, 20}, ""},
      {{2020, 7, 23}, "海の日"},
      {{2020, 7, 24}, "スポーツの日"},
      {{2020, 8, 10}, "山の日"},
      {{2020, 8, 11}, ""},
      {{2020, 10, 12}, ""},
      {{2021, 10, 11}, ""},
      {{2022, 8, 11}, "山の日"},
      {{2027, 3, 22}, "振替休日"},
      {{2032, 9, 21}, "国民の休日"},
      {{2032, 9, 22}, "秋分の日"},
      {{2033, 9, 23}, "秋分の日"},
  };
  for (const Case& c : cases) {
    INFO(c.day.year << "-" << c.day.month << "-" << c.day.day);
    CHECK(public_holiday_name(c.day) == c.name);
    CHECK(is_public_holiday(c.day) == !c.name.empty());
  }
}

TEST_CASE("Offices are open on neither a weekend nor a holiday") {
  CHECK(is_business_day({2026, 9, 18}));       // Friday
  CHECK_FALSE(is_business_day({2026, 9, 19})); // Saturday
  CHECK_FALSE(is_business_day({2026, 9, 20})); // Sunday
  CHECK_FALSE(is_business_day({2026, 9, 21})); // Monday, 敬老の日
  CHECK_FALSE(is_business_day({2026, 9, 22})); // between two holidays
  CHECK(is_business_day({2026, 9, 24}));
  CHECK(is_business_day({2026, 12, 31})); // no law of holidays knows the end of the year
  CHECK(is_business_day({1995, 5, 3}));   // before the table only weekends are known
}

TEST_CASE("Waiting is counted in business days") {
  struct Case {
    CivilDay from, to;
    std::int64_t days;
  };
  const std::vector<Case> cases = {
      {{2026, 4, 1}, {2026, 4, 1}, 0},   {{2026, 4, 2}, {2026, 4, 1}, 0},
      {{2026, 4, 3}, {2026, 4, 6}, 1},                                     // Friday to Monday
      {{2026, 4, 3}, {2026, 4, 5}, 0},                                     // to Sunday
      {{2026, 4, 4}, {2026, 4, 6}, 1},                                     // asked on Saturday
      {{2026, 5, 1}, {2026, 5, 7}, 1},                                     // over 5/3 to 5/6
      {{2026, 9, 18}, {2026, 9, 24}, 1}, {{2019, 4, 26}, {2019, 5, 7}, 1}, // ten days off
      {{2025, 12, 31}, {2026, 1, 5}, 2}, {{2026, 1, 1}, {2026, 12, 31}, 244},
  };
  for (const Case& c : cases) {
    INFO(c.from.year << "-" << c.from.month << "-" << c.from.day << " to " << c.to.month << "/" << c.to.day);
    CHECK(business_days_between(c.from, c.to) == c.days);
  }
}

TEST_CASE("A count over decades is the sum of its days") {
  const CivilDay from{1999, 12, 31};
  std::int64_t counted = 0;
  bool same = true;
  for (std::int64_t day = days_from_civil(from) + 1; day <= days_from_civil({2105, 1, 31}); ++day) {
    counted += is_business_day(civil_from_days(day));
    same = same && business_days_between(from, civil_from_days(day)) == counted;
  }
  CHECK(same);
}

TEST_CASE("Days that nobody writes are counted too") {
  CHECK(business_days_between({-9999, 1, 1}, {-9999, 1, 4}) == 3 - !is_business_day({-9999, 1, 2}) -
                                                                   !is_business_day({-9999, 1, 3}) -
                                                                   !is_business_day({-9999, 1, 4}));
  CHECK(business_days_between({9999, 12, 24}, {9999, 12, 31}) == 5);
  CHECK_FALSE(is_public_holiday({-9999, 1, 1}));
  CHECK_FALSE(is_public_holiday({last_year_of_holidays() + 1, 1, 1}));
  CHECK(is_public_holiday({last_year_of_holidays(), 1, 1}));
}
