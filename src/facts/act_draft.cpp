#include "facts/act_draft.hpp"

#include <algorithm>

namespace genchi::facts {
namespace {

constexpr std::size_t most_marks = 4096;
constexpr std::size_t clause_reach = 120; // no clause is looked at further than this
constexpr std::size_t most_terms = 1024;  // looked at; few are kept
constexpr std::size_t term_reach = 8;     // characters between a figure's beginning and なら

bool is_end(char32_t c) {
  return c == '\n' || c == U'、' || c == '?';
}

/// Clock times and counts, which the dates leave out when no day stands with them.
class FigureScan {
 public:
  FigureScan(const Spoken& spoken, std::vector<PlacedTerm>& out) : spoken_(spoken), out_(out) {}

  void run() {
    const std::size_t size = spoken_.chars().size();
    for (std::size_t at = 0; at < size && out_.size() < most_terms;) {
      if (!is_digit(spoken_[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      std::int64_t value = 0;
      while (is_digit(spoken_[end]) && end - at < 9)
        value = value * 10 + static_cast<std::int64_t>(spoken_[end++] - U'0');
      take(at, end, value);
      at = end;
    }
  }

 private:
  void take(std::size_t at, std::size_t end, std::int64_t value) {
    const char32_t unit = spoken_[end];
    if (unit == U'時' && spoken_[end + 1] != U'間' && value <= 24) {
      std::int64_t minute = 0;
      if (spoken_[end + 1] == U'半') minute = 30;
      if (is_digit(spoken_[end + 1]) && is_digit(spoken_[end + 2]) && spoken_[end + 3] == U'分')
        minute = static_cast<std::int64_t>((spoken_[end + 1] - U'0') * 10 + (spoken_[end + 2] - U'0'));
      put(TermKind::clock, at, (value * 60 + minute) % 720);
    } else if (unit == ':' && value <= 24 && is_digit(spoken_[end + 1]) && is_digit(spoken_[end + 2]) &&
               !is_digit(spoken_[end + 3])) {
      put(TermKind::clock, at,
          (value * 60 +
           static_cast<std::int64_t>((spoken_[end + 1] - U'0') * 10 + (spoken_[end + 2] - U'0'))) %
              720);
    } else if (unit != 0 && (std::u32string_view(U"部枚個名人台本冊箱食席回点件組着曲字坪畳つ").find(unit) !=
                                 std::u32string_view::npos ||
                             spoken_.starts_with(end, U"か月") || spoken_.starts_with(end, U"ヶ月") ||
                             spoken_.starts_with(end, U"kg") || spoken_.starts_with(end, U"箇所") ||
                             spoken_.starts_with(end, U"時間") || spoken_.starts_with(end, U"でど") ||
                             spoken_.starts_with(end, U"でい") || spoken_.starts_with(end, U"にな"))) {
      put(TermKind::count, at, value);
    }
  }
  void put(TermKind kind, std::size_t at, std::int64_t value) {
    out_.push_back({{kind, 0, ActTerm::no_cue, value, value}, at});
  }

  const Spoken& spoken_;
  std::vector<PlacedTerm>& out_;
};

} // namespace

// --- Around a mark ---

MessageWords::MessageWords(const Text& text)
    : spoken_(text), marks_(find_marks(spoken_, 0, spoken_.chars().size(), most_marks)) {}

std::size_t MessageWords::clause_begin(std::size_t at) const {
  const std::size_t stop = at > clause_reach ? at - clause_reach : 0;
  while (at > stop && !is_end(spoken_[at - 1])) --at;
  return at;
}

std::size_t MessageWords::clause_end(std::size_t at) const {
  const std::size_t stop = std::min(at + clause_reach, spoken_.chars().size());
  while (at < stop && !is_end(spoken_[at])) ++at;
  return at;
}

bool MessageWords::ends_with(std::size_t end, std::u32string_view what) const {
  return end >= what.size() && spoken_.starts_with(end - what.size(), what);
}

bool MessageWords::ends_with_any(std::size_t end, std::initializer_list<std::u32string_view> words) const {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return ends_with(end, word); });
}

bool MessageWords::starts_with_any(std::size_t at, std::initializer_list<std::u32string_view> words) const {
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return spoken_.starts_with(at, word); });
}

bool MessageWords::says(std::size_t begin, std::size_t end,
                        std::initializer_list<std::u32string_view> words) const {
  const std::u32string_view part = spoken_.chars().substr(begin, std::min(end - begin, 2 * clause_reach));
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return part.find(word) != std::u32string_view::npos; });
}

