#include "importers/line_oa/chats.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "importers/line_oa/drift.hpp"
#include "importers/line_oa/talks.hpp"

namespace genchi::line {
namespace {

constexpr std::uint32_t least_characters = 4;
constexpr int certain_rows = 5;           // of the friend's: so many coincide in one chat only
constexpr UtcSeconds rest_of_minute = 59; // `downloaded` has no seconds
// A name that so many chats with rows share identifies nobody; bounds the comparison of hostile input.
constexpr std::size_t most_chats_of_a_name = 64;
// Bridges are looked for in chats of so many downloads at most: each is left out once, and the others
// compared.
constexpr std::size_t most_files_for_bridges = 64;
// Downloads of so many chats, none of them common, may be of two accounts.
constexpr std::ptrdiff_t least_chats = 3;
// Contradictions noted; more come from hostile input only.
constexpr std::size_t most_contradictions = 10'000;

using Rank = std::uint32_t; // place of a file in canonical order
using KeyId = std::uint32_t;

/// A text row of a file, for sorting equal keys of all files together.
struct Entry {
  UtcSeconds sent;
  std::uint64_t hash;
  Rank file;
  SenderType type;
  bool lossy;

  auto key() const { return std::tie(sent, type, hash); }
  bool operator<(const Entry& other) const {
    return std::tie(sent, type, hash, file) < std::tie(other.sent, other.type, other.hash, other.file);
  }
};

struct Key {
  UtcSeconds sent;
  SenderType type;
};

/// A file as the rules see it.
struct File {
  const ExportFile* held = nullptr;
  std::uint32_t index = 0; // in the input
  bool has_rows = false;
  bool in_bulk = false; // with other chats in its download: broadcasts among its rows show
  UtcSeconds first = 0;
  UtcSeconds end = 0;
  std::vector<KeyId> distinctive;                         // ascending, so by time
  std::vector<KeyId> indistinct;                          // held by the file, but repeated or lossy
  std::vector<std::pair<UtcSeconds, SenderType>> excuses; // unsent and lossy rows

  const std::string& name() const { return held->chat_name; }
};

bool kept_apart(const ExportFile& a, const ExportFile& b) {
  return a.downloaded && a.downloaded == b.downloaded && a.number && b.number && a.number != b.number;
}

// --- which chat a file belongs to so far

class Chats {
 public:
  explicit Chats(const std::vector<File>& files)
      : parent_(files.size()), members_(files.size()), numbers_(files.size()), assumed_(files.size(), false) {
    std::iota(parent_.begin(), parent_.end(), Rank{0});
    for (Rank rank = 0; rank < files.size(); ++rank) {
      members_[rank].push_back(rank);
      const auto& held = *files[rank].held;
      if (held.downloaded && held.number) numbers_[rank].emplace(*held.downloaded, *held.number);
    }
  }

  Rank of(Rank file) {
    while (parent_[file] != file) file = parent_[file] = parent_[parent_[file]];
    return file;
  }
  bool same(Rank a, Rank b) { return of(a) == of(b); }
  const std::vector<Rank>& members(Rank chat) const { return members_[chat]; }
  bool is_assumed(Rank chat) const { return assumed_[chat]; }
  void set_assumed(Rank file) { assumed_[of(file)] = true; }

  /// Joins the chats of two files, unless rule 1 keeps members of them apart.
  bool join(Rank a, Rank b) {
    a = of(a);
    b = of(b);
    if (a == b) return true;
    if (members_[a].size() < members_[b].size()) std::swap(a, b);
    auto& numbers = numbers_[a];
    for (const auto& [download, number] : numbers_[b]) {
      const auto found = numbers.find(download);
      if (found != numbers.end() && found->second != number) return false;
    }
    numbers.insert(numbers_[b].begin(), numbers_[b].end());
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    numbers_[b].clear();
    members_[b].clear();
    assumed_[a] = assumed_[a] || assumed_[b];
    parent_[b] = a;
    return true;
  }

 private:
  std::vector<Rank> parent_;
  std::vector<std::vector<Rank>> members_;
  std::vector<std::map<UtcSeconds, std::uint32_t>> numbers_; // of the downloads a chat is in
  std::vector<bool> assumed_;
};

class Grouping {
 public:
  Grouping(const std::vector<ExportFile>& input, GroupingNotes* notes)
      : notes_(notes), files_(in_canonical_order(input)), chats_(files_) {}

