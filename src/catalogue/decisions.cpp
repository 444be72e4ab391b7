#include "catalogue/decisions.hpp"

#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace genchi::catalogue {
namespace {

using nlohmann::json;
using facts::Correction;

constexpr std::array<const char*, 3> kinds{"amount", "date", "act"};
constexpr std::array<const char*, 3> actions{"confirm", "set", "reject"};

template <typename Value, std::size_t n>
std::optional<Value> named(const std::array<const char*, n>& names, const json& name) {
  for (std::size_t i = 0; i < n; ++i)
    if (name.is_string() && name == names[i]) return static_cast<Value>(i);
  return std::nullopt;
}

json day_json(CivilDay day) { return json::array({day.year, day.month, day.day}); }

std::optional<CivilDay> read_day(const json& day) {
  if (!day.is_array() || day.size() != 3) return std::nullopt;
  for (const json& part : day)
    if (!part.is_number_integer() || part < -9999 || part > 9999) return std::nullopt;
  const CivilDay civil{day[0].get<int>(), day[1].get<int>(), day[2].get<int>()};
  return is_valid(civil) ? std::optional(civil) : std::nullopt;
}

json amount_json(const Amount& amount) {
  json out{{"currency", amount.currency}, {"tax", tax_name(amount.tax)}, {"role", role_name(amount.role)},
           {"unit", amount.unit}, {"approx", amount.approx}, {"item", amount.item}};
  if (amount.yen) out["yen"] = *amount.yen;
  else out["value"] = amount.value;
  if (amount.quantity) out["quantity"] = *amount.quantity;
  if (amount.unit_yen) out["unit_yen"] = *amount.unit_yen;
  return out;
}

std::optional<std::int64_t> whole(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>()) : std::nullopt;
}

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool truth(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

/// A small whole number; `otherwise` where it is none.
int small(const json& object, const char* key, int otherwise) {
  const auto value = whole(object, key);
  constexpr std::int64_t greatest = 10'000'000;
  return value && *value >= -greatest && *value <= greatest ? static_cast<int>(*value) : otherwise;
}

Amount read_amount(const json& object) {
  Amount amount;
  amount.yen = whole(object, "yen");
  if (const std::string currency = text(object, "currency"); !currency.empty()) amount.currency = currency;
  amount.value = text(object, "value");
  amount.tax = tax_from_name(text(object, "tax")).value_or(Tax::unknown);
  amount.role = amount_role_from_name(text(object, "role")).value_or(AmountRole::mention);
  amount.unit = truth(object, "unit");
  amount.approx = truth(object, "approx");
  amount.item = text(object, "item");
  amount.quantity = whole(object, "quantity");
  amount.unit_yen = whole(object, "unit_yen");
  return amount;
}

json date_json(const DateFact& date) {
  return {{"first", day_json(date.first)}, {"last", day_json(date.last)}, {"precision", precision_name(date.precision)},
          {"minute", date.minute}, {"end_minute", date.end_minute}, {"offset", date.offset_minutes}, {"role", role_name(date.role)}};
}

std::optional<DateFact> read_date(const json& object) {
  const auto first = read_day(object.value("first", json())), last = read_day(object.value("last", json()));
  if (!first || !last) return std::nullopt;
  DateFact date;
  date.first = *first;
  date.last = *last;
  const std::string precision = text(object, "precision");
  for (const Precision each : {Precision::range, Precision::time})
    if (precision == precision_name(each)) date.precision = each;
  date.minute = small(object, "minute", -1);
  date.end_minute = small(object, "end_minute", -1);
  date.offset_minutes = small(object, "offset", japan_offset_minutes);
  date.role = date_role_from_name(text(object, "role")).value_or(DateRole::mention);
  return date;
}

} // namespace

std::string to_payload(const Decision& decision) {
  const Correction& c = decision.correction;
  json out{{"message", decision.message.hex()}, {"kind", kinds[static_cast<std::size_t>(c.kind)]},
           {"action", actions[static_cast<std::size_t>(c.action)]}};
  if (c.kind != Correction::Kind::act) {
    out["begin"] = c.place.begin;
    out["end"] = c.place.end;
    if (c.place.in_subject) out["in_subject"] = true;
  }
  if (c.amount) out["amount"] = amount_json(*c.amount);
  if (c.date) out["date"] = date_json(*c.date);
  if (c.kind == Correction::Kind::act && c.action != Correction::Action::reject) {
    out["act"] = act_name(c.act);
    out["conditional"] = c.conditional;
  }
  return json_text(out, NotUtf8::refused);
}

std::optional<Decision> read_decision(std::string_view payload) {
  const json in = parse_json(payload);
  if (!in.is_object()) return std::nullopt;
  const auto message = Sha256::from_hex(text(in, "message"));
  const auto kind = named<Correction::Kind>(kinds, in.value("kind", json()));
  const auto action = named<Correction::Action>(actions, in.value("action", json()));
  if (!message || !kind || !action) return std::nullopt;
  Decision decision{*message, {}};
  Correction& c = decision.correction;
  c.kind = *kind;
  c.action = *action;
  const auto begin = whole(in, "begin"), end = whole(in, "end");
  constexpr std::int64_t greatest = std::numeric_limits<std::uint32_t>::max();
  if (*kind != Correction::Kind::act) {
    if (!begin || !end || *begin < 0 || *end < *begin || *end > greatest) return std::nullopt;
    c.place = {static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end), truth(in, "in_subject")};
  }
  if (in.contains("amount") && in["amount"].is_object()) c.amount = read_amount(in["amount"]);
  if (in.contains("date") && in["date"].is_object()) c.date = read_date(in["date"]);
  c.act = act_from_name(text(in, "act")).value_or(Act::none);
  c.conditional = truth(in, "conditional");
  const bool whole_fact = *action == Correction::Action::reject || (*kind == Correction::Kind::amount && c.amount) ||
                          (*kind == Correction::Kind::date && c.date) || (*kind == Correction::Kind::act && c.act != Act::none);
  return whole_fact ? std::optional(decision) : std::nullopt;
}

} // namespace genchi::catalogue
