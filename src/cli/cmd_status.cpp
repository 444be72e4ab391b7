// genchi status: what is held, since when, and how fresh it is.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/drift_view.hpp"
#include "cli/message_view.hpp"
#include "cli/provenance.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct StatusCommand {
  bool fingerprint = false;
  bool sources = false;
  bool drift = false;
  std::string account;
};

std::string day(UtcSeconds utc) { return display_time(utc, japan_offset_minutes).substr(0, 10); }

ordered_json time_json(std::optional<UtcSeconds> utc) {
  return utc ? ordered_json(iso8601({*utc, japan_offset_minutes})) : ordered_json(nullptr);
}

/// The last import of each file: earlier ones of the same file say nothing more.
std::vector<ImportRecord> last_imports(Store& store) {
  std::map<std::pair<std::string, std::string>, ImportRecord> last;
  for (auto& import : store.archive().imports()) last[{import.account, import.source}] = import;
  std::vector<ImportRecord> out;
  for (auto& [key, import] : last) out.push_back(std::move(import));
  return out;
}

std::uint64_t set_aside_count(const std::vector<ImportRecord>& imports) {
  std::uint64_t n = 0;
  for (const auto& import : imports) n += import.counts.set_aside;
  return n;
}

/// What was brought in from where.
std::map<Provenance, std::uint64_t> by_provenance(Store& store) {
  std::map<Provenance, std::uint64_t> out;
  for (const auto& import : store.archive().imports()) {
    if (import.counts.fresh > 0) out[provenance_of(import)] += import.counts.fresh;
  }
  return out;
}

/// Shown once somebody says where something comes from.
void print_provenance(Context& context, Store& store) {
  Output& out = context.out;
  const auto counts = by_provenance(store);
  if (std::all_of(counts.begin(), counts.end(), [](const auto& each) { return each.first == Provenance::unsaid || each.first == Provenance::official; })) return;
  std::string words;
  for (const auto& [provenance, count] : counts) words += (words.empty() ? "" : tr(", ")) + provenance_word(provenance) + " " + std::to_string(count);
  out.line(pad_to_width(tr("Came from"), 28) + " " + words);
  const auto personal = counts.find(Provenance::personal);
  if (personal == counts.end()) return;
  out.talk(trn("{} message comes from a private device. Whether the firm allows that is for it to say; `genchi status --sources` names the file.",
               "{} messages come from a private device. Whether the firm allows that is for it to say; `genchi status --sources` names the files.", personal->second));
}

ordered_json source_json(const ImportRecord& import) {
  ordered_json row;
  row["source"] = import.source;
  row["kind"] = kind_name(import.kind);
  row["account"] = import.account.empty() ? ordered_json(nullptr) : ordered_json(import.account);
  row["from"] = import.provenance == Provenance::unsaid ? ordered_json(nullptr) : ordered_json(provenance_name(import.provenance));
  row["imported"] = time_json(import.end ? std::optional(import.ended) : std::nullopt);
  row["read"] = import.counts.read;
  row["new"] = import.counts.fresh;
  row["known"] = import.counts.known;
  row["set_aside"] = import.counts.set_aside;
  row["sha256"] = import.digest ? ordered_json(import.digest->hex()) : ordered_json(nullptr);
  return row;
}

void print_sources(Context& context, Store& store) {
  for (const auto& import : store.archive().imports()) {
    if (!context.out.is_text()) {
      context.out.row(source_json(import));
      continue;
    }
    const std::string when = import.end ? display_time(import.ended, japan_offset_minutes) : std::string(tr("broken off"));
    context.out.line(when + "  " + pad_to_width(kind_name(import.kind), 8) + "  " + for_terminal(import.source) + "  " +
                     trf("{} read, {} new", import.counts.read, import.counts.fresh) +
                     (import.provenance == Provenance::unsaid ? "" : "  " + provenance_word(import.provenance)));
  }
}

ordered_json status_json(Context& context, Store& store, const catalogue::Holdings& held, std::uint64_t set_aside, std::size_t sources) {
  ordered_json row;
  row["archive"] = display_path(context.archive);
  row["messages"] = held.messages;
  row["hidden"] = held.hidden;
  row["clients"] = held.clients;
  row["set_aside"] = set_aside;
  row["own_addresses"] = held.own_addresses;
  row["own_addresses_guessed"] = held.own_addresses_guessed;
  row["channels"] = ordered_json::array();
  for (const auto& c : held.channels)
    row["channels"].push_back({{"channel", channel_name(c.channel)},
                               {"account", c.account.empty() ? ordered_json(nullptr) : ordered_json(c.account)},
                               {"messages", c.messages},
                               {"conversations", c.conversations},
                               {"first", time_json(c.first)},
                               {"last", time_json(c.last)},
                               {"downloaded", time_json(c.fresh_until)}});
  row["from"] = provenance_json(by_provenance(store));
  row["sources"] = sources;
  row["journal"] = store.archive().head();
  row["index_current"] = store.is_current();
  return row;
}

