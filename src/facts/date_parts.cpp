#include "facts/date_parts.hpp"

#include <array>

#include "facts/numbers.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

#define GENCHI_COUNTERS
constexpr auto counters = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_COUNTERS

} // namespace

std::optional<SmallNumber> small_number(const Text& text, std::size_t at) {
  SmallNumber number;
  if (is_digit(text[at])) {
    std::size_t end = at;
    while (is_digit(text[end])) {
      if (end - at == 4) return std::nullopt;
      number.value = number.value * 10 + static_cast<int>(text[end] - U'0');
      ++end;
    }
    number.end = end;
    number.digits = static_cast<int>(end - at);
    number.leading_zero = text[at] == '0' && number.digits > 1;
    return number;
  }
  if (!is_kanji_number(text[at])) return std::nullopt;
  const auto read = number_at(text, at);
  if (!read || read->figures || !read->whole() || read->value > 9999 || read->span.size() > 7)
    return std::nullopt;
  number.value = static_cast<int>(read->value);
  number.end = read->span.end;
  return number;
}

bool joins_figures(char32_t c) {
  return is_digit(c) || is_letter(c) || c == '/' || c == '_' || c == '#' || c == '%' || c == '=' ||
         c == '@' || c == 0xa5 || c == '$' || c == '+' || c == '&' || c == '\\' || c == '*';
}
bool joined_before(const Text& text, std::size_t at) {
  const char32_t c = text[at - 1], further = text[at - 2];
  if (joins_figures(c)) return at > 0;
  if (c == '.' || c == ',') return at > 1 && further != ' ' && further != '\n';
  if (c == ':') return is_digit(further);
  if (c == '-') return at > 1 && (is_digit(further) || is_letter(further));
  return false;
}
bool counter_at(const Text& text, std::size_t at) {
  for (const Words word : counters) {
    if (!text.starts_with(at, word)) continue;
    const char32_t next = text[at + word.size()];
    if (word.size() > 1 || !is_kanji(word[0]) || !is_kanji(next) || next == U'目' || next == U'以' ||
        next == U'分')
      return true;
  }
  return false;
}

SmallNumber two_figures(const Text& text, std::size_t at) {
  const auto number = small_number(text, at);
  if (!number || number->digits == 0 || number->digits > 2) return {};
  return *number;
}

void take_weekday(const Text& text, Term& term) {
  if (const auto printed = printed_weekday(text, term.span.end)) {
    term.weekday = printed->weekday;
    term.weekday_in_brackets = printed->brackets;
    term.span.end = printed->end;
  }
}

Term calendar(Span span, int year, int month, int day, std::string_view rule) {
  Term term;
  term.span = span;
  term.year = year, term.month = month, term.day = day;
  term.rule = rule;
  return term;
}

bool list_ends_with(const Text& text, std::size_t at, int value, char32_t unit, int largest) {
  for (int i = 0; i < 8; ++i) {
    std::size_t next = skip_few_blanks(text, at);
    const char32_t sign = text[next];
    const bool span = sign == '~' || sign == '-' || sign == U'ー';
    if (sign != U'・' && sign != U'、' && sign != ',' && sign != '/' && sign != U'か' && !span) return false;
    next = skip_few_blanks(text, next + 1);
    const auto number = small_number(text, next);
    if (!number || number->value == 0 || number->value > largest) return false;
    // 12〜2月 goes over the year's end; 4、3日 is no list.
    if (number->value <= value && !(i == 0 && span && largest == 12 && text[number->end] == unit))
      return false;
    value = number->value;
    at = number->end;
    if (text[at] == unit) return true;
  }
  return false;
}

std::size_t skip_few_blanks(const Text& text, std::size_t at) {
  for (int i = 0; i < 2 && is_blank(text[at]); ++i) ++at;
  return at;
}

int weekday_letter(char32_t c) {
  const std::size_t place = c == 0 ? Words::npos : Words(U"月火水木金土日").find(c);
  return place == Words::npos ? 0 : static_cast<int>(place) + 1;
}

std::optional<PrintedWeekday> weekday_word(const Text& text, std::size_t at) {
  const int weekday = weekday_letter(text[at]);
  if (weekday == 0 || text[at + 1] != U'曜') return std::nullopt;
  const bool whole = text[at + 2] == U'日' && text[at + 3] != U'曜'; // 土曜日曜: two of them
  return PrintedWeekday{weekday, at + (whole ? 3U : 2U), false};
}

std::optional<PrintedWeekday> printed_weekday(const Text& text, std::size_t at) {
  std::size_t next = skip_few_blanks(text, at);
  const char32_t c = text[next];
  if (c >= U'㈪' && c <= U'㈰') return PrintedWeekday{static_cast<int>(c - U'㈪') + 1, next + 1, true};
  if (c >= U'㊊' && c <= U'㊐') return PrintedWeekday{static_cast<int>(c - U'㊊') + 1, next + 1, true};
  if (const auto word = weekday_word(text, next)) return PrintedWeekday{word->weekday, word->end, false};
  static constexpr Words opening = U"([<〔【《{", closing = U")]>〕】》}";
  const std::size_t bracket = c == 0 ? Words::npos : opening.find(c);
  if (bracket == Words::npos) return std::nullopt;
  next = skip_few_blanks(text, next + 1);
  PrintedWeekday found{0, 0, true};
  if (text[next] == U'祝' && text[next + 1] != U'日') {
    ++next;
    if (text[next] == U'・' || text[next] == '/' || text[next] == U'、') ++next;
  }
  static constexpr auto english =
      std::to_array<Words>({U"mon", U"tue", U"wed", U"thu", U"fri", U"sat", U"sun"});
  if (is_letter(text[next])) {
    const std::u32string low{text[next] | 0x20, text[next + 1] | 0x20, text[next + 2] | 0x20};
    for (std::size_t i = 0; i < english.size(); ++i)
      if (low == english[i]) found.weekday = static_cast<int>(i) + 1;
    while (is_letter(text[next]) || text[next] == '.') ++next;
  } else {
    found.weekday = weekday_letter(text[next]);
    ++next;
    static constexpr Words also = U"曜日祝休振替・、,/ 大安友引先勝負仏滅赤口";
    for (int i = 0; i < 8 && text[next] != 0 && also.find(text[next]) != Words::npos; ++i) ++next;
  }
  if (found.weekday == 0 || text[next] != closing[bracket]) return std::nullopt;
  found.end = next + 1;
  return found;
}

} // namespace genchi::facts
