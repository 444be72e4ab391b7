#include "base/json.hpp"

#include <nlohmann/json.hpp>

namespace genchi {
namespace {

template <typename Json>
std::string print(const Json& value, NotUtf8 not_utf8, int indent) {
  using Handler = typename Json::error_handler_t;
  return value.dump(indent, ' ', false, not_utf8 == NotUtf8::replaced ? Handler::replace : Handler::strict);
}

}  // namespace

nlohmann::json parse_json(std::string_view text) {
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string json_text(const nlohmann::json& value, NotUtf8 not_utf8) { return print(value, not_utf8, -1); }

std::string json_text(const nlohmann::ordered_json& value, NotUtf8 not_utf8, int indent) {
  return print(value, not_utf8, indent);
}

}  // namespace genchi
