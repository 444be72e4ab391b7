// Sources that did not change are not opened again, and never at the price of a mail.
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/files.hpp"
#include "base/sqlite.hpp"
#include "genchi/error.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

namespace {

// Years after any file of a test was written, so that no time stamp is too fresh to be trusted.
struct LongAfter {
  explicit LongAfter(const char* time = "2200-01-01T00:00:00Z") { ::setenv("GENCHI_NOW", time, 1); }
  ~LongAfter() { ::unsetenv("GENCHI_NOW"); }
};

std::string mail(int n) {
  return mail_of("x@aoba.example", "info@tsubame.example", "その" + std::to_string(n), "Mon, 1 Apr 2024 09:00:00 +0900",
                 "Message-ID: <" + std::to_string(n) + "@aoba.example>\n", "本文" + std::to_string(n));
}

std::string message(int n) { return "From x@aoba.example Mon Apr  1 00:00:00 2024\n" + mail(n) + "\n"; }

std::string mbox(int from, int to) {
  std::string out;
  for (int n = from; n < to; ++n) out += message(n);
  return out;
}

/// A folder of sources, an archive, and a look at how many bytes an import read of them.
class Sources {
 public:
  fs::path path(const std::string& name) const { return folder_ / ("in/" + name); }
  fs::path archive() const { return folder_ / "archive"; }

  fs::path write(const std::string& name, const std::string& bytes) {
    fs::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  void append(const std::string& name, const std::string& bytes) {
    std::ofstream(path(name), std::ios::binary | std::ios::app) << bytes;
  }
  /// Replaces bytes in the same file.
  void overwrite(const std::string& name, std::size_t at, const std::string& bytes) {
    std::fstream file(path(name), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at)).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  struct Imported {
    ImportSession::Result result;
    std::vector<Receipt> receipts;
    std::uint64_t fresh() const { return result.total.fresh; }
    std::uint64_t known() const { return result.total.known; }
    std::uint64_t read() const { return result.total.read; }
    bool all_unchanged() const {
      return !receipts.empty() && std::all_of(receipts.begin(), receipts.end(), [](const Receipt& r) { return r.unchanged; });
    }
    bool none_unchanged() const {
      return std::none_of(receipts.begin(), receipts.end(), [](const Receipt& r) { return r.unchanged; });
    }
  };
  Imported import(const std::string& name, ImportSession::Options options = {}) {
    Store store = Store::open_for_writing(archive(), true);
    Imported out;
    options.receipt = [&](const Receipt& receipt) { out.receipts.push_back(receipt); };
    ImportSession session(store, std::move(options));
    session.import(path(name));
    out.result = session.finish();
    return out;
  }

  std::size_t mails() {
    Store store = Store::open(archive());
    return store.catalogue().holdings().messages;
  }
  std::vector<ImportRecord> imports() { return Archive::open(archive(), Archive::Mode::read).imports(); }

 private:
  TemporaryFolder folder_;
};

void write_maildir(Sources& sources, int from, int to) {
  for (const char* part : {"cur", "new", "tmp"}) fs::create_directories(sources.path(std::string("Maildir/") + part));
  for (int n = from; n < to; ++n) sources.write("Maildir/cur/" + std::to_string(1712345000 + n) + ".M1.host:2,S", mail(n));
}

}  // namespace

TEST_CASE("a file that looks the same is not opened again, and counts as known") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", mbox(0, 3));
  const auto first = sources.import("a.mbox");
  CHECK(first.fresh() == 3);
  CHECK(first.none_unchanged());
  const auto again = sources.import("a.mbox");
  CHECK(again.all_unchanged());
  CHECK(again.read() == 3);
  CHECK(again.known() == 3);
  REQUIRE(again.receipts.size() == 1);
  CHECK(again.receipts.front().source == first.receipts.front().source);
  CHECK(again.receipts.front().kind == SourceKind::mbox);
}

