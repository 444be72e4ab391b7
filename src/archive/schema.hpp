// The tables of archive.db. Described for people in src/README.md, "The archive".
#pragma once

#include <string_view>

namespace genchi {

/// Stored in PRAGMA user_version, and in the journal's first row. History:
/// 1  the first (genchi 0.1)
inline constexpr int archive_format = 1;

/// "gnch" in PRAGMA application_id, so that `file` and we know the file for what it is.
inline constexpr int archive_application_id = 0x676E6368;

/// What a reader must understand to read, and a writer to write. Every name in the table `feature` must be
/// here, or the archive is refused; a later change that keeps the format number adds a name instead.
inline constexpr std::string_view archive_features[] = {
    "zstd-blocks",   // objects lie in zstd frames in objects/NNNNNN.blk
    "export-pieces", // LINE exports are lists of pieces, objects carry the cuts of their rows
    "merkle-1",      // leaf texts genchi-leaf-1, genchi-row-1, genchi-export-1, genchi-about-1
};

/// Features that an archive gets when it needs them: a row of kind `archive` in its journal names each.
inline constexpr std::string_view memo_feature = "memos";        // entries of kind 4
inline constexpr std::string_view media_feature = "media";       // entries of kind 5
inline constexpr std::string_view erasing_feature = "erasing-1"; // the tables of erasing_schema
inline constexpr std::string_view erasing_whole_feature = "erasing-2"; // the table of tombstone_schema; entries without a digest

inline constexpr const char* archive_pragmas = R"sql(
  PRAGMA secure_delete=ON;
  PRAGMA synchronous=FULL;
  PRAGMA cache_size=-8192;
  PRAGMA wal_autocheckpoint=8000;
)sql";

// auto_vacuum must be set before the first table. Journal rows can only be appended: REPLACE would not fire
// the DELETE trigger, but it cannot get past the INSERT one.
inline constexpr const char* archive_schema = R"sql(
  CREATE TABLE feature(name TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE journal(seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
  CREATE TRIGGER journal_appends BEFORE INSERT ON journal
    WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_keeps_text BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE payload(seq INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TRIGGER payload_keeps_text BEFORE UPDATE ON payload
    BEGIN SELECT RAISE(ABORT, 'a payload can be erased, not changed'); END;

  CREATE TABLE block(id INTEGER PRIMARY KEY, file INTEGER NOT NULL, offset INTEGER NOT NULL,
                     stored INTEGER NOT NULL, raw INTEGER NOT NULL) STRICT;
  CREATE TABLE object(id INTEGER PRIMARY KEY, block INTEGER NOT NULL, offset INTEGER NOT NULL,
                      length INTEGER NOT NULL, digest BLOB NOT NULL, cuts BLOB) STRICT;
  CREATE TABLE entry(id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, import INTEGER NOT NULL, kind INTEGER NOT NULL,
                     digest BLOB, length INTEGER NOT NULL, identity BLOB, pieces BLOB,
                     place_offset INTEGER NOT NULL, place_length INTEGER NOT NULL, place_line INTEGER NOT NULL,
                     member TEXT, folder TEXT, flags TEXT, store_time INTEGER, file_time INTEGER, reason TEXT,
                     origin INTEGER, secret BLOB, leaf BLOB NOT NULL) STRICT;
  CREATE INDEX entry_by_identity ON entry(substr(identity, 1, 8));
  CREATE INDEX entry_by_origin ON entry(origin) WHERE origin IS NOT NULL;

  CREATE TABLE batch(seq INTEGER PRIMARY KEY, import INTEGER NOT NULL, first INTEGER NOT NULL,
                     last INTEGER NOT NULL) STRICT;
  CREATE TABLE import(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, end_seq INTEGER, end_time INTEGER,
                      source TEXT, kind TEXT, account TEXT, modified INTEGER NOT NULL, digest BLOB, size INTEGER,
                      read INTEGER, fresh INTEGER, known INTEGER, set_aside INTEGER) STRICT;
  CREATE INDEX import_by_kind ON import(kind, end_time);
  CREATE INDEX import_by_digest ON import(substr(digest, 1, 8)) WHERE digest IS NOT NULL;
  CREATE TABLE held_row(hash INTEGER PRIMARY KEY, object INTEGER NOT NULL, cut INTEGER NOT NULL) STRICT;
)sql";

// Made with the feature "erasing-1". `redacted`: what is held of an export since rows of it went; `rows` is in
// archive/redaction.hpp. `erasing`: erase-plan rows that have no erase-done row yet.
inline constexpr const char* erasing_schema = R"sql(
  CREATE TABLE redacted(entry INTEGER PRIMARY KEY, digest BLOB NOT NULL, length INTEGER NOT NULL, rows BLOB NOT NULL) STRICT;
  CREATE TABLE erasing(plan INTEGER PRIMARY KEY) STRICT;
)sql";

// Made with the feature "erasing-2". What was erased and is not to come back: the first 16 bytes of a keyed hash. `chat`: those of
// one chat have one number, 0 for whole originals; `telling`: hardly another chat has such a row.
inline constexpr const char* tombstone_schema = R"sql(
  CREATE TABLE tombstone(hash BLOB NOT NULL, chat INTEGER NOT NULL, telling INTEGER NOT NULL, PRIMARY KEY(hash, chat)) STRICT, WITHOUT ROWID;
  CREATE INDEX tombstone_chat ON tombstone(chat) WHERE telling;
)sql";

// Objects whose bytes were found damaged. Not truth, only what an import has to store again when it comes by; made by the
// writer where it is missing, and no part of the format.
inline constexpr const char* damage_schema = "CREATE TABLE IF NOT EXISTS damaged(object INTEGER PRIMARY KEY) STRICT";

} // namespace genchi
