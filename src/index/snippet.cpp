#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "index/highlight.hpp"
#include "index/search.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::index {

namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::size_t ellipsis_columns = 1;
// A base with more marks than this is no writing; it may be cut.
constexpr std::size_t max_cluster_bytes = 64;
// Bytes looked through in front of a highlight for the beginning of its sentence: 4 a column are the most
// there are, but for marks without width.
constexpr std::size_t bytes_a_column = 8;

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\v' || c == U'\f' || c == U'\u00A0' ||
         c == U'\u3000';
}

bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?' || c == U'\n' || c == U'．';
}

bool is_punctuation(char32_t c) {
  return c == U'、' || c == U'，' || c == U',' || c == U'」' || c == U')' || c == U'）';
}

/// One thing that takes columns and is not cut: a character with its marks, or a run of blanks, shown as one
/// space unless it is a single one that is no line break.
struct Cluster {
  std::size_t begin;
  std::size_t end;
  std::size_t columns;
  bool blank;
  char32_t first;
};

Cluster cluster_at(std::string_view text, std::size_t at) {
  CodePoint c = decode_utf8(text, at);
  Cluster cluster{at, at + c.size, 0, is_blank(c.value), c.value};
  if (cluster.blank) {
    bool line_break = c.value == U'\n';
    while (cluster.end < text.size() && is_blank((c = decode_utf8(text, cluster.end)).value)) {
      line_break |= c.value == U'\n';
      cluster.end += c.size;
    }
    if (line_break) cluster.first = U'\n';
    cluster.columns = 1;
    return cluster;
  }
  constexpr char32_t joiner = U'\u200D';
  bool joined = false;
  while (cluster.end < text.size() && cluster.end - at < max_cluster_bytes) {
    c = decode_utf8(text, cluster.end);
    if (is_blank(c.value) || c.value < 0x20) break;
    if (!joined && display_width(text.substr(cluster.end, c.size)) > 0) break;
    joined = c.value == joiner;
    cluster.end += c.size;
  }
  // At least one, so that a text of invisible characters ends as well.
  cluster.columns = std::max<std::size_t>(display_width(text.substr(at, cluster.end - at)), 1);
  return cluster;
}

std::vector<Cluster> clusters_of(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<Cluster> clusters;
  for (std::size_t at = begin; at < end; at = clusters.back().end) clusters.push_back(cluster_at(text, at));
  return clusters;
}

/// Highlights first to last - 1.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// How good it is to show these: different words count more than the same one again, own words more than
/// quoted.
std::size_t worth(const MessageRecord& message, const std::vector<std::string>& words,
                  const std::vector<Highlight>& highlights, const Window& window) {
  std::size_t different = 0;
  for (std::size_t i = window.first; i < window.last; ++i) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(window.first);
    const auto here = words.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(begin, here, *here) == here) ++different;
  }
  const bool own = section_at(message, highlights[window.first].begin) == SectionKind::own;
  return different * 1000 + (own ? 500 : 0) + std::min<std::size_t>(window.last - window.first, 100);
}

/// The window of at most `columns` that holds the most; the earliest of equal ones.
Window densest(const MessageRecord& message, const std::vector<Highlight>& highlights, std::size_t columns) {
  std::vector<std::string> words;
  std::vector<std::size_t> starts; // column of each highlight, counted from the first one
  std::vector<std::size_t> ends;
  std::size_t column = 0;
  std::size_t at = highlights.front().begin;
  for (const Highlight& highlight : highlights) {
    for (; at < highlight.end;) {
      const Cluster cluster = cluster_at(message.text, at);
      if (starts.size() == words.size() && cluster.end > highlight.begin) {
        starts.push_back(column);
        words.push_back(
            fold(std::string_view(message.text).substr(highlight.begin, highlight.end - highlight.begin)));
      }
      column += cluster.columns;
      at = cluster.end;
    }
    if (starts.size() == ends.size()) { // within a cluster of the one before
      starts.push_back(column);
      words.emplace_back();
    }
    ends.push_back(column);
  }
  Window best;
  std::size_t best_worth = 0;
  for (Window window; window.first < highlights.size(); ++window.first) {
    window.last = std::max(window.last, window.first + 1);
    while (window.last < highlights.size() && ends[window.last] - starts[window.first] <= columns)
      ++window.last;
    const std::size_t value = worth(message, words, highlights, window);
    if (value <= best_worth) continue;
    best_worth = value;
    best = window;
  }
  return best;
}

