// Memos as commands show them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/command.hpp"

namespace genchi::cli {

/// 12 min, 1 h 5 min, 40 s.
std::string duration_words(std::int64_t seconds);
/// A length of time as people type it: 12分, 12min, 1時間5分, 1時間半, 3:05 (as LINE writes it), 1:02:03; a number alone is
/// minutes. nullopt for anything else.
std::optional<std::int64_t> parse_duration(const std::string& written);
/// A point in time that has passed: 10:30, 今日10時半, 昨日 15時, 4/1 10:30, ISO 8601; a day alone is no time. nullopt for
/// anything else.
std::optional<UtcSeconds> parse_time(const std::string& written, UtcSeconds now);

/// What `show` says of a memo beside what it says of every message: written seconds who supplement_of confirmed_by
/// supplements.
nlohmann::ordered_json memo_details(Store& store, const catalogue::Memo& memo);

/// So far back, calls in LINE without a memo are pointed out.
inline constexpr std::int64_t days_of_calls = 14;
/// One sentence with their number and the command that lists them; "" if there is none.
std::string calls_reminder(Store& store, const catalogue::MessageFilter& filter, UtcSeconds now);

}  // namespace genchi::cli
