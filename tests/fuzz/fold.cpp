// The searched form of a text, and where words stand in it. The first line is what is looked for.
#include "text/fold.hpp"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <memory>
#include <unordered_map>

#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

void check_map(std::string_view text, const std::string& folded) {
  const FoldedText mapped = fold_with_map(text);
  ALWAYS(mapped.text == folded);
  ALWAYS(mapped.source.size() == folded.size() + 1 && mapped.source_size.size() == folded.size());
  ALWAYS(mapped.source.back() == text.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    ALWAYS(mapped.source[i] <= mapped.source[i + 1]);
    ALWAYS(mapped.source_size[i] > 0 && mapped.source[i] + mapped.source_size[i] <= text.size());
  }
}

// A plain search with find_folded's rule of word boundaries.
std::size_t find_plainly(std::string_view text, std::string_view needle) {
  const auto is_word = [](std::string_view in, std::size_t at) {
    return char_class(decode_utf8(in, at).value) == CharClass::word;
  };
  const auto last = [](std::string_view in) {
    std::size_t at = in.size() - 1;
    while (!is_character_boundary(in, at)) --at;
    return at;
  };
  for (std::size_t at = 0; (at = text.find(needle, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + needle.size();
    const bool within = at > 0 && is_word(needle, 0) && is_word(text, last(text.substr(0, at)));
    const bool goes_on = end < text.size() && is_word(needle, last(needle)) && is_word(text, end);
    if (!within && !goes_on) return at;
  }
  return std::string_view::npos;
}

void check_find(std::string_view text, const std::string& folded, std::string_view needle) {
  if (needle.empty()) return;
  const std::size_t at = find_folded(folded, needle);
  ALWAYS(at == find_plainly(folded, needle));
  if (at == std::string::npos) return;
  const FoldedText::Span span = fold_with_map(text).original(at, at + needle.size());
  ALWAYS(span.begin < span.end && span.end <= text.size());
  ALWAYS(fold(text.substr(span.begin, span.end - span.begin)).find(needle) != std::string::npos);
}

enum class Nature { letter, white, decoration };
Nature nature_of(char32_t c) {
  static std::unordered_map<char32_t, Nature> known;
  const auto [it, fresh] = known.try_emplace(c, Nature::letter);
  if (!fresh) return it->second;
  std::string alone;
  append_utf8(alone, c);
  if (fold(alone).empty())
    it->second = holds_any_of(fold("a" + alone + "a"), " \t\n") ? Nature::white : Nature::decoration;
  return it->second;
}

// Characters that belong to the one before though Unicode's boundaries part them.
bool belongs_to_former(char32_t c) {
  return c == U'\u309B' || c == U'\u309C' || c == U'\uFF9E' || c == U'\uFF9F' ||
         (c >= U'\u1160' && c <= U'\u11FF');
}

// fold(ab) = fold(a) fold(b) at boundaries of graphemes with no white space beside them. `text` is well
// formed.
void check_parts(const std::string& text, const std::string& folded) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> graphemes(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
  graphemes->setText(wide);
  std::size_t at = 0;
  bool white_before = true; // at the beginning there is nothing to tell
  for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const CodePoint c = decode_utf8(text, at);
    if (!white_before && graphemes->isBoundary(i) && !belongs_to_former(c.value)) {
      Nature after = Nature::decoration;
      for (std::size_t next = at; next < text.size() && after == Nature::decoration;) {
        const CodePoint d = decode_utf8(text, next);
        after = nature_of(d.value);
        next += d.size;
      }
      if (after == Nature::letter) ALWAYS(fold(text.substr(0, at)) + fold(text.substr(at)) == folded);
    }
    const Nature nature = nature_of(c.value);
    if (nature != Nature::decoration) white_before = nature == Nature::white;
    at += c.size;
  }
}

} // namespace

void try_input(std::string_view input) {
  const std::string needle = fold(take_line(input).substr(0, 100));
  const std::string folded = fold(input);
  ALWAYS(is_utf8(folded) && fold(folded) == folded);
  check_map(input, folded);
  check_find(input, folded, needle);
  constexpr std::size_t quadratic = 200;
  if (input.size() <= quadratic) check_parts(to_valid_utf8(input), fold(to_valid_utf8(input)));
}

} // namespace genchi::fuzz
