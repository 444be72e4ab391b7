// genchi mark, assign, tag, note, marks: what people write on clients, conversations and messages, and its history.
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/table.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using nlohmann::ordered_json;
using What = Annotation::What;

struct MarkCommand {
  std::string target;
  bool message = false, conversation = false;
  std::vector<std::string> values;
  bool remove = false, history = false;
  std::optional<std::int64_t> edit, take_back;
  std::string by;
  int wait = 10;
};

/// What an annotation is written on.
struct Target {
  std::string written;             ///< in the journal
  std::vector<std::string> all;    ///< under which it may stand there
  std::string current;             ///< as WrittenBook knows it
  std::string name;                ///< for people
  ordered_json json;
};

Target target_of(Store& store, const MarkCommand& command) {
  if (!command.message && !command.conversation) {
    const ChosenClient client = choose_client(store, command.target);
    return {client.identifiers.front(), store.catalogue().targets_of(client.identifiers), client.identifiers.front(), client.name,
            {{"kind", "client"}, {"id", std::to_string(client.number)}, {"name", client.name}}};
  }
  const catalogue::Found found = find_message(store, command.target);
  const std::string id = found.shown_as.hex();
  const std::string short_id = id.substr(0, short_id_digits);
  if (command.message)
    return {"message:" + id, store.catalogue().targets_of(found.shown_as), "message:" + id, trf("message {}", short_id), {{"kind", "message"}, {"id", id}, {"name", nullptr}}};
  std::vector<std::string> all = store.catalogue().targets_of_conversation(found.shown_as);
  const std::string target = all.empty() ? "conversation:" + id : all.front();
  if (all.empty()) all.push_back(target);
  return {target, all, target, trf("the conversation of {}", short_id), {{"kind", "conversation"}, {"id", id}, {"name", nullptr}}};
}

std::string time_word(UtcSeconds at) { return display_time(at, japan_offset_minutes); }
ordered_json time_json(UtcSeconds at) { return iso8601({at, japan_offset_minutes}); }
ordered_json or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

std::string what_word(const Annotation& a) {
  switch (a.what) {
    case What::state: return tr("State");
    case What::mark: return tr("Mark");
    case What::assignee: return tr("Assignee");
    case What::tag: return tr("Tag");
    case What::field: return for_terminal(a.name);
    case What::note: return trf("Note {}", a.name);
    case What::reminded: return tr("Reminded");
    case What::confirmation: return tr("Confirmed");
    case What::attached: return tr("Attached");
    case What::mark_name: break;
  }
  return tr("Mark");
}

std::string value_word(const Annotation& a, const Marks& marks) {
  switch (a.what) {
    case What::state: return a.value.empty() ? tr("as the talk says") : state_word(a.value);
    case What::mark: return a.value.empty() ? tr("none") : for_terminal(marks.name(a.value));
    case What::tag: return (a.value.empty() ? "-" : "+") + for_terminal(a.name);
    default: break;
  }
  return a.value.empty() ? tr("none") : for_terminal(a.value);
}

ordered_json note_json(const Note& note) {
  ordered_json row{{"number", std::stoll(note.number)}, {"text", note.versions.back().value}, {"by", or_null(note.versions.back().by)}, {"time", time_json(note.versions.back().time)}};
  row["versions"] = ordered_json::array();
  for (const Annotation& version : note.versions) row["versions"].push_back({{"text", or_null(version.value)}, {"by", or_null(version.by)}, {"time", time_json(version.time)}});
  return row;
}

void print_json(Output& out, const Target& target, const Written& written, const std::vector<Annotation>& all, const Marks& marks) {
  ordered_json row;
  row["target"] = target.json;
  add_written_keys(row, written);
  row["notes"] = ordered_json::array();
  for (const Note& note : notes_of(all))
    if (!note.taken_back()) row["notes"].push_back(note_json(note));
  row["history"] = ordered_json::array();
  for (const Annotation& a : all) {
    const std::string value = a.what == What::mark ? marks.name(a.value) : a.value;
    row["history"].push_back({{"time", time_json(a.time)}, {"by", or_null(a.by)}, {"what", catalogue::what_name(a.what)}, {"name", or_null(a.name)}, {"value", or_null(value)}});
  }
  out.row(row);
}

