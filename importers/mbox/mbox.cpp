#include "importers/mbox/mbox.hpp"

#include <algorithm>
#include <cstring>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "importers/detect.hpp"
#include "importers/reader.hpp"

namespace genchi::importers {
namespace {

// A `From ` line is shorter than this; and so much is looked at behind it.
constexpr std::size_t max_envelope = 2048;
constexpr std::size_t lookahead = 2 * max_envelope;
// Content-Length is checked by looking there; a longer one is not believed where a `From ` line comes first.
constexpr std::uint64_t max_checked_length = 32 << 20;

constexpr std::string_view utf8_bom = "\xef\xbb\xbf";

std::string_view line_at(std::string_view text, char end_of_line) {
  const std::size_t end = text.substr(0, max_envelope).find(end_of_line);
  return end == std::string_view::npos ? text.substr(0, max_envelope) : text.substr(0, end);
}

bool is_blank(std::string_view line) {
  return line.empty() || line == "\r";
}

// `Name: value`, or the quoted `From ` line that some programs leave above the header.
bool looks_like_field(std::string_view line) {
  if (line.starts_with(">From ")) return true;
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon > 76) return false;
  std::string_view name = line.substr(0, colon);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  const bool printable = std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f; });
  return printable && !name.empty() && !line.substr(colon).starts_with("://");
}

// So much of a mailbox is compared to tell whether it has only grown.
constexpr std::size_t marked_head = 4 << 10;
constexpr std::size_t marked_tail = 64 << 10;

// Thunderbird rewrites these in place when a mail is read or tagged.
void blank_changing_fields(std::string& bytes) {
  constexpr std::string_view name = "\nX-Mozilla-";
  for (std::size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at)) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n", at + name.size()), bytes.size());
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at + name.size()),
              bytes.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    at = end;
  }
}

Sha256 stretch_hash(ByteSource& source, std::uint64_t offset, std::uint64_t length) {
  std::string bytes(length, '\0');
  std::size_t have = 0;
  source.rewind(offset);
  while (have < bytes.size()) {
    const std::size_t got = source.read(bytes.data() + have, bytes.size() - have);
    if (got == 0) break;
    have += got;
  }
  bytes.resize(have);
  // A line cut off by the beginning of the stretch cannot be told for what it is.
  if (offset > 0) bytes.erase(0, bytes.find('\n') == std::string::npos ? 0 : bytes.find('\n'));
  blank_changing_fields(bytes);
  return sha256(bytes);
}

enum class Before { nothing, blank_line, text };

// The file ends within a `From ` line, or within the first field after it.
bool is_cut_envelope(std::string_view text, char end_of_line) {
  constexpr std::string_view mark = "From ";
  return text.size() < max_envelope && text.find(end_of_line) == std::string_view::npos && !text.empty() &&
         text.substr(0, mark.size()) == mark.substr(0, text.size());
}
bool is_cut_field(std::string_view line) {
  constexpr std::size_t longest_name = 76;
  return !line.empty() && line.size() <= longest_name &&
         std::ranges::all_of(line, [](char c) { return c > ' ' && c < 0x7f; });
}

// A `From ` line, whole or cut off, and no byte of a mail.
bool is_envelope_only(std::string_view piece) {
  const std::size_t end = piece.find_first_of("\r\n");
  return piece.find_first_not_of("\r\n", std::min(end, piece.size())) == std::string_view::npos &&
         std::string_view("From ").substr(0, piece.size()) == piece.substr(0, 5);
}

