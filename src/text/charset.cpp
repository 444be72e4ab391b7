#include "text/charset.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "text/charset_names.hpp"
#include "text/charset_score.hpp"

namespace genchi {
namespace {

constexpr char16_t replacement = 0xFFFD;

/// Labels come from mails, so what is remembered of them is bounded; opening a converter costs microseconds.
constexpr std::size_t cache_limit = 64;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using ConverterPtr = std::unique_ptr<UConverter, CloseConverter>;

UConverter* cached_converter(const std::string& icu_name) {
  thread_local std::unordered_map<std::string, ConverterPtr> cache;
  if (const auto found = cache.find(icu_name); found != cache.end()) {
    ucnv_reset(found->second.get());
    return found->second.get();
  }
  if (cache.size() >= cache_limit) cache.clear();
  UErrorCode status = U_ZERO_ERROR;
  ConverterPtr converter(ucnv_open(icu_name.c_str(), &status));
  if (U_FAILURE(status) || !converter) return nullptr;
  return cache.emplace(icu_name, std::move(converter)).first->second.get();
}

// --- Decoding ---

struct Tally {
  std::size_t undecodable = 0;  ///< sequences that became U+FFFD, a cut-off last one included
  std::size_t beyond_ascii = 0; ///< UTF-16 units above U+007F that were decodable
  bool cut_off = false;         ///< the text ends inside a character

  std::size_t damage() const { return undecodable - (cut_off ? 1 : 0); }
};

/// ICU's own substitution gives U+001A for single bytes and does not count.
void on_undecodable(const void* context, UConverterToUnicodeArgs* args, const char*, std::int32_t,
                    UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  auto* tally = static_cast<Tally*>(const_cast<void*>(context));
  ++tally->undecodable;
  if (*status == U_TRUNCATED_CHAR_FOUND) tally->cut_off = true;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

/// Feeds `bytes` through the converter and gives `sink` pieces of UTF-16 (a surrogate pair may be split).
template <typename Sink>
bool convert(const std::string& icu_name, std::string_view bytes, Tally& tally, Sink sink) {
  UConverter* converter = cached_converter(icu_name);
  if (!converter) return false;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter, on_undecodable, &tally, nullptr, nullptr, &status);
  constexpr std::size_t chunk = 1 << 20; // ICU refuses sources of 2 GiB
  std::array<UChar, 4096> buffer;
  std::string_view rest = bytes;
  do {
    const std::string_view piece = rest.substr(0, chunk);
    rest.remove_prefix(piece.size());
    const char* source = piece.data();
    do {
      status = U_ZERO_ERROR;
      UChar* target = buffer.data();
      ucnv_toUnicode(converter, &target, buffer.data() + buffer.size(), &source, piece.data() + piece.size(),
                     nullptr, rest.empty(), &status);
      sink(std::u16string_view(buffer.data(), static_cast<std::size_t>(target - buffer.data())));
    } while (status == U_BUFFER_OVERFLOW_ERROR);
  } while (!rest.empty() && U_SUCCESS(status));
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr, &status);
  return U_SUCCESS(status);
}

void append_code_point(std::string& out, UChar32 c) {
  std::array<std::uint8_t, U8_MAX_LENGTH> units{};
  std::size_t n = 0;
  U8_APPEND_UNSAFE(units.data(), n, c);
  out.append(reinterpret_cast<const char*>(units.data()), n);
}

/// UTF-16 in pieces → UTF-8.
class Utf8Writer {
 public:
  Utf8Writer(Tally& tally, std::size_t expected) : tally_(tally) { text_.reserve(expected); }

  void write(std::u16string_view units) {
    for (const char16_t unit : units) {
      if (high_ == 0 && unit < 0x80) {
        text_ += static_cast<char>(unit);
      } else {
        write_one(unit);
      }
    }
  }
  std::string take() {
    if (high_ != 0) write_undecodable();
    return std::move(text_);
  }

