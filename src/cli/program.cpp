#include "cli/program.hpp"

#include <clocale>
#include <csignal>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;

volatile std::sig_atomic_t interrupt_count = 0;
volatile std::sig_atomic_t end_at_once = 0;

extern "C" void on_interrupt(int) {
  // A second Ctrl-C ends at once; the archive stands that as it stands a power cut.
  if (interrupt_count > 0 || end_at_once) ::_exit(static_cast<int>(ExitCode::interrupted));
  interrupt_count = 1;
}

// Beside the program when installed or run from the build folder, else where it was built to be installed.
std::string locale_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error)
    for (const char* beside : {"locale", "../share/locale"})
      if (const fs::path folder = program.parent_path() / beside; fs::is_directory(folder, error)) return folder.string();
  return GENCHI_LOCALE_DIR;
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// --lang before anything is parsed: help, too, is in that language.
std::string requested_language(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == "--lang" && i + 1 < argc) return argv[i + 1];
    if (word.starts_with("--lang=")) return std::string(word.substr(7));
  }
  return {};
}

/// `lang` of the settings; a file that cannot be read is reported later, when it is read for good.
std::string configured_language() {
  try {
    return read_settings(config_file()).lang.value_or("");
  } catch (const Error&) {
    return {};
  }
}

// Debian installs few locales; a Japanese one is often asked for and not there. Messages then still come in
// Japanese: glibc's gettext follows LANGUAGE under any locale but "C" itself.
void set_language(const std::string& wanted) {
  std::string language = wanted;
  if (language.empty()) {
    std::string_view locale = environment("LC_ALL");
    if (locale.empty()) locale = environment("LC_MESSAGES");
    if (locale.empty()) locale = environment("LANG");
    language = locale.starts_with("ja") ? "ja" : "en";
  }
  const char* set = std::setlocale(LC_ALL, "");
  const std::string_view ctype = set ? std::string_view(std::setlocale(LC_CTYPE, nullptr)) : "C";
  if (!set || ctype == "C" || ctype == "POSIX") std::setlocale(LC_ALL, "C.UTF-8");
  const std::string_view messages = std::setlocale(LC_MESSAGES, nullptr);
  if (messages == "C" || messages == "POSIX") std::setlocale(LC_MESSAGES, "C.UTF-8");
  ::setenv("LANGUAGE", language.c_str(), 1);
  // Numbers are printed and read the same everywhere.
  std::setlocale(LC_NUMERIC, "C");
  ::bindtextdomain("genchi", locale_folder().c_str());
  ::bind_textdomain_codeset("genchi", "UTF-8");
  ::textdomain("genchi");
}

void report(const Error& error) {
  std::string text = std::string("genchi: ") + for_terminal(error.what(), true);
  if (!error.hint().empty()) text += "\n        " + for_terminal(error.hint(), true);
  std::fprintf(stderr, "%s\n", text.c_str());
}

void add_global_options(Arguments program, GlobalOptions& global) {
  program.add_option("--archive", global.archive, tr("the archive's folder (else $GENCHI_ARCHIVE, else ~/.local/share/genchi)")).value_name(tr("DIR"));
  program.add_option("--format", global.format, tr("how results are printed")).one_of({"text", "json", "csv", "ics"}).shows_default();
  program.add_option("--color", global.color, tr("colours and bold")).one_of({"auto", "always", "never"}).shows_default();
  program.add_option("--lang", global.lang, tr("language of messages")).one_of({"ja", "en"});
}

Format format_named(const std::string& name) {
  return name == "json" ? Format::json : name == "csv" ? Format::csv : Format::text;
}

Color color_named(const std::string& name) {
  return name == "always" ? Color::always : name == "never" ? Color::never : Color::automatic;
}

fs::path archive_folder(const GlobalOptions& global, const Settings& settings) {
  if (!global.archive.empty()) return global.archive;
  if (const auto value = environment("GENCHI_ARCHIVE"); !value.empty()) return fs::path(value);
  if (settings.archive) {
    return expanded_path(*settings.archive);
  }
  return default_archive();
}

Settings archive_settings(const fs::path& archive) {
  const Settings settings = read_settings(archive / "genchi.toml");
  if (settings.archive || settings.lang)
    throw Error(trf("{}: archive and lang are set in {}, not here", display_path(archive / "genchi.toml"), display_path(config_file())));
  return settings;
}

