// Proofs are checked here as a stranger would: by hashes of texts, and by which text mentions which.
#include "archive/proof.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "archive/merkle.hpp"
#include "fixture.hpp"

using namespace genchi;
using genchi::test::TemporaryFolder;

namespace {

using Texts = std::map<std::string, std::string>;

/// Does a chain of mentions lead from the text of this name to the anchor's root?
bool leads_to(const Texts& texts, const std::string& name, const Anchor& anchor) {
  std::set<std::string> reached{name};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& [parent, text] : texts)
      for (const std::string& child : std::set<std::string>(reached))
        if (text.find(child) != std::string::npos) reached.insert(parent);
  }
  return reached.contains(anchor.root.hex());
}

struct Proven {
  Texts texts;
  Prover prover;
  explicit Proven(const Archive& archive)
      : prover(archive, [this](const Sha256& name, std::string_view text) {
          CHECK(sha256(text) == name);
          CHECK(texts.emplace(name.hex(), std::string(text)).second);
        }) {}
};

/// Rows of a download, each with its line end, behind a head of one line.
std::string download(int rows) {
  std::string text = "account,shop\r\n";
  for (int i = 0; i < rows; ++i) text += "2026/03/" + std::to_string(10 + i % 20) + ",row " + std::to_string(i) + "\r\n";
  return text;
}

std::vector<Archive::ByteRange> rows_of(const std::string& text) {
  std::vector<Archive::ByteRange> rows;
  for (std::size_t at = text.find('\n') + 1; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    rows.push_back({at, end - at});
    at = end;
  }
  return rows;
}

/// Three imports: mails, a download, mails.
void fill(Archive& archive, int mails, int rows) {
  test::import(archive, test::source("first.mbox"), [&] {
    for (int i = 0; i < mails; ++i) test::add_mail(archive, test::mail_text(i));
  });
  const std::string text = download(rows);
  test::import(archive, test::source("chat.csv", SourceKind::line_oa), [&] { archive.add_export(text, "chat.csv", rows_of(text)); });
  test::import(archive, test::source("last.mbox"), [&] {
    for (int i = 0; i < mails; ++i) test::add_mail(archive, test::mail_text(1000 + i));
  });
}

} // namespace

TEST_CASE("an anchor is six lines, and no other form of them is one") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  fill(archive, 3, 4);
  const Anchor anchor = make_anchor(archive, 1'800'000'000);
  CHECK(anchor.rows == archive.head());
  CHECK(anchor.time == 1'800'000'000);
  const std::string text = anchor_text(anchor);
  const auto read = parse_anchor(text);
  REQUIRE(read);
  CHECK(anchor_text(*read) == text);
  CHECK_FALSE(parse_anchor(""));
  CHECK_FALSE(parse_anchor(text + "\n"));
  CHECK_FALSE(parse_anchor(text.substr(0, text.size() - 1)));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = static_cast<char>(other[i] ^ 1);
    const auto changed = parse_anchor(other);
    CHECK((!changed || anchor_text(*changed) != text));
  }
  // Its clock is never before the last row's.
  const Anchor early = make_anchor(archive, 5);
  CHECK(early.time >= archive.journal(archive.head() - 1).front().time);
}

TEST_CASE("a mail's proof leads from its bytes to the anchor") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  fill(archive, 5, 3);
  for (const Entry& entry : test::all_entries(archive)) {
    Proven proven(archive);
    const std::string leaf = proven.prover.prove(entry).hex();
    const Anchor anchor = make_anchor(archive, 0);
    proven.prover.prove_anchors({anchor});
    REQUIRE(proven.texts.contains(leaf));
    CHECK(proven.texts[leaf].find("sha256 " + sha256(archive.read(entry)).hex()) != std::string::npos);
    CHECK(leads_to(proven.texts, leaf, anchor));
    // Nothing that leads nowhere.
    for (const auto& [name, text] : proven.texts) CHECK(leads_to(proven.texts, name, anchor));
  }
}

TEST_CASE("rows of a download are proven alone: no other row and no file shows") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  fill(archive, 2, 9);
  for (const Entry& entry : test::all_entries(archive)) {
    if (entry.kind != EntryKind::line_export) continue;
    const std::string bytes = archive.read(entry);
    Proven proven(archive);
    const auto rows = proven.prover.prove(entry, {2, 5});
    const Anchor anchor = make_anchor(archive, 0);
    proven.prover.prove_anchors({anchor});
    REQUIRE(rows.size() == 2);
    CHECK(bytes.substr(rows[0].begin, rows[0].end - rows[0].begin).find("row 2") != std::string::npos);
    for (const auto& row : rows) {
      CHECK(sha256(bytes.substr(row.begin, row.end - row.begin)) == row.sha256);
      CHECK(leads_to(proven.texts, row.text.hex(), anchor));
    }
    for (const auto& [name, text] : proven.texts) {
      CHECK(text.find(entry.digest.hex()) == std::string::npos);
      for (const auto& row : archive.export_rows(entry))
        if (row.offset != rows[0].begin && row.offset != rows[1].begin)
          CHECK(text.find(sha256(bytes.substr(row.offset, row.length)).hex()) == std::string::npos);
    }
    CHECK_THROWS_AS(proven.prover.prove(entry, {9}), Error);
  }
}

TEST_CASE("several messages share the texts above them, each handed out once") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  fill(archive, 40, 64);
  Proven proven(archive);
  std::vector<std::string> leaves;
  for (const Entry& entry : test::all_entries(archive)) {
    if (entry.kind == EntryKind::mail) leaves.push_back(proven.prover.prove(entry).hex());
    else
      for (const auto& row : proven.prover.prove(entry, {0, 1, 2, 3, 63})) leaves.push_back(row.text.hex());
  }
  const Anchor anchor = make_anchor(archive, 0);
  proven.prover.prove_anchors({anchor});
  for (const std::string& leaf : leaves) CHECK(leads_to(proven.texts, leaf, anchor));
  CHECK(proven.texts.size() < 4 * leaves.size());
}

TEST_CASE("an anchor that is older than a message, or of another journal, proves nothing") {
  TemporaryFolder folder;
  Archive archive = Archive::create(folder / "a");
  test::import(archive, test::source("first.mbox"), [&] { test::add_mail(archive, test::mail_text(1)); });
  const Anchor early = make_anchor(archive, 0);
  test::import(archive, test::source("second.mbox"), [&] { test::add_mail(archive, test::mail_text(2)); });
  const auto entries = test::all_entries(archive);
  {
    Proven proven(archive);
    proven.prover.prove(entries.back());
    CHECK_THROWS_AS(proven.prover.prove_anchors({early}), Error);
  }
  {
    // Both: what is older than the first is proven up to it, too.
    Proven proven(archive);
    const std::string old = proven.prover.prove(entries.front()).hex();
    const std::string young = proven.prover.prove(entries.back()).hex();
    const Anchor late = make_anchor(archive, 0);
    proven.prover.prove_anchors({early, late});
    CHECK(leads_to(proven.texts, old, early));
    CHECK(leads_to(proven.texts, old, late));
    CHECK_FALSE(leads_to(proven.texts, young, early));
    CHECK(leads_to(proven.texts, young, late));
  }
  Archive other = Archive::create(folder / "b");
  fill(other, 3, 3);
  Proven proven(archive);
  proven.prover.prove(entries.front());
  Anchor foreign = make_anchor(other, 0);
  foreign.rows = archive.head();
  CHECK_THROWS_AS(proven.prover.prove_anchors({foreign}), Error);
}
