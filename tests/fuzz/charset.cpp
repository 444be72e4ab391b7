// Bytes in a charset that a label names, or claims, or nobody does. The first line is the label.
#include "text/charset.hpp"

#include <algorithm>

#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

Decoded check(std::string_view bytes, std::string_view label) {
  Decoded decoded = decode_text(bytes, label);
  ALWAYS(is_utf8(decoded.text) && !decoded.charset.empty());
  ALWAYS(decoded.text.size() <= 4 * bytes.size());
  ALWAYS(!decoded.lossy || decoded.text.find(replacement) != std::string::npos);
  const bool unicode = decoded.charset.starts_with("UTF") || decoded.charset == "GB18030";
  ALWAYS(decoded.lossy || unicode || decoded.text.find(replacement) == std::string::npos);
  return decoded;
}

} // namespace

void try_input(std::string_view input) {
  const std::string_view label = take_line(input);
  is_known_charset(label);
  check(input, label);
  const Decoded guessed = check(input, {});

  const bool shifts = holds_any_of(input, "\x0e\x0f\x1b"); // another charset's escapes
  const bool plain = !shifts && std::all_of(input.begin(), input.end(),
                                            [](char c) { return static_cast<signed char>(c) >= 0; });
  if (plain) ALWAYS(guessed.as_declared && guessed.text == input);
  if (!is_utf8(input)) ALWAYS(!guessed.as_declared);
  // What is UTF-8 stays as it is.
  if (is_utf8(input) && !shifts) {
    const bool marked = input.starts_with(byte_order_mark);
    ALWAYS(guessed.text == (marked ? input.substr(byte_order_mark.size()) : input));
  }
  // Read as what it became, it stays so.
  if (!holds_any_of(guessed.text, "\x0e\x0f\x1b") && !guessed.text.starts_with(byte_order_mark))
    ALWAYS(check(guessed.text, "UTF-8").text == guessed.text);
}

} // namespace genchi::fuzz
