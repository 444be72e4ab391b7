// What is read out of a message: amounts of money, days, and what the message does to an agreement. The definitions
// are FACTS in src/facts/README.md; here is how they are written down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/time.hpp"

namespace genchi {

/// Where a fact stands: UTF-8 bytes into the message's text, or into its subject.
struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool in_subject = false;
  auto operator<=>(const TextSpan&) const = default;
};

enum class Tax : std::uint8_t { unknown, included, excluded };  ///< null "incl" "excl" in JSON
enum class AmountRole : std::uint8_t { mention, offer, accepted, invoiced, paid, discount };
enum class DateRole : std::uint8_t { mention, deadline, appointment, delivery, payment };
enum class Precision : std::uint8_t { day, range, time };
/// What a message does in a deal. `none` is null in JSON.
enum class Act : std::uint8_t { none, proposal, acceptance, rejection, hold, change, cancel };

/// Names as in JSON and `is:`; nullopt for any other. `tax_name` of unknown is "".
std::string_view tax_name(Tax tax);
std::string_view role_name(AmountRole role);
std::string_view role_name(DateRole role);
std::string_view precision_name(Precision precision);
std::string_view act_name(Act act);
std::optional<Tax> tax_from_name(std::string_view name);
std::optional<AmountRole> amount_role_from_name(std::string_view name);
std::optional<DateRole> date_role_from_name(std::string_view name);
std::optional<Act> act_from_name(std::string_view name);

struct Amount {
  TextSpan place;                    ///< the figure with its unit or sign of currency, as written
  std::vector<TextSpan> again;       ///< the same value said once more
  std::optional<std::int64_t> yen;   ///< whole yen; nullopt: another currency
  std::string currency = "JPY";      ///< ISO 4217
  std::string value;                 ///< other currencies: decimal as written, "1200.50"
  Tax tax = Tax::unknown;
  AmountRole role = AmountRole::mention;
  bool unit = false;                 ///< the price of one
  bool approx = false;               ///< 約, 6万円台
  std::optional<std::int64_t> quantity;
  std::optional<std::int64_t> unit_yen;
  std::string item;                  ///< what it is the price of, as written; "" unknown
  std::string rule;                  ///< id of the rule that found it
};

struct DateFact {
  TextSpan place;
  std::vector<TextSpan> again;
  CivilDay first, last;              ///< both included; equal but for ranges
  Precision precision = Precision::day;
  /// Minutes after midnight of `first`, precision time only; `end_minute` -1: no end was named.
  int minute = -1, end_minute = -1;
  int offset_minutes = japan_offset_minutes;
  DateRole role = DateRole::mention;
  bool weekday_mismatch = false;     ///< a printed weekday contradicts the day
  std::string rule;

  /// "2024-04-01", "2024-04-01/2024-04-05", "2024-04-01T10:00:00+09:00", or two of these with "/".
  std::string value() const;
};

/// Kinds of business documents. The numbers are kept in the catalogue: add at the end.
enum class DocumentKind : std::uint8_t { none, quotation, order, order_confirmation, contract, delivery_note, invoice, receipt, payment_notice };
/// "invoice" as in JSON, 請求書 as in business; nullopt for any other name of either. That of none is "".
std::string_view document_name(DocumentKind kind);
std::string_view document_title(DocumentKind kind);
std::optional<DocumentKind> document_from_name(std::string_view name);

/// 登録番号 of who issues invoices: "T" and 13 digits.
struct Registration {
  std::string number;
  TextSpan place;
  bool check_digit = false;          ///< the first digit is the check digit of a 法人番号; no condition
};

/// A business document that a message is or carries, as the ledger lists it.
struct BusinessDocument {
  enum class Carrier : std::uint8_t { subject, file_name, text };
  DocumentKind kind = DocumentKind::none;
  std::uint32_t also = 0;            ///< other kinds it carries: bits 1 << kind
  Carrier carrier = Carrier::text;   ///< what says so
  TextSpan place;                    ///< the words that say so; empty for a file name
  std::string rule;
  CivilDay day;                      ///< its own day if the text names one; else the day the message was sent
  bool day_written = false;
  std::optional<Amount> total;       ///< what is to be paid in all; nullopt: the text does not say
  std::optional<Registration> registration;
  std::vector<std::string> files;    ///< names of what is attached, the first of them

  explicit operator bool() const { return kind != DocumentKind::none; }
};

struct Facts {
  std::vector<Amount> amounts;       ///< in the order of the text
  std::vector<DateFact> dates;       ///< in the order of the text
  Act act = Act::none;
  bool conditional = false;
  TextSpan act_place;                ///< the words that do it
  std::string act_rule;
  BusinessDocument document;         ///< for the ledger alone

  /// Says nothing for prices, days and deals.
  bool empty() const { return amounts.empty() && dates.empty() && act == Act::none; }
};

}  // namespace genchi
