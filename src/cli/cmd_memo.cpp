// genchi memo: our own notes of calls, meetings, faxes and SMS; the mail that has one confirmed, and the answer to it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "cli/fact_list.hpp"
#include "cli/letter.hpp"
#include "cli/memo_view.hpp"
#include "cli/salutation.hpp"
#include "cli/table.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "mail/memo.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using catalogue::Memo;
using nlohmann::ordered_json;

constexpr std::uint64_t most_text_bytes = 1 << 20;
constexpr std::uint64_t most_file_bytes = 100 << 20;
/// The same words for the same client within so long are taken for the same memo, written again after the program was ended.
constexpr UtcSeconds same_memo = 600;
/// A clock may be a little ahead.
constexpr UtcSeconds time_ahead = 300;
/// A day without its year that would be so long ago is rather one that has not come yet.
constexpr UtcSeconds long_ago = 183 * 86'400;

struct MemoCommand {
  bool phone = false, meeting = false, fax = false, sms = false;
  std::vector<std::string> words;
  std::string time, duration, who, by, supplement, confirm, unlink;
  std::vector<std::string> files, link;
  bool calls = false, again = false;
  int wait = 10;
  ListOptions list;
};

std::string short_id(const Sha256& id) { return id.hex().substr(0, short_id_digits); }

// --- Writing one ---

std::string read_text(const MemoCommand& command) {
  std::string text;
  if (command.words.size() == 1 && command.words.front() == "-") {
    std::string block(64 << 10, '\0');
    while (std::cin.read(block.data(), static_cast<std::streamsize>(block.size())), std::cin.gcount() > 0 && text.size() <= most_text_bytes) text.append(block, 0, static_cast<std::size_t>(std::cin.gcount()));
    if (std::cin.bad()) throw Error(tr("standard input could not be read to its end"));
  } else {
    for (const std::string& word : command.words) text += (text.empty() ? "" : " ") + word;
  }
  if (text.size() > most_text_bytes) throw Error(tr("the text of a memo may have up to 1 MiB"), tr("Attach it as a file: --file"));
  if (to_valid_utf8(text) != text || text.find('\0') != std::string::npos) throw Error(tr("the text of the memo is not UTF-8"), tr("Attach it as a file: --file"));
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r') out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  out.erase(0, std::min(out.find_first_not_of('\n'), out.size()));
  return out;
}

std::vector<mail::MemoFile> read_files(const MemoCommand& command) {
  std::vector<mail::MemoFile> files;
  std::uint64_t bytes = 0;
  for (const std::string& name : command.files) {
    files.push_back({to_valid_utf8(std::filesystem::path(name).filename().native()), read_file(name, most_file_bytes)});
    bytes += files.back().bytes.size();
    if (bytes > most_file_bytes) throw Error(tr("the files of a memo may have up to 100 MiB together"), tr("Write several memos, or supplements with --supplement."));
  }
  return files;
}

Channel channel_of(const MemoCommand& command) {
  if (command.meeting) return Channel::meeting;
  if (command.fax) return Channel::fax;
  return command.sms ? Channel::sms : Channel::phone;
}

/// 2024年, 去年, 2024-04-01, 24/4/1.
bool says_year(std::string_view written) {
  return written.find("年") != std::string_view::npos || std::count_if(written.begin(), written.end(), [](char c) { return c == '/' || c == '-' || c == '.'; }) >= 2;
}

UtcSeconds time_of(const MemoCommand& command, UtcSeconds now) {
  if (command.time.empty()) return now;
  const auto time = parse_time(command.time, now);
  if (!time) throw Error(trf("{}: \"{}\" is not a day and time", "--time", for_terminal(command.time)), tr("Write it as 10:30, 昨日 15時, 4/1 10:30 or 2024-04-01 10:30."));
  if (*time < now - long_ago && !says_year(command.time)) throw Error(trf("--time: is {} meant?", display_time(*time, japan_offset_minutes)), tr("Say the year of what was more than half a year ago: 2024-04-01 10:30."));
  if (*time > now + time_ahead) throw Error(trf("--time: {} has not come yet", display_time(*time, japan_offset_minutes)), tr("A memo tells what was; for today's times the hour alone will do."));
  return *time;
}

