#include "importers/line_oa/talks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace genchi::line {
namespace {

constexpr std::uint32_t least_characters = 4;
constexpr std::uint32_t certain_rows = 5;
constexpr UtcSeconds minute = 60;

UtcSeconds minute_of(UtcSeconds sent) { return sent - (sent % minute + minute) % minute; }

bool can_be_distinctive(const RowKey& row) {
  return row.content == Content::text && row.characters >= least_characters && !row.lossy && !row.call;
}

struct MinuteKey {
  UtcSeconds at;
  std::uint64_t hash;
  SenderType type;
  auto tuple() const { return std::tie(at, type, hash); }
  bool operator<(const MinuteKey& other) const { return tuple() < other.tuple(); }
  bool operator==(const MinuteKey& other) const { return tuple() == other.tuple(); }
};

/// Of one file, ascending; each occurs once in it.
std::vector<MinuteKey> distinctive_rows(const std::vector<RowKey>& rows) {
  std::vector<MinuteKey> keys;
  for (const auto& row : rows)
    if (can_be_distinctive(row)) keys.push_back({minute_of(row.sent), row.hash, row.type});
  std::sort(keys.begin(), keys.end());
  std::vector<MinuteKey> once;
  for (std::size_t i = 0; i < keys.size();) {
    auto next = i + 1;
    while (next < keys.size() && keys[next] == keys[i]) ++next;
    if (next == i + 1) once.push_back(keys[i]);
    i = next;
  }
  return once;
}

/// Of a group of files: what any of them holds, and the time that they cover.
struct Rows {
  std::vector<MinuteKey> keys; // ascending
  UtcSeconds first = 0, last = 0;
};

Rows rows_of(const std::vector<ExportFile>& files, const ChatGroup& group) {
  Rows out;
  bool any = false;
  for (const auto f : group.files) {
    for (const auto& row : files[f].rows) {
      out.first = any ? std::min(out.first, minute_of(row.sent)) : minute_of(row.sent);
      out.last = any ? std::max(out.last, minute_of(row.sent)) : minute_of(row.sent);
      any = true;
    }
    const auto keys = distinctive_rows(files[f].rows);
    out.keys.insert(out.keys.end(), keys.begin(), keys.end());
  }
  std::sort(out.keys.begin(), out.keys.end());
  out.keys.erase(std::unique(out.keys.begin(), out.keys.end()), out.keys.end());
  return out;
}

} // namespace

bool MinuteMatch::joins() const {
  return of_friend >= certain_rows || (of_friend > 0 && coincide == std::min(talk, other));
}

