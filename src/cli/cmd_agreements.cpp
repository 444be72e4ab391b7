// genchi agreements: deals with what became of them, or the single acts.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/deal_page.hpp"
#include "cli/deal_view.hpp"
#include "cli/fact_words.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::ClientDeal;
using facts::DealState;
using nlohmann::ordered_json;

struct AgreementsCommand {
  std::string who;    ///< a client or a deal
  std::string deal;
  std::string states;
  ListOptions list;
  std::optional<std::int64_t> min_days;
  bool messages = false;
  bool html = false;
};

constexpr std::size_t most_on_a_page = 500;  // of all clients, unless --limit says otherwise

/// What is asked for, understood.
struct Asked {
  std::optional<ClientDeal> deal;
  catalogue::MessageFilter filter;
  std::vector<DealState> states;
  bool oldest_first = false;
  std::optional<std::int64_t> min_days;
  std::size_t limit = 0;
};

Asked understand(Context& context, Store& store, const AgreementsCommand& command) {
  Asked asked;
  if (!command.deal.empty()) asked.deal = find_deal(store, command.deal);
  else if (!command.who.empty()) asked.deal = deal_if_meant(store, command.who);
  const bool names_client = !command.who.empty() && (!command.deal.empty() || !asked.deal);
  asked.filter = message_filter(command.list, query_context(context, store), store, names_client ? command.who : "");
  if (!command.states.empty()) asked.states = deal_states(command.states);
  if (command.messages && (!asked.states.empty() || command.min_days))
    throw Error(tr("--state and --min-days are about deals, not about single messages"), tr("Leave out --messages."));
  const auto waits = [](DealState state) { return state == DealState::unanswered || state == DealState::hold || state == DealState::conditional; };
  asked.min_days = command.min_days;
  if (asked.min_days && asked.states.empty()) asked.states = {DealState::unanswered, DealState::hold, DealState::conditional};
  asked.oldest_first = !asked.states.empty() && std::all_of(asked.states.begin(), asked.states.end(), waits);
  if (command.html && command.messages) throw Error(tr("--html is about deals, not about single messages"), tr("Leave out --messages."));
  asked.limit = command.list.effective_limit(context.out);
  if (command.html && !command.list.limit) asked.limit = asked.filter.identifiers ? 0 : most_on_a_page;
  return asked;
}

std::int64_t days_between(UtcSeconds from, UtcSeconds to) {
  return days_from_civil(civil_day(to, japan_offset_minutes)) - days_from_civil(civil_day(from, japan_offset_minutes));
}

/// Does one of the deal's messages meet the filters?
bool fits(Store& store, const Asked& asked, const ClientDeal& each, UtcSeconds now) {
  const catalogue::MessageFilter& filter = asked.filter;
  if (asked.min_days && (!each.deal.is_open() || days_between(each.deal.proposal().sent, now) < *asked.min_days)) return false;
  const bool by_client = std::all_of(filter.written.begin(), filter.written.end(), [](const catalogue::WrittenOn& those) { return those.messages.empty(); });
  if (by_client && !filter.fits_written(each.client, {})) return false;
  return std::any_of(each.deal.steps.begin(), each.deal.steps.end(), [&](const facts::DealStep& step) {
    if (step.sent < filter.begin || step.sent >= filter.end) return false;
    if (!filter.channel && filter.accounts.empty() && by_client) return true;
    const auto said = store.catalogue().said_by(step.message);
    return said && filter.fits_written(each.client, said->id) && (!filter.channel || said->channel == *filter.channel) &&
           std::all_of(filter.accounts.begin(), filter.accounts.end(), [&](const std::string& account) { return find_folded(fold(said->account), fold(account)) != std::string::npos; });
  });
}

/// The deals asked for, in their order, until `each` returns false.
void list_deals(Store& store, const Asked& asked, UtcSeconds now, const std::function<bool(const ClientDeal&)>& each) {
  using Order = catalogue::Catalogue::Order;
  if (asked.deal) {
    each(*asked.deal);
    return;
  }
  if (!asked.oldest_first) {
    store.catalogue().deals(asked.filter.identifiers, asked.states, Order::newest_first, [&](const ClientDeal& deal) { return !fits(store, asked, deal, now) || each(deal); });
    return;
  }
  // By when they were proposed, which a reminder does not change: 40 bytes for each that is open.
  std::vector<std::pair<UtcSeconds, Sha256>> open;
  store.catalogue().deals(asked.filter.identifiers, asked.states, Order::oldest_first, [&](const ClientDeal& deal) {
    if (fits(store, asked, deal, now)) open.emplace_back(deal.deal.proposal().sent, deal.proposal);
    return true;
  });
  std::sort(open.begin(), open.end());
  for (const auto& [sent, id] : open)
    for (const ClientDeal& deal : store.catalogue().deals_numbered(id.hex(), 1))
      if (!each(deal)) return;
}

