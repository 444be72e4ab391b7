// What the charset labels of mails stand for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace genchi {

/// What decides how a charset is tried. In all but `wide` (UTF-16 and 32), bytes below 0x80 are ASCII; in
/// `iso2022jp` and `stateful` only as long as there is no escape.
enum class Family { ascii, utf8, iso2022jp, japanese, latin, wide, stateful, other };

struct Charset {
  Family family = Family::other;
  std::string name; ///< as reported
  std::string icu;  ///< as ICU opens it
};

/// The label's letters and digits in lower case: "Shift_JIS", "shift-jis" and "\"SHIFT_JIS\";" are one.
std::string label_key(std::string_view label);

/// The charset of a label; nullopt if it is none, or one that no honest mail is written in. Remembered per
/// thread; valid until the next call.
const std::optional<Charset>& known_charset(std::string_view label);

} // namespace genchi