TEST_CASE("of a Maildir only the new mails are opened") {
  LongAfter now;
  Sources sources;
  write_maildir(sources, 0, 5);
  CHECK(sources.import("Maildir").fresh() == 5);
  const auto again = sources.import("Maildir");
  CHECK(again.all_unchanged());
  CHECK(again.read() == 5);
  CHECK(again.receipts.size() == 1);

  write_maildir(sources, 5, 6);
  const auto with_new = sources.import("Maildir");
  REQUIRE(with_new.receipts.size() == 1);
  CHECK(with_new.read() == 6);
  CHECK(with_new.fresh() == 1);
  CHECK(with_new.known() == 5);
  CHECK(sources.import("Maildir").all_unchanged());
  CHECK(sources.mails() == 6);
}

TEST_CASE("a mail that was marked as read adds nothing") {
  LongAfter now;
  Sources sources;
  write_maildir(sources, 0, 2);
  sources.import("Maildir");
  fs::rename(sources.path("Maildir/cur/1712345000.M1.host:2,S"), sources.path("Maildir/cur/1712345000.M1.host:2,RS"));
  const auto again = sources.import("Maildir");
  CHECK(again.read() == 2);
  CHECK(again.known() == 2);
  fs::remove(sources.path("Maildir/cur/1712345001.M1.host:2,S"));
  CHECK(sources.import("Maildir").read() == 1);
  CHECK(sources.mails() == 2);
}

TEST_CASE("what lies in folders and containers is told again without being opened") {
  LongAfter now;
  Sources sources;
  sources.write("box/a.eml", mail(0));
  sources.write("box/b.eml", mail(1));
  sources.write("box/picture.png", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
  sources.write("box/old.mbox", mbox(2, 5));
  sources.write("box/below/青木_20260401.csv", line_csv("みどり歯科", "2026/04/02 18:05", {"User,青木,2026/04/01,09:12:03,予約を変更したいです"}));
  const auto first = sources.import("box");
  CHECK(first.read() == 6);
  CHECK(first.fresh() == 6);
  CHECK(first.result.passed_over == 1);
  const auto again = sources.import("box");
  CHECK(again.all_unchanged());
  CHECK(again.read() == 6);
  CHECK(again.result.passed_over == 1);
  CHECK(first.result.passed_over_before == 0);
  CHECK(again.result.passed_over_before == 1);
  const auto names = [](const Sources::Imported& imported) {
    std::vector<std::string> rows;
    for (const Receipt& r : imported.receipts)
      rows.push_back(r.source + " " + std::string(kind_name(r.kind)) + " " + r.account + " " + std::to_string(r.counts.read));
    std::sort(rows.begin(), rows.end());
    return rows;
  };
  CHECK(names(again) == names(first));
}

TEST_CASE("a file that is to wait stays closed, and is read another time") {
  LongAfter now;
  Sources sources;
  sources.write("box/a.eml", mail(0));
  sources.write("box/late.mbox", mbox(1, 3));
  write_maildir(sources, 3, 4);
  ImportSession::Options options;
  options.not_yet = [](const FileLook& look) { return look.name != "a.eml"; };
  const auto first = sources.import("box", options);
  CHECK(first.fresh() == 1);
  CHECK(first.result.waiting == std::vector<std::string>{sources.path("box/late.mbox").string()});
  CHECK(sources.import("box").fresh() == 2);
  // A Maildir's mails are whole as soon as they are there.
  CHECK(sources.import("Maildir", options).fresh() == 1);
}

TEST_CASE("whose device a source was on stands in its journal row") {
  LongAfter now;
  Sources sources;
  sources.write("a.eml", mail(0));
  sources.write("b.eml", mail(1));
  ImportSession::Options options;
  options.provenance = Provenance::personal;
  sources.import("a.eml", options);
  sources.import("b.eml");
  const auto imports = sources.imports();
  REQUIRE(imports.size() == 2);
  CHECK(imports[0].provenance == Provenance::personal);
  CHECK(imports[1].provenance == Provenance::unsaid);
}

TEST_CASE("asked to, every file is read again") {
  LongAfter now;
  Sources sources;
  write_maildir(sources, 0, 2);
  sources.import("Maildir");
  ImportSession::Options options;
  options.reread = true;
  const auto again = sources.import("Maildir", std::move(options));
  CHECK(again.none_unchanged());
  CHECK(again.known() == 2);
  CHECK(sources.import("Maildir").all_unchanged());
}

TEST_CASE("a file changed in place is read, also with its old time and size") {
  LongAfter now;
  Sources sources;
  const fs::path path = sources.write("a.eml", mail(0));
  sources.import("a.eml");
  const auto time = fs::last_write_time(path);
  const std::string other = mail(7);
  REQUIRE(other.size() == mail(0).size());
  sources.overwrite("a.eml", 0, other);
  fs::last_write_time(path, time);
  const auto again = sources.import("a.eml");
  CHECK(again.none_unchanged());
  CHECK(again.fresh() == 1);
}

TEST_CASE("a file written a moment ago is not trusted") {
  Sources sources;
  sources.write("a.mbox", mbox(0, 2));
  write_maildir(sources, 0, 2);
  sources.import("a.mbox");
  sources.import("Maildir");
  CHECK(sources.import("a.mbox").none_unchanged());
  CHECK(sources.import("Maildir").none_unchanged());
}

TEST_CASE("what something was set aside from is read again") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", "これは何でもない\n\n" + mbox(0, 2));
  fs::create_directories(sources.path("Maildir/new"));
  sources.write("Maildir/cur/1712345000.M1.host:2,S", mail(0));
  sources.write("Maildir/cur/1712345001.M1.host:2,S", "");
  for (int i = 0; i < 2; ++i) {
    CHECK(sources.import("a.mbox").result.total.set_aside == 1);
    const auto maildir = sources.import("Maildir");
    CHECK(maildir.result.total.set_aside == 1);
    CHECK(maildir.read() == 2);
  }
}

