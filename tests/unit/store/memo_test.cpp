// Memos in a whole archive: found, of their client, never the client's consent; out and in again.
#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "mail/memo.hpp"
#include "store/export.hpp"

using namespace genchi;
using test::line_csv;
using test::mail_of;

namespace {

namespace fs = std::filesystem;

const std::string us = "info@tsubame-web.example", them = "Sato <sato@kobo-nagi.example>";

class MemoFixture : public test::StoreFixture {
 public:
  fs::path mail(const std::string& from, const std::string& to, const std::string& day, const std::string& id, const std::string& body) {
    return file(id + ".eml", mail_of(from, to, "撮影の件", day, "Message-ID: <" + id + "@t>\n", body));
  }

  Sha256 note(const std::string& identifier, const std::string& time, const std::string& text, std::optional<Sha256> of = {}) {
    Store store = Store::open_for_writing(archive(), false);
    mail::MemoHead head;
    head.client = identifier;
    head.time = head.written = *parse_iso8601(time);
    head.by = "相原";
    head.supplement_of = of;
    head.chat = store.catalogue().chat_download(identifier);
    const std::string bytes = mail::write_memo(head, text, {});
    SourceFile source;
    source.name = "genchi memo";
    source.kind = SourceKind::memo;
    store.archive().begin_import(source, "");
    store.archive().add_memo(bytes, {0, bytes.size(), 1}, "");
    store.archive().end_import({1, 1, 0, 0}, std::nullopt, bytes.size());
    store.catch_up(nullptr);
    return sha256(bytes);
  }

  void confirm(const Sha256& memo, const std::string& answer) {
    Store store = Store::open_for_writing(archive(), false);
    catalogue::Annotation link;
    link.what = catalogue::Annotation::What::confirmation;
    link.target = "message:" + memo.hex();
    link.value = answer;
    store.archive().append(JournalKind::annotation, catalogue::to_payload(link));
    store.catch_up(nullptr);
  }

  std::vector<catalogue::ClientDeal> deals() { return Store::open(archive()).catalogue().deals(); }
};

}  // namespace

TEST_CASE("a memo is found, is of its client, and is marked as ours") {
  MemoFixture office;
  office.import({office.mail(them, us, "Wed, 1 Apr 2026 10:00:00 +0900", "a", "撮影をお願いできますか。")}, {us});
  const Sha256 memo = office.note("domain:kobo-nagi.example", "2026-04-02T10:30:00+09:00", "電話にて。料金は55,000円と伝えた。");
  const Sha256 more = office.note("domain:kobo-nagi.example", "2026-04-03T09:00:00+09:00", "機材費は別と伝え忘れた", memo);
  const auto found = office.search("is:memo client:kobo-nagi");
  REQUIRE(found.size() == 2);
  CHECK(found[1].id == memo);
  CHECK(found[1].channel == Channel::phone);
  CHECK(found[1].direction == Direction::out);
  CHECK(found[1].from.name == "相原");
  CHECK(found[1].facts.yen == std::vector<std::int64_t>{55000});
  CHECK(found[0].conversation == found[1].conversation);
  CHECK(office.search("channel:phone 機材費").size() == 1);
  CHECK(office.search("is:confirmed").empty());
  Store store = Store::open(office.archive());
  REQUIRE(store.catalogue().supplements(memo).size() == 1);
  CHECK(store.catalogue().supplements(memo).front().id == more);
}

TEST_CASE("an acceptance in a memo makes no deal, whichever way it is told") {
  MemoFixture office;
  office.import({office.mail(us, them, "Wed, 1 Apr 2026 10:00:00 +0900", "a", "撮影は55,000円（税込）です。4/10納品でいかがでしょうか？"),
                 office.mail(them, us, "Wed, 1 Apr 2026 12:00:00 +0900", "b", "5万円でお願いできませんか。5万円なら発注します。")}, {us});
  const auto before = office.deals();
  REQUIRE_FALSE(before.empty());
  for (const char* text : {"5万円で承知しましたと伝え、合意", "承知しました。5万円でお受けします。", "先方より55,000円で了承いただいた。進めてくださいとのこと"}) {
    CAPTURE(text);
    office.note("domain:kobo-nagi.example", "2026-04-01T15:00:00+09:00", text);
    const auto after = office.deals();
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i].deal.state == before[i].deal.state);
      CHECK(after[i].deal.steps.size() == before[i].deal.steps.size());
    }
  }
}

TEST_CASE("a confirmation counts while the client's answer is held, and can be taken back") {
  MemoFixture office;
  office.import({office.mail(them, us, "Wed, 1 Apr 2026 10:00:00 +0900", "a", "撮影をお願いできますか。"), office.mail(them, us, "Fri, 3 Apr 2026 10:00:00 +0900", "b", "内容に相違ございません。")}, {us});
  const Sha256 memo = office.note("domain:kobo-nagi.example", "2026-04-02T10:30:00+09:00", "55,000円と伝えた");
  const std::string answer = office.search("相違").front().id.hex();
  office.confirm(memo, answer);
  CHECK(office.search("is:confirmed").size() == 1);
  office.confirm(memo, "");
  CHECK(office.search("is:confirmed").empty());
  office.confirm(memo, sha256("nobody's").hex());
  CHECK(office.search("is:confirmed").empty());
}

TEST_CASE("memos and what confirms them come out of an export as they went in, for mail and LINE clients") {
  MemoFixture office;
  office.import({office.mail(them, us, "Wed, 1 Apr 2026 10:00:00 +0900", "a", "撮影をお願いできますか。"),
                 office.file("1_20260401_20260401_青木.csv", line_csv("みどり歯科", "2026/04/02 18:05", {"User,青木,2026/04/01,09:12:03,予約を変更したいです", "User,青木,2026/04/01,10:05:10,お願いします"}))}, {us});
  std::string chat;
  for (const auto& message : office.search("channel:line")) chat = message.identifiers.front();
  const Sha256 memo = office.note("domain:kobo-nagi.example", "2026-03-31T10:30:00+09:00", "55,000円と伝えた");
  const Sha256 line = office.note(chat, "2026-04-01T11:00:00+09:00", "5日に変更と伝えた");
  office.confirm(memo, office.search("撮影").front().id.hex());
  const fs::path out = office.archive().parent_path() / "out";
  {
    Store store = Store::open(office.archive());
    CHECK(export_folder(store, {}, ExportForm::originals, out, {}).memos == 2);
  }
  MemoFixture again;
  again.import({out}, {us});
  CHECK(again.fingerprint() == office.fingerprint());
  CHECK(again.search("is:memo").size() == 2);
  CHECK(again.search("is:confirmed").front().id == memo);
  std::string there;
  for (const auto& message : again.search("channel:line")) there = message.identifiers.front();
  CHECK(Store::open(again.archive()).catalogue().memo(line)->client == there);
  // Once more adds nothing.
  const auto receipts = again.import({out}).receipts;
  for (const Receipt& receipt : receipts) CHECK(receipt.counts.fresh == 0);
  CHECK(again.fingerprint() == office.fingerprint());
}

TEST_CASE("a mail that calls itself a memo is a mail") {
  MemoFixture office;
  mail::MemoHead head;
  head.client = "domain:kobo-nagi.example";
  head.time = head.written = *parse_iso8601("2026-04-02T10:30:00+09:00");
  office.import({office.file("x.eml", mail::write_memo(head, "55,000円で了承", {}))}, {us});
  CHECK(office.search("is:memo").empty());
  CHECK(office.search("了承").front().channel == Channel::mail);
}