bool MessageWords::asks(const FoundMark& mark) const {
  std::size_t end = clause_end(mark.end > 0 && spoken_[mark.end - 1] == '\n' ? mark.end - 1 : mark.end);
  if (mark.end > mark.begin && spoken_[mark.end - 1] == '?') return true;
  if (says(mark.end, end, {U"ので", U"ため", U"けど", U"ですが", U"ますが", U"たが", U"しまい", U"しまって"}))
    return false;
  if (spoken_[end] == '?') return true;
  if (ends_with_any(end, {U"かも", U"とか", U"なんか"})) return false;
  return ends_with_any(end, {U"すか", U"うか", U"んか", U"すかね", U"うかね", U"んかね", U"かな", U"かしら",
                             U"すかな", U"のか", U"でっか", U"まっか"});
}

bool MessageWords::supposed(const FoundMark& mark) const {
  return starts_with_any(mark.end, {U"ら",       U"たら",     U"場合",   U"なら",     U"次第",
                                    U"れば",     U"とき",     U"際",     U"でしたら", U"であれば",
                                    U"ようでし", U"ようなら", U"ければ", U"てから",   U"のであれば",
                                    U"のでし",   U"だったら", U"時は",   U"た件",     U"た際",
                                    U"た理由",   U"た場合",   U"よう",   U"た後",     U"た分",     U"ましたら", U"ました場合"});
}

bool MessageWords::asks_leave(const FoundMark& mark) const {
  return says(mark.end, clause_end(mark.end),
              {U"もいい", U"もよ", U"も大丈夫", U"もらって", U"させて", U"いただいて"});
}

bool MessageWords::alone(const FoundMark& mark) const {
  if (mark.begin > 0 && !is_end(spoken_[mark.begin - 1]) && !ends_with_any(mark.begin, {U"れば", U"たら"}))
    return false;
  std::size_t end = mark.end;
  while (starts_with_any(end, {U"ー", U"~", U"よ", U"ね", U"w", U"笑", U"わ", U"っす", U"で", U"です"}) &&
         end < mark.end + 4)
    ++end;
  return is_end(spoken_[end]);
}