TEST_CASE("for another account, or read as another kind, a file is another") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", mbox(0, 2));
  sources.import("a.mbox");
  ImportSession::Options account;
  account.account = "みどり歯科";
  CHECK(sources.import("a.mbox", account).none_unchanged());
  CHECK(sources.import("a.mbox", account).all_unchanged());
  ImportSession::Options as;
  as.reading.as = SourceKind::eml;
  CHECK(sources.import("a.mbox", as).none_unchanged());
  CHECK(sources.import("a.mbox").all_unchanged());
}

TEST_CASE("a Maildir met below another folder is another mailbox") {
  LongAfter now;
  Sources sources;
  fs::create_directories(sources.path("mail/Sent/new"));
  sources.write("mail/Sent/cur/1712345000.M1.host:2,S", mail(0));
  sources.import("mail/Sent");
  CHECK(sources.import("mail").none_unchanged());
  CHECK(sources.import("mail").all_unchanged());
}

TEST_CASE("an older archive put back gets again what it does not hold") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", mbox(0, 2));
  sources.import("a.mbox");
  fs::copy(sources.archive(), sources.path("backup"), fs::copy_options::recursive);
  sources.write("b.mbox", mbox(2, 4));
  sources.write("c.mbox", mbox(4, 6));
  sources.import("b.mbox");
  fs::copy(sources.archive() / "cache.db", sources.path("cache.db"));

  fs::remove_all(sources.archive());
  fs::copy(sources.path("backup"), sources.archive(), fs::copy_options::recursive);
  fs::copy(sources.path("cache.db"), sources.archive() / "cache.db", fs::copy_options::overwrite_existing);
  CHECK(sources.import("a.mbox").all_unchanged());
  // Another journal row now stands where the cache's was written.
  fs::copy(sources.path("cache.db"), sources.path("cache2.db"));
  CHECK(sources.import("c.mbox").fresh() == 2);
  fs::copy(sources.path("cache2.db"), sources.archive() / "cache.db", fs::copy_options::overwrite_existing);
  const auto lost = sources.import("b.mbox");
  CHECK(lost.none_unchanged());
  CHECK(lost.fresh() == 2);
  CHECK(sources.mails() == 6);
}

