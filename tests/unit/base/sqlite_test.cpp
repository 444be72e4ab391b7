#include "base/sqlite.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "genchi/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace genchi;
using genchi::test::TemporaryFolder;

TEST_CASE("values go in and come out, NULL and empty told apart") {
  const TemporaryFolder folder;
  Database db(folder / "x.db", Database::Mode::create);
  db.exec("CREATE TABLE t(a,b,c,d)");
  const std::string blob("\0\1", 2);
  db.prepare("INSERT INTO t VALUES(?,?,?,?)").bind(7, "青木", Statement::Blob{blob}, nullptr).run();
  db.prepare("INSERT INTO t VALUES(?,?,?,?)").bind(std::optional<int>(), "", Statement::Blob{""}, 2.5).run();
  Statement s = db.prepare("SELECT a,b,c,d FROM t ORDER BY rowid");
  REQUIRE(s.step());
  CHECK(s.integer(0) == 7);
  CHECK(s.text(1) == "青木");
  CHECK(s.blob(2) == blob);
  CHECK(s.is_null(3));
  REQUIRE(s.step());
  CHECK(s.is_null(0));
  CHECK_FALSE(s.is_null(1));
  CHECK_FALSE(s.is_null(2));
  CHECK(s.real(3) == 2.5);
  CHECK_FALSE(s.step());
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  const TemporaryFolder folder;
  Database db(folder / "x.db", Database::Mode::create);
  db.exec("CREATE TABLE t(a)");
  {
    Transaction t(db);
    db.exec("INSERT INTO t VALUES(1)");
  }
  CHECK(db.query_integer("SELECT count(*) FROM t") == 0);
  Transaction t(db);
  db.exec("INSERT INTO t VALUES(1)");
  t.commit();
  CHECK(db.query_integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a kept statement is prepared once and comes reset") {
  const TemporaryFolder folder;
  Database db(folder / "x.db", Database::Mode::create);
  db.exec("CREATE TABLE t(a)");
  for (int i = 0; i < 3; ++i) db.cached("INSERT INTO t VALUES(?)").bind(i).run();
  for (int i = 0; i < 2; ++i) {
    Statement& s = db.cached("SELECT a FROM t ORDER BY a");
    REQUIRE(s.step());
    CHECK(s.integer(0) == 0);
  }
}

TEST_CASE("a database is private, and what is none is called damaged") {
  const TemporaryFolder folder;
  {
    Database db(folder / "x.db", Database::Mode::create);
    db.exec("PRAGMA journal_mode=WAL; CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    for (const char* name : {"x.db", "x.db-wal", "x.db-shm"}) {
      struct stat info {};
      REQUIRE(::stat((folder / name).c_str(), &info) == 0);
      CHECK((info.st_mode & 0777) == 0600);
    }
  }
  CHECK_THROWS_AS(Database(folder / "none.db", Database::Mode::read_only), Error);
  if (FILE* f = std::fopen((folder / "bad.db").c_str(), "w")) {
    std::fputs("this is no database, this is no database, this is no database", f);
    std::fclose(f);
  }
  CHECK_THROWS_WITH(Database(folder / "bad.db", Database::Mode::create).query_integer("SELECT 1 FROM t"), Catch::Contains("bad.db"));
}

TEST_CASE("a database in WAL mode is read from a folder that cannot be written") {
  const TemporaryFolder folder;
  const auto shelf = folder / "shelf 100%?#";
  const auto file = shelf / "x.db";
  REQUIRE(::mkdir(shelf.c_str(), 0755) == 0);
  Database(file, Database::Mode::create).exec("PRAGMA journal_mode=WAL; CREATE TABLE t(a); INSERT INTO t VALUES(7)");
  REQUIRE(::chmod(file.c_str(), 0444) == 0);
  REQUIRE(::chmod(shelf.c_str(), 0555) == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
  const uid_t user = ::geteuid();
  constexpr uid_t nobody = 65534;
  if (user == 0) REQUIRE(::seteuid(nobody) == 0);  // modes do not bind root
  std::optional<std::int64_t> value;
  std::string complaint;
  try {
    value = Database(file, Database::Mode::read_only).query_integer("SELECT a FROM t");
  } catch (const Error& error) {
    complaint = error.what();
  }
  if (user == 0) REQUIRE(::seteuid(0) == 0);
  CHECK(complaint == "");
  CHECK(value == 7);
  ::chmod(shelf.c_str(), 0755);
}
