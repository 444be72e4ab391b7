// What goes out comes in again as the same: every form, with mails as they are in the wild.
#include "store/export.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <set>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "mail/message.hpp"
#include "store/export_names.hpp"
#include "store/mail_forms.hpp"
#include "tests/unit/store/fixture.hpp"

namespace genchi {
namespace {

using namespace test;
namespace fs = std::filesystem;
using namespace std::string_literals;

const std::string date = "Mon, 01 Apr 2024 09:00:00 +0900";

std::string mail_with_body(const std::string& subject, const std::string& body, const std::string& header = "") {
  return mail_of("aoki@example.jp", "info@tsubame.example", subject, date, header, body);
}

std::string with_cr(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '\r');
  return text;
}

/// Mails that tempt a mailbox, a Maildir or an .eml reader into taking them for something else.
const std::vector<std::pair<std::string, std::string>> odd_mails = {
    {"plain", mail_with_body("見積", "5万円です")},
    {"without a line end", "From: a@example.jp\nSubject: end\nDate: " + date + "\n\nno line end"},
    {"lines that look like envelopes", mail_with_body("from", "From me to you\n\nFrom b@example.jp Mon Apr  1 09:00:00 2024\nSubject: inside\n\n>From a\n>>From b")},
    {"carriage returns only", with_cr(mail_with_body("cr", "one\n\nFrom b@example.jp Mon Apr  1 09:00:00 2024\nSubject: inside\n\ntwo"))},
    {"carriage returns and line feeds", "From: a@example.jp\r\nSubject: crlf\r\nDate: " + date + "\r\n\r\nFrom x\r\n"},
    {"zero bytes", mail_with_body("zero", "a\0b"s)},
    {"a header nobody knows", "junk without a colon\nFrom: a@example.jp\n\nbody of a damaged mail\n"},
    {"no header at all", "only words\nin two lines\n"},
    {"a blank line first", "\nFrom: a@example.jp\nSubject: late\n\nx\n"},
    {"a continuation first", " folded\nSubject: x\n\ny\n"},
    {"a quoted envelope first", ">From a@example.jp Mon Apr  1 09:00:00 2024\nSubject: quoted\nFrom: a@example.jp\n\nz\n"},
    {"a length that reaches too far", mail_with_body("long", "short", "Content-Length: 700\n")},
    {"a length that fits nothing", mail_with_body("less", "a longer body than it says", "Content-Length: 3\n")},
    {"a byte order mark first", "\xEF\xBB\xBF" + mail_with_body("bom", "x")},
    {"no end of the header", "From: a@example.jp\nSubject: header only\n"},
};

Sha256 fingerprint_of(const fs::path& archive) { return Store::open(archive).catalogue().fingerprint(); }

void import_into(const fs::path& archive, const std::vector<fs::path>& paths, const std::string& account = "") {
  Store store = Store::open_for_writing(archive, true);
  ImportSession::Options options;
  options.account = account;
  ImportSession session(store, std::move(options));
  for (const auto& path : paths) session.import(path);
  session.finish();
}

class WayOut : public StoreFixture {
 public:
  fs::path path(const std::string& name) { return file("unused", "").parent_path().parent_path() / name; }