// --- As text ---

constexpr std::size_t state_columns = 11, amount_columns = 14, tax_columns = 13, label_columns = 12;

std::string padded_left(const std::string& text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(width < columns ? columns - width : 0, ' ') + text;
}

std::size_t line_columns(const Output& out) { return std::min<std::size_t>(out.columns(), 120); }

std::string short_id(const Sha256& id) { return id.hex().substr(0, short_id_digits); }

/// Rows of a deal below its first one: a label, and what it names.
void detail(Output& out, const std::string& label, const std::string& text) {
  const std::size_t used = 2 + label_columns + 1;
  out.line("  " + pad_to_width(label, label_columns) + " " + truncate_to_width(text, line_columns(out) - used));
}

std::string act_label(const DealMessage& message) {
  if (message.act == Act::change) return tr("change");
  return act_words(message.act, false);
}

void print_message(Output& out, const DealMessage& message) {
  const bool listed = message.id != Sha256{};
  std::string head = display_time(message.sent.utc, japan_offset_minutes);
  if (listed) head += "  " + channel_word(message.channel);
  head += "  " + side_word(message.direction);
  const std::string indent(2 + label_columns + 1, ' ');
  out.line("  " + pad_to_width(act_label(message), label_columns) + " " + head + (listed ? "  " + out.dim(short_id(message.id)) : ""));
  const std::string quote = message.quote.empty() ? std::string(listed ? "" : tr("(no longer listed)")) : trf("“{}”", for_terminal(message.quote));
  if (!quote.empty()) out.line(indent + truncate_to_width(quote, line_columns(out) - indent.size()));
}

std::string terms_words(const ShownTerms& terms) {
  std::string out;
  if (terms.amount) {
    out = money_words(*terms.amount);
    if (const std::string tax = tax_word(terms.amount->tax); !tax.empty()) out += " " + tax;
  }
  if (const std::string days = deal_days_words(terms.dates); !days.empty()) out += (out.empty() ? "" : "  ") + days;
  return out;
}

std::string other_channel_words(const OtherChannel& other) {
  const std::string at = for_terminal(other.at);
  if (other.channel == Channel::mail && !at.empty()) return trf("mail to {}", at);
  if (other.channel == Channel::phone) return trf("phone {} (from their signature)", at);
  return trf("{}, where they wrote last", channel_word(other.channel));
}

void print_head(Output& out, const DealView& view) {
  const std::size_t columns = line_columns(out);
  const std::size_t fixed = state_columns + 1 + amount_columns + 1 + tax_columns;
  const std::size_t room = columns > fixed + 20 ? columns - fixed : 20;
  const std::size_t client_columns = std::min<std::size_t>(20, room / 2);
  const std::size_t item_columns = room - client_columns - 2;
  const std::string state = standing_word(standing_of(view.state));
  const std::string item = for_terminal(view.matter());
  std::string amount, tax;
  if (view.terms.amount) {
    amount = money_words(*view.terms.amount);
    if (view.terms.amount->approx) amount = trf("about {}", amount);
    if (view.terms.amount->unit) amount += std::string(" ") + tr("each");
    tax = tax_word(view.terms.amount->tax);
  }
  std::string line = out.bold(pad_to_width(state, state_columns)) + " " + pad_to_width(truncate_to_width(for_terminal(view.client.name), client_columns), client_columns) + " " +
                     pad_to_width(truncate_to_width(item, item_columns), item_columns) + " " + padded_left(amount, amount_columns) + " " + tax;
  while (line.ends_with(' ')) line.pop_back();
  out.line(line);
}

void print_deal(Output& out, const DealView& view) {
  print_head(out, view);
  const std::string days = deal_days_words(view.terms.dates);
  detail(out, tr("deal"), short_id(view.id) + (days.empty() ? "" : "  " + days));
  print_message(out, view.proposed);
  if (view.answered) {
    print_message(out, *view.answered);
    if (view.answered->conditional) detail(out, "", tr("on a condition: not agreed yet"));
  }
  if (view.more_later > 0) detail(out, "", trn("… {} message", "… {} messages", view.more_later));
  for (const DealMessage& message : view.later) print_message(out, message);
  for (const ShownTerms& older : view.before)
    detail(out, standing_word(Standing::superseded), display_time(older.from.sent.utc, japan_offset_minutes).substr(0, 10) + "  " + short_id(older.from.id) + "  " + terms_words(older));
  if (view.wanted)
    detail(out, tr("wanted"), terms_words(*view.wanted) + (view.wanted->amount || !view.wanted->dates.empty() ? "  " : "") + (view.wanted->from.direction == Direction::in ? tr("(they ask for it; not answered)") : tr("(we ask for it; not answered)")));
  if (view.days_open) {
    std::string waits = trn("{} day without an answer", "{} days without an answer", static_cast<unsigned long>(*view.days_open));
    if (view.answered) waits = trn("{} day since it was proposed", "{} days since it was proposed", static_cast<unsigned long>(*view.days_open));
    waits += view.ours_to_answer ? tr(", ours to give") : "";
    detail(out, tr("waiting"), waits);
  }
  if (view.other_channel) detail(out, tr("try"), other_channel_words(*view.other_channel));
  if (view.company && view.only_line && view.state == DealState::agreed) {
    detail(out, tr("note"), tr("Seems to be a firm."));
    detail(out, "", tr("Of what is held, only LINE shows this agreement."));
    detail(out, "", trf("`genchi confirm {}` drafts a mail about it.", short_id(view.id)));
  }
}

