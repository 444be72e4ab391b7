#include "index/segments.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

#include "base/failpoint.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/schema.hpp"
#include "index/terms.hpp"

namespace genchi::index {

namespace fs = std::filesystem;

namespace {

// A node of the map that Xapian::Document keeps its terms in, with its string.
constexpr std::size_t bytes_a_term = 128;

// Each database in a merge has four files open; the rest of the program needs some too.
std::size_t files_allow() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  const auto files = static_cast<std::size_t>(limit.rlim_cur);
  return files > 200 ? std::max<std::size_t>((files - 160) / 4, 2) : 2;
}

double value_of(UtcSeconds seconds) {
  return static_cast<double>(seconds);
}

void add_range(Xapian::Document& document, unsigned least, unsigned greatest, const std::vector<double>& values) {
  if (values.empty()) return;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  document.add_value(least, Xapian::sortable_serialise(*low));
  document.add_value(greatest, Xapian::sortable_serialise(*high));
}

void add_fact_values(Xapian::Document& document, const Passage& passage) {
  std::vector<double> yen, days;
  for (const MessageRecord& message : passage.messages) {
    for (const std::int64_t amount : message.facts.yen) yen.push_back(static_cast<double>(amount));
    for (const SoughtFacts::Days& due : message.facts.due) {
      days.push_back(due.first);
      days.push_back(due.last);
    }
  }
  add_range(document, slot::yen_least, slot::yen_greatest, yen);
  add_range(document, slot::due_first, slot::due_last, days);
}

} // namespace

void with_xapian(const fs::path& folder, const std::function<void()>& work) {
  try {
    work();
  } catch (const Xapian::Error& error) {
    std::string reason = error.get_msg();
    if (const char* detail = error.get_error_string()) reason += fmt::format(" ({})", detail);
    const bool corrupt = error.get_type() == std::string_view("DatabaseCorruptError");
    throw Error(trf("cannot write the search index {}: {}", display_path(folder), reason),
                corrupt ? tr("build it anew: genchi reindex") : "");
  }
}

ReadyDocument make_document(const Passage& passage, const std::string& job_term) {
  ReadyDocument ready;
  const PassageTerms terms = terms_of(passage);
  std::string data = pack(passage);
  ready.text_bytes = terms.text_bytes;
  ready.memory = data.size() + bytes_a_term * (terms.text.size() + terms.prefixed.size());
  ready.document.add_boolean_term(job_term);
  for (const std::string& term : terms.text) ready.document.add_term(term);
  for (const std::string& term : terms.prefixed) ready.document.add_boolean_term(term);
  ready.document.set_data(std::move(data));
  if (passage.messages.empty()) return ready;
  const auto [oldest, newest] = std::minmax_element(
      passage.messages.begin(), passage.messages.end(),
      [](const MessageRecord& a, const MessageRecord& b) { return a.sent.utc < b.sent.utc; });
  ready.document.add_value(slot::sent_newest, Xapian::sortable_serialise(value_of(newest->sent.utc)));
  ready.document.add_value(slot::sent_oldest, Xapian::sortable_serialise(value_of(oldest->sent.utc)));
  ready.document.add_value(slot::conversation, passage.messages.front().conversation);
  add_fact_values(ready.document, passage);
  return ready;
}

void add_blank_document(const fs::path& shard) {
  with_xapian(shard, [&] {
    const std::string term(prefix::blank);
    Xapian::Document blank;
    blank.add_boolean_term(term);
    blank.set_data(pack(Passage()));
    Xapian::WritableDatabase db(shard.string(), Xapian::DB_OPEN);
    db.replace_document(term, blank);
    db.commit();
  });
}

std::size_t count_documents(const fs::path& shard) {
  std::size_t documents = 0;
  with_xapian(shard, [&] {
    const Xapian::Database db(shard.string());
    documents = db.get_doccount() - db.get_termfreq(std::string(prefix::blank));
  });
  return documents;
}

void sync_files_of(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const Fd fd = open_for_reading(entry.path());
    sync_fd(fd.get(), entry.path());
  }
  sync_folder(folder);
}

void merge_databases(const std::vector<fs::path>& from, const fs::path& to) {
  with_xapian(to, [&] {
    Xapian::Database all;
    for (const fs::path& folder : from) all.add_database(Xapian::Database(folder.string()));
    all.compact(to.string()); // without DB_NO_SYNC: its bit means "do not renumber" here
  });
}