  ExportReport write(const fs::path& out, ExportForm form = ExportForm::originals, const ExportSelection& selection = {}, bool copies = false) {
    Store store = Store::open(archive());
    ExportOptions options;
    options.copies = copies;
    return export_folder(store, selection, form, out, options);
  }
  std::string mbox() {
    Store store = Store::open(archive());
    std::string out;
    export_mbox(store, {}, [&](std::string_view bytes) { out += bytes; }, {});
    return out;
  }
  ExportSelection found(const std::string& query) {
    Store store = Store::open(archive());
    index::QueryContext context;
    context.now = 1'775'000'000;
    context.clients = [&](std::string_view name) { return store.catalogue().identifiers_named(name); };
    return select_messages(store, *index::parse_query(query, context), false, {});
  }
  /// The fingerprint of a new archive made of what was written.
  Sha256 again(const fs::path& out, const std::string& name = "again") {
    import_into(path(name), {out});
    return fingerprint_of(path(name));
  }
};

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& one : fs::recursive_directory_iterator(folder))
    if (one.is_regular_file()) files.push_back(one.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("every odd mail reads back from every form as itself", "[export]") {
  for (const auto& [name, raw] : odd_mails) {
    INFO(name);
    for (const std::string& held : {raw, "From x@example.jp Mon Apr  1 09:00:00 2024\n" + raw, "From x\nFrom y\n" + raw}) {
      const Sha256 identity = mail::identity(held);
      const auto mbox = exporting::as_mbox(held, identity, 1711929600);
      REQUIRE((mbox || name == "a continuation first"));
      if (mbox) CHECK(mail::identity(*mbox) == identity);
      CHECK(mail::identity(exporting::as_eml(held, identity, 1711929600).bytes) == identity);
      CHECK(mail::identity(exporting::as_maildir(held).bytes) == identity);
    }
  }
}

TEST_CASE("a mail from a mailbox keeps its lines", "[export]") {
  const std::string raw = "From aoki@example.jp Mon Apr  1 00:00:00 2024\n" + mail_with_body("見積", ">From here") + "\n";
  CHECK(exporting::as_mbox(raw, mail::identity(raw), 0) == raw);
}

TEST_CASE("a mail from elsewhere gets sender, date and quoted lines", "[export]") {
  const std::string raw = mail_with_body("見積", "From here\n>From there");
  const auto mbox = exporting::as_mbox(raw, mail::identity(raw), 1711929600);
  REQUIRE(mbox);
  CHECK(mbox->starts_with("From aoki@example.jp Mon Apr  1 00:00:00 2024\n"));
  CHECK(mbox->find("\n>From here\n>>From there\n\n") != std::string::npos);
}

TEST_CASE("names never lead out of the folder, and stay what they are where they can", "[export]") {
  CHECK(exporting::safe_name("../../etc/passwd") == "_.._.._etc_passwd");
  CHECK(exporting::safe_name("") == "_");
  CHECK(exporting::safe_name("...") == "_");
  CHECK(exporting::safe_name("青葉 不動産") == "青葉 不動産");
  CHECK(exporting::safe_name("a\nb\x1b[c") == "a_b_[c");
  CHECK(exporting::safe_name(std::string(300, 'x')).size() == 100);
  CHECK(exporting::download_name("4_20251018_20260302_髙橋 Mai.csv") == "4_20251018_20260302_髙橋 Mai.csv");
  CHECK(exporting::download_name("../x.csv") == "_.._x.csv");
  CHECK(exporting::maildir_folder_name("") == "");
  CHECK(exporting::maildir_folder_name("Sent/2024") == ".Sent.2024");
  CHECK(exporting::maildir_folder_name("送信済み") == ".&kAFP4W4IMH8-");
  CHECK(exporting::maildir_folder_name("a&b.c") == ".a&-b&AC4-c");
  CHECK(exporting::maildir_folder_name("../x") == ".&AC4ALg-.x");
  CHECK(exporting::windows_name("4_a?b:c*.csv") == "4_a_b_c_.csv");
  CHECK(exporting::windows_name(".Sent.") == ".Sent_");
}

TEST_CASE_METHOD(WayOut, "everything exported and imported is the same archive", "[export]") {
  std::vector<fs::path> in;
  for (std::size_t i = 0; i < odd_mails.size(); ++i)
    in.push_back(file("Maildir/cur/17119296" + std::to_string(10 + i) + ".M" + std::to_string(i) + ".host:2,S", odd_mails[i].second));
  file("Maildir/new/1711929700.N.host", mail_with_body("新着", "まだ読んでいない"));
  file("Maildir/tmp/x", "");
  file("Maildir/.&j,dg0TDhMPww6w-/cur/1711929701.S.host:2,", mail_with_body("ごみ", "迷惑な話"));
  file("Maildir/.&j,dg0TDhMPww6w-/new/x", mail_with_body("ごみ二", "迷惑な話"));
  std::string mbox = "stray words before the first mail\n\n";
  for (const auto& [name, raw] : odd_mails)
    if (raw.find(':') < 10) mbox += "From m@example.jp Mon Apr  1 09:00:00 2024\nX-In: mbox\n" + raw + "\n\n";
  mbox += "From z@example.jp Mon Apr  1 09:00:00 2024\nX-Odd: 1\n\n\0 mail that only a mailbox can hold\n\n"s;
  const fs::path sent = file("Sent.mbox", mbox);
  const fs::path line = file("1_20240401_20240402_青木.csv", line_csv("みどり", "2024/04/02 18:05", {"User,青木,2024/04/01,09:12:03,見積をお願いします", "broken row", "Account,みどり,2024/04/01,09:13:00,承知しました"}));
  const fs::path broken = file("broken.zip", "PK\x03\x04 but no more");
  const fs::path empty = file("empty.eml", "");
  import_into(archive(), {in.front().parent_path().parent_path(), sent, line, broken, empty});

  const Sha256 before = fingerprint();
  const ExportReport report = write(path("out"));
  CHECK(report.left_out_count == 0);
  CHECK(report.downloads == 1);
  CHECK(report.set_aside >= 2);
  CHECK(again(path("out")) == before);

  SECTION("originals byte for byte") {
    Store store = Store::open(archive());
    std::multiset<Sha256> held, written;
    store.archive().entries(0, [&](const Entry& entry) {
      held.insert(entry.digest);
      return true;
    });
    for (const auto& one : files_below(path("out")))
      if (one.parent_path() != path("out") && one.filename() != set_aside_mark) written.insert(sha256(read_file(one)));
    CHECK(held == written);
  }
  SECTION("twice: nothing is new") {
    import_into(path("again"), {path("out")});
    CHECK(fingerprint_of(path("again")) == before);
  }
  SECTION("the new archive exported once more holds the same files") {
    Store store = Store::open(path("again"));
    export_folder(store, {}, ExportForm::originals, path("out2"), {});
    CHECK(again(path("out2"), "third") == before);
  }
  SECTION("folders, flags and times of mails") {
    const auto facts = [](const fs::path& folder) {
      Store store = Store::open(folder);
      std::multiset<std::tuple<Sha256, std::string, std::string, std::optional<UtcSeconds>>> all;
      store.archive().entries(0, [&](const Entry& e) {
        if (e.kind == EntryKind::mail && e.member.find("mbox") == std::string::npos && e.hints.folder != "INBOX") all.emplace(e.digest, e.hints.folder, e.hints.flags, e.hints.store_time);
        return true;
      });
      return all;
    };
    CHECK(facts(archive()) == facts(path("again")));
  }
}

TEST_CASE_METHOD(WayOut, "mails come back from a mailbox, a Maildir and files", "[export]") {
  std::string mbox;
  for (const auto& [name, raw] : odd_mails) {
    file("Maildir/cur/1711929600." + std::to_string(mbox.size()) + ".host:2,", raw);
    mbox += "From m@example.jp Mon Apr  1 09:00:00 2024\nX-In: mbox\n" + raw + "\n\n";
  }
  file("Maildir/new/1711929600.n.host", mail_with_body("新着", "x"));
  import_into(archive(), {file("in.mbox", mbox), file("unused", "").parent_path() / "Maildir"});
  const Sha256 before = fingerprint();
  SECTION("mailbox") {
    // A mail whose first line is a continuation has no form as part of a mailbox.
    Store store = Store::open(archive());
    std::string out;
    const ExportReport report = export_mbox(store, {}, [&](std::string_view bytes) { out += bytes; }, {});
    CHECK(report.left_out_count == 1);
    file("out.mbox", out);
    import_into(path("again"), {file("out.mbox", out)});
    CHECK(Store::open(path("again")).catalogue().holdings().messages == store.catalogue().holdings().messages - 1);
  }
  SECTION("Maildir") {
    write(path("out"), ExportForm::maildir);
    CHECK(again(path("out")) == before);
  }
  SECTION("files") {
    const ExportReport report = write(path("out"), ExportForm::eml);
    CHECK(report.doubtful == 1);
    import_into(path("again"), {path("out")});
    CHECK(Store::open(path("again")).catalogue().holdings().messages == Store::open(archive()).catalogue().holdings().messages - 1);
  }
}

TEST_CASE_METHOD(WayOut, "a whole mailbox comes out as it went in", "[export]") {
  std::string mbox;
  for (int n = 0; n < 5; ++n) mbox += "From m@example.jp Mon Apr  1 09:00:00 2024\n" + mail_with_body("n" + std::to_string(n), ">From quoted") + "\n";
  import_into(archive(), {file("in.mbox", mbox)});
  CHECK(this->mbox() == mbox);
}

/// What of a kind an archive holds: bytes, and for mails the mailbox.
std::multiset<std::pair<Sha256, std::string>> held_of(const fs::path& archive, EntryKind kind) {
  std::multiset<std::pair<Sha256, std::string>> all;
  Store::open(archive).archive().entries(0, [&](const Entry& e) {
    if (e.kind == kind) all.emplace(e.digest, e.hints.folder);
    return true;
  });
  return all;
}

TEST_CASE_METHOD(WayOut, "what was set aside without a byte comes in again", "[export]") {
  file("Maildir/cur/1711929600.a.host:2,", mail_with_body("見積", "x"));
  file("Maildir/cur/1711929601.empty.host:2,S", "");
  file("Maildir/cur/1711929602.empty.host:2,S", "");
  file("Maildir/new/x", mail_with_body("新着", "x"));
  import_into(archive(), {path("in/Maildir"), file("empty.csv", "")});
  REQUIRE(held_of(archive(), EntryKind::set_aside).size() == 3);
  CHECK(write(path("out")).set_aside == 3);
  import_into(path("again"), {path("out")});
  CHECK(held_of(path("again"), EntryKind::set_aside) == held_of(archive(), EntryKind::set_aside));
  import_into(path("again"), {path("out")});
  CHECK(held_of(path("again"), EntryKind::set_aside).size() == 3);
}

/// Every path as a disk sees it that does not tell capitals from small letters, or that keeps names short.
void check_paths_apart(const fs::path& folder) {
  std::set<std::string> seen;
  for (const auto& one : fs::recursive_directory_iterator(folder)) {
    INFO(one.path());
    CHECK(one.path().filename().native().size() <= 255);
    CHECK(seen.insert(exporting::caseless(one.path().lexically_relative(folder).native())).second);
  }
}

TEST_CASE_METHOD(WayOut, "mailboxes keep names that no folder can have, or that a disk takes for one", "[export]") {
  const std::string long_name = [] {
    std::string name;
    for (int i = 0; i < 12; ++i) name += (i ? "/" : "") + std::string("青葉不動産ホームページ制作");
    return name;
  }();
  const std::vector<std::string> mailboxes = {"Sent", "sent", "SENT", "Sent-2", long_name, long_name + "二", "案件.青葉", "a//b", "送信済み"};
  {
    Store store = Store::open_for_writing(archive(), true);
    Archive& in = store.archive();
    in.begin_import({"mail", SourceKind::maildir, 0, std::nullopt, 0}, "");
    for (std::size_t n = 0; n < 2 * mailboxes.size(); ++n) {
      const std::string raw = n % 2 == 0 ? mail_with_body("n" + std::to_string(n), "x") : "From MAILER-DAEMON Mon Jan  1 10:00:00 2024\nX-Odd: a\0b\n\nzero "s + std::to_string(n) + "\n\n";
      MailItem item;
      item.raw = raw;
      item.hints.folder = mailboxes[n / 2];
      in.add_mail(item, mail::identity(raw));
    }
    in.end_import({2 * mailboxes.size(), 2 * mailboxes.size(), 0, 0}, std::nullopt, 0);
    store.catch_up(nullptr);
  }
  SECTION("originals") {
    write(path("out"));
    CHECK(again(path("out")) == fingerprint());
    CHECK(held_of(path("again"), EntryKind::mail) == held_of(archive(), EntryKind::mail));
  }
  SECTION("Maildir") {
    write(path("out"), ExportForm::maildir);
    import_into(path("again"), {path("out")});
    std::set<std::string> names;
    for (const auto& [digest, mailbox] : held_of(path("again"), EntryKind::mail)) names.insert(mailbox);
    for (const std::string& mailbox : mailboxes) CHECK(names.contains(mailbox));
  }
  SECTION("files") { write(path("out"), ExportForm::eml); }
  check_paths_apart(path("out"));
}

TEST_CASE_METHOD(WayOut, "accounts and downloads whose names differ in case only lie apart", "[export]") {
  const auto chat = [](const std::string& account) { return line_csv(account, "2024/04/02 18:05", {"User,青木,2024/04/01,09:12:03," + account + " へ"}); };
  import_into(archive(), {file("1/1_20240401_20240402_Aoki.csv", chat("Midori")), file("2/1_20240401_20240402_aoki.csv", chat("midori"))}, "Shop");
  import_into(archive(), {file("a.eml", mail_with_body("青葉", "x"))}, "shop");
  write(path("out"));
  check_paths_apart(path("out"));
  CHECK(again(path("out")) == fingerprint());
}

TEST_CASE_METHOD(WayOut, "each account gets its own again", "[export]") {
  const fs::path common = file("common.eml", mail_with_body("両方", "どちらにも届いた"));
  import_into(archive(), {common, file("a.eml", mail_with_body("青葉", "x"))}, "青葉/本店");
  import_into(archive(), {common, file("b.eml", mail_with_body("若葉", "y"))}, "青葉_本店");
  import_into(archive(), {file("c.eml", mail_with_body("名なし", "z"))});
  write(path("out"));
  CHECK(again(path("out")) == fingerprint());
  SECTION("and not if one account is named for all") {
    import_into(path("other"), {path("out")}, "青葉/本店");
    CHECK(fingerprint_of(path("other")) != fingerprint());
  }
  SECTION("in whatever order they were imported") {
    import_into(path("reverse"), {file("c.eml", mail_with_body("名なし", "z"))});
    import_into(path("reverse"), {common, file("b.eml", mail_with_body("若葉", "y"))}, "青葉_本店");
    import_into(path("reverse"), {common, file("a.eml", mail_with_body("青葉", "x"))}, "青葉/本店");
    CHECK(fingerprint_of(path("reverse")) == fingerprint());
  }
}

TEST_CASE_METHOD(WayOut, "an export that brings nothing new is journalled for the accounts it is of", "[export]") {
  using namespace std::string_literals;
  const std::string odd = "From MAILER-DAEMON Mon Jan  1 10:00:00 2024\nX-Odd: a\0b\n\nzero \0 bytes\n\n"s;
  import_into(archive(), {file("odd.mbox", odd)}, "青葉");
  write(path("out"));
  import_into(path("again"), {path("out")});
  import_into(path("again"), {path("out")});
  for (const ImportRecord& one : Archive::open(path("again"), Archive::Mode::read).imports()) CHECK(one.account == "青葉");
  import_into(path("again"), {file("odd.mbox", odd)});
  CHECK(Archive::open(path("again"), Archive::Mode::read).imports().back().counts.read == 1);
  std::size_t accounts = 0;
  Archive::open(path("again"), Archive::Mode::read).accounts_of(EntryKind::mail, [&](const Sha256&, std::string_view) { ++accounts; });
  CHECK(accounts == 2);
}

TEST_CASE_METHOD(WayOut, "a selection of LINE rows gives away no other row", "[export]") {
  const std::string whole = line_csv("みどり", "2024/04/02 18:05", {"User,青木,2024/04/01,09:12:03,見積をお願いします", "Account,みどり,2024/04/01,09:13:00,秘密の話", "User,青木,2024/04/01,09:14:00,見積は明日まで"});
  import_into(archive(), {file("1_20240401_20240402_青木.csv", whole)});
  write(path("out"), ExportForm::originals, found("見積"));
  const fs::path rows = path("out") / "line-rows/みどり/1_20240401_20240402_青木.csv";
  CHECK(read_file(rows) == line_csv("みどり", "2024/04/02 18:05", {"User,青木,2024/04/01,09:12:03,見積をお願いします", "User,青木,2024/04/01,09:14:00,見積は明日まで"}));
  for (const auto& one : files_below(path("out"))) CHECK(read_file(one).find("秘密") == std::string::npos);
  import_into(path("again"), {path("out")});
  CHECK(Store::open(path("again")).catalogue().holdings().messages == 2);

  SECTION("all rows of a download are the download") {
    write(path("all"), ExportForm::line_csv, found("channel:line"));
    CHECK(read_file(path("all") / "line/みどり/1_20240401_20240402_青木.csv") == whole);
  }
}

TEST_CASE_METHOD(WayOut, "a selection holds the copies of its mails and nothing else", "[export]") {
  const std::string mail = mail_with_body("見積", "5万円", "Message-ID: <1@example.jp>\n");
  const std::string received = "Received: by mx.example.jp; " + date + "\n" + mail;
  import_into(archive(), {file("sent.eml", mail), file("received.eml", received), file("other.eml", mail_with_body("請求", "別の話")), file("broken.zip", "PK\x03\x04")});
  const ExportReport report = write(path("out"), ExportForm::originals, found("見積"));
  CHECK(report.mails == 2);
  CHECK(report.set_aside == 0);
  CHECK(files_below(path("out") / "Maildir").size() == 2);
}

TEST_CASE_METHOD(WayOut, "copies in several places go out once, or all if asked", "[export]") {
  const std::string mail = mail_with_body("見積", "5万円");
  import_into(archive(), {file("a.mbox", "From a@example.jp Mon Apr  1 09:00:00 2024\n" + mail + "\n"), file("b.eml", mail)});
  CHECK(write(path("one"), ExportForm::eml).mails == 1);
  CHECK(write(path("all"), ExportForm::eml, {}, true).mails == 2);
  CHECK(write(path("originals")).mails == 2);
}

TEST_CASE_METHOD(WayOut, "a folder is whole or not there, private, and never overwritten", "[export]") {
  import_into(archive(), {file("a.eml", mail_with_body("見積", "5万円"))});
  SECTION("private") {
    write(path("out"));
    struct stat info {};
    for (const auto& one : files_below(path("out"))) {
      ::stat(one.c_str(), &info);
      CHECK((info.st_mode & 07777) == 0600);
    }
    ::stat(path("out").c_str(), &info);
    CHECK((info.st_mode & 07777) == 0700);
  }
  SECTION("not empty") {
    fs::create_directories(path("out"));
    std::ofstream(path("out") / "letter.txt") << "mine";
    CHECK_THROWS_AS(write(path("out")), Error);
    CHECK(read_file(path("out") / "letter.txt") == "mine");
  }
  SECTION("empty") {
    fs::create_directories(path("out"));
    CHECK(write(path("out")).mails == 1);
  }
  SECTION("broken off") {
    Store store = Store::open(archive());
    ExportOptions options;
    options.stop = [] { return true; };
    CHECK_THROWS_AS(export_folder(store, {}, ExportForm::originals, path("out"), options), Error);
    CHECK_FALSE(fs::exists(path("out")));
    for (const auto& one : fs::directory_iterator(path("out").parent_path())) CHECK(one.path().native().find(".part") == std::string::npos);
  }
  SECTION("a file") {
    const fs::path mine = file("mine.csv", "x");
    CHECK_THROWS_AS(NewFile(mine), Error);
    {
      NewFile broken_off(path("new.csv"));
      broken_off.write("half");
    }
    CHECK_FALSE(fs::exists(path("new.csv")));
  }
}

TEST_CASE_METHOD(WayOut, "a damaged original is named, and the rest goes out", "[export]") {
  std::vector<fs::path> in;
  for (int n = 0; n < 3; ++n) import_into(archive(), {file("m" + std::to_string(n) + ".eml", mail_with_body("n" + std::to_string(n), std::string(100, static_cast<char>('a' + n))))});
  {
    // Each import has a block of its own: the first one is hit.
    std::fstream blocks(archive() / "objects/000001.blk", std::ios::binary | std::ios::in | std::ios::out);
    blocks.seekp(60);
    blocks.put('\xFF');
  }
  const ExportReport report = write(path("out"));
  CHECK(report.mails == 2);
  REQUIRE(report.left_out.size() == 1);
  CHECK(report.left_out.front().find("m0.eml") != std::string::npos);
}

TEST_CASE_METHOD(WayOut, "messages come oldest first, all of them", "[export]") {
  std::string mbox;
  for (int n = 0; n < 30; ++n)
    mbox += "From a@example.jp Mon Apr  1 09:00:00 2024\n" + mail_of("a@example.jp", "b@example.jp", "n" + std::to_string(n), std::to_string(1 + n * 7 % 28) + " Apr 2024 09:00:00 +0900", "", "x" + std::to_string(n)) + "\n";
  import_into(archive(), {file("a.mbox", mbox)});
  Store store = Store::open(archive());
  std::vector<UtcSeconds> times;
  each_message_by_time(store, std::make_unique<index::Node>(), true, {}, [&](index::Hit&& hit) { times.push_back(hit.message.sent.utc); });
  CHECK(times.size() == 30);
  CHECK(std::is_sorted(times.begin(), times.end()));
}

}  // namespace
}  // namespace genchi
