#include "archive/archive.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "archive/impl.hpp"
#include "archive/leaf.hpp"
#include "archive/origin.hpp"
#include "archive/schema.hpp"
#include "base/clock.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t secret_bytes = 16;
/// So many entries of one identity are looked at. A mail with more copies than that gets no further ones of
/// the same bytes: a mailbox with one mail a hundred thousand times must not cost a quadratic search.
constexpr int max_copies = 64;

fs::path database_path(const fs::path& folder) {
  return folder / "archive.db";
}
fs::path objects_path(const fs::path& folder) {
  return folder / "objects";
}

void set_mode(const fs::path& path, ::mode_t mode) {
  if (::chmod(path.c_str(), mode) != 0) {
    throw Error(trf("cannot set the mode of {}: {}", display_path(path), errno_text(errno)));
  }
}

/// A folder may hold what a broken-off create() left, and settings written in advance.
void require_room_for_archive(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  if (!fs::is_directory(folder, error)) {
    throw Error(trf("{} is not a folder", display_path(folder)),
                tr("name a folder that is empty or does not exist yet"));
  }
  for (const fs::directory_entry& one : fs::directory_iterator(folder, error)) {
    const std::string name = one.path().filename().native();
    if (name == "lock" || name == "genchi.toml" || name.starts_with("archive.db.new")) continue;
    if (name == "objects" && fs::is_empty(one.path(), error)) continue;
    throw Error(trf("{} holds something else: {}", display_path(folder), display_path(one.path().filename())),
                tr("name a folder that is empty or does not exist yet"));
  }
  if (error) throw Error(trf("cannot read {}: {}", display_path(folder), error.message()));
}

void write_first_rows(Database& db) {
  std::string features;
  Transaction transaction(db, "archive.first-row");
  db.exec(archive_schema);
  for (const std::string_view feature : archive_features) {
    db.prepare("INSERT INTO feature(name) VALUES(?)").bind(feature).run();
    features += (features.empty() ? "" : ",") + json_string(feature);
  }
  JournalWriter(db).append(JournalKind::archive,
                           fmt::format(R"({{"format":{},"features":[{}]}})", archive_format, features),
                           now());
  transaction.commit();
}

/// Under another name first: an archive.db is there with its tables and first row, or it is not there.
void create_database(const fs::path& folder) {
  const fs::path path = folder / "archive.db.new";
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(path.native() + suffix, ignored);
  {
    const Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file || ::fchmod(file.get(), 0600) != 0) {
      throw Error(trf("cannot create {}: {}", display_path(path), errno_text(errno)));
    }
  }
  {
    Database db(path, Database::Mode::create);
    db.exec("PRAGMA auto_vacuum=INCREMENTAL");
    db.exec(archive_pragmas);
    db.exec(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", archive_application_id,
                        archive_format)
                .c_str());
    write_first_rows(db);
    db.exec("PRAGMA journal_mode=WAL");
  }
  sync_fd(open_for_reading(path).get(), path);
  if (::rename(path.c_str(), database_path(folder).c_str()) != 0) {
    throw Error(trf("cannot create {}: {}", display_path(database_path(folder)), errno_text(errno)));
  }
  sync_folder(folder);
}

void check_format(Database& db, const fs::path& folder) {
  if (db.query_integer("PRAGMA application_id").value_or(0) != archive_application_id) {
    throw Error(trf("{} is not an archive of genchi", display_path(database_path(folder))));
  }
  const auto newer = [&](const std::string& what) {
    return Error(trf("the archive {} was made by a newer genchi: {} is not known to this one",
                     display_path(folder), what),
                 tr("use the newer version"));
  };
  const std::int64_t format = db.query_integer("PRAGMA user_version").value_or(0);
  if (format != archive_format) throw newer(trf("format {}", format));
  Statement features = db.prepare("SELECT name FROM feature");
  while (features.step()) {
    const std::string_view name = features.text(0);
    if (name != memo_feature && name != media_feature && name != erasing_feature && name != erasing_whole_feature &&
        std::find(std::begin(archive_features), std::end(archive_features), name) == std::end(archive_features)) {
      throw newer("\"" + std::string(name) + "\"");
    }
  }
}

