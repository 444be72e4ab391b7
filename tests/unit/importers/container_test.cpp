#include <fmt/format.h>

#include <algorithm>

#include "import_fixture.hpp"

namespace genchi {
namespace {

const std::string mailbox = from_line() + mail_of("一") + "\n" + from_line() + mail_of("二") + "\n";

TEST_CASE("container: a compressed mailbox is that mailbox") {
  TempFolder folder;
  for (const auto& [filter, suffix] :
       {std::pair{"gzip", ".gz"}, {"bzip2", ".bz2"}, {"xz", ".xz"}, {"zstd", ".zst"}}) {
    INFO(filter);
    const auto file = folder.write(std::string("Sent.mbox") + suffix, compress(filter, mailbox));
    const auto sink = import(file);
    REQUIRE(sink.files.size() == 1);
    CHECK(sink.files[0].file.kind == SourceKind::mbox);
    CHECK(sink.files[0].file.name == file.string());
    CHECK(sink.files[0].file.digest == sha256(mailbox));
    REQUIRE(sink.files[0].mails.size() == 2);
    CHECK(sink.files[0].mails[1].hints.folder == "Sent");
    CHECK(sink.last_progress == std::filesystem::file_size(file));
  }
}

TEST_CASE("container: members of zip and tar in every wrapping") {
  TempFolder folder;
  const Members members = {{"Sent.mbox", mailbox}, {"notes/readme.txt", "hello"}, {"1_青木.csv", line_csv()}};
  struct Case {
    const char* format;
    const char* filter;
    const char* name;
  };
  for (const Case& c : {Case{"zip", "none", "a.zip"},
                        {"pax", "none", "a.tar"},
                        {"pax", "gzip", "a.tgz"},
                        {"pax", "zstd", "a.tar.zst"},
                        {"pax", "xz", "a.tar.xz"},
                        {"pax", "bzip2", "a.tar.bz2"},
                        {"pax", "gzip", "no-suffix-at-all"}}) {
    INFO(c.name);
    const std::string name = c.name;
    const auto sink = import(folder.write(name, pack(c.format, c.filter, members)));
    CHECK(sink.summary(folder.path()) == std::vector<std::string>{"mbox " + name + "!/Sent.mbox: 2 0 0",
                                                                  "line-oa " + name + "!/1_青木.csv: 0 1 0"});
    CHECK(sink.files.at(0).file.digest == sha256(mailbox));
    REQUIRE(sink.passed.size() == 1);
    CHECK(RecordingSink::below(folder.path(), sink.passed[0]) == name + "!/notes/readme.txt");
  }
}

TEST_CASE("container: mails in one folder of a zip are one source") {
  TempFolder folder;
  const auto sink = import(folder.write("a.zip", zip({{"in/1.eml", mail_of("一")},
                                                      {"in/2.txt", from_line() + mail_of("二")},
                                                      {"in/3.eml", std::string("\0x", 2)},
                                                      {"4.eml", mail_of("四")}})));
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"eml a.zip!/in: 2 0 1", "eml a.zip: 1 0 0"});
  CHECK(sink.files[0].mails[0].member == "1.eml");
  CHECK(sink.files[0].mails[0].hints.file_time == 1'711'965'600);
}

TEST_CASE("container: one in another, up to the limit") {
  TempFolder folder;
  const std::string inner = zip({{"a.mbox", mailbox}});
  const std::string packed = pack("ustar", "gzip", {{"b.zip", inner}});
  auto sink = import(folder.write("c.tar.gz", packed));
  CHECK(sink.summary(folder.path()) == std::vector<std::string>{"mbox c.tar.gz!/b.zip!/a.mbox: 2 0 0"});
  ImportOptions options;
  options.limits.max_container_depth = 2;
  sink = import(folder / "c.tar.gz", options);
  CHECK(sink.mails().empty());
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == inner);
}

TEST_CASE("container: packed a thousand times over") {
  std::string bytes = mailbox;
  for (int i = 0; i < 60; ++i) bytes = compress("gzip", bytes);
  TempFolder folder;
  const auto sink = import(folder.write("deep.gz", bytes));
  CHECK(sink.mails().empty());
  CHECK(sink.problems().size() == 1);
}

TEST_CASE("container: empty ones hold nothing") {
  TempFolder folder;
  CHECK(import(folder.write("a.zip", zip({}))).files.empty());
  CHECK(import(folder.write("a.tar", std::string(1024, '\0'))).files.empty());
  const auto sink = import(folder.write("Sent.mbox.gz", compress("gzip", "")));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].ended);
  CHECK(sink.problems().empty());
}

