// How words are found that stand in different messages of one conversation. The parts of the query are taken
// one after the other, rarest first. Of each the candidates are walked without looking into them (a mail's
// conversation is a value beside it, those of a chat passage are terms); what remains are conversations that
// may hold all parts. The passages of the newest of them are judged, as far as the bound goes; then the
// places of what was found are counted.
#include <algorithm>
#include <bit>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "index/candidates.hpp"
#include "index/schema.hpp"
#include "index/search.hpp"
#include "index/searcher_impl.hpp"
#include "index/terms.hpp"

namespace genchi::index {

namespace {

using Xapian::Query;

constexpr std::size_t max_parts = 64;
// Each conversation in an OR opens a posting list in every shard: some 5 µs and a block of memory.
constexpr std::size_t conversations_at_once = 1000;
// Up to so many, asking for them costs less than walking a part's candidates.
constexpr std::size_t worth_asking_for = 2000;
constexpr std::uint64_t hour_seconds = 3600;

/// Parts and filters of a query: Searcher::spread.
struct Division {
  std::vector<const Node*> parts;
  std::vector<const Node*> filters;
};

bool is_about_text(const Node& node) {
  switch (node.op) {
  case Node::Op::word:
    return true;
  case Node::Op::field:
    return node.field->kind == FieldKind::text;
  case Node::Op::and_:
  case Node::Op::or_:
    return std::all_of(node.children.begin(), node.children.end(),
                       [](const auto& child) { return is_about_text(*child); });
  case Node::Op::all:
  case Node::Op::not_:
    break;
  }
  return false;
}

void divide(const Node& node, Division& out) {
  if (node.op == Node::Op::and_) {
    for (const auto& child : node.children) divide(*child, out);
  } else if (node.op != Node::Op::all) {
    (is_about_text(node) ? out.parts : out.filters).push_back(&node);
  }
}

std::string term_of(std::string_view conversation) {
  return prefixed_term(prefix::conversation, conversation);
}

Query any_of(const std::vector<std::string>& terms) {
  return Query(Query::OP_OR, terms.begin(), terms.end());
}

// Xapian walks all documents for a MatchAll under AND.
Query both(const Query& a, const Query& b) {
  if (a.get_type() == Query::LEAF_MATCH_ALL) return b;
  if (b.get_type() == Query::LEAF_MATCH_ALL) return a;
  return Query(Query::OP_AND, a, b);
}

double newest_of(const Xapian::Document& passage) {
  return Xapian::sortable_unserialise(passage.get_value(slot::sent_newest));
}

/// What is known of a conversation before its passages are looked into.
struct Sight {
  std::size_t parts = 0;    ///< how many of the parts, in the order they are looked for, it may hold
  std::size_t passages = 0; ///< that may hold one, counted once a part
  double newest = 0;        ///< of them
};

/// A message that counts and matches a part.
struct Match {
  UtcSeconds sent;
  Sha256 id;
  std::uint64_t parts; ///< bits
};

/// The closest stretch of a conversation's matches: from one match to another, both within.
struct Stretch {
  std::size_t begin = 0;
  std::size_t last = 0;
  std::uint64_t span = 0;
  std::uint64_t distance = 0;
};

struct Found {
  std::string conversation;
  std::vector<Match> shown;
  std::uint64_t span;
  std::uint64_t distance;
};

/// Closest first, then newest, then by id.
bool comes_before(const Found& a, const Found& b) {
  const UtcSeconds a_newest = a.shown.back().sent;
  const UtcSeconds b_newest = b.shown.back().sent;
  return std::tie(a.distance, b_newest, a.conversation) < std::tie(b.distance, a_newest, b.conversation);
}

bool in_time_order(const Match& a, const Match& b) {
  return std::tie(a.sent, a.id) < std::tie(b.sent, b.id);
}

/// `times` are those of all messages of the conversation, ascending. The matches hold all parts together.
Stretch closest(const std::vector<Match>& matches, std::uint64_t all_parts,
                const std::vector<double>& times) {
  std::vector<std::size_t> held(max_parts);
  std::uint64_t covered = 0;
  const auto each_part = [&](std::uint64_t parts, const auto& fn) {
    for (; parts != 0; parts &= parts - 1) fn(static_cast<std::size_t>(std::countr_zero(parts)));
  };
  std::optional<Stretch> best;
  std::size_t begin = 0;
  for (std::size_t last = 0; last < matches.size(); ++last) {
    each_part(matches[last].parts, [&](std::size_t part) { ++held[part]; });
    covered |= matches[last].parts;
    if (covered != all_parts) continue;
    for (;; ++begin) {
      bool needed = false;
      each_part(matches[begin].parts, [&](std::size_t part) { needed = needed || held[part] == 1; });
      if (needed) break;
      each_part(matches[begin].parts, [&](std::size_t part) { --held[part]; });
    }
    const UtcSeconds from = matches[begin].sent;
    const UtcSeconds to = matches[last].sent;
    const auto sent = std::upper_bound(times.begin(), times.end(), double(to)) -
                      std::lower_bound(times.begin(), times.end(), double(from));
    Stretch stretch{begin, last, static_cast<std::uint64_t>(sent), 0};
    const auto hours = (static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)) / hour_seconds;
    stretch.distance = stretch.span + hours;
    const bool closer = !best || stretch.distance < best->distance ||
                        (stretch.distance == best->distance && to > matches[best->last].sent);
    if (closer) best = stretch;
  }
  return *best;
}

/// The first and the last of a stretch, and from between what brings another part.
std::vector<Match> chosen(const std::vector<Match>& matches, const Stretch& stretch) {
  std::vector<Match> out{matches[stretch.begin]};
  std::uint64_t covered = matches[stretch.begin].parts | matches[stretch.last].parts;
  for (std::size_t i = stretch.begin + 1; i < stretch.last && out.size() + 1 < ConversationHit::max_messages;
       ++i) {
    if ((matches[i].parts & ~covered) == 0) continue;
    covered |= matches[i].parts;
    out.push_back(matches[i]);
  }
  out.push_back(matches[stretch.last]);
  return out;
}

} // namespace

