#include "facts/date_parts.hpp"

#include <algorithm>
#include <array>

#include "facts/numbers.hpp"
#include "genchi/time.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

#define GENCHI_COUNTERS
constexpr auto counters = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_COUNTERS
#define GENCHI_FRACTION_BEFORE
constexpr auto fraction_before = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_FRACTION_BEFORE
#define GENCHI_NUMBER_LABELS
constexpr auto number_labels = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_NUMBER_LABELS
#define GENCHI_DURATION_BEFORE
constexpr auto duration_before = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_DURATION_BEFORE
#define GENCHI_DURATION_AFTER
constexpr auto duration_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_DURATION_AFTER
#define GENCHI_DURATION_AFTER_FEW
constexpr auto duration_after_few = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_DURATION_AFTER_FEW
#define GENCHI_DURATION_VERBS
constexpr auto duration_verbs = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_DURATION_VERBS
#define GENCHI_NO_YEAR_AFTER
constexpr auto no_year_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_NO_YEAR_AFTER
#define GENCHI_NO_MONTH_AFTER
constexpr auto no_month_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_NO_MONTH_AFTER
#define GENCHI_KANJI_MONTH_AFTER
constexpr auto kanji_month_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_KANJI_MONTH_AFTER
#define GENCHI_KANJI_DAY_AFTER
constexpr auto kanji_day_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_KANJI_DAY_AFTER

constexpr int few_days = 10;
constexpr int first_year = 1900, last_year = 2100;

bool is_year(int value) { return value >= first_year && value <= last_year; }
bool is_month(int value) { return value >= 1 && value <= 12; }
bool is_day_number(int value) { return value >= 1 && value <= 31; }
/// A leap year's: the year may be unknown.
bool is_day_of(int month, int day) { return is_month(month) && is_day_number(day) && day <= days_in_month(2024, month); }

/// A file's or a paper's number goes on with a letter, a figure or a mark that joins.
bool joins_figures(char32_t c) {
  return is_digit(c) || is_letter(c) || c == '/' || c == '_' || c == '#' || c == '%' || c == '=' || c == '@' || c == 0xa5 ||
         c == '$' || c == '+' || c == '&' || c == '\\' || c == '*';
}
bool joined_before(const Text& text, std::size_t at) {
  const char32_t c = text[at - 1], further = text[at - 2];
  if (joins_figures(c)) return at > 0;
  if (c == '.' || c == ',') return at > 1 && further != ' ' && further != '\n';
  if (c == ':') return is_digit(further);
  if (c == '-') return at > 1 && (is_digit(further) || is_letter(further));
  return false;
}
/// 4/1-4/5: a day before the dash.
bool ends_range(const Text& text, std::size_t at) {
  if (text[at - 1] != '-') return false;
  std::size_t before = at - 1, figures = 0;
  while (is_digit(text[before - 1]) && figures < 3) --before, ++figures;
  return before > 1 && figures > 0 && figures < 3 && text[before - 1] == '/' && is_digit(text[before - 2]);
}
/// A letter that is not of 4/1OK, 4/1PM.
bool joined_behind(const Text& text, std::size_t end) {
  const char32_t c = text[end];
  if (c == '.' || c == ',') return is_digit(text[end + 1]);
  if (c == '-') return is_letter(text[end + 1]);
  if (c == 'T') return !is_digit(text[end + 1]);
  if (is_letter(c)) {
    static constexpr auto allowed = std::to_array<Words>({U"OK", U"ok", U"Ok", U"NG", U"AM", U"PM", U"am", U"pm", U"MTG", U"AM", U"GO"});
    return !any_at(text, end, allowed);
  }
  if (c == '@' || c == '+' || c == '&' || c == '/') return is_digit(text[end + 1]);
  return joins_figures(c);
}

