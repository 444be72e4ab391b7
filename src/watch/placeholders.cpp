#include "watch/placeholders.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace genchi::watch {
namespace {

constexpr UtcSeconds meets = 60;               // a name and its message
constexpr UtcSeconds same_row = 10 * 60;       // pause between messages of a row
constexpr UtcSeconds saved_together = 30 * 60; // pause between files
constexpr UtcSeconds clocks_differ = 300;      // saved before it was sent, by another clock
constexpr UtcSeconds camera_clock = 86'400;
// What more places than these might be, nobody goes through.
constexpr std::size_t most_places = 20;

using Numbers = std::vector<std::size_t>;

/// Sets that grow together.
class Joined {
 public:
  explicit Joined(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  Numbers parent_;
};

class Matcher {
 public:
  Matcher(const std::vector<SavedFile>& files, const std::vector<Placeholder>& places) : files_(files), places_(places), file_done_(files.size()), place_done_(places.size()), contended_(places.size()) {}

  std::vector<Proposal> run() {
    for (const MediaKind kind : {MediaKind::photo, MediaKind::video, MediaKind::voice, MediaKind::file}) {
      by_time(kind);
      by_order(kind);
    }
    std::stable_sort(out_.begin(), out_.end(), [&](const Proposal& a, const Proposal& b) { return std::tuple(a.sure, a.places.empty(), a.files.front()) < std::tuple(b.sure, b.places.empty(), b.files.front()); });
    return std::move(out_);
  }

 private:
  bool not_before_camera(const SavedFile& file, const Placeholder& place) const { return !file.taken || *file.taken <= place.sent + camera_clock; }
  static UtcSeconds apart(const SavedFile& file, const Placeholder& place) {
    const UtcSeconds last = place.sent + (place.minute ? 59 : 0);
    return *file.named < place.sent ? place.sent - *file.named : std::max<UtcSeconds>(0, *file.named - last);
  }

