#include "cli/price_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "facts/items.hpp"
#include "text/fold.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

// The same price again so long after is another occasion.
constexpr UtcSeconds another_occasion = UtcSeconds{60} * 86'400;

bool is_price(AmountRole role) { return role != AmountRole::mention && role != AmountRole::discount; }

/// Does the typed name mean this item: part of what is written, or of what it is compared by?
class ItemFilter {
 public:
  explicit ItemFilter(const std::string& typed) : folded_(fold(typed)), key_(facts::item_key(typed)) {}
  bool fits(const std::string& item, const std::string& key) const {
    if (folded_.empty()) return true;
    if (item.empty()) return false;
    return find_folded(fold(item), folded_, 0, WordEnd::open) != std::string::npos || (!key_.empty() && key.find(key_) != std::string::npos);
  }

 private:
  std::string folded_, key_;
};

/// The same figure in the amount's deal ("はい、200,000円で" accepts one with item and tax) that has what `known` asks for.
const Amount* same_in_deal(const catalogue::ClientDeal& deal, const Amount& amount, bool (*known)(const Amount&)) {
  const auto in = [&](const facts::DealTerms& terms) -> const Amount* {
    const auto each = std::find_if(terms.amounts.begin(), terms.amounts.end(), [&](const Amount& one) { return one.yen == amount.yen && one.unit == amount.unit && known(one); });
    return each == terms.amounts.end() ? nullptr : &*each;
  };
  const Amount* found = in(deal.deal.in_force);
  for (auto older = deal.deal.superseded.rbegin(); !found && older != deal.deal.superseded.rend(); ++older) found = in(*older);
  return found;
}

std::string item_of(const DealsOf::InDeal& in, const Amount& amount) {
  if (!amount.item.empty() || !in.deal) return amount.item;
  const Amount* same = same_in_deal(*in.deal, amount, [](const Amount& each) { return !each.item.empty(); });
  return same ? same->item : std::string();
}

Tax tax_of(const DealsOf::InDeal& in, const Amount& amount) {
  if (amount.tax != Tax::unknown || !in.deal) return amount.tax;
  const Amount* same = same_in_deal(*in.deal, amount, [](const Amount& each) { return each.tax != Tax::unknown; });
  return same ? same->tax : Tax::unknown;
}

/// What is compared: without tax if its basis is written.
double comparable(const PriceRow& row, bool on_one_basis) {
  const auto yen = static_cast<double>(*row.amount.yen);
  if (!on_one_basis || row.tax != Tax::included) return yen;
  return yen * 100 / (100 + row.bases()->rate);
}

void choose_valid(PriceGroup& group) {
  const auto newest = [&](const auto& fits) -> const PriceRow* {
    const auto row = std::find_if(group.rows.rbegin(), group.rows.rend(), fits);
    return row == group.rows.rend() ? nullptr : &*row;
  };
  group.last = newest([](const PriceRow& row) { return row.holds() && row.agreed(); });
  if (!group.last) group.last = newest([](const PriceRow& row) { return row.holds(); });
  if (!group.last) return;
  const PriceRow& last = *group.last;
  group.before = newest([&](const PriceRow& row) {
    if (&row >= group.last || !row.holds() || row.amount.unit != last.amount.unit || (last.agreed() && !row.agreed())) return false;
    const bool same_deal = row.deal != 0 && row.deal == last.deal;
    return !same_deal && (row.amount.yen != last.amount.yen || last.sent.utc - row.sent.utc > another_occasion);
  });
}

}  // namespace

std::optional<facts::BothBases> PriceRow::bases() const {
  if (!amount.yen) return std::nullopt;
  const int rate = facts::tax_rate(civil_day(sent.utc, japan_offset_minutes), facts::has_reduced_rate(amount.item));
  return facts::both_bases(*amount.yen, tax, rate);
}

bool PriceRow::holds() const {
  return amount.yen && is_price(amount.role) && standing != Standing::rejected && standing != Standing::cancelled && standing != Standing::superseded;
}

// Whatever a memo says was agreed: the client's word is not in it.
bool PriceRow::agreed() const {
  if ((flags & flag_memo) != 0) return false;
  return standing == Standing::agreed || amount.role == AmountRole::accepted || amount.role == AmountRole::invoiced || amount.role == AmountRole::paid;
}

