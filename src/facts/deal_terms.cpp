#include "facts/deal_terms.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "facts/items.hpp"
#include "facts/tax.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t most_things = 40;  // of one message that are told apart

auto key(const Amount& amount) { return std::tie(amount.yen, amount.currency, amount.value); }
auto key(const DateFact& date) { return std::tie(date.first, date.last, date.minute, date.end_minute); }

template <typename Fact> bool all_same(const std::vector<Fact>& a, const std::vector<Fact>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Fact& x, const Fact& y) { return key(x) == key(y); });
}

template <typename Fact, typename Same> bool holds(const std::vector<Fact>& held, const Fact& fact, Same same) {
  return std::any_of(held.begin(), held.end(), [&](const Fact& each) { return same(each, fact); });
}

/// Days that stand for one another: a job has one day of payment beside the day it is done.
bool same_kind(const DateFact& a, const DateFact& b) {
  const auto kind = [](DateRole role) { return role == DateRole::deadline ? DateRole::delivery : role; };
  return kind(a.role) == kind(b.role);
}
bool one_kind(const std::vector<DateFact>& dates) {
  return std::all_of(dates.begin(), dates.end(), [&](const DateFact& date) { return same_kind(date, dates.front()); });
}

std::vector<Amount> put_forward(const Facts& facts) {
  std::vector<Amount> out;
  std::copy_if(facts.amounts.begin(), facts.amounts.end(), std::back_inserter(out), [](const Amount& amount) { return is_term(amount); });
  return out;
}

bool two_characters_in_common(const std::string& a, const std::string& b) {
  constexpr std::size_t most = 120;  // bytes looked at of each
  const auto next = [](std::string_view text, std::size_t at) {
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
  };
  const std::string_view of = std::string_view(a).substr(0, most);
  for (std::size_t at = 0; at < of.size();) {
    const std::size_t second = next(of, at);
    if (second >= of.size()) break;
    if (std::string_view(b).substr(0, most).find(of.substr(at, next(of, second) - at)) != std::string_view::npos) return true;
    at = second;
  }
  return false;
}

/// Is one the other with or without tax, or the sum of what is held?
bool says_the_same(const std::vector<Amount>& held, const std::vector<Amount>& again) {
  DealTerms a, b;
  a.amounts = held;
  b.amounts = again;
  const Amount* whole = a.whole();
  const Amount* other = b.whole();
  if (whole == nullptr || other == nullptr || !whole->yen || !other->yen) return false;
  const auto by_tax = [](std::int64_t excluded, std::int64_t included) {
    constexpr std::array rates{3, 5, 8, 10};
    return excluded == included || std::any_of(rates.begin(), rates.end(), [&](int rate) {
             const std::int64_t with_tax = both_bases(excluded, Tax::excluded, rate).included;
             return included >= with_tax && included - with_tax <= 1;
           });
  };
  const std::int64_t x = *whole->yen, y = *other->yen;
  if (by_tax(x, y) || by_tax(y, x)) return true;
  std::int64_t sum = 0;
  for (const Amount& each : again)
    if (each.role != AmountRole::discount && !each.unit && each.yen && *each.yen < INT32_MAX) sum += *each.yen;
  return by_tax(x, sum) || by_tax(sum, x);
}

void choose_amounts(DealTerms& held, const Facts& facts, bool& other) {
  std::vector<Amount> again = put_forward(facts);
  std::erase_if(again, [](const Amount& amount) { return amount.role == AmountRole::discount; });
  for (Amount& mine : held.amounts)
    for (const Amount& each : again) {
      if (!same_sum(mine, each) || mine.role == AmountRole::discount) continue;
      if (mine.item.empty()) mine.item = each.item;
      if (each.tax != Tax::unknown) mine.tax = each.tax;
    }
  if (again.empty() || (!held.amounts.empty() && says_the_same(held.amounts, again))) return;
  const bool adds = held.whole() == nullptr;
  if (!adds && !std::all_of(again.begin(), again.end(), [&](const Amount& each) { return holds(held.amounts, each, same_sum); })) return;
  if (adds) again.insert(again.end(), held.amounts.begin(), held.amounts.end());  // discounts
  held.amounts = std::move(again);
  other = true;
}

