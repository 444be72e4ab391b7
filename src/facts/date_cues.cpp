#include "facts/date_cues.hpp"

#include <algorithm>
#include <array>

#include "facts/date_words.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

struct RoleWord {
  Words word;
  DateRole role;
};
/// した may go on (したい, した場合); ましたら is a condition, which looks ahead.
enum class Tense : std::uint8_t { past, perhaps_past, condition };
struct PastWord {
  Words word;
  Tense tense;
};

#define GENCHI_ROLE_WORDS
constexpr auto role_words = std::to_array<RoleWord>({
#include "facts/date_cue_words.inc"
});
#undef GENCHI_ROLE_WORDS
#define GENCHI_PAST_WORDS
using enum Tense;
constexpr auto past_words = std::to_array<PastWord>({
#include "facts/date_cue_words.inc"
});
#undef GENCHI_PAST_WORDS
struct PlainWord {
  Words word;
};
#define GENCHI_AHEAD_WORDS
constexpr Words ahead_list[] = {
#include "facts/date_cue_words.inc"
};
#undef GENCHI_AHEAD_WORDS
#define GENCHI_NOT_PAST
constexpr auto not_past = std::to_array<Words>({
#include "facts/date_cue_words.inc"
});
#undef GENCHI_NOT_PAST

constexpr std::size_t look_behind = 60, look_after = 40, look_before = 28;
constexpr int other_clause = 25;

const WordTable<RoleWord>& roles() {
  static const WordTable<RoleWord> table{std::span<const RoleWord>(role_words)};
  return table;
}
const WordTable<PastWord>& pasts() {
  static const WordTable<PastWord> table{std::span<const PastWord>(past_words)};
  return table;
}
std::vector<PlainWord> rows_of(std::span<const Words> words) {
  std::vector<PlainWord> rows;
  for (const Words word : words) rows.push_back({word});
  return rows;
}
const WordTable<PlainWord>& aheads() {
  static const std::vector<PlainWord> rows = rows_of(ahead_list);
  static const WordTable<PlainWord> table{std::span<const PlainWord>(rows)};
  return table;
}
const WordTable<PlainWord>& not_pasts() {
  static const std::vector<PlainWord> rows = rows_of(not_past);
  static const WordTable<PlainWord> table{std::span<const PlainWord>(rows)};
  return table;
}

bool ends_sentence(char32_t c) {
  switch (c) {
  case 0:
  case '\n':
  case U'。':
  case U'！':
  case U'？':
  case '!':
  case '?':
  case U'…':
    return true;
  default:
    return false;
  }
}

/// Ends at a sentence's end or after `most` characters.
std::size_t sentence_end(const Text& text, std::size_t at, std::size_t most) {
  std::size_t end = at;
  while (end - at < most && !ends_sentence(text[end])) ++end;
  return end;
}
std::size_t sentence_begin(const Text& text, std::size_t at, std::size_t most) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < most && !ends_sentence(text[begin - 1])) --begin;
  return begin;
}

struct Hit {
  DateRole role = DateRole::mention;
  int distance = 1000;
  std::size_t at = 0;
  bool label = false;
};

/// The nearest word of each role.
struct Hits {
  std::array<Hit, 5> of;
  void take(Hit hit) {
    Hit& best = of[static_cast<std::size_t>(hit.role)];
    if (hit.distance < best.distance) best = hit;
  }
  const Hit& operator[](DateRole role) const { return of[static_cast<std::size_t>(role)]; }
  const Hit& nearest() const {
    return *std::min_element(of.begin(), of.end(),
                             [](const Hit& a, const Hit& b) { return a.distance < b.distance; });
  }
};

void take_after(const Text& text, std::size_t end, std::size_t to, Hits& hits) {
  int clauses = 0;
  for (std::size_t at = end; at < to;) {
    if (text[at] == U'、') ++clauses;
    const RoleWord* word = roles().at(text, at);
    if (!word) {
      ++at;
      continue;
    }
    // 見積をお送りします: what is sent says less than that it is.
    const int weak = word->role == DateRole::mention && is_kanji(text[at]) && text[at] != U'返' &&
                             text[at] != U'連' && text[at] != U'回'
                         ? 12
                         : 0;
    hits.take({word->role, static_cast<int>(at - end) + clauses * other_clause + weak, at, false});
    at += word->word.size();
  }
}

/// 納期は, ご来店希望日：, 【支払期限】: nothing but what belongs to a label between the word and the day.
bool is_label(const Text& text, std::size_t word_end, std::size_t date) {
  static constexpr Words allowed =
      U"日時限希望予定はが: (【】『』」)|\t-の間ご期第一二三候補案番地>→=/;■●お様";
  if (date - word_end > 10) return false;
  for (std::size_t at = word_end; at < date; ++at)
    if (allowed.find(text[at]) == Words::npos) return false;
  return true;
}

