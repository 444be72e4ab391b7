#include "cli/settings.hpp"

#include <cstdlib>
#include <toml++/toml.h>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t most_days = 36'500;

fs::path xdg(const char* variable, const char* below_home) {
  if (const char* value = std::getenv(variable); value && *value == '/') return value;
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : "/") / below_home;
}

[[noreturn]] void bad_value(const fs::path& file, const toml::node& node, std::string_view key) {
  throw Error(trf("{}, line {}: the value of {} does not fit", display_path(file), node.source().begin.line, key),
              tr("See \"Settings\" in the README."));
}

/// One string, or a list of them.
std::vector<std::string> strings(const fs::path& file, const toml::node& node, std::string_view key) {
  if (const auto one = node.value<std::string>()) return {*one};
  const toml::array* list = node.as_array();
  if (!list) bad_value(file, node, key);
  std::vector<std::string> out;
  for (const auto& item : *list) {
    const auto value = item.value<std::string>();
    if (!value) bad_value(file, item, key);
    out.push_back(*value);
  }
  return out;
}

}  // namespace

Settings read_settings(const fs::path& file) {
  Settings out;
  if (!fs::exists(file)) return out;
  toml::table table;
  try {
    table = toml::parse(read_file(file, 1 << 20), display_path(file));
  } catch (const toml::parse_error& e) {
    throw Error(trf("{}, line {}: {}", display_path(file), e.source().begin.line, std::string(e.description())),
                tr("See \"Settings\" in the README."));
  }
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    if (name == "archive" || name == "lang" || name == "name") {
      const auto value = node.value<std::string>();
      if (!value) bad_value(file, node, name);
      (name == "archive" ? out.archive : name == "lang" ? out.lang : out.name) = *value;
    } else if (name == "me") {
      out.me = strings(file, node, name);
    } else if (name == "client-words") {
      out.client_words = strings(file, node, name);
    } else if (name == "synonyms") {
      const toml::array* groups = node.as_array();
      if (!groups) bad_value(file, node, name);
      for (const auto& group : *groups) {
        if (!group.is_array()) bad_value(file, group, name);
        out.synonyms.push_back(strings(file, group, name));
      }
    } else if (name == "searches") {
      const toml::table* named = node.as_table();
      if (!named) bad_value(file, node, name);
      for (const auto& [search, query] : *named) {
        const auto value = query.value<std::string>();
        if (!value) bad_value(file, query, search.str());
        out.searches[std::string(search.str())] = *value;
      }
    } else if (name == "acts") {
      const toml::table* named = node.as_table();
      if (!named) bad_value(file, node, name);
      for (const auto& [act, words] : *named) {
        const auto known = act_from_name(act.str());
        if (!known)
          throw Error(trf("{}, line {}: there is no act called {}", display_path(file), words.source().begin.line, std::string(act.str())),
                      tr("Acts are: proposal, acceptance, rejection, hold, change, cancel."));
        out.acts[*known] = strings(file, words, act.str());
      }
    } else if (name == "todo") {
      const toml::table* named = node.as_table();
      if (!named) bad_value(file, node, name);
      for (const auto& [key_below, value] : *named) {
        const bool broken_off = key_below.str() == "broken_off_days";
        if (!broken_off && key_below.str() != "stale_download_days")
          throw Error(trf("{}, line {}: there is no setting called {}", display_path(file), value.source().begin.line, "todo." + std::string(key_below.str())),
                      tr("Settings of [todo] are: broken_off_days, stale_download_days."));
        const auto days = value.value<std::int64_t>();
        if (!days || !value.is_integer() || *days < 0 || *days > most_days) bad_value(file, value, key_below.str());
        (broken_off ? out.broken_off_days : out.stale_download_days) = *days;
      }
    } else {
      throw Error(trf("{}, line {}: there is no setting called {}", display_path(file), node.source().begin.line,
                      std::string(name)),
                  tr("Settings are: acts, archive, client-words, lang, me, name, searches, synonyms, todo."));
    }
  }
  return out;
}

void Settings::add(const Settings& other) {
  me.insert(me.end(), other.me.begin(), other.me.end());
  if (!name) name = other.name;
  synonyms.insert(synonyms.end(), other.synonyms.begin(), other.synonyms.end());
  client_words.insert(client_words.end(), other.client_words.begin(), other.client_words.end());
  for (const auto& [search, query] : other.searches) searches[search] = query;
  if (other.broken_off_days) broken_off_days = other.broken_off_days;
  if (other.stale_download_days) stale_download_days = other.stale_download_days;
  for (const auto& [act, words] : other.acts) acts[act].insert(acts[act].end(), words.begin(), words.end());
}

fs::path config_file() { return xdg("XDG_CONFIG_HOME", ".config") / "genchi" / "config.toml"; }
fs::path default_archive() { return xdg("XDG_DATA_HOME", ".local/share") / "genchi"; }

}  // namespace genchi::cli