void print(Context& context, Store& store, const Target& target, bool history) {
  const WrittenBook book(store);
  const Written& written = book.of(target.current);
  const std::vector<Annotation> all = store.catalogue().annotations(target.all);
  Output& out = context.out;
  if (!out.is_text()) return print_json(out, target, written, all, book.marks());
  out.line(out.bold(for_terminal(target.name)));
  Table table({Table::Column::left, Table::Column::rest});
  if (!written.state.empty()) table.add({tr("State"), state_word(written.state)});
  if (!written.mark.empty()) table.add({tr("Mark"), for_terminal(written.mark)});
  if (!written.assignee.empty()) table.add({tr("Assignee"), for_terminal(written.assignee)});
  std::string tags;
  for (const std::string& tag : written.tags) tags += (tags.empty() ? "" : tr(", ")) + for_terminal(tag);
  if (!tags.empty()) table.add({tr("Tags"), tags});
  table.print(out);
  for (const Note& note : notes_of(all)) {
    if (note.taken_back()) continue;
    const Annotation& last = note.versions.back();
    out.line("  " + out.dim(trf("Note {}", note.number) + "  " + time_word(last.time) + "  " + for_terminal(last.by) +
                            (note.versions.size() > 1 ? "  " + trn("{} version", "{} versions", note.versions.size()) : "")));
    for (std::size_t at = 0; at <= last.value.size();) {
      const std::size_t end = std::min(last.value.find('\n', at), last.value.size());
      out.line("    " + for_terminal(last.value.substr(at, end - at)));
      at = end + 1;
    }
  }
  if (!history) return;
  out.line(tr("History:"));
  Table rows({Table::Column::left, Table::Column::left, Table::Column::left, Table::Column::rest});
  for (const Annotation& a : all) rows.add({time_word(a.time), for_terminal(a.by), what_word(a), value_word(a, book.marks())});
  rows.print(out);
}

/// Writes annotations on the target and shows what it has then; without any only shows.
ExitCode write(Context& context, const MarkCommand& command, const std::function<std::vector<Annotation>(Store&, const Target&)>& make) {
  if (!make) {
    Store store = context.open();
    nothing_is_written_from_now_on();
    print(context, store, target_of(store, command), /*history=*/true);
    return ExitCode::ok;
  }
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const Target target = target_of(store, command);
  for (Annotation& each : make(store, target)) {
    each.target = target.written;
    each.by = who_am_i(context, command.by);
    store.archive().append(JournalKind::annotation, catalogue::to_payload(each));
  }
  store.catch_up(nullptr, interrupted);
  print(context, store, target, command.history);
  return ExitCode::ok;
}

Annotation annotation(What what, std::string value, std::string name = {}) {
  Annotation out;
  out.what = what;
  out.value = std::move(value);
  out.name = std::move(name);
  return out;
}

ExitCode run_mark(Context& context, const MarkCommand& command) {
  if (command.values.empty() && !command.remove) return write(context, command, {});
  if (!command.values.empty() && command.remove) throw Error(trf("--clear takes no mark: \"{}\"", for_terminal(command.values.front())), tr("It takes mark and state away, whatever they are."));
  return write(context, command, [&](Store& store, const Target&) -> std::vector<Annotation> {
    if (command.remove) return {annotation(What::mark, ""), annotation(What::state, "")};
    std::vector<Annotation> out;
    for (const std::string& value : command.values) {
      if (const std::string state = state_named(value); !state.empty()) {
        out.push_back(annotation(What::state, state));
        continue;
      }
      const Marks marks(store);
      const Marks::Mark* mark = marks.find(value);
      if (!mark) throw Error(trf("there is no mark \"{}\"", for_terminal(value)), trf("Marks are: {}", marks.list() + tr(", ") + "要対応" + tr(", ") + "対応済み"));
      out.push_back(annotation(What::mark, std::to_string(mark->number)));
    }
    return out;
  });
}

ExitCode run_assign(Context& context, const MarkCommand& command) {
  if (command.values.empty()) return write(context, command, {});
  if (command.values.size() > 1) throw Error(tr("one person takes care of it"), tr("Put a name of several words into quotation marks."));
  require_words(command.values.front());
  const std::string name = command.values.front() == "-" || command.values.front() == "なし" ? "" : command.values.front();
  return write(context, command, [&](Store&, const Target&) -> std::vector<Annotation> { return {annotation(What::assignee, name)}; });
}

