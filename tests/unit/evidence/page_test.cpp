#include "evidence/page.hpp"

#include <catch2/catch.hpp>

#include "exhibits.hpp"

using namespace genchi;
using namespace genchi::evidence;

namespace {

std::string page_of(const std::vector<Exhibit>& exhibits, const PackHeading& heading = {"証拠", {{"作成", "2026-04-01"}}, {"一部です。"}}) {
  std::string page;
  PageWriter writer([&](std::string_view bytes) { page += bytes; });
  writer.begin(heading);
  for (const Exhibit& exhibit : exhibits) writer.exhibit(exhibit);
  writer.end();
  return page;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// Every tag of the page, without attributes.
std::vector<std::string> tags(std::string_view page) {
  std::vector<std::string> found;
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) found.emplace_back(page.substr(at + 1, page.find_first_of(" >", at) - at - 1));
  return found;
}

}  // namespace

TEST_CASE("a page has its contents before the exhibits, and links that lead to them") {
  const std::string page = page_of({test::ordinary(), test::hostile()});
  CHECK(page.find("<nav>") < page.find("<section"));
  CHECK(page.find("href=\"#e1\"") < page.find("id=\"e1\""));
  CHECK(count(page, "href=\"#e") == 2);
  CHECK(count(page, "<section id=\"e") == 2);
  CHECK(page.find("<b>甲2の1</b>") != std::string::npos);
}

TEST_CASE("every message on a page says its day, time and zone") {
  const std::string page = page_of({test::ordinary()});
  CHECK(count(page, "<article") == 3);
  for (const ExhibitMessage& message : test::ordinary().messages) CHECK(page.find("<time>" + message.time + "</time>") != std::string::npos);
}

TEST_CASE("what is context or quoted is set apart, and said to be") {
  const std::string page = page_of({test::ordinary()});
  CHECK(count(page, "<article class=\"context\"><h3><span class=\"label\">said before or after</span><time>2026-03-13") == 1);
  CHECK(count(page, "<article>") == 2);
  CHECK(count(page, "<blockquote><small>quoted</small><div class=\"text\">&gt; お世話に") == 1);
  CHECK(count(page, "<div class=\"text signature\">-- \n山田 太郎") == 1);
}

TEST_CASE("a page names files with size and hash, and says what is not held") {
  const std::string page = page_of({test::ordinary()});
  CHECK(page.find("お見積書_サーバー移行.pdf<small>ファイル　184,320 bytes</small><small class=\"hash\">SHA-256: " + test::some_hash) != std::string::npos);
  CHECK(page.find("】 写真<small>not held</small>") != std::string::npos);
}

TEST_CASE("a page runs nothing and fetches nothing, whatever a message says") {
  const std::string page = page_of({test::hostile()}, {"<script>", {{"<i>", "\"><img src=x>"}}, {"<iframe src=//x>"}});
  CHECK(page.find("default-src 'none'") != std::string::npos);
  const std::vector<std::string> known = {"!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "dl", "dt", "dd", "p", "nav", "ol", "ul", "li", "a", "b", "span", "small", "section", "article", "time", "div", "blockquote"};
  for (std::string tag : tags(page)) {
    if (tag.starts_with('/')) tag.erase(0, 1);
    INFO(tag);
    CHECK(std::find(known.begin(), known.end(), tag) != known.end());
  }
  for (const char* part : {"\x1B", "\x07", "\xE2\x80\xAE", "\xC2\x9B", "src=x>", "url(", "http-equiv=\"refresh\""}) CHECK(page.find(part) == std::string::npos);
  CHECK(page.find("‹U+202E›gnp.exe") != std::string::npos);
}

TEST_CASE("sections that do not fit their text lose none of it") {
  Exhibit exhibit = test::ordinary();
  exhibit.messages.resize(1);
  exhibit.messages[0].text = "一二三";
  exhibit.messages[0].sections = {{genchi::SectionKind::quoted, 3, 6}, {genchi::SectionKind::quoted, 0, 3}, {genchi::SectionKind::quoted, 6, 400}, {genchi::SectionKind::own, 9, 6}};
  const std::string page = page_of({exhibit});
  CHECK(page.find("<div class=\"text\">一</div>\n<blockquote><small>quoted</small><div class=\"text\">二</div></blockquote>\n<div class=\"text\">三</div>") != std::string::npos);
}

TEST_CASE("a message without words or files says so") {
  Exhibit exhibit;
  exhibit.messages.resize(1);
  exhibit.messages[0].text = " \n";
  CHECK(page_of({exhibit}).find("(no words)") != std::string::npos);
  CHECK(page_of({}).find("0 exhibits, 0 messages") != std::string::npos);
}
