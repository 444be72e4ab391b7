// Facts in words for people.
#pragma once

#include <string>

#include "genchi/facts.hpp"
#include "text/number_words.hpp"

namespace genchi::cli {

/// 55,000円; another currency as written.
std::string money_words(const Amount& amount);
/// What is known of an amount: 55,000円 税込 提示 「デザイン一式」.
std::string amount_words(const Amount& amount);
/// 2025-04-05 (土).
std::string day_words(CivilDay day);
/// 2025-04-05 (土) 10:00 期限.
std::string date_words(const DateFact& date);
std::string act_words(Act act, bool conditional);
std::string tax_word(Tax tax);          ///< "" if unknown
std::string amount_role_word(AmountRole role);
std::string date_role_word(DateRole role);
/// The id of a rule as people read it: "person" is a person's decision.
std::string rule_word(const std::string& rule);

}  // namespace genchi::cli
