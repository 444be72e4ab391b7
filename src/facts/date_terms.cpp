#include "facts/date_terms.hpp"

#include <array>
#include <bitset>

#include "facts/date_parts.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

struct DayWord {
  Words word;
  int days;
};
struct AnchoredDayWord {
  Words word;
  int days;
  bool needs_anchor;
};
struct WeekWord {
  Words word;
  int weeks;
  bool anchored, needs_anchor;
};
struct MonthWord {
  Words word;
  int months;
  bool anchored, needs_anchor, needs_more;
};
struct YearWord {
  Words word;
  int years;
  bool fiscal;
};
struct PartWord {
  Words word;
  Part part;
  bool behind_no;
};
struct BarePartWord {
  Words word;
  Part part;
};

#define GENCHI_DAY_WORDS
constexpr auto day_words = std::to_array<DayWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_DAY_WORDS
#define GENCHI_ANCHORED_DAY_WORDS
constexpr auto anchored_day_words = std::to_array<AnchoredDayWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_ANCHORED_DAY_WORDS
#define GENCHI_WEEK_WORDS
constexpr auto week_words = std::to_array<WeekWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_WEEK_WORDS
#define GENCHI_MONTH_WORDS
constexpr auto month_words = std::to_array<MonthWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_MONTH_WORDS
#define GENCHI_YEAR_WORDS
constexpr auto year_words = std::to_array<YearWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_YEAR_WORDS
#define GENCHI_PART_WORDS
constexpr auto part_words = std::to_array<PartWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_PART_WORDS
#define GENCHI_BARE_PART_WORDS
constexpr auto bare_part_words = std::to_array<BarePartWord>({
#include "facts/date_words.inc"
});
#undef GENCHI_BARE_PART_WORDS
#define GENCHI_WEEKDAY_AFTER
constexpr auto weekday_after = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_WEEKDAY_AFTER

template <typename Row, std::size_t n> const WordTable<Row>& table_of(const std::array<Row, n>& rows) {
  static const WordTable<Row> table{std::span<const Row>(rows)};
  return table;
}

/// A word of hiragana ends where a particle, a mark, a figure or a kanji follows, and begins behind one.
bool stands_as_kana(const Text& text, Span span) {
  if (!is_hiragana(text[span.begin])) return true;
  const char32_t before = text[span.begin - 1], next = text[span.end];
  if (span.begin > 0 && is_hiragana(before) &&
      Words(U"はがをにでとものやかねらてよば").find(before) == Words::npos)
    return false;
  return !is_hiragana(next) || Words(U"はがをにでとものやかまじなよだねっ").find(next) != Words::npos;
}

/// Names and other words that begin like a day: 明日香, 今日的, きょうだい, あすなろ.
bool other_word(const Text& text, Span span) {
  static constexpr auto after =
      std::to_array<Words>({U"香", U"菜", U"葉", U"美", U"子", U"的", U"性", U"び", U"この頃", U"日子"});
  static constexpr auto kana_after = std::to_array<Words>({U"だい", U"か", U"なろ", U"ば", U"ま"});
  const Words word = text.chars(span);
  if (is_kanji(word[0])) {
    if (text[span.begin - 1] == U'未' || text[span.begin - 1] == U'不') return true;
    return any_at(text, span.end, after) && !text.starts_with(span.end, U"美容");
  }
  if (any_at(text, span.end, kana_after) && !text.starts_with(span.end, U"から") &&
      !text.starts_with(span.end, U"かな") && !text.starts_with(span.end, U"まで") &&
      !text.starts_with(span.end, U"か明") && !text.starts_with(span.end, U"かあ"))
    return true;
  return !stands_as_kana(text, span);
}

