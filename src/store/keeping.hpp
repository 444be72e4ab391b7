// How long business documents have to be kept, and what people said must stay. No legal advice: the periods are those that
// usually hold in Japan, and an adviser knows the exceptions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "genchi/facts.hpp"
#include "store/store.hpp"

namespace genchi {

/// [business] of the settings.
struct Business {
  enum class Kind { corporation, sole };
  std::optional<Kind> kind;
  std::optional<std::pair<int, int>> fiscal_year_end;  ///< month and day; a corporation's
  std::optional<bool> blue;                            ///< how it files: blue (青色申告) or white
  std::vector<int> loss_years;                         ///< a corporation's years with a loss, by the calendar year they ended in
};

/// The last day on which this document has to be kept; nullopt: what the settings say does not tell.
/// A corporation: 7 years, 10 for a year with a loss filed blue, from the filing deadline, two months after the fiscal year's
/// end. A sole proprietor: 5 years, 7 for receipts filed blue and for what has a registration number of qualified invoices, from
/// 15 March of the year after. (法人税法施行規則 59条・67条, 所得税法施行規則 63条・102条, 消費税法施行令 50条; as of 2026.)
std::optional<CivilDay> keep_until(const BusinessDocument& document, const Business& business);

/// A client whose messages must not be erased: `genchi keep`.
struct KeptClient {
  Seq seq = 0;
  UtcSeconds time = 0;
  std::string client;  ///< identifier that the client goes by now
  std::string why, by;
};
/// Those not released, by journal row. The archive's journal is gone through once.
std::vector<KeptClient> kept_clients(Store& store);
/// Journals that a client (all its identifiers) is kept for this reason, or is not any more.
void record_keep(Store& store, const std::vector<std::string>& identifiers, bool keep, const std::string& why, const std::string& by);

}  // namespace genchi
