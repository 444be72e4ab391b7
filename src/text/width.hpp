// Columns on a terminal, and text made safe for one. Message text is hostile.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace genchi {

/// Columns `text` (UTF-8) takes on a terminal: East Asian wide, fullwidth and emoji 2, combining marks and
/// zero-width 0, ambiguous 1. Control characters count 0: make the text safe first.
std::size_t display_width(std::string_view text);
/// The longest prefix (whole grapheme clusters, as far as simple rules see them) of at most `columns`, ending in
/// "…" if something was cut.
std::string truncate_to_width(std::string_view text, std::size_t columns);
/// `text` padded with spaces on the right to `columns` (never cut).
std::string pad_to_width(std::string_view text, std::size_t columns);

/// `text` for a terminal: C0 controls and DEL as U+2400 symbols, C1 controls and bidi controls (U+061C 200E 200F
/// 202A–202E 2066–2069) as ‹U+202E›, ill-formed bytes as U+FFFD. LF (CRLF, U+2028, U+2029) and TAB are kept if
/// `multiline`, line ends as LF; else a run of them is one space.
std::string for_terminal(std::string_view text, bool multiline = false);

}  // namespace genchi
