#include "text/spellings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/bytes.hpp"
#include "text/fold.hpp"

namespace genchi {

namespace {

struct Verb {
  char32_t kanji;
  std::string_view okurigana; ///< separated by blanks; "/" between those of different words
};

#include "text/spelling_words.inc"

constexpr std::size_t most_insertions = 6;
constexpr std::size_t most_varied_marks = 3;
constexpr std::size_t longest_number = 12;

/// One character of the folded query.
struct Letter {
  char32_t c = 0;
  bool katakana = false; ///< was written so: fold() makes it hiragana
};

using Letters = std::vector<Letter>;

/// One way to write a part of the query.
struct Choice {
  std::string text;
  bool numeral = false;
  std::string_view not_before;
};
using Choices = std::vector<Choice>;

bool is_kanji(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || c == U'々' || c >= 0x20000; }
bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
bool is_katakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0xFF66 && c <= 0xFF9D); }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_long_mark(char32_t c) { return c == U'ー' || c == U'-'; }
bool is_counter(char32_t c) { return counters.find(c) != std::u32string_view::npos; }

/// 1 to 9, 10, 100, 1000; 0 for 〇; -1 for what is no numeral.
int numeral_value(char32_t c) {
  constexpr std::u32string_view units = U"〇一二三四五六七八九十百千";
  constexpr std::u32string_view formal = U"零壱弐参";
  if (const auto at = formal.find(c); at != std::u32string_view::npos) return static_cast<int>(at);
  if (c == U'拾') return 10;
  const auto at = units.find(c);
  if (at == std::u32string_view::npos) return -1;
  constexpr std::array powers{10, 100, 1000};
  return at < 10 ? static_cast<int>(at) : powers[at - 10];
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

std::string utf8(const Letters& letters, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) append_utf8(out, letters[i].c);
  return out;
}

Letters letters_of(std::string_view text) {
  Letters out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    out.push_back({c.value});
    at += c.size;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view list, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(separator, at), list.size());
    if (end > at) parts.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// The words of all families by their first character, longest first.
struct FamilyWord {
  Letters letters;
  std::size_t family;
};

const std::map<char32_t, std::vector<FamilyWord>>& family_words() {
  static const auto words = [] {
    std::map<char32_t, std::vector<FamilyWord>> all;
    const auto add = [&](std::string_view family, std::size_t number) {
      for (const std::string_view word : split(family, ' ')) {
        Letters letters = letters_of(word);
        all[letters.front().c].push_back({std::move(letters), number});
      }
    };
    std::size_t number = 0;
    for (const std::string_view family : word_families) add(family, number++);
    for (const std::string_view family : company_forms) add(family, number++);
    for (auto& [first, list] : all)
      std::stable_sort(list.begin(), list.end(), [](const FamilyWord& a, const FamilyWord& b) {
        return a.letters.size() > b.letters.size();
      });
    return all;
  }();
  return words;
}

std::string_view family_of(std::size_t number) {
  const std::size_t words = std::size(word_families);
  return number < words ? word_families[number] : company_forms[number - words];
}

const Verb* find_verb(const Verb* begin, const Verb* end, char32_t kanji) {
  const Verb* verb = std::find_if(begin, end, [&](const Verb& v) { return v.kanji == kanji; });
  return verb == end ? nullptr : verb;
}
const Verb* first_verb(char32_t c) { return find_verb(std::begin(first_verbs), std::end(first_verbs), c); }
const Verb* last_verb(char32_t c) { return find_verb(std::begin(last_verbs), std::end(last_verbs), c); }

/// Standard (二百三十) and, from 10 on, positional (二三〇) kanji numerals of a number below 10,000.
std::vector<std::string> kanji_numerals(unsigned value) {
  constexpr std::u32string_view digits = U"〇一二三四五六七八九";
  constexpr std::array<std::pair<unsigned, char32_t>, 3> powers{{{1000, U'千'}, {100, U'百'}, {10, U'十'}}};
  if (value == 0) return {"〇"};
  std::string standard;
  unsigned rest = value;
  for (const auto& [power, name] : powers) {
    if (rest / power > 1) append_utf8(standard, digits[rest / power]);
    if (rest / power > 0) append_utf8(standard, name);
    rest %= power;
  }
  if (rest > 0) append_utf8(standard, digits[rest]);
  if (value < 10) return {standard};
  std::string positional;
  for (const char c : std::to_string(value)) append_utf8(positional, digits[static_cast<std::size_t>(c - '0')]);
  return {standard, positional};
}

