// Threads, directions, clients and copies of mails, whatever the order of import.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/store/fixture.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

const std::string us = "つばめ <info@tsubame.example>";
const std::string aoba = "佐藤 花子 <sato@aoba.example>";
const std::string april_1 = "Mon, 1 Apr 2024 09:00:00 +0900";
const std::string april_2 = "Tue, 2 Apr 2024 09:00:00 +0900";
const std::string april_3 = "Wed, 3 Apr 2024 09:00:00 +0900";

std::set<std::string> conversations(const std::vector<MessageRecord>& messages) {
  std::set<std::string> out;
  for (const auto& m : messages) out.insert(m.conversation);
  return out;
}

}  // namespace

TEST_CASE("a thread is one conversation even when its root comes last") {
  const std::string root = mail_of(aoba, us, "見積のお願い", april_1, "Message-ID: <1@aoba.example>\n", "お願いします。");
  const std::string reply = mail_of(us, aoba, "Re: 見積のお願い", april_2, "Message-ID: <2@t.example>\nIn-Reply-To: <1@aoba.example>\n", "承知しました。");
  const std::string third = mail_of(aoba, us, "Re: 見積のお願い", april_3, "Message-ID: <3@aoba.example>\nReferences: <1@aoba.example> <2@t.example>\n", "どうも。");
  const std::string other = mail_of(aoba, us, "請求の件", april_3, "Message-ID: <4@aoba.example>\n", "別件です。");
  std::vector<std::string> mails{root, reply, third, other};
  std::sort(mails.begin(), mails.end());
  std::set<Sha256> fingerprints;
  std::set<std::string> keys;
  do {
    StoreFixture store;
    for (std::size_t i = 0; i < mails.size(); ++i) store.import({store.file(std::to_string(i) + ".eml", mails[i])}, {"info@tsubame.example"});
    CHECK(conversations(store.search("件名:見積")).size() == 1);
    CHECK(conversations(store.search("")).size() == 2);
    keys.insert(*conversations(store.search("件名:見積")).begin());
    fingerprints.insert(store.fingerprint());
  } while (std::next_permutation(mails.begin(), mails.end()));
  CHECK(fingerprints.size() == 1);
  CHECK(keys.size() == 1);
}

TEST_CASE("a reply without References joins by subject, a new mail of the same subject does not") {
  StoreFixture store;
  store.import({store.file("a.eml", mail_of(aoba, us, "納期について", april_1, "Message-ID: <1@x>\n", "一通目")),
                store.file("b.eml", mail_of(us, aoba, "RE: 納期について", april_2, "Message-ID: <2@x>\n", "返事")),
                store.file("c.eml", mail_of(aoba, us, "納期について", april_3, "Message-ID: <3@x>\n", "別の話")),
                store.file("d.eml", mail_of("x@other.example", us, "Re: 納期について", april_3, "Message-ID: <4@x>\n", "他人"))},
               {"info@tsubame.example"});
  CHECK(conversations(store.search("一通目 OR 返事")).size() == 1);
  CHECK(conversations(store.search("")).size() == 3);
}

TEST_CASE("directions follow our own addresses, given or guessed") {
  const std::string incoming = mail_of(aoba, us, "質問", april_1, "Delivered-To: info@tsubame.example\nMessage-ID: <1@x>\n", "質問です");
  const std::string second = mail_of("y@b.example", us, "質問2", april_1, "Delivered-To: info@tsubame.example\nMessage-ID: <2@x>\n", "質問2です");
  const std::string outgoing = mail_of(us, aoba, "回答", april_2, "Message-ID: <3@x>\n", "回答です");
  const std::string colleague = mail_of("鈴木 <suzuki@tsubame.example>", aoba, "補足", april_3, "Message-ID: <5@x>\n", "補足です");
  for (const bool given : {true, false}) {
    StoreFixture store;
    const auto imported = store.import({store.file("1.eml", incoming), store.file("2.eml", second), store.file("3.eml", outgoing), store.file("5.eml", colleague)},
                                       given ? std::vector<std::string>{"info@tsubame.example"} : std::vector<std::string>{});
    CHECK(imported.result.guessed_own.empty() == given);
    CHECK(store.search("subject:質問").front().direction == Direction::in);
    CHECK(store.search("subject:回答").front().direction == Direction::out);
    CHECK(store.search("subject:補足").front().direction == Direction::out);
    CHECK(store.search("subject:回答").front().identifiers.front() == "domain:aoba.example");
    CHECK(store.search("client:aoba").size() == 3);
  }
}

