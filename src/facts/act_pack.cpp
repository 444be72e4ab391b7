// Cues as bytes: a version, traits, cues, terms; whole numbers in groups of seven bits.
#include <algorithm>
#include <limits>
#include <optional>

#include "facts/acts.hpp"

namespace genchi::facts {
namespace {

constexpr char pack_version = 2;

void put(std::string& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to += static_cast<char>(0x80 | (value & 0x7f));
  to += static_cast<char>(value);
}
std::uint64_t unsigned_of(std::int64_t value) { // zigzag
  return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
std::int64_t signed_of(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1) ^ ((value & 1) != 0 ? ~std::uint64_t{0} : 0));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool take(std::uint64_t& value, std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) return false;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value <= most;
    }
    return false;
  }
  template <typename Number> bool take(Number& number, std::uint64_t most) {
    std::uint64_t value = 0;
    if (!take(value, most)) return false;
    number = static_cast<Number>(value);
    return true;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

constexpr std::uint64_t most_cue_flags = 0x1ff, most_byte = 0xff,
                        most_place = std::numeric_limits<std::uint32_t>::max();

bool take_cue(Reader& reader, Cue& cue) {
  std::uint64_t size = 0, subject = 0;
  if (!reader.take(cue.kind, static_cast<std::uint64_t>(CueKind::own)) ||
      !reader.take(cue.flags, most_cue_flags) || !reader.take(cue.place.begin, most_place) ||
      !reader.take(size, most_place - cue.place.begin) || !reader.take(subject, 1))
    return false;
  if (cue.kind == CueKind::own && cue.flags > static_cast<std::uint8_t>(Act::cancel)) return false;
  cue.place.end = cue.place.begin + static_cast<std::uint32_t>(size);
  cue.place.in_subject = subject != 0;
  return true;
}

// Days that a calendar has, so that nobody counts with others.
constexpr std::int64_t last_day = 3'000'000;

bool take_term(Reader& reader, ActTerm& term) {
  std::uint64_t value = 0, more = 0;
  if (!reader.take(term.kind, static_cast<std::uint64_t>(TermKind::count)) ||
      !reader.take(term.flags, most_byte) || !reader.take(term.cue, most_byte) || !reader.take(value) ||
      !reader.take(more))
    return false;
  term.value = signed_of(value);
  term.last = term.value;
  if (term.kind != TermKind::day) return true;
  if (term.value < -last_day || term.value > last_day || more > static_cast<std::uint64_t>(last_day))
    return false;
  term.last += static_cast<std::int64_t>(more);
  return true;
}

} // namespace

std::string pack(const Cues& cues) {
  std::string bytes;
  if (cues.list.empty() && cues.terms.empty() && cues.traits == 0) return bytes;
  bytes += pack_version;
  put(bytes, cues.traits);
  put(bytes, cues.list.size());
  for (const Cue& cue : cues.list) {
    put(bytes, static_cast<std::uint64_t>(cue.kind));
    put(bytes, cue.flags);
    put(bytes, cue.place.begin);
    put(bytes, cue.place.end - cue.place.begin);
    put(bytes, cue.place.in_subject ? 1 : 0);
  }
  put(bytes, cues.terms.size());
  for (const ActTerm& term : cues.terms) {
    put(bytes, static_cast<std::uint64_t>(term.kind));
    put(bytes, term.flags);
    put(bytes, term.cue);
    put(bytes, unsigned_of(term.value));
    put(bytes, term.kind == TermKind::day
                   ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, term.last - term.value))
                   : 0);
  }
  return bytes;
}

Cues unpack_cues(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != pack_version) return {};
  Reader reader(bytes.substr(1));
  Cues cues;
  std::uint64_t count = 0;
  if (!reader.take(cues.traits, std::numeric_limits<std::uint32_t>::max()) ||
      !reader.take(count, Cues::max_cues))
    return {};
  for (; count > 0; --count) {
    Cue cue;
    if (!take_cue(reader, cue)) return {};
    cues.list.push_back(cue);
  }
  if (!reader.take(count, Cues::max_terms)) return {};
  for (; count > 0; --count) {
    ActTerm term;
    if (!take_term(reader, term)) return {};
    cues.terms.push_back(term);
  }
  return cues;
}

} // namespace genchi::facts
