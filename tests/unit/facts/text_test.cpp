#include "facts/text.hpp"

#include <catch2/catch.hpp>

namespace genchi::facts {
namespace {

std::u32string chars_of(std::string_view text) { return std::u32string(Text(text).chars()); }

TEST_CASE("facts/text: one spelling of width, dashes and yen signs") {
  CHECK(chars_of("５５，０００円　￥１２") == U"55,000円 \u00a512");
  CHECK(chars_of("5〜6万") == U"5~6万");
  CHECK(chars_of("５－６−７―８") == U"5-6-7-8");
  CHECK(chars_of("ﾃﾞｻﾞｲﾝ ﾊﾟﾝﾌ ｳﾞ") == U"デザイン パンフ ヴ");
  CHECK(chars_of("サーバー") == U"サーバー");
  CHECK(chars_of("a\u200b\ufe0fb\x01") == U"ab");
  CHECK(chars_of("①1,200") == U"①1,200");
  CHECK(chars_of("a\r\nb\rc") == U"a\nb\nc");
}

TEST_CASE("facts/text: the way back to the bytes as written") {
  const std::string original = "見積　５５，０００円\nﾃﾞｻﾞｲﾝ";
  const Text text(original);
  const std::size_t five = text.chars().find(U'5');
  CHECK(text.surface({five, five + 7}) == "５５，０００円");
  const std::size_t design = text.chars().find(U"デザイン");
  CHECK(text.surface({design, design + 4}) == "ﾃﾞｻﾞｲﾝ");
  CHECK(text.bytes({text.size(), text.size()}).begin == original.size());
}

TEST_CASE("facts/text: numerals of deeds before 円 are numerals, elsewhere words") {
  CHECK(chars_of("金弐拾参万円也") == U"金二十三万円也");
  CHECK(chars_of("壱億伍千萬圓") == U"一億五千万円");
  CHECK(chars_of("参加費は参千円、拾い物") == U"参加費は三千円、拾い物");
}

TEST_CASE("facts/text: control characters behind a place are not of it") {
  const std::string original("3万円\0\x07 と", 13);
  const Text text(original);
  CHECK(text.surface({0, 3}) == "3万円");
}

TEST_CASE("facts/text: sentences, clauses and lines") {
  const Text text("了解です。5,000円で、納期は4/5です！では\n次の行");
  const auto at = [&](std::u32string_view what) { return text.chars().find(what); };
  CHECK(text.chars(text.sentence(at(U"納期"))) == U"5,000円で、納期は4/5です!");
  CHECK(text.chars(text.clause(at(U"納期"))) == U"納期は4/5です!");
  CHECK(text.chars(text.clause(at(U"000"))) == U"5,000円で、");
  CHECK(text.chars(text.sentence(at(U"では"))) == U"では");
  CHECK(text.line_of(at(U"次")) == 1);
  CHECK(text.lines().size() == 2);
}

TEST_CASE("facts/text: only own words are own") {
  const std::string original = "こんにちは\n> 5,000円\n＞ 6,000円\n署名";
  const std::uint32_t signature = static_cast<std::uint32_t>(original.find("署名"));
  const std::vector<TextSection> sections{
      {SectionKind::own, 0, signature}, {SectionKind::signature, signature, static_cast<std::uint32_t>(original.size())}};
  const Text text(original, sections);
  REQUIRE(text.lines().size() == 4);
  CHECK(text.lines()[0].own);
  CHECK_FALSE(text.lines()[1].own);
  CHECK_FALSE(text.lines()[2].own);
  CHECK_FALSE(text.lines()[3].own);
}

} // namespace
} // namespace genchi::facts
