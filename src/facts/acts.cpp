#include "facts/acts.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace genchi::facts {
namespace {

constexpr UtcSeconds hour = 3600, day = 24 * hour;
constexpr UtcSeconds one_go = day;          // proposals of one side within this time are one
constexpr UtcSeconds answerable = 60 * day; // after that a bare 承知しました answers something else
constexpr UtcSeconds settled_for = 21 * day; // a price of something else is said anew after that
constexpr UtcSeconds pause =
    12 * hour; // what is said later than this is a new word, not the rest of the last one

std::int64_t day_of_month(std::int64_t days) {
  return civil_from_days(days).day;
}
std::int64_t weekday(std::int64_t days) {
  return ((days + 3) % 7 + 7) % 7;
}

bool same(const ActTerm& a, const ActTerm& b) {
  if (a.kind != b.kind) return false;
  if (a.kind != TermKind::day) return a.value == b.value;
  if (a.value <= b.last && b.value <= a.last) return true;
  const unsigned flags = a.flags | b.flags;
  if ((flags & term_day_only) != 0 && day_of_month(a.value) == day_of_month(b.value)) return true;
  return (flags & term_weekday) != 0 && weekday(a.value) == weekday(b.value);
}

bool is_range(const ActTerm& term) {
  return term.kind == TermKind::day && term.value != term.last;
}

/// Where single days were named, a month or week beside them does not stand for each of its days.
bool knows(const std::vector<ActTerm>& terms, const ActTerm& term) {
  const bool days = term.kind == TermKind::day && !is_range(term) &&
                    std::any_of(terms.begin(), terms.end(),
                                [](const ActTerm& t) { return t.kind == TermKind::day && !is_range(t); });
  return std::any_of(terms.begin(), terms.end(),
                     [&](const ActTerm& known) { return same(known, term) && !(days && is_range(known)); });
}
bool has_kind(const std::vector<ActTerm>& terms, TermKind kind) {
  return std::any_of(terms.begin(), terms.end(), [&](const ActTerm& term) { return term.kind == kind; });
}

bool is_reply(CueKind kind) {
  switch (kind) {
  case CueKind::understood:
  case CueKind::fine:
  case CueKind::go:
  case CueKind::pick:
  case CueKind::bare_go:
  case CueKind::confirm:
  case CueKind::await_you:
  case CueKind::come:
  case CueKind::yes:
  case CueKind::order:
    return true;
  default:
    return false;
  }
}

} // namespace

// --- What one message says, between what was said before
// ------------------------------------------------------------

struct ActJudge::View {
  View(const ActJudge& of, const Cues& said, std::size_t side, UtcSeconds at)
      : judge(of), cues(said), me(side), other(1 - side), sent(at),
        today(days_from_civil(civil_day(at, japan_offset_minutes))), theirs(of.wishes_[other]),
        mine(of.wishes_[me]) {}

  const ActJudge& judge;
  const Cues& cues;
  std::size_t me, other;
  UtcSeconds sent;
  std::int64_t today;  ///< days since 1970
  const Wish& theirs;
  const Wish& mine;

  bool trait(std::uint32_t bits) const { return (cues.traits & bits) != 0; }
  const Cue* find(std::initializer_list<CueKind> kinds) const {
    for (const CueKind kind : kinds)
      for (const Cue& cue : cues.list)
        if (cue.kind == kind) return &cue;
    return nullptr;
  }
  std::size_t index_of(const Cue& cue) const { return static_cast<std::size_t>(&cue - cues.list.data()); }

