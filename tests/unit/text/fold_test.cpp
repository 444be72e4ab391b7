#include "text/fold.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

#include "base/bytes.hpp"

using genchi::char_class;
using genchi::CharClass;
using genchi::find_folded;
using genchi::fold;
using genchi::fold_with_map;
using genchi::FoldedText;

namespace {

struct Case {
  std::string written;
  std::string folded;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.written);
    CHECK(fold(c.written) == c.folded);
    CHECK(fold(c.folded) == c.folded);
    CHECK(fold_with_map(c.written).text == c.folded);
  }
}

std::string utf8(char32_t c) {
  std::string out;
  genchi::append_utf8(out, c);
  return out;
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::string original_of(const std::string& text, const std::string& needle) {
  const FoldedText folded = fold_with_map(text);
  const std::size_t at = find_folded(folded.text, needle);
  if (at == std::string::npos) return "not found";
  const FoldedText::Span span = folded.original(at, at + needle.size());
  return text.substr(span.begin, span.end - span.begin);
}

bool finds(const std::string& text, const std::string& query) {
  return find_folded(fold(text), fold(query)) != std::string::npos;
}

// Pieces that have met in trouble before, and whatever the generator adds.
const std::vector<std::string> awkward = {"見積",
                                          "ｻﾞ",
                                          "サ",
                                          "゛",
                                          "\u3099",
                                          "\u309A",
                                          "ﾟ",
                                          "は",
                                          "か",
                                          "①",
                                          "1",
                                          "⑳",
                                          "½",
                                          "ß",
                                          "İ",
                                          "\u0301",
                                          "\u0344",
                                          "\u0345",
                                          "\u200D",
                                          "\uFE0F",
                                          "\u20E3",
                                          "\u034F",
                                          "\u200B",
                                          "☆",
                                          "😀",
                                          "👩\u200D💻",
                                          "🇯🇵",
                                          "\u3000",
                                          " ",
                                          "\n",
                                          "\r\n",
                                          "\r",
                                          "\t",
                                          "\u2028",
                                          "\u2029",
                                          "\f",
                                          "A",
                                          "é",
                                          "e\u0301",
                                          "가",
                                          "\u1100",
                                          "\u1161",
                                          "\u11A8",
                                          "髙",
                                          "邊󠄀",
                                          "ー",
                                          "〜",
                                          "−",
                                          "´",
                                          "\uFDFA",
                                          "㈱",
                                          "㍻",
                                          "㎡",
                                          "\xFF",
                                          "\xED\xA0\x80",
                                          std::string(1, '\0'),
                                          "\uE63E",
                                          "。",
                                          "・",
                                          "Ω",
                                          "\u0F73",
                                          "\u115F",
                                          "\u3164",
                                          "ㄱ",
                                          "ㅏ",
                                          "ﾡ",
                                          "ￂ",
                                          "ヷ",
                                          "ヾ",
                                          "\u0327",
                                          "\u0338",
                                          "~",
                                          "=",
                                          "a",
                                          "\u0E33",
                                          "ㇷ\u309A",
                                          "🏽",
                                          "⭐",
                                          "1\uFE0F\u20E3",
                                          "＠",
                                          "ﬁ",
                                          "\u1E9E"};

std::string random_text(std::mt19937& random, std::size_t pieces) {
  std::string out;
  for (std::size_t i = 0; i < pieces; ++i) {
    switch (random() % 8) {
    case 0:
      genchi::append_utf8(out, random() % 0x3200);
      break;
    case 1:
      genchi::append_utf8(out, random() % 0x20000);
      break;
    case 2:
      out += static_cast<char>(random() % 256);
      break;
    default:
      out += awkward[random() % awkward.size()];
    }
  }
  return out;
}

} // namespace

