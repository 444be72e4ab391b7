// The lines of the journal: how they are made, read and chained.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "archive/archive.hpp"
#include "base/sqlite.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi {

/// What a line says.
struct JournalLine {
  Seq seq = 0;
  UtcSeconds time = 0;
  JournalKind kind = JournalKind::archive;
  Sha256 prev;
  Sha256 payload;
};

/// `{"seq":…,"time":…,"kind":"…","prev":"hex","payload_sha256":"hex"}`, without a line end.
std::string journal_line(const JournalLine& line);
/// Only exactly that form; nullopt for anything else.
std::optional<JournalLine> parse_journal_line(std::string_view text);

/// `json`, an object, with a first member "salt" of 16 random bytes in hexadecimal.
/// REQUIRES: `json` is a JSON object.
std::string salted_payload(std::string_view json);

/// `text` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// `size` bytes from the kernel's random generator.
std::string random_bytes(std::size_t size);

/// Appends rows inside the caller's transaction. Made anew after a rollback, since it remembers the end of
/// the chain.
class JournalWriter {
 public:
  explicit JournalWriter(Database& db);
  Seq append(JournalKind kind, std::string_view json, UtcSeconds time);
  /// Last row, 0 before the first.
  Seq head() const { return head_; }

 private:
  Statement insert_line_, insert_payload_;
  Seq head_ = 0;
  Sha256 prev_; ///< hash of the last line; zeros before the first
};

} // namespace genchi
