#include <catch2/catch.hpp>

#include "base/bytes.hpp"
#include "importers/line_talk/talk.hpp"

using namespace genchi;
using namespace genchi::talk;
using line::Content;

namespace {

const std::string header = "[LINE] 川口 みおとのトーク履歴\n保存日時：2026/04/02 21:40\n";
const std::string one_day = header + "\n2026/04/01(水)\n";

Talk read(std::string_view bytes, std::string_view name = "[LINE] 川口 みおとのトーク.txt", const Choices& choices = {}) {
  auto talk = parse_talk(bytes, name, choices);
  REQUIRE(talk);
  CHECK(looks_like_talk(bytes, name));
  return *std::move(talk);
}

/// One line a row or bad row, in file order: `line: sender: text`, `line* text` for LINE's own words, `line! reason`.
std::string dump(const Talk& talk) {
  std::string out;
  std::size_t bad = 0;
  const auto bad_rows_before = [&](std::uint64_t offset) {
    for (; bad < talk.bad_rows.size() && talk.bad_rows[bad].offset < offset; ++bad)
      out += std::to_string(talk.bad_rows[bad].line) + "! " + talk.bad_rows[bad].reason + "|";
  };
  for (const auto& row : talk.rows) {
    bad_rows_before(row.offset);
    std::string text = row.text;
    for (char& c : text)
      if (c == '\n') c = '/';
    out += std::to_string(row.line) + (row.system ? "* " : ": " + row.sender + ": ") + text + (row.lossy ? "~" : "") + "|";
  }
  bad_rows_before(~std::uint64_t{0});
  return out;
}

std::string when(const Row& row) {
  return std::to_string(row.day.year) + "-" + std::to_string(row.day.month) + "-" + std::to_string(row.day.day) + " " +
         std::to_string(row.minute / 60) + ":" + std::to_string(row.minute % 60);
}

/// The bytes of each row read alone say the same.
void check_rows_alone(std::string_view bytes, const Talk& talk) {
  for (const auto& row : talk.rows) {
    const Row alone = read_row(bytes.substr(row.offset, row.length), talk.family, talk.charset, talk.senders);
    CHECK(alone.text == row.text);
    CHECK(alone.sender == row.sender);
    CHECK(alone.content == row.content);
    CHECK(alone.system == row.system);
  }
}

/// Every byte is in the header, a row, a bad row, or a day line or blank line between them.
void check_every_byte_is_accounted_for(std::string_view bytes, const Talk& talk) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> stretches;
  for (const auto& row : talk.rows) stretches.emplace_back(row.offset, row.length);
  for (const auto& row : talk.bad_rows) stretches.emplace_back(row.offset, row.length);
  std::sort(stretches.begin(), stretches.end());
  auto at = talk.preamble_length;
  const auto is_between = [&](std::string_view rest) {
    Line line;
    while (next_line(rest, line))
      CHECK((trim(line.text).empty() || parse_day_line(line.text, talk.family)));
  };
  for (const auto& [offset, length] : stretches) {
    REQUIRE(offset >= at);
    is_between(bytes.substr(at, offset - at));
    at = offset + length;
  }
  REQUIRE(at <= bytes.size());
  is_between(bytes.substr(at));
}

std::string whole(std::string_view bytes, std::string_view name = "[LINE] 川口 みおとのトーク.txt", const Choices& choices = {}) {
  const Talk talk = read(bytes, name, choices);
  if (talk.charset == "UTF-8") check_every_byte_is_accounted_for(bytes, talk);
  check_rows_alone(bytes, talk);
  return dump(talk);
}

const std::string some_talk = one_day + "18:20\t川口 みお\t明日の待ち合わせどうする？\n"
                              "18:22\tはると\t\"駅の\"\"西口\"\"で！\n7時で大丈夫？\"\n"
                              "18:22\t川口 みお\t[スタンプ]\n"
                              "18:30\t\tメッセージの送信を取り消しました\n"
                              "18:41\tはると\t☎ 通話時間 3:05\n";

