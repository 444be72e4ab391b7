// The steps that amounts.cpp takes one after the other, and what they hand on.
#pragma once

#include <optional>
#include <vector>

#include "facts/amount_cues.hpp"
#include "facts/amount_figures.hpp"
#include "facts/amounts.hpp"

namespace genchi::facts {

/// What the column says that a figure stands in.
enum class Column : std::uint8_t { none, item, amount, each, count, tax, other };

/// A figure of money on its way to an Amount.
struct Candidate {
  Figure figure;
  std::size_t line = 0;
  bool money = false;
  bool row = false; ///< a label and the figure make up the line, or it stands in a table
  Column column = Column::none;
  Span label; ///< characters before it that are its own: not those of a figure before it
  Span item;
  std::optional<std::int64_t> quantity, unit_yen;
  bool unit = false;
  bool tax_line = false; ///< is the tax itself
  Tax tax = Tax::unknown;
  AmountRole role = AmountRole::mention;

  std::int64_t yen() const { return figure.value; }
};

/// Text, words and candidates of one message.
struct Reading {
  const Text& text;
  const WordCues& cues;
  std::vector<Candidate> all;      ///< in the order of the text
  std::vector<Span> headings = {}; ///< lines that head a table
};

/// How far one looks around a figure: keeps every step linear.
constexpr std::size_t sight = 60;

/// Finds tables and lists; says which figures without a unit are money.
void find_layout(Reading& reading);

/// What stands on the line before and behind a figure, up to its neighbours of money and the sentence's ends.
struct Around {
  Span before, behind;
  Span sentence;
};
Around around(const Reading& reading, std::size_t index);

/// 168円×500部＝84,000円: quantities, and prices of one.
void find_quantities(Reading& reading);
void find_items(Reading& reading);
/// Which figures are the tax itself.
void find_tax_lines(Reading& reading);
/// What the message's words say of tax, then what its sums say.
void find_tax(Reading& reading);
void find_roles(Reading& reading, const AmountContext& context);

} // namespace genchi::facts
