#include "base/files.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include <cerrno>

#include "genchi/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace genchi;
using genchi::test::TemporaryFolder;

TEST_CASE("a file is replaced whole and private") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "MANIFEST", "one");
  write_file_atomically(folder / "MANIFEST", "two");
  CHECK(read_file(folder / "MANIFEST") == "two");
  struct stat info {};
  REQUIRE(::stat((folder / "MANIFEST").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK_FALSE(std::filesystem::exists(folder / "MANIFEST.new"));
}

TEST_CASE("reading says which file and why not") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_file(folder / "none"), Catch::Contains("none"));
  write_file_atomically(folder / "big", std::string(100, 'x'));
  CHECK_THROWS_AS(read_file(folder / "big", 10), Error);
}

TEST_CASE("what cannot be written is named, and a full disk has a hint") {
  const Error refused = write_error("/var/写し/甲1.pdf", EACCES);
  CHECK(refused.what() == std::string("cannot write /var/写し/甲1.pdf: Permission denied"));
  CHECK(refused.hint().empty());
  for (const int full : {ENOSPC, EDQUOT}) CHECK(write_error("file", full).hint().find("Free some space") == 0);
}

TEST_CASE("new folders are private, a file in the way is an error") {
  const TemporaryFolder folder;
  make_private_folder(folder / "a/b");
  struct stat info {};
  REQUIRE(::stat((folder / "a").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0700);
  make_private_folder(folder / "a/b");
  write_file_atomically(folder / "file", "");
  CHECK_THROWS_AS(make_private_folder(folder / "file/x"), Error);
}

TEST_CASE("a spool gives back what it got, in memory and beyond") {
  for (const std::uint64_t limit : {std::uint64_t{1} << 20, std::uint64_t{10}}) {
    Spool spool(limit);
    CHECK(spool.view().empty());
    spool.append("12345678");
    CHECK(spool.view() == "12345678");
    spool.append("90abc");
    CHECK(spool.view() == "1234567890abc");
    CHECK(spool.size() == 13);
    spool.clear();
    CHECK(spool.view().empty());
    spool.append("again");
    CHECK(spool.view() == "again");
  }
}

TEST_CASE("names of files are shown without control characters") {
  CHECK(display_path("青木.csv") == "青木.csv");
  CHECK(display_path(std::string("a\x1b[31m\xffz")) == "a␛[31m\\xFFz");
}
