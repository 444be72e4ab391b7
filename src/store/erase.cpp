#include "store/erase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "archive/journal.hpp"
#include "base/json.hpp"
#include "catalogue/decisions.hpp"
#include "catalogue/erased_row.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "store/download.hpp"

namespace genchi {

using nlohmann::json;
using catalogue::Catalogue;

namespace {

// As many rows that nobody else wrote make two downloads one chat (importers/line_oa/chats.hpp).
constexpr std::uint64_t enough_telling = 5;

UtcSeconds minute_of(UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; }

std::string row_text(std::string_view what, const RowName& row, UtcSeconds sent) {
  return fmt::format("{}\n{}\n{}\n{:016x}", what, row.ours ? "account" : "user", sent, row.content);
}
// Of a download both its second and its minute are known, of a talk the minute alone.
std::string by_second(const RowName& row) { return row_text("row", row, row.sent); }
std::string by_minute(const RowName& row) { return catalogue::row_by_minute(row.ours, row.sent, row.content); }
std::string of_talk(const RowName& row) { return row_text("row-talk", row, minute_of(row.sent)); }
std::string of_name(std::string_view chat_name) { return "chat-name\n" + std::string(chat_name); }

std::vector<std::string> left_by(const RowName& row) {
  if (row.minute) return {of_talk(row)};
  return {by_second(row), by_minute(row)};
}
std::vector<std::string> looked_up(const RowName& row) { return {row.minute ? by_minute(row) : by_second(row), of_talk(row)}; }

RowName name_of(const Catalogue::DownloadRow& row) { return {row.row.ours, row.row.sent, row.row.content, row.minute, row.distinctive}; }

/// A number for the tombstones of one chat.
std::int64_t new_chat_number() {
  std::int64_t out = 0;
  for (const char c : random_bytes(7)) out = out << 8 | static_cast<unsigned char>(c);
  return out | 1;
}

/// Rows of a chat by their time and words, whichever download or talk has them.
class RowSet {
 public:
  void add(const Catalogue::LineRow& row) {
    seconds_.emplace(row.ours, row.sent, row.content);
    minutes_.emplace(row.ours, minute_of(row.sent), row.content);
  }
  bool contains(const Catalogue::DownloadRow& row) const {
    return (row.minute ? minutes_ : seconds_).contains({row.row.ours, row.row.sent, row.row.content});
  }
  bool empty() const { return seconds_.empty(); }

 private:
  std::set<std::tuple<bool, UtcSeconds, std::uint64_t>> seconds_, minutes_;
};

class Planner {
 public:
  Planner(Store& store, const EraseRequest& request) : store_(store), catalogue_(store.catalogue()), request_(request) {}

  ErasePlan plan();

 private:
  /// What becomes of the rows of a chat.
  struct Chat {
    bool all = false;   ///< but those that stay
    RowSet go, stay;
    bool any_stays = false;
  };

  void require_not_kept();
  void take(const Catalogue::Owned& one, bool of_client);
  void goes(const Catalogue::Owned& one);
  std::optional<ErasePlan::Kept> has_to_stay(const Catalogue::Owned& one, bool of_client) const;
  void plan_chat(const std::string& chat, const Chat& what);
  void plan_files();
  void entry_goes(EntryId entry) {
    if (entries_.insert(entry).second) plan_.what.entries.push_back(entry);
  }

