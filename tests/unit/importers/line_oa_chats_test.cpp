#include "importers/line_oa/chats.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace genchi;
using namespace genchi::line;

namespace {

constexpr UtcSeconds day = 24 * 3600;
constexpr UtcSeconds start = 1'700'000'040; // a full minute

Row text_row(UtcSeconds sent, const std::string& text, SenderType type = SenderType::user) {
  Row row;
  row.type = type;
  row.sent = sent;
  row.text = text;
  row.content = classify_content(text);
  return row;
}

RowKey said(UtcSeconds sent, const std::string& text, SenderType type = SenderType::user) {
  return row_key(text_row(sent, text, type));
}

RowKey damaged(UtcSeconds sent, const std::string& text, SenderType type = SenderType::user) {
  auto row = text_row(sent, text, type);
  row.lossy = true;
  return row_key(row);
}

RowKey unsent(UtcSeconds sent, SenderType type = SenderType::user) {
  return said(sent, "已收回訊息", type);
}

/// A file of one chat; every test file has other bytes unless said otherwise.
ExportFile file_of(const std::string& name, std::optional<std::uint32_t> number,
                   std::optional<UtcSeconds> downloaded, std::vector<RowKey> rows) {
  static std::uint64_t order = 0;
  ExportFile file;
  file.order = ++order;
  file.digest = sha256("file " + std::to_string(order));
  file.chat_name = name;
  file.number = number;
  file.downloaded = downloaded;
  file.rows = std::move(rows);
  return file;
}

/// `count` distinctive rows, one an hour from `from` on.
std::vector<RowKey> talk(const std::string& about, UtcSeconds from, int count,
                         SenderType type = SenderType::user) {
  std::vector<RowKey> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(said(from + i * 3600, about + "について" + std::to_string(i), type));
  return rows;
}

std::vector<RowKey> operator+(std::vector<RowKey> a, const std::vector<RowKey>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// The groups as sets of file digests, `?` behind assumed ones.
std::set<std::pair<std::set<std::string>, bool>> shape(const std::vector<ExportFile>& files,
                                                       const std::vector<ChatGroup>& groups) {
  std::set<std::pair<std::set<std::string>, bool>> result;
  for (const auto& group : groups) {
    std::set<std::string> members;
    for (const auto i : group.files) members.insert(std::to_string(files[i].order));
    result.emplace(std::move(members), group.assumed);
  }
  return result;
}

/// "0+1 2?" : files by index; `?` behind assumed chats. The same in some other orders.
std::string chats(const std::vector<ExportFile>& files) {
  const auto groups = group_chats(files);
  std::set<std::string> lines;
  for (auto group : groups) {
    std::sort(group.files.begin(), group.files.end());
    std::string line;
    for (const auto i : group.files) line += (line.empty() ? "" : "+") + std::to_string(i);
    lines.insert(line + (group.assumed ? "?" : ""));
  }
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : " ") + line;
  std::mt19937 random(11);
  auto shuffled = files;
  for (int i = 0; i < 6; ++i) {
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    REQUIRE(shape(shuffled, group_chats(shuffled)) == shape(files, groups));
  }
  return out;
}

} // namespace

TEST_CASE("Weekly downloads of a chat are one chat") {
  const auto rows = talk("予約", start, 60);
  CHECK(chats({file_of("青木", 3, start + day, {rows.begin(), rows.begin() + 24}),
               file_of("青木", 8, start + 2 * day, {rows.begin(), rows.begin() + 48}),
               file_of("青木", 5, start + 3 * day, {rows.begin() + 12, rows.end()})}) == "0+1+2");
}

TEST_CASE("A renamed friend is the same chat, whatever the names") {
  const auto rows = talk("予約", start, 20);
  CHECK(chats({file_of("青木", 3, start + day, {rows.begin(), rows.begin() + 10}),
               file_of("★青木 りん 担当:森", 8, start + 2 * day, rows)}) == "0+1");
}

TEST_CASE("A renamed friend who never wrote is known if broadcasts can be told from what was sent to one") {
  const auto rows = talk("ご案内", start, 6, SenderType::account);
  CHECK(chats({file_of("青木", 3, start + day, rows), file_of("森", 4, start + day, {}),
               file_of("青木 りん", {}, start + 2 * day, rows)}) == "0+2 1");
  CHECK(chats({file_of("青木", 3, start + day, rows), file_of("青木 りん", {}, start + 2 * day, rows)}) ==
        "0 1");
}

