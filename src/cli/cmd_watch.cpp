// genchi watch: up to when LINE accounts are held, and when LINE drops the rest.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/bytes.hpp"
#include "cli/command.hpp"
#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "cli/table.hpp"
#include "cli/watched.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;
using watch::AccountState;
using MediaRow = catalogue::Catalogue::MediaRow;

constexpr int zone = japan_offset_minutes;
constexpr std::size_t few = 5, widest_name = 40;

struct WatchCommand {
  std::string account, client;
  std::string fail_under;
  bool chats = false, media = false, checklist = false;
  std::optional<std::uint64_t> limit;
};

bool is_blank(char32_t c) {
  const auto among = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return among(0, 0x20) || among(0x7F, 0xA0) || c == 0xAD || among(0x115F, 0x1160) || among(0x2000, 0x200F) || among(0x2028, 0x202F) || among(0x205F, 0x206F) ||
         c == 0x2800 || c == 0x3000 || c == 0x3164 || among(0xFE00, 0xFE0F) || c == 0xFEFF || c == 0xFFA0;
}

/// What a list calls a chat. Friends call themselves what they like: at any length, or by nothing that can be seen.
std::string chat_word(const std::string& name) {
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = decode_utf8(name, at);
    if (!is_blank(c.value)) return truncate_to_width(for_terminal(name), widest_name);
    at += c.size;
  }
  return tr("(no name)");
}

std::string time_of(UtcSeconds at) { return display_time(at, zone); }
std::string day_of(UtcSeconds at) { return time_of(at).substr(0, 10); }
ordered_json time_json(UtcSeconds at) { return iso8601({at, zone}); }
ordered_json day_json(UtcSeconds at) { return day_of(at); }

const char* month_name(AccountState::Month month) {
  switch (month) {
  case AccountState::Month::held: return "held";
  case AccountState::Month::partly: return "partly";
  case AccountState::Month::lost: return "lost";
  case AccountState::Month::open: return "open";
  }
  return "";
}

char month_sign(AccountState::Month month) {
  switch (month) {
  case AccountState::Month::held: return '#';
  case AccountState::Month::partly: return '+';
  case AccountState::Month::lost: return 'x';
  case AccountState::Month::open: return '.';
  }
  return ' ';
}

std::string days_word(std::int64_t days) {
  if (days < 0) return trn("{} day ago", "{} days ago", static_cast<std::uint64_t>(-days));
  if (days == 0) return tr("today");
  return trn("in {} day", "in {} days", static_cast<std::uint64_t>(days));
}

std::string days_long(std::int64_t days) { return days == 1 ? std::string(tr("1 day")) : trf("{} days", days); }

std::string media_words(line::Content kind, std::uint64_t count) {
  switch (kind) {
  case line::Content::photo: return trn("{} photo", "{} photos", count);
  case line::Content::video: return trn("{} video", "{} videos", count);
  case line::Content::voice: return trn("{} voice message", "{} voice messages", count);
  default: return trn("{} file", "{} files", count);
  }
}

// --- JSON ---

ordered_json stretch_json(const AccountState::Stretch& stretch, std::optional<std::int64_t> text_days) {
  ordered_json row{{"begin", time_json(stretch.span.begin)}, {"end", time_json(stretch.span.end)}, {"chats", stretch.chats}, {"example", stretch.example}};
  if (text_days) row["dropped"] = day_json(watch::dropped_at(stretch.span.begin, *text_days, zone));
  return row;
}

