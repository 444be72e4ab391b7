#include "archive/archive.hpp"

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

#include "archive/merkle.hpp"
#include "fixture.hpp"
#include "genchi/error.hpp"

using namespace genchi;
using namespace genchi::test;
namespace fs = std::filesystem;

TEST_CASE("what was imported is there when the archive is opened again") {
  const TemporaryFolder folder;
  MailItem item;
  const std::string raw = mail_text(1);
  item.raw = raw;
  item.place = {120, raw.size(), 7};
  item.member = "cur/1711.aoki:2,RS";
  item.hints = {"案件/青葉", "RS", 1711000000, 1711000001};
  const Sha256 identity = sha256("identity");
  {
    Archive archive = Archive::create(folder / "a");
    archive.begin_import(source("Maildir", SourceKind::maildir), "shop");
    const auto added = archive.add_mail(item, identity);
    CHECK(added.fresh);
    CHECK(added.stored);
    archive.add_set_aside({{5, 9, 2}, Words("no headers"), "odd bytes", "cur/odd"});
    CHECK(archive.pending_entries() == 2);
    CHECK(archive.pending_bytes() == raw.size() + 9);
    archive.end_import({2, 1, 0, 1}, sha256("file"), 4711);
    CHECK(archive.pending_entries() == 0);
    CHECK(archive.pending_bytes() == 0);
  }
  const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 2);

  const Entry& mail = entries[0];
  CHECK(mail.kind == EntryKind::mail);
  CHECK(archive.read(mail) == raw);
  CHECK(archive.read(mail, 6, 4) == raw.substr(6, 4));
  CHECK(archive.read(mail, raw.size() - 2, 100) == "\r\n");
  CHECK(archive.read(mail, raw.size() + 1, 5).empty());
  CHECK(mail.digest == sha256(raw));
  CHECK(mail.identity == identity);
  CHECK(mail.place.offset == 120);
  CHECK(mail.place.line == 7);
  CHECK(mail.member == "cur/1711.aoki:2,RS");
  CHECK(mail.hints.folder == "案件/青葉");
  CHECK(mail.hints.flags == "RS");
  CHECK(mail.hints.store_time == 1711000000);
  CHECK(mail.hints.file_time == 1711000001);
  CHECK(archive.journal(mail.batch - 1, 1).front().kind == JournalKind::batch);

  const Entry& odd = entries[1];
  CHECK(odd.kind == EntryKind::set_aside);
  CHECK(odd.reason == "no headers");
  CHECK(archive.read(odd) == "odd bytes");
  CHECK(odd.identity == odd.digest);

  CHECK(archive.holds_mail(identity));
  CHECK_FALSE(archive.holds_mail(odd.identity));
  REQUIRE(archive.imports().size() == 1);
  const ImportRecord record = archive.imports().front();
  CHECK(record.begin == mail.import);
  CHECK(record.source == "Maildir");
  CHECK(record.kind == SourceKind::maildir);
  CHECK(record.account == "shop");
  CHECK(record.modified == 1711929600);
  CHECK(record.size == 4711);
  CHECK(record.counts.read == 2);
  CHECK(record.counts.set_aside == 1);
  REQUIRE(record.end);
  CHECK(archive.journal(*record.end - 1, 1).front().kind == JournalKind::import_end);
  CHECK(archive.import_of(record.begin)->source == "Maildir");
  CHECK_FALSE(archive.import_of(record.begin + 1));

  CHECK(archive.entries_by_id({2, 1, 99}).size() == 2);
  CHECK(archive.entries_by_id({2, 1}).front().id == 2);
  CHECK_FALSE(archive.entry(99));
  CHECK(archive.finished_import(sha256("file"), "shop"));
  CHECK_FALSE(archive.finished_import(sha256("file"), ""));
  CHECK_FALSE(archive.finished_import(sha256("other"), "shop"));
}

TEST_CASE("why something was set aside is kept in English, whoever imported it") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  import(archive, source("壊れた.mbox"), [&] {
    archive.add_set_aside({{}, Words::known("cut off", "途中で切れています"), "odd bytes", ""});
  });
  CHECK(all_entries(archive).at(0).reason == "cut off");
}

