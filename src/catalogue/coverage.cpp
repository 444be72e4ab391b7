// What is held of a client, an account, a time; and where LINE downloads leave gaps.
#include <algorithm>
#include <map>
#include <set>

#include "catalogue/impl.hpp"
#include "importers/line_oa/export.hpp"
#include "text/fold.hpp"
#include "text/names.hpp"

namespace genchi::catalogue {
namespace {

struct Download {
  UtcSeconds downloaded = 0;
  std::optional<UtcSeconds> first; ///< by its file name: the day of the first row
};

struct ChatDownloads {
  std::string account, name;
  std::vector<Download> downloads;
};

std::map<std::string, ChatDownloads> downloads_by_chat(Database& db, int offset_minutes) {
  std::map<std::string, ChatDownloads> chats;
  Statement s = db.prepare("SELECT c.key, c.account, c.name, e.downloaded, e.file_name FROM export e JOIN chat c ON c.id=e.chat "
                           "WHERE e.downloaded IS NOT NULL ORDER BY e.downloaded");
  while (s.step()) {
    ChatDownloads& chat = chats["chat:" + std::string(s.text(0))];
    chat.account = s.text(1);
    chat.name = s.text(2);
    Download download{s.integer(3), std::nullopt};
    if (const auto day = line::parse_file_name(s.text(4)).first) download.first = utc_from_civil(*day, 0, 0, 0, offset_minutes);
    chat.downloads.push_back(download);
  }
  return chats;
}

/// A download reaches from its first row to when it was made; several may overlap in any way.
void add_gaps(const ChatDownloads& chat, const MessageFilter& filter, std::vector<Coverage::Gap>& gaps) {
  std::vector<std::pair<UtcSeconds, UtcSeconds>> covered;
  for (const Download& download : chat.downloads)
    if (download.first && *download.first <= download.downloaded) covered.emplace_back(*download.first, download.downloaded);
  std::sort(covered.begin(), covered.end());
  for (std::size_t i = 1; i < covered.size(); ++i) {
    covered[i].second = std::max(covered[i].second, covered[i - 1].second);
    const Coverage::Gap gap{chat.account, chat.name, covered[i - 1].second, covered[i].first};
    if (gap.begin < gap.end && gap.begin < filter.end && gap.end > filter.begin) gaps.push_back(gap);
  }
}

}  // namespace

bool fits(const MessageFilter& filter, const Statement& s, int account, int client, int hash) {
  if (!filter.accounts.empty() && !fits_account(filter, s.text(account))) return false;
  return filter.written.empty() || filter.fits_written(s.text(client), Sha256::from_bytes(s.blob(hash)).value_or(Sha256{}));
}

bool fits_account(const MessageFilter& filter, std::string_view account) {
  const std::string folded = fold(account);
  return std::all_of(filter.accounts.begin(), filter.accounts.end(), [&](const std::string& written) {
    const std::string wanted = fold(written);
    return find_folded(folded, wanted) != std::string::npos ||
           find_folded(without_inner_blanks(folded), without_inner_blanks(wanted)) != std::string::npos;
  });
}

Coverage Catalogue::coverage(const MessageFilter& filter) const {
  Coverage out;
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  std::map<std::pair<int, std::string>, Coverage::Row> rows;
  const auto count = [&](Statement& s) {
    while (s.step()) {
      const std::string account(s.text(1));
      if (!fits_account(filter, account)) continue;
      if (s.integer(5) != 0) {
        out.hidden += static_cast<std::uint64_t>(s.integer(2));
        if (!filter.with_hidden) continue;
      }
      Coverage::Row& row = rows[{static_cast<int>(s.integer(0)), account}];
      row.channel = static_cast<Channel>(s.integer(0));
      row.account = account;
      row.first = row.messages == 0 ? s.integer(3) : std::min(row.first, s.integer(3));
      row.last = row.messages == 0 ? s.integer(4) : std::max(row.last, s.integer(4));
      row.messages += static_cast<std::uint64_t>(s.integer(2));
    }
    s.reset();
  };
  const std::string what = "SELECT channel, account, count(*), min(sent), max(sent), " + flags_in_sql("", hidden_flags) +
                           " AS hidden FROM message WHERE shown_as IS NULL AND sent>=?1 AND sent<?2 AND (?3=0 OR channel=?3)";
  const auto channel = static_cast<std::int64_t>(filter.channel ? static_cast<int>(*filter.channel) : 0);
  if (filter.identifiers) {
    Statement s = db.prepare(what + " AND client=?4 GROUP BY channel, account, hidden");
    for (const std::string& identifier : *filter.identifiers) count(s.bind(filter.begin, filter.end, channel, identifier));
  } else {
    Statement s = db.prepare(what + " GROUP BY channel, account, hidden");
    count(s.bind(filter.begin, filter.end, channel));
  }
  for (auto& [key, row] : rows) {
    out.messages += row.messages;
    out.rows.push_back(std::move(row));
  }
  if (filter.channel && *filter.channel != Channel::line) return out;
  const std::set<std::string_view> asked = filter.identifiers ? std::set<std::string_view>(filter.identifiers->begin(), filter.identifiers->end()) : std::set<std::string_view>();
  for (const auto& [identifier, chat] : downloads_by_chat(db, japan_offset_minutes)) {
    if ((filter.identifiers && !asked.contains(identifier)) || chat.downloads.empty() || !fits_account(filter, chat.account)) continue;
    add_gaps(chat, filter, out.gaps);
    out.line_until = std::min(out.line_until.value_or(INT64_MAX), chat.downloads.back().downloaded);
  }
  std::sort(out.gaps.begin(), out.gaps.end(), [](const Coverage::Gap& a, const Coverage::Gap& b) {
    return std::tie(a.begin, a.end, a.account, a.chat) < std::tie(b.begin, b.end, b.account, b.chat);
  });
  return out;
}

}  // namespace genchi::catalogue
