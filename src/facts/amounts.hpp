// Amounts of money in a text. What is right is FACTS (README.md in this folder). The steps are in amount_parts.hpp, a
// file each; the words that they go by in amount_words.inc.
#pragma once

#include <string>
#include <vector>

#include "facts/text.hpp"
#include "genchi/facts.hpp"

namespace genchi::facts {

/// What the message is, where its words alone do not say it.
struct AmountContext {
  std::string_view subject; ///< of a mail: 請求書 there makes its amounts invoiced
};

/// All amounts of the own lines, in the order of the text; a value said twice is one, with `again`. `role` is
/// what the message alone says: `offer` where the amount is put forward or restated, which the stream turns
/// into `accepted` when the message turns out to accept. Linear time, whatever the text. Any thread.
std::vector<Amount> read_amounts(const Text& text, const AmountContext& context = {});

} // namespace genchi::facts
