// The lines a business mail opens with: 宛名, お世話になっております, 〇〇社の山田です. A line counts only if
// all of it is such a phrase; 「お世話になります。5万円で承知しました。」 is own.
#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "mail/body.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_greeting_lines = 8;
constexpr std::size_t max_name_characters = 40;
constexpr std::size_t max_phrase_characters = 40;
constexpr std::size_t max_introduced_name = 12;
constexpr std::size_t organisation_lines_above_name = 3;

constexpr auto honorifics =
    std::to_array<std::string_view>({"様", "さま", "さん", "殿", "先生", "御中", "各位", "皆様方"});
constexpr auto organisations = std::to_array<std::string_view>(
    {"株式会社", "有限会社", "合同会社", "（株）", "(株)", "㈱", "（有）", "法人", "事務所"});
constexpr auto departments =
    std::to_array<std::string_view>({"部", "課", "室", "係", "店", "社", "グループ", "担当"});

// Words before の in 〇〇の山田です that make it a place of work.
constexpr auto workplaces = std::to_array<std::string_view>(
    {"会社", "（株）", "(株)",     "㈱",     "法人",   "社",     "店",         "部",       "課",
     "室",   "係",     "担当",     "事務所", "工房",   "サロン", "館",         "スタジオ", "デザイン",
     "商事", "工業",   "産業",     "建設",   "製作所", "医院",   "クリニック", "大学",     "協会",
     "組合", "企画",   "オフィス", "カフェ", "ホテル", "不動産", "システム",   "サービス"});
// Words that say something, where a name should stand; those of one character only at its end (時田, but
// 10時).
constexpr auto not_names = std::to_array<std::string_view>(
    {"通り", "とおり", "予定", "次第", "はず", "場合",   "状況",       "結果", "内容", "見積", "納期",
     "変更", "請求",   "契約", "発注", "注文", "予約",   "キャンセル", "承知", "回答", "確認", "連絡",
     "返事", "返信",   "修正", "資料", "添付", "お願い", "希望",       "明日", "曜日", "近く"});
constexpr auto not_name_ends =
    std::to_array<std::string_view>({"件", "方", "曜", "時", "前", "横", "隣", "日", "分"});

constexpr auto intensifiers =
    std::to_array<std::string_view>({"いつも", "大変", "たいへん", "誠に", "平素より", "平素は", "平素から",
                                     "日頃より", "毎度", "毎々", "いつもいつも"});
constexpr auto phrases = std::to_array<std::string_view>({"お世話様です",
                                                          "お世話さまです",
                                                          "こんにちは",
                                                          "こんにちわ",
                                                          "こんばんは",
                                                          "おはようございます",
                                                          "はじめまして",
                                                          "初めまして",
                                                          "お疲れ様です",
                                                          "お疲れさまです",
                                                          "おつかれさまです",
                                                          "お疲れ様でございます",
                                                          "ご無沙汰しております",
                                                          "お久しぶりです",
                                                          "拝啓",
                                                          "突然のメール失礼いたします",
                                                          "突然のメールにて失礼いたします",
                                                          "突然のご連絡失礼いたします",
                                                          "突然のメール失礼します",
                                                          "お忙しいところ失礼いたします",
                                                          "お世話になっております"});
constexpr auto long_courtesies =
    std::to_array<std::string_view>({"お引き立て", "お引立て", "ご愛顧", "ご高配"});

std::string_view without_end(std::string_view text, std::initializer_list<std::string_view> ends) {
  for (bool stripped = true; stripped;) {
    stripped = false;
    for (const std::string_view end : ends) {
      if (!ends_with(text, end)) continue;
      text = trim_wide(text.substr(0, text.size() - end.size()));
      stripped = true;
    }
  }
  return text;
}

bool says_something(std::string_view text) {
  for (const std::string_view part :
       {"は", "が", "を", "。", "です", "ます", ":", "：", "/", "／", "？", "?", "円", "月"}) {
    if (contains(text, part)) return true;
  }
  return false;
}

