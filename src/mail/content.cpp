#include "mail/content.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "mail/encoded_words.hpp"
#include "mail/parameters.hpp"
#include "text/charset.hpp"
#include "text/html.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_oddities = 32;
constexpr std::size_t max_encoded_depth = 8; // messages encoded within encoded messages
constexpr std::size_t max_content_ids = 10'000;
constexpr std::uint64_t max_expansion = 8; // encoded bytes looked at for a byte of text
constexpr std::uint64_t max_section_offset = 1ULL << 31;

// text/… that is data for a program. What is not listed is read like text/plain.
constexpr auto data_types = std::to_array<std::string_view>(
    {"text/calendar", "text/csv", "text/css", "text/directory", "text/javascript", "text/rtf", "text/vcard",
     "text/x-vcard", "text/x-vcalendar", "text/xml", "text/x-amp-html", "text/rfc822-headers",
     "text/tab-separated-values", "text/x-watch-html"});

// Characters that show nothing: a plain alternative of only these is empty.
bool shows_nothing(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    at += c.size;
    if (c.value > 0x20 && c.value != 0x7f && c.value != 0xa0 && c.value != 0x3000 && c.value != 0x200b &&
        c.value != 0xfeff) {
      return false;
    }
  }
  return true;
}

// LF line ends, no NUL.
void normalize_lines(std::string& text) {
  if (text.find_first_of(std::string_view("\r\0", 2)) == std::string::npos) return;
  std::string out;
  out.reserve(text.size());
  LineCursor lines(text);
  while (lines.next()) {
    for (const char c : lines.text()) {
      if (c != '\0') out.push_back(c);
    }
    if (lines.end() > lines.text_end()) out.push_back('\n');
  }
  text = std::move(out);
}

void end_with_one_newline(std::string& text) {
  std::size_t end = text.size();
  while (end > 0 && (text[end - 1] == '\n' || is_blank(text[end - 1]))) --end;
  const std::size_t line_end = text.find('\n', end);
  text.resize(end == 0 ? 0 : std::min(line_end, text.size()));
  if (!text.empty()) text.push_back('\n');
}

// The '>' an mbox writer has put before "From " at the beginning of a line.
std::string without_from_quotes(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  LineCursor lines(body);
  while (lines.next()) {
    std::string_view line = body.substr(lines.begin(), lines.end() - lines.begin());
    const std::size_t marks = line.find_first_not_of('>');
    if (marks != npos && marks > 0 && line.substr(marks, 5) == "From ") line.remove_prefix(1);
    out += line;
  }
  return out;
}

std::size_t utf8_prefix(std::string_view text, std::size_t limit) {
  if (limit >= text.size()) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
  return limit;
}

std::string printable(std::string_view label) {
  std::string out;
  for (const char c : label.substr(0, 40)) out.push_back(c > ' ' && c < 0x7f ? c : '?');
  return out;
}

std::string file_name(const Part& part) {
  if (!part.disposition.empty()) {
    std::string name = parameter(part.disposition, "filename");
    if (!name.empty()) return name;
  }
  return part.content_type.empty() ? std::string() : parameter(part.content_type, "name");
}

// A leaf that is read as text. What has a file name is a file, but not when it is all there is of a message.
bool is_body_text(const std::vector<Part>& parts, const Part& part) {
  if (part.kind != Part::Kind::leaf || part.opaque || part.type.substr(0, 5) != "text/") return false;
  if (std::find(data_types.begin(), data_types.end(), part.type) != data_types.end()) return false;
  if (!part.disposition.empty() && leading_token(part.disposition) == "attachment") return false;
  return part.parent < 0 || parts[static_cast<std::size_t>(part.parent)].kind == Part::Kind::message ||
         file_name(part).empty();
}

// One message with its parts: the mail itself, or one that was encoded inside it.
struct Frame {
  std::string decoded; ///< what `raw` looks at, unless it is the mail
  std::string_view raw;
  Structure structure;
  std::vector<std::size_t> subtree_end;
  std::vector<bool> body_text;
  std::vector<bool> text_skipped; ///< in an alternative that was not chosen
  std::vector<bool> embedded;
  std::vector<std::optional<std::string>> texts;
  std::vector<bool> shown_nothing; ///< looked at already: its text shows nothing
  std::size_t next = 0;
  bool from_quoted = false;
  bool is_embedded = false;

