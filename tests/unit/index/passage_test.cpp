#include "index/passage.hpp"

#include <catch2/catch.hpp>

#include "genchi/error.hpp"

namespace genchi {

bool operator==(const Person& a, const Person& b) {
  return a.name == b.name && a.address == b.address;
}
bool operator==(const TextSection& a, const TextSection& b) {
  return a.kind == b.kind && a.begin == b.begin && a.end == b.end;
}
bool operator==(const AttachedFile& a, const AttachedFile& b) {
  return a.name == b.name && a.kind == b.kind;
}
bool operator==(const SourceRef& a, const SourceRef& b) {
  return a.object == b.object && a.offset == b.offset && a.length == b.length && a.name == b.name;
}
bool operator==(const MessageRecord& a, const MessageRecord& b) {
  return a.id == b.id && a.channel == b.channel && a.direction == b.direction && a.flags == b.flags &&
         a.sent == b.sent && a.account == b.account && a.conversation == b.conversation &&
         a.identifiers == b.identifiers && a.from == b.from && a.to == b.to && a.cc == b.cc &&
         a.subject == b.subject && a.text == b.text && a.sections == b.sections && a.files == b.files &&
         a.copies == b.copies && a.source == b.source;
}

} // namespace genchi

namespace genchi::index {
namespace {

MessageRecord quotation_mail() {
  MessageRecord m;
  m.id = sha256("mail");
  m.channel = Channel::mail;
  m.direction = Direction::out;
  m.flags = flag_auto | flag_doubtful_time;
  m.sent = {1'711'933'200, -330};
  m.account = "みどり";
  m.conversation = "00112233445566ff";
  m.identifiers = {"addr:aoki@aoba.example.jp", "domain:aoba.example.jp"};
  m.from = {"佐藤", "sato@midori.example.jp"};
  m.to = {{"青木", "aoki@aoba.example.jp"}, {"", "info@aoba.example.jp"}};
  m.cc = {{"佐藤", "sato@midori.example.jp"}};
  m.subject = "お見積りの件";
  m.text = "青木様\n\nお世話になっております。\n> 見積を\n> ください\n";
  m.sections = {{SectionKind::greeting, 0, 10}, {SectionKind::own, 10, 40}, {SectionKind::quoted, 40, 60}};
  m.files = {{"見積書.pdf", "file"}, {"", "photo"}};
  m.copies = 3;
  m.source = {sha256("raw"), 0, 4711, "inbox.mbox"};
  return m;
}

Passage chat_passage(std::size_t rows) {
  Passage passage;
  for (std::size_t i = 0; i < rows; ++i) {
    MessageRecord m;
    m.id = sha256("row" + std::to_string(i));
    m.channel = Channel::line;
    m.direction = i % 2 ? Direction::in : Direction::out;
    m.sent.utc = -5 + static_cast<UtcSeconds>(i);
    m.account = "みどり工房の公式アカウント";
    m.identifiers = {"chat:0123456789abcdef"};
    m.from.name = i % 2 ? "青葉商店の青木" : "みどり工房";
    m.text = "了解です" + std::to_string(i);
    m.source = {sha256("export"), i * 100, 90, "12_青木.csv"};
    passage.messages.push_back(m);
  }
  return passage;
}

TEST_CASE("A passage comes back as it was packed") {
  SECTION("a mail with everything") {
    const Passage passage{{quotation_mail()}};
    CHECK(unpack(pack(passage)).messages == passage.messages);
  }
  SECTION("a full passage of a chat") {
    const Passage passage = chat_passage(max_rows_in_passage);
    CHECK(unpack(pack(passage)).messages == passage.messages);
  }
  SECTION("a message of which nothing is known") {
    const Passage passage{{MessageRecord(), MessageRecord(), MessageRecord()}};
    CHECK(unpack(pack(passage)).messages == passage.messages);
  }
  SECTION("no message") {
    CHECK(unpack(pack(Passage())).messages.empty());
  }
  SECTION("the ends of the number ranges") {
    MessageRecord m;
    m.flags = UINT32_MAX;
    m.copies = UINT32_MAX;
    m.sent = {INT64_MIN, INT32_MIN};
    m.source.offset = UINT64_MAX;
    m.source.length = 1ULL << 63;
    MessageRecord late;
    late.sent = {INT64_MAX, INT32_MAX};
    const Passage passage{{m, late}};
    CHECK(unpack(pack(passage)).messages == passage.messages);
  }
  SECTION("bytes that are no text") {
    MessageRecord m;
    m.subject = std::string("a\0b\xff", 4);
    m.text = std::string(100'000, '\0');
    const Passage passage{{m}};
    CHECK(unpack(pack(passage)).messages == passage.messages);
  }
}

TEST_CASE("What repeats in a chat is stored once") {
  CHECK(pack(chat_passage(64)).size() < 64 * 90);
}

TEST_CASE("Sections that reach beyond the text are stored within it") {
  MessageRecord m;
  m.text = "abc";
  m.sections = {{SectionKind::own, 2, 9}, {SectionKind::quoted, 7, 5}};
  const auto sections = unpack(pack({{m}})).messages.at(0).sections;
  CHECK(sections == std::vector<TextSection>{{SectionKind::own, 2, 3}, {SectionKind::quoted, 3, 3}});
}

TEST_CASE("A record that was not packed whole is refused") {
  const std::string data = pack({{quotation_mail(), quotation_mail()}});
  for (std::size_t size = 0; size < data.size(); ++size) CHECK_THROWS_AS(unpack(data.substr(0, size)), Error);
  CHECK_THROWS_AS(unpack(data + '\0'), Error);
  CHECK_THROWS_AS(unpack("\x02" + data.substr(1)), Error);
}

TEST_CASE("A record that was not packed at all is refused or read, never more") {
  const std::string data = pack(chat_passage(5));
  std::uint32_t state = 1;
  const auto random = [&] { return state = state * 1'664'525 + 1'013'904'223, state >> 8; };
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = data;
    for (int i = 0; i < 3; ++i) damaged[1 + random() % (damaged.size() - 1)] = static_cast<char>(random());
    try {
      unpack(damaged);
    } catch (const Error&) {
    }
  }
  CHECK_THROWS_AS(unpack(std::string(1000, '\xff')), Error);
  CHECK_THROWS_AS(unpack("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), Error);
  CHECK_THROWS_AS(unpack("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), Error);
}

TEST_CASE("A body is searched without its quotation marks") {
  struct Row {
    const char* body;
    const char* as_if;
  };
  const Row rows[] = {
      {"> 見積\n> 書を", "見積\n書を"},
      {">見積\n>書を", "見積\n書を"},
      {"> > 見積\n> > 書を", "見積\n書を"},
      {">> 見積\n>> 書を", "見積\n書を"},
      {"＞見積\n＞書を", "見積\n書を"},
      {" > 見積\n > 書を", "見積\n書を"},
      {"> 見積\n書を", "見積\n書を"},
      {"> 見積\n>\n> 書を", "見積\n\n書を"},
      {"> deli\n> very", "deli\nvery"},
      {"a > b", "a > b"},
      {"a\n> ", "a\n"},
      {">", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    CHECK(fold_body(row.body) == fold(row.as_if));
    CHECK(fold_body_with_map(row.body).text == fold(row.as_if));
  }
}

TEST_CASE("A find in a quoted body points into the body as it is") {
  const std::string body = "はい\n> abc\n> 見積\n> 書です";
  const FoldedText folded = fold_body_with_map(body);
  REQUIRE(folded.source.size() == folded.text.size() + 1);
  CHECK(folded.source.back() == body.size());
  const std::size_t at = find_folded(folded.text, fold("見積書"));
  REQUIRE(at != std::string::npos);
  CHECK(folded.source[at] == body.find("見積"));
  CHECK(folded.source[at + 6] == body.find("書"));
  const std::size_t abc = find_folded(folded.text, "abc");
  REQUIRE(abc != std::string::npos);
  CHECK(folded.original(abc, abc + 3).begin == body.find("abc"));
}

TEST_CASE("A message is searched in all its fields, and not across them") {
  const MessageRecord m = quotation_mail();
  const std::string text = searchable_text(m);
  for (const char* word : {"お見積りの件", "お世話になっております", "見積をください", "佐藤", "青木",
                           "見積書.pdf", "sato@midori.example.jp", "info@aoba.example.jp"}) {
    INFO(word);
    CHECK(find_folded(text, fold(word)) != std::string::npos);
  }
  CHECK(find_folded(text, fold("件青木様")) == std::string::npos);
  CHECK(folded_field(m, TextField::to) == fold("青木") + "\n\naoki@aoba.example.jp\n\ninfo@aoba.example.jp");
  CHECK(folded_field(m, TextField::from) == fold("佐藤") + "\n\nsato@midori.example.jp");
  CHECK(folded_field(m, TextField::files) == fold("見積書.pdf"));
  CHECK(searchable_text(MessageRecord()).empty());
}

TEST_CASE("What counts as an attachment") {
  MessageRecord m;
  CHECK_FALSE(has_attached(m, "attachment"));
  m.files = {{"", "sticker"}};
  CHECK(has_attached(m, "sticker"));
  CHECK_FALSE(has_attached(m, "attachment"));
  CHECK_FALSE(has_attached(m, "photo"));
  m.files.push_back({"", "photo"});
  CHECK(has_attached(m, "photo"));
  CHECK(has_attached(m, "attachment"));
}

} // namespace
} // namespace genchi::index
