#include "importers/mbox/mbox.hpp"

#include <algorithm>

#include "import_fixture.hpp"

namespace genchi {
namespace {

using importers::decode_imap_utf7;
using importers::mailbox_of;
using importers::MboxPiece;
using importers::MemorySource;
using importers::parse_envelope;
using importers::split_mbox;

struct Piece {
  bool is_message;
  std::string raw;
  Place place;
  std::optional<UtcSeconds> store_time;
};

std::vector<Piece> split(std::string_view bytes) {
  std::vector<Piece> pieces;
  MemorySource source(bytes);
  split_mbox(source, [&](const MboxPiece& piece) {
    pieces.push_back({piece.is_message, std::string(piece.raw), piece.place, piece.store_time});
    return true;
  });
  return pieces;
}

// Every byte from the first piece on is in exactly one piece, and each piece lies where its place says.
void check_places(std::string_view bytes, const std::vector<Piece>& pieces) {
  std::uint64_t at = pieces.empty() ? bytes.size() : pieces.front().place.offset;
  for (const Piece& piece : pieces) {
    CHECK(piece.place.offset == at);
    CHECK(piece.place.length == piece.raw.size());
    CHECK(bytes.substr(piece.place.offset, piece.place.length) == piece.raw);
    at += piece.place.length;
  }
  CHECK(at == bytes.size());
}

std::string with_line_ends(std::string text, std::string_view end) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string(end) : std::string(1, c);
  return out;
}

const std::string first = from_line() + mail_of("見積の件") + "\n";
const std::string second = from_line("ken@midori.example") + mail_of("Re: 見積の件") + "\n";

TEST_CASE("mbox: messages keep their From line and the blank line after them") {
  const std::string bytes = first + second;
  const auto pieces = split(bytes);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].raw == first);
  CHECK(pieces[1].raw == second);
  CHECK(pieces[0].place.line == 1);
  CHECK(pieces[1].place.line == 1 + static_cast<std::uint64_t>(std::count(first.begin(), first.end(), '\n')));
  CHECK(pieces[0].store_time == 1'711'933'200);
  check_places(bytes, pieces);
}

TEST_CASE("mbox: CRLF and CR end lines as LF does") {
  for (const std::string_view end : {"\r\n", "\r"}) {
    const std::string bytes = with_line_ends(first + second, end);
    const auto pieces = split(bytes);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[1].raw == with_line_ends(second, end));
    CHECK(pieces[1].place.line == 9);
    CHECK(pieces[1].store_time == 1'711'933'200);
    check_places(bytes, pieces);
  }
}

TEST_CASE("mbox: what begins a message and what does not") {
  const std::string head = from_line() + "Subject: a\n\n";
  struct Case {
    const char* what;
    std::string body;
    std::size_t messages;
  };
  const Case cases[] = {
      {"a quoted line", "\n>From here on\nmore\n", 1},
      {"a sentence after a blank line", "text\n\nFrom here on we agree.\nNote: nothing\n", 1},
      {"a sentence in the middle", "text\nFrom Monday on\n", 1},
      {"an envelope without a header after it",
       "text\nFrom a@b.example Mon Apr  1 10:00:00 2024\nand so on\n", 1},
      {"an envelope without a blank line before it",
       "text\nFrom a@b.example Mon Apr  1 10:00:00 2024\nSubject: b\n\nx\n", 2},
      {"no blank line before a loose From line", "text\nFrom a@b.example\nSubject: b\n\nx\n", 1},
      {"a loose From line after a blank line", "text\n\nFrom a@b.example\nSubject: b\n\nx\n", 2},
      {"Thunderbird's dash", "text\n\nFrom - Mon Apr 01 10:00:00 2024\nX-Mozilla-Status: 0001\n\nx\n", 2},
      {"Takeout's zone before the year",
       "text\n\nFrom 17@xxx Mon Apr 01 10:00:00 +0000 2024\nX-GM-THRID: 1\n\nx\n", 2},
      {"a quoted From line above the header",
       "text\n\nFrom a@b.example Mon Apr  1 10:00:00 2024\n>From x\nTo: b\n\nx\n", 2},
      {"an empty message", "text\n\nFrom a@b.example Mon Apr  1 10:00:00 2024\n\n\n", 2},
      {"a time of day", "text\n\nFrom 10:30 to 11:00\nPlace: office\n", 1},
      {"an address above a web link", "text\n\nFrom a@b.example\nhttp://midori.example/\n", 1},
      {"a From line in small letters", "text\n\nfrom a@b.example Mon Apr  1 10:00:00 2024\nSubject: b\n", 1},
      {"blank lines between messages",
       "text\n\n\n\n\nFrom a@b.example Mon Apr  1 10:00:00 2024\nSubject: b\n\n", 2},
      {"a message of headers only", "\nFrom a@b.example Mon Apr  1 10:00:00 2024\nSubject: b\n", 2},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto pieces = split(head + c.body);
    CHECK(pieces.size() == c.messages);
    check_places(head + c.body, pieces);
  }
}