bool labelled_as_number(const Text& text, std::size_t at) {
  std::size_t end = at;
  for (int i = 0; i < 3 && end > 0 && (is_blank(text[end - 1]) || text[end - 1] == ':' || text[end - 1] == '.'); ++i) --end;
  if (text[end - 1] == U'は' || text[end - 1] == U'の') --end;
  return any_before(text, end, number_labels);
}

/// 点 in 4/1点, not in 4/1点検.
bool counter_at(const Text& text, std::size_t at) {
  for (const Words word : counters) {
    if (!text.starts_with(at, word)) continue;
    const char32_t next = text[at + word.size()];
    if (word.size() > 1 || !is_kanji(word[0]) || !is_kanji(next) || next == U'目' || next == U'以' || next == U'分') return true;
  }
  return false;
}

bool is_fraction(const Text& text, Span span, int upper, int lower) {
  if (counter_at(text, skip_few_blanks(text, span.end))) return true;
  std::size_t before = span.begin;
  if (text[before - 1] == ' ') --before;
  if (any_before(text, before, fraction_before)) return true;
  if (text[before - 1] == U'の') --before;
  if (any_before(text, before, fraction_before)) return true;
  // レベルの1/10より: a tenth; the day goes on with a particle.
  static constexpr auto goes_on = std::to_array<Words>({U"に", U"の", U"は", U"まで", U"~", U"-", U"が", U"も", U"、", U"で", U"か", U"。", U" ", U"分"});
  if (before != span.begin && text[before] == U'の' && upper == 1 && lower <= 10 && text[span.end] != 0 && !any_at(text, span.end, goes_on))
    return true;
  if (is_digit(text[before - 1]) && (text[before - 2] == 'A' || text[before - 2] == 'B')) return true; // A4の1/3
  // (1/3) at the end of a line, (2/2): how many of a row. A day in brackets has its weekday, or stands behind 日.
  if (((text[span.begin - 1] == '(' && text[span.end] == ')') || (text[span.begin - 1] == '[' && text[span.end] == ']')) && upper <= lower && lower <= 5) {
    const char32_t c = text[span.begin - 2];
    const bool behind_a_day = c == U'日' || c == U'曜' || c == U'期' || c == U'限' || c == U'切' || c == U'め' || c == U'末' ||
                              c == U'明' || is_hiragana(c);
    return !behind_a_day;
  }
  return false;
}

std::size_t sign_end(const Text& text, std::size_t at, char32_t sign) { return text[at] == sign ? at + 1 : 0; }

/// Figures only, one or two; 0 in `end`: none.
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

/// 20240401
std::optional<Term> compact(const Text& text, std::size_t at) {
  int value = 0;
  for (std::size_t i = at; i < at + 8; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + static_cast<int>(text[i] - U'0');
  }
  const CivilDay day{value / 10000, value / 100 % 100, value % 100};
  if (is_digit(text[at + 8]) || day.year < 1990 || day.year > last_year || !is_valid(day)) return std::nullopt;
  const auto joins = [&](std::size_t i) {
    return joins_figures(text[i]) || text[i] == '.' || (text[i] == '-' && !is_digit(text[i + 1]));
  };
  if ((at > 0 && (joins_figures(text[at - 1]) || text[at - 1] == '.')) || joins(at + 8) || labelled_as_number(text, at))
    return std::nullopt;
  if (at > 1 && text[at - 1] == '-' && !is_digit(text[at - 2])) return std::nullopt;
  if (is_kanji(text[at + 8]) && (text[at + 8] == U'円' || text[at + 8] == U'件' || text[at + 8] == U'番')) return std::nullopt;
  Term term = calendar({at, at + 8}, day.year, day.month, day.day, "date.compact");
  take_weekday(text, term);
  return term;
}

