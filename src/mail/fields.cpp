#include "mail/fields.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.hpp"
#include "mail/encoded_words.hpp"
#include "mail/parameters.hpp"

namespace genchi::mail {
namespace {

// Lower case. Fields whose name alone says that this is mail; "X-" and "List-" ones are known by their
// prefix.
constexpr auto known_fields = std::to_array<std::string_view>({"apparently-to",
                                                               "authentication-results",
                                                               "auto-submitted",
                                                               "bcc",
                                                               "bounces-to",
                                                               "cc",
                                                               "comments",
                                                               "content-description",
                                                               "content-disposition",
                                                               "content-id",
                                                               "content-language",
                                                               "content-length",
                                                               "content-location",
                                                               "content-transfer-encoding",
                                                               "content-type",
                                                               "date",
                                                               "delivered-to",
                                                               "dkim-signature",
                                                               "domainkey-signature",
                                                               "envelope-to",
                                                               "errors-to",
                                                               "feedback-id",
                                                               "from",
                                                               "importance",
                                                               "in-reply-to",
                                                               "keywords",
                                                               "lines",
                                                               "mailing-list",
                                                               "message-id",
                                                               "mime-version",
                                                               "organization",
                                                               "original-recipient",
                                                               "precedence",
                                                               "priority",
                                                               "received",
                                                               "received-spf",
                                                               "references",
                                                               "reply-to",
                                                               "return-path",
                                                               "sender",
                                                               "sensitivity",
                                                               "status",
                                                               "subject",
                                                               "thread-index",
                                                               "thread-topic",
                                                               "to",
                                                               "user-agent"});

constexpr auto known_prefixes =
    std::to_array<std::string_view>({"x-", "list-", "resent-", "arc-", "disposition-"});

// The fields that alone make a text look like mail; "X-…", "List-…" or "Status" would not.
constexpr auto telling_fields = std::to_array<std::string_view>(
    {"from",        "to",          "cc",       "date",         "subject",        "received",
     "message-id",  "return-path", "reply-to", "mime-version", "delivered-to",   "in-reply-to",
     "references",  "sender",      "bcc",      "content-type", "dkim-signature", "x-original-to",
     "envelope-to", "arc-seal",    "x-mailer", "apparently-to"});

template <typename Names> bool is_one_of(std::string_view name, const Names& names) {
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view known) { return ascii_iequals(name, known); });
}

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t max_name_length = 200;
constexpr int max_leading_blank_lines = 16;

bool is_from_line(std::string_view line) {
  return line.substr(0, 5) == "From ";
}

// Collects the fields of one block, line by line.
class BlockReader {
 public:
  BlockReader(std::string_view raw, LineCursor& lines, const Limits& limits)
      : raw_(raw), lines_(lines), limits_(limits), start_(lines.end()) {}

  HeaderBlock read(const std::function<bool(std::string_view)>& is_boundary) {
    while (lines_.next()) {
      const std::string_view line = lines_.text();
      if (line.substr(0, 2) == "--" && is_boundary && is_boundary(line)) {
        return end_at(lines_.begin());
      }
      if (line.empty()) return end_at(lines_.end());
      if (is_blank(line.front())) {
        if (is_blank(line) && !header_goes_on()) return end_at(lines_.end());
        continue_field();
      } else {
        start_line(line);
      }
    }
    return end_at(raw_.size());
  }

 private:
  // A line of blanks ends the block as an empty one does, unless the header visibly goes on: then it is a
  // fold that lost its text.
  bool header_goes_on() const {
    LineCursor ahead = lines_;
    if (!ahead.next() || ahead.text().empty()) return false;
    if (is_blank(ahead.text().front())) return trim(ahead.text()).substr(0, 2) == "=?";
    const auto field = split_field(ahead.text());
    return field && is_known_field(field->name);
  }

  void start_line(std::string_view line) {
    const auto field = split_field(line);
    in_field_ = field && (junk_lines_ == 0 || is_known_field(field->name));
    if (!in_field_) {
      if (junk_lines_ == 0) junk_begin_ = lines_.begin();
      ++junk_lines_;
      return;
    }
    block_.junk_lines += std::exchange(junk_lines_, 0);
    if (block_.fields.size() >= limits_.max_fields || lines_.begin() - start_ > limits_.max_header_bytes) {
      block_.limited = true;
      in_field_ = false;
      return;
    }
    block_.fields.push_back(*field);
  }

