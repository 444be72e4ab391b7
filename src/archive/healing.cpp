// Originals whose bytes are damaged, and the import that brings them again. Entries, leaves and journal stay: only where
// their bytes lie changes.
#include <algorithm>
#include <map>

#include "archive/impl.hpp"

namespace genchi {

void ArchiveWriter::note_damage(const std::vector<ObjectId>& known, bool replace) {
  begin_transaction();
  if (replace) {
    db_.exec("DELETE FROM damaged");
    damaged_.clear();
  }
  Statement insert = db_.prepare("INSERT OR IGNORE INTO damaged(object) VALUES(?)");
  for (const ObjectId id : known) {
    insert.bind(id).run();
    damaged_.insert(id);
  }
}

std::vector<ObjectId> ArchiveWriter::damaged_objects_of(EntryId entry) {
  std::vector<ObjectId> damaged;
  Statement row = db_.prepare("SELECT pieces FROM entry WHERE id=?");
  if (!row.bind(entry).step()) return damaged;
  std::vector<Piece> pieces;
  try {
    pieces = decode_pieces(row.blob(0));
  } catch (const DamagedOriginal&) {
    return damaged;
  }
  Statement find = db_.prepare(object_query);
  Statement digest = db_.prepare("SELECT digest FROM object WHERE id=?");
  for (const Piece& piece : pieces) {
    if (std::find(damaged.begin(), damaged.end(), piece.object) != damaged.end()) continue;
    bool whole = false;
    const std::optional<Location> location = find_object(find, piece.object);
    std::string bytes;
    try {
      if (location) blocks_.read(*location, 0, location->length, bytes);
      whole = location && digest.bind(piece.object).step() && digest.blob(0) == sha256(bytes).view();
    } catch (const DamagedOriginal&) {
      whole = false;
    }
    if (!whole) damaged.push_back(piece.object);
  }
  return damaged;
}

bool ArchiveWriter::is_damaged(const std::vector<Piece>& pieces) const {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) { return damaged_.contains(piece.object); });
}

std::string ArchiveWriter::heal(const Entry& entry, std::string_view bytes, std::string packed,
                                const std::vector<Archive::ByteRange>* rows) {
  if (damaged_.empty()) return packed;
  std::vector<Piece> pieces;
  bool readable = true;
  try {
    pieces = decode_pieces(packed);
  } catch (const DamagedOriginal&) {
    readable = false;
  }
  if (readable && !is_damaged(pieces)) return packed;
  store_damaged_again(bytes, pieces);
  if (!readable || is_damaged(pieces)) packed = store_anew(entry, bytes, pieces, rows);
  pending_bytes_ += bytes.size();
  ++healed_;
  return packed;
}

/// Damaged objects that lie in `bytes` from end to end go to a new place; all entries that use them are whole again.
void ArchiveWriter::store_damaged_again(std::string_view bytes, const std::vector<Piece>& pieces) {
  struct Gathered {
    std::string bytes;
    std::uint64_t covered = 0;
    std::string digest;
  };
  std::map<ObjectId, Gathered> objects;
  Statement find = db_.prepare("SELECT length, digest FROM object WHERE id=?");
  std::uint64_t at = 0;
  for (const Piece& piece : pieces) {
    const std::uint64_t from = at;
    at += piece.length;
    if (!damaged_.contains(piece.object)) continue;
    const auto [gathered, added] = objects.try_emplace(piece.object);
    if (added && find.bind(piece.object).step() && find.integer(0) >= 0 && find.integer(0) <= std::int64_t{max_object}) {
      gathered->second.bytes.resize(static_cast<std::size_t>(find.integer(0)));
      gathered->second.digest = find.blob(1);
    }
    std::string& object = gathered->second.bytes;
    if (at > bytes.size() || piece.offset > object.size() || piece.length > object.size() - piece.offset) continue;
    object.replace(piece.offset, piece.length, bytes.substr(from, piece.length));
    gathered->second.covered += piece.length;
  }
  find.reset();
  Statement whole = db_.prepare("DELETE FROM damaged WHERE object=?");
  for (const auto& [id, object] : objects) {
    if (object.covered < object.bytes.size() || object.digest != sha256(object.bytes).view()) continue;
    objects_.store_again(id, object.bytes);
    damaged_.erase(id);
    whole.bind(id).run();
  }
}

/// For what only shares a part of a damaged object: the entries of these bytes get pieces of their own.
std::string ArchiveWriter::store_anew(const Entry& entry, std::string_view bytes, const std::vector<Piece>& pieces,
                                      const std::vector<Archive::ByteRange>* rows) {
  std::string packed;
  if (rows == nullptr) {
    packed = store_whole(bytes, entry.digest);
  } else {
    // The rows as they were cut when it came in first: its leaf is made of them.
    std::vector<Archive::ByteRange> held = *rows;
    try {
      if (!pieces.empty()) held = rows_in(db_, pieces);
    } catch (const Error&) {
      // archive.db has lost the cuts: the rows as they are read today.
    }
    packed = encode_pieces(exports_.add(bytes, entry.digest, divide_export(bytes, held, "").segments));
  }
  db_.prepare("UPDATE entry SET pieces=? WHERE substr(identity, 1, 8)=? AND identity=? AND digest=?")
      .bind(Statement::Blob{packed}, Statement::Blob{entry.identity.view().substr(0, 8)}, Statement::Blob{entry.identity.view()},
            Statement::Blob{entry.digest.view()})
      .run();
  return packed;
}

} // namespace genchi
