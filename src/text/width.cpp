#include "text/width.hpp"

#include <unicode/uchar.h>

#include <cstdint>

#include <fmt/format.h>

#include "base/bytes.hpp"

namespace genchi {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t emoji_variation = 0xFE0F;
constexpr std::string_view ellipsis = "…";

bool is_regional(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

bool is_pictograph(char32_t c) {
  return c >= 0x203C && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC);
}

// Columns of a code point by itself; controls take none.
int columns_of(char32_t c) {
  if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0 : 1;
  if ((c >= 0x3041 && c <= 0x3096) || (c >= 0x30A0 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF)) return 2;
  const auto point = static_cast<UChar32>(c);
  constexpr std::uint32_t zero_mask =
      U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  if ((U_GET_GC_MASK(point) & zero_mask) != 0) return c >= 0x600 && c <= 0x605 ? 1 : 0;
  if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return 0;
  const auto syllable = u_getIntPropertyValue(point, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
  const auto width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

struct Cluster {
  std::size_t end;
  std::size_t columns;
};

// A character with what is drawn on or into it: marks, variation selectors, skin tones, emoji joined by
// U+200D, the other half of a flag. `at` is inside the text.
Cluster cluster_at(std::string_view text, std::size_t at) {
  const CodePoint base = decode_utf8(text, at);
  Cluster cluster{at + base.size, static_cast<std::size_t>(columns_of(base.value))};
  if (base.value < 0x20) return cluster;
  bool joined = false;
  bool half_flag = is_regional(base.value);
  while (cluster.end < text.size()) {
    const CodePoint c = decode_utf8(text, cluster.end);
    if (c.value >= 0x20 && c.value < 0x7F) break;
    if (half_flag && is_regional(c.value)) {
      half_flag = false;
      cluster.columns = 2;
    } else if (c.value == emoji_variation) {
      if (u_hasBinaryProperty(static_cast<UChar32>(base.value), UCHAR_EMOJI)) cluster.columns = 2;
    } else if (!(joined && is_pictograph(c.value)) && !(c.value >= 0x1F3FB && c.value <= 0x1F3FF) &&
               (c.value < 0x300 || columns_of(c.value) != 0)) {
      break;
    }
    joined = c.value == zero_width_joiner;
    cluster.end += c.size;
  }
  return cluster;
}

// Controls that reorder text: what is read is then not what is there.
bool is_bidi_control(char32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// LF, TAB and what Unicode has beside them; a CR only before a LF, where it says nothing.
bool is_line_white(std::string_view text, std::size_t at, char32_t c) {
  return c == U'\n' || c == U'\t' || c == 0x2028 || c == 0x2029 ||
         (c == U'\r' && at + 1 < text.size() && text[at + 1] == '\n');
}

void append_kept_white(std::string& out, char32_t c) {
  if (c == U'\t')
    out += '\t';
  else if (c != U'\r')
    out += '\n';
}

void append_safe(std::string& out, char32_t c) {
  if (c < 0x20) {
    append_utf8(out, 0x2400 + c);
  } else if (c == 0x7F) {
    append_utf8(out, 0x2421);
  } else if ((c >= 0x80 && c < 0xA0) || is_bidi_control(c)) {
    out += fmt::format("‹U+{:04X}›", static_cast<std::uint32_t>(c));
  } else {
    append_utf8(out, c);
  }
}

} // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Cluster cluster = cluster_at(text, at);
    columns += cluster.columns;
    at = cluster.end;
  }
  return columns;
}

std::string truncate_to_width(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t cut = 0; // what fits with the ellipsis behind it
  for (std::size_t at = 0; at < text.size();) {
    const Cluster cluster = cluster_at(text, at);
    used += cluster.columns;
    if (used > columns)
      return columns == 0 ? std::string() : std::string(text.substr(0, cut)).append(ellipsis);
    at = cluster.end;
    if (used < columns) cut = at;
  }
  return std::string(text);
}

std::string pad_to_width(std::string_view text, std::size_t columns) {
  std::string out(text);
  if (const std::size_t width = display_width(text); width < columns) out.append(columns - width, ' ');
  return out;
}

std::string for_terminal(std::string_view text, bool multiline) {
  std::string out;
  out.reserve(text.size());
  bool after_white = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    const bool white = is_line_white(text, at, c.value);
    if (white && multiline)
      append_kept_white(out, c.value);
    else if (white && !after_white)
      out += ' ';
    else if (!white)
      append_safe(out, c.value);
    after_white = white;
    at += c.size;
  }
  return out;
}

} // namespace genchi
