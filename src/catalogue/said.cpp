// Lists of what messages say: amounts, days, acts and deals, in order of time.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>

#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

constexpr const char* columns = "m.hash, m.sent, m.zone, m.channel, m.direction, coalesce(m.client, ''), m.account, f.facts, m.flags";

Said read_said(const Statement& s) {
  Said said;
  said.id = Sha256::from_bytes(s.blob(0)).value_or(Sha256{});
  said.sent = {s.integer(1), static_cast<int>(s.integer(2))};
  said.channel = static_cast<Channel>(s.integer(3));
  said.direction = static_cast<Direction>(s.integer(4));
  said.client = s.text(5);
  said.account = s.text(6);
  said.facts = facts::unpack_facts(s.blob(7));
  said.flags = static_cast<std::uint32_t>(s.integer(8));
  return said;
}

/// What a listed message has to fulfil; parameters ?1 begin, ?2 end, ?3 channel or 0.
std::string conditions(const MessageFilter& filter) {
  std::string sql = "m.shown_as IS NULL AND m.sent>=?1 AND m.sent<?2 AND (?3=0 OR m.channel=?3)";
  if (!filter.with_hidden) sql += " AND NOT " + flags_in_sql("m.", hidden_flags);
  return sql;
}

std::int64_t channel_number(const MessageFilter& filter) { return filter.channel ? static_cast<std::int64_t>(*filter.channel) : 0; }

const char* holds(Catalogue::Saying what) {
  switch (what) {
  case Catalogue::Saying::amounts: return "f.amounts>0";
  case Catalogue::Saying::dates: return "f.dates>0";
  default: return "f.act>0";
  }
}

/// Messages of some clients, newest first. A client's messages are found by its index, so they are sorted here.
std::vector<std::int64_t> of_clients(Database& db, const MessageFilter& filter, const std::string& what) {
  std::vector<std::pair<UtcSeconds, std::int64_t>> found;
  Statement s = db.prepare(fmt::format("SELECT m.sent, m.id FROM message m JOIN fact f ON f.message=m.id WHERE m.client=?4 AND {} AND {}", what, conditions(filter)));
  for (const std::string& identifier : *filter.identifiers)
    for (s.bind(filter.begin, filter.end, channel_number(filter), identifier); s.step();) found.emplace_back(s.integer(0), s.integer(1));
  std::sort(found.begin(), found.end(), std::greater<>());
  std::vector<std::int64_t> ids;
  for (const auto& [sent, id] : found) ids.push_back(id);
  return ids;
}

/// A day that a message names: the n-th of its facts.
struct NamedDay {
  std::int64_t last = 0;
  std::int64_t message = 0;
  std::int64_t n = 0;
  auto operator<=>(const NamedDay&) const = default;
};

/// Days one after another: of the clients named, sorted, or of all, as the index has them.
class NamedDays {
 public:
  NamedDays(Database& db, const MessageFilter& filter, CivilDay first, CivilDay last, const std::string& in_roles, bool newest_first) {
    const std::string fits = "d.last>=?1 AND d.first<=?2 AND d.role IN (" + in_roles + ")";
    const std::string order = newest_first ? "DESC" : "ASC";
    if (!filter.identifiers) {
      all_ = db.prepare(fmt::format("SELECT d.last, d.message, d.n FROM day d WHERE {0} ORDER BY d.last {1}, d.message {1}, d.n", fits, order));
      all_->bind(days_from_civil(first), days_from_civil(last));
      return;
    }
    Statement s = db.prepare("SELECT d.last, d.message, d.n FROM message m JOIN day d ON d.message=m.id WHERE m.client=?3 AND " + fits);
    for (const std::string& identifier : *filter.identifiers)
      for (s.bind(days_from_civil(first), days_from_civil(last), identifier); s.step();) found_.push_back({s.integer(0), s.integer(1), s.integer(2)});
    std::sort(found_.begin(), found_.end());
    if (newest_first) std::reverse(found_.begin(), found_.end());
  }
  std::optional<NamedDay> next() {
    if (all_) return all_->step() ? std::optional(NamedDay{all_->integer(0), all_->integer(1), all_->integer(2)}) : std::nullopt;
    return at_ < found_.size() ? std::optional(found_[at_++]) : std::nullopt;
  }

 private:
  std::optional<Statement> all_;
  std::vector<NamedDay> found_;
  std::size_t at_ = 0;
};

}  // namespace

void Catalogue::said(const MessageFilter& filter, Saying what, const std::function<bool(const Said&)>& each) const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  if (filter.identifiers) {
    Statement one = db.prepare(fmt::format("SELECT {} FROM message m JOIN fact f ON f.message=m.id WHERE m.id=?", columns));
    for (const std::int64_t id : of_clients(db, filter, holds(what))) {
      if (!one.bind(id).step()) continue;
      if (fits(filter, one, 6, 5, 0) && !each(read_said(one))) return;
    }
    return;
  }
  Statement s = db.prepare(fmt::format(
      "SELECT {} FROM fact f JOIN message m ON m.id=f.message WHERE {} AND f.sent>=?1 AND f.sent<?2 AND {} ORDER BY f.sent DESC, f.message DESC", columns, holds(what), conditions(filter)));
  for (s.bind(filter.begin, filter.end, channel_number(filter)); s.step();) {
    if (fits(filter, s, 6, 5, 0) && !each(read_said(s))) return;
  }
}

