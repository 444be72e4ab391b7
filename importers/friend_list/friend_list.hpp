// Friend lists of the tools that sit on a LINE Official Account: who the friends are, and what was noted of
// them. They hold no messages and are never kept in the archive. Pure: bytes in, rows out.
//
// Lステップ and Liny: CP932 or UTF-8, two header rows. Row 1 has the ids (登録ID, タグ_<id>,
// 友だち情報_<id>), row 2 the labels. Tags and fields are told by row 1, which survives renaming, all else by
// the labels of row 2, in any order.
//
// エルメ: two header rows too, its key in the first column. What stands in them is known from descriptions
// only, so either row may have the labels, and the other one may say what a group of columns is (タグ,
// 友だち情報).
//
// Plain: one header row of one's own. A name (表示名 LINE登録名 本名 氏名 名前 お名前 顧客名 …) and at least
// one of: 電話番号 携帯 TEL · メール メールアドレス · 対応マーク · 担当者 担当 · タグ (several parted by 、 ,
// ; or |) or タグ:会員 (with 1 or ○) · LINE UserID · 友だち追加日時 · ユーザーブロック. A column that nothing
// is known of is a field with its label.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/i18n.hpp"
#include "genchi/time.hpp"

namespace genchi::friends {

enum class Tool { lstep, liny, lmessage, plain }; ///< liny: the layout of Lステップ with a column LINE UserID
std::string_view tool_name(Tool tool);            ///< "lstep" "liny" "lmessage" "plain", for JSON

struct Tag {
  std::string id; ///< "" where the list has none
  std::string label;
};

struct Field {
  std::string id; ///< "" where the list has none
  std::string label;
  std::string value;
};

/// A friend. What the list has no column for, and what is empty or `--`, is "" or nullopt.
struct FriendRow {
  std::uint64_t line = 0; ///< first line in the file, from 1
  std::string id;         ///< the tool's own number, not LINE's
  std::string display_name;
  std::string line_name; ///< as the friend calls itself in LINE
  std::string real_name;
  std::string system_name; ///< as the tool's lists show it
  std::string user_id;     ///< LINE UserID
  std::string memo;
  std::string mark;
  std::string assignee; ///< also one of `fields` if it was a field
  std::optional<UtcSeconds> added;
  std::optional<UtcSeconds> last_message_at;
  std::string last_message;
  std::optional<bool> blocked;
  std::vector<Tag> tags;              ///< those that are set
  std::vector<Field> fields;          ///< those with a value
  std::vector<std::string> phones;    ///< found in fields, as text/contacts.hpp writes them
  std::vector<std::string> addresses; ///< likewise
};

/// A row that could not be taken, or something in one that could not be read.
struct RowProblem {
  std::uint64_t line = 0;
  Words reason;
};

struct FriendList {
  Words refused; ///< not empty: this is no friend list, and nothing else is set
  Tool tool = Tool::plain;
  std::string charset;
  std::vector<Tag> tags;     ///< columns
  std::vector<Field> fields; ///< columns, without values
  std::vector<FriendRow> rows;
  std::vector<RowProblem> problems; ///< in order of the rows; the first max_problems
  std::uint64_t problem_count = 0;
};

struct FriendListLimits {
  std::size_t max_file_bytes = 256 << 20;
  std::size_t max_columns = 4096;
  std::size_t max_rows = 1'000'000;
  std::size_t max_cell_bytes = 64 << 10; ///< more is cut off
  std::size_t max_problems = 100;
};

/// Reads a list. Bad input is no exception: what is no list is `refused`, bad rows are `problems`. Memory:
/// about three times the file.
FriendList read_friend_list(std::string_view bytes, const FriendListLimits& limits = {});

/// Is this the beginning (up to 64 KiB) of a friend list, and of which tool?
std::optional<Tool> recognise_friend_list(std::string_view head);

/// `member.csv, line 12: …`, translated.
std::string words_of(std::string_view file, const RowProblem& problem);

} // namespace genchi::friends
