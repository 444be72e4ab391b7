#include "store/source_cache.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/sqlite.hpp"
#include "genchi/error.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Raised with every change of the tables or of what is put into them.
constexpr int cache_version = 1;
constexpr int application_id = 0x676E6363;  // "gncc"

// A file changed again within the grain of its time stamps looks the same: 2 seconds on FAT, and our own clock has
// whole seconds.
constexpr UtcSeconds stamp_grain = 3;
// Of a container with more files in it not all receipts are kept, so it is read at every run.
constexpr std::size_t most_sources = 20'000;
// Sources that are gone must not stay for ever; those still there are then read once more.
constexpr UtcSeconds forgotten_after = 400 * 86'400;

// A record of a file in a folder: the beginning of a hash over its name and stamp, and what came of it.
constexpr std::size_t record_bytes = 17;
constexpr std::size_t print_bytes = record_bytes - 1;
constexpr char passed_over_mark = 'p';

// `run` is the session that wrote a row; a run's row has the journal's head at its end.
constexpr const char* schema = R"sql(
CREATE TABLE run(id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, line BLOB NOT NULL, time INTEGER NOT NULL);
CREATE TABLE folder(key BLOB PRIMARY KEY, run INTEGER NOT NULL, records BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE file(key BLOB PRIMARY KEY, run INTEGER NOT NULL, stamp BLOB NOT NULL, sources TEXT NOT NULL, mark BLOB)
  WITHOUT ROWID;
)sql";

template <typename... Numbers>
std::string packed(Numbers... numbers) {
  std::string out;
  (out.append(reinterpret_cast<const char*>(&numbers), sizeof numbers), ...);
  return out;
}

std::string packed(const FileStamp& s) { return packed(s.device, s.inode, s.size, s.modified_ns, s.changed_ns); }

std::string packed(const MailboxMark& m) {
  std::string out = packed(m.size, m.last_offset, m.last_line);
  return out.append(m.head.view()).append(m.tail.view());
}

std::optional<MailboxMark> unpacked_mark(std::string_view blob) {
  MailboxMark m;
  constexpr std::size_t numbers = 3 * sizeof m.size;
  if (blob.size() != numbers + 64) return std::nullopt;
  std::memcpy(&m.size, blob.data(), sizeof m.size);
  std::memcpy(&m.last_offset, blob.data() + sizeof m.size, sizeof m.size);
  std::memcpy(&m.last_line, blob.data() + 2 * sizeof m.size, sizeof m.size);
  m.head = *Sha256::from_bytes(blob.substr(numbers, 32));
  m.tail = *Sha256::from_bytes(blob.substr(numbers + 32));
  return m;
}

SourceKind kind_of(int number) {
  for (const SourceKind kind : {SourceKind::mbox, SourceKind::maildir, SourceKind::eml, SourceKind::line_oa, SourceKind::line_talk})
    if (static_cast<int>(kind) == number) return kind;
  return SourceKind::unknown;
}

std::string sources_text(const std::vector<Held::Source>& sources) {
  json rows = json::array();
  for (const Held::Source& s : sources) {
    json row = json::array({s.below});
    if (!s.passed_over) row.insert(row.end(), {static_cast<int>(s.kind), s.account, s.read, s.digest ? s.digest->hex() : ""});
    rows.push_back(std::move(row));
  }
  return json_text(rows, NotUtf8::replaced);
}

