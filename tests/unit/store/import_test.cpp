// Receipts that add up, files known again, the archive found in step after a crash.
#include <atomic>
#include <catch2/catch.hpp>

#include "genchi/error.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

namespace {

std::string mbox(int from, int to) {
  std::string out;
  for (int i = from; i < to; ++i)
    out += "From x@example.com Mon Apr  1 09:00:00 2024\n" +
           mail_of("x@example.com", "info@tsubame.example", "その" + std::to_string(i), "Mon, 1 Apr 2024 09:00:00 +0900",
                   "Message-ID: <" + std::to_string(i) + "@x>\n", "本文" + std::to_string(i)) + "\n";
  return out;
}

}  // namespace

TEST_CASE("a receipt adds up and the same file again adds nothing") {
  StoreFixture store;
  const auto path = store.file("a.mbox", mbox(0, 10));
  const auto first = store.import({path});
  CHECK(first.result.total.read == 10);
  CHECK(first.result.total.fresh == 10);
  const auto again = store.import({path});
  CHECK(again.result.total.read == 10);
  CHECK(again.result.total.known == 10);
  CHECK(again.result.total.fresh == 0);
  REQUIRE(again.receipts.size() == 1);
  CHECK(again.receipts.front().file_known);
}

TEST_CASE("an mbox that grew brings only its new mails") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 10))});
  const auto grown = store.import({store.file("a.mbox", mbox(0, 13))});
  CHECK(grown.result.total.fresh == 3);
  CHECK(grown.result.total.known == 10);
  CHECK(store.search("").size() == 13);
}

TEST_CASE("what is no mail is kept, counted and named") {
  StoreFixture store;
  const auto noise = store.import({store.file("noise.csv", std::string("\x00\x01\x02\xff\xfe,,\"", 8) + std::string(500, '\x03'))});
  CHECK(noise.result.total.read == 1);
  CHECK(noise.result.total.set_aside == 1);
  REQUIRE(noise.receipts.size() == 1);
  REQUIRE(noise.receipts.front().problems.size() == 1);
  CHECK_FALSE(noise.receipts.front().problems.front().reason.empty());
  Store opened = Store::open(store.archive());
  std::size_t kept = 0;
  opened.archive().entries(0, [&](const Entry& entry) {
    kept += entry.kind == EntryKind::set_aside && opened.archive().read(entry).size() == 508;
    return true;
  });
  CHECK(kept == 1);
}

TEST_CASE("an empty mailbox is nothing, and no error") {
  StoreFixture store;
  const auto empty = store.import({store.file("empty.mbox", "")});
  CHECK(empty.result.total.read == 0);
  CHECK(empty.result.total.set_aside == 0);
}

TEST_CASE("without an archive asking says so") {
  StoreFixture store;
  CHECK_THROWS_AS(Store::open(store.archive()), Error);
}

TEST_CASE("catalogue and index catch up by themselves when they were lost") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 10))});
  const Sha256 fingerprint = store.fingerprint();
  std::filesystem::remove_all(store.archive() / "index");
  CHECK(store.search("本文3").size() == 1);
  for (const char* name : {"catalogue.db", "catalogue.db-wal", "catalogue.db-shm"}) std::filesystem::remove(store.archive() / name);
  CHECK(store.search("本文3").size() == 1);
  CHECK(store.fingerprint() == fingerprint);
}

TEST_CASE("a message is found by its id and read anew from its original") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 3))});
  Store opened = Store::open(store.archive());
  const auto hits = store.search("本文1");
  REQUIRE(hits.size() == 1);
  const auto found = opened.catalogue().find(hits.front().id.hex().substr(0, 12), 5);
  REQUIRE(found.size() == 1);
  CHECK(found.front().id == hits.front().id);
  const auto record = opened.catalogue().record(hits.front().id);
  REQUIRE(record);
  CHECK(record->subject == "その1");
  CHECK(opened.catalogue().find("", 5).empty());
  CHECK(opened.catalogue().find("xyz", 5).empty());
}

TEST_CASE("neighbours are the client's messages before and after") {
  StoreFixture store;
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i <= 5; ++i)
    paths.push_back(store.file(std::to_string(i) + ".eml", mail_of("x@aoba.example", "info@tsubame.example", "s" + std::to_string(i),
                                                                   "Mon, " + std::to_string(i) + " Apr 2024 09:00:00 +0900", "", "b" + std::to_string(i))));
  store.import(paths, {"info@tsubame.example"});
  Store opened = Store::open(store.archive());
  const auto around = opened.catalogue().neighbours(store.search("subject:s3").front().id, 1);
  REQUIRE(around.before.size() == 1);
  REQUIRE(around.after.size() == 1);
  CHECK(opened.catalogue().record(around.before.front())->subject == "s2");
  CHECK(opened.catalogue().record(around.after.front())->subject == "s4");
}

TEST_CASE("a file read as the wrong kind is read again as what it is") {
  StoreFixture store;
  const auto path = store.file("a.eml", mail_of("x@aoba.example", "info@tsubame.example", "見積", "Mon, 1 Apr 2024 09:00:00 +0900", "", "5万円"));
  {
    Store writing = Store::open_for_writing(store.archive(), true);
    ImportSession::Options options;
    options.reading.as = SourceKind::line_oa;
    ImportSession session(writing, std::move(options));
    session.import(path);
    CHECK(session.finish().total.set_aside == 1);
  }
  CHECK(store.import({path}).result.total.fresh == 1);
  CHECK(store.search("5万円").size() == 1);
}

