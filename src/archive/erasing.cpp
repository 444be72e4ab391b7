#include "archive/erasing.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "archive/impl.hpp"
#include "archive/leaf.hpp"
#include "archive/schema.hpp"
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/failpoint.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

/// Of so long a wait for readers the caller can be told that they are there.
constexpr const char* short_wait = "PRAGMA busy_timeout=2000";
constexpr const char* usual_wait = "PRAGMA busy_timeout=30000";

/// Bytes [first, second).
using Stretch = std::pair<std::uint64_t, std::uint64_t>;

/// Takes `taken` out of `from`; stretches of both do not overlap, `from` ascends.
void take_out(std::vector<Stretch>& from, Stretch taken) {
  auto at = std::lower_bound(from.begin(), from.end(), taken.first, [](const Stretch& one, std::uint64_t begin) { return one.second <= begin; });
  while (at != from.end() && at->first < taken.second) {
    const Stretch before{at->first, std::max(at->first, taken.first)}, behind{std::min(at->second, taken.second), at->second};
    at = from.erase(at);
    for (const Stretch& left : {behind, before})
      if (left.first < left.second) at = from.insert(at, left);
    if (behind.first < behind.second) return;
    if (before.first < before.second) ++at;
  }
}

} // namespace

bool has_erasing_tables(Database& db) {
  return db.query_integer("SELECT 1 FROM sqlite_master WHERE name='redacted'").has_value();
}

bool has_tombstone_table(Database& db) {
  return db.query_integer("SELECT 1 FROM sqlite_master WHERE name='tombstone'").has_value();
}

std::string tombstone_text(EntryKind kind, const Sha256& identity) {
  return fmt::format("{}\n{}", entry_kind_name(kind), identity.hex());
}

std::string tombstone_text(EntryKind kind, const Sha256& identity, std::string_view file_name) {
  return tombstone_text(kind, identity) + '\n' + std::string(file_name);
}

std::string tombstone_hash(Database& db, std::string_view of) {
  Statement& first = db.cached("SELECT json_extract(json, '$.salt') FROM payload WHERE seq=1");
  const std::string key = first.step() ? std::string(first.text(0)) : std::string();
  first.reset();
  return std::string(sha256(fmt::format("genchi-tombstone-1\n{}\n{}", key, of)).view().substr(0, 16));
}

/// Stretches of objects that are to go.
struct ArchiveWriter::Doomed {
  std::map<ObjectId, std::vector<Stretch>> objects;

  void add(ObjectId object, Stretch stretch) { objects[object].push_back(stretch); }
  /// Ascending and without overlap, as the others need them.
  void settle() {
    for (auto& [object, all] : objects) {
      std::sort(all.begin(), all.end());
      std::vector<Stretch> merged;
      for (const Stretch& one : all) {
        if (!merged.empty() && one.first <= merged.back().second) merged.back().second = std::max(merged.back().second, one.second);
        else merged.push_back(one);
      }
      all = std::move(merged);
    }
  }
};

/// What an erase-plan row says: numbers and keyed hashes only, so that it can stay.
struct ArchiveWriter::Plan {
  std::map<EntryId, std::vector<const Archive::RowErasure*>> rows;
  std::vector<std::int64_t> whole, payloads, imports;
  std::vector<Archive::Tombstone> tombstones; ///< `of`: their hashes in hexadecimal

  std::string payload(std::string_view why) const;
};

std::string ArchiveWriter::Plan::payload(std::string_view why) const {
  std::string out(why);
  out.pop_back(); // the closing brace
  const auto list = [&](std::string_view name, const auto& values, const auto& text) {
    out += fmt::format(R"({}"{}":[)", out.ends_with('{') ? "" : ",", name);
    for (const auto& value : values) out += (out.ends_with('[') ? "" : ",") + text(value);
    out += ']';
  };
  const auto number = [](const auto& value) { return std::to_string(value); };
  list("entries", rows, [&](const auto& entry) {
    std::string numbers;
    for (const Archive::RowErasure* row : entry.second) numbers += (numbers.empty() ? "" : ",") + std::to_string(row->row);
    return fmt::format(R"({{"entry":{},"rows":[{}]}})", entry.first, numbers);
  });
  if (!whole.empty()) list("whole", whole, number);
  if (!payloads.empty()) list("payloads", payloads, number);
  if (!imports.empty()) list("imports", imports, number);
  if (!tombstones.empty())
    list("tombstones", tombstones, [](const Archive::Tombstone& one) { return fmt::format(R"(["{}",{},{}])", one.of, one.chat, one.telling ? 1 : 0); });
  return out + '}';
}

