// genchi erase: clients and messages out of the archive for good, what has to stay left, with the reason.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "cli/copies.hpp"
#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/own_names.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "store/erase.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct EraseCommand {
  std::vector<std::string> targets;
  std::string why;
  bool dry_run = false, yes = false, documents_too = false, due = false;
  int wait = 10;
};

// So many messages that stay, or that quote, are named in text; JSON has all.
constexpr std::size_t most_named = 10;
// Quotations are looked for by so long a stretch of a message's own words, of so many messages.
constexpr std::size_t quoted_characters = 20, most_looked_for = 500;
// Of a message of fewer others that say just the same are named; not of one as short as a greeting.
constexpr std::size_t fewest_characters = 6;

std::string day_word(CivilDay day) { return display_time(utc_from_civil(day, 0, 0, 0, japan_offset_minutes), japan_offset_minutes).substr(0, 10); }
std::string day_word(UtcSeconds at) { return display_time(at, japan_offset_minutes).substr(0, 10); }
ordered_json time_json(UtcSeconds at) { return iso8601({at, japan_offset_minutes}); }

/// The clients and messages that a line names.
struct Targets {
  std::vector<ChosenClient> clients;
  std::vector<Sha256> messages;
};

bool looks_like_id(const std::string& text) {
  return text.size() >= 6 && text.size() <= 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

Targets targets_of(Store& store, const std::vector<std::string>& written) {
  Targets out;
  for (const std::string& each : written) {
    if (looks_like_id(each) && !store.catalogue().find(each, 1).empty()) out.messages.push_back(find_message(store, each).shown_as);
    else out.clients.push_back(choose_client(store, each));
  }
  return out;
}

/// A stretch of a message's own words that hardly another has; all of them if they are few. "" none is long enough.
struct Stretch {
  std::string words;
  bool all = false;
};

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Stretch telling_stretch(const MessageRecord& message) {
  const std::string own(trim(own_words(message)));
  if (const std::size_t length = characters_of(own); length < quoted_characters && own.find_first_of("\n\"") == std::string::npos)
    return {length < fewest_characters ? std::string() : own, true};
  for (std::size_t at = 0; at < own.size();) {
    const std::size_t end = std::min(own.find('\n', at), own.size());
    std::string line = own.substr(at, end - at);
    at = end + 1;
    if (line.find('"') != std::string::npos) continue;
    std::size_t characters = 0, cut = 0;
    for (; cut < line.size() && characters < quoted_characters; ++characters)
      for (++cut; cut < line.size() && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80;) ++cut;
    if (characters == quoted_characters) return {line.substr(0, cut), false};
  }
  return {};
}

/// Messages that stay and hold words of those that go.
struct Quoting {
  std::vector<MessageRecord> messages;
  bool all_looked_for = true;
};

Quoting quoting(Context& context, Store& store, const ErasePlan& plan) {
  Quoting out;
  const std::set<Sha256> gone(plan.ids.begin(), plan.ids.end());
  std::set<Sha256> found;
  const index::QueryContext names = query_context(context, store);
  std::size_t looked_for = 0;
  for (const Sha256& id : plan.ids) {
    if (looked_for == most_looked_for) {
      out.all_looked_for = false;
      break;
    }
    const auto message = store.catalogue().record(id);
    const Stretch stretch = message ? telling_stretch(*message) : Stretch();
    if (stretch.words.empty()) continue;
    ++looked_for;
    index::SearchOptions options;
    options.limit = 50;
    options.with_hidden = true;
    for (index::Hit& hit : store.searcher().search(*parse_words({"\"" + stretch.words + "\""}, names), options).hits)
      if (!gone.contains(hit.message.id) && (!stretch.all || trim(own_words(hit.message)) == stretch.words) && found.insert(hit.message.id).second) out.messages.push_back(std::move(hit.message));
  }
  return out;
}

/// Copies made elsewhere that may hold what goes; those of before it came in do not.
std::vector<Copy> copies_holding(Context& context, Store& store, const ErasePlan& plan) {
  std::vector<EntryId> entries = plan.what.entries;
  for (const auto& row : plan.what.rows) entries.push_back(row.entry);
  Seq came_in = std::numeric_limits<Seq>::max();
  for (const Entry& entry : store.archive().entries_by_id(entries)) came_in = std::min(came_in, entry.batch);
  std::set<std::int64_t> clients;
  for (const Sha256& id : plan.ids)
    if (const auto record = store.catalogue().record(id))
      for (const std::string& identifier : record->identifiers)
        if (const auto client = store.catalogue().client_of(identifier)) clients.insert(client->number);
  std::vector<Copy> out = copies_made(context.archive);
  std::erase_if(out, [&](const Copy& copy) {
    const bool of_others = !copy.clients.empty() && std::none_of(copy.clients.begin(), copy.clients.end(), [&](std::int64_t number) { return clients.contains(number); });
    return copy.head < came_in || of_others;
  });
  return out;
}

bool is_reachable(const Copy& copy) {
  std::error_code error;
  return std::filesystem::exists(copy.path, error);
}

/// What is told of a plan beside itself.
struct Around {
  Quoting quoted;
  std::vector<Copy> copies;
  std::uint64_t set_aside = 0;  ///< originals that nobody could read
};

std::string why_word(const ErasePlan::Kept& kept) {
  const std::string document(document_title(kept.document));
  switch (kept.why) {
    case ErasePlan::Stays::document: return trf("{0}: has to be kept until {1}", document, day_word(*kept.until));
    case ErasePlan::Stays::undetermined: return trf("{}: until when it has to be kept cannot be determined", document);
    case ErasePlan::Stays::shared: return tr("concerns other clients, too");
    case ErasePlan::Stays::unreachable: break;
  }
  return tr("who wrote this row of a talk cannot be told");
}

std::string_view why_name(ErasePlan::Stays why) {
  switch (why) {
    case ErasePlan::Stays::document: return "document";
    case ErasePlan::Stays::undetermined: return "undetermined";
    case ErasePlan::Stays::shared: return "shared";
    case ErasePlan::Stays::unreachable: break;
  }
  return "unreachable";
}

void print_json(Output& out, const ErasePlan& plan, const Around& around, ClientNames& names, bool dry_run, bool finished) {
  for (const auto& [channel, count] : plan.goes)
    out.row({{"plan", "goes"}, {"channel", channel_name(channel)}, {"messages", count.messages}, {"first", time_json(count.first)}, {"last", time_json(count.last)}});
  for (const auto& kept : plan.stays) {
    ordered_json row{{"plan", "stays"}, {"id", kept.id == Sha256{} ? ordered_json(nullptr) : ordered_json(kept.id.hex())}, {"channel", channel_name(kept.channel)},
                     {"sent", time_json(kept.sent)}, {"why", why_name(kept.why)}};
    row["document"] = kept.document == DocumentKind::none ? ordered_json(nullptr) : ordered_json(document_name(kept.document));
    row["until"] = kept.until ? ordered_json(day_word(*kept.until)) : ordered_json(nullptr);
    out.row(row);
  }
  for (const MessageRecord& message : around.quoted.messages) {
    ordered_json row{{"plan", "quoted"}, {"id", message.id.hex()}, {"channel", channel_name(message.channel)}, {"sent", iso8601(message.sent)}};
    row["clients"] = ordered_json::array();
    for (const auto& label : names.all(message)) row["clients"].push_back(label_json(label));
    out.row(row);
  }
  for (const auto& [address, client] : plan.apart) out.row({{"plan", "apart"}, {"address", address}, {"client", label_json(names.of(client))}});
  for (const Copy& copy : around.copies)
    out.row({{"plan", "copy"}, {"kind", copy_kind_name(copy.kind)}, {"path", display_path(copy.path)}, {"made", time_json(copy.made)}, {"reachable", is_reachable(copy)}});
  out.row({{"plan", "total"}, {"messages", plan.ids.size()}, {"shared", plan.shared}, {"stay", plan.stays.size()}, {"originals", plan.originals}, {"rows", plan.what.rows.size()},
           {"files", plan.files}, {"written", plan.written}, {"set_aside", around.set_aside}, {"dry_run", dry_run}, {"finished", finished}});
}

void print_paragraph(Output& out, std::string_view text, std::size_t indent = 0) {
  for (const std::string& line : wrapped(text, out.columns() - indent)) out.line(std::string(indent, ' ') + line);
}

void print_copies(Output& out, const std::vector<Copy>& copies) {
  if (copies.empty()) return;
  out.line(out.bold(tr("Copies that may hold it, and stay as they are:")));
  for (const Copy& copy : copies) {
    out.line("  " + display_time(copy.made, japan_offset_minutes).substr(0, 16) + "  " + copy_kind_word(copy.kind) + (is_reachable(copy) ? "" : "  " + std::string(tr("(not reachable now)"))));
    out.line("    " + display_path(copy.path));
  }
}

void print_text(Output& out, const ErasePlan& plan, const Around& around, ClientNames& names, bool documents_stay) {
  const Quoting& quoted = around.quoted;
  out.line(out.bold(tr("What goes:")));
  for (const auto& [channel, count] : plan.goes)
    out.line("  " + channel_word(channel) + ": " + trn("{} message", "{} messages", count.messages) + "  " + day_word(count.first) + " – " + day_word(count.last));
  if (plan.goes.empty()) out.line("  " + std::string(tr("nothing")));
  if (plan.shared > 0) out.line("  " + trn("{} message of these concerns other clients, too", "{} messages of these concern other clients, too", plan.shared));
  if (plan.files > 0) out.line("  " + trn("{} saved file of these", "{} saved files of these", plan.files));
  if (plan.written > 0) out.line("  " + trn("{} note, mark or decision", "{} notes, marks and decisions", plan.written));
  if (!plan.stays.empty()) {
    out.line(out.bold(trn("What stays: {} message", "What stays: {} messages", plan.stays.size())));
    for (std::size_t i = 0; i < std::min(plan.stays.size(), most_named); ++i) {
      const auto& kept = plan.stays[i];
      out.line("  " + day_word(kept.sent) + "  " + (kept.id == Sha256{} ? std::string(short_id_digits, ' ') : out.dim(kept.id.hex().substr(0, short_id_digits))) + "  " + why_word(kept));
    }
    if (plan.stays.size() > most_named) out.line("  " + trf("… and {} more (--format json lists them)", plan.stays.size() - most_named));
    if (documents_stay && std::any_of(plan.stays.begin(), plan.stays.end(), [](const auto& each) { return each.why == ErasePlan::Stays::undetermined; }))
      print_paragraph(out, tr("Say in [business] of the settings what you are: kind, fiscal_year_end, filing."), 2);
  }
  if (!quoted.messages.empty()) {
    out.line(out.bold(tr("Other messages that hold words of these, and stay as they are:")));
    for (std::size_t i = 0; i < std::min(quoted.messages.size(), most_named); ++i) {
      const MessageRecord& message = quoted.messages[i];
      std::string clients;
      for (const auto& label : names.all(message)) clients += (clients.empty() ? "" : tr(", ")) + label_word(label, 40);
      out.line("  " + day_word(message.sent.utc) + "  " + out.dim(message.id.hex().substr(0, short_id_digits)) + "  " + clients);
    }
    if (quoted.messages.size() > most_named) out.line("  " + trf("… and {} more (--format json lists them)", quoted.messages.size() - most_named));
  }
  for (const auto& [address, client] : plan.apart)
    print_paragraph(out, trf("The journal goes on naming {0}: what comes from there would else be taken for {1}.", for_terminal(address), label_word(names.of(client), 40)));
  if (!quoted.all_looked_for) out.line(trf("Quotations were looked for by the words of {} messages only.", most_looked_for));
  print_copies(out, around.copies);
  if (around.set_aside > 0)
    print_paragraph(out, trn("{} original that could not be read was not looked into: it stays, whatever it holds.", "{} originals that could not be read were not looked into: they stay, whatever they hold.", around.set_aside));
  print_paragraph(out, tr("Out of reach: backups until the next `genchi backup` to the same folder, exports, evidence packs and downloads elsewhere, and mail and LINE themselves."));
}

ExitCode tell_readers(Context& context) {
  context.out.talk(tr("Another process reads the archive, so bytes of it still lie in the folder; the next import overwrites them."));
  return ExitCode::failure;
}

bool agreed() {
  std::cerr << tr("This cannot be undone. Erase? Type yes: ") << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes" || answer == "はい";
}

ExitCode run_erase(Context& context, const EraseCommand& command) {
  if (command.documents_too && command.why.empty()) throw Error(tr("--documents-too takes a reason"), tr("Write it with --why; it stands in the journal."));
  write_to_the_end();
  const auto progress = make_progress();
  std::optional<Store> store;
  bool went_on = false, finished_now = true;  // with an erasing that was broken off
  if (command.dry_run) {
    store.emplace(context.open());
  } else {
    store.emplace(context.open_for_writing(/*create=*/false, command.wait));
    went_on = store->archive().is_erasing();
    finished_now = store->finish_erasing(progress.get(), interrupted);
    store->catch_up(progress.get(), interrupted);
  }
  Targets targets;
  try {
    targets = targets_of(*store, command.targets);
  } catch (const Error& error) {
    if (error.code() != ExitCode::nothing_found) throw;
    if (!went_on) {
      const auto done = store->archive().journal_of(JournalKind::erase_done);
      if (done.empty()) throw;
      throw Error(error.what(), trf("Something was erased on {}, maybe this: an erasing that was broken off is brought to its end by the next command that writes.", display_time(done.back().time, japan_offset_minutes)), error.code());
    }
    if (!finished_now) return tell_readers(context);
    context.out.talk(tr("An erasing that was broken off was brought to its end."));
    return ExitCode::ok;
  }
  EraseRequest request;
  for (const ChosenClient& client : targets.clients) request.clients.push_back(client.identifiers);
  request.messages = targets.messages;
  request.business = context.settings.business;
  request.documents_too = command.documents_too;
  request.today = civil_day(context.now, japan_offset_minutes);
  const ErasePlan plan = plan_erasing(*store, request);
  ClientNames names(*store);
  const Around around{quoting(context, *store, plan), copies_holding(context, *store, plan), store->archive().set_aside()};
  if (context.out.is_text()) print_text(context.out, plan, around, names, !command.documents_too);
  else if (command.dry_run || plan.what.empty()) print_json(context.out, plan, around, names, command.dry_run, /*finished=*/!command.dry_run);
  if (command.dry_run) {
    if (context.out.is_text()) context.out.talk(tr("Nothing was erased: this is what would be."));
    return ExitCode::ok;
  }
  if (plan.what.empty()) return ExitCode::ok;
  if (!command.yes) {
    if (::isatty(STDIN_FILENO) == 0 || !context.out.is_text()) throw Error(tr("what is erased is gone: it takes --yes where nobody can be asked"), tr("--dry-run shows what would be erased."));
    if (!agreed()) {
      context.out.talk(tr("Nothing was erased."));
      return ExitCode::ok;
    }
  }
  // Whose addresses are ours may have been guessed from what goes.
  if (const auto holdings = store->catalogue().holdings(); holdings.own_addresses_guessed && !holdings.own_addresses.empty()) record_own_addresses(*store, holdings.own_addresses);
  json why{{"reason", "asked"}};
  if (!command.why.empty()) why["why"] = command.why;
  if (const std::string by = who_am_i(context, ""); !by.empty()) why["by"] = by;
  bool finished = false;
  try {
    finished = carry_out(*store, plan, json_text(why, NotUtf8::replaced), progress.get(), interrupted);
  } catch (const Error&) {
    if (store->archive().is_erasing()) context.out.talk(tr("It is decided and stands in the journal: the next command that writes brings it to its end."));
    throw;
  }
  if (!context.out.is_text()) print_json(context.out, plan, around, names, /*dry_run=*/false, finished);
  if (!finished) return tell_readers(context);
  context.out.talk(trn("{} message was erased.", "{} messages were erased.", plan.ids.size()));
  return ExitCode::ok;
}

/// What is in the ledger of one client.
struct Due {
  std::uint64_t ended = 0, still = 0;
  CivilDay first, last;       ///< of the documents whose period has ended
  CivilDay until, still_until;
};

ExitCode run_due(Context& context) {
  const Business& business = context.settings.business;
  if (!business.kind) throw Error(tr("how long documents have to be kept cannot be determined"), tr("Say in [business] of the settings what you are: kind, fiscal_year_end, filing."));
  Store store = context.open();
  nothing_is_written_from_now_on();
  const CivilDay today = civil_day(context.now, japan_offset_minutes);
  std::map<std::string, Due> clients;
  std::uint64_t undetermined = 0;
  catalogue::MessageFilter filter;
  filter.with_hidden = true;
  store.catalogue().ledger(filter, {}, [&](const catalogue::Said& said) {
    const BusinessDocument& document = said.facts.document;
    const auto until = keep_until(document, business);
    if (!until) {
      ++undetermined;
      return true;
    }
    Due& due = clients[said.client];
    if (*until >= today) {
      ++due.still;
      due.still_until = std::max(due.still_until, *until);
      return true;
    }
    due.first = due.ended == 0 ? document.day : std::min(due.first, document.day);
    due.last = due.ended == 0 ? document.day : std::max(due.last, document.day);
    due.until = due.ended == 0 ? *until : std::max(due.until, *until);
    ++due.ended;
    return true;
  });
  std::set<std::string> kept;
  for (const KeptClient& one : kept_clients(store)) kept.insert(one.client);
  for (const auto& [identifier, due] : clients) {
    if (due.ended == 0) continue;
    const bool is_kept = kept.contains(identifier);
    const catalogue::Client client = identifier.empty() ? catalogue::Client() : store.catalogue().party_of(identifier);
    if (!context.out.is_text()) {
      ordered_json row;
      row["client"] = identifier.empty() ? ordered_json(nullptr) : label_json({client.number, client.name});
      row["documents"] = due.ended;
      row["first"] = day_word(due.first);
      row["last"] = day_word(due.last);
      row["until"] = day_word(due.until);
      row["still_kept"] = due.still;
      row["still_until"] = due.still == 0 ? ordered_json(nullptr) : ordered_json(day_word(due.still_until));
      row["kept"] = is_kept;
      context.out.row(row);
      continue;
    }
    context.out.line(context.out.bold(identifier.empty() ? std::string(tr("(nobody)")) : label_word({client.number, client.name}, context.out.columns())));
    context.out.line("    " + trn("{} document", "{} documents", due.ended) + "  " + day_word(due.first) + " – " + day_word(due.last) + "  " + trf("had to be kept until {}", day_word(due.until)));
    if (due.still > 0) context.out.line("    " + trn("{} document", "{} documents", due.still) + "  " + trf("still to be kept until {}", day_word(due.still_until)));
    if (is_kept) context.out.line("    " + std::string(tr("is to be kept (`genchi keep`)")));
  }
  if (undetermined > 0) context.out.talk(trn("{} document: until when it has to be kept cannot be determined", "{} documents: until when they have to be kept cannot be determined", undetermined));
  return ExitCode::ok;
}

}  // namespace

