// genchi clients suggest: which clients may be one, with what says so. Nothing is applied by itself.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/client_edit.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/contacts.hpp"
#include "text/names.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Client;
using nlohmann::ordered_json;

// What more clients than these share says nothing about any of them: a call centre, a name like 受付.
constexpr std::size_t most_sharing = 4;
// Messages that hold a number or address are looked through; what is found is kept for so many numbers.
constexpr std::size_t most_values = 200'000;

enum class Kind { address, phone, name, domain };

struct Evidence {
  Kind kind = Kind::name;
  std::string value;
  std::vector<Sha256> messages; ///< that hold it, one a client at most
};

struct Suggestion {
  std::int64_t first = 0, second = 0;
  std::vector<Evidence> evidence;
  /// An address or number that both gave says more than a name.
  std::size_t weight() const {
    std::size_t sum = 0;
    for (const Evidence& each : evidence) sum += each.kind == Kind::address ? 4 : each.kind == Kind::phone ? 4 : each.kind == Kind::name ? 3 : 2;
    return sum;
  }
};

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::address: return "address";
    case Kind::phone: return "phone";
    case Kind::name: return "name";
    case Kind::domain: break;
  }
  return "domain";
}

std::string evidence_word(const Evidence& evidence) {
  const std::string value = for_terminal(evidence.value);
  switch (evidence.kind) {
    case Kind::address: return trf("wrote the mail address {}", value);
    case Kind::phone: return trf("the same phone number {}", value);
    case Kind::name: return trf("the same full name {}, in mail and LINE", value);
    case Kind::domain: break;
  }
  return trf("domains of one firm: {}", value);
}

class Suggester {
 public:
  explicit Suggester(Store& store) : store_(store), clients_(store.catalogue().clients()) {
    for (const Client& client : clients_)
      for (const std::string& identifier : client.identifiers) owner_.emplace(identifier, client.number);
  }
  const std::vector<Client>& clients() const { return clients_; }

  std::vector<Suggestion> suggestions() {
    same_names();
    same_firm();
    read_messages();
    shared_phones();
    std::vector<Suggestion> out;
    for (auto& [pair, suggestion] : found_) out.push_back(std::move(suggestion));
    std::sort(out.begin(), out.end(), [](const Suggestion& a, const Suggestion& b) {
      return std::tuple(b.weight(), a.first, a.second) < std::tuple(a.weight(), b.first, b.second);
    });
    return out;
  }

 private:
  /// Where a client gave a number.
  struct Place {
    std::int64_t client = 0;
    std::optional<Sha256> message;
  };

  void suggest(std::int64_t a, std::int64_t b, Evidence evidence) {
    if (a == b || a == 0 || b == 0) return;
    Suggestion& suggestion = found_[std::minmax(a, b)];
    std::tie(suggestion.first, suggestion.second) = std::minmax(a, b);
    const auto same = std::find_if(suggestion.evidence.begin(), suggestion.evidence.end(), [&](const Evidence& each) { return each.kind == evidence.kind && each.value == evidence.value; });
    if (same == suggestion.evidence.end()) suggestion.evidence.push_back(std::move(evidence));
  }

  // Never of two LINE friends: many are called alike there, and mail has the full name.
  void same_names() {
    std::map<std::string, std::vector<std::pair<const Client*, std::string>>> by_key;
    for (const Client& client : clients_) {
      std::set<std::string> keys;
      std::vector<std::string> names = client.names;
      names.push_back(client.name);
      for (const std::string& name : names)
        if (const std::string key = name_key(name); is_full_name(name) && !key.empty() && keys.insert(key).second) by_key[key].emplace_back(&client, name);
    }
    for (const auto& [key, those] : by_key) {
      if (those.size() > most_sharing) continue;
      for (const auto& [mail, mail_name] : those)
        for (const auto& [line, line_name] : those)
          if (mail->mail && line->line && mail != line) suggest(mail->number, line->number, {Kind::name, mail_name, {}});
    }
  }

