#include "cli/deal_view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/fact_words.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/name_parts.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_later = 8;            // messages after the answer that are shown
constexpr std::size_t looked_at_for_phone = 6;   // messages before the proposal
constexpr std::size_t fewest_digits = 6;         // of an id that stands where a name may
constexpr UtcSeconds day = 86'400;

ordered_json or_null(std::string_view text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

bool is_hex(std::string_view text) { return !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos; }

/// A telephone number of Japan at `at` of a folded line: 03-1234-5678, (03)1234-5678, 090 1234 5678. "" if there is none.
std::string number_at(std::string_view line, std::size_t at) {
  std::string out;
  std::size_t digits = 0;
  for (; at < line.size() && digits <= 11; ++at) {
    const char c = line[at];
    if (c >= '0' && c <= '9') ++digits;
    else if (c != '-' && c != '(' && c != ')' && c != ' ') break;
    out += c;
  }
  while (!out.empty() && (out.back() < '0' || out.back() > '9')) out.pop_back();
  const bool parted = out.find_first_of("-()") != std::string::npos;
  return (digits == 10 || digits == 11) && (parted || digits == 11) ? out : std::string();
}

/// The first telephone number in a mail's signature; a fax is none.
std::string phone_in(const MessageRecord& record) {
  constexpr std::size_t most_looked_at = 2000;
  for (const TextSection& section : record.sections) {
    if (section.kind != SectionKind::signature) continue;
    const std::string text = fold(std::string_view(record.text).substr(section.begin, std::min<std::size_t>(section.end - section.begin, most_looked_at)));
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool begins = text[at] == '0' && !(at > 0 && (is_digit(at - 1) || text[at - 1] == '-' || text[at - 1] == '.'));
      if (!begins) continue;
      const std::size_t from = at > 8 ? at - 8 : 0;
      if (text.substr(from, at - from).find("fax") != std::string::npos || text.substr(from, at - from).find("ふぁっくす") != std::string::npos) continue;
      if (std::string number = number_at(text, at); !number.empty()) return number;
    }
  }
  return {};
}

/// What the whole amount is the price of; where that is only a total, the first thing that has a price of its own.
std::string item_of(const facts::DealTerms& terms) {
  const Amount* whole = terms.whole();
  if (whole != nullptr && !whole->item.empty() && !facts::names_the_whole(whole->item)) return whole->item;
  for (const Amount& amount : terms.amounts)
    if (amount.role != AmountRole::discount && !amount.item.empty() && !facts::names_the_whole(amount.item)) return amount.item;
  return {};
}

std::string without_reply_mark(std::string_view subject) {
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view mark : {"Re:", "RE:", "re:", "Fwd:", "FW:", "Ｒｅ：", " "})
      if (subject.starts_with(mark)) {
        subject.remove_prefix(mark.size());
        cut = true;
      }
  }
  return std::string(subject);
}

/// The figure that a message puts forward.
const Amount* figure_of(const Facts& facts) {
  const Amount* best = nullptr;
  for (const Amount& amount : facts.amounts)
    if (amount.role == AmountRole::offer && (best == nullptr || amount.yen.value_or(0) > best->yen.value_or(0))) best = &amount;
  return best;
}

ordered_json message_row(const DealMessage& message, bool with_act) {
  ordered_json row;
  row["id"] = message.id.hex();
  row["sent"] = iso8601(message.sent);
  row["channel"] = channel_name(message.channel);
  row["direction"] = direction_name(message.direction);
  if (with_act) row["act"] = act_name(message.act);
  if (message.conditional) row["conditional"] = true;
  row["quote"] = or_null(message.quote);
  return row;
}

void add_terms(ordered_json& row, const ShownTerms& terms) {
  row["yen"] = terms.amount && terms.amount->yen ? ordered_json(*terms.amount->yen) : ordered_json(nullptr);
  if (terms.amount && !terms.amount->yen) row["value"] = terms.amount->value;
  row["currency"] = terms.amount ? ordered_json(terms.amount->currency) : ordered_json(nullptr);
  row["tax"] = or_null(terms.amount ? tax_name(terms.amount->tax) : "");
  row["dates"] = ordered_json::array();
  for (const DateFact& date : terms.dates) row["dates"].push_back({{"value", date.value()}, {"role", role_name(date.role)}});
}

