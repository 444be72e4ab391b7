#include "text/name_parts.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "text/fold.hpp"
#include "text/readings.hpp"

namespace genchi::naming {
namespace {

constexpr std::size_t most_of_a_name = 400;  // bytes
constexpr auto npos = std::string_view::npos;

// Marks in a name's text; fold() gives none of them.
constexpr char separator = '|';
constexpr char tag_begin = '\x01';
constexpr char tag_end = '\x02';
constexpr char hard_break = '\x03';

// Longest first where one begins with another.
constexpr std::string_view joining_forms[] = {"株式会社", "有限会社", "合同会社"};
constexpr std::string_view other_forms[] = {
    "合資会社",     "合名会社",     "相互会社",           "特定目的会社", "一般社団法人",
    "一般財団法人", "公益社団法人", "公益財団法人",       "医療法人社団", "医療法人財団",
    "医療法人",     "社団法人",     "財団法人",           "学校法人",     "宗教法人",
    "社会福祉法人", "更生保護法人", "特定非営利活動法人", "認定npo法人",  "npo法人",
    "税理士法人",   "弁護士法人",   "監査法人",           "司法書士法人", "行政書士法人",
    "特許業務法人", "弁理士法人",   "社会保険労務士法人", "国立大学法人", "地方独立行政法人",
    "独立行政法人", "農事組合法人", "有限責任事業組合",   "事業協同組合", "企業組合"};
constexpr std::string_view bracketed_forms[] = {"株",   "有",   "同",   "合", "資", "名", "相", "一社",
                                                "一財", "公社", "公財", "社", "財", "医", "学", "宗",
                                                "福",   "特非", "税",   "弁", "監", "独"};
// The letters before a bracket in the kana of bank statements: カ) 株式会社, ユ) 有限会社, ド) 合同会社 …
constexpr std::string_view bank_forms[] = {"か",   "ゆ",   "ど",     "し",     "め",     "い",
                                           "がく", "ふく", "しゅう", "しゆう", "とくひ", "しゃ",
                                           "しや", "ざい", "べん",   "ぜい"};
constexpr std::string_view latin_forms[] = {"co",      "ltd",     "inc",  "llc", "kk",  "corp", "corporation",
                                            "limited", "company", "gmbh", "plc", "llp", "gk",   "k"};

struct Brackets {
  std::string_view open;
  std::string_view close;
};
constexpr Brackets all_brackets[] = {{"(", ")"},   {"[", "]"},   {"{", "}"},   {"<", ">"},
                                     {"【", "】"}, {"「", "」"}, {"『", "』"}, {"〔", "〕"},
                                     {"〈", "〉"}, {"《", "》"}, {"〖", "〗"}, {"〘", "〙"}};

// Behind a name. Strong ones leave a single kanji too, kana are looked at closely.
constexpr std::string_view kana_honorifics[] = {"ちゃん", "さん", "さま", "くん"};
constexpr std::string_view strong_titles[] = {
    "様",       "先生",     "御中",   "各位",   "社長",     "副社長",       "部長",         "次長",
    "課長",     "係長",     "店長",   "副店長", "主任",     "専務",         "常務",         "会長",
    "所長",     "院長",     "室長",   "支店長", "支社長",   "工場長",       "事務長",       "事務局長",
    "局長",     "園長",     "校長",   "学長",   "理事長",   "取締役",       "代表取締役",   "監査役",
    "教授",     "准教授",   "博士",   "弁護士", "税理士",   "会計士",       "司法書士",     "行政書士",
    "社労士",   "医師",     "店主",   "女将",   "おーなー", "まねーじゃー", "でぃれくたー", "担当者",
    "ご担当者", "御担当者", "ご担当", "御担当", "ご一同",   "御一同",       "一同"};
constexpr std::string_view weak_titles[] = {"君",   "殿",   "氏",   "代表", "担当",
                                            "理事", "顧問", "主査", "主事", "師匠"};
constexpr std::string_view latin_before[] = {"mr", "mrs", "ms", "miss", "dr", "prof", "mx"};
constexpr std::string_view latin_behind[] = {"san", "sama", "kun", "chan", "sensei", "dono"};

template <typename List> bool is_one_of(const List& list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

template <typename List> std::string_view longest_end(const List& list, std::string_view text) {
  std::string_view longest;
  for (const std::string_view word : list)
    if (word.size() > longest.size() && text.ends_with(word)) longest = word;
  return longest;
}

template <typename List> std::string_view form_at(const List& list, std::string_view text) {
  for (const std::string_view form : list)
    if (text.starts_with(form)) return form;
  return {};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_one_kanji(std::string_view text) {
  if (text.empty()) return false;
  const CodePoint c = decode_utf8(text, 0);
  return c.size == text.size() && readings::is_kanji(c.value);
}

bool all_kana(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!readings::is_kana(c.value)) return false;
    at += c.size;
  }
  return true;
}

bool is_family_reading(std::string_view kana) {
  const readings::Reading reading = readings::of_kana(kana);
  const auto& list = readings::families();
  return !reading.strict.empty() &&
         std::any_of(list.begin(), list.end(), [&](const readings::Family& family) {
           return std::any_of(family.readings.begin(), family.readings.end(),
                              [&](const readings::Reading& r) { return r.strict == reading.strict; });
         });
}

bool is_family(std::string_view text) {
  const readings::Family* family = readings::family_at(text);
  return family != nullptr && family->name == text;
}

// May `rest` be a name by itself, when a title was behind it?
bool is_name_before_kana(std::string_view rest) {
  if (is_one_kanji(rest)) return true;
  return characters(rest) >= 2 && !rest.ends_with("っ");
}
bool is_name_before(std::string_view rest) {
  return characters(rest) >= 2 || is_one_kanji(rest);
}
bool is_name_before_weak(std::string_view rest) {
  return characters(rest) >= 2 || is_family(rest);
}

// The title that a run ends with and that may be cut off; empty if none.
std::string_view title_at_end(std::string_view text) {
  const auto rest = [&](std::string_view title) { return text.substr(0, text.size() - title.size()); };
  if (const auto title = longest_end(strong_titles, text); !title.empty() && is_name_before(rest(title)))
    return title;
  if (const auto title = longest_end(kana_honorifics, text);
      !title.empty() && is_name_before_kana(rest(title)))
    return title;
  if (const auto title = longest_end(weak_titles, text); !title.empty() && is_name_before_weak(rest(title)))
    return title;
  return {};
}

// An honorific in katakana behind katakana may be part of a word (コクサン): the rest must be a known family
// name.
bool is_doubtful(std::string_view written, std::string_view run) {
  constexpr std::string_view in_katakana[] = {"サン", "サマ", "クン", "チャン", "ｻﾝ", "ｻﾏ", "ｸﾝ", "ﾁｬﾝ"};
  if (longest_end(in_katakana, trim(written)).empty()) return false;
  const std::string_view rest = run.substr(0, run.size() - longest_end(kana_honorifics, run).size());
  return all_kana(rest) && !is_family_reading(rest);
}

bool is_white(std::string_view character) {
  return (character.size() == 1 && (character[0] == ' ' || (character[0] >= 9 && character[0] <= 13))) ||
         character == "\u00A0" || character == "\u3000";
}

// White space becomes a mark that fold() keeps.
std::string with_separators(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (std::size_t at = 0; at < name.size();) {
    const auto byte = static_cast<unsigned char>(name[at]);
    std::size_t blank = 0;
    if (byte == ' ' || (byte >= 9 && byte <= 13))
      blank = 1;
    else if (byte == 0xC2 && name.substr(at, 2) == "\u00A0")
      blank = 2;
    else if (byte == 0xE3 && name.substr(at, 3) == "\u3000")
      blank = 3;
    if (blank > 0) {
      out += separator;
      at += blank;
    } else {
      out += name[at++];
    }
  }
  return out;
}

// A folded name with marks in the place of what parts it.
class MarkUp {
 public:
  explicit MarkUp(std::string_view folded) : folded_(folded) {}

