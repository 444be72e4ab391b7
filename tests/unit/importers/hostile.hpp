// Every importer against every ill. A new importer joins by a line in importers(); what all of them must bear
// stands in common_ills(), what only one format knows in a function beside its line.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "import_fixture.hpp"
#include "importers/line_oa/export.hpp"
#include "mail/message.hpp"

namespace genchi::hostile {

/// A file that is broken in one way.
struct Ill {
  std::string name;
  std::string bytes;
};

struct Importer {
  std::string name;
  std::string path;  ///< of its file, as programs name it, below the folder that is imported
  std::string (*healthy)(int items, std::string_view line_end);
  std::vector<Ill> (*own_ills)();
};

// --- What is written to be read ---

inline std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

inline std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += line_end;
    else
      out += c;
  }
  return out;
}

inline std::string some_mail(int number) {
  const std::string n = std::to_string(number);
  return "From: =?UTF-8?B?6Z2S5pyo44KK44KT?= <rin" + n + "@aoba.example>\nTo: info@midori.example\nSubject: 見積 " + n +
         "\nDate: Mon, 1 Apr 2024 10:0" + std::to_string(number % 10) + ":00 +0900\nMessage-ID: <" + n +
         "@aoba.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_" + n + "\"\n\n--=_" + n +
         "\nContent-Type: text/plain; charset=UTF-8\n\nお世話になっております。\n" + n + " 件目の見積です。\n\n--=_" + n +
         "\nContent-Type: application/pdf; name=\"見積.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjcK\n--=_" + n +
         "--\n";
}

inline std::string some_mbox(int items, std::string_view line_end) {
  std::string out;
  for (int i = 0; i < items; ++i) out += from_line() + some_mail(i) + "\n";
  return with_line_ends(out, line_end);
}

inline std::string one_mail(int, std::string_view line_end) {
  return with_line_ends(some_mail(1), line_end);
}

inline std::string csv_preamble() {
  return "\xef\xbb\xbfアカウント名,みどり歯科\nタイムゾーン,'+09:00\nダウンロード日時,2026/04/02 18:05\n"
         "送信者タイプ,送信者名,送信日,送信時刻,内容\n";
}
inline std::string csv_row(int number) {
  return "User,青木 りん,2026/04/01,09:12:" + std::to_string(10 + number % 50) + ",\"" + std::to_string(number) +
         " 時に変更、\nできますか\"\n";
}
inline std::string some_csv(int items, std::string_view line_end) {
  std::string out = csv_preamble();
  for (int i = 0; i < items; ++i) out += csv_row(i);
  return with_line_ends(out, line_end);
}

// --- Ills ---

