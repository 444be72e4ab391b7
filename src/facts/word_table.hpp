// Words with alternatives, and which of them stand at a place: what tables such as act_words.inc are looked up in.
#pragma once

#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace genchi::facts {

/// Words with what they are; a(b|c|)d stands for abd acd ad, nested ones too. Looked up by their first two characters.
class WordTable {
 public:
  void add(std::uint8_t kind, std::u32string_view word);
  void add(std::uint8_t kind, std::initializer_list<std::string_view> words);

  /// Calls take(kind, end) for every word that stands at `at`, with its longest end.
  template <typename Take> void each_at(std::u32string_view text, std::size_t at, const Take& take) const {
    const char32_t first = text[at], second = at + 1 < text.size() ? text[at + 1] : 0;
    if (!first_.test(slot(first))) return;
    if (second != 0 && pair_.test(slot(first, second))) each_of(key_of(first, second), text, at, take);
    if (pair_.test(slot(first, 0))) each_of(key_of(first, 0), text, at, take);
  }

 private:
  using Choices = std::vector<std::u32string>;
  struct Word {
    std::uint8_t kind = 0;
    std::vector<Choices> row;
  };
  class Parser;
  static std::uint64_t key_of(char32_t first, char32_t second) {
    return (static_cast<std::uint64_t>(first) << 32) | second;
  }
  static std::size_t slot(char32_t c) { return c & 0xffff; }
  static std::size_t slot(char32_t first, char32_t second) {
    return (first * 0x9e37u ^ second * 0x85ebu) & 0xffff;
  }

  template <typename Take>
  void each_of(std::uint64_t key, std::u32string_view text, std::size_t at, const Take& take) const {
    const auto ids = by_begin_.find(key);
    if (ids == by_begin_.end()) return;
    for (const std::uint32_t id : ids->second)
      if (const std::size_t size = length_at(words_[id], text, at)) take(words_[id].kind, at + size);
  }
  static std::size_t length_at(const Word& word, std::u32string_view text, std::size_t at);

  std::vector<Word> words_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_begin_;
  std::bitset<0x10000> first_, pair_; // a bit set: perhaps
};

} // namespace genchi::facts