/// One search for words that are spread over messages.
class SpreadSearch {
 public:
  SpreadSearch(const Searcher::Impl& impl, const Node& query, const SearchOptions& options,
               const std::unordered_set<std::string>& answered)
      : impl_(impl), options_(options), left_out_(flags_left_out(query, options)) {
    divide(query, division_);
    for (const std::string& conversation : answered) answered_.insert(term_of(conversation));
  }

  /// All of them, in order.
  std::vector<Found> run() {
    if (division_.parts.size() < 2 || division_.parts.size() > max_parts || impl_.manifest.shards.empty())
      return {};
    compile();
    for (std::size_t part = 0; part < ordered_.size(); ++part)
      if (!look_for(part)) return {};
    const std::vector<std::string> terms = worth_judging();
    in_chunks(terms, [&](const std::vector<std::string>& chunk) { judge(chunk); });
    leave_out_whole_hits();
    std::vector<std::string> spread;
    for (const auto& conversation : matches_) spread.push_back(term_of(conversation.first));
    std::sort(spread.begin(), spread.end());
    in_chunks(spread, [&](const std::vector<std::string>& chunk) { find_places(chunk); });
    return rank();
  }
  bool complete() const { return complete_; }

 private:
  void compile();
  bool look_for(std::size_t part);
  bool see(const std::string& term, double newest, std::size_t part);
  std::vector<std::string> worth_judging();
  void judge(const std::vector<std::string>& terms);
  void judge(const MessageRecord& record);
  void leave_out_whole_hits();
  void find_places(const std::vector<std::string>& terms);
  std::vector<Found> rank();