TEST_CASE("a cache that is damaged, of another version or gone costs a reading, no more") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", mbox(0, 2));
  sources.import("a.mbox");
  const fs::path cache = sources.archive() / "cache.db";
  CHECK((fs::status(cache).permissions() & fs::perms(0777)) == fs::perms(0600));
  SECTION("gone") { fs::remove(cache); }
  SECTION("overwritten") { std::ofstream(cache, std::ios::binary) << std::string(5000, 'x'); }
  SECTION("cut off") { fs::resize_file(cache, fs::file_size(cache) / 2); }
  SECTION("of a later version") { Database(cache, Database::Mode::create).exec("PRAGMA user_version=999999"); }
  SECTION("with other tables") { Database(cache, Database::Mode::create).exec("DROP TABLE file"); }
  SECTION("a folder") {
    fs::remove(cache);
    fs::create_directories(cache / "x");
    CHECK(sources.import("a.mbox").none_unchanged());
    fs::remove_all(cache);
  }
  const auto again = sources.import("a.mbox");
  CHECK(again.none_unchanged());
  CHECK(again.known() == 2);
  sources.import("a.mbox");
  CHECK(sources.import("a.mbox").all_unchanged());
  CHECK(sources.mails() == 2);
}

TEST_CASE("an import that was stopped remembers nothing") {
  LongAfter now;
  Sources sources;
  write_maildir(sources, 0, 10);
  int items = 0;
  ImportSession::Options options;
  options.stop = [&] { return ++items > 12; };
  CHECK(sources.import("Maildir", options).result.stopped);
  const auto again = sources.import("Maildir");
  CHECK(again.none_unchanged());
  CHECK(again.read() == 10);
  CHECK(sources.mails() == 10);
}

TEST_CASE("search tells of the last import, also when it found nothing new") {
  Sources sources;
  write_maildir(sources, 0, 2);
  {
    LongAfter now("2200-01-01T00:00:00Z");
    sources.import("Maildir");
  }
  LongAfter now("2200-02-01T00:00:00Z");
  const std::size_t before = sources.imports().size();
  CHECK(sources.import("Maildir").all_unchanged());
  Store store = Store::open(sources.archive());
  CHECK(store.archive().last_import(SourceKind::maildir) == parse_iso8601("2200-02-01T00:00:00Z")->utc);
  CHECK(store.archive().imports().size() == before + 1);
  CHECK(store.is_current());
}

TEST_CASE("a mailbox that grew is read from its last message on") {
  LongAfter now;
  Sources sources;
  sources.write("a.mbox", mbox(0, 200));
  sources.import("a.mbox");
  sources.append("a.mbox", mbox(200, 203));
  const auto grown = sources.import("a.mbox");
  CHECK(grown.fresh() == 3);
  CHECK(grown.known() == 200);
  CHECK(grown.receipts.front().counts.read == 203);
  // Not read whole: nothing tells the hash of all of it.
  CHECK_FALSE(sources.imports().back().digest);
  CHECK(sources.imports().back().size == fs::file_size(sources.path("a.mbox")));
  CHECK(sources.import("a.mbox").all_unchanged());
  sources.append("a.mbox", mbox(203, 204));
  CHECK(sources.import("a.mbox").read() == 204);
  CHECK(sources.mails() == 204);
}

TEST_CASE("where messages lie in a mailbox that grew is told as if it was read whole") {
  LongAfter now;
  const auto places = [](Sources& sources) {
    std::vector<std::string> rows;
    Archive archive = Archive::open(sources.archive(), Archive::Mode::read);
    archive.entries(0, [&](const Entry& entry) {
      rows.push_back(std::to_string(entry.place.offset) + " " + std::to_string(entry.place.line) + " " + std::to_string(entry.length));
      return true;
    });
    return rows;
  };
  Sources grown;
  grown.write("a.mbox", mbox(0, 5));
  grown.import("a.mbox");
  grown.append("a.mbox", mbox(5, 8));
  grown.import("a.mbox");
  Sources whole;
  whole.write("a.mbox", mbox(0, 8));
  whole.import("a.mbox");
  CHECK(places(grown) == places(whole));
}

