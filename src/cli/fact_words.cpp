#include "cli/fact_words.hpp"

#include <fmt/format.h>


#include "genchi/i18n.hpp"
#include "store/message_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

std::string clock_words(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

} // namespace

std::string day_words(CivilDay day) { return fmt::format("{:04}-{:02}-{:02} ({})", day.year, day.month, day.day, weekday_word(day)); }

std::string money_words(const Amount& amount) {
  if (!amount.yen) return for_terminal(amount.currency) + " " + for_terminal(amount.value);
  return trf("{} yen", grouped_number(*amount.yen));
}

std::string amount_words(const Amount& amount) {
  std::string out = money_words(amount);
  if (amount.approx) out = trf("about {}", out);
  if (amount.unit) out += std::string(" ") + tr("each");
  if (amount.quantity) out += " × " + grouped_number(*amount.quantity);
  if (const std::string tax = tax_word(amount.tax); !tax.empty()) out += "  " + tax;
  out += "  " + amount_role_word(amount.role);
  if (!amount.item.empty()) out += "  " + trf("“{}”", for_terminal(amount.item));
  return out;
}

std::string date_words(const DateFact& date) {
  std::string out = day_words(date.first);
  if (date.precision == Precision::time && date.minute >= 0) out += " " + clock_words(date.minute);
  if (date.last != date.first) out += " – " + day_words(date.last);
  if (date.end_minute >= 0) out += (date.last == date.first ? "–" : " ") + clock_words(date.end_minute);
  out += "  " + date_role_word(date.role);
  if (date.weekday_mismatch) out += std::string("  ") + tr("(the weekday written is another)");
  return out;
}

std::string act_words(Act act, bool conditional) {
  std::string out;
  switch (act) {
  case Act::none: return tr("none");
  case Act::proposal: out = tr("proposal"); break;
  case Act::acceptance: out = tr("acceptance"); break;
  case Act::rejection: out = tr("rejection"); break;
  case Act::hold: out = tr("put off"); break;
  case Act::change: out = tr("asks for a change"); break;
  case Act::cancel: out = tr("cancellation"); break;
  }
  return conditional ? out + " " + tr("(conditional)") : out;
}

std::string tax_word(Tax tax) {
  return tax == Tax::included ? tr("tax included") : tax == Tax::excluded ? tr("tax excluded") : "";
}

std::string amount_role_word(AmountRole role) {
  switch (role) {
  case AmountRole::mention: return tr("mentioned");
  case AmountRole::offer: return tr("offered");
  case AmountRole::accepted: return tr("agreed");
  case AmountRole::invoiced: return tr("invoiced");
  case AmountRole::paid: return tr("paid");
  case AmountRole::discount: return tr("discount");
  }
  return {};
}

std::string date_role_word(DateRole role) {
  switch (role) {
  case DateRole::mention: return tr("mentioned");
  case DateRole::deadline: return tr("deadline");
  case DateRole::appointment: return tr("appointment");
  case DateRole::delivery: return tr("delivery");
  case DateRole::payment: return tr("payment");
  }
  return {};
}

std::string rule_word(const std::string& rule) { return rule == "person" ? tr("decided by a person") : for_terminal(rule); }

} // namespace genchi::cli
