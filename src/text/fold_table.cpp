#include "text/fold_table.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <iterator>
#include <memory>

namespace genchi::folding {
namespace {

struct Pair {
  char32_t from;
  char32_t to;
};

constexpr Pair variant_kanji[] = {
#include "text/variant_kanji.inc"
};

constexpr const Pair* find_pair(const Pair* begin, const Pair* end, char32_t c) {
  while (begin < end) {
    const Pair* middle = begin + (end - begin) / 2;
    if (middle->from == c) return middle;
    if (middle->from < c)
      begin = middle + 1;
    else
      end = middle;
  }
  return nullptr;
}

template <std::size_t size> constexpr bool is_table(const Pair (&table)[size]) {
  for (std::size_t i = 1; i < size; ++i)
    if (table[i - 1].from >= table[i].from) return false;
  for (const Pair& pair : table)
    if (find_pair(table, table + size, pair.to) != nullptr) return false;
  return true;
}
static_assert(is_table(variant_kanji));

// Signs that are told apart by nobody who searches. Where CP932 has two readings in Unicode, both are here.
constexpr Pair signs[] = {
    {U'\u02BC', U'\''}, {U'\u02D7', U'-'},  {U'\u2010', U'-'},      {U'\u2012', U'-'},  {U'\u2013', U'-'},
    {U'\u2014', U'-'},  {U'\u2015', U'-'},  {U'\u2018', U'\''},     {U'\u2019', U'\''}, {U'\u201B', U'\''},
    {U'\u201C', U'"'},  {U'\u201D', U'"'},  {U'\u201F', U'"'},      {U'\u2032', U'\''}, {U'\u2043', U'-'},
    {U'\u2053', U'~'},  {U'\u2212', U'-'},  {U'\u2225', U'\u2016'}, {U'\u223C', U'~'},  {U'\u2500', U'-'},
    {U'\u25CB', U'〇'}, {U'\u25EF', U'〇'}, {U'\u2E3A', U'-'},      {U'\u2E3B', U'-'},  {U'\u301C', U'~'},
    {U'\u3030', U'~'},
};
static_assert(is_table(signs));

// ①–⑳ and their black, double and sans-serif fellows; 0 if `c` is no enclosed figure or fraction that is kept
// apart. Those that NFKC writes in brackets (⑴) or after a word need no such care.
char32_t kept_apart(char32_t c) {
  constexpr char32_t one = U'\u2460';
  const auto in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (in(0x24EB, 0x24F4)) return c - 0x24EB + one + 10;              // ⓫–⓴
  if (in(0x24F5, 0x24FE)) return c - 0x24F5 + one;                   // ⓵–⓾
  if (in(0x2776, 0x277F)) return c - 0x2776 + one;                   // ❶–❿
  if (in(0x2780, 0x2789)) return c - 0x2780 + one;                   // ➀–➉
  if (in(0x278A, 0x2793)) return c - 0x278A + one;                   // ➊–➓
  if (c == 0x24FF || c == 0x1F10B || c == 0x1F10C) return U'\u24EA'; // ⓿ and dingbat zeros
  if (c == 0x1F51F) return one + 9;                                  // the keycap 10
  const bool enclosed = in(0x2460, 0x2473) || in(0x2488, 0x249B) || c == 0x24EA || in(0x3248, 0x324F) ||
                        in(0x3251, 0x325F) || in(0x32B1, 0x32BF) || in(0x1F100, 0x1F10A);
  const bool fraction = in(0xBC, 0xBE) || in(0x2150, 0x215F) || c == 0x2189;
  return enclosed || fraction ? c : 0;
}

// A Hangul letter that stands for itself, as in ㅋㅋ: NFKC would make ㄱㅏ one syllable. Half-width ones
// become full-width ones; 0 for everything else.
char32_t hangul_letter(char32_t c) {
  if (c >= 0x3131 && c <= 0x318E && c != 0x3164) return c;
  if (c < 0xFFA1 || c > 0xFFDC) return 0;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString wide;
  const bool mapped =
      icu::Normalizer2::getNFKCInstance(status)->getRawDecomposition(static_cast<UChar32>(c), wide);
  return mapped ? static_cast<char32_t>(wide.char32At(0)) : 0;
}

bool is_decoration(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const auto category = u_charType(point);
  if (category == U_CONTROL_CHAR || category == U_PRIVATE_USE_CHAR) return true;
  if (c >= 0xFFF9 && c <= 0xFFFC) return true;
  const bool ornament = category == U_OTHER_SYMBOL || category == U_MATH_SYMBOL ||
                        category == U_OTHER_NUMBER || category == U_MODIFIER_SYMBOL ||
                        category == U_UNASSIGNED;
  if (!ornament) return false;
  if (c >= 0x2600 && c <= 0x27BF)
    return !(c >= 0x2794 && c <= 0x27BE && c != 0x2795 && c != 0x2796 && c != 0x2797 && c != 0x27B0);
  if (c >= 0x1F1E6 && c <= 0x1F1FF) return true; // halves of flags
  if (c >= 0x1F3FB && c <= 0x1F3FF) return true; // skin tones
  if (c < 0x231A || (c >= 0x25A0 && c <= 0x25FF))
    return false; // ©®™, arrows, and ▶◀▪, which part words as ▼■ do
  return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC);
}

CharClass class_of(char32_t c) {
  if (kept_apart(c) != 0) return CharClass::japanese;
  const auto point = static_cast<UChar32>(c);
  const auto mask = U_GET_GC_MASK(point);
  constexpr std::uint32_t word_mask = U_GC_L_MASK | U_GC_N_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
  if (c == U'ー' || c == U'\u3006' || c == U'\u303C' || (c >= 0x3031 && c <= 0x3035))
    return CharClass::japanese;
  if ((mask & (word_mask | U_GC_SO_MASK)) != 0) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(point, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL:
      return CharClass::japanese;
    default:
      break;
    }
  }
  return (mask & word_mask) != 0 ? CharClass::word : CharClass::other;
}

