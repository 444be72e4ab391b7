#include "importers/line_oa/export.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/row_scanner.hpp"
#include "text/charset.hpp"

namespace genchi::line {
namespace {

constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t longest_preamble = 32 * 1024;
constexpr std::size_t charset_sample = 64 * 1024;

// --- charset

/// The file as text the scanner can read: the bytes themselves, or UTF-16 turned into UTF-8.
struct Source {
  std::string_view bytes;
  std::string converted;
  std::string charset;
  std::size_t begin = 0; ///< of the text after a BOM
  bool is_utf16 = false;

  std::string_view text() const { return is_utf16 ? std::string_view(converted) : bytes; }
  bool is_unicode() const { return is_utf16 || charset == "UTF-8"; }
};

/// Places in the text → places in the file. Asked in ascending order.
class Places {
 public:
  explicit Places(const Source& source)
      : source_(source), at_(source.begin), place_(source.is_utf16 ? 2 : source.begin) {}

  std::uint64_t of(std::size_t at) {
    if (at >= source_.text().size()) return source_.bytes.size();
    if (!source_.is_utf16) return at;
    for (; at_ < at; ++at_) {
      const auto byte = static_cast<unsigned char>(source_.converted[at_]);
      if ((byte & 0xC0) != 0x80) place_ += byte >= 0xF0 ? 4 : 2;
    }
    return place_;
  }

 private:
  const Source& source_;
  std::size_t at_;
  std::uint64_t place_;
};

std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::string text;
  text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    auto c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size()) {
      const auto low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    append_utf8(text, c); // a lone surrogate becomes U+FFFD, one unit for one unit
  }
  return text;
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view first_lines(std::string_view bytes, int count) {
  std::size_t end = 0;
  const auto head = bytes.substr(0, longest_preamble);
  while (count-- > 0 && end < head.size()) end = after_line(head, end);
  return head.substr(0, end);
}

// --- labels

struct Labels {
  std::string_view language;
  std::array<std::string_view, 3> preamble;
  std::array<std::string_view, row_cells> header;
};

constexpr Labels labels[] = {
    {"ja",
     {"アカウント名", "タイムゾーン", "ダウンロード日時"},
     {"送信者タイプ", "送信者名", "送信日", "送信時刻", "内容"}},
    {"zh-TW", {"帳號名稱", "時區", "下載時間"}, {"傳送者類型", "傳送者名稱", "傳送日期", "傳送時間", "內容"}},
    {"th", {"ชื่อบัญชี", "ไทม์โซน", "วันดาวน์โหลด"}, {"ประเภทผู้ส่ง", "ชื่อผู้ส่ง", "วันส่ง", "เวลาส่ง", "ข้อความ"}},
    {"en",
     {"Account name", "Time zone", "Downloaded on"},
     {"Sender type", "Sender name", "Date", "Time", "Message"}},
};

bool holds_label(std::string_view text) {
  return std::any_of(std::begin(labels), std::end(labels),
                     [&](const Labels& l) { return text.find(l.header[0]) != std::string_view::npos; });
}

/// Is broken UTF-8 still more UTF-8 than anything else? Counts well-formed characters against stray bytes.
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto c = decode_utf8(bytes, at);
    ++(c.size >= 2 ? good : bad);
    at += c.size;
  }
  return good > bad;
}

std::string charset_of_labels(std::string_view head) {
  for (const auto* charset : {"windows-31j", "Big5", "windows-874"}) {
    const auto decoded = decode_text(head, charset);
    if (decoded.as_declared && holds_label(decoded.text)) return charset;
  }
  return {};
}

/// The preamble is asked first: its labels are known words, while a damaged byte may stand anywhere.
std::string detect_charset(std::string_view bytes) {
  const auto head = first_lines(bytes, 4);
  if (!is_ascii(head)) {
    if (is_utf8(head)) return "UTF-8";
    auto charset = charset_of_labels(head);
    if (!charset.empty()) return charset;
  }
  if (is_utf8(bytes)) return "UTF-8";
  const auto start = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
  const auto sample = bytes.substr(static_cast<std::size_t>(start - bytes.begin()), charset_sample);
  if (is_mostly_utf8(sample)) return "UTF-8";
  return decode_text(sample.substr(0, after_line(sample, 0))).charset;
}