void Catalogue::promised(const MessageFilter& filter, CivilDay first, CivilDay last, const std::vector<DateRole>& roles, Order order,
                         const std::function<bool(const Said&, const DateFact&)>& each) const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  std::string in_roles;
  for (const DateRole role : roles) in_roles += fmt::format("{}{}", in_roles.empty() ? "" : ",", static_cast<int>(role));
  NamedDays days(db, filter, first, last, in_roles, order == Order::newest_first);
  Statement one = db.prepare(fmt::format("SELECT {} FROM message m JOIN fact f ON f.message=m.id WHERE m.id=?4 AND {}", columns, conditions(filter)));
  while (const auto day = days.next()) {
    if (!one.bind(filter.begin, filter.end, channel_number(filter), day->message).step()) continue;
    if (!fits(filter, one, 6, 5, 0)) continue;
    const Said said = read_said(one);
    const auto n = static_cast<std::size_t>(day->n);
    if (n >= said.facts.dates.size()) continue;
    if (!each(said, said.facts.dates[n])) return;
  }
}

namespace {

std::string conditions(const LedgerFilter& which) {
  std::string sql = fmt::format("l.day BETWEEN {} AND {}", days_from_civil(which.first), days_from_civil(which.last));
  if (which.kinds != 0) sql += fmt::format(" AND (l.kinds & {}) != 0", which.kinds);
  if (which.blank) sql += " AND l.blank";
  if (which.least) sql += fmt::format(" AND l.yen>={}", *which.least);
  if (which.greatest) sql += fmt::format(" AND l.yen<={}", *which.greatest);
  return sql;
}

/// Of ledger rows `l` with their messages `m`; parameter ?1 channel or 0.
std::string ledger_conditions(const MessageFilter& filter, const LedgerFilter& which) {
  std::string sql = conditions(which) + " AND m.shown_as IS NULL AND (?1=0 OR m.channel=?1)";
  if (!filter.with_hidden) sql += " AND NOT " + flags_in_sql("m.", hidden_flags);
  return sql;
}

}  // namespace

void Catalogue::ledger(const MessageFilter& filter, const LedgerFilter& which, const std::function<bool(const Said&)>& each) const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  if (!filter.identifiers) {
    Statement s = db.prepare(fmt::format("SELECT {} FROM ledger l INDEXED BY ledger_day CROSS JOIN message m ON m.id=l.message CROSS JOIN fact f ON f.message=l.message "
                                         "WHERE {} ORDER BY l.day, l.sent, l.nth", columns, ledger_conditions(filter, which)));
    for (s.bind(channel_number(filter)); s.step();)
      if (fits(filter, s, 6, 5, 0) && !each(read_said(s))) return;
    return;
  }
  std::vector<std::tuple<std::int64_t, UtcSeconds, std::int64_t, std::int64_t>> found;
  Statement s = db.prepare("SELECT l.day, l.sent, l.nth, l.message FROM message m CROSS JOIN ledger l ON l.message=m.id WHERE m.client=?2 AND " + ledger_conditions(filter, which));
  for (const std::string& identifier : *filter.identifiers)
    for (s.bind(channel_number(filter), identifier); s.step();) found.emplace_back(s.integer(0), s.integer(1), s.integer(2), s.integer(3));
  std::sort(found.begin(), found.end());
  Statement one = db.prepare(fmt::format("SELECT {} FROM message m JOIN fact f ON f.message=m.id WHERE m.id=?", columns));
  for (const auto& [day, sent, nth, message] : found) {
    if (!one.bind(message).step()) continue;
    if (fits(filter, one, 6, 5, 0) && !each(read_said(one))) return;
  }
}

Catalogue::LedgerCount Catalogue::ledger_count(const MessageFilter& filter, const LedgerFilter& which) const {
  LedgerCount count;
  // What is written stands on single messages, which cannot be counted together.
  const bool singly = !filter.written.empty();
  const std::string counts = singly ? "m.account, 1, l.blank, coalesce(m.client, ''), m.hash FROM " : "m.account, count(*), coalesce(sum(l.blank), 0) FROM ";
  const std::string grouped = singly ? "" : " GROUP BY m.account";
  const auto add = [&](Statement& s) {
    while (s.step()) {
      if (singly ? !fits(filter, s, 0, 3, 4) : !fits_account(filter, s.text(0))) continue;
      count.rows += static_cast<std::uint64_t>(s.integer(1));
      count.blank += static_cast<std::uint64_t>(s.integer(2));
    }
  };
  if (filter.identifiers) {
    Statement s = impl_->db.prepare("SELECT " + counts + "message m CROSS JOIN ledger l ON l.message=m.id WHERE m.client=?2 AND " + ledger_conditions(filter, which) + grouped);
    for (const std::string& identifier : *filter.identifiers) add(s.bind(channel_number(filter), identifier));
  } else if (filter.channel || !filter.accounts.empty() || singly) {
    Statement s = impl_->db.prepare("SELECT " + counts + "ledger l CROSS JOIN message m ON m.id=l.message WHERE " + ledger_conditions(filter, which) + grouped);
    add(s.bind(channel_number(filter)));
  } else {  // what is hidden or listed under another has no row: the index alone says it
    Statement s = impl_->db.prepare("SELECT '', count(*), coalesce(sum(l.blank), 0) FROM ledger l INDEXED BY ledger_day WHERE " + conditions(which));
    add(s);
  }
  return count;
}

