// What people decided about facts, as rows of the journal: {"message","kind","action", and the fact itself}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/corrections.hpp"
#include "genchi/sha256.hpp"

namespace genchi::catalogue {

struct Decision {
  Sha256 message;
  facts::Correction correction;
};

/// The payload of a journal row of kind `fact`, and back; nullopt for a payload that is none (of a later version).
std::string to_payload(const Decision& decision);
std::optional<Decision> read_decision(std::string_view payload);

}  // namespace genchi::catalogue
