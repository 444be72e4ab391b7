// LINE accounts as watch, today and run tell of them: held up to when, and when LINE drops the rest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "watch/holdings.hpp"

namespace genchi::cli {

/// Photos, videos, voice messages and files, which LINE's downloads do not hold.
struct MediaState {
  std::map<line::Content, std::uint64_t> there;  ///< LINE should have them still
  std::uint64_t dropped = 0;
  std::uint64_t held = 0;                        ///< saved, and attached to their messages: in none of the others
  std::optional<UtcSeconds> first_drop;          ///< when the first of those that are there goes
};

struct WatchedAccount {
  catalogue::Catalogue::AccountDownloads downloads;
  watch::Retention retention;
  watch::AccountState state;
  MediaState media;
  CivilDay next_download;

  /// Days until the oldest that is not held disappears; negative if some of it is gone already.
  std::int64_t days_left(UtcSeconds now) const;
};

/// How long LINE keeps what of the chats of an account.
class Retentions {
 public:
  /// Throws Error for a name in the settings that nothing bears.
  explicit Retentions(const Settings& settings);
  const watch::Retention& of_account(const std::string& account) const;
  const watch::Retention& of_chat(const std::string& account, const std::string& chat) const;
  /// When a photo or file that was sent then goes.
  UtcSeconds media_dropped_at(const std::string& account, const catalogue::Catalogue::MediaRow& media) const;

 private:
  const watch::Retention& named(const std::string& name) const;

  const Settings& settings_;
};

/// Warns of accounts that the settings name and the archive has nothing of, if it has any: a name that is written otherwise
/// than in the download would do nothing without a word.
void tell_of_unknown_accounts(Context& context, Store& store);

/// By name; those whose name has `account` in it, all if it is empty.
std::vector<WatchedAccount> watched_accounts(const Context& context, Store& store, const std::string& account);

/// Of these accounts the one that is called so, else those whose names have it in them; all if it is empty.
std::vector<std::string> accounts_meant(const std::vector<std::string>& accounts, const std::string& wanted);

/// Does the name of an account have this in it, as --account does?
bool is_account(const std::string& account, const std::string& wanted);

}  // namespace genchi::cli
