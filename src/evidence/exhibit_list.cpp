#include "evidence/exhibit_list.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/csv.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "text/html_page.hpp"
#include "text/width.hpp"

namespace genchi::evidence {
namespace {

struct Column {
  const char* name;
  int width;  ///< twentieths of a point; together what A4 leaves between the margins
};
constexpr std::array<Column, 7> columns{{{"号証", 850}, {"標目", 2100}, {"原本・写しの別", 800}, {"作成年月日", 1200}, {"作成者", 1350}, {"立証趣旨", 2222}, {"備考", 1100}}};

/// The cells of a row. What is to be proved is for the lawyer to say.
std::array<std::string, 7> cells_of(const Exhibit& exhibit) {
  return {exhibit.number, exhibit.title, exhibit.original, exhibit.created, exhibit.author, "", exhibit.remark};
}

/// Text for an element of XML; noncharacters, too, which XML does not have, are replaced.
std::string xml_escaped(std::string_view text) {
  const std::string html = html_escaped(text);
  std::string out;
  out.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const CodePoint c = decode_utf8(html, at);
    append_utf8(out, c.value == 0xFFFE || c.value == 0xFFFF ? 0xFFFD : c.value);
    at += c.size;
  }
  return out;
}

enum class Align { left, center, right };

std::string paragraph(std::string_view text, Align align = Align::left, int half_points = 21, bool bold = false) {
  // Lines of what stands above the table are further apart than those in it.
  std::string out = std::string("<w:p><w:pPr><w:spacing w:line=\"") + (half_points < 21 ? "260" : "360") + "\" w:lineRule=\"auto\"/>";
  if (align != Align::left) out += align == Align::center ? "<w:jc w:val=\"center\"/>" : "<w:jc w:val=\"right\"/>";
  const std::string look = std::string("<w:rPr>") + (bold ? "<w:b/>" : "") + "<w:sz w:val=\"" + std::to_string(half_points) + "\"/><w:szCs w:val=\"" + std::to_string(half_points) + "\"/></w:rPr>";
  out += look + "</w:pPr>";
  if (!text.empty()) out += "<w:r>" + look + "<w:t xml:space=\"preserve\">" + xml_escaped(for_terminal(text)) + "</w:t></w:r>";
  return out + "</w:p>";
}

std::string cell(std::string_view text, int width, bool head) {
  std::string out = "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>" + (head ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8E8E8\"/><w:vAlign w:val=\"center\"/>" : "") + "</w:tcPr>";
  std::size_t lines = 0;
  const std::string safe = for_terminal(text, /*multiline=*/true);
  for (std::string_view rest = safe; lines == 0 || !rest.empty(); ++lines) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out += paragraph(rest.substr(0, end), head ? Align::center : Align::left, 18);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out + "</w:tc>";
}

std::string row(const std::array<std::string, 7>& cells, bool head) {
  std::string out = std::string("<w:tr><w:trPr><w:cantSplit/>") + (head ? "<w:tblHeader/>" : "") + "</w:trPr>";
  for (std::size_t i = 0; i < columns.size(); ++i) out += cell(cells[i], columns[i].width, head);
  return out + "</w:tr>\n";
}

std::array<std::string, 7> head_cells() {
  std::array<std::string, 7> cells;
  for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i].name;
  return cells;
}

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view word_space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view package_space = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view office_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

std::string content_types() {
  return std::string(xml_head) + "<Types xmlns=\"" + std::string(package_space) + "content-types\">" +
         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" + "<Override PartName=\"/word/document.xml\" ContentType=\"" +
         std::string(word_type) + "document.main+xml\"/>" + "<Override PartName=\"/word/styles.xml\" ContentType=\"" + std::string(word_type) +
         "styles+xml\"/>" + "<Override PartName=\"/word/footer1.xml\" ContentType=\"" + std::string(word_type) + "footer+xml\"/></Types>";
}

std::string relation(std::string_view id, std::string_view kind, std::string_view target) {
  return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + std::string(office_space) + "/" + std::string(kind) + "\" Target=\"" + std::string(target) + "\"/>";
}

std::string relations(const std::string& rows) {
  return std::string(xml_head) + "<Relationships xmlns=\"" + std::string(package_space) + "relationships\">" + rows + "</Relationships>";
}

std::string styles() {
  return std::string(xml_head) + "<w:styles xmlns:w=\"" + std::string(word_space) +
         "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"ＭＳ 明朝\" w:hAnsi=\"ＭＳ 明朝\" w:eastAsia=\"ＭＳ 明朝\" w:cs=\"Times New Roman\"/>"
         "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"ja-JP\" w:eastAsia=\"ja-JP\"/></w:rPr></w:rPrDefault></w:docDefaults>"
         "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
}

