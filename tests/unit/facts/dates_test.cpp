#include "facts/dates.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace genchi::facts {
namespace {

Moment at(std::string_view time) {
  const std::string full = time.size() == 10 ? std::string(time) + "T10:00:00+09:00" : std::string(time) + ":00+09:00";
  const auto moment = parse_iso8601(full);
  REQUIRE(moment);
  return *moment;
}

/// `2024-04-01T10:00 appointment, 2024-04-05 mention`, with ! behind a day whose printed weekday is another's.
std::string said(const std::vector<ReadDate>& dates, bool roles) {
  std::string all;
  for (const ReadDate& read : dates) {
    std::string value = read.date.value();
    for (std::size_t place = 0; (place = value.find(":00+09:00")) != std::string::npos;) value.erase(place, 9);
    if (!all.empty()) all += ", ";
    all += value;
    if (read.date.weekday_mismatch) all += "!";
    if (roles) all += " " + std::string(role_name(read.date.role));
  }
  return all;
}

std::vector<ReadDate> read_in(DateContext& context, std::string_view sent, std::string_view words) {
  const Text text(words);
  std::vector<ReadDate> dates = read_dates(text, at(sent));
  context.settle(dates, at(sent));
  return dates;
}
std::string days_in(std::string_view sent, std::string_view words) {
  DateContext context;
  return said(read_in(context, sent, words), false);
}
std::string dates_in(std::string_view sent, std::string_view words) {
  DateContext context;
  return said(read_in(context, sent, words), true);
}

struct Spelling {
  std::string_view written, value;
};

constexpr std::string_view carriers[] = {"ご相談の件、{}でお願いできますでしょうか。", "{}の予定です", "お世話になっております。\n日程：{}\nよろしくお願いいたします。",
                                         "では{}に。"};

std::string carried(std::string_view carrier, std::string_view words) {
  std::string text(carrier);
  return text.replace(text.find("{}"), 2, words);
}

// Sent on Wednesday, 20 March 2024.
TEST_CASE("facts/dates: every spelling of FACTS, in any sentence") {
  const Spelling spelling = GENERATE(values<Spelling>({
      {"2024年4月1日", "2024-04-01"},
      {"2024/4/1", "2024-04-01"},
      {"2024.4.1", "2024-04-01"},
      {"2024-04-01", "2024-04-01"},
      {"24/4/1", "2024-04-01"},
      {"４月１日", "2024-04-01"},
      {"4/1(月)", "2024-04-01"},
      {"４／１（月）", "2024-04-01"},
      {"四月一日", "2024-04-01"},
      {"二〇二四年四月一日", "2024-04-01"},
      {"令和6年4月1日", "2024-04-01"},
      {"令和六年四月一日", "2024-04-01"},
      {"令和元年", "2019-01-01/2019-12-31"},
      {"令和元年5月1日", "2019-05-01"},
      {"R6.4.1", "2024-04-01"},
      {"R6/4/1", "2024-04-01"},
      {"平成31年", "2019-01-01/2019-12-31"},
      {"H31.4.30", "2019-04-30"},
      {"昭和60年6月2日", "1985-06-02"},
      {"20240401", "2024-04-01"},
      {"4/1〜4/5", "2024-04-01/2024-04-05"},
      {"4月1日から5日まで", "2024-04-01/2024-04-05"},
      {"4/1-5", "2024-04-01/2024-04-05"},
      {"4月1〜5日", "2024-04-01/2024-04-05"},
      {"12/29〜1/3", "2024-12-29/2025-01-03"},
      {"今日", "2024-03-20"},
      {"本日", "2024-03-20"},
      {"明日", "2024-03-21"},
      {"明後日", "2024-03-22"},
      {"しあさって", "2024-03-23"},
      {"昨日", "2024-03-19"},
      {"一昨日", "2024-03-18"},
      {"翌日", "2024-03-21"},
      {"今週", "2024-03-18/2024-03-24"},
      {"来週", "2024-03-25/2024-03-31"},
      {"再来週", "2024-04-01/2024-04-07"},
      {"先週", "2024-03-11/2024-03-17"},
      {"来週の金曜", "2024-03-29"},
      {"来週金曜日", "2024-03-29"},
      {"来週火〜木", "2024-03-26/2024-03-28"},
      {"今週中", "2024-03-18/2024-03-24"},
      {"来週中", "2024-03-25/2024-03-31"},
      {"今週末", "2024-03-23/2024-03-24"},
      {"週明け", "2024-03-25"},
      {"今月", "2024-03-01/2024-03-31"},
      {"来月", "2024-04-01/2024-04-30"},
      {"再来月", "2024-05-01/2024-05-31"},
      {"先月", "2024-02-01/2024-02-29"},
      {"月末", "2024-03-31"},
      {"今月末", "2024-03-31"},
      {"3月末", "2024-03-31"},
      {"末日", "2024-03-31"},
      {"8月いっぱい", "2024-08-31"},
      {"月初", "2024-04-01"},
      {"4月上旬", "2024-04-01/2024-04-10"},
      {"4月中旬", "2024-04-11/2024-04-20"},
      {"4月下旬", "2024-04-21/2024-04-30"},
      {"年内", "2024-12-31"},
      {"年末", "2024-12-31"},
      {"年始", "2025-01-01"},
      {"年度末", "2024-03-31"},
      {"今年", "2024-01-01/2024-12-31"},
      {"来年", "2025-01-01/2025-12-31"},
      {"去年", "2023-01-01/2023-12-31"},
      {"昨年", "2023-01-01/2023-12-31"},
      {"一昨年", "2022-01-01/2022-12-31"},
      {"3日後", "2024-03-23"},
      {"三日後", "2024-03-23"},
      {"10日以内", "2024-03-30"},
      {"2週間以内", "2024-04-03"},
      {"一週間後", "2024-03-27"},
      {"1か月後", "2024-04-20"},
      {"1ヶ月後", "2024-04-20"},
      {"半月後", "2024-04-04"},
      {"半年前", "2023-09-20"},
      {"2年前", "2022-03-20"},
      {"12日", "2024-04-12"},
      {"金曜", "2024-03-22"},
      {"10日〜12日", "2024-04-10/2024-04-12"},
      {"6月", "2024-06-01/2024-06-30"},
      {"6月分", "2024-06-01/2024-06-30"},
      {"2025年6月", "2025-06-01/2025-06-30"},
      {"4/1 13時", "2024-04-01T13:00"},
      {"4月1日の午後1時半", "2024-04-01T13:30"},
      {"4/1（月）10:00-11:00", "2024-04-01T10:00/2024-04-01T11:00"},
      {"4月1日18時〜20時", "2024-04-01T18:00/2024-04-01T20:00"},
      {"明日の14時", "2024-03-21T14:00"},
      {"明日朝9時", "2024-03-21T09:00"},
      {"明日夕方5時", "2024-03-21T17:00"},
      {"明日の正午", "2024-03-21T12:00"},
  }));
  for (const std::string_view carrier : carriers) {
    const std::string words = carried(carrier, spelling.written);
    INFO(words);
    CHECK(days_in("2024-03-20", words) == spelling.value);
  }
}

TEST_CASE("facts/dates: what is no date stays none, in any sentence") {
  const std::string_view words = GENERATE(values<std::string_view>({
      "納期を3日前倒し", "半月延期", "2日延びて", "1週間後ろ倒し", "13時", "10:00〜18:00の営業", "3か月間", "3日間", "5営業日以内", "翌営業日",
      "毎週水曜", "毎月10日", "毎月5日・20日", "毎年4月1日", "隔週金曜", "第2火曜", "GW明け", "お盆明け", "連休明け", "月末締め翌月末払い",
      "20日締め翌月10日払い", "引渡し後10日以内", "納品後2週間以内", "挙式の10日前から", "到着から3日以内", "ご注文の3日後", "1/3ページ", "全体の1/3",
      "2/3以上", "v4.1", "バージョン2024.4.1", "1:3", "3-2で勝ち", "港区芝1-2-3", "03-2024-0401", "090-1234-5678", "No.20240401", "RX-4/1", "B4/2",
      "12月号", "3月ぶり", "日本一の日曜大工", "一日中", "二日酔い", "三日月", "五月雨", "四日市", "五日市", "十日町", "月次の報告", "1日3件", "1日に2回",
      "2泊3日", "3日目", "12日分", "3営業日後", "キャンセルは3日前まで無料", "2日で仕上げ", "前日までに", "1,200円", "4/4拍子", "4/1カラー",
      "¥4/1", "年末調整", "3月期の決算", "説明日時の件", "きょうだいで", "ありがとうございまあす", "2〜3日", "あと3日",
  }));
  for (const std::string_view carrier : {"{}の件、承知しました。", "次の資料は{}です！", "お世話になっております。{}でお願いいたします。"}) {
    const std::string text = carried(carrier, words);
    INFO(text);
    CHECK(days_in("2024-03-20", text).empty());
  }
}

TEST_CASE("facts/dates: worked readings") {
  CHECK(dates_in("2024-03-31T23:50", "明日14時、3人で伺って大丈夫？") == "2024-04-01T14:00 appointment");
  CHECK(dates_in("2024-04-10", "了解です！社長に確認して明日正式に返事します") == "2024-04-11 mention");
  CHECK(dates_in("2024-04-28", "5日までに振り込みます") == "2024-05-05 payment");
  CHECK(dates_in("2024-07-10", "小計50,000 消費税5,000 合計55,000 期限7/31、ご請求です") == "2024-07-31 payment");
  CHECK(dates_in("2024-07-10", "予約やめます。来週また連絡します") == "2024-07-15/2024-07-21 mention");
  CHECK(dates_in("2024-05-20", "6/10に納品") == "2024-06-10 delivery");
  CHECK(dates_in("2024-05-20", "6/10までにご返送") == "2024-06-10 deadline");
  CHECK(dates_in("2024-03-20", "3月末締め・4月末払い") == "2024-03-31 mention, 2024-04-30 payment");
  CHECK(days_in("2024-04-20", "今月末締め、翌月20日") == "2024-04-30, 2024-05-20");
}

TEST_CASE("facts/dates: the year that makes sense") {
  CHECK(days_in("2024-12-15", "1/5に伺います") == "2025-01-05");
  CHECK(days_in("2024-01-15", "12/20に納品しました") == "2023-12-20");
  CHECK(days_in("2024-06-10", "11/3に撮影していただいた写真です") == "2023-11-03");
  CHECK(days_in("2024-12-20", "1/10(金)はいかがですか") == "2025-01-10");
  CHECK(days_in("2024-03-20", "4/1(火)に伺います") == "2024-04-01!");
  CHECK(days_in("2024-03-20", "2024年4月1日(火)に伺います") == "2024-04-01!");
}

TEST_CASE("facts/dates: read with the messages before") {
  DateContext context;
  CHECK(said(read_in(context, "2024-03-20", "6/10はいかがでしょうか"), false) == "2024-06-10");
  CHECK(said(read_in(context, "2024-03-20", "12日なら空いています"), false) == "2024-06-12");
  CHECK(said(read_in(context, "2024-03-21", "では前日に資料をお送りします"), false) == "2024-06-11");
}

} // namespace
} // namespace genchi::facts
