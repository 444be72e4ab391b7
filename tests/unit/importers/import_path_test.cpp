#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

#include "genchi/error.hpp"
#include "import_fixture.hpp"

namespace genchi {
namespace {

TEST_CASE("import: what does not exist is an error with a hint") {
  TempFolder folder;
  RecordingSink sink;
  CHECK_THROWS_AS(import_path(folder / "nothing", {}, sink), Error);
  CHECK(sink.files.empty());
}

TEST_CASE("import: a named file of another kind is kept whole") {
  TempFolder folder;
  const std::string bytes("%PDF-1.7\0\xff", 10);
  const auto sink = import(folder.write("契約書.pdf", bytes));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::unknown);
  CHECK(sink.files[0].file.digest == sha256(bytes));
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == bytes);
  CHECK(sink.problems()[0].place.length == bytes.size());
  CHECK(sink.files[0].ended);
}

TEST_CASE("import: of a friend list it is said what reads it") {
  TempFolder folder;
  const auto sink = import(folder.write("member_20260402.csv", "登録ID,,タグ_1\r\nID,表示名,会員\r\n31,青木 りん,1\r\n"));
  REQUIRE(sink.problems().size() == 1);
  CHECK_THAT(std::string(sink.problems()[0].reason), Catch::Contains("genchi clients import"));
}

TEST_CASE("import: folders are read in name order, and every file is accounted for") {
  TempFolder folder;
  folder.write("b/2.mbox", from_line() + mail_of("二"));
  folder.write("b/1.mbox", from_line() + mail_of("一"));
  folder.write("a/x.mbox", from_line() + mail_of("三"));
  folder.write("a/photo.jpg", "\xff\xd8\xff");
  folder.write("z.mbox", from_line() + mail_of("四"));
  const auto sink = import(folder.path());
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"mbox z.mbox: 1 0 0", "mbox a/x.mbox: 1 0 0",
                                                                "mbox b/1.mbox: 1 0 0",
                                                                "mbox b/2.mbox: 1 0 0"});
  CHECK(sink.passed == std::vector<std::string>{(folder / "a/photo.jpg").string()});
  CHECK(sink.last_progress == total_size(folder.path()));
}

TEST_CASE("import: an empty folder has nothing to tell") {
  TempFolder folder;
  const auto sink = import(folder.path());
  CHECK(sink.files.empty());
  CHECK(sink.passed.empty());
  CHECK(total_size(folder.path()) == 0);
}

TEST_CASE("import: FIFOs and sockets are told and never opened") {
  TempFolder folder;
  ::mkfifo((folder / "pipe").c_str(), 0600);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  auto sink = import(folder.path());
  CHECK(sink.problems().size() == 2);
  sink = import(folder / "pipe");
  CHECK(sink.problems().size() == 1);
  ::close(fd);
}

TEST_CASE("import: links to files are followed, links to folders are not") {
  TempFolder folder;
  folder.write("real/a.mbox", from_line() + mail_of("一"));
  std::filesystem::create_directories(folder / "in");
  std::filesystem::create_symlink(folder / "real/a.mbox", folder / "in/b.mbox");
  std::filesystem::create_directory_symlink(folder / "real", folder / "in/folder");
  std::filesystem::create_directory_symlink(folder / "in", folder / "in/loop");
  std::filesystem::create_symlink(folder / "nowhere", folder / "in/broken");
  const auto sink = import(folder / "in");
  CHECK(sink.summary(folder / "in") == std::vector<std::string>{"mbox b.mbox: 1 0 0"});
  CHECK(sink.passed.size() == 3);
  std::filesystem::create_directory_symlink(folder / "real", folder / "named");
  CHECK(import(folder / "named").mails().size() == 1);
}