TEST_CASE("a mail known already is not stored again; copies and other forms add an entry") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  const std::string raw = mail_text(1);
  const Sha256 identity = sha256("mail 1");
  const auto add = [&](std::string_view bytes, std::string member) {
    MailItem item;
    item.raw = bytes;
    item.member = std::move(member);
    return archive.add_mail(item, identity);
  };
  const auto objects = [&] {
    archive.commit_batch();
    return query(folder / "a", "SELECT count(*) FROM object");
  };
  archive.begin_import(source("Maildir"), "");
  CHECK(add(raw, "new/1711.x").fresh);
  CHECK_FALSE(add(raw, "new/1711.x").stored);
  CHECK_FALSE(add(raw, "cur/1711.x:2,S").stored); // read meanwhile
  CHECK(objects() == 1);
  const auto copy = add(raw, ".Sent/cur/1712.x:2,S");
  CHECK_FALSE(copy.fresh);
  CHECK(copy.stored);
  CHECK(objects() == 1);
  const auto form = add("From aoki Mon Apr  1 10:00:00 2024\n" + raw, "new/1711.x");
  CHECK_FALSE(form.fresh);
  CHECK(form.stored);
  CHECK(objects() == 2);
  archive.end_import({}, std::nullopt, 0);

  archive.begin_import(source("other.mbox"), "");
  CHECK(add(raw, "").stored);
  CHECK_FALSE(add(raw, "").stored);
  archive.end_import({}, std::nullopt, 0);
  CHECK(all_entries(archive).size() == 4);
}

TEST_CASE("one mail in a thousand places ends at a limit") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  archive.begin_import(source("Maildir"), "");
  for (int i = 0; i < 1000; ++i) add_mail(archive, mail_text(1), "cur/" + std::to_string(i));
  archive.end_import({}, std::nullopt, 0);
  CHECK(all_entries(archive).size() == 64);
}

TEST_CASE("what was set aside once is not set aside again") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  for (int time = 0; time < 2; ++time) {
    archive.begin_import(source("Maildir"), "");
    for (int i = 0; i < 200; ++i)
      archive.add_set_aside({{}, Words("not permitted"), "", "cur/" + std::to_string(i)});
    archive.add_set_aside({{10, 5, 1}, Words("cut off"), "bytes", ""});
    archive.add_set_aside({{20, 5, 1}, Words("cut off"), "bytes", ""});
    archive.end_import({}, std::nullopt, 0);
  }
  CHECK(all_entries(archive).size() == 202);
  CHECK(query(folder / "a", "SELECT count(*) FROM object") == 1);
}

TEST_CASE("nothing is seen before it is committed, and nothing stays that was not") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    archive.begin_import(source("inbox.mbox"), "");
    add_mail(archive, mail_text(1));
    CHECK(archive.holds_mail(sha256("mail\n" + mail_text(1))));
    CHECK(all_entries(archive).empty());
    CHECK(archive.head() == 1);
    archive.commit_batch();
    CHECK(all_entries(archive).size() == 1);
    archive.commit_batch();
    CHECK(archive.head() == 3);
    add_mail(archive, mail_text(2));
  }
  Archive archive = Archive::open(folder / "a", Archive::Mode::write);
  CHECK(all_entries(archive).size() == 1);
  CHECK(archive.head() == 3);
  REQUIRE(archive.imports().size() == 1);
  CHECK_FALSE(archive.imports().front().end);
  import(archive, source("inbox.mbox"), [&] { CHECK(add_mail(archive, mail_text(2)).fresh);
});
CHECK(all_entries(archive).size() == 2);
CHECK(all_entries(archive, 3).size() == 1);
CHECK(all_entries(archive, 3).front().length == mail_text(2).size());
}

TEST_CASE("many small files can share one commit") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  for (int i = 0; i < 20; ++i) {
    archive.begin_import(source(std::to_string(i) + ".eml"), "");
    add_mail(archive, mail_text(i));
    archive.end_import({1, 1, 0, 0}, sha256(mail_text(i)), 0, Archive::Durable::later);
    CHECK(archive.finished_import(sha256(mail_text(i)), ""));
  }
  CHECK(archive.pending_entries() == 20);
  CHECK(archive.head() == 1);
  archive.commit_batch();
  CHECK(archive.head() == 61);
  CHECK(query(folder / "a", "SELECT count(*) FROM block") == 1);
  CHECK(query(folder / "a", "SELECT count(*) FROM batch") == 20);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 20);
  for (int i = 0; i < 20; ++i) {
    const Entry& entry = entries[static_cast<std::size_t>(i)];
    CHECK(archive.read(entry) == mail_text(i));
    CHECK(archive.import_of(entry.import)->source == std::to_string(i) + ".eml");
    CHECK(archive.journal(entry.batch - 1, 1)
              .front()
              .payload.find("\"import\":" + std::to_string(entry.import)) != std::string::npos);
  }
}

