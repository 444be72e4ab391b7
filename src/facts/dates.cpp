#include "facts/dates.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "facts/date_clock.hpp"
#include "facts/date_cues.hpp"
#include "facts/date_parts.hpp"
#include "facts/date_same.hpp"
#include "facts/numbers.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

#define GENCHI_RECURRING_BEFORE
constexpr auto recurring_before = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_RECURRING_BEFORE

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
// A time may stand so far behind its day, and so far where the message names one day only.
constexpr std::size_t clock_gap = 16, clock_gap_only_day = 80;
// 24/4/1 may be so many years away; else it is another sort of number.
constexpr int two_digit_years = 10;
// General terms of payment (月末締め翌月末払い) reach so far.
constexpr std::size_t terms_reach = 40;

/// A date as it was found: what it says, and where it stands.
struct Found {
  ReadDate read;
  Span span;             ///< with the time beside it
  std::size_t days_end;  ///< of the expression without the time
  bool within = false, from_to = false;
  bool one_day = false;
};

bool sign_of_range(char32_t c) { return c == '~' || c == '-' || c == U'ー'; }

/// Reads one text; what is found in order.
class Reader {
 public:
  Reader(const Text& text, Moment sent)
      : text_(text), sent_(sent), today_(civil_day(sent.utc, sent.offset_minutes)) {}

  std::vector<ReadDate> read() {
    for (const Text::Line& line : text_.lines())
      if (line.own) read_line(line.span);
    attach_distant_clocks();
    give_roles();
    return collect();
  }

 private:
  void read_line(Span line);
  std::size_t take(Term term);
  bool is_recurring(const Term& term) const;
  bool is_of_terms(const Term& term);
  bool count_stands(Term& term) const;
  std::optional<Found> resolve(const Term& term, Lean lean) const;
  std::optional<Days> calendar_days(const Term& term, Lean lean) const;
  std::optional<Term> range_end(const Term& first) const;
  bool join_range(Found& found, const Term& first, const Term& last) const;
  bool join_same(Found& found, const Term& first);
  void take_list(const Term& term, const Found& found);
  std::size_t add(Found found);
  void take_clocks(Found found);
  void attach_distant_clocks();
  void give_roles();
  std::vector<ReadDate> collect();

  const Text& text_;
  Moment sent_;
  CivilDay today_;
  std::vector<Found> found_;
  std::vector<NamedDays> named_;
  std::size_t rejected_end_ = nowhere;  // of what was no date of one time: 毎月5日
  std::size_t terms_end_ = 0;           // general terms of payment reach to here
};

void Reader::read_line(Span line) {
  for (std::size_t at = line.begin; at < line.end;) {
    if (!may_begin_term(text_[at])) {
      ++at;
      continue;
    }
    const char32_t c = text_[at];
    const bool number = is_digit(c) || is_kanji_number(c);
    if (number && is_digit(c) && is_digit(text_[at - 1]) && at > line.begin) {
      at = number_run_end(text_, at);
      continue;
    }
    const auto term = read_term(text_, at);
    if (!term || term->span.end > line.end) {
      if (is_digit(c))
        while (is_digit(text_[at])) ++at;
      else if (number)
        while (is_kanji_number(text_[at])) ++at;
      else
        ++at;
      continue;
    }
    at = std::max(take(*term), at + 1);
  }
}

/// 毎週水曜, 毎月5日・20日
bool Reader::is_recurring(const Term& term) const {
  std::size_t begin = term.span.begin;
  if (term.kind == Term::Kind::day) return false;
  if (any_before(text_, begin, recurring_before)) return true;
  if (rejected_end_ == nowhere || begin < rejected_end_ || begin - rejected_end_ > 4) return false;
  static constexpr auto joins = std::to_array<Words>({U"・", U"、", U",", U"と", U"や", U"か", U"~", U"-", U"/", U" ", U"または", U"から", U"及び", U"および", U""});
  return std::find(joins.begin(), joins.end(), text_.chars({rejected_end_, begin})) != joins.end();
}

/// 月末締め翌月末払い: no dates. 3月末締め・4月末払い has some.
bool Reader::is_of_terms(const Term& term) {
  const std::size_t end = term.span.end, begin = term.span.begin;
  const bool month_known = term.month != 0 || (term.month_shifted && term.base == Term::Base::message && !text_.starts_with(begin, U"当"));
  const bool day_of_some_month = term.kind == Term::Kind::calendar && !month_known && !term.month_shifted && (term.day != 0 || term.part != Part::whole);
  const bool this_month = text_.starts_with(begin, U"当月");
  if ((day_of_some_month || this_month) && (text_[end] == U'締' || text_[end] == U'〆' || text_.starts_with(end, U"で締") || text_.starts_with(end, U"に締"))) {
    const std::size_t mark = text_[end] == U'で' || text_[end] == U'に' ? end + 1 : end;
    static constexpr auto limit = std::to_array<Words>({U"締切", U"締め切", U"〆切", U"締めき", U"締め!"});
    if (!any_at(text_, mark, limit)) {
      terms_end_ = end + terms_reach;
      return true;
    }
  }
  if (begin < terms_end_ && (term.base == Term::Base::anchor || day_of_some_month)) return true;
  if (term.base == Term::Base::anchor && term.month_shifted) {
    const bool beside = !found_.empty() && found_.back().span.end < begin && begin - found_.back().span.end < 12;
    static constexpr auto pays = std::to_array<Words>({U"払", U"支払", U"お支払", U"現金", U"振込", U"お振込", U"入金", U"引落", U"口座", U"の支払", U"にお支払"});
    if (!beside && any_at(text_, end, pays)) return true;
  }
  return false;
}

