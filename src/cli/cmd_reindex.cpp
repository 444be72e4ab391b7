// genchi reindex: catalogue and index anew from the archive.
#include "cli/command.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {

void add_reindex(CLI::App& app, Run& chosen) {
  CLI::App* sub = app.add_subcommand("reindex", tr("make catalogue and index anew from the archive"));
  sub->alias("再索引");
  sub->footer(tr("Nothing is lost by it: originals and the journal are not touched, and the answers stay the same.\n\nExit status: 0 done, 2 failure, 3 done but some originals could not be read."));
  sub->callback([&chosen] {
    chosen = [](Context& context) {
      Store store = Store::open_for_writing(context.archive, /*create=*/false);
      const auto progress = make_progress();
      const catalogue::Update update = store.rebuild(progress.get(), interrupted);
      context.out.talk(trn("Indexed {} message", "Indexed {} messages", store.catalogue().holdings().messages));
      return tell_of_unreadable(context, store, update.unreadable) ? ExitCode::set_aside : ExitCode::ok;
    };
  });
}

}  // namespace genchi::cli
