#include "archive/blocks.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <vector>

#include "base/failpoint.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

constexpr int compression_level = 3;
constexpr std::size_t thread_cache_bytes = 8 * 1024 * 1024;

std::uint32_t newest_block_file(const fs::path& objects) {
  std::uint32_t newest = 0;
  std::error_code error;
  for (fs::directory_iterator it(objects, error), end; !error && it != end; it.increment(error)) {
    newest = std::max(newest, block_file_number(it->path().filename().native()));
  }
  return newest;
}

std::string pread_all(int fd, std::uint64_t offset, std::size_t size, const fs::path& path) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(fd, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EIO) break;  // the medium has lost it: the same as if it ended here
    if (got < 0) throw Error(trf("cannot read {}: {}", display_path(path), errno_text(errno)));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

struct CachedBlock {
  std::uint64_t reader;
  std::uint32_t file;
  std::uint64_t offset;
  std::shared_ptr<const std::string> bytes;
};

/// The thread's blocks, last used first.
std::vector<CachedBlock>& thread_cache() {
  thread_local std::vector<CachedBlock> cache;
  return cache;
}

void keep_within_limit(std::vector<CachedBlock>& cache) {
  std::size_t total = 0, kept = 0;
  for (; kept < cache.size(); ++kept) {
    total += cache[kept].bytes->size();
    if (kept > 0 && total > thread_cache_bytes) break;
  }
  cache.erase(cache.begin() + static_cast<std::ptrdiff_t>(kept), cache.end());
}

} // namespace

std::string_view block_file_header() {
  static constexpr char header[] = "\x5A\x2A\x4D\x18\x10\x00\x00\x00genchi blocks 1\n";
  return {header, sizeof header - 1};
}

std::string block_file_name(std::uint32_t file) {
  return fmt::format("{:06}.blk", file);
}

std::uint32_t block_file_number(const std::string& name) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || name != block_file_name(number)) return 0;
  return number;
}

BlockWriter::BlockWriter(fs::path objects, std::uint32_t file, std::uint64_t end, std::uint64_t max_file)
    : objects_(std::move(objects)), max_file_(max_file), file_(file), end_(end),
      context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
  if (!context_) throw Error(tr("not enough memory"));
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, compression_level);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
}

BlockWriter::~BlockWriter() = default;

StoredBlock BlockWriter::write(std::string_view raw) {
  compressed_.resize(ZSTD_compressBound(raw.size()));
  const std::size_t size =
      ZSTD_compress2(context_.get(), compressed_.data(), compressed_.size(), raw.data(), raw.size());
  if (ZSTD_isError(size)) throw Error(trf("cannot compress: {}", ZSTD_getErrorName(size)));

  if (!fd_) open_for_append();
  if (end_ > block_file_header().size() && end_ + size > max_file_) {
    sync();
    begin_file(file_ + 1);
  }
  const StoredBlock stored{file_, end_, static_cast<std::uint32_t>(size),
                           static_cast<std::uint32_t>(raw.size())};
  failpoint("objects", "write");
  write_all(fd_.get(), std::string_view(compressed_).substr(0, size), objects_ / block_file_name(file_));
  failpoint("objects", "written");
  end_ += size;
  return stored;
}

/// Goes on after the end of the newest file, committed or not. A file shorter than archive.db says has lost
/// bytes: writing there would put new blocks where others are looked for, so a new file is begun.
void BlockWriter::open_for_append() {
  const std::uint32_t newest = newest_block_file(objects_);
  const std::uint64_t committed_end = newest == file_ ? end_ : 0;
  if (newest > 0 && newest >= file_ && continue_file(newest, committed_end)) return;
  begin_file(std::max(newest, file_) + 1);
}

bool BlockWriter::continue_file(std::uint32_t file, std::uint64_t committed_end) {
  const fs::path path = objects_ / block_file_name(file);
  Fd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0) return false;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const std::string_view header = block_file_header();
  if (size < committed_end || size >= max_file_) return false;
  if (pread_all(fd.get(), 0, header.size(), path) != header) return false;
  if (::lseek(fd.get(), 0, SEEK_END) < 0) return false;
  fd_ = std::move(fd);
  file_ = file;
  end_ = synced_ = size;
  // A crash may have come between the making of the file and the fsync of the folder.
  new_name_ = committed_end == 0;
  return true;
}