/// Empty text is not stored.
std::optional<std::string_view> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

} // namespace

// --- Opening ---

bool Archive::exists(const fs::path& folder) {
  std::error_code error;
  return fs::exists(database_path(folder), error);
}

Archive Archive::create(const fs::path& folder, int lock_wait_seconds) {
  refuse_network_file_system(folder);
  if (exists(folder)) throw Error(trf("there is an archive in {} already", display_path(folder)));
  require_room_for_archive(folder);
  make_private_folder(folder);
  set_mode(folder, 0700);
  WriteLock lock(folder, lock_wait_seconds);
  // Another process may have made it while this one waited for the lock.
  if (!exists(folder)) {
    make_private_folder(objects_path(folder));
    set_mode(objects_path(folder), 0700);
    create_database(folder);
    sync_folder(fs::absolute(folder).lexically_normal().parent_path());
  }
  return Archive(std::make_unique<Impl>(folder, std::move(lock)));
}

Archive Archive::open(const fs::path& folder, Mode mode, int lock_wait_seconds) {
  if (!exists(folder)) {
    throw Error(trf("there is no archive in {}", display_path(folder)), tr("genchi import makes one"));
  }
  std::optional<WriteLock> lock;
  if (mode == Mode::write) {
    refuse_network_file_system(folder);
    lock.emplace(folder, lock_wait_seconds);
  }
  return Archive(std::make_unique<Impl>(folder, std::move(lock)));
}

Archive::Impl::Impl(fs::path archive_folder, std::optional<WriteLock> lock)
    : folder(std::move(archive_folder)), blocks(objects_path(folder)),
      reader(database_path(folder), Database::Mode::read_only) {
  check_format(reader, folder);
  if (lock) writer = std::make_unique<ArchiveWriter>(folder, std::move(*lock), blocks);
}

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

const fs::path& Archive::folder() const {
  return impl_->folder;
}

bool Archive::is_wanted() const {
  return impl_->writer && impl_->writer->lock().is_wanted();
}

ArchiveWriter& Archive::Impl::writing() {
  if (!writer) throw std::logic_error("the archive is open for reading only");
  writer->require_usable();
  return *writer;
}

// --- Writing ---

Seq Archive::begin_import(const SourceFile& file, std::string_view account, Provenance provenance) {
  return impl_->write([&](ArchiveWriter& w) { return w.begin_import(file, account, provenance); });
}

void Archive::release_memory() {
  impl_->writing().db().release_memory();
}

Archive::Added Archive::add_mail(const MailItem& item, const Sha256& identity) {
  return impl_->write([&](ArchiveWriter& w) { return w.add_mail(item, identity); });
}

Archive::Added Archive::add_export(std::string_view bytes, std::string_view file_name,
                                   const std::vector<ByteRange>& rows,
                                   const std::map<std::uint64_t, std::string>& instead) {
  return impl_->write([&](ArchiveWriter& w) { return w.add_export(bytes, file_name, rows, instead); });
}

Archive::Added Archive::add_memo(std::string_view bytes, const Place& place, std::string_view member) {
  return impl_->write([&](ArchiveWriter& w) { return w.add_memo(bytes, place, member); });
}

Archive::Added Archive::add_media(std::string_view bytes, std::string_view name, UtcSeconds modified) {
  return impl_->write([&](ArchiveWriter& w) { return w.add_media(bytes, name, modified); });
}

bool Archive::add_set_aside(const Problem& problem) {
  return impl_->write([&](ArchiveWriter& w) { return w.add_set_aside(problem); });
}

std::uint64_t Archive::pending_bytes() const {
  return impl_->writer ? impl_->writer->pending_bytes() : 0;
}
std::uint64_t Archive::pending_entries() const {
  return impl_->writer ? impl_->writer->pending_entries() : 0;
}