TEST_CASE("Two friends of one name are two chats") {
  const auto one = talk("予約", start, 20);
  const auto other = talk("見積り", start + 60, 20);
  SECTION("in one download") {
    CHECK(chats({file_of("青木", 1, start + day, one), file_of("青木", 2, start + day, other)}) == "0 1");
  }
  SECTION("in two downloads that contradict each other") {
    CHECK(chats({file_of("青木", 1, start + day, one), file_of("青木", 1, start + 2 * day, other)}) == "0 1");
  }
  SECTION("each followed through two downloads") {
    CHECK(chats({file_of("青木", 1, start + day, one), file_of("青木", 2, start + day, other),
                 file_of("青木", 1, start + 2 * day, other), file_of("青木", 2, start + 2 * day, one)}) ==
          "0+3 1+2");
  }
}

TEST_CASE("Broadcasts to everybody do not make one chat of two") {
  const auto broadcasts = talk("お知らせ", start, 8, SenderType::account);
  SECTION("files of one download") {
    CHECK(chats({file_of("青木", 1, start + day, broadcasts), file_of("森", 2, start + day, broadcasts),
                 file_of("青木", 1, start + 2 * day, broadcasts),
                 file_of("森", 2, start + 2 * day, broadcasts)}) == "0+2? 1+3?");
  }
  SECTION("chats downloaded one by one") {
    CHECK(chats({file_of("青木", {}, start + day, broadcasts),
                 file_of("森", {}, start + day + 60, broadcasts)}) == "0 1");
  }
  SECTION("beside few words of their own") {
    CHECK(chats({file_of("青木", 1, start + day, broadcasts + talk("予約", start + 40000, 2)),
                 file_of("森", 2, start + day, broadcasts + talk("見積り", start + 40000, 2)),
                 file_of("青木りん", 2, start + 2 * day, broadcasts + talk("予約", start + 40000, 2))}) ==
          "0+2 1");
  }
}

TEST_CASE("A download that was cut off is the chat of the whole one") {
  const auto rows = talk("予約", start, 20);
  const std::vector<RowKey> part(rows.begin(), rows.begin() + 8);
  const auto cut_row = std::vector<RowKey>{damaged(rows[8].sent, "予約に")};
  CHECK(chats({file_of("青木", 3, start + day, rows), file_of("青木", 3, start + day, part),
               file_of("青木", 3, start + day, part + cut_row)}) == "0+1+2");
  CHECK(chats({file_of("青木", {}, start + day, rows), file_of("青木", {}, start + day, part)}) == "0+1");
  // Another number, other rows, nothing from the friend, or another name (unless five of the friend's rows make it
  // certain): another chat.
  CHECK(chats({file_of("青木", 3, start + day, rows), file_of("青木", 4, start + day, part)}) == "0 1");
  const std::vector<RowKey> few(rows.begin(), rows.begin() + 4);
  CHECK(chats({file_of("青木", {}, start + day, rows), file_of("森", {}, start + day, few)}) == "0 1");
  CHECK(chats({file_of("青木", {}, start + day, rows), file_of("森", {}, start + day, part)}) == "0+1");
  CHECK(chats({file_of("青木", 3, start + day, rows), file_of("青木", 3, start + day, talk("見積", start, 8))}) == "0 1");
  const auto sent_to_all = talk("ご案内", start, 3, SenderType::account);
  CHECK(chats({file_of("青木", {}, start + day, sent_to_all + talk("予約", start + day / 2, 5)),
               file_of("青木", {}, start + day, sent_to_all)}) == "0 1");
}

TEST_CASE("Rows that only a later download has were unread before") {
  const auto rows = talk("予約", start, 20);
  auto read_only = rows;
  read_only.erase(read_only.begin() + 3, read_only.begin() + 9);
  CHECK(chats({file_of("a", 1, start + day, read_only), file_of("b", 1, start + 2 * day, rows)}) == "0+1");
}

