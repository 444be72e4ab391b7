// How a query was understood, in words.
#include <algorithm>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using index::FieldKind;
using index::Form;
using index::Node;

bool is_text(const Node& node) {
  return node.op == Node::Op::word || (node.op == Node::Op::field && node.field->kind == FieldKind::text);
}

std::string leaf(const Node& node) {
  const std::string field = node.op == Node::Op::field ? std::string(node.field->name) + ":" : "";
  if (node.op == Node::Op::field && node.field->kind == FieldKind::date) {
    const auto [first, last] = days_of(node);
    return field + first + ".." + last;
  }
  return field + (node.exact ? "=" : "") + "\"" + node.written + "\"" + (node.open_end ? "*" : "");
}

std::string tree(const Node& node, bool nested) {
  switch (node.op) {
  case Node::Op::all:
    return tr("every message");
  case Node::Op::word:
  case Node::Op::field:
    return leaf(node);
  case Node::Op::not_:
    return "NOT " + tree(*node.children.front(), true);
  case Node::Op::and_:
  case Node::Op::or_:
    break;
  }
  std::string out;
  for (const auto& child : node.children)
    out += (out.empty() ? "" : node.op == Node::Op::and_ ? " AND " : " OR ") + tree(*child, true);
  return nested ? "(" + out + ")" : out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void explain_leaves(const Node& node, Store& store, std::vector<std::string>& lines) {
  for (const auto& child : node.children) explain_leaves(*child, store, lines);
  if (node.op == Node::Op::field && node.field->kind == FieldKind::client) {
    const std::vector<std::string> named = client_names(store, node.identifiers);
    lines.push_back("  " + leaf(node) + ": " + (named.empty() ? std::string(tr("no client is called so")) : joined(named)));
  }
  if (node.op == Node::Op::field && node.field->kind == FieldKind::annotated) {
    const std::string messages = node.messages.empty() ? std::string() : trn("{} message", "{} messages", node.messages.size());
    const std::string clients = joined(client_names(store, node.identifiers));
    const std::string those = clients + (clients.empty() || messages.empty() ? "" : tr(", ")) + messages;
    lines.push_back("  " + leaf(node) + ": " + (those.empty() ? std::string(node.others ? tr("everything") : tr("nothing has it")) : node.others ? trf("all but {}", those) : those));
  }
  if (node.op == Node::Op::field && node.field->kind == FieldKind::people && !node.exact)
    if (const auto named = client_names(store, store.catalogue().identifiers_named(node.written)); !named.empty())
      lines.push_back("  " + leaf(node) + ": " + trf("clients called so: {}", joined(named)));
  if (!is_text(node)) return;
  lines.push_back("  " + leaf(node) + ": " + spellings_line(node));
  if (const ShownForms forms = shown_forms(node); !forms.synonyms.empty())
    lines.push_back("    " + trf("synonyms: {}", joined(forms.synonyms)));
}

}  // namespace

std::pair<std::string, std::string> days_of(const Node& date) {
  const auto day = [](UtcSeconds utc) {
    if (utc == INT64_MIN || utc == INT64_MAX) return std::string();
    const std::string time = iso8601({utc, japan_offset_minutes});
    return time.substr(0, 10) + (time.substr(11, 8) == "00:00:00" ? "" : " " + time.substr(11, 5));
  };
  // The end is the first moment that does not count; people name the last day that does.
  return {day(date.begin), date.end == INT64_MAX ? "" : day(date.end - 1).substr(0, 10)};
}

std::vector<std::string> client_names(Store& store, const std::vector<std::string>& identifiers) {
  constexpr std::size_t most_named = 8;
  ClientNames labels(store);
  std::vector<std::string> named;
  for (const std::string& identifier : identifiers) {
    if (named.size() == most_named) {
      named.emplace_back("…");
      break;
    }
    const ClientNames::Label& label = labels.of(identifier);
    std::string shown = label.number == 0 ? identifier : label.name + " (" + std::to_string(label.number) + ")";
    if (std::find(named.begin(), named.end(), shown) == named.end()) named.push_back(std::move(shown));
  }
  return named;
}

std::string shown_word(const Node& word) { return leaf(word); }

std::string spellings_line(const Node& word) {
  if (word.exact) return tr("letter for letter");
  const ShownForms forms = shown_forms(word);
  std::string line = joined(forms.spellings);
  if (forms.more > 0) line += std::string(tr(", ")) + trf("and {} more combinations of these", forms.more);
  if (word.open_end) line += std::string(" ") + tr("(and words that begin so)");
  if (forms.inflected) line += std::string(" ") + tr("(and with other English endings)");
  return line;
}

ShownForms shown_forms(const Node& word) {
  ShownForms shown;
  for (const Form& form : word.forms) {
    if (form.why == Form::Why::inflection) shown.inflected = true;
    if (!form.stem.empty() || form.open_end) continue;
    const bool is_synonym = form.why == Form::Why::synonym;
    auto& list = is_synonym ? shown.synonyms : shown.spellings;
    const auto add = [&](const std::string& text) {
      if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
    };
    if (is_synonym || form.why == Form::Why::written) {
      add(is_synonym ? form.synonym : word.written);
    } else if (form.spelling.parts) {
      constexpr std::size_t most_listed = 24;
      const std::vector<std::string> examples = examples_of(form.spelling, most_listed);
      // The first one is the word as it was typed.
      for (std::size_t i = 1; i < examples.size(); ++i) add(examples[i]);
      shown.more = combinations_of(form.spelling) - examples.size();
    } else {
      add(form.spelling.shown);
    }
  }
  return shown;
}

std::vector<std::string> explain(const Node& query, Store& store) {
  std::vector<std::string> lines{trf("Understood as: {}", tree(query, false))};
  explain_leaves(query, store, lines);
  for (std::string& line : lines) line = for_terminal(line);
  return lines;
}

}  // namespace genchi::cli
