#include "archive/lock.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include <csignal>

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

TEST_CASE("network file systems are known by their magic numbers") {
  CHECK(std::string(network_file_system_name(0x6969)) == "NFS");
  CHECK(std::string(network_file_system_name(0xFF534D42)) == "CIFS");
  CHECK(std::string(network_file_system_name(0xFFFFFFFFFE534D42)) ==
        "SMB"); // f_type is signed on some machines
  CHECK(std::string(network_file_system_name(0x5346414F)) == "AFS");
  CHECK(network_file_system_name(0xEF53) == nullptr);     // ext4
  CHECK(network_file_system_name(0x9123683E) == nullptr); // btrfs
  CHECK(network_file_system_name(0x01021997) == nullptr); // 9p, under a virtual machine
  CHECK(network_file_system_name(0x65735546) == nullptr); // FUSE: cannot be told
  CHECK_NOTHROW(refuse_network_file_system(std::filesystem::temp_directory_path() / "not" / "there"));
}
