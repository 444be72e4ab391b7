#include "facts/dates.hpp"

#include <algorithm>
#include <array>

#include "facts/date_cues.hpp"
#include "facts/date_parts.hpp"
#include "facts/date_reader.hpp"
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
#define GENCHI_TERMS_OF_COUNTS
constexpr auto terms_of_counts = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_TERMS_OF_COUNTS
#define GENCHI_EVENTS_BEFORE
constexpr auto events_before = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_EVENTS_BEFORE
#define GENCHI_ABOUT
constexpr auto about = std::to_array<Words>({
#include "facts/date_words.inc"
});
#undef GENCHI_ABOUT
#define GENCHI_BEGINS_OTHER_WORD
constexpr auto begins_other_word = std::to_array<std::array<Words, 2>>({
#include "facts/date_words.inc"
});
#undef GENCHI_BEGINS_OTHER_WORD

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
// General terms of payment (月末締め翌月末払い) reach so far; what is linked to 毎月5日 stands so near.
constexpr std::size_t terms_reach = 40, link_reach = 4;
// 4/1の納品後10日以内: so much may stand between the day and what is counted from it.
constexpr std::size_t event_reach = 14;

} // namespace

std::vector<ReadDate> DateReader::read() {
  for (const Text::Line& line : text_.lines())
    if (line.own) read_line(line.span);
  attach_distant_clocks();
  give_roles();
  return collect();
}

void DateReader::read_line(Span line) {
  for (std::size_t at = line.begin; at < line.end;) {
    const char32_t c = text_[at];
    if (!may_begin_term(c)) {
      ++at;
      continue;
    }
    if (c == U'末' && (text_[at + 1] == U'締' || text_[at + 1] == U'〆'))
      terms_end_ = at + terms_reach; // 末締め翌月払い
    if (is_digit(c) && at > line.begin && is_digit(text_[at - 1])) {
      at = number_run_end(text_, at);
      continue;
    }
    const auto term = read_term(text_, at);
    if (term && term->span.end <= line.end) {
      at = std::max(take(*term), at + 1);
    } else if (is_digit(c)) {
      while (is_digit(text_[at])) ++at;
    } else if (is_kanji_number(c)) {
      while (is_kanji_number(text_[at])) ++at;
    } else {
      ++at;
    }
  }
}

/// 説明日 is no 明日, 基本日 no 本日.
bool DateReader::is_other_word(const Term& term) const {
  const std::size_t begin = term.span.begin;
  return std::any_of(begins_other_word.begin(), begins_other_word.end(), [&](const auto& word) {
    return text_.starts_with(begin, word[1]) && text_.ends_with(begin, word[0]);
  });
}

/// 毎週水曜, 毎月5日・20日
bool DateReader::is_recurring(const Term& term) const {
  const std::size_t begin = term.span.begin;
  if (term.kind == Term::Kind::day) return false;
  if (any_before(text_, begin, recurring_before)) return true;
  if (rejected_end_ == nowhere || begin < rejected_end_ || begin - rejected_end_ > link_reach) return false;
  static constexpr auto joins =
      std::to_array<Words>({U"・", U"、", U",", U"と", U"や", U"か", U"~", U"-", U"/", U" ", U"または",
                            U"から", U"及び", U"および", U""});
  return std::find(joins.begin(), joins.end(), text_.chars({rejected_end_, begin})) != joins.end();
}

/// 月末締め翌月末払い: no dates. 3月末締め・4月末払い has some.
bool DateReader::is_of_terms(const Term& term) {
  static constexpr auto closes = std::to_array<Words>({U"締", U"〆", U"で締", U"に締", U"で〆"});
  static constexpr auto limit = std::to_array<Words>(
      {U"締切", U"締め切", U"〆切", U"締めき", U"で締切", U"で締め切", U"で〆切", U"に締切", U"に締め切"});
  static constexpr auto pays = std::to_array<Words>({U"払", U"支払", U"お支払", U"現金", U"振込", U"お振込",
                                                     U"入金", U"引落", U"口座", U"の支払", U"にお支払"});
  const std::size_t end = term.span.end, begin = term.span.begin;
  const bool of_some_month = term.kind == Term::Kind::calendar && term.month == 0 && term.year == 0 &&
                             !term.year_shifted && !term.month_shifted &&
                             (term.day != 0 || term.part != Part::whole);
  const bool this_month = text_.starts_with(begin, U"当月");
  static constexpr auto closing_day =
      std::to_array<Words>({U"締日は", U"締め日は", U"締日:", U"締め日:", U"〆日は", U"〆日:", U"締めは",
                            U"締日が", U"締日 ", U"締め日 "});
  const bool closed =
      (any_at(text_, end, closes) && !any_at(text_, end, limit)) || any_before(text_, begin, closing_day);
  if ((of_some_month || this_month) && closed) {
    terms_end_ = end + terms_reach;
    return true;
  }
  if (begin < terms_end_ && (term.base == Term::Base::anchor || of_some_month)) return true;
  if (term.base != Term::Base::anchor || !term.month_shifted) return false;
  const bool beside =
      !found_.empty() && found_.back().span.end < begin && begin - found_.back().span.end < 12;
  return !beside && any_at(text_, end, pays);
}

