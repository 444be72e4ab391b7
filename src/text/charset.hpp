// Bytes in some charset → UTF-8. Mail labels are wrong, missing and lying; this says what it did.
// Charset names as IANA and mailers write them; ICU does the tables (ibm-5054 for ISO-2022-JP).
#pragma once

#include <string>
#include <string_view>

namespace genchi {

struct Decoded {
  std::string text;        ///< well-formed UTF-8, without a byte order mark; NULs are kept
  std::string charset;     ///< what it was read as, e.g. "ISO-2022-JP", "windows-31j", "UTF-8", "US-ASCII"
  bool as_declared = true; ///< read as the declared charset; with none declared, true for plain ASCII only
  bool lossy = false;      ///< something became U+FFFD
};

/// Decodes `bytes` as `declared` if that fits without a single undecodable sequence, a character cut off at
/// the end excepted. Else, or if nothing is declared or the name is unknown: valid UTF-8, then the best of
/// ISO-2022 escapes, CP932, EUC-JP, damaged UTF-8 and windows-1252, scored by trial decoding (which needs no
/// minimum length). The declared charset takes part in that, so one damaged byte does not throw it away.
/// Labels that fit everything are not believed blindly: ISO-8859-1 over Japanese bytes, any legacy label over
/// plain UTF-8, UTF-8 over ISO-2022 escapes. ISO-8859-1 is read as windows-1252, GB2312 as GB18030; UTF-7 and
/// its like count as unknown. Weak for undeclared Chinese, Korean and Cyrillic text. Never throws on content;
/// linear time. Any thread.
Decoded decode_text(std::string_view bytes, std::string_view declared = {});

/// UTF-8 → a charset that decode_text() named; what it does not have becomes its substitute. Empty if ICU does not know it.
std::string encode_text(std::string_view text, std::string_view charset);

/// Does ICU (or our alias table: CP50220, CP50221, ISO-2022-JP-MS, x-sjis, MS932, cp932 …) know this label?
bool is_known_charset(std::string_view label);

} // namespace genchi