/// The number of the page, as the word processor counts.
std::string footer() {
  return std::string(xml_head) + "<w:ftr xmlns:w=\"" + std::string(word_space) +
         "\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
         "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>";
}

/// Up to the first row: what a court's form has above the table, blank where only the parties know.
std::string document_begin() {
  std::string out = std::string(xml_head) + "<w:document xmlns:w=\"" + std::string(word_space) + "\" xmlns:r=\"" + std::string(office_space) + "\"><w:body>\n";
  out += paragraph("令和　　年（　　）第　　　　　号　　　　　　　　　　　　　事件");
  out += paragraph("原　告　　　　　　　　　　　　　　　　");
  out += paragraph("被　告　　　　　　　　　　　　　　　　");
  out += paragraph("") + paragraph("証　拠　説　明　書", Align::center, 32, true) + paragraph("");
  out += paragraph("令和　　年　　月　　日", Align::right);
  out += paragraph("　　　　　　裁判所　　　　　　部　　　　係　御中");
  out += paragraph("（　原告・被告　）訴訟代理人　　　　　　　　　　　　　　印", Align::right);
  out += paragraph("") + "\n";
  out += "<w:tbl><w:tblPr><w:tblW w:w=\"9622\" w:type=\"dxa\"/><w:tblBorders>";
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) out += std::string("<w:") + side + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
  out += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";
  for (const Column& column : columns) out += "<w:gridCol w:w=\"" + std::to_string(column.width) + "\"/>";
  return out + "</w:tblGrid>\n" + row(head_cells(), true);
}

constexpr std::string_view document_end =
    "</w:tbl><w:p/><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    "<w:pgMar w:top=\"1418\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1150\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n";

/// A ZIP written by libarchive. Members have no time and no owner: the same parts give the same bytes.
class Zip {
 public:
  Zip(int fd, const std::filesystem::path& path) : zip_(archive_write_new(), &archive_write_free), path_(path) {
    check(archive_write_set_format_zip(zip_.get()));
    check(archive_write_set_options(zip_.get(), "zip:compression=deflate"));
    check(archive_write_set_bytes_in_last_block(zip_.get(), 1));
    check(archive_write_open_fd(zip_.get(), fd));
  }

  void add(const char* name, std::string_view bytes) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    check(archive_write_header(zip_.get(), entry.get()));
    while (!bytes.empty()) {
      const la_ssize_t done = archive_write_data(zip_.get(), bytes.data(), bytes.size());
      if (done <= 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }
  void close() { check(archive_write_close(zip_.get())); }

 private:
  void check(int result) {
    if (result != ARCHIVE_OK) fail();
  }
  [[noreturn]] void fail() {
    const int error = archive_errno(zip_.get());
    if (error > 0) throw write_error(path_, error);
    throw Error(trf("cannot write {}: {}", display_path(path_), "libarchive"));
  }

  std::unique_ptr<archive, int (*)(archive*)> zip_;
  std::filesystem::path path_;
};

}  // namespace

ExhibitTable::ExhibitTable(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {
  std::string head(csv_byte_order_mark);
  for (const Column& column : columns) head += (&column == &columns[0] ? "" : ",") + csv_cell(column.name);
  sink_(head + "\r\n");
}

void ExhibitTable::add(const Exhibit& exhibit) {
  std::string line;
  for (const std::string& text : cells_of(exhibit)) line += csv_cell(for_terminal(text, /*multiline=*/true)) + ",";
  line.back() = '\r';
  sink_(line + "\n");
}

ExhibitDocument::ExhibitDocument() { body_.append(document_begin()); }

void ExhibitDocument::add(const Exhibit& exhibit) { body_.append(row(cells_of(exhibit), false)); }

void ExhibitDocument::write(const std::filesystem::path& path) {
  body_.append(document_end);
  const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) throw write_error(path, errno);
  Zip zip(file.get(), path);
  zip.add("[Content_Types].xml", content_types());
  zip.add("_rels/.rels", relations(relation("rId1", "officeDocument", "word/document.xml")));
  zip.add("word/_rels/document.xml.rels", relations(relation("rId1", "styles", "styles.xml") + relation("rId2", "footer", "footer1.xml")));
  zip.add("word/styles.xml", styles());
  zip.add("word/footer1.xml", footer());
  zip.add("word/document.xml", body_.view());
  zip.close();
}

}  // namespace genchi::evidence
