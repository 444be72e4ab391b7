// genchi clients: who is in the archive. What changes that stands in client_edit.cpp.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/client_edit.hpp"
#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Client;

struct ClientsCommand {
  ListOptions list;
};

bool fits(const Client& client, const ListOptions& list, const std::vector<std::string>& named, const index::QueryContext& context) {
  if (!list.client.empty() && std::find(named.begin(), named.end(), client.identifiers.front()) == named.end()) return false;
  if (!list.account.empty() && find_folded(fold(client.account), fold(list.account)) == std::string::npos) return false;
  if (!list.channel.empty()) {
    const auto channel = channel_from_name(list.channel);
    if (!channel) throw Error(trf("--channel: there is no channel \"{}\"", list.channel), tr("Channels are: mail, line, phone, meeting, fax, sms."));
    if (!(*channel == Channel::mail && client.mail) && !(*channel == Channel::line && client.line)) return false;
  }
  const auto span = [&](const char* option, const std::string& text) {
    const auto parsed = parse_day_span(text, context.now, context.offset_minutes);
    if (!parsed) throw Error(trf("{}: \"{}\" is not a date", option, text), tr("Write it as 2024-04-01, 2024-04, 2024年4月, 令和6年4月1日, 去年 or 3か月前."));
    return *parsed;
  };
  if (!list.since.empty() && client.last < span("--since", list.since).begin) return false;
  if (!list.until.empty() && client.first >= span("--until", list.until).end) return false;
  return true;
}

ExitCode run_clients(Context& context, const ClientsCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const index::QueryContext names = query_context(context, store);
  const auto named = command.list.client.empty() ? std::vector<std::string>{} : names.clients(command.list.client);
  if (!command.list.client.empty() && named.empty())
    throw Error(trf("no client is called \"{}\"", command.list.client), tr("`genchi clients` lists them."), ExitCode::nothing_found);
  std::vector<Client> clients = store.catalogue().clients();
  std::erase_if(clients, [&](const Client& client) { return !fits(client, command.list, named, names); });
  std::sort(clients.begin(), clients.end(), [](const Client& a, const Client& b) {
    return std::pair(-a.last, a.number) < std::pair(-b.last, b.number);
  });
  const WrittenBook written(store);
  for (const catalogue::WrittenOn& those : command.list.written.filter(names))
    std::erase_if(clients, [&](const Client& client) { return !those.counts(client.identifiers.front(), {}); });
  const std::size_t count = clients.size();
  if (const std::size_t limit = command.list.effective_limit(context.out); limit && clients.size() > limit) clients.resize(limit);

  Output& out = context.out;
  for (const Client& client : clients) {
    if (!out.is_text()) {
      out.row(client_json(client, written.of(client.identifiers.front())));
      continue;
    }
    std::string channels = client.mail ? channel_word(Channel::mail) : "";
    if (client.line) channels += (channels.empty() ? "" : "+") + channel_word(Channel::line);
    const Written& said = written.of(client.identifiers.front());
    std::string detail = state_word(said.state);
    for (const std::string& each : {said.mark, said.assignee})
      if (!each.empty()) detail += (detail.empty() ? "" : tr(", ")) + for_terminal(each);
    for (const auto& tag : said.tags) detail += (detail.empty() ? "#" : std::string(tr(", ")) + "#") + for_terminal(tag);
    for (const auto& name : client.names) detail += (detail.empty() ? "" : tr(", ")) + for_terminal(name);
    for (const auto& address : client.addresses)
      if (address != client.name) detail += (detail.empty() ? "" : tr(", ")) + for_terminal(address);
    if (!client.account.empty()) detail += (detail.empty() ? "" : tr(", ")) + for_terminal(client.account);
    if (client.assumed) detail += (detail.empty() ? "" : tr(", ")) + std::string(tr("downloads joined by name only"));
    const std::string number = std::to_string(client.number);
    const std::string left = std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number + "  " +
                             pad_to_width(truncate_to_width(for_terminal(client.name), 26), 26) + "  " + pad_to_width(channels, 6) + " " +
                             display_time(client.last, japan_offset_minutes).substr(0, 10) + " " +
                             trn("{:>5} message", "{:>5} messages", client.messages);
    const std::size_t used = display_width(left) + 2;
    const std::size_t columns = out.on_terminal() ? out.columns() : 200;
    out.line(left + (detail.empty() || used + 10 > columns ? "" : "  " + truncate_to_width(detail, columns - used)));
  }
  std::string summary = trn("{} client", "{} clients", count);
  if (clients.size() < count) summary += trf(", {} shown (--limit 0 shows all)", clients.size());
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  out.talk(summary);
  return ExitCode::ok;
}

}  // namespace

void add_clients(Arguments program, Run& chosen) {
  auto command = std::make_shared<ClientsCommand>();
  Arguments sub = program.add_command("clients", tr("list the clients: one for each company domain, address or LINE chat"));
  sub.alias("取引先");
  command->list.add_to(sub);
  add_client_editing(sub, chosen);
  sub.footer(tr("People are never merged because their names look alike: `genchi clients merge` does it, and\n"
                "`genchi clients undo` takes it back.\n\nExit status: 0 listed, 1 no such client, 2 wrong usage or failure."));
  // A command below this one was chosen before.
  sub.when_chosen([command, &chosen] {
    if (!chosen) chosen = [command](Context& context) { return run_clients(context, *command); };
  });
}

}  // namespace genchi::cli
