// Talks of the LINE app beside downloads: their rows have minutes only (chats.hpp has the rules).
#pragma once

#include <vector>

#include "importers/line_oa/chats.hpp"

namespace genchi::line {

/// How alike a talk and the rows of downloads are, by minute, ignoring the seconds.
struct MinuteMatch {
  std::uint32_t coincide = 0;         ///< distinctive rows of both
  std::uint32_t of_friend = 0;        ///< of these
  std::uint32_t talk = 0, other = 0;  ///< distinctive rows of each in the time that both cover
  /// Are they one chat?
  bool joins() const;
};

/// For each group of talks the group of downloads that it belongs to, by index; nothing if to none.
std::vector<std::optional<std::uint32_t>> downloads_of_talks(const std::vector<ExportFile>& files,
                                                             const std::vector<ChatGroup>& talks,
                                                             const std::vector<ChatGroup>& downloads);

/// Which of several pools of downloads (accounts) a talk belongs to: that of the download with which most of the
/// friend's distinctive rows coincide by minute, five or all of the talk's. Of equals the first pool.
class HomeOfTalk {
 public:
  void add(const std::vector<RowKey>& talk); ///< a file of the talk; all before compare()
  void compare(std::uint32_t pool, const std::vector<RowKey>& download);
  /// The pool; nothing if none has a download that coincides enough.
  std::optional<std::uint32_t> pool() const;

 private:
  struct Best {
    std::uint32_t pool = 0;
    std::uint32_t of_friend = 0;
  };
  std::vector<std::pair<UtcSeconds, std::uint64_t>> keys_; ///< minute and content of distinctive rows; sorted
  std::optional<Best> best_;
};

/// The rows of talks with the seconds of the downloads' rows that they equal. `files` are one chat's; returned are those
/// with `minutes`, in their order. `downloads` is the union of the others, its indexes into `files`.
std::vector<ExportFile> with_seconds(const std::vector<const ExportFile*>& files, const std::vector<MergedRow>& downloads);

} // namespace genchi::line