void take_before(const Text& text, std::size_t from, std::size_t date, Hits& hits) {
  for (std::size_t at = from; at < date;) {
    const RoleWord* word = roles().at(text, at);
    if (!word || at + word->word.size() > date) {
      ++at;
      continue;
    }
    const std::size_t end = at + word->word.size();
    // 請求日：, but not 11月末締め12月25日払い.
    const bool named = word->role != DateRole::mention || text[end - 1] == U'日' || text[end] == U'日' ||
                       text[end] == ':' || text[end] == U'は';
    const bool label = named && is_label(text, end, date);
    int distance = static_cast<int>(date - end) + 4;
    for (std::size_t i = end; i < date; ++i)
      if (text[i] == U'、') distance += other_clause;
    if (label) distance = static_cast<int>(date - end) / 4;
    // 見積の件、4/10に: such a word is said of something else, unless it is the label of the day.
    if (label || word->role != DateRole::mention) hits.take({word->role, distance, at, label});
    at = end;
  }
}

bool deadline_marked(const Text& text, std::size_t end, const CuePlace& place) {
  static constexpr auto markers = std::to_array<Words>(
      {U"まで",   U"迄",       U"必着",   U"〆",     U"締切",     U"締め切", U"が締切", U"が締め切",
       U"が期限", U"期限",     U"が〆",   U"を期限", U"を目途",   U"を目処", U"をめど", U"(必着",
       U"頃まで", U"ごろまで", U"中まで", U"中必着", U"しめきり", U"着で"});
  static constexpr auto lasting =
      std::to_array<Words>({U"お休", U"休", U"不在", U"出張", U"開催", U"営業", U"の間", U"続", U"です。休",
                            U"滞在", U"の期間", U"の契約", U"入院"});
  if (place.within) return true;
  std::size_t at = end;
  while (at - end < 2 && (text[at] == ' ' || text[at] == U'中' || text[at] == U'付')) ++at;
  if (!any_at(text, at, markers)) return false;
  if (text.starts_with(at, U"まで") && any_at(text, at + 2, lasting)) return false;
  return !place.span || !text.starts_with(at, U"まで");
}

/// 3月分の請求書, 20日締めで: what is paid for, not when.
bool is_accounted(const Text& text, const CuePlace& place) {
  static constexpr auto closes = std::to_array<Words>({U"締", U"〆", U"で締", U"に締"});
  static constexpr auto limits = std::to_array<Words>(
      {U"締切", U"締め切", U"〆切", U"で締め切", U"に締め切", U"締切り", U"で締切", U"に締切"});
  const std::size_t end = place.date.end;
  const bool share = (text[end] == U'分' && text[end - 1] == U'月') || text.ends_with(end, U"月分");
  return (share && !place.timed) || (any_at(text, end, closes) && !any_at(text, end, limits));
}

bool asks(const Text& text, Span span) {
  static constexpr auto words = std::to_array<Words>({U"ください", U"下さい", U"お願い", U"いただ", U"頂",
                                                      U"くれ", U"もらえ", U"ほしい", U"欲し", U"ちょうだい"});
  return any_within(text, span, words);
}

bool is_invoice(const Text& text, Span span) {
  static constexpr auto words =
      std::to_array<Words>({U"請求", U"支払", U"振込", U"振り込", U"入金", U"代金"});
  return any_within(text, span, words);
}

} // namespace

Lean lean_behind(const Text& text, std::size_t end) {
  const std::size_t to = sentence_end(text, end, look_behind);
  static constexpr auto goes_on = std::to_array<Words>(
      {U"い", U"ら", U"く", U"方", U"場合", U"うえ", U"上で", U"後", U"がって", U"ほう", U"あと"});
  bool soft = false;
  for (std::size_t at = end; at < to; ++at) {
    if (const PastWord* word = pasts().at(text, at)) {
      const std::size_t behind = at + word->word.size();
      if ((word->tense == Tense::perhaps_past && any_at(text, behind, goes_on)) || text[behind] == U'い' ||
          text[behind] == U'く' || (text[behind] == U'だ' && text[behind - 1] == U'た'))
        continue;
      if (word->tense == Tense::condition || text[behind] == U'ら') return Lean::ahead;
      // 4/10に変更しました says nothing about when 4/10 is.
      for (std::size_t i = at - std::min<std::size_t>(at - end, 14); i < at; ++i)
        if (not_pasts().at(text, i)) return Lean::none;
      return Lean::past;
    }
    if (const PlainWord* word = aheads().at(text, at)) {
      const Words said = word->word;
      if (said == U"まで" || said == U"迄" || said == U"予定" || said == U"希望" || said == U"締切" ||
          said == U"期限" || said == U"納期" || said == U"締め切" || said == U"する" || said == U"来る" ||
          said == U"行く") {
        soft = true;
        at += said.size() - 1;
        continue;
      }
      return Lean::ahead;
    }
  }
  return soft ? Lean::ahead : Lean::none;
}

