#include "text/readings.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>
#include <unordered_map>

#include "base/bytes.hpp"

namespace genchi::readings {
namespace {

// Syllables: romanization, kana, letters that are read so. Longest spellings are tried first.
struct Syllable {
  std::string_view reading;
  std::string_view kana;
  std::string_view latin;
};
constexpr Syllable syllables[]{
    {"a", "あ ぁ", "a"},
    {"i", "い ぃ ゐ", "i"},
    {"u", "う ぅ", "u"},
    {"e", "え ぇ ゑ", "e"},
    {"o", "お ぉ を", "o wo"},
    {"ka", "か ゕ", "ka"},
    {"ki", "き", "ki"},
    {"ku", "く", "ku"},
    {"ke", "け ゖ", "ke"},
    {"ko", "こ", "ko"},
    {"ga", "が", "ga"},
    {"gi", "ぎ", "gi"},
    {"gu", "ぐ", "gu"},
    {"ge", "げ", "ge"},
    {"go", "ご", "go"},
    {"sa", "さ", "sa"},
    {"shi", "し", "shi si"},
    {"su", "す", "su"},
    {"se", "せ", "se"},
    {"so", "そ", "so"},
    {"za", "ざ", "za"},
    {"ji", "じ ぢ", "ji zi di"},
    {"zu", "ず づ", "zu du dzu"},
    {"ze", "ぜ", "ze"},
    {"zo", "ぞ", "zo"},
    {"ta", "た", "ta"},
    {"chi", "ち", "chi ti"},
    {"tsu", "つ", "tsu tu"},
    {"te", "て", "te"},
    {"to", "と", "to"},
    {"da", "だ", "da"},
    {"de", "で", "de"},
    {"do", "ど", "do"},
    {"na", "な", "na"},
    {"ni", "に", "ni"},
    {"nu", "ぬ", "nu"},
    {"ne", "ね", "ne"},
    {"no", "の", "no"},
    {"ha", "は", "ha"},
    {"hi", "ひ", "hi"},
    {"fu", "ふ", "fu hu"},
    {"he", "へ", "he"},
    {"ho", "ほ", "ho"},
    {"ba", "ば", "ba"},
    {"bi", "び", "bi"},
    {"bu", "ぶ", "bu"},
    {"be", "べ", "be"},
    {"bo", "ぼ", "bo"},
    {"pa", "ぱ", "pa"},
    {"pi", "ぴ", "pi"},
    {"pu", "ぷ", "pu"},
    {"pe", "ぺ", "pe"},
    {"po", "ぽ", "po"},
    {"ma", "ま", "ma"},
    {"mi", "み", "mi"},
    {"mu", "む", "mu"},
    {"me", "め", "me"},
    {"mo", "も", "mo"},
    {"ya", "や", "ya"},
    {"yu", "ゆ", "yu"},
    {"yo", "よ", "yo"},
    {"ra", "ら", "ra"},
    {"ri", "り", "ri"},
    {"ru", "る", "ru"},
    {"re", "れ", "re"},
    {"ro", "ろ", "ro"},
    {"wa", "わ", "wa"},
    {"vu", "ゔ", "vu"},
    {"N", "ん", ""},
    {"Q", "っ", ""},
    {"kya", "きゃ", "kya"},
    {"kyu", "きゅ", "kyu"},
    {"kyo", "きょ", "kyo"},
    {"gya", "ぎゃ", "gya"},
    {"gyu", "ぎゅ", "gyu"},
    {"gyo", "ぎょ", "gyo"},
    {"sha", "しゃ", "sha sya"},
    {"shu", "しゅ", "shu syu"},
    {"sho", "しょ", "sho syo"},
    {"she", "しぇ", "she"},
    {"ja", "じゃ ぢゃ", "ja jya zya"},
    {"ju", "じゅ ぢゅ", "ju jyu zyu"},
    {"jo", "じょ ぢょ", "jo jyo zyo"},
    {"je", "じぇ", "je"},
    {"cha", "ちゃ", "cha tya"},
    {"chu", "ちゅ", "chu tyu"},
    {"cho", "ちょ", "cho tyo"},
    {"che", "ちぇ", "che"},
    {"nya", "にゃ", ""},
    {"nyu", "にゅ", ""},
    {"nyo", "にょ", ""},
    {"hya", "ひゃ", "hya"},
    {"hyu", "ひゅ", "hyu"},
    {"hyo", "ひょ", "hyo"},
    {"bya", "びゃ", "bya"},
    {"byu", "びゅ", "byu"},
    {"byo", "びょ", "byo"},
    {"pya", "ぴゃ", "pya"},
    {"pyu", "ぴゅ", "pyu"},
    {"pyo", "ぴょ", "pyo"},
    {"mya", "みゃ", "mya"},
    {"myu", "みゅ", "myu"},
    {"myo", "みょ", "myo"},
    {"rya", "りゃ", "rya"},
    {"ryu", "りゅ", "ryu"},
    {"ryo", "りょ", "ryo"},
    {"fa", "ふぁ", "fa"},
    {"fi", "ふぃ", "fi"},
    {"fe", "ふぇ", "fe"},
    {"fo", "ふぉ", "fo"},
};
constexpr std::size_t longest_latin = 3;
constexpr std::size_t longest_reading = 3;

struct NamedReading {
  std::string_view name;
  std::string_view readings;
};
constexpr NamedReading family_names[] = {
#include "text/family_names.inc"
};
constexpr NamedReading business_names[] = {
#include "text/business_words.inc"
};
static_assert(std::is_sorted(std::begin(family_names), std::end(family_names),
                             [](const auto& a, const auto& b) { return a.name <= b.name; }),
              "sorted by bytes, each name once");

template <typename Fn> void for_each_word(std::string_view list, const Fn& fn) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    fn(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

struct Tables {
  std::unordered_map<std::string_view, std::string_view> kana;
  std::unordered_map<std::string_view, std::string_view> latin;
  std::unordered_map<std::string_view, Spellings> spellings; // by reading
};
const Tables& tables() {
  static const Tables instance = [] {
    Tables t;
    for (const Syllable& s : syllables) {
      Spellings& spellings = t.spellings[s.reading];
      for_each_word(s.kana, [&](std::string_view word) {
        t.kana.emplace(word, s.reading);
        spellings.kana.push_back(word);
      });
      for_each_word(s.latin, [&](std::string_view word) {
        t.latin.emplace(word, s.reading);
        spellings.latin.push_back(word);
      });
    }
    t.spellings["N"].latin = {"n", "m"};
    return t;
  }();
  return instance;
}

constexpr std::size_t kana_bytes = 3;

class Builder {
 public:
  void add(std::string_view syllable) {
    strict_ += syllable;
    ++morae_;
  }
  void lengthen() {
    if (strict_.back() != ':') strict_ += ':';
    ++morae_;
  }
  /// The vowel that the text so far ends with; 0 if it ends with none.
  char vowel() const {
    const std::size_t at = strict_.find_last_not_of(':');
    if (at == std::string::npos) return 0;
    const char last = strict_[at];
    return last == 'N' || last == 'Q' ? '\0' : last;
  }
  bool after_long() const { return !strict_.empty() && strict_.back() == ':'; }
  Reading take() {
    Reading reading;
    std::copy_if(strict_.begin(), strict_.end(), std::back_inserter(reading.loose),
                 [](char c) { return c != ':'; });
    reading.strict = std::move(strict_);
    reading.morae = morae_;
    return reading;
  }

 private:
  std::string strict_;
  std::size_t morae_ = 0;
};

bool is_vowel(char c) {
  return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

// ā â → a; anything else as it is.
std::string without_length_marks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    switch (c.value) {
    case U'ā':
    case U'â':
      out += 'a';
      break;
    case U'ī':
    case U'î':
      out += 'i';
      break;
    case U'ū':
    case U'û':
      out += 'u';
      break;
    case U'ē':
    case U'ê':
      out += 'e';
      break;
    case U'ō':
    case U'ô':
      out += 'o';
      break;
    default:
      out.append(text, at, c.size);
    }
    at += c.size;
  }
  return out;
}

class LatinReader {
 public:
  explicit LatinReader(std::string_view word) : word_(word) {}

