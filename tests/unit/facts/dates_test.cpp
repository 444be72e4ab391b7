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
      {"昭和の終わりの昭和64年1月7日", "1989-01-07"},
      {"㋿6年4月1日", "2024-04-01"},
      {"4/1㈪", "2024-04-01"},
      {"4/1 (Mon)", "2024-04-01"},
      {"11/4（月・祝）", "2024-11-04"},
      {"2024 年 4 月 1 日", "2024-04-01"},
      {"2024/04/01〜2024/04/05", "2024-04-01/2024-04-05"},
      {"4月1日〜5日", "2024-04-01/2024-04-05"},
      {"4月上旬〜中旬", "2024-04-01/2024-04-20"},
      {"4月〜6月", "2024-04-01/2024-06-30"},
      {"12〜2月", "2024-12-01/2025-02-28"},
      {"来週の火曜から木曜まで", "2024-03-26/2024-03-28"},
      {"明日から来週金曜まで", "2024-03-21/2024-03-29"},
      {"1〜2週間後", "2024-03-27/2024-04-03"},
      {"4/1の週", "2024-04-01/2024-04-07"},
      {"来週末", "2024-03-30/2024-03-31"},
      {"今度の土日", "2024-03-23/2024-03-24"},
      {"次の金曜", "2024-03-22"},
      {"4月の第2土曜", "2024-04-13"},
      {"来月の10日", "2024-04-10"},
      {"来年1月", "2025-01-01/2025-01-31"},
      {"今年の10月", "2024-10-01/2024-10-31"},
      {"今年度", "2023-04-01/2024-03-31"},
      {"2024年度", "2024-04-01/2025-03-31"},
      {"来月頭", "2024-04-01"},
      {"明日(3/21)14時", "2024-03-21T14:00"},
      {"来週の水曜日（3/27）", "2024-03-27"},
      {"4月1日、月曜", "2024-04-01"},
      {"4/1 10:00〜4/2 17:00", "2024-04-01T10:00/2024-04-02T17:00"},
      {"4/1の21時〜翌3時", "2024-04-01T21:00/2024-04-02T03:00"},
      {"4月1日19:30", "2024-04-01T19:30"},
      {"4/1、3時", "2024-04-01T15:00"},
      {"4/1の10時か14時", "2024-04-01T10:00, 2024-04-01T14:00"},
      {"4/1か4/2", "2024-04-01, 2024-04-02"},
      {"4/6・7", "2024-04-06, 2024-04-07"},
      {"4/6(土)・7(日)", "2024-04-06, 2024-04-07"},
      {"10、11日", "2024-04-10, 2024-04-11"},
      {"来週の火・木", "2024-03-26, 2024-03-28"},
      {"4/1から10日以内", "2024-04-01, 2024-04-11"},
      {"4/1の3日前", "2024-04-01, 2024-03-29"},
      {"4/1の撮影から1週間後", "2024-04-01, 2024-04-08"},
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

struct Talk {
  std::string_view sent, words, days;
};

void check_talk(const std::vector<Talk>& talk) {
  DateContext context;
  for (const Talk& message : talk) {
    INFO(message.words);
    CHECK(said(read_in(context, message.sent, message.words), false) == message.days);
  }
}

TEST_CASE("facts/dates: read with the messages before") {
  check_talk({{"2024-03-20", "6/10はいかがでしょうか", "2024-06-10"},
              {"2024-03-20", "12日なら空いています", "2024-06-12"},
              {"2024-03-21", "では前日に資料をお送りします", "2024-06-11"}});
  check_talk({{"2024-05-07", "6月に撮っていただきたいのですが", "2024-06-01/2024-06-30"},
              {"2024-05-07", "8日と16日、22日が空いております。", "2024-06-08, 2024-06-16, 2024-06-22"},
              {"2024-05-08", "16日の10時でお願いします", "2024-06-16T10:00"},
              {"2024-05-10", "すみません、16日は行事が入ったので、22日に変更できますか", "2024-06-16, 2024-06-22"}});
  check_talk({{"2024-05-07", "来週の火曜か水曜はいかがでしょうか。", "2024-05-14, 2024-05-15"},
              {"2024-05-07", "水曜の午前中でお願いします", "2024-05-15"},
              {"2024-05-15", "お見積書は金曜までにお送りします。", "2024-05-17"},
              {"2024-05-20", "金曜にもらった見積もりですが", "2024-05-17"}});
  check_talk({{"2024-10-01", "来月の15日、予約できますか？", "2024-11-15"},
              {"2024-10-01", "15日は満席です。翌週の22日でしたら空いております。", "2024-11-15, 2024-11-22"}});
  check_talk({{"2024-12-20", "営業は28日までです。年始は6日からとなります。", "2024-12-28, 2025-01-01, 2025-01-06"},
              {"2024-12-21", "では27日に取りに行きます", "2024-12-27"}});
  // The talk of months ago is over.
  check_talk({{"2024-03-20", "6月10日でお願いします", "2024-06-10"}, {"2024-07-01", "12日に伺います", "2024-07-12"}});
}

