#include "store/friend_match.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "base/bytes.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"
#include "text/names.hpp"

namespace genchi {
namespace {

using friends::FriendRow;
using Outcome = FriendMatch::Outcome;
using Numbers = std::vector<std::int64_t>; ///< of clients, ascending

constexpr std::size_t kinds_of_evidence = 4;

std::size_t index_of(FriendEvidence evidence) {
  return static_cast<std::size_t>(evidence);
}

void tidy(Numbers& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// CP932 has no emoji: a list in it has ? for each. Names compared without either.
std::string without_lost(std::string_view name) {
  std::string key = fold(name);
  for (const std::string_view lost : {"?", "\xef\xbf\xbd"})
    for (std::size_t at = key.find(lost); at != std::string::npos; at = key.find(lost, at))
      key.erase(at, lost.size());
  return key;
}

bool has_lost(std::string_view name) {
  return name.find('?') != std::string_view::npos || name.find("\xef\xbf\xbd") != std::string_view::npos;
}

class Targets {
 public:
  Targets(const std::vector<FriendTarget>& clients, std::string_view account) {
    for (const FriendTarget& client : clients) {
      for (const std::string& address : client.addresses)
        add(FriendEvidence::address, ascii_lower(trim(address)), client.number);
      for (const std::string& phone : client.phones)
        add(FriendEvidence::phone, phone_number_of_cell(phone), client.number);
      for (const std::string& name : client.names) add_full_name(name, client.number);
      for (const FriendTarget::Chat& chat : client.chats) {
        for (const std::string& name : chat.names) add_full_name(name, client.number);
        if (!account.empty() && chat.account != account) continue;
        for (const std::string& name : chat.names) {
          add(FriendEvidence::line_name, std::string(trim(name)), client.number);
          lossy_names_[without_lost(name)].push_back(client.number);
        }
      }
    }
    for (auto& table : tables_)
      for (auto& [key, numbers] : table) tidy(numbers);
    for (auto& [key, numbers] : lossy_names_) tidy(numbers);
  }

  Numbers with(FriendEvidence evidence, const std::string& key) const {
    const auto& table = tables_[index_of(evidence)];
    const auto found = key.empty() ? table.end() : table.find(key);
    return found == table.end() ? Numbers() : found->second;
  }

  Numbers called(std::string_view line_name) const {
    const std::string_view name = trim(line_name);
    Numbers exact = with(FriendEvidence::line_name, std::string(name));
    if (!exact.empty() || !has_lost(name)) return exact;
    const std::string key = without_lost(name);
    const auto found = key.empty() ? lossy_names_.end() : lossy_names_.find(key);
    return found == lossy_names_.end() ? Numbers() : found->second;
  }

  // Names with the same key are judged by what is in their brackets too.
  Numbers with_full_name(std::string_view name) const {
    const std::string key = is_full_name(name) ? name_key(name) : std::string();
    const auto found = key.empty() ? full_names_.end() : full_names_.find(key);
    if (found == full_names_.end()) return {};
    const NameQuery query(name);
    Numbers numbers;
    for (const auto& [number, written] : found->second)
      if (query.match_name(written) == NameMatch::spelling) numbers.push_back(number);
    tidy(numbers);
    return numbers;
  }

 private:
  void add(FriendEvidence evidence, std::string key, std::int64_t client) {
    if (!key.empty()) tables_[index_of(evidence)][std::move(key)].push_back(client);
  }
  void add_full_name(const std::string& name, std::int64_t client) {
    if (!is_full_name(name)) return;
    if (std::string key = name_key(name); !key.empty())
      full_names_[std::move(key)].emplace_back(client, name);
  }

  std::array<std::unordered_map<std::string, Numbers>, kinds_of_evidence> tables_;
  std::unordered_map<std::string, Numbers> lossy_names_;
  std::unordered_map<std::string, std::vector<std::pair<std::int64_t, std::string>>> full_names_;
};

using Pointers = std::array<Numbers, kinds_of_evidence>; ///< by FriendEvidence: clients that it points to

Pointers pointers_of(const FriendRow& row, const Targets& targets) {
  Pointers out;
  const auto add = [&](FriendEvidence evidence, const Numbers& numbers) {
    Numbers& all = out[index_of(evidence)];
    all.insert(all.end(), numbers.begin(), numbers.end());
  };
  for (const std::string& address : row.addresses)
    add(FriendEvidence::address, targets.with(FriendEvidence::address, address));
  for (const std::string& phone : row.phones)
    add(FriendEvidence::phone, targets.with(FriendEvidence::phone, phone));
  // The tool's display name is LINE's until somebody changes it.
  add(FriendEvidence::line_name, targets.called(row.line_name.empty() ? row.display_name : row.line_name));
  for (const std::string* name : {&row.real_name, &row.display_name, &row.line_name, &row.system_name})
    add(FriendEvidence::full_name, targets.with_full_name(*name));
  for (const friends::Field& field : row.fields)
    if (field.label.find("名") != std::string::npos)
      add(FriendEvidence::full_name, targets.with_full_name(field.value));
  for (Numbers& numbers : out) tidy(numbers);
  return out;
}

// Clients to whom all points that points anywhere.
Numbers agreed(const Pointers& pointers) {
  std::optional<Numbers> common;
  for (const Numbers& numbers : pointers) {
    if (numbers.empty()) continue;
    if (!common) {
      common = numbers;
      continue;
    }
    Numbers both;
    std::set_intersection(common->begin(), common->end(), numbers.begin(), numbers.end(),
                          std::back_inserter(both));
    common = std::move(both);
  }
  return common.value_or(Numbers());
}

FriendMatch match_of(const Pointers& pointers) {
  Numbers all;
  for (const Numbers& numbers : pointers) all.insert(all.end(), numbers.begin(), numbers.end());
  tidy(all);
  FriendMatch match;
  if (all.empty()) return match;
  const Numbers common = agreed(pointers);
  match.outcome = common.size() == 1 ? Outcome::one : common.empty() ? Outcome::disagree : Outcome::several;
  const Numbers& shown = common.empty() ? all : common;
  match.candidate_count = shown.size();
  for (const std::int64_t client : shown) {
    if (match.candidates.size() == FriendMatch::max_candidates) break;
    FriendCandidate& candidate = match.candidates.emplace_back(FriendCandidate{client, {}});
    for (std::size_t kind = 0; kind < kinds_of_evidence; ++kind)
      if (std::binary_search(pointers[kind].begin(), pointers[kind].end(), client))
        candidate.by.push_back(static_cast<FriendEvidence>(kind));
  }
  return match;
}

// A client is one friend: of rows that point to the same one it is the one that is surest of it, if any is.
void part_shared(std::vector<FriendMatch>& matches) {
  std::map<std::int64_t, std::vector<std::size_t>> rows_of;
  for (std::size_t row = 0; row < matches.size(); ++row)
    if (const auto client = matches[row].client()) rows_of[*client].push_back(row);
  const auto more_sure = [&](std::size_t a, std::size_t b) {
    const auto& left = matches[a].candidates.front().by;
    const auto& right = matches[b].candidates.front().by;
    return std::pair(left.front(), -static_cast<int>(left.size())) <
           std::pair(right.front(), -static_cast<int>(right.size()));
  };
  for (const auto& [client, rows] : rows_of) {
    if (rows.size() < 2) continue;
    const std::size_t surest = *std::min_element(rows.begin(), rows.end(), more_sure);
    const bool alone = std::none_of(
        rows.begin(), rows.end(), [&](std::size_t row) { return row != surest && !more_sure(surest, row); });
    for (const std::size_t row : rows)
      if (row != surest || !alone) matches[row].outcome = Outcome::shared;
  }
}

} // namespace

std::string_view evidence_name(FriendEvidence evidence) {
  constexpr std::array<std::string_view, kinds_of_evidence> names = {"address", "phone", "line_name",
                                                                     "full_name"};
  return names[index_of(evidence)];
}

std::string_view outcome_name(FriendMatch::Outcome outcome) {
  constexpr std::array<std::string_view, 5> names = {"one", "several", "disagree", "shared", "none"};
  return names[static_cast<std::size_t>(outcome)];
}

std::vector<FriendMatch> match_friends(const std::vector<FriendRow>& rows,
                                       const std::vector<FriendTarget>& clients, std::string_view account) {
  const Targets targets(clients, account);
  std::vector<FriendMatch> matches;
  matches.reserve(rows.size());
  for (const FriendRow& row : rows) matches.push_back(match_of(pointers_of(row, targets)));
  part_shared(matches);
  return matches;
}

} // namespace genchi
