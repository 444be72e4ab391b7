#include "genchi/time.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace genchi {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }

struct WallClock {
  CivilDay day;
  int hour, minute, second;
};

WallClock wall_clock(UtcSeconds utc, int offset_minutes) {
  const std::int64_t local = utc + std::int64_t{offset_minutes} * 60;
  const std::int64_t days = floor_div(local, seconds_a_day);
  const int rest = static_cast<int>(local - days * seconds_a_day);
  return {civil_from_days(days), rest / 3600, rest / 60 % 60, rest % 60};
}

// `digits` decimal digits at `at`, -1 if they are not all there.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

// Day counts by Howard Hinnant's published algorithms (chrono-compatible low-level date algorithms).
std::int64_t days_from_civil(CivilDay day) {
  const std::int64_t y = day.year - (day.month <= 2);
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t yoe = y - era * 400;
  const std::int64_t doy = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
  const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + doe - 719'468;
}

CivilDay civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = floor_div(days, 146'097);
  const std::int64_t doe = days - era * 146'097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400 + (month <= 2)), month, static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int days_in_month(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

bool is_valid(CivilDay day) { return day.day >= 1 && day.day <= days_in_month(day.year, day.month); }

UtcSeconds utc_from_civil(CivilDay day, int hour, int minute, int second, int offset_minutes) {
  return days_from_civil(day) * seconds_a_day + hour * 3600 + minute * 60 + second -
         std::int64_t{offset_minutes} * 60;
}

CivilDay civil_day(UtcSeconds utc, int offset_minutes) { return wall_clock(utc, offset_minutes).day; }

int month_number(UtcSeconds utc, int offset_minutes) {
  const CivilDay day = civil_day(utc, offset_minutes);
  return day.year * 12 + day.month - 1;
}

std::string iso8601(Moment moment) {
  const WallClock w = wall_clock(moment.utc, moment.offset_minutes);
  const int offset = std::abs(moment.offset_minutes);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", w.day.year, w.day.month, w.day.day, w.hour,
                     w.minute, w.second, moment.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string display_time(UtcSeconds utc, int offset_minutes) {
  const WallClock w = wall_clock(utc, offset_minutes);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", w.day.year, w.day.month, w.day.day, w.hour, w.minute);
}

std::optional<Moment> parse_iso8601(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const CivilDay day{number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)};
  const int hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (day.year < 0 || !is_valid(day) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return std::nullopt;
  int offset = 0;
  const std::string_view zone = text.substr(19);
  if (zone != "Z") {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
    const int hours = number_at(zone, 1, 2), minutes = number_at(zone, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    offset = (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  return Moment{utc_from_civil(day, hour, minute, second, offset), offset};
}

}  // namespace genchi
