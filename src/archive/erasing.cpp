#include "archive/erasing.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "archive/impl.hpp"
#include "archive/schema.hpp"
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

/// `from` without `taken`; both sorted, without overlap.
std::vector<Stretch> without(const std::vector<Stretch>& from, Stretch taken) {
  std::vector<Stretch> left;
  for (const auto& [begin, end] : from) {
    if (taken.second <= begin || taken.first >= end) {
      left.emplace_back(begin, end);
      continue;
    }
    if (begin < taken.first) left.emplace_back(begin, taken.first);
    if (taken.second < end) left.emplace_back(taken.second, end);
  }
  return left;
}

/// The pieces with [begin, end) of what they make replaced by `instead`. What goes is told as a stretch of each object.
std::vector<Piece> replaced(const std::vector<Piece>& pieces, std::uint64_t begin, std::uint64_t end, const Piece& instead,
                            const std::function<void(std::int64_t object, Stretch)>& goes) {
  std::vector<Piece> out;
  bool placed = false;
  std::uint64_t at = 0;
  for (const Piece& piece : pieces) {
    const std::uint64_t piece_end = at + piece.length;
    const std::uint64_t from = std::clamp(begin, at, piece_end) - at, to = std::clamp(end, at, piece_end) - at;
    if (from > 0 && at < begin) out.push_back({piece.object, piece.offset, from});
    if (from < to) {
      goes(piece.object, {piece.offset + from, piece.offset + to});
      if (!placed) out.push_back(instead);
      placed = true;
    }
    if (piece_end > end && to < piece.length) out.push_back({piece.object, piece.offset + to, piece.length - to});
    at = piece_end;
  }
  return out;
}

} // namespace

bool has_erasing_tables(Database& db) {
  return db.query_integer("SELECT 1 FROM sqlite_master WHERE name='redacted'").has_value();
}

/// Stretches of objects that are to go.
struct ArchiveWriter::Doomed {
  std::map<ObjectId, std::vector<Stretch>> objects;

  void add(ObjectId object, Stretch stretch) {
    auto& all = objects[object];
    all = without(all, stretch);
    all.push_back(stretch);
    std::sort(all.begin(), all.end());
  }
};

namespace {

std::string plan_payload(const std::map<EntryId, std::vector<const Archive::RowErasure*>>& by_entry, std::string_view why) {
  std::string entries;
  for (const auto& [entry, rows] : by_entry) {
    std::string numbers;
    for (const Archive::RowErasure* row : rows) numbers += (numbers.empty() ? "" : ",") + std::to_string(row->row);
    entries += fmt::format(R"({}{{"entry":{},"rows":[{}]}})", entries.empty() ? "" : ",", entry, numbers);
  }
  std::string members(why);
  members.pop_back(); // the closing brace
  return fmt::format(R"({}{}"entries":[{}]}})", members, members == "{" ? "" : ",", entries);
}

} // namespace

Seq ArchiveWriter::erase_rows(const std::vector<Archive::RowErasure>& rows, std::string_view why) {
  if (import_) throw std::logic_error("no rows can be erased while an import is under way");
  if (rows.empty() || why.size() < 2 || why.front() != '{' || why.back() != '}') throw std::invalid_argument("nothing to erase, or no reason");
  commit();
  begin_transaction();
  if (!has_erasing_tables(db_)) {
    db_.exec(erasing_schema);
    add_feature(erasing_feature);
  }
  std::map<EntryId, std::vector<const Archive::RowErasure*>> by_entry;
  for (const auto& row : rows) by_entry[row.entry].push_back(&row);
  for (auto& [entry, some] : by_entry) std::sort(some.begin(), some.end(), [](const auto* a, const auto* b) { return a->row < b->row; });
  const Seq plan = journal_.append(JournalKind::erase_plan, plan_payload(by_entry, why), now());
  db_.prepare("INSERT INTO erasing VALUES(?)").bind(plan).run();
  Doomed doomed;
  for (const auto& [entry, some] : by_entry) {
    const std::string pieces = encode_pieces(redact(entry, some, doomed));
    db_.prepare("UPDATE entry SET pieces=? WHERE id=?").bind(Statement::Blob{pieces}, entry).run();
    redacted_.insert(entry);
  }
  spare_what_is_needed(doomed);
  rewrite_blocks(doomed);
  failpoint("erase", "planned");
  commit();
  return plan;
}