void Catalogue::deals(const std::optional<std::vector<std::string>>& identifiers, const std::vector<facts::DealState>& states, Order order,
                      const std::function<bool(const ClientDeal&)>& each) const {
  std::string in_states;
  for (const facts::DealState state : states) in_states += fmt::format("{}{}", in_states.empty() ? "" : ",", static_cast<int>(state));
  const std::string where = in_states.empty() ? "1" : "state IN (" + in_states + ")";
  const char* direction = order == Order::newest_first ? "DESC" : "ASC";
  const auto read = [](const Statement& s) {
    return ClientDeal{Sha256::from_bytes(s.blob(0)).value_or(Sha256{}), std::string(s.text(1)), facts::unpack_deal(s.blob(2))};
  };
  const Snapshot snapshot(impl_->db);
  if (!identifiers) {
    Statement s = impl_->db.prepare(fmt::format("SELECT message, client, deal FROM deal WHERE {0} ORDER BY last {1}, message {1}", where, direction));
    while (s.step())
      if (!each(read(s))) return;
    return;
  }
  std::vector<ClientDeal> found;
  Statement s = impl_->db.prepare(fmt::format("SELECT message, client, deal FROM deal INDEXED BY deal_client WHERE client=? AND {}", where)); // one state alone would be as good an index to SQLite
  for (const std::string& identifier : *identifiers)
    for (s.bind(identifier); s.step();) found.push_back(read(s));
  const auto when = [](const ClientDeal& deal) { return std::tuple(deal.deal.steps.back().sent, deal.proposal); };
  std::sort(found.begin(), found.end(), [&](const ClientDeal& a, const ClientDeal& b) { return order == Order::newest_first ? when(b) < when(a) : when(a) < when(b); });
  for (const ClientDeal& deal : found)
    if (!each(deal)) return;
}

std::vector<ClientDeal> Catalogue::deals(const std::optional<std::vector<std::string>>& identifiers) const {
  std::vector<ClientDeal> out;
  deals(identifiers, {}, Order::oldest_first, [&](const ClientDeal& deal) {
    out.push_back(deal);
    return true;
  });
  return out;
}

std::vector<ClientDeal> Catalogue::deals_numbered(std::string_view hex_prefix, std::size_t limit) const {
  std::vector<ClientDeal> out;
  if (hex_prefix.empty() || hex_prefix.size() > 64) return out;
  const std::string missing = std::string(64 - hex_prefix.size(), '0');
  const auto low = Sha256::from_hex(std::string(hex_prefix) + missing);
  const auto high = Sha256::from_hex(std::string(hex_prefix) + std::string(missing.size(), 'f'));
  if (!low || !high) return out;
  Statement s = impl_->db.prepare("SELECT message, client, deal FROM deal WHERE message BETWEEN ? AND ? ORDER BY message LIMIT ?");
  for (s.bind(Statement::Blob{low->view()}, Statement::Blob{high->view()}, static_cast<std::int64_t>(limit)); s.step();)
    out.push_back({Sha256::from_bytes(s.blob(0)).value_or(Sha256{}), std::string(s.text(1)), facts::unpack_deal(s.blob(2))});
  return out;
}

std::optional<Said> Catalogue::said_by(std::int64_t number) const {
  const std::string prefix = hex16(static_cast<std::uint64_t>(number));
  const auto low = Sha256::from_hex(prefix + std::string(48, '0'));
  const auto high = Sha256::from_hex(prefix + std::string(48, 'f'));
  if (!low || !high) return std::nullopt;
  Statement& s = impl_->db.cached(fmt::format("SELECT {} FROM message m JOIN fact f ON f.message=m.id WHERE m.hash BETWEEN ? AND ?", columns));
  std::optional<Said> said;
  if (s.bind(Statement::Blob{low->view()}, Statement::Blob{high->view()}).step()) said = read_said(s);
  s.reset();
  return said;
}

std::optional<Sha256> Catalogue::message_numbered(std::int64_t number) const {
  const std::string prefix = hex16(static_cast<std::uint64_t>(number));
  const auto low = Sha256::from_hex(prefix + std::string(48, '0'));
  const auto high = Sha256::from_hex(prefix + std::string(48, 'f'));
  if (!low || !high) return std::nullopt;
  Statement s = impl_->db.prepare("SELECT hash FROM message WHERE hash BETWEEN ? AND ?");
  if (!s.bind(Statement::Blob{low->view()}, Statement::Blob{high->view()}).step()) return std::nullopt;
  return Sha256::from_bytes(s.blob(0));
}

}  // namespace genchi::catalogue