  Store& store_;
  Catalogue& catalogue_;
  const EraseRequest& request_;
  ErasePlan plan_;
  std::set<Sha256> ids_;
  std::set<EntryId> entries_;
  std::map<std::string, Chat> chats_;
  std::vector<std::string> heads_;
};

void Planner::require_not_kept() {
  std::set<std::string> concerned(heads_.begin(), heads_.end());
  for (const Sha256& id : request_.messages)
    if (const auto record = catalogue_.record(id))
      for (const std::string& identifier : record->identifiers) concerned.insert(catalogue_.head_of(identifier));
  for (const KeptClient& kept : kept_clients(store_)) {
    if (!concerned.contains(kept.client)) continue;
    throw Error(trf("{} is to be kept: {}", catalogue_.party_of(kept.client).name, kept.why),
                tr("Nothing of it is erased until `genchi keep CLIENT --release`."));
  }
}

std::optional<ErasePlan::Kept> Planner::has_to_stay(const Catalogue::Owned& one, bool of_client) const {
  ErasePlan::Kept kept{one.id, one.channel, one.sent, ErasePlan::Stays::shared, DocumentKind::none, std::nullopt};
  if (of_client && one.shared) return kept;
  if (request_.documents_too) return std::nullopt;
  const auto facts = catalogue_.facts(one.shown_as);
  if (!facts || !facts->document) return std::nullopt;
  kept.document = facts->document.kind;
  kept.until = keep_until(facts->document, request_.business);
  kept.why = kept.until ? ErasePlan::Stays::document : ErasePlan::Stays::undetermined;
  if (kept.until && *kept.until < request_.today) return std::nullopt;
  return kept;
}

void Planner::take(const Catalogue::Owned& one, bool of_client) {
  if (ids_.contains(one.id)) return;
  const auto kept = has_to_stay(one, of_client);
  if (kept && one.id == one.shown_as) plan_.stays.push_back(*kept);
  if (!one.chat.empty()) {
    Chat& chat = chats_[one.chat];
    chat.all = chat.all || of_client;
    (kept ? chat.stay : chat.go).add(one.row);
    chat.any_stays = chat.any_stays || kept;
  }
  if (!kept) goes(one);
}

void Planner::goes(const Catalogue::Owned& one) {
  ids_.insert(one.id);
  plan_.ids.push_back(one.id);
  if (one.id == one.shown_as) {
    ErasePlan::Count& count = plan_.goes[one.channel];
    count.first = count.messages == 0 ? one.sent : std::min(count.first, one.sent);
    count.last = count.messages == 0 ? one.sent : std::max(count.last, one.sent);
    ++count.messages;
  }
  if (!one.chat.empty()) return;
  if (one.channel != Channel::mail) return entry_goes(one.entry);
  for (const EntryId entry : store_.archive().mail_entries(one.id)) entry_goes(entry);
}

void Planner::plan_chat(const std::string& chat, const Chat& what) {
  const std::int64_t number = new_chat_number();
  std::set<Archive::Tombstone> tombstones;
  for (const EntryId entry : catalogue_.downloads_of(chat)) {
    const auto rows = catalogue_.download_rows(entry);
    const auto gone = [&](const Catalogue::DownloadRow& row) {
      if (row.erased) return false;
      return what.all ? !what.stay.contains(row) : what.go.contains(row);
    };
    for (const auto& row : rows)
      if (gone(row))
        for (std::string& text : left_by(name_of(row))) tombstones.insert({std::move(text), number, row.distinctive});
    if (std::any_of(rows.begin(), rows.end(), gone))
      if (const std::string name = catalogue_.chat_name(entry); !name.empty()) tombstones.insert({of_name(name), number, false});
    if (what.all && !what.any_stays) {
      entry_goes(entry);
      continue;
    }
    const auto original = store_.archive().entry(entry);
    if (!original) continue;
    const Download download(store_, *original);
    for (const auto& row : rows) {
      if (!gone(row)) continue;
      if (auto erasure = download.erased(row.offset, mark_of(store_.archive(), name_of(row)))) plan_.what.rows.push_back(*std::move(erasure));
      else plan_.stays.push_back({Sha256{}, Channel::line, row.row.sent, ErasePlan::Stays::unreachable, DocumentKind::none, std::nullopt});
    }
  }
  // A name alone brings nothing back.
  if (tombstones.size() > 1) plan_.what.tombstones.insert(plan_.what.tombstones.end(), tombstones.begin(), tombstones.end());
}

/// Saved files of messages that go, unless they belong to another as well.
void Planner::plan_files() {
  std::map<Sha256, EntryId> files;
  std::set<Sha256> needed;
  catalogue_.attached([&](const catalogue::Attached& each) {
    if (ids_.contains(each.message)) files.emplace(each.digest, each.entry);
    else needed.insert(each.digest);
  });
  for (const auto& [digest, entry] : files) {
    if (entry == 0 || needed.contains(digest)) continue;
    entry_goes(entry);
    ++plan_.files;
  }
}

ErasePlan Planner::plan() {
  for (const auto& client : request_.clients) heads_.push_back(catalogue_.head_of(client.front()));
  require_not_kept();
  if (!heads_.empty()) catalogue_.owned(heads_, [&](const Catalogue::Owned& one) { take(one, /*of_client=*/true); });
  for (const Sha256& id : request_.messages)
    for (const Catalogue::Owned& one : catalogue_.owned(id)) take(one, /*of_client=*/false);
  for (const auto& [chat, what] : chats_) plan_chat(chat, what);
  plan_files();
  plan_.originals = plan_.what.entries.size();
  if (!plan_.what.entries.empty() || !plan_.what.rows.empty()) plan_.what.payloads = written_on(store_, plan_.ids, heads_);
  plan_.written = plan_.what.payloads.size();
  // What people said of a talk that goes: names, mostly.
  std::set<std::string> talks;
  for (const Entry& entry : store_.archive().entries_by_id(plan_.what.entries))
    if (entry.kind == EntryKind::line_export) talks.insert(entry.digest.hex());
  if (!talks.empty())
    for (const JournalRow& row : store_.archive().journal_of(JournalKind::annotation)) {
      const json payload = parse_json(row.payload);
      if (payload.is_object() && talks.contains(payload.value("talk", ""))) plan_.what.payloads.push_back(row.seq);
    }
  std::sort(plan_.stays.begin(), plan_.stays.end(), [](const auto& a, const auto& b) { return std::tie(a.sent, a.id) < std::tie(b.sent, b.id); });
  return std::move(plan_);
}

}  // namespace

ErasePlan plan_erasing(Store& store, const EraseRequest& request) { return Planner(store, request).plan(); }

bool carry_out(Store& store, const ErasePlan& plan, std::string_view why, Progress* progress, const Store::Stop& stop) {
  if (!plan.what.empty()) store.archive().erase(plan.what, why);
  return store.finish_erasing(progress, stop);
}

std::string mark_of(const Archive& archive, const RowName& row) { return catalogue::erased_mark(archive, row.ours, row.sent, row.content); }

std::vector<std::size_t> rows_erased_before(const Archive& archive, const std::vector<RowName>& rows, std::string_view chat_name) {
  std::map<std::int64_t, std::pair<std::vector<std::size_t>, std::set<std::string>>> chats;  // rows; texts of those that tell it
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const std::string& text : looked_up(rows[i]))
      for (const auto& [chat, telling] : archive.tombstones_of(text)) {
        chats[chat].first.push_back(i);
        if (telling) chats[chat].second.insert(text);
      }
  std::set<std::int64_t> called_so;
  for (const auto& [chat, telling] : archive.tombstones_of(of_name(chat_name))) called_so.insert(chat);
  std::set<std::size_t> out;
  for (const auto& [chat, found] : chats) {
    // Each telling row of a download left two.
    const std::uint64_t all = archive.telling_tombstones(chat), told = found.second.size();
    const bool known = told > 0 && told >= std::min(enough_telling, (all + 1) / 2);
    if (known || (called_so.contains(chat) && (told > 0 || all == 0))) out.insert(found.first.begin(), found.first.end());
  }
  return {out.begin(), out.end()};
}

