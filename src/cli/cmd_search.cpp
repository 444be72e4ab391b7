// genchi search: messages by words, phrases and fields.
#include <nlohmann/json.hpp>
#include <set>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

struct SearchCommand {
  std::vector<std::string> words;
  ListOptions list;
  std::string sort = "newest";
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

void print_text(Context& context, Store& store, const SearchCommand& command, const index::SearchResult& result) {
  ClientNames names(store);
  bool first = true;
  for (const auto& hit : result.hits) {
    if (!first) context.out.line();
    first = false;
    const auto around = command.context ? store.catalogue().neighbours(hit.message.id, command.context) : catalogue::Catalogue::Neighbours{};
    print_context(context, store, names, around.before);
    print_hit(context.out, hit, names, command.context ? "> " : "");
    print_context(context, store, names, around.after);
  }
}

void print_rows(Context& context, Store& store, const SearchCommand& command, const index::SearchResult& result) {
  ClientNames names(store);
  for (const auto& hit : result.hits) {
    auto row = message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names, context.out.format() == Format::json);
    if (command.context) {
      const auto around = store.catalogue().neighbours(hit.message.id, command.context);
      for (const auto& [key, ids] : {std::pair{"before", &around.before}, std::pair{"after", &around.after}}) {
        row[key] = nlohmann::ordered_json::array();
        for (const auto& id : *ids) row[key].push_back(id.hex());
      }
    }
    context.out.row(row);
  }
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
  if (command.explain)
    for (const std::string& line : explain(*tree)) context.out.talk(line);
  const index::SearchResult result = store.searcher().search(*tree, options);
  if (context.out.is_text()) print_text(context, store, command, result);
  else print_rows(context, store, command, result);

  std::string summary = result.complete ? trn("{} message", "{} messages", result.count) : trf("about {} messages", result.count);
  if (result.hits.size() < result.count) summary += trf(", {} shown (--limit 0 shows all)", result.hits.size());
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  context.out.talk((context.out.is_text() && !result.hits.empty() ? "\n" : "") + summary);
  return result.hits.empty() ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_search(CLI::App& app, Run& chosen) {
  auto command = std::make_shared<SearchCommand>();
  CLI::App* sub = app.add_subcommand("search", tr("find messages by words, phrases and fields"));
  sub->alias("検索");
  sub->add_option("QUERY", command->words, tr("words (all must occur), \"a phrase\", OR, NOT or -, ( ), field:value; none: every message"))->type_name("");
  sub->add_option("--sort", command->sort, tr("order of the hits"))->check(CLI::IsMember({"newest", "relevance"}))->capture_default_str();
  sub->add_option("-C,--context", command->context, tr("also show N messages of the same client before and after each hit"))->check(CLI::Range(0, 100))->type_name("N");
  sub->add_flag("--hidden", command->spam, tr("spam and trash too"));
  sub->add_flag("--literal", command->literal, tr("words as they are written: no other spellings, no synonyms"));
  sub->add_flag("--no-synonyms", command->no_synonyms, tr("no words of the same meaning"));
  sub->add_flag("--explain", command->explain, tr("first tell how the query was understood, and what each word is found by"));
  command->list.add_to(*sub);
  sub->footer(field_help() + "\n" + tr("Examples:\n"
                 "  genchi search 見積 サーバー移行\n"
                 "  genchi search '件名:請求 日付:2024-03..2024-05'\n"
                 "  genchi search '(見積 OR 請求) -下書き' --client 青葉\n"
                 "  genchi search 'has:photo' --channel line --since 先月 --format csv\n"
                 "A query that begins with - stands after --:  genchi search -- -下書き\n"
                 "\nExit status: 0 found, 1 nothing found, 2 wrong query or failure."));
  sub->callback([command, &chosen] { chosen = [command](Context& context) { return run_search(context, *command); }; });
}

}  // namespace genchi::cli