void end_list(Context& context, Store& store, const AgreementsCommand& command, std::size_t shown, bool more, const char* none) {
  if (shown == 0) command.list.check_account(store);
  std::string summary = shown == 0 ? std::string(none) : command.messages ? trn("{} message", "{} messages", shown) : trn("{} deal", "{} deals", shown);
  if (more) summary += tr(" shown, there are more (--limit 0 shows all)");
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  context.out.talk(summary);
}

/// The name of the client, if it is one.
std::string page_title(const std::vector<DealView>& page, const Asked& asked) {
  return asked.filter.identifiers && !page.empty() ? trf("Agreements: {}", page.front().client.name) : std::string(tr("Agreements"));
}

ExitCode run_deals(Context& context, Store& store, const AgreementsCommand& command, const Asked& asked) {
  Output& out = context.out;
  DealViews views(store, context.now);
  std::size_t shown = 0;
  bool more = false;
  std::vector<DealView> page;  // a page holds all it shows
  if (out.format() == Format::csv) out.heading(deal_cells({}));
  list_deals(store, asked, context.now, [&](const ClientDeal& deal) {
    if (asked.limit != 0 && shown == asked.limit) {
      more = true;
      return false;
    }
    DealView view = views.of(deal);
    if (command.html) {
      page.push_back(std::move(view));
    } else if (!out.is_text()) {
      out.row(out.format() == Format::csv ? deal_cells(view) : deal_json(view));
    } else {
      if (shown > 0) out.line();
      print_deal(out, view);
    }
    ++shown;
    return true;
  });
  if (command.html) out.bytes(deal_page(page_title(page, asked), page, context.now));
  const bool all = asked.states.empty() && !asked.min_days;
  end_list(context, store, command, shown, more, all ? tr("No deals: nothing was proposed in what is held") : asked.oldest_first ? tr("No such deals: nothing waits for an answer") : tr("No such deals"));
  return ExitCode::ok;
}

// --- Single acts ---

/// What a message of a deal answers or alters: the last wish of the other side before it, for a change the acceptance.
const facts::DealStep* referred_to(const facts::Deal& deal, std::int64_t number) {
  const auto step = std::find_if(deal.steps.begin(), deal.steps.end(), [&](const facts::DealStep& each) { return each.message == number; });
  if (step == deal.steps.end() || step == deal.steps.begin()) return nullptr;
  const bool alters = step->act == Act::change || step->act == Act::cancel;
  for (auto before = step; before != deal.steps.begin();) {
    --before;
    const bool wish = before->act == Act::proposal || before->act == Act::change || before->act == Act::cancel;
    if (alters ? before->act == Act::acceptance || before->act == Act::proposal : wish && before->direction != step->direction) return &*before;
  }
  return nullptr;
}

class ActsList {
 public:
  ActsList(Store& store, DealViews& views) : store_(store), views_(views), deals_(store) {}

  ordered_json row(const catalogue::Said& said) {
    ordered_json row;
    row["id"] = said.id.hex();
    row["sent"] = iso8601(said.sent);
    row["client"] = said.client.empty() ? ordered_json(nullptr) : label_json(views_.names().of(said.client));
    row["channel"] = channel_name(said.channel);
    row["direction"] = direction_name(said.direction);
    row["memo"] = memo_json(said.flags);
    row["act"] = act_name(said.facts.act);
    row["conditional"] = said.facts.conditional;
    row["quote"] = views_.quotes().around(said.id, said.facts.act_place);
    const auto number = static_cast<std::int64_t>(said.id.prefix64());
    const ClientDeal* deal = deal_of(said.client, number);
    row["deal"] = deal == nullptr ? ordered_json(nullptr) : ordered_json(deal->proposal.hex());
    const facts::DealStep* before = deal == nullptr ? nullptr : referred_to(deal->deal, number);
    const auto id = before == nullptr ? std::nullopt : store_.catalogue().message_numbered(before->message);
    row["refers_to"] = id ? ordered_json(id->hex()) : ordered_json(nullptr);
    return row;
  }

