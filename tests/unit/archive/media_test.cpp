// Saved photos and files as originals: a kind of their own, and the feature that makes older programs refuse them.
#include <catch2/catch.hpp>

#include "archive/leaf.hpp"
#include "archive/verify.hpp"
#include "fixture.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

Archive::Added keep(Archive& archive, const std::string& bytes, const std::string& name = "1772529612345.jpg") {
  archive.begin_import(source("Downloads", SourceKind::media), "みどり歯科");
  const Archive::Added added = archive.add_media(bytes, name, 1'772'529'700);
  archive.end_import({1, added.fresh ? 1u : 0u, added.fresh ? 0u : 1u, 0}, std::nullopt, bytes.size());
  return added;
}

std::string verified(const std::filesystem::path& at) {
  std::string told;
  verify_archive(at, {}, [&](Finding finding) { told += finding.table + ": " + finding.what + "\n"; });
  return told;
}

std::int64_t features(const std::filesystem::path& at) { return query(at, "SELECT count(*) FROM feature WHERE name='media'"); }

} // namespace

TEST_CASE("a saved photo is an original known by its bytes") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    CHECK(features(folder / "a") == 0);
    CHECK(keep(archive, "\xFF\xD8 one").fresh);
    CHECK_FALSE(keep(archive, "\xFF\xD8 one", "copy.jpg").stored);
    CHECK(keep(archive, "\xFF\xD8 two").fresh);
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  CHECK(features(folder / "a") == 1);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].kind == EntryKind::media);
  CHECK(entry_kind_name(entries[0].kind) == "media");
  CHECK(entries[0].member == "1772529612345.jpg");
  CHECK(entries[0].hints.file_time == 1'772'529'700);
  CHECK(archive.read(entries[1]) == "\xFF\xD8 two");
  CHECK(archive.media(sha256("\xFF\xD8 one"))->id == entries[0].id);
  CHECK_FALSE(archive.media(sha256("\xFF\xD8 three")));
  CHECK(archive.leaf(entries[1]).stored == archive.leaf(entries[1]).computed);
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("bytes held as something else are no photo held") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  import(archive, source("box.mbox"), [&] { add_mail(archive, mail_text(1)); });
  CHECK(keep(archive, mail_text(1)).fresh);
  CHECK_FALSE(archive.media(sha256(mail_text(2))));
}

TEST_CASE("a video larger than an object is divided") {
  const TemporaryFolder folder;
  std::string video(40u << 20, '\0');
  for (std::size_t i = 0; i < video.size(); i += 4096) video[i] = static_cast<char>(i >> 12);
  {
    Archive archive = Archive::create(folder / "a");
    CHECK(keep(archive, video, "1772529612345.mp4").fresh);
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  const auto entry = archive.media(sha256(video));
  REQUIRE(entry);
  CHECK(entry->locations.size() == 3);
  CHECK(archive.original(*entry).view() == video);
  CHECK(verified(folder / "a") == "");
}

TEST_CASE("a photo that was not committed leaves no feature") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.begin_import(source("Downloads", SourceKind::media), "");
    archive.add_media("lost", "lost.jpg", 0);
  }
  CHECK(features(folder / "a") == 0);
  CHECK(all_entries(Archive::open(folder / "a", Archive::Mode::read)).empty());
}
