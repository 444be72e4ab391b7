// genchi facts: what is read out of a message, and what a person says about it.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "catalogue/decisions.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "facts/numbers.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Decision;
using facts::Correction;

constexpr const char* by_person = "person";

struct FactsCommand {
  std::string message;
  std::string which;                 ///< a number of the list, "amount", "date", "act", or "" for all
  std::vector<std::string> values;   ///< key=value
  int wait = 10;
  bool explain = false;
};

/// What is read out of a message, and what a person rejected there.
struct Read {
  MessageRecord record;
  Facts facts;
  std::vector<Correction> rejected;
};

/// A fact as the list numbers it: amounts, then dates, then what the message does; in the order of the text. What was
/// rejected keeps its number, so that those of the others stay.
struct Numbered {
  Correction::Kind kind = Correction::Kind::amount;
  TextSpan place;
  std::size_t at = 0;     ///< in its list
  bool rejected = false;  ///< `at` is in the list of these
};

std::vector<Numbered> numbered(const Read& read) {
  std::vector<Numbered> out;
  const auto& [amounts, dates, act] = std::tie(read.facts.amounts, read.facts.dates, read.facts.act);
  for (std::size_t i = 0; i < amounts.size(); ++i) out.push_back({Correction::Kind::amount, amounts[i].place, i});
  for (std::size_t i = 0; i < dates.size(); ++i) out.push_back({Correction::Kind::date, dates[i].place, i});
  for (std::size_t i = 0; i < read.rejected.size(); ++i)
    out.push_back({read.rejected[i].kind, read.rejected[i].place, i, /*rejected=*/true});
  std::stable_sort(out.begin(), out.end(), [](const Numbered& a, const Numbered& b) {
    return std::tuple(a.kind, !a.place.in_subject, a.place.begin) < std::tuple(b.kind, !b.place.in_subject, b.place.begin);
  });
  if (act != Act::none) out.push_back({Correction::Kind::act, read.facts.act_place, 0});
  return out;
}

MessageRecord record_of(Store& store, const std::string& id) {
  auto record = store.catalogue().record(find_message(store, id).shown_as);
  if (!record) throw Error(trf("no message has the id {}", for_terminal(id)), tr("`genchi search` shows ids."), ExitCode::nothing_found);
  return std::move(*record);
}

Read read(Store& store, MessageRecord record) {
  Facts facts = store.catalogue().facts(record.id).value_or(Facts());
  std::vector<Correction> rejected = facts::rejected(store.catalogue().decided(record.id));
  return {std::move(record), std::move(facts), std::move(rejected)};
}

std::string quoted(const MessageRecord& record, const TextSpan& place) {
  const std::string_view of = place.in_subject ? record.subject : record.text;
  return for_terminal(of.substr(std::min<std::size_t>(place.begin, of.size()), place.end - place.begin));
}

/// What the ledger says of it.
std::string document_words(const BusinessDocument& document, bool explain) {
  std::string out = trf("for the ledger: {}", std::string(document_title(document.kind)));
  DateFact day;
  day.first = day.last = document.day;
  out += "  " + day.value();
  if (document.total) out += "  " + money_words(*document.total);
  if (const std::string tax = document.total ? tax_word(document.total->tax) : std::string(); !tax.empty()) out += "  " + tax;
  if (document.registration) out += "  " + document.registration->number;
  return for_terminal(explain ? out + "  [" + document.rule + "]" : out);
}