void Archive::note_damage(const std::vector<std::int64_t>& known) {
  impl_->write([&](ArchiveWriter& w) {
    w.note_damage(known, /*replace=*/true);
    w.commit();
  });
}
void Archive::note_damage_of(const std::vector<EntryId>& entries) {
  impl_->write([&](ArchiveWriter& w) {
    std::vector<ObjectId> damaged;
    for (const EntryId entry : entries) {
      const std::vector<ObjectId> some = w.damaged_objects_of(entry);
      damaged.insert(damaged.end(), some.begin(), some.end());
    }
    w.note_damage(damaged, /*replace=*/false);
    w.commit();
  });
}
bool Archive::has_damage() const {
  return impl_->writer && impl_->writer->has_damage();
}
std::uint64_t Archive::healed() const {
  return impl_->writer ? impl_->writer->healed() : 0;
}

void Archive::commit_batch() {
  impl_->write([](ArchiveWriter& w) { w.commit(); });
}

void Archive::suspend_import() {
  impl_->write([](ArchiveWriter& w) { w.suspend_import(); });
}
void Archive::end_import(Seq begin, const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size,
                         Durable durable) {
  impl_->write([&](ArchiveWriter& w) {
    w.end_import(begin, counts, digest, size);
    if (durable == Durable::now) w.commit();
  });
}
void Archive::end_import(const Counts& counts, const std::optional<Sha256>& digest, std::uint64_t size,
                         Durable durable) {
  impl_->write([&](ArchiveWriter& w) {
    w.end_import(counts, digest, size);
    if (durable == Durable::now) w.commit();
  });
}

Seq Archive::erase(const Erasure& what, std::string_view why) {
  return impl_->write([&](ArchiveWriter& w) { return w.erase(what, why); });
}
void Archive::set_restoring() {
  impl_->write([](ArchiveWriter& w) { w.set_restoring(); });
}
bool Archive::is_restoring() const {
  return impl_->writer && impl_->writer->is_restoring();
}
void Archive::restore(const std::vector<Tombstone>& tombstones) {
  impl_->write([&](ArchiveWriter& w) { w.restore(tombstones); });
}
bool Archive::is_erasing() const {
  Database& db = impl_->reader;
  return has_erasing_tables(db) && db.query_integer("SELECT 1 FROM erasing LIMIT 1").has_value();
}
bool Archive::is_erasing_whole() const {
  if (!is_erasing()) return false;
  return erased_whole_since(impl_->reader.query_integer("SELECT min(plan) FROM erasing").value_or(1) - 1);
}
bool Archive::finish_erasing() {
  return impl_->write([](ArchiveWriter& w) { return w.finish_erasing(); });
}

Seq Archive::append(JournalKind kind, std::string_view payload, Durable durable) {
  return impl_->write([&](ArchiveWriter& w) {
    const Seq seq = w.append(kind, payload);
    if (durable == Durable::now) w.commit();
    return seq;
  });
}

namespace {

Database& with_pragmas(Database& db) {
  db.exec(archive_pragmas);
  db.exec(damage_schema);
  return db;
}

} // namespace

