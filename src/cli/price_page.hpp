// The page of one client's prices.
#pragma once

#include <string>
#include <vector>

#include "cli/price_list.hpp"

namespace genchi::cli {

/// A whole HTML document: for each thing its last valid price on both bases, a chart, and every row with its words.
std::string price_page(const std::string& client, const std::vector<PriceGroup>& groups, UtcSeconds now);

/// The prices of one thing that held, as a chart (SVG); "" where there are not two that can be compared.
std::string price_chart(const PriceGroup& group, UtcSeconds now);

}  // namespace genchi::cli
