// Files: descriptors, reading whole, writing so that a crash leaves the old or the new.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "genchi/i18n.hpp"

namespace genchi {

class Error;

/// An open descriptor, closed at the end. Move only.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(Fd&& o) noexcept : fd_(o.release()) {}
  Fd& operator=(Fd&& o) noexcept;
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release();
  void reset();

 private:
  int fd_ = -1;
};

/// "No such file or directory" and its like, in the locale's words.
std::string errno_text(int error);
/// The same for what is kept.
Words errno_words(int error);

/// "cannot write PATH: why", to be thrown where a system call on a file to be written failed; a full disk has a hint.
Error write_error(const std::filesystem::path& path, int error);

/// Opens for reading (O_CLOEXEC). Throws Error naming the file.
Fd open_for_reading(const std::filesystem::path& path);
/// The whole file. Throws Error if it cannot be read or is larger than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::uint64_t limit = 1ULL << 30);
/// Writes beside, fsyncs, renames over `path`, fsyncs the folder; mode 0600. Throws Error.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);
/// Writes everything, repeating short writes; throws Error naming `path` (a full disk says so).
void write_all(int fd, std::string_view bytes, const std::filesystem::path& path);
/// fsync of a descriptor, of a folder. Throw Error.
void sync_fd(int fd, const std::filesystem::path& path);
void sync_folder(const std::filesystem::path& folder);
/// Creates the folder and its parents, new ones with mode 0700. Throws Error.
void make_private_folder(const std::filesystem::path& folder);

/// Throws Error with the path and the system's words, and a hint for a full disk.
[[noreturn]] void throw_as_error(const std::filesystem::filesystem_error& error);
/// Gives what `work` gives; a filesystem_error of it goes through throw_as_error().
template <typename Work> auto with_paths_named(Work&& work) {
  try {
    return work();
  } catch (const std::filesystem::filesystem_error& error) {
    throw_as_error(error);
  }
}
/// A path as people read it: valid UTF-8, undecodable bytes as \xNN, control characters as
/// symbols (␛), those of C1 as ‹U+009B›: as text is shown on a terminal.
std::string display_path(const std::filesystem::path& path);

/// Bytes that grow, in memory up to a limit and in an unlinked temporary file beyond; seen as one view at the end.
/// So a 3 GB part costs address space, not memory.
class Spool {
 public:
  explicit Spool(std::uint64_t memory_limit = 16ULL << 20);
  ~Spool();
  Spool(Spool&&) noexcept;
  Spool& operator=(Spool&&) noexcept;
  void append(std::string_view bytes);
  std::uint64_t size() const;
  /// All bytes; valid until the next append, clear or the end of this object.
  std::string_view view();
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A file mapped read-only. The file must not shrink meanwhile; used for our own files only.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view view() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace genchi