TEST_CASE("container: a zip whose directory is lost is no empty one") {
  TempFolder folder;
  std::string bytes = zip({{"Sent.mbox", mailbox}, {"4.eml", mail_of("四")}});
  bytes.insert(bytes.find("PK\1\2"), 92, '\n'); // an end that points before it
  const auto sink = import(folder.write("a.zip", bytes));
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == bytes);
}

TEST_CASE("container: a truncated mailbox gives its mails, and is kept and named") {
  TempFolder folder;
  std::string noise;
  for (unsigned i = 0; i < 1'000'000; ++i) noise += static_cast<char>('!' + (i * 2654435761U >> 16) % 90);
  const std::string whole = compress("gzip", mailbox + from_line() + mail_of("三", noise));
  const std::string cut = whole.substr(0, whole.size() / 2);
  const auto sink = import(folder.write("a.mbox.gz", cut));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].mails.size() >= 2);
  REQUIRE(sink.files[0].problems.size() == 1);
  CHECK(sink.files[0].problems[0].raw == cut);
  CHECK_FALSE(sink.files[0].file.digest);
  CHECK_FALSE(sink.files[0].end_digest);
}

TEST_CASE("container: cut anywhere, a zip or tar never goes unnoticed") {
  TempFolder folder;
  const Members members = {{"1_青木.csv", line_csv()}, {"2_井上.csv", line_csv()}};
  for (const auto& [format, filter] : {std::pair{"zip", "none"}, {"ustar", "gzip"}}) {
    const std::string whole = pack(format, filter, members);
    for (std::size_t size = 60; size + 30 < whole.size(); size += 37) {
      INFO(format << " cut at " << size);
      const auto sink = import(folder.write("a.bin", whole.substr(0, size)));
      // Cut in the list at its end, a zip has lost no member.
      const auto whole_members =
          std::ranges::count_if(sink.files, [](const ReadFile& f) { return !f.exports.empty(); });
      CHECK((!sink.problems().empty() || whole_members == 2));
    }
  }
}

TEST_CASE("container: what a truncated archive still holds is read, and its bytes are kept") {
  TempFolder folder;
  const std::string whole = zip({{"1_青木.csv", line_csv()}, {"2_井上.csv", line_csv()}});
  const std::string cut = whole.substr(0, whole.rfind("PK\x03\x04") + 50);
  const auto sink = import(folder.write("a.zip", cut));
  REQUIRE(sink.files.size() >= 2);
  CHECK(sink.files[0].exports.size() == 1);
  REQUIRE_FALSE(sink.problems().empty());
  CHECK(sink.problems().back().raw == cut);
}

TEST_CASE("container: a member whose check sum is wrong is set aside, the others are read") {
  TempFolder folder;
  std::string bytes =
      pack("zip", "none", {{"1.eml", mail_of("一", std::string(3000, 'a'))}, {"2.eml", mail_of("二")}});
  const std::size_t data = bytes.find("1.eml") + 60;
  bytes[data] = static_cast<char>(bytes[data] ^ 0x55);
  const auto sink = import(folder.write("a.zip", bytes));
  CHECK_FALSE(sink.problems().empty());
  CHECK(std::ranges::any_of(sink.mails(), [](const ReadMail& mail) { return mail.member == "2.eml"; }));
}

TEST_CASE("container: an encrypted zip is kept and says that it needs its password") {
  TempFolder folder;
  const std::string bytes = pack("zip", "none", {{"1_青木.csv", line_csv()}, {"2_井上.csv", line_csv()}},
                                 "zip:encryption=traditional");
  const auto sink = import(folder.write("a.zip", bytes));
  REQUIRE(sink.files.size() == 1);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == bytes);
}

TEST_CASE("container: noise under the name of one") {
  TempFolder folder;
  folder.write("f/a.zip", "this is no zip");
  folder.write("f/b.mbox.gz", "nor is this a gzip");
  folder.write("f/c.tar.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3garbage that does not inflate", 40));
  const auto sink = import(folder / "f");
  CHECK(sink.mails().empty());
  CHECK(sink.problems().size() == 3);
  for (const auto& problem : sink.problems()) CHECK_FALSE(problem.raw.empty());
}

