// How a query was understood, in words.
#include <algorithm>

#include "cli/command.hpp"
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
    const auto day = [](UtcSeconds utc) {
      if (utc == INT64_MIN || utc == INT64_MAX) return std::string();
      const std::string time = iso8601({utc, japan_offset_minutes});
      return time.substr(0, 10) + (time.substr(11, 8) == "00:00:00" ? "" : " " + time.substr(11, 5));
    };
    // The end is the first moment that does not count; people name the last day that does.
    return field + day(node.begin) + ".." + (node.end == INT64_MAX ? "" : day(node.end - 1).substr(0, 10));
  }
  const bool open = !node.forms.empty() && node.forms.front().open_end;
  return field + (node.exact ? "=" : "") + "\"" + node.written + "\"" + (open ? "*" : "");
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

void explain_leaves(const Node& node, std::vector<std::string>& lines) {
  for (const auto& child : node.children) explain_leaves(*child, lines);
  if (node.op == Node::Op::field && node.field->kind == FieldKind::client) {
    constexpr std::size_t most_named = 8;
    std::vector<std::string> named(node.identifiers.begin(), node.identifiers.begin() + static_cast<std::ptrdiff_t>(std::min(node.identifiers.size(), most_named)));
    if (named.size() < node.identifiers.size()) named.emplace_back("…");
    lines.push_back("  " + leaf(node) + ": " + (named.empty() ? std::string(tr("no client is called so")) : joined(named)));
  }
  if (!is_text(node)) return;
  if (node.exact) return lines.push_back("  " + leaf(node) + ": " + tr("letter for letter"));
  const ShownForms forms = shown_forms(node);
  std::string line = "  " + leaf(node) + ": " + joined(forms.spellings);
  if (forms.inflected) line += std::string(" ") + tr("(and with other English endings)");
  lines.push_back(line);
  if (!forms.synonyms.empty()) lines.push_back("    " + trf("synonyms: {}", joined(forms.synonyms)));
}

}  // namespace

ShownForms shown_forms(const Node& word) {
  ShownForms shown;
  for (const Form& form : word.forms) {
    if (form.why == Form::Why::inflection) shown.inflected = true;
    if (!form.stem.empty()) continue;
    const bool is_synonym = form.why == Form::Why::synonym;
    auto& list = is_synonym ? shown.synonyms : shown.spellings;
    const std::string& text = is_synonym ? form.synonym : form.why == Form::Why::written ? word.written : form.spelling.folded;
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  }
  return shown;
}

std::vector<std::string> explain(const Node& query) {
  std::vector<std::string> lines{trf("Understood as: {}", tree(query, false))};
  explain_leaves(query, lines);
  for (std::string& line : lines) line = for_terminal(line);
  return lines;
}

}  // namespace genchi::cli
