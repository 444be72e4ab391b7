#include "catalogue/verify.hpp"

#include <algorithm>
#include <array>

#include "catalogue/catalogue.hpp"
#include "catalogue/impl.hpp"
#include "catalogue/schema.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::catalogue {
namespace {

namespace fs = std::filesystem;

/// Rows of the catalogue that answers depend on, ordered by what they are known by everywhere.
struct Comparison {
  const char* table;
  std::size_t keys;          ///< the first so many columns name the row
  const char* columns[20];   ///< as people are told, nullptr after the last
  const char* sql;
  enum Names { message, name } names;  ///< what the first key is
  bool more_is_damage;       ///< rows that only the older catalogue has: false where history leaves some behind
};

constexpr Comparison comparisons[] = {
    {"message", 1,
     {"hash", "channel", "account", "direction", "flags", "sent", "zone", "conversation", "client", "entry", "offset", "length", "chat", "kind",
      "shown_as", "copies", "cues", nullptr},
     "SELECT hex(m.hash), m.channel, m.account, m.direction, m.flags, m.sent, m.zone, c.key, m.client, m.entry, m.offset, m.length, ch.key, "
     "m.kind, hex(s.hash), m.copies, m.cues FROM message m LEFT JOIN conversation c ON c.id=m.conversation LEFT JOIN chat ch ON ch.id=m.chat "
     "LEFT JOIN message s ON s.id=m.shown_as ORDER BY m.hash",
     Comparison::message, true},
    {"mail", 1,
     {"hash", "message_id", "root", "subject_group", "is_reply", "has_references", "twin_key", "sent_source", "in_sent", "sent", nullptr},
     "SELECT hex(m.hash), l.message_id, l.root, l.subject_group, l.is_reply, l.has_references, l.twin_key, l.sent_source, l.in_sent, l.sent "
     "FROM message m CROSS JOIN mail l ON l.message=m.id ORDER BY m.hash",
     Comparison::message, true},
    {"participant", 2,
     {"hash", "n", "role", "address", nullptr},
     "SELECT hex(m.hash), p.n, p.role, a.address FROM message m CROSS JOIN participant p ON p.message=m.id LEFT JOIN address a ON a.id=p.address "
     "ORDER BY m.hash, p.n",
     Comparison::message, true},
    {"memo", 1,
     {"hash", "identifier", "given", "download", "supplements", "written", "seconds", "who", "confirmed_by", nullptr},
     "SELECT hex(m.hash), n.identifier, n.given, n.download, n.supplements, n.written, n.seconds, n.who, n.confirmed_by FROM message m CROSS JOIN memo n ON n.message=m.id ORDER BY m.hash",
     Comparison::message, true},
    {"media", 1, {"digest", "entry", "name", "length", nullptr}, "SELECT hex(digest), entry, name, length FROM media ORDER BY digest", Comparison::name, true},
    {"line_row", 1,
     {"hash", "content", "nth", "unsure", nullptr},
     "SELECT hex(m.hash), r.content, r.nth, r.unsure FROM message m CROSS JOIN line_row r ON r.message=m.id ORDER BY m.hash",
     Comparison::message, true},
    {"unsent_row", 3,
     {"hash", "entry", "offset", "words", nullptr},
     "SELECT hex(m.hash), r.entry, r.offset, r.words FROM message m CROSS JOIN unsent_row r ON r.message=m.id ORDER BY m.hash, r.entry, r.offset",
     Comparison::message, true},
    {"unsent_words", 1, {"account", "what", nullptr}, "SELECT account, what FROM unsent_words ORDER BY account", Comparison::name, true},
    {"thread", 1,
     {"message_id", "conversation", nullptr},
     "SELECT t.message_id, c.key FROM thread t LEFT JOIN conversation c ON c.id=t.conversation ORDER BY t.message_id",
     Comparison::name, true},
    {"address", 1, {"address", "domain", "own", nullptr}, "SELECT address, domain, own FROM address ORDER BY address", Comparison::name, true},
    {"name", 2,
     {"identifier", "name", "last", nullptr},
     "SELECT identifier, name, last FROM name WHERE identifier NOT LIKE 'chat:%' OR substr(identifier, 6) IN (SELECT key FROM chat) "
     "ORDER BY identifier, name",
     Comparison::name, true},
    {"export", 1,
     {"entry", "digest", "account", "file_name", "chat_name", "number", "downloaded", "zone", "language", "preamble", "row_count", "first", "last", "rows", "chat", "home", "given", "talk", nullptr},
     "SELECT e.entry, hex(e.digest), e.account, e.file_name, e.chat_name, e.number, e.downloaded, e.zone, e.language, e.preamble, e.row_count, e.first, e.last, e.rows, c.key, e.home, e.given, e.talk "
     "FROM export e LEFT JOIN chat c ON c.id=e.chat ORDER BY e.entry",
     Comparison::name, true},
    {"chat", 1, {"key", "account", "name", "assumed", nullptr}, "SELECT key, account, name, assumed FROM chat ORDER BY key", Comparison::name, true},
    {"chat_alias", 1,
     {"key", "chat", nullptr},
     "SELECT a.key, c.key FROM chat_alias a LEFT JOIN chat c ON c.id=a.chat ORDER BY a.key",
     Comparison::name, true},
    {"message_alias", 1,
     {"hash", "message", nullptr},
     "SELECT hex(a.hash), hex(m.hash) FROM message_alias a LEFT JOIN message m ON m.id=a.message ORDER BY a.hash",
     Comparison::message, true},
    // A row is what all its columns say: of one download several may be told alike but for these.
    {"drift", 11,
     {"entry", "chat", "what", "other", "other_chat", "rows", "first", "last", "was", "now", "examples", nullptr},
     "SELECT d.entry, c.key, d.what, coalesce(d.other, 0), coalesce(o.key, ''), d.rows, d.first, d.last, d.was, d.now, d.examples FROM drift d "
     "LEFT JOIN chat c ON c.id=d.chat LEFT JOIN chat o ON o.id=d.other_chat ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
     Comparison::name, true},
    {"decision", 1, {"seq", "message", "payload", nullptr}, "SELECT seq, hex(message), payload FROM decision ORDER BY seq", Comparison::name, true},
    {"reading", 1, {"message", "reading", nullptr}, "SELECT hex(m.hash), r.reading FROM reading r JOIN message m ON m.id=r.message ORDER BY m.hash", Comparison::message, true},
    {"fact", 1,
     {"message", "sent", "act", "amounts", "dates", "facts", nullptr},
     "SELECT hex(m.hash), f.sent, f.act, f.amounts, f.dates, f.facts FROM fact f JOIN message m ON m.id=f.message ORDER BY m.hash",
     Comparison::message, true},
    {"day", 2,
     {"message", "n", "first", "last", "role", nullptr},
     "SELECT hex(m.hash), d.n, d.first, d.last, d.role FROM day d JOIN message m ON m.id=d.message ORDER BY m.hash, d.n", Comparison::message, true},
    {"ledger", 1,
     {"message", "day", "sent", "nth", "kinds", "blank", "yen", nullptr},
     "SELECT hex(m.hash), l.day, l.sent, l.nth, l.kinds, l.blank, l.yen FROM ledger l JOIN message m ON m.id=l.message ORDER BY m.hash", Comparison::message, true},
    {"deal", 1, {"message", "client", "state", "last", "deal", nullptr}, "SELECT hex(message), client, state, last, deal FROM deal ORDER BY message", Comparison::message, true},
    {"client_number", 1, {"hash", "number", nullptr}, "SELECT hash, number FROM client_number ORDER BY hash", Comparison::name, true},
    // A number stays when its client's messages turn out to be somebody else's.
    {"client", 1, {"identifier", "number", nullptr}, "SELECT identifier, number FROM client ORDER BY identifier", Comparison::name, false},
    {"book", 1, {"seq", "time", "payload", nullptr}, "SELECT seq, time, payload FROM book ORDER BY seq", Comparison::name, true},
    {"member", 1, {"identifier", "head", nullptr}, "SELECT identifier, head FROM member ORDER BY identifier", Comparison::name, true},
    {"annotation", 1, {"seq", "time", "what", "target", "name", "value", "by", nullptr}, "SELECT seq, time, what, target, name, value, by FROM annotation ORDER BY seq", Comparison::name, true},
    {"turn", 1,
     {"client", "side", "why", "since", "moved", "waiting", "last", "answered", "words", "last_words", "last_by", "answered_by", "account", "channel", nullptr},
     "SELECT t.client, t.side, t.why, t.since, t.moved, hex(w.hash), hex(l.hash), hex(a.hash), t.words, t.last_words, t.last_by, t.answered_by, t.account, t.channel FROM turn t "
     "JOIN message w ON w.id=t.waiting JOIN message l ON l.id=t.last LEFT JOIN message a ON a.id=t.answered ORDER BY t.client",
     Comparison::name, true},
    // Months that were emptied and conversations that were joined leave jobs with nothing in them.
    {"job", 1, {"key", nullptr}, "SELECT key FROM job ORDER BY key", Comparison::name, false},
    {"unreadable", 1, {"entry", "identity", nullptr}, "SELECT entry, hex(identity) FROM unreadable ORDER BY entry", Comparison::name, true},
    {"meta", 1, {"key", "value", nullptr}, "SELECT key, value FROM meta WHERE key IN ('version', 'own_given') ORDER BY key", Comparison::name, true},
};

std::string shown(const Statement& row, int column) {
  if (row.is_null(column)) return tr("nothing");
  const std::string text(row.text(column));
  return text.size() > 60 || text.find('\0') != std::string::npos ? trf("{} bytes", text.size()) : "\"" + text + "\"";
}

bool same(const Statement& a, const Statement& b, int column) {
  return a.type(column) == b.type(column) && a.blob(column) == b.blob(column);
}

/// Less than 0: `a` comes first in the order of SQLite.
int compare_keys(const Statement& a, const Statement& b, std::size_t keys) {
  for (int i = 0; i < static_cast<int>(keys); ++i) {
    if (a.type(i) == 1 && b.type(i) == 1) {
      if (a.integer(i) != b.integer(i)) return a.integer(i) < b.integer(i) ? -1 : 1;
    } else if (const int order = a.blob(i).compare(b.blob(i)); order != 0) {
      return order;
    }
  }
  return 0;
}

class CatalogueCheck {
 public:
  CatalogueCheck(const Archive& archive, const CatalogueVerifyOptions& options, const Report& report)
      : archive_(archive), options_(options), report_(report) {}

