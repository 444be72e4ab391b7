// One check of everything in an archive's folder: the originals against the journal, catalogue and index against the
// originals.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "archive/verify.hpp"
#include "catalogue/verify.hpp"
#include "genchi/finding.hpp"
#include "index/verify.hpp"
#include "store/store.hpp"

namespace genchi {

struct VerifyOptions {
  bool full = false;             ///< every passage of the index, too; others write in between, at their wish
  std::size_t most_findings = 100;  ///< told of each area; the rest is counted
  Progress* progress = nullptr;
  Store::Stop stop;
  std::string vocabulary;  ///< as for Store::open
};

struct Verified {
  ArchiveChecked archive;
  catalogue::CatalogueChecked catalogue;
  index::IndexChecked index;
  bool index_files = false;      ///< its files were compared with their hashes
  bool index_messages = false;   ///< and its ids with the catalogue's
  bool index_passages = false;   ///< and its passages with the originals
  std::uint64_t damage = 0, notes = 0;
  std::array<std::uint64_t, 7> untold{};  ///< findings of each Area that were only counted
};

/// Checks the archive in `folder`, and goes on after each finding. Brings catalogue and index up first if they are whole
/// but behind and the lock can be had; repairs nothing else. Works on media that cannot be written. Throws Error if there
/// is no archive, when stopped, or when there is no room for the second catalogue.
Verified verify_store(const std::filesystem::path& folder, const VerifyOptions& options, const Report& report);

}  // namespace genchi
