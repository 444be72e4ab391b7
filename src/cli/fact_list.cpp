#include "cli/fact_list.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "cli/fact_rows.hpp"
#include "facts/text.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

constexpr std::size_t most_clients_named = 10;
constexpr std::size_t most_behind = 100;  // characters of a quote behind the fact

using nlohmann::ordered_json;

bool same_amount(const Amount& a, const Amount& b) { return a.yen == b.yen && a.currency == b.currency && a.value == b.value && a.unit == b.unit && (a.item == b.item || a.item.empty() || b.item.empty()); }
bool same_date(const DateFact& a, const DateFact& b) { return a.first == b.first && a.last == b.last && a.minute == b.minute; }

/// Names of roles apart by commas.
template <typename Role, std::size_t size>
std::vector<Role> roles_named(const std::string& written, const std::array<Role, size>& all, std::optional<Role> (*named)(std::string_view), const char* there_are) {
  if (written == "all") return {all.begin(), all.end()};
  std::vector<Role> roles;
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t end = std::min(written.find(',', at), written.size());
    const auto role = named(written.substr(at, end - at));
    if (!role) throw Error(trf("there is no role \"{}\"", for_terminal(written.substr(at, end - at))), there_are);
    roles.push_back(*role);
    at = end + 1;
  }
  return roles;
}

}  // namespace

ChosenClient choose_client(Store& store, const std::string& written) {
  const std::vector<std::string> identifiers = store.catalogue().identifiers_named(written);
  std::vector<catalogue::Client> clients;
  for (const std::string& identifier : identifiers) {
    auto client = store.catalogue().client_of(identifier);
    if (!client) continue;
    const bool known = std::any_of(clients.begin(), clients.end(), [&](const auto& each) { return each.number == client->number; });
    if (!known) clients.push_back(std::move(*client));
  }
  if (clients.empty()) throw Error(trf("no client is called \"{}\"", for_terminal(written)), tr("`genchi clients` lists them."), ExitCode::nothing_found);
  if (clients.size() > 1) {
    // One that is called just so is meant; else people have to say which.
    const std::string wanted = fold(written);
    std::vector<catalogue::Client> exact;
    std::copy_if(clients.begin(), clients.end(), std::back_inserter(exact), [&](const catalogue::Client& client) {
      return fold(client.name) == wanted || std::any_of(client.identifiers.begin(), client.identifiers.end(), [&](const std::string& each) { return each.substr(each.find(':') + 1) == written; });
    });
    if (exact.size() == 1) clients = std::move(exact);
  }
  if (clients.size() > 1) {
    std::string names;
    for (std::size_t i = 0; i < clients.size() && i < most_clients_named; ++i)
      names += "\n  " + std::to_string(clients[i].number) + "  " + for_terminal(clients[i].name);
    if (clients.size() > most_clients_named) names += "\n  …";
    throw Error(trf("\"{0}\" is part of the names of {1} clients:", for_terminal(written), clients.size()) + names, tr("Say which: its number, or more of its name."));
  }
  return {clients.front().number, clients.front().name, clients.front().identifiers};
}

catalogue::MessageFilter message_filter(const ListOptions& list, const index::QueryContext& context, Store& store, const std::string& client) {
  catalogue::MessageFilter filter;
  if (!client.empty() && !list.client.empty()) throw Error(tr("the client is given twice"), tr("Once is enough: before the item, or with --client."));
  if (const std::string& written = client.empty() ? list.client : client; !written.empty()) filter.identifiers = choose_client(store, written).identifiers;
  ListOptions others = list;
  others.client.clear();
  others.written = {};
  filter.written = list.written.filter(context);
  const auto node = others.node(context);  // also says what is wrong with dates and channels
  if (!list.channel.empty()) filter.channel = channel_from_name(list.channel);
  if (!list.account.empty()) filter.accounts.push_back(list.account);
  if (!list.since.empty()) filter.begin = parse_day_span(list.since, context.now, context.offset_minutes)->begin;
  if (!list.until.empty()) filter.end = parse_day_span(list.until, context.now, context.offset_minutes)->end;
  return filter;
}

const MessageRecord* Quotes::message(const Sha256& id) {
  if (!read_ || id_ != id) {
    id_ = id;
    read_ = true;
    try {
      record_ = store_.catalogue().record(id);
    } catch (const Error&) {
      record_.reset();  // damaged: verify names it; the rest of the list is still true
    }
  }
  return record_ ? &*record_ : nullptr;
}

std::string Quotes::surface(const Sha256& id, const TextSpan& place) {
  const MessageRecord* record = message(id);
  if (record == nullptr) return {};
  const std::string_view of = place.in_subject ? record->subject : record->text;
  return std::string(of.substr(std::min<std::size_t>(place.begin, of.size()), place.end - place.begin));
}