TEST_CASE("container: bombs are stopped by what comes out of them") {
  TempFolder folder;
  const std::string zeros(80 << 20, '\0');
  ImportOptions options;
  SECTION("by ratio") {
    options.limits.max_expansion_ratio = 100;
    const auto sink = import(
        folder.write("bomb.mbox.gz", compress("gzip", from_line() + "Subject: x\n\n" + zeros)), options);
    CHECK_FALSE(sink.problems().empty());
  }
  SECTION("by size, in the middle of an archive") {
    options.limits.max_expanded_bytes = 1 << 20;
    const auto sink = import(
        folder.write("bomb.zip",
                     zip({{"1.csv", line_csv()}, {"a.eml", mail_of("x", zeros)}, {"2.csv", line_csv()}})),
        options);
    CHECK(sink.files.at(0).exports.size() == 1);
    CHECK_FALSE(sink.problems().empty());
    CHECK(std::ranges::count_if(sink.files, [](const ReadFile& f) { return !f.exports.empty(); }) == 1);
  }
  SECTION("by number of members") {
    options.limits.max_members = 3;
    Members members;
    for (int i = 0; i < 10; ++i) members.emplace_back(std::to_string(i) + ".csv", line_csv());
    const auto sink = import(folder.write("many.zip", zip(members)), options);
    CHECK(sink.files.size() == 4);
    CHECK(sink.problems().size() == 1);
  }
}

TEST_CASE("container: names of members are names, never paths") {
  TempFolder folder;
  const auto sink =
      import(folder.write("deep/a.zip", zip({{"../../escaped.csv", line_csv()}, {"/abs.csv", line_csv()}})));
  CHECK(sink.files.size() == 2);
  CHECK_FALSE(std::filesystem::exists(folder / "escaped.csv"));
  for (const auto& file : sink.files) CHECK(file.exports.at(0).first.find('/') == std::string::npos);
}

TEST_CASE("container: office documents are not looked into unless named") {
  TempFolder folder;
  folder.write("f/見積.xlsx", zip({{"[Content_Types].xml", "<Types/>"}, {"xl/a.xml", "<a/>"}}));
  const auto sink = import(folder / "f");
  CHECK(sink.files.empty());
  CHECK(sink.passed == std::vector<std::string>{(folder / "f/見積.xlsx").string()});
}

TEST_CASE("container: a special member of a tar is passed over") {
  TempFolder folder;
  std::string bytes = pack("ustar", "none", {{"a.csv", line_csv()}, {"b.mbox", mailbox}});
  // The type of the first member becomes that of a device; its sum changes with it.
  bytes[156] = '3';
  const unsigned sum = static_cast<unsigned>(std::stoul(bytes.substr(148, 6), nullptr, 8)) + 3;
  bytes.replace(148, 6, fmt::format("{:06o}", sum));
  const auto sink = import(folder.write("a.tar", bytes));
  CHECK(sink.passed.size() == 1);
  CHECK(sink.mails().size() + sink.problems().size() >= 1);
}

TEST_CASE("container: a mail with a uuencoded file in it is a mail") {
  TempFolder folder;
  const std::string bytes = mail_of("添付", "begin 644 a.txt\n#0V%T\n`\nend\n");
  CHECK(import(folder.write("a.eml", bytes)).mails().at(0).raw == bytes);
}

TEST_CASE("container: a member held already is skipped, the next is read") {
  TempFolder folder;
  const auto file = folder.write("a.zip", zip({{"1_青木.csv", line_csv()}, {"2_井上.csv", line_csv("")}}));
  RecordingSink sink;
  sink.known = [](const SourceFile& source) { return source.digest == sha256(line_csv()); };
  import_path(file, {}, sink);
  REQUIRE(sink.files.size() == 2);
  CHECK(sink.files[0].skipped);
  CHECK(sink.files[1].exports.size() == 1);
}

TEST_CASE("container: a mailbox too large to be read before") {
  TempFolder folder;
  std::string large, body;
  for (unsigned i = 0; body.size() < 7 << 20; ++i) body += std::to_string(i * 2654435761U) + "\n";
  const std::string mail = from_line() + mail_of("x", body) + "\n";
  for (int i = 0; i < 10; ++i) large += mail;
  const auto sink =
      import(folder.write("a.zip", pack("zip", "none", {{"Sent.mbox", large}}, "zip:compression=store")));
  REQUIRE(sink.files.size() == 1);
  CHECK_FALSE(sink.files[0].file.digest);
  CHECK(sink.files[0].end_digest == sha256(large));
  REQUIRE(sink.files[0].mails.size() == 10);
  CHECK(sink.files[0].mails[9].raw == mail);
}

} // namespace
} // namespace genchi
