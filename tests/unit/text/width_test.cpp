#include "text/width.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/bytes.hpp"

using genchi::display_width;
using genchi::for_terminal;
using genchi::pad_to_width;
using genchi::truncate_to_width;

TEST_CASE("Columns on a terminal") {
  struct Case {
    std::string text;
    std::size_t columns;
  };
  const std::vector<Case> cases = {
      {"", 0},
      {"abc", 3},
      {"見積書", 6},
      {"ﾐﾂﾓﾘ", 4},
      {"ｶﾞ", 2},
      {"か\u3099", 2},
      {"ＡＢＣ", 6},
      {"、。「」", 8},
      {"\u3000", 2},
      {"①", 1},
      {"…", 1},
      {"©", 1},
      {"e\u0301", 1},
      {"a\u200Bb", 2},
      {"😀", 2},
      {"👍🏽", 2},
      {"👩\u200D💻", 2},
      {"👨\u200D👩\u200D👧", 2},
      {"🇯🇵", 2},
      {"🇯🇵🇯🇵", 4},
      {"❤\uFE0F", 2},
      {"❤", 1},
      {"1\uFE0F\u20E3", 2},
      {"가", 2},
      {"\u1100\u1161\u11A8", 2},
      {"𠮷", 2},
      {"葛\U000E0101", 2},
      {"\uFFFD", 1},
      {"\xFF", 1},
      {"\x1B[0m", 3},
      {"é", 1},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(display_width(c.text) == c.columns);
  }
}

TEST_CASE("Text is cut to columns between whole characters") {
  CHECK(truncate_to_width("見積書", 6) == "見積書");
  CHECK(truncate_to_width("見積書", 5) == "見積…");
  CHECK(truncate_to_width("見積書", 4) == "見…");
  CHECK(truncate_to_width("見積書", 2) == "…");
  CHECK(truncate_to_width("見積書", 1) == "…");
  CHECK(truncate_to_width("見積書", 0).empty());
  CHECK(truncate_to_width("", 0).empty());
  CHECK(truncate_to_width("abc", 3) == "abc");
  CHECK(truncate_to_width("abcd", 3) == "ab…");
  CHECK(truncate_to_width("か\u3099き\u3099", 3) == "か\u3099…");
  CHECK(truncate_to_width("か\u3099\u3099", 2) == "か\u3099\u3099");
  CHECK(truncate_to_width("👩\u200D💻👩\u200D💻", 3) == "👩\u200D💻…");
  CHECK(truncate_to_width("🇯🇵🇯🇵", 3) == "🇯🇵…");
  for (std::size_t columns = 0; columns < 12; ++columns) {
    const std::string cut = truncate_to_width("a見😀b\u0301ｶﾞ積c", columns);
    CHECK(display_width(cut) <= columns);
    CHECK(genchi::is_utf8(cut));
  }
}

TEST_CASE("Text is padded to columns, never cut") {
  CHECK(pad_to_width("見積", 6) == "見積  ");
  CHECK(pad_to_width("見積", 4) == "見積");
  CHECK(pad_to_width("見積", 3) == "見積");
  CHECK(pad_to_width("", 2) == "  ");
}

TEST_CASE("Message text cannot drive the terminal") {
  struct Case {
    std::string text;
    std::string one_line;
    std::string lines;
  };
  const std::vector<Case> cases = {
      {"見積 ABC", "見積 ABC", "見積 ABC"},
      {"\x1B[2J", "␛[2J", "␛[2J"},
      {std::string("a\0b", 3), "a␀b", "a␀b"},
      {"a\x7F\x08", "a␡␈", "a␡␈"},
      {"a\u009Bb", "a‹U+009B›b", "a‹U+009B›b"},
      {"exe\u202Efdp", "exe‹U+202E›fdp", "exe‹U+202E›fdp"},
      {"\u200F\u061C\u2066\u2069\u202A", "‹U+200F›‹U+061C›‹U+2066›‹U+2069›‹U+202A›",
       "‹U+200F›‹U+061C›‹U+2066›‹U+2069›‹U+202A›"},
      {"a\xFF\x9B[", "a\uFFFD\uFFFD[", "a\uFFFD\uFFFD["},
      {"a\nb\tc", "a b c", "a\nb\tc"},
      {"a\n\n\tb", "a b", "a\n\n\tb"},
      {"a\r\nb", "a b", "a\nb"},
      {"a\rb", "a␍b", "a␍b"},
      {"a\u2028b\u2029c", "a b c", "a\nb\nc"},
      {"👩\u200D💻", "👩\u200D💻", "👩\u200D💻"},
      {"", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(for_terminal(c.text) == c.one_line);
    CHECK(for_terminal(c.text, true) == c.lines);
  }
}

TEST_CASE("Long hostile runs are measured in one pass") {
  std::string marks = "a";
  for (int i = 0; i < 300'000; ++i) marks += "\u0301";
  CHECK(display_width(marks) == 1);
  std::string joined = "😀";
  for (int i = 0; i < 100'000; ++i) joined += "\u200D😀";
  CHECK(display_width(joined) == 2);
  std::string flags;
  for (int i = 0; i < 100'000; ++i) flags += "🇯";
  CHECK(display_width(flags) == 100'000);
  CHECK(truncate_to_width(std::string(1'000'000, 'x'), 3) == "xx…");
}
