// genchi export: originals, mails or messages, out of the archive.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/copies.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "store/export.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct ExportCommand {
  std::vector<std::string> words;
  ListOptions list;
  std::string out, as = "originals";
  bool copies = false;
  bool hidden = false;

  /// Without a query and filters everything goes out.
  bool everything() const {
    return words.empty() && list.client.empty() && list.channel.empty() && list.since.empty() && list.until.empty() && list.account.empty();
  }
  bool to_stdout() const { return out == "-"; }
};

std::unique_ptr<index::Node> wanted(Store& store, const Context& context, const ExportCommand& command) {
  const index::QueryContext names = query_context(context, store);
  return index::and_nodes(parse_words(command.words, names), command.list.node(names));
}

ExportSelection selected(Store& store, const Context& context, const ExportCommand& command) {
  if (command.everything()) return {};
  ExportSelection selection = select_messages(store, *wanted(store, context, command), command.hidden, interrupted);
  if (command.as == "line-csv") selection.mails.clear();
  else if (command.as != "originals") selection.rows.clear();
  return selection;
}

/// Where one file, or standard output, gets its bytes.
class Target {
 public:
  Target(Context& context, const ExportCommand& command) : out_(context.out) {
    if (!command.to_stdout()) file_.emplace(command.out);
  }
  void write(std::string_view bytes) {
    if (file_) file_->write(bytes);
    else out_.bytes(bytes);
  }
  void commit() {
    if (file_) file_->commit();
  }

 private:
  Output& out_;
  std::optional<NewFile> file_;
};

/// One row a message, oldest first.
std::uint64_t write_messages(Context& context, Store& store, const ExportCommand& command, Target& target) {
  const bool csv = command.as == "csv";
  RowText text(csv ? Format::csv : Format::json);
  ClientNames names(store);
  std::uint64_t messages = 0;
  each_message_by_time(store, wanted(store, context, command), command.hidden || command.everything(), interrupted, [&](index::Hit&& hit) {
    ordered_json row = message_json(hit, index::make_snippet(hit.message, {}, 160), names, true);
    if (csv)
      for (const char* key : {"snippet", "highlights", "score"}) row.erase(key);
    target.write(text(row));
    ++messages;
  });
  return messages;
}

void add_part(std::string& list, const std::string& part) { list += (list.empty() ? "" : tr(", ")) + part; }

void print_summary(Context& context, const ExportCommand& command, const ExportReport& report, std::uint64_t messages) {
  if (!command.to_stdout() && context.out.format() != Format::text) {
    context.out.row({{"out", display_path(command.out)}, {"form", command.as}, {"everything", command.everything()},
                     {"messages", command.as == "csv" || command.as == "jsonl" ? ordered_json(messages) : ordered_json(nullptr)},
                     {"mails", report.mails}, {"downloads", report.downloads}, {"excerpts", report.excerpts}, {"rows", report.rows},
                     {"set_aside", report.set_aside}, {"memos", report.memos}, {"media", report.media}, {"files", report.files}, {"bytes", report.bytes}, {"left_out", report.left_out_count},
                     {"doubtful", report.doubtful}});
  } else {
    std::string what;
    if (messages > 0) add_part(what, trn("{} message", "{} messages", messages));
    if (report.mails > 0) add_part(what, trn("{} mail", "{} mails", report.mails));
    if (report.downloads > 0) add_part(what, trn("{} LINE download", "{} LINE downloads", report.downloads));
    if (report.excerpts > 0)
      add_part(what, trn("{} LINE row", "{} LINE rows", report.rows) + " (" + trn("from {} download", "from {} downloads", report.excerpts) + ")");
    if (report.memos > 0) add_part(what, trn("{} memo", "{} memos", report.memos));
    if (report.media > 0) add_part(what, trn("{} file of LINE", "{} files of LINE", report.media));
    if (report.set_aside > 0) add_part(what, trn("{} set aside", "{} set aside", report.set_aside));
    if (what.empty()) what = tr("nothing");
    context.out.talk(command.to_stdout() ? trf("Written: {}", what) : trf("Written to {}: {}", display_path(command.out), what));
  }
  if (report.doubtful > 0)
    context.out.talk(trn("{} mail has no header that a mail program would know it by; its bytes are written as they are.",
                         "{} mails have no header that a mail program would know them by; their bytes are written as they are.", report.doubtful));
}

ExitCode print_left_out(Context& context, const ExportReport& report) {
  if (report.left_out_count == 0) return ExitCode::ok;
  constexpr std::size_t shown = 20;
  for (std::size_t i = 0; i < std::min(report.left_out.size(), shown); ++i) context.out.talk(for_terminal(report.left_out[i]));
  if (report.left_out_count > shown) context.out.talk(trf("… and {} more", report.left_out_count - shown));
  context.out.talk(trn("{} original could not be written; everything else is.", "{} originals could not be written; everything else is.", report.left_out_count));
  return ExitCode::set_aside;
}

