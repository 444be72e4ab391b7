// An update goes one of two ways.
//
// Straight: the documents of a few jobs are prepared in memory and replaced inside the one shard that holds them, in one
// commit. If several shards are concerned it goes the other way: readers must not see a half of it.
//
// By segments: 1. new shards are built beside the old ones; 2. MANIFEST takes them in (the commit) and names
// the jobs that older shards hold as well; 3. these are deleted there; 4. MANIFEST is replaced again, without
// the note. A kill before 2 leaves the old state, one after it is finished by the next writer. Shards of
// which nothing would be left are dropped in 2 without being touched.
#include "index/writer.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <string_view>
#include <utility>
#include <xapian.h>

#include <fmt/format.h>

#include "base/failpoint.hpp"
#include "base/files.hpp"
#include "base/memory.hpp"
#include "base/parallel.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "base/record_io.hpp"
#include "index/schema.hpp"
#include "index/segments.hpp"
#include "index/terms.hpp"

namespace genchi::index {

namespace fs = std::filesystem;

namespace {

constexpr std::uint8_t jobs_file_version = 1;
constexpr std::size_t deletions_per_commit = 1000;
// Beyond this the documents of a straight update are turned into segments after all.
constexpr std::size_t held_memory = 48u << 20;
// So many shards a search may have to ask beside the full ones; then the small ones are merged.
constexpr std::size_t small_shards = 8;
// A shard joins a merge while it is at most so many times as large as the smaller ones together, so that a
// document is copied a few times in its life and not at each merge.
constexpr std::size_t merge_ratio = 4;

/// The jobs of an update. They are numbered as they were given: the order of arrival, in which originals are
/// read block after block. There may be a million: about 30 bytes each.
class Jobs {
 public:
  explicit Jobs(std::vector<std::string> names) : repeated_(names.size()), by_term_(names.size()) {
    std::size_t bytes = 0;
    for (const std::string& name : names) bytes += name.size();
    names_.reserve(bytes);
    ends_.reserve(names.size());
    for (const std::string& name : names) {
      names_ += name;
      ends_.push_back(names_.size());
    }
    std::vector<std::string>().swap(names);
    give_back_memory();
    std::iota(by_term_.begin(), by_term_.end(), 0u);
    std::stable_sort(by_term_.begin(), by_term_.end(), [this](std::uint32_t a, std::uint32_t b) {
      return term_comes_before(name(a), name(b));
    });
    const auto end =
        std::unique(by_term_.begin(), by_term_.end(), [this](std::uint32_t kept, std::uint32_t next) -> bool {
          return repeated_[next] = name(kept) == name(next);
        });
    by_term_.erase(end, by_term_.end());
  }
  std::size_t size() const { return ends_.size(); }
  /// The same as an earlier one.
  bool is_repeated(std::size_t job) const { return repeated_[job]; }
  std::string_view name(std::size_t job) const {
    const std::size_t begin = job == 0 ? 0 : ends_[job - 1];
    return std::string_view(names_).substr(begin, ends_[job] - begin);
  }
  std::string term(std::size_t job) const { return prefixed_term(prefix::job, name(job)); }
  /// Each job once, in the order of the terms, in which shards are read.
  const std::vector<std::uint32_t>& by_term() const { return by_term_; }

 private:
  // Terms of short names are the names behind a prefix; those of long ones are hashes.
  static bool term_comes_before(std::string_view a, std::string_view b) {
    constexpr std::size_t surely_short = 100;
    if (a.size() <= surely_short && b.size() <= surely_short) return a < b;
    return prefixed_term(prefix::job, a) < prefixed_term(prefix::job, b);
  }