TEST_CASE("what could not be read is named at every import") {
  StoreFixture store;
  const auto noise = store.file("noise.csv", std::string(500, '\x03'));
  for (int i = 0; i < 2; ++i) {
    const auto imported = store.import({noise});
    CHECK(imported.result.total.set_aside == 1);
    REQUIRE(imported.receipts.front().problems.size() == 1);
  }
}

TEST_CASE("a mail too deep to be read whole is in, and said to be") {
  StoreFixture store;
  std::string deep = "From: x@aoba.example\nSubject: deep\n";
  for (int i = 0; i < 300; ++i)
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  deep += "\ntext\n";
  const auto imported = store.import({store.file("deep.eml", deep)});
  CHECK(imported.result.total.fresh == 1);
  CHECK(imported.result.beyond_limits == 1);
  CHECK(store.search("件名:deep").size() == 1);
}

TEST_CASE("stopped while cataloguing, the next import goes on") {
  StoreFixture store;
  const auto path = store.file("a.mbox", mbox(0, 1500));
  {
    Store writing = Store::open_for_writing(store.archive(), true);
    int steps = 0;
    ImportSession session(writing, {});
    session.import(path);
    try {
      writing.catch_up(nullptr, [&] { return ++steps >= 2; });
      FAIL("was not stopped");
    } catch (const Error& e) {
      CHECK(e.code() == ExitCode::interrupted);
    }
  }
  CHECK(store.import({path}).result.total.known == 1500);
  CHECK(store.search("").size() == 1500);
}

TEST_CASE("an index that is ahead of the catalogue is made anew") {
  StoreFixture store;
  const auto catalogue = store.archive() / "catalogue.db";
  store.import({store.file("a.mbox", mbox(0, 3))});
  std::filesystem::copy_file(catalogue, store.archive() / "../older.db");
  for (int i = 3; i < 6; ++i) store.import({store.file(std::to_string(i) + ".mbox", mbox(i, i + 1))});
  SECTION("the catalogue was lost") { std::filesystem::remove(catalogue); }
  SECTION("an older one was put back") { std::filesystem::rename(store.archive() / "../older.db", catalogue); }
  SECTION("it is damaged") { std::ofstream(catalogue, std::ios::in | std::ios::out).seekp(4096) << std::string(4096, 'x'); }
  store.import({store.file("b.mbox", mbox(6, 7))});
  CHECK(store.search("").size() == 7);
  CHECK(store.search("本文6").size() == 1);
}

TEST_CASE("a catalogue damaged anywhere is made anew by a reindex") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 200))});
  const auto path = store.archive() / "catalogue.db";
  const auto pages = static_cast<int>(std::filesystem::file_size(path) / 4096);
  REQUIRE(pages > 20);
  for (int page = 1; page < pages; page += 1 + pages / 12) {
    std::ofstream(path, std::ios::in | std::ios::out).seekp(page * 4096) << std::string(4096, 'x');
    Store::open_for_writing(store.archive(), false).rebuild(nullptr);
    CHECK(store.search("").size() == 200);
  }
}

TEST_CASE("a reindex that is stopped leaves what is there to readers") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 1200))});
  {
    Store writing = Store::open_for_writing(store.archive(), false);
    CHECK_THROWS_AS(writing.rebuild(nullptr, [] { return true; }), Error);
    CHECK(store.search("").size() == 1200);
  }
  {
    // Stopped later, when the catalogue is new and the index is not.
    Store writing = Store::open_for_writing(store.archive(), false);
    std::atomic<int> steps = 0;
    CHECK_THROWS_AS(writing.rebuild(nullptr, [&] { return ++steps > 5; }), Error);
    CHECK(store.search("").size() == 1200);
  }
  CHECK(store.search("").size() == 1200);  // catching up
  CHECK(Store::open(store.archive()).is_current());
}

TEST_CASE("what a killed reindex left is gone with the next command that writes") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 2))});
  fs::create_directories(store.archive() / "index.new/shard-1");
  for (const char* name : {"catalogue.db.new", "catalogue.db.new-journal"}) std::ofstream(store.archive() / name) << "half";
  store.import({store.file("b.mbox", mbox(2, 4))});
  for (const auto& one : fs::directory_iterator(store.archive())) CHECK(one.path().native().find(".new") == std::string::npos);
  CHECK(store.search("").size() == 4);
}

TEST_CASE("a backup put back over a newer archive is what is catalogued") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 3))});
  const fs::path old = store.archive().parent_path() / "old.db";
  fs::copy_file(store.archive() / "archive.db", old);
  store.import({store.file("b.mbox", mbox(3, 6))});
  store.import({store.file("b2.mbox", mbox(6, 7))});
  fs::rename(old, store.archive() / "archive.db");
  SECTION("asked at once") { CHECK(store.search("").size() == 3); }
  store.import({store.file("c.mbox", mbox(7, 9))});
  CHECK(store.search("").size() == 5);
  store.import({store.file("b.mbox", mbox(3, 6))});
  CHECK(store.search("").size() == 8);
  CHECK(Store::open(store.archive()).is_current());
}

TEST_CASE("asking does not wait for a writer") {
  StoreFixture store;
  store.import({store.file("a.mbox", mbox(0, 3))});
  Store writing = Store::open_for_writing(store.archive(), false);
  writing.archive().append(JournalKind::annotation, "{\"own_addresses\":[\"info@tsubame.example\"]}");
  CHECK(store.search("本文1").size() == 1);  // behind by a row that the writer has not taken in yet
}
