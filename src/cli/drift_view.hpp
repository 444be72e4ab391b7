// The drift report in words and rows.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "cli/output.hpp"

namespace genchi::cli {

/// A case in two or three words, for counts.
const char* drift_words(line::DriftCase what);
/// {"case", "rows", "first", "last"}: what every row about drift begins with.
nlohmann::ordered_json drift_json(line::DriftCase what, std::uint32_t rows, UtcSeconds first, UtcSeconds last);
/// All of it: text by account and chat, or a row each.
void print_drift(Output& out, const std::vector<catalogue::ChatDrift>& report);

}  // namespace genchi::cli
