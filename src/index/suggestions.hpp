// What is like a word that is found nowhere. Private to the index.
#pragma once

#include <string_view>
#include <vector>
#include <xapian.h>

#include "index/search.hpp"

namespace genchi::index {

std::vector<Searcher::Suggestion> suggestions_from(const Xapian::Database& db, std::string_view folded, std::size_t limit);

}  // namespace genchi::index
