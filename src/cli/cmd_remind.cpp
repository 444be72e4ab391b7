// genchi remind: who has not answered us for long, with words to ask again. Nothing is ever sent. The client reads the
// drafts: they are in Japanese whatever the user's language.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/fact_list.hpp"
#include "cli/salutation.hpp"
#include "cli/turn_view.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "text/fold.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using catalogue::Catalogue;
using catalogue::ClientTurn;
using nlohmann::ordered_json;

struct RemindCommand {
  std::string client;
  std::string waiting = "7d";
  std::vector<std::string> done;
  std::string by;
  int wait = 10;
  ListOptions list;
};

std::int64_t calendar_days(UtcSeconds from, UtcSeconds to) {
  return days_from_civil(civil_day(to, japan_offset_minutes)) - days_from_civil(civil_day(from, japan_offset_minutes));
}

/// What to write, in the channel that we asked in.
struct Draft {
  std::string subject;  ///< "" in LINE
  std::string text;
};

/// `subject`: of the mail that waits.
Draft draft_of(const ClientTurn& turn, const std::string& name, const std::string& subject) {
  const CivilDay day = civil_day(turn.waiting.sent.utc, japan_offset_minutes);
  const std::string when = fmt::format("{}月{}日", day.month, day.day);
  const bool theirs = turn.why == facts::Waits::promise;  // they said they would come back
  const std::string quote = turn.waiting.words;
  Draft draft;
  if (turn.waiting.channel == Channel::line) {
    const std::string matter = quote.empty() ? (theirs ? "いただいたお返事の件" : "お送りした件") : "「" + quote + "」" + (theirs ? "といただいた件" : "とお送りした件");
    draft.text = addressed(name) + "さん、こんにちは。\n" + when + "に" + matter + "、その後いかがでしょうか？\nお手すきの際にお返事をいただけますと嬉しいです。";
    return draft;
  }
  draft.subject = fmt::format("ご返信のお願い（{}の件）", subject.empty() ? when + (theirs ? "にいただいたお返事" : "にお送りした内容") : subject);
  draft.text = salutation(name) + "\n\nいつもお世話になっております。\n\n";
  draft.text += theirs ? when + "に下記のお返事をいただきました件につきまして、その後の状況をお伺いしたく、ご連絡いたしました。\n"
                       : when + "に下記の内容でお送りしました件につきまして、ご返信の状況をお伺いしたく、ご連絡いたしました。\n";
  if (!quote.empty()) draft.text += "\n　「" + quote + "」\n";
  draft.text += "\nお手すきの際に、ご返信をいただけますと幸いです。\n行き違いで既にご連絡をいただいておりましたら、ご容赦ください。\n\n何卒よろしくお願いいたします。";
  return draft;
}

/// When each client was reminded, oldest first.
class Reminders {
 public:
  explicit Reminders(Store& store) {
    store.catalogue().annotations(Annotation::What::reminded, [&](const Annotation& each) { by_client_[store.catalogue().head_of(each.target)].push_back(each); });
  }
  const std::vector<Annotation>& of(const std::string& client) const {
    static const std::vector<Annotation> none;
    const auto at = by_client_.find(client);
    return at == by_client_.end() ? none : at->second;
  }

 private:
  std::map<std::string, std::vector<Annotation>> by_client_;
};