 private:
  void write_one(char16_t unit) {
    if (high_ != 0 && U16_IS_TRAIL(unit)) {
      append_code_point(text_, U16_GET_SUPPLEMENTARY(high_, unit));
      high_ = 0;
      ++tally_.beyond_ascii;
      return;
    }
    if (high_ != 0) write_undecodable();
    high_ = 0;
    if (U16_IS_LEAD(unit)) {
      high_ = unit;
    } else if (U16_IS_TRAIL(unit) || (unit >= 0x80 && unit < 0xA0)) {
      // C1 controls: ICU's EUC-JP passes 80–9F through, which no text means.
      write_undecodable();
    } else {
      append_code_point(text_, unit);
      if (unit >= 0x80 && unit != replacement) ++tally_.beyond_ascii;
    }
  }
  void write_undecodable() {
    append_code_point(text_, replacement);
    ++tally_.undecodable;
  }

  Tally& tally_;
  std::string text_;
  char16_t high_ = 0;
};

struct Attempt {
  std::string text;
  Tally tally;
};

Attempt decode_as(const std::string& icu_name, std::string_view bytes) {
  Attempt attempt;
  Utf8Writer writer(attempt.tally, bytes.size() + bytes.size() / 2);
  const bool whole =
      convert(icu_name, bytes, attempt.tally, [&](std::u16string_view units) { writer.write(units); });
  attempt.text = writer.take();
  if (!whole) ++attempt.tally.undecodable;
  return attempt;
}

/// Reads UTF-8, valid or damaged, into `out`; only counts if that is null.
Tally read_utf8(std::string_view bytes, std::string* out, std::size_t* three_bytes = nullptr) {
  Tally tally;
  const auto* s = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::size_t size = bytes.size();
  std::size_t at = 0;
  while (at < size) {
    const std::size_t begin = at;
    while (at < size && s[at] < 0x80) ++at;
    if (out) out->append(bytes, begin, at - begin);
    if (at == size) break;
    const std::size_t start = at;
    UChar32 c;
    U8_NEXT(s, at, size, c);
    if (c >= 0) {
      ++tally.beyond_ascii;
      if (three_bytes && c >= 0x800) ++*three_bytes;
      if (out) out->append(bytes, start, at - start);
      continue;
    }
    ++tally.undecodable;
    // A sequence that breaks off at the end of the text, not a byte that could never begin one.
    tally.cut_off = at == size && U8_IS_LEAD(s[start]);
    if (out) append_code_point(*out, replacement);
  }
  return tally;
}

// Bytes 80–9F of windows-1252; 0 where it has nothing. (ICU fills the five gaps with controls.)
constexpr std::array<char16_t, 32> windows_1252_high = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

Attempt decode_latin(std::string_view bytes) {
  Attempt attempt;
  attempt.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) {
    const auto b = static_cast<unsigned char>(byte);
    char16_t c = b;
    if (b >= 0x80 && b < 0xA0) c = windows_1252_high[b - 0x80U];
    if (c == 0 && b != 0) {
      c = replacement;
      ++attempt.tally.undecodable;
    }
    if (c < 0x80)
      attempt.text += byte;
    else
      append_code_point(attempt.text, c);
  }
  return attempt;
}

Decoded result(Attempt attempt, std::string charset, bool as_declared) {
  return {std::move(attempt.text), std::move(charset), as_declared, attempt.tally.undecodable > 0};
}

// --- What the bytes look like ---

struct Survey {
  bool ascii = true;       ///< no byte above 0x7F
  bool designates = false; ///< ESC $ or ESC ( as ISO-2022-JP has them
  bool shifts = false;     ///< SO
  bool has_nul = false;
};

Survey survey(std::string_view bytes) {
  Survey s;
  unsigned char seen = 0;
  bool control = false;
  for (const char c : bytes) {
    seen |= static_cast<unsigned char>(c);
    control |= static_cast<unsigned char>(c) < 0x20 && (c == '\x1B' || c == '\x0E' || c == '\0');
  }
  s.ascii = seen < 0x80;
  if (!control) return s;
  s.shifts = bytes.find('\x0E') != std::string_view::npos;
  s.has_nul = bytes.find('\0') != std::string_view::npos;
  for (std::size_t at = bytes.find('\x1B'); at != std::string_view::npos && !s.designates;
       at = bytes.find('\x1B', at + 1)) {
    const std::string_view next = bytes.substr(at + 1, 2);
    if (next.size() < 2) break;
    s.designates =
        (next[0] == '$' && (next[1] == 'B' || next[1] == '@' || next[1] == '(' || next[1] == 'A')) ||
        (next[0] == '(' && (next[1] == 'I' || next[1] == 'J'));
  }
  return s;
}