TEST_CASE("mbox: Content-Length is believed only if it leads to a message or the end") {
  const std::string inner = "text\n\n" + from_line("x@y.example") + "Subject: pasted\n\nend\n";
  const auto message = [&](std::size_t length) {
    return from_line() + "Subject: a\nContent-Length: " + std::to_string(length) + "\n\n" + inner;
  };
  SECTION("right, with a blank line before the next message") {
    const auto pieces = split(message(inner.size()) + "\n" + second);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[1].raw == second);
  }
  SECTION("right, without one") {
    CHECK(split(message(inner.size()) + second).size() == 2);
  }
  SECTION("right, and the last message") {
    CHECK(split(message(inner.size())).size() == 1);
  }
  SECTION("too short") {
    CHECK(split(message(inner.size() - 3) + "\n" + second).size() == 3);
  }
  SECTION("too long") {
    CHECK(split(message(inner.size() + 7) + "\n" + second).size() == 3);
  }
  SECTION("beyond the end") {
    CHECK(split(message(999'999) + "\n" + second).size() == 3);
  }
  SECTION("absurd") {
    const std::string bytes = from_line() + "Content-Length: 99999999999999999999999\n\n" + inner;
    CHECK(split(bytes).size() == 2);
  }
  SECTION("far ahead of a large body") {
    const std::string large = inner + std::string(3 << 20, 'x') + "\n";
    const std::string bytes =
        from_line() + "Content-Length: " + std::to_string(large.size()) + "\n\n" + large + "\n" + second;
    const auto pieces = split(bytes);
    CHECK(pieces.size() == 2);
    check_places(bytes, pieces);
  }
}

TEST_CASE("mbox: a truncated last mail is a mail") {
  const std::string whole = first + second;
  for (std::size_t size = first.size() + from_line("ken@midori.example").size() + 9; size < whole.size();
       ++size) {
    const auto pieces = split(std::string_view(whole).substr(0, size));
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[1].raw == second.substr(0, size - first.size()));
  }
}

TEST_CASE("mbox: bytes before the first From line are told with their place") {
  const auto pieces = split("junk: 1\nmore junk\n\n" + first);
  REQUIRE(pieces.size() == 2);
  CHECK_FALSE(pieces[0].is_message);
  CHECK(pieces[0].raw == "junk: 1\nmore junk\n\n");
  CHECK(pieces[0].place.line == 1);
  CHECK(pieces[1].is_message);
  CHECK(pieces[1].place.line == 4);
}

TEST_CASE("mbox: blank lines and a byte order mark before the first message are nothing") {
  for (const std::string before : {"\n\n", "\r\n", "\xef\xbb\xbf"}) {
    const auto pieces = split(before + first);
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].raw == first);
    CHECK(pieces[0].place.offset == before.size());
  }
  CHECK(split("").empty());
  CHECK(split("\n\n\n").empty());
}

TEST_CASE("mbox: what is recognized as a mailbox begins with a message") {
  for (const std::string before : {"", "\n", "\r\n\n", "\r", "\r\r\n", "\n\r", "\xef\xbb\xbf\r\n", "\xef\xbb\xbf\r"})
    for (const std::string_view end : {"\n", "\r\n", "\r"}) {
      const std::string bytes = before + with_line_ends(first, end);
      CAPTURE(before, end);
      CHECK(importers::looks_like_mbox(bytes) == split(bytes).front().is_message);
    }
}

