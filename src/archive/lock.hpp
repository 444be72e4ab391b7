// Who may write: one process, by flock on the file `lock`, and not over a network.
#pragma once

#include <filesystem>
#include <string>

#include "base/files.hpp"
#include "base/mounts.hpp"
#include "genchi/error.hpp"

namespace genchi {

/// Another process holds the lock.
class LockHeld : public Error {
 public:
  LockHeld(const std::string& message, const std::string& hint, std::string pid)
      : Error(message, hint), pid_(std::move(pid)) {}
  /// Its process id; "?" if it has not said so yet.
  const std::string& pid() const { return pid_; }

 private:
  std::string pid_;
};

/// Held from construction to destruction. The kernel drops it with the process, so a crashed holder leaves
/// nothing to clear; the pid in the file is only for the message.
class WriteLock {
 public:
  /// Waits up to `wait_seconds` for the lock on `folder`/lock, which is made (0600) if it is missing. Throws
  /// LockHeld naming the holder, or Error if there can be no lock.
  WriteLock(const std::filesystem::path& folder, int wait_seconds);
  /// Does another process wait for this lock? Work that can as well be done later then gives it up. Any thread.
  bool is_wanted() const;

 private:
  Fd fd_;
};

/// Throws Error with a hint if `folder`, or where it would be made, is on a network file system: flock and
/// SQLite's shared memory do not hold between machines.
void refuse_network_file_system(const std::filesystem::path& folder);

} // namespace genchi
