// Whose turn it is, message after message of one client.
#include <algorithm>

#include "facts/turn.hpp"

namespace genchi::facts {
namespace {

// So long after what we said a word belongs to it; later it begins something.
constexpr UtcSeconds same_talk = 7 * 86'400;
// A greeting and the question behind it are one thing.
constexpr UtcSeconds same_breath = 86'400;
// What is sent together comes within so long.
constexpr UtcSeconds at_once = 15 * 60;
// What waits in another talk for longer was dealt with elsewhere, if we have answered since.
constexpr UtcSeconds forgotten = 30 * 86'400;

constexpr std::uint32_t cues_that_open = cue_asks | cue_requests | cue_wants_reply | cue_offers | cue_complains | cue_reports;
constexpr std::uint32_t cues_that_agree = cue_accepts | cue_please | cue_agrees;
// What of ours says something of the matter; all else are phrases.
constexpr std::uint32_t cues_that_answer = cues_that_open | cue_material | cue_accepts | cue_agrees | cue_confirms | cue_declines | cue_states | cue_sends_later;

bool has(std::uint32_t cues, std::uint32_t any) { return (cues & any) != 0; }

Waits strongest(std::uint32_t cues) {
  if (has(cues, cue_complains)) return Waits::complaint;
  if (has(cues, cue_asks)) return Waits::question;
  if (has(cues, cue_requests | cue_wants_reply | cue_reports)) return Waits::request;
  if (has(cues, cue_offers)) return Waits::offer;
  if (has(cues, cue_material)) return Waits::attachment;
  return Waits::nothing;
}

/// Said by a machine, or to many: neither asks nor answers.
bool is_nobodys(const TurnMessage& message) {
  const std::uint32_t cues = message.cues;
  if (message.direction == Direction::in) return has(cues, cue_machine | cue_campaign) && !has(cues, cue_asks | cue_requests | cue_wants_reply | cue_complains | cue_reports);
  return has(cues, cue_machine | cue_campaign) || (message.unsure && has(cues, cue_hours));
}

} // namespace

void TurnJudge::next(const TurnMessage& message) {
  if (message.direction == Direction::automatic || message.cues == 0 || is_nobodys(message)) return;
  turn_.last = message.id;
  turn_.moved = message.sent;
  if (message.direction == Direction::in) from_them(message);
  else from_us(message);
}

void TurnJudge::open(const TurnMessage& message, Waits why) {
  if (why != Waits::message)
    std::erase_if(items_, [&](const Item& item) { return item.why == Waits::message && message.sent - item.since > same_breath; });
  if (items_.size() >= most_items) {
    Item& last = items_.back();
    if (why > last.why) last.why = why, last.message = message.id;
    return;
  }
  items_.push_back({why, message.sent, message.id, message.talk, has(message.cues, cue_asks) && has(message.cues, cue_wants_words) && !has(message.cues, cue_wants_reply)});
}

/// Takes out what an answer in this talk settles: what waits there, or, where nothing waits there, what waits anywhere.
/// Questions and requests of another talk outlive an answer that this one had waited for.
template <typename Settled> void TurnJudge::settle(const TurnMessage& message, const Settled& settled) {
  const bool here = std::any_of(items_.begin(), items_.end(), [&](const Item& item) { return item.talk == message.talk; });
  std::erase_if(items_, [&](const Item& item) {
    return (!here || item.talk == message.talk || item.why < Waits::request || message.sent - item.since > forgotten) && settled(item.why);
  });
}

bool TurnJudge::follows_ours(const TurnMessage& message) const {
  return we_spoke_ && items_.empty() && message.sent - our_sent_ <= same_talk;
}

void TurnJudge::from_them(const TurnMessage& message) {
  const std::uint32_t cues = message.cues;
  if (has(cues, cue_call) && has(cues, cue_thanks)) { // what was open was said on the telephone
    if (!has(cues, cues_that_open | cue_accepts | cue_material | cue_promises | cue_sends_later)) {
      items_.clear();
      return asked_.reset();
    }
  } else if (has(cues, cue_call) && !has(cues, cue_requests)) {
    return;
  }
  if (has(cues, cue_solved) && !has(cues, cues_that_open & ~std::uint32_t{cue_reports})) {
    settle(message, [](Waits) { return true; });
    asked_.reset();
    return;
  }
  if (takes_back(message)) return items_.clear();
  if (asked_) answer_to_us(message);
  else unasked(message);
}

/// 大丈夫です, メールにありました, before we said anything: of the one thing they had asked.
bool TurnJudge::takes_back(const TurnMessage& message) const {
  if (asked_ || !has(message.cues, cue_fine) || has(message.cues, cues_that_open | cue_accepts | cue_material | cue_promises | cue_sends_later)) return false;
  if (items_.size() != 1 || items_.front().why == Waits::complaint || items_.front().why < Waits::request) return false;
  return !we_spoke_ || our_sent_ < items_.front().since;
}

/// We asked or offered something.
void TurnJudge::answer_to_us(const TurnMessage& message) {
  const std::uint32_t cues = message.cues;
  const bool takes = has(asked_cues_, cue_asks | cue_offers | cue_wants_words); // else we only want something done
  const bool silent = has(cues, cue_no_reply) && !has(cues, cue_asks);
  if (has(cues, cues_that_open) && !silent) {
    asked_.reset();
    return open(message, strongest(cues));
  }
  if (has(cues, cue_declines) && !has(cues, cue_promises)) return asked_.reset();
  const bool hands_over = has(cues, cue_material) && !has(cues, cue_promises); // something now, the rest later
  if (has(cues, cue_promises | cue_sends_later) && !has(cues, cue_accepts) && !hands_over) return;
  const bool look = has(asked_cues_, cue_fine); // ご確認ください and nothing else
  if (has(cues, cue_will_do) && !takes) {       // 了解です、明日やっておきます
    if (look && has(cues, cue_states)) asked_.reset(); // 承知しました。月末に振り込みます
    return;
  }
  if (has(cues, cue_declines)) return asked_.reset();
  // はい、合っています of what we know; 特にありません to whether there is more
  const bool plain = (has(cues, cue_agrees) && !has(cues, cue_states)) || has(cues, cue_check);
  if (has(asked_cues_, cue_check) && plain && !has(asked_cues_, cue_offers) && !has(cues, cue_accepts | cue_material)) return asked_.reset();
  if (has(cues, cue_material) && !silent) {
    asked_.reset();
    return open(message, Waits::attachment);
  }
  // A quotation is only seen by that, not decided on.
  const bool seen = has(cues, cue_received) && !has(cues, cue_states | cue_accepts);
  if (look && (has(asked_cues_, cue_offers) ? seen && !has(cues, cue_agrees | cue_check) : seen || has(cues, cue_check))) return asked_.reset();
  if (has(cues, cue_received) && !takes && !has(cues, cue_states | cue_agrees | cue_accepts)) return asked_.reset();
  const bool agrees = has(cues, cues_that_agree) || (takes && has(cues, cue_closes));
  if (agrees && !has(cues, cue_accepts) && !takes && !has(cues, cue_check)) return; // 承知しました: and will do it
  if (!agrees && !has(cues, cue_states)) return;          // thanks, a stamp
  if (!agrees && has(cues, cue_received) && !has(cues, cue_states)) return;
  const bool settled = agrees && has(asked_cues_, cue_confirms); // a yes to what we had confirmed
  asked_.reset();
  if (!settled && !silent) open(message, Waits::answer);
}

void TurnJudge::unasked(const TurnMessage& message) {
  const std::uint32_t cues = message.cues;
  const auto light = [&](const Item& item) { return (item.why == Waits::message || item.why == Waits::attachment) && message.sent - item.since <= at_once; };
  if (has(cues, cue_no_reply) && !has(cues, cue_asks)) {
    std::erase_if(items_, light); // the photo that came with it
    quiet_until_ = message.sent + at_once;
    return;
  }
  if (message.sent <= quiet_until_ && !has(cues, cues_that_open)) return;
  if (const Waits why = strongest(cues); why != Waits::nothing) return open(message, why);
  const bool follows = follows_ours(message);
  if (has(cues, cue_accepts)) {
    const bool repeats = has(cues, cue_afresh | cue_agrees | cue_thanks | cue_please | cue_closes);
    if (!(follows && has(our_cues_, cue_confirms) && repeats)) open(message, follows ? Waits::answer : Waits::request);
    return;
  }
  if (has(cues, cue_please) && !(follows && !has(our_cues_, cue_offers | cue_asks))) {
    if (items_.empty()) open(message, follows ? Waits::answer : Waits::message);
    return;
  }
  if (has(cues, cue_promises | cue_sends_later)) {
    if (follows && has(our_cues_, cue_confirms)) return;
    if (!follows) return items_.empty() ? open(message, Waits::message) : void();
    asked_ = Item{Waits::promise, message.sent, message.id, message.talk};
    asked_cues_ = cue_promises;
    return;
  }
  const bool closing = has(cues, cue_thanks | cue_agrees | cue_please) || (follows && has(cues, cue_closes | cue_received | cue_declines));
  const bool only_hello = has(cues, cue_greets) && !has(cues, cue_closes) && !follows;
  if ((has(cues, cue_states | cue_declines) || only_hello) && !closing) open(message, Waits::message);
}

void TurnJudge::from_us(const TurnMessage& message) {
  const std::uint32_t cues = message.cues;
  if (has(cues, cue_call) && !has(cues, cue_thanks)) return;
  const bool phrases = !has(cues, cues_that_answer);
  // Where do I send it? Send it here.
  const bool instructs = !has(cues, cue_asks | cue_offers | cue_wants_words) && std::any_of(items_.begin(), items_.end(), [](const Item& item) { return item.how; });
  const bool asks = has(cues, cue_asks) || (has(cues, cue_wants_reply) && !instructs) || (has(cues, cue_offers) && !has(cues, cue_confirms));
  const auto settles = [&](Waits why) {
    switch (why) {
    case Waits::message:
    case Waits::answer:
    case Waits::attachment:
    case Waits::offer:
      return why == Waits::message || !has(cues, cue_sticker);
    case Waits::complaint:
      return !phrases || has(cues, cue_sorry);
    case Waits::promise:
      return has(cues, cues_that_answer & ~std::uint32_t{cue_agrees | cue_sends_later});
    default:
      return !phrases;
    }
  };
  const bool owes_thing = has(cues, cue_sends_later) && std::any_of(items_.begin(), items_.end(), [](const Item& item) { return item.why >= Waits::request || item.why == Waits::promise; }) && !has(cues, cue_agrees);
  if ((has(cues, cue_promises) || owes_thing) && !asks) {
    std::erase_if(items_, [&](const Item& item) { return item.talk != message.talk && message.sent - item.since > forgotten; });
    if (items_.empty()) open(message, Waits::promise);
  } else {
    settle(message, settles);
  }
  if (has(cues, cue_no_reply)) asked_.reset();
  else if (asks && !has(cues, cue_sticker)) {
    if (!asked_ || asked_->why == Waits::promise) {
      const Waits why = has(cues, cue_offers) ? Waits::offer : has(cues, cue_asks) ? Waits::question : Waits::request;
      asked_ = Item{why, message.sent, message.id, message.talk};
      asked_cues_ = cues;
    }
    constexpr std::uint32_t small = cue_check | cue_fine; // if nothing else was asked
    const std::uint32_t only_small = asked_cues_ & cues & small;
    asked_cues_ = ((asked_cues_ | cues) & ~small) | only_small;
  }
  if (has(cues, cue_sticker)) return;
  turn_.answered = message.id;
  our_cues_ = cues;
  our_sent_ = message.sent;
  we_spoke_ = true;
}

Turn TurnJudge::turn() const {
  Turn out = turn_;
  if (!items_.empty()) {
    out.side = Side::ours;
    // The first that asks for something; a complaint is told even if it came later.
    const auto heaviest = std::max_element(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.why < b.why; });
    const auto asking = std::find_if(items_.begin(), items_.end(), [](const Item& item) { return item.why >= Waits::request; });
    const Item& told = heaviest->why == Waits::complaint || asking == items_.end() ? *heaviest : *asking;
    out.why = told.why;
    out.waiting = told.message;
    out.since = std::min_element(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.since < b.since; })->since;
  } else if (asked_) {
    out.side = Side::theirs;
    out.why = asked_->why;
    out.waiting = asked_->message;
    out.since = asked_->since;
  }
  return out;
}

} // namespace genchi::facts
