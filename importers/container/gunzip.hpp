// gzip through zlib. libarchive neither checks the sums of a gzip nor gives the last 64 KiB before a cut.
#pragma once

#include <cstdint>
#include <memory>

#include "importers/reader.hpp"
#include "importers/source.hpp"

namespace genchi::importers {

/// What is inside a .gz, one part after another. failure() where a sum is wrong, the file is cut off (all that
/// can be had was given before), or something follows that is neither another part nor padding with zeros.
class GunzipSource final : public ByteSource {
 public:
  GunzipSource(ByteSource& packed, Reader& reader);
  ~GunzipSource() override;
  ByteSource* origin() override { return packed_.origin(); }
  bool changed() override { return packed_.changed(); }

 protected:
  std::size_t read_some(char* to, std::size_t size) override;

 private:
  enum class Next { part, end };
  bool refill();
  Next skip_to_next_part();

  struct Stream;
  ByteSource& packed_;
  Reader& reader_;
  std::unique_ptr<Stream> stream_;
  bool in_part_ = true;
  bool first_part_ = true;
};

} // namespace genchi::importers