/// `healthy` as other line ends, charsets and accidents leave it.
inline std::vector<Ill> common_ills(const std::string& healthy) {
  const auto every = [&](std::size_t step, char put) {
    std::string out = healthy;
    for (std::size_t i = step / 2; i < out.size(); i += step) out[i] = put;
    return out;
  };
  std::string high = healthy, noise(9'000, '\0');
  for (char& c : high) c = static_cast<char>(c ^ 0x80);
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 2654435761U >> 13);
  std::string utf16 = "\xff\xfe";
  for (const char c : healthy) utf16 += {c, '\0'};
  const std::size_t half = healthy.find('\n', healthy.size() / 2) + 1;
  return {
      {"one byte", "F"},
      {"a line end", "\n"},
      {"blank lines only", repeat("\r\n", 40)},
      {"a BOM only", "\xef\xbb\xbf"},
      {"a BOM before", "\xef\xbb\xbf" + healthy},
      {"blank lines before", "\n\r\n\n" + healthy},
      {"NULs only", std::string(3'000, '\0')},
      {"NULs before", std::string(3'000, '\0') + healthy},
      {"NULs after, as a crash leaves them", healthy + std::string(5'000, '\0')},
      {"NULs in between", every(97, '\0')},
      {"a block of NULs in the middle", std::string(healthy).replace(half, 0, std::string(4'096, '\0'))},
      {"0xFF in between", every(61, '\xff')},
      {"lone continuation bytes", every(53, '\x81')},
      {"escape sequences of ISO-2022-JP", every(89, '\x1b')},
      {"bare CR in between", every(71, '\r')},
      {"all bytes high", high},
      {"noise", noise},
      {"noise after", healthy + noise},
      {"noise before", noise + healthy},
      {"as UTF-16", utf16},
      {"twice over", healthy + healthy},
      {"the second half alone", healthy.substr(half)},
      {"the halves exchanged", healthy.substr(half) + healthy.substr(0, half)},
      {"the last line twice without an end", healthy + "x"},
      {"one line of 300,000 bytes after", healthy + repeat("あ", 100'000)},
      {"100,000 line ends after", healthy + repeat("\n", 100'000)},
      {"a gzip within", healthy + compress("gzip", healthy)},
  };
}

/// What a mail can be, whatever it lies in.
inline std::vector<Ill> mail_ills() {
  const std::string head = "From: rin@aoba.example\nTo: info@midori.example\nMessage-ID: <1@aoba.example>\n";
  std::string deep, deep_messages, fields, alternating;
  for (int i = 0; i < 10'000; ++i) {
    const std::string b = std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=b" + b + "\n\n--b" + b + "\n";
    deep_messages += "Content-Type: message/rfc822\n\n";
  }
  for (int i = 0; i < 5'000; ++i) fields += "X-Field-" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  for (int i = 0; i < 2'000; ++i) alternating += "--b\n\nx\n--b--\n";
  const std::string mixed = head + "Content-Type: multipart/mixed; boundary=b\n";
  return {
      {"10,000 multiparts deep", head + deep + "\nthe bottom\n"},
      {"10,000 messages deep", head + deep_messages + "Subject: bottom\n\ntext\n"},
      {"5,000 fields", head + fields + "\nbody\n"},
      {"a field of 300,000 bytes", head + "Subject: " + repeat("見積", 50'000) + "\n\nbody\n"},
      {"a field folded 50,000 times", head + "Subject: x" + repeat("\n y", 50'000) + "\n\nbody\n"},
      {"no body", head},
      {"no header", "\nお世話になっております。\n"},
      {"a header that begins with a fold", " folded\n" + head + "\nbody\n"},
      {"boundaries inside lines", mixed + "\nx --b\n--bx\n --b\nmore --b-- text\n--b\n\none\nthe --b-- end\n--b--\n"},
      {"a boundary never closed", mixed + "\n--b\n\none\n--b\n\ntwo\n"},
      {"a boundary closed over and over", mixed + "\n" + alternating},
      {"a boundary without name", head + "Content-Type: multipart/mixed; boundary=\n\n--\n\none\n----\n"},
      {"a boundary of 20,000 characters",
       head + "Content-Type: multipart/mixed; boundary=" + repeat("b", 20'000) + "\n\n--" + repeat("b", 20'000) + "\n\nx\n"},
      {"parts of one boundary in one another", mixed + "\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"},
      {"encoded words split inside characters",
       head + "Subject: =?UTF-8?B?6KaL?= =?UTF-8?B?56g=?=\n =?UTF-8?B?jQ==?= =?ISO-2022-JP?B?GyRCOCsbKEI=?= =?ISO-2022-JP?B?GyRCQA==?=\n"
              " =?Shift_JIS?B?jKmQ?= =?Shift_JIS?B?zw==?= =?UTF-8?Q?=E3=81?=\n\nbody\n"},
      {"encoded words never closed", head + "Subject: " + repeat("=?UTF-8?B?", 9'000) + "\n\nbody\n"},
      {"an unknown charset", head + "Content-Type: text/plain; charset=x-klingon\n\n\x8c\xa9\x90\xcf\n"},
      {"CP932 called UTF-8", head + "Subject: \x8c\xa9\x90\xcf\nContent-Type: text/plain; charset=UTF-8\n\n\x8c\xa9\x90\xcf\n"},
      {"UTF-8 called ISO-2022-JP", head + "Content-Type: text/plain; charset=ISO-2022-JP\n\n見積をお送りします。\n"},
      {"EUC-JP called CP932", head + "Content-Type: text/plain; charset=CP932\n\n\xb8\xab\xc0\xd1\xa4\xf2\n"},
      {"UTF-16 called US-ASCII", head + "Content-Type: text/plain; charset=US-ASCII\n\n" + std::string("\x8b\x89\x4d\x7a\0\n\0", 7)},
      {"JIS without its end", head + "Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1b$B8+@Q\n\n\x1b$B\n"},
      {"base64 that is none", head + "Content-Transfer-Encoding: base64\n\n*** 見積 === A\n====\n"},
      {"quoted-printable that is none", head + "Content-Transfer-Encoding: quoted-printable\n\n=\n==G0=0\n=" + repeat("=\n", 9'000)},
      {"an encoding nobody knows", head + "Content-Transfer-Encoding: x-zip64\n\nPK\x03\x04\n"},
      {"HTML never closed", head + "Content-Type: text/html\n\n" + repeat("<table><tr><td a=\"", 9'000)},
      {"dates that are none", head + "Date: Fri, 99 Foo 99999 99:99:99 +9999\nReceived: x; 0\n\nbody\n"},
      {"quotes and comments never closed", head + "To: \"(((" + repeat("(\"<", 20'000) + "\n\nbody\n"},
      {"a From line within", head + "\nbody\nFrom here on it is body\n>From quoted\n\nbody\n"},
  };
}

/// The same in a mailbox, a healthy mail before and after, and what only mailboxes know.
inline std::vector<Ill> mbox_ills() {
  const std::string before = some_mbox(1, "\n"), after = from_line() + some_mail(9) + "\n";
  std::vector<Ill> ills = mail_ills();
  for (Ill& ill : ills) ill.bytes = before + from_line() + ill.bytes + "\n" + after;
  const std::string mail = "From: rin@aoba.example\nSubject: x\n";
  ills.push_back({"From lines only", repeat(from_line(), 3'000)});
  ills.push_back({"a From line without an end", before + "From rin@aoba.example Mon Apr  1 01:00:00 2024"});
  ills.push_back({"a From line of 100,000 bytes", before + "From " + repeat("x", 100'000) + "\n" + some_mail(3) + "\n" + after});
  ills.push_back({"text before the first mail", "これはメールではありません。\n\n" + after});
  for (const char* length : {"0", "7", "99999999999999", "18446744073709551615", "-1", "x"})
    ills.push_back({std::string("Content-Length: ") + length,
                    before + from_line() + mail + "Content-Length: " + length + "\n\nbody\n\n" + after});
  ills.push_back({"2,000 mails that promise 1 MB each",
                  repeat(from_line() + mail + "Content-Length: 1000000\n\nbody\n\n", 2'000)});
  return ills;
}

inline std::vector<Ill> csv_ills() {
  const std::string preamble = csv_preamble();
  const auto rows = [](int from, int to) {
    std::string out;
    for (int i = from; i < to; ++i) out += csv_row(i);
    return out;
  };
  const std::string head = "User,青木 りん,2026/04/01,09:12:03,";
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("Account name,x\nTime zone,'+09:00\nDownloaded on,2026/04/02 18:05\nSender type,Sender "
                                  "name,Date,Time,Message\nUser,x,2026/04/01,09:12:03,"))
    utf16 += {c, '\0'};
  return {
      {"a quote never closed", preamble + rows(0, 2) + head + "\"閉じない\n" + rows(2, 4)},
      {"a quote never closed in the last row", preamble + rows(0, 2) + head + "\"閉じない"},
      {"a quote never closed in the preamble", "アカウント名,\"みどり\n" + preamble.substr(3) + rows(0, 3)},
      {"quotes never closed in every row", preamble + repeat(head + "\"x\n", 5'000)},
      {"quotes in the middle of cells", preamble + head + "a\"b\"\"c\n" + rows(0, 2)},
      {"text behind a closing quote", preamble + head + "\"a\"b\"c\n" + rows(0, 2)},
      {"10,000 quotes", preamble + head + repeat("\"", 10'000) + "\n" + rows(0, 2)},
      {"10,001 quotes", preamble + head + repeat("\"", 10'001) + "\n" + rows(0, 2)},
      {"100,000 commas", preamble + head + repeat(",", 100'000) + "\n" + rows(0, 2)},
      {"rows of three cells", preamble + repeat("User,青木,2026/04/01\n", 100) + rows(0, 2)},
      {"no rows", preamble},
      {"no header", preamble.substr(0, preamble.find("送信者タイプ")) + rows(0, 2)},
      {"no preamble", rows(0, 3)},
      {"a 31st of February", preamble + "User,青木,2026/02/31,09:12:03,x\n" + rows(0, 2)},
      {"a year of 99999", preamble + "User,青木,99999/02/01,09:12:03,x\n" + rows(0, 2)},
      {"a sender nobody knows", preamble + "Robot,青木,2026/02/01,09:12:03,x\n" + rows(0, 2)},
      {"a name of 100,000 bytes", preamble + "User,\"" + repeat("あ", 33'000) + "\",2026/02/01,09:12:03,x\n" + rows(0, 2)},
      {"a cell of 1 MB in lines", preamble + head + "\"" + repeat("行\n", 250'000) + "\"\n" + rows(0, 2)},
      {"CP932 below a UTF-8 BOM", preamble + head + "\x8c\xa9\x90\xcf\n" + rows(0, 2)},
      {"lone surrogates in UTF-16", utf16 + std::string("\x00\xd8\x42\x30\x00\xdc\n\0", 8)},
      {"half a UTF-16 unit at the end", utf16 + std::string("x\0y", 3)},
      {"formulas", preamble + head + "=HYPERLINK(\"\"x\"\")\n" + head + "'=1+1\n" + head + "@x\n"},
  };
}

inline std::vector<Importer> importers() {
  return {
      {"mbox", "Sent.mbox", some_mbox, mbox_ills},
      {"maildir", "Maildir/cur/1711965600.M1P2.host:2,S", one_mail, mail_ills},
      {"eml", "見積.eml", one_mail, mail_ills},
      {"line_oa", "12_20260401_20260402_青木 りん.csv", some_csv, csv_ills},
  };
}

// --- Accounts of what was read ---

/// One mail or one row.
struct Item {
  std::string identity;
  std::uint64_t end = 0;  ///< of its bytes in the file
};

/// Keeps what it is told, and checks that it can be believed: order of calls, places, and that what is parsed
/// of an item obeys the limits of its parser.
class Accounts final : public ImportSink {
 public:
  std::vector<Item> items;
  std::vector<std::string> set_aside_whole;  ///< bytes of problems, one by one
  std::string bytes;                         ///< given and set aside, in order
  std::size_t problems = 0;
  std::size_t passed = 0;
  std::size_t files = 0;
  bool recorded_whole = true;  ///< all files had a digest at their end and nothing set aside

  FileDecision begin_file(const SourceFile& file) override {
    REQUIRE_FALSE(open_);
    CHECK(is_utf8(file.name));
    CHECK(std::ranges::none_of(file.name, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    open_ = true;
    ++files;
    return FileDecision::read;
  }

  void mail(const MailItem& item) override {
    REQUIRE(open_);
    CHECK(item.place.length == item.raw.size());
    CHECK(is_utf8(item.member));
    items.push_back({mail::identity(item.raw).hex(), item.place.offset + item.place.length});
    bytes += item.raw;
    check_mail(item.raw);
  }

  void line_export(const LineExportItem& item) override {
    REQUIRE(open_);
    bytes += item.bytes;
    const auto parsed = line::parse_export(item.bytes, item.file_name);
    REQUIRE(parsed);
    check_export(*parsed, item.bytes);
    for (const line::Row& row : parsed->rows)
      items.push_back({std::to_string(row.sent) + row.sender_name + row.content_hash().hex(), row.offset + row.length});
    bad_rows += parsed->bad_rows.size();
  }

  void set_aside(const Problem& problem) override {
    REQUIRE(open_);
    REQUIRE_FALSE(problem.reason.empty());
    ++problems;
    recorded_whole = false;
    bytes += problem.raw;
    set_aside_whole.emplace_back(problem.raw);
  }

  void passed_over(const SourceFile&) override {
    REQUIRE_FALSE(open_);
    ++passed;
  }
  void end_file(const std::optional<Sha256>& digest, std::uint64_t) override {
    REQUIRE(open_);
    open_ = false;
    recorded_whole = recorded_whole && digest;
  }
  void progress(std::uint64_t done) override {
    CHECK(done >= progress_);
    progress_ = done;
  }

  bool ended() const { return !open_; }
  std::vector<std::string> identities() const {
    std::vector<std::string> all;
    for (const Item& item : items) all.push_back(item.identity);
    return all;
  }
  bool keeps_whole(std::string_view file) const {
    return std::ranges::find(set_aside_whole, file) != set_aside_whole.end();
  }
  std::size_t bad_rows = 0;

 private:
  static void check_mail(std::string_view raw) {
    const mail::Limits limits;
    const mail::Message m = mail::parse(raw, limits);
    CHECK((is_utf8(m.subject) && is_utf8(m.text)));
    CHECK(m.text.size() <= limits.max_text_bytes + 4096);
    CHECK(m.attachments.size() <= limits.max_parts);
    std::uint32_t at = 0;
    bool covered = true;
    for (const auto& section : m.sections) {
      covered = covered && section.begin == at && section.end >= at;
      at = section.end;
    }
    CHECK((covered && at == m.text.size()));
    for (const auto& file : m.attachments)
      if (!is_utf8(file.name) || file.offset > raw.size() || file.length > raw.size() - file.offset)
        FAIL_CHECK("an attachment outside of its mail: " << file.offset << " " << file.length);
  }

  /// Rows and bad rows follow each other without overlap; what lies between is blank.
  static void check_export(const line::Export& parsed, std::string_view file) {
    struct Stretch {
      std::uint64_t begin, end;
    };
    std::vector<Stretch> stretches;
    for (const auto& row : parsed.rows) stretches.push_back({row.offset, row.offset + row.length});
    for (const auto& bad : parsed.bad_rows) {
      CHECK((bad.rows > 0) == (bad.length > 0)); // neither: where the file ends in a row
      CHECK_FALSE(bad.reason.empty());
      stretches.push_back({bad.offset, bad.offset + bad.length});
    }
    std::ranges::sort(stretches, {}, &Stretch::begin);
    stretches.push_back({file.size(), file.size()});
    std::uint64_t at = parsed.preamble_length;
    for (const Stretch& stretch : stretches) {
      REQUIRE(stretch.begin >= at);
      const auto gap = file.substr(at, stretch.begin - at);
      CHECK(gap.find_first_not_of(std::string_view("\r\n,;\t\"\0", 7)) == std::string_view::npos);
      at = stretch.end;
    }
    for (const auto& row : parsed.rows)
      if (!is_utf8(row.text) || !is_utf8(row.sender_name)) FAIL_CHECK("a row that is not UTF-8: line " << row.line);
  }

  bool open_ = false;
  std::uint64_t progress_ = 0;
};

// --- What files lie in ---

struct Wrapping {
  std::string name;
  /// Writes the file below `folder` and returns what is to be imported.
  std::filesystem::path (*put)(const TempFolder& folder, const std::string& path, const std::string& bytes);
  /// The container around the bytes, for damaging it; null: there is none.
  std::string (*pack)(const std::string& path, const std::string& bytes) = nullptr;
  std::string suffix = {};
};

inline std::filesystem::path put_alone(const TempFolder& folder, const std::string& path, const std::string& bytes) {
  const auto file = folder.write("in/" + path, bytes);
  for (const char* part : {"cur", "new", "tmp"})
    if (path.starts_with("Maildir/")) std::filesystem::create_directories(folder / "in/Maildir" / part);
  return path.starts_with("Maildir/") ? folder / "in/Maildir" : file;
}
inline std::filesystem::path put_in_folder(const TempFolder& folder, const std::string& path, const std::string& bytes) {
  put_alone(folder, path, bytes);
  return folder / "in";
}
inline std::string zip_of(const std::string& path, const std::string& bytes) { return zip({{path, bytes}}); }
inline std::string stored_zip_of(const std::string& path, const std::string& bytes) {
  return pack("zip", "none", {{path, bytes}}, "zip:compression=store");
}
inline std::string tar_of(const std::string& path, const std::string& bytes) { return pack("pax", "none", {{path, bytes}}); }
inline std::string tgz_of(const std::string& path, const std::string& bytes) { return pack("pax", "gzip", {{path, bytes}}); }
inline std::string seven_zip_of(const std::string& path, const std::string& bytes) { return pack("7zip", "none", {{path, bytes}}); }
inline std::string gz_of(const std::string&, const std::string& bytes) { return compress("gzip", bytes); }
inline std::string zip_in_tgz_of(const std::string& path, const std::string& bytes) { return tgz_of("中.zip", zip_of(path, bytes)); }

/// Compressed in its place; a Maildir holds compressed mails under their own names.
inline std::filesystem::path put_compressed(const TempFolder& folder, const std::string& path, const std::string& bytes) {
  return put_alone(folder, path.starts_with("Maildir/") ? path : path + ".gz", gz_of(path, bytes));
}
template <std::string (*Pack)(const std::string&, const std::string&)>
std::filesystem::path put_packed(const TempFolder& folder, const std::string& path, const std::string& bytes) {
  return folder.write("in/packed.bin", Pack(path, bytes));
}

inline std::vector<Wrapping> wrappings() {
  return {
      {"alone", put_alone},
      {"in a folder", put_in_folder},
      {"zip", put_packed<zip_of>, zip_of, ".zip"},
      {"zip without compression", put_packed<stored_zip_of>, stored_zip_of, ".zip"},
      {"tar", put_packed<tar_of>, tar_of, ".tar"},
      {"tar.gz", put_packed<tgz_of>, tgz_of, ".tgz"},
      {"7z", put_packed<seven_zip_of>, seven_zip_of, ".7z"},
      {"gz", put_compressed, gz_of, ".gz"},
      {"zip in tar.gz", put_packed<zip_in_tgz_of>, zip_in_tgz_of, ".tgz"},
  };
}

inline Accounts read(const std::filesystem::path& path, const ImportOptions& options = {}) {
  Accounts accounts;
  import_path(path, options, accounts);
  CHECK(accounts.ended());
  return accounts;
}

/// Nothing of the file is missing but what a mailbox may have before its first line: a BOM and blank lines.
inline void check_all_accounted_for(std::string_view file, const Accounts& accounts) {
  std::string_view rest = file;
  if (rest.size() > accounts.bytes.size()) {
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    while (rest.size() > accounts.bytes.size() && (rest[0] == '\r' || rest[0] == '\n')) rest.remove_prefix(1);
  }
  // Said in numbers: the bytes themselves are none that one would want to read.
  CAPTURE(file.size(), rest.size(), accounts.bytes.size());
  CHECK((rest == accounts.bytes));
}

}  // namespace genchi::hostile
