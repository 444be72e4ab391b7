#include "facts/amount_figures.hpp"

#include <algorithm>
#include <array>
#include <bitset>

namespace genchi::facts {
namespace {

using View = std::u32string_view;

#include "facts/amount_units.inc"

constexpr std::size_t most_bare_in_line = 48;

template <typename Table> std::size_t longest_word(const Text& text, std::size_t at, const Table& table) {
  std::size_t longest = 0;
  for (const View word : table)
    if (word.size() > longest && text.starts_with(at, word)) longest = word.size();
  return longest;
}

template <typename Table> std::size_t longest_before(const Text& text, std::size_t end, const Table& table) {
  std::size_t longest = 0;
  for (const View word : table)
    if (word.size() > longest && text.ends_with(end, word)) longest = word.size();
  return longest;
}

/// Characters that a figure may begin with, over the whole plane: looked up once for each character of a
/// text.
const std::bitset<0x10000>& beginnings() {
  static const std::bitset<0x10000> table = [] {
    std::bitset<0x10000> set;
    for (char32_t c = '0'; c <= '9'; ++c) set.set(c);
    for (const char32_t c : View(U"〇零一二三四五六七八九十百千")) set.set(c);
    return set;
  }();
  return table;
}

class Finder {
 public:
  explicit Finder(const Text& text) : text_(text) {}

  std::vector<Figure> find() {
    for (const Text::Line& line : text_.lines()) {
      if (!line.own) continue;
      line_ = line.span;
      bare_ = 0;
      find_in_line();
    }
    return std::move(found_);
  }

 private:
  void find_in_line() {
    const std::bitset<0x10000>& begins = beginnings();
    const View chars = text_.chars();
    for (std::size_t at = line_.begin; at < line_.end;) {
      const char32_t c = chars[at];
      if (c >= 0x10000 || !begins.test(c)) {
        ++at;
        continue;
      }
      at = std::max(take(at), at + 1);
    }
  }

  /// Takes the figure whose number begins at `at`, if it is one; gives the place to go on at.
  std::size_t take(std::size_t at) {
    const auto number = number_at(text_, at);
    if (!number) return number_run_end(text_, at);
    Figure figure;
    figure.span = figure.number = number->span;
    figure.value = number->value;
    figure.decimals = static_cast<std::int8_t>(number->decimals);
    figure.grouped = number->grouped;
    figure.big_unit = number->big_unit;
    join_split(figure, *number);
    if (!allowed_before(at, *number)) return figure.number.end;
    read_unit(figure, *number);
    read_sign(figure);
    const bool is_plain = figure.evidence == Evidence::sure || plain(figure, *number);
    if (is_plain && figure.at_sign && figure.evidence == Evidence::bare &&
        text_[figure.span.begin - 1] == '@') {
      figure.evidence = Evidence::sure;
      figure.rule = "amount.at";
    }
    if (!is_plain) {
      // 5 in 5〜6万円, 3 in 2、3万円: what follows may lend its unit.
      if (!number->figures && !number->kanji_digits) return figure.number.end;
      if (!range_behind(figure.number.end) || one_of(text_[at - 1], U"/-.:年月")) return figure.number.end;
      figure.evidence = Evidence::bare;
      figure.rule = {};
      figure.range_first = true;
    }
    if (figure.evidence == Evidence::bare && ++bare_ > most_bare_in_line) return figure.number.end;
    link_range(figure);
    found_.push_back(figure);
    return std::max(figure.span.end, figure.number.end);
  }

