#include "facts/date_clock.hpp"

#include <array>

#include "facts/date_parts.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

enum class Half { unknown, morning, noon, afternoon, evening, night };

struct HalfWord {
  Words word;
  Half half;
};
constexpr auto half_words = std::to_array<HalfWord>(
    {{U"午前", Half::morning},   {U"午後", Half::afternoon}, {U"AM", Half::morning},
     {U"PM", Half::afternoon},   {U"am", Half::morning},     {U"pm", Half::afternoon},
     {U"Am", Half::morning},     {U"Pm", Half::afternoon},   {U"早朝", Half::morning},
     {U"朝", Half::morning},     {U"明け方", Half::morning}, {U"お昼", Half::noon},
     {U"昼", Half::noon},        {U"夕方", Half::afternoon}, {U"夕", Half::afternoon},
     {U"夜", Half::evening},     {U"晩", Half::evening},     {U"深夜", Half::night},
     {U"夜中", Half::night},     {U"今夜", Half::evening},   {U"A.M.", Half::morning},
     {U"P.M.", Half::afternoon}, {U"a.m.", Half::morning},   {U"p.m.", Half::afternoon}});

const HalfWord* half_at(const Text& text, std::size_t at) {
  const HalfWord* longest = nullptr;
  for (const HalfWord& word : half_words)
    if (text.starts_with(at, word.word) && (!longest || word.word.size() > longest->word.size()))
      longest = &word;
  return longest;
}

/// One time as written: the hour is not yet that of a day.
struct Raw {
  Span span;
  int hour = 0, minute = 0;
  Half half = Half::unknown;
  bool exact = false; ///< 03:00 and 13: as on a clock of 24 hours
};

std::size_t half_behind(const Text& text, std::size_t at, Half& half) {
  const std::size_t next = skip_few_blanks(text, at);
  const HalfWord* word = half_at(text, next);
  if (!word || !is_letter(word->word[0]) || is_letter(text[next + word->word.size()])) return at;
  half = word->half;
  return next + word->word.size();
}

std::optional<Raw> read_noon(const Text& text, std::size_t at) {
  if (!text.starts_with(at, U"正午")) return std::nullopt;
  return Raw{{at, at + 2}, 12, 0, Half::unknown, true};
}

std::optional<Raw> read_one(const Text& text, std::size_t at) {
  if (auto noon = read_noon(text, at)) return noon;
  Raw raw;
  std::size_t next = at;
  if (const HalfWord* word = half_at(text, at)) {
    raw.half = word->half;
    next = at + word->word.size();
    if (text[next] == U'の' || text[next] == U'は' || text[next] == U'、') ++next;
    next = skip_few_blanks(text, next);
  }
  const auto hour = small_number(text, next);
  if (!hour || hour->value > 29 || hour->digits > 2) return std::nullopt;
  raw.hour = hour->value;
  raw.exact = hour->leading_zero || hour->value > 12 || hour->value == 0;
  next = hour->end;
  if (text[next] == ' ' && text[next + 1] == U'時') ++next;
  if (text[next] == ':' && hour->digits != 0) {
    const auto minute = small_number(text, next + 1);
    if (!minute || minute->digits != 2 || minute->value > 59) return std::nullopt;
    next = minute->end;
    raw.minute = minute->value;
    if (text[next] == ':') {
      const auto second = small_number(text, next + 1);
      if (!second || second->digits != 2 || second->value > 59) return std::nullopt;
      next = second->end;
    }
    if (text[next] == ':' || text[next] == '%' || (text[next] == '.' && is_digit(text[next + 1])))
      return std::nullopt;
    next = half_behind(text, next, raw.half);
  } else if (text[next] == U'時') {
    ++next;
    static constexpr auto other =
        std::to_array<Words>({U"間", U"点", U"給", U"代", U"限", U"的", U"刻", U"短", U"速", U"差"});
    if (any_at(text, next, other) && !text.starts_with(next, U"点検")) return std::nullopt;
    if (text[next] == U'半' && text[next + 1] != U'分') {
      raw.minute = 30;
      ++next;
    } else if (const auto minute = small_number(text, next);
               minute && text[minute->end] == U'分' && minute->value < 60) {
      if (text[minute->end + 1] != U'前' && text[minute->end + 1] != U'間') {
        raw.minute = minute->value;
        next = minute->end + 1;
      }
    }
    if (hour->digits == 0 && hour->value == 1 && raw.half == Half::unknown) return std::nullopt; // 一時
  } else {
    if (hour->digits == 0) return std::nullopt;
    Half half = Half::unknown;
    const std::size_t end = half_behind(text, next, half);
    if (half == Half::unknown && !(raw.half != Half::unknown && is_letter(text[at])))
      return std::nullopt; // 3pm, PM3
    if (half != Half::unknown) raw.half = half;
    next = end;
  }
  raw.span = {at, next};
  return raw;
}

