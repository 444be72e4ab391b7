// Copies that were made of what an archive holds: backups, evidence packs, exports. Noted beside the archives, so that who
// erases something is told where else it lies.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "cli/command.hpp"

namespace genchi::cli {

struct Copy {
  enum class Kind { backup, pack, exported };
  Kind kind = Kind::backup;
  std::filesystem::path path;
  UtcSeconds made = 0;              ///< a backup: last renewed
  Seq head = 0;                     ///< row of the journal up to which it can hold anything
  std::set<std::int64_t> clients;   ///< numbers of those whose messages it holds; empty: of any
};
std::string_view copy_kind_name(Copy::Kind kind);  ///< as in JSON
std::string copy_kind_word(Copy::Kind kind);

/// Adds a line to `copies.jsonl` in the state folder (private). False: it cannot be written.
bool note_copy(const std::filesystem::path& archive, const Copy& copy);
void tell_not_noted(Context& context);
/// The last that was noted of each path, oldest first; of packs and exports those that are still there.
std::vector<Copy> copies_made(const std::filesystem::path& archive);

}  // namespace genchi::cli
