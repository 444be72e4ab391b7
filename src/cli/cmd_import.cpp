// genchi import: originals into the archive, with a receipt for every file.
#include <nlohmann/json.hpp>
#include <set>

#include "base/files.hpp"
#include "base/json.hpp"
#include "cli/command.hpp"
#include "cli/drift_view.hpp"
#include "cli/message_view.hpp"
#include "cli/own_names.hpp"
#include "cli/provenance.hpp"
#include "cli/watched.hpp"
#include "genchi/i18n.hpp"
#include "store/dry_run.hpp"
#include "store/unsent.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

// Problems shown a file in text; JSON has them all.
constexpr std::size_t problems_shown = 5;

struct ImportCommand {
  std::vector<std::string> paths;
  std::string account;
  std::vector<std::string> me;
  std::vector<std::string> members;
  std::string dates;
  std::string as;
  std::string from;
  bool reread = false, restore_erased = false;
  bool dry_run = false;
  bool verbose = false;
  int wait = 10;
};

std::string counts_text(const Counts& counts) {
  return trf("{} read = {} new + {} known + {} set aside", counts.read, counts.fresh, counts.known, counts.set_aside);
}

ordered_json receipt_json(const Receipt& receipt) {
  ordered_json row;
  row["source"] = receipt.source;
  row["kind"] = kind_name(receipt.kind);
  row["account"] = receipt.account.empty() ? ordered_json(nullptr) : ordered_json(receipt.account);
  row["read"] = receipt.counts.read;
  row["new"] = receipt.counts.fresh;
  row["known"] = receipt.counts.known;
  row["set_aside"] = receipt.counts.set_aside;
  row["problems"] = ordered_json::array();
  for (const auto& problem : receipt.problems) row["problems"].push_back({{"place", problem.place}, {"reason", problem.reason}});
  if (is_line(receipt.kind)) {
    row["drift"] = ordered_json::array();
    for (const auto& drift : receipt.drift) row["drift"].push_back(drift_json(drift.what, drift.rows, drift.first, drift.last));
  }
  return row;
}

/// Prints receipts as they come. Files that brought nothing new are only counted, unless asked.
class ReceiptPrinter {
 public:
  ReceiptPrinter(Output& out, bool verbose) : out_(out), verbose_(verbose) {}

  void print(const Receipt& receipt) {
    named_ = named_ || !receipt.problems.empty();
    if (!out_.is_text()) {
      ordered_json row = receipt_json(receipt);
      row["unchanged"] = receipt.unchanged;
      out_.row(row);
      return;
    }
    const Counts& c = receipt.counts;
    if (!verbose_ && c.fresh == 0 && c.set_aside == 0 && receipt.problems.empty()) {
      ++nothing_new_;
      return;
    }
    out_.line(for_terminal(receipt.source) + " (" + std::string(kind_name(receipt.kind)) + "): " + counts_text(c) +
              (receipt.unchanged ? std::string(tr(", unchanged since it was read")) : ""));
    const std::size_t shown = verbose_ ? receipt.problems.size() : std::min(receipt.problems.size(), problems_shown);
    for (std::size_t i = 0; i < shown; ++i)
      out_.line("  " + (receipt.problems[i].place.empty() ? "" : for_terminal(receipt.problems[i].place) + ": ") + for_terminal(receipt.problems[i].reason));
    if (!verbose_ && receipt.problems.size() > shown) out_.line("  " + trf("… and {} more (--verbose lists them)", receipt.problems.size() - shown));
  }

  /// Whether anything was said of a file: not all may be there.
  bool named() const { return named_; }

  void total(const ImportSession::Result& result) {
    if (!out_.is_text()) {
      Receipt all;
      all.source = "total";
      all.counts = result.total;
      ordered_json row = receipt_json(all);
      row["kind"] = nullptr;
      row["total"] = true;
      row["passed_over"] = result.passed_over;
      row["not_brought_back"] = result.not_brought_back;
      out_.row(row);
      return;
    }
    if (nothing_new_ > 0) out_.line(trn("{} file held nothing new", "{} files held nothing new", nothing_new_));
    if (result.passed_over > 0)
      out_.line(trn("{} file is neither mail nor a LINE download and was left alone", "{} files are neither mail nor LINE downloads and were left alone", result.passed_over));
    out_.line(out_.bold(std::string(tr("Total")) + ": " + counts_text(result.total)));
    if (result.drift.empty()) return;
    std::string cases;
    for (const auto& [what, count] : result.drift) cases += (cases.empty() ? "" : tr(", ")) + std::string(drift_words(what)) + " " + std::to_string(count);
    // Where words were erased at the wish of whoever took them back, something did go.
    out_.line(result.erased_rows > 0 ? trf("Downloads of one chat differ: {}. `genchi status --drift` shows each.", cases)
                                     : trf("Downloads of one chat differ: {}. Nothing is lost by it; `genchi status --drift` shows each.", cases));
  }

