// genchi prices: what was charged or quoted before, for what, with or without tax, in whose words.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "cli/fact_words.hpp"
#include "cli/html_page.hpp"
#include "cli/price_list.hpp"
#include "cli/price_page.hpp"
#include "cli/table.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct PricesCommand {
  std::string client;
  std::string item;
  std::string roles = "offer,accepted,invoiced,paid,discount";
  bool html = false;
  ListOptions list;
};

constexpr std::size_t shown_names = 4;
constexpr std::size_t most_bars = 24;

std::string day_of(const PriceRow& row) { return display_time(row.sent.utc, japan_offset_minutes).substr(0, 10); }

std::string signed_percent(double percent) { return fmt::format("{:+.1f} %", percent == 0 ? 0.0 : percent); }

ordered_json price_json(const PriceRow& row, ClientNames& names, const MessageRecord* record) {
  ordered_json out;
  out["id"] = row.id.hex();
  out["sent"] = iso8601(row.sent);
  out["client"] = row.client.empty() ? ordered_json(nullptr) : label_json(names.of(row.client));
  out["direction"] = direction_name(row.direction);
  out["channel"] = channel_name(row.channel);
  out["memo"] = memo_json(row.flags);
  ordered_json amount = amount_row(row.amount, record ? record->text : "", record ? record->subject : "", false);
  for (const char* key : {"start", "end", "again", "in_subject"}) amount.erase(key);
  out.update(amount);
  out["item_group"] = row.key;
  out["state"] = row.standing == Standing::none ? ordered_json(nullptr) : ordered_json(standing_name(row.standing));
  out["conditions"] = row.conditions;
  const auto bases = row.bases();
  out["computed"] = bases ? ordered_json{{"excl", bases->excluded}, {"incl", bases->included}, {"rate", bases->rate}} : ordered_json(nullptr);
  out["quote"] = row.quote;
  return out;
}

/// The bars of a price over time, lowest to highest; "" where it never changed.
std::string bars(const PriceGroup& group) {
  if (group.key.empty()) return {};
  constexpr const char* heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::vector<std::int64_t> yen;
  for (const PriceRow& row : group.rows)
    if (const auto bases = row.bases(); bases && row.amount.role != AmountRole::discount && row.amount.role != AmountRole::mention && !(group.last && row.amount.unit != group.last->amount.unit)) yen.push_back(bases->excluded);
  if (yen.size() > most_bars) yen.erase(yen.begin(), yen.end() - most_bars);
  if (yen.empty()) return {};
  const auto [low, high] = std::minmax_element(yen.begin(), yen.end());
  if (*low == *high) return {};
  std::string out;
  for (const std::int64_t each : yen) out += heights[std::lround(7.0 * static_cast<double>(each - *low) / static_cast<double>(*high - *low))];
  return out;
}

std::string group_title(const Output& out, const PriceGroup& group) {
  if (group.key.empty()) return out.bold(tr("Sums, and amounts without an item"));
  std::string title = out.bold(for_terminal(group.names.front()));
  std::string others;
  for (std::size_t i = 1; i < group.names.size() && i < shown_names; ++i) others += (i > 1 ? tr(", ") : "") + for_terminal(group.names[i]);
  if (group.names.size() > shown_names) others += "…";
  if (!others.empty()) title += "  " + out.dim(trf("also written {}", others));
  return title;
}

std::string money_of(const PriceRow& row) {
  std::string money = (row.amount.approx ? "~" : "") + money_words(row.amount);
  return row.amount.role == AmountRole::discount ? "-" + money : money;
}

std::string role_of(const PriceRow& row) { return amount_role_word(row.amount.role) + (row.amount.unit ? std::string(" ") + tr("each") : ""); }

/// In the list of one client.
std::vector<std::string> cells(const PriceRow& row) {
  std::string words = for_terminal(row.quote);
  std::string conditions;
  for (const std::string& condition : row.conditions) conditions += (conditions.empty() ? "" : " ") + for_terminal(condition);
  if (!conditions.empty()) words = "[" + conditions + "] " + words;
  return {day_of(row), money_of(row), tax_word(row.amount.tax), role_of(row), side_or_memo(row.direction, row.flags), standing_word(row.standing), words, row.id.hex().substr(0, short_id_digits)};
}

Table price_table() {
  using C = Table::Column;
  return Table({C::left, C::right, C::left, C::left, C::left, C::left, C::rest, C::dim});
}

