#include "importers/line_oa/drift.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>

using namespace genchi;
using namespace genchi::line;

namespace {

constexpr UtcSeconds hour = 3600;
constexpr UtcSeconds day = 24 * hour;
constexpr UtcSeconds start = 1'700'000'040; // a full minute

Row row(UtcSeconds second, const std::string& text, SenderType type = SenderType::user) {
  Row result;
  result.type = type;
  result.sent = start + second;
  result.text = text;
  result.content = classify_content(text);
  return result;
}
Row ours(UtcSeconds second, const std::string& text) {
  return row(second, text, SenderType::account);
}
Row damaged(UtcSeconds second, const std::string& text) {
  auto result = row(second, text);
  result.lossy = true;
  return result;
}
Row taken_back(UtcSeconds second) {
  return row(second, "送信が取り消されたメッセージです");
}

using Rows = std::vector<Row>;
Rows operator+(Rows a, const Rows& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::stable_sort(a.begin(), a.end(), [](const Row& x, const Row& y) { return x.sent < y.sent; });
  return a;
}

/// One row every hour, friend and account in turn.
Rows talk(const std::string& about, UtcSeconds from, int count) {
  Rows rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(row(from + i * hour, about + "の話その" + std::to_string(i),
                       i % 2 ? SenderType::account : SenderType::user));
  return rows;
}
Rows without(Rows rows, std::size_t at) {
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
  return rows;
}

struct Download {
  UtcSeconds made; ///< after `start`; 0 unknown
  Rows rows;
  std::string name = "青木";
  std::string language = "ja";
  std::optional<std::uint32_t> number = {};
};

std::vector<ExportFile> files_of(const std::vector<Download>& downloads) {
  std::vector<ExportFile> files;
  for (const auto& download : downloads) {
    ExportFile file;
    file.order = files.size() + 1;
    file.digest = sha256("download " + std::to_string(file.order));
    file.chat_name = download.name;
    file.language = download.language;
    file.number = download.number;
    if (download.made) file.downloaded = start + download.made;
    for (const auto& r : download.rows) file.rows.push_back(row_key(r));
    files.push_back(std::move(file));
  }
  return files;
}

std::string line_of(const Drift& drift, const std::vector<std::uint64_t>& order) {
  std::string line = std::string(drift_case_name(drift.what)) + " " + std::to_string(order[drift.file]);
  if (drift.other) line += "/" + std::to_string(order[*drift.other]);
  if (drift.rows) line += " ×" + std::to_string(drift.rows);
  if (!drift.was.empty()) line += " " + drift.was + "→" + drift.now;
  return line;
}

/// "unread 2/1 ×3": download 2 has three rows that 1 left out as unread. The same in every order.
std::string told(const std::vector<Download>& downloads) {
  const auto files = files_of(downloads);
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::string expected;
  bool is_first = true;
  do {
    std::vector<const ExportFile*> held;
    std::vector<std::uint64_t> names;
    for (const auto i : order) {
      held.push_back(&files[i]);
      names.push_back(files[i].order);
    }
    std::string out;
    for (const auto& drift : compare_downloads(held, merge_rows(held))) {
      out += (out.empty() ? "" : ", ") + line_of(drift, names);
      REQUIRE(drift.examples.size() == std::min<std::size_t>(drift.rows, 3));
      for (const auto& place : drift.examples) {
        const auto sent = held.at(place.first)->rows.at(place.second).sent;
        REQUIRE(sent >= drift.first);
        REQUIRE(sent <= drift.last);
      }
    }
    if (is_first) expected = out;
    is_first = false;
    REQUIRE(out == expected);
  } while (std::next_permutation(order.begin(), order.end()));
  return expected;
}

} // namespace

TEST_CASE("Downloads that agree say nothing") {
  const auto rows = talk("予約", 0, 40);
  CHECK(told({}).empty());
  CHECK(told({{day, rows}}).empty());
  CHECK(told({{day, {rows.begin(), rows.begin() + 24}},
              {2 * day, rows},
              {3 * day, rows + talk("続き", 2 * day + 60, 9)}})
            .empty());
  CHECK(told({{day, {}}, {2 * day, {}}}).empty());
}

TEST_CASE("A row taken back is told of the download that says so, with the one that has the words") {
  const auto rows = talk("予約", 0, 20);
  auto later = rows;
  later[4] = taken_back(4 * hour);
  CHECK(told({{day, rows}, {2 * day, later}}) == "unsent 2/1 ×1");
  CHECK(told({{day, rows}, {2 * day, later}, {3 * day, later}}) == "unsent 2/1 ×1");
}