  template <typename Test> bool any_term(const Cue& cue, const Test& test) const {
    const std::size_t index = index_of(cue);
    return std::any_of(cues.terms.begin(), cues.terms.end(),
                       [&](const ActTerm& term) { return term.cue == index && test(term); });
  }
  /// Days that have passed are told, not put forward.
  bool counts(const Cue& cue, const ActTerm& term) const {
    constexpr unsigned elsewhere = term_weak | term_apart; // a budget in another sentence
    return term.kind != TermKind::count && (term.flags & elsewhere) != elsewhere &&
           !(term.kind == TermKind::day && term.last < today) &&
           ((term.flags & term_weak) == 0 || cue.kind == CueKind::ask || cue.kind == CueKind::change ||
            cue.kind == CueKind::condition || (cue.kind == CueKind::offer && (cue.flags & cue_if) != 0));
  }
  /// Has the cue figures that can be terms?
  bool has_terms(const Cue& cue) const {
    return any_term(cue, [&](const ActTerm& term) { return counts(cue, term); });
  }
  /// The same, in the cue's own sentence.
  bool has_near_terms(const Cue& cue) const {
    return any_term(cue, [&](const ActTerm& term) { return counts(cue, term) && (term.flags & term_apart) == 0; });
  }
  /// Different days are put up for choice: the 8th, the 15th or the 29th.
  bool offers_days(const Cue& cue) const {
    std::int64_t first = 0;
    return any_term(cue, [&](const ActTerm& term) {
      if (term.kind != TermKind::day || is_range(term) || !counts(cue, term)) return false;
      if (first == 0) first = term.value;
      return term.value != first;
    });
  }
  /// A price is named where one was asked for and none is known.
  bool answers_with_price() const {
    return judge.wishes_[other].asked && names_new_price();
  }
  /// A price stands here that nobody has named before.
  bool names_new_price() const {
    return !has_kind(theirs.terms, TermKind::amount) &&
           std::any_of(cues.terms.begin(), cues.terms.end(), [&](const ActTerm& term) {
             return term.kind == TermKind::amount && (term.flags & term_weak) == 0 && !knows(judge.agreed_terms_, term) && !knows(judge.prices_, term);
           });
  }
  /// Says days, hours or prices that `known` holds, and none against it.
  bool says_again(const std::vector<ActTerm>& known) const {
    bool any = false;
    for (const ActTerm& term : cues.terms) {
      if (term.kind == TermKind::count || (term.flags & term_weak) != 0 || is_range(term)) continue;
      if (term.kind == TermKind::day && term.last < today) continue;
      if (!knows(known, term)) {
        if (has_kind(known, term.kind)) return false;
        continue;
      }
      any = true;
    }
    return any;
  }
  /// One of the cue's figures is none of `known`.
  bool has_new(const Cue& cue, const std::vector<ActTerm>& known) const {
    return any_term(cue, [&](const ActTerm& term) { return counts(cue, term) && !knows(known, term); });
  }
  /// The cue's figures of some kind all differ from those of `known`.
  bool contradicts(const Cue& cue, const std::vector<ActTerm>& known) const {
    for (const TermKind kind : {TermKind::amount, TermKind::day, TermKind::clock, TermKind::count}) {
      const bool sets_terms = cue.kind == CueKind::ask || cue.kind == CueKind::offer ||
                              cue.kind == CueKind::pick || cue.kind == CueKind::order;
      if (kind == TermKind::count && !sets_terms) continue;
      bool any = false, agrees = false;
      any_term(cue, [&](const ActTerm& term) {
        if (term.kind != kind || (term.flags & (term_weak | term_apart)) != 0) return false;
        any = true;
        agrees = agrees || knows(known, term);
        return false;
      });
      if (any && !agrees && has_kind(known, kind)) return true;
    }
    return false;
  }

  bool has_new_count(const Cue& cue) const {
    return has_kind(theirs.terms, TermKind::count) && any_term(cue, [&](const ActTerm& term) {
             return term.kind == TermKind::count && !knows(theirs.terms, term);
           });
  }
  /// A day that was named, now with an hour.
  bool only_adds_hour(const Cue& cue) const {
    if (has_kind(theirs.terms, TermKind::clock)) return false;
    bool day_known = false;
    const bool other_terms = any_term(cue, [&](const ActTerm& term) {
      const bool known = term.kind == TermKind::day && term.value == term.last && knows(theirs.terms, term) &&
                         std::any_of(theirs.terms.begin(), theirs.terms.end(),
                                     [&](const ActTerm& t) { return t.value == t.last && same(t, term); });
      day_known = day_known || known;
      return counts(cue, term) && !known && term.kind != TermKind::clock;
    });
    return day_known && !other_terms;
  }

  static Judgement made(Act act, const Cue& cue, std::string_view rule) {
    return {act, false, cue.place, rule};
  }
  using Maybe = std::optional<Judgement>;

  /// Nothing that could be changed, called off or put off was spoken of before.
  bool out_of_the_blue() const {
    return !judge.agreed_ && mine.at == 0 && theirs.at == 0 && judge.named_[other].empty();
  }
  /// Out of the blue a word such as 変更 is said of a deal only where figures, a booking or an excuse say so.
  bool has_ground(const Cue& cue) const {
    return !out_of_the_blue() || (cue.flags & cue_booked) != 0 || trait(trait_again | trait_apology) ||
           any_term(cue, [](const ActTerm&) { return true; });
  }
  /// 20時なら移せます: something else than what they want.
  bool offers_other() const {
    return std::any_of(cues.list.begin(), cues.list.end(), [&](const Cue& cue) {
      return cue.kind == CueKind::offer && (cue.flags & cue_if) != 0 && has_near_terms(cue) && has_new(cue, theirs.terms);
    });
  }
  bool agreed_since() const { return judge.agreed_ && judge.agreed_at_ >= theirs.at; }
  bool answers_now() const { return theirs.open && theirs.fresh && sent - theirs.at <= answerable; }

  Maybe own_word() const;
  Maybe cancels() const;
  Maybe changes() const;
  Maybe sets_condition() const;
  Maybe refuses() const;
  Maybe cannot_then() const;
  Maybe holds() const;
  Maybe accepts() const;
  Maybe accepts_open() const;
  Maybe alters(const Cue& reply) const;
  bool answers(const Cue& cue) const;
  Maybe confirms() const;
  Maybe restates() const;
  Maybe proposes() const;
  Maybe proposes_by(const Cue& cue) const;
};

ActJudge::View::Maybe ActJudge::View::own_word() const {
  const Cue* cue = find({CueKind::own});
  if (cue == nullptr) return {};
  const Act act = static_cast<Act>(cue->flags);
  if (act == Act::acceptance && !theirs.open && !theirs.parked) return {};
  return made(act, *cue, "act.own-word");
}

