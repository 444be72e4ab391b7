#include "importers/line_talk/talk.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_talk/lines.hpp"
#include "importers/line_talk/pc_names.hpp"
#include "text/charset.hpp"

namespace genchi::talk {
namespace {

/// Marks a string for translation without translating it here.
#define GENCHI_N(text) text

constexpr auto npos = std::string_view::npos;
// LINE allows 10,000 characters.
constexpr std::size_t longest_body = 40'000;
// Where title, saved line and first day are looked for.
constexpr std::size_t header_lines = 8;

bool is_blank(const TextLine& line) { return trim(line.text).empty(); }

int weekday_of(CivilDay day) { return static_cast<int>(((days_from_civil(day) + 4) % 7 + 7) % 7); }

std::string without_isolates(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("\u2068") || text.substr(at).starts_with("\u2069")) {
      at += 3;
      continue;
    }
    out += text[at++];
  }
  return out;
}

// --- lines of a phone's file

struct RowHead {
  int minute = 0;
  std::string_view name; ///< empty: LINE's own words
  std::string_view body;
};

std::optional<RowHead> parse_row_head(std::string_view text) {
  RowHead head;
  const auto minute = take_time(text);
  if (!minute || !text.starts_with('\t')) return std::nullopt;
  text.remove_prefix(1);
  head.minute = *minute;
  const auto tab = text.find('\t');
  if (tab == npos) {
    head.body = text; // as older versions write their own words
  } else {
    head.name = text.substr(0, tab);
    head.body = text.substr(tab + 1);
  }
  return head;
}

bool is_row(const TextLine& line) { return parse_row_head(line.text).has_value(); }

/// A line of PC text that may be a message: a time and what follows it.
std::optional<std::pair<int, std::string_view>> parse_start(std::string_view text) {
  const auto digits = text.find(':');
  if (digits == npos) return std::nullopt;
  auto rest = text;
  const auto minute = take_time(rest);
  if (!minute || rest.size() < 2 || rest[0] != ' ') return std::nullopt;
  // Two digits, or they are words such as 8:30.
  if (text[0] >= '0' && text[0] <= '9' && digits != 2) return std::nullopt;
  return std::pair(*minute, rest.substr(1));
}

/// A line of PC text that may be LINE's line of a new day.
struct PcDay {
  std::int64_t day = 0;
  std::size_t line = 0;
  bool needed = false; ///< the clock goes back here, as it does only from one day to the next
};