// Punctuation that white space beside it has no more meaning for than beside kanji.
bool is_japanese_punctuation(char32_t c) {
  return (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301B) ||
         (c >= 0x301D && c <= 0x301F) || c == U'・';
}

Entry make(Kind kind, char32_t c, char32_t folded, bool alone = false) {
  const CharClass own = class_of(c);
  const bool tight =
      (folded == c ? own : class_of(folded)) == CharClass::japanese || is_japanese_punctuation(folded);
  return {kind, folded, own, alone, tight};
}

// 'space' where the code point is no white space.
bool white_kind(char32_t c, Kind& kind) {
  if (!u_isUWhiteSpace(static_cast<UChar32>(c))) return false;
  switch (c) {
  case U'\t':
    kind = Kind::tab;
    break;
  case U'\n':
  case U'\v':
  case U'\r':
  case 0x85:
  case 0x2028:
    kind = Kind::line;
    break;
  case U'\f':
  case 0x2029:
    kind = Kind::paragraph;
    break;
  default:
    kind = Kind::space;
  }
  return true;
}

bool is_extender(UChar32 c) {
  const auto cluster = u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
  return cluster == U_GCB_EXTEND || cluster == U_GCB_ZWJ;
}

Entry normalized_entry(char32_t c, const icu::Normalizer2& nfkc_cf) {
  const auto point = static_cast<UChar32>(c);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = nfkc_cf.normalize(icu::UnicodeString(point), status);
  if (U_FAILURE(status)) return make(Kind::single, c, c);
  if (folded.isEmpty()) return make(is_extender(point) ? Kind::transparent : Kind::dropped, c, c);
  if (u_getIntPropertyValue(point, UCHAR_LEAD_CANONICAL_COMBINING_CLASS) != 0)
    return make(Kind::combining, c, c);
  if (!nfkc_cf.hasBoundaryBefore(point)) return make(Kind::joining, c, c);
  const bool one = folded.countChar32() == 1;
  if (!one && folded.char32At(0) == U' ') return make(Kind::dropped, c, c); // ´ ¨ ￣: an accent on a space
  const auto first = static_cast<char32_t>(folded.char32At(0));
  if (one && first == c && common_form(c) == c && is_decoration(c)) return make(Kind::dropped, c, c);
  return one ? make(Kind::single, c, common_form(first)) : make(Kind::expands, c, c);
}

Entry describe(char32_t c, const icu::Normalizer2& nfkc_cf) {
  if (Kind kind{}; white_kind(c, kind)) return make(kind, c, c);
  if (const char32_t apart = kept_apart(c); apart != 0) return make(Kind::single, c, apart, /*alone=*/true);
  if (const char32_t letter = hangul_letter(c); letter != 0)
    return make(Kind::single, c, letter, /*alone=*/true);
  if (c == U'\u309B' || c == U'\uFF9E') return make(Kind::combining, c, U'\u3099');
  if (c == U'\u309C' || c == U'\uFF9F') return make(Kind::combining, c, U'\u309A');
  if (u_charType(static_cast<UChar32>(c)) == U_ENCLOSING_MARK) return make(Kind::transparent, c, c);
  return normalized_entry(c, nfkc_cf);
}

} // namespace

std::array<std::atomic<const Page*>, page_count> pages{};

const Page& make_page(std::size_t number) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& nfkc_cf = *icu::Normalizer2::getNFKCCasefoldInstance(status);
  auto page = std::make_unique<Page>();
  for (std::size_t i = 0; i < page->size(); ++i)
    (*page)[i] = describe(static_cast<char32_t>(number * 256 + i), nfkc_cf);
  const Page* none = nullptr;
  if (pages[number].compare_exchange_strong(none, page.get(), std::memory_order_acq_rel))
    return *page.release();
  return *none;
}

char32_t common_form(char32_t c) {
  if (c < 0x80) return c;
  if ((c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE) return c - 0x60;
  if (c == 0x3099 || c == 0x309A) return 0;
  if (c < variant_kanji[0].from || c == 0x301C || c == 0x3030) {
    const Pair* sign = find_pair(std::begin(signs), std::end(signs), c);
    return sign != nullptr ? sign->to : c;
  }
  const Pair* kanji = find_pair(std::begin(variant_kanji), std::end(variant_kanji), c);
  return kanji != nullptr ? kanji->to : c;
}

char32_t enclosed_digit(char32_t digit) {
  return digit == U'0' ? U'\u24EA' : digit - U'1' + U'\u2460';
}

} // namespace genchi::folding
