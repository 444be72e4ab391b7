// Is the catalogue what the originals say? It is made a second time, elsewhere, and every table that an answer can depend
// on is compared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "archive/archive.hpp"
#include "genchi/finding.hpp"

namespace genchi::catalogue {

struct CatalogueChecked {
  std::uint64_t messages = 0;
  std::uint64_t rows = 0;          ///< of all tables, compared
  std::uint64_t unreadable = 0;    ///< originals that could not be read: what follows from them was left out
  bool compared = false;
};

struct CatalogueVerifyOptions {
  unsigned threads = 1;
  std::function<void(std::uint64_t entries)> progress;  ///< may be empty
  std::function<bool()> stop;                           ///< true ends with Error(interrupted)
};

/// Compares catalogue.db with what `archive` gives, by hashes, addresses and keys, not by row numbers. `archive` shows one
/// state (Archive::hold_state). The second catalogue is made in `scratch`, an empty folder, and is as large as the first.
/// Writes nothing else. Throws Error when stopped, or when `scratch` cannot be written.
CatalogueChecked verify_catalogue(const Archive& archive, const std::filesystem::path& scratch, const CatalogueVerifyOptions& options,
                                  const Report& report);

}  // namespace genchi::catalogue
