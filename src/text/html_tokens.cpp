#include "text/html_tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <libxml/HTMLparser.h>

#include "base/bytes.hpp"

namespace genchi {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Past the `-->` or `--!>` of a comment whose `<!--` is at `at`.
std::size_t comment_end(std::string_view html, std::size_t at) {
  at += 4;
  if (html.substr(at, 1) == ">") return at + 1;
  if (html.substr(at, 2) == "->") return at + 2;
  for (at = html.find("--", at); at != std::string_view::npos; at = html.find("--", at + 1)) {
    if (html.substr(at + 2, 1) == ">") return at + 3;
    if (html.substr(at + 2, 2) == "!>") return at + 4;
  }
  return html.size();
}

} // namespace

HtmlTokenizer::HtmlTokenizer(std::string_view html)
    : html_(html), last_double_quote_(html.rfind('"')), last_single_quote_(html.rfind('\'')) {}

bool HtmlTokenizer::next(HtmlToken& token) {
  while (at_ < html_.size()) {
    if (html_[at_] == '<') {
      const std::size_t begin = at_;
      if (read_markup(token)) return true;
      if (at_ != begin) continue;
    }
    // Text up to the next '<' that could open something; a '<' that opens nothing is text.
    const std::size_t begin = at_;
    at_ = std::min(html_.find('<', begin + 1), html_.size());
    token = {HtmlToken::Kind::text, html_.substr(begin, at_ - begin), {}, {}};
    return true;
  }
  return false;
}

/// At a '<'. True: a tag was read. False and moved: a comment or the like. False and not moved: it is text.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  const char second = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (is_letter(second)) return read_tag(token, HtmlToken::Kind::start_tag, at_ + 1);
  if (second == '/') {
    const char third = at_ + 2 < html_.size() ? html_[at_ + 2] : '\0';
    if (is_letter(third)) return read_tag(token, HtmlToken::Kind::end_tag, at_ + 2);
    if (third == '\0') return false;
  } else if (second == '!') {
    if (html_.substr(at_, 4) == "<!--") {
      at_ = comment_end(html_, at_);
      return false;
    }
  } else if (second != '?') {
    return false;
  }
  const std::size_t end = html_.find('>', at_);
  at_ = end == std::string_view::npos ? html_.size() : end + 1;
  return false;
}

bool HtmlTokenizer::read_tag(HtmlToken& token, HtmlToken::Kind kind, std::size_t name_at) {
  std::size_t name_end = name_at;
  while (name_end < html_.size() && !is_space(html_[name_end]) && html_[name_end] != '>' &&
         html_[name_end] != '/') {
    ++name_end;
  }
  const std::size_t end = tag_end(name_end);
  if (end == std::string_view::npos) {
    at_ = html_.size(); // a tag cut off by the end of the text is not shown
    return false;
  }
  token = {kind, {}, html_.substr(name_at, name_end - name_at), html_.substr(name_end, end - name_end)};
  at_ = end + 1;
  return true;
}

/// The '>' that closes a tag: not one in a quoted value, and a quote opens a value only after '='.
std::size_t HtmlTokenizer::tag_end(std::size_t at) const {
  char before = ' ';
  for (; at < html_.size(); ++at) {
    const char c = html_[at];
    if (c == '>') return at;
    if ((c == '"' || c == '\'') && before == '=') {
      const std::size_t last = c == '"' ? last_double_quote_ : last_single_quote_;
      if (at < last) at = html_.find(c, at + 1);
    }
    if (!is_space(c)) before = c;
  }
  return std::string_view::npos;
}

void HtmlTokenizer::skip_raw(std::string_view name) {
  for (at_ = html_.find('<', at_); at_ != std::string_view::npos; at_ = html_.find('<', at_ + 1)) {
    const std::string_view rest = html_.substr(at_ + 1, name.size() + 2);
    if (rest.size() < name.size() + 2) continue;
    const char after = rest.back();
    if (rest.front() == '/' && ascii_iequals(rest.substr(1, name.size()), name) &&
        (is_space(after) || after == '>' || after == '/')) {
      return;
    }
  }
  at_ = html_.size();
}

