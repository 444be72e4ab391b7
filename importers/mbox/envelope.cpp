#include <algorithm>
#include <array>
#include <vector>

#include "base/bytes.hpp"
#include "importers/mbox/mbox.hpp"
#include "mail/message.hpp"

namespace genchi::importers {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::pair<std::string_view, int>, 12> zones = {{{"utc", 0},
                                                                     {"gmt", 0},
                                                                     {"z", 0},
                                                                     {"jst", 540},
                                                                     {"est", -300},
                                                                     {"edt", -240},
                                                                     {"cst", -360},
                                                                     {"cdt", -300},
                                                                     {"mst", -420},
                                                                     {"mdt", -360},
                                                                     {"pst", -480},
                                                                     {"pdt", -420}}};
constexpr std::size_t max_tokens = 24;

std::optional<int> number(std::string_view text, std::size_t min_digits, std::size_t max_digits) {
  if (text.size() < min_digits || text.size() > max_digits) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct Clock {
  int hour = 0, minute = 0, second = 0;
};

std::optional<Clock> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::size_t second_colon = text.find(':', colon + 1);
  const auto hour = number(text.substr(0, colon), 1, 2);
  const auto minute = number(text.substr(colon + 1, second_colon - colon - 1), 2, 2);
  const auto second = second_colon == std::string_view::npos ? std::optional<int>(0)
                                                             : number(text.substr(second_colon + 1), 2, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return Clock{*hour, *minute, *second};
}

std::optional<int> parse_zone(std::string_view text) {
  if (text.size() == 5 && (text[0] == '+' || text[0] == '-')) {
    const auto digits = number(text.substr(1), 4, 4);
    if (!digits || *digits % 100 > 59 || *digits > 1500) return std::nullopt;
    const int minutes = *digits / 100 * 60 + *digits % 100;
    return text[0] == '-' ? -minutes : minutes;
  }
  const auto* zone = std::ranges::find_if(zones, [&](const auto& z) { return ascii_iequals(z.first, text); });
  return zone == zones.end() ? std::nullopt : std::optional<int>(zone->second);
}

bool is_weekday(std::string_view token) {
  if (token.ends_with(',')) token.remove_suffix(1);
  return std::ranges::any_of(weekdays, [&](auto day) { return ascii_iequals(day, token); });
}

// What follows the weekday: `mon dd hh:mm[:ss] [zone] yyyy [zone]`.
std::optional<UtcSeconds> parse_asctime(const std::vector<std::string_view>& tokens, std::size_t at) {
  if (at + 3 >= tokens.size()) return std::nullopt;
  const auto month = std::ranges::find_if(months, [&](auto m) { return ascii_iequals(m, tokens[at]); });
  const auto day = number(tokens[at + 1], 1, 2);
  const auto clock = parse_clock(tokens[at + 2]);
  if (month == months.end() || !day || !clock) return std::nullopt;
  at += 3;
  std::optional<int> year, zone;
  for (; at < tokens.size() && (!year || !zone); ++at) {
    if (!year && (year = number(tokens[at], 4, 4))) continue;
    // Unknown zone names are skipped; "remote from host" may follow.
    if (!zone && !(zone = parse_zone(tokens[at])) && year) break;
  }
  if (!year) return std::nullopt;
  const CivilDay civil{*year, static_cast<int>(month - months.begin()) + 1, *day};
  if (!is_valid(civil)) return std::nullopt;
  return utc_from_civil(civil, clock->hour, clock->minute, clock->second, zone.value_or(0));
}

std::optional<UtcSeconds> parse_time(std::string_view line, const std::vector<std::string_view>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_weekday(tokens[i])) continue;
    if (const auto time = parse_asctime(tokens, i + 1)) return time;
    // Some exporters write the date as in a header.
    if (!tokens[i].ends_with(',')) continue;
    const auto at = static_cast<std::size_t>(tokens[i].data() - line.data());
    if (const auto moment = mail::parse_date(line.substr(at))) return moment->utc;
  }
  return std::nullopt;
}

} // namespace

Envelope parse_envelope(std::string_view line) {
  Envelope envelope;
  if (!line.starts_with("From ")) return envelope;
  std::vector<std::string_view> tokens;
  std::size_t at = 5;
  while (at < line.size() && tokens.size() < max_tokens) {
    const std::size_t begin = line.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    at = std::min(line.find_first_of(" \t\r\n", begin), line.size());
    tokens.push_back(line.substr(begin, at - begin));
  }
  envelope.time = parse_time(line, tokens);
  envelope.strict = envelope.time.has_value();
  envelope.loose =
      envelope.strict ||
      (!tokens.empty() && (tokens[0].find('@') != std::string_view::npos || tokens[0] == "MAILER-DAEMON"));
  return envelope;
}

std::optional<std::string> decode_imap_utf7(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] != '&') {
      out += name[at];
      continue;
    }
    const std::size_t end = name.find('-', at);
    if (end == std::string_view::npos) return std::nullopt;
    if (end == at + 1) out += '&';
    std::uint32_t bits = 0;
    int held = 0;
    char32_t high = 0;
    for (std::size_t i = at + 1; i < end; ++i) {
      constexpr std::string_view alphabet =
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
      const std::size_t digit = alphabet.find(name[i]);
      if (digit == std::string_view::npos) return std::nullopt;
      bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0x3fffff;
      held += 6;
      if (held < 16) continue;
      held -= 16;
      const char32_t unit = bits >> held & 0xffff;
      const bool low = unit >= 0xdc00 && unit < 0xe000;
      if (low != (high != 0)) return std::nullopt;
      if (unit >= 0xd800 && unit < 0xdc00) {
        high = unit;
      } else {
        append_utf8(out, low ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : unit);
        high = 0;
      }
    }
    if (high != 0 || held >= 6 || (bits & ((1U << held) - 1)) != 0) return std::nullopt;
    at = end;
  }
  return out;
}

} // namespace genchi::importers
