// The same table of importers and ills through a real archive: counts add up, twice is once, order is nothing.
#include <catch2/catch.hpp>

#include "tests/unit/importers/hostile.hpp"
#include "tests/unit/store/fixture.hpp"

namespace genchi::hostile {
namespace {

using test::StoreFixture;
using Paths = std::vector<std::filesystem::path>;

/// Every ill of an importer as a source of its own, with a healthy file first.
Paths sick_ward(StoreFixture& store, const Importer& importer) {
  const std::string healthy = importer.healthy(5, "\n");
  std::vector<Ill> ills = common_ills(healthy);
  ills.insert(ills.begin(), {"healthy", healthy});
  for (int part = 1; part < 50; part += 7)
    ills.push_back({"cut off", healthy.substr(0, healthy.size() * static_cast<std::size_t>(part) / 50)});
  std::ranges::move(importer.own_ills(), std::back_inserter(ills));
  Paths paths;
  for (std::size_t i = 0; i < ills.size(); ++i) {
    const std::string folder = std::to_string(i) + "/";
    const auto file = store.file(folder + importer.path, ills[i].bytes);
    if (importer.path.starts_with("Maildir/")) {
      for (const char* part : {"new", "tmp"}) std::filesystem::create_directories(file.parent_path().parent_path() / part);
      paths.push_back(file.parent_path().parent_path());
    } else {
      paths.push_back(file);
    }
  }
  return paths;
}

std::size_t entries_of(StoreFixture& store) {
  std::size_t count = 0;
  Store::open(store.archive()).archive().entries(0, [&](const Entry&) { return ++count, true; });
  return count;
}

/// Everything the archive holds has the hash it was recorded with.
void check_readable(StoreFixture& store) {
  Store opened = Store::open(store.archive());
  opened.archive().entries(0, [&](const Entry& entry) {
    Spool bytes = opened.archive().original(entry);
    if (sha256(bytes.view()) != entry.digest) FAIL_CHECK("entry " << entry.id << " is not what came in");
    return true;
  });
}

void check_adds_up(const StoreFixture::Imported& imported) {
  Counts sum;
  for (const Receipt& receipt : imported.receipts) {
    const Counts& c = receipt.counts;
    CAPTURE(receipt.source, c.read, c.fresh, c.known, c.set_aside);
    CHECK(c.read == c.fresh + c.known + c.set_aside);
    sum.read += c.read;
    sum.fresh += c.fresh;
    sum.set_aside += c.set_aside;
  }
  CHECK(sum.read == imported.result.total.read);
  CHECK(sum.fresh == imported.result.total.fresh);
  CHECK(sum.set_aside == imported.result.total.set_aside);
}

TEST_CASE("hostile: what is broken comes in once, whatever the order and however often") {
  for (const Importer& importer : importers()) {
    CAPTURE(importer.name);
    StoreFixture store, backwards;
    Paths paths = sick_ward(store, importer);
    const auto first = store.import(paths);
    check_adds_up(first);
    CHECK(first.result.total.fresh > 0);
    CHECK(first.result.total.set_aside > 0);
    check_readable(store);
    const std::size_t entries = entries_of(store);
    const Sha256 fingerprint = store.fingerprint();

    const auto again = store.import(paths);
    check_adds_up(again);
    CHECK(again.result.total.fresh == 0);
    CHECK(again.result.total.read == first.result.total.read);
    CHECK(again.result.total.set_aside == first.result.total.set_aside);
    CHECK(entries_of(store) == entries);
    CHECK(store.fingerprint() == fingerprint);

    std::ranges::reverse(paths);
    const auto reversed = backwards.import(paths);
    check_adds_up(reversed);
    CHECK(reversed.result.total.read == first.result.total.read);
    CHECK(reversed.result.total.set_aside == first.result.total.set_aside);
    CHECK(reversed.result.total.fresh == first.result.total.fresh);
    CHECK(backwards.search("").size() == store.search("").size());
  }
}

TEST_CASE("hostile: a file under two names counts once") {
  for (const Importer& importer : importers()) {
    CAPTURE(importer.name);
    StoreFixture store;
    const std::string bytes = importer.healthy(5, "\n");
    const auto one = store.file("a/" + importer.path, bytes), two = store.file("b/" + importer.path, bytes);
    const auto both = store.import({one, two});
    check_adds_up(both);
    CHECK(both.result.total.fresh * 2 == both.result.total.read);
    CHECK(store.search("").size() == both.result.total.fresh);
  }
}

TEST_CASE("hostile: what was cut off, or in a container that was, comes in when the whole file does") {
  for (const Importer& importer : importers()) {
    const std::string whole = importer.healthy(9, "\n");
    const std::string packed = gz_of(importer.path, whole);
    StoreFixture only_whole;
    const std::size_t expected = only_whole.import({only_whole.file(importer.path, whole)}).result.total.fresh;
    for (int part = 5; part < 50; part += 11) {
      CAPTURE(importer.name, part);
      StoreFixture store;
      const auto fraction = [&](const std::string& bytes) {
        return bytes.substr(0, bytes.size() * static_cast<std::size_t>(part) / 50);
      };
      store.import({store.file(importer.path + ".gz", fraction(packed)), store.file(importer.path, fraction(whole))});
      const std::size_t before = store.search("").size();
      const auto after = store.import({store.file(importer.path, whole)});
      check_adds_up(after);
      // What was cut through is a message of its own: nobody can know that it was more.
      CHECK(store.search("").size() >= expected);
      CHECK(store.search("").size() <= expected + before);
      CHECK(store.search("").size() <= expected + 2);
    }
  }
}

}  // namespace
}  // namespace genchi::hostile