TEST_CASE("a message that was half written is read again when the rest is there") {
  LongAfter now;
  Sources sources;
  const std::string last = message(5);
  sources.write("a.mbox", mbox(0, 5) + last.substr(0, last.size() - 8));
  sources.import("a.mbox");
  sources.append("a.mbox", last.substr(last.size() - 8) + mbox(6, 7));
  const auto grown = sources.import("a.mbox");
  CHECK(grown.read() == 7);
  CHECK(grown.fresh() == 2);
  bool whole = false;
  Archive archive = Archive::open(sources.archive(), Archive::Mode::read);
  archive.entries(0, [&](const Entry& entry) {
    whole = whole || archive.read(entry) == last;
    return true;
  });
  CHECK(whole);
}

TEST_CASE("a mailbox that did not only grow is read whole") {
  LongAfter now;
  Sources sources;
  const std::string before = mbox(0, 100);
  sources.write("a.mbox", before);
  sources.import("a.mbox");
  const auto is_read_whole = [&](std::uint64_t fresh) {
    const auto imported = sources.import("a.mbox");
    CHECK(imported.fresh() == fresh);
    const auto last = sources.imports().back();
    CHECK(last.digest.has_value());
  };
  SECTION("cut off and grown again") {
    fs::resize_file(sources.path("a.mbox"), message(0).size() * 10);
    sources.append("a.mbox", mbox(200, 300) + mbox(300, 310));
    is_read_whole(110);
  }
  SECTION("another file under its name") {
    sources.write("b.mbox", before + mbox(100, 101));
    fs::rename(sources.path("b.mbox"), sources.path("a.mbox"));
    is_read_whole(1);
  }
  SECTION("changed near its end") {
    sources.overwrite("a.mbox", before.rfind("本文"), "別文");
    sources.append("a.mbox", mbox(100, 101));
    is_read_whole(2);
  }
  SECTION("changed at its beginning") {
    sources.overwrite("a.mbox", before.find("本文"), "別文");
    sources.append("a.mbox", mbox(100, 101));
    is_read_whole(2);
  }
  SECTION("no message begins where the last one did") {
    const std::size_t last = before.rfind("From x@");
    sources.overwrite("a.mbox", last, "Form");
    sources.append("a.mbox", mbox(100, 101));
    is_read_whole(2);
  }
}

TEST_CASE("Thunderbird's marks do not make a mailbox that grew a changed one") {
  LongAfter now;
  Sources sources;
  const auto marked = [](int n) {
    return "From - Mon Apr  1 00:00:00 2024\nX-Mozilla-Status: 0000\nX-Mozilla-Keys:          \n" + mail(n) + "\n";
  };
  const std::string before = marked(0) + marked(1);
  sources.write("Inbox", before);
  sources.import("Inbox");
  sources.overwrite("Inbox", before.rfind("0000"), "0001");
  sources.append("Inbox", marked(2));
  const auto grown = sources.import("Inbox");
  CHECK(grown.fresh() == 1);
  CHECK(grown.known() == 2);
  CHECK_FALSE(sources.imports().back().digest);
}

TEST_CASE("where Content-Length reached beyond the end, the mailbox is read whole when it grew") {
  LongAfter now;
  Sources sources;
  const std::string quoted = "From x@aoba.example Mon Apr  1 00:00:00 2024\nSubject: 転送\n\n本文\n";
  const std::string first = message(0);
  const std::string body = "前置き\n\n" + quoted + "\n後書き\n";
  const std::string header = "From y@aoba.example Mon Apr  1 01:00:00 2024\nFrom: y@aoba.example\nSubject: 転送\n";
  const std::string long_message = header + "Content-Length: " + std::to_string(body.size()) + "\n\n" + body + "\n";
  sources.write("a.mbox", first + long_message.substr(0, long_message.size() - 6));
  sources.import("a.mbox");
  sources.append("a.mbox", long_message.substr(long_message.size() - 6) + message(1));
  sources.import("a.mbox");
  bool whole = false;
  Archive archive = Archive::open(sources.archive(), Archive::Mode::read);
  archive.entries(0, [&](const Entry& entry) {
    whole = whole || archive.read(entry) == long_message;
    return true;
  });
  CHECK(whole);
}