std::string grouped(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

class Reader {
 public:
  explicit Reader(Letters letters) : letters_(std::move(letters)) {}

  std::vector<Choices> read() {
    strip_prefix();
    while (at_ < letters_.size()) {
      if (read_number() || read_numeral() || read_family() || read_compound_reading() || read_compound() || read_counter() || read_katakana())
        continue;
      add_letter();
    }
    return std::move(parts_);
  }

 private:
  char32_t look(std::size_t at) const { return at < letters_.size() ? letters_[at].c : U'\0'; }
  char32_t before(std::size_t at) const { return at > 0 ? letters_[at - 1].c : U'\0'; }
  bool word_at(std::size_t at) const {
    return at < letters_.size() && char_class(letters_[at].c) == CharClass::word;
  }
  void add_letter() { parts_.push_back({{utf8(letters_[at_++].c), false, {}}}); }
  void add(std::size_t end, Choices choices) {
    at_ = end;
    parts_.push_back(std::move(choices));
  }

  /// お見積 ご連絡 御請求: both honorifics, and none before two kanji (御中 and お金 need theirs).
  void strip_prefix() {
    const char32_t first = look(0);
    if (first != U'お' && first != U'ご' && first != U'御') return;
    if (letters_[0].katakana || !is_kanji(look(1)) || numeral_value(look(1)) > 0) return;
    const bool two = is_kanji(look(2)) || (first_verb(look(1)) != nullptr && is_hiragana(look(2)) && is_kanji(look(3)));
    Choices choices{{utf8(first), false, {}}};
    const std::u32string rest{look(1), look(2)};
    const bool needed = std::any_of(std::begin(needs_honorific), std::end(needs_honorific),
                                    [&](std::u32string_view word) { return word == rest; });
    if (two && !needed) {
      choices.push_back({"", false, {}});
    } else {
      for (const char32_t other : {U'御', U'お', U'ご'})
        if (other != first && (first == U'御' || other == U'御')) choices.push_back({utf8(other), false, {}});
    }
    add(1, std::move(choices));
  }

  /// 50000 and 50,000; before a counter also 五万; 1 to 50 by itself also ① and (1).
  bool read_number() {
    if (!is_digit(look(at_)) || (at_ > 0 && word_at(at_ - 1))) return false;
    std::string digits;
    std::size_t end = at_;
    while (is_digit(look(end))) digits += static_cast<char>(look(end++));
    bool has_commas = false;
    while (digits.size() <= longest_number && look(end) == U',' && is_digit(look(end + 1)) && is_digit(look(end + 2)) &&
           is_digit(look(end + 3)) && !is_digit(look(end + 4))) {
      for (std::size_t i = end + 1; i < end + 4; ++i) digits += static_cast<char>(look(i));
      has_commas = true;
      end += 4;
    }
    if (word_at(end) || digits.size() > longest_number) return false;
    if (read_phone(digits, end)) return true;
    // 1.5 and 2024-04-01 are not two numbers.
    const auto part_of_more = [&](std::size_t sign, std::size_t digit) {
      return (look(sign) == U'.' || look(sign) == U'-' || look(sign) == U'/' || look(sign) == U':') && is_digit(look(digit));
    };
    if (part_of_more(end, end + 1) || (at_ >= 2 && part_of_more(at_ - 1, at_ - 2))) {
      add(end, {{utf8(letters_, at_, end), false, {}}});
      return true;
    }
    Choices choices{{utf8(letters_, at_, end), true, {}}};
    if (digits.size() > 3 && digits.front() != '0') choices.push_back({has_commas ? digits : grouped(digits), true, {}});
    const bool short_number = digits.size() <= 4 && (digits.front() != '0' || digits == "0");
    const unsigned value = short_number ? static_cast<unsigned>(std::stoul(digits)) : 0;
    if (short_number && (is_counter(look(end)) || before(at_) == U'第'))
      for (std::string& numeral : kanji_numerals(value)) choices.push_back({std::move(numeral), true, {}});
    add_enclosed(value, end, choices);
    add(end, std::move(choices));
    return true;
  }

  /// ① and ⒈ for 1, and the like up to 50; folded.
  static std::vector<std::string> enclosed(unsigned value) {
    char32_t circled = value == 0 ? U'\u24EA' : U'\u2460' + value - 1;
    if (value > 20) circled = U'\u3251' + value - 21;
    if (value > 35) circled = U'\u32B1' + value - 36;
    std::vector<std::string> out{fold(utf8(circled))};
    if (value >= 1 && value <= 20) out.push_back(fold(utf8(U'\u2488' + value - 1)));
    return out;
  }

  void add_enclosed(unsigned value, std::size_t end, Choices& choices) const {
    if (value < 1 || value > 50 || is_counter(look(end)) || look(end) == U')' || before(at_) == U'(') return;
    for (std::string& figure : enclosed(value)) choices.push_back({std::move(figure), false, {}});
  }

  /// A Japanese telephone number, with its hyphens at the usual places or without.
  bool read_phone(std::string digits, std::size_t end) {
    if (digits.front() != '0') return false;
    const std::size_t begin = at_;
    while (look(end) == U'-' && is_digit(look(end + 1))) {
      for (++end; is_digit(look(end)) && digits.size() <= longest_number; ++end) digits += static_cast<char>(look(end));
    }
    if (word_at(end) || (digits.size() != 10 && digits.size() != 11)) return false;
    Choices choices{{utf8(letters_, begin, end), false, {}}, {digits, false, {}}};
    const auto hyphenated = [&](std::size_t a, std::size_t b) {
      choices.push_back({digits.substr(0, a) + '-' + digits.substr(a, b) + '-' + digits.substr(a + b), false, {}});
    };
    if (digits.size() == 11) {
      hyphenated(3, 4);
    } else {
      for (const std::size_t area : {2, 3, 4}) hyphenated(area, 6 - area);
      hyphenated(4, 3);
    }
    add(end, std::move(choices));
    return true;
  }

  /// 五 and 十五 before a counter, 第三: the same number in digits.
  bool read_numeral() {
    if (numeral_value(look(at_)) < 0 || numeral_value(before(at_)) >= 0 || is_digit(before(at_))) return read_enclosed();
    std::size_t end = at_;
    unsigned total = 0;
    unsigned digit = 0;
    unsigned positional = 0;
    bool powers = false;
    for (int value = 0; (value = numeral_value(look(end))) >= 0; ++end) {
      if (end - at_ >= 8) return false;
      if (value >= 10) {
        total += std::max(digit, 1u) * static_cast<unsigned>(value);
        digit = 0;
        powers = true;
      } else {
        digit = static_cast<unsigned>(value);
        positional = positional * 10 + digit;
      }
    }
    if (!is_counter(look(end)) && before(at_) != U'第') return false;
    // 千円, 百万円 are numbers; 一〇 has no power and is read by its places.
    const unsigned value = powers ? total + digit : positional;
    Choices choices{{utf8(letters_, at_, end), true, {}}, {std::to_string(value), true, {}}};
    if (value >= 1000) choices.push_back({grouped(std::to_string(value)), true, {}});
    if (value < 10'000)
      for (std::string& numeral : kanji_numerals(value))
        if (numeral != choices.front().text) choices.push_back({std::move(numeral), true, {}});
    add(end, std::move(choices));
    return true;
  }

  /// ①, ⒈ and (1), which ⑴ becomes, are each other; the first two are 1 as well.
  bool read_enclosed() {
    const bool in_brackets = look(at_) == U'(';
    std::size_t end = at_ + 1;
    unsigned value = 0;
    if (in_brackets) {
      for (; is_digit(look(end)) && end - at_ <= 2; ++end) value = value * 10 + (look(end) - U'0');
      if (end == at_ + 1 || look(end) != U')' || look(at_ + 1) == U'0' || value > 50) return false;
      ++end;
    } else {
      value = enclosed_value(look(at_));
      if (value == 0) return false;
    }
    Choices choices{{utf8(letters_, at_, end), false, {}}};
    for (std::string& figure : enclosed(value))
      if (figure != choices.front().text) choices.push_back({std::move(figure), false, {}});
    if (!in_brackets) choices.push_back({"(" + std::to_string(value) + ")", false, {}});
    // Beside digits it would join them.
    if (!in_brackets && !word_at(end) && !(at_ > 0 && word_at(at_ - 1)))
      choices.push_back({std::to_string(value), true, {}});
    add(end, std::move(choices));
    return true;
  }

  static unsigned enclosed_value(char32_t c) {
    if (c >= U'\u2460' && c <= U'\u2473') return c - U'\u2460' + 1;
    if (c >= U'\u2488' && c <= U'\u249B') return c - U'\u2488' + 1;
    if (c >= U'\u3251' && c <= U'\u325F') return c - U'\u3251' + 21;
    if (c >= U'\u32B1' && c <= U'\u32BF') return c - U'\u32B1' + 36;
    return 0;
  }

  /// A word of the tables. What is all kana must be a word by itself as far as can be seen.
  bool read_family() {
    const auto list = family_words().find(look(at_));
    if (list == family_words().end()) return false;
    for (const FamilyWord& word : list->second) {
      const std::size_t end = at_ + word.letters.size();
      if (end > letters_.size()) continue;
      bool same = true;
      for (std::size_t i = 0; same && i < word.letters.size(); ++i) same = word.letters[i].c == letters_[at_ + i].c;
      if (!same || (word_at(at_) && at_ > 0 && word_at(at_ - 1)) || (word_at(end - 1) && word_at(end))) continue;
      if (is_hiragana(look(at_)) && at_ > 0 && is_hiragana(before(at_)) && !parts_.empty() && !prefix_only()) continue;
      Choices choices{{utf8(letters_, at_, end), false, {}}};
      for (const std::string_view other : split(family_of(word.family), ' '))
        if (other != choices.front().text) choices.push_back({std::string(other), false, {}});
      add(end, std::move(choices));
      return true;
    }
    return false;
  }
  bool prefix_only() const { return at_ == 1; }

  /// みつもり: all spellings of 見積.
  bool read_compound_reading() {
    if (is_hiragana(before(at_)) && !prefix_only()) return false;
    for (const auto& [kanji, readings] : compound_readings)
      for (const std::string_view reading : split(readings, ' ')) {
        const std::size_t end = after(at_, reading, /*katakana_too=*/true);
        if (end == 0) continue;
        Choices choices{{std::string(reading), false, {}}};
        for (Choice& choice : compound_choices(first_verb(kanji[0]), kanji[0], {}, *last_verb(kanji[1]), {}, {}))
          if (choice.text != reading) choices.push_back(std::move(choice));
        add(end, std::move(choices));
        return true;
      }
    return false;
  }

  /// 取(り)引(き), 値引(き): with and without the okurigana of both verbs.
  bool read_compound() {
    if (!is_kanji(look(at_))) return false;
    const Verb* first = first_verb(look(at_));
    std::size_t middle = at_ + 1;
    std::string_view inner;
    if (first != nullptr) {
      for (const std::string_view okurigana : split(first->okurigana, ' '))
        if (const std::size_t end = after(middle, okurigana); end != 0 && is_kanji(look(end))) {
          inner = okurigana;
          middle = end;
          break;
        }
    }
    const Verb* last = last_verb(look(middle));
    if (last == nullptr) return false;
    std::size_t end = middle + 1;
    std::string_view outer;
    std::string_view outer_class;
    for (const std::string_view one : split(last->okurigana, '/'))
      for (const std::string_view okurigana : split(one, ' '))
        if (const std::size_t to = after(middle + 1, okurigana); to != 0 && okurigana.size() > outer.size()) {
          outer = okurigana;
          outer_class = one;
          end = to;
        }
    add(end, compound_choices(first, look(at_), inner, *last, outer, outer_class));
    return true;
  }

  /// The end of `okurigana` if it stands at `at`; else 0.
  std::size_t after(std::size_t at, std::string_view okurigana, bool katakana_too = false) const {
    for (const Letter& letter : letters_of(okurigana)) {
      if (look(at) != letter.c || (letters_[at].katakana && !katakana_too)) return 0;
      ++at;
    }
    return at;
  }

  static Choices compound_choices(const Verb* first, char32_t kanji, std::string_view inner, const Verb& last,
                                  std::string_view outer, std::string_view outer_class) {
    const std::string begin = utf8(kanji);
    const std::string end = utf8(last.kanji);
    Choices choices{{begin + std::string(inner) + end + std::string(outer), false, {}}};
    const auto add = [&](std::string text, std::string_view not_before = {}) {
      choices.push_back({std::move(text), false, not_before});
    };
    const std::u32string both{kanji, last.kanji};
    const bool may_be_bare = std::find(std::begin(never_bare), std::end(never_bare), std::u32string_view(both)) == std::end(never_bare);
    std::vector<std::string_view> outers;
    for (const std::string_view one : split(last.okurigana, '/'))
      if (outer.empty() || one == outer_class)
        for (const std::string_view okurigana : split(one, ' '))
          outers.push_back(okurigana == "_" ? std::string_view() : okurigana);
    if (may_be_bare || outer.empty()) add(begin + end, outer.empty() ? std::string_view() : others(last, outer_class));
    for (const std::string_view tail : outers) add(begin + end + std::string(tail));
    if (first != nullptr)
      for (const std::string_view okurigana : split(first->okurigana, ' '))
        for (const std::string_view tail : outers) add(begin + std::string(okurigana) + end + std::string(tail));
    // The readings are those of the first of the words: うちあわせ, not うちあい.
    if (outer.empty() || last.okurigana.starts_with(outer_class))
      for (const auto& [compound, readings] : compound_readings)
        if (compound == both)
          for (const std::string_view reading : split(readings, ' ')) add(std::string(reading));
    return choices;
  }

  /// The okurigana of the other words that a verb ends.
  static std::string_view others(const Verb& verb, std::string_view own) {
    const std::size_t slash = verb.okurigana.find('/');
    if (slash == std::string_view::npos) return {};
    return own == verb.okurigana.substr(0, slash) ? verb.okurigana.substr(slash + 1) : verb.okurigana.substr(0, slash);
  }

  /// 3ヶ月 = 3か月 = 3箇月, 各ヶ所.
  bool read_counter() {
    constexpr std::u32string_view spellings = U"ゖけかゕ箇";
    if (spellings.find(look(at_)) == std::u32string_view::npos || counted_by_ka.find(look(at_ + 1)) == std::u32string_view::npos)
      return false;
    const char32_t number = before(at_);
    if (!is_digit(number) && numeral_value(number) < 0 && number != U'数' && number != U'何' && number != U'各') return false;
    Choices choices{{utf8(look(at_)), false, {}}};
    for (const char32_t other : spellings)
      if (other != look(at_)) choices.push_back({utf8(other), false, {}});
    add(at_ + 1, std::move(choices));
    return true;
  }

  /// A run of katakana: its long vowel marks.
  bool read_katakana() {
    std::size_t end = at_;
    while (end < letters_.size() && (letters_[end].katakana || (end > at_ && is_long_mark(look(end))))) ++end;
    // A dash behind which nothing goes on is one, after two characters a long vowel: 「データ-」.
    if (end - at_ < 2) return false;
    add(end, katakana_choices(at_, end));
    return true;
  }

  static bool is_small(char32_t c) { return std::u32string_view(U"ぁぃぅぇぉゃゅょゎ").find(c) != std::u32string_view::npos; }
  std::size_t morae(std::size_t begin, std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) count += !is_small(look(i));
    return count;
  }

  Choices katakana_choices(std::size_t begin, std::size_t end) const {
    Choices choices;
    const auto add = [&](std::string text, std::string_view not_before = {}) {
      if (std::none_of(choices.begin(), choices.end(), [&](const Choice& c) { return c.text == text; }))
        choices.push_back({std::move(text), false, not_before});
    };
    add(utf8(letters_, begin, end));
    // Each mark as ー, as a dash, or dropped behind three morae (JIS Z 8301: コンピュータ, but カバー).
    std::vector<std::size_t> marks;
    for (std::size_t i = begin; i < end; ++i)
      if (is_long_mark(look(i))) marks.push_back(i);
    const std::size_t varied = std::min(marks.size(), most_varied_marks);
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < varied; ++i) combinations *= 3;
    for (std::size_t combination = 0; combination < combinations; ++combination) {
      // The last marks vary: they are those that are dropped most.
      std::string text;
      std::size_t rest = combination;
      bool possible = true;
      std::string_view not_before;
      std::vector<std::size_t> how(end - begin, 0);
      for (std::size_t i = 0; i < varied; ++i, rest /= 3) how[marks[marks.size() - 1 - i] - begin] = rest % 3;
      for (std::size_t i = begin; i < end; ++i) {
        if (!is_long_mark(look(i))) {
          append_utf8(text, look(i));
        } else if (how[i - begin] == 0) {
          text += "ー";
        } else if (how[i - begin] == 2) {
          text += '-';
        } else {
          possible = possible && morae(begin, i) >= 3;
          if (i + 1 == end) not_before = not_behind_dropped_mark;
        }
      }
      if (possible) add(std::move(text), not_before);
    }
    add_small_vowels(begin, end, add);
    add_long_marks(begin, end, add);
    return choices;
  }

  /// ウェブ = ウエブ, ヴァイオリン = バイオリン.
  template <typename Add> void add_small_vowels(std::size_t begin, std::size_t end, const Add& add) const {
    constexpr std::u32string_view small = U"ぁぃぅぇぉ";
    constexpr std::u32string_view large = U"あいうえお";
    constexpr std::u32string_view of_v = U"ばびぶべぼ";
    std::string enlarged, shrunk, without_v, with_v;
    for (std::size_t i = begin; i < end; ++i) {
      const char32_t c = look(i);
      const std::string letter = utf8(c);
      const std::size_t vowel = small.find(c);
      enlarged += vowel == std::u32string_view::npos ? letter : utf8(large[vowel]);
      const std::size_t big = large.find(c);
      const bool may_shrink = big != std::u32string_view::npos && big != 2 && i > begin && (look(i - 1) == U'う' || look(i - 1) == U'ふ');
      shrunk += may_shrink ? utf8(small[big]) : letter;
      if (c == U'ゔ') {
        const std::size_t next = small.find(look(i + 1));
        without_v += utf8(of_v[next == std::u32string_view::npos ? 2 : next]);
        if (next != std::u32string_view::npos) ++i;
        with_v += letter + (next == std::u32string_view::npos ? "" : utf8(look(i)));
        continue;
      }
      without_v += letter;
      const std::size_t b = of_v.find(c);
      with_v += b == std::u32string_view::npos ? letter : b == 2 ? "ゔ" : "ゔ" + utf8(small[b]);
    }
    add(std::move(enlarged));
    add(std::move(shrunk));
    add(std::move(without_v));
    add(std::move(with_v));
  }

  /// プリンタ台 = プリンター台, コンピュタセンタ…: a mark where the writer may have left one out behind three morae.
  template <typename Add> void add_long_marks(std::size_t begin, std::size_t end, const Add& add) const {
    constexpr std::u32string_view ends_in_a = U"かがさざただなはばぱまやらわぁゃ";
    std::size_t inserted = 0;
    for (std::size_t i = begin + 1; i < end && inserted < most_insertions; ++i) {
      const bool last = i + 1 == end;
      if (morae(begin, i + 1) < 3 || is_long_mark(look(i)) || (!last && is_long_mark(look(i + 1)))) continue;
      // At the end of the query the longer word holds the shorter one.
      if (last && end == letters_.size()) continue;
      if (!last && (ends_in_a.find(look(i)) == std::u32string_view::npos || is_small(look(i + 1)))) continue;
      add(utf8(letters_, begin, i + 1) + "ー" + utf8(letters_, i + 1, end));
      ++inserted;
    }
  }

  Letters letters_;
  std::size_t at_ = 0;
  std::vector<Choices> parts_;
};

