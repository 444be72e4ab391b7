// What stands in the index: term prefixes, value slots, and the fields of the query language with their names in
// both languages. One table that indexer, query parser and help read.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "genchi/message.hpp"

namespace genchi::index {

/// Raised when what is written changes: an index of another version is rebuilt.
inline constexpr int schema_version = 4;

/// Term prefixes. Text terms (n-grams, words) stand without a prefix: they begin with a folded letter, never with an
/// ASCII capital.
namespace prefix {
inline constexpr std::string_view job = "Q";         ///< the unit that is replaced as a whole (IndexWriter::update)
inline constexpr std::string_view message = "M";     ///< first 16 hex digits of each message id in it
inline constexpr std::string_view identifier = "I";  ///< client identifier; over 200 bytes: its hash
inline constexpr std::string_view account = "A";     ///< folded account name
inline constexpr std::string_view channel = "C";     ///< channel_name
inline constexpr std::string_view direction = "D";   ///< direction_name
inline constexpr std::string_view month = "Y";       ///< YYYYMM of each message, in the index's zone
inline constexpr std::string_view has = "H";         ///< has:NAME and kinds of attachment
inline constexpr std::string_view is = "F";          ///< is:NAME (auto bulk unsent spam trash memo confirmed, acts, conditional)
inline constexpr std::string_view blank = "X";       ///< whole term: the one document of a shard without messages
inline constexpr std::string_view conversation = "T";///< conversation id
}  // namespace prefix

/// The names of is:NAME with their flags.
inline constexpr std::array<std::pair<std::string_view, Flag>, 7> flag_names{
    {{"auto", flag_auto}, {"bulk", flag_bulk}, {"unsent", flag_unsent}, {"spam", flag_spam}, {"trash", flag_trash}, {"memo", flag_memo}, {"confirmed", flag_confirmed}}};

/// Value slots (Xapian::sortable_serialise of a number, unless said).
namespace slot {
inline constexpr unsigned sent_newest = 0;  ///< newest message of the passage, UTC seconds
inline constexpr unsigned sent_oldest = 1;
inline constexpr unsigned conversation = 2; ///< of a mail: the id; of a chat passage: the first message's
inline constexpr unsigned yen_least = 3;    ///< of the amounts in a passage; none if it has no amount
inline constexpr unsigned yen_greatest = 4;
inline constexpr unsigned due_first = 5;    ///< days since 1970 of what is promised in a passage
inline constexpr unsigned due_last = 6;
}  // namespace slot

/// What a field's words are matched against.
enum class FieldKind {
  text,      ///< folded containment in a text of the message (subject, file names)
  people,    ///< folded containment in names, whole-word or substring in addresses
  client,    ///< the clients the name resolves to, else never
  channel,
  account,
  date,      ///< day, month, year or range of them
  price,     ///< an amount in yen, or a range of them
  due,       ///< as date, but what is promised for then
  has,
  is,
  annotated, ///< written by people on the message, its conversation or its client
};

struct Field {
  std::string_view name;                       ///< English, as in help and JSON
  std::array<std::string_view, 4> other_names; ///< Japanese names and short forms; unused ones empty
  FieldKind kind;
  std::string_view example;
  std::string_view help;                       ///< msgid
};

/// Marks a string for translation without translating it here.
#define GENCHI_N(text) text

inline constexpr std::array fields{
    Field{"from", {"差出人", "送信者"}, FieldKind::people, "from:青木", GENCHI_N("who wrote it: name or address")},
    Field{"to", {"宛先"}, FieldKind::people, "to:info@example.jp", GENCHI_N("who it was sent to")},
    Field{"cc", {"写し"}, FieldKind::people, "cc:佐藤", GENCHI_N("who got a copy")},
    Field{"subject", {"件名"}, FieldKind::text, "件名:請求", GENCHI_N("the subject line")},
    Field{"client", {"取引先", "お客様", "顧客"}, FieldKind::client, "取引先:青葉", GENCHI_N("the client: name, number or part of it")},
    Field{"channel", {"経路"}, FieldKind::channel, "channel:line", GENCHI_N("mail, line, phone, meeting, fax or sms")},
    Field{"account", {"アカウント"}, FieldKind::account, "account:みどり", GENCHI_N("which of our own accounts")},
    Field{"date", {"日付", "日時"}, FieldKind::date, "日付:2024-03..2024-05", GENCHI_N("day, month, year or a range of them")},
    Field{"price", {"金額", "料金"}, FieldKind::price, "金額:5万..10万", GENCHI_N("an amount of yen in it, or a range of them")},
    Field{"due", {"期限", "納期"}, FieldKind::due, "期限:今月", GENCHI_N("a day named in it (deadline, delivery, payment, appointment): that day, month or range")},
    Field{"file", {"添付", "ファイル"}, FieldKind::text, "添付:見積書", GENCHI_N("name of an attached file")},
    Field{"has", {"あり"}, FieldKind::has, "has:photo", GENCHI_N("price, date, attachment, photo, sticker, video, voice or file")},
    Field{"is", {"状態"}, FieldKind::is, "is:acceptance", GENCHI_N("proposal, acceptance, conditional, rejection, hold, change, cancel; memo, confirmed; auto, bulk, unsent, spam or trash")},
    Field{"mark", {"マーク", "対応マーク"}, FieldKind::annotated, "mark:クレーム", GENCHI_N("a mark of ours, on it or on its client; also 要対応 and 対応済み")},
    Field{"tag", {"タグ"}, FieldKind::annotated, "tag:VIP", GENCHI_N("a tag of ours, on it or on its client")},
    Field{"assignee", {"担当", "担当者"}, FieldKind::annotated, "担当:佐藤", GENCHI_N("which of us takes care of it; - nobody")},
};

}  // namespace genchi::index
