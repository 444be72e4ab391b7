// What messages say: readings of those that were read now, and the facts of each client whose stream changed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/parallel.hpp"
#include "catalogue/decisions.hpp"
#include "catalogue/impl.hpp"
#include "facts/deals.hpp"
#include "facts/stream.hpp"
#include "facts/turn.hpp"

namespace genchi::catalogue {
namespace {

// LINE rows whose texts are held at a time.
constexpr std::size_t rows_a_round = 4096;
// A message by its id, or by one that it had before.
constexpr const char* message_of_hash =
    "SELECT id FROM message WHERE hash=?1 UNION ALL SELECT message FROM message_alias WHERE hash=?1 LIMIT 1";

/// Facts are read in so much of a row, as in a mail's text: that takes 8 bytes a character.
const std::size_t most_text_read = mail::Limits().max_text_bytes;

/// A LINE row that is to be read.
struct DueRow {
  std::int64_t message = 0;
  std::uint32_t flags = 0;
  Moment sent;
  RowPlace place;
  line::Content content = line::Content::text;
};

TurnWords turn_words(const DueRow& due, const line::Row& row) {
  TurnWords out;
  out.by = row.sender_name;
  if ((due.flags & flag_unsent) != 0 || due.content == line::Content::unsent) return out;
  if (due.content != line::Content::text) {
    out.cues = facts::turn_of_placeholder(line::content_name(due.content)).cues;
    return out;
  }
  const std::string_view text = std::string_view(row.text).substr(0, most_text_read);
  const facts::TurnReading turn = facts::read_turn(facts::Text(text), facts::Text(""), false);
  out.cues = turn.cues;
  out.words = facts::words_at(text, turn.place);
  return out;
}

/// Reads rows of LINE downloads, those of one download after each other.
class ChatReader {
 public:
  ChatReader(Catalogue::Impl& impl, unsigned threads) : impl_(impl), threads_(threads) {}

  void read_all() {
    impl_.db.exec("DELETE FROM reading WHERE message IN (SELECT message FROM due_reading)");
    Statement due = impl_.db.prepare(
        "SELECT m.id, m.flags, m.sent, m.zone, m.entry, m.offset, m.length, m.kind FROM due_reading d JOIN message m ON m.id=d.message "
        "ORDER BY m.entry, m.offset");
    EntryId entry = 0;
    while (due.step()) {
      if (due.integer(4) != entry || rows_.size() == rows_a_round) read_rows_of(entry);
      entry = due.integer(4);
      rows_.push_back({due.integer(0), static_cast<std::uint32_t>(due.integer(1)), {due.integer(2), static_cast<int>(due.integer(3))},
                       {static_cast<std::uint64_t>(due.integer(5)), static_cast<std::uint32_t>(due.integer(6))}, static_cast<line::Content>(due.integer(7))});
    }
    read_rows_of(entry);
    // Of those that say nothing any more: taken back, or shown from a copy whose words are lost.
    impl_.db.exec("DELETE FROM fact WHERE message IN (SELECT message FROM due_reading) AND message NOT IN (SELECT message FROM reading)");
    impl_.db.exec("DELETE FROM due_reading");
  }

 private:
  void read_rows_of(EntryId id) {
    if (rows_.empty()) return;
    const std::vector<DueRow> rows = std::exchange(rows_, {});
    std::vector<RowPlace> places;
    for (const DueRow& row : rows) places.push_back(row.place);
    std::vector<line::Row> read;
    try {
      read = impl_.read_rows(impl_.db, id, places);
    } catch (const DamagedOriginal&) {
      return;  // searches leave them out, and verify names them
    }
    std::vector<std::string> packed(rows.size());
    std::vector<TurnWords> turns(rows.size());
    parallel_for(std::min(rows.size(), read.size()), rows.size() < 64 ? 1 : threads_, [&](std::size_t i) {
      turns[i] = turn_words(rows[i], read[i]);
      if (rows[i].content != line::Content::text) return;
      facts::MessageText message;
      message.text = std::string_view(read[i].text).substr(0, most_text_read);
      message.flags = rows[i].flags;
      message.sent = rows[i].sent;
      packed[i] = facts::read_packed(message, impl_.vocabulary);
    });
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!packed[i].empty()) impl_.set_reading(rows[i].message, packed[i]);
      if (i < read.size()) impl_.set_cues(rows[i].message, turns[i]);
    }
  }

  Catalogue::Impl& impl_;
  unsigned threads_;
  std::vector<DueRow> rows_;
};

} // namespace

void Catalogue::Impl::set_reading(std::int64_t message, std::string_view packed) {
  if (packed.empty()) db.cached("DELETE FROM reading WHERE message=?").bind(message).run();
  else db.cached("INSERT OR REPLACE INTO reading VALUES(?,?)").bind(message, Statement::Blob{packed}).run();
}

