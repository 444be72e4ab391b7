#include "importers/office/number_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/time.hpp"

namespace genchi::office {
namespace {

constexpr double most = 1e15;  // beyond that a double has no whole yen
constexpr double last_day = 2'958'465;  // 9999-12-31
constexpr int most_decimals = 10;

/// One of the parts between semicolons.
struct Section {
  std::string before, behind;  ///< what is written around the figures
  bool figures = false;
  bool general = false;
  bool grouped = false;
  bool percent = false;
  bool day = false, clock = false;
  bool other = false;  ///< something that is not done here
  int decimals = 0;
  int thousands = 0;   ///< a comma behind the figures: shown in thousands
};

class SectionReader {
 public:
  explicit SectionReader(std::string_view format) : format_(format) {}

  Section read() {
    while (at_ < format_.size()) step();
    out_.thousands = commas_;
    return out_;
  }

 private:
  void literal(std::string_view text) { (out_.figures ? out_.behind : out_.before) += text; }

  void step() {
    constexpr std::string_view general_name = "General";
    if (ascii_istarts_with(format_.substr(at_), general_name)) {
      out_.figures = out_.general = true;
      at_ += general_name.size();
      return;
    }
    const char c = format_[at_++];
    switch (c) {
    case '"': {
      const std::size_t end = std::min(format_.find('"', at_), format_.size());
      literal(format_.substr(at_, end - at_));
      at_ = std::min(end + 1, format_.size());
      break;
    }
    case '\\':
    case '!': character(); break;
    case '_':  // as wide as the next one
    case '*': skip_character(); break;
    case '[': bracket(); break;
    case '#':
    case '0':
    case '?': digit(); break;
    case ',':
      if (out_.figures) ++commas_;
      break;
    case '.': decimals_ = true; break;
    case '%':
      out_.percent = true;
      literal("%");
      break;
    case '/': (out_.day ? out_.day : out_.other) = true; break;
    case 'E':
    case 'e':
      if (at_ < format_.size() && (format_[at_] == '+' || format_[at_] == '-')) out_.other = true;
      else out_.day = true;
      break;
    case 'y': case 'Y': case 'd': case 'D': case 'g': case 'G': case 'm': case 'M': out_.day = true; break;
    case 'h': case 'H': case 's': case 'S': out_.clock = true; break;
    case '@': out_.other = true; break;
    default:
      --at_;
      character();
    }
  }

  void digit() {
    out_.figures = true;
    if (decimals_) ++out_.decimals;
    else if (commas_ > 0) out_.grouped = true;
    commas_ = 0;
  }

  void character() {
    if (at_ >= format_.size()) return;
    const CodePoint point = decode_utf8(format_, at_);
    literal(format_.substr(at_, point.size));
    at_ += point.size;
  }

  void skip_character() {
    if (at_ < format_.size()) at_ += decode_utf8(format_, at_).size;
  }

  /// [$¥-411] is ¥; [Red], [h] and [>=100] write nothing.
  void bracket() {
    const std::size_t end = std::min(format_.find(']', at_), format_.size());
    const std::string_view inside = format_.substr(at_, end - at_);
    if (inside.starts_with('$')) literal(inside.substr(1, std::min(inside.find('-'), inside.size()) - 1));
    else if (inside.starts_with('h') || inside.starts_with('m')) out_.clock = true;
    else if (inside.starts_with('<') || inside.starts_with('>') || inside.starts_with('=')) out_.other = true;
    at_ = std::min(end + 1, format_.size());
  }

  std::string_view format_;
  std::size_t at_ = 0;
  Section out_;
  bool decimals_ = false;
  int commas_ = 0;
};

/// The parts between semicolons that stand outside of quotes.
std::vector<Section> sections_of(std::string_view format) {
  std::vector<Section> sections;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t at = 0; at <= format.size() && sections.size() < 4; ++at) {
    if (at < format.size() && format[at] == '\\' && !quoted) {
      ++at;
      continue;
    }
    if (at < format.size() && format[at] == '"') quoted = !quoted;
    if (at < format.size() && (format[at] != ';' || quoted)) continue;
    sections.push_back(SectionReader(format.substr(begin, at - begin)).read());
    begin = at + 1;
  }
  if (sections.empty()) sections.emplace_back();
  return sections;
}

std::string general(double value) {
  const double whole = std::round(value);
  // 54000.000000000007 is what a formula leaves of 54000.
  if (std::abs(value) < most && std::abs(value - whole) < 1e-6) return fmt::format("{}", static_cast<std::int64_t>(whole));
  return fmt::format("{:.10g}", value);
}

std::string grouped(std::string digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string shown_day(double value, const Section& section, DayCount days) {
  const int minutes = static_cast<int>(std::lround((value - std::floor(value)) * 1440)) % 1440;
  if (!section.day || value < 1) return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
  // Excel counts a 29th of February 1900, so its first days are one off; nobody quotes for them.
  const std::int64_t epoch = days == DayCount::since_1904 ? days_from_civil({1904, 1, 1}) : days_from_civil({1899, 12, 30});
  const CivilDay day = civil_from_days(epoch + static_cast<std::int64_t>(std::floor(value)));
  std::string out = fmt::format("{}/{}/{}", day.year, day.month, day.day);
  if (section.clock) out += fmt::format(" {}:{:02}", minutes / 60, minutes % 60);
  return out;
}

}  // namespace

std::string_view built_in_format(int id) {
  switch (id) {
  case 1: return "0";
  case 2: return "0.00";
  case 3: case 37: case 38: case 41: return "#,##0";
  case 4: case 39: case 40: case 43: return "#,##0.00";
  case 5: case 6: case 42: return "\"¥\"#,##0";
  case 7: case 8: case 44: return "\"¥\"#,##0.00";
  case 9: return "0%";
  case 10: return "0.00%";
  case 18: case 19: case 20: case 21: case 32: case 33: case 45: case 46: case 47: return "h:mm";
  case 22: return "yyyy/m/d h:mm";
  default: break;
  }
  const bool day = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) || (id >= 50 && id <= 58);
  return day ? "yyyy/m/d" : "General";
}

std::string shown_number(double value, std::string_view format, DayCount days) {
  if (!std::isfinite(value)) return {};
  if (format.empty() || ascii_iequals(format, "General")) return general(value);
  const std::vector<Section> sections = sections_of(format);
  const bool has_negative = value < 0 && sections.size() >= 2;
  const bool has_zero = value == 0 && sections.size() >= 3;
  const Section& section = sections[has_negative ? 1 : has_zero ? 2 : 0];
  if ((section.day || section.clock) && !section.figures && value >= 0 && value <= last_day) return shown_day(value, section, days);
  if (section.other || section.day || section.clock || std::abs(value) >= most) return general(value);
  if (!section.figures) return section.before;  // "-" for zero
  double shown = std::abs(value) * (section.percent ? 100 : 1);
  for (int i = 0; i < std::min(section.thousands, 4); ++i) shown /= 1000;
  std::string digits = section.general ? general(shown) : fmt::format("{:.{}f}", shown + 1e-9, std::min(section.decimals, most_decimals));
  if (section.grouped) digits = grouped(std::move(digits));
  return (value < 0 && !has_negative ? "-" : "") + section.before + digits + section.behind;
}

}  // namespace genchi::office
