#include <catch2/catch.hpp>

#include "index/search.hpp"
#include "text/width.hpp"

namespace genchi::index {
namespace {

MessageRecord message_with(std::string text) {
  MessageRecord m;
  m.text = std::move(text);
  return m;
}

/// The snippet of a word's places, with [ ] around what is highlighted.
std::string marked(const Snippet& snippet) {
  std::string out;
  std::size_t at = 0;
  for (const Highlight& h : snippet.highlights) {
    out += snippet.text.substr(at, h.begin - at) + '[' + snippet.text.substr(h.begin, h.end - h.begin) + ']';
    at = h.end;
  }
  return out + snippet.text.substr(at);
}
Snippet snippet_of(const MessageRecord& message, const std::string& query, std::size_t columns) {
  return make_snippet(message, find_highlights(*parse_query(query, {}), message.text), columns);
}
std::string around(const std::string& text, const std::string& query, std::size_t columns) {
  return marked(snippet_of(message_with(text), query, columns));
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST_CASE("A short text is shown whole") {
  CHECK(around("見積をお送りします。", "見積", 40) == "[見積]をお送りします。");
  CHECK(around("見積を\nお送り  します。\n", "見積", 40) == "[見積]をお送り します。");
  CHECK(around("請求書です", "見積", 40) == "請求書です");
  CHECK(around("", "見積", 40).empty());
  CHECK(around(" \n ", "見積", 40).empty());
}

TEST_CASE("A long text is cut around the words") {
  const std::string text =
      repeated("前置きの文が続きます。", 20) + "見積は五万円です。" + repeated("後書きの文が続きます。", 20);
  const std::string shown = around(text, "見積", 40);
  CHECK(shown.find("…[見積]は五万円です。") == 0);
  CHECK(shown.ends_with("…"));
}

TEST_CASE("A snippet never takes more columns than asked") {
  const std::string texts[] = {
      repeated("今日はABCの話をします、", 30) + "見積はﾐﾂﾓﾘ。" + repeated("続きはまた明日。", 30),
      repeated("word ", 100) + "見積" + repeated(" word", 100),
      repeated("長", 500) + "見積" + repeated("長", 500),
      repeated("か\u3099", 100) + "見積" + repeated("\U0001F468\u200D\U0001F469\u200D\U0001F467", 50),
      repeated("\u200B", 1000) + "見積" + repeated("\u0301", 1000),
      repeated("\x01", 200) + "見積",
      repeated("見積", 300),
  };
  for (const std::string& text : texts)
    for (const char* query : {"見積", "見当たらない"})
      for (std::size_t columns = 0; columns < 60; ++columns) {
        CAPTURE(text, query, columns);
        const Snippet snippet = snippet_of(message_with(text), query, columns);
        REQUIRE(display_width(snippet.text) <= columns);
        for (const Highlight& h : snippet.highlights)
          REQUIRE((h.begin < h.end && h.end <= snippet.text.size()));
      }
}

TEST_CASE("The word is in the snippet wherever it stands") {
  for (std::size_t before = 0; before < 60; ++before) {
    CAPTURE(before);
    const std::string shown = around(repeated("あ", before) + "見積" + repeated("い", 60), "見積", 20);
    CHECK(shown.find("[見積]") != std::string::npos);
  }
}

TEST_CASE("The stretch with most different words is chosen") {
  const std::string text = "見積の話。" + repeated("関係のない文。", 20) + "見積と請求と納品。" +
                           repeated("関係のない文。", 20) + "見積、見積、見積。";
  CHECK(around(text, "見積 請求 納品", 30).find("[見積]と[請求]と[納品]。") != std::string::npos);
}

TEST_CASE("Own words are shown rather than quoted ones") {
  const std::string quoted = "> 見積はいつですか\n" + repeated("> 別の話\n", 20);
  MessageRecord m = message_with(quoted + "見積は明日です。");
  const auto size = static_cast<std::uint32_t>(quoted.size());
  m.sections = {{SectionKind::quoted, 0, size},
                {SectionKind::own, size, static_cast<std::uint32_t>(m.text.size())}};
  CHECK(marked(snippet_of(m, "見積", 24)).find("[見積]は明日です。") != std::string::npos);
}

TEST_CASE("The original spelling is shown") {
  CHECK(around("ﾐﾂﾓﾘの件", "ミツモリ", 40) == "[ﾐﾂﾓﾘ]の件");
  CHECK(around("見\n積の件", "見積", 40) == "[見積]の件");
}

TEST_CASE("Without a hit in the text the own words begin the snippet") {
  const std::string greeting = "青木様\nいつもお世話になっております。\n\n";
  const std::string own = "サイトの公開日が決まりました。\n";
  const std::string quote = "> 公開日はいつですか\n";
  MessageRecord m = message_with(greeting + own + quote);
  const auto a = static_cast<std::uint32_t>(greeting.size());
  const auto b = static_cast<std::uint32_t>(a + own.size());
  m.sections = {{SectionKind::greeting, 0, a},
                {SectionKind::own, a, b},
                {SectionKind::quoted, b, static_cast<std::uint32_t>(m.text.size())}};
  CHECK(make_snippet(m, {}, 60).text == "サイトの公開日が決まりました。");
  const std::string cut = make_snippet(m, {}, 15).text;
  CHECK(cut.starts_with("サイトの"));
  CHECK(cut.ends_with("…"));
  m.sections.push_back({SectionKind::own, 0, 9});
  CHECK(make_snippet(m, {}, 60).text.ends_with("…"));
}

TEST_CASE("English is cut between words") {
  const std::string text =
      "The new site will be published in the first week of April after your approval of the design";
  const Snippet snippet = make_snippet(message_with(text), {}, 24);
  CHECK(text.find(snippet.text.substr(0, snippet.text.size() - std::string("…").size()) + " ") == 0);
}

TEST_CASE("Highlights that do not fit the text are passed over") {
  const MessageRecord m = message_with("見積です");
  CHECK(make_snippet(m, {{3, 3}, {5, 2}, {0, 900}}, 20).text == "見積です");
  CHECK(marked(make_snippet(m, {{0, 6}, {3, 9}}, 20)) == "[見積]です");
  CHECK_NOTHROW(make_snippet(m, {{1, 4}}, 20));
}

} // namespace
} // namespace genchi::index
