// The tree of parts of a message, as byte ranges. Found by walking the lines once, with a stack instead of
// recursion; nothing is decoded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/fields.hpp"
#include "mail/message.hpp"
#include "mail/transfer.hpp"

namespace genchi::mail {

struct Part {
  enum class Kind : std::uint8_t { leaf, multipart, message };

  Kind kind = Kind::leaf;
  int parent = -1;                                        ///< index; parents come before their children
  std::string type;                                       ///< "text/plain", lower case
  std::string_view content_type, disposition, content_id; ///< raw values
  Encoding encoding = Encoding::identity;
  std::size_t begin = 0; ///< the encoded body
  std::size_t end = 0;
  std::string_view subject; ///< of an embedded message, raw
  std::size_t children = 0;
  bool opaque = false; ///< deeper or further than the limits: not looked into
};

struct Structure {
  HeaderBlock header;
  std::vector<Part> parts; ///< in order of their beginning; the first is the message itself; never empty
  bool too_deep = false;
  bool too_many = false;
  bool guessed_boundary = false;
  bool unclosed = false; ///< a multipart without its closing line: the message may be cut off
};

/// message/rfc822 and its like.
bool is_embedded_message(std::string_view type);

/// Boundaries are matched as whole lines, blanks at their end allowed. One of an outer multipart closes the
/// inner ones. A multipart in which none comes is a text. A message/rfc822 that is not encoded is looked
/// into.
Structure scan_structure(std::string_view raw, const Limits& limits);

} // namespace genchi::mail
