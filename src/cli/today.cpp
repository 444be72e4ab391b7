#include "cli/today.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "cli/deal_view.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_words.hpp"
#include "cli/table.hpp"
#include "cli/turn_view.hpp"
#include "cli/watched.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Catalogue;
using catalogue::ClientTurn;
using nlohmann::ordered_json;
using Open = Catalogue::Open;

constexpr std::int64_t days_ahead = 6;          // with today a week
constexpr std::int64_t days_overdue = 7;
constexpr std::int64_t days_of_offers = 60;     // older ones are not a matter of this morning
constexpr std::size_t most_counted = 10'000;    // days and offers looked at
constexpr const char* complaint_number = "8";   // of the marks

std::string time_of(UtcSeconds at) { return display_time(at, japan_offset_minutes); }
ordered_json or_null(std::string_view text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }
ordered_json time_json(UtcSeconds at) { return iso8601({at, japan_offset_minutes}); }

class Today {
 public:
  Today(Context& context, Store& store, const TodayQuery& query)
      : context_(context), store_(store), query_(query), names_(store), quotes_(store), deals_(store), views_(store, context.now), written_(store),
        today_(days_from_civil(civil_day(context.now, japan_offset_minutes))) {}

  std::vector<TodayGroup> groups() {
    add(not_downloaded());
    add(line_group(context_, store_, query_, Accounts::due));
    add(turns(Open::ours, "ours", tr("Our answer is needed")));
    add_days();
    add(offers());
    add(marked());
    add(turns(Open::broken_off, "broken_off", tr("Broken off")));
    add(turns(Open::theirs, "theirs", tr("Waiting for their answer")));
    return std::move(groups_);
  }

 private:
  void add(TodayGroup group) {
    if (group.count > 0) groups_.push_back(std::move(group));
  }
  bool full(const TodayGroup& group) const { return query_.limit != 0 && group.rows.size() >= query_.limit; }
  bool is_asked_for(const std::string& account) const {
    return std::all_of(query_.filter.accounts.begin(), query_.filter.accounts.end(), [&](const std::string& wanted) { return find_folded(fold(account), fold(wanted)) != std::string::npos; });
  }

  /// What we wrote on a client: 要対応, クレーム, 三宅.
  std::string written_words(const Written& written) const {
    std::string out = state_word(written.state);
    for (const std::string& each : {written.mark, written.assignee})
      if (!each.empty()) out += (out.empty() ? "" : tr(", ")) + for_terminal(each);
    return out;
  }

  TodayGroup not_downloaded() {
    TodayGroup group{"not_downloaded", tr("Not downloaded for long"), {}, 0, true, "genchi status"};
    for (const OldDownload& old : old_downloads(context_, store_)) {
      if (!is_asked_for(old.account)) continue;
      ++group.count;
      if (full(group)) continue;
      TodayRow row;
      row.when = trn("{} day ago", "{} days ago", static_cast<std::uint64_t>(old.days));
      row.what = "LINE";
      row.words = for_terminal(old.account) + "  " + trf("known up to {}", time_of(old.downloaded));
      row.json = {{"account", or_null(old.account)}, {"downloaded", time_json(old.downloaded)}, {"days", old.days}};
      group.rows.push_back(std::move(row));
    }
    return group;
  }

  TodayGroup turns(Open which, const char* name, const char* heading) {
    const UtcSeconds moved = broken_off_before(context_);
    TodayGroup group{name, heading, {}, store_.catalogue().turn_count(query_.filter, which, moved), true, "genchi todo"};
    if (group.count == 0) return group;
    store_.catalogue().turns(query_.filter, which, moved, [&](const ClientTurn& turn) {
      if (full(group)) return false;
      group.rows.push_back(row_of(turn, which));
      return true;
    });
    return group;
  }

