#include "text/names.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/bytes.hpp"
#include "text/fold.hpp"
#include "text/name_parts.hpp"

namespace genchi {
namespace {

using naming::Parts;
using naming::Run;
using readings::Family;
using readings::Reading;
using Op = NameCondition::Op;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t least_letters = 3;
constexpr std::size_t least_morae = 2;
constexpr std::size_t max_alternatives = 8;
// What a query is cut into, and how much of another name is looked at.
constexpr std::size_t max_words = 16;
constexpr std::size_t max_runs = 64;
constexpr std::size_t max_atoms = 256;
constexpr std::size_t max_morae = 64;

bool found(std::string_view haystack, std::string_view needle) {
  return needle.size() <= haystack.size() && find_folded(haystack, needle) != npos;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).size;
  return count;
}

// --- Cutting names into words

// A stretch of a run: the family name that a part begins with, kana, a word of firms, or something else.
struct Atom {
  enum class Kind { family, kana, business, latin, other };
  Kind kind = Kind::other;
  const Family* family = nullptr;
  const readings::BusinessWord* business = nullptr;
  std::string_view text = {};
  bool joined = false; // to the one before: a reading may go on over it
};

// Two kanji that begin with a single-kanji family name and are not that name.
constexpr std::string_view no_family_begins[] = {
    "東京", "東海", "東北", "東洋", "東西", "東南", "東日", "東武", "東急", "東部", "東証", "西日", "西洋",
    "西武", "西部", "西東", "南国", "南部", "南東", "南西", "南米", "北海", "北陸", "北東", "北西", "北欧",
    "北米", "北部", "関西", "関東", "関係", "関連", "原宿", "原案", "森林", "星空", "泉州", "平成", "平日",
    "平安", "島根", "谷中", "岸和", "堤防", "城下", "橘会", "奥様", "坂道", "滝野"};

bool all_kanji(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!readings::is_kanji(c.value)) return false;
    at += c.size;
  }
  return !text.empty();
}

// Is the family name at the beginning of this part meant as one? `more`: another Japanese part follows.
bool is_meant(const Family& family, std::string_view run, bool more) {
  const std::string_view rest = run.substr(family.name.size());
  if (rest.empty()) return true;
  const bool single = characters(family.name) == 1;
  const bool short_kanji = characters(run) <= 3 && all_kanji(run);
  if (!single && !(more && short_kanji)) return true;
  if (naming::without_titles(run).size() == family.name.size()) return true;
  // 林原 めぐみ, 小比類 花: the part is a family name of its own, which we do not know.
  if (more && short_kanji) return false;
  if (readings::is_kana(decode_utf8(rest, 0).value) || readings::business_word_at(rest) != nullptr)
    return true;
  if (!short_kanji || characters(run) != 3) return false;
  const std::string_view two = run.substr(0, family.name.size() + decode_utf8(rest, 0).size);
  return std::find(std::begin(no_family_begins), std::end(no_family_begins), two) ==
         std::end(no_family_begins);
}

void cut_japanese(const Run& run, bool more, std::vector<Atom>& atoms) {
  std::string_view text = run.text;
  bool joined = !run.broken;
  const auto add = [&](Atom atom, std::size_t size) {
    atom.text = text.substr(0, size);
    atom.joined = joined;
    joined = true;
    atoms.push_back(atom);
    text.remove_prefix(size);
  };
  if (run.starts_part)
    if (const Family* family = readings::family_at(text); family != nullptr && is_meant(*family, text, more))
      add({Atom::Kind::family, family}, family->name.size());
  while (!text.empty() && atoms.size() < max_atoms) {
    std::size_t kana = 0;
    while (kana < text.size() && readings::is_kana(decode_utf8(text, kana).value))
      kana += decode_utf8(text, kana).size;
    if (kana > 0) {
      add({Atom::Kind::kana}, kana);
      continue;
    }
    if (const auto* business = readings::business_word_at(text); business != nullptr && !atoms.empty()) {
      add({Atom::Kind::business, nullptr, business}, business->word.size());
      continue;
    }
    std::size_t other = decode_utf8(text, 0).size;
    while (other < text.size() && !readings::is_kana(decode_utf8(text, other).value) &&
           readings::business_word_at(text.substr(other)) == nullptr)
      other += decode_utf8(text, other).size;
    add({}, other);
  }
}

