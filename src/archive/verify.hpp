// Does the archive hold what its journal says? Every row, block, object and original is read and hashed again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "genchi/finding.hpp"

namespace genchi {

struct ArchiveChecked {
  std::uint64_t journal_rows = 0;
  std::uint64_t batches = 0;
  std::uint64_t imports = 0;
  std::uint64_t blocks = 0;
  std::uint64_t block_bytes = 0;     ///< as stored
  std::uint64_t objects = 0;
  std::uint64_t entries = 0;
  std::uint64_t original_bytes = 0;  ///< of entries whose bytes were there and had their hash
  std::uint64_t erasings = 0;        ///< that the journal tells of
  std::uint64_t erased_entries = 0, erased_rows = 0;  ///< whole originals, and rows of LINE downloads
  std::optional<Seq> head;           ///< last journal row; none if archive.db could not be read
  std::optional<Sha256> head_hash;   ///< of its line: kept elsewhere it proves what stood here today
  bool objects_damaged = false;      ///< bytes of a block or object are not what they were
  bool complete = false;             ///< the check came to its end; false: archive.db itself stops it
};

struct ArchiveVerifyOptions {
  unsigned threads = 1;
  /// The identity of a mail (mail::identity), which the archive itself does not know. Any thread.
  std::function<Sha256(std::string_view raw)> mail_identity;
  std::function<void(std::uint64_t bytes)> progress;  ///< stored bytes of blocks read so far; any thread; may be empty
  std::function<bool()> stop;                         ///< asked now and then; true ends with Error(interrupted)
  /// Told of each object whose bytes cannot be had or are other ones; may be empty.
  std::function<void(std::int64_t object)> damaged_object;
};

/// Looks for commits in archive.db-wal that SQLite would pass over without a word; true if there are none. To be called
/// before anything opens archive.db, since closing it removes the log.
bool verify_log(const std::filesystem::path& folder, const Report& report);

/// Checks everything in `archive.db` and `objects/` and goes on after each finding as far as possible. Reads one state
/// of archive.db, whatever is imported meanwhile; takes no lock and writes nothing. Memory: about 16 bytes an object, 100 an
/// export, 64 a batch, and 35 MiB a thread; originals of more than 16 MiB go through a temporary file. Throws Error only when stopped.
ArchiveChecked verify_archive(const std::filesystem::path& folder, const ArchiveVerifyOptions& options, const Report& report);

/// Blocks by their ids, both ends included.
struct BlockRange {
  std::int64_t first = 0, last = -1;
};
/// The small check of a regular run: the whole journal, its tables and the block files as verify_archive() does, but of
/// blocks only these (ascending, apart), and of originals none by themselves. As safe; memory: 16 bytes an object.
ArchiveChecked verify_blocks(const std::filesystem::path& folder, const std::vector<BlockRange>& blocks, const ArchiveVerifyOptions& options, const Report& report);
/// The id of the newest block; 0 if there is none.
std::int64_t last_block(const std::filesystem::path& folder);

/// Stored bytes of all blocks, for a progress display; 0 if archive.db cannot be read.
std::uint64_t bytes_to_verify(const std::filesystem::path& folder);

} // namespace genchi
