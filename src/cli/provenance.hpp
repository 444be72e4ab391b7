// Where originals come from, in people's words: a device of the firm, an official account, somebody's own phone.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/store.hpp"

namespace genchi::cli {

/// company 会社の端末, official 公式アカウント, private 私物. nullopt for anything else.
std::optional<Provenance> parse_provenance(std::string_view text);
std::string provenance_word(Provenance provenance);

/// As said at the import; what LINE Official Account exported is official without anybody's saying so.
Provenance provenance_of(const ImportRecord& import);

/// Of originals, looked up once an import.
class Provenances {
 public:
  explicit Provenances(const Archive& archive) : archive_(archive) {}
  Provenance of(EntryId entry);

 private:
  const Archive& archive_;
  std::unordered_map<Seq, Provenance> known_;
};

/// A list of what comes from where, for JSON (README).
nlohmann::ordered_json provenance_json(const std::map<Provenance, std::uint64_t>& counts);

/// How many messages of these clients come from where; empty as long as nobody has said of any import where it is from.
std::map<Provenance, std::uint64_t> provenance_of_clients(Store& store, const std::vector<std::string>& identifiers);

}  // namespace genchi::cli