/// 2024/4/1 2024.4.1 2024-04-01 24/4/1; and 2024/4.
std::optional<Term> with_year_and_signs(const Text& text, std::size_t at, const SmallNumber& year, bool era, int full_year) {
  const char32_t sign = text[year.end];
  if (sign != '/' && sign != '.' && sign != '-') return std::nullopt;
  std::size_t next = year.end + 1;
  const SmallNumber month = two_figures(text, next);
  if (month.end == 0 || !is_month(month.value)) return std::nullopt;
  const bool four = year.digits == 4;
  if (joined_before(text, at) && !(text[at - 1] == '-' && is_digit(text[at - 2]))) return std::nullopt;
  next = sign_end(text, month.end, sign);
  const SmallNumber day = next != 0 ? two_figures(text, next) : SmallNumber{};
  if (day.end == 0) {
    if (!four || sign != '/' || next != 0 || joined_behind(text, month.end) || labelled_as_number(text, at)) return std::nullopt;
    if (text[month.end] == U'月' || text[month.end] == U'日' || text[month.end] == '-') return std::nullopt;
    Term term = calendar({at, month.end}, full_year, month.value, 0, "date.year-month");
    read_within_month(text, term);
    return term;
  }
  if (!is_day_of(month.value, day.value) || !is_valid({full_year, month.value, day.value})) return std::nullopt;
  if (joined_behind(text, day.end) || (text[day.end] == '-' && is_digit(text[day.end + 1]) && sign == '-') ||
      labelled_as_number(text, at))
    return std::nullopt;
  Term term = calendar({at, day.end}, full_year, month.value, day.value, era ? "date.era" : "date.year-month-day");
  term.slash = true;
  if (text[term.span.end] == U'日' && !is_kanji(text[term.span.end + 1])) ++term.span.end;
  take_weekday(text, term);
  // 24.4.1 is a version, 24-4-1 a house; a weekday shows the day.
  if (!four && !era) {
    term.two_digit_year = true;
    if (sign != '/' && !term.weekday_in_brackets && !(sign == '-' && month.leading_zero && day.leading_zero)) return std::nullopt;
  }
  return term;
}

/// 4/1
std::optional<Term> month_and_day_sign(const Text& text, std::size_t at, const SmallNumber& month) {
  if (month.digits == 0 || month.digits > 2 || !is_month(month.value)) return std::nullopt;
  const char32_t sign = text[month.end];
  if (sign != '/' && sign != '.') return std::nullopt;
  const SmallNumber day = two_figures(text, month.end + 1);
  // 5/末, 6/上旬
  static constexpr auto parts = std::to_array<Words>({U"末", U"上旬", U"中旬", U"下旬", U"初旬", U"頭"});
  if (sign == '/' && any_at(text, month.end + 1, parts) && !joined_before(text, at)) {
    Term term = calendar({at, month.end + 1}, 0, month.value, 0, "date.part-of-month");
    read_within_month(text, term);
    return term;
  }
  if (day.end == 0 || !is_day_of(month.value, day.value)) return std::nullopt;
  if ((joined_before(text, at) && !ends_range(text, at)) || joined_behind(text, day.end)) return std::nullopt;
  if (labelled_as_number(text, at)) return std::nullopt;
  Term term = calendar({at, day.end}, 0, month.value, day.value, "date.month-day");
  term.slash = true;
  if (text[term.span.end] == U'日' && !is_kanji(text[term.span.end + 1])) ++term.span.end;
  take_weekday(text, term);
  if (term.weekday_in_brackets) return term;
  if (sign == '.' || is_fraction(text, {at, day.end}, month.value, day.value)) return std::nullopt;
  return term;
}

/// 5日 in 4月1〜5日, 10、11日: the figures up to it are days too. `at` is behind a figure.
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
    if (number->value <= value && !(i == 0 && span && largest == 12 && text[number->end] == unit)) return false;
    value = number->value;
    at = number->end;
    if (text[at] == unit) return true;
  }
  return false;
}

