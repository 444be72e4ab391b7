// Japan's public holidays, and days counted in business days.
#pragma once

#include <cstdint>
#include <string_view>

#include "genchi/time.hpp"

namespace genchi {

/// A day on which offices in Japan are closed by law: 国民の祝日, 振替休日, 国民の休日. The table's first and
/// last year and its source stand in the source file.
bool is_public_holiday(CivilDay day);
/// Its name in Japanese; "" if it is none.
std::string_view public_holiday_name(CivilDay day);
/// Neither Saturday, Sunday nor public holiday.
bool is_business_day(CivilDay day);
/// Business days after `from` up to and including `to`: 0 the same day, Friday to Monday 1; never negative (0
/// if to <= from). O(log n) in the number of holidays.
std::int64_t business_days_between(CivilDay from, CivilDay to);
/// Last year of the table; of later days only weekends are known, and lists say so.
int last_year_of_holidays();

} // namespace genchi