  /// Where the part ends that could be read.
  std::size_t read(Builder& out) {
    while (at_ < word_.size()) {
      const std::size_t before = at_;
      if (!step(out)) return before;
    }
    return at_;
  }

 private:
  char peek(std::size_t ahead) const { return at_ + ahead < word_.size() ? word_[at_ + ahead] : '\0'; }

  // "oh" in ohno, satoh, ohyama; "ou", "oo", "uu"
  bool is_long(char vowel) const {
    const char c = peek(0);
    if (vowel == 'o' && (c == 'o' || c == 'u')) return true;
    if (vowel == 'u' && c == 'u') return true;
    return (vowel == 'o' || vowel == 'u') && c == 'h' && !is_vowel(peek(1));
  }

  bool step(Builder& out) {
    if (is_long(out.vowel())) {
      ++at_;
      return true;
    }
    const char c = peek(0);
    const char next = peek(1);
    // Names have んや (junya, shinya), not にゃ.
    if (c == 'n' && !is_vowel(next)) {
      if (next == 'n' && !is_vowel(peek(2)) && peek(2) != 'y') return false;
      return take(out, "N", 1);
    }
    if (c == 'm' && (next == 'b' || next == 'p' || next == 'm')) return take(out, "N", 1);
    if (c == next && std::string_view("kstpgdbzcj").find(c) != std::string_view::npos)
      return take(out, "Q", 1);
    if (c == 't' && next == 'c') return take(out, "Q", 1);
    for (std::size_t size = std::min(longest_latin, word_.size() - at_); size > 0; --size) {
      const auto found = tables().latin.find(word_.substr(at_, size));
      if (found != tables().latin.end()) return take(out, found->second, size);
    }
    return false;
  }