TEST_CASE("facts/dates: relative days count from the day last named") {
  CHECK(days_in("2024-03-20", "4/1に撮影、翌日納品します") == "2024-04-01, 2024-04-02");
  CHECK(days_in("2024-03-20", "挙式は6/14です。前日に搬入、翌日に撤去します") == "2024-06-14, 2024-06-13, 2024-06-15");
  CHECK(days_in("2024-03-20", "4/1に発送、翌々日に到着、その翌日に設置します") == "2024-04-01, 2024-04-03, 2024-04-04");
  CHECK(days_in("2024-03-20", "4/1〜4/3の展示です。翌日に撤収します") == "2024-04-01/2024-04-03, 2024-04-04");
  CHECK(days_in("2024-03-20", "4/10に打ち合わせ、翌週の月曜に提出します") == "2024-04-10, 2024-04-15");
  CHECK(days_in("2024-03-20", "前日にご連絡します").empty());
  CHECK(days_in("2024-03-20", "翌日にご連絡します") == "2024-03-21");
}

TEST_CASE("facts/dates: a time beside a day, or in the clause that follows") {
  CHECK(days_in("2024-03-20", "明日は御社に14時に伺います") == "2024-03-21T14:00");
  CHECK(days_in("2024-03-20", "日程：4月1日（月）\n時間：14:00〜15:00") == "2024-04-01T14:00/2024-04-01T15:00");
  CHECK(days_in("2024-03-20", "打ち合わせは4/1でお願いします。時間は14時からで大丈夫でしょうか") == "2024-04-01T14:00");
  CHECK(days_in("2024-03-20", "4/1の夜7時〜9時") == "2024-04-01T19:00/2024-04-01T21:00");
  CHECK(days_in("2024-03-20", "4/1 午前10時〜午後3時") == "2024-04-01T10:00/2024-04-01T15:00");
  CHECK(days_in("2024-03-20", "忘年会は4/1の7時から") == "2024-04-01T19:00");
  CHECK(days_in("2024-03-20", "4/1にお待ちしています。営業時間は10時〜19時です") == "2024-04-01");
  CHECK(days_in("2024-03-20", "昨日はありがとうございました。13時に電話ください") == "2024-03-19");
  CHECK(days_in("2024-03-20", "4/1 10:00→11:00に変更") == "2024-04-01T10:00");
}

TEST_CASE("facts/dates: what a day is for") {
  const Spelling row = GENERATE(values<Spelling>({
      {"納期は4/1です", "2024-04-01 delivery"},
      {"4/1までに納品します", "2024-04-01 delivery"},
      {"4/1に公開します", "2024-04-01 delivery"},
      {"4/1発送予定です", "2024-04-01 delivery"},
      {"4/1着でお願いします", "2024-04-01 delivery"},
      {"引渡日：4/1", "2024-04-01 delivery"},
      {"4/1までにご返送ください", "2024-04-01 deadline"},
      {"締切は4/1です", "2024-04-01 deadline"},
      {"4/1必着でお願いします", "2024-04-01 deadline"},
      {"見積有効期限：4/1", "2024-04-01 deadline"},
      {"10日以内にご返信ください", "2024-03-30 deadline"},
      {"4/1までに納品についてご連絡ください", "2024-04-01 deadline"},
      {"4/1に打ち合わせをお願いします", "2024-04-01 appointment"},
      {"ご来店希望日：4/1", "2024-04-01 appointment"},
      {"4/1に伺います", "2024-04-01 appointment"},
      {"4/1の14時でお願いします", "2024-04-01T14:00 appointment"},
      {"4/1か4/2に撮影をお願いします", "2024-04-01 appointment, 2024-04-02 appointment"},
      {"お支払期限：4/1", "2024-04-01 payment"},
      {"4/1に引き落とします", "2024-04-01 payment"},
      {"4/1までにお振込みください", "2024-04-01 payment"},
      {"10日以内にお支払いください", "2024-03-30 payment"},
      {"請求書です。期限は4/1です", "2024-04-01 payment"},
      {"請求書をお送りします、期限：4/1", "2024-04-01 payment"},
      {"請求日：4/1", "2024-04-01 mention"},
      {"4/1にお返事します", "2024-04-01 mention"},
      {"4/1の件です", "2024-04-01 mention"},
      {"候補日\n・4/1\n・4/2", "2024-04-01 appointment, 2024-04-02 appointment"},
  }));
  INFO(row.written);
  CHECK(dates_in("2024-03-20", row.written) == row.value);
}

