#include <algorithm>
#include <initializer_list>
#include <optional>

#include "facts/act_marks.hpp"
#include "facts/acts.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t most_marks = 4096;
constexpr std::size_t clause_reach = 120; // no clause is looked at further than this
constexpr std::size_t most_terms = 1024;  // looked at; few are kept
constexpr std::size_t brief_length = 32;  // characters of a message that is hardly more than its cue
constexpr std::size_t term_reach = 8;     // characters between a figure's beginning and なら

struct PlacedTerm {
  ActTerm term;
  std::size_t at = 0; // of Spoken
};

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
    } else if (unit != 0 &&
               std::u32string_view(U"部枚個名人台本冊箱食席").find(unit) != std::u32string_view::npos) {
      put(TermKind::count, at, value);
    }
  }
  void put(TermKind kind, std::size_t at, std::int64_t value) {
    out_.push_back({{kind, 0, ActTerm::no_cue, value, value}, at});
  }

  const Spoken& spoken_;
  std::vector<PlacedTerm>& out_;
};

/// Reads the cues of a message sentence by sentence.
class CueReader {
 public:
  CueReader(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates)
      : spoken_(text), marks_(find_marks(spoken_, 0, spoken_.chars().size(), most_marks)) {
    place_terms(amounts, dates);
  }

  Cues read(const std::vector<OwnCue>& own) {
    std::size_t mark = 0;
    const std::u32string_view chars = spoken_.chars();
    for (std::size_t begin = 0; begin < chars.size() && mark < marks_.size();) {
      const std::size_t end = std::min(chars.find(U'\n', begin), chars.size());
      const std::size_t first = mark;
      while (mark < marks_.size() && marks_[mark].begin < end) ++mark;
      if (mark > first) read_sentence({begin, end, first, mark});
      begin = end + 1;
    }
    if (chars.size() <= brief_length) cues_.traits |= trait_brief;
    put_bare_amount();
    hand_out_terms();
    read_own(own);
    return std::move(cues_);
  }

 private:
  struct Sentence {
    std::size_t begin, end;        // of spoken_
    std::size_t first, after_last; // of marks_
  };
  struct CuePlace {
    std::size_t begin, end, sentence;
  };

  // --- Terms ---