  /// `１５ 万円`, `55、000円`, `55.000円`: one number to its writer.
  void join_split(Figure& figure, const Number& number) {
    std::size_t& end = figure.number.end;
    const auto three_digits = [&](std::size_t at) {
      return is_digit(text_[at]) && is_digit(text_[at + 1]) && is_digit(text_[at + 2]) &&
             !is_digit(text_[at + 3]);
    };
    const bool short_lead =
        number.figures && !number.big_unit && !number.leading_zero && number.leading_digits <= 3;
    while (short_lead && number.whole() && text_[end] == U'、' && three_digits(end + 1) &&
           ends_in_yen(end + 4)) {
      figure.value = figure.value * 1000 + (text_[end + 1] - U'0') * 100 + (text_[end + 2] - U'0') * 10 +
                     (text_[end + 3] - U'0');
      end += 4;
      figure.grouped = true;
    }
    if (short_lead && !number.grouped && text_[number.span.begin] != '0' && end - number.span.begin >= 5 &&
        text_[end - 4] == '.' && ends_in_yen(end)) {
      for (int i = figure.decimals; i < 3; ++i) figure.value *= 10;
      figure.decimals = 0;
      figure.grouped = true;
    }
    if (!number.big_unit && number.figures && text_[end] == ' ' &&
        (text_[end + 1] == U'万' || text_[end + 1] == U'千') && text_[end + 2] == U'円' &&
        figure.value < 100'000) {
      std::int64_t by = text_[end + 1] == U'万' ? 10'000 : 1'000;
      while (figure.decimals > 0 && by > 1) by /= 10, --figure.decimals;
      figure.value *= by;
      figure.big_unit = true;
      end += 2;
    }
    // 2万5 of talk is 25,000, never 20,005.
    if (number.big_unit && end - number.span.begin >= 3 && text_[end - 2] == U'万' &&
        is_digit(text_[end - 1]) && text_[end] != U'円' && text_[end] != U'~' &&
        counter_end(text_, end) == end) {
      const std::int64_t last = static_cast<std::int64_t>(text_[end - 1] - U'0');
      figure.value += last * 999;
    }
    figure.span.end = end;
  }

  bool ends_in_yen(std::size_t at) const {
    return text_[text_.skip_blanks(at)] == U'円' || text_.starts_with(at, U"万円");
  }

  /// 数千円, 何万円 and 十数万円 name no amount; 第3, A4 and 1-2-3 no number of yen.
  bool allowed_before(std::size_t at, const Number& number) const {
    const char32_t before = text_[at - 1];
    if (one_of(before, U"数何幾") && at > line_.begin && !number.figures) return false;
    if (one_of(text_[number.span.end], U"数") && one_of(text_[number.span.end + 1], U"十百千万億"))
      return false;
    if (number.figures) return true;
    // （単位：千円）, 金額（千円）
    const std::size_t word = text_.before_blanks(at);
    if (text_.ends_with(word, U"単位:") || text_.ends_with(word, U"単位")) return false;
    if (one_of(before, U"([") && text_[number.span.end] == U'円' && one_of(text_[number.span.end + 1], U")]"))
      return false;
    // 関東一円, 八百屋: a kanji before a kanji number makes another word of it, unless a word ends there.
    if (text_.chars(number.span) == U"一" && text_[number.span.end] == U'円') return false;
    return true;
  }

  void read_unit(Figure& figure, const Number& number) {
    std::size_t end = figure.number.end;
    if (const std::size_t yen = yen_end(end, number); yen != end) {
      figure.span.end = yen;
      figure.evidence = Evidence::sure;
      figure.rule = "amount.yen";
      if (text_[yen] == U'台') {
        figure.span.end = yen + 1;
        figure.approx = true;
        figure.rule = "amount.approx";
      }
    } else if (!foreign_behind(figure, number) && figure.big_unit) {
      figure.evidence = Evidence::likely;
      figure.rule = "amount.man";
    }
    if (figure.evidence == Evidence::bare && number.figures) {
      const std::size_t dash = dash_end(end);
      if (dash != end && figure.grouped) {
        figure.span.end = dash;
        figure.dash_end = true;
      }
    }
  }

  /// The end of 円, えん, 円ー … behind a number; `at` if there is none, or if it is part of another word.
  std::size_t yen_end(std::size_t at, const Number& number) const {
    std::size_t unit = text_.skip_blanks(at);
    if (unit - at > 2) return at;
    if (text_[unit] == U'円') {
      if (one_of(text_[unit + 1], yen_continues_word) || longest_word(text_, unit, yen_things) != 0)
        return at;
      return unit + 1;
    }
    if (text_.starts_with(unit, U"(円)")) return unit + 3;
    if (!number.figures) return at;
    if (text_.starts_with(unit, U"えん") && !one_of(text_[unit + 2], U"ぴどがげじぎりせ")) return unit + 2;
    if (text_.starts_with(unit, U"エン") && !is_katakana(text_[unit + 2])) return unit + 2;
    for (const View word : {View(U"yen"), View(U"YEN"), View(U"Yen"), View(U"JPY")})
      if (text_.starts_with(unit, word) && !is_letter(text_[unit + 3])) return unit + 3;
    return at;
  }

