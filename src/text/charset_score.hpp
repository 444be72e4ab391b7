// How plausible a trial decoding is. Scores of the same bytes are compared with each other; they mean nothing
// else.
#pragma once

#include <string_view>

namespace genchi {

/// What a label is worth when it did not fit.
inline constexpr long declared_bonus = 2;

/// Japanese mail: kana and common kanji speak for a reading, U+FFFD, controls and private use against it.
/// Half-width kana count little, and must stand in an order that kana can stand in: EUC-JP read as CP932 is
/// half-width kana at random.
long japanese_score(std::u16string_view text);
/// The bytes as windows-1252: single accented letters and typographic marks in ASCII text.
long latin_score(std::string_view bytes);
/// Damaged UTF-8: its multi-byte sequences against the bytes that belong to none.
long utf8_score(std::string_view bytes);

} // namespace genchi