  void run() {
    may_have_form_ =
        folded_.find("会社") != npos || folded_.find("法人") != npos || folded_.find("組合") != npos;
    text.reserve(folded_.size() + 8);
    while (at_ < folded_.size()) {
      if (at_ == tag_until_) {
        go_on(tag_end, tag_close_.size());
        tag_until_ = npos;
        continue;
      }
      if (may_have_form_ && form()) continue;
      const CodePoint c = decode_utf8(folded_, at_);
      const CharClass kind = char_class(c.value);
      if (kind == CharClass::other && tag_until_ == npos && (bracket(c) || bank_form(c) || tag(c))) continue;
      japanese_before_ = kind == CharClass::japanese;
      if (kind == CharClass::other) {
        go_on(separator, c.size);
      } else {
        text.append(folded_, at_, c.size);
        at_ += c.size;
      }
    }
  }

  std::string text;
  bool from_bank = false;

 private:
  void go_on(char mark, std::size_t size) {
    text += mark;
    at_ += size;
  }

  bool form() {
    const std::string_view rest = folded_.substr(at_);
    const std::string_view joining = form_at(joining_forms, rest);
    const std::string_view other = joining.empty() ? form_at(other_forms, rest) : std::string_view();
    if (!joining.empty()) go_on(separator, joining.size());
    if (!other.empty()) go_on(hard_break, other.size());
    return !joining.empty() || !other.empty();
  }