std::vector<Atom> cut(const std::vector<Run>& runs) {
  std::vector<Atom> atoms;
  atoms.reserve(8);
  const std::size_t count = std::min(runs.size(), max_runs);
  for (std::size_t i = 0; i < count; ++i) {
    if (!runs[i].japanese) {
      atoms.push_back({Atom::Kind::latin, nullptr, nullptr, runs[i].text, !runs[i].broken});
      continue;
    }
    const bool more = i + 1 < count && runs[i + 1].japanese && runs[i + 1].starts_part && !runs[i + 1].tag &&
                      !naming::is_title(runs[i + 1].text);
    Run run = runs[i];
    // Nothing is read over the edges of brackets.
    run.broken = run.broken || i == 0 || run.tag != runs[i - 1].tag;
    cut_japanese(run, more, atoms);
  }
  return atoms;
}

// The runs outside brackets joined, and where parts begin in it.
struct Joined {
  std::string text;
  std::vector<std::size_t> starts;
};
Joined join(const std::vector<Run>& runs) {
  Joined out;
  const Run* before = nullptr;
  for (const Run& run : runs) {
    if (run.tag) continue;
    if (before != nullptr && run.broken)
      out.text += '\n';
    else if (before != nullptr && !before->japanese && !run.japanese)
      out.text += ' ';
    if (run.starts_part) out.starts.push_back(out.text.size());
    out.text += run.text;
    before = &run;
  }
  return out;
}

bool usable(const Reading& reading) {
  return reading.morae >= least_morae && reading.morae <= max_morae;
}
bool usable_as_letters(const Reading& reading) {
  return usable(reading) && reading.loose.size() >= least_letters;
}

// Readings are compared strictly if both sides know long vowels.
const std::string& key(const Reading& reading, bool strict) {
  return strict ? reading.strict : reading.loose;
}

// --- Letters

// The letters a word begins with, if only digits follow.
std::string_view letters_of(std::string_view word) {
  const std::size_t end = std::min(word.find_first_of("0123456789"), word.size());
  return word.find_first_not_of("0123456789", end) == npos ? word.substr(0, end) : std::string_view();
}

bool is_word_read_as(std::string_view word, std::string_view loose) {
  return word.size() <= max_read_word && readings::of_latin(word).loose == loose;
}

// Words of the part before the @: satok, yamadahanako.
bool begins_read_as(std::string_view word, std::string_view loose) {
  constexpr std::size_t initials = 2;
  constexpr std::size_t least_before_initials = 4;
  constexpr std::size_t least_before_name = 6;
  if (word.size() > max_read_word) return false;
  std::size_t rest = 0;
  const Reading begin = readings::of_latin_beginning(letters_of(word), rest);
  if (begin.loose == loose) return rest == 0 || (rest <= initials && loose.size() >= least_before_initials);
  return loose.size() >= least_before_name && begin.loose.starts_with(loose);
}

template <typename Fn> void for_each_latin(std::string_view text, const Fn& fn) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size()) {
      const CodePoint c = decode_utf8(text, end);
      if (char_class(c.value) != CharClass::word) break;
      end += c.size;
    }
    if (end > at) fn(text.substr(at, end - at));
    at = end > at ? end : at + decode_utf8(text, at).size;
  }
}

// Whole addresses, domains and URLs are looked for as they are.
bool is_address_like(std::string_view folded) {
  if (folded.find('@') != npos && char_class(decode_utf8(folded, 0).value) != CharClass::japanese)
    return true;
  const auto letter = [&](std::size_t at) {
    return at < folded.size() && std::isalnum(static_cast<unsigned char>(folded[at])) != 0;
  };
  for (std::size_t dot = folded.find('.'); dot != npos; dot = folded.find('.', dot + 1))
    if (dot >= 2 && letter(dot - 2) && letter(dot - 1) && letter(dot + 1) && letter(dot + 2)) return true;
  return false;
}

// Letters a to z.
using LetterSet = std::uint32_t;

LetterSet letter(char c) {
  return c >= 'a' && c <= 'z' ? LetterSet{1} << (c - 'a') : 0;
}

// Those that a word may begin with whose reading begins with this one.
LetterSet letters_for(char c) {
  switch (c) {
  case 'c':
    return letter('c') | letter('t');
  case 'j':
    return letter('j') | letter('z') | letter('d');
  case 'z':
    return letter('z') | letter('d');
  case 'f':
    return letter('f') | letter('h');
  case 'o':
    return letter('o') | letter('w');
  default:
    return letter(c);
  }
}

