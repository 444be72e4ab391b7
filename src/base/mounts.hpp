// Is a folder on another machine? There neither flock nor the memory that SQLite shares between processes holds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace genchi {

/// The name of the network file system with this statfs magic, or nullptr. Those of FUSE and 9p may be either; their
/// mount tells.
const char* network_file_system_name(unsigned long magic);

/// A mount as /proc/self/mountinfo has it.
struct Mount {
  std::string type;    ///< "ext4", "fuse.sshfs"
  std::string source;  ///< "/dev/sda1", "hana@example.jp:/mail"
  std::string options; ///< of the file system: "rw,trans=tcp"
};
/// The mount with this number in the text of /proc/self/mountinfo.
std::optional<Mount> mount_with_id(std::string_view mountinfo, std::uint64_t id);
/// What to call it if it is a network file system ("sshfs"); empty if it is local, or not known to be one.
std::string network_mount_name(const Mount& mount);

/// The same of the file system a folder is on, or would be made on. Empty where that cannot be found out.
std::string network_file_system_of(const std::filesystem::path& folder);

} // namespace genchi
