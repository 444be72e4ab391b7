// Instants, days and months. Instants are UTC seconds since 1970; days are those of the archive's zone
// (Asia/Tokyo unless configured otherwise).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genchi {

/// Seconds since 1970-01-01T00:00:00Z; negative before.
using UtcSeconds = std::int64_t;

/// A moment as a message states it: the instant and the offset it was written with.
struct Moment {
  UtcSeconds utc = 0;
  int offset_minutes = 9 * 60;
  auto operator<=>(const Moment&) const = default;
};

/// A day of the proleptic Gregorian calendar.
struct CivilDay {
  int year = 1970;
  int month = 1;  ///< 1..12
  int day = 1;    ///< 1..31
  auto operator<=>(const CivilDay&) const = default;
};

/// Days since 1970-01-01 of a day, and back. Any year in ±9999.
std::int64_t days_from_civil(CivilDay day);
CivilDay civil_from_days(std::int64_t days);
/// Does this day exist (2023-02-29 does not)?
bool is_valid(CivilDay day);
/// Days in a month.
int days_in_month(int year, int month);

/// The instant of a wall-clock time at `offset_minutes` east of UTC.
UtcSeconds utc_from_civil(CivilDay day, int hour, int minute, int second, int offset_minutes);
/// The wall-clock day of an instant at an offset.
CivilDay civil_day(UtcSeconds utc, int offset_minutes);
/// Months since year 0 (year*12 + month-1) of an instant at an offset: the key of a passage.
int month_number(UtcSeconds utc, int offset_minutes);

/// `2024-04-01T10:00:00+09:00`: the form of every time in JSON.
std::string iso8601(Moment moment);
/// `2024-04-01 10:00`, the form in lists, at the given offset.
std::string display_time(UtcSeconds utc, int offset_minutes);
/// Reads `2024-04-01T10:00:00+09:00` (also `Z`); nullopt for anything else.
std::optional<Moment> parse_iso8601(std::string_view text);

/// The archive's zone when nothing else is configured: Japan, which has had no summer time since 1951.
inline constexpr int japan_offset_minutes = 9 * 60;

}  // namespace genchi