/// Notes what is left of the rows, and returns what the export is made of from now on.
std::vector<Piece> ArchiveWriter::redact(EntryId entry, const std::vector<const Archive::RowErasure*>& rows, Doomed& doomed) {
  Statement held = db_.prepare("SELECT pieces, secret, coalesce(r.digest, e.digest), r.rows FROM entry e LEFT JOIN redacted r ON r.entry=e.id "
                               "WHERE e.id=? AND e.kind=? AND e.digest IS NOT NULL");
  if (!held.bind(entry, static_cast<int>(EntryKind::line_export)).step()) throw Error(trf("there is no LINE download {} in the archive", entry));
  std::vector<Piece> pieces = decode_pieces(held.blob(0));
  const std::string secret(held.blob(1));
  std::string bytes;
  for (const Piece& piece : pieces) bytes += objects_.load(piece.object)->bytes.substr(piece.offset, piece.length);
  if (sha256(bytes).view() != held.blob(2))
    throw DamagedOriginal(trf("the bytes held of entry {} are not those of the original", entry), tr("`genchi verify` names all that is damaged."));
  const std::vector<Archive::ByteRange> ranges = rows_in(db_, pieces);
  std::vector<ErasedRow> erased = held.is_null(3) ? std::vector<ErasedRow>() : decode_erased(held.blob(3));
  held.reset();

  const auto erased_before = erased;
  auto earlier = erased_before.begin();
  std::uint64_t added = 0;   // to a place in what was held, to have that in the export as it came in; wraps around
  std::uint64_t moved = 0;   // to a place in what was held, to have that in `bytes` and `pieces`; wraps around
  for (const Archive::RowErasure* row : rows) {
    if (row->row >= ranges.size() || row->instead.empty()) throw std::invalid_argument("no such row, or nothing to stand in its place");
    for (; earlier != erased_before.end() && earlier->row < row->row; ++earlier) added += earlier->length - ranges[earlier->row].length;
    if (earlier != erased_before.end() && earlier->row == row->row) continue;
    const auto& [offset, length] = ranges[row->row];
    const std::uint64_t begin = offset + added, now_at = offset + moved;
    const Sha256 salt = derived_salt(secret, "row " + std::to_string(row->row));
    erased.push_back({row->row, length, sha256(row_leaf_text(salt, row->row, begin, begin + length, sha256(std::string_view(bytes).substr(now_at, length))))});
    const auto size = static_cast<std::uint32_t>(row->instead.size());
    const Piece instead{objects_.add(row->instead, sha256(row->instead), {{size, CutKind::row}}), 0, size};
    pieces = replaced(pieces, now_at, now_at + length, instead, [&](ObjectId object, Stretch stretch) { doomed.add(object, stretch); });
    bytes.replace(now_at, length, row->instead);
    moved += size - length;
  }
  std::sort(erased.begin(), erased.end(), [](const ErasedRow& a, const ErasedRow& b) { return a.row < b.row; });
  const std::string packed = encode_erased(erased);
  const Sha256 digest = sha256(bytes);
  db_.prepare("INSERT OR REPLACE INTO redacted(entry, digest, length, rows) VALUES(?, ?, ?, ?)")
      .bind(entry, Statement::Blob{digest.view()}, bytes.size(), Statement::Blob{packed})
      .run();
  return pieces;
}

/// What other originals are made of stays: a broadcast is in many chats.
void ArchiveWriter::spare_what_is_needed(Doomed& doomed) {
  for (Statement all = db_.prepare("SELECT pieces FROM entry WHERE digest IS NOT NULL"); all.step();) {
    for (const Piece& piece : decode_pieces(all.blob(0))) {
      const auto at = doomed.objects.find(piece.object);
      if (at != doomed.objects.end()) at->second = without(at->second, {piece.offset, piece.offset + piece.length});
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
