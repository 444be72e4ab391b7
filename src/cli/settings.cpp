#include "cli/settings.hpp"

#include <cstdlib>
#include <toml++/toml.h>

#include "base/files.hpp"
#include "cli/provenance.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"

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

[[noreturn]] void unknown_key(const fs::path& file, const toml::node& node, const std::string& key, const char* known) {
  throw Error(trf("{}, line {}: there is no setting called {}", display_path(file), node.source().begin.line, key), known);
}

const toml::table& table_of(const fs::path& file, const toml::node& node, std::string_view key) {
  const toml::table* table = node.as_table();
  if (!table) bad_value(file, node, key);
  return *table;
}

std::string string_of(const fs::path& file, const toml::node& node, std::string_view key) {
  const auto value = node.value<std::string>();
  if (!value) bad_value(file, node, key);
  return *value;
}

/// "14d", "2週間", "1 year", or a number of days.
std::int64_t days_of(const fs::path& file, const toml::node& node, std::string_view key) {
  if (const auto number = node.value_exact<std::int64_t>(); number && *number >= 0 && *number <= most_days) return *number;
  const auto text = node.value_exact<std::string>();
  const auto days = text ? parse_day_count(*text) : std::nullopt;
  if (!days) bad_value(file, node, key);
  return *days;
}

watch::Retention read_retention(const fs::path& file, const std::string& name, const toml::table& table) {
  watch::Retention out{name, 0, 0, 0, {}};
  std::optional<std::int64_t> text, media, files;
  for (const auto& [key, value] : table) {
    const auto kept = [&] {
      const std::int64_t days = days_of(file, value, key.str());
      if (days == 0) bad_value(file, value, key.str());
      return days;
    };
    if (key.str() == "text") text = kept();
    else if (key.str() == "media") media = kept();
    else if (key.str() == "files") files = kept();
    else if (key.str() == "source") out.source = string_of(file, value, key.str());
    else unknown_key(file, value, "retention." + name + "." + std::string(key.str()), tr("Settings of [retention.NAME] are: text, media, files, source."));
  }
  if (!text) throw Error(trf("{}, line {}: [retention.{}] does not say how long text is kept", display_path(file), table.source().begin.line, name), tr("Write text = \"180d\"."));
  out.text = *text;
  out.media = media.value_or(*text);
  out.files = files.value_or(out.media);
  return out;
}

SourceSettings read_source(const fs::path& file, const std::string& name, const toml::node& node) {
  SourceSettings out;
  out.name = name;
  if (const auto path = node.value<std::string>()) {
    out.path = expanded_path(*path);
    return out;
  }
  for (const auto& [key, value] : table_of(file, node, name)) {
    if (key.str() == "path") {
      out.path = expanded_path(string_of(file, value, key.str()));
    } else if (key.str() == "account") {
      out.account = string_of(file, value, key.str());
    } else if (key.str() == "from") {
      const auto known = parse_provenance(string_of(file, value, key.str()));
      if (!known) bad_value(file, value, key.str());
      out.provenance = *known;
    } else {
      unknown_key(file, value, "sources." + name + "." + std::string(key.str()), tr("Settings of [sources.NAME] are: path, account, from."));
    }
  }
  if (out.path.empty()) throw Error(trf("{}, line {}: [sources.{}] names no path", display_path(file), node.source().begin.line, name), tr("Write path = \"~/Downloads\"."));
  return out;
}

Business read_business(const fs::path& file, const toml::table& table) {
  Business out;
  const auto refuse = [&](const toml::node& value, std::string_view key, const char* hint) {
    throw Error(trf("{}, line {}: the value of {} does not fit", display_path(file), value.source().begin.line, key), hint);
  };
  for (const auto& [key, value] : table) {
    if (key.str() == "kind") {
      const std::string kind = string_of(file, value, key.str());
      if (kind == "corporation") out.kind = Business::Kind::corporation;
      else if (kind == "sole") out.kind = Business::Kind::sole;
      else refuse(value, key.str(), tr("Write kind = \"corporation\" or \"sole\"."));
    } else if (key.str() == "filing") {
      const std::string filing = string_of(file, value, key.str());
      if (filing != "blue" && filing != "white") refuse(value, key.str(), tr("Write filing = \"blue\" or \"white\"."));
      out.blue = filing == "blue";
    } else if (key.str() == "fiscal_year_end") {
      const std::string day = string_of(file, value, key.str());
      const auto digit = [&](std::size_t at) { return day[at] >= '0' && day[at] <= '9' ? day[at] - '0' : 100; };
      const bool shaped = day.size() == 5 && day[2] == '-';
      const CivilDay read{2024, shaped ? digit(0) * 10 + digit(1) : 0, shaped ? digit(3) * 10 + digit(4) : 0};
      if (!is_valid(read)) refuse(value, key.str(), tr("Write month and day: fiscal_year_end = \"03-31\"."));
      out.fiscal_year_end = {read.month, read.day};
    } else if (key.str() == "loss_years") {
      const toml::array* years = value.as_array();
      if (!years) bad_value(file, value, key.str());
      for (const auto& year : *years) {
        const auto number = year.value_exact<std::int64_t>();
        if (!number || *number < 1900 || *number > 2200) refuse(year, key.str(), tr("Write the years that the fiscal years ended in: loss_years = [2023, 2024]."));
        out.loss_years.push_back(static_cast<int>(*number));
      }
    } else {
      unknown_key(file, value, "business." + std::string(key.str()), tr("Settings of [business] are: kind, fiscal_year_end, filing, loss_years."));
    }
  }
  return out;
}

