// genchi clients show|merge|split|rename|assign|kind|field|undo|history: the client book.
#include "cli/client_edit.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/bytes.hpp"
#include "catalogue/mail_facts.hpp"
#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/provenance.hpp"
#include "cli/table.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::BookDecision;
using catalogue::BookEntry;
using catalogue::Client;
using nlohmann::ordered_json;
using Action = BookDecision::Action;

struct EditCommand {
  std::string client;
  std::vector<std::string> others;
  std::string value;
  std::string second;
  std::string by;
  std::optional<std::int64_t> number;
  int wait = 10;
};

constexpr const char* phone_words[] = {"電話", "携帯", "tel", "phone"};

/// "addr:x@y", "domain:y", "chat:key", or what people type for them. Throws Error for what is none, or is not held.
std::string identifier_of(Store& store, const std::string& written) {
  const auto known = [&](const std::string& identifier) { return store.catalogue().knows_identifier(identifier); };
  const std::string lower = ascii_lower(written);
  for (const char* kind : {"addr:", "domain:", "chat:"})
    if (lower.starts_with(kind) && known(lower)) return lower;
  for (const std::string& each : {"addr:" + lower, "domain:" + lower, "chat:" + lower})
    if (known(each)) return each;
  throw Error(trf("\"{}\" is no address, domain or LINE chat that is held", for_terminal(written)), tr("`genchi clients show CLIENT` lists those of a client."),
              ExitCode::nothing_found);
}

std::string identifier_word(const std::string& identifier) {
  if (identifier.starts_with("domain:")) return trf("domain {}", for_terminal(identifier.substr(7)));
  if (identifier.starts_with("chat:")) return trf("LINE chat {}", for_terminal(identifier.substr(5)));
  return for_terminal(identifier.substr(identifier.find(':') + 1));
}

std::string kind_word(Client::Kind kind) { return kind == Client::Kind::company ? tr("company") : tr("private person"); }

Client client_called(Store& store, const std::string& written) {
  const ChosenClient chosen = choose_client(store, written);
  auto client = store.catalogue().client_numbered(chosen.number);
  if (!client) throw Error(trf("no client is called \"{}\"", for_terminal(written)), tr("`genchi clients` lists them."), ExitCode::nothing_found);
  return *client;
}

/// The client that an identifier belongs to now, with its counts.
Client client_with(Store& store, const std::string& identifier) {
  const auto client = store.catalogue().client_of(identifier);
  return client ? store.catalogue().client_numbered(client->number).value_or(*client) : Client{};
}

/// Writes one decision down and brings everything up to it.
Seq decide(Context& context, Store& store, BookDecision decision, const std::string& by) {
  decision.by = who_am_i(context, by);
  const Seq seq = store.archive().append(JournalKind::client, catalogue::to_payload(decision));
  store.catch_up(nullptr, interrupted);
  return seq;
}

