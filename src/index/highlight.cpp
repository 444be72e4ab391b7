#include "index/highlight.hpp"

#include <algorithm>
#include <optional>

#include "index/word.hpp"

namespace genchi::index {

namespace {

std::vector<Highlight> exact_places(std::string_view written, std::string_view text, std::size_t limit) {
  std::vector<Highlight> places;
  for (std::size_t at = 0; places.size() < limit && (at = text.find(written, at)) != std::string_view::npos; at += written.size())
    places.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + written.size())});
  return places;
}

} // namespace

std::vector<Highlight> places_of(const Node& word, std::string_view text, const FoldedText& folded, std::size_t limit) {
  if (word.exact) return exact_places(word.written, text, limit);
  std::vector<Highlight> places;
  const SearchedText searched{folded.text, [&](std::size_t at) { return was_katakana(text, folded, at); }};
  std::size_t at = 0;
  while (places.size() < limit) {
    const std::optional<Found> found = find_word(word.forms, searched, at);
    if (!found) break;
    const FoldedText::Span span = folded.original(found->begin, found->end);
    places.push_back({span.begin, span.end});
    at = std::max(found->end, found->begin + 1);
  }
  return places;
}

std::vector<Highlight> merge_places(std::vector<Highlight> places, std::size_t limit) {
  std::sort(places.begin(), places.end(),
            [](const Highlight& a, const Highlight& b) { return a.begin < b.begin; });
  std::vector<Highlight> merged;
  for (const Highlight& place : places) {
    if (place.begin >= place.end) continue;
    if (!merged.empty() && place.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, place.end);
    } else if (merged.size() == limit) {
      break;
    } else {
      merged.push_back(place);
    }
  }
  return merged;
}

namespace {

std::vector<Highlight> all_places(const std::vector<Needle>& needles, std::string_view text, const FoldedText& folded,
                                  bool in_subject, std::size_t limit) {
  std::vector<Highlight> places;
  for (const Needle& needle : needles) {
    if (needle.subject_only && !in_subject) continue;
    const std::vector<Highlight> found = places_of(*needle.word, text, folded, limit);
    places.insert(places.end(), found.begin(), found.end());
  }
  return merge_places(std::move(places), limit);
}

} // namespace

std::vector<Highlight> subject_highlights(const std::vector<Needle>& needles, std::string_view subject,
                                          std::size_t limit) {
  if (needles.empty() || subject.empty()) return {};
  return all_places(needles, subject, fold_with_map(subject), /*in_subject=*/true, limit);
}

std::vector<Highlight> text_highlights(const std::vector<Needle>& needles, std::string_view text,
                                       std::size_t limit) {
  const bool any =
      std::any_of(needles.begin(), needles.end(), [](const Needle& n) { return !n.subject_only; });
  if (!any || text.empty()) return {};
  return all_places(needles, text, fold_body_with_map(text), /*in_subject=*/false, limit);
}

std::vector<Highlight> find_highlights(const Node& query, std::string_view text, std::size_t limit) {
  return text_highlights(positive_needles(query), text, limit);
}

SectionKind section_at(const MessageRecord& message, std::size_t offset) {
  const auto section =
      std::find_if(message.sections.begin(), message.sections.end(),
                   [&](const TextSection& s) { return offset >= s.begin && offset < s.end; });
  return section == message.sections.end() ? SectionKind::own : section->kind;
}

} // namespace genchi::index
