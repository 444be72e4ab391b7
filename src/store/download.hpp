// A LINE download or talk whose rows give way to others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/tombstones.hpp"

namespace genchi {

/// Reads it once; each row is found in no time.
class Download {
 public:
  /// Throws Error, DamagedOriginal. What a talk leaves open is asked of the catalogue, and of the journal behind it.
  Download(const Archive& archive, const catalogue::Catalogue& catalogue, const Entry& entry);
  ~Download();

  struct Row {
    RowName name;
    std::uint64_t offset = 0;
  };
  /// Those that can be read, in file order.
  std::vector<Row> rows() const;
  ChatName chat() const;
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
  std::string account_;  ///< that it was imported for
  std::string bytes_;
  std::vector<Archive::ByteRange> ranges_;
  std::unordered_map<std::uint64_t, std::size_t> at_;  ///< offset → number of the row
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace genchi