TEST_CASE("facts/dates: the place is what is written, without the particle") {
  const auto surface = [](std::string_view words) {
    const Text text(words);
    std::string all;
    for (const ReadDate& read : read_dates(text, at("2024-03-20"))) {
      all += "[" + std::string(words.substr(read.date.place.begin, read.date.place.end - read.date.place.begin)) + "]";
      for (const TextSpan& again : read.date.again) all += "{" + std::string(words.substr(again.begin, again.end - again.begin)) + "}";
    }
    return all;
  };
  CHECK(surface("では4月1日(月) 10:00からで") == "[4月1日(月) 10:00]");
  CHECK(surface("来週の金曜までに") == "[来週の金曜]");
  CHECK(surface("4月1日から5日までです") == "[4月1日から5日]");
  CHECK(surface("10日以内に") == "[10日以内]");
  CHECK(surface("３月末に、８月いっぱいは") == "[３月末][８月いっぱい]");
  CHECK(surface("4/1に伺います。4月1日ですね") == "[4/1]{4月1日}");
  CHECK(surface("明日（3/21）14時に") == "[明日（3/21）14時]");
}

TEST_CASE("facts/dates: in the zone that the message was sent in") {
  const Text text("明日伺います");
  const auto tokyo = read_dates(text, {at("2024-03-31T23:50").utc, 9 * 60});
  const auto london = read_dates(text, {at("2024-03-31T23:50").utc, 60});
  REQUIRE(tokyo.size() == 1);
  REQUIRE(london.size() == 1);
  CHECK(tokyo[0].date.value() == "2024-04-01");
  CHECK(london[0].date.value() == "2024-04-01");
  const auto york = read_dates(Text("明日14時に"), {at("2024-04-01T08:00").utc, -4 * 60});
  REQUIRE(york.size() == 1);
  CHECK(york[0].date.value() == "2024-04-01T14:00:00-04:00");
}

std::string again_and_again(std::string_view words, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + words.size());
  while (text.size() < bytes) text += words;
  return text;
}

TEST_CASE("facts/dates: hostile text ends, and gives what it should") {
  const auto days = [](const std::string& words) {
    DateContext context;
    const auto dates = read_in(context, "2024-03-20", words);
    return dates.size();
  };
  CHECK(days(std::string(5'000'000, '7')) == 0);
  CHECK(days(std::string(100'000, '(')) == 0);
  CHECK(days(again_and_again("〇", 1'000'000)) == 0);
  CHECK(days(again_and_again("1-1-1-", 500'000)) == 0);
  CHECK(days(again_and_again("午前", 500'000)) == 0);
  CHECK(days(again_and_again("4/1 ", 300'000)) == 1);
  CHECK(days(again_and_again("明日(", 300'000)) == 1);
  CHECK(days(again_and_again("4/1〜", 300'000)) == 1);
  CHECK(days(again_and_again("12日、", 300'000)) == 1);
  CHECK(days(again_and_again("4月" + std::string(200, ' '), 500'000)) == 1);
  CHECK(days(again_and_again("10、11、12、", 300'000)) == 0);
  // Each from the one before: it ends where days are no longer of our time.
  CHECK(days(again_and_again("翌月", 100'000)) < 4'000);
  // The date at the end of a long line is found.
  CHECK(days(again_and_again("あいうえお、", 1'000'000) + "4/1に") == 1);
}

} // namespace
} // namespace genchi::facts