void Catalogue::Impl::forget_said(std::int64_t message) {
  for (const char* sql : {"DELETE FROM due_reading WHERE message=?", "DELETE FROM reading WHERE message=?", "DELETE FROM fact WHERE message=?"})
    db.cached(sql).bind(message).run();
}

void Catalogue::Impl::read_due_rows(unsigned threads) { ChatReader(*this, threads).read_all(); }

std::set<std::string> Catalogue::Impl::changed_streams() {
  std::set<std::string> clients;
  Statement mail = db.prepare("SELECT coalesce(client, '') FROM message WHERE hash BETWEEN ? AND ? AND chat IS NULL");
  Statement jobs = db.prepare("SELECT key FROM job WHERE revision>?");
  for (jobs.bind(meta_integer("facts_revision").value_or(0)); jobs.step();) {
    const std::string_view key = jobs.text(0);
    if (key.starts_with('c')) {
      clients.insert(book.head("chat:" + std::string(key.substr(1, 16))));
      continue;
    }
    const auto low = Sha256::from_hex(std::string(key.substr(1)) + std::string(48, '0'));
    const auto high = Sha256::from_hex(std::string(key.substr(1)) + std::string(48, 'f'));
    if (!low || !high) continue;
    for (mail.bind(Statement::Blob{low->view()}, Statement::Blob{high->view()}); mail.step();) clients.emplace(mail.text(0));
  }
  for (Statement due = db.prepare("SELECT client FROM due_stream"); due.step();) clients.emplace(due.text(0));
  return clients;
}

void Catalogue::Impl::apply_fact_row(const JournalRow& row) {
  const auto decision = read_decision(row.payload);
  if (!decision) return;
  db.prepare("INSERT OR IGNORE INTO decision VALUES(?,?,?)").bind(row.seq, Statement::Blob{decision->message.view()}, row.payload).run();
  Statement message = db.prepare(message_of_hash);
  if (message.bind(Statement::Blob{decision->message.view()}).step()) mark_message(message.integer(0));
}

Corrected Catalogue::Impl::corrected() {
  Corrected out;
  Statement message = db.prepare(message_of_hash);
  Statement bare = db.prepare("SELECT sent, zone FROM message WHERE id=? AND NOT EXISTS (SELECT 1 FROM reading WHERE message=?)");
  Statement s = db.prepare("SELECT message, payload FROM decision ORDER BY seq");
  while (s.step()) {
    const auto decision = read_decision(s.text(1));
    if (!decision || !message.bind(Statement::Blob{s.blob(0)}).step()) continue;
    const std::int64_t id = message.integer(0);
    out[id].push_back(decision->correction);
    if (!bare.bind(id, id).step()) continue;
    facts::Reading nothing;
    nothing.sent = {bare.integer(0), static_cast<int>(bare.integer(1))};
    set_reading(id, facts::pack(nothing));
  }
  return out;
}

void Catalogue::Impl::set_facts(std::int64_t message, UtcSeconds sent, const Facts& facts, std::string_view packed) {
  db.cached("DELETE FROM fact WHERE message=?").bind(message).run();
  if (packed.empty()) return;
  db.cached("INSERT INTO fact VALUES(?,?,?,?,?,?)")
      .bind(message, sent, static_cast<int>(facts.act), static_cast<std::int64_t>(facts.amounts.size()), static_cast<std::int64_t>(facts.dates.size()), Statement::Blob{packed})
      .run();
  Statement& day = db.cached("INSERT INTO day VALUES(?,?,?,?,?)");
  std::int64_t n = 0;
  for (const DateFact& date : facts.dates)
    day.bind(message, n++, days_from_civil(date.first), days_from_civil(date.last), static_cast<int>(date.role)).run();
  const BusinessDocument& document = facts.document;
  if (!document) return;
  // Ids of LINE rows depend on which download came first.
  Statement& what = db.cached("SELECT m.hash, l.content FROM message m LEFT JOIN line_row l ON l.message=m.id WHERE m.id=?");
  if (!what.bind(message).step()) return;
  const auto nth = what.is_null(1) ? static_cast<std::int64_t>(Sha256::from_bytes(what.blob(0)).value_or(Sha256{}).prefix64()) : what.integer(1);
  what.reset();
  db.cached("INSERT INTO ledger VALUES(?,?,?,?,?,?,?)")
      .bind(message, days_from_civil(document.day), sent, nth, static_cast<std::int64_t>((1U << static_cast<unsigned>(document.kind)) | document.also), !document.total,
            document.total ? document.total->yen : std::nullopt)
      .run();
}

