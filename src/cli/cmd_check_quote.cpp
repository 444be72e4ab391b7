// genchi check-quote: a draft quotation against what this client was told before, line by line.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/draft_file.hpp"
#include "cli/fact_words.hpp"
#include "cli/price_history.hpp"
#include "cli/table.hpp"
#include "genchi/i18n.hpp"
#include "importers/office/document.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using facts::QuoteWarning;
using nlohmann::ordered_json;

struct CheckQuoteCommand {
  std::string file;
  double tolerance = 0;
  ListOptions list;
};

/// A line of the draft with where it stands and what it says.
struct ShownLine {
  std::string sheet;
  std::uint32_t number = 0;
  std::string surface;
  CheckedLine checked;
};

constexpr std::size_t most_lines = 10'000;  // each is looked up in the client's prices

std::string day_of(Moment moment) { return display_time(moment.utc, japan_offset_minutes).substr(0, 10); }

// --- the draft

std::vector<ShownLine> lines_of(const office::Document& draft, UtcSeconds now) {
  std::vector<ShownLine> lines;
  for (const office::Sheet& sheet : draft.sheets)
    for (facts::QuoteLine& line : facts::quote_lines(sheet.text, {now, japan_offset_minutes})) {
      ShownLine& shown = lines.emplace_back();
      if (draft.kind == office::DocumentKind::workbook) shown.sheet = sheet.name;
      shown.number = line.line < sheet.numbers.size() ? sheet.numbers[line.line] : 0;
      shown.surface = sheet.text.substr(line.amount.place.begin, line.amount.place.end - line.amount.place.begin);
      shown.checked.line = std::move(line);
    }
  return lines;
}

// --- rows for programs

ordered_json line_json(const ShownLine& shown) {
  const CheckedLine& checked = shown.checked;
  ordered_json out;
  out["line"] = shown.number;
  out["sheet"] = shown.sheet.empty() ? ordered_json(nullptr) : ordered_json(shown.sheet);
  out["item"] = checked.line.amount.item;
  out["surface"] = shown.surface;
  add_money_keys(out, checked.line.amount, checked.line.amount.tax);
  out["item_group"] = checked.line.key;
  out["last"] = ordered_json::array();
  for (const PastPrice& past : checked.last) out["last"].push_back(price_json(past.row, past.tax));
  out["valid"] = checked.valid ? price_json(checked.valid->row, checked.valid->tax) : ordered_json(nullptr);
  const facts::QuoteComparison& found = checked.comparison;
  out["difference_percent"] = found.percent ? ordered_json(std::round(*found.percent * 100) / 100) : ordered_json(nullptr);
  out["differs"] = found.differs;
  out["warnings"] = ordered_json::array();
  for (const QuoteWarning warning : found.warnings) out["warnings"].push_back(facts::warning_name(warning));
  out["similar"] = checked.similar;
  return out;
}

// --- words for people

std::string percent_words(double percent) { return percent == 0 ? std::string(tr("same")) : fmt::format("{:+.1f} %", percent); }

std::string yen_words(std::int64_t yen) { return trf("{} yen", grouped_number(yen)); }

std::string why_not_comparable(const CheckedLine& checked) {
  const Amount& now = checked.line.amount;
  if (checked.line.key.empty()) return tr("not compared: this line names no item");
  const Amount& then = checked.valid->row.amount;
  if (!now.yen || !then.yen) return tr("not compared: another currency");
  if (now.approx || then.approx) return tr("not compared: one of the amounts is only approximate");
  return tr("it was free of charge then");
}

/// By how much the draft is above or below what was agreed, and that as it was written.
std::string against_agreed(const CheckedLine& checked) {
  const facts::QuoteComparison& found = checked.comparison;
  const PastPrice& valid = *checked.valid;
  std::string apart = yen_words(std::abs(found.now - found.then));
  if (found.basis != valid.tax && found.basis != Tax::unknown) apart = trf("{} (computed without tax)", apart);
  const bool of_one = found.each && valid.row.amount.unit_yen;
  std::string agreed = yen_words(of_one ? *valid.row.amount.unit_yen : *valid.row.amount.yen);
  if (found.each) agreed += std::string(" ") + tr("each");
  if (valid.tax != Tax::unknown) agreed += " " + tax_word(valid.tax);
  const std::string day = day_of(valid.row.sent);
  return found.now > found.then ? trf("{0} above the {1} agreed or charged on {2}", apart, agreed, day) : trf("{0} below the {1} agreed or charged on {2}", apart, agreed, day);
}

std::string other_basis_words(const CheckedLine& checked) {
  const std::string now = tax_word(checked.line.amount.tax), then = tax_word(checked.valid->tax), percent = percent_words(checked.comparison.percent.value_or(0));
  if (!checked.valid->row.agreed()) return trf("the same figure, but now {0} and then {1}: in fact {2}", now, then, percent);
  return trf("the same figure, but now {0} and then {1}: in fact {2} against what was agreed or charged on {3}", now, then, percent, day_of(checked.valid->row.sent));
}

