// The ledger of a whole archive: what a row has, how rows are asked for, and that it is the same whatever came in first.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "fixture.hpp"

using namespace genchi;
using test::line_csv;
using test::mail_of;

namespace {

namespace fs = std::filesystem;
using catalogue::LedgerFilter;
using catalogue::MessageFilter;

const std::string us = "info@tsubame-web.example", them = "Sato <sato@kobo-nagi.example>", cloud = "Kumo Cloud <billing@kumo.example>";

class LedgerFixture : public test::StoreFixture {
 public:
  std::vector<fs::path> files() {
    return {file("in/1.eml", mail_of(them, us, "4月分請求書", "Thu, 30 Apr 2026 10:00:00 +0900", "Message-ID: <1@k>\n", "請求日：2026年4月25日\nご請求金額：110,000円（税込）\n登録番号 T7000012050002")),
            file("in/2.eml", mail_of(us, them, "御見積書送付のご案内", "Mon, 02 Mar 2026 10:00:00 +0900", "Message-ID: <2@t>\n", "ロゴ制作 80,000円（税別）")),
            file("in/3.eml", mail_of(cloud, us, "領収書発行のお知らせ", "Fri, 01 May 2026 03:00:00 +0900", "Message-ID: <3@c>\nPrecedence: bulk\n", "合計 ¥1,980（税込）\n次回のお支払いは6月1日です。いかがでしょうか。")),
            file("in/4.eml", mail_of(them, us, "請求書を送付いたします", "Sat, 28 Feb 2026 10:00:00 +0900", "Message-ID: <4@k>\n", "金額は添付をご覧ください。")),
            file("in/5.eml", mail_of(them, us, "請求書送付のお願い", "Sun, 01 Mar 2026 10:00:00 +0900", "Message-ID: <5@k>\n", "4月分55,000円の請求書を送ってください。")),
            file("in/1_20260302_20260306_佐藤.csv", line_csv("凪", "2026/03/07 09:00:00", {"User,佐藤,2026/03/05,09:00:00,名刺200枚、5,500円で発注します！", "User,佐藤,2026/03/05,09:00:00,名刺100枚、3,300円で注文します！",
                                                                                             "Account,凪,2026/03/06,09:00:00,ありがとうございます"}))};
  }

  std::vector<std::string> rows(const LedgerFilter& which = {}, const MessageFilter& filter = {}) {
    Store store = Store::open(archive());
    std::vector<std::string> out;
    store.catalogue().ledger(filter, which, [&](const catalogue::Said& said) {
      const BusinessDocument& document = said.facts.document;
      DateFact day;
      day.first = day.last = document.day;
      out.push_back(day.value() + " " + std::string(document_title(document.kind)) + " " + (document.total && document.total->yen ? std::to_string(*document.total->yen) : "-"));
      return true;
    });
    const auto count = store.catalogue().ledger_count(filter, which);
    CHECK(count.rows == out.size());
    CHECK(count.blank == static_cast<std::uint64_t>(std::count_if(out.begin(), out.end(), [](const std::string& row) { return row.ends_with("-"); })));
    return out;
  }
};

const std::vector<std::string> expected{"2026-02-28 請求書 -", "2026-03-02 見積書 80000", "2026-03-05 注文書 3300", "2026-03-05 注文書 5500", "2026-04-25 請求書 110000", "2026-05-01 領収書 1980"};

std::vector<std::string> sorted(std::vector<std::string> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

} // namespace

TEST_CASE_METHOD(LedgerFixture, "The ledger does not depend on the order of import, and is there after a reindex") {
  auto paths = files();
  import(paths, {us});
  const auto first = rows();
  CHECK(sorted(first) == expected);
  std::mt19937 random(11);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(paths.begin(), paths.end(), random);
    fs::remove_all(archive());
    for (const fs::path& path : paths) import({path}, {us});
    CAPTURE(round);
    CHECK(rows() == first);
  }
  Store::open_for_writing(archive(), false).rebuild(nullptr);
  CHECK(rows() == first);
}

