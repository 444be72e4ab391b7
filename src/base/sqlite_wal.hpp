// Reading SQLite's write-ahead log without SQLite, which passes over damage in it in silence.
#pragma once

#include <cstdint>
#include <filesystem>

namespace genchi {

/// What lies in a "-wal" file (https://www.sqlite.org/fileformat2.html#walformat).
struct WalState {
  std::uint64_t frames = 0;    ///< of the present generation, whole
  std::uint64_t accepted = 0;  ///< up to the last commit that SQLite will take in
  /// Offset of the first damaged frame, if a commit of the same generation is lost by it; else 0.
  std::uint64_t damaged_at = 0;
  bool header_damaged = false; ///< nothing of it is taken in although there are frames
};

/// Looks at the file; all zero if there is none or it is empty. Throws Error if it cannot be read.
WalState check_wal(const std::filesystem::path& wal);

}  // namespace genchi