TEST_CASE("Spellings a reader takes for the same fold to the same") {
  check({
      {"見積", "見積"},
      {"ＡＢＣ　１２３", "abc 123"},
      {"ミツモリ", "みつもり"},
      {"ﾐﾂﾓﾘ", "みつもり"},
      {"ｶﾞｷﾞﾊﾟﾋﾟｳﾞ", "がぎぱぴゔ"},
      {"か\u3099は\u309A", "がぱ"},
      {"は゛は゜", "ばぱ"},
      {"サーバー", "さーばー"},
      {"ｻｰﾊﾞｰ", "さーばー"},
      {"3ヶ月", "3ゖ月"},
      {"みすヾ", "みすゞ"},
      {"㈱青葉", "(株)青葉"},
      {"㋿六年", "令和六年"},
      {"㍻", "平成"},
      {"100㎡", "100m2"},
      {"㌔", "きろ"},
      {"Ⅳ型", "iv型"},
      {"第３版", "第3版"},
      {"Straße", "strasse"},
      {"Ｅ－ＭＡＩＬ", "e-mail"},
      {"cafe\u0301", "caf\u00E9"},
      {"￥５０,０００－", "¥50,000-"},
      {"it\u2019s \u201Cfine\u201D", "it's \"fine\""},
      {"가", "가"},
      {"\u1100\u1161\u11A8", "각"},
      {"\u1100゜\u1161\u11A8", "각"},
      {"\u1100\u3099\u1161\u309A\u11A8", "각"},
      {"ㄱㅏ", "ㄱㅏ"},
      {"ﾡￂ", "ㄱㅏ"},
  });
}

TEST_CASE("Variant kanji fold to one of them") {
  check({
      {"髙橋", "高橋"},
      {"山﨑", "山崎"},
      {"渡邊", "渡辺"},
      {"渡邉", "渡辺"},
      {"渡邉\U000E0100", "渡辺"},
      {"齋藤", "斉藤"},
      {"斎藤", "斉藤"},
      {"齊藤", "斉藤"},
      {"黒澤", "黒沢"},
      {"黑沢", "黒沢"},
      {"國學", "国学"},
      {"濵田", "浜田"},
      {"濱田", "浜田"},
      {"廣島", "広島"},
      {"中嶋", "中島"},
      {"中嶌", "中島"},
      {"櫻井", "桜井"},
      {"冨田", "富田"},
      {"眞鍋", "真鍋"},
      {"槙原", "槙原"},
      {"槇原", "槙原"},
      {"彌生", "弥生"},
      {"壽", "寿"},
      {"德川", "徳川"},
      {"曾根", "曽根"},
      {"瀨川", "瀬川"},
      {"惠子", "恵子"},
      {"靜香", "静香"},
      {"豐田", "豊田"},
      {"𠮷野", "吉野"},
      {"𣘺本", "橋本"},
      {"瀧川", "滝川"},
      {"龍", "竜"},
      {"舘", "館"},
      {"神\uFA19", "神神"},
      {"\u2ED1期", "長期"},
      {"○○様", "〇〇様"},
      {"◯◯様", "〇〇様"},
  });
}

TEST_CASE("What a reader tells apart stays apart") {
  const std::vector<Case> pairs = {
      {"高", "島"},       {"ば", "は"}, {"ぱ", "ば"}, {"カ", "カー"}, {"ー", "-"},         {"ー", "〜"},
      {"つ", "っ"},       {"や", "ゃ"}, {"坂", "阪"}, {"崎", "埼"},   {"①", "1"},          {"①", "②"},
      {"⑪", "①"},         {"11", "①1"}, {"ヴ", "ブ"}, {"-", "~"},     {"見積", "見 a 積"}, {"一", "ー"},
      {"二", "ニ"},       {"口", "ロ"}, {"力", "カ"}, {"へ", "べ"},   {"円", "¥"},         {"〇", "0"},
      {"か。か", "かか"}, {"é", "e"},
  };
  for (const Case& c : pairs) {
    INFO(c.written << " " << c.folded);
    CHECK(fold(c.written) != fold(c.folded));
  }
}