std::vector<std::optional<std::uint32_t>> downloads_of_talks(const std::vector<ExportFile>& files,
                                                             const std::vector<ChatGroup>& talks,
                                                             const std::vector<ChatGroup>& downloads) {
  std::vector<Rows> of_talk;
  std::map<MinuteKey, std::vector<std::uint32_t>> talks_with; // of each row
  for (std::uint32_t t = 0; t < talks.size(); ++t) {
    of_talk.push_back(rows_of(files, talks[t]));
    for (const auto& key : of_talk.back().keys) talks_with[key].push_back(t);
  }
  // Which downloads hold a talk's rows: a row that several chats got is nobody's.
  std::map<MinuteKey, std::vector<std::uint32_t>> holders;
  for (std::uint32_t d = 0; d < downloads.size(); ++d) {
    std::set<MinuteKey> seen;
    for (const auto f : downloads[d].files)
      for (const auto& row : files[f].rows)
        if (can_be_distinctive(row))
          if (const auto at = talks_with.find({minute_of(row.sent), row.hash, row.type}); at != talks_with.end()) seen.insert(at->first);
    for (const auto& key : seen) holders[key].push_back(d);
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, MinuteMatch> matches; // talk, download
  std::map<std::uint32_t, Rows> of_download;
  std::set<MinuteKey> broadcasts;
  for (const auto& [key, held_by] : holders) {
    if (held_by.size() > 1) {
      broadcasts.insert(key);
      continue;
    }
    for (const auto t : talks_with.at(key)) ++matches[{t, held_by.front()}].talk; // candidates
  }
  std::vector<std::optional<std::uint32_t>> result(talks.size());
  std::vector<std::uint32_t> best(talks.size(), 0);
  for (auto& [pair, match] : matches) {
    const auto [t, d] = pair;
    if (!of_download.contains(d)) of_download.emplace(d, rows_of(files, downloads[d]));
    const Rows& talk = of_talk[t];
    const Rows& other = of_download.at(d);
    match = {};
    const auto begin = std::max(talk.first, other.first), end = std::min(talk.last, other.last);
    const auto count = [&](const Rows& rows) {
      return static_cast<std::uint32_t>(std::count_if(rows.keys.begin(), rows.keys.end(), [&](const MinuteKey& key) {
        return key.at >= begin && key.at <= end && !broadcasts.contains(key);
      }));
    };
    match.talk = count(talk);
    match.other = count(other);
    for (const auto& key : talk.keys) {
      if (broadcasts.contains(key) || !std::binary_search(other.keys.begin(), other.keys.end(), key)) continue;
      ++match.coincide;
      match.of_friend += key.type == SenderType::user;
    }
    if (!match.joins() || match.coincide <= best[t]) continue; // ascending in d: of equals the first
    best[t] = match.coincide;
    result[t] = d;
  }
  return result;
}

void HomeOfTalk::add(const std::vector<RowKey>& talk) {
  for (const auto& key : distinctive_rows(talk))
    if (key.type == SenderType::user) keys_.emplace_back(key.at, key.hash);
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
}

void HomeOfTalk::compare(std::uint32_t pool, const std::vector<RowKey>& download) {
  std::vector<std::pair<UtcSeconds, std::uint64_t>> seen;
  for (const auto& row : download) {
    if (row.type != SenderType::user || !can_be_distinctive(row)) continue;
    const std::pair<UtcSeconds, std::uint64_t> key{minute_of(row.sent), row.hash};
    if (std::binary_search(keys_.begin(), keys_.end(), key)) seen.push_back(key);
  }
  std::sort(seen.begin(), seen.end());
  const auto rows = static_cast<std::uint32_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
  if (rows < std::min<std::size_t>(certain_rows, keys_.size()) || rows == 0) return;
  if (!best_ || rows > best_->of_friend || (rows == best_->of_friend && pool < best_->pool)) best_ = {pool, rows};
}

std::optional<std::uint32_t> HomeOfTalk::pool() const { return best_ ? std::optional(best_->pool) : std::nullopt; }

namespace {

/// One talk against the union of the downloads.
class SecondFinder {
 public:
  SecondFinder(const std::vector<const ExportFile*>& files, const std::vector<MergedRow>& downloads)
      : files_(files), downloads_(downloads) {}

  void align(ExportFile& talk) {
    std::vector<std::uint32_t> order(talk.rows.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return talk.rows[a].sent < talk.rows[b].sent; });
    for (std::size_t begin = 0; begin < order.size();) {
      auto end = begin + 1;
      const auto at = talk.rows[order[begin]].sent;
      while (end < order.size() && talk.rows[order[end]].sent == at) ++end;
      const auto from = std::lower_bound(downloads_.begin(), downloads_.end(), at, [](const MergedRow& row, UtcSeconds s) { return row.sent < s; });
      const auto to = std::lower_bound(from, downloads_.end(), at + minute, [](const MergedRow& row, UtcSeconds s) { return row.sent < s; });
      if (from != to) align_minute(talk, {order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end)}, {&*from, &*from + (to - from)});
      begin = end;
    }
  }

 private:
  using Many = std::vector<std::uint32_t>;
  struct Range {
    const MergedRow *begin, *end;
  };
  const RowKey& key(const MergedRow& row) const { return files_[row.file]->rows[row.row]; }
  bool is_unsent(const MergedRow& row) const { return row.unsent_by || key(row).content == Content::unsent; }

  void align_minute(ExportFile& talk, const Many& rows, Range range) {
    std::map<std::pair<SenderType, std::uint64_t>, std::vector<const MergedRow*>> equal;
    for (const auto* row = range.begin; row != range.end; ++row)
      if (key(*row).content != Content::unsent) equal[{key(*row).type, key(*row).hash}].push_back(row);
    std::map<std::pair<SenderType, std::uint64_t>, std::size_t> used;
    std::set<const MergedRow*> taken;
    Many left;
    for (const auto r : rows) {
      const RowKey& row = talk.rows[r];
      const auto found = equal.find({row.type, row.hash});
      auto& n = used[{row.type, row.hash}];
      if (row.content == Content::unsent || found == equal.end() || n == found->second.size()) {
        left.push_back(r);
        continue;
      }
      taken.insert(found->second[n]);
      talk.rows[r].sent = found->second[n++]->sent;
    }
    for (const auto type : {SenderType::user, SenderType::account}) {
      // A call, in whatever words: a download has it as text.
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.content == Content::call; },
           [&](const MergedRow& row) { return key(row).call; }, false);
      // Taken back on both sides, then what one side has as taken back.
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.content == Content::unsent; },
           [&](const MergedRow& row) { return is_unsent(row); }, false);
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.content == Content::unsent; },
           [&](const MergedRow& row) { return !is_unsent(row); }, false);
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.content != Content::unsent; },
           [&](const MergedRow& row) { return is_unsent(row); }, true);
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.lossy; },
           [&](const MergedRow& row) { return key(row).content == Content::text; }, true);
      pair(talk, left, range, taken, type, [&](const RowKey& row) { return row.content == Content::text; },
           [&](const MergedRow& row) { return key(row).lossy; }, true);
    }
  }

  /// Gives rows of a talk the seconds of rows of the downloads that are left, in order; `only_equal`: only if they are
  /// as many.
  template <typename Mine, typename Theirs>
  void pair(ExportFile& talk, Many& left, Range range, std::set<const MergedRow*>& taken, SenderType type, const Mine& mine,
            const Theirs& theirs, bool only_equal) {
    Many wanting;
    for (const auto r : left)
      if (talk.rows[r].type == type && mine(talk.rows[r])) wanting.push_back(r);
    if (wanting.empty()) return;
    std::vector<const MergedRow*> free;
    for (const auto* row = range.begin; row != range.end; ++row)
      if (key(*row).type == type && theirs(*row) && !taken.contains(row)) free.push_back(row);
    if (only_equal && free.size() != wanting.size()) return;
    const auto pairs = std::min(free.size(), wanting.size());
    for (std::size_t i = 0; i < pairs; ++i) {
      auto& row = talk.rows[wanting[i]];
      row.sent = free[i]->sent;
      // One message by its content, too.
      if (row.content == Content::call) row.hash = key(*free[i]).hash;
      taken.insert(free[i]);
    }
    std::size_t next = 0; // both ascend alike
    std::erase_if(left, [&](auto r) { return next < pairs && wanting[next] == r && ++next; });
  }

  const std::vector<const ExportFile*>& files_;
  const std::vector<MergedRow>& downloads_;
};

} // namespace

std::vector<ExportFile> with_seconds(const std::vector<const ExportFile*>& files, const std::vector<MergedRow>& downloads) {
  std::vector<ExportFile> out;
  for (const auto* file : files) {
    if (!file->minutes) continue;
    out.push_back(*file);
    SecondFinder(files, downloads).align(out.back());
  }
  return out;
}

} // namespace genchi::line
