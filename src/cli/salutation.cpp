#include "cli/salutation.hpp"

#include "text/name_parts.hpp"

namespace genchi::cli {
namespace {

bool is_no_name(const std::string& name) { return name.empty() || name.find_first_of("@.") != std::string::npos; }

}  // namespace

std::string addressed(const std::string& name) { return naming::without_honorific(naming::without_tags(name)).name; }

std::string salutation(const std::string& name) {
  if (is_no_name(naming::without_tags(name))) return "ご担当者 様";
  return addressed(name) + (naming::has_company_form(name) ? " 御中" : " 様");
}

std::string line_salutation(const std::string& name) {
  const naming::Honorific bare = naming::without_honorific(naming::without_tags(name));
  if (bare.left) return bare.name;  // まーくん
  return bare.name + (naming::has_company_form(name) ? " ご担当者様" : "さん");
}

}  // namespace genchi::cli