  // Those not done yet.
  Numbers open_files(MediaKind kind) const {
    Numbers out;
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i].kind == kind && !file_done_[i]) out.push_back(i);
    return out;
  }
  Numbers open_places(MediaKind kind) const {
    Numbers out;
    for (std::size_t i = 0; i < places_.size(); ++i)
      if (places_[i].kind == kind && !place_done_[i]) out.push_back(i);
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return places_[a].sent < places_[b].sent; });
    return out;
  }

  void propose(Proposal proposal) {
    for (const std::size_t file : proposal.files) file_done_[file] = true;
    for (const std::size_t place : proposal.places) {
      if (proposal.sure != Proposal::Sure::open) place_done_[place] = true;
      else if (proposal.by == Proposal::By::time) contended_[place] = true;
    }
    if (proposal.places.size() > most_places && proposal.sure == Proposal::Sure::open) {
      proposal.more_places += proposal.places.size() - most_places;
      proposal.places.resize(most_places);
    }
    out_.push_back(std::move(proposal));
  }

  // --- By the time in their names ---

  void by_time(MediaKind kind) {
    const Numbers places = open_places(kind);
    Numbers files;
    for (const std::size_t file : open_files(kind))
      if (files_[file].named) files.push_back(file);
    Joined joined(files.size() + places.size());
    std::vector<bool> met(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      const SavedFile& file = files_[files[i]];
      const auto begin = std::lower_bound(places.begin(), places.end(), *file.named - meets - 59, [&](std::size_t place, UtcSeconds time) { return places_[place].sent < time; });
      // Those that one file meets are neighbours of each other, so a message is joined once for each file at most.
      std::size_t looked_at = 0;
      for (auto at = begin; at != places.end() && places_[*at].sent <= *file.named + meets && looked_at <= 10 * most_places; ++at, ++looked_at) {
        if (apart(file, places_[*at]) > meets || !not_before_camera(file, places_[*at])) continue;
        joined.join(i, files.size() + static_cast<std::size_t>(at - places.begin()));
        met[i] = true;
      }
    }
    std::map<std::size_t, Proposal> sets;
    for (std::size_t i = 0; i < files.size(); ++i)
      if (met[i]) sets[joined.of(i)].files.push_back(files[i]);
    for (std::size_t i = 0; i < places.size(); ++i)
      if (const auto set = sets.find(joined.of(files.size() + i)); set != sets.end()) set->second.places.push_back(places[i]);
    for (auto& [root, set] : sets) settle_by_time(std::move(set));
  }

  void settle_by_time(Proposal set) {
    set.by = Proposal::By::time;
    std::sort(set.files.begin(), set.files.end(), [&](std::size_t a, std::size_t b) {
      return *files_[a].named != *files_[b].named ? *files_[a].named < *files_[b].named : compare_names(files_[a].name, files_[b].name) < 0;
    });
    const Placeholder& first = places_[set.places.front()];
    bool in_order = set.files.size() == set.places.size();
    for (std::size_t i = 0; in_order && i < set.files.size(); ++i) {
      const Placeholder& place = places_[set.places[i]];
      in_order = place.chat == first.chat && place.ours == first.ours && apart(files_[set.files[i]], place) <= meets && not_before_camera(files_[set.files[i]], place);
      if (in_order) set.apart = std::max(set.apart, apart(files_[set.files[i]], place));
    }
    if (in_order) set.sure = set.files.size() == 1 ? Proposal::Sure::certain : Proposal::Sure::likely;
    else set.apart = meets;
    propose(std::move(set));
  }

  // --- By their order ---

  /// A name may have the camera's time, a copy the time of copying: the later one is that of saving, or comes after it.
  static UtcSeconds saved(const SavedFile& file) { return std::max(file.named.value_or(0), file.modified); }

  struct Batch {
    Numbers files;
    bool ordered = true;
    UtcSeconds first = 0;  ///< when the first was saved; 0 unknown
  };

  std::vector<Batch> batches(MediaKind kind) const {
    Numbers files = open_files(kind);
    std::sort(files.begin(), files.end(), [&](std::size_t a, std::size_t b) {
      const SavedFile &x = files_[a], &y = files_[b];
      if (x.folder != y.folder) return x.folder < y.folder;
      return saved(x) != saved(y) ? saved(x) < saved(y) : compare_names(x.name, y.name) < 0;
    });
    std::vector<Batch> out;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const SavedFile& file = files_[files[i]];
      const SavedFile* before = i == 0 ? nullptr : &files_[files[i - 1]];
      if (before == nullptr || before->folder != file.folder || saved(file) - saved(*before) > saved_together) {
        out.push_back({});
        out.back().first = saved(file);
      } else {
        out.back().ordered &= compare_names(before->name, file.name) < 0;
      }
      out.back().files.push_back(files[i]);
    }
    return out;
  }

  /// Messages in a row, and all of a chat where that is more than one row.
  std::vector<Numbers> rows(MediaKind kind) const {
    std::map<std::string, Numbers> chats;
    for (const std::size_t place : open_places(kind)) chats[places_[place].chat].push_back(place);
    std::vector<Numbers> out;
    for (auto& [chat, places] : chats) {
      const std::size_t before = out.size();
      for (std::size_t i = 0; i < places.size(); ++i) {
        const Placeholder& place = places_[places[i]];
        const Placeholder* last = i == 0 ? nullptr : &places_[places[i - 1]];
        if (last == nullptr || place.sent - last->sent > same_row || place.ours != last->ours) out.push_back({});
        out.back().push_back(places[i]);
      }
      if (out.size() - before > 1) out.push_back(std::move(places));
    }
    return out;
  }

  bool may_be_of(const Batch& batch, const Numbers& row) const {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (batch.first != 0 && places_[row[i]].sent > batch.first + clocks_differ) return false;
      if (batch.files.size() == row.size() && !not_before_camera(files_[batch.files[i]], places_[row[i]])) return false;
    }
    return true;
  }

  void by_order(MediaKind kind) {
    const std::vector<Batch> all = batches(kind);
    if (all.empty()) return;
    std::map<std::size_t, std::vector<Numbers>> by_length;
    for (Numbers& row : rows(kind)) by_length[row.size()].push_back(std::move(row));
    const Numbers places = open_places(kind);
    // A row that two batches would take is nobody's.
    std::map<std::size_t, std::size_t> claims;
    std::vector<const Numbers*> found(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      found[i] = row_for(all[i], by_length, places);
      if (found[i] != nullptr)
        for (const std::size_t place : *found[i]) ++claims[place];
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool taken_twice = found[i] != nullptr && std::any_of(found[i]->begin(), found[i]->end(), [&](std::size_t place) { return claims[place] > 1; });
      if (found[i] == nullptr || taken_twice) continue;
      propose({Proposal::Sure::likely, Proposal::By::order, 0, all[i].files, *found[i], 0});
    }
    for (const Batch& batch : all)
      if (!file_done_[batch.files.front()]) leave_open(batch, kind);
  }

  /// The one row that a batch can be; null if there is none or more than one.
  const Numbers* row_for(const Batch& batch, const std::map<std::size_t, std::vector<Numbers>>& by_length, const Numbers& places) const {
    if (!batch.ordered) return nullptr;
    const auto same_length = by_length.find(batch.files.size());
    if (same_length == by_length.end()) return nullptr;
    // A file alone may be of any row.
    if (batch.files.size() == 1 && std::count_if(places.begin(), places.end(), [&](std::size_t place) { return may_be_of(batch, {place}); }) != 1) return nullptr;
    const Numbers* one = nullptr;
    std::size_t looked_at = 0;
    for (const Numbers& row : same_length->second) {
      if (++looked_at > 1000) return nullptr;
      if (!may_be_of(batch, row)) continue;
      const bool contended = std::any_of(row.begin(), row.end(), [&](std::size_t place) { return contended_[place]; });
      if (one != nullptr || contended) return nullptr;
      one = &row;
    }
    return one;
  }

  void leave_open(const Batch& batch, MediaKind kind) {
    Proposal open;
    open.files = batch.files;
    for (const std::size_t place : open_places(kind))
      if (may_be_of({{}, true, batch.first}, {place}) && std::any_of(batch.files.begin(), batch.files.end(), [&](std::size_t file) { return not_before_camera(files_[file], places_[place]); })) {
        if (open.places.size() < most_places) open.places.push_back(place);
        else ++open.more_places;
      }
    propose(std::move(open));
  }

  const std::vector<SavedFile>& files_;
  const std::vector<Placeholder>& places_;
  std::vector<bool> file_done_, place_done_;
  std::vector<bool> contended_;  // met by the time of files that are open
  std::vector<Proposal> out_;
};

}  // namespace

std::vector<Proposal> match_files(const std::vector<SavedFile>& files, const std::vector<Placeholder>& places) { return Matcher(files, places).run(); }

}  // namespace genchi::watch