  std::string names_;
  std::vector<std::size_t> ends_;
  std::vector<bool> repeated_;
  std::vector<std::uint32_t> by_term_;
};

/// What one job became.
struct FinishedJob {
  std::size_t job = 0;
  std::vector<Xapian::Document> documents;
};

void remove_folder(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) throw Error(trf("cannot remove {}: {}", display_path(folder), error.message()));
}

/// Folders that vanish again unless they are kept.
class NewFolders {
 public:
  NewFolders() = default;
  NewFolders(const NewFolders&) = delete;
  NewFolders& operator=(const NewFolders&) = delete;
  ~NewFolders() {
    std::error_code ignored; // the next writer removes what stays
    for (const fs::path& folder : folders_) fs::remove_all(folder, ignored);
  }
  /// A folder to be made: nothing is there.
  fs::path add(fs::path folder) {
    remove_folder(folder);
    return folders_.emplace_back(std::move(folder));
  }
  void keep() { folders_.clear(); }

 private:
  std::vector<fs::path> folders_;
};

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

void write_jobs_file(const fs::path& path, const std::vector<std::string>& terms) {
  RecordWriter out;
  out.byte(jobs_file_version);
  out.number(terms.size());
  for (const std::string& term : terms) out.text(term);
  write_file_atomically(path, out.take());
}

std::vector<std::string> read_jobs_file(const fs::path& path) {
  const std::string bytes = read_file(path, 16ULL << 30);
  RecordReader in(bytes);
  if (in.byte() != jobs_file_version) throw_damaged_record();
  std::vector<std::string> terms(in.count(1));
  for (std::string& term : terms) term = in.text();
  in.end();
  return terms;
}

} // namespace

struct IndexWriter::Impl {
  fs::path folder;
  std::string settings;
  unsigned threads = 1;
  Tuning tuning;
  bool certain = false;             // false: an update failed, what is on the disk must be looked at anew
  Manifest manifest;                // as on the disk, except while another index is being replaced
  std::vector<std::string> dropped; // shards of the index that is being replaced
  std::vector<std::string> leaving; // retired by the update before this one

  void open();
  bool is_whole(const Manifest& found) const;
  void remove_leftovers(const std::optional<Manifest>& found) const;

  void update(std::vector<std::string> names, const Produce& produce, std::int64_t revision,
              const std::function<void(std::size_t)>& done);
  void commit(Manifest next);
  void hash_shards(Manifest& next) const;
  void finish_pending();

  std::size_t documents_in(const std::string& shard) const;
  std::vector<std::size_t> present_in(const std::string& shard, const Jobs& jobs,
                                      std::size_t& documents) const;
  bool has_room_for(std::size_t jobs) const;
  bool replace_straight(const Jobs& jobs, const std::vector<FinishedJob>& finished, std::int64_t revision);
  void take_in(const std::vector<std::string>& new_shards, NewFolders& unfinished, const Jobs& jobs,
               std::int64_t revision);
  bool merge_some();
  void rewrite_shards();
};

namespace {

/// The jobs of one update, worked off by several threads.
class Production {
 public:
  Production(const Jobs& jobs, const IndexWriter::Produce& produce,
             const std::function<void(std::size_t)>& done, bool hold)
      : jobs_(jobs), produce_(produce), done_(done), holding_(hold) {}

  /// One worker's part: until there are no more jobs or another worker failed.
  void work(SegmentBuilder& segments) {
    try {
      for (std::size_t job = next_++; job < jobs_.size() && !failed_; job = next_++) {
        if (!jobs_.is_repeated(job)) work_off(job, segments);
        if (done_) done_(++finished_);
      }
      segments.finish();
    } catch (...) {
      failed_ = true;
      throw;
    }
  }

  /// What was held back; nullopt if it went into segments.
  std::optional<std::vector<FinishedJob>> take_held() {
    if (!holding_) return std::nullopt;
    return std::move(held_);
  }