// May a word begin so? One with an accent may.
bool may_begin(char first_byte, LetterSet letters) {
  return static_cast<unsigned char>(first_byte) >= 0x80 || (letter(first_byte) & letters) != 0;
}

// --- Conditions

NameCondition text_is(std::string text) {
  return {Op::text, std::move(text), {}, {}};
}
NameCondition any_of(std::vector<NameCondition> children) {
  return children.size() == 1 ? std::move(children.front())
                              : NameCondition{Op::any, {}, {}, std::move(children)};
}
NameCondition all_of(std::vector<NameCondition> children) {
  return children.size() == 1 ? std::move(children.front())
                              : NameCondition{Op::all, {}, {}, std::move(children)};
}

// What may stand behind a Japanese character where a part of a name ends.
void add_part_ends(std::string_view character, std::vector<NameCondition>& out) {
  out.push_back({Op::run_end, std::string(character), {}, {}});
  for (const std::string_view form : naming::form_beginnings)
    out.push_back(text_is(std::string(character).append(form)));
}

// `bare` or its parts with something that counts for nothing between them, in one name.
NameCondition spelled(std::string_view bare) {
  constexpr std::size_t max_characters = 64;
  struct Character {
    std::string_view text;
    CharClass kind;
    bool kanji;
  };
  std::vector<NameCondition> all;
  std::vector<Character> list;
  std::size_t at = 0;
  while (at < bare.size() && list.size() < max_characters) {
    const CodePoint c = decode_utf8(bare, at);
    list.push_back({bare.substr(at, c.size), char_class(c.value), readings::is_kanji(c.value)});
    at += c.size;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].kind != CharClass::japanese) continue;
    if (i + 1 == list.size()) {
      if (list.size() == 1) all.push_back(text_is(std::string(list[i].text)));
      break;
    }
    std::vector<NameCondition> any;
    if (list[i + 1].kind == CharClass::japanese)
      any.push_back(text_is(std::string(list[i].text).append(list[i + 1].text)));
    // A part of one kana is not joined to the next: see is_spelled_over_parts.
    if (i > 0 || list[i].kanji || list[i + 1].kind != CharClass::japanese) add_part_ends(list[i].text, any);
    all.push_back(any_of(std::move(any)));
  }
  const bool cut = at < bare.size();
  bare = bare.substr(0, at);
  for_each_latin(bare, [&](std::string_view word) {
    if (!cut || word.end() != bare.end()) all.push_back(text_is(std::string(word)));
  });
  return all_of(std::move(all));
}

// The characters behind a syllable that make its vowel long.
std::vector<std::string_view> length_marks(std::string_view syllable_reading_end) {
  if (syllable_reading_end.empty()) return {};
  switch (syllable_reading_end.back()) {
  case 'o':
    return {"ー", "お", "う"};
  case 'u':
    return {"ー", "う"};
  case 'N':
  case 'Q':
    return {};
  default:
    return {"ー"};
  }
}

constexpr std::size_t kana_bytes = 3;

