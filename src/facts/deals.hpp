// Deals: a proposal and what became of it. Out of the acts of one client's stream, across mail and LINE.
#pragma once

#include <cstdint>
#include <optional>
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
  /// What counts: of the last accepted proposal or change, else of the last proposal. What an acceptance or change does
  /// not name stays as it was.
  DealTerms in_force;
  std::vector<DealTerms> superseded;    ///< oldest first; each differs from what came after it
  std::optional<DealTerms> wanted;      ///< of an agreed deal: the change that one side asks for and nobody answered yet
  std::int64_t conversation = 0;        ///< of the last step; while the book is written, not packed

  std::int64_t id() const { return steps.front().message; }
  /// The step that answered last; nullptr if none did.
  const DealStep* answer() const;
};

/// Makes deals out of messages of one client in time order. Deals without a step for 400 days are closed to what comes
/// after; so what is looked through for each message is bounded by the deals of that time, and by 64 of them.
class DealBook {
 public:
  struct Message {
    std::int64_t number = 0;
    std::int64_t conversation = 0;
    Direction direction = Direction::in;
    UtcSeconds sent = 0;
  };
  void next(const Message& message, const Facts& facts);
  /// All deals, by first proposal.
  const std::vector<Deal>& deals() const { return deals_; }

 private:
  enum class Wanted { open, agreed, any };
  Deal* find(const Message& message, const Facts& facts, Wanted wanted);
  void propose(const Message& message, const Facts& facts);
  void answer(const Message& message, const Facts& facts);
  void change(const Message& message, const Facts& facts);
  void cancel(const Message& message, const Facts& facts);

  std::vector<Deal> deals_;
};

std::string pack(const Deal& deal);
/// Throws Error for bytes that pack() did not make.
Deal unpack_deal(std::string_view bytes);

}  // namespace genchi::facts
