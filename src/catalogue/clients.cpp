// Clients: one for each identifier that a real message came from or went to, with a short number that never changes.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "catalogue/impl.hpp"
#include "text/name_parts.hpp"
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
  Statement& s = db.cached("SELECT c.key FROM chat_alias a JOIN chat c ON c.id=a.chat WHERE a.key=?");
  std::string current = s.bind(identifier.substr(5)).step() ? "chat:" + std::string(s.text(0)) : identifier;
  s.reset();
  return current;
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
  if (row.kind == JournalKind::annotation && payload.contains("talk")) apply_talk_choice(row.payload);
  if (row.kind == JournalKind::annotation) apply_annotation(row);
  if (row.kind == JournalKind::client && read_book_decision(row.payload))
    db.prepare("INSERT OR IGNORE INTO book VALUES(?,?,?)").bind(row.seq, row.time, row.payload).run();
  if (row.kind != JournalKind::client || !payload.contains("numbers")) return;
  // Kept as hashes until the identifier itself turns up in a message.
  for (const auto& [hash, number] : payload["numbers"].items())
    if (number.is_number_integer())
      db.prepare("INSERT OR IGNORE INTO client_number VALUES(?,?)").bind(hash, number.get<std::int64_t>()).run();
}

std::string Catalogue::Impl::head_of(const std::string& identifier) const {
  // An address that came back to its company is the company's.
  const bool address = identifier.starts_with("addr:") && !book.decided(identifier);
  return book.head(address ? client_identifier(identifier.substr(5)) : identifier);
}

std::vector<BookEntry> Catalogue::Impl::load_book() {
  std::vector<BookEntry> entries;
  for (Statement s = db.prepare("SELECT seq, time, payload FROM book ORDER BY seq"); s.step();)
    if (auto decision = read_book_decision(s.text(2))) entries.push_back({s.integer(0), s.integer(1), std::move(*decision), false});
  book = Book(entries, [this](const std::string& identifier) { return current_identifier(identifier); });
  return entries;
}

namespace {

/// Messages that name an address, or one of a domain.
std::vector<std::int64_t> messages_naming(Database& db, const std::string& identifier) {
  const bool is_domain = identifier.starts_with("domain:");
  Statement s = db.prepare(std::string("SELECT DISTINCT p.message FROM address a JOIN participant p ON p.address=a.id WHERE a.") + (is_domain ? "domain" : "address") + "=?");
  std::vector<std::int64_t> ids;
  for (s.bind(identifier.substr(identifier.find(':') + 1)); s.step();) ids.push_back(s.integer(0));
  return ids;
}

}  // namespace