HtmlAttributes read_attributes(std::string_view text) {
  HtmlAttributes found;
  const auto keep = [&](std::string_view name, std::string_view value) {
    const std::pair<std::string_view, std::string_view*> wanted[] = {
        {"id", &found.id},   {"class", &found.css_class}, {"style", &found.style},     {"href", &found.href},
        {"alt", &found.alt}, {"charset", &found.charset}, {"content", &found.content},
    };
    if (name.size() > 7) return;
    for (const auto& [key, place] : wanted) {
      if (ascii_iequals(name, key) && !place->data()) *place = value;
    }
    if (ascii_iequals(name, "hidden")) found.hidden = true;
  };
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && (is_space(text[at]) || text[at] == '/' || text[at] == '=')) ++at;
    const std::size_t name_at = at;
    while (at < text.size() && !is_space(text[at]) && text[at] != '/' && text[at] != '=') ++at;
    const std::string_view name = text.substr(name_at, at - name_at);
    const std::size_t equals = skip_space(text, at);
    if (equals >= text.size() || text[equals] != '=') {
      if (!name.empty()) keep(name, text.substr(at, 0));
      continue;
    }
    at = skip_space(text, equals + 1);
    const char quote = at < text.size() ? text[at] : '\0';
    const std::size_t close =
        quote == '"' || quote == '\'' ? text.find(quote, at + 1) : std::string_view::npos;
    if (close != std::string_view::npos) {
      keep(name, text.substr(at + 1, close - at - 1));
      at = close + 1;
    } else {
      const std::size_t begin = at;
      while (at < text.size() && !is_space(text[at])) ++at;
      keep(name, text.substr(begin, at - begin));
    }
  }
  return found;
}

namespace {

/// `&#123;` and `&#x7B;` at `at` (of the '&'). Returns the length taken, 0 if it is none.
std::size_t numeric_reference(std::string_view text, std::size_t at, char32_t& value) {
  std::size_t i = at + 2;
  const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
  if (hex) ++i;
  const std::size_t digits_at = i;
  char32_t n = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    char32_t digit;
    if (is_digit(c))
      digit = static_cast<char32_t>(c - '0');
    else if (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
      digit = static_cast<char32_t>((c | 0x20) - 'a' + 10);
    else
      break;
    n = std::min<char32_t>(n * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (i == digits_at) return 0;
  value = n == 0 ? 0xFFFD : n;
  return i - at + (i < text.size() && text[i] == ';' ? 1 : 0);
}

/// `&name;` at `at`. Without the semicolon only the old names, and not in `?a=1&copy=2`.
std::size_t named_reference(std::string_view text, std::size_t at, HtmlPlace place, char32_t& value) {
  std::array<char, 12> name{};
  std::size_t n = 0;
  std::size_t i = at + 1;
  for (; i < text.size() && (is_letter(text[i]) || is_digit(text[i])); ++i) {
    if (n + 1 == name.size()) return 0;
    name[n++] = text[i];
  }
  if (n == 0) return 0;
  const bool closed = i < text.size() && text[i] == ';';
  if (!closed && place == HtmlPlace::attribute && i < text.size() && text[i] == '=') return 0;
  const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.data()));
  if (!entity || (!closed && (entity->value > 0xFF || entity->value == '\''))) return 0;
  value = entity->value;
  return i - at + (closed ? 1 : 0);
}

/// Numbers 128–159 mean windows-1252 in every browser, and mails have them.
char32_t as_windows_1252(char32_t c) {
  constexpr std::array<char16_t, 32> table = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                              0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return c >= 0x80 && c < 0xA0 ? table[c - 0x80] : c;
}

} // namespace

void append_resolved(std::string& out, std::string_view html, HtmlPlace place) {
  std::size_t at = 0;
  while (at < html.size()) {
    const std::size_t amp = std::min(html.find('&', at), html.size());
    out.append(html, at, amp - at);
    at = amp;
    if (at == html.size()) return;
    char32_t value = 0;
    const bool numeric = at + 1 < html.size() && html[at + 1] == '#';
    const std::size_t taken =
        numeric ? numeric_reference(html, at, value) : named_reference(html, at, place, value);
    if (taken == 0) {
      out += '&';
      ++at;
    } else {
      append_utf8(out, as_windows_1252(value));
      at += taken;
    }
  }
}

} // namespace genchi
