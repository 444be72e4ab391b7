#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/office/number_format.hpp"
#include "importers/office/package.hpp"
#include "importers/office/rows.hpp"

namespace genchi::office {
namespace {

constexpr std::size_t few_columns = 24;     // what a table of a quotation has at most
constexpr std::uint32_t most_columns = 16'384;  // of the format
constexpr std::uint32_t most_rows = 1'048'576;

template <typename Number> std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

// --- xl/workbook.xml and its relationships

struct SheetEntry {
  std::string name, relation;
};

class WorkbookReader final : public XmlReader {
 public:
  std::vector<SheetEntry> sheets;
  DayCount days = DayCount::since_1900;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr" && is_true(attributes["date1904"])) days = DayCount::since_1904;
    const bool hidden = attributes["state"] == "hidden" || attributes["state"] == "veryHidden";
    if (name == "sheet" && !hidden) sheets.push_back({std::string(attributes["name"]), std::string(attributes["id"])});
  }
  void close(std::string_view) override {}
  void characters(std::string_view) override {}
};

class RelationsReader final : public XmlReader {
 public:
  std::unordered_map<std::string, std::string> targets;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes["TargetMode"] == "External") return;
    const std::string_view target = attributes["Target"];
    targets.emplace(attributes["Id"], target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target));
  }
  void close(std::string_view) override {}
  void characters(std::string_view) override {}
};

// --- xl/styles.xml

class StylesReader final : public XmlReader {
 public:
  std::vector<int> of_cells;  ///< number format of each cell style
  std::unordered_map<int, std::string> formats;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_cells_ = true;
    if (name == "numFmt")
      if (const auto id = number<int>(attributes["numFmtId"])) formats.emplace(*id, attributes["formatCode"]);
    if (name == "xf" && in_cells_) of_cells.push_back(number<int>(attributes["numFmtId"]).value_or(0));
  }
  void close(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  void characters(std::string_view) override {}

  std::string_view format(std::string_view style) const {
    const auto index = number<std::size_t>(style);
    if (!index || *index >= of_cells.size()) return "General";
    const auto own = formats.find(of_cells[*index]);
    return own != formats.end() ? std::string_view(own->second) : built_in_format(of_cells[*index]);
  }

 private:
  bool in_cells_ = false;
};

// --- xl/sharedStrings.xml

class StringsReader final : public XmlReader {
 public:
  std::vector<std::string> strings;

  void open(std::string_view name, const XmlAttributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") in_reading_ = true;  // furigana
    in_text_ = name == "t";
  }
  void close(std::string_view name) override {
    if (name == "rPh") in_reading_ = false;
    in_text_ = false;
  }
  void characters(std::string_view text) override {
    if (in_text_ && !in_reading_ && !strings.empty()) strings.back() += text;
  }

 private:
  bool in_text_ = false, in_reading_ = false;
};

// --- xl/worksheets/sheetN.xml

struct Cell {
  std::uint32_t column = 0;
  std::string text;
};
struct Row {
  std::uint32_t number = 0;
  std::vector<Cell> cells;
};

class SheetReader final : public XmlReader {
 public:
  SheetReader(const StringsReader& strings, const StylesReader& styles, DayCount days, DocumentLimits& left)
      : strings_(strings), styles_(styles), days_(days), left_(left) {}

  std::vector<Row> rows;
  std::uint64_t uncalculated = 0;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "col" && is_true(attributes["hidden"])) hide(attributes);
    else if (name == "row") open_row(attributes);
    else if (name == "c") open_cell(attributes);
    else if (name == "f") formula_ = true;
    else if (name == "rPh") in_reading_ = true;
    in_value_ = (name == "v" || name == "t") && !in_reading_;
  }

  void close(std::string_view name) override {
    in_value_ = false;
    if (name == "rPh") in_reading_ = false;
    if (name == "c") close_cell();
  }

  void characters(std::string_view text) override {
    if (in_value_) value_ += text;
  }

 private:
  void hide(const XmlAttributes& attributes) {
    const auto first = number<std::uint32_t>(attributes["min"]), last = number<std::uint32_t>(attributes["max"]);
    if (!first || !last || *first == 0) return;
    // They do not overlap in a workbook that a program wrote.
    for (std::uint32_t column = *first; column <= std::min(*last, most_columns); ++column) {
      if (hidden_[column]) throw_damaged();
      hidden_[column] = true;
    }
  }

  void open_row(const XmlAttributes& attributes) {
    row_ = std::min(number<std::uint32_t>(attributes["r"]).value_or(row_ + 1), most_rows);
    column_ = 0;
    row_hidden_ = is_true(attributes["hidden"]);
  }

  void open_cell(const XmlAttributes& attributes) {
    std::uint32_t column = 0;
    for (const char c : attributes["r"]) {
      if (c < 'A' || c > 'Z' || column > most_columns) break;
      column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
    }
    column_ = std::min(column == 0 ? column_ + 1 : column, most_columns);
    type_ = attributes["t"];
    style_ = attributes["s"];
    value_.clear();
    formula_ = false;
  }

  void close_cell() {
    if (row_hidden_ || hidden_[column_]) return;
    if (formula_ && value_.empty() && type_ != "str") ++uncalculated;
    std::string text = shown();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return;
    // A string may be shared by very many cells.
    if (left_.max_cells == 0 || text.size() > left_.max_text_bytes) throw_too_large();
    --left_.max_cells;
    left_.max_text_bytes -= text.size();
    if (rows.empty() || rows.back().number != row_) rows.push_back({row_, {}});
    rows.back().cells.push_back({column_, std::move(text)});
  }

  std::string shown() const {
    if (type_ == "s") {
      const auto index = number<std::size_t>(value_);
      if (!index || *index >= strings_.strings.size()) throw_damaged();
      return strings_.strings[*index];
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (type_.empty() || type_ == "n")
      if (const auto figure = number<double>(value_)) return shown_number(*figure, styles_.format(style_), days_);
    return value_;
  }

  const StringsReader& strings_;
  const StylesReader& styles_;
  DayCount days_;
  DocumentLimits& left_;
  std::vector<bool> hidden_ = std::vector<bool>(most_columns + 1);
  std::uint32_t row_ = 0, column_ = 0;
  bool row_hidden_ = false, in_value_ = false, in_reading_ = false, formula_ = false;
  std::string type_, style_, value_;
};