Letters letters_of_query(std::string_view written) {
  const FoldedText folded = fold_with_map(written);
  Letters letters;
  for (std::size_t at = 0; at < folded.text.size();) {
    const CodePoint c = decode_utf8(folded.text, at);
    const CodePoint from = decode_utf8(written, folded.source[at]);
    letters.push_back({c.value, is_hiragana(c.value) && is_katakana(from.value)});
    at += c.size;
  }
  return letters;
}

/// Every combination, the first choices first, while there are at most `limit` of them.
std::vector<Spelling> combine(const std::vector<Choices>& parts, std::size_t limit) {
  std::vector<Spelling> all{Spelling{}};
  for (const Choices& choices : parts) {
    const std::size_t used = std::min(choices.size(), std::max<std::size_t>(limit / all.size(), 1));
    std::vector<Spelling> longer;
    longer.reserve(all.size() * used);
    for (std::size_t i = 0; i < used; ++i)
      for (const Spelling& begun : all) {
        // What stands behind a part in the query decides there.
        if (!begun.not_before.empty() && !choices[i].text.empty()) {
          const auto tails = split(begun.not_before, ' ');
          const auto is_tail = [&](std::string_view tail) { return choices[i].text.starts_with(tail); };
          if (std::any_of(tails.begin(), tails.end(), is_tail)) continue;
        }
        Spelling next = begun;
        if (next.folded.empty()) next.begins_with_numeral = choices[i].numeral;
        next.folded += choices[i].text;
        next.not_before = choices[i].text.empty() ? next.not_before : choices[i].not_before;
        longer.push_back(std::move(next));
      }
    all = std::move(longer);
  }
  return all;
}

