// genchi timeline: all that was said with one client, whatever the channel, in one stream.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_rows.hpp"
#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Catalogue;
using catalogue::Listed;
using nlohmann::ordered_json;

constexpr std::size_t most_lines = 12;   // of one message, in a list
constexpr std::int64_t long_silence = 14;  // days that are worth a word

struct TimelineCommand {
  std::string client;
  bool whole = false;
  ListOptions list;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : tr(", ")) + part;
  return out;
}

std::string file_words(const std::vector<AttachedFile>& files) {
  std::vector<std::string> names;
  for (const AttachedFile& file : files) names.push_back(file.name.empty() ? attachment_word(file.kind) : for_terminal(file.name));
  return joined(names);
}

/// What it does, figures and days: 提示, 55,000円 税込, 2026-04-05 (日) 納品.
std::string fact_words(const Facts& facts) {
  constexpr std::size_t most = 6;
  std::vector<std::string> words;
  if (facts.act != Act::none) words.push_back(act_words(facts.act, facts.conditional));
  for (const Amount& amount : facts.amounts) {
    std::string money = money_words(amount);
    if (const std::string tax = tax_word(amount.tax); !tax.empty()) money += " " + tax;
    words.push_back(std::move(money));
  }
  for (const DateFact& date : facts.dates) {
    std::string day = date_words(date);
    if (const std::size_t gap = day.find("  "); gap != std::string::npos) day.erase(gap, 1);
    words.push_back(std::move(day));
  }
  const bool more = words.size() > most;
  if (more) words.resize(most);
  return joined(words) + (more ? " …" : "");
}

std::vector<std::string> notes_of(const MessageRecord& message, bool broadcast) {
  std::vector<std::string> notes;
  if (message.flags & flag_memo) notes.push_back(memo_word(message.flags));
  if (message.flags & flag_unsent) notes.emplace_back(tr("unsent"));
  if (broadcast) notes.emplace_back(tr("to several at once"));
  if (message.flags & flag_bulk) notes.emplace_back(tr("sent to many (newsletter, mailing list)"));
  if (message.flags & flag_doubtful_time) notes.emplace_back(tr("(more than a day away from when it was received)"));
  if (message.flags & flag_differs) notes.emplace_back(tr("another text under this Message-ID"));
  return notes;
}

class TimelineList {
 public:
  TimelineList(Context& context, Store& store, bool whole) : out_(context.out), store_(store), whole_(whole), names_(store) {}

  void add(const Listed& listed) {
    ++count_;
    std::optional<MessageRecord> message;
    try {
      message = store_.catalogue().record(listed.id);
    } catch (const Error&) {
      // Damaged: told at the end; what the catalogue knows of it is still true.
    }
    if (!message) {
      ++unreadable_;
      if (!out_.is_text()) return;
      print_head(listed, std::string(tr("(the original is damaged)")));
      return;
    }
    const auto facts = store_.catalogue().facts(listed.id);
    if (out_.is_text()) print(listed, *message, facts);
    else if (out_.format() == Format::csv) out_.row(cells(listed, *message, facts));
    else out_.row(json(listed, std::move(*message), facts));
  }

  /// The heading of CSV for a list without rows.
  void heading() { out_.heading(cells({}, {}, {})); }
  std::size_t count() const { return count_; }
  std::uint64_t unreadable() const { return unreadable_; }

 private:
  std::size_t columns() const { return std::min<std::size_t>(out_.columns(), 120); }

  void separate(const CivilDay day) {
    if (last_day_ && *last_day_ == day) return;
    const std::int64_t silence = last_day_ ? days_from_civil(day) - days_from_civil(*last_day_) : 0;
    std::string words = day_words(day);
    if (silence >= long_silence) words += "  " + trn("after {} day", "after {} days", static_cast<std::uint64_t>(silence));
    if (last_day_) out_.line();
    std::string rule;
    for (std::size_t used = display_width(words) + 1; used < columns(); ++used) rule += "-";
    out_.line(out_.bold(words) + " " + out_.dim(rule));
    last_day_ = day;
  }

  void print_head(const Listed& listed, const std::string& rest) {
    separate(civil_day(listed.sent, japan_offset_minutes));
    const std::string head = display_time(listed.sent, japan_offset_minutes).substr(11) + "  " + pad_to_width(channel_word(listed.channel), 6) + " " + direction_word(listed.direction) + "  ";
    const std::size_t used = display_width(head) + short_id_digits + 2;
    const std::size_t room = columns() > used + 8 ? columns() - used : 8;
    out_.line(out_.bold(head + pad_to_width(truncate_to_width(rest, room), room)) + "  " + out_.dim(listed.id.hex().substr(0, short_id_digits)));
  }

  void print(const Listed& listed, const MessageRecord& message, const std::optional<Facts>& facts) {
    std::string who = person_word(message.from);
    for (const std::string& note : notes_of(message, listed.broadcast)) who += " [" + note + "]";
    print_head(listed, who);
    const std::string indent(7, ' ');
    const std::size_t room = columns() - indent.size();
    if (!message.subject.empty()) out_.line(indent + truncate_to_width(tr("Subject: ") + for_terminal(message.subject), room));
    std::string own = for_terminal(own_words(message), true);
    while (!own.empty() && (own.back() == '\n' || own.back() == ' ')) own.pop_back();
    own.erase(0, std::min(own.find_first_not_of('\n'), own.size()));
    const std::vector<std::string> lines = own.empty() ? std::vector<std::string>() : wrapped(own, room);
    // One more line is no longer than saying that there is one.
    const std::size_t shown = whole_ || lines.size() <= most_lines + 1 ? lines.size() : most_lines;
    for (std::size_t i = 0; i < shown; ++i) out_.line(lines[i].empty() ? "" : indent + lines[i]);
    if (shown < lines.size()) out_.line(indent + out_.dim(trn("… {} more line", "… {} more lines", lines.size() - shown)));
    // A LINE placeholder's own words say the same.
    if (!message.files.empty() && (listed.channel != Channel::line || own.empty())) out_.line(indent + tr("Files: ") + truncate_to_width(file_words(message.files), room));
    if (facts)
      if (const std::string words = fact_words(*facts); !words.empty()) out_.line(indent + out_.dim(truncate_to_width("→ " + words, room)));
  }

