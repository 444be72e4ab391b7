#include "importers/line_talk/pc_names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace genchi::talk {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t most_words = 6;      // of a name
constexpr std::size_t longest_name = 128;  // bytes; LINE allows 20 characters
constexpr std::size_t few_lines = 10;
constexpr std::size_t many_lines = 20;
// A name of several words is settled by so many lines, and so many different words behind it.
constexpr std::size_t settled_lines = 5, settled_words = 3;
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

/// Whether the name goes on, too: all lines do with words that recur, but for few of people who seldom speak.
bool goes_on_alike(const Beginning& beginning, std::size_t covered) {
  const auto lines = beginning.lines.size();
  if (covered == lines) return true;
  if (lines < many_lines || covered * 10 < lines * 9) return false;
  return std::all_of(beginning.lines.begin(), beginning.lines.end(), [&](std::string_view line) {
    return end_of_word(line, beginning.length + 1) != npos;
  });
}

bool begins_with_name(std::string_view line, std::string_view name) {
  return line.starts_with(name) && (line.size() == name.size() || line[name.size()] == ' ');
}

/// Can this name be nothing shorter? That of one word; one of several if different words follow it.
bool is_settled(std::string_view name, const std::vector<std::string_view>& lines) {
  if (name.find(' ') == npos) return true;
  std::size_t spoken = 0;
  std::set<std::string_view> next;
  for (const auto line : lines) {
    if (!begins_with_name(line, name)) continue;
    ++spoken;
    const auto rest = line.substr(std::min(name.size() + 1, line.size()));
    next.insert(rest.substr(0, rest.find(' ')));
  }
  return spoken >= settled_lines && next.size() >= settled_words;
}

/// The words that all lines begin with, leaving each one more.
std::string_view common_beginning(const std::vector<std::string_view>& lines) {
  std::string_view common;
  for (auto end = end_of_word(lines.front(), 0); end != npos; end = end_of_word(lines.front(), end + 1)) {
    const auto words = lines.front().substr(0, end + 1);
    if (!std::all_of(lines.begin(), lines.end(), [&](auto line) { return line.size() > words.size() && line.starts_with(words); })) break;
    common = lines.front().substr(0, end);
  }
  return common;
}

/// Whether somebody may speak whose name is `name` and a word more, by the share of lines that such a word begins.
bool may_go_on(std::string_view name, const std::vector<std::string_view>& lines, std::size_t least, std::size_t share) {
  std::unordered_map<std::string_view, std::size_t> next;
  std::size_t spoken = 0;
  for (const auto line : lines) {
    if (!begins_with_name(line, name)) continue;
    ++spoken;
    if (const auto end = end_of_word(line, name.size() + 1); end != npos) ++next[line.substr(name.size() + 1, end - name.size() - 1)];
  }
  return std::any_of(next.begin(), next.end(), [&](const auto& word) {
    return word.second >= least && word.second * share >= spoken;
  });
}

std::size_t least_lines(std::size_t lines) { return lines <= few_lines ? 2 : 3; }

struct Recurring {
  std::size_t lines = 0;
  std::string name;
};

std::vector<Recurring> recurring(const std::vector<std::string_view>& rests, std::size_t least) {
  std::vector<Recurring> found;
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
    const bool goes_on = beginning.words == 0 || (beginning.words < most_words && goes_on_alike(beginning, covered));
    if (goes_on)
      open.insert(open.end(), std::make_move_iterator(longer.begin()), std::make_move_iterator(longer.end()));
    else
      found.push_back({beginning.lines.size(), std::string(beginning.lines.front().substr(0, beginning.length))});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.lines != b.lines ? a.lines > b.lines : a.name < b.name;
  });
  if (found.size() > most_names) found.resize(most_names);
  return found;
}

} // namespace

bool is_notice(std::string_view text) { return parse_notice(text) || classify(text, Family::pc) == line::Content::call; }

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
  std::vector<std::string> names;
  for (auto& one : recurring(rests, least_lines(rests.size()))) names.push_back(std::move(one.name));
  return names;
}

PcNames find_names(const std::vector<std::string_view>& rests, std::string_view partner, const Choices& choices) {
  PcNames known, me, other;
  other.add(partner);
  for (const auto& name : choices.me) me.add(name);
  for (const auto* names : {&choices.me, &choices.names})
    for (const auto& name : *names) known.add(name);
  bool partner_speaks = false, me_speaks = false;
  std::vector<std::string_view> unknown;
  for (const auto rest : rests) {
    me_speaks = me_speaks || !me.match(rest).empty();
    if (!other.match(rest).empty()) partner_speaks = true;
    else if (known.match(rest).empty() && !is_notice(rest)) unknown.push_back(rest);
  }
  const auto least = least_lines(rests.size());
  if (partner_speaks) known.add(partner);
  // A talk of two, if no third speaks so often that a group must bear the name of one in it.
  const auto least_of_third = std::max({least, settled_lines, rests.size() / 10});
  if (partner_speaks && me_speaks) {
    const auto third = recurring(unknown, least_of_third);
    for (const auto& one : third) known.add(one.name);
    known.complete = third.empty();
    return known;
  }
  auto learned = recurring(unknown, least);
  // … where what is not the other's is ours, but for lines of somebody's message that begin with a time.
  if (partner_speaks && unknown.empty()) {
    known.complete = !may_go_on(partner, rests, settled_words, 5);
    return known;
  }
  if (partner_speaks && learned.empty() && unknown.size() > 1)
    if (const auto common = common_beginning(unknown); !common.empty()) learned.push_back({unknown.size(), std::string(common)});
  if (!partner_speaks) {
    for (const auto& one : learned) known.add(one.name);
    known.doubtful = std::any_of(learned.begin(), learned.end(), [&](const auto& one) { return may_go_on(one.name, unknown, settled_lines, 4); });
    return known;
  }
  // What recurs seldom beside ours is of lines that begin with a time.
  while (learned.size() > 1 && learned.back().lines < least_of_third && learned.back().lines * 5 < learned.front().lines) learned.pop_back();
  for (const auto& one : learned) known.add(one.name);
  // Nothing recurs: lines of the other's own, if a person has named everybody.
  if (learned.empty()) known.complete = !choices.names.empty();
  else known.complete = learned.size() == 1 && is_settled(learned.front().name, unknown);
  return known;
}

} // namespace genchi::talk
