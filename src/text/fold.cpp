#include "text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstring>

#include "base/bytes.hpp"
#include "text/fold_table.hpp"

namespace genchi {
namespace {

using folding::Entry;
using folding::entry_of;
using folding::Kind;

// More than any orthography puts on one letter. ICU sorts combining characters in quadratic time, so it is
// never given more than twice as many.
constexpr int max_marks = 32;

const icu::Normalizer2& nfkc_casefold() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  return *instance;
}

// decode_utf8 of base/bytes.hpp, with the way of most Japanese text made short.
inline CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xE1 && lead <= 0xEC && at + 2 < text.size() && (byte(1) & 0xC0) == 0x80 &&
      (byte(2) & 0xC0) == 0x80)
    return {static_cast<char32_t>((lead & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
  return decode_utf8(text, at);
}

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

template <bool with_map> class Folder {
 public:
  Folder(std::string_view text, FoldedText& out) : text_(text), out_(out) {
    out_.text.resize(text.size() + longest_utf8);
    if constexpr (with_map) {
      out_.source.reserve(text.size() + 1);
      out_.source_size.reserve(text.size());
    }
  }

  void run() {
    Character c = character(0);
    while (c.from.begin < text_.size()) {
      const Character next = character(c.from.end);
      // Nearly all text: one for one, and nothing combines with it.
      if (c.entry.kind() == Kind::single && next.entry.kind() <= Kind::expands) {
        close_letter();
        write(c.entry.folded(), c.entry.tight(), c.from);
      } else {
        read(c);
      }
      c = next;
    }
    close_letter();
    out_.text.resize(size_);
    if constexpr (with_map) out_.source.push_back(static_cast<std::uint32_t>(text_.size()));
  }

 private:
  static constexpr std::size_t longest_utf8 = 4;

  struct Character {
    char32_t value = 0;
    Entry entry;
    Stretch from;
  };
  // A character and what combines with it; written when the next one begins.
  struct Letter {
    bool open = false;
    bool plain = true; // `first` alone decides
    char32_t character = 0;
    Entry first;
    Stretch from;
    int marks = 0;
  };
  struct WhiteSpace {
    bool pending = false;
    bool tab = false;
    int lines = 0;
    std::size_t after_cr = 0;
    Stretch from;
  };

  // The character at `at`; at the end of the text an empty one of kind single.
  Character character(std::size_t at) const {
    if (at >= text_.size()) return {0, {}, {at, at}};
    const CodePoint c = decode(text_, at);
    return {c.value, entry_of(c.value), {at, at + c.size}};
  }

  void read(const Character& character) {
    const auto& [c, entry, from] = character;
    switch (entry.kind()) {
    case Kind::single:
    case Kind::expands:
      close_letter();
      open_letter(c, entry, from);
      break;
    case Kind::joining:
      if (!letter_.open) break;
      letter_.from.end = from.end;
      if (letter_.first.alone()) break;
      add(c);
      letter_.marks = 0;
      break;
    case Kind::combining:
      if (!letter_.open) break;
      letter_.from.end = from.end;
      if (!letter_.first.alone() && ++letter_.marks <= 2 * max_marks) add(entry.folded());
      break;
    case Kind::transparent:
      if (letter_.open) extend_over(c, from.end);
      break;
    case Kind::dropped:
      close_letter();
      break;
    default:
      close_letter();
      add_white_space(c, entry.kind(), from);
    }
  }

  void open_letter(char32_t c, Entry entry, Stretch from) {
    letter_ = {true, entry.kind() == Kind::single, c, entry, from, 0};
  }

  void add(char32_t c) {
    if (joined_.isEmpty()) joined_.append(static_cast<UChar32>(letter_.character));
    joined_.append(static_cast<UChar32>(c));
    letter_.plain = false;
  }

  void extend_over(char32_t c, std::size_t end) {
    constexpr char32_t keycap = U'\u20E3';
    if (c == keycap && letter_.plain && letter_.character >= U'0' && letter_.character <= U'9')
      open_letter(folding::enclosed_digit(letter_.character),
                  entry_of(folding::enclosed_digit(letter_.character)), letter_.from);
    letter_.from.end = end;
  }

  void close_letter() {
    if (!letter_.open) return;
    letter_.open = false;
    if (letter_.plain) {
      write(letter_.first.folded(), letter_.first.tight(), letter_.from);
    } else {
      write_normalized();
    }
  }

  void write_normalized() {
    if (joined_.isEmpty()) joined_.append(static_cast<UChar32>(letter_.character));
    const icu::UnicodeString forms = normalized(joined_);
    joined_.remove();
    for (std::int32_t i = 0; i < forms.length(); i = forms.moveIndex32(i, 1)) {
      const auto form = static_cast<char32_t>(forms.char32At(i));
      if (form == U' ') {
        add_white_space(form, Kind::space, letter_.from);
      } else {
        write(form, entry_of(form).tight(), letter_.from);
      }
    }
  }

  // The common forms of the normalized text. What stood on both sides of a mark that is dropped may compose
  // (Hangul around a voiced mark), so it is gone over until nothing changes; each time something goes.
  static icu::UnicodeString normalized(icu::UnicodeString text) {
    while (true) {
      UErrorCode status = U_ZERO_ERROR;
      const icu::UnicodeString whole = nfkc_casefold().normalize(text, status);
      if (U_FAILURE(status)) return {}; // out of memory only
      icu::UnicodeString forms;
      int marks = 0;
      for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
        const UChar32 c = whole.char32At(i);
        const char32_t form = folding::common_form(static_cast<char32_t>(c));
        if (form == 0) continue;
        marks = u_getCombiningClass(c) != 0 ? marks + 1 : 0;
        if (marks <= max_marks) forms.append(static_cast<UChar32>(form));
      }
      if (forms == whole) return forms;
      text = forms;
    }
  }

  void add_white_space(char32_t c, Kind kind, Stretch from) {
    if (!white_.pending) {
      white_ = {};
      white_.pending = true;
      white_.from.begin = from.begin;
    }
    white_.from.end = from.end;
    const bool second_of_crlf = c == U'\n' && white_.after_cr == from.begin && from.begin > 0;
    if (kind == Kind::tab) white_.tab = true;
    if (kind == Kind::line && !second_of_crlf) white_.lines += white_.lines < 2;
    if (kind == Kind::paragraph) white_.lines = 2;
    if (c == U'\r') white_.after_cr = from.end;
  }

  void write(char32_t c, bool tight, Stretch from) {
    if (white_.pending) write_white_space(tight);
    tight_before_ = tight;
    if (out_.text.size() - size_ < longest_utf8) out_.text.resize(2 * out_.text.size());
    char* const out = out_.text.data() + size_;
    const auto trail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    std::size_t size = 1;
    if (c < 0x80) {
      out[0] = static_cast<char>(c);
    } else if (c < 0x800) {
      out[0] = static_cast<char>(0xC0 | c >> 6);
      out[1] = trail(0);
      size = 2;
    } else if (c < 0x10000) {
      out[0] = static_cast<char>(0xE0 | c >> 12);
      out[1] = trail(6);
      out[2] = trail(0);
      size = 3;
    } else {
      out[0] = static_cast<char>(0xF0 | c >> 18);
      out[1] = trail(12);
      out[2] = trail(6);
      out[3] = trail(0);
      size = 4;
    }
    size_ += size;
    if constexpr (with_map) map(size, from);
  }

  void write_white_space(bool tight_after) {
    white_.pending = false;
    const Stretch from = white_.from;
    if (size_ == 0) return;
    if (white_.lines >= 2) {
      write(U'\n', false, from);
      write(U'\n', false, from);
    } else if (white_.tab) {
      write(U'\t', false, from);
    } else if (!tight_before_ || !tight_after) {
      write(U' ', false, from);
    }
  }

  void map(std::size_t size, Stretch from) {
    for (std::size_t i = 0; i < size; ++i) {
      out_.source.push_back(static_cast<std::uint32_t>(from.begin));
      out_.source_size.push_back(static_cast<std::uint32_t>(from.end - from.begin));
    }
  }

  std::string_view text_;
  FoldedText& out_;
  std::size_t size_ = 0; // of out_.text; the rest of it is room
  Letter letter_;
  icu::UnicodeString joined_;
  WhiteSpace white_;
  bool tight_before_ = false;
};

// Where the character before `at` begins.
std::size_t before(std::string_view text, std::size_t at) {
  const std::size_t lowest = at > 4 ? at - 4 : 0;
  do --at;
  while (at > lowest && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

bool is_word_at(std::string_view text, std::size_t at) {
  return char_class(decode_utf8(text, at).value) == CharClass::word;
}

} // namespace

std::string fold(std::string_view text) {
  FoldedText folded;
  Folder<false>(text, folded).run();
  return std::move(folded.text);
}

FoldedText fold_with_map(std::string_view text) {
  FoldedText folded;
  Folder<true>(text, folded).run();
  return folded;
}

FoldedText::Span FoldedText::original(std::size_t begin, std::size_t end) const {
  end = std::min(end, text.size());
  if (begin >= end) {
    const std::uint32_t at = source.empty() ? 0 : source[std::min(begin, source.size() - 1)];
    return {at, at};
  }
  return {source[begin], source[end - 1] + source_size[end - 1]};
}

CharClass char_class(char32_t folded) {
  return folded > 0x10FFFF ? CharClass::other : entry_of(folded).char_class();
}

std::size_t find_folded(std::string_view haystack, std::string_view needle, std::size_t from, WordEnd word_end) {
  if (needle.empty()) return std::string_view::npos;
  const bool word_first = is_word_at(needle, 0);
  const bool word_last = word_end == WordEnd::whole && is_word_at(needle, before(needle, needle.size()));
  while (from <= haystack.size() && haystack.size() - from >= needle.size()) {
    const void* found = memmem(haystack.data() + from, haystack.size() - from, needle.data(), needle.size());
    if (found == nullptr) break;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - haystack.data());
    const std::size_t end = at + needle.size();
    if (word_first && at > 0 && is_word_at(haystack, before(haystack, at))) {
      // Within a word: go on behind it, so that a word of a million letters is not looked at from each of
      // them.
      from = at;
      while (from < haystack.size() && is_word_at(haystack, from)) from += decode_utf8(haystack, from).size;
    } else if (word_last && end < haystack.size() && is_word_at(haystack, end)) {
      from = at + decode_utf8(haystack, at).size;
    } else {
      return at;
    }
  }
  return std::string_view::npos;
}

} // namespace genchi
