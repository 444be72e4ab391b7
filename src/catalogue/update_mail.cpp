// Mails into the catalogue: the message, its people, its thread, its twins. All of it comes out the same in whatever
// order the mails arrive.
#include <algorithm>

#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

// A reply without References belongs to a mail of the same subject among the same people at most so long ago.
constexpr UtcSeconds subject_window = 30 * 86'400;
// More candidates than this are a machine's mails; the rest would make import quadratic.
constexpr int most_subject_candidates = 200;

std::int64_t signed_key(std::uint64_t key) { return static_cast<std::int64_t>(key); }

}  // namespace

std::int64_t Catalogue::Impl::address_id(const std::string& address) {
  if (const auto known = address_ids.find(address); known != address_ids.end()) return known->second;
  if (address_ids.size() > 200'000) address_ids.clear();
  Statement& find = db.cached("SELECT id FROM address WHERE address=?");
  std::int64_t id = 0;
  if (find.bind(address).step()) {
    id = find.integer(0);
    find.reset();
  } else {
    db.cached("INSERT INTO address(address, domain, own) VALUES(?,?,?)")
        .bind(address, domain_of(address), own.contains(address))
        .run();
    id = db.last_insert_rowid();
  }
  address_ids.emplace(address, id);
  return id;
}

void Catalogue::Impl::add_participants(std::int64_t message, const MailFacts& facts) {
  Statement& insert = db.cached("INSERT INTO participant VALUES(?,?,?,?)");
  Statement& name = db.cached(
      "INSERT INTO name VALUES(?,?,?) ON CONFLICT(identifier, name) DO UPDATE SET last=max(last, excluded.last)");
  int n = 0;
  for (const auto& p : facts.participants) {
    if (p.address.empty()) continue;
    insert.bind(message, n++, static_cast<int>(p.role), address_id(p.address)).run();
    const bool seen = p.role == Role::from || p.role == Role::to || p.role == Role::reply_to || p.role == Role::cc;
    if (seen && !p.name.empty() && p.name != p.address) name.bind("addr:" + p.address, p.name, facts.sent).run();
  }
}

void Catalogue::Impl::add_mail(const Entry& entry, const std::string& account, const MailFacts& facts) {
  Statement& known = db.cached("SELECT id FROM message WHERE hash=?");
  if (known.bind(Statement::Blob{entry.identity.view()}).step()) {
    const std::int64_t held = known.integer(0);
    known.reset();
    merge_copy(held, entry.identity.view(), facts);
    return;
  }
  std::uint32_t flags = 0;
  if (facts.automatic) flags |= flag_auto;
  if (facts.bulk) flags |= flag_bulk;
  if (facts.in_spam) flags |= flag_spam;
  if (facts.in_trash) flags |= flag_trash;
  if (facts.doubtful_time) flags |= flag_doubtful_time;
  const Parties who = parties(facts.participants, flags);
  db.cached("INSERT INTO message(hash, channel, account, direction, flags, sent, zone, client, entry, offset, length) "
             "VALUES(?,?,?,?,?,?,?,?,?,0,0)")
      .bind(Statement::Blob{entry.identity.view()}, static_cast<int>(Channel::mail), account,
            static_cast<int>(who.direction), flags, facts.sent, facts.offset_minutes,
            who.client.empty() ? std::nullopt : std::optional(who.client), entry.id)
      .run();
  const std::int64_t id = db.last_insert_rowid();
  db.cached("INSERT INTO mail VALUES(?,?,?,?,?,?,?,?,?,?)")
      .bind(id, signed_key(facts.message_id), signed_key(facts.root), signed_key(facts.subject_group), facts.is_reply,
            !facts.references.empty(), signed_key(facts.twin_key), static_cast<int>(facts.sent_source), facts.in_sent, facts.sent)
      .run();
  add_participants(id, facts);
  set_reading(id, facts.reading);
  set_cues(id, {facts.turn.cues | (facts.for_recipient_only ? std::int64_t{cue_not_for_copied} : 0), facts.turn_words, facts.by});
  link_thread(id, facts);
  touched_message_ids.insert(facts.message_id);
  mark_mail(entry.identity.view());
}

// The same mail from another place. Where it lies counts together: sent mail if any copy is; spam or trash only if all
// copies are. A time taken from the store is the earliest any store knows.
void Catalogue::Impl::merge_copy(std::int64_t id, std::string_view hash, const MailFacts& facts) {
  Statement s = db.prepare("SELECT m.flags, m.sent, l.sent_source, l.in_sent, m.conversation, l.message_id FROM message m JOIN mail l ON l.message=m.id WHERE m.id=?");
  if (!s.bind(id).step()) return;
  const auto old_flags = static_cast<std::uint32_t>(s.integer(0));
  const UtcSeconds old_sent = s.integer(1);
  const auto old_source = s.integer(2);
  const bool old_in_sent = s.integer(3) != 0;
  const std::int64_t conversation = s.integer(4);
  const auto message_id = static_cast<std::uint64_t>(s.integer(5));
  s.reset();

  std::uint32_t flags = old_flags;
  if (!facts.in_spam) flags &= ~static_cast<std::uint32_t>(flag_spam);
  if (!facts.in_trash) flags &= ~static_cast<std::uint32_t>(flag_trash);
  UtcSeconds sent = old_sent;
  auto source = old_source;
  const auto this_source = static_cast<std::int64_t>(facts.sent_source);
  if (this_source < source || (this_source == source && this_source >= static_cast<int>(mail::SentSource::store_line) && facts.sent < sent)) {
    sent = facts.sent;
    source = this_source;
  }
  const bool in_sent = old_in_sent || facts.in_sent;
  if (flags == old_flags && sent == old_sent && in_sent == old_in_sent) return;
  db.prepare("UPDATE message SET flags=?, sent=? WHERE id=?").bind(flags, sent, id).run();
  db.prepare("UPDATE mail SET in_sent=?, sent_source=?, sent=? WHERE message=?").bind(in_sent, source, sent, id).run();
  if (sent != old_sent) set_reading(id, facts.reading);  // days are counted from there
  // The conversation's name and the twin that is listed may depend on it.
  touched_conversations.insert(conversation);
  touched_message_ids.insert(message_id);
  mark_mail(hash);
}

void Catalogue::Impl::settle_twins() {
  for (const std::uint64_t id : touched_message_ids) settle_twins(id);
  touched_message_ids.clear();
}

// Mails of one Message-ID: those that say the same (sent and received copy) are listed once, under the smallest hash;
// if some differ, all are flagged.
void Catalogue::Impl::settle_twins(std::uint64_t message_id) {
  struct Row {
    std::int64_t id, key, shown_as, copies;
    std::string hash;
    std::uint32_t flags;
  };
  std::vector<Row> rows;
  Statement& s = db.cached(
      "SELECT m.id, l.twin_key, coalesce(m.shown_as, 0), m.copies, m.hash, m.flags FROM mail l "
      "JOIN message m ON m.id=l.message WHERE l.message_id=? ORDER BY l.twin_key, " + flags_in_sql("m.", hidden_flags) + ", m.hash");
  for (s.bind(signed_key(message_id)); s.step();)
    rows.push_back({s.integer(0), s.integer(1), s.integer(2), s.integer(3), std::string(s.blob(4)),
                    static_cast<std::uint32_t>(s.integer(5))});
  if (rows.size() < 2) return;
  const bool differ = rows.front().key != rows.back().key;
  Statement update = db.prepare("UPDATE message SET shown_as=?, copies=?, flags=? WHERE id=?");
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i;
    while (end < rows.size() && rows[end].key == rows[i].key) ++end;
    for (std::size_t k = i; k < end; ++k) {
      const std::int64_t shown_as = k == i ? 0 : rows[i].id;
      const auto copies = static_cast<std::int64_t>(k == i ? end - i : 1);
      const std::uint32_t flags = differ ? rows[k].flags | flag_differs : rows[k].flags & ~static_cast<std::uint32_t>(flag_differs);
      if (rows[k].shown_as == shown_as && rows[k].copies == copies && rows[k].flags == flags) continue;
      update.bind(shown_as ? std::optional(shown_as) : std::nullopt, copies, flags, rows[k].id).run();
      mark_mail(rows[k].hash);
    }
    i = end;
  }
}