  Frame(std::string_view bytes, Structure parts) : raw(bytes), structure(std::move(parts)) { index(); }
  Frame(std::string bytes, const Limits& limits)
      : decoded(std::move(bytes)), raw(decoded), structure(scan_structure(raw, limits)), is_embedded(true) {
    index();
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  const std::vector<Part>& parts() const { return structure.parts; }

  void index() {
    const std::size_t count = parts().size();
    subtree_end.resize(count);
    text_skipped.resize(count);
    embedded.resize(count);
    texts.resize(count);
    shown_nothing.resize(count);
    for (const Part& part : parts()) body_text.push_back(is_body_text(parts(), part));
    for (std::size_t i = count; i-- > 0;) {
      subtree_end[i] = std::max(subtree_end[i], i + 1);
      if (parts()[i].parent >= 0) {
        std::size_t& end = subtree_end[static_cast<std::size_t>(parts()[i].parent)];
        end = std::max(end, subtree_end[i]);
      }
    }
  }
};

void append_people(std::string& out, std::string_view field, const std::vector<Address>& people) {
  if (people.empty()) return;
  out.append(field).append(": ");
  bool first = true;
  for (const Address& person : people) {
    if (!first) out += ", ";
    first = false;
    out += person.name;
    if (!person.address.empty()) out += person.name.empty() ? person.address : " <" + person.address + ">";
  }
  out += '\n';
}

// Who wrote an embedded message, to whom and when, as mail programs show above its words.
std::string envelope_lines(std::string_view raw) {
  const Message header = parse_header(raw);
  std::string out;
  append_people(out, "From", header.from);
  append_people(out, "To", header.to);
  append_people(out, "Cc", header.cc);
  if (header.date) out += "Date: " + iso8601(*header.date) + '\n';
  if (!header.subject.empty()) out += "Subject: " + header.subject + '\n';
  return out;
}

class ContentReader {
 public:
  ContentReader(const Limits& limits, Message& message)
      : limits_(limits), message_(message), max_text_(std::min(limits.max_text_bytes, max_section_offset)) {}

  void read(std::string_view raw, Structure structure) {
    push(std::make_unique<Frame>(raw, std::move(structure)));
    frames_.back()->from_quoted = has_from_line(raw);
    while (!frames_.empty()) {
      Frame& frame = *frames_.back();
      if (frame.next == frame.parts().size()) {
        mark_referenced(frame);
        frames_.pop_back();
      } else {
        read_part(frame, frame.next++);
      }
    }
    split_sections();
  }

 private:
  void push(std::unique_ptr<Frame> frame) {
    const Structure& s = frame->structure;
    if (s.too_deep) note_limit(message_, trf("limit: parts nested deeper than {}", limits_.max_depth));
    if (s.too_many) note_limit(message_, trf("limit: more than {} parts", limits_.max_parts));
    if (s.guessed_boundary)
      note_oddity(message_, tr("structure: boundary not declared, taken from the text"));
    if (s.unclosed)
      note_oddity(message_, tr("structure: the last part is not closed; the mail may be cut off"));
    frames_.push_back(std::move(frame));
    file_indexes_.emplace_back();
  }

  void read_part(Frame& frame, std::size_t i) {
    const Part& part = frame.parts()[i];
    if (part.parent >= 0) {
      const auto parent = static_cast<std::size_t>(part.parent);
      frame.embedded[i] = frame.embedded[parent] || frame.parts()[parent].kind == Part::Kind::message;
    } else {
      frame.embedded[i] = frame.is_embedded;
    }
    if (part.kind == Part::Kind::multipart) {
      if (part.type == "multipart/alternative") choose_alternative(frame, i);
    } else if (part.kind == Part::Kind::message) {
      add_attachment(part, part.subject.empty() ? file_name(part) : decode_header_text(part.subject));
      append_text(envelope_lines(frame.raw.substr(part.begin, part.end - part.begin)), /*embedded=*/true);
    } else if (frame.body_text[i]) {
      if (!frame.text_skipped[i]) append_text(text_of(frame, i), frame.embedded[i]);
      frame.texts[i].reset();
    } else {
      add_file(frame, i);
    }
  }

  void add_file(Frame& frame, std::size_t i) {
    const Part& part = frame.parts()[i];
    add_attachment(part, file_name(part));
    if (!is_embedded_message(part.type) || part.opaque || frame.text_skipped[i]) {
      file_indexes_.back().push_back({i, message_.attachments.size() - 1});
      return;
    }
    if (frames_.size() > max_encoded_depth) {
      note_limit(message_, trf("limit: messages encoded deeper than {}", max_encoded_depth));
      return;
    }
    if (part.end - part.begin > limits_.max_encoded_message_bytes) {
      note_limit(message_, tr("limit: an encoded message is too large to be looked into"));
      return;
    }
    if (frames_.size() == 1) {
      outer_ = message_.attachments.back();
      inner_count_ = 0;
    }
    auto inner = std::make_unique<Frame>(
        decode(frame.raw.substr(part.begin, part.end - part.begin), part.encoding), limits_);
    const std::string subject = decode_header_text(inner->structure.header.value("Subject"));
    if (!subject.empty()) message_.attachments.back().name = subject;
    append_text(envelope_lines(inner->raw), /*embedded=*/true);
    push(std::move(inner));
  }

