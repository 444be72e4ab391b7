#include "index/writer.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <stdexcept>
#include <fmt/format.h>
#include <xapian.h>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "index/schema.hpp"
#include "index/segments.hpp"
#include "index/terms.hpp"
#include "tests/support/temporary_folder.hpp"
#include "text/fold.hpp"

namespace genchi::index {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

Passage passage_of(const std::string& job, const std::string& text) {
  MessageRecord m;
  m.id = sha256(job + "/" + text);
  m.sent.utc = 1'700'000'000;
  m.account = "みどり";
  m.conversation = "c-" + job;
  m.text = text;
  return {{m}};
}

// What the catalogue would say: the texts of each job.
class Office {
 public:
  void write(const std::string& job, const std::vector<std::string>& texts) { texts_[job] = texts; }
  IndexWriter::Produce produce() const {
    return [this](const std::string& job) {
      std::vector<Passage> passages;
      if (const auto it = texts_.find(job); it != texts_.end())
        for (const std::string& text : it->second) passages.push_back(passage_of(job, text));
      return passages;
    };
  }
  std::vector<std::string> jobs() const {
    std::vector<std::string> names;
    for (const auto& [job, texts] : texts_) names.push_back(job);
    return names;
  }
  std::multimap<std::string, std::string> contents() const {
    std::multimap<std::string, std::string> all;
    for (const auto& [job, texts] : texts_)
      for (const std::string& text : texts) all.emplace("c-" + job, text);
    return all;
  }

 private:
  std::map<std::string, std::vector<std::string>> texts_;
};

Office office_with(std::size_t jobs) {
  Office office;
  for (std::size_t i = 0; i < jobs; ++i)
    office.write("mail:" + std::to_string(i), {"見積書" + std::to_string(i) + "を送ります"});
  return office;
}

std::vector<std::string> shards_of(const fs::path& index) {
  const auto manifest = read_manifest(index);
  REQUIRE(manifest);
  return manifest->shards;
}

// Everything a reader finds: conversation → text.
std::multimap<std::string, std::string> contents(const fs::path& index) {
  std::multimap<std::string, std::string> all;
  for (const std::string& shard : shards_of(index)) {
    const Xapian::Database db((index / shard).string());
    for (auto it = db.postlist_begin(""); it != db.postlist_end(""); ++it)
      for (const MessageRecord& m : unpack(db.get_document(*it).get_data()).messages)
        all.emplace(m.conversation, m.text);
  }
  return all;
}

std::size_t count_with_term(const fs::path& index, const std::string& term) {
  std::size_t count = 0;
  for (const std::string& shard : shards_of(index))
    count += Xapian::Database((index / shard).string()).get_termfreq(term);
  return count;
}

// The folders and files beside MANIFEST.
std::size_t things_in(const fs::path& index) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(index), fs::directory_iterator())) - 1;
}

constexpr IndexWriter::Tuning small_pieces{100, 3, 20, 0};

TEST_CASE("A first update makes an index that can be opened again") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  const Office office = office_with(5);
  CHECK_FALSE(read_manifest(index));
  {
    IndexWriter writer(index, "settings", 1);
    CHECK(writer.revision() == 0);
    writer.update(office.jobs(), office.produce(), 17);
    CHECK(writer.revision() == 17);
  }
  CHECK(contents(index) == office.contents());
  CHECK(IndexWriter(index, "settings", 1).revision() == 17);
  const auto manifest = read_manifest(index);
  CHECK(manifest->version == schema_version);
  CHECK(manifest->settings == "settings");
  CHECK(manifest->revision == 17);
  CHECK(things_in(index) == manifest->shards.size());
}

TEST_CASE("An update without jobs records the revision") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  IndexWriter writer(index, "", 2);
  writer.update({}, Office().produce(), 3);
  CHECK(read_manifest(index)->revision == 3);
  CHECK(contents(index).empty());
  writer.update({"mail:gone"}, Office().produce(), 4);
  CHECK(IndexWriter(index, "", 2).revision() == 4);
}