  bool foreign_behind(Figure& figure, const Number& number) const {
    const std::size_t unit = text_.skip_blanks(figure.number.end);
    if (unit - figure.number.end > 2) return false;
    const Currency* best = nullptr;
    for (const Currency& each : currencies_behind)
      if (text_.starts_with(unit, each.word) && (!best || each.word.size() > best->word.size())) best = &each;
    if (!best) return false;
    const char32_t next = text_[unit + best->word.size()];
    if (is_letter(best->word.back()) && (is_letter(next) || is_digit(next))) return false;
    if (is_katakana(best->word.back()) && is_katakana(next)) return false;
    if (best->word == U"元" && (!number.figures || (is_kanji(next) && !one_of(next, U"前弱強以程台"))))
      return false;
    if (best->word == U"$" && (is_digit(next) || is_letter(next) || text_[figure.number.begin - 1] == '%'))
      return false;
    figure.currency = best->code;
    figure.span.end = unit + best->word.size();
    figure.evidence = Evidence::sure;
    figure.rule = "amount.foreign";
    return true;
  }

  /// What stands before the number: ¥ ▲ - + @ and codes of currencies; and the dash behind ¥55,000-.
  void read_sign(Figure& figure) {
    std::size_t at = figure.number.begin;
    bool yen_sign = false;
    for (int i = 0; i < 4 && at > line_.begin; ++i) {
      const std::size_t before = text_.before_blanks(at);
      const char32_t c = before > line_.begin ? text_[before - 1] : 0;
      const bool apart = before != at;
      if (c == 0xa5 || (c == '\\' && !apart && backslash_is_yen(before - 1, figure))) {
        yen_sign = true;
      } else if (c == U'▲' || c == U'△' || c == U'▼') {
        if (apart && at - before > 1) break;
        if (figure.evidence == Evidence::bare && !yen_sign && figure.value < 100) break;
        figure.negative = true;
      } else if (c == '-' && !apart && minus_at(before - 1)) {
        figure.negative = true;
      } else if (c == '+' && at - before <= 1) {
        figure.plus = true;
      } else if (c == '@') {
        if (is_letter(text_[before - 2]) || figure.decimals > 0) break;
        figure.at_sign = true;
        at = before - 1;
        break;
      } else {
        break;
      }
      at = before - 1;
      if (c != '+') figure.span.begin = at;
    }
    if (yen_sign) {
      figure.evidence = Evidence::sure;
      figure.rule = "amount.yen-sign";
      if (figure.span.end == figure.number.end) figure.span.end = dash_end(figure.number.end);
    } else {
      foreign_before(figure, at);
    }
    if (figure.negative && figure.rule != "amount.foreign") figure.rule = "amount.negative";
    const std::size_t word = text_.before_blanks(at);
    if (text_.ends_with(word, U"マイナス")) figure.negative = true;
    if (text_.ends_with(word, U"プラス")) figure.plus = true;
    read_approx(figure, word);
  }

  void read_approx(Figure& figure, std::size_t word) {
    if (longest_before(text_, word, approx_before) != 0) figure.approx = true;
    const std::size_t behind = text_.skip_blanks(figure.span.end);
    if (longest_word(text_, behind, approx_behind) != 0) figure.approx = true;
    if (figure.evidence == Evidence::likely && text_[behind] == U'台') figure.approx = true;
  }

  bool foreign_before(Figure& figure, std::size_t at) const {
    const std::size_t word_end = text_.before_blanks(at);
    if (at - word_end > 2 || word_end <= line_.begin) return false;
    const Currency* best = nullptr;
    for (const Currency& each : currencies_before)
      if (text_.ends_with(word_end, each.word) && word_end - each.word.size() >= line_.begin &&
          (!best || each.word.size() > best->word.size()))
        best = &each;
    if (!best) return false;
    const std::size_t begin = word_end - best->word.size();
    if (is_letter(best->word.front()) && is_letter(text_[begin - 1])) return false;
    if (best->word == U"$" && (is_letter(text_[begin - 1]) || text_[begin - 1] == '$')) return false;
    if (best->word == U"$" && (is_letter(text_[figure.number.end]) || one_of(text_[begin - 1], U"`'\"\\%")))
      return false;
    figure.currency = best->code;
    figure.span.begin = begin;
    figure.evidence = Evidence::sure;
    figure.rule =
        best->code == "JPY" ? std::string_view("amount.yen-sign") : std::string_view("amount.foreign");
    return true;
  }

