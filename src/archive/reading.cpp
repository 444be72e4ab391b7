#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/impl.hpp"
#include "archive/leaf.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

Sha256 digest_from(std::string_view blob) {
  const std::optional<Sha256> digest = Sha256::from_bytes(blob);
  if (!digest) throw Error(tr("archive.db is damaged: a hash has the wrong length"));
  return *digest;
}

// Whose device a source was on stands in its journal row alone: few say so.
constexpr const char* import_columns = "SELECT seq, time, end_seq, end_time, source, kind, account, digest, "
                                       "size, modified, read, fresh, known, set_aside, "
                                       "(SELECT json_extract(p.json, '$.from') FROM payload p WHERE p.seq=import.seq) "
                                       "FROM import ";

ImportRecord import_from(const Statement& row) {
  const auto number = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
  ImportRecord record;
  record.begin = row.integer(0);
  record.begun = row.integer(1);
  if (!row.is_null(2)) record.end = row.integer(2);
  record.ended = row.integer(3);
  record.source = row.text(4);
  record.kind = kind_from_name(row.text(5));
  record.account = row.text(6);
  if (!row.is_null(7)) record.digest = digest_from(row.blob(7));
  record.size = number(8);
  record.modified = row.integer(9);
  record.counts = {number(10), number(11), number(12), number(13)};
  if (!row.is_null(14)) record.provenance = provenance_from_name(row.text(14)).value_or(Provenance::unsaid);
  return record;
}

} // namespace

namespace {

/// Where the pieces lie. Nothing if any of them cannot be found: the entry is there all the same, and reading it fails.
std::vector<Location> locate(std::string_view packed, Statement& find) {
  std::vector<Location> out;
  try {
    for (const Piece& piece : decode_pieces(packed)) {
      std::optional<Location> location = find_object(find, piece.object);
      if (!location || piece.offset > location->length || piece.length > location->length - piece.offset) return {};
      location->offset += static_cast<std::uint32_t>(piece.offset);
      location->length = static_cast<std::uint32_t>(piece.length);
      out.push_back(*location);
    }
  } catch (const Error&) {
    return {};
  }
  return out;
}

} // namespace

std::shared_ptr<const Redaction> Archive::Impl::redaction_of(EntryId entry) {
  Statement& tables = reader.cached("SELECT 1 FROM sqlite_master WHERE name='redacted'");
  const bool any = tables.step();
  tables.reset();
  if (!any) return nullptr;
  Statement& row = reader.cached("SELECT digest, length, rows FROM redacted WHERE entry=?");
  std::shared_ptr<Redaction> redaction;
  if (row.bind(entry).step()) {
    redaction = std::make_shared<Redaction>();
    redaction->digest = Sha256::from_bytes(row.blob(0)).value_or(Sha256{});
    redaction->length = static_cast<std::uint64_t>(row.integer(1));
    for (const ErasedRow& erased : decode_erased(row.blob(2))) redaction->rows.push_back(erased.row);
  }
  row.reset();
  return redaction;
}

Entry Archive::Impl::read_entry(const Statement& row, Statement& find) {
  const auto number = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
  Entry entry;
  entry.id = row.integer(0);
  entry.batch = row.integer(1);
  entry.import = row.integer(2);
  entry.kind = static_cast<EntryKind>(row.integer(3));
  // Of the wrong length: damage, and no bytes will have such a hash.
  entry.digest = Sha256::from_bytes(row.blob(4)).value_or(Sha256{});
  entry.length = number(5);
  entry.identity = Sha256::from_bytes(row.blob(6)).value_or(Sha256{});
  entry.place = {number(8), number(9), number(10)};
  entry.member = row.text(11);
  entry.hints.folder = row.text(12);
  entry.hints.flags = row.text(13);
  if (!row.is_null(14)) entry.hints.store_time = row.integer(14);
  entry.hints.file_time = row.integer(15);
  entry.reason = row.text(16);
  entry.locations = locate(row.blob(7), find);
  find.reset();
  if (entry.kind == EntryKind::line_export) entry.redaction = redaction_of(entry.id);
  return entry;
}

