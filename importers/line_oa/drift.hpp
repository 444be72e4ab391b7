// What the downloads of one chat say against each other: what a later one lacks or adds, and why that may be.
// Nothing of it changes what is held: the union keeps every row (chats.hpp).
//
// Told of a download, against the ones before it in canonical order:
//  * a row that the one before it held and it lacks, though it covers that time: from its first row, whose
//    second may be cut, to the minute of its download;
//  * rows older than its first row that were held until then;
//  * rows of the time that an earlier one covers and lacks.
// What is missing from several downloads in a row is told of the first. The reason is what the rows speak
// for, not what is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/line_oa/chats.hpp"

namespace genchi::line {

enum class DriftCase : std::uint8_t {
  missing,       ///< lacks rows for no reason the rows show: perhaps edited or cut
  added,         ///< has rows of the account's that an earlier download of that time lacks
  contradiction, ///< another chat looks like this one, but its download says otherwise: kept apart
  namesake,      ///< another chat bears the same name: kept apart
  assumed,       ///< belongs to this chat by its unique name only
  bridge,        ///< without it the chat would be two
  renamed,       ///< the friend has another name than in the download before
  unsent,        ///< shows rows as taken back whose words an earlier download holds
  unread,        ///< has rows that an earlier download left out, since nobody had opened them then
  expired,       ///< no longer has rows that are so old that LINE has deleted them
  excerpt,       ///< covers less than it could: a period was chosen, or it was cut
  damaged,       ///< has rows with characters lost when it was saved anew; another has them whole
  language,      ///< has LINE's placeholders in another language than the download before
  repeated,      ///< holds equal rows of one second more or less often than an earlier download
  accounts,      ///< of several chats none of which an earlier one has: perhaps of another account of the same name
};
/// As in JSON: "missing" "added" …
std::string_view drift_case_name(DriftCase what);

/// One case of one download.
struct Drift {
  DriftCase what = DriftCase::missing;
  std::uint32_t file = 0;             ///< index into the files: the download it is told of
  std::optional<std::uint32_t> other; ///< the download it is compared with
  std::uint32_t rows = 0;             ///< how many rows; 0 where it is not about rows
  UtcSeconds first = 0, last = 0;     ///< of those rows; both 0 if there are none
  std::string was, now;               ///< names or languages, where these changed
  std::vector<RowPlace> examples;     ///< the first of the rows, where they are held; at most 3
};

/// Younger than this when a download was made, a row was not deleted by LINE: it keeps chats for half a year
/// or longer.
inline constexpr UtcSeconds least_retention = UtcSeconds{175} * 24 * 3600;

/// Compares the downloads of one chat, `merged` being merge_rows() of the same files. All cases but those
/// that take more than one chat to see (contradiction, namesake, assumed, bridge, accounts). By file in canonical
/// order, then by case; independent of the order of `files` but for indexes. Files of equal bytes count once.
/// Near-linear in the number of rows.
std::vector<Drift> compare_downloads(const std::vector<const ExportFile*>& files,
                                     const std::vector<MergedRow>& merged);

} // namespace genchi::line