TEST_CASE("In the middle of a second, a row taken back is the one that is lacking") {
  const auto rows = talk("予約", 0, 20) + Rows{row(90, "はじめに"), row(90, "まんなか"), row(90, "おわりに")};
  auto later = rows;
  later[2] = taken_back(90);
  CHECK(told({{day, rows}, {2 * day, later}}) == "unsent 2/1 ×1");
}

TEST_CASE("What the friend wrote last before a download and only the next one has was unread") {
  const auto read = talk("予約", 0, 20);
  const Rows unread{row(21 * hour, "まだですか"), row(22 * hour, "お返事ください")};
  CHECK(told({{day, read}, {2 * day, read + unread}}) == "unread 2/1 ×2");
  CHECK(told({{day, read}, {2 * day, read + unread}, {3 * day, read + unread}}) == "unread 2/1 ×2");
  SECTION("with the answer that a machine gave") {
    CHECK(told({{day, read}, {2 * day, read + unread + Rows{ours(22 * hour + 1, "時間外です")}}}) ==
          "unread 2/1 ×3");
  }
  SECTION("in the minute of the download it was not there yet") {
    CHECK(told({{day, read}, {2 * day, read + Rows{row(day + 30, "着いたばかり")}}}).empty());
  }
  SECTION("older than all that the first download holds") {
    CHECK(told({{day, {read.begin() + 2, read.end()}},
                {2 * day, Rows{read[0]} + Rows{read.begin() + 2, read.end()}}}) == "unread 2/1 ×1");
  }
  SECTION("the whole chat") {
    CHECK(told({{day, {}}, {2 * day, unread}}) == "unread 2/1 ×2");
  }
  SECTION("between rows that were read") {
    CHECK(told({{day, without(read, 4)}, {2 * day, read}}) == "unread 2/1 ×1");
  }
}

TEST_CASE("What the account wrote was never unread") {
  const auto rows = talk("予約", 0, 20);
  CHECK(told({{day, without(rows, 5)}, {2 * day, rows}}) == "added 2/1 ×1");
}

TEST_CASE("A row that is gone for no visible reason is told once, and when it is gone again") {
  const auto rows = talk("予約", 0, 20);
  const auto lacking = without(rows, 5);
  CHECK(told({{day, rows}, {2 * day, lacking}}) == "missing 2/1 ×1");
  CHECK(told({{day, rows}, {2 * day, lacking}, {3 * day, lacking}}) == "missing 2/1 ×1");
  CHECK(told({{day, rows}, {2 * day, lacking}, {3 * day, rows}, {4 * day, lacking}}) ==
        "missing 2/1 ×1, missing 4/3 ×1");
  // The second of a file's first row may be cut.
  CHECK(told({{day, rows + Rows{row(0, "ほかにも")}}, {2 * day, rows}}).empty());
}

TEST_CASE("Of two copies of one download, the one that lacks a row is told") {
  const auto rows = talk("予約", 0, 20);
  CHECK(told({{day, rows}, {day, without(rows, 5)}}).find("missing 2/1 ×1") != std::string::npos);
}

TEST_CASE("Rows older than the later download's first are told from when on they are gone") {
  const auto old = talk("去年", 0, 10);
  const auto rows = talk("今年", 300 * day, 10);
  CHECK(told({{301 * day, old + rows}, {302 * day, rows}}) == "expired 2/1 ×10");
  CHECK(told({{301 * day, old + rows}, {302 * day, rows}, {303 * day, rows}}) == "expired 2/1 ×10");
  CHECK(told({{301 * day, old}, {600 * day, {}}}) == "expired 2/1 ×10");
  CHECK(told({{301 * day, old + rows},
              {302 * day, Rows(old.begin() + 4, old.end()) + rows},
              {303 * day, rows}}) == "expired 2/1 ×4, expired 3/2 ×6");
}

