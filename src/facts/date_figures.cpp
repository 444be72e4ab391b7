#include "facts/date_parts.hpp"

#include <algorithm>
#include <array>

#include "facts/numbers.hpp"
#include "genchi/time.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

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

constexpr int first_year = 1900, last_year = 2100;

bool is_year(int value) {
  return value >= first_year && value <= last_year;
}
bool is_month(int value) {
  return value >= 1 && value <= 12;
}
/// A leap year's: the year may be unknown.
bool is_day_of(int month, int day) {
  return is_month(month) && is_day_number(day) && day <= days_in_month(2024, month);
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
    static constexpr auto allowed =
        std::to_array<Words>({U"OK", U"ok", U"Ok", U"NG", U"AM", U"PM", U"am", U"pm", U"MTG", U"AM", U"GO"});
    return !any_at(text, end, allowed);
  }
  if (c == '@' || c == '+' || c == '&' || c == '/') return is_digit(text[end + 1]);
  return joins_figures(c);
}

bool labelled_as_number(const Text& text, std::size_t at) {
  std::size_t end = at;
  for (int i = 0;
       i < 3 && end > 0 && (is_blank(text[end - 1]) || text[end - 1] == ':' || text[end - 1] == '.'); ++i)
    --end;
  if (text[end - 1] == U'は' || text[end - 1] == U'の') --end;
  return any_before(text, end, number_labels);
}

bool is_fraction(const Text& text, Span span, int upper, int lower) {
  if (counter_at(text, skip_few_blanks(text, span.end))) return true;
  std::size_t before = span.begin;
  if (text[before - 1] == ' ') --before;
  if (any_before(text, before, fraction_before)) return true;
  if (text[before - 1] == U'の') --before;
  if (any_before(text, before, fraction_before)) return true;
  // レベルの1/10より: a tenth; the day goes on with a particle.
  static constexpr auto goes_on = std::to_array<Words>(
      {U"に", U"の", U"は", U"まで", U"~", U"-", U"が", U"も", U"、", U"で", U"か", U"。", U" ", U"分"});
  if (before != span.begin && text[before] == U'の' && upper == 1 && lower <= 10 && text[span.end] != 0 &&
      !any_at(text, span.end, goes_on))
    return true;
  if (is_digit(text[before - 1]) && (text[before - 2] == 'A' || text[before - 2] == 'B'))
    return true; // A4の1/3
  // (1/3) at the end of a line, (2/2): how many of a row. A day in brackets has its weekday, or stands behind
  // 日.
  if (((text[span.begin - 1] == '(' && text[span.end] == ')') ||
       (text[span.begin - 1] == '[' && text[span.end] == ']')) &&
      upper <= lower && lower <= 5) {
    const char32_t c = text[span.begin - 2];
    const bool behind_a_day = c == U'日' || c == U'曜' || c == U'期' || c == U'限' || c == U'切' ||
                              c == U'め' || c == U'末' || c == U'明' ||
                              (is_hiragana(c) && Words(U"はがをのにでも").find(c) == Words::npos);
    return !behind_a_day;
  }
  return false;
}

std::size_t sign_end(const Text& text, std::size_t at, char32_t sign) {
  return text[at] == sign ? at + 1 : 0;
}

/// 20240401
std::optional<Term> compact(const Text& text, std::size_t at) {
  int value = 0;
  for (std::size_t i = at; i < at + 8; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + static_cast<int>(text[i] - U'0');
  }
  const CivilDay day{value / 10000, value / 100 % 100, value % 100};
  if (is_digit(text[at + 8]) || day.year < 1990 || day.year > last_year || !is_valid(day))
    return std::nullopt;
  const auto joins = [&](std::size_t i) {
    return joins_figures(text[i]) || text[i] == '.' || (text[i] == '-' && !is_digit(text[i + 1]));
  };
  if ((at > 0 && (joins_figures(text[at - 1]) || text[at - 1] == '.')) || joins(at + 8) ||
      labelled_as_number(text, at))
    return std::nullopt;
  if (at > 1 && text[at - 1] == '-' && !is_digit(text[at - 2])) return std::nullopt;
  if (is_kanji(text[at + 8]) && (text[at + 8] == U'円' || text[at + 8] == U'件' || text[at + 8] == U'番'))
    return std::nullopt;
  Term term = calendar({at, at + 8}, day.year, day.month, day.day, "date.compact");
  take_weekday(text, term);
  return term;
}