std::string warning_words(const CheckedLine& checked, QuoteWarning warning) {
  const facts::QuoteComparison& found = checked.comparison;
  switch (warning) {
  case QuoteWarning::tax_basis: return other_basis_words(checked);
  case QuoteWarning::exactly_tax: return tr("the difference is exactly the consumption tax: is one of them with tax, the other without?");
  case QuoteWarning::above_agreed:
  case QuoteWarning::below_agreed: return against_agreed(checked);
  case QuoteWarning::never_priced: {
    std::string out = tr("never priced for this client");
    std::string names;
    for (const std::string& name : checked.similar) names += (names.empty() ? "" : tr(", ")) + trf("“{}”", for_terminal(name));
    return names.empty() ? out : trf("{0}; similar: {1}", out, names);
  }
  case QuoteWarning::rate_changed: return trf("consumption tax was {0} % then and is {1} % now", found.rate_then, found.rate_now);
  case QuoteWarning::quantity_differs: return tr("not compared: the quantities differ, or only one of them is said");
  case QuoteWarning::not_comparable: return why_not_comparable(checked);
  }
  return {};
}

std::string money_cell(const Amount& amount) { return (amount.approx ? "~" : "") + money_words(amount) + (amount.unit ? std::string(" ") + tr("each") : ""); }

std::vector<std::string> line_cells(const ShownLine& shown) {
  const Amount& amount = shown.checked.line.amount;
  std::string what = amount.item.empty() ? std::string(tr("(no item named)")) : for_terminal(amount.item);
  if (amount.quantity && amount.unit_yen && *amount.quantity != 1) what += fmt::format("  {} × {}", grouped_number(*amount.quantity), grouped_number(*amount.unit_yen));
  const auto& percent = shown.checked.comparison.percent;
  return {std::to_string(shown.number), what, money_cell(amount), tax_word(amount.tax), percent ? percent_words(*percent) : shown.checked.last.empty() ? tr("new") : "?"};
}

/// What became of it; of a bill or a payment, that it is one.
std::string standing_cell(const PriceRow& row) {
  const bool of_deal = row.amount.role == AmountRole::offer || row.amount.role == AmountRole::accepted;
  return of_deal && row.standing != Standing::none ? standing_word(row.standing) : amount_role_word(row.amount.role);
}

std::vector<std::string> past_cells(const PastPrice& past, bool valid) {
  const PriceRow& row = past.row;
  return {valid ? "→" : "", day_of(row.sent), money_cell(row.amount), tax_word(past.tax), side_or_memo(row.direction, row.flags), standing_cell(row), for_terminal(row.quote), row.id.hex().substr(0, short_id_digits)};
}

bool is_valid(const CheckedLine& checked, const PastPrice& past) { return checked.valid && checked.valid->row.id == past.row.id && checked.valid->row.amount.place == past.row.amount.place; }

void print_lines(Output& out, const std::vector<ShownLine>& lines) {
  using C = Table::Column;
  const auto line_table = [] { return Table({C::right, C::rest, C::right, C::left, C::right}, ""); };
  const auto past_table = [] { return Table({C::left, C::left, C::right, C::left, C::left, C::left, C::rest, C::dim}, "     "); };
  Table all_lines = line_table(), all_past = past_table();
  const auto each_past = [](const CheckedLine& checked, const auto& take) {
    bool shown = false;
    for (const PastPrice& past : checked.last) {
      const bool valid = is_valid(checked, past);
      shown = shown || valid;
      take(past_cells(past, valid));
    }
    if (checked.valid && !shown) take(past_cells(*checked.valid, true));
  };
  for (const ShownLine& shown : lines) {
    all_lines.add(line_cells(shown));
    each_past(shown.checked, [&](std::vector<std::string> cells) { all_past.add(std::move(cells)); });
  }
  std::string sheet;
  bool first = true;
  for (const ShownLine& shown : lines) {
    if (!std::exchange(first, false)) out.line();
    if (shown.sheet != sheet) out.line(out.bold(for_terminal(shown.sheet)));
    sheet = shown.sheet;
    Table line = line_table(), past = past_table();
    line.add(line_cells(shown));
    line.line_up_with(all_lines);
    line.print(out);
    each_past(shown.checked, [&](std::vector<std::string> cells) { past.add(std::move(cells)); });
    past.line_up_with(all_past);
    past.print(out);
    const facts::QuoteComparison& found = shown.checked.comparison;
    if (found.each && found.percent) out.line("     " + trf("price of one: {0} then, {1} now", yen_words(found.then), yen_words(found.now)));
    for (const QuoteWarning warning : found.warnings) {
      const bool said = found.has(QuoteWarning::tax_basis) && (warning == QuoteWarning::above_agreed || warning == QuoteWarning::below_agreed);
      if (!said) out.line("     " + out.highlight("! " + warning_words(shown.checked, warning)));
    }
  }
}

