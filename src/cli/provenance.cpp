#include "cli/provenance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "genchi/i18n.hpp"

namespace genchi::cli {

std::optional<Provenance> parse_provenance(std::string_view text) {
  static const std::map<std::string_view, Provenance> words = {{"会社の端末", Provenance::company}, {"会社", Provenance::company}, {"公式アカウント", Provenance::official},
                                                               {"公式", Provenance::official}, {"私物", Provenance::personal}};
  if (const auto at = words.find(text); at != words.end()) return at->second;
  return provenance_from_name(text);
}

std::string provenance_word(Provenance provenance) {
  switch (provenance) {
    case Provenance::company: return tr("a device of the firm");
    case Provenance::official: return tr("an official account");
    case Provenance::personal: return tr("a private device");
    case Provenance::unsaid: break;
  }
  return tr("not said");
}

Provenance provenance_of(const ImportRecord& import) {
  return import.provenance == Provenance::unsaid && import.kind == SourceKind::line_oa ? Provenance::official : import.provenance;
}

Provenance Provenances::of(EntryId id) {
  const auto entry = archive_.entry(id);
  if (!entry) return Provenance::unsaid;
  const auto [at, is_new] = known_.emplace(entry->import, Provenance::unsaid);
  if (!is_new) return at->second;
  if (const auto import = archive_.import_of(entry->import)) at->second = provenance_of(*import);
  return at->second;
}

nlohmann::ordered_json provenance_json(const std::map<Provenance, std::uint64_t>& counts) {
  auto out = nlohmann::ordered_json::array();
  for (const auto& [provenance, count] : counts)
    out.push_back({{"from", provenance == Provenance::unsaid ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(provenance_name(provenance))}, {"messages", count}});
  return out;
}

std::map<Provenance, std::uint64_t> provenance_of_clients(Store& store, const std::vector<std::string>& identifiers) {
  const auto imports = store.archive().imports();
  std::map<Provenance, std::uint64_t> out;
  if (std::all_of(imports.begin(), imports.end(), [](const ImportRecord& import) { return import.provenance == Provenance::unsaid; })) return out;
  Provenances provenances(store.archive());
  catalogue::MessageFilter filter;
  filter.identifiers = identifiers;
  store.catalogue().messages(filter, catalogue::Catalogue::Order::oldest_first, [&](const catalogue::Listed& message) {
    ++out[provenances.of(message.entry)];
    return true;
  });
  return out;
}

}  // namespace genchi::cli
