// Is a pack what was packed? Needs no archive.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "archive/proof.hpp"
#include "evidence/timestamp.hpp"
#include "store/store.hpp"

namespace genchi::evidence {

struct PackCheck {
  std::vector<std::string> wrong;       ///< translated, a sentence each that names the file; empty: all is as it was packed
  bool reading_copy = false;            ///< with masks, without originals: only that it is whole was checked
  std::uint64_t files = 0, proofs = 0, messages = 0;
  Sha256 digest;                        ///< of tagmanifest-sha256.txt: names the pack
  struct Found {
    Anchor anchor;
    Sha256 digest;                      ///< of its text
    std::vector<Timestamp> stamps;
    std::uint64_t messages = 0;         ///< that it covers
    bool kept = false;                  ///< it is one of those that were kept elsewhere
  };
  std::vector<Found> anchors;           ///< by the rows they cover
};

/// Checks the bag, that the bytes of each message are those that its proof names, and that each proof leads to an anchor in the
/// pack. `certificates`: PEM of authorities; "" none: then who stamped is not checked, nor whether
/// anybody did; else it is wrong if no time stamp covers a message. `kept`: texts of anchors that were kept elsewhere; if there are
/// any, it is wrong if none of these covers a message. Throws Error if `path` is no pack.
PackCheck check_pack(const std::filesystem::path& path, const std::string& certificates, const std::vector<std::string>& kept, const Store::Stop& stop);

}  // namespace genchi::evidence
