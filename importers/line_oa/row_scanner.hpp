// Cutting a LINE CSV into rows and cells, on bytes. UTF-8, CP932, Big5 and EUC never use `"` `,` TAB `;` CR
// or LF as part of another character, so this needs no charset.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace genchi::line {

inline constexpr std::size_t row_cells = 5;

/// A cell as it stands: what is between its quotes (or all of it), and what follows a closing quote where
/// none should.
struct Cell {
  std::string_view body;
  std::string_view tail;
  bool quoted = false;

  /// The bytes meant: doubled quotes single, tail appended.
  std::string value() const;
  bool empty() const { return body.empty() && tail.empty(); }
};

struct ScannedRow {
  std::array<Cell, row_cells> cells;
  std::size_t count = 0; ///< cells found; a sixth and more are the tail of the fifth, unless all are empty
  std::size_t end = 0;   ///< after the line end
  bool has_line_end = false;
  bool unclosed = false; ///< a quote is not closed; nothing else but this is meaningful then
  bool blank() const;    ///< nothing but separators
};

/// The row that starts at `text[at]`. A quoted cell may hold line ends only as sender name or content. A
/// quote counts as unclosed if it runs to the end of the text, or over a line end to a quote inside a cell or
/// to the quote that opens the content of another row.
ScannedRow scan_row(std::string_view text, std::size_t at, char separator);

/// Does a row start here: type, name, date, time, each with its separator and on this line?
bool starts_like_row(std::string_view text, std::size_t at, char separator);

/// Where the line that holds `text[at]` ends, behind its LF, CRLF or CR.
std::size_t after_line(std::string_view text, std::size_t at);

} // namespace genchi::line
