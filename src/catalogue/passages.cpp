// From catalogue rows and originals to what the index holds.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.hpp"
#include "catalogue/impl.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"

namespace genchi::catalogue {
namespace {

// A row and where it lies, before its original is read.
struct ChatRow {
  Sha256 id;
  Direction direction;
  std::uint32_t flags;
  Moment sent;
  std::string conversation;
  EntryId entry;
  std::uint64_t offset;
  std::uint32_t length;
  SoughtFacts facts;
};

SoughtFacts sought_facts(const Statement& row, int column) {
  return row.is_null(column) ? SoughtFacts() : sought(facts::unpack_facts(row.blob(column)));
}

std::vector<line::Row> read_rows_at(const Archive& archive, const Entry& entry, std::uint64_t preamble,
                                 const std::vector<RowPlace>& rows) {
  std::string bytes = archive.read(entry, 0, preamble);
  for (std::size_t i = 0; i < rows.size();) {
    const std::uint64_t begin = rows[i].offset;
    std::uint64_t end = begin;
    for (; i < rows.size() && rows[i].offset == end; ++i) end += rows[i].length;
    bytes += archive.read(entry, begin, end - begin);
    // A row without a line end can stand only at the end of a file, but need not stay there in this selection.
    if (!bytes.ends_with('\n') && !bytes.ends_with('\r')) bytes += "\r\n";
  }
  if (auto parsed = line::parse_export(bytes, entry.member); parsed && parsed->rows.size() == rows.size())
    return std::move(parsed->rows);
  // The charset of a short selection may be read otherwise than that of the whole: then the whole it is.
  const auto whole = line::parse_export(archive.read(entry), entry.member);
  std::vector<line::Row> out;
  if (!whole) return out;
  for (const RowPlace& wanted : rows) {
    const auto at = std::lower_bound(whole->rows.begin(), whole->rows.end(), wanted.offset,
                                     [](const line::Row& row, std::uint64_t offset) { return row.offset < offset; });
    out.push_back(at != whole->rows.end() && at->offset == wanted.offset ? *at : line::Row{});
  }
  return out;
}

}  // namespace

std::vector<line::Row> Catalogue::Impl::read_rows(Database& connection, EntryId download, const std::vector<RowPlace>& places) const {
  const std::optional<Entry> original = entry(download);
  Statement preamble = connection.prepare("SELECT preamble, talk FROM export WHERE entry=?");
  if (!original || !preamble.bind(download).step()) return {};
  if (!preamble.is_null(1)) return read_talk_rows(*original, preamble.text(1), places);
  return read_rows_at(archive, *original, static_cast<std::uint64_t>(preamble.integer(0)), places);
}

std::vector<index::Passage> Catalogue::passages(const std::string& job) const {
  if (job.starts_with('m')) return impl_->mail_passages(job.substr(1), Impl::Twins::leave_out, Impl::Damaged::pass_over);
  if (job.starts_with('c')) return impl_->chat_passages(job, Impl::Damaged::pass_over);
  return {};
}

std::optional<MessageRecord> Catalogue::record(const Sha256& id) const {
  const Snapshot snapshot(impl_->db);
  Statement s = impl_->db.prepare("SELECT c.key, m.sent FROM message m LEFT JOIN chat c ON c.id=m.chat WHERE m.hash=?");
  if (!s.bind(Statement::Blob{id.view()}).step()) return std::nullopt;
  const auto among = [&](const std::vector<index::Passage>& found) -> std::optional<MessageRecord> {
    for (const auto& passage : found)
      for (const auto& message : passage.messages)
        if (message.id == id) return message;
    return std::nullopt;
  };
  if (s.is_null(0)) return among(impl_->mail_passages(id.hex(), Impl::Twins::include, Impl::Damaged::tell));
  const int month = month_number(s.integer(1), japan_offset_minutes);
  const std::string job = fmt::format("c{}{:04}{:02}", s.text(0), month / 12, month % 12 + 1);
  // Who reads a talk asks for one row of a month after the other.
  Impl::ReadMonth& read = impl_->read_month;
  if (const std::int64_t now = revision(); read.job != job || read.revision != now) {
    read = {};
    read.passages = impl_->chat_passages(job, Impl::Damaged::pass_over);
    read.job = job;
    read.revision = now;
  }
  if (auto message = among(read.passages)) return message;
  // Only the row asked for matters, and only then is damage elsewhere in the month of no account.
  return among(impl_->chat_passages(job, Impl::Damaged::tell));
}

std::vector<index::Passage> Catalogue::Impl::mail_passages(const std::string& hash_prefix, Twins twins, Damaged damaged) const {
  Database& connection = reader();
  const std::size_t rest = 64 - std::min<std::size_t>(64, hash_prefix.size());
  const auto low = Sha256::from_hex(hash_prefix + std::string(rest, '0'));
  const auto high = Sha256::from_hex(hash_prefix + std::string(rest, 'f'));
  if (!low || !high) return {};
  Statement& s = connection.cached(
      "SELECT m.id, m.hash, m.direction, m.flags, m.sent, m.zone, m.account, c.key, m.entry, m.copies, f.facts, m.channel, n.identifier FROM message m "
      "LEFT JOIN conversation c ON c.id=m.conversation LEFT JOIN fact f ON f.message=m.id LEFT JOIN memo n ON n.message=m.id WHERE m.hash BETWEEN ? AND ? AND m.chat IS NULL AND (m.shown_as IS NULL OR ?)");
  std::vector<index::Passage> out;
  for (s.bind(Statement::Blob{low->view()}, Statement::Blob{high->view()}, twins == Twins::include); s.step();) {
    MessageRecord record;
    record.id = *Sha256::from_bytes(s.blob(1));
    record.direction = static_cast<Direction>(s.integer(2));
    record.flags = static_cast<std::uint32_t>(s.integer(3));
    record.sent = {s.integer(4), static_cast<int>(s.integer(5))};
    record.account = s.text(6);
    record.conversation = s.text(7);
    record.copies = static_cast<std::uint32_t>(s.integer(9));
    record.facts = sought_facts(s, 10);
    record.channel = static_cast<Channel>(s.integer(11));
    const std::optional<Entry> original = entry(s.integer(8));
    if (!original) continue;
    Spool raw;
    try {
      raw = archive.original(*original);
    } catch (const DamagedOriginal&) {
      if (damaged == Damaged::tell) throw;
      continue;
    }
    mail::Message message = mail::parse(raw.view());
    if (const auto memo = s.is_null(12) ? std::nullopt : mail::read_memo(raw.view())) {
      record.identifiers = memo_identifiers(std::string(s.text(12)));
      record.from.name = memo->by;
      if (!memo->who.empty()) message.to.push_back({memo->who, ""});
      message.sections.clear();
    } else {
      record.identifiers = parties(participants(connection, s.integer(0)), record.flags).identifiers;
      if (!message.from.empty()) record.from = message.from.front();
      else if (!message.sender.empty()) record.from = message.sender.front();
    }
    record.to = std::move(message.to);
    record.cc = std::move(message.cc);
    record.cc.insert(record.cc.end(), message.bcc.begin(), message.bcc.end());
    record.subject = std::move(message.subject);
    record.text = std::move(message.text);
    record.sections = std::move(message.sections);
    for (auto& attachment : message.attachments) {
      const bool image = attachment.type.starts_with("image/");
      record.files.push_back({std::move(attachment.name), image ? "photo" : attachment.type.starts_with("video/") ? "video" : attachment.type.starts_with("audio/") ? "voice" : "file"});
    }
    record.source.object = original->digest;
    record.source.length = original->length;
    record.source.name = source_of(*original);
    out.push_back({});
    out.back().messages.push_back(std::move(record));
  }
  return out;
}

std::vector<index::Passage> Catalogue::Impl::chat_passages(const std::string& job, Damaged damaged) const {
  if (job.size() != 1 + 16 + 6) return {};
  Database& connection = reader();
  const std::string key = job.substr(1, 16);
  const int year = std::stoi(job.substr(17, 4)), month = std::stoi(job.substr(21, 2));
  const UtcSeconds begin = utc_from_civil({year, month, 1}, 0, 0, 0, japan_offset_minutes);
  const UtcSeconds end = begin + std::int64_t{days_in_month(year, month)} * 86'400;
  Statement chat = connection.prepare("SELECT id, name, account FROM chat WHERE key=?");
  if (!chat.bind(key).step()) return {};
  const std::string chat_name(chat.text(1)), account(chat.text(2));

  std::vector<ChatRow> rows;
  Statement s = connection.prepare(
      "SELECT m.hash, m.direction, m.flags, m.sent, m.zone, c.key, m.entry, m.offset, m.length, f.facts FROM message m "
      "LEFT JOIN conversation c ON c.id=m.conversation LEFT JOIN fact f ON f.message=m.id WHERE m.chat=? AND m.sent>=? AND m.sent<? ORDER BY m.sent, m.entry, m.offset");
  for (s.bind(chat.integer(0), begin, end); s.step();)
    rows.push_back({*Sha256::from_bytes(s.blob(0)), static_cast<Direction>(s.integer(1)), static_cast<std::uint32_t>(s.integer(2)),
                    {s.integer(3), static_cast<int>(s.integer(4))}, std::string(s.text(5)), s.integer(6),
                    static_cast<std::uint64_t>(s.integer(7)), static_cast<std::uint32_t>(s.integer(8)), sought_facts(s, 9)});

  const bool any_attached = connection.query_integer("SELECT 1 FROM media LIMIT 1").has_value();
  std::map<EntryId, std::vector<const ChatRow*>> by_download;
  for (const ChatRow& row : rows) by_download[row.entry].push_back(&row);
  std::map<const ChatRow*, MessageRecord> records;
  for (auto& [id, wanted] : by_download) {
    const std::optional<Entry> original = entry(id);
    if (!original) continue;
    std::sort(wanted.begin(), wanted.end(), [](const ChatRow* a, const ChatRow* b) { return a->offset < b->offset; });
    std::vector<RowPlace> places;
    for (const ChatRow* row : wanted) places.push_back({row->offset, row->length});
    std::vector<line::Row> read;
    try {
      read = read_rows(connection, id, places);
    } catch (const DamagedOriginal&) {
      if (damaged == Damaged::tell) throw;
      continue;
    }
    const std::string name = source_of(*original);
    for (std::size_t i = 0; i < wanted.size() && i < read.size(); ++i) {
      const ChatRow& row = *wanted[i];
      MessageRecord record;
      record.id = row.id;
      record.channel = Channel::line;
      record.direction = row.direction;
      record.flags = row.flags;
      record.sent = row.sent;
      record.account = account;
      record.conversation = row.conversation;
      record.identifiers = {"chat:" + key};
      const bool theirs = row.direction == Direction::in;
      record.from.name = read[i].sender_name;
      record.to.push_back({theirs ? account : chat_name, ""});
      record.text = read[i].text;
      record.facts = row.facts;
      if (read[i].content != line::Content::text && read[i].content != line::Content::unsent)
        record.files.push_back({any_attached ? attached_name(connection, row.id) : "", std::string(line::content_name(read[i].content))});
      record.source = {original->digest, row.offset, row.length, name};
      records.emplace(&row, std::move(record));
    }
  }

  std::vector<index::Passage> out;
  for (const ChatRow& row : rows) {
    const auto at = records.find(&row);
    if (at == records.end()) continue;
    if (out.empty() || out.back().messages.size() >= index::max_rows_in_passage) out.push_back({});
    out.back().messages.push_back(std::move(at->second));
  }
  return out;
}

}  // namespace genchi::catalogue
