#include "archive/exports.hpp"

#include <algorithm>
#include <stdexcept>

#include "archive/merkle.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

/// One row in this many is entered in held_row.
constexpr std::uint64_t sampling = 8;
/// A match in the middle of unknown rows needs this many, or it is a broadcast that other chats hold too.
constexpr std::size_t min_rows = 4;
/// Every week adds a piece. When there are more than `max_pieces`, all but the `kept_pieces` longest are
/// stored again in one run, so that the lists stay short: each row is stored anew about once a year.
constexpr std::size_t max_pieces = 64;
constexpr std::size_t kept_pieces = 32;

bool is_sampled(std::uint64_t key) {
  return key % sampling == 0;
}
/// Keys are SQLite integers.
std::int64_t as_integer(std::uint64_t key) {
  return static_cast<std::int64_t>(key);
}

void add_segments(std::vector<Segment>& segments, std::uint64_t begin, std::uint64_t end, CutKind kind) {
  while (end - begin > max_object) {
    segments.push_back({begin, {max_object, kind == CutKind::row ? CutKind::row_part : kind}, 0});
    begin += max_object;
  }
  if (begin < end) segments.push_back({begin, {static_cast<std::uint32_t>(end - begin), kind}, 0});
}

/// Keys of the row added last: of the whole, or of each part of one longer than an object.
void set_keys(std::vector<Segment>& segments, std::string_view bytes, const Sha256& digest) {
  if (segments.size() < 2 || (segments.end() - 2)->cut.kind != CutKind::row_part) {
    segments.back().key = digest.prefix64();
    return;
  }
  for (auto it = segments.rbegin(); it != segments.rend() && it->key == 0 && it->cut.kind != CutKind::other;
       ++it) {
    it->key = sha256(bytes.substr(it->offset, it->cut.length)).prefix64();
  }
}

bool same(std::string_view bytes, const Segment& segment, const Cut& cut, const char* held) {
  return segment.cut == cut &&
         bytes.compare(segment.offset, cut.length, std::string_view(held, cut.length)) == 0;
}

/// Places of rows in an export, from the cuts of the objects that it is made of.
struct RowPlaces {
  std::vector<Archive::ByteRange> rows;
  std::uint64_t at = 0; ///< in the export
  std::uint64_t row_begin = 0;
  bool inside = false;

  void add(const Cut& cut) {
    if (cut.kind == CutKind::row_part && !inside) {
      row_begin = at;
      inside = true;
    } else if (cut.kind == CutKind::row) {
      const std::uint64_t begin = inside ? row_begin : at;
      rows.push_back({begin, at + cut.length - begin});
      inside = false;
    }
    at += cut.length;
  }
};

} // namespace

DividedExport divide_export(std::string_view bytes, const std::vector<Archive::ByteRange>& rows,
                            std::string_view secret) {
  DividedExport divided;
  MerkleBuilder tree;
  std::uint64_t at = 0;
  for (const Archive::ByteRange& row : rows) {
    if (row.length == 0) continue;
    if (row.offset < at || row.offset > bytes.size() || row.length > bytes.size() - row.offset) {
      throw std::invalid_argument("rows of an export must ascend and lie within it");
    }
    const std::uint64_t end = row.offset + row.length;
    const Sha256 digest = sha256(bytes.substr(row.offset, row.length));
    const Sha256 salt = derived_salt(secret, "row " + std::to_string(tree.count()));
    tree.add(sha256(row_leaf_text(salt, tree.count(), row.offset, end, digest)));
    add_segments(divided.segments, at, row.offset, CutKind::other);
    add_segments(divided.segments, row.offset, end, CutKind::row);
    set_keys(divided.segments, bytes, digest);
    at = end;
  }
  add_segments(divided.segments, at, bytes.size(), CutKind::other);
  divided.rows = tree.count();
  divided.rows_root = tree.root();
  return divided;
}

HeldExport without_rows(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, const std::map<std::uint64_t, std::string>& instead, std::string_view secret) {
  HeldExport held;
  std::uint64_t at = 0, number = 0;
  for (const Archive::ByteRange& row : rows) {
    if (row.length == 0) continue;
    if (row.offset < at || row.offset > bytes.size() || row.length > bytes.size() - row.offset) throw std::invalid_argument("rows of an export must ascend and lie within it");
    const std::string_view text = bytes.substr(row.offset, row.length);
    held.bytes += bytes.substr(at, row.offset - at);
    const auto other = instead.find(number);
    const std::string_view stands = other == instead.end() ? text : std::string_view(other->second);
    if (stands.empty()) throw std::invalid_argument("nothing to stand in the place of a row");
    if (other != instead.end()) {
      const Sha256 salt = derived_salt(secret, "row " + std::to_string(number));
      held.erased.push_back({number, row.length, sha256(row_leaf_text(salt, number, row.offset, row.offset + row.length, sha256(text)))});
    }
    held.rows.push_back({held.bytes.size(), stands.size()});
    held.bytes += stands;
    at = row.offset + row.length;
    ++number;
  }
  held.bytes += bytes.substr(at);
  return held;
}

