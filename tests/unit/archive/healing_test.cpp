#include <catch2/catch.hpp>

#include "archive/verify.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

namespace {

void damage_block(const fs::path& folder, std::int64_t block) {
  Database db(folder / "archive.db", Database::Mode::read_only);
  const auto at = db.query_integer("SELECT offset + stored/2 FROM block WHERE id=" + std::to_string(block)).value();
  std::fstream file(folder / "objects" / "000001.blk", std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const char byte = static_cast<char>(file.get());
  file.seekp(at);
  file.put(static_cast<char>(byte ^ 0x55));
}

struct Check {
  std::uint64_t damage = 0, notes = 0;
  std::vector<std::int64_t> objects;
};

Check verify(const fs::path& folder) {
  Check check;
  ArchiveVerifyOptions options;
  options.mail_identity = [](std::string_view raw) { return sha256("mail\n" + std::string(raw)); };
  options.damaged_object = [&](std::int64_t id) { check.objects.push_back(id); };
  verify_archive(folder, options, [&](const Finding& f) { ++(f.severity == Severity::damage ? check.damage : check.notes); });
  return check;
}

} // namespace

TEST_CASE("a damaged mail that comes in again is whole again") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  {
    Archive archive = Archive::create(at);
    import(archive, source("a.mbox"), [&] { add_mail(archive, mail_text(1)); }, sha256("a"));
    import(archive, source("b.mbox"), [&] { add_mail(archive, mail_text(2)); }, sha256("b"));
  }
  damage_block(at, 1);
  CHECK_THROWS_AS(Archive::open(at, Archive::Mode::read).read(*Archive::open(at, Archive::Mode::read).entry(1)), DamagedOriginal);
  const Check before = verify(at);
  CHECK(before.damage == 2);

  Archive archive = Archive::open(at, Archive::Mode::write);
  CHECK(archive.finished_import(sha256("a"), ""));
  archive.note_damage(before.objects);
  CHECK(archive.has_damage());
  // What is known as a file may not be passed over now.
  CHECK_FALSE(archive.finished_import(sha256("a"), ""));
  import(archive, source("b.mbox"), [&] { add_mail(archive, mail_text(2)); });
  CHECK(archive.healed() == 0);
  import(archive, source("a.mbox"), [&] {
    const auto added = add_mail(archive, mail_text(1));
    CHECK_FALSE(added.fresh);
    CHECK_FALSE(added.stored);
  });
  CHECK(archive.healed() == 1);
  CHECK_FALSE(archive.has_damage());
  CHECK(archive.finished_import(sha256("a"), ""));
  CHECK(archive.read(*archive.entry(1)) == mail_text(1));
  CHECK(all_entries(archive).size() == 2);

  const Check after = verify(at);
  CHECK(after.damage == 0);
  CHECK(after.notes == 1); // the old block
}

TEST_CASE("another copy of a damaged mail heals the first") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  Archive archive = Archive::create(at);
  import(archive, source("a.mbox"), [&] { add_mail(archive, mail_text(1)); });
  damage_block(at, 1);
  archive.note_damage_of({1});
  import(archive, source("copy.mbox"), [&] { CHECK(add_mail(archive, mail_text(1)).stored); });
  CHECK(archive.read(*archive.entry(1)) == mail_text(1));
  CHECK(archive.read(*archive.entry(2)) == mail_text(1));
  CHECK(verify(at).damage == 0);
}

TEST_CASE("what was set aside and is damaged comes in again") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  Archive archive = Archive::create(at);
  const auto set_aside = [&] { archive.add_set_aside({{5, 9, 2}, Words("no headers"), "odd bytes", "cur/odd"}); };
  import(archive, source("a.mbox"), set_aside);
  damage_block(at, 1);
  archive.note_damage_of({1});
  import(archive, source("a.mbox"), set_aside);
  CHECK(archive.healed() == 1);
  CHECK(verify(at).damage == 0);
  CHECK(all_entries(archive).size() == 1);
}

TEST_CASE("a download that comes in again heals all downloads that share its rows") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  const Download first = download(1, 40), second = download(10, 60, "2026/04/09 18:05");
  Archive archive = Archive::create(at);
  import(archive, source("1"), [&] { add_download(archive, first); });
  import(archive, source("2"), [&] { add_download(archive, second, "1_aoki later.csv"); });
  damage_block(at, 1);
  archive.note_damage_of({1});

  SECTION("the first one: its stretch is whole") {
    import(archive, source("1"), [&] { CHECK_FALSE(add_download(archive, first).stored); });
    CHECK(archive.read(*archive.entry(1)) == first.bytes);
    CHECK(archive.read(*archive.entry(2)) == second.bytes);
    CHECK(verify(at).damage == 0);
  }
  SECTION("only the later one: it has what it shared for itself") {
    import(archive, source("2"), [&] { CHECK_FALSE(add_download(archive, second, "1_aoki later.csv").stored); });
    CHECK_THROWS_AS(archive.read(*archive.entry(1)), DamagedOriginal);
    CHECK(archive.read(*archive.entry(2)) == second.bytes);
    CHECK(verify(at).damage == 2); // the first download, and its block
    CHECK(archive.has_damage());
  }
  SECTION("a new one: no row of the damaged block counts as held") {
    const Download third = download(1, 80, "2026/04/16 18:05");
    import(archive, source("3"), [&] { CHECK(add_download(archive, third, "1_aoki last.csv").stored); });
    CHECK(archive.read(*archive.entry(3)) == third.bytes);
  }
}

TEST_CASE("damage that nobody has noted yet does not stop a new download") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  {
    Archive archive = Archive::create(at);
    import(archive, source("1"), [&] { add_download(archive, download(1, 40)); });
  }
  damage_block(at, 1);
  Archive archive = Archive::open(at, Archive::Mode::write);
  const Download second = download(10, 60, "2026/04/09 18:05");
  import(archive, source("2"), [&] { add_download(archive, second, "1_aoki later.csv"); });
  CHECK(archive.read(*archive.entry(2)) == second.bytes);
}

TEST_CASE("bytes that archive.db places wrongly are not handed out as the original") {
  const TemporaryFolder folder;
  const fs::path at = folder / "a";
  {
    Archive archive = Archive::create(at);
    import(archive, source("a.mbox"), [&] {
      add_mail(archive, mail_text(1));
      add_mail(archive, mail_text(2));
    });
  }
  {
    Database db(at / "archive.db", Database::Mode::create);
    db.exec("UPDATE object SET offset=0 WHERE id=2");
  }
  const Archive archive = Archive::open(at, Archive::Mode::read);
  CHECK_THROWS_AS(archive.read(*archive.entry(2)), DamagedOriginal);
}
