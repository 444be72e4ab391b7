#include "cli/letter.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/fact_words.hpp"
#include "cli/salutation.hpp"
#include "text/name_parts.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

std::string weekday(CivilDay day) {
  constexpr std::array<const char*, 7> names{"月", "火", "水", "木", "金", "土", "日"};
  return names[static_cast<std::size_t>(((days_from_civil(day) + 3) % 7 + 7) % 7)];
}

std::string clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

}  // namespace

std::string day_in_japanese(CivilDay day) { return fmt::format("{}年{}月{}日（{}）", day.year, day.month, day.day, weekday(day)); }

std::string days_in_japanese(const DateFact& date) {
  std::string out = day_in_japanese(date.first);
  if (date.minute >= 0) out += " " + clock(date.minute);
  if (date.last != date.first) out += "〜" + day_in_japanese(date.last);
  if (date.end_minute >= 0) out += (date.last == date.first ? "〜" : " ") + clock(date.end_minute);
  return out;
}

std::string moment_in_japanese(const Moment& moment) {
  const CivilDay day = civil_day(moment.utc, japan_offset_minutes);
  const std::string time = display_time(moment.utc, japan_offset_minutes);
  return fmt::format("{}年{}月{}日 {}", day.year, day.month, day.day, time.substr(time.size() - 5));
}

const char* day_label(DateRole role) {
  switch (role) {
  case DateRole::appointment: return "日時";
  case DateRole::delivery: return "納期";
  case DateRole::deadline: return "期限";
  case DateRole::payment: return "お支払い";
  case DateRole::mention: break;
  }
  return "日付";
}

std::string money_in_japanese(const Amount& amount) {
  std::string out = amount.yen ? grouped_number(*amount.yen) + "円" : amount.currency + " " + amount.value;
  if (amount.approx) out = "約" + out;
  if (amount.unit) out = "単価 " + out;
  if (amount.tax != Tax::unknown) out += amount.tax == Tax::included ? "（税込）" : "（税別）";
  return out;
}

const char* channel_in_japanese(Channel channel) {
  switch (channel) {
  case Channel::mail: return "メール";
  case Channel::line: return "LINE";
  case Channel::phone: return "お電話";
  case Channel::meeting: return "お打ち合わせ";
  case Channel::fax: return "FAX";
  case Channel::sms: return "SMS";
  }
  return "";
}

std::string letter_salutation(const catalogue::Client& client, const std::string& person) {
  const bool named = !client.name.empty() && naming::without_tags(client.name).find_first_of("@.") == std::string::npos;  // not by an address
  const bool company = named && naming::has_company_form(client.name);
  if (person.empty() && !named) return "ご担当者 様";
  if (!person.empty()) return (company && person != client.name ? addressed(client.name) + "\n" : "") + addressed(person) + " 様";
  return addressed(client.name) + (company ? " 御中" : " 様");
}

void print_letter(Output& out, const LetterDraft& draft) {
  out.line("To: " + for_terminal(draft.to));
  out.line("Subject: " + for_terminal(draft.subject));
  out.line();
  out.bytes(for_terminal(draft.body, /*multiline=*/true));
}

}  // namespace genchi::cli
