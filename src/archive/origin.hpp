// By what it is known that the same thing has come in before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/archive.hpp"

namespace genchi {

/// A Maildir member under the name it keeps: without the flags after ":2,", and in cur/ from the start.
std::string stable_member(std::string_view member);

/// The column `origin` of a LINE export or of something set aside; nullopt for a mail.
std::optional<std::int64_t> origin_of(const Entry& entry, std::string_view source, std::string_view account);

} // namespace genchi
