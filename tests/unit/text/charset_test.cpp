#include "text/charset.hpp"

#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unicode/ucnv.h>

#include <catch2/catch.hpp>

using genchi::decode_text;
using genchi::Decoded;
using genchi::is_known_charset;

namespace {

using namespace std::string_literals;

/// `utf8` in another charset, as a mailer would have written it.
std::string encode(std::string_view utf8, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 8 + 64, '\0');
  const std::int32_t n = ucnv_convert(charset, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()),
                                      utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(n));
  return out;
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

void check(const Decoded& decoded, const std::string& text, const std::string& charset, bool as_declared) {
  CHECK(decoded.text == text);
  CHECK(decoded.charset == charset);
  CHECK(decoded.as_declared == as_declared);
  CHECK_FALSE(decoded.lossy);
}

} // namespace

TEST_CASE("Text in the charset its label names") {
  const std::string text = "見積書を送ります。\r\n合計は①㈱5,000円です。";
  struct Row {
    const char* label;
    const char* written_as;
    const char* read_as;
  };
  const std::vector<Row> rows = {
      {"UTF-8", "UTF-8", "UTF-8"},
      {"utf8", "UTF-8", "UTF-8"},
      {"\"UTF-8\"", "UTF-8", "UTF-8"},
      {"utf-8;", "UTF-8", "UTF-8"},
      {"ISO-2022-JP", "ibm-5054", "ISO-2022-JP"},
      {"iso-2022-jp", "ibm-5054", "ISO-2022-JP"},
      {"iso-2022-jp*ja", "ibm-5054", "ISO-2022-JP"},
      {"ISO-2022-JP-MS", "ibm-5054", "ISO-2022-JP"},
      {"CP50220", "ibm-5054", "ISO-2022-JP"},
      {"cp50221", "ibm-5054", "ISO-2022-JP"},
      {"csISO2022JP", "ibm-5054", "ISO-2022-JP"},
      {"Shift_JIS", "windows-31j", "windows-31j"},
      {"shift-jis", "windows-31j", "windows-31j"},
      {"x-sjis", "windows-31j", "windows-31j"},
      {"SJIS", "windows-31j", "windows-31j"},
      {"MS932", "windows-31j", "windows-31j"},
      {"cp932", "windows-31j", "windows-31j"},
      {"windows-31j", "windows-31j", "windows-31j"},
      {"EUC-JP", "EUC-JP", "EUC-JP"},
      {"eucJP-ms", "EUC-JP", "EUC-JP"},
      {"UTF-16LE", "UTF-16LE", "UTF-16LE"},
      {"UTF-16", "UTF-16LE", "UTF-16"},
      {"UTF-16", "UTF-16BE", "UTF-16"},
      {"UTF-32BE", "UTF-32BE", "UTF-32BE"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.label);
    check(decode_text(encode(text, row.written_as), row.label), text, row.read_as, true);
    CHECK(is_known_charset(row.label));
  }
}

TEST_CASE("Kanji of names that only vendors' tables have") {
  check(decode_text("\x1B$B|byu\x1B(B", "iso-2022-jp"), "髙﨑", "ISO-2022-JP", true);
  check(decode_text("\xFB\xFC\xFA\xB1\xEE\xE0\xED\x95", "Shift_JIS"), "髙﨑髙﨑", "windows-31j", true);
  check(decode_text("\xFC\xE2", "EUC-JP"), "髙", "EUC-JP", true);
}

TEST_CASE("Other countries' charsets when they are declared") {
  check(decode_text(encode("您好，报价单已收到。", "gb18030"), "gb2312"), "您好，报价单已收到。", "GB18030",
        true);
  check(decode_text(encode("報價單已收到", "Big5"), "Big5"), "報價單已收到", "Big5", true);
  check(decode_text(encode("견적서를 받았습니다", "windows-949"), "euc-kr"), "견적서를 받았습니다",
        "windows-949", true);
  check(decode_text(encode("Спасибо за заказ", "koi8-r"), "koi8-r"), "Спасибо за заказ", "KOI8-R", true);
  check(decode_text("5 \xA4"s, "iso-8859-15"), "5 €", "ISO-8859-15", true);
  check(decode_text("\x93Na\xEFve\x94 caf\xE9 5 \x80"s, "iso-8859-1"), "“Naïve” café 5 €", "windows-1252",
        true);
}

