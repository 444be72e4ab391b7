// The page of deals: what was agreed, in whose words.
#pragma once

#include <string>
#include <vector>

#include "cli/deal_view.hpp"

namespace genchi::cli {

/// A whole HTML document: for each deal its state, the terms in force, the words of both sides and what held before.
/// `title` is text; `deals` in the order in which they are shown.
std::string deal_page(const std::string& title, const std::vector<DealView>& deals, UtcSeconds now);

}  // namespace genchi::cli
