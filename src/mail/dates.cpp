// Dates of header fields. mimetic's DateTime validates nothing, so none of it is used.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "mail/encoded_words.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

constexpr std::size_t max_date_length = 200;

struct Zone {
  std::string_view name;
  int offset_minutes;
};
// RFC 5322 4.3, and what Asian and European servers write. CST is the American one there.
constexpr std::array<Zone, 23> zones = {{
    {"UT", 0},     {"GMT", 0},    {"UTC", 0},    {"Z", 0},      {"EST", -300}, {"EDT", -240},
    {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
    {"JST", 540},  {"KST", 540},  {"HKT", 480},  {"SGT", 480},  {"ICT", 420},  {"IST", 330},
    {"BST", 60},   {"CET", 60},   {"CEST", 120}, {"EET", 120},  {"AEST", 600},
}};
constexpr auto months = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
constexpr int max_offset_minutes = 14 * 60;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string without_comments(std::string_view value) {
  std::string out;
  std::size_t depth = 0;
  for (const char c : value.substr(0, max_date_length)) {
    if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    } else if (depth == 0) {
      out.push_back(c);
    }
  }
  return out;
}

class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  std::optional<Moment> read() {
    skip_weekday();
    if (!read_day()) return std::nullopt;
    skip_blanks();
    if (!read_clock()) return std::nullopt;
    if (year_after_clock_ && !read_late_year()) return std::nullopt;
    if (!read_zone()) return std::nullopt;
    if (year_ < 1900 || year_ > 9999 || !is_valid(CivilDay{year_, month_, day_})) return std::nullopt;
    const UtcSeconds utc =
        utc_from_civil(CivilDay{year_, month_, day_}, hour_, minute_, std::min(second_, 59), offset_minutes_);
    return Moment{utc, offset_minutes_};
  }

 private:
  struct Number {
    int value = 0;
    int digits = 0;
  };

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == ',') ++at_;
  }
  std::optional<Number> number() {
    Number n;
    while (is_digit(peek()) && n.digits < 8) {
      n.value = n.value * 10 + (text_[at_++] - '0');
      ++n.digits;
    }
    if (n.digits == 0 || is_digit(peek())) return std::nullopt;
    return n;
  }
  std::string_view word() {
    const std::size_t begin = at_;
    while (is_letter(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  static int month_of(std::string_view name) {
    if (name.size() < 3) return 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
      if (ascii_iequals(name.substr(0, 3), months[i])) return static_cast<int>(i) + 1;
    }
    return 0;
  }

  // Whatever language it is in: it says nothing the date does not.
  void skip_weekday() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_digit(peek()) && peek() != ' ' && peek() != ',') ++at_;
    if (month_of(text_.substr(begin, at_ - begin)) != 0) at_ = begin;
    while (peek() == ' ' || peek() == ',' || peek() == '.' || peek() == '\t') ++at_;
  }

  bool read_day() {
    if (!is_digit(peek())) return read_asctime_day();
    const auto first = number();
    if (!first) return false;
    if (first->digits == 4) return read_iso_day(first->value);
    if (first->digits > 2) return false;
    day_ = first->value;
    while (peek() == ' ' || peek() == '-' || peek() == '.' || peek() == '/' || peek() == '\t') ++at_;
    month_ = month_of(word());
    while (peek() == ' ' || peek() == '-' || peek() == '.' || peek() == '/' || peek() == ',' ||
           peek() == '\t')
      ++at_;
    const auto year = number();
    return month_ != 0 && year && set_year(*year);
  }

  bool read_iso_day(int year) {
    const char separator = peek();
    if (separator != '-' && separator != '/' && separator != '.') return false;
    ++at_;
    const auto month = number();
    if (!month || !take(separator)) return false;
    const auto day = number();
    if (!day) return false;
    year_ = year;
    month_ = month->value;
    day_ = day->value;
    take('T') || take('t');
    return true;
  }

  // Apr  1 10:00:00 2024, also Apr 1, 2024 10:00:00
  bool read_asctime_day() {
    month_ = month_of(word());
    skip_blanks();
    const auto day = number();
    if (month_ == 0 || !day || day->digits > 2) return false;
    day_ = day->value;
    skip_blanks();
    const std::size_t begin = at_;
    const auto next = number();
    if (next && next->digits == 4) return set_year(*next);
    at_ = begin;
    year_after_clock_ = true;
    return true;
  }

  bool set_year(Number year) {
    year_ = year.value;
    if (year.digits == 2) {
      year_ += year.value < 50 ? 2000 : 1900;
    } else if (year.digits == 3) {
      year_ += 1900;
    }
    return year.digits >= 2 && year.digits <= 4;
  }

  bool read_clock() {
    const auto hour = number();
    if (!hour || hour->digits > 2) return false;
    const char separator = peek();
    if (separator != ':' && separator != '.') return false;
    ++at_;
    const auto minute = number();
    if (!minute || minute->digits > 2) return false;
    hour_ = hour->value;
    minute_ = minute->value;
    if (take(separator)) {
      const auto second = number();
      if (!second || second->digits > 2) return false;
      second_ = second->value;
      if (take('.') && !number()) return false;
    }
    skip_blanks();
    const std::size_t begin = at_;
    const std::string_view half = word();
    if (ascii_iequals(half, "pm") && hour_ < 12) {
      hour_ += 12;
    } else if (ascii_iequals(half, "am") && hour_ == 12) {
      hour_ = 0;
    } else if (!ascii_iequals(half, "am") && !ascii_iequals(half, "pm")) {
      at_ = begin;
    }
    return hour_ < 24 && minute_ < 60 && second_ <= 60;
  }

  // Mon Apr  1 10:00:00 JST 2024, the zone before or after the year or nowhere.
  bool read_late_year() {
    skip_blanks();
    const std::size_t begin = at_;
    if (is_digit(peek())) {
      const auto year = number();
      return year && year->digits == 4 && set_year(*year);
    }
    if (!read_zone()) return false;
    zone_read_ = at_ > begin;
    skip_blanks();
    const auto year = number();
    return year && year->digits == 4 && set_year(*year);
  }

  // Without a zone the sender's clock was ours; an unknown name is RFC 5322's "-0000".
  bool read_zone() {
    if (zone_read_) return true;
    skip_blanks();
    if (is_letter(peek())) {
      const std::string_view name = word();
      offset_minutes_ = 0;
      for (const Zone& zone : zones) {
        if (ascii_iequals(name, zone.name)) offset_minutes_ = zone.offset_minutes;
      }
      if (peek() != '+' && peek() != '-') return true;
    }
    if (peek() != '+' && peek() != '-') return true;
    const int sign = text_[at_++] == '-' ? -1 : 1;
    auto digits = number();
    if (!digits) return false;
    int minutes = 0;
    if (digits->digits <= 2) {
      minutes = digits->value * 60;
      if (take(':')) {
        const auto rest = number();
        if (!rest || rest->value > 59) return false;
        minutes += rest->value;
      }
    } else if (digits->digits <= 4 && digits->value % 100 < 60) {
      minutes = digits->value / 100 * 60 + digits->value % 100;
    } else {
      return false;
    }
    offset_minutes_ = sign * minutes;
    return minutes <= max_offset_minutes;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int year_ = 0, month_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0;
  int offset_minutes_ = japan_offset_minutes;
  bool year_after_clock_ = false;
  bool zone_read_ = false;
};

} // namespace

std::optional<Moment> parse_date(std::string_view value) {
  const std::string text = without_comments(unfold(value.substr(0, max_date_length)));
  return DateReader(text).read();
}

} // namespace genchi::mail
