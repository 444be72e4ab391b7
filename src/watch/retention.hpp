// How long LINE keeps what was said, and when it drops it. LINE publishes no binding figures and changes them, so each
// carries its source, and an account can be given others (settings, [retention.NAME]).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"

namespace genchi::watch {

/// Days after it was sent that LINE keeps a thing. A month is counted as 30 days and a year as 365, so that a day named
/// here comes rather too early than too late.
struct Retention {
  std::string name;
  std::int64_t text = 0;
  std::int64_t media = 0;  ///< photos, videos, voice messages
  std::int64_t files = 0;
  std::string source;      ///< where the figures come from, translated; "" not said
};

/// The ones that are known without settings: "one-year" (1:1 chats), "group", "six-months", "chat-pro".
const std::vector<Retention>& known_retentions();
/// What an account has when nothing is said: the name of one of those.
inline constexpr std::string_view usual_retention = "one-year";
/// What group chats have when nothing is said.
inline constexpr std::string_view group_retention = "group";

/// The first instant of the day on which what was sent then may be gone.
UtcSeconds dropped_at(UtcSeconds sent, std::int64_t days_kept, int offset_minutes);
/// What was sent before this may be gone by now.
UtcSeconds kept_since(UtcSeconds now, std::int64_t days_kept, int offset_minutes);
/// Whole days from the day of `now` to that of `then`; negative if it has passed.
std::int64_t days_until(UtcSeconds then, UtcSeconds now, int offset_minutes);

}  // namespace genchi::watch
