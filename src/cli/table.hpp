// Rows in columns that stand below each other, for a terminal.
#pragma once

#include <string>
#include <vector>

#include "cli/output.hpp"

namespace genchi::cli {

/// Columns as wide as their widest cell (characters of two columns count two); one of them takes what is left of the line
/// and is cut with "…"; if less than 30 columns are left, it stands on a line of its own below. If even the others are wider than
/// the line, those that may be cut are, the widest first. Cells must be safe for a terminal already.
class Table {
 public:
  enum class Column { left, cut, right, rest, dim };  ///< cut: left, cut when need be; rest: cut to fit; dim: left, printed faintly
  Table(std::vector<Column> columns, std::string indent = "  ") : columns_(std::move(columns)), indent_(std::move(indent)) {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  /// Widths of all columns so far, to line several tables up: the widest of both counts.
  void line_up_with(const Table& other);
  void print(Output& out) const;

 private:
  std::vector<std::size_t> widths() const;
  /// Takes so many columns from those that may be cut; how many it could.
  std::size_t narrow(std::vector<std::size_t>& widths, std::size_t columns) const;

  std::vector<Column> columns_;
  std::string indent_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> least_;
};

/// `text` to the right of a field of `columns`.
std::string pad_left(const std::string& text, std::size_t columns);

}  // namespace genchi::cli