ActJudge::View::Maybe ActJudge::View::cancels() const {
  const bool only_proposed = theirs.open && theirs.kind == Act::proposal && !agreed_since() && !mine.open;
  if (const Cue* cue = find({CueKind::cancel})) {
    const bool question = (cue->flags & cue_weak) != 0;
    const bool settled = judge.agreed_ || mine.open || (cue->flags & cue_booked) != 0 || trait(trait_apology);
    if (question && !settled && !has_terms(*cue)) return {};
    if (theirs.open && theirs.kind == Act::cancel) return made(Act::acceptance, *cue, "act.cancel-agreed");
    if (const Cue* change = find({CueKind::change});
        change != nullptr && (change > cue || has_terms(*change)))
      return {};
    for (const Cue& other_cue : cues.list)
      if ((other_cue.kind == CueKind::ask || other_cue.kind == CueKind::pick) && has_terms(other_cue) &&
          !trait(trait_next))
        return made(Act::change, other_cue, "act.cancel-and-rebook");
    if (only_proposed && (cue->flags & cue_booked) == 0)
      return made(Act::rejection, *cue, "act.cancel-unagreed");
    return made(Act::cancel, *cue, "act.cancel");
  }
  if (const Cue* cue = find({CueKind::quit}); cue != nullptr && has_ground(*cue)) {
    if (only_proposed && (cue->flags & cue_booked) == 0)
      return made(Act::rejection, *cue, "act.quit-unagreed");
    const bool talked = theirs.at != 0 || mine.at != 0;
    if (talked && !judge.agreed_ && !mine.open && (cue->flags & cue_booked) == 0)
      return made(Act::rejection, *cue, "act.quit-talks");
    return made(Act::cancel, *cue, "act.quit");
  }
  if (const Cue* cue = find({CueKind::unable}); cue != nullptr && (agreed_since() || !theirs.open)) {
    if (find({CueKind::change}) != nullptr) return {};
    if ((cue->flags & cue_doubtful) != 0 && !has_ground(*cue)) return {};
    for (const Cue& other_cue : cues.list)
      if ((other_cue.kind == CueKind::ask || other_cue.kind == CueKind::offer) && has_terms(other_cue))
        return made(Act::change, other_cue, "act.unable-and-rebook");
    return made(Act::cancel, *cue, "act.unable");
  }
  return {};
}

ActJudge::View::Maybe ActJudge::View::changes() const {
  const Cue* cue = find({CueKind::change, CueKind::change_done});
  if (cue == nullptr || !has_ground(*cue)) return {};
  const bool figures = any_term(*cue, [](const ActTerm& term) { return term.kind != TermKind::count; });
  if (out_of_the_blue() && (cue->flags & cue_booked) == 0 && !trait(trait_again | trait_apology) && !figures) return {}; // PC14台の入れ替え
  if (answers_with_price() && trait(trait_offered_amount)) return {};
  // 納期の短縮も可能です, beside a price: what else could be had.
  if (cue->kind == CueKind::change_done && (cue->flags & cue_doubtful) != 0 && !(theirs.open && theirs.kind == Act::change) && trait(trait_offered_amount) && names_new_price()) return {};
  if (cue->kind == CueKind::change_done) {
    if (theirs.open && theirs.kind == Act::change)
      return offers_other() ? made(Act::proposal, *cue, "act.counter-change") : made(Act::acceptance, *cue, "act.change-agreed");
    if (judge.agreed_ && !theirs.open) return made(Act::change, *cue, "act.change-told");
    return {};
  }
  // A quotation says that a day may move.
  if (const Cue* quote = find({CueKind::quote}); quote != nullptr && (quote->flags & cue_weak) == 0 && trait(trait_offered_amount) && !judge.agreed_) return {};
  const bool more = (cue->flags & cue_again) != 0;
  if (theirs.open && !agreed_since()) {
    if (theirs.kind == Act::change && (cue->flags & cue_question) == 0 && !has_new(*cue, theirs.terms) && !offers_other())
      return made(Act::acceptance, *cue, "act.change-restated");
    return made(Act::proposal, *cue, "act.counter-change");
  }
  if (more && (!judge.agreed_ || trait(trait_next))) return {};
  if (more && (sent - judge.agreed_at_ > settled_for || any_term(*cue, [](const ActTerm& term) { return term.kind == TermKind::amount && term.flags == 0; })))
    return made(Act::proposal, *cue, "act.order-more");
  if (mine.open && mine.kind == Act::proposal && !judge.agreed_)
    return made(Act::proposal, *cue, "act.proposal-revised");
  const bool question = (cue->flags & cue_question) != 0;
  if (!judge.agreed_ && question && (cue->flags & cue_booked) == 0 && !has_terms(*cue) &&
      !trait(trait_again | trait_apology))
    return {};
  return made(Act::change, *cue, "act.change");
}

ActJudge::View::Maybe ActJudge::View::sets_condition() const {
  const Cue* cue = find({CueKind::condition});
  if (cue == nullptr || find({CueKind::hold}) != nullptr) return {};
  return made(Act::proposal, *cue, "act.open-condition");
}

