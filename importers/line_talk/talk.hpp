// A talk as the LINE app writes it to a text file, on a phone (iOS, Android) or on a PC (Windows, Mac).
// Pure: bytes and file name in, rows out. Rows keep their byte ranges, so the original can always be shown.
//
// Phone: a title, the time it was saved, then days and messages:
//
//   [LINE] 川口 みおとのトーク履歴
//   保存日時：2026/04/02 21:40
//
//   2026/04/01(水)
//   18:20<TAB>川口 みお<TAB>明日の待ち合わせどうする？
//   18:22<TAB>はると<TAB>"駅の""西口""で！
//   7時で大丈夫？"
//   18:30<TAB><TAB>メッセージの送信を取り消しました
//
// A body of several lines is quoted, `"` doubled; one of a single line never is, even if it begins with `"`.
// PC: no title, days as `2026.04.01 水曜日`, messages `18:20 川口 みお 明日の…`, further lines bare: where a name
// ends is known only to who knows the names. Neither has ids, seconds or a zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"
#include "importers/line_oa/export.hpp"

namespace genchi::talk {

enum class Family : std::uint8_t { mobile, pc };

/// How `11/03/2025` is meant.
enum class DateOrder : std::uint8_t { unknown, month_first, day_first };

/// What the file does not say and a person did. It counts only where the file leaves it open.
struct Choices {
  std::vector<std::string> me;    ///< our own names in talks
  std::vector<std::string> names; ///< of others, where a PC file does not show where a name ends
  DateOrder dates = DateOrder::unknown;
};

struct Row {
  std::string sender;  ///< "" LINE's own words (joined, left …), or, on a PC, a name that could not be told from the text
  bool system = false; ///< LINE's own words; a notice that something was unsent is its sender's, where that is named
  CivilDay day;
  int minute = 0;   ///< of the day
  std::string text; ///< LF line ends; LINE's own words without the marks around names
  line::Content content = line::Content::text;
  bool lossy = false;       ///< the file ends within it, or characters were lost when it was saved anew
  std::uint64_t offset = 0; ///< in the file's bytes
  std::uint32_t length = 0; ///< with its line end
  std::uint32_t line = 0;   ///< first line, from 1
};

struct Talk {
  Family family = Family::mobile;
  std::string locale;  ///< of title and placeholders: "ja" "en" "zh-TW" "zh-CN" "th"; "" unknown
  std::string charset; ///< "UTF-8", "UTF-16LE", "windows-31j" …
  std::string name;    ///< of the other side or the group, from the title, else the file name; "" unknown
  bool group = false;
  std::optional<CivilDay> saved; ///< when it was saved, in the phone's zone
  int saved_minute = 0;
  std::uint64_t preamble_length = 0; ///< BOM, title, saved line
  std::vector<std::string> senders;  ///< most frequent first
  std::vector<std::string> own;      ///< which of them are ours; empty: none spoke, or `side_unknown`
  std::vector<Row> rows;             ///< in file order
  /// Lines that are no part of a message, or of one that cannot be dated, and where the file ends without a line end.
  /// Nothing else lies between rows but day lines and blank lines.
  std::vector<line::BadRow> bad_rows;

  // What the file leaves open, and a person must say (Choices).
  bool side_unknown = false;  ///< which of `senders` is ours
  bool names_unknown = false; ///< PC: where the names of some end
  bool dates_unknown = false; ///< whether the day or the month comes first: rows then have no day
};

/// Is this the beginning of such a file? `head` is up to 64 KiB of it. A PC file has no title: a day line that is right
/// about its weekday and a message, and a file name that LINE gives or names that recur.
bool looks_like_talk(std::string_view head, std::string_view file_name);

/// Reads a whole file; nullopt if it is no such text. Never throws on content; linear time; memory about three times
/// the bytes. Any thread.
std::optional<Talk> parse_talk(std::string_view bytes, std::string_view file_name, const Choices& choices = {});

/// What we call the chat: a talk from the other side's phone is named after us.
std::string chat_name(const Talk& talk);

/// What a row says, from its own bytes alone. `names`: those of Talk::senders, for a PC file. No time.
Row read_row(std::string_view bytes, Family family, std::string_view charset, const std::vector<std::string>& names);

/// A row as the catalogue takes it: ours or theirs by `own`, its time the beginning of its minute, in a zone so far east of UTC.
/// LINE's own words are the account's and automatic, but for notices of who took a message back.
line::Row as_line_row(const Row& row, const std::vector<std::string>& own, int offset_minutes);

/// What the app would have in a row's place had its sender taken the message back: its time, and the notice with the sender's
/// name, or without if it is `ours`. `bytes` are the row's, `read` what parse_talk() made of them.
std::string taken_back_row(std::string_view bytes, const Row& read, const Talk& talk, bool ours);

/// A row that says only that there was one and was erased (line::erased_words()): its time and sender as they are. "" for LINE's
/// own words and where the sender could not be told.
std::string erased_row(std::string_view bytes, const Row& read, const Talk& talk, std::string_view mark);

/// The name in `[LINE] 川口 みおとのトーク.txt`, `[LINE]川口 みお.txt` and the like; "" for other names.
std::string name_in_file_name(std::string_view file_name);

// --- what the lines are made of; for tests

/// A title line.
struct Title {
  std::string name;
  std::string_view locale;
  bool group = false;
};
std::optional<Title> parse_title(std::string_view line);

/// A day as written. `day` is settled where the year comes first; else `first` and `second` are day and month in either
/// order.
struct WrittenDay {
  std::optional<CivilDay> day;
  int year = 0, first = 0, second = 0;
  std::optional<int> weekday;  ///< 0 Sunday
  std::string_view locale;     ///< as the weekday tells
  std::optional<CivilDay> read(DateOrder order) const; ///< nullopt: no such day
};
std::optional<WrittenDay> parse_day_line(std::string_view line, Family family);
struct WrittenSaved {
  WrittenDay day;
  int minute = 0;
  std::string_view locale;
};
std::optional<WrittenSaved> parse_saved_line(std::string_view line);

/// Takes a time of day off the front, as minutes: `18:20`, `8:15AM`, `午後8:37`, `24:53` (0:53).
std::optional<int> take_time(std::string_view& text);

/// The kind of a body by LINE's placeholders: `[写真]`, `☎ 通話時間 3:05`; on a PC without brackets.
line::Content classify(std::string_view body, Family family);

/// Words of LINE's own: who took a message back ("" we ourselves), or somebody joined, left, renamed …
struct Notice {
  line::Content content = line::Content::text;
  std::string name; ///< who it is about, without the marks around it; "" not said
};
std::optional<Notice> parse_notice(std::string_view text);

} // namespace genchi::talk
