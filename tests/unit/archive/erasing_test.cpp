#include "archive/erasing.hpp"

#include <zstd.h>

#include <catch2/catch.hpp>

#include "archive/backup.hpp"
#include "archive/blocks.hpp"
#include "archive/verify.hpp"
#include "base/files.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

namespace {

/// Is this text in any file below the folder, as it lies there or in a zstd frame that begins anywhere?
bool lies_in(const fs::path& folder, std::string_view text) {
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = read_file(file.path());
    if (bytes.find(text) != std::string::npos) return true;
    for (std::size_t at = bytes.find("\x28\xB5\x2F\xFD"); at != std::string::npos; at = bytes.find("\x28\xB5\x2F\xFD", at + 1)) {
      const std::size_t size = ZSTD_findFrameCompressedSize(bytes.data() + at, bytes.size() - at);
      if (ZSTD_isError(size)) continue;
      std::string raw(ZSTD_getFrameContentSize(bytes.data() + at, size), '\0');
      if (ZSTD_isError(ZSTD_decompress(raw.data(), raw.size(), bytes.data() + at, size))) continue;
      if (raw.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

std::string words_of(int row) { return chat_row(row).substr(chat_row(row).find(' ') + 1, 40); }
const std::string blank = "User,aoki,2026/04/01,09:00:00,(gone)\r\n";

/// Two weekly downloads of one chat, some mails, and a download of another.
class Chat {
 public:
  Chat() {
    Archive archive = Archive::create(at());
    import(archive, source("a.mbox"), [&] { add_mail(archive, mail_text(1)); });
    bring(archive, first, "1_aoki.csv");
    bring(archive, second, "1_aoki week.csv");
    bring(archive, other, "2_mori.csv");
  }
  static void bring(Archive& archive, const Download& d, std::string_view name) {
    import(archive, source(std::string(name), SourceKind::line_oa), [&] { add_download(archive, d, name); }, sha256(d.bytes));
  }
  fs::path at() const { return folder / "a"; }

  /// Row numbers are those of the talk.
  static Archive::RowErasure row_of(EntryId entry, int row, int first_row) { return {entry, static_cast<std::uint64_t>(row - first_row), blank}; }

  std::vector<Finding> verify(const fs::path& folder_of) const {
    std::vector<Finding> found;
    verify_archive(folder_of, {}, [&](Finding finding) { found.push_back(std::move(finding)); });
    return found;
  }

  TemporaryFolder folder;
  Download first = download(1, 40), second = download(10, 60, "2026/04/09 18:05"), other = download(1, 30, "2026/04/02 18:05", "mori");
  static constexpr EntryId first_entry = 2, second_entry = 3, other_entry = 4;
};

std::string replaced(std::string bytes, std::string_view what, std::string_view by) {
  const std::size_t at = bytes.find(what);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, what.size(), by);
}

} // namespace

TEST_CASE_METHOD(Chat, "a row that is erased from all downloads lies nowhere any more, all others as before", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  REQUIRE(lies_in(at(), words_of(20)));
  archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, R"({"reason":"unsent"})");
  CHECK(archive.is_erasing());
  CHECK(archive.finish_erasing());
  CHECK_FALSE(archive.is_erasing());
  CHECK_FALSE(lies_in(at(), words_of(20)));
  CHECK(lies_in(at(), words_of(19)));

  const auto entries = all_entries(archive);
  CHECK(archive.read(entries[1]) == replaced(first.bytes, chat_row(20), blank));
  CHECK(archive.read(entries[2]) == replaced(second.bytes, chat_row(20), blank));
  CHECK(archive.read(entries[3]) == other.bytes);
  CHECK(archive.export_rows(entries[1]).size() == first.rows.size());
  CHECK(entries[1].digest == sha256(first.bytes));
  REQUIRE(entries[1].redaction);
  CHECK(entries[1].redaction->rows == std::vector<std::uint64_t>{19});
  for (const Entry& entry : entries) CHECK(archive.leaf(entry).computed == archive.leaf(entry).stored);
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "a row that was erased once is never stored again, and others can go as well", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, "{}");
  REQUIRE(archive.finish_erasing());
  const Download third = download(15, 70, "2026/04/16 18:05");
  import(archive, source("third.csv", SourceKind::line_oa), [&] { archive.add_export(third.bytes, "1_aoki third.csv", third.rows, {{5, blank}}); }, sha256(third.bytes));
  CHECK_FALSE(archive.is_erasing());
  CHECK_FALSE(lies_in(at(), words_of(20)));
  const auto held = [&] { return all_entries(archive).back(); };
  CHECK(archive.read(held()) == replaced(third.bytes, chat_row(20), blank));
  CHECK(held().digest == sha256(third.bytes));
  CHECK(held().redaction->rows == std::vector<std::uint64_t>{5});
  CHECK(archive.leaf(held()).computed == archive.leaf(held()).stored);
  CHECK(verify(at()).empty());

