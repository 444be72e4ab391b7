#include "genchi/facts.hpp"

#include "genchi/message.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace genchi {
namespace {

template <typename Value, std::size_t n> using Names = std::array<std::pair<Value, std::string_view>, n>;

template <typename Value, std::size_t n>
std::string_view name_of(const Names<Value, n>& names, Value value) {
  for (const auto& [each, name] : names)
    if (each == value) return name;
  return {};
}

template <typename Value, std::size_t n>
std::optional<Value> named(const Names<Value, n>& names, std::string_view name) {
  for (const auto& [value, each] : names)
    if (each == name) return value;
  return std::nullopt;
}

constexpr Names<Tax, 2> taxes{{{Tax::included, "incl"}, {Tax::excluded, "excl"}}};
constexpr Names<AmountRole, 6> amount_roles{{{AmountRole::mention, "mention"},
                                             {AmountRole::offer, "offer"},
                                             {AmountRole::accepted, "accepted"},
                                             {AmountRole::invoiced, "invoiced"},
                                             {AmountRole::paid, "paid"},
                                             {AmountRole::discount, "discount"}}};
constexpr Names<DateRole, 5> date_roles{{{DateRole::mention, "mention"},
                                         {DateRole::deadline, "deadline"},
                                         {DateRole::appointment, "appointment"},
                                         {DateRole::delivery, "delivery"},
                                         {DateRole::payment, "payment"}}};
constexpr Names<Precision, 3> precisions{
    {{Precision::day, "day"}, {Precision::range, "range"}, {Precision::time, "time"}}};
constexpr Names<Act, 6> acts{{{Act::proposal, "proposal"},
                              {Act::acceptance, "acceptance"},
                              {Act::rejection, "rejection"},
                              {Act::hold, "hold"},
                              {Act::change, "change"},
                              {Act::cancel, "cancel"}}};

struct DocumentNames {
  DocumentKind kind;
  std::string_view name, title;
};
constexpr std::array<DocumentNames, 8> documents{{{DocumentKind::quotation, "quotation", "見積書"},
                                                  {DocumentKind::order, "order", "注文書"},
                                                  {DocumentKind::order_confirmation, "order_confirmation", "注文請書"},
                                                  {DocumentKind::contract, "contract", "契約書"},
                                                  {DocumentKind::delivery_note, "delivery_note", "納品書"},
                                                  {DocumentKind::invoice, "invoice", "請求書"},
                                                  {DocumentKind::receipt, "receipt", "領収書"},
                                                  {DocumentKind::payment_notice, "payment_notice", "支払通知書"}}};

std::string day_text(CivilDay day) { return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day); }

} // namespace

std::string_view tax_name(Tax tax) { return name_of(taxes, tax); }
std::string_view role_name(AmountRole role) { return name_of(amount_roles, role); }
std::string_view role_name(DateRole role) { return name_of(date_roles, role); }
std::string_view precision_name(Precision precision) { return name_of(precisions, precision); }
std::string_view act_name(Act act) { return name_of(acts, act); }
std::optional<Tax> tax_from_name(std::string_view name) { return named(taxes, name); }
std::optional<AmountRole> amount_role_from_name(std::string_view name) { return named(amount_roles, name); }
std::optional<DateRole> date_role_from_name(std::string_view name) { return named(date_roles, name); }
std::optional<Act> act_from_name(std::string_view name) { return named(acts, name); }

std::string_view document_name(DocumentKind kind) {
  return kind == DocumentKind::none ? std::string_view() : documents[static_cast<std::size_t>(kind) - 1].name;
}
std::string_view document_title(DocumentKind kind) {
  return kind == DocumentKind::none ? std::string_view() : documents[static_cast<std::size_t>(kind) - 1].title;
}
std::optional<DocumentKind> document_from_name(std::string_view name) {
  for (const DocumentNames& each : documents)
    if (each.name == name || each.title == name) return each.kind;
  return std::nullopt;
}

SoughtFacts sought(const Facts& facts) {
  SoughtFacts out;
  for (const Amount& amount : facts.amounts)
    if (amount.yen) out.yen.push_back(*amount.yen);
  for (const DateFact& date : facts.dates) {
    const auto day = [](CivilDay civil) { return static_cast<std::int32_t>(days_from_civil(civil)); };
    if (date.role != DateRole::mention) out.due.push_back({day(date.first), day(date.last)});
  }
  out.price = !facts.amounts.empty();
  out.date = !facts.dates.empty();
  out.act = facts.act;
  out.conditional = facts.conditional;
  return out;
}

std::string DateFact::value() const {
  if (precision == Precision::range && first != last) return day_text(first) + "/" + day_text(last);
  if (precision != Precision::time || minute < 0) return day_text(first);
  const auto at = [this](CivilDay day, int minutes) {
    const std::int64_t days = days_from_civil(day) + minutes / (24 * 60); // 25:00 is of the next day
    const CivilDay real = civil_from_days(days);
    return iso8601({utc_from_civil(real, minutes / 60 % 24, minutes % 60, 0, offset_minutes), offset_minutes});
  };
  return end_minute < 0 ? at(first, minute) : at(first, minute) + "/" + at(last, end_minute);
}

} // namespace genchi
