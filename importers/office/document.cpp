#include "importers/office/document.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/csv.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/office/package.hpp"
#include "importers/office/rows.hpp"
#include "text/charset.hpp"
#include "text/html.hpp"

namespace genchi::office {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sniffed = 1024;

[[noreturn]] void refuse(const char* kind) {
  throw Error(trf("{} is not read", kind), tr("Save it as .xlsx or .docx, or copy its text and give that on standard input, with - as the file."));
}

/// What begins like a kind that is known and not read.
void refuse_other_kinds(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, sniffed);
  if (head.find("%PDF-"sv) != std::string_view::npos) refuse(tr("a PDF"));
  if (head.starts_with("\xD0\xCF\x11\xE0"sv))
    throw Error(tr("an old Excel or Word file (.xls, .doc), or one with a password, is not read"), tr("Open it, save it as .xlsx or .docx without a password, and check that."));
  if (head.starts_with("{\\rtf"sv)) refuse(tr("an RTF file"));
  for (const std::string_view picture : {"\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "II*\0"sv, "MM\0*"sv})
    if (head.starts_with(picture)) refuse(tr("a picture"));
}

Document read_zip(std::string_view bytes, const DocumentLimits& limits) {
  const Package package = read_package(
      bytes,
      [](std::string_view name) {
        constexpr std::array wanted{"xl/workbook.xml"sv, "xl/_rels/workbook.xml.rels"sv, "xl/styles.xml"sv, "xl/sharedStrings.xml"sv, "word/document.xml"sv};
        return std::find(wanted.begin(), wanted.end(), name) != wanted.end() || (name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
      },
      limits);
  if (package.has("xl/workbook.xml")) return read_workbook(package, limits);
  if (package.has("word/document.xml")) return read_letter(package, limits);
  if (package.has("xl/workbook.bin")) refuse(tr("a binary workbook (.xlsb)"));
  if (package.has("mimetype")) refuse(tr("an OpenDocument file (.ods, .odt)"));
  refuse(tr("this kind of file"));
}

bool looks_like_html(std::string_view text) {
  const std::string head = ascii_lower(trim(text.substr(0, sniffed)));
  return head.starts_with("<!doctype html") || head.starts_with("<html") || head.find("<table") != std::string::npos;
}

std::size_t count(std::string_view line, char wanted) { return static_cast<std::size_t>(std::count(line.begin(), line.end(), wanted)); }

/// Without a name that says so, a text is CSV if its first row has no figures, and all its rows have as many cells, at
/// least three: 1,055,000円 in a list of lines is none.
bool looks_like_csv(std::string_view text) {
  std::string_view rest = text;
  std::vector<std::string> cells;
  std::size_t width = 0, rows = 0;
  while (next_csv_row(rest, ',', cells)) {
    if (cells.size() == 1 && cells.front().empty()) continue;
    if (rows++ == 0) {
      width = cells.size();
      for (const std::string& cell : cells)
        if (cell.find_first_of("0123456789") != std::string::npos) return false;
    }
    if (width < 3 || cells.size() != width) return false;
  }
  return rows > 1;
}

/// The character that parts cells; 0 in a text that has none.
char separator_of(std::string_view text, std::string_view name) {
  const std::string lower = ascii_lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 4)));
  if (lower == ".tsv" || lower == ".tab") return '\t';
  if (lower != ".csv") return looks_like_csv(text) ? ',' : '\0';
  const std::string_view first = text.substr(0, text.find('\n'));
  const std::size_t commas = count(first, ',');
  if (count(first, '\t') > commas) return '\t';
  return count(first, ';') > commas ? ';' : ',';
}

Document as_table(std::string_view text, char separator, const DocumentLimits& limits) {
  Document document;
  document.kind = DocumentKind::table;
  RowWriter writer(document.sheets.emplace_back(), limits);
  std::vector<std::string> cells;
  std::uint32_t line = 1;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view before = rest;
    next_csv_row(rest, separator, cells);
    for (const std::string& cell : cells) writer.cell(cell);
    writer.end_row(line);
    line += static_cast<std::uint32_t>(count(before.substr(0, before.size() - rest.size()), '\n'));
  }
  return document;
}

Document as_lines(std::string_view text, DocumentKind kind) {
  Document document;
  document.kind = kind;
  Sheet& sheet = document.sheets.emplace_back();
  Line line;
  for (std::string_view rest = text; next_line(rest, line);) {
    sheet.text += line.text;
    sheet.text += '\n';
    sheet.numbers.push_back(static_cast<std::uint32_t>(sheet.numbers.size() + 1));
  }
  return document;
}

}  // namespace

Document read_document(std::string_view bytes, std::string_view name, const DocumentLimits& limits) {
  if (bytes.empty()) throw Error(tr("the file is empty"));
  if (bytes.size() > limits.max_file_bytes) throw_too_large();
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) return read_zip(bytes, limits);
  refuse_other_kinds(bytes);
  const Decoded decoded = decode_text(bytes);
  if (decoded.text.find('\0') != std::string::npos) refuse(tr("this kind of file"));
  if (decoded.text.size() > limits.max_text_bytes) throw_too_large();
  const char separator = separator_of(decoded.text, name);
  Document document = looks_like_html(decoded.text) ? as_lines(html_to_text(decoded.text, "UTF-8", limits.max_text_bytes), DocumentKind::web_page)
                      : separator != '\0'           ? as_table(decoded.text, separator, limits)
                                                    : as_lines(decoded.text, DocumentKind::text);
  document.lossy = decoded.lossy;
  return document;
}

}  // namespace genchi::office