Source open_source(std::string_view bytes) {
  Source source;
  source.bytes = bytes;
  if (bytes.starts_with(utf8_bom)) {
    source.charset = "UTF-8";
    source.begin = utf8_bom.size();
  } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    const bool big_endian = bytes[0] == '\xFE';
    source.charset = big_endian ? "UTF-16BE" : "UTF-16LE";
    source.is_utf16 = true;
    source.converted = from_utf16(bytes.substr(2), big_endian);
  } else {
    source.charset = detect_charset(bytes);
  }
  return source;
}

struct CellText {
  std::string text;
  bool damaged = false;
};

/// A character of this charset that no UTF-8 text begins with; empty if we know none.
std::string_view distinctive_character(std::string_view charset) {
  if (charset == "windows-31j") return "\x82\xA0";
  if (charset == "Big5") return "\xA4\x40";
  if (charset == "windows-874") return "\xA1";
  if (charset == "EUC-JP") return "\xA4\xA2";
  return {};
}

/// A cell of a word or two may be well-formed UTF-8 by chance, which decode_text would prefer to the charset
/// of the whole file; a character put before it prevents that.
CellText decode_legacy(const std::string& bytes, const std::string& charset) {
  const auto mark = distinctive_character(charset);
  auto decoded = decode_text(std::string(mark) + bytes, charset);
  if (!decoded.as_declared || mark.empty()) {
    decoded = decode_text(bytes, charset);
    return {std::move(decoded.text), decoded.lossy || !decoded.as_declared};
  }
  return {decoded.text.substr(decode_utf8(decoded.text, 0).size), decoded.lossy};
}

CellText decode_cell(const Cell& cell, const Source& source) {
  CellText result{cell.value(), false};
  if (source.is_unicode()) {
    if (is_ascii(result.text)) return result;
    if (!is_utf8(result.text)) result.text = to_valid_utf8(result.text);
    result.damaged = result.text.find(replacement) != std::string::npos;
    return result;
  }
  if (!is_ascii(result.text)) result = decode_legacy(result.text, source.charset);
  result.damaged = result.damaged || result.text.find('?') != std::string::npos;
  return result;
}

// --- cells

bool starts_at(std::string_view text, std::size_t at, std::string_view what) {
  return text.compare(at, what.size(), what) == 0;
}

/// LF line ends, without the `_x000D_` a spreadsheet writes for a CR, without the apostrophe that keeps a
/// spreadsheet from computing a text.
void normalise(std::string& text) {
  constexpr std::string_view written_cr = "_x000D_";
  if (text.find('\r') != std::string::npos || text.find(written_cr) != std::string::npos) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
      if (starts_at(text, at, written_cr)) {
        at += written_cr.size();
      } else if (text[at] == '\r') {
        ++at;
        if (at == text.size() || text[at] != '\n') clean += '\n';
      } else {
        clean += text[at++];
      }
    }
    text = std::move(clean);
  }
  constexpr std::string_view guarded = "=+-@\t\n";
  if (text.size() > 1 && text[0] == '\'' && guarded.find(text[1]) != std::string_view::npos) text.erase(0, 1);
}

/// Takes a number of at most `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, int digits) {
  int value = 0;
  int taken = 0;
  while (taken < digits && !text.empty() && text[0] >= '0' && text[0] <= '9') {
    value = value * 10 + (text[0] - '0');
    text.remove_prefix(1);
    ++taken;
  }
  if (taken == 0) return std::nullopt;
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

/// `YYYY/MM/DD`, also unpadded and with - or . between.
std::optional<CivilDay> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || *year < 1900 || text.empty()) return std::nullopt;
  const char separator = text[0];
  if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
  text.remove_prefix(1);
  const auto month = take_number(text, 2);
  if (!month || !take(text, separator)) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const CivilDay date{*year, *month, *day};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

/// `HH:MM:SS` or `HH:MM`, the hour also unpadded, as seconds of the day.
std::optional<int> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto seconds = take_number(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    second = *seconds;
  }
  return *hour * 3600 + *minute * 60 + second;
}

UtcSeconds instant(CivilDay day, int second_of_day, int offset_minutes) {
  return utc_from_civil(day, 0, 0, 0, offset_minutes) + second_of_day;
}

