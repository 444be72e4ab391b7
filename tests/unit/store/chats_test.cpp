// LINE downloads: the union of all of them, in whatever order they come.
#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
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

// --- what downloads say against each other

namespace {

std::string said(const std::string& who, int day, int hour, const std::string& text) {
  return fmt::format("{},2026/{:02}/{:02},{:02}:00:00,{}", who, 1 + day / 28, 1 + day % 28, hour, text);
}

/// As a spreadsheet in Japan saves it. The text must have no character that CP932 lacks.
std::string cp932(std::string text) {
  const iconv_t converter = iconv_open("CP932", "UTF-8");
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string out(text.size(), '\0');
  char* from = text.data() + 3;  // without the byte order mark
  std::size_t left = text.size() - 3, room = out.size();
  char* to = out.data();
  const std::size_t result = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  REQUIRE(result != static_cast<std::size_t>(-1));
  out.resize(out.size() - room);
  return out;
}

/// A row a day by friend and staff in turn, from one day of the year to the other.
std::vector<std::string> days(int from, int to) {
  std::vector<std::string> rows;
  for (int day = from; day < to; ++day)
    rows.push_back(said(day % 2 ? "Account,受付 さとう" : "User,青木 りん", day, 9, fmt::format("{}日目のお話です", day)));
  return rows;
}

/// "case name download ×rows" of the whole report.
std::multiset<std::string> report_of(Store store, const std::string& account = "") {
  std::multiset<std::string> out;
  for (const auto& drift : store.catalogue().drift(account))
    out.insert(fmt::format("{} {} {} ×{}", line::drift_case_name(drift.what), drift.name,
                           drift.download.downloaded ? display_time(*drift.download.downloaded, japan_offset_minutes) : "-", drift.rows));
  return out;
}

/// The report after importing in every order; all must be equal, with one fingerprint.
std::multiset<std::string> report_in_every_order(const std::vector<Download>& files) {
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::set<std::multiset<std::string>> reports;
  std::set<Sha256> fingerprints;
  do {
    StoreFixture store;
    for (const std::size_t i : order) store.import({store.file(files[i].name, files[i].bytes)});
    reports.insert(report_of(Store::open(store.archive())));
    fingerprints.insert(store.fingerprint());
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(fingerprints.size() == 1);
  REQUIRE(reports.size() == 1);
  return *reports.begin();
}

const std::string account = "美容室ミモザ";
using Report = std::multiset<std::string>;

}  // namespace

TEST_CASE("downloads that lack or add something are reported alike in every order of import") {
  auto later = days(0, 60);
  later[10] = said("User,青木 りん", 10, 9, "送信が取り消されたメッセージです");
  later.insert(later.begin() + 21, said("User,青木 りん", 20, 12, "あとから開いた質問です"));
  const auto report = report_in_every_order({{"1_20260101_20260212_青木.csv", line_csv(account, "2026/02/16 10:00", days(0, 44))},
                                             {"2_20260101_20260304_青木 りん★.csv", line_csv(account, "2026/03/05 10:00", later)},
                                             {"3_20260101_20260108_森.csv", line_csv(account, "2026/03/05 10:00", {said("User,森", 3, 8, "はじめまして、森です")})}});
  CHECK(report == Report{"renamed 青木 りん★ 2026-03-05 10:00 ×0", "unsent 青木 りん★ 2026-03-05 10:00 ×1",
                         "unread 青木 りん★ 2026-03-05 10:00 ×1"});
}

TEST_CASE("renamed and saved anew by a spreadsheet is still one chat") {
  auto rows = days(0, 30), lossy = rows;
  rows[4] = said("User,青木 りん", 4, 9, "さくら🌸の写真です");
  lossy[4] = said("User,青木 りん", 4, 9, "さくら??の写真です");
  const std::string whole = line_csv(account, "2026/02/16 10:00", rows);
  const std::string damaged = cp932(line_csv(account, "2026/03/05 10:00", lossy));
  const auto report = report_in_every_order({{"1_青木.csv", whole}, {"2_青木 りん.csv", damaged}, {"9_空.csv", line_csv(account, "2026/03/05 10:00", {})}});
  CHECK(report == Report{"renamed 青木 りん 2026-03-05 10:00 ×0", "damaged 青木 りん 2026-03-05 10:00 ×1"});
}

TEST_CASE("of two friends of one name, one renamed later, both stay themselves") {
  std::vector<std::string> other;
  for (int day = 0; day < 20; ++day) other.push_back(said("User,青木 りん", day, 15, fmt::format("別の青木です、その{}", day)));
  const auto report = report_in_every_order({{"1_青木.csv", line_csv(account, "2026/02/16 10:00", days(0, 44))},
                                             {"2_青木.csv", line_csv(account, "2026/02/16 10:00", other)},
                                             {"1_青木(駅前).csv", line_csv(account, "2026/03/05 10:00", other)},
                                             {"2_青木.csv", line_csv(account, "2026/03/05 10:00", days(0, 50))}});
  CHECK(report == Report{"namesake 青木 2026-03-05 10:00 ×0", "namesake 青木(駅前) 2026-02-16 10:00 ×0",
                         "renamed 青木(駅前) 2026-03-05 10:00 ×0"});
}

TEST_CASE("downloads in other languages are one chat") {
  const auto with = [](const std::string& photo) {
    auto rows = days(0, 20);
    rows[6] = said("User,青木 りん", 6, 9, photo);
    return rows;
  };
  std::string chinese = line_csv(account, "2026/03/05 10:00", with("照片已傳送")), thai = line_csv(account, "2026/03/12 10:00", with("คุณส่งรูป"));
  const auto relabel = [](std::string& csv, const std::string& labels) {
    const std::string ja = "送信者タイプ,送信者名,送信日,送信時刻,内容";
    csv.replace(csv.find(ja), ja.size(), labels);
  };
  relabel(chinese, "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容");
  relabel(thai, "ประเภทผู้ส่ง,ชื่อผู้ส่ง,วันส่ง,เวลาส่ง,ข้อความ");
  const auto report = report_in_every_order({{"1_青木.csv", line_csv(account, "2026/02/16 10:00", with("写真を送信しました。"))},
                                             {"2_青木.csv", chinese}, {"3_青木.csv", thai}});
  CHECK(report == Report{"language 青木 2026-03-05 10:00 ×1", "language 青木 2026-03-12 10:00 ×1"});
}

TEST_CASE("the same download under two names and for two accounts") {
  StoreFixture store;
  const std::string bytes = line_csv(account, "2026/02/16 10:00", days(0, 20));
  const auto one = store.file("1_20260101_20260120_青木.csv", bytes), copy = store.file("1_20260101_20260120_青木 (1).csv", bytes);
  CHECK(store.import({one, copy}).result.total.fresh == 20);
  CHECK(report_of(Store::open(store.archive())).empty());
  CHECK(store.import({one}, {}, "本店").result.total.fresh == 20);
  CHECK(store.search("").size() == 40);
  CHECK(report_of(Store::open(store.archive())).empty());
}

TEST_CASE("the receipt says what a download lacks or adds") {
  StoreFixture store;
  const auto first = store.file("1_青木.csv", line_csv(account, "2026/02/16 10:00", days(0, 20)));
  const auto quiet = store.import({first});
  CHECK(quiet.result.drift.empty());
  auto more = days(0, 20);
  more.push_back(said("User,青木 りん", 20, 9, "まだ開いていない話"));
  const auto later = store.import({store.file("2_青木.csv", line_csv(account, "2026/03/05 10:00", more))});
  REQUIRE(later.receipts.size() == 1);
  REQUIRE(later.receipts.front().drift.size() == 1);
  CHECK(later.receipts.front().drift.front().what == line::DriftCase::unread);
  CHECK(later.receipts.front().drift.front().rows == 1);
  CHECK(later.result.drift == std::map<line::DriftCase, std::uint64_t>{{line::DriftCase::unread, 1}});
  // An older download that comes later is named where it is the other side.
  StoreFixture turned;
  turned.import({turned.file("2_青木.csv", line_csv(account, "2026/03/05 10:00", more))});
  const auto earlier = turned.import({turned.file("1_青木.csv", line_csv(account, "2026/02/16 10:00", days(0, 20)))});
  REQUIRE(earlier.receipts.front().drift.size() == 1);
  CHECK(earlier.receipts.front().drift.front().what == line::DriftCase::unread);
}

TEST_CASE("a bridge between two chats is told, whenever it comes") {
  const auto report = report_in_every_order({{"20260101_20260120_青木.csv", line_csv(account, "2026/01/22 10:00", days(0, 22))},
                                             {"20260108_20260226_森.csv", line_csv(account, "2026/03/02 10:00", days(7, 58))},
                                             {"20260213_20260324_森.csv", line_csv(account, "2026/03/26 10:00", days(40, 82))}});
  CHECK(report == Report{"bridge 森 2026-03-02 10:00 ×0", "renamed 森 2026-03-02 10:00 ×0", "excerpt 森 2026-03-02 10:00 ×7",
                         "excerpt 森 2026-03-26 10:00 ×33"});
}

TEST_CASE("a chat keeps its number, key and ids when a third download bridges it to another") {
  StoreFixture store;
  const std::string early = line_csv(account, "2026/01/22 10:00", days(0, 22)), late = line_csv(account, "2026/03/26 10:00", days(40, 82));
  store.import({store.file("20260101_20260120_青木.csv", early)});
  store.import({store.file("20260213_20260324_森.csv", late)});
  struct Known {
    std::int64_t number;
    std::string identifier;
    std::set<Sha256> ids;
  };
  std::vector<Known> before;
  for (const auto& client : Store::open(store.archive()).catalogue().clients()) before.push_back({client.number, client.identifiers.front(), {}});
  REQUIRE(before.size() == 2);
  for (auto& known : before)
    for (const auto& message : store.search("client:" + std::to_string(known.number))) known.ids.insert(message.id);
  CHECK(before[0].ids.size() == 22);
  CHECK(before[1].ids.size() == 42);

  const auto bridged = store.import({store.file("20260108_20260226_森.csv", line_csv(account, "2026/03/02 10:00", days(7, 58)))});
  CHECK(bridged.result.total.fresh == 18);
  const auto check = [&] {
    CHECK(store.search("").size() == 82);
    Store opened = Store::open(store.archive());
    CHECK(opened.catalogue().clients().size() == 1);
    for (const auto& known : before) {
      CHECK(store.search("client:" + std::to_string(known.number)).size() == 82);
      CHECK(store.search("client:" + known.identifier.substr(5)).size() == 82);
      for (const auto& id : known.ids) CHECK(opened.catalogue().find(id.hex(), 2).size() == 1);
    }
    CHECK(report_of(Store::open(store.archive())).count("bridge 森 2026-03-02 10:00 ×0") == 1);
  };
  check();
  Store::open_for_writing(store.archive(), false).rebuild(nullptr);
  check();
}

TEST_CASE("a message first known damaged or only as taken back keeps the id it was shown under") {
  auto rows = days(0, 20), later = rows;
  rows[4] = said("User,青木 りん", 4, 9, "さくら🌸の写真です");
  later[4] = said("User,青木 りん", 4, 9, "さくら??の写真です");
  later[6] = said("User,青木 りん", 6, 9, "送信が取り消されたメッセージです");
  StoreFixture store;
  store.import({store.file("2_青木.csv", cp932(line_csv(account, "2026/03/05 10:00", later)))});
  std::set<Sha256> ids;
  for (const auto& message : store.search("")) ids.insert(message.id);
  REQUIRE(ids.size() == 20);
  store.import({store.file("1_青木.csv", line_csv(account, "2026/02/16 10:00", rows))});
  Store opened = Store::open(store.archive());
  CHECK(store.search("").size() == 20);
  for (const auto& id : ids) CHECK(opened.catalogue().find(id.hex(), 2).size() == 1);
}
