// The journal: every line, the chain, every payload, and the tables that repeat what it says.
#include <nlohmann/json.hpp>

#include "archive/erasing.hpp"
#include "archive/verify_impl.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

using nlohmann::json;

std::int64_t number_in(const json& payload, const char* key) {
  const auto at = payload.find(key);
  return at != payload.end() && at->is_number_integer() ? at->get<std::int64_t>() : -1;
}

std::string text_in(const json& payload, const char* key) {
  const auto at = payload.find(key);
  return at != payload.end() && at->is_string() ? at->get<std::string>() : std::string();
}

} // namespace

/// What plans say is known before the rows are gone through that they concern; whether a plan is as it was written shows there.
void ArchiveCheck::read_erasings() {
  Statement rows = db_.prepare("SELECT j.line, p.json FROM journal j JOIN payload p ON p.seq=j.seq WHERE instr(j.line, '\"kind\":\"erase-')>0 "
                               "OR instr(j.line, '\"kind\":\"restore\"')>0 ORDER BY j.seq");
  while (rows.step())
    if (const auto line = parse_journal_line(rows.text(0))) take_erasing(*line, rows.text(1));
}

void ArchiveCheck::check_journal() {
  read_erasings();
  Statement rows = db_.prepare("SELECT j.seq, j.line, p.json FROM journal j LEFT JOIN payload p ON p.seq=j.seq ORDER BY j.seq");
  Seq expected = 1;
  std::optional<Sha256> before = Sha256{};
  while (rows.step()) {
    const Seq seq = rows.integer(0);
    const std::string_view text = rows.text(1);
    if (seq != expected) {
      damage(Area::journal, "journal", seq, trf("rows {} to {} are missing", expected, seq - 1));
      before.reset();
    }
    const std::optional<JournalLine> line = parse_journal_line(text);
    if (!line || line->seq != seq) {
      damage(Area::journal, "journal", seq, tr("the line does not have the form of a journal line"));
    } else if (before && line->prev != *before) {
      damage(Area::journal, "journal", seq, trf("it does not follow from row {}: one of the two has been altered", seq - 1));
    }
    if (line && line->seq == seq) {
      bool gone = no_payload_.contains(seq);
      if (gone && !may_be_gone(*line)) {
        damage(Area::journal, "payload", seq, tr("a plan says that the content of this row was erased, which no erasing does"));
        gone = false;
      }
      if (rows.is_null(2) && !gone) damage(Area::journal, "payload", seq, tr("the content of the journal row is missing"));
      else if (gone && !rows.is_null(2)) damage(Area::journal, "payload", seq, tr("the content of the journal row was erased, and is there"));
      else if (!gone && sha256(rows.text(2)) != line->payload)
        damage(Area::journal, "payload", seq, tr("the content of the journal row has been altered"));
      // Also of an altered one: what can be read of it is the best guide to the entries.
      check_payload(*line, rows.is_null(2) ? std::string_view() : rows.text(2));
    }
    before = sha256(text);
    expected = seq + 1;
    ++checked_.journal_rows;
    checked_.head = seq;
    checked_.head_hash = before;
    if (checked_.journal_rows % 1024 == 0) stop_if_asked();
  }
  if (checked_.journal_rows == 0) damage(Area::journal, "journal", std::nullopt, tr("the journal is empty"));
  check_row_counts();
}

/// Without this rule a plan that somebody appended would excuse whatever it names, the roots over the originals too.
bool ArchiveCheck::may_be_gone(const JournalLine& line) {
  if (line.kind == JournalKind::import_begin) return no_import_.contains(line.seq);
  if (line.kind == JournalKind::import_end) {
    Statement& begin = db_.cached("SELECT seq FROM import WHERE end_seq=?");
    const bool gone = begin.bind(line.seq).step() && no_import_.contains(begin.integer(0));
    begin.reset();
    return gone;
  }
  return payload_may_go(line.kind);
}

void ArchiveCheck::check_payload(const JournalLine& line, std::string_view text) {
  switch (line.kind) {
  case JournalKind::import_begin:
    return check_import_begin(line, text);
  case JournalKind::import_end:
    return check_import_end(line, text);
  case JournalKind::batch:
    return take_batch(line, text);
  default:
    return;
  }
}