/// ごめん、金曜は発表会なんだ: sorry, and the day they asked for, and nothing else.
ActJudge::View::Maybe ActJudge::View::cannot_then() const {
  if (!answers_now() || theirs.kind != Act::proposal || !trait(trait_apology) || trait(trait_asks | trait_instructs | trait_enquiry)) return {};
  const Cue* state = find({CueKind::state});
  if (state == nullptr) return {};
  for (const Cue& cue : cues.list)
    if (is_reply(cue.kind) || cue.kind == CueKind::ask || cue.kind == CueKind::offer || cue.kind == CueKind::hold || cue.kind == CueKind::hold_soft) return {};
  return says_again(theirs.terms) ? Maybe(made(Act::rejection, *state, "act.cannot-then")) : std::nullopt;
}

ActJudge::View::Maybe ActJudge::View::refuses() const {
  if (theirs.open && theirs.kind == Act::change && judge.agreed_)
    for (const Cue& cue : cues.list) // 当初の6/14でお願いします
      if (cue.kind == CueKind::ask && (cue.flags & cue_question) == 0 && has_terms(cue) &&
          has_new(cue, theirs.terms) && !has_new(cue, judge.agreed_terms_))
        return made(Act::rejection, cue, "act.as-agreed");
  const Cue* cue = find({CueKind::refuse, CueKind::unable, CueKind::cannot});
  if (cue == nullptr) return cannot_then();
  const bool firm = cue->kind == CueKind::refuse && (cue->flags & cue_weak) == 0;
  if (!firm && find({CueKind::hold}) != nullptr) return {};
  const bool asked = answers_now() || (theirs.open && (theirs.held || trait(trait_refers))) ||
                     (!judge.named_[other].empty() && judge.wishes_[other].questioned);
  if (!firm && !asked) return {};
  for (const Cue& other_cue : cues.list) {
    const bool offers = other_cue.kind == CueKind::ask || other_cue.kind == CueKind::offer ||
                        other_cue.kind == CueKind::quote || other_cue.kind == CueKind::order ||
                        other_cue.kind == CueKind::pick || other_cue.kind == CueKind::change;
    const bool without_figures =
        other_cue.kind == CueKind::offer && (other_cue.flags & cue_weak) != 0 && &other_cue > cue;
    if (without_figures) return made(Act::proposal, other_cue, "act.refuse-unless");
    if (!offers || !has_terms(other_cue) || &other_cue == cue) continue;
    if (judge.agreed_ && !has_new(other_cue, judge.agreed_terms_)) continue;
    // 4万円でどうにかなりませんか is no choice, though one row of theirs says 4万円.
    const bool chooses = (other_cue.flags & cue_question) == 0 || any_term(other_cue, [](const ActTerm& term) { return term.kind != TermKind::amount; });
    if (theirs.open && chooses && !has_new(other_cue, theirs.terms))
      return made(Act::acceptance, other_cue, "act.pick-other");
    if (judge.agreed_ && !theirs.open) return made(Act::change, other_cue, "act.refuse-and-rebook");
    return made(Act::proposal, other_cue, "act.refuse-and-offer");
  }
  if (theirs.open && !firm && find({CueKind::go, CueKind::pick, CueKind::order}) != nullptr) return {};
  if (firm && !theirs.open && !theirs.parked && !theirs.held && judge.agreed_)
    return made(Act::cancel, *cue, "act.refuse-agreed");
  return made(Act::rejection, *cue, firm ? "act.refuse" : "act.cannot");
}

ActJudge::View::Maybe ActJudge::View::holds() const {
  if (const Cue* cue = find({CueKind::hold})) {
    const bool soft = (cue->flags & cue_weak) != 0 || ((cue->flags & cue_doubtful) != 0 && !has_ground(*cue));
    const bool asked = theirs.open || theirs.parked || !judge.named_[other].empty();
    if (trait(trait_enquiry) && ((cue->flags & cue_weak) != 0 || (!theirs.open && !theirs.parked))) return {}; // 導入を検討しています。おいくらですか
    const bool goes =
        find({CueKind::go, CueKind::order, CueKind::pick}) != nullptr && (soft || trait(trait_refers));
    if (!goes && (!soft || asked)) return made(Act::hold, *cue, "act.hold");
  }
  const Cue* cue = find({CueKind::hold_soft});
  if (cue == nullptr || !answers_now()) return {};
  if (find({CueKind::fine, CueKind::go, CueKind::order, CueKind::pick, CueKind::confirm, CueKind::await_you,
            CueKind::come, CueKind::bare_go, CueKind::quote}) != nullptr)
    return {};
  if ((cue->flags & cue_weak) != 0 && find({CueKind::understood}) != nullptr) return {};
  for (const Cue& other_cue : cues.list)
    if ((other_cue.kind == CueKind::ask || other_cue.kind == CueKind::offer) && has_terms(other_cue))
      return {};
  return made(Act::hold, *cue, "act.hold-until-checked");
}