// Does `text`, at the beginning of a line, begin a message? `text` reaches to the end of the file or holds at
// least `lookahead` bytes.
bool begins_message(std::string_view text, Before before, char end_of_line) {
  if (before == Before::blank_line && is_cut_envelope(text, end_of_line)) return true;
  if (!text.starts_with("From ")) return false;
  const std::string_view line = line_at(text, end_of_line);
  if (line.size() == max_envelope) return false;
  const bool at_end = line.size() + 1 >= text.size();
  const std::string_view next =
      at_end ? std::string_view() : line_at(text.substr(line.size() + 1), end_of_line);
  const bool cut_next = text.size() < lookahead && !at_end && line.size() + 1 + next.size() == text.size();
  const bool field_next = looks_like_field(next) || (cut_next && is_cut_field(next));
  if (before == Before::nothing && field_next) return true;
  const Envelope envelope = parse_envelope(line);
  if (before == Before::text) return envelope.strict && field_next;
  return envelope.strict ? field_next || is_blank(next) : envelope.loose && field_next;
}

char end_of_line_of(std::string_view head) {
  return head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos ? '\r' : '\n';
}

// The length of the end of line of a blank line at the beginning of `text`; 0 if there is none.
std::size_t blank_line_length(std::string_view text, char end_of_line) {
  if (text.starts_with("\r\n")) return 2;
  return text.starts_with(end_of_line) ? 1 : 0;
}

class Splitter {
 public:
  Splitter(ByteSource& source, const std::function<bool(const MboxPiece&)>& each, const MboxStart& start)
      : source_(source), each_(each), end_of_line_(start.end_of_line.value_or(end_of_line_of(source.head()))),
        buffer_offset_(start.offset), line_(start.line) {
    piece_.place = {start.offset, 0, start.line};
  }

  std::optional<Place> run() {
    ensure(lookahead);
    if (offset() == 0 && ahead().starts_with(utf8_bom)) skip_bom();
    Before before = Before::nothing;
    while (ensure(lookahead)) {
      if (ahead()[0] == 'F' && starts_here(before)) {
        if (!finish_piece()) return std::nullopt;
        begin_message();
        next_line();
        before = Before::text;
        continue;
      }
      const bool blank_line = blank_line_length(ahead(), end_of_line_) > 0;
      if (in_header_) read_header_line(blank_line);
      if (!blank_line) only_blank_ = false;
      next_line();
      if (in_header_ && blank_line) end_header();
      // Blank lines before the first message leave it the first.
      before = !in_message_ && only_blank_ ? Before::nothing : blank_line ? Before::blank_line : Before::text;
    }
    const Place last = piece_.place;
    const bool any = in_message_;
    finish_piece();
    return any && !depends_on_end_ ? std::optional(last) : std::nullopt;
  }

 private:
  std::string_view ahead() const { return {buffer_.get() + at_, end_ - at_}; }
  std::uint64_t offset() const { return buffer_offset_ + at_; }

  // Makes `count` bytes visible ahead, fewer only at the end of the file; false if there are none.
  bool ensure(std::size_t count) {
    while (end_ - at_ < count && !ended_) {
      if (end_ == capacity_) make_room(count);
      const std::size_t got = source_.read(buffer_.get() + end_, capacity_ - end_);
      ended_ = got == 0;
      end_ += got;
    }
    return end_ > at_;
  }

  // Frees space behind the bytes held: moves them to the front, a long message to the spool, and grows only
  // for a far look ahead. Each byte is moved about once, since half the buffer is free afterwards.
  void make_room(std::size_t count) {
    if (at_ - begin_ > capacity_ / 4 || count > lookahead) spool_piece();
    if (begin_ > 0) {
      std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
      buffer_offset_ += begin_;
      at_ -= begin_;
      end_ -= begin_;
      begin_ = 0;
    }
    const std::size_t wanted = 2 * (at_ + count);
    if (wanted <= capacity_) return;
    auto larger = std::make_unique_for_overwrite<char[]>(wanted);
    std::memcpy(larger.get(), buffer_.get(), end_);
    buffer_ = std::move(larger);
    capacity_ = wanted;
  }

  void spool_piece() {
    spool_.append({buffer_.get() + begin_, at_ - begin_});
    begin_ = at_;
  }

  void skip_bom() {
    at_ += utf8_bom.size();
    begin_ = at_;
    piece_.place.offset = at_;
  }