/// ご注文の翌日, 納品月の翌月: only if what it follows has a day.
bool DateReader::anchor_stands(Term& term) const {
  const std::size_t begin = term.span.begin;
  term.chained = text_.ends_with(begin, U"その");
  static constexpr auto links = std::to_array<Words>({U"", U"の", U"締めの", U"締の", U"〆の"});
  const bool behind_date =
      !found_.empty() && begin - found_.back().span.end <= 3 &&
      std::find(links.begin(), links.end(), text_.chars({found_.back().span.end, begin})) != links.end();
  if (text_[begin - 1] != U'の' || behind_date || term.chained) return true;
  if (term.month_shifted || text_.ends_with(begin, U"月の")) return false;
  term.needs_anchor = true;
  return true;
}

/// キャンセルは3日前まで, 1週間前にご連絡ください: before something to come, of which no day is named.
bool DateReader::count_is_ahead_of_something(const Term& term) const {
  static constexpr auto limits =
      std::to_array<Words>({U"まで", U"予約", U"割", U"納", U"必着", U"以前", U"予告", U"通知", U"告知"});
  static constexpr auto roughly = std::to_array<Words>(
      {U"くらいに", U"ぐらいに", U"くらいまで", U"ぐらいまで", U"くらいから", U"ぐらいから"});
  const std::size_t end = term.span.end;
  if (any_at(text_, end, limits)) return true;
  // 3日前の17日までに: the day itself is said.
  if (text_[end] == U'の' && may_begin_term(text_[end + 1])) {
    const auto day = read_term(text_, end + 1);
    if (day && day->is_day()) return true;
  }
  if (text_.starts_with(end, U"から"))
    return any_within(text_, {end, std::min(end + 14, text_.size())}, terms_of_counts);
  return (text_[end] == U'に' || any_at(text_, end, roughly)) && lean_behind(text_, end) == Lean::ahead;
}

/// 4/1から10日以内, 1/24の撮影から2週間後: from a day that stands before it.
bool DateReader::counts_from_date(const Term& term, std::size_t before) const {
  static constexpr auto beside = std::to_array<Words>({U"の", U"から", U"より", U""});
  static constexpr auto since = std::to_array<Words>({U"から", U"より", U"の", U"後"});
  if (found_.empty() || found_.back().span.end > before || before - found_.back().span.end > event_reach)
    return false;
  const Words between = text_.chars({found_.back().span.end, before});
  if (std::find(beside.begin(), beside.end(), between) != beside.end()) return true;
  return term.kind == Term::Kind::count && found_.back().one_day && between.size() > 2 &&
         between[0] == U'の' && between.find_first_of(U"、。\nは") == Words::npos &&
         any_before(text_, before, since);
}

/// ご注文後14日: counted from what has no day. その後14日に names one.
bool DateReader::is_count_after_event(const Term& term) const {
  const std::size_t after = text_.before_blanks(term.span.begin);
  if (term.kind != Term::Kind::calendar || term.day == 0 || term.month != 0 || term.month_shifted ||
      after < 3 || text_[after - 1] != U'後')
    return false;
  return is_kanji(text_[after - 2]) && Words(U"午今以最直前").find(text_[after - 2]) == Words::npos;
}

