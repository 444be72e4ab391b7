// What all lists have in common: filters, limits, freshness.
#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "cli/command.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

const index::Field& field_named(std::string_view name) {
  for (const auto& field : index::fields)
    if (field.name == name) return field;
  throw Error("no such field");
}

std::unique_ptr<index::Node> field_node(std::string_view name, const std::string& written) {
  auto node = std::make_unique<index::Node>();
  node->op = index::Node::Op::field;
  node->field = &field_named(name);
  node->written = written;
  node->folded = fold(written);
  return node;
}

/// Columns of the terminal that talk goes to; 80 where there is none.
std::size_t talk_columns() {
  constexpr std::size_t usual = 80;
  winsize size{};
  const bool known = ::isatty(STDERR_FILENO) != 0 && ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col >= 20 ? size.ws_col : usual;
}

/// The end of a text that takes at most `columns`.
std::string_view end_of(std::string_view text, std::size_t columns) {
  std::size_t begin = text.size();
  std::size_t used = 0;
  while (begin > 0) {
    std::size_t before = begin - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
    used += display_width(text.substr(before, begin - before));
    if (used > columns) break;
    begin = before;
  }
  return text.substr(begin);
}

/// A query on one line, or what stands around the place if it is wider than the terminal, and a caret below the place.
std::string with_caret(std::string_view query, std::size_t position) {
  constexpr std::size_t indent = 2;
  constexpr std::string_view ellipsis = "…";
  constexpr std::size_t reach = 4096; // bytes worth looking at: far more than a line
  position = std::min(position, query.size());
  std::size_t from = position - std::min(position, reach);
  while (from > 0 && from < position && (static_cast<unsigned char>(query[from]) & 0xC0) == 0x80) ++from;
  const std::string before = for_terminal(query.substr(from, position - from));
  std::size_t to = std::min(query.size(), position + reach);
  while (to < query.size() && (static_cast<unsigned char>(query[to]) & 0xC0) == 0x80) ++to;
  const std::string behind = for_terminal(query.substr(position, to - position));
  const std::size_t room = talk_columns() - indent - 1;
  std::string line = before;
  std::size_t column = display_width(before);
  if (from > 0 || column + display_width(behind) > room) {
    const std::size_t most = room * 2 / 3;
    if (from > 0 || column > most) {
      line = std::string(ellipsis) + std::string(end_of(before, most - 1));
      column = display_width(line);
    }
  }
  line += truncate_to_width(behind, room - column);
  return std::string(indent, ' ') + line + "\n" + std::string(indent + column, ' ') + "^";
}

DaySpan day_option(const char* option, const std::string& written, const index::QueryContext& context) {
  const auto span = parse_day_span(written, context.now, context.offset_minutes);
  if (!span)
    throw Error(trf("{}: \"{}\" is not a date", option, written),
                tr("Write it as 2024-04-01, 2024-04, 2024年4月, 令和6年4月1日, 去年 or 3か月前."));
  return *span;
}

index::Annotated annotated(const index::QueryContext& context, const char* field, const std::string& value) {
  index::Annotated found = context.annotated(field, value);
  if (!found.wrong.empty()) throw Error(trf("there is no mark \"{}\"", for_terminal(value)), found.wrong);
  std::sort(found.identifiers.begin(), found.identifiers.end());
  std::sort(found.messages.begin(), found.messages.end());
  return found;
}

}  // namespace

void WrittenOptions::add_to(Arguments command) {
  const std::string group = tr("Filters");
  command.add_option("--assignee", assignee, tr("only those this person of ours takes care of; - nobody")).not_empty().value_name(tr("NAME")).group(group);
  command.add_option("--mark", mark, tr("only those with this mark of ours, 要対応 or 対応済み")).not_empty().value_name(tr("NAME")).group(group);
  command.add_option("--tag", tag, tr("only those with this tag of ours")).not_empty().value_name(tr("NAME")).group(group);
}

std::vector<std::pair<const char*, std::string>> WrittenOptions::given() const {
  std::vector<std::pair<const char*, std::string>> out;
  for (const auto& [field, value] : {std::pair("assignee", &assignee), std::pair("mark", &mark), std::pair("tag", &tag)})
    if (!value->empty()) out.emplace_back(field, *value);
  return out;
}