  bool take(Builder& out, std::string_view syllable, std::size_t size) {
    out.add(syllable);
    at_ += size;
    return true;
  }

  std::string_view word_;
  std::size_t at_ = 0;
};

} // namespace

bool is_kana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || c == U'ー';
}

bool is_kanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         c == U'々';
}

Reading of_kana(std::string_view text) {
  Builder out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view one = text.substr(at, kana_bytes);
    const char vowel = out.vowel();
    const bool longer =
        one == "ー" || (vowel == 'o' && (one == "お" || one == "う")) || (vowel == 'u' && one == "う");
    if (longer) {
      if (vowel == 0) return {};
      out.lengthen();
      at += kana_bytes;
      continue;
    }
    auto found = tables().kana.find(text.substr(at, 2 * kana_bytes));
    if (found == tables().kana.end()) found = tables().kana.find(one);
    if (found == tables().kana.end()) return {};
    out.add(found->second);
    at += found->first.size();
  }
  Reading reading = out.take();
  if (reading.loose.starts_with('N') || reading.loose.starts_with('Q') || reading.loose.ends_with('Q'))
    return {};
  return reading;
}

char first_letter(std::string_view folded) {
  constexpr char32_t begin = 0x3041;
  static const auto letters = [] {
    std::array<char, 0x3097 - begin> list{};
    for (const auto& [kana, reading] : tables().kana)
      if (kana.size() == kana_bytes) list[decode_utf8(kana, 0).value - begin] = reading.front();
    return list;
  }();
  const char32_t first = folded.empty() ? 0 : decode_utf8(folded, 0).value;
  return first >= begin && first - begin < letters.size() ? letters[first - begin] : '\0';
}

Reading of_latin_beginning(std::string_view folded, std::size_t& rest) {
  const std::string word = without_length_marks(folded);
  Builder out;
  const std::size_t end = LatinReader(word).read(out);
  rest = word.size() - end;
  Reading reading = out.take();
  reading.strict.clear();
  if (reading.loose.starts_with('N') || reading.loose.starts_with('Q') ||
      (rest == 0 && reading.loose.ends_with('Q')))
    return {};
  return reading;
}

std::string in_letters(std::string_view loose) {
  std::string out;
  for (std::size_t i = 0; i < loose.size(); ++i)
    out += loose[i] == 'N' && i + 1 < loose.size() && is_vowel(loose[i + 1]) ? 'n' : loose[i];
  return out;
}