void choose_days(DealTerms& held, const Facts& facts, bool& other) {
  std::vector<DateFact> named;
  for (const DateFact& date : facts.dates)
    if (is_term(date) || holds(held.dates, date, same_days)) named.push_back(date);
  for (const DateFact& date : named) {
    if (holds(held.dates, date, same_days)) {
      for (DateFact& mine : held.dates)
        if (same_days(mine, date) && mine.minute < 0 && date.minute >= 0) {
          const DateRole role = mine.role;
          mine = date;
          mine.role = is_term(date) ? date.role : role;
          other = true;
        }
    } else if (!holds(held.dates, date, same_kind)) {
      held.dates.push_back(date);
      other = true;
    }
  }
  // 5/10 or 5/12 was proposed: one is chosen.
  const auto refused = [&](const DateFact& date) {
    return date.role == DateRole::appointment && !holds(named, date, same_days) &&
           std::any_of(named.begin(), named.end(), [&](const DateFact& each) {
             return std::any_of(held.dates.begin(), held.dates.end(), [&](const DateFact& mine) { return mine.role == DateRole::appointment && same_days(mine, each); });
           });
  };
  const auto gone = std::stable_partition(held.dates.begin(), held.dates.end(), [&](const DateFact& date) { return !refused(date); });
  if (gone != held.dates.end()) {
    held.dates.erase(gone, held.dates.end());
    other = true;
  }
}

}  // namespace

bool is_term(const Amount& amount) { return amount.role == AmountRole::offer || amount.role == AmountRole::accepted || amount.role == AmountRole::discount; }
bool is_term(const DateFact& date) { return date.role != DateRole::mention; }

bool same_sum(const Amount& a, const Amount& b) { return key(a) == key(b); }
bool same_days(const DateFact& a, const DateFact& b) { return a.first == b.first && a.last == b.last; }
bool same_terms(const DealTerms& a, const DealTerms& b) { return all_same(a.amounts, b.amounts) && all_same(a.dates, b.dates); }

DealTerms terms_of(std::int64_t message, const Facts& facts, const DealTerms& held, Says says) {
  DealTerms terms{message, put_forward(facts), {}};
  for (const DateFact& date : facts.dates)
    if (is_term(date)) terms.dates.push_back(date);
  if (says == Says::offer) return terms;
  const auto known = [&](const DateFact& date) { return holds(held.dates, date, same_days) && !(date.minute >= 0 && !holds(held.dates, date, [](const DateFact& a, const DateFact& b) { return key(a) == key(b); })); };
  if (std::any_of(terms.dates.begin(), terms.dates.end(), [&](const DateFact& date) { return !known(date); })) {
    std::erase_if(terms.dates, known);
  } else if (!held.dates.empty()) {
    // 8日だと困ります。6日なら: what is said instead has no words of its own for what it is.
    std::vector<DateFact> instead;
    for (const DateFact& date : facts.dates)
      if (!is_term(date) && !known(date) && date.first == date.last) instead.push_back(date);
    if (instead.size() == 1) {
      instead.front().role = held.dates.front().role;
      terms.dates = std::move(instead);
    }
  }
  return terms;
}

DealTerms over(const DealTerms& held, DealTerms fresh, Says says) {
  const bool only_discounts = std::all_of(fresh.amounts.begin(), fresh.amounts.end(), [](const Amount& amount) { return amount.role == AmountRole::discount; });
  if (only_discounts) {
    std::vector<Amount> amounts = held.amounts;
    for (Amount& discount : fresh.amounts)
      if (!holds(held.amounts, discount, same_sum)) amounts.push_back(std::move(discount));
    fresh.amounts = std::move(amounts);
  }
  const bool one_for_one = says != Says::offer && !fresh.dates.empty() && one_kind(fresh.dates) && fresh.dates.front().role != DateRole::payment;
  std::vector<DateFact> held_work;
  std::copy_if(held.dates.begin(), held.dates.end(), std::back_inserter(held_work), [](const DateFact& date) { return date.role != DateRole::payment; });
  const bool swaps = one_for_one && one_kind(held_work);
  std::vector<DateFact> dates;
  for (const DateFact& date : held.dates)
    if (!holds(fresh.dates, date, same_kind) && !(swaps && date.role != DateRole::payment)) dates.push_back(date);
  dates.insert(dates.end(), fresh.dates.begin(), fresh.dates.end());
  fresh.dates = std::move(dates);
  return fresh;
}

