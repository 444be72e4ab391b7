#include "importers/friend_list/friend_list.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/csv.hpp"
#include "importers/friend_list/header.hpp"
#include "importers/line_oa/export.hpp"
#include "text/charset.hpp"
#include "text/contacts.hpp"

namespace genchi::friends {
namespace {

constexpr std::size_t head_bytes = 64 << 10;
constexpr std::size_t header_rows = 3;

// The character that parts the cells: that which the first line has most of.
char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  char best = ',';
  for (const char c : {'\t', ';'})
    if (std::count(line.begin(), line.end(), c) > std::count(line.begin(), line.end(), best)) best = c;
  return best;
}

// Is a quote open at the end of this row, by the rules of next_csv_row?
bool ends_in_quotes(std::string_view row, char separator) {
  bool quoted = false, empty = true;
  for (std::size_t at = 0; at < row.size(); ++at) {
    const char c = row[at];
    if (quoted) {
      if (c != '"') continue;
      if (at + 1 < row.size() && row[at + 1] == '"')
        ++at;
      else
        quoted = false;
    } else if (c == '"' && empty) {
      quoted = true;
      empty = false;
    } else {
      empty = c == separator;
    }
  }
  return quoted;
}

std::uint64_t lines_in(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    lines += text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
  return lines;
}

// Rows with something in them, and where they begin.
class RowReader {
 public:
  RowReader(std::string_view text, char separator) : rest_(text), separator_(separator) {}

  bool next(Cells& cells) {
    for (;;) {
      const std::string_view before = rest_;
      line_ += passed_;
      if (!next_csv_row(rest_, separator_, cells)) return false;
      raw_ = before.substr(0, before.size() - rest_.size());
      passed_ = lines_in(raw_);
      if (std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return !cell.empty(); }))
        return true;
    }
  }
  std::uint64_t line() const { return line_; }
  bool cut_off() const { return rest_.empty() && ends_in_quotes(raw_, separator_); }
  bool without_line_end() const {
    return rest_.empty() && !raw_.empty() && raw_.back() != '\n' && raw_.back() != '\r';
  }

 private:
  std::string_view rest_, raw_;
  char separator_;
  std::uint64_t line_ = 1, passed_ = 0;
};

// A row that never ends is no header either.
std::vector<Cells> first_rows(std::string_view text, char separator) {
  RowReader reader(text, separator);
  std::vector<Cells> rows;
  Cells cells;
  while (rows.size() < header_rows && reader.next(cells)) rows.push_back(cells);
  return rows;
}

// 1 ○ はい → true; 0 × いいえ and nothing → false; nullopt: neither.
std::optional<bool> yes_or_no(std::string_view value) {
  if (value.empty() || value == "0") return false;
  if (value == "1") return true;
  static const auto words = [] {
    std::unordered_map<std::string, bool> made;
    for (const char* yes :
         {"1", "○", "◯", "●", "true", "yes", "はい", "あり", "有", "✓", "✔", "ブロック", "ブロック中"})
      made.emplace(label_key(yes), true);
    for (const char* no :
         {"0", "×", "✕", "false", "no", "いいえ", "なし", "無", "-", "ブロックなし", "未ブロック"})
      made.emplace(label_key(no), false);
    return made;
  }();
  const auto found = words.find(label_key(value));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

// 2026-04-01 09:12:00, 2026/4/1 9:12, 2026年4月1日; the tools write Japan's time.
std::optional<UtcSeconds> time_of(std::string_view value) {
  std::array<int, 6> parts{};
  std::size_t count = 0, digits = 0;
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint c = decode_utf8(value, at);
    at += c.size;
    if (c.value >= '0' && c.value <= '9') {
      if (digits == 0 && count++ == parts.size()) return std::nullopt;
      if (++digits > 4) return std::nullopt;
      parts[count - 1] = parts[count - 1] * 10 + static_cast<int>(c.value - '0');
    } else {
      digits = 0;
      if (std::u32string_view(U"-/.: T年月日時分秒").find(c.value) == std::u32string_view::npos)
        return std::nullopt;
    }
  }
  const CivilDay day{parts[0], parts[1], parts[2]};
  const bool clock = parts[3] < 24 && parts[4] < 60 && parts[5] < 60;
  if (count < 3 || count == 4 || day.year < 1900 || !is_valid(day) || !clock) return std::nullopt;
  return utc_from_civil(day, parts[3], parts[4], parts[5], japan_offset_minutes);
}

void add_once(std::vector<std::string>& to, std::string value) {
  if (!value.empty() && std::find(to.begin(), to.end(), value) == to.end()) to.push_back(std::move(value));
}