  std::vector<ChatGroup> run() {
    join_equal_bytes();
    join_cut_off();
    index_rows();
    join_by_rows();
    find_two_accounts();
    note_parts();
    join_by_names();
    if (notes_) {
      note_contradictions();
      note_namesakes();
      note_accounts();
      note_bridges();
    }
    return groups();
  }

 private:
  static std::vector<File> in_canonical_order(const std::vector<ExportFile>& input) {
    std::vector<File> files(input.size());
    for (std::uint32_t i = 0; i < input.size(); ++i) {
      auto& file = files[i];
      file.held = &input[i];
      file.index = i;
      file.has_rows = !input[i].rows.empty();
      if (!file.has_rows) continue;
      const auto [first, last] =
          std::minmax_element(input[i].rows.begin(), input[i].rows.end(),
                              [](const RowKey& a, const RowKey& b) { return a.sent < b.sent; });
      file.first = first->sent;
      file.end = std::max(last->sent, input[i].downloaded.value_or(last->sent));
    }
    std::sort(files.begin(), files.end(),
              [](const File& a, const File& b) { return comes_before(*a.held, *b.held); });
    mark_bulk(files);
    return files;
  }

  static void mark_bulk(std::vector<File>& files) {
    for (auto begin = files.begin(); begin != files.end();) {
      const auto end = std::find_if(begin, files.end(), [&](const File& file) {
        return file.held->downloaded != begin->held->downloaded;
      });
      const auto numbered =
          std::find_if(begin, end, [](const File& file) { return file.held->number.has_value(); });
      const bool bulk = numbered != end && std::any_of(numbered, end, [&](const File& file) {
                          return kept_apart(*numbered->held, *file.held);
                        });
      for (; begin != end; ++begin) begin->in_bulk = bulk && begin->held->number;
    }
  }

  void join_equal_bytes();
  void join_cut_off();
  void index_rows();
  void index_key(const Entry* begin, const Entry* end, std::vector<Rank>& holders);
  bool is_broadcast(const std::vector<Rank>& holders) const;

  void join_by_rows();
  void join_pairs(const std::unordered_map<std::uint64_t, std::uint32_t>& pairs);
  enum class Verdict { unrelated, contradictory, one_chat };
  Verdict compare(const File& a, const File& b) const;
  bool are_one_chat(const File& a, const File& b) const { return compare(a, b) == Verdict::one_chat; }
  bool contradict(const File& a, const File& b) const;
  bool surely_coincide(const File& a, const File& b) const;
  bool contradicts(const File& earlier, const File& later) const {
    return first_contradiction(earlier, later, 0) != earlier.distinctive.size();
  }
  std::size_t first_contradiction(const File& earlier, const File& later, std::size_t from) const;

  void find_two_accounts();
  bool may_be_two_accounts(const std::vector<Rank>& earlier, const std::vector<Rank>& later);
  void join_by_names();
  void join_by_name(const std::vector<Rank>& bearers);
  bool is_unique_in_every_download(const std::vector<Rank>& bearers);
  bool may_be_one_chat(const std::vector<Rank>& chats);

  void note_parts();
  void note_contradictions();
  void note_namesakes();
  void note_accounts();
  void note_bridges();
  std::optional<Bridge> bridge_without(std::size_t left_out, const std::vector<Rank>& members,
                                       std::map<std::pair<Rank, Rank>, bool>& links) const;
  bool look_alike(const File& a, const File& b) const;
  KeptApart apart(KeptApart::Reason reason, Rank file, Rank other) const;

  std::vector<ChatGroup> groups();

