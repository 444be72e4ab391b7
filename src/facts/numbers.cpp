#include "facts/numbers.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t max_length = 64;
constexpr std::int64_t max_value = 1'000'000'000'000'000; // 10^15
constexpr int max_decimals = 6;

int kanji_digit(char32_t c) {
  if (c == U'零') return 0;
  return static_cast<int>(std::u32string_view(U"〇一二三四五六七八九").find(c));
}
std::int64_t small_unit(char32_t c) { return c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0; }
std::int64_t big_unit(char32_t c) {
  return c == U'万' ? 10'000 : c == U'億' ? 100'000'000 : c == U'兆' ? 1'000'000'000'000 : 0;
}

/// A decimal: value / 10^decimals.
struct Decimal {
  std::int64_t value = 0;
  int decimals = 0;

  bool multiply(std::int64_t by) {
    if (value > max_value / by) return false;
    value *= by;
    trim();
    return true;
  }
  bool add(Decimal other) {
    while (decimals < other.decimals) {
      if (value > max_value / 10) return false;
      value *= 10, ++decimals;
    }
    while (other.decimals < decimals) {
      if (other.value > max_value / 10) return false;
      other.value *= 10, ++other.decimals;
    }
    value += other.value;
    trim();
    return value <= max_value;
  }
  void trim() {
    while (decimals > 0 && value % 10 == 0) value /= 10, --decimals;
  }
};

/// Reads from left to right: figures or kanji digits, each group with its 十百千, sections with their 万億兆.
class Reader {
 public:
  Reader(const Text& text, std::size_t at) : text_(text), begin_(at), at_(at) {}

  std::optional<Number> read() {
    std::int64_t last_big = max_value;  // 万 after 億, not before it
    Decimal total;
    bool any = false;
    while (at_ - begin_ < max_length) {
      const std::size_t before = at_;
      Decimal section;
      if (!read_section(section)) {
        at_ = before;
        break;
      }
      const std::int64_t big = big_unit(text_[at_]);
      if (big != 0) {
        if (big >= last_big || !section.multiply(big)) {
          at_ = before;
          break;
        }
        last_big = big;
        ++at_;
        number_.big_unit = true;
      } else if (any && section.value >= last_big) {
        at_ = before;
        break;
      }
      if (!total.add(section)) {
        at_ = before;
        break;
      }
      any = true;
      if (big == 0) break;
    }
    if (!any || total.decimals > max_decimals || too_long_) return std::nullopt;
    number_.span = {begin_, at_};
    number_.value = total.value;
    number_.decimals = total.decimals;
    return number_;
  }