std::optional<Term> read_day_word(const Text& text, std::size_t at) {
  Term term;
  term.kind = Term::Kind::day;
  if (const DayWord* word = table_of(day_words).at(text, at)) {
    term.span = {at, at + word->word.size()};
    if (other_word(text, term.span)) return std::nullopt;
    term.shift = word->days;
    term.rule = "date.relative-day";
    if (text.starts_with(term.span.end, U"いっぱい"))
      term.span.end += 4;
    else if (text[term.span.end] == U'中' && !is_kanji(text[term.span.end + 1]))
      ++term.span.end;
  } else if (const AnchoredDayWord* next = table_of(anchored_day_words).at(text, at)) {
    term.span = {at, at + next->word.size()};
    if (text[term.span.end] == U'比' || text[term.span.end] == U'営' || text[term.span.end] == U'便')
      return std::nullopt;
    term.shift = next->days;
    term.base = Term::Base::anchor;
    term.needs_anchor = next->needs_anchor;
    term.rule = next->days > 0 ? "date.next-day" : "date.day-before";
  } else {
    return std::nullopt;
  }
  if (const auto printed = printed_weekday(text, term.span.end); printed && printed->brackets) {
    term.weekday = printed->weekday;
    term.weekday_in_brackets = true;
    term.span.end = printed->end;
  }
  return term;
}

/// 火 in 来週火〜木, 来週の火に: the letter alone, where nothing goes on that makes another word.
std::optional<PrintedWeekday> weekday_alone(const Text& text, std::size_t at) {
  const int weekday = weekday_letter(text[at]);
  if (weekday == 0) return std::nullopt;
  const char32_t next = text[at + 1];
  if (next != 0 &&
      Words(U"~-・、。,にはでかともまのがだ)ー/ \n朝夕夜午昼？！?!な").find(next) == Words::npos &&
      weekday_letter(next) == 0)
    return std::nullopt;
  if (weekday_letter(next) != 0 && text[at + 2] == U'曜') return std::nullopt;
  return PrintedWeekday{weekday, at + 1, false};
}

void read_within_week(const Text& text, Term& term) {
  const std::size_t end = term.span.end;
  std::size_t at = end;
  // 来週の金曜; 来週は金曜が, 来週は月・火が
  if (text[at] == U'の')
    ++at;
  else if (text[at] == U'は' && weekday_letter(text[at + 1]) != 0 &&
           (text[at + 2] == U'曜' || text[at + 2] == U'・'))
    ++at;
  at = skip_few_blanks(text, at);
  auto weekday = weekday_word(text, at);
  if (!weekday) weekday = weekday_alone(text, at);
  if (weekday) {
    term.weekday = weekday->weekday;
    term.span.end = weekday->end;
    return;
  }
  struct Piece {
    Words word;
    Part part;
  };
  static constexpr auto pieces = std::to_array<Piece>({{U"週末", Part::weekend},
                                                       {U"土日", Part::weekend},
                                                       {U"末", Part::weekend},
                                                       {U"週明け", Part::first},
                                                       {U"明け", Part::first},
                                                       {U"頭", Part::first},
                                                       {U"あたま", Part::first},
                                                       {U"アタマ", Part::first},
                                                       {U"初め", Part::first},
                                                       {U"はじめ", Part::first},
                                                       {U"初日", Part::first},
                                                       {U"いっぱい", Part::last},
                                                       {U"一杯", Part::last},
                                                       {U"前半", Part::first_half},
                                                       {U"後半", Part::second_half},
                                                       {U"中", Part::whole},
                                                       {U"分", Part::whole}});
  for (const Piece& piece : pieces) {
    const std::size_t from = piece.word == U"末" || piece.part == Part::whole ? end : at;
    if (!text.starts_with(from, piece.word)) continue;
    if (piece.part == Part::whole && is_kanji(text[from + 1])) continue;
    if (piece.word == U"末" && text[from + 1] == U'明') continue;
    term.part = piece.part;
    term.span.end = from + piece.word.size();
    return;
  }
}

