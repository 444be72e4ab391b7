#include "index/search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <xapian.h>

#include "base/bytes.hpp"
#include "genchi/error.hpp"
#include "index/schema.hpp"
#include "index/segments.hpp"
#include "index/terms.hpp"
#include "index/writer.hpp"
#include "tests/support/temporary_folder.hpp"
#include "text/fold.hpp"

namespace genchi::index {
namespace {

namespace fs = std::filesystem;
using Messages = std::vector<MessageRecord>;

UtcSeconds day(int year, int month, int date, int hour = 12) {
  return utc_from_civil({year, month, date}, hour, 0, 0, japan_offset_minutes);
}

QueryContext context() {
  QueryContext context;
  context.clients = [](std::string_view name) -> std::vector<std::string> {
    if (name == "青葉") return {"domain:aoba.example.jp", "chat:00000000000000aa"};
    if (name == "若葉") return {"domain:wakaba.example.jp"};
    return {};
  };
  context.now = day(2024, 6, 15);
  return context;
}

std::unique_ptr<Node> query_of(std::string_view text) {
  return parse_query(text, context());
}

MessageRecord mail(const std::string& text, UtcSeconds sent = day(2024, 4, 1)) {
  static int count = 0;
  MessageRecord m;
  m.id = sha256("mail" + std::to_string(++count));
  m.sent.utc = sent;
  m.account = "みどり工房";
  m.conversation = "00000000000000bb";
  m.from = {"青木 りん", "rin.aoki@aoba.example.jp"};
  m.to = {{"佐藤", "info@midori.example.jp"}};
  m.identifiers = {"addr:rin.aoki@aoba.example.jp", "domain:aoba.example.jp"};
  m.text = text;
  return m;
}

MessageRecord chat_row(const std::string& text, UtcSeconds sent = day(2024, 4, 1)) {
  MessageRecord m = mail(text, sent);
  m.channel = Channel::line;
  m.from = {"山田 Hana", ""};
  m.to.clear();
  m.conversation = "00000000000000cc";
  m.identifiers = {"chat:00000000000000aa"};
  return m;
}

bool fits(const MessageRecord& message, std::string_view query) {
  return matches(*query_of(query), message);
}

/// An index folder that is written once.
class Built {
 public:
  explicit Built(const std::map<std::string, std::vector<Passage>>& jobs,
                 std::size_t shard_documents = 250'000)
      : writer_(path(), "settings", 2) {
    writer_.tune({400, 3, shard_documents, 0});
    update(jobs, 1);
  }
  explicit Built(const Messages& mails) : Built(jobs_of(mails)) {}

  static std::map<std::string, std::vector<Passage>> jobs_of(const Messages& mails) {
    std::map<std::string, std::vector<Passage>> jobs;
    for (const MessageRecord& m : mails) jobs[m.id.hex()] = {Passage{{m}}};
    return jobs;
  }
  void update(const std::map<std::string, std::vector<Passage>>& jobs, std::int64_t revision) {
    std::vector<std::string> names;
    for (const auto& job : jobs) names.push_back(job.first);
    writer_.update(
        names, [&](const std::string& name) { return jobs.at(name); }, revision);
  }
  IndexWriter& writer() { return writer_; }
  fs::path path() const { return folder_ / "index"; }

 private:
  test::TemporaryFolder folder_;
  IndexWriter writer_;
};

std::vector<std::string> texts_of(const SearchResult& result) {
  std::vector<std::string> texts;
  for (const Hit& hit : result.hits) texts.push_back(hit.message.text);
  return texts;
}

SearchResult search(const fs::path& index, std::string_view query, const SearchOptions& options = {}) {
  return Searcher(index).search(*query_of(query), options);
}

std::vector<std::string> found(const fs::path& index, std::string_view query,
                               const SearchOptions& options = {}) {
  return texts_of(search(index, query, options));
}

using Texts = std::vector<std::string>;

// --- One message
// -----------------------------------------------------------------------------------------------------

TEST_CASE("A message is judged by its fields") {
  MessageRecord m = mail("サイト移行の見積をお送りします。\n> 納期は New York 支店と相談");
  m.subject = "お見積りの件 Renewal";
  m.cc = {{"鈴木 Ken", "ken@aoba.example.jp"}};
  m.files = {{"見積書_2024.pdf", "file"}, {"", "photo"}};
  m.flags = flag_bulk;
  const std::pair<std::string_view, bool> rows[] = {
      {"", true},
      {"見積", true},
      {"見積をお送り", true},
      {"ミツモリ", true},
      {"\"ミツモリ\"", false},
      {"=\"お見積りの件\"", true},
      {"=\"お見積の件\"", false},
      {"お見積の件", true},
      {"件名:=\"お見積り\"", true},
      {"estimate", true},
      {"\"estimate\"", false},
      {"さいと", true},
      {"サイト 見積", true},
      {"サイト 請求", false},
      {"請求 OR 見積", true},
      {"請求 OR 発注", false},
      {"-請求", true},
      {"-見積", false},
      {"見積 -サイト", false},
      {"見積 -(請求 発注)", true},
      {"renewal", true},
      {"renew", true},
      {"\"renew\"", false},
      {"renewa", false},
      {"renewa*", true},
      {"件名:renewa*", true},
      {"添付:renewa*", false},
      {"newal*", false},
      {"サイト移*", true},
      {"\"new york\"", true},
      {"york支店", false},
      {"見積の件", true},
      {"\"見積の件\"", false},
      {"お見積りの件", true},
      {"aoki", true},
      {"青木りん", true},
      {"ken@aoba.example.jp", true},
      {"見積書", true},
      {"midori", true},
      {"件名:見積", true},
      {"件名:サイト", false},
      {"-件名:サイト", true},
      {"件名:(サイト OR renewal)", true},
      {"添付:見積書", true},
      {"添付:2024", true},
      {"添付:サイト", false},
      {"from:青木", true},
      {"from:青木りん", true},
      {"from:\"青木 りん\"", true},
      {"from:佐藤", false},
      {"from:=\"青木 りん\"", true},
      {"from:=\"青木りん\"", false},
      {"from:=\"rin.aoki@\"", true},
      {"from:aoba.example.jp", true},
      {"from:oba.example", true},
      {"from:RIN.AOKI@", true},
      {"from:rin.aoki@aoba.example.jp", true},
      {"from:midori", false},
      {"to:佐藤", true},
      {"to:info@midori.example.jp", true},
      {"to:ken", false},
      {"cc:ken", true},
      {"cc:鈴木ken", true},
      {"cc:木ken", true},
      {"cc:鈴", true},
      {"cc:ke", true},
      {"cc:en@ao", true},
      {"client:青葉", true},
      {"client:若葉", false},
      {"-client:若葉", true},
      {"client:誰か", false},
      {"channel:mail", true},
      {"channel:line", false},
      {"account:みどり", true},
      {"account:ミドリ工房", true},
      {"account:別", false},
      {"date:2024-04-01", true},
      {"date:2024-03", false},
      {"date:2024-04-01..", true},
      {"date:..2024-03", false},
      {"has:photo", true},
      {"has:sticker", false},
      {"has:attachment", true},
      {"is:bulk", true},
      {"is:auto", false},
      {"-is:auto", true},
  };
  for (const auto& [query, expected] : rows) {
    CAPTURE(query);
    CHECK(fits(m, query) == expected);
  }
}

TEST_CASE("A day is a day in Tokyo") {
  const MessageRecord late = mail("終わり", utc_from_civil({2024, 4, 30}, 23, 59, 59, japan_offset_minutes));
  CHECK(fits(late, "date:2024-04"));
  CHECK_FALSE(fits(late, "date:2024-05"));
  const MessageRecord early = mail("始め", utc_from_civil({2024, 5, 1}, 0, 0, 0, japan_offset_minutes));
  CHECK_FALSE(fits(early, "date:2024-04"));
  CHECK(fits(early, "date:2024-05"));
}

TEST_CASE("Highlights are in the original spelling and do not overlap") {
  const std::string text = "ﾐﾂﾓﾘとみつもりとミツモリ書";
  const auto places = find_highlights(*query_of("ミツモリ みつもり書"), text);
  std::vector<std::string> words;
  for (const Highlight& h : places) words.push_back(text.substr(h.begin, h.end - h.begin));
  CHECK(words == Texts{"ﾐﾂﾓﾘ", "みつもり", "ミツモリ書"});
  CHECK(find_highlights(*query_of("-ミツモリ"), text).empty());
  CHECK(find_highlights(*query_of("件名:ミツモリ"), text).empty());
  CHECK(find_highlights(*query_of("み"), "").empty());
  std::string many;
  for (int i = 0; i < 500; ++i) many += "見積、";
  CHECK(find_highlights(*query_of("見積"), many).size() == 100);
  CHECK(find_highlights(*query_of("見積"), many, 3).size() == 3);
}

// --- An index
// --------------------------------------------------------------------------------------------------------

TEST_CASE("Without an index searching says how to build one") {
  const test::TemporaryFolder folder;
  try {
    const Searcher searcher(folder / "nowhere");
    FAIL("opened");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("no search index") != std::string::npos);
    CHECK(error.hint().find("genchi reindex") != std::string::npos);
  }
}

TEST_CASE("An index of another version, or damaged, is refused with a hint") {
  const Built index(Messages{mail("見積")});
  SECTION("another version") {
    std::ofstream(index.path() / "MANIFEST") << "genchi-index 999\nend\n";
    CHECK_THROWS_AS(Searcher(index.path()), Error);
  }
  SECTION("a shard is gone") {
    const Manifest manifest = read_manifest(index.path()).value();
    for (const std::string& shard : manifest.shards) fs::remove_all(index.path() / shard);
    try {
      const Searcher searcher(index.path());
      FAIL("opened");
    } catch (const Error& error) {
      CHECK(error.hint().find("genchi reindex") != std::string::npos);
    }
  }
  SECTION("files are cut off") {
    for (const auto& entry : fs::recursive_directory_iterator(index.path()))
      if (entry.path().extension() == ".glass") fs::resize_file(entry.path(), entry.file_size() / 2);
    CHECK_THROWS_AS(search(index.path(), "見積"), Error);
  }
}

TEST_CASE("An empty index finds nothing") {
  const Built index(Messages{});
  CHECK(found(index.path(), "見積").empty());
  CHECK(found(index.path(), "").empty());
  Searcher searcher(index.path());
  CHECK(searcher.document_count() == 0);
  CHECK(searcher.by_id("0123").empty());
  searcher.for_each(*query_of(""), {}, [](Hit&&) -> bool { throw std::logic_error("a hit"); });
}

TEST_CASE("The newest come first, and pages follow each other") {
  Messages mails;
  for (int i = 0; i < 300; ++i)
    mails.push_back(mail("見積" + std::to_string(i), day(2024, 1, 1) + (i * 7919 % 300) / 2 * 86'400));
  std::sort(mails.begin(), mails.end(), [](const auto& a, const auto& b) {
    return a.sent.utc != b.sent.utc ? a.sent.utc > b.sent.utc : a.id < b.id;
  });
  Texts expected;
  for (const MessageRecord& m : mails) expected.push_back(m.text);
  const Built index(mails);
  const SearchResult all = search(index.path(), "見積");
  CHECK(texts_of(all) == expected);
  CHECK(all.count == 300);
  CHECK(all.complete);

  Searcher searcher(index.path());
  Texts paged;
  for (std::size_t offset = 0; offset < 320; offset += 7) {
    SearchOptions options;
    options.limit = 7;
    options.offset = offset;
    const SearchResult page = searcher.search(*query_of("見積"), options);
    CHECK(page.count >= page.hits.size());
    for (const std::string& text : texts_of(page)) paged.push_back(text);
  }
  CHECK(paged == expected);
}

TEST_CASE("A first page does not count everything") {
  Messages mails;
  for (int i = 0; i < 1000; ++i)
    mails.push_back(mail(i % 2 ? "見積" : "見積 下書", day(2024, 1, 1) + i * 3600));
  const Built index(mails);
  SearchOptions options;
  options.limit = 10;
  options.counted_exactly = 0;
  const SearchResult page = search(index.path(), "見積 -下書", options);
  CHECK(page.hits.size() == 10);
  CHECK_FALSE(page.complete);
  CHECK(page.count > 300);
  CHECK(page.count < 700);
  options.limit = 600;
  const SearchResult whole = search(index.path(), "見積 -下書", options);
  CHECK(whole.count == 500);
  CHECK(whole.complete);
}

TEST_CASE("Few candidates are counted exactly") {
  Messages mails;
  for (int i = 0; i < 300; ++i) mails.push_back(mail(i % 2 ? "見積" : "見積 下書", day(2024, 1, 1) + i * 3600));
  const Built index(mails);
  for (const auto sort : {SearchOptions::Sort::newest, SearchOptions::Sort::relevance}) {
    SearchOptions options;
    options.limit = 10;
    options.sort = sort;
    const SearchResult page = search(index.path(), "見積 -下書", options);
    CHECK(page.hits.size() == 10);
    CHECK(page.complete);
    CHECK(page.count == 150);
  }
}

TEST_CASE("Long talks among the newest do not mislead the estimate") {
  std::map<std::string, std::vector<Passage>> jobs;
  for (int i = 0; i < 400; ++i)
    jobs["mail" + std::to_string(i)] = {Passage{{mail("見積", day(2024, 1, 1) + i)}}};
  for (int i = 0; i < 10; ++i) {
    Passage talk;
    for (int row = 0; row < 64; ++row)
      talk.messages.push_back(chat_row("見積", day(2024, 5, 1) + i * 100 + row));
    jobs["chat" + std::to_string(i)] = {talk};
  }
  const Built index(jobs);
  SearchOptions options;
  options.limit = 10;
  options.counted_exactly = 0;
  const SearchResult page = search(index.path(), "見積", options);
  CHECK_FALSE(page.complete);
  CHECK(page.count > 800);
  CHECK(page.count < 1300);
}

TEST_CASE("A word in every message is found after one was deleted from a merged shard") {
  Messages mails;
  for (int i = 0; i < 60; ++i) mails.push_back(mail("見積" + std::to_string(i)));
  Built index(mails);
  index.writer().tune({1 << 20, 200, 250'000, 200});
  index.update({{mails[5].id.hex(), {}}}, 2);
  SearchOptions options;
  for (const std::size_t limit : {0u, 100u})
    for (const auto sort : {SearchOptions::Sort::newest, SearchOptions::Sort::relevance})
      for (const char* query : {"見積", "channel:mail", "account:みどり", "", "date:2024", "from:青"}) {
        CAPTURE(limit, query);
        options.limit = limit;
        options.sort = sort;
        CHECK(search(index.path(), query, options).count == 59);
      }
}

TEST_CASE("Words must stand in one message, not in one passage") {
  const Passage talk{{chat_row("見積をください", day(2024, 4, 1, 9)),
                      chat_row("五万円です", day(2024, 4, 1, 10)),
                      chat_row("見積は五万円", day(2024, 4, 1, 11))}};
  const Built index({{"chat", {talk}}});
  CHECK(found(index.path(), "見積 五万円") == Texts{"見積は五万円"});
  CHECK(found(index.path(), "見積 -五万円") == Texts{"見積をください"});
  CHECK(found(index.path(), "-見積") == Texts{"五万円です"});
  CHECK(found(index.path(), "取引先:青葉 円") == Texts{"見積は五万円", "五万円です"});
  CHECK(found(index.path(), "from:山田hana 円") == Texts{"見積は五万円", "五万円です"});
}

TEST_CASE("A word of one character is found at every place") {
  const Built index(Messages{mail("雨"), mail("大雨です"), mail("雨天"), mail("雪")});
  CHECK(search(index.path(), "雨").count == 3);
  CHECK(search(index.path(), "天").count == 1);
  CHECK(search(index.path(), "、").count == 0);
}

TEST_CASE("Parts of addresses are found by a field") {
  Messages mails{mail("一"), mail("二"), mail("三")};
  mails[1].from = {
      "Ann Smith",
      "bounce-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefzz@news.example.com"};
  mails[2].from = {"若林", "a.wakabayashi@wakaba.example.jp"};
  const Built index(mails);
  CHECK(found(index.path(), "from:ample.com") == Texts{"二"});
  CHECK(found(index.path(), "from:cdefzz@") == Texts{"二"});
  CHECK(found(index.path(), "from:zz") == Texts{"二"});
  CHECK(found(index.path(), "from:ann") == Texts{"二"});
  CHECK(found(index.path(), "from:\"ann smith\"") == Texts{"二"});
  CHECK(found(index.path(), "from:annsmith").empty());
  CHECK(found(index.path(), "from:bayashi") == Texts{"三"});
  CHECK(found(index.path(), "from:@wakaba.ex") == Texts{"三"});
  CHECK(search(index.path(), "from:example").count == 3);
  CHECK(search(index.path(), "from:@").count == 3);
}

TEST_CASE("Spam and trash are shown when asked for") {
  Messages mails{mail("当選 一"), mail("当選 二"), mail("当選 三")};
  mails[1].flags = flag_spam;
  mails[2].flags = flag_trash | flag_auto;
  const Built index(mails);
  CHECK(found(index.path(), "当選") == Texts{"当選 一"});
  CHECK(found(index.path(), "当選 -is:spam") == Texts{"当選 一"});
  CHECK(found(index.path(), "is:spam") == Texts{"当選 二"});
  CHECK(found(index.path(), "is:trash") == Texts{"当選 三"});
  CHECK(found(index.path(), "is:auto").empty());
  SearchOptions options;
  options.with_hidden = true;
  CHECK(search(index.path(), "当選", options).count == 3);
}

TEST_CASE("Relevance: rare words, the subject and own words first") {
  Messages mails;
  for (int i = 0; i < 30; ++i) mails.push_back(mail("連絡です", day(2024, 5, 1) + i));
  MessageRecord quoted = mail("返信\n> 契約", day(2024, 3, 4));
  quoted.sections = {{SectionKind::own, 0, 7}, {SectionKind::quoted, 7, 15}};
  MessageRecord subject = mail("本文", day(2024, 3, 1));
  subject.subject = "契約";
  mails.push_back(quoted);
  mails.push_back(subject);
  mails.push_back(mail("契約 連絡", day(2024, 3, 2)));
  mails.push_back(mail("契約", day(2024, 3, 3)));
  const Built index(mails);
  SearchOptions options;
  options.sort = SearchOptions::Sort::relevance;
  options.limit = 5;
  const SearchResult result = search(index.path(), "契約 OR 連絡", options);
  CHECK(texts_of(result) == Texts{"本文", "契約 連絡", "契約", "返信\n> 契約", "連絡です"});
  CHECK(result.hits.front().score > result.hits.back().score);
  CHECK(result.hits.front().subject_highlights.size() == 1);
  CHECK(result.hits.back().message.sent.utc == day(2024, 5, 1) + 29);
  CHECK(search(index.path(), "契約 OR 連絡").hits.front().score == 0);
}

TEST_CASE("A hit shows where the words stand") {
  MessageRecord m = mail("見積の見積");
  m.subject = "見積の件";
  const Built index(Messages{m});
  const Hit hit = search(index.path(), "見積 件名:件").hits.at(0);
  CHECK(hit.highlights.size() == 2);
  CHECK(hit.subject_highlights.size() == 2);
}

TEST_CASE("Every match can be had one by one, and stopped") {
  Messages mails;
  for (int i = 0; i < 50; ++i) mails.push_back(mail("見積" + std::to_string(i)));
  const Built index(Built::jobs_of(mails), 10);
  Searcher searcher(index.path());
  std::set<std::string> texts;
  searcher.for_each(*query_of("見積"), {}, [&](Hit&& hit) {
    CHECK(hit.highlights.size() == 1);
    texts.insert(hit.message.text);
    return true;
  });
  CHECK(texts.size() == 50);
  int calls = 0;
  searcher.for_each(*query_of("見積"), {}, [&](Hit&&) { return ++calls < 5; });
  CHECK(calls == 5);
  CHECK_THROWS_AS(
      searcher.for_each(*query_of("見積"), {}, [](Hit&&) -> bool { throw std::runtime_error("stop"); }),
      std::runtime_error);
}

TEST_CASE("A message is found by the beginning of its id") {
  const Messages mails{mail("一"), mail("二")};
  const Built index(mails);
  Searcher searcher(index.path());
  for (const MessageRecord& m : mails)
    for (const std::size_t length : {4u, 8u, 16u, 17u, 64u}) {
      const Messages records = searcher.by_id(m.id.hex().substr(0, length));
      REQUIRE(records.size() == 1);
      CHECK(records[0].text == m.text);
    }
  std::string upper = mails[0].id.hex().substr(0, 12);
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  CHECK(searcher.by_id(upper).size() == 1);
  std::string other = mails[0].id.hex();
  other.back() = other.back() == '0' ? '1' : '0';
  CHECK(searcher.by_id(other).empty());
  CHECK(searcher.by_id(mails[0].id.hex().substr(0, 3)).empty());
  CHECK(searcher.by_id("xyzw").empty());
  CHECK(searcher.by_id(mails[0].id.hex() + "0").empty());
  CHECK(searcher.by_id(mails[0].id.hex(), 0).empty());
}

TEST_CASE("A searcher goes on when the index changes under it") {
  Messages mails;
  for (int i = 0; i < 60; ++i) mails.push_back(mail("見積" + std::to_string(i)));
  Built index(mails);
  Searcher searcher(index.path());
  CHECK(searcher.revision() == 1);
  CHECK(searcher.document_count() == 60);
  CHECK(searcher.search(*query_of("見積"), {}).count == 60);
  index.writer().tune({1 << 20, 200, 250'000, 200});
  for (int round = 2; round < 8; ++round) {
    MessageRecord changed = mails[static_cast<std::size_t>(round)];
    changed.text = "見積の変更";
    index.update({{changed.id.hex(), {Passage{{changed}}}}}, round);
  }
  CHECK(searcher.search(*query_of("見積"), {}).count == 60);
  CHECK(Searcher(index.path()).revision() == 7);
  CHECK(search(index.path(), "見積の変更").count == 6);
}

TEST_CASE("While an update is being finished, replaced passages are not shown") {
  const test::TemporaryFolder folder;
  const fs::path index = folder.path();
  const auto add = [&](const std::string& shard,
                       const std::vector<std::pair<std::string, MessageRecord>>& rows) {
    Xapian::WritableDatabase db((index / shard).string(), Xapian::DB_CREATE);
    for (const auto& [job, m] : rows) db.add_document(make_document(Passage{{m}}, "Q" + job).document);
    db.commit();
  };
  MessageRecord before = mail("見積の前");
  MessageRecord after = before;
  after.text = "見積の後";
  after.sent.utc += 1;
  add("shard-1", {{"a", before}, {"b", mail("見積 別")}});
  add("shard-2", {{"a", after}});
  Manifest manifest;
  manifest.version = schema_version;
  manifest.revision = 1;
  manifest.shards = {"shard-1", "shard-2"};
  manifest.pending = Manifest::Pending{2, "jobs-1", {"shard-1"}};
  write_manifest(index, manifest);
  CHECK(found(index, "見積") == Texts{"見積の後", "見積 別"});
  CHECK(found(index, "前").empty());
  SearchOptions options;
  options.limit = 10;
  CHECK(found(index, "見積", options) == Texts{"見積の後", "見積 別"});
  CHECK(Searcher(index).by_id(before.id.hex()).at(0).text == "見積の後");
}

TEST_CASE("A message that two shards hold is shown once") {
  const test::TemporaryFolder folder;
  const MessageRecord m = mail("見積");
  Manifest manifest;
  manifest.version = schema_version;
  for (const char* shard : {"shard-1", "shard-2"}) {
    Xapian::WritableDatabase db((folder.path() / shard).string(), Xapian::DB_CREATE);
    db.add_document(make_document(Passage{{m}}, std::string("Q") + shard).document);
    db.commit();
    manifest.shards.emplace_back(shard);
  }
  write_manifest(folder.path(), manifest);
  CHECK(search(folder.path(), "見積").count == 1);
  SearchOptions options;
  options.limit = 5;
  CHECK(search(folder.path(), "見積", options).hits.size() == 1);
  CHECK(Searcher(folder.path()).by_id(m.id.hex()).size() == 1);
}

TEST_CASE("Times at the edge of what there is are found") {
  Messages mails{mail("昔", day(1, 1, 1)), mail("今"), mail("先", day(9999, 12, 31, 23)),
                 mail("果て", INT64_MAX), mail("始まり", INT64_MIN)};
  const Built index(mails);
  CHECK(search(index.path(), "").count == 5);
  CHECK(found(index.path(), "date:2024-04") == Texts{"今"});
  CHECK(found(index.path(), "date:2024-05..") == Texts{"果て", "先"});
  CHECK(found(index.path(), "date:..2024-03") == Texts{"昔", "始まり"});
}

TEST_CASE("A range over very many months is found by times") {
  Messages mails;
  for (int i = 0; i < 400; ++i) mails.push_back(mail("月", day(1980 + i / 12, i % 12 + 1, 10)));
  const Built index(mails);
  CHECK(search(index.path(), "date:1981..2012").count == 32 * 12);
  CHECK(search(index.path(), "date:1990-03..1990-05").count == 3);
}

// --- Oracle
// ----------------------------------------------------------------------------------------------------------

/// An office that writes at random, and questions with an answer of their own, made without the program's
/// tree.
class RandomOffice {
 public:
  explicit RandomOffice(unsigned seed) : random_(seed) {}

  std::map<std::string, std::vector<Passage>> jobs(std::size_t count) {
    std::map<std::string, std::vector<Passage>> jobs;
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<Passage>& passages = jobs["job" + std::to_string(i)];
      if (pick(3) > 0) {
        passages.push_back({{message(Channel::mail)}});
        continue;
      }
      for (std::size_t p = 0; p < 1 + pick(2); ++p) {
        Passage passage;
        for (std::size_t row = 0; row < 1 + pick(8); ++row)
          passage.messages.push_back(message(Channel::line));
        std::sort(passage.messages.begin(), passage.messages.end(),
                  [](const auto& a, const auto& b) { return a.sent.utc < b.sent.utc; });
        passages.push_back(std::move(passage));
      }
    }
    return jobs;
  }

  using Answer = std::function<bool(const MessageRecord&)>;
  struct Question {
    std::string text;
    Answer answer;
  };
  Question question(int depth = 0) {
    const std::size_t kind = depth > 2 ? 9 : pick(16);
    if (kind == 0) {
      Question a = question(depth + 1);
      return {"-(" + a.text + ")", [=](const MessageRecord& m) { return !a.answer(m); }};
    }
    if (kind <= 3) {
      Question a = question(depth + 1);
      Question b = question(depth + 1);
      return {"(" + a.text + ") (" + b.text + ")",
              [=](const MessageRecord& m) { return a.answer(m) && b.answer(m); }};
    }
    if (kind <= 6) {
      Question a = question(depth + 1);
      Question b = question(depth + 1);
      return {"((" + a.text + ") OR " + b.text + ")",
              [=](const MessageRecord& m) { return a.answer(m) || b.answer(m); }};
    }
    return simple_question();
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  template <typename List> auto one_of(const List& list) { return list[pick(list.size())]; }

  std::string sentence() {
    static const std::vector<std::string> words{
        "見積",  "請求", "書",   "の",   "件",     "納期", "は",   "５月", "サーバー", "ｻｰﾊﾞ",
        "移行",  "です", "。",   "、",   " ",      "\n",   "\n\n", "new",  "Site",     "ABC",
        "1,200", "円",   "髙橋", "高橋", "e-mail", "☆",    "> ",   "り",   "お"};
    std::string text;
    for (std::size_t i = pick(14); i > 0; --i) text += one_of(words);
    return text;
  }
  Person person() {
    static const std::vector<Person> people{{"青木 りん", "rin.aoki@aoba.example.jp"},
                                            {"Ann Smith", "ann@wakaba.example.jp"},
                                            {"高橋Ken", "k-takahashi@example.com"},
                                            {"", "info@aoba.example.jp"},
                                            {"山田", ""},
                                            {"アオキ・リン", ""},
                                            {"Aoki, Rin", "sales@minato.example.jp"},
                                            {"株式会社みなと印刷 青木", "print@minato.example.jp"},
                                            {"☆りん☆(レギュラー)", ""},
                                            {"大野商店", "oono@example.com"},
                                            {"おの", "ohno_k@example.com"}};
    return one_of(people);
  }
  MessageRecord message(Channel channel) {
    MessageRecord m;
    m.id = sha256("random" + std::to_string(random_()));
    m.channel = channel;
    m.sent.utc = day(2024, 1, 1) + static_cast<UtcSeconds>(pick(500)) * 43'200;
    m.account = pick(2) ? "みどり工房" : "あおぞら写真館";
    m.from = person();
    m.to = {person()};
    if (pick(3) == 0) m.cc = {person(), person()};
    if (channel == Channel::mail) m.subject = sentence();
    m.text = sentence();
    m.identifiers = {pick(2) ? "domain:aoba.example.jp" : "domain:wakaba.example.jp"};
    if (pick(4) == 0) m.files = {{pick(2) ? "見積書.pdf" : "", pick(2) ? "file" : "photo"}};
    if (pick(5) == 0) m.flags |= flag_auto;
    if (pick(9) == 0) m.flags |= flag_spam;
    return m;
  }

  static bool is_word_character(std::string_view text, std::size_t at) {
    return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at]));
  }
  /// As find_folded is described, for texts whose only words are ASCII.
  static bool stands_in(const std::string& folded, const std::string& needle) {
    for (std::size_t at = folded.find(needle); at != std::string::npos; at = folded.find(needle, at + 1)) {
      const bool begins = at == 0 || !is_word_character(needle, 0) || !is_word_character(folded, at - 1);
      const bool ends =
          !is_word_character(needle, needle.size() - 1) || !is_word_character(folded, at + needle.size());
      if (begins && ends) return true;
    }
    return false;
  }

  Question word_question() {
    std::string text;
    std::string folded;
    while (folded.empty()) {
      text = sentence();
      const std::size_t begin = pick(text.size() + 1);
      text = to_valid_utf8(text.substr(begin, 1 + pick(18)));
      if (text.find("\xEF\xBF\xBD") != std::string::npos || text.find_first_of("\n>") != std::string::npos)
        continue;
      folded = fold(text);
      folded = std::string(trim(folded));
    }
    const auto in_any = [folded](const MessageRecord& m) {
      std::vector<std::string> texts{fold(m.subject), fold_body(m.text), fold(m.from.name),
                                     fold(m.from.address)};
      for (const auto& list : {m.to, m.cc})
        for (const Person& p : list) {
          texts.push_back(fold(p.name));
          texts.push_back(fold(p.address));
        }
      for (const AttachedFile& f : m.files) texts.push_back(fold(f.name));
      return std::any_of(texts.begin(), texts.end(), [&](const auto& t) { return stands_in(t, folded); });
    };
    if (pick(4) > 0) return {"\"" + text + "\"", in_any};
    return {"件名:\"" + text + "\"",
            [folded](const MessageRecord& m) { return stands_in(fold(m.subject), folded); }};
  }

  Question simple_question() {
    switch (pick(12)) {
    case 0: {
      const UtcSeconds from = day(2024, 1, 1, 0) + static_cast<UtcSeconds>(pick(200)) * 86'400;
      const UtcSeconds to = from + static_cast<UtcSeconds>(1 + pick(60)) * 86'400;
      const auto date = [](UtcSeconds utc) { return display_time(utc, japan_offset_minutes).substr(0, 10); };
      return {"date:" + date(from) + ".." + date(to - 86'400),
              [=](const MessageRecord& m) { return m.sent.utc >= from && m.sent.utc < to; }};
    }
    case 1:
      return {"取引先:青葉",
              [](const MessageRecord& m) { return m.identifiers[0] == "domain:aoba.example.jp"; }};
    case 2:
      return {"channel:line", [](const MessageRecord& m) { return m.channel == Channel::line; }};
    case 3:
      return {"account:みどり", [](const MessageRecord& m) { return m.account == "みどり工房"; }};
    case 4:
      return {"is:auto", [](const MessageRecord& m) { return (m.flags & flag_auto) != 0; }};
    case 5:
      return {"has:photo",
              [](const MessageRecord& m) { return !m.files.empty() && m.files[0].kind == "photo"; }};
    case 6: {
      struct Typed {
        const char* text;
        std::set<std::string> names; // of those it may mean
      };
      const std::set<std::string> aoki{"青木 りん", "アオキ・リン", "Aoki, Rin", "株式会社みなと印刷 青木"};
      static const std::vector<Typed> list{
          {"from:青木りん", {"青木 りん", "アオキ・リン", "Aoki, Rin"}},
          {"from:\"Rin Aoki\"", {"青木 りん", "アオキ・リン", "Aoki, Rin"}},
          {"from:アオキさん", aoki},
          {"from:青木店長様", aoki},
          {"from:aoki", aoki},
          {"from:りんちゃん", {"青木 りん", "アオキ・リン", "Aoki, Rin", "☆りん☆(レギュラー)"}},
          {"from:みなと印刷㈱", {"株式会社みなと印刷 青木"}},
          {"from:\"カ)ミナトインサツ\"", {"株式会社みなと印刷 青木"}},
          {"from:おおの", {"大野商店", "おの"}},
          {"from:ono", {"大野商店", "おの"}},
          {"from:大野様", {"大野商店", "おの"}},
          {"from:タカハシ", {"高橋Ken"}},
          {"from:会社", {}}};
      const Typed& typed = list[pick(list.size())];
      return {typed.text, [&typed](const MessageRecord& m) { return typed.names.contains(m.from.name); }};
    }
    case 7:
      return {"to:aoba.ex",
              [](const MessageRecord& m) { return m.to[0].address.find("aoba.ex") != std::string::npos; }};
    case 8:
      return {"cc:takahashi", [](const MessageRecord& m) {
                return std::any_of(m.cc.begin(), m.cc.end(),
                                   [](const Person& p) { return p.address.starts_with("k-t"); });
              }};
    default:
      return word_question();
    }
  }

  std::mt19937 random_;
};

/// Names put together from parts, and what a person types for them.
class RandomNames {
 public:
  explicit RandomNames(unsigned seed) : random_(seed) {}
  std::string name() {
    static const std::vector<std::string> parts{
        "青木", "大野", "森", "佐々木", "小山", "みなと", "りん", "リン", "さくら", "ショウジ", "おおの", "オーノ", "ジョン",
        "サトウ", "しょう", "Aoki", "Ohno", "rin", "SHOJI", "Kenichi", "けんいち", "印刷", "商店", "設計", "花子", "光",
        "の", "き", "株式会社", "㈱", "(株)", "一般社団法人", "Co., Ltd.", "カ)", "【VIP】", "(レギュラー)", "(アオキ)",
        "@本店", "☆", "様", "さん", "店長", "・", "・", " ", " ", "　", ", ", "-", "."};
    std::string out;
    for (std::size_t i = 1 + pick(5); i > 0; --i) out += parts[pick(parts.size())];
    return out;
  }
  std::string address() {
    static const std::vector<std::string> words{"aoki", "rin", "ohno", "oono", "ono", "satok", "takahashimai", "shoji", "syouji",
                                                "aokirin", "sakura", "k", "info", "aoki1985", "ken_ichi", "kenichi"};
    static const std::vector<std::string> hosts{"example.jp", "aoki-design.example", "minato-insatsu.example", "mori.example.com"};
    if (pick(3) == 0) return {};
    std::string local = words[pick(words.size())];
    if (pick(2)) local += (pick(2) ? "." : "-") + words[pick(words.size())];
    return local + "@" + hosts[pick(hosts.size())];
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  std::mt19937 random_;
};

TEST_CASE("Whoever a name may mean is among the candidates") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    RandomNames names(seed);
    Messages mails;
    for (int i = 0; i < 150; ++i) {
      MessageRecord m = mail("件");
      m.to.clear();
      m.from = {names.name(), names.address()};
      mails.push_back(std::move(m));
    }
    const Built index(mails);
    Searcher searcher(index.path());
    std::size_t matched = 0;
    for (int i = 0; i < 150; ++i) {
      const std::string typed = i % 5 ? names.name() : mails[static_cast<std::size_t>(i)].from.name;
      if (trim(fold(typed)).empty()) continue;
      CAPTURE(seed, typed);
      const auto query = query_of("from:\"" + typed + "\"");
      std::set<std::string> judged;
      for (const MessageRecord& m : mails)
        if (matches(*query, m)) judged.insert(m.id.hex());
      std::set<std::string> answered;
      for (const Hit& hit : searcher.search(*query, {}).hits) answered.insert(hit.message.id.hex());
      REQUIRE(answered == judged);
      matched += judged.size();
    }
    CHECK(matched > 150);
  }
}

std::vector<std::string> ids_of(const std::vector<const MessageRecord*>& records) {
  std::vector<std::string> ids;
  for (const MessageRecord* m : records) ids.push_back(m->id.hex());
  return ids;
}

TEST_CASE("What is found is what a plain reading of every message finds") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    RandomOffice office(seed);
    const auto jobs = office.jobs(150);
    const Built index(jobs, seed == 1 ? 250'000 : 40);
    Searcher searcher(index.path());
    std::vector<const MessageRecord*> all;
    for (const auto& job : jobs)
      for (const Passage& passage : job.second)
        for (const MessageRecord& m : passage.messages) all.push_back(&m);
    std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) {
      return a->sent.utc != b->sent.utc ? a->sent.utc > b->sent.utc : a->id < b->id;
    });
    for (int round = 0; round < 150; ++round) {
      const RandomOffice::Question question = office.question();
      CAPTURE(seed, round, question.text);
      const auto query = query_of(question.text);
      CAPTURE(dump(*query));
      std::vector<const MessageRecord*> plain;
      std::vector<const MessageRecord*> judged;
      for (const MessageRecord* m : all) {
        if (m->flags & flag_spam) continue;
        if (question.answer(*m)) plain.push_back(m);
        if (matches(*query, *m)) judged.push_back(m);
      }
      REQUIRE(ids_of(judged) == ids_of(plain));

      const auto ids = [](const SearchResult& result) {
        std::vector<std::string> list;
        for (const Hit& hit : result.hits) list.push_back(hit.message.id.hex());
        return list;
      };
      const auto expected = ids_of(plain);
      REQUIRE(ids(searcher.search(*query, {})) == expected);
      SearchOptions page;
      page.limit = 5;
      page.offset = static_cast<std::size_t>(round) % 12;
      const auto begin =
          expected.begin() + static_cast<std::ptrdiff_t>(std::min(page.offset, expected.size()));
      const auto end = begin + std::min<std::ptrdiff_t>(5, expected.end() - begin);
      REQUIRE(ids(searcher.search(*query, page)) == std::vector<std::string>(begin, end));
      page.sort = SearchOptions::Sort::relevance;
      page.limit = 10'000;
      page.offset = 0;
      auto ranked = ids(searcher.search(*query, page));
      std::sort(ranked.begin(), ranked.end());
      auto sorted = expected;
      std::sort(sorted.begin(), sorted.end());
      REQUIRE(ranked == sorted);
    }
  }
}

// --- Months
// -----------------------------------------------------------------------------------------------------

/// Mails of 40 months in no order; every third says 見積.
Messages mails_of_many_months() {
  Messages mails;
  std::mt19937 random(7);
  for (int i = 0; i < 400; ++i) {
    const auto month = static_cast<int>(random() % 40);
    mails.push_back(mail(i % 3 == 0 ? "見積をお送りします" : "納品しました",
                         day(2021 + month / 12, 1 + month % 12, 1 + static_cast<int>(random() % 28), static_cast<int>(random() % 24))));
  }
  return mails;
}

std::vector<Sha256> newest_first(Messages mails, std::string_view word) {
  std::erase_if(mails, [&](const MessageRecord& m) { return m.text.find(word) == std::string::npos; });
  std::sort(mails.begin(), mails.end(), [](const MessageRecord& a, const MessageRecord& b) {
    return a.sent.utc != b.sent.utc ? a.sent.utc > b.sent.utc : a.id < b.id;
  });
  std::vector<Sha256> ids;
  for (const MessageRecord& m : mails) ids.push_back(m.id);
  return ids;
}

TEST_CASE("A page that looks into the newest months only is the page of everything") {
  const Messages mails = mails_of_many_months();
  const Built built(mails);
  const std::vector<Sha256> expected = newest_first(mails, "見積");
  SearchOptions options;
  options.counted_exactly = 0;
  options.newest_passages = 10;
  for (const std::size_t limit : {1, 7, 40}) {
    std::vector<Sha256> pages;
    for (options.limit = limit, options.offset = 0; options.offset < expected.size() + limit; options.offset += limit)
      for (const Hit& hit : search(built.path(), "見積", options).hits) pages.push_back(hit.message.id);
    CHECK(pages == expected);
  }
}

TEST_CASE("All hits come newest first, however many months are held at a time and however little of them") {
  const Messages mails = mails_of_many_months();
  const Built built(mails);
  const std::vector<Sha256> expected = newest_first(mails, "納品");
  Searcher searcher(built.path());
  for (const std::size_t bytes : {0, 20'000, 64 << 20}) {
    for (const std::uint64_t passages : {1, 30, 10'000}) {
      SearchOptions options;
      options.held_bytes = bytes;
      options.passages_at_a_time = passages;
      std::vector<Sha256> ids;
      searcher.each_by_time(*query_of("納品"), options, [&](Hit&& hit) {
        CHECK(hit.highlights.size() == 1);
        ids.push_back(hit.message.id);
        return true;
      });
      CHECK(ids == expected);
    }
  }
}

} // namespace
} // namespace genchi::index
