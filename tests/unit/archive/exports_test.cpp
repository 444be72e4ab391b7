#include "archive/exports.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

#include "archive/leaf.hpp"
#include "archive/merkle.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

namespace {

SourceFile csv(std::string name = "1_aoki.csv") {
  return source(std::move(name), SourceKind::line_oa);
}

void import_download(Archive& archive, const Download& d, std::string_view name = "1_aoki.csv") {
  import(archive, csv(std::string(name)), [&] { add_download(archive, d, name);
}, sha256(d.bytes));
} // namespace

/// Bytes of objects, before compression, that an archive holds.
std::int64_t held_bytes(const TemporaryFolder& folder) {
  return query(folder / "a", "SELECT sum(length) FROM object");
}

bool same_rows(const std::vector<Archive::ByteRange>& a, const std::vector<Archive::ByteRange>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.offset == y.offset && x.length == y.length;
  });
}

/// Every entry gives back its bytes, its rows and its leaf.
void check_whole(const Archive& archive, const std::vector<Download>& downloads) {
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == downloads.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(archive.read(entries[i]) == downloads[i].bytes);
    CHECK(same_rows(archive.export_rows(entries[i]), downloads[i].rows));
    const auto leaf = archive.leaf(entries[i]);
    CHECK(leaf.computed == leaf.stored);
  }
}

} // namespace

TEST_CASE("the next weekly download stores only its new rows") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const Download first = download(1, 5000), second = download(1, 5040, "2026/04/09 18:05");
  import_download(archive, first);
  const std::uint64_t size_before = size_of_objects(folder / "a");
  const std::int64_t held_before = held_bytes(folder);
  import_download(archive, second);

  const std::size_t new_rows = chat_row(5000).size() * 40;
  CHECK(held_bytes(folder) - held_before < static_cast<std::int64_t>(new_rows + 200));
  CHECK(size_of_objects(folder / "a") - size_before < new_rows);
  check_whole(archive, {first, second});
}

TEST_CASE("rows that appear in the middle, and first rows that fell off, cost only themselves") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const Download first = download(1, 2000);
  import_download(archive, first);
  const std::int64_t before = held_bytes(folder);

  Download later = download(101, 1000, "2026/04/09 18:05");
  const auto append = [&](const std::string& row) {
    later.rows.push_back({later.bytes.size(), row.size()});
    later.bytes += row;
  };
  append(chat_row(777, "read late"));
  for (int n = 1001; n <= 2000; ++n) append(chat_row(n));
  import_download(archive, later);
  CHECK(held_bytes(folder) - before < 400);
  check_whole(archive, {first, later});
}

TEST_CASE("downloads in one batch share rows too") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const Download first = download(1, 300), second = download(1, 310, "2026/04/09 18:05");
  archive.begin_import(csv("chats.zip"), "");
  add_download(archive, first);
  add_download(archive, second);
  archive.end_import({}, std::nullopt, 0);
  CHECK(held_bytes(folder) < static_cast<std::int64_t>(first.bytes.size() + 1200));
  check_whole(archive, {first, second});
}

TEST_CASE("a hundred weeks leave short lists of pieces") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  std::vector<Download> downloads;
  for (int week = 1; week <= 100; ++week) {
    downloads.push_back(download(1, week * 5, "week " + std::to_string(week)));
    archive.begin_import(csv("week " + std::to_string(week)), "");
    add_download(archive, downloads.back());
    archive.end_import({}, std::nullopt, 0, Archive::Durable::later);
  }
  archive.commit_batch();
  check_whole(archive, downloads);
  CHECK(query(folder / "a", "SELECT max(length(pieces)) FROM entry") < 500);
  CHECK(held_bytes(folder) < 4 * static_cast<std::int64_t>(downloads.back().bytes.size()));
}

TEST_CASE("a broadcast that other chats hold does not tear a new chat to pieces") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const auto with_broadcasts = [](std::string_view chat) {
    Download d = download(1, 0);
    for (int n = 1; n <= 200; ++n) {
      const std::string row = n % 3 == 0 ? chat_row(n, "to all") : chat_row(n, chat);
      d.rows.push_back({d.bytes.size(), row.size()});
      d.bytes += row;
    }
    return d;
  };
  import_download(archive, with_broadcasts("aoki"));
  import_download(archive, with_broadcasts("sato"), "2_sato.csv");
  CHECK(all_entries(archive)[1].locations.size() <= 2);
}

TEST_CASE("exports of every shape come back whole") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  std::vector<Download> downloads = {
      download(1, 0),
      download(1, 1),
      {"", {}},
      {"no rows at all", {}},
      {"row", {{0, 3}}},
      // gaps between rows and an empty range, which is no row
      {"head|row one|gap|row two|tail", {{5, 7}, {12, 0}, {17, 7}}},
  };
  for (std::size_t i = 0; i < downloads.size(); ++i)
    import_download(archive, downloads[i], std::to_string(i));
  downloads[5].rows.erase(downloads[5].rows.begin() + 1);
  check_whole(archive, downloads);
}