void print_list(Context& context, Store& store, const Read& read, bool explain) {
  const auto& [record, facts, rejected] = read;
  Output& out = context.out;
  if (!out.is_text()) {
    nlohmann::ordered_json row{{"id", record.id.hex()}};
    add_facts(row, facts, record.text, record.subject, explain);
    out.row(row);
    return;
  }
  ClientNames names(store);
  const auto clients = names.all(record);
  out.line(out.dim(record.id.hex().substr(0, short_id_digits)) + "  " + display_time(record.sent.utc, japan_offset_minutes) + "  " +
           (clients.empty() ? std::string() : for_terminal(clients.front().name) + "  ") + channel_word(record.channel) + "  " + direction_word(record.direction));
  const std::vector<Numbered> all = numbered(read);
  if (all.empty() && !facts.document) out.line(tr("Nothing is read out of this message: no amount, no day, no agreement."));
  std::size_t number = 0;
  const auto line = [&](const std::string& what, const TextSpan& place, const std::string& meaning, const std::string& rule) {
    out.line(fmt::format("{:>3}  {} {}  {}{}", ++number, pad_to_width(what, 8), out.bold(quoted(record, place)), meaning,
                         explain || rule == by_person ? "  [" + rule_word(rule) + "]" : ""));
  };
  for (const Numbered& each : all) {
    const std::string what = each.kind == Correction::Kind::amount ? tr("amount") : each.kind == Correction::Kind::date ? tr("day") : tr("act");
    if (each.rejected) {
      line(what, each.place, tr("no such fact"), by_person);
    } else if (each.kind == Correction::Kind::amount) {
      line(what, each.place, amount_words(facts.amounts[each.at]), facts.amounts[each.at].rule);
    } else if (each.kind == Correction::Kind::date) {
      line(what, each.place, date_words(facts.dates[each.at]), facts.dates[each.at].rule);
    } else {
      line(what, facts.act_place, act_words(facts.act, facts.conditional), facts.act_rule);
    }
  }
  if (facts.document) out.line("     " + document_words(facts.document, explain));
}

/// key=value, the key in small letters.
std::pair<std::string, std::string> key_value(const std::string& written) {
  const std::size_t equals = written.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(trf("\"{}\" is no KEY=VALUE", for_terminal(written)), tr("For example: yen=55000 tax=incl role=offer."));
  return {written.substr(0, equals), written.substr(equals + 1)};
}

[[noreturn]] void unfit(const std::string& key, const std::string& value, const std::string& fits) {
  throw Error(trf("\"{1}\" does not fit {0}", key, for_terminal(value)), fits);
}

std::int64_t whole_number(const std::string& key, const std::string& value) {
  const facts::Text text(value);
  const auto number = facts::number_at(text, 0);
  const std::size_t end = number ? number->span.end + (text[number->span.end] == U'円' ? 1 : 0) : 0;
  if (!number || !number->whole() || end != text.size()) unfit(key, value, tr("It takes a whole number: 55000, 55,000, 5万5千."));
  return number->value;
}

bool yes_or_no(const std::string& key, const std::string& value) {
  if (value == "yes" || value == "true" || value == "はい") return true;
  if (value == "no" || value == "false" || value == "いいえ") return false;
  unfit(key, value, tr("It takes yes or no."));
}

void set_amount(Amount& amount, const std::string& key, const std::string& value) {
  if (key == "yen") {
    amount.yen = whole_number(key, value);
    amount.currency = "JPY";
    amount.value.clear();
  } else if (key == "tax") {
    const auto tax = tax_from_name(value);
    if (!tax && value != "none") unfit(key, value, tr("It takes incl, excl or none."));
    amount.tax = tax.value_or(Tax::unknown);
  } else if (key == "role") {
    const auto role = amount_role_from_name(value);
    if (!role) unfit(key, value, tr("It takes mention, offer, accepted, invoiced, paid or discount."));
    amount.role = *role;
  } else if (key == "item") {
    amount.item = value;
  } else if (key == "unit") {
    amount.unit = yes_or_no(key, value);
  } else if (key == "approx") {
    amount.approx = yes_or_no(key, value);
  } else if (key == "quantity") {
    amount.quantity = whole_number(key, value);
  } else {
    throw Error(trf("an amount has no \"{}\"", for_terminal(key)), tr("It has yen, tax, role, item, unit, approx, quantity."));
  }
}