void Catalogue::Impl::settle_book() {
  load_book();  // keys of chats may have changed
  std::map<std::string, std::string> before;
  for (Statement s = db.prepare("SELECT identifier, head FROM member"); s.step();) before.emplace(s.text(0), s.text(1));
  const std::map<std::string, std::string>& now = book.heads();
  std::set<std::string> changed;
  const auto note_changed = [&](const auto& these, const auto& others) {
    for (const auto& [identifier, head] : these)
      if (const auto other = others.find(identifier); other == others.end() || other->second != head) changed.insert(identifier);
  };
  note_changed(before, now);
  note_changed(now, before);

  Statement due = db.prepare("INSERT OR IGNORE INTO due_stream VALUES(?)");
  Statement of_chat = db.prepare("UPDATE message SET client=?1 WHERE chat=(SELECT id FROM chat WHERE key=?2) AND client IS NOT ?1");
  Statement message = db.prepare("SELECT flags, hash, client FROM message WHERE id=?");
  Statement update = db.prepare("UPDATE message SET client=? WHERE id=?");
  for (const std::string& identifier : changed) {
    const std::string head = book.head(identifier);
    due.bind(head).run();
    if (const auto old = before.find(identifier); old != before.end()) due.bind(old->second).run();
    due.bind(identifier).run();
    if (identifier.starts_with("chat:")) {
      of_chat.bind(head, identifier.substr(5)).run();
      continue;
    }
    // What a mail is indexed under changes only when an address leaves its company or comes back.
    const bool indexed_anew = identifier.starts_with("addr:") && before.contains(identifier) != now.contains(identifier);
    for (const std::int64_t id : messages_naming(db, identifier)) {
      if (!message.bind(id).step()) continue;
      const std::string hash(message.blob(1));
      const std::string old(message.is_null(2) ? std::string_view() : message.text(2));
      const Parties who = parties(participants(db, id), static_cast<std::uint32_t>(message.integer(0)));
      message.reset();
      if (indexed_anew) mark_mail(hash);
      if (who.client == old) continue;
      for (const std::string& stream : {old, who.client}) due.bind(stream).run();
      update.bind(who.client.empty() ? std::nullopt : std::optional(who.client), id).run();
    }
  }
  if (changed.empty()) return;
  db.exec("DELETE FROM member");
  Statement insert = db.prepare("INSERT INTO member VALUES(?,?)");
  for (const auto& [identifier, head] : now) insert.bind(identifier, head).run();
  // Clients that have no messages of their own any more keep the number that was shown.
  const std::string key = archive_key();
  for (const auto& [identifier, head] : now)
    if (const auto number = journalled_number(key, identifier)) db.prepare("INSERT OR IGNORE INTO client VALUES(?,?)").bind(*number, identifier).run();
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

/// How many names of a client are kept, and addresses of a company.
constexpr std::size_t max_names = 50;
constexpr const char* sql_names = "SELECT name, max(last) AS l FROM name WHERE identifier=? GROUP BY name ORDER BY l DESC, name LIMIT 20";

class ClientReader {
 public:
  ClientReader(Database& db, const Book& book) : db_(db), book_(book) {}

  /// All but the counts.
  Client read(std::int64_t number, const std::string& head) const {
    Client client;
    client.number = number;
    client.identifiers = book_.members(head);
    for (const std::string& identifier : client.identifiers) {
      if (identifier.starts_with("chat:")) add_chat(client, identifier);
      else add_mail(client, identifier);
    }
    if (const std::string given = book_.name(head); !given.empty()) {
      client.named = true;
      if (!client.name.empty()) add_name(client, client.name);
      client.name = given;
    }
    if (client.name.empty()) client.name = client.names.empty() ? head : client.names.front();
    std::erase(client.names, client.name);
    const std::string kind = book_.kind(head);
    client.kind_given = !kind.empty();
    if (kind == "company" || (kind.empty() && looks_like_company(client))) client.kind = Client::Kind::company;
    return client;
  }

  void count(Client& client, const std::string& head) const {
    Statement& counts = db_.cached("SELECT count(*), min(sent), max(sent) FROM message WHERE client=? AND shown_as IS NULL AND NOT " + flags_in_sql("", hidden_flags));
    if (counts.bind(head).step()) {
      client.messages = static_cast<std::uint64_t>(counts.integer(0));
      client.first = counts.integer(1);
      client.last = counts.integer(2);
    }
    counts.reset();
  }

 private:
  static bool looks_like_company(const Client& client) {
    const auto& all = client.identifiers;
    return std::any_of(all.begin(), all.end(), [](const std::string& each) { return each.starts_with("domain:"); }) ||
           naming::has_company_form(client.name) || std::any_of(client.names.begin(), client.names.end(), naming::has_company_form);
  }
  static void add_name(Client& client, std::string_view name) {
    if (client.names.size() < max_names && std::find(client.names.begin(), client.names.end(), name) == client.names.end()) client.names.emplace_back(name);
  }
  /// The name of the first identifier is that of the client.
  static void call(Client& client, const std::string& name) {
    if (client.name.empty()) client.name = name;
    else add_name(client, name);
  }
  void add_names(Client& client, const std::string& identifier) const {
    Statement& names = db_.cached(sql_names);
    for (names.bind(identifier); names.step();) add_name(client, names.text(0));
  }
  std::string newest_name(const std::string& identifier) const {
    Statement& names = db_.cached(sql_names);
    const std::string name = names.bind(identifier).step() ? std::string(names.text(0)) : std::string();
    names.reset();
    return name;
  }

  void add_chat(Client& client, const std::string& identifier) const {
    client.line = true;
    Statement& chat = db_.cached("SELECT name, account, assumed FROM chat WHERE key=?");
    if (chat.bind(identifier.substr(5)).step()) {
      call(client, std::string(chat.text(0)));
      if (client.account.empty()) client.account = chat.text(1);
      client.assumed = client.assumed || chat.integer(2) != 0;
    }
    chat.reset();
    add_names(client, identifier);
  }

  void add_mail(Client& client, const std::string& identifier) const {
    const bool is_domain = identifier.starts_with("domain:");
    if (!is_domain && !identifier.starts_with("addr:")) return;
    client.mail = true;
    std::vector<std::string> addresses;
    if (is_domain) {
      Statement& held = db_.cached("SELECT address FROM address WHERE domain=? ORDER BY address LIMIT 50");
      for (held.bind(identifier.substr(7)); held.step();)
        if (!book_.decided("addr:" + std::string(held.text(0)))) addresses.emplace_back(held.text(0));
    } else {
      addresses.push_back(identifier.substr(5));
    }
    // A company is called by its domain unless there is just one person.
    const std::string person = addresses.size() == 1 ? newest_name("addr:" + addresses.front()) : std::string();
    call(client, !person.empty() ? person : identifier.substr(identifier.find(':') + 1));
    for (const std::string& address : addresses) {
      add_names(client, "addr:" + address);
      if (std::find(client.addresses.begin(), client.addresses.end(), address) == client.addresses.end()) client.addresses.push_back(address);
    }
  }

  Database& db_;
  const Book& book_;
};

}  // namespace

