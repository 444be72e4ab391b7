#include "evidence/pdf.hpp"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include <fstream>
#include <regex>
#include <sstream>

#include "base/command_line.hpp"
#include "base/files.hpp"
#include "evidence/exhibit_line.hpp"
#include "exhibits.hpp"
#include "genchi/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace genchi;
using namespace genchi::evidence;
using genchi::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr UtcSeconds some_time = 1'770'000'000;  // 2026-02-02T02:40:00Z

PdfOptions options_for(const fs::path& folder, unsigned processes = 1, const fs::path& program = GENCHI_PDF) { return {folder, some_time, processes, program}; }

PdfResult draw(const fs::path& folder, const std::vector<Exhibit>& exhibits, unsigned processes = 1, const fs::path& program = GENCHI_PDF) {
  PdfWriter writer(options_for(folder, processes, program));
  for (const Exhibit& exhibit : exhibits) writer.add(exhibit);
  return writer.finish();
}

/// What a tool of poppler-utils says of a PDF.
std::string said_by(std::vector<std::string> arguments) {
  const auto result = run_command(arguments);
  REQUIRE(result);
  INFO(result->error);
  REQUIRE(result->status == 0);
  return result->output;
}
std::string words_of(const fs::path& pdf) { return said_by({"pdftotext", "-raw", pdf.string(), "-"}); }

/// Without blanks and line ends: where lines break is not the question.
std::string joined(std::string text) {
  for (const char* part : {" ", "\n", "\f", "　"})
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, std::string_view(part).size());
  return text;
}

Exhibit exhibit_of(const std::string& text, const std::string& name = "甲1") {
  ExhibitMessage message;
  message.time = "2026-03-14 (土) 10:05:12 +09:00";
  message.who = "山田 太郎";
  message.text = text;
  return {name, name, "メール", "写し", "2026-03-14", "山田 太郎", "", {}, {message}};
}

/// A program in the place of genchi-pdf.
fs::path script(const TemporaryFolder& folder, const std::string& lines) {
  const fs::path path = folder / "genchi-pdf";
  std::ofstream(path) << "#!/bin/sh\n" << lines;
  fs::permissions(path, fs::perms::owner_all);
  return path;
}

}  // namespace

TEST_CASE("what an exhibit says can be searched for and copied from its PDF") {
  const TemporaryFolder folder;
  const PdfResult result = draw(folder.path(), {test::ordinary()});
  CHECK(result.files == 1);
  CHECK(result.pages == 1);
  CHECK(result.failures.empty());
  const fs::path pdf = folder / (test::ordinary().file_name + ".pdf");
  const std::string words = joined(words_of(pdf));
  for (const ExhibitMessage& message : test::ordinary().messages) {
    CHECK(words.find(joined(message.time + message.who)) != std::string::npos);
    for (const auto& [label, value] : message.fields) CHECK(words.find(joined(label + value)) != std::string::npos);
    for (const ExhibitFile& file : message.files) CHECK(words.find(joined(file.name + file.kind)) != std::string::npos);
    for (const std::string& note : message.notes) CHECK(words.find(joined("※" + note)) != std::string::npos);
  }
  for (const char* part : {"㈱青葉デンタル髙橋様", "①サーバー移行一式120,000円(税抜)、②保守", "𠮷田とも", "お返事ください🎉👨‍👩‍👧", "saidbeforeorafter", "quoted", "甲1", "1/1", "184,320bytes", "notheld"}) {
    INFO(part);
    CHECK(words.find(joined(part)) != std::string::npos);
  }
}

TEST_CASE("a PDF is A4, open to everybody, and of the time it was told") {
  const TemporaryFolder folder;
  draw(folder.path(), {test::ordinary()});
  const std::string info = said_by({"pdfinfo", "-isodates", (folder / (test::ordinary().file_name + ".pdf")).string()});
  for (const char* line : {"Page size:       595.276 x 841.89 pts (A4)", "Encrypted:       no", "Pages:           1", "CreationDate:    2026-02-02T02:40:00Z", "Title:           甲1 電子メール", "JavaScript:      no",
                           "Creator:         genchi\n", "ModDate:         2026-02-02T02:40:00Z", "Metadata Stream: no"}) {
    INFO(info);
    CHECK(info.find(line) != std::string::npos);
  }
  for (const char* field : {"Author:", "Subject:", "Keywords:"}) CHECK(info.find(field) == std::string::npos);
}

