#include "base/sqlite.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include <exception>

#include "base/failpoint.hpp"
#include "base/files.hpp"
#include "base/memory.hpp"
#include "base/mounts.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {
namespace {

[[noreturn]] void fail(sqlite3* db, int code) {
  const char* file = db ? sqlite3_db_filename(db, "main") : nullptr;
  const std::string name = display_path(file ? file : "?");
  const int primary = code & 0xFF;
  if (primary == SQLITE_FULL || (primary == SQLITE_IOERR && db && sqlite3_system_errno(db) == ENOSPC))
    throw write_error(file ? file : "?", ENOSPC);
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
    throw Error(trf("{} is in use by another process", name), tr("Wait until it has finished and try again."));
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    throw DamagedDatabase(trf("{} is damaged: {}", name, db ? sqlite3_errmsg(db) : sqlite3_errstr(code)), file ? file : "");
  if (primary == SQLITE_IOERR && db && sqlite3_system_errno(db) != 0)
    throw Error(trf("{}: {}", name, errno_text(sqlite3_system_errno(db))));
  throw Error(trf("{}: {}", name, db ? sqlite3_errmsg(db) : sqlite3_errstr(code)));
}

void check(sqlite3* db, int code) {
  if (code != SQLITE_OK) fail(db, code);
}

std::string percent_encoded(std::string_view path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    if (c != '%' && c != '?' && c != '#') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return out;
}

bool is_empty_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 || status.st_size == 0;
}

/// `path` as a URI that says the file does not change.
std::string immutable_uri(const std::filesystem::path& path) {
  return "file:" + percent_encoded(std::filesystem::absolute(path).native()) + "?immutable=1";
}

// To read a database in WAL mode SQLite has to make -shm beside it. Where it cannot, it reads the file as it is if told
// that nobody changes it; and one with a -wal only if a -shm lies there too. A network file system counts as such a place:
// nothing is written there, and what is shared with other machines does not hold.
std::string name_for_reading(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const bool elsewhere = !network_file_system_of(folder).empty();
  if (!elsewhere && ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) == 0) return path.native();
  const std::string name = path.native();
  if (is_empty_file(name + "-wal"))
    return immutable_uri(path);
  if (elsewhere || ::faccessat(AT_FDCWD, (name + "-shm").c_str(), R_OK, AT_EACCESS) != 0)
    throw Error(trf("{} holds changes that cannot be read where it lies", display_path(name + "-wal")),
                tr("Copy the archive to a local disk and open it there."));
  return name;
}

std::string name_to_open(Database::Mode mode, const std::filesystem::path& path) {
  switch (mode) {
    case Database::Mode::memory: return ":memory:";
    case Database::Mode::immutable: return immutable_uri(path);
    case Database::Mode::read_only: return name_for_reading(path);
    case Database::Mode::create: break;
  }
  return path.native();
}

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) {
  check(db, sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &stmt_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(stmt_); }

Statement& Statement::operator=(Statement&& o) noexcept {
  if (this != &o) {
    sqlite3_finalize(stmt_);
    stmt_ = std::exchange(o.stmt_, nullptr);
  }
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(stmt_), code);
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() { sqlite3_reset(stmt_); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(stmt_, column); }
int Statement::type(int column) const { return sqlite3_column_type(stmt_, column); }
double Statement::real(int column) const { return sqlite3_column_double(stmt_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(stmt_, column) == SQLITE_NULL; }

std::string_view Statement::text(int column) const {
  const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(stmt_, column));
  return p ? std::string_view(p, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))) : std::string_view{};
}

std::string_view Statement::blob(int column) const {
  const auto* p = static_cast<const char*>(sqlite3_column_blob(stmt_, column));
  return p ? std::string_view(p, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))) : std::string_view{};
}

void Statement::bind_at(int i, std::int64_t value) { check(sqlite3_db_handle(stmt_), sqlite3_bind_int64(stmt_, i, value)); }
void Statement::bind_at(int i, double value) { check(sqlite3_db_handle(stmt_), sqlite3_bind_double(stmt_, i, value)); }
void Statement::bind_at(int i, std::nullptr_t) { check(sqlite3_db_handle(stmt_), sqlite3_bind_null(stmt_, i)); }

