// Asking the index. A query is answered by a Xapian superset of candidates and an exact check of each
// message.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
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
  std::size_t judged_for_spread = 10'000; ///< Searcher::spread: passages looked into, some 15 µs each
  std::uint64_t newest_passages = 2000;   ///< a page by time looks first into the newest months that hold so many
  std::uint64_t passages_at_a_time = 10'000;   ///< each_by_time: in stretches of months that hold so many
  std::size_t held_bytes = 64U << 20;          ///< each_by_time: of messages at a time
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

/// A conversation that answers a query, with the messages that do.
struct ConversationHit {
  static constexpr std::size_t max_messages = 10;

  std::string conversation;  ///< id; empty: a message that belongs to none
  std::vector<Hit> messages; ///< in time order; up to max_messages
  /// How many of the conversation's messages were sent from the first to the last of `messages`, both counted;
  /// 0: each of `messages` matches the whole query by itself.
  std::uint64_t span = 0;
};

struct ConversationResult {
  std::vector<ConversationHit> hits;
  std::uint64_t count = 0; ///< conversations found; exact if `complete`
  bool complete = true;    ///< false: by_conversation() estimates `count`, spread() found at least so many
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
  /// Every match, newest first, streamed; stops when `fn` returns false. `limit`, `offset` and `sort` count for nothing.
  /// Memory: up to 64 MiB of messages, and some 60 bytes for each hit; where a month holds more, what is beyond is read
  /// twice. An exception in `fn` comes out.
  void each_by_time(const Node& query, const SearchOptions& options, const std::function<bool(Hit&&)>& fn);
  /// Conversations whose messages match a query together, and none of them alone.
  ///
  /// What stands side by side in the query (its AND, parentheses of AND taken apart) is either a *part*, which is
  /// about text (a word, a phrase, subject:, file:, an OR of such, an AND of such within that OR), or a *filter*:
  /// anything else (client:, from:, date:, has:, NOT …). A message counts if it meets every filter and is not
  /// hidden; so NOT speaks of the messages that count, not of others in their conversation. A conversation is a
  /// hit if each part is matched by one of its messages that count, and no such message matches all parts. A
  /// query of fewer than two or more than 64 parts has none.
  ///
  /// `messages` is the smallest choice that stands closest: the first and the last of the stretch, and from
  /// between what brings another part. Closest is the fewest messages from first to last, each whole hour between
  /// them counting as one more: two mails of two days are further apart than ten rows of chat. Hits come closest
  /// first, then newest (of their last message shown), then by id: a total order.
  ///
  /// Bounds: `judged_for_spread` passages, those of the conversations whose passages are newest; `complete` is
  /// false when there were more. Memory: some 150 bytes for each conversation that holds the rarest part, and
  /// 64 bytes for each message judged that matches a part. `sort` counts for nothing.
  ///
  /// `answered`: conversations known to hold a message that matches the whole query. They are no hits anyway;
  /// to name them saves looking into them.
  ConversationResult spread(const Node& query, const SearchOptions& options,
                            const std::unordered_set<std::string>& answered = {});
  /// Conversations of the messages that match, in the order of search(): each stands where its first message
  /// would. Shown are those of its messages that come first there. Time and memory: those of the page of
  /// search() that holds as many conversations.
  ConversationResult by_conversation(const Node& query, const SearchOptions& options);
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

  struct Impl; ///< searcher_impl.hpp

 private:
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