std::string to_utf16(std::string_view text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  const auto unit = [&](char32_t u) {
    const char high = static_cast<char>(u >> 8), low = static_cast<char>(u & 0xFF);
    (out += big_endian ? high : low) += big_endian ? low : high;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode_utf8(text, at);
    at += c.size;
    if (c.value < 0x10000) {
      unit(c.value);
    } else {
      unit(0xD800 + ((c.value - 0x10000) >> 10));
      unit(0xDC00 + ((c.value - 0x10000) & 0x3FF));
    }
  }
  return out;
}

} // namespace

TEST_CASE("A phone's talk is read with its people, days and kinds") {
  const Talk talk = read(some_talk);
  CHECK(talk.family == Family::mobile);
  CHECK(talk.locale == "ja");
  CHECK(talk.charset == "UTF-8");
  CHECK(talk.name == "川口 みお");
  CHECK_FALSE(talk.group);
  CHECK(talk.saved == CivilDay{2026, 4, 2});
  CHECK(talk.saved_minute == 21 * 60 + 40);
  CHECK(talk.own == std::vector<std::string>{"はると"});
  CHECK_FALSE(talk.side_unknown);
  CHECK(whole(some_talk) == "5: 川口 みお: 明日の待ち合わせどうする？|6: はると: 駅の\"西口\"で！/7時で大丈夫？|8: 川口 みお: [スタンプ]|"
                            "9* メッセージの送信を取り消しました|10: はると: ☎ 通話時間 3:05|");
  REQUIRE(talk.rows.size() == 5);
  CHECK(when(talk.rows[1]) == "2026-4-1 18:22");
  CHECK(talk.rows[2].content == Content::sticker);
  CHECK(talk.rows[3].content == Content::unsent);
  CHECK(talk.rows[4].content == Content::call);
  CHECK(as_line_row(talk.rows[0], talk.own, japan_offset_minutes).type == line::SenderType::user);
  CHECK(as_line_row(talk.rows[1], talk.own, japan_offset_minutes).type == line::SenderType::account);
  CHECK(as_line_row(talk.rows[3], talk.own, japan_offset_minutes).sender_name == "はると");
  CHECK(as_line_row(talk.rows[0], talk.own, japan_offset_minutes).sent == utc_from_civil({2026, 4, 1}, 18, 20, 0, japan_offset_minutes));
}

TEST_CASE("A body of one line stays as it is, even if it begins with a quote") {
  CHECK(whole(one_day + "18:20\tA\t\"はい\"と言いました\n18:21\tA\t\"はい\"\n18:22\tA\t\"\n18:23\tA\t\"\"\"\n18:24\tA\tx\"y\n") ==
        "5: A: \"はい\"と言いました|6: A: \"はい\"|7: A: \"|8: A: \"\"\"|9: A: x\"y|");
  CHECK(whole(one_day + "18:20\tA\t\"はい\n\n2026/04/02(木)\n18:20\tA\t7時\"\n") == "5: A: \"はい|8: A: 7時\"|");
  CHECK(whole(one_day + "18:20\tA\t\"最後\n") == "5: A: \"最後|");
}

TEST_CASE("A body of several lines is quoted, whatever stands in it") {
  CHECK(whole(one_day + "18:20\tA\t\"一\n\n三\"\n18:21\tA\tx\n") == "5: A: 一//三|8: A: x|");
  CHECK(whole(one_day + "18:20\tA\t\"一\n二\n\"\n18:21\tA\tx\n") == "5: A: 一/二/|8: A: x|");
  CHECK(whole(one_day + "18:20\tA\t\"予定\n1:00 開場\n2:00 開演\"\n") == "5: A: 予定/1:00 開場/2:00 開演|");
  CHECK(whole(one_day + "18:20\tA\t\"\"\"一\"\"\n\"\"二\"\"\"\n18:21\tA\tx\n") == "5: A: \"一\"/\"二\"|7: A: x|");
  CHECK(whole(one_day + "18:20\tA\t\"予定\n\n2026/04/10(金)\n開場\"\n18:21\tA\tx\n") == "5: A: 予定//2026/04/10(金)/開場|9: A: x|");
  CHECK(whole(one_day + "18:20\tA\t\"タブ\tあり\n二\t三\"\n") == "5: A: タブ\tあり/二\t三|");
  CHECK(whole(one_day + "18:20\tA\tタブ\tあり\n") == "5: A: タブ\tあり|");
}

