// A client with something open, as lists and JSON show it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "cli/written.hpp"

namespace genchi::cli {

/// What waits, for people: 質問, 依頼 …
std::string waits_word(facts::Waits waits);
/// The words of a message, or what it is when it has none: (photo).
std::string turn_words(const catalogue::TurnShown& shown);
/// Who wrote one of ours; for `Unknown` that it may have been a machine.
std::string answered_by_word(const catalogue::TurnShown& shown);
/// Business days from a message to now.
std::int64_t business_days_since(UtcSeconds sent, UtcSeconds now);

/// Talks in which nothing has moved since then are broken off: [todo] broken_off_days.
UtcSeconds broken_off_before(const Context& context);
/// LINE accounts whose newest download is older than [todo] stale_download_days: what happened since is not known.
struct OldDownload {
  std::string account;
  UtcSeconds downloaded = 0;
  std::int64_t days = 0;
};
std::vector<OldDownload> old_downloads(const Context& context, Store& store);

/// Marked 対応済み, and the talk is open.
bool contradicts(const catalogue::ClientTurn& turn, const Written& written);

/// The keys Turn of README's "JSON".
nlohmann::ordered_json turn_json(const catalogue::ClientTurn& turn, bool broken_off, UtcSeconds now, ClientNames& names);
/// The row of `todo`.
nlohmann::ordered_json turn_row(const catalogue::ClientTurn& turn, bool broken_off, UtcSeconds now, ClientNames& names, const Written& written);

/// The same without objects in it, for a row of CSV.
nlohmann::ordered_json turn_cells(const nlohmann::ordered_json& row);

}  // namespace genchi::cli
