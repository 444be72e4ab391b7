#include "base/mounts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <iterator>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

constexpr unsigned long fuse_magic = 0x65735546;
constexpr unsigned long plan9_magic = 0x01021997;

// What lies behind these is another machine. A name of FUSE stands without its "fuse.".
constexpr std::string_view network_types[] = {
    "nfs",        "nfs4",     "cifs",   "smb3",      "smbfs",     "afs",     "ncpfs",   "coda",
    "ceph",       "lustre",   "beegfs", "gfs2",      "ocfs2",     "sshfs",   "rclone",  "s3fs",
    "gcsfuse",    "goofys",   "davfs",  "davfs2",    "curlftpfs", "smbnetfs", "glusterfs", "ceph-fuse",
    "juicefs",    "onedriver", "gvfsd-fuse", "google-drive-ocamlfuse",
};

bool has_option(std::string_view options, std::string_view wanted) {
  for (std::size_t at = 0; at <= options.size();) {
    const std::size_t end = std::min(options.find_first_of(",;", at), options.size());
    if (options.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

/// "hana@example.jp:/mail", "https://example.jp/dav".
bool names_another_machine(std::string_view source) {
  const std::size_t colon = source.find(':');
  return colon != std::string_view::npos && colon > 0 && !source.starts_with('/') &&
         colon + 1 < source.size() && source[colon + 1] == '/';
}

std::optional<Mount> mount_of(const fs::path& path) {
#ifdef GENCHI_TEST_HOOKS
  // For tests: "TYPE SOURCE OPTIONS".
  if (const char* pretended = std::getenv("GENCHI_MOUNT"))
    return mount_with_id("1 1 0:1 / / rw - " + std::string(pretended) + "\n", 1);
#endif
  struct statx status {};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_MNT_ID, &status) != 0 || !(status.stx_mask & STATX_MNT_ID))
    return std::nullopt;
  try {
    return mount_with_id(read_file("/proc/self/mountinfo", 16 << 20), status.stx_mnt_id);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool mount_has_to_be_asked(unsigned long magic) {
#ifdef GENCHI_TEST_HOOKS
  if (std::getenv("GENCHI_MOUNT") != nullptr) return true;
#endif
  return magic == fuse_magic || magic == plan9_magic;
}

} // namespace

const char* network_file_system_name(unsigned long magic) {
  // linux/magic.h and statfs(2); written out because Debian's header lacks some of them.
  struct Known {
    unsigned long magic;
    const char* name;
  };
  static constexpr Known known[] = {
      {0x6969, "NFS"},     {0x517B, "SMB"}, {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB"},  {0x5346414F, "AFS"},
      {0x6B414653, "AFS"}, {0x564C, "NCP"}, {0x73757245, "Coda"}, {0x00C36400, "Ceph"},
  };
  for (const Known& one : known) {
    if (one.magic == (magic & 0xFFFFFFFFUL)) return one.name;
  }
  return nullptr;
}

// 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
std::optional<Mount> mount_with_id(std::string_view mountinfo, std::uint64_t id) {
  Line line;
  while (next_line(mountinfo, line)) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(line.text.data(), line.text.data() + line.text.size(), number);
    if (error != std::errc() || number != id) continue;
    const std::size_t mark = line.text.find(" - ");
    if (mark == std::string_view::npos) return std::nullopt;
    std::string_view rest = line.text.substr(mark + 3);
    const auto word = [&rest] {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      const std::string_view found = rest.substr(0, blank);
      rest.remove_prefix(std::min(blank + 1, rest.size()));
      return std::string(found);
    };
    Mount mount;
    mount.type = word();
    mount.source = word();
    mount.options = word();
    return mount;
  }
  return std::nullopt;
}

std::string network_mount_name(const Mount& mount) {
  // 9p joins a virtual machine to its host (local) or machines over a network; WSL shows the drives of Windows by it.
  if (mount.type == "9p") {
    if (has_option(mount.options, "aname=drvfs")) return "drvfs";
    return has_option(mount.options, "trans=tcp") || has_option(mount.options, "trans=rdma") ? "9p" : "";
  }
  if (mount.type == "drvfs") return mount.type;
  const bool fuse = mount.type == "fuse" || mount.type.starts_with("fuse.");
  const std::string name = mount.type.starts_with("fuse.") ? mount.type.substr(5) : mount.type;
  if (std::find(std::begin(network_types), std::end(network_types), name) != std::end(network_types)) return name;
  return fuse && names_another_machine(mount.source) ? name : "";
}

std::string network_file_system_of(const fs::path& folder) {
  std::error_code none;
  fs::path existing = fs::absolute(folder, none);
  struct statfs status {};
  while (::statfs(existing.c_str(), &status) != 0) {
    if (errno != ENOENT || existing == existing.parent_path()) return {};
    existing = existing.parent_path();
  }
  const auto magic = static_cast<unsigned long>(status.f_type) & 0xFFFFFFFFUL;
  if (const char* name = network_file_system_name(magic)) return name;
  if (!mount_has_to_be_asked(magic)) return {};
  const std::optional<Mount> mount = mount_of(existing);
  return mount ? network_mount_name(*mount) : std::string();
}

} // namespace genchi
