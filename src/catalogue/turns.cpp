// Whose turn it is: what messages ask, broadcasts among them, and the state of each client.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "catalogue/impl.hpp"
#include "facts/turn.hpp"

namespace genchi::catalogue {
namespace {

// So many messages, counted from the newest, say how a talk stands.
constexpr std::size_t tail = 512;
// The same text of ours to several chats within so long was sent to all of them at once.
constexpr UtcSeconds broadcast_window = 600;

/// A message as the judge takes it, in an order that does not depend on which was imported first.
struct Placed {
  facts::TurnMessage message;
  std::int64_t content = 0, nth = 0;
  std::string hash;
  auto key() const { return std::tie(message.sent, content, nth, hash); }
};

constexpr const char* shown_columns = "m.hash, m.sent, m.zone, m.channel, m.direction, m.account, m.kind";

TurnShown read_shown(const Statement& s, int first) {
  TurnShown shown;
  shown.id = Sha256::from_bytes(s.blob(first)).value_or(Sha256{});
  shown.sent = {s.integer(first + 1), static_cast<int>(s.integer(first + 2))};
  shown.channel = static_cast<Channel>(s.integer(first + 3));
  shown.direction = static_cast<Direction>(s.integer(first + 4));
  shown.account = s.text(first + 5);
  const auto content = static_cast<line::Content>(s.integer(first + 6));
  if (content != line::Content::text) shown.kind = line::content_name(content);
  return shown;
}

} // namespace

void Catalogue::Impl::set_cues(std::int64_t message, const TurnWords& said) {
  db.cached("UPDATE message SET cues=?1 | coalesce((SELECT ?2 FROM line_row WHERE message=?3 AND unsure), 0) WHERE id=?3")
      .bind(said.cues, static_cast<std::int64_t>(cue_unsure), message).run();
  if (said.cues != 0) db.cached("INSERT OR REPLACE INTO due_words VALUES(?,?,?)").bind(message, said.words, said.by).run();
}

void Catalogue::Impl::settle_broadcasts(std::set<std::string>& clients) {
  struct Row {
    std::string account;
    UtcSeconds sent;
    std::int64_t chat, message, cues;
    std::string client;
  };
  Statement same = db.prepare("SELECT m.account, m.sent, m.chat, m.id, m.cues, coalesce(m.client, '') FROM line_row l JOIN message m ON m.id=l.message "
                              "WHERE l.content=? AND l.unsure ORDER BY m.account, m.sent");
  Statement update = db.prepare("UPDATE message SET cues=? WHERE id=?");
  for (Statement due = db.prepare("SELECT content FROM due_content"); due.step();) {
    std::vector<Row> rows;
    for (same.bind(due.integer(0)); same.step();)
      rows.push_back({std::string(same.text(0)), same.integer(1), same.integer(2), same.integer(3), same.integer(4), std::string(same.text(5))});
    // With a row of another chat near it, before or behind: its neighbours of other chats are the nearest ones.
    std::vector<bool> many(rows.size(), false);
    std::size_t other = rows.size();  // the last row of another chat than the one in hand
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (rows[i - 1].chat != rows[i].chat) other = i - 1;
      if (other == rows.size() || rows[other].account != rows[i].account || rows[i].sent - rows[other].sent > broadcast_window) continue;
      many[i] = true;
      many[other] = true;
    }
    for (std::size_t i = rows.size(); i-- > 1;) // several rows of one chat in a run: all near the next chat's
      if (many[i] && rows[i - 1].account == rows[i].account && rows[i].sent - rows[i - 1].sent <= broadcast_window) many[i - 1] = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int64_t cues = many[i] ? rows[i].cues | cue_broadcast : rows[i].cues & ~static_cast<std::int64_t>(cue_broadcast);
      if (cues == rows[i].cues) continue;
      update.bind(cues, rows[i].message).run();
      clients.insert(rows[i].client);
    }
  }
  db.exec("DELETE FROM due_content");
}