  TodayRow row_of(const ClientTurn& turn, Open which) {
    TodayRow row;
    row.client = names_.of(turn.client);
    const std::int64_t days = business_days_since(turn.since, context_.now);
    row.when = trn("waits {} day", "waits {} days", static_cast<std::uint64_t>(days));
    row.what = waits_word(turn.why);
    row.words = turn_words(turn.waiting);
    row.id = turn.waiting.id;
    const Written& written = written_.of(turn.client);
    if (which == Open::broken_off) row.what += turn.side == facts::Side::ours ? tr(", ours to give") : tr(", theirs to give");
    row.note = written_words(written);
    // 対応済み, and they wrote again.
    if (written.state == "done" && turn.side == facts::Side::ours && turn.waiting.sent.utc > written.state_time) row.note += " " + trf("(but they wrote on {})", time_of(turn.waiting.sent.utc));
    if (turn.answered) row.note += (row.note.empty() ? "" : "; ") + trf("last answer {0}, {1}", time_of(turn.answered->sent.utc), answered_by_word(*turn.answered));
    row.json = turn_row(turn, which == Open::broken_off, context_.now, names_, written);
    return row;
  }

  // --- Days ---

  struct Due {
    catalogue::Said said;
    DateFact date;
    Standing standing = Standing::none;
  };

  void add_days() {
    std::vector<Due> due;
    std::set<std::tuple<std::string, std::int64_t, std::int64_t, int, DateRole>> known;  // 提示 and 承諾 name the same day
    const std::vector<DateRole> roles{DateRole::deadline, DateRole::appointment, DateRole::delivery, DateRole::payment};
    std::size_t looked_at = 0;
    store_.catalogue().promised(query_.filter, civil_from_days(today_ - days_overdue), {9999, 12, 31}, roles, Catalogue::Order::oldest_first, [&](const catalogue::Said& said, const DateFact& date) {
      const std::int64_t last = days_from_civil(date.last);
      if (last > today_ + days_ahead || ++looked_at > most_counted) return false;
      if (last < today_ && date.role == DateRole::appointment) return true;
      const Standing standing = deals_.of(said, date).standing;
      if (standing == Standing::superseded || standing == Standing::cancelled || standing == Standing::rejected) return true;
      if (known.emplace(said.client, days_from_civil(date.first), last, date.minute, date.role).second) due.push_back({said, date, standing});
      return true;
    });
    const bool all = looked_at <= most_counted;
    const auto in = [&](const char* name, const char* heading, std::int64_t from, std::int64_t to) {
      TodayGroup group{name, heading, {}, 0, all, "genchi dates"};
      for (const Due& each : due) {
        const std::int64_t last = days_from_civil(each.date.last);
        if (last < from || last > to) continue;
        ++group.count;
        if (!full(group)) group.rows.push_back(day_row(each));
      }
      add(std::move(group));
    };
    in("overdue", tr("Days gone by (whether it was done is not known)"), today_ - days_overdue, today_ - 1);
    in("today", tr("Due today"), today_, today_);
    in("week", tr("Due in the next six days"), today_ + 1, today_ + days_ahead);
  }

  TodayRow day_row(const Due& due) {
    TodayRow row;
    if (!due.said.client.empty()) row.client = names_.of(due.said.client);
    const std::string when = date_words(due.date);
    row.when = due.date.first == due.date.last ? when.substr(0, when.find("  ")) : trf("by {}", day_words(due.date.last));
    if (due.date.weekday_mismatch) row.when += " ?";
    row.what = date_role_word(due.date.role);
    constexpr std::size_t near = 16;
    const std::string quote = quotes_.around(due.said.id, due.date.place, near);
    row.words = side_or_memo(due.said.direction, due.said.flags) + "  " + trf("“{}”", for_terminal(quote));
    row.note = standing_word(due.standing);
    const std::string written = due.said.client.empty() ? "" : for_terminal(written_.of(due.said.client).assignee);
    if (!written.empty()) row.note += (row.note.empty() ? "" : tr(", ")) + written;
    row.id = due.said.id;
    row.json = said_date_json(due.said, due.date, due.standing, quotes_.around(due.said.id, due.date.place), names_, quotes_);
    return row;
  }

  // --- Offers of ours that nobody answered ---