/// The lines among these that are LINE's: days ascend, so the most that do so together, above all those that are needed;
/// a pasted one of another time does not make the days after it wrong. The first line of a file is one for sure.
std::vector<std::size_t> days_that_go_on(const std::vector<PcDay>& days) {
  constexpr std::int64_t needed = 4;
  if (days.empty()) return {};
  std::vector<std::int64_t> values;
  for (const auto& day : days) values.push_back(day.day);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  // A Fenwick tree over the days: the best row of days that ends before one.
  struct Best {
    std::int64_t weight = 0;
    std::size_t last = 0;
  };
  std::vector<Best> tree(values.size() + 1);
  std::vector<std::size_t> before(days.size());
  Best best;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto rank = static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), days[i].day) - values.begin());
    Best row;
    for (auto at = rank; at > 0; at &= at - 1)
      if (tree[at].weight > row.weight) row = tree[at];
    if (i > 0 && row.weight == 0) continue;
    before[i] = row.last;
    row = {row.weight + (days[i].needed ? needed : 1), i};
    if (row.weight > best.weight) best = row;
    for (auto at = rank + 1; at < tree.size(); at += at & (~at + 1))
      if (row.weight > tree[at].weight) tree[at] = row;
  }
  std::vector<std::size_t> lines;
  for (auto i = best.last;; i = before[i]) {
    lines.push_back(days[i].line);
    if (i == 0) break;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

/// A line of PC text that may be a message.
struct PcStart {
  int minute = 0;
  std::string_view rest; ///< behind its time
  std::size_t line = 0;
};

/// What follows the times of those that can all be messages: in each day the first, and the most after it whose times
/// ascend. A line of somebody's message that begins with a time is seldom among them.
std::vector<std::string_view> rests_that_go_on(const std::vector<PcStart>& starts, const std::vector<std::size_t>& day_lines) {
  std::vector<std::string_view> rests;
  std::size_t day = 0;
  for (std::size_t begin = 0, end = 0; begin < starts.size(); begin = end) {
    while (day < day_lines.size() && day_lines[day] < starts[begin].line) ++day;
    while (end < starts.size() && (day == day_lines.size() || starts[end].line < day_lines[day])) ++end;
    // By length, the row that ends earliest: its last, and what came before each.
    std::vector<std::size_t> ends, before(end - begin), row;
    for (auto i = begin; i < end; ++i) {
      if (starts[i].minute < starts[begin].minute) continue;
      const auto at = std::upper_bound(ends.begin(), ends.end(), starts[i].minute, [&](int minute, std::size_t other) { return minute < starts[other].minute; });
      before[i - begin] = at == ends.begin() ? i : *(at - 1);
      if (at == ends.end()) ends.push_back(i);
      else *at = i;
    }
    for (auto i = ends.back();; i = before[i - begin]) {
      row.push_back(i);
      if (before[i - begin] == i) break;
    }
    for (auto i = row.rbegin(); i != row.rend(); ++i) rests.push_back(starts[*i].rest);
  }
  return rests;
}

enum class Quote { open, closed, no_quote };

/// Where a line leaves the quote it begins within: still open, closed by its last character, or no quote at all.
Quote after_line(std::string_view text) {
  for (std::size_t at = text.find('"'); at != npos; at = text.find('"', at)) {
    if (at + 1 == text.size()) return Quote::closed;
    if (text[at + 1] != '"') return Quote::no_quote;
    at += 2;
  }
  return Quote::open;
}

void append_unquoted(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') ++at;
  }
}

/// The text of a quoted body: `first` is what stands behind the opening quote.
template <typename LineText>
std::string unquote(std::string_view first, std::size_t begin, std::size_t end, const LineText& line, bool closed) {
  std::string out;
  append_unquoted(out, first);
  for (std::size_t i = begin; i < end; ++i) {
    std::string_view text = line(i);
    if (closed && i + 1 == end) text.remove_suffix(1);
    out += '\n';
    append_unquoted(out, text);
  }
  return out;
}

void set_own_words(Row& row) {
  row.system = true;
  row.text = without_isolates(row.text);
  row.content = classify(row.text, Family::mobile);
  if (const auto notice = parse_notice(row.text); notice && notice->content == line::Content::unsent) {
    row.content = notice->content;
    row.sender = notice->name;
  }
}

// --- which file this is

struct Start {
  Family family = Family::mobile;
  std::optional<Title> title;
  std::optional<WrittenSaved> saved;
  std::size_t first = 0; ///< line behind the header
};

