#include "store/tombstones.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "archive/erasing.hpp"
#include "catalogue/erased_row.hpp"

namespace genchi {
namespace {

// As many rows that nobody else wrote make two downloads one chat (importers/line_oa/chats.hpp).
constexpr std::uint64_t enough_telling = 5;
// Four characters or more hardly anybody else wrote at that second.
constexpr std::uint32_t telling_characters = 4;

UtcSeconds minute_of(UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; }

std::string row_text(std::string_view what, const RowName& row, UtcSeconds sent) {
  return fmt::format("{}\n{}\n{}\n{:016x}", what, row.ours ? "account" : "user", sent, row.content);
}
// Of a download both its second and its minute are known, of a talk the minute alone.
std::string by_second(const RowName& row) { return row_text("row", row, row.sent); }
std::string by_minute(const RowName& row) { return catalogue::row_by_minute(row.ours, row.sent, row.content); }
std::string of_talk(const RowName& row) { return row_text("row-talk", row, minute_of(row.sent)); }

// Friends of one name in two accounts are not one chat; "*" where the account was not known.
constexpr std::string_view any_account = "*";
std::string of_name(std::string_view account, std::string_view name) { return fmt::format("chat-name\n{}\n{}", account, name); }

std::vector<std::string> looked_up(const RowName& row) { return {row.minute ? by_minute(row) : by_second(row), of_talk(row)}; }
std::vector<std::string> looked_up(const ChatName& chat) {
  if (chat.account.empty()) return {of_name("", chat.name)};
  return {of_name(chat.account, chat.name), of_name(any_account, chat.name)};
}

}  // namespace

RowName row_name(const line::RowKey& key, bool minute) {
  const bool ours = key.type == line::SenderType::account;
  return {ours, key.sent, key.hash, minute, !ours && key.content == line::Content::text && !key.lossy && key.characters >= telling_characters};
}

std::string mark_of(const Archive& archive, const RowName& row) { return catalogue::erased_mark(archive, row.ours, row.sent, row.content); }

std::vector<std::string> tombstones_left_by(const RowName& row) {
  if (row.minute) return {of_talk(row)};
  return {by_second(row), by_minute(row)};
}

std::vector<std::string> tombstones_left_by(const ChatName& chat) {
  if (chat.name.empty()) return {};
  return {of_name("", chat.name), of_name(chat.account.empty() ? any_account : chat.account, chat.name)};
}

Archive::Tombstone tombstone_of_file(const Sha256& digest) { return {tombstone_text(EntryKind::media, digest), 0, false}; }

std::vector<Archive::Tombstone> tombstones_of(const ErasedBefore& erased, const std::vector<RowName>& rows) {
  std::vector<Archive::Tombstone> out;
  for (const std::size_t row : erased.rows)
    for (const std::string& text : {by_second(rows[row]), by_minute(rows[row]), of_talk(rows[row])})
      for (const std::int64_t chat : erased.chats) out.push_back({text, chat, false});
  return out;
}

ErasedBefore rows_erased_before(const Archive& archive, const std::vector<RowName>& rows, const ChatName& chat) {
  struct Found {
    std::vector<std::size_t> rows;
    std::set<std::string> telling;
    std::uint64_t to_the_second = 0;  ///< of `telling`
  };
  std::map<std::int64_t, Found> chats;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const std::string& text : looked_up(rows[i]))
      for (const auto& [number, telling] : archive.tombstones_of(text)) {
        Found& found = chats[number];
        found.rows.push_back(i);
        if (telling && found.telling.insert(text).second && !rows[i].minute && text == by_second(rows[i])) ++found.to_the_second;
      }
  if (chats.empty()) return {};
  std::set<std::int64_t> called_so;
  for (const std::string& text : looked_up(chat))
    for (const auto& [number, telling] : archive.tombstones_of(text)) called_so.insert(number);
  std::set<std::size_t> again;
  ErasedBefore out;
  for (const auto& [number, found] : chats) {
    // Each telling row of a download left two.
    const std::uint64_t all = archive.telling_tombstones(number), told = found.telling.size();
    const bool known = told >= enough_telling || (found.to_the_second > 0 && found.to_the_second >= (all + 1) / 2);
    if (known || (called_so.contains(number) && (told > 0 || all == 0))) {
      again.insert(found.rows.begin(), found.rows.end());
      out.chats.insert(number);
    }
  }
  out.rows.assign(again.begin(), again.end());
  return out;
}

}  // namespace genchi
