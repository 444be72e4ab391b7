// Entries: their place in a batch, their bytes, their identity, and their leaf under the batch's root.
#include <algorithm>

#include "archive/exports.hpp"
#include "archive/leaf.hpp"
#include "archive/merkle.hpp"
#include "archive/origin.hpp"
#include "archive/verify_impl.hpp"
#include "base/files.hpp"
#include "base/parallel.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

constexpr const char* row_columns =
    "SELECT id, batch, import, kind, digest, length, identity, pieces, place_offset, place_length, place_line, member, folder, "
    "flags, store_time, file_time, reason, origin, secret, leaf FROM entry ";

/// Originals to be rebuilt are prepared in steps of so many bytes, so that threads keep the blocks they have read.
constexpr std::uint64_t bytes_a_step = 512 << 20;
constexpr std::size_t entries_a_step = 512;

std::string import_again() {
  return tr("Import the file it came from again, or restore the archive from a backup.");
}

std::string place_text(const Place& place) {
  return place.line > 1 ? trf("line {}", place.line) : place.offset > 0 ? trf("byte {}", place.offset) : "";
}

} // namespace

/// An export, or an original of several pieces.
struct ArchiveCheck::RebuildWork {
  EntryRow row;
  std::vector<Location> locations;
  std::vector<Archive::ByteRange> ranges; ///< of an export's rows
  Rebuilt result;
};

EntryRow ArchiveCheck::entry_row(const Statement& s) {
  EntryRow row;
  Entry& entry = row.entry;
  entry.id = s.integer(0);
  entry.batch = s.integer(1);
  entry.import = s.integer(2);
  entry.kind = static_cast<EntryKind>(s.integer(3));
  const auto hash = [&](int column) {
    const auto value = Sha256::from_bytes(s.blob(column));
    if (!value) row.fault = tr("a hash of it has the wrong length");
    return value.value_or(Sha256{});
  };
  entry.digest = hash(4);
  entry.length = static_cast<std::uint64_t>(s.integer(5));
  entry.identity = hash(6);
  try {
    row.pieces = decode_pieces(s.blob(7));
  } catch (const Error&) {
    row.fault = tr("the list of its pieces cannot be read");
  }
  const auto number = [&](int column) { return static_cast<std::uint64_t>(s.integer(column)); };
  entry.place = {number(8), number(9), number(10)};
  entry.member = s.text(11);
  entry.hints.folder = s.text(12);
  entry.hints.flags = s.text(13);
  if (!s.is_null(14)) entry.hints.store_time = s.integer(14);
  entry.hints.file_time = s.integer(15);
  entry.reason = s.text(16);
  if (!s.is_null(17)) row.origin = s.integer(17);
  row.secret = s.blob(18);
  row.leaf = hash(19);
  if (const auto erased = redacted_.find(entry.id); erased != redacted_.end()) {
    row.erased = erased->second;
    Statement& held = db_.cached("SELECT digest, length FROM redacted WHERE entry=?");
    auto redaction = std::make_shared<Redaction>();
    if (held.bind(entry.id).step()) {
      redaction->digest = Sha256::from_bytes(held.blob(0)).value_or(Sha256{});
      redaction->length = static_cast<std::uint64_t>(held.integer(1));
    }
    held.reset();
    entry.redaction = std::move(redaction);
  }
  row.blank = s.integer(5) == 0 && s.integer(8) == 0 && s.integer(9) == 0 && s.integer(10) == 0;
  for (const int column : {4, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18}) row.blank = row.blank && s.is_null(column);
  if (s.integer(3) < 1 || s.integer(3) > 5) row.fault = tr("it is of no kind that there is");
  return row;
}

