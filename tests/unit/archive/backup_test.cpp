#include "archive/backup.hpp"

#include <catch2/catch.hpp>

#include "archive/lock.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "tests/unit/archive/fixture.hpp"

namespace genchi {
namespace {

using namespace test;
namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) { return read_file(path); }

void flip_byte(const fs::path& path, std::uint64_t at) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(at));
  const char c = static_cast<char>(file.get());
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(c ^ 0x40));
}

/// An archive with mails in it, and where its copy goes.
class Copying {
 public:
  fs::path ours() const { return folder_ / "archive"; }
  fs::path copy() const { return folder_ / "copy"; }

  void import_mails(int from, int to) {
    Archive archive = Archive::exists(ours()) ? Archive::open(ours(), Archive::Mode::write) : Archive::create(ours());
    import(archive, source("mails " + std::to_string(from) + ".mbox"), [&] {
      for (int n = from; n < to; ++n) add_mail(archive, mail_text(n) + noise(500, static_cast<std::uint64_t>(n) + 1));
    });
  }
  BackupReport back_up(const BackupOptions& options = {}) { return genchi::back_up(ours(), copy(), options); }

  /// All originals, read from an archive and compared with their hashes.
  static std::vector<Sha256> originals(const fs::path& folder) {
    const Archive archive = Archive::open(folder, Archive::Mode::read);
    std::vector<Sha256> all;
    for (const Entry& entry : all_entries(archive)) {
      CHECK(sha256(archive.read(entry)) == entry.digest);
      all.push_back(entry.digest);
    }
    return all;
  }
  static std::string head(const fs::path& folder) { return Archive::open(folder, Archive::Mode::read).journal(0).back().line; }

  TemporaryFolder folder_;
};

TEST_CASE_METHOD(Copying, "a backup is an archive with the same originals and the same journal", "[backup]") {
  import_mails(0, 50);
  const BackupReport report = back_up();
  CHECK(report.head_before == 0);
  CHECK(report.head == Archive::open(ours(), Archive::Mode::read).head());
  CHECK(originals(copy()) == originals(ours()));
  CHECK(head(copy()) == head(ours()));
  CHECK(mode_of(copy()) == 0700);
  CHECK(mode_of(copy() / "archive.db") == 0600);
  CHECK(mode_of(copy() / "objects/000001.blk") == 0600);
}

TEST_CASE_METHOD(Copying, "a restored backup takes imports as the archive did", "[backup]") {
  import_mails(0, 20);
  back_up();
  fs::copy(copy(), folder_ / "restored", fs::copy_options::recursive);
  Archive restored = Archive::open(folder_ / "restored", Archive::Mode::write);
  import(restored, source("later.mbox"), [&] { add_mail(restored, mail_text(99)); });
  CHECK(all_entries(restored).size() == 21);
}

TEST_CASE_METHOD(Copying, "a backup of a backup is one too", "[backup]") {
  import_mails(0, 20);
  back_up();
  genchi::back_up(copy(), folder_ / "second");
  CHECK(originals(folder_ / "second") == originals(ours()));
}

