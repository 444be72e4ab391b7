// What a quotation says, as text: plain text, CSV, HTML, and Office Open XML (.xlsx .docx) as it is seen when it is opened.
// It has nothing to do with the archive: a draft is read, compared and forgotten.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genchi::office {

enum class DocumentKind { text, table, web_page, workbook, letter };  ///< table: CSV, TSV; letter: .docx

/// A sheet of a workbook, or the whole of any other document.
struct Sheet {
  std::string name;                    ///< of a workbook's sheet; else ""
  std::string text;                    ///< UTF-8; lines end with LF, cells of a row are parted by TAB
  std::vector<std::uint32_t> numbers;  ///< of each line of `text`, where it stands: row of the sheet, line of the file
};

struct Document {
  DocumentKind kind = DocumentKind::text;
  std::vector<Sheet> sheets;       ///< those that are seen, in the workbook's order
  std::uint64_t uncalculated = 0;  ///< formulas that no program has put a value to; their cells are empty
  bool lossy = false;              ///< some bytes were no characters of its charset
};

struct DocumentLimits {
  std::size_t max_file_bytes = 64 << 20;
  std::size_t max_member_bytes = 32 << 20;     ///< unpacked; a member is held whole
  std::size_t max_expanded_bytes = 128 << 20;  ///< of all members that are read
  std::size_t max_members = 10'000;
  std::size_t max_sheets = 256;
  std::size_t max_cells = 500'000;
  std::size_t max_text_bytes = 16 << 20;
};

/// Reads a document by its content; `name` (a path, or "") only says whether a text is CSV or TSV.
///
/// Of a workbook: sheets, rows and columns that are not hidden; numbers as their format shows them (¥180,000, 10%,
/// 2026/4/5, ▲20,000), formulas by the value last calculated; furigana, comments and drawings are left out; columns that
/// are empty in the whole sheet are closed up, several empty rows are one. Of a letter: paragraphs, and rows of tables.
///
/// Throws Error that says what to do for a kind that is not read (PDF, .xls, .ods, a picture …), for a damaged,
/// truncated or encrypted file, and beyond the limits: a draft that is read in part must not look checked. Hostile files:
/// names in the container lead nowhere, DOCTYPE and entities are refused, nothing is fetched, no recursion.
Document read_document(std::string_view bytes, std::string_view name = {}, const DocumentLimits& limits = {});

}  // namespace genchi::office