facts::Turn Catalogue::Impl::judge(const std::vector<std::string>& identifiers) const {
  std::vector<Placed> messages;
  Statement& s = db.cached(fmt::format(
      "SELECT m.id, m.direction, m.flags, m.sent, m.cues, coalesce(m.conversation, 0), coalesce(m.chat, 0), coalesce(l.content, 0), coalesce(l.nth, 0), m.hash "
      "FROM message m LEFT JOIN line_row l ON l.message=m.id WHERE m.client=? AND m.shown_as IS NULL AND m.direction!={} AND NOT (m.flags & {}) "
      "ORDER BY m.sent DESC LIMIT {}", static_cast<int>(Direction::automatic), hidden_flags | flag_unsent, tail));
  for (const std::string& identifier : identifiers) {
    for (s.bind(identifier); s.step();) {
      const std::int64_t cues = s.integer(4);
      if ((cues & cue_broadcast) != 0) continue;
      Placed placed;
      placed.message.id = s.integer(0);
      placed.message.direction = static_cast<Direction>(s.integer(1));
      // Machines' mails ask nothing, but our own contact form brings what a person wrote.
      if ((static_cast<unsigned>(s.integer(2)) & machine_flags) != 0 && !is_contact_form(placed.message.id, placed.message.direction)) continue;
      if ((cues & cue_not_for_copied) != 0 && placed.message.direction == Direction::in && is_among_them(placed.message.id)) continue;
      placed.message.sent = s.integer(3);
      placed.message.cues = static_cast<std::uint32_t>(cues);
      placed.message.unsure = (cues & cue_unsure) != 0;
      placed.message.talk = s.integer(6) != 0 ? -s.integer(6) : s.integer(5);
      placed.content = s.integer(7);
      placed.nth = s.integer(8);
      placed.hash = s.blob(9);
      messages.push_back(std::move(placed));
    }
  }
  std::sort(messages.begin(), messages.end(), [](const Placed& a, const Placed& b) { return a.key() < b.key(); });
  facts::TurnJudge judge;
  for (std::size_t i = messages.size() > tail ? messages.size() - tail : 0; i < messages.size(); ++i) judge.next(messages[i].message);
  return judge.turn();
}

bool Catalogue::Impl::is_contact_form(std::int64_t message, Direction direction) const {
  if (direction != Direction::in) return false;
  const std::vector<Participant> people = participants(db, message);
  return std::any_of(people.begin(), people.end(), [&](const Participant& person) { return person.role == Role::from && is_ours(person.address); });
}

/// A mail that goes to their own people, with us in Cc.
bool Catalogue::Impl::is_among_them(std::int64_t message) const {
  bool copied = false, to_theirs = false;
  for (const Participant& person : participants(db, message)) {
    const bool ours = is_ours(person.address);
    if (person.role == Role::to && ours) return false;
    to_theirs = to_theirs || person.role == Role::to;
    copied = copied || (person.role == Role::cc && ours);
  }
  return copied && to_theirs;
}

std::optional<TurnWords> Catalogue::Impl::words_read_now(std::int64_t message) const {
  Statement& due = db.cached("SELECT words, by FROM due_words WHERE message=?");
  std::optional<TurnWords> out;
  if (due.bind(message).step()) out = TurnWords{0, std::string(due.text(0)), std::string(due.text(1))};
  due.reset();
  return out;
}

TurnWords Catalogue::Impl::words_of(std::int64_t message) const {
  Statement& s = db.cached("SELECT m.entry, m.offset, m.length, m.chat IS NULL, m.kind FROM message m WHERE m.id=?");
  if (!s.bind(message).step()) return {};
  const EntryId id = s.integer(0);
  const RowPlace place{static_cast<std::uint64_t>(s.integer(1)), static_cast<std::uint32_t>(s.integer(2))};
  const bool is_mail = s.integer(3) != 0;
  const bool is_text = s.integer(4) == static_cast<int>(line::Content::text);
  s.reset();
  try {
    if (is_mail) {
      const std::optional<Entry> original = entry(id);
      if (!original) return {};
      const MailFacts facts = mail_facts(archive.original(*original).view(), *original, vocabulary);
      return {facts.turn.cues, facts.turn_words, facts.by};
    }
    const std::vector<line::Row> rows = read_rows(db, id, {place});
    if (rows.empty()) return {};
    TurnWords out{0, "", rows.front().sender_name};
    if (is_text) out.words = facts::words_at(rows.front().text, facts::read_turn(facts::Text(rows.front().text), facts::Text(""), false).place);
    return out;
  } catch (const DamagedOriginal&) {
    return {};  // the row is still true without its words
  }
}

