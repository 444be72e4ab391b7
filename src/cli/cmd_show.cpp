// genchi show: one message, its headers, or its original bytes.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "cli/fact_words.hpp"
#include "cli/memo_view.hpp"
#include "cli/message_view.hpp"
#include "cli/provenance.hpp"
#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

struct ShowCommand {
  std::vector<std::string> ids;
  bool raw = false;
  bool headers = false;
  std::size_t attachment = 0;
};

Spool original_bytes(Store& store, const catalogue::Found& found) {
  const auto entry = store.archive().entry(found.entry);
  if (!entry) throw Error(trf("the original of {} is not in the archive", found.id.hex()));
  if (found.length == 0) return store.archive().original(*entry);
  Spool row;
  row.append(store.archive().read(*entry, found.offset, found.length));
  return row;
}

// For a terminal everything is made safe; into a file or pipe the bytes go as they are.
void print_raw(Output& out, std::string_view bytes) {
  if (out.on_terminal()) out.bytes(for_terminal(bytes, true));
  else out.bytes(bytes);
}

void label(Output& out, const char* name, const std::string& value) {
  if (!value.empty()) out.line(pad_to_width(name, 10) + " " + value);
}

std::string people_words(const std::vector<Person>& people) {
  std::string out;
  for (const auto& person : people) {
    out += (out.empty() ? "" : tr(", ")) + for_terminal(person.name);
    if (!person.address.empty()) out += (person.name.empty() ? "" : " <") + for_terminal(person.address) + (person.name.empty() ? "" : ">");
  }
  return out;
}

/// The file it came from and the place in it. A LINE row's place is its own; a mail's is that of the mail in its mailbox.
std::string original_place(const MessageRecord& m, const std::optional<Entry>& entry) {
  std::uint64_t offset = m.source.offset;
  std::uint64_t line = 0;
  if (m.channel == Channel::mail && entry) {
    offset = entry->place.offset;
    line = entry->place.line;
  }
  if (line > 1) return trf("{0}, line {1} (byte {2}), {3} bytes", for_terminal(m.source.name), line, offset, m.source.length);
  return trf("{0}, byte {1}, {2} bytes", for_terminal(m.source.name), offset, m.source.length);
}

/// What is read out of it, a line each.
void print_facts(Output& out, Store& store, const MessageRecord& m) {
  const auto facts = store.catalogue().facts(m.id);
  if (!facts) return;
  const char* name = tr("Read");
  const auto line = [&](const std::string& words) {
    out.line(pad_to_width(name, 10) + " " + words);
    name = "";
  };
  for (const Amount& amount : facts->amounts) line(amount_words(amount));
  for (const DateFact& date : facts->dates) line(date_words(date));
  if (facts->act != Act::none) line(act_words(facts->act, facts->conditional));
}

/// What a memo says of itself, and whose word stands behind it.
void print_memo(Output& out, Store& store, const catalogue::Memo& memo) {
  const auto id_and_time = [&](const Sha256& id) {
    const auto listed = store.catalogue().listed(id);
    return id.hex().substr(0, short_id_digits) + (listed ? "  " + display_time(listed->sent, japan_offset_minutes) : "");
  };
  if (memo.seconds) label(out, tr("Duration"), duration_words(*memo.seconds));
  label(out, tr("Written"), display_time(memo.written, japan_offset_minutes));
  if (memo.supplements) label(out, tr("Adds to"), id_and_time(*memo.supplements));
  if (memo.confirmed_by) label(out, tr("Confirmed"), id_and_time(*memo.confirmed_by));
}

/// The file that belongs to a LINE message.
void print_attached(Output& out, Store& store, const catalogue::Attached& file) {
  const auto entry = file.entry != 0 ? store.archive().entry(file.entry) : std::nullopt;
  label(out, tr("Attached"), entry ? trf("{0}, {1} bytes", for_terminal(file.name), file.length) : std::string(tr("a file that is not held any more")));
  std::string when = display_time(file.time, japan_offset_minutes);
  if (!file.by.empty()) when += tr(", ") + for_terminal(file.by);
  if (const auto import = entry ? store.archive().import_of(entry->import) : std::nullopt) when += tr(", ") + trf("from {}", for_terminal(import->source));
  label(out, "", when);
  label(out, "", "SHA-256 " + file.digest.hex());
}

