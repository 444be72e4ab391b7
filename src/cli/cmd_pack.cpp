// genchi pack: messages as exhibits, with their originals and what anybody needs to check them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/copies.hpp"
#include "cli/deal_view.hpp"
#include "cli/mentions_record.hpp"
#include "cli/message_view.hpp"
#include "cli/report_page.hpp"
#include "cli/search_record.hpp"
#include "evidence/compose.hpp"
#include "evidence/pack.hpp"
#include "genchi/i18n.hpp"
#include "store/export.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using evidence::ChosenAnchors;
using evidence::PackPlan;
using evidence::PackReport;
using nlohmann::ordered_json;

constexpr std::size_t fewest_id_digits = 7;
constexpr std::size_t most_named = 5;
constexpr std::uint64_t most_anchor_bytes = 1 << 16;

struct PackCommand {
  std::vector<std::string> words;
  ListOptions list;
  std::string out, deal, party = "甲", anchor;
  int first = 1, context = 3;
  std::vector<std::string> redact, mentions;
  bool whole = false, hidden = false, originals = false, plain = false;
  int wait = 10;
};

/// What is asked for: the messages, and the query that says in what they were looked for.
struct Wanted {
  std::vector<Sha256> messages;
  std::unique_ptr<index::Node> query;  ///< null: named one by one
};

/// Words that are all ids of messages are these messages; a number that happens to be none is looked for.
std::optional<std::vector<Sha256>> ids_named(Store& store, const std::vector<std::string>& words) {
  std::vector<Sha256> ids;
  for (const std::string& word : words) {
    const bool hex = word.size() >= fewest_id_digits && word.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!hex || store.catalogue().find(word, 1).empty()) return std::nullopt;
    ids.push_back(find_message(store, word).shown_as);
  }
  if (ids.empty()) return std::nullopt;
  return ids;
}

Wanted wanted(Context& context, Store& store, const PackCommand& command) {
  Wanted out;
  if (!command.deal.empty()) {
    if (!command.words.empty()) throw Error(tr("--deal names the messages already"), tr("Leave the words out, or --deal."));
    for (const facts::DealStep& step : find_deal(store, command.deal).deal.steps)
      if (const auto id = store.catalogue().message_numbered(step.message)) out.messages.push_back(*id);
    return out;
  }
  if (auto ids = ids_named(store, command.words)) {
    out.messages = std::move(*ids);
    return out;
  }
  const index::QueryContext names = query_context(context, store);
  auto filters = command.list.node(names);
  if (command.words.empty() && !filters) throw Error(tr("which messages?"), tr("Say words as in `genchi search`, ids of messages, --deal, or --client with --since and --until."));
  out.query = command.words.empty() ? std::move(filters) : index::and_nodes(parse_words(command.words, names), std::move(filters));
  index::SearchOptions options;
  options.with_hidden = command.hidden;
  store.searcher().for_each(*out.query, options, [&](index::Hit&& hit) {
    if (interrupted()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
    out.messages.push_back(hit.message.id);
    return true;
  });
  if (out.messages.empty()) command.list.check_account(store);
  return out;
}

/// What is held of the clients concerned, so that gaps are seen.
catalogue::Coverage coverage_around(Store& store, const Wanted& what, const PackPlan& plan, bool hidden) {
  if (what.query) return coverage_of(store, *what.query, hidden);
  catalogue::MessageFilter filter;
  filter.identifiers.emplace();
  for (const std::string& client : plan.clients)
    for (const std::string& identifier : store.catalogue().members_of(client)) filter.identifiers->push_back(identifier);
  return store.catalogue().coverage(filter);
}

evidence::PackHeading heading(Store& store, const Wanted& what, const PackPlan& plan, bool hidden) {
  evidence::PackHeading heading;
  heading.title = tr("Mails and LINE messages, with their originals");
  UtcSeconds first = INT64_MAX, last = INT64_MIN;
  for (const PackPlan::Exhibit& exhibit : plan.exhibits)
    for (const PackPlan::Item& item : exhibit.items)
      if (!item.context) {
        first = std::min(first, item.sent);
        last = std::max(last, item.sent);
      }
  heading.fields.emplace_back(tr("Period"), evidence::whole_time(first, false) + " – " + evidence::whole_time(last, false));
  for (const std::string& line : coverage_lines(coverage_around(store, what, plan, hidden))) heading.fields.emplace_back(tr("What is held"), line);
  return heading;
}

/// What a search for these words finds with the client: with the anchor's time and rows, so that the pack stays the same.
evidence::PackDocument mentions_document(Context& context, Store& store, const PackCommand& command, const Anchor& anchor) {
  if (command.list.client.empty()) throw Error(tr("--mentions needs --client: a record over all clients would tell of others"));
  MentionsQuery query;
  query.words = command.mentions;
  query.list = command.list;
  query.hidden = command.hidden;
  MentionsRecord record = record_mentions(context, store, query, 0);
  record.made = anchor.time;
  record.head = anchor.rows;
  record.head_hash = anchor.head.hex();
  record.archive.clear();
  evidence::PackDocument document{"検索結果の記録.txt", {}, {}};
  const Say say = [&](const std::string& line) { document.text += line + "\n"; };
  const auto quote = [&](const std::string& words) {
    document.said.emplace_back(document.text.size(), document.text.size() + words.size());
    document.text += words;
  };
  tell_record(query, record, [](const std::string& title) { return title; }, say);
  for (const index::Hit& hit : record.result.hits) {
    document.text += "    " + evidence::whole_time(hit.message.sent.utc, (hit.message.flags & flag_minute) != 0) + "  ";
    quote(person_word(hit.message.from) + "  " + for_terminal(index::make_snippet(hit.message, hit.highlights, 120).text));
    say("  " + hit.message.id.hex());
  }
  say("");
  tell_limits(say);
  return document;
}

/// Those whose messages are in it: a pack goes to somebody, and what concerns others has no business there.
void tell_of_clients(Context& context, Store& store, const PackPlan& plan) {
  if (plan.clients.size() < 2) return;
  std::vector<std::string> names = client_names(store, {plan.clients.begin(), plan.clients.end()});
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) list += (list.empty() ? "" : tr(", ")) + for_terminal(names[i]);
  if (names.size() > most_named) list += " …";
  context.out.talk(trf("Note: the pack holds messages of {0} clients: {1}. --client takes those of one.", plan.clients.size(), list));
}

