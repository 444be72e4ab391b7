#include "import_fixture.hpp"

namespace genchi {
namespace {

TEST_CASE("eml: a single mail keeps every byte") {
  TempFolder folder;
  const std::string bytes = "Subject: =?UTF-8?B?6KaL56mN?=\r\nFrom: a@b.example\r\n\r\nbody\r\n\r\n\r\n";
  const auto sink = import(folder.write("見積.eml", bytes));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::eml);
  CHECK(sink.files[0].file.name == (folder / "見積.eml").string());
  CHECK(sink.files[0].file.digest == sha256(bytes));
  REQUIRE(sink.files[0].mails.size() == 1);
  CHECK(sink.files[0].mails[0].raw == bytes);
  CHECK(sink.files[0].mails[0].place.length == bytes.size());
  CHECK(sink.files[0].mails[0].member.empty());
  CHECK(sink.files[0].mails[0].hints.file_time == sink.files[0].file.modified);
}

TEST_CASE("eml: a mail that breaks off is a mail") {
  TempFolder folder;
  for (const std::string bytes : {"Subject: x", "From: a@b.example\nSubject: x\nDate: Mon, 1 A"})
    CHECK(import(folder.write("cut.eml", bytes)).mails().size() == 1);
}

TEST_CASE("eml: named as a mail, but none") {
  TempFolder folder;
  const std::string noise("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (const std::string& bytes : {noise, std::string()}) {
    const auto sink = import(folder.write("photo.eml", bytes));
    CHECK(sink.mails().empty());
    REQUIRE(sink.problems().size() == 1);
    CHECK(sink.problems()[0].raw == bytes);
  }
}

TEST_CASE("eml: the mails of a folder are one source") {
  TempFolder folder;
  folder.write("in/b.eml", mail_of("二"));
  folder.write("in/a.eml", mail_of("一"));
  folder.write("in/c.txt", from_line() + mail_of("三"));
  folder.write("in/deeper/d.eml", mail_of("四"));
  const auto sink = import(folder / "in");
  CHECK(sink.summary(folder / "in") == std::vector<std::string>{"eml .: 3 0 0", "eml deeper: 1 0 0"});
  CHECK(sink.files[0].mails[0].member == "a.eml");
  CHECK(sink.files[0].mails[1].member == "b.eml");
  CHECK(sink.files[0].mails[2].raw == from_line() + mail_of("三"));
  CHECK(sink.files[0].mails[2].hints.store_time == 1'711'933'200);
  CHECK_FALSE(sink.files[0].file.digest);
  CHECK(sink.files[1].mails[0].member == "d.eml");
}

TEST_CASE("eml: mailboxes and downloads among the mails of a folder are sources of their own") {
  TempFolder folder;
  folder.write("a.eml", mail_of("一"));
  folder.write("b.txt", from_line() + mail_of("二") + "\n" + from_line() + mail_of("三"));
  folder.write("c_青木.csv", line_csv());
  folder.write("d.pdf", "%PDF-1.4");
  folder.write("e.eml", mail_of("四"));
  folder.write("Sent", from_line() + mail_of("五"));
  const auto sink = import(folder.path());
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"mbox Sent: 1 0 0", "eml .: 2 0 0",
                                                                "mbox b.txt: 2 0 0",
                                                                "line-oa c_青木.csv: 0 1 0"});
  CHECK(sink.passed == std::vector<std::string>{(folder / "d.pdf").string()});
  CHECK(sink.files[0].mails[0].hints.folder == "Sent");
}

TEST_CASE("eml: a damaged mail in a folder is set aside in its place") {
  TempFolder folder;
  folder.write("a.eml", mail_of("一"));
  folder.write("b.eml", std::string("\0\1\2", 3));
  folder.write("c.eml", "");
  const auto sink = import(folder.path());
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"eml .: 1 0 2"});
  CHECK(sink.files[0].problems[0].member == "b.eml");
  CHECK(sink.files[0].problems[0].raw == std::string("\0\1\2", 3));
  CHECK(sink.files[0].problems[1].member == "c.eml");
}

TEST_CASE("eml: a mail larger than allowed is set aside whole") {
  TempFolder folder;
  ImportOptions options;
  options.limits.max_message_bytes = 10;
  const auto sink = import(folder.write("a.eml", mail_of("大")), options);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == mail_of("大"));
}

} // namespace
} // namespace genchi