TEST_CASE("Enclosed figures never join the digits beside them") {
  check({
      {"①1,200円", "①1,200円"},
      {"⑳㉑㊿", "⑳㉑㊿"},
      {"1½", "1½"},
      {"⒈1", "⒈1"},
      {"❶➀➊⓵", "①①①①"},
      {"❿⓫⓴⓿", "⑩⑪⑳⓪"},
      {"1\uFE0F\u20E32\u20E3"
       "0\uFE0F\u20E3",
       "①②⓪"},
      {"🔟", "⑩"},
      {"①\uFE0F\u0301", "①"},
      {"⑴1,200円", "(1)1,200円"},
      {"㊤ⓐ", "上a"},
  });
  CHECK(finds("項目①1,200円", "①"));
  CHECK(finds("項目①1,200円", "1,200円"));
  CHECK_FALSE(finds("項目①1,200円", "11,200円"));
  CHECK_FALSE(finds("項目①1,200円", "11"));
}

TEST_CASE("Dashes and wave dashes are one each, the long vowel is none of them") {
  for (const char* dash : {"-", "‐", "‑", "‒", "–", "—", "―", "−", "－", "﹣", "─"}) {
    INFO(dash);
    CHECK(fold("03" + std::string(dash) + "1234") == "03-1234");
  }
  for (const char* wave : {"~", "〜", "～", "∼", "〰"}) {
    INFO(wave);
    CHECK(fold("1" + std::string(wave) + "2万") == "1~2万");
  }
  CHECK(fold("ｺｰﾋｰ") == "こーひー");
}

TEST_CASE("Decoration is dropped") {
  check({
      {"☆見積☆", "見積"},
      {"見★積♪", "見積"},
      {"了解です😀👍🏽", "了解です"},
      {"👩\u200D💻さん🇯🇵", "さん"},
      {"見\u200B積\uFEFF書\u00AD", "見積書"},
      {"葛\U000E0101城", "葛城"},
      {"♥️", ""},
      {"a\u20DDb", "ab"},
      {"見積\uE63E", "見積"},
      {"(´・ω・`)", "(・ω・`)"},
      {"☆\u3099か", "か"},
      {"\u0301か", "か"},
      {"あ゛", "あ"},
      {std::string("a\0b", 3), "ab"},
      {"\x1B[31m赤", "[31m赤"},
      {"※注 → 次", "※注 → 次"},
      {"■見積■", "■見積■"},
      {"25℃", "25°c"},
  });
}

TEST_CASE("White space between Japanese characters vanishes") {
  check({
      {"見積\n書", "見積書"},
      {"見積\r\n書", "見積書"},
      {"見積\r書", "見積書"},
      {"見\u3000積 書", "見積書"},
      {"です。\n次に", "です。次に"},
      {"見積 ABC\n見積", "見積 abc 見積"},
      {"hello\n  world", "hello world"},
      {"hello\u00A0world", "hello world"},
      {"第 3 回", "第 3 回"},
      {"日 ☆ 本", "日本"},
      {"①\n見積", "①見積"},
      {"  \n見積\n\n", "見積"},
      {"\t", ""},
      {"", ""},
      {" ", ""},
  });
}

TEST_CASE("Blank lines and table cells part what stands beside them") {
  check({
      {"見積\n\n書", "見積\n\n書"},
      {"見積\r\n\r\n書", "見積\n\n書"},
      {"見積\r\r書", "見積\n\n書"},
      {"見積\n \u3000\n\n\n書", "見積\n\n書"},
      {"見積\u2029書", "見積\n\n書"},
      {"見積\f書", "見積\n\n書"},
      {"a\n☆☆☆\nb", "a\n\nb"},
      {"品名\t金額", "品名\t金額"},
      {"品名 \t\n金額", "品名\t金額"},
      {"品名\t\n\n金額", "品名\n\n金額"},
  });
  CHECK_FALSE(finds("見積\n\n書", "見積書"));
  CHECK_FALSE(finds("見積\t書", "見積書"));
}

