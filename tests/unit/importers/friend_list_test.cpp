#include "importers/friend_list/friend_list.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/files.hpp"

using namespace genchi;
using friends::FriendList;
using friends::FriendRow;
using friends::read_friend_list;
using friends::recognise_friend_list;
using friends::Tool;

namespace {

constexpr auto byte_order_mark = "\xef\xbb\xbf";

const std::string lstep_head =
    "登録ID,,,,,タグ_1001,タグ_1002,友だち情報_2001,友だち情報_2002\r\n"
    "ID,表示名,対応マーク,友だち追加日時,ユーザーブロック,新規,見学済,電話番号,担当者\r\n";
const std::string aoki = "31,青木 りん,対応中,2026-04-01 09:12:00,0,1,0,090-1234-5678,佐藤\r\n";

std::string sample(const char* name) {
  return read_file(std::string(GENCHI_SAMPLES "/friends/") + name, std::size_t{1} << 20);
}

std::string time_of(std::optional<UtcSeconds> time) {
  return time ? iso8601({*time, japan_offset_minutes}) : "none";
}

std::string words_of(const std::vector<friends::Tag>& tags) {
  std::string out;
  for (const friends::Tag& tag : tags) out += (out.empty() ? "" : " ") + tag.id + "=" + tag.label;
  return out;
}

std::string words_of(const std::vector<friends::Field>& fields) {
  std::string out;
  for (const friends::Field& field : fields)
    out += (out.empty() ? "" : " ") + field.id + "=" + field.label + ":" + field.value;
  return out;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : " ") + text;
  return out;
}

std::string problems_of(const FriendList& list) {
  std::string out;
  for (const friends::RowProblem& problem : list.problems) out += friends::words_of("f.csv", problem) + "\n";
  return out;
}

FriendRow only_row(const FriendList& list) {
  REQUIRE(list.refused.english() == "");
  REQUIRE(list.rows.size() == 1);
  return list.rows.front();
}

} // namespace

TEST_CASE("A list of Lステップ: tags and fields by their ids, the rest by its labels") {
  const FriendList list = read_friend_list(lstep_head + aoki);
  CHECK(list.tool == Tool::lstep);
  CHECK(list.problem_count == 0);
  CHECK(words_of(list.tags) == "1001=新規 1002=見学済");
  const FriendRow row = only_row(list);
  CHECK(row.line == 3);
  CHECK(row.id == "31");
  CHECK(row.display_name == "青木 りん");
  CHECK(row.mark == "対応中");
  CHECK(row.assignee == "佐藤");
  CHECK(time_of(row.added) == "2026-04-01T09:12:00+09:00");
  CHECK(time_of(row.last_message_at) == "none");
  CHECK(row.blocked == false);
  CHECK(words_of(row.tags) == "1001=新規");
  CHECK(words_of(row.fields) == "2001=電話番号:090-1234-5678 2002=担当者:佐藤");
  CHECK(joined(row.phones) == "09012345678");
}

TEST_CASE("Columns stand in any order, and a renamed tag keeps its id") {
  const FriendList list = read_friend_list(
      "登録ID,タグ_7,,友だち情報_9,\n表示名,常連さん,本名,生年月日,ID\nりん,1,青木 りん,1990/01/02,8\n");
  const FriendRow row = only_row(list);
  CHECK(row.id == "8");
  CHECK(row.display_name == "りん");
  CHECK(row.real_name == "青木 りん");
  CHECK(words_of(row.tags) == "7=常連さん");
  CHECK(words_of(row.fields) == "9=生年月日:1990/01/02");
}

TEST_CASE("Cells hold line breaks, commas and quotes; two hyphens are nothing") {
  const FriendList list = read_friend_list(
      "登録ID,,,,,\nID,表示名,個別メモ,対応マーク,最終メッセージ日時,ユーザーブロック\n"
      "1,\"ひま\nわり\",\"一行目\r\n二行目, \"\"急ぎ\"\"\",--,--,1\n2,次,,要連絡,2026/4/1 9:05,0\n");
  REQUIRE(list.rows.size() == 2);
  CHECK(list.rows[0].display_name == "ひま\nわり");
  CHECK(list.rows[0].memo == "一行目\n二行目, \"急ぎ\"");
  CHECK(list.rows[0].mark.empty());
  CHECK_FALSE(list.rows[0].last_message_at);
  CHECK(list.rows[0].blocked == true);
  CHECK(list.rows[1].line == 6);
  CHECK(time_of(list.rows[1].last_message_at) == "2026-04-01T09:05:00+09:00");
}