std::vector<Client> Catalogue::clients() const {
  std::vector<Client> out;
  const Snapshot snapshot(impl_->db);
  const ClientReader reader(impl_->db, impl_->book);
  for (Statement s = impl_->db.prepare("SELECT number, identifier FROM client ORDER BY number"); s.step();) {
    const std::string head(s.text(1));
    if (impl_->head_of(head) != head) continue;
    Client client;
    reader.count(client, head);
    if (client.messages == 0) continue;
    Client named = reader.read(s.integer(0), head);
    named.messages = client.messages;
    named.first = client.first;
    named.last = client.last;
    out.push_back(std::move(named));
  }
  return out;
}

std::optional<Client> Catalogue::client_numbered(std::int64_t number) const {
  const Snapshot snapshot(impl_->db);
  Statement s = impl_->db.prepare("SELECT identifier FROM client WHERE number=?");
  if (!s.bind(number).step()) return std::nullopt;
  auto client = client_of(impl_->current_identifier(std::string(s.text(0))));
  if (client) ClientReader(impl_->db, impl_->book).count(*client, client->identifiers.front());
  return client;
}

std::optional<Client> Catalogue::client_of(std::string_view identifier) const {
  const Snapshot snapshot(impl_->db);
  const std::string head = impl_->head_of(std::string(identifier));
  Statement s = impl_->db.prepare("SELECT number FROM client WHERE identifier=?");
  if (!s.bind(head).step()) return std::nullopt;
  return ClientReader(impl_->db, impl_->book).read(s.integer(0), head);
}

std::string Catalogue::head_of(const std::string& identifier) const { return impl_->head_of(impl_->current_identifier(identifier)); }

std::vector<std::string> Catalogue::members_of(const std::string& head) const { return impl_->book.members(head); }

std::vector<BookEntry> Catalogue::book() const {
  const Snapshot snapshot(impl_->db);
  return impl_->load_book();
}

bool Catalogue::knows_identifier(const std::string& identifier) const {
  if (impl_->book.decided(identifier)) return true;
  const std::string value = identifier.substr(identifier.find(':') + 1);
  const char* sql = identifier.starts_with("chat:") ? "SELECT 1 FROM chat WHERE key=?"
                    : identifier.starts_with("domain:") ? "SELECT 1 FROM address WHERE domain=?" : "SELECT 1 FROM address WHERE address=?";
  Statement s = impl_->db.prepare(sql);
  return s.bind(value).step();
}

Catalogue::ChatNames Catalogue::chat_names(const std::string& identifier) const {
  ChatNames out;
  Statement chat = impl_->db.prepare("SELECT name, account FROM chat WHERE key=?");
  if (!chat.bind(identifier.substr(identifier.find(':') + 1)).step()) return out;
  out.names.emplace_back(chat.text(0));
  out.account = chat.text(1);
  Statement names = impl_->db.prepare("SELECT name FROM name WHERE identifier=? AND name!=? ORDER BY name");
  for (names.bind(identifier, out.names.front()); names.step();) out.names.emplace_back(names.text(0));
  return out;
}

