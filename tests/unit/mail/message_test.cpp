#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using namespace genchi;
using mail::parse;

namespace {

std::string multipart(const std::string& subtype, const std::string& body) {
  return "From: a@example.jp\nContent-Type: multipart/" + subtype + "; boundary=\"b\"\n\n" + body;
}

// "name|type|decoded bytes" a line.
std::string files(const std::string& raw) {
  std::string out;
  for (const auto& file : parse(raw).attachments) {
    out += (out.empty() ? "" : "\n") + file.name + '|' + file.type + '|' + mail::attachment_bytes(raw, file);
  }
  return out;
}

bool has_oddity(const mail::Message& message, const std::string& beginning) {
  for (const std::string& oddity : message.oddities) {
    if (oddity.rfind(beginning, 0) == 0) return true;
  }
  return false;
}

} // namespace

TEST_CASE("a plain mail") {
  const std::string raw = "Received: from mx by store; Mon, 1 Apr 2024 10:00:05 +0900\r\n"
                          "Received: from client by mx; Mon, 1 Apr 2024 10:00:02 +0900\r\n"
                          "Delivered-To: shop@example.jp\r\n"
                          "Date: Mon, 1 Apr 2024 10:00:00 +0900\r\n"
                          "From: =?UTF-8?B?5bGx55Sw?= <yamada@example.jp>\r\n"
                          "To: shop@example.jp\r\n"
                          "Cc: c@example.jp, d@example.jp\r\n"
                          "Subject: Re: =?ISO-2022-JP?B?GyRCOCtAURsoQg==?=\r\n"
                          "Message-ID: <m2@example.jp>\r\n"
                          "In-Reply-To: <m1@example.jp>\r\n"
                          "References: <m0@example.jp>\r\n <m1@example.jp>\r\n"
                          "X-Gmail-Labels: =?UTF-8?Q?=E5=8F=97=E4=BF=A1,\"a,b\"?=\r\n"
                          "Content-Type: text/plain; charset=ISO-2022-JP\r\n"
                          "\r\n"
                          "\x1b$B8+@Q\x1b(B\r\n";
  const auto m = parse(raw);
  CHECK(m.subject == "Re: 見積");
  REQUIRE(m.from.size() == 1);
  CHECK(m.from[0].name == "山田");
  CHECK(m.cc.size() == 2);
  CHECK(m.delivered_to == std::vector<std::string>{"shop@example.jp"});
  CHECK(m.message_id == "m2@example.jp");
  CHECK(m.references == std::vector<std::string>{"m0@example.jp", "m1@example.jp"});
  REQUIRE(m.date);
  CHECK(iso8601(*m.date) == "2024-04-01T10:00:00+09:00");
  REQUIRE(m.received.size() == 2);
  CHECK(m.received[0] - m.received[1] == 3);
  CHECK(m.gmail_labels == std::vector<std::string>{"受信", "a,b"});
  CHECK(m.text == "見積\n");
  CHECK(m.attachments.empty());
  CHECK_FALSE(m.bulk);
  CHECK_FALSE(m.automatic);
  CHECK(m.oddities.empty());

  const auto header = mail::parse_header(raw);
  CHECK(header.subject == m.subject);
  CHECK(header.references == m.references);
  CHECK(header.text.empty());
}

TEST_CASE("line ends of any kind") {
  const std::string lf =
      multipart("mixed", "--b\nContent-Type: text/plain\n\none\ntwo\n--b\n\nthree\n--b--\n");
  for (const std::string end : {"\n", "\r\n", "\r", "\r\r\n"}) {
    std::string raw;
    for (const char c : lf) raw += c == '\n' ? end : std::string(1, c);
    CAPTURE(end.size());
    CHECK(parse(raw).text == "one\ntwo\n\nthree\n");
  }
  CHECK(parse("Subject: a\rFrom: x@example.jp\n\r\nbody").subject == "a");
}

