#include "archive/verify.hpp"

#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "archive/blocks.hpp"
#include "base/files.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

namespace {

/// An archive of an office, damaged on purpose, and what its verification says.
class Office {
 public:
  Office() {
    Archive archive = Archive::create(at());
    for (int n = 1; n <= 3; ++n) import_mail(archive, n);
    import(archive, source("1_aoki.csv", SourceKind::line_oa), [&] { add_download(archive, download(1, 40)); });
    import(archive, source("week/1_aoki.csv", SourceKind::line_oa), [&] { add_download(archive, download(10, 60, "2026/04/09 18:05"), "1_aoki week.csv"); });
    import(archive, source("broken"), [&] { archive.add_set_aside({{5, 9, 2}, Words("no headers"), "odd bytes", "cur/odd"}); });
  }

  fs::path at() const { return folder_ / "a"; }
  fs::path blocks() const { return at() / "objects" / "000001.blk"; }

  static void import_mail(Archive& archive, int n) {
    import(archive, source("box-" + std::to_string(n) + ".mbox"), [&] { add_mail(archive, mail_text(n)); }, sha256(std::to_string(n)));
  }

  /// Flips one bit of a file.
  static void flip(const fs::path& file, std::uint64_t at, int bit = 3) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(stream.get());
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(byte ^ (1 << bit)));
  }

  /// Changes archive.db as no program of ours would: past its triggers.
  void alter(const std::string& sql) const {
    Database db(at() / "archive.db", Database::Mode::create);
    std::vector<std::string> names, texts;
    for (Statement s = db.prepare("SELECT name, sql FROM sqlite_master WHERE type='trigger'"); s.step();) {
      names.emplace_back(s.text(0));
      texts.emplace_back(s.text(1));
    }
    for (const auto& name : names) db.exec(("DROP TRIGGER " + name).c_str());
    db.exec(sql.c_str());
    for (const auto& text : texts) db.exec(text.c_str());
  }

  std::vector<Finding> verify(unsigned threads = 2) {
    std::vector<Finding> found;
    ArchiveVerifyOptions options;
    options.threads = threads;
    options.mail_identity = [](std::string_view raw) { return sha256("mail\n" + std::string(raw)); };
    options.damaged_object = [&](std::int64_t object) { damaged_objects.push_back(object); };
    damaged_objects.clear();
    checked = verify_archive(at(), options, [&](Finding finding) { found.push_back(std::move(finding)); });
    return found;
  }

  ArchiveChecked checked;
  std::vector<std::int64_t> damaged_objects;

 private:
  TemporaryFolder folder_;
};

std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& f : findings)
    out += std::string(severity_name(f.severity)) + " " + std::string(area_name(f.area)) + " " + f.file + " " + f.table + " " +
           (f.row ? std::to_string(*f.row) : "") + ": " + f.what + "\n";
  return out;
}

bool names(const std::vector<Finding>& findings, Area area, const std::string& table, std::optional<std::int64_t> row = {}) {
  for (const auto& f : findings)
    if (f.severity == Severity::damage && f.area == area && f.table == table && (!row || f.row == row)) return true;
  return false;
}

} // namespace

TEST_CASE("a sound archive is clean, and all of it was read") {
  Office office;
  const auto findings = office.verify();
  CHECK(told(findings) == "");
  CHECK(office.checked.complete);
  CHECK(office.checked.entries == 6);
  CHECK(office.checked.imports == 6);
  CHECK(office.checked.batches == 6);
  CHECK(office.checked.journal_rows == 19);
  CHECK(office.checked.head == 19);
  CHECK(office.checked.blocks == 6);
  CHECK(office.checked.objects == static_cast<std::uint64_t>(query(office.at(), "SELECT count(*) FROM object")));
  CHECK(office.checked.original_bytes == static_cast<std::uint64_t>(query(office.at(), "SELECT sum(length) FROM entry")));
  CHECK(told(office.verify(1)) == "");
}

TEST_CASE("an empty archive is clean") {
  const TemporaryFolder folder;
  Archive::create(folder / "a");
  std::vector<Finding> found;
  const auto checked = verify_archive(folder / "a", {}, [&](Finding f) { found.push_back(std::move(f)); });
  CHECK(told(found) == "");
  CHECK(checked.journal_rows == 1);
  CHECK(checked.complete);
}

