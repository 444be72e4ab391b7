#include "cli/search_record.hpp"

#include <nlohmann/json.hpp>

#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using index::FieldKind;
using index::Node;
using nlohmann::ordered_json;

constexpr std::size_t most_gaps_shown = 5;

std::string minute(UtcSeconds utc) { return display_time(utc, japan_offset_minutes); }
std::string day(UtcSeconds utc) { return minute(utc).substr(0, 10); }

void narrow(const Node& node, catalogue::CoverageFilter& filter) {
  if (node.op == Node::Op::and_)
    for (const auto& child : node.children) narrow(*child, filter);
  if (node.op != Node::Op::field) return;
  switch (node.field->kind) {
  case FieldKind::client:
    filter.identifiers = node.identifiers;
    break;
  case FieldKind::channel:
    filter.channel = node.channel;
    break;
  case FieldKind::account:
    filter.account = node.written;
    break;
  case FieldKind::date:
    filter.begin = std::max(filter.begin, node.begin);
    filter.end = std::min(filter.end, node.end);
    break;
  case FieldKind::text:
  case FieldKind::people:
  case FieldKind::price:
  case FieldKind::due:
  case FieldKind::has:
  case FieldKind::is:
    break;
  }
}

bool is_word(const Node& node) {
  return node.op == Node::Op::word || (node.op == Node::Op::field && node.field->kind == FieldKind::text);
}

void collect_words(const Node& node, std::vector<const Node*>& words) {
  if (is_word(node)) words.push_back(&node);
  if (node.op != Node::Op::not_)
    for (const auto& child : node.children) collect_words(*child, words);
}

std::string row_line(const catalogue::Coverage::Row& row) {
  const std::string name = row.account.empty() ? channel_word(row.channel) : channel_word(row.channel) + " " + for_terminal(row.account);
  return pad_to_width(name, 24) + " " + trn("{} message", "{} messages", row.messages) + "  " + day(row.first) + " – " + day(row.last);
}

}  // namespace

catalogue::CoverageFilter filter_of(const Node& query) {
  catalogue::CoverageFilter filter;
  narrow(query, filter);
  return filter;
}

std::vector<const Node*> words_of(const Node& query) {
  std::vector<const Node*> words;
  collect_words(query, words);
  return words;
}

std::vector<std::string> coverage_lines(const catalogue::Coverage& coverage) {
  std::vector<std::string> lines;
  if (coverage.rows.empty()) lines.emplace_back(tr("no message of this kind is held"));
  for (const auto& row : coverage.rows) lines.push_back(row_line(row));
  for (std::size_t i = 0; i < std::min(coverage.gaps.size(), most_gaps_shown); ++i) {
    const auto& gap = coverage.gaps[i];
    lines.push_back(trf("LINE {}: nothing held from the download of {} to {}, where the next one begins", for_terminal(gap.chat), minute(gap.begin), day(gap.end)));
  }
  if (coverage.gaps.size() > most_gaps_shown)
    lines.push_back(trn("and {} more gap between LINE downloads", "and {} more gaps between LINE downloads", coverage.gaps.size() - most_gaps_shown));
  if (coverage.line_until) lines.push_back(trf("LINE is known up to the download of {}", minute(*coverage.line_until)));
  return lines;
}

ordered_json coverage_json(const catalogue::Coverage& coverage) {
  const auto time = [](UtcSeconds utc) { return iso8601({utc, japan_offset_minutes}); };
  ordered_json out;
  out["messages"] = coverage.messages;
  out["channels"] = ordered_json::array();
  for (const auto& row : coverage.rows)
    out["channels"].push_back({{"channel", channel_name(row.channel)},
                               {"account", row.account.empty() ? ordered_json(nullptr) : ordered_json(row.account)},
                               {"messages", row.messages},
                               {"first", time(row.first)},
                               {"last", time(row.last)}});
  out["gaps"] = ordered_json::array();
  for (const auto& gap : coverage.gaps)
    out["gaps"].push_back({{"account", gap.account.empty() ? ordered_json(nullptr) : ordered_json(gap.account)},
                           {"chat", gap.chat},
                           {"from", time(gap.begin)},
                           {"until", time(gap.end)}});
  out["line_until"] = coverage.line_until ? ordered_json(time(*coverage.line_until)) : ordered_json(nullptr);
  return out;
}

void tell_of_nothing(Context& context, Store& store, const Node& query, bool with_hidden) {
  index::SearchOptions options;
  options.limit = 1;
  options.with_hidden = with_hidden;
  const auto words = words_of(query);
  std::string alone;
  std::vector<std::string> nearby;
  for (const Node* word : words) {
    const auto found = store.searcher().search(*word, options);
    const std::string count = (found.complete ? "" : std::string(tr("about")) + " ") + std::to_string(found.count);
    alone += (alone.empty() ? "" : ", ") + for_terminal(word->written) + " " + count;
    if (!found.hits.empty()) continue;
    std::string likes;
    for (const auto& like : store.searcher().suggestions(word->written)) likes += (likes.empty() ? "" : ", ") + for_terminal(like.text);
    if (!likes.empty()) nearby.push_back(trf("Nothing has \"{}\"; what is like it: {}", for_terminal(word->written), likes));
  }
  if (words.size() > 1) context.out.talk(trf("Messages with each word alone: {}", alone));
  for (const std::string& line : nearby) context.out.talk(line);
  context.out.talk(tr("Searched:"));
  for (const std::string& line : coverage_lines(store.catalogue().coverage(filter_of(query)))) context.out.talk("  " + line);
}

}  // namespace genchi::cli
