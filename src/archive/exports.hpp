// LINE exports as pieces. A download repeats nearly all rows of the one before: those are found among held
// rows, and only what is new is stored.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "archive/archive.hpp"
#include "archive/objects.hpp"
#include "archive/pieces.hpp"
#include "base/sqlite.hpp"

namespace genchi {

/// A stretch of an export: a row, or what is between rows.
struct Segment {
  std::uint64_t offset = 0;
  Cut cut;
  std::uint64_t key = 0; ///< a row, or a part of a long one: the first 8 bytes of its SHA-256; else 0
};

/// An export divided, and its Merkle root over the rows.
struct DividedExport {
  std::vector<Segment> segments;
  std::uint64_t rows = 0;
  Sha256 rows_root;
};
/// Empty ranges are no rows. Throws std::invalid_argument if `rows` overlap, descend or go beyond the end.
DividedExport divide_export(std::string_view bytes, const std::vector<Archive::ByteRange>& rows,
                            std::string_view secret);

/// A row as the leaf of its export is made with it.
struct RowLeaf {
  std::uint64_t row = 0;            ///< from 0
  std::uint64_t begin = 0, end = 0; ///< in the export as it came in
  Archive::ByteRange held;          ///< in what is held of it now
  bool erased = false;              ///< then `digest` and `text` are empty
  Sha256 digest;                    ///< of its bytes
  std::string text;                 ///< genchi-row-1
  Sha256 leaf;                      ///< the hash of that text
};
/// All rows in their order. `bytes` and `rows` are what is held now, `erased` those in whose places others stand.
void each_row_leaf(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, std::string_view secret,
                   const std::vector<ErasedRow>& erased, const std::function<void(RowLeaf&&)>& fn);

/// What the leaf of an export is made with, of one whose rows were partly erased: `bytes` and `rows` are what is held now.
struct RowsRoot {
  std::uint64_t rows = 0;
  Sha256 root;
};
RowsRoot root_of_rows(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, std::string_view secret,
                      const std::vector<ErasedRow>& erased);

/// An export in which other rows stand in the places of some.
struct HeldExport {
  std::string bytes;
  std::vector<Archive::ByteRange> rows;
  std::vector<ErasedRow> erased;
};
/// `instead`: what stands for which row, by its number; not empty. Throws std::invalid_argument as divide_export().
HeldExport without_rows(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, const std::map<std::uint64_t, std::string>& instead, std::string_view secret);

/// The byte ranges of the rows in an export made of these pieces, from the cuts of its objects. Throws Error.
std::vector<Archive::ByteRange> rows_in(Database& db, const std::vector<Piece>& pieces);

/// How held rows are found again: the table held_row has, by hash, every first row of a stored stretch and
/// one in eight of the others. From a hit the match is grown in both directions by comparing bytes. So the
/// table has about 4 bytes a row, and a stretch of fewer than eight rows may be stored twice when the rows
/// before it are missing.
class ExportStore {
 public:
  /// Rows in objects of `damaged` do not count as held.
  ExportStore(Database& db, ObjectStore& objects, const std::unordered_set<ObjectId>& damaged);
  /// Stores what is not held, and returns what the file is made of. The file has been rebuilt from it and
  /// compared.
  std::vector<Piece> add(std::string_view bytes, const Sha256& digest, const std::vector<Segment>& segments);

 private:
  struct Match {
    std::size_t begin = 0, end = 0; ///< segments
    Piece piece;
  };
  struct NewRun;

  std::vector<Match> find_matches(std::string_view bytes, const std::vector<Segment>& segments);
  std::optional<Match> match_at(std::string_view bytes, const std::vector<Segment>& segments, std::size_t at,
                                std::size_t floor);
  std::shared_ptr<const HeldObject> load_held(ObjectId id);
  void store_run(NewRun& run);
  void check_rebuilt(std::string_view bytes, const Sha256& digest, const std::vector<Piece>& pieces);

  ObjectStore& objects_;
  const std::unordered_set<ObjectId>& damaged_;
  Statement find_row_, insert_row_;
};

} // namespace genchi
