// Saved photos in a whole archive: of which message, found by name, out and in again.
#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/files.hpp"
#include "fixture.hpp"
#include "store/export.hpp"
#include "store/verify.hpp"

using namespace genchi;
using catalogue::Annotation;
using catalogue::Attached;
using test::line_csv;

namespace {

namespace fs = std::filesystem;

class ShopFixture : public test::StoreFixture {
 public:
  ShopFixture() { ::umask(0077); }  // as the program does

  fs::path week(const std::string& name, const std::vector<std::string>& rows) { return file(name, line_csv("みどり歯科", "2026/03/04 18:05", rows)); }

  /// Attaches the file to a message; "" takes it off again.
  void attach(const Sha256& message, const std::string& bytes, const std::string& name = "1772529612345.jpg") {
    Store store = Store::open_for_writing(archive(), false);
    if (!bytes.empty()) {
      SourceFile source;
      source.name = "/home/hana/Downloads";
      source.kind = SourceKind::media;
      store.archive().begin_import(source, "みどり歯科");
      const bool fresh = store.archive().add_media(bytes, name, 1'772'600'000).fresh;
      store.archive().end_import({1, fresh ? 1u : 0u, fresh ? 0u : 1u, 0}, std::nullopt, bytes.size(), Archive::Durable::later);
    }
    Annotation tie;
    tie.what = Annotation::What::attached;
    tie.target = "message:" + message.hex();
    tie.value = bytes.empty() ? "" : sha256(bytes).hex();
    tie.by = "相原";
    store.archive().append(JournalKind::annotation, catalogue::to_payload(tie));
    store.catch_up(nullptr);
  }

  std::vector<Attached> attached() {
    Store store = Store::open(archive());
    std::vector<Attached> out;
    store.catalogue().attached([&](const Attached& each) { out.push_back(each); });
    return out;
  }
  std::vector<Sha256> photos() {
    std::vector<MessageRecord> found = search("has:photo");
    std::sort(found.begin(), found.end(), [](const MessageRecord& a, const MessageRecord& b) { return std::tuple(a.sent, a.source.offset) < std::tuple(b.sent, b.source.offset); });
    std::vector<Sha256> out;
    for (const MessageRecord& message : found) out.push_back(message.id);
    return out;
  }
  fs::path exported(const std::string& name = "out") {
    const fs::path out = archive().parent_path() / name;
    Store store = Store::open(archive());
    export_folder(store, {}, ExportForm::originals, out, {});
    return out;
  }
  std::string verified() {
    std::string told;
    VerifyOptions options;
    options.full = true;
    verify_store(archive(), options, [&](Finding finding) { told += finding.file + " " + finding.table + ": " + finding.what + "\n"; });
    return told;
  }
};

const std::vector<std::string> aoki{"User,青木,2026/03/03,18:20:10,写真を送信しました。", "User,青木,2026/03/03,18:20:10,写真を送信しました。", "User,青木,2026/03/03,18:21:00,この銀歯です"};

}  // namespace

TEST_CASE("an attached photo is found by its name, and counts as held") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki)});
  REQUIRE(shop.photos().size() == 2);
  const Sha256 second = shop.photos()[1];
  CHECK(shop.search("file:1772529612345").empty());
  shop.attach(second, "\xFF\xD8 tooth");
  REQUIRE(shop.search("file:1772529612345").size() == 1);
  CHECK(shop.search("file:1772529612345").front().id == second);
  CHECK(shop.search("has:photo").size() == 2);
  Store store = Store::open(shop.archive());
  const auto file = store.catalogue().attached(second);
  REQUIRE(file);
  CHECK(file->digest == sha256("\xFF\xD8 tooth"));
  CHECK(file->length == 8);
  CHECK(file->by == "相原");
  CHECK(store.archive().read(*store.archive().entry(file->entry)) == "\xFF\xD8 tooth");
  std::vector<bool> held;
  store.catalogue().media("みどり歯科", INT64_MIN, INT64_MAX, [&](const auto& row) {
    held.push_back(row.attached);
    return true;
  });
  CHECK(held == std::vector<bool>{false, true});
}

TEST_CASE("what was attached is taken off again; the file stays held") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki)});
  const Sha256 first = shop.photos()[0];
  shop.attach(first, "\xFF\xD8 tooth");
  const Sha256 with = shop.fingerprint();
  shop.attach(first, "");
  CHECK(shop.attached().empty());
  CHECK(shop.search("file:1772529612345").empty());
  CHECK(Archive::open(shop.archive(), Archive::Mode::read).media(sha256("\xFF\xD8 tooth")));
  CHECK(shop.fingerprint() != with);
  shop.attach(first, "\xFF\xD8 tooth");
  CHECK(shop.fingerprint() == with);
  CHECK(shop.search("file:1772529612345").size() == 1);
}

TEST_CASE("catalogue and index made anew have what is attached") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki)});
  shop.attach(shop.photos()[1], "\xFF\xD8 tooth");
  const Sha256 before = shop.fingerprint();
  fs::remove(shop.archive() / "catalogue.db");
  fs::remove_all(shop.archive() / "index");
  CHECK(shop.fingerprint() == before);
  CHECK(shop.search("file:1772529612345").size() == 1);
  CHECK(shop.verified() == "");
}