void ArchiveWriter::make_erasing_tables() {
  if (has_erasing_tables(db_)) return;
  db_.exec(erasing_schema);
  add_feature(erasing_feature);
}

Seq ArchiveWriter::erase(const Archive::Erasure& what, std::string_view why) {
  if (import_) throw std::logic_error("nothing can be erased while an import is under way");
  if (what.empty() || why.size() < 2 || why.front() != '{' || why.back() != '}') throw std::invalid_argument("nothing to erase, or no reason");
  commit();
  begin_transaction();
  make_erasing_tables();
  const bool only_rows = what.entries.empty() && what.payloads.empty() && what.tombstones.empty();
  if (!only_rows && !has_tombstones_) {
    db_.exec(tombstone_schema);
    add_feature(erasing_whole_feature);
    has_tombstones_ = true;
  }
  Plan plan;
  Doomed doomed;
  for (const auto& row : what.rows) plan.rows[row.entry].push_back(&row);
  for (auto& [entry, some] : plan.rows) std::sort(some.begin(), some.end(), [](const auto* a, const auto* b) { return a->row < b->row; });
  for (const auto& [entry, some] : plan.rows) {
    const std::string pieces = encode_pieces(redact(entry, some, doomed));
    db_.prepare("UPDATE entry SET pieces=? WHERE id=?").bind(Statement::Blob{pieces}, entry).run();
    redacted_.insert(entry);
  }
  put_tombstones(what.tombstones, plan);
  take_entries(what, plan, doomed);
  take_payloads(what.payloads, plan);
  const Seq seq = journal_.append(JournalKind::erase_plan, plan.payload(why), now());
  db_.prepare("INSERT INTO erasing VALUES(?)").bind(seq).run();
  doomed.settle();
  spare_what_is_needed(doomed);
  rewrite_blocks(doomed);
  failpoint("erase", "planned");
  commit();
  return seq;
}

/// All that tells of an original goes, but for its leaf, so that the root of its batch still holds.
void ArchiveWriter::take_entries(const Archive::Erasure& what, Plan& plan, Doomed& doomed) {
  Statement held = db_.prepare("SELECT kind, identity, digest, pieces, import, member FROM entry WHERE id=? AND digest IS NOT NULL");
  Statement blank = db_.prepare("UPDATE entry SET digest=NULL, length=0, identity=NULL, pieces=NULL, place_offset=0, place_length=0, place_line=0, member=NULL, "
                                "folder=NULL, flags=NULL, store_time=NULL, file_time=NULL, reason=NULL, origin=NULL, secret=NULL WHERE id=?");
  Statement forget = db_.prepare("DELETE FROM redacted WHERE entry=?");
  std::vector<Archive::Tombstone> tombstones;
  std::vector<Seq> imports;
  std::vector<std::string> digests;
  const std::set<EntryId> named(what.named.begin(), what.named.end());
  plan.whole = what.entries;
  std::sort(plan.whole.begin(), plan.whole.end());
  plan.whole.erase(std::unique(plan.whole.begin(), plan.whole.end()), plan.whole.end());
  for (const EntryId entry : plan.whole) {
    if (!held.bind(entry).step()) throw Error(trf("there is no entry {} in the archive", entry));
    const auto kind = static_cast<EntryKind>(held.integer(0));
    const auto identity = Sha256::from_bytes(held.blob(1)), digest = Sha256::from_bytes(held.blob(2));
    if (!identity || !digest) throw DamagedOriginal(tr("archive.db is damaged: a hash has the wrong length"));
    for (const Piece& piece : decode_pieces(held.blob(3))) doomed.add(piece.object, {piece.offset, piece.offset + piece.length});
    tombstones.push_back({named.contains(entry) ? tombstone_text(kind, *identity, held.text(5)) : tombstone_text(kind, *identity), 0, false});
    imports.push_back(held.integer(4));
    digests.emplace_back(digest->view());
    held.reset();
    blank.bind(entry).run();
    forget.bind(entry).run();
    redacted_.erase(entry);
  }
  put_tombstones(std::move(tombstones), plan);
  take_imports(imports, digests, plan);
}

