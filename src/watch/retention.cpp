#include "watch/retention.hpp"

#include "genchi/i18n.hpp"

namespace genchi::watch {
namespace {

constexpr std::int64_t week = 7, month = 30, year = 365;

std::int64_t day_number(UtcSeconds at, int offset_minutes) { return days_from_civil(civil_day(at, offset_minutes)); }

UtcSeconds start_of(std::int64_t day, int offset_minutes) { return utc_from_civil(civil_from_days(day), 0, 0, 0, offset_minutes); }

}  // namespace

const std::vector<Retention>& known_retentions() {
  static const std::vector<Retention> all = {
      {std::string(usual_retention), year, year, year,
       tr("1:1 chats: one year for text, photos, videos and files, as LINE's sales partners describe it; a photo of June 2024 ran out after 365 days")},
      {std::string(group_retention), year, 2 * week, week,
       tr("group chats: text one year, photos and videos two weeks, files one week, as LINE's sales partners describe it")},
      {"six-months", 6 * month, 6 * month, 6 * month, tr("newer free plans since about 2025, as two trade blogs describe it; no page of LINE's was found")},
      {"chat-pro", 5 * year, 5 * year, 5 * year, tr("with the option チャットPro: up to five years, as two trade blogs describe it; no page of LINE's was found")},
  };
  return all;
}

UtcSeconds dropped_at(UtcSeconds sent, std::int64_t days_kept, int offset_minutes) {
  return start_of(day_number(sent, offset_minutes) + days_kept, offset_minutes);
}

UtcSeconds kept_since(UtcSeconds now, std::int64_t days_kept, int offset_minutes) {
  // The counterpart of dropped_at(): of a day, all or nothing is gone.
  return start_of(day_number(now, offset_minutes) - days_kept + 1, offset_minutes);
}

std::int64_t days_until(UtcSeconds then, UtcSeconds now, int offset_minutes) { return day_number(then, offset_minutes) - day_number(now, offset_minutes); }

}  // namespace genchi::watch