void Catalogue::Impl::settle_turn(const std::string& client) {
  if (client.empty()) return;
  const facts::Turn turn = judge({client});
  Statement& before = db.cached("SELECT waiting, last, coalesce(answered, 0), words, last_words, last_by, coalesce(answered_by, '') FROM turn WHERE client=?");
  // By message; of the waiting one nobody asks who wrote it.
  std::vector<std::pair<std::int64_t, TurnWords>> known;
  if (before.bind(client).step()) {
    known.push_back({before.integer(1), {0, std::string(before.text(4)), std::string(before.text(5))}});
    known.push_back({before.integer(0), {0, std::string(before.text(3)), ""}});
  }
  const bool had_answer = !known.empty() && before.integer(2) != 0;
  const std::pair<std::int64_t, std::string> answered_before{had_answer ? before.integer(2) : 0, had_answer ? std::string(before.text(6)) : std::string()};
  before.reset();
  if (turn.side == facts::Side::nobody) {
    if (!known.empty()) db.cached("DELETE FROM turn WHERE client=?").bind(client).run();
    return;
  }
  const auto words = [&](std::int64_t message) {
    if (auto now = words_read_now(message)) return *now;
    for (const auto& [id, said] : known)
      if (id == message) return said;
    return words_of(message);
  };
  const std::string waiting = words(turn.waiting).words;
  TurnWords last = words(turn.last);
  if (last.by.empty()) last = words_of(turn.last);
  std::optional<std::string> answered_by;
  if (turn.answered != 0) {
    if (const auto now = words_read_now(turn.answered)) answered_by = now->by;
    else answered_by = turn.answered == answered_before.first ? answered_before.second : words_of(turn.answered).by;
  }
  db.cached("INSERT OR REPLACE INTO turn VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,"
            "(SELECT account FROM message WHERE id=?6),(SELECT channel FROM message WHERE id=?6))")
      .bind(client, static_cast<int>(turn.side), static_cast<int>(turn.why), turn.since, turn.moved, turn.waiting, turn.last,
            turn.answered == 0 ? std::nullopt : std::optional(turn.answered), waiting, last.words, last.by, answered_by)
      .run();
}

namespace {

/// Is a row of this account what the filter asks for? Each account is looked at once.
class Fitting {
 public:
  explicit Fitting(const MessageFilter& filter) : filter_(filter) {}
  /// `id` tells the id of the message that waits, which takes a look-up.
  template <typename Id> bool operator()(std::string_view account, std::string_view client, const Id& id) {
    if (!fits(account)) return false;
    return filter_.written.empty() || filter_.fits_written(std::string(client), id());
  }

 private:
  bool fits(std::string_view account) {
    if (filter_.accounts.empty()) return true;
    const auto [at, added] = known_.try_emplace(std::string(account));
    if (added) at->second = fits_account(filter_, account);
    return at->second;
  }

  const MessageFilter& filter_;
  std::unordered_map<std::string, bool> known_;
};

/// Rows of `turn t`; parameters ?1 begin, ?2 end, ?3 moved, ?4 channel or 0, ?5 identifier.
std::string turn_conditions(const MessageFilter& filter, Catalogue::Open which) {
  using Open = Catalogue::Open;
  std::string sql = which == Open::broken_off ? "t.moved<?3" : fmt::format("t.side={} AND t.moved>=?3", static_cast<int>(which == Open::ours ? facts::Side::ours : facts::Side::theirs));
  sql += " AND t.since>=?1 AND t.since<?2 AND (?4=0 OR t.channel=?4)";
  return filter.identifiers ? sql + " AND t.client=?5" : sql + " AND ?5 IS NULL";
}

/// Steps through these rows for all clients the filter names.
template <typename Take> void each_turn(Statement& s, const MessageFilter& filter, UtcSeconds moved, const Take& take) {
  const std::int64_t channel = filter.channel ? static_cast<std::int64_t>(*filter.channel) : 0;
  if (!filter.identifiers) {
    for (s.bind(filter.begin, filter.end, moved, channel, nullptr); s.step();)
      if (!take()) return;
    return;
  }
  for (const std::string& identifier : *filter.identifiers)
    for (s.bind(filter.begin, filter.end, moved, channel, identifier); s.step();)
      if (!take()) return;
}

}  // namespace

void Catalogue::turns(const MessageFilter& filter, Open which, UtcSeconds moved, const std::function<bool(const ClientTurn&)>& each) const {
  const Snapshot snapshot(impl_->db);
  const char* order = which == Open::broken_off ? "t.moved DESC, t.client" : "t.since, t.client";
  Statement message = impl_->db.prepare(fmt::format("SELECT {} FROM message m WHERE m.id=?", shown_columns));
  const auto shown = [&](std::int64_t id) { return message.bind(id).step() ? read_shown(message, 0) : TurnShown(); };
  Statement s = impl_->db.prepare(fmt::format("SELECT t.client, t.side, t.why, t.since, t.moved, t.last, t.answered, t.words, t.last_words, t.last_by, t.answered_by, t.waiting, t.account "
                                              "FROM turn t WHERE {} ORDER BY {}", turn_conditions(filter, which), order));
  Fitting fits(filter);
  each_turn(s, filter, moved, [&] {
    if (!fits(s.text(12), s.text(0), [&] { return shown(s.integer(11)).id; })) return true;
    ClientTurn turn;
    turn.waiting = shown(s.integer(11));
    turn.client = s.text(0);
    turn.side = static_cast<facts::Side>(s.integer(1));
    turn.why = static_cast<facts::Waits>(s.integer(2));
    turn.since = s.integer(3);
    turn.moved = s.integer(4);
    turn.waiting.words = s.text(7);
    turn.last = s.integer(5) == s.integer(11) ? turn.waiting : shown(s.integer(5));
    turn.last.words = s.text(8);
    turn.last.by = s.text(9);
    if (!s.is_null(6)) {
      turn.answered = shown(s.integer(6));
      turn.answered->by = s.text(10);
    }
    return each(turn);
  });
}