TEST_CASE("a tie holds on when later downloads come in") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki)});
  shop.attach(shop.photos()[0], "\xFF\xD8 tooth");
  shop.import({shop.file("1_20260302_20260309_青木.csv", line_csv("みどり歯科", "2026/03/10 18:05", {"User,青木,2026/03/02,09:00:00,奥歯が痛みます", aoki[0], aoki[1], aoki[2], "User,青木,2026/03/09,10:00:00,写真を送信しました。"}))});
  CHECK(shop.photos().size() == 3);
  CHECK(shop.search("file:1772529612345").size() == 1);
  CHECK(shop.verified() == "");
}

TEST_CASE("files and ties come out of an export as they went in") {
  ShopFixture shop;
  const std::vector<std::string> kawaguchi{"User,川口,2026/03/04,09:00:00,写真を送信しました。", "User,川口,2026/03/04,09:01:00,領収書です"};
  // The chat is called after the download that came first: here not the one that an export brings first.
  shop.import({shop.file("2_20260303_20260303_青木.csv", line_csv("みどり歯科", "2026/03/04 18:05", aoki))});
  shop.import({shop.file("1_20260303_20260305_青木.csv", line_csv("みどり歯科", "2026/03/06 18:05", {aoki[0], aoki[1], aoki[2], "User,青木,2026/03/05,08:00:00,仮歯がとれました"})), shop.file("3_20260304_20260304_川口.csv", line_csv("みどり歯科", "2026/03/06 18:05", kawaguchi))});
  const auto photos = shop.photos();
  REQUIRE(photos.size() == 3);
  shop.attach(photos[1], "\xFF\xD8 tooth", "../../歯 \xE2\x80\xAE写真.jpg");
  shop.attach(photos[2], "\xFF\xD8 receipt", "領収書.jpg");
  ShopFixture again;
  again.import({shop.exported()});
  CHECK(again.fingerprint() == shop.fingerprint());
  REQUIRE(again.attached().size() == 2);
  std::set<std::string> names, digests;
  for (const Attached& each : again.attached()) {
    names.insert(each.name);
    digests.insert(each.digest.hex());
    CHECK(each.by == "相原");
  }
  CHECK(names == std::set<std::string>{"../../歯 \xE2\x80\xAE写真.jpg", "領収書.jpg"});
  CHECK(digests == std::set<std::string>{sha256("\xFF\xD8 tooth").hex(), sha256("\xFF\xD8 receipt").hex()});
  CHECK(again.search("file:領収書").size() == 1);
  // Once more adds nothing; and what was taken off here is not put on again.
  for (const Receipt& receipt : again.import({shop.exported("out2")}).receipts) CHECK(receipt.counts.fresh == 0);
  CHECK(again.fingerprint() == shop.fingerprint());
  again.attach(again.search("file:領収書").front().id, "");
  again.import({shop.exported("out3")});
  CHECK(again.attached().size() == 1);
}

TEST_CASE("an export of one client does not tell of another's message with the same file") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki), shop.week("3_20260304_20260304_川口.csv", {"User,川口,2026/03/04,09:00:00,写真を送信しました。"})});
  const auto photos = shop.photos();
  REQUIRE(photos.size() == 3);
  shop.attach(photos[0], "\xFF\xD8 flyer");
  shop.attach(photos[2], "\xFF\xD8 flyer");
  const fs::path out = shop.archive().parent_path() / "some";
  {
    Store store = Store::open(shop.archive());
    const auto query = index::parse_query("from:川口", {});
    CHECK(export_folder(store, select_messages(store, *query, false, {}), ExportForm::originals, out, {}).media == 1);
  }
  std::string notes;
  for (const auto& file : fs::recursive_directory_iterator(out))
    if (file.path().filename() == media_mark) notes = read_file(file.path());
  CHECK(notes.find(photos[2].hex()) != std::string::npos);
  CHECK(notes.find(photos[0].hex()) == std::string::npos);
  CHECK(notes.find("青木") == std::string::npos);
}

TEST_CASE("a tie to a file that is not held says so") {
  ShopFixture shop;
  shop.import({shop.week("1_20260303_20260303_青木.csv", aoki)});
  {
    Store store = Store::open_for_writing(shop.archive(), false);
    Annotation tie;
    tie.what = Annotation::What::attached;
    tie.target = "message:" + shop.photos()[0].hex();
    tie.value = sha256("nowhere").hex();
    store.archive().append(JournalKind::annotation, catalogue::to_payload(tie));
    store.catch_up(nullptr);
  }
  REQUIRE(shop.attached().size() == 1);
  CHECK(shop.attached().front().entry == 0);
  CHECK(shop.verified() == "");
}

TEST_CASE("notes of a folder that somebody wrote by hand do no harm") {
  MediaNotes notes;
  read_media_notes("What lies here\n{\"file\":\"a.jpg\",\"name\":\"b.jpg\"}\n{\"file\":3,\"name\":[]}\n{\"attached\":\"zz\"}\n[]\n{\n{\"attached\":\"" + sha256("x").hex() + "\",\"nth\":\"one\",\"sent\":{},\"by\":1}\n", notes);
  CHECK(notes.names == std::map<std::string, std::string>{{"a.jpg", "b.jpg"}});
  REQUIRE(notes.ties.size() == 1);
  CHECK(notes.ties.front().mark.nth == 0);
}
