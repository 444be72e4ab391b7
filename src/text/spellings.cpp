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
constexpr std::size_t morae_of_long_word = 5;

/// One character of the folded query.
struct Letter {
  char32_t c = 0;
  bool katakana = false; ///< was written so: fold() makes it hiragana
};

using Letters = std::vector<Letter>;

using Choice = SpelledPart;
using Cut = SpelledPart::Cut;
using Choices = std::vector<Choice>;

bool is_kanji(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || c == U'々' || c >= 0x20000; }
bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
bool is_katakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0xFF66 && c <= 0xFF9D); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
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

enum class AmountStyle { digits, commas, thousands, kanji, long_kanji };

/// A number below 10,000 as it stands before 億 and 万 or at the end.
std::string written_group(unsigned value, AmountStyle style) {
  std::string thousands;
  switch (style) {
  case AmountStyle::digits:
    return std::to_string(value);
  case AmountStyle::commas:
    return grouped(std::to_string(value));
  case AmountStyle::thousands:
    if (value >= 1000) thousands = std::to_string(value / 1000) + "千";
    return thousands + (value % 1000 == 0 ? std::string() : std::to_string(value % 1000));
  case AmountStyle::kanji:
    return kanji_numerals(value).front();
  case AmountStyle::long_kanji:
    return (value >= 1000 && value < 2000 ? "一" : "") + kanji_numerals(value).front();
  }
  return {};
}

