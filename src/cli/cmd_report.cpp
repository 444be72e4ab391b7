// genchi report: what was said with a client as one page that they may see.
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/deal_view.hpp"
#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/price_list.hpp"
#include "cli/report_page.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "store/export.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Catalogue;
using catalogue::Listed;

struct ReportCommand {
  std::string client, title, out;
  bool no_memos = false;
  ListOptions list;
};

std::vector<DealView> deals_of(Context& context, Store& store, const catalogue::MessageFilter& filter) {
  DealViews views(store, context.now);
  std::vector<DealView> deals;
  for (const catalogue::ClientDeal& deal : store.catalogue().deals(filter.identifiers)) {
    DealView view = views.of(deal);
    if (view.proposed.sent.utc >= filter.begin && view.proposed.sent.utc < filter.end) deals.push_back(std::move(view));
  }
  return deals;
}

std::vector<PriceGroup> prices_of(Store& store, const catalogue::MessageFilter& filter) {
  PriceQuery query;
  query.filter = filter;
  query.roles = {AmountRole::offer, AmountRole::accepted, AmountRole::invoiced, AmountRole::paid};
  DealsOf deals(store);
  std::vector<PriceRow> rows;
  prices(store, deals, query, [&](PriceRow& row) {
    rows.push_back(std::move(row));
    return true;
  });
  return grouped(std::move(rows));
}

ExitCode run_report(Context& context, const ReportCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const catalogue::MessageFilter filter = message_filter(command.list, query_context(context, store), store, command.client);
  command.list.check_account(store);
  if (!filter.identifiers) throw Error(tr("which client?"), tr("Say its number or a part of its name."));
  std::uint64_t count = 0;
  UtcSeconds first = 0, last = 0;
  store.catalogue().messages(filter, Catalogue::Order::oldest_first, [&](const Listed& listed) {
    if (count++ == 0) first = listed.sent;
    last = listed.sent;
    return true;
  });
  if (count == 0) {
    context.out.talk(tr("no messages"));
    return ExitCode::nothing_found;
  }
  std::optional<NewFile> file;
  if (!command.out.empty()) file.emplace(command.out);
  ReportPage page(store, [&](std::string_view html) {
    if (file) file->write(html);
    else context.out.bytes(html);
  });
  const auto day = [](UtcSeconds utc) { return display_time(utc, japan_offset_minutes).substr(0, 10); };
  const std::string name = store.catalogue().party_of(filter.identifiers->front()).name;
  page.begin(command.title.empty() ? trf("Correspondence with {}", name) : command.title, {trf("{0} to {1}", day(first), day(last)), trf("as of {}", display_time(context.now, japan_offset_minutes))});
  page.deals(deals_of(context, store, filter));
  page.prices(prices_of(store, filter), context.now);
  page.begin_messages();
  std::uint64_t shown = 0, unreadable = 0;
  store.catalogue().messages(filter, Catalogue::Order::oldest_first, [&](const Listed& listed) {
    if (command.no_memos && (listed.flags & flag_memo) != 0) return true;
    std::optional<MessageRecord> message;
    try {
      message = store.catalogue().record(listed.id);
    } catch (const DamagedOriginal&) {
    }
    if (message) page.message(*message, ReportPage::Detail::all);
    ++(message ? shown : unreadable);
    return true;
  });
  page.end();
  if (file) file->commit();
  std::string summary = trn("{} message", "{} messages", shown) + tr(". ") + tr("Read it before you hand it over: it holds all that was said with them, memos of calls as well (--no-memos leaves these out).");
  context.out.talk(summary);
  return tell_of_unreadable(context, store, unreadable) ? ExitCode::set_aside : ExitCode::ok;
}

}  // namespace

void add_report(Arguments program, Run& chosen) {
  auto command = std::make_shared<ReportCommand>();
  Arguments sub = program.add_command("report", tr("mail, LINE and memos with a client as one page to read, print or hand over"));
  sub.alias("報告");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name")).required().not_empty();
  sub.add_option("--out", command->out, tr("file to write (.html); else standard output")).value_name(tr("FILE"));
  sub.add_option("--title", command->title, tr("what stands at its top; else the name they go by here")).value_name(tr("TEXT"));
  sub.add_flag("--no-memos", command->no_memos, tr("without our memos of calls and meetings"));
  command->list.add_to(sub, ListOptions::OurMarks::no);
  sub.remove_option("--limit");
  sub.remove_option("--client");
  sub.footer(tr("One file without scripts; nothing is fetched. It has the words of whoever wrote, what was offered and answered, and prices\n"
                "over time, but no marks, notes, ids or hashes: the client may see it. It proves nothing; `genchi pack` does that.\n"
                "\nExamples:\n"
                "  genchi report 青葉 --since 2025年 --out 青葉.html\n"
                "\nExit status: 0 written, 1 no such client or no messages, 2 wrong usage or failure, 3 an original is damaged and was\n"
                "left out."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_report(context, *command); }; });
}

}  // namespace genchi::cli