/// 10 in 10〜12時
std::optional<Raw> read_bare_hour(const Text& text, std::size_t at) {
  Raw raw;
  std::size_t next = at;
  if (const HalfWord* word = half_at(text, at)) {
    raw.half = word->half;
    next = at + word->word.size();
    if (text[next] == U'の') ++next;
  }
  const auto hour = small_number(text, next);
  if (!hour || hour->value > 29 || hour->digits > 2 || hour->digits == 0) return std::nullopt;
  const std::size_t sign = skip_few_blanks(text, hour->end);
  if (text[sign] != '~' && text[sign] != '-' && text[sign] != U'ー') return std::nullopt;
  const auto end = read_one(text, skip_few_blanks(text, sign + 1));
  if (!end || text[end->span.end - 1] == ':' || text.chars(end->span).find(':') != Words::npos)
    return std::nullopt;
  raw.hour = hour->value;
  raw.exact = hour->leading_zero || hour->value > 12 || hour->value == 0;
  raw.span = {at, hour->end};
  return raw;
}

int minute_of(const Raw& raw, bool evening) {
  int hour = raw.hour;
  switch (raw.half) {
  case Half::morning:
    hour = hour == 12 ? 0 : hour;
    break;
  case Half::noon:
    hour = hour < 6 ? hour + 12 : hour;
    break;
  case Half::afternoon:
    hour = hour < 12 ? hour + 12 : hour;
    break;
  case Half::evening:
    hour = hour == 12 || (hour < 5 && hour > 0) ? hour + (hour == 12 ? 12 : 24)
           : hour < 12                          ? hour + 12
                                                : hour;
    break;
  case Half::night:
    hour = hour == 12 ? 24 : hour >= 9 && hour < 12 ? hour + 12 : hour;
    break;
  case Half::unknown:
    if (!raw.exact && hour <= (evening ? 11 : 6) && hour > 0) hour += 12;
    break;
  }
  return hour * 60 + raw.minute;
}

/// The second of two times: behind the first, in its half of the day where none is written.
int end_minute_of(const Raw& raw, const Raw& first, int begin, bool evening) {
  int end = minute_of(raw, evening);
  if (raw.half == Half::unknown && !raw.exact) {
    end = raw.hour * 60 + raw.minute;
    if (end <= begin || (first.half != Half::unknown && begin >= 12 * 60 && end < begin)) end += 12 * 60;
  }
  return end < begin ? end + 24 * 60 : end;
}

} // namespace

bool may_begin_clock(char32_t c) {
  if (is_digit(c)) return true;
  switch (c) {
  case U'午':
  case U'朝':
  case U'昼':
  case U'夕':
  case U'夜':
  case U'晩':
  case U'深':
  case U'早':
  case U'明':
  case U'正':
  case U'お':
  case U'今':
  case 'A':
  case 'a':
  case 'P':
  case 'p':
    return true;
  default:
    return is_kanji_digit(c) || c == U'十';
  }
}

std::optional<Clock> read_clock(const Text& text, std::size_t at, bool evening) {
  if (!may_begin_clock(text[at])) return std::nullopt;
  auto first = read_one(text, at);
  if (!first) first = read_bare_hour(text, at);
  if (!first) return std::nullopt;
  Clock clock{first->span, minute_of(*first, evening), -1};
  // To another time.
  std::size_t next = first->span.end;
  for (const Words about : {Words(U"頃"), Words(U"ごろ"), Words(U"くらい"), Words(U"ぐらい")})
    if (text.starts_with(next, about)) next += about.size();
  next = skip_few_blanks(text, next);
  std::size_t to = next;
  if (text[next] == '~' || text[next] == '-' || text[next] == U'ー')
    to = next + 1;
  else if (text.starts_with(next, U"から") || text.starts_with(next, U"より"))
    to = next + 2;
  if (to == next) return clock;
  if (text[to] == U'、') ++to;
  // 21時〜翌3時
  const std::size_t in_night = skip_few_blanks(text, to);
  if (text[in_night] == U'翌') {
    const std::size_t place = in_night + (text[in_night + 1] == U'日' || text[in_night + 1] == U'朝' ? 2 : 1);
    auto second = read_one(text, skip_few_blanks(text, place + (text[place] == U'の' ? 1 : 0)));
    if (second) {
      second->exact = true;
      clock.end_minute = minute_of(*second, false) + 24 * 60;
      clock.span.end = second->span.end;
      return clock;
    }
  }
  if (const auto second = read_one(text, skip_few_blanks(text, to))) {
    const int end = end_minute_of(*second, *first, clock.minute, evening);
    if (end - clock.minute <= 24 * 60) {
      clock.end_minute = end;
      clock.span.end = second->span.end;
    }
  }
  return clock;
}

} // namespace genchi::facts
