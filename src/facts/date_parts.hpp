// What the readers of dates in figures and in words share.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "facts/date_terms.hpp"
#include "facts/date_words.hpp"
#include "facts/text.hpp"

namespace genchi::facts {

/// A year, a month, a day, an hour: at most four figures, or a kanji number.
struct SmallNumber {
  int value = 0;
  std::size_t end = 0;
  int digits = 0;     ///< 0: in kanji
  bool leading_zero = false;
};
std::optional<SmallNumber> small_number(const Text& text, std::size_t at);

struct PrintedWeekday {
  int weekday = 0;
  std::size_t end = 0;
  bool brackets = false;
};
/// `(月)` `（月・祝）` `[Mon]` `㈪` `月曜` behind a day; blanks before it are passed over.
std::optional<PrintedWeekday> printed_weekday(const Text& text, std::size_t at);
/// 1 Monday … 7 Sunday; 0: no weekday's letter.
int weekday_letter(char32_t c);
/// 月曜 月曜日; nullopt for others, and for 日曜大工 and its like.
std::optional<PrintedWeekday> weekday_word(const Text& text, std::size_t at);

/// At most two blanks.
std::size_t skip_few_blanks(const Text& text, std::size_t at);

/// Behind a month: 上旬, 末, 10日, 第2土曜, 中. Takes it into the term.
void read_within_month(const Text& text, Term& term);
/// Behind a year: の4月, 4/1, 末, 度.
void read_within_year(const Text& text, Term& term);

/// Begins with a figure or a kanji number.
std::optional<Term> read_figures(const Text& text, std::size_t at);
/// 令和6年, R6.4.1
std::optional<Term> read_era(const Text& text, std::size_t at);
/// 3週間後, 1か月以内, 2年前: `number` stands at `at`.
std::optional<Term> read_count(const Text& text, std::size_t at, const SmallNumber& number);
/// 2〜3日後: the first number has no unit.
std::optional<Term> read_counts(const Text& text, std::size_t at, const SmallNumber& number);
/// 後 前 以内 behind 3日, 半年; nullopt: none.
std::optional<Term> read_count_end(const Text& text, Span so_far, Term::Unit unit, int number);
/// 12日, and 10 in 10、11日.
std::optional<Term> read_day_of_month(const Text& text, std::size_t at, const SmallNumber& number);

/// A file's or a paper's number goes on with a letter, a figure or a mark that joins.
bool joins_figures(char32_t c);
/// Is the number at `at` only the rest of something longer: a path, a code, a decimal?
bool joined_before(const Text& text, std::size_t at);
/// 点 in 4/1点, not in 4/1点検.
bool counter_at(const Text& text, std::size_t at);
/// Figures only, one or two; 0 in `end`: none.
SmallNumber two_figures(const Text& text, std::size_t at);
/// 5日 in 4月1〜5日, 10、11日: the figures up to it are days too. `at` is behind the figure `value`.
bool list_ends_with(const Text& text, std::size_t at, int value, char32_t unit, int largest);
/// Takes the weekday printed behind the term into it.
void take_weekday(const Text& text, Term& term);
Term calendar(Span span, int year, int month, int day, std::string_view rule);
inline bool is_day_number(int value) { return value >= 1 && value <= 31; }

}  // namespace genchi::facts