  bool bracket(CodePoint c) {
    const std::string_view rest = folded_.substr(at_);
    const auto brackets = std::find_if(std::begin(all_brackets), std::end(all_brackets),
                                       [&](const Brackets& b) { return rest.starts_with(b.open); });
    if (brackets == std::end(all_brackets)) return false;
    const std::size_t inside = at_ + brackets->open.size();
    bool& never = never_closed_[static_cast<std::size_t>(brackets - std::begin(all_brackets))];
    const std::size_t close = never ? npos : folded_.find(brackets->close, inside);
    never = close == npos;
    const std::size_t end = std::min(close, folded_.size());
    const std::string_view content = folded_.substr(inside, end - inside);
    const bool of_bank = is_one_of(bank_forms, content);
    if (c.value == U'(' && (of_bank || is_one_of(bracketed_forms, content))) {
      from_bank = from_bank || of_bank;
      go_on(separator, std::min(end + brackets->close.size(), folded_.size()) - at_);
      return true;
    }
    if (close == npos) return false;
    go_on(tag_begin, brackets->open.size());
    tag_until_ = close;
    tag_close_ = brackets->close;
    return true;
  }

  // カ)ミナト
  bool bank_form(CodePoint c) {
    if (c.value != U')' || !is_one_of(bank_forms, std::string_view(text))) return false;
    from_bank = true;
    text.clear();
    at_ += c.size;
    return true;
  }

  // りん@本店
  bool tag(CodePoint c) {
    if (c.value != U'@' || !japanese_before_) return false;
    go_on(tag_begin, c.size);
    tag_until_ = folded_.size();
    return true;
  }