ordered_json account_json(const WatchedAccount& account, ClientNames& names, UtcSeconds now) {
  const AccountState& state = account.state;
  ordered_json row;
  row["account"] = account.downloads.account;
  row["retention"] = {{"name", account.retention.name}, {"text", account.retention.text}, {"media", account.retention.media},
                      {"files", account.retention.files}, {"source", account.retention.source.empty() ? ordered_json(nullptr) : ordered_json(account.retention.source)}};
  row["chats"] = state.chats;
  row["downloads"] = account.downloads.downloads;
  row["first"] = state.first ? time_json(*state.first) : ordered_json(nullptr);
  row["held_until"] = time_json(state.until);
  row["dropped"] = day_json(state.dropped);
  row["days_left"] = account.days_left(now);
  row["next_download"] = day_json(utc_from_civil(account.next_download, 0, 0, 0, zone));
  row["behind"] = ordered_json::array();
  for (const auto& chat : state.behind)
    row["behind"].push_back({{"client", label_json(names.of(chat.identifier))}, {"chat", chat.name}, {"held_until", time_json(chat.until)}, {"dropped", day_json(chat.dropped)},
                             {"days_left", watch::days_until(chat.dropped, now, zone)}});
  row["gaps"] = ordered_json::array();
  for (const auto& gap : state.gaps) row["gaps"].push_back(stretch_json(gap, account.retention.text));
  row["lost"] = ordered_json::array();
  for (const auto& gap : state.lost) row["lost"].push_back(stretch_json(gap, std::nullopt));
  const auto drift = [&](line::DriftCase what) {
    const auto at = account.downloads.drift.find(what);
    return at == account.downloads.drift.end() ? 0 : at->second;
  };
  row["unread"] = drift(line::DriftCase::unread);
  row["unsent"] = account.downloads.unsent;
  ordered_json media;
  for (const line::Content kind : {line::Content::photo, line::Content::video, line::Content::voice, line::Content::file}) {
    const auto at = account.media.there.find(kind);
    media[std::string(line::content_name(kind))] = at == account.media.there.end() ? 0 : at->second;
  }
  media["dropped"] = account.media.dropped;
  media["held"] = account.media.held;
  media["first_drop"] = account.media.first_drop ? day_json(*account.media.first_drop) : ordered_json(nullptr);
  row["media"] = media;
  row["months"] = ordered_json::array();
  for (const auto& [month, held] : state.months) row["months"].push_back({{"month", fmt::format("{:04}-{:02}", month / 12, month % 12 + 1)}, {"state", month_name(held)}});
  return row;
}

/// For a spreadsheet: numbers instead of lists.
ordered_json account_cells(ordered_json row) {
  row["retention"] = row["retention"]["name"];
  for (const char* list : {"behind", "gaps", "lost"}) row[list] = row[list].size();
  ordered_json media = row["media"];
  row.erase("media");
  row.erase("months");
  for (const auto& [key, value] : media.items()) row["media_" + key] = value;
  return row;
}

// --- Text ---

class WatchText {
 public:
  WatchText(Output& out, const WatchCommand& command, UtcSeconds now) : out_(out), command_(command), now_(now) {}

  void print(const WatchedAccount& account) {
    const AccountState& state = account.state;
    const watch::Retention& kept = account.retention;
    if (begun_) out_.line();
    begun_ = true;
    const bool alike = kept.text == kept.media && kept.text == kept.files;
    out_.line(out_.bold(for_terminal(account.downloads.account)) + "  " +
              (alike ? trf("LINE keeps all of it {0} ({1})", days_long(kept.text), for_terminal(kept.name))
                     : trf("LINE keeps text {0}, photos {1}, files {2} ({3})", days_long(kept.text), days_long(kept.media), days_long(kept.files), for_terminal(kept.name))));
    line(tr("held"), trf("up to the download of {}", time_of(state.until)) + tr(", ") + trn("{} chat", "{} chats", state.chats) + tr(", ") +
                         trn("{} download", "{} downloads", account.downloads.downloads));
    const std::int64_t left = watch::days_until(state.dropped, now_, zone);
    line(tr("next"), trf("download by {}", day_words(account.next_download)));
    if (left >= 0) line(tr("dropped"), trf("from {0} on ({1}) LINE drops what was said since", day_of(state.dropped), days_word(left)));
    else line(tr("dropped"), trf("since {0} ({1}) LINE has been dropping what was said after that download", day_of(state.dropped), days_word(left)));
    for (const auto& gone : state.lost) line(tr("lost"), span(gone.span) + tr(", ") + chats(gone) + tr(": not held, and LINE has dropped what was said then, if anything was"));
    for (const auto& gap : state.gaps) {
      const UtcSeconds dropped = watch::dropped_at(gap.span.begin, kept.text, zone);
      line(tr("gap"), span(gap.span) + tr(", ") + chats(gap) + tr(": ") +
                          trf("LINE drops it from {0} on ({1}); download without choosing a period", day_of(dropped), days_word(watch::days_until(dropped, now_, zone))));
    }
    print_behind(state);
    if (const auto unread = account.downloads.drift.find(line::DriftCase::unread); unread != account.downloads.drift.end())
      line(tr("unread"), trn("{} download lacked messages that nobody had opened then; a later one holds them", "{} downloads lacked messages that nobody had opened then; later ones hold them", unread->second));
    if (account.downloads.unsent > 0) line(tr("taken back"), trn("{} message", "{} messages", account.downloads.unsent));
    print_media(account.media);
    print_months(state);
  }

