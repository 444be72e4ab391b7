// genchi todo: whose turn it is, client by client.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "cli/command.hpp"
#include "cli/fact_list.hpp"
#include "cli/memo_view.hpp"
#include "cli/turn_view.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "text/business_days.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Catalogue;
using catalogue::ClientTurn;
using Open = Catalogue::Open;
using nlohmann::ordered_json;

constexpr std::size_t few = 5; // of the groups that are not this morning's work
constexpr std::size_t many = 500; // nobody reads more on one page

struct TodoCommand {
  std::string client;
  std::optional<std::int64_t> max_days;
  bool all = false;
  ListOptions list;
};

class TodoList {
 public:
  TodoList(Context& context, Store& store, const TodoCommand& command, const catalogue::MessageFilter& filter, const WrittenBook& written)
      : context_(context), store_(store), command_(command), filter_(filter), written_(written), names_(store),
        moved_(broken_off_before(context)),
        mail_until_(mail_import()) {}

  std::uint64_t count(Open which) const { return store_.catalogue().turn_count(filter_, which, moved_); }

  /// Of a text list the groups that can wait are cut.
  void print(Open which, const std::string& heading, std::uint64_t count) {
    Output& out = context_.out;
    const std::size_t limit = limit_of(which);
    if (out.is_text() && count > 0) out.line((begun_ ? "\n" : "") + out.bold(heading));
    begun_ = begun_ || count > 0;
    std::size_t shown = 0;
    if (count > 0)
      store_.catalogue().turns(filter_, which, moved_, [&](const ClientTurn& turn) {
        if (limit != 0 && shown == limit) return false;
        ++shown;
        if (out.is_text()) print_row(turn);
        else out.row(row_of(turn, which == Open::broken_off));
        return true;
      });
    if (out.is_text() && shown < count) out.line("  " + trf("… and {} more (--all)", count - shown));
  }

