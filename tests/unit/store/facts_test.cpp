// Facts of a whole archive: the same whatever came in first, searched, corrected, and made again.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "catalogue/decisions.hpp"
#include "facts/stream.hpp"
#include "fixture.hpp"

using namespace genchi;
using test::line_csv;
using test::mail_of;

namespace {

namespace fs = std::filesystem;

const std::string us = "info@tsubame-web.example", them = "Sato <sato@kobo-nagi.example>";

/// What is read out of a message, as a line: "55000 offer; 2026-04-10 delivery; proposal".
std::string said(const Facts& facts) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
  for (const Amount& amount : facts.amounts) add((amount.yen ? std::to_string(*amount.yen) : amount.currency + amount.value) + " " + std::string(role_name(amount.role)));
  for (const DateFact& date : facts.dates) add(date.value() + " " + std::string(role_name(date.role)));
  if (facts.act != Act::none) add(std::string(act_name(facts.act)) + (facts.conditional ? " conditional" : ""));
  return out;
}

class FactsFixture : public test::StoreFixture {
 public:
  /// By sent time and text: the ids of LINE rows depend on which download came first.
  std::map<std::string, std::string> all() {
    Store store = Store::open(archive());
    std::map<std::string, std::multiset<std::string>> of; // one text may be sent to many in one second
    index::SearchOptions options;
    options.with_hidden = true;
    store.searcher().for_each(*index::parse_query("", {}), options, [&](index::Hit&& hit) {
      const auto facts = store.catalogue().facts(hit.message.id);
      of[iso8601(hit.message.sent) + " " + hit.message.text].insert(facts ? said(*facts) : "nothing");
      // What searches ask is what the catalogue says.
      const SoughtFacts expected = facts ? sought(*facts) : SoughtFacts();
      CHECK(hit.message.facts.yen == expected.yen);
      CHECK(hit.message.facts.act == expected.act);
      CHECK(hit.message.facts.due.size() == expected.due.size());
      return true;
    });
    std::map<std::string, std::string> out;
    for (const auto& [message, facts] : of)
      for (const std::string& one : facts) out[message] += one + " | ";
    return out;
  }

  /// What is not as in `expected`, as lines.
  std::string differences(const std::map<std::string, std::string>& expected) {
    std::string out;
    const auto now = all();
    for (const auto& [message, facts] : expected) {
      const auto at = now.find(message);
      if (at == now.end()) out += "gone: " + message + "\n";
      else if (at->second != facts) out += message + "\n  was " + facts + "\n  is  " + at->second + "\n";
    }
    for (const auto& [message, facts] : now)
      if (!expected.contains(message)) out += "new: " + message + " " + facts + "\n";
    return out;
  }

  std::vector<std::string> found(const std::string& query) {
    std::vector<std::string> out;
    for (const MessageRecord& m : search(query)) out.push_back(m.text.substr(0, m.text.find('\n')));
    std::sort(out.begin(), out.end());
    return out;
  }

  MessageRecord one(const std::string& query) {
    const auto all = search(query);
    REQUIRE(all.size() == 1);
    return all.front();
  }

  void decide(const Sha256& message, const facts::Correction& correction) {
    Store store = Store::open_for_writing(archive(), false);
    store.archive().append(JournalKind::fact, catalogue::to_payload({message, correction}));
    store.catch_up(nullptr);
  }

  Facts facts_of(const Sha256& id) { return Store::open(archive()).catalogue().facts(id).value_or(Facts()); }

  /// An offer by mail, its acceptance in the same thread, and what follows.
  void import_deal() {
    import({file("deal/1.eml", mail_of(us, them, "お見積り", "Mon, 02 Mar 2026 10:00:00 +0900", "Message-ID: <1@t>\n",
                                       "トップページ制作　120,000円（税別）\n納期は4月10日です。いかがでしょうか。")),
            file("deal/2.eml", mail_of(them, us, "Re: お見積り", "Tue, 03 Mar 2026 09:00:00 +0900", "Message-ID: <2@t>\nIn-Reply-To: <1@t>\n",
                                       "承知しました。")),
            file("deal/3.eml", mail_of(us, them, "納品", "Fri, 10 Apr 2026 18:00:00 +0900", "Message-ID: <3@t>\n", "本日納品しました。ご確認ください。"))},
           {us});
  }
};

} // namespace