TEST_CASE("A row that the later download lacks makes two chats of them") {
  const auto rows = talk("予約", start, 20, SenderType::account) + talk("返事", start + 60, 4);
  auto lacking = rows;
  lacking.erase(lacking.begin() + 8);
  const auto later = [&](std::vector<RowKey> extra) {
    return chats({file_of("a", 1, start + day, rows), file_of("a", 1, start + 2 * day, lacking + extra)});
  };
  CHECK(later({}) == "0 1");
  const auto sent = rows[8].sent;
  CHECK(later({unsent(sent, SenderType::account)}) == "0+1");
  CHECK(later({unsent(sent)}) == "0 1");
  CHECK(later({unsent(sent + 1, SenderType::account)}) == "0 1");
  CHECK(later({damaged(sent, "予約に?いて8", SenderType::account)}) == "0+1");
  CHECK(later({rows[8], rows[8]}) == "0+1"); // held twice is held
}

TEST_CASE("Five rows of the friend's that coincide are one chat, whatever else is lacking") {
  const auto rows = talk("予約", start, 20) + talk("返事", start + 60, 20, SenderType::account);
  auto lacking = rows;
  lacking.erase(lacking.begin() + 8);
  CHECK(chats({file_of("a", 1, start + day, rows), file_of("b", 1, start + 2 * day, lacking)}) == "0+1");
  const std::vector<RowKey> chosen(rows.begin() + 4, rows.begin() + 9);
  CHECK(chats({file_of("a", 1, start + day, rows), file_of("a", {}, start + 2 * day, chosen)}) == "0+1");
  const std::vector<RowKey> fewer(rows.begin() + 4, rows.begin() + 8);
  CHECK(chats({file_of("a", 1, start + day, rows), file_of("a", {}, start + 2 * day, fewer)}) == "0 1");
  // Never against what LINE itself keeps apart.
  CHECK(chats({file_of("a", 1, start + day, rows), file_of("a", 2, start + day, lacking)}) == "0 1");
}

TEST_CASE(
    "What lies before the later download's first row or after the earlier one's end is no contradiction") {
  const auto rows = talk("予約", start, 40);
  const auto in_first_second = std::vector<RowKey>{said(start + 20 * 3600, "同じ秒のほかの言葉")};
  CHECK(chats({file_of("a", 1, start + 30 * 3600, rows + in_first_second),
               file_of("b", 2, start + 50 * 3600, {rows.begin() + 20, rows.end()})}) == "0+1");
}

TEST_CASE("Few rows are enough if they are all, one at least") {
  const auto rows = talk("予約", start, 3);
  const auto more = talk("続き", start + 20000, 10);
  CHECK(chats({file_of("a", 1, start + 9000, rows), file_of("b", 2, start + 9 * day, rows + more)}) == "0+1");
  CHECK(chats({file_of("a", 1, start + 9000, {rows[0]}), file_of("b", 2, start + 9 * day, rows + more)}) ==
        "0+1");
  CHECK(chats({file_of("a", 1, start + 9000, {}), file_of("b", 2, start + 9 * day, rows + more)}) == "0 1");
  const auto words = std::vector<RowKey>{said(start, "はい"), said(start + 60, "スタンプを送信しました。")};
  CHECK(chats({file_of("a", 1, start + 9000, words), file_of("b", 2, start + 9 * day, words)}) == "0 1");
}

TEST_CASE("A third download bridges two") {
  const auto rows = talk("予約", start, 40);
  const auto first = file_of("a", 1, start + 15 * 3600, {rows.begin(), rows.begin() + 15});
  const auto last = file_of("b", 1, start + 45 * 3600, {rows.begin() + 25, rows.end()});
  const auto bridge = file_of("c", 1, start + 35 * 3600, {rows.begin() + 5, rows.begin() + 35});
  CHECK(chats({first, last}) == "0 1");
  CHECK(chats({first, last, bridge}) == "0+1+2");
}

TEST_CASE("A damaged download between two good ones does not part them") {
  const auto rows = talk("予約", start, 40);
  auto odd = std::vector<RowKey>(rows.begin(), rows.begin() + 30);
  odd.push_back(said(start + 7200 + 1, "よそから来た行です"));
  CHECK(chats({file_of("a", 1, start + 20 * 3600, {rows.begin(), rows.begin() + 20}),
               file_of("a", 1, start + 30 * 3600, odd), file_of("a", 1, start + 40 * 3600, rows)}) ==
        "0+1+2");
}