TEST_CASE("Younger rows than LINE deletes, or rows that come back, were left out by a chosen period") {
  const auto rows = talk("予約", 0, 40);
  const Rows end(rows.begin() + 20, rows.end()), begin(rows.begin(), rows.begin() + 20),
      middle(rows.begin() + 10, rows.begin() + 20);
  CHECK(told({{2 * day, rows}, {3 * day, end}}) == "excerpt 2/1 ×20");
  CHECK(told({{2 * day, rows}, {3 * day, begin}}) == "excerpt 2/1 ×20");
  CHECK(told({{2 * day, rows}, {3 * day, middle}, {4 * day, rows}}) == "excerpt 2/1 ×30");
  CHECK(told({{2 * day, middle}, {3 * day, rows}}).find("excerpt 1/2") == 0);
  CHECK(told({{2 * day, rows}, {300 * day, end}, {301 * day, rows}}) == "excerpt 2/1 ×20");
}

TEST_CASE("Lost characters are told of the file that lost them, whichever is later") {
  const auto rows = talk("予約", 0, 20) + Rows{row(30, "楽しみ🌸です")};
  auto resaved = rows;
  resaved[1] = damaged(30, "楽しみ??です");
  CHECK(told({{day, rows}, {2 * day, resaved}}) == "damaged 2/1 ×1");
  CHECK(told({{day, resaved}, {2 * day, rows}}) == "damaged 1/2 ×1");
  // A question mark that was one is no loss.
  const auto asked = talk("予約", 0, 20) + Rows{row(30, "明日?")};
  auto asked_resaved = asked;
  asked_resaved[1] = damaged(30, "明日?");
  CHECK(told({{day, asked}, {2 * day, asked_resaved}}).empty());
}

TEST_CASE("Placeholders in another language are the same rows") {
  const auto words = talk("予約", 0, 20);
  CHECK(told({{day, words + Rows{row(30, "写真を送信しました。")}},
              {2 * day, words + Rows{row(30, "照片已傳送")}, "青木", "zh-TW"},
              {3 * day, words + Rows{row(30, "คุณส่งรูป")}, "青木", "th"}}) ==
        "language 2/1 ×1 ja→zh-TW, language 3/2 ×1 zh-TW→th");
  CHECK(told({{day, words}, {2 * day, words, "青木", "en"}}).empty());
}

TEST_CASE("A new name is told since when, a copy's is none") {
  const auto rows = talk("予約", 0, 20);
  CHECK(told({{day, rows, "青木"}, {2 * day, rows, "青木 りん"}, {3 * day, rows, "青木 りん"}}) ==
        "renamed 2/1 青木→青木 りん");
  CHECK(told({{day, rows}, {2 * day, rows}, {2 * day, rows, "青木 - コピー"}, {3 * day, rows}}).empty());
  CHECK(told({{day, rows}, {2 * day, rows, ""}, {3 * day, rows}}).empty());
}

TEST_CASE("Equal rows of one second that are more in one download are told as repeated") {
  const auto rows = talk("予約", 0, 20);
  const auto video = row(30, "動画を送信しました。");
  CHECK(told({{day, rows + Rows{video}}, {2 * day, rows + Rows{video, video}}}) == "repeated 2/1 ×1");
  CHECK(told({{day, rows + Rows{video, video}}, {2 * day, rows + Rows{video}}}) == "repeated 2/1 ×1");
}

TEST_CASE("Several things at once are told each") {
  const auto rows = talk("予約", 0, 20) + Rows{row(30, "楽しみ🌸です")};
  auto later = rows;
  later[1] = damaged(30, "楽しみ??です");
  later[5] = taken_back(4 * hour);
  later.push_back(row(20 * hour + 60, "まだですか"));
  CHECK(told({{day, rows, "青木"}, {2 * day, later, "森"}}) ==
        "renamed 2/1 青木→森, unsent 2/1 ×1, unread 2/1 ×1, damaged 2/1 ×1");
}

TEST_CASE("Files of equal bytes count once") {
  const auto rows = talk("予約", 0, 20);
  auto files = files_of({{day, rows}, {2 * day, without(rows, 5)}});
  files.push_back(files[0]);
  files.back().chat_name = "写し";
  std::vector<const ExportFile*> held{&files[0], &files[1], &files[2]};
  const auto report = compare_downloads(held, merge_rows(held));
  REQUIRE(report.size() == 1);
  CHECK(report.front().what == DriftCase::missing);
}

TEST_CASE("Downloads of unknown time are compared up to their last row") {
  const auto rows = talk("予約", 0, 20);
  CHECK(told({{0, {rows.begin(), rows.begin() + 10}}, {2 * day, rows}}).empty());
  CHECK(told({{0, without(rows, 4)}, {2 * day, rows}}) == "unread 2/1 ×1");
}