  archive.erase_rows({row_of(held().id, 65, 15), row_of(held().id, 16, 15)}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK_FALSE(lies_in(at(), words_of(65)));
  CHECK(held().redaction->rows == std::vector<std::uint64_t>{1, 5, 50});
  CHECK(archive.leaf(held()).computed == archive.leaf(held()).stored);
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "rows left out of the first download of an archive that never erased anything", "[erasing]") {
  Archive archive = Archive::create(folder / "fresh");
  import(archive, source("first.csv", SourceKind::line_oa), [&] { archive.add_export(first.bytes, "1_aoki.csv", first.rows, {{0, blank}, {39, blank}}); }, sha256(first.bytes));
  CHECK_FALSE(lies_in(folder / "fresh", words_of(40)));
  CHECK(verify(folder / "fresh").empty());
  CHECK_THROWS_AS(import(archive, source("none.csv", SourceKind::line_oa), [&] { archive.add_export(second.bytes, "1_aoki.csv", second.rows, {{0, ""}}); }), std::invalid_argument);
}

TEST_CASE_METHOD(Chat, "rows of one download are erased one after the other, and in any order", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  archive.erase_rows({row_of(first_entry, 30, 1), row_of(first_entry, 3, 1)}, R"({"reason":"unsent"})");
  archive.erase_rows({row_of(first_entry, 20, 1), row_of(first_entry, 30, 1), row_of(first_entry, 40, 1)}, "{}");
  CHECK(archive.finish_erasing());
  std::string expected = first.bytes;
  for (const int row : {3, 20, 30, 40}) expected = replaced(expected, chat_row(row), blank);
  const Entry entry = all_entries(archive)[1];
  CHECK(archive.read(entry) == expected);
  CHECK(entry.redaction->rows == std::vector<std::uint64_t>{2, 19, 29, 39});
  CHECK(archive.leaf(entry).computed == archive.leaf(entry).stored);
  // The second download has 20, 30 and 40 still; 3 was only in the first.
  CHECK_FALSE(lies_in(at(), words_of(3)));
  CHECK(lies_in(at(), words_of(20)));
  CHECK(archive.read(all_entries(archive)[2]) == second.bytes);
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "a download whose rows were erased is known when it comes in again, and goes its own way under another name", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, "{}");
  REQUIRE(archive.finish_erasing());
  archive.begin_import(source("1_aoki.csv", SourceKind::line_oa), "");
  CHECK_FALSE(add_download(archive, first).stored);
  archive.end_import({}, std::nullopt, 0);
  CHECK_FALSE(lies_in(at(), words_of(20)));

  bring(archive, first, "again.csv");
  CHECK(archive.read(all_entries(archive).back()) == first.bytes);
  bring(archive, download(15, 80, "2026/04/16 18:05"), "later.csv");
  CHECK(archive.read(all_entries(archive).back()) == download(15, 80, "2026/04/16 18:05").bytes);
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "an erasing that was broken off is known, and finished by the next one that writes", "[erasing]") {
  {
    Archive archive = Archive::open(at(), Archive::Mode::write);
    archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, "{}");
  }
  REQUIRE(lies_in(at(), words_of(20)));
  const auto findings = verify(at());
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().severity == Severity::note);
  {
    const Archive reading = Archive::open(at(), Archive::Mode::read);
    CHECK(reading.is_erasing());
    CHECK(reading.read(all_entries(reading)[1]).find(words_of(20)) == std::string::npos);
  }
  Archive archive = Archive::open(at(), Archive::Mode::write);
  CHECK(archive.finish_erasing());
  CHECK_FALSE(lies_in(at(), words_of(20)));
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "while somebody reads, an erasing is not called finished", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  {
    Archive reader = Archive::open(at(), Archive::Mode::read);
    reader.hold_state();
    archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, "{}");
    CHECK_FALSE(archive.finish_erasing());
    CHECK(archive.is_erasing());
  }
  CHECK(archive.finish_erasing());
  CHECK_FALSE(archive.is_erasing());
}