void print_client(Context& context, Store& store, const Client& client) {
  Output& out = context.out;
  const WrittenBook written(store);
  const Written& said = written.of(client.identifiers.front());
  const auto fields = fields_of(store.catalogue().annotations(store.catalogue().targets_of(client.identifiers)));
  const auto people = store.catalogue().people(client.identifiers, 100);
  const auto provenance = provenance_of_clients(store, client.identifiers);
  if (!out.is_text()) {
    ordered_json row = client_json(client, said);
    row["fields"] = ordered_json::array();
    for (const auto& [name, value] : fields) row["fields"].push_back({{"name", name}, {"value", value}});
    row["people"] = ordered_json::array();
    for (const auto& person : people)
      row["people"].push_back({{"name", person.name.empty() ? ordered_json(nullptr) : ordered_json(person.name)}, {"address", person.address},
                               {"first", iso8601({person.first, japan_offset_minutes})}, {"last", iso8601({person.last, japan_offset_minutes})}, {"messages", person.messages}});
    row["from"] = provenance_json(provenance);
    out.row(row);
    return;
  }
  const auto day = [](UtcSeconds at) { return display_time(at, japan_offset_minutes).substr(0, 10); };
  out.line(out.bold(std::to_string(client.number) + "  " + for_terminal(client.name)));
  Table table({Table::Column::left, Table::Column::rest});
  table.add({tr("Kind"), kind_word(client.kind) + (client.kind_given ? "" : std::string(" ") + tr("(guessed)"))});
  std::string names;
  for (const auto& name : client.names) names += (names.empty() ? "" : tr(", ")) + for_terminal(name);
  if (!names.empty()) table.add({tr("Also"), names});
  for (const auto& identifier : client.identifiers) table.add({tr("Known by"), identifier_word(identifier)});
  if (!client.account.empty()) table.add({tr("Account"), for_terminal(client.account)});
  for (const auto& person : people)
    table.add({tr("Person"), (person.name.empty() ? "" : for_terminal(person.name) + " ") + for_terminal(person.address) + "  " + day(person.first) + " – " + day(person.last)});
  if (!said.state.empty()) table.add({tr("State"), state_word(said.state)});
  if (!said.mark.empty()) table.add({tr("Mark"), for_terminal(said.mark)});
  if (!said.assignee.empty()) table.add({tr("Assignee"), for_terminal(said.assignee)});
  std::string tags;
  for (const auto& tag : said.tags) tags += (tags.empty() ? "" : tr(", ")) + for_terminal(tag);
  if (!tags.empty()) table.add({tr("Tags"), tags});
  for (const auto& [name, value] : fields) table.add({for_terminal(name), for_terminal(value)});
  if (client.messages > 0) table.add({tr("Messages"), trf("{}, {} – {}", client.messages, day(client.first), day(client.last))});
  std::string whence;
  for (const auto& [from, count] : provenance) whence += (whence.empty() ? "" : tr(", ")) + provenance_word(from) + " " + std::to_string(count);
  if (!whence.empty()) table.add({tr("Came from"), whence});
  table.print(out);
}

/// The clients that a decision was about, as they are now, and how it is taken back.
ExitCode show_decided(Context& context, Store& store, Seq seq, const std::vector<std::string>& identifiers) {
  for (const std::string& each : identifiers) print_client(context, store, client_with(store, each));
  context.out.talk(trf("`genchi clients undo {}` takes this back.", seq));
  return ExitCode::ok;
}

Store open_for_decision(Context& context, const EditCommand& command) {
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  return store;
}

ExitCode run_show(Context& context, const EditCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  print_client(context, store, client_called(store, command.client));
  return ExitCode::ok;
}

ExitCode run_merge(Context& context, const EditCommand& command) {
  Store store = open_for_decision(context, command);
  const Client into = client_called(store, command.client);
  BookDecision decision{Action::merge, into.identifiers.front(), {}, {}, 0, {}};
  for (const std::string& other : command.others) {
    const Client from = client_called(store, other);
    if (from.number == into.number) throw Error(trf("\"{}\" is the same client already", for_terminal(other)));
    decision.identifiers.push_back(from.identifiers.front());
  }
  const Seq seq = decide(context, store, decision, command.by);
  return show_decided(context, store, seq, {into.identifiers.front()});
}

ExitCode run_split(Context& context, const EditCommand& command) {
  Store store = open_for_decision(context, command);
  const Client from = client_called(store, command.client);
  BookDecision decision{Action::split, {}, {}, {}, 0, {}};
  for (const std::string& other : command.others) {
    const std::string identifier = identifier_of(store, other);
    const bool address = identifier.starts_with("addr:") && std::find(from.addresses.begin(), from.addresses.end(), identifier.substr(5)) != from.addresses.end();
    if (!address && std::find(from.identifiers.begin(), from.identifiers.end(), identifier) == from.identifiers.end())
      throw Error(trf("{} does not belong to {}", identifier_word(identifier), for_terminal(from.name)), tr("`genchi clients show CLIENT` lists what does."));
    decision.identifiers.push_back(identifier);
  }
  // What stays may go by another identifier from now on.
  const auto rest = std::find_if(from.identifiers.begin(), from.identifiers.end(), [&](const std::string& each) {
    return std::find(decision.identifiers.begin(), decision.identifiers.end(), each) == decision.identifiers.end();
  });
  if (rest == from.identifiers.end()) throw Error(tr("nothing would be left of the client"), tr("Name only what is somebody else's."));
  const Seq seq = decide(context, store, decision, command.by);
  return show_decided(context, store, seq, {*rest, decision.identifiers.front()});
}

