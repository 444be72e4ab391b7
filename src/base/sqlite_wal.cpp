#include "base/sqlite_wal.hpp"

#include <string_view>

#include "base/files.hpp"

namespace genchi {
namespace {

constexpr std::size_t header_size = 32;
constexpr std::size_t frame_header_size = 24;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

/// The running checksum over pairs of 32-bit words.
struct Checksum {
  bool big = false;
  std::uint32_t s0 = 0, s1 = 0;

  void add(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      s0 += (big ? big_endian(bytes, at) : little_endian(bytes, at)) + s1;
      s1 += (big ? big_endian(bytes, at + 4) : little_endian(bytes, at + 4)) + s0;
    }
  }
};

}  // namespace

WalState check_wal(const std::filesystem::path& wal) {
  WalState state;
  std::error_code error;
  if (!std::filesystem::exists(wal, error) || std::filesystem::file_size(wal, error) < header_size || error) return state;
  const MappedFile file(wal);
  const std::string_view bytes = file.view();
  const std::uint32_t magic = big_endian(bytes, 0);
  const std::uint32_t page = big_endian(bytes, 8);
  const std::string_view salts = bytes.substr(16, 8);
  Checksum sum{(magic & 1) != 0};
  sum.add(bytes.substr(0, 24));
  const bool sound = (magic & ~1U) == 0x377F0682 && page >= 512 && page <= 65536 && (page & (page - 1)) == 0 &&
                     big_endian(bytes, 24) == sum.s0 && big_endian(bytes, 28) == sum.s1;
  if (!sound) {
    state.header_damaged = bytes.size() > header_size;
    return state;
  }

  std::uint64_t first_bad = 0;
  for (std::size_t at = header_size; bytes.size() - at >= frame_header_size + page; at += frame_header_size + page) {
    const std::string_view frame = bytes.substr(at, frame_header_size + page);
    const bool commits = big_endian(frame, 4) != 0;
    const bool same_generation = frame.substr(8, 8) == salts;
    if (first_bad == 0) {
      sum.add(frame.substr(0, 8));
      sum.add(frame.substr(frame_header_size));
      if (!same_generation || big_endian(frame, 16) != sum.s0 || big_endian(frame, 20) != sum.s1) first_bad = at;
    }
    if (first_bad != 0) {
      // Frames of an older generation may follow; they are no loss.
      if (same_generation && commits) state.damaged_at = first_bad;
      if (same_generation) ++state.frames;
      continue;
    }
    ++state.frames;
    if (commits) state.accepted = state.frames;
  }
  return state;
}

}  // namespace genchi