// What kana that begin with this reading hold. `syllables` are those of `loose`.
NameCondition written_in_kana(std::string_view loose) {
  const auto syllables = readings::spellings_of(loose);
  std::vector<std::string_view> ends; // of each syllable, its last letter
  for (const auto& s : syllables) {
    const std::string_view kana = s.kana.front();
    const Reading r = kana == "ん" || kana == "っ" ? Reading{} : readings::of_kana(kana);
    static constexpr std::string_view vowels = "aiueo";
    const std::size_t at = r.loose.empty() ? npos : vowels.find(r.loose.back());
    ends.push_back(at == npos ? std::string_view() : vowels.substr(at, 1));
  }
  std::vector<NameCondition> all;
  for (std::size_t i = 0; i < syllables.size(); ++i) {
    const bool last = i + 1 == syllables.size();
    std::vector<NameCondition> any;
    for (const std::string_view kana : syllables[i].kana) {
      const std::string end(kana.substr(kana.size() - kana_bytes));
      if (last) {
        if (kana.size() > kana_bytes)
          any.push_back(text_is(std::string(kana)));
        else if (syllables.size() == 1)
          for (const auto mark : length_marks(ends[i])) any.push_back(text_is(end + std::string(mark)));
        continue;
      }
      std::vector<NameCondition> next;
      for (const std::string_view n : syllables[i + 1].kana)
        next.push_back(text_is(end + std::string(n.substr(0, kana_bytes))));
      if (i > 0) add_part_ends(end, next);
      for (const std::string_view mark : length_marks(ends[i])) {
        std::vector<NameCondition> behind;
        for (const std::string_view n : syllables[i + 1].kana)
          behind.push_back(text_is(std::string(mark).append(n.substr(0, kana_bytes))));
        for (const std::string_view second : length_marks(ends[i]))
          behind.push_back(text_is(std::string(mark).append(second)));
        add_part_ends(mark, behind);
        std::vector<NameCondition> lengthened;
        lengthened.push_back(text_is(end + std::string(mark)));
        lengthened.push_back(any_of(std::move(behind)));
        next.push_back(all_of(std::move(lengthened)));
      }
      if (kana.size() > kana_bytes) {
        std::vector<NameCondition> both;
        both.push_back(text_is(std::string(kana)));
        both.push_back(any_of(std::move(next)));
        any.push_back(all_of(std::move(both)));
      } else {
        for (NameCondition& n : next) any.push_back(std::move(n));
      }
    }
    if (!any.empty()) all.push_back(any_of(std::move(any)));
  }
  return all_of(std::move(all));
}

// Every way in which letters may begin a word with this reading: the first syllable and what goes on behind
// it.
std::vector<std::string> beginnings_in_letters(std::string_view loose) {
  constexpr std::string_view accented[] = {"aāâ", "iīî", "uūû", "eēê", "oōô"};
  const auto variants = [&](char vowel) {
    std::vector<std::string> out;
    for (const std::string_view list : accented)
      if (list.front() == vowel)
        out = {std::string(1, vowel), std::string(list.substr(1, 2)), std::string(list.substr(3))};
    return out;
  };
  const auto syllables = readings::spellings_of(loose);
  std::vector<std::string> out;
  if (syllables.empty()) return out;
  std::vector<std::string> behind; // what the second syllable begins with
  if (syllables.size() > 1)
    for (const std::string_view s : syllables[1].latin) {
      const std::string_view consonants = s.substr(0, s.find_first_of("aiueo"));
      if (consonants.empty())
        for (std::string& v : variants(s.front())) behind.push_back(std::move(v));
      else
        behind.emplace_back(consonants);
    }
  if (behind.empty()) behind.emplace_back();
  for (const std::string_view s : syllables.front().latin) {
    const std::string consonants(s.substr(0, s.size() - 1));
    for (const std::string& vowel : variants(s.back())) {
      for (const std::string& b : behind) out.push_back(consonants + vowel + b);
      if (s.back() == 'o' || s.back() == 'u')
        for (const char* longer : {"h", "o", "u"}) out.push_back(consonants + vowel + longer);
    }
  }
  // Each once, and none that begins with another one.
  std::sort(out.begin(), out.end());
  std::vector<std::string> distinct;
  for (std::string& s : out)
    if (distinct.empty() || !s.starts_with(distinct.back())) distinct.push_back(std::move(s));
  return distinct;
}

} // namespace

// --- Another name

struct NameQuery::Spoken {
  explicit Spoken(const std::vector<Run>& runs) : atoms(cut(runs)), readings_(atoms.size()) {}

  const Reading& reading(std::size_t i) const {
    std::optional<Reading>& reading = readings_[i];
    if (reading) return *reading;
    const Atom& atom = atoms[i];
    if (atom.kind == Atom::Kind::kana) return reading.emplace(readings::of_kana(atom.text));
    if (atom.kind == Atom::Kind::business) return reading.emplace(atom.business->reading);
    if (atom.kind == Atom::Kind::latin && atom.text.size() <= max_read_word)
      return reading.emplace(readings::of_latin(atom.text));
    return reading.emplace();
  }

  /// Do the atoms from `i` on go on with the rest of a reading?
  bool goes_on(std::string_view rest, bool strict, std::size_t i) const {
    for (; !rest.empty(); ++i) {
      if (rest.front() == ':' || i >= atoms.size() || !atoms[i].joined) return false;
      if (atoms[i].kind != Atom::Kind::kana && atoms[i].kind != Atom::Kind::business) return false;
      const std::string& own = key(reading(i), strict);
      if (own.empty()) return false;
      if (atoms[i].kind == Atom::Kind::kana && own.starts_with(rest)) return true;
      if (!rest.starts_with(own)) return false;
      rest.remove_prefix(own.size());
    }
    return true;
  }

