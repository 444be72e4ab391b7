// Memos in the catalogue: the message, whom it is about, what confirms it, and the calls that no memo tells of.
#include <algorithm>
#include <set>

#include "base/bytes.hpp"
#include "catalogue/impl.hpp"
#include "facts/turn.hpp"

namespace genchi::catalogue {
namespace {

// A memo is written after the call, on the same day or the next; its time may be that of the beginning.
constexpr UtcSeconds memo_before_row = 1800;
constexpr UtcSeconds memo_after_row = 86'400;

constexpr const char* columns = "m.hash, m.channel, m.sent, m.zone, n.written, coalesce(m.client, ''), n.seconds, n.who, n.supplements, n.confirmed_by";

std::optional<Statement::Blob> blob_of(const std::optional<Sha256>& hash) { return hash ? std::optional(Statement::Blob{hash->view()}) : std::nullopt; }

Memo read_memo_row(const Statement& s) {
  Memo memo;
  memo.id = Sha256::from_bytes(s.blob(0)).value_or(Sha256{});
  memo.channel = static_cast<Channel>(s.integer(1));
  memo.time = {s.integer(2), static_cast<int>(s.integer(3))};
  memo.written = s.integer(4);
  memo.client = s.text(5);
  if (!s.is_null(6)) memo.seconds = s.integer(6);
  memo.who = s.text(7);
  if (!s.is_null(8)) memo.supplements = Sha256::from_bytes(s.blob(8));
  if (!s.is_null(9)) memo.confirmed_by = Sha256::from_bytes(s.blob(9));
  return memo;
}

}  // namespace

void Catalogue::Impl::add_memo(const Entry& entry, const std::string& account, const MailFacts& facts) {
  Statement& known = db.cached("SELECT 1 FROM message WHERE hash=?");
  const bool held = known.bind(Statement::Blob{entry.identity.view()}).step();
  known.reset();
  if (held) return;
  const mail::MemoHead& memo = *facts.memo;
  // A memo and what was added to it are one conversation.
  const std::string key = hex16((memo.supplement_of ? *memo.supplement_of : entry.identity).prefix64());
  Statement& conversation = db.cached("SELECT id FROM conversation WHERE key=?");
  std::int64_t of = conversation.bind(key).step() ? conversation.integer(0) : 0;
  conversation.reset();
  if (of == 0) {
    db.cached("INSERT INTO conversation(key) VALUES(?)").bind(key).run();
    of = db.last_insert_rowid();
  }
  db.cached("INSERT INTO message(hash, channel, account, direction, flags, sent, zone, conversation, entry, offset, length) VALUES(?,?,?,?,?,?,?,?,?,0,0)")
      .bind(Statement::Blob{entry.identity.view()}, static_cast<int>(memo.channel), account, static_cast<int>(Direction::out), static_cast<std::int64_t>(flag_memo), memo.time.utc,
            memo.time.offset_minutes, of, entry.id).run();
  const std::int64_t id = db.last_insert_rowid();
  db.cached("INSERT INTO memo VALUES(?,?,?,?,?,?,?,?,NULL)")
      .bind(id, memo.client, memo.client, blob_of(memo.chat), blob_of(memo.supplement_of), memo.written.utc, memo.seconds, memo.who).run();
  set_reading(id, facts.reading);
  set_cues(id, {facts.turn.cues, facts.turn_words, facts.by});
  mark_mail(entry.identity.view());
}

void Catalogue::Impl::settle_memos() {
  struct Row {
    std::int64_t id;
    std::string hash, given, identifier, client, download, confirmed_by;
    std::uint32_t flags;
  };
  std::vector<Row> rows;
  for (Statement s = db.prepare("SELECT n.message, m.hash, n.given, n.identifier, coalesce(m.client, ''), n.download, n.confirmed_by, m.flags FROM memo n JOIN message m ON m.id=n.message"); s.step();)
    rows.push_back({s.integer(0), std::string(s.blob(1)), std::string(s.text(2)), std::string(s.text(3)), std::string(s.text(4)), std::string(s.blob(5)), std::string(s.blob(6)),
                    static_cast<std::uint32_t>(s.integer(7))});
  Statement chat = db.prepare("SELECT 1 FROM chat WHERE key=?");
  Statement by_download = db.prepare("SELECT c.key FROM export e JOIN chat c ON c.id=e.chat WHERE e.digest=? ORDER BY c.key LIMIT 1");
  const auto current = [&](const Row& row) {
    const std::string identifier = current_identifier(row.given);
    if (!identifier.starts_with("chat:") || chat.bind(identifier.substr(5)).step()) return identifier;
    return by_download.bind(Statement::Blob{row.download}).step() ? "chat:" + std::string(by_download.text(0)) : identifier;
  };
  Statement link = db.prepare("SELECT value FROM annotation WHERE target=? AND what=? ORDER BY seq DESC LIMIT 1");
  Statement answer = db.prepare("SELECT m.hash FROM message m WHERE m.direction=? AND m.id IN (SELECT id FROM message WHERE hash=?2 UNION ALL SELECT message FROM message_alias WHERE hash=?2)");
  const auto confirmed_by = [&](const Row& row) -> std::string {
    if (!link.bind("message:" + to_hex(row.hash), static_cast<int>(Annotation::What::confirmation)).step()) return {};
    const auto id = Sha256::from_hex(std::string(link.text(0)));
    return id && answer.bind(static_cast<int>(Direction::in), Statement::Blob{id->view()}).step() ? std::string(answer.blob(0)) : std::string();
  };
  Statement due = db.prepare("INSERT OR IGNORE INTO due_stream VALUES(?)");
  for (const Row& row : rows) {
    const std::string identifier = current(row);
    const std::string client = head_of(identifier);
    const std::string answered = confirmed_by(row);
    if (client != row.client) {
      for (const std::string& stream : {client, row.client})
        if (!stream.empty()) due.bind(stream).run();
      db.cached("UPDATE message SET client=? WHERE id=?").bind(client, row.id).run();
    }
    const std::uint32_t flags = answered.empty() ? row.flags & ~std::uint32_t{flag_confirmed} : row.flags | flag_confirmed;
    if (identifier == row.identifier && flags == row.flags && answered == row.confirmed_by) continue;
    db.cached("UPDATE memo SET identifier=?, confirmed_by=? WHERE message=?")
        .bind(identifier, answered.empty() ? std::nullopt : std::optional(Statement::Blob{answered}), row.id).run();
    db.cached("UPDATE message SET flags=? WHERE id=?").bind(static_cast<std::int64_t>(flags), row.id).run();
    mark_mail(row.hash);
  }
}

std::vector<std::string> Catalogue::Impl::memo_identifiers(const std::string& identifier) const {
  std::vector<std::string> out{identifier};
  if (identifier.starts_with("addr:") && !book.decided(identifier))
    if (const std::string company = client_identifier(identifier.substr(5)); company != identifier) out.insert(out.begin(), company);
  return out;
}

std::optional<Memo> Catalogue::memo(const Sha256& id) const {
  Statement s = impl_->db.prepare(std::string("SELECT ") + columns + " FROM message m JOIN memo n ON n.message=m.id WHERE m.hash=?");
  if (!s.bind(Statement::Blob{id.view()}).step()) return std::nullopt;
  return read_memo_row(s);
}

std::vector<Memo> Catalogue::supplements(const Sha256& memo) const {
  std::vector<Memo> out;
  Statement s = impl_->db.prepare(std::string("SELECT ") + columns + " FROM memo n JOIN message m ON m.id=n.message WHERE n.supplements=? ORDER BY n.written, m.sent, m.hash");
  for (s.bind(Statement::Blob{memo.view()}); s.step();) out.push_back(read_memo_row(s));
  return out;
}

void Catalogue::confirmations(const std::function<void(const Sha256&, const Sha256&)>& each) const {
  Statement s = impl_->db.prepare("SELECT m.hash, n.confirmed_by FROM memo n JOIN message m ON m.id=n.message WHERE n.confirmed_by IS NOT NULL ORDER BY m.hash");
  while (s.step()) each(Sha256::from_bytes(s.blob(0)).value_or(Sha256{}), Sha256::from_bytes(s.blob(1)).value_or(Sha256{}));
}

std::optional<Sha256> Catalogue::chat_download(const std::string& identifier) const {
  if (!identifier.starts_with("chat:")) return std::nullopt;
  Statement s = impl_->db.prepare("SELECT e.digest FROM export e JOIN chat c ON c.id=e.chat WHERE c.key=? ORDER BY e.entry LIMIT 1");
  return s.bind(identifier.substr(5)).step() ? Sha256::from_bytes(s.blob(0)) : std::nullopt;
}

std::vector<Memo> Catalogue::memos_between(const std::string& client, UtcSeconds from, UtcSeconds to) const {
  std::vector<Memo> out;
  Statement s = impl_->db.prepare(std::string("SELECT ") + columns +
                                  " FROM message m JOIN memo n ON n.message=m.id WHERE m.client=? AND m.sent BETWEEN ? AND ? AND n.supplements IS NULL ORDER BY m.sent, m.hash");
  for (s.bind(client, from, to); s.step();) out.push_back(read_memo_row(s));
  return out;
}

void Catalogue::calls_without_memo(const MessageFilter& filter, const std::function<bool(const Call&)>& each) const {
  const Snapshot snapshot(impl_->db);
  // A row such as 不在着信 or 通話をキャンセルしました asks to be called back (facts::read_turn): nobody spoke.
  Statement s = impl_->db.prepare(
      "SELECT m.hash, m.sent, m.direction, coalesce(m.client, ''), m.account FROM message m WHERE (m.cues & 2097152)!=0 AND m.chat IS NOT NULL AND (m.cues & ?3)=0 AND m.sent>=?1 AND m.sent<?2 "
      "AND NOT " + flags_in_sql("m.", hidden_flags | flag_unsent) + " ORDER BY m.sent, m.hash");
  Statement memo = impl_->db.prepare("SELECT 1 FROM message m JOIN memo n ON n.message=m.id WHERE m.client=? AND m.sent BETWEEN ? AND ? AND m.channel=? AND n.supplements IS NULL");
  static_assert(facts::cue_call == 2097152);
  constexpr std::int64_t no_talk = facts::cue_requests | facts::cue_thanks;
  const std::set<std::string_view> asked = filter.identifiers ? std::set<std::string_view>(filter.identifiers->begin(), filter.identifiers->end()) : std::set<std::string_view>();
  for (s.bind(filter.begin, filter.end, no_talk); s.step();) {
    Call call{Sha256::from_bytes(s.blob(0)).value_or(Sha256{}), s.integer(1), static_cast<Direction>(s.integer(2)), std::string(s.text(3)), std::string(s.text(4))};
    if (filter.identifiers && !asked.contains(call.client)) continue;
    if (!fits_account(filter, call.account)) continue;
    if (memo.bind(call.client, call.sent - memo_before_row, call.sent + memo_after_row, static_cast<int>(Channel::phone)).step()) continue;
    if (!each(call)) return;
  }
}

}  // namespace genchi::catalogue
