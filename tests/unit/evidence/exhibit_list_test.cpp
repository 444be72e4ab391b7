#include "evidence/exhibit_list.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>

#include <catch2/catch.hpp>

#include <map>
#include <memory>

#include "base/csv.hpp"
#include "exhibits.hpp"
#include "genchi/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace genchi;
using namespace genchi::evidence;

namespace {

std::map<std::string, std::string> members(const std::filesystem::path& path) {
  std::map<std::string, std::string> found;
  const std::unique_ptr<archive, int (*)(archive*)> zip(archive_read_new(), &archive_read_free);
  archive_read_support_format_zip(zip.get());
  REQUIRE(archive_read_open_filename(zip.get(), path.c_str(), 1 << 16) == ARCHIVE_OK);
  for (archive_entry* entry = nullptr; archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK;) {
    std::string bytes(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    REQUIRE(archive_read_data(zip.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()));
    found[archive_entry_pathname(entry)] = bytes;
  }
  return found;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

bool is_xml(const std::string& text) {
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_HUGE), &xmlFreeDoc);
  return document != nullptr;
}

void write_document(const std::filesystem::path& path, const std::vector<Exhibit>& exhibits) {
  ExhibitDocument document;
  for (const Exhibit& exhibit : exhibits) document.add(exhibit);
  document.write(path);
}

}  // namespace

TEST_CASE("the list of exhibits is a table for spreadsheets, without formulas") {
  std::string csv;
  ExhibitTable table([&](std::string_view bytes) { csv += bytes; });
  table.add(test::ordinary());
  table.add(test::hostile());
  REQUIRE(csv.starts_with(csv_byte_order_mark));
  std::string_view rest = std::string_view(csv).substr(csv_byte_order_mark.size());
  std::vector<std::vector<std::string>> rows;
  for (std::vector<std::string> cells; next_csv_row(rest, ',', cells);) rows.push_back(cells);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] == std::vector<std::string>{"号証", "標目", "原本・写しの別", "作成年月日", "作成者", "立証趣旨", "備考"});
  CHECK(rows[1] == std::vector<std::string>{"甲1", "電子メール(サーバー移行の見積と承諾)", "写し", "2026-03-14", "山田 太郎、髙橋 一郎", "", "前後のメールを含む"});
  REQUIRE(rows[2].size() == 7);
  for (const std::string& cell : rows[2]) CHECK(std::string("=+-@\t").find(cell.substr(0, 1)) == (cell.empty() ? 0 : std::string::npos));
}

TEST_CASE("a row whose first cell is empty still has seven") {
  std::string csv;
  ExhibitTable table([&](std::string_view bytes) { csv += bytes; });
  table.add({});
  CHECK(csv.ends_with("\r\n,,,,,,\r\n"));
}

TEST_CASE("the list of exhibits is a document whose table repeats its head") {
  const genchi::test::TemporaryFolder folder;
  write_document(folder / "証拠説明書.docx", {test::ordinary(), test::hostile()});
  const auto parts = members(folder / "証拠説明書.docx");
  for (const char* name : {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/footer1.xml"}) {
    INFO(name);
    REQUIRE(parts.count(name) == 1);
    CHECK(is_xml(parts.at(name)));
  }
  const std::string& document = parts.at("word/document.xml");
  CHECK(count(document, "<w:tblHeader/>") == 1);
  CHECK(count(document, "<w:tr>") == 3);
  CHECK(count(document, "<w:tc>") == 21);
  for (const char* words : {"証　拠　説　明　書", ">立証趣旨<", ">原本・写しの別<", ">甲2の1<", ">電子メール(サーバー移行の見積と承諾)<"}) CHECK(document.find(words) != std::string::npos);
  CHECK(document.find("&lt;script&gt;") != std::string::npos);
  CHECK(document.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("the same exhibits give the same document") {
  const genchi::test::TemporaryFolder folder;
  write_document(folder / "1.docx", {test::ordinary()});
  write_document(folder / "2.docx", {test::ordinary()});
  CHECK(read_file(folder / "1.docx") == read_file(folder / "2.docx"));
}

TEST_CASE("a document is never written over another") {
  const genchi::test::TemporaryFolder folder;
  write_document(folder / "1.docx", {});
  CHECK_THROWS_AS(write_document(folder / "1.docx", {}), Error);
  CHECK_THROWS_AS(write_document(folder / "missing" / "1.docx", {}), Error);
}
