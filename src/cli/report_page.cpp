#include "cli/report_page.hpp"

#include <algorithm>

#include "cli/fact_words.hpp"
#include "cli/html_page.hpp"
#include "cli/message_view.hpp"
#include "cli/price_page.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

constexpr std::string_view style = R"(
.m{margin:.5rem 0;padding:.4rem .7rem;border:1px solid var(--line);border-radius:.6rem;max-width:44rem;break-inside:avoid-page}
.m.in{margin-right:14%;background:#f4f6f8}.m.out{margin-left:14%;background:#eef6ee}.m.memo{border-style:dashed;background:#fffdf2}
.m h3{margin:0;font-size:.82rem;font-weight:500;color:var(--faint)}.m h3 b{color:var(--ink);font-weight:600}
.m .t{white-space:pre-wrap;overflow-wrap:anywhere;margin:.15rem 0 0}.m .u{font-weight:600;margin:.1rem 0 0;overflow-wrap:anywhere}
.m .f{font-size:.85rem;color:var(--faint);margin:.2rem 0 0;overflow-wrap:anywhere}.d{margin:1.2rem 0 .2rem;color:var(--faint);font-size:.88rem;text-align:center}
@media (max-width:40rem){.m.in{margin-right:6%}.m.out{margin-left:6%}}
@media print{.m{border-color:#999}}
)";

std::string who_of(const MessageRecord& message) {
  // LINE's downloads do not always say who of the shop wrote.
  if (message.channel == Channel::line && message.direction != Direction::in && message.from.name == "Unknown") return message.account;
  return message.from.name.empty() ? message.from.address : message.from.name;
}

std::string quoted(const DealMessage& message) {
  return display_time(message.sent.utc, japan_offset_minutes).substr(0, 10) + "　" + side_word(message.direction) + "　“" + message.quote + "”";
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  return text;
}

}  // namespace

void ReportPage::begin(const std::string& title, const std::vector<std::string>& lines) {
  put(html_begin(title, std::string(page_style()) + std::string(style)));
  put(html_element("h1", "", title) + "\n");
  for (const std::string& line : lines) put(html_element("p", "faint", line) + "\n");
}

void ReportPage::deals(const std::vector<DealView>& deals) {
  if (deals.empty()) return;
  put(html_element("h2", "", tr("What was offered and answered")) + "\n");
  for (const DealView& deal : deals) {
    std::string terms = deal.terms.amount ? money_words(*deal.terms.amount) : "";
    if (deal.terms.amount)
      if (const std::string tax = tax_word(deal.terms.amount->tax); !tax.empty()) terms += " " + tax;
    const std::string days = deal_days_words(deal.terms.dates);
    put(html_element("p", "last", (deal.matter().empty() ? std::string(tr("(no item named)")) : deal.matter()) + (terms.empty() ? "" : "　" + terms) + (days.empty() ? "" : "　" + days)) + "\n");
    put(html_element("p", "faint", standing_word(standing_of(deal.state))) + "\n");
    put(html_element("p", "", quoted(deal.proposed)) + "\n");
    if (deal.answered) put(html_element("p", "", quoted(*deal.answered)) + "\n");
  }
}

void ReportPage::prices(const std::vector<PriceGroup>& groups, UtcSeconds now) {
  bool any = false;
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    // A price that stayed is said by the messages; a line that does not move says nothing.
    const auto other = [&](const PriceRow& row) { return row.holds() && row.amount.yen != group->rows.front().amount.yen; };
    const std::string chart = std::any_of(group->rows.begin(), group->rows.end(), other) ? price_chart(*group, now) : "";
    if (chart.empty()) continue;
    if (!any) put(html_element("h2", "", tr("Prices over time")) + "\n");
    any = true;
    put(html_element("p", "last", group->names.front()) + "\n" + chart);
  }
}

void ReportPage::begin_messages() { put(html_element("h2", "", tr("Messages")) + "\n"); }

void ReportPage::message(const MessageRecord& message, Detail detail) {
  const std::string time = display_time(message.sent.utc, japan_offset_minutes);
  const CivilDay day = civil_day(message.sent.utc, japan_offset_minutes);
  if (days_from_civil(day) != day_) put(html_element("p", "d", day_words(day)) + "\n");
  day_ = days_from_civil(day);
  const bool memo = (message.flags & flag_memo) != 0;
  put(std::string("<div class=\"m ") + (memo ? "memo" : message.direction == Direction::in ? "in" : "out") + "\">");
  std::string head = day_words(day) + time.substr(10) + "　";
  std::string rest;
  if (detail == Detail::all) {
    rest = "　" + channel_word(message.channel);
    if (memo) rest += "　" + std::string(tr("our record of a talk"));
    if (message.direction == Direction::automatic) rest += "　" + direction_word(message.direction);
  }
  put("<h3>" + html_escaped(head) + html_element("b", "", who_of(message)) + html_escaped(rest) + "</h3>");
  if (!message.subject.empty()) put(html_element("p", "u", message.subject));
  const std::string words = trimmed(message.flags & flag_unsent ? std::string(tr("(taken back by its sender)")) : own_words(message));
  if (!words.empty()) put(html_element("p", "t", words));
  std::string files;
  for (const AttachedFile& file : message.files) files += (files.empty() ? "" : tr(", ")) + (file.name.empty() ? attachment_word(file.kind) : file.name);
  if (!files.empty() && detail == Detail::all) put(html_element("p", "f", tr("Files: ") + files));
  put("</div>\n");
}

void ReportPage::end() { put(std::string(html_end)); }

}  // namespace genchi::cli