  std::vector<Atom> atoms;

 private:
  mutable std::vector<std::optional<Reading>> readings_; // when they are first asked for
};

bool NameQuery::is_read_in(const Word& word, const Spoken& name) {
  constexpr std::size_t least_kana_from_kanji = 3;
  for (std::size_t i = 0; i < name.atoms.size(); ++i) {
    const Atom& atom = name.atoms[i];
    if (atom.kind == Atom::Kind::family) {
      if (std::find(word.families.begin(), word.families.end(), atom.family) != word.families.end())
        return true;
      for (const FamilyStart& start : word.starts)
        if (start.family == atom.family &&
            name.goes_on(start.rest, !word.readings.front().strict.empty(), i + 1))
          return true;
    }
    if (atom.kind != Atom::Kind::kana && atom.kind != Atom::Kind::latin) continue;
    const char letter = atom.kind == Atom::Kind::kana ? readings::first_letter(atom.text) : '\0';
    for (const Reading& reading : word.readings) {
      if (letter != '\0' && letter != reading.loose.front()) continue;
      const Reading& own = name.reading(i);
      if (atom.kind == Atom::Kind::latin) {
        if (usable_as_letters(reading) && own.loose == readings::in_letters(reading.loose)) return true;
        continue;
      }
      const bool strict = !reading.strict.empty();
      const std::string& mine = key(reading, strict);
      const std::string& theirs = key(own, strict);
      if (theirs.empty()) continue;
      if (theirs == mine) return true;
      const bool long_enough = !word.from_kanji || reading.morae >= least_kana_from_kanji;
      if (long_enough && theirs.starts_with(mine)) return true;
      if (usable(own) && mine.starts_with(theirs) &&
          name.goes_on(std::string_view(mine).substr(theirs.size()), strict, i + 1))
        return true;
    }
  }
  return false;
}

// --- The query

std::string without_inner_blanks(std::string_view folded) {
  std::string out;
  bool japanese_before = false;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint c = decode_utf8(folded, at);
    const std::size_t next = at + c.size;
    const bool japanese = char_class(c.value) == CharClass::japanese;
    const bool japanese_after =
        next < folded.size() && char_class(decode_utf8(folded, next).value) == CharClass::japanese;
    if (c.value != U' ' || (!japanese_before && !japanese_after)) out.append(folded, at, c.size);
    japanese_before = japanese;
    at = next;
  }
  return out;
}

bool reads_as(std::string_view word, std::string_view loose) {
  return is_word_read_as(word, loose) || begins_read_as(word, loose);
}

NameQuery::NameQuery(std::string_view name) {
  std::string written(name);
  std::replace_if(
      written.begin(), written.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  folded_ = fold(written);
  tight_ = without_inner_blanks(folded_);
  larger_ = naming::forms_around(tight_);
  if (folded_.empty() || is_address_like(folded_)) return;
  Parts parts(written);
  parts.drop_titles(written);
  std::vector<Run> runs;
  for (const Run& run : parts.runs()) {
    if (run.tag)
      tags_.emplace_back(run.text);
    else
      runs.push_back(run);
  }
  if (runs.empty() || runs.size() > max_runs) return;
  runs.front().starts_part = true;
  for (Run& run : runs) run.broken = false;
  bare_ = join(runs).text;
  beginning_ =
      runs.front().japanese ? bare_.substr(0, decode_utf8(bare_, 0).size) : std::string(runs.front().text);
  larger_ = naming::forms_around(bare_);

  std::vector<std::string> typed_apart;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].starts_part) typed_apart.emplace_back();
    typed_apart.back() += runs[i].text;
  }
  const bool any_order =
      typed_apart.size() > 1 && typed_apart.size() <= max_words &&
      std::all_of(typed_apart.begin(), typed_apart.end(), [](const std::string& part) {
        return char_class(decode_utf8(part, 0).value) == CharClass::word || characters(part) > 1;
      });
  if (any_order) parts_ = std::move(typed_apart);
  find_words(runs, parts.from_bank());
  add_whole();
  for (const Word& word : words_) add_hints(word);
  for (const Word& word : whole_) add_hints(word);
}