  void same_firm() {
    std::map<std::string, std::int64_t> domains;
    for (const auto& [identifier, number] : owner_)
      if (identifier.starts_with("domain:")) domains.emplace(identifier.substr(7), number);
    for (const auto& [domain, number] : domains)
      for (std::size_t dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1))
        if (const auto above = domains.find(domain.substr(dot + 1)); above != domains.end())
          suggest(number, above->second, {Kind::domain, domain + ", " + above->first, {}});
  }

  std::int64_t client_of(const MessageRecord& message) const {
    for (const std::string& identifier : message.identifiers)
      if (const auto at = owner_.find(identifier); at != owner_.end()) return at->second;
    return 0;
  }

  /// Only addresses that are a client's matter, so a chat that names none of their top-level domains holds none.
  std::string lines_with_addresses() const {
    constexpr std::size_t most_domains = 200;
    std::set<std::string> tops;
    for (const Client& client : clients_)
      for (const std::string& address : client.addresses) {
        const std::string top = address.substr(address.rfind('.') + 1);
        if (top.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos && !top.empty() && tops.size() < most_domains) tops.insert(top);
      }
    std::string words;
    for (const std::string& top : tops) words += (words.empty() ? "" : " OR ") + top;
    return words.empty() ? std::string() : " OR (channel:line AND (" + words + "))";
  }

  /// Once over the messages with something in them that may be a number or an address.
  void read_messages() {
    index::QueryContext context;
    context.spellings = false;
    context.synonyms.clear();
    const auto query = index::parse_query("01* OR 02* OR 03* OR 04* OR 05* OR 06* OR 07* OR 08* OR 09*" + lines_with_addresses(), context);
    index::SearchOptions options;
    store_.searcher().for_each(*query, options, [&](index::Hit&& hit) {
      const MessageRecord& message = hit.message;
      const std::int64_t client = client_of(message);
      if (message.flags & (flag_bulk | flag_auto)) return true;
      if (message.direction == Direction::in && client != 0) read_of_client(message, client);
      else if (message.direction != Direction::in)
        for (const Contact& phone : find_phone_numbers(message.text)) note_ours(phone.value, client);
      return true;
    });
    for (const Client& client : clients_)
      for (const auto& [name, value] : fields_of(store_, client))
        if (const std::string number = is_phone_field(name) ? phone_number_of_cell(value) : std::string(); !number.empty()) note_phone(number, {client.number, std::nullopt});
  }

  void read_of_client(const MessageRecord& message, std::int64_t client) {
    // Quoted text is what others wrote.
    for (const Contact& phone : find_phone_numbers(message.text))
      if (!is_quoted(message, phone.begin)) note_phone(phone.value, {client, message.id});
    if (message.channel != Channel::line) return;
    for (const Contact& address : find_mail_addresses(message.text)) {
      if (store_.catalogue().is_ours(address.value)) continue;
      const auto other = store_.catalogue().client_of("addr:" + address.value);
      if (other) suggest(client, other->number, {Kind::address, address.value, {message.id}});
    }
  }
  static bool is_quoted(const MessageRecord& message, std::size_t at) {
    return std::any_of(message.sections.begin(), message.sections.end(),
                       [&](const TextSection& section) { return section.kind == SectionKind::quoted && section.begin <= at && at < section.end; });
  }

  void note_phone(const std::string& number, const Place& place) {
    if (phones_.size() >= most_values && !phones_.contains(number)) return;
    std::vector<Place>& places = phones_[number];
    const bool known = std::any_of(places.begin(), places.end(), [&](const Place& each) { return each.client == place.client; });
    if (!known && places.size() <= most_sharing) places.push_back(place);
  }
  /// A number that we write to two clients is our own.
  void note_ours(const std::string& number, std::int64_t client) {
    const auto [at, added] = written_by_us_.try_emplace(number, client);
    if (!added && at->second != client) ours_.insert(number);
  }

  void shared_phones() {
    for (const auto& [number, places] : phones_) {
      if (places.size() < 2 || places.size() > most_sharing || ours_.contains(number)) continue;
      for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = i + 1; j < places.size(); ++j) {
          Evidence evidence{Kind::phone, number, {}};
          for (const Place* place : {&places[i], &places[j]})
            if (place->message) evidence.messages.push_back(*place->message);
          suggest(places[i].client, places[j].client, std::move(evidence));
        }
    }
  }

  Store& store_;
  std::vector<Client> clients_;
  std::map<std::string, std::int64_t> owner_;  // of identifiers
  std::map<std::pair<std::int64_t, std::int64_t>, Suggestion> found_;
  std::map<std::string, std::vector<Place>> phones_;
  std::map<std::string, std::int64_t> written_by_us_;
  std::set<std::string> ours_;
};