bool only_adds(const DealTerms& held, const DealTerms& fresh) {
  const auto same_hours = [](const DateFact& a, const DateFact& b) { return key(a) == key(b) || (same_days(a, b) && b.minute < 0); };
  return std::all_of(held.amounts.begin(), held.amounts.end(), [&](const Amount& amount) { return holds(fresh.amounts, amount, same_sum); }) &&
         std::all_of(held.dates.begin(), held.dates.end(), [&](const DateFact& date) { return holds(fresh.dates, date, same_hours); });
}

bool chosen(DealTerms& held, const Facts& facts) {
  bool other = false;
  choose_amounts(held, facts, other);
  choose_days(held, facts, other);
  return other;
}

DealTerms other_terms(std::int64_t message, const DealTerms& held, const Facts& facts) {
  DealTerms terms;
  std::vector<Amount> amounts = put_forward(facts);
  std::erase_if(amounts, [](const Amount& amount) { return amount.role == AmountRole::discount; });
  const bool new_sum = std::any_of(amounts.begin(), amounts.end(), [&](const Amount& amount) { return !holds(held.amounts, amount, same_sum); });
  if (new_sum && !says_the_same(held.amounts, amounts)) terms.amounts = std::move(amounts);
  for (const DateFact& date : facts.dates)
    if (is_term(date) && !holds(held.dates, date, same_days)) terms.dates.push_back(date);
  if (!terms.amounts.empty() || !terms.dates.empty()) terms.message = message;
  return terms;
}

bool names_the_whole(std::string_view item) {
  constexpr std::array<std::string_view, 10> words{"合計", "総額", "総計", "小計", "全部", "一式", "料金", "金額", "予算", "費用"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return item.find(word) != std::string_view::npos; });
}

Things things(const std::vector<Amount>& amounts) {
  Things keys;
  std::size_t looked = 0;
  for (const Amount& amount : amounts)
    if (amount.role != AmountRole::discount && !amount.item.empty() && !names_the_whole(amount.item) && ++looked <= most_things) keys.insert(item_key(amount.item));
  keys.erase("");
  return keys;
}

InCommon in_common(const DealTerms& held, const Things& held_things, const Facts& facts, const Things& named) {
  InCommon common;
  for (const Amount& amount : facts.amounts)
    if (holds(held.amounts, amount, same_sum)) ++common.amounts;
  for (const std::string& thing : named)
    if (held_things.contains(thing)) ++common.amounts;
  for (const DateFact& date : facts.dates)
    if (holds(held.dates, date, same_days)) ++common.days;
  return common;
}

bool other_things(const Things& held, const Things& named, bool loosely) {
  if (held.empty() || named.empty()) return false;
  return std::none_of(named.begin(), named.end(), [&](const std::string& thing) {
    return held.contains(thing) || (loosely && std::any_of(held.begin(), held.end(), [&](const std::string& known) { return two_characters_in_common(known, thing); }));
  });
}

bool only_repeats(const DealTerms& held, const Facts& facts) {
  const std::vector<Amount> amounts = put_forward(facts);
  return !amounts.empty() && std::all_of(amounts.begin(), amounts.end(), [&](const Amount& amount) { return holds(held.amounts, amount, same_sum); }) &&
         std::all_of(facts.dates.begin(), facts.dates.end(), [&](const DateFact& date) { return !is_term(date) || holds(held.dates, date, same_days); });
}

}  // namespace genchi::facts
