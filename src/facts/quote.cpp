#include "facts/quote.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "facts/items.hpp"
#include "facts/numbers.hpp"
#include "facts/stream.hpp"
#include "facts/tax.hpp"
#include "facts/text.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

bool is_price(const Amount& amount) { return amount.role != AmountRole::mention && amount.role != AmountRole::discount; }

/// What stands on one line of the draft: the price of one goes into the line's sum, the second basis goes.
void merge_line(std::vector<QuoteLine>& lines, std::size_t begin, CivilDay day) {
  constexpr std::size_t most = 64;  // each is compared with each
  if (lines.size() - begin > most) return;
  for (std::size_t i = begin; i < lines.size(); ++i) {
    const bool goes = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.end(), [&](QuoteLine& other) {
      if (&other == &lines[i] || other.amount.item != lines[i].amount.item) return false;
      Amount& whole = other.amount;
      const Amount& part = lines[i].amount;
      if (part.unit && !whole.unit && part.yen && (!whole.unit_yen || whole.unit_yen == part.yen)) {
        whole.unit_yen = part.yen;
        return true;
      }
      return &other < &lines[i] && is_other_basis(whole, part, day);
    });
    if (goes) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

/// How many there are of it: its column, or a count in its name (封筒 1,000枚); months are none.
std::optional<std::int64_t> quantity_of(const Amount& amount) {
  if (amount.quantity) return amount.quantity;
  for (const std::string& condition : conditions(amount.item, {})) {
    const Text text(condition);
    const std::size_t at = text.skip_blanks(!text.chars().empty() && (text[0] == U'×' || text[0] == U'x' || text[0] == U'X') ? 1 : 0);
    const auto number = number_at(text, at);
    if (!number || !number->whole() || text[number->span.end] == U'月' || text[number->span.end] == U'年') continue;
    return number->value;
  }
  return std::nullopt;
}

std::optional<std::int64_t> price_of_one(const Amount& amount) { return amount.unit ? amount.yen : amount.unit_yen; }

/// Which figures of both prices are compared; nullopt if the quantities forbid it.
struct Figures {
  std::int64_t now = 0, then = 0;
  bool each = false;
};
std::optional<Figures> comparable(const Amount& now, const Amount& then) {
  const auto one_now = price_of_one(now), one_then = price_of_one(then);
  const auto many_now = quantity_of(now), many_then = quantity_of(then);
  if (one_now && one_then) return Figures{*one_now, *one_then, now.unit || then.unit || many_now != many_then};
  const auto or_one = [](const std::optional<std::int64_t>& many) { return many.value_or(1); };
  if (many_now == many_then || (or_one(many_now) == 1 && or_one(many_then) == 1 && !now.unit && !then.unit)) {
    if (now.unit == then.unit) return Figures{*now.yen, *then.yen, now.unit};
  }
  if (many_now && many_then && many_now != many_then) return std::nullopt;
  // One of them does not say how many: the same figure is the same price.
  if (now.yen == then.yen) return Figures{*now.yen, *then.yen, now.unit || then.unit};
  if (one_now && one_now == then.yen) return Figures{*one_now, *then.yen, true};
  if (one_then && one_then == now.yen) return Figures{*now.yen, *one_then, true};
  return std::nullopt;
}

int rate_of(CivilDay day, const Amount& amount) { return tax_rate(day, has_reduced_rate(amount.item)); }

/// Is `with` the figure `without` with the tax, whichever way a fraction was rounded?
bool is_with_tax(std::int64_t without, std::int64_t with, int rate) {
  const std::int64_t tax = without * rate;
  return rate > 0 && tax >= 100 && with - without >= tax / 100 && with - without <= (tax + 99) / 100;
}

/// Puts both on one basis.
void to_one_basis(QuoteComparison& out, Tax now, Tax then) {
  if (now == Tax::unknown || then == Tax::unknown) return;
  out.basis = now;
  if (now == then && (now == Tax::excluded || out.rate_now == out.rate_then)) return;
  out.basis = Tax::excluded;
  out.now = both_bases(out.now, now, out.rate_now).excluded;
  out.then = both_bases(out.then, then, out.rate_then).excluded;
  if (std::abs(out.now - out.then) == 1) out.now = out.then;  // a fraction that was dropped
}

}  // namespace

bool is_other_basis(const Amount& a, const Amount& b, CivilDay day) {
  if (!a.yen || !b.yen || a.unit != b.unit || a.tax == b.tax || a.tax == Tax::unknown || b.tax == Tax::unknown) return false;
  const bool first_excluded = a.tax == Tax::excluded;
  return is_with_tax(first_excluded ? *a.yen : *b.yen, first_excluded ? *b.yen : *a.yen, rate_of(day, a));
}

