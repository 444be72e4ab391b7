#include "mail/body.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "mail/lines.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_lines = 500'000; // what follows belongs to the last of them
constexpr std::size_t max_introduction_lines = 3;
constexpr std::size_t max_introduction_length = 400;
constexpr std::size_t header_lines_seen = 9;
constexpr std::string_view ideographic_space = "\u3000";

// What the line says that begins a copy of an older mail; all below it is not the sender's.
constexpr auto copy_titles = std::to_array<std::string_view>(
    {"Original Message", "Original Appointment", "Forwarded message", "Reply message", "元のメッセージ",
     "元のメール", "転送メッセージ", "転送されたメッセージ", "転送メール"});

constexpr auto from_labels = std::to_array<std::string_view>({"From", "差出人", "送信者"});
constexpr auto date_labels =
    std::to_array<std::string_view>({"Sent", "Date", "送信日時", "日時", "送信日", "日付", "受信日時"});
constexpr auto subject_labels = std::to_array<std::string_view>({"Subject", "件名", "題名"});

constexpr auto wrote = std::to_array<std::string_view>(
    {"wrote", "writes", "書きました", "書いた", "さんのメール", "からのメール", "のメッセージ"});

// `Label: value`, perhaps with the asterisks that bold labels leave in plain text.
template <typename Labels> bool has_label(std::string_view line, const Labels& labels) {
  if (starts_with(line, "*")) line.remove_prefix(1);
  for (const std::string_view label : labels) {
    if (!ascii_istarts_with(line, label)) continue;
    std::string_view rest = line.substr(label.size());
    while (starts_with(rest, "*") || starts_with(rest, " ") || starts_with(rest, ideographic_space)) {
      rest.remove_prefix(starts_with(rest, ideographic_space) ? ideographic_space.size() : 1);
    }
    if (starts_with(rest, ":") || starts_with(rest, "：")) return true;
  }
  return false;
}

// A line that begins with '|' and ends with it too is a row of a table.
bool is_quoted(std::string_view line) {
  if (starts_with(line, ">") || starts_with(line, "＞")) return true;
  return line.size() > 1 && line.front() == '|' && line.back() != '|';
}

// 10:12, 10時12分
bool has_clock(std::string_view text) {
  for (std::size_t at = text.find(':'); at != npos; at = text.find(':', at + 1)) {
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    if (at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2)) return true;
  }
  return contains(text, "時") && contains(text, "分") && has_digit(text);
}

bool is_introduction(std::string_view text) {
  if (text.size() > max_introduction_length) return false;
  const bool colon = ends_with(text, ":") || ends_with(text, "：");
  if (contains_any(text, wrote)) {
    return colon || ends_with(text, "wrote") || ends_with(text, "書きました。") ||
           ends_with(text, "書きました");
  }
  return colon && (has_clock(text) || contains(text, "@"));
}

class QuoteMarker {
 public:
  explicit QuoteMarker(std::vector<BodyLine>& lines) : lines_(lines) {}

  void mark() {
    bool after_quote = false; // blank lines behind a quotation belong to it
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (starts_copy(i)) return mark_from(i);
      BodyLine& line = lines_[i];
      if (line.text.empty()) {
        if (after_quote) line.kind = SectionKind::quoted;
        continue;
      }
      const bool quoted = is_quoted(line.text);
      if (quoted) {
        line.kind = SectionKind::quoted;
        if (!after_quote) mark_introduction(i);
      }
      after_quote = quoted;
    }
  }

 private:
  void mark_from(std::size_t i) {
    while (i > 0 && lines_[i - 1].kind == SectionKind::own && is_ruler(lines_[i - 1].text)) --i;
    for (; i < lines_.size(); ++i) lines_[i].kind = SectionKind::quoted;
  }

  bool starts_copy(std::size_t i) const {
    return is_copy_title(lines_[i].text) || (has_label(lines_[i].text, from_labels) && has_copied_header(i));
  }

  static bool is_copy_title(std::string_view line) {
    if (ascii_istarts_with(line, "Begin forwarded message:")) return true;
    const std::size_t size = line.size();
    for (std::size_t before = size + 1; line.size() < before;) {
      before = line.size();
      for (const std::string_view dash : {"-", "_", "=", "*", " ", "─", "━", "―", "－", "＝"}) {
        while (starts_with(line, dash)) line.remove_prefix(dash.size());
        while (ends_with(line, dash)) line.remove_suffix(dash.size());
      }
    }
    if (line.size() + 2 > size) return false;
    return std::any_of(copy_titles.begin(), copy_titles.end(),
                       [line](std::string_view title) { return ascii_iequals(line, title); });
  }

  // From, a date and a subject on neighbouring lines: the header Outlook writes above a copied mail.
  bool has_copied_header(std::size_t i) const {
    bool date = false;
    bool subject = false;
    for (std::size_t j = i + 1; j < lines_.size() && j < i + header_lines_seen; ++j) {
      if (lines_[j].text.empty()) break;
      date = date || has_label(lines_[j].text, date_labels);
      subject = subject || has_label(lines_[j].text, subject_labels);
    }
    return date && subject;
  }

  // The lines above the first quoted one that say who wrote it and when; long ones come wrapped.
  void mark_introduction(std::size_t quoted) {
    std::size_t last = quoted;
    for (int blanks = 0; last > 0 && lines_[last - 1].text.empty() && blanks < 2; ++blanks) --last;
    std::string joined;
    std::size_t found = quoted;
    for (std::size_t n = 1; n <= max_introduction_lines && n <= last; ++n) {
      const BodyLine& line = lines_[last - n];
      if (line.text.empty() || line.kind == SectionKind::quoted) break;
      joined = joined.empty() ? std::string(line.text) : std::string(line.text) + ' ' + joined;
      if (!is_introduction(joined)) {
        if (n == 1 && !ends_with(joined, ":") && !ends_with(joined, "：")) break;
        continue;
      }
      const bool complete = starts_with(joined, "On ") || has_clock(joined);
      if (complete || n == 1) found = last - n;
      if (complete) break;
    }
    for (std::size_t i = found; i < quoted; ++i) lines_[i].kind = SectionKind::quoted;
  }

  std::vector<BodyLine>& lines_;
};

