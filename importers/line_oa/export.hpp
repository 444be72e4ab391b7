// A LINE Official Account Manager chat CSV (formats: one CSV per chat; see src/README.md "LINE exports").
// Pure: bytes and file name in, rows out. Rows keep their byte ranges, so the original can always be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::line {

enum class SenderType : std::uint8_t { user, account };

/// What a row is. All but `text` and `unsent` are placeholders: LINE's download never holds the media itself.
enum class Content : std::uint8_t {
  text,
  photo,
  sticker,
  video,
  voice,
  file,
  location,
  contact,
  call,
  unsent
};
std::string_view content_name(Content content); ///< "text" "photo" … as in `has:` and JSON

struct Row {
  SenderType type = SenderType::user;
  std::string sender_name; ///< friend's name, operator's name, "応答メッセージ", "Unknown"
  UtcSeconds sent = 0;
  std::string text; ///< content as people read it: LF line ends, formula apostrophe and _x000D_ removed
  Content content = Content::text;
  bool automatic = false; ///< automatic reply or greeting by its sender name (all locales we know)
  /// The text may not be what was sent: it holds U+FFFD, or a '?' in a file not in Unicode (where a re-save
  /// leaves one for every UTF-16 unit it cannot write), or is the file's last row without a line end, perhaps
  /// cut off.
  bool lossy = false;
  std::uint64_t offset = 0; ///< of the row in the file's bytes
  std::uint32_t length = 0; ///< with its line end
  std::uint32_t line = 0;   ///< first line in the file, from 1

  /// SHA-256 of the normalised content: for placeholders their kind only, so that a download in another
  /// language is the same row. Characters that Shift_JIS and Unicode know under two code points (〜 and ～)
  /// count as one.
  Sha256 content_hash() const;
};

/// A stretch of the file that is no row: too few cells, an unreadable date, an unclosed quote. Kept, counted,
/// named. Neighbouring lines with the same fault are one stretch.
struct BadRow {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint32_t line = 0;
  std::string reason;     ///< translated
  /// How many rows, or lines that should be rows, it stands for; 0 (and no bytes): the file ends without a line end in the
  /// row of that line, which is held as far as it goes.
  std::uint32_t rows = 0;
};

/// Preamble, rows and bad rows follow each other without overlap; what lies between them is blank lines.
struct Export {
  std::string account_name;             ///< preamble line 1
  int offset_minutes = 540;             ///< preamble line 2
  std::optional<UtcSeconds> downloaded; ///< preamble line 3 (minutes), or the ZIP's name
  std::string chat_name;               ///< from the file name, else the most frequent `User` name; "" unknown
  std::optional<std::uint32_t> number; ///< running number in the download, from the file name
  std::string language;                ///< of the header row: "ja" "zh-TW" "th" "en"; "" unknown
  std::string charset;                 ///< "UTF-8", "UTF-16LE", "windows-31j", "Big5" …
  std::uint64_t preamble_length = 0;   ///< bytes before the first row (BOM, three lines, header)
  std::vector<Row> rows;               ///< in file order
  std::vector<BadRow> bad_rows;
};

/// Is this the beginning of such a CSV? `head` is up to 64 KiB of the file. Recognised by shape (three
/// preamble lines, row 4 with 5 cells, data rows User/Account or 友だち/LOAアカウント), labels second; any
/// locale; comma, TAB or semicolon; UTF-8, UTF-16 with a BOM, CP932, Big5, windows-874.
bool looks_like_export(std::string_view head);

/// Does it begin with rows of such a CSV, but without the four lines before them? `head` as above.
bool looks_like_rows_alone(std::string_view head);

/// Reads a whole file. nullopt if it is no such CSV. A header row may be missing, the three lines before it not. Never throws on content; linear time; memory about twice
/// the bytes. Any thread.
std::optional<Export> parse_export(std::string_view bytes, std::string_view file_name);

/// What the file name says: `<n>_<YYYYMMDD>_<YYYYMMDD>_<chat name>.csv` and its shorter forms. All empty for
/// a name of another form.
struct ExportFileName {
  std::optional<std::uint32_t> number;
  std::optional<CivilDay> first, last;
  std::string chat_name;
};
ExportFileName parse_file_name(std::string_view name);

/// What LINE would have in a row's place had its sender taken the message back: type, name, day and time as they are, and the
/// note in the language of the download. `row` is its bytes, of a file in this charset.
std::string taken_back_row(std::string_view row, std::string_view charset, std::string_view language);

/// A row that says only that there was one and was erased: type, name, day and time as they are. `mark` tells it from others, so
/// that it goes on to be the same row in all downloads. In the words of erased_words(), whatever the language.
std::string erased_row(std::string_view row, std::string_view charset, std::string_view mark);
/// 削除記録 (erased record) and the mark; without the Japanese in charsets that do not have it.
std::string erased_words(std::string_view charset, std::string_view mark);
/// Are these such words, with a mark of 12 hexadecimal digits or none?
bool is_erased_words(std::string_view text);

/// The kind of a content cell by the table of placeholders in all locales, sides and versions we know. A
/// final full stop may be missing; anything longer is text.
Content classify_content(std::string_view text);
/// Is this sender name one that LINE gives to machine-made messages?
bool is_automatic_sender(std::string_view name);
/// … to what came through the Messaging API: a tool, or a person who writes in one.
bool is_unknown_sender(std::string_view name);

} // namespace genchi::line
