// How names are read: kana and letters brought to one romanization, and family names with their readings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genchi::readings {

/// A reading: syllables in Hepburn letters, "N" for ん and "Q" for っ, so that one reading begins with
/// another only where a syllable ends. Behind a vowel ":" says that it is long (おお おう おー うう うー);
/// other doubled vowels are two syllables. じ and ぢ, ず and づ, お and を are one.
struct Reading {
  std::string strict; ///< with ":"; empty for letters, which do not tell (ono, ohno, oono)
  std::string loose;  ///< without
  std::size_t morae = 0;
};
/// Of text in hiragana and ー (as fold() writes all kana). Empty `loose` if something else is in it or it is
/// no word.
Reading of_kana(std::string_view folded);
/// The letter that of_kana begins with; 0 if there is none.
char first_letter(std::string_view folded_kana);
/// Of folded letters in Hepburn or Kunrei: "aoki", "shouji", "syozi", "ohno", "hamma", "ōno". Empty `loose`
/// if they are no Japanese word ("smith", "ann").
Reading of_latin(std::string_view folded);
/// The same and, since letters do not tell けんいち from けにち (kenichi), with "N" for each n before a
/// vowel; at most four.
std::vector<Reading> all_of_latin(std::string_view folded);
/// What of_latin makes of a reading that is written in letters: "n" for "N" before a vowel.
std::string in_letters(std::string_view loose);
/// The longest beginning of a word that of_latin can read; `rest` is set to the number of bytes left over.
Reading of_latin_beginning(std::string_view folded, std::size_t& rest);
/// As banks write: シヨウジ for ショウジ, ニツポン for ニッポン. The text with small kana where they can have
/// been meant.
std::string with_small_kana(std::string_view folded);

bool is_kana(char32_t folded);
bool is_kanji(char32_t folded);

struct Family {
  std::string_view name;         ///< folded
  std::vector<Reading> readings; ///< at least one
};
/// All of them, by the bytes of their names. Made at the first call; any thread.
const std::vector<Family>& families();
/// The longest family name that `folded` begins with; null if none. Whether it is meant as one is the
/// caller's to say.
const Family* family_at(std::string_view folded);

struct BusinessWord {
  std::string_view word;
  Reading reading;
};
const std::vector<BusinessWord>& business_words();
/// The longest one `folded` begins with; null if none.
const BusinessWord* business_word_at(std::string_view folded);

/// Every way in which a reading's n-th syllable may be written. Views into static data.
struct Spellings {
  std::vector<std::string_view> kana;
  std::vector<std::string_view> latin; ///< without accents
};
/// The syllables of a reading (its `loose`) with their spellings.
std::vector<Spellings> spellings_of(std::string_view loose);

} // namespace genchi::readings