TEST_CASE("the outline of a PDF leads to each message") {
  const TemporaryFolder folder;
  Exhibit exhibit = exhibit_of("一通目");
  ExhibitMessage message = exhibit.messages.front();
  message.time = "2026-03-15 (日) 08:00:00 +09:00";
  for (int i = 0; i < 100; ++i) message.text += "長い返事です。\n";
  exhibit.messages.push_back(message);
  message.time = "2026-03-16 (月) 09:30:00 +09:00";
  message.who = "<b>\x1B[31m髙橋</b>";
  message.text = "三通目";
  exhibit.messages.push_back(message);
  REQUIRE(draw(folder.path(), {exhibit}).pages == 3);
  const std::string shown = said_by({"pdftohtml", "-xml", "-i", "-stdout", (folder / "甲1.pdf").string()});
  const std::string outline = joined(shown.substr(std::min(shown.size(), shown.find("<outline>"))));
  CHECK(outline == "<outline><itempage=\"1\">甲1メール</item><outline><itempage=\"1\">2026-03-14(土)10:05:12+09:00山田太郎</item>"
                   "<itempage=\"1\">2026-03-15(日)08:00:00+09:00山田太郎</item><itempage=\"3\">2026-03-16(月)09:30:00+09:00&lt;b&gt;␛[31m髙橋&lt;/b&gt;</item>"
                   "</outline></outline></pdf2xml>");
}

TEST_CASE("the same exhibits give the same bytes, on however many processes") {
  const TemporaryFolder one, several;
  const std::vector<Exhibit> exhibits = {test::ordinary(), test::hostile(), exhibit_of("三つ目🎉", "甲3"), exhibit_of("四つ目", "甲4")};
  CHECK(draw(one.path(), exhibits, 1).files == 4);
  CHECK(draw(several.path(), exhibits, 3).files == 4);
  for (const Exhibit& exhibit : exhibits) CHECK(read_file(one / (exhibit.file_name + ".pdf")) == read_file(several / (exhibit.file_name + ".pdf")));
}

TEST_CASE("hostile text is shown, not obeyed, and no line of it is cut") {
  const TemporaryFolder folder;
  REQUIRE(draw(folder.path(), {test::hostile()}).failures.empty());
  const fs::path pdf = folder / "甲2の1.pdf";
  const std::string words = joined(words_of(pdf));
  for (const char* part : {"<script>alert(1)</script>‹U+001B›[31m‹U+202E›gnp.exe‹U+0007><b>&amp;", "‹U+009B›", "../../etc/passwd", "=HYPERLINK(", "深い引用", "=cmd|'/Ccalc'!A0.xlsx"}) {
    std::string wanted = part;
    if (const std::size_t at = wanted.find("0007>"); at != std::string::npos) wanted.replace(at + 4, 1, "›");
    INFO(wanted);
    CHECK(words.find(wanted) != std::string::npos);
  }
  CHECK(words.find(std::string(300, 'n') + ".pdf") != std::string::npos);
  CHECK(words.find(std::string(900, 'x')) != std::string::npos);
  CHECK(words.find("\xE2\x80\xAE") == std::string::npos);
  const std::string boxes = said_by({"pdftotext", "-bbox", pdf.string(), "-"});
  const std::regex edge("<word xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\"");
  std::size_t boxes_seen = 0;
  for (std::sregex_iterator box(boxes.begin(), boxes.end(), edge), end; box != end; ++box, ++boxes_seen) {
    CHECK(std::stod((*box)[1]) > 70);
    CHECK(std::stod((*box)[3]) < 595.276 - 55);
    CHECK(std::stod((*box)[4]) < 841.89 - 25);
  }
  CHECK(boxes_seen > 50);
}

TEST_CASE("every page has the number of the exhibit and its own of all") {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 1; i <= 5000; ++i) text += std::to_string(i) + "行目です。\n";  // more than is laid out in one go
  const PdfResult result = draw(folder.path(), {exhibit_of(text)});
  REQUIRE(result.pages > 100);
  const fs::path pdf = folder / "甲1.pdf";
  const std::string all = words_of(pdf);
  std::size_t at = 0;
  for (int i = 1; i <= 5000 && at != std::string::npos; ++i) at = all.find(std::to_string(i) + "行目です。", at);
  CHECK(at != std::string::npos);
  for (const std::size_t page : {std::size_t{1}, std::size_t{2}, result.pages}) {
    const std::string words = said_by({"pdftotext", "-f", std::to_string(page), "-l", std::to_string(page), pdf.string(), "-"});
    CHECK(words.find("甲1") != std::string::npos);
    CHECK(words.find(std::to_string(page) + "/" + std::to_string(result.pages)) != std::string::npos);
    // Whose words go on is said on each.
    CHECK(words.find("2026-03-14 (土) 10:05:12 +09:00") != std::string::npos);
  }
}

