#include "facts/stream.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "facts/amounts.hpp"
#include "facts/documents.hpp"

namespace genchi::facts {
namespace {

constexpr std::uint32_t made_for_many = flag_auto | flag_bulk;

// Servers stamp UTC: what was written with it was not written in Greenwich.
Moment counted(Moment sent, int zone) {
  if (sent.offset_minutes == 0) sent.offset_minutes = zone;
  return sent;
}

auto key(const Amount& amount) {
  return std::tie(amount.yen, amount.currency, amount.value, amount.tax, amount.role, amount.unit, amount.approx);
}
bool same(const Amount& a, const Amount& b) { return key(a) == key(b) && (a.item.empty() || b.item.empty() || a.item == b.item); }

auto key(const DateFact& date) { return std::tie(date.first, date.last, date.precision, date.minute, date.end_minute, date.role); }
bool same(const ReadDate& a, const ReadDate& b) { return a.open == b.open && a.number == b.number && key(a.date) == key(b.date); }

TextSpan& place_of(Amount& amount) { return amount.place; }
TextSpan& place_of(ReadDate& read) { return read.date.place; }
std::vector<TextSpan>& again_of(Amount& amount) { return amount.again; }
std::vector<TextSpan>& again_of(ReadDate& read) { return read.date.again; }

/// What the subject says too is one fact with the text's; what it alone says is one of its own, first.
template <typename Fact> std::vector<Fact> joined(std::vector<Fact> subject, std::vector<Fact> text) {
  std::vector<Fact> out;
  for (Fact& each : subject) {
    const auto twin = std::find_if(text.begin(), text.end(), [&](const Fact& other) { return same(each, other); });
    if (twin == text.end()) out.push_back(std::move(each));
    else again_of(*twin).push_back(place_of(each));
  }
  std::move(text.begin(), text.end(), std::back_inserter(out));
  return out;
}

/// Words with which a day is asked for, put forward or agreed to.
bool arranges(CueKind kind) {
  switch (kind) {
  case CueKind::go:
  case CueKind::pick:
  case CueKind::bare_go:
  case CueKind::confirm:
  case CueKind::await_you:
  case CueKind::come:
  case CueKind::order:
  case CueKind::change:
  case CueKind::change_done:
  case CueKind::ask:
  case CueKind::offer:
    return true;
  default:
    return false;
  }
}

/// Does the day stand in one sentence with such words?
bool is_arranged(const ReadDate& read, const Cues& cues) {
  const std::int64_t day = days_from_civil(read.date.first);
  return std::any_of(cues.terms.begin(), cues.terms.end(), [&](const ActTerm& term) {
    if (term.kind != TermKind::day || (term.flags & term_apart) != 0 || term.cue >= cues.list.size() ||
        !arranges(cues.list[term.cue].kind))
      return false;
    if (term.value == day) return true;
    // What was open is resolved since.
    if ((term.flags & term_day_only) != 0) return civil_from_days(term.value).day == read.date.first.day;
    return (term.flags & term_weekday) != 0 &&
           weekday_of(civil_from_days(term.value)) == weekday_of(read.date.first);
  });
}

/// では18日でお願いします: a day that is put forward or agreed to, of which nothing says what it is for.
void name_role(ReadDate& read, const Cues& cues, Act act, CivilDay today, DateRole arranged) {
  if (act != Act::proposal && act != Act::acceptance && act != Act::change) return;
  if (read.date.first <= today || !read.role_open || read.date.role != DateRole::mention) return;
  if (is_arranged(read, cues)) read.date.role = arranged;
}

/// What a person says that a message does.
std::optional<Judgement> decided_act(const std::vector<Correction>& decided) {
  std::optional<Judgement> act;
  for (const Correction& correction : decided)
    if (correction.kind == Correction::Kind::act)
      act = correction.action == Correction::Action::reject ? Judgement{} : Judgement{correction.act, correction.conditional, {}, "person"};
  return act;
}

} // namespace

Reading read_message(const MessageText& message, const Vocabulary& vocabulary) {
  Reading reading;
  reading.sent = counted(message.sent, message.zone);
  if ((message.flags & flag_unsent) != 0) return reading;
  const bool machine = (message.flags & made_for_many) != 0;
  const Text text(message.text, message.sections);
  const Text subject(message.subject, {}, /*is_subject=*/true);
  const DocumentText carried{text, message.sections, subject, message.files, machine};
  CarriedDocument document = find_document(carried);
  if (machine && !document.document) return reading;
  const AmountContext context{message.subject};
  reading.amounts = read_amounts(text, context);
  reading.dates = read_dates(text, reading.sent);
  if (!machine) reading.cues = read_cues(text, reading.amounts, reading.dates, vocabulary.acts);
  if (!message.subject.empty()) {
    reading.amounts = joined(read_amounts(subject, context), std::move(reading.amounts));
    reading.dates = joined(read_dates(subject, reading.sent), std::move(reading.dates));
  }
  reading.document = complete_document(std::move(document), carried, reading.amounts, reading.dates, reading.sent);
  if (!machine) return reading;
  reading.ledger_only = static_cast<bool>(reading.document);
  reading.amounts.clear();
  reading.dates.clear();
  return reading;
}

Facts Stream::next(Reading reading, Direction direction, const std::vector<Correction>& decided) {
  Facts facts;
  facts.document = std::move(reading.document);
  if ((reading.ledger_only && decided.empty()) || direction == Direction::automatic) return facts;
  dates_.settle(reading.dates, reading.sent);
  const Judgement judged = acts_.next(reading.cues, direction, reading.sent.utc, decided_act(decided));
  facts.act = judged.act;
  facts.conditional = judged.conditional;
  facts.act_place = judged.place;
  facts.act_rule = judged.rule;
  facts.amounts = std::move(reading.amounts);
  // What is restated by who accepts is agreed.
  if (facts.act == Act::acceptance && !facts.conditional)
    for (Amount& amount : facts.amounts)
      if (amount.role == AmountRole::offer) amount.role = AmountRole::accepted;
  // A campaign's prices are put to nobody.
  if (facts.act == Act::none && (reading.cues.traits & trait_broadcast) != 0)
    for (Amount& amount : facts.amounts)
      if (amount.role == AmountRole::offer) amount.role = AmountRole::mention;
  const CivilDay today = civil_day(reading.sent.utc, reading.sent.offset_minutes);
  for (ReadDate& read : reading.dates) name_role(read, reading.cues, facts.act, today, dates_.arranged());
  for (ReadDate& read : reading.dates) facts.dates.push_back(std::move(read.date));
  apply(decided, facts);
  correct_total(facts.document, decided);
  return facts;
}

Facts Stream::noted(Reading reading, const std::vector<Correction>& decided) const {
  Stream aside = *this;
  Facts facts = aside.next(std::move(reading), Direction::out, decided);
  facts.document = {};
  const bool corrected = std::any_of(decided.begin(), decided.end(), [](const Correction& each) { return each.kind != Correction::Kind::act; });
  if (corrected) return facts;
  for (Amount& amount : facts.amounts)
    if (amount.role == AmountRole::accepted) amount.role = AmountRole::mention;
  return facts;
}

} // namespace genchi::facts
