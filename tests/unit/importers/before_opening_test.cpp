// What a sink is asked before a file is opened, and told after it was read.
#include <algorithm>
#include <functional>

#include "import_fixture.hpp"

using namespace genchi;

namespace {

/// Writes down names of files: those asked about and those read to their end.
class AskedSink final : public ImportSink {
 public:
  std::vector<std::string> asked, read;
  std::vector<std::string> given;  ///< mails, by the first byte of their place
  std::vector<SourceFile> begun;
  std::function<FileAnswer(const FileLook&)> answer = [](const FileLook&) { return FileAnswer{}; };
  std::function<void()> at_mail = [] {};
  std::optional<MailboxMark> mark;

  FileAnswer before_opening(const FileLook& look) override {
    asked.emplace_back(look.name);
    return answer(look);
  }
  void after_reading(const FileLook& look, const std::optional<MailboxMark>& of_mailbox) override {
    read.emplace_back(look.name);
    mark = of_mailbox;
  }
  FileDecision begin_file(const SourceFile& file) override {
    begun.push_back(file);
    return FileDecision::read;
  }
  void mail(const MailItem& item) override {
    given.push_back(item.member.empty() ? std::to_string(item.place.offset) : item.member);
    at_mail();
  }
  void line_export(const LineExportItem&) override {}
  void set_aside(const Problem&) override {}
  void passed_over(const SourceFile&) override {}
  void end_file(const std::optional<Sha256>&, std::uint64_t) override {}
  void progress(std::uint64_t) override {}
};

using Names = std::vector<std::string>;

std::string message(const std::string& subject) { return from_line() + mail_of(subject) + "\n"; }

}  // namespace

TEST_CASE("before opening: every file of the file system is asked about, members of containers are not") {
  const TempFolder folder;
  folder.make_maildir("Maildir");
  folder.write("Maildir/cur/1712345000.M1.host:2,S", mail_of("一"));
  folder.write("a.eml", mail_of("二"));
  folder.write("b.zip", zip({{"c.eml", mail_of("三")}}));
  folder.write("d.txt", "覚え書き");
  AskedSink sink;
  import_path(folder.path(), {}, sink);
  std::sort(sink.asked.begin(), sink.asked.end());
  std::sort(sink.read.begin(), sink.read.end());
  CHECK(sink.read == Names{"1712345000.M1.host:2,S", "a.eml", "b.zip", "d.txt"});
  sink.asked.erase(std::unique(sink.asked.begin(), sink.asked.end()), sink.asked.end());
  CHECK(sink.asked == sink.read);
}

TEST_CASE("before opening: what is said to be unchanged is left alone") {
  const TempFolder folder;
  folder.write("a.eml", mail_of("一"));
  folder.write("b.eml", mail_of("二"));
  AskedSink sink;
  sink.answer = [](const FileLook& look) { return FileAnswer{look.name == "a.eml", {}}; };
  import_path(folder.path(), {}, sink);
  CHECK(sink.given == Names{"b.eml"});
  CHECK(sink.read == Names{"b.eml"});
}

TEST_CASE("before opening: the look tells the role of a file and its group") {
  const TempFolder folder;
  folder.make_maildir("Mail/.Sent");
  folder.write("Mail/.Sent/cur/1712345000.M1.host:2,S", mail_of("一"));
  const auto one = folder.write("a.eml", mail_of("二"));
  std::vector<std::string> looks;
  const auto note = [&](const FileLook& look) {
    looks.push_back(std::string(look.role) + "|" + RecordingSink::below(folder.path(), std::string(look.group)));
    CHECK(look.stamp.size == mail_of("一").size());
    return FileAnswer{};
  };
  AskedSink sink;
  sink.answer = note;
  import_path(folder / "Mail", {}, sink);
  import_path(one, {}, sink);
  CHECK(looks == Names{"maildir Sent|Mail/.Sent", "named|"});
}

TEST_CASE("after reading: not told of a file that changed meanwhile, or that was not read to its end") {
  const TempFolder folder;
  const auto path = folder.write("a.mbox", message("一") + message("二"));
  AskedSink sink;
  sink.at_mail = [&] { std::ofstream(path, std::ios::app) << "さらに"; };
  import_path(path, {}, sink);
  CHECK(sink.given.size() == 1);  // the last one may be half written: it is set aside
  CHECK(sink.read.empty());
}

TEST_CASE("after reading: a mailbox comes with the mark of its last message, and is read on from there") {
  const TempFolder folder;
  const auto path = folder.write("a.mbox", message("一") + message("二"));
  AskedSink first;
  import_path(path, {}, first);
  REQUIRE(first.mark);
  CHECK(first.mark->last_offset == message("一").size());
  CHECK(first.mark->size == message("一").size() + message("二").size());

  AskedSink grown;
  grown.answer = [&](const FileLook&) { return FileAnswer{false, first.mark}; };
  SECTION("if it only grew") {
    std::ofstream(path, std::ios::app) << message("三");
    import_path(path, {}, grown);
    CHECK(grown.given == Names{std::to_string(first.mark->last_offset), std::to_string(first.mark->size)});
    CHECK(grown.begun.front().resumed_at == first.mark->last_offset);
    REQUIRE(grown.mark);
    CHECK(grown.mark->last_offset == first.mark->size);
  }
  SECTION("if not, whole") {
    folder.write("a.mbox", message("別") + message("二") + message("三"));
    import_path(path, {}, grown);
    CHECK(grown.given.size() == 3);
    CHECK(grown.begun.front().resumed_at == 0);
  }
}

TEST_CASE("after reading: a mailbox inside a compressed file has no mark") {
  const TempFolder folder;
  AskedSink sink;
  import_path(folder.write("a.mbox.gz", compress("gzip", message("一") + message("二"))), {}, sink);
  CHECK(sink.read == Names{"a.mbox.gz"});
  CHECK_FALSE(sink.mark);
}
