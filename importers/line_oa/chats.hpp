// Which downloads are the same chat, and which rows of them are the same message (src/README.md, "Identity").
// Pure functions of the files held, so the order of imports does not matter.
//
// Grouping, for the files of one account:
//  1. Two files of one download (the same `downloaded` minute) whose running numbers differ are different
//  chats. No
//     rule below joins them.
//  2. A row is distinctive if it is text of 4 characters or more, not lossy, its key (sent, type, hash)
//  occurs once in
//     its file, and is no broadcast: a broadcast's key occurs in two files that rule 1 keeps apart.
//  3. Two files are compared over the time both cover: from the later of their first rows to the earlier of
//  their ends
//     (the download, or the last row where that is unknown). They are one chat if distinctive rows coincide
//     there and none contradicts. A row contradicts if it is distinctive in the earlier download and not in
//     the later at all, though younger than the later one's first row and older than the earlier one's end.
//     It does not if the later one has an unsent or a lossy row of that second and type in its place. Rows
//     that only the later one has were unread before. So all of the earlier one's distinctive rows coincide,
//     five or fewer, but those unsent or damaged since. Two files of different names, neither from a download
//     of several chats, need a row of the friend among those: what the account sent may have gone to others
//     in the same second, and nothing would show it. Joins are transitive.
//     Five of the friend's distinctive rows that coincide outweigh all contradictions: nobody else wrote the
//     same five texts in the same five seconds. What the later download lacks then was left out by a chosen
//     period, cut, or edited by hand (drift.hpp tells it); two chats would hold everything else twice.
//  4. Chats so found that share a name (not "Unknown") are one chat, `assumed`, if the name is unique in
//  every download
//     seen, and no two of them contradict, are kept apart by rule 1, or may be of two accounts: all chats of that name or
//     none.
// Downloads of several chats may be of two accounts of one name if they have no chat in common by rows, though each has
// three or more that the other should hold: with messages of the time before both that LINE still had; or if one minute
// gave two chats the same running number.
// Talks of the LINE app (`minutes`) are grouped among themselves by the same rules; what they form joins the chat of
// downloads with which most of its distinctive rows coincide by minute: five of the friend's, or one and all of the time
// that both cover. Rows that two chats of downloads hold (a broadcast) do not count. Names alone never join a talk and
// a download: a talk is somebody's own LINE account, a download the business's.
// Files with the same bytes are one chat, unless rule 1 or, without rows, their names say otherwise: all
// chats without messages in one download have the same bytes. Of two files of one download with the same number and
// name, one of which begins with the whole rows of the other, a row of the friend among them, the other was cut off:
// they are one chat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "genchi/sha256.hpp"
#include "importers/line_oa/export.hpp"

namespace genchi::line {

/// A row reduced to what alignment needs.
struct RowKey {
  UtcSeconds sent = 0;
  std::uint64_t hash = 0;       ///< content_hash().prefix64()
  std::uint32_t characters = 0; ///< of the text, in UTF-16 units
  SenderType type = SenderType::user;
  Content content = Content::text;
  bool lossy = false;
  bool call = false; ///< LINE's words for a call, in a talk; text that begins with ☎, in a download

  bool operator==(const RowKey&) const = default;
};
RowKey row_key(const Row& row);

/// A held download: everything the grouping looks at.
struct ExportFile {
  Sha256 digest;           ///< of the file
  std::uint64_t order = 0; ///< journal sequence of its import: decides a chat's key, nothing else
  std::string chat_name;
  std::optional<std::uint32_t> number;  ///< running number in its download
  std::optional<UtcSeconds> downloaded; ///< its download
  std::string language;                 ///< of its placeholders (Export::language)
  std::vector<RowKey> rows;             ///< in file order
  bool minutes = false;                 ///< a talk of the LINE app: times are whole minutes
};

/// Files of one chat. `files` are indexes into the input, in canonical order: by download, digest, number,
/// name.
struct ChatGroup {
  std::vector<std::uint32_t> files;
  bool assumed = false; ///< joined by a unique name only, without common rows
  /// For each of `files` the first of them that it is joined with by rows; several where it is assumed.
  std::vector<std::uint32_t> part;
};

/// Two chats that are not one, where a person may think they are; by the newest files that show it.
struct KeptApart {
  enum class Reason { namesake, contradiction, accounts };
  Reason reason = Reason::namesake;
  std::uint32_t file = 0, other = 0; ///< of two groups; `other` the earlier download, if they contradict or of two accounts
  std::uint32_t rows = 0;            ///< of `other` that `file` contradicts
  UtcSeconds first = 0, last = 0;    ///< of those
};
/// A file without which its chat would be two, and the newest files of two of its parts.
struct Bridge {
  std::uint32_t file = 0, one = 0, other = 0;
};
/// What the grouping has to say beside the groups; in canonical order, the same in any order of `files`.
struct GroupingNotes {
  /// Once a pair of chats that contradict; once a chat that has namesakes; once a pair of downloads that may be of two accounts.
  std::vector<KeptApart> apart;
  std::vector<Bridge> bridges;  ///< looked for in chats of at most 64 downloads
};

/// Groups the files of one account into chats by the rules above. Every file is in exactly one group; groups
/// are in the canonical order of their first files. The result, groups and the files in them, does not depend
/// on the order of `files`. Near-linear in the number of rows; holds about 32 bytes a row beside the input.
std::vector<ChatGroup> group_chats(const std::vector<ExportFile>& files, GroupingNotes* notes = nullptr);

/// A place in one chat's files: index into the files as given, index into that file's rows.
using RowPlace = std::pair<std::uint32_t, std::uint32_t>;

/// The union of one chat's files: every message once.
struct MergedRow {
  std::uint32_t file = 0; ///< index into the chat's files (as given): the file whose row is shown
  std::uint32_t row = 0;  ///< index into that file's rows
  std::uint32_t nth = 0;  ///< n-th of its (type, second, hash) in the chat, from 0
  /// Set when a later download shows this row as unsent: the place where its words are still held is then
  /// `file`/`row`, and this says which row said so.
  std::optional<RowPlace> unsent_by;
  std::vector<RowPlace> copies; ///< the same message in other files: (file, row), in canonical order
  UtcSeconds sent = 0;          ///< with the second, where any file has it
};
/// Rows of a talk take the second of the row of the downloads that they equal, the n-th of a minute that of the n-th;
/// so do rows that one side has damaged or taken back, where they pair without doubt, and calls, in whatever words.
/// Aligns the files in canonical order and returns their multiset union by (sent, position). Every row of
/// every file is in exactly one place of one result. Shown is the row of the first file that has it whole.
/// Independent of the order of `files` but for indexes. Near-linear.
///
/// Rows of one second are aligned so:
///  * equal (type, hash): the n-th of a file is the n-th of the others; the larger count wins;
///  * a lossy row that equals no whole one stands for a whole text row of its type that its file lacks. If a
///  file
///    has as many such lossy rows as it lacks whole ones, they pair in order; else a lossy row takes the one
///    nearest in length if no other is as near; otherwise it is a message of its own;
///  * an unsent row takes the place of a row of its type that its file lacks and no later download has, first
///  come
///    first taken; otherwise it is a message of its own.
std::vector<MergedRow> merge_rows(const std::vector<const ExportFile*>& files);

/// Canonical order of files, the same whatever order they are given in.
bool comes_before(const ExportFile& a, const ExportFile& b);

} // namespace genchi::line