TEST_CASE("One download never gives two files to one chat") {
  // The third file looks like the first two, which one download keeps apart.
  const auto shared = talk("予約", start, 6);
  CHECK(chats({file_of("a", 1, start + day, shared + talk("甲", start + 50000, 1)),
               file_of("b", 2, start + day, shared + talk("乙", start + 50001, 1)),
               file_of("c", 3, start + 2 * day,
                       shared + talk("甲", start + 50000, 1) + talk("乙", start + 50001, 1))})
            .find("+1") == std::string::npos);
}

TEST_CASE("A unique name without common time is assumed to be one chat") {
  const auto before = talk("予約", start, 10);
  const auto after = talk("検査", start + 90 * day, 10);
  CHECK(chats({file_of("青木", 1, start + day, before), file_of("青木", 4, start + 91 * day, after)}) ==
        "0+1?");
  CHECK(chats({file_of("青木", 1, start + day, before), file_of("青木", 4, start + 91 * day, after),
               file_of("青木", 5, start + 91 * day, talk("別人", start + 90 * day + 1, 10))}) == "0 1 2");
  CHECK(chats({file_of("青木", 1, start + day, before), file_of("森", 4, start + 91 * day, after)}) == "0 1");
  for (const auto* name : {"", "Unknown"})
    CHECK(chats({file_of(name, 1, start + day, before), file_of(name, 4, start + 91 * day, after)}) == "0 1");
}

TEST_CASE("Chats without messages or with placeholders only are known by their unique name") {
  const auto stickers = std::vector<RowKey>{said(start, "スタンプを送信しました。")};
  CHECK(chats({file_of("青木", 1, start + day, {}), file_of("青木", 2, start + 8 * day, {}),
               file_of("青木", 3, start + 15 * day, stickers), file_of("森", 9, start + day, {})}) ==
        "0+1+2? 3");
  CHECK(chats({file_of("青木", 1, start + day, {}), file_of("青木", 2, start + day, {}),
               file_of("青木", 3, start + 15 * day, {})}) == "0 1 2");
}

TEST_CASE("A name that two contradicting chats bear settles nothing") {
  CHECK(chats({file_of("青木", 1, start + day, talk("予約", start, 10)),
               file_of("青木", 1, start + 2 * day, talk("見積り", start + 60, 20)),
               file_of("青木", 1, start + 3 * day, {})}) == "0 1 2");
}

TEST_CASE("The same bytes under two names are the same chat") {
  auto one = file_of("青木", 1, start + day, talk("予約", start, 2, SenderType::account));
  auto copy = one;
  copy.order += 1000;
  copy.chat_name = "Kopie";
  copy.number.reset();
  CHECK(chats({one, copy}) == "0+1");
  copy.number = 2; // two chats that were sent the same
  CHECK(chats({one, copy}) == "0 1");
  one.rows.clear();
  copy.rows.clear();
  CHECK(chats({one, copy}) == "0 1");
  copy.number.reset();
  CHECK(chats({one, copy}) == "0 1"); // every empty chat of a download has the same bytes
}

TEST_CASE("A re-save of the same download is the same chat") {
  const auto rows = talk("予約", start, 10);
  auto resaved = rows;
  resaved[4] = damaged(rows[4].sent, "予約について??");
  CHECK(chats({file_of("青木", 1, start + day, rows), file_of("青木", 1, start + day, resaved)}) == "0+1");
  CHECK(chats({file_of("青木", 1, start + day, rows), file_of("", {}, start + day, resaved)}) == "0+1");
}

TEST_CASE("Files whose download time is unknown are compared up to their last row") {
  const auto rows = talk("予約", start, 30);
  CHECK(chats({file_of("", {}, {}, {rows.begin(), rows.begin() + 20}), file_of("", {}, {}, rows)}) == "0+1");
  CHECK(chats({file_of("", {}, {}, rows), file_of("", {}, start + 40 * 3600, rows)}) == "0+1");
  CHECK(chats({file_of("", {}, {}, rows), file_of("", {}, {}, talk("別", start, 30))}) == "0 1");
}

TEST_CASE("No files, no chats") {
  CHECK(group_chats({}).empty());
}

// --- chats as they come, in any order