TEST_CASE("A pasted talk within a body stays in it, where its lines would else belong to none") {
  CHECK(whole(one_day + "18:20\tA\t\"当日の表です\n10:00\t開場\n10:30\t開会\n以上\"\n18:21\tA\tx\n") == "5: A: 当日の表です/10:00\t開場/10:30\t開会/以上|9: A: x|");
  CHECK(whole(one_day + "18:20\tA\t\"" + header + "\n2026/04/01(水)\n18:20\t川口 みお\t明日は？\n18:22\tはると\t7時で\"\n18:23\tA\tx\n") ==
        "5: A: [LINE] 川口 みおとのトーク履歴/保存日時：2026/04/02 21:40//2026/04/01(水)/18:20\t川口 みお\t明日は？/18:22\tはると\t7時で|11: A: x|");
  // Longer than a message can be: they are messages.
  std::string long_one = one_day + "18:20\tA\t\"一\n二\n";
  for (int n = 0; n < 3000; ++n) long_one += "18:21\tA\tお世話になっております\n";
  CHECK(read(long_one + "三\"\n").rows.size() == 3001);
}

TEST_CASE("A quote that does not close where a body may end is none; the lines after it are named") {
  CHECK(whole(one_day + "18:20\tA\t\"一\n二\" 三\n18:21\tA\tx\n") == "5: A: \"一|6! a line that is no part of a message|7: A: x|");
  CHECK(whole(one_day + "迷子\n迷子\n18:21\tA\tx\n迷子\n") ==
        "5! a line that is no part of a message|7: A: x|8! a line that is no part of a message|");
  const Talk talk = read(one_day + "迷子\n迷子\n18:21\tA\tx\n迷子\n");
  CHECK(talk.bad_rows.at(0).rows == 2);
  CHECK(whole(header + "\n18:20\tA\tx\n\n2026/04/01(水)\n18:20\tA\ty\n", "[LINE] x.txt") == "4! a message before the first day|7: A: y|");
}

TEST_CASE("LINE's own words, in the form of today and in an older one") {
  const auto bytes = one_day + "18:20\t\t\u2068はると\u2069が退会しました。\n18:21\tはるとが参加しました。\n18:22\t\t\u2068川口 みお\u2069がメッセージの送信を取り消しました\n";
  CHECK(whole(bytes) == "5* はるとが退会しました。|6* はるとが参加しました。|7* 川口 みおがメッセージの送信を取り消しました|");
  const Talk talk = read(bytes);
  CHECK(talk.rows[2].sender == "川口 みお");
  const auto row = as_line_row(talk.rows[2], {"はると"}, japan_offset_minutes);
  CHECK(row.type == line::SenderType::user);
  CHECK(row.content == Content::unsent);
  CHECK(as_line_row(talk.rows[0], {"はると"}, japan_offset_minutes).automatic);
}