TEST_CASE("import: files and folders that may not be read are named") {
  if (::geteuid() == 0) return; // root may read everything
  TempFolder folder;
  folder.write("closed/a.mbox", from_line() + mail_of("一"));
  const auto file = folder.write("b.mbox", from_line() + mail_of("二"));
  ::chmod((folder / "closed").c_str(), 0);
  ::chmod(file.c_str(), 0);
  auto sink = import(folder.path());
  CHECK(sink.problems().size() == 2);
  sink = import(file);
  CHECK(sink.problems().size() == 1);
  ::chmod((folder / "closed").c_str(), 0700);
}

TEST_CASE("import: folders nested beyond the limit are named") {
  TempFolder folder;
  std::string path;
  for (int i = 0; i < 12; ++i) path += "d/";
  folder.write(path + "a.mbox", from_line() + mail_of("一"));
  ImportOptions options;
  options.limits.max_folder_depth = 10;
  const auto sink = import(folder.path(), options);
  CHECK(sink.mails().empty());
  CHECK(sink.problems().size() == 1);
}

TEST_CASE("import: an archive of ours inside the folder is passed over") {
  TempFolder folder;
  folder.write("store/archive.db", "x");
  folder.write("store/objects/000001.gz", "x");
  folder.write("a.mbox", from_line() + mail_of("一"));
  const auto sink = import(folder.path());
  CHECK(sink.mails().size() == 1);
  CHECK(sink.passed == std::vector<std::string>{(folder / "store").string()});
}

TEST_CASE("import: names are shown without bytes that a terminal would obey") {
  TempFolder folder;
  const auto sink = import(folder.write("a\x1b[31m\xff.mbox", from_line() + mail_of("一")));
  const std::string& name = sink.files.at(0).file.name;
  CHECK(name.find('\x1b') == std::string::npos);
  CHECK(name.find('\xff') == std::string::npos);
}

TEST_CASE("import: read as what the user says") {
  TempFolder folder;
  ImportOptions options;
  const std::string two = from_line() + mail_of("一") + "\n" + from_line() + mail_of("二");
  SECTION("one mail, whatever lines are in it") {
    options.as = SourceKind::eml;
    CHECK(import(folder.write("a.mbox", two), options).mails().size() == 1);
  }
  SECTION("a mailbox") {
    options.as = SourceKind::mbox;
    CHECK(import(folder.write("a.eml", two), options).mails().size() == 2);
    CHECK(import(folder.write("b.eml", mail_of("x")), options).problems().size() == 1);
  }
  SECTION("a folder of mails as a Maildir") {
    options.as = SourceKind::maildir;
    folder.write("f/1", mail_of("一"));
    folder.write("f/2", mail_of("二"));
    CHECK(import(folder / "f", options).summary(folder.path()) ==
          std::vector<std::string>{"maildir f: 2 0 0"});
  }
  SECTION("a mailbox inside a container") {
    options.as = SourceKind::mbox;
    CHECK(import(folder.write("a.zip", zip({{"x.txt", two}})), options).mails().size() == 2);
  }
}

TEST_CASE("import: stopped, nothing more is begun") {
  TempFolder folder;
  folder.write("a.mbox", from_line() + mail_of("一"));
  folder.write("b.mbox", from_line() + mail_of("二"));
  folder.write("c.zip", zip({{"1.csv", line_csv()}}));
  RecordingSink sink;
  sink.stop_after = 1;
  import_path(folder.path(), {}, sink);
  CHECK(sink.files.size() == 1);
}

TEST_CASE("import: a mailbox kept the way of Apple Mail has the name of its folder") {
  TempFolder folder;
  folder.write("Sent.mbox/mbox", from_line() + mail_of("一"));
  folder.write("Sent.mbox/table_of_contents", std::string("\0\1", 2));
  const auto sink = import(folder.path());
  REQUIRE(sink.mails().size() == 1);
  CHECK(sink.mails()[0].hints.folder == "Sent");
}

TEST_CASE("total_size: the bytes of what would be read") {
  TempFolder folder;
  folder.write("a/b", "12345");
  CHECK(total_size(folder.write("c", "123")) == 3);
  CHECK(total_size(folder.path()) == 8);
  CHECK(total_size(folder / "nothing") == 0);
}

} // namespace
} // namespace genchi