std::optional<Term> read_week_word(const Text& text, std::size_t at) {
  Term term;
  term.kind = Term::Kind::week;
  term.rule = "date.week";
  if (const WeekWord* word = table_of(week_words).at(text, at)) {
    term.span = {at, at + word->word.size()};
    if (text[term.span.end] == U'号' || !stands_as_kana(text, term.span)) return std::nullopt;
    term.shift = word->weeks;
    if (word->anchored) term.base = Term::Base::anchor;
    term.needs_anchor = word->needs_anchor;
    read_within_week(text, term);
    if (const auto printed = printed_weekday(text, term.span.end);
        printed && printed->brackets && term.weekday == 0) {
      term.weekday = printed->weekday;
      term.span.end = printed->end;
    }
    return term;
  }
  if (text.starts_with(at, U"週明け")) {
    term.span = {at, at + 3};
    term.shift = 1;
    term.part = Part::first;
    std::size_t next = text[at + 3] == U'の' ? at + 4 : at + 3;
    if (const auto weekday = weekday_word(text, next)) {
      term.part = Part::whole;
      term.weekday = weekday->weekday;
      term.span.end = weekday->end;
    }
    return term;
  }
  if (text.starts_with(at, U"週末")) {
    static constexpr auto other = std::to_array<Words>(
        {U"料金", U"プラン", U"割", U"価格", U"限定", U"婚", U"ごと", U"毎", U"祝", U"・祝"});
    if (any_at(text, at + 2, other)) return std::nullopt;
    term.span = {at, at + 2};
    term.part = Part::weekend;
    return term;
  }
  return std::nullopt;
}

std::optional<Term> read_month_word(const Text& text, std::size_t at) {
  Term term;
  if (const MonthWord* word = table_of(month_words).at(text, at)) {
    term.span = {at, at + word->word.size()};
    if (text[term.span.end] == U'号' || text[term.span.end] == U'比' || text[term.span.end] == U'曜' ||
        !stands_as_kana(text, term.span))
      return std::nullopt;
    term.month_shifted = true;
    term.month_shift = word->months;
    if (word->anchored) term.base = Term::Base::anchor;
    term.needs_anchor = word->needs_anchor;
    term.rule = "date.relative-month";
    read_within_month(text, term);
    if (word->needs_more && !term.is_day()) return std::nullopt;
    return term;
  }
  const BarePartWord* part = table_of(bare_part_words).at(text, at);
  if (!part) return std::nullopt;
  static constexpr auto other = std::to_array<Words>({U"月初", U"調整", U"年始"});
  term.span = {at, at + part->word.size()};
  if (any_at(text, term.span.end, other) || is_digit(text[at - 1])) return std::nullopt;
  if (part->word == U"月内" && is_kanji(text[term.span.end])) return std::nullopt;
  term.part = part->part;
  term.rule = "date.part-of-month";
  return term;
}