/// `'+09:00`, also without apostrophe, minutes or padding. A bare number is none.
std::optional<int> read_offset(std::string_view text) {
  text = trim(text);
  take(text, '\'');
  if (text.find_first_of("+-:") == std::string_view::npos) return std::nullopt;
  if (ascii_istarts_with(text, "UTC") || ascii_istarts_with(text, "GMT")) text.remove_prefix(3);
  const bool west = take(text, '-');
  if (!west) take(text, '+');
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 14) return std::nullopt;
  take(text, ':');
  const auto minutes = text.empty() ? 0 : take_number(text, 2);
  if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  return west ? -offset : offset;
}

std::optional<UtcSeconds> read_download_time(std::string_view text, int offset_minutes) {
  text = trim(text);
  const auto day = take_date(text);
  if (!day) return std::nullopt;
  text = trim(text);
  const auto time = take_time(text);
  if (!time || !text.empty()) return std::nullopt;
  return instant(*day, *time, offset_minutes);
}

std::optional<SenderType> read_sender_type(std::string_view text) {
  text = trim(text);
  if (ascii_iequals(text, "User") || text == "友だち") return SenderType::user;
  if (ascii_iequals(text, "Account") || text == "LOAアカウント") return SenderType::account;
  return std::nullopt;
}

// --- preamble

struct Preamble {
  std::string account_name;
  std::optional<int> offset_minutes;
  std::optional<UtcSeconds> downloaded;
  char separator = ',';
  std::size_t end = 0;
  std::string_view language; ///< of the header; "" unknown
};

/// The next row that is not blank.
std::optional<ScannedRow> next_row(std::string_view text, std::size_t& at, char separator) {
  while (at < text.size()) {
    auto row = scan_row(text, at, separator);
    if (row.unclosed) return std::nullopt;
    at = row.end;
    if (!row.blank()) return row;
  }
  return std::nullopt;
}

bool is_label_and_value(const ScannedRow& row) {
  return row.count >= 2 && !row.cells[0].empty() &&
         std::all_of(row.cells.begin() + 2, row.cells.end(), [](const Cell& cell) { return cell.empty(); });
}

bool is_header(const ScannedRow& row) {
  return row.count == row_cells && row.cells[row_cells - 1].tail.empty() &&
         std::none_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return cell.empty(); });
}

bool is_message(const ScannedRow& row, const Source& source) {
  if (row.count < row_cells || !read_sender_type(decode_cell(row.cells[0], source).text)) return false;
  const auto date_cell = row.cells[2].value(), time_cell = row.cells[3].value();
  auto date = trim(date_cell), time = trim(time_cell);
  return take_date(date) && take_time(time);
}

/// "" if the header is in no language we know.
std::string_view language_of_header(const ScannedRow& row, const Source& source) {
  std::array<std::string, row_cells> cells;
  for (std::size_t i = 0; i < row_cells; ++i) cells[i] = decode_cell(row.cells[i], source).text;
  const auto* known = std::find_if(std::begin(labels), std::end(labels), [&](const Labels& l) {
    return std::equal(cells.begin(), cells.end(), l.header.begin(),
                      [](std::string_view cell, std::string_view label) { return trim(cell) == label; });
  });
  return known == std::end(labels) ? std::string_view() : known->language;
}

std::optional<Preamble> read_preamble(const Source& source, char separator) {
  const auto text = source.text().substr(0, source.begin + longest_preamble);
  Preamble preamble;
  preamble.separator = separator;
  auto at = source.begin;
  std::array<std::string, 3> values;
  for (auto& value : values) {
    const auto row = next_row(text, at, separator);
    if (!row || !is_label_and_value(*row)) return std::nullopt;
    value = decode_cell(row->cells[1], source).text;
    normalise(value);
  }
  const auto before_header = at;
  const auto header = next_row(text, at, separator);
  if (!header || !is_header(*header)) return std::nullopt;
  preamble.account_name = std::move(values[0]);
  preamble.offset_minutes = read_offset(values[1]);
  preamble.downloaded = read_download_time(values[2], preamble.offset_minutes.value_or(japan_offset_minutes));
  preamble.language = language_of_header(*header, source);
  preamble.end = is_message(*header, source) ? before_header : at;
  return preamble;
}

