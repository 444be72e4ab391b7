// What is like a word that is found nowhere. Private to the index.
#pragma once

#include <functional>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "index/search.hpp"

namespace genchi::index {

/// In about how many passages a folded part of a word is found; 0 only if in none.
using CountPassages = std::function<std::uint64_t(std::string_view folded)>;
std::vector<Searcher::Suggestion> suggestions_from(const Xapian::Database& db, const CountPassages& count, std::string_view written,
                                                   std::size_t limit);

}  // namespace genchi::index
