// The union of one chat's downloads, second by second.
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <tuple>

#include "importers/line_oa/talks.hpp"

namespace genchi::line {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
// Candidates looked at for one row whose original is to be found among the rows of its second; more are
// hostile.
constexpr std::size_t most_candidates = 4096;
constexpr std::size_t most_comparisons = std::size_t{1} << 24;

/// A row of some file. Sorted, all rows of a second follow each other, file by file in canonical order.
struct Item {
  UtcSeconds sent;
  std::uint32_t file; // in canonical order
  std::uint32_t row;
  bool operator<(const Item& other) const {
    return std::tie(sent, file, row) < std::tie(other.sent, other.file, other.row);
  }
};

/// A message of the second at hand.
struct Message {
  SenderType type = SenderType::user;
  bool whole = false;  // some file has its text undamaged, or it is a placeholder
  bool unsent = false; // no file has anything but the note that it was unsent
  Content content = Content::text;
  std::uint32_t characters = 0;
  std::uint32_t first = none;                // its first item in the second
  std::uint32_t run = 0;                     // messages with the same type and hash
  std::optional<UtcSeconds> last_downloaded; // of the files that have it
  std::uint32_t before = none, after = none; // in the order of the second
};

class Merger {
 public:
  explicit Merger(const std::vector<const ExportFile*>& files) : order_(files.size()) {
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::sort(order_.begin(), order_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return comes_before(*files[a], *files[b]); });
    std::size_t rows = 0;
    for (const auto* file : files) rows += file->rows.size();
    items_.reserve(rows);
    for (std::uint32_t rank = 0; rank < order_.size(); ++rank) {
      const auto* file = files[order_[rank]];
      files_.push_back(file);
      for (std::uint32_t row = 0; row < file->rows.size(); ++row)
        items_.push_back({file->rows[row].sent, rank, row});
    }
    std::sort(items_.begin(), items_.end());
  }

  std::vector<MergedRow> run() {
    for (std::size_t begin = 0; begin < items_.size();) {
      auto end = begin + 1;
      while (end < items_.size() && items_[end].sent == items_[begin].sent) ++end;
      merge_second(begin, end);
      begin = end;
    }
    return std::move(merged_);
  }

 private:
  const Item& item(std::uint32_t i) const { return items_[begin_ + i]; }
  const RowKey& key(std::uint32_t i) const { return files_[item(i).file]->rows[item(i).row]; }
  bool is_unsent(std::uint32_t i) const { return key(i).content == Content::unsent; }
  std::uint32_t new_message(std::uint32_t i, std::uint32_t run);
  void assign(std::uint32_t i, std::uint32_t message);
  bool holds(std::uint32_t message, std::uint32_t file) const;

  void merge_second(std::size_t begin, std::size_t end);
  void align_equal_rows();
  void align_lossy_rows();
  void align_lossy_rows_of(std::uint32_t file, SenderType type, const std::vector<std::uint32_t>& lossy);
  bool stands_for(std::uint32_t lossy, std::uint32_t message);
  void align_unsent_rows();
  void align_unsent_rows_of(const std::vector<std::uint32_t>& rows);
  void put_in_order();
  void insert_after(std::uint32_t message, std::uint32_t place);
  void emit();

  std::vector<std::uint32_t> order_;     // canonical → as given
  std::vector<const ExportFile*> files_; // canonical
  std::vector<Item> items_;
  std::vector<MergedRow> merged_;

  // The second at hand; kept to spare allocations.
  std::size_t begin_ = 0;
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> message_of_; // by item
  std::vector<Message> messages_;
  std::vector<std::uint32_t> sorted_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> held_; // (message, file), sorted
  std::vector<std::uint32_t> in_run_;
  std::vector<std::uint32_t> merged_of_; // by message
  std::vector<bool> placed_;             // by message
  std::uint32_t runs_ = 0;
  std::uint32_t head_ = none, tail_ = none;
};

std::uint32_t Merger::new_message(std::uint32_t i, std::uint32_t run) {
  Message message;
  message.type = key(i).type;
  message.content = key(i).content;
  message.unsent = is_unsent(i);
  message.run = run;
  messages_.push_back(message);
  return static_cast<std::uint32_t>(messages_.size() - 1);
}

void Merger::assign(std::uint32_t i, std::uint32_t index) {
  message_of_[i] = index;
  auto& message = messages_[index];
  message.first = std::min(message.first, i);
  if (!key(i).lossy && !is_unsent(i)) {
    message.whole = true;
    message.characters = key(i).characters;
  }
  if (!is_unsent(i))
    message.last_downloaded = std::max(message.last_downloaded, files_[item(i).file]->downloaded);
}

bool Merger::holds(std::uint32_t message, std::uint32_t file) const {
  return std::binary_search(held_.begin(), held_.end(), std::make_pair(message, file));
}

