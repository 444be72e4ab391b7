#include "cli/memo_view.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "facts/dates.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"

namespace genchi::cli {
namespace {

constexpr std::int64_t minute = 60, hour = 3600;
constexpr std::int64_t longest_duration = 100 * hour;

/// The digits at the beginning of `rest`, which are taken off.
std::optional<std::int64_t> take_number(std::string_view& rest) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || number < 0 || number > longest_duration) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return number;
}

bool take(std::string_view& rest, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    const std::string folded = fold(word);
    if (!rest.starts_with(folded)) continue;
    rest.remove_prefix(folded.size());
    return true;
  }
  return false;
}

/// 3:05 minutes and seconds, 1:02:03 with hours.
std::optional<std::int64_t> parse_clock_duration(std::string_view rest) {
  std::int64_t seconds = 0;
  int parts = 0;
  for (;;) {
    const auto number = take_number(rest);
    if (!number || (parts > 0 && *number >= 60) || ++parts > 3) return std::nullopt;
    seconds = seconds * 60 + *number;
    if (rest.empty()) break;
    if (!rest.starts_with(':')) return std::nullopt;
    rest.remove_prefix(1);
  }
  return parts > 1 ? std::optional(seconds) : std::nullopt;
}

/// The minute of the day that `written` says; nullopt if it is no time of day.
std::optional<int> parse_clock(const std::string& written, UtcSeconds now) {
  const std::string text = "今日" + written;
  const auto read = facts::read_dates(facts::Text(text), Moment{now, japan_offset_minutes});
  if (read.size() != 1 || read.front().date.precision != Precision::time || read.front().date.end_minute >= 0) return std::nullopt;
  const TextSpan place = read.front().date.place;
  if (!trim(std::string_view(text).substr(place.end)).empty() || place.begin != 0) return std::nullopt;
  return read.front().date.minute;
}

}  // namespace

std::string duration_words(std::int64_t seconds) {
  if (seconds < minute) return trf("{} s", seconds);
  const std::int64_t minutes = seconds / minute;
  if (minutes < 60) return seconds % minute == 0 ? trf("{} min", minutes) : trf("{0} min {1} s", minutes, seconds % minute);
  return minutes % 60 == 0 ? trf("{} h", minutes / 60) : trf("{0} h {1} min", minutes / 60, minutes % 60);
}

std::optional<std::int64_t> parse_duration(const std::string& written) {
  std::string text;
  for (const char c : fold(written))
    if (c != ' ') text += c;
  if (const auto seconds = parse_clock_duration(text)) return seconds;
  std::string_view rest = text;
  std::int64_t seconds = 0, unit_before = INT64_MAX;
  bool any = false;
  while (!rest.empty()) {
    const auto number = take_number(rest);
    if (!number) return std::nullopt;
    const std::int64_t unit = take(rest, {"時間", "hours", "hour", "h"}) ? hour : take(rest, {"分間", "分", "minutes", "minute", "min", "m"}) ? minute : take(rest, {"秒間", "秒", "seconds", "second", "sec", "s"}) ? 1 : 0;
    if (unit == 0 && (any || !rest.empty())) return std::nullopt;
    const std::int64_t of = unit == 0 ? minute : unit;
    if (of >= unit_before) return std::nullopt;
    unit_before = of;
    seconds += *number * of;
    if (of > 1 && take(rest, {"半"})) seconds += of / 2;
    any = true;
  }
  return any && seconds <= longest_duration ? std::optional(seconds) : std::nullopt;
}

std::optional<UtcSeconds> parse_time(const std::string& written, UtcSeconds now) {
  const std::string text(trim(written));
  if (const auto moment = parse_iso8601(text)) return moment->utc;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  // As much as can be is the day, what follows the time of day; no number is divided.
  for (std::size_t end = text.size(); end-- > 0;) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80 || (end > 0 && is_digit(text[end - 1]) && is_digit(text[end]))) continue;
    const std::string day_words(trim(std::string_view(text).substr(0, end))), clock_words(trim(std::string_view(text).substr(end)));
    const auto day = day_words.empty() ? parse_day_span("今日", now, japan_offset_minutes) : parse_day_span(day_words, now, japan_offset_minutes);
    if (!day || day->end - day->begin != 24 * hour) continue;
    const auto minutes = parse_clock(clock_words.starts_with('T') ? clock_words.substr(1) : clock_words, now);
    if (minutes) return day->begin + *minutes * minute;
  }
  return std::nullopt;
}

nlohmann::ordered_json memo_details(Store& store, const catalogue::Memo& memo) {
  using Json = nlohmann::ordered_json;
  const auto id_or_null = [](const std::optional<Sha256>& id) { return id ? Json(id->hex()) : Json(nullptr); };
  Json out;
  out["written"] = iso8601({memo.written, japan_offset_minutes});
  out["seconds"] = memo.seconds ? Json(*memo.seconds) : Json(nullptr);
  out["who"] = memo.who.empty() ? Json(nullptr) : Json(memo.who);
  out["supplement_of"] = id_or_null(memo.supplements);
  out["confirmed_by"] = id_or_null(memo.confirmed_by);
  out["supplements"] = Json::array();
  for (const catalogue::Memo& each : store.catalogue().supplements(memo.id)) out["supplements"].push_back(each.id.hex());
  return out;
}

std::string calls_reminder(Store& store, const catalogue::MessageFilter& filter, UtcSeconds now) {
  catalogue::MessageFilter lately = filter;
  lately.channel.reset();
  lately.begin = now - days_of_calls * 24 * hour;
  lately.end = INT64_MAX;
  std::uint64_t calls = 0;
  store.catalogue().calls_without_memo(lately, [&](const catalogue::Call&) {
    ++calls;
    return true;
  });
  return calls == 0 ? std::string() : trn("{} LINE call of the last two weeks has no memo: genchi memo --calls", "{} LINE calls of the last two weeks have no memo: genchi memo --calls", calls);
}

}  // namespace genchi::cli
