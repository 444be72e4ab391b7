#include "base/csv.hpp"

namespace genchi {

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

bool next_csv_row(std::string_view& rest, char separator, std::vector<std::string>& cells) {
  cells.clear();
  if (rest.empty()) return false;
  cells.emplace_back();
  bool quoted = false;
  std::size_t at = 0;
  while (at < rest.size()) {
    const char c = rest[at++];
    if (quoted) {
      if (c != '"') cells.back() += c;
      else if (at < rest.size() && rest[at] == '"') cells.back() += rest[at++];
      else quoted = false;
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      cells.emplace_back();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && at < rest.size() && rest[at] == '\n') ++at;
      break;
    } else {
      cells.back() += c;
    }
  }
  rest.remove_prefix(at);
  return true;
}

}  // namespace genchi
