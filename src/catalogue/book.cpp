#include "catalogue/book.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json.hpp"

namespace genchi::catalogue {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 6> actions{"merge", "move", "split", "rename", "kind", "undo"};

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string to_payload(const BookDecision& decision) {
  json out{{"action", actions[static_cast<std::size_t>(decision.action)]}};
  if (!decision.into.empty()) out["into"] = decision.into;
  if (!decision.identifiers.empty()) out["identifiers"] = decision.identifiers;
  if (decision.action == BookDecision::Action::rename || decision.action == BookDecision::Action::kind) out["value"] = decision.value;
  if (decision.undone != 0) out["undone"] = decision.undone;
  if (!decision.by.empty()) out["by"] = decision.by;
  return json_text(out, NotUtf8::refused);
}

std::optional<BookDecision> read_book_decision(std::string_view payload) {
  const json in = parse_json(payload);
  if (!in.is_object()) return std::nullopt;
  const auto action = std::find(actions.begin(), actions.end(), text(in, "action"));
  if (action == actions.end()) return std::nullopt;
  BookDecision decision;
  decision.action = static_cast<BookDecision::Action>(action - actions.begin());
  decision.into = text(in, "into");
  decision.value = text(in, "value");
  decision.by = text(in, "by");
  if (const auto undone = in.find("undone"); undone != in.end() && undone->is_number_integer()) decision.undone = undone->get<Seq>();
  if (const auto identifiers = in.find("identifiers"); identifiers != in.end() && identifiers->is_array())
    for (const json& each : *identifiers)
      if (each.is_string()) decision.identifiers.push_back(each.get<std::string>());
  return decision;
}

Book::Book(std::vector<BookEntry>& entries, const std::function<std::string(const std::string&)>& current) {
  // The newest first: an undo that was undone itself undoes nothing.
  std::set<Seq> undone;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    entry->undone = undone.contains(entry->seq);
    if (!entry->undone && entry->decision.action == BookDecision::Action::undo && entry->decision.undone < entry->seq)
      undone.insert(entry->decision.undone);
  }
  for (const BookEntry& entry : entries)
    if (!entry.undone) apply(entry.decision, current);
}

void Book::apply(const BookDecision& decision, const std::function<std::string(const std::string&)>& current) {
  using Action = BookDecision::Action;
  std::vector<std::string> identifiers;
  for (const std::string& each : decision.identifiers) identifiers.push_back(current(each));
  const std::string into = decision.into.empty() ? std::string() : current(decision.into);
  switch (decision.action) {
    case Action::merge:
      for (const std::string& each : identifiers) {
        const std::string from = head(each);
        const std::string to = head(into);
        if (from == to || to.empty()) continue;
        // What the other was called and is stays, unless this one has its own.
        for (auto* given : {&names_, &kinds_})
          if (auto other = given->extract(from)) given->try_emplace(to, std::move(other.mapped()));
        for (const std::string& member : members(from)) put(member, to);
      }
      break;
    case Action::move:
      for (const std::string& each : identifiers)
        if (!into.empty() && each != head(into)) put(each, head(into));
      break;
    case Action::split:
      for (const std::string& each : identifiers) put(each, identifiers.front());
      break;
    case Action::rename:
    case Action::kind: {
      auto& given = decision.action == Action::rename ? names_ : kinds_;
      if (decision.value.empty()) given.erase(head(into));
      else given[head(into)] = decision.value;
      break;
    }
    case Action::undo: break;
  }
}

void Book::leave(const std::string& identifier) {
  const auto at = heads_.find(identifier);
  const std::string old = at == heads_.end() ? identifier : at->second;
  const auto group = members_.find(old);
  if (group == members_.end()) return;
  std::vector<std::string> rest = group->second;
  std::erase(rest, identifier);
  if (identifier != old) {
    group->second = rest;
    return;
  }
  // The others go on without the one they went by; they keep what the client was called.
  members_.erase(group);
  if (rest.empty()) return;
  for (const std::string& each : rest) heads_[each] = rest.front();
  for (auto* given : {&names_, &kinds_})
    if (auto name = given->extract(old)) given->insert_or_assign(rest.front(), std::move(name.mapped()));
  members_.emplace(rest.front(), std::move(rest));
}

void Book::put(const std::string& identifier, const std::string& head) {
  const std::string to = head;
  leave(identifier);
  heads_[identifier] = to;
  std::vector<std::string>& group = members_[to];
  if (group.empty()) {
    group.push_back(to);
    heads_[to] = to;
  }
  if (std::find(group.begin(), group.end(), identifier) == group.end()) group.push_back(identifier);
}

std::string Book::head(const std::string& identifier) const {
  const auto at = heads_.find(identifier);
  return at == heads_.end() ? identifier : at->second;
}

std::vector<std::string> Book::members(const std::string& head) const {
  const auto group = members_.find(head);
  return group == members_.end() ? std::vector<std::string>{head} : group->second;
}

std::string Book::name(const std::string& head) const {
  const auto at = names_.find(head);
  return at == names_.end() ? std::string() : at->second;
}

std::string Book::kind(const std::string& head) const {
  const auto at = kinds_.find(head);
  return at == kinds_.end() ? std::string() : at->second;
}

}  // namespace genchi::catalogue