/// 2024/4/1 2024.4.1 2024-04-01 24/4/1; and 2024/4.
std::optional<Term> with_year_and_signs(const Text& text, std::size_t at, const SmallNumber& year, bool era,
                                        int full_year) {
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
    if (!four || sign != '/' || next != 0 || joined_behind(text, month.end) || labelled_as_number(text, at))
      return std::nullopt;
    if (text[month.end] == U'月' || text[month.end] == U'日' || text[month.end] == '-') return std::nullopt;
    Term term = calendar({at, month.end}, full_year, month.value, 0, "date.year-month");
    read_within_month(text, term);
    return term;
  }
  if (!is_day_of(month.value, day.value) || !is_valid({full_year, month.value, day.value}))
    return std::nullopt;
  if (joined_behind(text, day.end) || (text[day.end] == '-' && is_digit(text[day.end + 1]) && sign == '-') ||
      labelled_as_number(text, at))
    return std::nullopt;
  Term term =
      calendar({at, day.end}, full_year, month.value, day.value, era ? "date.era" : "date.year-month-day");
  term.slash = true;
  if (text[term.span.end] == U'日' && !is_kanji(text[term.span.end + 1])) ++term.span.end;
  take_weekday(text, term);
  // 24.4.1 is a version, 24-4-1 a house; a weekday shows the day.
  if (!four && !era) {
    term.two_digit_year = true;
    if (sign != '/' && !term.weekday_in_brackets && !(sign == '-' && month.leading_zero && day.leading_zero))
      return std::nullopt;
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
    if (number.value <= 3 &&
        (text.starts_with(end, U"ほど") || text.starts_with(end, U"くらい") ||
         text.starts_with(end, U"半で") || text.starts_with(end, U"に一") || text.starts_with(end, U"に1")))
      return std::nullopt;
  }
  if (any_at(text, end, no_month_after) && !printed_weekday(text, end)) return std::nullopt;
  if (read_count_end(text, term.span, Term::Unit::month, number.value) && !text.starts_with(end, U"前半"))
    return std::nullopt;
  read_within_month(text, term);
  return term;
}

/// 末, いっぱい behind a year; 中 and 分 are the whole.
void read_part_of_year(const Text& text, Term& term) {
  struct Piece {
    Words word;
    Part part;
  };
  static constexpr auto pieces = std::to_array<Piece>({{U"いっぱい", Part::last},
                                                       {U"一杯", Part::last},
                                                       {U"末", Part::last},
                                                       {U"内", Part::last},
                                                       {U"の末", Part::last},
                                                       {U"の年末", Part::last},
                                                       {U"初め", Part::first},
                                                       {U"はじめ", Part::first},
                                                       {U"始め", Part::first},
                                                       {U"頭", Part::first},
                                                       {U"始", Part::first},
                                                       {U"明け", Part::first},
                                                       {U"前半", Part::first_half},
                                                       {U"後半", Part::second_half}});
  const std::size_t at = term.span.end;
  for (const Piece& piece : pieces) {
    if (!text.starts_with(at, piece.word)) continue;
    term.part = piece.part;
    term.span.end = at + piece.word.size();
    return;
  }
  if ((text[at] == U'中' || text[at] == U'分') && !is_kanji(text[at + 1])) ++term.span.end;
}

