#include "cli/settings.hpp"

#include <cstdlib>
#include <toml++/toml.h>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;

fs::path xdg(const char* variable, const char* below_home) {
  if (const char* value = std::getenv(variable); value && *value == '/') return value;
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : "/") / below_home;
}

[[noreturn]] void bad_value(const fs::path& file, const toml::node& node, std::string_view key) {
  throw Error(trf("{}, line {}: the value of {} does not fit", display_path(file), node.source().begin.line, key),
              tr("See \"Settings\" in the README."));
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
    if (name == "archive" || name == "lang") {
      const auto value = node.value<std::string>();
      if (!value) bad_value(file, node, name);
      (name == "archive" ? out.archive : out.lang) = *value;
    } else if (name == "me") {
      if (const auto one = node.value<std::string>()) {
        out.me.push_back(*one);
      } else if (const toml::array* list = node.as_array()) {
        for (const auto& item : *list) {
          const auto address = item.value<std::string>();
          if (!address) bad_value(file, item, name);
          out.me.push_back(*address);
        }
      } else {
        bad_value(file, node, name);
      }
    } else {
      throw Error(trf("{}, line {}: there is no setting called {}", display_path(file), node.source().begin.line,
                      std::string(name)),
                  tr("Settings are: archive, lang, me."));
    }
  }
  return out;
}

fs::path config_file() { return xdg("XDG_CONFIG_HOME", ".config") / "genchi" / "config.toml"; }
fs::path default_archive() { return xdg("XDG_DATA_HOME", ".local/share") / "genchi"; }

}  // namespace genchi::cli
