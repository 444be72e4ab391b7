#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using namespace genchi;
using mail::parse;

// Sizes are such that anything quadratic would not end in minutes.

TEST_CASE("multiparts nested ten thousand deep") {
  std::string raw;
  for (int i = 0; i < 10'000; ++i) {
    const std::string b = std::to_string(i);
    raw += "Content-Type: multipart/mixed; boundary=b" + b + "\n\n--b" + b + "\n";
  }
  raw += "\nthe bottom\n";
  const auto m = parse(raw);
  REQUIRE(m.attachments.size() == 1);
  CHECK(mail::attachment_bytes(raw, m.attachments[0]).find("the bottom") != std::string::npos);
  CHECK_FALSE(m.oddities.empty());
}

TEST_CASE("messages nested ten thousand deep") {
  std::string raw;
  for (int i = 0; i < 10'000; ++i) raw += "Subject: s\nContent-Type: message/rfc822\n\n";
  const auto m = parse(raw + "Subject: bottom\n\ntext\n");
  CHECK(m.attachments.size() == 101);
  CHECK_FALSE(m.oddities.empty());
}

TEST_CASE("messages encoded within messages") {
  std::string raw = "Subject: bottom\n\ntext\n";
  for (int i = 0; i < 40; ++i) {
    std::string encoded;
    for (const char c : raw) {
      encoded += c == '=' ? std::string("=3D") : std::string(1, c);
    }
    raw = "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n" + encoded;
    if (raw.size() > 1'000'000) break;
  }
  const auto m = parse(raw);
  CHECK(m.attachments.size() == 9);
  CHECK_FALSE(mail::attachment_bytes(raw, m.attachments.back()).empty());
}

TEST_CASE("an encoded message larger than its limit stays a file") {
  const std::string raw = "Subject: outer\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                          "U3ViamVjdDogaW5uZXIKCnRleHQK\n";
  CHECK(parse(raw).text.find("text") != std::string::npos);
  mail::Limits limits;
  limits.max_encoded_message_bytes = 20;
  const auto m = parse(raw, limits);
  CHECK(m.text.find("text") == std::string::npos);
  CHECK(m.beyond_limits);
  REQUIRE(m.attachments.size() == 1);
  CHECK(mail::attachment_bytes(raw, m.attachments[0]) == "Subject: inner\n\ntext\n");
}

TEST_CASE("a hundred thousand fields, and more") {
  std::string raw;
  for (int i = 0; i < 150'000; ++i) raw += "X-Field: " + std::to_string(i) + "\n";
  raw += "Subject: beyond the limit\n\nbody\n";
  const auto m = parse(raw);
  CHECK(m.text == "body\n");
  CHECK(m.subject.empty());
  CHECK_FALSE(m.oddities.empty());
  CHECK(parse("Subject: first\n" + raw).subject == "first");
}

TEST_CASE("a header block larger than its limit") {
  mail::Limits limits;
  limits.max_header_bytes = 1000;
  const auto m = parse("Subject: a\nX: " + std::string(5000, 'x') + "\n " + std::string(5000, 'y') +
                           "\nFrom: late@example.jp\n\nbody\n",
                       limits);
  CHECK(m.subject == "a");
  CHECK(m.from.empty());
  CHECK(m.text == "body\n");
}

TEST_CASE("ten thousand and one parts") {
  std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 20'000; ++i) raw += "--b\nContent-Type: a/b\n\nx\n";
  const auto m = parse(raw);
  CHECK(m.attachments.size() == 10'000);
  CHECK(m.attachments.back().length > 100'000);
}

TEST_CASE("alternatives of alternatives") {
  std::string raw;
  for (int i = 0; i < 90; ++i) {
    const std::string b = std::to_string(i);
    raw += "Content-Type: multipart/alternative; boundary=b" + b + "\n\n--b" + b + "\n";
  }
  for (int i = 0; i < 5'000; ++i) raw += "\n\n--b89\n";
  CHECK(parse(raw + "\nat last\n").text == "at last\n");
}

TEST_CASE("300,000 bytes of anything in a field") {
  const std::size_t size = 300'000;
  const std::string pieces[] = {"x",        "=?",   "=?UTF-8?B?", "=?UTF-8?Q?=E5?= ",
                                "\"",       "(",    "<",          "@",
                                ",",        ":",    ";",          "\\",
                                "a=b ",     "a=\"", "*0=",        "\x1b$B",
                                "\xe3\x81", "\t",   "\n \n ",     "=?x?Q?y",
                                "\n\t(",    "<a@",  "%",          "[1]",
                                "Re: ",     "\\\"", "\\\"<a@"};
  for (const std::string& piece : pieces) {
    CAPTURE(piece);
    std::string value;
    while (value.size() < size) value += piece;
    for (const char* name : {"Subject: ", "To: a", "To: \"", "Content-Type: a/b; name=", "References: <",
                             "Date: ", "Received: "}) {
      const auto m = parse(name + value + "\nX-Last: 1\n\nbody\n");
      CHECK(m.attachments.size() + m.text.size() > 0);
    }
    CHECK(mail::base_subject(value).text.size() <= value.size());
  }
}

TEST_CASE("300,000 bytes of anything as a body") {
  const std::size_t size = 300'000;
  const std::string pieces[] = {"\n",
                                "\r",
                                "--\n",
                                "-",
                                "--b\n",
                                "> ",
                                ">\n",
                                "From:\n",
                                "=",
                                "=\n",
                                "A",
                                "@.\n",
                                "0",
                                "━",
                                "-----\n",
                                "様\n",
                                "|\n",
                                "\xff",
                                "a:",
                                "10:12:\n> x\n",
                                "お世話になっております。",
                                "0-",
                                "<a",
                                "&",
                                "--b\n\n--b--\n",
                                ">From \n"};
  const char* headers[] = {
      "From x y\nSubject: a\n\n",
      "Content-Type: multipart/mixed; boundary=b\n\n",
      "Content-Type: multipart/alternative\n\n",
      "Content-Type: text/html\n\n",
      "Content-Transfer-Encoding: base64\n\n",
      "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; format=flowed\n\n",
      "",
  };
  for (const std::string& piece : pieces) {
    std::string body;
    while (body.size() < size) body += piece;
    for (const char* header : headers) {
      CAPTURE(piece, header);
      const auto m = parse(header + body);
      std::uint32_t end = 0;
      for (const auto& section : m.sections) {
        CHECK(section.begin == end);
        end = section.end;
      }
      CHECK(end == m.text.size());
    }
    mail::identity(body);
  }
}

TEST_CASE("a signature box with two megabytes of at signs") {
  std::string at_signs;
  while (at_signs.size() < 2'000'000) at_signs += "a@";
  const auto m = parse("Subject: a\n\nbody\n-----\n" + at_signs + "\n");
  CHECK(m.sections.size() == 1);
  CHECK(parse("Subject: a\n\nbody\n-----\n" + at_signs + "example.jp\n").sections.size() == 2);
}

TEST_CASE("ten thousand parts whose headers do not end, in a mail without LF") {
  std::string raw = "Content-Type: multipart/mixed; boundary=b\r\r";
  for (int i = 0; i < 9'000; ++i) raw += "--b\rno field\r";
  raw += "--b\rContent-Type: a/b\r\r" + std::string(3'000'000, 'x') + "\r--b--\r";
  const auto m = parse(raw);
  CHECK(m.attachments.size() == 1);
  CHECK(m.text.size() == 9'000 * std::string("no field\n\n").size() - 1);
}

TEST_CASE("text beyond its limit is cut at a character") {
  mail::Limits limits;
  limits.max_text_bytes = 100;
  std::string body;
  for (int i = 0; i < 100; ++i) body += "見積";
  const auto m = parse("Content-Type: text/plain; charset=utf-8\n\n" + body, limits);
  CHECK(m.text.size() <= 100);
  CHECK(m.text.size() > 90);
  CHECK(m.text.size() % 3 == 0);
  CHECK_FALSE(m.oddities.empty());
}

TEST_CASE("a mail cut off anywhere still says something") {
  const std::string raw =
      "From x@example.jp Mon Apr  1 10:00:00 2024\r\nFrom: =?UTF-8?B?5bGx55Sw?= <yamada@example.jp>\r\n"
      "Content-Type: multipart/mixed;\r\n boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html;\r\n "
      "charset=\"utf-8\"\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E8=A6=8B</p>\r\n--b\r\nContent-Type: "
      "message/rfc822\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogaW4KCmhpCg==\r\n--b--\r\n";
  for (std::size_t size = 0; size <= raw.size(); ++size) {
    const std::string cut = raw.substr(0, size);
    const auto m = parse(cut);
    for (const auto& file : m.attachments) mail::attachment_bytes(cut, file);
    mail::identity(cut);
    mail::looks_like_mail(cut);
    mail::display_headers(cut);
  }
  const auto whole = parse(raw);
  CHECK(whole.text == "見\n\nSubject: in\n\nhi\n");
}