std::vector<catalogue::WrittenOn> WrittenOptions::filter(const index::QueryContext& context) const {
  std::vector<catalogue::WrittenOn> out;
  for (const auto& [field, value] : given()) {
    index::Annotated found = annotated(context, field, value);
    out.push_back({std::move(found.identifiers), std::move(found.messages), found.others});
  }
  return out;
}

void ListOptions::add_to(Arguments command, OurMarks marks) {
  const std::string group = tr("Filters");
  command.add_option("--client", client, tr("only this client: number or part of the name")).not_empty().value_name(tr("NAME")).group(group);
  command.add_option("--channel", channel, tr("only this channel: mail, line, phone, meeting, fax, sms")).not_empty().value_name(tr("NAME")).group(group);
  command.add_option("--account", account, tr("only this account of ours")).not_empty().value_name(tr("NAME")).group(group);
  command.add_option("--since", since, tr("from this day, month or year on (2024-04-01, 2024年4月, 去年, 3か月前)")).not_empty().value_name(tr("DATE")).group(group);
  command.add_option("--until", until, tr("up to and including this day, month or year")).not_empty().value_name(tr("DATE")).group(group);
  if (marks == OurMarks::yes) written.add_to(command);
  command.add_option("--limit", limit, tr("at most so many; 0 all (default: 20 on a terminal, else all)")).between(0, std::int64_t{1} << 53).value_name("N").group(group);
}

std::unique_ptr<index::Node> ListOptions::node(const index::QueryContext& context) const {
  std::unique_ptr<index::Node> all;
  if (!client.empty()) {
    auto node = field_node("client", client);
    node->identifiers = context.clients(client);
    std::sort(node->identifiers.begin(), node->identifiers.end());
    if (node->identifiers.empty())
      throw Error(trf("no client is called \"{}\"", client), tr("`genchi clients` lists them."), ExitCode::nothing_found);
    all = index::and_nodes(std::move(all), std::move(node));
  }
  if (!channel.empty()) {
    const auto named = channel_from_name(channel);
    if (!named) throw Error(trf("--channel: there is no channel \"{}\"", channel), tr("Channels are: mail, line, phone, meeting, fax, sms."));
    auto node = field_node("channel", channel);
    node->channel = *named;
    all = index::and_nodes(std::move(all), std::move(node));
  }
  if (!account.empty()) all = index::and_nodes(std::move(all), field_node("account", account));
  if (!since.empty() || !until.empty()) {
    auto node = field_node("date", since + ".." + until);
    if (!since.empty()) node->begin = day_option("--since", since, context).begin;
    if (!until.empty()) node->end = day_option("--until", until, context).end;
    all = index::and_nodes(std::move(all), std::move(node));
  }
  for (const auto& [field, value] : written.given()) {
    auto node = field_node(field, value);
    index::Annotated found = annotated(context, field, value);
    node->identifiers = std::move(found.identifiers);
    node->messages = std::move(found.messages);
    node->others = found.others;
    all = index::and_nodes(std::move(all), std::move(node));
  }
  return all;
}

void ListOptions::check_account(Store& store) const {
  if (account.empty()) return;
  catalogue::MessageFilter filter;
  filter.accounts.push_back(account);
  const catalogue::Coverage held = store.catalogue().coverage(filter);
  if (held.messages + held.hidden > 0) return;
  throw Error(trf("no account of ours is called \"{}\"", account), tr("`genchi status` lists them."), ExitCode::nothing_found);
}

std::size_t ListOptions::effective_limit(const Output& out) const {
  if (limit) return static_cast<std::size_t>(*limit);
  return out.on_terminal() && out.is_text() ? 20 : 0;
}

std::unique_ptr<index::Node> parse_words(const std::vector<std::string>& words, const index::QueryContext& names) {
  std::string query;
  for (const auto& word : words) query += (query.empty() ? "" : " ") + word;
  if (!is_utf8(query)) throw Error(tr("the query is not UTF-8"), tr("Use a terminal in a UTF-8 locale."));
  try {
    return index::parse_query(query, names);
  } catch (const index::QueryError& e) {
    const bool in_saved = !e.saved().empty();
    throw Error(std::string(e.what()) + "\n" + with_caret(in_saved ? e.saved() : query, in_saved ? e.saved_position() : e.position()), e.hint());
  }
}