  void place_terms(const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates) {
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
      if (read.date.role == DateRole::payment) term.flags |= term_weak;
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

  static std::int64_t amount_value(const Amount& amount) {
    if (amount.yen) return *amount.yen;
    std::uint64_t hash = 1469598103934665603u; // another currency: equal only if written alike
    for (const char c : amount.currency + amount.value)
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return static_cast<std::int64_t>(hash >> 2);
  }

  void put_term(const ActTerm& term, const TextSpan& place) {
    if (place.in_subject || terms_.size() >= most_terms) return;
    if (first_amount_ == nullptr && term.kind == TermKind::amount && (term.flags & term_weak) == 0)
      first_amount_ = &place;
    terms_.push_back({term, spoken_.at_byte(place.begin)});
  }

  bool has_term(std::size_t begin, std::size_t end, bool counts = false) const {
    const auto found =
        std::partition_point(terms_.begin(), terms_.end(), [&](const PlacedTerm& t) { return t.at < begin; });
    for (auto i = found; i != terms_.end() && i->at < end; ++i)
      if (counts || i->term.kind != TermKind::count) return true;
    return false;
  }

  /// Prices that are simply stated.
  void put_bare_amount() {
    if (first_amount_ == nullptr || cues_.list.size() >= Cues::max_cues) return;
    for (const Cue& cue : cues_.list)
      if (takes_terms(cue.kind) && cue.kind != CueKind::confirm) return;
    const std::size_t at = spoken_.at_byte(first_amount_->begin);
    const auto place =
        std::partition_point(places_.begin(), places_.end(), [&](const CuePlace& p) { return p.begin < at; });
    const auto index = place - places_.begin();
    cues_.list.insert(cues_.list.begin() + index, {CueKind::quote, cue_weak, *first_amount_});
    places_.insert(place, {at, at + 1, sentence_of(at)});
  }

  /// Each figure goes to the first cue behind it in its sentence, else to the last before it there, else to
  /// the nearest one behind or before that has none of its own.
  void hand_out_terms() {
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
        std::size_t cue = next; // of two at one place the one that terms belong to
        while (cue + 1 < places_.size() && places_[cue + 1].begin < places_[next].end &&
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
  /// 来月の会議で承認されれば: of the condition, not of what is agreed to.
  bool within_condition(std::size_t at) const {
    const std::size_t end = clause_end(at);
    const auto from = std::partition_point(marks_.begin(), marks_.end(),
                                           [&](const FoundMark& mark) { return mark.begin < at; });
    for (auto mark = from; mark != marks_.end() && mark->begin < end; ++mark)
      if (mark->mark == Mark::benefit_if || mark->mark == Mark::request)
        return false;
      else if (mark->mark == Mark::condition && ends_with_any(mark->end, {U"れば", U"たら", U"次第"}) &&
               !ends_with_any(mark->end, {U"したら", U"だったら", U"やったら", U"あれば"}))
        return true;
    return false;
  }
  static bool takes_terms(CueKind kind) {
    return kind == CueKind::ask || kind == CueKind::offer || kind == CueKind::order ||
           kind == CueKind::confirm || kind == CueKind::quote || kind == CueKind::change;
  }
  std::size_t sentence_of(std::size_t at) const {
    const std::size_t before = at == 0 ? std::u32string_view::npos : spoken_.chars().rfind(U'\n', at - 1);
    return before == std::u32string_view::npos ? 0 : before + 1;
  }
  void put_out(ActTerm term, std::size_t cue) {
    term.cue = cue < Cues::max_cues ? static_cast<std::uint8_t>(cue) : ActTerm::no_cue;
    for (const ActTerm& known : cues_.terms)
      if (known.kind == term.kind && known.value == term.value && known.last == term.last &&
          known.cue == term.cue)
        return;
    if (cues_.terms.size() < Cues::max_terms) cues_.terms.push_back(term);
  }

  // --- Around a mark ---

  std::size_t clause_begin(std::size_t at) const {
    const std::size_t stop = at > clause_reach ? at - clause_reach : 0;
    while (at > stop && !is_end(spoken_[at - 1])) --at;
    return at;
  }
  std::size_t clause_end(std::size_t at) const {
    const std::size_t stop = std::min(at + clause_reach, spoken_.chars().size());
    while (at < stop && !is_end(spoken_[at])) ++at;
    return at;
  }
  bool ends_with(std::size_t end, std::u32string_view what) const {
    return end >= what.size() && spoken_.starts_with(end - what.size(), what);
  }
  bool ends_with_any(std::size_t end, std::initializer_list<std::u32string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::u32string_view word) { return ends_with(end, word); });
  }
  bool starts_with_any(std::size_t at, std::initializer_list<std::u32string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::u32string_view word) { return spoken_.starts_with(at, word); });
  }
  /// Is one of these within [begin, end)?
  bool says(std::size_t begin, std::size_t end, std::initializer_list<std::u32string_view> words) const {
    const std::u32string_view part = spoken_.chars().substr(begin, std::min(end - begin, 2 * clause_reach));
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      return part.find(word) != std::u32string_view::npos;
    });
  }

  bool asks(const FoundMark& mark) const {
    std::size_t end = clause_end(mark.end > 0 && spoken_[mark.end - 1] == '\n' ? mark.end - 1 : mark.end);
    if (mark.end > mark.begin && spoken_[mark.end - 1] == '?') return true;
    if (says(mark.end, end,
             {U"ので", U"ため", U"けど", U"ですが", U"ますが", U"たが", U"しまい", U"しまって"}))
      return false;
    if (spoken_[end] == '?') return true;
    if (ends_with_any(end, {U"かも", U"とか", U"なんか"})) return false;
    return ends_with_any(end, {U"すか", U"うか", U"んか", U"すかね", U"うかね", U"んかね", U"かな", U"かしら",
                               U"すかな", U"のか", U"でっか", U"まっか"});
  }
  /// 〜たら, 〜場合, 〜なら right behind.
  bool supposed(const FoundMark& mark) const {
    return starts_with_any(mark.end, {U"ら",       U"たら",     U"場合",   U"なら",     U"次第",
                                      U"れば",     U"とき",     U"際",     U"でしたら", U"であれば",
                                      U"ようでし", U"ようなら", U"ければ", U"てから",   U"のであれば",
                                      U"のでし",   U"だったら", U"時は",   U"た件",     U"た際",
                                      U"た理由",   U"た場合",   U"よう",   U"た後",     U"た分"});
  }
  /// 返事してもいいですか asks for leave to do what the word says.
  bool asks_leave(const FoundMark& mark) const {
    return says(mark.end, clause_end(mark.end),
                {U"もいい", U"もよ", U"も大丈夫", U"もらって", U"させて", U"いただいて"});
  }
  bool alone(const FoundMark& mark) const {
    if (mark.begin > 0 && !is_end(spoken_[mark.begin - 1]) && !ends_with_any(mark.begin, {U"れば", U"たら"}))
      return false;
    std::size_t end = mark.end;
    while (starts_with_any(end, {U"ー", U"~", U"よ", U"ね", U"w", U"笑", U"わ", U"っす", U"で", U"です"}) &&
           end < mark.end + 4)
      ++end;
    return is_end(spoken_[end]);
  }
  bool clause_has(const FoundMark& mark, const Sentence& sentence, std::initializer_list<Mark> wanted) const {
    const std::size_t begin = clause_begin(mark.begin), end = clause_end(mark.end);
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
      if (marks_[i].begin >= begin && marks_[i].begin < end &&
          std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
        return true;
    return false;
  }
  bool sentence_has(const Sentence& sentence, std::initializer_list<Mark> wanted) const {
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
      if (std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end()) return true;
    return false;
  }
  /// The first mark of these behind `at` in the sentence.
  const FoundMark* later_mark(std::size_t at, const Sentence& sentence,
                              std::initializer_list<Mark> wanted) const {
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
      if (marks_[i].begin >= at && std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
        return &marks_[i];
    return nullptr;
  }
  bool covered(const FoundMark& mark, const Sentence& sentence, std::initializer_list<Mark> wanted) const {
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i)
      if (marks_[i].begin <= mark.begin && marks_[i].end >= mark.end &&
          std::find(wanted.begin(), wanted.end(), marks_[i].mark) != wanted.end())
        return true;
    return false;
  }

  void put(CueKind kind, const FoundMark& mark, const Sentence& sentence, unsigned flags = 0) {
    if (cues_.list.size() >= Cues::max_cues) return;
    std::size_t end = mark.end;
    while (end > mark.begin + 1 && is_end(spoken_[end - 1])) --end;
    Cue cue{kind, static_cast<std::uint8_t>(flags), spoken_.bytes(mark.begin, end)};
    if (conditional_before(mark, sentence)) cue.flags |= cue_conditional;
    cues_.list.push_back(cue);
    places_.push_back({mark.begin, end, sentence.begin});
  }
  bool conditional_before(const FoundMark& mark, const Sentence& sentence) const {
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

  // --- Sentences ---

  void read_sentence(const Sentence& sentence) {
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i) {
      const FoundMark& mark = marks_[i];
      if (!read_trait(mark, sentence) && !read_answer(mark, sentence) && !read_refusal(mark, sentence) &&
          !read_hold(mark, sentence) && !read_change(mark, sentence))
        read_offer(mark, sentence);
    }
  }

  void trait(std::uint32_t bit) { cues_.traits |= bit; }

  bool read_trait(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::again:
      trait(trait_again);
      return true;
    case Mark::apology:
      trait(trait_apology);
      return true;
    case Mark::enquire:
      trait(trait_enquiry | trait_asks);
      return true;
    case Mark::instruct:
      trait(trait_instructs);
      return true;
    case Mark::thanks:
      trait(trait_thanks);
      return true;
    case Mark::next_time:
      trait(trait_next);
      return true;
    case Mark::invoice:
      trait(trait_invoice);
      return true;
    case Mark::machine:
      trait(trait_machine);
      return true;
    case Mark::restates:
      trait(trait_restates);
      return true;
    case Mark::reminds:
      trait(trait_reminds);
      return true;
    case Mark::contrast:
      trait(trait_contrast);
      return true;
    case Mark::refer:
      trait(trait_refers);
      return true;
    case Mark::as_was:
      trait(trait_as_was);
      return true;
    case Mark::wh:
      if (asks(mark)) trait(trait_asks);
      return true;
    case Mark::condition:
      if (says(mark.begin, mark.end, {U"条件", U"前提"}) && !asks(mark)) trait(trait_condition);
      return true;
    case Mark::benefit_if:
      if (const FoundMark* commit =
              later_mark(mark.begin, sentence, {Mark::commit, Mark::request, Mark::fine, Mark::go});
          commit != nullptr && !covered(mark, sentence, {Mark::condition_soft}))
        put(CueKind::condition, {mark.mark, mark.begin, commit->end}, sentence);
      return true;
    default:
      return false;
    }
  }

  bool read_answer(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::understood_alone:
      if (!alone(mark)) return true;
      [[fallthrough]];
    case Mark::understood:
      if (!asks(mark) && !supposed(mark)) put(CueKind::understood, mark, sentence);
      return true;
    case Mark::fine_alone:
      if (alone(mark) && !asks(mark)) put(CueKind::fine, mark, sentence);
      return true;
    case Mark::fine:
      read_fine(mark, sentence);
      return true;
    case Mark::fine_or_refuse: {
      if (asks(mark)) return true;
      const bool consents = ends_with_any(mark.begin, {U"で", U"も", U"にて", U"ば", U"はい、", U"て"});
      put(consents ? CueKind::fine : CueKind::refuse, mark, sentence, consents ? 0u : unsigned{cue_weak});
      return true;
    }
    case Mark::that_way:
      read_that_way(mark, sentence);
      return true;
    case Mark::go_alone:
      if (alone(mark) && !asks(mark)) put(CueKind::go, mark, sentence);
      return true;
    case Mark::go:
      if ((!asks(mark) || says(mark.begin, mark.end + 2, {U"いただけ", U"もらえ", U"くれ"})) &&
          !supposed(mark) && !sentence_has(sentence, {Mark::benefit_if}))
        put(CueKind::go, mark, sentence);
      return true;
    case Mark::confirm:
      if (starts_with_any(mark.end, {U"ません", U"おりません"}))
        return put(CueKind::cannot, mark, sentence), true;
      if (!asks(mark) && !supposed(mark)) put(CueKind::confirm, mark, sentence);
      return true;
    case Mark::await_you: {
      const std::size_t from = std::max(clause_begin(mark.begin), mark.begin > 14 ? mark.begin - 14 : 0);
      if (!asks(mark) &&
          !says(from, mark.begin, {U"連絡", U"返信", U"返事",   U"回答", U"検討",   U"注文",   U"発注",
                                   U"意見", U"入金", U"到着",   U"申込", U"データ", U"原稿",   U"振込",
                                   U"電話", U"依頼", U"またの", U"資料", U"報告",   U"メール", U"届"}))
        put(CueKind::await_you, mark, sentence);
      return true;
    }
    case Mark::come:
      if (!asks(mark) && !supposed(mark)) put(CueKind::come, mark, sentence);
      return true;
    case Mark::yes:
      if (mark.begin == 0 || is_end(spoken_[mark.begin - 1])) put(CueKind::yes, mark, sentence);
      return true;
    default:
      return false;
    }
  }

  void read_fine(const FoundMark& mark, const Sentence& sentence) {
    if (covered(mark, sentence, {Mark::refuse, Mark::cannot})) return;
    if (asks(mark)) return; // 大丈夫でしょうか is in the list of what suggests
    if (supposed(mark)) {
      if (says(mark.begin, mark.end, {U"承認", U"決裁", U"稟議", U"ok"})) trait(trait_condition);
      return;
    }
    put(CueKind::fine, mark, sentence);
  }

  /// それで, その内容で: with what agrees.
  void read_that_way(const FoundMark& mark, const Sentence& sentence) {
    const FoundMark* agrees = later_mark(mark.begin + 1, sentence,
                                         {Mark::request, Mark::fine, Mark::fine_alone, Mark::fine_or_refuse,
                                          Mark::understood, Mark::go, Mark::confirm, Mark::regards,
                                          Mark::booked, Mark::come, Mark::commit, Mark::want});
    if (agrees == nullptr) return;
    if ((asks(*agrees) && agrees->mark != Mark::request && agrees->mark != Mark::go) || supposed(*agrees) ||
        sentence_has(sentence, {Mark::refuse, Mark::hold, Mark::benefit_if}))
      return;
    if (sentence_has(sentence, {Mark::cancel, Mark::quit})) return;
    if (later_mark(agrees->begin, sentence, {Mark::cannot}) != nullptr) return;
    if (says(mark.begin, agrees->begin, {U"ければ", U"なら", U"でしたら"})) return;
    put(CueKind::go, {mark.mark, mark.begin, agrees->end}, sentence, cue_refers);
  }

  bool read_refusal(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::refuse:
      if (!asks(mark) && !supposed(mark)) {
        const bool final = says(mark.begin, mark.end,
                                {U"見送", U"断", U"辞退", U"他", U"縁", U"やめ", U"不採用", U"期待", U"希望",
                                 U"別の", U"は別", U"至", U"見合", U"よそ", U"諦", U"あきらめ", U"白紙"});
        put(CueKind::refuse, mark, sentence, final ? 0u : unsigned{cue_weak});
      }
      return true;
    case Mark::cannot:
      if (supposed(mark) || starts_with_any(mark.end, {U"くない", U"くはない", U"ではない", U"じゃない",
                                                       U"ではありません", U"くありません"}))
        return true;
      if (covered(mark, sentence, {Mark::can_ask})) return true;
      if (asks(mark)) {
        put(CueKind::ask, mark, sentence, cue_question);
      } else {
        put(CueKind::cannot, mark, sentence);
      }
      return true;
    case Mark::unable:
      if (!asks(mark) && !supposed(mark)) put(CueKind::unable, mark, sentence);
      return true;
    default:
      return false;
    }
  }

  bool read_hold(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::hold: {
      if (asks(mark) && has_term(clause_begin(mark.begin), mark.begin)) return true; // of a meeting
      if (asks(mark) && !asks_leave(mark) && !says(mark.begin, mark.end, {U"時間", U"待"})) return true;
      if (supposed(mark)) return true;
      const bool soft = says(mark.begin, mark.end, {U"時間", U"待って", U"待ち"}) &&
                        !says(mark.begin, mark.end, {U"返事", U"回答", U"検討", U"決裁"});
      const bool goes_on =
          says(mark.begin, mark.end + 2,
               {U"検討中", U"検討して", U"検討いたして"}); // also who only thinks of ordering
      put(soft ? CueKind::hold_soft : CueKind::hold, mark, sentence, goes_on ? unsigned{cue_weak} : 0u);
      return true;
    }
    case Mark::consult: {
      if (starts_with_any(mark.end, {U"まし", U"た", U"済", U"でき", U"取れ", U"ください", U"いただ"}))
        return true;
      const FoundMark* reply = later_mark(mark.end, sentence, {Mark::reply});
      if (reply != nullptr && !asks(*reply))
        put(CueKind::hold, {mark.mark, mark.begin, reply->end}, sentence, cue_weak);
      return true;
    }
    case Mark::reply: {
      if ((asks(mark) && !asks_leave(mark)) || sentence_has(sentence, {Mark::consult})) return true;
      const bool later = sentence_has(sentence, {Mark::later});
      const bool answer = says(mark.begin, mark.end, {U"返事", U"回答", U"返答", U"答え", U"決め"});
      if (later) put(answer ? CueKind::hold : CueKind::hold_soft, mark, sentence, cue_weak);
      return true;
    }
    case Mark::wait_soft:
      if (!asks(mark) && !supposed(mark)) put(CueKind::hold_soft, mark, sentence);
      return true;
    case Mark::later:
      return true;
    default:
      return false;
    }
  }

  unsigned booked_near(const FoundMark& mark, const Sentence& sentence) const {
    return sentence_has(sentence, {Mark::booked}) || clause_has(mark, sentence, {Mark::booked})
               ? unsigned{cue_booked}
               : 0u;
  }

  bool read_change(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::cancel:
      read_cancel(mark, sentence);
      return true;
    case Mark::quit:
      if (!asks(mark) && !supposed(mark)) put(CueKind::quit, mark, sentence, booked_near(mark, sentence));
      return true;
    case Mark::change:
      read_wish(mark, sentence, 0);
      return true;
    case Mark::shift:
      if (starts_with_any(mark.end, {U"に", U"の"}) && says(mark.begin, mark.end, {U"早め"})) return true;
      read_wish(mark, sentence, 0);
      return true;
    case Mark::add:
      if (!says(clause_begin(mark.begin), mark.begin,
                {U"領収", U"請求", U"資料", U"確認", U"連絡", U"今後", U"明日", U"次回"}))
        read_wish(mark, sentence, cue_again);
      return true;
    default:
      return false;
    }
  }

  void read_cancel(const FoundMark& mark, const Sentence& sentence) {
    const unsigned booked = booked_near(mark, sentence);
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
    case Ending::asks:
    case Ending::done:
      put(CueKind::cancel, mark, sentence, booked | (asks(mark) ? unsigned{cue_question} : 0u));
      break;
    case Ending::can:
      if (asks(mark)) {
        if (!sentence_has(sentence, {Mark::wh}))
          put(CueKind::cancel, mark, sentence, booked | cue_question | cue_weak);
      } else {
        put(CueKind::fine, mark, sentence);
      }
      break;
    case Ending::accepts:
      put(CueKind::fine, mark, sentence);
      break;
    case Ending::none:
      if (const FoundMark* wants = later_mark(mark.end, sentence, {Mark::request, Mark::want, Mark::can_ask});
          wants != nullptr && wants->begin < mark.end + 16 && !sentence_has(sentence, {Mark::wh}))
        put(CueKind::cancel, mark, sentence, booked);
      break;
    case Ending::supposed:
    case Ending::negated:
    case Ending::others:
      break;
    }
  }

  void read_wish(const FoundMark& mark, const Sentence& sentence, unsigned flags) {
    const std::size_t begin =
        std::max(clause_begin(mark.begin), mark.begin > 7 ? mark.begin - 7 : 0); // told for information
    if (sentence_has(sentence, {Mark::enquire})) return;
    if (says(begin, mark.begin,
             {U"住所", U"アドレス", U"電話番号", U"口座", U"担当", U"社名", U"連絡先", U"パスワード",
              U"名義"}))
      return;
    flags |= booked_near(mark, sentence);
    if (asks(mark)) flags |= cue_question;
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
    case Ending::asks:
      put(CueKind::change, mark, sentence, flags);
      break;
    case Ending::can:
      put(asks(mark) ? CueKind::change : CueKind::change_done, mark, sentence, flags);
      break;
    case Ending::done:
      put(CueKind::change_done, mark, sentence, flags);
      break;
    case Ending::accepts:
      put(CueKind::fine, mark, sentence);
      break;
    case Ending::negated:
      put(asks(mark) ? CueKind::change : CueKind::cannot, mark, sentence, flags);
      break;
    case Ending::none:
      if (asks(mark) || (later_mark(mark.end, sentence,
                                    {Mark::request, Mark::want, Mark::can_ask, Mark::suggest}) != nullptr))
        put(CueKind::change, mark, sentence, flags);
      else if (mark.mark == Mark::add && has_term(clause_begin(mark.begin), mark.begin, true))
        put(CueKind::change, mark, sentence, flags);
      else if (mark.mark == Mark::shift && !says(mark.begin, mark.end, {U"早め", U"変え"}))
        put(CueKind::change, mark, sentence, flags);
      break;
    case Ending::supposed:
    case Ending::others:
      break;
    }
  }

  void read_offer(const FoundMark& mark, const Sentence& sentence) {
    const bool question = asks(mark);
    const unsigned asked = question ? unsigned{cue_question} : 0u;
    switch (mark.mark) {
    case Mark::request:
      read_request(mark, sentence);
      break;
    case Mark::regards:
      if (ends_with_any(mark.begin, {U"で", U"にて"}) && !ends_with_any(mark.begin, {U"まで", U"ので"}))
        put(has_term(clause_begin(mark.begin), mark.begin) ? CueKind::ask : CueKind::pick, mark, sentence);
      else
        put(CueKind::regards, mark, sentence);
      break;
    case Mark::suggest:
      trait(trait_asks);
      if (!sentence_has(sentence, {Mark::wh, Mark::reminds, Mark::cancel}))
        put(CueKind::ask, mark, sentence, cue_question);
      break;
    case Mark::can_ask:
      trait(trait_asks);
      if (!sentence_has(sentence, {Mark::wh}) &&
          !clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift}))
        put(CueKind::ask, mark, sentence,
            cue_question |
                (says(mark.begin, mark.end, {U"もらえ", U"いただけ", U"くれ", U"ほし", U"予約", U"お願い"})
                     ? unsigned{cue_refers}
                     : 0u));
      break;
    case Mark::want:
      if (says(mark.begin, mark.end, {U"お願い"}) && ends_with(mark.begin, U"で") &&
          !has_term(clause_begin(mark.begin), mark.begin))
        put(CueKind::pick, mark, sentence);
      else if (!clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift, Mark::wh}))
        put(says(mark.begin, mark.end, {U"注文", U"発注", U"購入", U"オーダー", U"申込", U"契約"})
                ? CueKind::order
                : CueKind::ask,
            mark, sentence, cue_booked | asked);
      break;
    case Mark::booked:
      read_booked(mark, sentence);
      break;
    case Mark::if_that: {
      const std::size_t from = mark.begin > term_reach + 4 ? mark.begin - term_reach - 4 : 0;
      if (has_term(std::max(from, sentence.begin), mark.begin, true))
        put(CueKind::offer, mark, sentence, asked | cue_if);
      else if (!ends_with_any(mark.begin, {U"それ", U"そう", U"その日", U"時間", U"別の日", U"別日",
                                           U"他の日", U"機会"}) &&
               later_mark(mark.end - 1, sentence, {Mark::available, Mark::fine, Mark::go, Mark::suggest}) !=
                   nullptr)
        put(CueKind::offer, mark, sentence, asked | cue_if | cue_weak);
      break;
    }
    case Mark::available:
      if (question) {
        trait(trait_asks);
        if (!sentence_has(sentence, {Mark::wh})) put(CueKind::ask, mark, sentence, cue_question);
      } else if (!covered(mark, sentence, {Mark::cannot, Mark::can_ask})) {
        put(CueKind::offer, mark, sentence);
      }
      break;
    case Mark::make_it:
      if (!sentence_has(sentence, {Mark::wh, Mark::cancel, Mark::that_way, Mark::enquire}) &&
          !says(std::max(sentence.begin, mark.begin > 12 ? mark.begin - 12 : 0), mark.begin,
                {U"宛", U"名義", U"領収", U"請求", U"幸い", U"よう"}))
        put(CueKind::ask, mark, sentence, cue_instead | asked);
      break;
    case Mark::quote:
      read_quote(mark, sentence);
      break;
    default:
      break;
    }
  }

  void read_request(const FoundMark& mark, const Sentence& sentence) {
    if (clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift, Mark::quit, Mark::that_way}))
      return;
    if (covered(mark, sentence, {Mark::regards, Mark::go, Mark::want})) return;
    const unsigned asked = asks(mark) || says(mark.begin, mark.end, {U"でき"}) ? unsigned{cue_question} : 0u;
    const std::size_t begin = clause_begin(mark.begin);
    if (ends_with_any(mark.begin, {U"よう", U"ほど", U"程", U"旨", U"よう、"}) ||
        says(std::max(begin, mark.begin > 10 ? mark.begin - 10 : 0), mark.begin,
             {U"領収", U"請求", U"住所", U"地図", U"写真", U"データ", U"返", U"連絡", U"送付", U"教え",
              U"振込", U"資料", U"名義", U"宛"}))
      return trait(trait_instructs);
    const bool starts = mark.begin == begin ||
                        (mark.begin - begin <= 6 &&
                         ends_with_any(mark.begin, {U"では", U"じゃあ", U"じゃ", U"ほな", U"はい", U"ぜひ",
                                                    U"それでは", U"うん", U"なら", U"そしたら", U"また"}));
    if (asked == 0 && conditional_before(mark, sentence) && !has_term(begin, mark.begin)) {
      put(CueKind::bare_go, mark, sentence);
      return;
    }
    if (starts && asked == 0) {
      const bool figures = has_term(sentence.begin, mark.begin, true);
      put(figures ? CueKind::ask : CueKind::bare_go, mark, sentence);
      return;
    }
    if (ends_with_any(mark.begin, {U"で", U"にて"})) {
      put(has_term(sentence.begin, mark.begin, true) || asked != 0 ? CueKind::ask : CueKind::pick, mark,
          sentence, asked | cue_refers);
      return;
    }
    const bool deadline =
        ends_with_any(mark.begin, {U"までに", U"まで"}) &&
        !says(sentence.begin, mark.begin, {U"納", U"仕上", U"完成", U"工", U"予約", U"届", U"着"});
    if (deadline)
      trait(trait_instructs);
    else
      put(CueKind::ask, mark, sentence, asked | cue_weak | cue_refers);
  }

  void read_booked(const FoundMark& mark, const Sentence& sentence) {
    if (clause_has(mark, sentence,
                   {Mark::cancel, Mark::change, Mark::shift, Mark::quit, Mark::confirm, Mark::want}))
      return;
    const bool booking =
        says(mark.begin, mark.end, {U"予約", U"レッスン", U"施術", U"施工", U"工事", U"撮影", U"依頼"});
    const bool question = asks(mark);
    if (is_end(spoken_[mark.end]) || starts_with_any(mark.end, {U"です", U"で\n", U"で、", U"の"})) return;
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
      if (booking && !says(mark.begin, mark.end, {U"予約", U"依頼"})) break;
      [[fallthrough]];
    case Ending::asks:
      put(booking ? CueKind::ask : CueKind::order, mark, sentence,
          cue_booked | (question ? unsigned{cue_question} : 0u));
      break;
    case Ending::can:
      if (question) put(CueKind::ask, mark, sentence, cue_booked | cue_question);
      break;
    case Ending::done:
      if (!booking) put(CueKind::order, mark, sentence, cue_booked);
      break;
    default:
      break;
    }
  }

  void read_quote(const FoundMark& mark, const Sentence& sentence) {
    if (sentence_has(sentence, {Mark::thanks}) || clause_has(mark, sentence, {Mark::reminds}) || asks(mark))
      return;
    const std::size_t end = sentence.end;
    const bool handed =
        says(mark.end, end, {U"送付",         U"お送り",       U"添付",
                             U"提出",         U"下記",         U"以下",
                             U"査収",         U"作成しました", U"作成いたしました",
                             U"送ります",     U"送りました",   U"お出し",
                             U"ご案内",       U"ご提示",       U"まとめ",
                             U"修正しました", U"ご連絡",       U"出しました",
                             U"作りました",   U"ご検討",       U"再送",
                             U"更新"}) ||
        ((cues_.traits & trait_offered_amount) != 0 &&
         says(mark.end, end,
              {U"です", U"になります", U"となります", U":", U"でござ", U"申し上げ", U"いたしま", U"しま"}));
    const bool heading = (cues_.traits & trait_offered_amount) != 0 &&
                         (end - mark.end <= 6 || mark.begin - sentence.begin <= 4);
    if (!handed && !heading) return;
    const bool promised = (cues_.traits & trait_offered_amount) == 0 &&
                          (sentence_has(sentence, {Mark::later, Mark::wait_soft}) ||
                           says(mark.end, end, {U"いたします。", U"作成し", U"でき次第"}));
    if (promised) return;
    if (says(mark.begin, mark.end, {U"プラン", U"料金表", U"価格表"}) &&
        (cues_.traits & trait_offered_amount) == 0)
      return;
    put(CueKind::quote, mark, sentence);
  }

  void read_own(const std::vector<OwnCue>& own) {
    for (const OwnCue& cue : own) {
      if (cue.word.empty() || cue.act == Act::none || cues_.list.size() >= Cues::max_cues) continue;
      const std::size_t at = spoken_.chars().find(cue.word);
      if (at == std::u32string_view::npos) continue;
      cues_.list.push_back(
          {CueKind::own, static_cast<std::uint8_t>(cue.act), spoken_.bytes(at, at + cue.word.size())});
      places_.push_back({at, at + cue.word.size(), sentence_of(at)});
    }
  }

  Spoken spoken_;
  std::vector<FoundMark> marks_;
  std::vector<PlacedTerm> terms_;
  const TextSpan* first_amount_ = nullptr; // put forward; of the caller's amounts
  std::vector<CuePlace> places_;           // of cues_.list
  Cues cues_;
};

} // namespace

Cues read_cues(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates,
               const std::vector<OwnCue>& own) {
  return CueReader(text, amounts, dates).read(own);
}

} // namespace genchi::facts