ArchiveWriter::ArchiveWriter(const fs::path& folder, WriteLock lock, const BlockReader& blocks)
    : folder_(folder), lock_(std::move(lock)), db_(database_path(folder), Database::Mode::create),
      journal_(with_pragmas(db_)), blocks_(blocks), objects_(db_, objects_path(folder), blocks),
      exports_(db_, objects_, damaged_),
      find_copies_(db_.prepare(
          "SELECT e.kind, e.digest, e.pieces, e.member, e.folder, i.source, i.account, e.id FROM entry e "
          "JOIN import i ON i.seq=e.import WHERE substr(e.identity, 1, 8)=? AND e.identity=? "
          "AND e.digest IS NOT NULL LIMIT ?")),
      find_origin_(db_.prepare("SELECT id FROM entry WHERE origin=?")),
      insert_entry_(db_.prepare(
          "INSERT INTO entry(id, batch, import, kind, digest, length, identity, pieces, place_offset, "
          "place_length, "
          "place_line, member, folder, flags, store_time, file_time, reason, origin, secret, leaf) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      next_entry_(db_.query_integer("SELECT max(id) FROM entry").value_or(0) + 1),
      has_memos_(db_.prepare("SELECT 1 FROM feature WHERE name=?").bind(memo_feature).step()),
      has_media_(db_.prepare("SELECT 1 FROM feature WHERE name=?").bind(media_feature).step()),
      has_tombstones_(has_tombstone_table(db_)) {
  if (std::error_code error; !fs::exists(objects_path(folder), error))
    make_private_folder(objects_path(folder));
  for (Statement s = db_.prepare("SELECT object FROM damaged"); s.step();) damaged_.insert(s.integer(0));
  if (has_erasing_tables(db_))
    for (Statement s = db_.prepare("SELECT entry FROM redacted"); s.step();) redacted_.insert(s.integer(0));
}

void ArchiveWriter::require_usable() const {
  if (!given_up_) return;
  throw Error(trf("writing to the archive {} has failed before", display_path(folder_)),
              tr("run the command again"));
}

void ArchiveWriter::require_import() const {
  if (!import_) throw std::logic_error("no import has been begun");
}

void ArchiveWriter::begin_transaction() {
  if (!transaction_) transaction_.emplace(db_, "archive");
}

void ArchiveWriter::give_up() noexcept {
  given_up_ = true;
  transaction_.reset();
  // Blocks that were fsynced stay: the commit after that may have become durable although it reported a
  // failure.
  objects_.discard();
}

Seq ArchiveWriter::begin_import(const SourceFile& file, std::string_view account, Provenance provenance) {
  if (import_) throw std::logic_error("imports do not nest");
  begin_transaction();
  const UtcSeconds time = now();
  const std::string kind(kind_name(file.kind));
  const Seq begin = journal_.append(JournalKind::import_begin,
                                    fmt::format(R"({{"source":{},"kind":{},"account":{},"modified":{}{}}})",
                                                json_string(file.name), json_string(kind),
                                                json_string(account), file.modified,
                                                provenance == Provenance::unsaid ? "" : R"(,"from":)" + json_string(provenance_name(provenance))),
                                    time);
  db_.prepare("INSERT INTO import(seq, time, source, kind, account, modified) VALUES(?, ?, ?, ?, ?, ?)")
      .bind(begin, time, file.name, kind, account, file.modified)
      .run();
  import_ = OpenImport{begin, file.name, std::string(account)};
  return begin;
}

Entry ArchiveWriter::new_entry(EntryKind kind, std::string_view bytes) const {
  require_import();
  Entry entry;
  entry.id = next_entry_;
  // Every other journal row seals the batch first, so its row will be the next one.
  entry.batch = journal_.head() + 1;
  entry.import = import_->begin;
  entry.kind = kind;
  entry.digest = sha256(bytes);
  entry.identity = entry.digest;
  entry.length = bytes.size();
  return entry;
}

ArchiveWriter::Copies ArchiveWriter::copies_of(const Entry& entry) {
  Copies copies;
  const std::string member = stable_member(entry.member);
  int seen = 0;
  find_copies_.bind(Statement::Blob{entry.identity.view().substr(0, 8)},
                    Statement::Blob{entry.identity.view()}, max_copies);
  while (find_copies_.step()) {
    ++seen;
    const bool same_kind = find_copies_.integer(0) == static_cast<int>(entry.kind);
    if (!same_kind && entry.kind != EntryKind::set_aside) continue;
    if (redacted_.contains(find_copies_.integer(7))) continue; // it has not all of these bytes any more
    copies.any = true;
    if (find_copies_.blob(1) != entry.digest.view()) continue;
    if (!copies.pieces) copies.pieces = std::string(find_copies_.blob(2));
    copies.same_place = find_copies_.text(5) == import_->source && find_copies_.text(6) == import_->account &&
                        find_copies_.text(4) == entry.hints.folder && stable_member(find_copies_.text(3)) == member;
    if (copies.same_place) break;
  }
  find_copies_.reset();
  if (seen == max_copies && copies.pieces) copies.same_place = true;
  return copies;
}

/// Is this held only with rows erased?
bool ArchiveWriter::is_redacted(const Sha256& digest) {
  Statement held = db_.prepare("SELECT id FROM entry WHERE substr(identity, 1, 8)=? AND identity=?");
  bool redacted = false;
  for (held.bind(Statement::Blob{digest.view().substr(0, 8)}, Statement::Blob{digest.view()}); held.step();) {
    if (!redacted_.contains(held.integer(0))) return false;
    redacted = true;
  }
  return redacted;
}

EntryId ArchiveWriter::held_from(std::int64_t origin) {
  const EntryId entry = find_origin_.bind(origin).step() ? find_origin_.integer(0) : 0;
  find_origin_.reset();
  return entry;
}

std::string ArchiveWriter::store_whole(std::string_view bytes, const Sha256& digest) {
  pending_bytes_ += bytes.size();
  std::vector<Piece> pieces;
  const bool one = bytes.size() <= max_object;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, max_object);
    pieces.push_back({objects_.add(part, one ? digest : sha256(part)), 0, part.size()});
    bytes.remove_prefix(part.size());
  }
  return encode_pieces(pieces);
}

