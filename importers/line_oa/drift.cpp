#include "importers/line_oa/drift.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

namespace genchi::line {
namespace {

using Rank = std::uint32_t; // place of a download in canonical order, copies of equal bytes left out

constexpr std::size_t most_examples = 3;
// How many downloads beside the one that holds a row are looked at for it.
constexpr Rank farthest = 32;

constexpr std::array<std::string_view, 15> case_names = {
    "missing", "added",  "contradiction", "namesake", "assumed", "bridge",   "renamed",
    "unsent",  "unread", "expired",       "excerpt",  "damaged", "language", "repeated", "accounts",
};

/// A download and the time it covers.
struct Download {
  const ExportFile* file = nullptr;
  std::uint32_t index = 0; // in the input
  bool has_rows = false;
  UtcSeconds first = 0, last = 0;      // of its rows
  UtcSeconds end = 0;                  // up to here it should hold what there was
  std::vector<std::string_view> names; // of all copies
  std::optional<Rank> other_language;  // the download before it, if its placeholders are in another language
};

/// A row of the union, for finding those of one second and sender.
struct Place {
  Rank rank;
  UtcSeconds sent;
  SenderType type;
  auto operator<=>(const Place&) const = default;
};

class Comparison {
 public:
  Comparison(const std::vector<const ExportFile*>& files, const std::vector<MergedRow>& merged)
      : files_(files), merged_(merged) {
    order_downloads();
    find_lone_damaged_rows();
  }

  std::vector<Drift> run() {
    compare_names_and_languages();
    for (std::size_t i = 0; i < merged_.size(); ++i) {
      holders_of(merged_[i], holders_);
      if (i == 0 || key(merged_[i]).sent != key(merged_[i - 1]).sent) first_of_run_.clear();
      if (merged_[i].nth == 0) first_of_run_.emplace(run_of(merged_[i]), i);
      compare_kinds(merged_[i]);
      look_after(merged_[i]);
      look_before(merged_[i]);
    }
    std::vector<Drift> out;
    for (auto& [where, drift] : told_) out.push_back(std::move(drift));
    return out;
  }

 private:
  const RowKey& key(const RowPlace& place) const { return files_[place.first]->rows[place.second]; }
  const RowKey& key(const MergedRow& row) const { return key(RowPlace{row.file, row.row}); }
  static std::uint64_t run_of_key(const RowKey& key) {
    return key.hash * 2 + (key.type == SenderType::user ? 0 : 1);
  }
  std::uint64_t run_of(const MergedRow& row) const { return run_of_key(key(row)); }

  void order_downloads();
  void find_lone_damaged_rows();
  void compare_names_and_languages();
  /// A download, by the first of its files that has a name, and all names of its files.
  struct Named {
    Rank rank = 0;
    std::vector<std::string_view> names;
  };
  Named compare_names(Named before, Rank begin, Rank end);
  void holders_of(const MergedRow& row, std::vector<Rank>& ranks) const;
  void compare_kinds(const MergedRow& row);
  void look_after(const MergedRow& row);
  void look_into_gap(const MergedRow& row, Rank holder, Rank next);
  void look_before(const MergedRow& row);
  void tell_added(const MergedRow& row, Rank later, Rank earlier);
  bool holds_equal_row(const MergedRow& row, Rank rank);
  bool may_end_unread(Rank rank);
  bool same_download(Rank a, Rank b) const {
    return downloads_[a].file->downloaded && downloads_[a].file->downloaded == downloads_[b].file->downloaded;
  }
  Drift& tell(DriftCase what, Rank rank, std::optional<Rank> other);
  void tell_row(DriftCase what, Rank rank, std::optional<Rank> other, const MergedRow& row);