/// Says what a count counts from; false: from something that has no date.
bool Reader::count_stands(Term& term) const {
  std::size_t before = text_.before_blanks(term.span.begin);
  static constexpr auto about = std::to_array<Words>({U"約", U"およそ", U"だいたい", U"大体", U"あと", U"もう", U"ちょうど", U"丁度", U"ざっと", U"かれこれ", U"つい", U"ほんの",
                                                      U"だいぶ", U"もっと", U"最短", U"最短で", U"遅くとも", U"遅くても", U"早ければ", U"早くて", U"最長"});
  for (const Words word : about)
    if (text_.ends_with(before, word)) {
      before -= word.size();
      break;
    }
  const bool ago = term.number < 0;
  const bool beside = !found_.empty() && found_.back().span.end <= before && before - found_.back().span.end <= 2;
  const Words between = beside ? text_.chars({found_.back().span.end, before}) : Words();
  if (beside && (between == U"の" || between == U"から" || between == U"より" || between.empty())) {
    term.base = Term::Base::before;
    return true;
  }
  // 1/24の撮影から2週間後, 4/1の納品後10日以内: what happens then has a day.
  if (!found_.empty() && found_.back().one_day && found_.back().span.end < before && before - found_.back().span.end <= 14) {
    const Span words{found_.back().span.end, before};
    static constexpr auto since = std::to_array<Words>({U"から", U"より", U"の", U"後"});
    const std::size_t last = before - 1;
    const bool noun = text_[words.begin] == U'の' && words.size() > 2;
    const bool plain = std::none_of(text_.chars(words).begin(), text_.chars(words).end(), [](char32_t c) { return c == U'、' || c == U'。' || c == '\n' || c == U'は'; });
    if (noun && plain && any_before(text_, last + 1, since)) {
      term.base = Term::Base::before;
      return true;
    }
  }
  // Ahead of something to come: キャンセルは3日前まで, 1週間前にご連絡ください.
  if (ago) {
    static constexpr auto ahead = std::to_array<Words>({U"まで", U"予約", U"割", U"納", U"必着", U"以前"});
    if (any_at(text_, term.span.end, ahead)) return false;
    if (text_[term.span.end] == U'に' && lean_behind(text_, term.span.end) == Lean::ahead) return false;
    static constexpr auto terms = std::to_array<Words>({U"可能", U"受付", U"受け付", U"でき", U"予約", U"発生", U"承", U"いただ", U"頂", U"ください", U"お申", U"%", U"割", U"無料", U"有料", U"キャンセル"});
    if (text_.starts_with(term.span.end, U"から") && any_within(text_, {term.span.end, std::min(term.span.end + 14, text_.size())}, terms))
      return false;
    if (text_.starts_with(term.span.end, U"くらい") || text_.starts_with(term.span.end, U"ぐらい")) {
      if (lean_behind(text_, term.span.end) == Lean::ahead && any_at(text_, term.span.end + 3, std::to_array<Words>({U"に", U"まで", U"から"})))
        return false;
    }
  }
  if (text_.ends_with(before, U"その")) {
    term.base = Term::Base::anchor;
    term.chained = true;
    return true;
  }
  bool paused = false;
  while (before > 0 && (text_[before - 1] == U'、' || is_blank(text_[before - 1]) || text_[before - 1] == U'は' || text_[before - 1] == U'も')) {
    paused = true;
    --before;
  }
  static constexpr auto now = std::to_array<Words>({U"今", U"これ", U"本日", U"今日", U"ここ", U"現在", U"現時点"});
  for (const Words from : {Words(U"から"), Words(U"より")}) {
    if (!text_.ends_with(before, from)) continue;
    const std::size_t base = before - from.size();
    if (any_before(text_, base, now)) return true;
    if (text_.ends_with(base, U"それ")) {
      term.base = Term::Base::anchor;
      return true;
    }
    // ですから, 急ぎますから is a reason, with a pause behind it.
    return paused && (text_.ends_with(base, U"です") || text_.ends_with(base, U"ます")) && from == U"から";
  }
  static constexpr auto events = std::to_array<Words>({U"後", U"のち", U"前", U"次第", U"たら", U"だら", U"た日", U"当日", U"してから", U"開始", U"以降", U"以後", U"翌日", U"後に"});
  if (any_before(text_, before, events)) return false;
  if (paused) return true;
  const char32_t c = text_[before - 1];
  if (before == 0 || c == '\n') return true;
  if (c == U'の') {
    // 契約の3日後; 今回の, 先方の say nothing of a day, but then nothing is counted either.
    return false;
  }
  if (c == U'て' || c == U'た' || c == U'ら') return false;
  if (text_.ends_with(before, U"んで")) return false;
  if (is_katakana(c)) return false;
  return !is_kanji(c) || c == U'今';
}

std::optional<Days> whole_or_part(Days unit, const Term& term) {
  const CivilDay first = unit.first, last = unit.last;
  const auto in_month = [&](int day) { return CivilDay{first.year, first.month, day}; };
  const bool month = first.year == last.year && first.month == last.month;
  switch (term.part) {
  case Part::first: return Days{first, first};
  case Part::last: return Days{last, last};
  case Part::upper: return Days{first, in_month(10)};
  case Part::middle: return Days{in_month(11), in_month(20)};
  case Part::lower: return Days{in_month(21), last};
  case Part::first_half: return Days{first, month ? in_month(15) : plus_days(plus_months(first, 6), -1)};
  case Part::second_half: return Days{month ? in_month(16) : plus_months(first, 6), last};
  case Part::nth_weekday: {
    CivilDay day = plus_days(first, (term.weekday - weekday_of(first) + 7) % 7);
    if (term.nth > 0) day = plus_days(day, 7 * (term.nth - 1));
    else
      while (plus_days(day, 7) <= last) day = plus_days(day, 7);
    if (day > last) return std::nullopt;
    return Days{day, day};
  }
  default: return unit;
  }
}

