#include "store/verify.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "archive/lock.hpp"
#include "base/sqlite.hpp"
#include "fixture.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;
using test::line_csv;
using test::mail_of;

/// The archive of a shop, and what its verification says.
class Shop : public test::StoreFixture {
 public:
  Shop() {
    ::umask(0077);  // as the program does
    import({letter(1), letter(2)}, {"info@midori.example"});
    import({letter(3), chat("1_20260401_20260408_青木.csv", 8)});
    import({chat("1_20260401_20260415_青木.csv", 15)});
  }

  fs::path letter(int n) {
    return file("letter" + std::to_string(n) + ".eml",
                mail_of("aoki@aoba.example", "info@midori.example", "見積 " + std::to_string(n), "Wed, 0" + std::to_string(n) + " Apr 2026 09:00:00 +0900",
                        "Message-ID: <" + std::to_string(n) + "@aoba.example>\n" + (n == 3 ? "References: <1@aoba.example>\n" : ""), "お願いします"));
  }
  fs::path chat(const std::string& name, int days) {
    std::vector<std::string> rows;
    for (int day = 1; day <= days; ++day)
      rows.push_back("User,青木,2026/04/" + std::string(day < 10 ? "0" : "") + std::to_string(day) + ",09:12:03,予約をお願いします " + std::to_string(day));
    return file(name, line_csv("みどり", "2026/04/" + std::string(days < 10 ? "0" : "") + std::to_string(days) + " 18:05", rows));
  }

  std::vector<Finding> verify(bool full = false) {
    std::vector<Finding> found;
    VerifyOptions options;
    options.full = full;
    verified = verify_store(archive(), options, [&](Finding finding) { found.push_back(std::move(finding)); });
    return found;
  }
  void alter(const std::string& database, const std::string& sql) const { Database(archive() / database, Database::Mode::create).exec(sql.c_str()); }
  void flip(const fs::path& below, std::uint64_t at) const {
    std::fstream stream(archive() / below, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(stream.get());
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(byte ^ 4));
  }
  void damage_original(int block) const {
    Database db(archive() / "archive.db", Database::Mode::read_only);
    flip("objects/000001.blk", static_cast<std::uint64_t>(db.query_integer("SELECT offset + stored/2 FROM block WHERE id=" + std::to_string(block)).value()));
  }
  catalogue::Update reindex() { return Store::open_for_writing(archive(), false).rebuild(nullptr); }

  Verified verified;
};

std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& f : findings)
    out += std::string(severity_name(f.severity)) + " " + std::string(area_name(f.area)) + " " + f.file + " " + f.table + " " + f.message + f.name + ": " + f.what + "\n";
  return out;
}

bool names(const std::vector<Finding>& findings, Area area, const std::string& words = "") {
  for (const auto& f : findings)
    if (f.severity == Severity::damage && f.area == area && (f.what + " " + f.table).find(words) != std::string::npos) return true;
  return false;
}

TEST_CASE("a sound archive is clean, from imports one by one and made anew") {
  Shop shop;
  CHECK(told(shop.verify(true)) == "");
  CHECK(shop.verified.archive.complete);
  CHECK(shop.verified.archive.entries == 5);
  CHECK(shop.verified.catalogue.compared);
  CHECK(shop.verified.catalogue.messages == 18);
  CHECK(shop.verified.index_messages);
  CHECK(shop.verified.index.messages == 18);
  CHECK(shop.verified.index_passages);
  shop.reindex();
  CHECK(told(shop.verify(true)) == "");
}