void Catalogue::Impl::link_thread(std::int64_t message, const MailFacts& facts) {
  std::set<std::int64_t> found;
  Statement& thread = db.cached("SELECT conversation FROM thread WHERE message_id=?");
  std::vector<std::uint64_t> ids = facts.references;
  ids.push_back(facts.message_id);
  for (const std::uint64_t id : ids)
    if (thread.bind(signed_key(id)).step()) found.insert(thread.integer(0));
  thread.reset();

  if (facts.subject_group != 0 && !facts.bulk && !facts.automatic) {
    if (facts.is_reply && facts.references.empty()) {
      Statement& before = db.cached(
          "SELECT m.conversation FROM mail l JOIN message m ON m.id=l.message WHERE l.subject_group=? AND l.subject_group != 0 "
          "AND l.sent BETWEEN ? AND ? AND NOT " + flags_in_sql("m.", machine_flags) + " AND m.conversation IS NOT NULL LIMIT ?");
      for (before.bind(signed_key(facts.subject_group), facts.sent - subject_window, facts.sent, most_subject_candidates); before.step();)
        found.insert(before.integer(0));
    }
    Statement& after = db.cached(
        "SELECT m.conversation FROM mail l INDEXED BY mail_lost_reply JOIN message m ON m.id=l.message WHERE l.subject_group=? "
        "AND l.subject_group != 0 AND l.sent BETWEEN ? AND ? AND l.is_reply AND NOT l.has_references AND NOT " + flags_in_sql("m.", machine_flags) +
        " AND m.conversation IS NOT NULL LIMIT ?");
    for (after.bind(signed_key(facts.subject_group), facts.sent, facts.sent + subject_window, most_subject_candidates); after.step();)
      found.insert(after.integer(0));
  }

  std::int64_t conversation = 0;
  if (found.empty()) {
    db.cached("INSERT INTO conversation(key) VALUES(?)").bind(hex16(facts.root)).run();
    conversation = db.last_insert_rowid();
  } else {
    conversation = join_conversations(found);
  }
  Statement& insert = db.cached("INSERT OR IGNORE INTO thread VALUES(?,?)");
  for (const std::uint64_t id : ids) insert.bind(signed_key(id), conversation).run();
  db.cached("UPDATE message SET conversation=? WHERE id=?").bind(conversation, message).run();
  touched_conversations.insert(conversation);
}

