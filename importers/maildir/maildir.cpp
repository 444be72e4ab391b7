#include "importers/maildir/maildir.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "importers/mbox/mbox.hpp"
#include "importers/source.hpp"

namespace genchi::importers {
namespace {

// Before "2,FLAGS"; file systems without ':' make programs write one of the others (the last is U+F03A).
constexpr std::array<std::string_view, 4> info_marks = {":", "!", ";", "\xef\x80\xba"};
constexpr std::string_view known_flags = "DFPRST";

std::string decoded(std::string_view component) {
  return display_name(decode_imap_utf7(component).value_or(std::string(component)));
}

// Maildir++ writes a hierarchy as one name with dots.
std::string decode_dotted(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    if (dot > 0) out += (out.empty() ? "" : "/") + decoded(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return out;
}

} // namespace

MaildirName parse_maildir_name(std::string_view file_name) {
  MaildirName name;
  for (const auto mark : info_marks) {
    const std::string info = std::string(mark) + "2,";
    const std::size_t at = file_name.rfind(info);
    if (at == std::string_view::npos) continue;
    name.has_form = true;
    for (const char flag : known_flags) // sorted already
      if (file_name.find(flag, at + info.size()) != std::string_view::npos) name.flags += flag;
    break;
  }
  std::size_t digits = 0;
  UtcSeconds time = 0;
  while (digits < file_name.size() && digits < 12 && file_name[digits] >= '0' && file_name[digits] <= '9')
    time = time * 10 + (file_name[digits++] - '0');
  const bool dotted = digits < file_name.size() && file_name[digits] == '.';
  // Nine digits or more: from 1973 on. Shorter numbers are counters.
  if (digits >= 9 && digits <= 11 && dotted) {
    name.time = time;
    name.has_form = true;
  }
  return name;
}

std::string maildir_folder(const std::vector<std::string>& components) {
  std::string folder;
  for (const std::string& component : components) {
    if (component.size() > 1 && component[0] == '.') {
      folder = decode_dotted(component);
    } else if (ascii_iequals(component, "Maildir")) {
      folder.clear();
    } else if (!component.empty() && component != ".") {
      folder += (folder.empty() ? "" : "/") + decoded(component);
    }
  }
  return ascii_iequals(folder, "INBOX") ? std::string() : folder;
}

std::optional<std::string> marked_mailbox(const std::filesystem::path& file) {
  constexpr std::size_t longest_name = 64 << 10;
  OpenedFile opened = open_regular(file);
  if (!opened.fd) return std::nullopt;
  FdSource source(std::move(opened), nullptr);
  Spool bytes;
  spool_all(source, bytes, longest_name);
  const std::string_view line = bytes.view().substr(0, std::min(bytes.view().find_first_of("\r\n"), bytes.view().size()));
  if (line.empty() || line.size() > longest_name) return std::nullopt;
  return display_name(line);
}

} // namespace genchi::importers