  TodayGroup offers() {
    using facts::DealState;
    TodayGroup group{"offers", tr("Offers of ours without an answer"), {}, 0, true, "genchi agreements --state unanswered,hold,conditional"};
    const UtcSeconds since = context_.now - days_of_offers * 86'400;
    std::vector<std::pair<UtcSeconds, Sha256>> open;
    std::size_t looked_at = 0;
    store_.catalogue().deals(std::nullopt, {DealState::unanswered, DealState::hold, DealState::conditional}, Catalogue::Order::newest_first, [&](const catalogue::ClientDeal& deal) {
      if (deal.deal.steps.back().sent < since || ++looked_at > most_counted) return false;
      const facts::DealStep& proposal = deal.deal.proposal();
      if (proposal.direction != Direction::in && proposal.sent >= since && is_asked_for(deal)) open.emplace_back(proposal.sent, deal.proposal);
      return true;
    });
    group.counted_all = looked_at <= most_counted;
    group.count = open.size();
    std::sort(open.begin(), open.end());
    for (const auto& [sent, id] : open) {
      if (full(group)) break;
      for (const catalogue::ClientDeal& deal : store_.catalogue().deals_numbered(id.hex(), 1)) group.rows.push_back(offer_row(views_.of(deal), deal.client));
    }
    return group;
  }

  bool is_asked_for(const catalogue::ClientDeal& deal) {
    if (!query_.filter.fits_written(deal.client, deal.proposal)) return false;
    if (query_.filter.accounts.empty()) return true;
    const auto said = store_.catalogue().said_by(deal.deal.proposal().message);
    return said && is_asked_for(said->account);
  }

  TodayRow offer_row(const DealView& view, const std::string& client) {
    TodayRow row;
    row.client = view.client;
    if (view.days_open) row.when = trn("open {} day", "open {} days", static_cast<std::uint64_t>(*view.days_open));
    row.what = standing_word(standing_of(view.state));
    row.words = for_terminal(view.matter());
    if (view.terms.amount) {
      row.words += (row.words.empty() ? "" : "  ") + money_words(*view.terms.amount);
      if (const std::string tax = tax_word(view.terms.amount->tax); !tax.empty()) row.words += " " + tax;
    }
    row.note = for_terminal(written_.of(client).assignee);
    row.id = view.proposed.id;
    row.json = deal_json(view);
    return row;
  }

  // --- Marked 要対応, or with the mark for complaints ---

  TodayGroup marked() {
    TodayGroup group{"marked", tr("Marked by us"), {}, 0, true, "genchi clients --mark 要対応"};
    std::set<std::string> clients;
    std::set<Sha256> messages;
    for (const std::string& mark : {std::string("要対応"), written_.marks().name(complaint_number)}) {
      const index::Annotated found = written_.find("mark", mark);
      for (const std::string& identifier : found.identifiers) clients.insert(store_.catalogue().head_of(identifier));
      messages.insert(found.messages.begin(), found.messages.end());
    }
    for (const std::string& client : clients) {
      const Written& written = written_.of(client);
      if (written.state == "done" || !query_.filter.fits_written(client, {}) || !is_of_account(client)) continue;
      ++group.count;
      if (!full(group)) group.rows.push_back(marked_client(client, written));
    }
    for (const Sha256& id : messages) {
      const auto listed = store_.catalogue().listed(id);
      const Written& written = written_.of("message:" + id.hex());
      if (!listed || written.state == "done" || !query_.filter.fits_written(listed->client, id) || !is_asked_for(listed->account)) continue;
      ++group.count;
      if (!full(group)) group.rows.push_back(marked_message(*listed, written));
    }
    return group;
  }

  bool is_of_account(const std::string& identifier) const {
    if (query_.filter.accounts.empty()) return true;
    const auto client = store_.catalogue().client_of(identifier);
    return client && !client->account.empty() && is_asked_for(client->account);
  }

  TodayRow marked_client(const std::string& client, const Written& written) {
    TodayRow row;
    row.client = names_.of(client);
    row.what = written_words(written);
    const auto known = store_.catalogue().client_of(client);
    const auto turn = known ? store_.catalogue().turn_of(known->identifiers) : std::nullopt;
    row.words = !turn ? tr("by the talk nothing is open") : turn->side == facts::Side::ours ? tr("by the talk our answer is needed") : tr("by the talk their answer is awaited");
    row.json = {{"client", label_json(row.client)}, {"id", nullptr}, {"sent", nullptr}, {"channel", nullptr}, {"quote", nullptr}};
    row.json["turn"] = !turn ? ordered_json(nullptr) : turn->side == facts::Side::ours ? ordered_json("ours") : ordered_json("theirs");
    add_written_keys(row.json, written);
    if (turn) row.id = turn->waiting.id;
    return row;
  }

