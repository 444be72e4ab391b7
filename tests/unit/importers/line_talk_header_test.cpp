// Titles, days, times and placeholders: every row of the tables that the format is known by.
#include <catch2/catch.hpp>

#include "importers/line_talk/talk.hpp"

using namespace genchi;
using namespace genchi::talk;
using line::Content;

namespace {

std::string title(std::string_view line) {
  const auto read = parse_title(line);
  if (!read) return "no title";
  return std::string(read->locale) + (read->group ? " group " : " ") + read->name;
}

std::string written(std::optional<CivilDay> day) {
  if (!day) return "none";
  return std::to_string(day->year) + "-" + std::to_string(day->month) + "-" + std::to_string(day->day);
}

/// `day weekday`; where the order is open `month first | day first weekday`.
std::string day(std::string_view line, Family family = Family::mobile) {
  const auto read = parse_day_line(line, family);
  if (!read) return "no day";
  const std::string weekday = " " + std::to_string(*read->weekday);
  if (read->day) return written(read->day) + weekday;
  return written(read->read(DateOrder::month_first)) + " | " + written(read->read(DateOrder::day_first)) + weekday;
}

std::string saved(std::string_view line) {
  const auto read = parse_saved_line(line);
  if (!read) return "not saved";
  const std::string minute = " " + std::to_string(read->minute / 60) + ":" + std::to_string(read->minute % 60);
  if (read->day.day) return written(read->day.day) + minute;
  return written(read->day.read(DateOrder::month_first)) + " | " + written(read->day.read(DateOrder::day_first)) + minute;
}

/// `minute of the day, what is left`.
std::string time(std::string_view text) {
  const auto minute = take_time(text);
  return (minute ? std::to_string(*minute / 60) + ":" + std::to_string(*minute % 60) : "no time") + "," + std::string(text);
}

} // namespace

TEST_CASE("The title names the other side or the group, in the language of the phone") {
  CHECK(title("[LINE] 川口 みおとのトーク履歴") == "ja 川口 みお");
  CHECK(title("[LINE] みどり会のトーク") == "ja group みどり会");
  CHECK(title("[LINE] みどり会のトーク履歴") == "ja group みどり会");
  CHECK(title("[LINE] 川口のトーク履歴とのトーク履歴") == "ja 川口のトーク履歴");
  CHECK(title("[LINE] Chat history with Mio K.") == "en Mio K.");
  CHECK(title("[LINE] Chat history in Midori club") == "en group Midori club");
  CHECK(title("[LINE] 與陳小美的聊天記錄") == "zh-TW 陳小美");
  CHECK(title("[LINE] 與陳小美的聊天紀錄") == "zh-TW 陳小美");
  CHECK(title("[LINE] 牙醫診所的聊天記錄") == "zh-TW group 牙醫診所");
  CHECK(title("[LINE] 与陈小美的聊天记录") == "zh-CN 陈小美");
  CHECK(title("[LINE] 诊所的聊天记录") == "zh-CN group 诊所");
  CHECK(title("[LINE] ประวัติการแชทกับ สมชาย") == "th สมชาย");
  CHECK(title("[LINE] ประวัติการแชทในกลุ่ม \"คลินิก\"") == "th group คลินิก");
  CHECK(title("[LINE] ประวัติการแชท ในกลุ่ม \"คลินิก\"") == "th group คลินิก");
  CHECK(title("[LINE] Histórico com Ana") == " group Histórico com Ana"); // of no language we know
  CHECK(title("LINE 川口 みおとのトーク履歴") == "no title");
}

TEST_CASE("Day lines of phones") {
  CHECK(day("2026/04/01(水)") == "2026-4-1 3");
  CHECK(day("2026/4/1(水)") == "2026-4-1 3"); // unpadded, as one reader of Android files has it
  CHECK(day("R7/02/09(日)") == "2025-2-9 0");
  CHECK(day("H31/04/30(火)") == "2019-4-30 2");
  CHECK(day("Mon, 11/03/2025") == "2025-11-3 | 2025-3-11 1");
  CHECK(day("Sun, 26/04/2026") == "none | 2026-4-26 0");
  CHECK(day("2015/12/25 Fri") == "2015-12-25 5");
  CHECK(day("2018/04/16(Mon)") == "2018-4-16 1");
  CHECK(day("2024/01/05（五）") == "2024-1-5 5");
  CHECK(day("2022/9/2（週五）") == "2022-9-2 5");
  CHECK(day("2024/1/2週二") == "2024-1-2 2");
  CHECK(day("2026/1/30周五") == "2026-1-30 5");
  CHECK(day("2024/1/2星期二") == "2024-1-2 2");
  CHECK(day("ศ. 28/11/2568") == "none | 2025-11-28 5");
  CHECK(day("พฤ. 27/11/2568") == "none | 2025-11-27 4");
  CHECK(day("อา. 30/11/2568") == "none | 2025-11-30 0");
}

