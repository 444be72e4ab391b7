#include "mail/memo.hpp"

#include <catch2/catch.hpp>

#include "mail/message.hpp"

using namespace genchi;
using namespace genchi::mail;

namespace {

MemoHead call() {
  MemoHead head;
  head.channel = Channel::phone;
  head.client = "domain:aoba.example";
  head.time = *parse_iso8601("2026-04-02T10:30:00+09:00");
  head.written = *parse_iso8601("2026-04-02T11:05:10+09:00");
  return head;
}

/// The memo's text as the mail reader gives it, without the line end behind it.
std::string text_of(const std::string& bytes) {
  std::string text = parse(bytes).text;
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("memo: head, text and files come back as they were given") {
  MemoHead head = call();
  head.seconds = 750;
  head.who = "田中 一郎（営業部・長い名前の部署の長い名前の係の、電話に出た方）";
  head.by = "相原, 真\"由\"美";
  head.chat = sha256("download");
  head.supplement_of = sha256("first");
  const std::vector<MemoFile> files = {{"注文書 (控).pdf", std::string("%PDF\0\r\n\x80", 8)}, {"memo.txt", "a text file"}};
  const std::string bytes = write_memo(head, "納期は4/20\n金額は据え置き\n", files);

  const auto read = read_memo(bytes);
  REQUIRE(read);
  CHECK(read->channel == Channel::phone);
  CHECK(read->client == head.client);
  CHECK(read->chat == head.chat);
  CHECK(read->time == head.time);
  CHECK(read->written == head.written);
  CHECK(read->seconds == 750);
  CHECK(read->who == head.who);
  CHECK(read->by == head.by);
  CHECK(read->supplement_of == head.supplement_of);

  const Message message = parse(bytes);
  CHECK(message.oddities.empty());
  CHECK(text_of(bytes) == "納期は4/20\n金額は据え置き");
  REQUIRE(message.attachments.size() == 2);
  CHECK(message.attachments[0].name == "注文書 (控).pdf");
  CHECK(message.attachments[0].type == "application/pdf");
  CHECK(attachment_bytes(bytes, message.attachments[0]) == files[0].bytes);
  CHECK(attachment_bytes(bytes, message.attachments[1]) == "a text file");
  CHECK(write_memo(head, "納期は4/20\n金額は据え置き\n", files) == bytes);
}

TEST_CASE("memo: texts that look like something else stay texts") {
  for (const std::string text : {"From 10時 the caller", ">From the other side", "--genchi-memo", "--genchi-memo--\nafter", "Subject: none\n\nbody", "\tTAB", "x", "\xE2\x98\x8E 通話"}) {
    CAPTURE(text);
    CHECK(text_of(write_memo(call(), text, {})) == text);
    CHECK(text_of(write_memo(call(), text, {{"a.bin", "--genchi-memo"}})) == text);
  }
  std::string long_line;
  for (int i = 0; i < 1000; ++i) long_line += "長い";
  CHECK(text_of(write_memo(call(), long_line, {})) == long_line);
  for (const char* end : {"\n", ""}) {
    const std::string bytes = write_memo(call(), long_line + end, {});
    std::size_t longest = 0;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t stop = std::min(bytes.find('\n', at), bytes.size());
      longest = std::max(longest, stop - at);
      at = stop + 1;
    }
    CHECK(longest <= 998);
  }
}

TEST_CASE("memo: names cannot add fields") {
  MemoHead head = call();
  head.who = "x\nGenchi-Client: addr:other@example";
  head.by = "y\r\nBcc: z@example";
  const auto read = read_memo(write_memo(head, "t", {}));
  REQUIRE(read);
  CHECK(read->client == "domain:aoba.example");
  CHECK(read->who == "x Genchi-Client: addr:other@example");
  CHECK(parse(write_memo(head, "t", {})).bcc.empty());
}

TEST_CASE("memo: bytes that are none") {
  CHECK_FALSE(read_memo(""));
  CHECK_FALSE(read_memo("Date: Thu, 2 Apr 2026 10:30:00 +0900\n\nx"));
  const std::string bytes = write_memo(call(), "t", {});
  for (const char* field : {"Date: ", "Genchi-Memo: ", "Genchi-Client: "}) {
    std::string without = bytes;
    without.replace(without.find(field), 4, "Lost");
    CAPTURE(field);
    CHECK_FALSE(read_memo(without));
  }
  for (const char* channel : {"mail", "line", "letter", ""}) {
    std::string other = bytes;
    other.replace(other.find("phone"), 5, channel);
    CHECK_FALSE(read_memo(other));
  }
}
