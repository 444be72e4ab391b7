// What an Archive is made of; shared by archive.cpp (opening and writing) and reading.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "archive/archive.hpp"
#include "archive/blocks.hpp"
#include "archive/erasing.hpp"
#include "archive/exports.hpp"
#include "archive/journal.hpp"
#include "archive/lock.hpp"
#include "archive/merkle.hpp"
#include "archive/objects.hpp"
#include "archive/pieces.hpp"
#include "base/sqlite.hpp"

namespace genchi {

/// Columns of an entry, and what read_entry() makes of them. Erased ones have no digest and are left out.
inline constexpr const char* entry_columns =
    "SELECT id, batch, import, kind, digest, length, identity, pieces, place_offset, place_length, "
    "place_line, member, "
    "folder, flags, store_time, file_time, reason FROM entry WHERE digest IS NOT NULL AND ";

/// Everything that writes. Its statements see what is not committed yet.
class ArchiveWriter {
 public:
  ArchiveWriter(const std::filesystem::path& folder, WriteLock lock, const BlockReader& blocks);

  Database& db() { return db_; }
  const WriteLock& lock() const { return lock_; }

  Seq begin_import(const SourceFile& file, std::string_view account, Provenance provenance);
  Archive::Added add_mail(const MailItem& item, const Sha256& identity);
  Archive::Added add_export(std::string_view bytes, std::string_view file_name,
                            const std::vector<Archive::ByteRange>& rows,
                            const std::map<std::uint64_t, std::string>& instead);
  Archive::Added add_memo(std::string_view bytes, const Place& place, std::string_view member);
  Archive::Added add_media(std::string_view bytes, std::string_view name, UtcSeconds modified);
  bool add_set_aside(const Problem& problem);
  void suspend_import();
  void end_import(const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size);
  void end_import(Seq begin, const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size);
  Seq append(JournalKind kind, std::string_view payload);
  Seq erase(const Archive::Erasure& what, std::string_view why);
  void set_restoring() { restoring_ = true; }
  bool is_restoring() const { return restoring_; }
  void restore(const std::vector<Archive::Tombstone>& tombstones);
  bool finish_erasing();
  void commit();
  /// Rolls back after an Error. Nothing can be written after it.
  void give_up() noexcept;
  /// Throws Error after give_up().
  void require_usable() const;
  void require_import() const;
  void note_damage(const std::vector<ObjectId>& known, bool replace);
  /// Those of an entry's objects whose bytes cannot be had, or are not those that were stored.
  std::vector<ObjectId> damaged_objects_of(EntryId entry);
  bool has_damage() const { return !damaged_.empty(); }
  std::uint64_t healed() const { return healed_; }

  std::uint64_t pending_bytes() const { return pending_bytes_; }
  std::uint64_t pending_entries() const { return pending_entries_; }

 private:
  struct OpenImport {
    Seq begin = 0;
    std::string source, account;
  };
  /// What is held of the same identity.
  struct Copies {
    bool any = false;
    bool same_place = false;           ///< these bytes at this place
    std::optional<std::string> pieces; ///< of an entry with these bytes
  };

  void begin_transaction();
  Copies copies_of(const Entry& entry);
  /// The entry with this; 0 none.
  EntryId held_from(std::int64_t origin);
  bool is_redacted(const Sha256& digest);
  std::string store_whole(std::string_view bytes, const Sha256& digest);
  Entry new_entry(EntryKind kind, std::string_view bytes) const;
  void insert(const Entry& entry, std::string_view pieces, std::string_view secret, const Sha256& leaf,
              std::optional<std::int64_t> origin);
  void seal_batch();
  /// What is known by its bytes alone, of a kind that came with a feature.
  Archive::Added add_featured(Entry entry, std::string_view bytes, std::string_view feature, bool& has_feature);
  void add_feature(std::string_view name);

  // healing.cpp
  /// Sees to it that the entries made of these pieces can be read: what of them is damaged is stored again from `bytes`,
  /// which have the entry's digest. Returns the pieces, changed if need be. `rows` of an export.
  std::string heal(const Entry& entry, std::string_view bytes, std::string packed,
                   const std::vector<Archive::ByteRange>* rows = nullptr);
  void store_damaged_again(std::string_view bytes, const std::vector<Piece>& pieces);
  std::string store_anew(const Entry& entry, std::string_view bytes, const std::vector<Piece>& pieces,
                         const std::vector<Archive::ByteRange>* rows);
  bool is_damaged(const std::vector<Piece>& pieces) const;

  // erasing.cpp
  struct Doomed;
  struct Plan;
  bool was_erased(const std::string& of);
  void take_entries(const Archive::Erasure& what, Plan& plan, Doomed& doomed);
  void take_imports(const std::vector<Seq>& imports, const std::vector<std::string>& digests, Plan& plan);
  void take_payloads(const std::vector<Seq>& payloads, Plan& plan);
  void make_erasing_tables();
  void note_left_out(EntryId entry, const HeldExport& held);
  void put_tombstones(std::vector<Archive::Tombstone> tombstones, Plan& plan);
  std::vector<Piece> redact(EntryId entry, const std::vector<const Archive::RowErasure*>& rows, Doomed& doomed);
  void spare_what_is_needed(Doomed& doomed);
  void rewrite_blocks(const Doomed& doomed);

  std::filesystem::path folder_;
  WriteLock lock_;
  Database db_;
  JournalWriter journal_;
  const BlockReader& blocks_;
  ObjectStore objects_;
  std::unordered_set<ObjectId> damaged_; // before exports_, which looks into it
  std::unordered_set<EntryId> redacted_;
  ExportStore exports_;
  Statement find_copies_, find_origin_, insert_entry_;
  std::optional<Transaction> transaction_; // after db_ and the statements: it ends before they do
  std::optional<OpenImport> import_;
  EntryId next_entry_ = 1;
  bool has_memos_ = false, has_media_ = false;
  bool has_tombstones_ = false, restoring_ = false;
  std::vector<Archive::Tombstone> restored_; ///< of what came in again and has tombstones that have to go
  EntryId batch_first_ = 0;
  MerkleBuilder batch_;
  std::uint64_t pending_bytes_ = 0, pending_entries_ = 0;
  std::uint64_t healed_ = 0;
  bool given_up_ = false;
};

struct Archive::Impl {
  Impl(std::filesystem::path archive_folder, std::optional<WriteLock> lock);

  ArchiveWriter& writing();
  /// Runs a writing step; an Error ends writing for good.
  template <typename Step> auto write(Step step) {
    ArchiveWriter& w = writing();
    try {
      return step(w);
    } catch (...) {
      w.give_up();
      throw;
    }
  }
  /// Sees what is not committed, when there is such.
  Database& newest() { return writer ? writer->db() : reader; }
  bool holds(const Sha256& identity, EntryKind kind);
  std::shared_ptr<const Redaction> redaction_of(EntryId entry);
  /// Makes an entry of a row of entry_columns.
  Entry read_entry(const Statement& row, Statement& find);

  std::filesystem::path folder;
  BlockReader blocks;
  std::unique_ptr<ArchiveWriter> writer;
  // Closed before the writer's: the last connection to close empties the WAL into archive.db, if it may
  // write.
  Database reader;
};

} // namespace genchi
