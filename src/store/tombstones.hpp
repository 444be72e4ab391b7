// By what rows of chats that were erased are known when they come in again. src/README.md, "Erasing".
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "importers/line_oa/chats.hpp"

namespace genchi {

/// A row of a chat by what it is known by.
struct RowName {
  bool ours = false;
  UtcSeconds sent = 0;        ///< where `minute`, the beginning of it
  std::uint64_t content = 0;  ///< hash of the normalised content
  bool minute = false;        ///< of a talk
  bool telling = false;       ///< a friend's text of four characters or more
};
RowName row_name(const line::RowKey& key, bool minute);
/// What a chat is called, and the account that this was in; "" not known, or the only one.
struct ChatName {
  std::string name, account;
};

/// What stands in its place tells it from others, in all downloads and talks alike.
std::string mark_of(const Archive& archive, const RowName& row);
/// What a row that goes leaves behind; of a chat that loses rows, its name.
std::vector<std::string> tombstones_left_by(const RowName& row);
std::vector<std::string> tombstones_left_by(const ChatName& chat);
/// What a saved photo or file left behind.
Archive::Tombstone tombstone_of_file(const Sha256& digest);

/// Rows of a download that were erased once, by their numbers, and the chats that they were erased of, by those of their tombstones.
/// A chat is known again by five of its telling rows, by half if it had fewer (to the second), or by its name and one row.
struct ErasedBefore {
  std::vector<std::size_t> rows;
  std::set<std::int64_t> chats;
};
ErasedBefore rows_erased_before(const Archive& archive, const std::vector<RowName>& rows, const ChatName& chat);
/// All that these rows may have left there, for Archive::restore().
std::vector<Archive::Tombstone> tombstones_of(const ErasedBefore& erased, const std::vector<RowName>& rows);

}  // namespace genchi