TEST_CASE("Ill-formed UTF-8 reads as U+FFFD and hides nothing beside it") {
  check({
      {"見\xFF積", "見\uFFFD積"},
      {"\xE8\xA6", "\uFFFD\uFFFD"},
      {"\xED\xA0\x80見", "\uFFFD\uFFFD\uFFFD見"},
      {"\xC0\x80", "\uFFFD\uFFFD"},
      {"\xF5\x80", "\uFFFD\uFFFD"},
      {"\xE3\x81", "\uFFFD\uFFFD"},
  });
}

TEST_CASE("Folding a folded code point changes nothing") {
  for (char32_t c = 1; c < 0x32000; ++c) {
    const std::string once = fold(utf8(c));
    if (fold(once) != once)
      FAIL_CHECK("U+" << std::hex << static_cast<unsigned>(c) << " " << once << " " << fold(once));
    const std::string between = fold("か" + utf8(c) + "き");
    if (fold(between) != between)
      FAIL_CHECK("between: U+" << std::hex << static_cast<unsigned>(c) << " " << between);
  }
}

TEST_CASE("Folding random text twice is folding it once, and the map does not change it") {
  std::mt19937 random(20240401);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random, 1 + random() % 12);
    const FoldedText folded = fold_with_map(text);
    CAPTURE(text, genchi::to_hex(text));
    REQUIRE(fold(text) == folded.text);
    REQUIRE(fold(folded.text) == folded.text);
    REQUIRE(genchi::is_utf8(folded.text));
    REQUIRE(folded.source.size() == folded.text.size() + 1);
    REQUIRE(folded.source_size.size() == folded.text.size());
    REQUIRE(folded.source.back() == text.size());
    for (std::size_t i = 0; i < folded.text.size(); ++i) {
      REQUIRE(folded.source[i] <= folded.source[i + 1]);
      REQUIRE(folded.source_size[i] > 0);
      REQUIRE(folded.source[i] + folded.source_size[i] <= text.size());
    }
  }
}

TEST_CASE("Texts folded apart and put together are the text folded whole") {
  const std::vector<std::string> clusters = {"見",
                                             "積",
                                             "ｻﾞ",
                                             "サ",
                                             "か\u3099",
                                             "は゛",
                                             "①",
                                             "1",
                                             "⑳",
                                             "½",
                                             "ß",
                                             "A",
                                             "e\u0301",
                                             "가",
                                             "\u1100\u1161\u11A8",
                                             "\u1100\u3099\u1161\u309A\u11A8",
                                             "髙",
                                             "邊󠄀",
                                             "ー",
                                             "〜",
                                             "−",
                                             "☆",
                                             "😀",
                                             "👩\u200D💻",
                                             "🇯🇵",
                                             "㈱",
                                             "㍻",
                                             "\xFF",
                                             "。",
                                             "・",
                                             "x\u0301\u0327",
                                             "1\uFE0F\u20E3",
                                             "´",
                                             "ﾊﾟ",
                                             "\uE63E",
                                             "ㇷ\u309A",
                                             "🏽",
                                             "ヾ"};
  std::mt19937 random(7);
  for (int round = 0; round < 5'000; ++round) {
    std::string whole, parts;
    for (std::size_t i = 0, n = random() % 8; i < n; ++i) {
      const std::string& cluster = clusters[random() % clusters.size()];
      whole += cluster;
      parts += fold(cluster);
    }
    INFO(whole);
    REQUIRE(fold(whole) == parts);
  }
}

TEST_CASE("A place in the folded text leads back to whole characters of the original") {
  CHECK(original_of("御ｻﾞｰﾊﾞｰ代", "ざー") == "ｻﾞｰ");
  CHECK(original_of("㈱青葉", "株") == "㈱");
  CHECK(original_of("㈱青葉", "青葉") == "青葉");
  CHECK(original_of("葛\U000E0101城市", "葛") == "葛\U000E0101");
  CHECK(original_of("☆見積☆書", "見積") == "見積");
  CHECK(original_of("☆見積☆書", "見積書") == "見積☆書");
  CHECK(original_of("お見\n積り", "見積") == "見\n積");
  CHECK(original_of("見積 です", "見積") == "見積");
  CHECK(original_of("ＡＢＣ　１２", "abc 12") == "ＡＢＣ　１２");
  CHECK(original_of("e\u0301a", "\u00E9a") == "e\u0301a");
  CHECK(original_of("5️⃣番", "⑤") == "5️⃣");
  CHECK(original_of("\xFF見積", "見積") == "見積");

  const FoldedText folded = fold_with_map("見積  ");
  CHECK(folded.source.back() == 8);
  CHECK(folded.original(3, 3).begin == 3);
  CHECK(folded.original(3, 3).end == 3);
  CHECK(folded.original(0, 999).end == 6);
  CHECK(folded.original(99, 100).begin == folded.original(99, 100).end);
  CHECK(fold_with_map("").original(0, 0).end == 0);
}

