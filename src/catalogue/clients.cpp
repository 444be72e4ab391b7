// Clients: one for each identifier that a real message came from or went to, with a short number that never changes.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "catalogue/impl.hpp"
#include "text/names.hpp"

namespace genchi::catalogue {
namespace {

using nlohmann::json;

// A newsletter's sender is nobody's client until somebody writes to it.
std::string real_message() {
  return "m.client IS NOT NULL AND m.shown_as IS NULL AND NOT " + flags_in_sql("m.", hidden_flags) +
         " AND NOT (m.channel=1 AND m.direction=1 AND " + flags_in_sql("m.", machine_flags) + ")";
}

// The journal names an identifier by a keyed hash, so it holds no address; the key is the archive's own.
std::string keyed_hash(const std::string& key, std::string_view identifier) {
  return hex16(sha256("genchi-client-1\n" + key + "\n" + std::string(identifier)).prefix64());
}

}  // namespace

std::string Catalogue::Impl::archive_key() const {
  const std::lock_guard lock(archive_mutex);
  const auto rows = archive.journal(0, 1);
  if (rows.empty()) return {};
  const json payload = parse_json(rows.front().payload);
  return payload.is_object() ? payload.value("salt", "") : "";
}

std::optional<std::int64_t> Catalogue::Impl::journalled_number(const std::string& key, std::string_view identifier) {
  Statement& s = db.cached("SELECT number FROM client_number WHERE hash=?");
  std::optional<std::int64_t> number;
  if (s.bind(keyed_hash(key, identifier)).step()) number = s.integer(0);
  s.reset();
  return number;
}

std::string Catalogue::Impl::current_identifier(const std::string& identifier) const {
  if (!identifier.starts_with("chat:")) return identifier;
  Statement s = const_cast<Database&>(db).prepare("SELECT c.key FROM chat_alias a JOIN chat c ON c.id=a.chat WHERE a.key=?");
  return s.bind(identifier.substr(5)).step() ? "chat:" + std::string(s.text(0)) : identifier;
}

void Catalogue::Impl::apply_client_row(const JournalRow& row) {
  const json payload = parse_json(row.payload);
  if (!payload.is_object()) return;
  if (row.kind == JournalKind::annotation && payload.contains("own_addresses")) {
    std::set<std::string> given;
    for (const auto& address : payload["own_addresses"])
      if (address.is_string()) given.insert(ascii_lower(address.get<std::string>()));
    set_meta("own_given", "1");
    set_own(given);
  }
  if (row.kind != JournalKind::client || !payload.contains("numbers")) return;
  // Kept as hashes until the identifier itself turns up in a message.
  for (const auto& [hash, number] : payload["numbers"].items())
    if (number.is_number_integer())
      db.prepare("INSERT OR IGNORE INTO client_number VALUES(?,?)").bind(hash, number.get<std::int64_t>()).run();
}

void Catalogue::Impl::allocate_clients(Archive* numbering) {
  std::vector<std::string> fresh;
  const std::string sql = std::string("SELECT m.client, min(m.sent) AS first FROM message m WHERE ") + real_message() +
                          " AND NOT EXISTS (SELECT 1 FROM client c WHERE c.identifier=m.client) GROUP BY m.client ORDER BY first, m.client";
  for (Statement s = db.prepare(sql); s.step();) fresh.emplace_back(s.text(0));
  if (fresh.empty()) return;

  const std::string key = archive_key();
  std::int64_t next = db.query_integer("SELECT max(number) FROM client_number").value_or(0) + 1;
  json numbers = json::object();
  Transaction t(db, "catalogue.clients");
  Statement known = db.prepare("SELECT number FROM client_number WHERE hash=?");
  Statement insert = db.prepare("INSERT OR IGNORE INTO client VALUES(?,?)");
  for (const auto& identifier : fresh) {
    const std::string hash = keyed_hash(key, identifier);
    std::int64_t number = 0;
    if (known.bind(hash).step()) {
      number = known.integer(0);
    } else {
      number = next++;
      numbers[hash] = number;
    }
    known.reset();
    insert.bind(number, identifier).run();
  }
  // The journal first: a number that was shown must never mean somebody else.
  if (!numbers.empty() && numbering) {
    const Seq seq = numbering->append(JournalKind::client, json_text(json{{"action", "number"}, {"numbers", numbers}}, NotUtf8::refused));
    for (const auto& [hash, number] : numbers.items())
      db.prepare("INSERT OR IGNORE INTO client_number VALUES(?,?)").bind(hash, number.get<std::int64_t>()).run();
    set_applied(seq);
  }
  t.commit();
}

namespace {

Client read_names(Database& db, std::int64_t number, const std::string& identifier);

Client read_client(Database& db, std::int64_t number, const std::string& identifier) {
  Client client = read_names(db, number, identifier);
  Statement& counts = db.cached("SELECT count(*), min(sent), max(sent) FROM message WHERE client=? AND shown_as IS NULL AND NOT " +
                                 flags_in_sql("", hidden_flags));
  if (counts.bind(identifier).step()) {
    client.messages = static_cast<std::uint64_t>(counts.integer(0));
    client.first = counts.integer(1);
    client.last = counts.integer(2);
  }
  counts.reset();
  return client;
}

/// All but the counts.
Client read_names(Database& db, std::int64_t number, const std::string& identifier) {
  Client client;
  client.number = number;
  client.identifiers = {identifier};
  Statement& names = db.cached("SELECT name, max(last) AS l FROM name WHERE identifier=? GROUP BY name ORDER BY l DESC, name LIMIT 20");
  const auto collect_names = [&](const std::string& of) {
    for (names.bind(of); names.step();)
      if (std::find(client.names.begin(), client.names.end(), names.text(0)) == client.names.end())
        client.names.emplace_back(names.text(0));
  };
  if (identifier.starts_with("chat:")) {
    client.line = true;
    Statement& chat = db.cached("SELECT name, account, assumed FROM chat WHERE key=?");
    if (chat.bind(identifier.substr(5)).step()) {
      client.name = chat.text(0);
      client.account = chat.text(1);
      client.assumed = chat.integer(2) != 0;
    }
    chat.reset();
    collect_names(identifier);
  } else {
    client.mail = true;
    if (identifier.starts_with("domain:")) {
      Statement& addresses = db.cached("SELECT address FROM address WHERE domain=? ORDER BY address LIMIT 50");
      for (addresses.bind(identifier.substr(7)); addresses.step();) client.addresses.emplace_back(addresses.text(0));
      for (const auto& address : client.addresses) collect_names("addr:" + address);
      client.name = client.addresses.size() == 1 && !client.names.empty() ? client.names.front() : identifier.substr(7);
    } else {
      client.addresses = {identifier.substr(5)};
      collect_names(identifier);
      client.name = client.names.empty() ? identifier.substr(5) : client.names.front();
    }
  }
  if (client.name.empty()) client.name = client.names.empty() ? identifier : client.names.front();
  std::erase(client.names, client.name);
  return client;
}

}  // namespace

std::vector<Client> Catalogue::clients() const {
  std::vector<Client> out;
  const Snapshot snapshot(impl_->db);
  for (Statement s = impl_->db.prepare("SELECT number, identifier FROM client ORDER BY number"); s.step();) {
    Client client = read_client(impl_->db, s.integer(0), std::string(s.text(1)));
    if (client.messages > 0) out.push_back(std::move(client));
  }
  return out;
}

std::optional<Client> Catalogue::client_of(std::string_view identifier) const {
  const Snapshot snapshot(impl_->db);
  Statement s = impl_->db.prepare("SELECT number FROM client WHERE identifier=?");
  if (!s.bind(identifier).step()) return std::nullopt;
  return read_names(impl_->db, s.integer(0), std::string(identifier));
}

Client Catalogue::party_of(std::string_view identifier) const {
  if (auto client = client_of(identifier)) return std::move(*client);
  return read_names(impl_->db, 0, std::string(identifier));
}

std::vector<Client> Catalogue::ledger_parties(std::string_view name) const {
  std::vector<Client> out;
  const Snapshot snapshot(impl_->db);
  const NameQuery query(name);
  Statement s = impl_->db.prepare("SELECT DISTINCT m.client FROM ledger l CROSS JOIN message m ON m.id=l.message WHERE m.client IS NOT NULL "
                                  "AND NOT EXISTS (SELECT 1 FROM client c WHERE c.identifier=m.client) ORDER BY m.client");
  while (s.step()) {
    Client party = read_names(impl_->db, 0, std::string(s.text(0)));
    const auto called = [&](std::string_view address, std::string_view seen) { return query.match(seen, address) != NameMatch::none; };
    bool fits = called("", party.name);
    for (const std::string& seen : party.names) fits = fits || called("", seen);
    for (const std::string& address : party.addresses) fits = fits || called(address, "");
    if (fits) out.push_back(std::move(party));
  }
  return out;
}

namespace {

// What clients go by: identifier, address or NULL, name or NULL. A chat's former keys have no names any more: it goes by
// those of the present one.
constexpr const char* sql_known_as[] = {
    "SELECT c.identifier, substr(c.identifier, 6), n.name FROM client c LEFT JOIN name n ON n.identifier=c.identifier "
    "WHERE c.identifier>='addr:' AND c.identifier<'addr;'",
    "SELECT c.identifier, NULL, n.name FROM client c JOIN name n ON n.identifier=c.identifier "
    "WHERE c.identifier>='chat:' AND c.identifier<'chat;' AND substr(c.identifier, 6) NOT IN (SELECT key FROM chat_alias)",
    "SELECT c.identifier, NULL, h.name FROM chat h JOIN client c ON c.identifier='chat:' || h.key",
    "SELECT c.identifier, a.address, n.name FROM client c JOIN address a ON a.domain=substr(c.identifier, 8) "
    "LEFT JOIN name n ON n.identifier='addr:' || a.address WHERE c.identifier>='domain:' AND c.identifier<'domain;'"};

}  // namespace

std::vector<std::string> Catalogue::identifiers_named(std::string_view name) const {
  std::vector<std::string> out;
  const Snapshot snapshot(impl_->db);
  const bool is_number = !name.empty() && name.size() < 18 && name.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_number) {
    Statement s = impl_->db.prepare("SELECT identifier FROM client WHERE number=?");
    if (s.bind(std::stoll(std::string(name))).step()) out.push_back(impl_->current_identifier(std::string(s.text(0))));
    if (!out.empty()) return out;
  }
  if (name.size() == 16) {
    const std::string identifier = impl_->current_identifier("chat:" + std::string(name));
    Statement s = impl_->db.prepare("SELECT 1 FROM chat WHERE key=?");
    if (s.bind(identifier.substr(5)).step()) return {identifier};
  }
  const NameQuery query(name);
  std::map<std::string, NameMatch, std::less<>> matches;
  for (const char* sql : sql_known_as)
    for (Statement s = impl_->db.prepare(sql); s.step();) {
      const NameMatch match = query.match(s.text(2), s.text(1));
      if (match == NameMatch::none) continue;
      NameMatch& best = matches[std::string(s.text(0))];
      best = std::max(best, match);
    }
  for (const NameMatch wanted : {NameMatch::spelling, NameMatch::reading})
    for (const auto& [identifier, match] : matches)
      if (match == wanted) out.push_back(identifier);
  return out;
}

}  // namespace genchi::catalogue