/// A stretch that is enough to judge by, from the line with the first byte that is not plain ASCII.
std::string_view sample_of(std::string_view bytes) {
  constexpr std::size_t longest = 64 << 10;
  constexpr std::size_t look_back = 1 << 10;
  if (bytes.size() <= longest) return bytes;
  const auto odd =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0 || c == '\x1B'; });
  const auto first = static_cast<std::size_t>(odd - bytes.begin());
  std::size_t begin = first > look_back ? first - look_back : 0;
  if (const std::size_t line = bytes.substr(begin, first - begin).rfind('\n');
      line != std::string_view::npos) {
    begin += line + 1;
  }
  std::string_view sample = bytes.substr(begin, longest);
  if (begin + sample.size() < bytes.size()) {
    if (const std::size_t line = sample.rfind('\n'); line != std::string_view::npos && line > longest / 2) {
      sample = sample.substr(0, line + 1);
    }
  }
  return sample;
}

long japanese_score_as(const std::string& icu_name, std::string_view sample) {
  constexpr long cut_off_points = -3; // samples end at a line's end or with the text
  std::u16string units;
  Tally tally;
  convert(icu_name, sample, tally, [&](std::u16string_view piece) { units += piece; });
  if (!tally.cut_off) return japanese_score(units);
  if (!units.empty() && units.back() == replacement) units.pop_back();
  return japanese_score(units) + cut_off_points;
}

// --- Detection ---

/// ISO-2022-JP in its several habits: the escapes of RFC 1468 with extensions; with SO/SI kana; with 8-bit
/// kana.
Attempt decode_iso2022jp(std::string_view bytes, const Survey& seen, const std::string& preferred) {
  Attempt best = decode_as(preferred, bytes);
  if (best.tally.damage() == 0) return best;
  for (const char* other : {"JIS7", "JIS8"}) {
    const bool eight_bit = other[3] == '8';
    if (eight_bit ? seen.ascii : !seen.shifts && !seen.designates) continue;
    Attempt attempt = decode_as(other, bytes);
    if (attempt.tally.damage() < best.tally.damage()) best = std::move(attempt);
  }
  return best;
}

struct Candidate {
  std::string name;
  long score;
};

/// The best reading of bytes that are not valid UTF-8, or carry escapes. `declared` may be null.
Decoded detect(std::string_view bytes, const Survey& seen, const Charset* declared) {
  const std::string_view sample = sample_of(bytes);
  Candidate best{"windows-1252", latin_score(sample)};
  const auto offer = [&](const char* name, long score) {
    if (declared && declared->name == name) score += declared_bonus;
    if (score > best.score) best = {name, score};
  };
  if (declared && declared->name == best.name) best.score += declared_bonus;
  offer("UTF-8", utf8_score(sample));
  offer("EUC-JP", japanese_score_as("EUC-JP", sample));
  // Equal scores go to CP932, the commoner of the two.
  offer("windows-31j", japanese_score_as("windows-31j", sample) + (best.name == "EUC-JP" ? 1 : 0));
  if (seen.designates || seen.shifts) {
    offer("ISO-2022-JP", japanese_score_as(seen.ascii ? "ibm-5054" : "JIS8", sample));
  }
  const bool as_declared = declared && declared->name == best.name;
  if (best.name == "windows-1252") return result(decode_latin(bytes), best.name, as_declared);
  if (best.name == "ISO-2022-JP")
    return result(decode_iso2022jp(bytes, seen, "ibm-5054"), best.name, as_declared);
  if (best.name == "UTF-8") {
    Attempt attempt;
    attempt.tally = read_utf8(bytes, &attempt.text);
    return result(std::move(attempt), best.name, as_declared);
  }
  return result(decode_as(best.name, bytes), best.name, as_declared);
}

