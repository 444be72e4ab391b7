// Who may write: one process, by flock on the file `lock`, and not over a network.
#pragma once

#include <filesystem>

#include "base/files.hpp"

namespace genchi {

/// Held from construction to destruction. The kernel drops it with the process, so a crashed holder leaves
/// nothing to clear; the pid in the file is only for the message.
class WriteLock {
 public:
  /// Waits up to `wait_seconds` for the lock on `folder`/lock, which is made (0600) if it is missing. Throws
  /// Error naming the holder.
  WriteLock(const std::filesystem::path& folder, int wait_seconds);

 private:
  Fd fd_;
};

/// The name of the network file system with this statfs magic, or nullptr. sshfs and its like show as FUSE
/// and cannot be told from local ones.
const char* network_file_system_name(unsigned long magic);

/// Throws Error with a hint if `folder`, or where it would be made, is on a network file system: flock and
/// SQLite's shared memory do not hold between machines.
void refuse_network_file_system(const std::filesystem::path& folder);

} // namespace genchi