/// A client that is held; the error says what to do.
ChosenClient known_client(Store& store, const std::string& written) {
  try {
    return choose_client(store, written);
  } catch (const Error& error) {
    if (error.code() != ExitCode::nothing_found) throw;
    throw Error(error.what(), tr("A memo goes to a client that has mail or LINE in the archive: import that first. `genchi clients` lists them."), error.code());
  }
}

/// The account of ours that the client's newest message is of.
std::string account_of(Store& store, const ChosenClient& client) {
  std::string account;
  catalogue::MessageFilter filter;
  filter.identifiers = client.identifiers;
  store.catalogue().messages(filter, catalogue::Catalogue::Order::newest_first, [&](const catalogue::Listed& listed) {
    account = listed.account;
    return false;
  });
  return account;
}

std::vector<std::string> file_names(const MessageRecord& record) {
  std::vector<std::string> names;
  for (const AttachedFile& file : record.files) names.push_back(file.name);
  return names;
}

/// A memo that says the same: that of a command that was ended before it told so.
std::optional<Sha256> same_as_held(Store& store, const mail::MemoHead& head, const std::string& client, const std::string& text, const std::vector<mail::MemoFile>& files) {
  std::vector<Memo> others = head.supplement_of ? store.catalogue().supplements(*head.supplement_of) : store.catalogue().memos_between(client, head.time.utc - same_memo, head.time.utc + same_memo);
  std::vector<std::string> names;
  for (const mail::MemoFile& file : files) names.push_back(file.name);
  for (const Memo& other : others) {
    if (other.channel != head.channel || std::abs(other.time.utc - head.time.utc) > same_memo) continue;
    const auto record = store.catalogue().record(other.id);
    if (record && trim(record->text) == trim(text) && file_names(*record) == names) return other.id;
  }
  return std::nullopt;
}

ordered_json written_json(Store& store, const Memo& memo, bool fresh, const ChosenClient& client) {
  const auto record = store.catalogue().record(memo.id);
  ordered_json row;
  row["id"] = memo.id.hex();
  row["new"] = fresh;
  row["channel"] = channel_name(memo.channel);
  row["time"] = iso8601(memo.time);
  row["client"] = {{"id", client.number}, {"name", client.name}};
  row["account"] = !record || record->account.empty() ? ordered_json(nullptr) : ordered_json(record->account);
  row["by"] = !record || record->from.name.empty() ? ordered_json(nullptr) : ordered_json(record->from.name);
  row["text"] = record ? record->text : std::string();
  row["files"] = record ? ordered_json(file_names(*record)) : ordered_json::array();
  row.update(memo_details(store, memo));
  return row;
}

void print_written(Context& context, Store& store, const Sha256& id, bool fresh, const ChosenClient& client) {
  const auto memo = store.catalogue().memo(id);
  if (!memo) throw Error(trf("no message has the id {}", id.hex()));
  Output& out = context.out;
  if (!out.is_text()) {
    out.row(written_json(store, *memo, fresh, client));
    return;
  }
  std::string line = (memo->supplements ? std::string(tr("supplement")) : channel_word(memo->channel)) + "  " + display_time(memo->time.utc, japan_offset_minutes);
  if (memo->seconds) line += "  " + duration_words(*memo->seconds);
  line += "  " + trf("{0} ({1})", for_terminal(client.name), client.number);
  if (!memo->who.empty()) line += "  " + trf("with {}", for_terminal(memo->who));
  out.line(line + "  " + out.dim(short_id(id)));
  if (!fresh) context.out.talk(tr("This was noted already; nothing was written. --again writes it once more."));
  else if (!memo->supplements) context.out.talk(trf("Noted. The mail that has it confirmed: genchi memo --confirm-draft {}", short_id(id)));
}

/// The memo with this id. Throws Error for one that is none.
Memo memo_of(Store& store, const std::string& id) {
  const catalogue::Found found = find_message(store, id);
  auto memo = store.catalogue().memo(found.id);
  if (!memo) throw Error(trf("{} is no memo", short_id(found.id)), tr("`genchi search is:memo` lists them."));
  return *memo;
}

