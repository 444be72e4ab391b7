#include "store/guard.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

const std::string us = "Hana <hana@hana-web.example>";
const std::string aoba = "佐藤 健一 <sato@aoba.example>";
const std::string aoki = "青木 りん <aoki.rin@mail.example>";

// A web studio with a firm and a private person by mail, and two friends in LINE.
class Studio : public StoreFixture {
 public:
  Studio() {
    int n = 0;
    const auto mail = [&](const std::string& from, const std::string& to, const std::string& body,
                          const std::string& header = "") {
      ++n;
      const std::string day = std::to_string(10 + n);
      paths_.push_back(file("mail/" + std::to_string(n) + ".eml",
                            mail_of(from, to, "ご連絡", "Mon, " + day + " Mar 2025 10:00:00 +0900",
                                    "Message-ID: <" + day + "@t>\n" + header, body)));
    };
    mail(us, aoba, "佐藤様\n\n会員ページ制作 184,800円（税込）です。\n\n-- \nHana\nTEL 03-1111-2222\n");
    mail(aoba, us, "承知しました。\n\n株式会社青葉建設 佐藤\nTEL 03-3333-4444\n");
    mail(us, aoki, "青木様\n\nムービー 98,700円です。\n");
    mail(aoki, us, "山田さんの紹介で連絡しました。お願いします。\n");
    mail(aoba, us, "図面を送ります。\n", "Cc: 渡辺 隆 <watanabe@aoba.example>\n");
    paths_.push_back(file("line/1_20250401_20250402_さくら🌸.csv",
                          line_csv("花の店", "2025/04/03 09:00",
                                   {"User,さくら🌸,2025/04/01,09:00:00,予約したいです",
                                    "Account,石田,2025/04/01,09:10:00,佐々木様、承りました。41,300円です"})));
    paths_.push_back(
        file("line/2_20250401_20250402_田中.csv",
             line_csv("花の店", "2025/04/03 09:00", {"User,田中,2025/04/01,09:00:00,こんにちは"})));
    import(paths_, {"hana@hana-web.example"});
  }

  std::vector<GuardFinding> findings(const std::string& client, const Draft& draft,
                                     const GuardLimits& limits = {}) {
    Store store = Store::open(archive());
    return guard_draft(store, draft, store.catalogue().identifiers_named(client), limits);
  }

  // `salutation 佐藤 1:1 <佐藤 健一`: kind, words, place, with whom.
  std::vector<std::string> guard(const std::string& client, const std::string& text) {
    DraftPart part;
    part.text = text;
    std::vector<std::string> out;
    for (const GuardFinding& finding : findings(client, {part})) {
      out.push_back(std::string(guard_kind_name(finding.kind)) + " " + finding.surface + " " +
                    std::to_string(finding.line) + ":" + std::to_string(finding.column));
      for (const GuardFinding::Other& other : finding.others) out.back() += " <" + other.name;
    }
    return out;
  }

 private:
  std::vector<std::filesystem::path> paths_;
};

using Shown = std::vector<std::string>;

} // namespace

TEST_CASE("A draft that greets another client's person", "[guard]") {
  Studio studio;
  CHECK(studio.guard("青木", "佐藤様\n\nお世話になっております。\n") ==
        Shown{"salutation 佐藤 1:1 <aoba.example"});
  CHECK(studio.guard("青木", "青木様\n\nお世話になっております。\n").empty());
  CHECK(studio.guard("aoba.example", "株式会社青葉建設\n佐藤様\n").empty());
  CHECK(studio.guard("aoba.example", "渡辺様\n").empty());
  CHECK(studio.guard("aoba.example", "先日お会いした佐藤様、ご無沙汰しております。\n").empty());
}

TEST_CASE("A name that stands in several places is told once, and not where it is addressed", "[guard]") {
  Studio studio;
  DraftPart part;
  part.text = "佐藤様\n青葉建設の佐藤様へ、佐藤様から。\n";
  CHECK(studio.guard("青木", part.text) ==
        Shown{"salutation 佐藤 1:1 <aoba.example", "name 佐藤 2:6 <aoba.example"});
  CHECK(studio.findings("青木", {part}).at(1).times == 2);
}