ExitCode run_tag(Context& context, const MarkCommand& command) {
  if (command.values.empty() && command.remove) throw Error(tr("which tags are to be taken off?"));
  if (command.values.empty()) return write(context, command, {});
  if (!command.remove)  // one that is there can always be taken off
    for (const std::string& tag : command.values) require_name(tag);
  return write(context, command, [&](Store& store, const Target& target) {
    std::vector<Annotation> out;
    const WrittenBook book(store);
    const auto& held = book.of(target.current).tags;
    for (const std::string& tag : command.values) {
      // One that is there in another spelling is the same.
      const auto same = std::find_if(held.begin(), held.end(), [&](const std::string& each) { return fold(each) == fold(tag); });
      if (command.remove && same == held.end()) throw Error(trf("there is no tag \"{}\" on it", for_terminal(tag)));
      out.push_back(annotation(What::tag, command.remove ? "" : "1", same == held.end() ? tag : *same));
    }
    return out;
  });
}

ExitCode run_note(Context& context, const MarkCommand& command) {
  if (command.values.empty() && !command.take_back) return write(context, command, {});
  std::string text;
  for (const std::string& word : command.values) text += (text.empty() ? "" : " ") + word;
  if (!command.take_back) require_words(text);
  else if (!text.empty()) throw Error(trf("--remove takes no text: \"{}\"", for_terminal(text)), tr("With --edit a note reads otherwise."));
  return write(context, command, [&](Store& store, const Target& target) -> std::vector<Annotation> {
    std::string number;
    if (const auto& which = command.edit ? command.edit : command.take_back) {
      const std::vector<Note> notes = notes_of(store.catalogue().annotations(target.all));
      number = std::to_string(*which);
      if (std::none_of(notes.begin(), notes.end(), [&](const Note& note) { return note.number == number; }))
        throw Error(trf("there is no note {} on it", number), tr("Without a text the notes are listed."), ExitCode::nothing_found);
    }
    return {annotation(What::note, command.take_back ? std::string() : text, number)};
  });
}

struct MarksCommand {
  std::string name, second;
  std::string by;
  int wait = 10;
};

void print_marks(Context& context, Store& store) {
  const Marks marks(store);
  Table table({Table::Column::right, Table::Column::left, Table::Column::rest}, "");
  for (const Marks::Mark& mark : marks.all()) {
    const bool fixed = mark.number <= Marks::fixed;
    if (context.out.is_text()) table.add({std::to_string(mark.number), for_terminal(mark.name), fixed ? tr("(keeps its name)") : ""});
    else context.out.row({{"number", mark.number}, {"name", mark.name}, {"fixed", fixed}});
  }
  if (context.out.is_text()) table.print(context.out);
}

ExitCode run_marks(Context& context) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  print_marks(context, store);
  return ExitCode::ok;
}

/// Adds a mark, or gives the one called `from` another name.
ExitCode name_mark(Context& context, const MarksCommand& command, const std::string& from, const std::string& to) {
  require_name(to);
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const Marks marks(store);
  if (marks.find(to) || !state_named(to).empty()) throw Error(trf("there is a mark \"{}\" already", for_terminal(to)));
  int number = static_cast<int>(marks.all().size()) + 1;
  if (!from.empty()) {
    const Marks::Mark* mark = marks.find(from);
    if (!mark) throw Error(trf("there is no mark \"{}\"", for_terminal(from)), trf("Marks are: {}", marks.list()));
    if (mark->number <= Marks::fixed) throw Error(trf("the mark \"{}\" keeps its name", for_terminal(mark->name)), tr("All but the first two can be renamed."));
    number = mark->number;
  }
  Annotation named = annotation(What::mark_name, to, std::to_string(number));
  named.by = who_am_i(context, command.by);
  store.archive().append(JournalKind::annotation, catalogue::to_payload(named));
  store.catch_up(nullptr, interrupted);
  print_marks(context, store);
  return ExitCode::ok;
}

