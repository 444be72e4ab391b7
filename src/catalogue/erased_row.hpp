// What stands in the place of a row that was erased.
#pragma once

#include <string>

#include "archive/archive.hpp"

namespace genchi::catalogue {

/// Tells the row from others, wherever it is held: the same for all downloads and talks, and to be checked only by who has the
/// archive. `content`: hash of its normalised words (line::RowKey).
std::string erased_mark(const Archive& archive, bool ours, UtcSeconds sent, std::uint64_t content);

/// What `erased_mark` is made of, for the archive's tombstones.
std::string row_by_minute(bool ours, UtcSeconds sent, std::uint64_t content);

}  // namespace genchi::catalogue