TEST_CASE_METHOD(Chat, "what an import that was broken off left is overwritten with it", "[erasing]") {
  append_to_file(at() / "objects" / "000001.blk", "leftover of a crash");
  Archive archive = Archive::open(at(), Archive::Mode::write);
  archive.erase_rows({row_of(first_entry, 20, 1)}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK_FALSE(lies_in(at(), "leftover"));
  bring(archive, download(1, 30, "2026/05/02 18:05", "tani"), "5_tani.csv");
  CHECK(verify(at()).empty());
}

TEST_CASE_METHOD(Chat, "the next backup has lost what was erased", "[erasing][backup]") {
  const fs::path copy = folder / "copy";
  back_up(at(), copy, {});
  REQUIRE(lies_in(copy, words_of(20)));
  {
    Archive archive = Archive::open(at(), Archive::Mode::write);
    archive.erase_rows({row_of(first_entry, 20, 1), row_of(second_entry, 20, 10)}, "{}");
    REQUIRE(archive.finish_erasing());
  }
  back_up(at(), copy, {});
  CHECK_FALSE(lies_in(copy, words_of(20)));
  CHECK(verify(copy).empty());
  const Archive held = Archive::open(copy, Archive::Mode::read);
  CHECK(held.read(all_entries(held)[3]) == other.bytes);
}

TEST_CASE_METHOD(Chat, "verify names rows that were taken out behind the journal's back", "[erasing][verify]") {
  {
    Archive archive = Archive::open(at(), Archive::Mode::write);
    archive.erase_rows({row_of(first_entry, 20, 1)}, "{}");
    REQUIRE(archive.finish_erasing());
  }
  const auto alter = [&](const char* sql) { Database(at() / "archive.db", Database::Mode::create).exec(sql); };
  SECTION("the note of what was taken out is gone") { alter("DELETE FROM redacted"); }
  SECTION("another download is said to be it") { alter("UPDATE redacted SET entry=3"); }
  SECTION("other bytes are said to be held") { alter("UPDATE redacted SET digest=zeroblob(32)"); }
  SECTION("an erasing seems to be under way") { alter("INSERT INTO erasing VALUES(3)"); }
  const auto findings = verify(at());
  CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& one) { return one.severity != Severity::note; }));
}

TEST_CASE_METHOD(Chat, "what cannot be erased leaves all as it was", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  CHECK_THROWS_AS(archive.erase_rows({{1, 0, blank}}, "{}"), Error); // a mail
  Archive again = [&] {
    { Archive gone = std::move(archive); }
    return Archive::open(at(), Archive::Mode::write);
  }();
  CHECK_FALSE(again.is_erasing());
  CHECK(again.read(all_entries(again)[1]) == first.bytes);
  CHECK(verify(at()).empty());
}

namespace {

/// A mailbox of two, one mail by itself, a chat and a note on it.
class Office {
 public:
  Office() {
    Archive archive = Archive::create(at());
    import(archive, source("box.mbox"), [&] {
      for (const int n : {1, 2}) add_mail(archive, mail_text(n));
    });
    import(archive, source("hayashi lot 3.eml", SourceKind::eml), [&] { add_mail(archive, mail_text(3)); }, sha256(mail_text(3)));
    Chat::bring(archive, chat, "1_aoki.csv");
    Chat::bring(archive, other, "2_mori.csv");
    note = archive.append(JournalKind::annotation, R"({"annotation":"note","value":"prefers afternoons"})");
  }
  fs::path at() const { return folder / "a"; }
  std::vector<Finding> verify() const {
    std::vector<Finding> found;
    verify_archive(at(), {}, [&](Finding finding) { found.push_back(std::move(finding)); });
    return found;
  }
  Archive open() const { return Archive::open(at(), Archive::Mode::write); }