void each_row_leaf(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, std::string_view secret,
                   const std::vector<ErasedRow>& erased, const std::function<void(RowLeaf&&)>& fn) {
  auto gone = erased.begin();
  std::uint64_t number = 0;
  std::uint64_t added = 0; // to the place in what is held, to have that in the export; wraps around
  for (const Archive::ByteRange& row : rows) {
    RowLeaf leaf;
    leaf.row = number;
    leaf.held = row;
    leaf.begin = row.offset + added;
    leaf.end = leaf.begin + row.length;
    if (gone != erased.end() && gone->row == number) {
      leaf.erased = true;
      leaf.end = leaf.begin + gone->length;
      leaf.leaf = gone->leaf;
      added += gone->length - row.length;
      ++gone;
    } else {
      if (row.offset > bytes.size() || row.length > bytes.size() - row.offset) return;
      leaf.digest = sha256(bytes.substr(row.offset, row.length));
      leaf.text = row_leaf_text(derived_salt(secret, "row " + std::to_string(number)), number, leaf.begin, leaf.end, leaf.digest);
      leaf.leaf = sha256(leaf.text);
    }
    ++number;
    fn(std::move(leaf));
  }
}

RowsRoot root_of_rows(std::string_view bytes, const std::vector<Archive::ByteRange>& rows, std::string_view secret,
                      const std::vector<ErasedRow>& erased) {
  MerkleBuilder tree;
  each_row_leaf(bytes, rows, secret, erased, [&](RowLeaf&& row) { tree.add(row.leaf); });
  return {tree.count(), tree.root()};
}

std::vector<Archive::ByteRange> rows_in(Database& db, const std::vector<Piece>& pieces) {
  RowPlaces places;
  Statement find = db.prepare("SELECT cuts FROM object WHERE id=?");
  for (const Piece& piece : pieces) {
    if (!find.bind(piece.object).step()) {
      throw Error(trf("archive.db is damaged: object {} is missing", piece.object));
    }
    std::uint64_t at = 0;
    for (const Cut& cut : decode_cuts(find.blob(0))) {
      if (at >= piece.offset && at + cut.length <= piece.offset + piece.length) places.add(cut);
      at += cut.length;
    }
  }
  return std::move(places.rows);
}

/// New stretches of one export on their way to objects.
struct ExportStore::NewRun {
  std::string bytes;
  std::vector<Cut> cuts;
  std::vector<std::pair<std::uint64_t, std::size_t>> hints; ///< key of a row, its place in `cuts`
};

ExportStore::ExportStore(Database& db, ObjectStore& objects, const std::unordered_set<ObjectId>& damaged)
    : objects_(objects), damaged_(damaged), find_row_(db.prepare("SELECT object, cut FROM held_row WHERE hash=?")),
      insert_row_(db.prepare("INSERT OR REPLACE INTO held_row(hash, object, cut) VALUES(?, ?, ?)")) {}

std::vector<Piece> ExportStore::add(std::string_view bytes, const Sha256& digest,
                                    const std::vector<Segment>& segments) {
  std::vector<Piece> pieces;
  NewRun run;
  const auto store_new = [&](std::size_t begin, std::size_t end) {
    bool first_row = true;
    for (std::size_t i = begin; i < end; ++i) {
      const Segment& segment = segments[i];
      if (!run.bytes.empty() && run.bytes.size() + segment.cut.length > block_target) store_run(run);
      first_row = first_row || run.bytes.empty();
      if (segment.key != 0 && (first_row || is_sampled(segment.key))) {
        run.hints.emplace_back(segment.key, run.cuts.size());
        first_row = false;
      }
      const bool goes_on = !pieces.empty() && pieces.back().object == objects_.next_id() &&
                           pieces.back().offset + pieces.back().length == run.bytes.size();
      if (!goes_on) pieces.push_back({objects_.next_id(), run.bytes.size(), 0});
      pieces.back().length += segment.cut.length;
      run.bytes.append(bytes.substr(segment.offset, segment.cut.length));
      run.cuts.push_back(segment.cut);
    }
  };

  std::size_t done = 0;
  for (const Match& match : find_matches(bytes, segments)) {
    store_new(done, match.begin);
    pieces.push_back(match.piece);
    done = match.end;
  }
  store_new(done, segments.size());
  store_run(run);
  check_rebuilt(bytes, digest, pieces);
  return pieces;
}