  void checklist() {
    out_.line();
    out_.line(out_.bold(tr("At each download")));
    int n = 0;
    for (const char* step : {tr("Open every unread chat: LINE leaves unread messages out of the download."),
                             tr("On the web page of LINE Official Account Manager: チャット, the gear, 基本, チャット履歴のバックアップ, CSVファイルを作成. All chats, no period. It can be made once a week."),
                             tr("genchi import ~/Downloads/line_oa_chat_csv_….zip"),
                             tr("genchi todo: the unread marks are gone now; it says who still waits for an answer."),
                             tr("Save photos, videos and files that you need: the download does not hold them (genchi watch --media lists them). Then genchi attach FOLDER."),
                             tr("An account that is not verified lists, and downloads, only friends who wrote first.")}) {
      const std::string number = std::to_string(++n) + ". ";
      bool first = true;
      for (const std::string& part : wrapped(step, std::min<std::size_t>(out_.columns(), 100) - 5)) {
        out_.line("  " + (first ? number : std::string(number.size(), ' ')) + part.substr(std::min(part.find_first_not_of(' '), part.size())));
        first = false;
      }
    }
  }

 private:
  void line(const std::string& label, const std::string& text) {
    constexpr std::size_t label_columns = 12;
    bool first = true;
    for (const std::string& part : wrapped(text, std::min<std::size_t>(out_.columns(), 110) - label_columns - 3)) {
      out_.line("  " + pad_to_width(first ? label : "", label_columns) + part.substr(std::min(part.find_first_not_of(' '), part.size())));
      first = false;
    }
  }
  static std::string span(const watch::Span& span) { return trf("{0} to {1}", time_of(span.begin), time_of(span.end)); }
  static std::string chats(const AccountState::Stretch& stretch) {
    const std::string name = chat_word(stretch.example);
    return stretch.chats == 1 ? name : trn("{} chat", "{} chats", stretch.chats) + " " + trf("({} and others)", name);
  }

  void print_behind(const AccountState& state) {
    if (state.behind.empty()) return;
    line(tr("not in it"), trn("{} chat: unread then, hidden, or the friend has left", "{} chats: unread then, hidden, or the friend has left", state.behind.size()));
    const std::size_t shown = command_.chats ? state.behind.size() : std::min(few, state.behind.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& chat = state.behind[i];
      const std::int64_t left = watch::days_until(chat.dropped, now_, zone);
      line("", chat_word(chat.name) + "  " + trf("held up to {0}, dropped from {1} on ({2})", time_of(chat.until), day_of(chat.dropped), days_word(left)));
    }
    if (shown < state.behind.size()) line("", trf("… and {} more (--chats)", state.behind.size() - shown));
  }

  void print_media(const MediaState& media) {
    if (media.there.empty() && media.dropped == 0 && media.held == 0) return;
    std::string words;
    for (const auto& [kind, count] : media.there) words += (words.empty() ? "" : tr(", ")) + media_words(kind, count);
    if (words.empty()) words = tr("none that LINE should still have");
    else words += tr(": not in any download. ") + trf("The first goes on {0} ({1}).", day_of(*media.first_drop), days_word(watch::days_until(*media.first_drop, now_, zone)));
    if (media.dropped > 0) words += " " + trn("{} is gone from LINE already.", "{} are gone from LINE already.", media.dropped);
    if (media.held > 0) words += " " + trn("{} was saved and attached.", "{} were saved and attached.", media.held);
    line(tr("media"), words);
  }

  /// A row of twelve signs a year, of the last ten: a row with a date of long ago must not fill the screen.
  void print_months(const AccountState& state) {
    if (state.months.empty()) return;
    constexpr int most_years = 10;
    const int last = state.months.rbegin()->first / 12, begin = state.months.begin()->first / 12;
    const int first = std::max(begin, last - most_years + 1);
    for (int year = first; year <= last; ++year) {
      std::string signs;
      for (int month = 0; month < 12; ++month) {
        const auto at = state.months.find(year * 12 + month);
        signs += month > 0 ? " " : "";
        signs += at == state.months.end() ? '-' : month_sign(at->second);
      }
      out_.line("  " + pad_to_width(year == first ? tr("months") : "", 12) + std::to_string(year) + "  " + signs);
    }
    if (begin < first) line("", out_.dim(trf("and before, from {} on", begin)));
    line("", out_.dim(tr("# held, + partly, x lost, . not downloaded yet, - before or after")));
  }

  Output& out_;
  const WatchCommand& command_;
  UtcSeconds now_;
  bool begun_ = false;
};

// --- Lists ---

std::vector<std::string> accounts_asked_for(Store& store, const std::string& account) {
  std::vector<std::string> names;
  for (const auto& downloads : store.catalogue().account_downloads()) names.push_back(downloads.account);
  return accounts_meant(names, account);
}