/// Imports that brought nothing but what goes, and those that brought the same file again, are named after it.
void ArchiveWriter::take_imports(const std::vector<Seq>& imports, const std::vector<std::string>& digests, Plan& plan) {
  if (imports.empty()) return;
  const std::set<Seq> gone(imports.begin(), imports.end());
  std::set<Seq> needed;
  for (Statement s = db_.prepare("SELECT DISTINCT import FROM entry WHERE digest IS NOT NULL"); s.step();) needed.insert(s.integer(0));
  std::set<std::string, std::less<>> files(digests.begin(), digests.end()), sources;
  Statement one = db_.prepare("SELECT source, digest FROM import WHERE seq=?");
  for (const Seq import : gone) {
    if (needed.contains(import) || !one.bind(import).step()) continue;
    if (!one.is_null(0)) sources.emplace(one.text(0));
    if (!one.is_null(1)) files.emplace(one.blob(1));
    one.reset();
  }
  std::vector<std::pair<Seq, std::optional<Seq>>> doomed; // begin and end rows
  for (Statement s = db_.prepare("SELECT seq, end_seq, source, digest FROM import WHERE source IS NOT NULL"); s.step();) {
    const Seq seq = s.integer(0);
    if (needed.contains(seq)) continue;
    if (!gone.contains(seq) && !sources.contains(s.text(2)) && (s.is_null(3) || !files.contains(s.blob(3)))) continue;
    doomed.emplace_back(seq, s.is_null(1) ? std::nullopt : std::optional(s.integer(1)));
  }
  Statement blank = db_.prepare("UPDATE import SET source=NULL, modified=0, digest=NULL, size=NULL WHERE seq=?");
  std::vector<Seq> payloads;
  for (const auto& [begin, end] : doomed) {
    blank.bind(begin).run();
    plan.imports.push_back(begin);
    payloads.push_back(begin);
    if (end) payloads.push_back(*end);
  }
  std::sort(plan.imports.begin(), plan.imports.end());
  take_payloads(payloads, plan);
}

bool payload_may_go(JournalKind kind) {
  return kind == JournalKind::annotation || kind == JournalKind::client || kind == JournalKind::fact || kind == JournalKind::keep || kind == JournalKind::import_begin ||
         kind == JournalKind::import_end;
}

void ArchiveWriter::take_payloads(const std::vector<Seq>& payloads, Plan& plan) {
  Statement line = db_.prepare("SELECT line FROM journal WHERE seq=?");
  Statement gone = db_.prepare("DELETE FROM payload WHERE seq=?");
  for (const Seq seq : payloads) {
    const auto row = line.bind(seq).step() ? parse_journal_line(line.text(0)) : std::nullopt;
    line.reset();
    if (!row || !payload_may_go(row->kind)) throw std::invalid_argument("the content of this journal row cannot be erased");
    gone.bind(seq).run();
    if (db_.changes() > 0) plan.payloads.push_back(seq);
  }
  std::sort(plan.payloads.begin(), plan.payloads.end());
}

void ArchiveWriter::put_tombstones(std::vector<Archive::Tombstone> tombstones, Plan& plan) {
  if (tombstones.empty()) return;
  Statement put = db_.prepare("INSERT OR IGNORE INTO tombstone VALUES(?, ?, ?)");
  for (Archive::Tombstone& one : tombstones) {
    const std::string hash = tombstone_hash(db_, one.of);
    put.bind(Statement::Blob{hash}, one.chat, one.telling).run();
    if (db_.changes() == 0) continue;
    one.of = to_hex(hash);
    plan.tombstones.push_back(std::move(one));
  }
}

bool ArchiveWriter::was_erased(const std::string& of) {
  if (!has_tombstones_) return false;
  Statement& find = db_.cached("SELECT 1 FROM tombstone WHERE hash=? AND chat=0");
  const std::string hash = tombstone_hash(db_, of);
  const bool found = find.bind(Statement::Blob{hash}).step();
  find.reset();
  if (found && restoring_) restored_.push_back({of, 0, false});
  return found && !restoring_;
}

