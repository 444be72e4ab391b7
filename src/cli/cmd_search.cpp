// genchi search: messages by words, phrases and fields.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <unordered_set>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "cli/search_record.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

struct SearchCommand {
  std::vector<std::string> words;
  ListOptions list;
  std::string sort = "newest";
  std::string per; ///< "message", "conversation", or empty: messages, then conversations
  std::size_t context = 0;
  bool spam = false;
  bool literal = false;
  bool no_synonyms = false;
  bool explain = false;
};

std::string field_help() {
  std::string out = std::string(tr("Fields:")) + "\n";
  for (const auto& field : index::fields) {
    std::string names(field.name);
    for (const auto other : field.other_names)
      if (!other.empty()) names += " " + std::string(other);
    out += "  " + pad_to_width(names, 34) + " " + tr(std::string(field.help).c_str()) + "  (" + std::string(field.example) + ")\n";
  }
  return out;
}

/// Prints the messages before and after a hit that belong to the same client.
void print_context(Context& context, Store& store, ClientNames& names, const std::vector<Sha256>& ids) {
  for (const auto& id : ids) {
    auto record = store.catalogue().record(id);
    if (!record) continue;
    index::Hit hit;
    hit.message = std::move(*record);
    print_hit(context.out, hit, names, "  ");
  }
}

/// What a search found: messages, or the conversations of them, then conversations whose words are spread.
struct Answer {
  index::SearchResult messages;
  index::ConversationResult conversations;
  index::ConversationResult spread;
  std::uint64_t printed = 0;  ///< of messages.count, in earlier parts

  std::uint64_t shown() const { return printed + messages.hits.size() + conversations.hits.size() + spread.hits.size(); }
  std::uint64_t count() const { return messages.count + conversations.count + spread.count; }
};

bool per_conversation(const SearchCommand& command) { return command.per == "conversation"; }

/// Prints every message that matches, as they come, and then the conversations in which the words are spread.
template <typename Printer>
Answer print_all(Store& store, const SearchCommand& command, const index::Node& query, const index::SearchOptions& options, Printer& printer) {
  Answer all;
  std::unordered_set<std::string> answered;
  store.searcher().each_by_time(query, options, [&](index::Hit&& hit) {
    if (command.per != "message") answered.insert(hit.message.conversation);
    Answer one;
    one.messages.hits.push_back(std::move(hit));
    printer.print(one);
    ++all.printed;
    return true;
  });
  all.messages.count = all.printed;
  if (command.per != "message") all.spread = store.searcher().spread(query, options, answered);
  if (all.count() == 0) command.list.check_account(store);
  printer.print(all);
  return all;
}

/// Words that are spread are looked for only if the page has room for them: then all messages that match are known.
Answer find(Store& store, const SearchCommand& command, const index::Node& query, index::SearchOptions options) {
  Answer answer;
  index::Searcher& searcher = store.searcher();
  if (per_conversation(command)) answer.conversations = searcher.by_conversation(query, options);
  else answer.messages = searcher.search(query, options);
  if (command.per == "message" || (options.limit > 0 && answer.shown() >= options.limit)) return answer;
  if (options.limit > 0) options.limit -= static_cast<std::size_t>(answer.shown());
  std::unordered_set<std::string> answered;
  for (const auto& hit : answer.messages.hits) answered.insert(hit.message.conversation);
  for (const auto& hit : answer.conversations.hits) answered.insert(hit.conversation);
  answer.spread = searcher.spread(query, options, answered);
  return answer;
}

class TextPrinter {
 public:
  TextPrinter(Context& context, Store& store, const SearchCommand& command)
      : out_(context.out), context_(context), store_(store), names_(store), around_(command.context) {}

  void print(const Answer& answer) {
    for (const auto& hit : answer.messages.hits) print_messages({&hit, 1});
    for (const auto& conversation : answer.conversations.hits) print_messages(conversation.messages);
    if (answer.spread.hits.empty()) return;
    part();
    out_.line(tr("The words stand in different messages of one conversation:"));
    for (const auto& conversation : answer.spread.hits) print_messages(conversation.messages);
  }

 private:
  void part() {
    if (!first_) out_.line();
    first_ = false;
  }

