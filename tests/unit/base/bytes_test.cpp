#include "base/bytes.hpp"

#include <catch2/catch.hpp>

using namespace genchi;

TEST_CASE("ill-formed UTF-8 is seen and replaced") {
  const std::string_view bad[] = {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE3\x81", "\x80", "\xF8\x88\x80\x80\x80"};
  for (const auto text : bad) {
    CHECK_FALSE(is_utf8(text));
    CHECK(is_utf8(to_valid_utf8(text)));
  }
  CHECK(is_utf8("見積\xF0\xA0\xAE\xB7"));
  CHECK(to_valid_utf8("a\xFF" "b") == "a\xEF\xBF\xBD" "b");
}

TEST_CASE("code points go there and back") {
  for (const char32_t c : {U'a', U'é', U'見', U'𠮷', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    const CodePoint back = decode_utf8(text, 0);
    CHECK(back.value == c);
    CHECK(back.size == text.size());
  }
  std::string surrogate;
  append_utf8(surrogate, 0xD800);
  CHECK(surrogate == "\xEF\xBF\xBD");
}

TEST_CASE("lines end with LF, CRLF or CR") {
  std::string_view rest = "a\r\nb\rc\n\nd";
  Line line;
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  while (next_line(rest, line)) {
    texts.emplace_back(line.text);
    bytes += line.with_end.size();
  }
  CHECK(texts == std::vector<std::string>{"a", "b", "c", "", "d"});
  CHECK(bytes == 9);
}

TEST_CASE("ASCII case and blanks") {
  CHECK(ascii_iequals("Content-TYPE", "content-type"));
  CHECK_FALSE(ascii_iequals("a", "ab"));
  CHECK(ascii_lower("ÀBC") == "Àbc");
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(to_hex(std::string_view("\x00\xff", 2)) == "00ff");
}
