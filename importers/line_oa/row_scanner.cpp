#include "importers/line_oa/row_scanner.hpp"

#include <algorithm>
#include <optional>

namespace genchi::line {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t name_cell = 1;
constexpr std::size_t content_cell = row_cells - 1;
constexpr std::size_t longest_type = 64;
constexpr std::size_t longest_name = 4096;

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

/// The first separator or line end from `at` on, or the end.
std::size_t end_of_plain(std::string_view text, std::size_t at, char separator) {
  while (at < text.size() && text[at] != separator && !is_line_end(text[at])) ++at;
  return at;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_line_end(text[at])) ++at;
  return at;
}

std::size_t after_line_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
}

/// The quote that closes a cell whose content starts at `at`.
std::size_t closing_quote(std::string_view text, std::size_t at) {
  while (true) {
    at = text.find('"', at);
    if (at == npos || at + 1 >= text.size() || text[at + 1] != '"') return at;
    at += 2;
  }
}

/// Digits in groups of given lengths: "d/d/d" shapes without judging the values.
bool is_numbers(std::string_view cell, std::string_view separators, int least, int most) {
  int groups = 1;
  int digits = 0;
  for (const char c : cell) {
    if (c >= '0' && c <= '9') {
      if (++digits > 4) return false;
    } else if (separators.find(c) != npos && digits > 0) {
      ++groups;
      digits = 0;
    } else {
      return false;
    }
  }
  return digits > 0 && groups >= least && groups <= most;
}

std::string_view unquoted(std::string_view cell) {
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') return cell.substr(1, cell.size() - 2);
  return cell;
}

/// The cell at `at` of a row head, which ends on its line with a separator; `at` moves behind that.
std::optional<std::string_view> head_cell(std::string_view text, std::size_t& at, char separator,
                                          std::size_t longest) {
  const auto line = text.substr(at, longest + 3);
  std::size_t end = 0;
  if (!line.empty() && line[0] == '"') {
    const auto close = closing_quote(line, 1);
    if (close == npos ||
        std::any_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(close), is_line_end))
      return std::nullopt;
    end = close + 1;
  } else {
    end = end_of_plain(line, 0, separator);
  }
  if (end >= line.size() || line[end] != separator) return std::nullopt;
  at += end + 1;
  return line.substr(0, end);
}

/// Behind the fourth separator of a row that starts at `at`; npos if none does.
std::size_t after_row_head(std::string_view text, std::size_t at, char separator) {
  const auto type = head_cell(text, at, separator, longest_type);
  if (!type || unquoted(*type).empty()) return npos;
  if (!head_cell(text, at, separator, longest_name)) return npos;
  const auto date = head_cell(text, at, separator, 16);
  if (!date || !is_numbers(unquoted(*date), "/-.", 3, 3)) return npos;
  const auto time = head_cell(text, at, separator, 16);
  if (!time || !is_numbers(unquoted(*time), ":", 2, 3)) return npos;
  return at;
}

enum class Closed { yes, no };

/// A quoted cell that opens at `at`; `at` moves to what follows it.
Closed scan_quoted(std::string_view text, std::size_t& at, std::size_t index, char separator, Cell& cell) {
  const auto start = at + 1;
  const auto close = closing_quote(text, start);
  if (close == npos) return Closed::no;
  const auto body = text.substr(start, close - start);
  const auto line_end = std::max(body.rfind('\n') + 1, body.rfind('\r') + 1); // 0: none
  const auto next = close + 1;
  const bool at_cell_end = next >= text.size() || text[next] == separator || is_line_end(text[next]);
  if (line_end > 0) {
    if (!at_cell_end || (index != name_cell && index != content_cell)) return Closed::no;
    if (after_row_head(text, start + line_end, separator) == close) return Closed::no;
  }
  cell.quoted = true;
  cell.body = body;
  at = end_of_plain(text, next, separator);
  cell.tail = text.substr(next, at - next);
  return Closed::yes;
}

} // namespace

std::string Cell::value() const {
  std::string bytes;
  bytes.reserve(body.size() + tail.size());
  if (quoted) {
    std::size_t at = 0;
    while (at < body.size()) {
      const auto quote = body.find('"', at);
      if (quote == npos) break;
      bytes.append(body, at, quote + 1 - at);
      at = quote + 2;
    }
    if (at < body.size()) bytes.append(body, at);
  } else {
    bytes = body;
  }
  return bytes.append(tail);
}

bool ScannedRow::blank() const {
  return std::all_of(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Cell& cell) { return cell.empty(); });
}

ScannedRow scan_row(std::string_view text, std::size_t at, char separator) {
  ScannedRow row;
  while (true) {
    auto& cell = row.cells[row.count];
    if (at < text.size() && text[at] == '"') {
      if (scan_quoted(text, at, row.count, separator, cell) == Closed::no) {
        row.unclosed = true;
        return row;
      }
    } else {
      const auto end = end_of_plain(text, at, separator);
      cell.body = text.substr(at, end - at);
      at = end;
    }
    ++row.count;
    if (at >= text.size() || text[at] != separator) break;
    if (row.count == row_cells) {
      // Padding by a spreadsheet, or content that should have been quoted.
      const auto end = end_of_line(text, at);
      const auto rest = text.substr(at, end - at);
      if (rest.find_first_not_of(separator) != npos) {
        const auto* tail = cell.tail.empty() ? rest.data() : cell.tail.data();
        cell.tail = {tail, static_cast<std::size_t>(rest.data() + rest.size() - tail)};
      }
      at = end;
      break;
    }
    ++at;
  }
  row.has_line_end = at < text.size();
  row.end = after_line_end(text, at);
  return row;
}

bool starts_like_row(std::string_view text, std::size_t at, char separator) {
  return after_row_head(text, at, separator) != npos;
}

std::size_t after_line(std::string_view text, std::size_t at) {
  return after_line_end(text, end_of_line(text, at));
}

} // namespace genchi::line
