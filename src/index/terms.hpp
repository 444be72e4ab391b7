// Folded text → search terms. Bigrams of Japanese characters, one unigram at the end of each run, whole words
// and numbers of other scripts. Without positions; each once a document.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "genchi/time.hpp"
#include "index/passage.hpp"

namespace genchi::index {

/// Longest term of letters and digits, in bytes; longer words are cut there, in text and query alike.
inline constexpr std::size_t max_word_bytes = 64;

/// Adds every term of a folded text (text/fold.hpp).
void collect_terms(std::string_view folded, std::unordered_set<std::string>& terms);

/// What a document must hold to contain a folded phrase in the sense of find_folded at all: all of `terms`,
/// and for each of `prefixes` (a single Japanese character at the end) some term that begins with it. A
/// phrase that gives neither (only punctuation) matches everything. It must be looked for in texts that
/// collect_terms saw whole.
struct RequiredTerms {
  std::vector<std::string> terms;
  std::vector<std::string> prefixes;
};
RequiredTerms required_terms(std::string_view folded_phrase);

/// A term with a prefix of schema.hpp, for text of any length: over 200 bytes its SHA-256 stands in its
/// place. The value is taken as it is (account names: fold them first).
std::string prefixed_term(std::string_view prefix, std::string_view value);
/// The month term of an instant in the index's zone: "Y202404". Years before 0 and after 9999 count as 0 and
/// 9999.
std::string month_term(UtcSeconds utc);
/// The message term of an id: the prefix and its first 16 hex digits.
std::string message_term(const Sha256& id);

/// Everything a passage is found by, but for the job's term.
struct PassageTerms {
  std::unordered_set<std::string> text;
  std::unordered_set<std::string> prefixed; ///< has: "attachment" (has_attached) and each kind
  std::size_t text_bytes = 0;               ///< of folded text they were made of
};
PassageTerms terms_of(const Passage& passage);

} // namespace genchi::index
