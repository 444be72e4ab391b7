// Text of strangers made safe for a terminal, and cut to its columns.
#include <algorithm>

#include "tests/fuzz/property.hpp"
#include "text/width.hpp"

namespace genchi::fuzz {
namespace {

bool is_dangerous(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void check_safe(std::string_view text, bool multiline) {
  ALWAYS(is_utf8(text));
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    ALWAYS(!is_dangerous(c.value) || (multiline && (c.value == U'\n' || c.value == U'\t')));
    at += c.size;
  }
  ALWAYS(for_terminal(text, multiline) == text);
}

} // namespace

void try_input(std::string_view input) {
  check_safe(for_terminal(input, true), true);
  const std::string line = for_terminal(input);
  check_safe(line, false);

  const std::size_t width = display_width(line);
  for (const std::size_t columns : {std::size_t{0}, std::size_t{1}, width / 2, width, width + 3}) {
    const std::string cut = truncate_to_width(line, columns);
    ALWAYS(is_utf8(cut) && display_width(cut) <= columns);
    ALWAYS((cut == line) == (width <= columns));
    if (cut != line && !cut.empty())
      ALWAYS(cut.ends_with("…") &&
             line.starts_with(cut.substr(0, cut.size() - std::string_view("…").size())));
    ALWAYS(display_width(pad_to_width(line, columns)) == std::max(width, columns));
  }
}

} // namespace genchi::fuzz