void Archive::hold_state() {
  impl_->reader.exec("BEGIN");
  impl_->reader.query_integer("SELECT 1 FROM journal LIMIT 1");
}

bool Archive::damage_noted() const {
  if (!impl_->reader.query_integer("SELECT 1 FROM sqlite_master WHERE name='damaged'")) return false;
  return impl_->reader.query_integer("SELECT 1 FROM damaged LIMIT 1").has_value();
}

Seq Archive::head() const {
  return impl_->reader.query_integer("SELECT max(seq) FROM journal").value_or(0);
}

namespace {

JournalRow journal_row(const Statement& query) {
  const std::optional<JournalLine> line = parse_journal_line(query.text(1));
  if (!line || line->seq != query.integer(0)) {
    throw Error(trf("archive.db is damaged: journal row {} cannot be read", query.integer(0)),
                tr("A backup of the archive may hold it whole."));
  }
  return {line->seq, line->time, line->kind, std::string(query.text(1)), std::string(query.text(2))};
}

constexpr const char* journal_columns = "SELECT j.seq, j.line, p.json FROM journal j LEFT JOIN payload p ON p.seq=j.seq ";

} // namespace

std::vector<JournalRow> Archive::journal(Seq after, std::size_t limit) const {
  std::vector<JournalRow> rows;
  Statement query = impl_->reader.prepare(std::string(journal_columns) + "WHERE j.seq>? ORDER BY j.seq LIMIT ?");
  const auto most = static_cast<std::int64_t>(std::min<std::uint64_t>(limit, INT64_MAX));
  query.bind(after, most);
  while (query.step()) rows.push_back(journal_row(query));
  return rows;
}

std::vector<JournalRow> Archive::journal_of(JournalKind kind, Seq after) const {
  std::vector<JournalRow> rows;
  Statement query = impl_->reader.prepare(std::string(journal_columns) + "WHERE j.seq>? AND instr(j.line, ?)>0 ORDER BY j.seq");
  query.bind(after, "\"kind\":\"" + std::string(journal_kind_name(kind)) + "\"");
  while (query.step()) rows.push_back(journal_row(query));
  return rows;
}

bool Archive::has_row_tombstones() const {
  Database& db = impl_->newest();
  return has_tombstone_table(db) && db.query_integer("SELECT 1 FROM tombstone WHERE chat!=0 LIMIT 1").has_value();
}

std::vector<std::pair<std::int64_t, bool>> Archive::tombstones_of(std::string_view of) const {
  Database& db = impl_->newest();
  std::vector<std::pair<std::int64_t, bool>> out;
  Statement& find = db.cached("SELECT chat, telling FROM tombstone WHERE hash=? AND chat!=0");
  const std::string hash = tombstone_hash(db, of);
  for (find.bind(Statement::Blob{hash}); find.step();) out.emplace_back(find.integer(0), find.integer(1) != 0);
  find.reset();
  return out;
}

std::uint64_t Archive::telling_tombstones(std::int64_t chat) const {
  Statement count = impl_->newest().prepare("SELECT count(*) FROM tombstone WHERE chat=? AND telling");
  return count.bind(chat).step() ? static_cast<std::uint64_t>(count.integer(0)) : 0;
}

std::string Archive::keyed_digits(std::string_view of) const {
  return to_hex(tombstone_hash(impl_->newest(), of)).substr(0, 12);
}

bool Archive::erased_whole_since(Seq seq) const {
  const auto rows = journal_of(JournalKind::erase_plan, seq);
  return std::any_of(rows.begin(), rows.end(), [](const JournalRow& row) {
    const auto payload = parse_json(row.payload);
    return payload.is_object() && (payload.contains("whole") || payload.contains("payloads"));
  });
}