TEST_CASE("Hostile runs of combining characters are cut, in linear time") {
  const std::string marks = "\u0301\u0327\u0323\u0301";
  CHECK(fold("か" + repeated(marks, 200'000) + "き").size() < 200);
  CHECK(fold(repeated(marks, 200'000)).empty());
  CHECK(fold("a" + repeated("\u0301\u034F\u0327", 200'000)).size() < 200);
  CHECK(fold("☆" + repeated("\u3099", 200'000)).empty());
  CHECK(fold("見" + repeated("\uFE0F", 500'000) + "積") == "見積");
  CHECK(fold("a" + repeated(" \n", 500'000) + "b") == "a\n\nb");
  CHECK(fold("\u1100" + repeated("\u1161", 100'000)).size() == 300'000);
  CHECK(fold(repeated("☆", 100'000)).empty());
  CHECK(fold(repeated("\uFDFA", 10'000)).size() > 100'000);
  const std::string mixed = "a" + repeated("\u0301", 40) + "\u3099" + repeated("\u0344", 40);
  CHECK(fold(fold(mixed)) == fold(mixed));
}

TEST_CASE("The class of a character") {
  for (const char32_t c : U"見々〆〇あんアーゞ①½가ㄅ𠮷")
    if (c != 0) CHECK(char_class(c) == CharClass::japanese);
  for (const char32_t c : U"a9éяπ\u0301ßع")
    if (c != 0) CHECK(char_class(c) == CharClass::word);
  for (const char32_t c : U" \n\t。、・「~-_.,()/@¥→■※\uFFFD")
    if (c != 0) CHECK(char_class(c) == CharClass::other);
  CHECK(char_class(0x110000) == CharClass::other);
  CHECK(char_class(0xFFFFFFFF) == CharClass::other);
}

TEST_CASE("A word is found whole, Japanese anywhere") {
  CHECK(find_folded("see ann", "ann") == 4);
  CHECK(find_folded("annual ann", "ann") == 7);
  CHECK(find_folded("joann ann", "ann") == 6);
  CHECK(find_folded("annual", "ann") == std::string::npos);
  CHECK(find_folded("3000", "000") == std::string::npos);
  CHECK(find_folded("3,000円", "000") == 2);
  CHECK(find_folded("税込3000円", "3000") == 6);
  CHECK(find_folded("御見積書", "見積") == 3);
  CHECK(find_folded("見積a", "見積") == 0);
  CHECK(find_folded("annと", "ann") == 0);
  CHECK(find_folded("caf\u00E9", "caf") == std::string::npos);
  CHECK(find_folded("abc-de", "abc") == 0);
  CHECK(find_folded("第3回第30回", "第3") == 0);
  CHECK(find_folded("第30回第3回", "第3") == 8);
  CHECK(find_folded("a.b a.b", "a.b", 1) == 4);
  CHECK(find_folded("見積見積", "見積", 1) == 6);
  CHECK(find_folded("見積", "見積", 7) == std::string::npos);
  CHECK(find_folded("見積", "見積", 99) == std::string::npos);
  CHECK(find_folded("見積", "") == std::string::npos);
  CHECK(find_folded("", "見") == std::string::npos);
  CHECK(find_folded(repeated("a", 1'000'000), "aaa") == std::string::npos);
}
