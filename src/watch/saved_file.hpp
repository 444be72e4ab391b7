// A file that somebody saved from LINE, as far as its first bytes, its name and its stamps tell of it. Pure: bytes in.
//
// LINE states nowhere what the time in the names of saved files is (sending or saving), so it is a hint that counts where
// it meets a message; the camera's time says only that a photo was not sent before; the time of the file is that of saving,
// if nothing copied it since.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "genchi/time.hpp"

namespace genchi::watch {

/// What LINE calls it where it stands in a chat.
enum class MediaKind : std::uint8_t { photo, video, voice, file };

/// What the bytes are.
struct Content {
  std::string_view name;                   ///< "JPEG" "MP4" "PDF" …; "" nothing that is known
  MediaKind kind = MediaKind::file;        ///< as what LINE sends it
};

/// By the first bytes (4 KiB are enough). The name decides only between a video and a voice message, which MP4 leaves open.
Content content_of(std::string_view head, std::string_view file_name);
/// May a file with this content be what a message of this kind holds the place of? A file message may be anything.
bool may_be(const Content& content, MediaKind kind);

/// A time in a name: 13 digits of milliseconds since 1970, YYYYMMDD_HHMMSS, YYYYMMDDHHMMSS, 2026-04-01 10.15.20, and YYMMDD_HHMMSS
/// after "line"; the latter in the zone given. nullopt: none, or several that differ.
std::optional<UtcSeconds> time_in_name(std::string_view file_name, int offset_minutes);

/// When the camera says that a JPEG was taken (EXIF DateTimeOriginal in the first bytes; 64 KiB are enough), in the zone
/// given unless it names one.
std::optional<UtcSeconds> time_taken(std::string_view head, int offset_minutes);

/// Less than, equal, greater as names are read by people: 2 before 10.
int compare_names(std::string_view a, std::string_view b);

}  // namespace genchi::watch
