// Pages that stand alone: one file, no scripts, nothing is fetched; read on a phone and printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"

namespace genchi::cli {

/// Text for an element or a quoted attribute; control characters are left out.
std::string html_escaped(std::string_view text);

/// <tag class="css">text</tag>; without a class where `css` is "".
std::string html_element(const char* tag, const char* css, std::string_view text);

/// A whole document in the reader's language around `body`. `title` is text.
std::string html_document(std::string_view title, const std::string& body);

/// A line over time that stays where it is until it changes.
struct StepLine {
  struct Point {
    UtcSeconds at = 0;
    std::int64_t value = 0;
  };
  std::string name;           ///< for the legend
  bool dashed = false;
  std::vector<Point> points;  ///< by time
};
/// An SVG of the lines on one scale of yen, each line drawn up to `until`; "" if there is nothing to draw.
std::string step_chart(const std::vector<StepLine>& lines, UtcSeconds until);

}  // namespace genchi::cli