AccountSettings read_account(const fs::path& file, const std::string& name, const toml::table& table) {
  AccountSettings out;
  for (const auto& [key, value] : table) {
    if (key.str() == "retention") out.retention = string_of(file, value, key.str());
    else if (key.str() == "group_chats") out.group_chats = strings(file, value, key.str());
    else if (key.str() == "unsend") {
      out.unsend = catalogue::unsent_words_from_name(string_of(file, value, key.str()));
      if (!out.unsend) throw Error(trf("{}, line {}: the value of {} does not fit", display_path(file), value.source().begin.line, key.str()), tr("Write unsend = \"hide\", \"keep\" or \"erase\"."));
    } else unknown_key(file, value, "account." + name + "." + std::string(key.str()), tr("Settings of [account.\"NAME\"] are: retention, group_chats, unsend."));
  }
  return out;
}

}  // namespace

std::map<std::string, catalogue::UnsentWords> unsent_words(const Settings& settings) {
  std::map<std::string, catalogue::UnsentWords> out;
  for (const auto& [account, said] : settings.accounts)
    if (said.unsend) out.emplace(account, *said.unsend);
  return out;
}

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
    } else if (name == "retention") {
      for (const auto& [below, value] : table_of(file, node, name)) out.retentions.push_back(read_retention(file, std::string(below.str()), table_of(file, value, below.str())));
    } else if (name == "account") {
      for (const auto& [below, value] : table_of(file, node, name)) out.accounts[std::string(below.str())] = read_account(file, std::string(below.str()), table_of(file, value, below.str()));
    } else if (name == "sources") {
      for (const auto& [below, value] : table_of(file, node, name)) out.sources.push_back(read_source(file, std::string(below.str()), value));
    } else if (name == "run") {
      for (const auto& [below, value] : table_of(file, node, name)) {
        if (below.str() == "page") out.run_page = expanded_path(string_of(file, value, below.str()));
        else if (below.str() == "fail_under") out.run_fail_under = days_of(file, value, below.str());
        else unknown_key(file, value, "run." + std::string(below.str()), tr("Settings of [run] are: page, fail_under."));
      }
    } else if (name == "business") {
      out.business = read_business(file, table_of(file, node, name));
    } else if (name == "watch") {
      for (const auto& [below, value] : table_of(file, node, name)) {
        if (below.str() == "retention") out.retention = string_of(file, value, below.str());
        else if (below.str() == "every") out.download_every_days = days_of(file, value, below.str());
        else unknown_key(file, value, "watch." + std::string(below.str()), tr("Settings of [watch] are: retention, every."));
      }
    } else {
      unknown_key(file, node, std::string(name), tr("Settings are: account, acts, archive, business, client-words, lang, me, name, retention, run, searches, sources, synonyms, todo, watch."));
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
  retentions.insert(retentions.end(), other.retentions.begin(), other.retentions.end());
  for (const auto& [account, said] : other.accounts) {
    AccountSettings& mine = accounts[account];
    if (said.retention) mine.retention = said.retention;
    if (said.unsend) mine.unsend = said.unsend;
    mine.group_chats.insert(mine.group_chats.end(), said.group_chats.begin(), said.group_chats.end());
  }
  if (other.retention) retention = other.retention;
  if (other.download_every_days) download_every_days = other.download_every_days;
  sources.insert(sources.end(), other.sources.begin(), other.sources.end());
  if (other.business.kind) business.kind = other.business.kind;
  if (other.business.fiscal_year_end) business.fiscal_year_end = other.business.fiscal_year_end;
  if (other.business.blue) business.blue = other.business.blue;
  business.loss_years.insert(business.loss_years.end(), other.business.loss_years.begin(), other.business.loss_years.end());
  if (other.run_page) run_page = other.run_page;
  if (other.run_fail_under) run_fail_under = other.run_fail_under;
  for (const auto& [act, words] : other.acts) acts[act].insert(acts[act].end(), words.begin(), words.end());
}

fs::path expanded_path(const std::string& written) {
  if (!written.starts_with("~/") && written != "~") return written;
  const char* home = std::getenv("HOME");
  return fs::path(home && *home ? home : "/") / (written.size() > 2 ? written.substr(2) : "");
}

fs::path state_folder() { return xdg("XDG_STATE_HOME", ".local/state") / "genchi"; }
fs::path user_units_folder() { return xdg("XDG_CONFIG_HOME", ".config") / "systemd" / "user"; }
fs::path config_file() { return xdg("XDG_CONFIG_HOME", ".config") / "genchi" / "config.toml"; }
fs::path default_archive() { return xdg("XDG_DATA_HOME", ".local/share") / "genchi"; }

}  // namespace genchi::cli