TEST_CASE("The samples: Lステップ and Liny in CP932, エルメ in UTF-8") {
  SECTION("Lステップ") {
    const FriendList list = read_friend_list(sample("member_20260402.csv"));
    CHECK(list.tool == Tool::lstep);
    CHECK(list.charset == "windows-31j");
    CHECK(list.problem_count == 0);
    REQUIRE(list.rows.size() == 6);
    CHECK(list.rows[0].memo == "髪質: 強いくせ毛\n5月も縮毛矯正の予定");
    CHECK(list.rows[3].line_name == "髙橋 Mai");
    CHECK(joined(list.rows[3].phones) == "08000000134");
    CHECK(list.rows[4].blocked == true);
    CHECK(joined(list.rows[5].addresses) == "miura@mimosa-hair.example");
  }
  SECTION("Liny") {
    const FriendList list = read_friend_list(sample("member_202604021830_20260402183102.csv"));
    CHECK(list.tool == Tool::liny);
    REQUIRE(list.rows.size() == 4);
    CHECK(list.rows[0].user_id.size() == 33);
    CHECK(list.rows[0].mark == "質問(中)");
    CHECK(list.rows[0].assignee == "藤井");
    CHECK(words_of(list.rows[0].tags) == "501=取引先");
  }
  SECTION("エルメ") {
    const FriendList list = read_friend_list(sample("友だち一覧.csv"));
    CHECK(list.tool == Tool::lmessage);
    REQUIRE(list.rows.size() == 3);
    CHECK(list.rows[0].line == 3);
    CHECK(list.rows[0].id == "8801");
    CHECK(list.rows[0].line_name == "みさき☕");
    CHECK(words_of(list.rows[0].tags) == "=見積中");
    CHECK(words_of(list.rows[0].fields) == "=氏名:青木 美咲 =メールアドレス:genchi-sample-aoki@gmail.com");
    CHECK(words_of(list.rows[1].tags) == "=常連");
  }
}

TEST_CASE("エルメ with its labels in the first row") {
  const FriendList list =
      read_friend_list("友だちID,LINE登録名,対応マーク,タグ:常連\n変更不可,基本,基本,タグ\n12,りん,完了,1\n");
  CHECK(list.tool == Tool::lmessage);
  const FriendRow row = only_row(list);
  CHECK(row.id == "12");
  CHECK(row.line_name == "りん");
  CHECK(words_of(row.tags) == "=常連");
}

TEST_CASE("A list of one's own, with one header row") {
  for (const std::string mark : {"", byte_order_mark}) {
    const FriendList list = read_friend_list(
        mark + "名前,電話番号,メール,対応マーク,担当者,タグ,会員番号\n青木 "
               "りん,9012345678,Rin@Aoki.example,対応中,佐藤,見学済、会員,A-12\nみどり商店\n");
    CHECK(list.tool == Tool::plain);
    REQUIRE(list.rows.size() == 2);
    CHECK(list.rows[0].line == 2);
    CHECK(list.rows[0].display_name == "青木 りん");
    CHECK(joined(list.rows[0].phones) == "09012345678"); // a spreadsheet dropped the zero
    CHECK(joined(list.rows[0].addresses) == "rin@aoki.example");
    CHECK(list.rows[0].mark == "対応中");
    CHECK(list.rows[0].assignee == "佐藤");
    CHECK(words_of(list.rows[0].tags) == "=見学済 =会員");
    CHECK(list.rows[1].display_name == "みどり商店"); // cells that are empty at the end may be missing
    CHECK_FALSE(list.rows[1].blocked);
  }
}

TEST_CASE("Parted by tabs or semicolons, in UTF-16, with CR line ends") {
  CHECK(only_row(read_friend_list("名前\t電話番号\nりん\t03-1234-5678\n")).phones.size() == 1);
  CHECK(only_row(read_friend_list("名前;電話番号\rりん;03-1234-5678\r")).line == 2);
  std::string wide = "\xff\xfe";
  const std::string text = "名前\t電話番号\r\nりん\t03-1234-5678\r\n";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    wide += {static_cast<char>(c.value & 0xff), static_cast<char>(c.value >> 8)};
    at += c.size;
  }
  CHECK(only_row(read_friend_list(wide)).display_name == "りん");
}