  /// Clients marked 要対応 with whom nothing is open: the mark says one thing and the talk another.
  void print_marked() {
    if (!context_.out.is_text()) return;
    std::vector<std::string> heads;
    for (const std::string& head : written_.find("mark", "open").identifiers)
      if (store_.catalogue().head_of(head) == head && is_asked_for(head) && !store_.catalogue().is_open(head)) heads.push_back(head);
    if (heads.empty()) return;
    Output& out = context_.out;
    const std::size_t limit = limit_of(Open::broken_off);
    const std::size_t shown = limit == 0 ? heads.size() : std::min(heads.size(), limit);
    out.line((begun_ ? "\n" : "") + out.bold(trf("Marked 要対応, but nothing is open: {}", trn("{} client", "{} clients", heads.size()))));
    begun_ = true;
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string& head = heads[i];
      const ClientNames::Label& label = names_.of(head);
      const Written& said = written_.of(head);
      out.line("  " + trf("{0} ({1})", for_terminal(label.name), label.number) + "  " + trf("marked {}", short_time(said.state_time)) + written_words(said));
    }
    if (shown < heads.size()) out.line("  " + trf("… and {} more (--all)", heads.size() - shown));
  }

  /// Was anything listed?
  bool begun() const { return begun_; }

  /// Days that the client waits who has waited longest for us; nullopt if none does.
  std::optional<std::int64_t> longest() const {
    std::optional<std::int64_t> days;
    store_.catalogue().turns(filter_, Open::ours, moved_, [&](const ClientTurn& turn) {
      days = business_days_since(turn.since, context_.now);
      return false;
    });
    return days;
  }

  /// LINE accounts whose downloads are old: what happened since cannot be listed.
  void print_stale() {
    if (!context_.out.is_text() || filter_.identifiers || !filter_.written.empty()) return;
    bool any = false;
    for (const OldDownload& old : old_downloads(context_, store_)) {
      if (!fits(old.account)) continue;
      if (!any) context_.out.line(context_.out.bold(tr("Not downloaded for long")));
      any = begun_ = true;
      context_.out.line("  " + trf("{0}: LINE up to the download of {1}, {2}", for_terminal(old.account), display_time(old.downloaded, japan_offset_minutes),
                                   trn("{} day ago", "{} days ago", static_cast<std::uint64_t>(old.days))));
    }
  }

  ordered_json row_of(const ClientTurn& turn, bool broken_off) {
    ordered_json row = turn_row(turn, broken_off, context_.now, names_, written_.of(turn.client));
    return context_.out.format() == Format::csv ? turn_cells(row) : row;
  }

 private:
  std::size_t limit_of(Open which) const {
    if (command_.list.limit) return static_cast<std::size_t>(*command_.list.limit);
    if (command_.all || !context_.out.is_text()) return 0;
    if (which != Open::ours) return few;
    return context_.out.on_terminal() ? command_.list.effective_limit(context_.out) : many;
  }

  /// Does a client with whom nothing is open meet the filters? Its time is that of the mark.
  bool is_asked_for(const std::string& head) const {
    if (filter_.identifiers && filter_.identifiers->front() != head) return false;  // of one client, the one it goes by first
    if (!filter_.fits_written(head, {})) return false;
    const UtcSeconds marked = written_.of(head).state_time;
    if (marked < filter_.begin || marked >= filter_.end) return false;
    if (!filter_.channel && filter_.accounts.empty()) return true;
    const auto client = store_.catalogue().client_of(head);
    if (!client) return false;
    if (filter_.channel && !(*filter_.channel == Channel::mail ? client->mail : *filter_.channel == Channel::line && client->line)) return false;
    return filter_.accounts.empty() || std::any_of(client->identifiers.begin(), client->identifiers.end(), [&](const std::string& each) {
      return each.starts_with("chat:") && fits(store_.catalogue().chat_names(each).account);
    });
  }

  bool fits(const std::string& account) const {
    return std::all_of(filter_.accounts.begin(), filter_.accounts.end(), [&](const std::string& wanted) { return find_folded(fold(account), fold(wanted)) != std::string::npos; });
  }

  std::optional<UtcSeconds> mail_import() const {
    std::optional<UtcSeconds> newest;
    for (const SourceKind kind : {SourceKind::mbox, SourceKind::maildir, SourceKind::eml})
      if (const auto last = store_.archive().last_import(kind)) newest = std::max(newest.value_or(0), *last);
    return newest;
  }

  /// What people wrote on the client, as it stands behind a row.
  static std::string written_words(const Written& said) {
    std::string out;
    if (!said.mark.empty()) out += std::string(tr(". ")) + for_terminal(said.mark);
    if (!said.assignee.empty()) out += std::string(tr(". ")) + trf("assignee {}", for_terminal(said.assignee));
    for (const std::string& tag : said.tags) out += " #" + for_terminal(tag);
    return out;
  }

  /// Up to when it is known what this client wrote.
  std::string fresh_until(const ClientTurn& turn) const {
    if (turn.last.channel == Channel::line) {
      const auto until = store_.catalogue().downloaded(turn.last.id);
      return until ? trf("LINE until {}", short_time(*until)) : std::string();
    }
    return mail_until_ ? trf("mail until {}", short_time(*mail_until_)) : std::string();
  }

  /// 2026-04-02 18:05, within this year without it.
  std::string short_time(UtcSeconds at) const {
    const std::string time = display_time(at, japan_offset_minutes);
    return time.substr(0, 5) == display_time(context_.now, japan_offset_minutes).substr(0, 5) ? time.substr(5) : time;
  }

  void print_row(const ClientTurn& turn) {
    Output& out = context_.out;
    const std::size_t columns = std::min<std::size_t>(out.columns(), 120);
    constexpr std::size_t days_columns = 14, why_columns = 14;
    const std::string days = trn("waits {} day", "waits {} days", static_cast<std::uint64_t>(business_days_since(turn.since, context_.now)));
    const std::string indent(4, ' ');
    const std::size_t days_width = std::max(days_columns, display_width(days));
    const std::string fill(days_width - display_width(days), ' ');
    const ClientNames::Label& label = names_.of(turn.client);
    const std::string tail = " " + pad_to_width(waits_word(turn.why), why_columns) + " " + pad_to_width(short_time(turn.waiting.sent.utc), 11) + " " +
                             pad_to_width(channel_word(turn.waiting.channel), 6) + " ";
    const std::size_t used = days_width + 2 + display_width(tail) + short_id_digits;
    const std::size_t room = columns > used + 12 ? columns - used : 12;
    out.line(fill + days + "  " + out.bold(pad_to_width(label_word(label, room), room)) + tail + out.dim(turn.waiting.id.hex().substr(0, short_id_digits)));
    out.line(indent + truncate_to_width(turn_words(turn.waiting), columns - indent.size()));
    // What is quoted may have come later than what they wait for first.
    const bool later = civil_day(turn.since, japan_offset_minutes) != civil_day(turn.waiting.sent.utc, japan_offset_minutes);
    std::string below = later ? trf("waiting since {}", short_time(turn.since)) + tr(". ") : std::string();
    below += turn.answered ? trf("last answer {0}, {1}", short_time(turn.answered->sent.utc), answered_by_word(*turn.answered)) : std::string(tr("no answer so far"));
    if (const std::string until = fresh_until(turn); !until.empty()) below += std::string(tr(". ")) + until;
    const Written& said = written_.of(turn.client);
    if (contradicts(turn, said)) out.line(indent + truncate_to_width(trf("marked 対応済み {}, but the talk is open", short_time(said.state_time)), columns - indent.size()));
    else if (!said.state.empty()) below += std::string(tr(". ")) + state_word(said.state);
    below += written_words(said);
    out.line(indent + out.dim(truncate_to_width(below, columns - indent.size())));
  }

  Context& context_;
  Store& store_;
  const TodoCommand& command_;
  const catalogue::MessageFilter& filter_;
  const WrittenBook& written_;
  ClientNames names_;
  UtcSeconds moved_;
  std::optional<UtcSeconds> mail_until_;
  bool begun_ = false;
};

