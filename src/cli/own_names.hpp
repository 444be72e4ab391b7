// What we go by: our mail addresses, and our names in talks of the LINE app; both are given as --me and `me`.
#pragma once

#include <string>
#include <vector>

#include "store/store.hpp"

namespace genchi::cli {

/// Is this one of the latter?
bool is_talk_name(const std::string& own);

/// Journals own addresses that are not known yet; names in talks are passed over. Throws Error for what is neither.
void record_own_addresses(Store& store, const std::vector<std::string>& own);

}  // namespace genchi::cli
