// Times of day.
#pragma once

#include <cstddef>
#include <optional>

#include "facts/text.hpp"

namespace genchi::facts {

/// `13時` `午後1時半` `10:00` `正午`, or from one to another: `10:00-11:00` `18時〜20時`.
struct Clock {
  Span span;
  int minute = 0;        ///< after midnight; may lie behind 24:00 (25時)
  int end_minute = -1;   ///< -1: no end; never before `minute`
};

/// The time that begins at `at`. An hour from 1 to 6 without 午前 and the like is one of the afternoon, as is any up to
/// 11 when `evening`; the second of two times is that behind the first.
std::optional<Clock> read_clock(const Text& text, std::size_t at, bool evening = false);
/// Could a time begin with this character?
bool may_begin_clock(char32_t c);

}  // namespace genchi::facts
