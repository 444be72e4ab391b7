#include "catalogue/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "archive/journal.hpp"
#include "base/bytes.hpp"
#include "base/files.hpp"
#include "base/parallel.hpp"
#include "catalogue/impl.hpp"
#include "catalogue/schema.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::catalogue {
namespace {

namespace fs = std::filesystem;

// Entries read, parsed in parallel and written in one transaction. Bounded by bytes: originals are held meanwhile.
constexpr std::size_t entries_a_step = 512;
constexpr std::uint64_t bytes_a_step = 16 << 20;
constexpr std::size_t rows_a_step = 1000;  // of the journal

// What is in it depends on its tables and on the rules that messages are read by.
constexpr int made_version = catalogue_version * 1000 + facts::rules_version;

int stored_version(const fs::path& path) {
  if (!fs::exists(path)) return 0;
  try {
    Database db(path, Database::Mode::read_only);
    return static_cast<int>(db.query_integer("SELECT value FROM meta WHERE key='version'").value_or(0));
  } catch (const Error&) {
    return 0;  // damaged or half made: derived anyway, so it is made anew
  }
}

void remove_database(const fs::path& path) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
    std::error_code ignored;
    fs::remove(path.native() + suffix, ignored);
  }
}

Database open_database(const fs::path& path, Catalogue::Mode mode) {
  if (mode == Catalogue::Mode::read) {
    if (stored_version(path) != made_version)
      throw Error(trf("the catalogue {} is missing or of another version", display_path(path)),
                  tr("Run `genchi reindex`; nothing is lost, it is made from the archive."));
    return Database(path, Database::Mode::read_only);
  }
  if (stored_version(path) != made_version) remove_database(path);
  return Database(path, Database::Mode::create);
}

}  // namespace

Catalogue::Impl::Impl(const Archive& a, Mode m, const fs::path& file) : archive(a), path(file), mode(m), db(open_database(path, m)) {
  if (mode == Mode::write) {
    // Derived: a crash may lose the last steps, never the truth. NORMAL is safe from corruption under WAL.
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-8192");
    if (!db.query_integer("SELECT 1 FROM sqlite_master WHERE name='meta'")) {
      Transaction t(db, "catalogue.create");
      db.exec(catalogue_schema);
      set_meta("version", made_version);
      set_meta("birth", to_hex(random_bytes(8)));
      t.commit();
    }
  } else {
    db.exec("PRAGMA cache_size=-32768");  // names of a hundred thousand clients are looked up all over
  }
  // Of the update under way. What a killed one had put there is read again.
  if (mode == Mode::write)
    db.exec("CREATE TEMP TABLE due_words(message INTEGER PRIMARY KEY, words TEXT NOT NULL, by TEXT NOT NULL);"
            "CREATE TEMP TABLE due_content(content INTEGER PRIMARY KEY)");
  load_own();
  vocabulary = facts::vocabulary_from_text(meta_text("vocabulary"));
  load_book();
}

std::optional<std::int64_t> Catalogue::Impl::meta_integer(std::string_view key) {
  Statement s = db.prepare("SELECT value FROM meta WHERE key=?");
  s.bind(key);
  if (!s.step() || s.is_null(0)) return std::nullopt;
  return s.integer(0);
}

std::string Catalogue::Impl::meta_text(std::string_view key) {
  Statement s = db.prepare("SELECT value FROM meta WHERE key=?");
  s.bind(key);
  return s.step() ? std::string(s.text(0)) : std::string();
}

void Catalogue::Impl::set_applied(Seq seq) {
  const auto rows = archive.journal(seq - 1, 1);
  set_meta("journal", seq);
  set_meta("journal_line", Statement::Blob{sha256(rows.empty() ? std::string_view() : std::string_view(rows.front().line)).view()});
}

Database& Catalogue::Impl::reader() const {
  // The one that asks reads what its other statements read; the one that writes, only what is committed.
  if (mode == Mode::read && std::this_thread::get_id() == owner) return db;
  const std::size_t self = std::hash<std::thread::id>{}(std::this_thread::get_id());
  const std::lock_guard lock(readers_mutex);
  for (auto& [id, connection] : readers)
    if (id == self) return *connection;
  readers.emplace_back(self, std::make_unique<Database>(path, Database::Mode::read_only));
  return *readers.back().second;
}

std::optional<Entry> Catalogue::Impl::entry(EntryId id) const {
  const std::lock_guard lock(archive_mutex);
  return archive.entry(id);
}