void print_supplements(Output& out, Store& store, const catalogue::Memo& memo) {
  for (const catalogue::Memo& each : store.catalogue().supplements(memo.id)) {
    const auto record = store.catalogue().record(each.id);
    if (!record) continue;
    std::string head = std::string(tr("Supplement")) + "  " + display_time(each.time.utc, japan_offset_minutes);
    if (!record->from.name.empty()) head += "  " + for_terminal(record->from.name);
    out.line(out.bold(head) + "  " + out.dim(each.id.hex().substr(0, short_id_digits)));
    std::string files;
    for (const auto& file : record->files) files += (files.empty() ? "" : tr(", ")) + for_terminal(file.name);
    if (!files.empty()) label(out, tr("Files"), files);
    out.line(for_terminal(record->text, true));
  }
}

nlohmann::ordered_json taken_back_json(const catalogue::TakenBack& taken) {
  using Words = catalogue::TakenBack::Words;
  using nlohmann::ordered_json;
  const auto time = [](const std::optional<UtcSeconds>& utc) { return utc ? ordered_json(iso8601({*utc, japan_offset_minutes})) : ordered_json(nullptr); };
  return {{"held", time(taken.held)}, {"noted", time(taken.noted)},
          {"words", taken.words == Words::held ? "held" : taken.words == Words::erased ? "erased" : "never_held"}};
}

void print_message(Context& context, Store& store, const MessageRecord& m, const std::optional<Entry>& entry) {
  Output& out = context.out;
  ClientNames names(store);
  label(out, tr("Subject"), out.bold(for_terminal(m.subject)));
  label(out, tr("From"), people_words({m.from}));
  label(out, tr("To"), people_words(m.to));
  label(out, tr("Cc"), people_words(m.cc));
  std::string sent = iso8601(m.sent);
  if (m.flags & flag_minute) sent.erase(16, 3);  // the second is not known
  if (m.flags & flag_doubtful_time) sent += std::string("  ") + tr("(more than a day away from when it was received)");
  label(out, tr("Sent"), sent);
  std::string clients;
  for (const auto& client : names.all(m)) clients += (clients.empty() ? "" : tr(", ")) + for_terminal(client.name) + " (" + std::to_string(client.number) + ")";
  label(out, tr("Client"), clients);
  const auto memo = (m.flags & flag_memo) != 0 ? store.catalogue().memo(m.id) : std::nullopt;
  std::string channel = channel_word(m.channel) + ", " + (memo ? memo_word(m.flags) : direction_word(m.direction));
  if (!m.account.empty()) channel += ", " + for_terminal(m.account);
  label(out, tr("Channel"), channel);
  if (memo) print_memo(out, store, *memo);
  std::string files;
  for (const auto& file : m.files) files += (files.empty() ? "" : tr(", ")) + (file.name.empty() ? file.kind : for_terminal(file.name));
  label(out, tr("Files"), files);
  const auto attached = m.channel == Channel::line ? store.catalogue().attached(m.id) : std::nullopt;
  if (attached) print_attached(out, store, *attached);
  std::vector<std::string> notes;
  if (m.flags & flag_unsent) notes.push_back(taken_back_words(store, m.id));
  if (m.flags & flag_bulk) notes.emplace_back(tr("sent to many (newsletter, mailing list)"));
  if (m.flags & flag_auto) notes.emplace_back(tr("made by a machine"));
  if (m.flags & flag_spam) notes.emplace_back(tr("spam"));
  if (m.flags & flag_trash) notes.emplace_back(tr("trash"));
  if (m.flags & flag_differs) notes.emplace_back(tr("another mail with this Message-ID says something else"));
  if (m.copies > 1) notes.push_back(trf("{} copies held", m.copies));
  if (m.channel == Channel::mail && entry)
    for (const auto& oddity : mail::parse(store.archive().original(*entry).view()).oddities) notes.push_back(for_terminal(oddity));
  std::string all_notes;
  for (const auto& note : notes) all_notes += (all_notes.empty() ? "" : "; ") + note;
  label(out, tr("Note"), all_notes);
  print_facts(out, store, m);
  label(out, tr("Original"), original_place(m, entry));
  if (const auto import = entry ? store.archive().import_of(entry->import) : std::nullopt; import && import->provenance != Provenance::unsaid)
    label(out, tr("Came from"), provenance_word(import->provenance));
  label(out, "SHA-256", m.source.object.hex());
  if (const auto also = store.catalogue().also_in(m.id))
    label(out, tr("Also in"), trf("{0}, byte {1}, {2} bytes", for_terminal(also->name), also->offset, also->length));
  label(out, tr("Id"), m.id.hex());
  out.line();
  if (m.sections.empty()) {
    out.line(for_terminal(m.text, true));
    if (memo) print_supplements(out, store, *memo);
    return;
  }
  for (const auto& section : m.sections) {
    std::string text = for_terminal(std::string_view(m.text).substr(section.begin, section.end - section.begin), true);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    const bool aside = section.kind == SectionKind::quoted || section.kind == SectionKind::signature;
    out.line(aside ? out.dim(text) : text);
  }
}

