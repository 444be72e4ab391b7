// The commands below `genchi clients` that show and change the client book.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/command.hpp"
#include "cli/written.hpp"

namespace genchi::cli {

/// The keys of `clients` (README, "JSON").
nlohmann::ordered_json client_json(const catalogue::Client& client, const Written& written);

/// The fields that were filled in for a client, by name.
std::vector<std::pair<std::string, std::string>> fields_of(Store& store, const catalogue::Client& client);
/// A phone number is looked for in fields called so.
bool is_phone_field(std::string_view name);

/// Adds `import` below `clients`.
void add_client_import(Arguments clients, Run& chosen);
/// Adds `suggest` below `clients`.
void add_client_suggest(Arguments clients, Run& chosen);
/// Adds them below `clients`.
void add_client_editing(Arguments clients, Run& chosen);

}  // namespace genchi::cli
