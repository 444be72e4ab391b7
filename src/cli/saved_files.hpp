// Files that a person saved from LINE, in folders and by name, for `attach`. Names and bytes are strangers'.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"
#include "watch/saved_file.hpp"

namespace genchi::cli {

/// LINE takes files of up to 1 GB.
inline constexpr std::uint64_t most_saved_bytes = std::uint64_t{1} << 30;
inline constexpr std::size_t most_saved_files = 20'000;

struct SavedOnDisk {
  std::filesystem::path path;
  std::string folder, name;            ///< as people read them, safe
  std::uint64_t size = 0;
  UtcSeconds modified = 0;
  watch::Content content;
  std::optional<UtcSeconds> named, taken;
};

struct SavedFiles {
  std::vector<SavedOnDisk> files;      ///< in the order of folders and names
  struct PassedOver {
    std::string path, reason;          ///< translated
  };
  std::vector<PassedOver> passed_over;
};

/// The files named and those in folders named, not those in folders below. A path named may be a link; links and what is no
/// regular file are passed over in folders, as are empty files and those that are too large; names that begin with a dot say
/// nothing. Throws Error: a path does not exist or cannot be read; too many files.
SavedFiles find_saved_files(const std::vector<std::string>& paths);

/// SHA-256 of the bytes as they are now. Throws Error.
Sha256 digest_of(const SavedOnDisk& file);
/// The bytes, if they still have this digest; beyond 16 MiB in a temporary file. Throws Error.
Spool bytes_of(const SavedOnDisk& file, const Sha256& digest);

}  // namespace genchi::cli
