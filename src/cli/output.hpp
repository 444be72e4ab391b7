// The one printer: results as text, JSON Lines or CSV on standard output, talk on standard error.
#pragma once

#include <cstdio>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace genchi::cli {

enum class Format { text, json, csv };
enum class Color { automatic, always, never };

/// Rows of a result as text: JSON, or CSV with the first row's keys as heading. Nested values become text in CSV: names
/// joined by "; ".
class RowText {
 public:
  explicit RowText(Format format) : format_(format) {}
  /// The heading of CSV for rows like this one, once; nothing for JSON.
  std::string heading(const nlohmann::ordered_json& object);
  /// A row with its line end, in CSV the heading before the first; what a terminal or
  /// spreadsheet would obey is escaped in JSON, and shown as for_terminal() does in CSV.
  std::string operator()(const nlohmann::ordered_json& object);

 private:
  Format format_;
  std::vector<std::string> csv_keys_;
};

/// Where a command writes. Text given to line() and talk() is for people and must be safe already
/// (text/width.hpp, for_terminal); JSON and CSV rows are made safe here.
class Output {
 public:
  Output(Format format, Color color);

  Format format() const { return format_; }
  bool is_text() const { return format_ == Format::text; }
  /// Is standard output a terminal? Decides limits, colour and how wide a line may be.
  bool on_terminal() const { return terminal_; }
  /// Columns of the terminal; 80 where there is none.
  std::size_t columns() const { return columns_; }

  /// A line of text on standard output.
  void line(std::string_view text = {});
  /// A row of the result.
  void row(const nlohmann::ordered_json& object);
  /// For a result that may have no rows: the heading of CSV, from a row that is not printed.
  void heading(const nlohmann::ordered_json& object);
  /// Bytes as they are.
  void bytes(std::string_view raw);
  /// A line on standard error.
  void talk(std::string_view text);

  std::string bold(std::string_view text) const;       ///< headings
  std::string highlight(std::string_view text) const;  ///< hits
  std::string dim(std::string_view text) const;        ///< ids, quoted text

 private:
  std::string styled(const char* code, std::string_view text) const;

  Format format_;
  RowText row_text_;
  bool terminal_;
  bool color_;
  std::size_t columns_;
};

}  // namespace genchi::cli
