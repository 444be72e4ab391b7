// A talk as the LINE app saves it: rows with their places in the bytes, and each row alone.
#include "importers/line_talk/talk.hpp"

#include <algorithm>

#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

using namespace talk;

// Header, rows and bad rows follow each other; between them are day lines and blank lines only.
void check_places(std::string_view bytes, const Talk& read) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> stretches{{0, read.preamble_length}};
  for (const Row& row : read.rows) stretches.emplace_back(row.offset, row.length);
  for (const auto& bad : read.bad_rows) stretches.emplace_back(bad.offset, bad.length);
  std::sort(stretches.begin(), stretches.end());
  std::uint64_t end = 0;
  for (const auto& [offset, length] : stretches) {
    ALWAYS(offset >= end && offset + length <= bytes.size());
    auto between = bytes.substr(end, offset - end);
    Line line;
    while (read.charset == "UTF-8" && is_utf8(bytes) && next_line(between, line))
      ALWAYS(trim(line.text).empty() || parse_day_line(line.text, read.family) || line.text.find('\r') != std::string_view::npos);
    end = offset + length;
  }
}

void check_rows(std::string_view bytes, const Talk& read) {
  std::uint32_t line = 0;
  for (const Row& row : read.rows) {
    ALWAYS(row.length > 0 && row.line > line && row.minute >= 0 && row.minute < 24 * 60);
    ALWAYS(read.dates_unknown || is_valid(row.day));
    ALWAYS(is_utf8(row.text) && is_utf8(row.sender));
    line = row.line;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(read.rows.size(), 8); ++i) {
    const Row& row = read.rows[i];
    const Row alone = read_row(bytes.substr(row.offset, row.length), read.family, read.charset, read.senders);
    ALWAYS(alone.text == row.text && alone.minute == row.minute && alone.content == row.content);
    ALWAYS(alone.sender == row.sender && alone.system == row.system);
  }
}

} // namespace

void try_input(std::string_view input) {
  for (const auto* name : {"[LINE] 川口 みおとのトーク.txt", "[LINE]川口 みお.txt", "talk.txt"}) {
    const auto read = parse_talk(input, name);
    ALWAYS(read.has_value() == looks_like_talk(input, name));
    if (!read) continue;
    ALWAYS(is_utf8(read->name));
    check_rows(input, *read);
    check_places(input, *read);
  }
}

} // namespace genchi::fuzz