/// A single line break between two Japanese letters is no space: the line was full.
bool joins_japanese(std::string_view text, const std::vector<Cluster>& clusters, std::size_t i) {
  if (i == 0 || i + 1 >= clusters.size() || clusters[i].first != U'\n') return false;
  const std::string_view blank = text.substr(clusters[i].begin, clusters[i].end - clusters[i].begin);
  const auto japanese = [](const Cluster& c) { return !c.blank && char_class(c.first) == CharClass::japanese; };
  return (blank == "\n" || blank == "\r\n") && japanese(clusters[i - 1]) && japanese(clusters[i + 1]);
}

/// Writes clusters out and notes where highlights came to stand.
Snippet render(std::string_view text, const std::vector<Cluster>& clusters, bool cut_before, bool cut_after,
               const std::vector<Highlight>& highlights) {
  Snippet snippet;
  if (cut_before) snippet.text += ellipsis;
  auto highlight = highlights.begin();
  bool inside = false;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const Cluster& cluster = clusters[i];
    while (highlight != highlights.end() && highlight->end <= cluster.begin) {
      ++highlight;
      inside = false;
    }
    const auto begin = static_cast<std::uint32_t>(snippet.text.size());
    const bool plain =
        !cluster.blank || (cluster.first != U'\n' && cluster.first != U'\t' && cluster.first != U'\r' &&
                           display_width(text.substr(cluster.begin, cluster.end - cluster.begin)) == 1);
    if (plain) {
      snippet.text += text.substr(cluster.begin, cluster.end - cluster.begin);
    } else if (!joins_japanese(text, clusters, i)) {
      snippet.text += ' ';
    }
    const auto end = static_cast<std::uint32_t>(snippet.text.size());
    if (highlight == highlights.end() || highlight->begin >= cluster.end) continue;
    if (inside) {
      snippet.highlights.back().end = end;
    } else {
      snippet.highlights.push_back({begin, end});
      inside = true;
    }
  }
  if (cut_after) snippet.text += ellipsis;
  return snippet;
}

/// Takes clusters from the front of `rest` while they fit; cut at a better place if one is near.
std::size_t fit_forward(const std::vector<Cluster>& clusters, std::size_t columns, std::size_t must_keep) {
  std::size_t used = 0;
  std::size_t count = 0;
  while (count < clusters.size() && used + clusters[count].columns <= columns)
    used += clusters[count++].columns;
  if (count == clusters.size()) return count;
  std::size_t better = count;
  for (std::size_t back = 0; better > must_keep && back < 8; ++back, --better) {
    const Cluster& last = clusters[better - 1];
    if (last.blank || ends_sentence(last.first) || is_punctuation(last.first)) break;
    if (clusters[better].blank) break;
  }
  const bool found = better > must_keep && count - better < 8;
  return found ? better : count;
}

void drop_blanks(std::vector<Cluster>& clusters) {
  while (!clusters.empty() && clusters.back().blank) clusters.pop_back();
  const auto first =
      std::find_if(clusters.begin(), clusters.end(), [](const Cluster& c) { return !c.blank; });
  clusters.erase(clusters.begin(), first);
}

bool is_all_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!is_blank(c.value)) return false;
    at += c.size;
  }
  return true;
}