/// In the list of all clients.
std::vector<std::string> cells_with_client(const PriceRow& row, const std::string& client) {
  constexpr std::size_t name_columns = 14, item_columns = 14;
  return {day_of(row), truncate_to_width(for_terminal(client), name_columns), money_of(row), tax_word(row.amount.tax), role_of(row),
          truncate_to_width(for_terminal(row.amount.item), item_columns), memo_mark(row.flags) + for_terminal(row.quote), row.id.hex().substr(0, short_id_digits)};
}

Table list_table() {
  using C = Table::Column;
  return Table({C::left, C::cut, C::right, C::left, C::left, C::cut, C::rest, C::dim}, "");
}

/// The last valid price on both bases, and what changed since the one before.
void print_last(Output& out, const PriceGroup& group) {
  if (!group.last) return;
  const PriceRow& last = *group.last;
  const auto bases = last.bases();
  out.line("  " + trf("last valid price: {0} {1} ({2}, {3})", money_words(last.amount) + (last.amount.unit ? std::string(" ") + tr("each") : ""), last.tax == Tax::unknown ? tr("(tax not said)") : tax_word(last.tax), day_of(last),
                      last.agreed() ? std::string(tr("agreed, invoiced or paid")) : (last.flags & flag_memo) != 0 ? memo_word(last.flags) : tr("offered, not agreed")));
  out.line("  " + trf("computed at {0} %: {1} without tax, {2} with tax", bases->rate, trf("{} yen", grouped_number(bases->excluded)), trf("{} yen", grouped_number(bases->included))) +
           (last.tax == Tax::unknown ? tr(" (taken as without tax: not said)") : ""));
  if (!group.before) return;
  const PriceRow& before = *group.before;
  std::string line = trf("before that: {0} {1} ({2})", money_words(before.amount), tax_word(before.tax), day_of(before));
  if (group.only_basis_differs()) line += ": " + std::string(tr("the same figure, but the tax basis differs"));
  else if (const auto change = group.change()) line += ": " + (std::abs(*change) < 0.05 ? std::string(tr("unchanged")) : signed_percent(*change));
  if (before.bases()->rate != bases->rate) line += ", " + trf("tax was {} %", before.bases()->rate);
  out.line("  " + line);
}

void print_groups(Output& out, const std::vector<PriceGroup>& groups, const std::vector<bool>& shown_rows) {
  Table all = price_table();
  std::size_t n = 0;
  for (const PriceGroup& group : groups)
    for (const PriceRow& row : group.rows)
      if (shown_rows[n++]) all.add(cells(row));
  n = 0;
  bool first = true;
  for (const PriceGroup& group : groups) {
    Table table = price_table();
    for (const PriceRow& row : group.rows)
      if (shown_rows[n++]) table.add(cells(row));
    if (table.empty()) continue;
    if (!std::exchange(first, false)) out.line();
    const std::string chart = bars(group);
    out.line(group_title(out, group) + (chart.empty() ? "" : "  " + chart));
    table.line_up_with(all);
    table.print(out);
    print_last(out, group);
  }
}

std::string nothing_words(const PricesCommand& command) {
  return command.item.empty() ? tr("no price is held here") : trf("no price of \"{}\" is held here", for_terminal(command.item));
}

void tell(Context& context, Store& store, const std::string& summary) {
  const std::string fresh = freshness(store);
  context.out.talk(summary + (fresh.empty() ? "" : std::string(tr(". ")) + fresh));
}

/// One client: by item, each with its last valid price. All its rows are read (those of one client), the newest `limit` shown.
ExitCode run_for_client(Context& context, Store& store, const PricesCommand& command, const PriceQuery& query, const std::string& name) {
  DealsOf deals(store);
  std::vector<PriceRow> rows;
  prices(store, deals, query, [&](PriceRow& row) {
    rows.push_back(std::move(row));
    return true;
  });
  const std::size_t limit = command.html ? 0 : command.list.effective_limit(context.out);
  const std::size_t shown = limit == 0 ? rows.size() : std::min(limit, rows.size());
  Quotes quotes(store);
  for (std::size_t i = 0; i < shown; ++i) add_words(quotes, rows[i], command.html ? QuoteFor::data : QuoteFor::terminal);
  const std::size_t count = rows.size();
  const UtcSeconds oldest = shown > 0 ? rows[shown - 1].sent.utc : 0;
  const std::vector<PriceGroup> groups = grouped(std::move(rows));
  if (command.html) {
    context.out.bytes(price_page(name, groups, context.now));
  } else {
    // Rows of the second of the last one shown that were cut have no words.
    std::vector<bool> shown_rows;
    for (const PriceGroup& group : groups)
      for (const PriceRow& row : group.rows) shown_rows.push_back(row.sent.utc >= oldest && !row.surface.empty());
    print_groups(context.out, groups, shown_rows);
  }
  std::string summary = count == 0 ? nothing_words(command) : trn("{} price", "{} prices", count);
  if (shown < count) summary += trf(", {} shown (--limit 0 shows all)", shown);
  if (count > 0 && !command.html) context.out.talk("");
  tell(context, store, summary);
  return ExitCode::ok;
}