TEST_CASE_METHOD(LedgerFixture, "Rows are asked for by day, amount, kind and other side, in any combination") {
  import(files(), {us});
  LedgerFilter which;
  which.first = {2026, 4, 25};
  CHECK(rows(which) == std::vector<std::string>{expected[4], expected[5]});
  which.last = {2026, 4, 25};
  CHECK(rows(which) == std::vector<std::string>{expected[4]});
  which = {};
  which.least = 5500;
  which.greatest = 80'000;
  CHECK(sorted(rows(which)) == std::vector<std::string>{expected[1], expected[3]});
  which.kinds = 1U << static_cast<unsigned>(DocumentKind::quotation);
  CHECK(rows(which) == std::vector<std::string>{expected[1]});
  which = {};
  which.blank = true;
  CHECK(rows(which) == std::vector<std::string>{expected[0]});
  which = {};
  which.least = 1;
  MessageFilter nagi;
  nagi.identifiers = {"domain:kobo-nagi.example"};
  CHECK(rows(which, nagi) == std::vector<std::string>{expected[1], expected[4]});
  MessageFilter line;
  line.channel = Channel::line;
  CHECK(rows({}, line).size() == 2);
  line.accounts = {"どこでもない"};
  CHECK(rows({}, line).empty());
}

TEST_CASE_METHOD(LedgerFixture, "A machine's receipt is in the ledger, and in no list of prices, days or searches") {
  import(files(), {us});
  {
    Store store = Store::open(archive());
    for (const auto what : {catalogue::Catalogue::Saying::amounts, catalogue::Catalogue::Saying::dates, catalogue::Catalogue::Saying::act})
      store.catalogue().said({}, what, [&](const catalogue::Said& said) {
        CHECK(said.client != "domain:kumo.example");
        return true;
      });
    store.catalogue().promised({}, {2026, 5, 1}, {2026, 12, 31}, {DateRole::mention, DateRole::payment, DateRole::deadline}, catalogue::Catalogue::Order::oldest_first, [&](const catalogue::Said& said, const DateFact&) {
      CHECK(said.client != "domain:kumo.example");
      return true;
    });
    for (const auto& deal : store.catalogue().deals()) CHECK(deal.client != "domain:kumo.example");
    CHECK(store.catalogue().ledger_parties("kumo").size() == 1);
    CHECK(store.catalogue().ledger_parties("どこでもない").empty());
    CHECK(store.catalogue().party_of("domain:kumo.example").number == 0);
  }
  CHECK(search("price:1980").empty());
  CHECK(search("領収書 has:price").empty());
  CHECK(search("領収書 has:date").empty());
  CHECK(search("領収書").size() == 1);
}

TEST_CASE_METHOD(LedgerFixture, "What goes to the trash leaves the ledger") {
  file("box/.Trash/cur/1:2,S", mail_of(them, us, "4月分請求書", "Thu, 30 Apr 2026 10:00:00 +0900", "Message-ID: <1@k>\n", "ご請求金額：110,000円（税込）"));
  file("box/.Trash/new/x", mail_of(them, us, "雑談", "Thu, 30 Apr 2026 11:00:00 +0900", "Message-ID: <9@k>\n", "お元気ですか。"));
  file("box/cur/2:2,S", mail_of(them, us, "御見積書", "Fri, 01 May 2026 10:00:00 +0900", "Message-ID: <2@k>\n", "ロゴ 50,000円"));
  file("box/new/x", mail_of(them, us, "雑談", "Thu, 30 Apr 2026 12:00:00 +0900", "Message-ID: <8@k>\n", "お元気ですか。"));
  import({archive().parent_path() / "in/box"}, {us});
  CHECK(rows() == std::vector<std::string>{"2026-05-01 見積書 50000"});
}
