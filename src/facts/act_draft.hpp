// A message while its cues are being read: its words with what stands around them, its figures, and the cues
// so far. Below acts.hpp; nothing else uses it.
#pragma once

#include <initializer_list>
#include <vector>

#include "facts/act_marks.hpp"
#include "facts/acts.hpp"

namespace genchi::facts {

/// The words found, and what stands around them. No look goes further than a clause of 120 characters.
class MessageWords {
 public:
  explicit MessageWords(const Text& text);

 protected:
  struct Sentence {
    std::size_t begin, end;        // of spoken_
    std::size_t first, after_last; // of marks_
  };

  std::size_t clause_begin(std::size_t at) const;
  std::size_t clause_end(std::size_t at) const;
  bool ends_with(std::size_t end, std::u32string_view what) const;
  bool ends_with_any(std::size_t end, std::initializer_list<std::u32string_view> words) const;
  bool starts_with_any(std::size_t at, std::initializer_list<std::u32string_view> words) const;
  /// Is one of these within [begin, end)?
  bool says(std::size_t begin, std::size_t end, std::initializer_list<std::u32string_view> words) const;
  bool asks(const FoundMark& mark) const;
  /// 〜たら, 〜場合, 〜なら right behind.
  bool supposed(const FoundMark& mark) const;
  /// 返事してもいいですか asks for leave to do what the word says.
  bool asks_leave(const FoundMark& mark) const;
  bool alone(const FoundMark& mark) const;
  bool clause_has(const FoundMark& mark, const Sentence& sentence, std::initializer_list<Mark> wanted) const;
  bool sentence_has(const Sentence& sentence, std::initializer_list<Mark> wanted) const;
  /// The first mark of these behind `at` in the sentence.
  const FoundMark* later_mark(std::size_t at, const Sentence& sentence,
                              std::initializer_list<Mark> wanted) const;
  bool covered(const FoundMark& mark, const Sentence& sentence, std::initializer_list<Mark> wanted) const;

  Spoken spoken_;
  std::vector<FoundMark> marks_;
};

/// A figure and where it stands in Spoken.
struct PlacedTerm {
  ActTerm term;
  std::size_t at = 0;
};

/// The figures and the cues, and which belong to which.
class CueDraft : public MessageWords {
 protected:
  CueDraft(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates);

  struct CuePlace {
    std::size_t begin, end, sentence;
  };

  void place_terms(const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates);
  bool is_of_papers(const TextSpan& place) const;
  static std::int64_t amount_value(const Amount& amount);
  void put_term(const ActTerm& term, const TextSpan& place);
  bool has_term(std::size_t begin, std::size_t end, bool counts = false) const;
  /// Prices, days and hours that are simply stated.
  void put_bare_terms();
  /// 今は150円ですか？
  bool asks_back(std::size_t at) const;
  void put_at(CueKind kind, std::size_t at, TextSpan bytes);
  bool has_day_or_hour(std::size_t begin, std::size_t end) const;
  /// Each figure goes to the first cue behind it in its sentence, else to the last before it there, else to
  /// the nearest one behind or before that has none of its own.
  void hand_out_terms();
  /// 来月の会議で承認されれば: of the condition, not of what is agreed to.
  bool within_condition(std::size_t at) const;
  static bool takes_terms(CueKind kind);
  std::size_t sentence_of(std::size_t at) const;
  void put_out(ActTerm term, std::size_t cue);
  void put(CueKind kind, const FoundMark& mark, const Sentence& sentence, unsigned flags = 0);
  bool conditional_before(const FoundMark& mark, const Sentence& sentence) const;

  std::vector<PlacedTerm> terms_;
  const TextSpan* first_amount_ = nullptr; // put forward; of the caller's amounts
  std::vector<CuePlace> places_;           // of cues_.list
  Cues cues_;
};

} // namespace genchi::facts
