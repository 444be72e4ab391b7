// What LINE writes in the place of media and machine-made senders, by the language of the person who
// downloads.
#include <algorithm>
#include <array>

#include "importers/line_oa/export.hpp"

namespace genchi::line {
namespace {

struct Phrase {
  std::string_view text; ///< without a final full stop
  Content content;
};

// Read from downloads in the four languages known so far; some by tools that imitate them (音声, PDF,
// 位置情報).
constexpr Phrase phrases[] = {
    // Japanese
    {"写真を送信しました", Content::photo},
    {"画像を送信しました", Content::photo},
    {"スタンプを送信しました", Content::sticker},
    {"動画を送信しました", Content::video},
    {"ボイスメッセージを送信しました", Content::voice},
    {"音声を送信しました", Content::voice},
    {"ファイルを送信しました", Content::file},
    {"PDFを送信しました", Content::file},
    {"位置情報を送信しました", Content::location},
    {"連絡先を送信しました", Content::contact},
    {"送信が取り消されたメッセージです", Content::unsent},
    // Traditional Chinese
    {"照片已傳送", Content::photo},
    {"圖片已傳送", Content::photo},
    {"貼圖已傳送", Content::sticker},
    {"影片已傳送", Content::video},
    {"語音訊息已傳送", Content::voice},
    {"檔案已傳送", Content::file},
    {"位置資訊已傳送", Content::location},
    {"聯絡人已傳送", Content::contact},
    {"聯絡資訊已傳送", Content::contact},
    {"已取消通話", Content::call},
    {"通話已結束", Content::call},
    {"未接來電", Content::call},
    {"已收回訊息", Content::unsent},
    // Thai
    {"คุณส่งรูป", Content::photo},
    {"คุณส่งสติกเกอร์", Content::sticker},
    // English
    {"You sent a photo", Content::photo},
    {"You sent a sticker", Content::sticker},
    {"You sent a video", Content::video},
    {"You sent a voice message", Content::voice},
    {"You sent a file", Content::file},
    {"You sent a location", Content::location},
    {"You sent a contact", Content::contact},
    {"You unsent a message", Content::unsent},
    {"Message unsent", Content::unsent},
};

constexpr auto longest_phrase = [] {
  std::size_t longest = 0;
  for (const auto& phrase : phrases) longest = std::max(longest, phrase.text.size());
  return longest;
}();

constexpr std::array<std::string_view, 6> automatic_senders = {
    "応答メッセージ",     "Auto-response", "自動回應訊息",
    "ข้อความตอบกลับอัตโนมัติ", "AI 聊天機器人", "AIチャットボット",
};

constexpr std::array<std::string_view, 10> content_names = {
    "text", "photo", "sticker", "video", "voice", "file", "location", "contact", "call", "unsent",
};

} // namespace

std::string_view content_name(Content content) {
  return content_names[static_cast<std::size_t>(content)];
}

Content classify_content(std::string_view text) {
  constexpr std::string_view full_stop = "。";
  if (text.size() > longest_phrase + full_stop.size()) return Content::text;
  if (text.ends_with(full_stop)) {
    text.remove_suffix(full_stop.size());
  } else if (text.ends_with('.')) {
    text.remove_suffix(1);
  }
  for (const auto& phrase : phrases) {
    if (text == phrase.text) return phrase.content;
  }
  return Content::text;
}

bool is_automatic_sender(std::string_view name) {
  return std::find(automatic_senders.begin(), automatic_senders.end(), name) != automatic_senders.end();
}

bool is_unknown_sender(std::string_view name) { return name == "Unknown"; }

} // namespace genchi::line
