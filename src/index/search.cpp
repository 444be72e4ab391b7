// How a page is made. By time: candidates come newest passage first, 40, then 160, 640 and so on; each
// message in them is judged; it ends when every hit of the page is newer than anything that can still come.
// By relevance: see Ranker.
#include "index/search.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <thread>
#include <unordered_set>
#include <utility>
#include <xapian.h>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/candidates.hpp"
#include "index/highlight.hpp"
#include "index/predicate.hpp"
#include "index/schema.hpp"
#include "index/searcher_impl.hpp"
#include "index/suggestions.hpp"
#include "index/terms.hpp"
#include "index/windows.hpp"

namespace genchi::index {

namespace fs = std::filesystem;

namespace {

constexpr Xapian::doccount first_round = 40;
constexpr Xapian::doccount round_growth = 4;
// Relevance looks at so many passages at first: the most promising, the newest of equal ones.
constexpr Xapian::doccount ranked_passages = 1000;
// Of many candidates those of the newest months are looked at first.
constexpr std::uint64_t window_growth = 4;
// What a message held takes beside its text, about.
constexpr std::size_t bytes_beside_text = 1500;
// A shard that is being written may change several times while it is read; each wait is a little longer. 3 s in all.
constexpr int max_attempts = 25;
constexpr int max_openings = 5;
constexpr std::chrono::milliseconds wait_more{10};

/// Message ids met. 16 bytes of a digest are enough to tell messages apart that nobody can forge.
class SeenMessages {
 public:
  /// False if it was met before.
  bool add(const Sha256& id) {
    Key key;
    std::memcpy(key.data(), id.bytes.data(), sizeof key);
    return keys_.insert(key).second;
  }

 private:
  using Key = std::array<std::uint64_t, 2>;
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept { return key[0]; }
  };
  std::unordered_set<Key, Hash> keys_;
};

/// Runs a function on each candidate and asks for more: a match without a result list, in bounded memory.
class EachCandidate : public Xapian::MatchDecider {
 public:
  explicit EachCandidate(const std::function<bool(const Xapian::Document&)>& fn) : fn_(fn) {}
  bool operator()(const Xapian::Document& document) const override {
    if (!stopped_) stopped_ = !fn_(document);
    return false;
  }

 private:
  const std::function<bool(const Xapian::Document&)>& fn_;
  mutable bool stopped_ = false;
};

/// The relevance of a message: for each word of the query that is in it, the word's rarity (log of one in how
/// many passages) times where it stands: subject 2, own words and chat 1, names and file names 0.8, quoted
/// text, greeting and signature 0.5. Equal scores: newest first.
///
/// Xapian's weight of a passage is the sum of the rarities alone (BM25 with neither length nor frequency,
/// each term counts once), and chooses which passages are looked at first.
class Ranker {
 public:
  Ranker(std::vector<Needle> needles, const CandidateCompiler& compiler, Xapian::doccount documents)
      : needles_(std::move(needles)) {
    for (const Needle& needle : needles_)
      rarity_.push_back(std::log(1.0 + double(documents) / double(std::max(1u, compiler.frequency(needle)))));
  }

  double score(FoldedMessage& message) const {
    if (needles_.empty()) return 0;
    std::optional<FoldedText> body;
    double sum = 0;
    for (std::size_t i = 0; i < needles_.size(); ++i) sum += rarity_[i] * place(needles_[i], message, body);
    return sum;
  }

 private:
  static constexpr std::size_t places_asked = 20;

  static double place(const Needle& needle, FoldedMessage& message, std::optional<FoldedText>& body) {
    const Node& word = *needle.word;
    if (message.field_has_word(TextField::subject, word)) return 2.0;
    if (needle.subject_only) return 0;
    double best = 0;
    if (message.field_has_word(TextField::text, word)) {
      const MessageRecord& record = message.record();
      if (record.sections.empty()) return 1.0;
      if (!body) body = fold_body_with_map(record.text);
      for (const Highlight& at : places_of(word, record.text, *body, places_asked))
        if (section_at(record, at.begin) == SectionKind::own) return 1.0;
      best = 0.5;
    }
    for (const TextField field : {TextField::from, TextField::to, TextField::cc, TextField::files})
      if (message.field_has_word(field, word)) return 0.8;
    return best;
  }

