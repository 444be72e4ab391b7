// Who is meant by a name that a person types: 青木 りん, 青木りん様, アオキさん and aoki are one name.
//
// A name fits in one of two ways, spelling before reading. By SPELLING if, folded, it is part of the other
// one (find_folded), where these count for nothing:
//  - honorifics and titles behind a typed name (様 さん ちゃん 御中 先生 店長 部長 …, several too:
//    青木部長様; san, sama; before it Mr., Dr.), unless nothing would be left (店長, 様), or a single character that is
//    no family name (三氏), or a beginning that is no word (ニッサン);
//  - spaces, middle dots and commas between its parts, over which a match goes on where a part begins. Parts
//    that were typed apart (Aoki, Rin) may stand in any order, Japanese ones if they have two characters;
//  - forms of companies, on both sides: 株式会社 ㈱ (株) 有限会社 合同会社 一般社団法人 医療法人 …, Co.,
//    Ltd., Inc., K.K., LLC, and カ) of bank statements. 株式会社みなと and 有限会社みなと fit: who writes to a firm
//    seldom knows its form. A part of such a form is no part of a name: 会社 and 合同 do not find
//    合同会社みどり, 合同会社 does;
//  - decoration (fold() drops it), brackets and tags: ☆りん☆(レギュラー), 【VIP】青木りん, りん@本店. What
//    stands in them is still found (レギュラー). If both names have some, they must not differ: 田中(本店) is
//    not 田中(支店), while 田中 may be either.
//
// By READING if kana and letters sound alike and kanji can be read so: whole words of letters, the words of a
// mail address (aoki.rin@, r-aoki@, info@aoki-design.example; sato finds satok@, takahashi also
// takahashimai@), the beginning of what is written in kana, and the family name that a part begins with, by a
// table of usual readings. Long vowels count only between kana (おの is not 大野; ono may be). A reading has
// two syllables at least, and three letters. Kanji are never compared by reading: 阿部 is not 安部. Given
// names in kanji cannot be read; they have to be spelled alike.
//
// People are never merged by this: it says whom a name may mean. A field like client: takes those that are
// only read so as well: a search that passes over アオキ when asked for 青木 has missed something, while who
// knows the kanji can type them and gets no other kanji. Lists that show an order put spelling first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/readings.hpp"

namespace genchi {

namespace naming {
struct Run;
class Parts;
} // namespace naming

/// A folded name without the blanks beside Japanese characters (those between two of them fold() has
/// dropped), so that 青木 Rin is also found as 青木Rin.
std::string without_inner_blanks(std::string_view folded);

/// A name without what counts for nothing (above) and without what stands in brackets: people and firms that are
/// spelled alike have the same. "" if nothing is left.
std::string name_key(std::string_view name);
/// Does a name tell more than a family name may: two parts, four characters not all of kana, or a form of companies?
bool is_full_name(std::string_view name);

/// Ordered by how sure it is.
enum class NameMatch { none, reading, spelling };

/// What must be true of a name's and an address's folded text, taken together, for them to match: a tree that
/// may ask for less than a match does, never for more. For indexes.
struct NameCondition {
  enum class Op {
    any,     ///< one of the children; without children: never
    all,     ///< each of them; without children: always
    text,    ///< `text` is found in it as find_folded finds
    run_end, ///< the Japanese character `text` stands in it with no Japanese character behind
    reads,   ///< it has a word of letters and digits that begins with one of `beginnings` and reads_as(word,
             ///< text)
  };
  Op op = Op::all;
  std::string text;
  std::vector<std::string> beginnings;
  std::vector<NameCondition> children;
};
/// May a folded word of letters and digits (of at most max_read_word bytes) be, or in an address begin with,
/// this reading?
bool reads_as(std::string_view word, std::string_view loose_reading);
inline constexpr std::size_t max_read_word = 64;

/// A name as a person typed it. Making one takes about 0.1 ms. Immutable: any thread.
class NameQuery {
 public:
  explicit NameQuery(std::string_view written);

  /// A name as it stands in a mail, a LINE export or a list. Linear in it; about 1 µs for usual ones.
  NameMatch match_name(std::string_view name) const;
  /// A mail address. By spelling any part of it fits.
  NameMatch match_address(std::string_view address) const;
  NameMatch match(std::string_view name, std::string_view address) const;

  /// What holds wherever match_name or match_address match by more than the typed text as it is.
  NameCondition condition() const;

 private:
  struct FamilyStart {
    const readings::Family* family;
    std::string rest; ///< of the reading, strict if that is known
  };
  // A stretch of the name that has a reading of its own, or none.
  struct Word {
    std::string text;                              ///< folded
    std::vector<readings::Reading> readings;       ///< alternatives
    bool from_kanji = false;                       ///< so that it is not compared with kanji
    std::vector<const readings::Family*> families; ///< that are read so
    std::vector<FamilyStart> starts;               ///< that the reading begins with
    bool may_be_read() const { return !readings.empty(); }
  };
  struct Spoken; // another name, cut up

  void find_words(const std::vector<naming::Run>& runs, bool from_bank);
  void add_whole();
  static void find_families(Word& word);
  bool is_spelled_in(std::string_view folded, std::string_view needle) const;
  bool typed_text_in(std::string_view folded) const;
  void add_hints(const Word& word);
  bool may_be_read_in(std::string_view tight) const;
  bool is_spelled_over_parts(const naming::Parts& name) const;
  bool tags_fit(const std::vector<std::string>& tags) const;
  static bool is_read_in(const Word& word, const Spoken& name);
  template <typename Read, typename Spelled> bool every_word(const Read& read, const Spelled& spelled) const;

  std::string folded_;    ///< as typed
  std::string tight_;     ///< without_inner_blanks of it
  std::string bare_;      ///< its parts joined, without what counts for nothing; empty: only as typed
  std::string beginning_; ///< the first character of it, or word of letters
  std::vector<std::string> tags_;
  std::vector<std::string> parts_; ///< two or more, where their order does not matter
  std::vector<Word> words_;        ///< empty: no reading
  std::vector<Word> whole_;        ///< of several words: all of them in one, at most one
  std::uint32_t kana_hint_ = 0;    ///< letters that readings begin with, bit 0 for a
  std::uint32_t letter_hint_ = 0;  ///< and words of letters that are read so
  std::vector<std::string_view> family_hints_;
  std::vector<std::string_view> larger_; ///< forms of companies that `folded_` is a part of
};

} // namespace genchi