ExitCode run_write(Context& context, const MemoCommand& command) {
  const std::string text = read_text(command);
  const std::vector<mail::MemoFile> files = read_files(command);
  if (text.empty() && files.empty()) throw Error(tr("a memo without words"), tr("Write what was said: genchi memo --phone --client 青葉 '納期は4/20でお願いしたいとのこと'; or - to read it from standard input."));
  mail::MemoHead head;
  head.channel = channel_of(command);
  head.time = {time_of(command, context.now), japan_offset_minutes};
  head.written = {context.now, japan_offset_minutes};
  head.by = who_am_i(context, command.by);
  head.who = to_valid_utf8(command.who);
  if (!command.duration.empty()) {
    head.seconds = parse_duration(command.duration);
    if (!head.seconds) throw Error(trf("{}: \"{}\" is no length of time", "--duration", for_terminal(command.duration)), tr("Write it as 12分, 1時間5分, 12min or 3:05 (minutes and seconds)."));
  }

  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  ChosenClient client;
  if (command.supplement.empty()) {
    client = known_client(store, command.list.client);
  } else {
    const Memo main = memo_of(store, command.supplement);
    if (main.supplements) throw Error(trf("{} is a supplement itself", short_id(main.id)), trf("Add to the memo: genchi memo --supplement {}", short_id(*main.supplements)));
    const auto of = store.catalogue().client_of(main.client);
    if (of) client = {of->number, of->name, of->identifiers};
    else client.identifiers = {main.client};
    head.channel = main.channel;
    head.supplement_of = main.id;
  }
  head.client = client.identifiers.front();
  head.chat = store.catalogue().chat_download(head.client);
  if (!command.again)
    if (const auto held = same_as_held(store, head, head.client, text, files)) {
      print_written(context, store, *held, /*fresh=*/false, client);
      return ExitCode::ok;
    }

  const std::string bytes = mail::write_memo(head, text, files);
  Archive& archive = store.archive();
  SourceFile source;
  source.name = "genchi memo";
  source.kind = SourceKind::memo;
  archive.begin_import(source, account_of(store, client));
  const bool fresh = archive.add_memo(bytes, {0, bytes.size(), 1}, "").fresh;
  archive.end_import({1, fresh ? 1U : 0U, fresh ? 0U : 1U, 0}, std::nullopt, bytes.size());
  store.catch_up(nullptr, interrupted);
  print_written(context, store, sha256(bytes), fresh, client);
  return ExitCode::ok;
}

// --- Calls without one ---

ExitCode run_calls(Context& context, const MemoCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  catalogue::MessageFilter filter = message_filter(command.list, query_context(context, store), store, "");
  command.list.check_account(store);
  if (command.list.since.empty()) filter.begin = context.now - days_of_calls * 86'400;
  Output& out = context.out;
  ClientNames names(store);
  Quotes quotes(store);
  const auto row_of = [&](const catalogue::Call& call, const MessageRecord* record) {
    ordered_json row;
    row["id"] = call.id.hex();
    row["sent"] = iso8601({call.sent, japan_offset_minutes});
    row["client"] = call.client.empty() ? ordered_json(nullptr) : label_json(names.of(call.client));
    row["direction"] = direction_name(call.direction);
    row["account"] = call.account.empty() ? ordered_json(nullptr) : ordered_json(call.account);
    row["by"] = record == nullptr || record->from.name.empty() ? ordered_json(nullptr) : ordered_json(record->from.name);
    row["text"] = record == nullptr ? std::string() : record->text;
    return row;
  };
  if (out.format() == Format::csv) out.heading(row_of({}, nullptr));
  using C = Table::Column;
  Table table({C::left, C::left, C::left, C::rest, C::dim}, "");
  const std::size_t limit = command.list.effective_limit(out);
  std::size_t shown = 0;
  bool more = false;
  store.catalogue().calls_without_memo(filter, [&](const catalogue::Call& call) {
    if (limit != 0 && shown == limit) {
      more = true;
      return false;
    }
    ++shown;
    const MessageRecord* record = quotes.message(call.id);
    if (!out.is_text()) {
      out.row(row_of(call, record));
      return true;
    }
    const ClientNames::Label& label = names.of(call.client);
    table.add({display_time(call.sent, japan_offset_minutes), side_word(call.direction), trf("{0} ({1})", for_terminal(label.name), label.number),
               record == nullptr ? std::string() : for_terminal(record->text), short_id(call.id)});
    return true;
  });
  table.print(out);
  std::string summary = shown == 0 ? std::string(tr("no LINE call without a memo")) : trn("{} LINE call without a memo", "{} LINE calls without a memo", shown);
  if (more) summary += tr(", and more (--limit 0 shows all)");
  if (const std::string fresh = freshness(store); !fresh.empty()) summary += tr(". ") + fresh;
  if (out.is_text() && shown > 0) out.talk("");
  out.talk(summary);
  if (shown > 0) out.talk(tr("Note one: genchi memo --phone --client NUMBER --time '4/1 10:30' 'what was said'"));
  return ExitCode::ok;
}