  std::string_view folded_;
  std::size_t at_ = 0;
  bool may_have_form_ = false;
  bool japanese_before_ = false;
  std::size_t tag_until_ = npos; // end of the brackets that it is within
  std::string_view tag_close_;
  // Of which there is none any more: looked for once, not from every open bracket.
  std::array<bool, std::size(all_brackets)> never_closed_{};
};

} // namespace

Parts::Parts(std::string_view name) {
  const std::string folded = fold(with_separators(name));
  MarkUp marked(folded);
  marked.run();
  text_ = std::move(marked.text);
  from_bank_ = marked.from_bank;
  cut();
  drop_latin_forms();
  tagged_ = std::any_of(runs_.begin(), runs_.end(), [](const Run& run) { return run.tag; });
  if (tagged_ && std::all_of(runs_.begin(), runs_.end(), [](const Run& run) { return run.tag; })) {
    for (Run& run : runs_) run.tag = false;
    tagged_ = false;
  }
}

void Parts::cut() {
  bool tag = false;
  bool starts = true;
  bool broken = true;
  runs_.reserve(4);
  for (std::size_t at = 0; at < text_.size();) {
    const char mark = text_[at];
    if (mark == separator || mark == tag_begin || mark == tag_end || mark == hard_break) {
      if (mark == tag_begin || mark == tag_end) tag = mark == tag_begin;
      broken = broken || mark == hard_break;
      starts = true;
      ++at;
      continue;
    }
    const bool japanese = char_class(decode_utf8(text_, at).value) == CharClass::japanese;
    const std::size_t begin = at;
    while (at < text_.size()) {
      const CodePoint c = decode_utf8(text_, at);
      const CharClass kind = char_class(c.value);
      if (kind == CharClass::other || (kind == CharClass::japanese) != japanese) break;
      at += c.size;
    }
    runs_.push_back({std::string_view(text_).substr(begin, at - begin), japanese, starts, tag, broken});
    starts = broken = false;
  }
}

void Parts::drop_latin_forms() {
  const auto is_form = [](const Run& run) { return !run.japanese && is_one_of(latin_forms, run.text); };
  if (std::none_of(runs_.begin(), runs_.end(), is_form) || std::all_of(runs_.begin(), runs_.end(), is_form))
    return;
  // K. is a form only beside another one: K.K.
  const auto is_letter_k = [&](std::size_t i) { return i < runs_.size() && runs_[i].text == "k"; };
  std::vector<Run> kept;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const bool k = is_letter_k(i);
    const bool doubled = k && ((i > 0 && is_letter_k(i - 1)) || is_letter_k(i + 1));
    const bool first = i == 0 && runs_[i].text != "kk" && !doubled;
    if (is_form(runs_[i]) && !first && (!k || doubled)) {
      if (i + 1 < runs_.size()) runs_[i + 1].starts_part = true;
    } else {
      kept.push_back(runs_[i]);
    }
  }
  runs_ = std::move(kept);
}

void Parts::drop_titles(std::string_view written) {
  constexpr int most = 6;
  const auto names = [&] {
    return std::count_if(runs_.begin(), runs_.end(), [](const Run& r) { return !r.tag; });
  };
  for (int i = 0; i < most; ++i) {
    const auto last = std::find_if(runs_.rbegin(), runs_.rend(), [](const Run& r) { return !r.tag; });
    if (last == runs_.rend()) return;
    if (last->japanese ? is_title(last->text) : names() > 1 && is_one_of(latin_behind, last->text)) {
      runs_.erase(std::next(last).base());
      continue;
    }
    if (!last->japanese) break;
    const std::string_view title = title_at_end(last->text);
    if (title.empty() || (is_one_of(kana_honorifics, title) && is_doubtful(written, last->text))) break;
    last->text.remove_suffix(title.size());
  }
  for (int i = 0; i < most && names() > 1; ++i) {
    const auto first = std::find_if(runs_.begin(), runs_.end(), [](const Run& r) { return !r.tag; });
    const bool title = first->japanese ? is_title(first->text) : is_one_of(latin_before, first->text);
    if (!title || !std::next(first)->starts_part) break;
    runs_.erase(first);
  }
}