/// 4月…, 4/1, 4〜6月 behind a year. The month is -1 where what stands there is no time: 令和7年3月期.
bool read_month_within_year(const Text& text, std::size_t at, Term& term) {
  const auto number = small_number(text, at);
  if (!number) return false;
  std::size_t end = number->end;
  if (text[end] == ' ' && text[end + 1] == U'月') ++end;
  if (is_month(number->value) && text[end] == U'月') {
    ++end;
    term.month = number->value;
    if (any_at(text, end, no_month_after) && !printed_weekday(text, end)) {
      term.month = -1;
      return true;
    }
    term.span.end = end;
    term.rule = "date.year-month";
    read_within_month(text, term);
    if (term.day != 0) term.rule = "date.year-month-day";
    return true;
  }
  if (const auto day = month_and_day_sign(text, at, *number);
      day && text[number->end] == '/' && day->day != 0) {
    term.month = day->month, term.day = day->day, term.weekday = day->weekday;
    term.weekday_in_brackets = day->weekday_in_brackets;
    term.slash = true;
    term.span.end = day->span.end;
    term.rule = "date.year-month-day";
    return true;
  }
  if (!is_month(number->value) || !list_ends_with(text, number->end, number->value, U'月', 12)) return false;
  term.month = number->value;
  term.span.end = number->end;
  term.rule = "date.year-month";
  return true;
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
  if (term.month <= 0 || text[term.span.begin - 1] == U'和' || text[term.span.begin - 1] == U'成')
    return std::nullopt;
  term.year += 2000;
  term.two_digit_year = true;
  return term;
}

} // namespace

std::optional<Term> read_figures(const Text& text, std::size_t at) {
  if (const auto day = compact(text, at)) return day;
  const auto number = small_number(text, at);
  if (!number) return std::nullopt;
  SmallNumber units = *number;
  // 4 月 1 日: figures set apart from their unit.
  if (text[units.end] == ' ' && (text[units.end + 1] == U'年' || text[units.end + 1] == U'月') &&
      units.digits != 0)
    ++units.end;
  if (auto term = read_count(text, at, *number)) return term;
  if (auto term = read_counts(text, at, *number)) return term;
  if (auto term = year(text, at, units)) return term;
  if (number->digits == 4 && is_year(number->value))
    if (auto term = with_year_and_signs(text, at, *number, false, number->value)) return term;
  if (number->digits == 2 && number->value >= 10)
    if (auto term = with_year_and_signs(text, at, *number, false, 2000 + number->value)) return term;
  if (auto term = month(text, at, units)) return term;
  if (auto term = month_and_day_sign(text, at, *number)) return term;
  return read_day_of_month(text, at, *number);
}

std::optional<Term> read_era(const Text& text, std::size_t at) {
  struct Era {
    Words name;
    int before_first;
    bool letter;
  };
  static constexpr std::array<Era, 15> eras{{{U"令和", 2018, false},
                                             {U"平成", 1988, false},
                                             {U"昭和", 1925, false},
                                             {U"大正", 1911, false},
                                             {U"明治", 1867, false},
                                             {U"R", 2018, true},
                                             {U"H", 1988, true},
                                             {U"S", 1925, true},
                                             {U"r", 2018, true},
                                             {U"㋿", 2018, false},
                                             {U"㍻", 1988, false},
                                             {U"㍼", 1925, false},
                                             {U"㍽", 1911, false},
                                             {U"㍾", 1867, false},
                                             {U"令", 2018, true}}};
  for (const Era& era : eras) {
    if (!text.starts_with(at, era.name)) continue;
    if (era.letter && at > 0 &&
        (joins_figures(text[at - 1]) || text[at - 1] == '-' || is_kanji(text[at - 1])))
      return std::nullopt;
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
  if (text[term.span.end] == U'度') {
    ++term.span.end;
    term.fiscal = true;
    read_part_of_year(text, term);
    return;
  }
  const std::size_t end = term.span.end;
  if (!read_month_within_year(text, skip_few_blanks(text, text[end] == U'の' ? end + 1 : end), term))
    read_part_of_year(text, term);
}

} // namespace genchi::facts