std::optional<Days> Reader::calendar_days(const Term& term, Lean lean) const {
  const int year = term.year_shifted ? (term.fiscal ? fiscal_year(today_) : today_.year) + term.year_shift : term.year;
  if (term.month_shifted) {
    const Days month = month_of(today_.year, today_.month + term.month_shift);
    if (term.day == 0) return whole_or_part(month, term);
    const CivilDay day{month.first.year, month.first.month, term.day};
    if (!is_valid(day)) return std::nullopt;
    return Days{day, day};
  }
  if (term.month == 0) return whole_or_part(term.fiscal ? fiscal_year_of(year) : year_of(year), term);
  if (term.day != 0 && year != 0) {
    const CivilDay day{year, term.month, term.day};
    if (!is_valid(day)) return std::nullopt;
    return Days{day, day};
  }
  if (term.day != 0) {
    std::optional<CivilDay> day;
    if (term.rule == "date.end-of-year") {
      // The next end there is; in January 年始 is that which was.
      day = CivilDay{today_.year, term.month, term.day};
      const bool begun = term.month == 1 && today_.month == 1;
      if (lean == Lean::past ? *day > today_ : *day < today_ && !begun) day->year += lean == Lean::past ? -1 : 1;
    } else {
      day = day_without_year(term.month, term.day, today_, lean, term.weekday);
    }
    if (!day) return std::nullopt;
    return Days{*day, *day};
  }
  int of_month = year;
  if (of_month == 0) {
    of_month = year_of_month(term.month, today_, term.past_month ? Lean::none : lean);
    const int ahead = (of_month - today_.year) * 12 + term.month - today_.month;
    if (term.past_month && ahead > 3) --of_month;
  }
  return whole_or_part(month_of(of_month, term.month), term);
}

std::optional<Found> Reader::resolve(const Term& term, Lean lean) const {
  Found found;
  found.span = term.span;
  found.days_end = term.span.end;
  found.within = term.within || term.part == Part::last;
  ReadDate& read = found.read;
  read.lean = lean;
  read.chained = term.chained;
  read.of_noun = lean != Lean::ahead && text_[term.span.end] == U'の';
  read.date.rule = term.rule;
  read.date.offset_minutes = sent_.offset_minutes;
  read.firm = true;
  std::optional<Days> days;
  switch (term.kind) {
  case Term::Kind::calendar:
    if (term.base == Term::Base::anchor) {
      read.open = Open::relative_month;
      read.number = term.month_shift, read.day = term.day, read.part = term.part;
      read.needs_anchor = term.needs_anchor;
    } else if (term.year == 0 && !term.year_shifted && term.month == 0 && !term.month_shifted) {
      read.open = term.day != 0 ? Open::day_of_month : Open::part_of_month;
      read.number = term.day, read.part = term.part, read.weekday = term.weekday;
    } else {
      if (term.two_digit_year && std::abs(term.year - today_.year) > two_digit_years) return std::nullopt;
      days = calendar_days(term, lean);
      if (!days) return std::nullopt;
    }
    break;
  case Term::Kind::week: {
    if (term.base == Term::Base::anchor) {
      read.open = Open::relative_week;
      read.number = term.shift, read.weekday = term.weekday, read.part = term.part;
      read.needs_anchor = term.needs_anchor;
      break;
    }
    const Days week = week_of(today_, term.shift);
    if (term.weekday != 0) {
      const CivilDay day = plus_days(week.first, term.weekday - 1);
      days = Days{day, day};
    } else if (term.part == Part::weekend) {
      days = Days{plus_days(week.first, 5), week.last};
    } else if (term.part == Part::first_half) {
      days = Days{week.first, plus_days(week.first, 2)};
    } else if (term.part == Part::second_half) {
      days = Days{plus_days(week.first, 3), week.last};
    } else {
      days = whole_or_part(week, term);
    }
    break;
  }
  case Term::Kind::weekday:
    if (term.next_only) {
      const int ahead = (term.weekday - weekday_of(today_) + 6) % 7 + 1;
      days = Days{plus_days(today_, ahead), plus_days(today_, ahead)};
    } else {
      read.open = Open::weekday;
      read.number = term.weekday;
    }
    break;
  case Term::Kind::day:
    read.firm = false;
    if (term.base == Term::Base::anchor) {
      read.open = Open::relative_day;
      read.number = term.shift;
      read.needs_anchor = term.needs_anchor;
    } else {
      days = Days{plus_days(today_, term.shift), plus_days(today_, term.shift)};
    }
    break;
  case Term::Kind::count: {
    read.firm = false;
    if (term.base == Term::Base::anchor && term.unit != Term::Unit::month) {
      read.open = Open::relative_day;
      read.number = term.unit == Term::Unit::week ? term.number * 7 : term.number;
      read.needs_anchor = true;
      break;
    }
    Days from{today_, today_};
    if (term.base != Term::Base::message && !named_.empty()) from = named_.back().days;
    const CivilDay base = term.number < 0 ? from.first : from.last;
    const auto counted = [&](int number) {
      if (term.unit == Term::Unit::month) return plus_months(base, number);
      return plus_days(base, term.unit == Term::Unit::week ? number * 7 : number);
    };
    const CivilDay day = counted(term.number);
    days = Days{day, day};
    if (term.first_number != 0) (term.number < 0 ? days->last : days->first) = counted(term.first_number);
    break;
  }
  }
  if (read.open != Open::none) {
    days = resolve_open(read, named_, today_);
    if (!days) {
      // The conversation may know: it stays, as from the message.
      days = Days{plus_days(today_, read.number), plus_days(today_, read.number)};
    } else {
      const bool relative = read.open == Open::relative_day || read.open == Open::relative_week || read.open == Open::relative_month;
      const auto anchor = std::find_if(named_.rbegin(), named_.rend(),
                                       [&](const NamedDays& each) { return relative ? read.chained || !each.relative : each.firm; });
      // Whether 上旬 is of this month or of that of the conversation a day of the month does not say.
      if (anchor != named_.rend() && !anchor->open) read.open = Open::none, read.needs_anchor = false;
    }
  }
  if (days->first.year < 1800 || days->last.year > 2300) return std::nullopt;
  read.date.first = days->first, read.date.last = days->last;
  read.date.precision = days->one() ? Precision::day : Precision::range;
  found.one_day = days->one();
  if (days->one() && term.weekday != 0 && term.part != Part::nth_weekday && term.kind != Term::Kind::weekday)
    read.date.weekday_mismatch = weekday_of(days->first) != term.weekday;
  return found;
}

