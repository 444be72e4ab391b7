#include <algorithm>
#include <array>

#include "facts/date_parts.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

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
#define GENCHI_KANJI_DAY_AFTER
constexpr auto kanji_day_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_KANJI_DAY_AFTER

constexpr int few_days = 10;

/// Is N日 so many days?
bool is_duration(const Text& text, std::size_t begin, std::size_t end, int days) {
  std::size_t before = begin;
  if (text[before - 1] == ' ') --before;
  // 週3日 is so many a week, 来週3日 the third.
  static constexpr auto weeks =
      std::to_array<Words>({U"今週", U"来週", U"先週", U"翌週", U"今月", U"来月", U"先月"});
  if (any_before(text, before, duration_before) && !any_before(text, before, weeks)) return true;
  // 月20日勤務
  if (text[before - 1] == U'月' && !is_digit(text[before - 2]) && !is_kanji(text[before - 2]) &&
      text[before - 2] != ' ')
    return true;
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
bool day_stands(const Text& text, std::size_t begin, std::size_t end, int day, bool kanji,
                bool few_in_a_row) {
  // 最短で19日の午後, 約束の3日必着: a day, whatever stands before it.
  static constexpr auto sure = std::to_array<Words>({U"の午前", U"の午後", U"の朝", U"の夕", U"午前", U"午後",
                                                     U"夕方", U"付", U"必着", U"締切", U"〆", U"以降"});
  if (!is_day_number(day)) return false;
  if (printed_weekday(text, end) || (!few_in_a_row && !kanji && any_at(text, end, sure))) return true;
  if (is_duration(text, begin, end, day)) return false;
  const char32_t next = text[end];
  static constexpr auto points =
      std::to_array<Words>({U"まで",   U"迄",   U"必着", U"締",   U"〆",   U"以降", U"付",   U"着", U"の午前",
                            U"の午後", U"の朝", U"の夕", U"の夜", U"の昼", U"午前", U"午後", U"朝", U"夕",
                            U"夜",     U"頃",   U"ごろ", U"時点", U"現在", U"より", U"から"});
  const bool point = any_at(text, end, points);
  if (few_in_a_row) return point || (next == U'に' && text[end + 1] != U'一' && !is_digit(text[end + 1]));
  if (kanji) {
    if (any_at(text, end, kanji_day_after) || is_kanji(text[begin - 1])) return false;
    if (day == 1) return text.starts_with(end, U"まで") || text.starts_with(end, U"付");
    return point || next == U'に' || next == U'の' || next == U'は' || next == U'が' || next == U'、' ||
           next == U'。' || next == U'で' || next == U'と' || next == U'か' || next == U'も' || next == 0 ||
           next == '\n' || next == '~' || next == U'な';
  }
  // 日に3件, 1日2回, 1日1,000円: so much a day.
  const std::size_t behind = next == U'に' ? end + 1 : end;
  if (day == 1) {
    if (text[begin - 1] == '-' || is_digit(text[behind]) || is_kanji_number(text[behind]) ||
        text[behind] == U'何' || text.starts_with(behind, U"数") || text.starts_with(end, U"中") ||
        text.starts_with(end, U"あたり") || text.starts_with(end, U"当") || text.starts_with(end, U"の") ||
        text.starts_with(end, U"で") || text.starts_with(end, U"が") || text.starts_with(end, U"だけ"))
      return point;
    return point || next == U'に' || next == U'は' || next == U'、' || next == U'で' || next == U'か' ||
           next == U'と' || next == '~' || next == '-' || next == U'・' || next == ')' || next == '\n' ||
           next == 0 || next == U'納' || next == U'発';
  }
  if (next == U'に' && (text.starts_with(end + 1, U"一度") || text.starts_with(end + 1, U"1度") ||
                        text.starts_with(end + 1, U"1回") || text.starts_with(end + 1, U"一回") ||
                        text.starts_with(end + 1, U"分け") || text.starts_with(end + 1, U"わた") ||
                        text.starts_with(end + 1, U"及")))
    return false;
  if (is_digit(next))
    return small_number(text, end) &&
           (text[small_number(text, end)->end] == ':' || text[small_number(text, end)->end] == U'時');
  return !is_letter(next) || text.starts_with(end, U"OK") || text.starts_with(end, U"ok") ||
         text.starts_with(end, U"NG") || text.starts_with(end, U"PM") || text.starts_with(end, U"AM");
}

} // namespace

std::optional<Term> read_day_of_month(const Text& text, std::size_t at, const SmallNumber& number) {
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
    if (!day_stands(text, at, last + 1, end.value, false, some_days) ||
        read_count_end(text, {at, last + 1}, Term::Unit::day, end.value))
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
  if (text.starts_with(to, U"から"))
    to += 2;
  else if (text[to] == '~' || text[to] == '-')
    ++to;
  if (to != term.span.end)
    if (const auto last = small_number(text, to)) {
      if (text[last->end] == U'日' && is_duration(text, to, last->end + 1, last->value)) return std::nullopt;
      if (text[last->end] == U'週' || text.starts_with(last->end, U"ヶ月") ||
          text.starts_with(last->end, U"か月"))
        return std::nullopt;
    }
  if (text.starts_with(term.span.end, U"中") && !is_kanji(text[term.span.end + 1]) && number.value > 3)
    ++term.span.end;
  take_weekday(text, term);
  return term;
}

std::optional<Term> read_further_day(const Text& text, std::size_t at, int after_day) {
  const SmallNumber number = two_figures(text, at);
  if (number.end == 0 || number.value <= after_day || number.value > 31) return std::nullopt;
  Term term = calendar({at, number.end}, 0, 0, number.value, "date.day");
  const char32_t next = text[number.end];
  if (next == U'日') {
    if (is_kanji(text[number.end + 1]) && is_duration(text, at, number.end + 1, number.value))
      return std::nullopt;
    ++term.span.end;
    take_weekday(text, term);
    return term;
  }
  take_weekday(text, term);
  if (term.weekday_in_brackets) return term;
  static constexpr Words allowed = U" \n、。)」』,・のにはまでをがとかもより頃~;？！?!】";
  if (next != 0 && allowed.find(next) == Words::npos) return std::nullopt;
  if (next == ',' && is_digit(text[number.end + 1]) && is_digit(text[number.end + 2]) &&
      is_digit(text[number.end + 3]))
    return std::nullopt;
  // 4/1 -2 名, 4/1~3 件
  const std::size_t behind = skip_few_blanks(text, number.end);
  if (behind != number.end && counter_at(text, behind)) return std::nullopt;
  if (next == '~' && is_digit(text[number.end + 1])) return std::nullopt;
  return term;
}

} // namespace genchi::facts