std::optional<Term> read_year_word(const Text& text, std::size_t at) {
  Term term;
  if (const YearWord* word = table_of(year_words).at(text, at)) {
    term.span = {at, at + word->word.size()};
    if (text[term.span.end] == U'比' || !stands_as_kana(text, term.span)) return std::nullopt;
    if (word->word == U"ことし" && text[term.span.end] == U'か') return std::nullopt; // することしか
    term.year_shifted = true;
    term.year_shift = word->years;
    term.rule = "date.relative-year";
    if (word->fiscal) --term.span.end; // 度 is read as behind 2024年
    read_within_year(text, term);
    if (term.month < 0) return std::nullopt;
    if (term.month != 0) {
      const bool day = term.day != 0;
      term.rule = day ? "date.relative-year-day" : "date.relative-year-month";
    }
    return term;
  }
  struct End {
    Words word;
    int month, day, years;
    bool fiscal;
  };
  static constexpr auto ends = std::to_array<End>({{U"年内", 12, 31, 0, false},
                                                   {U"年末", 12, 31, 0, false},
                                                   {U"年始", 1, 1, 0, false},
                                                   {U"年明け", 1, 1, 0, false},
                                                   {U"年度末", 3, 31, 0, true},
                                                   {U"年度内", 3, 31, 0, true},
                                                   {U"年度初め", 4, 1, 0, true},
                                                   {U"年の瀬", 12, 31, 0, false}});
  static constexpr auto other =
      std::to_array<Words>({U"年始", U"調整", U"商戦", U"ジャンボ", U"恒例", U"年内", U"セール", U"大掃除"});
  for (const End& end : ends) {
    if (!text.starts_with(at, end.word)) continue;
    if (is_digit(text[at - 1]) || is_kanji_number(text[at - 1]) || any_at(text, at + end.word.size(), other))
      return std::nullopt;
    if (text.ends_with(at, U"年末") || text[at - 1] == U'忘' || text[at - 1] == U'数') return std::nullopt;
    term.span = {at, at + end.word.size()};
    term.month = end.month, term.day = end.day;
    term.rule = "date.end-of-year";
    if (text.starts_with(term.span.end, U"いっぱい")) term.span.end += 4;
    return term;
  }
  return std::nullopt;
}

/// 金曜, 次の金曜, 今度の土日
std::optional<Term> read_weekday(const Text& text, std::size_t at) {
  static constexpr auto next_words =
      std::to_array<Words>({U"次の", U"つぎの", U"今度の", U"こんどの", U"この", U"来る"});
  Term term;
  term.kind = Term::Kind::weekday;
  term.rule = "date.weekday";
  std::size_t from = at;
  for (const Words word : next_words)
    if (text.starts_with(at, word)) {
      from = at + word.size();
      break;
    }
  if (from != at) {
    term.next_only = true;
    if (text.starts_with(from, U"土日") || text.starts_with(from, U"週末")) {
      term.kind = Term::Kind::week;
      term.part = Part::weekend;
      term.span = {at, from + 2};
      return term;
    }
  }
  const auto weekday = weekday_word(text, from);
  if (!weekday) return std::nullopt;
  if (from == at && any_at(text, weekday->end, weekday_after)) return std::nullopt;
  term.weekday = weekday->weekday;
  term.span = {at, weekday->end};
  return term;
}

std::optional<Term> read_half(const Text& text, std::size_t at) {
  if (text.starts_with(at, U"半年")) return read_count_end(text, {at, at + 2}, Term::Unit::month, 6);
  if (text.starts_with(at, U"半月")) return read_count_end(text, {at, at + 2}, Term::Unit::day, 15);
  if (text.starts_with(at, U"ひと月")) return read_count_end(text, {at, at + 3}, Term::Unit::month, 1);
  return std::nullopt;
}

/// 第2土曜, 最終金曜
bool read_nth_weekday(const Text& text, std::size_t at, Term& term) {
  static constexpr auto last = std::to_array<Words>({U"最終", U"最後の"});
  int nth = 0;
  std::size_t next = at;
  if (text[at] == U'第') {
    if (const auto number = small_number(text, at + 1)) nth = number->value, next = number->end;
  } else {
    for (const Words word : last)
      if (text.starts_with(at, word)) nth = -1, next = at + word.size();
  }
  const auto weekday = nth != 0 && nth <= 5 ? weekday_word(text, next) : std::nullopt;
  if (!weekday) return false;
  term.part = Part::nth_weekday;
  term.nth = nth, term.weekday = weekday->weekday;
  term.span.end = weekday->end;
  return true;
}

