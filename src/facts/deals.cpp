#include "facts/deals.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace genchi::facts {
namespace {

constexpr UtcSeconds day = 86'400;
// An answer after more than a year is to something else.
constexpr UtcSeconds longest_silence = 400 * day;
// Another proposal so long after, in another conversation, is another deal.
constexpr UtcSeconds counter_offer_within = 60 * day;
constexpr std::size_t most_looked_through = 64;

bool is_term(const Amount& amount) { return amount.role == AmountRole::offer || amount.role == AmountRole::accepted || amount.role == AmountRole::discount; }
bool is_term(const DateFact& date) { return date.role != DateRole::mention; }

template <typename Fact> std::vector<Fact> terms_of(const std::vector<Fact>& facts) {
  std::vector<Fact> out;
  std::copy_if(facts.begin(), facts.end(), std::back_inserter(out), [](const Fact& fact) { return is_term(fact); });
  return out;
}

DealTerms terms(std::int64_t message, const Facts& facts) { return {message, terms_of(facts.amounts), terms_of(facts.dates)}; }

auto key(const Amount& amount) { return std::tie(amount.yen, amount.currency, amount.value, amount.unit); }
auto key(const DateFact& date) { return std::tie(date.first, date.last, date.minute, date.end_minute); }

template <typename Fact> bool same(const std::vector<Fact>& a, const std::vector<Fact>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Fact& x, const Fact& y) { return key(x) == key(y); });
}

/// New terms over old ones; of what they do not speak, the old ones stay.
void renew(Deal& deal, DealTerms fresh) {
  if (fresh.amounts.empty()) fresh.amounts = deal.in_force.amounts;
  if (fresh.dates.empty()) fresh.dates = deal.in_force.dates;
  const bool nothing_new = same(fresh.amounts, deal.in_force.amounts) && same(fresh.dates, deal.in_force.dates);
  if (nothing_new) return;
  const bool had_any = !deal.in_force.amounts.empty() || !deal.in_force.dates.empty();
  if (had_any) deal.superseded.push_back(std::move(deal.in_force));
  deal.in_force = std::move(fresh);
}

bool is_open(const Deal& deal) {
  return deal.state == DealState::unanswered || deal.state == DealState::hold || deal.state == DealState::conditional;
}

/// Do they name an amount or a day alike, or an item?
bool share_terms(const Deal& deal, const Facts& facts) {
  for (const Amount& amount : facts.amounts)
    for (const Amount& held : deal.in_force.amounts)
      if (key(amount) == key(held) || (!amount.item.empty() && amount.item == held.item)) return true;
  for (const DateFact& date : facts.dates)
    for (const DateFact& held : deal.in_force.dates)
      if (is_term(date) && date.first == held.first && date.last == held.last) return true;
  return false;
}

void add_step(Deal& deal, const DealBook::Message& message, const Facts& facts) {
  deal.steps.push_back({message.number, facts.act, facts.conditional, message.direction, message.sent});
  deal.conversation = message.conversation;
}

/// The last step that asks something of the other side.
DealStep last_wish(const Deal& deal) {
  const auto wish = std::find_if(deal.steps.rbegin(), deal.steps.rend(), [](const DealStep& step) {
    return step.act == Act::proposal || step.act == Act::change || step.act == Act::cancel;
  });
  return wish == deal.steps.rend() ? deal.steps.front() : *wish;
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

const DealStep* Deal::answer() const {
  const auto step = std::find_if(steps.rbegin(), steps.rend(), [](const DealStep& each) {
    return each.act == Act::acceptance || each.act == Act::rejection || each.act == Act::hold;
  });
  return step == steps.rend() ? nullptr : &*step;
}

// In the same conversation first, then what shares its terms, then the one spoken of last.
Deal* DealBook::find(const Message& message, const Facts& facts, Wanted wanted) {
  Deal* best = nullptr;
  std::tuple<bool, bool, UtcSeconds> best_rank;
  std::size_t looked = 0;
  for (auto deal = deals_.rbegin(); deal != deals_.rend() && looked < most_looked_through; ++deal, ++looked) {
    if (message.sent - deal->steps.back().sent > longest_silence) continue;
    const bool fits = wanted == Wanted::any || (wanted == Wanted::agreed ? deal->state == DealState::agreed : is_open(*deal));
    if (!fits) continue;
    const std::tuple rank(deal->conversation == message.conversation && message.conversation != 0, share_terms(*deal, facts), deal->steps.back().sent);
    if (!best || rank > best_rank) {
      best = &*deal;
      best_rank = rank;
    }
  }
  return best;
}

void DealBook::propose(const Message& message, const Facts& facts) {
  Deal* deal = find(message, facts, Wanted::open);
  const bool related = deal && ((deal->conversation == message.conversation && message.conversation != 0) || share_terms(*deal, facts) ||
                                deal->steps.back().direction != message.direction);
  if (!related || message.sent - deal->steps.back().sent > counter_offer_within) {
    deals_.emplace_back();
    deal = &deals_.back();
  }
  add_step(*deal, message, facts);
  deal->state = DealState::unanswered;
  renew(*deal, terms(message.number, facts));
}

// By the other side than the one that asked last.
void DealBook::answer(const Message& message, const Facts& facts) {
  Deal* deal = find(message, facts, Wanted::open);
  if (!deal) deal = find(message, facts, Wanted::any); // of an agreed one: a change or cancellation is answered
  if (!deal) return;
  const DealStep wish = last_wish(*deal);
  add_step(*deal, message, facts);
  if (wish.direction == message.direction || wish.act == Act::cancel) return;
  const bool of_a_change = deal->state == DealState::agreed;
  switch (facts.act) {
  case Act::rejection: // one of a change leaves the deal as it was
    deal->wanted.reset();
    if (!of_a_change) deal->state = DealState::rejected;
    return;
  case Act::hold:
    if (!of_a_change) deal->state = DealState::hold;
    return;
  default: break;
  }
  if (facts.conditional) {
    if (!of_a_change) deal->state = DealState::conditional;
    return;
  }
  deal->state = DealState::agreed;
  if (deal->wanted) renew(*deal, *std::exchange(deal->wanted, std::nullopt));
  DealTerms restated = terms(message.number, facts);
  std::erase_if(restated.amounts, [](const Amount& amount) { return amount.role == AmountRole::discount; });
  renew(*deal, std::move(restated));
}

void DealBook::change(const Message& message, const Facts& facts) {
  Deal* deal = find(message, facts, Wanted::agreed);
  if (!deal) deal = find(message, facts, Wanted::any);
  if (!deal) return;
  add_step(*deal, message, facts);
  // What was agreed stays in force until the other side agrees to the change.
  if (deal->state == DealState::agreed) deal->wanted = terms(message.number, facts);
  else renew(*deal, terms(message.number, facts));
}

void DealBook::cancel(const Message& message, const Facts& facts) {
  Deal* deal = find(message, facts, Wanted::agreed);
  if (!deal) deal = find(message, facts, Wanted::open);
  if (!deal) return;
  add_step(*deal, message, facts);
  deal->state = DealState::cancelled;
}

void DealBook::next(const Message& message, const Facts& facts) {
  switch (facts.act) {
  case Act::none: return;
  case Act::proposal: return propose(message, facts);
  case Act::acceptance:
  case Act::rejection:
  case Act::hold: return answer(message, facts);
  case Act::change: return change(message, facts);
  case Act::cancel: return cancel(message, facts);
  }
}

} // namespace genchi::facts