void NameQuery::find_words(const std::vector<Run>& runs, bool from_bank) {
  for (const Atom& atom : cut(runs)) {
    Word word;
    word.text = atom.text;
    const auto add = [&](Reading reading) {
      const bool fits = atom.kind == Atom::Kind::latin ? usable_as_letters(reading) : usable(reading);
      if (!reading.loose.empty() && fits) word.readings.push_back(std::move(reading));
    };
    if (atom.kind == Atom::Kind::kana) {
      if (from_bank) add(readings::of_kana(readings::with_small_kana(atom.text)));
      add(readings::of_kana(atom.text));
    } else if (atom.kind == Atom::Kind::latin && atom.text.size() <= max_read_word) {
      for (Reading& reading : readings::all_of_latin(atom.text)) add(std::move(reading));
    } else if (atom.kind == Atom::Kind::business) {
      add(atom.business->reading);
      word.from_kanji = true;
    } else if (atom.kind == Atom::Kind::family) {
      for (const Reading& reading : atom.family->readings) add(reading);
      word.from_kanji = true;
    }
    find_families(word);
    words_.push_back(std::move(word));
  }
  const bool readable =
      std::any_of(words_.begin(), words_.end(), [](const Word& word) { return word.may_be_read(); });
  if (!readable || words_.size() > max_words) words_.clear();
}

void NameQuery::find_families(Word& word) {
  if (word.from_kanji || word.readings.empty()) return;
  for (const Family& family : readings::families())
    for (const Reading& of_family : family.readings)
      for (const Reading& reading : word.readings) {
        const bool strict = !reading.strict.empty();
        const std::string& mine = key(reading, strict);
        const std::string& theirs = key(of_family, strict);
        if (mine == theirs)
          word.families.push_back(&family);
        else if (mine.starts_with(theirs) && mine[theirs.size()] != ':')
          word.starts.push_back({&family, mine.substr(theirs.size())});
      }
}

// All words in one: aoki rin for aokirin.
void NameQuery::add_whole() {
  if (words_.size() < 2) return;
  Word whole;
  whole.readings.emplace_back();
  bool strict = true;
  for (const Word& word : words_) {
    std::vector<Reading> longer;
    std::vector<Reading> own = word.readings;
    if (own.empty()) {
      Reading short_one = readings::of_kana(word.text);
      if (short_one.loose.empty()) return;
      own.push_back(std::move(short_one));
    }
    for (const Reading& before : whole.readings)
      for (const Reading& reading : own) {
        strict = strict && !reading.strict.empty();
        if (longer.size() < max_alternatives)
          longer.push_back(
              {before.strict + reading.strict, before.loose + reading.loose, before.morae + reading.morae});
      }
    whole.readings = std::move(longer);
    whole.from_kanji = whole.from_kanji || word.from_kanji;
  }
  if (!strict)
    for (Reading& reading : whole.readings) reading.strict.clear();
  if (!std::all_of(whole.readings.begin(), whole.readings.end(), usable)) return;
  find_families(whole);
  whole_.push_back(std::move(whole));
}

// Where something else than a part of a company's form.
bool NameQuery::is_spelled_in(std::string_view folded, std::string_view needle) const {
  if (larger_.empty()) return found(folded, needle);
  for (std::size_t at = find_folded(folded, needle); at != npos;
       at = find_folded(folded, needle, at + decode_utf8(folded, at).size)) {
    const bool within = std::any_of(larger_.begin(), larger_.end(), [&](std::string_view form) {
      const std::size_t lowest = at + needle.size() < form.size() ? 0 : at + needle.size() - form.size();
      const std::size_t begin = folded.find(form, lowest);
      return begin != npos && begin <= at;
    });
    if (!within) return true;
  }
  return false;
}

bool NameQuery::typed_text_in(std::string_view folded) const {
  if (is_spelled_in(folded, folded_)) return true;
  return (folded.find(' ') != npos || tight_.size() != folded_.size()) &&
         is_spelled_in(without_inner_blanks(folded), tight_);
}

bool NameQuery::tags_fit(const std::vector<std::string>& tags) const {
  if (tags_.empty() || tags.empty()) return true;
  return std::any_of(tags.begin(), tags.end(), [&](const std::string& theirs) {
    return std::any_of(tags_.begin(), tags_.end(), [&](const std::string& mine) {
      return theirs.find(mine) != npos || mine.find(theirs) != npos;
    });
  });
}

