// An exhibit set on sheets of A4, not yet drawn.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evidence/exhibit.hpp"
#include "evidence/exhibit_words.hpp"
#include "pdf/text_lines.hpp"

namespace genchi::pdf {

/// Points; y goes down.
inline constexpr double mm = 72 / 25.4;
inline constexpr double sheet_width = 210 * mm, sheet_height = 297 * mm;
inline constexpr double left_edge = 25 * mm, right_edge = sheet_width - 20 * mm;  ///< room on the left for binding
inline constexpr double first_top = 30 * mm, next_top = 25 * mm, bottom_edge = sheet_height - 22 * mm;  ///< of what is set

enum class Ink { black, dark, grey, band, faint_band, bar, rule };

struct PlacedLine {
  TextLine text;
  double x = 0, baseline = 0;
  Ink ink = Ink::black;
};
/// Filled; lies below the lines.
struct PlacedBox {
  double x = 0, y = 0, width = 0, height = 0;
  Ink ink = Ink::band;
};
/// Where a message begins; for the outline.
struct Mark {
  double y = 0;
  std::string text;
};
struct Sheet {
  std::vector<PlacedBox> boxes;
  std::vector<PlacedLine> lines;
  std::vector<Mark> marks;
};

/// Gives the sheets in their order; one at least. Stamp and page number are not on them.
void set_on_sheets(const evidence::Exhibit& exhibit, const evidence::ExhibitWords& words, const TextBreaker& breaker,
                   const std::function<void(Sheet)>& each);

}  // namespace genchi::pdf