TEST_CASE("A document has the terms and values that searches use") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  IndexWriter writer(index, "", 1);
  Office office;
  office.write("chat:1", {"見積書"});
  writer.update(office.jobs(), office.produce(), 1);
  for (const char* term :
       {"見積", "積書", "書", "Qchat:1", "Cmail", "Din", "Y202311", "Aみどり", "Tc-chat:1"}) {
    INFO(term);
    CHECK(count_with_term(index, std::string_view(term) == "Aみどり" ? prefixed_term("A", fold("みどり"))
                                                                     : term) == 1);
  }
  const Xapian::Database db((index / read_manifest(index)->shards.at(0)).string());
  const Xapian::Document document = db.get_document(*db.postlist_begin(""));
  CHECK(Xapian::sortable_unserialise(document.get_value(slot::sent_newest)) == 1'700'000'000);
  CHECK(Xapian::sortable_unserialise(document.get_value(slot::sent_oldest)) == 1'700'000'000);
  CHECK(document.get_value(slot::conversation) == "c-chat:1");
}

TEST_CASE("An update replaces what a job held") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(40);
  IndexWriter writer(index, "", 2);
  IndexWriter::Tuning tuning = small_pieces;
  SECTION("straight") {
    tuning.direct_jobs = 100;
  }
  SECTION("by segments") {}
  writer.tune(small_pieces);
  writer.update(office.jobs(), office.produce(), 1);
  REQUIRE(read_manifest(index)->shards.size() > 1);
  writer.tune(tuning);

  office.write("mail:3", {"注文します", "よろしく"});
  office.write("mail:35", {});
  office.write("mail:new", {"はじめまして"});
  writer.update({"mail:3", "mail:35", "mail:new", "mail:3"}, office.produce(), 2);
  CHECK(contents(index) == office.contents());
  CHECK(count_with_term(index, "Qmail:3") == 2);
  CHECK(count_with_term(index, "Qmail:35") == 0);

  writer.update({"mail:3", "mail:35", "mail:new"}, office.produce(), 3);
  CHECK(contents(index) == office.contents());
  CHECK(read_manifest(index)->revision == 3);
  CHECK_FALSE(read_manifest(index)->pending);
}

TEST_CASE("A rebuild of everything leaves nothing of the old shards") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(40);
  IndexWriter writer(index, "", 2);
  writer.tune(small_pieces);
  writer.update(office.jobs(), office.produce(), 1);
  const auto old_shards = read_manifest(index)->shards;
  writer.update(office.jobs(), office.produce(), 2);
  CHECK(contents(index) == office.contents());
  const auto manifest = read_manifest(index);
  CHECK(manifest->retired.size() >= old_shards.size());
  for (const std::string& shard : old_shards) {
    CHECK(std::count(manifest->shards.begin(), manifest->shards.end(), shard) == 0);
    CHECK(fs::exists(index / shard));
  }
  writer.update({}, office.produce(), 3);
  CHECK(contents(index) == office.contents());
  for (const std::string& shard : old_shards) CHECK_FALSE(fs::exists(index / shard));
}

TEST_CASE("Removing all that a shard holds removes the shard") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(10);
  IndexWriter writer(index, "", 1);
  writer.update(office.jobs(), office.produce(), 1);
  writer.tune(small_pieces);
  writer.update(office.jobs(), Office().produce(), 2);
  CHECK(read_manifest(index)->shards.empty());
  writer.update(office.jobs(), office.produce(), 3);
  CHECK(contents(index) == office.contents());
}