// Each word is spelled alike or else read, and one at least is read.
template <typename Read, typename Spelled>
bool NameQuery::every_word(const Read& read, const Spelled& spelled) const {
  bool any = false;
  for (const Word& word : words_) {
    if (spelled(word.text)) continue;
    if (!read(word)) return false;
    any = true;
  }
  return any;
}

bool NameQuery::is_spelled_over_parts(const naming::Parts& name) const {
  if (name.runs().size() < 2) return false;
  const Joined joined = join(name.runs());
  for (const std::size_t start : joined.starts) {
    const std::string_view from_here = std::string_view(joined.text).substr(start);
    if (!from_here.starts_with(bare_) || find_folded(from_here, bare_) != 0) continue;
    // A part of a single kana is not joined to the next one: nearly any text holds such ends.
    const CodePoint first = decode_utf8(bare_, 0);
    const bool alone =
        std::find(joined.starts.begin(), joined.starts.end(), start + first.size) != joined.starts.end();
    if (bare_.size() == first.size || !alone || !readings::is_kana(first.value)) return true;
  }
  return false;
}

void NameQuery::add_hints(const Word& word) {
  for (const Reading& reading : word.readings) {
    kana_hint_ |= letter(reading.loose.front());
    letter_hint_ |= letters_for(reading.loose.front());
  }
  for (const Family* family : word.families) family_hints_.push_back(family->name);
  for (const FamilyStart& start : word.starts) family_hints_.push_back(start.family->name);
}

// Is there anything that one of the readings may begin with?
bool NameQuery::may_be_read_in(std::string_view tight) const {
  if (words_.empty()) return false;
  bool in_word = false;
  for (std::size_t at = 0; at < tight.size();) {
    const CodePoint c = decode_utf8(tight, at);
    if (readings::is_kana(c.value)) {
      if (kana_hint_ & letter(readings::first_letter(tight.substr(at, c.size)))) return true;
      in_word = false;
    } else if (c.value < 0x80) {
      if (!in_word && (letter(tight[at]) & letter_hint_)) return true;
      in_word = letter(tight[at]) != 0;
    } else if (c.value < 0x2000) {
      return true;
    } else {
      in_word = false;
    }
    at += c.size;
  }
  return std::any_of(family_hints_.begin(), family_hints_.end(),
                     [&](std::string_view name) { return tight.find(name) != npos; });
}

NameMatch NameQuery::match_name(std::string_view name) const {
  if (folded_.empty() || name.empty()) return NameMatch::none;
  const std::string folded = fold(name);
  if (typed_text_in(folded)) return NameMatch::spelling;
  if (bare_.empty()) return NameMatch::none;

  // Most names are done with here, at a tenth of what cutting them costs.
  const std::string tight = without_inner_blanks(folded);
  const auto is_here = [&](const std::string& part) { return found(tight, part); };
  const bool in_other_order = !parts_.empty() && std::all_of(parts_.begin(), parts_.end(), is_here);
  const bool may_be_spelled = in_other_order || tight.find(beginning_) != npos;
  const bool may_be_read = may_be_read_in(tight);
  if (!may_be_spelled && !may_be_read) return NameMatch::none;

  const Parts parts(name);
  std::vector<std::string> tags;
  for (const Run& run : parts.runs())
    if (run.tag && !tags_.empty()) tags.emplace_back(run.text);
  if (!tags_fit(tags)) return NameMatch::none;

  if (in_other_order || is_spelled_in(tight, bare_) || is_spelled_over_parts(parts))
    return NameMatch::spelling;
  if (!may_be_read) return NameMatch::none;
  const Spoken spoken(parts.runs());
  const bool read =
      every_word([&](const Word& word) { return is_read_in(word, spoken); }, is_here) ||
      std::any_of(whole_.begin(), whole_.end(), [&](const Word& word) { return is_read_in(word, spoken); });
  return read ? NameMatch::reading : NameMatch::none;
}

