// What a document says besides its kind: total, day, 登録番号.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "facts/documents.hpp"

namespace genchi::facts {
namespace {

// --- total

/// How much a label in front of an amount says that it is the total; 0 nothing, -1 that it is not.
struct TotalLabel {
  std::u32string_view word;
  int weight;
};
// The longest at the end of what stands before the amount counts.
constexpr TotalLabel total_labels[] = {
    {U"請求金額", 3}, {U"請求額", 3}, {U"請求合計", 3}, {U"請求合計額", 3}, {U"請求総額", 3}, {U"支払金額", 3}, {U"支払い金額", 3}, {U"支払総額", 3}, {U"支払い総額", 3},
    {U"支払合計", 3}, {U"支払い合計", 3}, {U"支払額", 3}, {U"支払い額", 3}, {U"振込金額", 3}, {U"振込額", 3}, {U"領収金額", 3}, {U"領収額", 3}, {U"見積金額", 3}, {U"見積り金額", 3},
    {U"見積もり金額", 3}, {U"見積額", 3}, {U"見積合計", 3}, {U"見積り合計", 3}, {U"見積総額", 3}, {U"注文金額", 3}, {U"注文合計", 3}, {U"発注金額", 3}, {U"発注合計", 3}, {U"契約金額", 3},
    {U"契約総額", 3}, {U"総合計", 3}, {U"税込合計", 3}, {U"税込み合計", 3}, {U"税込総額", 3}, {U"決済金額", 3}, {U"決済額", 3},
    {U"grand total", 3}, {U"amount due", 3}, {U"total due", 3}, {U"amount paid", 3}, {U"total paid", 3}, {U"total amount", 3}, {U"合計金額", 2}, {U"合計額", 2}, {U"合計", 2}, {U"総額", 2},
    {U"総計", 2}, {U"計", 2}, {U"total", 2}, {U"税込金額", 2}, {U"料金", 1}, {U"小計", -1}, {U"税抜合計", -1}, {U"税抜き合計", -1}, {U"税別合計", -1}, {U"subtotal", -1}, {U"消費税", -1},
    {U"消費税額", -1}, {U"消費税等", -1}, {U"税額", -1}, {U"内税", -1}, {U"源泉徴収", -1}, {U"源泉徴収税", -1}, {U"源泉徴収税額", -1}, {U"源泉所得税", -1}, {U"源泉税", -1}, {U"送料", -1}, {U"手数料", -1},
    {U"値引", -1}, {U"値引き", -1}, {U"割引", -1}, {U"ポイント", -1}, {U"前回請求額", -1}, {U"前回ご請求額", -1}, {U"前月請求額", -1}, {U"前月ご請求額", -1}, {U"前回請求金額", -1}, {U"前回ご請求金額", -1},
    {U"繰越金額", -1}, {U"繰越額", -1}, {U"繰越", -1}, {U"残高", -1}, {U"入金額", -1}, {U"前回ご入金額", -1}, {U"単価", -1}, {U"限度額", -1}, {U"予算", -1}, {U"未払残高", -1}, {U"tax", -1}};

/// Letters that mean nothing between a label and its amount.
bool is_filler(char32_t c) {
  return is_blank(c) || (c != 0 && std::u32string_view(U":|-=~*#\u00a5\\【】[]「」『』<>＜＞・…は金が、,■□◆●○▼▽").find(c) != std::u32string_view::npos);
}

std::u32string label_text(std::string_view written) {
  const Text text(written);
  std::u32string out;
  for (const char32_t c : text.chars())
    if (!is_blank(c) || (!out.empty() && is_letter(out.back()))) out += c >= 'A' && c <= 'Z' ? c + 32 : c;
  return out;
}

int weight_of_label(std::u32string_view label) {
  constexpr std::u32string_view behind[] = {U"(税込)", U"(税込み)", U"(内税)", U"(税抜)", U"(税別)", U"(消費税込)", U"(消費税込み)", U"税込", U"(jpy)", U"(円)", U"(10%)", U"として", U"(10%対象)"};
  bool taxed = false;
  for (bool any = true; any;) {
    any = false;
    while (!label.empty() && is_filler(label.back())) label.remove_suffix(1), any = true;
    for (const std::u32string_view each : behind)
      if (label.ends_with(each) && label.size() > each.size()) {
        label.remove_suffix(each.size());
        taxed |= each.find(U"税抜") != std::u32string_view::npos || each.find(U"税別") != std::u32string_view::npos;
        any = true;
      }
  }
  std::size_t longest = 0;
  int weight = 0;
  for (const TotalLabel& each : total_labels)
    if (label.ends_with(each.word) && each.word.size() > longest) longest = each.word.size(), weight = each.weight;
  return taxed && weight > 0 ? 1 : weight;
}

/// Of one place of an amount: what stands before it on its line, or on the line above if nothing does.
int weight_at(const DocumentText& message, const TextSpan& place) {
  constexpr std::size_t reach = 160;  // bytes
  const std::string_view text = place.in_subject ? message.subject.original() : message.text.original();
  const auto before = [&](std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && text[begin - 1] != '\n' && end - begin < reach) --begin;
    while (begin < end && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
    return begin;
  };
  std::size_t end = std::min<std::size_t>(place.begin, text.size());
  for (int lines = 0; lines < 2; ++lines) {
    const std::size_t begin = before(end);
    const std::u32string label = label_text(text.substr(begin, end - begin));
    if (std::any_of(label.begin(), label.end(), [](char32_t c) { return !is_filler(c); })) return weight_of_label(label);
    if (begin == 0 || text[begin - 1] != '\n') break;
    end = begin - 1;
  }
  return 0;
}

struct Candidate {
  const Amount* amount = nullptr;
  int weight = 0;
};

int tax_order(const Amount& amount) { return amount.tax == Tax::included ? 2 : amount.tax == Tax::unknown ? 1 : 0; }

/// Of amounts without a label: the only one, that with tax of two, or that which the others come to.
const Amount* without_label(const std::vector<Candidate>& candidates) {
  std::vector<const Amount*> fit;
  for (const AmountRole least : {AmountRole::offer, AmountRole::mention}) {
    for (const Candidate& each : candidates) {
      const bool told = each.amount->role != AmountRole::mention;
      if (each.weight >= 0 && !each.amount->unit && (least == AmountRole::mention || told)) fit.push_back(each.amount);
    }
    if (!fit.empty()) break;
  }
  if (fit.size() == 1) return fit.front();
  if (fit.size() == 2 && fit[0]->tax != fit[1]->tax && fit[0]->yen && fit[1]->yen) {
    const Amount* more = *fit[0]->yen > *fit[1]->yen ? fit[0] : fit[1];
    const Amount* less = more == fit[0] ? fit[1] : fit[0];
    if (tax_order(*more) > tax_order(*less)) return more;
  }
  std::int64_t sum = 0;
  for (const Amount* each : fit) {
    constexpr std::int64_t most = 1'000'000'000'000'000;
    if (!each->yen || *each->yen < 0 || *each->yen > most || sum > most) return nullptr;
    sum += *each->yen;
  }
  for (auto each = fit.rbegin(); each != fit.rend() && fit.size() > 2; ++each)
    if (*(*each)->yen * 2 == sum) return *each;
  return nullptr;
}

struct Total {
  std::optional<Amount> amount;
  bool labelled = false;
};

Total total_of(const DocumentText& message, const std::vector<Amount>& amounts) {
  std::vector<Candidate> candidates;
  for (const Amount& amount : amounts) {
    if (amount.role == AmountRole::discount || amount.approx) continue;
    int weight = weight_at(message, amount.place);
    for (const TextSpan& place : amount.again)
      if (const int other = weight_at(message, place); std::abs(other) > std::abs(weight) || other > weight) weight = other;
    candidates.push_back({&amount, weight});
  }
  const Candidate* best = nullptr;
  const auto rank = [](const Candidate& each) { return std::tuple(each.weight, tax_order(*each.amount)); };
  for (const Candidate& each : candidates)
    if (each.weight > 0 && (!best || rank(*best) <= rank(each))) best = &each;
  if (best != nullptr) return {*best->amount, best->weight > 1};
  const Amount* found = without_label(candidates);
  return {found ? std::optional(*found) : std::nullopt, false};
}

// --- the document's own day

struct DayLabel {
  std::u32string_view word;
  unsigned kinds;  ///< bits 1 << kind
};
constexpr unsigned bit(DocumentKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned any_kind = ~0U;
using enum DocumentKind;
constexpr DayLabel day_labels[] = {
    {U"請求日", bit(invoice)}, {U"請求書発行日", bit(invoice)}, {U"注文日", bit(order) | bit(order_confirmation) | bit(receipt)}, {U"発注日", bit(order) | bit(order_confirmation)},
    {U"注文日時", bit(order) | bit(order_confirmation) | bit(receipt)}, {U"受注日", bit(order_confirmation)}, {U"購入日", bit(order_confirmation) | bit(receipt)},
    {U"購入日時", bit(order_confirmation) | bit(receipt)}, {U"領収日", bit(receipt)}, {U"支払日", bit(receipt)}, {U"支払い日", bit(receipt)}, {U"決済日", bit(receipt)},
    {U"決済日時", bit(receipt)}, {U"入金日", bit(receipt)}, {U"利用日", bit(receipt)}, {U"領収書発行日", bit(receipt)}, {U"納品日", bit(delivery_note)}, {U"出荷日", bit(delivery_note)},
    {U"見積日", bit(quotation)}, {U"見積り日", bit(quotation)}, {U"見積書発行日", bit(quotation)}, {U"契約日", bit(contract)}, {U"契約締結日", bit(contract)}, {U"締結日", bit(contract)},
    {U"発行日", any_kind}, {U"発行年月日", any_kind}, {U"取引日", any_kind}, {U"取引年月日", any_kind}, {U"作成日", any_kind}};

/// The day behind 請求日：, with at most blanks, a colon or a bar between.
std::optional<CivilDay> own_day(DocumentKind kind, const Text& text, const std::vector<ReadDate>& dates) {
  constexpr std::size_t longest_gap = 40;
  std::map<std::uint32_t, const ReadDate*> at;
  for (const ReadDate& date : dates) {
    if (date.open != Open::none || date.date.place.in_subject) continue;
    at.emplace(date.date.place.begin, &date);
    for (const TextSpan& again : date.date.again)
      if (!again.in_subject) at.emplace(again.begin, &date);
  }
  if (at.empty()) return std::nullopt;
  std::optional<CivilDay> general;
  const std::u32string_view chars = text.chars();
  for (std::size_t end = chars.find(U'日'); end != std::u32string_view::npos; end = chars.find(U'日', end + 1)) {
    const Text::Line& line = text.lines()[text.line_of(end)];
    if (!line.own) continue;
    const std::size_t with_time = end + (text[end + 1] == U'時' ? 2 : 1);
    const std::u32string_view before = chars.substr(line.span.begin, with_time - line.span.begin);
    std::size_t longest = 0;
    unsigned kinds = 0;
    for (const DayLabel& label : day_labels)
      if (label.word.size() > longest && before.ends_with(label.word)) longest = label.word.size(), kinds = label.kinds;
    if ((kinds & bit(kind)) == 0) continue;
    std::size_t place = with_time;
    while (place < line.span.end && place - with_time < longest_gap && (is_blank(text[place]) || text[place] == ':' || text[place] == '|' || text[place] == U'は' || text[place] == U'】' || text[place] == ']')) ++place;
    const auto date = at.find(text.bytes({place, place}).begin);
    if (date == at.end()) continue;
    if (kinds != any_kind) return date->second->date.first;
    if (!general) general = date->second->date.first;
  }
  return general;
}

} // namespace

// The weights of the other twelve are 1 and 2 in turn from the right (法人番号の指定等に関する省令2条).
bool has_check_digit(std::string_view digits) {
  if (digits.size() != 13 || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  int sum = 0;
  for (std::size_t n = 1; n <= 12; ++n) sum += (digits[13 - n] - '0') * (n % 2 == 1 ? 1 : 2);
  return digits[0] - '0' == 9 - sum % 9;
}

std::optional<Registration> find_registration(const Text& text, std::span<const TextSection> sections) {
  constexpr std::size_t digits_wanted = 13, reach = 16;
  const auto counts = [&](const Text::Line& line) {
    if (line.own) return true;
    const std::uint32_t begin = text.bytes(line.span).begin;
    const auto section = std::upper_bound(sections.begin(), sections.end(), begin, [](std::uint32_t at, const TextSection& each) { return at < each.end; });
    const std::size_t first = text.skip_blanks(line.span.begin);
    return section != sections.end() && section->kind == SectionKind::signature && text[first] != '>';
  };
  std::optional<Registration> found;
  for (const Text::Line& line : text.lines()) {
    for (std::size_t at = line.span.begin; at < line.span.end; ++at) {
      if ((text[at] != 'T' && text[at] != 't') || is_letter(text[at - 1]) || is_digit(text[at - 1])) continue;
      std::string digits;
      std::size_t end = at + 1;
      while (end < line.span.end && digits.size() < digits_wanted) {
        if (is_digit(text[end])) digits += static_cast<char>(text[end]);
        else if ((!is_blank(text[end]) && text[end] != '-') || !(is_digit(text[end + 1]))) break;
        ++end;
      }
      const bool more = is_digit(text[end]) || is_letter(text[end]) || (text[end] == '-' && is_digit(text[end + 1]));
      if (digits.size() != digits_wanted || more || !counts(line)) continue;
      const std::size_t from = std::max(line.span.begin, at - std::min(at, reach));
      const std::u32string_view before = text.chars({from, at});
      const bool named = before.find(U"登録") != std::u32string_view::npos || before.find(U"適格") != std::u32string_view::npos || before.find(U"インボイス") != std::u32string_view::npos;
      if (!found || named) found = Registration{"T" + digits, text.bytes({at, end}), has_check_digit(digits)};
      if (named) return found;
      at = end;
    }
  }
  return found;
}

BusinessDocument complete_document(CarriedDocument found, const DocumentText& message, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates, Moment sent) {
  constexpr std::size_t most_files = 20, longest_name = 200;  // of what is kept
  BusinessDocument& document = found.document;
  if (!document) return {};
  const Total total = total_of(message, amounts);
  document.registration = find_registration(message.text, message.sections);
  if (found.doubtful && !total.labelled && !document.registration) return {};
  document.total = total.amount;
  const auto written = own_day(document.kind, message.text, dates);
  document.day_written = written.has_value();
  document.day = written.value_or(civil_day(sent.utc, sent.offset_minutes));
  for (const std::string& file : message.files) {
    if (file.empty() || document.files.size() == most_files) continue;
    std::size_t end = std::min(file.size(), longest_name);
    while (end > 0 && end < file.size() && (static_cast<unsigned char>(file[end]) & 0xC0) == 0x80) --end;
    document.files.push_back(file.substr(0, end));
  }
  return std::move(document);
}

void correct_total(BusinessDocument& document, const std::vector<Correction>& decided) {
  if (!document) return;
  const auto overlap = [](const TextSpan& a, const TextSpan& b) { return a.in_subject == b.in_subject && a.begin < b.end && b.begin < a.end; };
  for (const Correction& correction : decided) {
    if (correction.kind != Correction::Kind::amount) continue;
    const bool of_total = document.total && overlap(document.total->place, correction.place);
    if (correction.action == Correction::Action::reject) {
      if (of_total) document.total.reset();
    } else if (correction.amount && (of_total || (!document.total && correction.action == Correction::Action::set))) {
      document.total = correction.amount;
      document.total->place = correction.place;
      document.total->rule = "person";
    }
  }
}

} // namespace genchi::facts
