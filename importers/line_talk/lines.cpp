#include "importers/line_talk/lines.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "importers/line_talk/talk.hpp"
#include "text/charset.hpp"

namespace genchi::talk {
namespace {

constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";
constexpr std::size_t charset_sample = 64 * 1024;
constexpr std::size_t header_lines = 8;

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_mostly_utf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto c = decode_utf8(bytes, at);
    ++(c.size >= 2 ? good : bad);
    at += c.size;
  }
  return good > bad;
}

/// Title and day lines are known words, while what people write may fit several charsets.
bool holds_known_line(std::string_view text) {
  for (std::size_t n = 0; n < header_lines && !text.empty(); ++n) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (const auto title = parse_title(line); title && !title->locale.empty()) return true;
    if (parse_day_line(line, Family::pc) || parse_day_line(line, Family::mobile)) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::string detect_charset(std::string_view bytes) {
  if (is_utf8(bytes)) return "UTF-8";
  const auto start = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
  const auto sample = bytes.substr(static_cast<std::size_t>(start - bytes.begin()), charset_sample);
  if (is_mostly_utf8(sample)) return "UTF-8";
  std::size_t end = 0;
  for (std::size_t n = 0; n < header_lines && end < bytes.size(); ++n) {
    const auto next = bytes.find('\n', end);
    end = next == std::string_view::npos ? bytes.size() : next + 1;
    if (end > charset_sample) break;
  }
  const auto head = bytes.substr(0, std::min(end, charset_sample));
  for (const auto* charset : {"windows-31j", "Big5", "GB18030", "windows-874"}) {
    const auto decoded = decode_text(head, charset);
    if (decoded.as_declared && holds_known_line(decoded.text)) return charset;
  }
  return decode_text(sample).charset;
}

/// Without the beginning of a character that the end of the file cut off.
std::string_view whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto c = static_cast<unsigned char>(text[text.size() - back]);
    if (c < 0x80) return text;
    if (c < 0xC0) continue;
    const std::size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    return size > back ? text.substr(0, text.size() - back) : text;
  }
  return text;
}

/// A character of this charset that no UTF-8 text begins with: a short line may be well-formed UTF-8 by chance.
std::string_view distinctive_character(std::string_view charset) {
  if (charset == "windows-31j") return "\x82\xA0";
  if (charset == "Big5") return "\xA4\x40";
  if (charset == "windows-874") return "\xA1";
  if (charset == "GB18030") return "\xB0\xA1";
  if (charset == "EUC-JP") return "\xA4\xA2";
  return {};
}

std::string decode_legacy(std::string_view bytes, const std::string& charset, bool& damaged) {
  const auto mark = distinctive_character(charset);
  auto decoded = decode_text(std::string(mark) + std::string(bytes), charset);
  damaged = decoded.lossy || !decoded.as_declared || bytes.find('?') != std::string_view::npos;
  if (mark.empty()) return std::move(decoded.text);
  if (!decoded.as_declared) return decode_text(bytes, charset).text;
  return decoded.text.substr(decode_utf8(decoded.text, 0).size);
}

} // namespace

Lines::Lines(std::string_view bytes, std::string_view charset) : charset_(charset) {
  if (charset_.empty()) {
    if (bytes.starts_with(utf8_bom)) charset_ = "UTF-8";
    else if (bytes.starts_with("\xFF\xFE")) charset_ = "UTF-16LE";
    else if (bytes.starts_with("\xFE\xFF")) charset_ = "UTF-16BE";
    else charset_ = detect_charset(bytes);
  }
  if (charset_ == "UTF-16LE" || charset_ == "UTF-16BE") split_utf16(bytes, charset_ == "UTF-16BE");
  else split_bytes(bytes, bytes.starts_with(utf8_bom) ? utf8_bom.size() : 0);
}

void Lines::split_bytes(std::string_view bytes, std::size_t begin) {
  const bool unicode = charset_ == "UTF-8" || charset_ == "US-ASCII";
  const bool sound = unicode && is_utf8(bytes);
  for (std::size_t at = begin; at < bytes.size();) {
    const auto found = bytes.find('\n', at);
    TextLine line;
    line.has_end = found != std::string_view::npos;
    const auto end = line.has_end ? found + 1 : bytes.size();
    line.offset = at;
    line.length = end - at;
    line.text = bytes.substr(at, (line.has_end ? found : end) - at);
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    if (!sound && !is_ascii(line.text)) {
      if (!unicode) {
        line.text = decoded_.emplace_back(decode_legacy(line.text, charset_, line.damaged));
      } else if (!is_utf8(line.text)) {
        if (!line.has_end) line.text = whole_characters(line.text);
        line.text = decoded_.emplace_back(to_valid_utf8(line.text));
        line.damaged = true;
      }
    } else if (!unicode) {
      line.damaged = line.text.find('?') != std::string_view::npos;
    }
    lines_.push_back(line);
    at = end;
  }
}

void Lines::split_utf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::size_t at = bytes.size() >= 2 && unit(0) == 0xFEFF ? 2 : 0;
  while (at + 1 < bytes.size()) {
    TextLine line;
    line.offset = at;
    std::string text;
    while (at + 1 < bytes.size() && !line.has_end) {
      char32_t c = unit(at);
      at += 2;
      if (c == '\n') {
        line.has_end = true;
        break;
      }
      if (c >= 0xD800 && c < 0xDC00 && at + 1 < bytes.size()) {
        if (const auto low = unit(at); low >= 0xDC00 && low < 0xE000) {
          c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          at += 2;
        }
      }
      line.damaged = line.damaged || (c >= 0xD800 && c < 0xE000);
      append_utf8(text, c);
    }
    if (at + 1 == bytes.size()) at = bytes.size(); // half a character goes with the last line
    line.length = at - line.offset;
    if (text.ends_with('\r')) text.pop_back();
    line.text = decoded_.emplace_back(std::move(text));
    lines_.push_back(line);
  }
}

} // namespace genchi::talk
