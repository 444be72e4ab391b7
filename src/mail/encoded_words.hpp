// RFC 2047 encoded words, for those who must not split inside one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace genchi::mail {

/// `=?charset?B?text?=` as found; `end` is the offset behind it.
struct EncodedWord {
  std::string_view charset;
  char encoding = 'B'; ///< 'B' or 'Q'
  std::string_view text;
  std::size_t end = 0;
};

/// Finds encoded words in a value that is asked about from left to right. Linear over all calls.
class EncodedWordFinder {
 public:
  explicit EncodedWordFinder(std::string_view value) : value_(value) {}
  /// The encoded word at `at`, where "=?" stands; one cut off before its "?=" counts if its charset is known.
  std::optional<EncodedWord> word_at(std::size_t at);

 private:
  std::string_view value_;
  std::size_t terminator_ = 0; ///< a "?=", none before it from the last place asked about on
  bool terminator_known_ = false;
};

/// Without CR, LF and NUL: folded lines joined as RFC 5322 says, blanks at both ends dropped.
std::string unfold(std::string_view value);

/// As `unfold`, and raw 8-bit or ISO-2022 bytes made UTF-8; encoded words stay as they are. After this no
/// byte of a Japanese character can be taken for a quote, backslash or comma.
std::string unfold_to_utf8(std::string_view value);

/// Printable on one line: CR, LF and TAB become spaces, NUL goes.
void append_one_line(std::string& out, std::string_view text);

} // namespace genchi::mail
