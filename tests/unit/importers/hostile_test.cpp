// What every importer bears, in every container: it ends, nothing is lost, and nothing is taken for what it is not.
#include "hostile.hpp"

#include <functional>
#include <utility>

#include "importers/reader.hpp"
#include "importers/source.hpp"

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

/// A source in which something happens to the file once its first bytes were read.
class MeddledSource final : public importers::ByteSource {
 public:
  MeddledSource(const std::filesystem::path& path, std::function<void()> meddle)
      : file_(importers::open_regular(path), nullptr), meddle_(std::move(meddle)) {}
  bool changed() override { return file_.changed(); }
  std::optional<std::uint64_t> size() const override { return file_.size(); }
  bool can_seek() const override { return true; }

 protected:
  std::size_t read_some(char* to, std::size_t size) override {
    const std::size_t got = file_.read(to, std::min<std::size_t>(size, 700));
    if (got == 0) fail_as(file_);
    if (meddle_) std::exchange(meddle_, {})();
    return got;
  }
  void seek(std::uint64_t offset) override { file_.rewind(offset); }

 private:
  importers::FdSource file_;
  std::function<void()> meddle_;
};

Accounts read_meddled(const std::filesystem::path& path, const Importer& importer, std::function<void()> meddle) {
  MeddledSource source(path, std::move(meddle));
  Accounts accounts;
  const ImportOptions options;
  importers::Reader reader(options, accounts);
  importers::FoundFile file;
  file.name = path.string();
  file.base_name = path.filename().string();
  file.in_maildir = importer.name == "maildir";
  if (file.in_maildir) {
    file.group = "Maildir";
    file.member = file.base_name;
  }
  reader.read_found(source, file);
  reader.close_group();
  CHECK(accounts.ended());
  return accounts;
}

TEST_CASE("hostile: a file that changes while it is read is never taken for whole, and the next import brings it") {
  using Path = std::filesystem::path;
  struct Change {
    const char* name;
    void (*make)(const Path& path, const std::string& whole);
  };
  const Change changes[] = {
      {"grows to its end", [](const Path& path, const std::string& whole) { std::ofstream(path) << whole; }},
      {"grows by a few bytes", [](const Path& path, const std::string&) { std::ofstream(path, std::ios::app) << "From"; }},
      {"shrinks", [](const Path& path, const std::string&) { std::filesystem::resize_file(path, 100); }},
      {"is emptied", [](const Path& path, const std::string&) { std::filesystem::resize_file(path, 0); }},
      {"is written anew", [](const Path& path, const std::string& whole) {
         std::string other = whole;
         std::ranges::replace(other, '0', '7');
         std::ofstream(path) << other;
       }},
  };
  for (const Importer& importer : importers()) {
    const std::string whole = importer.healthy(9, "\n");
    const std::string begun = whole.substr(0, whole.size() * 3 / 4);
    const TempFolder whole_folder;
    const std::vector<std::string> expected = read(put_alone(whole_folder, importer.path, whole)).identities();
    for (const Change& change : changes) {
      CAPTURE(importer.name, change.name);
      const TempFolder folder;
      const auto file = folder.write("in/" + importer.path, begun);
      const Accounts accounts = read_meddled(file, importer, [&] { change.make(file, whole); });
      CHECK_FALSE(accounts.recorded_whole);
      if (std::string_view(change.name).starts_with("grows")) CHECK(starts_with(expected, accounts.identities()));
      folder.write("in/" + importer.path, whole);
      CHECK(read(put_alone(folder, importer.path, whole)).identities() == expected);
    }
  }
}

TEST_CASE("hostile: a file that vanishes or is replaced while it is read is read as it was") {
  for (const Importer& importer : importers()) {
    CAPTURE(importer.name);
    const std::string whole = importer.healthy(5, "\n");
    const TempFolder folder;
    const auto file = folder.write("in/" + importer.path, whole);
    const Accounts replaced = read_meddled(file, importer, [&] {
      folder.write("new", "something else");
      std::filesystem::rename(folder / "new", file);
    });
    check_all_accounted_for(whole, replaced);
    CHECK(replaced.problems == 0);
    folder.write("in/" + importer.path, whole);
    const Accounts vanished = read_meddled(file, importer, [&] { std::filesystem::remove(file); });
    check_all_accounted_for(whole, vanished);
    CHECK(vanished.problems == 0);
  }
}

TEST_CASE("hostile: what is no file is named and never opened") {
  const TempFolder folder;
  std::filesystem::create_symlink(folder / "b", folder / "a");
  std::filesystem::create_symlink(folder / "a", folder / "b");
  for (const std::filesystem::path& path : {std::filesystem::path("/dev/zero"), folder / "a"}) {
    const Accounts accounts = read(path);
    CHECK(accounts.problems == 1);
    CHECK(accounts.bytes.empty());
    CHECK_FALSE(accounts.recorded_whole);
  }
  const Accounts both = read(folder.path());
  CHECK(both.problems + both.passed == 2);
}