bool is_duration(const Text& text, std::size_t begin, std::size_t end, int days) {
  std::size_t before = begin;
  if (text[before - 1] == ' ') --before;
  // 週3日 is so many a week, 来週3日 the third.
  static constexpr auto weeks = std::to_array<Words>({U"今週", U"来週", U"先週", U"翌週", U"今月", U"来月", U"先月"});
  if (any_before(text, before, duration_before) && !any_before(text, before, weeks)) return true;
  if (any_at(text, end, duration_after)) return true;
  if (days <= few_days && any_at(text, end, duration_after_few)) return true;
  if (text[end] == U'で' && days <= few_days) {
    std::size_t next = end + 1;
    for (std::size_t i = 0; i < 4 && !text.starts_with(next + i, U"お願"); ++i)
      if (any_at(text, next + i, duration_verbs)) return true;
  }
  return false;
}

/// May `N日` at `span` be a day of the month?
bool day_stands(const Text& text, std::size_t begin, std::size_t end, int day, bool kanji, bool few_in_a_row) {
  if (!is_day_number(day) || is_duration(text, begin, end, day)) return false;
  const char32_t next = text[end];
  if (printed_weekday(text, end)) return true;
  static constexpr auto points = std::to_array<Words>({U"まで", U"迄", U"必着", U"締", U"〆", U"以降", U"付", U"着", U"の午前", U"の午後", U"の朝", U"の夕", U"の夜", U"の昼",
                                                       U"午前", U"午後", U"朝", U"夕", U"夜", U"頃", U"ごろ", U"時点", U"現在", U"より", U"から"});
  const bool point = any_at(text, end, points);
  if (few_in_a_row) return point || (next == U'に' && text[end + 1] != U'一' && !is_digit(text[end + 1]));
  if (kanji) {
    if (any_at(text, end, kanji_day_after) || is_kanji(text[begin - 1])) return false;
    if (day == 1) return text.starts_with(end, U"まで") || text.starts_with(end, U"付");
    return point || next == U'に' || next == U'の' || next == U'は' || next == U'が' || next == U'、' || next == U'。' || next == U'で' ||
           next == U'と' || next == U'か' || next == U'も' || next == 0 || next == '\n' || next == '~' || next == U'な';
  }
  // 日に3件, 1日2回, 1日1,000円: so much a day.
  const std::size_t behind = next == U'に' ? end + 1 : end;
  if (day == 1) {
    if (text[begin - 1] == '-' || is_digit(text[behind]) || is_kanji_number(text[behind]) || text[behind] == U'何' ||
        text.starts_with(behind, U"数") || text.starts_with(end, U"中") || text.starts_with(end, U"あたり") || text.starts_with(end, U"当") ||
        text.starts_with(end, U"の") || text.starts_with(end, U"で") || text.starts_with(end, U"が") || text.starts_with(end, U"だけ"))
      return point;
    return point || next == U'に' || next == U'は' || next == U'、' || next == U'で' || next == U'か' || next == U'と' || next == '~' ||
           next == '-' || next == U'・' || next == ')' || next == '\n' || next == 0 || next == U'納' || next == U'発';
  }
  if (next == U'に' && (text.starts_with(end + 1, U"一度") || text.starts_with(end + 1, U"1度") || text.starts_with(end + 1, U"1回") ||
                        text.starts_with(end + 1, U"一回") || text.starts_with(end + 1, U"分け") || text.starts_with(end + 1, U"わた") ||
                        text.starts_with(end + 1, U"及")))
    return false;
  if (is_digit(next)) return small_number(text, end) && (text[small_number(text, end)->end] == ':' || text[small_number(text, end)->end] == U'時');
  return !is_letter(next) || text.starts_with(end, U"OK") || text.starts_with(end, U"ok") || text.starts_with(end, U"NG") || text.starts_with(end, U"PM") ||
         text.starts_with(end, U"AM");
}

