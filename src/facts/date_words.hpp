// Tables of words that the rules for dates go by, found quickly.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <span>
#include <string_view>
#include <vector>

#include "facts/text.hpp"

namespace genchi::facts {

/// Rows with a `word`, found by their first character. Rows must outlive this.
template <typename Row> class WordTable {
 public:
  explicit WordTable(std::span<const Row> rows) {
    for (const Row& row : rows) {
      rows_.push_back(&row);
      first_.set(row.word[0] & 0xffff);
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row* a, const Row* b) {
      return a->word[0] != b->word[0] ? a->word[0] < b->word[0] : a->word.size() > b->word.size();
    });
  }

  bool may_begin(char32_t c) const { return c < 0x10000 && first_[c]; }

  /// The longest word that begins here; null: none.
  const Row* at(const Text& text, std::size_t at) const {
    const char32_t c = text[at];
    if (!may_begin(c)) return nullptr;
    const auto begin = std::lower_bound(rows_.begin(), rows_.end(), c,
                                        [](const Row* row, char32_t value) { return row->word[0] < value; });
    for (auto row = begin; row != rows_.end() && (*row)->word[0] == c; ++row)
      if (text.starts_with(at, (*row)->word)) return *row;
    return nullptr;
  }

 private:
  std::vector<const Row*> rows_;
  std::bitset<0x10000> first_;
};

/// Does one of the words stand here, or end here?
template <std::size_t n>
bool any_at(const Text& text, std::size_t at, const std::array<std::u32string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.starts_with(at, word); });
}
template <std::size_t n>
bool any_before(const Text& text, std::size_t end, const std::array<std::u32string_view, n>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.ends_with(end, word); });
}
template <std::size_t n>
bool any_within(const Text& text, Span span, const std::array<std::u32string_view, n>& words) {
  const std::u32string_view chars = text.chars(span);
  return std::any_of(words.begin(), words.end(),
                     [&](std::u32string_view word) { return chars.find(word) != std::u32string_view::npos; });
}

}  // namespace genchi::facts