TEST_CASE("A draft that greets somebody whom nobody knows", "[guard]") {
  Studio studio;
  CHECK(studio.guard("青木", "木村様\n") == Shown{"salutation 木村 1:1"});
  // 山田 stands in a mail of 青木, but is somebody else there.
  CHECK(studio.guard("青木", "山田様\n") == Shown{"salutation 山田 1:1"});
  // That is how we called this friend before, whatever it calls itself.
  CHECK(studio.guard("さくら", "佐々木様\n").empty());
  CHECK(studio.guard("さくら", "アオキ様\n") == Shown{"salutation アオキ 1:1"});
}

TEST_CASE("What occurs only with another client", "[guard]") {
  Studio studio;
  CHECK(studio.guard("青木",
                     "青木様\n会員ページ 184,800円\nsato@aoba.example 0333334444\n青葉建設の佐藤部長\n") ==
        Shown{"amount 184,800円 2:7 <aoba.example", "address sato@aoba.example 3:1 <aoba.example",
              "phone 0333334444 3:19 <aoba.example", "name 佐藤 4:6 <aoba.example"});
  CHECK(studio.guard("aoba.example", "佐藤様\n184,800円 sato@aoba.example 03-3333-4444\n").empty());
  CHECK(studio.guard("aoba.example", "佐藤様\nムービー 98,700円\n") ==
        Shown{"amount 98,700円 2:6 <青木 りん"});
}

TEST_CASE("The newest message says where it was seen", "[guard]") {
  Studio studio;
  DraftPart part;
  part.text = "青木様\n184,800円\n再度 184,800円\n";
  const auto findings = studio.findings("青木", {part});
  REQUIRE(findings.size() == 1);
  REQUIRE(findings[0].newest);
  CHECK(findings[0].newest->direction == Direction::out);
  CHECK(findings[0].newest->quote == "会員ページ制作 184,800円（税込）です。");
}

TEST_CASE("Our own names, addresses and numbers belong to everybody", "[guard]") {
  Studio studio;
  CHECK(studio
            .guard("青木", "青木様\n\n花の店 石田\nHana <hana@hana-web.example>, other@hana-web.example\nTEL "
                           "03-1111-2222\n")
            .empty());
}

TEST_CASE("A mail that goes to another client", "[guard]") {
  Studio studio;
  DraftPart to, body, file;
  to.place = DraftPart::Place::to;
  to.text = "青木 りん <aoki.rin@mail.example>\n佐藤 健一 <sato@aoba.example>\n";
  body.text = "青木様\n";
  const auto findings = studio.findings("青木", {to, body});
  REQUIRE(findings.size() == 2);
  // In the order of the draft.
  CHECK(findings[0].kind == GuardKind::name);
  CHECK(findings[1].kind == GuardKind::recipient);
  CHECK(findings[1].surface == "sato@aoba.example");
  CHECK(findings[1].line == 0);
}

TEST_CASE("Lines of a table count as they stand in it", "[guard]") {
  Studio studio;
  DraftPart sheet;
  sheet.place = DraftPart::Place::sheet;
  sheet.sheet = "見積";
  sheet.text = "青木 りん 様\n合計\t184,800円\n";
  sheet.numbers = {3, 12};
  const auto findings = studio.findings("青木", {sheet});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].line == 12);
  CHECK(findings[0].column == 4);
}

TEST_CASE("Nothing, signs and figures that stand nowhere", "[guard]") {
  Studio studio;
  for (const char* text :
       {"", "\n\n", "\"\"\"", "様", "123,457円 090-9999-8888 who@where.example 新図面X9.pdf", "\xff\xfe"}) {
    INFO(text);
    CHECK(studio.guard("青木", text).empty());
  }
}

TEST_CASE("A draft beyond the limits is not checked in part", "[guard]") {
  Studio studio;
  GuardLimits limits;
  limits.max_text_bytes = 100;
  DraftPart part;
  part.text = std::string(101, 'x');
  CHECK_THROWS_AS(studio.findings("青木", {part}, limits), Error);
  limits.max_text_bytes = 1 << 20;
  limits.max_words = 3;
  part.text = "1,234円 1,235円 1,236円 1,237円";
  CHECK_THROWS_AS(studio.findings("青木", {part}, limits), Error);
}
