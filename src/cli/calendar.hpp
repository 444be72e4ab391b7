// Days as a calendar file (iCalendar, RFC 5545).
#pragma once

#include <string>
#include <string_view>

#include "genchi/facts.hpp"

namespace genchi::cli {

/// What stands before and after the events.
std::string calendar_begin();
std::string calendar_end();

/// One day or time that was named. Texts as they come; they are escaped here, and lines folded at 75 bytes.
struct CalendarEvent {
  std::string uid;          ///< the same whenever it is written again
  UtcSeconds stamped = 0;   ///< when it was said
  DateFact date;
  std::string summary;
  std::string description;
};
/// A VEVENT: whole days, or a time in UTC; a time without an end takes none.
std::string calendar_event(const CalendarEvent& event);

}  // namespace genchi::cli
