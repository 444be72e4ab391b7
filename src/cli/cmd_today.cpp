// genchi today, and genchi without a command: what waits this morning.
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/fact_words.hpp"
#include "cli/memo_view.hpp"
#include "cli/table.hpp"
#include "cli/today.hpp"
#include "genchi/i18n.hpp"
#include "text/business_days.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct TodayCommand {
  WrittenOptions written;
  std::string account;
  std::optional<std::uint64_t> limit;
  bool html = false;
};

constexpr std::size_t rows_as_text = 8, rows_on_a_page = 50;

/// Who it is for, understood.
TodayQuery understand(const Context& context, Store& store, const TodayCommand& command) {
  TodayQuery query;
  if (!command.account.empty()) query.filter.accounts.push_back(command.account);
  query.filter.written = command.written.filter(query_context(context, store));
  query.limit = command.limit ? static_cast<std::size_t>(*command.limit) : command.html ? rows_on_a_page : context.out.is_text() ? rows_as_text : 0;
  return query;
}

std::string title_of(const Context& context, const TodayCommand& command) {
  const CivilDay today = civil_day(context.now, japan_offset_minutes);
  std::string title = std::string(tr("Today")) + " " + day_words(today);
  if (const std::string holiday(public_holiday_name(today)); !holiday.empty()) title += " " + holiday;
  if (const std::string& assignee = command.written.assignee; !assignee.empty()) title += "  " + trf("for {}", for_terminal(assignee));
  return title;
}

/// The same for every group, so that a spreadsheet can hold them together.
ordered_json cells(const TodayGroup& group, const TodayRow& row) {
  ordered_json out;
  out["group"] = group.name;
  out["client_id"] = row.client.number == 0 ? ordered_json(nullptr) : ordered_json(row.client.number);
  out["client"] = row.client.name;
  out["when"] = row.when;
  out["what"] = row.what;
  out["words"] = row.words;
  out["note"] = row.note;
  out["id"] = row.id ? ordered_json(row.id->hex()) : ordered_json(nullptr);
  return out;
}

void print_rows(Output& out, const std::vector<TodayGroup>& groups) {
  const bool csv = out.format() == Format::csv;
  if (csv && groups.empty()) out.heading(cells({}, {}));
  for (const TodayGroup& group : groups)
    for (const TodayRow& row : group.rows) {
      if (csv) {
        out.row(cells(group, row));
        continue;
      }
      ordered_json json{{"group", group.name}};
      json.update(row.json);
      out.row(json);
    }
}

ExitCode run_today(Context& context, const TodayCommand& command) {
  if (command.html && !context.out.is_text()) throw Error(tr("--html is a page, not JSON or CSV"), tr("Leave --format or --html out."));
  Store store = context.open();
  nothing_is_written_from_now_on();
  ListOptions account;
  account.account = command.account;
  account.check_account(store);
  const TodayQuery query = understand(context, store, command);
  const std::vector<TodayGroup> groups = today_groups(context, store, query);
  const std::string fresh = freshness(store), title = title_of(context, command);
  Output& out = context.out;
  if (command.html) {
    out.bytes(today_page(title, fresh, groups, context.now));
  } else if (out.is_text()) {
    out.line(out.bold(title));
    print_today(out, groups);
    out.line();
  } else {
    print_rows(out, groups);
  }
  std::string summary;
  const auto of_nobody = [](const catalogue::WrittenOn& those) { return !those.others && those.clients.empty() && those.messages.empty(); };
  if (const std::string& assignee = command.written.assignee; !assignee.empty() && of_nobody(query.filter.written.front())) summary = trf("no client is assigned to {}", for_terminal(assignee));
  else if (groups.empty()) summary = tr("nothing waits today");
  if (command.html) {  // it stands on the page
    if (!summary.empty()) out.talk(summary);
  } else {
    end_list(out, summary, fresh);
  }
  if (const std::string calls = calls_reminder(store, query.filter, context.now); !calls.empty()) out.talk(calls);
  return ExitCode::ok;
}

}  // namespace

ExitCode run_without_command(Context& context) { return run_today(context, {}); }

void add_today(Arguments program, Run& chosen) {
  auto command = std::make_shared<TodayCommand>();
  Arguments sub = program.add_command("today", tr("this morning: who waits for us, what is due, offers without an answer, marks; also `genchi` alone"));
  sub.alias("今日");
  sub.add_option("--account", command->account, tr("only this account of ours")).not_empty().value_name(tr("NAME")).group(tr("Filters"));
  command->written.add_to(sub);
  sub.add_option("--limit", command->limit, tr("at most so many of each group; 0 all (default: 8 as text, 50 on a page, else all)")).between(0, std::int64_t{1} << 53).value_name("N");
  sub.add_flag("--html", command->html, tr("a page for the browser: one file, nothing is fetched"));
  sub.footer(tr("LINE accounts whose download is older than 7 days ([todo] stale_download_days) come first: what was written since is\n"
                 "not known. Days are those named in what was proposed or agreed, of the last seven days, today and the next six; those\n"
                 "that were replaced or called off are left out. Offers are ours of the last 60 days. The page holds marks and names of\n"
                 "clients: for ourselves only.\n"
                 "\nExamples:\n"
                 "  genchi today --assignee 三宅\n"
                 "  genchi today --html > today.html\n"
                 "\nExit status: 0 shown (also when nothing waits), 1 no such account, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_today(context, *command); }; });
}

}  // namespace genchi::cli