  ordered_json json(const Listed& listed, MessageRecord&& message, const std::optional<Facts>& facts) {
    index::Hit hit;
    hit.message = std::move(message);
    constexpr std::size_t snippet_columns = 160;
    ordered_json row = message_json(hit, index::make_snippet(hit.message, {}, snippet_columns), names_, true);
    row["own_words"] = own_words(hit.message);
    row["broadcast"] = listed.broadcast;
    if (facts && !facts->empty()) add_facts(row["facts"], *facts, hit.message.text, hit.message.subject, false);
    return row;
  }

  ordered_json cells(const Listed& listed, const MessageRecord& message, const std::optional<Facts>& facts) {
    const auto people = [](const std::vector<Person>& all) {
      std::string out;
      for (const Person& person : all) out += (out.empty() ? "" : "; ") + (person.name.empty() ? person.address : person.name);
      return out;
    };
    std::string files;
    for (const AttachedFile& file : message.files) files += (files.empty() ? "" : "; ") + (file.name.empty() ? file.kind : file.name);
    std::string amounts, days;
    if (facts)
      for (const Amount& amount : facts->amounts) amounts += (amounts.empty() ? "" : "; ") + (amount.yen ? std::to_string(*amount.yen) : amount.currency + " " + amount.value);
    if (facts)
      for (const DateFact& date : facts->dates) days += (days.empty() ? "" : "; ") + date.value();
    ordered_json row;
    row["id"] = listed.id.hex();
    row["sent"] = iso8601({listed.sent, japan_offset_minutes});
    row["channel"] = channel_name(listed.channel);
    row["direction"] = direction_name(listed.direction);
    row["account"] = listed.account;
    row["from"] = people({message.from});
    row["to"] = people(message.to);
    row["cc"] = people(message.cc);
    row["subject"] = message.subject;
    row["own_words"] = own_words(message);
    row["files"] = files;
    row["act"] = facts ? act_name(facts->act) : "";
    row["amounts"] = amounts;
    row["days"] = days;
    row["unsent"] = (message.flags & flag_unsent) != 0;
    row["broadcast"] = listed.broadcast;
    return row;
  }

  Output& out_;
  Store& store_;
  bool whole_;
  ClientNames names_;
  std::optional<CivilDay> last_day_;
  std::size_t count_ = 0;
  std::uint64_t unreadable_ = 0;
};

ExitCode run_timeline(Context& context, const TimelineCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const catalogue::MessageFilter filter = message_filter(command.list, query_context(context, store), store, command.client);
  command.list.check_account(store);
  if (!filter.identifiers) throw Error(tr("which client?"), tr("Say its number or a part of its name."));
  TimelineList list(context, store, command.whole);
  const std::size_t limit = command.list.effective_limit(context.out);
  bool more = false;
  if (limit == 0) {
    store.catalogue().messages(filter, Catalogue::Order::oldest_first, [&](const Listed& listed) {
      list.add(listed);
      return true;
    });
  } else {
    std::vector<Listed> newest;
    store.catalogue().messages(filter, Catalogue::Order::newest_first, [&](const Listed& listed) {
      more = newest.size() == limit;
      if (!more) newest.push_back(listed);
      return !more;
    });
    for (auto listed = newest.rbegin(); listed != newest.rend(); ++listed) list.add(*listed);
  }
  if (list.count() == 0 && context.out.format() == Format::csv) list.heading();
  std::string summary = more ? trn("the newest {} message (--limit 0 shows all)", "the newest {} messages (--limit 0 shows all)", list.count())
                             : list.count() == 0 ? std::string(tr("no messages")) : trn("{} message", "{} messages", list.count());
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  if (context.out.is_text() && list.count() > 0) context.out.talk("");
  context.out.talk(summary);
  return tell_of_unreadable(context, store, list.unreadable()) ? ExitCode::set_aside : ExitCode::ok;
}

}  // namespace

void add_timeline(Arguments program, Run& chosen) {
  auto command = std::make_shared<TimelineCommand>();
  Arguments sub = program.add_command("timeline", tr("all that was said with a client, mail and LINE and memos in one stream"));
  sub.alias("時系列");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name"));
  sub.add_flag("--whole", command->whole, tr("long messages to their end"));
  command->list.add_to(sub);
  sub.describe_option("--limit", tr("the newest so many; 0 all (default: 20 on a terminal, else all)"));
  sub.footer(tr("Oldest first. Shown are the words of whoever wrote, without quotations and signatures; `genchi show ID` shows all.\n"
                "\nExamples:\n"
                "  genchi timeline 青葉 --limit 50\n"
                "  genchi timeline 青葉 --since 3か月前 --channel line\n"
                "  genchi timeline 青葉 --format csv > 青葉.csv\n"
                "\nExit status: 0 listed (also when there is nothing), 1 no such client or account, 2 wrong usage or failure, 3 an\n"
                "original is damaged and was left out."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_timeline(context, *command); }; });
}

}  // namespace genchi::cli
