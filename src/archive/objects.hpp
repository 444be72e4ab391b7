// Objects: originals, parts of large ones, and runs of LINE rows, packed into blocks. Inside the caller's
// transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/blocks.hpp"
#include "archive/pieces.hpp"
#include "base/sqlite.hpp"
#include "genchi/sha256.hpp"

namespace genchi {

using ObjectId = std::int64_t;

/// An object in memory; `bytes` point into `block`.
struct HeldObject {
  std::shared_ptr<const std::string> block;
  std::string_view bytes;
  std::vector<Cut> cuts;
  std::vector<std::uint32_t> starts; ///< of each cut in `bytes`
};

/// Where an object lies; nullopt if archive.db has no such object. `find` is object_query prepared.
inline constexpr const char* object_query = "SELECT b.file, b.offset, b.stored, b.raw, o.offset, o.length, "
                                            "o.cuts FROM object o JOIN block b ON b.id=o.block "
                                            "WHERE o.id=?";
std::optional<Location> find_object(Statement& find, ObjectId id);

class ObjectStore {
 public:
  ObjectStore(Database& db, const std::filesystem::path& objects, const BlockReader& reader);

  /// The id that the next add() returns.
  ObjectId next_id() const { return next_object_; }
  /// REQUIRES: at most max_object bytes.
  ObjectId add(std::string_view bytes, const Sha256& digest, const std::vector<Cut>& cuts = {});
  /// Stores the bytes of an object again, whose block is damaged. They have its digest.
  void store_again(ObjectId id, std::string_view bytes);
  /// Writes the bytes of a committed block anew, at the end, and has its objects there. The old bytes stay, named by nothing.
  void move_block(std::int64_t block, std::string bytes);
  /// Any object, also one added and not yet committed.
  std::shared_ptr<const HeldObject> load(ObjectId id);

  /// Writes the block that is being filled and makes all blocks durable; archive.db may then be committed.
  void sync();
  /// After a failure; the store cannot be used any more.
  void discard() noexcept { blocks_.discard_unsynced(); }

 private:
  void close_block();
  std::uint64_t place_in_block(std::string_view bytes);
  static BlockWriter writer(Database& db, const std::filesystem::path& objects);

  Database& db_;
  const BlockReader& reader_;
  BlockWriter blocks_;
  Statement insert_block_, insert_object_, move_object_, find_, find_open_;
  std::int64_t open_block_ = 1; ///< id of the block that is being filled
  std::string open_bytes_;
  ObjectId next_object_ = 1;
  std::unordered_map<ObjectId, std::shared_ptr<const HeldObject>> loaded_;
  std::size_t loaded_bytes_ = 0;
};

} // namespace genchi
