#include "importers/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "text/charset.hpp"

namespace genchi::importers {

std::string_view ByteSource::head() {
  if (!head_) head_ = std::make_unique_for_overwrite<char[]>(head_size);
  if (head_begin_ > 0) {
    std::memmove(head_.get(), head_.get() + head_begin_, head_end_ - head_begin_);
    head_end_ -= head_begin_;
    head_begin_ = 0;
  }
  while (head_end_ < head_size) {
    const std::size_t got = read_some(head_.get() + head_end_, head_size - head_end_);
    if (got == 0) break;
    head_end_ += got;
  }
  return {head_.get(), head_end_};
}

std::size_t ByteSource::read(char* to, std::size_t size) {
  if (head_begin_ == head_end_) return read_some(to, size);
  const std::size_t count = std::min(size, head_end_ - head_begin_);
  std::memcpy(to, head_.get() + head_begin_, count);
  head_begin_ += count;
  return count;
}

void ByteSource::rewind(std::uint64_t offset) {
  head_begin_ = head_end_ = 0;
  failure_ = {};
  damage_ = Damage::none;
  seek(offset);
}

void ByteSource::fail(Words why, Damage damage) {
  failure_ = std::move(why);
  damage_ = damage;
}

FileStamp stamp_of(const struct stat& info) {
  const auto nanoseconds = [](const timespec& t) { return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; };
  return {info.st_dev, info.st_ino, static_cast<std::uint64_t>(info.st_size), nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim)};
}

FdSource::FdSource(OpenedFile opened, std::uint64_t* counter)
    : fd_(std::move(opened.fd)), stamp_(opened.stamp), counter_(counter) {}

std::optional<FileStamp> FdSource::stamp() const {
  struct stat info {};
  if (::fstat(fd_.get(), &info) != 0) return std::nullopt;
  return stamp_of(info);
}

// A file replaced by another name stays what it was for whoever has it open; a new mode or link does not matter.
bool FdSource::changed() {
  const std::optional<FileStamp> now = stamp();
  return !now || now->size != stamp_.size || now->modified_ns != stamp_.modified_ns;
}

std::size_t FdSource::read_some(char* to, std::size_t size) {
  while (true) {
    const ssize_t got = ::pread(fd_.get(), to, size, static_cast<off_t>(at_));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      fail(Words("cannot be read: {}", errno_words(errno)), Damage::cut_off);
      return 0;
    }
    at_ += static_cast<std::uint64_t>(got);
    if (counter_) *counter_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
}

std::size_t MemorySource::read_some(char* to, std::size_t size) {
  if (at_ >= bytes_.size()) return 0;
  const std::size_t count = std::min<std::size_t>(size, bytes_.size() - at_);
  std::memcpy(to, bytes_.data() + at_, count);
  at_ += count;
  return count;
}

std::size_t ChainedSource::read_some(char* to, std::size_t size) {
  if (!front_.empty()) {
    const std::size_t count = std::min(size, front_.size());
    std::memcpy(to, front_.data(), count);
    front_.remove_prefix(count);
    return count;
  }
  const std::size_t got = rest_.read(to, size);
  if (got == 0) fail_as(rest_);
  return got;
}

std::size_t DigestingSource::read_some(char* to, std::size_t size) {
  const std::size_t got = inner_.read(to, size);
  if (got == 0) fail_as(inner_);
  hasher_.update({to, got});
  bytes_ += got;
  return got;
}

bool spool_all(ByteSource& source, Spool& spool, std::uint64_t limit) {
  constexpr std::size_t block = 64 << 10;
  const auto buffer = std::make_unique_for_overwrite<char[]>(block);
  while (spool.size() <= limit) {
    const std::size_t got = source.read(buffer.get(), block);
    if (got == 0) return true;
    spool.append({buffer.get(), got});
  }
  return false;
}

OpenedFile open_regular(const std::filesystem::path& path) {
  OpenedFile opened;
  struct stat info {};
  const auto failed = [&](int error) -> OpenedFile& {
    opened.vanished = error == ENOENT;
    opened.reason = Words("cannot be opened: {}", errno_words(error));
    return opened;
  };
  // Looked at before opening: opening a FIFO or a device can hang or have effects.
  if (::stat(path.c_str(), &info) != 0) return std::move(failed(errno));
  if (S_ISREG(info.st_mode)) {
    Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!fd || ::fstat(fd.get(), &info) != 0) return std::move(failed(errno));
    if (S_ISREG(info.st_mode)) {
      opened.fd = std::move(fd);
      opened.size = static_cast<std::uint64_t>(info.st_size);
      opened.modified = info.st_mtime;
      opened.stamp = stamp_of(info);
      return opened;
    }
  }
  opened.reason = Words("is not a regular file and was not opened");
  return opened;
}

std::string display_name(std::string_view bytes) {
  return display_path(std::filesystem::path(std::string(bytes)));
}

std::string decoded_name(std::string_view bytes) {
  return display_name(is_utf8(bytes) ? std::string(bytes) : decode_text(bytes).text);
}

} // namespace genchi::importers
