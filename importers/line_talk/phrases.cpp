// What LINE writes in the place of media, and its own lines in a talk. The language is that of the phone, not of the talk.
#include <algorithm>

#include "base/bytes.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi::talk {
namespace {

using line::Content;

struct Phrase {
  std::string_view text;
  Content content;
};

constexpr Phrase in_brackets[] = {
    // Japanese
    {"写真", Content::photo}, {"画像", Content::photo}, {"動画", Content::video}, {"スタンプ", Content::sticker},
    {"ボイスメッセージ", Content::voice}, {"ファイル", Content::file}, {"連絡先", Content::contact},
    {"位置情報", Content::location},
    // English
    {"Photo", Content::photo}, {"Video", Content::video}, {"Sticker", Content::sticker},
    {"Voice message", Content::voice}, {"File", Content::file}, {"Contact", Content::contact},
    {"Location", Content::location},
    // Chinese, traditional and simplified
    {"照片", Content::photo}, {"圖片", Content::photo}, {"影片", Content::video}, {"貼圖", Content::sticker},
    {"語音訊息", Content::voice}, {"檔案", Content::file}, {"聯絡資訊", Content::contact}, {"位置", Content::location},
    {"位置訊息", Content::location}, {"图片", Content::photo}, {"视频", Content::video}, {"贴图", Content::sticker},
    {"语音信息", Content::voice}, {"语音消息", Content::voice}, {"文件", Content::file},
    // Thai
    {"รูป", Content::photo}, {"วิดีโอ", Content::video}, {"สติกเกอร์", Content::sticker}, {"ไฟล์", Content::file},
};

// PC, the whole of a body.
constexpr Phrase bare[] = {
    {"写真", Content::photo}, {"画像", Content::photo}, {"スタンプ", Content::sticker}, {"動画", Content::video},
    {"ファイル", Content::file}, {"ボイスメッセージ", Content::voice}, {"連絡先", Content::contact}, {"位置情報", Content::location},
    {"Photos", Content::photo}, {"Photo", Content::photo}, {"Stickers", Content::sticker}, {"Sticker", Content::sticker},
    {"Videos", Content::video}, {"Video", Content::video}, {"File", Content::file}, {"Files", Content::file},
    {"圖片", Content::photo}, {"照片", Content::photo}, {"貼圖", Content::sticker}, {"影片", Content::video}, {"檔案", Content::file},
    {"รูป", Content::photo}, {"สติกเกอร์", Content::sticker},
};

// Without the telephone before them, which some have; LINE's own words, since people write ☎, too.
constexpr std::string_view calls[] = {
    "不在着信", "通話に応答がありませんでした", "通話をキャンセルしました", "グループ音声通話に招待されました", "グループ通話に招待されました",
    "グループ通話が開始されました", "グループ通話が終了しました", "Missed call", "No answer", "Canceled call", "Cancelled call",
    "未接來電", "您已取消通話", "已取消通話", "通話已結束", "無人接聽", "未接来电", "您已取消通话", "已取消通话", "无人接听", "ไม่ได้รับสาย", "ไม่มีการตอบรับ",
};
// … and those that a duration follows.
constexpr std::string_view timed_calls[] = {"通話時間", "Call time", "通话时间", "เวลาโทร"};

struct NoticeForm {
  std::string_view before, after; ///< the name stands between
  Content content = Content::text;
  bool exact = false; ///< no name
};
constexpr NoticeForm notice_forms[] = {
    {"メッセージの送信を取り消しました", "", Content::unsent, true},
    {"You unsent a message", "", Content::unsent, true},
    {"Message unsent", "", Content::unsent, true},
    {"您已收回訊息", "", Content::unsent, true},
    {"你已收回訊息", "", Content::unsent, true},
    {"已收回訊息", "", Content::unsent, true},
    {"您已收回消息", "", Content::unsent, true},
    {"你已收回消息", "", Content::unsent, true},
    {"已收回消息", "", Content::unsent, true},
    {"ยกเลิกข้อความแล้ว", "", Content::unsent, true},
    {"คุณยกเลิกข้อความ", "", Content::unsent, true},
    {"", "がメッセージの送信を取り消しました", Content::unsent},
    {"", " unsent a message", Content::unsent},
    {"", "已收回訊息", Content::unsent},
    {"", "已收回消息", Content::unsent},
    {"", "ยกเลิกข้อความแล้ว", Content::unsent},
    {"", "がアナウンスしました"},
    {"", "が参加しました"},
    {"", "がグループに参加しました"},
    {"", "がトークルームに参加しました"},
    {"", "が退会しました"},
    {"", "が退出しました"},
    {"", "がグループを退会しました"},
    {"", "をグループに追加しました"},
    {"", "を招待しました"},
    {"", "をグループに招待しました"},
    {"", "をこのオープンチャットから退会させました"},
    {"", "をグループから退会させました"},
    {"", "に変更しました"},
    {"", "を変更しました"},
    {"", "を作成しました"},
    {"", " joined the group"},
    {"", " joined the chat"},
    {"", " left the group"},
    {"", " left the chat"},
    {"", "已加入群組"},
    {"", "已離開群組"},
    {"", "加入群組"},
    {"", "離開群組"},
};

std::string_view without_full_stop(std::string_view text) {
  constexpr std::string_view full_stop = "。";
  if (text.ends_with(full_stop)) text.remove_suffix(full_stop.size());
  else if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

/// `☎ 通話時間 3:05`, `☎ 不在着信`; what is said without a telephone only where LINE does so.
bool is_call(std::string_view body) {
  constexpr std::string_view telephone = "☎";
  constexpr std::string_view alone[] = {"Missed call", "不在着信", "未接來電", "ไม่ได้รับสาย"};
  const auto holds = [](const auto& table, std::string_view text) { return std::find(std::begin(table), std::end(table), text) != std::end(table); };
  if (!body.starts_with(telephone)) return holds(alone, without_full_stop(body));
  body = trim(body.substr(telephone.size()));
  if (body.starts_with("\uFE0E") || body.starts_with("\uFE0F")) body = trim(body.substr(3)); // text or picture
  if (holds(calls, without_full_stop(body))) return true;
  return std::any_of(std::begin(timed_calls), std::end(timed_calls), [&](std::string_view words) {
    if (!body.starts_with(words)) return false;
    const auto duration = trim(body.substr(words.size()));
    return !duration.empty() && duration.find_first_not_of("0123456789:") == std::string_view::npos;
  });
}

template <typename Table> Content look_up(const Table& table, std::string_view text) {
  for (const auto& phrase : table)
    if (phrase.text == text) return phrase.content;
  return Content::text;
}

} // namespace

line::Content classify(std::string_view body, Family family) {
  if (is_call(body)) return Content::call;
  if (body.starts_with('[')) {
    const auto close = body.find(']');
    if (close == std::string_view::npos || body.find('\n') != std::string_view::npos) return Content::text;
    const auto kind = look_up(in_brackets, body.substr(1, close - 1));
    // A place has its address behind it; anything else would be a person's own words.
    return body.size() == close + 1 || kind == Content::location ? kind : Content::text;
  }
  return family == Family::pc ? look_up(bare, body) : Content::text;
}

std::optional<Notice> parse_notice(std::string_view text) {
  constexpr std::size_t longest = 1024;
  text = without_full_stop(text);
  if (text.size() > longest || text.find('\n') != std::string_view::npos) return std::nullopt;
  for (const auto& form : notice_forms) {
    if (form.exact) {
      if (text == form.before) return Notice{form.content, {}};
      continue;
    }
    if (text.size() <= form.after.size() || !text.ends_with(form.after)) continue;
    return Notice{form.content, std::string(trim(text.substr(0, text.size() - form.after.size())))};
  }
  return std::nullopt;
}

} // namespace genchi::talk