TEST_CASE("a row appended in the middle of an import comes after a batch of what was added before") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  archive.begin_import(source("inbox.mbox"), "");
  add_mail(archive, mail_text(1));
  CHECK(archive.append(JournalKind::client, R"({"chat":"0011"})", Archive::Durable::later) == 4);
  add_mail(archive, mail_text(2));
  archive.end_import({}, std::nullopt, 0);
  const auto entries = all_entries(archive);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].batch == 3);
  CHECK(entries[1].batch == 5);
  CHECK(archive.batch_entries(5) == std::pair<EntryId, EntryId>(2, 2));
  CHECK_FALSE(archive.batch_entries(4));
}

TEST_CASE("an original of 40 MB is stored in parts") {
  const TemporaryFolder folder;
  const std::string raw = noise(40 << 20);
  {
    Archive archive = Archive::create(folder / "a");
    import(archive, source("large.eml", SourceKind::eml), [&] { add_mail(archive, raw);
  });
    import(archive, source("again.eml", SourceKind::eml), [&] { add_mail(archive, raw);
});
}
const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
const auto entries = all_entries(archive);
REQUIRE(entries.size() == 2);
CHECK(entries[0].locations.size() == 3);
CHECK(archive.read(entries[1]) == raw);
CHECK(archive.read(entries[0], (16 << 20) - 3, 6) == raw.substr((16 << 20) - 3, 6));
CHECK((archive.original(entries[0]).view() == raw));
CHECK(size_of_objects(folder / "a") < raw.size() + 10'000);
}

TEST_CASE("an empty mail is an original too") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  import(archive, source("empty.eml"), [&] { CHECK(add_mail(archive, "").fresh);
});
CHECK(archive.read(all_entries(archive).at(0)).empty());
}

TEST_CASE("the batch's root is that of its entries' leaves, made anew from what is stored") {
  const TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  import(archive, source("inbox.mbox"), [&] {
    for (int i = 0;
  i < 11; ++i) add_mail(archive, mail_text(i));
});
std::vector<Sha256> leaves;
for (const Entry& entry : all_entries(archive)) {
  const auto leaf = archive.leaf(entry);
  CHECK(leaf.secret.size() == 16);
  CHECK(leaf.computed == leaf.stored);
  leaves.push_back(leaf.computed);
}
CHECK(archive.journal(2, 1).front().payload.find(merkle_root(leaves).hex()) != std::string::npos);

Entry changed = all_entries(archive).front();
changed.hints.file_time = 1;
CHECK(archive.leaf(changed).computed != archive.leaf(changed).stored);
}

TEST_CASE("bytes left by a crash do no harm") {
  const TemporaryFolder folder;
  {
    Archive archive = Archive::create(folder / "a");
    import(archive, source("1.eml"), [&] { add_mail(archive, mail_text(1));
  });
}
append_to_file(folder / "a" / "objects" / "000001.blk", noise(777));
{
  Archive archive = Archive::open(folder / "a", Archive::Mode::write);
    import(archive, source("2.eml"), [&] { add_mail(archive, mail_text(2));
});
}
const Archive archive = Archive::open(folder / "a", Archive::Mode::read);
const auto entries = all_entries(archive);
REQUIRE(entries.size() == 2);
CHECK(archive.read(entries[0]) == mail_text(1));
CHECK(archive.read(entries[1]) == mail_text(2));
}