/// Leaves out what a shorter one finds, but never the first.
std::vector<Spelling> without_needless(std::vector<Spelling> all) {
  std::vector<Spelling> kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Spelling& one = all[i];
    if (one.folded.empty()) continue;
    bool needless = false;
    for (std::size_t k = 0; k < all.size() && !needless && i > 0; ++k) {
      if (k == i || all[k].folded.empty() || !all[k].not_before.empty() || all[k].begins_with_numeral) continue;
      const bool shorter = all[k].folded.size() < one.folded.size();
      needless = (shorter || (k < i && all[k].folded == one.folded)) && find_folded(one.folded, all[k].folded) != std::string::npos;
    }
    if (!needless) kept.push_back(one);
  }
  return kept;
}

} // namespace

namespace {

/// The character that ends at `at`; 0 at the beginning.
char32_t character_before(std::string_view text, std::size_t& at) {
  if (at == 0) return U'\0';
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return decode_utf8(text, at).value;
}

/// Is a number that begins at `at` the end of a longer one: 十|五, 1万|5千, 1,|500, 2.|5?
bool number_goes_on_before(std::string_view text, std::size_t at) {
  const char32_t c = character_before(text, at);
  if (is_digit(c) || numeral_value(c) >= 0 || c == U'万' || c == U'億' || c == U'兆') return true;
  return (c == U',' || c == U'.') && is_digit(character_before(text, at));
}

/// ",000" behind a number.
bool is_thousands(std::string_view behind) {
  return behind.size() >= 4 && behind[0] == ',' &&
         std::all_of(behind.begin() + 1, behind.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::vector<Spelling> spellings_of(std::string_view written, std::size_t limit) {
  Letters letters = letters_of_query(written);
  while (!letters.empty() && (letters.back().c == U' ' || letters.back().c == U'\t' || letters.back().c == U'\n')) letters.pop_back();
  if (letters.empty()) return {};
  return without_needless(combine(Reader(std::move(letters)).read(), std::max<std::size_t>(limit, 1)));
}

std::size_t find_spelling(std::string_view haystack, const Spelling& spelling, std::size_t from) {
  for (;;) {
    const std::size_t at = find_folded(haystack, spelling.folded, from);
    if (at == std::string_view::npos) return at;
    bool fits = !spelling.begins_with_numeral || !number_goes_on_before(haystack, at);
    const std::string_view behind = haystack.substr(at + spelling.folded.size());
    if (spelling.begins_with_numeral && is_digit(spelling.folded.back()) && is_thousands(behind)) fits = false;
    if (fits && !spelling.not_before.empty())
      for (const std::string_view tail : split(spelling.not_before, ' '))
        if (behind.starts_with(tail)) fits = false;
    if (fits) return at;
    from = at + decode_utf8(haystack, at).size;
  }
}

} // namespace genchi