void ArchiveWriter::insert(const Entry& entry, std::string_view pieces, std::string_view secret,
                           const Sha256& leaf, std::optional<std::int64_t> origin) {
  using Blob = Statement::Blob;
  const MailHints& hints = entry.hints;
  const std::optional<UtcSeconds> file_time =
      hints.file_time != 0 ? std::optional(hints.file_time) : std::nullopt;
  insert_entry_
      .bind(entry.id, entry.batch, entry.import, static_cast<int>(entry.kind), Blob{entry.digest.view()},
            entry.length, Blob{entry.identity.view()}, Blob{pieces}, entry.place.offset, entry.place.length,
            entry.place.line, unless_empty(entry.member), unless_empty(hints.folder),
            unless_empty(hints.flags), hints.store_time, file_time, unless_empty(entry.reason), origin,
            Blob{secret}, Blob{leaf.view()})
      .run();
  if (batch_.count() == 0) batch_first_ = entry.id;
  batch_.add(leaf);
  ++next_entry_;
  ++pending_entries_;
}

Archive::Added ArchiveWriter::add_mail(const MailItem& item, const Sha256& identity) {
  begin_transaction();
  Entry entry = new_entry(EntryKind::mail, item.raw);
  entry.identity = identity;
  entry.place = item.place;
  entry.member = item.member;
  entry.hints = item.hints;
  if (was_erased(tombstone_text(entry.kind, identity))) return {.erased = true};
  const Copies copies = copies_of(entry);
  const std::string held = copies.pieces ? heal(entry, item.raw, *copies.pieces) : "";
  if (copies.same_place) return {};
  const std::string pieces = copies.pieces ? held : store_whole(item.raw, entry.digest);
  const std::string secret = random_bytes(secret_bytes);
  insert(entry, pieces, secret, whole_leaf(entry, secret), std::nullopt);
  return {!copies.any, true};
}