  std::vector<Needle> needles_;
  std::vector<double> rarity_;
};

/// Score (0 for all when sorted by time), then newest, then id: a total order, so that pages fit together.
bool comes_before(const Hit& a, const Hit& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.message.sent.utc != b.message.sent.utc) return a.message.sent.utc > b.message.sent.utc;
  return a.message.id < b.message.id;
}

/// The best `wanted` hits of those given; 0: all.
class BestHits {
 public:
  explicit BestHits(std::size_t wanted) : wanted_(wanted) {}

  void add(Hit&& hit) {
    if (full() && !comes_before(hit, hits_.front())) return;
    if (full()) {
      std::pop_heap(hits_.begin(), hits_.end(), comes_before);
      hits_.pop_back();
    }
    hits_.push_back(std::move(hit));
    if (wanted_ > 0) std::push_heap(hits_.begin(), hits_.end(), comes_before);
  }
  bool full() const { return wanted_ > 0 && hits_.size() >= wanted_; }
  const Hit& last() const { return hits_.front(); }

  /// In order, without the first `offset`.
  std::vector<Hit> take(std::size_t offset) {
    std::sort(hits_.begin(), hits_.end(), comes_before);
    hits_.erase(hits_.begin(), hits_.begin() + static_cast<std::ptrdiff_t>(std::min(offset, hits_.size())));
    return std::move(hits_);
  }

 private:
  std::size_t wanted_;
  std::vector<Hit> hits_;
};

std::size_t wanted_hits(const SearchOptions& options) {
  if (options.limit == 0) return 0;
  return options.limit > SIZE_MAX - options.offset ? 0 : options.limit + options.offset;
}

} // namespace

/// Judges candidates and keeps the best hits of one search.
class Search {
 public:
  Search(const Node& query, const SearchOptions& options, const CandidateCompiler& compiler,
         Xapian::doccount documents)
      : query_(query), best_(wanted_hits(options)), hidden_(flags_left_out(query, options)) {
    if (options.sort == SearchOptions::Sort::relevance)
      ranker_.emplace(positive_needles(query), compiler, documents);
  }

  /// Gives each message of a candidate that matches and was not met before.
  bool judge(const Xapian::Document& document, const std::function<bool(Hit&&)>& fn) {
    Passage passage = unpack(document.get_data());
    const bool is_mail = !passage.messages.empty() && passage.messages.front().channel == Channel::mail;
    Tally& tally = is_mail ? mail_ : chat_;
    ++tally.candidates;
    for (MessageRecord& record : passage.messages) {
      if (record.flags & hidden_) continue;
      FoldedMessage folded(record);
      if (!matches(query_, folded) || !seen_.add(record.id)) continue;
      ++tally.hits;
      Hit hit;
      if (ranker_) hit.score = ranker_->score(folded);
      hit.message = std::move(record);
      if (!fn(std::move(hit))) return false;
    }
    return true;
  }
  void judge(const Xapian::Document& document) {
    judge(document, [&](Hit&& hit) {
      best_.add(std::move(hit));
      return true;
    });
  }

  BestHits& best() { return best_; }
  /// So many candidates are `among` so many passages of some months.
  void sampled(Xapian::doccount candidates, std::uint64_t among) {
    sampled_candidates_ += candidates;
    sampled_passages_ += among;
  }
  /// How many candidates there are if all months are like those; none: no months were looked at.
  std::optional<double> candidates_among(Xapian::doccount passages) const {
    if (sampled_passages_ == 0) return std::nullopt;
    return double(sampled_candidates_) / double(sampled_passages_) * double(passages);
  }
  std::uint64_t count() const { return mail_.hits + chat_.hits; }
  /// What the count would be if all candidates were like those judged. Mails and chat passages apart: one
  /// holds a single message, the other up to 64, and the newest candidates are seldom a fair sample of both.
  std::uint64_t estimate(double mails, double chats) const {
    const double sum = mail_.estimate(mails) + chat_.estimate(chats);
    return std::max(mail_.hits + chat_.hits, static_cast<std::uint64_t>(std::llround(sum)));
  }