TEST_CASE_METHOD(FactsFixture, "Facts do not depend on the order of import") {
  const std::vector<std::string> rows{"Account,凪,2026/03/02,10:00:00,撮影は3万円です。来月12日でいかがですか？",
                                      "User,佐藤,2026/03/02,21:00:00,ありがとうございます",
                                      "User,佐藤,2026/03/05,09:00:00,承知しました。12日でお願いします",
                                      "Account,凪,2026/03/06,09:00:00,では翌日までにデータをお渡しします"};
  const std::vector<std::string> early(rows.begin(), rows.begin() + 2), late(rows.begin() + 1, rows.end());
  const fs::path samples = GENCHI_SAMPLES;
  std::vector<fs::path> paths{file("a/1_20260302_20260302_佐藤.csv", line_csv("凪", "2026/03/03 09:00:00", early)),
                              file("b/1_20260302_20260306_佐藤.csv", line_csv("凪", "2026/03/07 09:00:00", late)),
                              samples / "mail/eml", samples / "mail/Maildir", samples / "mail/tsubame.mbox", samples / "line/2026-03",
                              samples / "line/line_oa_chat_csv_260402_180512.zip", samples / "line/excel"};
  import(paths, {"info@tsubame-web.example"});
  const auto expected = all();
  CHECK(expected.size() > 100);
  std::mt19937 random(7);
  for (int round = 0; round < 4; ++round) {
    std::shuffle(paths.begin(), paths.end(), random);
    fs::remove_all(archive());
    for (const fs::path& path : paths) import({path}, {"info@tsubame-web.example"}); // each by a run of its own
    CAPTURE(round);
    CHECK(differences(expected) == "");
  }
  Store::open_for_writing(archive(), false).rebuild(nullptr);
  CHECK(differences(expected) == "");
}

TEST_CASE_METHOD(FactsFixture, "When our own addresses turn out to be others, no client keeps facts or deals of messages that went over") {
  import_deal();
  const auto file_of_them = file("more.eml", mail_of("Sato <sato@kobo-nagi.example>", "Mori <mori@hibari.example>", "お見積り",
                                                     "Mon, 06 Apr 2026 10:00:00 +0900", "Message-ID: <9@k>\n", "撮影は80,000円です。いかがでしょうか。"));
  import({file_of_them}, {"sato@kobo-nagi.example"});
  const auto lines = [&] {
    Store store = Store::open(archive());
    std::set<std::string> out;
    for (const auto& deal : store.catalogue().deals()) out.insert(deal.client + " " + deal.proposal.hex() + " " + std::to_string(deal.deal.steps.size()));
    return out;
  };
  const auto deals = lines();
  const auto facts = all();
  CHECK_FALSE(deals.empty());
  Store::open_for_writing(archive(), false).rebuild(nullptr);
  CHECK(lines() == deals);
  CHECK(differences(facts) == "");
}