Archive::Added ArchiveWriter::add_export(std::string_view bytes, std::string_view file_name,
                                         const std::vector<Archive::ByteRange>& rows,
                                         const std::map<std::uint64_t, std::string>& instead) {
  begin_transaction();
  Entry entry = new_entry(EntryKind::line_export, bytes);
  entry.member = file_name;
  entry.place = {0, bytes.size(), 1};
  // Equal bytes under another name are another chat: friends who got only the same broadcast.
  const std::int64_t origin = *origin_of(entry, import_->source, import_->account);
  if (was_erased(tombstone_text(entry.kind, entry.digest)) || was_erased(tombstone_text(entry.kind, entry.digest, file_name))) return {.erased = true};
  // One that rows were erased of comes in as it was only where that is wanted.
  const EntryId known = restoring_ && is_redacted(entry.digest) ? 0 : held_from(origin);
  if (known != 0 && damaged_.empty()) return {.entry = known};
  Copies copies = copies_of(entry);
  if (copies.pieces) copies.pieces = heal(entry, bytes, *copies.pieces, &rows);
  if (known != 0) return {.entry = known};
  const std::string secret = random_bytes(secret_bytes);
  const auto export_leaf = [&](const DividedExport& divided) { return sha256(export_leaf_text(whole_leaf(entry, secret), divided.rows, divided.rows_root)); };
  if (!instead.empty()) {
    const HeldExport held = without_rows(bytes, rows, instead, secret);
    const DividedExport divided = divide_export(held.bytes, held.rows, secret);
    const std::string pieces = encode_pieces(exports_.add(held.bytes, sha256(held.bytes), divided.segments));
    pending_bytes_ += held.bytes.size();
    insert(entry, pieces, secret, export_leaf(divide_export(bytes, rows, secret)), origin);
    note_left_out(entry.id, held);
    return {.fresh = !copies.any, .stored = true, .erased = false, .entry = entry.id};
  }
  // The same file for another account: divided as it was before, since its objects tell where the rows are.
  const DividedExport divided =
      divide_export(bytes, copies.pieces ? rows_in(db_, decode_pieces(*copies.pieces)) : rows, secret);
  std::string pieces;
  if (copies.pieces) {
    pieces = *copies.pieces;
  } else {
    pieces = encode_pieces(exports_.add(bytes, entry.digest, divided.segments));
    pending_bytes_ += bytes.size();
  }
  insert(entry, pieces, secret, export_leaf(divided), origin);
  return {.fresh = !copies.any, .stored = true, .erased = false, .entry = entry.id};
}

Archive::Added ArchiveWriter::add_memo(std::string_view bytes, const Place& place, std::string_view member) {
  begin_transaction();
  Entry entry = new_entry(EntryKind::memo, bytes);
  entry.place = place;
  entry.member = member;
  return add_featured(std::move(entry), bytes, memo_feature, has_memos_);
}

Archive::Added ArchiveWriter::add_media(std::string_view bytes, std::string_view name, UtcSeconds modified) {
  begin_transaction();
  Entry entry = new_entry(EntryKind::media, bytes);
  entry.place = {0, bytes.size(), 1};
  entry.member = name;
  entry.hints.file_time = modified;
  return add_featured(std::move(entry), bytes, media_feature, has_media_);
}

Archive::Added ArchiveWriter::add_featured(Entry entry, std::string_view bytes, std::string_view feature, bool& has_feature) {
  if (was_erased(tombstone_text(entry.kind, entry.identity))) return {.erased = true};
  const Copies copies = copies_of(entry);
  if (copies.pieces) heal(entry, bytes, *copies.pieces);
  if (copies.any) return {};
  if (!has_feature) add_feature(feature);
  has_feature = true;
  entry.batch = journal_.head() + 1;
  const std::string secret = random_bytes(secret_bytes);
  insert(entry, store_whole(bytes, entry.digest), secret, whole_leaf(entry, secret), std::nullopt);
  return {true, true};
}

void ArchiveWriter::add_feature(std::string_view name) {
  seal_batch();
  journal_.append(JournalKind::archive, fmt::format(R"({{"features":[{}]}})", json_string(name)), now());
  db_.prepare("INSERT INTO feature(name) VALUES(?)").bind(name).run();
}