std::string Quotes::around(const Sha256& id, const TextSpan& place, std::size_t before) {
  const MessageRecord* record = message(id);
  if (record == nullptr) return {};
  const std::string_view of = place.in_subject ? record->subject : record->text;
  if (place.end > of.size()) return {};
  const std::size_t begin = place.begin == 0 ? 0 : of.rfind('\n', place.begin - 1) + 1;  // of the line; npos + 1 is 0
  const std::size_t end = std::min(of.find('\n', place.end), of.size());
  const auto is_inside = [&](std::size_t at) { return (static_cast<unsigned char>(of[at]) & 0xC0) == 0x80; };
  std::size_t from = place.begin;
  for (std::size_t n = 0; from > begin && n < before; ++n)
    do --from;
    while (from > begin && is_inside(from));
  std::size_t to = place.end;
  for (std::size_t n = 0; to < end && n < most_behind; ++n)
    do ++to;
    while (to < end && is_inside(to));
  std::string out;
  for (const char c : of.substr(from, to - from)) {
    const bool blank = c == '\n' || c == '\t' || c == '\r' || c == ' ';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return (from > begin ? "…" : "") + out + (to < end ? "…" : "");
}

Standing standing_of(facts::DealState state) {
  switch (state) {
  case facts::DealState::agreed: return Standing::agreed;
  case facts::DealState::conditional: return Standing::conditional;
  case facts::DealState::hold: return Standing::hold;
  case facts::DealState::rejected: return Standing::rejected;
  case facts::DealState::cancelled: return Standing::cancelled;
  default: return Standing::open;
  }
}

std::string_view standing_name(Standing standing) {
  constexpr std::array<std::string_view, 8> names{"", "explicit", "conditional", "hold", "unanswered", "rejected", "cancelled", "superseded"};
  return names[static_cast<std::size_t>(standing)];
}

std::string standing_word(Standing standing) {
  switch (standing) {
  case Standing::none: return {};
  case Standing::agreed: return tr("accepted");
  case Standing::conditional: return tr("conditional");
  case Standing::hold: return tr("on hold");
  case Standing::open: return tr("unanswered");
  case Standing::rejected: return tr("declined");
  case Standing::cancelled: return tr("cancelled");
  case Standing::superseded: return tr("superseded");
  }
  return {};
}

const std::vector<catalogue::ClientDeal>& DealsOf::client(const std::string& identifier) {
  const auto [at, fresh] = known_.try_emplace(identifier);
  if (fresh && !identifier.empty()) at->second = store_.catalogue().deals(std::vector<std::string>{identifier});
  return at->second;
}

template <typename Fact, typename Terms> DealsOf::InDeal DealsOf::find(const catalogue::Said& said, const Fact& fact, Terms terms) {
  const auto number = static_cast<std::int64_t>(said.id.prefix64());
  for (const catalogue::ClientDeal& each : client(said.client)) {
    const facts::Deal& deal = each.deal;
    if (std::none_of(deal.steps.begin(), deal.steps.end(), [&](const facts::DealStep& step) { return step.message == number; })) continue;
    if (terms(deal.in_force, fact)) return {standing_of(deal.state), &each};
    const bool older = std::any_of(deal.superseded.begin(), deal.superseded.end(), [&](const facts::DealTerms& old) { return terms(old, fact); });
    if (older) return {deal.state == facts::DealState::cancelled ? Standing::cancelled : Standing::superseded, &each};
  }
  return {};
}

DealsOf::InDeal DealsOf::of(const catalogue::Said& said, const Amount& amount) {
  return find(said, amount, [](const facts::DealTerms& terms, const Amount& wanted) {
    return std::any_of(terms.amounts.begin(), terms.amounts.end(), [&](const Amount& each) { return same_amount(each, wanted); });
  });
}

DealsOf::InDeal DealsOf::of(const catalogue::Said& said, const DateFact& date) {
  return find(said, date, [](const facts::DealTerms& terms, const DateFact& wanted) {
    return std::any_of(terms.dates.begin(), terms.dates.end(), [&](const DateFact& each) { return same_date(each, wanted); });
  });
}

std::vector<AmountRole> amount_roles(const std::string& written) {
  constexpr std::array all{AmountRole::mention, AmountRole::offer, AmountRole::accepted, AmountRole::invoiced, AmountRole::paid, AmountRole::discount};
  return roles_named<AmountRole>(written, all, amount_role_from_name, tr("It takes mention, offer, accepted, invoiced, paid, discount, several apart by commas, or all."));
}

std::vector<DateRole> date_roles(const std::string& written) {
  constexpr std::array all{DateRole::mention, DateRole::deadline, DateRole::appointment, DateRole::delivery, DateRole::payment};
  return roles_named<DateRole>(written, all, date_role_from_name, tr("It takes mention, deadline, appointment, delivery, payment, several apart by commas, or all."));
}

std::string side_word(Direction direction) { return direction == Direction::in ? tr("theirs") : tr("ours"); }
std::string side_or_memo(Direction direction, std::uint32_t flags) { return (flags & flag_memo) != 0 ? memo_word(flags) : side_word(direction); }

ordered_json said_date_json(const catalogue::Said& said, const DateFact& date, Standing standing, const std::string& quote, ClientNames& names, Quotes& quotes) {
  ordered_json out;
  out["id"] = said.id.hex();
  out["sent"] = iso8601(said.sent);
  out["client"] = said.client.empty() ? ordered_json(nullptr) : label_json(names.of(said.client));
  out["direction"] = direction_name(said.direction);
  out["channel"] = channel_name(said.channel);
  out["memo"] = memo_json(said.flags);
  const MessageRecord* record = quotes.message(said.id);
  ordered_json row = date_row(date, record ? record->text : "", record ? record->subject : "", false);
  for (const char* key : {"start", "end", "again", "in_subject"}) row.erase(key);
  out.update(row);
  out["state"] = standing == Standing::none ? ordered_json(nullptr) : ordered_json(standing_name(standing));
  out["quote"] = quote;
  return out;
}

}  // namespace genchi::cli