TEST_CASE("A talk saved anew, by whatever program") {
  const std::string expected = whole(some_talk);
  std::string crlf;
  for (const char c : some_talk) (c == '\n' ? crlf += "\r\n" : crlf += c);
  CHECK(whole(crlf) == expected);
  CHECK(whole("\xEF\xBB\xBF" + some_talk) == expected);
  CHECK(whole(to_utf16(some_talk, false)) == expected);
  CHECK(whole(to_utf16(some_talk, true)) == expected);
  CHECK(read(to_utf16(some_talk, false)).charset == "UTF-16LE");
  CHECK(whole("\n" + some_talk).substr(0, 2) == "6:");
  const std::string cp932 = "[LINE] \x90\xC2\x96\xD8\x82\xC6\x82\xCC\x83\x67\x81\x5B\x83\x4E\x97\x9A\x97\xF0\n"
                            "\n2026/04/01(\x90\x85)\n18:20\t\x90\xC2\x96\xD8\t\x96\xBE\x93\xFA\?\n18:21\tx\t\x8F\xB3\x92\x6D\n";
  CHECK(whole(cp932) == "4: 青木: 明日?~|5: x: 承知|");
  CHECK(read(cp932).charset == "windows-31j");
  CHECK(whole(one_day + "18:20\tA\t\xE6\x98\n18:21\tA\tx\n").find("~|6: A: x|") != std::string::npos);
}

TEST_CASE("A file cut off anywhere loses nothing before the cut and mixes nothing") {
  const Talk all = read(some_talk);
  for (std::size_t size = header.size(); size < some_talk.size(); ++size) {
    INFO(size);
    const std::string bytes = some_talk.substr(0, size);
    const auto talk = parse_talk(bytes, "[LINE] 川口 みおとのトーク.txt");
    REQUIRE(talk);
    check_every_byte_is_accounted_for(bytes, *talk);
    for (std::size_t i = 0; i < talk->rows.size(); ++i) {
      if (talk->rows[i].offset + talk->rows[i].length < size) CHECK(talk->rows[i].text == all.rows[i].text);
      const bool cut = all.rows[i].offset + all.rows[i].length > size;
      if (cut && bytes.back() != '\n' && talk->rows[i].content == Content::text) CHECK(talk->rows[i].lossy);
    }
  }
  const std::string cut = "the file ends here without a line end: this message may be cut off";
  CHECK(whole(one_day + "18:22\tA\t\"駅の\"\"西口\"\"で\n7時で") == "5: A: 駅の\"西口\"で/7時で~|5! " + cut + "|");
  CHECK(whole(one_day + "18:22\tA\t\"駅の\n7時\xE3\x81") == "5: A: 駅の/7時~|5! " + cut + "|"); // within a character
  CHECK(whole(one_day + "18:22\tA\tx\n18:2") == "5: A: x|6! the file ends inside a line|");
  CHECK(whole(header) == "");
}

