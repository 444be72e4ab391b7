#include "archive/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

#include "base/mounts.hpp"
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

// Who waits has a shared lock of another kind on this byte of the file, so that the holder can see it. It goes with its
// descriptor, as flock does.
constexpr off_t waiting_byte = 1 << 20;

struct flock waiting_lock(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = waiting_byte;
  lock.l_len = 1;
  return lock;
}

[[noreturn]] void cannot_open(const fs::path& folder, const fs::path& path, int error) {
  const char* made_anew = tr("remove it or move it away: genchi makes this file itself");
  if (error == ELOOP) throw Error(trf("{} is a symbolic link", display_path(path)), made_anew);
  if (error == EISDIR) throw Error(trf("{} is not a file", display_path(path)), made_anew);
  if (error == EROFS || error == EACCES || error == EPERM)
    throw Error(trf("the archive {} cannot be written to: {}: {}", display_path(folder), display_path(path.filename()),
                    errno_text(error)),
                tr("what is in it can be searched and shown all the same"));
  throw Error(trf("cannot open {}: {}", display_path(path), errno_text(error)));
}

Fd open_lock_file(const fs::path& folder, const fs::path& path) {
  // Not blocking: somebody may have put a pipe there.
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (!fd) cannot_open(folder, path, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) cannot_open(folder, path, errno);
  if (!S_ISREG(status.st_mode)) cannot_open(folder, path, EISDIR);
  return fd;
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
  fd_ = open_lock_file(folder, path);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds);
  while (!try_lock(fd_.get(), path)) {
    if (std::chrono::steady_clock::now() >= until) {
      const std::string pid = holder_of(fd_.get());
      throw LockHeld(trf("the archive {} is being written by process {}", display_path(folder), pid),
                     tr("wait until it is done, or end it; nothing has to be cleared by hand"), pid);
    }
    struct flock waiting = waiting_lock(F_RDLCK);
    ::fcntl(fd_.get(), F_OFD_SETLK, &waiting);  // if this fails, the holder does not hurry
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  struct flock waiting = waiting_lock(F_UNLCK);
  ::fcntl(fd_.get(), F_OFD_SETLK, &waiting);
  ::fchmod(fd_.get(), 0600);  // fails if it is somebody else's; there is nothing to hide in it
  const std::string pid = std::to_string(::getpid()) + "\n";
  // Only the message of another process depends on this, so a full disk is no reason to stop.
  if (::ftruncate(fd_.get(), 0) != 0 || ::pwrite(fd_.get(), pid.data(), pid.size(), 0) < 0) return;
}

bool WriteLock::is_wanted() const {
  struct flock other = waiting_lock(F_WRLCK);
  return ::fcntl(fd_.get(), F_OFD_GETLK, &other) == 0 && other.l_type != F_UNLCK;
}

void refuse_network_file_system(const fs::path& folder) {
  const std::string name = network_file_system_of(folder);
  if (name.empty()) return;
  throw Error(trf("{} is on a network file system ({}), where an archive cannot be written safely",
                  display_path(folder), name),
              tr("keep the archive on a local disk, and copies of it elsewhere; such a copy can be searched"));
}

} // namespace genchi