 private:
  void work_off(std::size_t job, SegmentBuilder& segments) {
    FinishedJob finished{job, {}};
    const std::string term = jobs_.term(job);
    std::vector<Passage> passages = produce_(std::string(jobs_.name(job)));
    for (Passage& passage : passages) {
      if (passage.messages.empty()) continue;
      ReadyDocument ready = make_document(passage, term);
      passage = {};
      if (holding_ && (memory_ += ready.memory) > held_memory) stop_holding(segments);
      if (holding_) {
        finished.documents.push_back(std::move(ready.document));
      } else {
        segments.add(ready);
      }
    }
    hold(std::move(finished), segments);
  }

  void hold(FinishedJob finished, SegmentBuilder& segments) {
    {
      const std::lock_guard lock(mutex_);
      if (holding_) return held_.push_back(std::move(finished));
    }
    add_all(finished, segments);
  }

  void stop_holding(SegmentBuilder& segments) {
    std::vector<FinishedJob> held;
    {
      const std::lock_guard lock(mutex_);
      holding_ = false;
      held.swap(held_);
    }
    for (const FinishedJob& finished : held) add_all(finished, segments);
  }

  static void add_all(const FinishedJob& finished, SegmentBuilder& segments) {
    for (const Xapian::Document& document : finished.documents) segments.add({document, 0, 0});
  }

  const Jobs& jobs_;
  const IndexWriter::Produce& produce_;
  const std::function<void(std::size_t)>& done_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> finished_ = 0;
  std::atomic<std::size_t> memory_ = 0;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> holding_;
  std::mutex mutex_;
  std::vector<FinishedJob> held_;
};

void add_segments(const std::vector<FinishedJob>& finished, const fs::path& scratch, std::size_t segment_bytes,
                  ShardMaker& shards) {
  with_xapian(scratch, [&] {
    SegmentBuilder segments(scratch, "held", segment_bytes, shards);
    for (const FinishedJob& job : finished)
      for (const Xapian::Document& document : job.documents) segments.add({document, 0, 0});
    segments.finish();
  });
}

} // namespace

void IndexWriter::Impl::open() {
  make_private_folder(folder);
  const std::optional<Manifest> found = read_manifest(folder);
  remove_leftovers(found);
  manifest = {};
  dropped.clear();
  leaving.clear();
  if (found && found->version == schema_version && found->settings == settings && is_whole(*found)) {
    manifest = *found;
    return finish_pending();
  }
  manifest.version = schema_version;
  manifest.settings = settings;
  if (!found) return;
  manifest.generation = found->generation;
  manifest.retired = found->retired;
  dropped = found->shards;
}

// Is everything there that the manifest names?
bool IndexWriter::Impl::is_whole(const Manifest& found) const {
  if (found.pending && !fs::exists(folder / found.pending->jobs_file)) return false;
  return std::all_of(found.shards.begin(), found.shards.end(),
                     [&](const std::string& shard) { return fs::exists(folder / shard / "iamglass"); });
}

void IndexWriter::Impl::remove_leftovers(const std::optional<Manifest>& found) const {
  std::vector<std::string> keep;
  if (found) {
    keep = found->shards;
    keep.insert(keep.end(), found->retired.begin(), found->retired.end());
    if (found->pending) keep.push_back(found->pending->jobs_file);
  }
  std::vector<fs::path> leftovers;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name.starts_with("shard-") || name.starts_with("jobs-") || name == "scratch";
    if (ours && std::find(keep.begin(), keep.end(), name) == keep.end()) leftovers.push_back(entry.path());
  }
  for (const fs::path& path : leftovers) remove_folder(path);
}

// Sees to it that the files of each shard are recorded as they are now. Every commit of Xapian's rewrites "iamglass",
// so that one tells whether a shard has changed, also in a run that was killed before it came here.
void IndexWriter::Impl::hash_shards(Manifest& next) const {
  const std::vector<Manifest::File> before = std::exchange(next.files, {});
  for (const std::string& shard : next.shards) {
    std::vector<Manifest::File> known;
    for (const Manifest::File& file : before)
      if (file.shard == shard) known.push_back(file);
    const bool same = std::any_of(known.begin(), known.end(), [&](const Manifest::File& file) {
      return file.name == "iamglass" && file.digest == sha256(read_file(folder / shard / "iamglass", 1 << 20));
    });
    if (!same) known = hash_shard(folder, shard);
    next.files.insert(next.files.end(), known.begin(), known.end());
  }
}

