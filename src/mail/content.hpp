// What stands in the parts: the text people read, and the files.
#pragma once

#include <string_view>

#include "mail/message.hpp"
#include "mail/structure.hpp"

namespace genchi::mail {

/// Fills text, sections and attachments from the parts of `raw`, and adds to the oddities.
void read_content(std::string_view raw, Structure structure, const Limits& limits, Message& message);

/// Adds an oddity once; beyond a few dozen they say nothing more.
void note_oddity(Message& message, std::string text);
/// The same for what was left out because of Limits.
void note_limit(Message& message, std::string text);

/// RFC 3676: soft line ends joined, space stuffing undone; quote marks kept. `text` has LF line ends.
std::string unwrap_flowed(std::string_view text, bool delete_space);

} // namespace genchi::mail