/// Other terms beside the agreement: then it is a new proposal.
ActJudge::View::Maybe ActJudge::View::alters(const Cue& reply) const {
  const bool firm =
      reply.kind == CueKind::go || reply.kind == CueKind::order || reply.kind == CueKind::confirm;
  if (answers_with_price() || ((reply.kind != CueKind::confirm || (reply.flags & cue_doubtful) != 0) && theirs.kind == Act::proposal && names_new_price() && trait(trait_offered_amount) && !trait(trait_restates)))
    return made(Act::proposal, reply, "act.price-answered");
  if (reply.kind == CueKind::offer && offers_days(reply)) return made(Act::proposal, reply, "act.days-offered");
  for (const Cue& cue : cues.list) {
    if (cue.kind == CueKind::quote && (cue.flags & cue_weak) == 0 && has_new(cue, theirs.terms) && !firm)
      return made(Act::proposal, cue, "act.quote");
    if (!trait(trait_as_was) && contradicts(cue, theirs.terms) &&
        (is_reply(cue.kind) || cue.kind == CueKind::ask || cue.kind == CueKind::offer))
      return made(Act::proposal, cue, "act.altered-terms");
    if (cue.kind == CueKind::offer && (cue.flags & cue_if) != 0 &&
        (has_new(cue, theirs.terms) || has_new_count(cue)))
      return made(Act::proposal, cue, "act.only-if");
    if (cue.kind == CueKind::offer && reply.kind == CueKind::offer && (cue.flags & cue_if) != 0 &&
        (cue.flags & cue_weak) != 0)
      return made(Act::proposal, cue, "act.only-if"); // 簡易版でしたら25万円で
    if (cue.kind == CueKind::offer && reply.kind == CueKind::offer && trait(trait_contrast))
      return made(Act::proposal, cue, "act.only"); // 午後のみ空いております
    if (cue.kind == CueKind::ask && (cue.flags & cue_instead) != 0 && has_near_terms(cue) && has_new(cue, theirs.terms))
      return made(Act::proposal, cue, "act.altered-terms");
    const bool instead = cue.kind == CueKind::ask && (cue.flags & cue_instead) != 0 && !has_terms(cue);
    if (instead && ((cue.flags & cue_question) != 0 || trait(trait_contrast)))
      return made(Act::proposal, cue, "act.altered");
    if (cue.kind != CueKind::ask || (cue.flags & cue_question) == 0) continue;
    if (!firm && has_new(cue, theirs.terms)) return made(Act::proposal, cue, "act.other-terms");
    if (trait(trait_contrast) && !trait(trait_instructs) && !trait(trait_condition)) return made(Act::proposal, cue, "act.reservation");
  }
  return {};
}

/// Does this word answer what the other side wants?
bool ActJudge::View::answers(const Cue& cue) const {
  const bool known =
      any_term(cue, [&](const ActTerm& term) { return counts(cue, term) && (term.flags & term_apart) == 0; }) &&
      !has_new(cue, theirs.terms);
  const bool plain = (cue.flags & cue_question) == 0;
  constexpr UtcSeconds soon = 7 * day; // お送りします answers an offer only then
  const bool lately = sent - theirs.at <= soon;
  if (trait(trait_enquiry) && !known && (cue.flags & cue_refers) == 0) return false;
  if (theirs.kind == Act::cancel && trait(trait_offered_amount)) return false; // another offer, not a word to the cancellation
  switch (cue.kind) {
  case CueKind::go:
  case CueKind::order:
  case CueKind::confirm:
    return true;
  case CueKind::pick:
    return !trait(trait_instructs) && ((cue.flags & cue_weak) == 0 || answers_now());
  case CueKind::fine:
    if ((cue.flags & cue_weak) != 0) return answers_now() && !trait(trait_asks);
    return answers_now() || known || theirs.held || trait(trait_refers);
  case CueKind::understood:
    return answers_now() || known;
  case CueKind::await_you:
  case CueKind::come:
    return (answers_now() && lately) || known;
  case CueKind::bare_go:
    if ((cue.flags & cue_weak) != 0) // 入れといて
      return answers_now() && trait(trait_brief) && !trait(trait_asks) && !has_new(cue, theirs.terms);
    return answers_now();
  case CueKind::yes:
    return answers_now() && (trait(trait_brief) || known);
  case CueKind::offer:
    return answers_now() && (cue.flags & cue_weak) == 0 && !has_new(cue, theirs.terms) && !trait(trait_asks);
  case CueKind::ask: // 修理お願いします
    if ((known && (plain || (cue.flags & (cue_refers | cue_booked)) != 0)) || (plain && only_adds_hour(cue)))
      return true;
    if (has_near_terms(cue) || !plain) return false;
    if ((cue.flags & cue_refers) != 0 && (cue.flags & cue_weak) == 0)
      return !trait(trait_instructs); // 3回のプランで
    return (cue.flags & cue_conditional) != 0 ||
           ((cue.flags & cue_weak) != 0 && trait(trait_brief) && !trait(trait_instructs));
  case CueKind::quote:
  case CueKind::state: // 15,000円でやりまっさ
    return (cue.flags & cue_weak) != 0 && known && answers_now() && !trait(trait_asks | trait_enquiry | trait_invoice | trait_apology | trait_contrast) &&
           (!trait(trait_instructs | trait_thanks | trait_refers) || says_again(theirs.terms));
  case CueKind::regards:
    return answers_now() && trait(trait_brief) && has_kind(theirs.terms, TermKind::day) &&
           !has_kind(theirs.terms, TermKind::amount);
  default:
    return false;
  }
}

