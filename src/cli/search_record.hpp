// What was searched, and what is held of it: for a search that found nothing, and for `mentions`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "cli/command.hpp"

namespace genchi::cli {

/// What the filters of a query leave, whatever words it has: client:, channel:, account: and date: that stand side by side at
/// its top. A message counts for each of its clients, as in searches.
catalogue::Coverage coverage_of(Store& store, const index::Node& query, bool with_hidden);

/// The words of a query, not those under NOT, in its order.
std::vector<const index::Node*> words_of(const index::Node& query);

/// Lines for people on what is held: how many messages of which channel and when, LINE's last download and gaps.
std::vector<std::string> coverage_lines(const catalogue::Coverage& coverage);
nlohmann::ordered_json coverage_json(const catalogue::Coverage& coverage);

/// Says on standard error why nothing may have been found: what each word finds alone, what was searched, gaps,
/// and what is like a word that is nowhere.
void tell_of_nothing(Context& context, Store& store, const index::Node& query, bool with_hidden);

}  // namespace genchi::cli