TEST_CASE("Many rows in a second and many downloads are compared in linear time") {
  Rows burst;
  for (int i = 0; i < 20'000; ++i) burst.push_back(row(60, i % 2 ? "連投" : "連投" + std::to_string(i)));
  const auto lacking = Rows(burst.begin(), burst.begin() + 10'000);
  const auto bounds = Rows{row(0, "はじまりです"), row(2 * hour, "おわりです")};
  const auto files = files_of({{day, bounds + burst}, {2 * day, bounds + lacking}});
  std::vector<const ExportFile*> held{&files[0], &files[1]};
  const auto report = compare_downloads(held, merge_rows(held));
  REQUIRE(report.size() == 2);
  CHECK(report[0].rows + report[1].rows == 10'000);

  std::vector<Download> weekly;
  for (int week = 0; week < 2'000; ++week)
    weekly.push_back({week * 7 * day, {row(week * 7 * day - hour, "週報です")}});
  const auto series = files_of(weekly);
  held.clear();
  for (const auto& file : series) held.push_back(&file);
  CHECK(compare_downloads(held, merge_rows(held)).size() >= 1'999);
}

// --- what it takes more than one chat to see

namespace {

/// "apart 2/1 …": see below. Files by order, the same whatever order they come in.
std::vector<std::string> notes(const std::vector<Download>& downloads) {
  const auto files = files_of(downloads);
  std::vector<std::string> expected;
  auto shuffled = files;
  for (int i = 0; i < 6; ++i) {
    GroupingNotes found;
    group_chats(shuffled, &found);
    std::vector<std::string> out;
    for (const auto& apart : found.apart)
      out.push_back((apart.reason == KeptApart::Reason::namesake ? "namesake " : "contradiction ") +
                    std::to_string(shuffled[apart.file].order) + "/" +
                    std::to_string(shuffled[apart.other].order) +
                    (apart.rows ? " ×" + std::to_string(apart.rows) : ""));
    for (const auto& bridge : found.bridges)
      out.push_back("bridge " + std::to_string(shuffled[bridge.file].order) + ": " +
                    shuffled[bridge.one].chat_name + "+" + shuffled[bridge.other].chat_name);
    std::sort(out.begin(), out.end());
    if (i == 0) expected = out;
    REQUIRE(out == expected);
    std::next_permutation(shuffled.begin(), shuffled.end(),
                          [](const ExportFile& a, const ExportFile& b) { return a.order < b.order; });
  }
  return expected;
}
using Notes = std::vector<std::string>;

} // namespace

TEST_CASE("Friends of one name are told, each once, of the newest download that calls them so") {
  const auto one = talk("予約", 0, 20), other = talk("見積り", 60, 20);
  CHECK(notes({{day, one, "青木", "ja", 1}, {day, other, "青木", "ja", 2}}) ==
        Notes{"namesake 1/2", "namesake 2/1"});
  CHECK(notes({{day, one, "青木", "ja", 1},
               {day, other, "青木", "ja", 2},
               {2 * day, one, "青木", "ja", 2},
               {2 * day, other, "森", "ja", 1}}) == Notes{"namesake 2/3", "namesake 3/2"});
  CHECK(notes({{day, one, "Unknown", "ja", 1}, {day, other, "Unknown", "ja", 2}}).empty());
  CHECK(notes({{day, one, "青木", "ja", 1}, {day, other, "森", "ja", 2}, {2 * day, one, "青木", "ja", 7}})
            .empty());
}

TEST_CASE("Another chat of the same name that says otherwise is told with its rows") {
  const auto one = talk("予約", 0, 20), other = talk("見積り", 60, 20);
  CHECK(notes({{day, one}, {2 * day, other}}) == Notes{"contradiction 2/1 ×19"});
}

TEST_CASE("A download without which a chat would be two is told as a bridge") {
  const auto rows = talk("予約", 0, 40);
  const Rows early(rows.begin(), rows.begin() + 15), late(rows.begin() + 25, rows.end()),
      between(rows.begin() + 5, rows.begin() + 35);
  CHECK(notes({{15 * hour, early, "青木"}, {45 * hour, late, "森"}, {35 * hour, between, "森"}}) ==
        Notes{"bridge 3: 青木+森"});
  CHECK(notes({{15 * hour, early, "青木"}, {45 * hour, late, "青木"}, {35 * hour, between, "青木"}}).empty());
  CHECK(notes({{15 * hour, early, "青木"}, {45 * hour, rows, "森"}, {35 * hour, between, "森"}}).empty());
}
