#include "mail/structure.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"
#include "mail/parameters.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_boundary_length = 1000; // RFC 2046 says 70
constexpr std::string_view embedded_types[] = {"message/rfc822", "message/global", "message/news"};

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

class Scanner {
 public:
  Scanner(std::string_view raw, const Limits& limits) : raw_(raw), limits_(limits), lines_(raw) {}

  Structure scan() {
    result_.header = read_header(raw_, lines_, HeaderOf::message, limits_);
    open_entity(result_.header, -1);
    for (std::size_t at = next_dash_line(lines_.end()); at != npos; at = next_dash_line(lines_.end())) {
      lines_.seek(at);
      lines_.next();
      Match match = match_boundary(lines_.text());
      if (match.level == npos && guess_boundary(lines_.text())) match = {open_.size() - 1, false};
      if (match.level != npos) cross_boundary(match);
      if (result_.too_many) break;
    }
    close_down_to(0, raw_.size());
    return std::move(result_);
  }

 private:
  struct Open {
    std::size_t part = 0;
    std::string boundary; ///< empty but for multiparts
    bool is_multipart = false;
    bool closed = false; ///< its closing line has come
  };
  struct Match {
    std::size_t level = npos;
    bool closing = false;
  };

  // The next line that begins with "--", from the beginning of a line on.
  std::size_t next_dash_line(std::size_t at) const {
    if (boundaries_ == 0) return npos;
    const std::size_t line_begin = at;
    while ((at = raw_.find("--", at)) != npos) {
      if (at == line_begin || raw_[at - 1] == '\n' || raw_[at - 1] == '\r') return at;
      at = raw_.find_first_not_of('-', at);
    }
    return npos;
  }

  // Innermost first. A multipart that was closed opens again if its boundary comes once more and is nobody
  // else's.
  Match match_boundary(std::string_view line) const {
    line = without_trailing_blanks(line);
    if (line.size() < 3) return {};
    line.remove_prefix(2);
    for (std::size_t level = open_.size(); level-- > 0;) {
      const std::string& boundary = open_[level].boundary;
      if (boundary.empty() || open_[level].closed || line.size() < boundary.size()) continue;
      if (line.substr(0, boundary.size()) != boundary) continue;
      const std::string_view rest = line.substr(boundary.size());
      if (rest.empty() || rest == "--") return {level, !rest.empty()};
    }
    for (std::size_t level = open_.size(); level-- > 0;) {
      if (open_[level].closed && open_[level].boundary == line) return {level, false};
    }
    return {};
  }

  // Without a boundary parameter: the first line that looks like one and is followed by a part's header.
  bool guess_boundary(std::string_view line) {
    Open& innermost = open_.back();
    if (!innermost.is_multipart || !innermost.boundary.empty()) return false;
    line = without_trailing_blanks(line);
    if (line.size() < 4 || line.size() > 72 || line.find_first_of(" \t") != npos) return false;
    if (line.find_first_not_of("-=_") == npos) return false;
    LineCursor ahead = lines_;
    if (!ahead.next() || !ascii_istarts_with(ahead.text(), "content-")) return false;
    innermost.boundary = line.substr(2);
    result_.guessed_boundary = true;
    return true;
  }

  void cross_boundary(Match match) {
    close_down_to(match.level + 1, end_of_text_before(lines_.begin()));
    Open& multipart = open_[match.level];
    multipart.closed = match.closing;
    if (match.closing) return;
    const std::size_t part = multipart.part;
    const HeaderBlock header = read_header(raw_, lines_, HeaderOf::part, limits_,
                                           [this](std::string_view line) { return is_boundary(line); });
    open_entity(header, static_cast<int>(part));
  }

  bool is_boundary(std::string_view line) const { return match_boundary(line).level != npos; }

  // The line end before a boundary belongs to the boundary.
  std::size_t end_of_text_before(std::size_t at) const {
    if (at > 0 && raw_[at - 1] == '\n') --at;
    for (int i = 0; i < 2 && at > 0 && raw_[at - 1] == '\r'; ++i) --at;
    return at;
  }

