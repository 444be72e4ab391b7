#include "cli/table.hpp"

#include <algorithm>

#include "text/width.hpp"

namespace genchi::cli {

namespace {

// Of the column that is cut: with less room it gets a line of its own below.
constexpr std::size_t least_rest = 30;
// No other column is cut to less.
constexpr std::size_t least_column = 8;

}  // namespace

std::string pad_left(const std::string& text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return width >= columns ? text : std::string(columns - width, ' ') + text;
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths = least_;
  widths.resize(columns_.size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  return widths;
}

std::size_t Table::narrow(std::vector<std::size_t>& widths, std::size_t columns) const {
  std::size_t taken = 0;
  for (; taken < columns; ++taken) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i] == Column::cut && widths[i] > least_column && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    if (widest == widths.size()) break;
    --widths[widest];
  }
  return taken;
}

void Table::line_up_with(const Table& other) {
  const std::vector<std::size_t> theirs = other.widths();
  least_.resize(columns_.size());
  for (std::size_t i = 0; i < least_.size() && i < theirs.size(); ++i) least_[i] = std::max(least_[i], theirs[i]);
}

void Table::print(Output& out) const {
  std::vector<std::size_t> wide = widths();
  std::size_t fixed = display_width(indent_);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i] != Column::rest && wide[i] > 0) fixed += wide[i] + 1;
  fixed -= narrow(wide, fixed > out.columns() + 1 ? fixed - out.columns() - 1 : 0);  // no blank behind the last
  const std::size_t left_over = out.columns() > fixed + 1 ? out.columns() - fixed - 1 : 0;
  const bool below = left_over < least_rest;
  const std::string below_indent = indent_ + "    ";
  const std::size_t rest = below ? out.columns() - std::min(out.columns(), display_width(below_indent) + 1) : left_over;
  for (const auto& row : rows_) {
    std::string line = indent_, second;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (wide[i] == 0) continue;
      const bool last = i + 1 == row.size();
      if (below && columns_[i] == Column::rest) {
        if (!row[i].empty()) second = below_indent + truncate_to_width(row[i], rest);
        continue;
      }
      const std::string cell = columns_[i] == Column::cut ? truncate_to_width(row[i], wide[i]) : row[i];
      switch (columns_[i]) {
      case Column::right: line += pad_left(cell, wide[i]); break;
      case Column::left:
      case Column::cut: line += last ? cell : pad_to_width(cell, wide[i]); break;
      case Column::dim: line += out.dim(last ? row[i] : pad_to_width(row[i], wide[i])); break;
      case Column::rest: line += last ? truncate_to_width(row[i], rest) : pad_to_width(truncate_to_width(row[i], rest), std::min(rest, wide[i])); break;
      }
      if (!last) line += ' ';
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out.line(line);
    if (!second.empty()) out.line(second);
  }
}

}  // namespace genchi::cli