 private:
  Output& out_;
  bool verbose_;
  std::size_t nothing_new_ = 0;
  bool named_ = false;
};

talk::Choices talk_choices(const Context& context, const ImportCommand& command) {
  talk::Choices talks;
  for (const auto* given : {&command.me, &context.settings.me}) std::copy_if(given->begin(), given->end(), std::back_inserter(talks.me), is_talk_name);
  talks.names = command.members;
  if (!command.dates.empty()) talks.dates = command.dates == "day-first" ? talk::DateOrder::day_first : talk::DateOrder::month_first;
  return talks;
}

void print_would_bring(Output& out, const WouldBring& file) {
  const Receipt& receipt = file.receipt;
  if (!out.is_text()) {
    ordered_json row = receipt_json(receipt);
    row.erase("drift");
    row["unchanged"] = false;
    row["dry_run"] = true;
    if (!file.chat.empty()) row["chat"] = file.chat;
    if (file.first) row["first"] = iso8601({*file.first, japan_offset_minutes});
    if (file.last) row["last"] = iso8601({*file.last, japan_offset_minutes});
    out.row(row);
    return;
  }
  out.line(for_terminal(receipt.source) + " (" + std::string(kind_name(receipt.kind)) + "): " + counts_text(receipt.counts));
  std::string what;
  const auto add = [&](const std::string& words) { what += (what.empty() ? "  " : ", ") + words; };
  if (!receipt.account.empty()) add(trf("account {}", for_terminal(receipt.account)));
  if (!file.chat.empty()) add(trf("chat {}", for_terminal(file.chat)));
  if (file.first)
    add(trf("{0} to {1}", display_time(*file.first, japan_offset_minutes).substr(0, 10), display_time(*file.last, japan_offset_minutes).substr(0, 10)));
  if (!what.empty()) out.line(what);
  for (std::size_t i = 0; i < std::min(receipt.problems.size(), problems_shown); ++i)
    out.line("  " + (receipt.problems[i].place.empty() ? "" : for_terminal(receipt.problems[i].place) + ": ") + for_terminal(receipt.problems[i].reason));
}

ExitCode run_dry(Context& context, const ImportCommand& command) {
  std::optional<Store> store;
  if (Archive::exists(context.archive)) store.emplace(context.open());
  DryRun::Options options;
  options.reading.as = kind_from_name(command.as);
  options.account = command.account;
  options.talks = talk_choices(context, command);
  options.stop = interrupted;
  bool named = false;
  options.found = [&](const WouldBring& file) {
    named = named || !file.receipt.problems.empty();
    print_would_bring(context.out, file);
  };
  if (command.verbose)
    options.passed_over = [&](const SourceFile& file) { context.out.talk(trf("left alone: {}", for_terminal(file.name))); };
  DryRun dry(store ? &*store : nullptr, std::move(options));
  for (const auto& path : command.paths) {
    if (interrupted()) break;
    dry.read(path);
  }
  const DryRun::Result result = dry.result();
  if (result.stopped) return ExitCode::interrupted;
  if (context.out.is_text()) {
    if (result.passed_over > 0)
      context.out.line(trn("{} file is neither mail nor a LINE download and was left alone", "{} files are neither mail nor LINE downloads and were left alone", result.passed_over));
    context.out.line(context.out.bold(std::string(tr("Total")) + ": " + counts_text(result.total)));
    context.out.talk(tr("Nothing was written: this is what an import would bring."));
  }
  return named || result.total.set_aside > 0 ? ExitCode::set_aside : ExitCode::ok;
}

