#include "importers/maildir/maildir.hpp"

#include <algorithm>

#include "import_fixture.hpp"

namespace genchi {
namespace {

using importers::maildir_folder;
using importers::parse_maildir_name;

TEST_CASE("maildir: names of files") {
  struct Case {
    const char* name;
    const char* flags;
    std::optional<UtcSeconds> time;
  };
  const Case cases[] = {
      {"1711965600.M1P2.host:2,FS", "FS", 1'711'965'600},
      {"1711965600.M1P2.host,S=123,W=130:2,SRF", "FRS", 1'711'965'600},
      {"1711965600.M1P2.host:2,", "", 1'711'965'600},
      {"1711965600.M1P2.host:2,Sabc", "S", 1'711'965'600},
      {"1711965600.M1P2.host!2,T", "T", 1'711'965'600},
      {"1711965600.M1P2.host;2,D", "D", 1'711'965'600},
      {"1711965600.M1P2.host\xef\x80\xba"
       "2,P",
       "P", 1'711'965'600},
      {"1711965600.M1P2.host", "", 1'711'965'600},
      {"00042.abc", "", std::nullopt},
      {"17119656001711965600.x", "", std::nullopt},
      {"mail", "", std::nullopt},
      {"", "", std::nullopt},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(parse_maildir_name(c.name).flags == c.flags);
    CHECK(parse_maildir_name(c.name).time == c.time);
  }
}

TEST_CASE("maildir: names of folders") {
  CHECK(maildir_folder({}).empty());
  CHECK(maildir_folder({"Maildir"}).empty());
  CHECK(maildir_folder({"home", "rin", "Maildir"}).empty());
  CHECK(maildir_folder({".Sent"}) == "Sent");
  CHECK(maildir_folder({".Sent.2024"}) == "Sent/2024");
  CHECK(maildir_folder({"Maildir", ".&kAFP4W4IMH8-"}) == "送信済み");
  CHECK(maildir_folder({".INBOX.Sent"}) == "INBOX/Sent");
  CHECK(maildir_folder({"Sent"}) == "Sent");
  CHECK(maildir_folder({"Inbox"}).empty());
  CHECK(maildir_folder({"案件", "青葉"}) == "案件/青葉");
  CHECK(maildir_folder({".a&b"}) == "a&b");
}

TEST_CASE("maildir: a file in the folder may say which mailbox it is") {
  TempFolder folder;
  const auto mailbox = [&](const std::string& said) {
    folder.write("a/Maildir/.x/genchi-mailbox.txt", said);
    return importers::marked_mailbox(folder.path() / "a/Maildir/.x/genchi-mailbox.txt");
  };
  CHECK(mailbox("案件.青葉/二\n") == "案件.青葉/二");
  CHECK(mailbox("Sent\r\nmore") == "Sent");
  CHECK(mailbox("no line end") == "no line end");
  CHECK(mailbox("\n") == std::nullopt);
  CHECK(mailbox("") == std::nullopt);
  CHECK(mailbox(std::string(100'000, 'x')) == std::nullopt);
  CHECK(mailbox("a\x1b[2J") == "a␛[2J");
  CHECK(importers::marked_mailbox(folder.path() / "a") == std::nullopt);
}

TEST_CASE("maildir: cur and new are read, tmp is not") {
  TempFolder folder;
  folder.make_maildir("Maildir");
  folder.write("Maildir/cur/1711965600.M1.host:2,RS", mail_of("一"));
  folder.write("Maildir/new/1711965700.M2.host", from_line() + mail_of("二"));
  folder.write("Maildir/tmp/1711965800.M3.host", mail_of("三"));
  folder.write("Maildir/dovecot-uidlist", "3 V1 N1\n1 :1711965600.M1.host\n");
  const auto sink = import(folder / "Maildir");
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"maildir Maildir: 2 0 0"});
  const auto& mails = sink.files[0].mails;
  CHECK(mails[0].member == "cur/1711965600.M1.host:2,RS");
  CHECK(mails[0].hints.flags == "RS");
  CHECK(mails[0].hints.folder.empty());
  CHECK(mails[0].hints.store_time == 1'711'965'600);
  CHECK(mails[0].hints.file_time > 0);
  CHECK(mails[1].member == "new/1711965700.M2.host");
  CHECK(mails[1].raw == from_line() + mail_of("二"));
  CHECK_FALSE(sink.files[0].end_digest);
  CHECK(sink.passed.empty());  // dovecot-uidlist is the server's own
}

TEST_CASE("maildir: subfolders by dots and by folders") {
  TempFolder folder;
  for (const char* name : {".", ".Sent.2024", ".&kAFP4W4IMH8-", "Archive"}) {
    folder.make_maildir(std::string("Maildir/") + name);
    folder.write(std::string("Maildir/") + name + "/cur/1711965600.M1.host:2,S", mail_of(name));
  }
  const auto sink = import(folder.path());
  REQUIRE(sink.files.size() == 4);
  std::vector<std::string> mailboxes;
  for (const auto& file : sink.files) mailboxes.push_back(file.mails.at(0).hints.folder);
  CHECK(mailboxes == std::vector<std::string>{"", "送信済み", "Sent/2024", "Archive"});
}

TEST_CASE("maildir: a subfolder named itself is still that mailbox") {
  TempFolder folder;
  folder.make_maildir("Maildir/.Sent");
  folder.write("Maildir/.Sent/new/1711965600.M1.host", mail_of("一"));
  CHECK(import(folder / "Maildir/.Sent").mails().at(0).hints.folder == "Sent");
  CHECK(import(folder / "Maildir/.Sent/").mails().at(0).hints.folder == "Sent");
}

TEST_CASE("maildir: an empty one has nothing to tell") {
  TempFolder folder;
  folder.make_maildir("Maildir");
  const auto sink = import(folder / "Maildir");
  CHECK(sink.files.empty());
  CHECK(sink.passed.empty());
}

TEST_CASE("maildir: files that are no mail are set aside by name") {
  TempFolder folder;
  folder.make_maildir("Maildir");
  folder.write("Maildir/cur/1711965600.M1.host:2,S", "");
  folder.write("Maildir/cur/1711965601.M2.host:2,S", std::string("\x89PNG\0\0\0\0", 8));
  folder.write("Maildir/cur/1711965602.M3.host:2,S", mail_of("三"));
  folder.write("Maildir/cur/1711965603.M4.host:2,S", "no header at all\n");
  ::mkfifo((folder / "Maildir/cur/1711965604.M5.host:2,S").c_str(), 0600);
  const auto sink = import(folder / "Maildir");
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"maildir Maildir: 2 0 3"});
  CHECK(sink.files[0].problems[1].raw == std::string("\x89PNG\0\0\0\0", 8));
  CHECK(sink.files[0].problems[2].member == "cur/1711965604.M5.host:2,S");
  CHECK(sink.files[0].problems[2].raw.empty());
}

TEST_CASE("maildir: a mail that may not be read is set aside with a reason") {
  if (::geteuid() == 0) return; // root may read everything
  TempFolder folder;
  folder.make_maildir("Maildir");
  const auto file = folder.write("Maildir/new/1711965600.M1.host", mail_of("一"));
  ::chmod(file.c_str(), 0);
  const auto sink = import(folder / "Maildir");
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].member == "new/1711965600.M1.host");
}

TEST_CASE("maildir: mails that the server has compressed") {
  TempFolder folder;
  folder.make_maildir("Maildir");
  folder.write("Maildir/cur/1711965600.M1.host,Z:2,S", compress("gzip", mail_of("一")));
  const auto sink = import(folder / "Maildir");
  REQUIRE(sink.mails().size() == 1);
  CHECK(sink.mails()[0].raw == mail_of("一"));
  CHECK(sink.mails()[0].hints.flags == "S");
}

TEST_CASE("maildir: inside a tar, each folder is a source") {
  TempFolder folder;
  const auto file =
      folder.write("mail.tar.gz", pack("ustar", "gzip",
                                       {{"Maildir/cur/1711965600.M1.host:2,FS", mail_of("一")},
                                        {"Maildir/new/1711965601.M2.host", mail_of("二")},
                                        {"Maildir/tmp/1711965602.M3.host", mail_of("三")},
                                        {"Maildir/.Sent.2024/cur/1711965603.M4.host:2,S", mail_of("四")}}));
  const auto sink = import(file);
  CHECK(sink.summary(folder.path()) ==
        std::vector<std::string>{"maildir mail.tar.gz!/Maildir: 2 0 0",
                                 "maildir mail.tar.gz!/Maildir/.Sent.2024: 1 0 0"});
  CHECK(sink.files[0].mails[0].hints.flags == "FS");
  CHECK(sink.files[0].mails[0].member == "cur/1711965600.M1.host:2,FS");
  CHECK(sink.files[1].mails[0].hints.folder == "Sent/2024");
  CHECK(sink.passed.size() == 1);
}

TEST_CASE("maildir: the same mails as an mbox, however they are kept") {
  TempFolder folder;
  std::string mbox;
  folder.make_maildir("Maildir");
  for (int i = 0; i < 20; ++i) {
    const std::string mail = mail_of("件" + std::to_string(i));
    folder.write("Maildir/new/17119656" + std::to_string(10 + i) + ".M1.host", mail);
    mbox += from_line() + mail + "\n";
  }
  const auto from_maildir = import(folder / "Maildir").mails();
  const auto from_mbox = import(folder.write("all.mbox", mbox)).mails();
  REQUIRE(from_maildir.size() == from_mbox.size());
  for (std::size_t i = 0; i < from_mbox.size(); ++i)
    CHECK(from_mbox[i].raw == from_line() + from_maildir[i].raw + "\n");
}

TEST_CASE("maildir: stopped, it ends at once and is not ended") {
  TempFolder folder;
  folder.make_maildir("Maildir");
  for (int i = 0; i < 5; ++i)
    folder.write("Maildir/new/171196560" + std::to_string(i) + ".M1.host", mail_of("x"));
  RecordingSink sink;
  sink.stop_after = 2;
  import_path(folder / "Maildir", {}, sink);
  CHECK(sink.mails().size() == 2);
  CHECK_FALSE(sink.files.at(0).ended);
}

} // namespace
} // namespace genchi
