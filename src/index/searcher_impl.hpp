// What is behind a Searcher, for the files that ask the index. Private to the index.
#pragma once

#include <filesystem>
#include <functional>
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
struct FoundHit; // search.cpp

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
  std::vector<FoundHit> all_found(const Node& query, const SearchOptions& options) const;
  bool fill_page(Search& search, const Xapian::Query& candidates, const SearchOptions& options) const;
  std::vector<MessageRecord> by_id(const std::string& hex_prefix, std::size_t limit) const;
};

} // namespace genchi::index
