#include <algorithm>
#include <array>

#include "facts/date_parts.hpp"
#include "facts/date_reader.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
// A time may stand so far behind its day, and so far where the message names one day only.
constexpr std::size_t clock_gap = 16, clock_gap_only_day = 80;
// So near it belongs to the words of the date.
constexpr std::size_t clock_beside = 6;

bool evening_near(const Text& text, std::size_t begin, std::size_t end) {
  static constexpr auto words =
      std::to_array<Words>({U"夜", U"ディナー", U"宴会", U"飲み会", U"晩", U"懇親会", U"忘年会", U"新年会",
                            U"歓送迎会", U"歓迎会", U"送別会", U"会食", U"コース", U"夕食"});
  return any_within(text, {begin - std::min<std::size_t>(begin, 40), std::min(end + 40, text.size())}, words);
}

/// On the line below a day: 時間：10:00, or the time alone.
std::size_t clock_on_next_line(const Text& text, std::size_t at) {
  static constexpr auto labels =
      std::to_array<Words>({U"開始時間:", U"開始時刻:", U"時間:", U"時刻:", U"開始:", U"時間", U"時刻"});
  static constexpr Words bullets = U" \t・-■●◆";
  for (int i = 0; i < 4 && text[at] != 0 && bullets.find(text[at]) != Words::npos; ++i) ++at;
  const auto label =
      std::find_if(labels.begin(), labels.end(), [&](Words word) { return text.starts_with(at, word); });
  if (label != labels.end()) at += label->size();
  at = skip_few_blanks(text, at);
  return read_clock(text, at) ? at : nowhere;
}

/// Where a time begins behind a day: over の, は, 、 and blanks, over the end of a line.
std::size_t clock_place(const Text& text, std::size_t end) {
  static constexpr auto joins = std::to_array<Words>(
      {U"の", U"に", U"は", U"、", U",",  U" ", U"\t", U":", U"(",  U"当日", U"も",   U"なら", U"で",
       U"が", U"・", U"@",  U"|",  U"】", U"/", U"T",  U"[", U"祝", U"夜",   U"夕方", U"お昼", U")"});
  std::size_t at = end;
  for (int i = 0; i < 6; ++i) {
    if (const auto clock = read_clock(text, at)) {
      // 10時なら土曜、14時なら日曜で: the time's day stands behind it.
      const std::size_t behind = clock->span.end + 2;
      const bool of_next = at > end && text.starts_with(behind - 2, U"なら") &&
                           may_begin_term(text[behind]) && read_term(text, behind);
      return of_next ? nowhere : at;
    }
    if (text[at] == '\n') return clock_on_next_line(text, at + 1);
    const auto join =
        std::find_if(joins.begin(), joins.end(), [&](Words word) { return text.starts_with(at, word); });
    if (join == joins.end()) return nowhere;
    at += join->size();
  }
  return nowhere;
}

/// Another time of the same day: 10時か15時. nowhere: none.
std::size_t next_clock_place(const Text& text, std::size_t end) {
  static constexpr auto joins =
      std::to_array<Words>({U"または", U"もしくは", U"or", U"か", U"、", U"・", U",", U"と", U"/"});
  std::size_t at = skip_few_blanks(text, end);
  if (text[at] == '~') at = skip_few_blanks(text, at + 1);
  const auto join =
      std::find_if(joins.begin(), joins.end(), [&](Words word) { return text.starts_with(at, word); });
  if (join == joins.end()) return nowhere;
  at = skip_few_blanks(text, at + join->size());
  return may_begin_term(text[at]) && read_term(text, at) ? nowhere : at; // unless that begins another day
}

bool ends_sentence(char32_t c) {
  return c != 0 && Words(U"。\n！!？?").find(c) != Words::npos;
}

/// Does the time in `clock`, some words behind a day, belong to it?
bool is_of_the_day(const Text& text, const FoundDate& found, const Clock& clock, int sentences,
                   CivilDay today) {
  static constexpr auto other_hours =
      std::to_array<Words>({U"営業", U"受付", U"定休", U"電話", U"門限", U"平日", U"先ほど", U"さっき",
                            U"お問い合わせ", U"対応時間", U"稼働", U"開館"});
  static constexpr auto other_matter = std::to_array<Words>({U"電話", U"連絡", U"返信", U"メール"});
  static constexpr auto goes_on = std::to_array<Words>(
      {U"に",   U"から", U"~",    U"で", U"頃", U"ごろ", U"スタート", U"は",     U"くらい",  U"ぐらい", U"-",
       U"より", U"なら", U"まで", U"、", U"。", U"\n",   U" ",        U"か",     U"が",      U"の",     U"？",
       U"?",    U"って", U"だ",   U"ね", U")",  U"す",   U"→",        U"または", U"もしくは"});
  const Span gap{found.span.end, clock.span.begin};
  const std::size_t end = clock.span.end;
  // In another sentence it is only if both lie ahead, and nothing else happens then.
  if (sentences > 0 && text.chars(gap).find(U"時間") == Words::npos &&
      (sentences > 1 || found.read.lean == Lean::past || found.read.date.first < today ||
       any_within(text, {end, std::min(end + 8, text.size())}, other_matter)))
    return false;
  if (any_within(text, {gap.begin - std::min<std::size_t>(gap.begin, 8), gap.end}, other_hours)) return false;
  if (text.starts_with(end, U"なら") && may_begin_term(text[end + 2]) && read_term(text, end + 2))
    return false;
  return text[end] == 0 || any_at(text, end, goes_on) || is_kanji(text[end]);
}

} // namespace

