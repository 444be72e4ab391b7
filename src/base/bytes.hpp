// Small things about bytes and UTF-8 that every layer needs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace genchi {

/// Lower-case hexadecimal of `bytes`.
std::string to_hex(std::string_view bytes);

/// Is this well-formed UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF)?
bool is_utf8(std::string_view text);
/// `text` with every ill-formed sequence replaced by U+FFFD; a copy if it was well formed.
std::string to_valid_utf8(std::string_view text);

/// One code point decoded from well-formed UTF-8.
struct CodePoint {
  char32_t value;
  std::uint32_t size;  ///< bytes it took
};
/// The code point at `text[at]`; an ill-formed byte gives U+FFFD with size 1. `at < text.size()`.
CodePoint decode_utf8(std::string_view text, std::size_t at);
/// Appends a code point; surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t c);

/// ASCII only; other bytes stay.
std::string ascii_lower(std::string_view text);
bool ascii_iequals(std::string_view a, std::string_view b);
bool ascii_istarts_with(std::string_view text, std::string_view prefix);
/// Without spaces, TAB, CR and LF at both ends.
std::string_view trim(std::string_view text);

/// Takes one line off the front of `rest`: up to and including LF, CRLF or a lone CR. `text` is the line without
/// its end. False when `rest` is empty.
struct Line {
  std::string_view text;
  std::string_view with_end;
};
bool next_line(std::string_view& rest, Line& line);

}  // namespace genchi