bool Archive::was_erased(const Sha256& identity, std::string_view file_name) const {
  Database& db = impl_->newest();
  if (!has_tombstone_table(db)) return false;
  Statement find = db.prepare("SELECT 1 FROM tombstone WHERE hash=? AND chat=0");
  const auto lies = [&](const std::string& text) {
    const std::string hash = tombstone_hash(db, text);
    return find.bind(Statement::Blob{hash}).step();
  };
  for (const EntryKind kind : {EntryKind::mail, EntryKind::line_export, EntryKind::set_aside, EntryKind::memo, EntryKind::media})
    if (lies(tombstone_text(kind, identity))) return true;
  return !file_name.empty() && lies(tombstone_text(EntryKind::line_export, identity, file_name));
}

void Archive::entries(Seq after, const std::function<bool(const Entry&)>& fn) const {
  Statement first = impl_->reader.prepare("SELECT first FROM batch WHERE seq>? ORDER BY seq LIMIT 1");
  if (!first.bind(after).step()) return;
  Statement rows = impl_->reader.prepare(std::string(entry_columns) + "id>=? ORDER BY id");
  Statement find = impl_->reader.prepare(object_query);
  rows.bind(first.integer(0));
  first.reset();
  while (rows.step()) {
    if (!fn(impl_->read_entry(rows, find))) return;
  }
}

