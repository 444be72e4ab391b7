#include "mail/transfer.hpp"

#include <mimetic/codec/base64.h>

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "mail/lines.hpp"

namespace genchi::mail {
namespace {

enum class Symbol : std::uint8_t { stray, digit, space, padding };

constexpr std::array<Symbol, 256> make_symbols() {
  std::array<Symbol, 256> table{};
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = Symbol::digit;
  for (int c = 'a'; c <= 'z'; ++c) table[c] = Symbol::digit;
  for (int c = '0'; c <= '9'; ++c) table[c] = Symbol::digit;
  table['+'] = table['/'] = Symbol::digit;
  table[' '] = table['\t'] = table['\r'] = table['\n'] = table[0] = Symbol::space;
  table['='] = Symbol::padding;
  return table;
}
constexpr std::array<Symbol, 256> symbols = make_symbols();

// Whole groups of four while there is more to come; the last call may end in two or three digits.
void decode_clean(const char* digits, std::size_t count, std::string& out) {
  const std::size_t rest = count % 4;
  const std::size_t size = count / 4 * 3 + (rest == 2 ? 1 : rest == 3 ? 2 : 0);
  const std::size_t at = out.size();
  // The decoder writes nothing for a single digit left over, and one or two bytes for two or three.
  out.resize(at + size);
  mimetic::Base64::Decoder decoder;
  decoder.process(digits, digits + count, out.data() + at);
}

} // namespace

Encoding encoding_from(std::string_view value) {
  const std::size_t begin = value.find_first_not_of(" \t\r\n\"");
  if (begin == std::string_view::npos) return Encoding::identity;
  value.remove_prefix(begin);
  value = value.substr(0, value.find_first_of(" \t\r\n\";(,"));
  if (ascii_iequals(value, "base64")) return Encoding::base64;
  if (ascii_iequals(value, "quoted-printable")) return Encoding::quoted_printable;
  return Encoding::identity;
}

DecodedBase64 decode_base64(std::string_view text, const TakeBytes& to) {
  DecodedBase64 result;
  std::array<char, 16384> clean;
  std::string piece;
  std::size_t count = 0;
  const auto pass_on = [&] {
    piece.clear();
    decode_clean(clean.data(), count, piece);
    result.symbols += count;
    count = 0;
    to(piece);
  };
  for (const char c : text) {
    const Symbol symbol = symbols[static_cast<unsigned char>(c)];
    if (symbol == Symbol::digit) {
      clean[count++] = c;
      if (count == clean.size()) pass_on();
    } else if (symbol == Symbol::stray) {
      ++result.stray;
    } else if (symbol == Symbol::padding && result.symbols + count > 0) {
      break;
    }
  }
  pass_on();
  return result;
}

DecodedBase64 decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  DecodedBase64 result = decode_base64(text, [&](std::string_view piece) { bytes += piece; });
  result.bytes = std::move(bytes);
  return result;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

namespace {

void append_quoted_printable_line(std::string_view line, std::string& out) {
  while (!line.empty()) {
    const std::size_t escape = line.find('=');
    out.append(line.substr(0, escape));
    if (escape == std::string_view::npos) return;
    line.remove_prefix(escape);
    const int high = line.size() > 2 ? hex_value(line[1]) : -1;
    const int low = line.size() > 2 ? hex_value(line[2]) : -1;
    if (high >= 0 && low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      line.remove_prefix(3);
    } else {
      out.push_back('=');
      line.remove_prefix(1);
    }
  }
}

} // namespace

void decode_quoted_printable(std::string_view text, const TakeBytes& to) {
  constexpr std::size_t piece_size = 16384;
  std::string out;
  LineCursor lines(text);
  while (lines.next()) {
    std::string_view line = lines.text();
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    const bool soft = !line.empty() && line.back() == '=';
    if (soft) line.remove_suffix(1);
    append_quoted_printable_line(line, out);
    if (!soft) out.append(text.substr(lines.text_end(), lines.end() - lines.text_end()));
    if (out.size() < piece_size) continue;
    to(out);
    out.clear();
  }
  to(out);
}

std::string decode_quoted_printable(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  decode_quoted_printable(text, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

} // namespace genchi::mail
