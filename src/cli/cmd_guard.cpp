// genchi guard: does a draft for one client hold what belongs to another?
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/draft_file.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "store/guard.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct GuardCommand {
  std::string file, client;
};

// --- rows for programs

ordered_json other_json(const GuardFinding::Other& other) {
  return {{"id", other.number}, {"name", other.name}};
}

ordered_json finding_json(const GuardFinding& finding, const Draft& draft) {
  const DraftPart& part = draft[finding.span.part];
  ordered_json out;
  out["kind"] = guard_kind_name(finding.kind);
  out["surface"] = finding.surface;
  out["place"] = place_name(part.place);
  out["sheet"] = part.sheet.empty() ? ordered_json(nullptr) : ordered_json(part.sheet);
  out["line"] = finding.line == 0 ? ordered_json(nullptr) : ordered_json(finding.line);
  out["column"] = finding.column;
  out["times"] = finding.times;
  out["clients"] = ordered_json::array();
  for (const auto& other : finding.others) out["clients"].push_back(other_json(other));
  out["more_clients"] = finding.more;
  out["message"] = nullptr;
  if (const auto& newest = finding.newest)
    out["message"] = {{"id", newest->id.hex()},
                      {"sent", iso8601(newest->sent)},
                      {"channel", channel_name(newest->channel)},
                      {"direction", direction_name(newest->direction)},
                      {"quote", newest->quote}};
  return out;
}

// --- words for people

std::string kind_word(GuardKind kind) {
  switch (kind) {
  case GuardKind::salutation:
    return tr("addressed to");
  case GuardKind::recipient:
    return tr("recipient");
  case GuardKind::name:
    return tr("name");
  case GuardKind::address:
    return tr("mail address");
  case GuardKind::phone:
    return tr("phone number");
  case GuardKind::amount:
    return tr("amount");
  case GuardKind::file:
    return tr("file name");
  }
  return {};
}

std::string place_words(const GuardFinding& finding, const Draft& draft) {
  const DraftPart& part = draft[finding.span.part];
  std::string out;
  switch (part.place) {
  case DraftPart::Place::to:
    return tr("To");
  case DraftPart::Place::cc:
    return tr("Cc");
  case DraftPart::Place::subject:
    return trf("subject, column {}", finding.column);
  case DraftPart::Place::file:
    return tr("attached");
  case DraftPart::Place::sheet:
    out = for_terminal(part.sheet) + tr(", ");
    break;
  case DraftPart::Place::text:
    break;
  }
  out += trf("line {0}, column {1}", finding.line, finding.column);
  return finding.times > 1 ? trf("{0} ({1} times)", out, finding.times) : out;
}

std::string clients_words(const GuardFinding& finding) {
  std::string names;
  for (const auto& other : finding.others)
    names += (names.empty() ? "" : tr(", ")) + fmt::format("{} ({})", for_terminal(other.name), other.number);
  return finding.more ? trf("{} and others", names) : names;
}

std::string why(const GuardFinding& finding, const std::string& client) {
  switch (finding.kind) {
  case GuardKind::salutation:
    return finding.others.empty() ? trf("nobody is called so in the messages with {}", client)
                                  : trf("nobody is called so in the messages with {0}, but with {1}", client,
                                        clients_words(finding));
  case GuardKind::recipient:
    return trf("never in the messages with {0}: it is an address of {1}", client, clients_words(finding));
  default:
    return trf("never in the messages with {0}, only with {1}", client, clients_words(finding));
  }
}