TEST_CASE("Any number of threads gives the same index") {
  const Office office = office_with(300);
  for (const unsigned threads : {1u, 2u, 5u}) {
    const TemporaryFolder folder;
    const fs::path index = folder / "index";
    IndexWriter writer(index, "", threads);
    writer.tune({400, 4, 90, 0});
    std::atomic<std::size_t> calls = 0;
    std::atomic<std::size_t> greatest = 0;
    writer.update(office.jobs(), office.produce(), 1, [&](std::size_t n) {
      ++calls;
      std::size_t before = greatest;
      while (before < n && !greatest.compare_exchange_weak(before, n)) {
      }
    });
    CHECK(contents(index) == office.contents());
    CHECK(calls == 300);
    CHECK(greatest == 300);
    CHECK_FALSE(fs::exists(index / "scratch"));
    for (const std::string& shard : shards_of(index)) CHECK(count_documents(index / shard) <= 90);
  }
}

TEST_CASE("Many small updates end in few shards") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office;
  IndexWriter writer(index, "", 1);
  writer.tune({1 << 20, 200, 1000, 0});
  for (int round = 0; round < 25; ++round) {
    const std::string job = "mail:" + std::to_string(round);
    office.write(job, {"第" + std::to_string(round) + "便"});
    writer.update({job}, office.produce(), round + 1);
    REQUIRE(read_manifest(index)->shards.size() <= 8);
  }
  CHECK(contents(index) == office.contents());
  const auto manifest = read_manifest(index);
  CHECK(things_in(index) == manifest->shards.size() + manifest->retired.size());
}

TEST_CASE("One update makes one shard while everything fits into it") {
  // Segments of one mail each, merged three at a time: what is left at the end is merged before it is added.
  for (const std::size_t mails : {1, 3, 4, 5, 6, 7, 8}) {
    INFO(mails);
    const TemporaryFolder folder;
    const fs::path index = folder / "index";
    const Office office = office_with(mails);
    IndexWriter writer(index, "", 1);
    writer.tune({1, 3, 100, 0});
    writer.update(office.jobs(), office.produce(), 1);
    CHECK(shards_of(index).size() == 1);
    CHECK(contents(index) == office.contents());
  }
}

TEST_CASE("New mail goes into a shard that is there while it has room") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(18);
  IndexWriter writer(index, "", 1);
  writer.tune({1 << 20, 200, 20, 100});
  writer.update(office.jobs(), office.produce(), 1);
  REQUIRE(read_manifest(index)->shards.size() == 1);
  office.write("mail:18", {"新着"});
  writer.update({"mail:18"}, office.produce(), 2);
  CHECK(read_manifest(index)->shards.size() == 1);
  office.write("mail:19", {"新着"});
  office.write("mail:20", {"新着"});
  writer.update({"mail:19", "mail:20"}, office.produce(), 3);
  CHECK(read_manifest(index)->shards.size() == 2);
  CHECK(contents(index) == office.contents());
}

// Xapian 1.4.22: see add_blank_document.
TEST_CASE("A term that every message has is found after documents were replaced") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  const Office office = office_with(40);
  IndexWriter writer(index, "", 2);
  writer.tune({100, 3, 1000, 100});
  writer.update(office.jobs(), office.produce(), 1);
  for (int round = 2; round < 12; ++round)
    writer.update({"mail:" + std::to_string(round), "mail:0"}, office.produce(), round);
  for (int merged = 0; merged < 2; ++merged) {
    for (const std::string& shard : shards_of(index)) {
      const Xapian::Database db((index / shard).string());
      Xapian::Enquire enquire(db);
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_query(Xapian::Query("Cmail"));
      CHECK(enquire.get_mset(0, 1000).size() == count_documents(index / shard));
      CHECK(db.get_termfreq("X") == 1);
    }
    Office more;
    writer.tune({100, 3, 1000, 0});
    for (int i = 0; i < 12; ++i) {
      more.write("chat:" + std::to_string(i), {"見積"});
      writer.update({"chat:" + std::to_string(i)}, more.produce(), 12 + i);
    }
  }
}

