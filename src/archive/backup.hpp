// A copy of the truth in another folder, brought up to date while the archive is in use. The copy is an archive itself:
// to restore is to copy it back. At every moment, also after a crash or with a full disk, it is the old state or the
// new one: block files first, then archive.db by rename.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.hpp"

namespace genchi {

struct BackupOptions {
  bool verify = false; ///< read the whole copy again, and copy anew what has gone bad in it
  std::function<bool()> stop;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress; ///< bytes; begins anew with each phase
};

struct BackupReport {
  Seq head = 0;                      ///< last journal row of the copy
  Seq head_before = 0;               ///< 0: there was no copy
  std::uint64_t written = 0;         ///< bytes written to the copy
  std::uint64_t size = 0;            ///< bytes of the copy
  std::uint64_t objects_verified = 0;
  /// Translated sentences naming file and place. Damage in the archive: copied as it is where the copy had nothing
  /// better. In the copy (`verify`): that which copying anew did not mend.
  std::vector<std::string> damaged, damaged_copy;
  std::uint64_t mended = 0;          ///< block files of the copy that were copied anew
};

/// Makes or updates the copy of the archive in `archive` in the folder `target`. Takes no lock on the archive; the copy
/// holds what the last commit before the call left. Only blocks that the copy lacks are read and written, each checked
/// first; archive.db is copied whole when it changed, through $TMPDIR or /var/tmp.
///
/// Throws Error: no archive; `target` inside the archive or the other way round; it holds something else, another
/// archive, or journal rows that this archive does not have; another backup writes to it; a full disk. `target` may be
/// on a network or a FAT file system: modes and fsync of folders are then as good as these can.
/// Memory: a block, and about 100 bytes for each block file.
BackupReport back_up(const std::filesystem::path& archive, const std::filesystem::path& target,
                     const BackupOptions& options = {});

} // namespace genchi