TEST_CASE("a paragraph longer than what is laid out at once keeps its characters") {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 9000; ++i) text += "長い段落" + std::to_string(i);
  REQUIRE(draw(folder.path(), {exhibit_of(text)}).failures.empty());
  std::string words = words_of(folder / "甲1.pdf");
  const std::regex page_ends("[0-9]+/[0-9]+\n\f(甲1\nメール\n)?(2026[^\n]*\n)?");
  words = joined(std::regex_replace(words, page_ends, ""));
  CHECK(words.find("長い段落8190長い段落8191長い段落8192") != std::string::npos);
  std::size_t found = 0;
  for (std::size_t at = words.find("長い段落"); at != std::string::npos; at = words.find("長い段落", at + 1)) ++found;
  CHECK(found >= 8900);  // some are broken by the heads of pages
}

TEST_CASE("an exhibit of nothing is a page") {
  const TemporaryFolder folder;
  Exhibit empty;
  empty.file_name = "空";
  CHECK(draw(folder.path(), {empty, exhibit_of("", "甲9")}).pages == 2);
  CHECK(words_of(folder / "甲9.pdf").find("(no words)") != std::string::npos);
}

TEST_CASE("a name that leaves the folder, or is there already, costs that exhibit alone") {
  const TemporaryFolder folder;
  std::ofstream(folder / "甲2.pdf") << "別のもの";
  fs::create_directory(folder / "中");
  const PdfResult result = draw(folder / "中", {exhibit_of("外", "../甲2"), exhibit_of("一", "甲1"), exhibit_of("また一", "甲1"), exhibit_of("二", "甲3")}, 2);
  CHECK(result.files == 2);
  REQUIRE(result.failures.size() == 2);
  CHECK(result.failures[0].number == "../甲2");
  CHECK(result.failures[1].file_name == "甲1.pdf");
  CHECK(read_file(folder / "甲2.pdf") == "別のもの");
}

TEST_CASE("without the drawing program, its fonts or the folder the reason is said at once") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(PdfWriter(options_for(folder.path(), 1, "/nowhere/genchi-pdf")), Catch::Contains("/nowhere/genchi-pdf") && Catch::Contains("No such file"));
  CHECK_THROWS_WITH(PdfWriter(options_for(folder / "missing")), Catch::Contains("cannot write"));
  std::ofstream(folder / "fonts.conf") << "<fontconfig></fontconfig>";
  ::setenv("FONTCONFIG_FILE", (folder / "fonts.conf").c_str(), 1);
  CHECK_THROWS_WITH(PdfWriter(options_for(folder.path())), Catch::Contains("No Japanese font"));
  ::unsetenv("FONTCONFIG_FILE");
}

