// What folding does with each code point by itself. Tables of 256 code points are made from ICU's data and
// ours when first needed, so that a short run pays for the few it meets.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "text/fold.hpp"

namespace genchi::folding {

enum class Kind : std::uint8_t {
  single,      ///< becomes the one code point `folded()`, unless combining characters follow
  expands,     ///< becomes several
  joining,     ///< may compose with the letter before it though no mark (vowels of Hangul syllables, of Indic
               ///< scripts); nothing without one
  combining,   ///< a mark on the letter before it, nothing without one; `folded()` is what to normalize
  transparent, ///< dropped, and combining characters after it belong to the letter before it
  dropped,     ///< decoration: dropped with the combining characters after it
  space,
  tab,
  line,      ///< a line break
  paragraph, ///< as good as a blank line
};

class Entry {
 public:
  constexpr Entry() = default;
  constexpr Entry(Kind kind, char32_t folded, CharClass own_class, bool alone, bool tight)
      : bits_(static_cast<std::uint32_t>(folded) | static_cast<std::uint32_t>(kind) << 21 |
              static_cast<std::uint32_t>(own_class) << 25 | std::uint32_t{alone} << 27 |
              std::uint32_t{tight} << 28) {}

  char32_t folded() const { return bits_ & 0x1FFFFF; }
  Kind kind() const { return static_cast<Kind>(bits_ >> 21 & 15); }
  /// The class of the code point itself, as one of a folded text.
  CharClass char_class() const { return static_cast<CharClass>(bits_ >> 25 & 3); }
  /// Not to be normalized; combining characters after it are dropped.
  bool alone() const { return (bits_ >> 27 & 1) != 0; }
  /// Is `folded()` a Japanese character where white space is concerned?
  bool tight() const { return (bits_ >> 28 & 1) != 0; }

 private:
  std::uint32_t bits_ = 0;
};

using Page = std::array<Entry, 256>;
inline constexpr std::size_t page_count = 0x110000 / 256;
extern std::array<std::atomic<const Page*>, page_count> pages;

const Page& make_page(std::size_t number);

/// `c` is at most U+10FFFF. Any thread.
inline Entry entry_of(char32_t c) {
  const Page* page = pages[c >> 8].load(std::memory_order_acquire);
  return (page != nullptr ? *page : make_page(c >> 8))[c & 0xFF];
}

/// Our own tables: what a code point of a text in NFKC_Casefold becomes; 0 for nothing.
char32_t common_form(char32_t c);

/// The enclosed figure for '0'…'9'.
char32_t enclosed_digit(char32_t digit);

} // namespace genchi::folding