  /// The end of `-` `ー` `.-` `,-` behind a figure: ¥55,000-.
  std::size_t dash_end(std::size_t at) const {
    std::size_t end = at;
    if ((text_[end] == '.' || text_[end] == ',') && one_of(text_[end + 1], U"-ー")) ++end;
    if (!one_of(text_[end], U"-ー")) return at;
    ++end;
    if (is_digit(text_[end]) || is_letter(text_[end]) || one_of(text_[end], U"-ー¥") ||
        is_katakana(text_[end]))
      return at;
    return end;
  }

  /// `\55,000` of old mailers; not C:\2024\05.
  bool backslash_is_yen(std::size_t at, const Figure& figure) const {
    const char32_t before = at > line_.begin ? text_[at - 1] : 0, behind = text_[figure.number.end];
    if (is_letter(before) || is_digit(before) || one_of(before, U"\\._")) return false;
    if (before == ':' && is_letter(text_[at - 2])) return false;
    if (is_letter(behind) || one_of(behind, U"\\_")) return false;
    return figure.grouped || figure.value >= 100 || figure.big_unit;
  }

  /// A minus, not a dash between two things nor the mark of a list line.
  bool minus_at(std::size_t at) const {
    const char32_t before = at > line_.begin ? text_[at - 1] : 0;
    return before == 0 || is_blank(before) || one_of(before, U"(:¥|引=、,") || before == U'額' ||
           before == U'き';
  }

  /// Are the neighbours of a figure without unit such that it could be one of money?
  bool plain(Figure& figure, const Number& number) const {
    if (figure.evidence == Evidence::likely) return likely_here(figure, number);
    if (!number.figures || number.big_unit) return false;
    if (number.leading_zero || figure.decimals != 0) return false;
    const char32_t before = figure.span.begin > line_.begin ? text_[figure.span.begin - 1] : 0;
    if (is_letter(before) || is_digit(before) || is_kanji_number(before) ||
        one_of(before, U"-/.,#№_:第年月〒'\"*")) {
      const bool colon = before == ':' && !is_digit(text_[figure.span.begin - 2]);
      if (!colon) return false;
    }
    const std::size_t end = figure.span.end;
    const char32_t behind = text_[end];
    if (one_of(behind, U"/-:.,%％‰°℃_#'\"´′") && !figure.dash_end) {
      const bool ends_sentence = (behind == '.' || behind == ',') && !is_digit(text_[end + 1]);
      if (!ends_sentence && !(behind == '/' && per(end + 1))) return false;
    }
    if (is_letter(behind) || is_kanji_number(behind)) return false;
    if (is_katakana(behind)) return text_.starts_with(end, U"プラス");
    if (is_kanji(behind)) return longest_word(text_, end, money_may_follow) != 0;
    if (counter_end(text_, text_.skip_blanks(end)) != text_.skip_blanks(end) &&
        text_.skip_blanks(end) - end <= 1 && text_.skip_blanks(end) != end)
      return false;
    return true;
  }

  bool likely_here(const Figure& figure, const Number& number) const {
    const std::size_t end = figure.number.end;
    const char32_t before = figure.span.begin > line_.begin ? text_[figure.span.begin - 1] : 0;
    if (is_letter(before) || one_of(before, U"第/.-#")) return false;
    if (!number.figures) { // 五万 but not 千葉, 億万
      if (text_[end - 1] == U'千' && !is_kanji_digit(text_[end - 2])) return false;
      if (!one_of(text_[end - 1], U"万億") && !figure.big_unit) return false;
      if (is_kanji(before)) return false;
    }
    const char32_t behind = text_[end];
    if (is_letter(behind) || one_of(behind, U"/%㎡㎞㎏") || is_digit(behind))
      return behind == '/' && per(end + 1);
    if (is_kanji(behind) || is_katakana(behind)) return longest_word(text_, end, money_may_follow) != 0;
    const std::size_t next = text_.skip_blanks(end);
    if (next != end && next - end <= 1 && (is_letter(text_[next]) || counter_end(text_, next) != next) &&
        longest_word(text_, next, money_may_follow) == 0)
      return false;
    return longest_word(text_, end, count_may_follow) == 0;
  }