// Makes `next` the state of the index, and removes the shards that no reader can hold any more. What `next`
// names must not vanish from now on: if this fails, the disk may have either state.
void IndexWriter::Impl::commit(Manifest next) {
  ++next.generation;
  hash_shards(next);
  sync_folder(folder); // new shards must be in it before they are named
  failpoint("index", "commit");
  write_manifest(folder, next);
  failpoint("index", "committed");
  manifest = std::move(next);
  std::error_code ignored; // the next writer removes what stays
  for (const std::string& name : leaving) fs::remove_all(folder / name, ignored);
  leaving.clear();
}

void IndexWriter::Impl::finish_pending() {
  if (!manifest.pending) return;
  const fs::path jobs_file = folder / manifest.pending->jobs_file;
  const std::vector<std::string> terms = read_jobs_file(jobs_file);
  Manifest next = manifest;
  next.pending.reset();
  next.revision = manifest.pending->revision;
  for (const std::string& shard : manifest.pending->clean) {
    with_xapian(folder / shard, [&] {
      Xapian::WritableDatabase db((folder / shard).string(), Xapian::DB_OPEN);
      std::size_t deleted = 0;
      for (const std::string& term : terms) {
        const std::size_t documents = db.get_termfreq(term);
        if (documents == 0) continue;
        db.delete_document(term);
        deleted += documents;
        if (deleted < deletions_per_commit) continue;
        db.commit();
        deleted = 0;
        failpoint("index", "deleting");
      }
      db.commit();
    });
    if (documents_in(shard) > 0) continue;
    next.shards.erase(std::remove(next.shards.begin(), next.shards.end(), shard), next.shards.end());
    next.retired.push_back(shard);
  }
  commit(std::move(next));
  std::error_code ignored;
  fs::remove(jobs_file, ignored);
}

std::size_t IndexWriter::Impl::documents_in(const std::string& shard) const {
  return count_documents(folder / shard);
}

// Which of the jobs a shard holds, in the order of their terms, and how many documents in all.
std::vector<std::size_t> IndexWriter::Impl::present_in(const std::string& shard, const Jobs& jobs,
                                                       std::size_t& documents) const {
  std::vector<std::size_t> present;
  documents = 0;
  with_xapian(folder / shard, [&] {
    const Xapian::Database db((folder / shard).string());
    Xapian::TermIterator it = db.allterms_begin(std::string(prefix::job));
    const Xapian::TermIterator end = db.allterms_end(std::string(prefix::job));
    for (const std::uint32_t job : jobs.by_term()) {
      const std::string term = jobs.term(job);
      it.skip_to(term);
      if (it == end) break;
      if (*it != term) continue;
      present.push_back(job);
      documents += it.get_termfreq();
    }
  });
  return present;
}

bool IndexWriter::Impl::has_room_for(std::size_t jobs) const {
  return std::any_of(manifest.shards.begin(), manifest.shards.end(), [&](const std::string& shard) {
    return documents_in(shard) + jobs <= tuning.shard_documents;
  });
}