std::vector<BodyLine> split_lines(std::string_view text) {
  std::vector<BodyLine> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    if (lines.size() + 1 == max_lines) end = text.size();
    const std::string_view raw = text.substr(at, end - at);
    lines.push_back({raw, trim_wide(raw), SectionKind::own});
    at = end + 1;
  }
  return lines;
}

// The last own words, with nothing but quotations below them: where a signature stands.
LineRange last_own_run(const std::vector<BodyLine>& lines) {
  LineRange run;
  run.end = lines.size();
  while (run.end > 0 && (lines[run.end - 1].kind != SectionKind::own || lines[run.end - 1].text.empty()))
    --run.end;
  run.begin = run.end;
  while (run.begin > 0 && lines[run.begin - 1].kind == SectionKind::own) --run.begin;
  return run;
}

LineRange first_run(const std::vector<BodyLine>& lines) {
  LineRange run;
  while (run.end < lines.size() && lines[run.end].kind == SectionKind::own) ++run.end;
  return run;
}

} // namespace

std::vector<Section> split_body(std::string_view text) {
  std::vector<BodyLine> lines = split_lines(text);
  QuoteMarker(lines).mark();
  const LineRange last = last_own_run(lines);
  for (std::size_t i = find_signature(lines, last); i < last.end; ++i) lines[i].kind = SectionKind::signature;
  // Blank lines below a signature are part of it.
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].kind == SectionKind::own && lines[i].text.empty() &&
        lines[i - 1].kind == SectionKind::signature) {
      lines[i].kind = SectionKind::signature;
    }
  }
  const LineRange first = first_run(lines);
  const std::size_t greeting_end = find_greeting_end(lines, first);
  for (std::size_t i = first.begin; i < greeting_end; ++i) lines[i].kind = SectionKind::greeting;

  std::vector<Section> sections;
  for (const BodyLine& line : lines) {
    const auto begin = static_cast<std::uint32_t>(line.raw.data() - text.data());
    const auto end =
        static_cast<std::uint32_t>(std::min<std::size_t>(begin + line.raw.size() + 1, text.size()));
    if (sections.empty() || sections.back().kind != line.kind) sections.push_back({line.kind, begin, begin});
    sections.back().end = end;
  }
  return sections;
}

std::string_view trim_wide(std::string_view text) {
  for (;;) {
    const std::size_t size = text.size();
    text = trim(text);
    if (starts_with(text, ideographic_space)) text.remove_prefix(ideographic_space.size());
    if (ends_with(text, ideographic_space)) text.remove_suffix(ideographic_space.size());
    if (text.size() == size) return text;
  }
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != npos;
}

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [text](std::string_view part) { return contains(text, part); });
}

bool has_digit(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') return true;
    // ０–９ are EF BC 90 to EF BC 99.
    if (text[i] == '\xef' && i + 2 < text.size() && text[i + 1] == '\xbc' && text[i + 2] >= '\x90' &&
        text[i + 2] <= '\x99') {
      return true;
    }
  }
  return false;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

} // namespace genchi::mail
