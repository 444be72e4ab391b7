// Prices as lists and pages show them: rows, what they are the price of, and which is the last one that holds.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/fact_list.hpp"
#include "facts/tax.hpp"

namespace genchi::cli {

struct PriceRow {
  Sha256 id;
  Moment sent;
  Direction direction = Direction::in;
  Channel channel = Channel::mail;
  std::string client;                  ///< identifier
  Amount amount;
  Tax tax = Tax::unknown;              ///< as written, else of the same figure in its deal
  std::string key;                     ///< facts::item_key
  Standing standing = Standing::none;
  std::int64_t deal = 0;               ///< facts::Deal::id; 0: in none
  std::string surface, quote;          ///< as written; filled by add_words
  std::vector<std::string> conditions; ///< 特急, 1,000枚; filled by add_words
  std::uint32_t flags = 0;             ///< of the message: Flag bits

  /// Both bases at the rate of its day; computed, not written. nullopt: another currency.
  std::optional<facts::BothBases> bases() const;
  /// Does it count as a price of its thing: agreed, or at least offered and not refused, called off or replaced?
  bool holds() const;
  bool agreed() const;
};

struct PriceQuery {
  catalogue::MessageFilter filter;
  std::vector<AmountRole> roles;
  std::string item;                    ///< as typed; "": any
};

/// Rows newest first, until `each` returns false; without words.
void prices(Store& store, DealsOf& deals, const PriceQuery& query, const std::function<bool(PriceRow&)>& each);

/// Reads surface, quote and conditions out of the message. On a terminal a quote begins near the figure.
enum class QuoteFor { terminal, data };
void add_words(Quotes& quotes, PriceRow& row, QuoteFor reader);

/// The keys Money of README.md's table, but for `item`.
void add_money_keys(nlohmann::ordered_json& row, const Amount& amount, Tax tax);
/// The keys Price of that table.
nlohmann::ordered_json price_json(const PriceRow& row, Tax tax);

/// The prices of one thing for one client.
struct PriceGroup {
  std::string key;                     ///< "": sums, and what names no thing; they have no last price
  std::vector<std::string> names;      ///< as written, newest first, each once
  std::vector<PriceRow> rows;          ///< oldest first
  const PriceRow* last = nullptr;      ///< the newest that was agreed, else the newest that holds
  const PriceRow* before = nullptr;    ///< the one of another occasion before it

  /// From `before` to `last` in per cent, on one tax basis where both say theirs; nullopt if they cannot be compared.
  std::optional<double> change() const;
  /// The same figure, once with and once without tax.
  bool only_basis_differs() const;
};

/// Groups in the order of their newest rows, newest last; before them what has no item. `rows` newest first.
std::vector<PriceGroup> grouped(std::vector<PriceRow> rows);

}  // namespace genchi::cli