TEST_CASE("each altered thing in the catalogue is named with its column") {
  Shop shop;
  struct Change {
    const char* sql;
    const char* words;
  };
  const auto change = GENERATE(values<Change>({
      {"UPDATE message SET sent=sent+1 WHERE id=1", "sent"},
      {"UPDATE message SET direction=2 WHERE id=1", "direction"},
      {"UPDATE message SET flags=8 WHERE id=1", "flags"},
      {"UPDATE message SET client='domain:other.example' WHERE id=1", "client"},
      {"UPDATE message SET conversation=NULL WHERE id=1", "conversation"},
      {"UPDATE message SET entry=2 WHERE id=1", "entry"},
      {"UPDATE message SET hash=zeroblob(32) WHERE id=1", "message"},
      {"DELETE FROM message WHERE id=1", "message"},
      {"UPDATE message SET shown_as=2 WHERE id=1", "shown_as"},
      {"UPDATE mail SET in_sent=1 WHERE message=1", "in_sent"},
      {"DELETE FROM participant WHERE message=1", "participant"},
      {"UPDATE address SET own=0", "own"},
      {"UPDATE address SET address='aoki@other.example' WHERE address='aoki@aoba.example'", "address"},
      {"UPDATE chat SET name='青木様'", "name"},
      {"UPDATE name SET name='青木様'", "name"},
      {"UPDATE line_row SET nth=7", "nth"},
      {"UPDATE export SET rows=substr(rows, 1, 100)", "rows"},
      {"UPDATE conversation SET key='0000000000000000' WHERE id=1", "conversation"},
      {"UPDATE client SET number=number+7", "number"},
      {"DELETE FROM client", "client"},
      {"UPDATE client_number SET number=number+7", "number"},
      {"DELETE FROM job", "job"},
      {"UPDATE export SET language='th'", "language"},
      {"INSERT INTO chat_alias SELECT '0123456789abcdef', id FROM chat", "chat_alias"},
      {"INSERT INTO message_alias SELECT zeroblob(32), min(id) FROM message", "message_alias"},
      {"INSERT INTO drift SELECT NULL, chat, entry, 1, NULL, NULL, 1, 0, 0, '', '', x'' FROM export", "drift"},
      {"DELETE FROM meta WHERE key='own_given'", "meta"},
  }));
  CAPTURE(change.sql);
  shop.alter("catalogue.db", change.sql);
  const auto findings = shop.verify();
  CAPTURE(told(findings));
  CHECK(names(findings, Area::catalogue, change.words));
  shop.reindex();
  CHECK(told(shop.verify()) == "");
}

TEST_CASE("an archive.db that was put back from an earlier day is told of") {
  Shop shop;
  const fs::path old = shop.archive().parent_path() / "old.db";
  fs::copy_file(shop.archive() / "archive.db", old);
  shop.import({shop.letter(5)});
  fs::remove(shop.archive() / "archive.db");
  fs::rename(old, shop.archive() / "archive.db");
  const auto findings = shop.verify();
  CAPTURE(told(findings));
  CHECK(names(findings, Area::journal, "older"));
  CHECK_FALSE(shop.verified.catalogue.compared);
}

TEST_CASE("a catalogue or an index that is behind is brought up, and one of another is named") {
  Shop shop;
  SECTION("the catalogue is gone") {
    fs::remove(shop.archive() / "catalogue.db");
    CHECK(told(shop.verify()) == "");
    CHECK(shop.verified.catalogue.compared);
  }
  SECTION("the index is gone") {
    fs::remove_all(shop.archive() / "index");
    CHECK(told(shop.verify()) == "");
    CHECK(shop.verified.index_messages);
  }
  SECTION("the catalogue stands earlier") {
    shop.alter("catalogue.db", "UPDATE meta SET value=value-3 WHERE key='journal'");
    CHECK(told(shop.verify()) == "");
  }
  SECTION("the index is ahead of the catalogue") {
    shop.alter("catalogue.db", "UPDATE meta SET value=value-1 WHERE key='revision'");
    CHECK(names(shop.verify(), Area::index, "ahead"));
  }
  SECTION("somebody else holds the lock") {
    const WriteLock lock(shop.archive(), 0);
    shop.alter("catalogue.db", "UPDATE meta SET value=value-3 WHERE key='journal'");
    shop.verify();
    CHECK(shop.verified.damage == 0);
    CHECK(shop.verified.notes == 1);
    CHECK_FALSE(shop.verified.catalogue.compared);
  }
}

TEST_CASE("damaged files of what is derived are findings, and are made anew") {
  Shop shop;
  SECTION("the catalogue is garbage") {
    for (std::uint64_t at = 0; at < 6000; ++at) shop.flip("catalogue.db", at);
    CHECK(names(shop.verify(), Area::catalogue));
  }
  SECTION("MANIFEST is garbage") {
    shop.flip("index/MANIFEST", 40);
    CHECK(names(shop.verify(), Area::index));
  }
  SECTION("a bit of a shard") {
    for (const auto& shard : fs::directory_iterator(shop.archive() / "index"))
      if (shard.is_directory()) shop.flip(shard.path().lexically_relative(shop.archive()) / "docdata.glass", 5000);
    CHECK(names(shop.verify(), Area::index));
  }
  shop.reindex();
  CHECK(told(shop.verify(true)) == "");
}

