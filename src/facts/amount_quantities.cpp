#include <algorithm>
#include <array>

#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

constexpr View times = U"×xX*✕✖╳・";

/// What one of may be priced: 1人 お一人様 1個. Money by the month or year is no price of one.
constexpr auto not_each =
    std::to_array<View>({U"月", U"年", U"ヶ月", U"か月", U"カ月", U"ヵ月", U"箇月", U"式", U"日間"});

class Quantities {
 public:
  explicit Quantities(Reading& reading)
      : text_(reading.text), cues_(reading.cues), all_(reading.all), reading_(reading) {}

  void run() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      Candidate& each = all_[i];
      if (each.column != Column::none) continue;
      if (!times_behind(each)) times_before(each);
      if (each.quantity && each.figure.currency == "JPY" && each.figure.decimals == 0)
        each.unit_yen = each.yen();
      if (each.unit || each.quantity || each.figure.at_sign || each_before(i) || each_behind(each))
        each.unit = true;
      product(i);
    }
    for (std::size_t i = 0; i + 1 < all_.size(); ++i)
      if (all_[i].figure.range_first && all_[i + 1].figure.range_second && (all_[i].unit || all_[i + 1].unit))
        all_[i].unit = all_[i + 1].unit = true;
    rows();
  }

 private:
  /// 168円×500部
  bool times_behind(Candidate& each) const {
    std::size_t at = text_.skip_blanks(each.figure.span.end);
    if (text_[at] == '(' && at - each.figure.span.end <= 1) { // 3,000円（税別）×5名
      std::size_t close = at;
      while (close < at + 10 && text_[close] != ')') ++close;
      if (text_[close] == ')') at = text_.skip_blanks(close + 1);
    }
    if (text_[at] == '/') { // 3,000円/人×5名
      const std::size_t unit = counter_end(text_, at + 1);
      if (unit != at + 1) at = text_.skip_blanks(unit);
    }
    if (!one_of(text_[at], times) || text_[at] == U'・') return false;
    at = text_.skip_blanks(at + 1);
    std::size_t digits = at; // × 大人12名
    while (digits < at + 4 && (is_kanji(text_[digits]) || is_hiragana(text_[digits])) &&
           !is_kanji_number(text_[digits]))
      ++digits;
    if (is_digit(text_[digits])) at = digits;
    const auto number = number_at(text_, at);
    if (!number || !number->whole() || is_money(number->span.end) ||
        one_of(text_[number->span.end], U"%％割."))
      return false;
    each.quantity = number->value;
    at = text_.skip_blanks(counter_end(text_, number->span.end));
    for (int more = 0; more < 3 && one_of(text_[at], U"×xX*"); ++more) { // ×2名×3日
      const auto next = number_at(text_, text_.skip_blanks(at + 1));
      if (!next || !next->whole() || is_money(next->span.end) || next->value > 1'000'000 ||
          *each.quantity > 1'000'000)
        break;
      if (one_of(text_[next->span.end], U"%％割.")) break;
      *each.quantity *= next->value;
      at = text_.skip_blanks(counter_end(text_, next->span.end));
    }
    return true;
  }

  /// 500部×168円
  bool times_before(Candidate& each) const {
    std::size_t at = text_.before_blanks(each.figure.span.begin);
    if (at > 0 && text_[at - 1] == '@') at = text_.before_blanks(at - 1);
    if (at == 0 || !one_of(text_[at - 1], times) || text_[at - 1] == U'・') return false;
    at = text_.before_blanks(at - 1);
    // The number that ends there, with its counter: read from where its digits begin.
    std::size_t begin = at;
    while (begin > 0 && at - begin < 16 && !is_blank(text_[begin - 1]) && text_[begin - 1] != '\n') --begin;
    for (std::size_t from = begin; from < at; ++from) {
      if (!is_digit(text_[from]) ||
          (from > 0 && (is_digit(text_[from - 1]) || one_of(text_[from - 1], U",."))))
        continue;
      const auto number = number_at(text_, from);
      if (!number) continue;
      const std::size_t end = number->span.end;
      if (end == at || counter_end(text_, end) == at) {
        if (number->whole()) each.quantity = number->value;
        each.unit = true; // 1.5人日×45,000円 has no whole quantity
        return true;
      }
    }
    return false;
  }

  bool is_money(std::size_t at) const {
    at = text_.skip_blanks(at);
    return text_[at] == U'円' || text_.starts_with(at, U"万円");
  }

  /// ＝84,000円 behind a price and a quantity.
  void product(std::size_t i) {
    if (i == 0 || all_[i - 1].line != all_[i].line || !all_[i - 1].quantity || !all_[i - 1].unit_yen) return;
    const std::size_t at = text_.before_blanks(all_[i].figure.span.begin);
    const std::int64_t quantity = *all_[i - 1].quantity, unit = *all_[i - 1].unit_yen;
    const bool equals = at > 0 && one_of(text_[at - 1], U"=→");
    const bool comes_to = quantity > 0 && unit > 0 && unit < 1'000'000'000 && quantity < 1'000'000 &&
                          unit * quantity == all_[i].yen();
    if (!equals && !comes_to) return;
    all_[i].quantity = quantity;
    all_[i].unit_yen = unit;
    all_[i].unit = false;
  }

  /// 1人3,000円, お一人様5,000円, 単価22円, 各5,000円, 時給1,200円
  bool each_before(std::size_t i) const {
    const Around near = around(reading_, i);
    const std::size_t end = near.before.end;
    const auto before = cues_.in(near.before.begin, end);
    if (!before.empty()) {
      const WordCue& last = before.back();
      if (last.kinds & word::each && joined(last.span.end, end)) return true;
      if (text_.chars(last.span) == U"各" && last.span.end == end) return true;
      if (last.kinds & word::per && joined(last.span.end, end) &&
          per_one(last.span.begin, near.before.begin) != 0)
        return true;
    }
    std::size_t at = end;
    while (at > near.before.begin && one_of(text_[at - 1], U" 、:はで約が毎¥@=様")) --at;
    // カーポート　1台　385,000円: there it is the quantity of the row.
    std::size_t one = per_one(at, near.before.begin);
    if (one-- == 0) return false;
    return !all_[i].row || text_.before_blanks(one) == one ||
           one <= text_.lines()[all_[i].line].span.begin + 1;
  }

  bool joined(std::size_t begin, std::size_t end) const {
    if (end - begin > 8) return false;
    for (std::size_t at = begin; at < end; ++at)
      if (!one_of(text_[at], U" :はが約¥@=、(税込別抜)きみ\tで")) return false;
    return true;
  }

  /// Where the `1個`, `お一人`, `一枚` begins that ends at `end`, plus one; 0: there is none.
  std::size_t per_one(std::size_t end, std::size_t begin) const {
    for (std::size_t length = 1; length <= 6 && end >= begin + length; ++length) {
      const std::size_t at = end - length;
      if (!(text_[at] == '1' || text_[at] == U'一')) continue;
      if (at > 0 &&
          (is_digit(text_[at - 1]) || is_kanji_number(text_[at - 1]) || one_of(text_[at - 1], U".,/-第")))
        return 0;
      if (text_[at] == U'一' && is_kanji(text_[at - 1])) return 0;
      std::size_t counter = counter_end(text_, at + 1);
      if (counter < end && text_[counter] == U'様') ++counter;
      if (counter == at + 1 || counter != end) continue;
      const View word = text_.chars({at + 1, end});
      if (std::find(not_each.begin(), not_each.end(), word) != not_each.end()) return 0;
      return 1 + (at > 0 && text_[at - 1] == U'お' ? at - 1 : at);
    }
    return 0;
  }

  /// 3,000円/人, 5,000円ずつ
  bool each_behind(const Candidate& each) const {
    std::size_t at = text_.skip_blanks(each.figure.span.end);
    if (text_[at] == '(') {
      std::size_t close = at;
      while (close < at + 10 && text_[close] != ')') ++close;
      if (text_[close] == ')') at = close + 1;
    }
    const auto cues = cues_.in(at, at + 4);
    if (!cues.empty() && cues.front().kinds & word::each_after && cues.front().span.begin <= at + 1)
      return true;
    if (text_[at] != '/') return false;
    ++at;
    if (text_[at] == '1' || text_[at] == U'一') ++at;
    const std::size_t end = counter_end(text_, at);
    if (end == at) return text_.starts_with(at, U"h");
    return std::find(not_each.begin(), not_each.end(), text_.chars({at, end})) == not_each.end();
  }

  /// 名刺　500部　22円　11,000円: without a heading the sums tell which is which.
  void rows() {
    for (std::size_t i = 1; i < all_.size(); ++i) {
      Candidate &price = all_[i - 1], &sum = all_[i];
      const bool below = sum.line > price.line && sum.line <= price.line + 3 &&
                         cues_.kinds_in(price.label.begin, price.label.end) & word::each;
      if ((price.line != sum.line && !below) || price.column != Column::none || sum.quantity ||
          price.yen() <= 0)
        continue;
      if (price.figure.currency != "JPY" || sum.figure.currency != "JPY") continue;
      if (sum.yen() % price.yen() != 0) continue;
      const std::int64_t wanted = sum.yen() / price.yen();
      if (wanted <= 1) continue;
      const Span line = text_.lines()[price.line].span;
      const std::size_t reach = below ? 80 : 40;
      const std::size_t from = std::max(
          below ? 0 : line.begin, price.figure.span.begin > reach ? price.figure.span.begin - reach : 0);
      if (!has_number(from, price.figure.span.begin, wanted) &&
          !has_number(price.figure.span.end, sum.figure.span.begin, wanted))
        continue;
      price.quantity = sum.quantity = wanted;
      price.unit_yen = sum.unit_yen = price.yen();
      price.unit = true;
    }
  }

  bool has_number(std::size_t begin, std::size_t end, std::int64_t wanted) const {
    for (std::size_t at = begin; at < end; ++at) {
      if (!may_begin_number(text_, at)) continue;
      const auto number = number_at(text_, at);
      if (number && number->whole() && number->value == wanted && number->span.end <= end) return true;
    }
    return false;
  }

  const Text& text_;
  const WordCues& cues_;
  std::vector<Candidate>& all_;
  const Reading& reading_;
};

} // namespace

void find_quantities(Reading& reading) {
  Quantities(reading).run();
}

} // namespace genchi::facts
