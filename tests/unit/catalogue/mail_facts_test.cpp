#include "catalogue/mail_facts.hpp"

#include <catch2/catch.hpp>

using namespace genchi;
using namespace genchi::catalogue;

TEST_CASE("folders of sent mail, spam and trash are known by their names") {
  for (const char* name : {"Sent", "SENT", "送信済みメール", "INBOX.Sent", "Archive/Sent Items", "送信済みトレイ"}) CHECK(is_sent_folder(name));
  for (const char* name : {"Junk", "Spam", "迷惑メール", "INBOX.Junk"}) CHECK(is_spam_folder(name));
  for (const char* name : {"Trash", "ゴミ箱", "ごみ箱", "Deleted Items"}) CHECK(is_trash_folder(name));
  for (const char* name : {"", "Sentaro", "presents", "案件/青葉", "Inbox"}) {
    CHECK_FALSE(is_sent_folder(name));
    CHECK_FALSE(is_spam_folder(name));
    CHECK_FALSE(is_trash_folder(name));
  }
}

TEST_CASE("the address a contact form names is found on its labelled line") {
  const std::pair<const char*, const char*> forms[] = {
      {"お名前：青木\nメールアドレス：rin@example.com\n", "rin@example.com"},
      {"【メールアドレス】Rin.Aoki@Example.com", "rin.aoki@example.com"},
      {"■ E-mail : rin@example.com\n", "rin@example.com"},
      {"メールアドレス（必須）：rin@example.com", "rin@example.com"},
      {"Email: rin@example.com.", "rin@example.com"},
      {"ﾒｰﾙｱﾄﾞﾚｽ: rin@example.com", "rin@example.com"},
      {"rin@example.com までご連絡ください", ""},
      {"担当の佐藤（sato@example.com）です", ""},
      {"メールアドレス：未記入", ""},
      {"", ""},
  };
  for (const auto& [body, address] : forms) CHECK(form_address(body) == address);
  CHECK(form_address(std::string(1 << 20, '@')).empty());
}

TEST_CASE("addresses of free mail and phone carriers stand for no company") {
  CHECK(domain_of("Rin@Docomo.ne.jp") == "docomo.ne.jp");
  CHECK(domain_of("no address").empty());
  for (const char* domain : {"gmail.com", "docomo.ne.jp", "abc.ocn.ne.jp", "icloud.com"}) CHECK(is_shared_domain(domain));
  for (const char* domain : {"aoba.example", "notgmail.com", "example.ocn.ne.jp.example", ""}) CHECK_FALSE(is_shared_domain(domain));
}

TEST_CASE("the sent time comes from the best source there is") {
  Entry entry;
  entry.hints.store_time = 1'700'000'000;
  entry.hints.file_time = 1'600'000'000;
  const std::string received = "Received: from a by b; Mon, 1 Apr 2024 10:00:00 +0900\r\n";
  const auto facts = [&](const std::string& header) { return mail_facts(header + "\r\nbody\r\n", entry, {}); };

  CHECK(facts("Date: Mon, 1 Apr 2024 09:00:00 +0900\r\n").sent == 1'711'929'600);
  CHECK_FALSE(facts("Date: Mon, 1 Apr 2024 09:00:00 +0900\r\n" + received).doubtful_time);
  CHECK(facts("Date: Thu, 1 Jan 2004 09:00:00 +0900\r\n" + received).doubtful_time);
  CHECK(facts(received).sent == 1'711'933'200);
  CHECK(facts("Subject: x\r\n").sent == 1'700'000'000);
  CHECK(facts("Date: no date at all\r\n").sent_source == mail::SentSource::store_line);
  entry.hints.store_time.reset();
  CHECK(facts("Subject: x\r\n").sent == 1'600'000'000);
}

TEST_CASE("the sent and the received copy have one twin key, another text has another") {
  const Entry entry;
  const std::string common = "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 1 Apr 2024 09:00:00 +0900\r\nMessage-ID: <1@x>\r\n";
  const auto key = [&](const std::string& more, const std::string& body) { return mail_facts(common + more + "\r\n" + body, entry, {}).twin_key; };
  CHECK(key("", "納期は5日です。\r\n") == key("Received: from a by b; Mon, 1 Apr 2024 09:00:05 +0900\r\n", "納期は5日です。\r\n"));
  CHECK(key("", "納期は5日です。\r\n") != key("", "納期は6日です。\r\n"));
}
