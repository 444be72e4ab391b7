// Settings people edit: config.toml in $XDG_CONFIG_HOME/genchi and genchi.toml in the archive.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.hpp"
#include "catalogue/catalogue.hpp"
#include "genchi/facts.hpp"
#include "store/keeping.hpp"
#include "watch/retention.hpp"

namespace genchi::cli {

/// [account."NAME"]: one of our LINE accounts.
struct AccountSettings {
  std::optional<std::string> retention;   ///< how long LINE keeps its 1:1 chats: name of a Retention
  std::vector<std::string> group_chats;   ///< names of chats with several people
  std::optional<catalogue::UnsentWords> unsend; ///< what becomes of words that their sender took back
};

/// [sources.NAME]: what `run` imports.
struct SourceSettings {
  std::string name;
  std::filesystem::path path;
  std::string account;                             ///< "" none given
  Provenance provenance = Provenance::unsaid;
};

struct Settings {
  std::optional<std::string> archive;  ///< config.toml only: the archive when none is named
  std::vector<std::string> me;         ///< our own mail addresses
  std::optional<std::string> lang;     ///< "ja" or "en"
  std::optional<std::string> name;     ///< who works here: stands beside marks and notes
  std::vector<std::vector<std::string>> synonyms;  ///< groups of words that stand for each other, beside ours
  std::vector<std::string> client_words;           ///< what our clients are called: 患者, 生徒; fields like client:
  std::map<std::string, std::string> searches;     ///< saved searches: name → query
  std::map<Act, std::vector<std::string>> acts;    ///< words of the user's own that accept, reject …

  std::optional<std::int64_t> broken_off_days;     ///< [todo]: a talk that has not moved for more days is broken off
  std::optional<std::int64_t> stale_download_days; ///< [todo]: a LINE account is named when its newest download is older

  std::vector<watch::Retention> retentions;           ///< [retention.NAME], beside those that are known
  std::map<std::string, AccountSettings> accounts;     ///< by name
  std::optional<std::string> retention;                ///< [watch]: of accounts that say nothing
  std::optional<std::int64_t> download_every_days;     ///< [watch] every
  std::vector<SourceSettings> sources;                 ///< in the order of their names
  Business business;                                   ///< [business]: how long documents have to be kept
  std::optional<std::filesystem::path> run_page;       ///< [run] page: where `run` leaves the page of `today --html`
  std::optional<std::int64_t> run_fail_under;          ///< [run] fail_under, in days

  /// Those of an archive beside those of the user: lists together, its searches before the user's.
  void add(const Settings& archive);
};

/// What becomes of words that were taken back, by account.
std::map<std::string, catalogue::UnsentWords> unsent_words(const Settings& settings);

/// Reads a settings file; an empty Settings if there is none. Throws Error with file and line for what cannot be read
/// and for a key that does not exist.
Settings read_settings(const std::filesystem::path& file);

/// `~/` in front is the home folder.
std::filesystem::path expanded_path(const std::string& written);

/// $XDG_CONFIG_HOME/genchi/config.toml (~/.config), $XDG_DATA_HOME/genchi (~/.local/share).
std::filesystem::path config_file();
std::filesystem::path default_archive();
/// $XDG_STATE_HOME/genchi (~/.local/state): what is remembered beside the archives.
std::filesystem::path state_folder();
/// $XDG_CONFIG_HOME/systemd/user.
std::filesystem::path user_units_folder();

}  // namespace genchi::cli