  static std::string decode(std::string_view body, Encoding encoding) {
    switch (encoding) {
    case Encoding::base64:
      return decode_base64(body).bytes;
    case Encoding::quoted_printable:
      return decode_quoted_printable(body);
    case Encoding::identity:
      break;
    }
    return std::string(body);
  }

  void add_attachment(const Part& part, std::string name) {
    Attachment attachment;
    attachment.name = std::move(name);
    attachment.type = part.type;
    attachment.is_inline = !part.disposition.empty() && leading_token(part.disposition) == "inline";
    if (frames_.size() == 1) {
      attachment.offset = part.begin;
      attachment.length = part.end - part.begin;
    } else {
      attachment.offset = outer_.offset;
      attachment.length = outer_.length;
      attachment.inner = ++inner_count_;
    }
    message_.attachments.push_back(std::move(attachment));
  }

  // The plain one unless it shows nothing, else HTML, else whatever is text; the files of the others stay.
  void choose_alternative(Frame& frame, std::size_t i) {
    if (frame.text_skipped[i]) return;
    constexpr auto preferred = std::to_array<std::string_view>({"text/plain", "text/html", "text/"});
    std::size_t chosen = i + 1;
    for (const std::string_view type : preferred) {
      const std::size_t found = child_with_text(frame, i, type);
      if (found == 0) continue;
      chosen = found;
      break;
    }
    for (std::size_t child = i + 1; child < frame.subtree_end[i]; child = frame.subtree_end[child]) {
      if (child == chosen) continue;
      for (std::size_t j = child; j < frame.subtree_end[child]; ++j) frame.text_skipped[j] = true;
    }
  }

  // The first child that holds a text of this type which shows something; 0 if there is none.
  std::size_t child_with_text(Frame& frame, std::size_t i, std::string_view type) {
    for (std::size_t child = i + 1; child < frame.subtree_end[i]; child = frame.subtree_end[child]) {
      for (std::size_t j = child; j < frame.subtree_end[child]; ++j) {
        const std::string& actual = frame.parts()[j].type;
        if (actual.substr(0, type.size()) != type || !frame.body_text[j] || frame.shown_nothing[j]) continue;
        if (!shows_nothing(text_of(frame, j))) return child;
        frame.shown_nothing[j] = true;
      }
    }
    return 0;
  }

  // The readable text of a leaf; kept until it is its turn, since alternatives look ahead.
  const std::string& text_of(Frame& frame, std::size_t i) {
    if (!frame.texts[i]) frame.texts[i] = decode_leaf(frame, frame.parts()[i]);
    return *frame.texts[i];
  }

  std::string decode_leaf(const Frame& frame, const Part& part) {
    std::string_view body = frame.raw.substr(part.begin, part.end - part.begin);
    if (body.size() / max_expansion > max_text_) {
      body = body.substr(0, max_text_ * max_expansion);
      note_limit(message_, tr("limit: text cut"));
    }
    std::string unquoted;
    if (frame.from_quoted && part.encoding != Encoding::base64 && body.find(">From ") != npos) {
      unquoted = without_from_quotes(body);
      body = unquoted;
    }
    std::string bytes;
    if (part.encoding != Encoding::identity) {
      bytes = decode_text_transfer(body, part.encoding);
      body = bytes;
    }
    const std::string charset = parameter(part.content_type, "charset");
    std::string text;
    if (part.type == "text/html") {
      text = html_to_text(body, charset, max_text_);
    } else {
      text = decode_charset(body, charset);
    }
    normalize_lines(text);
    if (part.type == "text/plain" && ascii_iequals(parameter(part.content_type, "format"), "flowed")) {
      text = unwrap_flowed(text, ascii_iequals(parameter(part.content_type, "delsp"), "yes"));
    }
    end_with_one_newline(text);
    return text;
  }

  std::string decode_text_transfer(std::string_view body, Encoding encoding) {
    if (encoding == Encoding::quoted_printable) return decode_quoted_printable(body);
    DecodedBase64 decoded = decode_base64(body);
    if (decoded.stray <= 4 + decoded.symbols / 10) return std::move(decoded.bytes);
    note_oddity(message_, tr("encoding: declared base64, read as it is"));
    return std::string(body);
  }

  std::string decode_charset(std::string_view bytes, const std::string& declared) {
    Decoded decoded = decode_text(bytes, declared);
    if (!declared.empty() && !decoded.as_declared) {
      note_oddity(message_, trf("charset: declared {}, read as {}", printable(declared), decoded.charset));
    }
    if (decoded.lossy) note_oddity(message_, trf("charset: some characters are not {}", decoded.charset));
    return std::move(decoded.text);
  }