void add_erase(Arguments program, Run& chosen) {
  auto command = std::make_shared<EraseCommand>();
  Arguments sub = program.add_command("erase", tr("erase clients or messages for good, but for what has to be kept; --dry-run shows the plan"));
  sub.alias("消去");
  sub.add_argument("CLIENT|MESSAGE", command->targets, tr("a client by number or part of the name, or the id of a message")).not_empty();
  Option dry_run = sub.add_flag("--dry-run", command->dry_run, tr("show what would go and what has to stay, and erase nothing"));
  sub.add_flag("--yes", command->yes, tr("do not ask")).excludes(dry_run);
  sub.add_flag("--documents-too", command->documents_too, tr("also business documents whose keeping period has not ended or cannot be determined; takes --why"));
  sub.add_option("--why", command->why, tr("the reason, for the journal")).not_empty().value_name(tr("TEXT"));
  sub.add_flag("--due", command->due, tr("list the clients with documents whose keeping period has ended"));
  add_wait(sub, command->wait);
  sub.footer(tr("What goes is taken out of archive, catalogue and index, and overwritten. That something was erased, when and why stays in\n"
                "the journal. An import does not bring it back, unless with --restore-erased. What other clients share stays.\n"
                "How long business documents have to be kept follows from [business] in the settings; this is no legal advice.\n\n"
                "Examples:\n"
                "  genchi erase 12 --dry-run\n"
                "  genchi erase 12 --why '取引先から消去の求め'\n"
                "  genchi erase 8a2b1c0d3e --yes\n\n"
                "Exit status: 0 done, 1 no such client or message, 2 wrong usage, failure, or not overwritten yet, 130 interrupted."));
  sub.when_chosen([command, &chosen] {
    chosen = [command](Context& context) {
      if (command->due) {
        if (!command->targets.empty()) throw Error(tr("--due takes no client: it lists all"));
        return run_due(context);
      }
      if (command->targets.empty()) throw Error(tr("which clients or messages?"));
      return run_erase(context, *command);
    };
  });
}

}  // namespace genchi::cli
