// genchi mentions: a record of a search: what was looked for, in what, and what was found, or that nothing was.
#include <functional>
#include <nlohmann/json.hpp>
#include <tuple>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "cli/search_record.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using index::Node;
using nlohmann::ordered_json;

struct MentionsCommand {
  std::vector<std::string> words;
  ListOptions list;
  bool synonyms = false;
  bool hidden = false;
};

struct Mention {
  const Node* word = nullptr;
  std::uint64_t count = 0;
};

struct Record {
  std::unique_ptr<Node> query;
  std::vector<Mention> mentions; ///< of each word
  std::vector<std::string> clients;              ///< that --client means
  std::string first_day, last_day;               ///< that --since and --until mean
  catalogue::Coverage coverage;
  index::SearchResult result;
  std::uint64_t set_aside = 0;
  Seq head = 0;
  std::string head_hash;
};

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

void describe_filters(Store& store, const Node& filters, Record& record) {
  for (const auto& child : filters.children) describe_filters(store, *child, record);
  if (filters.op != Node::Op::field) return;
  if (filters.field->kind == index::FieldKind::client) record.clients = client_names(store, filters.identifiers);
  if (filters.field->kind == index::FieldKind::date) std::tie(record.first_day, record.last_day) = days_of(filters);
}

Record search(Context& context, Store& store, const MentionsCommand& command) {
  index::QueryContext names = query_context(context, store);
  if (!command.synonyms) names.synonyms.clear();
  Record record;
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
  options.limit = command.list.effective_limit(context.out);
  options.counted_exactly = SIZE_MAX;
  options.with_hidden = command.hidden;
  record.result = store.searcher().search(*record.query, options);
  if (record.result.count == 0) command.list.check_account(store);
  record.set_aside = store.archive().set_aside();
  record.head = store.archive().head();
  if (const auto rows = store.archive().journal(record.head - 1, 1); !rows.empty()) record.head_hash = sha256(rows.front().line).hex();
  return record;
}

/// Lines of the record: on standard output, or as talk beside rows of CSV.
using Say = std::function<void(const std::string& line)>;

void heading(const Say& say, const char* name, const std::string& text) { say("  " + pad_to_width(name, 18) + " " + text); }

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + for_terminal(word);
  return out;
}

void print_words(const Say& say, const Record& record) {
  for (const Mention& mention : record.mentions) {
    const ShownForms forms = shown_forms(*mention.word);
    heading(say, tr("looked for"), trf("{}: in {}", for_terminal(shown_word(*mention.word)), trn("{} message", "{} messages", mention.count)));
    heading(say, tr("  spellings"), for_terminal(spellings_line(*mention.word)));
    heading(say, tr("  synonyms"), forms.synonyms.empty() ? std::string(tr("none used")) : joined(forms.synonyms));
  }
}

void print_filters(const Say& say, const ListOptions& list, const Record& record) {
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

void print_record(const Context& context, const MentionsCommand& command, const Record& record, const Say& say) {
  const bool none = record.result.count == 0;
  say(context.out.bold(none ? tr("Record of a search (nothing found)") : tr("Record of a search")));
  heading(say, tr("made"), display_time(context.now, japan_offset_minutes));
  heading(say, tr("archive"), display_path(context.archive));
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

void print_limits(const Say& say) {
  say(tr("This records what was searched in this archive, and how. It does not show that something was never said:"));
  say(tr("what was not imported, was spoken, or stands in a picture or an attached file is not in it."));
}

void print_text(Context& context, Store& store, const MentionsCommand& command, const Record& record) {
  Output& out = context.out;
  const Say say = [&](const std::string& line) { out.line(line); };
  print_record(context, command, record, say);
  ClientNames names(store);
  for (const auto& hit : record.result.hits) {
    out.line();
    print_hit(out, hit, names, "");
  }
  out.line();
  print_limits(say);
}

void print_rows(Context& context, Store& store, const MentionsCommand& command, const Record& record) {
  ClientNames names(store);
  context.out.heading(message_json({}, {}, names, false));
  for (const auto& hit : record.result.hits)
    context.out.row(message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names, false));
  const Say say = [&](const std::string& line) { context.out.talk(line); };
  print_record(context, command, record, say);
  print_limits(say);
}

ordered_json record_json(Context& context, Store& store, const MentionsCommand& command, const Record& record) {
  const auto text_or_null = [](const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
  ordered_json row;
  row["made"] = iso8601({context.now, japan_offset_minutes});
  row["words"] = ordered_json::array();
  for (const Mention& mention : record.mentions) {
    const ShownForms forms = shown_forms(*mention.word);
    const bool exact = mention.word->exact;
    row["words"].push_back({{"word", mention.word->written},
                            {"exact", exact},
                            {"open", mention.word->open_end},
                            {"spellings", exact ? std::vector<std::string>{mention.word->written} : forms.spellings},
                            {"more_spellings", forms.more},
                            {"inflected", forms.inflected},
                            {"synonyms", forms.synonyms},
                            {"found", mention.count}});
  }
  row["client"] = text_or_null(command.list.client);
  row["channel"] = text_or_null(command.list.channel);
  row["account"] = text_or_null(command.list.account);
  row["since"] = text_or_null(command.list.since);
  row["until"] = text_or_null(command.list.until);
  row["clients"] = record.clients;
  row["days"] = {{"first", text_or_null(record.first_day)}, {"last", text_or_null(record.last_day)}};
  row["searched"] = coverage_json(record.coverage);
  row["hidden"] = {{"messages", record.coverage.hidden}, {"searched", command.hidden}};
  row["set_aside"] = record.set_aside;
  row["journal"] = {{"rows", record.head}, {"sha256", record.head_hash}};
  row["found"] = record.result.count;
  row["messages"] = ordered_json::array();
  ClientNames names(store);
  for (const auto& hit : record.result.hits)
    row["messages"].push_back(message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names, true));
  return row;
}

ExitCode run_mentions(Context& context, const MentionsCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const Record record = search(context, store, command);
  if (context.out.is_text()) {
    print_text(context, store, command, record);
  } else if (context.out.format() == Format::json) {
    context.out.row(record_json(context, store, command, record));
  } else {
    print_rows(context, store, command, record);
  }
  return record.result.count == 0 ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_mentions(Arguments program, Run& chosen) {
  auto command = std::make_shared<MentionsCommand>();
  Arguments sub = program.add_command("mentions", tr("record whether something was mentioned: what was searched, in what, and what was found"));
  sub.alias("言及");
  sub.add_argument("WORD", command->words, tr("words or \"phrases\"; any of them counts")).required();
  sub.add_flag("--synonyms", command->synonyms, tr("words of the same meaning, too"));
  sub.add_flag("--hidden", command->hidden, tr("spam and trash too"));
  command->list.add_to(sub, ListOptions::OurMarks::no);
  sub.footer(std::string(tr("Examples:\n"
                 "  genchi mentions 追加料金 --client 青葉\n"
                 "  genchi mentions キャンセル料 違約金 --client 青葉 --since 2025-04 --until 2025-09\n")) +
              "\n" + tr("Exit status: 0 it was mentioned, 1 it was not found, 2 wrong use or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_mentions(context, *command); }; });
}

}  // namespace genchi::cli