TEST_CASE("What spreadsheets put before a cell is no part of it") {
  const FriendRow row =
      only_row(read_friend_list("名前,電話番号,備考\n'=りん=,\"=\"\"09012345678\"\"\",'-10%\n"));
  CHECK(row.display_name == "=りん=");
  CHECK(joined(row.phones) == "09012345678");
  CHECK(row.memo == "-10%");
}

TEST_CASE("Numbers and addresses of others are no way to reach the friend") {
  const FriendRow row = only_row(read_friend_list(
      "名前,携帯電話,緊急連絡先,紹介者メール,FAX番号,アンケート,注文番号\nりん,090-1111-2222,090-3333-4444,a@"
      "b.example,03-1111-2222,\"電話は03-5555-6666, rin@aoki.example\",0312345678\n"));
  CHECK(joined(row.phones) == "09011112222 0355556666");
  CHECK(joined(row.addresses) == "rin@aoki.example");
}

TEST_CASE("Header rows only: a list of nobody") {
  const FriendList list = read_friend_list(lstep_head);
  CHECK(list.refused.empty());
  CHECK(list.rows.empty());
  CHECK(list.problem_count == 0);
}

TEST_CASE("What is no friend list is refused, and it is said why") {
  struct Case {
    std::string bytes, says;
  };
  const std::vector<Case> cases = {
      {"", "the file is empty"},
      {"\r\n \r\n", "the file is empty"},
      {std::string(byte_order_mark) +
           "アカウント名,みどり歯科\r\nタイムゾーン,'+09:00\r\nダウンロード日時,2026/04/02 18:05\r\n"
           "送信者タイプ,送信者名,送信日,送信時刻,内容\r\nUser,青木 りん,2026/04/01,09:12:03,はい\r\n",
       "this is the download of a LINE chat"},
      {"回答ID,回答日時,回答者ID,回答者名,ご希望\n1,2026-04-01 10:00:00,31,青木,窓\n", "answers to a form"},
      {"品名,数量,単価\nロゴ制作,1,50000\n", "no friend list: it needs a column with a name"},
      {"氏名,住所,生年月日\n青木 りん,東京都,1990-01-02\n", "no friend list: it needs a column with a name"},
      {"ただの文章です。\n二行目。\n", "no friend list"},
      {"登録ID,,タグ_1\n", "the second header row is missing"},
      {"登録ID,,タグ_1\n31,青木 りん,1\n", "the second header row has no label"},
      {"PK\x03\x04xxxx", "this is a workbook"},
      {std::string("名前\0電話番号\n", 20), "this is no text file"},
      {"From: a@b.example\nSubject: x\n\nbody\n", "no friend list"},
  };
  for (const Case& c : cases) {
    INFO(c.bytes);
    const FriendList list = read_friend_list(c.bytes);
    CHECK_THAT(list.refused.english(), Catch::StartsWith(c.says) || Catch::Contains(c.says));
    CHECK(list.refused.empty() == false);
    CHECK(list.rows.empty());
    CHECK_FALSE(recognise_friend_list(c.bytes));
  }
}

TEST_CASE("A list is recognised by its beginning") {
  CHECK(recognise_friend_list(lstep_head + aoki) == Tool::lstep);
  CHECK(recognise_friend_list((lstep_head + aoki).substr(0, lstep_head.size() + 9)) == Tool::lstep);
  CHECK(recognise_friend_list(sample("member_202604021830_20260402183102.csv")) == Tool::liny);
  CHECK(recognise_friend_list(sample("友だち一覧.csv")) == Tool::lmessage);
  CHECK(recognise_friend_list("表示名,対応マーク\n") == Tool::plain);
}