// --- Confirmation ---

class ConfirmationLetter {
 public:
  ConfirmationLetter(Store& store, const Memo& memo, const catalogue::Client& client) : store_(store), memo_(memo), client_(client) {}

  LetterDraft draft() {
    LetterDraft draft;
    if (!client_.addresses.empty()) draft.to = client_.addresses.front();
    const CivilDay day = civil_day(memo_.time.utc, japan_offset_minutes);
    const std::string when = fmt::format("{}月{}日", day.month, day.day);
    draft.subject = fmt::format("{}の内容のご確認のお願い（{}）", channel_in_japanese(memo_.channel), when);
    line(letter_salutation(client_, memo_.who));
    line();
    line("いつもお世話になっております。");
    line();
    line(when + opening());
    line("行き違いのないよう、内容を下記のとおりまとめさせていただきます。");
    line("お手数をおかけいたしますが、ご確認をお願いいたします。");
    line();
    line(fmt::format("■{}の内容", channel_in_japanese(memo_.channel)));
    line("　日時：" + moment_in_japanese(memo_.time));
    if (!memo_.who.empty()) line("　お話しした方：" + addressed(memo_.who) + " 様");
    said(memo_.id);
    for (const Memo& each : store_.catalogue().supplements(memo_.id)) {
      line();
      line("■補足（" + moment_in_japanese(each.time) + "）");
      said(each.id);
    }
    line();
    line("内容に相違がございましたら、お手数ですがこのメールへのご返信にてお知らせください。");
    line("相違がございません場合も、その旨ご一報いただけますと幸いです。");
    line("何卒よろしくお願い申し上げます。");
    line();
    line();
    draft.body = std::move(body_);
    return draft;
  }
  bool has_facts() const { return has_facts_; }

 private:
  void line(const std::string& text = {}) { body_ += text + "\n"; }

  std::string opening() const {
    switch (memo_.channel) {
    case Channel::meeting: return "のお打ち合わせでお話しいたしました件につきまして、";
    case Channel::fax: return "のFAXの件につきまして、";
    case Channel::sms: return "のSMSの件につきまして、";
    default: return "にお電話でお話しいたしました件につきまして、";
    }
  }

  void said(const Sha256& id) {
    const auto record = store_.catalogue().record(id);
    if (!record) return;
    std::string_view rest = record->text;
    Line each;
    while (next_line(rest, each))
      if (!trim(each.text).empty()) line("　" + std::string(trim(each.text)));
    const auto facts = store_.catalogue().facts(id);
    if (!facts) return;
    has_facts_ |= !facts->amounts.empty() || !facts->dates.empty();
    for (const Amount& amount : facts->amounts) line("　金額：" + money_in_japanese(amount));
    for (const DateFact& date : facts->dates) line(std::string("　") + day_label(date.role) + "：" + days_in_japanese(date));
  }

  Store& store_;
  const Memo& memo_;
  const catalogue::Client& client_;
  std::string body_;
  bool has_facts_ = false;
};

