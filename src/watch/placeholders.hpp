// Which saved files belong to which photos, videos, voice messages and files of LINE chats, of which a download holds the
// place only. Pure: what is known of both in, proposals out; a person confirms them.
//
// Files and places are matched within one kind:
//   by time   the time in a file's name lies within a minute of when the message was sent. One file and one message that
//             meet nobody else so are *certain*. Several files and as many messages of one chat and side, in the order of
//             their times, are *likely*.
//   by order  files of one folder that were saved together (no pause of more than half an hour), whose names and times are
//             in the same order, are as many as messages that stand in a row in one chat (one side, no pause of more than ten
//             minutes), or as all that are open in one chat, and no other such row has that many: *likely*. A file alone only
//             if there is no other message of its kind.
// What remains is *open*: what fits several is told with all of them and never chosen. A photo is not proposed for a message
// that was sent a day or more before the camera took it, nor by order for one that was sent after it was saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genchi/time.hpp"
#include "watch/saved_file.hpp"

namespace genchi::watch {

struct SavedFile {
  MediaKind kind = MediaKind::photo;
  std::string folder, name;
  std::optional<UtcSeconds> named;   ///< time in its name
  std::optional<UtcSeconds> taken;   ///< by the camera
  UtcSeconds modified = 0;           ///< 0 unknown
};

struct Placeholder {
  MediaKind kind = MediaKind::photo;
  UtcSeconds sent = 0;
  bool minute = false;               ///< the second is not known
  bool ours = false;                 ///< we sent it
  std::string chat;
};

/// Files and places by their numbers in what was given.
struct Proposal {
  enum class Sure : std::uint8_t { certain, likely, open };
  enum class By : std::uint8_t { time, order, kind };
  Sure sure = Sure::open;
  By by = By::kind;
  UtcSeconds apart = 0;              ///< by time: the most seconds between a name and its message
  std::vector<std::size_t> files;
  std::vector<std::size_t> places;   ///< certain, likely: of the file at the same place; open: each may be of each
  std::size_t more_places = 0;       ///< open: so many beside those named
};

/// The places of one chat may stand in any order. Every file is in one proposal; one without places fits nothing. In the order
/// of sureness, then of the first file. Time: n log n in both.
std::vector<Proposal> match_files(const std::vector<SavedFile>& files, const std::vector<Placeholder>& places);

}  // namespace genchi::watch
