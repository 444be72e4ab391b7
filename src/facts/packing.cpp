// Readings and facts as the catalogue keeps them.
#include "base/bytes.hpp"
#include "base/record_io.hpp"
#include "facts/deals.hpp"
#include "facts/stream.hpp"

namespace genchi::facts {
namespace {

constexpr std::uint8_t reading_format = 2, facts_format = 2;

void write_span(RecordWriter& out, const TextSpan& span) {
  out.number((std::uint64_t{span.begin} << 1) | (span.in_subject ? 1 : 0));
  out.number(span.end - span.begin);
}

TextSpan read_span(RecordReader& in) {
  TextSpan span;
  const std::uint64_t begin = in.number_up_to((std::uint64_t{1} << 33) - 1);
  span.in_subject = (begin & 1) != 0;
  span.begin = static_cast<std::uint32_t>(begin >> 1);
  span.end = span.begin + static_cast<std::uint32_t>(in.number_up_to(UINT32_MAX - span.begin));
  return span;
}

void write_spans(RecordWriter& out, const std::vector<TextSpan>& spans) {
  out.number(spans.size());
  for (const TextSpan& span : spans) write_span(out, span);
}

std::vector<TextSpan> read_spans(RecordReader& in) {
  std::vector<TextSpan> spans(in.count(2));
  for (TextSpan& span : spans) span = read_span(in);
  return spans;
}

void write_optional(RecordWriter& out, const std::optional<std::int64_t>& value) {
  out.byte(value ? 1 : 0);
  if (value) out.signed_number(*value);
}

std::optional<std::int64_t> read_optional(RecordReader& in) {
  if (in.number_up_to(1) == 0) return std::nullopt;
  return in.signed_number();
}

template <typename Value> Value read_value(RecordReader& in, Value greatest) {
  return static_cast<Value>(in.number_up_to(static_cast<std::uint64_t>(greatest)));
}

void write_amount(RecordWriter& out, const Amount& amount) {
  write_span(out, amount.place);
  write_spans(out, amount.again);
  write_optional(out, amount.yen);
  if (!amount.yen) {
    out.repeated(amount.currency);
    out.text(amount.value);
  }
  out.byte(static_cast<std::uint8_t>(amount.tax));
  out.byte(static_cast<std::uint8_t>(amount.role));
  out.byte(static_cast<std::uint8_t>((amount.unit ? 1 : 0) | (amount.approx ? 2 : 0)));
  write_optional(out, amount.quantity);
  write_optional(out, amount.unit_yen);
  out.text(amount.item);
  out.repeated(amount.rule);
}

Amount read_amount(RecordReader& in) {
  Amount amount;
  amount.place = read_span(in);
  amount.again = read_spans(in);
  amount.yen = read_optional(in);
  if (!amount.yen) {
    amount.currency = in.repeated();
    amount.value = in.text();
  }
  amount.tax = read_value(in, Tax::excluded);
  amount.role = read_value(in, AmountRole::discount);
  const std::uint64_t marks = in.number_up_to(3);
  amount.unit = (marks & 1) != 0;
  amount.approx = (marks & 2) != 0;
  amount.quantity = read_optional(in);
  amount.unit_yen = read_optional(in);
  amount.item = in.text();
  amount.rule = in.repeated();
  return amount;
}

void write_date(RecordWriter& out, const DateFact& date) {
  write_span(out, date.place);
  write_spans(out, date.again);
  const std::int64_t first = days_from_civil(date.first);
  out.signed_number(first);
  out.signed_number(days_from_civil(date.last) - first);
  out.byte(static_cast<std::uint8_t>(date.precision));
  out.signed_number(date.minute);
  out.signed_number(date.end_minute);
  out.signed_number(date.offset_minutes);
  out.byte(static_cast<std::uint8_t>(date.role));
  out.byte(date.weekday_mismatch ? 1 : 0);
  out.repeated(date.rule);
}

/// A number of a few digits, whatever the bytes say.
int read_small(RecordReader& in) {
  const std::int64_t value = in.signed_number();
  if (value < -10'000'000 || value > 10'000'000) throw_damaged_record();
  return static_cast<int>(value);
}

DateFact read_date(RecordReader& in) {
  DateFact date;
  date.place = read_span(in);
  date.again = read_spans(in);
  const int first = read_small(in);
  date.first = civil_from_days(first);
  date.last = civil_from_days(first + read_small(in));
  date.precision = read_value(in, Precision::time);
  date.minute = read_small(in);
  date.end_minute = read_small(in);
  date.offset_minutes = read_small(in);
  date.role = read_value(in, DateRole::payment);
  date.weekday_mismatch = in.number_up_to(1) != 0;
  date.rule = in.repeated();
  return date;
}

/// None is one byte.
void write_document(RecordWriter& out, const BusinessDocument& document) {
  out.byte(static_cast<std::uint8_t>(document.kind));
  if (!document) return;
  out.number(document.also);
  out.byte(static_cast<std::uint8_t>(static_cast<unsigned>(document.carrier) | (document.day_written ? 4U : 0U) | (document.total ? 8U : 0U) | (document.registration ? 16U : 0U)));
  write_span(out, document.place);
  out.text(document.rule);
  out.signed_number(days_from_civil(document.day));
  if (document.total) write_amount(out, *document.total);
  if (document.registration) {
    out.text(document.registration->number);
    write_span(out, document.registration->place);
    out.byte(document.registration->check_digit ? 1 : 0);
  }
  out.number(document.files.size());
  for (const std::string& file : document.files) out.text(file);
}

BusinessDocument read_document(RecordReader& in) {
  BusinessDocument document;
  document.kind = read_value(in, DocumentKind::payment_notice);
  if (!document) return document;
  document.also = static_cast<std::uint32_t>(in.number_up_to(UINT32_MAX));
  const std::uint64_t marks = in.number_up_to(31);
  if ((marks & 3) > static_cast<unsigned>(BusinessDocument::Carrier::text)) throw_damaged_record();
  document.carrier = static_cast<BusinessDocument::Carrier>(marks & 3);
  document.day_written = (marks & 4) != 0;
  document.place = read_span(in);
  document.rule = in.text();
  document.day = civil_from_days(read_small(in));
  if ((marks & 8) != 0) document.total = read_amount(in);
  if ((marks & 16) != 0) {
    document.registration.emplace();
    document.registration->number = in.text();
    document.registration->place = read_span(in);
    document.registration->check_digit = in.number_up_to(1) != 0;
  }
  document.files.resize(in.count(1));
  for (std::string& file : document.files) file = in.text();
  return document;
}

} // namespace

std::string to_text(const Vocabulary& vocabulary) {
  std::string out;
  for (const OwnCue& cue : vocabulary.acts) {
    out += act_name(cue.act);
    out += '\t';
    for (const char32_t c : cue.word) append_utf8(out, c);
    out += '\n';
  }
  return out;
}

Vocabulary vocabulary_from_text(std::string_view text) {
  Vocabulary out;
  for (Line line; next_line(text, line);) {
    const std::size_t tab = line.text.find('\t');
    const auto act = act_from_name(line.text.substr(0, tab));
    if (tab != std::string_view::npos && act) out.acts.push_back({std::u32string(Text(line.text.substr(tab + 1)).chars()), *act});
  }
  return out;
}

std::string read_packed(const MessageText& message, const Vocabulary& vocabulary) {
  Reading reading = read_message(message, vocabulary);
  // One that nothing but the ledger sees must not count in a stream, not even as one message more.
  reading.ledger_only |= reading.silent();
  return reading.empty() ? std::string() : pack(reading);
}

std::string pack(const Reading& reading) {
  RecordWriter out;
  out.byte(reading_format);
  out.signed_number(reading.sent.utc);
  out.signed_number(reading.sent.offset_minutes);
  out.number(reading.amounts.size());
  for (const Amount& amount : reading.amounts) write_amount(out, amount);
  out.number(reading.dates.size());
  for (const ReadDate& read : reading.dates) {
    write_date(out, read.date);
    out.byte(static_cast<std::uint8_t>(read.open));
    out.byte(static_cast<std::uint8_t>((read.firm ? 1 : 0) | (read.needs_anchor ? 2 : 0) |
                                       (read.of_noun ? 4 : 0) | (read.chained ? 8 : 0) |
                                       (read.role_open ? 16 : 0)));
    if (read.open == Open::none) continue;
    for (const int number : {read.number, read.last_number, read.weekday, read.day}) out.signed_number(number);
    out.byte(static_cast<std::uint8_t>(read.part));
    out.byte(static_cast<std::uint8_t>(read.lean));
  }
  out.text(pack(reading.cues));
  out.byte(reading.ledger_only ? 1 : 0);
  write_document(out, reading.document);
  return out.take();
}

Reading unpack_reading(std::string_view bytes) {
  RecordReader in(bytes);
  if (in.byte() != reading_format) throw_damaged_record();
  Reading reading;
  reading.sent.utc = in.signed_number();
  reading.sent.offset_minutes = read_small(in);
  reading.amounts.resize(in.count(9));
  for (Amount& amount : reading.amounts) amount = read_amount(in);
  reading.dates.resize(in.count(9));
  for (ReadDate& read : reading.dates) {
    read.date = read_date(in);
    read.open = read_value(in, Open::relative_month);
    const std::uint64_t marks = in.number_up_to(31);
    read.firm = (marks & 1) != 0;
    read.needs_anchor = (marks & 2) != 0;
    read.of_noun = (marks & 4) != 0;
    read.chained = (marks & 8) != 0;
    read.role_open = (marks & 16) != 0;
    if (read.open == Open::none) continue;
    for (int* number : {&read.number, &read.last_number, &read.weekday, &read.day}) *number = read_small(in);
    read.part = read_value(in, Part::nth_weekday);
    read.lean = read_value(in, Lean::ahead);
  }
  reading.cues = unpack_cues(in.text());
  reading.ledger_only = in.number_up_to(1) != 0;
  reading.document = read_document(in);
  in.end();
  return reading;
}

std::string pack(const Facts& facts) {
  RecordWriter out;
  out.byte(facts_format);
  out.number(facts.amounts.size());
  for (const Amount& amount : facts.amounts) write_amount(out, amount);
  out.number(facts.dates.size());
  for (const DateFact& date : facts.dates) write_date(out, date);
  out.byte(static_cast<std::uint8_t>(facts.act));
  if (facts.act != Act::none) {
    out.byte(facts.conditional ? 1 : 0);
    write_span(out, facts.act_place);
    out.text(facts.act_rule);
  }
  write_document(out, facts.document);
  return out.take();
}

Facts unpack_facts(std::string_view bytes) {
  RecordReader in(bytes);
  if (in.byte() != facts_format) throw_damaged_record();
  Facts facts;
  facts.amounts.resize(in.count(9));
  for (Amount& amount : facts.amounts) amount = read_amount(in);
  facts.dates.resize(in.count(9));
  for (DateFact& date : facts.dates) date = read_date(in);
  facts.act = read_value(in, Act::cancel);
  if (facts.act != Act::none) {
    facts.conditional = in.number_up_to(1) != 0;
    facts.act_place = read_span(in);
    facts.act_rule = in.text();
  }
  facts.document = read_document(in);
  in.end();
  return facts;
}

namespace {

void write_terms(RecordWriter& out, const DealTerms& terms) {
  out.signed_number(terms.message);
  out.number(terms.amounts.size());
  for (const Amount& amount : terms.amounts) write_amount(out, amount);
  out.number(terms.dates.size());
  for (const DateFact& date : terms.dates) write_date(out, date);
}

DealTerms read_terms(RecordReader& in) {
  DealTerms terms;
  terms.message = in.signed_number();
  terms.amounts.resize(in.count(9));
  for (Amount& amount : terms.amounts) amount = read_amount(in);
  terms.dates.resize(in.count(9));
  for (DateFact& date : terms.dates) date = read_date(in);
  return terms;
}

} // namespace

std::string pack(const Deal& deal) {
  RecordWriter out;
  out.byte(facts_format);
  out.byte(static_cast<std::uint8_t>(deal.state));
  out.number(deal.steps.size());
  for (const DealStep& step : deal.steps) {
    out.signed_number(step.message);
    out.byte(static_cast<std::uint8_t>(step.act));
    out.byte(step.conditional ? 1 : 0);
    out.byte(static_cast<std::uint8_t>(step.direction));
    out.signed_number(step.sent);
  }
  out.number(deal.proposed);
  out.number(deal.answered ? *deal.answered + 1 : 0);
  write_terms(out, deal.in_force);
  out.number(deal.superseded.size());
  for (const DealTerms& terms : deal.superseded) write_terms(out, terms);
  out.byte(deal.wanted ? 1 : 0);
  if (deal.wanted) write_terms(out, *deal.wanted);
  return out.take();
}

Deal unpack_deal(std::string_view bytes) {
  RecordReader in(bytes);
  if (in.byte() != facts_format) throw_damaged_record();
  Deal deal;
  deal.state = read_value(in, DealState::cancelled);
  deal.steps.resize(in.count(5));
  if (deal.steps.empty()) throw_damaged_record();
  for (DealStep& step : deal.steps) {
    step.message = in.signed_number();
    step.act = read_value(in, Act::cancel);
    step.conditional = in.number_up_to(1) != 0;
    step.direction = read_value(in, Direction::automatic);
    step.sent = in.signed_number();
  }
  deal.proposed = static_cast<std::size_t>(in.number_up_to(deal.steps.size() - 1));
  if (const std::uint64_t answered = in.number_up_to(deal.steps.size()); answered != 0) deal.answered = static_cast<std::size_t>(answered - 1);
  deal.in_force = read_terms(in);
  deal.superseded.resize(in.count(3));
  for (DealTerms& terms : deal.superseded) terms = read_terms(in);
  if (in.number_up_to(1) != 0) deal.wanted = read_terms(in);
  in.end();
  return deal;
}

} // namespace genchi::facts
