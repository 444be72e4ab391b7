// Talks of the LINE app, which have minutes, beside downloads of the same chats, which have seconds.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "importers/line_oa/chats.hpp"
#include "importers/line_oa/talks.hpp"

using namespace genchi;
using namespace genchi::line;

namespace {

constexpr UtcSeconds start = 1'700'000'040; // a full minute

RowKey said(UtcSeconds sent, const std::string& text, SenderType type = SenderType::user) {
  Row row;
  row.type = type;
  row.sent = sent;
  row.text = text;
  row.content = classify_content(text);
  return row_key(row);
}

ExportFile file_of(const std::string& name, UtcSeconds saved, std::vector<RowKey> rows, std::optional<std::uint32_t> number = {}) {
  static std::uint64_t order = 0;
  ExportFile file;
  file.order = ++order;
  file.digest = sha256("file " + std::to_string(order));
  file.chat_name = name;
  file.number = number;
  file.downloaded = saved;
  file.rows = std::move(rows);
  return file;
}

/// What the app saves of these rows.
ExportFile talk_of(const std::string& name, UtcSeconds saved, std::vector<RowKey> rows) {
  for (auto& row : rows) row.sent -= row.sent % 60;
  auto file = file_of(name, saved, std::move(rows));
  file.minutes = true;
  return file;
}

std::vector<RowKey> chat(const std::string& about, int count, UtcSeconds from = start) {
  std::vector<RowKey> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(said(from + i * 3600 + i % 60, about + "について" + std::to_string(i), i % 3 == 2 ? SenderType::account : SenderType::user));
  return rows;
}

std::set<std::set<std::string>> groups_of(const std::vector<ExportFile>& files) {
  std::set<std::set<std::string>> out;
  for (const auto& group : group_chats(files)) {
    std::set<std::string> names;
    for (const auto f : group.files) names.insert(std::to_string(files[f].order));
    out.insert(names);
  }
  return out;
}

std::vector<MergedRow> merge(const std::vector<ExportFile>& files) {
  std::vector<const ExportFile*> all;
  for (const auto& file : files) all.push_back(&file);
  return merge_rows(all);
}

constexpr UtcSeconds later = start + 30 * 24 * 3600;

} // namespace

TEST_CASE("A talk joins the chat whose rows it has, in any order, and no other") {
  const auto download = file_of("青木", later, chat("見積", 9), 1);
  const auto other = file_of("青木", later, chat("納期", 9), 2);
  const auto talk = talk_of("青木 りん", later + 60, chat("見積", 12));
  const auto joined = groups_of({download, other, talk});
  CHECK(joined.size() == 2);
  CHECK(joined == groups_of({talk, other, download}));
  CHECK(joined.contains({std::to_string(download.order), std::to_string(talk.order)}));
}

TEST_CASE("A name alone does not join a talk with a download") {
  CHECK(groups_of({file_of("青木", later, chat("見積", 9)), talk_of("青木", later, chat("納期", 9))}).size() == 2);
}

TEST_CASE("What a business sent to all its friends joins nothing") {
  const auto broadcast = [](int n) {
    std::vector<RowKey> rows;
    for (int i = 0; i < n; ++i) rows.push_back(said(start + i * 3600, "お知らせの" + std::to_string(i) + "番です", SenderType::account));
    return rows;
  };
  CHECK(groups_of({file_of("青木", later, broadcast(9), 1), file_of("井上", later, broadcast(9), 2), talk_of("上田", later, broadcast(9))}).size() == 3);
}

TEST_CASE("A short talk joins when all of the common time coincides") {
  CHECK(groups_of({file_of("青木", later, chat("見積", 3)), talk_of("青木", later, chat("見積", 3))}).size() == 1);
  auto rows = chat("見積", 3);
  rows[1] = said(start + 3601, "まったく別の話です");
  CHECK(groups_of({file_of("青木", later, chat("見積", 3)), talk_of("青木", later, rows)}).size() == 2);
}

TEST_CASE("Two talks of one chat are one, and bring each other's download along") {
  const auto early = talk_of("青木", start + 20 * 3600, chat("見積", 9));
  const auto late = talk_of("青木", later, chat("見積", 20));
  const auto download = file_of("青木", later, chat("見積", 20), 1);
  CHECK(groups_of({early, late}).size() == 1);
  CHECK(groups_of({early, download, late}).size() == 1);
}