TEST_CASE("an original of more than one object is rebuilt") {
  const TemporaryFolder folder;
  const std::string large = noise(max_object + 1000);
  {
    Archive archive = Archive::create(folder / "a");
    import(archive, source("large.mbox"), [&] { add_mail(archive, large); });
  }
  std::vector<Finding> found;
  ArchiveVerifyOptions options;
  options.threads = 2;
  options.mail_identity = [](std::string_view raw) { return sha256("mail\n" + std::string(raw)); };
  const auto checked = verify_archive(folder / "a", options, [&](Finding f) { found.push_back(std::move(f)); });
  CHECK(told(found) == "");
  CHECK(checked.original_bytes == large.size());
}

TEST_CASE("a flipped bit in a block names the block and the original") {
  Office office;
  const auto second = static_cast<std::uint64_t>(query(office.at(), "SELECT offset FROM block WHERE id=2"));
  Office::flip(office.blocks(), second + 20);
  const auto findings = office.verify();
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].area == Area::originals);
  CHECK(findings[0].entry == 2);
  CHECK(findings[0].source == "box-2.mbox");
  CHECK(findings[0].file == "objects/000001.blk");
  CHECK(findings[0].offset == second);
  CHECK(findings[0].message == sha256("mail\n" + mail_text(2)).hex());
  CHECK(findings[1].area == Area::objects);
  CHECK(findings[1].file == "objects/000001.blk");
  CHECK(findings[1].offset == second);
  CHECK(office.damaged_objects == std::vector<std::int64_t>{2});
  CHECK(office.checked.objects_damaged);
}

TEST_CASE("every bit of a block is covered") {
  Office office;
  const auto begin = static_cast<std::uint64_t>(query(office.at(), "SELECT offset FROM block WHERE id=1"));
  const auto size = static_cast<std::uint64_t>(query(office.at(), "SELECT stored FROM block WHERE id=1"));
  for (std::uint64_t at = 0; at < size; ++at) {
    for (const int bit : {0, 5}) {
      CAPTURE(at, bit);
      Office::flip(office.blocks(), begin + at, bit);
      const auto findings = office.verify(1);
      // What decompresses to the same bytes all the same is no damage to an original.
      const Archive archive = Archive::open(office.at(), Archive::Mode::read);
      std::string bytes;
      try {
        bytes = archive.read(*archive.entry(1));
      } catch (const Error&) {
      }
      CHECK(findings.empty() == (bytes == mail_text(1)));
      Office::flip(office.blocks(), begin + at, bit);
    }
  }
}

TEST_CASE("damage to a stretch of a chat names every download that shares it") {
  Office office;
  const auto block = static_cast<std::uint64_t>(query(office.at(), "SELECT offset FROM block WHERE id=4"));
  Office::flip(office.blocks(), block + 30);
  const auto findings = office.verify();
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].entry == 4);
  CHECK(findings[0].source == "1_aoki.csv");
  CHECK(findings[1].entry == 5);
  CHECK(findings[2].area == Area::objects);
}

TEST_CASE("a block file that has lost its end, its header or itself") {
  Office office;
  SECTION("its end") {
    const auto third = static_cast<std::uint64_t>(query(office.at(), "SELECT offset FROM block WHERE id=3"));
    fs::resize_file(office.blocks(), third + 5);
    const auto findings = office.verify();
    CHECK(findings.front().what.find("lost its end") != std::string::npos);
    CHECK(findings.front().offset == third + 5);
    // The file once, and each original in the lost part.
    CHECK(findings.size() == 5);
  }
  SECTION("its header") {
    Office::flip(office.blocks(), 10);
    const auto findings = office.verify();
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().offset == 0);
  }
  SECTION("itself") {
    fs::remove(office.blocks());
    const auto findings = office.verify();
    CHECK(findings.front().file == "objects/000001.blk");
    CHECK(findings.size() == 7);
    CHECK(office.checked.complete);
  }
}

