// Memos in the archive: originals of their own, known by their bytes, and a feature that older programs refuse.
#include <catch2/catch.hpp>

#include "archive/leaf.hpp"
#include "archive/verify.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

Archive::Added note(Archive& archive, std::string_view bytes) {
  archive.begin_import(source("genchi memo", SourceKind::memo), "");
  const auto added = archive.add_memo(bytes, {0, bytes.size(), 1}, "");
  archive.end_import({1, added.fresh, !added.fresh, 0}, std::nullopt, bytes.size());
  return added;
}

std::vector<std::string> features_journalled(const Archive& archive) {
  std::vector<std::string> out;
  for (const JournalRow& row : archive.journal(0))
    if (row.kind == JournalKind::archive) out.push_back(row.payload.substr(row.payload.find("\"features\"")));
  return out;
}

std::string verified(const std::filesystem::path& at) {
  std::string told;
  ArchiveVerifyOptions options;
  options.mail_identity = [](std::string_view raw) { return sha256("mail\n" + std::string(raw)); };
  verify_archive(at, options, [&](Finding finding) { told += finding.table + ": " + finding.what + "\n"; });
  return told;
}

std::int64_t has_feature(const std::filesystem::path& at) { return query(at, "SELECT count(*) FROM feature WHERE name='memos'"); }

} // namespace

TEST_CASE("a memo is an original known by its bytes") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    CHECK(note(archive, "memo one").fresh);
    CHECK_FALSE(note(archive, "memo one").stored);
    CHECK(note(archive, "memo two").fresh);
    CHECK(archive.holds_memo(sha256("memo one")));
    CHECK_FALSE(archive.holds_mail(sha256("memo one")));
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].kind == EntryKind::memo);
  CHECK(entry_kind_name(entries[0].kind) == "memo");
  CHECK(entries[0].identity == entries[0].digest);
  CHECK(archive.read(entries[1]) == "memo two");
  CHECK(archive.leaf(entries[1]).stored == archive.leaf(entries[1]).computed);
  CHECK(archive.imports().size() == 3);
  CHECK(archive.last_import(SourceKind::memo));
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("the first memo gives the archive its feature, and no other thing does") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    import(archive, source("box.mbox"), [&] { add_mail(archive, mail_text(1)); });
  }
  CHECK(has_feature(folder / "a") == 0);
  for (int n = 1; n <= 2; ++n) {
    Archive archive = Archive::open(folder / "a", Archive::Mode::write);
    note(archive, "memo " + std::to_string(n));
  }
  CHECK(has_feature(folder / "a") == 1);
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  const auto features = features_journalled(archive);
  REQUIRE(features.size() == 2);
  CHECK(features[1] == R"("features":["memos"]})");
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("a memo that was not committed leaves no feature") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.begin_import(source("genchi memo", SourceKind::memo), "");
    archive.add_memo("lost", {0, 4, 1}, "");
  }
  CHECK(has_feature(folder / "a") == 0);
  CHECK(all_entries(Archive::open(folder / "a", Archive::Mode::read)).empty());
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("a memo among mails of one import, sealed in batches of its own") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.begin_import(source("export"), "");
    add_mail(archive, mail_text(1));
    archive.add_memo("memo", {0, 4, 1}, "a.eml");
    add_mail(archive, mail_text(2));
    archive.end_import({3, 3, 0, 0}, std::nullopt, 0);
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 3);
  for (const Entry& entry : entries) CHECK(archive.journal(entry.batch - 1, 1).front().kind == JournalKind::batch);
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("a feature that the journal does not name, or that was taken away, is told") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    note(archive, "memo");
  }
  for (const char* sql : {"DELETE FROM feature WHERE name='memos'", "INSERT INTO feature VALUES('merkle-2')"}) {
    Database(folder / "a" / "archive.db", Database::Mode::create).exec(sql);
    CHECK(verified(folder / "a").find("feature: ") != std::string::npos);
  }
  CHECK_THROWS_AS(Archive::open(folder / "a", Archive::Mode::read), Error);
}
