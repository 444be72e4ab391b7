// Small databases that the workers of an update fill, and what they are merged into. Xapian's writer is bound
// by cache misses in its in-memory inverter: many small ones merged are five times as fast as one large.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
#include <xapian.h>

#include "index/passage.hpp"

namespace genchi::index {

/// Runs `work`; what Xapian throws comes out as Error naming `folder`.
void with_xapian(const std::filesystem::path& folder, const std::function<void()>& work);

/// A document ready to be added.
struct ReadyDocument {
  Xapian::Document document;
  std::size_t text_bytes = 0; ///< of folded text
  std::size_t memory = 0;     ///< about what it takes until it is added
};
ReadyDocument make_document(const Passage& passage, const std::string& job_term);

/// Merges databases into a new one at `to`.
void merge_databases(const std::vector<std::filesystem::path>& from, const std::filesystem::path& to);

/// Sees to it that a shard holds one document without messages. Xapian 1.4.22 takes a term that every
/// document has for the list of all documents and, unless ids run without a gap, then throws "Unexpected end
/// of posting list" when asked without weights; so no term may be in every document.
void add_blank_document(const std::filesystem::path& shard);
/// Documents of a shard that hold messages.
std::size_t count_documents(const std::filesystem::path& shard);

/// fsync of every file in a folder, and of the folder.
void sync_files_of(const std::filesystem::path& folder);

/// How much of what goes into one shard.
struct ShardLimits {
  std::size_t segments;
  std::size_t documents;
};

/// Collects finished segments and merges them into shards, twice if there are many: each database in a merge
/// has files open. Any thread.
class ShardMaker {
 public:
  /// What is merged twice goes to `scratch` first; `shard_path(n)` is where the n-th shard (from 0) goes.
  ShardMaker(std::filesystem::path scratch, ShardLimits limits,
             std::function<std::filesystem::path(std::size_t)> shard_path);

  /// Takes a segment over; it is deleted once merged. May merge, which takes a while.
  void add(std::filesystem::path segment, std::size_t documents);
  /// Merges what is left. The shards are then on the disk for good.
  void finish();

 private:
  struct Segment {
    std::filesystem::path folder;
    std::size_t documents = 0;
  };
  struct Queue {
    std::vector<Segment> segments;
    std::size_t documents = 0;
    void push(Segment segment);
    std::vector<Segment> take(const ShardLimits& limits);
  };
  Segment merge(const std::vector<Segment>& batch, std::filesystem::path to);
  void merge_once(const std::vector<Segment>& batch);
  void make_shard(const std::vector<Segment>& batch);

  std::filesystem::path scratch_;
  ShardLimits limits_;
  std::function<std::filesystem::path(std::size_t)> shard_path_;
  std::mutex mutex_; // of small_
  Queue small_;
  std::mutex merging_; // of what follows; one merge at a time, for the open files
  Queue merged_;
  std::size_t merges_ = 0;
  std::size_t shards_ = 0;
};

/// One worker's segments, one after the other.
class SegmentBuilder {
 public:
  /// Segments are folders `scratch`/`name`-1 and so on.
  SegmentBuilder(std::filesystem::path scratch, std::string name, std::size_t segment_bytes,
                 ShardMaker& shards);
  ~SegmentBuilder();

  void add(const ReadyDocument& ready);
  /// Gives the last segment away.
  void finish();

 private:
  std::filesystem::path scratch_;
  std::string name_;
  std::size_t segment_bytes_;
  ShardMaker& shards_;

  std::unique_ptr<Xapian::WritableDatabase> open_;
  std::filesystem::path folder_;
  std::size_t started_ = 0;
  std::size_t documents_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace genchi::index