namespace {

struct World {
  std::vector<ExportFile> files;
  std::map<std::uint64_t, int> chat_of; // by ExportFile::order
};

struct Said {
  UtcSeconds sent;
  SenderType type;
  std::string text;
  UtcSeconds read = 0;   // seen by the staff, so that downloads have it
  UtcSeconds unsent = 0; // 0 never
};

/// An invented account: friends who talk, some of one name, some renamed, broadcasts to all, rows read late
/// or unsent, and overlapping downloads of everybody with the oldest rows missing in later ones.
World make_world(unsigned seed) {
  std::mt19937 random(seed);
  const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const int chats_count = 12;
  std::vector<std::vector<Said>> talks(chats_count);
  for (int c = 0; c < chats_count; ++c) {
    auto& rows = talks[static_cast<std::size_t>(c)];
    const int count = 20 + number(60);
    for (int i = 0; i < count; ++i) {
      Said row;
      row.sent = start + number(100) * day + number(static_cast<int>(day));
      row.type = number(2) ? SenderType::user : SenderType::account;
      row.text = "話" + std::to_string(c) + "-" + std::to_string(i);
      if (number(6) == 0) row.text = "はい";
      if (number(8) == 0) row.text = number(2) ? "スタンプを送信しました。" : "You sent a photo.";
      row.read = row.sent + (number(10) == 0 ? number(20) * day : 0);
      if (number(20) == 0) row.unsent = row.sent + number(30) * day + 1;
      rows.push_back(row);
      if (number(12) == 0) rows.push_back(row); // the same twice in a second
    }
  }
  for (int b = 0; b < 15; ++b) {
    const auto sent = start + b * 7 * day;
    for (auto& rows : talks)
      rows.push_back({sent, SenderType::account, "今月のお知らせ" + std::to_string(b), sent, 0});
  }
  World world;
  std::uint64_t order = 0;
  for (int d = 0; d < 5; ++d) {
    const auto downloaded = start + (40 + 15 * d) * day;
    const auto oldest = start + std::max(0, 15 * d - 10) * day;
    std::vector<std::uint32_t> numbers(chats_count);
    std::iota(numbers.begin(), numbers.end(), 1);
    std::shuffle(numbers.begin(), numbers.end(), random);
    for (int c = 0; c < chats_count; ++c) {
      ExportFile file;
      auto rows = talks[static_cast<std::size_t>(c)];
      std::stable_sort(rows.begin(), rows.end(),
                       [](const Said& a, const Said& b) { return a.sent < b.sent; });
      for (const auto& row : rows) {
        if (row.sent < oldest || row.sent >= downloaded || row.read >= downloaded) continue;
        const bool gone = row.unsent != 0 && row.unsent < downloaded;
        file.rows.push_back(gone ? unsent(row.sent, row.type) : said(row.sent, row.text, row.type));
      }
      file.order = ++order;
      file.digest = sha256("world " + std::to_string(seed) + " " + std::to_string(order));
      file.downloaded = downloaded;
      file.number = numbers[static_cast<std::size_t>(c)];
      file.chat_name = c < 4 ? "ゆき" : "友" + std::to_string(c); // four friends of one name
      if (c % 3 == 0 && d >= 2) file.chat_name = "改名" + std::to_string(c) + std::to_string(d);
      world.chat_of[file.order] = c;
      world.files.push_back(std::move(file));
    }
  }
  return world;
}

/// Messages by time, in words that do not depend on the order of files.
std::vector<std::string> merged(const std::vector<ExportFile>& files) {
  std::vector<const ExportFile*> held;
  for (const auto& file : files) held.push_back(&file);
  std::vector<std::string> out;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  UtcSeconds last = std::numeric_limits<UtcSeconds>::min();
  for (const auto& row : merge_rows(held)) {
    const auto& key = files.at(row.file).rows.at(row.row);
    REQUIRE(key.sent >= last);
    last = key.sent;
    std::string line = std::to_string(key.sent - start) + (key.type == SenderType::user ? " u " : " a ") +
                       std::to_string(key.hash % 100000) + " #" + std::to_string(row.nth) + " " +
                       std::to_string(files[row.file].order) + ":" + std::to_string(row.row);
    REQUIRE(seen.emplace(row.file, row.row).second);
    if (row.unsent_by) {
      REQUIRE(seen.insert(*row.unsent_by).second);
      line += " unsent by " + std::to_string(files[row.unsent_by->first].order);
    }
    for (const auto& copy : row.copies) {
      REQUIRE(seen.insert(copy).second);
      REQUIRE(files.at(copy.first).rows.at(copy.second).sent == key.sent);
    }
    out.push_back(std::move(line));
  }
  std::size_t rows = 0;
  for (const auto& file : files) rows += file.rows.size();
  REQUIRE(seen.size() == rows);
  return out;
}

} // namespace