bool starts_with_message(const Source& source, const Preamble& preamble) {
  auto at = preamble.end;
  const auto text = source.text();
  while (at < text.size() && (text[at] == '\r' || text[at] == '\n')) ++at;
  if (!starts_like_row(text, at, preamble.separator)) return false;
  const auto row = scan_row(text, at, preamble.separator);
  // An unclosed quote may be one whose end lies behind the part we were given.
  return row.unclosed || read_sender_type(decode_cell(row.cells[0], source).text).has_value();
}

/// The preamble, if enough of the file speaks for such a download.
std::optional<Preamble> recognise(const Source& source) {
  for (const char separator : {',', '\t', ';'}) {
    auto preamble = read_preamble(source, separator);
    if (!preamble) continue;
    const bool message = starts_with_message(source, *preamble);
    const int signs = int{preamble->offset_minutes.has_value()} + int{preamble->downloaded.has_value()} +
                      int{!preamble->language.empty()} + int{message};
    if (signs >= 2) return preamble;
  }
  return std::nullopt;
}

// --- rows

enum class Fault { none, too_few_cells, sender_type, time, unclosed_quote, cut_off, too_long };

std::string fault_text(Fault fault) {
  switch (fault) {
  case Fault::sender_type:
    return tr("the sender is neither a friend nor the account");
  case Fault::time:
    return tr("the date or the time cannot be read");
  case Fault::unclosed_quote:
    return tr("a quotation mark is not closed");
  case Fault::cut_off:
    return tr("the file ends inside a row");
  case Fault::too_long:
    return tr("a row of more than 4 GiB");
  case Fault::none:
  case Fault::too_few_cells:
    break;
  }
  return tr("a row has fewer than five columns");
}

class RowReader {
 public:
  RowReader(const Source& source, const Preamble& preamble, Export& out)
      : source_(source), text_(source.text()), separator_(preamble.separator), out_(out), places_(source) {
    count_lines(preamble.end);
    out_.preamble_length = places_.of(preamble.end);
  }

  void read_all() {
    while (at_ < text_.size()) {
      const auto row = scan_row(text_, at_, separator_);
      if (row.unclosed) {
        reject(Fault::unclosed_quote, next_row_start());
      } else if (row.blank()) {
        count_lines(row.end);
        last_fault_ = Fault::none;
      } else {
        Row message;
        const auto fault = read_row(row, message);
        if (fault == Fault::none) {
          accept(std::move(message), row.end, row.has_line_end);
        } else {
          reject(fault, row.end);
        }
      }
    }
  }

 private:
  Fault read_row(const ScannedRow& row, Row& message) const {
    if (row.count < row_cells) return row.has_line_end ? Fault::too_few_cells : Fault::cut_off;
    const auto type = read_sender_type(decode_cell(row.cells[0], source_).text);
    if (!type) return Fault::sender_type;
    const auto sent = read_sent(row);
    if (!sent) return Fault::time;
    if (!row.has_line_end && row.cells[row_cells - 1].empty()) return Fault::cut_off;
    message.type = *type;
    message.sent = *sent;
    message.sender_name = decode_cell(row.cells[1], source_).text;
    normalise(message.sender_name);
    auto content = decode_cell(row.cells[row_cells - 1], source_);
    message.text = std::move(content.text);
    normalise(message.text);
    message.content = classify_content(message.text);
    message.automatic = *type == SenderType::account && is_automatic_sender(message.sender_name);
    message.lossy = message.content == Content::text && (content.damaged || !row.has_line_end);
    return Fault::none;
  }

  std::optional<UtcSeconds> read_sent(const ScannedRow& row) const {
    const auto date_cell = row.cells[2].value();
    const auto time_cell = row.cells[3].value();
    auto date = trim(date_cell);
    auto time = trim(time_cell);
    const auto day = take_date(date);
    const auto second = take_time(time);
    if (!day || !second || !date.empty() || !time.empty()) return std::nullopt;
    return instant(*day, *second, out_.offset_minutes);
  }