bool MessageWords::clause_has(const FoundMark& mark, const Sentence& sentence,
                              std::initializer_list<Mark> wanted) const {
  const std::size_t begin = clause_begin(mark.begin), end = clause_end(mark.end);
  for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
    if (marks_[i].begin >= begin && marks_[i].begin < end &&
        std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
      return true;
  return false;
}

bool MessageWords::sentence_has(const Sentence& sentence, std::initializer_list<Mark> wanted) const {
  for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
    if (std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end()) return true;
  return false;
}

const FoundMark* MessageWords::later_mark(std::size_t at, const Sentence& sentence,
                                          std::initializer_list<Mark> wanted) const {
  for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
    if (marks_[i].begin >= at && std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
      return &marks_[i];
  return nullptr;
}

bool MessageWords::covered(const FoundMark& mark, const Sentence& sentence,
                           std::initializer_list<Mark> wanted) const {
  for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
    if (marks_[i].begin <= mark.begin && marks_[i].end >= mark.end &&
        std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
      return true;
  return false;
}

// --- Figures and cues ---

CueDraft::CueDraft(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates)
    : MessageWords(text) {
  place_terms(amounts, dates);
}

void CueDraft::place_terms(const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates) {
  for (const Amount& amount : amounts) {
    if (amount.role == AmountRole::invoiced) cues_.traits |= trait_invoice;
    if (amount.role == AmountRole::invoiced || amount.role == AmountRole::paid) continue;
    const bool firm = amount.role == AmountRole::offer || amount.role == AmountRole::accepted;
    if (firm) cues_.traits |= trait_offered_amount;
    ActTerm term{TermKind::amount, static_cast<std::uint8_t>(firm ? 0 : term_weak), ActTerm::no_cue,
              amount_value(amount), 0};
    term.last = term.value;
    put_term(term, amount.place);
    for (const TextSpan& place : amount.again) put_term(term, place);
  }
  for (const ReadDate& read : dates) {
    ActTerm term{TermKind::day, 0, ActTerm::no_cue, days_from_civil(read.date.first),
              days_from_civil(read.date.last)};
    if (read.date.role == DateRole::payment || is_of_papers(read.date.place)) term.flags |= term_weak;
    if (read.open == Open::day_of_month) term.flags |= term_day_only;
    if (read.open == Open::weekday) term.flags |= term_weekday;
    put_term(term, read.date.place);
    for (const TextSpan& place : read.date.again) put_term(term, place);
    if (read.date.minute >= 0)
      put_term({TermKind::clock, 0, ActTerm::no_cue, read.date.minute % 720, read.date.minute % 720},
               read.date.place);
  }
  FigureScan(spoken_, terms_).run();
  std::stable_sort(terms_.begin(), terms_.end(),
                   [](const PlacedTerm& a, const PlacedTerm& b) { return a.at < b.at; });
}

/// 請求書は年明けで構いません: no term of the deal.
bool CueDraft::is_of_papers(const TextSpan& place) const {
  if (place.in_subject) return false;
  const std::size_t at = spoken_.at_byte(place.begin);
  return says(clause_begin(at), at, {U"請求書", U"領収書", U"契約書", U"納品書", U"申込書", U"見積書"});
}

std::int64_t CueDraft::amount_value(const Amount& amount) {
  if (amount.yen) return *amount.yen;
  std::uint64_t hash = 1469598103934665603u; // another currency: equal only if written alike
  for (const char c : amount.currency + amount.value)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return static_cast<std::int64_t>(hash >> 2);
}

void CueDraft::put_term(const ActTerm& term, const TextSpan& place) {
  if (place.in_subject || terms_.size() >= most_terms) return;
  if (first_amount_ == nullptr && term.kind == TermKind::amount && (term.flags & term_weak) == 0)
    first_amount_ = &place;
  terms_.push_back({term, spoken_.at_byte(place.begin)});
}

bool CueDraft::has_term(std::size_t begin, std::size_t end, bool counts) const {
  const auto found =
      std::partition_point(terms_.begin(), terms_.end(), [&](const PlacedTerm& t) { return t.at < begin; });
  for (auto i = found; i != terms_.end() && i->at < end; ++i)
    if (counts || i->term.kind != TermKind::count) return true;
  return false;
}

void CueDraft::put_bare_terms() {
  if (cues_.list.size() >= Cues::max_cues) return;
  for (std::size_t i = 0; i < cues_.list.size(); ++i) {
    const std::size_t begin = places_[i].sentence;
    const bool has_own = has_term(begin, std::min(spoken_.chars().find(U'\n', begin), spoken_.chars().size()));
    if (takes_terms(cues_.list[i].kind) && cues_.list[i].kind != CueKind::confirm && (has_own || first_amount_ == nullptr)) return;
  }
  const auto said_of = [&](std::size_t at) { // another cue's figure
    const std::size_t sentence = sentence_of(at);
    return std::any_of(places_.begin(), places_.end(),
                       [&](const CuePlace& place) { return place.sentence == sentence; });
  };
  if (first_amount_ != nullptr) {
    const std::size_t at = spoken_.at_byte(first_amount_->begin);
    if (!said_of(at) && !asks_back(at)) put_at(CueKind::quote, at, *first_amount_);
    return;
  }
  for (const PlacedTerm& placed : terms_) {
    if (placed.term.kind == TermKind::count || (placed.term.flags & term_weak) != 0) continue;
    if (!said_of(placed.at)) put_at(CueKind::state, placed.at, spoken_.bytes(placed.at, placed.at + 1));
    return;
  }
}

bool CueDraft::asks_back(std::size_t at) const {
  return ends_with_any(clause_end(at), {U"円ですか", U"円でしょうか", U"万ですか", U"万でしょうか",
                                        U"円でしたか", U"円でしたっけ", U"万でしたっけ"});
}

void CueDraft::put_at(CueKind kind, std::size_t at, TextSpan bytes) {
  const auto place =
      std::partition_point(places_.begin(), places_.end(), [&](const CuePlace& p) { return p.begin < at; });
  const auto index = place - places_.begin();
  cues_.list.insert(cues_.list.begin() + index, {kind, cue_weak, bytes});
  places_.insert(place, {at, at + 1, sentence_of(at)});
}

bool CueDraft::has_day_or_hour(std::size_t begin, std::size_t end) const {
  const auto found =
      std::partition_point(terms_.begin(), terms_.end(), [&](const PlacedTerm& t) { return t.at < begin; });
  return std::any_of(found, terms_.end(), [&](const PlacedTerm& t) {
    return t.at < end && (t.term.kind == TermKind::clock || t.term.kind == TermKind::amount ||
                          (t.term.kind == TermKind::day && t.term.last - t.term.value < 7));
  });
}

void CueDraft::hand_out_terms() {
  std::size_t next = 0;
  Sentence sentence{0, 0, 0, 0};
  std::vector<bool> has(places_.size(), false);
  std::vector<const PlacedTerm*> left;
  const auto take = [&](const PlacedTerm& placed, std::size_t cue) {
    has[cue] = true;
    put_out(placed.term, cue);
  };
  for (const PlacedTerm& placed : terms_) {
    if (within_condition(placed.at)) {
      put_out(placed.term, Cues::max_cues);
      continue;
    }
    while (next < places_.size() && places_[next].end <= placed.at) ++next;
    if (placed.at >= sentence.end)
      sentence = {sentence_of(placed.at),
                  std::min(spoken_.chars().find(U'\n', placed.at), spoken_.chars().size()), 0, 0};
    if (next < places_.size() && places_[next].begin < sentence.end) {
      std::size_t cue = next; // 10時に行きます、よろしいですか: to the one that terms belong to
      while (cue + 1 < places_.size() &&
             places_[cue + 1].begin < (cues_.list[cue].kind == CueKind::come ? sentence.end : places_[next].end) &&
             !takes_terms(cues_.list[cue].kind))
        ++cue;
      take(placed, takes_terms(cues_.list[cue].kind) ? cue : next);
    } else if (next > 0 && sentence.begin == places_[next - 1].sentence) {
      take(placed, next - 1);
    } else {
      left.push_back(&placed);
    }
  }
  for (const PlacedTerm* placed : left) {
    std::size_t behind = 0;
    while (behind < places_.size() && places_[behind].begin < placed->at) ++behind;
    const auto wants = [&](std::size_t cue) {
      return cue < places_.size() && takes_terms(cues_.list[cue].kind);
    };
    std::size_t cue = behind;
    while (cue < places_.size() && (!wants(cue) || has[cue])) ++cue;
    if (cue >= places_.size())
      for (cue = behind; cue > 0 && (!wants(cue - 1) || has[cue - 1]);) --cue;
    else
      ++cue;
    ActTerm apart = placed->term;
    apart.flags |= term_apart;
    put_out(apart, cue == 0 ? ActTerm::no_cue : cue - 1);
  }
}

bool CueDraft::within_condition(std::size_t at) const {
  const std::size_t end = clause_end(at);
  const auto from = std::partition_point(marks_.begin(), marks_.end(),
                                         [&](const FoundMark& mark) { return mark.begin < at; });
  for (auto mark = from; mark != marks_.end() && mark->begin < end; ++mark)
    if (mark->mark == Mark::benefit_if || mark->mark == Mark::request)
      return false;
    else if (mark->mark == Mark::condition && ends_with_any(mark->end, {U"れば", U"たら", U"次第"}) &&
             (ends_with(mark->end, U"ましたら") || !ends_with_any(mark->end, {U"したら", U"だったら", U"やったら", U"あれば"})))
      return true;
  return false;
}

bool CueDraft::takes_terms(CueKind kind) {
  return kind == CueKind::ask || kind == CueKind::offer || kind == CueKind::order ||
         kind == CueKind::confirm || kind == CueKind::quote || kind == CueKind::change;
}

std::size_t CueDraft::sentence_of(std::size_t at) const {
  const std::size_t before = at == 0 ? std::u32string_view::npos : spoken_.chars().rfind(U'\n', at - 1);
  return before == std::u32string_view::npos ? 0 : before + 1;
}

void CueDraft::put_out(ActTerm term, std::size_t cue) {
  term.cue = cue < Cues::max_cues ? static_cast<std::uint8_t>(cue) : ActTerm::no_cue;
  for (const ActTerm& known : cues_.terms)
    if (known.kind == term.kind && known.value == term.value && known.last == term.last &&
        known.cue == term.cue)
      return;
  if (cues_.terms.size() < Cues::max_terms) cues_.terms.push_back(term);
}

void CueDraft::put(CueKind kind, const FoundMark& mark, const Sentence& sentence, unsigned flags) {
  if (cues_.list.size() >= Cues::max_cues) return;
  std::size_t end = mark.end;
  while (end > mark.begin + 1 && is_end(spoken_[end - 1])) --end;
  Cue cue{kind, static_cast<std::uint16_t>(flags), spoken_.bytes(mark.begin, end)};
  if (conditional_before(mark, sentence)) cue.flags |= cue_conditional;
  cues_.list.push_back(cue);
  places_.push_back({mark.begin, end, sentence.begin});
}

bool CueDraft::conditional_before(const FoundMark& mark, const Sentence& sentence) const {
  for (std::size_t i = sentence.first; i < sentence.after_last && marks_[i].begin < mark.begin; ++i) {
    const FoundMark& condition = marks_[i];
    if (condition.mark != Mark::condition || condition.end > mark.begin + 2) continue;
    if (covered(condition, sentence, {Mark::condition_soft, Mark::benefit_if})) continue;
    const std::size_t from = condition.begin > term_reach ? condition.begin - term_reach : 0;
    if (has_term(std::max(from, sentence.begin), condition.begin, true) &&
        starts_with_any(condition.begin, {U"でしたら", U"なら", U"だったら"}))
      continue;
    return true;
  }
  return false;
}

} // namespace genchi::facts
