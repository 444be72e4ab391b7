// Titles, saved lines, day lines and times of day, by the language and settings of the phone that wrote them.
#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi::talk {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view mark = "[LINE]";

struct TitleForm {
  std::string_view locale, before, after;
  bool group;
};
// The first that fits counts: とのトーク履歴 before のトーク履歴.
constexpr TitleForm title_forms[] = {
    {"ja", "", "とのトーク履歴", false},
    {"ja", "", "のトーク履歴", true},
    {"ja", "", "とのトーク", false},
    {"ja", "", "のトーク", true},
    {"en", "Chat history with ", "", false},
    {"en", "Chat history in ", "", true},
    {"zh-TW", "與", "的聊天記錄", false},
    {"zh-TW", "與", "的聊天紀錄", false},
    {"zh-TW", "與", "的聊天", false},
    {"zh-TW", "", "的聊天記錄", true},
    {"zh-TW", "", "的聊天紀錄", true},
    {"zh-CN", "与", "的聊天记录", false},
    {"zh-CN", "", "的聊天记录", true},
    {"th", "ประวัติการแชทกับ", "", false},
    {"th", "ประวัติการแชทในกลุ่ม", "", true},
    {"th", "ประวัติการแชท ในกลุ่ม", "", true},
};

struct SavedForm {
  std::string_view locale, before;
};
constexpr SavedForm saved_forms[] = {
    {"ja", "保存日時"},  {"en", "Saved on"},        {"zh-TW", "儲存日期"},
    {"zh-CN", "保存日期"}, {"th", "บันทึกเมื่อ"},
};

struct WeekdayName {
  std::string_view name;
  int weekday; ///< 0 Sunday
  std::string_view locale;
};
// 日 一 … are Chinese, 日 月 … Japanese; 日 alone tells neither. The longest that fits counts.
constexpr WeekdayName weekday_names[] = {
    {"日曜日", 0, "ja"}, {"月曜日", 1, "ja"}, {"火曜日", 2, "ja"}, {"水曜日", 3, "ja"}, {"木曜日", 4, "ja"},
    {"金曜日", 5, "ja"}, {"土曜日", 6, "ja"},
    {"日曜", 0, "ja"}, {"月曜", 1, "ja"}, {"火曜", 2, "ja"}, {"水曜", 3, "ja"}, {"木曜", 4, "ja"}, {"金曜", 5, "ja"},
    {"土曜", 6, "ja"},
    {"日", 0, ""}, {"月", 1, "ja"}, {"火", 2, "ja"}, {"水", 3, "ja"}, {"木", 4, "ja"}, {"金", 5, "ja"}, {"土", 6, "ja"},
    {"Sunday", 0, "en"}, {"Monday", 1, "en"}, {"Tuesday", 2, "en"}, {"Wednesday", 3, "en"}, {"Thursday", 4, "en"},
    {"Friday", 5, "en"}, {"Saturday", 6, "en"},
    {"Sun", 0, "en"}, {"Mon", 1, "en"}, {"Tue", 2, "en"}, {"Wed", 3, "en"}, {"Thu", 4, "en"}, {"Fri", 5, "en"},
    {"Sat", 6, "en"},
    {"一", 1, "zh"}, {"二", 2, "zh"}, {"三", 3, "zh"}, {"四", 4, "zh"}, {"五", 5, "zh"}, {"六", 6, "zh"},
    {"週日", 0, "zh-TW"}, {"週一", 1, "zh-TW"}, {"週二", 2, "zh-TW"}, {"週三", 3, "zh-TW"}, {"週四", 4, "zh-TW"},
    {"週五", 5, "zh-TW"}, {"週六", 6, "zh-TW"},
    {"周日", 0, "zh-CN"}, {"周一", 1, "zh-CN"}, {"周二", 2, "zh-CN"}, {"周三", 3, "zh-CN"}, {"周四", 4, "zh-CN"},
    {"周五", 5, "zh-CN"}, {"周六", 6, "zh-CN"},
    {"星期日", 0, "zh"}, {"星期一", 1, "zh"}, {"星期二", 2, "zh"}, {"星期三", 3, "zh"}, {"星期四", 4, "zh"},
    {"星期五", 5, "zh"}, {"星期六", 6, "zh"},
    {"อา.", 0, "th"}, {"จ.", 1, "th"}, {"อ.", 2, "th"}, {"พ.", 3, "th"}, {"พฤ.", 4, "th"}, {"ศ.", 5, "th"}, {"ส.", 6, "th"},
    {"วันอาทิตย์", 0, "th"}, {"วันจันทร์", 1, "th"}, {"วันอังคาร", 2, "th"}, {"วันพุธ", 3, "th"}, {"วันพฤหัสบดี", 4, "th"},
    {"วันศุกร์", 5, "th"}, {"วันเสาร์", 6, "th"},
    {"일요일", 0, "ko"}, {"월요일", 1, "ko"}, {"화요일", 2, "ko"}, {"수요일", 3, "ko"}, {"목요일", 4, "ko"},
    {"금요일", 5, "ko"}, {"토요일", 6, "ko"},
    {"일", 0, "ko"}, {"월", 1, "ko"}, {"화", 2, "ko"}, {"수", 3, "ko"}, {"목", 4, "ko"}, {"금", 5, "ko"}, {"토", 6, "ko"},
};

