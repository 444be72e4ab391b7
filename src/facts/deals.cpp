#include "facts/deals.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "facts/deal_terms.hpp"

namespace genchi::facts {
namespace {

constexpr UtcSeconds day = 86'400;
// An answer after more than a year is to something else.
constexpr UtcSeconds longest_silence = 400 * day;
// Other terms so long after are of another deal; the same ones sent again may be a reminder for longer.
constexpr UtcSeconds counter_offer_within = 60 * day;
constexpr UtcSeconds reminder_within = 120 * day;
// After a refusal the other terms have to come soon, and in the same conversation.
constexpr UtcSeconds other_terms_within = 30 * day;
// An order that says again what was agreed just now is no second one.
constexpr UtcSeconds restated_within = 7 * day;
// What one side adds to its offer so soon belongs to it, be it a day of a meeting.
constexpr UtcSeconds one_go = day;
// An answer so late names what it answers.
constexpr UtcSeconds answered_within = 60 * day;
constexpr UtcSeconds other_day_within = 14 * day;
constexpr std::size_t most_looked_through = 64;
// What a message names, and where it stands, as reasons to take it for a message of a deal.
constexpr int for_an_amount = 5, for_a_day = 3, for_the_conversation = 4, for_the_channel = 1;
constexpr int most_counted = 2;  // amounts or days in common

bool has_appointment(const std::vector<DateFact>& dates) {
  return std::any_of(dates.begin(), dates.end(), [](const DateFact& date) { return date.role == DateRole::appointment; });
}
std::vector<Amount> terms_only(std::vector<Amount> amounts) {
  std::erase_if(amounts, [](const Amount& amount) { return !is_term(amount); });
  return amounts;
}
bool has_price(const std::vector<Amount>& amounts) {
  return std::any_of(amounts.begin(), amounts.end(), [](const Amount& amount) { return is_term(amount); });
}

/// Is one sum so near the other that it may have been offered instead?
bool same_size(const Amount* a, const Amount* b) {
  if (a == nullptr || b == nullptr || !a->yen || !b->yen) return false;
  const auto [low, high] = std::minmax(*a->yen, *b->yen);
  return high / 5 * 2 <= low;
}

std::size_t side(Direction direction) { return direction == Direction::in ? 0 : 1; }

/// Read without any proposal being open: it may be of something that is no deal here.
bool answers_nothing_open(const Facts& facts) {
  return facts.act_rule == "act.accept-said" || facts.act_rule == "act.confirmed" || facts.act_rule == "act.order-restated";
}

} // namespace

std::string_view deal_state_name(DealState state) {
  constexpr std::array<std::string_view, 6> names{"unanswered", "explicit", "conditional", "hold", "rejected", "cancelled"};
  return names[static_cast<std::size_t>(state)];
}

const Amount* DealTerms::whole() const {
  const Amount* best = nullptr;
  const auto rank = [](const Amount& amount) {
    const bool total = amount.item.find("合計") != std::string::npos || amount.item.find("総額") != std::string::npos || amount.item.find("総計") != std::string::npos;
    return std::tuple(total, !amount.unit, amount.yen.value_or(0));
  };
  for (const Amount& amount : amounts)
    if (amount.role != AmountRole::discount && (!best || rank(*best) < rank(amount))) best = &amount;
  return best;
}

struct DealBook::View {
  const Message& message;
  const Facts& facts;
  Things named;
  bool prices = false;   ///< puts amounts forward
  bool meets = false;    ///< a day of a meeting or booking, and no amount

