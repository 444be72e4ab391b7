// Where importers get bytes from: a descriptor, memory, a member of a container. Read once, front to back,
// after a look at the beginning. A source that breaks off says so by failure(), never by an exception.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "genchi/i18n.hpp"
#include "genchi/import.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

struct stat;

namespace genchi::importers {

class ByteSource {
 public:
  static constexpr std::size_t head_size = 64 << 10;

  ByteSource() = default;
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Up to head_size bytes from where the source stands, not consumed. Valid until the next read or rewind.
  std::string_view head();
  /// Fills `to` with up to `size` bytes; 0 only at the end.
  std::size_t read(char* to, std::size_t size);
  /// Why the source ended before its end, in a sentence; empty if it did not.
  const Words& failure() const { return failure_; }
  /// What a failure means for the bytes read before it: they are the first ones of those meant, or perhaps not
  /// even that (a wrong sum).
  enum class Damage { none, cut_off, altered };
  Damage damage() const { return damage_; }
  /// Has the file been written to since it was opened? What was read then may be neither the old nor the new.
  virtual bool changed() { return false; }

  /// Total size if known.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
  virtual bool can_seek() const { return false; }
  /// Goes on reading at `offset`. Only if can_seek().
  void rewind(std::uint64_t offset);
  /// The stored form of these bytes, if it can be read again from its beginning: this source, or the
  /// compressed file it is unpacked from; else null. Using it ends the reading of this source.
  virtual ByteSource* origin() { return can_seek() ? this : nullptr; }

 protected:
  virtual std::size_t read_some(char* to, std::size_t size) = 0;
  virtual void seek(std::uint64_t) {}
  void fail(Words why, Damage damage);
  void fail_as(const ByteSource& inner) { fail(inner.failure_, inner.damage_); }

 private:
  std::unique_ptr<char[]> head_;
  std::size_t head_begin_ = 0;
  std::size_t head_end_ = 0;
  Words failure_;
  Damage damage_ = Damage::none;
};

/// What opening a path gave: a regular file, or why not. Special files (FIFOs, sockets, devices) are never
/// opened.
struct OpenedFile {
  Fd fd;
  std::uint64_t size = 0;
  UtcSeconds modified = 0;
  FileStamp stamp;
  bool vanished = false; ///< there is no such file (any more)
  Words reason;          ///< empty if it was opened
};
OpenedFile open_regular(const std::filesystem::path& path);
FileStamp stamp_of(const struct stat& info);

/// A regular file. Adds what it reads to `*counter`, if there is one.
class FdSource final : public ByteSource {
 public:
  FdSource(OpenedFile opened, std::uint64_t* counter);
  bool changed() override;
  std::optional<std::uint64_t> size() const override { return stamp_.size; }
  bool can_seek() const override { return true; }
  /// As the file looks now.
  std::optional<FileStamp> stamp() const;

 protected:
  std::size_t read_some(char* to, std::size_t size) override;
  void seek(std::uint64_t offset) override { at_ = offset; }

 private:
  Fd fd_;
  FileStamp stamp_;
  std::uint64_t* counter_;
  std::uint64_t at_ = 0;
};

/// Bytes that someone else keeps.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::optional<std::uint64_t> size() const override { return bytes_.size(); }
  bool can_seek() const override { return true; }

 protected:
  std::size_t read_some(char* to, std::size_t size) override;
  void seek(std::uint64_t offset) override { at_ = offset; }

 private:
  std::string_view bytes_;
  std::uint64_t at_ = 0;
};

/// `front`, then what is left of `rest`.
class ChainedSource final : public ByteSource {
 public:
  ChainedSource(std::string_view front, ByteSource& rest) : front_(front), rest_(rest) {}
  ByteSource* origin() override { return rest_.origin(); }
  bool changed() override { return rest_.changed(); }

 protected:
  std::size_t read_some(char* to, std::size_t size) override;

 private:
  std::string_view front_;
  ByteSource& rest_;
};

/// Passes bytes on and computes their digest.
class DigestingSource final : public ByteSource {
 public:
  explicit DigestingSource(ByteSource& inner) : inner_(inner) {}
  std::uint64_t bytes() const { return bytes_; }
  Sha256 digest() { return hasher_.finish(); }
  ByteSource* origin() override { return inner_.origin(); }
  bool changed() override { return inner_.changed(); }

 protected:
  std::size_t read_some(char* to, std::size_t size) override;

 private:
  ByteSource& inner_;
  Sha256Hasher hasher_;
  std::uint64_t bytes_ = 0;
};

/// Appends what is left of `source` to `spool` until it holds more than `limit` bytes. True if the source
/// ended.
bool spool_all(ByteSource& source, Spool& spool, std::uint64_t limit = UINT64_MAX);

/// Valid UTF-8 without control characters, as SourceFile::name wants it.
std::string display_name(std::string_view bytes);
/// The same for a name that may be in CP932 or another old charset, as unpacking leaves it on disk.
std::string decoded_name(std::string_view bytes);

} // namespace genchi::importers
