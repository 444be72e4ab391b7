// genchi remind: who has not answered us for long, with words to ask again. Nothing is ever sent. The client reads the
// drafts: they are in Japanese whatever the user's language.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "cli/fact_list.hpp"
#include "cli/salutation.hpp"
#include "cli/turn_view.hpp"
#include "cli/written.hpp"
#include "facts/turn.hpp"
#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"
#include "text/readings.hpp"
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

/// The client's last word on what waits.
struct Heard {
  enum class What { nothing, something, puts_off };
  What what = What::nothing;
  UtcSeconds sent = 0;
  std::string words;    ///< of one that puts off
};

/// What a draft is made of.
struct Matter {
  std::string name;     ///< of the client
  std::string subject;  ///< of the mail that waits, without Re:
  Heard heard;
  std::string writer;   ///< "" not known
};

/// 3月23日; with the year where one might take it for another: 昨年12月20日, 2024年12月20日.
std::string day_in_letter(UtcSeconds at, UtcSeconds now) {
  constexpr std::int64_t half_a_year = 183;
  const CivilDay day = civil_day(at, japan_offset_minutes), today = civil_day(now, japan_offset_minutes);
  const std::string date = fmt::format("{}月{}日", day.month, day.day);
  if (day.year == today.year - 1) return "昨年" + date;
  if (day.year == today.year && days_from_civil(today) - days_from_civil(day) <= half_a_year) return date;
  return fmt::format("{}年{}", day.year, date);
}

/// お見積りの件; what is named as a matter already stays: 納品の件, 納品について.
std::string as_matter(const std::string& subject) {
  for (const char* end : {"件", "について", "につきまして", "に関して"})
    if (subject.ends_with(end)) return subject;
  return subject + "の件";
}

template <typename Is> bool any_character(std::string_view text, const Is& is) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (is(c.value)) return true;
    at += c.size;
  }
  return false;
}

/// Do words say what they are about? いかがでしょうか, ご検討ください and ご都合はいかがですか do not.
bool name_matter(std::string_view words) {
  static constexpr std::string_view courtesies[] = {"検討", "確認", "返信", "返事", "返答", "連絡", "回答", "都合", "手数", "宜", "願", "頂", "致", "待", "如何", "幸", "下", "思", "何", "方", "際", "手", "空", "時"};
  std::string rest(words);
  for (const std::string_view courtesy : courtesies)
    for (std::size_t at = 0; (at = rest.find(courtesy, at)) != std::string::npos;) rest.erase(at, courtesy.size());
  const auto is_katakana = [](char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0xFF66 && c <= 0xFF9D); };
  return any_character(rest, is_katakana) || any_character(fold(rest), [](char32_t c) { return readings::is_kanji(c) || char_class(c) == CharClass::word; });
}

/// 「社内で検討いたします」; "" for words that say nothing.
std::string quoted(const std::string& words) { return words.empty() ? "" : "「" + words + "」"; }

/// 検討 and 相談 are asked after by name.
std::string asked_after(const std::string& words) {
  return words.find("検討") != std::string::npos || words.find("相談") != std::string::npos ? "ご検討の状況は" : "";
}

Draft line_draft(const ClientTurn& turn, const Matter& matter, UtcSeconds now) {
  const std::string quote = name_matter(turn.waiting.words) ? turn.waiting.words : "";
  Draft draft;
  draft.text = line_salutation(matter.name) + "、こんにちは。\n";
  if (matter.heard.what == Heard::What::puts_off) {
    const std::string said = quoted(matter.heard.words);
    draft.text += day_in_letter(matter.heard.sent, now) + "に" + (said.empty() ? "お返事をいただきましたが" : said + "とのことでしたが") + "、その後" + asked_after(said) + "いかがでしょうか？\n";
  } else {
    draft.text += day_in_letter(turn.waiting.sent.utc, now) + "に" + (quote.empty() ? "お送りした件" : quoted(quote) + "とお送りした件") + "、その後いかがでしょうか？\n";
  }
  draft.text += "お手すきの際にお返事をいただけますと嬉しいです。";
  return draft;
}