ordered_json remind_json(const ClientTurn& turn, const Draft& draft, const std::vector<Annotation>& before, UtcSeconds now, ClientNames& names) {
  const auto or_null = [](const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
  ordered_json row;
  row["client"] = label_json(names.of(turn.client));
  row["why"] = facts::waits_name(turn.why);
  row["since"] = iso8601({turn.since, japan_offset_minutes});
  row["days"] = calendar_days(turn.since, now);
  row["channel"] = channel_name(turn.waiting.channel);
  row["id"] = turn.waiting.id == Sha256{} ? ordered_json(nullptr) : ordered_json(turn.waiting.id.hex());
  row["quote"] = turn.waiting.words;
  row["account"] = or_null(turn.waiting.account);
  row["subject"] = or_null(draft.subject);
  row["draft"] = draft.text;
  row["reminded"] = ordered_json::array();
  for (const Annotation& each : before) row["reminded"].push_back({{"time", iso8601({each.time, japan_offset_minutes})}, {"by", or_null(each.by)}});
  return row;
}

void print_row(Output& out, const ClientTurn& turn, const Draft& draft, const std::vector<Annotation>& before, UtcSeconds now, ClientNames& names) {
  const std::size_t columns = std::min<std::size_t>(out.columns(), 120);
  const ClientNames::Label& label = names.of(turn.client);
  const std::string head = trf("{0} ({1})", for_terminal(label.name), label.number) + "  " +
                           trn("{} day without an answer", "{} days without an answer", static_cast<std::uint64_t>(calendar_days(turn.since, now))) + "  " + channel_word(turn.waiting.channel);
  out.line(out.bold(truncate_to_width(head, columns - short_id_digits - 2)) + "  " + out.dim(turn.waiting.id.hex().substr(0, short_id_digits)));
  out.line("  " + truncate_to_width(turn_words(turn.waiting), columns - 2));
  if (!before.empty()) {
    const Annotation& last = before.back();
    out.line("  " + trn("reminded {} time", "reminded {} times", before.size()) + tr(", ") + trf("last {}", display_time(last.time, japan_offset_minutes)) + (last.by.empty() ? "" : tr(", ") + for_terminal(last.by)));
  }
  out.line();
  if (!draft.subject.empty()) out.line("    " + std::string(tr("Subject: ")) + for_terminal(draft.subject));
  for (std::size_t at = 0; at <= draft.text.size();) {
    const std::size_t end = std::min(draft.text.find('\n', at), draft.text.size());
    const std::string line = for_terminal(draft.text.substr(at, end - at));
    out.line(line.empty() ? "" : "    " + line);
    at = end + 1;
  }
  out.line();
}

/// Notes that these clients were reminded.
void note_done(Context& context, const RemindCommand& command) {
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  for (const std::string& written : command.done) {
    const ChosenClient client = choose_client(store, written);
    const auto turn = store.catalogue().turn_of(client.identifiers);
    if (!turn || turn->side != facts::Side::theirs)
      throw Error(trf("we wait for no answer of {}", for_terminal(client.name)), tr("`genchi todo --all` lists whose turn it is."), ExitCode::nothing_found);
    Annotation reminded;
    reminded.what = Annotation::What::reminded;
    reminded.target = client.identifiers.front();
    reminded.value = channel_name(turn->waiting.channel);
    reminded.by = who_am_i(context, command.by);
    store.archive().append(JournalKind::annotation, catalogue::to_payload(reminded));
    context.out.talk(trf("Noted: {0} was reminded, by {1}.", for_terminal(client.name), for_terminal(reminded.by)));
  }
  store.catch_up(nullptr, interrupted);
}

ExitCode run_remind(Context& context, const RemindCommand& command) {
  const auto days = parse_day_count(command.waiting);
  if (!days) throw Error(trf("--waiting: \"{}\" is no number of days", for_terminal(command.waiting)), tr("Write it as 7d, 10日, 1週間, 2 weeks or 1か月."));
  if (!command.done.empty()) {
    note_done(context, command);
    return ExitCode::ok;
  }
  Store store = context.open();
  nothing_is_written_from_now_on();
  const catalogue::MessageFilter filter = message_filter(command.list, query_context(context, store), store, command.client);
  command.list.check_account(store);
  Output& out = context.out;
  ClientNames names(store);
  const Reminders reminders(store);
  Quotes quotes(store);
  if (out.format() == Format::csv) out.heading(remind_json({}, {}, {}, context.now, names));
  const std::size_t limit = command.list.effective_limit(out);
  std::size_t shown = 0, more = 0, reminded = 0;
  store.catalogue().turns(filter, Catalogue::Open::theirs, INT64_MIN, [&](const ClientTurn& turn) {
    if (calendar_days(turn.since, context.now) < *days) return false;  // the oldest come first
    const std::vector<Annotation>& before = reminders.of(turn.client);
    // Of what waits now: an earlier matter was another reminder.
    const bool lately = !before.empty() && before.back().time >= turn.since && calendar_days(before.back().time, context.now) < *days;
    if (lately) {
      ++reminded;
      return true;
    }
    if (limit != 0 && shown == limit) {
      ++more;
      return true;
    }
    ++shown;
    const MessageRecord* asked = turn.waiting.channel == Channel::mail ? quotes.message(turn.waiting.id) : nullptr;
    const Draft draft = draft_of(turn, names.of(turn.client).name, asked == nullptr ? std::string() : mail::base_subject(asked->subject).text);
    if (out.is_text()) print_row(out, turn, draft, before, context.now, names);
    else out.row(remind_json(turn, draft, before, context.now, names));
    return true;
  });
  std::string summary = shown == 0 ? std::string(tr("nobody to remind")) : trn("{} client", "{} clients", shown);
  if (more > 0) summary += trf(", {} more (--limit 0 shows all)", more);
  if (reminded > 0) summary += tr(", ") + trn("{} reminded lately", "{} reminded lately", reminded);
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  out.talk(summary);
  return ExitCode::ok;
}

}  // namespace

void add_remind(Arguments program, Run& chosen) {
  auto command = std::make_shared<RemindCommand>();
  Arguments sub = program.add_command("remind", tr("clients whose answer we have waited for long, each with a draft; nothing is sent"));
  sub.alias("催促");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name; none: all"));
  sub.add_option("--waiting", command->waiting, tr("for so long: 7d, 1週間, 2 weeks, 1か月 (calendar days)")).not_empty().value_name(tr("TIME")).shows_default();
  sub.add_option("--done", command->done, tr("note that this client was reminded: it is listed again when as much time has passed (repeatable)")).not_empty().one_each_time().value_name(tr("NAME"));
  sub.add_option("--by", command->by, tr("who reminded (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  add_wait(sub, command->wait);
  command->list.add_to(sub);
  sub.describe_option("--since", tr("waiting from this day, month or year on"));
  sub.describe_option("--until", tr("waiting since this day, month or year at the latest"));
  sub.footer(tr("The drafts are in Japanese, as the client reads them: in mail with name and greeting, in LINE 〇〇さん. Read them before you\n"
                "send them yourself. Who was reminded when stands in the journal.\n"
                "\nExamples:\n"
                "  genchi remind --waiting 1週間\n"
                "  genchi remind --done 青葉\n"
                "\nExit status: 0 listed (also when there is nobody) or noted, 1 no such client or account, or we wait for no answer of it,\n"
                "2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_remind(context, *command); }; });
}

}  // namespace genchi::cli