void ArchiveCheck::check_import_begin(const JournalLine& line, std::string_view text) {
  ++import_begins_;
  ++checked_.imports;
  Statement& row = db_.cached("SELECT time, source, kind, account, modified FROM import WHERE seq=?");
  if (!row.bind(line.seq).step()) {
    damage(Area::journal, "import", line.seq, tr("the import that the journal has is missing"));
    return;
  }
  if (no_import_.contains(line.seq)) {
    const bool blank = row.integer(0) == line.time && row.is_null(1) && row.integer(4) == 0;
    row.reset();
    if (!blank) damage(Area::journal, "import", line.seq, tr("its name was erased, and is there"));
    return;
  }
  const json payload = parse_json(text);
  const bool same = payload.is_object() && row.integer(0) == line.time && row.text(1) == text_in(payload, "source") &&
                    row.text(2) == text_in(payload, "kind") && row.text(3) == text_in(payload, "account") &&
                    row.integer(4) == number_in(payload, "modified");
  row.reset();
  if (!same && payload.is_object()) damage(Area::journal, "import", line.seq, tr("it says something else than the journal"));
}

void ArchiveCheck::check_import_end(const JournalLine& line, std::string_view text) {
  const json payload = parse_json(text);
  if (!payload.is_object()) return;
  const Seq begin = number_in(payload, "begin");
  Statement& row = db_.cached("SELECT end_seq, end_time, digest, size, read, fresh, known, set_aside FROM import WHERE seq=?");
  if (!row.bind(begin).step()) {
    damage(Area::journal, "import", begin, tr("the import that the journal has is missing"));
    return;
  }
  const std::optional<Sha256> digest = Sha256::from_hex(text_in(payload, "digest"));
  const bool same_digest = digest ? row.blob(2) == digest->view() : row.is_null(2);
  const bool same = row.integer(0) == line.seq && row.integer(1) == line.time && same_digest &&
                    row.integer(3) == number_in(payload, "size") && row.integer(4) == number_in(payload, "read") &&
                    row.integer(5) == number_in(payload, "new") && row.integer(6) == number_in(payload, "known") &&
                    row.integer(7) == number_in(payload, "set_aside");
  row.reset();
  if (!same) damage(Area::journal, "import", begin, tr("it says something else than the journal"));
}

void ArchiveCheck::take_batch(const JournalLine& line, std::string_view text) {
  ++checked_.batches;
  SealedBatch batch;
  batch.seq = line.seq;
  const json payload = parse_json(text);
  Statement& row = db_.cached("SELECT import, first, last FROM batch WHERE seq=?");
  const bool found = row.bind(line.seq).step();
  if (payload.is_object()) {
    batch.import = number_in(payload, "import");
    batch.first = number_in(payload, "first");
    batch.last = number_in(payload, "last");
    batch.root = Sha256::from_hex(text_in(payload, "root"));
  } else if (found) {
    batch.import = row.integer(0);
    batch.first = row.integer(1);
    batch.last = row.integer(2);
  }
  if (!found) {
    damage(Area::journal, "batch", line.seq, tr("the batch that the journal has is missing"));
  } else if (row.integer(0) != batch.import || row.integer(1) != batch.first || row.integer(2) != batch.last ||
             (payload.is_object() && number_in(payload, "count") != batch.last - batch.first + 1)) {
    damage(Area::journal, "batch", line.seq, tr("it says something else than the journal"));
  }
  row.reset();
  batches_.push_back(batch);
}

void ArchiveCheck::take_erasing(const JournalLine& line, std::string_view text) {
  const json payload = parse_json(text);
  if (!payload.is_object()) return;
  const auto each_of = [&](const json& holder, const char* key, const auto& take) {
    if (const auto at = holder.find(key); at != holder.end() && at->is_array())
      for (const json& value : *at) take(value);
  };
  if (line.kind == JournalKind::erase_plan) {
    unfinished_.insert(line.seq);
    ++checked_.erasings;
  }
  each_of(payload, "plans", [&](const json& plan) {
    if (plan.is_number_integer()) unfinished_.erase(plan.get<Seq>());
  });
  each_of(payload, "entries", [&](const json& entry) {
    if (!entry.is_object()) return;
    auto& rows = planned_[number_in(entry, "entry")];
    each_of(entry, "rows", [&](const json& row) {
      if (row.is_number_unsigned()) rows.insert(row.get<std::uint64_t>());
    });
  });
  const auto numbers_of = [&](const char* key, auto& into) {
    each_of(payload, key, [&](const json& value) {
      if (value.is_number_integer()) into.insert(value.get<std::int64_t>());
    });
  };
  if (line.kind == JournalKind::erase_plan) {
    numbers_of("whole", whole_);
    numbers_of("payloads", no_payload_);
    numbers_of("imports", no_import_);
  }
  each_of(payload, "tombstones", [&](const json& one) {
    if (line.kind == JournalKind::restore && one.is_array() && one.size() == 2 && one[0].is_string() && one[1].is_number_integer()) {
      for (const bool telling : {false, true}) tombstones_.erase({one[0].get<std::string>(), one[1].get<std::int64_t>(), telling});
    } else if (one.is_array() && one.size() == 3 && one[0].is_string() && one[1].is_number_integer() && one[2].is_number_integer()) {
      tombstones_.emplace(one[0].get<std::string>(), one[1].get<std::int64_t>(), one[2].get<int>() != 0);
    }
  });
}

