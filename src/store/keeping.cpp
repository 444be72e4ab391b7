#include "store/keeping.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace genchi {

using nlohmann::json;

namespace {

constexpr int february = 2;

/// The day in a month of a year; its last one where it has no such day, or where the day given is the last one.
CivilDay day_of(int year, int month, int day, bool at_end) {
  const int last = days_in_month(year, month);
  return {year, month, at_end ? last : std::min(day, last)};
}

}  // namespace

std::optional<CivilDay> keep_until(const BusinessDocument& document, const Business& business) {
  if (!business.kind) return std::nullopt;
  const CivilDay day = document.day;
  if (*business.kind == Business::Kind::sole) {
    if (!business.blue) return std::nullopt;
    const auto is = [&](DocumentKind kind) { return document.kind == kind || ((document.also >> static_cast<unsigned>(kind)) & 1U) != 0; };
    const bool cash = *business.blue && is(DocumentKind::receipt);
    return CivilDay{day.year + 1 + (cash || document.registration ? 7 : 5), 3, 15};
  }
  if (!business.fiscal_year_end) return std::nullopt;
  const auto [month, written] = *business.fiscal_year_end;
  const bool at_end = written >= days_in_month(2023, month) || (month == february && written >= 28);
  CivilDay end = day_of(day.year, month, written, at_end);
  if (end < day) end = day_of(day.year + 1, month, written, at_end);
  const bool loss = business.blue.value_or(true) && std::find(business.loss_years.begin(), business.loss_years.end(), end.year) != business.loss_years.end();
  const int due_month = end.month + 2;
  const int years = loss ? 10 : 7;
  return day_of(end.year + years + (due_month > 12 ? 1 : 0), due_month > 12 ? due_month - 12 : due_month, written, at_end);
}

std::vector<KeptClient> kept_clients(Store& store) {
  // By what they go by when it was said: who was merged since with somebody else is kept as before.
  std::map<std::string, KeptClient> by_identifier;
  for (const JournalRow& row : store.archive().journal_of(JournalKind::keep)) {
    const json payload = parse_json(row.payload);
    if (!payload.is_object() || !payload.contains("identifiers") || !payload["identifiers"].is_array()) continue;
    for (const json& each : payload["identifiers"]) {
      if (!each.is_string()) continue;
      const std::string identifier = each.get<std::string>();
      if (payload.value("keep", true)) by_identifier[identifier] = {row.seq, row.time, "", payload.value("why", ""), payload.value("by", "")};
      else by_identifier.erase(identifier);
    }
  }
  std::map<std::pair<Seq, std::string>, KeptClient> rows;
  for (auto& [identifier, kept] : by_identifier) {
    kept.client = store.catalogue().head_of(identifier);
    rows.emplace(std::pair(kept.seq, kept.client), kept);
  }
  std::vector<KeptClient> out;
  for (auto& [key, kept] : rows) out.push_back(std::move(kept));
  return out;
}

void record_keep(Store& store, const std::vector<std::string>& identifiers, bool keep, const std::string& why, const std::string& by) {
  json payload{{"keep", keep}, {"identifiers", identifiers}};
  if (!why.empty()) payload["why"] = why;
  if (!by.empty()) payload["by"] = by;
  store.archive().append(JournalKind::keep, json_text(payload, NotUtf8::refused));
}

}  // namespace genchi