/// The expression that a range ends with, behind its first; nullopt: it is no range.
std::optional<Term> Reader::range_end(const Term& first) const {
  std::size_t at = skip_few_blanks(text_, first.span.end);
  bool words = false;
  if (sign_of_range(text_[at])) {
    ++at;
    if (sign_of_range(text_[at])) ++at;
  } else if (text_.starts_with(at, U"から") || text_.starts_with(at, U"より")) {
    at += 2;
    words = true;
  } else {
    return std::nullopt;
  }
  const bool pause = text_[at] == U'、';
  if (pause) ++at;
  at = skip_few_blanks(text_, at);
  std::optional<Term> last = may_begin_term(text_[at]) ? read_term(text_, at) : std::nullopt;
  if (last && last->kind == Term::Kind::count && first.kind != Term::Kind::count) last.reset();
  if (last && last->kind == Term::Kind::calendar && last->part == Part::last && last->rule == "date.part-of-month" && first.month != 0 &&
      last->month == 0)
    last->month = first.month, last->year = first.year;
  if (!last && first.slash && first.day != 0) last = read_further_day(text_, at, first.day);
  if (!last && !words && first.kind != Term::Kind::calendar && first.weekday != 0) last = read_further_weekday(text_, at);
  if (!last && words && first.kind == Term::Kind::week && first.weekday != 0) last = read_further_weekday(text_, at);
  if (!last) return std::nullopt;
  if (words) {
    static constexpr auto ends = std::to_array<Words>({U"まで", U"迄", U"にかけて", U"の間", U"頃まで", U"ごろまで", U"いっぱい", U" まで", U"の期間", U"くらいまで", U"あたりまで", U"の予定"});
    const bool closed = any_at(text_, last->span.end, ends);
    // 10月18日から20日は, 1月から3月の; but 10月18日から3日で.
    const bool goes_on = any_at(text_, last->span.end, std::to_array<Words>({U"は", U"の", U"が", U"も", U"、", U"。", U"\n", U"で"}));
    // 納期を1/23から1/28に変更
    if (text_.starts_with(last->span.end, U"に変") || text_.starts_with(last->span.end, U"へ") || text_.starts_with(last->span.end, U"にず") ||
        text_.starts_with(last->span.end, U"に延") || text_.starts_with(last->span.end, U"に早") || text_.starts_with(last->span.end, U"に前"))
      return std::nullopt;
    const bool both = first.kind == last->kind && goes_on;
    const bool months = both && first.kind == Term::Kind::calendar && first.day == 0 && last->day == 0 && first.month != 0 && last->month != 0;
    const bool days = both && first.kind == Term::Kind::calendar && first.day != 0 && last->day > first.day && text_[last->span.end] != U'で';
    const bool weekdays = both && first.kind == Term::Kind::weekday;
    const bool alike = first.kind == Term::Kind::calendar && last->kind == Term::Kind::calendar && first.day != 0 && last->month != 0 &&
                       last->day != 0;
    if (!closed && (pause || (!alike && !months && !days && !weekdays))) return std::nullopt;
  }
  return last;
}

