#include "archive/journal.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <cassert>
#include <cerrno>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

struct KindName {
  JournalKind kind;
  std::string_view name;
};
constexpr KindName kind_names[] = {
    {JournalKind::archive, "archive"},
    {JournalKind::import_begin, "import-begin"},
    {JournalKind::batch, "batch"},
    {JournalKind::import_end, "import-end"},
    {JournalKind::annotation, "annotation"},
    {JournalKind::client, "client"},
    {JournalKind::fact, "fact"},
    {JournalKind::unsend, "unsend"},
    {JournalKind::anchor, "anchor"},
    {JournalKind::keep, "keep"},
    {JournalKind::erase_plan, "erase-plan"},
    {JournalKind::erase_done, "erase-done"},
    {JournalKind::restore, "restore"},
};

/// Takes parts of a line off its front; `ok` turns false at the first that is not there.
struct LineReader {
  std::string_view rest;
  bool ok = true;

  void literal(std::string_view text) {
    ok = ok && rest.substr(0, text.size()) == text;
    if (ok) rest.remove_prefix(text.size());
  }
  std::int64_t number() {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    ok = ok && error == std::errc();
    if (ok) rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
  }
  std::string_view until_quote() {
    const std::size_t end = rest.find('"');
    ok = ok && end != std::string_view::npos;
    const std::string_view text = ok ? rest.substr(0, end) : std::string_view();
    if (ok) rest.remove_prefix(end);
    return text;
  }
  Sha256 hash() {
    const std::optional<Sha256> value = Sha256::from_hex(until_quote());
    ok = ok && value;
    return value.value_or(Sha256{});
  }
};

} // namespace

std::string_view journal_kind_name(JournalKind kind) {
  for (const KindName& one : kind_names) {
    if (one.kind == kind) return one.name;
  }
  return "";
}

std::optional<JournalKind> journal_kind(std::string_view name) {
  for (const KindName& one : kind_names) {
    if (one.name == name) return one.kind;
  }
  return std::nullopt;
}

std::string journal_line(const JournalLine& line) {
  return fmt::format(R"({{"seq":{},"time":{},"kind":"{}","prev":"{}","payload_sha256":"{}"}})", line.seq,
                     line.time, journal_kind_name(line.kind), line.prev.hex(), line.payload.hex());
}

std::optional<JournalLine> parse_journal_line(std::string_view text) {
  LineReader reader{text};
  JournalLine line;
  reader.literal(R"({"seq":)");
  line.seq = reader.number();
  reader.literal(R"(,"time":)");
  line.time = reader.number();
  reader.literal(R"(,"kind":")");
  const std::optional<JournalKind> kind = journal_kind(reader.until_quote());
  reader.literal(R"(","prev":")");
  line.prev = reader.hash();
  reader.literal(R"(","payload_sha256":")");
  line.payload = reader.hash();
  reader.literal(R"("})");
  if (!reader.ok || !kind || !reader.rest.empty()) return std::nullopt;
  line.kind = *kind;
  // Other spellings of the same numbers, such as leading zeros, would be other bytes.
  if (journal_line(line) != text) return std::nullopt;
  return line;
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::getrandom(bytes.data() + done, size - done, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(trf("no random numbers to be had: {}", errno_text(errno)));
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::string salted_payload(std::string_view json) {
  json = trim(json);
  assert(!json.empty() && json.front() == '{' && !parse_json(json).is_discarded());
  std::string out = R"({"salt":")" + to_hex(random_bytes(16)) + '"';
  const std::string_view members = trim(json.substr(1));
  if (members != "}") out += ',';
  return out.append(members);
}

std::string json_string(std::string_view text) {
  return json_text(nlohmann::json(std::string(text)), NotUtf8::replaced);
}

JournalWriter::JournalWriter(Database& db)
    : insert_line_(db.prepare("INSERT INTO journal(seq, line) VALUES(?, ?)")),
      insert_payload_(db.prepare("INSERT INTO payload(seq, json) VALUES(?, ?)")) {
  Statement last = db.prepare("SELECT seq, line FROM journal ORDER BY seq DESC LIMIT 1");
  if (!last.step()) return;
  head_ = last.integer(0);
  prev_ = sha256(last.text(1));
}

Seq JournalWriter::append(JournalKind kind, std::string_view json, UtcSeconds time) {
  const std::string payload = salted_payload(json);
  const std::string line = journal_line({head_ + 1, time, kind, prev_, sha256(payload)});
  insert_line_.bind(head_ + 1, line).run();
  insert_payload_.bind(head_ + 1, payload).run();
  prev_ = sha256(line);
  return ++head_;
}

} // namespace genchi