// Years of the Japanese eras that phones can write, and what is added to them.
struct Era {
  std::string_view name;
  int before_first_year;
};
constexpr Era eras[] = {{"R", 2018}, {"H", 1988}, {"S", 1925}, {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};

// The Buddhist calendar of Thai phones is 543 years ahead.
constexpr int buddhist_from = 2400, buddhist_ahead = 543;

bool take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

struct Digits {
  int value = 0;
  int count = 0;
};
Digits take_digits(std::string_view& text, int most) {
  Digits digits;
  while (digits.count < most && !text.empty() && text[0] >= '0' && text[0] <= '9') {
    digits.value = digits.value * 10 + (text[0] - '0');
    text.remove_prefix(1);
    ++digits.count;
  }
  return digits;
}

const WeekdayName* take_weekday(std::string_view& text) {
  const WeekdayName* longest = nullptr;
  for (const auto& name : weekday_names)
    if (text.starts_with(name.name) && (!longest || name.name.size() > longest->name.size())) longest = &name;
  if (longest) text.remove_prefix(longest->name.size());
  return longest;
}

int gregorian(int year) { return year >= buddhist_from ? year - buddhist_ahead : year; }

/// `2026/04/01`, `R8/04/01`, `11/03/2025`; with `.` on a PC.
bool take_day(std::string_view& text, char separator, WrittenDay& out) {
  auto rest = text;
  int era = 0;
  for (const auto& one : eras) {
    if (!take(rest, one.name)) continue;
    era = one.before_first_year;
    break;
  }
  const auto a = take_digits(rest, 4);
  if (a.count == 0 || !take(rest, {&separator, 1})) return false;
  const auto b = take_digits(rest, 2);
  if (b.count == 0 || !take(rest, {&separator, 1})) return false;
  const auto c = take_digits(rest, 4);
  if (c.count == 0 || (!rest.empty() && rest[0] >= '0' && rest[0] <= '9')) return false;
  if (era != 0 || a.count == 4) {
    if (c.count > 2 || (era != 0 && a.count > 2)) return false;
    const CivilDay day{era != 0 ? a.value + era : gregorian(a.value), b.value, c.value};
    if (!is_valid(day)) return false;
    out.day = day;
  } else {
    if (a.count > 2 || c.count != 4) return false;
    out.year = gregorian(c.value);
    out.first = a.value;
    out.second = b.value;
    if (!out.read(DateOrder::month_first) && !out.read(DateOrder::day_first)) return false;
  }
  text = rest;
  return true;
}

bool take_space(std::string_view& text) {
  return take(text, " ") || take(text, "\u202F") || take(text, "\u00A0");
}

/// What a phone writes around a weekday at the end of a line: `(水)`, `（五）`, ` Fri`, nothing.
const WeekdayName* take_weekday_at_end(std::string_view& text) {
  const bool spaced = take_space(text);
  std::string_view closing;
  if (take(text, "(")) closing = ")";
  else if (take(text, "（")) closing = "）";
  const auto* weekday = take_weekday(text);
  if (!weekday || (!closing.empty() && !take(text, closing))) return nullptr;
  // Without brackets or blank only whole words: 2024/1/2週二, not 2024/1/2日.
  if (!spaced && closing.empty() && weekday->name.size() < 6) return nullptr;
  return text.empty() ? weekday : nullptr;
}

} // namespace

std::optional<CivilDay> WrittenDay::read(DateOrder order) const {
  if (day) return day;
  const CivilDay read = order == DateOrder::day_first ? CivilDay{year, second, first} : CivilDay{year, first, second};
  return order != DateOrder::unknown && is_valid(read) ? std::optional(read) : std::nullopt;
}

std::optional<Title> parse_title(std::string_view line) {
  if (!take(line, mark)) return std::nullopt;
  take(line, " ");
  for (const auto& form : title_forms) {
    if (line.size() < form.before.size() + form.after.size()) continue;
    if (!line.starts_with(form.before) || !line.ends_with(form.after)) continue;
    auto name = line.substr(form.before.size(), line.size() - form.before.size() - form.after.size());
    if (form.locale == "th") {
      name = trim(name);
      if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    }
    return Title{std::string(name), form.locale, form.group};
  }
  return Title{std::string(trim(line)), "", true};
}