TEST_CASE_METHOD(Copying, "a later backup copies only what is new", "[backup]") {
  import_mails(0, 2000);
  const BackupReport first = back_up();
  const BackupReport nothing_new = back_up();
  CHECK(nothing_new.written == 0);
  CHECK(nothing_new.head == nothing_new.head_before);

  import_mails(2000, 2010);
  const BackupReport second = back_up();
  const std::uint64_t blocks = second.written - fs::file_size(copy() / "archive.db");
  CHECK(blocks < 20'000);
  CHECK(first.written > 1'000'000);
  CHECK(originals(copy()) == originals(ours()));
}

TEST_CASE_METHOD(Copying, "what a crash left between blocks does not disturb", "[backup]") {
  import_mails(0, 10);
  append_to_file(ours() / "objects/000001.blk", "left by a crash");
  back_up();
  import_mails(10, 20);
  back_up();
  CHECK(originals(copy()) == originals(ours()));
  CHECK(bytes_of(copy() / "objects/000001.blk") == bytes_of(ours() / "objects/000001.blk"));
}

TEST_CASE_METHOD(Copying, "a first backup that was broken off goes on", "[backup]") {
  import_mails(0, 500);
  fs::create_directories(copy() / "objects");
  // The archive.db of the copy comes last, so it is missing.
  const std::string blocks = bytes_of(ours() / "objects/000001.blk");
  append_to_file(copy() / "objects/000001.blk", blocks.substr(0, blocks.size() / 2) + std::string(1000, '\0'));
  append_to_file(copy() / "archive.db.new", "half");
  back_up();
  CHECK(bytes_of(copy() / "objects/000001.blk") == blocks);
  CHECK(originals(copy()) == originals(ours()));
}

TEST_CASE_METHOD(Copying, "orphan bytes at the end of the copy are written over", "[backup]") {
  import_mails(0, 20);
  back_up();
  append_to_file(copy() / "objects/000001.blk", std::string(5000, 'x'));
  import_mails(20, 40);
  back_up();
  CHECK(originals(copy()) == originals(ours()));
}

TEST_CASE_METHOD(Copying, "a block file of the copy that was cut off, changed or lost is copied anew", "[backup]") {
  import_mails(0, 300);
  back_up();
  const fs::path file = copy() / "objects/000001.blk";
  SECTION("cut off") { fs::resize_file(file, 1000); }
  SECTION("changed at its end") { flip_byte(file, fs::file_size(file) - 10); }
  SECTION("another header") { flip_byte(file, 9); }
  SECTION("lost") { fs::remove(file); }
  const BackupReport report = back_up();
  CHECK(report.mended == 1);
  CHECK(originals(copy()) == originals(ours()));
}

TEST_CASE_METHOD(Copying, "verify finds what has gone bad in the middle of the copy, and mends it", "[backup]") {
  import_mails(0, 2000);
  back_up();
  flip_byte(copy() / "objects/000001.blk", 1000);
  CHECK(back_up().mended == 0);
  BackupOptions verify;
  verify.verify = true;
  const BackupReport report = back_up(verify);
  CHECK(report.mended == 1);
  CHECK(report.damaged_copy.empty());
  CHECK(originals(copy()) == originals(ours()));
}

TEST_CASE_METHOD(Copying, "a block damaged in the archive is named and does not replace a good one", "[backup]") {
  import_mails(0, 2000);
  back_up();
  const std::vector<Sha256> before = originals(ours());
  flip_byte(ours() / "objects/000001.blk", 1000);
  CHECK(back_up().damaged.empty()); // not read again: the copy has it
  fs::resize_file(copy() / "objects/000001.blk", fs::file_size(copy() / "objects/000001.blk") - 1);
  const BackupReport report = back_up();
  REQUIRE(report.damaged.size() == 1);
  CHECK(report.damaged.front().find("000001.blk") != std::string::npos);
  CHECK(originals(copy()) == before);
}

TEST_CASE_METHOD(Copying, "a damaged new block is named, and the rest is copied", "[backup]") {
  import_mails(0, 2000);
  flip_byte(ours() / "objects/000001.blk", 1000);
  const BackupReport report = back_up();
  CHECK(report.damaged.size() == 1);
  CHECK(Archive::open(copy(), Archive::Mode::read).head() == report.head);
}

TEST_CASE_METHOD(Copying, "a folder that is no place for the copy is refused and left as it is", "[backup]") {
  import_mails(0, 10);
  SECTION("the archive itself") { CHECK_THROWS_AS(genchi::back_up(ours(), ours()), Error); }
  SECTION("inside the archive") { CHECK_THROWS_AS(genchi::back_up(ours(), ours() / "copy"), Error); }
  SECTION("around the archive") { CHECK_THROWS_AS(genchi::back_up(ours(), ours().parent_path()), Error); }
  SECTION("something else") {
    fs::create_directories(copy());
    append_to_file(copy() / "letter.txt", "hello");
    CHECK_THROWS_AS(back_up(), Error);
    CHECK_FALSE(fs::exists(copy() / "objects"));
  }
  SECTION("another archive") {
    Archive::create(copy());
    CHECK_THROWS_AS(back_up(), Error);
    CHECK(all_entries(Archive::open(copy(), Archive::Mode::read)).empty());
  }
  SECTION("no archive to copy") {
    CHECK_THROWS_AS(genchi::back_up(folder_ / "nowhere", copy()), Error);
    CHECK_FALSE(fs::exists(copy()));
  }
}

TEST_CASE_METHOD(Copying, "a copy that holds more than the archive, or other things, is refused", "[backup]") {
  import_mails(0, 10);
  back_up();
  SECTION("newer") {
    fs::copy(ours(), folder_ / "older", fs::copy_options::recursive);
    import_mails(10, 20);
    back_up();
    CHECK_THROWS_WITH(genchi::back_up(folder_ / "older", copy()), Catch::Contains("newer"));
    CHECK(originals(copy()).size() == 20);
  }
  SECTION("gone its own way") {
    {
      Archive archive = Archive::open(copy(), Archive::Mode::write);
      import(archive, source("other.mbox"), [&] { add_mail(archive, mail_text(77)); });
    }
    import_mails(10, 20);
    CHECK_THROWS_WITH(back_up(), Catch::Contains("own way"));
    CHECK(originals(copy()).size() == 11);
  }
}

TEST_CASE_METHOD(Copying, "a copy that is being written is left alone", "[backup]") {
  import_mails(0, 10);
  back_up();
  import_mails(10, 20);
  const WriteLock held(copy(), 0);
  CHECK_THROWS_AS(back_up(), Error);
}

TEST_CASE_METHOD(Copying, "settings travel with the copy", "[backup]") {
  import_mails(0, 10);
  append_to_file(ours() / "genchi.toml", "me = [\"a@example.jp\"]\n");
  back_up();
  CHECK(bytes_of(copy() / "genchi.toml") == "me = [\"a@example.jp\"]\n");
}

TEST_CASE_METHOD(Copying, "an import under way is copied up to its last commit, and not held up", "[backup]") {
  import_mails(0, 10);
  Archive archive = Archive::open(ours(), Archive::Mode::write);
  archive.begin_import(source("under way.mbox"), "");
  add_mail(archive, mail_text(100));
  archive.commit_batch();
  add_mail(archive, mail_text(101));
  back_up();
  CHECK(originals(copy()).size() == 11);
  add_mail(archive, mail_text(102));
  archive.end_import({}, std::nullopt, 0);
  back_up();
  CHECK(originals(copy()).size() == 13);
}

TEST_CASE_METHOD(Copying, "stopped, the copy is as it was", "[backup]") {
  import_mails(0, 10);
  back_up();
  import_mails(10, 2000);
  BackupOptions stop;
  int asked = 0;
  stop.stop = [&] { return ++asked > 5; };
  CHECK_THROWS_AS(back_up(stop), Error);
  CHECK(originals(copy()).size() == 10);
  back_up();
  CHECK(originals(copy()) == originals(ours()));
}

} // namespace
} // namespace genchi
