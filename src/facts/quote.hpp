// A draft quotation against what was said before: what it puts a price to, and how a price stands to an earlier one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/facts.hpp"
#include "genchi/time.hpp"

namespace genchi::facts {

/// A line of a draft with a price of its own. 1,000枚 @22 22,000円 is one line, with `unit_yen`; so is 10万円（税込11万円）.
struct QuoteLine {
  std::size_t line = 0;  ///< number of its line in the text, from 0
  Amount amount;         ///< `place` in the text
  std::string key;       ///< item_key; "" if it names no item
};

/// The lines of a draft, read as a message that quotes. Left out: totals, the tax, discounts, and what is only mentioned.
/// Linear.
std::vector<QuoteLine> quote_lines(std::string_view text, Moment sent);

/// 合計 小計 消費税 お見積金額: a sum of other lines, or the tax.
bool names_sum(std::string_view item);

/// An earlier price of the same thing.
struct EarlierPrice {
  Amount amount;
  Tax tax = Tax::unknown;  ///< said in that message, or of the same figure in the same deal
  CivilDay day;            ///< when: the rate of the tax
  bool agreed = false;
};

/// In `warnings`, in this order. The names are part of the JSON contract.
enum class QuoteWarning : std::uint8_t {
  tax_basis,         ///< the same figure, once with and once without tax
  exactly_tax,       ///< the figures differ by exactly the tax
  above_agreed,
  below_agreed,
  never_priced,
  rate_changed,      ///< the rate of the tax is another one than then
  quantity_differs,  ///< or is said for one of them only; then nothing is compared
  not_comparable     ///< no item, another currency, 約, or free of charge then
};
std::string_view warning_name(QuoteWarning warning);

struct QuoteComparison {
  std::optional<double> percent;  ///< from then to now, both on one basis; nullopt if nothing is compared
  std::int64_t now = 0, then = 0; ///< the figures that were compared
  Tax basis = Tax::unknown;       ///< theirs; unknown: as written, since one of them does not say
  bool each = false;              ///< prices of one
  bool differs = false;           ///< by more than the tolerance
  int rate_then = 0, rate_now = 0;
  std::vector<QuoteWarning> warnings;

  bool has(QuoteWarning warning) const;
};

/// Unit price against unit price where both have one, else sums of the same quantity. `tolerance` in per cent.
QuoteComparison compare(const Amount& now, CivilDay today, const EarlierPrice& then, double tolerance);

/// Is `b` the same price as `a` on the other basis, as in 10万円（税込11万円）?
bool is_other_basis(const Amount& a, const Amount& b, CivilDay day);

}  // namespace genchi::facts