void set_date(DateFact& date, const std::string& key, const std::string& value, UtcSeconds now) {
  if (key == "role") {
    const auto role = date_role_from_name(value);
    if (!role) unfit(key, value, tr("It takes mention, deadline, appointment, delivery or payment."));
    date.role = *role;
    return;
  }
  if (key != "value") throw Error(trf("a day has no \"{}\"", for_terminal(key)), tr("It has value and role."));
  date.weekday_mismatch = false;
  date.minute = date.end_minute = -1;
  if (const auto moment = parse_iso8601(value)) {
    date.first = date.last = civil_day(moment->utc, moment->offset_minutes);
    date.precision = Precision::time;
    const UtcSeconds of_day = moment->utc + moment->offset_minutes * 60;
    date.minute = static_cast<int>((of_day % 86'400 + 86'400) % 86'400 / 60);
    date.offset_minutes = moment->offset_minutes;
    return;
  }
  const std::size_t slash = value.size() == 21 ? value.find('/') : std::string::npos;  // 2024-04-01/2024-04-05
  std::string range = value;
  if (slash != std::string::npos) range.replace(slash, 1, "..");
  const auto days = parse_day_range(range, now, japan_offset_minutes);
  if (!days || days->begin == INT64_MIN || days->end == INT64_MAX)
    unfit(key, value, tr("It takes a day, a time or a range: 2024-04-01, 2024-04-01T10:00:00+09:00, 2024-04-01/2024-04-05."));
  date.first = civil_day(days->begin, japan_offset_minutes);
  date.last = civil_day(days->end - 1, japan_offset_minutes);
  date.precision = date.first == date.last ? Precision::day : Precision::range;
}

void set_act(Correction& act, const std::string& key, const std::string& value) {
  if (key == "conditional") {
    act.conditional = yes_or_no(key, value);
    return;
  }
  if (key != "act") throw Error(trf("an act has no \"{}\"", for_terminal(key)), tr("It has act and conditional."));
  const auto named = act_from_name(value);
  if (!named) unfit(key, value, tr("It takes proposal, acceptance, rejection, hold, change or cancel."));
  act.act = *named;
}

/// The fact with this number, as the rules or an earlier decision have it; of a rejected one the place only.
Correction of_number(const Facts& facts, const Numbered& which) {
  Correction out;
  out.kind = which.kind;
  out.place = which.place;
  if (which.rejected) return out;
  if (which.kind == Correction::Kind::amount) {
    out.amount = facts.amounts[which.at];
  } else if (which.kind == Correction::Kind::date) {
    out.date = facts.dates[which.at];
  } else {
    out.act = facts.act;
    out.conditional = facts.conditional;
  }
  return out;
}

Numbered numbered_one(const Read& read, const std::string& which) {
  const std::vector<Numbered> all = numbered(read);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), number);
  if (error != std::errc() || end != which.data() + which.size() || number == 0 || number > all.size())
    throw Error(trf("this message has no fact {}", for_terminal(which)), tr("`genchi facts list MESSAGE` numbers them."));
  return all[number - 1];
}

/// An amount or a day where there is none yet, to be filled in.
void add_fresh(Correction& out, UtcSeconds sent) {
  if (out.kind == Correction::Kind::amount && !out.amount) {
    out.amount.emplace();
    out.amount->yen = 0;
  } else if (out.kind == Correction::Kind::date && !out.date) {
    out.date.emplace();
    out.date->first = out.date->last = civil_day(sent, japan_offset_minutes);
  }
}

/// A fact that the rules do not see: where its words stand.
Correction fresh_fact(const MessageRecord& record, const std::string& kind, std::vector<std::string>& values) {
  Correction out;
  if (kind == "act") {
    out.kind = Correction::Kind::act;
    return out;
  }
  const auto words = std::find_if(values.begin(), values.end(), [](const std::string& value) { return value.starts_with("words="); });
  if (words == values.end()) throw Error(tr("which words of the message say it?"), tr("Add words=\"…\", as they stand there."));
  const std::string quote = words->substr(6);
  values.erase(words);
  const std::size_t at = quote.empty() ? std::string::npos : record.text.find(quote);
  if (at == std::string::npos) throw Error(trf("\"{}\" does not stand in the message", for_terminal(quote)));
  out.place = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + quote.size()), false};
  if (kind == "date") out.kind = Correction::Kind::date;
  return out;
}

Correction set_fact(const Read& read, const FactsCommand& command, UtcSeconds now) {
  std::vector<std::string> values = command.values;
  const bool fresh = command.which == "amount" || command.which == "date" || command.which == "act";
  Correction out = fresh ? fresh_fact(read.record, command.which, values) : of_number(read.facts, numbered_one(read, command.which));
  add_fresh(out, read.record.sent.utc);
  out.action = Correction::Action::set;
  if (values.empty()) throw Error(tr("nothing is said about what to set"), tr("For example: yen=55000 tax=incl role=offer."));
  for (const std::string& written : values) {
    const auto [key, value] = key_value(written);
    if (out.kind == Correction::Kind::amount) set_amount(*out.amount, key, value);
    else if (out.kind == Correction::Kind::date) set_date(*out.date, key, value, now);
    else set_act(out, key, value);
  }
  if (out.kind == Correction::Kind::act && out.act == Act::none) throw Error(tr("which act?"), tr("Add act=acceptance or another."));
  return out;
}

