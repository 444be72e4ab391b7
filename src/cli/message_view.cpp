#include "cli/message_view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json person_json(const Person& person) {
  return {{"name", text_or_null(person.name)}, {"address", text_or_null(person.address)}};
}

ordered_json people_json(const std::vector<Person>& people) {
  ordered_json out = ordered_json::array();
  for (const auto& person : people) out.push_back(person_json(person));
  return out;
}

}  // namespace

ordered_json files_json(const std::vector<AttachedFile>& files) {
  ordered_json out = ordered_json::array();
  for (const auto& file : files) out.push_back({{"name", text_or_null(file.name)}, {"kind", file.kind}});
  return out;
}

std::string label_word(const ClientNames::Label& label, std::size_t columns) {
  const std::size_t number = display_width(trf("{0} ({1})", "", label.number));
  return trf("{0} ({1})", truncate_to_width(for_terminal(label.name), columns > number ? columns - number : 1), label.number);
}

ordered_json label_json(const ClientNames::Label& label) { return {{"id", label.number}, {"name", label.name}}; }

const ClientNames::Label& ClientNames::of(const std::string& identifier) {
  const auto [at, added] = known_.try_emplace(identifier);
  if (added)
    if (const auto client = store_.catalogue().client_of(identifier)) at->second = {client->number, client->name};
  return at->second;
}

std::vector<ClientNames::Label> ClientNames::all(const MessageRecord& message) {
  std::vector<Label> out;
  for (const auto& identifier : message.identifiers) {
    const Label& label = of(identifier);
    const bool listed = std::any_of(out.begin(), out.end(), [&](const Label& l) { return l.number == label.number; });
    if (label.number != 0 && !listed) out.push_back(label);
  }
  return out;
}

nlohmann::ordered_json attached_json(Store& store, const Sha256& message) {
  const auto file = store.catalogue().attached(message);
  if (!file) return nullptr;
  const auto entry = file->entry != 0 ? store.archive().entry(file->entry) : std::nullopt;
  const auto import = entry ? store.archive().import_of(entry->import) : std::nullopt;
  return {{"name", entry ? nlohmann::ordered_json(file->name) : nlohmann::ordered_json(nullptr)},
          {"bytes", entry ? nlohmann::ordered_json(file->length) : nlohmann::ordered_json(nullptr)},
          {"sha256", file->digest.hex()},
          {"time", iso8601({file->time, japan_offset_minutes})},
          {"by", file->by.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(file->by)},
          {"folder", import ? nlohmann::ordered_json(import->source) : nlohmann::ordered_json(nullptr)}};
}

ordered_json message_json(const index::Hit& hit, const index::Snippet& snippet, ClientNames& names, bool with_text) {
  const MessageRecord& m = hit.message;
  const auto clients = names.all(m);
  ordered_json row;
  row["id"] = m.id.hex();
  row["account"] = text_or_null(m.account);
  row["channel"] = channel_name(m.channel);
  row["direction"] = direction_name(m.direction);
  row["sent"] = iso8601(m.sent);
  row["client"] = clients.empty() ? ordered_json(nullptr) : label_json(clients.front());
  row["clients"] = ordered_json::array();
  for (const auto& client : clients) row["clients"].push_back(label_json(client));
  row["from"] = person_json(m.from);
  row["to"] = people_json(m.to);
  row["cc"] = people_json(m.cc);
  row["subject"] = text_or_null(m.subject);
  row["snippet"] = snippet.text;
  row["highlights"] = ordered_json::array();
  for (const auto& h : hit.highlights) row["highlights"].push_back({h.begin, h.end});
  if (with_text) row["text"] = m.text;
  row["files"] = files_json(m.files);
  row["flags"] = ordered_json::array();
  static constexpr std::pair<Flag, const char*> flag_names[] = {
      {flag_auto, "auto"},   {flag_bulk, "bulk"},   {flag_unsent, "unsent"},
      {flag_spam, "spam"},   {flag_trash, "trash"}, {flag_doubtful_time, "doubtful_time"},
      {flag_differs, "differs"}, {flag_memo, "memo"}, {flag_confirmed, "confirmed"}, {flag_minute, "minute"}};
  for (const auto& [flag, name] : flag_names)
    if (m.flags & flag) row["flags"].push_back(name);
  row["memo"] = memo_json(m.flags);
  row["score"] = hit.score;
  row["conversation"] = text_or_null(m.conversation);
  row["copies"] = m.copies;
  row["source"] = {{"object", m.source.object.hex()}, {"offset", m.source.offset}, {"length", m.source.length}, {"name", m.source.name}};
  return row;
}

