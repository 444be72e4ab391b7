// CSV as spreadsheets write and read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// What a CSV file in UTF-8 begins with: Excel takes it for another charset without.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

/// A CSV cell: quoted as needed, and guarded by an apostrophe where a spreadsheet would read a formula.
std::string csv_cell(std::string_view text);

/// Takes a row off the front of `rest`: its cells without their quotes, doubled quotes single. A quoted cell may hold
/// separators and line ends; a quote that is not closed ends with the text. False when `rest` is empty.
bool next_csv_row(std::string_view& rest, char separator, std::vector<std::string>& cells);

}  // namespace genchi