  View(const Message& of, const Facts& says) : message(of), facts(says), named(things(terms_only(says.amounts))), prices(has_price(says.amounts)), meets(!prices && has_appointment(says.dates)) {}
};

// --- Which deal ---

template <typename Fits> std::optional<std::size_t> DealBook::best(const View& view, const Fits& fits) const {
  std::optional<std::size_t> found;
  std::tuple<int, UtcSeconds> found_rank;
  for (std::size_t at = deals_.size(), looked = 0; at-- > 0 && looked < most_looked_through; ++looked) {
    const UtcSeconds last = deals_[at].steps.back().sent;
    if (view.message.sent - last > longest_silence) continue;
    const Fit fit = fits(at);
    if (!fit) continue;
    const std::tuple rank(*fit, last);
    if (found && rank <= found_rank) continue;
    found = at;
    found_rank = rank;
  }
  return found;
}

int DealBook::nearness(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const Talk& talk = talks_[at];
  InCommon common = in_common(deal.in_force, talk.things, view.facts, view.named);
  if (deal.wanted) common.days += in_common(*deal.wanted, {}, view.facts, {}).days;
  int near = std::min(common.amounts, most_counted) * for_an_amount + std::min(common.days, 1) * for_a_day;
  if (talk.conversation == view.message.conversation && talk.conversation != 0) near += for_the_conversation;
  if (talk.channel == view.message.channel) near += for_the_channel;
  return near;
}

/// One price as large as that of the deal, though under another name, and no other deal knows that name: 会長から57,000円で
/// とのことです. Such a name is a word of the sentence more often than a thing.
bool DealBook::only_misnames(std::size_t at, const View& view) const {
  const std::vector<Amount> prices = terms_only(view.facts.amounts);
  if (prices.size() != 1 || !same_size(deals_[at].in_force.whole(), &prices.front())) return false;
  const std::size_t oldest = talks_.size() > most_looked_through ? talks_.size() - most_looked_through : 0;
  for (std::size_t other = oldest; other < talks_.size(); ++other)
    if (other != at && !talks_[other].things.empty() && !other_things(talks_[other].things, view.named, /*loosely=*/true)) return false;
  return true;
}

/// A proposal by the side that did not speak last: does it answer this deal?
bool DealBook::counters(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const Talk& talk = talks_[at];
  const bool here = talk.conversation == view.message.conversation && talk.conversation != 0;
  if (other_things(talk.things, view.named, /*loosely=*/here) && !(here && only_misnames(at, view))) return false;
  const bool priced = has_price(deal.in_force.amounts);
  const bool met = has_appointment(deal.in_force.dates);
  // A day to meet is no answer to a quotation; in a chat it is one to a price: 5/10でお願いします.
  if (view.meets && priced && !met) return here && view.message.channel != Channel::mail;
  if (here) return true;
  if (view.prices) return priced && same_size(deal.in_force.whole(), DealTerms{0, view.facts.amounts, {}}.whole());
  return met && view.meets && view.message.sent - deal.steps.back().sent <= other_day_within;
}

/// A proposal by the side that spoke last: is it about the same?
bool DealBook::goes_on(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const Talk& talk = talks_[at];
  if (talk.conversation != view.message.conversation || talk.conversation == 0) return false;
  if (other_things(talk.things, view.named, /*loosely=*/false)) return false;
  if (view.message.sent - deal.steps.back().sent <= one_go) return true;
  const bool priced = has_price(deal.in_force.amounts);
  const bool met = has_appointment(deal.in_force.dates);
  return !(view.meets && priced && !met) && !(view.prices && !priced && met && !has_appointment(view.facts.dates));
}

/// To a deal that is settled a proposal belongs if it says the same again, or offers other terms for those refused.
DealBook::Fit DealBook::joins_closed(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const bool here = talks_[at].conversation == view.message.conversation && view.message.conversation != 0;
  const UtcSeconds silence = view.message.sent - deal.steps.back().sent;
  if (!here || other_things(talks_[at].things, view.named, /*loosely=*/false)) return {};
  if (deal.state == DealState::rejected) {
    const bool other_matter = view.meets && has_price(deal.in_force.amounts);
    return silence <= other_terms_within && !other_matter ? Fit(nearness(at, view)) : Fit();
  }
  if (deal.state != DealState::agreed) return {};
  const bool of_the_change = deal.wanted && asked(at).direction != view.message.direction && silence <= other_day_within;
  const bool again = only_repeats(deal.in_force, view.facts) && silence <= restated_within;
  return of_the_change || again ? Fit(nearness(at, view)) : Fit();
}

DealBook::Fit DealBook::joins(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const Talk& talk = talks_[at];
  if (!deal.is_open()) return joins_closed(at, view);
  const UtcSeconds silence = view.message.sent - deal.steps.back().sent;
  const bool by_the_other = asked(at).direction != view.message.direction;
  if (only_repeats(deal.in_force, view.facts) && silence <= reminder_within && !other_things(talk.things, view.named, false)) return nearness(at, view);
  if (silence > counter_offer_within) return {};
  // 納品を5/8に変更させてください: read as other terms for what is open.
  if (view.facts.act_rule == (by_the_other ? "act.counter-change" : "act.proposal-revised")) return nearness(at, view);
  const InCommon common = in_common(deal.in_force, talk.things, view.facts, view.named);
  const bool same_thing = common.amounts > 0 && !other_things(talk.things, view.named, /*loosely=*/false);
  const bool same_day = common.days > 0 && (view.prices == has_price(deal.in_force.amounts)) && !other_things(talk.things, view.named, false);
  if (same_thing || same_day || (by_the_other ? counters(at, view) : goes_on(at, view))) return nearness(at, view);
  return {};
}

DealBook::Fit DealBook::answers(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const Talk& talk = talks_[at];
  const bool wanted_of_us = asked(at).direction != view.message.direction;
  const bool offered = talk.put[1 - side(view.message.direction)].has_value();
  const int near = nearness(at, view);
  const bool shares = near >= for_an_amount || in_common(deal.in_force, {}, view.facts, {}).days > 0;
  if (view.message.sent - deal.steps.back().sent > answered_within && !shares) return {};
  if (answers_nothing_open(view.facts) && near < for_a_day) return {};
  switch (deal.state) {
  case DealState::agreed:
    return deal.wanted && wanted_of_us ? Fit(near) : Fit();
  case DealState::cancelled:  // agreed to
    return view.facts.act == Act::acceptance && wanted_of_us && deal.steps.back().act == Act::cancel ? Fit(near) : Fit();
  case DealState::rejected:   // after all
    return view.facts.act == Act::acceptance && offered && near >= for_a_day ? Fit(near - for_an_amount) : Fit();
  default: break;
  }
  if (wanted_of_us) return near;
  // The offer that somebody countered is taken up all the same, or the talks are given up.
  const bool may = offered && (view.facts.act == Act::acceptance || view.facts.act == Act::rejection);
  return may ? Fit(near - for_a_day) : Fit();
}

/// A confirmation of what is agreed.
DealBook::Fit DealBook::is_restated_by(std::size_t at, const View& view) const {
  const Deal& deal = deals_[at];
  const int near = nearness(at, view);
  const bool recent = view.message.sent - deal.steps.back().sent <= other_terms_within;
  return deal.state == DealState::agreed && recent && near >= for_a_day ? Fit(near) : Fit();
}

/// A change or cancellation. What has its days behind it is hardly meant.
DealBook::Fit DealBook::is_altered_by(std::size_t at, const View& view) const {
  constexpr int for_being_agreed = 2, for_days_ahead = 2;
  const Deal& deal = deals_[at];
  if (deal.state != DealState::agreed && !deal.is_open()) return {};
  const bool names_sum = in_common(deal.in_force, {}, view.facts, {}).amounts > 0; // 64,000円を69,000円に
  if (other_things(talks_[at].things, view.named, /*loosely=*/false) && !names_sum) return {};
  int fit = nearness(at, view);
  if (deal.state == DealState::agreed) fit += for_being_agreed;
  const CivilDay today = civil_day(view.message.sent, japan_offset_minutes);
  const std::vector<DateFact>& dates = deal.in_force.dates;
  if (std::any_of(dates.begin(), dates.end(), [&](const DateFact& date) { return date.last >= today; })) fit += for_days_ahead;
  else if (!dates.empty()) fit -= for_days_ahead;
  return fit;
}

// --- What it does there ---

std::size_t DealBook::add_step(std::size_t at, const View& view) {
  Talk& talk = talks_[at];
  talk.conversation = view.message.conversation;
  talk.channel = view.message.channel;
  deals_[at].steps.push_back({view.message.number, view.facts.act, view.facts.conditional, view.message.direction, view.message.sent});
  return deals_[at].steps.size() - 1;
}

/// Terms in an open deal: new ones wait for an answer; the same ones, sent again, do as they did.
void DealBook::put_forward(std::size_t at, const View& view) {
  Deal& deal = deals_[at];
  Talk& talk = talks_[at];
  const bool first = deal.steps.empty();
  const bool by_the_other = !first && asked(at).direction != view.message.direction;
  const Says says = by_the_other ? Says::reply : Says::offer;
  DealTerms fresh = over(deal.in_force, terms_of(view.message.number, view.facts, deal.in_force, says), says);
  const bool repeats = !first && (same_terms(fresh, deal.in_force) || only_repeats(deal.in_force, view.facts));
  const std::size_t step = add_step(at, view);
  if (repeats && !by_the_other && deal.is_open()) return;
  if (!repeats) {
    const DealTerms older = std::exchange(deal.in_force, std::move(fresh));
    if (!only_adds(older, deal.in_force)) deal.superseded.push_back(older);
  }
  talk.asked = deal.proposed = step;
  talk.put[side(view.message.direction)] = deal.in_force;
  deal.state = DealState::unanswered;
  deal.answered.reset();
}

void DealBook::propose(const View& view) {
  const auto found = best(view, [&](std::size_t at) { return joins(at, view); });
  if (!found) {
    deals_.emplace_back();
    talks_.emplace_back();
    put_forward(deals_.size() - 1, view);
    return;
  }
  Deal& deal = deals_[*found];
  // 発注 of what the other side offered, though other things were spoken of since.
  const bool orders = view.facts.act_rule == "act.order" && deal.is_open() && asked(*found).direction != view.message.direction && only_repeats(deal.in_force, view.facts);
  if (orders) return accept(*found, view);
  if (deal.state != DealState::agreed) return put_forward(*found, view);
  const bool of_the_change = deal.wanted && asked(*found).direction != view.message.direction;
  const std::size_t step = add_step(*found, view);
  if (!of_the_change) return;
  const DealTerms held = over(deal.in_force, *deal.wanted, Says::change);
  deal.wanted = terms_of(view.message.number, view.facts, held, Says::change);
  talks_[*found].asked = step;
}

void DealBook::accept(std::size_t at, const View& view) {
  Deal& deal = deals_[at];
  const bool of_a_change = deal.state == DealState::agreed;
  const std::size_t step = add_step(at, view);
  const auto supersede = [&](DealTerms terms) {
    const DealTerms older = std::exchange(deal.in_force, std::move(terms));
    if (!only_adds(older, deal.in_force)) deal.superseded.push_back(older);
  };
  // Their own counter-offer is no longer wanted: what was offered to them is.
  if (!of_a_change && asked(at).direction == view.message.direction) {
    const DealTerms& offered = *talks_[at].put[1 - side(view.message.direction)];
    const auto put = std::find_if(deal.steps.begin(), deal.steps.end(), [&](const DealStep& each) { return each.message == offered.message; });
    if (put != deal.steps.end()) talks_[at].asked = deal.proposed = static_cast<std::size_t>(put - deal.steps.begin());
    supersede(offered);
  }
  if (view.facts.conditional) {
    if (!of_a_change) deal.state = DealState::conditional, deal.answered = step;
    return;
  }
  deal.state = DealState::agreed;
  if (!of_a_change) deal.answered = step;
  if (deal.wanted) supersede(over(deal.in_force, *std::exchange(deal.wanted, std::nullopt), Says::change));
  chosen(deal.in_force, view.facts);
  DealTerms other = other_terms(view.message.number, deal.in_force, view.facts);
  if (other.message != 0) supersede(over(deal.in_force, std::move(other), Says::change));
}

void DealBook::answer(const View& view) {
  const auto found = best(view, [&](std::size_t at) { return answers(at, view); });
  if (!found) {
    if (view.facts.act != Act::acceptance) return;
    if (const auto again = best(view, [&](std::size_t at) { return is_restated_by(at, view); })) {
      add_step(*again, view);
      chosen(deals_[*again].in_force, view.facts);
    }
    return;
  }
  Deal& deal = deals_[*found];
  if (deal.state == DealState::cancelled) {
    add_step(*found, view);
    return;
  }
  if (view.facts.act == Act::acceptance) return accept(*found, view);
  const std::size_t step = add_step(*found, view);
  const bool of_a_change = deal.state == DealState::agreed;
  if (of_a_change) {  // it leaves the deal as it was
    if (view.facts.act == Act::rejection) deal.wanted.reset();
    return;
  }
  deal.state = view.facts.act == Act::rejection ? DealState::rejected : DealState::hold;
  deal.answered = step;
}

void DealBook::change(const View& view) {
  const auto found = best(view, [&](std::size_t at) { return is_altered_by(at, view); });
  if (!found) return;
  Deal& deal = deals_[*found];
  if (deal.state != DealState::agreed) return put_forward(*found, view);
  talks_[*found].asked = add_step(*found, view);
  // What was agreed stays in force until the other side agrees to the change.
  deal.wanted = terms_of(view.message.number, view.facts, deal.in_force, Says::change);
}

/// Called off before it was agreed: an offer refused.
void DealBook::refuse(std::size_t at, const View& view) {
  Deal& deal = deals_[at];
  deal.answered = add_step(at, view);
  deal.steps.back().act = Act::rejection;
  deal.state = DealState::rejected;
}

void DealBook::cancel(const View& view) {
  // 見送ります with an agreement behind it is read as calling that off; an offer that waits for these very words comes first.
  if (view.facts.act_rule == "act.refuse-agreed") {
    const auto refused = best(view, [&](std::size_t at) {
      return deals_[at].is_open() && asked(at).direction != view.message.direction ? Fit(nearness(at, view)) : Fit();
    });
    const auto agreed = best(view, [&](std::size_t at) { return deals_[at].state == DealState::agreed ? is_altered_by(at, view) : Fit(); });
    if (refused && (!agreed || nearness(*refused, view) >= nearness(*agreed, view))) {
      refuse(*refused, view);
      return;
    }
  }
  const auto found = best(view, [&](std::size_t at) { return is_altered_by(at, view); });
  if (!found) return;
  Deal& deal = deals_[*found];
  if (deal.is_open() && asked(*found).direction != view.message.direction) return refuse(*found, view);
  talks_[*found].asked = add_step(*found, view);
  deal.state = DealState::cancelled;
  deal.wanted.reset();
}

void DealBook::next(const Message& message, const Facts& facts) {
  if (facts.act == Act::none) return;
  const View view(message, facts);
  switch (facts.act) {
  case Act::none: return;
  case Act::proposal: propose(view); break;
  case Act::acceptance:
  case Act::rejection:
  case Act::hold: answer(view); break;
  case Act::change: change(view); break;
  case Act::cancel: cancel(view); break;
  }
  // Its things are what later messages are compared with.
  for (std::size_t at = deals_.size(), looked = 0; at-- > 0 && looked < most_looked_through; ++looked)
    if (deals_[at].steps.back().message == message.number) talks_[at].things = things(deals_[at].in_force.amounts);
}

} // namespace genchi::facts
