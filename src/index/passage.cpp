#include "index/passage.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <zstd.h>

#include "base/record_io.hpp"

namespace genchi::index {

namespace {

// 1: first form. 2: with facts. 3: as a zstd frame after the version. Xapian would deflate it, and inflating took half
// the time of judging a candidate.
constexpr std::uint8_t record_version = 3;
constexpr int compression_level = 3;
// Messages are bounded where they are read; this only keeps a damaged frame from asking for any memory it likes.
constexpr std::uint64_t max_record_bytes = 4ULL << 30;

// The fewest bytes that a message can take: a wrong count cannot ask for much more memory than the record
// has.
constexpr std::size_t least_message_bytes = 56;

void write_people(RecordWriter& out, const std::vector<Person>& people) {
  out.number(people.size());
  for (const Person& person : people) {
    out.repeated(person.name);
    out.repeated(person.address);
  }
}

void write_facts(RecordWriter& out, const SoughtFacts& facts) {
  out.byte(static_cast<std::uint8_t>((facts.price ? 1 : 0) | (facts.date ? 2 : 0) | (facts.conditional ? 4 : 0) |
                                     (static_cast<unsigned>(facts.act) << 3)));
  out.number(facts.yen.size());
  for (const std::int64_t yen : facts.yen) out.signed_number(yen);
  out.number(facts.due.size());
  for (const SoughtFacts::Days& days : facts.due) {
    out.signed_number(days.first);
    out.number(static_cast<std::uint64_t>(std::max(days.last - days.first, 0)));
  }
}

void write_message(RecordWriter& out, const MessageRecord& m) {
  out.digest(m.id);
  out.byte(static_cast<std::uint8_t>(m.channel));
  out.byte(static_cast<std::uint8_t>(m.direction));
  out.number(m.flags);
  out.signed_number(m.sent.utc);
  out.signed_number(m.sent.offset_minutes);
  out.repeated(m.account);
  out.repeated(m.conversation);
  out.number(m.identifiers.size());
  for (const std::string& identifier : m.identifiers) out.repeated(identifier);
  out.repeated(m.from.name);
  out.repeated(m.from.address);
  write_people(out, m.to);
  write_people(out, m.cc);
  out.text(m.subject);
  out.text(m.text);
  out.number(m.sections.size());
  for (const TextSection& section : m.sections) {
    const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(m.text.size(), UINT32_MAX));
    const std::uint32_t begin = std::min(section.begin, size);
    out.byte(static_cast<std::uint8_t>(section.kind));
    out.number(begin);
    out.number(std::clamp(section.end, begin, size) - begin);
  }
  out.number(m.files.size());
  for (const AttachedFile& file : m.files) {
    out.text(file.name);
    out.repeated(file.kind);
  }
  write_facts(out, m.facts);
  out.number(m.copies);
  out.repeated(m.source.object.view());
  out.number(m.source.offset);
  out.number(m.source.length);
  out.repeated(m.source.name);
}

std::vector<Person> read_people(RecordReader& in) {
  std::vector<Person> people(in.count(2));
  for (Person& person : people) {
    person.name = in.repeated();
    person.address = in.repeated();
  }
  return people;
}

std::vector<TextSection> read_sections(RecordReader& in, std::size_t text_size) {
  std::vector<TextSection> sections(in.count(3));
  for (TextSection& section : sections) {
    const std::uint8_t kind = in.byte();
    if (kind > static_cast<std::uint8_t>(SectionKind::greeting)) throw_damaged_record();
    section.kind = static_cast<SectionKind>(kind);
    const std::uint64_t begin = in.number_up_to(text_size);
    section.begin = static_cast<std::uint32_t>(begin);
    section.end = static_cast<std::uint32_t>(begin + in.number_up_to(text_size - begin));
  }
  return sections;
}

SoughtFacts read_facts(RecordReader& in) {
  constexpr std::int64_t greatest_day = 4'000'000;  // beyond the year 9999
  SoughtFacts facts;
  const std::uint8_t marks = in.byte();
  if ((marks >> 3) > static_cast<unsigned>(Act::cancel)) throw_damaged_record();
  facts.price = (marks & 1) != 0;
  facts.date = (marks & 2) != 0;
  facts.conditional = (marks & 4) != 0;
  facts.act = static_cast<Act>(marks >> 3);
  facts.yen.resize(in.count(1));
  for (std::int64_t& yen : facts.yen) yen = in.signed_number();
  facts.due.resize(in.count(2));
  for (SoughtFacts::Days& days : facts.due) {
    const std::int64_t first = in.signed_number();
    if (first < -greatest_day || first > greatest_day) throw_damaged_record();
    days.first = static_cast<std::int32_t>(first);
    days.last = days.first + static_cast<std::int32_t>(in.number_up_to(greatest_day));
  }
  return facts;
}

void read_message(RecordReader& in, MessageRecord& m) {
  m.id = in.digest();
  const std::uint8_t channel = in.byte();
  const std::uint8_t direction = in.byte();
  if (channel < 1 || channel > static_cast<std::uint8_t>(Channel::sms)) throw_damaged_record();
  if (direction < 1 || direction > static_cast<std::uint8_t>(Direction::automatic)) throw_damaged_record();
  m.channel = static_cast<Channel>(channel);
  m.direction = static_cast<Direction>(direction);
  m.flags = static_cast<std::uint32_t>(in.number_up_to(UINT32_MAX));
  m.sent.utc = in.signed_number();
  const std::int64_t offset = in.signed_number();
  if (offset < std::numeric_limits<int>::min() || offset > std::numeric_limits<int>::max())
    throw_damaged_record();
  m.sent.offset_minutes = static_cast<int>(offset);
  m.account = in.repeated();
  m.conversation = in.repeated();
  m.identifiers.resize(in.count(1));
  for (std::string& identifier : m.identifiers) identifier = in.repeated();
  m.from.name = in.repeated();
  m.from.address = in.repeated();
  m.to = read_people(in);
  m.cc = read_people(in);
  m.subject = in.text();
  m.text = in.text();
  m.sections = read_sections(in, m.text.size());
  m.files.resize(in.count(2));
  for (AttachedFile& file : m.files) {
    file.name = in.text();
    file.kind = in.repeated();
  }
  m.facts = read_facts(in);
  m.copies = static_cast<std::uint32_t>(in.number_up_to(UINT32_MAX));
  const auto object = Sha256::from_bytes(in.repeated());
  if (!object) throw_damaged_record();
  m.source.object = *object;
  m.source.offset = in.number();
  m.source.length = in.number();
  m.source.name = in.repeated();
}

} // namespace

