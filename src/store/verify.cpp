#include "store/verify.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "archive/blocks.hpp"
#include "archive/erasing.hpp"
#include "archive/lock.hpp"
#include "base/files.hpp"
#include "base/sqlite.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"
#include "importers/line_talk/talk.hpp"
#include "index/schema.hpp"
#include "mail/message.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;

/// A private folder for the second catalogue, gone at the end.
class Scratch {
 public:
  Scratch() {
    const char* temporary = std::getenv("TMPDIR");
    std::string name = (fs::path(temporary && *temporary ? temporary : "/var/tmp") / "genchi-verify-XXXXXX").native();
    if (!::mkdtemp(name.data())) throw Error(trf("cannot create {}: {}", name, errno_text(errno)), tr("$TMPDIR names another folder for it."));
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class StoreCheck {
 public:
  StoreCheck(const fs::path& folder, const VerifyOptions& options, const Report& report)
      : folder_(folder), options_(options), told_(report), report_([this](Finding finding) { tell(std::move(finding)); }) {}

  Verified run();

 private:
  void tell(Finding finding);
  Finding note(Area area, const fs::path& path, std::string what) const;
  void check_files();
  void check_folder(const fs::path& folder, const std::function<bool(const std::string&)>& expected);
  void check_blocks_named();
  void check_mode(const fs::path& path);
  bool may_catch_up() const;
  void catch_up();
  void take_lock();
  void open_stores();
  void check_archive();
  void note_damage(const std::vector<std::int64_t>& objects);
  void check_erased_rows();
  void check_erased_rows(const Entry& entry);
  void check_catalogue();
  void check_index();
  bool index_belongs(const index::Manifest& manifest);
  void check_passages();
  bool compare_passages(std::set<std::string>& shards, std::set<std::string>& jobs);
  void let_others_write();
  bool reopen_index();

  fs::path folder_;
  const VerifyOptions& options_;
  const Report& told_;
  Report report_;
  Verified verified_;
  std::array<std::uint64_t, 7> told_of_{};
  std::optional<WriteLock> lock_;
  bool written_by_others_ = false;
  std::optional<Archive> archive_;
  std::optional<catalogue::Catalogue> catalogue_;
  std::optional<index::Manifest> manifest_;
};

unsigned worker_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

void StoreCheck::tell(Finding finding) {
  ++(finding.severity == Severity::damage ? verified_.damage : verified_.notes);
  const auto area = static_cast<std::size_t>(finding.area);
  if (told_of_[area]++ < options_.most_findings) told_(std::move(finding));
  else ++verified_.untold[area];
}

Finding StoreCheck::note(Area area, const fs::path& path, std::string what) const {
  Finding finding;
  finding.area = area;
  finding.severity = Severity::note;
  finding.file = path.lexically_relative(folder_).native();
  finding.what = std::move(what);
  return finding;
}

/// Modes, and files that are not the archive's.
void StoreCheck::check_files() {
  check_mode(folder_);
  check_folder(folder_, [](const std::string& name) {
    if (name == "cache.db-journal") return true;
    for (const char* database : {"archive.db", "catalogue.db", "cache.db"})
      if (name == database || name == std::string(database) + "-wal" || name == std::string(database) + "-shm") return true;
    return name == "objects" || name == "index" || name == "genchi.toml" || name == "lock";
  });
  check_folder(folder_ / "objects", [](const std::string& name) { return name.size() >= 10 && name.ends_with(".blk"); });
  check_folder(folder_ / "index", [](const std::string& name) {
    return name == "MANIFEST" || name.starts_with("shard-") || name.starts_with("jobs-") || name == "scratch";
  });
  check_blocks_named();
}

void StoreCheck::check_mode(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return;
  if ((status.st_mode & 077U) == 0 || S_ISLNK(status.st_mode)) return;
  Finding finding = note(Area::files, path, tr("others than the owner may read or write it"));
  if (path == folder_) finding.file = ".";
  finding.advice = tr("chmod -R go= on the archive's folder closes it");
  report_(std::move(finding));
}

void StoreCheck::check_folder(const fs::path& folder, const std::function<bool(const std::string&)>& expected) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) paths.push_back(it->path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    check_mode(path);
    if (!expected(path.filename().native())) report_(note(Area::files, path, tr("the file does not belong to the archive; genchi does not look at it")));
  }
}