TEST_CASE("hostile: names that are no paths, no UTF-8, or CP932") {
  for (const Importer& importer : importers()) {
    const std::string file = importer.healthy(5, "\n");
    const TempFolder whole_folder;
    const std::vector<std::string> expected = read(put_alone(whole_folder, importer.path, file)).identities();
    // As long as the names that take its place in the zip; "見積" in CP932, and bytes that are no text at all.
    const std::string placeholder = "@@@@";
    for (const std::string name : {"\x8c\xa9\x90\xcf", "\xff\xfe\xfd\xfc", "..\\x", "/../"}) {
      CAPTURE(importer.name, to_hex(name));
      const TempFolder folder;
      std::string bytes = zip_of(placeholder + "/" + importer.path, file);
      for (std::size_t at = 0; (at = bytes.find(placeholder, at)) != std::string::npos;) bytes.replace(at, 4, name);
      const Accounts accounts = read(folder.write("deep/in/a.zip", bytes));
      CHECK(accounts.identities() == expected);
      CHECK(std::distance(std::filesystem::recursive_directory_iterator(folder.path()), {}) == 3);
    }
    const TempFolder folder;
    const auto odd = folder.write("in/\x83\xff\x01/" + importer.path, file);
    CHECK(read(folder / "in").identities() == expected);
  }
}

TEST_CASE("hostile: an encrypted archive is kept whole and gives nothing") {
  for (const Importer& importer : importers()) {
    for (const char* encryption : {"traditional", "aes128", "aes256"}) {
      CAPTURE(importer.name, encryption);
      const TempFolder folder;
      const std::string bytes = pack("zip", "none", {{importer.path, importer.healthy(5, "\n")}},
                                     std::string("zip:encryption=") + encryption);
      const Accounts accounts = read(folder.write("in/a.zip", bytes));
      CHECK(accounts.items.empty());
      CHECK(accounts.keeps_whole(bytes));
    }
  }
}

TEST_CASE("hostile: a zip that claims sizes it does not have") {
  for (const Importer& importer : importers()) {
    const std::string file = importer.healthy(5, "\n");
    for (const std::string& claim : {std::string("\xf0\xff\xff\xff", 4), std::string("\0\0\0\0", 4)}) {
      CAPTURE(importer.name, to_hex(claim));
      const TempFolder folder;
      std::string bytes = stored_zip_of(importer.path, file);
      const std::size_t list = bytes.rfind("PK\x01\x02");
      bytes.replace(list + 20, 4, claim).replace(list + 24, 4, claim);
      const Accounts accounts = read(folder.write("in/a.zip", bytes));
      CHECK((accounts.bytes == file || accounts.keeps_whole(bytes)));
    }
  }
}

TEST_CASE("hostile: bombs end early and are kept as they came") {
  const std::string zeros(2 << 20, '\0');
  ImportOptions options;
  options.limits.max_expanded_bytes = 8 << 20;
  for (const Importer& importer : importers()) {
    CAPTURE(importer.name);
    const TempFolder folder;
    std::string large = importer.healthy(2, "\n");
    for (int i = 0; i < 5; ++i) large += zeros;
    for (const auto& pack_it : {zip_of, tgz_of, seven_zip_of, zip_in_tgz_of}) {
      const std::string bytes = pack_it(importer.path, large);
      const Accounts accounts = read(folder.write("in/bomb.bin", bytes), options);
      CHECK(accounts.keeps_whole(bytes));
      CHECK_FALSE(accounts.recorded_whole);
    }
    Members many;
    for (int i = 0; i < 400; ++i) many.emplace_back(std::to_string(i) + "/" + importer.path, importer.healthy(1, "\n"));
    ImportOptions few;
    few.limits.max_members = 50;
    const std::string bytes = zip(many);
    const Accounts accounts = read(folder.write("in/many.zip", bytes), few);
    CHECK(accounts.files <= 52);
    CHECK(accounts.keeps_whole(bytes));
    // Every one of them holds many of the next.
    std::string nested = zip_of(importer.path, large);
    for (int level = 0; level < 5; ++level)
      nested = zip({{"1.zip", nested}, {"2.zip", nested}, {"3.zip", nested}, {"4.zip", nested}});
    const Accounts deep = read(folder.write("in/nested.zip", nested), options);
    CHECK(deep.items.empty());
    CHECK(deep.problems > 0);
  }
}

}  // namespace
}  // namespace genchi::hostile