ExitCode run_confirm_draft(Context& context, const MemoCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  Memo memo = memo_of(store, command.confirm);
  if (memo.supplements) memo = memo_of(store, memo.supplements->hex());
  const catalogue::Client client = store.catalogue().client_of(memo.client).value_or(catalogue::Client{});
  ConfirmationLetter letter(store, memo, client);
  const LetterDraft draft = letter.draft();
  Output& out = context.out;
  if (out.is_text()) print_letter(out, draft);
  else out.row({{"id", memo.id.hex()}, {"to", draft.to.empty() ? ordered_json(nullptr) : ordered_json(draft.to)}, {"subject", draft.subject}, {"body", draft.body}});
  if (draft.to.empty()) out.talk(tr("No mail address of theirs is known: fill it in."));
  if (memo.confirmed_by) out.talk(trf("It is confirmed already, by {}.", short_id(*memo.confirmed_by)));
  out.talk(tr("The words of the memo stand in it as they are: take out what is not for the client."));
  if (letter.has_facts()) out.talk(tr("Amounts and days are those that were read in the memo: check them."));
  out.talk(trf("A draft: read it before you send it. When the client's answer is imported: genchi memo --link {} ID", short_id(memo.id)));
  return ExitCode::ok;
}

void append_link(Context& context, Store& store, const MemoCommand& command, const Memo& memo, const std::string& answer) {
  Annotation link;
  link.what = Annotation::What::confirmation;
  link.target = "message:" + memo.id.hex();
  link.value = answer;
  link.by = who_am_i(context, command.by);
  store.archive().append(JournalKind::annotation, catalogue::to_payload(link));
  store.catch_up(nullptr, interrupted);
}

void print_link(Context& context, Store& store, const Sha256& id, const std::string& words) {
  const auto memo = store.catalogue().memo(id);
  if (!context.out.is_text() && memo) {
    const auto client = store.catalogue().client_of(memo->client).value_or(catalogue::Client{});
    context.out.row(written_json(store, *memo, /*fresh=*/false, {client.number, client.name, client.identifiers}));
  } else {
    context.out.line(words);
  }
}

ExitCode run_link(Context& context, const MemoCommand& command) {
  if (command.link.size() != 2) throw Error(tr("--link takes two ids: of the memo, and of the client's answer"));
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const Memo memo = memo_of(store, command.link[0]);
  if (memo.supplements) throw Error(trf("{} is a supplement", short_id(memo.id)), trf("The memo is {}: confirm that.", short_id(*memo.supplements)));
  const catalogue::Found answer = find_message(store, command.link[1]);
  const auto listed = store.catalogue().listed(answer.shown_as);
  const std::string id = short_id(answer.shown_as);
  if (!listed || listed->direction != Direction::in || (listed->flags & flag_memo) != 0) throw Error(trf("{} is not from the client", id), tr("Only what the client wrote confirms a memo."));
  if (listed->client != memo.client) throw Error(trf("{} is of another client than the memo", id), tr("If the two are one, say so: genchi clients merge"));
  if (listed->sent < memo.time.utc) throw Error(trf("{} was sent before what the memo tells of", id), tr("An answer comes later."));
  if (listed->flags & flag_auto) throw Error(trf("{} was made by a machine", id), tr("Automatic replies confirm nothing."));
  append_link(context, store, command, memo, answer.shown_as.hex());
  print_link(context, store, memo.id, trf("The memo {0} is confirmed by the client, with {1} of {2}.", short_id(memo.id), id, display_time(listed->sent, japan_offset_minutes)));
  return ExitCode::ok;
}

ExitCode run_unlink(Context& context, const MemoCommand& command) {
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const Memo memo = memo_of(store, command.unlink);
  if (!memo.confirmed_by) throw Error(trf("the memo {} is not confirmed", short_id(memo.id)));
  append_link(context, store, command, memo, "");
  print_link(context, store, memo.id, trf("The memo {} is our own note again. Both rows stay in the journal.", short_id(memo.id)));
  return ExitCode::ok;
}

ExitCode run_memo(Context& context, const MemoCommand& command) {
  const int tasks = (command.calls ? 1 : 0) + (command.confirm.empty() ? 0 : 1) + (command.link.empty() ? 0 : 1) + (command.unlink.empty() ? 0 : 1);
  const bool writes = !command.words.empty() || !command.files.empty() || !command.supplement.empty();
  if (tasks > 1 || (tasks == 1 && writes)) throw Error(tr("one thing at a time: a memo, --calls, --confirm-draft, --link or --unlink"));
  if (command.calls) return run_calls(context, command);
  if (!command.confirm.empty()) return run_confirm_draft(context, command);
  if (!command.link.empty()) return run_link(context, command);
  if (!command.unlink.empty()) return run_unlink(context, command);
  if (!command.supplement.empty() && (command.phone || command.meeting || command.fax || command.sms || !command.list.client.empty()))
    throw Error(tr("a supplement is of the same client and channel as its memo"), tr("Leave --client and --phone out."));
  if (command.supplement.empty() && !(command.phone || command.meeting || command.fax || command.sms)) throw Error(tr("which channel?"), tr("Say --phone, --meeting, --fax or --sms."));
  if (command.supplement.empty() && command.list.client.empty()) throw Error(tr("which client?"), tr("Say its number or a part of its name: --client 青葉"));
  return run_write(context, command);
}

}  // namespace