/// The range from `found` to the day that `last` says after it.
bool Reader::join_range(Found& found, const Term& first, const Term& last) const {
  Term end = last;
  const Days from{found.read.date.first, found.read.date.last};
  ReadDate& read = found.read;
  const bool plain_day = end.kind == Term::Kind::calendar && end.year == 0 && !end.year_shifted && end.month == 0 && !end.month_shifted &&
                         end.base == Term::Base::message;
  Days to{};
  if (plain_day && end.day != 0 && first.kind == Term::Kind::calendar && first.day != 0) {
    CivilDay day{from.first.year, from.first.month, end.day};
    if (end.day <= from.first.day) day = plus_months({day.year, day.month, 1}, 1), day.day = end.day;
    if (!is_valid(day)) return false;
    to = {day, day};
    if (read.open == Open::day_of_month) read.last_number = end.day;
  } else if (plain_day && end.part != Part::whole) {
    const auto part = whole_or_part(month_of(from.first.year, from.first.month), end);
    if (!part) return false;
    to = *part;
    if (read.open != Open::none) read.open = Open::none;
  } else if (end.kind == Term::Kind::weekday && !end.next_only && from.one()) {
    const int more = (end.weekday - weekday_of(from.first) + 7) % 7;
    if (more == 0) return false;
    to.first = to.last = plus_days(from.first, more);
    if (read.open == Open::weekday) read.last_number = end.weekday;
  } else if (end.kind == Term::Kind::calendar && end.month != 0 && end.year == 0 && !end.year_shifted) {
    Term in_year = end;
    in_year.year = from.first.year;
    auto days = calendar_days(in_year, Lean::none);
    if (!days || days->last < from.first) ++in_year.year, days = calendar_days(in_year, Lean::none);
    if (!days) return false;
    to = *days;
  } else {
    if (end.kind == Term::Kind::count) end.base = first.base;
    const auto resolved = resolve(end, read.lean);
    if (!resolved) return false;
    to = {resolved->read.date.first, resolved->read.date.last};
    // 4/1〜2025/4/5: the year stands behind.
    if (first.kind == Term::Kind::calendar && first.year == 0 && first.month != 0 && end.year != 0) {
      Term in_year = first;
      in_year.year = end.year;
      auto days = calendar_days(in_year, Lean::none);
      if (days && days->first > to.last) --in_year.year, days = calendar_days(in_year, Lean::none);
      if (days) read.date.first = days->first;
    }
  }
  if (to.last <= read.date.first || days_between(read.date.first, to.last) > 366 * 12) return false;
  read.date.last = to.last;
  read.date.precision = Precision::range;
  if (end.weekday != 0 && end.kind == Term::Kind::calendar && end.part != Part::nth_weekday && weekday_of(to.last) != end.weekday)
    read.date.weekday_mismatch = true;
  found.span.end = found.days_end = end.span.end;
  found.one_day = false;
  found.within = end.part == Part::last;
  const std::size_t sign = skip_few_blanks(text_, first.span.end);
  found.from_to = !sign_of_range(text_[sign]);
  return true;
}

/// 明日(4/1), 来週の12日, 金曜、4/5: said twice over in one breath. True: `found` is the narrower, over both.
bool Reader::join_same(Found& found, const Term& first) {
  std::size_t at = found.span.end;
  char32_t closing = 0;
  const char32_t c = text_[at];
  if (c == U'の' || c == U'、' || c == ' ' || c == '=' || c == U'・' || c == ',' || c == '/') ++at;
  at = skip_few_blanks(text_, at);
  if (text_[at] == '(' || text_[at] == '[' || text_[at] == U'【' || text_[at] == U'〔') {
    closing = text_[at] == '(' ? U')' : text_[at] == '[' ? U']' : text_[at] == U'【' ? U'】' : U'〕';
    ++at;
  }
  if (!may_begin_term(text_[at])) return false;
  auto term = read_term(text_, at);
  if (!term || term->kind == Term::Kind::count || (first.kind == Term::Kind::count && closing == 0)) return false;
  if (term->base == Term::Base::anchor) return false;
  if (range_end(*term)) return false;
  const Days days{found.read.date.first, found.read.date.last};
  // The weekday of a day: 12日の金曜.
  if (term->kind == Term::Kind::weekday && days.one()) {
    if (weekday_of(days.first) != term->weekday) return false;
    found.span.end = term->span.end;
  } else {
    std::vector<NamedDays> around = named_;
    name_days(named_, {days, true, found.read.open != Open::none});
    auto second = resolve(*term, found.read.lean);
    if (second && days.one() && second->read.date.first != days.first && term->kind == Term::Kind::calendar && term->month == 0) second.reset();
    named_ = std::move(around);
    if (!second) return false;
    const Days other{second->read.date.first, second->read.date.last};
    const bool first_plain = first.kind == Term::Kind::calendar && first.month == 0 && !first.month_shifted && first.day != 0;
    const bool weekday_first = first.kind == Term::Kind::weekday;
    if (days.holds(other)) {
      const bool narrower = other != days;
      if (narrower && c == U'・') return false;
      if (narrower && days.one()) return false;
    } else if (other.one() && ((first_plain && other.first.day == first.day) || (weekday_first && weekday_of(other.first) == first.weekday))) {
      // 12日(来月の), 金曜(4/12): the second says which.
    } else {
      return false;
    }
    second->span.begin = found.span.begin;
    second->read.date.weekday_mismatch = second->read.date.weekday_mismatch || (found.read.date.weekday_mismatch && other == days);
    if (found.read.open == Open::none || (term->kind == Term::Kind::calendar && term->month != 0)) second->read.open = Open::none;
    second->within = found.within || second->within;
    found = *second;
    found.span.end = term->span.end;
  }
  if (closing != 0) {
    const std::size_t end = skip_few_blanks(text_, found.span.end);
    if (text_[end] == closing) found.span.end = end + 1;
  }
  found.days_end = found.span.end;
  return true;
}

std::size_t Reader::add(Found found) {
  name_days(named_, {{found.read.date.first, found.read.date.last}, found.read.firm, found.read.open != Open::none,
                     found.read.date.rule == "date.next-day" || found.read.date.rule == "date.day-before"});
  const std::size_t end = found.span.end;
  found_.push_back(std::move(found));
  return end;
}