TEST_CASE("Names that are no charsets of mail are not known") {
  for (const char* label :
       {"", "x-unknown", "unknown-8bit", "UTF-7", "unicode-1-1-utf-7", "SCSU", "BOCU-1", "IMAP-mailbox-name",
        "ibm037", "ebcdic-cp-us", "none", "\xE6\x97\xA5", "?", "../../etc"}) {
    CAPTURE(label);
    CHECK_FALSE(is_known_charset(label));
  }
  CHECK_FALSE(is_known_charset(std::string(100'000, 'u')));
  check(decode_text("+MEIwRA-", "UTF-7"), "+MEIwRA-", "US-ASCII", false);
}

TEST_CASE("Plain ASCII") {
  check(decode_text("Order 12"), "Order 12", "US-ASCII", true);
  check(decode_text("Order 12", "us-ascii"), "Order 12", "US-ASCII", true);
  check(decode_text("Order 12", "iso-2022-jp"), "Order 12", "ISO-2022-JP", true);
  check(decode_text("Order 12", "x-unknown"), "Order 12", "US-ASCII", false);
  check(decode_text("C:\\a~b", "Shift_JIS"), "C:\\a~b", "windows-31j", true);
}

TEST_CASE("Nothing at all") {
  check(decode_text(""), "", "US-ASCII", true);
  check(decode_text("", "iso-2022-jp"), "", "ISO-2022-JP", true);
  check(decode_text("", "utf-16"), "", "UTF-16", true);
  check(decode_text("\xEF\xBB\xBF"), "", "UTF-8", false);
}

TEST_CASE("A byte order mark goes, and is believed") {
  check(decode_text("\xEF\xBB\xBF見積", "UTF-8"), "見積", "UTF-8", true);
  check(decode_text("\xEF\xBB\xBF見積", "Shift_JIS"), "見積", "UTF-8", false);
  check(decode_text("\xEF\xBB\xBF見積"), "見積", "UTF-8", false);
  check(decode_text("\xFF\xFE" + encode("見積\n", "UTF-16LE")), "見積\n", "UTF-16", false);
  check(decode_text("\xFE\xFF" + encode("見積\n", "UTF-16BE"), "Shift_JIS"), "見積\n", "UTF-16", false);
  check(decode_text("\xFF\xFE" + encode("見積\n", "UTF-16LE"), "utf-16"), "見積\n", "UTF-16", true);
}

TEST_CASE("NULs stay where they are") {
  check(decode_text("a\0b"s), "a\0b"s, "US-ASCII", true);
  check(decode_text("見\0積"s, "UTF-8"), "見\0積"s, "UTF-8", true);
  check(decode_text(encode("見", "windows-31j") + "\0"s, "Shift_JIS"), "見\0"s, "windows-31j", true);
}

TEST_CASE("Labels that lie") {
  const std::string text = "お世話になっております。見積書の件です。";
  SECTION("iso-2022-jp, but UTF-8") {
    check(decode_text(text, "iso-2022-jp"), text, "UTF-8", false);
  }
  SECTION("iso-2022-jp, but CP932") {
    check(decode_text(encode(text, "windows-31j"), "iso-2022-jp"), text, "windows-31j", false);
  }
  SECTION("iso-2022-jp, but EUC-JP") {
    check(decode_text(encode(text, "EUC-JP"), "iso-2022-jp"), text, "EUC-JP", false);
  }
  SECTION("UTF-8, but CP932") {
    check(decode_text(encode(text, "windows-31j"), "utf-8"), text, "windows-31j", false);
  }
  SECTION("UTF-8, but ISO-2022-JP") {
    check(decode_text(encode(text, "ibm-5054"), "utf-8"), text, "ISO-2022-JP", false);
  }
  SECTION("us-ascii, but anything") {
    for (const char* charset : {"windows-31j", "EUC-JP", "UTF-8"}) {
      check(decode_text(encode(text, charset), "us-ascii"), text, charset, false);
    }
    check(decode_text(encode(text, "ibm-5054"), "us-ascii"), text, "ISO-2022-JP", false);
  }
  SECTION("ISO-8859-1, but anything") {
    for (const char* charset : {"windows-31j", "EUC-JP", "UTF-8"}) {
      check(decode_text(encode(text, charset), "iso-8859-1"), text, charset, false);
    }
  }
  SECTION("Shift_JIS, but UTF-8, also where CP932 has a character for every pair") {
    check(decode_text(text, "Shift_JIS"), text, "UTF-8", false);
    check(decode_text("あい", "Shift_JIS"), "あい", "UTF-8", false);
  }
  SECTION("Shift_JIS, but ISO-2022-JP") {
    check(decode_text(encode(text, "ibm-5054"), "Shift_JIS"), text, "ISO-2022-JP", false);
  }
  SECTION("UTF-16, but ASCII or UTF-8") {
    check(decode_text("Thank you, see below", "utf-16"), "Thank you, see below", "US-ASCII", false);
    check(decode_text(text, "utf-16"), text, "UTF-8", false);
  }
  SECTION("a name nobody knows") {
    check(decode_text(encode(text, "windows-31j"), "x-unknown"), text, "windows-31j", false);
    check(decode_text(encode(text, "EUC-JP"), "UTF-7"), text, "EUC-JP", false);
  }
}

TEST_CASE("Without a label, six characters are enough") {
  const std::vector<std::string> texts = {
      "見積書送付の", "お世話になり", "株式会社山田", "了解しました", "ありがとうご", "納期のご連絡",
      "請求書在中。", "高橋健太郎様", "撮影費用一式", "サンプル写真", "コンサルティ", "デザイン修正",
      "五月十日木曜", "東京都港区芝", "変更の件です", "ベース５万円", "なお、金額は", "「承知」です",
      "ロゴ二案とも", "明日十時来社", "本日は晴天な", "何卒宜敷願上", "佐藤様、今回", "御中(経理部)",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    check(decode_text(encode(text, "windows-31j")), text, "windows-31j", false);
    check(decode_text(encode(text, "EUC-JP")), text, "EUC-JP", false);
    check(decode_text(encode(text, "ibm-5054")), text, "ISO-2022-JP", false);
    check(decode_text(text), text, "UTF-8", false);
  }
}

TEST_CASE("Without a label, Japanese beside ASCII") {
  for (const std::string text :
       {"Re: 見積", "RE: ご請求書(2014年5月分)", "[list 12] テスト\nhttp://www.example.jp/", "Total 5,000円",
        "PDFを添付します", "<b>表示</b>", "ver2.0リリース", "A案/B案"}) {
    CAPTURE(text);
    check(decode_text(encode(text, "windows-31j")), text, "windows-31j", false);
    check(decode_text(encode(text, "EUC-JP")), text, "EUC-JP", false);
  }
}

TEST_CASE("Half-width kana") {
  SECTION("alone and unlabelled in CP932") {
    for (const std::string text : {"ﾐﾂﾓﾘ", "ﾌﾘｺﾐ ｶ)ﾔﾏﾀﾞ", "ﾃｽﾄ ﾒｰﾙ ﾃﾞｽ", "ｻﾝﾌﾟﾙ ｵｸﾘﾏｽ"}) {
      CAPTURE(text);
      check(decode_text(encode(text, "windows-31j")), text, "windows-31j", false);
    }
  }
  SECTION("by ESC ( I") {
    check(decode_text("\x1B(I5X\x1B(B!", "iso-2022-jp"), "ｵﾘ!", "ISO-2022-JP", true);
  }
  SECTION("by SO and SI") {
    check(decode_text("\x1B$B8+@Q\x1B(B \x0E"
                      "5X\x0F!",
                      "iso-2022-jp"),
          "見積 ｵﾘ!", "ISO-2022-JP", true);
  }
  SECTION("raw and 8-bit within ISO-2022-JP") {
    check(decode_text("\x1B$B8+@Q\x1B(B \xB5\xD8", "iso-2022-jp"), "見積 ｵﾘ", "ISO-2022-JP", true);
  }
}

TEST_CASE("ISO-2022-JP as it goes wrong") {
  SECTION("the closing escape is missing") {
    check(decode_text("\x1B$B8+@Q", "iso-2022-jp"), "見積", "ISO-2022-JP", true);
    check(decode_text("\x1B$B8+@Q\nOrder 12\n", "iso-2022-jp"), "見積\nOrder 12\n", "ISO-2022-JP", true);
    check(decode_text("\x1B$B8+@Q"), "見積", "ISO-2022-JP", false);
  }
  SECTION("cut within a character") {
    const Decoded decoded = decode_text("\x1B$B8+@", "iso-2022-jp");
    CHECK(decoded.text == "見\uFFFD");
    CHECK(decoded.charset == "ISO-2022-JP");
    CHECK(decoded.as_declared);
    CHECK(decoded.lossy);
  }
  SECTION("one character that is in no table") {
    const Decoded decoded = decode_text("\x1B$B8+@Qu!\x1B(B", "iso-2022-jp");
    CHECK(decoded.text == "見積\uFFFD");
    CHECK(decoded.charset == "ISO-2022-JP");
    CHECK(decoded.lossy);
  }
  SECTION("escapes that are of a terminal") {
    check(decode_text("\x1B[0mOrder\x1B[1m"), "\x1B[0mOrder\x1B[1m", "US-ASCII", true);
  }
  SECTION("escapes and nothing behind them") {
    for (const std::string bytes : {"\x1B", "\x1B$", "\x1B$B", "\x1B(", "a\x1B$(", "\x1B\x1B\x1B"}) {
      const Decoded decoded = decode_text(bytes, "iso-2022-jp");
      CHECK(decoded.text.size() <= bytes.size() * 3);
    }
  }
  SECTION("other escapes of ISO-2022-JP-2") {
    check(decode_text("\x1B$A0!\x1B(B", "iso-2022-jp-2"), "啊", "ISO-2022-JP-2", true);
  }
}

TEST_CASE("A last character that is cut off keeps the declared charset") {
  struct Row {
    const char* label;
    std::string bytes;
  };
  const std::vector<Row> rows = {
      {"UTF-8", "見積書\xE9\x80"s},
      {"Shift_JIS", encode("見積書", "windows-31j") + "\x91"},
      {"EUC-JP", encode("見積書", "EUC-JP") + "\xC1"},
      {"gbk", encode("见积书", "gb18030") + "\xC1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.label);
    const Decoded decoded = decode_text(row.bytes, row.label);
    CHECK(decoded.as_declared);
    CHECK(decoded.lossy);
    CHECK(decoded.text.substr(9) == "\uFFFD");
  }
  CHECK(decode_text("見積書\xE9\x80").charset == "UTF-8");
}

TEST_CASE("One damaged byte does not throw a charset away") {
  const std::string text = repeat("納品は来週の火曜日になります。\n", 20);
  SECTION("declared UTF-8") {
    const Decoded decoded = decode_text(text + "\xFF" + text, "UTF-8");
    CHECK(decoded.text == text + "\uFFFD" + text);
    CHECK(decoded.charset == "UTF-8");
    CHECK(decoded.as_declared);
    CHECK(decoded.lossy);
  }
  SECTION("UTF-8 without a label") {
    const Decoded decoded = decode_text(text + "\xE3\x81\n" + text);
    CHECK(decoded.text == text + "\uFFFD\n" + text);
    CHECK(decoded.lossy);
  }
  SECTION("UTF-8 called Shift_JIS") {
    const Decoded decoded = decode_text(text + "\xE3\x81\n" + text, "Shift_JIS");
    CHECK(decoded.charset == "UTF-8");
    CHECK_FALSE(decoded.as_declared);
  }
  for (const char* charset : {"windows-31j", "EUC-JP", "gb18030"}) {
    DYNAMIC_SECTION(charset) {
      const std::string bytes = encode(text, charset);
      const Decoded decoded = decode_text(bytes + "\xFF" + bytes, charset);
      CHECK(decoded.text == text + "\uFFFD" + text);
      CHECK(decoded.as_declared);
      CHECK(decoded.lossy);
    }
  }
}

TEST_CASE("Emoji of old mobile phones become private characters and are no damage") {
  const Decoded decoded = decode_text(encode("了解です", "windows-31j") + "\xF8\x9F\xF9\x40", "Shift_JIS");
  CHECK(decoded.charset == "windows-31j");
  CHECK_FALSE(decoded.lossy);
  CHECK(decoded.text == "了解です\uE63E\uE69C");
  CHECK(decode_text(encode("了解です", "windows-31j") + "\xF8\x9F").charset == "windows-31j");
}

TEST_CASE("Mostly ASCII Western text without a label") {
  struct Row {
    std::string bytes;
    std::string text;
  };
  const std::vector<Row> rows = {
      {"caf\xE9", "café"},
      {"R\xE9sum\xE9 et caf\xE9 \xE0 Paris", "Résumé et café à Paris"},
      {"It\x92s ok \x96 \x93Hello\x94", "It’s ok – “Hello”"},
      {"Stra\xDF"
       "e, M\xFCller, \xDC"
       "ber",
       "Straße, Müller, Über"},
      {"Jos\xE9 Ni\xF1o", "José Niño"},
      {"25\xB0"
       "C and \xA9 2014",
       "25°C and © 2014"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    check(decode_text(row.bytes), row.text, "windows-1252", false);
    check(decode_text(row.bytes, "us-ascii"), row.text, "windows-1252", false);
    check(decode_text(row.bytes, "utf-8"), row.text, "windows-1252", false);
    check(decode_text(row.bytes, "iso-8859-1"), row.text, "windows-1252", true);
  }
}

TEST_CASE("Any bytes under any label give well-formed UTF-8") {
  std::uint32_t state = 12345;
  const auto next = [&] { return state = state * 1664525U + 1013904223U, state >> 16; };
  for (const char* label :
       {"",           "utf-8",       "iso-2022-jp", "iso-2022-jp-2", "jis7",     "jis8",     "shift_jis",
        "euc-jp",     "us-ascii",    "iso-8859-1",  "utf-16",        "utf-16le", "utf-32",   "gb18030",
        "hz-gb-2312", "iso-2022-kr", "cesu-8",      "lmbcs-1",       "big5",     "x-unknown"}) {
    CAPTURE(label);
    for (int round = 0; round < 60; ++round) {
      std::string bytes;
      const std::size_t size = next() % 80;
      for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t kind = next() % 8;
        if (kind == 0)
          bytes += std::array{
              "\x1B$B", "\x1B(B", "\x1B(I", "\x1B$)C", "\x0E", "\x0F", "~{", "\xFF\xFE"}[next() % 8];
        else
          bytes += static_cast<char>(next() % 256);
      }
      const Decoded decoded = decode_text(bytes, label);
      const Decoded again = decode_text(decoded.text, "utf-8");
      CHECK_FALSE((again.charset == "UTF-8" && again.lossy));
      CHECK(decoded.text.size() <= bytes.size() * 6 + 3);
    }
  }
}

TEST_CASE("Large texts are read whole") {
  const std::string line = "本日の売上は三万円でした。";
  const std::string text = repeat("plain ASCII first\n", 5'000) + repeat(line, 20'000);
  for (const char* charset : {"windows-31j", "EUC-JP", "UTF-8"}) {
    CAPTURE(charset);
    CHECK(decode_text(encode(text, charset)).text == text);
    CHECK(decode_text(encode(text, charset), charset).text == text);
  }
}

TEST_CASE("Threads do not share converters") {
  const std::string text = "見積書を送ります。";
  const std::string bytes = encode(text, "ibm-5054");
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) count += decode_text(bytes, "iso-2022-jp").text == text ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}
