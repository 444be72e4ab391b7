// genchi keep: what must not be erased, and why.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct KeepCommand {
  std::string client, why, by;
  bool release = false;
  int wait = 10;
};

void list(Context& context, Store& store) {
  for (const KeptClient& kept : kept_clients(store)) {
    const catalogue::Client client = store.catalogue().party_of(kept.client);
    if (!context.out.is_text()) {
      ordered_json row;
      row["client"] = label_json({client.number, client.name});
      row["since"] = iso8601({kept.time, japan_offset_minutes});
      row["why"] = kept.why;
      row["by"] = kept.by.empty() ? ordered_json(nullptr) : ordered_json(kept.by);
      context.out.row(row);
      continue;
    }
    context.out.line(context.out.bold(label_word({client.number, client.name}, context.out.columns())));
    context.out.line("    " + trf("kept since {0}: {1}", display_time(kept.time, japan_offset_minutes), for_terminal(kept.why)) + (kept.by.empty() ? "" : "  " + for_terminal(kept.by)));
  }
}

ExitCode run_keep(Context& context, const KeepCommand& command) {
  if (command.client.empty()) {
    if (command.release || !command.why.empty()) throw Error(tr("which client?"));
    Store store = context.open();
    nothing_is_written_from_now_on();
    list(context, store);
    return ExitCode::ok;
  }
  if (!command.why.empty() && trim(command.why).empty()) throw Error(tr("--why says nothing"));
  if (command.release == !command.why.empty()) throw Error(tr("say why with --why, or that it is kept no longer with --release"));
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const ChosenClient client = choose_client(store, command.client);
  const std::string head = store.catalogue().head_of(client.identifiers.front());
  const auto kept = kept_clients(store);
  const bool is_kept = std::any_of(kept.begin(), kept.end(), [&](const KeptClient& one) { return one.client == head; });
  if (command.release && !is_kept) throw Error(trf("{} is not kept", for_terminal(client.name)), tr("`genchi keep` lists who is."), ExitCode::nothing_found);
  record_keep(store, client.identifiers, !command.release, command.why, who_am_i(context, command.by));
  store.catch_up(nullptr, interrupted);
  context.out.talk(command.release ? trf("{} can be erased again.", for_terminal(client.name)) : trf("Nothing of {} is erased until it is released.", for_terminal(client.name)));
  return ExitCode::ok;
}

}  // namespace

void add_keep(Arguments program, Run& chosen) {
  auto command = std::make_shared<KeepCommand>();
  Arguments sub = program.add_command("keep", tr("keep all of a client: nothing of it is erased until it is released; without a client, who is kept"));
  sub.alias("保全");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name")).not_empty();
  Option why = sub.add_option("--why", command->why, tr("why: a dispute, a demand for payment …")).not_empty().value_name(tr("TEXT"));
  sub.add_flag("--release", command->release, tr("it is kept no longer")).excludes(why);
  sub.add_option("--by", command->by, tr("who writes it (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  add_wait(sub, command->wait);
  sub.footer(tr("It holds for `genchi erase` and for messages that their senders took back ([account] unsend = \"erase\").\n"
                "Who said so, when and why stands in the journal.\n\nExit status: 0 done, 1 no such client, or it is not kept, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_keep(context, *command); }; });
}

}  // namespace genchi::cli
