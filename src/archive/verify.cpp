#include "archive/verify.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "archive/schema.hpp"
#include "archive/verify_impl.hpp"
#include "base/json.hpp"
#include "base/sqlite_wal.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

/// SQLite tells of so much of its own damage.
constexpr int most_integrity_findings = 100;

std::string restore_database() {
  return tr("Restore archive.db from a backup of the same time as objects/.");
}

Finding of_database(Area area, std::string what) {
  Finding finding;
  finding.area = area;
  finding.file = "archive.db";
  finding.what = std::move(what);
  finding.advice = restore_database();
  return finding;
}

} // namespace

ArchiveCheck::ArchiveCheck(const fs::path& folder, const ArchiveVerifyOptions& options, const Report& report)
    : folder_(folder), options_(options), report_(report), db_(folder / "archive.db", Database::Mode::read_only),
      reader_(folder / "objects") {}

void ArchiveCheck::stop_if_asked() const {
  if (options_.stop && options_.stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
}

Finding ArchiveCheck::in_database(Area area, const char* table, std::optional<std::int64_t> row, std::string what) {
  Finding finding = of_database(area, std::move(what));
  finding.table = table;
  finding.row = row;
  return finding;
}

void ArchiveCheck::damage(Area area, const char* table, std::optional<std::int64_t> row, std::string what) {
  report_(in_database(area, table, row, std::move(what)));
}

template <typename Stage> bool ArchiveCheck::guarded(Area area, Stage stage) {
  try {
    stage();
    return true;
  } catch (const Error& error) {
    if (error.code() == ExitCode::interrupted) throw;
    report_(of_database(area, error.what()));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    report_(of_database(area, error.what()));
  }
  return false;
}

ArchiveChecked ArchiveCheck::run() {
  bool whole = guarded(Area::journal, [&] {
    db_.exec("PRAGMA cache_size=-32768");
    db_.exec("BEGIN");
    check_database();
  });
  whole &= guarded(Area::journal, [&] { check_schema(); });
  whole &= guarded(Area::journal, [&] { check_features(); });
  whole &= guarded(Area::journal, [&] { check_journal(); });
  whole &= guarded(Area::journal, [&] { check_erasings(); });
  whole &= guarded(Area::objects, [&] { check_block_files(); });
  whole &= guarded(Area::objects, [&] {
    check_objects();
    find_lost_objects();
  });
  whole &= guarded(Area::originals, [&] { rebuild_exports(); });
  whole &= guarded(Area::originals, [&] { check_entries(); });
  tell_of_damaged_objects();
  checked_.complete = whole;
  return checked_;
}

ArchiveChecked ArchiveCheck::run_blocks(const std::vector<BlockRange>& blocks) {
  bool whole = guarded(Area::journal, [&] { db_.exec("BEGIN"); });
  whole &= guarded(Area::journal, [&] { check_features(); });
  whole &= guarded(Area::journal, [&] { check_journal(); });
  whole &= guarded(Area::objects, [&] { check_block_files(); });
  whole &= guarded(Area::objects, [&] { check_objects(blocks); });
  tell_of_damaged_objects();
  checked_.complete = whole;
  return checked_;
}

void ArchiveCheck::check_database() {
  if (db_.query_integer("PRAGMA application_id").value_or(0) != archive_application_id)
    report_(of_database(Area::journal, tr("the mark that makes it an archive of genchi is missing")));
  if (const std::int64_t format = db_.query_integer("PRAGMA user_version").value_or(0); format != archive_format)
    report_(of_database(Area::journal, trf("it says that it has format {}, which this genchi does not know", format)));
  Statement check = db_.prepare("PRAGMA integrity_check(" + std::to_string(most_integrity_findings) + ")");
  while (check.step()) {
    if (check.text(0) == "ok") continue;
    report_(of_database(Area::journal, trf("SQLite finds: {}", std::string(check.text(0)))));
  }
}

/// Tables, indexes and triggers are those that create() makes.
void ArchiveCheck::check_schema() {
  constexpr const char* query = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL";
  const auto read = [&](Database& db) {
    std::map<std::string, std::string> all;
    for (Statement s = db.prepare(query); s.step();) all.emplace(s.text(0), s.text(1));
    return all;
  };
  Database expected("expected", Database::Mode::memory);
  expected.exec(archive_schema);
  if (db_.prepare("SELECT 1 FROM feature WHERE name=?").bind(erasing_feature).step()) expected.exec(erasing_schema);
  if (db_.prepare("SELECT 1 FROM feature WHERE name=?").bind(erasing_whole_feature).step()) expected.exec(tombstone_schema);
  const auto held = read(db_);
  for (const auto& [name, sql] : read(expected)) {
    const auto at = held.find(name);
    if (at == held.end()) damage(Area::journal, "sqlite_master", std::nullopt, trf("{} is missing", name));
    else if (at->second != sql) damage(Area::journal, "sqlite_master", std::nullopt, trf("{} has been altered", name));
  }
}

/// What the program must know to read this, and what the journal says of it: its first row, and those that add one.
void ArchiveCheck::check_features() {
  std::vector<std::string> names;
  for (Statement s = db_.prepare("SELECT name FROM feature ORDER BY name"); s.step();) names.emplace_back(s.text(0));
  std::vector<std::string> journalled;
  Statement rows = db_.prepare("SELECT p.json FROM journal j JOIN payload p ON p.seq=j.seq WHERE j.seq=1 OR instr(j.line, '\"kind\":\"archive\"')>0");
  while (rows.step()) {
    const auto payload = parse_json(rows.text(0));
    if (!payload.is_object() || !payload.contains("features") || !payload["features"].is_array()) return;  // the journal's stage says so
    for (const auto& name : payload["features"])
      if (name.is_string()) journalled.push_back(name.get<std::string>());
  }
  if (journalled.empty()) return;
  std::sort(journalled.begin(), journalled.end());
  if (journalled != names) damage(Area::journal, "feature", std::nullopt, tr("it names other features than the journal"));
}

bool verify_log(const fs::path& folder, const Report& report) {
  Finding finding = of_database(Area::journal, "");
  finding.file = "archive.db-wal";
  try {
    const WalState log = check_wal(folder / "archive.db-wal");
    if (!log.header_damaged && log.damaged_at == 0) return true;
    finding.offset = log.damaged_at;
    finding.what = tr("what was written last, before a crash, is damaged and is lost to SQLite");
    finding.advice = tr("Import what was imported last again; what a receipt was given for before is held.");
  } catch (const Error& error) {
    finding.what = error.what();
  }
  report(std::move(finding));
  return false;
}

ArchiveChecked verify_archive(const fs::path& folder, const ArchiveVerifyOptions& options, const Report& report) {
  std::optional<ArchiveCheck> check;
  try {
    check.emplace(folder, options, report);
  } catch (const Error& error) {
    report(of_database(Area::journal, error.what()));
    return {};
  }
  return check->run();
}

ArchiveChecked verify_blocks(const fs::path& folder, const std::vector<BlockRange>& blocks, const ArchiveVerifyOptions& options, const Report& report) {
  std::optional<ArchiveCheck> check;
  try {
    check.emplace(folder, options, report);
  } catch (const Error& error) {
    report(of_database(Area::journal, error.what()));
    return {};
  }
  return check->run_blocks(blocks);
}

std::int64_t last_block(const fs::path& folder) {
  Database db(folder / "archive.db", Database::Mode::read_only);
  return db.query_integer("SELECT max(id) FROM block").value_or(0);
}

std::uint64_t bytes_to_verify(const fs::path& folder) {
  try {
    Database db(folder / "archive.db", Database::Mode::read_only);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, db.query_integer("SELECT sum(stored) FROM block").value_or(0)));
  } catch (const Error&) {
    return 0;
  }
}

} // namespace genchi
