// What is behind a Searcher, for the files that ask the index. Private to the index.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include <xapian.h>

#include "index/predicate.hpp"
#include "index/search.hpp"
#include "index/writer.hpp"

namespace genchi::index {

inline constexpr std::uint32_t hidden_flags = flag_spam | flag_trash;

/// Flags of messages that count for nothing in this search.
inline std::uint32_t flags_left_out(const Node& query, const SearchOptions& options) {
  return options.with_hidden || asks_for_flags(query, hidden_flags) ? 0 : hidden_flags;
}

class Search;

/// A hit that waits for its place in the order of time.
struct HeldHit {
  UtcSeconds sent = 0;
  Sha256 id;
  std::optional<MessageRecord> message; ///< none: it is to be read again
};
inline bool is_newer(const HeldHit& a, const HeldHit& b) { return a.sent != b.sent ? a.sent > b.sent : a.id < b.id; }

void add_highlights(const std::vector<Needle>& needles, Hit& hit);

struct Searcher::Impl {
  std::filesystem::path folder;
  Missing missing = Missing::is_error;
  Manifest manifest;
  Xapian::Database db;
  Xapian::Database finished;        ///< pending: the shards that hold no replaced passages
  std::vector<bool> holds_replaced; ///< pending: for each shard

  void open();
  void open_shards();
  /// Runs `work`, again from its beginning when shards changed under it. Throws Error only.
  void read(const std::function<void()>& work);
  void translated(const std::function<void()>& work) const;

  bool is_replaced(Xapian::docid id, const Xapian::Document& document) const;
  Xapian::Enquire enquire(const Xapian::Query& query) const;
  /// Every passage that fits, in no order, until `fn` returns false.
  void each_candidate(const Xapian::Query& query,
                      const std::function<bool(const Xapian::Document&)>& fn) const;

  /// `within`: only these passages; null: all. No highlights.
  SearchResult search(const Node& query, const SearchOptions& options,
                      const Xapian::Query* within = nullptr) const;
  std::vector<HeldHit> held_hits(Search& search, const Xapian::Query& candidates, std::size_t most_bytes) const;
  bool fill_page(Search& search, const Xapian::Query& candidates, const SearchOptions& options) const;
  /// Rounds of candidates, to the end if all are to be counted; false if it ended before. They stand `among` so many passages.
  bool fill_page_by_time(Search& search, const Xapian::Query& candidates, bool count_all, std::uint64_t among) const;
  /// The same.
  bool fill_page_by_relevance(Search& search, const Xapian::Query& candidates, bool count_all) const;
  std::optional<MessageRecord> message(const Sha256& id) const;
  std::vector<MessageRecord> by_id(const std::string& hex_prefix, std::size_t limit) const;
};

} // namespace genchi::index