TEST_CASE("When a job cannot be produced nothing of the update is seen") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(30);
  IndexWriter writer(index, "", 2);
  IndexWriter::Tuning tuning = small_pieces;
  SECTION("straight") {
    tuning.direct_jobs = 1000;
  }
  SECTION("by segments") {}
  writer.tune(small_pieces);
  writer.update(office.jobs(), office.produce(), 1);
  writer.tune(tuning);
  const auto before = contents(index);

  Office changed = office_with(60);
  changed.write("mail:5", {"変更"});
  const auto failing = [&](const std::string& job) {
    if (job == "mail:59") throw std::runtime_error("catalogue gone");
    return changed.produce()(job);
  };
  CHECK_THROWS_WITH(writer.update(changed.jobs(), failing, 2), "catalogue gone");
  CHECK(contents(index) == before);
  CHECK(writer.revision() == 1);
  CHECK(things_in(index) == read_manifest(index)->shards.size() + read_manifest(index)->retired.size());

  writer.update(changed.jobs(), changed.produce(), 2);
  CHECK(contents(index) == changed.contents());
  CHECK(writer.revision() == 2);
}

TEST_CASE("What an interrupted run left behind is removed") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  const Office office = office_with(5);
  {
    IndexWriter writer(index, "", 1);
    writer.update(office.jobs(), office.produce(), 1);
  }
  fs::create_directories(index / "scratch" / "worker0-1");
  fs::create_directories(index / "shard-2-1");
  std::ofstream(index / "jobs-2") << "x";
  std::ofstream(index / "scratch" / "worker0-1" / "iamglass") << "x";
  IndexWriter writer(index, "", 1);
  CHECK(things_in(index) == 1);
  CHECK(writer.revision() == 1);
  CHECK(contents(index) == office.contents());
}

TEST_CASE("An update that was killed between its commits is finished by the next writer") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(30);
  {
    IndexWriter writer(index, "", 1);
    writer.update(office.jobs(), office.produce(), 1);
    writer.tune(small_pieces);
    office.write("mail:3", {"注文します"});
    writer.update({"mail:3"}, office.produce(), 2);
  }
  // As it lies on the disk after the first commit: both states of mail:3 in, the old one to be deleted.
  Manifest manifest = *read_manifest(index);
  REQUIRE(manifest.shards.size() == 2);
  {
    Xapian::WritableDatabase db((index / manifest.shards[0]).string(), Xapian::DB_OPEN);
    Xapian::Document old;
    old.set_data(pack(passage_of("mail:3", "前の文")));
    old.add_boolean_term("Qmail:3");
    db.add_document(old);
    db.commit();
  }
  manifest.revision = 1;
  manifest.pending = Manifest::Pending{2, "jobs-9", {manifest.shards[0]}};
  write_file_atomically(index / "jobs-9", std::string("\x01\x01\x07Qmail:3"));
  write_manifest(index, manifest);
  REQUIRE(count_with_term(index, "Qmail:3") == 2);

  IndexWriter writer(index, "", 1);
  CHECK(writer.revision() == 2);
  CHECK(contents(index) == office.contents());
  CHECK_FALSE(fs::exists(index / "jobs-9"));
  CHECK_FALSE(read_manifest(index)->pending);
}

