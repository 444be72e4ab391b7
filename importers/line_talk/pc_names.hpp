// Who speaks in a PC text, where `18:20 川口 みお 明日の…` does not show where the name ends.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "importers/line_talk/talk.hpp"

namespace genchi::talk {

class PcNames {
 public:
  void add(std::string_view name);
  /// The longest name that `rest` begins with, on its own or before a blank; "" none.
  std::string_view match(std::string_view rest) const;
  bool empty() const { return names_.empty(); }

  /// Both of a talk of two are known: a line that begins with neither is no message.
  bool complete = false;

 private:
  std::unordered_set<std::string> names_;
  std::size_t most_words_ = 0;
};

/// Names that recur at the beginning of `rests` (what follows the time of each line that may be a message): words that
/// at least three lines begin with (two, of ten lines or fewer), as long as all of these go on with the same word, or
/// with words that recur themselves. Most frequent first. Linear.
std::vector<std::string> recurring_names(const std::vector<std::string_view>& rests);

/// The names in a file: those given, the one in the file name if it speaks, of a talk of two the one that all others'
/// lines begin with, else what recurs.
PcNames find_names(const std::vector<std::string_view>& rests, std::string_view partner, const Choices& choices);

} // namespace genchi::talk
