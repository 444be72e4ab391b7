// Days and times in a text. What is right is FACTS (README.md in this folder); rules are in dates.cpp and what lies
// beside it.
#pragma once

#include <optional>
#include <vector>

#include "facts/text.hpp"
#include "genchi/facts.hpp"

namespace genchi::facts {

/// What a date needs to know that the message does not say.
enum class Open : std::uint8_t {
  none,          ///< it stands alone
  day_of_month,  ///< 12日: of the month that is spoken of
  weekday,       ///< 金曜: of the week that is spoken of
  relative_day,  ///< 翌日 前日 その3日後: counted from the day last named
  relative_week, ///< 翌週 その週
  relative_month ///< 翌月 その月
};

/// A date as one message gives it.
struct ReadDate {
  DateFact date;       ///< resolved; for an open one as if nothing had been said before the message
  Open open = Open::none;
  /// day_of_month: the day, the last day of a range in `last_number` (else 0); weekday: 0 Monday … 6;
  /// relative: how many days, weeks, months from the anchor (前日 -1, その週 0).
  int number = 0;
  int last_number = 0;
  bool needs_anchor = false;  ///< 前日: without a day named before it is no date
};

/// All dates of the own lines, in the order of the text, read alone; a value said twice is one, with `again`. Dates whose
/// context stands in the same message are resolved by it. `sent` with the offset to count in. Linear time. Any thread.
std::vector<ReadDate> read_dates(const Text& text, Moment sent);

/// The days that the conversation has named, as far as they matter for what is said next.
class DateContext {
 public:
  /// Resolves the open dates of the next message by what was named before, drops those that need an anchor and have
  /// none, and takes in what the message names.
  void settle(std::vector<ReadDate>& dates, Moment sent);

 private:
  struct Named {
    CivilDay first, last;
    UtcSeconds said = 0;
  };
  std::optional<Named> day_;    // the last single day, or short range, named
  std::optional<Named> span_;   // the last week or month named, if after it
};

}  // namespace genchi::facts