bool ArchiveWriter::add_set_aside(const Problem& problem) {
  begin_transaction();
  Entry entry = new_entry(EntryKind::set_aside, problem.raw);
  entry.place = problem.place;
  entry.member = problem.member;
  entry.reason = problem.reason.english();
  if (!problem.raw.empty() && was_erased(tombstone_text(entry.kind, entry.digest))) return false;
  const std::int64_t origin = *origin_of(entry, import_->source, import_->account);
  const bool known = held_from(origin) != 0;
  if (known && damaged_.empty()) return true;
  Copies copies = problem.raw.empty() ? Copies{} : copies_of(entry);
  if (copies.pieces) copies.pieces = heal(entry, problem.raw, *copies.pieces);
  if (known) return true;
  const std::string pieces = copies.pieces ? *copies.pieces : store_whole(problem.raw, entry.digest);
  const std::string secret = random_bytes(secret_bytes);
  insert(entry, pieces, secret, whole_leaf(entry, secret), origin);
  return true;
}

void ArchiveWriter::seal_batch() {
  if (batch_.count() == 0) return;
  const EntryId last = next_entry_ - 1;
  const Seq seq =
      journal_.append(JournalKind::batch,
                      fmt::format(R"({{"import":{},"first":{},"last":{},"count":{},"root":"{}"}})",
                                  import_->begin, batch_first_, last, batch_.count(), batch_.root().hex()),
                      now());
  db_.prepare("INSERT INTO batch(seq, import, first, last) VALUES(?, ?, ?, ?)")
      .bind(seq, import_->begin, batch_first_, last)
      .run();
  batch_ = {};
}

void ArchiveWriter::suspend_import() {
  require_import();
  begin_transaction();
  seal_batch();
  import_.reset();
}

void ArchiveWriter::end_import(const Counts& counts, const std::optional<Sha256>& digest,
                               std::uint64_t size) {
  require_import();
  const Seq begin = import_->begin;
  suspend_import();
  end_import(begin, counts, digest, size);
}

void ArchiveWriter::end_import(Seq begin, const Counts& counts, const std::optional<Sha256>& digest,
                               std::uint64_t size) {
  if (import_) throw std::logic_error("the import under way has to be ended or suspended first");
  begin_transaction();
  const UtcSeconds time = now();
  const std::string hex = digest ? '"' + digest->hex() + '"' : "null";
  const Seq end = journal_.append(
      JournalKind::import_end,
      fmt::format(R"({{"begin":{},"read":{},"new":{},"known":{},"set_aside":{},"digest":{},"size":{}}})",
                  begin, counts.read, counts.fresh, counts.known, counts.set_aside, hex, size),
      time);
  std::optional<Statement::Blob> blob;
  if (digest) blob = Statement::Blob{digest->view()};
  db_.prepare("UPDATE import SET end_seq=?, end_time=?, digest=?, size=?, read=?, fresh=?, known=?, "
              "set_aside=? WHERE seq=? AND end_seq IS NULL")
      .bind(end, time, blob, size, counts.read, counts.fresh, counts.known, counts.set_aside, begin)
      .run();
  if (db_.changes() != 1) throw std::logic_error("no such import is waiting for its receipt");
}

Seq ArchiveWriter::append(JournalKind kind, std::string_view payload) {
  if (kind == JournalKind::archive || kind == JournalKind::import_begin || kind == JournalKind::batch ||
      kind == JournalKind::import_end || kind == JournalKind::erase_plan || kind == JournalKind::erase_done ||
      kind == JournalKind::restore) {
    throw std::logic_error("rows of this kind are written by the archive itself");
  }
  begin_transaction();
  seal_batch();
  return journal_.append(kind, payload, now());
}

void ArchiveWriter::commit() {
  if (!transaction_) return;
  seal_batch();
  if (!restored_.empty()) restore(std::exchange(restored_, {}));
  objects_.sync();
  transaction_->commit();
  transaction_.reset();
  pending_bytes_ = pending_entries_ = 0;
}

} // namespace genchi
