#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

// What mail programs put before the subject of a reply or a forwarded mail, in the languages they speak.
constexpr auto reply_prefixes = std::to_array<std::string_view>(
    {"re", "fwd", "fw", "aw", "wg", "sv", "返信", "転送", "回复", "答复", "转发"});
constexpr std::size_t max_tag_length = 80; // of [a list's name]
constexpr std::string_view ideographic_space = "\u3000";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view trim_spaces(std::string_view text) {
  for (;;) {
    const std::size_t size = text.size();
    text = trim(text);
    if (text.substr(0, ideographic_space.size()) == ideographic_space)
      text.remove_prefix(ideographic_space.size());
    if (ends_with(text, ideographic_space)) text.remove_suffix(ideographic_space.size());
    if (text.size() == size) return text;
  }
}

// The front character, an ASCII letter in lower case also where it is written in full width. Advances.
char32_t take_folded(std::string_view& text) {
  if (text.empty()) return 0;
  CodePoint c = decode_utf8(text, 0);
  text.remove_prefix(c.size);
  if (c.value >= U'！' && c.value <= U'～') c.value -= U'！' - U'!';
  return c.value >= 'A' && c.value <= 'Z' ? c.value | 0x20 : c.value;
}

bool take_word(std::string_view& text, std::string_view word) {
  std::string_view rest = text;
  while (!word.empty()) {
    if (take_folded(rest) != take_folded(word)) return false;
  }
  text = rest;
  return true;
}

// The count in Re[2]: Re(2): Re^2: Re*2:
void skip_count(std::string_view& text) {
  if (text.empty() || std::string_view("[(^*").find(text.front()) == std::string_view::npos) return;
  const char open = text.front();
  std::string_view rest = text.substr(1);
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (digits == 0 || digits > 4) return;
  rest.remove_prefix(digits);
  if (open == '[' || open == '(') {
    if (rest.empty() || rest.front() != (open == '[' ? ']' : ')')) return;
    rest.remove_prefix(1);
  }
  text = rest;
}

bool take_reply_prefix(std::string_view& text) {
  for (const std::string_view prefix : reply_prefixes) {
    std::string_view rest = text;
    if (!take_word(rest, prefix)) continue;
    skip_count(rest);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (!take_word(rest, ":")) continue;
    text = rest;
    return true;
  }
  return false;
}

// [list 123]; never all there is.
bool take_tag(std::string_view& text) {
  if (text.empty() || text.front() != '[') return false;
  const std::size_t close = text.substr(0, max_tag_length).find(']');
  if (close == std::string_view::npos) return false;
  const std::string_view rest = trim_spaces(text.substr(close + 1));
  if (rest.empty()) return false;
  text = rest;
  return true;
}

bool take_forward_suffix(std::string_view& text) {
  constexpr std::string_view suffix = "(fwd)";
  if (text.size() < suffix.size() || !ascii_iequals(text.substr(text.size() - suffix.size()), suffix))
    return false;
  text.remove_suffix(suffix.size());
  return true;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (space && !out.empty() && out.back() == ' ') continue;
    out.push_back(space ? ' ' : c);
  }
  return out;
}

} // namespace

BaseSubject base_subject(std::string_view subject) {
  // Blanks first: a folded tag must not be too long here and short enough in what is given back.
  const std::string plain = single_spaced(subject);
  BaseSubject result;
  std::string_view rest = plain;
  for (;;) {
    rest = trim_spaces(rest);
    if (take_reply_prefix(rest) || take_forward_suffix(rest)) {
      result.is_reply = true;
    } else if (!take_tag(rest)) {
      break;
    }
  }
  result.text = rest;
  return result;
}

} // namespace genchi::mail
