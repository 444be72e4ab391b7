// What one client was told of prices, item by item, as a draft quotation is held against it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/price_list.hpp"
#include "facts/quote.hpp"

namespace genchi::cli {

/// An earlier price of an item; the same figure said again in one deal or within 60 days is one.
struct PastPrice {
  PriceRow row;            ///< of several: one that was agreed if there is one, else the newest
  Tax tax = Tax::unknown;  ///< as one of them says

  facts::EarlierPrice earlier() const;
};

struct CheckedLine {
  facts::QuoteLine line;
  std::vector<PastPrice> last;     ///< the last three, newest first
  std::optional<PastPrice> valid;  ///< the one compared with: the newest agreed, else the newest that holds, else the newest
  facts::QuoteComparison comparison;
  std::vector<std::string> similar;  ///< for what was never priced: names of what was, the likest first
};

class PriceHistory {
 public:
  /// `rows` of one client, newest first, without words. Left out: what was rejected or called off, totals, other than prices.
  explicit PriceHistory(std::vector<PriceRow> rows);

  CheckedLine check(facts::QuoteLine line, CivilDay today, double tolerance) const;

 private:
  std::vector<PastPrice> occasions(const PriceGroup& group) const;
  std::vector<std::string> similar(const std::string& key) const;

  std::vector<PriceGroup> groups_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_pair_;  // two characters of a key → groups
};

}  // namespace genchi::cli