TEST_CASE("mbox: messages larger than any buffer, long lines, zero bytes") {
  std::string bytes;
  std::vector<std::string> expected;
  for (const std::size_t size : {10U, 300'000U, 5U, 2'000'000U, 70'000U, 262'144U}) {
    const bool one_line = size % 2 == 0;
    std::string body = one_line ? std::string(size, '\0') : std::string();
    while (body.size() < size) body += "0123456789012345678901234567890123456789\n";
    expected.push_back(from_line() + mail_of("大きな添付", body) + "\n\n");
    bytes += expected.back();
  }
  const auto pieces = split(bytes);
  REQUIRE(pieces.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(pieces[i].raw == expected[i]);
  check_places(bytes, pieces);
}

TEST_CASE("mbox: ten thousand From lines, each with a Content-Length that lies") {
  std::string bytes;
  for (int i = 0; i < 10'000; ++i) bytes += from_line() + "Content-Length: 30000000\n\nx\n\n";
  CHECK(split(bytes).size() == 10'000);
}

TEST_CASE("mbox: reading stops when asked to") {
  const std::string bytes = first + second;
  MemorySource source(bytes);
  int seen = 0;
  split_mbox(source, [&](const MboxPiece&) { return ++seen < 1; });
  CHECK(seen == 1);
}

TEST_CASE("mbox: times of From lines") {
  struct Case {
    const char* line;
    std::optional<UtcSeconds> time;
  };
  const Case cases[] = {
      {"From a@b.example Mon Apr  1 01:00:00 2024", 1'711'933'200},
      {"From a@b.example Mon Apr 01 01:00 2024", 1'711'933'200},
      {"From a@b.example Mon Apr  1 10:00:00 2024 +0900", 1'711'933'200},
      {"From a@b.example Mon Apr  1 10:00:00 +0900 2024", 1'711'933'200},
      {"From a@b.example Mon Apr  1 10:00:00 JST 2024", 1'711'933'200},
      {"From a@b.example Mon Apr  1 01:00:00 2024 remote from host", 1'711'933'200},
      {"From - Mon Apr 01 01:00:00 2024\r", 1'711'933'200},
      {"From \"rin aoki\"@b.example  Mon Apr  1 01:00:00 2024", 1'711'933'200},
      {"From MAILER-DAEMON Mon Feb 30 01:00:00 2024", std::nullopt},
      {"From a@b.example Mon Apr  1 25:00:00 2024", std::nullopt},
      {"From a@b.example Mon Apr  1 10:00:00", std::nullopt},
      {"From a@b.example", std::nullopt},
      {"From ", std::nullopt},
      {"Subject: Mon Apr  1 10:00:00 2024", std::nullopt},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    CHECK(parse_envelope(c.line).time == c.time);
    CHECK(parse_envelope(c.line).strict == c.time.has_value());
  }
}

TEST_CASE("mbox: the mailbox a file name stands for") {
  CHECK(mailbox_of("Sent") == "Sent");
  CHECK(mailbox_of("Sent.mbox") == "Sent");
  CHECK(mailbox_of("送信済み.MBOX") == "送信済み");
  CHECK(mailbox_of("All mail Including Spam and Trash.mbox") == "All mail Including Spam and Trash");
  CHECK(mailbox_of("&kAFP4W4IMH8-") == "送信済み");
  CHECK(mailbox_of("R&D") == "R&D");
  CHECK(mailbox_of("Q&A-2024") == "Q&A-2024");
  CHECK(decode_imap_utf7("a&-b") == "a&b");
  CHECK(decode_imap_utf7("&2D3cqQ-") == "\xf0\x9f\x92\xa9");
  CHECK_FALSE(decode_imap_utf7("&2D0-"));
  CHECK_FALSE(decode_imap_utf7("&!!-"));
}

TEST_CASE("mbox: a mailbox file as a whole") {
  TempFolder folder;
  const std::string bytes = first + second;
  const auto sink = import(folder.write("送信済み.mbox", bytes));
  REQUIRE(sink.files.size() == 1);
  const ReadFile& file = sink.files[0];
  CHECK(file.file.kind == SourceKind::mbox);
  CHECK(file.file.digest == sha256(bytes));
  CHECK(file.end_digest == sha256(bytes));
  CHECK(file.end_size == bytes.size());
  REQUIRE(file.mails.size() == 2);
  CHECK(file.mails[1].hints.folder == "送信済み");
  CHECK(file.mails[1].hints.file_time == file.file.modified);
  CHECK(sink.last_progress == bytes.size());
}

TEST_CASE("mbox: an empty file is an empty mailbox") {
  TempFolder folder;
  const auto sink = import(folder.write("Sent", ""));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::mbox);
  CHECK(sink.files[0].ended);
  CHECK(sink.problems().empty());
}

TEST_CASE("mbox: garbage, and a mailbox that is none") {
  TempFolder folder;
  auto sink = import(folder.write("a.mbox", "broken\n\n" + first));
  REQUIRE(sink.mails().size() == 1);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == "broken\n\n");
  sink = import(folder.write("b.mbox", "\x01\x02 no mail at all"));
  CHECK(sink.mails().empty());
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == "\x01\x02 no mail at all");
}

TEST_CASE("mbox: a mail larger than allowed is set aside, its neighbours are read") {
  TempFolder folder;
  ImportOptions options;
  options.limits.max_message_bytes = 1000;
  const std::string large = from_line() + mail_of("大", std::string(2000, 'x')) + "\n\n";
  const auto sink = import(folder.write("a.mbox", first + large + second), options);
  CHECK(sink.mails().size() == 2);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == large);
  CHECK(sink.problems()[0].place.offset == first.size());
}

TEST_CASE("mbox: stopped in the middle, a mailbox is not ended") {
  TempFolder folder;
  RecordingSink sink;
  sink.stop_after = 1;
  import_path(folder.write("a.mbox", first + second), {}, sink);
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].mails.size() == 1);
  CHECK_FALSE(sink.files[0].ended);
}

TEST_CASE("mbox: a mailbox that is held already is not read again") {
  TempFolder folder;
  RecordingSink sink;
  sink.known = [](const SourceFile& file) { return file.digest == sha256(first); };
  import_path(folder.write("a.mbox", first), {}, sink);
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].skipped);
  CHECK(sink.last_progress == first.size());
}

} // namespace
} // namespace genchi