 private:
  const Node& query_;
  BestHits best_;
  std::uint32_t hidden_;
  std::optional<Ranker> ranker_;
  SeenMessages seen_;
  struct Tally {
    std::uint64_t candidates = 0;
    std::uint64_t hits = 0;
    double estimate(double all) const {
      return candidates == 0 ? all : std::max(all, double(candidates)) * double(hits) / double(candidates);
    }
  };
  Tally mail_;
  Tally chat_;
  std::uint64_t sampled_candidates_ = 0;
  std::uint64_t sampled_passages_ = 0;
};

void add_highlights(const std::vector<Needle>& needles, Hit& hit) {
  hit.highlights = text_highlights(needles, hit.message.text);
  hit.subject_highlights = subject_highlights(needles, hit.message.subject);
}

void Searcher::Impl::open_shards() {
  std::optional<Manifest> found = read_manifest(folder);
  if (!found && missing == Missing::is_empty) found.emplace().version = schema_version;
  if (!found)
    throw Error(trf("there is no search index in {}", display_path(folder)), tr("build it: genchi reindex"));
  if (found->version != schema_version)
    throw Error(trf("the search index {} was written by another version of genchi", display_path(folder)),
                tr("build it anew: genchi reindex"));
  manifest = std::move(*found);
  db = Xapian::Database();
  finished = Xapian::Database();
  holds_replaced.clear();
  for (const std::string& name : manifest.shards) {
    const Xapian::Database shard((folder / name).string());
    db.add_database(shard);
    if (!manifest.pending) continue;
    const std::vector<std::string>& clean = manifest.pending->clean;
    holds_replaced.push_back(std::find(clean.begin(), clean.end(), name) != clean.end());
    if (!holds_replaced.back()) finished.add_database(shard);
  }
}

// A shard named by the manifest that was read may be gone when it is opened: then there is a newer manifest.
void Searcher::Impl::open() {
  for (int attempt = 1;; ++attempt) {
    try {
      return open_shards();
    } catch (const Xapian::DatabaseCorruptError&) {
      throw;
    } catch (const Xapian::DatabaseError&) {
      if (attempt == max_openings) throw;
      std::this_thread::sleep_for(wait_more * attempt);
    }
  }
}

// Shards that changed under us are opened anew.
void Searcher::Impl::read(const std::function<void()>& work) {
  translated([&] {
    for (int attempt = 1;; ++attempt) {
      try {
        return work();
      } catch (const Xapian::DatabaseCorruptError&) {
        throw;
      } catch (const Xapian::DatabaseError&) {
        // A changed shard gives DatabaseModifiedError, one that is gone DatabaseOpeningError.
        if (attempt == max_attempts) throw;
        std::this_thread::sleep_for(wait_more * (attempt - 1));
      }
      open();
    }
  });
}

// The one place where Xapian's exceptions become ours.
void Searcher::Impl::translated(const std::function<void()>& work) const {
  try {
    work();
  } catch (const Xapian::Error& error) {
    std::string reason = error.get_msg();
    if (const char* detail = error.get_error_string()) reason.append(" (").append(detail).append(")");
    throw Error(trf("cannot read the search index {}: {}", display_path(folder), reason),
                tr("if this stays so, build it anew: genchi reindex"));
  }
}

// While an update is being finished, older shards still hold passages that newer ones replace. `id` is that
// of all shards together; the document itself only knows the one in its shard.
bool Searcher::Impl::is_replaced(Xapian::docid id, const Xapian::Document& document) const {
  if (holds_replaced.empty() || !holds_replaced[(id - 1) % holds_replaced.size()]) return false;
  Xapian::TermIterator it = document.termlist_begin();
  it.skip_to(std::string(prefix::job));
  if (it == document.termlist_end() || !(*it).starts_with(prefix::job)) return false;
  return finished.term_exists(*it);
}

