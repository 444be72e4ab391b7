// genchi dates: what was promised for when, by whom.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "cli/calendar.hpp"
#include "cli/command.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_rows.hpp"
#include "cli/fact_words.hpp"
#include "cli/table.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Catalogue;
using catalogue::Said;
using nlohmann::ordered_json;

struct DatesCommand {
  std::string client;
  std::string due;
  std::string roles = "deadline,appointment,delivery,payment";
  bool past = false, all = false;
  ListOptions list;
};

/// Which days are asked for.
struct Days {
  CivilDay first{1, 1, 1}, last{9999, 12, 31};
  Catalogue::Order order = Catalogue::Order::oldest_first;
};

Days days_of(const DatesCommand& command, const index::QueryContext& context) {
  Days days;
  const CivilDay today = civil_day(context.now, context.offset_minutes);
  if (!command.due.empty()) {
    const auto span = parse_day_range(command.due, context.now, context.offset_minutes);
    if (!span) throw Error(trf("{}: \"{}\" is not a date", "--due", for_terminal(command.due)), tr("Write it as 今週, 来月, 2024-04-01, 2024年4月 or 4/1..4/10."));
    if (span->begin != INT64_MIN) days.first = civil_day(span->begin, context.offset_minutes);
    if (span->end != INT64_MAX) days.last = civil_day(span->end - 1, context.offset_minutes);
  } else if (command.past) {
    days.last = civil_from_days(days_from_civil(today) - 1);
    days.order = Catalogue::Order::newest_first;
  } else if (!command.all) {
    days.first = today;
  }
  return days;
}

/// 2025-04-05 (土) 10:00, without the role.
std::string when(const DateFact& date) {
  std::string words = date_words(date);
  const std::size_t role = words.find("  ");
  const std::string behind = date.weekday_mismatch ? " ?" : "";
  return words.substr(0, role) + behind;
}

class Lister {
 public:
  Lister(Context& context, Store& store, std::size_t limit) : out_(context.out), limit_(limit), ics_(context.global.format == "ics"), names_(store), quotes_(store), deals_(store) {
    if (ics_) out_.bytes(calendar_begin());
  }

  /// False when the page is full.
  bool add(const Said& said, const DateFact& date) {
    if (limit_ != 0 && count_ == limit_) {
      more_ = true;
      return false;
    }
    ++count_;
    const Standing standing = deals_.of(said, date).standing;
    constexpr std::size_t near = 16;  // on a terminal a quote begins near the day
    const std::string quote = quotes_.around(said.id, date.place, out_.is_text() && !ics_ ? near : 100);
    if (ics_) add_event(said, date, standing, quote);
    else if (!out_.is_text()) out_.row(said_date_json(said, date, standing, quote, names_, quotes_));
    else add_line(said, date, standing, quote);
    return true;
  }

  void finish() {
    table_.print(out_);
    if (ics_) out_.bytes(calendar_end());
  }
  std::size_t count() const { return count_; }
  bool more() const { return more_; }

 private:
  static Table new_table() {
    using C = Table::Column;
    return Table({C::left, C::left, C::cut, C::left, C::left, C::rest, C::dim}, "");
  }

  std::string client_name(const Said& said) { return said.client.empty() ? std::string() : names_.of(said.client).name; }

  void add_line(const Said& said, const DateFact& date, Standing standing, const std::string& quote) {
    constexpr std::size_t name_columns = 14;
    table_.add({when(date), date_role_word(date.role), truncate_to_width(for_terminal(client_name(said)), name_columns), side_or_memo(said.direction, said.flags), standing_word(standing), for_terminal(quote),
                said.id.hex().substr(0, short_id_digits)});
    constexpr std::size_t page = 500;  // rows that are lined up; the next ones anew, so that memory is bounded
    if (count_ % page != 0) return;
    table_.print(out_);
    table_ = new_table();
  }

  void add_event(const Said& said, const DateFact& date, Standing standing, const std::string& quote) {
    if (standing == Standing::superseded || standing == Standing::cancelled || standing == Standing::rejected) {
      --count_;
      return;
    }
    CalendarEvent event;
    event.uid = fmt::format("{}-{}-{}@genchi", said.id.hex().substr(0, 32), date.place.begin, date.place.in_subject ? "s" : "t");
    event.stamped = said.sent.utc;
    event.date = date;
    const std::string client = client_name(said);
    event.summary = date_role_word(date.role) + (client.empty() ? "" : ": " + client);
    event.description = quote + "\n" + trf("{0}, {1}, message {2}", side_or_memo(said.direction, said.flags), display_time(said.sent.utc, japan_offset_minutes), said.id.hex().substr(0, short_id_digits));
    out_.bytes(calendar_event(event));
  }

  Output& out_;
  std::size_t limit_;
  bool ics_;
  ClientNames names_;
  Quotes quotes_;
  DealsOf deals_;
  Table table_ = new_table();
  std::size_t count_ = 0;
  bool more_ = false;
};

ExitCode run_dates(Context& context, const DatesCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const index::QueryContext names = query_context(context, store);
  const catalogue::MessageFilter filter = message_filter(command.list, names, store, command.client);
  const std::vector<DateRole> roles = date_roles(command.roles);
  const Days days = days_of(command, names);
  command.list.check_account(store);
  const bool ics = context.global.format == "ics";
  Lister lister(context, store, ics && !command.list.limit ? 0 : command.list.effective_limit(context.out));
  store.catalogue().promised(filter, days.first, days.last, roles, days.order, [&](const Said& said, const DateFact& date) { return lister.add(said, date); });
  lister.finish();
  std::string summary = lister.count() == 0 ? tr("no day is named here") : trn("{} day", "{} days", lister.count());
  if (lister.more()) summary = trf("the first {} days (--limit 0 shows all)", lister.count());
  if (lister.count() == 0 && command.due.empty() && !command.past && !command.all) summary += std::string(tr(" from today on (--past: before today)"));
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  if (context.out.is_text() && !ics && lister.count() > 0) context.out.talk("");
  context.out.talk(summary);
  return ExitCode::ok;
}

}  // namespace

void add_dates(Arguments program, Run& chosen) {
  auto command = std::make_shared<DatesCommand>();
  Arguments sub = program.add_command("dates", tr("days named in what was proposed or agreed: deadlines, appointments, deliveries, payments"));
  sub.alias("期限");
  sub.alias("日程");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name; none: all"));
  const Option due = sub.add_option("--due", command->due, tr("that fall on this day, week, month or range (今週, 来月, 4/1..4/10); without it: from today on")).value_name(tr("DATE"));
  const Option past = sub.add_flag("--past", command->past, tr("before today, newest first")).excludes(due);
  sub.add_flag("--all", command->all, tr("past and to come")).excludes(due).excludes(past);
  sub.add_option("--role", command->roles, tr("which days: deadline, appointment, delivery, payment, mention (several apart by commas), or all")).value_name(tr("ROLES")).shows_default();
  command->list.add_to(sub);
  sub.footer(tr("A week or month that was named without a day falls due on its last day. Days that a later agreement replaced are\n"
                 "shown as superseded. A question mark says that the weekday written is another. --since and --until are about when it\n"
                 "was written. --format ics writes a calendar file (without what was replaced, refused or called off).\n"
                 "\nExamples:\n"
                 "  genchi dates --due 今週\n"
                 "  genchi dates 青葉 --past --role delivery\n"
                 "  genchi dates --format ics > genchi.ics\n"
                 "\nExit status: 0 listed (also when there is nothing), 1 no such client or account, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_dates(context, *command); }; });
}

}  // namespace genchi::cli