void add_one(Arguments program, Run& chosen, const char* name, const char* alias, const char* help, const char* value, const char* value_help,
             ExitCode (*run)(Context&, const MarkCommand&), const std::function<void(Arguments, MarkCommand&)>& more) {
  auto command = std::make_shared<MarkCommand>();
  Arguments sub = program.add_command(name, help);
  sub.alias(alias);
  sub.add_argument("TARGET", command->target, tr("a client: number or part of the name; with -m a message")).required().not_empty();
  sub.add_argument(value, command->values, value_help);
  Option message = sub.add_flag("-m,--message", command->message, tr("TARGET is a message: its id, or the first digits"));
  sub.add_flag("--conversation", command->conversation, tr("TARGET is a message, and its conversation is meant")).excludes(message);
  more(sub, *command);
  sub.add_flag("--history", command->history, tr("show who wrote what when"));
  sub.add_option("--by", command->by, tr("who writes it (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  add_wait(sub, command->wait);
  sub.footer(tr("For ourselves only: nothing that a client may see shows it. Without a value it shows what is there.\n"
                "Everything is kept in the journal with who and when.\n\nExit status: 0 done, 1 no such client or message, 2 wrong usage or failure."));
  sub.when_chosen([command, run, &chosen] { chosen = [command, run](Context& context) { return run(context, *command); }; });
}

}  // namespace

void add_mark(Arguments program, Run& chosen) {
  add_one(program, chosen, "mark", "マーク", tr("mark a client, a conversation or a message: 要対応, 対応済み, クレーム …"), "MARK", tr("name of a mark (`genchi marks` lists them), 要対応 or 対応済み"), run_mark,
          [](Arguments sub, MarkCommand& command) { sub.add_flag("--clear", command.remove, tr("take mark and state away: what the talk itself says counts")); });
}

void add_assign(Arguments program, Run& chosen) {
  add_one(program, chosen, "assign", "担当", tr("say which of us takes care of a client, a conversation or a message"), "NAME", tr("who; - nobody"), run_assign, [](Arguments, MarkCommand&) {});
}

void add_tag(Arguments program, Run& chosen) {
  add_one(program, chosen, "tag", "タグ", tr("tag a client, a conversation or a message"), "TAG", tr("any words"), run_tag,
          [](Arguments sub, MarkCommand& command) { sub.add_flag("--remove", command.remove, tr("take these tags off")); });
}

void add_note(Arguments program, Run& chosen) {
  add_one(program, chosen, "note", "ノート", tr("write a note on a client, a conversation or a message; older versions stay"), "TEXT", tr("the note"), run_note, [](Arguments sub, MarkCommand& command) {
    Option edit = sub.add_option("--edit", command.edit, tr("this note reads so from now on")).value_name("N");
    sub.add_option("--remove", command.take_back, tr("take this note back; its versions stay in the history")).value_name("N").excludes(edit);
  });
}

void add_marks(Arguments program, Run& chosen) {
  Arguments sub = program.add_command("marks", tr("the marks there are; add one, or give one another name"));
  sub.alias("マーク一覧");
  const auto add = [&](const char* name, const char* help, const auto& body) {
    auto command = std::make_shared<MarksCommand>();
    Arguments each = sub.add_command(name, help);
    body(each, command);
    each.add_option("--by", command->by, tr("who writes it (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
    add_wait(each, command->wait);
  };
  add("add", tr("another mark"), [&](Arguments each, const std::shared_ptr<MarksCommand>& command) {
    each.add_argument("NAME", command->name, tr("what it is called")).required().not_empty();
    each.when_chosen([command, &chosen] { chosen = [command](Context& context) { return name_mark(context, *command, "", command->name); }; });
  });
  add("rename", tr("another name for a mark"), [&](Arguments each, const std::shared_ptr<MarksCommand>& command) {
    each.add_argument("NAME", command->name, tr("what it is called now")).required().not_empty();
    each.add_argument("NEW", command->second, tr("what it is called from now on")).required().not_empty();
    each.when_chosen([command, &chosen] { chosen = [command](Context& context) { return name_mark(context, *command, command->name, command->second); }; });
  });
  sub.footer(tr("Exit status: 0 done, 2 wrong usage or failure."));
  sub.when_chosen([&chosen] {
    if (!chosen) chosen = run_marks;
  });
}

}  // namespace genchi::cli
