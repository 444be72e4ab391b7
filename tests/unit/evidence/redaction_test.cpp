#include "evidence/redaction.hpp"

#include <catch2/catch.hpp>

#include "evidence/exhibit_line.hpp"
#include "exhibits.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::evidence;

namespace {

/// A message of these words, masked.
std::string masked(const std::vector<std::string>& wanted, const std::string& text) {
  Redaction redaction(wanted);
  Exhibit exhibit;
  exhibit.number = "甲1";
  exhibit.messages.emplace_back();
  exhibit.messages.front().text = text;
  redaction.apply(exhibit);
  return exhibit.messages.front().text;
}

} // namespace

TEST_CASE("a word is masked in every spelling that folds alike") {
  CHECK(masked({"髙橋"}, "高橋様 髙橋様 高 橋様") == "■■様 ■■様 ■■■様");
  CHECK(masked({"ABC"}, "ａｂｃ社とabcd") == "■■■社と■■■d");
  CHECK(masked({"サーバー"}, "ｻｰﾊﾞｰの移行") == "■■■■■の移行");
  CHECK(masked({"山田"}, "だれもいない") == "だれもいない");
}

TEST_CASE("nothing that stands between its characters hides a word") {
  for (const char* text : {"雲母坂", "雲\t母坂", "雲 母　坂", "雲\n\n母坂", "雲\n> 母坂", "雲・母・坂", "雲　　\t母坂"}) {
    CAPTURE(text);
    const std::string shown = masked({"雲母坂"}, std::string("本日は") + text + "です");
    CHECK(shown.find("雲") == std::string::npos);
    CHECK(shown.find("坂") == std::string::npos);
    CHECK(shown.starts_with("本日は■"));
    CHECK(shown.ends_with("です"));
  }
  CHECK(masked({"Kestrel"}, "Kes\ntrel, K e s t r e l") .find_first_of("Kestrl") == std::string::npos);
  CHECK(masked({"73,400"}, "73400円と73,400円と７３４００円").find_first_of("0123456789") == std::string::npos);
}

TEST_CASE("numbers and addresses are masked by their kind") {
  CHECK(masked({"phone"}, "電話は03-1234-5678です。3月14日") == "電話は■■■■■■■■■■■■です。3月14日");
  CHECK(masked({"メールアドレス"}, "a@b.example.jp まで") == "■■■■■■■■■■■■■■ まで");
  CHECK(masked({"数字"}, "口座1234567、12個、４３２１ ８７６５") == "口座■■■■■■■、12個、■■■■■■■■■");
}

TEST_CASE("what overlaps is one mask, and masks are listed without the word") {
  Redaction redaction({"青葉", "葉建設"});
  Exhibit exhibit;
  exhibit.number = "甲2の1";
  exhibit.title = "青葉建設の件";
  exhibit.messages.emplace_back();
  exhibit.messages.front().fields = {{"件名", "Re: 青葉建設"}, {"SHA-256", "0312345678"}};
  exhibit.messages.front().files = {{"青葉.pdf", "", 1, "", ""}};
  redaction.apply(exhibit);
  CHECK(exhibit.title == "■■■■の件");
  CHECK(exhibit.messages.front().fields.front().second == "Re: ■■■■");
  CHECK(exhibit.messages.front().files.front().name == "■■.pdf");
  REQUIRE(redaction.masks().size() == 3);
  CHECK(redaction.masks()[1].exhibit == "甲2の1");
  CHECK(redaction.masks()[1].message == 1);
  CHECK(redaction.masks()[1].part == "件名");
  CHECK(redaction.masks()[1].begin == 4);
  CHECK(redaction.masks()[1].length == 4);
}

TEST_CASE("days and hashes of ours are no phone numbers") {
  PackHeading heading;
  heading.fields = {{"Period", "2026-01-15 (Thu) 21:14:55 +09:00 – 2026-04-02"}};
  Redaction redaction({"phone", "digits"});
  redaction.apply(heading);
  CHECK(heading.fields.front().second == "2026-01-15 (Thu) 21:14:55 +09:00 – 2026-04-02");
}

TEST_CASE("sections stay where they were around masks") {
  Exhibit exhibit;
  exhibit.messages.emplace_back();
  ExhibitMessage& message = exhibit.messages.front();
  const std::string own = "山田です。\n", quoted = "> 山田様\n";
  message.text = own + quoted;
  const auto end = static_cast<std::uint32_t>(own.size());
  message.sections = {{SectionKind::own, 0, end}, {SectionKind::quoted, end, static_cast<std::uint32_t>(message.text.size())}};
  Redaction redaction({"山田"});
  redaction.apply(exhibit);
  CHECK(message.text.substr(message.sections[0].begin, message.sections[0].end - message.sections[0].begin) == "■■です。\n");
  CHECK(message.text.substr(message.sections[1].begin, message.sections[1].end - message.sections[1].begin) == "> ■■様\n");
}

TEST_CASE("no trace of a masked word is in an exhibit, wherever it stood") {
  Exhibit exhibit = test::ordinary();
  exhibit.title += "山田";
  exhibit.notes.emplace_back("山田の記録");
  exhibit.messages.back().files.push_back({"山田.xlsx", "山田", 3, "", ""});
  exhibit.messages.back().notes.emplace_back("山田");
  Redaction redaction({"山田", "mail"});
  redaction.apply(exhibit);
  const std::string all = exhibit_line(exhibit);
  CHECK(all.find("山田") == std::string::npos);
  CHECK(all.find('@') == std::string::npos);
  CHECK(redaction.masks().size() > 5);
}

TEST_CASE("a mask that can cover nothing is refused") {
  CHECK_THROWS_AS(Redaction({""}), Error);
  CHECK_THROWS_AS(Redaction({"  "}), Error);
  CHECK(Redaction({}).empty());
}
