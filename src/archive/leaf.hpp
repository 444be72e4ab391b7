// What a batch's Merkle root commits to for each entry: its bytes, and what the archive says of them.
#pragma once

#include <string>
#include <string_view>

#include "archive/archive.hpp"
#include "genchi/sha256.hpp"

namespace genchi {

/// "mail" "line-export" "set-aside".
std::string_view entry_kind_name(EntryKind kind);

/// Place, member, hints and reason of an entry, a line each: whoever changes one of them changes the root.
std::string about_text(const Entry& entry, const Sha256& salt);

/// The hash of leaf_text() over the whole of the entry's bytes; the leaf of a mail or of what was set aside.
Sha256 whole_leaf(const Entry& entry, std::string_view secret);

} // namespace genchi