// Numbers and addresses of others stand in fields too.
void take_contacts(FriendRow& row, const Column& column, std::string_view value) {
  if (column.contacts == Contacts::none) return;
  for (Contact& address : find_mail_addresses(value)) add_once(row.addresses, std::move(address.value));
  const bool labelled = column.contacts == Contacts::phone;
  std::vector<Contact> numbers = find_phone_numbers(value);
  for (Contact& number : numbers) {
    const bool bare = number.end - number.begin == number.value.size();
    if (labelled || !bare || number.value.size() == 11) add_once(row.phones, std::move(number.value));
  }
  if (labelled && numbers.empty()) add_once(row.phones, phone_number_of_cell(value));
}

void take_tag_list(FriendRow& row, std::string_view value) {
  std::string tag;
  const auto close = [&] {
    const std::string_view name = trim(tag);
    if (!name.empty()) row.tags.push_back({"", std::string(name)});
    tag.clear();
  };
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint c = decode_utf8(value, at);
    if (std::u32string_view(U",;|\n、，；｜").find(c.value) != std::u32string_view::npos)
      close();
    else
      tag += value.substr(at, c.size);
    at += c.size;
  }
  close();
}

class ListReader {
 public:
  ListReader(FriendList& list, const Header& header, const FriendListLimits& limits)
      : list_(list), columns_(header.columns), limits_(limits), may_be_short_(header.tool == Tool::plain) {}

  // False: nothing more is to be read.
  bool take(const RowReader& reader, Cells& cells) {
    const std::uint64_t line = reader.line();
    if (reader.cut_off()) {
      problem(line, Words("a quoted cell is not closed: from here on nothing could be read"));
      return false;
    }
    if (list_.rows.size() == limits_.max_rows) {
      problem(line, Words("there are more than {} rows: from here on nothing was read", limits_.max_rows));
      return false;
    }
    if (!right_width(reader, cells)) return true;
    FriendRow row;
    row.line = line;
    for (std::size_t i = 0; i < columns_.size() && i < cells.size(); ++i)
      take_cell(row, columns_[i], cells[i]);
    if (!row.id.empty()) {
      const auto [before, first] = lines_.emplace(row.id, line);
      if (!first) {
        problem(line,
                Words("ID {} stands in line {} already: this row was not taken", row.id, before->second));
        return true;
      }
    }
    list_.rows.push_back(std::move(row));
    return true;
  }

 private:
  void problem(std::uint64_t line, Words reason) {
    if (list_.problems.size() < limits_.max_problems) list_.problems.push_back({line, std::move(reason)});
    ++list_.problem_count;
  }

  bool right_width(const RowReader& reader, const Cells& cells) {
    const bool too_many = cells.size() > columns_.size() &&
                          std::any_of(cells.begin() + static_cast<std::ptrdiff_t>(columns_.size()),
                                      cells.end(), [](const std::string& cell) { return !cell.empty(); });
    const bool too_few = cells.size() < columns_.size() && !may_be_short_;
    if (!too_many && !too_few) return true;
    if (too_few && reader.without_line_end())
      problem(reader.line(), Words("{} cells where the header has {}: the file was cut off here",
                                   cells.size(), columns_.size()));
    else
      problem(reader.line(), Words("{} cells where the header has {}: this row was not taken", cells.size(),
                                   columns_.size()));
    return false;
  }