// Not BoolWeight, though a page by time needs no weights: for a term that does not weigh and stands in every
// document of a shard, Xapian 1.4.22 walks another list, and fails ("Unexpected end of posting list") if the
// shard was made by compact() and a document has been deleted from it since.
Xapian::Enquire Searcher::Impl::enquire(const Xapian::Query& query) const {
  Xapian::Enquire enquire(db);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1, 0, 1, 0, 0.5));
  return enquire;
}

void Searcher::Impl::each_candidate(const Xapian::Query& query,
                                    const std::function<bool(const Xapian::Document&)>& fn) const {
  Xapian::Enquire all = enquire(query);
  all.set_docid_order(Xapian::Enquire::DONT_CARE);
  if (!holds_replaced.empty()) { // a decider is not told which shard a document is in
    const Xapian::MSet found = all.get_mset(0, db.get_doccount());
    for (Xapian::MSetIterator it = found.begin(); it != found.end(); ++it) {
      const Xapian::Document document = it.get_document();
      if (!is_replaced(*it, document) && !fn(document)) return;
    }
    return;
  }
  const EachCandidate decider(fn);
  all.get_mset(0, 1, 1, nullptr, &decider);
}

// Newest first. Messages are held up to a bound; of those beyond it only what finds them again is.
std::vector<HeldHit> Searcher::Impl::held_hits(Search& search, const Xapian::Query& candidates, std::size_t most_bytes) const {
  std::vector<HeldHit> held;
  std::size_t bytes = 0;
  each_candidate(candidates, [&](const Xapian::Document& document) {
    return search.judge(document, [&](Hit&& hit) {
      HeldHit& one = held.emplace_back(HeldHit{hit.message.sent.utc, hit.message.id, std::nullopt});
      bytes += hit.message.text.size() + bytes_beside_text;
      if (bytes <= most_bytes) one.message = std::move(hit.message);
      return true;
    });
  });
  std::sort(held.begin(), held.end(), is_newer);
  return held;
}

