#include "cli/price_page.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/fact_words.hpp"
#include "cli/html_page.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

std::string day_of(const PriceRow& row) { return display_time(row.sent.utc, japan_offset_minutes).substr(0, 10); }
std::string yen_words(std::int64_t yen) { return trf("{} yen", grouped_number(yen)); }

std::string last_of(const PriceGroup& group) {
  if (!group.last) return {};
  const PriceRow& last = *group.last;
  const auto bases = last.bases();
  std::string out = html_element("p", "last",
                            trf("last valid price: {0} {1} ({2}, {3})", money_words(last.amount) + (last.amount.unit ? std::string(" ") + tr("each") : ""), last.tax == Tax::unknown ? tr("(tax not said)") : tax_word(last.tax), day_of(last),
                                last.agreed() ? tr("agreed, invoiced or paid") : tr("offered, not agreed"))) +
                    "\n" + html_element("p", "", trf("computed at {0} %: {1} without tax, {2} with tax", bases->rate, yen_words(bases->excluded), yen_words(bases->included)) + (last.tax == Tax::unknown ? tr(" (taken as without tax: not said)") : "")) + "\n";
  if (!group.before) return out;
  std::string before = trf("before that: {0} {1} ({2})", money_words(group.before->amount), tax_word(group.before->tax), day_of(*group.before));
  if (group.only_basis_differs()) before += ": " + std::string(tr("the same figure, but the tax basis differs"));
  else if (const auto change = group.change()) before += ": " + (std::abs(*change) < 0.05 ? std::string(tr("unchanged")) : fmt::format("{:+.1f} %", *change));
  return out + html_element("p", "", before) + "\n";
}

std::string row_of(const PriceRow& row) {
  const bool gone = row.standing == Standing::rejected || row.standing == Standing::cancelled || row.standing == Standing::superseded;
  std::string conditions;
  for (const std::string& condition : row.conditions) conditions += (conditions.empty() ? "" : " ") + condition;
  std::string out = gone ? "<tr class=\"gone\">" : "<tr>";
  out += html_element("td", "w", day_of(row)) + html_element("td", "", row.amount.item) +
         html_element("td", "n", (row.amount.role == AmountRole::discount ? "-" : "") + money_words(row.amount) + (row.amount.unit ? std::string(" ") + tr("each") : "")) +
         html_element("td", "w", tax_word(row.amount.tax)) + html_element("td", "w", amount_role_word(row.amount.role)) + html_element("td", "w", side_or_memo(row.direction, row.flags)) +
         html_element("td", "w s", standing_word(row.standing)) + html_element("td", "", conditions) + html_element("td", "q", row.quote) + html_element("td", "id", row.id.hex().substr(0, short_id_digits));
  return out + "</tr>\n";
}

std::string table_of(const PriceGroup& group) {
  std::string out = "<div class=\"scroll\"><table><thead><tr>";
  for (const char* name : {tr("date"), tr("item"), tr("amount"), tr("tax"), tr("role"), tr("who"), tr("state"), tr("conditions"), tr("words"), tr("message")}) out += html_element("th", "", name);
  out += "</tr></thead><tbody>\n";
  for (auto row = group.rows.rbegin(); row != group.rows.rend(); ++row) out += row_of(*row);
  return out + "</tbody></table></div>\n";
}

}  // namespace

std::string price_chart(const PriceGroup& group, UtcSeconds now) {
  if (group.key.empty()) return {};
  StepLine excluded{tr("without tax (computed where not written)"), false, {}}, included{tr("with tax (computed where not written)"), true, {}};
  for (const PriceRow& row : group.rows) {
    const auto bases = row.bases();
    if (!bases || !row.holds() || (group.last && row.amount.unit != group.last->amount.unit)) continue;
    excluded.points.push_back({row.sent.utc, bases->excluded});
    included.points.push_back({row.sent.utc, bases->included});
  }
  if (excluded.points.size() < 2) return {};
  return step_chart({excluded, included}, now);
}

std::string price_page(const std::string& client, const std::vector<PriceGroup>& groups, UtcSeconds now) {
  const std::string title = trf("Prices: {}", client);
  std::string body = html_element("h1", "", title) + "\n" + html_element("p", "faint", trf("as of {}", display_time(now, japan_offset_minutes))) + "\n";
  if (groups.empty()) body += html_element("p", "", tr("no price is held here")) + "\n";
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    body += html_element("h2", "", group->key.empty() ? tr("Sums, and amounts without an item") : group->names.front()) + "\n";
    body += last_of(*group) + price_chart(*group, now) + table_of(*group);
  }
  body += html_element("p", "faint", tr("Figures on the other tax basis are computed, not written: 10 %; 8 % from 2014-04-01 to 2019-09-30 and for what looks like the reduced rate; 5 % from 1997-04-01, 3 % from 1989-04-01; by the day of the message.")) + "\n";
  return html_document(title, body);
}

}  // namespace genchi::cli