TEST_CASE("own addresses given later turn directions around") {
  StoreFixture store;
  store.import({store.file("1.eml", mail_of(us, aoba, "回答", april_2, "", "回答です"))});
  CHECK(store.search("回答").front().direction == Direction::in);
  store.import({}, {"info@tsubame.example"});
  CHECK(store.search("回答").front().direction == Direction::out);
}

TEST_CASE("mail from our own contact form comes from the client") {
  StoreFixture store;
  store.import({store.file("1.eml", mail_of(us, us, "お問い合わせ", april_1, "Reply-To: rin@example.com\nMessage-ID: <1@x>\n", "Reply-Toのある質問")),
                store.file("2.eml", mail_of(us, us, "お問い合わせ", april_2, "Message-ID: <2@x>\n", "メールアドレス：mio@example.net\n本文の質問"))},
               {"info@tsubame.example"});
  const auto by_header = store.search("Reply-Toのある質問");
  REQUIRE(by_header.size() == 1);
  CHECK(by_header.front().direction == Direction::in);
  CHECK(by_header.front().identifiers.front() == "domain:example.com");
  const auto by_body = store.search("本文の質問");
  REQUIRE(by_body.size() == 1);
  CHECK(by_body.front().direction == Direction::in);
  CHECK(by_body.front().identifiers.front() == "domain:example.net");
}

TEST_CASE("sent and received copy are one row with two copies, another text is flagged") {
  const std::string sent = mail_of(us, aoba, "見積", april_1, "Message-ID: <1@x>\n", "5万円です");
  const std::string received = mail_of(us, aoba, "見積", april_1, "Received: from a by b; Mon, 1 Apr 2024 09:00:05 +0900\nMessage-ID: <1@x>\n", "5万円です");
  const std::string forged = mail_of(us, aoba, "見積", april_1, "Message-ID: <1@x>\n", "4万円です");
  StoreFixture store;
  store.import({store.file("1.eml", sent), store.file("2.eml", received)}, {"info@tsubame.example"});
  auto rows = store.search("5万円です");
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().copies == 2);
  CHECK_FALSE(rows.front().flags & flag_differs);
  store.import({store.file("3.eml", forged)});
  rows = store.search("件名:見積");
  REQUIRE(rows.size() == 2);
  CHECK((rows[0].flags & rows[1].flags & flag_differs) != 0);
}

TEST_CASE("a company is one client, free mail addresses are one each") {
  StoreFixture store;
  store.import({store.file("1.eml", mail_of(aoba, us, "a", april_1, "", "1")), store.file("2.eml", mail_of("suzuki@aoba.example", us, "b", april_1, "", "2")),
                store.file("3.eml", mail_of("rin@gmail.com", us, "c", april_1, "", "3")), store.file("4.eml", mail_of("mio@gmail.com", us, "d", april_1, "", "4")),
                store.file("5.eml", mail_of("news@shop.example", us, "e", april_1, "List-Unsubscribe: <https://shop.example/>\n", "5"))},
               {"info@tsubame.example"});
  Store opened = Store::open(store.archive());
  std::set<std::string> identifiers;
  for (const auto& client : opened.catalogue().clients()) identifiers.insert(client.identifiers.front());
  CHECK(identifiers == std::set<std::string>{"domain:aoba.example", "addr:rin@gmail.com", "addr:mio@gmail.com"});
}

