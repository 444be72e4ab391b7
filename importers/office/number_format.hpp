// Numbers of a sheet as it shows them.
#pragma once

#include <string>
#include <string_view>

namespace genchi::office {

/// The format that a number below 164 stands for in a Japanese Excel; "General" for those that mean nothing here.
std::string_view built_in_format(int id);

/// Which day is day 0 of a workbook.
enum class DayCount { since_1900, since_1904 };

/// 180000 in `"¥"#,##0` is ¥180,000, in `#,##0"円"` 180,000円, -20000 in `#,##0;▲#,##0` ▲20,000, 0.1 in `0%` 10%; a day
/// is written 2026/4/5 whatever its format says. Not done: fractions, exponents and conditions in brackets; they come
/// out as General.
std::string shown_number(double value, std::string_view format, DayCount days = DayCount::since_1900);

}  // namespace genchi::office