TEST_CASE("a row of 40 MB is stored in parts, once") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  Download first = download(1, 3);
  const std::string row = "User,aoki,2026/04/01,09:00:00,\"" + std::string(40 << 20, 'a') + "\"\r\n";
  first.rows.push_back({first.bytes.size(), row.size()});
  first.bytes += row;
  Download second = first;
  second.rows.push_back({second.bytes.size(), chat_row(9).size()});
  second.bytes += chat_row(9);

  import_download(archive, first);
  const std::int64_t before = held_bytes(folder);
  import_download(archive, second);
  CHECK(held_bytes(folder) - before < 1000);
  check_whole(archive, {first, second});
}

TEST_CASE("rows that overlap or lie outside are the caller's mistake") {
  CHECK_THROWS_AS(divide_export("0123456789", {{4, 3}, {6, 2}}, "s"), std::invalid_argument);
  CHECK_THROWS_AS(divide_export("0123456789", {{4, 3}, {1, 2}}, "s"), std::invalid_argument);
  CHECK_THROWS_AS(divide_export("0123456789", {{8, 3}}, "s"), std::invalid_argument);
  CHECK_THROWS_AS(divide_export("0123456789", {{11, 1}}, "s"), std::invalid_argument);
  CHECK_THROWS_AS(divide_export("0123456789", {{2, ~0ULL}}, "s"), std::invalid_argument);
}

TEST_CASE("a known file adds nothing; of another name or account it adds an entry of the same bytes") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const Download d = download(1, 50);
  import_download(archive, d);
  const std::int64_t before = held_bytes(folder);

  archive.begin_import(csv(), "");
  const auto again = add_download(archive, d);
  CHECK_FALSE(again.fresh);
  CHECK_FALSE(again.stored);
  archive.end_import({}, std::nullopt, 0);
  // Friends who got nothing but the same broadcast have files of equal bytes.
  archive.begin_import(csv("copy.csv"), "");
  const auto friend_of_same_words = add_download(archive, {d.bytes, {}}, "copy.csv");
  CHECK_FALSE(friend_of_same_words.fresh);
  CHECK(friend_of_same_words.stored);
  archive.end_import({}, std::nullopt, 0);
  archive.begin_import(csv(), "second shop");
  const auto other = add_download(archive, {d.bytes, {}});
  CHECK_FALSE(other.fresh);
  CHECK(other.stored);
  archive.end_import({}, std::nullopt, 0);

  CHECK(held_bytes(folder) == before);
  check_whole(archive, {d, d, d});
}

TEST_CASE("a wrong hint among held rows costs room, not truth") {
  const TemporaryFolder folder;
  const Download first = download(1, 100), second = download(1, 120, "2026/04/09 18:05");
  {
    Archive archive = Archive::create(folder / "a");
    import_download(archive, first);
  }
  {
    Database db(folder / "a" / "archive.db", Database::Mode::create);
    SECTION("another row") {
      db.exec("UPDATE held_row SET cut=cut+1");
    }
    SECTION("beyond the object") {
      db.exec("UPDATE held_row SET cut=100000");
    }
    SECTION("none left") {
      db.exec("DELETE FROM held_row");
    }
  }
  Archive archive = Archive::open(folder / "a", Archive::Mode::write);
  import_download(archive, second);
  check_whole(archive, {first, second});
}

TEST_CASE("one row is proven to the batch's root without showing the file") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const Download d = download(1, 7);
  archive.begin_import(csv(), "");
  archive.add_set_aside({{}, Words("not a chat"), "something else", "x.csv"});
  add_download(archive, d);
  archive.end_import({}, std::nullopt, 0);

  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 2);
  const auto [first, last] = *archive.batch_entries(entries[1].batch);
  CHECK(std::pair(first, last) == std::pair(entries[0].id, entries[1].id));
  const std::vector<Sha256> batch = {archive.leaf(entries[0]).stored, archive.leaf(entries[1]).stored};
  const JournalRow row = archive.journal(entries[1].batch - 1, 1).front();
  CHECK(row.payload.find(merkle_root(batch).hex()) != std::string::npos);

  // The prover's side: leaves of all rows.
  const std::string secret = archive.leaf(entries[1]).secret;
  std::vector<Sha256> rows;
  std::string shown;
  for (std::size_t i = 0; i < d.rows.size(); ++i) {
    const auto [offset, length] = d.rows[i];
    const std::string text =
        row_leaf_text(derived_salt(secret, "row " + std::to_string(i)), i, offset, offset + length,
                      sha256(std::string_view(d.bytes).substr(offset, length)));
    rows.push_back(sha256(text));
    if (i == 4) shown = text;
  }
  // The stranger's side: the row's text, the path, the export's leaf, the path, the root in the journal.
  const Sha256 rows_root = root_of_proof(sha256(shown), merkle_proof(rows, 4));
  const std::string export_leaf = export_leaf_text(whole_leaf(entries[1], secret), 7, rows_root);
  CHECK(root_of_proof(sha256(export_leaf), merkle_proof(batch, 1)) == merkle_root(batch));
  for (const std::string& text : {shown, export_leaf}) {
    CHECK(text.find(entries[1].digest.hex()) == std::string::npos);
    CHECK(text.find(sha256(secret).hex()) == std::string::npos);
  }
}