  /// 5万/月, 3,000/人, 55,000/税別
  bool per(std::size_t at) const {
    return text_[at] == U'税' || (!is_digit(text_[at]) && counter_end(text_, at) != at);
  }

  /// 〜6万円, から6万円, 、3万円 (2、3万円) behind a number.
  bool range_behind(std::size_t at) const {
    at = text_.skip_blanks(at);
    std::size_t next = at;
    if (text_[at] == '~' || text_[at] == '-')
      next = at + 1;
    else if (text_.starts_with(at, U"から"))
      next = at + 2;
    else if ((text_[at] == U'、' || text_[at] == ',' || text_[at] == U'・') && next_digit(at))
      next = at + 1;
    if (next == at) return false;
    next = text_.skip_blanks(next);
    if (text_[next] == 0xa5) ++next;
    return is_digit(text_[next]) || is_kanji_digit(text_[next]);
  }

  /// 2、3万 5,6千: two single digits that follow on each other.
  bool next_digit(std::size_t at) const {
    const auto digit = [](char32_t c) {
      if (is_digit(c)) return static_cast<int>(c - U'0');
      const std::size_t place = View(U"〇一二三四五六七八九").find(c);
      return c == 0 || place == View::npos ? -9 : static_cast<int>(place);
    };
    const int first = digit(text_[at - 1]), second = digit(text_[at + 1]);
    return first > 0 && second == first + 1 && !is_digit(text_[at - 2]) && one_of(text_[at + 2], U"万千百");
  }

  /// The second of two takes the first with it: its unit, its currency, its evidence.
  void link_range(Figure& second) {
    if (found_.empty()) return;
    Figure& first = found_.back();
    if (first.span.begin < line_.begin || first.range_second || first.span.end > second.span.begin) return;
    const std::size_t gap = text_.skip_blanks(first.span.end);
    std::size_t to = gap;
    if (text_[gap] == '~' || text_[gap] == '-')
      ++to;
    else if (text_.starts_with(gap, U"から"))
      to += 2;
    else if (one_of(text_[gap], U"、,・") && next_digit(gap))
      ++to;
    else
      return;
    to = text_.skip_blanks(to);
    for (const View word : {View(U"約"), View(U"およそ"), View(U"大体"), View(U"だいたい")})
      if (text_.starts_with(to, word)) to += word.size();
    if (to != second.span.begin && !(second.span.begin - to <= 1 && text_[to] == '@')) return;
    if (first.evidence == Evidence::bare && second.evidence == Evidence::bare && !first.grouped) return;
    if (first.evidence != Evidence::sure && second.evidence != Evidence::sure &&
        first.evidence != second.evidence && !second.big_unit)
      return;
    first.range_first = second.range_second = true;
    lend(first, second);
    if (second.approx)
      first.approx = true;
    else if (first.approx)
      second.approx = true;
  }

  void lend(Figure& first, Figure& second) const {
    if (!first.big_unit && second.big_unit && first.evidence == Evidence::bare) {
      std::int64_t by = 1;
      for (const char32_t c : text_.chars(second.number)) {
        if (c == U'億') by = 100'000'000;
        if (c == U'万') by = 10'000;
        if (c == U'千' && by == 1) by = 1'000;
        if (c == U'百' && by == 1) by = 100;
        if (by > 1) break;
      }
      std::int64_t value = first.value * by;
      for (int i = 0; i < first.decimals; ++i) value /= 10;
      if (value <= second.value) first.value = value, first.decimals = 0, first.big_unit = true;
    }
    if (first.evidence == second.evidence) return;
    Figure& poor = first.evidence > second.evidence ? first : second;
    const Figure& rich = first.evidence > second.evidence ? second : first;
    poor.evidence = rich.evidence;
    poor.currency = rich.currency;
    poor.rule = "amount.range";
  }

  const Text& text_;
  Span line_;
  std::size_t bare_ = 0;
  std::vector<Figure> found_;
};

} // namespace

bool one_of(char32_t c, View of) {
  return c != 0 && of.find(c) != View::npos;
}

std::size_t counter_end(const Text& text, std::size_t at) {
  return at + longest_word(text, at, counters);
}

std::vector<Figure> find_figures(const Text& text) {
  return Finder(text).find();
}

} // namespace genchi::facts