/// Block files and stretches of them that archive.db names nothing in: what a crash leaves.
void StoreCheck::check_blocks_named() {
  try {
    Database db(folder_ / "archive.db", Database::Mode::read_only);
    std::error_code error;
    std::vector<fs::path> paths;
    for (fs::directory_iterator it(folder_ / "objects", error), end; !error && it != end; it.increment(error)) paths.push_back(it->path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      const std::uint32_t number = block_file_number(path.filename().native());
      if (number == 0) continue;
      if (const std::uint64_t bytes = unnamed_bytes(db, folder_ / "objects", number); bytes > 0)
        report_(note(Area::files, path, trf("{} bytes in it belong to nothing: what an import that was broken off leaves", bytes)));
    }
  } catch (const Error&) {
    // The archive's own check says what is wrong with archive.db.
  }
}

/// Are catalogue and index whole, or not there at all, so that bringing them up hides no damage?
bool StoreCheck::may_catch_up() const {
  const fs::path catalogue = catalogue::Catalogue::file_in(folder_);
  std::error_code error;
  try {
    if (fs::exists(catalogue, error) && !catalogue::Catalogue::usable(folder_)) return false;
    const auto manifest = index::read_manifest(Store::index_folder(folder_));
    if (manifest && manifest->version != index::schema_version) return false;
    if (manifest)
      for (const std::string& shard : manifest->shards)
        if (!fs::exists(Store::index_folder(folder_) / shard / "iamglass", error)) return false;
    return true;
  } catch (const Error&) {
    return false;
  }
}

void StoreCheck::catch_up() {
  std::atomic<bool> gave_way = false;  // asked from several threads
  try {
    Archive archive = Archive::open(folder_, Archive::Mode::read);
    if (catalogue::Catalogue::usable(folder_)) {
      const catalogue::Catalogue held(archive, catalogue::Catalogue::Mode::read);
      const auto manifest = index::read_manifest(Store::index_folder(folder_));
      // Ahead of the archive: that is damage, and not for us to cover up.
      if (held.applied() > archive.head() || (manifest && manifest->revision > held.revision())) return;
      if (held.applied() == archive.head() && manifest && manifest->revision == held.revision()) return;
    }
    Store store = Store::open_for_writing(folder_, false, /*lock_wait_seconds=*/0, options_.vocabulary);
    store.catch_up(options_.progress, [&] {
      if (store.archive().is_wanted()) gave_way = true;
      return gave_way || (options_.stop && options_.stop());
    });
  } catch (const Error& error) {
    if (error.code() == ExitCode::interrupted && !gave_way) throw;
    // Not to be written, or damaged: what is behind or broken is told of where it is compared.
  }
}

void StoreCheck::take_lock() {
  std::error_code error;
  const bool lock_file = fs::exists(folder_ / "lock", error);
  // Without the file nobody has ever written here, or it is a copy: no lock is made for it.
  if (!lock_file || ::access((folder_ / "lock").c_str(), W_OK) != 0) return;
  try {
    lock_.emplace(folder_, 0);
  } catch (const Error&) {
    written_by_others_ = true;
  }
}

/// As others would open them, in the order that shows a catalogue never ahead of a sound archive.
void StoreCheck::open_stores() {
  try {
    archive_.emplace(Archive::open(folder_, Archive::Mode::read));
    archive_->hold_state();
  } catch (const Error&) {
    archive_.reset();
    return;
  }
  try {
    catalogue_.emplace(*archive_, catalogue::Catalogue::Mode::read);
  } catch (const Error&) {
    catalogue_.reset();
  }
}

void StoreCheck::check_archive() {
  ArchiveVerifyOptions options;
  options.threads = worker_threads();
  options.mail_identity = mail::identity;
  options.stop = options_.stop;
  std::atomic<std::uint64_t> done = 0;
  if (options_.progress) {
    options_.progress->start(Progress::Phase::checking, bytes_to_verify(folder_));
    options.progress = [&](std::uint64_t bytes) { options_.progress->at(done += bytes); };
  }
  std::vector<std::int64_t> damaged;
  options.damaged_object = [&](std::int64_t object) { damaged.push_back(object); };
  verified_.archive = verify_archive(folder_, options, report_);
  if (options_.progress) options_.progress->finish();
  if (verified_.archive.complete) note_damage(damaged);
}

/// For the next import, which then stores anew what it brings of it. A help, not a repair: nothing depends on it.
void StoreCheck::note_damage(const std::vector<std::int64_t>& objects) {
  try {
    if (objects.empty() && (!archive_ || !archive_->damage_noted())) return;
    Archive::open(folder_, Archive::Mode::write, 0).note_damage(objects);
  } catch (const Error&) {
    // Media that cannot be written, or somebody writes.
  }
}