TEST_CASE("header blocks as they come") {
  struct Row {
    const char* what;
    std::string raw;
    const char* subject;
    const char* text;
    bool odd;
  };
  const Row rows[] = {
      {"nothing", "", "", "", false},
      {"no header", "\nbody\n", "", "body\n", false},
      {"no body", "Subject: a\n\n", "a", "", false},
      {"no blank line, no body", "Subject: a\n", "a", "", false},
      {"cut off in the header", "Subject: a", "a", "", false},
      {"only text", "ただの文です\n\n二つ目\n", "", "ただの文です\n\n二つ目\n", false},
      {"no blank line", "Subject: a\nもう本文です\nTEL: 03\n\n終わり\n", "a",
       "もう本文です\nTEL: 03\n\n終わり\n", true},
      {"a From line", "From x@example.jp Mon Apr  1 10:00:00 2024\nSubject: a\n\nbody\n", "a", "body\n",
       false},
      {"junk between", "X: 1\nthis is junk\n more junk\nSubject: a\n\nbody\n", "a", "body\n", true},
      {"a quoted From line between", ">From x@example.jp\nSubject: a\n\nbody\n", "a", "body\n", true},
      {"8-bit junk", "X: 1\n\x8e\x52\nSubject: a\n\nbody\n", "a", "body\n", true},
      {"blank lines first", "\n\r\nSubject: a\n\nbody\n", "a", "body\n", false},
      {"byte order mark", "\xef\xbb\xbfSubject: a\n\nbody\n", "a", "body\n", false},
      {"line of blanks ends it", "Subject: a\n \nbody\n", "a", "body\n", false},
      {"line of blanks between", "Subject: a\n \nX-B: b\n\nbody\n", "a", "body\n", false},
      {"blank before the colon", "Subject : a\n\nbody\n", "a", "body\n", false},
      {"raw Shift_JIS", "Subject: \x8e\x52\x93\x63\n\nbody\n", "山田", "body\n", false},
      {"NUL in a value", std::string("Subject: a\0b\n\nbody\n", 19), "ab", "body\n", false},
      {"NUL line", std::string("X: 1\n\0\nSubject: a\n\nbody\n", 25), "a", "body\n", true},
      {"twice", "Subject: a\nSubject: b\n\nbody\n", "a", "body\n", false},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const auto m = parse(row.raw);
    CHECK(m.subject == row.subject);
    CHECK(m.text == row.text);
    CHECK(has_oddity(m, "header:") == row.odd);
  }
}

