// HTML as a reader sees it. The first line is the charset of the part.
#include "text/html.hpp"

#include "tests/fuzz/property.hpp"
#include "text/fold.hpp"

namespace genchi::fuzz {
namespace {

void check_lines(std::string_view text) {
  ALWAYS(is_utf8(text) && !holds_any_of(text, "\r"));
  ALWAYS(!text.ends_with('\n') && text.find("\n\n\n\n") == std::string_view::npos);
  ALWAYS(text.find(" \n") == std::string_view::npos && text.find("\t\n") == std::string_view::npos);
}

// Words that hold nothing of HTML's are shown as they are.
void check_words(std::string_view input) {
  std::string words, escaped;
  for (std::size_t at = 0; at < input.size();) {
    const CodePoint c = decode_utf8(input, at);
    const bool control = c.value < 0x20 || (c.value >= 0x7f && c.value < 0xa0);
    append_utf8(words, control ? U' ' : c.value);
    if (c.value == U'<' || c.value == U'&')
      escaped += c.value == U'<' ? "&lt;" : "&amp;";
    else
      append_utf8(escaped, control ? U' ' : c.value);
    at += c.size;
  }
  ALWAYS(fold(html_to_text("<p>" + escaped + "</p>", "utf-8")) == fold(words));
}

} // namespace

void try_input(std::string_view input) {
  const std::string_view label = take_line(input);
  const std::string text = html_to_text(input, label);
  check_lines(text);
  constexpr std::size_t narrow = 20;
  const std::string cut = html_to_text(input, label, narrow);
  ALWAYS(cut.size() <= narrow && is_utf8(cut));
  check_words(input);
}

} // namespace genchi::fuzz