void BlockWriter::begin_file(std::uint32_t file) {
  const fs::path path = objects_ / block_file_name(file);
  Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd || ::fchmod(fd.get(), 0600) != 0) {
    throw Error(trf("cannot create {}: {}", display_path(path), errno_text(errno)));
  }
  failpoint("objects", "file-made");
  fd_ = std::move(fd);
  file_ = file;
  end_ = synced_ = 0;
  new_name_ = true;
  write_all(fd_.get(), block_file_header(), path);
  end_ = block_file_header().size();
}

void BlockWriter::sync() {
  if (!fd_ || (synced_ == end_ && !new_name_)) return;
  sync_fd(fd_.get(), objects_ / block_file_name(file_));
  if (new_name_) sync_folder(objects_);
  new_name_ = false;
  synced_ = end_;
}

void BlockWriter::discard_unsynced() noexcept {
  // If this fails too, the bytes are orphans like those of a crash.
  if (fd_ && synced_ > 0 && ::ftruncate(fd_.get(), static_cast<off_t>(synced_)) == 0) end_ = synced_;
  fd_.reset();
}

BlockReader::BlockReader(fs::path objects) : objects_(std::move(objects)) {
  static std::atomic<std::uint64_t> last_id{0};
  id_ = ++last_id;
}

int BlockReader::descriptor(std::uint32_t file) const {
  const std::lock_guard<std::mutex> guard(mutex_);
  Fd& fd = files_[file];
  const fs::path path = objects_ / block_file_name(file);
  std::error_code error;
  if (!fd && !fs::exists(path, error) && !error) return -1;
  if (!fd) fd = open_for_reading(path);
  return fd.get();
}

std::shared_ptr<const std::string> BlockReader::load(const Location& location) const {
  const fs::path path = objects_ / block_file_name(location.file);
  const auto damaged = [&](const std::string& reason) {
    return DamagedBlock(trf("{} is damaged at byte {}: {}", display_path(path), location.block_offset, reason),
                        tr("Import the file it came from again, or restore the archive from a backup; `genchi verify` "
                           "names all that is damaged."),
                        reason);
  };
  if (location.block_raw > max_block_raw || location.block_stored > ZSTD_compressBound(max_block_raw)) {
    throw damaged(tr("no block is that large"));
  }
  const int file = descriptor(location.file);
  if (file < 0) throw damaged(tr("the file is missing"));
  const std::string stored = pread_all(file, location.block_offset, location.block_stored, path);
  if (stored.size() != location.block_stored) throw damaged(tr("the file ends too early, or cannot be read there"));
  auto raw = std::make_shared<std::string>(location.block_raw, '\0');
  const std::size_t size = ZSTD_decompress(raw->data(), raw->size(), stored.data(), stored.size());
  if (ZSTD_isError(size)) throw damaged(ZSTD_getErrorName(size));
  if (size != raw->size()) throw damaged(tr("the block has another length than recorded"));
  return raw;
}

std::shared_ptr<const std::string> BlockReader::block(const Location& location) const {
  std::vector<CachedBlock>& cache = thread_cache();
  const auto held = std::find_if(cache.begin(), cache.end(), [&](const CachedBlock& one) {
    return one.reader == id_ && one.file == location.file && one.offset == location.block_offset;
  });
  if (held != cache.end()) {
    std::rotate(cache.begin(), held, held + 1);
  } else {
    cache.insert(cache.begin(), {id_, location.file, location.block_offset, load(location)});
    keep_within_limit(cache);
  }
  return cache.front().bytes;
}

void BlockReader::read(const Location& location, std::uint64_t from, std::uint64_t length,
                       std::string& out) const {
  const std::shared_ptr<const std::string> bytes = block(location);
  const std::uint64_t begin = location.offset + from;
  if (begin > bytes->size() || length > bytes->size() - begin) {
    throw DamagedOriginal(trf("archive.db is damaged: it names bytes beyond the block at byte {} of {}",
                    location.block_offset, block_file_name(location.file)));
  }
  out.append(*bytes, begin, length);
}

} // namespace genchi
