// Pages that stand alone: one file, no scripts, nothing is fetched. Message text is hostile.
#pragma once

#include <string>
#include <string_view>

namespace genchi {

/// Text for an element or a quoted attribute; controls (also those of the direction of text) are shown as for_terminal()
/// shows them. LF and TAB stay.
std::string html_escaped(std::string_view text);

/// <tag class="css">text</tag>; without a class where `css` is "".
std::string html_element(const char* tag, const char* css, std::string_view text);

/// A document up to and with <body>, in the reader's language. `title` is text; `style` is CSS of ours.
std::string html_begin(std::string_view title, std::string_view style);
inline constexpr std::string_view html_end = "</body>\n</html>\n";

}  // namespace genchi