void ArchiveWriter::restore(const std::vector<Archive::Tombstone>& tombstones) {
  if (!has_tombstones_) return;
  begin_transaction();
  seal_batch();
  std::set<std::pair<std::string, std::int64_t>> gone;
  Statement forget = db_.prepare("DELETE FROM tombstone WHERE hash=? AND chat=?");
  for (const Archive::Tombstone& one : tombstones) {
    const std::string hash = tombstone_hash(db_, one.of);
    forget.bind(Statement::Blob{hash}, one.chat).run();
    if (db_.changes() > 0) gone.emplace(to_hex(hash), one.chat);
  }
  if (gone.empty()) return;
  std::string list;
  for (const auto& [hash, chat] : gone) list += fmt::format(R"({}["{}",{}])", list.empty() ? "" : ",", hash, chat);
  journal_.append(JournalKind::restore, fmt::format(R"({{"tombstones":[{}]}})", list), now());
}

/// Notes what is left of the rows, and returns what the export is made of from now on.
std::vector<Piece> ArchiveWriter::redact(EntryId entry, const std::vector<const Archive::RowErasure*>& rows, Doomed& doomed) {
  Statement held = db_.prepare("SELECT pieces, secret, coalesce(r.digest, e.digest), r.rows FROM entry e LEFT JOIN redacted r ON r.entry=e.id "
                               "WHERE e.id=? AND e.kind=? AND e.digest IS NOT NULL");
  if (!held.bind(entry, static_cast<int>(EntryKind::line_export)).step()) throw Error(trf("there is no LINE download {} in the archive", entry));
  const std::vector<Piece> pieces = decode_pieces(held.blob(0));
  const std::string secret(held.blob(1));
  std::string bytes;
  for (const Piece& piece : pieces) bytes += objects_.load(piece.object)->bytes.substr(piece.offset, piece.length);
  if (sha256(bytes).view() != held.blob(2))
    throw DamagedOriginal(trf("the bytes held of entry {} are not those of the original", entry), tr("`genchi verify` names all that is damaged."));
  const std::vector<Archive::ByteRange> ranges = rows_in(db_, pieces);
  std::vector<ErasedRow> erased = held.is_null(3) ? std::vector<ErasedRow>() : decode_erased(held.blob(3));
  held.reset();

  std::string now_held;
  std::vector<Piece> now_made;
  std::size_t piece = 0;
  std::uint64_t piece_at = 0, at = 0; // in what is held: of the piece at hand, and how far it was gone through
  const auto go_to = [&](std::uint64_t end, bool stays) {
    while (at < end) {
      const Piece& from = pieces.at(piece);
      const std::uint64_t begin = at - piece_at, stop = std::min(end - piece_at, from.length);
      if (!stays) doomed.add(from.object, {from.offset + begin, from.offset + stop});
      else if (begin < stop) now_made.push_back({from.object, from.offset + begin, stop - begin});
      if (stays) now_held.append(bytes, at, stop - begin);
      at = piece_at + stop;
      if (stop < from.length) continue;
      piece_at += from.length;
      ++piece;
    }
  };
  const auto erased_before = erased;
  auto earlier = erased_before.begin();
  std::uint64_t added = 0; // to a place in what was held, to have that in the export as it came in; wraps around
  for (const Archive::RowErasure* row : rows) {
    if (row->row >= ranges.size() || row->instead.empty()) throw std::invalid_argument("no such row, or nothing to stand in its place");
    for (; earlier != erased_before.end() && earlier->row < row->row; ++earlier) added += earlier->length - ranges[earlier->row].length;
    if (earlier != erased_before.end() && earlier->row == row->row) continue;
    const auto& [offset, length] = ranges[row->row];
    if (offset < at) continue; // named twice
    const std::uint64_t begin = offset + added;
    const Sha256 salt = derived_salt(secret, "row " + std::to_string(row->row));
    erased.push_back({row->row, length, sha256(row_leaf_text(salt, row->row, begin, begin + length, sha256(std::string_view(bytes).substr(offset, length))))});
    go_to(offset, /*stays=*/true);
    go_to(offset + length, /*stays=*/false);
    const auto size = static_cast<std::uint32_t>(row->instead.size());
    now_made.push_back({objects_.add(row->instead, sha256(row->instead), {{size, CutKind::row}}), 0, size});
    now_held += row->instead;
  }
  go_to(bytes.size(), /*stays=*/true);
  bytes = std::move(now_held);
  std::sort(erased.begin(), erased.end(), [](const ErasedRow& a, const ErasedRow& b) { return a.row < b.row; });
  const std::string packed = encode_erased(erased);
  const Sha256 digest = sha256(bytes);
  db_.prepare("INSERT OR REPLACE INTO redacted(entry, digest, length, rows) VALUES(?, ?, ?, ?)")
      .bind(entry, Statement::Blob{digest.view()}, bytes.size(), Statement::Blob{packed})
      .run();
  return now_made;
}

