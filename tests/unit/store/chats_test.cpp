// LINE downloads: the union of all of them, in whatever order they come.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/store/fixture.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

const std::vector<std::string> march = {
    "User,青木 りん,2026/03/01,09:12:03,カットの予約をお願いします", "Account,受付 さとう,2026/03/01,09:20:00,3月5日の10時はいかがでしょう",
    "User,青木 りん,2026/03/01,09:21:10,それでお願いします",       "User,青木 りん,2026/03/20,12:00:00,写真を送信しました。",
    "User,青木 りん,2026/03/20,12:00:00,写真を送信しました。",       "User,青木 りん,2026/03/21,08:00:00,カラーの料金を教えてください",
    "Account,受付 さとう,2026/03/21,08:30:00,6600円（税込）です"};

std::vector<std::string> and_april() {
  std::vector<std::string> rows(march.begin() + 2, march.end());
  rows.push_back("User,青木 りん,2026/04/01,10:00:00,来週も行けますか");
  rows.push_back("Account,応答メッセージ,2026/04/01,10:00:01,ただいま時間外です");
  return rows;
}

struct Download {
  std::string name, bytes;
};

std::vector<Download> downloads() {
  return {{"1_20260301_20260321_青木 りん.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", march)},
          {"2_20260301_20260401_青木 りん.csv", line_csv("美容室ミモザ", "2026/04/02 10:00", and_april())},
          {"3_20260310_20260310_田中.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", {"User,田中,2026/03/10,09:00:00,こんにちは、はじめまして"})},
          {"4_20260311_20260311_田中.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", {"User,田中,2026/03/11,09:00:00,パーマはできますか"})}};
}

}  // namespace

TEST_CASE("overlapping downloads in every order give the same messages") {
  std::vector<Download> files = downloads();
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::set<Sha256> fingerprints;
  do {
    StoreFixture store;
    for (const std::size_t i : order) store.import({store.file(files[i].name, files[i].bytes)});
    CHECK(store.search("").size() == 11);
    CHECK(store.search("has:photo").size() == 2);
    fingerprints.insert(store.fingerprint());
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(fingerprints.size() == 1);

  StoreFixture at_once;
  std::vector<std::filesystem::path> paths;
  for (const auto& file : files) paths.push_back(at_once.file(file.name, file.bytes));
  const auto imported = at_once.import(paths);
  CHECK(imported.result.total.read == 7 + 7 + 2);
  CHECK(imported.result.total.fresh == 11);
  CHECK(imported.result.total.known == 5);
  CHECK(fingerprints.contains(at_once.fingerprint()));
}

TEST_CASE("two friends of one name stay two clients") {
  StoreFixture store;
  std::vector<std::filesystem::path> paths;
  for (const auto& file : downloads()) paths.push_back(store.file(file.name, file.bytes));
  store.import(paths);
  CHECK(store.search("client:青木").size() == 9);
  std::multiset<std::string> names;
  for (const auto& client : Store::open(store.archive()).catalogue().clients()) names.insert(client.name);
  CHECK(names == std::multiset<std::string>{"田中", "田中", "青木 りん"});
}

TEST_CASE("who speaks, in which direction, and what was a machine") {
  StoreFixture store;
  store.import({store.file(downloads()[1].name, downloads()[1].bytes)});
  const auto question = store.search("料金を教えて");
  REQUIRE(question.size() == 1);
  CHECK(question.front().direction == Direction::in);
  CHECK(question.front().from.name == "青木 りん");
  CHECK(question.front().account == "美容室ミモザ");
  CHECK(question.front().channel == Channel::line);
  const auto answer = store.search("6600円");
  REQUIRE(answer.size() == 1);
  CHECK(answer.front().direction == Direction::out);
  CHECK(answer.front().from.name == "受付 さとう");
  const auto automatic = store.search("is:auto");
  REQUIRE(automatic.size() == 1);
  CHECK(automatic.front().direction == Direction::automatic);
}

TEST_CASE("a message keeps the byte range of its row") {
  StoreFixture store;
  store.import({store.file(downloads()[0].name, downloads()[0].bytes)});
  const auto hit = store.search("6600円").front();
  Store opened = Store::open(store.archive());
  const auto found = opened.catalogue().find(hit.id.hex(), 1).front();
  const std::string row = opened.archive().read(*opened.archive().entry(found.entry), found.offset, found.length);
  CHECK(row == march.back() + "\r\n");
  CHECK(downloads()[0].bytes.substr(hit.source.offset, hit.source.length) == row);
}

TEST_CASE("a message taken back shows that it was, and its words are in no list") {
  auto rows = march;
  rows[5] = "User,青木 りん,2026/03/21,08:00:00,送信が取り消されたメッセージです";
  std::set<Sha256> fingerprints;
  for (const bool later_first : {false, true}) {
    StoreFixture store;
    const auto first = store.file("1_20260301_20260321_青木 りん.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", march));
    const auto second = store.file("2_20260301_20260321_青木 りん.csv", line_csv("美容室ミモザ", "2026/03/29 10:00", rows));
    store.import({later_first ? second : first});
    store.import({later_first ? first : second});
    CHECK(store.search("").size() == 7);
    CHECK(store.search("is:unsent").size() == 1);
    CHECK(store.search("カラーの料金").empty());
    fingerprints.insert(store.fingerprint());
  }
  CHECK(fingerprints.size() == 1);
}

TEST_CASE("friends who got nothing but the same broadcast are as many as their files") {
  StoreFixture store;
  const std::string bytes = line_csv("美容室ミモザ", "2026/03/22 10:00", {"Account,Unknown,2026/03/15,10:00:00,春のキャンペーンのお知らせです"});
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i <= 3; ++i) paths.push_back(store.file(std::to_string(i) + "_20260315_20260315_友だち" + std::to_string(i) + ".csv", bytes));
  const auto imported = store.import(paths);
  CHECK(imported.result.total.fresh == 3);
  CHECK(store.search("キャンペーン").size() == 3);
  const auto again = store.import(paths);
  CHECK(again.result.total.fresh == 0);
  CHECK(again.result.total.known == 3);
}

TEST_CASE("a row that cannot be read is named with its line, the others are in") {
  StoreFixture store;
  const auto imported = store.import({store.file("1_青木.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", {march[0], "User,青木,いつか,どこか,何か", march[1]}))});
  CHECK(imported.result.total.read == 3);
  CHECK(imported.result.total.fresh == 2);
  CHECK(imported.result.total.set_aside == 1);
  REQUIRE(imported.receipts.front().problems.size() == 1);
  CHECK_THAT(imported.receipts.front().problems.front().place, Catch::Contains("6"));
}

TEST_CASE("unreadable rows that follow each other count one each") {
  StoreFixture store;
  const std::string bad = "User,青木,2026/13/01,09:00:00,何か";
  const auto imported = store.import({store.file("1_青木.csv", line_csv("美容室ミモザ", "2026/03/22 10:00", {march[0], bad, bad, bad, march[1]}))});
  CHECK(imported.result.total.read == 5);
  CHECK(imported.result.total.fresh == 2);
  CHECK(imported.result.total.set_aside == 3);
}