std::optional<Start> recognise(const Lines& lines, std::string_view file_name) {
  std::size_t at = 0;
  const auto skip_blank = [&] {
    while (at < lines.size() && is_blank(lines[at])) ++at;
  };
  skip_blank();
  if (at == lines.size()) return std::nullopt;
  Start start;
  start.title = parse_title(lines[at].text);
  if (start.title) ++at;
  start.first = at;
  skip_blank();
  if (at < lines.size()) start.saved = parse_saved_line(lines[at].text);
  if (start.saved) start.first = ++at;
  skip_blank();
  const bool ends = at == lines.size();
  const auto row_follows = [&](std::size_t day) {
    for (++day; day < lines.size() && is_blank(lines[day]);) ++day;
    return day < lines.size() && is_row(lines[day]);
  };
  if (!ends && parse_day_line(lines[at].text, Family::mobile)) {
    const bool known = start.title && (!start.title->locale.empty() || start.saved);
    if (known || row_follows(at)) return start;
  }
  // Cut off behind its header, damaged there, or a talk without messages.
  if (start.title && !start.title->locale.empty() && (ends || start.saved)) return start;
  if (start.title && !start.title->locale.empty()) {
    for (auto i = at; i < lines.size() && i < at + header_lines; ++i)
      if (parse_day_line(lines[i].text, Family::mobile)) return start;
  }
  if (start.title || start.saved || ends) return std::nullopt;
  start.family = Family::pc;
  const auto day = parse_day_line(lines[at].text, Family::pc);
  if (!day || !day->day || day->weekday != weekday_of(*day->day)) return std::nullopt;
  if (!name_in_file_name(file_name).empty()) return start;
  if (at + 1 == lines.size() || !parse_start(lines[at + 1].text)) return std::nullopt;
  std::vector<std::string_view> rests;
  for (auto i = at + 1; i < lines.size() && rests.size() < 1000; ++i)
    if (const auto line = parse_start(lines[i].text)) rests.push_back(line->second);
  if (recurring_names(rests).empty()) return std::nullopt;
  return start;
}

// --- reading

class Reader {
 public:
  Reader(const Lines& lines, const Start& start, const Choices& choices, Talk& out)
      : lines_(lines), start_(start), choices_(choices), out_(out) {}

  void read(std::string_view file_name) {
    out_.family = start_.family;
    out_.charset = lines_.charset();
    out_.preamble_length = start_.first < lines_.size() ? lines_[start_.first].offset : lines_.end();
    if (start_.title) {
      out_.name = start_.title->name;
      out_.group = start_.title->group;
      out_.locale = start_.title->locale;
    } else {
      out_.name = name_in_file_name(file_name);
    }
    if (out_.family == Family::mobile) read_mobile();
    else read_pc();
    if (!out_.rows.empty() && !lines_[lines_.size() - 1].has_end && out_.rows.back().offset + out_.rows.back().length == lines_.end())
      out_.bad_rows.push_back({lines_.end(), 0, out_.rows.back().line, tr("the file ends here without a line end: this message may be cut off"), 0});
    settle_days();
    count_senders();
    settle_sides();
  }

 private:
  // Rows as they are met; days are settled when all are seen.
  struct Day {
    WrittenDay written;
    std::size_t line = 0;
  };

  void read_mobile();
  std::size_t read_body(std::size_t at, const RowHead& head, Row& row);
  void read_pc();
  void add_row(Row row, std::size_t begin, std::size_t end);
  void reject(std::size_t begin, std::size_t end, const char* reason);
  std::string_view text(std::size_t i) const { return lines_[i].text; }

  void settle_days();
  DateOrder order_of_days() const;
  void count_senders();
  void settle_sides();

  const Lines& lines_;
  const Start& start_;
  const Choices& choices_;
  Talk& out_;
  std::vector<Day> days_;
  std::vector<std::size_t> day_of_; ///< of each row, an index into days_
  const char* last_reason_ = nullptr;
  bool complete_ = false; ///< PC: the two of a talk of two are known
};

void Reader::add_row(Row row, std::size_t begin, std::size_t end) {
  row.offset = lines_[begin].offset;
  row.length = static_cast<std::uint32_t>(lines_[end - 1].offset + lines_[end - 1].length - row.offset);
  row.line = static_cast<std::uint32_t>(begin + 1);
  const bool damaged = std::any_of(&lines_[begin], &lines_[begin] + (end - begin), [](const TextLine& line) { return line.damaged; });
  row.lossy = row.content == line::Content::text && (row.lossy || damaged || !lines_[end - 1].has_end);
  last_reason_ = nullptr;
  if (days_.empty()) return reject(begin, end, GENCHI_N("a message before the first day"));
  day_of_.push_back(days_.size() - 1);
  out_.rows.push_back(std::move(row));
}