std::string Catalogue::Impl::source_of(const Entry& entry) const {
  const std::lock_guard lock(archive_mutex);
  if (import_names.size() > 10'000) import_names.clear();
  const auto [at, added] = import_names.try_emplace(entry.import);
  if (added)
    if (const auto import = archive.import_of(entry.import)) at->second = import->source;
  const std::string& source = at->second;
  return entry.member.empty() || source.ends_with(entry.member) ? source : source + "/" + entry.member;
}

Catalogue::Catalogue(const Archive& archive, Mode mode) : Catalogue(archive, mode, file_in(archive.folder())) {}
Catalogue::Catalogue(const Archive& archive, Mode mode, const fs::path& file) {
  try {
    impl_ = std::make_unique<Impl>(archive, mode, file);
  } catch (const DamagedDatabase&) {
    if (mode == Mode::read) throw;
    remove_database(file);
    impl_ = std::make_unique<Impl>(archive, mode, file);
  }
}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;

bool Catalogue::usable(const fs::path& archive_folder) {
  return stored_version(file_in(archive_folder)) == made_version;
}

fs::path Catalogue::file_in(const fs::path& archive_folder) { return archive_folder / "catalogue.db"; }
void Catalogue::remove(const fs::path& file) { remove_database(file); }
std::string Catalogue::birth() const { return impl_->meta_text("birth"); }
void Catalogue::renew_birth() { impl_->set_meta("birth", to_hex(random_bytes(8))); }

std::string Catalogue::vocabulary() const { return impl_->meta_text("vocabulary"); }

void Catalogue::set_vocabulary(const std::string& text) {
  impl_->set_meta("vocabulary", text);
  impl_->vocabulary = facts::vocabulary_from_text(text);
}

Seq Catalogue::applied() const { return impl_->meta_integer("journal").value_or(0); }
void Catalogue::pass_over(Seq seq) { impl_->set_applied(seq); }

bool Catalogue::belongs() const {
  // One statement: another process may commit its first step between two.
  Statement s = impl_->db.prepare("SELECT a.value, b.value FROM meta a LEFT JOIN meta b ON b.key='journal_line' WHERE a.key='journal'");
  if (!s.step()) return true;  // nothing is catalogued yet
  if (s.is_null(1)) return s.integer(0) == 0;
  try {
    const auto rows = impl_->archive.journal(s.integer(0) - 1, 1);
    return !rows.empty() && rows.front().seq == s.integer(0) && sha256(rows.front().line).view() == s.blob(1);
  } catch (const Error&) {
    return true;  // a damaged row is no other journal; verify names it
  }
}
std::int64_t Catalogue::revision() const { return impl_->meta_integer("revision").value_or(0); }

namespace {

/// One step of catching up: some entries with what was read from them.
struct Step {
  std::vector<Entry> entries;
  std::vector<MailFacts> facts;  ///< of mails; default elsewhere
  std::vector<std::string> damage;  ///< why an original could not be read; "" it could
  std::uint64_t bytes = 0;
};

void read_mails(const Archive& archive, const facts::Vocabulary& vocabulary, Step& step, unsigned threads) {
  step.facts.resize(step.entries.size());
  step.damage.resize(step.entries.size());
  parallel_for(step.entries.size(), threads, [&](std::size_t i) {
    const Entry& entry = step.entries[i];
    if (entry.kind != EntryKind::mail && entry.kind != EntryKind::memo) return;
    try {
      step.facts[i] = mail_facts(archive.original(entry).view(), entry, vocabulary);
    } catch (const DamagedOriginal& error) {
      step.damage[i] = error.what();
    }
  });
}

}  // namespace

void Catalogue::Impl::note_unreadable(const Entry& entry, const std::string& reason, Update& update) {
  ++update.unreadable;
  db.cached("INSERT OR REPLACE INTO unreadable VALUES(?,?,?)").bind(entry.id, Statement::Blob{entry.identity.view()}, reason).run();
}

Update Catalogue::catch_up(Archive& writable, unsigned threads, const std::function<void(std::uint64_t)>& done) {
  return impl_->catch_up(writable, &writable, threads, done);
}

Update Catalogue::derive(unsigned threads, const std::function<void(std::uint64_t)>& done) {
  return impl_->catch_up(impl_->archive, nullptr, threads, done);
}

Update Catalogue::Impl::catch_up(const Archive& from, Archive* numbering, unsigned threads, const std::function<void(std::uint64_t)>& done) {
  Update update;
  const Seq head = from.head();
  const Seq applied = meta_integer("journal").value_or(0);
  revision = meta_integer("revision").value_or(0) + 1;

  std::unordered_map<Seq, std::string> accounts;  // of imports
  const auto account_of = [&](const Entry& entry) -> const std::string& {
    if (accounts.size() > 10'000) accounts.clear();
    const auto [at, added] = accounts.try_emplace(entry.import);
    if (added)
      if (const auto import = from.import_of(entry.import)) at->second = import->account;
    return at->second;
  };
  for (Seq after = applied; after < head;) {
    const std::vector<JournalRow> rows = from.journal(after, rows_a_step);
    if (rows.empty()) break;
    after = rows.back().seq;
    for (const JournalRow& row : rows) {
      const bool decided = row.kind == JournalKind::client || row.kind == JournalKind::annotation || row.kind == JournalKind::fact ||
                           row.kind == JournalKind::unsend || row.kind == JournalKind::erase_plan;
      if (!decided) continue;
      Transaction t(db, "catalogue.decided-row");
      if (row.kind == JournalKind::fact) apply_fact_row(row);
      else if (row.kind == JournalKind::unsend) apply_unsent_row(row);
      else if (row.kind == JournalKind::erase_plan) apply_erase_plan(row);
      else apply_client_row(row);
      t.commit();
    }
  }
  load_book();

  Step step;
  EntryId first_new = 0;
  const auto add = [&](std::size_t i) {
    const Entry& entry = step.entries[i];
    std::string damage = step.damage[i];
    if (entry.kind == EntryKind::mail && damage.empty()) {
      add_mail(entry, account_of(entry), step.facts[i]);
      if (step.facts[i].beyond_limits && update.beyond_limits++ < 10) update.first_beyond_limits.push_back(entry.identity);
    }
    if (entry.kind == EntryKind::memo && damage.empty()) {
      if (step.facts[i].memo) add_memo(entry, account_of(entry), step.facts[i]);
      else damage = tr("it cannot be read as a memo");
    }
    if (entry.kind == EntryKind::media) add_media(entry);
    if (entry.kind == EntryKind::line_export) {
      try {
        add_export(entry, account_of(entry));
      } catch (const DamagedOriginal& error) {
        damage = error.what();
      }
    }
    if (!damage.empty()) note_unreadable(entry, damage, update);
  };
  const auto finish_step = [&] {
    if (step.entries.empty()) return;
    read_mails(from, vocabulary, step, threads);
    Transaction t(db, "catalogue.step");
    for (std::size_t i = 0; i < step.entries.size(); ++i) add(i);
    // Once a step, not once a mail: a machine may give a hundred thousand mails one Message-ID.
    settle_twins();
    settle_conversation_keys();
    // The batch of the last entry may go on in the next step: only what lies before it is surely done.
    set_applied(step.entries.back().batch - 1);
    set_meta("revision", revision);
    t.commit();
    update.entries += step.entries.size();
    if (done) done(update.entries);
    step = {};
  };
  from.entries(applied, [&](const Entry& entry) {
    if (first_new == 0) update.first_entry = first_new = entry.id;
    step.bytes += entry.length;
    step.entries.push_back(entry);
    if (step.entries.size() >= entries_a_step || step.bytes >= bytes_a_step) finish_step();
    return true;
  });
  finish_step();

  // Whatever the index takes in must stay, or revisions would be given twice. This syncs what the steps left, too.
  db.exec("PRAGMA synchronous=FULL");
  Transaction t(db, "catalogue.settle");
  std::vector<std::string> touched;
  settle_talk_accounts();
  for (Statement s = db.prepare("SELECT DISTINCT account FROM export WHERE chat IS NULL "
                                "UNION SELECT account FROM chat WHERE NOT EXISTS (SELECT 1 FROM export WHERE export.chat=chat.id)"); s.step();)
    touched.emplace_back(s.text(0));
  for (const auto& account : touched) group_account(account, first_new, update);
  settle_own(update);
  settle_book();
  settle_memos();
  settle_facts(threads);
  set_applied(head);
  set_meta("revision", revision);
  t.commit();
  allocate_clients(numbering);
  db.exec("PRAGMA synchronous=NORMAL");
  db.release_memory();
  return update;
}

// They become more, never fewer, as long as there is this catalogue.
bool Catalogue::unreadable_noted() const {
  return impl_->db.query_integer("SELECT count(*) FROM unreadable") <= impl_->meta_integer("unreadable_noted").value_or(0);
}
void Catalogue::set_unreadable_noted() {
  impl_->set_meta("unreadable_noted", impl_->db.query_integer("SELECT count(*) FROM unreadable").value_or(0));
}

std::vector<Unreadable> Catalogue::unreadable(std::size_t limit, std::string_view hex_prefix) const {
  std::vector<Unreadable> out;
  const std::string prefix = ascii_lower(hex_prefix);
  for (Statement s = impl_->db.prepare("SELECT entry, identity, reason FROM unreadable ORDER BY entry"); out.size() < limit && s.step();) {
    const auto identity = Sha256::from_bytes(s.blob(1));
    if (identity && identity->hex().starts_with(prefix)) out.push_back({s.integer(0), *identity, std::string(s.text(2))});
  }
  return out;
}

std::function<std::optional<Sha256>()> Catalogue::listed_ids() const {
  const auto ids = std::make_shared<Statement>(impl_->db.prepare("SELECT hash FROM message WHERE shown_as IS NULL ORDER BY hash"));
  return [ids]() -> std::optional<Sha256> {
    if (!ids->step()) return std::nullopt;
    return Sha256::from_bytes(ids->blob(0)).value_or(Sha256{});
  };
}

std::vector<std::string> Catalogue::jobs_after(std::int64_t revision) const {
  std::vector<std::string> jobs;
  Statement s = impl_->db.prepare("SELECT key FROM job WHERE revision>? ORDER BY id");
  for (s.bind(revision); s.step();) jobs.emplace_back(s.text(0));
  s.reset();
  impl_->db.release_memory();
  return jobs;
}

std::vector<Found> Catalogue::find(std::string_view hex_prefix, std::size_t limit) const {
  std::string low = ascii_lower(hex_prefix);
  if (low.empty() || low.size() > 64 || low.find_first_not_of("0123456789abcdef") != std::string::npos) return {};
  std::string high = low;
  low.resize(64, '0');
  high.resize(64, 'f');
  const Sha256 from = *Sha256::from_hex(low), to = *Sha256::from_hex(high);
  Statement s = impl_->db.prepare(
      "SELECT m.hash, m.channel, m.entry, m.offset, m.length, m.sent, coalesce(p.hash, m.hash) "
      "FROM message m LEFT JOIN message p ON p.id=m.shown_as WHERE m.id IN (SELECT id FROM message WHERE hash BETWEEN ?1 AND ?2 "
      "UNION SELECT message FROM message_alias WHERE hash BETWEEN ?1 AND ?2) ORDER BY m.hash LIMIT ?3");
  std::vector<Found> out;
  for (s.bind(Statement::Blob{from.view()}, Statement::Blob{to.view()}, static_cast<std::int64_t>(limit)); s.step();) {
    Found found;
    found.id = *Sha256::from_bytes(s.blob(0));
    found.channel = static_cast<Channel>(s.integer(1));
    found.entry = s.integer(2);
    found.offset = static_cast<std::uint64_t>(s.integer(3));
    found.length = static_cast<std::uint64_t>(s.integer(4));
    found.sent = s.integer(5);
    found.shown_as = *Sha256::from_bytes(s.blob(6));
    out.push_back(found);
  }
  return out;
}

void Catalogue::twins(const std::function<void(const Sha256&, const Sha256&)>& fn) const {
  Statement s = impl_->db.prepare("SELECT p.hash, t.hash FROM message t JOIN message p ON p.id=t.shown_as WHERE t.shown_as IS NOT NULL");
  while (s.step()) fn(*Sha256::from_bytes(s.blob(0)), *Sha256::from_bytes(s.blob(1)));
}

std::optional<Catalogue::Download> Catalogue::download(EntryId entry) const {
  Statement s = impl_->db.prepare("SELECT account, preamble FROM export WHERE entry=?");
  if (!s.bind(entry).step()) return std::nullopt;
  return Download{std::string(s.text(0)), static_cast<std::uint64_t>(s.integer(1))};
}

Catalogue::Neighbours Catalogue::neighbours(const Sha256& id, std::size_t n) const {
  Neighbours out;
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  Statement self = db.prepare("SELECT client, sent, id FROM message WHERE hash=?");
  if (!self.bind(Statement::Blob{id.view()}).step() || self.is_null(0)) return out;
  const std::string client(self.text(0));
  const auto collect = [&](const char* condition, const char* order, std::vector<Sha256>& into) {
    Statement s = db.prepare(fmt::format("SELECT hash FROM message WHERE client=? AND shown_as IS NULL AND NOT (flags & {}) AND (sent, id) {} (?, ?) "
                                         "ORDER BY sent {}, id {} LIMIT ?",
                                         static_cast<unsigned>(flag_spam | flag_trash), condition, order, order));
    for (s.bind(client, self.integer(1), self.integer(2), static_cast<std::int64_t>(n)); s.step();)
      into.push_back(*Sha256::from_bytes(s.blob(0)));
  };
  collect("<", "DESC", out.before);
  std::reverse(out.before.begin(), out.before.end());
  collect(">", "ASC", out.after);
  return out;
}

std::optional<UtcSeconds> Catalogue::newest_download() const {
  return impl_->db.query_integer("SELECT max(downloaded) FROM export");
}

Holdings Catalogue::holdings() const {
  Impl& impl = *impl_;
  Holdings out;
  const Snapshot snapshot(impl.db);
  Statement s = impl.db.prepare(
      "SELECT channel, account, count(*), min(sent), max(sent), count(DISTINCT conversation) FROM message "
      "WHERE shown_as IS NULL GROUP BY channel, account ORDER BY channel, account");
  while (s.step()) {
    Holdings::ChannelRow row;
    row.channel = static_cast<Channel>(s.integer(0));
    row.account = s.text(1);
    row.messages = static_cast<std::uint64_t>(s.integer(2));
    row.first = s.integer(3);
    row.last = s.integer(4);
    row.conversations = static_cast<std::uint64_t>(s.integer(5));
    out.messages += row.messages;
    out.channels.push_back(row);
  }
  Statement fresh = impl.db.prepare("SELECT max(downloaded) FROM export WHERE account=?");
  for (auto& row : out.channels) {
    if (row.channel != Channel::line) continue;
    if (fresh.bind(row.account).step() && !fresh.is_null(0)) row.fresh_until = fresh.integer(0);
  }
  out.hidden = static_cast<std::uint64_t>(
      impl.db.query_integer(fmt::format("SELECT count(*) FROM message WHERE shown_as IS NULL AND flags & {}",
                                        static_cast<unsigned>(flag_spam | flag_trash))).value_or(0));
  out.clients = clients().size();
  for (Statement own = impl.db.prepare("SELECT address FROM address WHERE own=1 ORDER BY address"); own.step();)
    out.own_addresses.emplace_back(own.text(0));
  out.own_addresses_guessed = impl.meta_text("own_given").empty();
  return out;
}

Sha256 Catalogue::fingerprint() const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  Sha256Hasher all;
  all.update("genchi-fingerprint-1\n");
  // A mail held for two accounts counts for both, whichever came first. Asked of the catalogue are the mails, of the
  // archive their accounts: what only one of them has does not count.
  Statement known = db.prepare("SELECT 1 FROM message WHERE hash=?1 AND chat IS NULL UNION ALL SELECT 1 FROM media WHERE digest=?1");
  const auto add = [&](EntryKind kind, const char* before) {
    impl_->archive.accounts_of(kind, [&](const Sha256& identity, std::string_view account) {
      if (!known.bind(Statement::Blob{identity.view()}).step()) return;
      all.update(before).update(identity.hex()).update("\n").update(account).update("\n");
    });
  };
  add(EntryKind::mail, "");
  add(EntryKind::memo, "memo ");
  add(EntryKind::media, "media ");
  std::map<Sha256, Sha256> files;
  attached([&](const Attached& each) { files.emplace(each.message, each.digest); });
  // Chats by what they hold: their keys depend on which download came first.
  std::vector<Sha256> chats;
  Statement rows = db.prepare("SELECT sent, direction, flags, kind, content, nth, hash FROM message JOIN line_row ON message.id=line_row.message WHERE chat=? ORDER BY sent, direction, kind, content, nth, flags");
  for (Statement chat = db.prepare("SELECT id, account FROM chat"); chat.step();) {
    Sha256Hasher one;
    one.update(chat.text(1));
    bool any = false;
    for (rows.bind(chat.integer(0)); rows.step(); any = true) {
      one.update(fmt::format("\n{} {} {} {} {} {}", rows.integer(0), rows.integer(1), rows.integer(2),
                             rows.integer(3), rows.integer(4), rows.integer(5)));
      if (files.empty()) continue;
      if (const auto file = files.find(Sha256::from_bytes(rows.blob(6)).value_or(Sha256{})); file != files.end()) one.update(" " + file->second.hex());
    }
    if (any) chats.push_back(one.finish());
  }
  std::sort(chats.begin(), chats.end());
  for (const auto& chat : chats) all.update(chat.hex()).update("\n");
  return all.finish();
}

}  // namespace genchi::catalogue
