#include "cli/drift_view.hpp"

#include <nlohmann/json.hpp>

#include "cli/message_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::ChatDrift;
using line::DriftCase;
using nlohmann::ordered_json;

ordered_json time_json(std::optional<UtcSeconds> utc) {
  return utc ? ordered_json(iso8601({*utc, japan_offset_minutes})) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json download_json(const ChatDrift::Download& download) {
  return {{"source", download.source}, {"time", time_json(download.downloaded)}};
}

ordered_json row_json(const ChatDrift& drift) {
  ordered_json row;
  row["account"] = text_or_null(drift.account);
  row["chat"] = {{"key", drift.chat}, {"name", drift.name}};
  row["download"] = download_json(drift.download);
  row.update(drift_json(drift.what, drift.rows, drift.first, drift.last));
  row["other"] = drift.other ? download_json(*drift.other) : ordered_json(nullptr);
  row["other_chat"] = drift.other_chat.empty() ? ordered_json(nullptr) : ordered_json{{"key", drift.other_chat}, {"name", drift.other_name}};
  row["was"] = text_or_null(drift.was);
  row["now"] = text_or_null(drift.now);
  row["examples"] = ordered_json::array();
  for (const auto& example : drift.examples)
    row["examples"].push_back({{"id", example.id.hex()}, {"sent", time_json(example.sent)}, {"source", example.source},
                               {"offset", example.offset}, {"length", example.length}});
  return row;
}

std::string minute(UtcSeconds utc) { return display_time(utc, japan_offset_minutes); }

std::string download_name(const ChatDrift::Download& download) {
  return download.downloaded ? trf("the download of {}", minute(*download.downloaded)) : trf("the download {}", for_terminal(download.source));
}

std::string in_quotes(const std::string& name) { return trf("\"{}\"", name.empty() ? tr("(no name)") : for_terminal(name)); }

/// What is the case, of the download that the line begins with.
std::string sentence(const ChatDrift& drift) {
  const std::string rows = trn("{} message", "{} messages", drift.rows);
  const std::string other = drift.other ? download_name(*drift.other) : std::string(tr("another download"));
  switch (drift.what) {
    case DriftCase::missing:
      return trf("lacks {0} that {1} has, and nothing shows why: it may have been edited or cut. All are kept.", rows, other);
    case DriftCase::added:
      return trf("has {0} from us that {1} lacks: one of the two may have been edited or cut.", rows, other);
    case DriftCase::contradiction:
      return trf("lacks {0} that {1} of the chat {2} has: taken for two people and kept apart. If they are one, a file may have been edited.",
                 rows, other, in_quotes(drift.other_name));
    case DriftCase::namesake:
      return trf("another friend is called {} too: two chats, kept apart.", in_quotes(drift.was));
    case DriftCase::assumed:
      return trf("belongs to this chat by the name only: no message ties it to {}.", other);
    case DriftCase::bridge:
      return trf("shows that {0} and {1} are one chat: without this download they would be two.", in_quotes(drift.was), in_quotes(drift.now));
    case DriftCase::renamed:
      return trf("the name is {0} now; it was {1} in {2}.", in_quotes(drift.now), in_quotes(drift.was), other);
    case DriftCase::unsent:
      return trf("shows {0} as taken back by the sender; {1} still has the words.", rows, other);
    case DriftCase::unread:
      return trf("has {0} that {1} left out: perhaps unread then.", rows, other);
    case DriftCase::expired:
      return trf("begins after {0} that {1} has: LINE has perhaps deleted them. They are kept here.", rows, other);
    case DriftCase::excerpt:
      return trf("covers less time than {1} and lacks {0}: perhaps a period was chosen, or it was cut.", rows, other);
    case DriftCase::damaged:
      return trf("has lost characters in {0}, as saving in Excel does; {1} has them whole.", rows, other);
    case DriftCase::language:
      return trf("was made in another language ({0}, before {1}): {2} without words (photo, sticker), counted once.", drift.now, drift.was, rows);
    case DriftCase::repeated:
      return trf("differs from {1} in how often equal messages of one second stand there: {0}. The larger number is kept.", rows, other);
    case DriftCase::accounts:
      return trf("none of its chats is in {0}, nor the other way round: perhaps two accounts of one name. What one of them has is better imported with --account NAME.", other);
  }
  return {};
}

/// When, and ids to look at.
std::string detail(const ChatDrift& drift) {
  if (drift.rows == 0) return {};
  std::string out = minute(drift.first);
  if (minute(drift.last) != out) out = trf("{} to {}", out, minute(drift.last));
  for (const auto& example : drift.examples) out += "  " + example.id.hex().substr(0, short_id_digits);
  return out;
}

}  // namespace

const char* drift_words(DriftCase what) {
  switch (what) {
    case DriftCase::missing: return tr("missing for no visible reason");
    case DriftCase::added: return tr("added later");
    case DriftCase::contradiction: return tr("kept apart by contradiction");
    case DriftCase::namesake: return tr("friends of one name");
    case DriftCase::assumed: return tr("joined by name only");
    case DriftCase::bridge: return tr("two chats shown to be one");
    case DriftCase::renamed: return tr("renamed");
    case DriftCase::unsent: return tr("taken back");
    case DriftCase::unread: return tr("unread before");
    case DriftCase::expired: return tr("no longer in LINE");
    case DriftCase::excerpt: return tr("period chosen or cut");
    case DriftCase::damaged: return tr("characters lost");
    case DriftCase::language: return tr("other language");
    case DriftCase::repeated: return tr("repeated more often");
    case DriftCase::accounts: return tr("perhaps two accounts of one name");
  }
  return "";
}

ordered_json drift_json(DriftCase what, std::uint32_t rows, UtcSeconds first, UtcSeconds last) {
  const bool has_time = rows > 0;
  return {{"case", line::drift_case_name(what)},
          {"rows", rows},
          {"first", time_json(has_time ? std::optional(first) : std::nullopt)},
          {"last", time_json(has_time ? std::optional(last) : std::nullopt)}};
}

void print_drift(Output& out, const std::vector<ChatDrift>& report) {
  if (!out.is_text()) {
    for (const auto& drift : report) out.row(row_json(drift));
    return;
  }
  const ChatDrift* before = nullptr;
  std::size_t chats = 0;
  for (const auto& drift : report) {
    if (!before || before->account != drift.account) out.line(out.bold("LINE " + for_terminal(drift.account)));
    if (!before || before->chat != drift.chat) {
      ++chats;
      out.line("  " + (drift.name.empty() ? std::string(tr("(no name)")) : for_terminal(drift.name)) + "  " + out.dim(drift.chat));
    }
    before = &drift;
    const auto& downloaded = drift.download.downloaded;
    out.line("    " + (downloaded ? minute(*downloaded) : for_terminal(drift.download.source)) + "  " + sentence(drift));
    if (const std::string more = detail(drift); !more.empty()) out.line("      " + out.dim(more));
  }
  if (report.empty()) out.line(tr("No download of a chat lacks or adds anything against another."));
  else out.talk(trn("{} difference", "{} differences", report.size()) + tr(", ") + trn("{} chat", "{} chats", chats));
}

}  // namespace genchi::cli