// False, and nothing done, if more than one shard had to be changed.
bool IndexWriter::Impl::replace_straight(const Jobs& jobs, const std::vector<FinishedJob>& finished,
                                         std::int64_t revision) {
  constexpr std::size_t nowhere = SIZE_MAX;
  std::vector<std::size_t> home(jobs.size(), nowhere);
  std::map<std::size_t, std::vector<std::size_t>> deletions; // shard → jobs
  std::size_t smallest = 0;
  std::size_t fewest = SIZE_MAX;
  for (std::size_t shard = 0; shard < manifest.shards.size(); ++shard) {
    std::size_t documents = 0;
    for (const std::size_t job : present_in(manifest.shards[shard], jobs, documents)) {
      deletions[shard].push_back(job);
      if (home[job] == nowhere) home[job] = shard;
    }
    const std::size_t size = documents_in(manifest.shards[shard]);
    if (size < fewest) {
      fewest = size;
      smallest = shard;
    }
  }
  std::map<std::size_t, std::vector<const FinishedJob*>> additions;
  for (const FinishedJob& job : finished) {
    if (job.documents.empty()) continue;
    const std::size_t shard = home[job.job] == nowhere ? smallest : home[job.job];
    additions[shard].push_back(&job);
    deletions[shard];
  }
  if (deletions.size() > 1) return false;
  for (const auto& [shard, deleted] : deletions) {
    const fs::path path = folder / manifest.shards[shard];
    with_xapian(path, [&, shard = shard, &deleted = deleted] {
      Xapian::WritableDatabase db(path.string(), Xapian::DB_OPEN);
      db.begin_transaction();
      for (const std::size_t job : deleted) db.delete_document(jobs.term(job));
      for (const FinishedJob* job : additions[shard])
        for (const Xapian::Document& document : job->documents) db.add_document(document);
      db.commit_transaction();
    });
    failpoint("index", "shard-written");
  }
  Manifest next = manifest;
  next.revision = revision;
  commit(std::move(next));
  return true;
}

void IndexWriter::Impl::take_in(const std::vector<std::string>& new_shards, NewFolders& unfinished,
                                const Jobs& jobs, std::int64_t revision) {
  Manifest next = manifest;
  Manifest::Pending pending;
  pending.revision = revision;
  pending.jobs_file = fmt::format("jobs-{}", manifest.generation + 1);
  next.shards.clear();
  std::vector<bool> superseded(jobs.size());
  for (const std::string& shard : manifest.shards) {
    std::size_t documents = 0;
    const std::vector<std::size_t> present = present_in(shard, jobs, documents);
    if (!present.empty() && documents == documents_in(shard)) {
      next.retired.push_back(shard);
      continue;
    }
    next.shards.push_back(shard);
    if (present.empty()) continue;
    pending.clean.push_back(shard);
    for (const std::size_t job : present) superseded[job] = true;
  }
  next.shards.insert(next.shards.end(), new_shards.begin(), new_shards.end());
  if (pending.clean.empty()) {
    next.revision = revision;
    unfinished.keep();
    return commit(std::move(next));
  }
  std::vector<std::string> doomed;
  for (const std::uint32_t job : jobs.by_term())
    if (superseded[job]) doomed.push_back(jobs.term(job));
  write_jobs_file(folder / pending.jobs_file, doomed);
  next.pending = std::move(pending);
  unfinished.keep();
  commit(std::move(next));
  finish_pending();
}

// Merges the smallest shards into one if there are too many; false if there is nothing to do.
bool IndexWriter::Impl::merge_some() {
  std::vector<std::pair<std::size_t, std::string>> shards;
  std::size_t total = 0;
  for (const std::string& shard : manifest.shards) {
    shards.emplace_back(documents_in(shard), shard);
    total += shards.back().first;
  }
  if (shards.size() <= small_shards + total / std::max<std::size_t>(tuning.shard_documents, 1)) return false;
  std::sort(shards.begin(), shards.end());
  std::size_t count = 0;
  std::size_t documents = 0;
  for (const auto& [size, name] : shards) {
    if (documents + size > tuning.shard_documents || (count >= 2 && size > merge_ratio * documents)) break;
    documents += size;
    ++count;
  }
  if (count < 2) return false;

  Manifest next = manifest;
  const std::string merged = fmt::format("shard-{}-merged", manifest.generation + 1);
  NewFolders unfinished;
  const fs::path to = unfinished.add(folder / merged);
  std::vector<fs::path> from;
  next.shards = {merged};
  for (std::size_t i = 0; i < shards.size(); ++i) {
    if (i < count) from.push_back(folder / shards[i].second);
    (i < count ? next.retired : next.shards).push_back(shards[i].second);
  }
  merge_databases(from, to);
  add_blank_document(to);
  sync_files_of(to);
  unfinished.keep();
  commit(std::move(next));
  return true;
}