TEST_CASE("an altered journal is named by its row") {
  Office office;
  SECTION("a line") {
    office.alter("UPDATE journal SET line=replace(line, '\"kind\":\"batch\"', '\"kind\":\"fact\"') WHERE seq=3");
    CHECK(names(office.verify(), Area::journal, "journal", 4));
  }
  SECTION("the form of a line") {
    office.alter("UPDATE journal SET line=line || ' ' WHERE seq=3");
    CHECK(names(office.verify(), Area::journal, "journal", 3));
  }
  SECTION("the time of the last line") {
    office.alter("UPDATE journal SET line=replace(line, '\"time\":1', '\"time\":2') WHERE seq=19");
    CHECK(names(office.verify(), Area::journal, "import"));
  }
  SECTION("a payload") {
    office.alter("UPDATE payload SET json=replace(json, 'box-1', 'box-7') WHERE seq=2");
    const auto findings = office.verify();
    CHECK(names(findings, Area::journal, "payload", 2));
    CHECK(names(findings, Area::journal, "import", 2));
  }
  SECTION("a payload is gone") {
    office.alter("DELETE FROM payload WHERE seq=6");
    CHECK(names(office.verify(), Area::journal, "payload", 6));
  }
  SECTION("a row is gone") {
    office.alter("DELETE FROM journal WHERE seq=8");
    CHECK(names(office.verify(), Area::journal, "journal", 9));
  }
  SECTION("the last rows are gone") {
    office.alter("DELETE FROM journal WHERE seq>18");
    const auto findings = office.verify();
    CHECK(names(findings, Area::journal, "payload"));
    CHECK(names(findings, Area::journal, "import", 17));
  }
}

TEST_CASE("tables that repeat the journal have to agree with it") {
  Office office;
  const auto [sql, name, row] = GENERATE(table<std::string, std::string, std::int64_t>({
      {"UPDATE import SET source='other.mbox' WHERE seq=2", "import", 2},
      {"UPDATE import SET account='other' WHERE seq=2", "import", 2},
      {"UPDATE import SET fresh=fresh+1 WHERE seq=2", "import", 2},
      {"UPDATE import SET end_time=end_time+1 WHERE seq=2", "import", 2},
      {"UPDATE import SET digest=NULL WHERE seq=2", "import", 2},
      {"DELETE FROM import WHERE seq=2", "import", 2},
      {"UPDATE batch SET last=last+1 WHERE seq=3", "batch", 3},
      {"DELETE FROM batch WHERE seq=3", "batch", 3},
  }));
  CAPTURE(sql);
  office.alter(sql);
  CHECK(names(office.verify(), Area::journal, name, row));
}

TEST_CASE("each thing that archive.db says of an original is covered") {
  Office office;
  const std::string change = GENERATE(values<std::string>({
      "batch=batch+1", "import=import+3", "kind=3", "digest=zeroblob(32)", "digest=NULL", "digest=x'00'", "length=length+1", "identity=zeroblob(32)",
      "pieces=x'02'", "pieces=x'020005'", "pieces=x'ffffffffffffffffffffff'", "place_offset=7", "place_length=7", "place_line=9", "member='cur/x'",
      "folder='Sent'", "flags='S'", "store_time=5", "file_time=5", "reason='x'", "origin=5", "secret=zeroblob(16)", "leaf=zeroblob(32)", "leaf=x'00'"}));
  CAPTURE(change);
  office.alter("UPDATE entry SET " + change + " WHERE id=2");
  const auto findings = office.verify();
  CAPTURE(told(findings));
  CHECK(names(findings, Area::originals, "entry", 2));
  CHECK(office.checked.complete);
}

TEST_CASE("what archive.db says of a download's rows is covered") {
  Office office;
  SECTION("the cuts") {
    office.alter("UPDATE object SET cuts=CAST(x'05' || substr(cuts, 2) AS BLOB) WHERE cuts IS NOT NULL");
  }
  SECTION("the place") {
    office.alter("UPDATE entry SET member='2_sato.csv' WHERE id=4");
  }
  CHECK(names(office.verify(), Area::originals, "entry", 4));
}

TEST_CASE("rows of entries, objects and blocks that are gone or too many") {
  Office office;
  SECTION("an entry") {
    office.alter("DELETE FROM entry WHERE id=2");
    const auto findings = office.verify();
    CHECK(names(findings, Area::originals, "entry", 2));
    CHECK(names(findings, Area::journal, "batch"));
  }
  SECTION("the last entry") {
    office.alter("DELETE FROM entry WHERE id=6");
    CHECK(names(office.verify(), Area::originals, "entry", 6));
  }
  SECTION("an entry too many") {
    office.alter("INSERT INTO entry SELECT 7, batch, import, kind, digest, length, identity, pieces, place_offset, place_length, place_line, "
                 "member, folder, flags, store_time, file_time, reason, origin, secret, leaf FROM entry WHERE id=6");
    CHECK(names(office.verify(), Area::originals, "entry", 7));
  }
  SECTION("an object") {
    office.alter("DELETE FROM object WHERE id=2");
    CHECK(names(office.verify(), Area::originals, "entry", 2));
  }
  SECTION("a block") {
    office.alter("DELETE FROM block WHERE id=2");
    CHECK(names(office.verify(), Area::originals, "entry", 2));
  }
  SECTION("two originals changed places") {
    office.alter("UPDATE object SET id=id+100; UPDATE object SET id=CASE id WHEN 101 THEN 2 WHEN 102 THEN 1 ELSE id-100 END");
    const auto findings = office.verify();
    CHECK(names(findings, Area::originals, "entry", 1));
    CHECK(names(findings, Area::originals, "entry", 2));
  }
}

