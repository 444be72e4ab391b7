// Archives and compressed files through libarchive, as streams. Never written to disk, never by their
// members' names.
#pragma once

#include <cstdint>
#include <memory>

#include "importers/reader.hpp"
#include "importers/source.hpp"

namespace genchi::importers {

/// What is inside a bz2, xz or zst file. Nothing and a failure() if it cannot be unpacked.
class DecompressedSource final : public ByteSource {
 public:
  DecompressedSource(ByteSource& packed, Reader& reader);
  ~DecompressedSource() override;
  ByteSource* origin() override { return packed_.origin(); }
  bool changed() override { return packed_.changed(); }

 protected:
  std::size_t read_some(char* to, std::size_t size) override;

 private:
  struct Unpacker;
  ByteSource& packed_;
  Reader& reader_;
  std::unique_ptr<Unpacker> unpacker_;
};

/// Reads the members of a zip, tar or 7z, each by Reader::read_found.
void read_archive(ByteSource& source, const FoundFile& file, Reader& reader);

} // namespace genchi::importers