/// Says what a count counts from; false: from something that has no day.
bool DateReader::count_stands(Term& term) const {
  std::size_t before = text_.before_blanks(term.span.begin);
  for (const Words word : about)
    if (text_.ends_with(before, word)) {
      before -= word.size();
      break;
    }
  if (counts_from_date(term, before)) {
    term.base = Term::Base::before;
    return true;
  }
  if (term.number < 0 && count_is_ahead_of_something(term)) return false;
  if (text_.ends_with(before, U"その")) {
    term.base = Term::Base::anchor;
    return term.chained = true;
  }
  const std::size_t behind_pause = before;
  while (before > 0 &&
         (is_blank(text_[before - 1]) || Words(U"、はも").find(text_[before - 1]) != Words::npos))
    --before;
  const bool paused = before != behind_pause;
  for (const Words from : {Words(U"から"), Words(U"より")}) {
    static constexpr auto now =
        std::to_array<Words>({U"今", U"これ", U"本日", U"今日", U"ここ", U"現在", U"現時点"});
    if (!text_.ends_with(before, from)) continue;
    const std::size_t base = before - from.size();
    if (any_before(text_, base, now)) return true;
    if (text_.ends_with(base, U"それ")) {
      term.base = Term::Base::anchor;
      return true;
    }
    // ですから、 is a reason.
    return paused && (text_.ends_with(base, U"です") || text_.ends_with(base, U"ます"));
  }
  if (any_before(text_, before, events_before)) return false;
  const char32_t c = text_[before - 1];
  if (paused || before == 0 || c == '\n') return true;
  // 契約の3日後, 届いて3日以内, 納品3日後
  if (Words(U"のてたら").find(c) != Words::npos || text_.ends_with(before, U"んで")) return false;
  return !is_katakana(c) && !is_kanji(c);
}

void DateReader::add(FoundDate found) {
  const bool relative = found.read.date.rule == "date.next-day" || found.read.date.rule == "date.day-before";
  name_days(named_, {{found.read.date.first, found.read.date.last},
                     found.read.firm,
                     found.read.open != Open::none,
                     relative});
  found_.push_back(std::move(found));
}

std::size_t DateReader::take(Term term) {
  static constexpr auto to_come = std::to_array<Words>({U"に", U"で", U"まで"});
  const std::size_t resume = term.span.end;
  if (is_other_word(term)) return resume;
  if (is_recurring(term) || is_of_terms(term)) {
    const auto last = range_end(term); // 毎週火曜〜木曜
    return rejected_end_ = last ? last->span.end : resume;
  }
  if (is_count_after_event(term)) return resume;
  if (term.kind == Term::Kind::count && !count_stands(term)) return resume;
  if (term.kind != Term::Kind::week && text_.starts_with(resume, U"明け") && term.part != Part::first)
    return resume;
  if (term.base == Term::Base::anchor && term.kind != Term::Kind::count && !anchor_stands(term))
    return resume;
  const auto last = range_end(term);
  const bool working_week = last && term.kind == Term::Kind::weekday && !term.next_only &&
                            last->kind == Term::Kind::weekday && term.weekday == 1 && last->weekday >= 5 &&
                            named_.empty();
  if (working_week) return rejected_end_ = last->span.end; // 月曜〜金曜: every week
  Lean lean = lean_behind(text_, last ? last->span.end : resume);
  // 12/29〜1/3, 12/29に: of what is to come, if no verb says otherwise.
  if (lean == Lean::none && (last || any_at(text_, resume, to_come))) lean = Lean::ahead;
  auto found = resolve(term, lean);
  if (!found) return resume;
  if (last && join_range(*found, term, *last)) {
    take_clocks(std::move(*found));
    return found_.back().span.end;
  }
  if (join_same(*found, term)) join_same(*found, term);
  widen_to_week(*found);
  FoundDate first = *found;
  take_clocks(std::move(*found));
  first.span.end = found_.back().span.end;
  take_list(term, first);
  return found_.back().span.end;
}

std::vector<ReadDate> DateReader::collect() {
  std::vector<ReadDate> dates;
  SameDates same;
  for (FoundDate& found : found_) {
    found.read.date.place = text_.bytes(found.span);
    const std::size_t place = same.first_with(found.read.date, dates.size());
    // An open date may yet become another than one that has the same value now; settle() looks again.
    if (place < dates.size() && (found.read.open == Open::none) == (dates[place].open == Open::none)) {
      DateFact& first = dates[place].date;
      first.again.push_back(found.read.date.place);
      if (first.role == DateRole::mention) {
        first.role = found.read.date.role;
        dates[place].role_open = found.read.role_open;
      }
      first.weekday_mismatch = first.weekday_mismatch || found.read.date.weekday_mismatch;
      continue;
    }
    dates.push_back(std::move(found.read));
  }
  return dates;
}

std::vector<ReadDate> read_dates(const Text& text, Moment sent) {
  return DateReader(text, sent).read();
}

} // namespace genchi::facts