TEST_CASE("a file that may not grow is an error that names it, and leaves no half") {
  const TemporaryFolder folder;
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{8192, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  CHECK_THROWS_WITH(draw(folder.path(), {exhibit_of("大きすぎる")}), Catch::Contains("甲1.pdf") && Catch::Contains("too large"));
  ::setrlimit(RLIMIT_FSIZE, &before);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("the light copy of the font shows what the font shows, in fewer bytes") {
  const TemporaryFolder copied, original;
  const std::vector<Exhibit> exhibits = {test::ordinary(), test::hostile(), exhibit_of("葛\U000E0100城市の𠮷田です。か\u3099は\u309A ｶﾞ ㌔ é fi ﬁ ﾊﾝ〜― 简体 한글 1️⃣ ☎", "甲3")};
  draw(copied.path(), exhibits);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1 << 20, before.rlim_max};  // the copy is larger, so it is done without
  ::setrlimit(RLIMIT_FSIZE, &small);
  const PdfResult drawn = draw(original.path(), exhibits);
  ::setrlimit(RLIMIT_FSIZE, &before);
  CHECK(drawn.files == 3);
  for (const Exhibit& exhibit : exhibits) {
    const fs::path light = copied / (exhibit.file_name + ".pdf"), full = original / (exhibit.file_name + ".pdf");
    CHECK(said_by({"pdftotext", "-bbox", light.string(), "-"}) == said_by({"pdftotext", "-bbox", full.string(), "-"}));
    CHECK(said_by({"pdftoppm", "-r", "50", "-gray", light.string()}) == said_by({"pdftoppm", "-r", "50", "-gray", full.string()}));
    CHECK(fs::file_size(light) < fs::file_size(full));
  }
}

TEST_CASE("a drawing program that crashes costs the exhibit it was at") {
  const TemporaryFolder folder, pdfs;
  const fs::path program = script(folder, "read -r words\necho '{\"ready\":true}'\nread -r line\ncase $line in *bad*) echo oops >&2; kill -SEGV $$;; esac\necho '{\"pages\":1}'\n"
                                          "while read -r line; do case $line in *bad*) kill -SEGV $$;; esac; echo '{\"pages\":1}'; done\n");
  const PdfResult result = draw(pdfs.path(), {exhibit_of("bad", "甲1"), exhibit_of("good", "甲2"), exhibit_of("good", "甲3"), exhibit_of("bad", "甲4"), exhibit_of("good", "甲5")}, 2, program);
  CHECK(result.files == 3);
  REQUIRE(result.failures.size() == 2);
  CHECK(result.failures[0].number == "甲1");
  CHECK(result.failures[0].reason == "genchi-pdf was ended by signal 11: oops");
  CHECK(result.failures[1].number == "甲4");
}

TEST_CASE("a drawing program that always crashes, or ends at once, is given up") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(PdfWriter(options_for(folder.path(), 1, script(folder, "exit 3\n"))), Catch::Contains("genchi-pdf ended with 3"));
  const fs::path program = script(folder, "read -r words\necho '{\"ready\":true}'\nread -r line\nkill -SEGV $$\n");
  CHECK_THROWS_AS(draw(folder.path(), std::vector<Exhibit>(60, exhibit_of("x")), 2, program), Error);
}

TEST_CASE("an exhibit that takes too long costs itself alone") {
  const TemporaryFolder folder, pdfs;
  const char* how = GENERATE("while :; do :; done", "sleep 1000");  // at work, and waiting for something
  const fs::path program = script(folder, std::string("read -r words\necho '{\"ready\":true}'\nwhile read -r line; do case $line in *bad*) : > \"$1/甲1.pdf\"; ") + how +
                                              ";; esac; echo '{\"pages\":1}'; done\n");
  PdfOptions options = options_for(pdfs.path(), 2, program);
  options.time = std::chrono::milliseconds(500);
  PdfWriter writer(options);
  for (const auto& [text, name] : {std::pair("bad", "甲1"), {"good", "甲2"}, {"good", "甲3"}, {"good", "甲4"}}) writer.add(exhibit_of(text, name));
  const PdfResult result = writer.finish();
  INFO(how);
  CHECK(result.files == 3);
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].number == "甲1");
  CHECK(result.failures[0].reason == "drawing it took more than 1 seconds and was given up");
  CHECK_FALSE(fs::exists(pdfs / "甲1.pdf"));
}

TEST_CASE("an exhibit of too many pages is not begun") {
  const TemporaryFolder pdfs;
  std::string text;
  for (int i = 0; i < 200; ++i) text += "行\n";
  PdfOptions options = options_for(pdfs.path());
  options.most_pages = 2;
  PdfWriter writer(options);
  writer.add(exhibit_of(text, "甲1"));
  writer.add(exhibit_of("次", "甲2"));
  const PdfResult result = writer.finish();
  CHECK(result.files == 1);
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].reason == "it would have more than 2 pages");
  CHECK_FALSE(fs::exists(pdfs / "甲1.pdf"));
}

TEST_CASE("an exhibit of many megabytes goes through") {
  const TemporaryFolder folder;
  Exhibit exhibit = exhibit_of("本文");
  exhibit.messages[0].notes.assign(3, "注");
  exhibit.notes.push_back(std::string(300'000, 'n'));
  CHECK(draw(folder.path(), {exhibit, exhibit_of("次", "甲2")}).files == 2);
}

TEST_CASE("exhibits and words are the same after their way to the program") {
  const Exhibit sent = test::ordinary(), received = exhibit_of_line(exhibit_line(sent));
  CHECK(exhibit_line(received) == exhibit_line(sent));
  CHECK(received.messages[1].sections.size() == 3);
  CHECK(words_of_line(words_line(exhibit_words())).bytes == "{} bytes");
  CHECK_THROWS_AS(exhibit_of_line("{}"), Error);
  CHECK_THROWS_AS(exhibit_of_line("no JSON"), Error);
}