TEST_CASE("What people write about days is no day line") {
  CHECK(day("2026/04/01") == "no day");
  CHECK(day("2026/04/01(水)の件") == "no day");
  CHECK(day("2026/02/30(月)") == "no day");
  CHECK(day("2026/13/01(月)") == "no day");
  CHECK(day("2024/1/2日") == "no day");
  CHECK(day("Mon, 31/31/2025") == "no day");
  CHECK(day("Monday") == "no day");
  CHECK(day("") == "no day");
  CHECK(day("R/02/09(日)") == "no day");
  CHECK(day(std::string(100'000, '1')) == "no day");
  CHECK(day("2026.04.01 水曜日") == "no day"); // a PC's
  CHECK(day("2026/04/01(水)", Family::pc) == "no day");
}

TEST_CASE("Day lines of the PC") {
  CHECK(day("2026.01.09 金曜日", Family::pc) == "2026-1-9 5");
  CHECK(day("2017.09.03 Sunday", Family::pc) == "2017-9-3 0");
  CHECK(day("2025.12.20 วันเสาร์", Family::pc) == "2025-12-20 6");
  CHECK(day("2026.04.01 水曜日", Family::pc) == "2026-4-1 3");
  CHECK(day("2026.01.09", Family::pc) == "no day");
  CHECK(day("2026.01.09 金曜日です", Family::pc) == "no day");
}

TEST_CASE("When a talk was saved") {
  CHECK(saved("保存日時：2026/04/02 21:40") == "2026-4-2 21:40");
  CHECK(saved("保存日時：2026/04/02 午後9:40") == "2026-4-2 21:40");
  CHECK(saved("保存日時：R8/04/11 20:01") == "2026-4-11 20:1");
  CHECK(saved("Saved on: 11/04/2025, 08:00") == "2025-11-4 | 2025-4-11 8:0");
  CHECK(saved("Saved on: 26/04/2026, 04:36PM") == "none | 2026-4-26 16:36");
  CHECK(saved("Saved on: 2018/03/25 19:57") == "2018-3-25 19:57");
  CHECK(saved("Saved on: 2026/03/08, 22:10") == "2026-3-8 22:10");
  CHECK(saved("儲存日期：2024/01/06 10:00") == "2024-1-6 10:0");
  CHECK(saved("保存日期：2026/1/31 10:00") == "2026-1-31 10:0");
  CHECK(saved("บันทึกเมื่อ 04/09/2569 07:48") == "2026-4-9 | 2026-9-4 7:48");
  CHECK(saved("保存日時：きのう") == "not saved");
  CHECK(saved("2026/04/02 21:40") == "not saved");
}

TEST_CASE("Times of day") {
  CHECK(time("18:20\tx") == "18:20,\tx");
  CHECK(time("午後8:37\t") == "20:37,\t");
  CHECK(time("午前8:37\t") == "8:37,\t");
  CHECK(time("午後0:10\t") == "12:10,\t");
  CHECK(time("午後12:10\t") == "12:10,\t");
  CHECK(time("午前12:10\t") == "0:10,\t");
  CHECK(time("午前0:10\t") == "0:10,\t");
  CHECK(time("上午09:15\t") == "9:15,\t");
  CHECK(time("下午3:24\t") == "15:24,\t");
  CHECK(time("8:15AM\tx") == "8:15,\tx");
  CHECK(time("8:15 AM\tx") == "8:15,\tx");
  CHECK(time("04:35PM\t") == "16:35,\t");
  CHECK(time("12:05AM\t") == "0:5,\t");
  CHECK(time("12:05PM\t") == "12:5,\t");
  CHECK(time("07:33\t") == "7:33,\t");
  CHECK(time("5:06\t") == "5:6,\t");
  CHECK(time("24:53\t") == "0:53,\t");
  CHECK(time("25:00\t") == "no time,25:00\t");
  CHECK(time("午後13:00\t") == "no time,午後13:00\t");
  CHECK(time("18:60\t") == "no time,18:60\t");
  CHECK(time("18:6\t") == "no time,18:6\t");
  CHECK(time("") == "no time,");
}

TEST_CASE("Placeholders of phones") {
  const auto is = [](Content content, std::initializer_list<std::string_view> bodies) {
    for (const auto body : bodies) {
      INFO(body);
      CHECK(classify(body, Family::mobile) == content);
    }
  };
  is(Content::sticker, {"[スタンプ]", "[Sticker]", "[貼圖]", "[สติกเกอร์]"});
  is(Content::photo, {"[写真]", "[Photo]", "[照片]", "[รูป]"});
  is(Content::video, {"[動画]", "[Video]", "[影片]"});
  is(Content::voice, {"[ボイスメッセージ]", "[Voice message]", "[語音訊息]"});
  is(Content::file, {"[ファイル]", "[File]", "[檔案]"});
  is(Content::contact, {"[連絡先]", "[Contact]"});
  is(Content::location, {"[位置情報] 東京都台東区1-2-3", "[Location]", "[位置]"});
  is(Content::photo, {"[图片]"});
  is(Content::call, {"ไม่ได้รับสาย", "☎ 通話時間 3:05", "☎ 通話時間 12:05", "☎ 通話時間 1:02:05", "☎ 不在着信", "☎ 通話に応答がありませんでした",
                     "☎ 通話をキャンセルしました", "☎ グループ音声通話に招待されました。", "☎ Call time 1:23", "☎ No answer",
                     "☎ Canceled call", "Missed call", "☎ 通話時間 5:32", "☎ 未接來電", "☎ 您已取消通話"});
  // What a person chose or wrote is a text, in brackets or not.
  is(Content::text, {"[プレゼント]", "[投票] 何曜日がよいですか", "[アルバム] 春", "[ノート] 持ち物", "[Notes]", "[記事本]", "写真", "[写真]です",
                     "[写真", "(moon wink)", "ⓘ このメッセージは、利用していた端末から移行されなかったため表示できません。", "☎ 通話\nあり", ""});
}

TEST_CASE("Placeholders of the PC stand without brackets") {
  for (const auto body : {"写真", "画像", "Photos", "รูป"}) CHECK(classify(body, Family::pc) == Content::photo);
  for (const auto body : {"スタンプ", "Stickers"}) CHECK(classify(body, Family::pc) == Content::sticker);
  for (const auto body : {"動画", "Videos"}) CHECK(classify(body, Family::pc) == Content::video);
  CHECK(classify("ファイル", Family::pc) == Content::file);
  CHECK(classify("写真です", Family::pc) == Content::text);
}

TEST_CASE("LINE's own words") {
  const auto unsent = [](std::string_view text) {
    const auto notice = parse_notice(text);
    return notice && notice->content == Content::unsent ? "by " + notice->name : "no";
  };
  CHECK(unsent("メッセージの送信を取り消しました") == "by ");
  CHECK(unsent("川口 みおがメッセージの送信を取り消しました") == "by 川口 みお");
  CHECK(unsent("You unsent a message.") == "by ");
  CHECK(unsent("Mio unsent a message.") == "by Mio");
  CHECK(unsent("Message unsent.") == "by ");
  CHECK(unsent("陳小美已收回訊息") == "by 陳小美");
  CHECK(unsent("您已收回訊息") == "by ");
  CHECK(unsent("สมชายยกเลิกข้อความแล้ว") == "by สมชาย"); // PC
  CHECK(unsent("はるとがメッセージの送信を取り消しました。") == "by はると");
  CHECK(unsent("ยกเลิกข้อความแล้ว") == "by ");
  for (const auto text : {"はるとが参加しました。", "はるとが退会しました。", "AがBをこのオープンチャットから退会させました。",
                          "はるとがアナウンスしました", "はるとがグループに参加しました", "AがBをグループに追加しました",
                          "はるとがグループを退会しました", "はるとがグループ名を「春」に変更しました", "はるとが退出しました", "小美已加入群組",
                          "小美已離開群組"}) {
    INFO(text);
    CHECK(parse_notice(text));
  }
  CHECK_FALSE(parse_notice("明日でお願いします"));
}

TEST_CASE("File names") {
  CHECK(name_in_file_name("[LINE] 川口 みおとのトーク.txt") == "川口 みお");
  CHECK(name_in_file_name("Downloads/[LINE] 川口 みおとのトーク (1).txt") == "川口 みお");
  CHECK(name_in_file_name("[LINE] 與陳小美的聊天.txt") == "陳小美");
  CHECK(name_in_file_name("[LINE]川口 みお.txt") == "川口 みお");
  CHECK(name_in_file_name("talk.txt").empty());
}
