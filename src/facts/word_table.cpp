#include "facts/word_table.hpp"

#include <algorithm>
#include <utility>

#include "facts/text.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t longest_word = 62; // offsets within a word fit 64 bits

} // namespace

/// a(b|c)d as a row of choices: {a} {b c} {d}. Nested choices are multiplied out.
class WordTable::Parser {
 public:
  explicit Parser(std::u32string_view word) : word_(word) {}
  std::vector<Choices> parse() {
    std::vector<Choices> row;
    while (at_ < word_.size()) {
      if (word_[at_] == U'(') {
        ++at_;
        row.push_back(alternatives());
        ++at_;
      } else if (word_[at_] == U'|' || word_[at_] == U')') {
        ++at_; // an error in the table; a test looks for it
      } else {
        row.push_back({plain()});
      }
    }
    return row;
  }

 private:
  std::u32string plain() {
    const std::size_t end = std::min(word_.find_first_of(U"(|)", at_), word_.size());
    const std::size_t begin = std::exchange(at_, end);
    return std::u32string(word_.substr(begin, end - begin));
  }
  Choices alternatives() { // up to the ')' that ends them
    Choices all, one{U""};
    while (at_ < word_.size() && word_[at_] != U')') {
      if (word_[at_] == U'|') {
        all.insert(all.end(), one.begin(), one.end());
        one = {U""};
        ++at_;
        continue;
      }
      Choices next;
      if (word_[at_] == U'(') {
        ++at_;
        next = alternatives();
        ++at_;
      } else {
        next = {plain()};
      }
      Choices product;
      for (const std::u32string& head : one)
        for (const std::u32string& tail : next) product.push_back(head + tail);
      one = std::move(product);
    }
    all.insert(all.end(), one.begin(), one.end());
    return all;
  }

  std::u32string_view word_;
  std::size_t at_ = 0;
};

void WordTable::add(std::uint8_t kind, std::u32string_view word) {
  const auto id = static_cast<std::uint32_t>(words_.size());
  words_.push_back({kind, Parser(word).parse()});
  std::vector<std::u32string> begins{U""};
  for (const Choices& choices : words_.back().row) {
    std::vector<std::u32string> longer;
    bool short_left = false;
    for (const std::u32string& begin : begins) {
      if (begin.size() >= 2) {
        longer.push_back(begin);
        continue;
      }
      for (const std::u32string& choice : choices) {
        longer.push_back((begin + choice).substr(0, 2));
        short_left = short_left || longer.back().size() < 2;
      }
    }
    std::sort(longer.begin(), longer.end());
    longer.erase(std::unique(longer.begin(), longer.end()), longer.end());
    begins = std::move(longer);
    if (!short_left) break;
  }
  for (const std::u32string& begin : begins) {
    const std::uint64_t key = begin.size() >= 2 ? key_of(begin[0], begin[1]) : key_of(begin[0], 0);
    first_.set(slot(begin[0]));
    pair_.set(slot(begin[0], begin.size() >= 2 ? begin[1] : 0));
    by_begin_[key].push_back(id);
  }
}

void WordTable::add(std::uint8_t kind, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) add(kind, Text(word).chars());
}

/// All offsets that the row can reach, step by step: no way is tried twice.
std::size_t WordTable::length_at(const Word& word, std::u32string_view text, std::size_t at) {
  std::uint64_t reached = 1;
  for (const Choices& choices : word.row) {
    std::uint64_t next = 0;
    for (std::uint64_t left = reached; left != 0; left &= left - 1) {
      const auto offset = static_cast<std::size_t>(__builtin_ctzll(left));
      for (const std::u32string& choice : choices) {
        if (offset + choice.size() > longest_word || at + offset > text.size()) continue;
        if (!choice.empty() && (at + offset == text.size() || text[at + offset] != choice.front()))
          continue;
        if (text.substr(at + offset, choice.size()) == choice)
          next |= std::uint64_t{1} << (offset + choice.size());
      }
    }
    if (next == 0) return 0;
    reached = next;
  }
  return 63 - static_cast<std::size_t>(__builtin_clzll(reached));
}

} // namespace genchi::facts