bool names_sum(std::string_view item) {
  constexpr auto whole = std::to_array<View>({U"計", U"金額", U"総額", U"税", U"税額", U"税込", U"税抜", U"税別", U"内税", U"総計", U"差引"});
  constexpr auto endings = std::to_array<View>({U"合計", U"小計", U"総計", U"合計金額", U"合計額", U"見積金額", U"見積額", U"見積り金額", U"見積もり金額", U"見積合計", U"請求金額", U"請求額",
                                                U"消費税", U"消費税額", U"消費税等", U"支払金額", U"支払額", U"総額", U"差引額", U"差引金額", U"税込金額", U"税抜金額"});
  constexpr auto beginnings = std::to_array<View>({U"合計", U"小計", U"消費税1", U"消費税8", U"消費税率", U"うち消費税", U"内消費税", U"総合計", U"10%対象", U"8%対象", U"税率10%", U"税率8%"});
  const Text text(item);
  std::u32string name;
  std::size_t depth = 0;
  for (const char32_t c : text.chars()) {
    if (View(U"(（【[〔「『<《").find(c) != View::npos) ++depth;
    else if (View(U")）】]〕」』>》").find(c) != View::npos) depth -= depth > 0 ? 1 : 0;
    else if (depth == 0 && !is_blank(c) && View(U":：■●◆・*※").find(c) == View::npos) name += c;
  }
  if (name.empty())  // 【合計】
    for (const char32_t c : text.chars())
      if (is_kanji(c)) name += c;
  const View rest(name);
  return std::find(whole.begin(), whole.end(), rest) != whole.end() || std::any_of(endings.begin(), endings.end(), [&](View word) { return rest.ends_with(word); }) ||
         std::any_of(beginnings.begin(), beginnings.end(), [&](View word) { return rest.starts_with(word); });
}

std::vector<QuoteLine> quote_lines(std::string_view text, Moment sent) {
  MessageText message;
  message.text = text;
  message.subject = "お見積書";
  message.sent = sent;
  const CivilDay day = civil_day(sent.utc, sent.offset_minutes);
  std::vector<QuoteLine> lines;
  std::size_t number = 0, at = 0, first_of_line = 0;
  for (Amount& amount : read_message(message).amounts) {
    if (!is_price(amount) || amount.place.in_subject || names_sum(amount.item)) continue;
    const auto ends = static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + amount.place.begin, '\n'));
    if (ends > 0) {
      merge_line(lines, first_of_line, day);
      first_of_line = lines.size();
    }
    number += ends;
    at = amount.place.begin;
    std::string key = item_key(amount.item);
    lines.push_back({number, std::move(amount), std::move(key)});
  }
  merge_line(lines, first_of_line, day);
  return lines;
}

std::string_view warning_name(QuoteWarning warning) {
  constexpr std::array<std::string_view, 8> names{"tax_basis", "exactly_tax", "above_agreed", "below_agreed", "never_priced", "rate_changed", "quantity_differs", "not_comparable"};
  return names[static_cast<std::size_t>(warning)];
}

bool QuoteComparison::has(QuoteWarning warning) const { return std::find(warnings.begin(), warnings.end(), warning) != warnings.end(); }

QuoteComparison compare(const Amount& now, CivilDay today, const EarlierPrice& then, double tolerance) {
  QuoteComparison out;
  out.rate_now = rate_of(today, now);
  out.rate_then = rate_of(then.day, then.amount);
  const auto warn = [&](QuoteWarning warning) { out.warnings.push_back(warning); };
  if (!now.yen || !then.amount.yen || now.approx || then.amount.approx) {
    warn(QuoteWarning::not_comparable);
    return out;
  }
  const auto figures = comparable(now, then.amount);
  if (!figures) {
    warn(QuoteWarning::quantity_differs);
    return out;
  }
  out.now = figures->now;
  out.then = figures->then;
  out.each = figures->each;
  const bool bases_differ = now.tax != then.tax && now.tax != Tax::unknown && then.tax != Tax::unknown;
  if (bases_differ && out.now == out.then && out.now != 0) warn(QuoteWarning::tax_basis);
  to_one_basis(out, now.tax, then.tax);
  if (out.then != 0) out.percent = static_cast<double>(out.now - out.then) * 100 / static_cast<double>(out.then);
  else if (out.now == 0) out.percent = 0;
  out.differs = out.percent ? std::abs(*out.percent) > tolerance + 1e-9 : out.now != 0;
  if (!bases_differ && (is_with_tax(out.then, out.now, out.rate_then) || is_with_tax(out.now, out.then, out.rate_now))) warn(QuoteWarning::exactly_tax);
  if (out.differs && then.agreed) warn(out.now > out.then ? QuoteWarning::above_agreed : QuoteWarning::below_agreed);
  if (out.rate_now != out.rate_then) warn(QuoteWarning::rate_changed);
  if (!out.percent) warn(QuoteWarning::not_comparable);
  return out;
}

}  // namespace genchi::facts