  template <typename Fn> static void in_chunks(const std::vector<std::string>& terms, const Fn& fn) {
    for (std::size_t at = 0; at < terms.size(); at += conversations_at_once) {
      const std::size_t end = std::min(at + conversations_at_once, terms.size());
      fn(std::vector<std::string>(terms.begin() + static_cast<std::ptrdiff_t>(at),
                                  terms.begin() + static_cast<std::ptrdiff_t>(end)));
    }
  }
  std::uint64_t all_parts() const { return ~std::uint64_t{0} >> (64 - division_.parts.size()); }

  const Searcher::Impl& impl_;
  const SearchOptions& options_;
  std::uint32_t left_out_;
  Division division_;
  std::unordered_set<std::string> answered_; ///< terms
  std::vector<Query> ordered_;               ///< of each part, rarest first; with the filters
  Query mails_;
  std::unordered_map<std::string, Sight> seen_; ///< by term
  std::unordered_set<std::string> judged_now_;  ///< terms
  std::unordered_map<std::string, std::vector<Match>> matches_;
  std::unordered_map<std::string, std::vector<double>> times_; ///< of all messages; as the index has them
  bool complete_ = true;
};

void SpreadSearch::compile() {
  CandidateCompiler compiler(impl_.db);
  Query filters = Query::MatchAll;
  for (const Node* filter : division_.filters) filters = both(filters, compiler.compile(*filter));
  std::vector<std::pair<Xapian::doccount, Query>> parts;
  for (const Node* part : division_.parts) {
    const Query query = both(compiler.compile(*part), filters);
    parts.emplace_back(impl_.enquire(query).get_mset(0, 0).get_matches_estimated(), query);
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& part : parts) ordered_.push_back(std::move(part.second));
  mails_ = Query(prefixed_term(prefix::channel, channel_name(Channel::mail)));
}

// False: no conversation may hold this part and all before it.
bool SpreadSearch::look_for(std::size_t part) {
  Query query = ordered_[part];
  if (part > 0 && seen_.size() <= worth_asking_for) {
    std::vector<std::string> terms;
    for (const auto& [term, sight] : seen_)
      if (sight.parts >= part) terms.push_back(term);
    query = both(any_of(terms), query);
  }
  bool found = false;
  impl_.each_candidate(both(query, mails_), [&](const Xapian::Document& document) {
    const std::string conversation = document.get_value(slot::conversation);
    if (!conversation.empty() && see(term_of(conversation), newest_of(document), part)) found = true;
    return true;
  });
  impl_.each_candidate(Query(Query::OP_AND_NOT, query, mails_), [&](const Xapian::Document& document) {
    const double time = newest_of(document);
    Xapian::TermIterator it = document.termlist_begin();
    it.skip_to(std::string(prefix::conversation));
    for (; it != document.termlist_end(); ++it) {
      const std::string term = *it;
      if (!term.starts_with(prefix::conversation)) break;
      if (term.size() > prefix::conversation.size() && see(term, time, part)) found = true;
    }
    return true;
  });
  return found;
}

bool SpreadSearch::see(const std::string& term, double newest, std::size_t part) {
  if (part == 0) {
    if (answered_.contains(term)) return false;
    Sight& sight = seen_[term];
    sight.newest = sight.parts == 0 ? newest : std::max(sight.newest, newest);
    sight.parts = 1;
    ++sight.passages;
    return true;
  }
  const auto at = seen_.find(term);
  if (at == seen_.end() || at->second.parts < part) return false;
  at->second.newest = std::max(at->second.newest, newest);
  at->second.parts = part + 1;
  ++at->second.passages;
  return true;
}

// Newest first, as many as the bound lets in. One that is too large for what is left is passed over.
std::vector<std::string> SpreadSearch::worth_judging() {
  std::vector<std::pair<std::string, Sight>> left;
  for (const auto& conversation : seen_)
    if (conversation.second.parts == ordered_.size()) left.push_back(conversation);
  seen_.clear();
  std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) {
    return std::tie(b.second.newest, a.first) < std::tie(a.second.newest, b.first);
  });
  std::size_t passages = options_.judged_for_spread;
  std::vector<std::string> terms;
  for (auto& [term, sight] : left) {
    if (sight.passages > passages) {
      complete_ = false;
      continue;
    }
    passages -= sight.passages;
    terms.push_back(std::move(term));
  }
  return terms;
}