ExitCode run_list(Context& context, const FactsCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  print_list(context, store, read(store, record_of(store, command.message)), command.explain);
  return ExitCode::ok;
}

/// What `confirm` and `reject` are about. What was rejected is not rejected again.
std::vector<Numbered> chosen_facts(const Read& read, const FactsCommand& command, Correction::Action action) {
  if (command.which.empty()) {
    std::vector<Numbered> all = numbered(read);
    std::erase_if(all, [](const Numbered& each) { return each.rejected; });
    if (all.empty()) throw Error(tr("this message has no facts to decide about"));
    return all;
  }
  const Numbered one = numbered_one(read, command.which);
  if (!one.rejected) return {one};
  if (action == Correction::Action::confirm)
    throw Error(trf("fact {} was rejected", for_terminal(command.which)), tr("`genchi facts set` brings it back, as you say it is."));
  return {};
}

ExitCode run_decide(Context& context, const FactsCommand& command, Correction::Action action) {
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const Read before = read(store, record_of(store, command.message));
  std::vector<Correction> decided;
  if (action == Correction::Action::set) {
    decided.push_back(set_fact(before, command, context.now));
  } else {
    for (const Numbered& each : chosen_facts(before, command, action)) decided.push_back(of_number(before.facts, each));
  }
  for (Correction& correction : decided) {
    correction.action = action;
    if (action == Correction::Action::reject) {
      correction.amount.reset();
      correction.date.reset();
    }
    store.archive().append(JournalKind::fact, catalogue::to_payload({before.record.id, correction}));
  }
  store.catch_up(nullptr, interrupted);
  print_list(context, store, read(store, record_of(store, command.message)), command.explain);
  return ExitCode::ok;
}

} // namespace

void add_facts(Arguments program, Run& chosen) {
  Arguments sub = program.add_command("facts", tr("amounts, days and acts read out of a message; confirm or correct them"));
  sub.alias("読み取り");
  sub.require_command();
  const auto add = [&](const char* name, const char* help, const auto& body) {
    auto command = std::make_shared<FactsCommand>();
    Arguments each = sub.add_command(name, help);
    each.add_argument("MESSAGE", command->message, tr("id of a message, or its first digits")).required();
    each.add_flag("--explain", command->explain, tr("name the rule that found each"));
    body(each, command);
  };
  const auto decide = [&](Arguments each, const std::shared_ptr<FactsCommand>& command, Correction::Action action) {
    add_wait(each, command->wait);
    each.when_chosen([command, action, &chosen] { chosen = [command, action](Context& context) { return run_decide(context, *command, action); }; });
  };
  add("list", tr("what is read out of it, numbered"), [&](Arguments each, const std::shared_ptr<FactsCommand>& command) {
    each.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_list(context, *command); }; });
  });
  add("confirm", tr("it is as read: stays so, whatever the rules come to say"), [&](Arguments each, const std::shared_ptr<FactsCommand>& command) {
    each.add_argument("N", command->which, tr("number in the list (all if not given)"));
    decide(each, command, Correction::Action::confirm);
  });
  add("set", tr("it is as said here"), [&](Arguments each, const std::shared_ptr<FactsCommand>& command) {
    each.add_argument("N", command->which, tr("number in the list, or amount, date, act for one that was not read")).required();
    each.add_argument("KEY=VALUE", command->values, tr("yen tax role item unit approx quantity; value role; act conditional; words=… for a new one")).required();
    decide(each, command, Correction::Action::set);
  });
  add("reject", tr("there is no such fact"), [&](Arguments each, const std::shared_ptr<FactsCommand>& command) {
    each.add_argument("N", command->which, tr("number in the list")).required();
    decide(each, command, Correction::Action::reject);
  });
  sub.footer(tr("What is decided here is written into the journal, wins over the rules, and survives `genchi reindex`.\n"
                 "\nExit status: 0 done, 1 no such message, 2 wrong usage or failure."));
}

} // namespace genchi::cli
