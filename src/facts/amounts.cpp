#include "facts/amounts.hpp"

#include <algorithm>
#include <unordered_map>

#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

/// The decimal as it was written, without its commas; from its value where 万 and the like were multiplied
/// out.
std::string decimal(const Text& text, const Figure& figure) {
  std::string written;
  bool plain = true;
  for (const char32_t c : text.chars(figure.number)) {
    if (is_digit(c) || c == '.')
      written.push_back(static_cast<char>(c));
    else if (c != ',')
      plain = false;
  }
  if (plain && !figure.big_unit && !written.empty()) return written;
  written = std::to_string(figure.value);
  const auto places = static_cast<std::size_t>(figure.decimals);
  if (places == 0) return written;
  if (written.size() <= places) written.insert(0, places + 1 - written.size(), '0');
  return written.insert(written.size() - places, ".");
}

Amount amount_of(const Text& text, const Candidate& each) {
  Amount amount;
  amount.place = text.bytes(each.figure.span);
  amount.currency = std::string(each.figure.currency);
  if (each.figure.currency == "JPY" && each.figure.decimals == 0)
    amount.yen = each.figure.value;
  else
    amount.value = decimal(text, each.figure);
  amount.tax = each.tax;
  amount.role = each.role;
  amount.unit = each.unit;
  amount.approx = each.figure.approx;
  amount.quantity = each.quantity;
  if (amount.currency == "JPY") amount.unit_yen = each.unit_yen;
  if (!each.item.empty()) amount.item = std::string(text.surface(each.item));
  amount.rule = each.figure.rule;
  return amount;
}

/// Two rows of a table may cost the same: these are two facts. A value said again is one.
bool same_fact(const Amount& amount, const Candidate& first, const Amount& later, const Candidate& again) {
  if (first.tax_line != again.tax_line) return false;
  if ((amount.role == AmountRole::discount) != (later.role == AmountRole::discount)) return false;
  if (amount.tax != Tax::unknown && later.tax != Tax::unknown && amount.tax != later.tax) return false;
  if (!first.row || !again.row || first.line == again.line) return true;
  return amount.item.empty() || later.item.empty() || amount.item == later.item;
}

bool is_sum(const Reading& reading, const Candidate& each) {
  return reading.cues.kinds_in(each.label.begin, each.label.end) &
         (word::total | word::subtotal | word::billed | word::agreed);
}

int weight(AmountRole role) {
  switch (role) {
  case AmountRole::paid:
    return 5;
  case AmountRole::invoiced:
    return 4;
  case AmountRole::accepted:
    return 3;
  case AmountRole::discount:
    return 2;
  case AmountRole::offer:
    return 1;
  case AmountRole::mention:
    return 0;
  }
  return 0;
}

void merge(Amount& amount, const Amount& later) {
  amount.again.push_back(later.place);
  if (amount.tax == Tax::unknown) amount.tax = later.tax;
  if (weight(later.role) > weight(amount.role)) amount.role = later.role;
  amount.unit = amount.unit && later.unit;
  amount.approx = amount.approx && later.approx;
  if (!amount.quantity) amount.quantity = later.quantity;
  if (!amount.unit_yen) amount.unit_yen = later.unit_yen;
  if (amount.item.empty()) amount.item = later.item;
}

} // namespace

std::vector<Amount> read_amounts(const Text& text, const AmountContext& context) {
  std::vector<Figure> figures = find_figures(text);
  if (figures.empty()) return {};
  const WordCues cues(text);
  const bool could_be = std::any_of(figures.begin(), figures.end(), [](const Figure& each) {
    return each.evidence != Evidence::bare || each.grouped || each.dash_end;
  });
  if (!could_be && cues.all().empty()) return {};
  Reading reading{text, cues, {}};
  reading.all.reserve(figures.size());
  for (const Figure& each : figures) {
    Candidate candidate;
    candidate.figure = each;
    reading.all.push_back(candidate);
  }
  figures = {};
  find_layout(reading);
  if (reading.all.empty()) return {};
  find_items(reading);
  find_quantities(reading);
  find_tax_lines(reading);
  find_roles(reading, context);
  find_tax(reading);

  std::vector<Amount> amounts;
  std::vector<std::size_t> made_of;
  std::unordered_map<std::string, std::vector<std::size_t>> by_value;
  for (std::size_t i = 0; i < reading.all.size(); ++i) {
    const Candidate& each = reading.all[i];
    Amount amount = amount_of(text, each);
    const std::string key = amount.currency + (amount.yen ? std::to_string(*amount.yen) : amount.value);
    std::vector<std::size_t>& others = by_value[key];
    bool merged = false;
    for (std::size_t k = 0; k < others.size() && k < 8 && !merged; ++k) {
      const Candidate& first = reading.all[made_of[others[k]]];
      if (!same_fact(amounts[others[k]], first, amount, each) &&
          !(is_sum(reading, first) || is_sum(reading, each)))
        continue;
      if (first.tax_line != each.tax_line) continue;
      merge(amounts[others[k]], amount);
      merged = true;
    }
    if (merged) continue;
    if (others.size() < 8) others.push_back(amounts.size());
    amounts.push_back(std::move(amount));
    made_of.push_back(i);
  }
  return amounts;
}

} // namespace genchi::facts