// 山田様、  株式会社青葉 第1営業部 山田様; but 3名様 is a number of guests.
bool is_addressee(std::string_view line) {
  const std::string_view name = without_end(line, {"、", "，", ",", "へ"});
  if (count_characters(name) > max_name_characters || says_something(name)) return false;
  if (has_digit(name) && (contains(name, "名") || !contains_any(name, organisations))) {
    return false;
  }
  return std::any_of(honorifics.begin(), honorifics.end(),
                     [name](std::string_view h) { return ends_with(name, h); });
}

bool is_organisation(std::string_view line) {
  if (count_characters(line) > max_name_characters || says_something(line)) return false;
  return contains_any(line, organisations) ||
         std::any_of(departments.begin(), departments.end(),
                     [line](std::string_view d) { return ends_with(line, d); });
}

bool is_phrase(std::string_view text) {
  for (bool stripped = true; stripped;) {
    stripped = false;
    for (const std::string_view word : intensifiers) {
      if (!starts_with(text, word)) continue;
      text = trim_wide(text.substr(word.size()));
      stripped = true;
    }
  }
  if (std::find(phrases.begin(), phrases.end(), text) != phrases.end()) return true;
  if (starts_with(text, "お世話になって") || text == "お世話になります") {
    return count_characters(text) <= 14 && ends_with(text, "ます");
  }
  return contains_any(text, long_courtesies) &&
         (ends_with(text, "申し上げます") || ends_with(text, "ございます") || ends_with(text, "賜り"));
}

bool introduces_sender(std::string_view text) {
  if (count_characters(text) > max_phrase_characters || has_digit(text)) return false;
  const bool humble = ends_with(text, "と申します");
  const std::string_view name = without_end(text, {"です", "でございます", "と申します"});
  if (name.size() == text.size() || contains_any(name, not_names)) return false;
  for (const std::string_view end : not_name_ends) {
    if (ends_with(name, end)) return false;
  }
  if (humble) return !says_something(name);
  const std::size_t no = name.rfind("の");
  if (no == npos || says_something(name)) return false;
  const std::string_view person = name.substr(no + std::string_view("の").size());
  return !person.empty() && count_characters(person) <= max_introduced_name &&
         contains_any(name.substr(0, no), workplaces);
}

// Every clause of the line is a set phrase or names the sender.
bool is_all_courtesy(std::string_view line) {
  bool any = false;
  while (!line.empty()) {
    std::size_t end = line.size();
    std::size_t next = line.size();
    for (const std::string_view mark : {"。", "、", "！", "!", "，", ","}) {
      const std::size_t at = line.find(mark);
      if (at >= end) continue;
      end = at;
      next = at + mark.size();
    }
    const std::string_view clause = trim_wide(line.substr(0, end));
    if (!clause.empty() && !is_phrase(clause) && !introduces_sender(clause) && !is_addressee(clause))
      return false;
    any = any || !clause.empty();
    line = line.substr(next);
  }
  return any;
}

bool is_western_salutation(std::string_view line) {
  if (line.size() > max_name_characters || !ends_with(line, ",")) return false;
  return ascii_istarts_with(line, "Dear ") || ascii_istarts_with(line, "Hi ") ||
         ascii_istarts_with(line, "Hello");
}

} // namespace

std::size_t find_greeting_end(const std::vector<BodyLine>& lines, LineRange run) {
  const auto names_follow = [&](std::size_t i) {
    for (std::size_t j = i + 1; j < run.end && j <= i + organisation_lines_above_name; ++j) {
      if (is_addressee(lines[j].text)) return true;
      if (!is_organisation(lines[j].text)) return false;
    }
    return false;
  };
  std::size_t end = run.begin;
  std::size_t greeted = 0;
  for (std::size_t i = run.begin; i < run.end && greeted < max_greeting_lines; ++i) {
    const std::string_view line = lines[i].text;
    if (line.empty()) {
      if (greeted > 0) end = i + 1;
      continue;
    }
    if (line.size() > 400) break;
    if (!is_addressee(line) && !is_all_courtesy(line) && !is_western_salutation(line) &&
        !(is_organisation(line) && names_follow(i))) {
      break;
    }
    ++greeted;
    end = i + 1;
  }
  return greeted > 0 ? end : run.begin;
}

} // namespace genchi::mail
