#include "cli/deal_page.hpp"

#include <fmt/format.h>

#include "cli/fact_words.hpp"
#include "cli/html_page.hpp"
#include "facts/tax.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

std::string moment_words(const Moment& moment) { return display_time(moment.utc, japan_offset_minutes); }
std::string short_id(const Sha256& id) { return id.hex().substr(0, short_id_digits); }

std::string amount_words_of(const ShownTerms& terms) {
  if (!terms.amount) return {};
  std::string out = money_words(*terms.amount);
  if (terms.amount->approx) out = trf("about {}", out);
  if (terms.amount->unit) out += std::string(" ") + tr("each");
  if (const std::string tax = tax_word(terms.amount->tax); !tax.empty()) out += " " + tax;
  return out;
}

std::string computed_words(const ShownTerms& terms, const std::string& item) {
  if (!terms.amount || !terms.amount->yen || *terms.amount->yen == 0) return {};
  const int rate = facts::tax_rate(civil_day(terms.from.sent.utc, japan_offset_minutes), facts::has_reduced_rate(item));
  const facts::BothBases bases = facts::both_bases(*terms.amount->yen, terms.amount->tax, rate);
  return trf("computed at {0} %: {1} without tax, {2} with tax", bases.rate, trf("{} yen", grouped_number(bases.excluded)), trf("{} yen", grouped_number(bases.included))) +
         (terms.amount->tax == Tax::unknown ? tr(" (taken as without tax: not said)") : "");
}

/// The amounts that held one after the other, where there are several.
std::string chart_of(const DealView& deal, UtcSeconds now) {
  StepLine excluded{tr("without tax (computed where not written)"), false, {}}, included{tr("with tax (computed where not written)"), true, {}};
  const auto add = [&](const ShownTerms& terms) {
    if (!terms.amount || !terms.amount->yen) return;
    const int rate = facts::tax_rate(civil_day(terms.from.sent.utc, japan_offset_minutes), facts::has_reduced_rate(deal.item));
    const facts::BothBases bases = facts::both_bases(*terms.amount->yen, terms.amount->tax, rate);
    excluded.points.push_back({terms.from.sent.utc, bases.excluded});
    included.points.push_back({terms.from.sent.utc, bases.included});
  };
  for (const ShownTerms& older : deal.before) add(older);
  add(deal.terms);
  const auto other = [&](const StepLine::Point& point) { return point.value != excluded.points.front().value; };
  if (std::none_of(excluded.points.begin(), excluded.points.end(), other)) return {};
  return step_chart({excluded, included}, now);
}

std::string message_row(const DealMessage& message) {
  std::string act = message.act == Act::change ? tr("change") : act_words(message.act, false);
  if (message.conditional) act += std::string(" ") + tr("(on a condition)");
  const bool listed = message.id != Sha256{};
  return "<tr>" + html_element("td", "w", moment_words(message.sent)) + html_element("td", "w s", act) + html_element("td", "w", side_word(message.direction)) +
         html_element("td", "w", listed ? channel_word(message.channel) : "") + html_element("td", "q", listed ? message.quote : tr("(no longer listed)")) +
         html_element("td", "id", listed ? short_id(message.id) : "") + "</tr>\n";
}

std::string messages_of(const DealView& deal) {
  std::string out = "<div class=\"scroll\"><table><thead><tr>";
  for (const char* name : {tr("date"), tr("act"), tr("who"), tr("channel"), tr("words"), tr("message")}) out += html_element("th", "", name);
  out += "</tr></thead><tbody>\n" + message_row(deal.proposed);
  if (deal.answered) out += message_row(*deal.answered);
  if (deal.more_later > 0) out += "<tr><td></td><td colspan=\"5\">" + html_escaped(trn("… {} message", "… {} messages", deal.more_later)) + "</td></tr>\n";
  for (const DealMessage& message : deal.later) out += message_row(message);
  return out + "</tbody></table></div>\n";
}

std::string before_of(const DealView& deal) {
  std::string out;
  for (const ShownTerms& older : deal.before) {
    const std::string days = deal_days_words(older.dates), amount = amount_words_of(older);
    out += html_element("p", "faint", standing_word(Standing::superseded) + ": " + moment_words(older.from.sent).substr(0, 10) + "　" + amount + (amount.empty() || days.empty() ? "" : "　") + days + "　" + short_id(older.from.id)) + "\n";
  }
  return out;
}

std::string notes_of(const DealView& deal) {
  std::string out;
  if (deal.wanted) {
    const std::string days = deal_days_words(deal.wanted->dates), amount = amount_words_of(*deal.wanted);
    out += html_element("p", "", std::string(tr("wanted")) + ": " + amount + (amount.empty() || days.empty() ? "" : "　") + days + " " +
                                     (deal.wanted->from.direction == Direction::in ? tr("(they ask for it; not answered)") : tr("(we ask for it; not answered)"))) + "\n";
  }
  if (deal.days_open) {
    std::string waits = deal.answered ? trn("{} day since it was proposed", "{} days since it was proposed", static_cast<unsigned long>(*deal.days_open))
                                      : trn("{} day without an answer", "{} days without an answer", static_cast<unsigned long>(*deal.days_open));
    out += html_element("p", "", waits + (deal.ours_to_answer ? tr(", ours to give") : "")) + "\n";
  }
  if (deal.company && deal.only_line && deal.state == facts::DealState::agreed) out += html_element("p", "", std::string(tr("Seems to be a firm.")) + " " + tr("Of what is held, only LINE shows this agreement.")) + "\n";
  return out;
}

std::string deal_section(const DealView& deal, UtcSeconds now) {
  const std::string matter = deal.matter().empty() ? std::string(tr("(no item named)")) : deal.matter();
  std::string out = html_element("h2", "", standing_word(standing_of(deal.state)) + "　" + matter) + "\n";
  const std::string amount = amount_words_of(deal.terms), days = deal_days_words(deal.terms.dates);
  if (const std::string terms = amount + (amount.empty() || days.empty() ? "" : "　") + days; !terms.empty()) out += html_element("p", "last", terms) + "\n";
  if (const std::string computed = computed_words(deal.terms, deal.item); !computed.empty()) out += html_element("p", "", computed) + "\n";
  out += html_element("p", "faint", deal.client.name + "　" + short_id(deal.id)) + "\n";
  return out + notes_of(deal) + chart_of(deal, now) + messages_of(deal) + before_of(deal);
}

}  // namespace

std::string deal_page(const std::string& title, const std::vector<DealView>& deals, UtcSeconds now) {
  std::string body = html_element("h1", "", title) + "\n" + html_element("p", "faint", trf("as of {}", display_time(now, japan_offset_minutes))) + "\n";
  if (deals.empty()) body += html_element("p", "", tr("no such deals")) + "\n";
  for (const DealView& deal : deals) body += deal_section(deal, now);
  body += html_element("p", "faint", tr("States are what the words held say, not what the law makes of them. Silence, read marks and thanks are not counted as acceptance; in law silence can count (as in regular dealing, 商法509条).")) + "\n";
  body += html_element("p", "faint", tr("Figures on the other tax basis are computed, not written: 10 %; 8 % from 2014-04-01 to 2019-09-30 and for what looks like the reduced rate; 5 % from 1997-04-01, 3 % from 1989-04-01; by the day of the message.")) + "\n";
  return html_document(title, body);
}

}  // namespace genchi::cli