  void print(Output& out, const catalogue::Said& said) {
    const std::size_t columns = line_columns(out);
    const std::string act = act_words(said.facts.act, said.facts.conditional);
    const std::string client = said.client.empty() ? "" : for_terminal(views_.names().of(said.client).name);
    const std::string head = display_time(said.sent.utc, japan_offset_minutes) + "  " + pad_to_width(act, state_columns) + " " + side_or_memo(said.direction, said.flags) + "  " + channel_word(said.channel) + "  ";
    const std::size_t used = display_width(head) + short_id_digits + 2;
    const std::size_t room = columns > used + 8 ? columns - used : 8;
    out.line(head + pad_to_width(truncate_to_width(client, room), room) + "  " + out.dim(short_id(said.id)));
    const std::string quote = views_.quotes().around(said.id, said.facts.act_place);
    if (!quote.empty()) out.line("    " + truncate_to_width(trf("“{}”", for_terminal(quote)), columns - 4));
  }

 private:
  const ClientDeal* deal_of(const std::string& client, std::int64_t number) {
    for (const ClientDeal& each : deals_.client(client))
      if (std::any_of(each.deal.steps.begin(), each.deal.steps.end(), [&](const facts::DealStep& step) { return step.message == number; })) return &each;
    return nullptr;
  }
  Store& store_;
  DealViews& views_;
  DealsOf deals_;
};

/// Those of a deal oldest first, as they were said; else the newest first.
void list_acts(Store& store, const Asked& asked, const std::function<bool(const catalogue::Said&)>& each) {
  if (!asked.deal) {
    store.catalogue().said(asked.filter, catalogue::Catalogue::Saying::act, each);
    return;
  }
  for (const facts::DealStep& step : asked.deal->deal.steps)
    if (const auto said = store.catalogue().said_by(step.message); said && !each(*said)) return;
}

ExitCode run_acts(Context& context, Store& store, const AgreementsCommand& command, const Asked& asked) {
  Output& out = context.out;
  DealViews views(store, context.now);
  ActsList acts(store, views);
  std::size_t shown = 0;
  bool more = false;
  if (out.format() == Format::csv) out.heading(acts.row({}));
  list_acts(store, asked, [&](const catalogue::Said& said) {
    if (asked.limit != 0 && shown == asked.limit) {
      more = true;
      return false;
    }
    if (out.is_text()) acts.print(out, said);
    else out.row(acts.row(said));
    ++shown;
    return true;
  });
  end_list(context, store, command, shown, more, tr("No such messages"));
  return ExitCode::ok;
}

ExitCode run_agreements(Context& context, const AgreementsCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const Asked asked = understand(context, store, command);
  return command.messages ? run_acts(context, store, command, asked) : run_deals(context, store, command, asked);
}

}  // namespace

void add_agreements(Arguments program, Run& chosen) {
  auto command = std::make_shared<AgreementsCommand>();
  Arguments sub = program.add_command("agreements", tr("what was proposed, and what became of it: who accepted what, in which words"));
  sub.alias("合意");
  sub.add_argument("CLIENT", command->who, tr("a client (number or part of the name), or a deal: six digits or more of its id"));
  sub.add_option("--deal", command->deal, tr("this deal: its id, or that of any message in it")).value_name("ID");
  sub.add_option("--state", command->states, tr("only deals in these states: explicit, conditional, hold, rejected, unanswered, cancelled; several apart by commas")).value_name(tr("STATES"));
  sub.add_option("--min-days", command->min_days, tr("only what waits for an answer for so many days")).between(std::int64_t{0}, std::int64_t{1} << 40).value_name("N");
  sub.add_flag("--messages", command->messages, tr("the single messages that propose, accept, refuse, put off, change or cancel"));
  sub.add_flag("--html", command->html, tr("a page with all their words, on standard output"));
  command->list.add_to(sub);
  sub.footer(std::string(tr("A deal has the id of the message that first proposed it. The newest step comes first; with states that wait for an\n"
                             "answer (unanswered, hold, conditional) the oldest offer. A deal is listed if one of its messages meets the filters.\n"
                             "Silence, read marks, stamps and thanks are not counted as acceptance here; in law silence can count (as in regular\n"
                             "dealing, 商法509条). States are what the words held say, not what the law makes of them.\n")) +
              "\n" + tr("Exit status: 0 listed (also an empty list), 1 no such client or deal, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_agreements(context, *command); }; });
}

}  // namespace genchi::cli