  void append_text(std::string_view text, bool embedded) {
    if (text.empty()) return;
    std::string& all = message_.text;
    if (all.size() + text.size() + 1 > max_text_) {
      note_limit(message_, tr("limit: text cut"));
      if (all.size() + 1 >= max_text_) return;
      text = text.substr(0, utf8_prefix(text, max_text_ - all.size() - 1));
    }
    if (!all.empty()) all += '\n';
    if (segments_.empty() || segments_.back().embedded != embedded)
      segments_.push_back({all.size(), embedded});
    all += text;
  }

  // Words of an embedded message are not the sender's own.
  void split_sections() {
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const std::size_t begin = segments_[i].begin;
      const std::size_t end = i + 1 < segments_.size() ? segments_[i + 1].begin : message_.text.size();
      if (segments_[i].embedded) {
        message_.sections.push_back(
            {SectionKind::quoted, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        continue;
      }
      for (Section section : split_body(std::string_view(message_.text).substr(begin, end - begin))) {
        section.begin += static_cast<std::uint32_t>(begin);
        section.end += static_cast<std::uint32_t>(begin);
        message_.sections.push_back(section);
      }
    }
  }

  // Files that the HTML of this message shows by `cid:`.
  void mark_referenced(const Frame& frame) {
    const auto files = std::move(file_indexes_.back());
    file_indexes_.pop_back();
    const bool any = std::any_of(files.begin(), files.end(), [&](const FileIndex& file) {
      return !frame.parts()[file.part].content_id.empty() && !message_.attachments[file.attachment].is_inline;
    });
    if (!any) return;
    const std::unordered_set<std::string> ids = referenced_ids(frame);
    for (const FileIndex& file : files) {
      std::string id = unfold(frame.parts()[file.part].content_id);
      if (id.size() > 2 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
      if (ids.count(id) > 0) message_.attachments[file.attachment].is_inline = true;
    }
  }

  std::unordered_set<std::string> referenced_ids(const Frame& frame) const {
    std::unordered_set<std::string> ids;
    for (std::size_t i = 0; i < frame.parts().size(); ++i) {
      const Part& part = frame.parts()[i];
      if (part.type != "text/html" || !frame.body_text[i]) continue;
      const std::string html =
          decode(frame.raw.substr(part.begin, std::min<std::uint64_t>(part.end - part.begin, max_text_)),
                 part.encoding);
      std::size_t at = 0;
      while (ids.size() < max_content_ids && (at = html.find("cid:", at)) != npos) {
        at += 4;
        const std::size_t end = std::min(html.find_first_of("\"' >)\r\n\t", at), html.size());
        ids.insert(percent_decoded(std::string_view(html).substr(at, end - at)));
        at = end;
      }
    }
    return ids;
  }

  struct Segment {
    std::size_t begin;
    bool embedded;
  };
  struct FileIndex {
    std::size_t part;
    std::size_t attachment;
  };

  const Limits& limits_;
  Message& message_;
  std::uint64_t max_text_;
  std::vector<std::unique_ptr<Frame>> frames_;
  std::vector<std::vector<FileIndex>> file_indexes_; ///< of each frame
  std::vector<Segment> segments_;
  Attachment outer_;
  std::uint32_t inner_count_ = 0;
};

} // namespace

void note_limit(Message& message, std::string text) {
  message.beyond_limits = true;
  note_oddity(message, std::move(text));
}

void note_oddity(Message& message, std::string text) {
  auto& oddities = message.oddities;
  if (oddities.size() >= max_oddities) return;
  if (std::find(oddities.begin(), oddities.end(), text) == oddities.end())
    oddities.push_back(std::move(text));
}

void read_content(std::string_view raw, Structure structure, const Limits& limits, Message& message) {
  ContentReader(limits, message).read(raw, std::move(structure));
}

std::string unwrap_flowed(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size());
  bool joins = false; // the line before ended softly
  std::size_t depth_before = 0;
  LineCursor lines(text);
  while (lines.next()) {
    std::string_view line = lines.text();
    const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(depth);
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    const bool signature = line == "-- ";
    if (joins && (depth != depth_before || signature)) {
      out += '\n';
      joins = false;
    }
    if (!joins && depth > 0) {
      out.append(depth, '>');
      if (!line.empty()) out += ' ';
    }
    const bool soft = !signature && !line.empty() && line.back() == ' ';
    if (soft && delete_space) line.remove_suffix(1);
    out += line;
    if (!soft) out += '\n';
    joins = soft;
    depth_before = depth;
  }
  if (joins) out += '\n';
  return out;
}

} // namespace genchi::mail