  void open_entity(const HeaderBlock& first, int parent) {
    HeaderBlock inner;
    const HeaderBlock* header = &first;
    for (;;) {
      const std::size_t index = add_part(*header, parent);
      Part& part = result_.parts[index];
      const bool multipart = part.type.substr(0, 10) == "multipart/";
      const bool message = is_embedded_message(part.type) && part.encoding == Encoding::identity;
      if ((multipart || message) && !part.opaque &&
          open_.size() >= static_cast<std::size_t>(limits_.max_depth)) {
        part.opaque = true;
        result_.too_deep = true;
      }
      if (part.opaque || (!multipart && !message)) {
        open_.push_back({index, {}, false, false});
        return;
      }
      if (multipart) {
        part.kind = Part::Kind::multipart;
        open_.push_back({index, boundary_of(part), true, false});
        ++boundaries_;
        return;
      }
      part.kind = Part::Kind::message;
      open_.push_back({index, {}, false, false});
      inner = read_header(raw_, lines_, HeaderOf::message, limits_,
                          [this](std::string_view line) { return is_boundary(line); });
      result_.parts[index].subject = inner.value("Subject");
      header = &inner;
      parent = static_cast<int>(index);
    }
  }

  std::string boundary_of(const Part& part) const {
    std::string boundary = raw_parameter(part.content_type, "boundary");
    boundary.resize(without_trailing_blanks(boundary).size());
    if (boundary.size() > max_boundary_length) boundary.clear();
    return boundary;
  }

  std::size_t add_part(const HeaderBlock& header, int parent) {
    Part part;
    part.parent = parent;
    part.begin = header.body;
    part.end = header.body;
    for (const Field& field : header.fields) {
      if (!ascii_istarts_with(field.name, "Content-")) continue;
      take_content_field(part, field);
    }
    part.type = media_type(part.content_type);
    if (part.type.empty()) {
      const bool in_digest =
          parent >= 0 && result_.parts[static_cast<std::size_t>(parent)].type == "multipart/digest";
      part.type = in_digest && trim(part.content_type).empty() ? "message/rfc822" : "text/plain";
    }
    if (result_.parts.size() >= limits_.max_parts && parent >= 0) {
      // What is left of the message counts as one part that nobody looks into.
      part = Part();
      part.parent = parent;
      part.begin = part.end = header.body;
      part.type = "application/octet-stream";
      part.opaque = true;
      result_.too_many = true;
    }
    if (parent >= 0) ++result_.parts[static_cast<std::size_t>(parent)].children;
    result_.parts.push_back(std::move(part));
    return result_.parts.size() - 1;
  }

  static void take_content_field(Part& part, const Field& field) {
    if (ascii_iequals(field.name, "Content-Type")) {
      if (part.content_type.empty()) part.content_type = field.value;
    } else if (ascii_iequals(field.name, "Content-Disposition")) {
      if (part.disposition.empty()) part.disposition = field.value;
    } else if (ascii_iequals(field.name, "Content-ID")) {
      if (part.content_id.empty()) part.content_id = field.value;
    } else if (ascii_iequals(field.name, "Content-Transfer-Encoding")) {
      part.encoding = encoding_from(field.value);
    }
  }

  // Ends what is open from `level` on; a multipart in which no part came is what it looks like, a text.
  void close_down_to(std::size_t level, std::size_t end) {
    while (open_.size() > level) {
      const Open& open = open_.back();
      Part& part = result_.parts[open.part];
      part.end = std::max(part.begin, end);
      if (open.is_multipart) {
        --boundaries_;
        if (!open.closed) result_.unclosed = true;
        if (part.children == 0) {
          part.kind = Part::Kind::leaf;
          part.type = "text/plain";
        }
      }
      open_.pop_back();
    }
  }

  std::string_view raw_;
  const Limits& limits_;
  LineCursor lines_;
  Structure result_;
  std::vector<Open> open_;
  std::size_t boundaries_ = 0; ///< multiparts open
};

} // namespace

bool is_embedded_message(std::string_view type) {
  return std::find(std::begin(embedded_types), std::end(embedded_types), type) != std::end(embedded_types);
}

Structure scan_structure(std::string_view raw, const Limits& limits) {
  return Scanner(raw, limits).scan();
}

} // namespace genchi::mail
