// Functions of the C library defined in the program itself stand before those of the library for all who call them, also
// in SQLite and Xapian: so no fsync or rename is forgotten.
#include "base/failpoint.hpp"

#ifdef GENCHI_TEST_HOOKS
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace genchi {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

struct Wanted {
  Wanted() {
    name = environment("GENCHI_FAILPOINT");
    if (const std::size_t colon = name.rfind(':'); colon != std::string::npos) {
      pass = std::atoi(name.c_str() + colon + 1);
      name.resize(colon);
    }
    folder = environment("GENCHI_FAILPOINT_FOLDER");
    if (const std::string path = environment("GENCHI_FAILPOINT_LOG"); !path.empty())
      log = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  std::string name;
  int pass = 1;
  std::string folder;
  int log = -1;
};

const Wanted& wanted() {
  static const Wanted value;
  return value;
}

std::atomic<int> passed{0};

/// "index/shard-N-N/postlist.glass" for a path below the watched folder; empty for others.
std::string place_of(std::string_view path) {
  const std::string& folder = wanted().folder;
  if (folder.empty() || !path.starts_with(folder)) return {};
  path.remove_prefix(folder.size());
  if (!path.empty() && path.front() != '/') return {};
  std::string place;
  for (const char c : path.empty() ? path : path.substr(1)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) place += c;
    else if (place.empty() || place.back() != 'N') place += 'N';
  }
  return place.empty() ? "folder" : place;
}

std::string path_of(int fd) {
  if (wanted().folder.empty()) return {};
  char path[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

std::string path_at(int folder, const char* name) {
  if (name[0] == '/') return name;
  if (folder != AT_FDCWD) return path_of(folder) + "/" + name;
  char path[4096];
  return ::getcwd(path, sizeof path) != nullptr ? std::string(path) + "/" + name : std::string();
}

template <typename Call>
auto watched(const std::string& place, const char* before, const char* after, Call call) {
  if (!place.empty()) failpoint(place, before);
  const auto result = call();
  const int error = errno;
  if (!place.empty() && result == 0) failpoint(place, after);
  errno = error;
  return result;
}

template <typename... Args>
int system_call(long number, Args... args) {
  return static_cast<int>(::syscall(number, args...));
}

} // namespace

void failpoint(std::string_view place, std::string_view what) {
  const Wanted& w = wanted();
  if (w.log < 0 && w.name.empty()) return;
  std::string name(place);
  name.append(".").append(what);
  if (name == w.name && ++passed == w.pass) ::kill(::getpid(), SIGKILL);
  name += '\n';
  if (w.log >= 0 && ::write(w.log, name.data(), name.size()) < 0) ::_exit(99);
}

} // namespace genchi

using genchi::path_at;
using genchi::path_of;
using genchi::place_of;
using genchi::system_call;
using genchi::watched;

extern "C" {

int fsync(int fd) {
  return watched(place_of(path_of(fd)), "fsync", "fsynced", [&] { return system_call(SYS_fsync, fd); });
}
int fdatasync(int fd) {
  return watched(place_of(path_of(fd)), "fsync", "fsynced", [&] { return system_call(SYS_fdatasync, fd); });
}
int rename(const char* from, const char* to) noexcept {
  return watched(place_of(path_at(AT_FDCWD, to)), "rename", "renamed",
                 [&] { return system_call(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to); });
}
int ftruncate(int fd, off_t size) noexcept {
  return watched(place_of(path_of(fd)), "cut", "was-cut", [&] { return system_call(SYS_ftruncate, fd, size); });
}
int ftruncate64(int fd, off64_t size) noexcept {
  return watched(place_of(path_of(fd)), "cut", "was-cut", [&] { return system_call(SYS_ftruncate, fd, size); });
}
int unlinkat(int folder, const char* name, int flags) noexcept {
  return watched(place_of(path_at(folder, name)), "remove", "removed",
                 [&] { return system_call(SYS_unlinkat, folder, name, flags); });
}
int unlink(const char* name) noexcept { return ::unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char* name) noexcept { return ::unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char* name) noexcept {
  if (::unlink(name) == 0) return 0;
  return errno == EISDIR || errno == EPERM ? ::rmdir(name) : -1;
}
int mkdir(const char* name, mode_t mode) noexcept {
  return watched(place_of(path_at(AT_FDCWD, name)), "mkdir", "made",
                 [&] { return system_call(SYS_mkdirat, AT_FDCWD, name, mode); });
}

} // extern "C"
#endif
