// What every importer bears, in every container: it ends, nothing is lost, and nothing is taken for what it is not.
#include "hostile.hpp"

#include <sys/socket.h>
#include <sys/un.h>

namespace genchi::hostile {
namespace {

bool starts_with(const std::vector<std::string>& all, const std::vector<std::string>& first) {
  return all.size() >= first.size() && std::equal(first.begin(), first.end(), all.begin());
}

/// What of `items` lies wholly before `cut`.
std::vector<std::string> before(const std::vector<Item>& items, std::uint64_t cut) {
  std::vector<std::string> identities;
  for (const Item& item : items)
    if (item.end <= cut) identities.push_back(item.identity);
  return identities;
}

TEST_CASE("hostile: a healthy file is the same in every container and with every line end") {
  for (const Importer& importer : importers()) {
    std::vector<std::string> expected;
    for (const Wrapping& wrapping : wrappings()) {
      for (const std::string_view line_end : {"\n", "\r\n", "\r"}) {
        CAPTURE(importer.name, wrapping.name, line_end);
        const TempFolder folder;
        const std::string file = importer.healthy(5, line_end);
        const Accounts accounts = read(wrapping.put(folder, importer.path, file));
        if (expected.empty()) expected = accounts.identities();
        CHECK_FALSE(expected.empty());
        CHECK(accounts.identities() == expected);
        CHECK(accounts.problems + accounts.bad_rows + accounts.passed == 0);
        check_all_accounted_for(file, accounts);
      }
    }
  }
}

TEST_CASE("hostile: an empty file is nothing, or set aside, and never passed over") {
  for (const Importer& importer : importers()) {
    for (const Wrapping& wrapping : wrappings()) {
      CAPTURE(importer.name, wrapping.name);
      const TempFolder folder;
      const Accounts accounts = read(wrapping.put(folder, importer.path, ""));
      CHECK(accounts.items.empty());
      CHECK(accounts.files == 1);
      CHECK(accounts.passed == 0);
    }
  }
}

TEST_CASE("hostile: whatever is wrong with a file, all its bytes are given or set aside") {
  for (const Importer& importer : importers()) {
    std::vector<Ill> ills = common_ills(importer.healthy(5, "\n"));
    std::ranges::move(importer.own_ills(), std::back_inserter(ills));
    for (const Ill& ill : ills) {
      std::vector<std::string> expected;
      for (const Wrapping& wrapping : wrappings()) {
        CAPTURE(importer.name, ill.name, wrapping.name);
        const TempFolder folder;
        const Accounts accounts = read(wrapping.put(folder, importer.path, ill.bytes));
        CHECK(accounts.passed == 0);
        check_all_accounted_for(ill.bytes, accounts);
        // A container changes nothing of what is in it.
        if (wrapping.name == "alone") expected = accounts.identities();
        CHECK(accounts.identities() == expected);
      }
    }
  }
}

TEST_CASE("hostile: a file cut off anywhere gives what lies before the cut, and keeps the rest") {
  for (const Importer& importer : importers()) {
    for (const std::string_view line_end : {"\n", "\r\n"}) {
      const TempFolder whole_folder;
      const std::string file = importer.healthy(5, line_end);
      const std::vector<Item> whole = read(put_alone(whole_folder, importer.path, file)).items;
      for (int part = 1; part < 50; ++part) {
        const std::size_t cut = file.size() * static_cast<std::size_t>(part) / 50;
        CAPTURE(importer.name, cut);
        const TempFolder folder;
        const Accounts accounts = read(put_in_folder(folder, importer.path, file.substr(0, cut)));
        CHECK(starts_with(accounts.identities(), before(whole, cut)));
        CHECK(accounts.passed == 0);
        check_all_accounted_for(std::string_view(file).substr(0, cut), accounts);
      }
    }
  }
}

TEST_CASE("hostile: a container cut off anywhere gives what is left, and is kept whole if anything is missing") {
  for (const Importer& importer : importers()) {
    const std::string file = importer.healthy(5, "\n");
    const TempFolder whole_folder;
    const std::vector<std::string> whole = read(put_alone(whole_folder, importer.path, file)).identities();
    for (const Wrapping& wrapping : wrappings()) {
      if (!wrapping.pack) continue;
      const std::string packed = wrapping.pack(importer.path, file);
      for (int part = 1; part < 50; ++part) {
        const std::size_t cut = packed.size() * static_cast<std::size_t>(part) / 50;
        CAPTURE(importer.name, wrapping.name, cut, packed.size());
        const TempFolder folder;
        const std::string left = packed.substr(0, cut);
        const Accounts accounts = read(folder.write("in/damaged" + wrapping.suffix, left));
        const bool complete = accounts.bytes == file && accounts.identities() == whole;
        CHECK((complete || accounts.keeps_whole(left)));
        CHECK((complete || !accounts.recorded_whole));
      }
    }
  }
}

TEST_CASE("hostile: a byte of a container changed anywhere never passes for the file that was packed") {
  for (const Importer& importer : importers()) {
    const std::string file = importer.healthy(5, "\n");
    for (const Wrapping& wrapping : wrappings()) {
      if (!wrapping.pack || wrapping.name == "tar") continue;  // a tar has no sums over what is in it
      const std::string packed = wrapping.pack(importer.path, file);
      for (int part = 0; part < 50; ++part) {
        const std::size_t at = packed.size() * static_cast<std::size_t>(part) / 50;
        CAPTURE(importer.name, wrapping.name, at, packed.size());
        const TempFolder folder;
        std::string damaged = packed;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x24);
        const Accounts accounts = read(folder.write("in/damaged" + wrapping.suffix, damaged));
        CHECK((accounts.bytes == file || accounts.keeps_whole(damaged) || accounts.passed > 0));
        if (accounts.passed == 0 && accounts.bytes != file) CHECK_FALSE(accounts.recorded_whole);
      }
    }
  }
}

}  // namespace
}  // namespace genchi::hostile