void add_memo(Arguments program, Run& chosen) {
  auto command = std::make_shared<MemoCommand>();
  Arguments sub = program.add_command("memo", tr("note a call, a meeting, a fax or an SMS; have it confirmed by mail"));
  sub.alias("メモ");
  sub.add_argument("TEXT", command->words, tr("what was said; - reads it from standard input"));
  Option phone = sub.add_flag("--phone", command->phone, tr("a telephone call"));
  Option meeting = sub.add_flag("--meeting", command->meeting, tr("a meeting"));
  Option fax = sub.add_flag("--fax", command->fax, tr("a fax, sent or received"));
  Option sms = sub.add_flag("--sms", command->sms, tr("an SMS, sent or received"));
  meeting.excludes(phone);
  fax.excludes(phone).excludes(meeting);
  sms.excludes(phone).excludes(meeting).excludes(fax);
  sub.add_option("--time", command->time, tr("when it was: 10:30, 昨日 15時, 4/1 10:30 (default: now)")).not_empty().value_name(tr("WHEN"));
  sub.add_option("--duration", command->duration, tr("how long it took: 12分, 1時間5分, 3:05")).not_empty().value_name(tr("LENGTH"));
  sub.add_option("--who", command->who, tr("with whom")).not_empty().value_name(tr("NAME"));
  sub.add_option("--file", command->files, tr("a file that goes with it (repeatable)")).not_empty().one_each_time().value_name(tr("FILE"));
  sub.add_option("--by", command->by, tr("who of us notes it (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  sub.add_flag("--again", command->again, tr("write it although the same was noted within ten minutes"));
  sub.add_option("--supplement", command->supplement, tr("add TEXT to this memo, with a time of its own; the memo stays as it is")).not_empty().value_name("ID");
  const std::string group = tr("Instead of a memo");
  sub.add_flag("--calls", command->calls, tr("calls in LINE of which no memo tells, of the last two weeks or --since")).group(group);
  sub.add_option("--confirm-draft", command->confirm, tr("draft the mail that asks the client to confirm this memo; nothing is sent")).not_empty().value_name("ID").group(group);
  sub.add_option("--link", command->link, tr("tie the client's answer to a memo: it is confirmed by the client then")).value_name(tr("MEMO MESSAGE")).group(group);
  sub.add_option("--unlink", command->unlink, tr("take that back")).not_empty().value_name("ID").group(group);
  add_wait(sub, command->wait);
  command->list.add_to(sub);
  sub.remove_option("--channel");
  sub.describe_option("--client", tr("the client: number or part of the name"));
  sub.describe_option("--since", tr("with --calls: from this day, month or year on"));
  sub.describe_option("--until", tr("with --calls: up to this day, month or year"));
  sub.footer(tr("A memo is our own note, and is shown as that everywhere: what it says was agreed is not the client's word, and makes no\n"
                "deal. Nothing in it can be changed; supplements stand below it with their own time. It becomes (相手確認済) when the\n"
                "client's answer to the confirmation mail is tied to it.\n"
                "\nExamples:\n"
                "  genchi memo --phone --client 青葉 --duration 12分 --who 田中 '納期は4/20で、とのこと。金額は据え置き'\n"
                "  genchi memo --fax --client 3 --file scan.pdf '注文書'\n"
                "  genchi memo --supplement 3f2a91c0de '色は後日連絡をもらう'\n"
                "  genchi memo --calls\n"
                "  genchi memo --confirm-draft 3f2a91c0de\n"
                "  genchi memo --link 3f2a91c0de 77b1c2d3e4\n"
                "\nExit status: 0 noted, listed or drafted, 1 no such client or message, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_memo(context, *command); }; });
}

}  // namespace genchi::cli