TEST_CASE("What is no talk") {
  CHECK_FALSE(parse_talk("", "[LINE] x.txt"));
  CHECK_FALSE(parse_talk("[LINE] のお知らせ\nこんにちは\n", "x.txt"));
  CHECK_FALSE(parse_talk("アカウント名,みどり歯科\n", "x.csv"));
  CHECK_FALSE(parse_talk("From: a@example.jp\n\nx\n", "x.eml"));
  CHECK_FALSE(parse_talk("2026.04.01 水曜日\n今日は晴れ。\n", "日記.txt"));
  CHECK_FALSE(parse_talk("2026.04.01 水曜日\n18:20 夕食\n19:00 風呂\n", "日記.txt"));
  CHECK_FALSE(parse_talk("2026.04.01 木曜日\n18:20 A x\n19:00 A y\n", "[LINE]A.txt")); // it was a Wednesday
  CHECK_FALSE(parse_talk(std::string(100'000, '\n'), "x.txt"));
}

TEST_CASE("Days whose order is open are settled by the weekday") {
  const auto first_day = [](const std::string& days, DateOrder given = DateOrder::unknown) {
    Choices choices;
    choices.dates = given;
    const Talk talk = read("[LINE] Chat history with Mio\n" + days, "x.txt", choices);
    return talk.dates_unknown ? "unknown" : when(talk.rows.at(0));
  };
  const std::string row = "8:15AM\tMio\thello\n";
  CHECK(first_day("Saved on: 11/04/2025, 08:00\n\nMon, 11/03/2025\n" + row) == "2025-11-3 8:15");
  CHECK(first_day("Saved on: 12/03/2025, 08:00\n\nTue, 11/03/2025\n" + row) == "2025-3-11 8:15");
  CHECK(first_day("\nSun, 26/04/2026\n" + row) == "2026-4-26 8:15");
  // 3 January and 1 March 2026 … 8 January and 1 August 2027: both weekdays differ; a pair of one weekday decides nothing.
  CHECK(first_day("\nWed, 05/05/2027\n" + row) == "2027-5-5 8:15");
  // 4 September and 9 April 2026 are Fridays and Thursdays; 1 October and 10 January 2022 …: look for a true pair.
  std::string pair;
  for (int month = 1; month <= 12 && pair.empty(); ++month)
    for (int day = month + 1; day <= 12 && pair.empty(); ++day) {
      const auto weekday = [](CivilDay d) { return (days_from_civil(d) + 4) % 7; };
      if (weekday({2026, month, day}) != weekday({2026, day, month})) continue;
      const char* names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      pair = std::string("\n") + names[weekday({2026, month, day})] + ", " + two(month) + "/" + two(day) + "/2026\n" + row;
    }
  REQUIRE_FALSE(pair.empty());
  CHECK(first_day(pair) == "unknown");
  CHECK(first_day(pair, DateOrder::month_first) != first_day(pair, DateOrder::day_first));
  // One other day of the file settles it.
  CHECK(first_day(pair + "\nThu, 31/12/2026\n" + row, DateOrder::month_first) == first_day(pair, DateOrder::day_first));
}

TEST_CASE("Whose side is ours, or that a person has to say it") {
  Choices me;
  me.me = {"はると", "みどり歯科"};
  const auto own = [](const Talk& talk) {
    std::string out = talk.side_unknown ? "?" : "";
    for (const auto& name : talk.own) out += name;
    return out;
  };
  CHECK(own(read(one_day + "18:20\t川口 みお\tx\n")).empty());
  CHECK(own(read(one_day + "18:20\tはると\tx\n")) == "?"); // the other side goes by another name, or never spoke
  CHECK(own(read(one_day + "18:20\tはると\tx\n", "", me)) == "はると");
  const std::string group = "[LINE] 町内会のトーク\n保存日時：2026/04/02 21:40\n\n2026/04/01(水)\n18:20\tはると\tx\n18:20\tあおい\ty\n18:21\tはると\tz\n";
  CHECK(own(read(group)) == "?");
  CHECK(read(group).senders == std::vector<std::string>{"はると", "あおい"});
  CHECK(own(read(group, "", me)) == "はると");
  // The file of a customer, whose other side we are.
  CHECK(own(read("[LINE] みどり歯科とのトーク履歴\n\n2026/04/01(水)\n18:20\t青木\tx\n18:21\tみどり歯科\ty\n", "", me)) == "みどり歯科");
  // A language we do not know.
  CHECK(own(read("[LINE] Histórico com Ana\n\n2026/04/01 Wed\n18:20\tAna\tx\n18:21\tRui\ty\n")) == "Rui");
}

TEST_CASE("A PC's talk: names from the file name and what is left") {
  const std::string bytes = "2026.04.01 水曜日\n18:20 川口 みお 明日の待ち合わせどうする？\n18:22 はると 駅の西口で！\n7時で大丈夫？\n"
                            "18:22 川口 みお スタンプ\n18:25 川口 みおがメッセージの送信を取り消しました\n\n2026.04.02 木曜日\n09:00 はると 写真\n";
  const Talk talk = read(bytes, "[LINE]川口 みお.txt");
  CHECK(talk.family == Family::pc);
  CHECK(talk.own == std::vector<std::string>{"はると"});
  CHECK(whole(bytes, "[LINE]川口 みお.txt") ==
        "2: 川口 みお: 明日の待ち合わせどうする？|3: はると: 駅の西口で！/7時で大丈夫？|5: 川口 みお: スタンプ|"
        "6* 川口 みおがメッセージの送信を取り消しました|9: はると: 写真|");
  CHECK(when(talk.rows.back()) == "2026-4-2 9:0");
  CHECK(talk.rows[3].sender == "川口 みお");
  CHECK(talk.rows[4].content == Content::photo);
}

TEST_CASE("A PC's talk: a line of somebody's message that begins with a time is no message") {
  const std::string bytes = "2026.04.01 水曜日\n18:20 川口 みお 当日の予定です\n10:00 開場\n19:00 開演\n18:22 はると 了解です\n18:23 はると では\n";
  CHECK(whole(bytes, "[LINE]川口 みお.txt") == "2: 川口 みお: 当日の予定です/10:00 開場/19:00 開演|5: はると: 了解です|6: はると: では|");
  // In a group the order of times tells, and an unknown name stays unknown.
  const std::string group = "2026.04.01 水曜日\n18:20 あおい 一\n10:00 開場\n18:21 あおい 二\n18:22 そら 三\n18:23 あおい 四\n18:24 りく 五\n18:25 りく 六\n";
  CHECK(whole(group, "[LINE]町内会.txt") == "2: あおい: 一/10:00 開場|4: あおい: 二|5: : そら 三|6: あおい: 四|7: りく: 五|8: りく: 六|");
  Choices names;
  names.names = {"そら"};
  CHECK(whole(group, "[LINE]町内会.txt", names).find("5: そら: 三|") != std::string::npos);
}

TEST_CASE("A PC's talk: a pasted day line does not move the days after it") {
  const auto days = [](const std::string& bytes) {
    std::string out;
    for (const auto& row : read(bytes, "[LINE]川口 みお.txt").rows) out += when(row) + "|";
    return out;
  };
  const std::string first = "2026.04.01 水曜日\n18:20 川口 みお 明日は\n18:22 はると 駅で\n", second = "2026.04.02 木曜日\n09:00 はると 着きました\n",
                    third = "2026.04.03 金曜日\n08:00 川口 みお 昨日はどうも\n";
  const std::string expected = "2026-4-1 18:20|2026-4-1 18:22|2026-4-2 9:0|2026-4-3 8:0|";
  CHECK(days(first + second + third) == expected);
  CHECK(days(first + "2026.12.31 木曜日\n" + second + third) == expected);  // of a later time
  CHECK(days(first + "2025.12.31 水曜日\n" + second + third) == expected);  // of an earlier one
  CHECK(days(first + second + third + "2026.04.01 水曜日\n08:01 はると はい\n") == expected + "2026-4-3 8:1|");
  CHECK(read(first + "2026.12.31 木曜日\n" + second + third, "[LINE]川口 みお.txt").rows[1].text == "駅で\n2026.12.31 木曜日");
}

TEST_CASE("A PC's talk of two: our name is what all other lines begin with, or a person says it") {
  const auto sides = [](const std::string& bytes, std::vector<std::string> me = {}, std::vector<std::string> names = {}) {
    Choices choices;
    choices.me = std::move(me);
    choices.names = std::move(names);
    const Talk talk = read("2026.04.01 水曜日\n" + bytes, "[LINE]Ken.txt", choices);
    std::string out = talk.side_unknown ? "?" : "";
    for (const auto& name : talk.own) out += name;
    for (const auto& row : talk.rows) out += "|" + row.sender + ": " + row.text;
    return out;
  };
  const std::string ken = "09:00 Ken hi\n";
  CHECK(sides(ken + "09:01 はると はい\n09:02 はると では\n") == "はると|Ken: hi|はると: はい|はると: では");
  CHECK(sides(ken + "09:01 はると はい\n").substr(0, 1) == "?"); // or a line of what Ken says
  CHECK(sides(ken + "09:01 はると はい わかりました\n").substr(0, 1) == "?"); // はると, or はると はい?
  CHECK(sides(ken + "09:01 はると はい わかりました\n", {"はると"}) == "はると|Ken: hi|はると: はい わかりました");
  CHECK(sides(ken + "09:01 Dana Ferro yes I can\n09:02 Dana Ferro yes we do\n09:03 Dana Ferro yes and no\n").substr(0, 1) == "?");
  CHECK(sides(ken + "09:01 Dana Ferro yes I can\n09:02 Dana Ferro let us see\n09:03 Dana Ferro thanks a lot\n09:04 Dana Ferro no\n09:05 Dana Ferro ok\n")
            .substr(0, 10) == "Dana Ferro");
  // Ken, who says "Mori …", or Ken Mori?
  const std::string mori = "09:00 Ken Mori hi\n09:01 Ken Mori are you there\n09:02 Ken Mori ok\n";
  CHECK(sides(mori).substr(0, 1) == "?");
  CHECK(sides(ken + mori, {"Ken Mori"}) == "Ken Mori|Ken: hi|Ken Mori: hi|Ken Mori: are you there|Ken Mori: ok");
  // A line of his message that begins with a time, while we never spoke.
  CHECK(sides("09:00 Ken 予定です\n10:00 開場 本館\n").substr(0, 1) == "?");
  CHECK(sides("09:00 Ken 予定です\n10:00 開場 本館\n", {"はると"}, {"Ken"}) == "|Ken: 予定です\n10:00 開場 本館");
  // Words that recur in times within messages are nobody's name, where both are known.
  std::string plans = ken;
  for (int n = 0; n < 4; ++n) plans += "09:0" + std::to_string(n) + " はると 予定です\n1" + std::to_string(n) + ":00 会議 A\n";
  CHECK(sides(plans, {"はると"}).find("会議:") == std::string::npos);
}

TEST_CASE("A PC's group: names that are others' and a word more, emoji, rare ones") {
  std::string bytes = "2026.04.01 水曜日\n";
  const auto say = [&](const std::string& what) {
    const int minute = static_cast<int>(std::count(bytes.begin(), bytes.end(), '\n'));
    bytes += std::string(minute < 70 ? "09:" : "10:") + std::to_string(10 + (minute < 70 ? minute % 50 : minute - 60)) + " " + what + "\n";
  };
  for (const char* what : {"hello all", "see you", "it is done", "I agree", "ok", "what now", "we go at nine", "fine by me", "yes", "no way"}) {
    say(std::string("Dana Ferro ") + what);
    say(std::string("Dana Kim ") + what);
    say(std::string("🌷 花屋 たけ ") + what);
  }
  Choices me;
  me.me = {"Dana Kim"};
  const Talk talk = read(bytes, "[LINE]Shop.txt", me);
  CHECK(talk.senders == std::vector<std::string>{"Dana Ferro", "Dana Kim", "🌷 花屋 たけ"});
  CHECK(talk.rows.size() == 30);
}

TEST_CASE("Calls are known by LINE's words, not by the telephone") {
  for (const auto* text : {"☎ 通話時間 3:05", "☎ 通話時間 1:02:03", "☎ 不在着信", "☎ 通話に応答がありませんでした", "☎ 通話をキャンセルしました",
                           "☎ グループ音声通話に招待されました。", "☎ Call time 1:23", "☎ No answer", "☎ Canceled call", "Missed call", "☎ 未接來電", "☎ 您已取消通話", "ไม่ได้รับสาย"})
    CHECK(classify(text, Family::mobile) == Content::call);
  for (const auto* text : {"☎ 午後7時 三ツ井", "☎", "☎ 通話時間", "☎ 通話時間は3分でした", "通話時間 3:05", "No answer", "☎ 不在着信\nでした"})
    CHECK(classify(text, Family::mobile) == Content::text);
}

TEST_CASE("A PC's talk: names with blanks, TABs in bodies, languages") {
  const std::string bytes = "2017.09.03 Sunday\n08:00 Mio Kawaguchi hello\tthere\n08:01 Mio Kawaguchi again\n08:02 Mio Kawaguchi Stickers\n"
                            "08:03 Mio Tanaka yes\n08:04 Mio Tanaka no\n08:05 Mio Tanaka Photos\n";
  CHECK(whole(bytes, "talk.txt") == "2: Mio Kawaguchi: hello\tthere|3: Mio Kawaguchi: again|4: Mio Kawaguchi: Stickers|"
                                    "5: Mio Tanaka: yes|6: Mio Tanaka: no|7: Mio Tanaka: Photos|");
  CHECK(read(bytes, "talk.txt").side_unknown);
  CHECK(read(bytes, "talk.txt").locale == "en");
  CHECK(whole("2025.12.20 วันเสาร์\n08:00 สมชาย รูป\n08:01 สมชาย x\n08:02 ฉัน y\n08:03 ฉัน z\n", "[LINE]สมชาย.txt") ==
        "2: สมชาย: รูป|3: สมชาย: x|4: ฉัน: y|5: ฉัน: z|");
}

TEST_CASE("Fifty thousand messages in a moment, and hostile files in as little") {
  std::string large = header;
  for (int day = 0; day < 500; ++day) {
    large += "\n2026/04/01(水)\n";
    for (int n = 0; n < 100; ++n) large += n % 7 == 0 ? "18:20\tA\t\"一\n\n\"\"二\"\"\"\n" : "18:20\t川口 みお\t\"x\n";
  }
  const Talk talk = read(large);
  CHECK(talk.rows.size() == 50'000);
  CHECK(talk.bad_rows.empty());
  std::string open = one_day;
  for (int n = 0; n < 200'000; ++n) open += "18:20\tA\t\"\n\"\"\n";
  CHECK(read(open).rows.size() == 100'000); // each a body that holds the next line
  std::string pc = "2026.04.01 水曜日\n";
  for (int n = 0; n < 200'000; ++n) pc += "18:20 a a a a a a a " + std::to_string(n) + "\n";
  CHECK(read(pc, "[LINE]x.txt").rows.size() == 200'000);
  CHECK(read(one_day + "18:20\tA\t" + std::string(10'000'000, '"') + "\n").rows.size() == 1);
}

TEST_CASE("a row gives way to what the app has for a message that was taken back", "[line_talk]") {
  const auto without = [](const std::string& bytes, const std::string& name, std::size_t row, bool ours) {
    const Talk talk = read(bytes, name);
    REQUIRE(row < talk.rows.size());
    const Row& gone = talk.rows[row];
    const std::string instead = taken_back_row(std::string_view(bytes).substr(gone.offset, gone.length), gone, talk, ours);
    const Talk after = read(bytes.substr(0, gone.offset) + instead + bytes.substr(gone.offset + gone.length), name);
    REQUIRE(after.rows.size() == talk.rows.size());
    CHECK(after.rows[row].content == Content::unsent);
    CHECK(after.rows[row].minute == gone.minute);
    CHECK(after.rows[row].sender == (ours ? "" : gone.sender));
    CHECK(after.bad_rows.empty());
    return instead;
  };
  const std::string phone = one_day + "18:20\t川口 みお\t明日は\n18:22\tはると\t\"西口で\n7時\"\n18:23\t川口 みお\tはい\n";
  CHECK(without(phone, "[LINE] 川口 みおとのトーク.txt", 0, false) == "18:20\t\t川口 みおがメッセージの送信を取り消しました\n");
  CHECK(without(phone, "[LINE] 川口 みおとのトーク.txt", 1, true) == "18:22\t\tメッセージの送信を取り消しました\n");
  std::string pc = "2026.04.01 水曜日\n";
  for (int n = 0; n < 5; ++n) pc += "18:2" + std::to_string(n) + " 川口 みお はい\n18:2" + std::to_string(n) + " はると では\n";
  CHECK(without(pc, "[LINE]川口 みお.txt", 0, false) == "18:20 川口 みおがメッセージの送信を取り消しました\n");
  CHECK(without(pc, "[LINE]川口 みお.txt", 1, true) == "18:20 メッセージの送信を取り消しました\n");
}
