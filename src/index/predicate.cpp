#include "index/predicate.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "index/search.hpp"
#include "index/word.hpp"
#include "text/fold.hpp"

namespace genchi::index {

namespace {

// The order in which a word is looked for: where most words stand, and what costs least.
constexpr std::array word_fields{TextField::text,  TextField::subject, TextField::from,
                                 TextField::files, TextField::to,      TextField::cc};

bool found(std::string_view haystack, std::string_view needle) {
  return needle.size() <= haystack.size() && find_folded(haystack, needle) != std::string_view::npos;
}

bool any_person_matches(const Node& node, const MessageRecord& record) {
  const auto fits = [&](const Person& person) {
    const bool literally = person.name.find(node.written) != std::string::npos || person.address.find(node.written) != std::string::npos;
    return (!node.exact || literally) && node.name->match(person.name, person.address) != NameMatch::none;
  };
  if (node.field->name == "from") return fits(record.from);
  const std::vector<Person>& people = node.field->name == "to" ? record.to : record.cc;
  return std::any_of(people.begin(), people.end(), fits);
}

bool is_of_client(const Node& node, const MessageRecord& record) {
  return std::any_of(
      record.identifiers.begin(), record.identifiers.end(), [&](const std::string& identifier) {
        return std::binary_search(node.identifiers.begin(), node.identifiers.end(), identifier);
      });
}

bool field_matches(const Node& node, FoldedMessage& message) {
  const MessageRecord& record = message.record();
  switch (node.field->kind) {
  case FieldKind::text:
    return message.field_has_word(node.field->name == "subject" ? TextField::subject : TextField::files, node);
  case FieldKind::people:
    return any_person_matches(node, record);
  case FieldKind::client:
    return is_of_client(node, record);
  case FieldKind::annotated:
    return (std::binary_search(node.messages.begin(), node.messages.end(), record.id) || is_of_client(node, record)) != node.others;
  case FieldKind::channel:
    return record.channel == node.channel;
  case FieldKind::account:
    return account_matches(node, fold(record.account));
  case FieldKind::date:
    return record.sent.utc >= node.begin && (record.sent.utc < node.end || node.end == INT64_MAX);
  case FieldKind::price:
    return std::any_of(record.facts.yen.begin(), record.facts.yen.end(), [&](std::int64_t yen) { return node.least <= yen && yen <= node.greatest; });
  case FieldKind::due:
    return std::any_of(record.facts.due.begin(), record.facts.due.end(), [&](const SoughtFacts::Days& days) { return days.first <= node.greatest && days.last >= node.least; });
  case FieldKind::has:
    if (node.folded == "price") return record.facts.price;
    if (node.folded == "date") return record.facts.date;
    return has_attached(record, node.folded);
  case FieldKind::is:
    if (node.flag != 0) return (record.flags & node.flag) != 0;
    return node.act == Act::none ? record.facts.conditional : record.facts.act == node.act;
  }
  return false;
}

/// Is it answered without folding a text?
bool is_cheap(const Node& node) {
  return node.op == Node::Op::field && node.field->kind != FieldKind::text &&
         node.field->kind != FieldKind::people;
}

/// Does one of the children answer `wanted`? The cheap ones are asked first.
bool any_child_is(bool wanted, const Node& node, FoldedMessage& message) {
  for (const bool cheap : {true, false})
    for (const auto& child : node.children)
      if (is_cheap(*child) == cheap && matches(*child, message) == wanted) return true;
  return false;
}

void collect_needles(const Node& node, bool positive, std::size_t limit, std::vector<Needle>& needles) {
  const bool is_word = node.op == Node::Op::word;
  const bool is_subject = node.op == Node::Op::field && node.field->name == "subject";
  if (positive && (is_word || is_subject) && needles.size() < limit) {
    const auto same = std::find_if(needles.begin(), needles.end(), [&](const Needle& n) {
      return n.word->folded == node.folded && n.word->exact == node.exact && n.subject_only == is_subject;
    });
    if (same == needles.end()) needles.push_back({&node, is_subject});
  }
  for (const auto& child : node.children)
    collect_needles(*child, node.op == Node::Op::not_ ? !positive : positive, limit, needles);
}

bool asks(const Node& node, std::uint32_t flags, bool positive) {
  if (node.op == Node::Op::field) return positive && node.field->kind == FieldKind::is && (node.flag & flags);
  const bool below = node.op == Node::Op::not_ ? !positive : positive;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const auto& child) { return asks(*child, flags, below); });
}

} // namespace

