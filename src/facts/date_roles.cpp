#include <algorithm>
#include <array>

#include "facts/date_cues.hpp"
#include "facts/date_reader.hpp"
#include "facts/date_words.hpp"

namespace genchi::facts {
namespace {

using Words = std::u32string_view;

// Dates of one row stand so near to each other.
constexpr std::size_t row_gap = 5;

/// The characters between two dates of a row; empty optional: they are further apart.
std::optional<Words> between(const Text& text, const FoundDate& first, const FoundDate& second) {
  if (second.span.begin < first.span.end || second.span.begin - first.span.end > row_gap) return std::nullopt;
  return text.chars({first.span.end, second.span.begin});
}

/// 4/1か4/2に打ち合わせ
bool are_alternatives(Words words) {
  static constexpr auto joins = std::to_array<Words>(
      {U"か", U"と",   U"や",       U"、",         U"・", U",", U"または", U"もしくは",   U"or",  U"/",
       U" ",  U"か、", U"、または", U"、もしくは", U"\n", U"~", U"も",     U"、あるいは", U"か,", U""});
  return std::find(joins.begin(), joins.end(), words) != joins.end();
}

/// ①4/1 ②4/2
bool are_listed(Words words) {
  return std::none_of(words.begin(), words.end(),
                      [](char32_t c) { return is_kanji(c) || is_hiragana(c) || c == '\n'; });
}

/// At the beginning of its line, or in a row of a table.
bool is_row(const Text& text, const FoundDate& found, const Text::Line& line) {
  if (found.span.begin - line.span.begin <= row_gap + 1) return true;
  const Words words = text.chars(line.span).substr(0, 200);
  const auto columns =
      std::count_if(words.begin(), words.end(), [](char32_t c) { return c == '|' || c == '\t' || c == ' '; });
  return columns >= 3 && words.find(U'。') == Words::npos;
}

} // namespace

void DateReader::give_roles() {
  static constexpr auto limits = std::to_array<Words>({U"以内", U"内", U"いっぱい", U"一杯"});
  std::vector<bool> sure(found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i) {
    FoundDate& found = found_[i];
    CuePlace place{found.span};
    place.from = i > 0 ? found_[i - 1].span.end : 0;
    place.to = i + 1 < found_.size() ? found_[i + 1].span.begin : text_.size();
    place.within = any_before(text_, found.days_end, limits);
    place.span = found.from_to;
    place.timed = found.read.date.precision == Precision::time;
    const RoleFound role = role_of(text_, place);
    found.read.date.role = role.role;
    sure[i] = role.sure;
  }
  const auto copy = [&](std::size_t from, std::size_t to) {
    found_[to].read.date.role = found_[from].read.date.role;
    sure[to] = true;
  };
  for (std::size_t i = found_.size(); i-- > 1;) {
    const auto words = between(text_, found_[i - 1], found_[i]);
    if (sure[i] && !sure[i - 1] && words && are_alternatives(*words)) copy(i, i - 1);
  }
  for (std::size_t i = 1; i < found_.size(); ++i) {
    const auto words = between(text_, found_[i - 1], found_[i]);
    if (sure[i - 1] && !sure[i] && words && are_listed(*words)) copy(i - 1, i);
  }
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const std::size_t line = sure[i] ? 0 : text_.line_of(found_[i].span.begin);
    if (line == 0 || !is_row(text_, found_[i], text_.lines()[line])) continue;
    const RoleFound role = role_of_heading(text_, line);
    if (!role.sure) continue;
    found_[i].read.date.role = role.role;
    sure[i] = true;
  }
  for (std::size_t i = 0; i < found_.size(); ++i) found_[i].read.role_open = !sure[i];
}

} // namespace genchi::facts