/// 20000000, 20,000,000, 2000万, 2,000万, 2千万, 二千万.
std::vector<std::string> written_amounts(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  std::vector<std::string> out{digits, grouped(digits)};
  if (value < 10'000) out.push_back(kanji_numerals(static_cast<unsigned>(value)).back()); // by places: 二〇二四
  for (const AmountStyle style :
       {AmountStyle::digits, AmountStyle::commas, AmountStyle::thousands, AmountStyle::kanji, AmountStyle::long_kanji}) {
    std::string text;
    for (const auto& [unit, name] : {std::pair<std::uint64_t, const char*>{100'000'000, "億"}, {10'000, "万"}, {1, ""}})
      if (const auto group = static_cast<unsigned>(value / unit % 10'000); group > 0) text += written_group(group, style) + name;
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
  }
  return out;
}

class Reader {
 public:
  explicit Reader(Letters letters) : letters_(std::move(letters)) {}

  std::vector<Choices> read() {
    while (at_ < letters_.size()) {
      if (read_prefix() || read_amount() || read_number() || read_numeral() || read_dash() || read_word() || read_counter() ||
          read_katakana() || read_repeated())
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
  void add_letter() { 
    Choice letter{utf8(look(at_))};
    letter.katakana = letters_[at_].katakana;
    ++at_;
    parts_.push_back(Choices{std::move(letter)});
  }
  void add(std::size_t end, Choices choices) {
    at_ = end;
    parts_.push_back(std::move(choices));
  }

  /// お見積 ご連絡 御請求: both honorifics, and none before two kanji (御中 and お金 need theirs). Within a query they may be of any
  /// word in it.
  bool read_prefix() {
    const char32_t first = look(at_);
    if ((first != U'お' && first != U'ご' && first != U'御')) return false;
    if (letters_[at_].katakana || !is_kanji(look(at_ + 1)) || numeral_value(look(at_ + 1)) > 0) return false;
    const bool two = is_kanji(look(at_ + 2)) ||
                     (first_verb(look(at_ + 1)) != nullptr && is_hiragana(look(at_ + 2)) && is_kanji(look(at_ + 3)));
    Choices choices{Choice{utf8(first)}};
    const std::u32string rest{look(at_ + 1), look(at_ + 2)};
    const bool needed = std::any_of(std::begin(needs_honorific), std::end(needs_honorific),
                                    [&](std::u32string_view word) { return word == rest; });
    const bool droppable = two && !needed;
    if (droppable) choices.push_back({""});
    // At the beginning whoever finds the word without its honorific finds it with any.
    if (!droppable || at_ > 0)
      for (const char32_t other : {U'御', U'お', U'ご'})
        if (other != first && (droppable || first == U'御' || other == U'御')) choices.push_back({utf8(other)});
    behind_prefix_ = at_ + 1;
    add(at_ + 1, std::move(choices));
    return true;
  }

  /// A word of the tables; within a query perhaps with an honorific that is not written there.
  bool read_word() {
    const std::size_t begin = at_;
    const std::size_t parts = parts_.size();
    const bool may_be_honoured = begin > 0 && begin != behind_prefix_ && is_kanji(look(begin)) && !begins_with_prefix(begin);
    bool verbs = false;
    if (!read_family() && !read_compound_reading()) {
      if (!read_compound()) return may_be_honoured && read_honoured_noun();
      verbs = true;
    }
    const std::u32string word{look(begin), look(begin + 1)};
    if (verbs)
      verbs = first_verb(word[0]) != nullptr || has_reading(word);
    if (may_be_honoured && (verbs || is_honoured(word))) insert_honorifics(parts, verbs);
    return true;
  }

  static bool has_reading(std::u32string_view word) {
    return std::any_of(std::begin(compound_readings), std::end(compound_readings),
                       [&](const auto& compound) { return compound.first == word; });
  }
  static bool is_honoured(std::u32string_view word) {
    return std::find(std::begin(honoured_nouns), std::end(honoured_nouns), word) != std::end(honoured_nouns);
  }

  bool begins_with_prefix(std::size_t at) const { return look(at) == U'御' || before(at) == U'御'; }

  /// 契約の見積 is 契約の御見積 as well, 資料請求 資料ご請求.
  void insert_honorifics(std::size_t part, bool verbs) {
    Choices choices{Choice{""}, Choice{"御"}, Choice{verbs ? "お" : "ご"}};
    parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(part), std::move(choices));
  }

  bool read_honoured_noun() {
    const std::u32string word{look(at_), look(at_ + 1)};
    if (!is_honoured(word)) return false;
    insert_honorifics(parts_.size(), /*verbs=*/false);
    add_letter();
    add_letter();
    return true;
  }

  /// 03-1234 as 03ー1234: what input methods make of the key between digits.
  bool read_dash() {
    if (!is_dash_between_digits(at_)) return false;
    const char32_t c = look(at_);
    add(at_ + 1, {Choice{utf8(c)}, Choice{c == U'-' ? "ー" : "-"}});
    return true;
  }
  bool is_dash_between_digits(std::size_t at) const {
    return is_long_mark(look(at)) && at > 0 && is_digit(before(at)) && is_digit(look(at + 1));
  }

  /// What a number is that stands at `at_` in digits and numerals: 50,000, 3千, 2千万, 一万五千. Nothing if it has no more than
  /// one sort of them, or is part of a date or the like.
  struct Amount {
    std::uint64_t value = 0;
    std::size_t end = 0;
    bool has_powers = false;
    bool has_digits = false;
  };
  std::optional<Amount> amount_at(std::size_t at) const {
    constexpr std::uint64_t most = 1'000'000'000'000;
    Amount amount;
    std::uint64_t myriads = 0; // above the next 万 or 億
    std::uint64_t rest = 0;    // below it
    std::uint64_t last_unit = most;
    std::uint64_t number = 0;
    bool has_number = false;
    bool figures = false; // the last number was in figures
    for (amount.end = at; amount.end < letters_.size();) {
      const char32_t c = look(amount.end);
      const int numeral = numeral_value(c);
      if (is_digit(c)) {
        if (has_number) return std::nullopt;
        std::string digits;
        const std::size_t end = read_digits(amount.end, digits);
        if (digits.size() > longest_number || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
        number = std::stoull(digits);
        has_number = figures = amount.has_digits = true;
        amount.end = end;
      } else if (numeral >= 0 && numeral < 10) {
        if (has_number && figures) return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(numeral);
        if (number >= 10'000) return std::nullopt;
        has_number = true;
        figures = false;
        ++amount.end;
      } else if (numeral >= 10) {
        const auto power = static_cast<std::uint64_t>(numeral);
        if (has_number && (number == 0 || number > 9)) return std::nullopt;
        if (rest % power != 0 && rest >= power) return std::nullopt;
        if (rest != 0 && rest % (power * 10) != 0) return std::nullopt;
        rest += (has_number ? number : 1) * power;
        number = 0;
        has_number = false;
        amount.has_powers = true;
        ++amount.end;
      } else if (c == U'万' || c == U'億') {
        const std::uint64_t unit = c == U'万' ? 10'000 : 100'000'000;
        rest += has_number ? number : 0;
        if (rest == 0 || rest >= 10'000 || unit >= last_unit) return std::nullopt;
        myriads += rest * unit;
        last_unit = unit;
        rest = number = 0;
        has_number = false;
        amount.has_powers = true;
        ++amount.end;
      } else {
        break;
      }
    }
    if (has_number && rest != 0 && number >= 1000) return std::nullopt;
    amount.value = myriads + rest + number;
    if (amount.end == at || amount.value >= most || word_at(amount.end)) return std::nullopt;
    return amount;
  }

  /// The digits at `at`, with commas between thousands left out; returns where they end.
  std::size_t read_digits(std::size_t at, std::string& digits) const {
    while (is_digit(look(at)) && digits.size() <= longest_number) digits += static_cast<char>(look(at++));
    while (digits.size() <= longest_number && look(at) == U',' && is_digit(look(at + 1)) && is_digit(look(at + 2)) &&
           is_digit(look(at + 3)) && !is_digit(look(at + 4))) {
      for (std::size_t i = at + 1; i < at + 4; ++i) digits += static_cast<char>(look(i));
      at += 4;
    }
    return at;
  }

  bool goes_on_as_number(std::size_t begin, std::size_t end) const {
    const auto joins = [](char32_t c) { return c == U'.' || is_long_mark(c) || c == U'/' || c == U':'; };
    return (joins(look(end)) && is_digit(look(end + 1))) || (begin >= 2 && joins(before(begin)) && is_digit(look(begin - 2)));
  }

  /// 3千円, 2千万, 5万円, 50,000円: the same number in all the ways that offices write it.
  bool read_amount() {
    const char32_t c = look(at_);
    if (!is_digit(c) && numeral_value(c) < 0) return false;
    if (at_ > 0 && (word_at(at_ - 1) || numeral_value(before(at_)) >= 0)) return false;
    const std::optional<Amount> amount = amount_at(at_);
    if (!amount || amount->value < 1000 || goes_on_as_number(at_, amount->end)) return false;
    const bool counted = is_counter(look(amount->end)) && look(amount->end) != U'年' && look(amount->end) != U'月' && look(amount->end) != U'日';
    const bool round = amount->value >= 10'000 && amount->value % 1000 == 0;
    const bool mixed = amount->has_powers && (amount->has_digits || amount->value >= 10'000);
    if (!mixed && !counted && !(round && amount->has_digits)) return false;
    Choices choices{Choice{utf8(letters_, at_, amount->end), true}};
    for (std::string& other : written_amounts(amount->value))
      if (other != choices.front().text) choices.push_back({std::move(other), true});
    add(amount->end, std::move(choices));
    return true;
  }

  /// 50000 and 50,000; before a counter also 五; 1 to 50 by itself also ① and (1).
  bool read_number() {
    if (!is_digit(look(at_)) || (at_ > 0 && word_at(at_ - 1))) return false;
    if (read_phone()) return true;
    std::string digits;
    const std::size_t end = read_digits(at_, digits);
    if (word_at(end) || digits.size() > longest_number) return false;
    // 1.5 and 2024-04-01 are not two numbers.
    if (goes_on_as_number(at_, end)) {
      add(end, {Choice{utf8(letters_, at_, end)}});
      return true;
    }
    Choices choices{Choice{utf8(letters_, at_, end), true}};
    if (digits.size() > 3 && digits.front() != '0')
      choices.push_back({digits == choices.front().text ? grouped(digits) : digits, true});
    const bool short_number = digits.size() <= 4 && (digits.front() != '0' || digits == "0");
    const unsigned value = short_number ? static_cast<unsigned>(std::stoul(digits)) : 0;
    if (short_number && (is_counter(look(end)) || before(at_) == U'第'))
      for (std::string& numeral : kanji_numerals(value))
        if (!is_other_word(at_, numeral, end)) choices.push_back({std::move(numeral), true});
    add_enclosed(value, end, choices);
    add(end, std::move(choices));
    return true;
  }

  /// 十分 and 一部 are words, but not 第一部 and 十分間.
  bool is_other_word(std::size_t begin, std::string_view numeral, std::size_t end) const {
    constexpr std::u32string_view counted = U"間後前以屋門目";
    if (before(begin) == U'第' || counted.find(look(end + 1)) != std::u32string_view::npos) return false;
    const std::string word = std::string(numeral) + utf8(look(end));
    return std::find(std::begin(words_with_numerals), std::end(words_with_numerals), word) != std::end(words_with_numerals);
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
    for (std::string& figure : enclosed(value)) choices.push_back({std::move(figure)});
  }

  /// A Japanese telephone number, with hyphens or brackets at the usual places or without.
  bool read_phone() {
    if (look(at_) != U'0') return false;
    std::string digits;
    std::size_t end = at_;
    while (is_digit(look(end)) && digits.size() <= longest_number) digits += static_cast<char>(look(end++));
    while (digits.size() <= longest_number && is_long_mark(look(end)) && is_digit(look(end + 1)))
      for (++end; is_digit(look(end)) && digits.size() <= longest_number; ++end) digits += static_cast<char>(look(end));
    if (word_at(end) || (digits.size() != 10 && digits.size() != 11)) return false;
    Choices choices{Choice{utf8(letters_, at_, end)}, Choice{digits}};
    const auto divided = [&](std::size_t a, std::size_t b) {
      const std::string area = digits.substr(0, a);
      const std::string exchange = digits.substr(a, b);
      const std::string line = digits.substr(a + b);
      for (const std::string& text : {area + '-' + exchange + '-' + line, area + "ー" + exchange + "ー" + line,
                                      '(' + area + ')' + exchange + '-' + line, '(' + area + ") " + exchange + '-' + line,
                                      area + '(' + exchange + ')' + line})
        if (text != choices.front().text) choices.push_back({text});
    };
    if (digits.size() == 11) {
      divided(3, 4);
    } else {
      for (const std::size_t area : {2, 3, 4}) divided(area, 6 - area);
      divided(4, 3);
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
    if (end == at_ + 1 && is_other_word(at_, utf8(look(at_)), end)) {
      if (!read_family()) add_letter();
      parts_.back().front().is_number = true; // 十分 is not in 三十分
      return true;
    }
    Choices choices{{utf8(letters_, at_, end), true}, {std::to_string(value), true}};
    if (value >= 1000) choices.push_back({grouped(std::to_string(value)), true});
    if (value < 10'000)
      for (std::string& numeral : kanji_numerals(value))
        if (numeral != choices.front().text) choices.push_back({std::move(numeral), true});
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
    Choices choices{{utf8(letters_, at_, end)}};
    for (std::string& figure : enclosed(value))
      if (figure != choices.front().text) choices.push_back({std::move(figure)});
    if (!in_brackets) choices.push_back({"(" + std::to_string(value) + ")"});
    // Beside digits it would join them.
    if (!in_brackets && !word_at(end) && !(at_ > 0 && word_at(at_ - 1)))
      choices.push_back({std::to_string(value), true});
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
      // Two kana may be the end of one word and the beginning of another: ま|でき|ちんと.
      if (is_hiragana(look(at_)) && word.letters.size() < 3 && at_ > 0 && is_hiragana(before(at_)) && !prefix_only()) continue;
      Choices choices{Choice{utf8(letters_, at_, end)}};
      choices.front().katakana = letters_[at_].katakana;
      for (const std::string_view other : split(family_of(word.family), ' '))
        if (other != choices.front().text) choices.push_back({std::string(other)});
      add(end, std::move(choices));
      return true;
    }
    return false;
  }
  bool prefix_only() const { return at_ == 1; }

  /// みつもり: all spellings of 見積.
  bool read_compound_reading() {
    for (const auto& [kanji, readings] : compound_readings)
      for (const std::string_view reading : split(readings, ' ')) {
        const std::size_t end = after(at_, reading, /*katakana_too=*/true);
        if (end == 0) continue;
        Choices choices{{std::string(reading)}};
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
    // 本日|受取: the second character begins a compound of its own.
    if (first == nullptr && !has_reading(std::u32string{look(at_), look(middle)}) && compound_begins_at(middle)) return false;
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
    Choices choices;
    if (outer.empty() && is_hiragana(look(end)) && !letters_[end].katakana) {
      const std::string_view stem = stem_of(*last);
      const std::size_t behind_stem = stem.empty() ? 0 : after(end, stem);
      choices = inflected_choices(first, look(at_), inner, *last, stem, behind_stem != 0);
      if (behind_stem != 0) end = behind_stem;
    }
    for (Choice& choice : compound_choices(first, look(at_), inner, *last, outer, outer_class))
      if (std::none_of(choices.begin(), choices.end(), [&](const Choice& c) { return c.text == choice.text; }))
        choices.push_back(std::move(choice));
    add(end, std::move(choices));
    return true;
  }

  bool compound_begins_at(std::size_t at) const {
    const Verb* first = first_verb(look(at));
    if (first == nullptr) return false;
    if (last_verb(look(at + 1)) != nullptr) return true;
    const auto okurigana = split(first->okurigana, ' ');
    return std::any_of(okurigana.begin(), okurigana.end(), [&](std::string_view one) {
      const std::size_t end = after(at + 1, one);
      return end != 0 && last_verb(look(end)) != nullptr;
    });
  }

  /// What stands between the verb and its ending in the longer spelling: も of 見積もる, beside 見積る. 上る is not 上がる.
  static std::string_view stem_of(const Verb& verb) {
    if (verb.kanji == U'上' || verb.kanji == U'下') return {};
    const auto words = split(split(verb.okurigana, '/').front(), ' ');
    if (words.size() < 2 || !words[0].ends_with(words[1])) return {};
    return words[0].substr(0, words[0].size() - words[1].size());
  }

  /// 申込む and 申し込む, 見積った and 見積もった: compounds as verbs, up to the ending.
  static Choices inflected_choices(const Verb* first, char32_t kanji, std::string_view inner, const Verb& last, std::string_view stem,
                                   bool has_stem) {
    std::vector<std::string_view> inners{inner};
    if (!inner.empty()) inners.emplace_back();
    if (first != nullptr)
      for (const std::string_view okurigana : split(first->okurigana, ' '))
        if (okurigana != inner) inners.push_back(okurigana);
    std::vector<std::string_view> stems{has_stem ? stem : std::string_view()};
    if (!stem.empty()) stems.push_back(has_stem ? std::string_view() : stem);
    Choices choices;
    for (const std::string_view tail : stems)
      for (const std::string_view middle : inners)
        choices.push_back({utf8(kanji) + std::string(middle) + utf8(last.kanji) + std::string(tail)});
    return choices;
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
    Choices choices{{begin + std::string(inner) + end + std::string(outer)}};
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
    // 申込 is in 申し込む as it is in 申込む.
    if (first != nullptr && outer.empty() && may_be_bare)
      for (const std::string_view okurigana : split(first->okurigana, ' ')) add(begin + std::string(okurigana) + end);
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
    Choices choices{{utf8(look(at_))}};
    for (const char32_t other : spellings)
      if (other != look(at_)) choices.push_back({utf8(other)});
    add(at_ + 1, std::move(choices));
    return true;
  }

  /// 佐々木 = 佐佐木.
  bool read_repeated() {
    const char32_t c = look(at_);
    const char32_t one_before = before(at_);
    if (!is_kanji(one_before) || one_before == U'々' || (c != U'々' && c != one_before) || numeral_value(one_before) >= 0) return false;
    add(at_ + 1, {Choice{utf8(c)}, Choice{c == U'々' ? utf8(one_before) : "々"}});
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
    const auto add = [&](std::string text, std::string_view not_before = {}, Cut cut = Cut::none) {
      if (std::none_of(choices.begin(), choices.end(), [&](const Choice& c) { return c.text == text; }))
        choices.push_back({std::move(text), false, not_before, cut, true});
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
      Cut cut = Cut::none;
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
          if (i + 1 != end) continue;
          not_before = not_behind_dropped_mark;
          cut = morae(begin, i) < morae_of_long_word ? Cut::mark : Cut::mark_of_long_word;
        }
      }
      if (possible) add(std::move(text), not_before, cut);
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
  std::size_t behind_prefix_ = 0; ///< where the last honorific that was read ends
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

/// Neighbours that are written in one way only become one part.
std::vector<Choices> with_joined_letters(std::vector<Choices> parts) {
  std::vector<Choices> joined;
  for (Choices& part : parts) {
    const auto plain = [](const Choices& choices) {
      const Choice& only = choices.front();
      return choices.size() == 1 && !only.is_number && only.not_before.empty();
    };
    if (!joined.empty() && plain(part) && plain(joined.back()) && part.front().katakana == joined.back().front().katakana) joined.back().front().text += part.front().text;
    else joined.push_back(std::move(part));
  }
  return joined;
}

/// What stands behind a part in the query decides there: 打合 is no 打ち合い before わせ.
bool may_follow(std::string_view not_before, std::string_view next) {
  if (not_before.empty() || next.empty()) return true;
  const auto tails = split(not_before, ' ');
  return std::none_of(tails.begin(), tails.end(), [&](std::string_view tail) { return next.starts_with(tail); });
}

std::uint64_t count_combinations(const std::vector<Choices>& parts) {
  constexpr std::uint64_t most = 1'000'000'000;
  std::uint64_t count = 1;
  for (const Choices& choices : parts) count = std::min(count * choices.size(), most);
  return count;
}

/// As people read it.
std::string shown_part(const Choice& choice) {
  if (!choice.katakana) return choice.text;
  std::string out;
  for (const Letter& letter : letters_of(choice.text)) append_utf8(out, is_hiragana(letter.c) ? letter.c + 0x60 : letter.c);
  return out;
}

/// The first `limit` combinations; of each part the first choices.
std::vector<Spelling> combine(const std::vector<Choices>& parts, std::size_t limit) {
  std::vector<Spelling> all{Spelling{}};
  for (const Choices& choices : parts) {
    const std::size_t used = std::min(choices.size(), std::max<std::size_t>(limit / std::max<std::size_t>(all.size(), 1), 1));
    std::vector<Spelling> longer;
    longer.reserve(all.size() * used);
    for (std::size_t i = 0; i < used; ++i)
      for (const Spelling& begun : all) {
        if (!may_follow(begun.not_before, choices[i].text)) continue;
        Spelling next = begun;
        if (next.folded.empty()) next.begins_with_number = choices[i].is_number;
        next.folded += choices[i].text;
        next.shown += shown_part(choices[i]);
        if (!choices[i].text.empty()) {
          next.not_before = choices[i].not_before;
          next.cut = choices[i].cut;
        }
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
      if (k == i || all[k].folded.empty() || !all[k].not_before.empty() || all[k].begins_with_number) continue;
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
  limit = std::max<std::size_t>(limit, 1);
  std::vector<Choices> parts = with_joined_letters(Reader(std::move(letters)).read());
  if (count_combinations(parts) <= limit) return without_needless(combine(parts, limit));
  std::vector<Spelling> two = combine(parts, 1);
  two.resize(1);
  two.push_back(two.front());
  two.back().parts = std::make_shared<const std::vector<Choices>>(std::move(parts));
  return two;
}

std::vector<std::string> examples_of(const Spelling& spelling, std::size_t limit) {
  // In turn a choice of each part, so that all of them are among the first: what differs from the query in one place first.
  std::vector<std::string> texts;
  const auto& parts = *spelling.parts;
  const auto add = [&](std::string text) {
    if (texts.size() < limit && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  };
  add(spelling.shown);
  std::size_t most = 1;
  for (const Choices& part : parts) most = std::max(most, part.size());
  for (std::size_t choice = 1; choice < most && texts.size() < limit; ++choice)
    for (std::size_t varied = 0; varied < parts.size() && texts.size() < limit; ++varied) {
      if (choice >= parts[varied].size()) continue;
      std::string text;
      for (std::size_t i = 0; i < parts.size(); ++i) text += shown_part(parts[i][i == varied ? choice : 0]);
      add(std::move(text));
    }
  return texts;
}

std::uint64_t combinations_of(const Spelling& spelling) { return spelling.parts ? count_combinations(*spelling.parts) : 1; }

namespace {

bool is_kana_at(std::string_view text, std::size_t at) {
  const char32_t c = at < text.size() ? decode_utf8(text, at).value : U'\0';
  return is_hiragana(c) || c == U'ー';
}

std::size_t begin_of_character(std::string_view text, std::size_t end) {
  std::size_t at = end;
  character_before(text, at);
  return at;
}

/// Does katakana, or a mark that draws it out, stand at `at`?
bool is_katakana_at(const SearchedText& text, std::size_t at) {
  if (!is_kana_at(text.folded, at)) return false;
  return decode_utf8(text.folded, at).value == U'ー' || !text.katakana || text.katakana(at);
}

/// May what stands at `end` follow there?
bool fits_behind(const SearchedText& text, std::size_t begin, std::size_t end, std::string_view not_before, Cut cut) {
  const std::string_view behind = text.folded.substr(end);
  if (cut != Cut::none && is_kana_at(text.folded, end)) {
    const bool goes_on_in_katakana = is_katakana_at(text, end);
    if (goes_on_in_katakana && cut == Cut::mark) return false;
    // サーバの: what is no katakana is another word, unless all of it is hiragana.
    const bool all_hiragana = end > begin && !is_katakana_at(text, begin_of_character(text.folded, end));
    if (goes_on_in_katakana || !all_hiragana) return true;
  }
  return may_follow(not_before, behind);
}

bool stands_alone(const SearchedText& text, SpellingPlace place) {
  return !is_katakana_at(text, place.end) && (place.begin == 0 || !is_katakana_at(text, begin_of_character(text.folded, place.begin)));
}

bool fits(const SearchedText& text, const Spelling& spelling, SpellingPlace place) {
  const std::string_view behind = text.folded.substr(place.end);
  if (spelling.begins_with_number) {
    if (number_goes_on_before(text.folded, place.begin)) return false;
    if (is_ascii_digit(text.folded[place.end - 1]) && is_thousands(behind)) return false;
  }
  if (spelling.alone && !stands_alone(text, place)) return false;
  return fits_behind(text, place.begin, place.end, spelling.not_before, spelling.cut);
}

bool is_word_character(std::string_view text, std::size_t at) {
  return at < text.size() && char_class(decode_utf8(text, at).value) == CharClass::word;
}

/// Looks for what is made of one choice of each part.
class PartsFinder {
 public:
  PartsFinder(const SearchedText& text, const Spelling& spelling) : text_(text), parts_(*spelling.parts) {
    // Parts may be left out, so it may begin with several of them.
    for (const Choices& choices : parts_) {
      bool may_be_empty = false;
      for (const Choice& choice : choices) {
        if (choice.text.empty()) may_be_empty = true;
        else beginnings_.push_back({choice.text, choice.is_number, 0});
      }
      if (!may_be_empty) break;
    }
  }

  std::optional<SpellingPlace> find(std::size_t from) {
    for (Beginning& beginning : beginnings_) beginning.at = find_folded(text_.folded, beginning.text, from, WordEnd::open);
    for (;;) {
      Beginning* first = nullptr;
      for (Beginning& beginning : beginnings_)
        if (beginning.at != std::string_view::npos && (first == nullptr || beginning.at < first->at)) first = &beginning;
      if (first == nullptr) return std::nullopt;
      const std::size_t at = first->at;
      if (const std::size_t end = longest_end(at); end > at) return SpellingPlace{at, end};
      for (Beginning& beginning : beginnings_)
        if (beginning.at == at)
          beginning.at = find_folded(text_.folded, beginning.text, at + decode_utf8(text_.folded, at).size, WordEnd::open);
    }
  }

 private:
  struct Beginning {
    std::string_view text;
    bool is_number;
    std::size_t at;
  };
  /// After some parts: where, and behind which choice.
  struct State {
    std::size_t at;
    const Choice* last;
    bool operator==(const State& other) const = default;
  };

  std::size_t longest_end(std::size_t begin) const {
    std::vector<State> states{{begin, nullptr}};
    const bool goes_on = number_goes_on_before(text_.folded, begin);
    for (const Choices& choices : parts_) {
      std::vector<State> next;
      const auto reach = [&](State state) {
        if (std::find(next.begin(), next.end(), state) == next.end()) next.push_back(state);
      };
      for (const State& state : states)
        for (const Choice& choice : choices) {
          if (choice.text.empty()) reach(state);
          else if (text_.folded.substr(state.at).starts_with(choice.text) && !(choice.is_number && state.at == begin && goes_on) &&
                   (state.last == nullptr || may_follow(state.last->not_before, choice.text)))
            reach({state.at + choice.text.size(), &choice});
        }
      states = std::move(next);
    }
    std::size_t end = begin;
    for (const State& state : states)
      if (state.last != nullptr && state.at > end && ends_at(begin, state)) end = state.at;
    return end;
  }

  bool ends_at(std::size_t begin, const State& state) const {
    const std::string_view text = text_.folded;
    if (is_word_character(text, state.at) && is_word_character(text, begin_of_character(text, state.at))) return false;
    const bool all_number = state.last->is_number && is_ascii_digit(text[state.at - 1]);
    if (all_number && is_thousands(text.substr(state.at))) return false;
    return fits_behind(text_, begin, state.at, state.last->not_before, state.last->cut);
  }

  const SearchedText& text_;
  const std::vector<Choices>& parts_;
  std::vector<Beginning> beginnings_;
};

} // namespace

std::optional<SpellingPlace> find_spelling(const SearchedText& text, const Spelling& spelling, std::size_t from) {
  if (spelling.parts) {
    PartsFinder finder(text, spelling);
    for (;;) {
      const auto place = finder.find(from);
      if (!place || !spelling.alone || stands_alone(text, *place)) return place;
      from = place->begin + decode_utf8(text.folded, place->begin).size;
    }
  }
  for (;;) {
    const std::size_t at = find_folded(text.folded, spelling.folded, from);
    if (at == std::string_view::npos) return std::nullopt;
    const SpellingPlace place{at, at + spelling.folded.size()};
    if (fits(text, spelling, place)) return place;
    from = at + decode_utf8(text.folded, at).size;
  }
}

} // namespace genchi