/// N日
std::optional<Term> day_of_month(const Text& text, std::size_t at, const SmallNumber& number) {
  const bool unit = text[number.end] == U'日';
  if (joined_before(text, at)) return std::nullopt;
  if (!unit) {
    if (!is_day_number(number.value) || number.digits > 2 || number.digits == 0) return std::nullopt;
    // 10、11日 and 10〜12日; 2、3日 are some days.
    if (!list_ends_with(text, number.end, number.value, U'日', 31)) return std::nullopt;
    std::size_t last = number.end, value_at = at;
    while (text[last] != U'日') {
      if (is_digit(text[last]) || is_kanji_number(text[last])) {
        value_at = last;
        last = small_number(text, last)->end;
      } else {
        ++last;
      }
    }
    const SmallNumber end = *small_number(text, value_at);
    const bool some_days = number.value < 7 && end.value <= number.value + 2;
    if (!day_stands(text, at, last + 1, end.value, false, some_days) || read_count_end(text, {at, last + 1}, Term::Unit::day, end.value))
      return std::nullopt;
    return calendar({at, number.end}, 0, 0, number.value, "date.day");
  }
  // The rest of 2、3日, of which 2 was none.
  bool some = false;
  if (number.value <= 8 && at > 1) {
    const char32_t sign = text[at - 1], before = text[at - 2];
    some = (sign == U'、' || sign == '~' || sign == '-' || sign == ',' || sign == U'・') &&
           (is_digit(before) || is_kanji_digit(before)) && !is_digit(text[at - 3]) && text[at - 3] != U'月';
  }
  Term term = calendar({at, number.end + 1}, 0, 0, number.value, "date.day");
  if (!day_stands(text, at, term.span.end, number.value, number.digits == 0, some)) return std::nullopt;
  // 3日から5日かかります, 3日〜1週間
  std::size_t to = term.span.end;
  if (text.starts_with(to, U"から")) to += 2;
  else if (text[to] == '~' || text[to] == '-') ++to;
  if (to != term.span.end)
    if (const auto last = small_number(text, to)) {
      if (text[last->end] == U'日' && is_duration(text, to, last->end + 1, last->value)) return std::nullopt;
      if (text[last->end] == U'週' || text.starts_with(last->end, U"ヶ月") || text.starts_with(last->end, U"か月")) return std::nullopt;
    }
  if (text.starts_with(term.span.end, U"中") && !is_kanji(text[term.span.end + 1]) && number.value > 3) ++term.span.end;
  take_weekday(text, term);
  return term;
}

/// N月 …
std::optional<Term> month(const Text& text, std::size_t at, const SmallNumber& number) {
  if (joined_before(text, at)) return std::nullopt;
  const bool unit = text[number.end] == U'月' && is_month(number.value);
  if (!unit) {
    // 4〜6月
    if (!is_month(number.value) || number.digits == 0 || number.digits > 2 || text[number.end] == '/' ||
        !list_ends_with(text, number.end, number.value, U'月', 12))
      return std::nullopt;
    return calendar({at, number.end}, 0, number.value, 0, "date.month");
  }
  Term term = calendar({at, number.end + 1}, 0, number.value, 0, "date.month");
  const std::size_t end = term.span.end;
  if (number.digits == 0) {
    if (any_at(text, end, kanji_month_after) || is_kanji(text[at - 1])) return std::nullopt;
    // 一月ほど: ひとつき
    if (number.value <= 3 && (text.starts_with(end, U"ほど") || text.starts_with(end, U"くらい") || text.starts_with(end, U"半で") ||
                              text.starts_with(end, U"に一") || text.starts_with(end, U"に1")))
      return std::nullopt;
  }
  if (any_at(text, end, no_month_after) && !printed_weekday(text, end)) return std::nullopt;
  if (read_count_end(text, term.span, Term::Unit::month, number.value) && !text.starts_with(end, U"前半")) return std::nullopt;
  read_within_month(text, term);
  return term;
}