  CatalogueChecked run(const fs::path& scratch);

 private:
  void stop_if_asked() const {
    if (options_.stop && options_.stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
  }
  void tell(Finding finding) const { report_(std::move(finding)); }
  Finding finding(std::string what) const;
  bool check_database(Database& held);
  bool check_progress(Database& held);
  void compare(Database& held, Database& fresh, const Comparison& c);
  void differs(const Statement& held, const Statement& fresh, const Comparison& c);
  void only_one(const Statement& row, const Comparison& c, bool in_held);
  Finding of_row(const Statement& row, const Comparison& c, std::string what) const;

  const Archive& archive_;
  const CatalogueVerifyOptions& options_;
  const Report& report_;
  CatalogueChecked checked_;
};

Finding CatalogueCheck::finding(std::string what) const {
  Finding f;
  f.area = Area::catalogue;
  f.file = "catalogue.db";
  f.what = std::move(what);
  f.advice = tr("Make it anew: genchi reindex");
  return f;
}

Finding CatalogueCheck::of_row(const Statement& row, const Comparison& c, std::string what) const {
  Finding f = finding(std::move(what));
  f.table = c.table;
  if (c.names == Comparison::message) {
    f.message = row.text(0);
    for (char& digit : f.message) digit = static_cast<char>(digit >= 'A' && digit <= 'F' ? digit + 32 : digit);
  } else {
    f.name = row.text(0);
  }
  if (checked_.unreadable > 0) {
    f.severity = Severity::note;
    f.what += tr(" (this may come from originals that cannot be read)");
  }
  return f;
}

void CatalogueCheck::differs(const Statement& held, const Statement& fresh, const Comparison& c) {
  for (int column = static_cast<int>(c.keys); c.columns[column] != nullptr; ++column) {
    if (same(held, fresh, column)) continue;
    tell(of_row(held, c, trf("{0} is {1}, and should be {2}", c.columns[column], shown(held, column), shown(fresh, column))));
  }
}

void CatalogueCheck::only_one(const Statement& row, const Comparison& c, bool in_held) {
  if (in_held && !c.more_is_damage) return;
  tell(of_row(row, c, in_held ? tr("the originals do not give this row") : tr("the row is missing")));
}

void CatalogueCheck::compare(Database& held_db, Database& fresh_db, const Comparison& c) {
  Statement held = held_db.prepare(c.sql), fresh = fresh_db.prepare(c.sql);
  bool more_held = held.step(), more_fresh = fresh.step();
  while (more_held || more_fresh) {
    const int order = !more_held ? 1 : !more_fresh ? -1 : compare_keys(held, fresh, c.keys);
    if (order == 0) differs(held, fresh, c);
    else only_one(order < 0 ? held : fresh, c, order < 0);
    if (order <= 0) more_held = held.step();
    if (order >= 0) more_fresh = fresh.step();
    if (++checked_.rows % 4096 == 0) stop_if_asked();
  }
}

bool CatalogueCheck::check_database(Database& held) {
  bool whole = true;
  for (Statement s = held.prepare("PRAGMA integrity_check(100)"); s.step();) {
    if (s.text(0) == "ok") continue;
    whole = false;
    tell(finding(trf("SQLite finds: {}", std::string(s.text(0)))));
  }
  Database expected("expected", Database::Mode::memory);
  expected.exec(catalogue_schema);
  constexpr const char* query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name";
  Statement wanted = expected.prepare(query), found = held.prepare(query);
  while (wanted.step()) {
    if (found.step() && found.text(0) == wanted.text(0) && found.text(1) == wanted.text(1)) continue;
    tell(finding(trf("{} is missing or has been altered", std::string(wanted.text(0)))));
    return false;
  }
  return whole;
}

/// Does the catalogue stand where the journal stands?
bool CatalogueCheck::check_progress(Database& held) {
  const Seq applied = held.query_integer("SELECT value FROM meta WHERE key='journal'").value_or(0);
  const Seq head = archive_.head();
  if (applied == head) return true;
  if (applied > head) {
    Finding f = finding(trf("the catalogue was made from {0} journal rows, and the journal has only {1}: archive.db is older than it was "
                            "(put back from a backup?), and what came in after row {1} is missing from it",
                            applied, head));
    f.area = Area::journal;
    f.file = "archive.db";
    f.advice = tr("Put the newer archive.db back if there is one; else import what came since again, and run genchi reindex.");
    tell(std::move(f));
    return false;
  }
  Finding f = finding(trf("the catalogue is {} journal rows behind the archive and was not compared", head - applied));
  f.severity = Severity::note;
  f.advice = tr("It catches up with the next command that may write.");
  tell(std::move(f));
  return false;
}

std::string vocabulary_of(Database& held) {
  Statement s = held.prepare("SELECT value FROM meta WHERE key='vocabulary'");
  return s.step() ? std::string(s.text(0)) : std::string();
}

CatalogueChecked CatalogueCheck::run(const fs::path& scratch) {
  std::unique_ptr<Database> held;
  try {
    held = std::make_unique<Database>(Catalogue::file_in(archive_.folder()), Database::Mode::read_only);
    held->exec("BEGIN");
    checked_.messages = static_cast<std::uint64_t>(std::max<std::int64_t>(0, held->query_integer("SELECT count(*) FROM message").value_or(0)));
    check_database(*held);
    if (!check_progress(*held)) return checked_;
  } catch (const Error& error) {
    if (error.code() == ExitCode::interrupted) throw;
    tell(finding(error.what()));
    return checked_;
  }

  const fs::path file = scratch / "catalogue.db";
  Catalogue fresh(archive_, Catalogue::Mode::write, file);
  fresh.set_vocabulary(vocabulary_of(*held));
  checked_.unreadable = fresh.derive(options_.threads, [&](std::uint64_t entries) {
                               stop_if_asked();
                               if (options_.progress) options_.progress(entries);
                             }).unreadable;
  Database fresh_db(file, Database::Mode::read_only);
  for (const Comparison& c : comparisons) {
    try {
      compare(*held, fresh_db, c);
    } catch (const Error& error) {
      if (error.code() == ExitCode::interrupted) throw;
      tell(finding(error.what()));
    }
    stop_if_asked();
  }
  checked_.compared = true;
  return checked_;
}

}  // namespace

CatalogueChecked verify_catalogue(const Archive& archive, const fs::path& scratch, const CatalogueVerifyOptions& options, const Report& report) {
  return CatalogueCheck(archive, options, report).run(scratch);
}

}  // namespace genchi::catalogue