  GroupingNotes* notes_;
  std::vector<File> files_; // by rank
  Chats chats_;
  std::vector<Key> keys_;               // by id
  std::vector<Rank> chains_;            // the holders of each key that is no broadcast, in canonical order,
  std::vector<std::size_t> chain_ends_; // one key after the other
  std::vector<Rank> parts_;             // by rank: the chat as its rows alone make it
  std::vector<std::pair<Rank, Rank>> contradictions_;     // earlier, later
  std::map<std::string_view, std::vector<Rank>> bearers_; // of each name that says something
  std::vector<std::pair<Rank, Rank>> two_accounts_;       // files of two downloads, earlier and later
  std::set<std::pair<UtcSeconds, UtcSeconds>> strangers_; // those downloads
  std::vector<std::string_view> shared_names_;            // names that identify nobody
  std::set<Rank> told_;                                   // chats said to contradict another
};

void Grouping::join_equal_bytes() {
  std::vector<Rank> by_digest(files_.size());
  std::iota(by_digest.begin(), by_digest.end(), Rank{0});
  const auto identity = [&](Rank rank) {
    const auto& file = files_[rank];
    return std::tuple<const Sha256&, std::string_view>(
        file.held->digest, file.has_rows ? std::string_view() : std::string_view(file.name()));
  };
  std::stable_sort(by_digest.begin(), by_digest.end(),
                   [&](Rank a, Rank b) { return identity(a) < identity(b); });
  for (auto begin = by_digest.begin(); begin != by_digest.end();) {
    const auto end =
        std::find_if(begin, by_digest.end(), [&](Rank r) { return identity(r) != identity(*begin); });
    // Under different numbers they are different chats, and a file without number could be any of them.
    std::map<std::optional<std::uint32_t>, Rank> first_of;
    for (auto it = begin; it != end; ++it) {
      const auto [first, is_new] = first_of.emplace(files_[*it].held->number, *it);
      if (!is_new) chats_.join(first->second, *it);
    }
    if (first_of.size() == 2 && !first_of.begin()->first)
      chats_.join(first_of.begin()->second, std::next(first_of.begin())->second);
    begin = end;
  }
}

// A file that was cut off says nothing of the rows it lacks, so it would contradict the whole one.
void Grouping::join_cut_off() {
  std::map<std::tuple<UtcSeconds, std::optional<std::uint32_t>, std::string_view>, Rank> longest;
  const auto key = [&](Rank rank) {
    const ExportFile& held = *files_[rank].held;
    return std::tuple<UtcSeconds, std::optional<std::uint32_t>, std::string_view>(*held.downloaded, held.number,
                                                                                 files_[rank].name());
  };
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    if (!files_[rank].held->downloaded || !files_[rank].has_rows) continue;
    const auto [found, is_new] = longest.emplace(key(rank), rank);
    if (!is_new && files_[rank].held->rows.size() > files_[found->second].held->rows.size()) found->second = rank;
  }
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    if (!files_[rank].held->downloaded || !files_[rank].has_rows) continue;
    const Rank whole = longest.at(key(rank));
    const auto& rows = files_[rank].held->rows;
    const auto& all = files_[whole].held->rows;
    const auto end = rows.end() - (rows.back().lossy ? 1 : 0);
    // What the account sent may have gone to others in the same second.
    const bool friend_speaks =
        std::any_of(rows.begin(), end, [](const RowKey& row) { return row.type == SenderType::user; });
    if (friend_speaks && std::equal(rows.begin(), end, all.begin())) chats_.join(whole, rank);
  }
}

// --- rule 2

void Grouping::index_rows() {
  const auto can_be_distinctive = [](const RowKey& row) {
    return row.content == Content::text && row.characters >= least_characters;
  };
  std::size_t count = 0;
  for (const auto& file : files_)
    count += static_cast<std::size_t>(
        std::count_if(file.held->rows.begin(), file.held->rows.end(), can_be_distinctive));
  std::vector<Entry> entries;
  entries.reserve(count);
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    auto& file = files_[rank];
    for (const auto& row : file.held->rows) {
      if (row.lossy || row.content == Content::unsent) file.excuses.emplace_back(row.sent, row.type);
      if (can_be_distinctive(row)) entries.push_back({row.sent, row.hash, rank, row.type, row.lossy});
    }
    std::sort(file.excuses.begin(), file.excuses.end());
  }
  std::sort(entries.begin(), entries.end());
  std::vector<Rank> holders;
  for (const auto *at = entries.data(), *const end = at + entries.size(); at != end;) {
    const auto* const next = std::find_if(at, end, [&](const Entry& e) { return e.key() != at->key(); });
    index_key(at, next, holders);
    at = next;
  }
}