void Reader::reject(std::size_t begin, std::size_t end, const char* reason) {
  const auto offset = lines_[begin].offset;
  if (last_reason_ != reason) out_.bad_rows.push_back({offset, 0, static_cast<std::uint32_t>(begin + 1), tr(reason), 0});
  last_reason_ = reason;
  auto& bad = out_.bad_rows.back();
  bad.length = lines_[end - 1].offset + lines_[end - 1].length - bad.offset;
  ++bad.rows;
}

void Reader::read_mobile() {
  for (std::size_t i = start_.first; i < lines_.size();) {
    if (is_blank(lines_[i])) {
      ++i;
      last_reason_ = nullptr;
      continue;
    }
    if (auto day = parse_day_line(text(i), Family::mobile)) {
      if (out_.locale.empty()) out_.locale = day->locale;
      days_.push_back({*std::move(day), i++});
      last_reason_ = nullptr;
      continue;
    }
    if (const auto head = parse_row_head(text(i))) {
      Row row;
      row.minute = head->minute;
      row.sender = head->name;
      const auto end = read_body(i, *head, row);
      if (head->name.empty()) set_own_words(row);
      else row.content = classify(row.text, Family::mobile);
      add_row(std::move(row), i, end);
      i = end;
      continue;
    }
    reject(i, i + 1, lines_[i].has_end ? GENCHI_N("a line that is no part of a message") : GENCHI_N("the file ends inside a line"));
    ++i;
  }
}

/// Reads the body that begins on line `at`; returns the line behind it. A quote that closes may hold lines like messages
/// (a pasted talk): they are its own if between them are lines that would otherwise belong to none. In a file as LINE
/// writes it that is certain, since no line beginning with an open quote can stand within another.
std::size_t Reader::read_body(std::size_t at, const RowHead& head, Row& row) {
  const auto literal = [&] {
    row.text = head.body;
    return at + 1;
  };
  if (!head.body.starts_with('"') || after_line(head.body.substr(1)) != Quote::open) return literal();
  const auto line_text = [&](std::size_t i) { return text(i); };
  std::size_t last_words = at;
  bool other_row = false; ///< a line like a message of its own, or a day before one, was met
  bool stray = false;     ///< and one that is no part of any, were this body a single line
  std::size_t bytes = head.body.size();
  for (auto i = at + 1; i < lines_.size(); ++i) {
    const bool row_here = is_row(lines_[i]);
    const bool day_here = is_blank(lines_[i - 1]) && i + 1 < lines_.size() && is_row(lines_[i + 1]) && parse_day_line(text(i), Family::mobile);
    other_row = other_row || row_here || day_here;
    stray = stray || !(row_here || day_here || is_blank(lines_[i]));
    bytes += text(i).size();
    if (other_row && bytes > longest_body) return literal();
    if (!is_blank(lines_[i])) last_words = i;
    const auto quote = after_line(text(i));
    if (quote == Quote::no_quote) return literal();
    if (quote == Quote::open) continue;
    if (other_row && !stray) return literal();
    row.text = unquote(head.body.substr(1), at + 1, i + 1, line_text, true);
    return i + 1;
  }
  if (last_words == at || other_row) return literal();
  row.text = unquote(head.body.substr(1), at + 1, last_words + 1, line_text, false);
  row.lossy = true;
  return last_words + 1;
}