/// Rows of a download that were erased once, and never came to be stored.
void ArchiveWriter::note_left_out(EntryId entry, const HeldExport& held) {
  make_erasing_tables();
  const std::string packed = encode_erased(held.erased);
  db_.prepare("INSERT INTO redacted(entry, digest, length, rows) VALUES(?, ?, ?, ?)")
      .bind(entry, Statement::Blob{sha256(held.bytes).view()}, held.bytes.size(), Statement::Blob{packed})
      .run();
  redacted_.insert(entry);
  seal_batch();
  std::string numbers;
  for (const ErasedRow& row : held.erased) numbers += (numbers.empty() ? "" : ",") + std::to_string(row.row);
  const Seq plan = journal_.append(JournalKind::erase_plan, fmt::format(R"({{"reason":"erased before","entries":[{{"entry":{},"rows":[{}]}}]}})", entry, numbers), now());
  journal_.append(JournalKind::erase_done, fmt::format(R"({{"plans":[{}]}})", plan), now());
}

/// What other originals are made of stays: a broadcast is in many chats.
void ArchiveWriter::spare_what_is_needed(Doomed& doomed) {
  for (Statement all = db_.prepare("SELECT pieces FROM entry WHERE digest IS NOT NULL"); all.step();) {
    for (const Piece& piece : decode_pieces(all.blob(0))) {
      const auto at = doomed.objects.find(piece.object);
      if (at != doomed.objects.end()) take_out(at->second, {piece.offset, piece.offset + piece.length});
    }
  }
  std::erase_if(doomed.objects, [](const auto& each) { return each.second.empty(); });
}

/// What goes becomes zeros, so that all others find theirs where it was. Their blocks are written anew, at the end.
void ArchiveWriter::rewrite_blocks(const Doomed& doomed) {
  std::map<std::int64_t, std::vector<ObjectId>> blocks;
  Statement find = db_.prepare("SELECT block FROM object WHERE id=?");
  for (const auto& [object, stretches] : doomed.objects) {
    if (!find.bind(object).step()) throw DamagedOriginal(trf("archive.db is damaged: object {} is missing", object));
    blocks[find.integer(0)].push_back(object);
  }
  find.reset();
  Statement locate = db_.prepare(object_query);
  for (const auto& [block, objects] : blocks) {
    std::optional<std::string> bytes;
    for (const ObjectId object : objects) {
      const std::optional<Location> location = find_object(locate, object);
      if (!location) throw DamagedOriginal(trf("archive.db is damaged: object {} is missing", object));
      if (!bytes) bytes = *blocks_.block(*location);
      for (const auto& [begin, end] : doomed.objects.at(object)) {
        if (location->offset + end > bytes->size() || end > location->length) throw DamagedOriginal(tr("archive.db is damaged: an object is outside its block"));
        std::fill_n(bytes->begin() + static_cast<std::ptrdiff_t>(location->offset + begin), end - begin, '\0');
      }
      const Sha256 digest = sha256(std::string_view(*bytes).substr(location->offset, location->length));
      db_.prepare("UPDATE object SET digest=? WHERE id=?").bind(Statement::Blob{digest.view()}, object).run();
      db_.prepare("DELETE FROM held_row WHERE object=?").bind(object).run();
    }
    locate.reset();
    objects_.move_block(block, std::move(*bytes));
  }
}

bool ArchiveWriter::finish_erasing() {
  if (import_) throw std::logic_error("the import under way has to be ended first");
  commit();
  if (!has_erasing_tables(db_) || !db_.query_integer("SELECT 1 FROM erasing LIMIT 1")) return true;
  // It can only be emptied when nobody reads an older state, which would look for blocks where they were.
  db_.exec(short_wait);
  const bool busy = db_.query_integer("PRAGMA wal_checkpoint(TRUNCATE)").value_or(1) != 0;
  db_.exec(usual_wait);
  if (busy) return false;
  failpoint("erase", "log-emptied");
  wipe_unnamed(db_, folder_ / "objects");
  failpoint("erase", "wiped");
  begin_transaction();
  std::string plans;
  for (Statement s = db_.prepare("SELECT plan FROM erasing ORDER BY plan"); s.step();) plans += (plans.empty() ? "" : ",") + std::to_string(s.integer(0));
  journal_.append(JournalKind::erase_done, fmt::format(R"({{"plans":[{}]}})", plans), now());
  db_.exec("DELETE FROM erasing");
  commit();
  return true;
}