/// Every chat with the end of what is held of it.
void list_chats(Context& context, Store& store, const std::vector<WatchedAccount>& accounts) {
  const Retentions retentions(context.settings);
  ClientNames names(store);
  Output& out = context.out;
  const auto row_of = [&](const std::string& account, const watch::Chat& chat) {
    const std::int64_t days = retentions.of_chat(account, chat.name).text;
    const UtcSeconds until = watch::held_of(chat, days, zone).until;
    const UtcSeconds dropped = watch::dropped_at(until, days, zone);
    return ordered_json{{"account", account}, {"client", chat.identifier.empty() ? ordered_json(nullptr) : label_json(names.of(chat.identifier))}, {"chat", chat.name},
                        {"first", chat.first == 0 ? ordered_json(nullptr) : time_json(chat.first)}, {"last", chat.last == 0 ? ordered_json(nullptr) : time_json(chat.last)},
                        {"downloads", chat.downloads.size()}, {"held_until", time_json(until)}, {"dropped", day_json(dropped)}, {"days_left", watch::days_until(dropped, context.now, zone)}};
  };
  if (out.format() == Format::csv) out.heading(row_of("", {}));
  for (const WatchedAccount& account : accounts) {
    const std::string& name = account.downloads.account;
    if (out.is_text()) out.line(out.bold(for_terminal(name)));
    Table table({Table::Column::left, Table::Column::left, Table::Column::rest});
    store.catalogue().chats_of(name, [&](const watch::Chat& chat) {
      const ordered_json row = row_of(name, chat);
      if (!out.is_text()) return out.row(row);
      const auto& label = names.of(chat.identifier);
      const UtcSeconds until = watch::held_of(chat, retentions.of_chat(name, chat.name).text, zone).until;
      table.add({trf("held up to {}", time_of(until)), trf("dropped from {0} ({1})", row["dropped"].get<std::string>(), days_word(row["days_left"])),
                 chat_word(chat.name) + (label.number == 0 ? "" : " (" + std::to_string(label.number) + ")")});
    });
    table.print(out);
  }
}

/// Photos, videos, voice messages and files with the day on which LINE drops them; those that are left first.
ExitCode list_media(Context& context, Store& store, const WatchCommand& command) {
  const Retentions retentions(context.settings);
  ClientNames names(store);
  Output& out = context.out;
  std::optional<std::vector<std::string>> of_client;
  if (!command.client.empty()) {
    of_client = store.catalogue().identifiers_named(command.client);
    for (auto& identifier : *of_client) identifier = store.catalogue().head_of(identifier);
    if (of_client->empty()) throw Error(trf("no client is called \"{}\"", for_terminal(command.client)), tr("`genchi clients` lists them."), ExitCode::nothing_found);
  }
  const std::size_t limit = command.limit ? static_cast<std::size_t>(*command.limit) : out.is_text() && out.on_terminal() ? 20 : 0;
  const auto row_of = [&](const std::string& account, const MediaRow& media) {
    const UtcSeconds dropped = retentions.media_dropped_at(account, media);
    return ordered_json{{"id", media.id.hex()}, {"account", account}, {"client", media.client.empty() ? ordered_json(nullptr) : label_json(names.of(media.client))}, {"direction", direction_name(media.direction)},
                        {"sent", time_json(media.sent)}, {"kind", line::content_name(media.kind)}, {"dropped", day_json(dropped)}, {"days_left", watch::days_until(dropped, context.now, zone)}, {"held", media.attached}};
  };
  if (out.format() == Format::csv) out.heading(row_of("", {}));
  std::uint64_t shown = 0, gone = 0, there = 0, held = 0;
  Table table({Table::Column::left, Table::Column::left, Table::Column::left, Table::Column::rest, Table::Column::dim});
  for (const std::string& account : accounts_asked_for(store, command.account)) {
    store.catalogue().media(account, INT64_MIN, INT64_MAX, [&](const MediaRow& media) {
      if (of_client && std::find(of_client->begin(), of_client->end(), media.client) == of_client->end()) return true;
      const bool is_gone = retentions.media_dropped_at(account, media) <= context.now;
      ++(media.attached ? held : is_gone ? gone : there);
      if (!out.is_text()) {
        if (limit == 0 || shown < limit) out.row(row_of(account, media));
        ++shown;
        return true;
      }
      if (media.attached || is_gone || (limit != 0 && shown == limit)) return true;
      ++shown;
      const ordered_json row = row_of(account, media);
      const auto& label = names.of(media.client);
      table.add({row["dropped"].get<std::string>(), attachment_word(line::content_name(media.kind)), direction_word(media.direction),
                 chat_word(label.name) + (label.number == 0 ? "" : " (" + std::to_string(label.number) + ")") + "  " + time_of(media.sent), media.id.hex().substr(0, short_id_digits)});
      return true;
    });
  }
  table.print(out);
  if (out.is_text() && shown < there) out.line("  " + trf("… and {} more (--limit 0)", there - shown));
  std::string summary = trf("{0} that LINE should still have, {1} that it has dropped", there, gone);
  if (held > 0) summary += tr(", ") + trn("{} saved and attached", "{} saved and attached", held);
  out.talk(summary);
  return ExitCode::ok;
}