void Grouping::index_key(const Entry* begin, const Entry* end, std::vector<Rank>& holders) {
  holders.clear();
  for (const auto* entry = begin; entry != end; ++entry) {
    if (holders.empty() || holders.back() != entry->file) holders.push_back(entry->file);
  }
  if (is_broadcast(holders)) return;
  const auto id = static_cast<KeyId>(keys_.size());
  keys_.push_back({begin->sent, begin->type});
  std::size_t distinctive = 0;
  for (const auto* entry = begin; entry != end;) {
    const auto* const next = std::find_if(entry, end, [&](const Entry& e) { return e.file != entry->file; });
    auto& file = files_[entry->file];
    if (next - entry == 1 && !entry->lossy) {
      file.distinctive.push_back(id);
      holders[distinctive++] = entry->file;
    } else {
      file.indistinct.push_back(id);
    }
    entry = next;
  }
  if (distinctive < 2) return;
  chains_.insert(chains_.end(), holders.begin(), holders.begin() + static_cast<std::ptrdiff_t>(distinctive));
  chain_ends_.push_back(chains_.size());
}

/// The holders of one download stand side by side.
bool Grouping::is_broadcast(const std::vector<Rank>& holders) const {
  std::optional<Rank> numbered;
  for (const auto rank : holders) {
    const auto& held = *files_[rank].held;
    if (!held.number) continue;
    if (numbered && kept_apart(*files_[*numbered].held, held)) return true;
    numbered = rank;
  }
  return false;
}

// --- rule 3

/// Joins are transitive, so neighbours in each key's chain are enough as long as they do join. Where they do
/// not (another chat between them, a damaged download) their neighbours are tried as well.
void Grouping::join_by_rows() {
  std::unordered_map<std::uint64_t, std::uint32_t> pairs;
  const auto add = [&](Rank a, Rank b) { ++pairs[std::uint64_t{a} << 32 | b]; };
  const auto for_each_chain = [&](auto&& visit) {
    std::size_t begin = 0;
    for (const auto end : chain_ends_) {
      visit(begin, end);
      begin = end;
    }
  };
  for_each_chain([&](std::size_t begin, std::size_t end) {
    for (auto i = begin; i + 1 < end; ++i) {
      if (!chats_.same(chains_[i], chains_[i + 1])) add(chains_[i], chains_[i + 1]);
    }
  });
  join_pairs(pairs);
  pairs.clear();
  for_each_chain([&](std::size_t begin, std::size_t end) {
    for (auto i = begin; i + 1 < end; ++i) {
      if (chats_.same(chains_[i], chains_[i + 1])) continue;
      for (const std::size_t distance : {2, 3}) {
        if (i >= begin + distance - 1) add(chains_[i + 1 - distance], chains_[i + 1]);
        if (i + distance < end) add(chains_[i], chains_[i + distance]);
      }
    }
  });
  join_pairs(pairs);
}

void Grouping::join_pairs(const std::unordered_map<std::uint64_t, std::uint32_t>& pairs) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> ordered;
  ordered.reserve(pairs.size());
  for (const auto& [pair, count] : pairs)
    ordered.emplace_back(std::numeric_limits<std::uint32_t>::max() - count, pair);
  std::sort(ordered.begin(), ordered.end()); // the strongest first
  for (const auto& [weakness, pair] : ordered) {
    const auto a = static_cast<Rank>(pair >> 32);
    const auto b = static_cast<Rank>(pair & 0xFFFFFFFF);
    if (chats_.same(a, b)) continue;
    const auto verdict = compare(files_[a], files_[b]);
    if (verdict == Verdict::one_chat) chats_.join(a, b);
    if (verdict == Verdict::contradictory && contradictions_.size() < most_contradictions)
      contradictions_.emplace_back(a, b);
  }
}

Grouping::Verdict Grouping::compare(const File& a, const File& b) const {
  if (kept_apart(*a.held, *b.held)) return Verdict::unrelated;
  const auto begin = std::max(a.first, b.first);
  const auto end = std::min(a.end, b.end) + rest_of_minute;
  const auto in_common_time = [&](const File& file) {
    const auto from = std::lower_bound(file.distinctive.begin(), file.distinctive.end(), begin,
                                       [&](KeyId id, UtcSeconds sent) { return keys_[id].sent < sent; });
    const auto to = std::upper_bound(from, file.distinctive.end(), end,
                                     [&](UtcSeconds sent, KeyId id) { return sent < keys_[id].sent; });
    return std::make_pair(from, to);
  };
  auto few = in_common_time(a);
  auto many = in_common_time(b);
  if (few.second - few.first > many.second - many.first) std::swap(few, many);
  bool coincide = false;
  bool is_personal = a.in_bulk || b.in_bulk || (!a.name().empty() && a.name() == b.name());
  for (; few.first != few.second && !(coincide && is_personal); ++few.first) {
    many.first = std::lower_bound(many.first, many.second, *few.first);
    if (many.first == many.second) break;
    if (*many.first != *few.first) continue;
    coincide = true;
    is_personal = is_personal || keys_[*few.first].type == SenderType::user;
  }
  if (!coincide || !is_personal) return Verdict::unrelated;
  return contradict(a, b) && !surely_coincide(a, b) ? Verdict::contradictory : Verdict::one_chat;
}

