// Words that stand in different messages of one conversation.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "index/predicate.hpp"
#include "index/search.hpp"
#include "index/writer.hpp"
#include "tests/support/temporary_folder.hpp"

namespace genchi::index {
namespace {

using Texts = std::vector<std::string>;
using Messages = std::vector<MessageRecord>;

constexpr UtcSeconds hour_seconds = 3600;
constexpr UtcSeconds day_seconds = 24 * hour_seconds;

UtcSeconds at(int month, int date, int hour = 12, int minute = 0) {
  return utc_from_civil({2024, month, date}, hour, minute, 0, japan_offset_minutes);
}

MessageRecord message(const std::string& conversation, UtcSeconds sent, const std::string& text) {
  static int count = 0;
  MessageRecord m;
  m.id = sha256("message " + std::to_string(++count));
  m.conversation = conversation;
  m.sent.utc = sent;
  m.text = text;
  m.account = "みどり工房";
  m.from = {"森 かえで", "kaede@mori.example.jp"};
  m.identifiers = {"addr:kaede@mori.example.jp"};
  return m;
}

MessageRecord row(const std::string& talk, UtcSeconds sent, const std::string& text) {
  MessageRecord m = message(talk, sent, text);
  m.channel = Channel::line;
  m.from = {"花田 ゆい", ""};
  m.identifiers = {"chat:00000000000000aa"};
  return m;
}

Messages talk(const std::string& id, UtcSeconds begin, const Texts& texts) {
  Messages rows;
  for (std::size_t i = 0; i < texts.size(); ++i)
    rows.push_back(row(id, begin + static_cast<UtcSeconds>(i) * 60, texts[i]));
  return rows;
}

Messages joined(std::initializer_list<Messages> lists) {
  Messages all;
  for (const Messages& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

std::unique_ptr<Node> query_of(const std::string& text) {
  QueryContext context;
  // What a word is found by is tested elsewhere.
  context.spellings = false;
  context.synonyms.clear();
  context.clients = [](std::string_view) -> std::vector<std::string> { return {"chat:00000000000000aa"}; };
  context.now = at(6, 15);
  return parse_query(text, context);
}

/// An index of mails and of passages of chats.
class Index {
 public:
  explicit Index(const Messages& mails, const std::vector<Messages>& passages = {},
                 std::size_t shard_documents = 250'000)
      : writer_(path(), "settings", 2) {
    writer_.tune({20'000, 3, shard_documents, 0});
    std::map<std::string, std::vector<Passage>> jobs;
    for (const MessageRecord& mail : mails) jobs["m" + mail.id.hex()] = {Passage{{mail}}};
    for (std::size_t i = 0; i < passages.size(); ++i) jobs["c" + std::to_string(i)] = {Passage{passages[i]}};
    std::vector<std::string> names;
    for (const auto& job : jobs) names.push_back(job.first);
    writer_.update(
        names, [&](const std::string& name) { return jobs.at(name); }, 1);
  }

  ConversationResult spread(const std::string& query, const SearchOptions& options = {}) const {
    return Searcher(path()).spread(*query_of(query), options);
  }
  ConversationResult by_conversation(const std::string& query, const SearchOptions& options = {}) const {
    return Searcher(path()).by_conversation(*query_of(query), options);
  }
  std::filesystem::path path() const { return folder_ / "index"; }

 private:
  test::TemporaryFolder folder_;
  IndexWriter writer_;
};

Texts ids_of(const ConversationResult& result) {
  Texts ids;
  for (const ConversationHit& hit : result.hits) ids.push_back(hit.conversation);
  return ids;
}

Texts texts_of(const ConversationHit& hit) {
  Texts texts;
  for (const Hit& message : hit.messages) texts.push_back(message.message.text);
  return texts;
}

TEST_CASE("A talk is found by words that stand in different messages") {
  const Index index({}, {talk("talk", at(4, 1),
                              {"こんにちは", "見積をお願いします", "5万円でいかがでしょう", "ありがとう",
                               "OKです", "では"})});
  const ConversationResult result = index.spread("見積 5万円 OK");
  REQUIRE(ids_of(result) == Texts{"talk"});
  CHECK(texts_of(result.hits[0]) == Texts{"見積をお願いします", "5万円でいかがでしょう", "OKです"});
  CHECK(result.hits[0].span == 4);
  CHECK(result.count == 1);
  CHECK(result.complete);
  const Hit& first = result.hits[0].messages[0];
  REQUIRE(first.highlights.size() == 1);
  CHECK(first.message.text.substr(first.highlights[0].begin, first.highlights[0].end) == "見積");
}

TEST_CASE("A mail thread is found by words of different mails and fields") {
  MessageRecord offer = message("thread", at(4, 1), "ロゴの案を三つお送りします。");
  offer.subject = "ロゴ制作の見積";
  MessageRecord answer = message("thread", at(4, 2), "二番目の案で進めてください。");
  answer.files = {{"発注書.pdf", "file"}};
  const Index index({offer, answer, message("other", at(4, 3), "見積")});
  CHECK(ids_of(index.spread("見積 二番目")) == Texts{"thread"});
  CHECK(ids_of(index.spread("件名:見積 添付:発注書")) == Texts{"thread"});
  CHECK(ids_of(index.spread("\"案を三つ\" 二番目")) == Texts{"thread"});
  CHECK(index.spread("件名:案を三つ 二番目").hits.empty());
  CHECK(index.spread("見積 領収書").hits.empty());
}

TEST_CASE("Where one message holds all words the conversation is a hit of messages") {
  const Index index({message("a", at(4, 1), "見積"), message("a", at(4, 2), "納期"),
                     message("a", at(4, 3), "見積 納期"), message("b", at(4, 1), "見積 納期")});
  CHECK(index.spread("見積 納期").hits.empty());
}

TEST_CASE("One word, no words, and one OR are not spread") {
  const Index index({message("a", at(4, 1), "見積"), message("a", at(4, 2), "納期")});
  CHECK(ids_of(index.spread("見積 納期")) == Texts{"a"});
  for (const char* query :
       {"", "見積", "見積 OR 納期", "from:森", "見積 from:森", "見積 見積", "-見積 -納期"}) {
    INFO(query);
    CHECK(index.spread(query).hits.empty());
  }
  std::string many;
  for (int i = 0; i < 65; ++i) many += (i % 2 == 0 ? "見積" : " 納期 ");
  CHECK(index.spread(many).hits.empty());
}

TEST_CASE("Messages that belong to no conversation are not joined") {
  const Index index({message("", at(4, 1), "見積"), message("", at(4, 2), "納期")});
  CHECK(index.spread("見積 納期").hits.empty());
}

TEST_CASE("Two talks in one passage are two") {
  const Index index({}, {joined({talk("spring", at(4, 1), {"見積をください", "はい"}),
                                 talk("summer", at(7, 1), {"5万円です", "OK", "見積"})})});
  CHECK(ids_of(index.spread("見積 5万円")) == Texts{"summer"});
  CHECK(index.spread("見積 はい 5万円").hits.empty());
  CHECK(ids_of(index.spread("見積 はい")) == Texts{"spring"});
}

TEST_CASE("A talk that lies in two passages is one") {
  const Messages rows =
      talk("long", at(4, 30, 23, 57), {"見積の件", "少々お待ちください", "はい", "5万円です", "OK"});
  const Index index({}, {{rows.begin(), rows.begin() + 2}, {rows.begin() + 2, rows.end()}});
  const ConversationResult result = index.spread("見積 5万円");
  REQUIRE(ids_of(result) == Texts{"long"});
  CHECK(texts_of(result.hits[0]) == Texts{"見積の件", "5万円です"});
  CHECK(result.hits[0].span == 4);
}

TEST_CASE("Each message that counts meets the filters") {
  MessageRecord theirs = message("a", at(4, 1), "見積をお願いします");
  MessageRecord ours = message("a", at(5, 1), "納期は来週です");
  ours.from = {"佐倉", "sakura@midori.example.jp"};
  ours.files = {{"工程表.xlsx", "file"}};
  const Messages chat = talk("b", at(4, 2), {"見積は", "納期は", "下書き 納期"});
  const Index index({theirs, ours}, {chat});
  CHECK(ids_of(index.spread("見積 納期")) == Texts{"b", "a"});
  CHECK(ids_of(index.spread("見積 納期 channel:mail")) == Texts{"a"});
  CHECK(ids_of(index.spread("見積 納期 取引先:花田")) == Texts{"b"});
  CHECK(ids_of(index.spread("見積 納期 account:みどり")) == Texts{"b", "a"});
  CHECK(ids_of(index.spread("見積 納期 日付:2024-04")) == Texts{"b"});
  CHECK(index.spread("見積 納期 日付:2024-05").hits.empty());
  CHECK(index.spread("見積 納期 has:file").hits.empty());
  CHECK(ids_of(index.spread("見積 納期 (from:森 OR from:佐倉)")) == Texts{"a"});
  CHECK(index.spread("見積 納期 from:森").hits.empty());
}

TEST_CASE("NOT speaks of the messages that count") {
  const Index index({}, {talk("a", at(4, 2), {"見積は", "納期は来週", "下書き"}),
                         talk("b", at(4, 20), {"見積は", "下書き 納期"})});
  CHECK(ids_of(index.spread("見積 納期")) == Texts{"b", "a"});
  CHECK(ids_of(index.spread("見積 納期 -下書き")) == Texts{"a"});
  CHECK(ids_of(index.spread("見積 納期 -来週")) == Texts{"b"});
}

TEST_CASE("An OR of words is one part, whatever it holds") {
  const Index index({}, {talk("a", at(4, 2), {"見積は", "締切は"}),
                         talk("b", at(4, 20), {"御見積", "納期は", "急ぎ"}),
                         talk("c", at(5, 20), {"納期", "締切"})});
  CHECK(ids_of(index.spread("見積 (納期 OR 締切)")) == Texts{"b", "a"});
  CHECK(ids_of(index.spread("見積 ((納期 急ぎ) OR 締切)")) == Texts{"a"});
  CHECK(ids_of(index.spread("(見積 (納期 急ぎ))")) == Texts{"b"});
  CHECK(ids_of(index.spread("見積 (納期 OR channel:mail)")) == Texts{});
}

TEST_CASE("Spam and trash count when asked for") {
  MessageRecord spam = message("a", at(4, 2), "納期");
  spam.flags = flag_spam;
  const Index index({message("a", at(4, 1), "見積"), spam});
  CHECK(index.spread("見積 納期").hits.empty());
  SearchOptions hidden;
  hidden.with_hidden = true;
  CHECK(ids_of(index.spread("見積 納期", hidden)) == Texts{"a"});
}

TEST_CASE("What stands closest comes first, then what is newest") {
  const Index index(
      {message("days", at(6, 1), "見積"), message("days", at(6, 2), "納期"),
       message("hours", at(3, 1, 10), "納期"), message("hours", at(3, 1, 12), "見積")},
      {joined({talk("far", at(5, 1), {"見積", "あ", "い", "う", "納期"}),
               talk("old", at(5, 11), {"見積", "納期"}), talk("new", at(5, 21), {"納期", "見積"})})});
  const ConversationResult result = index.spread("見積 納期");
  CHECK(ids_of(result) == Texts{"new", "old", "hours", "far", "days"});
  CHECK(texts_of(result.hits[0]) == Texts{"納期", "見積"});
  CHECK(result.hits[3].span == 5);
  CHECK(result.hits[4].span == 2);
}

TEST_CASE("Of several places the closest is shown, of equal ones the newest") {
  const Index index({}, {talk("a", at(4, 1),
                              {"見積 1", "あ", "納期 1", "う", "見積 2", "納期 2", "え", "納期 3", "見積 3",
                               "お", "見積 4"})});
  const ConversationResult result = index.spread("見積 納期");
  REQUIRE(result.hits.size() == 1);
  CHECK(texts_of(result.hits[0]) == Texts{"納期 3", "見積 3"});
}

TEST_CASE("Rows between that lie in a passage of their own count") {
  const Messages rows = talk("a", at(4, 1), {"見積", "あ", "い", "う", "納期"});
  const Messages other = talk("b", at(4, 20), {"見積", "い", "う", "納期"});
  const Index index({}, {{rows.begin(), rows.begin() + 1},
                         {rows.begin() + 1, rows.begin() + 4},
                         {rows.begin() + 4, rows.end()},
                         other});
  const ConversationResult result = index.spread("見積 納期");
  REQUIRE(ids_of(result) == Texts{"b", "a"});
  CHECK(result.hits[1].span == 5);
}

TEST_CASE("Pages fit together") {
  std::vector<Messages> passages;
  for (int i = 0; i < 25; ++i)
    passages.push_back(talk("talk" + std::to_string(i), at(4, 1 + i), {"見積", "納期"}));
  const Index index({}, passages, 4);
  const Texts all = ids_of(index.spread("見積 納期"));
  REQUIRE(all.size() == 25);
  CHECK(all.front() == "talk24");
  Texts paged;
  SearchOptions page;
  page.limit = 7;
  for (; page.offset < 28; page.offset += 7) {
    const ConversationResult result = index.spread("見積 納期", page);
    CHECK(result.count == 25);
    for (const std::string& id : ids_of(result)) paged.push_back(id);
  }
  CHECK(paged == all);
}

TEST_CASE("Work is bounded, newest first, and says so") {
  std::vector<Messages> passages;
  for (int i = 0; i < 10; ++i)
    passages.push_back(talk("talk" + std::to_string(i), at(4, 1 + i), {"見積", "納期"}));
  const Index index({}, passages);
  SearchOptions few;
  few.judged_for_spread = 6;
  const ConversationResult result = index.spread("見積 納期", few);
  CHECK(ids_of(result) == Texts{"talk9", "talk8", "talk7"});
  CHECK(result.count == 3);
  CHECK_FALSE(result.complete);

  const ConversationResult others =
      Searcher(index.path()).spread(*query_of("見積 納期"), few, {"talk9", "talk7", "no such talk"});
  CHECK(ids_of(others) == Texts{"talk8", "talk6", "talk5"});
}

TEST_CASE("At most ten messages of a conversation are shown") {
  Texts texts;
  std::string query;
  for (int i = 0; i < 14; ++i) {
    texts.push_back("word" + std::to_string(i));
    query += texts.back() + " ";
  }
  const Index index({}, {talk("a", at(4, 1), texts)});
  const ConversationResult result = index.spread(query);
  REQUIRE(result.hits.size() == 1);
  REQUIRE(result.hits[0].messages.size() == 10);
  CHECK(result.hits[0].messages.front().message.text == "word0");
  CHECK(result.hits[0].messages.back().message.text == "word13");
}

TEST_CASE("An empty index has no conversations") {
  test::TemporaryFolder folder;
  Searcher searcher(folder / "index", Searcher::Missing::is_empty);
  CHECK(searcher.spread(*query_of("見積 納期"), {}).hits.empty());
  CHECK(searcher.by_conversation(*query_of("見積"), {}).hits.empty());
}

TEST_CASE("Messages that match are given by conversation, in the order of their first") {
  const Index index(
      {message("a", at(4, 1), "見積 1"), message("b", at(4, 2), "見積 2"), message("a", at(4, 3), "見積 3"),
       message("a", at(4, 4), "納期"), message("", at(4, 5), "見積 4"), message("", at(4, 6), "見積 5")},
      {joined({talk("c", at(3, 1), {"見積 6", "はい"}), talk("d", at(3, 20), {"見積 7", "見積 8"})})});
  const ConversationResult all = index.by_conversation("見積");
  std::vector<Texts> groups;
  for (const ConversationHit& hit : all.hits) groups.push_back(texts_of(hit));
  const std::vector<Texts> expected{{"見積 5"}, {"見積 4"},           {"見積 1", "見積 3"},
                                    {"見積 2"}, {"見積 7", "見積 8"}, {"見積 6"}};
  CHECK(groups == expected);
  CHECK(all.count == 6);
  CHECK(all.complete);
  CHECK(all.hits[0].span == 0);

  // A page shows the same messages, though it does not read to the end.
  for (std::size_t offset = 0; offset < expected.size(); ++offset) {
    SearchOptions one;
    one.limit = 1;
    one.offset = offset;
    const ConversationResult result = index.by_conversation("見積", one);
    REQUIRE(result.hits.size() == 1);
    CHECK(texts_of(result.hits[0]) == expected[offset]);
    CHECK(result.hits[0].messages[0].highlights.size() == 1);
  }
}

TEST_CASE("Of a long conversation the newest messages that match are shown") {
  Messages mails;
  for (int i = 0; i < 30; ++i) mails.push_back(message("a", at(4, 1 + i), "見積 " + std::to_string(i)));
  const Index index(mails);
  SearchOptions one;
  one.limit = 1;
  for (const SearchOptions& options : {SearchOptions(), one}) {
    const ConversationResult result = index.by_conversation("見積", options);
    REQUIRE(result.hits.size() == 1);
    REQUIRE(result.hits[0].messages.size() == 10);
    CHECK(result.hits[0].messages.front().message.text == "見積 20");
    CHECK(result.hits[0].messages.back().message.text == "見積 29");
  }
}

// --- Against a plain scan

using Scanned = std::map<std::string, std::vector<FoldedMessage>>;

/// What spread() must give, found by looking at every pair of messages of every conversation.
Texts plain_scan(Scanned& conversations, const Texts& parts, const Texts& filters) {
  std::vector<std::unique_ptr<Node>> part_nodes, filter_nodes;
  for (const std::string& part : parts) part_nodes.push_back(query_of(part));
  for (const std::string& filter : filters) filter_nodes.push_back(query_of(filter));
  std::vector<std::tuple<UtcSeconds, UtcSeconds, std::string>> found;
  for (auto& [id, all] : conversations) {
    std::vector<std::pair<UtcSeconds, std::set<std::size_t>>> held;
    bool whole = false;
    for (FoldedMessage& m : all) {
      if (m.record().flags & (flag_spam | flag_trash)) continue;
      const auto holds = [&](const auto& node) { return matches(*node, m); };
      if (!std::all_of(filter_nodes.begin(), filter_nodes.end(), holds)) continue;
      std::set<std::size_t> which;
      for (std::size_t i = 0; i < parts.size(); ++i)
        if (holds(part_nodes[i])) which.insert(i);
      whole = whole || which.size() == parts.size();
      held.emplace_back(m.record().sent.utc, which);
    }
    std::optional<std::pair<UtcSeconds, UtcSeconds>> best; // distance, negative time of the last
    for (const auto& from : held) {
      for (const auto& to : held) {
        if (from.first > to.first) continue;
        std::set<std::size_t> within;
        for (const auto& m : held)
          if (m.first >= from.first && m.first <= to.first) within.insert(m.second.begin(), m.second.end());
        if (within.size() != parts.size()) continue;
        const auto span = std::count_if(all.begin(), all.end(), [&](const FoldedMessage& m) {
          return m.record().sent.utc >= from.first && m.record().sent.utc <= to.first;
        });
        const std::pair<UtcSeconds, UtcSeconds> here(span + (to.first - from.first) / hour_seconds,
                                                     -to.first);
        if (!best || here < *best) best = here;
      }
    }
    if (best && !whole && !id.empty()) found.emplace_back(best->first, best->second, id);
  }
  std::sort(found.begin(), found.end());
  Texts ids;
  for (const auto& one : found) ids.push_back(std::get<2>(one));
  return ids;
}

TEST_CASE("Spread words are found exactly as a plain scan finds them") {
  std::mt19937 random(20240401);
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  const Texts words{"見積",   "納期", "請求書", "5万円",   "OK",         "ロゴ", "印刷",
                    "箔押し", "来週", "了解",   "invoice", "サイト移行", "青葉", "支払",
                    "領収書", "写真", "校正",   "色見本",  "発送",       "在庫"};
  const auto word = [&] { return words[std::min(below(words.size()), below(words.size()))]; };
  const auto text = [&] {
    std::string out;
    for (std::size_t n = below(4); n > 0; --n) out += word() + (below(2) == 0 ? "、" : " ");
    return out + "。";
  };

  Messages mails;
  for (int thread = 0; thread < 500; ++thread) {
    UtcSeconds sent = at(1, 1) + static_cast<UtcSeconds>(below(200)) * day_seconds;
    for (std::size_t n = 1 + below(5); n > 0; --n) {
      mails.push_back(message("thread" + std::to_string(thread), sent, text()));
      if (below(3) == 0) mails.back().subject = word();
      if (below(25) == 0) mails.back().flags = below(2) == 0 ? flag_spam : flag_trash;
      sent += 1 + static_cast<UtcSeconds>(below(100)) * hour_seconds;
    }
  }
  std::vector<Messages> passages;
  for (int chat = 0; chat < 20; ++chat) {
    UtcSeconds sent = at(1, 1);
    int talk = 0;
    for (int i = 0; i < 120; ++i) {
      if (below(12) == 0) {
        sent += 4 * day_seconds;
        ++talk;
      }
      if (i % 64 == 0) passages.emplace_back();
      sent += 1 + static_cast<UtcSeconds>(below(40)) * hour_seconds;
      passages.back().push_back(
          row("chat" + std::to_string(chat) + "-" + std::to_string(talk), sent, text()));
    }
  }
  Scanned scanned;
  for (const MessageRecord& m : mails) scanned[m.conversation].emplace_back(m);
  for (const Messages& passage : passages)
    for (const MessageRecord& m : passage) scanned[m.conversation].emplace_back(m);
  const Index index(mails, passages, 300);
  Searcher searcher(index.path());

  std::size_t hits = 0;
  for (int i = 0; i < 40; ++i) {
    Texts parts, filters;
    while (parts.size() < 2 + static_cast<std::size_t>(i % 3)) {
      std::string part = word();
      if (below(6) == 0)
        part = "(" + part + " OR " + word() + ")";
      else if (below(8) == 0)
        part = "件名:" + part;
      parts.push_back(part);
    }
    if (below(4) == 0) filters.push_back("-" + word());
    if (below(5) == 0) filters.push_back(below(2) == 0 ? "channel:line" : "channel:mail");
    if (below(6) == 0) filters.push_back("日付:2024-02..2024-04");
    std::string query;
    for (const std::string& part : parts) query += part + " ";
    for (const std::string& filter : filters) query += filter + " ";
    INFO(query);
    const Texts expected = plain_scan(scanned, parts, filters);
    const ConversationResult result = searcher.spread(*query_of(query), {});
    CHECK(ids_of(result) == expected);
    hits += expected.size();
    for (const ConversationHit& hit : result.hits) {
      // What is shown holds every part.
      for (const std::string& part : parts)
        CHECK(std::any_of(hit.messages.begin(), hit.messages.end(),
                          [&](const Hit& m) { return matches(*query_of(part), m.message); }));
    }
  }
  CHECK(hits > 1000);
}

} // namespace
} // namespace genchi::index