Draft mail_draft(const ClientTurn& turn, const Matter& matter, UtcSeconds now) {
  const Heard& heard = matter.heard;
  const bool ours = turn.why != facts::Waits::promise;  // else they said by themselves that they would come back
  const std::string when = day_in_letter(turn.waiting.sent.utc, now);
  const std::string about = matter.subject.empty() ? when + (ours ? "にお送りした内容の件" : "にいただいたお返事の件") : as_matter(matter.subject);
  const std::string quote = name_matter(turn.waiting.words) ? turn.waiting.words : "";
  const char* title = heard.what == Heard::What::nothing ? "ご返信のお願い" : heard.what == Heard::What::puts_off ? "その後の状況のお伺い" : "ご確認のお願い";
  Draft draft;
  draft.subject = fmt::format("{}（{}）", title, about);
  draft.text = salutation(matter.name) + "\n\nいつもお世話になっております。\n";
  if (!matter.writer.empty()) draft.text += matter.writer + "です。\n";
  draft.text += '\n';
  if (heard.what == Heard::What::puts_off) {
    const std::string said = quoted(heard.words);
    draft.text += (matter.subject.empty() ? "先日の件" : as_matter(matter.subject)) + (about.ends_with("件") ? "につきまして、" : "、") + "ご連絡いたしました。\n";
    draft.text += day_in_letter(heard.sent, now) + "に" + (said.empty() ? "ご返信をいただきましたが" : said + "とのことでしたが") + "、その後" + asked_after(said) + "いかがでしょうか。\n";
    draft.text += "\nお手すきの際に、状況をお知らせいただけますと幸いです。\n";
  } else {
    const std::string sent = !quote.empty() ? "に下記の内容でお送りしました件" : matter.subject.empty() ? "にお送りしました件" : "に「" + matter.subject + "」の件名でお送りしましたメール";
    draft.text += when + sent + "につきまして、" + (heard.what == Heard::What::nothing ? "ご返信の状況" : "その後の状況") + "をお伺いしたく、ご連絡いたしました。\n";
    if (!quote.empty()) draft.text += "\n　" + quoted(quote) + "\n";
    draft.text += "\nお手すきの際に、ご返信をいただけますと幸いです。\n";
  }
  draft.text += "行き違いで既にご連絡をいただいておりましたら、ご容赦ください。\n\n何卒よろしくお願いいたします。";
  return draft;
}

Draft draft_of(const ClientTurn& turn, const Matter& matter, UtcSeconds now) {
  return turn.waiting.channel == Channel::line ? line_draft(turn, matter, now) : mail_draft(turn, matter, now);
}

/// What the client said since the message that waits. Time: the messages since, at most a few.
Heard heard_of(Store& store, const ClientTurn& turn, Quotes& quotes) {
  if (turn.why == facts::Waits::promise) return {Heard::What::puts_off, turn.waiting.sent.utc, turn.waiting.words};
  constexpr std::size_t most = 64;
  constexpr std::uint32_t puts_off = facts::cue_promises | facts::cue_sends_later | facts::cue_will_do;
  Heard heard;
  catalogue::MessageFilter since;
  since.identifiers = store.catalogue().members_of(turn.client);
  since.begin = turn.waiting.sent.utc;
  std::size_t seen = 0;
  store.catalogue().messages(since, Catalogue::Order::newest_first, [&](const catalogue::Listed& each) {
    if (each.id == turn.waiting.id || ++seen > most) return false;
    if (each.direction != Direction::in || (each.channel != Channel::mail && each.channel != Channel::line)) return true;
    heard.what = Heard::What::something;
    if ((each.cues & puts_off) == 0) return true;
    const MessageRecord* message = quotes.message(each.id);
    heard = {Heard::What::puts_off, each.sent, {}};
    if (message != nullptr) heard.words = facts::words_at(message->text, facts::read_turn(facts::Text(message->text, message->sections), facts::Text(""), false).place);
    return false;
  });
  return heard;
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
    Matter matter{names.of(turn.client).name, {}, heard_of(store, turn, quotes), context.settings.name.value_or("")};
    if (const MessageRecord* asked = turn.waiting.channel == Channel::mail ? quotes.message(turn.waiting.id) : nullptr) matter.subject = mail::base_subject(asked->subject).text;
    const Draft draft = draft_of(turn, matter, context.now);
    if (out.is_text()) print_row(out, turn, draft, before, context.now, names);
    else out.row(remind_json(turn, draft, before, context.now, names));
    return true;
  });
  std::string summary = shown == 0 ? std::string(tr("nobody to remind")) : trn("{} client", "{} clients", shown);
  if (more > 0) summary += trf(", {} more (--limit 0 shows all)", more);
  if (reminded > 0) summary += tr(", ") + trn("{} reminded lately", "{} reminded lately", reminded);
  end_list(out, summary, freshness(store));
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