struct SuggestCommand {
  std::optional<std::uint64_t> limit;
};

ExitCode run_suggest(Context& context, const SuggestCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  Suggester suggester(store);
  std::vector<Suggestion> all = suggester.suggestions();
  std::map<std::int64_t, std::string> names;
  for (const Client& client : suggester.clients()) names.emplace(client.number, client.name);
  const std::size_t count = all.size();
  Output& out = context.out;
  const std::uint64_t limit = command.limit.value_or(out.on_terminal() && out.is_text() ? 20 : 0);
  if (limit > 0 && all.size() > limit) all.resize(static_cast<std::size_t>(limit));
  for (const Suggestion& each : all) {
    if (!out.is_text()) {
      ordered_json row;
      row["clients"] = ordered_json::array();
      for (const std::int64_t number : {each.first, each.second}) row["clients"].push_back({{"id", number}, {"name", names[number]}});
      row["evidence"] = ordered_json::array();
      for (const Evidence& evidence : each.evidence) {
        ordered_json one{{"kind", kind_name(evidence.kind)}, {"value", evidence.value}, {"messages", ordered_json::array()}};
        for (const Sha256& id : evidence.messages) one["messages"].push_back(id.hex());
        row["evidence"].push_back(std::move(one));
      }
      out.row(row);
      continue;
    }
    out.line(out.bold(for_terminal(names[each.first]) + " (" + std::to_string(each.first) + ") = " + for_terminal(names[each.second]) + " (" + std::to_string(each.second) + ")?"));
    for (const Evidence& evidence : each.evidence) {
      std::string ids;
      for (const Sha256& id : evidence.messages) ids += "  " + id.hex().substr(0, short_id_digits);
      out.line("    " + evidence_word(evidence) + out.dim(ids));
    }
  }
  std::string summary = count == 0 ? std::string(tr("nothing says that two clients are one")) : trn("{} pair that may be one client", "{} pairs that may be one client", count);
  if (all.size() < count) summary += trf(", {} shown (--limit 0 shows all)", all.size());
  if (count > 0) summary += tr(". ") + std::string(tr("If they are: genchi clients merge CLIENT OTHER"));
  out.talk(summary);
  return ExitCode::ok;
}

}  // namespace

void add_client_suggest(Arguments clients, Run& chosen) {
  auto command = std::make_shared<SuggestCommand>();
  Arguments sub = clients.add_command("suggest", tr("which clients may be one, and what says so; nothing is applied"));
  sub.add_option("--limit", command->limit, tr("at most so many; 0 all (default: 20 on a terminal, else all)")).between(0, std::int64_t{1} << 53).value_name("N");
  sub.footer(tr("Looked at are phone numbers and mail addresses in messages and fields, full names in mail and LINE, and domains.\n"
                "Time: one look at the messages that hold a number.\n\nExit status: 0 done, 2 failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_suggest(context, *command); }; });
}

}  // namespace genchi::cli
