// What every command is given, and how commands come into the program: one file a command, one function each that
// adds it to the command line.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/output.hpp"
#include "cli/settings.hpp"
#include "genchi/error.hpp"
#include "index/query.hpp"
#include "store/store.hpp"

namespace genchi::cli {

/// Options before or after any command.
struct GlobalOptions {
  std::string archive;
  std::string format = "text";
  std::string color = "auto";
  std::string lang;
};

/// What a command runs with.
struct Context {
  const GlobalOptions& global;
  Settings settings;
  std::filesystem::path archive;
  Output out;
  UtcSeconds now;
  /// Why the archive's own settings cannot be read: for `verify`, which goes on without them.
  std::optional<Error> settings_error;

  /// Opens for asking, catching up first where needed, with a progress bar on a terminal. Says so if it stays behind.
  Store open() const;
  /// For changing. Both say so when messages were read with other words of [acts] than the settings have now.
  Store open_for_writing(bool create, int lock_wait_seconds) const;
};

using Run = std::function<ExitCode(Context&)>;

/// Adds the command to `program`, and sets `chosen` to its body when the user chose it.
void add_import(Arguments program, Run& chosen);
void add_search(Arguments program, Run& chosen);
void add_mentions(Arguments program, Run& chosen);
void add_show(Arguments program, Run& chosen);
void add_status(Arguments program, Run& chosen);
void add_clients(Arguments program, Run& chosen);
void add_mark(Arguments program, Run& chosen);
void add_assign(Arguments program, Run& chosen);
void add_tag(Arguments program, Run& chosen);
void add_note(Arguments program, Run& chosen);
void add_marks(Arguments program, Run& chosen);
void add_reindex(Arguments program, Run& chosen);
void add_export(Arguments program, Run& chosen);
void add_backup(Arguments program, Run& chosen);
void add_verify(Arguments program, Run& chosen);
void add_anchor(Arguments program, Run& chosen);
void add_pack(Arguments program, Run& chosen);
void add_report(Arguments program, Run& chosen);
void add_extract(Arguments program, Run& chosen);
void add_facts(Arguments program, Run& chosen);
void add_prices(Arguments program, Run& chosen);
void add_dates(Arguments program, Run& chosen);
void add_agreements(Arguments program, Run& chosen);
void add_today(Arguments program, Run& chosen);
void add_brief(Arguments program, Run& chosen);
void add_timeline(Arguments program, Run& chosen);
void add_confirm(Arguments program, Run& chosen);
void add_check_quote(Arguments program, Run& chosen);
void add_guard(Arguments program, Run& chosen);
void add_ledger(Arguments program, Run& chosen);
void add_todo(Arguments program, Run& chosen);
void add_remind(Arguments program, Run& chosen);
void add_watch(Arguments program, Run& chosen);
void add_run(Arguments program, Run& chosen);
void add_memo(Arguments program, Run& chosen);
void add_attach(Arguments program, Run& chosen);
void add_keep(Arguments program, Run& chosen);
void add_erase(Arguments program, Run& chosen);

/// What `genchi` does when no command is named: `today`.
ExitCode run_without_command(Context& context);

/// What we wrote on clients, conversations and messages, as a filter. "" none.
struct WrittenOptions {
  std::string mark, tag, assignee;

  void add_to(Arguments command);
  /// Each that was given, as a query's field and its value.
  std::vector<std::pair<const char*, std::string>> given() const;
  /// The same for the catalogue. Throws Error for a mark that there is none.
  std::vector<catalogue::WrittenOn> filter(const index::QueryContext& context) const;
};

/// Options that every list takes.
struct ListOptions {
  std::string client, channel, since, until, account;
  WrittenOptions written;
  std::optional<std::uint64_t> limit;

  /// `OurMarks::no`: what the command makes may be shown to a client, and says how it was filtered.
  enum class OurMarks { no, yes };
  void add_to(Arguments command, OurMarks marks = OurMarks::yes);
  /// The same as a query; null if none was given. Throws Error for a date or channel that is none.
  std::unique_ptr<index::Node> node(const index::QueryContext& context) const;
  /// For a list that came out empty: throws Error if that is because no account of ours is called so.
  void check_account(Store& store) const;
  /// 20 on a terminal, all elsewhere, unless given.
  std::size_t effective_limit(const Output& out) const;
};

/// The words of a command line as one query. Throws Error that shows the place where it is ill formed.
std::unique_ptr<index::Node> parse_words(const std::vector<std::string>& words, const index::QueryContext& names);

/// How names and dates in queries are understood over this store.
index::QueryContext query_context(const Context& context, Store& store);

/// How a query was understood: its parts, by what each word is found, and which clients names mean, as lines of text.
std::vector<std::string> explain(const index::Node& query, Store& store);
/// The texts that a word is found by, as people read them.
struct ShownForms {
  std::vector<std::string> spellings; ///< the one written first
  std::uint64_t more = 0;             ///< combinations of these that are looked for as well
  std::vector<std::string> synonyms;
  bool inflected = false; ///< English: also with other endings
};
ShownForms shown_forms(const index::Node& word);
/// Spellings on one line, with what is beside them: "見積, みつもり (and with other English endings)".
std::string spellings_line(const index::Node& word);
/// A word with the marks of the query language: "見積", ="見積", "見積"*.
std::string shown_word(const index::Node& word);
/// From the first to the last day of a date field, open ends empty.
std::pair<std::string, std::string> days_of(const index::Node& date);
/// Clients by name and number: 青葉商会 (3).
std::vector<std::string> client_names(Store& store, const std::vector<std::string>& identifiers);

/// True after Ctrl-C, SIGTERM, or when the terminal was closed. A second one ends the program at once.
bool interrupted();
/// For commands that only ask: from now on the first one ends the program.
void nothing_is_written_from_now_on();
/// For commands that write: when nobody reads their output any more (`| head`), they still do their work.
void write_to_the_end();

/// --wait of commands that write: how long to wait for another process that writes.
void add_wait(Arguments command, int& seconds);

/// A progress bar on standard error, or nothing if that is no terminal.
std::unique_ptr<Progress> make_progress();

/// Names some of the `count` originals that could not be read, on standard error; false if there are none.
bool tell_of_unreadable(Context& context, Store& store, std::uint64_t count);
/// Says what an import erased of words that their senders took back.
void tell_of_erased(Context& context, const ImportSession::Result& result);

/// "LINE known up to …, mail up to …": every list ends with it.
std::string freshness(Store& store);
/// Ends a list: its summary on standard error, with how fresh it is. A text in a file or pipe says that itself, in its last
/// line, since it is read later and without the summary.
void end_list(Output& out, std::string summary, const std::string& freshness);

}  // namespace genchi::cli