  std::string value_of(FriendRow& row, const Column& column, std::string_view cell) {
    if (cell.size() <= limits_.max_cell_bytes) return cleaned(cell);
    std::size_t end = limits_.max_cell_bytes;
    while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xc0) == 0x80) --end;
    problem(row.line,
            Words("{}: longer than {} bytes, the rest was left out", column.label, limits_.max_cell_bytes));
    return cleaned(cell.substr(0, end));
  }

  void take_cell(FriendRow& row, const Column& column, std::string_view cell) {
    if (column.role == Role::ignored) return;
    std::string value = value_of(row, column, cell);
    if (value.empty() && column.role != Role::blocked) return;
    if (column.is_field) {
      row.fields.push_back({column.id, column.label, value});
      take_contacts(row, column, value);
    }
    switch (column.role) {
    case Role::id:
      row.id = std::move(value);
      break;
    case Role::display_name:
      row.display_name = std::move(value);
      break;
    case Role::line_name:
      row.line_name = std::move(value);
      break;
    case Role::real_name:
      row.real_name = std::move(value);
      break;
    case Role::system_name:
      row.system_name = std::move(value);
      break;
    case Role::user_id:
      row.user_id = std::move(value);
      break;
    case Role::memo:
      row.memo = std::move(value);
      break;
    case Role::mark:
      row.mark = std::move(value);
      break;
    case Role::assignee:
      row.assignee = std::move(value);
      break;
    case Role::last_message:
      row.last_message = std::move(value);
      break;
    case Role::added:
      row.added = time_in(row, column, value);
      break;
    case Role::last_message_at:
      row.last_message_at = time_in(row, column, value);
      break;
    case Role::blocked:
      row.blocked = yes_in(row, column, value);
      break;
    case Role::tag:
      if (yes_in(row, column, value) == true) row.tags.push_back({column.id, column.label});
      break;
    case Role::tag_list:
      take_tag_list(row, value);
      break;
    case Role::field:
    case Role::ignored:
      break;
    }
  }

  std::optional<UtcSeconds> time_in(const FriendRow& row, const Column& column, const std::string& value) {
    const auto time = time_of(value);
    if (!time) problem(row.line, Words("{}: “{}” is no time", column.label, beginning_of(value)));
    return time;
  }

  std::optional<bool> yes_in(const FriendRow& row, const Column& column, const std::string& value) {
    const auto yes = yes_or_no(value);
    if (!yes) problem(row.line, Words("{}: “{}” is neither 1 nor 0", column.label, beginning_of(value)));
    return yes;
  }

  static std::string beginning_of(const std::string& value) {
    constexpr std::size_t most = 60;
    if (value.size() <= most) return value;
    std::size_t end = most;
    while ((static_cast<unsigned char>(value[end]) & 0xc0) == 0x80) --end;
    return value.substr(0, end) + "…";
  }

  FriendList& list_;
  const std::vector<Column>& columns_;
  const FriendListLimits& limits_;
  bool may_be_short_;
  std::unordered_map<std::string, std::uint64_t> lines_; ///< of ids
};

// Files that are something else, told by more than that their columns are unknown.
Words something_else(std::string_view bytes) {
  if (trim(bytes.substr(0, 4096)).empty() && bytes.size() < 4096) return Words("the file is empty");
  if (bytes.starts_with("PK\x03\x04"))
    return Words("this is a workbook or a ZIP file: save it as CSV first, or unpack it");
  if (line::looks_like_export(bytes.substr(0, head_bytes)))
    return Words("this is the download of a LINE chat, not a list of friends: read it with `genchi import`");
  if (bytes.substr(0, head_bytes).find('\0') != std::string_view::npos && !bytes.starts_with("\xff\xfe") &&
      !bytes.starts_with("\xfe\xff"))
    return Words("this is no text file");
  return {};
}

FriendList refused_list(Words reason) {
  FriendList list;
  list.refused = std::move(reason);
  return list;
}

} // namespace

std::string_view tool_name(Tool tool) {
  switch (tool) {
  case Tool::lstep:
    return "lstep";
  case Tool::liny:
    return "liny";
  case Tool::lmessage:
    return "lmessage";
  case Tool::plain:
    return "plain";
  }
  return "plain";
}

FriendList read_friend_list(std::string_view bytes, const FriendListLimits& limits) {
  if (bytes.size() > limits.max_file_bytes)
    return refused_list(Words("the file is larger than {} bytes", limits.max_file_bytes));
  if (Words other = something_else(bytes); !other.empty()) return refused_list(std::move(other));
  const Decoded decoded = decode_text(bytes);
  const char separator = separator_of(decoded.text);
  const Header header = read_header(first_rows(decoded.text, separator));
  if (!header.refused.empty()) return refused_list(header.refused);
  if (header.columns.size() > limits.max_columns)
    return refused_list(Words("the file has more than {} columns", limits.max_columns));

  FriendList list;
  list.tool = header.tool;
  list.charset = decoded.charset;
  for (const Column& column : header.columns) {
    if (column.role == Role::tag) list.tags.push_back({column.id, column.label});
    if (column.is_field) list.fields.push_back({column.id, column.label, ""});
  }
  RowReader reader(decoded.text, separator);
  ListReader taking(list, header, limits);
  Cells cells;
  for (std::size_t i = 0; i < header.rows; ++i) reader.next(cells);
  while (reader.next(cells) && taking.take(reader, cells)) {
  }
  return list;
}

std::optional<Tool> recognise_friend_list(std::string_view head) {
  head = head.substr(0, head_bytes);
  if (!something_else(head).empty()) return std::nullopt;
  const Decoded decoded = decode_text(head);
  const Header header = read_header(first_rows(decoded.text, separator_of(decoded.text)));
  return header.refused.empty() ? std::optional(header.tool) : std::nullopt;
}

std::string words_of(std::string_view file, const RowProblem& problem) {
  return trf("{0}, line {1}: {2}", file, problem.line, problem.reason.translated());
}

} // namespace genchi::friends