  void continue_field() {
    if (!in_field_) {
      if (junk_lines_ > 0) ++junk_lines_;
      return;
    }
    if (lines_.end() - start_ > limits_.max_header_bytes) {
      block_.limited = true;
      return;
    }
    const std::size_t begin = static_cast<std::size_t>(block_.fields.back().value.data() - raw_.data());
    block_.fields.back().value = raw_.substr(begin, lines_.text_end() - begin);
  }

  HeaderBlock end_at(std::size_t body) {
    if (junk_lines_ > 0) {
      body = junk_begin_;
      block_.no_blank_line = !block_.fields.empty();
    }
    block_.body = body;
    lines_.seek(body);
    return std::move(block_);
  }

  std::string_view raw_;
  LineCursor& lines_;
  const Limits& limits_;
  std::size_t start_;
  HeaderBlock block_;
  bool in_field_ = false;
  std::size_t junk_lines_ = 0; ///< since the last field
  std::size_t junk_begin_ = 0;
};

void skip_before_fields(std::string_view raw, LineCursor& lines) {
  if (raw.substr(lines.end(), byte_order_mark.size()) == byte_order_mark) {
    lines.seek(lines.end() + byte_order_mark.size());
  }
  LineCursor ahead = lines;
  if (!ahead.next()) return;
  if (is_from_line(ahead.text())) {
    lines = ahead;
    if (!ahead.next()) return;
  }
  for (int blank = 0; blank < max_leading_blank_lines && is_blank(ahead.text()); ++blank) {
    if (!ahead.next()) return;
  }
  const auto field = split_field(ahead.text());
  if (is_from_line(ahead.text()) || (field && is_known_field(field->name))) {
    lines.seek(is_from_line(ahead.text()) ? ahead.end() : ahead.begin());
  }
}

} // namespace

std::string_view HeaderBlock::value(std::string_view name) const {
  for (const Field& field : fields) {
    if (ascii_iequals(field.name, name)) return field.value;
  }
  return {};
}

HeaderBlock read_header(std::string_view raw, LineCursor& lines, HeaderOf of, const Limits& limits,
                        const std::function<bool(std::string_view)>& is_boundary) {
  if (of == HeaderOf::message) skip_before_fields(raw, lines);
  return BlockReader(raw, lines, limits).read(is_boundary);
}

std::optional<Field> split_field(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < max_name_length && line[end] > ' ' && line[end] < 0x7f &&
         line[end] != ':')
    ++end;
  const std::size_t colon = line.find_first_not_of(" \t", end);
  if (end == 0 || colon == std::string_view::npos || line[colon] != ':') return std::nullopt;
  return Field{line.substr(0, end), line.substr(colon + 1)};
}

bool is_known_field(std::string_view name) {
  return is_one_of(name, known_fields) ||
         std::any_of(known_prefixes.begin(), known_prefixes.end(),
                     [name](std::string_view prefix) { return ascii_istarts_with(name, prefix); });
}

bool has_from_line(std::string_view raw) {
  return is_from_line(raw);
}

bool looks_like_mail(std::string_view head) {
  if (head.substr(0, byte_order_mark.size()) == byte_order_mark) head.remove_prefix(byte_order_mark.size());
  LineCursor lines(head);
  skip_before_fields(head, lines);
  bool in_field = false;
  while (lines.next()) {
    const std::string_view line = lines.text();
    if (line.empty()) return false;
    if (is_blank(line.front()) && in_field) continue;
    const auto field = split_field(line);
    if (!field) return false;
    if (is_one_of(field->name, telling_fields)) return true;
    in_field = true;
  }
  return false;
}

namespace {

bool has_parameters(std::string_view name) {
  return ascii_iequals(name, "Content-Type") || ascii_iequals(name, "Content-Disposition");
}

void append_value(std::string& out, const Field& field) {
  const std::size_t end_of_main = field.value.find(';');
  if (!has_parameters(field.name) || end_of_main == std::string_view::npos) {
    out += decode_header_text(field.value);
    return;
  }
  out += decode_header_text(field.value.substr(0, end_of_main));
  for (const auto& [name, value] : all_parameters(field.value.substr(end_of_main))) {
    out += "; ";
    out += to_valid_utf8(name);
    out += "=\"";
    out += value;
    out += '"';
  }
}

} // namespace

std::string display_headers(std::string_view raw, const Limits& limits) {
  LineCursor lines(raw);
  const HeaderBlock block = read_header(raw, lines, HeaderOf::message, limits);
  std::string out;
  for (const Field& field : block.fields) {
    out += field.name;
    out += ": ";
    append_value(out, field);
    out += '\n';
  }
  return out;
}

} // namespace genchi::mail
