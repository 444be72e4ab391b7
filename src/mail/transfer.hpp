// Content-Transfer-Encoding: bytes as sent → bytes as meant.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace genchi::mail {

enum class Encoding { identity, base64, quoted_printable };

/// From the value of a Content-Transfer-Encoding field; anything unknown is identity.
Encoding encoding_from(std::string_view value);

struct DecodedBase64 {
  std::string bytes;
  std::size_t symbols = 0; ///< base64 digits read
  std::size_t stray = 0;   ///< other bytes among them that are no white space
};

/// Decodes up to the padding, which ends the data: what follows is a footer some list or scanner has
/// appended. mimetic does the arithmetic; it would make garbage of such a footer and a byte of "====", so it
/// gets clean input.
DecodedBase64 decode_base64(std::string_view text);

/// Takes decoded bytes, some at a time.
using TakeBytes = std::function<void(std::string_view)>;
/// The same, piece by piece; `bytes` stays empty.
DecodedBase64 decode_base64(std::string_view text, const TakeBytes& to);

/// Quoted-printable by RFC 2045: soft line breaks, blanks at line ends dropped, ill-formed escapes kept as
/// written.
std::string decode_quoted_printable(std::string_view text);
void decode_quoted_printable(std::string_view text, const TakeBytes& to);

/// `%E3%81` → its bytes (RFC 2231, `cid:` addresses).
std::string percent_decoded(std::string_view text);

/// The value of a hexadecimal digit, or -1.
int hex_value(char c);

} // namespace genchi::mail