namespace {

std::string compressed(std::string_view raw) {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  std::string out(1 + ZSTD_compressBound(raw.size()), static_cast<char>(record_version));
  const std::size_t size = ZSTD_compressCCtx(context.get(), out.data() + 1, out.size() - 1, raw.data(), raw.size(), compression_level);
  if (ZSTD_isError(size)) throw std::bad_alloc();
  out.resize(1 + size);
  return out;
}

std::string decompressed(std::string_view data) {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  if (data.empty() || static_cast<std::uint8_t>(data.front()) != record_version) throw_damaged_record();
  const std::string_view frame = data.substr(1);
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > max_record_bytes) throw_damaged_record();
  std::string raw(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompressDCtx(context.get(), raw.data(), raw.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) || got != raw.size()) throw_damaged_record();
  return raw;
}

} // namespace

std::string pack(const Passage& passage) {
  RecordWriter out;
  out.number(passage.messages.size());
  for (const MessageRecord& message : passage.messages) write_message(out, message);
  return compressed(out.take());
}

Passage unpack(std::string_view data) {
  const std::string raw = decompressed(data);
  RecordReader in(raw);
  Passage passage;
  passage.messages.resize(in.count(least_message_bytes));
  for (MessageRecord& message : passage.messages) read_message(in, message);
  in.end();
  return passage;
}