std::optional<ChosenAnchors> held_anchors(Store& store, const PackPlan& plan, const PackCommand& command) {
  std::vector<evidence::KeptAnchor> kept = evidence::kept_anchors(store.archive());
  if (!command.anchor.empty()) {
    const std::string text = read_file(command.anchor, most_anchor_bytes);
    std::erase_if(kept, [&](const evidence::KeptAnchor& one) { return one.text != text; });
    if (kept.empty()) throw Error(trf("the anchor in {} is none of this archive", display_path(command.anchor)), tr("`genchi anchor --list` shows the anchors held."));
    if (auto chosen = evidence::choose_anchors(kept, plan.batches)) return chosen;
    throw Error(trf("the anchor in {} is older than some of the messages", display_path(command.anchor)), tr("Without --anchor one that covers them is taken, or made."));
  }
  return evidence::choose_anchors(kept, plan.batches);
}

void note_copies(Context& context, Store& store, const PackPlan& plan, const PackCommand& command) {
  Copy copy{Copy::Kind::pack, command.out, context.now, store.archive().head(), {}};
  for (const std::string& identifier : plan.clients)
    if (const auto client = store.catalogue().client_of(identifier)) copy.clients.insert(client->number);
  if (copy.clients.size() < plan.clients.size()) copy.clients.clear();
  bool noted = note_copy(context.archive, copy);
  if (command.originals) {
    copy.path = evidence::originals_path(command.out);
    noted = note_copy(context.archive, copy) && noted;
  }
  if (!noted) tell_not_noted(context);
}

ordered_json report_json(const PackCommand& command, const PackReport& report) {
  ordered_json row;
  row["out"] = display_path(command.out);
  row["exhibits"] = report.exhibits;
  row["messages"] = report.messages;
  row["context"] = report.context;
  row["clients"] = report.clients;
  row["proofs"] = report.proofs;
  row["files"] = report.bag.files;
  row["bytes"] = report.bag.bytes;
  row["sha256"] = report.bag.digest.hex();
  row["anchor"] = {{"time", iso8601({report.anchor.time, japan_offset_minutes})}, {"rows", report.anchor.rows}};
  row["masks"] = command.redact.empty() ? ordered_json(nullptr) : ordered_json(report.masks);
  row["originals"] = report.apart ? ordered_json{{"out", display_path(report.apart_path)}, {"files", report.apart->files}, {"bytes", report.apart->bytes}, {"sha256", report.apart->digest.hex()}} : ordered_json(nullptr);
  row["left_out"] = report.left_out;
  row["without_pdf"] = report.without_pdf;
  return row;
}

