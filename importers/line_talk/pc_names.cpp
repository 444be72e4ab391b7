#include "importers/line_talk/pc_names.hpp"

#include <algorithm>
#include <map>

namespace genchi::talk {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t most_words = 6;      // of a name
constexpr std::size_t longest_name = 128;  // bytes; LINE allows 20 characters
constexpr std::size_t few_lines = 10;
constexpr std::size_t most_names = 10'000; // hostile

/// Lines that begin with the same words.
struct Beginning {
  std::size_t length = 0; // of those words
  std::size_t words = 0;
  std::vector<std::string_view> lines;
};

/// The end of the word that begins at `at`, if more follows it.
std::size_t end_of_word(std::string_view line, std::size_t at) {
  const auto blank = line.find(' ', at);
  return blank == npos || blank == at || blank > longest_name || blank + 1 == line.size() ? npos : blank;
}

std::map<std::string_view, std::vector<std::string_view>> by_next_word(const Beginning& beginning) {
  std::map<std::string_view, std::vector<std::string_view>> next;
  const auto at = beginning.words == 0 ? 0 : beginning.length + 1;
  for (const auto line : beginning.lines)
    if (const auto end = end_of_word(line, at); end != npos) next[line.substr(0, end)].push_back(line);
  return next;
}

} // namespace

void PcNames::add(std::string_view name) {
  if (name.empty() || name.size() > longest_name) return;
  most_words_ = std::max<std::size_t>(most_words_, 1 + static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')));
  names_.emplace(name);
}

std::string_view PcNames::match(std::string_view rest) const {
  std::string_view found;
  std::size_t at = 0;
  for (std::size_t words = 0; words < most_words_; ++words) {
    const auto blank = rest.find(' ', at);
    const auto end = std::min(blank, rest.size());
    if (end > longest_name) break;
    if (names_.contains(std::string(rest.substr(0, end)))) found = rest.substr(0, end);
    if (blank == npos) break;
    at = blank + 1;
  }
  return found;
}

std::vector<std::string> recurring_names(const std::vector<std::string_view>& rests) {
  const std::size_t least = rests.size() <= few_lines ? 2 : 3;
  std::vector<std::pair<std::size_t, std::string>> found;
  std::vector<Beginning> open{{0, 0, rests}};
  while (!open.empty()) {
    const Beginning beginning = std::move(open.back());
    open.pop_back();
    std::vector<Beginning> longer;
    std::size_t covered = 0;
    for (auto& [words, lines] : by_next_word(beginning)) {
      if (lines.size() < least) continue;
      covered += lines.size();
      longer.push_back({words.size(), beginning.words + 1, std::move(lines)});
    }
    const bool goes_on = beginning.words == 0 || (beginning.words < most_words && covered == beginning.lines.size());
    if (goes_on)
      open.insert(open.end(), std::make_move_iterator(longer.begin()), std::make_move_iterator(longer.end()));
    else
      found.emplace_back(beginning.lines.size(), beginning.lines.front().substr(0, beginning.length));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (found.size() > most_names) found.resize(most_names);
  std::vector<std::string> names;
  for (auto& [count, name] : found) names.push_back(std::move(name));
  return names;
}

PcNames find_names(const std::vector<std::string_view>& rests, std::string_view partner, const Choices& choices) {
  PcNames known;
  for (const auto& name : choices.me) known.add(name);
  for (const auto& name : choices.names) known.add(name);
  PcNames other;
  other.add(partner);
  bool partner_speaks = false;
  std::vector<std::string_view> unknown;
  for (const auto rest : rests) {
    if (!other.match(rest).empty()) partner_speaks = true;
    else if (known.match(rest).empty() && !parse_notice(rest)) unknown.push_back(rest);
  }
  if (partner_speaks) known.add(partner);
  const bool me_speaks = std::any_of(choices.me.begin(), choices.me.end(), [&](const auto& name) {
    PcNames me;
    me.add(name);
    return std::any_of(rests.begin(), rests.end(), [&](auto rest) { return !me.match(rest).empty(); });
  });
  std::vector<std::string> learned = recurring_names(unknown);
  if (!partner_speaks) {
    for (const auto& name : learned) known.add(name);
    return known;
  }
  // A talk of two: what is not the other's is ours, but for lines of somebody's message that begin with a time.
  if (me_speaks && learned.empty()) {
    known.complete = true;
  } else if (learned.empty() && !unknown.empty() && !me_speaks) {
    known.add(unknown.front().substr(0, unknown.front().find(' ')));
    known.complete = true;
  } else if (learned.size() == 1 && !me_speaks) {
    known.add(learned.front());
    known.complete = true;
  } else {
    for (const auto& name : learned) known.add(name);
  }
  known.complete = known.complete || (unknown.empty() && learned.empty());
  return known;
}

} // namespace genchi::talk
