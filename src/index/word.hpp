// A word of a query in a folded text. Private to the index.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/query.hpp"
#include "text/fold.hpp"

namespace genchi::index {

/// How a word or phrase is widened.
enum class Widening {
  none,      ///< as it folds, and nothing else
  spellings, ///< what is left out (NOT) is not widened by synonyms: `請求 -入金` keeps 支払
  all,
};

/// What a word or phrase that somebody typed is found by. `open`: word*, so it may also go on.
std::vector<Form> forms_of(std::string_view written, const std::string& folded, Widening widening, bool open, const QueryContext& context);

/// A stretch of a text, in bytes.
using Found = SpellingPlace;

/// Was the character that stands at `at` in a folded text written in katakana?
bool was_katakana(std::string_view written, const FoldedText& folded, std::size_t at);

/// Where the first of the forms stands in a folded text from `from` on; of two at one place the longer one.
std::optional<Found> find_word(const std::vector<Form>& forms, const SearchedText& text, std::size_t from = 0);
bool has_word(const std::vector<Form>& forms, const SearchedText& text);

/// The stem of a Latin word in folded form; empty for what has none: under three letters, or not all of a to z.
std::string stem_of(std::string_view word);
/// What every word that has this stem begins with, as far as English goes.
std::string beginning_of_stem(const Form& form);

}  // namespace genchi::index