void Statement::bind_at(int i, std::string_view text) {
  check(sqlite3_db_handle(stmt_), sqlite3_bind_text64(stmt_, i, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_at(int i, Blob blob) {
  check(sqlite3_db_handle(stmt_), sqlite3_bind_blob64(stmt_, i, blob.bytes.empty() ? "" : blob.bytes.data(), blob.bytes.size(), SQLITE_TRANSIENT));
}

Database::Database(const std::filesystem::path& path, Mode mode) {
  if (mode == Mode::create) {
    // SQLite gives -wal and -shm the mode of the main file: make that one private first.
    const Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) throw Error(trf("cannot open {}: {}", display_path(path), errno_text(errno)));
  }
  const bool writing = mode == Mode::create || mode == Mode::memory;
  const int flags = writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const std::string name = name_to_open(mode, path);
  const int uri = name != path.native() ? SQLITE_OPEN_URI : 0;
  const int code = sqlite3_open_v2(name.c_str(), &db_, flags | uri | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    const std::string reason = sqlite3_errmsg(db_);
    sqlite3_close(db_);
    db_ = nullptr;
    throw Error(trf("cannot open {}: {}", display_path(path), reason));
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 30'000);
  try {
    exec("PRAGMA foreign_keys=ON");
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

Database::~Database() {
  cached_.clear();
  sqlite3_close_v2(db_);
}

Statement& Database::cached(std::string_view sql) {
  if (const auto known = cached_.find(std::string(sql)); known != cached_.end()) {
    known->second.reset();
    return known->second;
  }
  return cached_.emplace(std::string(sql), prepare(sql)).first->second;
}

void Database::exec(const char* sql) { check(db_, sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }

std::int64_t Database::last_insert_rowid() const { return sqlite3_last_insert_rowid(db_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
std::int64_t Database::changes() const { return sqlite3_changes64(db_); }

void Database::release_memory() {
  sqlite3_db_release_memory(db_);
  give_back_memory();
}

std::optional<std::int64_t> Database::query_integer(std::string_view sql) {
  Statement s = prepare(sql);
  if (!s.step() || s.is_null(0)) return std::nullopt;
  return s.integer(0);
}

void copy_database(Database& from, const std::filesystem::path& to,
                   const std::function<void(std::uint64_t, std::uint64_t)>& step) {
  constexpr int pages_a_step = 4096;
  Database copy(to, Database::Mode::create);
  // A read transaction pins the state that is copied; without it every commit of a writer would begin the copy anew.
  from.exec("BEGIN");
  from.query_integer("SELECT count(*) FROM sqlite_master");
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", from.handle(), "main");
  int code = backup ? SQLITE_OK : sqlite3_errcode(copy.handle());
  std::exception_ptr stopped;
  while (backup && code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, pages_a_step);
    const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
    try {
      if (step && code == SQLITE_OK) step(total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup)), total);
    } catch (...) {
      stopped = std::current_exception();
      break;
    }
  }
  if (backup) {
    const int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE || code == SQLITE_OK) code = finished;
  }
  from.exec("COMMIT");
  if (stopped) std::rethrow_exception(stopped);
  // Reading and writing fail with the same codes; a full disk shows at the copy, damage at the source.
  if (code != SQLITE_OK) fail((code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB ? from.handle() : copy.handle(), code);
}

Transaction::Transaction(Database& db, const char* place)
    : db_(db), place_(place), open_(!db.in_transaction()) {
  if (open_) db_.exec("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    db_.exec("ROLLBACK");
  } catch (const std::exception&) {
    // SQLite rolls back by itself on a full disk; a second ROLLBACK then has nothing to do.
  }
}

void Transaction::commit() {
  if (!open_) return;
  failpoint(place_, "commit");
  db_.exec("COMMIT");
  open_ = false;
  failpoint(place_, "committed");
}

Snapshot::Snapshot(Database& db) : db_(db), open_(!db.in_transaction()) {
  if (open_) db_.exec("BEGIN");
}

Snapshot::~Snapshot() {
  // Nothing was written, so this cannot fail in a way that matters.
  if (open_) sqlite3_exec(db_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace genchi
