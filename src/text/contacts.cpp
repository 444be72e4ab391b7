#include "text/contacts.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace genchi {
namespace {

// A text in ASCII where it has a counterpart, one char a character, and where each stands.
struct Narrowed {
  std::string text;               ///< '\x01' for what is none
  std::vector<std::size_t> begin; ///< one more at the end
};

char narrow(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
  const bool dash = (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30fc || c == 0x2500 || c == 0xff70;
  if (dash) return '-';
  if (c == 0x3000 || c == 0xa0) return ' ';
  return c > 1 && c < 0x80 ? static_cast<char>(c) : '\x01';
}

Narrowed narrowed(std::string_view text) {
  Narrowed out;
  out.text.reserve(text.size());
  out.begin.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    out.text.push_back(narrow(c.value));
    out.begin.push_back(at);
    at += c.size;
  }
  out.begin.push_back(text.size());
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::size_t most_digits = 11;
constexpr std::size_t most_parts = 4;

// How many digits a number has that begins so: 11 of 050 060 070 080 090 and 0800, else 10; 0 if it cannot be
// one.
std::size_t digits_of(std::string_view digits) {
  if (digits.empty() || digits[0] != '0') return 0;
  if (digits.size() < 3) return most_digits;
  return digits[1] >= '5' && digits[2] == '0' ? most_digits : 10;
}

enum class Parting { none, dashes, blanks };

struct Reading {
  std::size_t end = 0;
  std::string digits;
};

// +81, 0081 before a number without its zero, or with the zero in parentheses.
std::size_t after_country(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const std::size_t code = rest.starts_with("+81") ? 3 : rest.starts_with("(+81)") ? 5 : 0;
  if (code == 0) return at;
  at += code;
  while (at < text.size() && (text[at] == '-' || text[at] == ' ')) ++at;
  if (text.substr(at).starts_with("(0)"))
    at += 3;
  else if (at < text.size() && text[at] == '0')
    ++at;
  while (at < text.size() && (text[at] == '-' || text[at] == ' ')) ++at;
  return at;
}

// What stands between two groups of digits; nullopt if nothing that parts a number.
std::optional<Parting> parting(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  Parting kind = Parting::none;
  while (at < text.size() && at - begin < 3) {
    const char c = text[at];
    if (c == '-' || c == '(' || c == ')' || c == '.')
      kind = Parting::dashes;
    else if (c != ' ')
      break;
    else if (kind == Parting::none)
      kind = Parting::blanks;
    ++at;
  }
  if (at == begin || at >= text.size() || !is_digit(text[at])) return std::nullopt;
  return kind;
}

// A number that begins at `at`, with a digit, a parenthesis or +81.
std::optional<Reading> number_at(std::string_view text, std::size_t at) {
  Reading out;
  const std::size_t national = after_country(text, at);
  if (national != at) {
    out.digits = "0";
    at = national;
  } else if (text[at] == '(') {
    ++at;
  }
  Parting parted = Parting::none;
  for (std::size_t part = 0; part < most_parts; ++part) {
    while (at < text.size() && is_digit(text[at]) && out.digits.size() <= most_digits)
      out.digits += text[at++];
    if (out.digits.size() > most_digits) return std::nullopt;
    const std::size_t wanted = digits_of(out.digits);
    if (wanted == 0) return std::nullopt;
    if (out.digits.size() == wanted) break;
    const auto kind = parting(text, at);
    if (!kind || (parted != Parting::none && *kind != parted)) return std::nullopt;
    parted = *kind;
  }
  if (out.digits.size() != digits_of(out.digits)) return std::nullopt;
  // Without a mark between its parts it must begin as numbers do: 00 is an order's number.
  if (parted != Parting::dashes && out.digits[1] == '0') return std::nullopt;
  if (at < text.size() && (is_digit(text[at]) || is_letter(text[at]) || text[at] == '@')) return std::nullopt;
  if (at + 1 < text.size() && text[at] == '-' && is_digit(text[at + 1])) return std::nullopt;
  out.end = at;
  return out;
}

bool may_begin_number(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c != '0' && c != '+' && c != '(') return false;
  if (c == '(' && at + 1 < text.size() && text[at + 1] != '0' && text[at + 1] != '+') return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (is_digit(before) || is_letter(before) || before == '+' || (before == '(' && c != '(')) return false;
  return !((before == '-' || before == '.' || before == ',') && at >= 2 && is_digit(text[at - 2]));
}

bool in_local_part(char c) {
  return is_digit(c) || is_letter(c) ||
         std::string_view("._%+-!#$&'*/=?^`{|}~").find(c) != std::string_view::npos;
}
bool in_domain(char c) {
  return is_digit(c) || is_letter(c) || c == '.' || c == '-';
}

constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_domain = 253;

} // namespace

std::vector<Contact> find_phone_numbers(std::string_view text) {
  std::vector<Contact> found;
  const Narrowed narrow = narrowed(text);
  for (std::size_t at = 0; at < narrow.text.size(); ++at) {
    if (!may_begin_number(narrow.text, at)) continue;
    const auto number = number_at(narrow.text, at);
    if (!number) continue;
    found.push_back({narrow.begin[at], narrow.begin[number->end], number->digits});
    at = number->end - 1;
  }
  return found;
}

std::vector<Contact> find_mail_addresses(std::string_view text) {
  std::vector<Contact> found;
  const Narrowed narrow = narrowed(text);
  const std::string_view all = narrow.text;
  std::size_t from = 0;
  for (std::size_t at = all.find('@'); at != std::string_view::npos; at = all.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > from && at - begin < longest_local_part && in_local_part(all[begin - 1])) --begin;
    while (begin < at && !is_digit(all[begin]) && !is_letter(all[begin]) && all[begin] != '_') ++begin;
    std::size_t end = at + 1;
    while (end < all.size() && end - at <= longest_domain && in_domain(all[end])) ++end;
    while (end > at + 1 && (all[end - 1] == '.' || all[end - 1] == '-')) --end;
    const std::string_view domain = all.substr(at + 1, end - at - 1);
    const std::size_t dot = domain.rfind('.');
    from = at + 1;
    if (begin == at || dot == std::string_view::npos || dot == 0 || !is_letter(domain[dot + 1]) ||
        domain.find("..") != std::string_view::npos)
      continue;
    found.push_back({narrow.begin[begin], narrow.begin[end], ascii_lower(all.substr(begin, end - begin))});
    from = end;
    at = end - 1;
  }
  return found;
}

std::string phone_number_of_cell(std::string_view cell) {
  const std::vector<Contact> found = find_phone_numbers(cell);
  if (found.size() == 1) return found.front().value;
  if (!found.empty()) return {};
  std::string digits;
  for (const char c : narrowed(cell).text) {
    if (is_digit(c))
      digits += c;
    else if (c != '-' && c != ' ' && c != '\'')
      return {};
  }
  const bool lost_zero = digits.size() == 10 && digits[0] >= '5' && digits[1] == '0';
  return lost_zero ? "0" + digits : std::string();
}

} // namespace genchi