namespace {

constexpr std::size_t frame_header = 8;

/// A skippable frame (RFC 8878, 3.1.2) that fills so many bytes.
std::string frame_header_for(std::uint64_t bytes) {
  std::string out("\x5F\x2A\x4D\x18", 4);
  const std::uint64_t content = bytes - frame_header;
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(content >> shift);
  return out;
}

/// What lies between blocks and behind them.
std::vector<Stretch> unnamed_stretches(Database& db, std::uint32_t file, std::uint64_t size) {
  std::vector<Stretch> out;
  std::uint64_t at = block_file_header().size();
  const auto until = [&](std::uint64_t next) {
    if (next > at) out.emplace_back(at, next);
  };
  Statement& blocks = db.cached("SELECT offset, stored FROM block WHERE file=? ORDER BY offset");
  for (blocks.bind(std::int64_t{file}); blocks.step();) {
    const auto begin = static_cast<std::uint64_t>(blocks.integer(0));
    until(std::min(begin, size));
    at = std::max(at, begin + static_cast<std::uint64_t>(blocks.integer(1)));
  }
  blocks.reset();
  until(size);
  return out;
}

std::string read_at(int fd, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = ::pread(fd, bytes.data(), size, static_cast<off_t>(offset));
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

void write_at(int fd, std::uint64_t offset, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) throw Error(trf("cannot write {}: {}", display_path(path), errno_text(errno)));
    offset += static_cast<std::uint64_t>(put);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

/// Is the stretch filled by frames that wipe_unnamed() wrote?
bool is_wiped(int fd, Stretch stretch) {
  auto [at, end] = stretch;
  while (at + frame_header <= end) {
    const std::string head = read_at(fd, at, frame_header);
    if (head.size() < frame_header || !head.starts_with(std::string_view("\x5F\x2A\x4D\x18", 4))) return false;
    std::uint64_t content = 0;
    for (int i = 0; i < 4; ++i) content |= static_cast<std::uint64_t>(static_cast<unsigned char>(head[4 + static_cast<std::size_t>(i)])) << (8 * i);
    if (content > end - at - frame_header) return false;
    at += frame_header + content;
  }
  return at == end;
}

void wipe_file(Database& db, const fs::path& path, std::uint32_t number) {
  const Fd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) throw Error(trf("cannot write {}: {}", display_path(path), errno_text(errno)));
  std::vector<Stretch> stretches = unnamed_stretches(db, number, fs::file_size(path));
  std::erase_if(stretches, [&](const Stretch& one) { return is_wiped(fd.get(), one); });
  if (stretches.empty()) return;
  // Zeros first: a frame's header says that what follows it has been wiped.
  const std::string zeros(1 << 16, '\0');
  for (const auto& [begin, end] : stretches)
    for (std::uint64_t at = begin; at < end; at += zeros.size()) write_at(fd.get(), at, std::string_view(zeros).substr(0, end - at), path);
  sync_fd(fd.get(), path);
  failpoint("erase", "zeros");
  for (const auto& [begin, end] : stretches)
    if (end - begin >= frame_header) write_at(fd.get(), begin, frame_header_for(end - begin), path);
  sync_fd(fd.get(), path);
}

} // namespace

void wipe_unnamed(Database& db, const fs::path& objects) {
  std::error_code error;
  for (fs::directory_iterator it(objects, error), end; !error && it != end; it.increment(error))
    if (const std::uint32_t number = block_file_number(it->path().filename().native()); number != 0) wipe_file(db, it->path(), number);
  if (error) throw Error(trf("cannot read {}: {}", display_path(objects), error.message()));
}

std::uint64_t unnamed_bytes(Database& db, const fs::path& objects, std::uint32_t file) {
  const fs::path path = objects / block_file_name(file);
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (error || !fd) return 0;
  std::uint64_t bytes = 0;
  for (const Stretch& one : unnamed_stretches(db, file, size))
    if (!is_wiped(fd.get(), one)) bytes += one.second - one.first;
  return bytes;
}

} // namespace genchi
