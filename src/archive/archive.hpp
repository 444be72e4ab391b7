// The archive: original bytes and a journal of what was done, append-only. Everything else in the folder is
// derived from it. Format, invariants and write order: src/README.md, "The archive".
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/import.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi {

/// Position in the journal; the first row is 1.
using Seq = std::int64_t;
using EntryId = std::int64_t;

/// Kinds of journal rows, stored by these names with '-' for '_'.
enum class JournalKind {
  archive,
  import_begin,
  batch,
  import_end,
  annotation,
  client,
  fact,
  unsend,
  anchor,
  keep,
  erase_plan,
  erase_done,
  restore
};
std::string_view journal_kind_name(JournalKind kind);
std::optional<JournalKind> journal_kind(std::string_view name);

/// A row of the journal as stored. `line` is the JSON whose SHA-256 the next row's `prev` holds.
struct JournalRow {
  Seq seq = 0;
  UtcSeconds time = 0;
  JournalKind kind = JournalKind::archive;
  std::string line;
  std::string payload; ///< JSON; empty if erased
};

/// Where some original bytes lie: enough to read them without the database.
struct Location {
  std::uint32_t file = 0;         ///< block file number
  std::uint64_t block_offset = 0; ///< of the compressed block in it
  std::uint32_t block_stored = 0; ///< compressed bytes
  std::uint32_t block_raw = 0;    ///< decompressed bytes
  std::uint32_t offset = 0;       ///< of the bytes in the decompressed block
  std::uint32_t length = 0;
};

enum class EntryKind { mail = 1, line_export = 2, set_aside = 3, memo = 4, media = 5 };

/// What is held of a LINE export since rows of it were erased: others stand in their places.
struct Redaction {
  Sha256 digest;                   ///< of what is held now
  std::uint64_t length = 0;
  std::vector<std::uint64_t> rows; ///< those that were erased, from 0, ascending
};

/// One original as it came in.
struct Entry {
  EntryId id = 0;
  Seq batch = 0;  ///< journal row that sealed it
  Seq import = 0; ///< its import-begin row
  EntryKind kind = EntryKind::mail;
  Sha256 digest; ///< of its bytes (a LINE export: of the whole file)
  std::uint64_t length = 0;
  Sha256 identity;                 ///< mail: mail::identity(); else = digest
  Place place;                     ///< in the source
  std::string member;              ///< file below a folder source; LINE export: its file name
  MailHints hints;                 ///< mail only
  std::string reason;              ///< set_aside only; English
  std::vector<Location> locations; ///< the bytes, in order (several for large objects and for exports)
  std::shared_ptr<const Redaction> redaction; ///< null: it is held as it came in

  std::uint64_t held_length() const { return redaction ? redaction->length : length; }
  const Sha256& held_digest() const { return redaction ? redaction->digest : digest; }
};

struct RowLeaf; // archive/exports.hpp

/// What one file brought. read = known + fresh + set_aside, always.
struct Counts {
  std::uint64_t read = 0;
  std::uint64_t fresh = 0; ///< "new" in JSON
  std::uint64_t known = 0;
  std::uint64_t set_aside = 0;
};

/// Where originals come from, as people say when they bring them in: whose device or account they were on.
enum class Provenance : std::uint8_t { unsaid, company, official, personal };
/// "company" "official" "private", as in the journal and JSON; "" unsaid.
std::string_view provenance_name(Provenance provenance);
std::optional<Provenance> provenance_from_name(std::string_view name);

/// A finished or broken-off import of one file, from the journal (for `status` and receipts).
struct ImportRecord {
  Seq begin = 0;
  UtcSeconds begun = 0;
  std::optional<Seq> end; ///< none: broken off
  UtcSeconds ended = 0;
  std::string source; ///< SourceFile::name
  SourceKind kind = SourceKind::unknown;
  std::string account; ///< the business's account it was imported for; "" the only one
  std::optional<Sha256> digest;
  std::uint64_t size = 0;
  UtcSeconds modified = 0;
  Provenance provenance = Provenance::unsaid;
  Counts counts;
};

/// The bytes of an original cannot be had as they came in: a block is damaged or missing, or archive.db says something
/// wrong of it. Other failures to read (permission, memory) are plain Errors.
class DamagedOriginal : public Error {
 public:
  using Error::Error;
};

/// One archive folder. One object is used by one thread, but for read(), which any thread may call at any
/// time. Opening for writing takes the lock for the life of the object.
class Archive {
 public:
  enum class Mode { read, write };

  /// Is there an archive (archive.db) in this folder?
  static bool exists(const std::filesystem::path& folder);
  /// Makes the folder (0700) and an empty archive in it, and opens it for writing. Throws Error: no room, not
  /// permitted, a network file system, a folder that holds something else.
  static Archive create(const std::filesystem::path& folder, int lock_wait_seconds = 10);
  /// Throws Error: none there (hint: import makes one), made by a newer genchi (names the unknown feature),
  /// locked by another process for more than `lock_wait_seconds` (LockHeld, names its pid).
  static Archive open(const std::filesystem::path& folder, Mode mode, int lock_wait_seconds = 10);

  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  const std::filesystem::path& folder() const;
  /// Open for writing: does another process wait for it? Any thread.
  bool is_wanted() const;

  // --- Writing. What was added is durable, and visible to readers and to the functions under "Reading", once
  // commit_batch() or end_import() returned; holds_mail() and finished_import() know it at once. After an
  // Error while writing, what was not committed is gone and this object writes no more: open the archive
  // again. ---

  /// Does a call make durable what it did, or leave that to the next commit_batch()? Thousands of small files
  /// are imported with `later` and a commit_batch() about every 4 MiB: two fsyncs for all of them and full
  /// blocks, instead of two fsyncs and a small block each.
  enum class Durable { now, later };

  /// Starts the import of one file: a journal row, durable with the first commit after it. Imports do not
  /// nest.
  Seq begin_import(const SourceFile& file, std::string_view account, Provenance provenance = Provenance::unsaid);
  struct Added {
    bool fresh = false;  ///< nothing with this identity was held
    bool stored = false; ///< an entry was added (a copy from a new place, or another form, adds one too)
    bool erased = false; ///< it was erased once, and so adds nothing: see set_restoring()
    EntryId entry = 0;   ///< of an export: the one stored, or held already
  };
  /// The same bytes at the same place (source, folder, and member but for Maildir's flags) add nothing.
  Added add_mail(const MailItem& item, const Sha256& identity);
  /// Stores a LINE export as pieces over row bytes held already and one new run per stretch that is not.
  /// `rows` are byte ranges of its rows, ascending, in `bytes`, best with their line ends. The file is
  /// rebuilt and its hash checked first. A file held for this account under this name adds nothing.
  /// `instead`: rows, by their numbers, that were erased once; they are never stored, others stand in their places, journalled.
  struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
  };
  Added add_export(std::string_view bytes, std::string_view file_name, const std::vector<ByteRange>& rows,
                   const std::map<std::uint64_t, std::string>& instead = {});
  /// A memo of our own (mail/memo.hpp), known by its bytes: held already, it adds nothing. The first one gives the archive
  /// the feature "memos", with a row of the journal in the same transaction: programs that know no memos refuse it then.
  Added add_memo(std::string_view bytes, const Place& place, std::string_view member);
  /// A saved photo, video or other file that belongs to a LINE message which holds only its place; known by its bytes, with
  /// the feature "media", as memos are. `name`: its file name; `modified`: of the file, 0 unknown.
  Added add_media(std::string_view bytes, std::string_view name, UtcSeconds modified);
  /// False: it was erased once, and so adds nothing.
  bool add_set_aside(const Problem& problem);
  /// Objects whose bytes are damaged: an import that brings them again stores them again. `known` replaces what was noted
  /// before; the other adds those of some entries, which are read for it. Durable at once.
  void note_damage(const std::vector<std::int64_t>& known);
  void note_damage_of(const std::vector<EntryId>& entries);
  /// Writing: is any noted? Then no file may be passed over as known.
  bool has_damage() const;
  /// Reading: was any noted when the archive was opened?
  bool damage_noted() const;
  /// Originals whose damaged bytes were stored again by this object.
  std::uint64_t healed() const;
  /// Bytes and entries added and not yet committed; the caller commits at about 4 MiB or 1,000 entries.
  std::uint64_t pending_bytes() const;
  std::uint64_t pending_entries() const;
  /// Block file written and fsynced, then one transaction: entries, pieces, `batch` row with the Merkle root.
  /// Does nothing if nothing is pending. Throws Error (a full disk: nothing of the batch is held, earlier
  /// ones are).
  void commit_batch();
  /// The rest of the batch, then the import-end row with the receipt, in one transaction.
  void end_import(const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size,
                  Durable durable = Durable::now);
  /// Ends the adding to this import without its receipt, which follows by the other end_import() when the counts are
  /// known: which rows of a LINE download are new shows only when all downloads of a run are in.
  void suspend_import();
  /// The receipt of an import that was suspended. Throws std::logic_error if it has one.
  void end_import(Seq begin, const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size,
                  Durable durable = Durable::now);
  /// A journal row of another kind; `payload` is a JSON object. A random "salt" member is added so that short
  /// payloads cannot be guessed from their hash. Entries pending are sealed by a batch row before it.
  Seq append(JournalKind kind, std::string_view payload, Durable durable = Durable::now);

  /// A row of a LINE export that is to go for good, and what is to stand in its place: a whole row, not empty.
  struct RowErasure {
    EntryId entry = 0;
    std::uint64_t row = 0; ///< of export_rows()
    std::string instead;
  };
  /// Journals that these rows go (kind `erase-plan`, with the members of the JSON object `why`), and takes them out: from then
  /// on no entry holds them, and no function shows them. Their bytes are overwritten by finish_erasing(); those that another
  /// original shares stay for it. Between imports. Throws Error, DamagedOriginal: nothing was erased.
  Seq erase_rows(const std::vector<RowErasure>& rows, std::string_view why) { return erase({rows, {}, {}, {}, {}}, why); }
  /// By what something erased is known when it comes in again: a hash of `of`, with a key of the archive's own, is kept.
  struct Tombstone {
    std::string of;
    std::int64_t chat = 0;   ///< those of one chat have one number; 0: no row of a chat
    bool telling = false;    ///< of a chat: hardly any other has such a row
    auto operator<=>(const Tombstone&) const = default;
  };
  /// What is to go: rows; whole originals, all that the archive says of them, and imports that brought nothing else, by which
  /// they are known, too; contents of journal rows that people wrote (annotation, client, fact, keep).
  struct Erasure {
    std::vector<RowErasure> rows;
    std::vector<EntryId> entries;
    std::vector<Seq> payloads;
    std::vector<Tombstone> tombstones; ///< beside those of `entries`, which are known by their identity
    /// Of `entries`, LINE exports whose bytes may be another's as well: they are known by their file name, too.
    std::vector<EntryId> named;
    bool empty() const { return rows.empty() && entries.empty() && payloads.empty(); }
  };
  /// As erase_rows(). Catalogue and index have to be made anew after it unless only rows went.
  Seq erase(const Erasure& what, std::string_view why);
  /// From now on what was erased once comes in like anything else; its tombstones go with the next commit, journalled.
  void set_restoring();
  bool is_restoring() const;
  /// Takes these tombstones away, journalled (kind `restore`); whether they tell says nothing.
  void restore(const std::vector<Tombstone>& tombstones);
  /// Was an erasing decided on whose bytes may still lie in the folder?
  bool is_erasing() const;
  /// … of whole originals or contents of the journal?
  bool is_erasing_whole() const;
  /// Empties the log of archive.db, overwrites all that nothing names in the block files, and journals `erase-done`. False:
  /// another process reads, so nothing was done; call it again another time. Can be killed anywhere.
  bool finish_erasing();

  /// Gives back memory that only made writing faster. Between batches.
  void release_memory();

  // --- Reading ---

  /// From now on all functions below but holds_mail() and finished_import() show the archive as it is now, whatever others
  /// write. For opening Mode::read.
  void hold_state();

  /// Last journal row.
  Seq head() const;
  /// Journal rows with seq > `after`, ascending, up to `limit`.
  std::vector<JournalRow> journal(Seq after, std::size_t limit = SIZE_MAX) const;
  /// Those of one kind. Time: one look at all lines behind `after`.
  std::vector<JournalRow> journal_of(JournalKind kind, Seq after = 0) const;
  /// Entries sealed by batches with seq > `after`, in (batch, id) order, streamed; stops when `fn` returns
  /// false.
  void entries(Seq after, const std::function<bool(const Entry&)>& fn) const;
  std::optional<Entry> entry(EntryId id) const;
  /// Several entries at once, in the order asked.
  std::vector<Entry> entries_by_id(const std::vector<EntryId>& ids) const;
  /// The original bytes of an entry; they have its digest (Entry::held_digest()). Throws DamagedOriginal (names file and offset).
  /// Any thread; each thread keeps the few blocks it read last.
  std::string read(const Entry& entry) const;
  /// A part of them, not compared with any hash beyond that of the block.
  std::string read(const Entry& entry, std::uint64_t offset, std::uint64_t length) const;
  /// All of them where they may be gigabytes: in memory up to 16 MiB, beyond in a temporary file. Throws as read().
  Spool original(const Entry& entry) const;

  /// Of a LINE export, in order and with the bytes given to add_export(); empty for other entries.
  std::vector<ByteRange> export_rows(const Entry& entry) const;
  /// What its leaf in the batch's Merkle tree is made with (archive/leaf.hpp, archive/merkle.hpp): the
  /// secret, the leaf as stored, and the leaf computed anew from the entry and, for an export, its rows'
  /// bytes.
  struct LeafRecord {
    std::string secret;
    Sha256 stored;
    Sha256 computed;
  };
  LeafRecord leaf(const Entry& entry) const;
  std::string secret(const Entry& entry) const;
  /// The rows of a LINE export as its leaf is made with them, in order.
  void row_leaves(const Entry& entry, const std::function<void(RowLeaf&&)>& fn) const;
  /// The leaves of the entries that a batch row sealed, in their order; none for other rows.
  std::vector<Sha256> batch_leaves(Seq batch) const;
  /// The entries that a batch row sealed: first and last id. nullopt for other rows.
  std::optional<std::pair<EntryId, EntryId>> batch_entries(Seq batch) const;
  /// Has this archive tombstones of rows, that is: of parts of chats?
  bool has_row_tombstones() const;
  /// Chats that have a tombstone of this, by their numbers, and whether it tells one chat from others.
  std::vector<std::pair<std::int64_t, bool>> tombstones_of(std::string_view of) const;
  /// How many tombstones a chat has that tell it from others.
  std::uint64_t telling_tombstones(std::int64_t chat) const;
  /// A hash of this that only who has the archive can check: 12 hexadecimal digits.
  std::string keyed_digits(std::string_view of) const;
  /// Were whole originals, or contents of the journal, erased by rows of the journal after this one?
  bool erased_whole_since(Seq seq) const;
  /// Was this mail, memo or file erased, so that an import would not bring it back? `file_name`: that of an export.
  bool was_erased(const Sha256& identity, std::string_view file_name = {}) const;

  bool holds_mail(const Sha256& identity) const;
  bool holds_memo(const Sha256& identity) const;
  /// The entry of media with these bytes; nullopt if none is held.
  std::optional<Entry> media(const Sha256& digest) const;
  /// The first `limit` entries of one mail, in the order they came in; none if it is not held.
  std::vector<EntryId> mail_entries(const Sha256& identity, std::size_t limit = SIZE_MAX) const;
  /// Every mail or memo with every account it is held for, in the order of identity and account.
  void accounts_of(EntryKind kind, const std::function<void(const Sha256& identity, std::string_view account)>& fn) const;
  /// The finished import of a file with exactly this content (same kind of entry, same account), if any; none while
  /// damage is noted.
  std::optional<ImportRecord> finished_import(const Sha256& file_digest, std::string_view account) const;
  /// How many different originals were set aside.
  std::uint64_t set_aside() const;
  /// All imports, oldest first.
  std::vector<ImportRecord> imports() const;
  std::optional<ImportRecord> import_of(Seq begin) const;
  /// When the last import of files of this kind ended; nullopt if none did.
  std::optional<UtcSeconds> last_import(SourceKind kind) const;

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace genchi
