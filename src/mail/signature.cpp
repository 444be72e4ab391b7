// Signatures: at the end of the own words, below "-- ", in a ruled box, or as a last paragraph of short
// lines; with a mail address, phone number or postal address in them. A box that names a price or a label
// such as 納期： is text.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "mail/body.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_below_dashes = 40; // lines of a signature below "-- "
constexpr std::size_t max_box_lines = 15;
constexpr std::size_t max_plain_lines = 12;
constexpr std::size_t max_line_characters = 60;
constexpr std::size_t max_label_characters = 12;
constexpr std::size_t ruler_length = 5;

bool is_solid_decoration(char32_t c) {
  return c == '-' || c == '=' || c == '_' || c == '*' || c == '~' || c == '+' || c == '#' || c == '/' ||
         (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || (c >= 0x2500 && c <= 0x27bf) || c == 0x301c ||
         c == 0x30fc || c == 0xff0d || c == 0xff1d || c == 0xff3f || c == 0xff0a || c == 0xff5e ||
         c == 0xff0b || c == 0xffe3;
}

bool is_decoration(char32_t c) {
  return is_solid_decoration(c) || c == '.' || c == ':' || c == '|' || c == '<' || c == '>' || c == '^' ||
         c == '\'' || c == '`' || c == 0xb0 || c == 0x2026 || c == 0x30fb || c == 0xff65 || c == 0xff61 ||
         c == 0xff0f || c == 0xff5c || c == 0x3002 || c == 0x25e6 || (c >= 0x2190 && c <= 0x22ff);
}

// Labels people put before a way to reach them, and before what a business must print below its name.
constexpr auto contact_labels = std::to_array<std::string_view>(
    {"tel",    "phone",  "fax",      "mobile", "cell",         "direct", "mail",    "e-mail",    "email",
     "url",    "web",    "http",     "https",  "hp",           "line",   "twitter", "instagram", "facebook",
     "skype",  "blog",   "x",        "電話",   "直通",         "代表",   "携帯",    "メール",    "アドレス",
     "住所",   "所在地", "〒",       "担当",   "ホームページ", "ブログ", "公式",    "営業時間",  "受付時間",
     "定休日", "内線",   "登録番号", "免許",   "許可"});

constexpr auto prefectures = std::to_array<std::string_view>({"東京都", "北海道", "大阪府", "京都府"});
constexpr auto towns = std::to_array<std::string_view>({"市", "区", "町", "村", "郡"});
constexpr auto organisations =
    std::to_array<std::string_view>({"株式会社", "有限会社", "合同会社", "（株）", "(株)", "㈱", "（有）",
                                     "事務所", "Inc", "Co.,", "LLC", "Ltd"});
constexpr auto sentence_ends = std::to_array<std::string_view>(
    {"ます", "です", "ました", "でした", "ません", "ください", "下さい", "ましょう", "でしょう", "でしょうか",
     "ですか", "ますか", "ね", "よ", "した", "する", "たい", "願い"});
constexpr auto money_words =
    std::to_array<std::string_view>({"円", "税込", "税別", "税抜", "¥", "￥", "JPY"});

// ASCII for full-width digits, hyphens and brackets, so that phone numbers have one form.
std::string narrowed(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = decode_utf8(line, at);
    at += c.size;
    if (c.value >= 0xff01 && c.value <= 0xff5e) {
      out.push_back(static_cast<char>(c.value - 0xfee0));
    } else if (c.value == 0x2010 || c.value == 0x2011 || c.value == 0x2013 || c.value == 0x2014 ||
               c.value == 0x2015 || c.value == 0x2212 || c.value == 0x30fc) {
      out.push_back('-');
    } else {
      append_utf8(out, c.value);
    }
  }
  return out;
}

// 03-1234-5678, (03)1234-5678, 09012345678, +81 3-1234-5678
bool has_phone(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = text[at] == '0' || text.substr(at, 3) == "+81";
    if (!starts || (at > 0 && ((text[at - 1] >= '0' && text[at - 1] <= '9') || text[at - 1] == '-')))
      continue;
    std::size_t digits = 0;
    std::size_t end = at;
    while (end < text.size() && std::string_view("0123456789-()+ ").find(text[end]) != npos &&
           end - at < 24) {
      digits += text[end] >= '0' && text[end] <= '9' ? 1 : 0;
      ++end;
    }
    if (digits >= 10 && digits <= 13) return true;
  }
  return false;
}