std::optional<WrittenDay> parse_day_line(std::string_view line, Family family) {
  constexpr std::size_t longest = 64;
  if (line.size() > longest) return std::nullopt;
  const char separator = family == Family::pc ? '.' : '/';
  WrittenDay written;
  const WeekdayName* weekday = nullptr;
  if (family == Family::mobile && !line.empty() && !(line[0] >= '0' && line[0] <= '9')) {
    auto rest = line;
    weekday = take_weekday(rest);
    if (weekday) {
      take(rest, ",");
      if (!take_space(rest)) return std::nullopt;
      if (!take_day(rest, separator, written) || !rest.empty()) return std::nullopt;
    }
  }
  if (!weekday) {
    if (!take_day(line, separator, written)) return std::nullopt;
    if (family == Family::pc && (!written.day || !take_space(line))) return std::nullopt;
    if (family == Family::pc) {
      weekday = take_weekday(line);
      if (!line.empty()) return std::nullopt;
    } else {
      weekday = take_weekday_at_end(line);
    }
    if (!weekday) return std::nullopt;
  }
  written.weekday = weekday->weekday;
  written.locale = weekday->locale;
  return written;
}

std::optional<WrittenSaved> parse_saved_line(std::string_view line) {
  constexpr std::size_t longest = 96;
  if (line.size() > longest) return std::nullopt;
  for (const auto& form : saved_forms) {
    auto rest = line;
    if (!take(rest, form.before)) continue;
    take(rest, "：") || take(rest, ":");
    while (take_space(rest)) continue;
    WrittenSaved saved;
    saved.locale = form.locale;
    if (!take_day(rest, '/', saved.day)) continue;
    take(rest, ",");
    while (take_space(rest)) continue;
    const auto minute = take_time(rest);
    if (!minute || !trim(rest).empty()) continue;
    saved.minute = *minute;
    return saved;
  }
  return std::nullopt;
}

std::optional<int> take_time(std::string_view& text) {
  auto rest = text;
  std::optional<bool> afternoon;
  for (const auto word : {"午前", "上午", "오전"})
    if (!afternoon && take(rest, word)) afternoon = false;
  for (const auto word : {"午後", "下午", "오후"})
    if (!afternoon && take(rest, word)) afternoon = true;
  if (afternoon) take_space(rest);
  const auto hour = take_digits(rest, 2);
  if (hour.count == 0 || !take(rest, ":")) return std::nullopt;
  const auto minute = take_digits(rest, 2);
  if (minute.count != 2 || minute.value > 59) return std::nullopt;
  if (!afternoon) {
    auto after = rest;
    take_space(after);
    if (after.size() >= 2 && (ascii_istarts_with(after, "AM") || ascii_istarts_with(after, "PM")) &&
        (after.size() == 2 || after[2] == '\t' || after[2] == ' ')) {
      afternoon = after[0] == 'P' || after[0] == 'p';
      rest = after.substr(2);
    }
  }
  if (afternoon ? hour.value > 12 : hour.value > 24) return std::nullopt;
  text = rest;
  if (!afternoon) return hour.value % 24 * 60 + minute.value;
  return (hour.value % 12 + (*afternoon ? 12 : 0)) * 60 + minute.value;
}

std::string chat_name(const Talk& talk) {
  const auto ours = [&](const std::string& name) { return std::find(talk.own.begin(), talk.own.end(), name) != talk.own.end(); };
  if (talk.group || !ours(talk.name)) return talk.name;
  const auto other = std::find_if(talk.senders.begin(), talk.senders.end(), [&](const std::string& sender) { return sender != talk.name; });
  return other == talk.senders.end() ? talk.name : *other;
}

std::string name_in_file_name(std::string_view name) {
  if (const auto slash = name.rfind('/'); slash != npos) name.remove_prefix(slash + 1);
  if (!name.starts_with(mark)) return {};
  if (const auto dot = name.rfind('.'); dot != npos && name.size() - dot <= 5) name = name.substr(0, dot);
  // Browsers and phones add " (1)" to the name of a file saved twice.
  if (const auto open = name.rfind(" ("); open != npos && name.ends_with(')') && name.size() - open <= 5 &&
                                          name.find_first_not_of("0123456789", open + 2) == name.size() - 1)
    name = name.substr(0, open);
  const auto title = parse_title(name);
  return title ? title->name : std::string();
}

} // namespace genchi::talk