std::optional<Clock> DateReader::clock_at(std::size_t at, std::size_t day) const {
  auto clock = read_clock(text_, at);
  if (clock && evening_near(text_, day, at)) clock = read_clock(text_, at, true);
  return clock;
}

/// 4/1 10:00〜4/2 17:00: the day after the dash ends what begins at the time. Without a time there it is a
/// mere range.
bool DateReader::to_another_day(FoundDate& timed, const FoundDate& day) const {
  std::size_t at = skip_few_blanks(text_, timed.span.end);
  const bool words = text_.starts_with(at, U"から");
  if (!words && !sign_of_range(text_[at])) return false;
  at = skip_few_blanks(text_, at + (words ? 2 : 1));
  const auto last = may_begin_term(text_[at]) ? read_term(text_, at) : std::nullopt;
  if (!last || !last->is_day()) return false;
  Term begin;
  begin.span = timed.span;
  begin.month = day.read.date.first.month, begin.day = day.read.date.first.day;
  FoundDate whole = day;
  if (!join_range(whole, begin, *last)) return false;
  const std::size_t place = clock_place(text_, last->span.end);
  const auto end = place == nowhere ? std::nullopt : read_clock(text_, place);
  if (!end) {
    timed.read = whole.read;
    timed.span.end = whole.span.end;
    return true;
  }
  timed.read.date.last = whole.read.date.last;
  timed.read.date.end_minute = end->minute;
  timed.span.end = end->span.end;
  return true;
}

/// Adds the day with the times that stand beside it: one date for each.
void DateReader::take_clocks(FoundDate found) {
  const FoundDate day = found;
  std::size_t at = found.one_day ? clock_place(text_, found.span.end) : nowhere;
  for (bool first = true;; first = false) {
    const auto clock = at == nowhere ? std::nullopt : clock_at(at, day.span.begin);
    if (!clock) {
      if (first) add(std::move(found));
      return;
    }
    FoundDate timed = day;
    timed.read.date.minute = clock->minute;
    timed.read.date.end_minute = clock->end_minute;
    timed.read.date.precision = Precision::time;
    if (!first) timed.span.begin = clock->span.begin;
    timed.span.end = clock->span.end;
    if (clock->end_minute < 0) to_another_day(timed, day);
    const std::size_t end = timed.span.end;
    add(std::move(timed));
    at = next_clock_place(text_, end);
  }
}

/// 明日の打ち合わせは14時: a time some words behind a day of the same sentence; in the next one where there
/// is only the one day in the message.
void DateReader::attach_distant_clock(FoundDate& found, std::size_t next, bool only) {
  const std::size_t most = std::min(next, found.span.end + (only ? clock_gap_only_day : clock_gap));
  int sentences = 0;
  for (std::size_t at = found.span.end; at < most; ++at) {
    const char32_t c = text_[at], before = text_[at - 1];
    if (ends_sentence(c)) {
      if (!only || ++sentences > 2) return;
      continue;
    }
    if (!may_begin_clock(c)) continue;
    if (is_digit(c) && (is_digit(before) || before == ':' || before == '.' || before == ',')) continue;
    if (is_kanji_number(c) && is_kanji(before)) continue;
    const auto clock = clock_at(at, found.span.begin);
    if (!clock) continue;
    if (clock->span.end > next || !is_of_the_day(text_, found, *clock, sentences, today_)) return;
    DateFact& date = found.read.date;
    date.minute = clock->minute;
    date.end_minute = clock->end_minute;
    date.precision = Precision::time;
    found.clock_end = clock->span.end;
    if (at - found.span.end <= clock_beside && sentences == 0) found.span.end = clock->span.end;
    return;
  }
}

/// 23日ですと11時か15時半: the other times of a day whose first one stood apart.
void DateReader::add_other_times(const FoundDate& timed, std::size_t next,
                                 std::vector<FoundDate>& all) const {
  if (timed.clock_end == 0 || timed.read.date.end_minute >= 0) return;
  for (std::size_t at = next_clock_place(text_, timed.clock_end); at != nowhere;) {
    const auto clock = clock_at(at, timed.span.begin);
    if (!clock || clock->span.end > next) return;
    FoundDate other = timed;
    other.read.date.minute = clock->minute;
    other.read.date.end_minute = clock->end_minute;
    other.span = clock->span;
    all.push_back(std::move(other));
    at = next_clock_place(text_, clock->span.end);
  }
}

void DateReader::attach_distant_clocks() {
  const bool only = std::all_of(found_.begin(), found_.end(), [&](const FoundDate& found) {
    return found_.front().one_day && found.read.date.precision != Precision::time &&
           (!found.one_day || found.read.date.first == found_.front().read.date.first);
  });
  for (std::size_t i = 0; i < found_.size(); ++i) {
    FoundDate& found = found_[i];
    if (!found.one_day || found.read.date.precision == Precision::time) continue;
    attach_distant_clock(found, i + 1 < found_.size() ? found_[i + 1].span.begin : text_.size(), only);
    if (only) break;
  }
  std::vector<FoundDate> all;
  all.reserve(found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i) {
    all.push_back(found_[i]);
    add_other_times(found_[i], i + 1 < found_.size() ? found_[i + 1].span.begin : text_.size(), all);
  }
  found_ = std::move(all);
}

} // namespace genchi::facts
