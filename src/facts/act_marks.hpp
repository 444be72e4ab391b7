// The words of act_words.inc in a message: its own lines as one run of sentences in one spelling, and what
// was found there. Below acts.hpp; nothing else uses it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/text.hpp"

namespace genchi::facts {

/// What a word of act_words.inc may do, by the name of its list.
enum class Mark : std::uint8_t {
  mere_word,
  understood,
  understood_alone,
  fine,
  fine_alone,
  fine_or_refuse,
  that_way,
  go,
  go_alone,
  request,
  regards,
  confirm,
  booked,
  await_you,
  come,
  yes,
  refuse,
  cannot,
  unable,
  hold,
  consult,
  reply,
  wait_soft,
  later,
  change,
  shift,
  add,
  again,
  apology,
  cancel,
  quit,
  suggest,
  can_ask,
  want,
  if_that,
  available,
  quote,
  hand_over,
  enquire,
  wh,
  instruct,
  condition,
  condition_soft,
  benefit_if,
  commit,
  thanks,
  next_time,
  invoice,
  machine,
  restates,
  reminds,
  contrast,
  as_was,
  make_it,
  praise,
  refer,
  everyone,
  campaign,
  do_it
};

struct FoundMark {
  Mark mark{};
  std::size_t begin = 0, end = 0; ///< of Spoken::chars()
};

/// The own lines of a text in the spelling of act_words.inc: '\n' ends a sentence, U'、' a clause, '?' stands
/// before the
/// '\n' of a question; no blanks, no brackets, words in 「」 are one ◇.
class Spoken {
 public:
  explicit Spoken(const Text& text);

  std::u32string_view chars() const { return chars_; }
  char32_t operator[](std::size_t i) const { return i < chars_.size() ? chars_[i] : U'\n'; }
  /// Bytes of the message that [begin, end) was made from.
  TextSpan bytes(std::size_t begin, std::size_t end) const;
  /// Where the character of this byte, or the next that was kept, stands.
  std::size_t at_byte(std::uint32_t byte) const;
  bool starts_with(std::size_t at, std::u32string_view what) const {
    return at <= chars_.size() && std::u32string_view(chars_).substr(at, what.size()) == what;
  }

 private:
  void put(char32_t c, std::size_t from);
  void end_sentence(std::size_t from);
  void add_line(Span line, bool joins);

  const Text& text_;
  std::u32string chars_;
  std::vector<std::uint32_t> from_; // the character of text_ that each came from
};

/// Everything of act_words.inc in [begin, end), in order; marks of different lists may overlap. A word that
/// only speaks of an act hides what it contains. Linear time; at most `most` marks.
std::vector<FoundMark> find_marks(const Spoken& spoken, std::size_t begin, std::size_t end, std::size_t most);

/// How a verb or verbal noun goes on: キャンセル|します, 変更|できますか.
enum class Ending : std::uint8_t { none, will, asks, can, done, supposed, negated, others, accepts };
Ending ending_at(const Spoken& spoken, std::size_t at);

} // namespace genchi::facts