ActJudge::View::Maybe ActJudge::View::accepts_open() const {
  for (const CueKind kind :
       {CueKind::go, CueKind::order, CueKind::confirm, CueKind::pick, CueKind::fine, CueKind::understood,
        CueKind::ask, CueKind::offer, CueKind::await_you, CueKind::come, CueKind::bare_go, CueKind::yes,
        CueKind::quote, CueKind::state, CueKind::regards}) {
    for (const Cue& cue : cues.list) {
      if (cue.kind != kind || !answers(cue)) continue;
      if (const Maybe other_terms = alters(cue)) return other_terms;
      Judgement judgement = made(Act::acceptance, cue, "act.accept");
      judgement.conditional = (cue.flags & cue_conditional) != 0 || trait(trait_condition);
      return judgement;
    }
  }
  return {};
}

/// 12日13時半、カットですね。お待ちしています: what they have just accepted, said again in any words.
ActJudge::View::Maybe ActJudge::View::restates() const {
  if (!judge.agreed_ || !judge.accepted_last_ || judge.accepted_by_ != other || sent - judge.agreed_at_ > one_go || cues.list.empty()) return {};
  if (trait(trait_asks | trait_enquiry | trait_invoice | trait_reminds | trait_next | trait_again | trait_apology)) return {};
  for (const Cue& cue : cues.list)
    if (!is_reply(cue.kind) && cue.kind != CueKind::state && !(cue.kind == CueKind::quote && (cue.flags & cue_weak) != 0)) return {};
  const bool replies = std::any_of(cues.list.begin(), cues.list.end(), [](const Cue& cue) { return is_reply(cue.kind); });
  if (!says_again(judge.agreed_terms_) || (!replies && cues.terms.size() < 2)) return {};
  return made(Act::acceptance, cues.list.front(), "act.terms-restated");
}

/// A booking or order is said again by who took it, though no proposal of the other side is open.
ActJudge::View::Maybe ActJudge::View::confirms() const {
  const Cue* cue = find({CueKind::confirm});
  if (cue == nullptr) return restates();
  const bool figures = !cues.terms.empty();
  if (!judge.agreed_ && (cue->flags & cue_doubtful) != 0 && trait(trait_offered_amount)) return {}; // …も承っております
  if (!judge.agreed_ && trait(trait_offered_amount) && !trait(trait_restates) && !(trait(trait_thanks) && (cue->flags & cue_booked) != 0))
    return {}; // …円で承っております
  if (judge.agreed_) {
    const bool after_theirs = judge.accepted_last_ && judge.accepted_by_ == other;
    return after_theirs && figures && !trait(trait_invoice) && (says_again(judge.agreed_terms_) || !trait(trait_offered_amount) || (cue->flags & cue_doubtful) == 0)
               ? Maybe(made(Act::acceptance, *cue, "act.order-restated"))
               : std::nullopt;
  }
  if (mine.open || trait(trait_invoice)) return {};
  return made(Act::acceptance, *cue, "act.confirmed");
}

ActJudge::View::Maybe ActJudge::View::accepts() const {
  if (theirs.open) return accepts_open();
  const Cue* cue = find({CueKind::go, CueKind::order, CueKind::pick});
  if (const Cue* fine = find({CueKind::fine}); cue == nullptr && theirs.parked && fine != nullptr && !trait(trait_asks | trait_brief)) cue = fine;
  if (cue != nullptr && cue->kind == CueKind::pick && (!theirs.parked || contradicts(*cue, theirs.terms)))
    cue = nullptr;
  const bool known_before = theirs.parked || (!judge.agreed_ && !mine.open);
  if (cue != nullptr && known_before) {
    const bool refers = (cue->flags & cue_refers) != 0 || trait(trait_refers);
    if (theirs.parked || refers) {
      Judgement judgement = made(Act::acceptance, *cue, "act.accept-named");
      judgement.conditional = (cue->flags & cue_conditional) != 0 || trait(trait_condition);
      return judgement;
    }
  }
  if (const Maybe confirmed = confirms()) return confirmed;
  const std::vector<ActTerm>& named = judge.named_[other];
  if (named.empty() || judge.agreed_ || trait(trait_asks) || (judge.wishes_[other].asked && trait(trait_offered_amount))) return {};
  cue = find({CueKind::go, CueKind::await_you, CueKind::come});
  if (cue == nullptr) return {};
  for (const ActTerm& term : cues.terms)
    if (term.kind != TermKind::count && !knows(named, term)) return {};
  return made(Act::acceptance, *cue, "act.accept-said");
}