  void next_line() {
    while (true) {
      const auto* found =
          static_cast<const char*>(std::memchr(buffer_.get() + at_, end_of_line_, end_ - at_));
      if (found) {
        at_ = static_cast<std::size_t>(found - buffer_.get()) + 1;
        break;
      }
      at_ = end_;
      if (!ensure(1)) break;
    }
    ++line_;
  }

  bool starts_here(Before before) {
    const bool at_stated_end = stated_end_ && offset() == *stated_end_;
    if (at_stated_end && before == Before::text) before = Before::blank_line;
    if (!begins_message(ahead(), before, end_of_line_)) return false;
    return !stated_end_ || offset() >= *stated_end_ || !stated_end_holds();
  }

  // Content-Length is believed if a message begins, or the file ends, where it says.
  bool stated_end_holds() {
    if (!stated_end_checked_) {
      stated_end_checked_ = true;
      if (!stated_end_fits()) stated_end_.reset();
    }
    return stated_end_.has_value();
  }

  bool stated_end_fits() {
    const std::uint64_t distance = *stated_end_ - offset();
    if (distance > max_checked_length) return false;
    ensure(distance + lookahead);
    const bool fits = message_ends_after(distance);
    if (!fits && ahead().size() < distance + lookahead) depends_on_end_ = true;
    return fits;
  }

  bool message_ends_after(std::uint64_t distance) const {
    std::string_view rest = ahead();
    if (rest.size() < distance) return false;
    rest.remove_prefix(distance);
    for (int i = 0; i < 2; ++i) rest.remove_prefix(blank_line_length(rest, end_of_line_));
    return rest.empty() || begins_message(rest, Before::blank_line, end_of_line_);
  }

  void begin_message() {
    in_message_ = in_header_ = true;
    stated_length_.reset();
    stated_end_.reset();
    stated_end_checked_ = false;
    piece_.store_time = parse_envelope(line_at(ahead(), end_of_line_)).time;
  }

  void read_header_line(bool blank_line) {
    constexpr std::string_view name = "content-length:";
    if (blank_line || (ahead()[0] != 'C' && ahead()[0] != 'c') || !ascii_istarts_with(ahead(), name)) return;
    const std::string_view digits = trim(line_at(ahead().substr(name.size()), end_of_line_));
    constexpr std::size_t max_digits = 15;
    const bool valid = !digits.empty() && digits.size() <= max_digits &&
                       std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    stated_length_.reset();
    if (valid) stated_length_ = std::stoull(std::string(digits));
  }

  void end_header() {
    in_header_ = false;
    if (stated_length_) stated_end_ = offset() + *stated_length_;
  }

  // Gives what lies before the scanned position; false to stop.
  bool finish_piece() {
    const std::uint64_t length = offset() - piece_.place.offset;
    bool go_on = true;
    if (length > 0 && (in_message_ || !only_blank_)) {
      if (spool_.size() > 0) spool_piece();
      piece_.raw = spool_.size() > 0 ? spool_.view() : std::string_view(buffer_.get() + begin_, at_ - begin_);
      piece_.is_message = in_message_;
      piece_.place.length = length;
      piece_.last = ended_ && at_ == end_;
      go_on = each_(piece_);
    }
    if (spool_.size() > 0) spool_.clear();
    begin_ = at_;
    piece_ = {};
    piece_.place = {offset(), 0, line_};
    return go_on;
  }

  ByteSource& source_;
  const std::function<bool(const MboxPiece&)>& each_;
  char end_of_line_;

  // buffer_[begin_, at_) belongs to the piece being read (with spool_ before it), [at_, end_) is ahead.
  std::size_t capacity_ = 256 << 10;
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(capacity_);
  std::size_t begin_ = 0, at_ = 0, end_ = 0;
  std::uint64_t buffer_offset_; // of buffer_[0] in the file
  bool ended_ = false;
  Spool spool_;

  MboxPiece piece_{true, {}, {0, 0, 1}, {}, false};
  std::uint64_t line_;
  bool in_message_ = false, in_header_ = false;
  bool only_blank_ = true; // so far, before the first message
  std::optional<std::uint64_t> stated_length_, stated_end_;
  bool stated_end_checked_ = false;
  bool depends_on_end_ = false; // a Content-Length was not believed for want of bytes
};

} // namespace