// --- rows to text

using Rows = std::vector<Row>::const_iterator;

std::vector<std::uint32_t> columns_of(Rows begin, Rows end) {
  std::vector<std::uint32_t> columns;
  for (Rows row = begin; row != end; ++row) {
    for (const Cell& cell : row->cells) columns.push_back(cell.column);
    if (columns.size() < 2 * static_cast<std::size_t>(most_columns)) continue;
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

void write_rows(Rows begin, Rows end, const std::vector<std::uint32_t>& columns, RowWriter& writer) {
  for (Rows row = begin; row != end; ++row) {
    if (row != begin && row->number > std::prev(row)->number + 1) writer.end_row(std::prev(row)->number + 1);
    auto next = columns.begin();
    for (const Cell& cell : row->cells) {
      for (; next != columns.end() && *next < cell.column; ++next) writer.skip();
      writer.cell(cell.text);
      if (next != columns.end()) ++next;
    }
    writer.end_row(row->number);
  }
}

/// Columns that are empty in the sheet are closed up. In a sheet of graph paper (方眼紙: narrow columns, merged at will)
/// that leaves too many; there each stretch of rows without an empty one has columns of its own.
void write_sheet(std::vector<Row>& rows, RowWriter& writer) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.number < b.number; });
  for (Row& row : rows) std::stable_sort(row.cells.begin(), row.cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
  const std::vector<std::uint32_t> all = columns_of(rows.begin(), rows.end());
  if (all.size() <= few_columns) return write_rows(rows.begin(), rows.end(), all, writer);
  for (Rows begin = rows.begin(); begin != rows.end();) {
    Rows end = std::next(begin);
    while (end != rows.end() && end->number <= std::prev(end)->number + 1) ++end;
    write_rows(begin, end, columns_of(begin, end), writer);
    if (end != rows.end()) writer.end_row(std::prev(end)->number + 1);
    begin = end;
  }
}

}  // namespace

Document read_workbook(const Package& package, const DocumentLimits& limits) {
  WorkbookReader workbook;
  read_xml(package.member("xl/workbook.xml"), workbook);
  RelationsReader relations;
  read_xml(package.member("xl/_rels/workbook.xml.rels"), relations);
  StylesReader styles;
  if (package.members.contains("xl/styles.xml")) read_xml(package.member("xl/styles.xml"), styles);
  StringsReader strings;
  if (package.members.contains("xl/sharedStrings.xml")) read_xml(package.member("xl/sharedStrings.xml"), strings);
  if (workbook.sheets.size() > limits.max_sheets) throw_too_large();

  Document document;
  document.kind = DocumentKind::workbook;
  DocumentLimits left = limits;  // of all sheets together
  std::size_t text_left = limits.max_text_bytes;
  for (const SheetEntry& entry : workbook.sheets) {
    const auto target = relations.targets.find(entry.relation);
    if (target == relations.targets.end()) throw_damaged();
    if (!target->second.starts_with("xl/worksheets/")) continue;  // a chart
    SheetReader reader(strings, styles, workbook.days, left);
    read_xml(package.member(target->second), reader);
    document.uncalculated += reader.uncalculated;
    Sheet& sheet = document.sheets.emplace_back();
    sheet.name = entry.name;
    DocumentLimits of_sheet = limits;
    of_sheet.max_text_bytes = text_left;
    RowWriter writer(sheet, of_sheet);
    write_sheet(reader.rows, writer);
    text_left -= std::min(text_left, sheet.text.size());
  }
  return document;
}

}  // namespace genchi::office
