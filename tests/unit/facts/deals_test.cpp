#include "facts/deals.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <sstream>
#include <stdexcept>

namespace genchi::facts {
namespace {

constexpr UtcSeconds day = 86'400;

// --- Sequences written down ---
//
// A message is: who (they, us), where (m1 a mail thread, l2 a talk in LINE), after how many days (+3; +0), what it does
// (propose accept accept-if reject hold change cancel), amounts (180000, チラシ=50000, -5000 a discount), days (5/10 of an
// appointment, 5/10d of a delivery, 5/10p of a payment, 5/10? merely named; 5/10@13 with an hour), !rule that read it.
// What becomes of it is, deal by deal: state, amount, days, was … of each older terms, wants … of a change not answered.

struct Spoken {
  DealBook::Message message;
  Facts facts;
};

CivilDay day_of(const std::string& word) {
  const std::size_t slash = word.find('/');
  return {2026, std::stoi(word.substr(0, slash)), std::stoi(word.substr(slash + 1))};
}

DateFact read_day(const std::string& word) {
  DateFact date;
  date.first = date.last = day_of(word);
  date.role = word.find('d') != std::string::npos   ? DateRole::delivery
              : word.find('p') != std::string::npos ? DateRole::payment
              : word.find('?') != std::string::npos ? DateRole::mention
                                                    : DateRole::appointment;
  if (const std::size_t hour = word.find('@'); hour != std::string::npos) {
    date.minute = std::stoi(word.substr(hour + 1)) * 60;
    date.precision = Precision::time;
  }
  return date;
}

Amount read_amount(const std::string& word, Act act) {
  Amount amount;
  const std::size_t equals = word.find('=');
  if (equals != std::string::npos) amount.item = word.substr(0, equals);
  const std::int64_t value = std::stoll(equals == std::string::npos ? word : word.substr(equals + 1));
  amount.yen = value < 0 ? -value : value;
  amount.role = value < 0 ? AmountRole::discount : act == Act::acceptance ? AmountRole::accepted : act == Act::rejection ? AmountRole::mention : AmountRole::offer;
  return amount;
}

Act read_act(const std::string& word) {
  const std::array<std::pair<const char*, Act>, 8> acts{{{"propose", Act::proposal}, {"accept", Act::acceptance}, {"accept-if", Act::acceptance}, {"reject", Act::rejection},
                                                         {"hold", Act::hold}, {"change", Act::change}, {"cancel", Act::cancel}, {"say", Act::none}}};
  const auto act = std::find_if(acts.begin(), acts.end(), [&](const auto& each) { return word == each.first; });
  if (act == acts.end()) throw std::invalid_argument("no act: " + word);
  return act->second;
}

Spoken read_spoken(const std::string& line) {
  std::istringstream words(line);
  std::string who, where, after, act, word;
  words >> who >> where >> after >> act;
  Spoken spoken;
  spoken.message.direction = who == "they" ? Direction::in : Direction::out;
  spoken.message.channel = where.front() == 'l' ? Channel::line : Channel::mail;
  spoken.message.conversation = std::stoll(where.substr(1)) * 2 + (where.front() == 'l' ? 1 : 0);
  spoken.message.sent = std::stoll(after) * day;
  spoken.facts.act = read_act(act);
  spoken.facts.conditional = act == "accept-if";
  while (words >> word) {
    if (word.front() == '!') spoken.facts.act_rule = word.substr(1);
    else if (word.find('/') != std::string::npos) spoken.facts.dates.push_back(read_day(word));
    else spoken.facts.amounts.push_back(read_amount(word, spoken.facts.act));
  }
  return spoken;
}

std::vector<Deal> deals_of(const std::vector<std::string>& talk) {
  DealBook book;
  UtcSeconds now = utc_from_civil({2026, 3, 1}, 10, 0, 0, japan_offset_minutes);
  std::int64_t number = 0;
  for (const std::string& line : talk) {
    Spoken spoken = read_spoken(line);
    now += spoken.message.sent + 60;
    spoken.message.sent = now;
    spoken.message.number = ++number;
    book.next(spoken.message, spoken.facts);
  }
  return book.deals();
}

std::string in_words(const DealTerms& terms) {
  std::string out;
  if (const Amount* whole = terms.whole()) out += " " + std::to_string(whole->yen.value_or(-1));
  for (const DateFact& date : terms.dates) {
    out += " " + std::to_string(date.first.month) + "/" + std::to_string(date.first.day);
    if (date.minute >= 0) out += "@" + std::to_string(date.minute / 60);
  }
  return out;
}

std::string in_words(const std::vector<Deal>& deals) {
  std::string out;
  for (const Deal& deal : deals) {
    out += (out.empty() ? "" : "; ") + std::string(deal_state_name(deal.state)) + in_words(deal.in_force);
    for (const DealTerms& older : deal.superseded) out += " was" + in_words(older);
    if (deal.wanted) out += " wants" + in_words(*deal.wanted);
  }
  return out;
}

struct Sequence {
  const char* name;
  std::vector<std::string> talk;
  const char* becomes;
};

const std::vector<Sequence> sequences{
    // One deal
    {"counter-offer, accepted", {"us m1 +0 propose 180000 4/30d", "they m1 +2 propose 150000", "us m1 +1 accept"}, "explicit 150000 4/30 was 180000 4/30"},
    {"counter-offer after weeks, in the same thread", {"us m1 +0 propose 180000", "they m1 +25 propose 150000", "us m1 +1 accept"}, "explicit 150000 was 180000"},
    {"counter-offer after weeks, in LINE", {"us m1 +0 propose 180000", "they l1 +25 propose 150000", "us l1 +0 accept"}, "explicit 150000 was 180000"},
    {"a counter-offer is refused, and the first offer taken after all",
     {"us m1 +0 propose 180000", "they m1 +2 propose 150000", "us m1 +1 reject", "they m1 +1 accept 180000 !act.accept-named"}, "explicit 180000 was 180000 was 150000"},
    {"a counter-offer withdrawn in favour of the offer", {"us m1 +0 propose 180000", "they m1 +2 propose 150000", "they m1 +1 accept 180000"}, "explicit 180000 was 180000 was 150000"},
    {"acceptance after a hold", {"us m1 +0 propose 330000", "they m1 +3 hold", "they m1 +14 accept"}, "explicit 330000"},
    {"put off, and then refused", {"us m1 +0 propose 330000", "they m1 +3 hold", "they m1 +14 reject"}, "rejected 330000"},
    {"the talks are given up by who made the last offer", {"us m1 +0 propose 330000", "they m1 +1 propose 200000", "they m1 +5 reject"}, "rejected 200000 was 330000"},
    {"conditional, then fulfilled", {"us m1 +0 propose 330000", "they m1 +3 accept-if", "they m1 +7 accept"}, "explicit 330000"},
    {"conditional, and our thanks do not make it more", {"us m1 +0 propose 330000", "they m1 +3 accept-if", "us m1 +0 accept"}, "conditional 330000"},
    {"conditional, then refused", {"us m1 +0 propose 330000", "they m1 +3 accept-if", "they m1 +7 reject"}, "rejected 330000"},
    {"nobody accepts an offer of their own", {"us m1 +0 propose 50000", "us m1 +1 accept"}, "unanswered 50000"},
    {"the same quotation again, as a reminder", {"us m1 +0 propose 330000", "us m1 +14 propose 330000"}, "unanswered 330000"},
    {"a reminder long after, in a thread of its own", {"us m1 +0 propose サイト制作=330000", "us m2 +80 propose サイト制作=330000", "they m2 +2 accept"}, "explicit 330000"},
    {"a reminder to who will think about it", {"us m1 +0 propose 330000", "they m1 +2 hold", "us m1 +14 propose 330000"}, "hold 330000"},
    {"a lower offer by who made the first one", {"us m1 +0 propose 330000", "us m1 +10 propose 300000", "they m1 +1 accept"}, "explicit 300000 was 330000"},
    {"refused, then a new offer", {"us m1 +0 propose 100000", "they m1 +2 reject", "us m1 +3 propose 80000", "they m1 +1 accept"}, "explicit 80000 was 100000"},
    {"refused, and long after a new offer", {"us m1 +0 propose 100000", "they m1 +2 reject", "us m1 +90 propose 80000"}, "rejected 100000; unanswered 80000"},
    {"refused, then accepted after all", {"us m1 +0 propose 100000", "they m1 +2 reject", "they m1 +3 accept 100000 !act.accept-named"}, "explicit 100000"},
    {"a discount leaves the price beside it", {"us m1 +0 propose 100000", "us m1 +1 propose -10000", "they m1 +1 accept"}, "explicit 100000"},

    // What an acceptance says again
    {"only the total is said again", {"us m1 +0 propose デザイン=100000 コーディング=80000 合計=198000", "they m1 +1 accept 198000"}, "explicit 198000"},
    {"the sum is said again with tax", {"us m1 +0 propose 180000", "they m1 +1 accept 198000"}, "explicit 180000"},
    {"all rows are said again", {"us m1 +0 propose デザイン=100000 コーディング=80000 合計=180000", "they m1 +1 accept 100000 80000"}, "explicit 180000"},
    {"one of two plans", {"us m1 +0 propose Aプラン=100000 Bプラン=150000", "they m1 +1 accept 100000"}, "explicit 100000"},
    {"one of two days", {"us l1 +0 propose 5/10 5/12", "they l1 +0 accept 5/12?"}, "explicit 5/12"},
    {"an hour for the day", {"they l1 +0 propose 5/10", "us l1 +0 accept 5/10@13"}, "explicit 5/10@13"},
    {"the price with the confirmation", {"they l1 +0 propose 5/10@13", "us l1 +0 accept 5/10@13 16500"}, "explicit 16500 5/10@13"},
    {"a day of payment is added", {"us m1 +0 propose 100000 4/30d", "they m1 +1 accept 5/31p"}, "explicit 100000 4/30 5/31"},

    // Changes
    {"a change of day they ask for, accepted", {"us m1 +0 propose 50000 4/1d", "they m1 +1 accept", "they m1 +9 change 4/1d 4/8d", "us m1 +0 accept"}, "explicit 50000 4/8 was 50000 4/1"},
    {"a change we ask for, accepted in LINE", {"us m1 +0 propose 50000 4/1d", "they m1 +1 accept", "us m1 +9 change 4/8d", "they l1 +1 accept"}, "explicit 50000 4/8 was 50000 4/1"},
    {"a change not answered", {"us m1 +0 propose 50000 4/1d", "they m1 +1 accept", "they m1 +9 change 4/8d"}, "explicit 50000 4/1 wants 4/8"},
    {"a change refused", {"us m1 +0 propose 50000 4/1d", "they m1 +1 accept", "they m1 +9 change 4/8d", "us m1 +1 reject"}, "explicit 50000 4/1"},
    {"another day for the change, accepted", {"us m1 +0 propose 50000 4/30d", "they m1 +1 accept", "us m1 +9 change 5/8d", "they m1 +0 propose 5/8? 5/6?", "us m1 +0 accept 5/6d"},
     "explicit 50000 5/6 was 50000 4/30"},
    {"a change accepted while an offer is open", {"us m1 +0 propose 300000", "they l1 +5 propose 4/10", "us l1 +0 accept", "they l2 +7 change 4/17", "us l2 +0 accept"},
     "unanswered 300000; explicit 4/17 was 4/10"},
    {"the sum is changed", {"us m1 +0 propose 50000 4/1d", "they m1 +1 accept", "us m1 +9 change 60000", "they m1 +1 accept"}, "explicit 60000 4/1 was 50000 4/1"},

    {"another day for what is open, read as a change", {"us m1 +0 propose 50000 4/30d", "they l1 +9 propose 5/8d !act.counter-change", "us l1 +0 accept"}, "explicit 50000 5/8 was 50000 4/30"},

    // Bookings
    {"booked, moved and called off in LINE", {"they l1 +0 propose 5/10@13", "us l1 +0 accept 5/10@13", "they l2 +9 change 5/10 5/17", "us l2 +0 accept 5/17@13", "they l3 +9 cancel", "us l3 +0 accept"},
     "cancelled 5/17@13 was 5/10@13"},
    {"that day is full, another", {"they l1 +0 propose 5/10@13", "us l1 +0 propose 5/10? 5/12@15", "they l1 +0 accept 5/12?"}, "explicit 5/12@15 was 5/10@13"},
    {"a price, and the day it is taken for", {"us l1 +0 propose 16500", "they l1 +0 propose 5/10@13", "us l1 +0 accept 16500 5/10@13"}, "explicit 16500 5/10@13"},
    {"a booking called off beside another deal", {"us m1 +0 propose 300000 6/30d", "they m1 +1 accept", "they l1 +3 propose 5/10", "us l1 +0 accept", "they l2 +20 cancel"},
     "explicit 300000 6/30; cancelled 5/10"},
    {"what is called off lies ahead", {"they l1 +0 propose 3/5", "us l1 +0 accept", "they l2 +20 propose 4/20", "us l2 +0 accept", "us l9 +0 say", "they l3 +8 cancel"}, "explicit 3/5; cancelled 4/20"},
    {"a request withdrawn before it is answered", {"they l1 +0 propose 5/10", "they l1 +0 cancel"}, "cancelled 5/10"},
    {"the cancellation is acknowledged, an open offer is not", {"us m1 +0 propose 300000", "they l1 +3 propose 5/10", "us l1 +0 accept", "they l2 +9 cancel", "us l2 +0 accept"},
     "unanswered 300000; cancelled 5/10"},

    // Several deals
    {"two offers in one talk, about two things", {"us l1 +0 propose チラシ=50000", "us l1 +0 propose 名刺=20000", "they l1 +1 accept 名刺=20000"}, "unanswered 50000; explicit 20000"},
    {"one of them is refused after the other was agreed", {"us l1 +0 propose チラシ=50000", "us l1 +0 propose 名刺=20000", "they l1 +1 accept 名刺=20000", "they l1 +2 cancel !act.refuse-agreed"},
     "rejected 50000; explicit 20000"},
    {"one of two by its amount", {"us m1 +0 propose 50000", "us m2 +1 propose 20000", "they l1 +1 accept 50000"}, "explicit 50000; unanswered 20000"},
    {"one of two by its day", {"us m1 +0 propose 50000 4/10d", "us m2 +1 propose 20000 4/20d", "they l1 +1 accept 4/10?"}, "explicit 50000 4/10; unanswered 20000 4/20"},
    {"one of two by its thread", {"us m1 +0 propose 50000", "us m2 +1 propose 20000", "they m1 +1 accept"}, "explicit 50000; unanswered 20000"},
    {"what was spoken of last", {"us m1 +0 propose 50000", "us m2 +1 propose 20000", "they l1 +1 accept"}, "unanswered 50000; explicit 20000"},
    {"an amount weighs more than the talk it is named in", {"us m1 +0 propose サイト制作=330000", "us l1 +3 propose 名刺=20000", "they l1 +0 accept サイト制作=330000"}, "explicit 330000; unanswered 20000"},
    {"another thing wanted while an offer is open", {"us m1 +0 propose サイト制作=330000", "they l1 +3 propose チラシ=50000", "us l1 +0 accept"}, "unanswered 330000; explicit 50000"},
    {"a far smaller sum elsewhere is no counter-offer", {"us m1 +0 propose 330000", "they l1 +3 propose 20000", "us l1 +0 accept"}, "unanswered 330000; explicit 20000"},
    {"a meeting about a quotation is no answer to it", {"us m1 +0 propose 330000", "they m1 +3 propose 3/12@10", "us m1 +0 accept"}, "unanswered 330000; explicit 3/12@10"},
    {"nor one that we propose", {"us m1 +0 propose 330000", "us m1 +7 propose 3/12@10", "they m1 +0 accept 3/12@10"}, "unanswered 330000; explicit 3/12@10"},
    {"repeat orders in one thread", {"they m1 +0 propose 5000", "us m1 +0 accept", "they m1 +30 propose 5000", "us m1 +0 accept", "they m1 +30 propose 5000"}, "explicit 5000; explicit 5000; unanswered 5000"},
    {"the order form after the acceptance", {"us m1 +0 propose 198000", "they m1 +1 accept", "they m1 +1 propose 198000"}, "explicit 198000"},
    {"an order of what was offered before other things", {"us m1 +0 propose サイト制作=330000", "us l1 +3 propose 名刺=20000", "they m1 +1 propose サイト制作=330000 !act.order"},
     "explicit 330000; unanswered 20000"},
    {"the order is confirmed", {"us m1 +0 propose 198000", "they m1 +1 accept", "us m1 +0 accept 198000 4/30d"}, "explicit 198000 4/30"},
    {"a yes to a day that was only named leaves offers alone", {"us m1 +0 propose 330000", "they l1 +9 accept 4/10 !act.accept-said"}, "unanswered 330000"},
    {"after more than a year an answer is to something else", {"us m1 +0 propose 100000", "they m1 +500 accept"}, "unanswered 100000"},
    {"an answer to nothing", {"they m1 +0 accept", "they m1 +0 hold", "they m1 +0 reject", "they m1 +0 cancel", "they m1 +0 change 5/10"}, ""},
};

TEST_CASE("deals: what becomes of them") {
  for (const Sequence& sequence : sequences) {
    INFO(sequence.name);
    CHECK(in_words(deals_of(sequence.talk)) == sequence.becomes);
  }
}

TEST_CASE("deals: who proposed and who answered") {
  SECTION("the words that were accepted, not the first ones") {
    const auto deals = deals_of({"us m1 +0 propose 180000", "they m1 +2 propose 150000", "us m1 +1 accept", "they m1 +3 change 5/10d", "us m1 +0 accept"});
    REQUIRE(deals.size() == 1);
    CHECK(deals.front().id() == 1);
    CHECK(deals.front().proposal().message == 2);
    REQUIRE(deals.front().answer());
    CHECK(deals.front().answer()->message == 3);  // the change has an answer of its own
  }
  SECTION("what is called off before it was agreed is refused") {
    const auto deals = deals_of({"us l1 +0 propose チラシ=50000", "us l1 +0 propose 名刺=20000", "they l1 +1 accept 名刺=20000", "they l1 +2 cancel !act.refuse-agreed"});
    REQUIRE(deals.front().answer());
    CHECK(deals.front().answer()->act == Act::rejection);
  }
  SECTION("the item is named by who accepts") {
    const auto deals = deals_of({"us l1 +0 propose 16500", "they l1 +0 accept 縮毛矯正=16500"});
    CHECK(deals.front().in_force.whole()->item == "縮毛矯正");
    CHECK(deals.front().superseded.empty());
  }
  SECTION("an offer waits from when it was first made") {
    const auto deals = deals_of({"us m1 +0 propose 180000", "us m1 +7 propose 180000"});
    CHECK(deals.front().proposal().message == 1);
    CHECK_FALSE(deals.front().answer());
  }
  SECTION("a new offer has no answer yet") {
    const auto deals = deals_of({"us m1 +0 propose 180000", "they m1 +1 hold", "us m1 +7 propose 160000"});
    CHECK(deals.front().proposal().message == 3);
    CHECK_FALSE(deals.front().answer());
  }
}

TEST_CASE("deals: a deal reads back as it was packed") {
  const auto deals = deals_of({"us m1 +0 propose 180000 20000 4/30d", "they m1 +1 propose 150000", "us m1 +1 accept", "they m1 +1 change 5/8d"});
  REQUIRE(deals.size() == 1);
  const std::string packed = pack(deals.front());
  const Deal read = unpack_deal(packed);
  CHECK(pack(read) == packed);
  CHECK(read.proposal().message == 2);
  CHECK(read.answer()->message == 3);
  for (std::size_t cut = 0; cut < packed.size(); ++cut) CHECK_THROWS(unpack_deal(packed.substr(0, cut)));
}

} // namespace
} // namespace genchi::facts
