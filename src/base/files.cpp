#include "base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;

std::string hint_for(int error) {
  return error == ENOSPC || error == EDQUOT ? tr("Free some space and run the command again; nothing that was reported as done is lost.") : "";
}

[[noreturn]] void fail(const char* format, const fs::path& path, int error) { throw Error(trf(format, display_path(path), errno_text(error)), hint_for(error)); }

}  // namespace

Fd& Fd::operator=(Fd&& o) noexcept {
  if (this != &o) {
    reset();
    fd_ = o.release();
  }
  return *this;
}

int Fd::release() { return std::exchange(fd_, -1); }

void Fd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::string errno_text(int error) {
  // strerror_r of glibc: translated under the locale, and safe in threads.
  char buffer[256];
  return to_valid_utf8(::strerror_r(error, buffer, sizeof buffer));
}

Words errno_words(int error) {
  const char* english = ::strerrordesc_np(error);
  return Words::known(english ? std::string(english) : fmt::format("error {}", error), errno_text(error));
}

Error write_error(const fs::path& path, int error) { return Error(trf("cannot write {}: {}", display_path(path), errno_text(error)), hint_for(error)); }

void throw_as_error(const fs::filesystem_error& error) {
  std::string place = display_path(error.path1());
  if (!error.path2().empty()) place += " → " + display_path(error.path2());
  throw Error(trf("{}: {}", place, errno_text(error.code().value())), hint_for(error.code().value()));
}

Fd open_for_reading(const fs::path& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) fail("cannot open {}: {}", path, errno);
  return fd;
}

std::string read_file(const fs::path& path, std::uint64_t limit) {
  const Fd fd = open_for_reading(path);
  std::string out;
  char buffer[65536];
  for (;;) {
    const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("cannot read {}: {}", path, errno);
    if (n == 0) return out;
    out.append(buffer, static_cast<std::size_t>(n));
    if (out.size() > limit) throw Error(trf("{} is larger than {} bytes", display_path(path), limit));
  }
}

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw write_error(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void sync_fd(int fd, const fs::path& path) {
  if (::fsync(fd) != 0 && errno != EINVAL && errno != EROFS) throw write_error(path, errno);
}

void sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) fail("cannot open {}: {}", folder, errno);
  sync_fd(fd.get(), folder);
}

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + ".new";
  {
    const Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd) throw write_error(temporary, errno);
    write_all(fd.get(), bytes, temporary);
    sync_fd(fd.get(), temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) throw write_error(path, errno);
  sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

void make_private_folder(const fs::path& folder) {
  fs::path so_far;
  for (const auto& part : fs::absolute(folder).lexically_normal()) {
    so_far /= part;
    if (so_far.empty() || part.empty()) continue;
    if (::mkdir(so_far.c_str(), 0700) == 0) {
      ::chmod(so_far.c_str(), 0700);
    } else if (const int error = errno; error != EEXIST) {
      struct stat info {};
      if (::stat(so_far.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) fail("cannot create {}: {}", so_far, error);
    }
  }
  if (!fs::is_directory(folder)) fail("cannot create {}: {}", folder, ENOTDIR);
}

std::string display_path(const fs::path& path) {
  const std::string& raw = path.native();
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = decode_utf8(raw, at);
    const bool broken = c.value == 0xFFFD && c.size == 1;
    constexpr char32_t symbols = 0x2400, symbol_of_delete = 0x2421;
    if (!broken && c.value < 0x20) {
      append_utf8(out, symbols + c.value);
    } else if (!broken && c.value == 0x7F) {
      append_utf8(out, symbol_of_delete);
    } else if (!broken && c.value > 0x7F && c.value < 0xA0) {
      out += fmt::format("‹U+{:04X}›", static_cast<unsigned>(c.value));
    } else if (broken) {
      for (std::size_t i = at; i < at + c.size; ++i) out += fmt::format("\\x{:02X}", static_cast<unsigned char>(raw[i]));
    } else {
      out.append(raw, at, c.size);
    }
    at += c.size;
  }
  return out;
}

struct Spool::State {
  explicit State(std::uint64_t limit) : memory_limit(limit) {}
  ~State() { unmap(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void unmap() {
    if (mapped) ::munmap(mapped, mapped_size);
    mapped = nullptr;
  }

  void spill() {
    const char* folder = std::getenv("TMPDIR");
    path = fs::path(folder && *folder ? folder : "/var/tmp") / "genchi-spool-XXXXXX";
    std::string name = path.native();
    file = Fd(::mkostemp(name.data(), O_CLOEXEC));
    if (!file) fail("cannot create {}: {}", name, errno);
    ::unlink(name.c_str());
    write_all(file.get(), memory, path);
    memory.clear();
    memory.shrink_to_fit();
  }

  std::uint64_t memory_limit;
  std::string memory;
  Fd file;
  fs::path path;
  std::uint64_t size = 0;
  void* mapped = nullptr;
  std::size_t mapped_size = 0;
};

Spool::Spool(std::uint64_t memory_limit) : state_(std::make_unique<State>(memory_limit)) {}
Spool::~Spool() = default;
Spool::Spool(Spool&&) noexcept = default;
Spool& Spool::operator=(Spool&&) noexcept = default;

void Spool::append(std::string_view bytes) {
  State& s = *state_;
  s.unmap();
  if (!s.file && s.size + bytes.size() > s.memory_limit) s.spill();
  if (s.file) write_all(s.file.get(), bytes, s.path);
  else s.memory.append(bytes);
  s.size += bytes.size();
}

std::uint64_t Spool::size() const { return state_->size; }

std::string_view Spool::view() {
  State& s = *state_;
  if (!s.file) return s.memory;
  if (!s.mapped) {
    s.mapped_size = static_cast<std::size_t>(s.size);
    void* at = ::mmap(nullptr, s.mapped_size, PROT_READ, MAP_PRIVATE, s.file.get(), 0);
    if (at == MAP_FAILED) fail("cannot read {}: {}", s.path, errno);
    s.mapped = at;
  }
  return {static_cast<const char*>(s.mapped), s.mapped_size};
}

void Spool::clear() {
  State& s = *state_;
  s.unmap();
  s.file.reset();
  s.memory.clear();
  s.size = 0;
}

MappedFile::MappedFile(const fs::path& path) {
  const Fd fd = open_for_reading(path);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) fail("cannot read {}: {}", path, errno);
  size_ = static_cast<std::size_t>(info.st_size);
  if (size_ == 0) return;
  void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (at == MAP_FAILED) fail("cannot read {}: {}", path, errno);
  data_ = static_cast<const char*>(at);
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace genchi