const ArchiveCheck::ImportNames& ArchiveCheck::import_of(Seq seq) {
  if (imports_.size() > 10'000) imports_.clear();
  const auto [at, added] = imports_.try_emplace(seq);
  if (!added) return at->second;
  Statement& row = db_.cached("SELECT source, account FROM import WHERE seq=?");
  if (row.bind(seq).step()) at->second = {std::string(row.text(0)), std::string(row.text(1))};
  row.reset();
  return at->second;
}

Finding ArchiveCheck::about(const EntryRow& row, std::string what) {
  Finding finding = in_database(Area::originals, "entry", row.entry.id, std::move(what));
  finding.entry = row.entry.id;
  if (row.entry.kind == EntryKind::mail) finding.message = row.entry.identity.hex();
  const std::string& source = import_of(row.entry.import).source;
  const std::string& member = row.entry.member;
  finding.source = member.empty() || source.ends_with(member) ? source : source + "/" + member;
  finding.source_place = place_text(row.entry.place);
  return finding;
}

/// Where pieces lie; those that cannot be are left out.
std::vector<Location> ArchiveCheck::locations(const std::vector<Piece>& pieces) {
  std::vector<Location> out;
  Statement& find = db_.cached(object_query);
  for (const Piece& piece : pieces) {
    std::optional<Location> location = find_object(find, piece.object);
    if (!location || piece.offset > location->length || piece.length > location->length - piece.offset) continue;
    location->offset += static_cast<std::uint32_t>(piece.offset);
    location->length = static_cast<std::uint32_t>(piece.length);
    out.push_back(*location);
  }
  find.reset();
  return out;
}

/// Exports share blocks with the other downloads of their chat: in the order of their first object each block is read
/// seldom more than once.
void ArchiveCheck::rebuild_exports() {
  std::vector<std::pair<std::int64_t, EntryId>> wanted;
  Statement all = db_.prepare("SELECT id, pieces, kind FROM entry WHERE kind=2 OR length>" + std::to_string(max_object));
  while (all.step()) {
    std::int64_t first = 0;
    try {
      if (const auto pieces = decode_pieces(all.blob(1)); !pieces.empty()) first = pieces.front().object;
    } catch (const Error&) {
      continue;  // told of with the entry
    }
    wanted.emplace_back(first, all.integer(0));
  }
  std::sort(wanted.begin(), wanted.end());

  std::vector<RebuildWork> works;
  std::uint64_t bytes = 0;
  Statement one = db_.prepare(std::string(row_columns) + "WHERE id=?");
  for (const auto& [first, id] : wanted) {
    if (!one.bind(id).step()) continue;
    RebuildWork work;
    work.row = entry_row(one);
    const auto damaged = [&](const Piece& piece) { return objects_.of(piece.object).damaged || !objects_.of(piece.object).known; };
    if (work.row.fault || std::any_of(work.row.pieces.begin(), work.row.pieces.end(), damaged)) continue;
    work.locations = locations(work.row.pieces);
    if (work.locations.size() != work.row.pieces.size()) continue;
    if (work.row.entry.kind == EntryKind::line_export) work.ranges = rows_in(db_, work.row.pieces);
    bytes += std::min(work.row.entry.length, bytes_a_step);
    works.push_back(std::move(work));
    if (works.size() < entries_a_step && bytes < bytes_a_step) continue;
    rebuild(works);
    bytes = 0;
  }
  rebuild(works);
}

void ArchiveCheck::rebuild(std::vector<RebuildWork>& works) {
  parallel_for(works.size(), options_.threads, [&](std::size_t i) { rebuild_one(works[i]); });
  for (const RebuildWork& work : works) rebuilt_[work.row.entry.id] = work.result;
  works.clear();
  stop_if_asked();
}

void ArchiveCheck::rebuild_one(RebuildWork& work) const {
  const Entry& entry = work.row.entry;
  try {
    Spool bytes;
    Sha256Hasher hasher;
    std::string part;
    for (const Location& location : work.locations) {
      part.clear();
      reader_.read(location, 0, location.length, part);
      hasher.update(part);
      bytes.append(part);
    }
    if (bytes.size() != entry.held_length() || hasher.finish() != entry.held_digest()) return;
    work.result.sound = true;
    if (entry.kind == EntryKind::mail && options_.mail_identity) work.result.sound = options_.mail_identity(bytes.view()) == entry.identity;
    if (entry.kind != EntryKind::line_export) return;
    if (!work.row.erased.empty()) {
      const RowsRoot rows = root_of_rows(bytes.view(), work.ranges, work.row.secret, work.row.erased);
      work.result.rows = rows.rows;
      work.result.rows_root = rows.root;
      return;
    }
    const DividedExport divided = divide_export(bytes.view(), work.ranges, work.row.secret);
    work.result.rows = divided.rows;
    work.result.rows_root = divided.rows_root;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    work.result.sound = false;
  }
}

void ArchiveCheck::check_entries() {
  Statement rows = db_.prepare(std::string(row_columns) + "ORDER BY id");
  bool more = rows.step();
  EntryId next = 1;
  for (const SealedBatch& batch : batches_) {
    check_batch(batch, rows, more, next);
    stop_if_asked();
  }
  if (more) {
    const EntryId first = rows.integer(0);
    std::int64_t extra = 0;
    for (; more; more = rows.step()) ++extra;
    damage(Area::originals, "entry", first, trf("{} entries from here on belong to no batch of the journal", extra));
  }
  checked_entries_ = true;
}

void ArchiveCheck::check_batch(const SealedBatch& batch, Statement& rows, bool& more, EntryId& next) {
  if (batch.first != next) damage(Area::journal, "journal", batch.seq, trf("the batch begins with entry {} and not with {}", batch.first, next));
  MerkleBuilder stored;
  EntryId id = std::max(batch.first, next);
  const auto present_from = [&](EntryId found) {
    if (found > id) damage(Area::originals, "entry", id, trf("{} entries from here on are missing", found - id));
    id = std::max(id, found);
  };
  for (; more && rows.integer(0) <= batch.last; more = rows.step()) {
    EntryRow row = entry_row(rows);
    present_from(row.entry.id);
    ++id;
    check_entry(row, batch);
    stored.add(row.leaf);
  }
  present_from(batch.last + 1);
  next = batch.last + 1;
  if (batch.root && stored.root() != *batch.root)
    damage(Area::journal, "batch", batch.seq, trf("the entries {} to {} are not those whose hash the journal holds", batch.first, batch.last));
}

void ArchiveCheck::check_entry(EntryRow& row, const SealedBatch& batch) {
  ++checked_.entries;
  const Entry& entry = row.entry;
  const bool erased = entry.digest == Sha256{} && entry.identity == Sha256{};
  if (whole_.contains(entry.id)) {
    if (!row.blank) report_(about(row, tr("it was erased, and something of it is there")));
    return;
  }
  if (row.fault) {
    report_(about(row, erased ? std::string(tr("its hash has been deleted")) : *row.fault));
    return;
  }
  if (entry.batch != batch.seq || entry.import != batch.import) report_(about(row, tr("it is not in the batch or the import that the journal has it in")));
  const bool sound = check_bytes(row);
  if (sound) checked_.original_bytes += entry.length;
  if (row.leaf != leaf_of(row) && (sound || entry.kind != EntryKind::line_export))
    report_(about(row, tr("what archive.db says of the original (hash, identity, place, folder, times) or its leaf has been altered")));
  const ImportNames& import = import_of(entry.import);
  if (row.origin != origin_of(entry, import.source, import.account))
    report_(about(row, tr("the mark by which it is known when it comes in again has been altered")));
}

/// Are the bytes there, with the hash, the length and the identity that the entry has? Tells what is not so.
bool ArchiveCheck::check_bytes(EntryRow& row) {
  const Entry& entry = row.entry;
  std::uint64_t lost = 0, length = 0;
  const Piece* first_lost = nullptr;
  for (const Piece& piece : row.pieces) {
    ObjectState& state = objects_.of(piece.object);
    state.used = true;
    length += piece.length;
    if (state.known && !state.damaged) continue;
    lost += piece.length;
    if (!first_lost) first_lost = &piece;
  }
  if (lost > 0) {
    Finding finding = about(row, trf("{} of the {} bytes of the original are damaged or lost", lost, entry.length));
    if (const auto where = locations({*first_lost}); !where.empty()) {
      finding.file = "objects/" + block_file_name(where.front().file);
      finding.offset = where.front().block_offset;
    }
    finding.advice = import_again();
    report_(std::move(finding));
    return false;
  }
  bool sound = false;
  if (const auto known = rebuilt_.find(entry.id); known != rebuilt_.end()) {
    sound = known->second.sound;
  } else if (entry.length == 0 && row.pieces.empty()) {
    sound = entry.digest == sha256("");
  } else if (row.pieces.size() == 1 && entry.kind != EntryKind::line_export) {
    sound = check_whole(row, row.pieces.front());
  }
  if (sound && length == entry.held_length()) return true;
  Finding finding = about(row, tr("the bytes held are not those of the original"));
  finding.advice = import_again();
  report_(std::move(finding));
  return false;
}

/// Of an original that is one object, the block's check has hashed the bytes and found their identity.
bool ArchiveCheck::check_whole(EntryRow& row, const Piece& piece) {
  const Entry& entry = row.entry;
  Statement& object = db_.cached("SELECT length, digest FROM object WHERE id=?");
  const bool whole = object.bind(piece.object).step() && piece.offset == 0 &&
                     static_cast<std::uint64_t>(object.integer(0)) == piece.length && object.blob(1) == entry.digest.view();
  object.reset();
  if (!whole) return false;
  if (entry.kind != EntryKind::mail) return entry.identity == entry.digest;
  return !options_.mail_identity || objects_.of(piece.object).identity == entry.identity.prefix64();
}

Sha256 ArchiveCheck::leaf_of(const EntryRow& row) const {
  const Sha256 whole = whole_leaf(row.entry, row.secret);
  if (row.entry.kind != EntryKind::line_export) return whole;
  const auto known = rebuilt_.find(row.entry.id);
  if (known == rebuilt_.end()) return {};
  return sha256(export_leaf_text(whole, known->second.rows, known->second.rows_root));
}

} // namespace genchi
