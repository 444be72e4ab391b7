// genchi extract: facts of messages given as JSON Lines, without an archive.
#include <nlohmann/json.hpp>

#include <iostream>
#include <string>
#include <unordered_map>

#include "base/bytes.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "facts/stream.hpp"
#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using Row = nlohmann::ordered_json;

constexpr std::size_t max_row_bytes = 64 << 20;

struct ExtractCommand {
  bool explain = false;
};

/// A member that is a text, or absent, or null.
std::string text_of(const Row& row, const char* key) {
  const auto found = row.find(key);
  if (found == row.end() || found->is_null()) return {};
  if (!found->is_string()) throw Error(trf("\"{}\" is no text", key));
  return found->get<std::string>();
}

Direction direction_of(const Row& row) {
  const std::string name = text_of(row, "dir");
  if (name.empty() || name == "in") return Direction::in;
  if (name == "out") return Direction::out;
  if (name == "auto") return Direction::automatic;
  throw Error(trf("\"dir\" is \"in\", \"out\" or \"auto\", not \"{}\"", name));
}

/// Messages that come as letters do, with quotations and signatures.
bool is_letter(const Row& row) {
  const std::string channel = text_of(row, "channel");
  if (channel.empty()) return true;
  const auto known = channel_from_name(channel);
  if (!known) throw Error(trf("\"{}\" is no channel", channel));
  return *known == Channel::mail || *known == Channel::fax;
}

class Extractor {
 public:
  Extractor(Context& context, const ExtractCommand& command)
      : out_(context.out), explain_(command.explain), vocabulary_(vocabulary(context.settings)) {}

  /// Reads a row and prints what is in it. Throws Error saying what is wrong with the row.
  void take(const std::string& line) {
    const Row row = Row::parse(line, nullptr, /*allow_exceptions=*/false);
    if (row.is_discarded() || !row.is_object()) throw Error(tr("no JSON object"));
    const auto id = row.find("id");
    if (id == row.end()) throw Error(tr("\"id\" is missing"));
    // A number of more digits than a double holds would come back as another.
    if (!id->is_string() && !id->is_number_integer()) throw Error(tr("\"id\" is neither a text nor a whole number of at most 64 bits"));
    if (!row.contains("text")) throw Error(tr("\"text\" is missing"));
    const std::string text = text_of(row, "text"), subject = text_of(row, "subject"), sent = text_of(row, "sent");
    const auto moment = parse_iso8601(sent);
    if (!moment) throw Error(trf("\"sent\" is no time such as 2024-04-01T10:00:00+09:00: \"{}\"", sent));

    facts::MessageText message;
    message.text = text;
    message.subject = subject;
    const Direction direction = direction_of(row);
    message.sent = *moment;
    std::vector<TextSection> sections;
    if (is_letter(row)) sections = mail::split_body(text);
    message.sections = sections;
    const Facts facts = stream_of(row).next(facts::read_message(message, vocabulary_), direction);

    Row result;
    result["id"] = *id;
    add_facts(result, facts, text, subject, explain_);
    out_.row(result);
  }

 private:
  /// Rows of one conversation are read with what came before; one without is read alone.
  facts::Stream& stream_of(const Row& row) {
    const auto conv = row.find("conv");
    if (conv == row.end() || conv->is_null()) return alone_ = facts::Stream();
    return streams_[conv->is_string() ? conv->get<std::string>() : conv->dump()];
  }

  Output& out_;
  bool explain_;
  facts::Vocabulary vocabulary_;
  std::unordered_map<std::string, facts::Stream> streams_;
  facts::Stream alone_;
};

ExitCode run_extract(Context& context, const ExtractCommand& command) {
  if (context.out.is_text()) context.out = Output(Format::json, Color::never);
  Extractor extractor(context, command);
  std::string line;
  std::uint64_t number = 0, refused = 0;
  while (std::getline(std::cin, line)) {
    ++number;
    if (trim(line).empty()) continue;
    try {
      if (line.size() > max_row_bytes) throw Error(trf("longer than {} MB", max_row_bytes >> 20));
      extractor.take(line);
    } catch (const Error& error) {
      ++refused;
      context.out.talk(trf("standard input, line {0}: {1}", number, for_terminal(error.what())));
    }
  }
  if (std::cin.bad()) throw Error(tr("standard input could not be read to its end"));
  return refused > 0 ? ExitCode::set_aside : ExitCode::ok;
}

}  // namespace

void add_extract(Arguments program, Run& chosen) {
  auto command = std::make_shared<ExtractCommand>();
  Arguments sub = program.add_command("extract", tr("amounts, dates and acts of messages given as JSON Lines; needs no archive"));
  sub.alias("抽出");
  sub.add_flag("--explain", command->explain, tr("name the rule that found each"));
  sub.footer(tr("Reads rows {\"id\",\"conv\",\"dir\":\"in\"|\"out\"|\"auto\",\"channel\",\"sent\",\"text\"} on standard input and prints a row\n"
                 "for each: {\"id\",\"amounts\":[…],\"dates\":[…],\"agreement\",\"conditional\"}. id, sent and text must be there. Rows\n"
                 "of one \"conv\" stand in time order and are read with what came before them.\n"
                 "\nExit status: 0 done, 2 failure, 3 done but some lines were no such rows (they are named)."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_extract(context, *command); }; });
}

}  // namespace genchi::cli
