// Block files: objects/NNNNNN.blk, each a small header and then zstd frames. Only appended to. What a crash
// leaves behind the last committed frame stays there, named by nothing; the next writer goes on after it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "archive/archive.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"

struct ZSTD_CCtx_s;

namespace genchi {

inline constexpr std::uint64_t max_block_file = 1ULL << 30;
/// A block is closed when it holds this much; an object is never divided between blocks.
inline constexpr std::uint32_t block_target = 128 * 1024;
/// Larger originals are divided into objects of this size.
inline constexpr std::uint32_t max_object = 16 * 1024 * 1024;
/// No block decompresses to more: an object of the largest size after one that nearly filled the block.
inline constexpr std::uint32_t max_block_raw = max_object + block_target;

/// A zstd skippable frame (RFC 8878, 3.1.2) that names the format, so that `zstd -d` passes over it.
std::string_view block_file_header();
std::string block_file_name(std::uint32_t file);
/// The number in "000017.blk"; 0 for another name.
std::uint32_t block_file_number(const std::string& name);

struct StoredBlock {
  std::uint32_t file = 0;
  std::uint64_t offset = 0;
  std::uint32_t stored = 0;
  std::uint32_t raw = 0;
};

/// Appends blocks. REQUIRES: the lock is held. Nothing is durable before sync().
class BlockWriter {
 public:
  /// `file` is the newest block file that archive.db names (0: none) and `end` where its last frame ends.
  BlockWriter(std::filesystem::path objects, std::uint32_t file, std::uint64_t end,
              std::uint64_t max_file = max_block_file);
  ~BlockWriter();

  /// Compresses and writes. Throws Error.
  StoredBlock write(std::string_view raw);
  /// Makes all that was written durable, with the name of a new file.
  void sync();
  /// Cuts off what was written since the last sync(), to give the room back. For a batch that cannot be
  /// committed.
  void discard_unsynced() noexcept;

 private:
  void open_for_append();
  bool continue_file(std::uint32_t file, std::uint64_t end);
  void begin_file(std::uint32_t file);

  std::filesystem::path objects_;
  std::uint64_t max_file_;
  std::uint32_t file_;       ///< 0: none yet
  std::uint64_t end_;        ///< of the file
  std::uint64_t synced_ = 0; ///< end_ at the last sync()
  bool new_name_ = false;    ///< the file's name is not durable yet
  Fd fd_;
  std::unique_ptr<ZSTD_CCtx_s, std::size_t (*)(ZSTD_CCtx_s*)> context_;
  std::string compressed_;
};

/// A block that cannot be had as it was written. what() is a sentence naming file and offset, `reason` only why.
class DamagedBlock : public DamagedOriginal {
 public:
  DamagedBlock(const std::string& message, const std::string& hint, std::string why)
      : DamagedOriginal(message, hint), reason(std::move(why)) {}
  std::string reason;
};

/// Reads blocks, from any thread. Each thread keeps the few blocks it read last.
class BlockReader {
 public:
  explicit BlockReader(std::filesystem::path objects);

  /// The decompressed block that `location` lies in. Throws DamagedBlock.
  std::shared_ptr<const std::string> block(const Location& location) const;
  /// Appends bytes [from, from + length) of `location`.
  void read(const Location& location, std::uint64_t from, std::uint64_t length, std::string& out) const;

 private:
  /// -1 if there is no such file. Throws Error.
  int descriptor(std::uint32_t file) const;
  std::shared_ptr<const std::string> load(const Location& location) const;

  std::filesystem::path objects_;
  std::uint64_t id_; ///< distinguishes archives in the threads' caches
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::uint32_t, Fd> files_;
};

} // namespace genchi