std::vector<std::string> tombstones_of_rows(const std::vector<RowName>& rows) {
  std::vector<std::string> out;
  for (const RowName& row : rows)
    for (auto& text : {by_second(row), by_minute(row), of_talk(row)}) out.push_back(text);
  return out;
}

std::vector<Seq> written_on(Store& store, const std::vector<Sha256>& messages, const std::vector<std::string>& clients) {
  const Catalogue& held = store.catalogue();
  const std::set<Sha256> gone(messages.begin(), messages.end());
  const std::set<std::string> heads(clients.begin(), clients.end());
  const auto goes = [&](const std::string& hex) {
    const auto id = Sha256::from_hex(hex);
    const auto current = id ? held.current_id(*id) : std::nullopt;
    return current && gone.contains(*current);
  };
  const auto is_client = [&](const std::string& identifier) { return heads.contains(held.head_of(identifier)); };
  std::vector<Seq> out;
  for (const JournalRow& row : store.archive().journal_of(JournalKind::annotation)) {
    const auto written = catalogue::read_annotation(row.payload);
    if (!written) continue;
    const std::string& target = written->target;
    const std::size_t colon = target.find(':');
    if (colon == std::string::npos) continue;
    if (target.starts_with("message:")) {
      if (goes(target.substr(colon + 1))) out.push_back(row.seq);
    } else if (target.starts_with("conversation:")) {
      if (!goes(target.substr(colon + 1))) continue;
      const auto all = held.conversation_of(*Sha256::from_hex(target.substr(colon + 1)), SIZE_MAX >> 1);
      if (std::all_of(all.begin(), all.end(), [&](const Sha256& id) { return gone.contains(id); })) out.push_back(row.seq);
    } else if (is_client(target)) {
      out.push_back(row.seq);
    }
  }
  for (const JournalRow& row : store.archive().journal_of(JournalKind::fact))
    if (const auto decision = catalogue::read_decision(row.payload); decision && goes(decision->message.hex())) out.push_back(row.seq);
  return out;
}

}  // namespace genchi
