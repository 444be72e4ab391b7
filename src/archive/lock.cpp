#include "archive/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

/// The pid in the lock file; "?" when the holder has not written it yet.
std::string holder_of(int fd) {
  char text[32];
  const ssize_t size = ::pread(fd, text, sizeof text, 0);
  std::string pid;
  for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i) pid.push_back(text[i]);
  return pid.empty() ? "?" : pid;
}

bool try_lock(int fd, const fs::path& path) {
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw Error(trf("cannot lock {}: {}", display_path(path), errno_text(errno)));
  }
  return true;
}

} // namespace

WriteLock::WriteLock(const fs::path& folder, int wait_seconds) {
  const fs::path path = folder / "lock";
  fd_ = Fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd_) throw Error(trf("cannot open {}: {}", display_path(path), errno_text(errno)));

  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds);
  while (!try_lock(fd_.get(), path)) {
    if (std::chrono::steady_clock::now() >= until) {
      throw Error(
          trf("the archive {} is being written by process {}", display_path(folder), holder_of(fd_.get())),
          tr("wait until it is done, or end it; nothing has to be cleared by hand"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (::fchmod(fd_.get(), 0600) != 0)
    throw Error(trf("cannot set the mode of {}: {}", display_path(path), errno_text(errno)));
  const std::string pid = std::to_string(::getpid()) + "\n";
  // Only the message of another process depends on this, so a full disk is no reason to stop.
  if (::ftruncate(fd_.get(), 0) != 0 || ::pwrite(fd_.get(), pid.data(), pid.size(), 0) < 0) return;
}

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

void refuse_network_file_system(const fs::path& folder) {
  std::error_code none;
  fs::path existing = fs::absolute(folder, none);
  struct statfs status {};
  while (::statfs(existing.c_str(), &status) != 0) {
    if (errno != ENOENT || existing == existing.parent_path()) return;
    existing = existing.parent_path();
  }
  const char* name = network_file_system_name(static_cast<unsigned long>(status.f_type));
  if (name == nullptr) return;
  throw Error(trf("{} is on a network file system ({}), where an archive cannot be written safely",
                  display_path(folder), name),
              tr("keep the archive on a local disk, and copies of it elsewhere"));
}

} // namespace genchi
