// Pages of lists and deals: read on a phone and printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"
#include "text/html_page.hpp"

namespace genchi::cli {

/// The CSS of our pages.
std::string_view page_style();

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