// The one with most messages takes the others in: each message then moves at most log n times.
std::int64_t Catalogue::Impl::join_conversations(std::set<std::int64_t> conversations) {
  if (conversations.size() == 1) return *conversations.begin();
  Statement count = db.prepare("SELECT count(*) FROM thread WHERE conversation=?");
  std::int64_t largest = 0, most = -1;
  for (const std::int64_t c : conversations) {
    count.bind(c).step();
    if (count.integer(0) > most) {
      most = count.integer(0);
      largest = c;
    }
  }
  count.reset();
  conversations.erase(largest);
  for (const std::int64_t c : conversations) {
    mark_conversation(c);
    db.prepare("UPDATE thread SET conversation=? WHERE conversation=?").bind(largest, c).run();
    db.prepare("UPDATE message SET conversation=? WHERE conversation=?").bind(largest, c).run();
    db.prepare("DELETE FROM conversation WHERE id=?").bind(c).run();
    touched_conversations.erase(c);
  }
  return largest;
}

// A conversation is named after the root that its earliest mail gives, so the name does not depend on which mail came
// in first.
void Catalogue::Impl::settle_conversation_keys() {
  Statement earliest = db.prepare(
      "SELECT l.root, c.key FROM message m JOIN mail l ON l.message=m.id JOIN conversation c ON c.id=m.conversation "
      "WHERE m.conversation=? ORDER BY m.sent, m.hash LIMIT 1");
  for (const std::int64_t c : touched_conversations) {
    if (!earliest.bind(c).step()) continue;
    const std::string key = hex16(static_cast<std::uint64_t>(earliest.integer(0)));
    const bool same = earliest.text(1) == key;
    earliest.reset();
    if (same) continue;
    db.prepare("UPDATE conversation SET key=? WHERE id=?").bind(key, c).run();
    mark_conversation(c);
  }
  touched_conversations.clear();
}

}  // namespace genchi::catalogue
