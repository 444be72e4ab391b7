// Expressions for days, as they are written: what they say, before it is known when they were said.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "facts/date_calendar.hpp"
#include "facts/text.hpp"

namespace genchi::facts {

struct Term {
  enum class Kind : std::uint8_t {
    calendar,  ///< year, month, day, as far as they are written
    week,      ///< 来週, 来週の金曜
    weekday,   ///< 金曜
    day,       ///< 明日, 翌日
    count      ///< 3日後, 2週間以内
  };
  enum class Unit : std::uint8_t { day, week, month };
  /// What a shift or a count counts from.
  enum class Base : std::uint8_t { message, anchor, before };

  Span span;
  Kind kind = Kind::calendar;
  int year = 0, month = 0, day = 0;   ///< as written; 0: not
  bool year_shifted = false, month_shifted = false;
  int year_shift = 0, month_shift = 0;
  bool fiscal = false;                ///< 年度
  bool two_digit_year = false;
  Part part = Part::whole;
  int nth = 0;                        ///< of nth_weekday; -1 the last
  int weekday = 0, last_weekday = 0;  ///< 1 Monday … 7; of a day: as printed
  bool weekday_in_brackets = false;
  int shift = 0;                      ///< weeks or days
  Base base = Base::message;
  bool needs_anchor = false;
  bool chained = false;               ///< behind その
  Unit unit = Unit::day;
  int number = 0;                     ///< of a count; negative: 前
  int first_number = 0;               ///< 2 in 2〜3日後; 0: none
  bool within = false;
  bool past_month = false;            ///< 6月分: of the one that was, rather
  bool next_only = false;             ///< 次の金曜: not the one spoken of
  bool slash = false;                 ///< 4/1: a day number may follow without 日
  std::string_view rule;

  bool is_day() const {
    return kind == Kind::day || (kind == Kind::calendar && day != 0) || (kind != Kind::count && weekday != 0 && last_weekday == 0) ||
           kind == Kind::count || part == Part::first || part == Part::last || part == Part::nth_weekday;
  }
};

/// Could an expression begin with this character?
bool may_begin_term(char32_t c);
/// The expression that begins at `at`, the longest; nullopt if none does, or what is there is no date (4/1 in 4/1ページ,
/// 3日 in 3日間). Looks at a bounded stretch around it.
std::optional<Term> read_term(const Text& text, std::size_t at);
/// Behind a day in figures or 日: 2 in 4/1・2, 5 in 4/1-5. `at` is where the figure stands.
std::optional<Term> read_further_day(const Text& text, std::size_t at, int after_day);
/// Behind 来週の火: 木 in 火〜木, 木曜 in 火・木.
std::optional<Term> read_further_weekday(const Text& text, std::size_t at);

}  // namespace genchi::facts