ActJudge::View::Maybe ActJudge::View::proposes_by(const Cue& cue) const {
  const bool booked = (cue.flags & cue_booked) != 0;
  // What was agreed long ago is settled: the same price said now is put forward anew.
  const bool agreed = judge.agreed_ && sent - judge.agreed_at_ <= settled_for;
  switch (cue.kind) {
  case CueKind::quote:
    if (trait(trait_enquiry) || trait(trait_invoice)) return {};
    if ((cue.flags & cue_weak) != 0) {
      if (agreed && !judge.wishes_[other].questioned && !trait(trait_next)) return {};
      if (find({CueKind::understood, CueKind::confirm}) != nullptr && agreed) return {};
      if (trait(trait_reminds) && !names_new_price()) return {};
      // 55万円ですと経費になりません: of a price that they have just named.
      if (!judge.wishes_[other].asked && !any_term(cue, [&](const ActTerm& term) { return term.kind == TermKind::amount && (term.flags & term_weak) == 0 && !knows(judge.named_[other], term); })) return {};
      return made(Act::proposal, cue, "act.price-stated");
    }
    if (has_terms(cue) && !has_new(cue, judge.agreed_terms_) && agreed) return {};
    return made(Act::proposal, cue, "act.quote");
  case CueKind::order:
    if (!any_term(cue, [](const ActTerm&) { return true; }) &&
        (trait(trait_enquiry) || (agreed && !trait(trait_next))))
      return {};
    return made(Act::proposal, cue, "act.order");
  case CueKind::confirm: // 1日7万円で承っております
  case CueKind::go:
  case CueKind::fine: // 縦型なら13,000円で大丈夫です
  case CueKind::come: {
    const bool prices =
        any_term(cue, [](const ActTerm& term) { return term.kind == TermKind::amount && term.flags == 0; });
    // 2月8日、16,500円で承っております, said in April: of a booking that was.
    const bool past = any_term(cue, [&](const ActTerm& term) { return term.kind == TermKind::day && term.last < today; }) &&
                      !any_term(cue, [&](const ActTerm& term) { return term.kind == TermKind::day && term.last >= today; });
    if (!prices || past || (agreed && !judge.wishes_[other].asked) || trait(trait_enquiry | trait_invoice)) return {};
    return made(Act::proposal, cue, "act.price-stated");
  }
  case CueKind::state: { // 水曜10時と金曜13時半です, to who asked
    const bool when = any_term(cue, [&](const ActTerm& term) { return (term.kind == TermKind::day && !is_range(term) && counts(cue, term)) || term.kind == TermKind::clock; });
    if (!when || agreed || mine.open || mine.parked || theirs.open || !judge.wishes_[other].when || trait(trait_asks | trait_enquiry | trait_invoice | trait_reminds)) return {};
    return made(Act::proposal, cue, "act.time-answered");
  }
  case CueKind::ask:
  case CueKind::offer:
    break;
  default:
    return {};
  }
  const bool instead = (cue.flags & cue_instead) != 0;
  if (!has_terms(cue) && !instead && (cue.flags & cue_question) != 0 &&
      (theirs.open || mine.open) && any_term(cue, [](const ActTerm& term) {
        return term.kind == TermKind::count && (term.flags & term_apart) == 0;
      }))
    return made(Act::proposal, cue, "act.count-asked"); // 57でどう
  if (!has_terms(cue) && (cue.flags & cue_if) != 0 && (cue.flags & cue_question) != 0 && (theirs.open || theirs.held) && trait(trait_contrast | trait_condition))
    return made(Act::proposal, cue, "act.counter");
  if (!has_terms(cue) && (!instead || trait(trait_instructs))) return {};
  if (instead && judge.agreed_ && !theirs.open && !trait(trait_next) && has_new(cue, judge.agreed_terms_))
    return made(Act::change, cue, "act.change-to");
  if (instead && !has_terms(cue)) {
    if (theirs.open) return made(Act::proposal, cue, "act.counter");
    return judge.agreed_ ? Maybe(made(Act::change, cue, "act.change-to")) : std::nullopt;
  }
  if (trait(trait_enquiry) && !(((cue.flags & cue_if) != 0 || booked) && has_near_terms(cue))) return {};
  // 144,000円って送料は別ですか: of what they offered.
  if ((cue.flags & (cue_question | cue_refers | cue_booked)) == cue_question && theirs.open && theirs.kind == Act::proposal && !instead && !has_new(cue, theirs.terms)) return {};
  if (trait(trait_invoice) && agreed) return {};
  const bool prices = any_term(cue, [&](const ActTerm& term) { return term.kind == TermKind::amount && term.flags == 0; });
  if ((cue.flags & cue_weak) != 0 && agreed && !booked && !(prices && trait(trait_next))) return {};
  if (agreed && !has_new(cue, judge.agreed_terms_)) return {};
  if (judge.agreed_ && !booked && !trait(trait_next) && trait(trait_again | trait_apology) && !theirs.open)
    return made(Act::change, cue, "act.change-asked");
  return made(Act::proposal, cue, cue.kind == CueKind::ask ? "act.terms-asked" : "act.terms-offered");
}

ActJudge::View::Maybe ActJudge::View::proposes() const {
  for (const CueKind kind : {CueKind::quote, CueKind::ask, CueKind::offer, CueKind::order, CueKind::confirm,
                             CueKind::go, CueKind::come, CueKind::fine, CueKind::state})
    for (const Cue& cue : cues.list)
      if (cue.kind == kind)
        if (const Maybe judgement = proposes_by(cue)) return judgement;
  return {};
}

// --- Message after message
// -------------------------------------------------------------------------------------------

Judgement ActJudge::next(const Cues& cues, Direction direction, UtcSeconds sent, const std::optional<Judgement>& decided) {
  if (direction == Direction::automatic || (!decided && (cues.traits & trait_machine) != 0)) return {};
  const View view(*this, cues, direction == Direction::in ? 0 : 1, sent);
  if (!decided && view.trait(trait_broadcast) && !view.answers_now()) return {};
  const Judgement judgement = decided ? *decided : judge(view);
  settle(view, judgement);
  return judgement;
}

