// A record of a search: what was looked for, in what, and what was found; for `mentions`, and for packs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "cli/command.hpp"
#include "index/search.hpp"

namespace genchi::cli {

/// What is looked for: any of the words, each recorded by itself.
struct MentionsQuery {
  std::vector<std::string> words;
  ListOptions list;
  bool synonyms = false;
  bool hidden = false;
};

struct Mention {
  const index::Node* word = nullptr;
  std::uint64_t count = 0;
};

struct MentionsRecord {
  std::unique_ptr<index::Node> query;
  std::vector<Mention> mentions; ///< of each word
  std::vector<std::string> clients;              ///< that --client means
  std::string first_day, last_day;               ///< that --since and --until mean
  catalogue::Coverage coverage;
  index::SearchResult result;                    ///< `limit` hits, all counted
  std::uint64_t set_aside = 0;
  Seq head = 0;                                  ///< rows of the journal
  std::string head_hash;                         ///< of the last
  UtcSeconds made = 0;
  std::string archive;                           ///< where it lies; "" is not told
};

/// Looks. `limit`: hits to read, 0 all. Throws Error for what is no word.
MentionsRecord record_mentions(Context& context, Store& store, const MentionsQuery& query, std::size_t limit);

/// The record for people, line by line, safe for a terminal. `bold` is put over its heading.
using Say = std::function<void(const std::string& line)>;
void tell_record(const MentionsQuery& query, const MentionsRecord& record, const std::function<std::string(const std::string&)>& bold, const Say& say);
/// What it does not show.
void tell_limits(const Say& say);

}  // namespace genchi::cli