/// What is not to come back is what the journal says.
void ArchiveCheck::check_tombstones() {
  std::set<std::tuple<std::string, std::int64_t, bool>> held;
  if (db_.query_integer("SELECT 1 FROM sqlite_master WHERE name='tombstone'"))
    for (Statement s = db_.prepare("SELECT hash, chat, telling FROM tombstone"); s.step();) held.emplace(to_hex(s.blob(0)), s.integer(1), s.integer(2) != 0);
  if (held != tombstones_) damage(Area::journal, "tombstone", std::nullopt, tr("it says something else than the journal"));
}

/// What is left out of originals is what the journal says.
void ArchiveCheck::check_erasings() {
  if (db_.query_integer("SELECT 1 FROM sqlite_master WHERE name='redacted'")) {
    for (Statement s = db_.prepare("SELECT entry, rows FROM redacted"); s.step();) {
      try {
        redacted_[s.integer(0)] = decode_erased(s.blob(1));
      } catch (const Error&) {
        damage(Area::journal, "redacted", s.integer(0), tr("the list of rows that were erased cannot be read"));
      }
    }
    std::set<Seq> open;
    for (Statement s = db_.prepare("SELECT plan FROM erasing"); s.step();) open.insert(s.integer(0));
    if (open != unfinished_) damage(Area::journal, "erasing", std::nullopt, tr("it says something else than the journal"));
    else if (!open.empty()) {
      Finding finding = in_database(Area::journal, "erasing", *open.begin(), tr("an erasing is not finished: what was to go may still lie in the folder"));
      finding.severity = Severity::note;
      finding.advice = tr("The next import goes on with it.");
      report_(std::move(finding));
    }
  }
  check_tombstones();
  checked_.erased_entries = whole_.size();
  for (const auto& [entry, erased] : redacted_) {
    checked_.erased_rows += erased.size();
    std::set<std::uint64_t> rows;
    for (const ErasedRow& row : erased) rows.insert(row.row);
    const auto planned = planned_.find(entry);
    if (planned == planned_.end() || planned->second != rows)
      damage(Area::originals, "redacted", entry, tr("other rows of the original were taken out than the journal says"));
  }
  for (const auto& [entry, rows] : planned_)
    if (!rows.empty() && !redacted_.contains(entry) && !whole_.contains(entry)) damage(Area::originals, "redacted", entry, tr("other rows of the original were taken out than the journal says"));
}

/// Rows that the journal knows nothing of.
void ArchiveCheck::check_row_counts() {
  const auto compare = [&](const char* table, std::uint64_t expected) {
    const auto held = static_cast<std::uint64_t>(db_.query_integer(std::string("SELECT count(*) FROM ") + table).value_or(0));
    if (held > expected) damage(Area::journal, table, std::nullopt, trf("it has {} rows, and the journal {}", held, expected));
  };
  compare("import", import_begins_);
  compare("batch", checked_.batches);
  compare("payload", checked_.journal_rows);
  // An import that has an end the journal does not know.
  Statement ends = db_.prepare("SELECT i.seq FROM import i LEFT JOIN journal j ON j.seq=i.end_seq WHERE i.end_seq IS NOT NULL "
                               "AND (j.line IS NULL OR instr(j.line, '\"kind\":\"import-end\"')=0)");
  while (ends.step()) damage(Area::journal, "import", ends.integer(0), tr("it has an end that is not in the journal"));
}

} // namespace genchi