std::uint64_t Catalogue::turn_count(const MessageFilter& filter, Open which, UtcSeconds moved) const {
  const Snapshot snapshot(impl_->db);
  std::uint64_t count = 0;
  if (filter.accounts.empty() && !filter.channel && !filter.identifiers && filter.written.empty()) {
    Statement s = impl_->db.prepare(fmt::format("SELECT count(*) FROM turn t WHERE {} AND ?5 IS NULL AND ?4=0 AND t.since>=?1 AND t.since<?2",
                                                which == Open::broken_off ? "t.moved<?3" : fmt::format("t.side={} AND t.moved>=?3", static_cast<int>(which == Open::ours ? facts::Side::ours : facts::Side::theirs))));
    each_turn(s, filter, moved, [&] {
      count = static_cast<std::uint64_t>(s.integer(0));
      return true;
    });
    return count;
  }
  Statement hash = impl_->db.prepare("SELECT hash FROM message WHERE id=?");
  Statement s = impl_->db.prepare("SELECT t.account, t.client, t.waiting FROM turn t WHERE " + turn_conditions(filter, which));
  Fitting fits(filter);
  each_turn(s, filter, moved, [&] {
    const auto id = [&] { return hash.bind(s.integer(2)).step() ? Sha256::from_bytes(hash.blob(0)).value_or(Sha256{}) : Sha256{}; };
    count += fits(s.text(0), s.text(1), id) ? 1 : 0;
    return true;
  });
  return count;
}

bool Catalogue::is_open(const std::string& head) const {
  Statement& s = impl_->db.cached("SELECT 1 FROM turn WHERE client=?");
  const bool open = s.bind(head).step();
  s.reset();
  return open;
}

std::optional<ClientTurn> Catalogue::turn_of(const std::vector<std::string>& identifiers) const {
  const Snapshot snapshot(impl_->db);
  const facts::Turn turn = impl_->judge(identifiers);
  if (turn.side == facts::Side::nobody) return std::nullopt;
  Statement message = impl_->db.prepare(fmt::format("SELECT {} FROM message m WHERE m.id=?", shown_columns));
  const auto shown = [&](std::int64_t id) {
    TurnShown out;
    if (message.bind(id).step()) out = read_shown(message, 0);
    TurnWords words = impl_->words_of(id);
    out.words = std::move(words.words);
    out.by = std::move(words.by);
    return out;
  };
  ClientTurn out;
  if (!identifiers.empty()) out.client = identifiers.front();
  out.side = turn.side;
  out.why = turn.why;
  out.since = turn.since;
  out.moved = turn.moved;
  out.waiting = shown(turn.waiting);
  out.last = shown(turn.last);
  if (turn.answered != 0) out.answered = shown(turn.answered);
  return out;
}

std::map<std::string, UtcSeconds> Catalogue::downloads() const {
  std::map<std::string, UtcSeconds> out;
  for (Statement s = impl_->db.prepare("SELECT account, max(downloaded) FROM export GROUP BY account"); s.step();)
    if (!s.is_null(1)) out.emplace(s.text(0), s.integer(1));
  return out;
}

std::optional<UtcSeconds> Catalogue::downloaded(const std::string& chat) const {
  Statement& s = impl_->db.cached("SELECT max(downloaded) FROM export WHERE chat=(SELECT id FROM chat WHERE key=?)");
  std::optional<UtcSeconds> out;
  if (s.bind(chat.substr(chat.find(':') + 1)).step() && !s.is_null(0)) out = s.integer(0);
  s.reset();
  return out;
}

std::optional<UtcSeconds> Catalogue::downloaded(const Sha256& message) const {
  Statement& s = impl_->db.cached("SELECT max(downloaded) FROM export WHERE chat=(SELECT chat FROM message WHERE hash=?)");
  std::optional<UtcSeconds> out;
  if (s.bind(Statement::Blob{message.view()}).step() && !s.is_null(0)) out = s.integer(0);
  s.reset();
  return out;
}

} // namespace genchi::catalogue