TEST_CASE("An index that does not fit is replaced by the first update") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  const Office office = office_with(5);
  {
    IndexWriter writer(index, "old settings", 1);
    writer.update(office.jobs(), office.produce(), 7);
  }
  std::string settings = "old settings";
  bool searchable_meanwhile = false;
  SECTION("other settings") {
    settings = "new\nsettings";
    searchable_meanwhile = true;
  }
  SECTION("another version") {
    std::string manifest = read_file(index / "MANIFEST");
    write_file_atomically(index / "MANIFEST", manifest.replace(0, manifest.find('\n'), "genchi-index 999"));
    CHECK(read_manifest(index)->version == 999);
    CHECK(read_manifest(index)->shards.empty());
  }
  SECTION("a damaged manifest") {
    const std::string lines = fmt::format("genchi-index {}\nshard ../../elsewhere\n", schema_version);
    write_file_atomically(index / "MANIFEST", lines + "end " + sha256(lines).hex() + "\n");
    CHECK(read_manifest(index)->version == 0);
  }
  SECTION("a manifest cut off") {
    const std::string manifest = read_file(index / "MANIFEST");
    write_file_atomically(index / "MANIFEST", manifest.substr(0, manifest.size() - 4));
    CHECK(read_manifest(index)->version == 0);
  }
  SECTION("an empty manifest") {
    write_file_atomically(index / "MANIFEST", "");
  }
  SECTION("a shard gone") {
    fs::remove_all(index / shards_of(index).at(0));
  }
  {
    IndexWriter writer(index, settings, 1);
    CHECK(writer.revision() == 0);
    if (searchable_meanwhile) CHECK(contents(index) == office.contents());
    writer.update(office.jobs(), office.produce(), 8);
    CHECK(contents(index) == office.contents());
    writer.update({}, office.produce(), 9);
    CHECK(things_in(index) == read_manifest(index)->shards.size());
  }
  CHECK(IndexWriter(index, settings, 1).revision() == 9);
}

TEST_CASE("A job of large passages and hostile names") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office;
  office.write(std::string(5000, 'x'), {"長い名前"});
  office.write(std::string("a\0b\n", 4), {"変な名前"});
  std::string text;
  for (char32_t c = 0x4E00; c < 0x8000; ++c) append_utf8(text, c);
  office.write("mail:large", {text, std::string(100'000, '\0'), std::string(100'000, 'x')});
  office.write("", {"名無し"});
  IndexWriter writer(index, "", 2);
  writer.update(office.jobs(), office.produce(), 1);
  CHECK(contents(index) == office.contents());
  writer.update(office.jobs(), office.produce(), 2);
  CHECK(contents(index) == office.contents());
}

TEST_CASE("An update of more than fits into memory goes by segments") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  Office office = office_with(3);
  IndexWriter writer(index, "", 2);
  writer.update(office.jobs(), office.produce(), 1);
  std::string text;
  for (char32_t c = 0x4E00; c < 0x9F00; ++c) append_utf8(text, c);
  for (int i = 0; i < 30; ++i) office.write("mail:" + std::to_string(i), {text + std::to_string(i)});
  writer.update(office.jobs(), office.produce(), 2);
  CHECK(contents(index) == office.contents());
  CHECK(read_manifest(index)->shards.size() == 1);
}

// Is this in any file of the index, as it is? Short texts are not compressed in a shard.
bool lies_in(const fs::path& index, const std::string& text) {
  for (const auto& file : fs::recursive_directory_iterator(index))
    if (file.is_regular_file() && read_file(file.path()).find(text) != std::string::npos) return true;
  return false;
}

TEST_CASE("What was replaced is forgotten, whichever way it was replaced") {
  const TemporaryFolder folder;
  const fs::path index = folder / "index";
  const bool straight = GENERATE(true, false);
  Office office = office_with(40);
  office.write("mail:7", {"secretword alone"});
  office.write("chat:1", {"secretword as well"});
  IndexWriter writer(index, "", 2);
  if (!straight) writer.tune(small_pieces);
  writer.update(office.jobs(), office.produce(), 1);
  REQUIRE(lies_in(index, "secretword"));
  office.write("mail:7", {});
  office.write("chat:1", {"nothing of it"});
  writer.update({"mail:7", "chat:1"}, office.produce(), 2);
  writer.forget_replaced();
  CHECK_FALSE(lies_in(index, "secretword"));
  CHECK(contents(index) == office.contents());
  CHECK(writer.revision() == 2);
  CHECK(things_in(index) == read_manifest(index)->shards.size());
  CHECK(IndexWriter(index, "", 1).revision() == 2);
  writer.update({"mail:8"}, office.produce(), 3);
  CHECK(contents(index) == office.contents());
}

TEST_CASE("A folder that cannot be written is named in the error") {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  CHECK_THROWS_AS(IndexWriter(folder / "file", "", 1), Error);
}

} // namespace
} // namespace genchi::index
