// Maildir and Maildir++: what the names of folders and files say. Walking them is import_path's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"

namespace genchi::importers {

/// What a Maildir file's name says: `1712345678.M1P2.host:2,FS`.
struct MaildirName {
  std::string flags;              ///< sorted, from "DFPRST"
  std::optional<UtcSeconds> time; ///< leading seconds
  bool has_form = false;          ///< looks like the name of a Maildir file at all
};
MaildirName parse_maildir_name(std::string_view file_name);

/// The mailbox a Maildir stands for, from the components of its path below what was named: `.Sent.2024` →
/// "Sent/2024", `.&kAFP4W4IMH8-` → "送信済み", "Sent" → "Sent", "Maildir" or none → "".
std::string maildir_folder(const std::vector<std::string>& components);

/// A folder that holds a file of this name holds mails of the mailbox that the file names in its first line, whatever the
/// folder is called (`genchi export` writes it where a folder's name cannot say it).
inline constexpr const char* mailbox_name_file = "genchi-mailbox.txt";
/// The mailbox that such a file names; nullopt if it is no regular file, or names none.
std::optional<std::string> marked_mailbox(const std::filesystem::path& file);

} // namespace genchi::importers
