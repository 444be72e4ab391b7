#include "store/erase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "archive/journal.hpp"
#include "base/json.hpp"
#include "catalogue/book.hpp"
#include "catalogue/decisions.hpp"
#include "catalogue/erased_row.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "store/download.hpp"
#include "store/tombstones.hpp"
#include "text/width.hpp"

namespace genchi {

using nlohmann::json;
using catalogue::Catalogue;

namespace {

RowName name_of(const Catalogue::DownloadRow& row) { return {row.row.ours, row.row.sent, row.row.content, row.minute, row.distinctive}; }

UtcSeconds minute_of(UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; }

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
  std::set<std::string> remaining_;  ///< clients of which something stays that is theirs alone
};

void Planner::require_not_kept() {
  std::set<std::string> concerned(heads_.begin(), heads_.end());
  for (const Sha256& id : request_.messages)
    if (const auto record = catalogue_.record(id))
      for (const std::string& identifier : record->identifiers) concerned.insert(catalogue_.head_of(identifier));
  for (const KeptClient& kept : kept_clients(store_)) {
    if (!concerned.contains(kept.client)) continue;
    throw Error(trf("{} is to be kept: {}", for_terminal(catalogue_.party_of(kept.client).name), for_terminal(kept.why)),
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
  if (kept && kept->why != ErasePlan::Stays::shared) remaining_.insert(one.client);
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
  std::string account = catalogue_.chat_names(chat).account;
  if (account == catalogue::account_of_talks) account.clear();
  std::set<Archive::Tombstone> tombstones;
  for (const EntryId entry : catalogue_.downloads_of(chat)) {
    const auto rows = catalogue_.download_rows(entry);
    const auto gone = [&](const Catalogue::DownloadRow& row) {
      if (row.erased) return false;
      return what.all ? !what.stay.contains(row) : what.go.contains(row);
    };
    for (const auto& row : rows)
      if (gone(row))
        for (std::string& text : tombstones_left_by(name_of(row))) tombstones.insert({std::move(text), number, row.distinctive});
    // What stands for rows that were erased before comes in with an export.
    if (what.all)
      for (const auto& row : rows)
        if (row.erased)
          for (std::string& text : tombstones_left_by(name_of(row))) tombstones.insert({std::move(text), number, false});
    if (std::any_of(rows.begin(), rows.end(), gone))
      for (std::string& text : tombstones_left_by(ChatName{catalogue_.chat_name(entry), account})) tombstones.insert({std::move(text), number, false});
    if (what.all && !what.any_stays) {
      // Friends who got only the same broadcasts have downloads of equal bytes.
      if (std::none_of(rows.begin(), rows.end(), [](const auto& row) { return row.distinctive; })) plan_.what.named.push_back(entry);
      entry_goes(entry);
      continue;
    }
    const auto original = store_.archive().entry(entry);
    if (!original) continue;
    const Download download(store_, *original);
    for (const auto& row : rows) {
      if (!gone(row)) continue;
      if (auto erasure = download.erased(row.offset, mark_of(store_.archive(), name_of(row)))) plan_.what.rows.push_back(*std::move(erasure));
      else {
        plan_.stays.push_back({Sha256{}, Channel::line, row.row.sent, ErasePlan::Stays::unreachable, DocumentKind::none, std::nullopt});
        remaining_.insert(catalogue_.head_of(chat));
      }
    }
  }
  if (!tombstones.empty()) plan_.what.tombstones.insert(plan_.what.tombstones.end(), tombstones.begin(), tombstones.end());
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
  for (const Sha256& id : request_.messages) {
    std::set<std::string> concerned;
    if (const auto record = catalogue_.record(id); record && ids_.contains(record->id))
      for (const std::string& identifier : record->identifiers) concerned.insert(catalogue_.head_of(identifier));
    if (concerned.size() > 1) ++plan_.shared;
  }
  for (const auto& [chat, what] : chats_) plan_chat(chat, what);
  plan_files();
  plan_.originals = plan_.what.entries.size();
  if (!plan_.what.entries.empty() || !plan_.what.rows.empty()) plan_.what.payloads = written_on(store_, plan_.ids, heads_);
  plan_.written = plan_.what.payloads.size();
  // Who nothing remains of is called nothing.
  std::vector<std::string> gone;
  std::copy_if(heads_.begin(), heads_.end(), std::back_inserter(gone), [&](const std::string& head) { return !remaining_.contains(head); });
  if (!gone.empty() && !plan_.what.empty())
    for (const Seq row : said_of(store_, gone, plan_.apart)) plan_.what.payloads.push_back(row);
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

std::vector<Seq> said_of(Store& store, const std::vector<std::string>& clients, std::vector<std::pair<std::string, std::string>>& apart) {
  const Catalogue& held = store.catalogue();
  const std::set<std::string> heads(clients.begin(), clients.end());
  const auto theirs = [&](const std::string& identifier) { return heads.contains(held.head_of(identifier)); };
  // Whose an address is if nothing is said of it: its company's.
  const auto would_be_of = [&](const std::string& identifier) -> std::string {
    if (!identifier.starts_with("addr:")) return {};
    const std::string head = held.head_of(catalogue::client_identifier(identifier.substr(5)));
    return heads.contains(head) || !held.client_of(head) ? std::string() : head;
  };
  std::map<std::string, std::string> kept_apart;
  std::vector<Seq> out;
  std::set<Seq> gone;
  for (const JournalRow& row : store.archive().journal_of(JournalKind::client)) {
    const auto decision = catalogue::read_book_decision(row.payload);
    if (!decision) continue;
    std::vector<std::string> named = decision->identifiers;
    if (!decision->into.empty()) named.push_back(decision->into);
    const bool undoes_one = named.empty() && gone.contains(decision->undone);
    if (!undoes_one && (named.empty() || !std::all_of(named.begin(), named.end(), theirs))) continue;
    bool stays = false;
    if (decision->action != catalogue::BookDecision::Action::rename && decision->action != catalogue::BookDecision::Action::kind)
      for (const std::string& identifier : named)
        if (const std::string other = would_be_of(identifier); !other.empty()) {
          kept_apart.emplace(identifier.substr(5), other);
          stays = true;
        }
    if (stays) continue;
    out.push_back(row.seq);
    gone.insert(row.seq);
  }
  apart.assign(kept_apart.begin(), kept_apart.end());
  // A release stays as long as what it releases.
  std::set<std::string> kept;
  std::vector<std::pair<Seq, std::vector<std::string>>> releases;
  for (const JournalRow& row : store.archive().journal_of(JournalKind::keep)) {
    const json payload = parse_json(row.payload);
    if (!payload.is_object()) continue;
    std::vector<std::string> named;
    if (const auto list = payload.find("identifiers"); list != payload.end() && list->is_array())
      for (const json& each : *list)
        if (each.is_string()) named.push_back(each.get<std::string>());
    const bool goes = !named.empty() && std::all_of(named.begin(), named.end(), theirs);
    if (!payload.value("keep", true)) {
      if (goes) releases.emplace_back(row.seq, std::move(named));
    } else if (goes) {
      out.push_back(row.seq);
    } else {
      kept.insert(named.begin(), named.end());
    }
  }
  for (const auto& [seq, named] : releases)
    if (std::none_of(named.begin(), named.end(), [&](const std::string& each) { return kept.contains(each); })) out.push_back(seq);
  return out;
}

}  // namespace genchi