Judgement ActJudge::judge(const View& view) const {
  using Step = View::Maybe (View::*)() const;
  constexpr Step steps[] = {&View::own_word, &View::sets_condition, &View::cancels, &View::changes,
                            &View::refuses,  &View::holds,          &View::accepts, &View::proposes};
  for (const Step step : steps)
    if (const View::Maybe judgement = (view.*step)()) return *judgement;
  return {};
}

void ActJudge::keep(std::vector<ActTerm>& terms, const std::vector<ActTerm>& more) {
  for (const ActTerm& term : more)
    if (terms.size() < max_terms && std::none_of(terms.begin(), terms.end(), [&](const ActTerm& known) {
          return known.kind == term.kind && known.value == term.value && known.last == term.last;
        }))
      terms.push_back(term);
}

void ActJudge::want(const View& view, Act kind) {
  Wish& mine = wishes_[view.me];
  Wish& theirs = wishes_[view.other];
  std::vector<ActTerm> terms;
  keep(terms, view.cues.terms);
  const bool had_price = (mine.open || mine.parked) && mine.kind == Act::proposal && has_kind(mine.terms, TermKind::amount);
  const bool parked = had_price && !has_kind(terms, TermKind::amount);
  // Two prices that wait for an answer: when one is taken, the other may still be, in words that name it.
  const bool several = kind == Act::proposal && had_price && has_kind(terms, TermKind::amount) && !mine.answered &&
                       std::none_of(terms.begin(), terms.end(), [&](const ActTerm& term) { return term.kind == TermKind::amount && knows(mine.terms, term); });
  if (theirs.open) {
    theirs.parked = kind == Act::proposal && theirs.kind == Act::proposal;
    theirs.open = theirs.fresh = false;
  }
  if (mine.open && mine.kind == kind && view.sent - mine.at <= one_go && !mine.answered)
    keep(terms, mine.terms);
  if (had_price && kind == Act::proposal && terms.empty()) keep(terms, mine.terms); // the same quotation once more
  mine = {};
  mine.parked = parked && kind == Act::proposal;
  mine.several = several;
  mine.open = mine.fresh = true;
  mine.kind = kind;
  mine.at = view.sent;
  mine.terms = std::move(terms);
  if (kind == Act::cancel) {
    agreed_ = false;
    agreed_terms_.clear();
  }
}

void ActJudge::agree(const View& view, bool conditional) {
  Wish& mine = wishes_[view.me];
  Wish& theirs = wishes_[view.other];
  const bool cancelled = theirs.open && theirs.kind == Act::cancel;
  const bool has_amount = has_kind(theirs.terms, TermKind::amount);
  std::vector<ActTerm> terms;
  keep(terms, theirs.terms);
  keep(terms, view.cues.terms);
  if (theirs.open && theirs.kind == Act::change)
    for (const ActTerm& term : agreed_terms_)
      if (!has_kind(theirs.terms, term.kind)) keep(terms, {term});
  agreed_ = !cancelled;
  agreed_at_ = view.sent;
  agreed_terms_ = cancelled ? std::vector<ActTerm>{} : std::move(terms);
  if (mine.open || mine.parked) mine.parked = !has_amount && has_kind(mine.terms, TermKind::amount);
  mine.open = false;
  theirs.fresh = false;
  theirs.parked = (theirs.parked && theirs.open && !has_amount) || (theirs.several && theirs.open);
  theirs.several = false;
  theirs.open = theirs.held = theirs.open && conditional;
  accepted_by_ = view.me;
}

void ActJudge::settle(const View& view, const Judgement& judgement) {
  Wish& mine = wishes_[view.me];
  Wish& theirs = wishes_[view.other];
  theirs.answered = true;
  accepted_last_ = judgement.act == Act::acceptance || (judgement.act == Act::none && accepted_last_);
  named_[view.me].clear();
  switch (judgement.act) {
  case Act::proposal:
  case Act::change:
  case Act::cancel:
    want(view, judgement.act);
    break;
  case Act::acceptance:
    agree(view, judgement.conditional);
    break;
  case Act::rejection:
    theirs.parked = theirs.several;
    theirs.open = theirs.fresh = theirs.several = false;
    break;
  case Act::hold:
    theirs.held = theirs.open;
    break;
  case Act::none:
    if (mine.open && !theirs.questioned && (mine.answered || view.sent - mine.at > pause)) mine.fresh = false;
    if (!view.trait(trait_reminds)) keep(named_[view.me], view.cues.terms);
    break;
  }
  for (const ActTerm& term : view.cues.terms)
    if (term.kind == TermKind::amount && !knows(prices_, term)) prices_.push_back(term);
  if (prices_.size() > max_terms) prices_.erase(prices_.begin(), prices_.end() - max_terms);
  mine.asked = (view.cues.traits & trait_enquiry) != 0;
  mine.when = (view.cues.traits & trait_asks_when) != 0;
  mine.questioned = (view.cues.traits & (trait_enquiry | trait_asks)) != 0;
}

} // namespace genchi::facts