/// Nothing was ever imported, and no archive was named.
bool is_new_here(const GlobalOptions& global) {
  if (!global.archive.empty() || !environment("GENCHI_ARCHIVE").empty()) return false;
  std::error_code error;
  return !fs::exists(archive_folder(global, read_settings(config_file())) / "archive.db", error);
}

ExitCode run_chosen(const Run& chosen, const GlobalOptions& global, bool verifying) {
  Settings settings = read_settings(config_file());
  const fs::path archive = archive_folder(global, settings);
  std::optional<Error> damaged;
  try {
    settings.add(archive_settings(archive));
  } catch (const Error& error) {
    if (!verifying) throw;
    damaged = error;
  }
  Context context{global, settings, archive, Output(format_named(global.format), color_named(global.color)), now(), damaged};
  return chosen(context);
}

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // The terminal is closed; but not under nohup.
  struct sigaction before {};
  if (::sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
  // A file that may not grow (ulimit -f) is an error like a full disk.
  ::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace

bool interrupted() { return interrupt_count > 0; }

void nothing_is_written_from_now_on() {
  end_at_once = 1;
  if (interrupted()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
}

void write_to_the_end() { ::signal(SIGPIPE, SIG_IGN); }

namespace {

void tell_of_other_words(Output out, Store& store, const std::string& words) {
  if (store.catalogue().vocabulary() != words)
    out.talk(tr("The words of [acts] in the settings are not those that messages were read with: `genchi reindex` reads them anew."));
}

}  // namespace

Store Context::open_for_writing(bool create, int lock_wait_seconds) const {
  const std::string words = facts::to_text(vocabulary(settings));
  Store store = Store::open_for_writing(archive, create, lock_wait_seconds, words);
  tell_of_other_words(out, store, words);
  return store;
}

Store Context::open() const {
  const auto progress = make_progress();
  const std::string words = facts::to_text(vocabulary(settings));
  Store store = Store::open(archive, progress.get(), interrupted, words);
  tell_of_other_words(out, store, words);
  if (!store.behind_because().empty()) Output(out).talk(for_terminal(store.behind_because(), true));
  return store;
}

int run_program(int argc, char** argv) {
  set_language(requested_language(argc, argv));  // the settings, too, may have something to complain of
  if (const std::string set = configured_language(); !set.empty() && requested_language(argc, argv).empty()) set_language(set);
  // Archives are private whatever the user's mask: Xapian, too, makes files of its own.
  ::umask(0077);
  catch_signals();

  GlobalOptions global;
  Run chosen;
  CommandLine line(tr("genchi keeps every mail and LINE conversation with your clients, and finds what was agreed, for how much, by when."),
                   std::string("genchi ") + GENCHI_VERSION);
  Arguments program = line.program();
  add_global_options(program, global);
  for (const auto add : {add_import, add_today, add_todo, add_brief, add_remind, add_memo, add_watch, add_attach, add_run, add_search, add_prices, add_check_quote, add_guard, add_agreements, add_confirm, add_dates, add_ledger, add_mentions, add_show, add_timeline, add_report,
                         add_clients, add_mark, add_assign, add_tag, add_note, add_marks,
                         add_status, add_pack, add_anchor, add_verify, add_reindex, add_export, add_backup, add_keep, add_erase, add_facts, add_extract})
    add(program, chosen);
  program.footer(tr("`genchi COMMAND --help` tells more about each; without a command it is `genchi today`. Everything stays on this machine."));

  try {
    if (!line.read(argc, argv)) return static_cast<int>(ExitCode::ok);
    if (!line.has_command()) {
      if (is_new_here(global)) {
        std::fputs(line.help().c_str(), stdout);
        return static_cast<int>(ExitCode::ok);
      }
      chosen = run_without_command;
    }
    if (global.format == "ics" && !line.has_chosen("dates")) throw Error(tr("--format ics: only `genchi dates` makes a calendar file"));
    const ExitCode code = run_chosen(chosen, global, line.has_chosen("verify"));
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) throw Error(tr("the result could not be written to its end"));
    return static_cast<int>(code);
  } catch (const Error& e) {
    std::fflush(stdout);
    report(e);
    return static_cast<int>(e.code());
  } catch (const fs::filesystem_error& e) {
    report(Error(trf("{}: {}", display_path(e.path1()), errno_text(e.code().value()))));
  } catch (const std::bad_alloc&) {
    report(Error(tr("out of memory")));
  } catch (const std::exception& e) {
    report(Error(trf("internal error: {}", e.what()), tr("Please report this; the archive is not harmed by it.")));
  }
  return static_cast<int>(ExitCode::failure);
}

}  // namespace genchi::cli
