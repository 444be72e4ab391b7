// A reading copy with parts masked: what is masked is not in it any more, neither under a bar nor beside it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/exhibit.hpp"

namespace genchi::evidence {

/// What to mask, and what was masked so far.
class Redaction {
 public:
  /// `wanted`: words, each masked wherever it stands in whatever spelling folds alike (width, case, katakana), also where blanks,
  /// line ends, marks of quotation, ・ or the commas of figures stand between its characters; or a kind: "phone" 電話番号, "mail" メールアドレス, "digits" 数字 (every run of four or more).
  explicit Redaction(const std::vector<std::string>& wanted);
  bool empty() const { return words_.empty() && !phone_ && !mail_ && !digits_; }

  /// Masks every text of these; each masked code point becomes ■.
  void apply(Exhibit& exhibit);
  void apply(PackHeading& heading);
  std::string masked_document(const PackDocument& document);

  /// A row of the list: where, how much and by which of `wanted` (its number from 1, not the word).
  struct Mask {
    std::string exhibit;        ///< number; "" the heading
    std::size_t message = 0;    ///< of the exhibit, from 1; 0 its own title and notes
    std::string part;           ///< "text", "file", "note", "title", or the label of a field
    std::size_t begin = 0;      ///< code points into that part
    std::size_t length = 0;
    std::size_t rule = 0;       ///< from 1
  };
  const std::vector<Mask>& masks() const { return masks_; }

 private:
  struct Found {
    std::size_t begin = 0, end = 0;  ///< bytes
    std::size_t rule = 0;
  };
  /// Kinds are looked for in what others wrote; days and hashes of ours are no phone numbers.
  enum class Of { words_and_kinds, words };
  std::vector<Found> find(std::string_view text, Of of) const;
  std::string masked(std::string_view text, const char* part, Of of = Of::words_and_kinds) { return masked(text, part, find(text, of)); }
  std::string masked(std::string_view text, const char* part, const std::vector<Found>& found);
  void mask(std::string& text, const char* part) { text = masked(text, part); }
  void apply(ExhibitMessage& message);

  std::vector<std::pair<std::string, std::size_t>> words_;  ///< folded, and the number of the rule
  std::size_t phone_ = 0, mail_ = 0, digits_ = 0;           ///< numbers of rules; 0: not wanted
  std::vector<Mask> masks_;
  std::string exhibit_;
  std::size_t message_ = 0;
};

}  // namespace genchi::evidence