std::optional<Entry> Archive::entry(EntryId id) const {
  std::vector<Entry> found = entries_by_id({id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Entry> Archive::entries_by_id(const std::vector<EntryId>& ids) const {
  std::vector<Entry> found;
  found.reserve(ids.size());
  static const std::string by_id = std::string(entry_columns) + "id=?";
  Statement& row = impl_->reader.cached(by_id); // asked once a mail while an archive is indexed
  Statement& find = impl_->reader.cached(object_query);
  for (const EntryId id : ids) {
    if (row.bind(id).step()) found.push_back(impl_->read_entry(row, find));
  }
  row.reset();
  return found;
}

namespace {

DamagedOriginal other_bytes(const Entry& entry) {
  return DamagedOriginal(trf("the bytes held of entry {} are not those of the original", entry.id),
                         tr("`genchi verify` names all that is damaged."));
}

} // namespace

std::string Archive::read(const Entry& entry) const {
  std::string bytes = read(entry, 0, entry.held_length());
  if (sha256(bytes) != entry.held_digest()) throw other_bytes(entry);
  return bytes;
}

std::string Archive::read(const Entry& entry, std::uint64_t offset, std::uint64_t length) const {
  if (offset >= entry.held_length()) return {};
  length = std::min(length, entry.held_length() - offset);
  const auto shorter = [&] {
    return DamagedOriginal(trf("archive.db is damaged: entry {} is shorter than recorded", entry.id),
                           tr("`genchi verify` names all that is damaged."));
  };
  std::uint64_t held = 0;
  for (const Location& location : entry.locations) held += location.length;
  if (held < entry.held_length()) throw shorter();
  std::string bytes;
  bytes.reserve(length);
  for (const Location& location : entry.locations) {
    if (bytes.size() == length) break;
    if (offset >= location.length) {
      offset -= location.length;
      continue;
    }
    const std::uint64_t part = std::min(location.length - offset, length - bytes.size());
    impl_->blocks.read(location, offset, part, bytes);
    offset = 0;
  }
  if (bytes.size() != length) throw shorter();
  return bytes;
}

Spool Archive::original(const Entry& entry) const {
  constexpr std::uint64_t part = 16 << 20;
  Spool bytes;
  Sha256Hasher hasher;
  for (std::uint64_t at = 0; at < entry.held_length(); at += part) {
    const std::string next = read(entry, at, part);
    hasher.update(next);
    bytes.append(next);
  }
  if (hasher.finish() != entry.held_digest()) throw other_bytes(entry);
  return bytes;
}

std::vector<Archive::ByteRange> Archive::export_rows(const Entry& entry) const {
  if (entry.kind != EntryKind::line_export) return {};
  Statement row = impl_->reader.prepare("SELECT pieces FROM entry WHERE id=?");
  if (!row.bind(entry.id).step()) return {};
  return rows_in(impl_->reader, decode_pieces(row.blob(0)));
}

Archive::LeafRecord Archive::leaf(const Entry& entry) const {
  Statement row = impl_->reader.prepare("SELECT secret, leaf FROM entry WHERE id=?");
  if (!row.bind(entry.id).step()) throw Error(trf("there is no entry {} in the archive", entry.id));
  LeafRecord record{std::string(row.blob(0)), digest_from(row.blob(1)), {}};
  record.computed = whole_leaf(entry, record.secret);
  if (entry.redaction) {
    Statement erased = impl_->reader.prepare("SELECT rows FROM redacted WHERE entry=?");
    erased.bind(entry.id).step();
    const RowsRoot rows = root_of_rows(read(entry), export_rows(entry), record.secret, decode_erased(erased.blob(0)));
    record.computed = sha256(export_leaf_text(record.computed, rows.rows, rows.root));
  } else if (entry.kind == EntryKind::line_export) {
    const DividedExport divided = divide_export(read(entry), export_rows(entry), record.secret);
    record.computed = sha256(export_leaf_text(record.computed, divided.rows, divided.rows_root));
  }
  return record;
}

std::string Archive::secret(const Entry& entry) const {
  Statement row = impl_->reader.prepare("SELECT secret FROM entry WHERE id=?");
  if (!row.bind(entry.id).step()) throw Error(trf("there is no entry {} in the archive", entry.id));
  return std::string(row.blob(0));
}

void Archive::row_leaves(const Entry& entry, const std::function<void(RowLeaf&&)>& fn) const {
  if (entry.kind != EntryKind::line_export) return;
  std::vector<ErasedRow> erased;
  if (entry.redaction) {
    Statement rows = impl_->reader.prepare("SELECT rows FROM redacted WHERE entry=?");
    rows.bind(entry.id).step();
    erased = decode_erased(rows.blob(0));
  }
  each_row_leaf(read(entry), export_rows(entry), secret(entry), erased, fn);
}

std::vector<Sha256> Archive::batch_leaves(Seq batch) const {
  std::vector<Sha256> leaves;
  const auto range = batch_entries(batch);
  if (!range) return leaves;
  Statement rows = impl_->reader.prepare("SELECT leaf FROM entry WHERE id BETWEEN ? AND ? ORDER BY id");
  rows.bind(range->first, range->second);
  while (rows.step()) leaves.push_back(digest_from(rows.blob(0)));
  return leaves;
}

std::optional<std::pair<EntryId, EntryId>> Archive::batch_entries(Seq batch) const {
  Statement row = impl_->reader.prepare("SELECT first, last FROM batch WHERE seq=?");
  if (!row.bind(batch).step()) return std::nullopt;
  return std::pair(row.integer(0), row.integer(1));
}

bool Archive::holds_mail(const Sha256& identity) const { return impl_->holds(identity, EntryKind::mail); }
bool Archive::holds_memo(const Sha256& identity) const { return impl_->holds(identity, EntryKind::memo); }

std::optional<Entry> Archive::media(const Sha256& digest) const {
  Statement& row = impl_->reader.cached("SELECT id FROM entry WHERE substr(identity, 1, 8)=? AND identity=? "
                                        "AND kind=? AND digest IS NOT NULL ORDER BY id LIMIT 1");
  std::optional<EntryId> id;
  if (row.bind(Statement::Blob{digest.view().substr(0, 8)}, Statement::Blob{digest.view()}, static_cast<int>(EntryKind::media)).step()) id = row.integer(0);
  row.reset();
  return id ? entry(*id) : std::nullopt;
}

bool Archive::Impl::holds(const Sha256& identity, EntryKind kind) {
  Statement row = newest().prepare("SELECT 1 FROM entry WHERE substr(identity, 1, 8)=? AND identity=? AND kind=?");
  const Statement::Blob key{identity.view().substr(0, 8)};
  return row.bind(key, Statement::Blob{identity.view()}, static_cast<int>(kind)).step();
}

std::vector<EntryId> Archive::mail_entries(const Sha256& identity, std::size_t limit) const {
  std::vector<EntryId> found;
  Statement& rows = impl_->reader.cached("SELECT id FROM entry WHERE substr(identity, 1, 8)=? AND identity=? "
                                         "AND kind=? AND digest IS NOT NULL ORDER BY id LIMIT ?");
  const Statement::Blob key{identity.view().substr(0, 8)};
  const auto most = static_cast<std::int64_t>(std::min<std::uint64_t>(limit, INT64_MAX));
  rows.bind(key, Statement::Blob{identity.view()}, static_cast<int>(EntryKind::mail), most);
  while (rows.step()) found.push_back(rows.integer(0));
  rows.reset();
  return found;
}

void Archive::accounts_of(EntryKind kind, const std::function<void(const Sha256&, std::string_view)>& fn) const {
  Statement row = impl_->reader.prepare("SELECT DISTINCT e.identity, i.account FROM entry e JOIN import i ON "
                                        "i.seq=e.import WHERE e.kind=? AND e.digest IS NOT NULL ORDER BY 1, 2");
  row.bind(static_cast<int>(kind));
  while (row.step()) fn(digest_from(row.blob(0)), row.text(1));
}

std::optional<ImportRecord> Archive::finished_import(const Sha256& file_digest,
                                                     std::string_view account) const {
  if (has_damage()) return std::nullopt;
  Statement row = impl_->newest().prepare(
      std::string(import_columns) +
      "WHERE digest IS NOT NULL AND substr(digest, 1, 8)=? AND digest=? AND account=? ORDER BY seq LIMIT 1");
  const Statement::Blob key{file_digest.view().substr(0, 8)};
  if (!row.bind(key, Statement::Blob{file_digest.view()}, account).step()) return std::nullopt;
  return import_from(row);
}

std::uint64_t Archive::set_aside() const {
  // What is set aside has an origin, and those are few: without it every entry would be looked at.
  Statement row =
      impl_->reader.prepare("SELECT count(DISTINCT digest) FROM entry WHERE origin IS NOT NULL AND kind=? AND digest IS NOT NULL");
  return row.bind(static_cast<int>(EntryKind::set_aside)).step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
}

std::string_view provenance_name(Provenance provenance) {
  switch (provenance) {
  case Provenance::company: return "company";
  case Provenance::official: return "official";
  case Provenance::personal: return "private";
  case Provenance::unsaid: break;
  }
  return "";
}

std::optional<Provenance> provenance_from_name(std::string_view name) {
  for (const Provenance each : {Provenance::company, Provenance::official, Provenance::personal})
    if (name == provenance_name(each)) return each;
  return std::nullopt;
}

std::vector<ImportRecord> Archive::imports() const {
  std::vector<ImportRecord> records;
  Statement row = impl_->reader.prepare(std::string(import_columns) + "ORDER BY seq");
  while (row.step()) records.push_back(import_from(row));
  return records;
}

std::optional<UtcSeconds> Archive::last_import(SourceKind kind) const {
  Statement row = impl_->reader.prepare("SELECT max(end_time) FROM import WHERE kind=?");
  if (!row.bind(kind_name(kind)).step() || row.is_null(0)) return std::nullopt;
  return row.integer(0);
}

std::optional<ImportRecord> Archive::import_of(Seq begin) const {
  Statement row = impl_->reader.prepare(std::string(import_columns) + "WHERE seq=?");
  if (!row.bind(begin).step()) return std::nullopt;
  return import_from(row);
}

} // namespace genchi
