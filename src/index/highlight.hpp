// Where the words of a query stand in a message. Private to the index.
#pragma once

#include <string_view>
#include <vector>

#include "index/predicate.hpp"
#include "index/search.hpp"
#include "text/fold.hpp"

namespace genchi::index {

/// Where a word stands in a text, in its bytes; at most `limit` places. `folded`: the text, folded.
std::vector<Highlight> places_of(const Node& word, std::string_view text, const FoldedText& folded, std::size_t limit);

/// The places of all needles, ascending, touching ones joined; the first `limit`.
std::vector<Highlight> merge_places(std::vector<Highlight> places, std::size_t limit);

/// Highlights in a subject: the words and those of subject:.
std::vector<Highlight> subject_highlights(const std::vector<Needle>& needles, std::string_view subject,
                                          std::size_t limit = 100);
/// Highlights in a text.
std::vector<Highlight> text_highlights(const std::vector<Needle>& needles, std::string_view text,
                                       std::size_t limit = 100);

/// Which part of the text a byte belongs to; own where there are no sections.
SectionKind section_at(const MessageRecord& message, std::size_t offset);

} // namespace genchi::index