TEST_CASE_METHOD(FactsFixture, "What is said is listed by time, what is promised by its day, deals by their last step") {
  import_deal();
  import({file("chat/1_20260401_20260402_田中.csv", line_csv("凪", "2026/04/03 09:00:00",
                                                             {"Account,凪,2026/04/01,10:00:00,撮影は3万円です。4月20日でいかがですか？",
                                                              "Account,凪,2026/04/02,11:00:00,アルバムは8千円です。5月10日までにお返事ください。いかがでしょうか"}))});
  using catalogue::Catalogue;
  Store store = Store::open(archive());
  const Catalogue& held = store.catalogue();
  const auto amounts = [&](const catalogue::MessageFilter& filter, std::size_t most) {
    std::vector<std::int64_t> out;
    held.said(filter, Catalogue::Saying::amounts, [&](const catalogue::Said& said) {
      for (const Amount& amount : said.facts.amounts) out.push_back(amount.yen.value_or(-1));
      return out.size() < most;
    });
    return out;
  };
  const std::vector<DateRole> promised{DateRole::deadline, DateRole::appointment, DateRole::delivery, DateRole::payment};
  const auto days = [&](const catalogue::MessageFilter& filter, CivilDay first, CivilDay last, Catalogue::Order order) {
    std::vector<std::string> out;
    held.promised(filter, first, last, promised, order, [&](const catalogue::Said&, const DateFact& date) {
      out.push_back(date.value());
      return true;
    });
    return out;
  };
  catalogue::MessageFilter all, mail, chats, april, none;
  mail.channel = Channel::mail;
  chats.identifiers = held.identifiers_named("田中");
  april.begin = utc_from_civil({2026, 4, 2}, 0, 0, 0, japan_offset_minutes);
  none.accounts = {"ほかの店"};
  const auto oldest = Catalogue::Order::oldest_first, newest = Catalogue::Order::newest_first;

  CHECK(amounts(all, 9) == std::vector<std::int64_t>{8'000, 30'000, 120'000});
  CHECK(amounts(all, 1) == std::vector<std::int64_t>{8'000});
  CHECK(amounts(mail, 9) == std::vector<std::int64_t>{120'000});
  CHECK(amounts(chats, 9) == std::vector<std::int64_t>{8'000, 30'000});
  CHECK(amounts(april, 9) == std::vector<std::int64_t>{8'000});
  CHECK(amounts(none, 9).empty());

  const std::vector<std::string> by_day = days(all, {2026, 1, 1}, {2026, 12, 31}, oldest);
  CHECK(std::is_sorted(by_day.begin(), by_day.end()));
  CHECK(std::count(by_day.begin(), by_day.end(), "2026-04-20") == 1);
  CHECK(by_day.back() == "2026-05-10");
  CHECK(days(all, {2026, 1, 1}, {2026, 12, 31}, newest).front() == "2026-05-10");
  CHECK(days(all, {2026, 4, 20}, {2026, 4, 20}, oldest) == std::vector<std::string>{"2026-04-20"});
  CHECK(days(chats, {2026, 4, 20}, {2026, 5, 10}, oldest) == std::vector<std::string>{"2026-04-20", "2026-05-10"});
  CHECK(days(all, {2026, 5, 11}, {9999, 12, 31}, oldest).empty());
  CHECK(days(april, {2026, 4, 20}, {2026, 4, 20}, oldest).empty());

  const auto deals = [&](const std::vector<facts::DealState>& states, Catalogue::Order order) {
    std::vector<UtcSeconds> last;
    held.deals({}, states, order, [&](const catalogue::ClientDeal& deal) {
      last.push_back(deal.deal.steps.back().sent);
      CHECK(held.message_numbered(deal.deal.id()) == deal.proposal);
      return true;
    });
    return last;
  };
  const auto by_age = deals({}, oldest);
  CHECK(by_age.size() >= 2);
  CHECK(std::is_sorted(by_age.begin(), by_age.end()));
  CHECK(deals({facts::DealState::agreed}, newest).size() == 1);
  CHECK(deals({facts::DealState::cancelled}, newest).empty());
  CHECK(held.message_numbered(1) == std::nullopt);
}

TEST_CASE_METHOD(FactsFixture, "Amounts, promised days and acts are searched with words") {
  import_deal();
  CHECK(found("price:120000") == std::vector<std::string>{"トップページ制作　120,000円（税別）"});
  CHECK(found("金額:10万..15万円 トップページ").size() == 1);
  CHECK(found("price:120001..").empty());
  CHECK(found("price:..119999").empty());
  CHECK(found("期限:2026-04").size() >= 1);
  CHECK(found("due:2026-04-10 has:price").size() == 1);
  CHECK(found("due:2026-04-11..").empty());
  CHECK(found("is:proposal").size() == 1);
  CHECK(found("is:承諾") == std::vector<std::string>{"承知しました。"});
  CHECK(found("-has:price is:acceptance").size() == 1);
}

TEST_CASE_METHOD(FactsFixture, "What a person decided wins over the rules, counts for what follows, and is there after a reindex") {
  import_deal();
  const Sha256 offer = one("has:price").id, answer = one("is:acceptance").id, delivery = one("納品しました").id;

  facts::Correction amount;
  amount.action = facts::Correction::Action::set;
  amount.amount = facts_of(offer).amounts.front();
  amount.place = amount.amount->place;
  amount.amount->yen = 125'000;
  decide(offer, amount);
  facts::Correction no_offer;
  no_offer.kind = facts::Correction::Kind::act;
  no_offer.action = facts::Correction::Action::reject;
  decide(offer, no_offer);
  facts::Correction words; // of a message that says nothing
  words.kind = facts::Correction::Kind::act;
  words.action = facts::Correction::Action::set;
  words.act = Act::hold;
  decide(delivery, words);

  const auto check = [&] {
    CHECK(facts_of(offer).amounts.front().yen == 125'000);
    CHECK(facts_of(offer).amounts.front().rule == "person");
    CHECK(facts_of(offer).act == Act::none);
    CHECK(facts_of(answer).act == Act::none); // nothing is proposed any more
    CHECK(facts_of(delivery).act == Act::hold);
    CHECK(found("price:125000").size() == 1);
    CHECK(found("price:120000").empty());
    CHECK(found("is:hold").size() == 1);
  };
  check();
  Store::open_for_writing(archive(), false).rebuild(nullptr);
  check();

  facts::Correction confirmed;
  confirmed.kind = facts::Correction::Kind::act;
  confirmed.action = facts::Correction::Action::set;
  confirmed.act = Act::proposal;
  decide(offer, confirmed);
  CHECK(facts_of(answer).act == Act::acceptance);
}

TEST_CASE("A decision reads back as it was written down") {
  facts::Correction c;
  c.place = {3, 9, true};
  c.action = facts::Correction::Action::set;
  c.amount.emplace();
  c.amount->yen = -5;
  c.amount->item = "名刺";
  c.amount->tax = Tax::included;
  c.amount->quantity = 500;
  const Sha256 id = sha256("message");
  const auto back = catalogue::read_decision(catalogue::to_payload({id, c}));
  REQUIRE(back);
  CHECK(back->message == id);
  CHECK(back->correction.place == c.place);
  CHECK(back->correction.amount->yen == -5);
  CHECK(back->correction.amount->item == "名刺");
  CHECK(back->correction.amount->tax == Tax::included);
  CHECK(back->correction.amount->quantity == 500);
  for (const char* bad : {"", "[]", "{}", R"({"message":"00","kind":"amount","action":"set"})", R"({"kind":"date","action":"confirm"})"})
    CHECK_FALSE(catalogue::read_decision(bad));
  CHECK_FALSE(catalogue::read_decision(R"({"message":")" + id.hex() + R"(","kind":"date","action":"set","begin":1,"end":2,"date":{"first":[2024,2,30],"last":[2024,3,1]}})"));
}

TEST_CASE_METHOD(FactsFixture, "Words of the user's own are read by, and only a rebuild exchanges them") {
  const auto offer = file("a.eml", mail_of(us, them, "見積", "Mon, 02 Mar 2026 10:00:00 +0900", "Message-ID: <1@t>\n", "5万円でいかがでしょうか。"));
  const auto answer = file("b.eml", mail_of(them, us, "Re: 見積", "Mon, 02 Mar 2026 12:00:00 +0900", "Message-ID: <2@t>\nIn-Reply-To: <1@t>\n", "ぽちっと!"));
  import({offer, answer}, {us});
  CHECK(found("is:acceptance").empty());
  Store::open_for_writing(archive(), false).rebuild(nullptr, {}, "acceptance\tぽちっと\n");
  CHECK(found("is:acceptance") == std::vector<std::string>{"ぽちっと!"});
  Store::open_for_writing(archive(), false).rebuild(nullptr);
  CHECK(found("is:acceptance").size() == 1);
  Store::open_for_writing(archive(), false).rebuild(nullptr, {}, "");
  CHECK(found("is:acceptance").empty());
}
