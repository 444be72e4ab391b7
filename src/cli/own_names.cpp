#include "cli/own_names.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {

using nlohmann::json;

/// What is given as ours is a mail address, or a name in talks of the LINE app.
bool is_talk_name(const std::string& own) {
  const bool may_be_address = own.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+") == std::string::npos &&
                              own.find('.') != std::string::npos;
  return !own.empty() && own.find('@') == std::string::npos && !may_be_address;
}

void record_own_addresses(Store& store, const std::vector<std::string>& own) {
  std::vector<std::string> addresses;
  std::remove_copy_if(own.begin(), own.end(), std::back_inserter(addresses), is_talk_name);
  if (addresses.empty()) return;
  const auto holdings = store.catalogue().holdings();
  std::set<std::string> all;
  if (!holdings.own_addresses_guessed) all.insert(holdings.own_addresses.begin(), holdings.own_addresses.end());
  const std::size_t before = all.size();
  for (const auto& address : addresses) {
    if (address.find('@') == std::string::npos)
      throw Error(trf("\"{}\" is no mail address", address), tr("Own addresses are given as --me info@example.jp."));
    std::string lower(address);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    all.insert(lower);
  }
  if (all.size() == before && !holdings.own_addresses_guessed) return;
  store.archive().append(JournalKind::annotation, json_text(json{{"own_addresses", all}}, NotUtf8::refused));
}

}  // namespace genchi::cli
