#include "cli/fact_rows.hpp"

#include <nlohmann/json.hpp>

#include "facts/text.hpp"

namespace genchi::cli {
namespace {

using Row = nlohmann::ordered_json;

Row or_null(std::string_view text) { return text.empty() ? Row(nullptr) : Row(text); }

std::string_view surface(const TextSpan& place, std::string_view text, std::string_view subject) {
  const std::string_view of = place.in_subject ? subject : text;
  return of.substr(std::min<std::size_t>(place.begin, of.size()), place.end - place.begin);
}

Row placed(const TextSpan& place, std::string_view text, std::string_view subject) {
  Row row;
  row["surface"] = surface(place, text, subject);
  row["start"] = place.begin;
  row["end"] = place.end;
  return row;
}

void add_places(Row& row, const TextSpan& place, const std::vector<TextSpan>& again) {
  if (place.in_subject) row["in_subject"] = true;
  for (const TextSpan& each : again) {
    Row other{{"start", each.begin}, {"end", each.end}};
    if (each.in_subject) other["in_subject"] = true;
    row["again"].push_back(std::move(other));
  }
}

}  // namespace

Row amount_row(const Amount& amount, std::string_view text, std::string_view subject, bool explain) {
  Row row = placed(amount.place, text, subject);
  row["yen"] = amount.yen ? Row(*amount.yen) : Row(nullptr);
  row["currency"] = amount.currency;
  if (!amount.yen) row["value"] = amount.value;
  row["tax"] = or_null(tax_name(amount.tax));
  row["role"] = role_name(amount.role);
  row["unit"] = amount.unit;
  row["approx"] = amount.approx;
  row["item"] = amount.item;
  if (amount.quantity) row["quantity"] = *amount.quantity;
  if (amount.unit_yen) row["unit_yen"] = *amount.unit_yen;
  add_places(row, amount.place, amount.again);
  if (explain) row["rule"] = amount.rule;
  return row;
}

Row date_row(const DateFact& date, std::string_view text, std::string_view subject, bool explain) {
  Row row = placed(date.place, text, subject);
  row["value"] = date.value();
  row["precision"] = precision_name(date.precision);
  row["role"] = role_name(date.role);
  row["weekday_mismatch"] = date.weekday_mismatch;
  add_places(row, date.place, date.again);
  if (explain) row["rule"] = date.rule;
  return row;
}

void add_facts(Row& row, const Facts& facts, std::string_view text, std::string_view subject, bool explain) {
  row["amounts"] = Row::array();
  for (const Amount& amount : facts.amounts) row["amounts"].push_back(amount_row(amount, text, subject, explain));
  row["dates"] = Row::array();
  for (const DateFact& date : facts.dates) row["dates"].push_back(date_row(date, text, subject, explain));
  row["agreement"] = or_null(act_name(facts.act));
  row["conditional"] = facts.conditional;
  if (explain && facts.act != Act::none) {
    row["agreement_rule"] = facts.act_rule;
    row["agreement_words"] = placed(facts.act_place, text, subject);
  }
}

facts::Vocabulary vocabulary(const Settings& settings) {
  facts::Vocabulary result;
  for (const auto& [act, words] : settings.acts)
    for (const std::string& word : words) result.acts.push_back({std::u32string(facts::Text(word).chars()), act});
  return result;
}

}  // namespace genchi::cli