void print_report(Context& context, const PackCommand& command, const PackReport& report) {
  if (!context.out.is_text()) {
    context.out.row(report_json(command, report));
    return;
  }
  Output& out = context.out;
  out.line(trf("Packed into {}", display_path(command.out)));
  out.line("  " + trn("{} exhibit", "{} exhibits", report.exhibits) + tr(", ") + trn("{} message", "{} messages", report.messages) + tr(", ") + trf("{} before and after them", report.context));
  out.line("  " + trn("{} file", "{} files", report.bag.files) + tr(", ") + trn("{} byte", "{} bytes", report.bag.bytes));
  out.line("  " + trf("anchor of {0}, {1} rows of the journal", display_time(report.anchor.time, japan_offset_minutes), report.anchor.rows));
  out.line("  " + trf("SHA-256 of tagmanifest-sha256.txt: {}", report.bag.digest.hex()));
  if (!command.redact.empty()) {
    out.line("  " + trn("{} place masked", "{} places masked", report.masks) + tr("; a reading copy, without originals"));
    if (report.apart) {
      out.line(trf("Originals in {}", display_path(report.apart_path)));
      out.line("  " + trf("SHA-256 of tagmanifest-sha256.txt: {}", report.apart->digest.hex()));
    }
  }
  for (const std::string& each : report.left_out) out.talk(trf("Left out: {}", for_terminal(each)));
  for (const std::string& each : report.without_pdf) out.talk(trf("Without PDF: {}", for_terminal(each)));
  if (!report.without_pdf.empty()) out.talk(tr("data/evidence.html shows these, too, and can be printed."));
  out.talk(tr("README-verify.txt in it says how anybody checks it. It holds other people's words: give it only to those it is meant for."));
}

/// Dates and words, for the client to read: one page that says nothing of evidence.
ExitCode write_plain(Context& context, Store& store, const PackCommand& command, std::vector<Sha256> ids) {
  std::vector<catalogue::Listed> messages;
  for (const Sha256& id : ids)
    if (auto listed = store.catalogue().listed(id)) messages.push_back(std::move(*listed));
  std::sort(messages.begin(), messages.end(), [](const auto& a, const auto& b) { return std::tie(a.sent, a.id) < std::tie(b.sent, b.id); });
  const auto same = std::unique(messages.begin(), messages.end(), [](const auto& a, const auto& b) { return a.id == b.id; });
  messages.erase(same, messages.end());
  NewFile file(command.out);
  ReportPage page(store, [&](std::string_view html) { file.write(html); });
  page.begin(tr("What we wrote to each other"), {});
  std::uint64_t unreadable = 0;
  for (const catalogue::Listed& listed : messages) {
    if (interrupted()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
    try {
      if (const auto record = store.catalogue().record(listed.id)) page.message(*record, ReportPage::Detail::bare);
    } catch (const DamagedOriginal&) {
      ++unreadable;
    }
  }
  page.end();
  file.commit();
  context.out.talk(trn("{} message", "{} messages", messages.size() - unreadable));
  return tell_of_unreadable(context, store, unreadable) ? ExitCode::set_aside : ExitCode::ok;
}

ExitCode run_pack(Context& context, const PackCommand& command) {
  const auto progress = make_progress();
  evidence::PackOptions options;
  options.party = command.party;
  options.first = static_cast<unsigned>(command.first);
  options.context = static_cast<std::size_t>(command.context);
  options.whole = command.whole;
  options.redact = command.redact;
  options.originals_apart = command.originals;
  if (!command.anchor.empty())
    if (const auto anchor = parse_anchor(read_file(command.anchor, most_anchor_bytes))) options.last_row = anchor->rows;
  options.stop = interrupted;
  options.progress = progress.get();
  // An anchor is made only where none covers the messages; then all is looked up again, over what that wrote.
  for (bool made = false;; made = true) {
    Store store = context.open();
    const Wanted what = wanted(context, store, command);
    if (what.messages.empty()) {
      context.out.talk(tr("No such messages; nothing was packed."));
      return ExitCode::nothing_found;
    }
    if (command.plain) return write_plain(context, store, command, what.messages);
    const PackPlan plan = evidence::plan_pack(store, what.messages, options);
    const auto anchors = held_anchors(store, plan, command);
    if (!anchors) {
      if (made) throw Error(tr("no anchor covers the messages"));
      Store writing = context.open_for_writing(/*create=*/false, command.wait);
      evidence::keep_anchor(writing.archive(), context.now);
      writing.catch_up(nullptr);
      continue;
    }
    options.heading = heading(store, what, plan, command.hidden);
    if (!command.mentions.empty()) options.documents = {mentions_document(context, store, command, anchors->main.anchor)};
    tell_of_clients(context, store, plan);
    const PackReport report = evidence::write_pack(store, plan, *anchors, options, command.out);
    if (progress) progress->finish();
    print_report(context, command, report);
    note_copies(context, store, plan, command);
    return report.left_out.empty() && report.without_pdf.empty() ? ExitCode::ok : ExitCode::set_aside;
  }
}

}  // namespace