ExitCode run_show(Context& context, const ShowCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  bool first = true;
  for (const auto& id : command.ids) {
    const catalogue::Found found = find_message(store, id);
    const bool is_mail = found.length == 0;  // or a memo, which is made like one
    if (command.raw) {
      print_raw(context.out, original_bytes(store, found).view());
      continue;
    }
    if (command.attachment > 0) {
      Spool original = original_bytes(store, found);
      const std::string_view raw = original.view();
      const auto files = is_mail ? mail::parse(raw).attachments : std::vector<mail::Attachment>{};
      if (const auto file = is_mail ? std::nullopt : store.catalogue().attached(found.shown_as); file && command.attachment == 1) {
        const auto entry = file->entry != 0 ? store.archive().entry(file->entry) : std::nullopt;
        if (!entry) throw Error(trf("the original of {} is not in the archive", file->digest.hex()));
        print_raw(context.out, store.archive().original(*entry).view());
        continue;
      }
      if (command.attachment > files.size())
        throw Error(trf("the message has {} attached files", files.size()), tr("LINE downloads never hold the files themselves, only that there was one. `genchi attach` adds those you saved."));
      mail::decode_attachment(raw, files[command.attachment - 1],
                              [&](std::string_view bytes) { print_raw(context.out, bytes); });
      continue;
    }
    if (command.headers) {
      Spool original = original_bytes(store, found);
      const std::string_view raw = original.view();
      context.out.bytes(for_terminal(is_mail ? mail::display_headers(raw) : to_valid_utf8(raw), true));
      continue;
    }
    auto record = store.catalogue().record(found.id);
    if (!record) throw Error(trf("no message has the id {}", id));
    if (!context.out.is_text()) {
      ClientNames names(store);
      index::Hit hit;
      hit.message = std::move(*record);
      nlohmann::ordered_json row = message_json(hit, index::make_snippet(hit.message, {}, 160), names, true);
      if (const auto facts = store.catalogue().facts(found.id); facts && !facts->empty()) add_facts(row["facts"], *facts, hit.message.text, hit.message.subject, false);
      if (const auto memo = store.catalogue().memo(found.id)) row["memo_details"] = memo_details(store, *memo);
      if (const auto taken = store.catalogue().taken_back(found.id)) row["taken_back"] = taken_back_json(*taken);
      if (hit.message.channel == Channel::line)
        if (auto file = attached_json(store, found.id); !file.is_null()) row["attached"] = std::move(file);
      if (const auto also = store.catalogue().also_in(found.id))
        row["also_in"] = {{"object", also->object.hex()}, {"offset", also->offset}, {"length", also->length}, {"name", also->name}};
      context.out.row(row);
      continue;
    }
    if (!first) context.out.line("\n" + std::string(std::min<std::size_t>(context.out.columns(), 80), '-') + "\n");
    first = false;
    print_message(context, store, *record, store.archive().entry(found.entry));
  }
  return ExitCode::ok;
}

}  // namespace

void add_show(Arguments program, Run& chosen) {
  auto command = std::make_shared<ShowCommand>();
  Arguments sub = program.add_command("show", tr("show a message, its headers or its original"));
  sub.alias("表示");
  sub.add_argument("ID", command->ids, tr("message ids, as search shows them; the first digits will do")).required();
  Option raw = sub.add_flag("--raw", command->raw, tr("the original bytes, as they came in"));
  Option headers = sub.add_flag("--headers", command->headers, tr("all header fields, decoded"));
  Option attachment = sub.add_option("--attachment", command->attachment, tr("the N-th attached file, decoded")).value_name("N").positive();
  raw.excludes(headers).excludes(attachment);
  headers.excludes(attachment);
  sub.footer(tr("Examples:\n"
                 "  genchi show 3f2a91c0de\n"
                 "  genchi show 3f2a91c0de --raw > mail.eml\n"
                 "  genchi show 3f2a91c0de --attachment 1 > quotation.pdf\n"
                 "\nExit status: 0 shown, 1 no such message, 2 failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_show(context, *command); }; });
}

}  // namespace genchi::cli
