// Is the index what it was when it was written, and does it hold each message once?
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "genchi/finding.hpp"
#include "index/writer.hpp"

namespace genchi::index {

struct IndexChecked {
  std::uint64_t shards = 0;
  std::uint64_t bytes = 0;
  std::uint64_t messages = 0;  ///< ids compared
  std::uint64_t passages = 0;  ///< compared word for word (verify_passages)
};

struct IndexVerifyOptions {
  unsigned threads = 1;
  std::function<void(std::uint64_t done)> progress;  ///< may be empty; any thread
  std::function<bool()> stop;                        ///< true ends with Error(interrupted)
  /// May be empty; any thread. True: somebody waits to write, and a comparison of passages ends before it is done.
  std::function<bool()> give_way;
};

/// MANIFEST as read, with those of its shards alone whose files have their hashes (`shards`); nullopt if there is no
/// MANIFEST that can be read, which is told. Nothing in a damaged shard is opened. Throws Error only when stopped.
std::optional<Manifest> verify_files(const std::filesystem::path& folder, const IndexVerifyOptions& options, IndexChecked& checked,
                                     const Report& report);

/// Compares the ids that the shards of `manifest` hold with those `next` gives (ascending, nullopt at the end). Streams.
void verify_messages(const std::filesystem::path& folder, const Manifest& manifest, const std::function<std::optional<Sha256>()>& next,
                     const IndexVerifyOptions& options, IndexChecked& checked, const Report& report);

/// Compares a shard's lists of messages by word with those of words by message. False if it gave way.
bool verify_postings(const std::filesystem::path& folder, const std::string& shard, const IndexVerifyOptions& options, const Report& report);

/// Compares what the shards hold of each job with what `produce` makes of it now: data, values and terms. Returns how many
/// jobs were compared, from the first: all of them unless it gave way.
std::size_t verify_passages(const std::filesystem::path& folder, const Manifest& manifest, const std::vector<std::string>& jobs,
                            const IndexWriter::Produce& produce, const IndexVerifyOptions& options, IndexChecked& checked, const Report& report);

} // namespace genchi::index
