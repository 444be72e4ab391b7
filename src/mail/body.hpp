// How a body falls into own words, quotations, signature and greeting. Rules see lines, one at a time or a
// few neighbours; when in doubt a line is own, since only own words carry facts and none may be lost.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "genchi/message.hpp"

namespace genchi::mail {

struct BodyLine {
  std::string_view raw;  ///< without its LF
  std::string_view text; ///< without blanks (U+3000 too) at both ends
  SectionKind kind = SectionKind::own;
};

/// A run of lines: [begin, end).
struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the signature of the own words `run` begins; `run.end` if they have none. (signature.cpp)
std::size_t find_signature(const std::vector<BodyLine>& lines, LineRange run);

/// Where the salutation, name and set phrases that `run` may begin with end; `run.begin` if there are none.
/// (greeting.cpp)
std::size_t find_greeting_end(const std::vector<BodyLine>& lines, LineRange run);

/// A line of decoration: ━━━━, -----, *:.☆, also with a word in it after a solid beginning.
bool is_ruler(std::string_view line);

// --- small things about Japanese lines ---

std::string_view trim_wide(std::string_view text); ///< blanks and U+3000 taken off both ends
bool contains(std::string_view text, std::string_view part);
bool contains_any(std::string_view text, std::span<const std::string_view> parts);
bool has_digit(std::string_view text); ///< ASCII or full width
bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
std::size_t count_characters(std::string_view text);

} // namespace genchi::mail
