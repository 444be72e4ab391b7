// Asking the index. A query is answered by a Xapian superset of candidates and an exact check of each
// message.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/passage.hpp"
#include "index/query.hpp"

namespace genchi::index {

struct SearchOptions {
  enum class Sort { newest, relevance };
  Sort sort = Sort::newest;
  std::size_t limit = 0;    ///< 0: all
  std::size_t offset = 0;   ///< hits to pass over first
  std::size_t counted_exactly = 2000;  ///< up to so many candidates are all judged for an exact count: some 10 ms
  bool with_hidden = false; ///< spam and trash too (also when the query asks is:spam or is:trash)
};

/// A stretch of MessageRecord::text, in UTF-8 bytes, whole characters.
struct Highlight {
  std::uint32_t begin;
  std::uint32_t end;
};

struct Hit {
  MessageRecord message;
  double score = 0;                  ///< 0 when sorted by time
  std::vector<Highlight> highlights; ///< in text, ascending, not overlapping; up to 100
  std::vector<Highlight> subject_highlights;
};

struct SearchResult {
  std::vector<Hit> hits;
  std::uint64_t count = 0; ///< messages that match; exact if `complete`
  bool complete = true;    ///< false: `count` is an estimate (約)
};

/// An open index. One thread. Sees the state of its opening; reopens by itself when shards changed under it.
class Searcher {
 public:
  /// Throws Error if there is none (hint: genchi reindex).
  /// `Missing::is_empty`: an index that is not made yet is one in which nothing is found.
  enum class Missing { is_error, is_empty };
  explicit Searcher(const std::filesystem::path& index_folder, Missing missing = Missing::is_error);
  ~Searcher();
  Searcher(Searcher&&) noexcept;

  /// The page asked for. Time: newest first pages read only as many candidates as they need. Relevance: rare
  /// words, the subject and own words first, among at least 1,000 of the most promising passages (search.cpp,
  /// Ranker).
  SearchResult search(const Node& query, const SearchOptions& options);
  /// Every match, unordered, streamed; stops when `fn` returns false. `limit` and `offset` count for nothing.
  /// Memory: an id for each hit. An exception in `fn` comes out.
  void for_each(const Node& query, const SearchOptions& options, const std::function<bool(Hit&&)>& fn);
  /// Messages whose id begins with `hex_prefix` (at least 4 digits), up to `limit`.
  std::vector<MessageRecord> by_id(std::string_view hex_prefix, std::size_t limit = 10);
  /// For a word that is found nowhere: what is like it and occurs. Of Japanese the longest parts of two characters or
  /// more, of Latin words those one or two letters away; the best first, up to `limit`. Some ms.
  struct Suggestion {
    std::string text;
    std::uint64_t passages = 0; ///< about how many hold it
  };
  std::vector<Suggestion> suggestions(std::string_view word, std::size_t limit = 3);
  std::int64_t revision() const;
  std::uint64_t document_count() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Does this message match? The whole truth about a query: the superset only has to contain it.
bool matches(const Node& query, const MessageRecord& message);
/// Where the query's positive words stand in the text of a message (MessageRecord::text). Subjects: see Hit.
std::vector<Highlight> find_highlights(const Node& query, std::string_view text, std::size_t limit = 100);

/// A stretch of at most `columns` terminal columns around the densest highlights, cut at character (better:
/// sentence, word) boundaries with "…", line breaks as spaces, in the original spelling; highlights relative
/// to the snippet. Without highlights: the beginning of the own words (greeting passed over).
struct Snippet {
  std::string text;
  std::vector<Highlight> highlights;
};
Snippet make_snippet(const MessageRecord& message, const std::vector<Highlight>& highlights,
                     std::size_t columns);

} // namespace genchi::index
