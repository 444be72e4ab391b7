#include "facts/amount_cells.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t most_cells = 24;

} // namespace

bool is_bar(char32_t c) { return c == '|' || c == U'│' || c == U'┃' || c == U'¦'; }

bool is_wide_blank(const Text& text, std::size_t at) {
  return text[at] == ' ' && text.surface({at, at + 1}) == "\u3000";
}

Span trimmed(const Text& text, Span span) {
  while (span.begin < span.end && is_blank(text[span.begin])) ++span.begin;
  while (span.begin < span.end && is_blank(text[span.end - 1])) --span.end;
  return span;
}

std::size_t width_between(const Text& text, std::size_t begin, std::size_t end) {
  std::size_t width = 0;
  for (std::size_t at = begin; at < end; ++at) width += text[at] < 0x80 && !is_wide_blank(text, at) ? 1 : 2;
  return width;
}

std::vector<Span> cells_of(const Text& text, Span line, Parting parting) {
  std::vector<Span> cells;
  const bool keeps_empty = parting == Parting::tab || parting == Parting::bar;
  std::size_t begin = line.begin;
  const auto part = [&](std::size_t end, std::size_t next) {
    const Span cell = trimmed(text, {begin, end});
    if ((keeps_empty || !cell.empty()) && cells.size() < most_cells) cells.push_back(cell);
    begin = next;
  };
  for (std::size_t at = line.begin; at < line.end; ++at) {
    const char32_t c = text[at];
    if (keeps_empty) {
      if (parting == Parting::tab ? c == '\t' : is_bar(c)) part(at, at + 1);
    } else if (is_blank(c)) {
      std::size_t next = at;
      bool wide = false;
      for (; next < line.end && is_blank(text[next]); ++next)
        wide = wide || is_wide_blank(text, next) || text[next] == '\t';
      if (wide || next - at >= 2 || parting == Parting::any) part(at, next);
      at = next - 1;
    }
  }
  part(line.end, line.end);
  if (parting == Parting::bar) { // the bars at both ends
    if (!cells.empty() && cells.front().empty()) cells.erase(cells.begin());
    if (!cells.empty() && cells.back().empty()) cells.pop_back();
  }
  return cells;
}

} // namespace genchi::facts