/// nullopt for what no sources_text() wrote.
std::optional<std::vector<Held::Source>> sources_in(std::string_view text) {
  try {
    std::vector<Held::Source> sources;
    const json rows = parse_json(text);
    if (rows.is_discarded()) return std::nullopt;
    for (const json& row : rows) {
      Held::Source s;
      s.below = row.at(0).get<std::string>();
      s.passed_over = row.size() == 1;
      if (!s.passed_over) {
        s.kind = kind_of(row.at(1).get<int>());
        s.account = row.at(2).get<std::string>();
        s.read = row.at(3).get<std::uint64_t>();
        s.digest = Sha256::from_hex(row.at(4).get<std::string>());
      }
      sources.push_back(std::move(s));
    }
    return sources;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

void remove_cache(const fs::path& path) {
  for (const char* suffix : {"", "-journal"}) {
    std::error_code ignored;
    fs::remove(path.native() + suffix, ignored);
  }
}

}  // namespace

struct SourceCache::Impl {
  const Archive& archive;
  std::string account;
  SourceKind as;
  fs::path path;
  std::unique_ptr<Database> db;               // null: there is none to be had
  std::unique_ptr<Transaction> transaction;   // from the first thing remembered on; after db
  std::int64_t run = 1;
  std::optional<std::pair<std::int64_t, bool>> judged;  // the run that was asked for last, and whether it counts

  // The folder whose files are being asked for.
  struct Folder {
    std::string path, role;
    std::string key;
    std::string before;   // records, sorted
    std::string records;  // of this run
    std::size_t found = 0;
  };
  std::optional<Folder> folder;

  /// Does `work`; a cache that fails is thrown away and asked no more.
  template <typename Work>
  void safely(const Work& work) {
    if (!db) return;
    try {
      work();
    } catch (const Error&) {
      give_up();
    }
  }

  void give_up() {
    folder.reset();
    transaction.reset();
    db.reset();
    remove_cache(path);
  }

  void open() {
    db = std::make_unique<Database>(path, Database::Mode::create);
    const auto version = db->query_integer("PRAGMA user_version").value_or(0);
    const bool empty = version == 0 && !db->query_integer("SELECT 1 FROM sqlite_master");
    if (!empty && (version != cache_version * 1000 + importers_version ||
                   db->query_integer("PRAGMA application_id").value_or(0) != application_id))
      throw Error("another version");
    db->exec("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-1024");
    if (empty) {
      Transaction t(*db);
      db->exec(schema);
      db->exec(("PRAGMA application_id=" + std::to_string(application_id) + "; PRAGMA user_version=" +
                std::to_string(cache_version * 1000 + importers_version)).c_str());
      t.commit();
    }
    run = db->query_integer("SELECT max(id) FROM run").value_or(0) + 1;
  }

  void begin() {
    if (!transaction) transaction = std::make_unique<Transaction>(*db);
  }

  /// Does what that run remembered hold for this archive as it is?
  bool counts(std::int64_t id) {
    if (id == run) return true;
    if (judged && judged->first == id) return judged->second;
    bool valid = false;
    Statement& s = db->cached("SELECT seq, line FROM run WHERE id=?");
    if (s.bind(id).step()) {
      const auto rows = archive.journal(s.integer(0) - 1, 1);
      valid = rows.size() == 1 && rows.front().seq == s.integer(0) && sha256(rows.front().line).view() == s.blob(1);
    }
    s.reset();
    judged = {id, valid};
    return valid;
  }

  std::string key_of(std::string_view folder_path, std::string_view role, std::string_view name) const {
    std::string text = account + '\n' + std::to_string(static_cast<int>(as)) + '\n';
    text.append(role).append(1, '\0').append(folder_path).append(1, '/').append(name);
    return std::string(sha256(text).view());
  }

  void leave_folder() {
    if (!folder) return;
    Folder left = std::move(*folder);
    folder.reset();
    if (left.records.size() == left.found * record_bytes && left.records.size() == left.before.size()) return;
    begin();
    db->cached("INSERT OR REPLACE INTO folder VALUES(?,?,?)")
        .bind(Statement::Blob{left.key}, run, Statement::Blob{sorted(left.records)})
        .run();
  }

  static std::string sorted(const std::string& records) {
    std::vector<std::array<char, record_bytes>> list(records.size() / record_bytes);
    std::memcpy(list.data(), records.data(), list.size() * record_bytes);
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return std::memcmp(a.data(), b.data(), record_bytes) < 0; });
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return {list.data()->data(), list.size() * record_bytes};
  }

  void enter_folder(const FileLook& look) {
    if (folder && folder->path == look.folder && folder->role == look.role) return;
    leave_folder();
    std::error_code error;
    const fs::path real = fs::canonical(fs::path(std::string(look.folder)), error);
    Folder entered{std::string(look.folder), std::string(look.role), key_of(error ? look.folder : real.native(), look.role, ""), "", "", 0};
    Statement& s = db->cached("SELECT run, records FROM folder WHERE key=?");
    if (s.bind(Statement::Blob{entered.key}).step() && s.blob(1).size() % record_bytes == 0) {
      entered.before = s.blob(1);
      const std::int64_t id = s.integer(0);
      s.reset();
      if (!counts(id)) entered.before.clear();
    }
    s.reset();
    folder = std::move(entered);
  }

  /// The record of a file with `what` to be filled in.
  static std::string record_of(const FileLook& look) {
    std::string text = packed(look.stamp);
    text.append(look.name);
    return std::string(sha256(text).view().substr(0, print_bytes));
  }

  std::optional<char> record_before(std::string_view print) const {
    const std::string& all = folder->before;
    std::size_t low = 0, high = all.size() / record_bytes;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      const int order = std::memcmp(all.data() + middle * record_bytes, print.data(), print_bytes);
      if (order == 0) return all[middle * record_bytes + print_bytes];
      (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
    }
    return std::nullopt;
  }

  Held find(const FileLook& look) {
    enter_folder(look);
    Held held;
    const std::string print = record_of(look);
    if (const std::optional<char> what = record_before(print)) {
      folder->records.append(print).append(1, *what);
      ++folder->found;
      held.what = *what == passed_over_mark ? Held::What::passed_over : Held::What::group_mail;
      held.group_kind = kind_of(*what);
      return held;
    }
    Statement& s = db->cached("SELECT run, stamp, sources, mark FROM file WHERE key=?");
    if (s.bind(Statement::Blob{file_key(look)}).step()) read_row(s, look, held);
    s.reset();
    return held;
  }

  std::string file_key(const FileLook& look) const {
    return std::string(sha256(folder->key + std::string(look.name)).view());
  }

  void read_row(Statement& s, const FileLook& look, Held& held) {
    if (!counts(s.integer(0))) return;
    const bool same = s.blob(1) == packed(look.stamp);
    const std::optional<MailboxMark> mark = unpacked_mark(s.blob(3));
    const auto same_file = [&] { return s.blob(1).substr(0, 16) == packed(look.stamp).substr(0, 16); };
    if (!same && !(mark && look.stamp.size > mark->size && same_file())) return;
    auto sources = sources_in(s.text(2));
    if (!sources) return;
    held.what = Held::What::sources;
    held.sources = std::move(*sources);
    if (!same) held.mark = mark;
  }

  static bool touched_lately(const FileStamp& stamp) {
    constexpr std::int64_t second = 1'000'000'000;
    return std::max(stamp.modified_ns, stamp.changed_ns) / second > now() - stamp_grain;
  }

  void add_record(const FileLook& look, char what) {
    enter_folder(look);
    if (!touched_lately(look.stamp)) folder->records.append(record_of(look)).append(1, what);
  }

  void remember(const FileLook& look, const std::vector<Held::Source>& sources, const std::optional<MailboxMark>& mark) {
    enter_folder(look);
    if (touched_lately(look.stamp) || sources.size() > most_sources) return;
    const std::string mark_blob = mark ? packed(*mark) : std::string();
    begin();
    db->cached("INSERT OR REPLACE INTO file VALUES(?,?,?,?,?)")
        .bind(Statement::Blob{file_key(look)}, run, Statement::Blob{packed(look.stamp)}, sources_text(sources),
              Statement::Blob{mark_blob})
        .run();
  }

  void forget_old() {
    const UtcSeconds before = now() - forgotten_after;
    Statement old = db->prepare("SELECT 1 FROM run WHERE time<?");
    if (!old.bind(before).step()) return;
    old.reset();
    for (const char* table : {"folder", "file"})
      db->prepare(std::string("DELETE FROM ") + table + " WHERE run IN (SELECT id FROM run WHERE time<?)").bind(before).run();
    db->prepare("DELETE FROM run WHERE time<?").bind(before).run();
  }

  void commit() {
    leave_folder();
    if (!transaction) return;
    const Seq head = archive.head();
    const auto rows = archive.journal(head - 1, 1);
    if (rows.size() != 1) return give_up();
    forget_old();
    db->prepare("INSERT INTO run VALUES(?,?,?,?)").bind(run, head, Statement::Blob{sha256(rows.front().line).view()}, now()).run();
    transaction->commit();
    transaction.reset();
    ++run;
  }
};