bool has_company_form(std::string_view name) {
  constexpr std::string_view told_by_letters[] = {"ltd", "inc", "llc", "kk", "corp", "corporation", "limited", "gmbh", "plc", "llp"};
  const std::string folded = fold(name.substr(0, most_of_a_name));
  const auto stands_in = [&](std::string_view form) { return folded.find(form) != npos; };
  if (std::any_of(std::begin(joining_forms), std::end(joining_forms), stands_in) || std::any_of(std::begin(other_forms), std::end(other_forms), stands_in)) return true;
  for (const std::string_view form : bracketed_forms)
    if (stands_in("(" + std::string(form) + ")")) return true;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  bool after_a_word = false;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    if (end > at && after_a_word && is_one_of(told_by_letters, std::string_view(folded).substr(at, end - at))) return true;
    after_a_word = after_a_word || end > at || static_cast<unsigned char>(folded[at]) >= 0x80;
    at = std::max(end, at + 1);
  }
  return false;
}

bool is_title(std::string_view text) {
  return is_one_of(strong_titles, text) || is_one_of(kana_honorifics, text) || is_one_of(weak_titles, text);
}

std::string_view without_titles(std::string_view run) {
  for (std::string_view title = title_at_end(run); !title.empty(); title = title_at_end(run))
    run.remove_suffix(title.size());
  return run;
}

std::vector<std::string_view> forms_around(std::string_view folded) {
  std::vector<std::string_view> out;
  const auto add = [&](std::string_view form) {
    if (form.size() > folded.size() && form.find(folded) != npos) out.push_back(form);
  };
  for (const std::string_view form : joining_forms) add(form);
  for (const std::string_view form : other_forms) add(form);
  return out;
}

namespace {

bool is_form_in_brackets(std::string_view folded) {
  return is_one_of(bracketed_forms, folded) || is_one_of(bank_forms, folded) || has_company_form(folded);
}

// Decoration folds to nothing. Blanks do too between Japanese characters, and are none.
bool is_decoration(std::string_view character) {
  return !is_white(character) && fold(character).empty();
}

} // namespace

std::string without_tags(std::string_view name) {
  if (name.size() > most_of_a_name) return std::string(name);
  std::string out;
  bool japanese_before = false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = decode_utf8(name, at);
    const std::string_view character = name.substr(at, c.size);
    const std::string folded = fold(character);
    at += character.size();
    if (folded == "@" && japanese_before) break;
    const auto brackets = std::find_if(std::begin(all_brackets), std::end(all_brackets),
                                       [&](const Brackets& b) { return folded == b.open; });
    if (brackets != std::end(all_brackets)) {
      std::size_t close = at;
      while (close < name.size() && fold(name.substr(close, decode_utf8(name, close).size)) != brackets->close)
        close += decode_utf8(name, close).size;
      if (close < name.size() && !is_form_in_brackets(fold(name.substr(at, close - at)))) {
        at = close + decode_utf8(name, close).size;
        continue;
      }
    }
    const bool joins = (c.value >= 0x300 && c.value <= 0x36F) || c.value == 0x3099 || c.value == 0x309A; // accents, ゛ ゜
    if (!joins && is_decoration(character)) continue;
    if (is_white(character)) {
      if (!out.empty() && !out.ends_with(' ')) out += ' ';
      continue;
    }
    japanese_before = !folded.empty() && char_class(decode_utf8(folded, 0).value) == CharClass::japanese;
    out += character;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out.empty() ? std::string(name) : out;
}

Honorific without_honorific(std::string_view name) {
  constexpr std::string_view honorifics[] = {"ちゃん", "さん", "さま", "くん", "様", "御中", "君", "殿"};
  for (;;) { // 山本さん様
    const std::string_view honorific = longest_end(honorifics, name);
    if (honorific.empty()) return {std::string(name), false};
    const std::string_view rest = trim(name.substr(0, name.size() - honorific.size()));
    const bool weak = is_one_of(weak_titles, honorific);
    const bool is_name = weak ? is_name_before_weak(rest) : characters(rest) >= 2 || is_one_kanji(rest);
    if (!is_name || rest.ends_with("っ") || rest.ends_with("ー")) return {std::string(name), !weak};
    name = rest;
  }
}

} // namespace genchi::naming