void add_wait(Arguments command, int& seconds) {
  command.add_option("--wait", seconds, tr("how long to wait when another process writes to the archive"))
      .between(0, 1'000'000)
      .value_name(tr("SECONDS"))
      .shows_default();
}

index::QueryContext query_context(const Context& context, Store& store) {
  index::QueryContext query;
  query.now = context.now;
  query.clients = [&store](std::string_view name) { return store.catalogue().identifiers_named(name); };
  query.annotated = [&store](std::string_view field, std::string_view value) { return WrittenBook(store).find(field, value); };
  query.saved = [&searches = context.settings.searches](std::string_view name) -> std::optional<std::string> {
    const auto saved = searches.find(std::string(name));
    if (saved == searches.end()) return std::nullopt;
    return saved->second;
  };
  query.client_words = context.settings.client_words;
  query.synonyms.insert(query.synonyms.end(), context.settings.synonyms.begin(), context.settings.synonyms.end());
  return query;
}

std::string freshness(Store& store) {
  const std::optional<UtcSeconds> line = store.catalogue().newest_download();
  std::optional<UtcSeconds> mail;
  for (const SourceKind kind : {SourceKind::mbox, SourceKind::maildir, SourceKind::eml})
    if (const auto last = store.archive().last_import(kind)) mail = std::max(mail.value_or(0), *last);
  std::string out;
  if (line) out = trf("LINE up to the download of {}", display_time(*line, japan_offset_minutes));
  if (mail) out += (out.empty() ? "" : tr(", ")) + trf("mail up to the import of {}", display_time(*mail, japan_offset_minutes));
  if (!store.is_current()) out += (out.empty() ? "" : tr(", ")) + std::string(tr("but the index is behind: an import is under way or was broken off"));
  return out;
}

void end_list(Output& out, std::string summary, const std::string& freshness) {
  if (!freshness.empty() && out.is_text() && !out.on_terminal()) out.line(freshness);
  else if (!freshness.empty()) summary += (summary.empty() ? "" : tr(". ")) + freshness;
  if (!summary.empty()) out.talk(summary);
}

void tell_of_erased(Context& context, const ImportSession::Result& result) {
  if (result.erased_rows > 0)
    context.out.talk(trn("The words of {} row that its sender took back were erased ([account] unsend = \"erase\").",
                         "The words of {} rows that their senders took back were erased ([account] unsend = \"erase\").", result.erased_rows));
  if (result.not_brought_back > 0)
    context.out.talk(trn("{} message that was erased was not brought back (import --restore-erased does).",
                         "{} messages that were erased were not brought back (import --restore-erased does).", result.not_brought_back));
  if (result.words_left > 0)
    context.out.talk(trn("{} row that may have been taken back was not erased, only hidden: another message of the same time may be meant, it does not show who wrote it, or its client is kept.",
                         "{} rows that may have been taken back were not erased, only hidden: other messages of the same time may be meant, they do not show who wrote them, or their clients are kept.",
                         result.words_left));
  if (result.erasing_waits)
    context.out.talk(tr("Another process reads the archive, so erased bytes may still lie in its folder. The next import goes on with it."));
}

bool tell_of_unreadable(Context& context, Store& store, std::uint64_t count) {
  if (count == 0) return false;
  constexpr std::size_t most_named = 5;
  context.out.talk(trn("{} original is damaged and was left out:", "{} originals are damaged and were left out:", count));
  for (const auto& damaged : store.catalogue().unreadable(most_named)) {
    const auto entry = store.archive().entry(damaged.entry);
    const auto import = entry ? store.archive().import_of(entry->import) : std::nullopt;
    std::string from = import ? import->source : std::string();
    if (entry && !entry->member.empty() && !from.ends_with(entry->member)) from += "/" + entry->member;
    if (entry && entry->place.line > 1) from += std::string(tr(", ")) + trf("line {}", entry->place.line);
    context.out.talk("  " + for_terminal(from) + ": " + for_terminal(damaged.reason));
  }
  if (count > most_named) context.out.talk("  …");
  context.out.talk(tr("Import these files again, or restore the archive from a backup. `genchi verify` names all damage."));
  return true;
}

}  // namespace genchi::cli
