// The cells of a line of a table that is written as text.
#pragma once

#include <vector>

#include "facts/text.hpp"

namespace genchi::facts {

/// How the cells of a line are parted.
enum class Parting : std::uint8_t {
  tab,
  bar,
  wide,  ///< two blanks or a full-width one
  any    ///< any blank
};

bool is_bar(char32_t c);
/// A full-width blank: one of it parts columns.
bool is_wide_blank(const Text& text, std::size_t at);
Span trimmed(const Text& text, Span span);
/// In half-widths, as a terminal shows it.
std::size_t width_between(const Text& text, std::size_t begin, std::size_t end);

/// At most 24; empty ones are kept where TAB or bars part them.
std::vector<Span> cells_of(const Text& text, Span line, Parting parting);

} // namespace genchi::facts
