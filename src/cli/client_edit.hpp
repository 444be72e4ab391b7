// The commands below `genchi clients` that show and change the client book.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/command.hpp"
#include "cli/written.hpp"

namespace genchi::cli {

/// The keys of `clients` (README, "JSON").
nlohmann::ordered_json client_json(const catalogue::Client& client, const Written& written);

/// Adds them below `clients`.
void add_client_editing(Arguments clients, Run& chosen);

}  // namespace genchi::cli
