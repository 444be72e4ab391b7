// A query and the answer. The lines of an input are the query, a subject, who wrote it, and the text of a
// message.
#include "index/query.hpp"

#include <xapian.h>

#include "index/candidates.hpp"
#include "index/search.hpp"
#include "index/segments.hpp"
#include "tests/fuzz/property.hpp"
#include "text/width.hpp"

namespace genchi::fuzz {
namespace {

using namespace index;

QueryContext context() {
  QueryContext known;
  known.clients = [](std::string_view name) {
    return name.starts_with("青") ? std::vector<std::string>{"domain:aoba.example"}
                                  : std::vector<std::string>();
  };
  known.now = 1'772'428'800;
  return known;
}

MessageRecord read_message(std::string_view& input) {
  MessageRecord message;
  message.id = sha256("1");
  message.sent = {1'771'000'000, japan_offset_minutes};
  message.flags = flag_bulk;
  message.account = "みどり 歯科";
  message.conversation = "0123456789abcdef";
  message.identifiers = {"domain:aoba.example"};
  message.files = {{"御見積書 v2.pdf", "file"}};
  message.to = {{"Midori Shika", "info@midori.example"}};
  message.subject = to_valid_utf8(take_line(input));
  message.from.name = to_valid_utf8(take_line(input));
  message.from.address = ascii_lower(message.from.name) + "@aoba.example";
  message.text = to_valid_utf8(input);
  return message;
}

void check_places(std::string_view text, const std::vector<Highlight>& places) {
  std::size_t end = 0;
  for (const Highlight& place : places) {
    ALWAYS(place.begin >= end && place.begin < place.end && place.end <= text.size());
    ALWAYS(is_character_boundary(text, place.begin) && is_character_boundary(text, place.end));
    end = place.end;
  }
}

// What matches is among the candidates that the index gives.
void check_candidates(const Node& query, const MessageRecord& message) {
  Xapian::WritableDatabase db(std::string(), Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document blank;
  blank.add_boolean_term(std::string(prefix::blank));
  db.add_document(blank);
  const Xapian::docid id = db.add_document(make_document({{message}}, "Qm0000000000000001").document);
  Xapian::Enquire enquire(db);
  enquire.set_query(CandidateCompiler(db).compile(query));
  bool candidate = false;
  const Xapian::MSet found = enquire.get_mset(0, 2);
  for (auto it = found.begin(); it != found.end(); ++it) candidate |= *it == id;
  ALWAYS(candidate);
}

void check_snippet(const MessageRecord& message, const std::vector<Highlight>& highlights) {
  for (const std::size_t columns : {1, 2, 7, 40}) {
    const Snippet snippet = make_snippet(message, highlights, columns);
    ALWAYS(is_utf8(snippet.text) && !holds_any_of(snippet.text, "\n"));
    ALWAYS(display_width(snippet.text) <= std::max<std::size_t>(columns, 2));
    check_places(snippet.text, snippet.highlights);
  }
}

} // namespace

void try_input(std::string_view input) {
  const std::string_view written = take_line(input);
  std::unique_ptr<Node> query;
  try {
    query = parse_query(written, context());
  } catch (const QueryError& error) {
    ALWAYS(error.position() <= written.size() && *error.what() != '\0');
    return;
  }
  ALWAYS(dump(*query) == dump(*parse_query(written, context())));

  const MessageRecord message = read_message(input);
  if (matches(*query, message)) check_candidates(*query, message);
  const std::vector<Highlight> highlights = find_highlights(*query, message.text);
  check_places(message.text, highlights);
  if (query->op == Node::Op::word)
    ALWAYS(highlights.empty() == (find_folded(fold_body(message.text), query->folded) == std::string::npos));
  check_snippet(message, highlights);
}

} // namespace genchi::fuzz
