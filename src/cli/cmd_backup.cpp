// genchi backup: a copy of the archive that is an archive, brought up to date.
#include <nlohmann/json.hpp>

#include "archive/backup.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/copies.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

struct BackupCommand {
  std::string folder;
  bool verify = false;
};

std::string size_text(std::uint64_t bytes) {
  if (bytes < 10'000) return trn("{} byte", "{} bytes", bytes);
  if (bytes < 10'000'000) return trf("{} kB", bytes / 1000);
  return trf("{} MB", bytes / 1'000'000);
}

void print_summary(Context& context, const BackupCommand& command, const BackupReport& report) {
  Output& out = context.out;
  const std::string folder = display_path(command.folder);
  if (!out.is_text()) {
    nlohmann::ordered_json row;
    row["archive"] = display_path(context.archive);
    row["copy"] = folder;
    row["journal"] = report.head;
    row["journal_before"] = report.head_before == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(report.head_before);
    row["written"] = report.written;
    row["size"] = report.size;
    row["verified"] = command.verify ? nlohmann::ordered_json(report.objects_verified) : nlohmann::ordered_json(nullptr);
    row["mended"] = report.mended;
    row["damaged"] = report.damaged;
    row["damaged_copy"] = report.damaged_copy;
    out.row(row);
    return;
  }
  if (report.written == 0) out.line(trf("{}: up to date, journal row {}, {}", folder, report.head, size_text(report.size)));
  else if (report.head_before == 0) out.line(trf("{}: copied {}, journal row {}", folder, size_text(report.written), report.head));
  else out.line(trf("{0}: copied {1} of {2}, journal row {3} (before: {4})", folder, size_text(report.written), size_text(report.size), report.head, report.head_before));
  if (command.verify && report.damaged_copy.empty()) out.line(trn("{} stored piece read again, as its hash says", "{} stored pieces read again, all as their hashes say", report.objects_verified));
  if (report.mended > 0) out.line(trn("{} file of the copy had gone bad and was copied anew", "{} files of the copy had gone bad and were copied anew", report.mended));
}

ExitCode run_backup(Context& context, const BackupCommand& command) {
  const auto progress = make_progress();
  BackupOptions options;
  options.verify = command.verify;
  options.stop = interrupted;
  std::uint64_t total_shown = 0;
  if (progress)
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
      if (total != total_shown) progress->start(Progress::Phase::writing, total_shown = total);
      progress->at(done);
    };
  const BackupReport report = back_up(context.archive, command.folder, options);
  if (progress) progress->finish();
  print_summary(context, command, report);
  if (!note_copy(context.archive, {Copy::Kind::backup, command.folder, context.now, report.head, {}})) tell_not_noted(context);
  for (const auto& damage : report.damaged) context.out.talk(for_terminal(trf("In the archive: {}", damage)));
  for (const auto& damage : report.damaged_copy) context.out.talk(for_terminal(trf("In the copy: {}", damage)));
  if (report.damaged.empty() && report.damaged_copy.empty()) return ExitCode::ok;
  context.out.talk(tr("Everything else was copied. Keep this copy and older ones: what is damaged here may be whole there."));
  return ExitCode::damaged;
}

}  // namespace

void add_backup(Arguments program, Run& chosen) {
  auto command = std::make_shared<BackupCommand>();
  Arguments sub = program.add_command("backup", tr("make and update a copy of the archive while it is in use"));
  sub.alias("控え");
  sub.alias("バックアップ");
  sub.add_argument("DIR", command->folder, tr("folder of the copy: one of its own, best on another disk")).required();
  sub.add_flag("--verify", command->verify, tr("read the whole copy again, compare every hash, copy anew what has gone bad"));
  sub.footer(tr("The first run copies everything, later ones what is new since (and archive.db, when it changed). Imports may\n"
                 "run meanwhile: the copy holds what was there at the last commit. Broken off at any moment, it is still\n"
                 "the earlier copy or the new one; run the command again. Of the archive's files it holds archive.db,\n"
                 "objects/ and genchi.toml; the rest is made from these.\n\n"
                 "To restore, copy the folder back; the first command builds catalogue and index anew:\n"
                 "  cp -rT /media/usb/genchi ~/.local/share/genchi\n"
                 "The copy may lie on a USB stick or a network share. To work with it, copy it to a local disk first. It is\n"
                 "as confidential as the archive.\n\n"
                 "Examples:\n"
                 "  genchi backup /media/usb/genchi\n"
                 "  genchi backup /media/usb/genchi --verify\n"
                 "\nExit status: 0 copied or nothing new, 2 failure, 4 copied, but damage was found in the archive or the copy,\n"
                 "130 interrupted."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_backup(context, *command); }; });
}

}  // namespace genchi::cli