/// Where a line of `columns` that must show what is at `focus` begins: at its sentence if that is near
/// enough.
std::size_t line_begin(std::string_view text, std::size_t focus, std::size_t columns) {
  std::size_t from = focus - std::min(focus, columns * bytes_a_column);
  while (from > 0 && from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  const std::vector<Cluster> before = clusters_of(text, from, focus);
  std::size_t used = 0;
  std::size_t nearest_blank = focus;
  std::size_t begin = focus;
  for (auto it = before.rbegin(); it != before.rend() && used + it->columns <= columns; ++it) {
    if (it->end > focus) continue;
    if (ends_sentence(it->first)) return it->end;
    if (it->blank || is_punctuation(it->first)) nearest_blank = it->end;
    used += it->columns;
    begin = it->begin;
  }
  if (begin == 0) return 0;
  return nearest_blank != focus ? nearest_blank : begin;
}

Snippet around_highlights(const MessageRecord& message, const std::vector<Highlight>& highlights,
                          std::size_t columns) {
  const std::string_view text = message.text;
  const std::size_t room = columns > 2 * ellipsis_columns ? columns - 2 * ellipsis_columns : 1;
  const Window window = densest(message, highlights, room);
  const std::size_t focus_begin = highlights[window.first].begin;
  const std::size_t focus_end = highlights[window.last - 1].end;
  std::size_t focus_columns = 0;
  for (std::size_t at = focus_begin; at < focus_end && focus_columns < columns;) {
    const Cluster cluster = cluster_at(text, at);
    focus_columns += cluster.columns;
    at = cluster.end;
  }
  const std::size_t spare = room - std::min(room, focus_columns);
  const std::size_t begin = line_begin(text, focus_begin, spare / 2);
  const bool cut_before = columns > 2 * ellipsis_columns && !is_all_blank(text.substr(0, begin));

  std::size_t left = columns - (cut_before ? ellipsis_columns : 0);
  std::vector<Cluster> clusters;
  std::size_t used = 0;
  std::size_t must_keep = 0;
  std::size_t at = begin;
  for (; at < text.size() && used <= left; at = clusters.back().end) {
    clusters.push_back(cluster_at(text, at));
    used += clusters.back().columns;
    if (clusters.back().begin < focus_end) must_keep = clusters.size();
  }
  const bool all_fits = used <= left || (is_all_blank(text.substr(at)) && clusters.back().blank);
  if (!all_fits) {
    left -= std::min(left, ellipsis_columns);
    clusters.resize(fit_forward(clusters, left, must_keep));
  }
  drop_blanks(clusters);
  return render(text, clusters, cut_before, !all_fits, highlights);
}

/// The first own words, or the text where none are told apart.
std::string_view own_words(const MessageRecord& message, bool* more) {
  const std::string_view text = message.text;
  *more = false;
  std::string_view found;
  for (const TextSection& section : message.sections) {
    if (section.kind != SectionKind::own || section.begin >= section.end || section.end > text.size())
      continue;
    const std::string_view words = text.substr(section.begin, section.end - section.begin);
    if (is_all_blank(words)) continue;
    if (!found.empty()) *more = true;
    if (found.empty()) found = words;
  }
  return found.empty() ? text : found;
}

Snippet beginning(const MessageRecord& message, std::size_t columns) {
  bool more = false;
  std::string_view words = own_words(message, &more);
  while (!words.empty()) {
    const CodePoint c = decode_utf8(words, 0);
    if (!is_blank(c.value)) break;
    words.remove_prefix(c.size);
  }
  std::vector<Cluster> clusters;
  std::size_t used = 0;
  std::size_t at = 0;
  for (; at < words.size() && used <= columns; at = clusters.back().end) {
    clusters.push_back(cluster_at(words, at));
    used += clusters.back().columns;
  }
  const bool whole = is_all_blank(words.substr(at));
  while (whole && !clusters.empty() && clusters.back().blank) {
    used -= clusters.back().columns;
    clusters.pop_back();
  }
  const bool cut = more || !whole || used > columns;
  if (cut && used + ellipsis_columns > columns)
    clusters.resize(fit_forward(clusters, columns - ellipsis_columns, 1));
  drop_blanks(clusters);
  return render(words, clusters, /*cut_before=*/false, cut, {});
}

/// Those that lie within the text, in order, and not so far behind the first one that measuring would take
/// long.
std::vector<Highlight> usable(const std::vector<Highlight>& highlights, std::size_t text_size) {
  constexpr std::size_t reach = 256 << 10;
  std::vector<Highlight> good;
  for (const Highlight& h : highlights) {
    if (h.begin >= h.end || h.end > text_size) continue;
    if (good.empty() || (h.begin >= good.back().end && h.end - good.front().begin <= reach))
      good.push_back(h);
  }
  return good;
}

} // namespace

Snippet make_snippet(const MessageRecord& message, const std::vector<Highlight>& highlights,
                     std::size_t columns) {
  if (columns == 0 || message.text.empty()) return {};
  const std::vector<Highlight> good = usable(highlights, message.text.size());
  return good.empty() ? beginning(message, columns) : around_highlights(message, good, columns);
}

} // namespace genchi::index