std::vector<ExportStore::Match> ExportStore::find_matches(std::string_view bytes,
                                                          const std::vector<Segment>& segments) {
  std::vector<Match> matches;
  std::size_t floor = 0;
  bool expected =
      true; // at the first row, and right after a match, where the run of another download may begin
  for (std::size_t i = 0; i < segments.size();) {
    const Segment& segment = segments[i];
    if (segment.key != 0 && (expected || is_sampled(segment.key))) {
      if (const std::optional<Match> match = match_at(bytes, segments, i, floor)) {
        matches.push_back(*match);
        floor = i = match->end;
        expected = true;
        continue;
      }
    }
    if (segment.cut.kind != CutKind::other) expected = false;
    ++i;
  }
  if (matches.size() <= max_pieces) return matches;

  std::vector<std::uint64_t> lengths;
  for (const Match& match : matches) lengths.push_back(match.piece.length);
  std::nth_element(lengths.begin(), lengths.begin() + kept_pieces, lengths.end(), std::greater<>());
  const std::uint64_t too_short = lengths[kept_pieces];
  std::erase_if(matches, [&](const Match& match) { return match.piece.length <= too_short; });
  return matches;
}

std::optional<ExportStore::Match> ExportStore::match_at(std::string_view bytes,
                                                        const std::vector<Segment>& segments, std::size_t at,
                                                        std::size_t floor) {
  if (!find_row_.bind(as_integer(segments[at].key)).step()) return std::nullopt;
  const ObjectId id = find_row_.integer(0);
  const auto first_cut = static_cast<std::uint64_t>(find_row_.integer(1));
  find_row_.reset();
  const std::shared_ptr<const HeldObject> held = load_held(id);
  if (!held || first_cut >= held->cuts.size()) return std::nullopt;

  std::uint64_t offset = held->starts[first_cut];
  if (offset > held->bytes.size()) return std::nullopt;
  std::size_t rows = 0;
  std::size_t end = at;
  std::uint64_t held_end = offset;
  for (std::size_t c = first_cut; end < segments.size() && c < held->cuts.size(); ++c, ++end) {
    const Cut& cut = held->cuts[c];
    if (held_end + cut.length > held->bytes.size()) break;
    if (!same(bytes, segments[end], cut, held->bytes.data() + held_end)) break;
    held_end += cut.length;
    rows += cut.kind == CutKind::row;
  }
  if (end == at) return std::nullopt;

  std::size_t begin = at;
  for (std::size_t c = first_cut; begin > floor && c > 0; --c, --begin) {
    const Cut& cut = held->cuts[c - 1];
    if (!same(bytes, segments[begin - 1], cut, held->bytes.data() + offset - cut.length)) break;
    offset -= cut.length;
    rows += cut.kind == CutKind::row;
  }
  const auto is_row = [](const Segment& segment) { return segment.cut.kind != CutKind::other; };
  const auto from = segments.begin() + static_cast<std::ptrdiff_t>(floor);
  const auto to = segments.begin() + static_cast<std::ptrdiff_t>(begin);
  // Looking back over unknown rows costs a step each only until the first: only other stretches can come
  // before it.
  const bool follows = std::none_of(from, to, is_row);
  if (!follows && rows < min_rows && end != segments.size()) return std::nullopt;
  return Match{begin, end, {id, offset, held_end - offset}};
}

/// Null for one whose bytes are damaged or that archive.db has lost: it is stored anew.
std::shared_ptr<const HeldObject> ExportStore::load_held(ObjectId id) {
  if (damaged_.contains(id)) return nullptr;
  try {
    return objects_.load(id);
  } catch (const DamagedOriginal&) {
    return nullptr;
  }
}

void ExportStore::store_run(NewRun& run) {
  if (run.bytes.empty()) return;
  const ObjectId id = objects_.add(run.bytes, sha256(run.bytes), run.cuts);
  for (const auto& [key, cut] : run.hints) insert_row_.bind(as_integer(key), id, cut).run();
  run = {};
}

void ExportStore::check_rebuilt(std::string_view bytes, const Sha256& digest,
                                const std::vector<Piece>& pieces) {
  Sha256Hasher hasher;
  std::uint64_t length = 0;
  for (const Piece& piece : pieces) {
    const std::shared_ptr<const HeldObject> held = objects_.load(piece.object);
    if (piece.offset > held->bytes.size()) break;
    hasher.update(held->bytes.substr(piece.offset, piece.length));
    length += piece.length;
  }
  if (length != bytes.size() || hasher.finish() != digest) {
    throw Error(tr("a LINE download could not be rebuilt from what was stored; it was not added"),
                tr("the archive is as it was before; please report this"));
  }
}

} // namespace genchi