ExitCode run_watch(Context& context, const WatchCommand& command) {
  std::optional<std::int64_t> least;
  if (!command.fail_under.empty()) {
    least = parse_day_count(command.fail_under);
    if (!least) throw Error(trf("--fail-under: \"{}\" is no number of days", for_terminal(command.fail_under)), tr("Write it as 14d, 10日, 2週間, 2 weeks or 1か月."));
  }
  Store store = context.open();
  nothing_is_written_from_now_on();
  Output& out = context.out;
  if (!command.account.empty() && accounts_asked_for(store, command.account).empty())
    throw Error(trf("no LINE account is called \"{}\"", command.account), tr("`genchi status` lists them."), ExitCode::nothing_found);
  if (command.media) return list_media(context, store, command);
  tell_of_unknown_accounts(context, store);
  const std::vector<WatchedAccount> accounts = watched_accounts(context, store, command.account);
  if (command.chats) list_chats(context, store, accounts);
  ClientNames names(store);
  WatchText text(out, command, context.now);
  for (const WatchedAccount& account : accounts) {
    if (command.chats) continue;
    if (out.is_text()) text.print(account);
    else if (out.format() == Format::csv) out.row(account_cells(account_json(account, names, context.now)));
    else out.row(account_json(account, names, context.now));
  }
  if (accounts.empty()) out.talk(tr("No LINE download is held yet. `genchi import` brings them in."));
  if (out.is_text() && !command.chats && (!accounts.empty() || command.checklist)) text.checklist();
  if (!least) return ExitCode::ok;
  const bool late = std::any_of(accounts.begin(), accounts.end(), [&](const WatchedAccount& account) { return account.days_left(context.now) < *least; });
  return late ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_watch(Arguments program, Run& chosen) {
  auto command = std::make_shared<WatchCommand>();
  Arguments sub = program.add_command("watch", tr("up to when LINE is held, when LINE drops the rest, and what is lost"));
  sub.alias("保存期限");
  sub.add_option("--account", command->account, tr("only accounts of ours with this in their name")).not_empty().value_name(tr("NAME"));
  sub.add_option("--fail-under", command->fail_under, tr("exit status 1 when something not held is dropped in fewer days, or has been since the last download")).not_empty().value_name(tr("TIME"));
  Option chats = sub.add_flag("--chats", command->chats, tr("every chat with the end of what is held of it"));
  Option media = sub.add_flag("--media", command->media, tr("photos, videos, voice messages and files, with the day on which LINE drops them")).excludes(chats);
  sub.add_option("--client", command->client, tr("with --media: only this client, by number or part of its name")).not_empty().value_name(tr("NAME")).needs(media);
  sub.add_option("--limit", command->limit, tr("with --media: so many rows; 0 all")).value_name("N").needs(media);
  sub.footer(tr("LINE Official Account drops what is too old and says nothing. What a download holds stays here; what came after the last\n"
                "download, or was left out of it, is dropped on the day named. How long LINE keeps what is a setting, since LINE has\n"
                "changed it and no page of its own states it ([account.\"NAME\"] retention; a year is counted as 365 days):\n"
                "  one-year     1:1 chats: text, photos and files 365 days (what an account has unless said otherwise)\n"
                "  group        group chats: text 365 days, photos and videos 14, files 7\n"
                "  six-months   newer free plans: 180 days\n"
                "  chat-pro     with the option チャットPro: 1825 days\n"
                "[retention.NAME] makes another. Photos, videos, voice messages and files are never in a download: they count for\n"
                "--media only, not for --fail-under.\n"
                "\nExamples:\n"
                "  genchi watch --fail-under 14d || notify-send 'LINE をダウンロード'\n"
                "  genchi watch --media --client 青木\n"
                "\nExit status: 0 shown, 1 fewer days left than --fail-under or no such account or client, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_watch(context, *command); }; });
}

}  // namespace genchi::cli