void Reader::read_pc() {
  enum class Kind : std::uint8_t { other, day, start };
  std::vector<Kind> kinds(lines_.size(), Kind::other);
  std::vector<PcStart> starts;
  std::vector<PcDay> days;
  int before = 0; // the time of the last line that may be a message
  std::optional<bool> twelve_hours; // as the first line has it; a file is written by one clock
  for (auto i = start_.first; i < lines_.size(); ++i) {
    if (const auto start = parse_start(text(i))) {
      const bool half_days = text(i).substr(0, text(i).size() - start->second.size() - 1).find_first_not_of("0123456789:") != npos;
      if (!twelve_hours) twelve_hours = half_days;
      if (half_days != *twelve_hours) continue;
      kinds[i] = Kind::start;
      starts.push_back({start->first, start->second, i});
      before = start->first;
      continue;
    }
    // People write such lines, too: one of LINE's is right about its weekday, and a message follows.
    const auto day = parse_day_line(text(i), Family::pc);
    if (!day || day->weekday != weekday_of(*day->day)) continue;
    const auto next = i + 1 < lines_.size() ? parse_start(text(i + 1)) : std::nullopt;
    if (!next && i + 1 < lines_.size()) continue;
    if (out_.locale.empty()) out_.locale = day->locale;
    days.push_back({days_from_civil(*day->day), i, next && next->first < before});
  }
  const auto day_lines = days_that_go_on(days);
  for (const auto i : day_lines) kinds[i] = Kind::day;
  const PcNames names = find_names(rests_that_go_on(starts, day_lines), out_.name, choices_);
  complete_ = names.complete;
  out_.names_unknown = names.doubtful;
  // The next line that is a message for sure, on the same day: one of an unknown name is none if it is later.
  std::vector<int> until(names.complete ? 0 : lines_.size(), 24 * 60);
  for (auto i = until.size(); i-- > start_.first;) {
    const bool known = kinds[i] == Kind::start && !names.match(parse_start(text(i))->second).empty();
    until[i] = kinds[i] == Kind::day ? 24 * 60 : known ? parse_start(text(i))->first : i + 1 < until.size() ? until[i + 1] : 24 * 60;
  }

  const auto is_message = [&](std::size_t i, int since, std::pair<int, std::string_view>& start, std::string_view& name) {
    if (kinds[i] != Kind::start) return false;
    start = *parse_start(text(i));
    name = names.match(start.second);
    if (!name.empty() || is_notice(start.second)) return true;
    return !names.complete && start.first >= since && start.first <= until[i];
  };
  int since = 0;
  std::pair<int, std::string_view> start;
  std::string_view name;
  for (auto i = start_.first; i < lines_.size();) {
    if (is_blank(lines_[i])) {
      ++i;
      continue;
    }
    if (kinds[i] == Kind::day) {
      days_.push_back({*parse_day_line(text(i), Family::pc), i});
      since = 0;
      ++i;
      continue;
    }
    if (!is_message(i, since, start, name)) {
      reject(i, i + 1, GENCHI_N("a line that is no part of a message"));
      ++i;
      continue;
    }
    const auto first = start;
    const auto sender = name;
    since = std::max(since, first.first);
    std::size_t end = i + 1; // behind the last line with words
    for (auto j = end; j < lines_.size() && kinds[j] != Kind::day && !is_message(j, since, start, name); ++j)
      if (!is_blank(lines_[j])) end = j + 1;
    Row row;
    row.minute = first.first;
    row.sender = sender;
    row.text = first.second.substr(sender.empty() ? 0 : std::min(sender.size() + 1, first.second.size()));
    for (auto j = i + 1; j < end; ++j) (row.text += '\n') += text(j);
    if (sender.empty() && is_notice(row.text)) set_own_words(row);
    else row.content = classify(row.text, Family::pc);
    add_row(std::move(row), i, end);
    for (i = end; i < lines_.size() && is_blank(lines_[i]);) ++i;
  }
}

// --- days

