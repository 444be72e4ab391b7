#include "cli/watched.hpp"

#include <algorithm>

#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

constexpr int zone = japan_offset_minutes;
constexpr std::int64_t a_week = 7;  // LINE makes a file of all chats once a week

CivilDay day_of(UtcSeconds at) { return civil_day(at, zone); }

MediaState media_of(Store& store, const std::string& account, const Retentions& retentions, UtcSeconds now) {
  MediaState out;
  store.catalogue().media(account, INT64_MIN, INT64_MAX, [&](const catalogue::Catalogue::MediaRow& media) {
    const UtcSeconds dropped = retentions.media_dropped_at(account, media);
    if (media.attached) {
      ++out.held;
    } else if (dropped <= now) {
      ++out.dropped;
    } else {
      ++out.there[media.kind];
      out.first_drop = std::min(out.first_drop.value_or(dropped), dropped);
    }
    return true;
  });
  return out;
}

/// A week after the last one, but at least a day before something goes; today if that has passed.
CivilDay next_download(const Settings& settings, const watch::AccountState& state, UtcSeconds now) {
  const std::int64_t today = days_from_civil(day_of(now));
  const std::int64_t usual = days_from_civil(day_of(state.until)) + settings.download_every_days.value_or(a_week);
  return civil_from_days(std::max(today, std::min(usual, days_from_civil(day_of(state.next_drop)) - 1)));
}

}  // namespace

std::int64_t WatchedAccount::days_left(UtcSeconds now) const { return watch::days_until(std::min(state.dropped, state.next_drop), now, zone); }

Retentions::Retentions(const Settings& settings) : settings_(settings) {
  if (settings.retention) named(*settings.retention);
  for (const auto& [account, said] : settings.accounts)
    if (said.retention) named(*said.retention);
}

const watch::Retention& Retentions::named(const std::string& name) const {
  const auto is_it = [&](const watch::Retention& each) { return each.name == name; };
  // The archive's own stand behind the user's.
  if (const auto own = std::find_if(settings_.retentions.rbegin(), settings_.retentions.rend(), is_it); own != settings_.retentions.rend()) return *own;
  const auto& known = watch::known_retentions();
  if (const auto at = std::find_if(known.begin(), known.end(), is_it); at != known.end()) return *at;
  std::string names;
  for (const auto& each : known) names += (names.empty() ? "" : ", ") + each.name;
  for (const auto& each : settings_.retentions) names += ", " + each.name;
  throw Error(trf("the settings name a retention \"{}\" that there is none of", name), trf("There are: {}. [retention.NAME] in the settings makes another.", names));
}

const watch::Retention& Retentions::of_account(const std::string& account) const {
  const auto said = settings_.accounts.find(account);
  if (said != settings_.accounts.end() && said->second.retention) return named(*said->second.retention);
  return named(settings_.retention.value_or(std::string(watch::usual_retention)));
}

const watch::Retention& Retentions::of_chat(const std::string& account, const std::string& chat) const {
  const auto said = settings_.accounts.find(account);
  if (said == settings_.accounts.end()) return of_account(account);
  const auto& groups = said->second.group_chats;
  return std::find(groups.begin(), groups.end(), chat) == groups.end() ? of_account(account) : named(std::string(watch::group_retention));
}

UtcSeconds Retentions::media_dropped_at(const std::string& account, const catalogue::Catalogue::MediaRow& media) const {
  const watch::Retention& retention = of_chat(account, media.chat);
  return watch::dropped_at(media.sent, media.kind == line::Content::file ? retention.files : retention.media, zone);
}

bool is_account(const std::string& account, const std::string& wanted) { return find_folded(fold(account), fold(wanted)) != std::string::npos; }

std::vector<std::string> accounts_meant(const std::vector<std::string>& accounts, const std::string& wanted) {
  if (wanted.empty()) return accounts;
  std::vector<std::string> out;
  for (const std::string& account : accounts) {
    if (fold(account) == fold(wanted)) return {account};
    if (is_account(account, wanted)) out.push_back(account);
  }
  return out;
}

std::vector<WatchedAccount> watched_accounts(const Context& context, Store& store, const std::string& account) {
  const Retentions retentions(context.settings);
  std::vector<WatchedAccount> out;
  auto all = store.catalogue().account_downloads();
  std::vector<std::string> names;
  for (const auto& downloads : all) names.push_back(downloads.account);
  const std::vector<std::string> meant = accounts_meant(names, account);
  for (auto& downloads : all) {
    if (std::find(meant.begin(), meant.end(), downloads.account) == meant.end()) continue;
    WatchedAccount row;
    row.retention = retentions.of_account(downloads.account);
    watch::AccountWatch watching(downloads.newest_of_all.value_or(downloads.newest), row.retention.text, context.now, zone);
    store.catalogue().chats_of(downloads.account, [&](const watch::Chat& chat) { watching.add(chat, retentions.of_chat(downloads.account, chat.name).text); });
    row.state = watching.state();
    row.media = media_of(store, downloads.account, retentions, context.now);
    row.next_download = next_download(context.settings, row.state, context.now);
    row.downloads = std::move(downloads);
    out.push_back(std::move(row));
  }
  return out;
}

void tell_of_unknown_accounts(Context& context, Store& store) {
  if (context.settings.accounts.empty()) return;
  const auto held = store.catalogue().account_downloads();
  if (held.empty()) return;
  for (const auto& [name, said] : context.settings.accounts) {
    const bool known = std::any_of(held.begin(), held.end(), [&, &account = name](const auto& each) { return each.account == account; });
    if (!known) context.out.talk(trf("The settings say something of the LINE account \"{}\", of which nothing is held: is its name written as in `genchi status`?", for_terminal(name)));
  }
}

}  // namespace genchi::cli