ExitCode run_assign(Context& context, const EditCommand& command) {
  Store store = open_for_decision(context, command);
  const std::string identifier = identifier_of(store, command.client);
  if (identifier.starts_with("domain:") && catalogue::is_shared_domain(identifier.substr(7)))
    throw Error(trf("addresses at {} are of many people, not of one client", for_terminal(identifier.substr(7))), tr("Assign the mail address."));
  const Client into = client_called(store, command.value);
  if (std::find(into.identifiers.begin(), into.identifiers.end(), identifier) != into.identifiers.end())
    throw Error(trf("{} belongs to {} already", identifier_word(identifier), for_terminal(into.name)));
  const Seq seq = decide(context, store, {Action::move, into.identifiers.front(), {identifier}, {}, 0, {}}, command.by);
  return show_decided(context, store, seq, {into.identifiers.front()});
}

ExitCode run_rename(Context& context, const EditCommand& command) {
  if (!command.value.empty()) require_words(command.value);
  Store store = open_for_decision(context, command);
  const Client client = client_called(store, command.client);
  const Seq seq = decide(context, store, {Action::rename, client.identifiers.front(), {}, command.value, 0, {}}, command.by);
  return show_decided(context, store, seq, {client.identifiers.front()});
}

ExitCode run_kind(Context& context, const EditCommand& command) {
  static constexpr std::pair<const char*, const char*> kinds[] = {{"company", "company"}, {"法人", "company"}, {"person", "person"}, {"個人", "person"}, {"-", ""}};
  const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& each) { return command.value == each.first; });
  if (kind == std::end(kinds)) throw Error(trf("\"{}\" is no kind of client", for_terminal(command.value)), tr("Kinds are: company (法人), person (個人), - for as guessed."));
  Store store = open_for_decision(context, command);
  const Client client = client_called(store, command.client);
  const Seq seq = decide(context, store, {Action::kind, client.identifiers.front(), {}, kind->second, 0, {}}, command.by);
  return show_decided(context, store, seq, {client.identifiers.front()});
}

ExitCode run_field(Context& context, const EditCommand& command) {
  require_words(command.value);
  Store store = open_for_decision(context, command);
  const Client client = client_called(store, command.client);
  catalogue::Annotation field;
  field.what = catalogue::Annotation::What::field;
  field.target = client.identifiers.front();
  field.name = command.value;
  field.value = command.second;
  field.by = who_am_i(context, command.by);
  store.archive().append(JournalKind::annotation, catalogue::to_payload(field));
  store.catch_up(nullptr, interrupted);
  print_client(context, store, client_with(store, client.identifiers.front()));
  return ExitCode::ok;
}

std::string decision_word(const BookDecision& decision, ClientNames& names) {
  std::string these;
  for (const auto& each : decision.identifiers) these += (these.empty() ? "" : tr(", ")) + identifier_word(each);
  const std::string into = decision.into.empty() ? std::string() : for_terminal(names.of(decision.into).name) + " (" + identifier_word(decision.into) + ")";
  switch (decision.action) {
    case Action::merge: return trf("merged into {0}: {1}", into, these);
    case Action::move: return trf("assigned to {0}: {1}", into, these);
    case Action::split: return trf("a client of its own: {}", these);
    case Action::rename: return decision.value.empty() ? trf("no name given any more: {}", into) : trf("called \"{1}\": {0}", into, for_terminal(decision.value));
    case Action::kind: return trf("kind of {0}: {1}", into, decision.value.empty() ? tr("as guessed") : kind_word(decision.value == "company" ? Client::Kind::company : Client::Kind::person));
    case Action::undo: break;
  }
  return trf("taken back: {}", decision.undone);
}