/// Where day and month can be told apart only by what else the file says. The weekday first: a wrong reading hits one in
/// seven only.
DateOrder Reader::order_of_days() const {
  struct Reading {
    DateOrder order;
    int impossible = 0, fits = 0, backward = 0;
    bool after_saved = false;
  };
  Reading month{DateOrder::month_first}, day{DateOrder::day_first};
  bool differ = false;
  for (Reading* reading : {&month, &day}) {
    std::optional<CivilDay> last;
    for (const auto& one : days_) {
      const auto read = one.written.read(reading->order);
      differ = differ || (!one.written.day && one.written.first != one.written.second);
      if (!read) {
        ++reading->impossible;
        continue;
      }
      reading->fits += one.written.weekday == weekday_of(*read);
      reading->backward += last && *read < *last;
      last = read;
    }
    if (!start_.saved) continue;
    const auto saved = start_.saved->day.read(reading->order);
    reading->impossible += !saved;
    reading->after_saved = saved && last && *saved < *last;
  }
  const auto better = [&](auto a, auto b) { return a < b ? month.order : day.order; };
  if (!differ) return month.order;
  if (month.fits != day.fits) return better(day.fits, month.fits);
  if (month.impossible != day.impossible) return better(month.impossible, day.impossible);
  if (month.backward != day.backward) return better(month.backward, day.backward);
  if (month.after_saved != day.after_saved) return better(month.after_saved, day.after_saved);
  return choices_.dates;
}

void Reader::settle_days() {
  const auto order = order_of_days();
  if (start_.saved) {
    out_.saved = start_.saved->day.read(order);
    out_.saved_minute = start_.saved->minute;
    if (out_.locale.empty()) out_.locale = start_.saved->locale;
  }
  if (order == DateOrder::unknown) {
    out_.dates_unknown = true;
    return;
  }
  std::vector<std::optional<CivilDay>> read;
  for (const auto& day : days_) read.push_back(day.written.read(order));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out_.rows.size(); ++i) {
    Row& row = out_.rows[i];
    const auto& day = read[day_of_[i]];
    if (!day) {
      out_.bad_rows.push_back({row.offset, row.length, row.line, trf("the day on line {} does not exist", days_[day_of_[i]].line + 1), 1});
      continue;
    }
    row.day = *day;
    if (kept != i) out_.rows[kept] = std::move(row);
    ++kept;
  }
  if (kept == out_.rows.size()) return;
  out_.rows.resize(kept);
  std::stable_sort(out_.bad_rows.begin(), out_.bad_rows.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
}

// --- who is who

void Reader::count_senders() {
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const auto& row : out_.rows)
    if (!row.system && !row.sender.empty()) ++counts[row.sender];
  std::vector<std::pair<std::size_t, std::string_view>> ordered;
  for (const auto& [name, count] : counts) ordered.emplace_back(count, name);
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (const auto& [count, name] : ordered) out_.senders.emplace_back(name);
}

/// In a talk of two the title names the other side, so the other name is ours. Otherwise a person has to say.
void Reader::settle_sides() {
  auto& senders = out_.senders;
  const auto speaks = [&](std::string_view name) { return std::find(senders.begin(), senders.end(), name) != senders.end(); };
  // A title in a language we do not know: the other side is the one of two that it names.
  if (start_.title && start_.title->locale.empty() && senders.size() == 2) {
    const bool first = out_.name.find(senders[0]) != npos, second = out_.name.find(senders[1]) != npos;
    if (first != second) {
      out_.name = senders[first ? 0 : 1];
      out_.group = false;
    }
  }
  for (const auto& name : choices_.me)
    if (speaks(name)) out_.own.push_back(name);
  if (!out_.own.empty()) {
    if (out_.name.empty() && senders.size() == 2) out_.name = senders[senders[0] == out_.own.front() ? 1 : 0];
    return;
  }
  const bool of_two = out_.family == Family::pc ? complete_ : !out_.group;
  if (of_two && speaks(out_.name) && senders.size() <= 2) {
    for (const auto& name : senders)
      if (name != out_.name) out_.own.push_back(name);
    return;
  }
  out_.side_unknown = !senders.empty();
}

} // namespace

bool looks_like_talk(std::string_view head, std::string_view file_name) {
  return recognise(Lines(head), file_name).has_value();
}

std::optional<Talk> parse_talk(std::string_view bytes, std::string_view file_name, const Choices& choices) {
  const Lines lines(bytes);
  const auto start = recognise(lines, file_name);
  if (!start) return std::nullopt;
  Talk talk;
  Reader(lines, *start, choices, talk).read(file_name);
  return talk;
}

