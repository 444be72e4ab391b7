#include "store/unsent.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "store/download.hpp"
#include "store/erase.hpp"

namespace genchi {

using nlohmann::json;

ErasedWords erase_unsent_words(Store& store, Progress* progress, const Store::Stop& stop) {
  ErasedWords out;
  Archive::Erasure what;
  std::vector<Sha256> messages;
  std::optional<Download> download;
  EntryId at = 0;
  const auto rows = store.catalogue().words_to_erase();
  std::set<std::string> kept;
  if (!rows.empty())
    for (const KeptClient& one : kept_clients(store)) kept.insert(one.client);
  for (const auto& row : rows) {
    if (row.may_be_another || kept.contains(row.client)) {
      ++out.left;
      continue;
    }
    if (row.entry != at) {
      download.reset();
      at = row.entry;
      if (const auto entry = store.archive().entry(row.entry)) download.emplace(store, *entry);
    }
    if (auto erasure = download ? download->taken_back(row.offset, row.ours) : std::nullopt) {
      what.rows.push_back(*std::move(erasure));
      messages.push_back(row.message);
    } else {
      ++out.left;
    }
  }
  out.rows = what.rows.size();
  if (!what.rows.empty()) {
    what.payloads = written_on(store, messages, {});
    store.archive().erase(what, R"({"reason":"unsent"})");
  }
  out.finished = store.finish_erasing(progress, stop);
  return out;
}

void record_unsent_words(Store& store, const std::map<std::string, catalogue::UnsentWords>& wanted) {
  const auto held = store.catalogue().unsent_words();
  const auto record = [&](const std::string& account, catalogue::UnsentWords what) {
    store.archive().append(JournalKind::unsend, json_text(json{{"account", account}, {"words", catalogue::unsent_words_name(what)}}, NotUtf8::refused));
  };
  for (const auto& [account, what] : wanted)
    if (const auto at = held.find(account); (at == held.end() ? catalogue::UnsentWords::hide : at->second) != what) record(account, what);
  for (const auto& [account, what] : held)
    if (!wanted.contains(account) && what != catalogue::UnsentWords::hide) record(account, catalogue::UnsentWords::hide);
}

}  // namespace genchi
