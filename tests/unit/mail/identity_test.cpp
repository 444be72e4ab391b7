#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using genchi::sha256;
using genchi::mail::identity;

namespace {

const std::string plain = "From: a@example.jp\nSubject: x\n\nhello\n\nFrom now on\n> quoted\nbye\n";

std::string with_line_end(const std::string& text, const char* end) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += end;
    } else {
      out += c;
    }
  }
  return out;
}

} // namespace

TEST_CASE("the identity of a mail is the hash of its canonical form") {
  CHECK(identity(plain) == sha256("genchi-mail-1\n" + plain));
}

TEST_CASE("one mail from any store is one") {
  const struct {
    const char* store;
    std::string raw;
  } copies[] = {
      {"Maildir, CRLF", with_line_end(plain, "\r\n")},
      {"CR", with_line_end(plain, "\r")},
      {"line ends converted twice", with_line_end(plain, "\r\r\n")},
      {"mixed line ends", "From: a@example.jp\r\nSubject: x\n\rhello\n\r\nFrom now on\n> quoted\rbye"},
      {"no line end at the end", plain.substr(0, plain.size() - 1)},
      {"blank lines at the end", plain + "\n\r\n\n"},
      {"mboxo, mboxrd", "From a@example.jp Mon Apr  1 10:00:00 2024\n"
                        "From: a@example.jp\nSubject: x\n\nhello\n\n>From now on\n> quoted\nbye\n\n"},
      {"mboxrd of an mboxo", "From a@example.jp Mon Apr  1 10:00:00 2024\n"
                             "From: a@example.jp\nSubject: x\n\nhello\n\n>>From now on\n> quoted\nbye\n\n"},
      {"mboxcl", "From a@example.jp Mon Apr  1 10:00:00 2024\n"
                 "From: a@example.jp\nSubject: x\nContent-Length: 38\nLines: 5\n\nhello\n\nFrom now on\n> "
                 "quoted\nbye\n\n"},
      {"Thunderbird",
       "From - Mon Apr  1 10:00:00 2024\r\nX-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n"
       "X-Mozilla-Keys:                \r\n" +
           with_line_end(plain, "\r\n")},
      {"Takeout", "From 1@xxx Mon Apr 01 10:00:00 +0000 2024\nX-GM-THRID: 17\nX-Gmail-Labels: =?UTF-8?Q?a?=\n"
                  " =?UTF-8?Q?b?=\n\t,c\n" +
                      plain},
      {"mutt", "From: a@example.jp\nSubject: x\nstatus: RO\nX-Status: A\nX-Keywords: \n                      "
               "\nX-UID: 7\n"
               "\nhello\n\nFrom now on\n> quoted\nbye\n"},
  };
  for (const auto& copy : copies) {
    INFO(copy.store);
    CHECK(identity(copy.raw) == identity(plain));
  }
}

TEST_CASE("another mail has another identity") {
  const std::string others[] = {
      "",
      plain.substr(0, plain.size() - 2), // cut off
      "Subject: x\nFrom: a@example.jp\n\nhello\n\nFrom now on\n> quoted\nbye\n",
      "From: a@example.jp\nSubject: x\n\n\nhello\n\nFrom now on\n> quoted\nbye\n",
      "From: a@example.jp\nSubject: x\n\nhello\n\n> From now on\n> quoted\nbye\n",
      plain + "Status: RO\n", // in the body it is a word
      "From: a@example.jp\nSubject: x\nStatus-Report: y\n\nhello\n\nFrom now on\n> quoted\nbye\n",
  };
  for (const std::string& other : others) {
    CAPTURE(other);
    CHECK(identity(other) != identity(plain));
  }
}

TEST_CASE("an empty body is the same with and without the blank line") {
  CHECK(identity("Subject: x\n\n") == identity("Subject: x"));
  CHECK(identity("From x y\nSubject: x\nX-UID: 1\n\n\n") == identity("Subject: x\n"));
}

TEST_CASE("identity of nothing, and of bytes that are no mail") {
  CHECK(identity("") == sha256("genchi-mail-1\n"));
  CHECK(identity("\n\r\n\r") == identity(""));
  CHECK(identity(std::string("\0\xff\0", 3)) ==
        sha256(std::string("genchi-mail-1\n") + std::string("\0\xff\0\n", 4)));
  const std::string one_line(300'000, 'x');
  CHECK(identity(one_line) == sha256("genchi-mail-1\n" + one_line + "\n"));
}
