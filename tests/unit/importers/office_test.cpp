#include "importers/office/document.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "genchi/error.hpp"
#include "importers/office/number_format.hpp"

namespace genchi::office {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string zip(const Members& members) {
  std::string out(1 << 22, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_write_header(a, entry);
    archive_write_data(a, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";

/// Cell styles: 0 as it is, 1 with separators, 2 yen, 3 a day, 4 per cent, 5 negative with ▲.
const std::string styles = head + R"(<styleSheet><numFmts count="2"><numFmt numFmtId="176" formatCode="&quot;¥&quot;#,##0"/><numFmt numFmtId="177" formatCode="#,##0;▲#,##0"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="3"/><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="177"/></cellXfs></styleSheet>)";

struct Book {
  std::string sheets = R"(<sheet name="見積" sheetId="1" r:id="rId1"/>)";
  std::string strings;
  std::vector<std::string> data;  ///< of each sheet: what is in <worksheet>

  Members members() const {
    std::string relations;
    Members out;
    for (std::size_t i = 0; i < data.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      relations += "<Relationship Id=\"rId" + n + "\" Target=\"worksheets/sheet" + n + ".xml\"/>";
      out.emplace_back("xl/worksheets/sheet" + n + ".xml", head + "<worksheet>" + data[i] + "</worksheet>");
    }
    out.emplace_back("xl/workbook.xml", head + R"(<workbook xmlns:r="r"><sheets>)" + sheets + "</sheets></workbook>");
    out.emplace_back("xl/_rels/workbook.xml.rels", head + "<Relationships>" + relations + "</Relationships>");
    out.emplace_back("xl/styles.xml", styles);
    if (!strings.empty()) out.emplace_back("xl/sharedStrings.xml", head + "<sst>" + strings + "</sst>");
    return out;
  }
  std::string bytes() const { return zip(members()); }
};

std::string text_cell(const std::string& at, const std::string& text) { return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>"; }
std::string figure(const std::string& at, const std::string& value, int style = 0) { return "<c r=\"" + at + "\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>"; }
std::string row(int number, const std::string& cells) { return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>"; }
std::string sheet(const std::string& rows) { return "<sheetData>" + rows + "</sheetData>"; }

std::string workbook_text(const std::string& rows) {
  Book book;
  book.data = {sheet(rows)};
  const Document document = read_document(book.bytes());
  REQUIRE(document.sheets.size() == 1);
  return document.sheets.front().text;
}

std::string refusal(const std::string& bytes, const DocumentLimits& limits = {}) {
  try {
    read_document(bytes, "draft.xlsx", limits);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

const std::string damaged = "the file is damaged or incomplete";
const std::string too_large = "the file is too large for a quotation";

TEST_CASE("office: a workbook's rows as they are seen") {
  Book book;
  book.strings = R"(<si><t>トップページ制作</t></si><si><r><t>ロゴ</t></r><r><t xml:space="preserve"> 制作</t></r><rPh sb="0" eb="2"><t>セイサク</t></rPh></si>)";
  book.data = {R"(<dimension ref="A1:C4"/>)" + sheet(row(1, text_cell("A1", "品名") + text_cell("C1", "金額")) + row(2, R"(<c r="A2" t="s"><v>0</v></c>)" + figure("C2", "180000", 2)) +
                                                    row(4, R"(<c r="A4" t="s"><v>1</v></c>)" + figure("C4", "55000", 1)) + row(9, R"(<c r="A9" t="str"><f>A1</f><v>合計</v></c><c r="C9" s="1"><f>SUM(C2:C8)</f><v>235000</v></c>)"))};
  const Document document = read_document(book.bytes());
  CHECK(document.kind == DocumentKind::workbook);
  REQUIRE(document.sheets.size() == 1);
  CHECK(document.sheets[0].name == "見積");
  CHECK(document.sheets[0].text == "品名\t金額\nトップページ制作\t¥180,000\n\nロゴ 制作\t55,000\n\n合計\t235,000\n");
  CHECK(document.sheets[0].numbers == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 9});
  CHECK(document.uncalculated == 0);
}

TEST_CASE("office: cells of every type") {
  CHECK(workbook_text(row(1, figure("A1", "0.1", 4) + figure("B1", "46117", 3) + figure("C1", "-20000", 5) + "<c r=\"D1\" t=\"b\"><v>1</v></c><c r=\"E1\" t=\"e\"><v>#REF!</v></c>" + figure("F1", "54000.000000000007"))) ==
        "10%\t2026/4/5\t▲20,000\tTRUE\t#REF!\t54000\n");
  CHECK(workbook_text(row(1, text_cell("A1", "二行の\n品名\tと空白") + "<c r=\"B1\"/>" + "<c><v>7</v></c>")) == "二行の 品名 と空白\t7\n");
  CHECK(workbook_text(row(1, text_cell("A1", "A&amp;B &#x3042;"))) == "A&B あ\n");
}

TEST_CASE("office: numbers as their format shows them") {
  CHECK(shown_number(180'000, "General") == "180000");
  CHECK(shown_number(180'000, "#,##0\"円\"") == "180,000円");
  CHECK(shown_number(180'000, "[$¥-411]#,##0") == "¥180,000");
  CHECK(shown_number(1'000, "#,##0\"枚\"") == "1,000枚");
  CHECK(shown_number(-5'000, "#,##0_ ;[Red]\\-#,##0\\ ") == "-5,000 ");
  CHECK(shown_number(-5'000, "\"¥\"#,##0") == "-¥5,000");
  CHECK(shown_number(0, "#,##0;-#,##0;\"-\"") == "-");
  CHECK(shown_number(22.5, "0.00") == "22.50");
  CHECK(shown_number(180'000, "#,##0,") == "180");
  CHECK(shown_number(3, "General\"式\"") == "3式");
  CHECK(shown_number(46'117, "yyyy\"年\"m\"月\"d\"日\"") == "2026/4/5");
  CHECK(shown_number(46'117, "[$-411]ggge\"年\"m\"月\"d\"日\"") == "2026/4/5");
  CHECK(shown_number(0.5625, "h:mm") == "13:30");
  CHECK(shown_number(1, "\"") == "");
  CHECK(shown_number(1e300, "#,##0") == "1e+300");
  CHECK(shown_number(1, std::string(100'000, '[')) == "");
}

TEST_CASE("office: what is hidden is left out") {
  Book book;
  book.sheets = R"(<sheet name="見積" r:id="rId1"/><sheet name="原価" state="hidden" r:id="rId2"/><sheet name="控え" r:id="rId3"/>)";
  book.data = {"<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>" + sheet(row(1, text_cell("A1", "ロゴ") + figure("B1", "30000") + figure("C1", "55000")) + "<row r=\"2\" hidden=\"1\">" + text_cell("A2", "原価") + "</row>"),
               sheet(row(1, text_cell("A1", "秘密"))), sheet(row(1, text_cell("A1", "控え")))};
  const Document document = read_document(book.bytes());
  REQUIRE(document.sheets.size() == 2);
  CHECK(document.sheets[0].text == "ロゴ\t55000\n");
  CHECK(document.sheets[1].text == "控え\n");
}

TEST_CASE("office: a formula that was never calculated is counted") {
  Book book;
  book.data = {sheet(row(1, text_cell("A1", "合計") + "<c r=\"B1\"><f>B2*2</f></c>"))};
  CHECK(read_document(book.bytes()).uncalculated == 1);
}

TEST_CASE("office: graph paper is closed up block by block") {
  std::string rows;
  std::string cells;
  for (char c = 'A'; c <= 'Z'; ++c) cells += text_cell(std::string(1, c) + "1", "x");
  rows += row(1, cells);
  rows += row(3, text_cell("B3", "品名") + text_cell("AK3", "金額")) + row(4, text_cell("B4", "ロゴ") + figure("AK4", "55000", 1));
  CHECK(workbook_text(rows).ends_with("\n\n品名\t金額\nロゴ\t55,000\n"));
}

TEST_CASE("office: an empty workbook is empty") {
  CHECK(workbook_text("").empty());
  CHECK(workbook_text(row(1, "<c r=\"A1\" s=\"1\"/>")).empty());
}

TEST_CASE("office: a letter's paragraphs and tables") {
  const std::string xml = head + R"(<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>お見積</w:t></w:r><w:r><w:t>書</w:t></w:r></w:p>
<w:p><w:r><w:t>ロゴ</w:t><w:tab/><w:t>55,000円</w:t><w:br/><w:t>次の行</w:t></w:r><w:del><w:r><w:delText>消した</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>品名</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>金額</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>名刺</w:t></w:r></w:p><w:p><w:r><w:t>両面</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>11,000円</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>枠</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>枠</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>)";
  const Document document = read_document(zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", xml}}));
  CHECK(document.kind == DocumentKind::letter);
  CHECK(document.sheets.at(0).text == "お見積書\nロゴ\t55,000円\n次の行\n\n品名\t金額\n名刺 両面\t11,000円\n枠\n");
}

TEST_CASE("office: text in any charset") {
  CHECK(read_document("ロゴ 55,000円\r\n名刺").sheets.at(0).text == "ロゴ 55,000円\n名刺\n");
  CHECK(read_document("\xEF\xBB\xBFロゴ").sheets.at(0).text == "ロゴ\n");
  CHECK(read_document("\x83\x8D\x83\x53\x90\xA7\x8D\xEC 55,000\x89\x7E\n").sheets.at(0).text == "ロゴ制作 55,000円\n");
  CHECK(read_document(std::string("\xFF\xFE\xED\x30\xB4\x30", 6)).sheets.at(0).text == "ロゴ\n");
}

TEST_CASE("office: CSV and TSV") {
  const Document document = read_document("品名,数量,金額\n\"ロゴ, 名刺\",1,\"55,000\"\n\"二行の\n品名\",2,100\n\"引用\"\"符\"\"\",3,\n", "a.CSV");
  CHECK(document.kind == DocumentKind::table);
  CHECK(document.sheets.at(0).text == "品名\t数量\t金額\nロゴ, 名刺\t1\t55,000\n二行の 品名\t2\t100\n引用\"符\"\t3\t\n");
  CHECK(document.sheets.at(0).numbers == std::vector<std::uint32_t>{1, 2, 3, 5});
  CHECK(read_document("品名;金額\nロゴ;55000\n", "a.csv").sheets.at(0).text == "品名\t金額\nロゴ\t55000\n");
  CHECK(read_document("品名\t金額\nロゴ\t\"55,000\"\n", "a.tsv").sheets.at(0).text == "品名\t金額\nロゴ\t55,000\n");
  CHECK(read_document("品名,数量,金額\nロゴ,1,55000\n").sheets.at(0).text == "品名\t数量\t金額\nロゴ\t1\t55000\n");
  CHECK(read_document("\"開いたまま\n終わり", "a.csv").sheets.at(0).text == "開いたまま 終わり\n");
  // Separators of thousands make no table.
  CHECK(read_document("トップ 1,055,000円\nロゴ 1,200,000円\n").kind == DocumentKind::text);
}

TEST_CASE("office: a page of HTML that calls itself .xls") {
  CHECK(read_document("<html><table><tr><td>ロゴ</td><td>55,000</td></tr></table></html>", "a.xls").sheets.at(0).text == "ロゴ\t55,000\n");
}

TEST_CASE("office: the content counts, not the name") {
  Book book;
  book.data = {sheet(row(1, text_cell("A1", "ロゴ")))};
  CHECK(read_document(book.bytes(), "a.csv").kind == DocumentKind::workbook);
  CHECK(read_document("ロゴ 55,000円", "a.xlsx").kind == DocumentKind::text);
}

TEST_CASE("office: other kinds say what to do") {
  CHECK(refusal("%PDF-1.7\n...") == "a PDF is not read");
  CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") == "an old Excel or Word file (.xls, .doc), or one with a password, is not read");
  CHECK(refusal("\x89PNG\r\n\x1A\n") == "a picture is not read");
  CHECK(refusal("{\\rtf1 }") == "an RTF file is not read");
  CHECK(refusal(zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})) == "an OpenDocument file (.ods, .odt) is not read");
  CHECK(refusal(zip({{"xl/workbook.bin", "x"}})) == "a binary workbook (.xlsb) is not read");
  CHECK(refusal(zip({{"a.txt", "x"}})) == "this kind of file is not read");
  CHECK(refusal(std::string("a\0b", 3)) == "this kind of file is not read");
  CHECK(refusal("") == "the file is empty");
}

TEST_CASE("office: a workbook cut off anywhere is refused, never read in part") {
  Book book;
  book.data = {sheet(row(1, text_cell("A1", "ロゴ") + figure("B1", "55000")))};
  const std::string whole = book.bytes();
  REQUIRE(refusal(whole) == "read");
  for (std::size_t size = 4; size < whole.size(); size += 7) {
    INFO(size);
    CHECK(refusal(whole.substr(0, size)) == damaged);
  }
}

TEST_CASE("office: a workbook with parts missing or broken is refused") {
  Book book;
  book.data = {sheet(row(1, R"(<c r="A1" t="s"><v>5</v></c>)"))};
  CHECK(refusal(book.bytes()) == damaged);  // no such string
  book.data = {sheet("<row><c></row>")};
  CHECK(refusal(book.bytes()) == damaged);
  book.data = {sheet(row(1, text_cell("A1", "あ")))};
  for (const char* missing : {"xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"}) {
    Members members = book.members();
    std::erase_if(members, [&](const auto& member) { return member.first == missing; });
    CHECK(refusal(zip(members)) == damaged);
  }
}

TEST_CASE("office: entities and doctypes are refused") {
  std::string bomb = R"(<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">)";
  for (char c = 'b'; c <= 'i'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&i;</t></is></c></row></sheetData></worksheet>";
  Book book;
  book.data = {""};
  Members members = book.members();
  members.front().second = bomb;
  CHECK(refusal(zip(members)) == damaged);
  members.front().second = R"(<!DOCTYPE w SYSTEM "file:///etc/hostname"><worksheet/>)";
  CHECK(refusal(zip(members)) == damaged);
  members.front().second = R"(<worksheet><sheetData><row><c t="inlineStr"><is><t>&xxe;</t></is></c></row></sheetData></worksheet>)";
  CHECK(refusal(zip(members)) == damaged);
}

TEST_CASE("office: what is too deep, too wide or too much is refused") {
  Book book;
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  book.data = {deep};
  CHECK(refusal(book.bytes()) == damaged);
  std::string wide = "<row";
  for (int i = 0; i < 100'000; ++i) wide += " a" + std::to_string(i) + "=\"\"";
  book.data = {wide + "/>"};
  CHECK(refusal(book.bytes()) == damaged);

  DocumentLimits limits;
  limits.max_member_bytes = 1 << 20;
  book.data = {sheet(row(1, text_cell("A1", std::string(2 << 20, 'a'))))};  // 2 MiB that pack to a few KB
  CHECK(refusal(book.bytes(), limits) == too_large);

  limits = {};
  limits.max_text_bytes = 1 << 20;
  book.strings = "<si><t>" + std::string(60'000, 'a') + "</t></si>";  // one string in many cells
  std::string rows;
  for (int i = 1; i <= 100; ++i) rows += row(i, "<c t=\"s\"><v>0</v></c>");
  book.data = {sheet(rows)};
  CHECK(refusal(book.bytes(), limits) == too_large);

  limits = {};
  std::string hidden;
  for (int i = 0; i < 20'000; ++i) hidden += "<col min=\"1\" max=\"16384\" hidden=\"1\"/>";
  Book covered;
  covered.data = {"<cols>" + hidden + "</cols>" + sheet(row(1, text_cell("A1", "あ")))};
  CHECK(refusal(covered.bytes()) == damaged);

  limits.max_cells = 50;
  CHECK(refusal(book.bytes(), limits) == too_large);
  limits = {};
  limits.max_members = 3;
  CHECK(refusal(book.bytes(), limits) == too_large);
}

TEST_CASE("office: far cells and odd addresses cost nothing") {
  CHECK(workbook_text(row(1'048'576, figure("XFD1048576", "5"))) == "5\n");
  CHECK(workbook_text("<row r=\"99999999999\">" + figure("ZZZZZZZZ1", "5") + "</row>") == "5\n");
  CHECK(workbook_text("<row r=\"-1\"><c r=\"\"><v>5</v></c><c r=\"a1\"><v>x</v></c></row>") == "5\tx\n");
}

TEST_CASE("office: names in the container lead nowhere") {
  Book book;
  book.data = {sheet(row(1, text_cell("A1", "あ")))};
  Members members = book.members();
  members.emplace_back("../../etc/passwd", "x");
  members.emplace_back("/etc/passwd", "x");
  CHECK(refusal(zip(members)) == "read");
}

}  // namespace
}  // namespace genchi::office