void SpreadSearch::judge(const std::vector<std::string>& terms) {
  judged_now_ = {terms.begin(), terms.end()};
  const Query any_part(Query::OP_OR, ordered_.begin(), ordered_.end());
  impl_.each_candidate(both(any_of(terms), any_part), [&](const Xapian::Document& document) {
    const Passage passage = unpack(document.get_data());
    for (const MessageRecord& record : passage.messages) judge(record);
    return true;
  });
}

void SpreadSearch::judge(const MessageRecord& record) {
  if (record.flags & left_out_ || record.conversation.empty()) return;
  if (!judged_now_.contains(term_of(record.conversation))) return;
  FoldedMessage folded(record);
  for (const Node* filter : division_.filters)
    if (!matches(*filter, folded)) return;
  std::uint64_t parts = 0;
  for (std::size_t part = 0; part < division_.parts.size(); ++part)
    if (matches(*division_.parts[part], folded)) parts |= std::uint64_t{1} << part;
  if (parts != 0) matches_[record.conversation].push_back({record.sent.utc, record.id, parts});
}

// Leaves conversations that hold all parts, in no message all of them.
void SpreadSearch::leave_out_whole_hits() {
  std::erase_if(matches_, [&](const auto& conversation) {
    std::uint64_t covered = 0;
    for (const Match& match : conversation.second) {
      if (match.parts == all_parts()) return true;
      covered |= match.parts;
    }
    return covered != all_parts();
  });
  for (auto& [conversation, found] : matches_) {
    std::sort(found.begin(), found.end(), in_time_order);
    const auto same = [](const Match& a, const Match& b) { return a.id == b.id; };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
  }
}

// When all messages of these conversations were sent. Hidden ones stand in between like others.
void SpreadSearch::find_places(const std::vector<std::string>& terms) {
  const Query query = any_of(terms);
  impl_.each_candidate(both(query, mails_), [&](const Xapian::Document& document) {
    times_[document.get_value(slot::conversation)].push_back(newest_of(document));
    return true;
  });
  const std::unordered_set<std::string> wanted(terms.begin(), terms.end());
  impl_.each_candidate(Query(Query::OP_AND_NOT, query, mails_), [&](const Xapian::Document& document) {
    const Passage passage = unpack(document.get_data());
    for (const MessageRecord& record : passage.messages)
      if (wanted.contains(term_of(record.conversation)))
        times_[record.conversation].push_back(double(record.sent.utc));
    return true;
  });
}

std::vector<Found> SpreadSearch::rank() {
  std::vector<Found> out;
  for (const auto& [conversation, matches] : matches_) {
    std::vector<double>& times = times_[conversation];
    std::sort(times.begin(), times.end());
    const Stretch stretch = closest(matches, all_parts(), times);
    out.push_back({conversation, chosen(matches, stretch), stretch.span, stretch.distance});
  }
  std::sort(out.begin(), out.end(), comes_before);
  return out;
}