std::vector<Reading> all_of_latin(std::string_view folded) {
  constexpr std::size_t most = 4;
  std::vector<Reading> out;
  Reading first = of_latin(folded);
  if (first.loose.empty()) return out;
  out.push_back(std::move(first));
  for (std::size_t at = 1; at + 1 < out.front().loose.size(); ++at) {
    const std::string& loose = out.front().loose;
    if (loose[at] != 'n' || !is_vowel(loose[at + 1])) continue;
    for (std::size_t i = 0, count = out.size(); i < count && out.size() < most; ++i) {
      Reading other = out[i];
      other.loose[at] = 'N';
      ++other.morae;
      out.push_back(std::move(other));
    }
  }
  return out;
}

Reading of_latin(std::string_view folded) {
  std::size_t rest = 0;
  Reading reading = of_latin_beginning(folded, rest);
  return rest == 0 ? reading : Reading{};
}

std::string with_small_kana(std::string_view text) {
  constexpr std::string_view before_small_y = "きぎしじちぢにひびぴみり";
  constexpr std::string_view before_doubled = "かきくけこさしすせそたちつてとぱぴぷぺぽ";
  const auto at_kana = [&](std::size_t at) { return text.substr(std::min(at, text.size()), kana_bytes); };
  const auto is_one_of = [](std::string_view list, std::string_view kana) {
    return kana.size() == kana_bytes && list.find(kana) % kana_bytes == 0 &&
           list.find(kana) != std::string_view::npos;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kana_bytes) {
    std::string_view kana = at_kana(at);
    const bool after_y = at >= kana_bytes && is_one_of(before_small_y, at_kana(at - kana_bytes));
    if (after_y && kana == "や")
      kana = "ゃ";
    else if (after_y && kana == "ゆ")
      kana = "ゅ";
    else if (after_y && kana == "よ")
      kana = "ょ";
    else if (at > 0 && kana == "つ" && is_one_of(before_doubled, at_kana(at + kana_bytes)))
      kana = "っ";
    out += kana;
  }
  return out;
}

const std::vector<Family>& families() {
  static const std::vector<Family> instance = [] {
    std::vector<Family> list;
    list.reserve(std::size(family_names));
    for (const NamedReading& named : family_names) {
      Family& family = list.emplace_back();
      family.name = named.name;
      for_each_word(named.readings, [&](std::string_view kana) { family.readings.push_back(of_kana(kana)); });
    }
    return list;
  }();
  return instance;
}

const Family* family_at(std::string_view folded) {
  if (folded.empty()) return nullptr;
  const auto& list = families();
  const std::string_view first = folded.substr(0, decode_utf8(folded, 0).size);
  auto at = std::lower_bound(list.begin(), list.end(), first,
                             [](const Family& family, std::string_view n) { return family.name < n; });
  const Family* longest = nullptr;
  for (; at != list.end() && at->name.starts_with(first); ++at)
    if (folded.starts_with(at->name) && (longest == nullptr || at->name.size() > longest->name.size()))
      longest = &*at;
  return longest;
}

const std::vector<BusinessWord>& business_words() {
  static const std::vector<BusinessWord> instance = [] {
    std::vector<BusinessWord> list;
    for (const NamedReading& named : business_names) list.push_back({named.name, of_kana(named.readings)});
    return list;
  }();
  return instance;
}

const BusinessWord* business_word_at(std::string_view folded) {
  // Most characters begin none; this is asked for each of a name.
  static const auto beginnings = [] {
    auto set = std::make_unique<std::bitset<0x10000>>();
    for (const BusinessWord& word : business_words()) set->set(decode_utf8(word.word, 0).value);
    return set;
  }();
  const char32_t first = folded.empty() ? 0 : decode_utf8(folded, 0).value;
  if (first >= beginnings->size() || !beginnings->test(first)) return nullptr;
  const BusinessWord* longest = nullptr;
  for (const BusinessWord& word : business_words())
    if (folded.starts_with(word.word) && (longest == nullptr || word.word.size() > longest->word.size()))
      longest = &word;
  return longest;
}

std::vector<Spellings> spellings_of(std::string_view loose) {
  std::vector<Spellings> out;
  for (std::size_t at = 0; at < loose.size();) {
    std::size_t size = std::min(longest_reading, loose.size() - at);
    while (size > 0 && !tables().spellings.contains(loose.substr(at, size))) --size;
    if (size == 0) return {};
    out.push_back(tables().spellings.at(loose.substr(at, size)));
    at += size;
  }
  return out;
}

} // namespace genchi::readings