NameMatch NameQuery::match_address(std::string_view address) const {
  if (folded_.empty() || address.empty()) return NameMatch::none;
  const bool plain = std::all_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && c > ' ' && !(c >= 'A' && c <= 'Z');
  });
  const std::string folded_address = plain ? std::string() : fold(address);
  const std::string_view folded = plain ? address : std::string_view(folded_address);
  if (folded.find(folded_) != npos) return NameMatch::spelling;
  if (bare_.empty()) return NameMatch::none;
  if (found(folded, bare_)) return NameMatch::spelling;
  const auto is_here = [&](const std::string& part) { return found(folded, part); };
  if (!parts_.empty() && std::all_of(parts_.begin(), parts_.end(), is_here)) return NameMatch::spelling;

  const std::size_t at = folded.rfind('@');
  if (words_.empty() || at == npos) return NameMatch::none;
  const std::string_view local = folded.substr(0, at);
  std::string_view domain = folded.substr(at + 1);
  domain = domain.substr(0, std::min(domain.rfind('.'), domain.size()));
  const auto read = [&](const Word& word) {
    bool fits = false;
    for (const Reading& reading : word.readings) {
      if (!usable_as_letters(reading)) continue;
      const std::string letters = readings::in_letters(reading.loose);
      const LetterSet first = letters_for(letters.front());
      for_each_latin(local, [&](std::string_view w) {
        fits = fits || (may_begin(w.front(), first) && begins_read_as(w, letters));
      });
      for_each_latin(domain, [&](std::string_view w) {
        fits = fits || (may_begin(w.front(), first) && is_word_read_as(w, letters));
      });
    }
    return fits;
  };
  return every_word(read, is_here) || std::any_of(whole_.begin(), whole_.end(), read) ? NameMatch::reading
                                                                                      : NameMatch::none;
}

NameMatch NameQuery::match(std::string_view name, std::string_view address) const {
  const NameMatch by_name = match_name(name);
  return by_name == NameMatch::spelling ? by_name : std::max(by_name, match_address(address));
}

NameCondition NameQuery::condition() const {
  std::vector<NameCondition> any;
  if (bare_.empty()) return {Op::any, {}, {}, {}};
  any.push_back(spelled(bare_));
  if (!parts_.empty()) {
    std::vector<NameCondition> all;
    for (const std::string& part : parts_) all.push_back(spelled(part));
    any.push_back(all_of(std::move(all)));
  }
  const auto read = [](const Word& word, std::vector<NameCondition>& out) {
    for (const Reading& reading : word.readings) {
      out.push_back(written_in_kana(reading.loose));
      for (const readings::BusinessWord& business : readings::business_words()) {
        const std::string& last = business.reading.loose;
        for (std::size_t at = reading.loose.find(last, 1); at != npos;
             at = reading.loose.find(last, at + 1)) {
          std::vector<NameCondition> both;
          both.push_back(written_in_kana(reading.loose.substr(0, at)));
          both.push_back(text_is(std::string(business.word)));
          out.push_back(all_of(std::move(both)));
        }
      }
      if (usable_as_letters(reading))
        out.push_back(
            {Op::reads, readings::in_letters(reading.loose), beginnings_in_letters(reading.loose), {}});
    }
    for (const Family* family : word.families) out.push_back(text_is(std::string(family->name)));
    for (const FamilyStart& start : word.starts) out.push_back(text_is(std::string(start.family->name)));
  };
  if (!words_.empty()) {
    std::vector<NameCondition> all;
    for (const Word& word : words_) {
      std::vector<NameCondition> ways;
      ways.push_back(spelled(word.text));
      read(word, ways);
      all.push_back(any_of(std::move(ways)));
    }
    any.push_back(all_of(std::move(all)));
    for (const Word& word : whole_) read(word, any);
  }
  return any_of(std::move(any));
}

std::string name_key(std::string_view name) {
  Parts parts(name);
  parts.drop_titles(name);
  std::string key;
  for (const Run& run : parts.runs())
    if (!run.tag) key += run.text;
  return key;
}

bool is_full_name(std::string_view name) {
  constexpr std::size_t least_characters = 4;
  Parts parts(name);
  parts.drop_titles(name);
  std::size_t names = 0, japanese = 0;
  bool kanji = false;
  for (const Run& run : parts.runs()) {
    if (run.tag) continue;
    names += run.starts_part || names == 0;
    if (run.japanese) japanese += characters(run.text);
    for (std::size_t at = 0; at < run.text.size() && !kanji;) {
      const CodePoint c = decode_utf8(run.text, at);
      kanji = readings::is_kanji(c.value);
      at += c.size;
    }
  }
  if (names > 1) return true;
  return names == 1 && ((kanji && japanese >= least_characters) || naming::has_company_form(name));
}

} // namespace genchi
