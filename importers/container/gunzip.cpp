#include "importers/container/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace genchi::importers {

struct GunzipSource::Stream {
  static constexpr std::size_t block_size = 64 << 10;
  static constexpr int gzip_with_sums = 16 + MAX_WBITS;

  Stream() {
    if (::inflateInit2(&z, gzip_with_sums) != Z_OK) throw std::bad_alloc();
  }
  ~Stream() { ::inflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  z_stream z{};
  std::unique_ptr<char[]> block = std::make_unique_for_overwrite<char[]>(block_size);
};

GunzipSource::GunzipSource(ByteSource& packed, Reader& reader)
    : packed_(packed), reader_(reader), stream_(std::make_unique<Stream>()) {}

GunzipSource::~GunzipSource() = default;

// False at the end of the file.
bool GunzipSource::refill() {
  z_stream& z = stream_->z;
  if (z.avail_in > 0) return true;
  z.next_in = reinterpret_cast<Bytef*>(stream_->block.get());
  z.avail_in = static_cast<uInt>(packed_.read(stream_->block.get(), Stream::block_size));
  return z.avail_in > 0;
}

GunzipSource::Next GunzipSource::skip_to_next_part() {
  z_stream& z = stream_->z;
  while (refill()) {
    while (z.avail_in > 0 && *z.next_in == 0) {
      ++z.next_in;
      --z.avail_in;
    }
    if (z.avail_in > 0) return Next::part;
  }
  return Next::end;
}

std::size_t GunzipSource::read_some(char* to, std::size_t size) {
  if (!failure().empty()) return 0;
  z_stream& z = stream_->z;
  z.next_out = reinterpret_cast<Bytef*>(to);
  z.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
  const uInt room = z.avail_out;
  while (z.avail_out == room) {
    if (!in_part_) {
      if (skip_to_next_part() == Next::end) {
        fail_as(packed_);
        return 0;
      }
      ::inflateReset(&z);
      in_part_ = true;
      first_part_ = false;
      continue;
    }
    const bool more = refill();
    const uLong before = z.total_in;
    const int result = ::inflate(&z, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      in_part_ = false;
    } else if (result != Z_OK && (more || result != Z_BUF_ERROR)) {
      if (!first_part_ && before == 0 && z.total_out == 0)
        fail(Words("something follows that is not compressed"), Damage::cut_off);
      else
        fail(Words("damaged or incomplete: {}", z.msg ? z.msg : "zlib"), Damage::altered);
      break;
    } else if (!more && z.avail_out == room) {
      if (packed_.failure().empty())
        fail(Words("cut off before its end"), Damage::cut_off);
      else
        fail_as(packed_);
      break;
    }
  }
  const std::size_t got = room - z.avail_out;
  if (got > 0 && !reader_.expand(got)) {
    fail(reader_.expansion().exceeded, Damage::cut_off);
    return 0;
  }
  return got;
}

} // namespace genchi::importers