void require_account(Store& store, const std::string& account) {
  const auto held = store.catalogue().holdings();
  const std::string wanted = fold(account);
  const bool known = std::any_of(held.channels.begin(), held.channels.end(), [&](const auto& channel) {
    return channel.channel == Channel::line && find_folded(fold(channel.account), wanted) != std::string::npos;
  });
  if (!known) throw Error(trf("no LINE account is called \"{}\"", account), tr("`genchi status` lists them."), ExitCode::nothing_found);
}

ExitCode run_status(Context& context, const StatusCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  Output& out = context.out;
  if (command.fingerprint) {
    const std::string hex = store.catalogue().fingerprint().hex();
    if (out.is_text()) out.line(hex);
    else out.row({{"fingerprint", hex}});
    return ExitCode::ok;
  }
  if (command.drift) {
    if (!command.account.empty()) require_account(store, command.account);
    print_drift(out, store.catalogue().drift(command.account));
    return ExitCode::ok;
  }
  if (command.sources) {
    print_sources(context, store);
    return ExitCode::ok;
  }
  const catalogue::Holdings held = store.catalogue().holdings();
  const std::vector<ImportRecord> imports = last_imports(store);
  const std::uint64_t set_aside = set_aside_count(imports);
  if (!out.is_text()) {
    out.row(status_json(context, store, held, set_aside, imports.size()));
    return ExitCode::ok;
  }
  out.line(out.bold(trf("Archive {}", display_path(context.archive))));
  for (const auto& c : held.channels) {
    std::string name = channel_word(c.channel);
    if (!c.account.empty()) name += " " + for_terminal(c.account);
    out.line(pad_to_width(name, 28) + " " + trn("{} message", "{} messages", c.messages) + tr(", ") +
             trn("{} conversation", "{} conversations", c.conversations) + tr(", ") + trf("{} to {}", day(c.first), day(c.last)));
  }
  if (held.channels.empty()) out.line(tr("Nothing is held yet. `genchi import` brings mail and LINE downloads in."));
  out.line(pad_to_width(tr("Clients"), 28) + " " + std::to_string(held.clients));
  std::size_t broken = 0;
  for (const auto& import : imports) broken += !import.end;
  std::string sources = std::to_string(imports.size());
  if (broken) sources += " " + trf("({} broken off: import them again)", broken);
  out.line(pad_to_width(tr("Files imported"), 28) + " " + sources);
  if (set_aside) out.line(pad_to_width(tr("Set aside"), 28) + " " + std::to_string(set_aside));
  if (held.hidden) out.line(pad_to_width(tr("Spam and trash"), 28) + " " + std::to_string(held.hidden));
  std::string own;
  for (const auto& address : held.own_addresses) own += (own.empty() ? "" : tr(", ")) + for_terminal(address);
  if (!own.empty()) out.line(pad_to_width(tr("Own addresses"), 28) + " " + own + (held.own_addresses_guessed ? tr(" (guessed)") : ""));
  print_provenance(context, store);
  const std::string fresh = freshness(store);
  if (!fresh.empty()) out.line(pad_to_width(tr("Fresh"), 28) + " " + fresh);
  out.line(pad_to_width(tr("Index"), 28) + " " + (store.is_current() ? tr("up to date") : tr("behind; it catches up at the next import or `genchi reindex`")));
  return ExitCode::ok;
}

}  // namespace

void add_status(Arguments program, Run& chosen) {
  auto command = std::make_shared<StatusCommand>();
  Arguments sub = program.add_command("status", tr("what is held, since when, and how fresh it is"));
  sub.alias("状態");
  Option sources = sub.add_flag("--sources", command->sources, tr("every file that was imported, with its receipt"));
  Option fingerprint = sub.add_flag("--fingerprint", command->fingerprint, tr("one number over all messages: two archives with the same hold the same")).excludes(sources);
  Option drift = sub.add_flag("--drift", command->drift, tr("what later LINE downloads of a chat lack or add, and why that may be")).excludes(sources).excludes(fingerprint);
  sub.add_option("--account", command->account, tr("with --drift: only this account of ours")).value_name(tr("NAME")).needs(drift);
  sub.footer(tr("--drift compares the LINE downloads of each chat: messages taken back, unread at the time, older than LINE keeps,\n"
                 "lost characters, another name or language, and messages missing for no visible reason. Reasons are what the\n"
                 "downloads speak for, not what is known. Whatever a later download lacks stays in the archive and in answers.\n"
                 "\nExit status: 0 shown, 1 no such account, 2 failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_status(context, *command); }; });
}

}  // namespace genchi::cli