void Catalogue::Impl::settle_stream(const std::string& client, const Corrected& corrected) {
  // What is not listed says nothing. Mails that are nobody's are no stream: each is read by itself.
  // IS and the order of the join keep to the index by client: there may be thousands of streams.
  const std::optional<std::string> of = client.empty() ? std::nullopt : std::optional(client);
  const auto hidden = static_cast<unsigned>(flag_spam | flag_trash);
  db.prepare(fmt::format("DELETE FROM fact WHERE message IN (SELECT id FROM message WHERE client IS ? AND (shown_as IS NOT NULL OR flags & {}))", hidden))
      .bind(of).run();
  // In one second by what they say: a chat's key, and so the id of its rows, depends on which download came first.
  Statement said = db.prepare(
      fmt::format("SELECT m.id, m.direction, r.reading, f.facts, m.hash, m.conversation, m.sent, f.sent, m.channel, m.flags FROM message m CROSS JOIN reading r ON r.message=m.id "
                  "LEFT JOIN fact f ON f.message=m.id LEFT JOIN line_row l ON l.message=m.id WHERE m.client IS ? AND m.shown_as IS NULL AND NOT (m.flags & {}) "
                  "ORDER BY m.sent, coalesce(l.place, 0), coalesce(l.content, 0), coalesce(l.nth, 0), m.hash", hidden));
  const std::vector<facts::Correction> none;
  facts::Stream stream;
  facts::DealBook deal_book;
  std::unordered_map<std::int64_t, Sha256> hashes;  // of messages with an act
  for (said.bind(of); said.step();) {
    const std::int64_t id = said.integer(0);
    if (client.empty()) stream = {};
    const auto decided = corrected.find(id);
    const auto& corrections = decided == corrected.end() ? none : decided->second;
    const bool memo = (said.integer(9) & flag_memo) != 0;
    const Facts facts = memo ? stream.noted(facts::unpack_reading(said.blob(2)), corrections)
                             : stream.next(facts::unpack_reading(said.blob(2)), static_cast<Direction>(said.integer(1)), corrections);
    // A deal is what both sides' messages show; what a memo says of one is ours alone.
    if (!client.empty() && facts.act != Act::none && !memo) {
      const Sha256 hash = Sha256::from_bytes(said.blob(4)).value_or(Sha256{});
      hashes.emplace(static_cast<std::int64_t>(hash.prefix64()), hash);
      deal_book.next({static_cast<std::int64_t>(hash.prefix64()), said.integer(5), static_cast<Direction>(said.integer(1)), said.integer(6), static_cast<Channel>(said.integer(8))}, facts);
    }
    const std::string packed = facts.empty() && !facts.document ? std::string() : facts::pack(facts);
    const bool unchanged = said.is_null(3) ? packed.empty() : packed == said.blob(3) && said.integer(6) == said.integer(7);
    if (unchanged) continue;
    set_facts(id, said.integer(6), facts, packed);
    mark_message(id);
  }
  db.cached("DELETE FROM deal WHERE client=?").bind(client).run();
  Statement& insert = db.cached("INSERT OR REPLACE INTO deal VALUES(?,?,?,?,?)");
  for (const facts::Deal& deal : deal_book.deals())
    insert.bind(Statement::Blob{hashes.at(deal.id()).view()}, client, static_cast<int>(deal.state), deal.steps.back().sent, Statement::Blob{facts::pack(deal)}).run();
}

void Catalogue::Impl::settle_facts(unsigned threads) {
  read_due_rows(threads);
  const Corrected decided = corrected();
  std::set<std::string> changed = changed_streams();
  for (const std::string& client : changed) settle_stream(client, decided);
  settle_broadcasts(changed);
  for (const std::string& client : changed) settle_turn(client);
  db.exec("DELETE FROM due_words; DELETE FROM turn WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.client=turn.client)");
  db.exec("DELETE FROM due_stream");
  db.exec("DELETE FROM deal WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.client=deal.client)");
  set_meta("facts_revision", revision);
}

std::optional<Facts> Catalogue::facts(const Sha256& id) const {
  Statement s = impl_->db.prepare("SELECT f.facts FROM message m JOIN fact f ON f.message=m.id WHERE m.hash=?");
  if (!s.bind(Statement::Blob{id.view()}).step()) return std::nullopt;
  return facts::unpack_facts(s.blob(0));
}

std::vector<facts::Correction> Catalogue::decided(const Sha256& id) const {
  std::vector<facts::Correction> out;
  Statement s = impl_->db.prepare(
      "SELECT payload FROM decision WHERE message=?1 OR message IN "
      "(SELECT hash FROM message_alias WHERE message=(SELECT id FROM message WHERE hash=?1)) ORDER BY seq");
  for (s.bind(Statement::Blob{id.view()}); s.step();)
    if (auto decision = read_decision(s.text(0))) out.push_back(std::move(decision->correction));
  return out;
}

} // namespace genchi::catalogue
