#include "genchi/time.hpp"

#include <catch2/catch.hpp>

using namespace genchi;

TEST_CASE("days and instants go there and back") {
  for (std::int64_t day = -800'000; day < 800'000; day += 997) {
    const CivilDay civil = civil_from_days(day);
    CHECK(is_valid(civil));
    CHECK(days_from_civil(civil) == day);
  }
  CHECK(utc_from_civil({2026, 4, 2}, 18, 5, 0, 540) == 1775120700);
  CHECK(civil_day(1775120700, 540) == CivilDay{2026, 4, 2});
  CHECK(civil_day(-1, 0) == CivilDay{1969, 12, 31});
}

TEST_CASE("days that do not exist") {
  CHECK_FALSE(is_valid({2023, 2, 29}));
  CHECK(is_valid({2024, 2, 29}));
  CHECK_FALSE(is_valid({1900, 2, 29}));
  CHECK_FALSE(is_valid({2024, 13, 1}));
  CHECK_FALSE(is_valid({2024, 0, 1}));
}

TEST_CASE("ISO 8601 with offsets") {
  const Moment m{utc_from_civil({2024, 4, 1}, 10, 0, 0, 540), 540};
  CHECK(iso8601(m) == "2024-04-01T10:00:00+09:00");
  CHECK(parse_iso8601("2024-04-01T10:00:00+09:00") == m);
  CHECK(parse_iso8601("2024-04-01T01:00:00Z")->utc == m.utc);
  CHECK(iso8601({0, -210}) == "1969-12-31T20:30:00-03:30");
  for (const auto* bad : {"2024-02-30T10:00:00Z", "2024-04-01", "2024-04-01T25:00:00Z", "2024-04-01T10:00:00+9:00", ""})
    CHECK_FALSE(parse_iso8601(bad));
}

TEST_CASE("months are counted in the zone asked for") {
  const UtcSeconds last_hour_of_march_utc = utc_from_civil({2024, 3, 31}, 23, 0, 0, 0);
  CHECK(month_number(last_hour_of_march_utc, 540) == 2024 * 12 + 3);
  CHECK(month_number(last_hour_of_march_utc, 0) == 2024 * 12 + 2);
}