/// 4/6・7, 来週の火・木: more days of the same month or week.
void Reader::take_list(const Term& term, const Found& first) {
  std::size_t end = first.span.end;
  int last = term.day;
  const bool month = term.slash && term.day != 0 && first.one_day;
  const bool week = (term.kind == Term::Kind::week || term.kind == Term::Kind::weekday) && term.weekday != 0 && first.one_day;
  if (!month && !week) return;
  const Days week_days = week_of(first.read.date.first);
  for (int i = 0; i < 12; ++i) {
    std::size_t at = skip_few_blanks(text_, end);
    const char32_t sign = text_[at];
    const bool word = text_.starts_with(at, U"または") || text_.starts_with(at, U"もしくは") || text_.starts_with(at, U"or");
    if (word) at += text_[at] == U'も' ? 4 : text_[at] == U'ま' ? 3 : 2;
    else if (sign == U'・' || sign == U'、' || sign == ',' || sign == U'か' || sign == U'と' || sign == '/' || sign == U'や') ++at;
    else if (!(week && weekday_letter(sign) != 0)) return;
    at = skip_few_blanks(text_, at);
    std::optional<Term> more;
    if (month && sign != '/') {
      more = read_further_day(text_, at, last);
      if (more && sign == U'、' && !more->weekday_in_brackets && text_[more->span.end - 1] != U'日') return;
    }
    if (week) {
      if (weekday_letter(text_[at]) == 0) return;
      more = read_further_weekday(text_, at);
    }
    if (!more || range_end(*more)) return;
    Found found = first;
    found.span = more->span;
    found.days_end = more->span.end;
    const CivilDay day = month ? CivilDay{first.read.date.first.year, first.read.date.first.month, more->day}
                               : plus_days(week_days.first, more->weekday - 1);
    if (!is_valid(day)) return;
    found.read.date.first = found.read.date.last = day;
    found.read.date.minute = found.read.date.end_minute = -1;
    found.read.date.precision = Precision::day;
    found.read.date.weekday_mismatch = month && more->weekday != 0 && weekday_of(day) != more->weekday;
    if (first.read.open == Open::weekday) found.read.number = more->weekday;
    last = more->day;
    end = found.span.end;
    take_clocks(std::move(found));
    end = std::max(end, found_.back().span.end);
  }
}

bool evening_near(const Text& text, Span span) {
  static constexpr auto words = std::to_array<Words>({U"夜", U"ディナー", U"宴会", U"飲み会", U"晩", U"懇親会", U"忘年会", U"新年会", U"歓送迎会", U"歓迎会", U"送別会", U"会食", U"コース", U"夕食"});
  return any_within(text, span, words);
}

Span around(const Text& text, std::size_t begin, std::size_t end) {
  const std::size_t from = begin > 40 ? begin - 40 : 0;
  return {from, std::min(end + 40, text.size())};
}

/// Where a time may begin behind a day: over の, は, 、 and blanks, over the end of a line.
std::size_t clock_place(const Text& text, std::size_t end) {
  static constexpr auto joins = std::to_array<Words>({U"の", U"に", U"は", U"、", U",", U" ", U"\t", U":", U"(", U"当日", U"も", U"なら", U"で", U"が", U"・", U"@", U"|", U"】", U"/", U"の午後の", U"T", U"[",
                                                      U"〜", U"祝", U"夜", U"夕方", U"お昼", U")"});
  std::size_t at = end;
  for (int i = 0; i < 6; ++i) {
    if (read_clock(text, at)) return at;
    const auto join = std::find_if(joins.begin(), joins.end(), [&](Words word) { return text.starts_with(at, word); });
    if (join != joins.end()) {
      at += join->size();
    } else if (text[at] == '\n' && i < 4) {
      ++at;
      for (int blank = 0; blank < 4 && (is_blank(text[at]) || text[at] == U'・' || text[at] == '-' || text[at] == U'■' || text[at] == U'●'); ++blank) ++at;
      static constexpr auto labels = std::to_array<Words>({U"時間:", U"時刻:", U"開始:", U"時間", U"時刻", U"開始時間:", U"開始時刻:"});
      for (const Words label : labels)
        if (text.starts_with(at, label)) {
          at += label.size();
          break;
        }
      return read_clock(text, skip_few_blanks(text, at)) ? skip_few_blanks(text, at) : nowhere;
    } else {
      return nowhere;
    }
  }
  return nowhere;
}

/// Adds the day with the times that stand beside it: one date for each.
void Reader::take_clocks(Found found) {
  if (!found.one_day || found.read.date.precision == Precision::time) {
    add(std::move(found));
    return;
  }
  std::size_t at = clock_place(text_, found.span.end);
  const Found day = found;
  bool first = true;
  while (at != nowhere) {
    auto clock = read_clock(text_, at);
    if (clock && evening_near(text_, around(text_, day.span.begin, at))) clock = read_clock(text_, at, true);
    if (!clock) break;
    Found timed = day;
    timed.read.date.minute = clock->minute;
    timed.read.date.end_minute = clock->end_minute;
    timed.read.date.precision = Precision::time;
    if (!first) timed.span.begin = clock->span.begin;
    timed.span.end = clock->span.end;
    // 4/1 10:00〜4/2 17:00
    if (clock->end_minute < 0) {
      std::size_t next = skip_few_blanks(text_, clock->span.end);
      const bool words = text_.starts_with(next, U"から");
      if (sign_of_range(text_[next]) || words) {
        next = skip_few_blanks(text_, next + (words ? 2 : 1));
        const auto last = may_begin_term(text_[next]) ? read_term(text_, next) : std::nullopt;
        Found whole = day;
        Term begin;
        begin.kind = Term::Kind::calendar;
        begin.span = clock->span;
        begin.month = day.read.date.first.month, begin.day = day.read.date.first.day;
        if (last && last->is_day() && join_range(whole, begin, *last)) {
          const std::size_t end_place = clock_place(text_, last->span.end);
          const auto end = end_place == nowhere ? std::nullopt : read_clock(text_, end_place);
          if (end) {
            timed.read.date.last = whole.read.date.last;
            timed.read.date.end_minute = end->minute;
            timed.span.end = end->span.end;
          } else {
            whole.span.begin = timed.span.begin;
            add(std::move(whole));
            return;
          }
        }
      }
    }
    const std::size_t end = timed.span.end;
    add(std::move(timed));
    first = false;
    // 10時か15時, 10:00〜12:00、13:00〜15:00
    std::size_t next = skip_few_blanks(text_, end);
    if (text_[next] == '~') next = skip_few_blanks(text_, next + 1);
    static constexpr auto joins = std::to_array<Words>({U"または", U"もしくは", U"or", U"か", U"、", U"・", U",", U"と", U"/"});
    const auto join = std::find_if(joins.begin(), joins.end(), [&](Words word) { return text_.starts_with(next, word); });
    if (join == joins.end()) return;
    at = skip_few_blanks(text_, next + join->size());
    // ... unless that begins another day.
    if (may_begin_term(text_[at]) && read_term(text_, at)) return;
  }
  if (first) add(std::move(found));
}

