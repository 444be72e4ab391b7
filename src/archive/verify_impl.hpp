// The inside of verify_archive(): one check of one archive, in stages that share what they found.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "archive/blocks.hpp"
#include "archive/journal.hpp"
#include "archive/pieces.hpp"
#include "archive/verify.hpp"
#include "base/sqlite.hpp"

namespace genchi {

/// What became known of an object while its block was read.
struct ObjectState {
  bool known = false;         ///< archive.db has it
  bool damaged = false;
  bool used = false;          ///< by an entry
  std::uint64_t identity = 0; ///< first 8 bytes of its identity, were it a mail; of an export's stretch 0
};

/// By id. Ids ascend without gaps; others (damage) cost more.
class ObjectStates {
 public:
  void expect(std::size_t count) { dense_.resize(count + 1); }
  ObjectState& of(std::int64_t id) {
    return id >= 0 && static_cast<std::size_t>(id) < dense_.size() ? dense_[static_cast<std::size_t>(id)] : others_[id];
  }

 private:
  std::vector<ObjectState> dense_;
  std::unordered_map<std::int64_t, ObjectState> others_;
};

/// A batch as its journal row has it.
struct SealedBatch {
  Seq seq = 0;
  Seq import = 0;
  EntryId first = 0, last = -1;
  std::optional<Sha256> root; ///< none: the payload cannot be read, the table `batch` says the rest
};

/// A row of the table `entry`, as it is.
struct EntryRow {
  Entry entry; ///< without locations
  std::optional<std::string> fault; ///< why it is no entry
  std::vector<Piece> pieces;
  std::vector<ErasedRow> erased;
  bool blank = false; ///< nothing but its leaf is left
  std::optional<std::int64_t> origin;
  std::string secret;
  Sha256 leaf;
};

class ArchiveCheck {
 public:
  ArchiveCheck(const std::filesystem::path& folder, const ArchiveVerifyOptions& options, const Report& report);
  ArchiveChecked run();
  ArchiveChecked run_blocks(const std::vector<BlockRange>& blocks);

 private:
  // verify.cpp
  void check_database();
  void check_schema();
  void check_features();
  void stop_if_asked() const;
  /// Runs a stage; what stops it becomes a finding, and the next stage follows.
  template <typename Stage> bool guarded(Area area, Stage stage);
  void damage(Area area, const char* table, std::optional<std::int64_t> row, std::string what);
  static Finding in_database(Area area, const char* table, std::optional<std::int64_t> row, std::string what);

  // verify_journal.cpp
  void check_journal();
  bool may_be_gone(const JournalLine& line);
  void check_payload(const JournalLine& line, std::string_view json);
  void check_import_begin(const JournalLine& line, std::string_view json);
  void check_import_end(const JournalLine& line, std::string_view json);
  void take_batch(const JournalLine& line, std::string_view json);
  void read_erasings();
  void check_tombstones();
  void take_erasing(const JournalLine& line, std::string_view json);
  void check_erasings();
  void check_row_counts();

  // verify_objects.cpp
  struct BlockWork {
    struct Object {
      std::int64_t id = 0;
      std::int64_t offset = 0, length = 0;
      std::string digest, cuts;
      bool has_cuts = false;
      ObjectState state{};
    };
    std::int64_t id = 0;
    Location location;
    bool plausible = true; ///< archive.db has a place for it that can be
    std::vector<Object> objects;
    std::optional<Finding> finding; ///< of the block or of the first bad object in it
  };
  void check_block_files();
  void check_objects(const std::vector<BlockRange>& only = {{INT64_MIN, INT64_MAX}});
  void find_lost_objects();
  void find_strays();
  static BlockWork::Object object_from(const Statement& row);
  void read_objects_of(std::vector<BlockWork>& works);
  void check_blocks(std::vector<BlockWork>& works);
  void check_block(BlockWork& work) const;
  void take_results(BlockWork& work);
  void tell_of_damaged_objects();

  // verify_entries.cpp
  /// An export, or an original in several pieces: what its bytes came to.
  struct Rebuilt {
    bool sound = false;
    std::uint64_t rows = 0;
    Sha256 rows_root;
  };
  struct RebuildWork;
  void rebuild_exports();
  void rebuild(std::vector<RebuildWork>& works);
  void rebuild_one(RebuildWork& work) const;
  void check_entries();
  void check_batch(const SealedBatch& batch, Statement& rows, bool& more, EntryId& next);
  void check_entry(EntryRow& row, const SealedBatch& batch);
  bool check_bytes(EntryRow& row);
  bool check_whole(EntryRow& row, const Piece& piece);
  Sha256 leaf_of(const EntryRow& row) const;
  EntryRow entry_row(const Statement& row);
  std::vector<Location> locations(const std::vector<Piece>& pieces);
  Finding about(const EntryRow& row, std::string what);
  struct ImportNames {
    std::string source, account;
  };
  const ImportNames& import_of(Seq seq);

  std::filesystem::path folder_;
  const ArchiveVerifyOptions& options_;
  const Report& report_;
  ArchiveChecked checked_;
  Database db_;
  BlockReader reader_;

  std::uint64_t import_begins_ = 0;
  std::vector<SealedBatch> batches_;
  std::map<EntryId, std::set<std::uint64_t>> planned_; ///< rows that went, by the journal
  std::set<Seq> unfinished_;                           ///< plans without an end
  std::set<EntryId> whole_;                            ///< originals that went, by the journal
  std::set<Seq> no_payload_, no_import_;               ///< journal rows and imports of which the content went, by the journal
  std::set<std::tuple<std::string, std::int64_t, bool>> tombstones_; ///< in hexadecimal, by the journal
  std::unordered_map<EntryId, std::vector<ErasedRow>> redacted_;

  ObjectStates objects_;
  std::unordered_map<std::uint32_t, std::uint64_t> readable_; ///< bytes of each block file, up to which blocks are read
  std::vector<std::pair<std::int64_t, std::int64_t>> strays_; ///< block and id of objects out of order
  Statement next_object_;
  bool more_objects_ = false;
  std::vector<std::pair<Finding, std::vector<std::int64_t>>> damaged_objects_;
  std::uint64_t more_damaged_ = 0;

  bool checked_entries_ = false;
  std::unordered_map<EntryId, Rebuilt> rebuilt_;
  std::unordered_map<Seq, ImportNames> imports_;
};

} // namespace genchi