bool has_mail_address(std::string_view text) {
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  const std::size_t last_dot = text.rfind('.');
  if (last_dot == npos) return false;
  for (std::size_t at = text.find('@'); at < last_dot; at = text.find('@', at + 1)) {
    if (at > 0 && word(text[at - 1]) && word(text[at + 1])) return true;
  }
  return false;
}

bool has_postal_address(std::string_view text) {
  if (contains(text, "〒")) return true;
  const bool prefecture = contains_any(text, prefectures) || contains(text, "県");
  return prefecture && contains_any(text, towns) && has_digit(text);
}

bool has_contact(std::string_view line) {
  const std::string text = narrowed(line);
  return has_mail_address(text) || has_phone(text) || has_postal_address(text);
}

bool has_web_address(std::string_view line) {
  return contains(line, "http") || contains(line, "www.");
}

bool has_money(std::string_view line) {
  return has_digit(line) && contains_any(line, money_words);
}

bool is_in_clock(std::string_view text, std::size_t colon) {
  const auto digit = [text](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  return colon > 0 && digit(colon - 1) && digit(colon + 1);
}

// `納期：4月末`, not `TEL：03-…`.
bool has_business_label(std::string_view line) {
  const std::string text = narrowed(line);
  std::size_t colon = text.find(':');
  while (colon != npos && is_in_clock(text, colon)) colon = text.find(':', colon + 1);
  if (colon == npos || colon == 0) return false;
  std::string_view label = trim_wide(std::string_view(text).substr(0, colon));
  while (!label.empty() && std::string_view("[(<*-").find(label.front()) != npos) label.remove_prefix(1);
  if (count_characters(label) > max_label_characters) return false;
  return std::none_of(contact_labels.begin(), contact_labels.end(), [label](std::string_view known) {
    return static_cast<unsigned char>(known.front()) < 0x80
               ? ascii_istarts_with(label, known) && label.size() <= known.size() + 4
               : contains(label, known);
  });
}

bool is_sentence(std::string_view line) {
  if (contains(line, "。") || contains(line, "？") || ends_with(line, "?")) return true;
  for (bool stripped = true; stripped;) {
    stripped = false;
    for (const std::string_view mark : {"！", "!", "、", "…", "♪", "～", "〜", "m(_ _)m", "☆", "."}) {
      if (!ends_with(line, mark)) continue;
      line = trim_wide(line.substr(0, line.size() - mark.size()));
      stripped = true;
    }
  }
  return std::any_of(sentence_ends.begin(), sentence_ends.end(),
                     [line](std::string_view end) { return ends_with(line, end); });
}

bool carries_business(std::string_view line) {
  return has_money(line) || has_business_label(line);
}

// A line that could stand in a signature without a box around it.
bool fits_signature(std::string_view line) {
  return count_characters(line) <= max_line_characters && !is_sentence(line) && !carries_business(line) &&
         !starts_with(line, "・") && !is_ruler(line);
}

// "iPhoneから送信"
bool is_device_line(std::string_view line) {
  return ends_with(line, "から送信") || ascii_istarts_with(line, "Sent from my ") ||
         ascii_istarts_with(line, "Get Outlook for ") || contains(line, "Outlook for iOS") ||
         contains(line, "Outlook for Android");
}

class SignatureFinder {
 public:
  SignatureFinder(const std::vector<BodyLine>& lines, LineRange run) : lines_(lines), run_(run) {}

  std::size_t find() {
    std::size_t begin = run_.end;
    if (const std::size_t dashes = below_dashes(); dashes < run_.end) return dashes;
    skip_blanks_at_end();
    if (run_.end > run_.begin && is_device_line(text(run_.end - 1))) {
      begin = --run_.end;
      skip_blanks_at_end();
    }
    std::size_t found = ruled_box();
    if (found == run_.end) found = last_paragraph();
    return found < run_.end ? found : begin;
  }

 private:
  std::string_view text(std::size_t i) const { return lines_[i].text; }
  bool blank(std::size_t i) const { return lines_[i].text.empty(); }
  void skip_blanks_at_end() {
    while (run_.end > run_.begin && blank(run_.end - 1)) --run_.end;
  }
  std::size_t window(std::size_t lines) const { return run_.end - std::min(run_.end - run_.begin, lines); }

  // "-- " alone says it; "--" without its blank needs a short block below.
  std::size_t below_dashes() const {
    for (std::size_t i = window(max_below_dashes); i < run_.end; ++i) {
      if (lines_[i].raw == "-- ") return i;
      if (lines_[i].raw == "--" && run_.end - i <= max_box_lines && run_.end - i > 1 &&
          acceptable({i + 1, run_.end})) {
        return i;
      }
    }
    return run_.end;
  }

  bool acceptable(LineRange block) const {
    std::size_t written = 0;
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (blank(i)) continue;
      if (carries_business(text(i))) return false;
      ++written;
    }
    return written > 0 && written <= max_box_lines;
  }

  bool reachable(LineRange block) const {
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (has_contact(text(i)) || has_web_address(text(i))) return true;
    }
    return false;
  }

  std::size_t ruled_box() const {
    std::vector<std::size_t> rulers;
    for (std::size_t i = window(2 * max_box_lines); i < run_.end; ++i) {
      if (is_ruler(text(i))) rulers.push_back(i);
    }
    if (!rulers.empty() && rulers.back() + 1 == run_.end) rulers.pop_back();
    if (rulers.empty()) return run_.end;
    std::size_t begin = rulers.back();
    if (!acceptable({begin + 1, run_.end}) || !reachable({begin, run_.end})) return run_.end;
    rulers.pop_back();
    // A box of several storeys: name above, addresses below.
    while (!rulers.empty() && is_storey({rulers.back() + 1, begin})) {
      begin = rulers.back();
      rulers.pop_back();
    }
    return begin;
  }

  bool is_storey(LineRange block) const {
    std::size_t written = 0;
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (blank(i)) continue;
      if (!fits_signature(text(i))) return false;
      ++written;
    }
    return written <= max_box_lines / 2;
  }

  // Without any mark: the last paragraph with a contact in it, of at least two short lines.
  std::size_t last_paragraph() const {
    std::size_t end = run_.end;
    if (end > run_.begin && is_ruler(text(end - 1))) --end;
    std::size_t first = end;
    std::size_t written = 0;
    while (first > run_.begin && written <= max_plain_lines &&
           (blank(first - 1) || fits_signature(text(first - 1)))) {
      --first;
      written += blank(first) ? 0 : 1;
    }
    if (written > max_plain_lines) return run_.end;
    std::size_t begin = end;
    for (std::size_t i = first; i < end && begin == end; ++i) {
      if (has_contact(text(i))) begin = paragraph_begin(first, i);
    }
    if (begin == end) return run_.end;
    begin = with_name_above(first, begin);
    const auto lines_written = std::count_if(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                                             lines_.begin() + static_cast<std::ptrdiff_t>(end),
                                             [](const BodyLine& line) { return !line.text.empty(); });
    return lines_written >= 2 && has_words_before(begin) ? begin : run_.end;
  }

  std::size_t paragraph_begin(std::size_t first, std::size_t i) const {
    while (i > first && !blank(i - 1)) --i;
    return i;
  }

  // The company and name may stand in a paragraph of their own.
  std::size_t with_name_above(std::size_t first, std::size_t begin) const {
    std::size_t above = begin;
    while (above > first && blank(above - 1)) --above;
    if (above == first || begin - above > 1) return begin;
    const std::size_t name = paragraph_begin(first, above - 1);
    if (above - name > 3) return begin;
    for (std::size_t i = name; i < above; ++i) {
      if (contains_any(text(i), organisations)) return name;
    }
    return begin;
  }

  bool has_words_before(std::size_t begin) const {
    for (std::size_t i = run_.begin; i < begin; ++i) {
      if (!blank(i)) return true;
    }
    return false;
  }

  const std::vector<BodyLine>& lines_;
  LineRange run_;
};

} // namespace

bool is_ruler(std::string_view line) {
  std::size_t marks = 0;
  std::size_t solid = 0; // at the beginning
  bool only_solid = true;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = decode_utf8(line, at);
    at += c.size;
    if (c.value == ' ' || c.value == '\t' || c.value == 0x3000) continue;
    only_solid = only_solid && is_solid_decoration(c.value);
    if (only_solid) ++solid;
    if (!is_decoration(c.value)) return solid >= ruler_length;
    ++marks;
  }
  return marks >= ruler_length;
}

std::size_t find_signature(const std::vector<BodyLine>& lines, LineRange run) {
  return SignatureFinder(lines, run).find();
}

} // namespace genchi::mail
