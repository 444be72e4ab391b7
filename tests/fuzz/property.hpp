// What fuzz targets share. A target is one file that defines try_input() and checks with ALWAYS what the
// headers of the layers promise; that nothing is read out of bounds or overflows the sanitizers see to.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace genchi::fuzz {

/// Called with every input; one that crashes, hangs or breaks a property is a finding.
void try_input(std::string_view input);

[[noreturn]] inline void broken(const char* property, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: not always so: %s\n", file, line, property);
  std::abort();
}

/// Takes the first line off an input: what stands beside the bytes that matter, so that seeds stay readable.
inline std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

/// Does a character begin at `at`, or the text end?
inline bool is_character_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

inline bool holds_any_of(std::string_view text, std::string_view characters) {
  return text.find_first_of(characters) != std::string_view::npos;
}

} // namespace genchi::fuzz

#define ALWAYS(property)                                                                                     \
  ((property) ? static_cast<void>(0) : genchi::fuzz::broken(#property, __FILE__, __LINE__))
