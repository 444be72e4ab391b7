// Header blocks: the fields at the beginning of a message or part, whatever else stands among them.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/lines.hpp"
#include "mail/message.hpp"

namespace genchi::mail {

struct Field {
  std::string_view name;
  std::string_view value; ///< raw, with its folds
};

struct HeaderBlock {
  std::vector<Field> fields;
  std::size_t body = 0;       ///< where the body begins
  std::size_t junk_lines = 0; ///< lines among the fields that were none
  bool no_blank_line = false; ///< the body began without one
  bool limited = false;       ///< fields beyond the limits were passed over

  /// The raw value of the first field of this name, or "".
  std::string_view value(std::string_view name) const;
};

enum class HeaderOf { message, part };

/// Reads the header block that begins at the next line of `lines`, and leaves `lines` at the body. Of a
/// message: a byte order mark, a `From ` line and blank lines before the first field are passed over. A line
/// that is no field is passed over when known fields follow; otherwise the body begins with it. `is_boundary`
/// is asked about lines that start with "--"; such a line ends the block and is left to be read.
HeaderBlock read_header(std::string_view raw, LineCursor& lines, HeaderOf of, const Limits& limits,
                        const std::function<bool(std::string_view)>& is_boundary = {});

/// `Name: value`, blanks before the colon allowed.
std::optional<Field> split_field(std::string_view line);

/// A field that mail has (From, Received, X-anything, …), so that a line with it is no sentence.
bool is_known_field(std::string_view name);

/// Does `raw` begin with an mbox `From ` line?
bool has_from_line(std::string_view raw);

} // namespace genchi::mail
