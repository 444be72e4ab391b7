// A query as Xapian sees it: every passage that may hold a match, and as few others as terms without
// positions allow. Private to the index.
//
// A passage holds many messages, so the words of an AND may stand in different ones, and a NOT excludes
// nothing: both are left to the predicate. Whatever would cost too many terms becomes "all documents".
//
// Words weigh as BM25 sees fit, boolean terms nothing since they are not counted in documents. Never say so
// with OP_SCALE_WEIGHT 0: see Searcher::Impl::enquire.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <xapian.h>

#include "index/predicate.hpp"
#include "index/query.hpp"

namespace genchi::index {

class CandidateCompiler {
 public:
  explicit CandidateCompiler(const Xapian::Database& db) : db_(db) {}
  Xapian::Query compile(const Node& node);
  /// About how many passages hold a needle: of each spelling its rarest term.
  Xapian::doccount frequency(const Needle& needle) const;

 private:
  Xapian::Query compile_field(const Node& node);
  Xapian::Query compile_children(const Node& node, Xapian::Query::op op);
  Xapian::Query word(const std::vector<Form>& forms);
  Xapian::Query form(const Form& form);
  Xapian::Query parts(const std::vector<std::vector<SpelledPart>>& parts);
  Xapian::Query phrase(std::string_view folded);
  Xapian::Query open_phrase(std::string_view folded);
  Xapian::Query words_with_stem(const Form& form);
  Xapian::Query people(const Node& node);
  Xapian::Query people_as_written(const Node& node);
  Xapian::Query named(const NameCondition& condition);
  Xapian::Query words_read_as(const NameCondition& condition);
  Xapian::Query months(UtcSeconds begin, UtcSeconds end);
  Xapian::Query accounts(const Node& node);
  Xapian::Query any_of(const std::vector<std::string>& terms, Xapian::Query::op op = Xapian::Query::OP_OR);
  Xapian::Query words_like(std::string_view part, bool may_go_on);
  Xapian::Query term_prefix(const std::string& prefix);

  const Xapian::Database& db_;
  std::size_t terms_used_ = 0;
};

} // namespace genchi::index
