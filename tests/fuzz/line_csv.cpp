// A LINE Official Account download: rows with their places in the bytes.
#include "importers/line_oa/export.hpp"

#include <algorithm>

#include "importers/line_oa/chats.hpp"
#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

using namespace line;

constexpr std::string_view file_name = "3_20251108_20260302_さくら.csv";

// Preamble, rows and bad rows follow each other; between them are blank lines only.
void check_places(std::string_view bytes, const Export& read) {
  struct Stretch {
    std::uint64_t begin, end;
  };
  std::vector<Stretch> stretches{{0, read.preamble_length}};
  for (const Row& row : read.rows) stretches.push_back({row.offset, row.offset + row.length});
  for (const BadRow& bad : read.bad_rows) stretches.push_back({bad.offset, bad.offset + bad.length});
  std::sort(stretches.begin(), stretches.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::uint64_t end = 0;
  for (const Stretch& stretch : stretches) {
    ALWAYS(stretch.begin >= end && stretch.begin <= stretch.end);
    ALWAYS(bytes.substr(end, stretch.begin - end).find_first_not_of(std::string_view("\r\n\t ,;\"\0", 8)) ==
           std::string_view::npos);
    end = stretch.end;
  }
  ALWAYS(end <= bytes.size());
}

void check_rows(const Export& read) {
  std::uint64_t before = 0;
  std::uint32_t line = 0;
  for (const Row& row : read.rows) {
    ALWAYS(row.length > 0 && row.offset >= before && row.line > line);
    before = row.offset + row.length;
    line = row.line;
    ALWAYS(is_utf8(row.text) && !holds_any_of(row.text, "\r"));
    ALWAYS(is_utf8(row.sender_name));
    row_key(row);
  }
  for (const BadRow& bad : read.bad_rows) ALWAYS((bad.length > 0) == (bad.rows > 0) && is_utf8(bad.reason));
}

// A row says the same when it stands alone behind the preamble.
void check_alone(std::string_view bytes, const Export& read) {
  if (read.charset != "UTF-8" || !is_utf8(bytes)) return;
  const std::string preamble(bytes.substr(0, read.preamble_length));
  for (std::size_t i = 0; i < std::min<std::size_t>(read.rows.size(), 4); ++i) {
    const Row& row = read.rows[i];
    const std::string lone = preamble + std::string(bytes.substr(row.offset, row.length));
    if (!looks_like_export(lone)) continue; // by an odd row alone a file is not known
    const auto alone = parse_export(lone, file_name);
    ALWAYS(alone && alone->rows.size() == 1 && (alone->bad_rows.empty() || alone->bad_rows[0].rows == 0));
    ALWAYS(row_key(alone->rows[0]) == row_key(row) && alone->rows[0].sender_name == row.sender_name);
  }
}

} // namespace

void try_input(std::string_view input) {
  ALWAYS(is_utf8(parse_file_name(input.substr(0, 80)).chat_name) || !is_utf8(input.substr(0, 80)));
  classify_content(input.substr(0, 80));
  const auto read = parse_export(input, file_name);
  ALWAYS(read.has_value() == looks_like_export(input));
  if (!read) return;
  ALWAYS(is_utf8(read->account_name) && is_utf8(read->chat_name));
  check_rows(*read);
  check_places(input, *read);
  check_alone(input, *read);
}

} // namespace genchi::fuzz
