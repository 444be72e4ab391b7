// Reads the dates of one text. Used by read_dates() alone; its parts are in dates.cpp (the way through the text),
// date_resolve.cpp (which days an expression means), date_ranges.cpp (two expressions that make one date, and rows of
// them), date_times.cpp (times beside a day) and date_roles.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "facts/date_clock.hpp"
#include "facts/dates.hpp"

namespace genchi::facts {

/// A date as it was found: what it says, and where it stands.
struct FoundDate {
  ReadDate read;
  Span span;                 ///< with the time beside it
  std::size_t clock_end = 0; ///< of a time that stands apart; 0: none
  std::size_t days_end = 0;  ///< of the expression without the time
  bool from_to = false;      ///< 1日から5日まで
  bool one_day = false;
  bool dated = false;        ///< with its year
};

class DateReader {
 public:
  DateReader(const Text& text, Moment sent)
      : text_(text), sent_(sent), today_(civil_day(sent.utc, sent.offset_minutes)) {}

  std::vector<ReadDate> read();

 private:
  // dates.cpp
  void read_line(Span line);
  std::size_t take(Term term);  // the place to go on from
  bool is_other_word(const Term& term) const;
  bool is_recurring(const Term& term) const;
  bool is_of_terms(const Term& term);
  bool anchor_stands(Term& term) const;
  bool count_stands(Term& term) const;
  bool count_is_ahead_of_something(const Term& term) const;
  bool is_count_after_event(const Term& term) const;
  bool counts_from_date(const Term& term, std::size_t before) const;
  void add(FoundDate found);
  std::vector<ReadDate> collect();

  // date_resolve.cpp
  std::optional<FoundDate> resolve(const Term& term, Lean lean) const;
  std::optional<Days> closed_days(const Term& term, Lean lean) const;
  std::optional<Days> in_year_before(const Term& term, Lean lean) const;
  std::optional<Days> calendar_days(const Term& term, Lean lean) const;
  std::optional<Days> count_days(const Term& term) const;

  // date_ranges.cpp
  std::optional<Term> range_end(const Term& first) const;
  bool join_range(FoundDate& found, const Term& first, const Term& end) const;
  std::optional<Days> end_days(FoundDate& found, const Term& first, const Term& end) const;
  bool join_same(FoundDate& found, const Term& first);
  bool narrow(FoundDate& found, const Term& first, const Term& second, bool in_a_row);
  void widen_to_week(FoundDate& found) const;
  void take_list(const Term& term, const FoundDate& first);
  std::optional<Term> next_in_list(const Term& term, std::size_t end, int last_day) const;

  // date_times.cpp
  void take_clocks(FoundDate found);
  bool to_another_day(FoundDate& timed, const FoundDate& day) const;
  void attach_distant_clocks();
  void attach_distant_clock(FoundDate& found, std::size_t next, bool only);
  void add_other_times(const FoundDate& timed, std::size_t next, std::vector<FoundDate>& all) const;
  std::optional<Clock> clock_at(std::size_t at, std::size_t day) const;

  // date_roles.cpp
  void give_roles();

  const Text& text_;
  Moment sent_;
  CivilDay today_;
  std::vector<FoundDate> found_;
  std::vector<NamedDays> named_;
  std::size_t rejected_end_ = static_cast<std::size_t>(-1);  // of what was no date of one time: 毎月5日
  std::size_t terms_end_ = 0;                                // general terms of payment reach to here
};

/// ~ and - between two days.
bool sign_of_range(char32_t c);

}  // namespace genchi::facts
