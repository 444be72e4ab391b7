#include "cli/calendar.hpp"

#include <fmt/format.h>

#include "base/bytes.hpp"

namespace genchi::cli {
namespace {

constexpr std::size_t longest_line = 75;  // bytes, RFC 5545 3.1

/// A content line, folded between characters.
std::string line(std::string_view text) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = decode_utf8(text, at).size;
    if (used + size > longest_line) {
      out += "\r\n ";
      used = 1;
    }
    out += text.substr(at, size);
    used += size;
    at += size;
  }
  return out + "\r\n";
}

/// A TEXT value, RFC 5545 3.3.11; control characters are left out.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : to_valid_utf8(text)) {
    if (c == '\n') out += "\\n";
    else if (c == ',' || c == ';' || c == '\\') out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) >= 0x20 && c != '\x7f') out += c;
  }
  return out;
}

std::string day(CivilDay day) { return fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day); }

std::string instant(UtcSeconds utc) {
  const CivilDay on = civil_day(utc, 0);
  const UtcSeconds of_day = utc - utc_from_civil(on, 0, 0, 0, 0);
  return fmt::format("{}T{:02}{:02}{:02}Z", day(on), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

UtcSeconds at_minute(CivilDay day, int minute, int offset_minutes) { return utc_from_civil(day, minute / 60, minute % 60, 0, offset_minutes); }

}  // namespace

std::string calendar_begin() { return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//genchi//genchi//EN\r\nCALSCALE:GREGORIAN\r\n"; }
std::string calendar_end() { return "END:VCALENDAR\r\n"; }

std::string calendar_event(const CalendarEvent& event) {
  const DateFact& date = event.date;
  std::string out = "BEGIN:VEVENT\r\n" + line("UID:" + escaped(event.uid)) + line("DTSTAMP:" + instant(event.stamped));
  if (date.precision == Precision::time && date.minute >= 0) {
    out += line("DTSTART:" + instant(at_minute(date.first, date.minute, date.offset_minutes)));
    if (date.end_minute >= 0) out += line("DTEND:" + instant(at_minute(date.last, date.end_minute, date.offset_minutes)));
  } else {
    // The end is not included.
    out += line("DTSTART;VALUE=DATE:" + day(date.first)) + line("DTEND;VALUE=DATE:" + day(civil_from_days(days_from_civil(date.last) + 1)));
  }
  out += line("SUMMARY:" + escaped(event.summary)) + line("DESCRIPTION:" + escaped(event.description));
  return out + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
}

}  // namespace genchi::cli