void IndexWriter::Impl::rewrite_shards() {
  Manifest next = manifest;
  next.shards.clear();
  NewFolders unfinished;
  for (std::size_t n = 0; n < manifest.shards.size(); ++n) {
    next.shards.push_back(fmt::format("shard-{}-rewritten-{}", manifest.generation + 1, n + 1));
    const fs::path to = unfinished.add(folder / next.shards.back());
    merge_databases({folder / manifest.shards[n]}, to);
    add_blank_document(to);
    sync_files_of(to);
  }
  // None of the old ones may stay for readers.
  leaving.insert(leaving.end(), manifest.retired.begin(), manifest.retired.end());
  leaving.insert(leaving.end(), manifest.shards.begin(), manifest.shards.end());
  next.retired.clear();
  unfinished.keep();
  commit(std::move(next));
}

void IndexWriter::Impl::update(std::vector<std::string> names, const Produce& produce, std::int64_t revision,
                               const std::function<void(std::size_t)>& done) {
  if (!std::exchange(certain, false)) open();
  finish_pending();
  leaving.insert(leaving.end(), manifest.retired.begin(), manifest.retired.end());
  manifest.retired = std::exchange(dropped, {});

  const Jobs jobs(std::move(names));
  NewFolders scratch_folder;
  const fs::path scratch = scratch_folder.add(folder / "scratch");
  make_private_folder(scratch);
  NewFolders unfinished;
  std::vector<std::string> new_shards;
  ShardMaker shards(scratch, {tuning.segments_per_merge, tuning.shard_documents}, [&](std::size_t n) {
    new_shards.push_back(fmt::format("shard-{}-{}", manifest.generation + 1, n + 1));
    return unfinished.add(folder / new_shards.back());
  });
  const bool few = jobs.size() <= tuning.direct_jobs && has_room_for(jobs.size());
  Production production(jobs, produce, done, few);
  parallel_for(std::min<std::size_t>(jobs.size(), threads), threads, [&](std::size_t n) {
    with_xapian(scratch, [&] {
      SegmentBuilder segments(scratch, fmt::format("worker{}", n), tuning.segment_text_bytes, shards);
      production.work(segments);
    });
  });
  const auto held = production.take_held();
  if (!held || !replace_straight(jobs, *held, revision)) {
    if (held) add_segments(*held, scratch, tuning.segment_text_bytes, shards);
    shards.finish();
    take_in(new_shards, unfinished, jobs, revision);
  }
  while (merge_some()) {
  }
  certain = true;
}

IndexWriter::IndexWriter(fs::path folder, std::string settings_digest, unsigned threads)
    : impl_(std::make_unique<Impl>()) {
  impl_->folder = std::move(folder);
  impl_->settings = one_line(std::move(settings_digest));
  impl_->threads = std::max(threads, 1u);
  impl_->open();
  impl_->certain = true;
}

IndexWriter::~IndexWriter() = default;

std::int64_t IndexWriter::revision() const {
  return impl_->manifest.revision;
}

void IndexWriter::update(std::vector<std::string> jobs, const Produce& produce, std::int64_t revision,
                         const std::function<void(std::size_t)>& done) {
  impl_->update(std::move(jobs), produce, revision, done);
}

void IndexWriter::forget_replaced() {
  if (!std::exchange(impl_->certain, false)) impl_->open();
  impl_->finish_pending();
  impl_->rewrite_shards();
  impl_->certain = true;
}

void IndexWriter::tune(const Tuning& tuning) {
  impl_->tuning = tuning;
}

} // namespace genchi::index