bool Grouping::surely_coincide(const File& a, const File& b) const {
  const File& few = a.distinctive.size() < b.distinctive.size() ? a : b;
  const File& many = &few == &a ? b : a;
  int rows = 0;
  for (const auto id : few.distinctive) {
    if (keys_[id].type != SenderType::user) continue;
    if (std::binary_search(many.distinctive.begin(), many.distinctive.end(), id) && ++rows == certain_rows)
      return true;
  }
  return false;
}

bool Grouping::contradict(const File& a, const File& b) const {
  if (!a.has_rows || !b.has_rows) return false;
  return (a.end <= b.end && contradicts(a, b)) || (b.end <= a.end && contradicts(b, a));
}

/// The place among the earlier file's distinctive rows, from `from` on, of the first that the later one
/// contradicts; their number if there is none. Ends there, so a pair costs no more than the smaller file has
/// rows, whichever that is.
std::size_t Grouping::first_contradiction(const File& earlier, const File& later, std::size_t from) const {
  const auto begin = std::max(earlier.first, later.first + 1); // the first second may be cut
  const auto end =
      earlier.held->downloaded ? std::min(earlier.end, *earlier.held->downloaded - 1) : earlier.end;
  auto at = std::lower_bound(earlier.distinctive.begin() + static_cast<std::ptrdiff_t>(from),
                             earlier.distinctive.end(), begin,
                             [&](KeyId id, UtcSeconds sent) { return keys_[id].sent < sent; });
  for (; at != earlier.distinctive.end() && keys_[*at].sent <= end; ++at) {
    if (std::binary_search(later.distinctive.begin(), later.distinctive.end(), *at)) continue;
    if (std::binary_search(later.indistinct.begin(), later.indistinct.end(), *at)) continue;
    const auto& key = keys_[*at];
    if (!std::binary_search(later.excuses.begin(), later.excuses.end(), std::make_pair(key.sent, key.type)))
      return static_cast<std::size_t>(at - earlier.distinctive.begin());
  }
  return earlier.distinctive.size();
}

// --- two accounts of one name

void Grouping::find_two_accounts() {
  std::map<UtcSeconds, std::vector<Rank>> downloads; // of several chats
  for (Rank rank = 0; rank < files_.size(); ++rank)
    if (files_[rank].in_bulk && files_[rank].held->downloaded) downloads[*files_[rank].held->downloaded].push_back(rank);
  const std::vector<Rank>* before = nullptr;
  for (const auto& [time, files] : downloads) {
    // One download gives a number once.
    std::map<std::uint32_t, Rank> numbers;
    for (const auto rank : files) {
      if (files_[rank].distinctive.empty()) continue;
      const auto [other, is_new] = numbers.emplace(*files_[rank].held->number, rank);
      if (is_new || chats_.same(rank, other->second)) continue;
      two_accounts_.emplace_back(other->second, rank);
      strangers_.emplace(time, time);
      break;
    }
    if (before && may_be_two_accounts(*before, files)) {
      two_accounts_.emplace_back(before->front(), files.front());
      strangers_.emplace(*files_[before->front()].held->downloaded, time);
    }
    before = &files;
  }
}