void Merger::merge_second(std::size_t begin, std::size_t end) {
  begin_ = begin;
  count_ = static_cast<std::uint32_t>(end - begin);
  message_of_.assign(count_, none);
  messages_.clear();
  runs_ = 0;
  align_equal_rows();
  const auto has_any = [&](auto&& what) {
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (what(i)) return true;
    }
    return false;
  };
  if (has_any([&](std::uint32_t i) { return key(i).lossy; })) align_lossy_rows();
  if (has_any([&](std::uint32_t i) { return is_unsent(i); })) align_unsent_rows();
  put_in_order();
  emit();
}

/// The n-th of a file is the n-th of the others. Unsent rows say nothing of what they were and come later.
void Merger::align_equal_rows() {
  sorted_.clear();
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (!is_unsent(i)) sorted_.push_back(i);
  }
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return key(a).type == key(b).type && key(a).hash == key(b).hash;
  };
  std::sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(key(a).type, key(a).hash, a) < std::tie(key(b).type, key(b).hash, b);
  });
  std::uint32_t first = 0; // message of the run
  std::uint32_t nth = 0;
  for (std::size_t at = 0; at < sorted_.size(); ++at) {
    const auto i = sorted_[at];
    if (at == 0 || !same(i, sorted_[at - 1])) {
      first = static_cast<std::uint32_t>(messages_.size());
      nth = 0;
      ++runs_;
    } else {
      nth = item(i).file == item(sorted_[at - 1]).file ? nth + 1 : 0;
    }
    if (first + nth == messages_.size()) new_message(i, runs_ - 1);
    assign(i, first + nth);
  }
}

/// Lossy rows that equal no whole one, file by file and type by type.
void Merger::align_lossy_rows() {
  held_.clear();
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (message_of_[i] != none) held_.emplace_back(message_of_[i], item(i).file);
  }
  std::sort(held_.begin(), held_.end());
  std::vector<std::uint32_t> lossy;
  for (std::uint32_t m = 0; m < messages_.size(); ++m) {
    if (!messages_[m].whole && messages_[m].content == Content::text) lossy.push_back(m);
  }
  if (lossy.size() * count_ > most_comparisons) return;
  const auto place = [&](std::uint32_t m) {
    return std::tuple(item(messages_[m].first).file, messages_[m].type, messages_[m].first);
  };
  std::sort(lossy.begin(), lossy.end(),
            [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  for (auto begin = lossy.begin(); begin != lossy.end();) {
    const auto file = item(messages_[*begin].first).file;
    const auto type = messages_[*begin].type;
    const auto end = std::find_if(begin, lossy.end(), [&](std::uint32_t m) {
      return item(messages_[m].first).file != file || messages_[m].type != type;
    });
    align_lossy_rows_of(file, type, {begin, end});
    begin = end;
  }
}

void Merger::align_lossy_rows_of(std::uint32_t file, SenderType type,
                                 const std::vector<std::uint32_t>& lossy) {
  std::vector<std::uint32_t> lacked;
  for (std::uint32_t m = 0; m < messages_.size() && lacked.size() <= most_candidates; ++m) {
    const auto& message = messages_[m];
    if (message.whole && message.content == Content::text && message.type == type && !holds(m, file))
      lacked.push_back(m);
  }
  std::sort(lacked.begin(), lacked.end(),
            [&](std::uint32_t a, std::uint32_t b) { return messages_[a].first < messages_[b].first; });
  if (lacked.size() == lossy.size()) {
    for (std::size_t n = 0; n < lossy.size(); ++n) stands_for(lossy[n], lacked[n]);
    return;
  }
  if (lacked.size() * lossy.size() > most_candidates) return;
  for (const auto m : lossy) {
    const auto distance = [&](std::uint32_t candidate) {
      return std::abs(std::int64_t{messages_[candidate].characters} -
                      std::int64_t{key(messages_[m].first).characters});
    };
    const auto nearest =
        std::min_element(lacked.begin(), lacked.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return distance(a) < distance(b); });
    if (nearest == lacked.end()) return;
    const auto rival = std::find_if(lacked.begin(), lacked.end(), [&](std::uint32_t candidate) {
      return candidate != *nearest && distance(candidate) == distance(*nearest);
    });
    if (rival == lacked.end() && stands_for(m, *nearest)) lacked.erase(nearest);
  }
}

/// Gives the rows of a lossy message to a whole one, unless a file has both.
bool Merger::stands_for(std::uint32_t lossy, std::uint32_t message) {
  const auto begin = std::lower_bound(held_.begin(), held_.end(), std::make_pair(lossy, std::uint32_t{0}));
  std::vector<std::uint32_t> in_files;
  for (auto it = begin; it != held_.end() && it->first == lossy; ++it) in_files.push_back(it->second);
  if (std::any_of(in_files.begin(), in_files.end(), [&](std::uint32_t file) { return holds(message, file); }))
    return false;
  for (auto i = messages_[lossy].first; i < count_; ++i) {
    if (message_of_[i] == lossy) assign(i, message);
  }
  messages_[lossy].first = none;
  const auto old = held_.size();
  for (const auto file : in_files) held_.emplace_back(message, file);
  std::inplace_merge(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(old), held_.end());
  return true;
}

