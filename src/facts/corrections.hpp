// What a person decided about a fact. It wins over the rules, whatever these come to say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "genchi/facts.hpp"

namespace genchi::facts {

/// A decision about one fact of one message. A fact is known by its kind and its place, not by its number in a list.
struct Correction {
  enum class Kind : std::uint8_t { amount, date, act };
  enum class Action : std::uint8_t {
    confirm,  ///< it is as the rules say now: stays so, whatever they say later
    set,      ///< it is as given here, whether or not the rules see anything there
    reject,   ///< there is no such fact
  };
  Kind kind = Kind::amount;
  Action action = Action::confirm;
  TextSpan place;              ///< amount, date
  std::optional<Amount> amount;  ///< confirm and set of an amount: all of it
  std::optional<DateFact> date;
  Act act = Act::none;         ///< confirm and set of an act
  bool conditional = false;
};

/// Puts decisions, oldest first, over what the rules said. A fact of `facts` whose place overlaps a decided one's is that.
void apply(const std::vector<Correction>& corrections, Facts& facts);

/// Of decisions, oldest first, the rejections of amounts and days that no later one at their place takes back.
std::vector<Correction> rejected(const std::vector<Correction>& corrections);

}  // namespace genchi::facts
