// CSV as spreadsheets read it.
#pragma once

#include <string>
#include <string_view>

namespace genchi {

/// What a CSV file in UTF-8 begins with: Excel takes it for another charset without.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

/// A CSV cell: quoted as needed, and guarded by an apostrophe where a spreadsheet would read a formula.
std::string csv_cell(std::string_view text);

}  // namespace genchi
