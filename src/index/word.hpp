// A word of a query in a folded text. Private to the index.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/query.hpp"

namespace genchi::index {

/// What a word or phrase that somebody typed is found by. `phrase`: as it folds, and nothing else.
std::vector<Form> forms_of(std::string_view written, const std::string& folded, bool phrase, const QueryContext& context);
/// word*
Form open_form(const std::string& folded);

/// A stretch of a text, in bytes.
struct Found {
  std::size_t begin;
  std::size_t end;
};

/// Where the first of the forms stands in a folded text from `from` on; of two at one place the longer one.
std::optional<Found> find_word(const std::vector<Form>& forms, std::string_view folded, std::size_t from = 0);
bool has_word(const std::vector<Form>& forms, std::string_view folded);

/// The stem of a Latin word in folded form; empty for what has none: under three letters, or not all of a to z.
std::string stem_of(std::string_view word);
/// What every word that has this stem begins with, as far as English goes.
std::string beginning_of_stem(const Form& form);

}  // namespace genchi::index
