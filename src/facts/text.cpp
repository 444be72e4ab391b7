#include "facts/text.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace genchi::facts {
namespace {

// Half-width katakana U+FF61..FF9F in the order of JIS X 0201.
constexpr std::u32string_view wide_kana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
constexpr char32_t half_kana_first = 0xff61, half_kana_last = 0xff9f;
constexpr char32_t voiced_mark = 0xff9e, half_voiced_mark = 0xff9f;
constexpr std::u32string_view with_voiced = U"カキクケコサシスセソタチツテトハヒフヘホ";
constexpr std::u32string_view with_half_voiced = U"ハヒフヘホ";

// Nothing that a reader sees: zero-width, bidi controls, variation selectors, soft hyphen, control characters.
bool is_invisible(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0xad ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0000 && c <= 0xe0fff);
}

char32_t one_spelling(char32_t c) {
  if (c < 0x80) return c;
  if (c >= 0xff01 && c <= 0xff5d) return c - 0xff01 + '!';
  switch (c) {
  case 0xa0:
  case 0x3000:
  case 0x2002:
  case 0x2003:
  case 0x2009:
  case 0x202f: return ' ';
  case 0xff5e:
  case 0x301c:
  case 0x223c: return '~';
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
  case 0x2500:
  case 0x2501: return '-';
  case 0xffe5: return 0xa5;
  case U'圓': return U'円';
  case 0x2028:
  case 0x2029: return '\n';
  default: return c;
  }
}

// The numerals of deeds and receipts and what they are otherwise.
constexpr std::u32string_view deed_numerals = U"壱壹弌弐貳貮参參肆伍陸漆捌玖拾佰陌阡仟萬";
constexpr std::u32string_view plain_numerals = U"一一一二二二三三四五六七八九十百百千千万";

/// 金弐拾参万円 is 二十三万円; 参加 and 拾い物 are words.
void respell_deeds(std::u32string& chars) {
  const auto numeral = [](char32_t c) {
    return is_kanji_number(c) || (c >= 0x4e00 && deed_numerals.find(c) != std::u32string_view::npos);
  };
  for (std::size_t yen = chars.find(U'円'); yen != std::u32string::npos; yen = chars.find(U'円', yen + 1)) {
    for (std::size_t at = yen; at > 0 && numeral(chars[at - 1]); --at)
      if (const std::size_t place = deed_numerals.find(chars[at - 1]); place != std::u32string_view::npos)
        chars[at - 1] = plain_numerals[place];
  }
}

bool ends_sentence(const Text& text, std::size_t at) {
  switch (text[at]) {
  case U'。':
  case U'！':
  case U'？':
  case U'!':
  case U'?':
  case U'…':
  case U'｡': return true;
  case U'.': // of an English sentence, not of a number, a name or an item's number
    return (text[at + 1] == ' ' || text[at + 1] == 0 || text[at + 1] == '\n') && is_letter(text[at - 1]);
  default: return false;
  }
}

bool ends_clause(const Text& text, std::size_t at) {
  if (ends_sentence(text, at) || text[at] == U'、') return true;
  return text[at] == ',' && !(is_digit(text[at - 1]) && is_digit(text[at + 1]));
}

template <typename Ends> Span stretch(const Text& text, std::size_t at, const Ends& ends) {
  const Span line = text.lines()[text.line_of(at)].span;
  at = std::min(at, line.end);
  std::size_t begin = at, end = at;
  while (begin > line.begin && !ends(text, begin - 1)) --begin;
  while (end < line.end && !ends(text, end)) ++end;
  while (end < line.end && ends(text, end)) ++end; // the mark belongs to it
  return {begin, end};
}

} // namespace

Text::Text(std::string_view text, std::span<const TextSection> sections, bool is_subject)
    : original_(text), is_subject_(is_subject) {
  chars_.reserve(text.size() / 3 + 8);
  at_.reserve(text.size() / 3 + 9);
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text, i);
    const auto place = static_cast<std::uint32_t>(i);
    i += point.size;
    char32_t c = point.value;
    if (c == '\r') c = i < text.size() && text[i] == '\n' ? 0 : '\n';
    if (is_invisible(c)) continue;
    if (c >= half_kana_first && c <= half_kana_last) {
      const char32_t before = chars_.empty() ? 0 : chars_.back();
      if (c == voiced_mark && (with_voiced.find(before) != std::u32string_view::npos || before == U'ウ')) {
        chars_.back() = before == U'ウ' ? U'ヴ' : before + 1;
        continue;
      }
      if (c == half_voiced_mark && with_half_voiced.find(before) != std::u32string_view::npos) {
        chars_.back() = before + 2;
        continue;
      }
      c = wide_kana[c - half_kana_first];
    } else {
      c = one_spelling(c);
    }
    chars_.push_back(c);
    at_.push_back(place);
  }
  at_.push_back(static_cast<std::uint32_t>(text.size()));
  respell_deeds(chars_);

  std::size_t section = 0;
  for (std::size_t begin = 0; begin <= chars_.size();) {
    const std::size_t end = std::min(chars_.find(U'\n', begin), chars_.size());
    bool own = true;
    if (!sections.empty()) {
      while (section + 1 < sections.size() && sections[section].end <= at_[begin]) ++section;
      const TextSection& of = sections[section];
      own = at_[begin] < of.begin || at_[begin] >= of.end || of.kind == SectionKind::own || of.kind == SectionKind::greeting;
    }
    const std::size_t first = std::min(chars_.find_first_not_of(U" \t", begin), end);
    if (first < end && chars_[first] == '>') own = false;
    lines_.push_back({{begin, end}, own});
    begin = end + 1;
  }
}

std::size_t Text::line_of(std::size_t at) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), at,
                                      [](std::size_t place, const Line& line) { return place < line.span.begin; });
  return static_cast<std::size_t>(after - lines_.begin()) - 1;
}

Span Text::sentence(std::size_t at) const { return stretch(*this, at, ends_sentence); }
Span Text::clause(std::size_t at) const { return stretch(*this, at, ends_clause); }

TextSpan Text::bytes(Span span) const {
  const std::uint32_t begin = at_[std::min(span.begin, chars_.size())];
  std::uint32_t end = at_[std::min(span.end, chars_.size())];
  while (end > begin && static_cast<unsigned char>(original_[end - 1]) < 0x20 && original_[end - 1] != '\t' &&
         original_[end - 1] != '\n')
    --end; // control characters behind it
  return {begin, end, is_subject_};
}

std::string_view Text::surface(Span span) const {
  const TextSpan place = bytes(span);
  return original_.substr(place.begin, place.end - place.begin);
}

std::size_t Text::skip_blanks(std::size_t at) const {
  while (is_blank((*this)[at])) ++at;
  return at;
}

std::size_t Text::before_blanks(std::size_t at) const {
  while (at > 0 && is_blank((*this)[at - 1])) --at;
  return at;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_kanji_digit(char32_t c) {
  return c != 0 && std::u32string_view(U"〇零一二三四五六七八九").find(c) != std::u32string_view::npos;
}
bool is_kanji_number(char32_t c) {
  return is_kanji_digit(c) || (c != 0 && std::u32string_view(U"十百千万億兆").find(c) != std::u32string_view::npos);
}
bool is_letter(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_kanji(char32_t c) { return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || c == U'々' || (c >= 0x20000 && c <= 0x3134f); }
bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309f; }
bool is_katakana(char32_t c) { return (c >= 0x30a1 && c <= 0x30fa) || c == U'ー'; }
bool is_blank(char32_t c) { return c == ' ' || c == '\t'; }

} // namespace genchi::facts