/// 3週間後, 1か月以内, 2年前
std::optional<Term> count(const Text& text, std::size_t at, const SmallNumber& number) {
  if (number.value <= 0 || number.value > 999) return std::nullopt;
  if (joined_before(text, at)) return std::nullopt;
  std::size_t end = number.end;
  Term::Unit unit = Term::Unit::day;
  int many = number.value;
  const char32_t c = text[end];
  if (c == U'日') {
    ++end;
    if (text[end] == U'間') ++end;
  } else if (c == U'週') {
    ++end;
    if (text[end] == U'間') ++end;
    unit = Term::Unit::week;
  } else if (c == U'か' || c == U'ヶ' || c == U'カ' || c == U'ケ' || c == U'ヵ' || c == U'ゕ' || c == U'箇' || c == U'個' || c == U'ゖ') {
    if (text[end + 1] != U'月') return std::nullopt;
    end += 2;
    if (text[end] == U'間') ++end;
    unit = Term::Unit::month;
  } else if (c == U'年') {
    ++end;
    if (number.value > 100) return std::nullopt;
    unit = Term::Unit::month;
    many *= 12;
    if (text[end] == U'半') ++end, many += 6;
    if (text[end] == U'間') ++end;
  } else {
    return std::nullopt;
  }
  return read_count_end(text, {at, end}, unit, many);
}

/// The number of 2〜3日後: its end only is written with a unit.
std::optional<Term> first_of_counts(const Text& text, std::size_t at, const SmallNumber& number) {
  std::size_t next = skip_few_blanks(text, number.end);
  if (text[next] != '~' && text[next] != '-' && text[next] != U'、' && text[next] != U'ー') return std::nullopt;
  const auto second = small_number(text, skip_few_blanks(text, next + 1));
  if (!second || second->value <= number.value || second->value > number.value + 10 || joined_before(text, at)) return std::nullopt;
  auto term = count(text, skip_few_blanks(text, next + 1), *second);
  if (!term) return std::nullopt;
  term->span.begin = at;
  if (!term->within) term->first_number = number.value * term->number / second->value;
  return term;
}

std::optional<Term> year(const Text& text, std::size_t at, const SmallNumber& number) {
  if (text[number.end] != U'年') return std::nullopt;
  if (joined_before(text, at) && text[at - 1] != '/') return std::nullopt;
  Term term = calendar({at, number.end + 1}, number.value, 0, 0, "date.year");
  if (is_year(number.value)) {
    if (any_at(text, term.span.end, no_year_after)) return std::nullopt;
    read_within_year(text, term);
    if (term.month < 0) return std::nullopt;
    return term;
  }
  // 24年4月: of this century; 24年 alone may be a count.
  if (number.digits != 2) return std::nullopt;
  read_within_year(text, term);
  if (term.month <= 0 || text[term.span.begin - 1] == U'和' || text[term.span.begin - 1] == U'成') return std::nullopt;
  term.year += 2000;
  term.two_digit_year = true;
  return term;
}

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
  if (!read || read->figures || !read->whole() || read->value > 9999 || read->span.size() > 7) return std::nullopt;
  number.value = static_cast<int>(read->value);
  number.end = read->span.end;
  return number;
}

std::optional<Term> read_count_end(const Text& text, Span so_far, Term::Unit unit, int number) {
  std::size_t at = so_far.end;
  static constexpr auto about = std::to_array<Words>({U"ほど", U"くらい", U"ぐらい", U"程度", U"程", U"ちょっと", U"弱"});
  for (const Words word : about)
    if (text.starts_with(at, word)) {
      at += word.size();
      break;
    }
  Term term;
  term.kind = Term::Kind::count;
  term.unit = unit;
  term.rule = "date.count";
  const char32_t next = text[at + 1];
  if (text.starts_with(at, U"以内")) {
    term.number = number, term.within = true;
    at += 2;
  } else if (text[at] == U'内' && (next == U'に' || next == U'の' || next == U'で') && at == so_far.end) {
    term.number = number, term.within = true;
    ++at;
  } else if (text[at] == U'後' && next != U'ろ' && next != U'半' && next != U'倒' && next != U'述' && next != U'払' && next != U'退') {
    term.number = number;
    ++at;
  } else if (text.starts_with(at, U"あとに") || text.starts_with(at, U"あとの")) {
    term.number = number;
    at += 2;
  } else if (text[at] == U'前' && next != U'倒' && next != U'後' && next != U'半' && next != U'払' && next != U'渡' && next != U'借' &&
             next != U'進' && next != U'後') {
    term.number = -number;
    ++at;
  } else if (text.starts_with(at, U"まえ") && text[at + 2] != U'倒' && text[at + 2] != U'だ') {
    term.number = -number;
    at += 2;
  } else {
    return std::nullopt;
  }
  term.span = {so_far.begin, at};
  return term;
}

