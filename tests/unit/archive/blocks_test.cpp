#include "archive/blocks.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>

#include "archive/pieces.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

Location whole(const StoredBlock& block) {
  return {block.file, block.offset, block.stored, block.raw, 0, block.raw};
}

} // namespace

TEST_CASE("blocks go to a new file when the old one is full") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "objects");
  BlockWriter writer(folder / "objects", 0, 0, 3000);
  std::vector<StoredBlock> stored;
  for (int i = 0; i < 5; ++i) stored.push_back(writer.write(noise(1300, 7 + static_cast<std::uint64_t>(i))));
  writer.sync();

  CHECK(stored[1].file == 1);
  CHECK(stored[2].file == 2);
  CHECK(stored[4].file == 3);
  const BlockReader reader(folder / "objects");
  for (int i = 0; i < 5; ++i)
    CHECK(*reader.block(whole(stored[static_cast<std::size_t>(i)])) ==
          noise(1300, 7 + static_cast<std::uint64_t>(i)));
  for (const char* name : {"000001.blk", "000002.blk", "000003.blk"})
    CHECK(mode_of(folder / "objects" / name) == 0600);
}

TEST_CASE("a block larger than a file is allowed gets one of its own") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "objects");
  BlockWriter writer(folder / "objects", 0, 0, 100);
  CHECK(writer.write(noise(5000)).file == 1);
  CHECK(writer.write(noise(5000)).file == 2);
}

TEST_CASE("writing goes on after what a crash left at the end of a file") {
  const TemporaryFolder folder;
  const auto objects = folder / "objects";
  std::filesystem::create_directory(objects);
  StoredBlock first;
  {
    BlockWriter writer(objects, 0, 0);
    first = writer.write("first");
    writer.sync();
  }
  append_to_file(objects / "000001.blk", noise(500));
  BlockWriter writer(objects, 1, first.offset + first.stored);
  const StoredBlock second = writer.write("second");
  writer.sync();
  CHECK(second.file == 1);
  CHECK(second.offset == first.offset + first.stored + 500);
  const BlockReader reader(objects);
  CHECK(*reader.block(whole(first)) == "first");
  CHECK(*reader.block(whole(second)) == "second");
}

TEST_CASE("a file that lost its end or its header is not written to") {
  const TemporaryFolder folder;
  const auto objects = folder / "objects";
  std::filesystem::create_directory(objects);
  StoredBlock first;
  {
    BlockWriter writer(objects, 0, 0);
    first = writer.write("first");
    writer.sync();
  }
  const std::uint64_t end = first.offset + first.stored;
  SECTION("shorter than archive.db says") {
    std::filesystem::resize_file(objects / "000001.blk", end - 1);
  }
  SECTION("empty") {
    std::filesystem::resize_file(objects / "000001.blk", 0);
  }
  SECTION("gone") {
    std::filesystem::remove(objects / "000001.blk");
  }
  BlockWriter writer(objects, 1, end);
  CHECK(writer.write("second").file == 2);
}

TEST_CASE("what was not fsynced can be given back") {
  const TemporaryFolder folder;
  const auto objects = folder / "objects";
  std::filesystem::create_directory(objects);
  BlockWriter writer(objects, 0, 0);
  const StoredBlock kept = writer.write("kept");
  writer.sync();
  writer.write(noise(10'000));
  writer.discard_unsynced();
  CHECK(std::filesystem::file_size(objects / "000001.blk") == kept.offset + kept.stored);
}

TEST_CASE("a damaged block is named with file and offset") {
  const TemporaryFolder folder;
  const auto objects = folder / "objects";
  std::filesystem::create_directory(objects);
  BlockWriter writer(objects, 0, 0);
  const StoredBlock first = writer.write(noise(1000));
  const StoredBlock second = writer.write(noise(1000, 2));
  writer.sync();
  {
    std::fstream file(objects / "000001.blk", std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(second.offset + 500));
    file.put('\x55');
  }
  const BlockReader reader(objects);
  CHECK(*reader.block(whole(first)) == noise(1000));
  CHECK_THROWS_WITH(reader.block(whole(second)),
                    Catch::Contains("000001.blk") && Catch::Contains(std::to_string(second.offset)));

  Location beyond = whole(second);
  beyond.block_offset += 1'000'000;
  CHECK_THROWS_AS(reader.block(beyond), Error);
  Location huge = whole(first);
  huge.block_raw = 0xFFFFFFFF;
  CHECK_THROWS_AS(BlockReader(objects).block(huge), Error);
  huge.block_raw = first.raw + 1;
  CHECK_THROWS_AS(BlockReader(objects).block(huge), Error);
  Location other_file = whole(first);
  other_file.file = 9;
  CHECK_THROWS_WITH(reader.block(other_file), Catch::Contains("000009.blk"));
  std::string out;
  CHECK_THROWS_AS(reader.read(whole(first), 990, 20, out), Error);
}

TEST_CASE("a block file is a zstd file") {
  const TemporaryFolder folder;
  const auto objects = folder / "objects";
  std::filesystem::create_directory(objects);
  BlockWriter writer(objects, 0, 0);
  const StoredBlock block = writer.write("plain words");
  writer.sync();
  std::ifstream file(objects / "000001.blk", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK(bytes.substr(0, 8) == std::string("\x5A\x2A\x4D\x18\x10\0\0\0", 8));
  CHECK(bytes.substr(8, 16) == "genchi blocks 1\n");
  CHECK(block.offset == 24);
  CHECK(bytes.substr(24, 4) == "\x28\xB5\x2F\xFD");
}

TEST_CASE("lists of pieces and cuts come back as they were") {
  const std::vector<Piece> pieces = {{1, 0, 0}, {5'000'000'000, 127, 128}, {3, 1ULL << 40, 16'384}};
  CHECK(decode_pieces(encode_pieces(pieces)) == pieces);
  CHECK(decode_pieces("").empty());
  const std::vector<Cut> cuts = {{120, CutKind::other}, {0xFFFFFFFF, CutKind::row}, {16, CutKind::row_part}};
  CHECK(decode_cuts(encode_cuts(cuts)) == cuts);
  CHECK(encode_pieces({{3, 0, 300}}) == std::string("\x06\x00\xAC\x02", 4));

  CHECK_THROWS_AS(decode_pieces("\x06"), Error);
  CHECK_THROWS_AS(decode_pieces(std::string(40, '\xFF')), Error);
  CHECK_THROWS_AS(decode_cuts("\x03"), Error);
  CHECK_THROWS_AS(decode_cuts("\x80"), Error);
}
