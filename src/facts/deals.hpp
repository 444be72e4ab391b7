// Deals: a proposal and what became of it. Out of the acts of one client's stream, across mail and LINE.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// Names in JSON: unanswered explicit conditional hold rejected cancelled. Silence is never acceptance.
enum class DealState : std::uint8_t { unanswered, agreed, conditional, hold, rejected, cancelled };
std::string_view deal_state_name(DealState state);

/// What one message did in a deal.
struct DealStep {
  std::int64_t message = 0;  ///< the caller's number of it: the first 64 bits of its id
  Act act = Act::none;
  bool conditional = false;
  Direction direction = Direction::in;
  UtcSeconds sent = 0;
};

/// Amounts and days as one message put them forward. Mere mentions are left out.
struct DealTerms {
  std::int64_t message = 0;
  std::vector<Amount> amounts;
  std::vector<DateFact> dates;

  /// The amount that stands for the whole: a total if one is called so, else the greatest; nullptr if there is none.
  const Amount* whole() const;
};

struct Deal {
  DealState state = DealState::unanswered;
  std::vector<DealStep> steps;          ///< in time order; the first is the first proposal, by whose message it is known
  std::size_t proposed = 0;             ///< the step whose terms are in force or wait for an answer; re-sent, the first of them
  std::optional<std::size_t> answered;  ///< the step by which it is agreed, conditional, on hold or rejected
  /// What counts: of the last accepted proposal or change, else of the last proposal. What an acceptance or change does
  /// not name stays as it was.
  DealTerms in_force;
  std::vector<DealTerms> superseded;    ///< oldest first; each differs from what came after it
  std::optional<DealTerms> wanted;      ///< of an agreed deal: the change that one side asks for and nobody answered yet

  std::int64_t id() const { return steps.front().message; }
  const DealStep& proposal() const { return steps[proposed]; }
  /// nullptr if nobody answered.
  const DealStep* answer() const { return answered ? &steps[*answered] : nullptr; }
  /// Does it wait for somebody's answer?
  bool is_open() const { return state == DealState::unanswered || state == DealState::hold || state == DealState::conditional; }
};

/// Makes deals out of messages of one client in time order. Which deal a message belongs to: what it names (an amount, an
/// item, a day) and its conversation weigh most, then its channel, then what was spoken of last. Deals without a step for
/// 400 days are closed to what comes after; so what is looked through for each message is bounded by the deals of that
/// time, and by 64 of them.
class DealBook {
 public:
  struct Message {
    std::int64_t number = 0;
    std::int64_t conversation = 0;  ///< 0: none
    Direction direction = Direction::in;
    UtcSeconds sent = 0;
    Channel channel = Channel::mail;
  };
  void next(const Message& message, const Facts& facts);
  /// All deals, by first proposal.
  const std::vector<Deal>& deals() const { return deals_; }

 private:
  /// What is known of a deal while the book is written.
  struct Talk {
    std::int64_t conversation = 0;           ///< of the last step
    Channel channel = Channel::mail;         ///< of the last step
    std::set<std::string> things;            ///< that it is about (facts/items.hpp)
    std::array<std::optional<DealTerms>, 2> put;  ///< what each side (theirs, ours) put forward last
    std::size_t asked = 0;                   ///< the last step that wants an answer
  };
  /// The message in hand.
  struct View;
  /// How well a message fits a deal; nullopt: not at all.
  using Fit = std::optional<int>;
  template <typename Fits> std::optional<std::size_t> best(const View& view, const Fits& fits) const;
  int nearness(std::size_t at, const View& view) const;
  Fit joins(std::size_t at, const View& view) const;
  Fit joins_closed(std::size_t at, const View& view) const;
  bool only_misnames(std::size_t at, const View& view) const;
  bool counters(std::size_t at, const View& view) const;
  bool goes_on(std::size_t at, const View& view) const;
  Fit answers(std::size_t at, const View& view) const;
  Fit is_restated_by(std::size_t at, const View& view) const;
  Fit is_altered_by(std::size_t at, const View& view) const;
  const DealStep& asked(std::size_t at) const { return deals_[at].steps[talks_[at].asked]; }

  std::size_t add_step(std::size_t at, const View& view);
  void put_forward(std::size_t at, const View& view);
  void propose(const View& view);
  void answer(const View& view);
  void accept(std::size_t at, const View& view);
  void change(const View& view);
  void refuse(std::size_t at, const View& view);
  void cancel(const View& view);

  std::vector<Deal> deals_;
  std::vector<Talk> talks_;  // of each deal
};

/// Is it a word for the whole of a job (合計 一式 費用) and names nothing by which two jobs differ?
bool names_the_whole(std::string_view item);

std::string pack(const Deal& deal);
/// Throws Error for bytes that pack() did not make.
Deal unpack_deal(std::string_view bytes);

}  // namespace genchi::facts