const std::string& FoldedMessage::field(TextField field) {
  auto& folded = fields_[static_cast<std::size_t>(field)];
  if (!folded) folded = folded_field(record_, field);
  return *folded;
}

bool FoldedMessage::has_word(const Node& word) {
  return std::any_of(word_fields.begin(), word_fields.end(),
                     [&](TextField where) { return field_has_word(where, word); });
}

bool FoldedMessage::field_has_word(TextField where, const Node& word) {
  const SearchedText searched{field(where), [this, where](std::size_t at) { return was_katakana(where, at); }};
  if (!index::has_word(word.forms, searched)) return false;
  if (!word.exact) return true;
  const std::vector<std::string_view> texts = written_texts(record_, where);
  return std::any_of(texts.begin(), texts.end(),
                     [&](std::string_view text) { return text.find(word.written) != std::string_view::npos; });
}

bool FoldedMessage::was_katakana(TextField where, std::size_t at) {
  auto& katakana = katakana_[static_cast<std::size_t>(where)];
  if (!katakana) {
    const std::string& all = field(where);
    katakana.emplace(all.size());
    std::size_t begin = 0;
    for (const std::string_view written : written_texts(record_, where)) {
      const FoldedText folded = where == TextField::text ? fold_body_with_map(written) : fold_with_map(written);
      const std::size_t place = all.find(folded.text, begin);
      if (place == std::string::npos) continue;
      for (std::size_t i = 0; i < folded.text.size(); ++i) (*katakana)[place + i] = index::was_katakana(written, folded, i);
      begin = place + folded.text.size();
    }
  }
  return (*katakana)[at];
}

std::vector<std::string_view> written_texts(const MessageRecord& m, TextField field) {
  const auto people = [](const std::vector<Person>& list) {
    std::vector<std::string_view> texts;
    for (const Person& person : list) {
      texts.push_back(person.name);
      texts.push_back(person.address);
    }
    return texts;
  };
  switch (field) {
  case TextField::subject:
    return {m.subject};
  case TextField::text:
    return {m.text};
  case TextField::from:
    return {m.from.name, m.from.address};
  case TextField::to:
    return people(m.to);
  case TextField::cc:
    return people(m.cc);
  case TextField::files:
    break;
  }
  std::vector<std::string_view> names;
  for (const AttachedFile& file : m.files) names.push_back(file.name);
  return names;
}

bool account_matches(const Node& node, std::string_view folded_account) {
  return found(folded_account, node.folded) ||
         found(without_inner_blanks(folded_account), without_inner_blanks(node.folded));
}

bool matches(const Node& query, FoldedMessage& message) {
  switch (query.op) {
  case Node::Op::all:
    return true;
  case Node::Op::word:
    return message.has_word(query);
  case Node::Op::field:
    return field_matches(query, message);
  case Node::Op::and_:
    return !any_child_is(false, query, message);
  case Node::Op::or_:
    return any_child_is(true, query, message);
  case Node::Op::not_:
    return !matches(*query.children.front(), message);
  }
  return false;
}

bool matches(const Node& query, const MessageRecord& message) {
  FoldedMessage folded(message);
  return matches(query, folded);
}

std::vector<Needle> positive_needles(const Node& query, std::size_t limit) {
  std::vector<Needle> needles;
  collect_needles(query, true, limit, needles);
  return needles;
}

bool asks_for_flags(const Node& query, std::uint32_t flags) {
  return asks(query, flags, true);
}

} // namespace genchi::index
