// What is offered or agreed, as one message after the other puts it: comparing terms and putting new ones over old ones.
// Private to deals.cpp.
#pragma once

#include <set>
#include <string>

#include "facts/deals.hpp"

namespace genchi::facts {

bool is_term(const Amount& amount);
bool is_term(const DateFact& date);

/// Do they speak of the same sum? Another item or basis of tax does not matter.
bool same_sum(const Amount& a, const Amount& b);
bool same_days(const DateFact& a, const DateFact& b);
bool same_terms(const DealTerms& a, const DealTerms& b);

/// What a message says about a deal.
enum class Says {
  offer,  ///< by the side that spoke last
  reply,  ///< other terms in answer to `held`: of two days the one that is held is the one refused
  change  ///< the same, of what is agreed
};
DealTerms terms_of(std::int64_t message, const Facts& facts, const DealTerms& held, Says says);

/// New terms over old ones: amounts over all amounts, days over those of their kind. What is not spoken of stays as it was.
DealTerms over(const DealTerms& held, DealTerms fresh, Says says);

/// Does `fresh` hold all of `held`? Then it takes nothing back, and `held` is no older state of it.
bool only_adds(const DealTerms& held, const DealTerms& fresh);

/// What an acceptance says again. Figures that only repeat what is held (a sum of its rows, the other basis of tax) change
/// nothing; one of several is a choice; an item or a basis of tax
/// that was not named, an hour for a day that had none, and what nobody spoke of before, is added. True:
/// `held` is now another, with no older one to show.
bool chosen(DealTerms& held, const Facts& facts);
/// Amounts and days that an acceptance names and that are none of those held; `message` 0 if there are none.
DealTerms other_terms(std::int64_t message, const DealTerms& held, const Facts& facts);

/// Keys of the things (facts/items.hpp) that amounts are the price of; words for the whole of a job are none.
using Things = std::set<std::string>;
Things things(const std::vector<Amount>& amounts);

/// How many amounts or things they have in common, and how many days.
struct InCommon {
  int amounts = 0;
  int days = 0;
};
InCommon in_common(const DealTerms& held, const Things& held_things, const Facts& facts, const Things& named);
/// Both name things, and no thing is the same. `loosely`: nor do the names have two characters in common.
bool other_things(const Things& held, const Things& named, bool loosely);
/// Everything that the message puts forward is held already, and some amount is.
bool only_repeats(const DealTerms& held, const Facts& facts);

}  // namespace genchi::facts