std::size_t Reader::take(Term term) {
  const std::size_t resume = term.span.end;
  static constexpr auto expose = std::to_array<Words>({U"説", U"発", U"証", U"判", U"照", U"表", U"透", U"賢", U"声", U"文", U"解", U"究", U"克", U"鮮", U"簡", U"失", U"自", U"弁", U"釈"});
  static constexpr auto base_day = std::to_array<Words>({U"基", U"見", U"標", U"日", U"絵", U"台", U"資"});
  const char32_t c = text_[term.span.begin];
  if ((c == U'明' && any_before(text_, term.span.begin, expose)) ||
      (c == U'本' && any_before(text_, term.span.begin, base_day)) || (c == U'年' && text_[term.span.begin - 1] == U'学'))
    return resume;
  if (is_recurring(term) || is_of_terms(term)) {
    rejected_end_ = resume;
    // 毎週火曜〜木曜
    if (const auto last = range_end(term)) rejected_end_ = last->span.end;
    return rejected_end_;
  }
  if (term.kind == Term::Kind::count && !count_stands(term)) return resume;
  static constexpr auto other_day = std::to_array<Words>({U"明けの", U"明け"});
  if (term.kind != Term::Kind::week && any_at(text_, term.span.end, other_day) && term.part != Part::first) return resume;
  // ご注文の翌日, 納品月の翌月: only if what it follows has a day.
  if (term.base == Term::Base::anchor && term.kind != Term::Kind::count) {
    const std::size_t begin = term.span.begin;
    const bool behind_date = !found_.empty() && begin - found_.back().span.end <= 1;
    term.chained = text_.ends_with(begin, U"その");
    if (text_[begin - 1] == U'の' && !behind_date && !text_.ends_with(begin, U"その")) {
      if (term.month_shifted || text_.ends_with(begin, U"月の")) return resume;
      term.needs_anchor = true;
    }
  }
  const auto last = range_end(term);
  // 月曜〜金曜: every week.
  if (last && term.kind == Term::Kind::weekday && !term.next_only && last->kind == Term::Kind::weekday && term.weekday == 1 && last->weekday >= 5 && named_.empty())
    return rejected_end_ = last->span.end;
  Lean lean = lean_behind(text_, last ? last->span.end : term.span.end);
  // 12/29〜1/3, 12/29に: of what is to come, if no verb says otherwise.
  if (lean == Lean::none && (last || any_at(text_, term.span.end, std::to_array<Words>({U"に", U"で", U"まで"})))) lean = Lean::ahead;
  auto found = resolve(term, lean);
  if (!found) return resume;
  if (last && join_range(*found, term, *last)) {
    take_clocks(std::move(*found));
    return found_.back().span.end;
  }
  if (join_same(*found, term)) join_same(*found, term);
  // 10/20の週
  if (found->one_day && text_.starts_with(found->span.end, U"の週") && text_[found->span.end + 2] != U'間' && found->read.open == Open::none) {
    const Days week = week_of(found->read.date.first);
    const bool weekend = text_[found->span.end + 2] == U'末';
    found->read.date.first = weekend ? plus_days(week.first, 5) : week.first;
    found->read.date.last = week.last;
    found->read.date.precision = Precision::range;
    found->one_day = false;
    found->span.end = found->days_end = found->span.end + (weekend ? 3 : 2);
  }
  const Found first = *found;
  take_clocks(std::move(*found));
  Found listed = first;
  listed.span.end = found_.back().span.end;
  take_list(term, listed);
  return found_.back().span.end;
}

