// HTML → the text a reader sees. A flat tokenizer of our own (html_tokens.hpp says why not libxml2's):
// nothing is built, nothing is fetched, no nesting is too deep.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace genchi {

/// The visible text of an HTML document or fragment, as UTF-8. Lines are separated by LF, without one at the
/// end and without blanks at their ends; at most two blank lines follow each other.
///
/// Blocks and <br> stand on lines of their own, paragraphs (not Outlook's MsoNormal) and headings between
/// blank lines; the cells of a table's row are joined by TAB, rows by LF; list items begin with "・"; each
/// level of <blockquote> and of Gmail's, Yahoo's and Outlook's quote blocks puts "> " before a line. White
/// space is collapsed as a browser does; a line break between two Japanese characters vanishes; <pre> is
/// kept. <script>, <style>, <title>, comments and elements hidden by an inline display:none (or `hidden`) are
/// dropped. An image shows its alt text; a link's target is shown only if the link has no text.
///
/// `declared_charset` is the charset of the MIME part; a BOM or <meta charset> decides where it is absent or
/// does not fit. Never throws on content; linear time; output is bounded by `limit` bytes. Any thread.
std::string html_to_text(std::string_view bytes, std::string_view declared_charset = {},
                         std::size_t limit = 16 << 20);

} // namespace genchi
