// Names of files and folders that an export writes. Nothing a stranger wrote leads out of the folder, hides, or ends in
// something that a file system refuses.
#pragma once

#include <string>
#include <string_view>

namespace genchi::exporting {

/// `text` as one component of a path, in UTF-8, at most `max_bytes`: what Windows or Linux do not allow is `_`. Never
/// empty, never beginning with a dot.
std::string safe_name(std::string_view text, std::size_t max_bytes = 100);

/// A LINE download under its own name, which says chat, number and dates; changed only where a name cannot be so.
std::string download_name(std::string_view file_name);

/// A name as file systems compare it that do not tell small letters from capitals.
std::string caseless(std::string_view name);

/// The Maildir++ folder of a mailbox: "Sent/2024" → ".Sent.2024", "送信済み" → ".&kAFP4W4IMH8-", "" → "". ASCII, and names
/// over 200 bytes are replaced; import reads the mailbox from it if says_mailbox().
std::string maildir_folder_name(std::string_view mailbox);
bool says_mailbox(std::string_view folder_name, std::string_view mailbox);

/// `name` without what Windows and its file systems do not take: `*?"<>|:` and dots or blanks at its end.
std::string windows_name(std::string name);

}  // namespace genchi::exporting
