#include "archive/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "archive/blocks.hpp"
#include "archive/erasing.hpp"
#include "base/failpoint.hpp"
#include "base/files.hpp"
#include "base/sqlite.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

using BlockFile = std::uint32_t;
// What lies between two blocks (left by a crash) is copied in pieces of this size.
constexpr std::uint64_t gap_piece = 1 << 20;
constexpr std::uint64_t database_piece = 64 << 10;

fs::path database_path(const fs::path& folder) { return folder / "archive.db"; }
fs::path block_path(const fs::path& folder, BlockFile file) { return folder / "objects" / block_file_name(file); }

/// Up to `size` bytes; fewer at the end of the file, or where it cannot be read.
std::string read_at(int fd, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (fd >= 0 && done < size) {
    const ssize_t got = ::pread(fd, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

void write_at(int fd, std::uint64_t offset, std::string_view bytes, const fs::path& path) {
  if (::lseek(fd, static_cast<off_t>(offset), SEEK_SET) < 0) throw write_error(path, errno);
  write_all(fd, bytes, path);
}

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

/// Network and FAT file systems know no fsync of folders; there it is as durable as they make it.
void sync_folder_if_possible(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

void rename_over(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw write_error(to, errno);
  sync_folder_if_possible(to.parent_path());
}

fs::path real_path(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(fs::absolute(path), error);
  if (!real.has_filename()) real = real.parent_path(); // a slash at the end
  return real;
}

bool is_below(const fs::path& inner, const fs::path& outer) {
  const auto [end, ignored] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

/// A private folder on a local disk, removed at its end.
class ScratchFolder {
 public:
  ScratchFolder() {
    const char* place = std::getenv("TMPDIR");
    std::string name = (fs::path(place && *place ? place : "/var/tmp") / "genchi-backup-XXXXXX").native();
    if (!::mkdtemp(name.data())) throw Error(trf("cannot create {}: {}", display_path(name), errno_text(errno)));
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

struct Block {
  std::uint64_t offset = 0;
  std::uint32_t stored = 0;
  std::uint32_t raw = 0;
};

/// Blocks are unpacked to see whether they are whole: each carries a checksum of its content.
class BlockCheck {
 public:
  bool is_whole(const Block& block, std::string_view stored) {
    if (stored.size() != block.stored || block.raw > max_block_raw) return false;
    raw_.resize(block.raw);
    return ZSTD_decompress(raw_.data(), raw_.size(), stored.data(), stored.size()) == block.raw;
  }

 private:
  std::string raw_;
};

/// What of a block file belongs to the state that is copied.
struct FilePlan {
  BlockFile file = 0;
  std::int64_t first_block = 0, last_block = 0; ///< ids
  std::uint64_t end = 0;                        ///< of its last block
  std::uint64_t held = 0;                       ///< end of the last block that the copy's own archive.db names
  std::optional<Block> seam;                    ///< that block
  std::uint64_t good = 0;                       ///< up to here the copy is right
};

class Backup {
 public:
  Backup(const fs::path& archive, const fs::path& target, const BackupOptions& options)
      : archive_(archive), target_(target), options_(options), source_(database_path(archive), Database::Mode::read_only) {}

  BackupReport run();

 private:
  void require_own_place() const;
  void require_room() const;
  void lock_copy();
  void settle_wal() const;
  void compare_journals();
  void take_snapshot();
  void plan();
  void find_good_part(FilePlan& plan);
  bool seam_fits(const FilePlan& plan, int from, int to) const;
  void find_common_part(FilePlan& plan, int from, int to);
  void copy_blocks();
  void append(const FilePlan& plan);
  void copy_anew(const FilePlan& plan);
  void write_range(const FilePlan& plan, std::uint64_t begin, int to, const fs::path& to_path, int earlier);
  void write_block(const Block& block, const FilePlan& plan, int from, int to, const fs::path& to_path, int earlier);
  void copy_gap(std::uint64_t begin, std::uint64_t end, int from, int to, const fs::path& to_path);
  void publish_database();
  void wipe_what_was_erased();
  void copy_settings();
  std::set<BlockFile> read_copy(const std::set<BlockFile>* only);
  void verify();
  void check_stop() const;
  void told(std::uint64_t bytes);

  const fs::path& archive_;
  const fs::path& target_;
  const BackupOptions& options_;
  Database source_;
  Fd lock_;
  std::optional<Database> held_;          ///< the copy's archive.db as it was
  ScratchFolder scratch_;
  std::optional<Database> state_;         ///< the state to be copied
  bool unchanged_ = false;
  bool erased_since_ = false;  ///< since the state that the copy holds
  std::vector<FilePlan> plans_;
  BlockCheck check_;
  BackupReport report_;
  std::uint64_t to_copy_ = 0, copied_ = 0; ///< bytes of blocks
};

void Backup::check_stop() const {
  if (options_.stop && options_.stop())
    throw Error(tr("Interrupted. The copy is as it was before; run the command again to go on."), "", ExitCode::interrupted);
}

void Backup::told(std::uint64_t bytes) {
  copied_ += bytes;
  report_.written += bytes;
  if (options_.progress) options_.progress(std::min(copied_, to_copy_), to_copy_);
}

void Backup::require_own_place() const {
  std::error_code error;
  const fs::path ours = real_path(archive_), theirs = real_path(target_);
  if (fs::equivalent(archive_, target_, error) || is_below(theirs, ours))
    throw Error(trf("{} is in the archive itself", display_path(target_)), tr("Name a folder elsewhere, best on another disk."));
  if (is_below(ours, theirs))
    throw Error(trf("the archive lies in {}", display_path(target_)), tr("Name a folder of its own for the copy, best on another disk."));
}

/// What a backup that was broken off may have left counts as empty.
void Backup::require_room() const {
  std::error_code error;
  const fs::file_status status = fs::status(target_, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) throw Error(trf("{} is not a folder", display_path(target_)));
  if (fs::exists(database_path(target_), error)) return;
  for (fs::directory_iterator it(target_, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().native();
    if (name == "objects" || name == "lock" || name == "genchi.toml" || name.starts_with("archive.db")) continue;
    throw Error(trf("{} holds something else: {}", display_path(target_), display_path(name)),
                tr("name a folder that is empty or does not exist yet"));
  }
  if (error) throw Error(trf("cannot read {}: {}", display_path(target_), errno_text(error.value())));
}

/// Two backups, or a backup and an import, must not write to one copy. File systems that know no locks go without.
void Backup::lock_copy() {
  const fs::path path = target_ / "lock";
  lock_ = Fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock_) throw write_error(path, errno);
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw Error(trf("{} is being written by another process", display_path(target_)), tr("wait until it is done, or end it; nothing has to be cleared by hand"));
}

/// A copy that was opened as an archive has a WAL beside archive.db, or had a reader. That WAL belongs to the
/// archive.db that is there: it must be in before another one takes its place.
void Backup::settle_wal() const {
  const fs::path path = database_path(target_);
  const fs::path wal = path.native() + "-wal", shm = path.native() + "-shm";
  std::error_code error;
  if (!fs::exists(wal, error) && !fs::exists(shm, error)) return;
  if (fs::exists(path, error)) {
    Database(path, Database::Mode::create).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    // The last one to close takes both away.
    if (size_of(wal) > 0 || fs::exists(shm, error))
      throw Error(trf("{} is in use by another process", display_path(path)), tr("Wait until it has finished and try again."));
  }
  fs::remove(wal, error);
  fs::remove(shm, error);
}

std::string journal_line(Database& db, Seq seq) {
  Statement row = db.prepare("SELECT line FROM journal WHERE seq=?");
  return row.bind(seq).step() ? std::string(row.text(0)) : std::string();
}

Seq journal_head(Database& db) { return db.query_integer("SELECT max(seq) FROM journal").value_or(0); }

/// Each line holds the hash of the one before: equal last lines mean equal journals.
void Backup::compare_journals() {
  std::error_code error;
  if (!fs::exists(database_path(target_), error)) return;
  try {
    held_.emplace(database_path(target_), Database::Mode::immutable);
    report_.head_before = journal_head(*held_);
    if (journal_line(*held_, 1).empty()) throw Error(trf("{} is not an archive of genchi", display_path(database_path(target_))));
  } catch (const Error& e) {
    throw Error(e.what(), trf("If this is a copy that has gone bad, delete {} and run the command again: it is made anew.", display_path(database_path(target_))));
  }
  if (journal_line(*held_, 1) != journal_line(source_, 1))
    throw Error(trf("{} holds a copy of another archive", display_path(target_)), tr("Name another folder for this one."));
  const std::string last = journal_line(*held_, report_.head_before);
  if (last == journal_line(source_, report_.head_before)) return;
  if (report_.head_before > journal_head(source_) && journal_line(*held_, journal_head(source_)) == journal_line(source_, journal_head(source_)))
    throw Error(trf("the copy in {} is newer than the archive: it goes up to journal row {}, the archive to {}", display_path(target_), report_.head_before, journal_head(source_)),
                tr("Was the archive put back to an older state? Restore from this copy, or name another folder."));
  throw Error(trf("the copy in {} has gone its own way: something was imported into it that this archive does not hold", display_path(target_)),
              tr("Import that into this archive, and name another folder for the copy."));
}

void Backup::take_snapshot() {
  if (held_ && report_.head_before == journal_head(source_)) {
    unchanged_ = true;
    report_.head = report_.head_before;
    state_.emplace(database_path(target_), Database::Mode::immutable);
    return;
  }
  const fs::path copy = scratch_ / "archive.db";
  copy_database(source_, copy, [&](std::uint64_t, std::uint64_t) { check_stop(); });
  state_.emplace(copy, Database::Mode::immutable);
  Statement check = state_->prepare("PRAGMA quick_check(1)");
  if (!check.step() || check.text(0) != "ok")
    throw Error(trf("{} is damaged: {}", display_path(database_path(archive_)), check.text(0)),
                tr("The copy was left as it was: restore archive.db and objects/ from it."), ExitCode::damaged);
  report_.head = journal_head(*state_);
  // Then block files differ below the seam, and nothing is wrong with the copy.
  Statement erased = state_->prepare("SELECT 1 FROM journal WHERE seq>? AND instr(line, '\"kind\":\"erase-plan\"')>0 LIMIT 1");
  erased_since_ = erased.bind(report_.head_before).step();
  failpoint("backup", "snapshot");
}

void Backup::plan() {
  std::map<BlockFile, std::uint64_t> held;
  if (held_)
    for (Statement s = held_->prepare("SELECT file, max(offset + stored) FROM block GROUP BY file"); s.step();)
      held[static_cast<BlockFile>(s.integer(0))] = static_cast<std::uint64_t>(s.integer(1));
  Statement blocks = state_->prepare("SELECT id, file, offset, stored, raw FROM block ORDER BY id");
  while (blocks.step()) {
    const auto file = static_cast<BlockFile>(blocks.integer(1));
    const Block block{static_cast<std::uint64_t>(blocks.integer(2)), static_cast<std::uint32_t>(blocks.integer(3)),
                      static_cast<std::uint32_t>(blocks.integer(4))};
    if (plans_.empty() || plans_.back().file != file) {
      plans_.push_back({});
      plans_.back().file = file;
      plans_.back().first_block = blocks.integer(0);
      if (const auto at = held.find(file); at != held.end()) plans_.back().held = at->second;
    }
    FilePlan& plan = plans_.back();
    plan.last_block = blocks.integer(0);
    plan.end = block.offset + block.stored;
    if (plan.end <= plan.held) plan.seam = block;
  }
}

bool Backup::seam_fits(const FilePlan& plan, int from, int to) const {
  const std::size_t header = block_file_header().size();
  if (!plan.seam || read_at(to, 0, header) != block_file_header()) return false;
  const std::string there = read_at(to, plan.seam->offset, plan.seam->stored);
  return there.size() == plan.seam->stored && there == read_at(from, plan.seam->offset, plan.seam->stored);
}

/// Without an archive.db in the copy nothing says how far its blocks were made durable: they are compared.
void Backup::find_common_part(FilePlan& plan, int from, int to) {
  if (read_at(to, 0, block_file_header().size()) != block_file_header()) return;
  plan.good = block_file_header().size();
  Statement blocks = state_->prepare("SELECT offset, stored FROM block WHERE id BETWEEN ? AND ? ORDER BY id");
  for (blocks.bind(plan.first_block, plan.last_block); blocks.step();) {
    check_stop();
    const auto offset = static_cast<std::uint64_t>(blocks.integer(0));
    const auto stored = static_cast<std::size_t>(blocks.integer(1));
    const std::string there = read_at(to, offset, stored);
    if (there.size() != stored || there != read_at(from, offset, stored)) return;
    plan.good = offset + stored;
  }
}

void Backup::find_good_part(FilePlan& plan) {
  const fs::path path = block_path(target_, plan.file);
  if (size_of(path) == 0) return;
  const Fd to = open_for_reading(path);
  const Fd from(::open(block_path(archive_, plan.file).c_str(), O_RDONLY | O_CLOEXEC));
  if (!held_) find_common_part(plan, from.get(), to.get());
  else if (plan.held > 0 && size_of(path) >= plan.held && seam_fits(plan, from.get(), to.get())) plan.good = plan.held;
}

void Backup::copy_blocks() {
  for (FilePlan& plan : plans_) {
    find_good_part(plan);
    to_copy_ += plan.end - plan.good;
  }
  for (const FilePlan& plan : plans_) {
    if (plan.good == plan.end) continue;
    failpoint("backup", "blocks");
    // What the copy's archive.db names stays as it is until the whole file can take its place.
    if (plan.good < plan.held) copy_anew(plan);
    else append(plan);
  }
  sync_folder_if_possible(target_ / "objects");
  failpoint("backup", "objects");
}

void Backup::copy_gap(std::uint64_t begin, std::uint64_t end, int from, int to, const fs::path& to_path) {
  while (begin < end) {
    const std::string bytes = read_at(from, begin, static_cast<std::size_t>(std::min(end - begin, gap_piece)));
    if (bytes.empty()) return; // a hole serves as well
    write_at(to, begin, bytes, to_path);
    told(bytes.size());
    begin += bytes.size();
  }
}

/// A block that is damaged in the archive must not take the place of a good one in the copy.
void Backup::write_block(const Block& block, const FilePlan& plan, int from, int to, const fs::path& to_path, int earlier) {
  std::string stored = read_at(from, block.offset, block.stored);
  if (!check_.is_whole(block, stored)) {
    report_.damaged.push_back(trf("{} is damaged at byte {}", display_path(block_path(archive_, plan.file)), block.offset));
    std::string kept = read_at(earlier, block.offset, block.stored);
    if (check_.is_whole(block, kept)) stored = std::move(kept);
  }
  write_at(to, block.offset, stored, to_path);
  told(stored.size());
  failpoint("backup", "block");
}

void Backup::write_range(const FilePlan& plan, std::uint64_t begin, int to, const fs::path& to_path, int earlier) {
  const Fd from(::open(block_path(archive_, plan.file).c_str(), O_RDONLY | O_CLOEXEC));
  std::uint64_t at = begin;
  if (at == 0) {
    write_at(to, 0, block_file_header(), to_path);
    at = block_file_header().size();
    told(at);
  }
  Statement blocks = state_->prepare("SELECT offset, stored, raw FROM block WHERE id BETWEEN ? AND ? AND offset>=? ORDER BY id");
  for (blocks.bind(plan.first_block, plan.last_block, at); blocks.step();) {
    check_stop();
    const Block block{static_cast<std::uint64_t>(blocks.integer(0)), static_cast<std::uint32_t>(blocks.integer(1)),
                      static_cast<std::uint32_t>(blocks.integer(2))};
    copy_gap(at, block.offset, from.get(), to, to_path);
    write_block(block, plan, from.get(), to, to_path, earlier);
    at = block.offset + block.stored;
  }
  if (::ftruncate(to, static_cast<off_t>(plan.end)) != 0) throw write_error(to_path, errno);
  failpoint("backup", "fsync");
  sync_fd(to, to_path);
}

void Backup::append(const FilePlan& plan) {
  const fs::path path = block_path(target_, plan.file);
  const Fd to(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!to) throw write_error(path, errno);
  try {
    write_range(plan, plan.good, to.get(), path, -1);
  } catch (...) {
    // Gives the room back. If that fails too, the bytes are orphans that nothing names. A first copy keeps them, to go
    // on from there.
    if (held_) std::ignore = ::ftruncate(to.get(), static_cast<off_t>(plan.good));
    throw;
  }
}

void Backup::copy_anew(const FilePlan& plan) {
  const fs::path path = block_path(target_, plan.file);
  const fs::path beside = path.native() + ".new";
  try {
    const Fd earlier(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const Fd to(::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!to) throw write_error(beside, errno);
    write_range(plan, 0, to.get(), beside, earlier.get());
  } catch (...) {
    ::unlink(beside.c_str());
    throw;
  }
  failpoint("backup", "file-rename");
  rename_over(beside, path);
  if (!erased_since_) ++report_.mended;
}

void Backup::publish_database() {
  if (unchanged_) return;
  const fs::path path = database_path(target_);
  const fs::path beside = path.native() + ".new";
  state_.reset();
  try {
    const Fd from = open_for_reading(scratch_ / "archive.db");
    const Fd to(::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!to) throw write_error(beside, errno);
    for (std::uint64_t at = 0;;) {
      check_stop();
      const std::string bytes = read_at(from.get(), at, database_piece);
      if (bytes.empty()) break;
      write_all(to.get(), bytes, beside);
      at += bytes.size();
      report_.written += bytes.size();
      failpoint("backup", "database");
    }
    sync_fd(to.get(), beside);
  } catch (...) {
    ::unlink(beside.c_str());
    throw;
  }
  settle_wal();
  failpoint("backup", "rename");
  rename_over(beside, path);
  failpoint("backup", "renamed");
}

/// Below the seam the copy still has the bytes that were erased in the archive since.
void Backup::wipe_what_was_erased() {
  Database db(database_path(target_), Database::Mode::immutable); // we hold its lock, and it has no log
  if (!has_erasing_tables(db)) return;
  wipe_unnamed(db, target_ / "objects");
  // Made in the copy by whoever searched it: made anew from what it holds now.
  std::error_code ignored;
  for (const char* derived : {"catalogue.db", "catalogue.db-wal", "catalogue.db-shm", "cache.db", "cache.db-wal", "cache.db-shm", "index"}) fs::remove_all(target_ / derived, ignored);
}

void Backup::copy_settings() {
  const fs::path from = archive_ / "genchi.toml", to = target_ / "genchi.toml";
  std::error_code error;
  if (!fs::exists(from, error)) return;
  const std::string settings = read_file(from);
  if (fs::exists(to, error) && read_file(to) == settings) return;
  write_file_atomically(to, settings);
  report_.written += settings.size();
}

/// Block files of the copy (those in `only`, if given) with an object that is not what its hash says.
std::set<BlockFile> Backup::read_copy(const std::set<BlockFile>* only) {
  std::set<BlockFile> bad;
  // What was just written is still in memory; it is the medium that is asked.
  for (const FilePlan& plan : plans_)
    if (const Fd fd(::open(block_path(target_, plan.file).c_str(), O_RDONLY | O_CLOEXEC)); fd)
      ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);
  Database db(database_path(target_), Database::Mode::immutable);
  const auto total = static_cast<std::uint64_t>(db.query_integer("SELECT sum(length) FROM object").value_or(0));
  std::uint64_t done = 0;
  const BlockReader reader(target_ / "objects");
  Statement s = db.prepare("SELECT b.file, b.offset, b.stored, b.raw, o.offset, o.length, o.digest FROM object o "
                           "JOIN block b ON b.id=o.block ORDER BY o.id");
  while (s.step()) {
    check_stop();
    const auto narrow = [&](int column) { return static_cast<std::uint32_t>(s.integer(column)); };
    const Location at{narrow(0), static_cast<std::uint64_t>(s.integer(1)), narrow(2), narrow(3), narrow(4), narrow(5)};
    if (only && !only->contains(at.file)) continue;
    ++report_.objects_verified;
    done += at.length;
    if (options_.progress) options_.progress(done, total);
    std::string bytes;
    try {
      reader.read(at, 0, at.length, bytes);
    } catch (const Error&) {
      bad.insert(at.file);
      continue;
    }
    if (sha256(bytes).view() != s.blob(6)) bad.insert(at.file);
  }
  return bad;
}

void Backup::verify() {
  {
    Database db(database_path(target_), Database::Mode::immutable);
    Statement check = db.prepare("PRAGMA integrity_check(1)");
    if (!check.step() || check.text(0) != "ok") {
      report_.damaged_copy.push_back(trf("{} is damaged: {}", display_path(database_path(target_)), check.text(0)));
      return;
    }
  }
  const std::set<BlockFile> bad = read_copy(nullptr);
  if (bad.empty()) return;
  state_.emplace(database_path(target_), Database::Mode::immutable);
  for (const FilePlan& plan : plans_)
    if (bad.contains(plan.file)) copy_anew(plan);
  for (const BlockFile file : read_copy(&bad))
    report_.damaged_copy.push_back(trf("{} is damaged", display_path(block_path(target_, file))));
}

BackupReport Backup::run() {
  require_own_place();
  require_room();
  make_private_folder(target_ / "objects");
  lock_copy();
  settle_wal();
  compare_journals();
  take_snapshot();
  plan();
  copy_blocks();
  held_.reset();
  publish_database();
  wipe_what_was_erased();
  copy_settings();
  if (options_.verify) verify();
  report_.size = size_of(database_path(target_));
  for (const FilePlan& plan : plans_) report_.size += size_of(block_path(target_, plan.file));
  return report_;
}

} // namespace

BackupReport back_up(const fs::path& archive, const fs::path& target, const BackupOptions& options) {
  Archive::open(archive, Archive::Mode::read); // is it one, and one that this program knows?
  return Backup(archive, target, options).run();
}

} // namespace genchi
