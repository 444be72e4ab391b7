// A thin, throwing wrapper over SQLite: statements that bind and step, transactions that roll back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "genchi/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace genchi {

/// The database is damaged, or is none.
class DamagedDatabase : public Error {
 public:
  DamagedDatabase(const std::string& message, std::filesystem::path file) : Error(message), file_(std::move(file)) {}
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

/// A prepared statement; belongs to its connection and thread. Text and blobs are bound by copy.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(Statement&& o) noexcept : stmt_(std::exchange(o.stmt_, nullptr)) {}
  Statement& operator=(Statement&& o) noexcept;

  /// Binds 1-based parameters in order and resets first: `s.bind(1, "x", nullptr)`.
  template <typename... Args>
  Statement& bind(const Args&... args) {
    reset();
    int i = 0;
    (bind_at(++i, args), ...);
    return *this;
  }
  /// True while there is a row. Throws Error on failure.
  bool step();
  /// Steps to the end: for INSERT and its like.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;  ///< valid until the next step
  std::string_view blob(int column) const;  ///< valid until the next step
  bool is_null(int column) const;
  int type(int column) const;  ///< SQLITE_INTEGER 1, FLOAT 2, TEXT 3, BLOB 4, NULL 5

  void bind_at(int i, std::int64_t value);
  void bind_at(int i, int value) { bind_at(i, static_cast<std::int64_t>(value)); }
  void bind_at(int i, unsigned value) { bind_at(i, static_cast<std::int64_t>(value)); }
  void bind_at(int i, long long value) { bind_at(i, static_cast<std::int64_t>(value)); }
  void bind_at(int i, unsigned long value) { bind_at(i, static_cast<std::int64_t>(value)); }
  void bind_at(int i, bool value) { bind_at(i, static_cast<std::int64_t>(value)); }
  void bind_at(int i, double value);
  void bind_at(int i, std::string_view text);
  void bind_at(int i, const std::string& text) { bind_at(i, std::string_view(text)); }
  void bind_at(int i, const char* text) { bind_at(i, std::string_view(text)); }
  void bind_at(int i, std::nullptr_t);
  struct Blob {
    std::string_view bytes;
  };
  void bind_at(int i, Blob blob);
  template <typename T>
  void bind_at(int i, const std::optional<T>& value) {
    if (value) bind_at(i, *value);
    else bind_at(i, nullptr);
  }

 private:
  sqlite3_stmt* stmt_ = nullptr;
};

/// One connection. Used by one thread at a time.
class Database {
 public:
  /// memory: empty and gone at the end, the path only a name. immutable: a file that nobody writes meanwhile; nothing is
  /// made beside it, and a WAL beside it is not seen.
  enum class Mode { read_only, create, immutable, memory };
  /// Opens or creates (mode 0600). Foreign keys on, busy timeout 30 s. Throws Error naming the file. For reading, also
  /// where nothing can be written: then the file must not be changed meanwhile (from a place where it can).
  Database(const std::filesystem::path& path, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void exec(const char* sql);
  Statement prepare(std::string_view sql) { return Statement(db_, sql); }
  /// The same, prepared once and kept for the next call: for statements that run a million times. One use at a time;
  /// comes reset, and is best reset after a step() that found a row, or it keeps its read transaction open.
  Statement& cached(std::string_view sql);
  std::int64_t last_insert_rowid() const;
  std::int64_t changes() const;
  /// First column of the first row; nullopt if there is none or it is NULL.
  std::optional<std::int64_t> query_integer(std::string_view sql);
  /// Gives back the memory of pages held for speed.
  void release_memory();
  bool in_transaction() const;
  sqlite3* handle() { return db_; }

 private:
  sqlite3* db_ = nullptr;
  std::unordered_map<std::string, Statement> cached_;
};

/// Copies a database as its last commit left it into the new file `to`, while others go on reading and writing it
/// (their WAL only is not emptied meanwhile). `step(done, total)` is told pages now and then; what it throws comes out,
/// and what was written stays. Throws Error.
void copy_database(Database& from, const std::filesystem::path& to,
                   const std::function<void(std::uint64_t done, std::uint64_t total)>& step = {});

/// BEGIN IMMEDIATE … COMMIT; rolled back when it goes out of scope uncommitted. Within another it does nothing: all is
/// committed or rolled back with that one.
class Transaction {
 public:
  /// `place` names the commit as a failpoint: "place.commit", "place.committed".
  explicit Transaction(Database& db, const char* place = "sqlite");
  ~Transaction();
  void commit();

 private:
  Database& db_;
  const char* place_;
  bool open_;
};

/// While it lives, all statements read the state that the first of them found. Within another it does nothing.
class Snapshot {
 public:
  explicit Snapshot(Database& db);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& db_;
  bool open_;
};

}  // namespace genchi