  void accept(Row message, std::size_t end, bool has_line_end) {
    message.line = line_;
    message.offset = places_.of(at_);
    const auto length = places_.of(end) - message.offset;
    if (length > std::numeric_limits<std::uint32_t>::max()) return reject(Fault::too_long, end);
    message.length = static_cast<std::uint32_t>(length);
    out_.rows.push_back(std::move(message));
    if (!has_line_end) out_.bad_rows.push_back({places_.of(end), 0, line_, tr("the file ends here without a line end: this message may be cut off"), 0});
    count_lines(end);
    last_fault_ = Fault::none;
  }

  void reject(Fault fault, std::size_t end) {
    const auto offset = places_.of(at_);
    if (fault != last_fault_) {
      out_.bad_rows.push_back({offset, 0, line_, fault_text(fault), 0});
      last_fault_ = fault;
    }
    auto& bad = out_.bad_rows.back();
    bad.length = places_.of(end) - bad.offset;
    ++bad.rows;
    count_lines(end);
  }

  std::size_t next_row_start() const {
    auto at = after_line(text_, at_);
    while (at < text_.size() && !starts_like_row(text_, at, separator_)) at = after_line(text_, at);
    return at;
  }

  /// Moves on to `end`, counting the lines on the way.
  void count_lines(std::size_t end) {
    for (; at_ < end; ++at_) {
      const char c = text_[at_];
      if (c == '\n' || (c == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] != '\n'))) ++line_;
    }
  }

  const Source& source_;
  std::string_view text_;
  char separator_;
  Export& out_;
  Places places_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  Fault last_fault_ = Fault::none; ///< of the line before
};

/// The friend's most frequent name; of equally frequent ones the first in code point order.
std::string name_from_rows(const std::vector<Row>& rows) {
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const auto& row : rows) {
    if (row.type == SenderType::user) ++counts[row.sender_name];
  }
  const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second < b.second : a.first > b.first;
  });
  return best == counts.end() ? std::string() : std::string(best->first);
}

/// Characters that a conversion to Shift_JIS and back exchanges, and what each becomes.
std::string_view exchanged(char32_t c) {
  switch (c) {
  case U'\u301C':
    return "\uFF5E";
  case U'\u2212':
    return "\uFF0D";
  case U'\u2016':
    return "\u2225";
  case U'\u2014':
    return "\u2015";
  case U'\u00A2':
    return "\uFFE0";
  case U'\u00A3':
    return "\uFFE1";
  case U'\u00AC':
    return "\uFFE2";
  default:
    return {};
  }
}

std::string without_exchanged(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode_utf8(text, at);
    const auto other = exchanged(c.value);
    result.append(other.empty() ? text.substr(at, c.size) : other);
    at += c.size;
  }
  return result;
}

// --- file names

std::optional<CivilDay> read_compact_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  const auto year = take_number(text, 4);
  const auto month = take_number(text, 2);
  const auto day = take_number(text, 2);
  if (!year || !month || !day || !text.empty()) return std::nullopt;
  const CivilDay date{*year, *month, *day};
  if (*year < 2000 || !is_valid(date)) return std::nullopt;
  return date;
}

std::optional<std::uint32_t> read_running_number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  const auto value = take_number(text, 9);
  if (!value || !text.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

std::string_view take_part(std::string_view& rest) {
  const auto end = rest.find('_');
  if (end == std::string_view::npos) return {};
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return part;
}

bool take_dates(std::string_view& rest, ExportFileName& result) {
  auto after = rest;
  const auto first = read_compact_date(take_part(after));
  const auto last = read_compact_date(take_part(after));
  if (!first || !last) return false;
  result.first = first;
  result.last = last;
  rest = after;
  return true;
}

/// Browsers add " (1)" to the name of a file saved twice; chats downloaded one by one come that way.
std::string_view without_copy_mark(std::string_view name) {
  const auto open = name.rfind(" (");
  if (open == std::string_view::npos || !name.ends_with(')')) return name;
  const auto inner = name.substr(open + 2, name.size() - open - 3);
  if (inner.empty() || inner.size() > 2) return name;
  if (inner.find_first_not_of("0123456789") != std::string_view::npos) return name;
  return name.substr(0, open);
}

} // namespace