TEST_CASE("Chats are found as they are, in every order of import") {
  const auto seed = GENERATE(range(1U, 13U));
  auto world = make_world(seed);
  const auto expected = [&] {
    std::map<int, std::set<std::string>> by_chat;
    for (const auto& file : world.files)
      by_chat[world.chat_of[file.order]].insert(std::to_string(file.order));
    std::set<std::pair<std::set<std::string>, bool>> result;
    for (auto& [chat, members] : by_chat) result.emplace(std::move(members), false);
    return result;
  }();
  std::mt19937 random(seed);
  for (int i = 0; i < 4; ++i) {
    CHECK(shape(world.files, group_chats(world.files)) == expected);
    std::shuffle(world.files.begin(), world.files.end(), random);
  }
}

TEST_CASE("The union of a chat's downloads is the same in every order of import") {
  const auto seed = GENERATE(range(1U, 7U));
  const auto world = make_world(seed);
  std::mt19937 random(seed);
  for (int c = 0; c < 12; ++c) {
    std::vector<ExportFile> files;
    for (const auto& file : world.files) {
      if (world.chat_of.at(file.order) == c) files.push_back(file);
    }
    const auto once = merged(files);
    auto twice = files;
    for (auto file : files) {
      file.order += 100000;
      twice.push_back(std::move(file));
    }
    CHECK(merged(twice).size() == once.size());
    for (int i = 0; i < 3; ++i) {
      std::shuffle(files.begin(), files.end(), random);
      REQUIRE(merged(files) == once);
    }
  }
}

// --- the union

namespace {

/// "text@second" by message, in the union of files that hold these rows; `~` shown as unsent, `×n` its
/// copies.
std::string together(const std::vector<std::vector<Row>>& downloads) {
  std::vector<ExportFile> files;
  for (std::size_t d = 0; d < downloads.size(); ++d) {
    std::vector<RowKey> keys;
    for (const auto& row : downloads[d]) keys.push_back(row_key(row));
    files.push_back(file_of("", {}, start + static_cast<UtcSeconds>(d + 1) * day, keys));
  }
  std::vector<const ExportFile*> held;
  for (const auto& file : files) held.push_back(&file);
  std::string out;
  for (const auto& row : merge_rows(held)) {
    const auto& shown = downloads[row.file][row.row];
    out += (out.empty() ? "" : " ") + shown.text + "@" + std::to_string(shown.sent - start);
    if (row.nth > 0) out += "#" + std::to_string(row.nth);
    if (row.unsent_by) out += "~";
    if (!row.copies.empty()) out += "×" + std::to_string(row.copies.size());
  }
  merged(files);
  return out;
}

Row row(UtcSeconds second, const std::string& text, SenderType type = SenderType::user) {
  return text_row(start + second, text, type);
}
Row lossy(UtcSeconds second, const std::string& text) {
  auto result = row(second, text);
  result.lossy = true;
  return result;
}
Row taken_back(UtcSeconds second) {
  return row(second, "送信が取り消されたメッセージです");
}

} // namespace

TEST_CASE("Equal rows in one second stay two, the larger count wins") {
  const auto video = row(1, "動画を送信しました。");
  const auto same_in_english = row(1, "You sent a video.");
  CHECK(together({{video, video}}) == "動画を送信しました。@1 動画を送信しました。@1#1");
  CHECK(together({{video}, {video, video}}) == "動画を送信しました。@1×1 動画を送信しました。@1#1");
  CHECK(together({{video, video}, {video}, {video, video}}) ==
        "動画を送信しました。@1×2 動画を送信しました。@1#1×1");
  CHECK(together({{video}, {same_in_english}}) == "動画を送信しました。@1×1");
}