/// All clients, or rows for programs: newest first, as they are read.
ExitCode run_as_list(Context& context, Store& store, const PricesCommand& command, const PriceQuery& query) {
  Output& out = context.out;
  DealsOf deals(store);
  Quotes quotes(store);
  ClientNames names(store);
  const std::size_t limit = command.list.effective_limit(out);
  Table table = list_table();
  std::size_t count = 0;
  bool more = false;
  prices(store, deals, query, [&](PriceRow& row) {
    if (limit != 0 && count == limit) {
      more = true;
      return false;
    }
    ++count;
    add_words(quotes, row, out.is_text() ? QuoteFor::terminal : QuoteFor::data);
    if (!out.is_text()) {
      out.row(price_json(row, names, quotes.message(row.id)));
      return true;
    }
    table.add(cells_with_client(row, row.client.empty() ? std::string() : names.of(row.client).name));
    constexpr std::size_t page = 500;  // rows that are lined up; the next ones anew, so that memory is bounded
    if (count % page == 0) {
      table.print(out);
      table = list_table();
    }
    return true;
  });
  table.print(out);
  if (out.is_text() && count > 0) out.talk("");
  std::string summary = count == 0 ? nothing_words(command) : trn("{} price", "{} prices", count);
  if (more) summary = trf("the newest {} prices (--limit 0 shows all)", count);
  tell(context, store, summary);
  return ExitCode::ok;
}

ExitCode run_prices(Context& context, const PricesCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const index::QueryContext names = query_context(context, store);
  PriceQuery query;
  query.filter = message_filter(command.list, names, store, command.client);
  query.roles = amount_roles(command.roles);
  query.item = command.item;
  if (command.html && !query.filter.identifiers) throw Error(tr("--html makes the page of one client"), tr("Say which: genchi prices CLIENT --html > prices.html"));
  command.list.check_account(store);
  if (!query.filter.identifiers || (!context.out.is_text() && !command.html)) return run_as_list(context, store, command, query);
  const std::string name = choose_client(store, command.client.empty() ? command.list.client : command.client).name;
  return run_for_client(context, store, command, query, name);
}

}  // namespace

void add_prices(Arguments program, Run& chosen) {
  auto command = std::make_shared<PricesCommand>();
  Arguments sub = program.add_command("prices", tr("what was quoted, agreed, charged or paid before, for what, with or without tax"));
  sub.alias("料金");
  sub.alias("価格");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name; none: all, newest first"));
  sub.add_argument("ITEM", command->item, tr("only this: what it is called, or a part of it"));
  sub.add_option("--role", command->roles, tr("which amounts: offer, accepted, invoiced, paid, discount, mention (several apart by commas), or all")).value_name(tr("ROLES")).shows_default();
  sub.add_flag("--html", command->html, tr("a page with a chart for one client, on standard output"));
  command->list.add_to(sub);
  sub.footer(tr("Names of one thing come together (トップページ制作, TOPページ制作, トップ制作費). What counts as the last valid price is\n"
                 "the newest that was agreed, invoiced or paid, else the newest that was offered and not refused, called off or\n"
                 "replaced. Figures of the other tax basis are computed: 10 %, 8 % from 2014-04-01 to 2019-09-30 and for what looks\n"
                 "like the reduced rate, 5 % from 1997-04-01, 3 % from 1989-04-01, by the day of the message; fractions of a yen are dropped.\n"
                 "\nExamples:\n"
                 "  genchi prices 青葉\n"
                 "  genchi prices 青葉 トップページ --since 去年\n"
                 "  genchi prices --role all --format csv > prices.csv\n"
                 "  genchi prices 青葉 --html > prices.html\n"
                 "\nExit status: 0 listed (also when there is nothing), 1 no such client or account, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_prices(context, *command); }; });
}

}  // namespace genchi::cli
