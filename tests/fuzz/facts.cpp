// A talk: each line a message, the first character says from whom and how much later. Amounts, days and acts.
#include "facts/deals.hpp"
#include "facts/stream.hpp"
#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

void check_place(const TextSpan& place, std::string_view text, std::string_view subject) {
  const std::string_view of = place.in_subject ? subject : text;
  ALWAYS(place.begin < place.end && place.end <= of.size());
  ALWAYS(is_character_boundary(of, place.begin) && is_character_boundary(of, place.end));
}

void check_amount(const Amount& amount, std::string_view text, std::string_view subject) {
  check_place(amount.place, text, subject);
  for (const TextSpan& place : amount.again) check_place(place, text, subject);
  ALWAYS(amount.yen || !amount.value.empty());
  ALWAYS(!amount.yen || *amount.yen >= 0);
  ALWAYS(amount.currency.size() == 3 && !amount.rule.empty());
  ALWAYS(is_utf8(amount.item));
}

void check_date(const DateFact& date, std::string_view text, std::string_view subject) {
  check_place(date.place, text, subject);
  for (const TextSpan& place : date.again) check_place(place, text, subject);
  ALWAYS(is_valid(date.first) && is_valid(date.last) && date.first <= date.last);
  ALWAYS(date.precision == Precision::time || (date.minute == -1 && date.end_minute == -1));
  ALWAYS(!date.rule.empty() && !date.value().empty());
}

} // namespace

void try_input(std::string_view input) {
  const std::string subject = to_valid_utf8(take_line(input));
  facts::Stream stream, kept;
  facts::DealBook book;
  Moment sent{1'770'000'000, 540};
  for (std::int64_t number = 1; !input.empty() && number < 50; ++number) {
    std::string line = to_valid_utf8(take_line(input));
    const char how = line.empty() ? '\0' : line.front();
    if (static_cast<unsigned char>(how) < 0x80) line.erase(0, line.empty() ? 0 : 1);
    std::replace(line.begin(), line.end(), '\v', '\n'); // messages of several lines
    const Direction direction = (how & 1) != 0 ? Direction::in : Direction::out;
    sent.utc += (how & 0x1e) * 7'200;

    facts::MessageText message;
    message.text = line;
    message.subject = number == 1 ? std::string_view(subject) : std::string_view();
    message.sent = sent;
    const facts::Reading reading = facts::read_message(message);
    const std::string packed = facts::pack(reading);
    ALWAYS(facts::pack(facts::unpack_reading(packed)) == packed);

    facts::MessageText many = message;
    many.flags = flag_bulk;
    const facts::Reading for_ledger = facts::read_message(many);
    ALWAYS(for_ledger.silent() && for_ledger.ledger_only == static_cast<bool>(for_ledger.document));
    ALWAYS(facts::pack(facts::unpack_reading(facts::pack(for_ledger))) == facts::pack(for_ledger));
    if (for_ledger.ledger_only) ALWAYS(stream.next(for_ledger, direction).empty());
    if (reading.document) {
      check_place(reading.document.place, line, message.subject);
      if (reading.document.total) check_amount(*reading.document.total, line, message.subject);
      if (reading.document.registration) check_place(reading.document.registration->place, line, message.subject);
    }

    const Facts facts = stream.next(reading, direction);
    // What the catalogue keeps of a message is all that counts.
    ALWAYS(facts::pack(kept.next(facts::unpack_reading(packed), direction)) == facts::pack(facts));
    for (const Amount& amount : facts.amounts) check_amount(amount, line, message.subject);
    for (const DateFact& date : facts.dates) check_date(date, line, message.subject);
    ALWAYS(facts.act != Act::none || !facts.conditional);
    if (facts.act != Act::none) {
      ALWAYS(!facts.act_rule.empty());
      check_place(facts.act_place, line, message.subject);
    }
    const std::string again = facts::pack(facts);
    ALWAYS(facts::pack(facts::unpack_facts(again)) == again);
    book.next({number, how & 3, direction, sent.utc}, facts);
  }
  for (const facts::Deal& deal : book.deals()) {
    ALWAYS(!deal.steps.empty() && deal.steps.front().act == Act::proposal);
    ALWAYS(facts::pack(facts::unpack_deal(facts::pack(deal))) == facts::pack(deal));
  }
}

} // namespace genchi::fuzz