  /// Messages that belong together, with those of the same client around them.
  void print_messages(std::span<const index::Hit> hits) {
    if (hits.empty()) return;
    part();
    if (around_) print_context(context_, store_, names_, store_.catalogue().neighbours(hits.front().message.id, around_).before);
    for (const auto& hit : hits) print_hit(out_, hit, names_, around_ ? "> " : "");
    if (around_) print_context(context_, store_, names_, store_.catalogue().neighbours(hits.back().message.id, around_).after);
  }

  Output& out_;
  Context& context_;
  Store& store_;
  ClientNames names_;
  std::size_t around_;
  bool first_ = true;
};

class RowPrinter {
 public:
  RowPrinter(Context& context, Store& store, const SearchCommand& command, const index::Node& query)
      : out_(context.out), store_(store), names_(store), around_(command.context), grouped_(per_conversation(command)) {
    for (const index::Node* word : words_of(query))
      if (std::find(words_.begin(), words_.end(), word->written) == words_.end()) words_.push_back(word->written);
  }

  void print(const Answer& answer) {
    if (answer.shown() == 0) out_.heading(empty_row());
    for (const auto& hit : answer.messages.hits) out_.row(message_row(hit, Spread::no));
    for (const auto& hit : answer.conversations.hits) out_.row(conversation_row(hit));
    for (const auto& conversation : answer.spread.hits) {
      if (grouped_) {
        out_.row(conversation_row(conversation));
        continue;
      }
      for (const auto& hit : conversation.messages) out_.row(message_row(hit, Spread::yes));
    }
  }

 private:
  enum class Spread { no, yes };

  bool is_json() const { return out_.format() == Format::json; }

  // CSV has its columns from the first row.
  void say_spread(nlohmann::ordered_json& row, Spread spread) const {
    if (spread == Spread::yes) row["spread"] = true;
    else if (!is_json()) row["spread"] = nullptr;
  }

  /// With the keys of a row, for the heading of CSV.
  nlohmann::ordered_json empty_row() {
    if (grouped_) return conversation_row({{}, std::vector<index::Hit>(1), 0});
    auto row = message_json({}, {}, names_, is_json());
    say_spread(row, Spread::no);
    if (around_) row["before"] = row["after"] = nullptr;
    return row;
  }

  nlohmann::ordered_json message_row(const index::Hit& hit, Spread spread) {
    auto row = message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names_, is_json());
    say_spread(row, spread);
    if (around_) {
      const auto around = store_.catalogue().neighbours(hit.message.id, around_);
      for (const auto& [key, ids] : {std::pair{"before", &around.before}, std::pair{"after", &around.after}}) {
        row[key] = nlohmann::ordered_json::array();
        for (const auto& id : *ids) row[key].push_back(id.hex());
      }
    }
    return row;
  }

  nlohmann::ordered_json conversation_row(const index::ConversationHit& hit) {
    nlohmann::ordered_json row;
    const MessageRecord& first = hit.messages.front().message;
    const auto clients = names_.all(first);
    row["conversation"] = first.conversation.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(first.conversation);
    row["client"] = clients.empty() ? nlohmann::ordered_json(nullptr) : label_json(clients.front());
    row["channel"] = channel_name(first.channel);
    row["from"] = iso8601(first.sent);
    row["until"] = iso8601(hit.messages.back().message.sent);
    row["words"] = words_;
    const Spread spread = hit.span > 0 ? Spread::yes : Spread::no;
    say_spread(row, spread);
    row["messages"] = nlohmann::ordered_json::array();
    for (const auto& message : hit.messages)
      row["messages"].push_back(is_json() ? message_row(message, spread) : nlohmann::ordered_json(message.message.id.hex()));
    return row;
  }

  Output& out_;
  Store& store_;
  ClientNames names_;
  std::size_t around_;
  bool grouped_;
  std::vector<std::string> words_;
};

