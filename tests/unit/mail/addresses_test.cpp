#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using genchi::mail::parse_addresses;

namespace {

// One "name|address" a line.
std::string read(const std::string& value) {
  std::string out;
  for (const auto& person : parse_addresses(value)) {
    out += (out.empty() ? "" : "\n") + person.name + '|' + person.address;
  }
  return out;
}

} // namespace

TEST_CASE("address lists") {
  struct Row {
    const char* value;
    const char* expected;
  };
  const Row rows[] = {
      {"yamada@example.jp", "|yamada@example.jp"},
      {"Taro Yamada <yamada@example.jp>", "Taro Yamada|yamada@example.jp"},
      {"\"Yamada, Taro\" <yamada@example.jp>, b@example.jp", "Yamada, Taro|yamada@example.jp\n|b@example.jp"},
      {"=?UTF-8?B?5bGx55Sw?= <yamada@example.jp>", "山田|yamada@example.jp"},
      {"\"=?UTF-8?B?5bGx55Sw?=\" <yamada@example.jp>", "山田|yamada@example.jp"},
      {"=?UTF-8?Q?Yamada,_Taro?= <yamada@example.jp>", "Yamada, Taro|yamada@example.jp"},
      {"=?UTF-8?B?5bGx55SwLOWkqumDjg==?= <yamada@example.jp>", "山田,太郎|yamada@example.jp"},
      {"=?UTF-8?Q?a=22b=22?= <yamada@example.jp>", "a\"b\"|yamada@example.jp"},
      {"山田 太郎 <yamada@example.jp>", "山田 太郎|yamada@example.jp"},
      {"yamada@example.jp (山田 太郎)", "山田 太郎|yamada@example.jp"},
      {"(a (nested) comment) yamada@example.jp", "a (nested) comment|yamada@example.jp"},
      {"a..b.@docomo.ne.jp", "|a..b.@docomo.ne.jp"},
      {"\"a..b.\"@docomo.ne.jp", "|\"a..b.\"@docomo.ne.jp"},
      {"青木 <a..b.@docomo.ne.jp>", "青木|a..b.@docomo.ne.jp"},
      {"'yamada@example.jp' <yamada@example.jp>", "|yamada@example.jp"},
      {"\"'山田'\" <yamada@example.jp>", "山田|yamada@example.jp"},
      {"営業部: a@example.jp, 青木 <b@example.jp>;, c@example.jp",
       "|a@example.jp\n青木|b@example.jp\n|c@example.jp"},
      {"undisclosed-recipients:;", ""},
      {"Undisclosed recipients:", ""},
      {"予約: 青木 <a@example.jp>", "予約: 青木|a@example.jp"},
      {"a@example.jp; b@example.jp", "|a@example.jp\n|b@example.jp"},
      {"a@example.jp,, ,b@example.jp,", "|a@example.jp\n|b@example.jp"},
      {"<@relay.example,@b.example:yamada@example.jp>", "|yamada@example.jp"},
      {"\"山田 <yamada@example.jp>, \"青木\" <aoki@example.jp>",
       "山田|yamada@example.jp\n青木|aoki@example.jp"},
      {"山田 <yamada@example.jp, 青木 <aoki@example.jp>", "山田|yamada@example.jp\n青木|aoki@example.jp"},
      {"山田 <yamada@example.jp> 青木 <aoki@example.jp>", "山田|yamada@example.jp\n青木|aoki@example.jp"},
      {"山田 yamada@example.jp", "山田|yamada@example.jp"},
      {"yamada @ example.jp", "|yamada@example.jp"},
      {"\"a \\\"b\\\" c\" <x@example.jp>", "a \"b\" c|x@example.jp"},
      {"yamada@example.jp>, 青木 aoki@example.jp>", "|yamada@example.jp\n青木|aoki@example.jp"},
      {"<=?UTF-8?Q?=3Cyamada@example.jp=3E?=>", "|yamada@example.jp"},
      {"\"a\\\" <b@example.jp>", "a\\|b@example.jp"},
      {"山田 太郎", "山田 太郎|"},
      {"山田\r\n <yamada@example.jp>,\r\n\taoki@example.jp", "山田|yamada@example.jp\n|aoki@example.jp"},
      {"<>", ""},
      {"", ""},
      {"((((", "((((|"},
      {"\"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(read(row.value) == row.expected);
  }
}

TEST_CASE("names in raw Shift_JIS, whose second bytes are quotes and backslashes") {
  // 表 is 95 5C, 十 is 8F 5C
  CHECK(read("\"\x95\x5c\x8e\x52\" <omote@example.jp>, b@example.jp") ==
        "表山|omote@example.jp\n|b@example.jp");
}

TEST_CASE("names in raw ISO-2022-JP, whose bytes are commas and angles") {
  // 「，」 is 21 24, 「<」 a byte of many kanji
  CHECK(read("\x1b$B;3ED\x1b(B <yamada@example.jp>") == "山田|yamada@example.jp");
}
