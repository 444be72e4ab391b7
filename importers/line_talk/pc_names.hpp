// Who speaks in a PC text, where `18:20 川口 みお 明日の…` does not show where the name ends.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "importers/line_talk/talk.hpp"

namespace genchi::talk {

/// LINE's own words, which stand without a name: also of a call that nobody took.
bool is_notice(std::string_view text);

class PcNames {
 public:
  void add(std::string_view name);
  /// The longest name that `rest` begins with, on its own or before a blank; "" none.
  std::string_view match(std::string_view rest) const;
  bool empty() const { return names_.empty(); }

  /// Both of a talk of two are known: a line that begins with neither is no message.
  bool complete = false;
  /// Somebody's messages begin so often with one word that it may be of another's name: names must be given.
  bool doubtful = false;

 private:
  std::unordered_set<std::string> names_;
  std::size_t most_words_ = 0;
};

/// Names that recur at the beginning of `rests` (what follows the time of each line that may be a message): words that
/// at least three lines begin with (two, of ten lines or fewer), as long as all of these go on with the same word, or
/// with words that recur themselves; of many lines, nine in ten. A line's last word is no name's. Most frequent first.
/// Linear.
std::vector<std::string> recurring_names(const std::vector<std::string_view>& rests);

/// The names in a file: those given, the one in the file name if it speaks, else what recurs. Of a talk of two the
/// other's is in the file name, and ours is what all other lines begin with, two at least: a single word, or several that
/// so many different words follow that they cannot be of the messages. If they might be, or ours may be the other's and
/// a word more, the talk is not `complete` and a person has to say. In a group a name that recurs is `doubtful` if a
/// quarter of its lines go on with one word: it may be of a longer name. `rests` are of lines that go on in time.
PcNames find_names(const std::vector<std::string_view>& rests, std::string_view partner, const Choices& choices);

} // namespace genchi::talk