namespace {

constexpr std::string_view parting = "\n\n";

void append_field(std::string& out, std::string_view folded) {
  if (folded.empty()) return;
  if (!out.empty()) out += parting;
  out += folded;
}

void append_person(std::string& out, const Person& person) {
  append_field(out, fold(person.name));
  append_field(out, fold(person.address));
}

std::string folded_people(const std::vector<Person>& people) {
  std::string out;
  for (const Person& person : people) append_person(out, person);
  return out;
}

// Length of the quotation marks and blanks a line begins with; 0 if there is no mark.
std::size_t quote_marks(std::string_view text, std::size_t at) {
  constexpr std::string_view wide_mark = "＞";
  const std::size_t begin = at;
  std::size_t end = at;
  while (at < text.size()) {
    if (text[at] == ' ') {
      ++at;
    } else if (text[at] == '>') {
      end = ++at;
    } else if (text.substr(at, wide_mark.size()) == wide_mark) {
      end = at += wide_mark.size();
    } else {
      break;
    }
  }
  return end == begin ? 0 : at - begin;
}

// A text without its quotation marks, and where they were.
struct Unquoted {
  struct Cut {
    std::size_t at;      // in the text without marks
    std::size_t removed; // bytes cut out up to and including here
  };
  std::string text;
  std::vector<Cut> cuts;
};

Unquoted remove_quote_marks(std::string_view text) {
  Unquoted result;
  std::size_t removed = 0;
  std::size_t at = 0;
  std::size_t copied = 0;
  while (at < text.size()) {
    if (const std::size_t marks = quote_marks(text, at); marks > 0) {
      result.text.append(text, copied, at - copied);
      removed += marks;
      copied = at += marks;
      result.cuts.push_back({result.text.size(), removed});
    }
    const std::size_t line_end = text.find('\n', at);
    at = line_end == std::string_view::npos ? text.size() : line_end + 1;
  }
  if (!result.cuts.empty()) result.text.append(text, copied);
  return result;
}

} // namespace

std::string fold_body(std::string_view text) {
  const Unquoted unquoted = remove_quote_marks(text);
  return fold(unquoted.cuts.empty() ? text : unquoted.text);
}

FoldedText fold_body_with_map(std::string_view text) {
  const Unquoted unquoted = remove_quote_marks(text);
  if (unquoted.cuts.empty()) return fold_with_map(text);
  FoldedText folded = fold_with_map(unquoted.text);
  auto cut = unquoted.cuts.begin();
  std::size_t removed = 0;
  for (std::uint32_t& source : folded.source) {
    for (; cut != unquoted.cuts.end() && cut->at <= source; ++cut) removed = cut->removed;
    source += static_cast<std::uint32_t>(removed);
  }
  return folded;
}

std::string folded_field(const MessageRecord& message, TextField field) {
  std::string out;
  switch (field) {
  case TextField::subject:
    return fold(message.subject);
  case TextField::text:
    return fold_body(message.text);
  case TextField::from:
    append_person(out, message.from);
    break;
  case TextField::to:
    return folded_people(message.to);
  case TextField::cc:
    return folded_people(message.cc);
  case TextField::files:
    for (const AttachedFile& file : message.files) append_field(out, fold(file.name));
    break;
  }
  return out;
}

std::string searchable_text(const MessageRecord& message) {
  std::string out;
  for (const TextField field :
       {TextField::subject, TextField::text, TextField::from, TextField::to, TextField::cc, TextField::files})
    append_field(out, folded_field(message, field));
  return out;
}

bool has_attached(const MessageRecord& message, std::string_view name) {
  return std::any_of(message.files.begin(), message.files.end(), [&](const AttachedFile& file) {
    if (name != "attachment") return file.kind == name;
    return file.kind == "file" || file.kind == "photo" || file.kind == "video" || file.kind == "voice";
  });
}

} // namespace genchi::index