bool looks_like_mbox(std::string_view head) {
  const char end_of_line = end_of_line_of(head); // blank lines count: the splitter sees them, too
  if (head.starts_with(utf8_bom)) head.remove_prefix(utf8_bom.size());
  while (const std::size_t length = blank_line_length(head, end_of_line)) head.remove_prefix(length);
  return begins_message(head, Before::nothing, end_of_line);
}

std::optional<Place> split_mbox(ByteSource& source, const std::function<bool(const MboxPiece&)>& each,
                                const MboxStart& start) {
  return Splitter(source, each, start).run();
}

bool is_single_message(std::string_view bytes) {
  MemorySource source(bytes);
  const char end_of_line = end_of_line_of(bytes);
  int pieces = 0;
  bool message = true;
  split_mbox(source, [&](const MboxPiece& piece) {
    // The last words of a mail, more likely than the first ones of another.
    if (pieces == 1 && is_cut_envelope(piece.raw, end_of_line)) return true;
    message = message && piece.is_message;
    return ++pieces < 2;
  });
  return message && pieces == 1;
}

std::string mailbox_of(std::string_view base_name) {
  for (const std::string_view suffix : {".mbox", ".mbx"})
    if (has_suffix(base_name, suffix)) base_name.remove_suffix(suffix.size());
  return display_name(decode_imap_utf7(base_name).value_or(std::string(base_name)));
}

bool read_mbox(ByteSource& source, ByteSource& stored, const MailHints& hints, Reader& reader, const MboxStart& start,
               std::optional<Place>& last) {
  ImportSink& sink = reader.sink();
  MailItem item;
  item.hints = hints;
  bool stopped = reader.stopped();
  if (stopped) return false;
  const auto give = [&](const MboxPiece& piece) {
    if (piece.last && stored.changed()) {
      sink.set_aside({piece.place, changed_while_read(), piece.raw, {}});
    } else if (piece.last && is_envelope_only(piece.raw)) {
      sink.set_aside({piece.place, Words("the file ends before the mail that this line begins"), piece.raw, {}});
    } else if (!piece.is_message) {
      sink.set_aside(
          {piece.place, Words("no `From ` line stands before this: not part of a mailbox"), piece.raw, {}});
    } else if (piece.raw.size() > reader.limits().max_message_bytes) {
      sink.set_aside({piece.place, Words("larger than a mail may be"), piece.raw, {}});
    } else {
      item.raw = piece.raw;
      item.place = piece.place;
      item.hints.store_time = piece.store_time;
      sink.mail(item);
    }
    reader.tell_progress();
    stopped = reader.stopped();
    return !stopped;
  };
  last = split_mbox(source, give, start);
  return !stopped;
}

MailboxMark mailbox_mark(ByteSource& source, std::uint64_t size, const Place& last) {
  const std::uint64_t tail_begin = size - std::min<std::uint64_t>(size, marked_tail);
  return {size, last.offset, last.line, stretch_hash(source, 0, std::min<std::uint64_t>(size, marked_head)),
          stretch_hash(source, tail_begin, size - tail_begin)};
}

std::optional<MboxStart> grown_since(ByteSource& source, const MailboxMark& mark) {
  if (mark.last_offset == 0 || source.size().value_or(0) <= mark.size) return std::nullopt;
  const MailboxMark now = mailbox_mark(source, mark.size, {mark.last_offset, 0, mark.last_line});
  if (now.head != mark.head || now.tail != mark.tail) return std::nullopt;
  source.rewind(0);
  const char end_of_line = end_of_line_of(source.head());
  source.rewind(mark.last_offset);
  if (!begins_message(source.head(), Before::nothing, end_of_line)) return std::nullopt;
  return MboxStart{mark.last_offset, mark.last_line, end_of_line};
}

} // namespace genchi::importers