TEST_CASE("Rows of both are one message with the second; the others keep their minute") {
  auto rows = chat("見積", 6);
  const auto download = file_of("青木", later, rows, 1);
  rows.push_back(said(start + 5 * 3600 + 30, "あとから書いたものです"));
  const auto talk = talk_of("青木", later, rows);
  for (const auto& files : {std::vector<ExportFile>{download, talk}, std::vector<ExportFile>{talk, download}}) {
    const auto merged = merge(files);
    REQUIRE(merged.size() == 7);
    std::set<UtcSeconds> sent;
    int both = 0;
    for (const auto& row : merged) {
      sent.insert(row.sent);
      both += row.copies.size() == 1;
      if (row.copies.size() == 1) CHECK_FALSE(files[row.file].minutes); // shown from the download
    }
    CHECK(both == 6);
    CHECK(sent.contains(start + 3600 + 1));
    CHECK(sent.contains(start + 5 * 3600)); // the row of the talk alone
    CHECK(sent.contains(start + 5 * 3600 + 5));
  }
}

TEST_CASE("Equal rows of one minute are as many as the file with most of them has") {
  const std::vector<RowKey> rows = {said(start + 5, "はい、そうです"), said(start + 20, "はい、そうです"), said(start + 40, "写真を送信しました。")};
  CHECK(merge({file_of("青木", later, rows), talk_of("青木", later, rows)}).size() == 3);
  const std::vector<RowKey> fewer = {rows[0], rows[2]};
  CHECK(merge({file_of("青木", later, fewer), talk_of("青木", later, rows)}).size() == 3);
  CHECK(merge({file_of("青木", later, rows), talk_of("青木", later, fewer)}).size() == 3);
}

TEST_CASE("What one of them has as taken back is one message with its words") {
  const auto words = said(start + 25, "これは取り消します");
  const auto taken_back = said(start + 25, "送信が取り消されたメッセージです");
  const auto one = merge({file_of("青木", later, {words}), talk_of("青木", later + 60, {taken_back})});
  REQUIRE(one.size() == 1);
  CHECK(one[0].unsent_by.has_value());
  CHECK(one[0].sent == start + 25);
  const auto other = merge({file_of("青木", later, {taken_back}), talk_of("青木", later - 60, {words})});
  CHECK(other.size() == 1);
  CHECK(merge({file_of("青木", later, {taken_back}), talk_of("青木", later, {taken_back})}).size() == 1);
}

TEST_CASE("A talk belongs to the account with most of its friend's rows") {
  HomeOfTalk home;
  auto rows = chat("見積", 9);
  for (auto& row : rows) row.sent -= row.sent % 60;
  home.add(rows);
  CHECK_FALSE(home.pool());
  home.compare(0, chat("納期", 9));
  CHECK_FALSE(home.pool());
  home.compare(2, chat("見積", 9));
  home.compare(1, chat("見積", 9));
  CHECK(home.pool() == 1);
}

TEST_CASE("A long talk and download are aligned in a moment") {
  std::vector<RowKey> rows;
  for (int i = 0; i < 100'000; ++i) rows.push_back(said(start + i, "行" + std::to_string(i % 7) + "番目のことです"));
  CHECK(merge({file_of("青木", later, rows), talk_of("青木", later, rows)}).size() == rows.size());
}

TEST_CASE("A call is one message, whatever words each side has for it") {
  const auto call = [](UtcSeconds sent, const std::string& text, SenderType type) { // as the app saves it
    Row row;
    row.type = type;
    row.sent = sent;
    row.text = text;
    row.content = Content::call;
    return row_key(row);
  };
  auto rows = chat("見積", 6), saved = rows;
  rows.push_back(said(start + 6 * 3600 + 20, "☎ 通話時間 3:05"));
  rows.push_back(said(start + 6 * 3600 + 50, "☎ 不在着信", SenderType::account));
  saved.push_back(call(start + 6 * 3600, "☎ Call time 3:05", SenderType::user));
  saved.push_back(call(start + 6 * 3600, "☎ No answer", SenderType::account));
  saved.push_back(call(start + 6 * 3600, "☎ No answer", SenderType::account)); // one that the download lacks
  const auto download = file_of("青木", later, rows, 1);
  const auto talk = talk_of("青木", later, saved);
  for (const auto& files : {std::vector<ExportFile>{download, talk}, std::vector<ExportFile>{talk, download}}) {
    const auto merged = merge(files);
    REQUIRE(merged.size() == 9);
    CHECK(std::count_if(merged.begin(), merged.end(), [](const MergedRow& row) { return row.copies.size() == 1; }) == 8);
  }
  // What a person wrote with a telephone is no call; a download's ids stay what they are.
  CHECK(said(start, "☎ 通話時間 3:05").content == Content::text);
  CHECK(said(start, "☎ 通話時間 3:05").hash != call(start, "☎ 通話時間 3:05", SenderType::user).hash);
}