void add_pack(Arguments program, Run& chosen) {
  auto command = std::make_shared<PackCommand>();
  Arguments sub = program.add_command("pack", tr("messages as exhibits for a court, with originals that anybody can check"));
  sub.alias("証拠");
  sub.add_argument("QUERY", command->words, tr("which messages, as in `genchi search`; or their ids"));
  sub.add_option("--out", command->out, tr("folder to write, or a file ending in .zip; it must not exist yet")).required().value_name(tr("PATH"));
  sub.add_option("--deal", command->deal, tr("the messages of a deal (`genchi agreements`)")).value_name("ID");
  sub.add_option("--party", command->party, tr("whose exhibits: before each number")).one_of({"甲", "乙", "丙", "丁", "疎甲", "疎乙"}).shows_default();
  sub.add_option("--first", command->first, tr("number of the first exhibit")).between(1, 9999).shows_default();
  sub.add_option("-C,--context", command->context, tr("messages before and after each, of the same chat or conversation")).between(0, 100).shows_default();
  sub.add_flag("--whole", command->whole, tr("LINE files whole: they hold everything else that was said there"));
  Option redact = sub.add_option("--redact", command->redact, tr("a reading copy with this masked: a word, or phone, mail, digits; can be repeated")).value_name(tr("WORD")).one_each_time();
  sub.add_flag("--originals", command->originals, tr("with --redact: the originals in a second pack beside it")).needs(redact);
  sub.add_flag("--plain", command->plain, tr("no pack: one page of dates and words, to show a client kindly")).excludes(redact);
  sub.add_option("--mentions", command->mentions, tr("also a record of where with the client this word is found, or that it is not; can be repeated")).value_name(tr("WORD")).one_each_time();
  sub.add_flag("--hidden", command->hidden, tr("spam and trash too"));
  sub.add_option("--anchor", command->anchor, tr("take this anchor (file), not the oldest that covers the messages")).value_name(tr("FILE"));
  command->list.add_to(sub, ListOptions::OurMarks::no);
  sub.remove_option("--limit");
  add_wait(sub, command->wait);
  sub.footer(tr("The pack is a folder (BagIt) with a page of all messages, a PDF an exhibit, 証拠説明書, the originals byte for byte, and\n"
                "proofs that tie them to an anchor of the journal. Of LINE files only the rows shown go in. The first pack of new\n"
                "messages makes an anchor; have it time-stamped first (`genchi anchor`) if others are to vouch for its time.\n"
                "\nExamples:\n"
                "  genchi pack --client 青葉 --since 2025-04 --until 2025-09 --out 青葉\n"
                "  genchi pack --deal 3f2a91c0de --out 甲号証.zip\n"
                "  genchi pack 3f2a91c0de 77ab01c2f4 --party 乙 --first 5 --out 乙5\n"
                "  genchi verify 青葉\n"
                "\nExit status: 0 packed, 1 no such messages, 2 wrong usage or failure, 3 packed but for originals that could not be\n"
                "read, or PDFs that could not be made, 130 interrupted."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_pack(context, *command); }; });
}

}  // namespace genchi::cli