ordered_json terms_row(const ShownTerms& terms) {
  ordered_json row{{"id", terms.from.id.hex()}, {"sent", iso8601(terms.from.sent)}};
  add_terms(row, terms);
  return row;
}

/// The deal of a client that this message is a step of.
std::optional<catalogue::ClientDeal> deal_with(Store& store, const catalogue::Found& found) {
  const auto number = static_cast<std::int64_t>(found.shown_as.prefix64());
  const auto said = store.catalogue().said_by(number);
  if (!said) return std::nullopt;
  std::optional<catalogue::ClientDeal> out;
  store.catalogue().deals(std::vector<std::string>{said->client}, {}, catalogue::Catalogue::Order::newest_first, [&](const catalogue::ClientDeal& each) {
    const auto& steps = each.deal.steps;
    if (std::any_of(steps.begin(), steps.end(), [&](const facts::DealStep& step) { return step.message == number; })) out = each;
    return !out;
  });
  return out;
}

}  // namespace

// --- Making views ---

DealMessage DealViews::message(const facts::DealStep& step, bool with_quote) {
  DealMessage out;
  out.sent = {step.sent, japan_offset_minutes};
  out.direction = step.direction;
  out.act = step.act;
  out.conditional = step.conditional;
  const auto said = store_.catalogue().said_by(step.message);
  if (!said) return out;
  out.id = said->id;
  out.sent = said->sent;
  out.channel = said->channel;
  if (!with_quote) return out;
  out.quote = quotes_.around(said->id, said->facts.act_place);
  // お見積りをお送りします: the figure stands on another line.
  const Amount* figure = step.act == Act::proposal ? figure_of(said->facts) : nullptr;
  if (figure == nullptr) return out;
  const std::string written = quotes_.surface(said->id, figure->place);
  if (out.quote.find(written) == std::string::npos) out.quote += " … " + quotes_.around(said->id, figure->place);
  return out;
}

ShownTerms DealViews::terms(const facts::Deal& deal, const facts::DealTerms& terms) {
  ShownTerms out;
  const auto step = std::find_if(deal.steps.begin(), deal.steps.end(), [&](const facts::DealStep& each) { return each.message == terms.message; });
  out.from = message(step == deal.steps.end() ? deal.steps.front() : *step, /*with_quote=*/false);
  if (const Amount* whole = terms.whole()) out.amount = *whole;
  out.dates = terms.dates;
  return out;
}

void DealViews::add_later(const facts::Deal& deal, DealView& view) {
  const std::size_t from = deal.answered ? *deal.answered + 1 : deal.proposed + 1;
  const std::size_t count = deal.steps.size() - std::min(from, deal.steps.size());
  view.more_later = count > most_later ? count - most_later : 0;
  for (std::size_t at = from + view.more_later; at < deal.steps.size(); ++at) view.later.push_back(message(deal.steps[at]));
}

DealViews::Known& DealViews::known(const std::string& client) {
  const auto [at, fresh] = known_.try_emplace(client);
  if (!fresh) return at->second;
  const auto found = store_.catalogue().client_of(client);
  if (!found) return at->second;
  at->second.addresses = found->addresses;
  at->second.company = client.starts_with("domain:") || naming::has_company_form(found->name) ||
                       std::any_of(found->names.begin(), found->names.end(), [](const std::string& name) { return naming::has_company_form(name); });
  return at->second;
}

void DealViews::look_for_channels(Known& known, const Sha256& from) {
  known.looked = true;
  if (from == Sha256{}) return;
  const auto near = store_.catalogue().neighbours(from, looked_at_for_phone);
  std::vector<Sha256> ids = near.before;
  ids.insert(ids.end(), near.after.begin(), near.after.end());
  for (const Sha256& id : ids) {
    const MessageRecord* record = quotes_.message(id);
    if (record == nullptr || record->direction != Direction::in) continue;
    known.last_wrote_in = record->channel;
    if (std::string phone = phone_in(*record); !phone.empty()) known.phone = std::move(phone);
  }
}

