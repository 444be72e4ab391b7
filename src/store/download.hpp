// A LINE download or talk whose rows give way to others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/store.hpp"

namespace genchi {

/// Reads it once; each row is found in no time.
class Download {
 public:
  /// Throws Error, DamagedOriginal.
  Download(Store& store, const Entry& entry);
  ~Download();

  /// The row at this offset, in whose place stands what LINE has there when its sender took it back; `ours`: we did. nullopt:
  /// there is no such row, or who wrote it cannot be told.
  std::optional<Archive::RowErasure> taken_back(std::uint64_t offset, bool ours) const;
  /// … in whose place stands that there was one, and this mark.
  std::optional<Archive::RowErasure> erased(std::uint64_t offset, std::string_view mark) const;

 private:
  struct Parsed;
  std::optional<Archive::RowErasure> row_at(std::uint64_t offset) const;
  std::string_view bytes_of(const Archive::RowErasure& row) const;

  EntryId entry_;
  std::string bytes_;
  std::vector<Archive::ByteRange> ranges_;
  std::unordered_map<std::uint64_t, std::size_t> at_;  ///< offset → number of the row
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace genchi
