#include "importers/line_oa/export.hpp"

#include <catch2/catch.hpp>

#include "base/bytes.hpp"

using namespace genchi;
using namespace genchi::line;

namespace {

const std::string bom = "\xEF\xBB\xBF";
const std::string preamble =
    "アカウント名,みどり歯科\r\nタイムゾーン,'+09:00\r\nダウンロード日時,2026/04/02 18:05\r\n"
    "送信者タイプ,送信者名,送信日,送信時刻,内容\r\n";

/// A download of Midori dental clinic with these data lines.
std::string download(const std::string& lines) {
  return bom + preamble + lines;
}

Export read(const std::string& bytes, std::string_view name = "12_20260401_20260401_青木 りん.csv") {
  auto result = parse_export(bytes, name);
  REQUIRE(result);
  return *std::move(result);
}

std::string line_of(const std::string& content, const std::string& time = "09:12:03") {
  return "User,青木 りん,2026/04/01," + time + "," + content + "\r\n";
}

UtcSeconds tokyo(int hour, int minute, int second) {
  return utc_from_civil({2026, 4, 1}, hour, minute, second, japan_offset_minutes);
}

/// One line a row or bad row, in file order: `line: content` or `line! reason`.
std::string dump(const Export& file) {
  std::string out;
  std::size_t bad = 0;
  const auto bad_rows_before = [&](std::uint64_t offset) {
    for (; bad < file.bad_rows.size() && file.bad_rows[bad].offset < offset; ++bad)
      out += std::to_string(file.bad_rows[bad].line) + "! " + file.bad_rows[bad].reason + "|";
  };
  for (const auto& row : file.rows) {
    bad_rows_before(row.offset);
    out += std::to_string(row.line) + ": " + row.text + "|";
  }
  bad_rows_before(~std::uint64_t{0});
  return out;
}

/// Preamble, rows and bad rows follow each other, and what lies between them is blank.
void check_every_byte_is_accounted_for(const std::string& bytes, const Export& file) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> stretches;
  for (const auto& row : file.rows) stretches.emplace_back(row.offset, row.length);
  for (const auto& row : file.bad_rows)
    if (row.rows > 0) stretches.emplace_back(row.offset, row.length);
  std::sort(stretches.begin(), stretches.end());
  auto at = file.preamble_length;
  for (const auto& [offset, length] : stretches) {
    REQUIRE(offset >= at);
    REQUIRE(length > 0);
    for (auto i = at; i < offset; ++i)
      REQUIRE(std::string_view("\r\n,;\t\"").find(bytes[i]) != std::string_view::npos);
    at = offset + length;
  }
  REQUIRE(at <= bytes.size());
}