catalogue::Found find_message(Store& store, const std::string& id) {
  const bool is_hex = !id.empty() && id.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (!is_hex || id.size() < 4 || id.size() > 64)
    throw Error(trf("\"{}\" is no message id", for_terminal(id)), tr("An id is the hexadecimal number at the right of a search result; its first digits (4 or more) will do."));
  const auto found = store.catalogue().find(id, 11);
  if (found.empty())
    if (const auto damaged = store.catalogue().unreadable(1, id); !damaged.empty())
      throw Error(trf("the original of {} is damaged: {}", id, damaged.front().reason),
                  tr("Import the file it came from again, or restore the archive from a backup; `genchi verify` names all that is damaged."));
  if (found.empty()) throw Error(trf("no message has the id {}", id), tr("`genchi search` shows ids."), ExitCode::nothing_found);
  if (found.size() > 1) {
    std::string candidates;
    for (std::size_t i = 0; i < found.size() && i < 10; ++i)
      candidates += "\n  " + found[i].id.hex().substr(0, std::max(id.size() + 4, short_id_digits)) + "  " + display_time(found[i].sent, japan_offset_minutes);
    if (found.size() > 10) candidates += "\n  …";
    throw Error(trf("{} is the beginning of several ids:", id) + candidates, tr("Give more digits."));
  }
  return found.front();
}

std::string memo_mark(std::uint32_t flags) {
  const std::string word = memo_word(flags);
  return word.empty() ? word : "[" + word + "] ";
}

ordered_json memo_json(std::uint32_t flags) {
  if ((flags & flag_memo) == 0) return nullptr;
  return flags & flag_confirmed ? "confirmed" : "own";
}

std::string own_words(const MessageRecord& message) {
  if (message.sections.empty()) return message.text;
  std::string own, greeting;
  for (const TextSection& section : message.sections) {
    std::string* part = section.kind == SectionKind::own ? &own : section.kind == SectionKind::greeting ? &greeting : nullptr;
    if (part != nullptr) part->append(message.text, section.begin, section.end - section.begin);
  }
  const bool says_something = own.find_first_not_of(" \n\t") != std::string::npos;
  return says_something ? own : greeting;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    do {
      std::size_t end = at, used = 0, blank = 0;  // blank: where the line may end last
      while (end < line_end) {
        std::size_t next = end + 1;
        while (next < line_end && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
        const std::size_t width = display_width(text.substr(end, next - end));
        if (used + width > columns && end > at) break;
        used += width;
        if (width == 2 || text[end] == ' ') blank = next;
        end = next;
      }
      const bool inside_word = end < line_end && text[end] != ' ' && static_cast<unsigned char>(text[end]) < 0x80;
      if (inside_word && blank > at) end = blank;
      lines.emplace_back(text.substr(at, end - at));
      while (!lines.back().empty() && lines.back().back() == ' ') lines.back().pop_back();
      at = end;
      while (at < line_end && text[at] == ' ') ++at;
    } while (at < line_end);
    at = line_end + 1;
  }
  return lines;
}

std::string person_word(const Person& person) {
  if (!person.name.empty()) return for_terminal(person.name);
  return person.address.empty() ? std::string(tr("(unknown)")) : for_terminal(person.address);
}

std::string highlighted(const Output& out, std::string_view text, const std::vector<index::Highlight>& spans, bool multiline) {
  std::string shown;
  std::size_t at = 0;
  for (const auto& span : spans) {
    if (span.begin < at || span.end > text.size() || span.begin > span.end) continue;
    shown += for_terminal(text.substr(at, span.begin - at), multiline);
    shown += out.highlight(for_terminal(text.substr(span.begin, span.end - span.begin), multiline));
    at = span.end;
  }
  return shown + for_terminal(text.substr(at), multiline);
}

void print_hit(Output& out, const index::Hit& hit, ClientNames& names, const char* mark) {
  const MessageRecord& m = hit.message;
  const std::size_t columns = std::min<std::size_t>(out.columns(), 120);
  const std::string memo = memo_mark(m.flags);
  std::string head = std::string(mark) + display_time(m.sent.utc, japan_offset_minutes) + "  " + channel_word(m.channel) + " " +
                     (memo.empty() ? direction_word(m.direction) + "  " : memo + " ");
  const auto clients = names.all(m);
  const std::string who = person_word(m.from);
  std::string rest = who;
  if (!clients.empty() && for_terminal(clients.front().name) != who) rest += " / " + for_terminal(clients.front().name);
  if (m.flags & flag_unsent) rest += std::string(" [") + tr("unsent") + "]";
  if (m.flags & flag_differs) rest += std::string(" [") + tr("another text under this Message-ID") + "]";
  const std::size_t id_columns = short_id_digits + 2;
  const std::size_t used = display_width(head) + id_columns;
  rest = truncate_to_width(rest, columns > used + 8 ? columns - used : 8);
  const std::string left = head + rest;
  out.line(out.bold(pad_to_width(left, columns > id_columns ? columns - id_columns : 0)) + "  " + out.dim(m.id.hex().substr(0, short_id_digits)));
  if (!m.subject.empty()) {
    const std::string label = std::string("    ") + tr("Subject: ");
    const std::string subject = truncate_to_width(for_terminal(m.subject), columns - display_width(label));
    // Cutting moves nothing before the cut: spans beyond it are dropped by highlighted().
    const bool whole = subject == m.subject;
    out.line(label + (whole ? highlighted(out, m.subject, hit.subject_highlights, false) : subject));
  }
  const index::Snippet snippet = index::make_snippet(m, hit.highlights, columns - 4);
  if (!snippet.text.empty()) out.line("    " + highlighted(out, snippet.text, snippet.highlights, false));
}

}  // namespace genchi::cli
