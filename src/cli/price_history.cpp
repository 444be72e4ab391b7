#include "cli/price_history.hpp"

#include <algorithm>
#include <set>

#include "base/bytes.hpp"

namespace genchi::cli {
namespace {

constexpr std::size_t most_last = 3;
constexpr std::size_t most_similar = 3;
constexpr double least_likeness = 0.4;
constexpr std::size_t neighbours = 4;  // within a message: unit price and sum, both bases
// The same figure again so long after is another occasion.
constexpr UtcSeconds another_occasion = UtcSeconds{60} * 86'400;

bool is_kept(const PriceRow& row) {
  const bool price = row.amount.role != AmountRole::mention && row.amount.role != AmountRole::discount;
  return price && !row.key.empty() && row.standing != Standing::rejected && row.standing != Standing::cancelled && !facts::names_sum(row.amount.item);
}

/// The price of one beside its sum, the second basis beside the first: said already.
bool is_said_by(const PriceRow& whole, const PriceRow& part, bool whole_is_first) {
  if (whole.id != part.id || whole.key != part.key) return false;
  if (part.amount.unit && !whole.amount.unit && part.amount.yen && whole.amount.unit_yen == part.amount.yen) return true;
  const CivilDay day = civil_day(part.sent.utc, japan_offset_minutes);
  return whole_is_first && facts::is_other_basis(whole.amount, part.amount, day);
}

std::vector<PriceRow> said_once(std::vector<PriceRow> rows) {
  std::vector<PriceRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bool said = false;
    for (std::size_t k = i - std::min(i, neighbours); k < std::min(rows.size(), i + neighbours + 1) && !said; ++k)
      said = k != i && is_said_by(rows[k], rows[i], k < i);
    if (!said) out.push_back(rows[i]);
  }
  return out;
}

/// Two neighbouring characters each, sorted, each once; of a key of one character that one.
std::vector<std::string> pairs_of(std::string_view key) {
  std::vector<std::string> pairs;
  std::string before;
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t size = decode_utf8(key, at).size;
    const std::string character(key.substr(at, size));
    if (!before.empty()) pairs.push_back(before + character);
    before = character;
    at += size;
  }
  if (pairs.empty() && !before.empty()) pairs.push_back(before);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

bool same_occasion(const PriceRow& a, const PriceRow& b) {
  if (a.amount.yen != b.amount.yen || a.amount.currency != b.amount.currency || a.amount.value != b.amount.value || a.amount.unit != b.amount.unit) return false;
  const UtcSeconds apart = a.sent.utc > b.sent.utc ? a.sent.utc - b.sent.utc : b.sent.utc - a.sent.utc;
  return (a.deal != 0 && a.deal == b.deal) || apart <= another_occasion;
}

}  // namespace

facts::EarlierPrice PastPrice::earlier() const { return {row.amount, tax, civil_day(row.sent.utc, japan_offset_minutes), row.agreed()}; }

PriceHistory::PriceHistory(std::vector<PriceRow> rows) {
  std::erase_if(rows, [](const PriceRow& row) { return !is_kept(row); });
  for (PriceRow& row : rows) row.client.clear();  // a client may have several identifiers
  groups_ = grouped(said_once(std::move(rows)));
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    by_key_.emplace(groups_[i].key, i);
    for (const std::string& pair : pairs_of(groups_[i].key)) by_pair_[pair].push_back(i);
  }
}

std::vector<PastPrice> PriceHistory::occasions(const PriceGroup& group) const {
  std::vector<PastPrice> out;
  for (auto row = group.rows.rbegin(); row != group.rows.rend(); ++row) {
    const Tax tax = row->amount.tax;
    const auto known = std::find_if(out.begin(), out.end(), [&](const PastPrice& each) {
      return same_occasion(each.row, *row) && (each.tax == tax || each.tax == Tax::unknown || tax == Tax::unknown);
    });
    if (known == out.end()) {
      // Older ones than these cannot change what is shown, but which one is valid.
      if (out.size() < 2 * most_last || &*row == group.last) out.push_back({*row, tax});
      continue;
    }
    if (known->tax == Tax::unknown) known->tax = tax;
    if (&*row == group.last || (row->agreed() && !known->row.agreed())) {
      const Tax said = known->tax;
      *known = {*row, said};
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const PastPrice& a, const PastPrice& b) { return a.row.sent.utc > b.row.sent.utc; });
  return out;
}

std::vector<std::string> PriceHistory::similar(const std::string& key) const {
  const std::vector<std::string> pairs = pairs_of(key);
  std::map<std::size_t, std::size_t> shared;
  for (const std::string& pair : pairs)
    if (const auto found = by_pair_.find(pair); found != by_pair_.end())
      for (const std::size_t group : found->second) ++shared[group];
  std::vector<std::pair<double, std::size_t>> likest;
  for (const auto& [group, count] : shared) {
    const std::string& other = groups_[group].key;
    const bool part = other.find(key) != std::string::npos || key.find(other) != std::string::npos;
    const double likeness = 2.0 * static_cast<double>(count) / static_cast<double>(pairs.size() + pairs_of(other).size());
    if ((part || likeness >= least_likeness) && !groups_[group].names.empty()) likest.emplace_back(-likeness, group);
  }
  std::sort(likest.begin(), likest.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < likest.size() && i < most_similar; ++i) names.push_back(groups_[likest[i].second].names.front());
  return names;
}

CheckedLine PriceHistory::check(facts::QuoteLine line, CivilDay today, double tolerance) const {
  CheckedLine out;
  out.line = std::move(line);
  const std::string& key = out.line.key;
  if (key.empty()) {
    out.comparison.warnings.push_back(facts::QuoteWarning::not_comparable);
    return out;
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    out.comparison.warnings.push_back(facts::QuoteWarning::never_priced);
    out.similar = similar(key);
    return out;
  }
  const PriceGroup& group = groups_[found->second];
  std::vector<PastPrice> all = occasions(group);
  const auto valid = std::find_if(all.begin(), all.end(), [&](const PastPrice& each) {
    return group.last != nullptr && each.row.id == group.last->id && each.row.amount.place == group.last->amount.place;
  });
  out.valid = valid != all.end() ? *valid : all.front();
  out.comparison = facts::compare(out.line.amount, today, out.valid->earlier(), tolerance);
  if (all.size() > most_last) all.resize(most_last);
  out.last = std::move(all);
  return out;
}

}  // namespace genchi::cli