bool Grouping::may_be_two_accounts(const std::vector<Rank>& earlier, const std::vector<Rank>& later) {
  std::set<Rank> chats;
  for (const auto rank : earlier) chats.insert(chats_.of(rank));
  if (std::any_of(later.begin(), later.end(), [&](Rank rank) { return chats.contains(chats_.of(rank)); })) return false;
  // What both should hold: of the time before the earlier one, as far back as LINE surely went when the later one was made.
  const auto end = *files_[earlier.front()].held->downloaded, begin = *files_[later.front()].held->downloaded - least_retention;
  const auto should_be_in_both = [&](Rank rank) {
    const auto& rows = files_[rank].distinctive;
    const auto at = std::lower_bound(rows.begin(), rows.end(), begin, [&](KeyId id, UtcSeconds sent) { return keys_[id].sent < sent; });
    return at != rows.end() && keys_[*at].sent < end;
  };
  const auto are_several = [&](const std::vector<Rank>& files) { return std::count_if(files.begin(), files.end(), should_be_in_both) >= least_chats; };
  return are_several(earlier) && are_several(later);
}

// --- rule 4

void Grouping::join_by_names() {
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    const auto& name = files_[rank].name();
    if (!name.empty() && name != "Unknown") bearers_[name].push_back(rank);
  }
  for (const auto& [name, ranks] : bearers_) join_by_name(ranks);
}

void Grouping::join_by_name(const std::vector<Rank>& bearers) {
  std::vector<Rank> chats;
  for (const auto rank : bearers) chats.push_back(chats_.of(rank));
  std::sort(chats.begin(), chats.end());
  chats.erase(std::unique(chats.begin(), chats.end()), chats.end());
  if (chats.size() < 2) return;
  if (!is_unique_in_every_download(bearers) || !may_be_one_chat(chats)) {
    shared_names_.push_back(files_[bearers.front()].name()); // ascending, as the map is
    return;
  }
  for (const auto chat : chats) chats_.join(chats.front(), chat);
  chats_.set_assumed(chats.front());
}

bool Grouping::is_unique_in_every_download(const std::vector<Rank>& bearers) {
  for (std::size_t i = 1; i < bearers.size(); ++i) {
    const auto& downloaded = files_[bearers[i]].held->downloaded;
    if (downloaded && downloaded == files_[bearers[i - 1]].held->downloaded &&
        !chats_.same(bearers[i], bearers[i - 1]))
      return false;
  }
  return true;
}

/// Compares each file with the last one before it of every other chat: an older one's rows are in that as
/// well.
bool Grouping::may_be_one_chat(const std::vector<Rank>& chats) {
  std::vector<std::pair<Rank, std::size_t>> all; // file, place of its chat
  std::size_t chats_with_rows = 0;
  for (std::size_t place = 0; place < chats.size(); ++place) {
    bool has_distinctive_rows = false;
    for (const auto rank : chats_.members(chats[place])) {
      all.emplace_back(rank, place);
      has_distinctive_rows = has_distinctive_rows || !files_[rank].distinctive.empty();
    }
    chats_with_rows += has_distinctive_rows ? 1 : 0;
  }
  if (chats_with_rows > most_chats_of_a_name) return false;
  std::sort(all.begin(), all.end());
  std::map<UtcSeconds, std::uint32_t> numbers;
  std::map<std::size_t, Rank> last_of; // of chats with distinctive rows
  for (const auto& [rank, place] : all) {
    const auto& file = files_[rank];
    if (file.held->downloaded && file.held->number) {
      const auto [known, is_new] = numbers.emplace(*file.held->downloaded, *file.held->number);
      if (!is_new && known->second != *file.held->number) return false;
    }
    for (const auto& [other, ignored] : strangers_.empty() ? decltype(all)() : all) {
      const auto &a = files_[other].held->downloaded, &b = file.held->downloaded;
      if (a && b && strangers_.contains(std::minmax(*a, *b)) && (*a != *b || !chats_.same(other, rank))) return false;
    }
    if (!file.has_rows) continue;
    for (const auto& [other, last] : last_of) {
      if (other == place || !contradict(files_[last], file)) continue;
      contradictions_.emplace_back(last, rank);
      return false;
    }
    if (!file.distinctive.empty()) last_of[place] = rank;
  }
  return true;
}

// --- what a person should know beside the groups

void Grouping::note_parts() {
  parts_.resize(files_.size());
  std::unordered_map<Rank, Rank> first_of;
  for (Rank rank = 0; rank < files_.size(); ++rank)
    parts_[rank] = first_of.emplace(chats_.of(rank), rank).first->second;
}

KeptApart Grouping::apart(KeptApart::Reason reason, Rank file, Rank other) const {
  return {reason, files_[file].index, files_[other].index, 0, 0, 0};
}

