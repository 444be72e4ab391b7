// Erasing: bytes that must not lie in the folder any more. src/README.md, "Erasing".
#pragma once

#include <cstdint>
#include <filesystem>

#include <string>
#include <string_view>

#include "archive/archive.hpp"
#include "base/sqlite.hpp"

namespace genchi {

/// Overwrites what lies in the block files below `objects` and is named by no block of archive.db `db`: what was moved by an
/// erasing, and what broken-off imports left. It becomes skippable zstd frames of zeros, so a file can still be read from
/// front to end; what is such a frame already is left alone. Durable when it returns. REQUIRES: nobody else writes there.
void wipe_unnamed(Database& db, const std::filesystem::path& objects);

/// Was anything ever erased from this archive.db?
bool has_erasing_tables(Database& db);

/// By what a whole original is known when it comes in again: its identity.
std::string tombstone_text(EntryKind kind, const Sha256& identity);
/// … where equal bytes may be another's: that of a download under this file name.
std::string tombstone_text(EntryKind kind, const Sha256& identity, std::string_view file_name);
/// 16 bytes: a hash of this with the archive's key, which lies in its first journal row. Empty if that cannot be read.
std::string tombstone_hash(Database& db, std::string_view of);
/// Is the table there?
bool has_tombstone_table(Database& db);

/// Can the payload of such a row go with an erasing? What proofs are made of cannot; that of an import only with the import.
bool payload_may_go(JournalKind kind);

/// Bytes of a block file that nothing names and that were not wiped.
std::uint64_t unnamed_bytes(Database& db, const std::filesystem::path& objects, std::uint32_t file);

} // namespace genchi
