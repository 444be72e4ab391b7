#include "index/candidates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "index/schema.hpp"
#include "index/terms.hpp"
#include "index/word.hpp"
#include "text/fold.hpp"

namespace genchi::index {

namespace {

using Xapian::Query;

// A phrase that has so many of its terms in a passage is nearly always there.
constexpr std::size_t max_terms_of_phrase = 64;
constexpr std::size_t max_parts_of_phrase = 16;
// Each term of an OR keeps a block of its posting list in memory.
constexpr std::size_t max_expansion = 4000;
constexpr std::size_t max_terms_of_query = 50'000;
constexpr std::size_t max_months = 240;
constexpr std::size_t max_accounts = 20'000;
// Terms read in a search for those that contain a part: about half a second.
constexpr std::size_t max_vocabulary = 2'000'000;

// Terms that no word of letters and digits can be, and with which most of an index is passed over: those with
// a prefix, those that begin with hiragana, and those that begin with U+3300 to U+9FFF.
struct TermRange {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array not_words{TermRange{"A", "["}, TermRange{"\xE3\x81\x80", "\xE3\x82\x99"},
                               TermRange{"\xE3\x8C\x80", "\xEA"}};

constexpr UtcSeconds day_seconds = 86'400;

bool is_all(const Query& query) {
  return query.get_type() == Query::LEAF_MATCH_ALL;
}

Query both(const Query& a, const Query& b) {
  if (is_all(a)) return b;
  if (is_all(b)) return a;
  return Query(Query::OP_AND, a, b);
}

std::string time_value(UtcSeconds utc) {
  return Xapian::sortable_serialise(static_cast<double>(utc));
}

/// The stretches of letters and digits at the edges of a needle and what stands between them.
struct Edges {
  std::string_view first; ///< empty: it begins with something else
  std::string_view inner;
  std::string_view last; ///< empty: it ends with something else, or is one with the first
};

Edges split_edges(std::string_view needle) {
  std::size_t first_end = 0;
  std::size_t last_begin = needle.size();
  bool in_first = true;
  for (std::size_t at = 0; at < needle.size();) {
    const CodePoint c = decode_utf8(needle, at);
    const bool word = char_class(c.value) == CharClass::word;
    at += c.size;
    if (!word) {
      in_first = false;
      last_begin = at;
    } else if (in_first) {
      first_end = at;
    }
  }
  if (first_end == needle.size()) return {needle, {}, {}};
  return {needle.substr(0, first_end), needle.substr(first_end, last_begin - first_end),
          needle.substr(last_begin)};
}

// Passages whose values may overlap what is asked for. One without values has empty ones: greatest first, since an empty
// value is never as great as a number.
Query overlap(unsigned least, unsigned greatest, const Node& node) {
  constexpr double beyond = 1e18;
  const double from = node.least == INT64_MIN ? -beyond : static_cast<double>(node.least);
  const double to = node.greatest == INT64_MAX ? beyond : static_cast<double>(node.greatest);
  return Query(Query::OP_AND, Query(Query::OP_VALUE_GE, greatest, Xapian::sortable_serialise(from)),
               Query(Query::OP_VALUE_LE, least, Xapian::sortable_serialise(to)));
}

/// The month of a term "Y202404", as months since year 0; -1 if it is none.
int month_of(const std::string& term) {
  if (term.size() != 7) return -1;
  int number = 0;
  const auto [end, error] = std::from_chars(term.data() + 1, term.data() + 7, number);
  if (error != std::errc() || end != term.data() + 7 || number % 100 < 1 || number % 100 > 12) return -1;
  return number / 100 * 12 + number % 100 - 1;
}

UtcSeconds month_begin(int month) {
  return utc_from_civil({month / 12, month % 12 + 1, 1}, 0, 0, 0, 0);
}

} // namespace

Query CandidateCompiler::compile(const Node& node) {
  switch (node.op) {
  case Node::Op::all:
  case Node::Op::not_:
    return Query::MatchAll;
  case Node::Op::word:
    return word(node.forms);
  case Node::Op::field:
    return compile_field(node);
  case Node::Op::and_:
    return compile_children(node, Query::OP_AND);
  case Node::Op::or_:
    return compile_children(node, Query::OP_OR);
  }
  return Query::MatchAll;
}

Query CandidateCompiler::compile_children(const Node& node, Query::op op) {
  std::vector<Query> parts;
  for (const auto& child : node.children) {
    const Query part = compile(*child);
    if (is_all(part)) {
      if (op == Query::OP_OR) return Query::MatchAll;
      continue;
    }
    if (part.empty()) {
      if (op == Query::OP_AND) return Query::MatchNothing;
      continue;
    }
    parts.push_back(part);
  }
  if (parts.empty()) return op == Query::OP_AND ? Query::MatchAll : Query::MatchNothing;
  return Query(op, parts.begin(), parts.end());
}

Query CandidateCompiler::compile_field(const Node& node) {
  switch (node.field->kind) {
  case FieldKind::text:
    return word(node.forms);
  case FieldKind::people:
    return people(node);
  case FieldKind::client:
  case FieldKind::annotated: {
    if (node.others) return Query::MatchAll;
    std::vector<std::string> terms;
    for (const std::string& identifier : node.identifiers)
      terms.push_back(prefixed_term(prefix::identifier, identifier));
    for (const Sha256& message : node.messages) terms.push_back(message_term(message));
    return any_of(terms);
  }
  case FieldKind::channel:
    return any_of({prefixed_term(prefix::channel, channel_name(node.channel))});
  case FieldKind::account:
    return accounts(node);
  case FieldKind::date:
    return months(node.begin, node.end);
  case FieldKind::price:
    return overlap(slot::yen_least, slot::yen_greatest, node);
  case FieldKind::due:
    return overlap(slot::due_first, slot::due_last, node);
  case FieldKind::has:
    return any_of({prefixed_term(prefix::has, node.folded)});
  case FieldKind::is:
    return any_of({prefixed_term(prefix::is, node.folded)});
  }
  return Query::MatchAll;
}

Query CandidateCompiler::word(const std::vector<Form>& forms) {
  std::vector<Query> parts;
  for (const Form& one : forms) {
    const Query part = form(one);
    if (is_all(part)) return part;
    if (!part.empty()) parts.push_back(part);
  }
  if (parts.empty()) return Query::MatchNothing;
  return parts.size() == 1 ? parts.front() : Query(Query::OP_OR, parts.begin(), parts.end());
}

Query CandidateCompiler::form(const Form& form) {
  if (!form.stem.empty()) return words_with_stem(form);
  if (form.spelling.parts) return parts(*form.spelling.parts);
  return form.open_end ? open_phrase(form.spelling.folded) : phrase(form.spelling.folded);
}

// Each part in any of its spellings; what joins them is left to the predicate. A part that may be left out or is a single
// character chooses nothing, nor does one whose letters may go on in the next one.
Query CandidateCompiler::parts(const std::vector<std::vector<SpelledPart>>& parts) {
  const auto may_join = [&](std::size_t part, bool at_its_end) {
    if (part >= parts.size()) return false;
    return std::any_of(parts[part].begin(), parts[part].end(), [&](const SpelledPart& choice) {
      const Edges edges = split_edges(choice.text);
      const bool all_word = !edges.first.empty() && edges.inner.empty() && edges.last.empty();
      return choice.text.empty() || all_word || !(at_its_end ? edges.last : edges.first).empty();
    });
  };
  Query all = Query::MatchAll;
  std::size_t asked = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& choices = parts[part];
    const bool may_join_before = part > 0 && may_join(part - 1, true);
    const bool may_join_behind = may_join(part + 1, false);
    std::vector<Query> any;
    for (const SpelledPart& choice : choices) {
      const Edges edges = split_edges(choice.text);
      const bool all_word = edges.inner.empty() && edges.last.empty();
      const bool joins = (may_join_before && !edges.first.empty()) ||
                         (may_join_behind && (!edges.last.empty() || (all_word && !edges.first.empty())));
      if (choice.text.empty() || joins) break;
      RequiredTerms required = required_terms(choice.text);
      if (required.terms.size() > max_terms_of_phrase) required.terms.resize(max_terms_of_phrase);
      if (required.terms.empty() || terms_used_ + required.terms.size() > max_terms_of_query) break;
      terms_used_ += required.terms.size();
      any.emplace_back(Query::OP_AND, required.terms.begin(), required.terms.end());
    }
    if (any.size() != choices.size()) continue;
    all = both(all, Query(Query::OP_OR, any.begin(), any.end()));
    if (++asked == max_parts_of_phrase) break;
  }
  return all;
}

// Of a Latin word at the end only the beginning is known.
Query CandidateCompiler::open_phrase(std::string_view folded) {
  const Edges edges = split_edges(folded);
  const std::string_view last = edges.last.empty() && edges.inner.empty() ? edges.first : edges.last;
  if (last.empty()) return phrase(folded);
  const std::string_view rest = folded.substr(0, folded.size() - last.size());
  const Query before = rest.empty() ? Query(Query::MatchAll) : phrase(rest);
  return last.size() >= max_word_bytes ? before : both(before, term_prefix(std::string(last)));
}

Query CandidateCompiler::words_with_stem(const Form& form) {
  const std::string beginning = beginning_of_stem(form);
  std::vector<std::string> terms;
  const Xapian::TermIterator end = db_.allterms_end(beginning);
  std::size_t seen = 0;
  for (Xapian::TermIterator it = db_.allterms_begin(beginning); it != end; ++it) {
    if (++seen > max_vocabulary || terms.size() == max_expansion) return Query::MatchAll;
    if (stem_of(*it) == form.stem) terms.push_back(*it);
  }
  return any_of(terms, Query::OP_SYNONYM);
}

Query CandidateCompiler::phrase(std::string_view folded) {
  RequiredTerms required = required_terms(folded);
  if (required.terms.size() > max_terms_of_phrase) required.terms.resize(max_terms_of_phrase);
  if (terms_used_ + required.terms.size() > max_terms_of_query) return Query::MatchAll;
  terms_used_ += required.terms.size();
  Query query = Query::MatchAll;
  if (!required.terms.empty()) query = Query(Query::OP_AND, required.terms.begin(), required.terms.end());
  // With another term beside it a single character chooses little and costs a walk over thousands of bigrams.
  if (!required.terms.empty() && !required.prefixes.empty()) return query;
  for (const std::string& prefix : required.prefixes) query = both(query, term_prefix(prefix));
  return query;
}

Query CandidateCompiler::any_of(const std::vector<std::string>& terms, Query::op op) {
  if (terms_used_ + terms.size() > max_terms_of_query) return Query::MatchAll;
  terms_used_ += terms.size();
  return Query(op, terms.begin(), terms.end());
}

// Words that stand in about every document choose nothing: looking into the newest ones finds hits sooner than walking
// thousands of long posting lists at once does.
Query CandidateCompiler::term_prefix(const std::string& prefix) {
  std::vector<std::string> terms;
  std::uint64_t postings = 0;
  const Xapian::TermIterator end = db_.allterms_end(prefix);
  for (Xapian::TermIterator it = db_.allterms_begin(prefix); it != end; ++it) {
    postings += it.get_termfreq();
    if (terms.size() == max_expansion || postings > db_.get_doccount()) return Query::MatchAll;
    terms.push_back(*it);
  }
  return any_of(terms, Query::OP_SYNONYM);
}

// Words that end with `part`, or contain it if they may go on after it. A word that was cut may have gone on
// with it.
Query CandidateCompiler::words_like(std::string_view part, bool may_go_on) {
  constexpr std::size_t may_be_cut = max_word_bytes - 3;
  std::vector<std::string> terms;
  std::size_t seen = 0;
  const Xapian::TermIterator end = db_.allterms_end();
  for (Xapian::TermIterator it = db_.allterms_begin(); it != end;) {
    const std::string term = *it;
    if (++seen > max_vocabulary) return Query::MatchAll;
    const auto skipped = std::find_if(not_words.begin(), not_words.end(), [&](const TermRange& range) {
      return term >= range.begin && term < range.end;
    });
    if (skipped != not_words.end()) {
      it.skip_to(std::string(skipped->end));
      continue;
    }
    const bool fits = may_go_on ? term.find(part) != std::string::npos : term.ends_with(part);
    if (fits || term.size() >= may_be_cut) {
      if (terms.size() == max_expansion) return Query::MatchAll;
      terms.push_back(term);
    }
    ++it;
  }
  return any_of(terms, Query::OP_SYNONYM);
}

// In an address a part is enough, so the words at the needle's edges may be pieces of longer ones; those
// within it are whole. In a name the edges are whole words, which is less.
Query CandidateCompiler::people_as_written(const Node& node) {
  const std::string needle = without_inner_blanks(node.folded);
  const Edges edges = split_edges(needle);
  if (edges.inner.empty() && edges.last.empty() && !edges.first.empty())
    return words_like(edges.first, /*may_go_on=*/true);
  if (edges.first.empty() && edges.last.empty()) return phrase(needle);

  // A single Japanese character beside an edge word is a whole run of its own only at that side.
  const Query inner = edges.inner.empty() ? Query(Query::MatchAll) : phrase(edges.inner);
  if (!is_all(inner)) return inner;
  if (!edges.first.empty()) return words_like(edges.first, /*may_go_on=*/false);
  if (edges.last.size() < max_word_bytes) return term_prefix(std::string(edges.last));
  return Query::MatchAll;
}

Query CandidateCompiler::people(const Node& node) {
  const Query written = people_as_written(node);
  const Query other = named(node.name->condition());
  if (is_all(written) || is_all(other)) return Query::MatchAll;
  return other.empty() ? written : Query(Query::OP_OR, written, other);
}

// A name may be spelled and read in many ways; documents that say it in several of them are no better.
Query CandidateCompiler::named(const NameCondition& condition) {
  switch (condition.op) {
  case NameCondition::Op::text:
    return phrase(condition.text);
  case NameCondition::Op::run_end:
    return any_of({condition.text});
  case NameCondition::Op::reads:
    return words_read_as(condition);
  case NameCondition::Op::any:
  case NameCondition::Op::all:
    break;
  }
  const bool any = condition.op == NameCondition::Op::any;
  std::vector<Query> parts;
  for (const NameCondition& child : condition.children) {
    const Query part = named(child);
    if (is_all(part) && any) return Query::MatchAll;
    if (part.empty() && !any) return Query::MatchNothing;
    if (!is_all(part) && !part.empty()) parts.push_back(part);
  }
  if (parts.empty()) return any ? Query::MatchNothing : Query::MatchAll;
  return Query(any ? Query::OP_OR : Query::OP_AND, parts.begin(), parts.end());
}

Query CandidateCompiler::words_read_as(const NameCondition& condition) {
  std::vector<std::string> terms;
  std::size_t seen = 0;
  for (const std::string& beginning : condition.beginnings) {
    const Xapian::TermIterator end = db_.allterms_end(beginning);
    for (Xapian::TermIterator it = db_.allterms_begin(beginning); it != end; ++it) {
      if (++seen > max_vocabulary || terms.size() == max_expansion) return Query::MatchAll;
      if (reads_as(*it, condition.text)) terms.push_back(*it);
    }
  }
  return any_of(terms, Query::OP_SYNONYM);
}

Query CandidateCompiler::accounts(const Node& node) {
  std::vector<std::string> terms;
  const std::string begin(prefix::account);
  const Xapian::TermIterator end = db_.allterms_end(begin);
  std::size_t seen = 0;
  for (Xapian::TermIterator it = db_.allterms_begin(begin); it != end; ++it) {
    if (++seen > max_accounts) return Query::MatchAll;
    const std::string term = *it;
    const std::string_view name = std::string_view(term).substr(begin.size());
    const bool maybe_hashed = name.size() == 64;
    if (maybe_hashed || account_matches(node, name)) terms.push_back(term);
  }
  return any_of(terms);
}

// Months within the range by their terms, those at its edges by the times of their passages as well. A day is
// left at both sides since the index's months begin at midnight in its zone.
Query CandidateCompiler::months(UtcSeconds begin, UtcSeconds end) {
  std::vector<std::string> whole;
  std::vector<std::string> edge;
  bool too_many = false;
  const std::string prefix(prefix::month);
  const Xapian::TermIterator last = db_.allterms_end(prefix);
  for (Xapian::TermIterator it = db_.allterms_begin(prefix); it != last && !too_many; ++it) {
    const int month = month_of(*it);
    if (month < 0) continue;
    // The first and the last month stand for all times before and after.
    const bool outermost = month == 0 || month == 9999 * 12 + 11;
    const UtcSeconds first = month_begin(month);
    const UtcSeconds next = month_begin(month + 1);
    const bool after_begin = begin <= first - day_seconds;
    const bool before_end = end >= next + day_seconds;
    if (!outermost && (next + day_seconds <= begin || first - day_seconds >= end)) continue;
    (after_begin && before_end ? whole : edge).push_back(*it);
    too_many = whole.size() + edge.size() > max_months;
  }
  Query range = Query::MatchAll;
  if (begin != INT64_MIN) range = Query(Query::OP_VALUE_GE, slot::sent_newest, time_value(begin));
  if (end != INT64_MAX) range = both(range, Query(Query::OP_VALUE_LE, slot::sent_oldest, time_value(end)));
  if (too_many) return range;
  if (edge.empty()) return any_of(whole);
  const Query at_edge = both(any_of(edge), range);
  if (whole.empty()) return at_edge;
  const Query within = any_of(whole);
  return is_all(at_edge) || is_all(within) ? Query(Query::MatchAll) : Query(Query::OP_OR, within, at_edge);
}

Xapian::doccount CandidateCompiler::frequency(const Needle& needle) const {
  const Xapian::doccount all = db_.get_doccount();
  std::uint64_t sum = 0;
  for (const Form& form : needle.word->forms) {
    if (!form.stem.empty()) continue; // the word itself is a form, too
    if (form.spelling.parts) continue; // about as many as the one typed
    const RequiredTerms required = required_terms(form.spelling.folded);
    Xapian::doccount rarest = all;
    std::size_t asked = 0;
    for (const std::string& term : required.terms) {
      if (++asked > max_terms_of_phrase) break;
      rarest = std::min(rarest, db_.get_termfreq(term));
    }
    sum += rarest;
  }
  return static_cast<Xapian::doccount>(std::min<std::uint64_t>(sum, all));
}

} // namespace genchi::index
