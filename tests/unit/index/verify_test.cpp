#include "index/verify.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <xapian.h>

#include "genchi/error.hpp"
#include "index/schema.hpp"
#include "index/segments.hpp"
#include "tests/support/temporary_folder.hpp"

namespace genchi::index {
namespace {

namespace fs = std::filesystem;

/// An index of letters, and what a check of it says.
class Letters {
 public:
  Letters() {
    for (int n = 0; n < 5; ++n) write("letter " + std::to_string(n), "外壁塗装の見積 " + std::to_string(n));
    update(1);
  }

  fs::path at() const { return folder_ / "index"; }

  void write(const std::string& job, const std::string& text) {
    MessageRecord m;
    m.id = sha256(job);
    m.sent.utc = 1'700'000'000;
    m.account = "みどり";
    m.conversation = "c";
    m.text = text;
    letters_[job] = {{m}};
    changed_.push_back(job);
  }
  void forget(const std::string& job) {
    letters_.erase(job);
    changed_.push_back(job);
  }
  /// Straight into a shard if `few`, else by segments.
  void update(std::int64_t revision, bool few = false) {
    IndexWriter writer(at(), "s", 2);
    IndexWriter::Tuning tuning;
    tuning.direct_jobs = few ? 200 : 0;
    writer.tune(tuning);
    writer.update(changed_, produce(), revision);
    changed_.clear();
  }
  IndexWriter::Produce produce() const {
    return [this](const std::string& job) {
      const auto at = letters_.find(job);
      return at == letters_.end() ? std::vector<Passage>{} : std::vector<Passage>{at->second};
    };
  }

  std::vector<Finding> verify(bool full = false) {
    std::vector<Finding> found;
    const Report report = [&](Finding finding) { found.push_back(std::move(finding)); };
    checked = {};
    const auto manifest = verify_files(at(), {}, checked, report);
    if (!manifest) return found;
    std::vector<Sha256> ids;
    std::vector<std::string> jobs;
    for (const auto& [job, letter] : letters_) {
      jobs.push_back(job);
      ids.push_back(letter.messages.front().id);
    }
    std::sort(ids.begin(), ids.end());
    std::size_t next = 0;
    verify_messages(at(), *manifest, [&] { return next < ids.size() ? std::optional(ids[next++]) : std::nullopt; }, {}, checked, report);
    IndexVerifyOptions options;
    options.threads = 2;
    if (full) verify_passages(at(), *manifest, jobs, produce(), options, checked, report);
    return found;
  }

  std::map<std::string, Passage> letters_;
  IndexChecked checked;

 private:
  test::TemporaryFolder folder_;
  std::vector<std::string> changed_;
};

void flip(const fs::path& file, std::uint64_t at) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(stream.get());
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(static_cast<char>(byte ^ 16));
}

std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& f : findings) out += f.file + " " + f.message + ": " + f.what + "\n";
  return out;
}

TEST_CASE("a sound index is clean, however it was written") {
  Letters letters;
  CHECK(told(letters.verify(true)) == "");
  CHECK(letters.checked.shards == 1);
  CHECK(letters.checked.messages == 5);
  CHECK(letters.checked.passages == 5);
  CHECK(letters.checked.bytes > 0);
  SECTION("straight into a shard") {
    letters.write("letter 7", "雨漏りの点検");
    letters.write("letter 2", "外壁塗装はやめます");
    letters.forget("letter 3");
    letters.update(2, true);
  }
  SECTION("by segments, cleaning the old shard") {
    letters.write("letter 7", "雨漏りの点検");
    letters.write("letter 2", "外壁塗装はやめます");
    letters.forget("letter 3");
    letters.update(2);
  }
  CHECK(told(letters.verify(true)) == "");
}

TEST_CASE("any flipped bit in a shard is named with its file") {
  Letters letters;
  const std::string shard = read_manifest(letters.at())->shards.at(0);
  for (const auto& entry : fs::directory_iterator(letters.at() / shard)) {
    if (entry.path().filename() == "flintlock") continue;
    for (const std::uint64_t at : {std::uint64_t{0}, entry.file_size() / 2, entry.file_size() - 1}) {
      CAPTURE(entry.path(), at);
      flip(entry.path(), at);
      const auto findings = letters.verify();
      REQUIRE_FALSE(findings.empty());
      CHECK(findings.front().file == "index/" + shard + "/" + entry.path().filename().string());
      CHECK(findings.front().severity == Severity::damage);
      flip(entry.path(), at);
    }
  }
  CHECK(told(letters.verify()) == "");
}

TEST_CASE("any flipped bit in MANIFEST is named") {
  Letters letters;
  for (std::uint64_t at = 0; at < fs::file_size(letters.at() / "MANIFEST"); ++at) {
    CAPTURE(at);
    flip(letters.at() / "MANIFEST", at);
    const auto findings = letters.verify();
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().file == "index/MANIFEST");
    flip(letters.at() / "MANIFEST", at);
  }
}

TEST_CASE("files missing from an index, and files too many") {
  Letters letters;
  const std::string shard = read_manifest(letters.at())->shards.at(0);
  SECTION("no MANIFEST") { fs::remove(letters.at() / "MANIFEST"); }
  SECTION("no shard") { fs::remove_all(letters.at() / shard); }
  SECTION("no file of a shard") { fs::remove(letters.at() / shard / "docdata.glass"); }
  SECTION("a file too many") { std::ofstream(letters.at() / shard / "spelling.glass") << "x"; }
  SECTION("a file that has lost its end") { fs::resize_file(letters.at() / shard / "postlist.glass", 8192); }
  CHECK_FALSE(letters.verify().empty());
}

TEST_CASE("messages that index and catalogue do not share") {
  Letters letters;
  SECTION("one too few in the index") {
    letters.write("letter 9", "新しい手紙");
    const auto findings = letters.verify();
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().message == sha256("letter 9").hex().substr(0, 16));
    CHECK(findings.front().what == "the index has not a message that the catalogue has");
  }
  SECTION("one too many") {
    letters.letters_.erase("letter 4");
    const auto findings = letters.verify();
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().message == sha256("letter 4").hex().substr(0, 16));
  }
  SECTION("one twice") {
    Manifest manifest = *read_manifest(letters.at());
    fs::copy(letters.at() / manifest.shards[0], letters.at() / "shard-9", fs::copy_options::recursive);
    manifest.shards.push_back("shard-9");
    for (auto& file : hash_shard(letters.at(), "shard-9")) manifest.files.push_back(file);
    write_manifest(letters.at(), manifest);
    CHECK(letters.verify().size() == 5);
  }
}

TEST_CASE("a full check finds what was damaged before the hashes were made") {
  Letters letters;
  Manifest manifest = *read_manifest(letters.at());
  const fs::path shard = letters.at() / manifest.shards[0];
  {
    Xapian::WritableDatabase db(shard.string(), Xapian::DB_OPEN);
    Xapian::Document document = db.get_document(db.postlist_begin("Qletter 2").operator*());
    SECTION("a word") { document.remove_term(*document.termlist_begin()); }
    SECTION("a value") { document.add_value(slot::sent_newest, "x"); }
    SECTION("a text") { document.set_data(pack(letters.letters_["letter 1"])); }
    db.replace_document("Qletter 2", document);
    db.commit();
  }
  manifest.files = hash_shard(letters.at(), manifest.shards[0]);
  write_manifest(letters.at(), manifest);
  const auto findings = letters.verify(true);
  CAPTURE(told(findings));
  REQUIRE_FALSE(findings.empty());
  CHECK(findings.front().severity == Severity::damage);
}

}  // namespace
}  // namespace genchi::index