std::optional<Term> read_figures(const Text& text, std::size_t at) {
  if (const auto day = compact(text, at)) return day;
  const auto number = small_number(text, at);
  if (!number) return std::nullopt;
  SmallNumber units = *number;
  // 4 月 1 日: figures set apart from their unit.
  if (text[units.end] == ' ' && (text[units.end + 1] == U'年' || text[units.end + 1] == U'月') && units.digits != 0) ++units.end;
  if (auto term = count(text, at, *number)) return term;
  if (auto term = first_of_counts(text, at, *number)) return term;
  if (auto term = year(text, at, units)) return term;
  if (number->digits == 4 && is_year(number->value))
    if (auto term = with_year_and_signs(text, at, *number, false, number->value)) return term;
  if (number->digits == 2 && number->value >= 10)
    if (auto term = with_year_and_signs(text, at, *number, false, 2000 + number->value)) return term;
  if (auto term = month(text, at, units)) return term;
  if (auto term = month_and_day_sign(text, at, *number)) return term;
  return day_of_month(text, at, *number);
}

std::optional<Term> read_era(const Text& text, std::size_t at) {
  struct Era {
    Words name;
    int before_first;
    bool letter;
  };
  static constexpr std::array<Era, 15> eras{{{U"令和", 2018, false}, {U"平成", 1988, false}, {U"昭和", 1925, false}, {U"大正", 1911, false},
                                             {U"明治", 1867, false}, {U"R", 2018, true}, {U"H", 1988, true}, {U"S", 1925, true},
                                             {U"r", 2018, true}, {U"㋿", 2018, false}, {U"㍻", 1988, false}, {U"㍼", 1925, false},
                                             {U"㍽", 1911, false}, {U"㍾", 1867, false}, {U"令", 2018, true}}};
  for (const Era& era : eras) {
    if (!text.starts_with(at, era.name)) continue;
    if (era.letter && at > 0 && (joins_figures(text[at - 1]) || text[at - 1] == '-' || is_kanji(text[at - 1]))) return std::nullopt;
    std::size_t next = at + era.name.size();
    if (!era.letter || text[next] == '.') next = skip_few_blanks(text, text[next] == '.' ? next + 1 : next);
    SmallNumber number{1, next + 1, 2};
    if (text[next] != U'元') {
      const auto read = small_number(text, next);
      if (!read || read->value < 1 || read->value > 64 || read->digits > 2) return std::nullopt;
      number = *read;
    }
    if (text[number.end] == ' ' && text[number.end + 1] == U'年') ++number.end;
    const int full = era.before_first + number.value;
    if (text[number.end] == U'年') {
      if (any_at(text, number.end + 1, no_year_after)) return std::nullopt;
      Term term = calendar({at, number.end + 1}, full, 0, 0, "date.era");
      read_within_year(text, term);
      if (term.month < 0) return std::nullopt;
      term.rule = "date.era";
      return term;
    }
    number.digits = 2;
    return with_year_and_signs(text, at, number, true, full);
  }
  return std::nullopt;
}

