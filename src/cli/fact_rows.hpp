// Facts as keys of a JSON row: the contract of `extract`, `prices`, `dates` and `show`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "cli/settings.hpp"
#include "facts/stream.hpp"

namespace genchi::cli {

/// surface start end yen currency tax role unit approx item, and where there are any value quantity unit_yen again
/// in_subject; `rule` when asked for. Offsets are UTF-8 bytes into `text` (or the subject).
nlohmann::ordered_json amount_row(const Amount& amount, std::string_view text, std::string_view subject, bool explain);
/// surface start end value precision role weekday_mismatch.
nlohmann::ordered_json date_row(const DateFact& date, std::string_view text, std::string_view subject, bool explain);

/// Adds amounts, dates, agreement and conditional.
void add_facts(nlohmann::ordered_json& row, const Facts& facts, std::string_view text, std::string_view subject, bool explain);

/// The words of `[acts]` in the settings.
facts::Vocabulary vocabulary(const Settings& settings);

}  // namespace genchi::cli
