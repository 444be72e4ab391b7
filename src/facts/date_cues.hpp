// What a day is for, and whether its sentence looks back or ahead, by the words near it.
#pragma once

#include "facts/date_calendar.hpp"
#include "facts/text.hpp"
#include "genchi/facts.hpp"

namespace genchi::facts {

/// By the first verb behind `end`, within the sentence.
Lean lean_behind(const Text& text, std::size_t end);

struct CuePlace {
  Span date;             ///< the expression with its time
  std::size_t from = 0;  ///< the date before ends here
  std::size_t to = 0;    ///< the next begins here
  bool within = false;   ///< 10日以内, 8月いっぱい: a deadline by itself
  bool span = false;     ///< 4/1から5日まで: まで does not make it a deadline
  bool timed = false;
};
struct RoleFound {
  DateRole role = DateRole::mention;
  bool sure = false;     ///< a word says so; else it may be that of a date beside it
};
RoleFound role_of(const Text& text, const CuePlace& place);
/// The role that the heading of a list gives to the dates at the beginning of its lines.
RoleFound role_of_heading(const Text& text, std::size_t line);

}  // namespace genchi::facts