// --- The declared charset ---

/// A last character that is cut off tells nothing against a charset that the rest speaks for.
bool fits(const Tally& tally) {
  return tally.undecodable == 0 || (tally.damage() == 0 && tally.beyond_ascii > 0);
}

/// Some damage in a charset that detection does not know: better than any guess of ours.
bool nearly_fits(const Tally& tally) {
  constexpr std::size_t tolerated = 20;
  return fits(tally) || tally.damage() * tolerated <= tally.beyond_ascii;
}

/// Valid UTF-8 of three-byte characters is hardly ever anything else, whatever the label says.
bool is_plainly_utf8(std::string_view bytes) {
  std::size_t three_bytes = 0;
  const Tally tally = read_utf8(bytes, nullptr, &three_bytes);
  return tally.damage() == 0 && three_bytes > 0 && three_bytes * 2 >= tally.beyond_ascii;
}

/// UTF-16 and UTF-32 take any ASCII text for kanji, so the label alone does not count.
std::optional<Decoded> read_wide(std::string_view bytes, const Survey& seen, const Charset& charset) {
  std::string icu = charset.icu;
  const bool has_mark = bytes.substr(0, 2) == "\xFE\xFF" || bytes.substr(0, 2) == "\xFF\xFE" ||
                        bytes.substr(0, 4) == std::string_view("\0\0\xFE\xFF", 4);
  if (!has_mark && label_key(icu) == "utf16") {
    // Without a mark RFC 2781 says big-endian; programs write little-endian. ASCII tells by where its zeros
    // are.
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
    if (zeros[1] > zeros[0]) icu = "UTF-16LE";
  }
  Attempt attempt = decode_as(icu, bytes);
  if (!nearly_fits(attempt.tally)) return std::nullopt;
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (attempt.text.compare(0, mark.size(), mark) == 0) attempt.text.erase(0, mark.size());
  if (!has_mark && !seen.has_nul) {
    const std::string_view sample = sample_of(bytes).substr(0, 4096);
    if (japanese_score_as(icu, sample) * 4 < static_cast<long>(sample.size()) * 3) return std::nullopt;
  }
  return result(std::move(attempt), charset.name, true);
}

/// ASCII bytes with ISO-2022-JP escapes, under whatever label.
std::optional<Decoded> read_escapes(std::string_view bytes, const Survey& seen, bool as_declared) {
  if (!seen.ascii || !seen.designates) return std::nullopt;
  Attempt attempt = decode_iso2022jp(bytes, seen, "ibm-5054");
  // The alternative is raw escapes, so half of it readable is enough.
  if (attempt.tally.beyond_ascii == 0 || attempt.tally.beyond_ascii < attempt.tally.damage())
    return std::nullopt;
  return result(std::move(attempt), "ISO-2022-JP", as_declared);
}

std::optional<Decoded> read_declared(std::string_view bytes, const Survey& seen, const Charset& charset) {
  if (bytes.empty()) return Decoded{{}, charset.name};
  switch (charset.family) {
  case Family::wide:
    return read_wide(bytes, seen, charset);
  case Family::stateful: {
    Attempt attempt = decode_as(charset.icu, bytes);
    if (!fits(attempt.tally)) return std::nullopt;
    return result(std::move(attempt), charset.name, true);
  }
  case Family::iso2022jp: {
    const bool plain = seen.ascii && !seen.shifts && bytes.find('\x1B') == std::string_view::npos;
    if (plain) return Decoded{std::string(bytes), charset.name};
    if (!seen.ascii && !seen.designates) return std::nullopt;
    Attempt attempt = decode_iso2022jp(bytes, seen, charset.icu);
    if (!fits(attempt.tally)) return std::nullopt;
    return result(std::move(attempt), charset.name, true);
  }
  default:
    break;
  }
  if (seen.ascii) {
    if (seen.designates) return std::nullopt;
    return Decoded{std::string(bytes), charset.name};
  }
  if (charset.family == Family::ascii || charset.family == Family::latin) return std::nullopt;
  if (charset.family == Family::utf8) {
    const Tally tally = read_utf8(bytes, nullptr);
    if (tally.undecodable == 0) return Decoded{std::string(bytes), charset.name};
    if (!fits(tally)) return std::nullopt;
    Attempt attempt;
    attempt.tally = read_utf8(bytes, &attempt.text);
    return result(std::move(attempt), charset.name, true);
  }
  if (is_plainly_utf8(bytes)) return std::nullopt;
  Attempt attempt = decode_as(charset.icu, bytes);
  const bool good = charset.family == Family::other ? nearly_fits(attempt.tally) : fits(attempt.tally);
  if (!good) return std::nullopt;
  return result(std::move(attempt), charset.name, true);
}