TEST_CASE("boundaries") {
  struct Row {
    const char* what;
    std::string raw;
    const char* text;
  };
  const Row rows[] = {
      {"preamble and epilogue", multipart("mixed", "pre\n--b\n\none\n--b--\npost\n"), "one\n"},
      {"blanks behind", multipart("mixed", "--b  \t\n\none\n--b-- \n"), "one\n"},
      {"inside a line", multipart("mixed", "--b\n\none --b\n --b\n--bb\n--b--\n"), "one --b\n --b\n--bb\n"},
      {"never closed", multipart("mixed", "--b\n\none\n--b\n\ntwo\n"), "one\n\ntwo\n"},
      {"empty part", multipart("mixed", "--b\n--b\n\none\n--b--\n"), "one\n"},
      {"empty part at the end", multipart("mixed", "--b\n\none\n--b\n--b--\n"), "one\n"},
      {"header only", multipart("mixed", "--b\nContent-Type: text/html\n--b\n\none\n--b--\n"), "one\n"},
      {"no part at all", multipart("mixed", "just text\n"), "just text\n"},
      {"only closed", multipart("mixed", "just text\n--b--\n"), "just text\n--b--\n"},
      {"goes on after its end", multipart("mixed", "--b\n\none\n--b--\n--b\n\ntwo\n--b--\n"), "one\n\ntwo\n"},
      {"outer closes inner",
       multipart("mixed",
                 "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n"),
       "one\n\ntwo\n"},
      {"inner equals outer",
       multipart("mixed",
                 "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n"),
       "one\n\ntwo\n"},
      {"inner begins like outer",
       multipart(
           "mixed",
           "--b\nContent-Type: multipart/mixed; boundary=bc\n\n--bc\n\none\n--bc--\n--b\n\ntwo\n--b--\n"),
       "one\n\ntwo\n"},
      {"not declared",
       "Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\none\n--xyz\n\ntwo\n--xyz--\n",
       "one\n\ntwo\n"},
      {"not declared, and none there", "Content-Type: multipart/mixed\n\n--not this\ntext\n-- \nname\n",
       "--not this\ntext\n-- \nname\n"},
      {"blank at its end declared", "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b\n\none\n--b--\n",
       "one\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(parse(row.raw).text == row.text);
  }
}

TEST_CASE("alternatives") {
  const std::string plain = "--b\nContent-Type: text/plain\n\nplain\n";
  const std::string html = "--b\nContent-Type: text/html\n\n<p>html</p>\n";
  CHECK(parse(multipart("alternative", plain + html + "--b--\n")).text == "plain\n");
  CHECK(parse(multipart("alternative", html + plain + "--b--\n")).text == "plain\n");
  CHECK(parse(multipart("alternative", html + "--b--\n")).text == "html\n");
  CHECK(parse(multipart("alternative",
                        "--b\nContent-Type: text/plain; charset=utf-8\n\n \n\u3000\u00a0\n" + html))
            .text == "html\n");
  CHECK(parse(multipart("mixed", plain + html + "--b--\n")).text == "plain\n\nhtml\n");

  const std::string mixed_inside = multipart(
      "alternative", plain + "--b\nContent-Type: multipart/mixed; boundary=c\n\n"
                             "--c\nContent-Type: text/html\n\nhtml\n"
                             "--c\nContent-Type: application/pdf; name=a.pdf\n\nPDF\n--c--\n--b--\n");
  CHECK(parse(mixed_inside).text == "plain\n");
  CHECK(files(mixed_inside) == "a.pdf|application/pdf|PDF");
}

TEST_CASE("images shown by the HTML are inline") {
  const std::string raw = multipart(
      "related", "--b\nContent-Type: text/html\n\n<p>x<img src=\"cid:one%40x\"></p>\n"
                 "--b\nContent-Type: image/png; name=1.png\nContent-ID: <one@x>\nContent-Transfer-Encoding: "
                 "base64\n\nUE5H\n"
                 "--b\nContent-Type: image/png; name=2.png\nContent-ID: <two@x>\n\nPNG\n"
                 "--b\nContent-Type: image/png\nContent-Disposition: inline; filename=3.png\n\nPNG\n--b--\n");
  const auto m = parse(raw);
  REQUIRE(m.attachments.size() == 3);
  CHECK(m.attachments[0].is_inline);
  CHECK_FALSE(m.attachments[1].is_inline);
  CHECK(m.attachments[2].is_inline);
}

TEST_CASE("what is a file") {
  struct Row {
    const char* header;
    const char* expected;
  };
  const Row rows[] = {
      {"Content-Type: text/plain; name=\"a.txt\"", "a.txt|text/plain|x"},
      {"Content-Type: text/plain\nContent-Disposition: attachment", "|text/plain|x"},
      {"Content-Type: text/plain\nContent-Disposition: inline; filename*=UTF-8''%E8%A6%8B.txt",
       "見.txt|text/plain|x"},
      {"Content-Type: text/calendar; method=REQUEST", "|text/calendar|x"},
      {"Content-Type: application/ms-tnef; name=winmail.dat", "winmail.dat|application/ms-tnef|x"},
      {"Content-Type: application/pkcs7-signature; name=smime.p7s",
       "smime.p7s|application/pkcs7-signature|x"},
      {"Content-Type: application/pgp-signature", "|application/pgp-signature|x"},
      {"Content-Type: message/delivery-status", "|message/delivery-status|x"},
      {"Content-Type: text/plain", ""},
      {"Content-Type: text", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.header);
    const std::string header = row.header;
    CHECK(files(multipart("mixed", "--b\n" + header + (header.empty() ? "" : "\n") + "\nx\n--b--\n")) ==
          row.expected);
  }
  CHECK(parse("Content-Type: text/plain; name=\"body.txt\"\n\nthe whole mail\n").text == "the whole mail\n");
}

TEST_CASE("the place of an attachment is that of its encoded body") {
  const std::string raw = multipart(
      "mixed",
      "--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: BASE64 \r\n\r\nUERG\r\n--b--\r\n");
  const auto m = parse(raw);
  REQUIRE(m.attachments.size() == 1);
  CHECK(raw.substr(m.attachments[0].offset, m.attachments[0].length) == "UERG");
  CHECK(mail::attachment_bytes(raw, m.attachments[0]) == "PDF");
  mail::Attachment beyond;
  beyond.offset = 1'000'000;
  beyond.length = 10;
  CHECK(mail::attachment_bytes(raw, beyond).empty());
}

TEST_CASE("transfer encodings") {
  struct Row {
    const char* encoding;
    const char* body;
    const char* text;
  };
  const Row rows[] = {
      {"base64", "6KaL\n56mN\n", "見積\n"},
      {"base64", "6Ka-L56mN=\n\n_____\nlist footer\n", "見積\n"},
      {"base64", "6KaL56mN====", "見積\n"},
      {"base64", "6KaL56m", "見\xef\xbf\xbd\n"},
      {"base64", "これは base64 ではありません。\n", "これは base64 ではありません。\n"},
      {"quoted-printable", "=E8=A6=8B=\n=E7=A9=8d\n", "見積\n"},
      {"quoted-printable", "=E8=A6=8B= \t\r\n=E7=A9=8D \r\nb", "見積\nb\n"},
      {"quoted-printable", "100=% a=zb =", "100=% a=zb \n"},
      {"\"quoted-printable\"", "=41", "A\n"},
      {"8bit", "=41", "=41\n"},
      {"unheard-of", "=41", "=41\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.encoding, row.body);
    const auto m = parse("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: " +
                         std::string(row.encoding) + "\n\n" + row.body);
    CHECK(m.text == row.text);
  }
}

TEST_CASE("charsets that lie") {
  const auto labelled_jis = parse("Content-Type: text/plain; charset=iso-2022-jp\n\n見積書を送ります\n");
  CHECK(labelled_jis.text == "見積書を送ります\n");
  CHECK(has_oddity(labelled_jis, "charset:"));
  CHECK(parse("Subject: x\n\n\x1b$B8+@Q\x1b(B\n").text == "見積\n");
  CHECK(parse("Content-Type: text/plain; "
              "charset=utf-8\n\n\x8c\xa9\x90\xcf\x8f\x91\x82\xf0\x91\x97\x82\xe8\x82\xdc\x82\xb7\n")
            .text == "見積書を送ります\n");
  CHECK(parse("Content-Type: text/plain; charset=\x01no-such\n\n見積\n").text == "見積\n");
}

TEST_CASE("embedded messages") {
  const std::string inner =
      "From: c@example.jp\nSubject: =?UTF-8?B?6KaL56mN?=\nContent-Type: multipart/mixed; boundary=i\n\n"
      "--i\n\ninner text\n--i\nContent-Type: application/pdf; name=i.pdf\n\nPDF\n--i--\n";
  const std::string before = "--b\n\nouter text\n";

  SECTION("as they are") {
    const std::string raw = multipart("mixed", before + "--b\nContent-Type: message/rfc822\n\n" + inner +
                                                   "--b\n\nafter\n--b--\n");
    const auto m = parse(raw);
    CHECK(m.text == "outer text\n\nFrom: c@example.jp\nSubject: 見積\n\ninner text\n\nafter\n");
    REQUIRE(m.sections.size() == 3);
    CHECK(m.sections[1].kind == SectionKind::quoted);
    REQUIRE(m.attachments.size() == 2);
    CHECK(m.attachments[0].name == "見積");
    CHECK(m.attachments[0].type == "message/rfc822");
    CHECK(mail::attachment_bytes(raw, m.attachments[0]) == inner.substr(0, inner.size() - 1));
    CHECK(mail::attachment_bytes(raw, m.attachments[1]) == "PDF");
  }
  SECTION("in a digest") {
    const auto m =
        parse(multipart("digest", "--b\n\nSubject: one\n\nfirst\n--b\n\nSubject: two\n\nsecond\n--b--\n"));
    REQUIRE(m.attachments.size() == 2);
    CHECK(m.attachments[1].name == "two");
    CHECK(m.text == "Subject: one\n\nfirst\n\nSubject: two\n\nsecond\n");
  }
  SECTION("encoded") {
    // base64 of "Subject: in\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nhi\n--i\nContent-Type: a/b;
    // name=f\n\nF\n--i--\n"
    const std::string raw =
        multipart("mixed", "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                           "U3ViamVjdDogaW4KQ29udGVudC1UeXBlOiBtdWx0aXBhcnQvbWl4ZWQ7IGJvdW5kYXJ5PWkKCi0t\n"
                           "aQoKaGkKLS1pCkNvbnRlbnQtVHlwZTogYS9iOyBuYW1lPWYKCkYKLS1pLS0K\n--b--\n");
    CHECK(parse(raw).text == "Subject: in\n\nhi\n");
    CHECK(files(raw) ==
          "in|message/rfc822|Subject: in\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nhi\n--i\n"
          "Content-Type: a/b; name=f\n\nF\n--i--\n\nf|a/b|F");
  }
  SECTION("cut off by an outer boundary in its header") {
    const auto m =
        parse(multipart("mixed", "--b\nContent-Type: message/rfc822\n\nSubject: cut\n--b\n\nafter\n--b--\n"));
    CHECK(m.text == "Subject: cut\n\nafter\n");
    REQUIRE(m.attachments.size() == 1);
    CHECK(m.attachments[0].name == "cut");
  }
}

TEST_CASE("quoting of From lines is undone in the text of an mbox") {
  const std::string body = "Subject: a\n\n>From a\n>>From b\n> From c\n";
  CHECK(parse("From x y\n" + body).text == "From a\n>From b\n> From c\n");
  CHECK(parse(body).text == ">From a\n>>From b\n> From c\n");
}

TEST_CASE("flowed text") {
  struct Row {
    const char* type;
    const char* body;
    const char* text;
  };
  const Row rows[] = {
      {"format=flowed", "one \ntwo\nthree\n", "one two\nthree\n"},
      {"format=flowed; delsp=yes", "見 \n積\n", "見積\n"},
      {"format=flowed", "> a \n> b\n>> c \nd\n", "> a b\n>> c \nd\n"},
      {"format=flowed", " >not quoted\n From here\n", ">not quoted\nFrom here\n"},
      {"format=flowed", "end \n-- \nname\n", "end \n-- \nname\n"},
      {"format=fixed", "one \ntwo\n", "one \ntwo\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type, row.body);
    CHECK(
        parse(std::string("Content-Type: text/plain; charset=utf-8; ") + row.type + "\n\n" + row.body).text ==
        row.text);
  }
}

TEST_CASE("machines that write mail") {
  struct Row {
    const char* field;
    bool bulk;
    bool automatic;
  };
  const Row rows[] = {
      {"List-Id: <news.example.jp>", true, false},
      {"List-Unsubscribe: <https://example.jp/u>", true, false},
      {"List-Post: <mailto:l@example.jp>", true, false},
      {"Precedence: bulk", true, false},
      {"Precedence: list", true, false},
      {"precedence: Junk", true, false},
      {"Precedence: first-class", false, false},
      {"Precedence: auto_reply", false, true},
      {"Feedback-ID: 1:2:3:x", false, false},
      {"Auto-Submitted: auto-replied (vacation)", false, true},
      {"Auto-Submitted: auto-generated; owner=x", false, true},
      {"Auto-Submitted: no", false, false},
      {"X-Autoreply: yes", false, true},
      {"X-Autorespond: 不在", false, true},
      {"X-Auto-Response-Suppress: All", false, true},
      {"X-Auto-Response-Suppress: DR, RN", false, false},
      {"Return-Path: <>", false, true},
      {"Return-Path: <a@example.jp>", false, false},
      {"From: Mail Delivery System <MAILER-DAEMON@mx.example.jp>", false, true},
      {"Subject: 自動返信: お問い合わせ", false, true},
      {"Subject: 【自動返信】お問い合わせ", false, true},
      {"Subject: [自動返信] お問い合わせ", false, true},
      {"Subject: Automatic reply: x", false, true},
      {"Subject: 自動車の見積", false, false},
      {"Content-Type: multipart/report; boundary=b", false, true},
      {"X-Mailer: y", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.field);
    const auto m = parse(std::string(row.field) + "\n\nx\n");
    CHECK(m.bulk == row.bulk);
    CHECK(m.automatic == row.automatic);
  }
}

TEST_CASE("ids of messages") {
  const auto m = mail::parse_header("Message-ID: m 1@example.jp\nReferences: <a@x><b@x> junk <c@\n x> <a@x>\n"
                                    "In-Reply-To: Your message of Monday <d@x>\nIn-Reply-To: <b@x>\n\n");
  CHECK(m.message_id == "1@example.jp");
  CHECK(m.references == std::vector<std::string>{"a@x", "b@x", "c@x", "d@x"});
  CHECK(parse("Message-ID: <unclosed@x\n\n").message_id == "unclosed@x");
  CHECK(parse("Message-ID: <>\n\n").message_id.empty());
}