std::vector<Catalogue::PersonSeen> Catalogue::people(const std::vector<std::string>& identifiers, std::size_t limit) const {
  const Snapshot snapshot(impl_->db);
  std::vector<PersonSeen> out;
  const ClientReader reader(impl_->db, impl_->book);
  Statement seen = impl_->db.prepare("SELECT count(DISTINCT m.id), min(m.sent), max(m.sent) FROM address a JOIN participant p ON p.address=a.id JOIN message m ON m.id=p.message "
                                     "WHERE a.address=? AND m.shown_as IS NULL AND NOT " + flags_in_sql("m.", hidden_flags));
  Statement name = impl_->db.prepare(sql_names);
  for (const std::string& identifier : identifiers) {
    Client one;
    for (const std::string& address : reader.read(0, impl_->head_of(identifier)).addresses) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const PersonSeen& person) { return person.address == address; });
      if (known || out.size() >= limit || !seen.bind(address).step() || seen.integer(0) == 0) continue;
      PersonSeen person{name.bind("addr:" + address).step() ? std::string(name.text(0)) : std::string(), address, seen.integer(1), seen.integer(2), static_cast<std::uint64_t>(seen.integer(0))};
      name.reset();
      seen.reset();
      out.push_back(std::move(person));
    }
  }
  std::sort(out.begin(), out.end(), [](const PersonSeen& a, const PersonSeen& b) { return std::tie(b.last, a.address) < std::tie(a.last, b.address); });
  return out;
}

Client Catalogue::party_of(std::string_view identifier) const {
  if (auto client = client_of(identifier)) return std::move(*client);
  return ClientReader(impl_->db, impl_->book).read(0, std::string(identifier));
}

std::vector<Client> Catalogue::ledger_parties(std::string_view name) const {
  std::vector<Client> out;
  const Snapshot snapshot(impl_->db);
  const NameQuery query(name);
  Statement s = impl_->db.prepare("SELECT DISTINCT m.client FROM ledger l CROSS JOIN message m ON m.id=l.message WHERE m.client IS NOT NULL "
                                  "AND NOT EXISTS (SELECT 1 FROM client c WHERE c.identifier=m.client) ORDER BY m.client");
  while (s.step()) {
    Client party = ClientReader(impl_->db, impl_->book).read(0, std::string(s.text(0)));
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
    if (s.bind(std::stoll(std::string(name))).step()) return impl_->book.members(impl_->head_of(impl_->current_identifier(std::string(s.text(0)))));
  }
  if (name.size() == 16) {
    const std::string identifier = impl_->current_identifier("chat:" + std::string(name));
    Statement s = impl_->db.prepare("SELECT 1 FROM chat WHERE key=?");
    if (s.bind(identifier.substr(5)).step()) return impl_->book.members(impl_->head_of(identifier));
  }
  const NameQuery query(name);
  std::map<std::string, NameMatch, std::less<>> matches;
  for (const char* sql : sql_known_as)
    for (Statement s = impl_->db.prepare(sql); s.step();) {
      const NameMatch match = query.match(s.text(2), s.text(1));
      if (match == NameMatch::none) continue;
      // An address that was taken out of its company is known under its own name only.
      const std::string identifier(s.text(0));
      if (identifier.starts_with("domain:") && impl_->book.decided("addr:" + std::string(s.text(1)))) continue;
      NameMatch& best = matches[impl_->head_of(identifier)];
      best = std::max(best, match);
    }
  for (const auto& [head, given] : impl_->book.names())
    if (const NameMatch match = query.match(given, ""); match != NameMatch::none) matches[head] = std::max(matches[head], match);
  for (const NameMatch wanted : {NameMatch::spelling, NameMatch::reading})
    for (const auto& [head, match] : matches)
      if (match == wanted)
        for (std::string& identifier : impl_->book.members(head)) out.push_back(std::move(identifier));
  return out;
}

bool Catalogue::is_ours(std::string_view address) const { return impl_->is_ours(ascii_lower(address)); }

void Catalogue::each_name(const std::function<void(std::string_view, std::string_view, std::string_view)>& each) const {
  const Snapshot snapshot(impl_->db);
  for (const char* sql : sql_known_as)
    for (Statement s = impl_->db.prepare(sql); s.step();) {
      const std::string identifier(s.text(0));
      if (identifier.starts_with("domain:") && impl_->book.decided("addr:" + std::string(s.text(1)))) continue;
      each(impl_->head_of(identifier), s.text(1), s.text(2));
    }
  for (const auto& [head, given] : impl_->book.names()) each(head, "", given);
  for (const std::string& own : impl_->own) {
    Statement s = impl_->db.prepare("SELECT name FROM name WHERE identifier=?");
    for (s.bind("addr:" + own); s.step();) each("", own, s.text(0));
  }
  for (Statement s = impl_->db.prepare("SELECT DISTINCT account FROM export"); s.step();) each("", "", s.text(0));
}

}  // namespace genchi::catalogue