void Reader::attach_distant_clocks() {
  static constexpr auto not_of_the_day = std::to_array<Words>({U"営業", U"受付", U"定休", U"電話", U"門限", U"平日", U"先ほど", U"さっき", U"お問い合わせ", U"対応時間", U"稼働", U"開館"});
  static constexpr auto goes_on = std::to_array<Words>({U"に", U"から", U"~", U"で", U"頃", U"ごろ", U"集合", U"開始", U"スタート", U"着", U"出発", U"予定", U"開演", U"は", U"です", U"くらい", U"ぐらい", U"-", U"より", U"なら",
                                                        U"過ぎ", U"まで", U"到着", U"以降", U"発", U"、", U"。", U"\n", U" ", U"か", U"が", U"でし", U"の", U"？", U"?", U"って", U"だ", U"ね", U")"});
  bool only = true;
  for (const Found& found : found_)
    if (found.read.date.precision == Precision::time || (found.one_day && found.read.date.first != found_.front().read.date.first) ||
        !found_.front().one_day)
      only = false;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    Found& found = found_[i];
    if (!found.one_day || found.read.date.precision == Precision::time) continue;
    const std::size_t next = i + 1 < found_.size() ? found_[i + 1].span.begin : text_.size();
    const std::size_t most = std::min(next, found.span.end + (only ? clock_gap_only_day : clock_gap));
    int ends = 0;
    for (std::size_t at = found.span.end; at < most; ++at) {
      const char32_t c = text_[at];
      if (c == U'。' || c == '\n' || c == U'！' || c == '!' || c == U'？' || c == '?') {
        if (!only || ++ends > 2) break;
        continue;
      }
      if (!may_begin_clock(c) || (is_digit(c) && (is_digit(text_[at - 1]) || text_[at - 1] == ':' || text_[at - 1] == '.' || text_[at - 1] == ','))) continue;
      if (at > 0 && is_kanji_number(c) && is_kanji(text_[at - 1])) continue;
      auto clock = read_clock(text_, at);
      if (!clock) continue;
      if (evening_near(text_, around(text_, found.span.begin, at))) clock = read_clock(text_, at, true);
      if (clock->span.end > most && next != text_.size() && clock->span.end > next) break;
      const Span gap{found.span.end, at};
      // In the next sentence the time is of this day only if both lie ahead.
      static constexpr auto other_matter = std::to_array<Words>({U"電話", U"連絡", U"返信", U"メール"});
      if (ends > 0 && (ends > 1 || found.read.lean == Lean::past || found.read.date.first < today_ ||
                       any_within(text_, {clock->span.end, std::min(clock->span.end + 8, text_.size())}, other_matter)) &&
          text_.chars(gap).find(U"時間") == Words::npos)
        break;
      if (any_within(text_, {gap.begin > 8 ? gap.begin - 8 : 0, gap.end}, not_of_the_day)) break;
      if (text_[clock->span.end] != 0 && !any_at(text_, clock->span.end, goes_on) && !is_kanji(text_[clock->span.end])) break;
      found.read.date.minute = clock->minute;
      found.read.date.end_minute = clock->end_minute;
      found.read.date.precision = Precision::time;
      if (gap.size() <= 6 && ends == 0) found.span.end = clock->span.end;
      break;
    }
    if (only) break;
  }
}

void Reader::give_roles() {
  std::vector<bool> sure(found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i) {
    Found& found = found_[i];
    CuePlace place{found.span};
    place.from = i > 0 ? found_[i - 1].span.end : 0;
    place.to = i + 1 < found_.size() ? found_[i + 1].span.begin : text_.size();
    place.within = found.within && (text_.ends_with(found.days_end, U"以内") || text_.ends_with(found.days_end, U"内") ||
                                    text_.ends_with(found.days_end, U"いっぱい"));
    place.span = found.from_to;
    place.timed = found.read.date.precision == Precision::time;
    const RoleFound role = role_of(text_, place);
    found.read.date.role = role.role;
    sure[i] = role.sure;
  }
  // 4/1か4/2に打ち合わせ: what is said of the last of a row is said of all.
  static constexpr auto joins = std::to_array<Words>({U"か", U"と", U"や", U"、", U"・", U",", U"または", U"もしくは", U"or", U"/", U" ", U"か、", U"、または", U"、もしくは", U"\n", U"~", U"も", U"、あるいは", U"か,"});
  for (std::size_t i = found_.size(); i-- > 1;) {
    if (sure[i - 1] || found_[i].span.begin < found_[i - 1].span.end || found_[i].span.begin - found_[i - 1].span.end > 5) continue;
    const Words between = text_.chars({found_[i - 1].span.end, found_[i].span.begin});
    if (std::find(joins.begin(), joins.end(), between) == joins.end() || !sure[i]) continue;
    found_[i - 1].read.date.role = found_[i].read.date.role;
    sure[i - 1] = true;
  }
  // ご希望日：①4/1 ②4/2
  for (std::size_t i = 1; i < found_.size(); ++i) {
    if (sure[i] || !sure[i - 1] || found_[i].span.begin < found_[i - 1].span.end || found_[i].span.begin - found_[i - 1].span.end > 5) continue;
    const Words between = text_.chars({found_[i - 1].span.end, found_[i].span.begin});
    if (std::any_of(between.begin(), between.end(), [](char32_t c) { return is_kanji(c) || is_hiragana(c) || c == '\n'; })) continue;
    found_[i].read.date.role = found_[i - 1].read.date.role;
    sure[i] = true;
  }
  // Rows of a list have their heading's.
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (sure[i]) continue;
    const std::size_t line = text_.line_of(found_[i].span.begin);
    const std::size_t begin = text_.lines()[line].span.begin;
    if (line == 0) continue;
    const Words whole = text_.chars(text_.lines()[line].span).substr(0, 200);
    const bool row = std::count_if(whole.begin(), whole.end(), [](char32_t c) { return c == '|' || c == '\t' || c == ' '; }) >= 3 &&
                     whole.find(U'。') == Words::npos;
    if (found_[i].span.begin - begin > 6 && !row) continue;
    const RoleFound role = role_of_heading(text_, line);
    if (role.sure) found_[i].read.date.role = role.role;
  }
}

std::vector<ReadDate> Reader::collect() {
  std::vector<ReadDate> dates;
  SameDates same;
  for (Found& found : found_) {
    found.read.date.place = text_.bytes(found.span);
    // An open date may yet become another than one that has the same value now; settle() looks again.
    const std::size_t place = same.first_with(found.read.date, dates.size());
    if (place < dates.size() && (found.read.open == Open::none) == (dates[place].open == Open::none)) {
      ReadDate& first = dates[place];
      first.date.again.push_back(found.read.date.place);
      if (first.date.role == DateRole::mention) first.date.role = found.read.date.role;
      first.date.weekday_mismatch = first.date.weekday_mismatch || found.read.date.weekday_mismatch;
      continue;
    }
    dates.push_back(std::move(found.read));
  }
  return dates;
}

} // namespace

std::vector<ReadDate> read_dates(const Text& text, Moment sent) { return Reader(text, sent).read(); }

} // namespace genchi::facts