ExitCode run_todo(Context& context, const TodoCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const catalogue::MessageFilter filter = message_filter(command.list, query_context(context, store), store, command.client);
  command.list.check_account(store);
  const WrittenBook written(store);
  TodoList list(context, store, command, filter, written);
  Output& out = context.out;
  if (out.format() == Format::csv) {
    out.heading(list.row_of(ClientTurn(), false));
  }
  const std::uint64_t ours = list.count(Open::ours), broken = list.count(Open::broken_off), theirs = list.count(Open::theirs);
  list.print_stale();
  list.print(Open::ours, trf("Our answer is needed: {}", trn("{} client", "{} clients", ours)), ours);
  list.print_marked();
  list.print(Open::broken_off, trf("Broken off: {}", trn("{} client", "{} clients", broken)), broken);
  list.print(Open::theirs, trf("Waiting for their answer: {}", trn("{} client", "{} clients", theirs)), theirs);

  const std::string summary = ours + broken + theirs == 0 ? std::string(tr("nothing is open")) : trf("{0} waiting for us, {1} broken off, {2} we wait for", ours, broken, theirs);
  if (out.is_text() && list.begun()) out.line();
  end_list(out, summary, freshness(store));
  if (const std::string calls = calls_reminder(store, filter, context.now); !calls.empty()) out.talk(calls);
  if (civil_day(context.now, japan_offset_minutes).year > last_year_of_holidays())
    out.talk(trf("Holidays are known up to {} only: later ones are counted as business days.", last_year_of_holidays()));
  if (!command.max_days) return ExitCode::ok;
  const auto longest = list.longest();
  return longest && *longest > *command.max_days ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_todo(Arguments program, Run& chosen) {
  auto command = std::make_shared<TodoCommand>();
  Arguments sub = program.add_command("todo", tr("whose turn it is: clients who wait for our answer, longest first, and whose answer we wait for"));
  sub.alias("未返信");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name; none: all"));
  sub.add_option("--max-days", command->max_days, tr("exit status 1 when a client waits for us for more than so many business days")).between(std::int64_t{0}, std::int64_t{1} << 40).value_name("N");
  sub.add_flag("--all", command->all, tr("all of every group; else only the first of those that can wait"));
  command->list.add_to(sub);
  sub.describe_option("--since", tr("waiting from this day, month or year on"));
  sub.describe_option("--until", tr("waiting since this day, month or year at the latest"));
  sub.footer(tr("A client waits for us when what came last is theirs and open: a question, a request, an offer, a photo or file, what\n"
                "answers ours, or when we said that we would come back. Thanks, OKs and stamps behind our answer ask for nothing, nor do\n"
                "newsletters and automatic messages; broadcasts and automatic replies of ours are no answer. Talks that have not moved\n"
                "for 30 days ([todo] broken_off_days) stand apart, and do not count for --max-days. Days are business days in Japan.\n"
                "Clients that we marked 要対応 and with whom nothing is open are listed too.\n"
                "\nExamples:\n"
                "  genchi todo\n"
                "  genchi todo --account 美容室 --max-days 2\n"
                "  genchi todo --all --format csv > todo.csv\n"
                "\nExit status: 0 listed (also when nothing is open), 1 longer than --max-days, or no such client or account, 2 wrong usage\n"
                "or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_todo(context, *command); }; });
}

}  // namespace genchi::cli