void read_within_year(const Text& text, Term& term) {
  std::size_t at = term.span.end;
  if (text[at] == U'度') {
    term.fiscal = true;
    term.span.end = ++at;
    if (text[at] == U'末') {
      term.part = Part::last;
      ++term.span.end;
    } else if (text[at] == U'内') {
      term.part = Part::last;
      ++term.span.end;
    } else if (text.starts_with(at, U"初め") || text.starts_with(at, U"はじめ")) {
      term.part = Part::first;
      term.span.end += text[at] == U'初' ? 2 : 3;
    }
    return;
  }
  if (text[at] == U'の') ++at;
  at = skip_few_blanks(text, at);
  if (const auto number = small_number(text, at)) {
    SmallNumber units = *number;
    if (text[units.end] == ' ' && text[units.end + 1] == U'月') ++units.end;
    if (is_month(units.value) && text[units.end] == U'月') {
      const std::size_t end = units.end + 1;
      if (any_at(text, end, no_month_after) && !printed_weekday(text, end)) {
        term.month = -1;
        return;
      }
      term.month = units.value;
      term.span.end = end;
      term.rule = "date.year-month";
      read_within_month(text, term);
      if (term.day != 0) term.rule = "date.year-month-day";
      return;
    }
    if (const auto day = month_and_day_sign(text, at, *number); day && text[number->end] == '/') {
      term.month = day->month, term.day = day->day, term.weekday = day->weekday;
      term.weekday_in_brackets = day->weekday_in_brackets;
      term.slash = true;
      term.span.end = day->span.end;
      term.rule = "date.year-month-day";
      return;
    }
    // 2024年4〜6月
    if (is_month(number->value) && list_ends_with(text, number->end, number->value, U'月', 12)) {
      term.month = number->value;
      term.span.end = number->end;
      term.rule = "date.year-month";
      return;
    }
  }
  at = term.span.end;
  const auto take = [&](Words word, Part part) {
    if (!text.starts_with(at, word)) return false;
    term.part = part;
    term.span.end = at + word.size();
    return true;
  };
  if (take(U"いっぱい", Part::last) || take(U"一杯", Part::last) || take(U"末", Part::last) || take(U"内", Part::last) ||
      take(U"初め", Part::first) || take(U"はじめ", Part::first) || take(U"始め", Part::first) || take(U"頭", Part::first) ||
      take(U"始", Part::first) || take(U"明け", Part::first) || take(U"の末", Part::last) || take(U"の年末", Part::last) ||
      take(U"前半", Part::first_half) || take(U"後半", Part::second_half))
    return;
  if (text[at] == U'中' && !is_kanji(text[at + 1])) ++term.span.end;
  if (text[at] == U'分' && !is_kanji(text[at + 1])) ++term.span.end;
}

std::optional<Term> read_further_day(const Text& text, std::size_t at, int after_day) {
  const SmallNumber number = two_figures(text, at);
  if (number.end == 0 || number.value <= after_day || number.value > 31) return std::nullopt;
  Term term = calendar({at, number.end}, 0, 0, number.value, "date.day");
  const char32_t next = text[number.end];
  if (next == U'日') {
    if (is_kanji(text[number.end + 1]) && is_duration(text, at, number.end + 1, number.value)) return std::nullopt;
    ++term.span.end;
    take_weekday(text, term);
    return term;
  }
  take_weekday(text, term);
  if (term.weekday_in_brackets) return term;
  static constexpr Words allowed = U" \n、。)」』,・のにはまでをがとかもより頃~;？！?!】";
  if (next != 0 && allowed.find(next) == Words::npos) return std::nullopt;
  if (next == ',' && is_digit(text[number.end + 1]) && is_digit(text[number.end + 2]) && is_digit(text[number.end + 3]))
    return std::nullopt;
  // 4/1 -2 名, 4/1~3 件
  const std::size_t behind = skip_few_blanks(text, number.end);
  if (behind != number.end && counter_at(text, behind)) return std::nullopt;
  if (next == '~' && is_digit(text[number.end + 1])) return std::nullopt;
  return term;
}

} // namespace genchi::facts
