// Building the index. src/README.md, "The index", says why shards, segments and a MANIFEST.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "genchi/sha256.hpp"
#include "index/passage.hpp"

namespace genchi::index {

/// What an index folder holds: parsed from and written to MANIFEST (text, one line a thing, replaced by
/// rename).
struct Manifest {
  int version = 0;                  ///< schema_version it was written with; 0: not readable
  std::int64_t revision = 0;        ///< catalogue revision it holds
  std::string settings;             ///< digest of the settings that change what is indexed; one line
  std::uint64_t generation = 0;     ///< counts replacements of this file
  std::vector<std::string> shards;  ///< folder names
  std::vector<std::string> retired; ///< shards of the update before, kept for readers that hold them still

  /// A file of a shard as it was when the shard became visible.
  struct File {
    std::string shard;
    std::string name;
    std::uint64_t size = 0;
    Sha256 digest;
    bool operator==(const File&) const = default;
  };
  std::vector<File> files; ///< of `shards`, in their order

  /// New shards are in, and the documents they replace are being deleted from older ones (`clean`). Until
  /// that is done `shards` hold two states of a passage. The next writer finishes it and then holds
  /// `revision`.
  struct Pending {
    std::int64_t revision = 0;
    std::string jobs_file;
    std::vector<std::string> clean;
  };
  std::optional<Pending> pending;
};
/// nullopt if there is no index (or one of another schema version: `version` then differs, shards are empty; 0 if the
/// file is not as it was written).
std::optional<Manifest> read_manifest(const std::filesystem::path& index_folder);
/// Replaces MANIFEST: the one point at which an update becomes visible. For IndexWriter.
void write_manifest(const std::filesystem::path& index_folder, const Manifest& manifest);
/// The files of a shard, read and hashed: 1.4 GB/s from memory.
std::vector<Manifest::File> hash_shard(const std::filesystem::path& index_folder, const std::string& shard);

/// The one writer (the archive's lock is held by the caller). All work is on this object's calls; they use up
/// to `threads` threads inside.
class IndexWriter {
 public:
  /// Opens the index folder, or starts an empty one when there is none or its version or settings differ.
  /// Removes what an interrupted run left behind.
  IndexWriter(std::filesystem::path folder, std::string settings_digest, unsigned threads);
  ~IndexWriter();

  /// Catalogue revision held; 0 for an empty index.
  std::int64_t revision() const;

  /// Replaces everything the index holds of each job by what `produce(job)` returns now (nothing: removed),
  /// then makes it visible at once under `revision`. `produce` is called once a job, from several threads, in
  /// any order; an exception in it ends the update, nothing of it visible. Killed in between, the old state
  /// stays, or the new one under the old revision, and the same call repeats it. Many jobs, or jobs of several
  /// shards: segments of 256 KB of text, compacted; few: straight into the shard that holds them, new ones into
  /// the smallest, in one commit. Memory: about 20 MB a thread and 30 bytes a job, and 48 MB when documents go
  /// straight. `done(n)` is told how many jobs are finished, from any thread.
  using Produce = std::function<std::vector<Passage>(const std::string& job)>;
  void update(std::vector<std::string> jobs, const Produce& produce, std::int64_t revision,
              const std::function<void(std::size_t)>& done = {});

  /// Writes every shard anew that may still have text of passages that were replaced: Xapian keeps it until then. The old
  /// files are gone when it returns; a reader that has one open looks anew.
  void forget_replaced();

  /// For tests: lower the sizes at which segments and shards are cut.
  struct Tuning {
    std::size_t segment_text_bytes = 1 << 18; ///< some 200 mails; 1 MB: a quarter slower, an eighth smaller
    std::size_t segments_per_merge = 64;      ///< each takes four open files and some 60 KB in a merge
    std::size_t shard_documents = 250'000;
    std::size_t direct_jobs = 200; ///< up to so many go straight into a shard
  };
  void tune(const Tuning& tuning);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace genchi::index