TEST_CASE("Sender, second and text tell messages apart") {
  CHECK(
      together(
          {{row(1, "はい")}, {row(1, "はい", SenderType::account)}, {row(2, "はい")}, {row(1, "いいえ")}}) ==
      "はい@1 はい@1 いいえ@1 はい@2");
}

TEST_CASE("Rows unread before are put where they belong") {
  CHECK(together({{row(1, "一"), row(3, "三")}, {row(1, "一"), row(2, "二"), row(3, "三")}}) ==
        "一@1×1 二@2 三@3×1");
  CHECK(together({{row(1, "一"), row(1, "三")}, {row(1, "一"), row(1, "二"), row(1, "三"), row(1, "四")}}) ==
        "一@1×1 二@1 三@1×1 四@1");
  CHECK(together({{row(1, "二")}, {row(1, "一"), row(1, "二")}}) == "一@1 二@1×1");
  CHECK(together({{row(3, "三"), row(1, "一")}}) == "一@1 三@3");
}

TEST_CASE("An unsent row takes the place of its original") {
  CHECK(together({{row(1, "ないしょ")}, {taken_back(1)}}) == "ないしょ@1~");
  CHECK(together({{row(1, "ないしょ")}, {taken_back(1)}, {taken_back(1)}}) == "ないしょ@1~×1");
  CHECK(together({{taken_back(1)}, {taken_back(1)}}) == "送信が取り消されたメッセージです@1×1");
  CHECK(together({{row(1, "一"), row(1, "二"), row(1, "三")}, {row(1, "一"), taken_back(1), row(1, "三")}}) ==
        "一@1×1 二@1~ 三@1×1");
  CHECK(together({{row(1, "写真を送信しました。")}, {taken_back(1)}}) == "写真を送信しました。@1~");
}

TEST_CASE("An unsent row takes no other row's place") {
  // Of the other side, of another second, still there later, or only ever sent after it.
  CHECK(together(
            {{row(1, "はい", SenderType::account)}, {row(1, "はい", SenderType::account), taken_back(1)}}) ==
        "はい@1×1 送信が取り消されたメッセージです@1");
  CHECK(together({{row(1, "はい")}, {taken_back(2)}}) == "はい@1 送信が取り消されたメッセージです@2");
  CHECK(together({{taken_back(1)}, {taken_back(1), row(1, "はい")}}) ==
        "送信が取り消されたメッセージです@1×1 はい@1");
  CHECK(together({{row(1, "はい")}, {taken_back(1)}, {row(1, "はい"), taken_back(1)}}) ==
        "はい@1×1 送信が取り消されたメッセージです@1×1");
}

TEST_CASE("A damaged row stands for the whole one") {
  CHECK(together({{row(1, "お花🌸です")}, {lossy(1, "お花??です")}}) == "お花🌸です@1×1");
  CHECK(together({{lossy(1, "お花??です")}, {row(1, "お花🌸です")}}) == "お花🌸です@1×1");
  CHECK(together({{lossy(1, "ほんと?")}, {row(1, "ほんと?")}}) == "ほんと?@1×1");
  CHECK(together({{lossy(1, "お花??です")}}) == "お花??です@1");
  CHECK(together({{lossy(1, "お花??です")}, {lossy(1, "お花??です")}}) == "お花??です@1×1");
  CHECK(together({{lossy(1, "お花??です")}, {row(1, "お花🌸です")}, {lossy(1, "お花??です")}}) ==
        "お花🌸です@1×2");
}

TEST_CASE("Among several, a damaged row stands for the one nearest in length") {
  CHECK(together({{row(1, "みじかい🌸"), row(1, "これはずっとながい🌸")},
                  {lossy(1, "これはずっとながい??")}}) == "みじかい🌸@1 これはずっとながい🌸@1×1");
  CHECK(together({{row(1, "あか🌸"), row(1, "あお🌸")}, {lossy(1, "あか??"), lossy(1, "あお??")}}) ==
        "あか🌸@1×1 あお🌸@1×1");
  CHECK(together({{row(1, "あか🌸"), row(1, "あお🌸")}, {lossy(1, "あお??")}}) == "あか🌸@1 あお🌸@1 あお??@1");
  CHECK(together({{row(1, "お花🌸です")}, {row(1, "お花🌸です"), lossy(1, "お花??です")}}) ==
        "お花🌸です@1×1 お花??です@1");
}

