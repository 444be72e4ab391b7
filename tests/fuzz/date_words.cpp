// Days as people write them in a query.
#include "text/date_words.hpp"

#include "tests/fuzz/property.hpp"
#include "text/fold.hpp"

namespace genchi::fuzz {
namespace {

// In Tokyo: an afternoon, the last second of a leap day, the first of a year.
constexpr UtcSeconds moments[] = {1'772'428'800, 1'709'218'799, 1'767'193'200};

void check(std::string_view text, UtcSeconds now) {
  constexpr int offset = japan_offset_minutes;
  const auto span = parse_day_span(text, now, offset);
  const auto range = parse_day_range(text, now, offset);
  if (range) ALWAYS(range->begin < range->end);
  if (!span) return;
  const UtcSeconds limit = utc_from_civil({9999, 12, 31}, 23, 59, 59, -offset);
  ALWAYS(span->begin < span->end && span->begin > -limit && span->end <= limit);
  // Whole days, of which the first can be written plainly.
  const CivilDay first = civil_day(span->begin, offset);
  ALWAYS(utc_from_civil(first, 0, 0, 0, offset) == span->begin);
  ALWAYS((span->end - span->begin) % 86'400 == 0);
  const auto plain = parse_day_span(iso8601({span->begin, offset}).substr(0, 10), now, offset);
  if (first.year >= 1000 && first.year <= 9999) ALWAYS(plain && plain->begin == span->begin);
  // From it on, up to it, and from it to it.
  const std::string words(text);
  constexpr std::size_t longest = 60; // twice as much is read at all
  if (text.size() > longest) return;
  if (holds_any_of(text, ".~") || text.find("〜") != std::string_view::npos ||
      text.find("～") != std::string_view::npos)
    return;
  if (fold("." + words) != "." + fold(words)) return; // a mark at the beginning joins with the dots
  const auto from = parse_day_range(words + "..", now, offset);
  const auto to = parse_day_range(".." + words, now, offset);
  const auto both = parse_day_range(words + ".." + words, now, offset);
  ALWAYS(range && range->begin == span->begin && range->end == span->end);
  ALWAYS(from && from->begin == span->begin && from->end == INT64_MAX);
  ALWAYS(to && to->begin == INT64_MIN && to->end == span->end);
  ALWAYS(both && both->begin == span->begin && both->end == span->end);
}

} // namespace

void try_input(std::string_view input) {
  for (const UtcSeconds now : moments) check(input, now);
}

} // namespace genchi::fuzz
