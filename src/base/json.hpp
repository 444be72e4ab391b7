// JSON read and printed in one place: nlohmann's parser and printer are templates that take six seconds to compile
// in each file that calls them. Values are made and asked with nlohmann/json.hpp itself.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace genchi {

/// What is no JSON gives a value that is_discarded(); nothing is thrown.
nlohmann::json parse_json(std::string_view text);

/// What becomes of strings that are not UTF-8.
enum class NotUtf8 {
  refused,   ///< throws nlohmann::json::type_error
  replaced,  ///< by U+FFFD
};

/// On one line; with an `indent` on several.
std::string json_text(const nlohmann::json& value, NotUtf8 not_utf8);
std::string json_text(const nlohmann::ordered_json& value, NotUtf8 not_utf8, int indent = -1);

}  // namespace genchi
