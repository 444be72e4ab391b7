#include "facts/deals.hpp"

#include <catch2/catch.hpp>

namespace genchi::facts {
namespace {

constexpr UtcSeconds day = 86'400;

/// A stream of one client: each call is a message, a day after the one before.
class Talk {
 public:
  std::int64_t they(Act act, std::vector<std::int64_t> yen = {}, CivilDay due = {}) { return say(Direction::in, act, std::move(yen), due); }
  std::int64_t we(Act act, std::vector<std::int64_t> yen = {}, CivilDay due = {}) { return say(Direction::out, act, std::move(yen), due); }
  Talk& in(std::int64_t conversation) { return conversation_ = conversation, *this; }
  Talk& after(int days) { return now_ += (days - 1) * day, *this; }
  bool conditional = false;

  const std::vector<Deal>& deals() const { return book_.deals(); }

 private:
  std::int64_t say(Direction direction, Act act, std::vector<std::int64_t> yen, CivilDay due) {
    Facts facts;
    facts.act = act;
    facts.conditional = conditional;
    for (const std::int64_t each : yen) {
      Amount amount;
      amount.yen = each;
      amount.role = act == Act::acceptance ? AmountRole::accepted : AmountRole::offer;
      facts.amounts.push_back(amount);
    }
    if (due != CivilDay{}) {
      DateFact date;
      date.first = date.last = due;
      date.role = DateRole::delivery;
      facts.dates.push_back(date);
    }
    now_ += day;
    book_.next({++number_, conversation_, direction, now_}, facts);
    return number_;
  }

  DealBook book_;
  std::int64_t number_ = 0, conversation_ = 1;
  UtcSeconds now_ = 1'770'000'000;
};

std::int64_t yen(const DealTerms& terms) { return terms.whole() ? terms.whole()->yen.value_or(-1) : -1; }

TEST_CASE("deals: an offer, a counter-offer, and the acceptance by the other side") {
  Talk talk;
  const auto first = talk.we(Act::proposal, {180'000}, {2026, 4, 30});
  talk.they(Act::proposal, {150'000});
  const auto answer = talk.we(Act::acceptance);
  REQUIRE(talk.deals().size() == 1);
  const Deal& deal = talk.deals().front();
  CHECK(deal.id() == first);
  CHECK(deal.state == DealState::agreed);
  CHECK(yen(deal.in_force) == 150'000);
  CHECK(deal.in_force.dates.front().first == CivilDay{2026, 4, 30}); // not spoken of again: it stays
  REQUIRE(deal.superseded.size() == 1);
  CHECK(yen(deal.superseded.front()) == 180'000);
  REQUIRE(deal.answer());
  CHECK(deal.answer()->message == answer);
}

TEST_CASE("deals: nobody accepts an offer of their own") {
  Talk talk;
  talk.we(Act::proposal, {50'000});
  talk.we(Act::acceptance);
  CHECK(talk.deals().front().state == DealState::unanswered);
}

TEST_CASE("deals: put off, then refused") {
  Talk talk;
  talk.we(Act::proposal, {50'000});
  talk.they(Act::hold);
  CHECK(talk.deals().front().state == DealState::hold);
  talk.they(Act::rejection);
  CHECK(talk.deals().front().state == DealState::rejected);
}

TEST_CASE("deals: on a condition is apart from agreed") {
  Talk talk;
  talk.we(Act::proposal, {50'000});
  talk.conditional = true;
  talk.they(Act::acceptance);
  CHECK(talk.deals().front().state == DealState::conditional);
  talk.conditional = false;
  talk.they(Act::acceptance);
  CHECK(talk.deals().front().state == DealState::agreed);
}

TEST_CASE("deals: a change is in force when the other side agrees to it, and not before") {
  Talk talk;
  talk.we(Act::proposal, {50'000}, {2026, 4, 1});
  talk.they(Act::acceptance);
  talk.they(Act::change, {}, {2026, 4, 8});
  CHECK(talk.deals().front().in_force.dates.front().first == CivilDay{2026, 4, 1});
  CHECK(talk.deals().front().wanted);
  SECTION("agreed") {
    talk.we(Act::acceptance);
    const Deal& deal = talk.deals().front();
    CHECK(deal.state == DealState::agreed);
    CHECK(deal.in_force.dates.front().first == CivilDay{2026, 4, 8});
    CHECK(yen(deal.in_force) == 50'000);
    CHECK(deal.superseded.back().dates.front().first == CivilDay{2026, 4, 1});
  }
  SECTION("refused") {
    talk.we(Act::rejection);
    const Deal& deal = talk.deals().front();
    CHECK(deal.state == DealState::agreed);
    CHECK(deal.in_force.dates.front().first == CivilDay{2026, 4, 1});
    CHECK_FALSE(deal.wanted);
  }
}

TEST_CASE("deals: called off") {
  Talk talk;
  talk.they(Act::proposal, {}, {2026, 4, 1});
  talk.we(Act::acceptance);
  talk.they(Act::cancel);
  talk.we(Act::acceptance);
  CHECK(talk.deals().front().state == DealState::cancelled);
  CHECK(talk.deals().front().steps.size() == 4);
}

TEST_CASE("deals: two at once are kept apart by their conversations, and by what they name") {
  Talk talk;
  talk.in(1).we(Act::proposal, {100'000});
  talk.in(2).we(Act::proposal, {30'000});
  SECTION("the answer comes in the first one's thread") {
    talk.in(1).they(Act::acceptance);
    REQUIRE(talk.deals().size() == 2);
    CHECK(talk.deals()[0].state == DealState::agreed);
    CHECK(talk.deals()[1].state == DealState::unanswered);
  }
  SECTION("the answer comes elsewhere and names the amount") {
    talk.in(3).they(Act::acceptance, {100'000});
    CHECK(talk.deals()[0].state == DealState::agreed);
    CHECK(talk.deals()[1].state == DealState::unanswered);
  }
  SECTION("the answer comes elsewhere and names nothing: what was spoken of last") {
    talk.in(3).they(Act::acceptance);
    CHECK(talk.deals()[0].state == DealState::unanswered);
    CHECK(talk.deals()[1].state == DealState::agreed);
  }
}

TEST_CASE("deals: after more than a year an answer is to something else") {
  Talk talk;
  talk.we(Act::proposal, {100'000});
  talk.after(500).they(Act::acceptance);
  CHECK(talk.deals().front().state == DealState::unanswered);
}

TEST_CASE("deals: a deal reads back as it was packed") {
  Talk talk;
  talk.we(Act::proposal, {180'000, 20'000}, {2026, 4, 30});
  talk.they(Act::proposal, {150'000});
  talk.we(Act::acceptance);
  talk.they(Act::change, {}, {2026, 5, 8});
  const std::string packed = pack(talk.deals().front());
  CHECK(pack(unpack_deal(packed)) == packed);
  for (std::size_t cut = 0; cut < packed.size(); ++cut) CHECK_THROWS(unpack_deal(packed.substr(0, cut)));
}

} // namespace
} // namespace genchi::facts
