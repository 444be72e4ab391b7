// Reading a draft that somebody names on the command line; it is compared and forgotten.
#pragma once

#include <string>

#include "importers/office/document.hpp"
#include "store/draft.hpp"

namespace genchi::cli {

/// How a message calls it: the path, or standard input for "-".
std::string draft_name(const std::string& file);

/// The document in a file, or on standard input for "-". Throws Error that names it.
office::Document read_draft_document(const std::string& file);

/// The same as texts to be looked through; a mail falls into body, subject, recipients and attached files.
struct DraftFile {
  Draft draft;
  std::uint64_t uncalculated = 0; ///< formulas without a value
  bool lossy = false;             ///< some bytes were no characters
};
DraftFile read_draft(const std::string& file);

} // namespace genchi::cli