namespace {

/// Of hits in the order of a page: their conversations in that order.
std::vector<ConversationHit> grouped(std::vector<Hit>&& hits) {
  std::vector<ConversationHit> groups;
  std::unordered_map<std::string, std::size_t> at;
  for (Hit& hit : hits) {
    const std::string& conversation = hit.message.conversation;
    std::size_t group = groups.size();
    if (!conversation.empty()) group = at.try_emplace(conversation, group).first->second;
    if (group == groups.size()) groups.push_back({conversation, {}, 0});
    if (groups[group].messages.size() < ConversationHit::max_messages)
      groups[group].messages.push_back(std::move(hit));
  }
  return groups;
}

/// As many conversations as the page and what is before it need, at least. `complete`: those are all.
ConversationResult first_conversations(const Searcher::Impl& impl, const Node& query,
                                       const SearchOptions& options) {
  constexpr std::size_t growth = 4;
  const bool bounded = options.limit > 0 && options.offset < SIZE_MAX / growth &&
                       options.limit <= SIZE_MAX / growth - options.offset;
  const std::size_t wanted = bounded ? options.limit + options.offset : 0;
  SearchOptions page = options;
  page.offset = 0;
  page.limit = wanted * growth;
  for (;;) {
    SearchResult found = impl.search(query, page);
    const std::size_t seen = found.hits.size();
    ConversationResult result;
    result.complete = page.limit == 0 || seen < page.limit;
    result.hits = grouped(std::move(found.hits));
    result.count = result.hits.size();
    if (result.complete) return result;
    if (result.hits.size() < wanted) {
      page.limit = page.limit > SIZE_MAX / growth ? 0 : page.limit * growth;
      continue;
    }
    if (found.complete && found.count <= options.counted_exactly) {
      page.limit = 0; // few enough to count their conversations
      continue;
    }
    result.count = std::max<std::uint64_t>(result.count, found.count * result.hits.size() / seen);
    return result;
  }
}

template <typename T> void take_page(std::vector<T>& all, const SearchOptions& options) {
  const auto place = [&](std::size_t n) { return all.begin() + static_cast<std::ptrdiff_t>(n); };
  all.erase(all.begin(), place(std::min(options.offset, all.size())));
  if (options.limit > 0 && all.size() > options.limit) all.erase(place(options.limit), all.end());
}

void put_in_time_order(std::vector<Hit>& hits) {
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.message.sent.utc, a.message.id) < std::tie(b.message.sent.utc, b.message.id);
  });
}

} // namespace

ConversationResult Searcher::spread(const Node& query, const SearchOptions& options,
                                    const std::unordered_set<std::string>& answered) {
  ConversationResult result;
  impl_->read([&] {
    result = {};
    SpreadSearch search(*impl_, query, options, answered);
    std::vector<Found> found = search.run();
    result.count = found.size();
    result.complete = search.complete();
    take_page(found, options);
    for (Found& one : found) {
      ConversationHit hit{std::move(one.conversation), {}, one.span};
      for (const Match& match : one.shown)
        for (MessageRecord& record : impl_->by_id(match.id.hex(), 1)) {
          hit.messages.emplace_back();
          hit.messages.back().message = std::move(record);
        }
      if (!hit.messages.empty()) result.hits.push_back(std::move(hit));
    }
  });
  const std::vector<Needle> needles = positive_needles(query);
  for (ConversationHit& hit : result.hits)
    for (Hit& message : hit.messages) add_highlights(needles, message);
  return result;
}

ConversationResult Searcher::by_conversation(const Node& query, const SearchOptions& options) {
  // A chat passage of a conversation may hold messages of others, but only its first and its last one.
  constexpr std::size_t enough = ConversationHit::max_messages + 2 * max_rows_in_passage;
  ConversationResult result;
  impl_->read([&] {
    result = first_conversations(*impl_, query, options);
    take_page(result.hits, options);
    if (result.complete) return; // each has its messages
    SearchOptions page = options;
    page.offset = 0;
    page.limit = enough;
    for (ConversationHit& group : result.hits) {
      if (group.conversation.empty()) continue;
      const Query within(term_of(group.conversation));
      std::vector<Hit> hits = impl_->search(query, page, &within).hits;
      std::erase_if(hits, [&](const Hit& hit) { return hit.message.conversation != group.conversation; });
      if (hits.size() > ConversationHit::max_messages) hits.resize(ConversationHit::max_messages);
      group.messages = std::move(hits);
    }
  });
  const std::vector<Needle> needles = positive_needles(query);
  for (ConversationHit& group : result.hits) {
    put_in_time_order(group.messages);
    for (Hit& hit : group.messages) add_highlights(needles, hit);
  }
  return result;
}

} // namespace genchi::index