RoleFound role_of(const Text& text, const CuePlace& place) {
  const std::size_t end = place.date.end, begin = place.date.begin;
  if (is_accounted(text, place)) return {DateRole::mention, true};
  const std::size_t to = std::min(place.to, sentence_end(text, end, look_after));
  const std::size_t from = std::max(place.from, sentence_begin(text, begin, look_before));
  Hits after, before;
  if (to > end) take_after(text, end, to, after);
  if (begin > from) take_before(text, from, begin, before);
  const Hit label = before.nearest().label ? before.nearest() : Hit{};
  const auto nearer = [&](DateRole role) { return std::min(after[role].distance, before[role].distance); };

  const bool marked = deadline_marked(text, end, place);
  const bool named_deadline = label.label && label.role == DateRole::deadline;
  if (marked || named_deadline) {
    const int limit = named_deadline ? 12 : other_clause;
    const int paid = nearer(DateRole::payment), delivered = nearer(DateRole::delivery);
    static constexpr auto answers =
        std::to_array<Words>({U"ご連絡", U"ご返", U"お返", U"ご回答", U"お知らせ", U"ご確認", U"教えて",
                              U"返事", U"返信", U"連絡", U"回答"});
    const bool answer = !before.nearest().label && any_within(text, {end, to}, answers) &&
                        after[DateRole::payment].distance > 4;
    if (!answer && paid < limit && paid <= delivered) return {DateRole::payment, true};
    if (!answer && delivered < limit) return {DateRole::delivery, true};
    const bool due = named_deadline || text.starts_with(end, U"期限");
    const std::size_t back = std::min<std::size_t>(begin, 60);
    if (due && is_invoice(text, {begin - back, sentence_end(text, end, 40)}) &&
        !text.ends_with(begin, U"有効期限") && !text.ends_with(begin, U"有効期限:"))
      return {DateRole::payment, true};
    return {DateRole::deadline, true};
  }
  if (label.label) return {label.role, true};
  static constexpr auto arrives =
      std::to_array<Words>({U"着", U"午前着", U"午後着", U"指定", U"配達", U"午前中着"});
  if (any_at(text, end, arrives) && text[end + 1] != U'手' && text[end + 1] != U'工' &&
      text[end + 1] != U'付')
    return {DateRole::delivery, true};
  if ((text.starts_with(end, U"中に") || text.ends_with(end, U"中")) && asks(text, {end, to}) &&
      nearer(DateRole::payment) > 12 && nearer(DateRole::delivery) > 12)
    return {DateRole::deadline, true};
  const Hit& behind = after.nearest();
  const Hit& ahead = before.nearest();
  const Hit& best = ahead.distance < behind.distance ? ahead : behind;
  if (best.distance < 1000) {
    if (best.role == DateRole::mention && place.timed && after[DateRole::appointment].distance < 1000)
      return {DateRole::appointment, true};
    return {best.role, true};
  }
  static constexpr auto halves = std::to_array<Words>(
      {U"午前", U"午後", U"の午前", U"の午後", U"の夕方", U"夕方", U"の朝", U"の夜", U"夜", U"のお昼"});
  if (place.timed || any_at(text, end, halves)) return {DateRole::appointment, false};
  return {};
}

RoleFound role_of_heading(const Text& text, std::size_t line) {
  // The nearest line above that is short and no row of the list itself.
  int blank = 0;
  for (std::size_t up = 1; up <= 8 && up <= line; ++up) {
    const Text::Line& above = text.lines()[line - up];
    const std::size_t size = above.span.size();
    if (size == 0 && ++blank > 1) return {};
    if (size == 0 || size > 60) continue;
    Hits hits;
    take_after(text, above.span.begin, above.span.end, hits);
    const Hit& nearest = hits.nearest();
    if (nearest.distance == 1000 || is_letter(text[above.span.begin])) continue;
    if (hits[DateRole::payment].distance < 1000) return {DateRole::payment, true};
    if (hits[DateRole::delivery].distance < 1000) return {DateRole::delivery, true};
    if (hits[DateRole::appointment].distance < 1000) return {DateRole::appointment, true};
    return {nearest.role, true};
  }
  return {};
}

} // namespace genchi::facts