ordered_json decision_json(const BookEntry& entry) {
  ordered_json row = ordered_json::object();
  row["number"] = entry.seq;
  row["time"] = iso8601({entry.time, japan_offset_minutes});
  row["by"] = entry.decision.by.empty() ? ordered_json(nullptr) : ordered_json(entry.decision.by);
  static constexpr const char* actions[] = {"merge", "assign", "split", "rename", "kind", "undo"};
  row["action"] = actions[static_cast<std::size_t>(entry.decision.action)];
  row["into"] = entry.decision.into.empty() ? ordered_json(nullptr) : ordered_json(entry.decision.into);
  row["identifiers"] = entry.decision.identifiers;
  row["value"] = entry.decision.value.empty() ? ordered_json(nullptr) : ordered_json(entry.decision.value);
  row["undone_number"] = entry.decision.undone == 0 ? ordered_json(nullptr) : ordered_json(entry.decision.undone);
  row["undone"] = entry.undone;
  return row;
}

void print_decisions(Context& context, Store& store, const std::vector<BookEntry>& entries) {
  ClientNames names(store);
  Table table({Table::Column::right, Table::Column::left, Table::Column::left, Table::Column::rest}, "");
  for (const BookEntry& entry : entries) {
    if (context.out.is_text())
      table.add({std::to_string(entry.seq), display_time(entry.time, japan_offset_minutes), for_terminal(entry.decision.by),
                 (entry.undone ? std::string(tr("[taken back]")) + " " : "") + decision_word(entry.decision, names)});
    else context.out.row(decision_json(entry));
  }
  if (context.out.is_text()) table.print(context.out);
}

ExitCode run_history(Context& context, const EditCommand&) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  print_decisions(context, store, store.catalogue().book());
  return ExitCode::ok;
}

/// Decisions that count, were made after this one, and are about a client that it is about: they may mean something else
/// without it.
std::vector<BookEntry> built_on(Store& store, const std::vector<BookEntry>& entries, const BookEntry& decision) {
  const auto heads = [&](const BookDecision& of) {
    std::set<std::string> out;
    if (!of.into.empty()) out.insert(store.catalogue().head_of(of.into));
    for (const std::string& each : of.identifiers) out.insert(store.catalogue().head_of(each));
    return out;
  };
  const std::set<std::string> about = heads(decision.decision);
  std::vector<BookEntry> later;
  for (const BookEntry& entry : entries) {
    if (entry.seq <= decision.seq || entry.undone) continue;
    const std::set<std::string> its = heads(entry.decision);
    if (std::any_of(its.begin(), its.end(), [&](const std::string& each) { return about.contains(each); })) later.push_back(entry);
  }
  return later;
}

ExitCode run_undo(Context& context, const EditCommand& command) {
  Store store = open_for_decision(context, command);
  const std::vector<BookEntry> entries = store.catalogue().book();
  const auto at = std::find_if(entries.rbegin(), entries.rend(), [&](const BookEntry& entry) {
    return command.number ? entry.seq == *command.number : !entry.undone && entry.decision.action != Action::undo;
  });
  if (at == entries.rend())
    throw Error(command.number ? trf("there is no decision {}", *command.number) : std::string(tr("there is nothing to take back")), tr("`genchi clients history` lists decisions."), ExitCode::nothing_found);
  if (at->undone) throw Error(trf("decision {} is taken back already", at->seq), tr("`genchi clients history` lists decisions."));
  const Seq undone = at->seq;
  const std::vector<BookEntry> later = built_on(store, entries, *at);
  const Seq seq = decide(context, store, {Action::undo, {}, {}, {}, undone, {}}, command.by);
  std::vector<BookEntry> now = store.catalogue().book();
  std::erase_if(now, [&](const BookEntry& entry) { return entry.seq != undone && entry.seq != seq; });
  print_decisions(context, store, now);
  if (later.empty()) return ExitCode::ok;
  context.out.talk(trn("A later decision about these clients still counts; look whether it is meant without this one:", "Later decisions about these clients still count; look whether they are meant without this one:", later.size()));
  ClientNames names(store);
  for (const BookEntry& entry : later) context.out.talk("  " + std::to_string(entry.seq) + "  " + decision_word(entry.decision, names));
  return ExitCode::ok;
}

}  // namespace