/// What stands where rows were erased says that and nothing else: no hash holds it, so words could be put there.
void StoreCheck::check_erased_rows() {
  if (!archive_ || !verified_.archive.complete) return;
  archive_->entries(0, [&](const Entry& entry) {
    if (options_.stop && options_.stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
    if (!entry.redaction) return true;
    try {
      check_erased_rows(entry);
    } catch (const DamagedOriginal&) {
      // Told already.
    }
    return true;
  });
}

void StoreCheck::check_erased_rows(const Entry& entry) {
  const std::string bytes = archive_->read(entry);
  const std::vector<Archive::ByteRange> rows = archive_->export_rows(entry);
  std::map<std::uint64_t, bool> says_so;  // by where a row begins
  if (const auto read = line::parse_export(bytes, entry.member)) {
    for (const line::Row& row : read->rows) says_so[row.offset] = row.content == line::Content::unsent || line::is_erased_words(row.text);
  } else {
    const talk::Choices choices = catalogue_ ? catalogue_->talk_choices(entry.digest) : talk::Choices{};
    if (const auto talk = talk::parse_talk(bytes, entry.member, choices))
      for (const talk::Row& row : talk->rows) {
        const line::Row shown = talk::as_line_row(row, talk->own, japan_offset_minutes);
        says_so[row.offset] = shown.content == line::Content::unsent || line::is_erased_words(shown.text);
      }
  }
  for (const std::uint64_t row : entry.redaction->rows) {
    const auto at = row < rows.size() ? says_so.find(rows[row].offset) : says_so.end();
    if (at != says_so.end() && at->second) continue;
    Finding finding;
    finding.area = Area::originals;
    finding.file = "archive.db";
    finding.table = "redacted";
    finding.row = finding.entry = entry.id;
    finding.source = entry.member;
    finding.what = trf("in the place of row {} something stands that does not say that it was erased", row);
    report_(std::move(finding));
  }
}

void StoreCheck::check_catalogue() {
  if (!archive_) return;
  std::error_code error;
  if (!fs::exists(catalogue::Catalogue::file_in(folder_), error)) {
    Finding finding = note(Area::catalogue, catalogue::Catalogue::file_in(folder_), tr("there is no catalogue; the next command that may write makes it"));
    report_(std::move(finding));
    return;
  }
  const Scratch scratch;
  catalogue::CatalogueVerifyOptions options;
  options.threads = worker_threads();
  options.stop = options_.stop;
  if (options_.progress) {
    options_.progress->start(Progress::Phase::cataloguing, 0);
    options.progress = [&](std::uint64_t entries) { options_.progress->at(entries); };
  }
  const std::uint64_t damage_before = verified_.damage;
  try {
    verified_.catalogue = catalogue::verify_catalogue(*archive_, scratch.path(), options, report_);
  } catch (const Error& failure) {
    if (failure.code() == ExitCode::interrupted || damage_before == 0) throw;
    report_(note(Area::catalogue, catalogue::Catalogue::file_in(folder_), trf("it could not be compared with the damaged archive: {}", failure.what())));
  }
  if (options_.progress) options_.progress->finish();
}

/// Was the index made from this state of this catalogue?
bool StoreCheck::index_belongs(const index::Manifest& manifest) {
  Finding finding;
  finding.area = Area::index;
  finding.file = "index/MANIFEST";
  finding.advice = tr("Make it anew: genchi reindex");
  if (!catalogue_) {
    report_(note(Area::index, Store::index_folder(folder_), tr("without a catalogue its messages were not compared")));
    return false;
  }
  if (manifest.settings != Store::index_settings(*catalogue_)) {
    finding.what = tr("the index was made from another catalogue");
  } else if (manifest.revision > catalogue_->revision()) {
    finding.what = tr("the index is ahead of the catalogue: catalogue.db is older than it was");
  } else if (manifest.revision < catalogue_->revision() || manifest.pending) {
    finding.severity = Severity::note;
    finding.what = tr("the index is behind the catalogue, and its messages were not compared");
    finding.advice = tr("It catches up with the next command that may write.");
  } else {
    return true;
  }
  report_(std::move(finding));
  return false;
}

void StoreCheck::check_index() {
  index::IndexVerifyOptions options;
  options.threads = worker_threads();
  options.stop = options_.stop;
  const fs::path folder = Store::index_folder(folder_);
  std::error_code error;
  if (!fs::exists(folder, error)) {
    report_(note(Area::index, folder, tr("there is no index; the next command that may write makes it")));
    return;
  }
  // A direct update changes a shard before MANIFEST knows of it.
  const Report softened = [&](Finding finding) {
    if (written_by_others_) {
      finding.severity = Severity::note;
      finding.what += tr(" (the archive is being written; run verify again afterwards)");
    }
    report_(std::move(finding));
  };
  manifest_ = index::verify_files(folder, options, verified_.index, softened);
  if (!manifest_) return;
  verified_.index_files = true;
  if (manifest_->shards.size() != verified_.index.shards || !index_belongs(*manifest_)) return;
  verify_messages(folder, *manifest_, catalogue_->listed_ids(), options, verified_.index, softened);
  verified_.index_messages = true;
}

/// Goes through all passages, and lets others write whenever they wait for it. What was compared stays compared: a writer
/// touches jobs, and gives them a later revision.
void StoreCheck::check_passages() {
  if (!options_.full || !verified_.index_messages || !catalogue_) return;
  if (written_by_others_) {
    report_(note(Area::index, Store::index_folder(folder_), tr("the archive is being written: passages were not compared")));
    return;
  }
  std::set<std::string> shards, jobs;  // done
  if (options_.progress) options_.progress->start(Progress::Phase::indexing, catalogue_->jobs_after(0).size());
  while (!(verified_.index_passages = compare_passages(shards, jobs))) {
    const std::int64_t revision = catalogue_->revision();
    const std::string birth = catalogue_->birth();
    let_others_write();
    if (!reopen_index()) break;
    if (catalogue_->birth() != birth) jobs.clear();  // made anew
    for (const std::string& changed : catalogue_->jobs_after(revision)) jobs.erase(changed);
  }
  if (options_.progress) options_.progress->finish();
}

/// False if it ended early to give way.
bool StoreCheck::compare_passages(std::set<std::string>& shards, std::set<std::string>& jobs) {
  index::IndexVerifyOptions options;
  options.threads = worker_threads();
  options.stop = options_.stop;
  options.give_way = [&] { return lock_ && lock_->is_wanted(); };
  const fs::path folder = Store::index_folder(folder_);
  for (const std::string& shard : manifest_->shards) {
    std::string state = shard;
    for (const auto& file : manifest_->files)
      if (file.shard == shard) state += file.digest.hex();
    if (shards.contains(state)) continue;
    if (!index::verify_postings(folder, shard, options, report_)) return false;
    shards.insert(state);
  }
  std::vector<std::string> left = catalogue_->jobs_after(0);
  std::erase_if(left, [&](const std::string& job) { return jobs.contains(job); });
  const std::size_t before = jobs.size();
  if (options_.progress) options.progress = [&](std::uint64_t n) { options_.progress->at(before + n); };
  const auto produce = [&](const std::string& job) { return catalogue_->passages(job); };
  const std::size_t compared = index::verify_passages(folder, *manifest_, left, produce, options, verified_.index, report_);
  jobs.insert(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(compared));
  return compared == left.size();
}

/// Until nobody holds the lock any more.
void StoreCheck::let_others_write() {
  catalogue_.reset();
  archive_.reset();
  lock_.reset();
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // who waits looks more often than that
    if (options_.stop && options_.stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
    written_by_others_ = false;
    take_lock();
  } while (written_by_others_);
}

/// Archive, catalogue and MANIFEST as others left them; false, with a note or finding, if they do not belong together.
bool StoreCheck::reopen_index() {
  open_stores();
  try {
    manifest_ = index::read_manifest(Store::index_folder(folder_));
  } catch (const Error&) {
    manifest_.reset();
  }
  if (manifest_ && manifest_->version == index::schema_version) return index_belongs(*manifest_);
  report_(note(Area::index, Store::index_folder(folder_), tr("the index was changed meanwhile: not all passages were compared")));
  return false;
}

Verified StoreCheck::run() {
  const bool log_whole = verify_log(folder_, report_);
  if (log_whole && may_catch_up()) catch_up();
  take_lock();
  check_files();
  open_stores();
  check_index();
  check_passages();
  lock_.reset();
  check_archive();
  check_erased_rows();
  check_catalogue();
  return verified_;
}

}  // namespace

Verified verify_store(const fs::path& folder, const VerifyOptions& options, const Report& report) {
  std::error_code error;
  if (!Archive::exists(folder) && !fs::exists(folder / "objects", error) && !fs::exists(catalogue::Catalogue::file_in(folder), error))
    throw Error(trf("there is no archive in {}", display_path(folder)), tr("genchi import makes one"));
  return StoreCheck(folder, options, report).run();
}

}  // namespace genchi