std::string utf16(std::string_view text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  const auto unit = [&](char32_t u) {
    const char high = static_cast<char>(u >> 8);
    const char low = static_cast<char>(u & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
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

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

} // namespace

TEST_CASE("A download says whose it is, when it was made and what was written") {
  const auto bytes = download(
      "User,青木 りん,2026/04/01,09:12:03,予約を変更したいです\r\n"
      "Account,応答メッセージ,2026/04/01,09:12:03,\"ただいま時間外です。\r\n10時以降にお返事します。\"\r\n"
      "Account,受付 さとう,2026/04/01,10:03:41,\"5日の\"\"午後\"\",いかがでしょうか\"\r\n"
      "User,青木 りん,2026/04/01,10:05:10,スタンプを送信しました。\r\n"
      "User,青木 りん,2026/04/01,10:06:00,'-10分遅れます\r\n");
  const auto file = read(bytes);
  CHECK(file.account_name == "みどり歯科");
  CHECK(file.offset_minutes == 540);
  CHECK(file.downloaded == utc_from_civil({2026, 4, 2}, 18, 5, 0, 540));
  CHECK(file.chat_name == "青木 りん");
  CHECK(file.number == 12U);
  CHECK(file.charset == "UTF-8");
  CHECK(file.preamble_length == bom.size() + preamble.size());
  CHECK(file.bad_rows.empty());
  REQUIRE(file.rows.size() == 5);
  CHECK(file.rows[0].type == SenderType::user);
  CHECK(file.rows[0].sender_name == "青木 りん");
  CHECK(file.rows[0].sent == tokyo(9, 12, 3));
  CHECK_FALSE(file.rows[0].automatic);
  CHECK(file.rows[1].type == SenderType::account);
  CHECK(file.rows[1].automatic);
  CHECK(file.rows[1].text == "ただいま時間外です。\n10時以降にお返事します。");
  CHECK(file.rows[2].text == "5日の\"午後\",いかがでしょうか");
  CHECK(file.rows[2].line == 8);
  CHECK_FALSE(file.rows[2].automatic);
  CHECK(file.rows[3].content == Content::sticker);
  CHECK(file.rows[4].text == "-10分遅れます");
  for (const auto& row : file.rows) CHECK_FALSE(row.lossy);
  CHECK(bytes.substr(file.rows[2].offset, file.rows[2].length) ==
        "Account,受付 さとう,2026/04/01,10:03:41,\"5日の\"\"午後\"\",いかがでしょうか\"\r\n");
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("A download is recognised in every language") {
  const auto [text, minutes] = GENERATE(table<std::string, int>({
      {"帳號名稱,綠牙科\n時區,'+09:00\n下載時間,2026/04/02 "
       "18:05\n傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\n",
       540},
      {"ชื่อบัญชี,ร้าน\nไทม์โซน,'+07:00\nวันดาวน์โหลด,2026/04/02 18:05\nประเภทผู้ส่ง,ชื่อผู้ส่ง,วันส่ง,เวลาส่ง,ข้อความ\n", 420},
      {"Account name,Clinic\nTime zone,'-03:30\nDownloaded on,2026/04/02 18:05\n"
       "Sender type,Sender name,Date,Time,Message\n",
       -210},
      {"계정,치과\n시간,'+09:00\n날짜,2026/04/02 18:05\n가,나,다,라,마\n", 540},
  }));
  for (const auto* start : {"", "\xEF\xBB\xBF"}) {
    const auto bytes = start + text + "User,Mina,2026/04/01,00:00:10,hello\n";
    CHECK(looks_like_export(bytes));
    const auto file = read(bytes, "x.csv");
    CHECK(file.offset_minutes == minutes);
    REQUIRE(file.rows.size() == 1);
    CHECK(file.rows[0].sent == utc_from_civil({2026, 4, 1}, 0, 0, 10, minutes));
    CHECK(file.chat_name == "Mina");
    CHECK(read(start + text).rows.empty());
  }
}

TEST_CASE("A chat without messages is a download too") {
  for (const auto& bytes : {download(""), bom + preamble.substr(0, preamble.size() - 2)}) {
    CHECK(looks_like_export(bytes));
    const auto file = read(bytes, "1000_Unknown.csv");
    CHECK(file.rows.empty());
    CHECK(file.bad_rows.empty());
    CHECK(file.chat_name == "Unknown");
    CHECK(file.number == 1000U);
    CHECK(file.preamble_length == bytes.size());
  }
}

TEST_CASE("Tools that imitate the download name the senders in Japanese") {
  const auto file = read(download("友だち,青木 りん,2026/04/01,09:12:03,はい\r\n"
                                  "LOAアカウント,Unknown,2026/04/01,09:13:00,PDFを送信しました。\r\n"));
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].type == SenderType::user);
  CHECK(file.rows[1].type == SenderType::account);
  CHECK(file.rows[1].content == Content::file);
  CHECK_FALSE(file.rows[1].automatic);
}

TEST_CASE("What is no such download is not read") {
  const auto bytes =
      GENERATE(as<std::string>{}, "", "\xEF\xBB\xBF", "\n\n\n\n", "a", "a,b\nc,d\ne,f\n",
               "日時,送信者,受信者,チャンネルID,トーク\n2026-04-01T09:00:12+09:00,a,b,1,c\n",
               "Report,Sales\nWeek,12\nCreated,2026/04/01 10:00\na,b,c,d,e\n1,2,3,4,5\n",
               "From: a@example.com\r\nSubject: x\r\n\r\nhello, you\r\n",
               "[LINE] 川口とのトーク履歴\n保存日時：2026/04/02 21:40\n\n2026/04/01(水)\n18:20\tA\tB\n",
               "PK\x03\x04,,\n\x01,\"\n", "\xFF\xFE", "\xFE\xFF\x00", "\"\"\"\"\"\"\"");
  CHECK_FALSE(looks_like_export(bytes));
  CHECK_FALSE(parse_export(bytes, "1_x.csv"));
  CHECK_FALSE(parse_export(std::string(70000, 'x') + bytes, "1_x.csv"));
}

TEST_CASE("Binary noise is not read") {
  std::string noise;
  std::uint32_t state = 7;
  for (int i = 0; i < 100000; ++i) noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  CHECK_FALSE(parse_export(noise, "x.csv"));
  const auto bytes = download(line_of("はい")) + noise + "\r\n" + line_of("では");
  const auto file = read(bytes);
  CHECK(file.rows.front().text == "はい");
  CHECK_FALSE(file.bad_rows.empty());
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("Line ends may be CRLF, LF or CR") {
  const auto crlf = download(line_of("一") + line_of("\"二\r\n三\"") + line_of("四"));
  for (const auto* end : {"\n", "\r", "\r\n"}) {
    const auto bytes = replaced(crlf, "\r\n", end);
    const auto file = read(bytes);
    CHECK(dump(file) == "5: 一|6: 二\n三|8: 四|");
    check_every_byte_is_accounted_for(bytes, file);
  }
}

TEST_CASE("Dates and times as spreadsheets write them") {
  const auto [cells, seconds] = GENERATE(table<std::string, int>({
      {"2026/04/01,09:05:00", 9 * 3600 + 300},
      {"2026/4/1,9:05:00", 9 * 3600 + 300},
      {"2026/4/1,9:05", 9 * 3600 + 300},
      {"2026-04-01,23:59:59", 86399},
      {"\"2026/04/01\",\"00:00:00\"", 0},
      {" 2026/04/01 , 00:00:01 ", 1},
  }));
  const auto file = read(download("User,青木," + cells + ",はい\r\n"));
  REQUIRE(file.rows.size() == 1);
  CHECK(file.rows[0].sent == utc_from_civil({2026, 4, 1}, 0, 0, 0, 540) + seconds);
}

TEST_CASE("A date or time that does not exist makes a bad row") {
  const auto cells =
      GENERATE(as<std::string>{}, "2026/02/29,09:05:00", "2026/13/01,09:05:00", "2026/04/01,24:00:00",
               "2026/04/01,09:60:00", "2026/04/01,09:05:60", "26/04/01,09:05:00", "04/01/2026,09:05:00", ",",
               "昨日,09:05:00", "2026/04/01,9時", "2026/04/01x,09:05:00", "2026/04,09:05:00",
               "2026/04-01,09:05:00", "99999/04/01,09:05:00", "2026/04/01,09:05:00:00");
  const auto bytes = download(line_of("前") + "User,青木," + cells + ",はい\r\n" + line_of("後"));
  const auto file = read(bytes);
  CHECK(dump(file) == "5: 前|6! the date or the time cannot be read|7: 後|");
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("Rows with too few columns or an unknown sender are named, blank ones ignored") {
  const auto bytes = download(line_of("一") + "User,青木,2026/04/01,09:12:03\r\n" + "かすれた行\r\n" +
                              "\r\n,,,,\r\n" + "System,青木,2026/04/01,09:12:03,参加\r\n" + line_of("二"));
  const auto file = read(bytes);
  CHECK(dump(file) == "5: 一|6! a row has fewer than five columns|"
                      "10! the sender is neither a friend nor the account|11: 二|");
  CHECK(file.bad_rows[0].length == std::string("User,青木,2026/04/01,09:12:03\r\nかすれた行\r\n").size());
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("Quotes in all positions") {
  const auto [content, text] = GENERATE(table<std::string, std::string>({
      {"彼は\"はい\"と言った", "彼は\"はい\"と言った"},
      {"\"\"", ""},
      {"", ""},
      {"\"\"\"\"", "\""},
      {"\"\"\"引用\"\" です\"", "\"引用\" です"},
      {"\"一\n\n二\"", "一\n\n二"},
      {"\"一\r二\"", "一\n二"},
      {"\"一\"二", "一二"},
      {"一,二", "一,二"},
      {"\"一\",二", "一,二"},
      {"一,,,", "一"},
      {"\"1,200円\"", "1,200円"},
      {"\"User,青木,2026/04/01,09:12:03,と写しました\r\nUser,青木,2026/04/01,09:12:04,です\"",
       "User,青木,2026/04/01,09:12:03,と写しました\nUser,青木,2026/04/01,09:12:04,です"},
  }));
  const auto bytes = download(line_of("前") + line_of(content) + line_of("後"));
  const auto file = read(bytes);
  REQUIRE(file.rows.size() == 3);
  CHECK(file.rows[1].text == text);
  CHECK(file.bad_rows.empty());
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("An unclosed quote costs its own row only") {
  const auto [lines, expected] = GENERATE(table<std::string, std::string>({
      {line_of("\"閉じない") + line_of("次"), "5! a quotation mark is not closed|6: 次|"},
      {line_of("\"閉じない") + line_of("\"次,の\""), "5! a quotation mark is not closed|6: 次,の|"},
      {line_of("\"閉じない\r\n続き") + line_of("\"次\""), "5! a quotation mark is not closed|7: 次|"},
      {line_of("\"閉じない") + line_of("\"\r\n次\""), "5! a quotation mark is not closed|6: \n次|"},
      {line_of("\"閉じない") + line_of("\"\"\"次\"\"\""), "5! a quotation mark is not closed|6: \"次\"|"},
      {line_of("\"閉じない"), "5! a quotation mark is not closed|"},
      {"\"User,青木,2026/04/01,09:12:03,はい\r\n" + line_of("次"),
       "5! a quotation mark is not closed|6: 次|"},
      {"User,\"青木,2026/04/01,09:12:03,はい\r\n" + line_of("\"次\""),
       "5! a quotation mark is not closed|6: 次|"},
  }));
  const auto bytes = download(lines);
  const auto file = read(bytes);
  CHECK(dump(file) == expected);
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("A hundred thousand unclosed quotes end in linear time") {
  const auto content =
      GENERATE(as<std::string>{}, "\"閉じない", "\"x\"\"", "\"x\",\"", "z\",\"x", "\"\"x", "\",\"");
  std::string lines;
  for (int i = 0; i < 100000; ++i) lines += line_of(content);
  const auto bytes = download(lines);
  const auto file = read(bytes);
  CHECK(file.rows.size() + file.bad_rows.size() > 0);
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("A cell of many megabytes is one row") {
  const std::string body(20'000'000, 'x');
  const auto file = read(download(line_of("\"" + body + "\n" + body + "\"") + line_of("後")));
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].text.size() == 2 * body.size() + 1);
}

TEST_CASE("A file cut off anywhere gives the rows before the cut") {
  const auto whole = download(line_of("一番目") + line_of("\"二番目,\r\n続き\"") + line_of("三番目"));
  for (auto size = bom.size() + preamble.size(); size < whole.size(); ++size) {
    const auto bytes = whole.substr(0, size);
    const auto file = read(bytes);
    for (std::size_t i = 0; i < file.rows.size(); ++i) {
      const auto& row = file.rows[i];
      const bool complete =
          bytes[row.offset + row.length - 1] == '\n' || bytes[row.offset + row.length - 1] == '\r';
      CHECK(row.lossy == !complete);
      CHECK((i + 1 == file.rows.size() || complete));
      if (!complete) CHECK(file.bad_rows.at(0).rows == 0); // and is said to be
    }
    check_every_byte_is_accounted_for(bytes, file);
  }
  CHECK(dump(read(whole.substr(0, whole.size() - 2))) == "5: 一番目|6: 二番目,\n続き|8: 三番目|8! the file ends here without a line end: this message may be cut off|");
  CHECK(dump(read(download(line_of("一")) + "User,青木,2026/04/01,")) ==
        "5: 一|6! the file ends inside a row|");
  CHECK(dump(read(download(line_of("一")) + "User,青木,2026/04/01,09:12:03,")) ==
        "5: 一|6! the file ends inside a row|");
}

TEST_CASE("Rows without the lines before them are known, and a header alone may be missing") {
  const auto rows = line_of("一番目") + line_of("二番目");
  const auto header = preamble.rfind("\n", preamble.size() - 2) + 1;
  CHECK(looks_like_rows_alone(rows));
  CHECK(looks_like_rows_alone(bom + preamble.substr(header) + rows));
  CHECK_FALSE(parse_export(rows, "1_x.csv"));
  CHECK(read(bom + preamble.substr(0, header) + rows).rows.size() == 2);
  CHECK_FALSE(looks_like_rows_alone("名前,電話,住所,備考,メモ\n青木,090,東京,なし,なし\n"));
  CHECK_FALSE(looks_like_rows_alone("User,青木,きのう,夜,はい\n"));
}

TEST_CASE("A file cut off in its preamble is no download") {
  for (std::size_t size = 0; size + 30 < preamble.size(); size += 3)
    CHECK_FALSE(parse_export(bom + preamble.substr(0, size), "1_x.csv"));
}

TEST_CASE("The apostrophe before a formula goes, others stay") {
  const auto [content, text] = GENERATE(table<std::string, std::string>({
      {"'=SUM(A1)", "=SUM(A1)"},
      {"'+81 90", "+81 90"},
      {"'-10分", "-10分"},
      {"'@青木", "@青木"},
      {"'\t表", "\t表"},
      {"\"'\r\n改行\"", "\n改行"},
      {"\"'\n改行\"", "\n改行"},
      {"\"'_x000D_\n改行\"", "\n改行"},
      {"''=x", "''=x"},
      {"'引用'", "'引用'"},
      {"'", "'"},
      {"''", "''"},
      {"=1", "=1"},
      {"-10分", "-10分"},
  }));
  CHECK(read(download(line_of(content))).rows.at(0).text == text);
}

TEST_CASE("Leftovers of carriage returns go") {
  CHECK(read(download(line_of("\"一_x000D_\n二_x000D_\n\""))).rows.at(0).text == "一\n二\n");
  CHECK(read(download(line_of("\"一\r\n二\r\r\n三\""))).rows.at(0).text == "一\n二\n\n三");
  CHECK(read(download(line_of("_x000d_ _x000D"))).rows.at(0).text == "_x000d_ _x000D");
}

TEST_CASE("Control characters and NULs are content") {
  const std::string odd("予\0約\x04\x7F", 9);
  const auto file = read(download(line_of(odd) + line_of("後")));
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].text == odd);
  CHECK_FALSE(file.rows[0].lossy);
}

TEST_CASE("Placeholders in all languages") {
  const auto [text, content] = GENERATE(table<std::string, Content>({
      {"写真を送信しました。", Content::photo},
      {"写真を送信しました", Content::photo},
      {"スタンプを送信しました。", Content::sticker},
      {"動画を送信しました。", Content::video},
      {"ボイスメッセージを送信しました", Content::voice},
      {"ファイルを送信しました。", Content::file},
      {"位置情報を送信しました。", Content::location},
      {"音声を送信しました。", Content::voice},
      {"送信が取り消されたメッセージです", Content::unsent},
      {"照片已傳送", Content::photo},
      {"圖片已傳送", Content::photo},
      {"貼圖已傳送", Content::sticker},
      {"影片已傳送", Content::video},
      {"語音訊息已傳送", Content::voice},
      {"檔案已傳送", Content::file},
      {"位置資訊已傳送", Content::location},
      {"聯絡人已傳送", Content::contact},
      {"聯絡資訊已傳送", Content::contact},
      {"已收回訊息", Content::unsent},
      {"已取消通話", Content::call},
      {"通話已結束", Content::call},
      {"未接來電", Content::call},
      {"คุณส่งรูป", Content::photo},
      {"คุณส่งสติกเกอร์", Content::sticker},
      {"You sent a photo.", Content::photo},
      {"You sent a sticker.", Content::sticker},
      {"You sent a video.", Content::video},
      {"You sent a voice message.", Content::voice},
      {"You sent a file.", Content::file},
      {"", Content::text},
      {"。", Content::text},
      {"写真", Content::text},
      {"写真を送信しました。。", Content::text},
      {"写真を送信しました。ご確認ください。", Content::text},
      {"さきほど写真を送信しました。", Content::text},
      {"You sent a photo. Thank you.", Content::text},
      {"you sent a photo.", Content::text},
      {" スタンプを送信しました。", Content::text},
      {"パネル/ボタンを送信しました。", Content::text},
      {"(moon wink)", Content::text},
  }));
  INFO(text);
  CHECK(classify_content(text) == content);
}

TEST_CASE("The kinds have the names that `has:` and JSON use") {
  CHECK(content_name(Content::text) == "text");
  CHECK(content_name(Content::voice) == "voice");
  CHECK(content_name(Content::unsent) == "unsent");
}

TEST_CASE("Automatic replies are known by their sender, on our side only") {
  for (const auto* name :
       {"応答メッセージ", "Auto-response", "自動回應訊息", "ข้อความตอบกลับอัตโนมัติ", "AI 聊天機器人"})
    CHECK(is_automatic_sender(name));
  for (const auto* name : {"", "Unknown", "受付 さとう", "応答メッセージ係"})
    CHECK_FALSE(is_automatic_sender(name));
  const auto file = read(download("User,応答メッセージ,2026/04/01,09:12:03,はい\r\n"
                                  "Account,青木 りん,2026/04/01,09:12:04,予約\r\n"));
  CHECK_FALSE(file.rows.at(0).automatic);
  CHECK(file.rows.at(1).type == SenderType::account);
}

TEST_CASE("The same message has the same hash in every download") {
  const auto hash = [](std::string text) {
    Row row;
    row.content = classify_content(text);
    row.text = std::move(text);
    return row.content_hash();
  };
  CHECK(hash("写真を送信しました。") == hash("照片已傳送"));
  CHECK(hash("写真を送信しました。") != hash("動画を送信しました。"));
  CHECK(hash("photo") != hash("写真を送信しました"));
  CHECK(hash("10時〜12時 −5度") == hash("10時～12時 －5度"));
  CHECK(hash("はい") != hash("はい "));
  CHECK(hash("") != hash("\n"));
  const auto first = read(download(line_of("\"一\r\n二\"") + line_of("'-1")));
  const auto again = read(download(line_of("\"一_x000D_\n二\"") + line_of("-1")));
  CHECK(first.rows.at(0).content_hash() == again.rows.at(0).content_hash());
  CHECK(first.rows.at(1).content_hash() == again.rows.at(1).content_hash());
}

TEST_CASE("A re-save in Shift_JIS") {
  // アカウント名,歯科 / タイムゾーン,'+09:00 / ダウンロード日時,… /
  // 送信者タイプ,送信者名,送信日,送信時刻,内容
  const std::string bytes =
      "\x83\x41\x83\x4A\x83\x45\x83\x93\x83\x67\x96\xBC,\x8E\x95\x89\xC8,,,\r\n"
      "\x83\x5E\x83\x43\x83\x80\x83\x5D\x81\x5B\x83\x93,'+09:00,,,\r\n"
      "\x83\x5F\x83\x45\x83\x93\x83\x8D\x81\x5B\x83\x68\x93\xFA\x8E\x9E,2026/4/2 18:05,,,\r\n"
      "\x91\x97\x90\x4D\x8E\xD2\x83\x5E\x83\x43\x83\x76,\x91\x97\x90\x4D\x8E\xD2\x96\xBC,"
      "\x91\x97\x90\x4D\x93\xFA,"
      "\x91\x97\x90\x4D\x8E\x9E\x8D\x8F,\x93\xE0\x97\x65\r\n"
      "User,\x90\xC2\x96\xD8,2026/4/1,9:05:00,\"\x95\x5C,\x82\xCD\x82\xA2??\"\r\n" // 表,はい??
      "\x97\x46\x82\xBE\x82\xBF,\x90\xC2\x96\xD8,2026/4/"
      "1,9:06:00,\x8E\xCA\x90\x5E\x82\xF0\x91\x97\x90\x4D\x82\xB5"
      "\x82\xDC\x82\xB5\x82\xBD\x81\x42\r\n"; // 友だち … 写真を送信しました。
  CHECK(looks_like_export(bytes));
  const auto file = read(bytes, "renamed.csv");
  CHECK(file.charset == "windows-31j");
  CHECK(file.account_name == "歯科");
  CHECK(file.chat_name == "青木");
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[0].text == "表,はい??");
  CHECK(file.rows[0].lossy);
  CHECK(file.rows[0].sent == tokyo(9, 5, 0));
  CHECK(file.rows[1].content == Content::photo);
  CHECK_FALSE(file.rows[1].lossy);
  check_every_byte_is_accounted_for(bytes, file);
}

TEST_CASE("A re-save in Big5") {
  // 帳號名稱 / 時區 / 下載時間 / 傳送者類型,傳送者名稱,傳送日期,傳送時間,內容
  const std::string bytes =
      "\xB1\x62\xB8\xB9\xA6\x57\xBA\xD9,A\n\xAE\xC9\xB0\xCF,'+09:00\n\xA4\x55\xB8\xFC\xAE\xC9\xB6\xA1,2026/"
      "04/02 18:05\n"
      "\xB6\xC7\xB0\x65\xAA\xCC\xC3\xFE\xAB\xAC,\xB6\xC7\xB0\x65\xAA\xCC\xA6\x57\xBA\xD9,"
      "\xB6\xC7\xB0\x65\xA4\xE9\xB4\xC1,"
      "\xB6\xC7\xB0\x65\xAE\xC9\xB6\xA1,\xA4\xBA\xAE\x65\n"
      "User,Mina,2026/04/01,09:05:00,\xB7\xD3\xA4\xF9\xA4\x77\xB6\xC7\xB0\x65\n" // 照片已傳送
      "User,Mina,2026/04/01,09:06:00,\xA6\x6E\n"                                 // 好
      "User,Mina,2026/04/01,09:07:00,\xC3\xA9\n";                                // 蛇, or é in UTF-8
  const auto file = read(bytes, "x.csv");
  CHECK(file.charset == "Big5");
  REQUIRE(file.rows.size() == 3);
  CHECK(file.rows[0].content == Content::photo);
  CHECK(file.rows[1].text == "好");
  CHECK(file.rows[2].text == "矇");
}

TEST_CASE("A re-save as Unicode text with TABs, or with semicolons") {
  const auto commas = preamble + line_of("\"一,二\r\n三 🌙\"") + line_of("後");
  auto tabs = replaced(commas, ",", "\t");
  tabs = replaced(tabs, "一\t二", "一,二");
  for (const bool big_endian : {false, true}) {
    const auto bytes = utf16(tabs, big_endian);
    CHECK(looks_like_export(bytes));
    const auto file = read(bytes);
    CHECK(file.charset == (big_endian ? "UTF-16BE" : "UTF-16LE"));
    CHECK(dump(file) == "5: 一,二\n三 🌙|7: 後|");
    CHECK_FALSE(file.rows[0].lossy);
    CHECK(utf16("", big_endian) + bytes.substr(file.rows[1].offset, file.rows[1].length) ==
          utf16(replaced(line_of("後"), ",", "\t"), big_endian));
    CHECK(file.preamble_length == utf16(replaced(preamble, ",", "\t"), big_endian).size());
    CHECK(file.rows[1].offset + file.rows[1].length == bytes.size());
    const auto cut = bytes.substr(0, bytes.size() - 1);
    const auto cut_file = read(cut);
    CHECK(cut_file.rows.back().offset + cut_file.rows.back().length == cut.size());
  }
  auto semicolons = replaced(commas, ",", ";");
  semicolons = replaced(semicolons, "一;二", "一,二");
  CHECK(dump(read(semicolons)) == "5: 一,二\n三 🌙|7: 後|");
}

TEST_CASE("Damaged UTF-8 costs characters, not the charset") {
  const auto bytes =
      download(line_of("予約\xE3\x81です") + line_of("\xED\xA0\xBD") + line_of("はい? \xF0\x9F\x8C\x99"));
  const auto file = read(bytes);
  CHECK(file.charset == "UTF-8");
  REQUIRE(file.rows.size() == 3);
  CHECK(file.rows[0].lossy);
  CHECK(file.rows[0].text.find("予約\xEF\xBF\xBD") == 0);
  CHECK(is_utf8(file.rows[1].text));
  CHECK(file.rows[1].lossy);
  CHECK_FALSE(file.rows[2].lossy);
  check_every_byte_is_accounted_for(bytes, file);

  const std::string english = "Account name,Clinic\nTime zone,'+09:00\nDownloaded on,2026/04/02 18:05\n"
                              "Sender type,Sender name,Date,Time,Message\n";
  CHECK(read(english + "User,A,2026/04/01,09:05:00,予約です\nUser,A,2026/04/01,09:05:01,\x83\n").charset ==
        "UTF-8");
}

TEST_CASE("What the file name says") {
  const auto shown = [](const ExportFileName& f) {
    const auto day = [](const std::optional<CivilDay>& d) {
      return d ? std::to_string(d->year * 10000 + d->month * 100 + d->day) : std::string("-");
    };
    return (f.number ? std::to_string(*f.number) : "-") + " " + day(f.first) + " " + day(f.last) + " " +
           f.chat_name;
  };
  const auto [name, expected] = GENERATE(table<std::string, std::string>({
      {"12_20260401_20260402_青木 りん.csv", "12 20260401 20260402 青木 りん"},
      {"folder/12_20260401_20260402_青木_りん_2.CSV", "12 20260401 20260402 青木_りん_2"},
      {"1000_Unknown.csv", "1000 - - Unknown"},
      {"7_青木 (本店).csv", "7 - - 青木 (本店)"},
      {"20260401_20260402_青木 りん.csv", "- 20260401 20260402 青木 りん"},
      {"20260401_20260402_青木 りん (1).csv", "- 20260401 20260402 青木 りん"},
      {"20260401_20260402_青木 (2024).csv", "- 20260401 20260402 青木 (2024)"},
      {"3_20260401_20260402_青木 (1).csv", "3 20260401 20260402 青木 (1)"},
      {"3_20260401_青木.csv", "3 - - 20260401_青木"},
      {"3_20261301_20260402_青木.csv", "3 - - 20261301_20260402_青木"},
      {"3_🌙.csv", "3 - - 🌙"},
      {"3_a.b.csv", "3 - - a.b"},
      {"3_.csv", "3 - - "},
      {"20260401_打合せ.csv", "- - - "},
      {"青木 りん.csv", "- - - "},
      {"青木_りん.csv", "- - - "},
      {"9999999999_青木.csv", "- - - "},
      {"-1_青木.csv", "- - - "},
      {"_.csv", "- - - "},
      {".csv", "- - - "},
      {"", "- - - "},
  }));
  INFO(name);
  CHECK(shown(parse_file_name(name)) == expected);
}

TEST_CASE("Without a telling file name the friend's most frequent name is the chat's") {
  const auto user = [](const std::string& name) { return "User," + name + ",2026/04/01,09:12:03,はい\r\n"; };
  CHECK(read(download(user("青木") + user("青木 りん") + user("青木 りん") +
                      "Account,受付,2026/04/01,09:12:03,a\r\n"),
             "talk.csv")
            .chat_name == "青木 りん");
  CHECK(read(download(user("い") + user("あ")), "talk.csv").chat_name == "あ");
  CHECK(read(download("Account,受付,2026/04/01,09:12:03,a\r\n"), "talk.csv").chat_name.empty());
}

TEST_CASE("The beginning of a file is enough to recognise it") {
  std::string lines;
  for (int i = 0; i < 3000; ++i) lines += line_of("\"予約,です\n" + std::to_string(i) + "\"");
  const auto bytes = download(lines);
  for (const std::size_t size : {600, 1024, 4096, 65536}) CHECK(looks_like_export(bytes.substr(0, size)));
}

TEST_CASE("Preambles a little off are accepted, without guessing") {
  const auto no_zone = replaced(preamble, "'+09:00", "東京");
  const auto file = read(no_zone + line_of("はい"));
  CHECK(file.offset_minutes == 540);
  const auto no_time = read(replaced(preamble, "2026/04/02 18:05", "きのう") + line_of("はい"));
  CHECK_FALSE(no_time.downloaded);
  for (const auto& [written, minutes] : std::vector<std::pair<std::string, int>>{{"+09:00", 540},
                                                                                 {"9:00", 540},
                                                                                 {"UTC+9", 540},
                                                                                 {"'+0530", 330},
                                                                                 {"'-08:00", -480},
                                                                                 {"'+99:00", 540}})
    CHECK(read(replaced(preamble, "'+09:00", written) + line_of("はい")).offset_minutes == minutes);
  CHECK(read(replaced(preamble, "みどり歯科", "\"みどり, \"\"歯科\"\"\"") + line_of("はい")).account_name ==
        "みどり, \"歯科\"");
}

TEST_CASE("a row gives way to what LINE has for a message that was taken back, whatever the file is written in", "[line_oa]") {
  struct {
    std::string row, charset, language, instead;
  } const rows[] = {
      {"User,青木 りん,2026/04/01,09:12:03,やっぱりやめます\r\n", "UTF-8", "ja", "User,青木 りん,2026/04/01,09:12:03,送信が取り消されたメッセージです\r\n"},
      {"Account,\"受付, \"\"さとう\"\"\",2026/04/01,09:12:03,\"二行の\r\n,文\"\n", "UTF-8", "ja", "Account,\"受付, \"\"さとう\"\"\",2026/04/01,09:12:03,送信が取り消されたメッセージです\n"},
      {"User\tA\t2026/04/01\t09:12:03\ta,b\n", "UTF-8", "zh-TW", "User\tA\t2026/04/01\t09:12:03\t已收回訊息\n"},
      {"User,A,2026/04/01,09:12:03,cut", "UTF-8", "", "User,A,2026/04/01,09:12:03,You unsent a message"},
      {"User,\x90\xC2\x96\xD8,2026/04/01,09:12:03,\x82\xCD\x82\xA2\r\n", "windows-31j", "ja",
       "User,\x90\xC2\x96\xD8,2026/04/01,09:12:03,"
       "\x91\x97\x90\x4D\x82\xAA\x8E\xE6\x82\xE8\x8F\xC1\x82\xB3\x82\xEA\x82\xBD\x83\x81\x83\x62\x83\x5A\x81\x5B\x83\x57\x82\xC5\x82\xB7\r\n"},
  };
  for (const auto& each : rows) {
    INFO(each.row);
    const std::string instead = taken_back_row(each.row, each.charset, each.language);
    CHECK(instead == each.instead);
  }
  const Export before = read(download(line_of("やめます") + line_of("次", "09:13:00")));
  const std::string bytes = download(line_of("やめます") + line_of("次", "09:13:00"));
  const Export after = read(replaced(bytes, line_of("やめます"), taken_back_row(line_of("やめます"), "UTF-8", "ja")));
  REQUIRE(after.rows.size() == 2);
  CHECK(after.rows[0].content == Content::unsent);
  CHECK(after.rows[0].sent == before.rows[0].sent);
  CHECK(after.rows[0].sender_name == before.rows[0].sender_name);
  CHECK(taken_back_row("no row of ours", "UTF-8", "ja").empty());
  CHECK(taken_back_row("User,\"never closed,2026/04/01", "UTF-8", "ja").empty());
}
