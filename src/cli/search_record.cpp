#include "cli/search_record.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

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

std::unique_ptr<Node> copy_of(const Node& node) {
  auto copy = std::make_unique<Node>();
  copy->op = node.op;
  copy->written = node.written;
  copy->folded = node.folded;
  copy->forms = node.forms;
  copy->open_end = node.open_end;
  copy->exact = node.exact;
  copy->field = node.field;
  copy->name = node.name;
  copy->identifiers = node.identifiers;
  copy->messages = node.messages;
  copy->channel = node.channel;
  copy->flag = node.flag;
  copy->begin = node.begin;
  copy->end = node.end;
  for (const auto& child : node.children) copy->children.push_back(copy_of(*child));
  return copy;
}

/// What stands side by side at the top of a query.
std::vector<const Node*> sides(const Node& query) {
  if (query.op != Node::Op::and_) return {&query};
  std::vector<const Node*> out;
  for (const auto& child : query.children) out.push_back(child.get());
  return out;
}

/// The fields that the catalogue counts by.
struct Filters {
  catalogue::MessageFilter catalogue;
  std::unique_ptr<Node> node;
  bool clients = false;
};

void narrow(const Node& node, Filters& filters) {
  catalogue::MessageFilter& filter = filters.catalogue;
  switch (node.field->kind) {
  case FieldKind::client: {
    std::vector<std::string> both;
    if (filter.identifiers)
      std::set_intersection(filter.identifiers->begin(), filter.identifiers->end(), node.identifiers.begin(), node.identifiers.end(), std::back_inserter(both));
    filter.identifiers = filter.identifiers ? std::move(both) : node.identifiers;
    filters.clients = true;
    break;
  }
  case FieldKind::channel:
    if (filter.channel && *filter.channel != node.channel) filter.identifiers.emplace(); // nothing is of two channels
    filter.channel = node.channel;
    break;
  case FieldKind::account:
    filter.accounts.push_back(node.written);
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
  case FieldKind::annotated:
    return;
  }
  filters.node = index::and_nodes(std::move(filters.node), copy_of(node));
}

/// The catalogue counts a mail for its main client only; a search finds it for each of them.
void count_for_all_clients(Store& store, const Filters& filters, catalogue::Coverage& coverage) {
  std::map<std::pair<Channel, std::string>, catalogue::Coverage::Row> rows;
  coverage.messages = coverage.hidden = 0;
  index::SearchOptions options;
  options.with_hidden = true;
  store.searcher().for_each(*filters.node, options, [&](index::Hit&& hit) {
    const MessageRecord& message = hit.message;
    const bool hidden = (message.flags & (flag_spam | flag_trash)) != 0;
    coverage.hidden += hidden;
    if (hidden && !filters.catalogue.with_hidden) return true;
    catalogue::Coverage::Row& row = rows[{message.channel, message.account}];
    const UtcSeconds sent = message.sent.utc;
    row.channel = message.channel;
    row.account = message.account;
    row.first = row.messages == 0 ? sent : std::min(row.first, sent);
    row.last = row.messages == 0 ? sent : std::max(row.last, sent);
    ++row.messages;
    ++coverage.messages;
    return true;
  });
  coverage.rows.clear();
  for (auto& [key, row] : rows) coverage.rows.push_back(std::move(row));
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

catalogue::Coverage coverage_of(Store& store, const Node& query, bool with_hidden) {
  Filters filters;
  filters.catalogue.with_hidden = with_hidden;
  for (const Node* node : sides(query))
    if (node->op == Node::Op::field) narrow(*node, filters);
  catalogue::Coverage coverage = store.catalogue().coverage(filters.catalogue);
  if (filters.clients) count_for_all_clients(store, filters, coverage);
  return coverage;
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

namespace {

/// Is it about something else than words, or about what is left out?
bool is_filter(const Node& node) {
  if (node.op == Node::Op::not_) return true;
  return !is_word(node) && std::all_of(node.children.begin(), node.children.end(), [](const auto& child) { return is_filter(*child); });
}

}  // namespace

void tell_of_nothing(Context& context, Store& store, const Node& query, bool with_hidden) {
  constexpr std::size_t most_words = 20;
  index::SearchOptions options;
  options.limit = 1;
  options.with_hidden = with_hidden;
  const auto words = words_of(query);
  std::string alone;
  std::vector<std::string> nearby;
  for (const Node* word : std::span(words).first(std::min(words.size(), most_words))) {
    std::unique_ptr<Node> within = copy_of(*word);
    for (const Node* filter : sides(query))
      if (is_filter(*filter)) within = index::and_nodes(std::move(within), copy_of(*filter));
    const auto found = store.searcher().search(*within, options);
    const std::string count = (found.complete ? "" : std::string(tr("about")) + " ") + std::to_string(found.count);
    alone += (alone.empty() ? "" : ", ") + for_terminal(word->written) + " " + count;
    if (!found.hits.empty() || !store.searcher().search(*word, options).hits.empty()) continue;
    std::string likes;
    for (const auto& like : store.searcher().suggestions(word->written)) likes += (likes.empty() ? "" : ", ") + for_terminal(like.text);
    if (!likes.empty()) nearby.push_back(trf("Nothing has \"{}\"; what is like it: {}", for_terminal(word->written), likes));
  }
  if (words.size() > most_words) alone += ", …";
  if (words.size() > 1) context.out.talk(trf("Messages with each word alone: {}", alone));
  for (const std::string& line : nearby) context.out.talk(line);
  context.out.talk(tr("Searched:"));
  for (const std::string& line : coverage_lines(coverage_of(store, query, with_hidden))) context.out.talk("  " + line);
}

}  // namespace genchi::cli