/// Would a person take them for one? What an account sent may have gone to others in the same second.
bool Grouping::look_alike(const File& a, const File& b) const {
  if (!a.name().empty() && a.name() == b.name()) return true;
  const File& few = a.distinctive.size() < b.distinctive.size() ? a : b;
  const File& many = &few == &a ? b : a;
  return std::any_of(few.distinctive.begin(), few.distinctive.end(), [&](KeyId id) {
    return keys_[id].type == SenderType::user &&
           std::binary_search(many.distinctive.begin(), many.distinctive.end(), id);
  });
}

/// One for each two chats: of several pairs of files the last in canonical order.
void Grouping::note_contradictions() {
  std::map<std::pair<Rank, Rank>, std::pair<Rank, Rank>> pairs; // chats → later, earlier file
  for (const auto& [one, other] : contradictions_) {
    if (chats_.same(one, other) || !look_alike(files_[one], files_[other])) continue;
    const std::pair<Rank, Rank> files{std::max(one, other), std::min(one, other)};
    auto& noted =
        pairs[std::minmax(chats_.members(chats_.of(one)).front(), chats_.members(chats_.of(other)).front())];
    noted = std::max(noted, files);
  }
  for (const auto& [chats, files] : pairs) {
    const auto& [later, earlier] = files;
    KeptApart note = apart(KeptApart::Reason::contradiction, later, earlier);
    const auto count = [&](const File& a, const File& b) {
      for (auto at = first_contradiction(a, b, 0); at < a.distinctive.size();
           at = first_contradiction(a, b, at + 1)) {
        const auto sent = keys_[a.distinctive[at]].sent;
        if (note.rows++ == 0) note.first = sent;
        note.last = sent;
      }
    };
    count(files_[earlier], files_[later]);
    if (note.rows == 0) count(files_[later], files_[earlier]);
    notes_->apart.push_back(note);
    told_.insert(chats_.of(later));
    told_.insert(chats_.of(earlier));
  }
}

/// Once a chat, of its newest file of the name, with another chat's; not where a contradiction is told.
void Grouping::note_namesakes() {
  for (const auto name : shared_names_) {
    std::map<Rank, Rank> newest; // of each chat
    for (const auto rank : bearers_[name]) newest[chats_.of(rank)] = rank;
    if (newest.size() < 2) continue;
    std::vector<Rank> files;
    for (const auto& [chat, file] : newest) files.push_back(file);
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i < files.size(); ++i)
      if (!told_.contains(chats_.of(files[i])))
        notes_->apart.push_back(apart(KeptApart::Reason::namesake, files[i], files[(i + 1) % files.size()]));
  }
}

void Grouping::note_accounts() {
  for (const auto& [earlier, later] : two_accounts_) notes_->apart.push_back(apart(KeptApart::Reason::accounts, later, earlier));
}

void Grouping::note_bridges() {
  std::unordered_map<Rank, std::vector<Rank>> chats;
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    if (!files_[rank].has_rows) continue;
    auto& members = chats[chats_.of(rank)];
    // Equal bytes are joined whatever else there is: one of them stands for all.
    if (members.empty() || files_[members.back()].held->digest != files_[rank].held->digest)
      members.push_back(rank);
  }
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    const auto found = chats.find(rank == chats_.of(rank) ? rank : static_cast<Rank>(files_.size()));
    if (found == chats.end()) continue;
    const auto& members = found->second;
    if (members.size() < 3 || members.size() > most_files_for_bridges) continue;
    std::map<std::pair<Rank, Rank>, bool> links;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (const auto bridge = bridge_without(i, members, links)) notes_->bridges.push_back(*bridge);
    }
  }
}

