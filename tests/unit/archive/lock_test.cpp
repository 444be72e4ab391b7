#include "archive/lock.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

/// Another process that opens the archive for writing and keeps it until it is killed.
class OtherWriter {
 public:
  explicit OtherWriter(const std::filesystem::path& folder) {
    int ready[2];
    if (::pipe(ready) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      const Archive archive = Archive::open(folder, Archive::Mode::write);
      if (::write(ready[1], "x", 1) != 1) ::_exit(1);
      for (;;) ::pause();
    }
    char byte = 0;
    if (::read(ready[0], &byte, 1) != 1) std::abort();
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~OtherWriter() { kill(); }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
};

} // namespace

TEST_CASE(
    "a second writer is told who writes, readers are not kept out, and a killed writer leaves no lock") {
  const TemporaryFolder folder;
  { Archive::create(folder / "a"); }
  OtherWriter other(folder / "a");

  CHECK_THROWS_WITH(Archive::open(folder / "a", Archive::Mode::write, 0),
                    Catch::Contains(std::to_string(other.pid())));
  CHECK(Archive::open(folder / "a", Archive::Mode::read).head() == 1);

  other.kill();
  Archive archive = Archive::open(folder / "a", Archive::Mode::write, 0);
  CHECK(archive.append(JournalKind::annotation, "{}") == 2);
}

TEST_CASE("who holds the lock sees that another process waits for it") {
  const TemporaryFolder folder;
  const WriteLock lock(folder / ".", 0);
  CHECK_FALSE(lock.is_wanted());
  CHECK_THROWS_AS(WriteLock(folder / ".", 0), LockHeld);  // asks once and does not wait
  CHECK_FALSE(lock.is_wanted());

  const pid_t waiting = ::fork();
  if (waiting == 0) {
    try {
      const WriteLock second(folder / ".", 60);
    } catch (const Error&) {
    }
    ::_exit(1);
  }
  while (!lock.is_wanted()) std::this_thread::yield();
  ::kill(waiting, SIGKILL);
  ::waitpid(waiting, nullptr, 0);
  CHECK_FALSE(lock.is_wanted());
}

TEST_CASE("what is no lock file is named, and not touched") {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "lock";
  SECTION("a folder") {
    std::filesystem::create_directory(path);
    CHECK_THROWS_WITH(WriteLock(folder / ".", 0), Catch::Contains("lock is not a file"));
  }
  SECTION("a symbolic link, also to where a file could be made") {
    std::filesystem::create_symlink(folder / "elsewhere", path);
    CHECK_THROWS_WITH(WriteLock(folder / ".", 0), Catch::Contains("lock is a symbolic link"));
    CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
  }
  SECTION("a pipe that nobody reads") {
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    CHECK_THROWS_WITH(WriteLock(folder / ".", 0), Catch::Contains("lock is not a file"));
  }
  SECTION("a file that may only be read") {
    if (::getuid() == 0) return;  // may do all
    std::ofstream(path).close();
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    CHECK_THROWS_WITH(WriteLock(folder / ".", 0), Catch::Contains("cannot be written to"));
  }
}

TEST_CASE("network file systems are known by their magic numbers") {
  CHECK(std::string(network_file_system_name(0x6969)) == "NFS");
  CHECK(std::string(network_file_system_name(0xFF534D42)) == "CIFS");
  CHECK(std::string(network_file_system_name(0xFFFFFFFFFE534D42)) ==
        "SMB"); // f_type is signed on some machines
  CHECK(std::string(network_file_system_name(0x5346414F)) == "AFS");
  CHECK(network_file_system_name(0xEF53) == nullptr);     // ext4
  CHECK(network_file_system_name(0x9123683E) == nullptr); // btrfs
  CHECK(network_file_system_name(0x01021997) == nullptr); // 9p and
  CHECK(network_file_system_name(0x65735546) == nullptr); // FUSE: their mount tells
  CHECK_NOTHROW(refuse_network_file_system(std::filesystem::temp_directory_path() / "not" / "there"));
}

TEST_CASE("a mount tells what lies behind it") {
  const std::string_view mountinfo =
      "36 35 98:0 / / rw,noatime - ext4 /dev/sda1 rw\n"
      "41 36 0:52 / /home/hana/mail\\040box rw,nosuid shared:7 master:2 - fuse.sshfs hana@mail.example:/srv rw,user_id=1000\n"
      "410 36 0:53 / /mnt/c rw - 9p drvfs rw,aname=drvfs;path=C:\\;uid=1000,trans=fd\n"
      "cut off";
  CHECK(mount_with_id(mountinfo, 36)->type == "ext4");
  CHECK(mount_with_id(mountinfo, 41)->source == "hana@mail.example:/srv");
  CHECK(network_mount_name(*mount_with_id(mountinfo, 41)) == "sshfs");
  CHECK(network_mount_name(*mount_with_id(mountinfo, 410)) == "drvfs");
  CHECK_FALSE(mount_with_id(mountinfo, 4));

  CHECK(network_mount_name({"9p", "host", "rw,trans=virtio,cache=none"}).empty());
  CHECK(network_mount_name({"9p", "10.0.0.2", "rw,trans=tcp"}) == "9p");
  CHECK(network_mount_name({"fuse", "https://dav.example/", "rw"}) == "fuse");
  CHECK(network_mount_name({"fuse.unheard-of", "nas:/mail", "rw"}) == "unheard-of");
  CHECK(network_mount_name({"fuse.gocryptfs", "/home/hana/.mail", "rw"}).empty());
  CHECK(network_mount_name({"fuse.mergerfs", "a:b", "rw"}).empty());
  CHECK(network_mount_name({"fuseblk", "/dev/sdb1", "rw"}).empty());
}