  const std::vector<const ExportFile*>& files_;
  const std::vector<MergedRow>& merged_;
  std::vector<Download> downloads_;      // by rank
  std::vector<Rank> rank_of_;            // by index in the input
  std::vector<Place> lone_damaged_;      // damaged rows that are known for no whole one, sorted
  std::optional<UtcSeconds> first_sent_; // by the account, in the union
  std::map<std::pair<Rank, DriftCase>, Drift> told_;
  std::unordered_map<std::uint64_t, std::size_t>
      first_of_run_; // in the second at hand: sender and content → row
  std::vector<Rank> holders_, others_;
};

void Comparison::order_downloads() {
  std::vector<std::uint32_t> order(files_.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return comes_before(*files_[a], *files_[b]); });
  rank_of_.resize(files_.size());
  std::map<Sha256, Rank> seen;
  for (const auto index : order) {
    const auto& file = *files_[index];
    const auto [known, is_new] = seen.emplace(file.digest, static_cast<Rank>(downloads_.size()));
    rank_of_[index] = known->second;
    if (!is_new) {
      downloads_[known->second].names.push_back(file.chat_name);
      continue;
    }
    Download download;
    download.names.push_back(file.chat_name);
    download.file = &file;
    download.index = index;
    download.has_rows = !file.rows.empty();
    download.first = download.last = std::numeric_limits<UtcSeconds>::min();
    if (download.has_rows) {
      const auto [first, last] =
          std::minmax_element(file.rows.begin(), file.rows.end(),
                              [](const RowKey& a, const RowKey& b) { return a.sent < b.sent; });
      download.first = first->sent;
      download.last = last->sent;
    }
    download.end = file.downloaded ? *file.downloaded - 1 : download.last;
    downloads_.push_back(download);
  }
}

void Comparison::find_lone_damaged_rows() {
  std::vector<Rank> ranks;
  for (const auto& row : merged_) {
    if (!first_sent_ && key(row).type == SenderType::account) first_sent_ = key(row).sent;
    if (!key(row).lossy) continue;
    holders_of(row, ranks);
    for (const auto rank : ranks) lone_damaged_.push_back({rank, key(row).sent, key(row).type});
  }
  std::sort(lone_damaged_.begin(), lone_damaged_.end());
}

void Comparison::compare_names_and_languages() {
  Named named;
  std::optional<Rank> spoken;
  for (Rank begin = 0; begin < downloads_.size();) {
    auto end = begin + 1;
    while (end < downloads_.size() && same_download(begin, end)) ++end;
    named = compare_names(std::move(named), begin, end);
    for (; begin < end; ++begin) {
      const auto& language = downloads_[begin].file->language;
      if (language.empty()) continue;
      if (spoken && downloads_[*spoken].file->language != language) downloads_[begin].other_language = spoken;
      spoken = begin;
    }
  }
}

/// Of files of one download one may be a copy that was saved under another name: that tells nothing of the
/// friend.
Comparison::Named Comparison::compare_names(Named before, Rank begin, Rank end) {
  Named now{begin, {}};
  for (auto rank = begin; rank < end; ++rank) {
    for (const auto name : downloads_[rank].names) {
      if (name.empty()) continue;
      if (now.names.empty()) now.rank = rank;
      now.names.push_back(name);
    }
  }
  if (now.names.empty()) return before;
  std::sort(now.names.begin(), now.names.end());
  const bool same = std::any_of(before.names.begin(), before.names.end(), [&](std::string_view name) {
    return std::binary_search(now.names.begin(), now.names.end(), name);
  });
  if (!before.names.empty() && !same) {
    auto& drift = tell(DriftCase::renamed, now.rank, before.rank);
    drift.was = before.names.front();
    drift.now = now.names.front();
  }
  return now;
}

void Comparison::holders_of(const MergedRow& row, std::vector<Rank>& ranks) const {
  ranks.clear();
  ranks.push_back(rank_of_[row.file]);
  if (row.unsent_by) ranks.push_back(rank_of_[row.unsent_by->first]);
  for (const auto& copy : row.copies) ranks.push_back(rank_of_[copy.first]);
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
}

/// Rows that a download has in another way than another one.
void Comparison::compare_kinds(const MergedRow& row) {
  const auto& shown = key(row);
  if (row.unsent_by) tell_row(DriftCase::unsent, rank_of_[row.unsent_by->first], rank_of_[row.file], row);
  for (const auto& copy : row.copies) {
    const auto& other = key(copy);
    if (other.lossy && !shown.lossy && other.hash != shown.hash)
      tell_row(DriftCase::damaged, rank_of_[copy.first], rank_of_[row.file], row);
  }
  if (shown.content == Content::text) return;
  for (const auto rank : holders_) {
    const auto& before = downloads_[rank].other_language;
    if (!before || !std::binary_search(holders_.begin(), holders_.end(), *before)) continue;
    auto& drift = tell(DriftCase::language, rank, before);
    drift.was = downloads_[*before].file->language;
    drift.now = downloads_[rank].file->language;
    tell_row(DriftCase::language, rank, before, row);
  }
}

/// Downloads after one that holds the row, up to the next that does.
void Comparison::look_after(const MergedRow& row) {
  for (std::size_t i = 0; i < holders_.size(); ++i) {
    const auto end = static_cast<Rank>(downloads_.size());
    look_into_gap(row, holders_[i], i + 1 < holders_.size() ? holders_[i + 1] : end);
  }
}

void Comparison::look_into_gap(const MergedRow& row, Rank holder, Rank next) {
  const auto sent = key(row).sent;
  const bool comes_back = next < downloads_.size();
  bool is_gone = false;
  for (Rank rank = holder + 1; rank < std::min(next, holder + 1 + farthest); ++rank) {
    const auto& download = downloads_[rank];
    if (sent > download.end) continue;
    if (!download.has_rows || sent < download.first) {
      if (is_gone) continue;
      is_gone = true;
      const auto& made = download.file->downloaded;
      const bool young = made && sent > *made - least_retention;
      tell_row(comes_back || young ? DriftCase::excerpt : DriftCase::expired, rank, holder, row);
    } else if (sent > download.last) {
      tell_row(DriftCase::excerpt, rank, holder, row);
      return;
    } else if (sent > download.first) {
      const bool is_damaged =
          std::binary_search(lone_damaged_.begin(), lone_damaged_.end(), Place{rank, sent, key(row).type});
      tell_row(holds_equal_row(row, rank) ? DriftCase::repeated
               : is_damaged               ? DriftCase::damaged
                                          : DriftCase::missing,
               rank, holder, row);
      return;
    }
  }
}

/// The downloads before the first that holds the row: the last of them that covers its time.
void Comparison::look_before(const MergedRow& row) {
  const auto sent = key(row).sent;
  const auto later = holders_.front();
  for (Rank rank = later; rank > 0 && rank + farthest > later;) {
    --rank;
    const auto& download = downloads_[rank];
    if (sent > download.end || (download.has_rows && sent == download.first)) continue;
    tell_added(row, later, rank);
    return;
  }
}

void Comparison::tell_added(const MergedRow& row, Rank later, Rank earlier) {
  const auto sent = key(row).sent;
  const auto& download = downloads_[earlier];
  if (download.has_rows && sent < download.first) {
    // What the account sent is never unread; before it only the friend may have written.
    if (first_sent_ && *first_sent_ < download.first)
      tell_row(DriftCase::excerpt, earlier, later, row);
    else
      tell_row(DriftCase::unread, later, earlier, row);
    return;
  }
  if (!download.has_rows || sent > download.last) {
    // From the first unread row on LINE leaves out the rest; what begins with a row of the account was left
    // out otherwise.
    if (may_end_unread(earlier))
      tell_row(DriftCase::unread, later, earlier, row);
    else
      tell_row(DriftCase::excerpt, earlier, later, row);
    return;
  }
  if (holds_equal_row(row, earlier)) {
    tell_row(DriftCase::repeated, later, earlier, row);
  } else if (key(row).lossy) {
    tell_row(DriftCase::damaged, later, earlier, row);
  } else if (same_download(later, earlier)) {
    tell_row(DriftCase::missing, earlier, later, row);
  } else {
    tell_row(key(row).type == SenderType::user ? DriftCase::unread : DriftCase::added, later, earlier, row);
  }
}

/// Is it the second of two equal rows of which the download has the first?
bool Comparison::holds_equal_row(const MergedRow& row, Rank rank) {
  if (row.nth == 0) return false;
  const auto first = first_of_run_.find(run_of(row));
  if (first == first_of_run_.end()) return false;
  holders_of(merged_[first->second], others_);
  return std::binary_search(others_.begin(), others_.end(), rank);
}

/// Is the first row of the union after its last one the friend's, and in no download before it?
bool Comparison::may_end_unread(Rank rank) {
  const auto next =
      std::upper_bound(merged_.begin(), merged_.end(), downloads_[rank].last,
                       [&](UtcSeconds sent, const MergedRow& row) { return sent < key(row).sent; });
  if (next == merged_.end() || key(*next).type != SenderType::user) return false;
  holders_of(*next, others_);
  return others_.front() > rank;
}

Drift& Comparison::tell(DriftCase what, Rank rank, std::optional<Rank> other) {
  const auto [at, is_new] = told_.try_emplace({rank, what});
  auto& drift = at->second;
  if (is_new) {
    drift.what = what;
    drift.file = downloads_[rank].index;
    if (other) drift.other = downloads_[*other].index;
  }
  return drift;
}

void Comparison::tell_row(DriftCase what, Rank rank, std::optional<Rank> other, const MergedRow& row) {
  auto& drift = tell(what, rank, other);
  const auto sent = key(row).sent;
  drift.first = drift.rows == 0 ? sent : std::min(drift.first, sent);
  drift.last = drift.rows == 0 ? sent : std::max(drift.last, sent);
  ++drift.rows;
  if (drift.examples.size() < most_examples) drift.examples.emplace_back(row.file, row.row);
}

} // namespace

std::string_view drift_case_name(DriftCase what) {
  return case_names[static_cast<std::size_t>(what)];
}

std::vector<Drift> compare_downloads(const std::vector<const ExportFile*>& files,
                                     const std::vector<MergedRow>& merged) {
  return Comparison(files, merged).run();
}

} // namespace genchi::line
