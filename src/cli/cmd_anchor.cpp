// genchi anchor: a few lines that stand for all that is held, to be kept elsewhere.
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "evidence/anchors.hpp"
#include "genchi/i18n.hpp"
#include "store/export.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using evidence::KeptAnchor;
using nlohmann::ordered_json;

constexpr std::uint64_t most_stamp_bytes = 1 << 20;

struct AnchorCommand {
  std::string out, stamp;
  bool list = false;
  int wait = 10;
};

ordered_json anchor_json(const KeptAnchor& kept) {
  ordered_json row;
  row["anchor"] = sha256(kept.text).hex();
  row["time"] = iso8601({kept.anchor.time, japan_offset_minutes});
  row["rows"] = kept.anchor.rows;
  row["head"] = kept.anchor.head.hex();
  row["root"] = kept.anchor.root.hex();
  row["text"] = kept.text;
  row["stamps"] = ordered_json::array();
  for (const KeptAnchor::Stamp& stamp : kept.stamps)
    row["stamps"].push_back({{"time", iso8601({stamp.read.time, 0})}, {"authority", stamp.read.authority}, {"serial", stamp.read.serial}});
  return row;
}

std::string stamp_line(const evidence::Timestamp& stamp) {
  return trf("stamped {0} by {1}", display_time(stamp.time, japan_offset_minutes), for_terminal(stamp.authority));
}

ExitCode list_anchors(Context& context) {
  Store store = context.open();
  const std::vector<KeptAnchor> all = evidence::kept_anchors(store.archive());
  for (const KeptAnchor& kept : all) {
    if (!context.out.is_text()) {
      context.out.row(anchor_json(kept));
      continue;
    }
    context.out.line(display_time(kept.anchor.time, japan_offset_minutes) + "  " + trn("{} journal row", "{} journal rows", static_cast<std::uint64_t>(kept.anchor.rows)) + "  " +
                     context.out.dim("SHA-256 " + sha256(kept.text).hex()));
    for (const KeptAnchor::Stamp& stamp : kept.stamps) context.out.line("  " + stamp_line(stamp.read));
  }
  if (all.empty() && !context.out.is_text()) context.out.heading(anchor_json({}));
  context.out.talk(all.empty() ? std::string(tr("No anchors yet: `genchi anchor` makes one.")) : trn("{} anchor", "{} anchors", all.size()));
  return ExitCode::ok;
}

ExitCode take_stamp(Context& context, const AnchorCommand& command) {
  const std::string answer = read_file(command.stamp, most_stamp_bytes);
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  const KeptAnchor kept = evidence::keep_stamp(store.archive(), answer);
  store.catch_up(nullptr);
  if (!context.out.is_text()) context.out.row(anchor_json(kept));
  else context.out.line(stamp_line(kept.stamps.back().read));
  context.out.talk(trf("Held with the anchor of {0}. Who the authority is was not checked: `genchi verify --anchor FILE --ca FILE` does.",
                       display_time(kept.anchor.time, japan_offset_minutes)));
  return ExitCode::ok;
}

ExitCode run_anchor(Context& context, const AnchorCommand& command) {
  if (command.list) return list_anchors(context);
  if (!command.stamp.empty()) return take_stamp(context, command);
  std::optional<NewFile> file;
  if (!command.out.empty()) file.emplace(command.out);
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  const KeptAnchor kept = evidence::keep_anchor(store.archive(), context.now);
  store.catch_up(nullptr);
  if (file) {
    file->write(kept.text);
    file->commit();
  }
  if (!context.out.is_text()) context.out.row(anchor_json(kept));
  else if (!file) context.out.bytes(kept.text);
  context.out.talk(trf("It stands for all that is held now. Keep it where nobody who can write the archive can change it: mail it, print it, or\n"
                       "have it time-stamped. `genchi verify --anchor FILE` compares it later. SHA-256 of the text: {}", sha256(kept.text).hex()));
  return ExitCode::ok;
}

}  // namespace

void add_anchor(Arguments program, Run& chosen) {
  auto command = std::make_shared<AnchorCommand>();
  Arguments sub = program.add_command("anchor", tr("a few lines that stand for all that is held, to keep elsewhere"));
  sub.alias("証印");
  auto out = sub.add_option("--out", command->out, tr("file to write; else it is printed")).value_name(tr("FILE"));
  auto stamp = sub.add_option("--stamp", command->stamp, tr("take in what a time-stamping authority answered (RFC 3161)")).value_name(tr("FILE"));
  sub.add_flag("--list", command->list, tr("the anchors made so far, and their time stamps")).excludes(out).excludes(stamp);
  stamp.excludes(out);
  add_wait(sub, command->wait);
  sub.footer(tr("An anchor has six lines and names nobody: how many rows the journal has, and hashes of them. Who keeps it elsewhere can\n"
                "show later that nothing held then was changed, taken out or put in before it since. Each evidence pack has one.\n"
                "genchi sends nothing. To have it time-stamped:\n"
                "\n"
                "  genchi anchor --out anchor.txt\n"
                "  openssl ts -query -data anchor.txt -sha256 -cert -out anchor.tsq\n"
                "  curl -H 'Content-Type: application/timestamp-query' --data-binary @anchor.tsq -o anchor.tsr https://AUTHORITY\n"
                "  genchi anchor --stamp anchor.tsr\n"
                "\nExit status: 0 done, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_anchor(context, *command); }; });
}

}  // namespace genchi::cli