Row read_row(std::string_view bytes, Family family, std::string_view charset, const std::vector<std::string>& senders) {
  const Lines lines(bytes, charset);
  Row row;
  if (lines.size() == 0) return row;
  std::size_t end = lines.size();
  const auto line_text = [&](std::size_t i) { return lines[i].text; };
  if (family == Family::mobile) {
    const auto head = parse_row_head(lines[0].text);
    if (!head) return row;
    row.minute = head->minute;
    row.sender = head->name;
    if (end == 1) row.text = head->body;
    else row.text = unquote(head->body.substr(std::min<std::size_t>(1, head->body.size())), 1, end, line_text, after_line(lines[end - 1].text) == Quote::closed);
    if (head->name.empty()) set_own_words(row);
    else row.content = classify(row.text, family);
    return row;
  }
  const auto start = parse_start(lines[0].text);
  if (!start) return row;
  PcNames names;
  for (const auto& name : senders) names.add(name);
  row.minute = start->first;
  row.sender = names.match(start->second);
  row.text = start->second.substr(row.sender.empty() ? 0 : std::min(row.sender.size() + 1, start->second.size()));
  for (std::size_t i = 1; i < end; ++i) (row.text += '\n') += lines[i].text;
  if (row.sender.empty() && is_notice(row.text)) set_own_words(row);
  else row.content = classify(row.text, family);
  return row;
}

line::Row as_line_row(const Row& row, const std::vector<std::string>& own, int offset_minutes) {
  const auto is_own = [&](std::string_view name) { return std::find(own.begin(), own.end(), name) != own.end(); };
  const bool taken_back = row.system && row.content == line::Content::unsent;
  const bool ours = row.system ? !taken_back || row.sender.empty() || is_own(row.sender) : is_own(row.sender);
  line::Row out;
  out.type = ours ? line::SenderType::account : line::SenderType::user;
  out.sender_name = row.sender.empty() && taken_back && own.size() == 1 ? own.front() : row.sender;
  out.sent = utc_from_civil(row.day, row.minute / 60, row.minute % 60, 0, offset_minutes);
  out.text = row.text;
  out.content = row.content;
  out.automatic = row.system && !taken_back;
  out.lossy = row.lossy;
  out.offset = row.offset;
  out.length = row.length;
  out.line = row.line;
  return out;
}

std::string erased_row(std::string_view bytes, const Row& read, const Talk& talk, std::string_view mark) {
  const std::string text = decode_text(bytes, talk.charset).text;
  const char apart = talk.family == Family::mobile ? '\t' : ' ';
  const std::size_t at = text.find(apart);
  if (at == std::string::npos || read.system || read.sender.empty()) return {};
  std::string out = text.substr(0, at) + apart + read.sender + apart + line::erased_words(talk.charset, mark);
  if (text.ends_with('\n')) out += text.ends_with("\r\n") ? "\r\n" : "\n";
  return encode_text(out, talk.charset);
}

std::string taken_back_row(std::string_view bytes, const Row& read, const Talk& talk, bool ours) {
  const std::string text = decode_text(bytes, talk.charset).text;
  const std::size_t at = text.find(talk.family == Family::mobile ? '\t' : ' ');
  if (at == std::string::npos || (!ours && read.sender.empty())) return {};
  const bool japanese = talk.locale != "en" && talk.locale != "th" && talk.locale != "zh-TW" && talk.locale != "zh-CN";
  std::string out = text.substr(0, at) + (talk.family == Family::mobile ? "\t\t" : " ");
  if (japanese) out += ours ? "メッセージの送信を取り消しました" : read.sender + "がメッセージの送信を取り消しました";
  else out += ours ? "You unsent a message." : read.sender + " unsent a message.";
  if (text.ends_with('\n')) out += text.ends_with("\r\n") ? "\r\n" : "\n";
  return encode_text(out, talk.charset);
}

} // namespace genchi::talk