/// 10日 behind 4月 or 来月の, not 3日間; 1 in 4月1〜5日.
bool read_day_within_month(const Text& text, std::size_t at, Term& term, bool behind_no) {
  static constexpr auto counted = std::to_array<Words>({U"間", U"以内", U"目", U"前倒", U"ほ"});
  static constexpr auto counted_behind_no = std::to_array<Words>({U"前", U"後"});
  const auto number = small_number(text, at);
  if (!number || !is_day_number(number->value) || number->digits > 2) return false;
  std::size_t end = number->end;
  if (text[end] == ' ' && text[end + 1] == U'日') ++end;
  const bool unit = text[end] == U'日' && !any_at(text, end + 1, counted) &&
                    !(behind_no && any_at(text, end + 1, counted_behind_no));
  if (!unit && (number->digits == 0 || !list_ends_with(text, number->end, number->value, U'日', 31)))
    return false;
  term.day = number->value;
  term.span.end = unit ? end + 1 : number->end;
  if (term.rule == "date.month") term.rule = "date.month-day";
  take_weekday(text, term);
  return true;
}

const std::bitset<0x10000>& first_characters() {
  static const std::bitset<0x10000> set = [] {
    std::bitset<0x10000> first;
    for (const char32_t c : Words(U"0123456789〇一二三四五六七八九十令平昭大明RHSr㋿㍻㍼㍽㍾月火水木金土日"
                                  U"週"
                                  U"年上中下末半ひ次つ今こ来"))
      first.set(c);
    const auto add = [&](const auto& rows) {
      for (const auto& row : rows) first.set(row.word[0] & 0xffff);
    };
    add(day_words), add(anchored_day_words), add(week_words), add(month_words), add(year_words),
        add(bare_part_words);
    return first;
  }();
  return set;
}

} // namespace

bool may_begin_term(char32_t c) {
  static const std::bitset<0x10000>& first = first_characters();
  return c < 0x10000 && first[c];
}

std::optional<Term> read_term(const Text& text, std::size_t at) {
  const char32_t c = text[at];
  if (is_digit(c) || is_kanji_number(c)) {
    if (auto term = read_figures(text, at)) return term;
    if (c != U'一') return std::nullopt; // 一昨日
  }
  static constexpr Words eras = U"令平昭大明RHSr㋿㍻㍼㍽㍾";
  if (eras.find(c) != Words::npos)
    if (auto term = read_era(text, at)) return term;
  if (auto term = read_year_word(text, at)) return term;
  if (auto term = read_month_word(text, at)) return term;
  if (auto term = read_week_word(text, at)) return term;
  if (auto term = read_day_word(text, at)) return term;
  if (auto term = read_weekday(text, at)) return term;
  return read_half(text, at);
}

std::optional<Term> read_further_weekday(const Text& text, std::size_t at) {
  auto weekday = weekday_word(text, at);
  if (!weekday) weekday = weekday_alone(text, at);
  if (!weekday) return std::nullopt;
  Term term;
  term.kind = Term::Kind::weekday;
  term.rule = "date.weekday";
  term.weekday = weekday->weekday;
  term.span = {at, weekday->end};
  return term;
}

void read_within_month(const Text& text, Term& term) {
  const std::size_t end = term.span.end;
  const bool no = text[end] == U'の';
  const std::size_t at = skip_few_blanks(text, no ? end + 1 : end);
  if (read_nth_weekday(text, at, term) || read_day_within_month(text, at, term, no)) return;
  for (const std::size_t from : {at, end}) {
    const PartWord* word = table_of(part_words).at(text, from);
    if (!word || (from != end && !word->behind_no)) continue;
    // 6月分割払い, 6月中国出張, 6月初回
    const bool may_begin_word =
        word->part == Part::whole || word->word == U"初" || word->word == U"内" || word->word == U"頭";
    const char32_t next = text[from + word->word.size()];
    if (may_begin_word && is_kanji(next) && (next != U'納' || word->word == U"分")) continue;
    term.part = word->part;
    term.past_month = word->word == U"分" || word->word == U"度";
    term.span.end = from + word->word.size();
    if (term.rule == "date.month" && word->part != Part::whole) term.rule = "date.part-of-month";
    return;
  }
}

} // namespace genchi::facts
