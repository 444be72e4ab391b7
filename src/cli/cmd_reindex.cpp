// genchi reindex: catalogue and index anew from the archive.
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {

void add_reindex(Arguments program, Run& chosen) {
  Arguments sub = program.add_command("reindex", tr("make catalogue and index anew from the archive"));
  sub.alias("再索引");
  auto wait = std::make_shared<int>(10);
  add_wait(sub, *wait);
  sub.footer(tr("Nothing is lost by it: originals and the journal are not touched, and the answers stay the same. Until the new\n"
                 "ones are whole the old ones are there; Ctrl-C leaves those.\n"
                 "\nExit status: 0 done, 2 failure, 3 done but some originals could not be read, 130 interrupted."));
  sub.when_chosen([wait, &chosen] {
    chosen = [wait](Context& context) {
      write_to_the_end();
      Store store = Store::open_for_writing(context.archive, /*create=*/false, *wait, facts::to_text(vocabulary(context.settings)));
      const auto progress = make_progress();
      const catalogue::Update update = store.rebuild(progress.get(), interrupted, facts::to_text(vocabulary(context.settings)));
      context.out.talk(trn("Indexed {} message", "Indexed {} messages", store.catalogue().holdings().messages));
      return tell_of_unreadable(context, store, update.unreadable) ? ExitCode::set_aside : ExitCode::ok;
    };
  });
}

}  // namespace genchi::cli