TEST_CASE("Importing A, B and both gives the same union in any order") {
  const auto a = talk("予約", start, 10) +
                 std::vector<RowKey>{unsent(start + 3600), said(start, "はい"), said(start, "はい")};
  const auto b = talk("予約", start + 3600, 12) + std::vector<RowKey>{said(start, "はい")};
  std::vector<ExportFile> files = {file_of("", {}, start + day, a), file_of("", {}, start + 2 * day, b),
                                   file_of("", {}, start + 3 * day, a + b)};
  const auto expected = merged(files);
  std::sort(files.begin(), files.end(), comes_before);
  do {
    CHECK(merged(files) == expected);
  } while (std::next_permutation(files.begin(), files.end(), comes_before));
}

TEST_CASE("A file without rows, or none at all, adds nothing") {
  CHECK(merge_rows({}).empty());
  CHECK(together({{}, {row(1, "はい")}, {}}) == "はい@1");
}

TEST_CASE("Many rows in one second and many files of one chat end in linear time") {
  std::vector<RowKey> burst;
  for (int i = 0; i < 60000; ++i) {
    burst.push_back(said(start, "連投です" + std::to_string(i)));
    burst.push_back(i % 2 ? unsent(start) : damaged(start, "壊れた行?" + std::to_string(i)));
  }
  CHECK(merged({file_of("", {}, start + day, burst), file_of("", {}, start + 2 * day, burst)}).size() >=
        60000);

  const auto rows = talk("予約", start, 300);
  std::vector<ExportFile> weekly;
  for (int week = 0; week < 300; ++week)
    weekly.push_back(file_of("友" + std::to_string(week), 1, start + week * 7 * day + 400 * 3600, rows));
  CHECK(group_chats(weekly).size() == 1);

  // One large file, and many that share a row with it and contradict it.
  const auto large = talk("予約", start, 20000);
  std::vector<ExportFile> many = {file_of("大", {}, start + 9000 * day, large)};
  for (std::size_t i = 0; i < 2000; ++i)
    many.push_back(file_of("小", {}, start + 8000 * day,
                           {large[i * 10], said(start + 8000 * day - 90, "別の話" + std::to_string(i))}));
  CHECK(group_chats(many).size() == 2001);
}

TEST_CASE("Downloads of several chats with none in common may be of two accounts of one name") {
  constexpr UtcSeconds first = start + 30 * day, second = start + 37 * day;
  // Three chats of each account; both have a friend called 田中.
  const auto downloads = [](const std::string& about, UtcSeconds downloaded, int count) {
    std::vector<ExportFile> files;
    std::uint32_t number = 0;
    for (const auto* name : {"田中", "青木", "井上"}) {
      files.push_back(file_of(number == 0 ? name : name + about, number + 1, downloaded, talk(about + name, start + number * day, count)));
      ++number;
    }
    return files;
  };
  const auto accounts_told = [](const std::vector<ExportFile>& files) {
    GroupingNotes notes;
    group_chats(files, &notes);
    return std::count_if(notes.apart.begin(), notes.apart.end(), [](const KeptApart& note) { return note.reason == KeptApart::Reason::accounts; });
  };
  const auto join = [](std::vector<ExportFile> a, const std::vector<ExportFile>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const auto two = join(downloads("歯科", first, 12), downloads("美容", second, 12));
  CHECK(accounts_told(two) == 1);
  CHECK(chats(two) == "0 1 2 3 4 5"); // 田中 is not one of both by the name
  // The next week of one account, longer than before, and of each in turn.
  CHECK(accounts_told(join(downloads("歯科", first, 12), downloads("歯科", second, 20))) == 0);
  CHECK(accounts_told(join(two, downloads("歯科", second + 7 * day, 20))) == 2);
  // In the same minute the numbers show it.
  CHECK(accounts_told(join(downloads("歯科", first, 12), downloads("美容", first, 12))) == 1);
  // So long after, LINE has deleted what the first one held; and two chats may be two that began anew.
  CHECK(accounts_told(join(downloads("歯科", first, 12), downloads("美容", start + 400 * day, 12))) == 0);
  auto few = two;
  few.pop_back();
  few.pop_back();
  CHECK(accounts_told(few) == 0);
}
