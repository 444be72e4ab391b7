// SHA-256, the name of every original and of every message.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace genchi {

/// A SHA-256 digest: 32 bytes, ordered bytewise.
struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};

  auto operator<=>(const Sha256&) const = default;
  /// 64 lower-case hexadecimal digits.
  std::string hex() const;
  /// The 32 bytes as a view, for storing; valid as long as this object.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  /// The first 8 bytes as a big-endian number: a key for in-memory tables and integer columns.
  std::uint64_t prefix64() const;

  /// From exactly 32 raw bytes / 64 hex digits; nullopt for anything else.
  static std::optional<Sha256> from_bytes(std::string_view raw);
  static std::optional<Sha256> from_hex(std::string_view hex);
};

/// Computes a digest piece by piece. Not shared between threads. 1.4 GB/s with SHA instructions.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(Sha256Hasher&&) noexcept;
  Sha256Hasher& operator=(Sha256Hasher&&) noexcept;

  Sha256Hasher& update(std::string_view bytes);
  /// The digest of all that was given; the hasher is then as new.
  Sha256 finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The digest of `bytes`. Any thread.
Sha256 sha256(std::string_view bytes);

}  // namespace genchi
