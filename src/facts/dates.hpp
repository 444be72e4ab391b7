// Days and times in a text. What is right is FACTS (README.md in this folder). Expressions are read by date_terms.cpp
// and date_figures.cpp, times of day by date_clock.cpp; dates.cpp puts them together, date_cues.cpp says what they are
// for, date_context.cpp what they mean in a conversation. The words are in date_words.inc and date_cue_words.inc.
#pragma once

#include <optional>
#include <vector>

#include "facts/date_calendar.hpp"
#include "facts/date_terms.hpp"
#include "facts/text.hpp"
#include "genchi/facts.hpp"

namespace genchi::facts {

/// What a date needs to know that the message does not say.
enum class Open : std::uint8_t {
  none,          ///< it stands alone
  day_of_month,  ///< 12日: of the month that is spoken of
  weekday,       ///< 金曜: of the week that is spoken of
  part_of_month, ///< 上旬 月末: of the month that is spoken of
  relative_day,  ///< 翌日 前日 その3日後: counted from the day last named
  relative_week, ///< 翌週 その週
  relative_month ///< 翌月 その月 その1か月後
};

/// A date as one message gives it.
struct ReadDate {
  DateFact date;       ///< resolved; for an open one as if nothing had been said before the message
  Open open = Open::none;
  /// day_of_month: the day, the last day of a range in `last_number` (else 0); weekday: 1 Monday … 7, likewise;
  /// relative: how many days, weeks, months from the anchor (前日 -1, その週 0).
  int number = 0;
  int last_number = 0;
  bool needs_anchor = false;  ///< 前日: without a day named before it is no date
  // What is said besides, for open ones.
  int weekday = 0;            ///< day_of_month: printed; relative_week: the day that is meant
  int day = 0;                ///< relative_month: 20 in 翌月20日
  Part part = Part::whole;    ///< of the month or week
  Lean lean = Lean::none;
  bool of_noun = false;       ///< 金曜の…: may be one that was
  bool chained = false;       ///< その翌日: from the day before it, even if that is relative itself
  bool firm = false;          ///< can say which month or week is spoken of: 4/1, 来週; not 今日, 3日後
  bool role_open = false;     ///< no word of the message says what the day is for
};

/// All dates of the own lines, in the order of the text, read alone; a value said twice is one, with `again`. Dates whose
/// context stands in the same message are resolved by it. `sent` with the offset to count in. Linear time. Any thread.
std::vector<ReadDate> read_dates(const Text& text, Moment sent);

/// Days that were named, the latest last. A firm one can say which month or week is spoken of; 今日 and 3日後 cannot.
struct NamedDays {
  Days days;
  bool firm = false;
  bool open = false;  ///< what it is depends on the conversation itself
  bool relative = false;  ///< 翌日: in its own message others count from what it counts from
  DateRole role = DateRole::mention;
};

/// What an open date is after what was named; nullopt: it needs an anchor and has none.
std::optional<Days> resolve_open(const ReadDate& date, const std::vector<NamedDays>& named, CivilDay today);
/// Takes a date in, and forgets the oldest.
void name_days(std::vector<NamedDays>& named, NamedDays days);

/// The days that the conversation has named, as far as they matter for what is said next.
class DateContext {
 public:
  /// Resolves the open dates of the next message by what was named before, drops those that need an anchor
  /// and have none, and takes in what the message names. A day that is named again without a word of what it
  /// is for is for what it was.
  void settle(std::vector<ReadDate>& dates, Moment sent);

  /// What a day is for that is put forward without a word of it: what was last arranged, else a meeting.
  DateRole arranged() const { return arranged_; }

 private:
  void take_role(ReadDate& date, Days days, CivilDay today) const;

  std::vector<NamedDays> named_;
  UtcSeconds said_ = 0;
  DateRole arranged_ = DateRole::appointment;
};

}  // namespace genchi::facts