ExitCode run_export(Context& context, const ExportCommand& command) {
  const bool messages_form = command.as == "csv" || command.as == "jsonl";
  const bool one_file = messages_form || command.as == "mbox";
  if (command.to_stdout() && !one_file) throw Error(trf("{} cannot be written to standard output", command.as), tr("Name a folder with --out, or choose --as mbox, csv or jsonl."));
  Store store = context.open();
  ExportReport report;
  std::uint64_t messages = 0;
  const auto progress = make_progress();
  ExportOptions options;
  options.copies = command.copies;
  options.stop = interrupted;
  options.progress = progress.get();
  if (messages_form) {
    Target target(context, command);
    messages = write_messages(context, store, command, target);
    if (messages > 0) target.commit();
  } else {
    const ExportSelection selection = selected(store, context, command);
    if (selection.empty()) {
      context.out.talk(tr("Nothing was found; nothing is written."));
      return ExitCode::nothing_found;
    }
    if (command.as == "mbox") {
      Target target(context, command);
      report = export_mbox(store, selection, [&](std::string_view bytes) { target.write(bytes); }, options);
      target.commit();
    } else {
      const ExportForm form = command.as == "maildir" ? ExportForm::maildir : command.as == "eml" ? ExportForm::eml : command.as == "line-csv" ? ExportForm::line_csv : ExportForm::originals;
      report = export_folder(store, selection, form, command.out, options);
    }
  }
  if (progress) progress->finish();
  if (messages_form && messages == 0) {
    context.out.talk(tr("Nothing was found; nothing is written."));
    return ExitCode::nothing_found;
  }
  print_summary(context, command, report, messages);
  if (command.out != "-" && !note_copy(context.archive, {Copy::Kind::exported, command.out, context.now, store.archive().head(), {}})) tell_not_noted(context);
  const bool nothing = messages + report.mails + report.downloads + report.excerpts + report.set_aside + report.memos + report.media + report.left_out_count == 0;
  return nothing ? ExitCode::nothing_found : print_left_out(context, report);
}

}  // namespace

void add_export(Arguments program, Run& chosen) {
  auto command = std::make_shared<ExportCommand>();
  Arguments sub = program.add_command("export", tr("write originals, mails or messages to files"));
  sub.alias("書き出し");
  sub.add_argument("QUERY", command->words, tr("which messages, as in `genchi search`; without query and filters: everything"));
  sub.add_option("--out", command->out, tr("folder or file to write; it must not exist yet. - is standard output (mbox, csv, jsonl)")).required().value_name(tr("PATH"));
  sub.add_option("--as", command->as, tr("form to write")).one_of({"originals", "mbox", "maildir", "eml", "line-csv", "csv", "jsonl"}).shows_default();
  sub.add_flag("--copies", command->copies, tr("mbox, maildir, eml: every copy held of a mail, not one"));
  sub.add_flag("--hidden", command->hidden, tr("spam and trash too"));
  command->list.add_to(sub);
  sub.remove_option("--limit");
  sub.footer(tr("Forms:\n"
                 "  originals  a folder: every mail and LINE download byte for byte as it came in, copies too, with hashes\n"
                 "             (sha256sum -c manifest-sha256.txt) and contents.csv. `genchi import` of it makes the same archive.\n"
                 "  mbox       one mailbox file. Mails from a mailbox keep its lines; for others this is a rendering: a From\n"
                 "             line before, \">From \" inside (mboxrd), a blank line after\n"
                 "  maildir    a Maildir with folders and flags, file times as sent\n"
                 "  eml        one file a mail, for mail programs: 2024/2024-04-01-3f2a91c0de.eml\n"
                 "  line-csv   LINE downloads only: whole, or the rows found below the lines that stand before the first row\n"
                 "  csv jsonl  one row a message, oldest first, with its text and the keys of `genchi search`; CSV for Excel\n\n"
                 "Everything is: spam, trash, both of sent and received copy, and what was set aside. A selection holds what\n"
                 "search would find (--hidden: spam and trash too), with the copies of its mails, and of LINE downloads only\n"
                 "the rows found. Own addresses, settings and receipts are not exported: `genchi backup` copies all.\n\n"
                 "Examples:\n"
                 "  genchi export --out /media/usb/genchi-2026\n"
                 "  genchi export --client 青葉 --since 2024年 --as eml --out 青葉\n"
                 "  genchi export 見積 --as csv --out 見積.csv\n"
                 "  genchi export --channel mail --as mbox --out - | gzip > mail.mbox.gz\n"
                 "\nExit status: 0 written, 1 nothing found, 2 failure, 3 written but for originals that could not be read,\n"
                 "130 interrupted."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_export(context, *command); }; });
}

}  // namespace genchi::cli
