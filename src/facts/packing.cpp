// Readings and facts as the catalogue keeps them.
#include "base/record_io.hpp"
#include "facts/stream.hpp"

namespace genchi::facts {
namespace {

constexpr std::uint8_t reading_format = 1, facts_format = 1;

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

} // namespace

std::string read_packed(const MessageText& message, const Vocabulary& vocabulary) {
  const Reading reading = read_message(message, vocabulary);
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
    if (read.open == Open::none) continue;
    out.signed_number(read.number);
    out.signed_number(read.last_number);
    out.byte(read.needs_anchor ? 1 : 0);
  }
  out.text(pack(reading.cues));
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
    if (read.open == Open::none) continue;
    read.number = read_small(in);
    read.last_number = read_small(in);
    read.needs_anchor = in.number_up_to(1) != 0;
  }
  reading.cues = unpack_cues(in.text());
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
  in.end();
  return facts;
}

} // namespace genchi::facts
