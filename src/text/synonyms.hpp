// Words of the trade that mean the same to who looks for them: 見積 and quote, 納期 and 締切.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// A group of words that stand for each other.
using Synonyms = std::vector<std::string>;

/// The groups that everybody has (synonyms.cpp, written for genchi).
const std::vector<Synonyms>& common_synonyms();

/// The other words of all groups of which `written`, in any spelling, is one, each once, in order. Only whole words: 見積書の
/// is in no group. Any thread.
std::vector<std::string> synonyms_of(std::string_view written, const std::vector<Synonyms>& groups);

}  // namespace genchi
