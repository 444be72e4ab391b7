#include "cli/mentions_record.hpp"

#include <tuple>

#include "base/files.hpp"
#include "cli/search_record.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using index::Node;

std::unique_ptr<Node> any_of(std::vector<std::unique_ptr<Node>> words) {
  if (words.size() == 1) return std::move(words.front());
  auto any = std::make_unique<Node>();
  any->op = Node::Op::or_;
  any->children = std::move(words);
  return any;
}

std::uint64_t count_of(Store& store, const Node& query, bool hidden) {
  index::SearchOptions options;
  options.limit = 1;
  options.counted_exactly = SIZE_MAX;
  options.with_hidden = hidden;
  return store.searcher().search(query, options).count;
}

/// A word or phrase: a record of a search says of each by itself what it found.
std::unique_ptr<Node> parse_word(const std::string& written, const index::QueryContext& names) {
  auto word = parse_words({written}, names);
  if (word->op != Node::Op::word)
    throw Error(trf("\"{}\" is more than a word", for_terminal(written)), tr("Put a \"phrase\" in quotation marks, and filters into options."));
  return word;
}

void describe_filters(Store& store, const Node& filters, MentionsRecord& record) {
  for (const auto& child : filters.children) describe_filters(store, *child, record);
  if (filters.op != Node::Op::field) return;
  if (filters.field->kind == index::FieldKind::client) record.clients = client_names(store, filters.identifiers);
  if (filters.field->kind == index::FieldKind::date) std::tie(record.first_day, record.last_day) = days_of(filters);
}

}  // namespace

MentionsRecord record_mentions(Context& context, Store& store, const MentionsQuery& command, std::size_t limit) {
  index::QueryContext names = query_context(context, store);
  if (!command.synonyms) names.synonyms.clear();
  MentionsRecord record;
  record.made = context.now;
  record.archive = display_path(context.archive);
  std::vector<std::unique_ptr<Node>> words;
  if (const auto filters = command.list.node(names)) describe_filters(store, *filters, record);
  for (const std::string& written : command.words) {
    words.push_back(parse_word(written, names));
    const auto within = index::and_nodes(parse_word(written, names), command.list.node(names));
    record.mentions.push_back({words.back().get(), count_of(store, *within, command.hidden)});
  }
  record.query = index::and_nodes(any_of(std::move(words)), command.list.node(names));
  record.coverage = coverage_of(store, *record.query, command.hidden);

  index::SearchOptions options;
  options.limit = limit;
  options.counted_exactly = SIZE_MAX;
  options.with_hidden = command.hidden;
  record.result = store.searcher().search(*record.query, options);
  if (record.result.count == 0) command.list.check_account(store);
  record.set_aside = store.archive().set_aside();
  record.head = store.archive().head();
  if (const auto rows = store.archive().journal(record.head - 1, 1); !rows.empty()) record.head_hash = sha256(rows.front().line).hex();
  return record;
}

namespace {

void heading(const Say& say, const char* name, const std::string& text) { say("  " + pad_to_width(name, 18) + " " + text); }

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + for_terminal(word);
  return out;
}

void print_words(const Say& say, const MentionsRecord& record) {
  for (const Mention& mention : record.mentions) {
    const ShownForms forms = shown_forms(*mention.word);
    heading(say, tr("looked for"), trf("{}: in {}", for_terminal(shown_word(*mention.word)), trn("{} message", "{} messages", mention.count)));
    heading(say, tr("  spellings"), for_terminal(spellings_line(*mention.word)));
    heading(say, tr("  synonyms"), forms.synonyms.empty() ? std::string(tr("none used")) : joined(forms.synonyms));
  }
}

void print_filters(const Say& say, const ListOptions& list, const MentionsRecord& record) {
  const auto with_meaning = [](const std::string& written, const std::string& meaning) {
    return meaning.empty() || meaning == written ? written : written + ": " + meaning;
  };
  const std::pair<const char*, std::string> filters[] = {{tr("client"), with_meaning(list.client, list.client.empty() ? "" : joined(record.clients))},
                                                         {tr("channel"), list.channel},
                                                         {tr("account"), list.account},
                                                         {tr("since"), with_meaning(list.since, record.first_day)},
                                                         {tr("until"), with_meaning(list.until, record.last_day)}};
  for (const auto& [name, value] : filters)
    if (!value.empty()) heading(say, name, for_terminal(value));
}

}  // namespace

void tell_record(const MentionsQuery& command, const MentionsRecord& record, const std::function<std::string(const std::string&)>& bold, const Say& say) {
  const bool none = record.result.count == 0;
  say(bold(none ? tr("Record of a search (nothing found)") : tr("Record of a search")));
  heading(say, tr("made"), display_time(record.made, japan_offset_minutes));
  if (!record.archive.empty()) heading(say, tr("archive"), record.archive);
  heading(say, tr("journal"), trf("{} rows; SHA-256 of the last {}", record.head, record.head_hash));
  print_words(say, record);
  print_filters(say, command.list, record);
  heading(say, tr("searched"), trn("{} message", "{} messages", record.coverage.messages));
  for (const std::string& line : coverage_lines(record.coverage)) say("    " + line);
  const std::string hidden = record.coverage.hidden == 0 ? std::string(tr("none")) : trn("{} message", "{} messages", record.coverage.hidden);
  heading(say, tr("spam and trash"), record.coverage.hidden == 0 ? hidden : hidden + (command.hidden ? tr(", searched as well") : tr(", not searched (--hidden searches them)")));
  heading(say, tr("not readable"), record.set_aside == 0 ? std::string(tr("nothing")) : trn("{} original is held but could not be read", "{} originals are held but could not be read", record.set_aside));
  heading(say, tr("found"), none ? std::string(tr("nothing")) : trn("{} message", "{} messages", record.result.count));
}

void tell_limits(const Say& say) {
  say(tr("This records what was searched in this archive, and how. It does not show that something was never said:"));
  say(tr("what was not imported, was spoken, or stands in a picture or an attached file is not in it."));
}

}  // namespace genchi::cli