std::optional<MessageRecord> Searcher::Impl::message(const Sha256& id) const {
  std::vector<MessageRecord> found = by_id(id.hex(), 1);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

SearchResult Searcher::Impl::search(const Node& query, const SearchOptions& options,
                                    const Xapian::Query* within) const {
  SearchResult result;
  if (manifest.shards.empty()) return result;
  CandidateCompiler compiler(db);
  Xapian::Query candidates = compiler.compile(query);
  if (within) candidates = Xapian::Query(Xapian::Query::OP_AND, *within, candidates);
  Search search(query, options, compiler, db.get_doccount());
  if (wanted_hits(options) == 0) {
    each_candidate(candidates, [&](const Xapian::Document& document) {
      search.judge(document);
      return true;
    });
    result.hits = search.best().take(options.offset);
    result.count = search.count();
    return result;
  }

  result.complete = fill_page(search, candidates, options);
  result.count = search.count();
  if (!result.complete) {
    // Without items asked for, these are estimates made from the numbers of terms, at once.
    const Xapian::Query mail(prefixed_term(prefix::channel, channel_name(Channel::mail)));
    const Xapian::MSet guessed = enquire(candidates).get_mset(0, 0);
    const Xapian::doccount all = guessed.get_matches_estimated();
    const Xapian::doccount mails = enquire(Xapian::Query(Xapian::Query::OP_AND, candidates, mail))
                                       .get_mset(0, 0)
                                       .get_matches_estimated();
    const bool exact = guessed.get_matches_lower_bound() == guessed.get_matches_upper_bound();
    const double scale = exact || all == 0 ? 1 : search.candidates_among(db.get_doccount()).value_or(all) / all;
    result.count = search.estimate(scale * std::min(mails, all), scale * (all - std::min(mails, all)));
  }
  result.hits = search.best().take(options.offset);
  return result;
}

// Judges candidates until the page cannot change any more, or to the end if they are few; true if that took all
// of them.
bool Searcher::Impl::fill_page(Search& search, const Xapian::Query& candidates, const SearchOptions& options) const {
  const Xapian::MSet all = enquire(candidates).get_mset(0, 0);
  const bool count_all = all.get_matches_upper_bound() <= options.counted_exactly;
  if (options.sort == SearchOptions::Sort::relevance) return fill_page_by_relevance(search, candidates, count_all);
  if (count_all) return fill_page_by_time(search, candidates, count_all, db.get_doccount());
  const std::uint64_t hits_wanted = std::max<std::uint64_t>(options.limit + options.offset, first_round);
  const std::uint64_t density = db.get_doccount() / std::max(1U, all.get_matches_estimated()) + 1;
  for (const Window& window : windows_of(db, std::max(options.newest_passages, 2 * hits_wanted * density), window_growth))
    if (!fill_page_by_time(search, within(window, candidates), count_all, window.passages)) return false;
  return true;
}

bool Searcher::Impl::fill_page_by_time(Search& search, const Xapian::Query& candidates, bool count_all, std::uint64_t among) const {
  Xapian::Enquire enquiry = enquire(candidates);
  enquiry.set_sort_by_value(slot::sent_newest, /*reverse=*/true);
  // Only a passage that ends strictly earlier cannot change the page: of equal times the smaller id comes
  // first.
  const auto cannot_change = [&](const Xapian::MSetIterator& it) {
    return search.best().full() && double(search.best().last().message.sent.utc) > Xapian::sortable_unserialise(it.get_sort_key());
  };
  Xapian::doccount first = 0;
  for (Xapian::doccount round = first_round;; round *= round_growth) {
    const Xapian::MSet found = enquiry.get_mset(first, std::min(round, db.get_doccount()));
    if (first == 0) search.sampled(found.get_matches_estimated(), among); // sorted by a value, they all were seen
    for (Xapian::MSetIterator it = found.begin(); it != found.end(); ++it) {
      if (!count_all && cannot_change(it)) return false;
      const Xapian::Document document = it.get_document();
      if (!is_replaced(*it, document)) search.judge(document);
    }
    first += found.size();
    if (found.size() < round) return true;
  }
}

bool Searcher::Impl::fill_page_by_relevance(Search& search, const Xapian::Query& candidates, bool count_all) const {
  Xapian::Enquire enquiry = enquire(candidates);
  enquiry.set_sort_by_relevance_then_value(slot::sent_newest, /*reverse=*/true);
  Xapian::doccount first = 0;
  for (Xapian::doccount round = ranked_passages;; round *= round_growth) {
    const Xapian::MSet found = enquiry.get_mset(first, std::min(round, db.get_doccount()));
    for (Xapian::MSetIterator it = found.begin(); it != found.end(); ++it) {
      const Xapian::Document document = it.get_document();
      if (!is_replaced(*it, document)) search.judge(document);
    }
    first += found.size();
    if (found.size() < round) return true;
    if (search.best().full() && !count_all) return false;
  }
}

std::vector<MessageRecord> Searcher::Impl::by_id(const std::string& hex_prefix, std::size_t limit) const {
  std::vector<MessageRecord> records;
  if (manifest.shards.empty()) return records;
  SeenMessages seen;
  const std::string start = std::string(prefix::message) + hex_prefix.substr(0, 16);
  const Xapian::TermIterator end = db.allterms_end(start);
  for (Xapian::TermIterator term = db.allterms_begin(start); term != end && records.size() < limit; ++term) {
    for (Xapian::PostingIterator post = db.postlist_begin(*term); post != db.postlist_end(*term); ++post) {
      const Xapian::Document document = db.get_document(*post);
      if (is_replaced(*post, document)) continue;
      Passage passage = unpack(document.get_data());
      for (MessageRecord& record : passage.messages)
        if (record.id.hex().starts_with(hex_prefix) && seen.add(record.id))
          records.push_back(std::move(record));
    }
  }
  std::sort(records.begin(), records.end(),
            [](const MessageRecord& a, const MessageRecord& b) { return a.id < b.id; });
  if (records.size() > limit) records.resize(limit);
  return records;
}

Searcher::Searcher(const fs::path& index_folder, Missing missing) : impl_(std::make_unique<Impl>()) {
  impl_->folder = index_folder;
  impl_->missing = missing;
  impl_->translated([&] { impl_->open(); });
}

Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;

SearchResult Searcher::search(const Node& query, const SearchOptions& options) {
  SearchResult result;
  impl_->read([&] { result = impl_->search(query, options); });
  const std::vector<Needle> needles = positive_needles(query);
  for (Hit& hit : result.hits) add_highlights(needles, hit);
  return result;
}

void Searcher::each_by_time(const Node& query, const SearchOptions& options, const std::function<bool(Hit&&)>& fn) {
  const std::vector<Needle> needles = positive_needles(query);
  SearchOptions unranked = options;
  unranked.sort = SearchOptions::Sort::newest;
  std::optional<HeldHit> given; // outlives a reopening: the last one
  bool stopped = false;
  impl_->read([&] {
    if (impl_->manifest.shards.empty()) return;
    CandidateCompiler compiler(impl_->db);
    const Xapian::Query candidates = compiler.compile(query);
    Search search(query, unranked, compiler, impl_->db.get_doccount());
    for (const Window& window : windows_of(impl_->db, options.passages_at_a_time, 1)) {
      if (stopped) return;
      for (HeldHit& each : impl_->held_hits(search, within(window, candidates), options.held_bytes)) {
        if (given && !is_newer(*given, each)) continue;
        given = HeldHit{each.sent, each.id, std::nullopt};
        std::optional<MessageRecord> message = std::move(each.message);
        if (!message) message = impl_->message(each.id);
        if (!message) continue;
        Hit hit;
        hit.message = std::move(*message);
        add_highlights(needles, hit);
        stopped = !fn(std::move(hit));
        if (stopped) return;
      }
    }
  });
}

void Searcher::for_each(const Node& query, const SearchOptions& options,
                        const std::function<bool(Hit&&)>& fn) {
  const std::vector<Needle> needles = positive_needles(query);
  std::optional<Search> search; // outlives a reopening: what was given is not given again
  bool stopped = false;
  impl_->read([&] {
    if (impl_->manifest.shards.empty() || stopped) return;
    CandidateCompiler compiler(impl_->db);
    const Xapian::Query candidates = compiler.compile(query);
    if (!search) search.emplace(query, options, compiler, impl_->db.get_doccount());
    impl_->each_candidate(candidates, [&](const Xapian::Document& document) {
      return search->judge(document, [&](Hit&& hit) {
        add_highlights(needles, hit);
        stopped = !fn(std::move(hit));
        return !stopped;
      });
    });
  });
}

std::vector<MessageRecord> Searcher::by_id(std::string_view hex_prefix, std::size_t limit) {
  const std::string prefix = ascii_lower(hex_prefix);
  const bool hex = prefix.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!hex || prefix.size() < 4 || prefix.size() > 64 || limit == 0) return {};
  std::vector<MessageRecord> records;
  impl_->read([&] { records = impl_->by_id(prefix, limit); });
  return records;
}

std::int64_t Searcher::revision() const {
  return impl_->manifest.revision;
}

std::vector<Searcher::Suggestion> Searcher::suggestions(std::string_view word, std::size_t limit) {
  std::vector<Suggestion> found;
  const auto count = [&](std::string_view part) -> std::uint64_t {
    Node phrase;
    phrase.op = Node::Op::word;
    phrase.written = phrase.folded = part;
    phrase.forms.emplace_back();
    phrase.forms.front().spelling.folded = part;
    SearchOptions options;
    options.limit = 1;
    options.counted_exactly = 0;
    const SearchResult result = impl_->search(phrase, options);
    return result.hits.empty() ? 0 : std::max<std::uint64_t>(result.count, 1);
  };
  impl_->read([&] { found = suggestions_from(impl_->db, count, word, limit); });
  return found;
}

std::uint64_t Searcher::document_count() const {
  std::uint64_t count = 0;
  if (!impl_->manifest.shards.empty())
    impl_->read(
        [&] { count = impl_->db.get_doccount() - impl_->db.get_termfreq(std::string(prefix::blank)); });
  return count;
}

} // namespace genchi::index