void prices(Store& store, DealsOf& deals, const PriceQuery& query, const std::function<bool(PriceRow&)>& each) {
  const ItemFilter item(query.item);
  std::unordered_map<std::string, std::string> keys;  // items repeat
  constexpr std::size_t most_keys = 10'000;
  store.catalogue().said(query.filter, catalogue::Catalogue::Saying::amounts, [&](const catalogue::Said& said) {
    // Within a message as they stand.
    for (const Amount& amount : said.facts.amounts) {
      if (std::find(query.roles.begin(), query.roles.end(), amount.role) == query.roles.end()) continue;
      const DealsOf::InDeal in = deals.of(said, amount);
      const std::string named = item_of(in, amount);
      if (keys.size() > most_keys) keys.clear();
      const auto [key, fresh] = keys.try_emplace(named);
      if (fresh) key->second = facts::item_key(named);
      if (!item.fits(named, key->second)) continue;
      PriceRow row{said.id, said.sent, said.direction, said.channel, said.client, amount, tax_of(in, amount), key->second, in.standing, in.deal ? in.deal->deal.id() : 0, {}, {}, {}, said.flags};
      if (!each(row)) return false;
    }
    return true;
  });
}

void add_words(Quotes& quotes, PriceRow& row, QuoteFor reader) {
  constexpr std::size_t near = 30;
  row.surface = quotes.surface(row.id, row.amount.place);
  row.quote = quotes.around(row.id, row.amount.place);
  row.conditions = facts::conditions(row.amount.item, row.quote);
  if (reader == QuoteFor::terminal) row.quote = quotes.around(row.id, row.amount.place, near);
}

std::optional<double> PriceGroup::change() const {
  if (!last || !before || *before->amount.yen == 0) return std::nullopt;
  const bool one_basis = last->tax != Tax::unknown && before->tax != Tax::unknown;
  const double old = comparable(*before, one_basis);
  return (comparable(*last, one_basis) - old) / old * 100;
}

bool PriceGroup::only_basis_differs() const {
  return last && before && last->tax != before->tax && last->tax != Tax::unknown && before->tax != Tax::unknown && last->amount.yen == before->amount.yen;
}

std::vector<PriceGroup> grouped(std::vector<PriceRow> rows) {
  std::vector<PriceGroup> groups;
  std::unordered_map<std::string, std::size_t> known;
  for (PriceRow& row : rows) {
    const auto [at, fresh] = known.try_emplace(row.client + "\n" + row.key, groups.size());
    if (fresh) groups.emplace_back().key = row.key;
    PriceGroup& group = groups[at->second];
    if (!row.amount.item.empty() && std::find(group.names.begin(), group.names.end(), row.amount.item) == group.names.end()) group.names.push_back(row.amount.item);
    group.rows.push_back(std::move(row));
  }
  std::reverse(groups.begin(), groups.end());
  std::stable_partition(groups.begin(), groups.end(), [](const PriceGroup& group) { return group.key.empty(); });
  for (PriceGroup& group : groups) {
    std::reverse(group.rows.begin(), group.rows.end());
    if (!group.key.empty()) choose_valid(group);
  }
  return groups;
}

void add_money_keys(nlohmann::ordered_json& row, const Amount& amount, Tax tax) {
  row["yen"] = amount.yen ? ordered_json(*amount.yen) : ordered_json(nullptr);
  row["currency"] = amount.currency;
  if (!amount.yen) row["value"] = amount.value;
  row["tax"] = tax == Tax::unknown ? ordered_json(nullptr) : ordered_json(tax_name(tax));
  row["unit"] = amount.unit;
  row["approx"] = amount.approx;
  if (amount.quantity) row["quantity"] = *amount.quantity;
  if (amount.unit_yen) row["unit_yen"] = *amount.unit_yen;
}

nlohmann::ordered_json price_json(const PriceRow& row, Tax tax) {
  ordered_json out{{"id", row.id.hex()}, {"sent", iso8601(row.sent)}, {"direction", direction_name(row.direction)}, {"channel", channel_name(row.channel)}, {"item", row.amount.item}, {"surface", row.surface}};
  add_money_keys(out, row.amount, tax);
  out["role"] = role_name(row.amount.role);
  out["state"] = row.standing == Standing::none ? ordered_json(nullptr) : ordered_json(standing_name(row.standing));
  out["quote"] = row.quote;
  return out;
}

}  // namespace genchi::cli