void print_finding(Output& out, const GuardFinding& finding, const Draft& draft, const std::string& client) {
  out.line(out.bold(place_words(finding, draft)) + "  " + kind_word(finding.kind) + "  " +
           out.highlight(for_terminal(finding.surface)));
  out.line("     ! " + why(finding, client));
  const auto& newest = finding.newest;
  if (!newest) return;
  const std::string head = "     " + display_time(newest->sent.utc, japan_offset_minutes).substr(0, 10) +
                           "  " + side_word(newest->direction) + "  ";
  const std::string id = newest->id.hex().substr(0, short_id_digits);
  const std::size_t used = display_width(head) + short_id_digits + 2;
  const std::size_t room = out.columns() > used + 20 ? out.columns() - used : 20;
  out.line(head + out.dim(id) + "  " + truncate_to_width(for_terminal(newest->quote), room));
}

ChosenClient client_for(Store& store, const std::string& written) {
  if (written.empty())
    throw Error(tr("whom is the draft for?"), tr("Say --client with its number or a part of its name."));
  try {
    return choose_client(store, written);
  } catch (const Error& error) {
    throw Error(error.what(), error.hint()); // 1 means that something was found
  }
}

ExitCode run_guard(Context& context, const GuardCommand& command) {
  const DraftFile file = read_draft(command.file);
  Store store = context.open();
  nothing_is_written_from_now_on();
  const ChosenClient client = client_for(store, command.client);
  const std::vector<GuardFinding> findings = guard_draft(store, file.draft, client.identifiers);
  const std::string shown_client = for_terminal(client.name);
  if (!context.out.is_text()) context.out.heading(finding_json({}, Draft(1)));
  for (const GuardFinding& finding : findings) {
    if (context.out.is_text())
      print_finding(context.out, finding, file.draft, shown_client);
    else
      context.out.row(finding_json(finding, file.draft));
  }
  std::string summary = findings.empty()
                            ? trf("Nothing in the draft occurs only with other clients than {}", shown_client)
                            : trn("{} finding", "{} findings", findings.size());
  if (const std::string known = freshness(store); !known.empty()) summary += std::string(tr(". ")) + known;
  if (context.out.is_text() && !findings.empty()) context.out.talk("");
  context.out.talk(summary);
  if (file.uncalculated > 0)
    context.out.talk(
        trn("{} formula has no value yet: open the file in Excel, save it, and check it again.",
            "{} formulas have no value yet: open the file in Excel, save it, and check it again.",
            file.uncalculated));
  if (file.lossy) context.out.talk(tr("Some characters of the file could not be read."));
  return findings.empty() ? ExitCode::ok : ExitCode::nothing_found;
}

} // namespace

void add_guard(Arguments program, Run& chosen) {
  auto command = std::make_shared<GuardCommand>();
  Arguments sub = program.add_command(
      "guard", tr("what in a draft occurs only with other clients: names, addresses, amounts, files"));
  sub.alias("誤送信チェック");
  sub.add_argument("FILE", command->file,
                   tr("the draft: .txt, .eml, .docx, .xlsx, .csv; - is standard input"))
      .required();
  sub.add_option("--client", command->client, tr("whom it is for: number or part of the name"))
      .not_empty()
      .value_name(tr("NAME"));
  sub.footer(tr("Told are, in the order of the draft: whom the draft addresses (青木様) if nobody with this client "
                "is called so; addresses it\n"
                "goes to; and names, mail addresses, phone numbers, amounts and names of files that occur "
                "with other clients and\n"
                "never with this one. Our own names and addresses are none of these, nor round amounts, file "
                "names such as 見積書.pdf,\n"
                "and what occurs with many clients. What is said of nobody yet cannot be told. Nothing is "
                "sent or kept.\n"
                "\nExamples:\n"
                "  genchi guard 下書き.txt --client 青木\n"
                "  genchi guard 送信前.eml --client 3\n"
                "  genchi guard - --client 青葉 < 下書き.txt\n"
                "\nExit status: 0 nothing is found, 1 something is, 2 wrong usage, no such client, or a file "
                "that cannot be read."));
  sub.when_chosen(
      [command, &chosen] { chosen = [command](Context& context) { return run_guard(context, *command); }; });
}

} // namespace genchi::cli
