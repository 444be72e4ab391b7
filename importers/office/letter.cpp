#include <algorithm>

#include "importers/office/package.hpp"
#include "importers/office/rows.hpp"

namespace genchi::office {
namespace {

/// word/document.xml: paragraphs are lines, rows of tables are lines of cells. What lies in a cell (paragraphs, tables) is
/// that cell's.
class LetterReader final : public XmlReader {
 public:
  LetterReader(Sheet& sheet, const DocumentLimits& limits) : writer_(sheet, limits), limits_(limits) {}

  void open(std::string_view name, const XmlAttributes&) override {
    if (is_unseen(name)) ++unseen_;
    if (unseen_ > 0) return;
    in_text_ = name == "t";
    if (name == "tab" || name == "br" || name == "cr") words_ += in_table() ? ' ' : name == "tab" ? '\t' : '\n';
    if (name == "tbl" && ++tables_ == 1) end_line();
  }

  void close(std::string_view name) override {
    if (is_unseen(name)) --unseen_;
    if (unseen_ > 0) return;
    in_text_ = false;
    if (name == "p") {
      if (in_table()) words_ += ' ';
      else end_line();
    }
    if (name == "tc" && tables_ == 1) end_cell();
    if (name == "tr" && tables_ == 1) writer_.end_row(++line_);
    if (name == "tbl") --tables_;
  }

  void characters(std::string_view text) override {
    if (!in_text_ || unseen_ > 0) return;
    words_ += text;
    if (words_.size() > limits_.max_text_bytes) throw_too_large();
  }

 private:
  /// Tab stops and the like; what was moved away; a second copy of a text box for old programs.
  static bool is_unseen(std::string_view name) { return name == "pPr" || name == "moveFrom" || name == "Fallback"; }
  bool in_table() const { return tables_ > 0; }

  void end_cell() {
    writer_.cell(words_);
    words_.clear();
  }

  /// A paragraph: line breaks in it end lines, TABs part cells.
  void end_line() {
    for (std::size_t at = 0; at <= words_.size();) {
      const std::size_t end = std::min(words_.find_first_of("\t\n", at), words_.size());
      writer_.cell(std::string_view(words_).substr(at, end - at));
      if (end == words_.size() || words_[end] == '\n') writer_.end_row(++line_);
      at = end + 1;
    }
    words_.clear();
  }

  RowWriter writer_;
  const DocumentLimits& limits_;
  std::string words_;
  std::uint32_t line_ = 0;
  int tables_ = 0, unseen_ = 0;
  bool in_text_ = false;
};

}  // namespace

Document read_letter(const Package& package, const DocumentLimits& limits) {
  Document document;
  document.kind = DocumentKind::letter;
  LetterReader reader(document.sheets.emplace_back(), limits);
  read_xml(package.member("word/document.xml"), reader);
  return document;
}

}  // namespace genchi::office
