// Bags are checked here with what the system has, and against single changed bytes.
#include "evidence/bag.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace genchi;
using namespace genchi::evidence;
namespace fs = std::filesystem;

namespace {

constexpr UtcSeconds made = 1'775'350'800;

BagWriter::Made write_bag(const fs::path& out) {
  BagWriter bag(out, made);
  bag.add("words.txt", "一つ目\n");
  bag.add("深い/場所/空.txt", "");
  bag.add("pieces.bin", [](const auto& put) {
    for (int i = 0; i < 3000; ++i) put(std::string(100, static_cast<char>('a' + i % 26)));
  });
  const fs::path others = bag.folder("others");
  std::ofstream(others / "one.txt") << "another program wrote this\n";
  bag.adopt("others");
  bag.add_tag("README.txt", "read me\n");
  return bag.commit({{"Bag-Software-Agent", "genchi"}});
}

bool sums_agree(const fs::path& bag) {
  return std::system(("cd '" + bag.native() + "' && sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt >/dev/null 2>&1").c_str()) == 0;
}

void overwrite(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes; }

} // namespace

TEST_CASE("a bag is whole, private, and the same when made again") {
  test::TemporaryFolder folder;
  const auto first = write_bag(folder / "first");
  const auto second = write_bag(folder / "second");
  CHECK(first.digest == second.digest);
  CHECK(first.files == 4);
  CHECK(sums_agree(folder / "first"));
  const BagReader bag(folder / "first");
  CHECK(check_bag(bag).empty());
  CHECK(bag.files().size() == 4 + 5);
  CHECK((fs::status(folder / "first").permissions() & fs::perms::mask) == fs::perms(0700));
  for (const auto& [path, size] : bag.files()) CHECK((fs::status(bag.on_disk(path)).permissions() & fs::perms::others_all) == fs::perms::none);
  // Nothing of it is left beside.
  CHECK(std::distance(fs::directory_iterator(folder / ""), {}) == 2);
}

TEST_CASE("a ZIP has the same bag in it, whatever the locale") {
  test::TemporaryFolder folder;
  const auto plain = write_bag(folder / "bag");
  const auto zipped = write_bag(folder / "bag.zip");
  CHECK(plain.digest == zipped.digest);
  const BagReader bag(folder / "bag.zip");
  CHECK(check_bag(bag).empty());
  CHECK(bag.read("data/words.txt") == "一つ目\n");
  CHECK(bag.files().contains("data/深い/場所/空.txt"));
  CHECK(read_file(folder / "bag.zip").find("bag/data/\xE6\xB7\xB1\xE3\x81\x84/") != std::string::npos);
}

TEST_CASE("nothing is overwritten, and what is broken off leaves nothing") {
  test::TemporaryFolder folder;
  write_bag(folder / "there");
  CHECK_THROWS_AS(write_bag(folder / "there"), Error);
  overwrite(folder / "file.zip", "not ours");
  CHECK_THROWS_AS(write_bag(folder / "file.zip"), Error);
  fs::create_directory(folder / "empty");
  CHECK_NOTHROW(write_bag(folder / "empty"));
  {
    BagWriter bag(folder / "broken", made);
    bag.add("one", "1");
  }
  CHECK(std::distance(fs::directory_iterator(folder / ""), {}) == 3);
}

TEST_CASE("every changed byte of a bag is named, but for those of the list that names it") {
  test::TemporaryFolder folder;
  write_bag(folder / "bag");
  const std::map<std::string, std::uint64_t> files = BagReader(folder / "bag").files();
  for (const auto& [path, size] : files) {
    const std::string whole = read_file(folder / "bag" / path);
    for (std::size_t at = 0; at < whole.size(); at += whole.size() > 1000 ? 9973 : 1) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x20);
      overwrite(folder / "bag" / path, changed);
      const auto wrong = check_bag(BagReader(folder / "bag"));
      CHECK_FALSE(wrong.empty());
    }
    overwrite(folder / "bag" / path, whole);
  }
  CHECK(check_bag(BagReader(folder / "bag")).empty());
}

TEST_CASE("files put in, taken out or renamed are named") {
  test::TemporaryFolder folder;
  write_bag(folder / "bag");
  const auto says = [&](const std::string& words) {
    for (const std::string& wrong : check_bag(BagReader(folder / "bag")))
      if (wrong.find(words) != std::string::npos) return true;
    return false;
  };
  overwrite(folder / "bag" / "data" / "more.txt", "x");
  CHECK(says("data/more.txt"));
  fs::rename(folder / "bag" / "data" / "words.txt", folder / "bag" / "data" / "more.txt");
  CHECK(says("data/words.txt"));
  CHECK(says("data/more.txt"));
  fs::rename(folder / "bag" / "data" / "more.txt", folder / "bag" / "data" / "words.txt");
  overwrite(folder / "bag" / "notes.txt", "x");
  CHECK(says("notes.txt"));
  fs::remove(folder / "bag" / "notes.txt");
  fs::remove(folder / "bag" / "bagit.txt");
  CHECK(says("bagit.txt"));
}

TEST_CASE("what is no bag is refused or named") {
  test::TemporaryFolder folder;
  CHECK_THROWS_AS(BagReader(folder / "nowhere"), Error);
  fs::create_directory(folder / "empty");
  CHECK_FALSE(check_bag(BagReader(folder / "empty")).empty());
  overwrite(folder / "no.zip", "PK\x03\x04 and then nothing");
  CHECK_THROWS_AS(BagReader(folder / "no.zip"), Error);
  write_bag(folder / "bag");
  fs::create_symlink("/etc/passwd", folder / "bag" / "data" / "link");
  CHECK_THROWS_AS(BagReader(folder / "bag"), Error);
}
