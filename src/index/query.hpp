// The query language: words, "phrases", AND OR NOT -, parentheses, field:value. Parsed to a tree, which then
// compiles to a Xapian superset (candidates.hpp) and to the exact predicate (predicate.hpp).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/error.hpp"
#include "genchi/message.hpp"
#include "index/schema.hpp"
#include "text/names.hpp"
#include "text/spellings.hpp"
#include "text/synonyms.hpp"

namespace genchi::index {

/// What people wrote an annotation on.
struct Annotated {
  std::vector<std::string> identifiers; ///< of clients
  std::vector<Sha256> messages;
  bool others = false;                  ///< not written on these: all others are meant
  std::string wrong;                    ///< not empty: there is no such mark, and this is the hint
};

/// What names in a query mean: given by the caller, who knows the catalogue.
struct QueryContext {
  /// Identifiers of the clients whose name, number or alias fits; empty: no such client.
  std::function<std::vector<std::string>(std::string_view name)> clients;
  /// What has this mark, tag or assignee. Without this function: nothing.
  std::function<Annotated(std::string_view field, std::string_view value)> annotated;
  UtcSeconds now = 0; ///< for 去年, 先月
  int offset_minutes = japan_offset_minutes;
  /// The query that `@name` stands for, or nullopt: then it is an error, but for what is a part of a mail address
  /// (`@example.jp`). Without this function `@name` is a word.
  std::function<std::optional<std::string>(std::string_view name)> saved;
  /// Names besides those of schema.hpp by which people call `client:` (患者, 生徒).
  std::vector<std::string> client_words;
  std::vector<Synonyms> synonyms = common_synonyms(); ///< none: words stand for themselves
  bool spellings = true;                              ///< widen words by spellings_of and by English inflection
};

/// One of the texts that a word is found by.
struct Form {
  enum class Why { written, spelling, inflection, synonym };
  Spelling spelling;
  Why why = Why::written;
  std::string synonym;   ///< the word that it is a spelling of, if that is a synonym
  std::string stem;      ///< not empty: any Latin word with this stem (Xapian's "english")
  bool open_end = false; ///< a word may go on behind it
};

struct Node {
  enum class Op { all /* matches everything */, word, field, and_, or_, not_ };
  Op op = Op::all;
  std::vector<std::unique_ptr<Node>> children; ///< and_, or_: two or more; not_: one

  std::string written; ///< word, field value: as the person wrote it
  std::string folded;  ///< word; field of kind text, people, account: folded; has:, is: the English name
  std::vector<Form> forms; ///< word; field of kind text: it is found by any of these, the first is `folded`
  bool open_end = false;   ///< word*: some of the forms may go on
  bool exact = false;      ///< word; field of kind text or people: `written` must stand there letter for letter
  const Field* field = nullptr;
  std::shared_ptr<const NameQuery> name; ///< field of kind people
  std::vector<std::string> identifiers; ///< client, annotated: what the name resolved to, sorted
  std::vector<Sha256> messages;         ///< annotated: sorted
  bool others = false;                  ///< annotated: all but these
  Channel channel = Channel::mail;      ///< channel
  std::uint32_t flag = 0;               ///< is: Flag bit; 0: `act`, or conditional if that is none
  Act act = Act::none;
  std::int64_t least = INT64_MIN;       ///< price: yen, both included; due: days since 1970
  std::int64_t greatest = INT64_MAX;
  UtcSeconds begin = INT64_MIN;         ///< date: [begin, end)
  UtcSeconds end = INT64_MAX;
};

/// An ill-formed query: `position` is the byte offset in the query at which a caret goes; what() says what is
/// wrong. Where that is within a saved search, `saved` is its text and `saved_position` the place in it.
class QueryError : public Error {
 public:
  QueryError(const std::string& message, std::size_t position, std::string hint = {})
      : Error(message, std::move(hint)), position_(position) {}
  std::size_t position() const { return position_; }
  const std::string& saved() const { return saved_; }
  std::size_t saved_position() const { return saved_position_; }
  QueryError within(std::string saved, std::size_t saved_position) && {
    saved_ = std::move(saved);
    saved_position_ = saved_position;
    return std::move(*this);
  }

 private:
  std::size_t position_;
  std::string saved_;
  std::size_t saved_position_ = 0;
};

/// Parses a query. Words next to each other are AND; OR binds weaker than AND, NOT and - stronger; AND OR NOT
/// only in capitals; a field's value is a word, a "phrase" or (a group of words). A word is found in all its
/// spellings and, but under NOT, by its synonyms; word* also where a Latin word goes on, a "phrase" as it folds, ="…" letter for
/// letter (in a field: of text or people), @name is a saved search. Full-width ： （ ） " and
/// spaces count as ASCII ones. An unknown `name:` before a value is an error with the known ones as hint,
/// unless it looks like a time or URL. Nesting over 100 or more than 10,000 nodes, those of saved searches counted,
/// is an error. Throws
/// QueryError.
std::unique_ptr<Node> parse_query(std::string_view query, const QueryContext& context);

/// The tree in one line, for tests and --explain: `(and "見積" (not (subject "下書き")))`.
std::string dump(const Node& node);

/// `node AND other`; either may be null.
std::unique_ptr<Node> and_nodes(std::unique_ptr<Node> a, std::unique_ptr<Node> b);

} // namespace genchi::index