void tell(Context& context, Store& store, const office::Document& draft, const std::vector<ShownLine>& lines, double tolerance) {
  const auto count = [&](const auto& fits) { return static_cast<unsigned long>(std::count_if(lines.begin(), lines.end(), [&](const ShownLine& shown) { return fits(shown.checked.comparison); })); };
  const unsigned long differ = count([](const auto& found) { return found.differs; });
  const unsigned long fresh = count([](const auto& found) { return found.has(QuoteWarning::never_priced); });
  const unsigned long open = count([](const auto& found) { return !found.percent && !found.differs && !found.has(QuoteWarning::never_priced); });
  std::string summary = trn("{} line", "{} lines", lines.size());
  summary += std::string(tr(", ")) + (tolerance > 0 ? trf("{0} by more than {1} % off the last price", differ, tolerance) : trf("{} off the last price", differ));
  if (fresh > 0) summary += std::string(tr(", ")) + trf("{} never priced", fresh);
  if (open > 0) summary += std::string(tr(", ")) + trf("{} not compared", open);
  if (const std::string known = freshness(store); !known.empty()) summary += std::string(tr(". ")) + known;
  if (context.out.is_text()) context.out.talk("");
  context.out.talk(summary);
  if (draft.uncalculated > 0) context.out.talk(trn("{} formula has no value yet: open the file in Excel, save it, and check it again.", "{} formulas have no value yet: open the file in Excel, save it, and check it again.", draft.uncalculated));
  if (draft.lossy) context.out.talk(tr("Some characters of the file could not be read."));
}

ChosenClient client_of(Store& store, const std::string& written) {
  if (written.empty()) throw Error(tr("which client is it for?"), tr("Say --client with its number or a part of its name."));
  try {
    return choose_client(store, written);
  } catch (const Error& error) {
    throw Error(error.what(), error.hint());  // 1 means that a price differs
  }
}

std::vector<PriceRow> prices_of(Context& context, Store& store, DealsOf& deals, const CheckQuoteCommand& command) {
  PriceQuery query;
  query.filter = message_filter(command.list, query_context(context, store), store, {});
  query.roles = {AmountRole::offer, AmountRole::accepted, AmountRole::invoiced, AmountRole::paid};
  std::vector<PriceRow> rows;
  prices(store, deals, query, [&](PriceRow& row) {
    rows.push_back(std::move(row));
    return true;
  });
  return rows;
}

ExitCode run_check_quote(Context& context, const CheckQuoteCommand& command) {
  const office::Document draft = read_draft_document(command.file);
  std::vector<ShownLine> lines = lines_of(draft, context.now);
  if (lines.empty())
    throw Error(trf("{}: no line with a price was found", draft_name(command.file)),
                tr("A line is an item and its amount: 「ロゴ制作 55,000円」, or a table with a heading such as 品名 数量 単価 金額."));
  if (lines.size() > most_lines) throw Error(trf("the draft has more than {} lines", most_lines));
  Store store = context.open();
  nothing_is_written_from_now_on();
  client_of(store, command.list.client);
  DealsOf deals(store);
  const PriceHistory history(prices_of(context, store, deals, command));
  Quotes quotes(store);
  const CivilDay today = civil_day(context.now, japan_offset_minutes);
  bool differs = false;
  const QuoteFor reader = context.out.is_text() ? QuoteFor::terminal : QuoteFor::data;
  for (ShownLine& shown : lines) {
    shown.checked = history.check(std::move(shown.checked.line), today, command.tolerance);
    for (PastPrice& past : shown.checked.last) add_words(quotes, past.row, reader);
    if (shown.checked.valid) add_words(quotes, shown.checked.valid->row, reader);
    differs = differs || shown.checked.comparison.differs;
    if (!context.out.is_text()) context.out.row(line_json(shown));
  }
  if (context.out.is_text()) print_lines(context.out, lines);
  tell(context, store, draft, lines, command.tolerance);
  return differs ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_check_quote(Arguments program, Run& chosen) {
  auto command = std::make_shared<CheckQuoteCommand>();
  Arguments sub = program.add_command("check-quote", tr("a draft quotation, line by line against what this client was told before"));
  sub.alias("見積確認");
  sub.add_argument("FILE", command->file, tr("the draft: .xlsx, .docx, .csv, .tsv or text; - is standard input")).required();
  sub.add_option("--tolerance", command->tolerance, tr("per cent that a price may differ")).not_negative().value_name(tr("PERCENT")).shows_default();
  command->list.add_to(sub);
  sub.remove_option("--limit");
  sub.footer(tr("Each line is held against the last valid price of its item (→): the newest that was agreed, invoiced or paid, else\n"
                 "the newest that was offered and not refused, called off or replaced; unit price against unit price, and on the same\n"
                 "tax basis where both say theirs. Totals, the tax and discounts are no lines. Of a workbook all sheets are read that\n"
                 "are not hidden.\n"
                 "\nExamples:\n"
                 "  genchi check-quote 見積.xlsx --client 青葉\n"
                 "  genchi check-quote 見積.csv --client 3 --tolerance 5\n"
                 "  genchi check-quote - --client 青葉 < 下書き.txt\n"
                 "\nExit status: 0 no price differs by more than --tolerance, 1 one does, 2 wrong usage, no such client, or a file\n"
                 "that cannot be read."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_check_quote(context, *command); }; });
}

}  // namespace genchi::cli