TEST_CASE("a writer killed in mid-import leaves the batches it committed") {
  const TemporaryFolder folder;
  { Archive::create(folder / "a"); }
  const pid_t child = ::fork();
  if (child == 0) {
    Archive archive = Archive::open(folder / "a", Archive::Mode::write);
    archive.begin_import(source("inbox.mbox"), "");
    for (int i = 0; i < 50; ++i) add_mail(archive, mail_text(i));
    archive.commit_batch();
    for (int i = 50; i < 5000; ++i)
      add_mail(archive, mail_text(i) + noise(300, static_cast<std::uint64_t>(i)));
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  Archive archive = Archive::open(folder / "a", Archive::Mode::write, 0);
  CHECK(all_entries(archive).size() == 50);
  import(archive, source("inbox.mbox"), [&] {
    CHECK_FALSE(add_mail(archive, mail_text(3)).stored);
  CHECK(add_mail(archive, mail_text(50)).fresh);
});
for (const Entry& entry : all_entries(archive)) CHECK(sha256(archive.read(entry)) == entry.digest);
}

TEST_CASE("when no more can be written, the batch is gone, earlier ones stay, and later it goes on") {
  const TemporaryFolder folder;
  { Archive::create(folder / "a"); }
  const pid_t child = ::fork();
  if (child == 0) {
    // Stands in for a full disk: writes beyond the limit fail.
    ::signal(SIGXFSZ, SIG_IGN);
    Archive archive = Archive::open(folder / "a", Archive::Mode::write);
    import(archive, source("1.eml"), [&] { add_mail(archive, mail_text(1));
  });
  rlimit limit{1 << 20, 1 << 20};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  int failures = 0;
  try {
      import(archive, source("2.eml"), [&] { add_mail(archive, noise(3 << 20));
  });
}
catch (const Error& error) {
  failures += std::string(error.what()).find("000001.blk") != std::string::npos;
}
try {
  archive.append(JournalKind::annotation, "{}");
} catch (const Error&) {
  ++failures;
}
::_exit(failures == 2 && all_entries(archive).size() == 1 ? 0 : 1);
}
int status = 0;
::waitpid(child, &status, 0);
CHECK(status == 0);
CHECK(size_of_objects(folder / "a") < 10'000);
Archive archive = Archive::open(folder / "a", Archive::Mode::write, 0);
CHECK(archive.imports().size() == 1);
  import(archive, source("2.eml"), [&] { CHECK(add_mail(archive, noise(3 << 20)).fresh);
  });
  REQUIRE(all_entries(archive).size() == 2);
  CHECK(archive.read(all_entries(archive)[1]) == noise(3 << 20));
  }

  TEST_CASE("everything is private, whatever the umask") {
    for (const mode_t mask : {0000, 0022, 0777}) {
      const TemporaryFolder folder;
      const mode_t before = ::umask(mask);
      {
        Archive archive = Archive::create(folder / "a");
      import(archive, source("1.eml"), [&] { add_mail(archive, mail_text(1));
      });
      for (const char* name :
           {"archive.db", "archive.db-wal", "archive.db-shm", "lock", "objects/000001.blk"}) {
        INFO(name);
        CHECK(mode_of(folder / "a" / name) == 0600);
      }
    }
    ::umask(before);
    CHECK_FALSE(fs::exists(folder / "a" / "archive.db-wal")); // emptied into archive.db when it was closed
    CHECK(mode_of(folder / "a") == 0700);
    CHECK(mode_of(folder / "a" / "objects") == 0700);
  }
  }

  TEST_CASE("an archive is not made where something else is") {
    const TemporaryFolder folder;
    SECTION("a file") {
      append_to_file(folder / "a", "x");
      CHECK_THROWS_AS(Archive::create(folder / "a"), Error);
    }
    SECTION("other files") {
      fs::create_directory(folder / "a");
      append_to_file(folder / "a" / "diary.txt", "x");
      CHECK_THROWS_WITH(Archive::create(folder / "a"), Catch::Contains("diary.txt"));
      CHECK_FALSE(Archive::exists(folder / "a"));
    }
    SECTION("blocks without a database") {
      fs::create_directories(folder / "a" / "objects");
      append_to_file(folder / "a" / "objects" / "000001.blk", "x");
      CHECK_THROWS_AS(Archive::create(folder / "a"), Error);
    }
    SECTION("an archive") {
      { Archive::create(folder / "a"); }
      CHECK_THROWS_AS(Archive::create(folder / "a"), Error);
    }
    SECTION("settings, and what a crash left, are no hindrance") {
      fs::create_directories(folder / "a" / "objects");
      for (const char* name : {"genchi.toml", "lock", "archive.db.new", "archive.db.new-journal"}) {
        append_to_file(folder / "a" / name, "half");
      }
      CHECK(Archive::create(folder / "a").head() == 1);
      CHECK_FALSE(fs::exists(folder / "a" / "archive.db.new"));
      CHECK(Archive::open(folder / "a", Archive::Mode::read).head() == 1);
    }
  }

  TEST_CASE("what is no archive, or one of a newer genchi, is refused") {
    const TemporaryFolder folder;
    CHECK_FALSE(Archive::exists(folder / "a"));
    CHECK_THROWS_AS(Archive::open(folder / "a", Archive::Mode::read), Error);
    fs::create_directory(folder / "b");
    append_to_file(folder / "b" / "archive.db",
                   "this is not a database, and long enough to be read as one, at that");
    CHECK_THROWS_AS(Archive::open(folder / "b", Archive::Mode::read), Error);
    CHECK_THROWS_AS(Archive::open(folder / "b", Archive::Mode::write), Error);
    fs::create_directory(folder / "c");
    append_to_file(folder / "c" / "archive.db", "");
    CHECK_THROWS_AS(Archive::open(folder / "c", Archive::Mode::read), Error);

    { Archive::create(folder / "a"); }
    const auto change = [&](const char* sql) {
      Database(folder / "a" / "archive.db", Database::Mode::create).exec(sql);
    };
    SECTION("an unknown feature") {
      change("INSERT INTO feature(name) VALUES('sealed-envelopes')");
      CHECK_THROWS_WITH(Archive::open(folder / "a", Archive::Mode::read),
                        Catch::Contains("sealed-envelopes"));
    }
    SECTION("a later format") {
      change("PRAGMA user_version=2");
      CHECK_THROWS_WITH(Archive::open(folder / "a", Archive::Mode::write), Catch::Contains("2"));
    }
  }

  TEST_CASE("a new archive can be erased from") {
    const TemporaryFolder folder;
    Archive archive = Archive::create(folder / "a");
    CHECK(query(folder / "a", "PRAGMA auto_vacuum") == 2);
    CHECK(query(folder / "a", "PRAGMA application_id") == 0x676E6368);
  }

  TEST_CASE("readers see a writer's commits, and threads read at once") {
    const TemporaryFolder folder;
    Archive writer = Archive::create(folder / "a");
    const Archive reader = Archive::open(folder / "a", Archive::Mode::read);
    CHECK(reader.head() == 1);
  import(writer, source("inbox.mbox"), [&] {
    for (int i = 0;
  i < 200; ++i) add_mail(writer, mail_text(i) + noise(5000, 9 + static_cast<std::uint64_t>(i)));
  });
  const auto entries = all_entries(reader);
  REQUIRE(entries.size() == 200);

  std::vector<std::thread> threads;
  std::vector<int> right(4, 0);
  for (std::size_t t = 0; t < right.size(); ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[(i * 7 + t * 31) % entries.size()];
        right[t] += sha256(reader.read(entry)) == entry.digest;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(4, 200));
  }

  TEST_CASE("streaming entries stops when told, and starts where told") {
    const TemporaryFolder folder;
    Archive archive = Archive::create(folder / "a");
    for (int file = 0; file < 3; ++file) {
    import(archive, source(std::to_string(file)), [&] {
      for (int i = 0;
    i < 4; ++i) add_mail(archive, mail_text(file * 10 + i));
    });
  }
  int seen = 0;
  archive.entries(0, [&](const Entry& entry) {
    CHECK(entry.id == ++seen);
    CHECK(archive.entry(entry.id)); // asked in between
    return seen < 5;
  });
  CHECK(seen == 5);
  CHECK(all_entries(archive, archive.import_of(5)->begin).size() == 8);
  CHECK(all_entries(archive, archive.head()).empty());
  }

  TEST_CASE("calls out of turn are mistakes of the program") {
    const TemporaryFolder folder;
    Archive archive = Archive::create(folder / "a");
    SECTION("nothing begun") {
      CHECK_THROWS_AS(add_mail(archive, "x"), std::logic_error);
    }
    SECTION("not begun, ended") {
      CHECK_THROWS_AS(archive.end_import({}, std::nullopt, 0), std::logic_error);
    }
    SECTION("begun twice") {
      archive.begin_import(source("1"), "");
      CHECK_THROWS_AS(archive.begin_import(source("2"), ""), std::logic_error);
    }
    SECTION("rows of the archive's own") {
      CHECK_THROWS_AS(archive.append(JournalKind::batch, "{}"), std::logic_error);
    }
    SECTION("for reading only") {
      Archive reader = Archive::open(folder / "a", Archive::Mode::read);
      CHECK_THROWS_AS(reader.append(JournalKind::annotation, "{}"), std::logic_error);
    }
  }