TEST_CASE("Rows that are broken are told and left out, the others are read") {
  const FriendList list = read_friend_list(lstep_head + aoki + "32,短い\r\n" + "33,長い,,,0,0,0,,,余分\r\n" +
                                           "31,同じ番号,,,0,0,0,,\r\n" + "34,空の余り,,,0,0,0,,,,\r\n" +
                                           "35,時刻,,きのう,2,?,0,,\r\n");
  CHECK(list.rows.size() == 3);
  CHECK(problems_of(list) == "f.csv, line 4: 2 cells where the header has 9: this row was not taken\n"
                             "f.csv, line 5: 10 cells where the header has 9: this row was not taken\n"
                             "f.csv, line 6: ID 31 stands in line 3 already: this row was not taken\n"
                             "f.csv, line 8: 友だち追加日時: “きのう” is no time\n"
                             "f.csv, line 8: ユーザーブロック: “2” is neither 1 nor 0\n"
                             "f.csv, line 8: 新規: “?” is neither 1 nor 0\n");
  CHECK(list.problem_count == 6);
}

TEST_CASE("A file that was cut off says where, wherever that is") {
  const std::string whole = lstep_head + aoki + "32,次,,,0,0,1,,\r\n";
  CHECK(problems_of(read_friend_list(whole.substr(0, whole.size() - 6))) ==
        "f.csv, line 4: 6 cells where the header has 9: the file was cut off here\n");
  CHECK(problems_of(read_friend_list(lstep_head + aoki + "32,\"次の\r\n人,,,0")) ==
        "f.csv, line 4: a quoted cell is not closed: from here on nothing could be read\n");
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const FriendList list = read_friend_list(whole.substr(0, size));
    CHECK(list.rows.size() <= 2);
    for (const FriendRow& row : list.rows) CHECK(is_utf8(row.display_name));
  }
}

TEST_CASE("A list that calls itself something else in its bytes") {
  // UTF-8 below a byte order mark with a CP932 cell inside: what cannot be read is U+FFFD, the rest is there.
  const FriendList list = read_friend_list(
      byte_order_mark + std::string("名前,電話番号\nりん,03-1234-5678\n\x90\xc2\x96\xd8,090-1234-5678\n"));
  REQUIRE(list.rows.size() == 2);
  CHECK(list.rows[0].display_name == "りん");
  CHECK(is_utf8(list.rows[1].display_name));
  CHECK(joined(list.rows[1].phones) == "09012345678");
}

TEST_CASE("Hostile lists are read within bounds") {
  const auto repeat = [](const std::string& text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  };
  SECTION("a row for each problem") {
    const FriendList list = read_friend_list(lstep_head + repeat("1,2\n", 50'000));
    CHECK(list.problems.size() == 100);
    CHECK(list.problem_count == 50'000);
  }
  SECTION("too many columns") {
    CHECK_FALSE(read_friend_list("登録ID" + repeat(",", 10'000) + "\nID,表示名\n1,x\n").refused.empty());
  }
  SECTION("too many rows") {
    friends::FriendListLimits limits;
    limits.max_rows = 10;
    const FriendList list = read_friend_list("名前,電話番号\n" + repeat("りん,1\n", 20), limits);
    CHECK(list.rows.size() == 10);
    CHECK(problems_of(list) ==
          "f.csv, line 12: there are more than 10 rows: from here on nothing was read\n");
  }
  SECTION("a cell without end") {
    const FriendList list = read_friend_list("名前,電話番号\n" + repeat("りん", 100'000) + ",1\n");
    REQUIRE(list.rows.size() == 1);
    CHECK(list.rows[0].display_name.size() <= 64 << 10);
    CHECK(is_utf8(list.rows[0].display_name));
    CHECK(list.problem_count == 1);
  }
  SECTION("nothing but quotes, commas, line ends, NULs") {
    for (const char c : {'"', ',', '\n', '\0', '\'', '=', '\x90'})
      CHECK_FALSE(read_friend_list(std::string(1 << 20, c)).refused.empty());
  }
  SECTION("quotes that are never closed") {
    CHECK(read_friend_list(lstep_head + repeat("1,\"x\n", 50'001)).rows.empty());
    CHECK_FALSE(read_friend_list("\"" + lstep_head).refused.empty());
  }
  SECTION("a file beyond the limit") {
    friends::FriendListLimits limits;
    limits.max_file_bytes = 100;
    CHECK(read_friend_list(lstep_head + aoki, limits).refused.english() ==
          "the file is larger than 100 bytes");
  }
}