std::optional<OtherChannel> DealViews::other_channel(const catalogue::ClientDeal& deal, const DealMessage& proposed) {
  Known& client = known(deal.client);
  if (proposed.channel != Channel::mail && !client.addresses.empty()) return OtherChannel{Channel::mail, client.addresses.front()};
  if (!client.looked) look_for_channels(client, proposed.id);
  if (!client.phone.empty()) return OtherChannel{Channel::phone, client.phone};
  if (client.last_wrote_in && *client.last_wrote_in != proposed.channel) return OtherChannel{*client.last_wrote_in, ""};
  return std::nullopt;
}

DealView DealViews::of(const catalogue::ClientDeal& each) {
  const facts::Deal& deal = each.deal;
  DealView view;
  view.id = each.proposal;
  view.client = names_.of(each.client);
  view.company = known(each.client).company;
  view.opened = deal.steps.front().sent;
  view.state = deal.state;
  view.terms = terms(deal, deal.in_force);
  view.proposed = message(deal.proposal());
  if (deal.answer() != nullptr) view.answered = message(*deal.answer());
  add_later(deal, view);
  for (const facts::DealTerms& older : deal.superseded) view.before.push_back(terms(deal, older));
  if (deal.wanted) view.wanted = terms(deal, *deal.wanted);
  view.item = item_of(deal.in_force);
  for (auto older = deal.superseded.rbegin(); view.item.empty() && older != deal.superseded.rend(); ++older) view.item = item_of(*older);
  if (view.item.empty())
    if (const MessageRecord* first = quotes_.message(each.proposal)) view.subject = without_reply_mark(first->subject);
  for (auto step = deal.steps.rbegin(); !view.company && step != deal.steps.rend(); ++step) {
    if (step->direction != Direction::in) continue;
    const MessageRecord* record = quotes_.message(message(*step, /*with_quote=*/false).id);
    view.company = record != nullptr && naming::has_company_form(record->from.name);
    break;
  }
  const bool settled = deal.state == facts::DealState::agreed || deal.state == facts::DealState::conditional;
  if (settled && view.answered) {
    const bool in_writing = std::any_of(deal.steps.begin() + static_cast<std::ptrdiff_t>(deal.proposed), deal.steps.end(), [&](const facts::DealStep& step) {
      return message(step, /*with_quote=*/false).channel != Channel::line;
    });
    view.only_line = !in_writing;
  }
  if (deal.is_open()) {
    view.days_open = std::max<std::int64_t>(0, days_from_civil(civil_day(now_, japan_offset_minutes)) - days_from_civil(civil_day(view.proposed.sent.utc, japan_offset_minutes)));
    view.ours_to_answer = deal.proposal().direction == Direction::in;
    if (!view.ours_to_answer) view.other_channel = other_channel(each, view.proposed);
  }
  return view;
}

// --- Which deals ---

catalogue::ClientDeal find_deal(Store& store, const std::string& id) {
  if (is_hex(id)) {
    const auto found = store.catalogue().deals_numbered(id, 11);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
      std::string candidates;
      for (const auto& each : found) candidates += "\n  " + each.proposal.hex().substr(0, std::max(id.size() + 4, short_id_digits));
      throw Error(trf("{} is the beginning of several deals' ids:", id) + candidates, tr("Give more digits."));
    }
  }
  if (const auto deal = deal_with(store, find_message(store, id))) return *deal;
  throw Error(trf("the message {} belongs to no deal", for_terminal(id)), tr("`genchi agreements` lists deals with their ids."), ExitCode::nothing_found);
}

std::optional<catalogue::ClientDeal> deal_if_meant(Store& store, const std::string& word) {
  if (!is_hex(word) || word.size() < fewest_digits) return std::nullopt;
  const bool known = !store.catalogue().deals_numbered(word, 1).empty() || !store.catalogue().find(word, 1).empty();
  if (!known) return std::nullopt;
  return find_deal(store, word);
}