 private:
  /// Up to the next 万億兆: figures (12, 1,200, 5.5), or figures and kanji with 十百千 (5千3百, 三十五), or kanji digits
  /// in a row (二〇二四).
  bool read_section(Decimal& section) {
    bool any = false;
    std::int64_t last_unit = 10'000;
    while (true) {
      const std::size_t before = at_;
      Decimal digits;
      const bool has_digits = read_figures(digits) || read_kanji_digits(digits);
      const std::int64_t unit = small_unit(text_[at_]);
      if (!has_digits && unit == 0) break;
      if (unit != 0) {
        if (unit >= last_unit || (has_digits && digits.value >= 10'000)) {
          at_ = before;
          break;
        }
        if (!has_digits) digits.value = 1;
        if (unit == 1000 && number_.figures) number_.big_unit = true;
        digits.multiply(unit);
        last_unit = unit;
        ++at_;
      } else if (any && digits.value >= last_unit) {
        at_ = before; // 十五十 and the like
        break;
      }
      if (!section.add(digits)) {
        at_ = before;
        break;
      }
      any = true;
      if (unit == 0) break;
    }
    return any;
  }

  bool read_figures(Decimal& out) {
    if (!is_digit(text_[at_])) return false;
    std::size_t end = at_;
    std::int64_t value = 0;
    int digits = 0;
    const auto take = [&](std::size_t i) {
      value = value * 10 + static_cast<std::int64_t>(text_[i] - U'0');
      return ++digits <= 15;
    };
    while (is_digit(text_[end])) {
      if (!take(end)) return too_long_ = true, false;
      ++end;
    }
    const int leading = digits;
    // Groups of three behind commas; the first has one to three figures.
    if (leading <= 3) {
      while (text_[end] == ',' && is_digit(text_[end + 1]) && is_digit(text_[end + 2]) && is_digit(text_[end + 3]) &&
             !is_digit(text_[end + 4])) {
        for (std::size_t i = end + 1; i < end + 4; ++i)
          if (!take(i)) return too_long_ = true, false;
        end += 4;
        number_.grouped = true;
      }
    }
    out = {value, 0};
    // 5.5 but not 5.5.1 (a version, a date) and not 5. at a sentence's end.
    if (text_[end] == '.' && is_digit(text_[end + 1])) {
      std::size_t point_end = end + 1;
      int decimals = 0;
      std::int64_t with = value;
      while (is_digit(text_[point_end]) && decimals < max_decimals) {
        with = with * 10 + static_cast<std::int64_t>(text_[point_end] - U'0');
        ++point_end, ++decimals;
      }
      if (!is_digit(text_[point_end]) && with < max_value && digits + decimals <= 15) {
        out = {with, decimals};
        out.trim();
        end = point_end;
      }
    }
    if (!number_.figures) {
      number_.leading_digits = leading;
      number_.leading_zero = leading > 1 && text_[at_] == '0';
    }
    number_.figures = true;
    at_ = end;
    return true;
  }

  bool read_kanji_digits(Decimal& out) {
    if (!is_kanji_digit(text_[at_])) return false;
    int digits = 0;
    std::int64_t value = 0;
    while (is_kanji_digit(text_[at_])) {
      if (++digits > 15) return too_long_ = true, false;
      value = value * 10 + kanji_digit(text_[at_++]);
    }
    // 五・五 and 三、四: no decimals and no ranges in kanji here.
    out = {value, 0};
    number_.kanji_digits = true;
    return true;
  }

  const Text& text_;
  std::size_t begin_, at_;
  Number number_;
  bool too_long_ = false;
};

} // namespace

std::optional<Number> number_at(const Text& text, std::size_t at) {
  if (!is_digit(text[at]) && !is_kanji_number(text[at])) return std::nullopt;
  if (big_unit(text[at]) != 0) return std::nullopt; // 万 alone is no number
  return Reader(text, at).read();
}

bool may_begin_number(const Text& text, std::size_t at) {
  const char32_t c = text[at], before = text[at - 1];
  if (is_digit(c)) {
    if (is_digit(before)) return false;
    return !((before == '.' || before == ',') && is_digit(text[at - 2]));
  }
  return is_kanji_number(c) && big_unit(c) == 0 && !is_kanji_number(before) && !is_digit(before);
}

std::size_t number_run_end(const Text& text, std::size_t at) {
  while (true) {
    const char32_t c = text[at];
    const bool joins = (c == '.' || c == ',') && is_digit(text[at - 1]) && is_digit(text[at + 1]);
    if (!is_digit(c) && !is_kanji_number(c) && !joins) return at;
    ++at;
  }
}

namespace {

std::optional<std::int64_t> yen_of(std::string_view written) {
  const Text text(written);
  std::size_t at = text[0] == U'\u00a5' || text[0] == U'\\' ? 1 : 0;
  const auto number = number_at(text, at);
  if (!number || !number->whole()) return std::nullopt;
  at = number->span.end;
  if (text[at] == U'円') ++at;
  return at == text.size() ? std::optional(number->value) : std::nullopt;
}

} // namespace

std::optional<YenRange> yen_range(std::string_view written) {
  written = trim(written);
  constexpr std::array parts{std::string_view(".."), std::string_view("〜"), std::string_view("～"), std::string_view("~")};
  for (const std::string_view part : parts) {
    const std::size_t at = written.find(part);
    if (at == std::string_view::npos) continue;
    const std::string_view least = trim(written.substr(0, at)), greatest = trim(written.substr(at + part.size()));
    const auto from = yen_of(least), to = yen_of(greatest);
    if ((!from && !least.empty()) || (!to && !greatest.empty()) || (!from && !to)) return std::nullopt;
    return YenRange{from.value_or(INT64_MIN), to.value_or(INT64_MAX)};
  }
  const auto value = yen_of(written);
  return value ? std::optional(YenRange{*value, *value}) : std::nullopt;
}

} // namespace genchi::facts
