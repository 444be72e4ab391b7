// genchi verify: is everything what it was?
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "store/verify.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

std::string area_word(Area area) {
  switch (area) {
    case Area::journal: return tr("journal");
    case Area::objects: return tr("stored blocks");
    case Area::originals: return tr("originals");
    case Area::catalogue: return tr("catalogue");
    case Area::index: return tr("index");
    case Area::settings: return tr("settings");
    case Area::files: break;
  }
  return tr("files");
}

template <typename T>
ordered_json or_null(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json finding_json(const Finding& f) {
  ordered_json row;
  row["area"] = area_name(f.area);
  row["severity"] = severity_name(f.severity);
  row["file"] = text_or_null(f.file);
  row["offset"] = or_null(f.offset);
  row["table"] = text_or_null(f.table);
  row["row"] = or_null(f.row);
  row["entry"] = or_null(f.entry);
  row["message"] = text_or_null(f.message);
  row["name"] = text_or_null(f.name);
  row["source"] = text_or_null(f.source);
  row["place"] = text_or_null(f.source_place);
  row["what"] = f.what;
  row["advice"] = text_or_null(f.advice);
  return row;
}

ordered_json total_json(const Verified& v) {
  ordered_json row;
  row["total"] = true;
  row["journal"] = v.archive.journal_rows;
  row["head"] = v.archive.head_hash ? ordered_json(v.archive.head_hash->hex()) : ordered_json(nullptr);
  row["imports"] = v.archive.imports;
  row["batches"] = v.archive.batches;
  row["blocks"] = v.archive.blocks;
  row["objects"] = v.archive.objects;
  row["originals"] = v.archive.entries;
  row["original_bytes"] = v.archive.original_bytes;
  row["archive_complete"] = v.archive.complete;
  row["messages"] = v.catalogue.messages;
  row["catalogue_rows"] = v.catalogue.rows;
  row["catalogue_compared"] = v.catalogue.compared;
  row["index_shards"] = v.index.shards;
  row["index_bytes"] = v.index.bytes;
  row["index_messages"] = v.index.messages;
  row["index_passages"] = v.index.passages;
  row["index_compared"] = v.index_messages;
  row["damage"] = v.damage;
  row["notes"] = v.notes;
  return row;
}

/// File and place, then what, then what to do.
void print_finding(Output& out, const Finding& f) {
  std::string where = for_terminal(f.file);
  if (f.offset) where += tr(", ") + trf("byte {}", *f.offset);
  if (!f.table.empty()) where += tr(", ") + for_terminal(f.table) + (f.row ? " " + std::to_string(*f.row) : "");
  if (!f.message.empty()) where += tr(", ") + trf("message {}", f.message.substr(0, short_id_digits));
  if (!f.name.empty()) where += tr(", ") + for_terminal(f.name);
  const std::string head = trf("{0} ({1})", f.severity == Severity::damage ? tr("Damage") : tr("Note"), area_word(f.area));
  out.line((f.severity == Severity::damage ? out.bold(head) : head) + ": " + where);
  out.line("  " + for_terminal(f.what));
  if (!f.source.empty()) out.line("  " + trf("It came from {}", for_terminal(f.source) + (f.source_place.empty() ? "" : tr(", ") + f.source_place)));
  if (!f.advice.empty()) out.line("  " + for_terminal(f.advice));
}

void print_untold(Output& out, const Verified& v) {
  for (std::size_t area = 0; area < v.untold.size(); ++area)
    if (v.untold[area] > 0) out.line(trf("… and {0} more findings ({1})", v.untold[area], area_word(static_cast<Area>(area))));
}

void print_proven(Output& out, const Verified& v) {
  out.line(out.bold(tr("Checked")));
  out.line("  " + trf("journal: {0} rows, {1} imports; its last line has the hash {2}", v.archive.journal_rows, v.archive.imports,
                      v.archive.head_hash ? v.archive.head_hash->hex() : "-"));
  out.line("  " + trf("originals: {0}, {1} bytes whole, in {2} blocks", v.archive.entries, v.archive.original_bytes, v.archive.blocks));
  out.line("  " + (v.catalogue.compared ? trf("catalogue: {0} messages, {1} rows compared with the originals", v.catalogue.messages, v.catalogue.rows)
                                        : std::string(tr("catalogue: not compared"))));
  std::string index = v.index_files ? trf("index: {0} parts, {1} bytes as they were written", v.index.shards, v.index.bytes) : std::string(tr("index: not compared"));
  if (v.index_files && !v.index_messages) index += tr("; its messages not compared");
  if (v.index_messages) index += trf("; {} messages as in the catalogue", v.index.messages);
  if (v.index_passages) index += trf("; {} passages word for word", v.index.passages);
  out.line("  " + index);
  if (v.damage > 0) return;
  out.line();
  out.line(tr("This proves: the originals are those whose hashes the journal holds, byte for byte, and what search,\n"
              "show and the lists say comes from them. It does not prove that nobody who can write the folder has made a\n"
              "new journal with new hashes: for that, keep the hash of the last line elsewhere and compare. And what\n"
              "never came in is not here."));
}

ExitCode run_verify(Context& context, bool full) {
  Output& out = context.out;
  const auto progress = make_progress();
  VerifyOptions options;
  options.full = full;
  options.progress = progress.get();
  options.stop = interrupted;
  options.vocabulary = facts::to_text(vocabulary(context.settings));
  const Report report = [&](Finding finding) {
    if (progress) progress->finish();
    if (out.is_text()) print_finding(out, finding);
    else out.row(finding_json(finding));
  };
  std::optional<Finding> settings;
  if (context.settings_error) {
    settings.emplace();
    settings->area = Area::settings;
    settings->file = "genchi.toml";
    settings->what = context.settings_error->what();
    settings->advice = context.settings_error->hint();
    report(*settings);
  }
  Verified verified = verify_store(context.archive, options, report);
  if (settings) ++verified.damage;
  if (!out.is_text()) {
    out.row(total_json(verified));
  } else {
    print_untold(out, verified);
    if (verified.damage + verified.notes > 0) out.line();
    print_proven(out, verified);
    const std::string damage = trn("{} place of damage", "{} places of damage", verified.damage);
    out.line(out.bold(trf("Result: {0}, {1}", verified.damage == 0 ? std::string(tr("no damage")) : damage, trn("{} note", "{} notes", verified.notes))));
  }
  return verified.damage > 0 ? ExitCode::damaged : ExitCode::ok;
}

}  // namespace

void add_verify(Arguments program, Run& chosen) {
  auto full = std::make_shared<bool>(false);
  Arguments sub = program.add_command("verify", tr("check that nothing is damaged, and that answers come from the originals"));
  sub.alias("検証");
  sub.add_flag("--full", *full, tr("also make every passage of the index again and compare it; who wants to import meanwhile is let"));
  sub.footer(tr("Reads every original and hashes it, follows the journal's chain, makes the catalogue a second time (in $TMPDIR)\n"
                 "and compares, and checks the index. Nothing is repaired: each finding says what to do. It also works on copies\n"
                 "and media that cannot be written.\n"
                 "\nExit status: 0 no damage, 2 failure, 4 damage found, 130 interrupted."));
  sub.when_chosen([full, &chosen] { chosen = [full](Context& context) { return run_verify(context, *full); }; });
}

}  // namespace genchi::cli
