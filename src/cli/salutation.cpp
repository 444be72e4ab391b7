#include "cli/salutation.hpp"

#include <string_view>

#include "text/name_parts.hpp"

namespace genchi::cli {

std::string addressed(std::string name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at + 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
    const std::string_view character = std::string_view(name).substr(at, end - at);
    // Four bytes beginning F0 9F are emoji; E2 98..9E dingbats and signs; EF B8 8F and E2 80 8D join them.
    const bool decoration = character.starts_with("\xF0\x9F") || (character.size() == 3 && character[0] == '\xE2' && character[1] >= '\x98' && character[1] <= '\x9E') ||
                            character == "\xEF\xB8\x8F" || character == "\xE2\x80\x8D";
    if (!decoration) out += character;
    at = end;
  }
  while (out.ends_with(' ')) out.pop_back();
  for (const std::string_view honorific : {"様", "さま", "さん", "御中"})
    if (out.size() > honorific.size() && out.ends_with(honorific)) return out.substr(0, out.size() - honorific.size());
  return out.empty() ? name : out;
}

std::string salutation(const std::string& name) {
  if (name.empty() || name.find_first_of("@.") != std::string::npos) return "ご担当者 様";
  return addressed(name) + (naming::has_company_form(name) ? " 御中" : " 様");
}

}  // namespace genchi::cli