/// "2 messages, 1 conversation with the words in different messages, 3 shown".
std::string summary_of(const SearchCommand& command, const Answer& answer) {
  std::string out;
  if (per_conversation(command)) {
    const std::uint64_t count = answer.conversations.count;
    if (count > 0 || answer.spread.count == 0) out = answer.conversations.complete ? trn("{} conversation", "{} conversations", count) : trf("about {} conversations", count);
  } else {
    const std::uint64_t count = answer.messages.count;
    out = answer.messages.complete ? trn("{} message", "{} messages", count) : trf("about {} messages", count);
  }
  const auto& spread = answer.spread;
  const std::string comma = out.empty() ? "" : tr(", ");
  if (!spread.complete)
    out += comma + trf("at least {} conversations with the words in different messages (older ones were not looked through)", spread.count);
  else if (spread.count > 0)
    out += comma + trn("{} conversation with the words in different messages", "{} conversations with the words in different messages", spread.count);
  if (answer.shown() < answer.count()) out += trf(", {} shown (--limit 0 shows all)", answer.shown());
  return out;
}

ExitCode run_search(Context& context, const SearchCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  index::QueryContext names = query_context(context, store);
  names.spellings = !command.literal;
  if (command.literal || command.no_synonyms) names.synonyms.clear();
  const std::unique_ptr<index::Node> tree = index::and_nodes(parse_words(command.words, names), command.list.node(names));

  index::SearchOptions options;
  options.sort = command.sort == "relevance" ? index::SearchOptions::Sort::relevance : index::SearchOptions::Sort::newest;
  options.limit = command.list.effective_limit(context.out);
  options.with_hidden = command.spam;
  const auto explain_query = [&] {
    for (const std::string& line : explain(*tree, store)) context.out.talk(line);
  };
  if (command.explain) explain_query();
  const auto run = [&](auto&& printer) {
    if (options.limit == 0 && options.sort == index::SearchOptions::Sort::newest && !per_conversation(command))
      return print_all(store, command, *tree, options, printer);
    Answer found = find(store, command, *tree, options);
    if (found.count() == 0) command.list.check_account(store);
    printer.print(found);
    return found;
  };
  const Answer answer = context.out.is_text() ? run(TextPrinter(context, store, command)) : run(RowPrinter(context, store, command, *tree));

  std::string summary = summary_of(command, answer);
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  context.out.talk((context.out.is_text() && answer.shown() > 0 ? "\n" : "") + summary);
  if (answer.shown() == 0 && tree->op != index::Node::Op::all) {
    if (!command.explain) explain_query();
    tell_of_nothing(context, store, *tree, command.spam);
  }
  return answer.shown() == 0 ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_search(Arguments program, Run& chosen) {
  auto command = std::make_shared<SearchCommand>();
  Arguments sub = program.add_command("search", tr("find messages by words, phrases and fields"));
  sub.alias("検索");
  sub.add_argument("QUERY", command->words, tr("words (all must occur, in any spelling), \"a phrase\", =\"letter for letter\", begin*, OR, NOT or -, ( ), field:value, @saved; none: every message"));
  sub.add_option("--sort", command->sort, tr("order of the hits")).one_of({"newest", "relevance"}).shows_default();
  sub.add_option("--per", command->per, tr("message: only messages that hold all words; conversation: what is found by conversation (default: messages, then conversations whose messages hold the words together)")).one_of({"message", "conversation"});
  sub.add_option("-C,--context", command->context, tr("also show N messages of the same client before and after each hit")).between(0, 100).value_name("N");
  sub.add_flag("--hidden", command->spam, tr("spam and trash too"));
  sub.add_flag("--literal", command->literal, tr("words as they are written: no other spellings, no synonyms"));
  sub.add_flag("--no-synonyms", command->no_synonyms, tr("no words of the same meaning"));
  sub.add_flag("--explain", command->explain, tr("first tell how the query was understood, and what each word is found by"));
  command->list.add_to(sub);
  sub.footer(field_help() + "\n" + tr("Examples:\n"
                 "  genchi search 見積 サーバー移行\n"
                 "  genchi search '件名:請求 日付:2024-03..2024-05'\n"
                 "  genchi search '(見積 OR 請求) -下書き' --client 青葉\n"
                 "  genchi search 'has:photo' --channel line --since 先月 --format csv\n"
                 "A query that begins with - stands after --:  genchi search -- -下書き\n"
                 "\nExit status: 0 found, 1 nothing found, 2 wrong query or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_search(context, *command); }; });
}

}  // namespace genchi::cli