ordered_json client_json(const Client& client, const Written& written) {
  const auto or_null = [](const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
  ordered_json row;
  row["id"] = client.number;
  row["name"] = client.name;
  row["named"] = client.named;
  row["kind"] = client.kind == Client::Kind::company ? "company" : "person";
  row["kind_given"] = client.kind_given;
  row["names"] = client.names;
  row["addresses"] = client.addresses;
  row["identifiers"] = client.identifiers;
  row["channels"] = ordered_json::array();
  if (client.mail) row["channels"].push_back("mail");
  if (client.line) row["channels"].push_back("line");
  row["account"] = or_null(client.account);
  row["messages"] = client.messages;
  row["first"] = client.messages ? ordered_json(iso8601({client.first, japan_offset_minutes})) : ordered_json(nullptr);
  row["last"] = client.messages ? ordered_json(iso8601({client.last, japan_offset_minutes})) : ordered_json(nullptr);
  row["assumed"] = client.assumed;
  add_written_keys(row, written);
  return row;
}

std::vector<std::pair<std::string, std::string>> fields_of(Store& store, const Client& client) {
  return fields_of(store.catalogue().annotations(store.catalogue().targets_of(client.identifiers)));
}

bool is_phone_field(std::string_view name) {
  const std::string folded = fold(name);
  return std::any_of(std::begin(phone_words), std::end(phone_words), [&](const char* word) { return find_folded(folded, fold(word)) != std::string::npos; });
}

void add_client_editing(Arguments sub, Run& chosen) {
  const auto add = [&](const char* name, const char* help, ExitCode (*run)(Context&, const EditCommand&), const auto& body) {
    auto command = std::make_shared<EditCommand>();
    Arguments each = sub.add_command(name, help);
    body(each, *command);
    each.when_chosen([command, run, &chosen] { chosen = [command, run](Context& context) { return run(context, *command); }; });
  };
  const auto client = [](Arguments each, EditCommand& command) {
    each.add_argument("CLIENT", command.client, tr("number or part of the name")).required().not_empty();
  };
  const auto deciding = [](Arguments each, EditCommand& command) {
    each.add_option("--by", command.by, tr("who decides (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
    add_wait(each, command.wait);
  };
  add("show", tr("all that is known of one client"), run_show, client);
  add("merge", tr("these are the same client; nothing else ever merges clients"), run_merge, [&](Arguments each, EditCommand& command) {
    client(each, command);
    each.add_argument("OTHER", command.others, tr("the clients that are this one, too")).required();
    deciding(each, command);
  });
  add("split", tr("addresses, domains or LINE chats of a client are another client"), run_split, [&](Arguments each, EditCommand& command) {
    client(each, command);
    each.add_argument("IDENTIFIER", command.others, tr("mail address, domain, or key of a LINE chat")).required();
    deciding(each, command);
  });
  add("assign", tr("an address, domain or LINE chat belongs to this client"), run_assign, [&](Arguments each, EditCommand& command) {
    each.add_argument("IDENTIFIER", command.client, tr("mail address, domain, or key of a LINE chat")).required().not_empty();
    each.add_argument("CLIENT", command.value, tr("number or part of the name")).required().not_empty();
    deciding(each, command);
  });
  add("rename", tr("what the client is called in lists"), run_rename, [&](Arguments each, EditCommand& command) {
    client(each, command);
    each.add_argument("NAME", command.value, tr("the name; \"\" for the one it calls itself")).required();
    deciding(each, command);
  });
  add("kind", tr("a company or a private person"), run_kind, [&](Arguments each, EditCommand& command) {
    client(each, command);
    each.add_argument("KIND", command.value, tr("company (法人), person (個人), - for as guessed")).required();
    deciding(each, command);
  });
  add("field", tr("a field of your own: birthday, car, family"), run_field, [&](Arguments each, EditCommand& command) {
    client(each, command);
    each.add_argument("NAME", command.value, tr("what the field is called")).required().not_empty();
    each.add_argument("VALUE", command.second, tr("what stands in it; \"\" empties it"));
    deciding(each, command);
  });
  add_client_suggest(sub, chosen);
  add_client_import(sub, chosen);
  add("history", tr("who decided what about clients, and when"), run_history, [](Arguments, EditCommand&) {});
  add("undo", tr("takes a decision back (the last one if no number is given)"), run_undo, [&](Arguments each, EditCommand& command) {
    each.add_argument("N", command.number, tr("number in the history"));
    deciding(each, command);
  });
}

}  // namespace genchi::cli