TEST_CASE("client numbers stay when catalogue and index are made anew") {
  StoreFixture store;
  store.import({store.file("1.eml", mail_of(aoba, us, "a", april_2, "", "1"))}, {"info@tsubame.example"});
  store.import({store.file("2.eml", mail_of("x@b.example", us, "b", april_1, "", "2"))});
  const auto numbers = [&] {
    std::map<std::string, std::int64_t> out;
    for (const auto& client : Store::open(store.archive()).catalogue().clients()) out[client.identifiers.front()] = client.number;
    return out;
  };
  const auto before = numbers();
  CHECK(before.at("domain:aoba.example") == 1);
  CHECK(before.at("domain:b.example") == 2);
  const Sha256 fingerprint = store.fingerprint();
  { Store::open_for_writing(store.archive(), false).rebuild(nullptr); }
  CHECK(numbers() == before);
  CHECK(store.fingerprint() == fingerprint);
}

TEST_CASE("Gmail's labels tell sent mail, spam and trash; a copy elsewhere outweighs the trash") {
  StoreFixture store;
  const std::string offer = mail_of(aoba, us, "広告", april_1, "Message-ID: <1@x>\n", "迷惑な広告");
  store.import({store.file("1.eml", "X-Gmail-Labels: Spam\n" + offer)}, {"info@tsubame.example"});
  CHECK((store.search("迷惑な広告").front().flags & flag_spam) != 0);
  store.import({store.file("2.eml", "X-Gmail-Labels: Inbox\n" + offer)});
  CHECK((store.search("迷惑な広告").front().flags & flag_spam) == 0);
  CHECK(store.search("").size() == 1);
}

TEST_CASE("a client is found under every spelling of the name, and stays one of several") {
  StoreFixture store;
  store.import({store.file("1.eml", mail_of("青木 りん <info@aoki-design.example>", us, "一", april_1, "Message-ID: <1@x>\n", "一です")),
                store.file("2.eml", mail_of("青山 りか <info@aoyama.example>", us, "二", april_1, "Message-ID: <2@x>\n", "二です")),
                store.file("3.eml", mail_of("株式会社みなと印刷 <sales@minato.example>", us, "三", april_1, "Message-ID: <3@x>\n", "三です")),
                store.file("4.eml", mail_of("\"Ohno, Hana\" <hana.ohno@gmail.com>", us, "四", april_1, "Message-ID: <4@x>\n", "四です"))},
               {"info@tsubame.example"});
  store.import({store.file("line/1_20260401_20260401_☆あおき☆(レギュラー).csv",
                           line_csv("美容室ミモザ", "2026/04/02 10:00", {"User,☆あおき☆(レギュラー),2026/04/01,09:00:00,五です"}))});
  const auto clients = [&](const std::string& name) { return Store::open(store.archive()).catalogue().identifiers_named(name); };
  const std::string aoki = "domain:aoki-design.example";
  const auto chat = clients("レギュラー");
  REQUIRE(chat.size() == 1);
  CHECK(chat.front().starts_with("chat:"));
  for (const char* name : {"青木 りん", "青木りん様", "Rin Aoki", "アオキリン"}) {
    CAPTURE(name);
    CHECK(clients(name) == std::vector<std::string>{aoki});
  }
  // Spelled so before read so.
  CHECK(clients("青木") == std::vector<std::string>{aoki, chat.front()});
  CHECK(clients("あおきさん") == std::vector<std::string>{chat.front(), aoki});
  CHECK(clients("aoki") == std::vector<std::string>{aoki, chat.front()});
  for (const char* name : {"みなと印刷", "㈱みなと印刷", "みなと印刷(株) 御中", "カ)ミナトインサツ"}) {
    CAPTURE(name);
    CHECK(clients(name) == std::vector<std::string>{"domain:minato.example"});
  }
  CHECK(clients("大野様") == std::vector<std::string>{"addr:hana.ohno@gmail.com"});
  CHECK(clients("みなみ").empty());
  CHECK(clients("会社").empty());
  CHECK(clients("☆").empty());
  CHECK(store.search("client:アオキさん").size() == 2);
  CHECK(store.search("取引先:青木りん様").size() == 1);
  CHECK(store.search("差出人:アオキさん").size() == 2);
  CHECK(store.search("client:aoyama").size() == 1);
}