/// Somebody who wants to write when `jobs` passages were compared, and whom the one that verifies is to let.
class Impatient : public Progress {
 public:
  Impatient(fs::path folder, std::uint64_t jobs, std::function<void()> write) : folder_(std::move(folder)), jobs_(jobs), write_(std::move(write)) {}
  ~Impatient() override {
    if (writer_.joinable()) writer_.join();
  }
  void start(Phase phase, std::uint64_t) override { indexing_ = phase == Phase::indexing; }
  void finish() override {}
  void at(std::uint64_t done) override {
    if (!indexing_ || done < jobs_ || writer_.joinable()) return;
    writer_ = std::thread(write_);
    while (!somebody_waits()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  bool has_come() const { return writer_.joinable(); }

 private:
  bool somebody_waits() const {
    const Fd fd(::open((folder_ / "lock").c_str(), O_RDWR | O_CLOEXEC));
    struct flock other {};
    other.l_type = F_WRLCK;
    other.l_whence = SEEK_SET;
    other.l_start = 1 << 20;
    other.l_len = 1;
    return ::fcntl(fd.get(), F_OFD_GETLK, &other) == 0 && other.l_type != F_UNLCK;
  }
  fs::path folder_;
  std::uint64_t jobs_;
  std::function<void()> write_;
  bool indexing_ = false;
  std::thread writer_;
};

TEST_CASE("who waits to write comes in while all passages are compared, and none is left out or compared twice") {
  Shop shop;
  std::string mbox;
  for (int n = 0; n < 1100; ++n)
    mbox += "From a@aoba.example Mon Apr  1 09:00:00 2024\n" + mail_of("a@aoba.example", "info@midori.example", "連絡 " + std::to_string(n), "Wed, 01 Apr 2026 09:00:00 +0900", "", "本文") + "\n";
  shop.import({shop.file("many.mbox", mbox)});
  shop.verify(true);
  const std::uint64_t passages = shop.verified.index.passages;
  REQUIRE(passages > 1100);

  const fs::path fifth = shop.letter(5);
  Impatient writer(shop.archive(), 1024, [&] { shop.import({fifth}); });
  VerifyOptions options;
  options.full = true;
  options.progress = &writer;
  std::vector<Finding> found;
  const Verified verified = verify_store(shop.archive(), options, [&](Finding finding) { found.push_back(std::move(finding)); });
  REQUIRE(writer.has_come());
  CHECK(told(found) == "");
  CHECK(verified.index_passages);
  CHECK(verified.index.passages == passages + 1);
}

TEST_CASE("an index that belongs to a catalogue that is gone is made anew") {
  Shop shop;
  fs::remove(shop.archive() / "catalogue.db");
  shop.import({shop.letter(6)});
  CHECK(shop.search("見積").size() == 4);
  CHECK(told(shop.verify()) == "");
}

TEST_CASE("what lies about and who may read it are notes") {
  Shop shop;
  std::ofstream(shop.archive() / "notes.txt") << "x";
  std::ofstream(shop.archive() / "objects" / "000001.blk", std::ios::app) << "orphan";
  ::chmod((shop.archive() / "notes.txt").c_str(), 0600);
  ::chmod((shop.archive() / "archive.db").c_str(), 0644);
  const auto findings = shop.verify();
  CAPTURE(told(findings));
  CHECK(shop.verified.damage == 0);
  const auto noted = [&](const std::string& file) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.area == Area::files && f.file == file; });
  };
  CHECK(noted("notes.txt"));
  CHECK(noted("archive.db"));
  CHECK(noted("objects/000001.blk"));
}

TEST_CASE("findings beyond what is told are counted") {
  Shop shop;
  shop.alter("catalogue.db", "UPDATE message SET sent=sent+1");
  std::size_t count = 0;
  VerifyOptions options;
  options.most_findings = 3;
  const Verified verified = verify_store(shop.archive(), options, [&](const Finding&) { ++count; });
  CHECK(count == 3);
  CHECK(verified.damage >= 18);
  CHECK(verified.untold[static_cast<std::size_t>(Area::catalogue)] == verified.damage - 3);
}