Sha256 Row::content_hash() const {
  if (content != Content::text) return sha256(std::string(content_name(content)) + '\n');
  return sha256("text\n" + (is_ascii(text) ? text : without_exchanged(text)));
}

ExportFileName parse_file_name(std::string_view name) {
  const auto slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos && name.size() - dot <= 5) name = name.substr(0, dot);
  ExportFileName result;
  auto rest = name;
  if (take_dates(rest, result)) {
    result.chat_name = trim(without_copy_mark(rest));
    return result;
  }
  const auto first = take_part(rest);
  const auto number = read_running_number(first);
  if (!number) return result;
  const bool dated = take_dates(rest, result);
  // A day without a second one is more likely part of a name that people gave.
  if (!dated && read_compact_date(first)) return {};
  result.number = number;
  result.chat_name = trim(rest);
  return result;
}

bool looks_like_export(std::string_view head) {
  return recognise(open_source(head)).has_value();
}

bool looks_like_rows_alone(std::string_view head) {
  const auto source = open_source(head);
  const auto text = source.text().substr(0, source.begin + longest_preamble);
  for (const char separator : {',', '\t', ';'}) {
    auto at = source.begin;
    for (int n = 0; n < 4; ++n) { // what is left of the preamble may come first
      const auto row = next_row(text, at, separator);
      if (!row) break;
      if (is_message(*row, source) || (is_header(*row) && !language_of_header(*row, source).empty())) return true;
    }
  }
  return false;
}

std::optional<Export> parse_export(std::string_view bytes, std::string_view file_name) {
  const auto source = open_source(bytes);
  auto preamble = recognise(source);
  if (!preamble) return std::nullopt;
  Export result;
  result.charset = source.charset;
  result.account_name = std::move(preamble->account_name);
  result.offset_minutes = preamble->offset_minutes.value_or(japan_offset_minutes);
  result.downloaded = preamble->downloaded;
  result.language = preamble->language;
  RowReader(source, *preamble, result).read_all();
  auto named = parse_file_name(file_name);
  result.number = named.number;
  result.chat_name = named.chat_name.empty() ? name_from_rows(result.rows) : std::move(named.chat_name);
  return result;
}

namespace {

/// A row with other words in its content cell; "" if it is none.
std::string row_with(std::string_view row, std::string_view charset, std::string_view words) {
  const std::string text = decode_text(row, charset).text;
  const std::size_t at = text.find_first_of(",\t;");
  if (at == std::string::npos) return {};
  const ScannedRow scanned = scan_row(text, 0, text[at]);
  const Cell& content = scanned.cells[row_cells - 1];
  if (scanned.unclosed || scanned.count < row_cells || content.body.data() == nullptr) return {};
  std::string out(text.substr(0, static_cast<std::size_t>(content.body.data() - text.data()) - (content.quoted ? 1 : 0)));
  out += words;
  if (scanned.has_line_end) out += text.ends_with("\r\n") ? "\r\n" : "\n";
  return encode_text(out, charset);
}

} // namespace

std::string taken_back_row(std::string_view row, std::string_view charset, std::string_view language) {
  const bool in_unicode = charset.starts_with("UTF");
  return row_with(row, charset,
                  language == "ja"                     ? "送信が取り消されたメッセージです"
                  : language == "zh-TW" && in_unicode ? "已收回訊息"
                                                       : "You unsent a message");
}

std::string erased_words(std::string_view charset, std::string_view mark) {
  const bool japanese = charset.starts_with("UTF") || charset == "windows-31j" || charset == "ibm-943_P15A-2003" || charset == "Shift_JIS";
  return (japanese ? "削除記録 (erased record) " : "(erased record) ") + std::string(mark);
}

bool is_erased_words(std::string_view text) {
  constexpr std::size_t mark_digits = 12;
  for (const std::string& words : {erased_words("UTF-8", ""), erased_words("", "")}) {
    if (!text.starts_with(words)) continue;
    const std::string_view mark = text.substr(words.size());
    if ((mark.empty() || mark.size() == mark_digits) && mark.find_first_not_of("0123456789abcdef") == std::string_view::npos) return true;
  }
  return false;
}

std::string erased_row(std::string_view row, std::string_view charset, std::string_view mark) {
  return row_with(row, charset, erased_words(charset, mark));
}

} // namespace genchi::line