TEST_CASE("places of blocks and objects are covered") {
  Office office;
  const std::string change = GENERATE(values<std::string>({
      "block SET file=9", "block SET file=-1", "block SET offset=offset+1", "block SET offset=-5", "block SET stored=stored-1", "block SET stored=1073741824",
      "block SET raw=raw+1", "block SET raw=4294967295", "object SET block=1", "object SET offset=1", "object SET offset=-1", "object SET length=length-1",
      "object SET length=9000000000000000000", "object SET digest=zeroblob(32)", "object SET digest=x''"}));
  CAPTURE(change);
  office.alter("UPDATE " + change + " WHERE id=2");
  const auto findings = office.verify();
  CAPTURE(told(findings));
  CHECK(names(findings, Area::originals, "entry", 2));
  CHECK(office.checked.complete);
}

TEST_CASE("an altered schema is damage") {
  Office office;
  SECTION("a trigger is gone") {
    Database(office.at() / "archive.db", Database::Mode::create).exec("DROP TRIGGER journal_keeps_text");
  }
  SECTION("a feature is gone") {
    office.alter("DELETE FROM feature WHERE name='merkle-1'");
  }
  SECTION("another format") {
    Database(office.at() / "archive.db", Database::Mode::create).exec("PRAGMA user_version=7");
  }
  SECTION("not an archive") {
    Database(office.at() / "archive.db", Database::Mode::create).exec("PRAGMA application_id=7");
  }
  const auto findings = office.verify();
  REQUIRE_FALSE(findings.empty());
  CHECK(findings.front().area == Area::journal);
}

TEST_CASE("a database that SQLite refuses is a finding, not an exception") {
  Office office;
  SECTION("its first page") {
    for (int at = 0; at < 100; ++at) Office::flip(office.at() / "archive.db", static_cast<std::uint64_t>(at));
    CHECK_FALSE(office.verify().empty());
    CHECK_FALSE(office.checked.complete);
  }
  SECTION("empty") {
    fs::resize_file(office.at() / "archive.db", 0);
    CHECK_FALSE(office.verify().empty());
  }
  SECTION("cut off") {
    fs::resize_file(office.at() / "archive.db", fs::file_size(office.at() / "archive.db") / 2);
    CHECK_FALSE(office.verify().empty());
  }
  SECTION("missing") {
    fs::remove(office.at() / "archive.db");
    CHECK_FALSE(office.verify().empty());
  }
  SECTION("a page in the middle") {
    for (std::uint64_t at = 8 * 4096; at < 9 * 4096; ++at) Office::flip(office.at() / "archive.db", at);
    CHECK_FALSE(office.verify().empty());
  }
}

TEST_CASE("commits that a damaged log hides are told of") {
  Office office;
  fs::create_directory(office.at().parent_path() / "b");
  const fs::path copy = office.at().parent_path() / "b";
  {
    // As a crash leaves it: the log is there, nobody has taken it in.
    Archive archive = Archive::open(office.at(), Archive::Mode::write);
    Office::import_mail(archive, 8);
    Office::import_mail(archive, 9);
    fs::copy(office.at(), copy, fs::copy_options::recursive);
  }
  std::vector<Finding> found;
  const auto verify = [&] {
    found.clear();
    const Report report = [&](Finding f) { found.push_back(std::move(f)); };
    verify_log(copy, report);
    return verify_archive(copy, {}, report);
  };
  SECTION("whole") {
    CHECK(verify().entries == 8);
    CHECK(told(found) == "");
  }
  SECTION("a bit flipped in the first frame") {
    Office::flip(copy / "archive.db-wal", 100);
    verify();
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().file == "archive.db-wal");
  }
  SECTION("a bit flipped in the header") {
    Office::flip(copy / "archive.db-wal", 17);
    verify();
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().file == "archive.db-wal");
  }
}

TEST_CASE("a stopped verification ends as interrupted") {
  Office office;
  ArchiveVerifyOptions options;
  options.stop = [] { return true; };
  try {
    verify_archive(office.at(), options, [](Finding) {});
    FAIL("it went on");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::interrupted);
  }
}