  TodayRow marked_message(const catalogue::Listed& listed, const Written& written) {
    TodayRow row;
    if (!listed.client.empty()) row.client = names_.of(listed.client);
    row.when = time_of(listed.sent);
    row.what = written_words(written);
    const MessageRecord* message = quotes_.message(listed.id);
    constexpr std::size_t quote_columns = 120;
    const std::string quote = message ? index::make_snippet(*message, {}, quote_columns).text : std::string();
    row.words = channel_word(listed.channel) + "  " + trf("“{}”", for_terminal(quote));
    row.id = listed.id;
    row.json = {{"client", row.client.number == 0 ? ordered_json(nullptr) : label_json(row.client)}, {"id", listed.id.hex()}, {"sent", time_json(listed.sent)}, {"channel", channel_name(listed.channel)}, {"quote", quote}, {"turn", nullptr}};
    add_written_keys(row.json, written);
    return row;
  }

  Context& context_;
  Store& store_;
  const TodayQuery& query_;
  ClientNames names_;
  Quotes quotes_;
  DealsOf deals_;
  DealViews views_;
  WrittenBook written_;
  std::int64_t today_;
  std::vector<TodayGroup> groups_;
};

std::string heading_of(const TodayGroup& group) {
  return group.heading + ": " + (group.counted_all ? std::to_string(group.count) : trf("more than {}", group.count));
}

}  // namespace

TodayGroup line_group(const Context& context, Store& store, const TodayQuery& query, Accounts which) {
  constexpr std::int64_t soon = 14;  // days
  TodayGroup group{"line", tr("LINE: what is held"), {}, 0, true, "genchi watch"};
  std::vector<WatchedAccount> accounts = watched_accounts(context, store, "");
  std::stable_sort(accounts.begin(), accounts.end(), [&](const auto& a, const auto& b) { return a.days_left(context.now) < b.days_left(context.now); });
  for (const WatchedAccount& account : accounts) {
    const std::string& name = account.downloads.account;
    if (!std::all_of(query.filter.accounts.begin(), query.filter.accounts.end(), [&](const std::string& wanted) { return is_account(name, wanted); })) continue;
    const std::int64_t left = account.days_left(context.now);
    if (which == Accounts::due && left >= soon) continue;
    ++group.count;
    if (query.limit != 0 && group.rows.size() >= query.limit) continue;
    TodayRow row;
    row.when = left < 0 ? tr("being lost") : trn("{} day left", "{} days left", static_cast<std::uint64_t>(left));
    row.what = trf("download by {}", day_words(account.next_download));
    row.words = for_terminal(name) + "  " + trf("held up to {}", time_of(account.state.until));
    if (!account.state.behind.empty()) row.note = trn("{} chat is not in that download", "{} chats are not in that download", account.state.behind.size());
    row.json = {{"account", or_null(name)}, {"held_until", time_json(account.state.until)}, {"days_left", left},
                {"next_download", display_time(utc_from_civil(account.next_download, 0, 0, 0, japan_offset_minutes), japan_offset_minutes).substr(0, 10)}, {"behind", account.state.behind.size()}};
    group.rows.push_back(std::move(row));
  }
  return group;
}

void print_today(Output& out, const std::vector<TodayGroup>& groups) {
  using C = Table::Column;
  for (const TodayGroup& group : groups) {
    out.line();
    out.line(out.bold(heading_of(group)));
    Table table({C::left, C::left, C::cut, C::rest, C::dim});
    constexpr std::size_t client_columns = 22;
    for (const TodayRow& row : group.rows) {
      std::string words = row.words;
      if (!row.note.empty()) words += (words.empty() ? "" : "  ") + std::string("(") + row.note + ")";
      const std::string client = row.client.number == 0 ? std::string() : label_word(row.client, client_columns);
      table.add({row.when, client, row.what, words, row.id ? row.id->hex().substr(0, short_id_digits) : ""});
    }
    table.print(out);
    if (group.rows.size() < group.count) out.line("  " + trf("… and {0} more (`{1}`)", group.count - group.rows.size(), group.more));
  }
}

std::vector<TodayGroup> today_groups(Context& context, Store& store, const TodayQuery& query) { return Today(context, store, query).groups(); }

}  // namespace genchi::cli