void Merger::align_unsent_rows() {
  held_.clear();
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (message_of_[i] != none) held_.emplace_back(message_of_[i], item(i).file);
  }
  std::sort(held_.begin(), held_.end());
  std::vector<std::uint32_t> rows;
  for (const auto type : {SenderType::user, SenderType::account}) {
    rows.clear();
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (is_unsent(i) && key(i).type == type) rows.push_back(i);
    }
    if (!rows.empty()) align_unsent_rows_of(rows);
  }
}

/// `rows` are the unsent rows of one type, in canonical order of their files.
void Merger::align_unsent_rows_of(const std::vector<std::uint32_t>& rows) {
  const auto type = key(rows.front()).type;
  std::vector<std::uint32_t> originals;
  for (std::uint32_t m = 0; m < messages_.size(); ++m) {
    const auto& message = messages_[m];
    if (message.type == type && !message.unsent && message.first != none) originals.push_back(m);
  }
  std::sort(originals.begin(), originals.end(),
            [&](std::uint32_t a, std::uint32_t b) { return messages_[a].first < messages_[b].first; });
  if (originals.size() > most_candidates) originals.resize(most_candidates);
  if (originals.size() * rows.size() > most_comparisons) originals.clear();
  const auto run = runs_++;
  const auto first_own = static_cast<std::uint32_t>(messages_.size());
  for (std::size_t at = 0; at < rows.size();) {
    const auto file = item(rows[at]).file;
    const auto& downloaded = files_[file]->downloaded;
    auto original = originals.begin();
    auto own = first_own;
    for (; at < rows.size() && item(rows[at]).file == file; ++at) {
      original = std::find_if(original, originals.end(), [&](std::uint32_t m) {
        const auto& last = messages_[m].last_downloaded;
        return !holds(m, file) && (!downloaded || !last || *last <= *downloaded);
      });
      if (original != originals.end()) {
        assign(rows[at], *original++);
        continue;
      }
      if (own == messages_.size()) new_message(rows[at], run);
      assign(rows[at], own++);
    }
  }
}

void Merger::insert_after(std::uint32_t message, std::uint32_t place) {
  auto& inserted = messages_[message];
  inserted.before = place;
  inserted.after = place == none ? head_ : messages_[place].after;
  (place == none ? head_ : messages_[place].after) = message;
  (inserted.after == none ? tail_ : messages_[inserted.after].before) = message;
}

/// The first file's rows in their order; what only a later one has follows what precedes it there, or
/// precedes what follows it there.
void Merger::put_in_order() {
  head_ = tail_ = none;
  placed_.assign(messages_.size(), false);
  for (std::uint32_t i = 0; i < count_;) {
    const auto file = item(i).file;
    auto end = i;
    while (end < count_ && item(end).file == file) ++end;
    auto known = i;
    while (known < end && !placed_[message_of_[known]]) ++known;
    auto place = known < end ? messages_[message_of_[known]].before : tail_;
    for (; i < end; ++i) {
      const auto message = message_of_[i];
      if (!placed_[message]) {
        insert_after(message, place);
        placed_[message] = true;
      }
      place = message;
    }
  }
}

void Merger::emit() {
  const auto first_merged = merged_.size();
  in_run_.assign(runs_, 0);
  merged_of_.assign(messages_.size(), none);
  for (auto m = head_; m != none; m = messages_[m].after) {
    merged_of_[m] = static_cast<std::uint32_t>(merged_.size() - first_merged);
    merged_.emplace_back();
    merged_.back().nth = in_run_[messages_[m].run]++;
    merged_.back().sent = item(0).sent;
    merged_.back().file = none;
  }
  const auto shown_now = [&](std::uint32_t i, const Message& message) {
    if (message.unsent) return true;
    return !is_unsent(i) && (!message.whole || !key(i).lossy);
  };
  for (std::uint32_t i = 0; i < count_; ++i) {
    const auto& message = messages_[message_of_[i]];
    auto& row = merged_[first_merged + merged_of_[message_of_[i]]];
    const RowPlace place{order_[item(i).file], item(i).row};
    if (row.file == none && shown_now(i, message)) {
      std::tie(row.file, row.row) = place;
    } else if (is_unsent(i) && !message.unsent && !row.unsent_by) {
      row.unsent_by = place;
    } else {
      row.copies.push_back(place);
    }
  }
}

} // namespace

std::vector<MergedRow> merge_rows(const std::vector<const ExportFile*>& files) {
  std::vector<std::uint32_t> places;
  std::vector<const ExportFile*> downloads;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    if (files[i]->minutes) continue;
    places.push_back(i);
    downloads.push_back(files[i]);
  }
  if (downloads.empty() || downloads.size() == files.size()) return Merger(files).run();
  auto whole = Merger(downloads).run();
  for (auto& row : whole) {
    row.file = places[row.file];
    if (row.unsent_by) row.unsent_by->first = places[row.unsent_by->first];
  }
  const auto talks = with_seconds(files, whole);
  auto aligned = files;
  for (std::size_t i = 0, t = 0; i < files.size(); ++i)
    if (files[i]->minutes) aligned[i] = &talks[t++];
  return Merger(aligned).run();
}

} // namespace genchi::line