  TemporaryFolder folder;
  Download chat = download(1, 40), other = download(1, 30, "2026/04/02 18:05", "mori");
  Seq note = 0;
  static constexpr EntryId first_mail = 1, lone_mail = 3, chat_entry = 4, other_entry = 5;
};

} // namespace

TEST_CASE_METHOD(Office, "an original that is erased leaves its leaf, and no word", "[erasing]") {
  Archive archive = open();
  REQUIRE(lies_in(at(), "lot 3"));
  archive.erase({{}, {lone_mail, chat_entry}, {note}, {}, {}}, R"({"reason":"asked"})");
  CHECK(archive.is_erasing_whole());
  REQUIRE(archive.finish_erasing());
  for (const auto& words : {std::string("lot 3"), std::string("hayashi"), std::string("1_aoki"), words_of(20), std::string("afternoons")}) CHECK_FALSE(lies_in(at(), words));
  CHECK(lies_in(at(), "lot 1"));
  CHECK(verify().empty());
  CHECK_FALSE(archive.entry(lone_mail));
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 3);
  CHECK(archive.read(entries.back()) == other.bytes);
  CHECK(archive.read(entries.front()) == mail_text(1));
}

TEST_CASE_METHOD(Office, "an import that brought something else keeps its name", "[erasing]") {
  Archive archive = open();
  archive.erase({{}, {first_mail}, {}, {}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK(archive.imports().front().source == "box.mbox");
  CHECK_FALSE(lies_in(at(), "lot 1."));
  CHECK(verify().empty());
  archive.erase({{}, {first_mail + 1}, {}, {}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK(archive.imports().front().source.empty());
  CHECK_FALSE(lies_in(at(), "box.mbox"));
  CHECK(verify().empty());
}

TEST_CASE_METHOD(Office, "what was erased does not come back, unless it is wanted", "[erasing]") {
  Archive archive = open();
  archive.erase({{}, {lone_mail, chat_entry}, {}, {}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  const auto bring_all = [&] {
    Archive::Added mail, download;
    import(archive, source("again.mbox"), [&] { mail = add_mail(archive, mail_text(3)); });
    import(archive, source("again.csv", SourceKind::line_oa), [&] { download = add_download(archive, chat); });
    return std::pair(mail, download);
  };
  const auto [mail, download] = bring_all();
  CHECK(mail.erased);
  CHECK_FALSE(mail.stored);
  CHECK(download.erased);
  CHECK_FALSE(lies_in(at(), words_of(20)));
  CHECK(verify().empty());

  archive.set_restoring();
  const auto [mail_back, download_back] = bring_all();
  CHECK(mail_back.stored);
  CHECK(mail_back.fresh);
  CHECK(download_back.stored);
  CHECK(archive.read(all_entries(archive).back()) == chat.bytes);
  CHECK(query(at(), "SELECT count(*) FROM tombstone") == 0);
  CHECK(verify().empty());
}

TEST_CASE_METHOD(Office, "tombstones of a chat are found by what they are of, and can be taken away", "[erasing]") {
  Archive archive = open();
  archive.erase({{}, {chat_entry}, {}, {{"row a", 7, true}, {"row b", 7, false}, {"row a", 9, true}}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK(archive.tombstones_of("row a") == std::vector<std::pair<std::int64_t, bool>>{{7, true}, {9, true}});
  CHECK(archive.tombstones_of("row c").empty());
  CHECK(archive.telling_tombstones(7) == 1);
  archive.restore({{"row a", 7, false}, {"row c", 7, false}});
  archive.commit_batch();
  CHECK(archive.tombstones_of("row a") == std::vector<std::pair<std::int64_t, bool>>{{9, true}});
  CHECK(archive.tombstones_of("row b").size() == 1);
  CHECK(verify().empty());
}

TEST_CASE_METHOD(Office, "a mail that lies in a mailbox too goes with both copies, and its neighbours stay", "[erasing]") {
  Archive archive = open();
  import(archive, source("copy.mbox"), [&] {
    add_mail(archive, mail_text(3));
    add_mail(archive, mail_text(4));
  });
  const auto copies = archive.mail_entries(sha256("mail\n" + mail_text(3)));
  REQUIRE(copies.size() == 2);
  archive.erase({{}, {copies[0]}, {}, {}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK(lies_in(at(), "lot 3")); // the other copy has the same bytes
  archive.erase({{}, {copies[1]}, {}, {}, {}}, "{}");
  REQUIRE(archive.finish_erasing());
  CHECK_FALSE(lies_in(at(), "lot 3"));
  CHECK(archive.imports().back().source == "copy.mbox");
  CHECK(archive.read(all_entries(archive).back()) == mail_text(4));
  CHECK(verify().empty());
}

TEST_CASE_METHOD(Office, "verify names what is gone without a plan, and what is there in spite of one", "[erasing][verify]") {
  {
    Archive archive = open();
    archive.erase({{}, {lone_mail}, {note}, {{"row", 3, true}}, {}}, "{}");
    REQUIRE(archive.finish_erasing());
  }
  REQUIRE(verify().empty());
  const auto alter = [&](const std::string& sql) { Database(at() / "archive.db", Database::Mode::create).exec(sql.c_str()); };
  const std::string blank = "UPDATE entry SET digest=NULL, length=0, identity=NULL, pieces=NULL, place_offset=0, place_length=0, place_line=0, member=NULL, "
                            "folder=NULL, flags=NULL, store_time=NULL, file_time=NULL, reason=NULL, origin=NULL, secret=NULL WHERE id=";
  SECTION("another original is made to look erased") { alter(blank + "1"); }
  SECTION("a name is put back") { alter("UPDATE entry SET member='x' WHERE id=" + std::to_string(lone_mail)); }
  SECTION("the content of another journal row is gone") { alter("DELETE FROM payload WHERE seq=2"); }
  SECTION("the name of another import is gone") { alter("UPDATE import SET source=NULL, digest=NULL, modified=0 WHERE seq=2"); }
  SECTION("the content of the journal row is back") { alter("INSERT INTO payload VALUES(" + std::to_string(note) + ", '{}')"); }
  SECTION("a tombstone is gone") { alter("DELETE FROM tombstone WHERE chat=3"); }
  SECTION("a tombstone is added") { alter("INSERT INTO tombstone VALUES(zeroblob(16), 0, 0)"); }
  SECTION("the plan itself is gone") { alter("DELETE FROM payload WHERE json LIKE '%whole%'"); }
  const auto findings = verify();
  CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& one) { return one.severity != Severity::note; }));
}

TEST_CASE_METHOD(Office, "the next backup has lost originals that were erased", "[erasing][backup]") {
  const fs::path copy = folder / "copy";
  back_up(at(), copy, {});
  {
    Archive archive = open();
    archive.erase({{}, {lone_mail, chat_entry}, {}, {}, {}}, "{}");
    REQUIRE(archive.finish_erasing());
  }
  back_up(at(), copy, {});
  CHECK_FALSE(lies_in(copy, words_of(20)));
  CHECK_FALSE(lies_in(copy, "lot 3"));
}

TEST_CASE_METHOD(Office, "only what people wrote and imports that go can be taken from the journal", "[erasing]") {
  Archive archive = open();
  CHECK_THROWS_AS(archive.erase({{}, {}, {1}, {}, {}}, "{}"), std::invalid_argument);
}

TEST_CASE_METHOD(Chat, "hundreds of rows of one download are erased at once", "[erasing]") {
  Archive archive = Archive::open(at(), Archive::Mode::write);
  bring(archive, download(1, 9000, "2026/05/09 18:05", "sato"), "3_sato.csv");
  std::vector<Archive::RowErasure> rows;
  for (int n = 0; n < 9000; n += 7) rows.push_back({5, static_cast<std::uint64_t>(n), blank});
  archive.erase_rows(rows, "{}");
  REQUIRE(archive.finish_erasing());
  const Entry entry = all_entries(archive).back();
  CHECK(entry.redaction->rows.size() == rows.size());
  CHECK_FALSE(lies_in(at(), sha256("sato8").hex().substr(0, 40)));
  CHECK(lies_in(at(), sha256("sato9").hex().substr(0, 40)));
  CHECK(archive.leaf(entry).computed == archive.leaf(entry).stored);
  CHECK(verify(at()).empty());
}