ExitCode run_import(Context& context, const ImportCommand& command) {
  for (const auto& path : command.paths) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(path, error)))
      throw Error(trf("{} does not exist", display_path(path)));
  }
  if (command.dry_run) return run_dry(context, command);
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/true, command.wait);
  if (store.was_created()) context.out.talk(trf("Created the archive {}", display_path(context.archive)));
  std::vector<std::string> me = command.me;
  me.insert(me.end(), context.settings.me.begin(), context.settings.me.end());
  record_own_addresses(store, me);
  record_unsent_words(store, unsent_words(context.settings));

  const auto progress = make_progress();
  ReceiptPrinter printer(context.out, command.verbose);
  ImportSession::Options options;
  options.reading.as = kind_from_name(command.as);
  options.account = command.account;
  options.talks = talk_choices(context, command);
  options.reread = command.reread || std::any_of(command.me.begin(), command.me.end(), is_talk_name) || !command.members.empty() || !command.dates.empty();
  options.restore_erased = command.restore_erased;
  options.reread = options.reread || command.restore_erased;
  if (!command.from.empty()) options.provenance = parse_provenance(command.from).value_or(Provenance::unsaid);
  options.stop = interrupted;
  options.progress = progress.get();
  options.receipt = [&](const Receipt& receipt) { printer.print(receipt); };
  if (command.verbose)
    options.passed_over = [&](const SourceFile& file) { context.out.talk(trf("left alone: {}", for_terminal(file.name))); };
  ImportSession session(store, std::move(options));
  if (progress) {
    std::uint64_t bytes = 0;
    for (const auto& path : command.paths) bytes += total_size(path);
    progress->start(Progress::Phase::reading, bytes);
  }
  for (const auto& path : command.paths) {
    if (interrupted()) break;
    session.import(path);
  }
  const ImportSession::Result result = session.finish();
  if (result.stopped) {
    context.out.talk(tr("Interrupted. What was read so far is kept; run the command again to go on."));
    return ExitCode::interrupted;
  }
  printer.total(result);
  if (!result.guessed_own.empty()) {
    std::string list;
    for (const auto& address : result.guessed_own) list += (list.empty() ? "" : ", ") + for_terminal(address);
    context.out.talk(trf("Own addresses, as the mailbox shows them: {}. If that is wrong, run import again with --me ADDRESS.", list));
  }
  if (result.beyond_limits > 0) {
    std::string ids;
    for (const auto& id : result.first_beyond_limits) ids += " " + id.hex().substr(0, short_id_digits);
    context.out.talk(trn("{} mail is so large or deeply nested that not all of its text is searched; the original is whole:",
                         "{} mails are so large or deeply nested that not all of their text is searched; the originals are whole:",
                         result.beyond_limits) + ids);
  }
  tell_of_erased(context, result);
  tell_of_unknown_accounts(context, store);
  if (result.healed > 0)
    context.out.talk(trn("{} damaged original is whole again", "{} damaged originals are whole again", result.healed));
  const bool damaged = tell_of_unreadable(context, store, result.unreadable);
  if (result.total.set_aside > 0) {
    context.out.talk(tr("What could not be read is named above; its bytes are kept in the archive where they could be had at all."));
    return ExitCode::set_aside;
  }
  return damaged || printer.named() ? ExitCode::set_aside : ExitCode::ok;
}

}  // namespace

void add_import(Arguments program, Run& chosen) {
  auto command = std::make_shared<ImportCommand>();
  Arguments sub = program.add_command("import", tr("bring mail and LINE downloads into the archive"));
  sub.alias("取込");
  sub.add_argument("PATH", command->paths, tr("mbox files, Maildirs, .eml files, LINE chat CSVs, talks saved by the LINE app, folders of them, or ZIP, 7z, tar, gz, xz, zst, bz2 archives of them")).required();
  sub.add_option("--me", command->me, tr("a mail address of our own (remembered), or our name in LINE talks; repeatable")).value_name(tr("ADDRESS")).one_each_time();
  sub.add_option("--account", command->account, tr("which of our accounts this is for, when several businesses share an archive")).value_name(tr("NAME"));
  sub.add_option("--member", command->members, tr("a name in a LINE talk saved on a PC, whose text does not show where it ends (repeatable)")).value_name(tr("NAME")).one_each_time();
  sub.add_option("--dates", command->dates, tr("what comes first in the dates of a LINE talk, where weekdays cannot tell")).one_of({"day-first", "month-first"}).value_name(tr("ORDER"));
  sub.add_option("--as", command->as, tr("read every file as this kind")).one_of({"mbox", "maildir", "eml", "line-oa", "line-talk"}).value_name(tr("KIND"));
  sub.add_flag("--dry-run", command->dry_run, tr("read everything, write nothing, and say what each file is and what it would bring"));
  sub.add_option("--from", command->from, tr("where these come from: a device of the firm, an official account, or a private device")).one_of({"company", "official", "private", "会社の端末", "公式アカウント", "私物"}).value_name(tr("WHOSE"));
  sub.add_flag("--reread", command->reread, tr("open every file, also those that look as they did when they were last read"));
  sub.add_flag("--restore-erased", command->restore_erased, tr("bring back what was erased, where it comes in again"));
  sub.add_flag("-v,--verbose", command->verbose, tr("a line for every file, every problem, and every file left alone"));
  add_wait(sub, command->wait);
  sub.footer(tr("Nothing is changed where it comes from. Import any file in any order, as often as you like: only what is\n"
                 "new is added. What cannot be read is kept whole, counted and named.\n\n"
                 "Examples:\n"
                 "  genchi import ~/Mail/archive.mbox --me info@example.jp\n"
                 "  genchi import ~/Downloads/line_oa_chat_csv_260402_180512.zip\n"
                 "  genchi import ~/Maildir takeout.tgz\n"
                 "  genchi import '[LINE] 川口 みおとのトーク.txt'\n"
                 "\nCtrl-C ends at a point from where the same command goes on; a second Ctrl-C ends at once, and loses no more.\n"
                 "\nExit status: 0 done, 2 failure, 3 done but something was set aside or could not be read, 130 interrupted."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_import(context, *command); }; });
}

}  // namespace genchi::cli