SourceCache::SourceCache(const Archive& archive, const std::string& account, SourceKind as)
    : impl_(std::make_unique<Impl>(Impl{archive, account, as, archive.folder() / "cache.db", {}, {}, 1, {}, {}})) {
  for (int attempt = 0; attempt < 2 && !impl_->db; ++attempt) {
    try {
      impl_->open();
    } catch (const Error&) {
      impl_->give_up();
    }
  }
}

SourceCache::~SourceCache() = default;

Held SourceCache::find(const FileLook& look) {
  Held held;
  impl_->safely([&] { held = impl_->find(look); });
  return held;
}

void SourceCache::remember_group_mail(const FileLook& look, SourceKind kind) {
  impl_->safely([&] { impl_->add_record(look, static_cast<char>(kind)); });
}

void SourceCache::remember_passed_over(const FileLook& look) {
  impl_->safely([&] { impl_->add_record(look, passed_over_mark); });
}

void SourceCache::remember(const FileLook& look, const std::vector<Held::Source>& sources,
                           const std::optional<MailboxMark>& mark) {
  impl_->safely([&] { impl_->remember(look, sources, mark); });
}

void SourceCache::leave_folder() {
  impl_->safely([&] { impl_->leave_folder(); });
}

void SourceCache::commit() {
  impl_->safely([&] { impl_->commit(); });
}

}  // namespace genchi