std::vector<facts::DealState> deal_states(const std::string& written) {
  constexpr std::array all{facts::DealState::unanswered, facts::DealState::agreed, facts::DealState::conditional, facts::DealState::hold, facts::DealState::rejected, facts::DealState::cancelled};
  std::vector<facts::DealState> states;
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t end = std::min(written.find(',', at), written.size());
    const std::string name = written.substr(at, end - at);
    const auto state = std::find_if(all.begin(), all.end(), [&](facts::DealState each) { return name == deal_state_name(each) || name == standing_word(standing_of(each)); });
    if (state == all.end()) throw Error(trf("there is no state \"{}\"", for_terminal(name)), tr("States are explicit, conditional, hold, rejected, unanswered, cancelled; several apart by commas."));
    states.push_back(*state);
    at = end + 1;
  }
  return states;
}

// --- Showing ---

std::string deal_days_words(const std::vector<DateFact>& dates) {
  std::string out;
  for (const DateFact& date : dates) out += (out.empty() ? "" : tr(", ")) + date_words(date);
  return out;
}

ordered_json deal_json(const DealView& view) {
  ordered_json row;
  row["deal"] = view.id.hex();
  row["client"] = label_json(view.client);
  row["state"] = deal_state_name(view.state);
  row["item"] = or_null(view.item);
  add_terms(row, view.terms);
  row["opened"] = iso8601({view.opened, japan_offset_minutes});
  row["proposed"] = message_row(view.proposed, false);
  if (view.answered) row["answered"] = message_row(*view.answered, false);
  for (const DealMessage& message : view.later) row["later"].push_back(message_row(message, true));
  for (std::size_t i = 0; i < view.before.size(); ++i) {
    ordered_json older = terms_row(view.before[i]);
    older["superseded_by"] = (i + 1 < view.before.size() ? view.before[i + 1] : view.terms).from.id.hex();
    row["before"].push_back(std::move(older));
  }
  if (view.wanted) row["wanted"] = terms_row(*view.wanted);
  if (view.days_open) {
    row["days_open"] = *view.days_open;
    row["waits_for"] = view.ours_to_answer ? "us" : "them";
  }
  if (view.other_channel) row["try"] = {{"channel", channel_name(view.other_channel->channel)}, {"at", or_null(view.other_channel->at)}};
  row["company"] = view.company;
  row["only_line"] = view.only_line;
  return row;
}

ordered_json deal_cells(const DealView& view) {
  const auto days = [](const std::vector<DateFact>& dates) {
    std::string out;
    for (const DateFact& date : dates) out += (out.empty() ? "" : "; ") + date.value();
    return out;
  };
  ordered_json row;
  row["deal"] = view.id.hex();
  row["client_id"] = view.client.number;
  row["client"] = view.client.name;
  row["state"] = deal_state_name(view.state);
  row["item"] = or_null(view.item);
  add_terms(row, view.terms);
  row.erase("value");  // of another currency only: a column has to be in every row
  if (view.terms.amount && !view.terms.amount->yen) row["currency"] = view.terms.amount->currency + " " + view.terms.amount->value;
  row["dates"] = days(view.terms.dates);
  const auto add = [&](const std::string& name, const std::optional<DealMessage>& message) {
    row[name + "_sent"] = message ? ordered_json(iso8601(message->sent)) : ordered_json(nullptr);
    row[name + "_channel"] = message ? ordered_json(channel_name(message->channel)) : ordered_json(nullptr);
    row[name + "_direction"] = message ? ordered_json(direction_name(message->direction)) : ordered_json(nullptr);
    row[name + "_quote"] = message ? or_null(message->quote) : ordered_json(nullptr);
  };
  add("proposed", view.proposed);
  add("answered", view.answered);
  std::string before;
  for (const ShownTerms& older : view.before) {
    std::string terms = older.amount && older.amount->yen ? std::to_string(*older.amount->yen) : "";
    if (const std::string dates = days(older.dates); !dates.empty()) terms += (terms.empty() ? "" : " ") + dates;
    before += (before.empty() ? "" : "; ") + terms;
  }
  row["before"] = or_null(before);
  row["days_open"] = view.days_open ? ordered_json(*view.days_open) : ordered_json(nullptr);
  row["only_line"] = view.only_line;
  return row;
}

}  // namespace genchi::cli