/// A byte order mark is stronger than any label.
std::optional<Decoded> read_marked(std::string_view bytes, const Charset* declared) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    const std::string_view rest = bytes.substr(3);
    Attempt attempt;
    attempt.tally = read_utf8(rest, &attempt.text);
    if (!nearly_fits(attempt.tally)) return std::nullopt;
    return result(std::move(attempt), "UTF-8", !declared || declared->family == Family::utf8);
  }
  if (declared && declared->family == Family::wide) return std::nullopt;
  const std::string_view mark = bytes.substr(0, 2);
  if (bytes.size() < 4 || (mark != "\xFF\xFE" && mark != "\xFE\xFF")) return std::nullopt;
  Attempt attempt = decode_as(mark == "\xFF\xFE" ? "UTF-16LE" : "UTF-16BE", bytes.substr(2));
  if (!fits(attempt.tally)) return std::nullopt;
  return result(std::move(attempt), "UTF-16", false);
}

} // namespace

Decoded decode_text(std::string_view bytes, std::string_view declared) {
  const bool has_label = !label_key(declared).empty();
  const std::optional<Charset>& known = known_charset(declared);
  const Charset* charset = known ? &*known : nullptr;
  const Survey seen = survey(bytes);
  if (!seen.ascii) {
    if (std::optional<Decoded> marked = read_marked(bytes, charset)) {
      marked->as_declared = marked->as_declared && has_label;
      return std::move(*marked);
    }
  }
  if (charset) {
    if (std::optional<Decoded> read = read_declared(bytes, seen, *charset)) return std::move(*read);
  }
  if (seen.ascii) {
    const bool as_declared = charset && charset->family == Family::iso2022jp;
    if (std::optional<Decoded> read = read_escapes(bytes, seen, as_declared)) return std::move(*read);
    return {std::string(bytes), "US-ASCII", !has_label || (charset && charset->family == Family::ascii),
            false};
  }
  const Tally utf8 = read_utf8(bytes, nullptr);
  if (utf8.undecodable == 0 || (utf8.damage() == 0 && utf8.beyond_ascii > 0)) {
    Attempt attempt;
    attempt.tally = read_utf8(bytes, &attempt.text);
    return result(std::move(attempt), "UTF-8", charset && charset->family == Family::utf8);
  }
  return detect(bytes, seen, charset);
}

bool is_known_charset(std::string_view label) {
  return known_charset(label).has_value();
}

std::string encode_text(std::string_view text, std::string_view charset) {
  if (charset == "UTF-8" || charset == "US-ASCII") return std::string(text);
  const std::optional<Charset>& known = known_charset(charset);
  UConverter* to = known ? cached_converter(known->icu) : nullptr;
  UConverter* from = to ? cached_converter("UTF-8") : nullptr;
  if (!from) return {};
  std::string out;
  std::array<char, 1024> piece{};
  std::array<char16_t, 512> pivot{};
  const char* source = text.data();
  char16_t *pivot_source = pivot.data(), *pivot_target = pivot.data();
  for (bool first = true;; first = false) {
    char* target = piece.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_convertEx(to, from, &target, piece.data() + piece.size(), &source, text.data() + text.size(), pivot.data(), &pivot_source, &pivot_target,
                   pivot.data() + pivot.size(), first, true, &status);
    out.append(piece.data(), target);
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    return U_FAILURE(status) ? std::string() : out;
  }
}

} // namespace genchi