TEST_CASE("one damaged original leaves everything else usable, and importing its file again heals it") {
  Shop shop;
  const auto before = shop.fingerprint();
  shop.damage_original(1);
  const auto findings = shop.verify();
  CHECK(names(findings, Area::originals));
  CHECK(names(findings, Area::objects));

  const catalogue::Update update = shop.reindex();
  CHECK(update.unreadable == 1);
  CHECK(shop.search("見積").size() == 2);
  CHECK(shop.search("予約").size() == 15);
  {
    Store store = Store::open(shop.archive());
    CHECK(store.catalogue().unreadable(10).size() == 1);
  }

  const auto healed = shop.import({shop.letter(1), shop.letter(2)});
  CHECK(healed.result.healed == 1);
  CHECK(healed.result.unreadable == 0);
  CHECK(healed.result.total.known == 2);
  CHECK(shop.search("見積").size() == 3);
  CHECK(shop.fingerprint() == before);
  shop.verify(true);
  CHECK(shop.verified.damage == 0);
  CHECK(shop.verified.notes == 1);  // the old block
}

TEST_CASE("what was healed by an import that was broken off is in after the next one") {
  Shop shop;
  const auto before = shop.fingerprint();
  shop.damage_original(1);
  shop.verify();
  CHECK(shop.reindex().unreadable == 1);
  SECTION("broken off") {
    Store store = Store::open_for_writing(shop.archive(), false);
    ImportSession session(store, {});
    session.import(shop.letter(1));
    CHECK(store.archive().healed() == 1);
  }
  SECTION("stopped while all was made anew") {
    Store store = Store::open_for_writing(shop.archive(), false);
    ImportSession::Options options;
    bool rebuilding = false;
    options.stop = [&] { return rebuilding; };
    ImportSession session(store, std::move(options));
    session.import(shop.letter(1));
    rebuilding = true;
    CHECK(session.finish().stopped);
  }
  CHECK(shop.search("見積").size() == 2);
  shop.import({shop.letter(2)});
  CHECK(shop.search("見積").size() == 3);
  CHECK(shop.fingerprint() == before);
  shop.verify(true);
  CHECK(shop.verified.damage == 0);
}

TEST_CASE("what could not be read is noted as damaged, also if the program was killed before it said so") {
  Shop shop;
  shop.damage_original(1);
  fs::remove(shop.archive() / "catalogue.db");
  {
    Archive archive = Archive::open(shop.archive(), Archive::Mode::write);
    catalogue::Catalogue catalogue(archive, catalogue::Catalogue::Mode::write);
    SECTION("after catching up") { CHECK(catalogue.catch_up(archive, 1).unreadable == 1); }
    SECTION("after a step") {
      struct Killed {};
      const auto kill = [](std::uint64_t) { throw Killed(); };
      CHECK_THROWS_AS(catalogue.catch_up(archive, 1, kill), Killed);
    }
    CHECK_FALSE(archive.has_damage());
  }
  shop.import({shop.letter(7)});
  CHECK(Archive::open(shop.archive(), Archive::Mode::read).damage_noted());
  CHECK(shop.import({shop.letter(1)}).result.healed == 1);
  shop.import({shop.letter(7)});
  CHECK(shop.search("見積").size() == 4);
  shop.verify(true);
  CHECK(shop.verified.damage == 0);
}

TEST_CASE("a reindex that cannot give its files their names says which") {
  Shop shop;
  Store store = Store::open_for_writing(shop.archive(), false);
  fs::remove(shop.archive() / "catalogue.db");
  fs::create_directories(shop.archive() / "catalogue.db/in the way");
  try {
    store.rebuild(nullptr);
    FAIL("catalogue.db is a folder");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), Catch::Contains("catalogue.db"));
  }
}

TEST_CASE("a damaged original is told when it is asked for") {
  Shop shop;
  const auto found = shop.search("件名:\"見積 1\"");
  REQUIRE(found.size() == 1);
  shop.damage_original(1);
  Store store = Store::open(shop.archive());
  CHECK_THROWS_AS(store.catalogue().record(found.front().id), DamagedOriginal);
}

TEST_CASE("a new mail in the thread of a damaged one still comes in") {
  Shop shop;
  shop.damage_original(1);
  const auto path = shop.file("reply.eml", mail_of("aoki@aoba.example", "info@midori.example", "Re: 見積 1", "Fri, 10 Apr 2026 09:00:00 +0900",
                                                   "Message-ID: <9@aoba.example>\nReferences: <1@aoba.example> <2@aoba.example>\n", "足場はいつですか"));
  CHECK(shop.import({path}).result.total.fresh == 1);
  CHECK(shop.search("足場").size() == 1);
}

TEST_CASE("there has to be an archive to verify") {
  test::TemporaryFolder folder;
  CHECK_THROWS_AS(verify_store(folder / "nothing", {}, [](const Finding&) {}), Error);
}

}  // namespace
}  // namespace genchi