ShardMaker::ShardMaker(fs::path scratch, ShardLimits limits, std::function<fs::path(std::size_t)> shard_path)
    : scratch_(std::move(scratch)), limits_(limits), shard_path_(std::move(shard_path)) {
  limits_.segments = std::max<std::size_t>(std::min(limits_.segments, files_allow()), 2);
}

void ShardMaker::Queue::push(Segment segment) {
  documents += segment.documents;
  segments.push_back(std::move(segment));
}

// The first ones that fit into a merge, one at least if there is one.
std::vector<ShardMaker::Segment> ShardMaker::Queue::take(const ShardLimits& limits) {
  std::size_t count = 0;
  std::size_t taken = 0;
  for (const Segment& segment : segments) {
    if (count == limits.segments || (count > 0 && taken + segment.documents > limits.documents)) break;
    taken += segment.documents;
    ++count;
  }
  const auto end = segments.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Segment> batch(segments.begin(), end);
  segments.erase(segments.begin(), end);
  documents -= taken;
  return batch;
}

ShardMaker::Segment ShardMaker::merge(const std::vector<Segment>& batch, fs::path to) {
  Segment result{std::move(to), 0};
  std::vector<fs::path> folders;
  for (const Segment& segment : batch) {
    folders.push_back(segment.folder);
    result.documents += segment.documents;
  }
  merge_databases(folders, result.folder);
  std::error_code ignored; // what stays goes with the scratch folder
  for (const fs::path& folder : folders) fs::remove_all(folder, ignored);
  return result;
}

void ShardMaker::merge_once(const std::vector<Segment>& batch) {
  merged_.push(merge(batch, scratch_ / fmt::format("merged-{}", ++merges_)));
}

void ShardMaker::make_shard(const std::vector<Segment>& batch) {
  const Segment shard = merge(batch, shard_path_(shards_++));
  add_blank_document(shard.folder);
  sync_files_of(shard.folder);
  failpoint("index", "shard-built");
}

void ShardMaker::add(fs::path segment, std::size_t documents) {
  std::vector<Segment> batch;
  {
    const std::lock_guard lock(mutex_);
    small_.push({std::move(segment), documents});
    if (small_.segments.size() < limits_.segments && small_.documents < limits_.documents) return;
    batch = small_.take(limits_);
  }
  const std::lock_guard lock(merging_);
  merge_once(batch);
  while (merged_.segments.size() >= limits_.segments || merged_.documents >= limits_.documents)
    make_shard(merged_.take(limits_));
}

void ShardMaker::finish() {
  const std::lock_guard lock(merging_);
  const std::lock_guard small_lock(mutex_);
  // What does not fit into one merge with the others would become a shard of its own, however small.
  const std::size_t open = small_.segments.size() + merged_.segments.size();
  if (small_.segments.size() > 1 && open > limits_.segments) merge_once(small_.take(limits_));
  for (Segment& segment : small_.segments) merged_.push(std::move(segment));
  small_ = {};
  while (!merged_.segments.empty()) make_shard(merged_.take(limits_));
}

SegmentBuilder::SegmentBuilder(fs::path scratch, std::string name, std::size_t segment_bytes,
                               ShardMaker& shards)
    : scratch_(std::move(scratch)), name_(std::move(name)), segment_bytes_(segment_bytes), shards_(shards) {}

SegmentBuilder::~SegmentBuilder() = default;

void SegmentBuilder::add(const ReadyDocument& ready) {
  if (!open_) {
    folder_ = scratch_ / fmt::format("{}-{}", name_, ++started_);
    constexpr int flags =
        Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;
    open_ = std::make_unique<Xapian::WritableDatabase>(folder_.string(), flags);
  }
  open_->add_document(ready.document);
  ++documents_;
  bytes_ += ready.text_bytes;
  if (bytes_ >= segment_bytes_) finish();
}

void SegmentBuilder::finish() {
  if (!open_) return;
  open_->commit();
  open_->close();
  open_.reset();
  const std::size_t documents = documents_;
  documents_ = bytes_ = 0;
  shards_.add(std::move(folder_), documents);
}

} // namespace genchi::index
