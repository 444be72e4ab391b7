#include "archive/journal.hpp"

#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;

TEST_CASE("every kind of journal row has its name") {
  CHECK(journal_kind_name(JournalKind::import_begin) == "import-begin");
  for (int i = 0; i <= static_cast<int>(JournalKind::restore); ++i) {
    const auto kind = static_cast<JournalKind>(i);
    CHECK(journal_kind(journal_kind_name(kind)) == kind);
  }
  CHECK_FALSE(journal_kind("import_begin"));
  CHECK_FALSE(journal_kind(""));
}

TEST_CASE("a journal line is read in exactly one form") {
  const JournalLine line{7, 1711929600, JournalKind::batch, sha256("before"), sha256("{}")};
  const std::string text = journal_line(line);
  CHECK(text == R"({"seq":7,"time":1711929600,"kind":"batch","prev":")" + sha256("before").hex() +
                    R"(","payload_sha256":")" + sha256("{}").hex() + R"("})");
  REQUIRE(parse_journal_line(text));
  CHECK(journal_line(*parse_journal_line(text)) == text);

  CHECK_FALSE(parse_journal_line(""));
  CHECK_FALSE(parse_journal_line(text + "\n"));
  CHECK_FALSE(parse_journal_line(text.substr(0, text.size() - 1)));
  CHECK_FALSE(parse_journal_line(R"({"seq":07)" + text.substr(8)));
  std::string other_kind = text;
  CHECK_FALSE(parse_journal_line(other_kind.replace(other_kind.find("batch"), 5, "botch")));
  for (std::size_t cut = 0; cut < text.size(); ++cut) CHECK_FALSE(parse_journal_line(text.substr(0, cut)));
}

TEST_CASE("payloads get a salt of their own") {
  const std::string one = salted_payload(R"({"name":"aoki"})");
  CHECK(one.starts_with(R"({"salt":")"));
  CHECK(one.ends_with(R"(,"name":"aoki"})"));
  CHECK(one != salted_payload(R"({"name":"aoki"})"));
  CHECK(salted_payload(" { } ").ends_with("\"}"));
  CHECK(json_string("a\"\\\n\xFF") == "\"a\\\"\\\\\\n\xEF\xBF\xBD\"");
}

TEST_CASE("the chain holds when recomputed from the stored lines") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  import(archive, source("inbox.mbox"), [&] { add_mail(archive, mail_text(1));
});
archive.append(JournalKind::annotation, R"({"note":"call back"})");

const auto rows = archive.journal(0);
std::vector<std::string> kinds;
std::string prev(64, '0');
for (const JournalRow& row : rows) {
  kinds.emplace_back(journal_kind_name(row.kind));
  CHECK(row.seq == static_cast<Seq>(kinds.size()));
  CHECK(row.line == "{\"seq\":" + std::to_string(row.seq) + ",\"time\":" + std::to_string(row.time) +
                        ",\"kind\":\"" + kinds.back() + "\",\"prev\":\"" + prev + "\",\"payload_sha256\":\"" +
                        sha256(row.payload).hex() + "\"}");
  prev = sha256(row.line).hex();
}
CHECK(kinds == std::vector<std::string>{"archive", "import-begin", "batch", "import-end", "annotation"});
CHECK(rows[0].payload.find("\"format\":1") != std::string::npos);
CHECK(archive.head() == 5);
CHECK(archive.journal(2, 2).size() == 2);
CHECK(archive.journal(2, 2).front().seq == 3);
CHECK(archive.journal(5).empty());
}

TEST_CASE("the journal refuses to be changed") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.append(JournalKind::annotation, "{}");
  }
  Database db(folder / "a" / "archive.db", Database::Mode::create);
  CHECK_THROWS_AS(db.exec("UPDATE journal SET line='x' WHERE seq=2"), Error);
  CHECK_THROWS_AS(db.exec("DELETE FROM journal WHERE seq=2"), Error);
  CHECK_THROWS_AS(db.exec("DELETE FROM journal"), Error);
  CHECK_THROWS_AS(db.exec("INSERT OR REPLACE INTO journal(seq, line) VALUES(2, 'x')"), Error);
  CHECK_THROWS_AS(db.exec("INSERT INTO journal(seq, line) VALUES(9, 'x')"), Error);
  CHECK_THROWS_AS(db.exec("UPDATE payload SET json='{}' WHERE seq=2"), Error);
  CHECK(db.query_integer("SELECT count(*) FROM journal") == 2);
}

TEST_CASE("an erased payload reads as empty, and the chain goes on") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.append(JournalKind::annotation, R"({"note":"private"})");
  }
  Database(folder / "a" / "archive.db", Database::Mode::create).exec("DELETE FROM payload WHERE seq=2");
  Archive archive = Archive::open(folder / "a", Archive::Mode::write);
  archive.append(JournalKind::annotation, "{}");
  const auto rows = archive.journal(1);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].payload.empty());
  CHECK(rows[0].line.size() > 64);
  CHECK(rows[1].line.find(sha256(rows[0].line).hex()) != std::string::npos);
}

TEST_CASE("a journal line that was damaged is named") {
  const TemporaryFolder folder;
  { Archive::create(folder / "a"); }
  {
    Database db(folder / "a" / "archive.db", Database::Mode::create);
    db.exec("INSERT INTO journal(seq, line) VALUES(2, '{\"seq\":2}')");
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  CHECK_THROWS_WITH(archive.journal(0), Catch::Contains("row 2"));
}