/// Would the chat fall into parts without this file, by all rules?
std::optional<Bridge> Grouping::bridge_without(std::size_t left_out, const std::vector<Rank>& members,
                                               std::map<std::pair<Rank, Rank>, bool>& links) const {
  std::vector<Rank> rest = members;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
  std::vector<std::size_t> part(rest.size());
  std::iota(part.begin(), part.end(), std::size_t{0});
  std::size_t parts = rest.size();
  const auto linked = [&](Rank a, Rank b) {
    const auto& name = files_[a].name();
    if (!name.empty() && name != "Unknown" && name == files_[b].name() &&
        !std::binary_search(shared_names_.begin(), shared_names_.end(), name))
      return true;
    const auto [known, is_new] = links.try_emplace({a, b}, false);
    if (is_new) known->second = are_one_chat(files_[a], files_[b]);
    return known->second;
  };
  const auto try_join = [&](std::size_t a, std::size_t b) {
    if (part[a] == part[b] || !linked(rest[a], rest[b])) return;
    const auto gone = part[b];
    std::replace(part.begin(), part.end(), gone, std::size_t{part[a]});
    --parts;
  };
  for (std::size_t distance = 1; distance < rest.size() && parts > 1; ++distance) {
    for (std::size_t i = 0; i + distance < rest.size() && parts > 1; ++i) try_join(i, i + distance);
  }
  if (parts == 1) return std::nullopt;
  auto other = rest.size() - 1; // newest of a part that the newest is not in
  while (part[other] == part.back()) --other;
  return Bridge{files_[members[left_out]].index, files_[rest[other]].index, files_[rest.back()].index};
}

std::vector<ChatGroup> Grouping::groups() {
  std::vector<ChatGroup> result;
  std::unordered_map<Rank, std::size_t> place_of;
  for (Rank rank = 0; rank < files_.size(); ++rank) {
    const auto chat = chats_.of(rank);
    const auto [place, is_new] = place_of.emplace(chat, result.size());
    if (is_new) result.push_back({{}, chats_.is_assumed(chat), {}});
    result[place->second].files.push_back(files_[rank].index);
    result[place->second].part.push_back(files_[parts_[rank]].index);
  }
  return result;
}

std::uint32_t utf16_units(std::string_view text) {
  std::uint32_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

} // namespace

bool comes_before(const ExportFile& a, const ExportFile& b) {
  return std::tie(a.minutes, a.downloaded, a.digest, a.number, a.chat_name, a.order) <
         std::tie(b.minutes, b.downloaded, b.digest, b.number, b.chat_name, b.order);
}

RowKey row_key(const Row& row) {
  const bool call = row.content == Content::call || (row.content == Content::text && row.text.starts_with("☎"));
  return {row.sent, row.content_hash().prefix64(), utf16_units(row.text), row.type, row.content, row.lossy, call};
}

namespace {

/// Groups those of `files` that are downloads, or those that are talks.
std::vector<ChatGroup> group_some(const std::vector<ExportFile>& files, bool minutes, GroupingNotes* notes) {
  std::vector<std::uint32_t> places;
  std::vector<ExportFile> some;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    if (files[i].minutes != minutes) continue;
    places.push_back(i);
    some.push_back(files[i]);
  }
  GroupingNotes own;
  auto groups = Grouping(some, notes ? &own : nullptr).run();
  for (auto& group : groups) {
    for (auto& file : group.files) file = places[file];
    for (auto& file : group.part) file = places[file];
  }
  if (!notes) return groups;
  for (auto note : own.apart) {
    note.file = places[note.file];
    note.other = places[note.other];
    notes->apart.push_back(note);
  }
  for (const auto& bridge : own.bridges) notes->bridges.push_back({places[bridge.file], places[bridge.one], places[bridge.other]});
  return groups;
}

} // namespace

std::vector<ChatGroup> group_chats(const std::vector<ExportFile>& files, GroupingNotes* notes) {
  if (std::none_of(files.begin(), files.end(), [](const ExportFile& file) { return file.minutes; }))
    return Grouping(files, notes).run();
  auto groups = group_some(files, false, notes);
  const auto talks = group_some(files, true, notes);
  const auto homes = downloads_of_talks(files, talks, groups);
  const std::size_t downloads = groups.size();
  for (std::size_t t = 0; t < talks.size(); ++t) {
    if (!homes[t]) {
      groups.push_back(talks[t]);
      continue;
    }
    auto& home = groups[*homes[t]];
    home.files.insert(home.files.end(), talks[t].files.begin(), talks[t].files.end());
    // By rows: no part of its own.
    home.part.insert(home.part.end(), talks[t].files.size(), home.part.front());
  }
  for (std::size_t d = 0; d < downloads; ++d) {
    auto& group = groups[d];
    std::sort(std::find_if(group.files.begin(), group.files.end(), [&](auto f) { return files[f].minutes; }), group.files.end(),
              [&](auto a, auto b) { return comes_before(files[a], files[b]); });
  }
  return groups;
}

} // namespace genchi::line
