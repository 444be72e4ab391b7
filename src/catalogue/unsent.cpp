// Messages that their senders took back, and what becomes of words that an earlier download holds.
#include <nlohmann/json.hpp>
#include <set>

#include "base/json.hpp"
#include "catalogue/erased_row.hpp"
#include "catalogue/impl.hpp"

namespace genchi::catalogue {

using nlohmann::json;

std::string_view unsent_words_name(UnsentWords what) {
  switch (what) {
  case UnsentWords::keep: return "keep";
  case UnsentWords::erase: return "erase";
  case UnsentWords::hide: break;
  }
  return "hide";
}

std::optional<UnsentWords> unsent_words_from_name(std::string_view name) {
  for (const UnsentWords each : {UnsentWords::hide, UnsentWords::keep, UnsentWords::erase})
    if (name == unsent_words_name(each)) return each;
  return std::nullopt;
}

UnsentWords Catalogue::Impl::unsent_words(const std::string& account) const {
  Statement s = db.prepare("SELECT what FROM unsent_words WHERE account=?");
  return s.bind(account).step() ? static_cast<UnsentWords>(s.integer(0)) : UnsentWords::hide;
}

std::map<std::string, UnsentWords> Catalogue::unsent_words() const {
  std::map<std::string, UnsentWords> out;
  for (Statement s = impl_->db.prepare("SELECT account, what FROM unsent_words"); s.step();) out.emplace(s.text(0), static_cast<UnsentWords>(s.integer(1)));
  return out;
}

void Catalogue::Impl::apply_unsent_row(const JournalRow& row) {
  const json payload = parse_json(row.payload);
  if (!payload.is_object() || !payload.contains("account") || !payload["account"].is_string()) return;
  const auto what = payload.contains("words") && payload["words"].is_string() ? unsent_words_from_name(payload["words"].get<std::string>()) : std::nullopt;
  if (!what) return;
  const std::string account = payload["account"];
  const bool shown_anew = (unsent_words(account) == UnsentWords::keep) != (*what == UnsentWords::keep);
  db.prepare("INSERT OR REPLACE INTO unsent_words VALUES(?,?)").bind(account, static_cast<int>(*what)).run();
  // Chats with such messages are built anew.
  if (shown_anew)
    db.prepare("UPDATE export SET chat=NULL WHERE chat IN (SELECT DISTINCT m.chat FROM unsent_row r JOIN message m ON m.id=r.message WHERE m.account=?)").bind(account).run();
}

void Catalogue::Impl::apply_erase_plan(const JournalRow& row) {
  const json payload = parse_json(row.payload);
  if (!payload.is_object() || !payload.contains("entries") || !payload["entries"].is_array()) return;
  Statement held = db.prepare("SELECT chat FROM export WHERE entry=?");
  for (const json& one : payload["entries"]) {
    if (!one.is_object() || !one.contains("entry") || !one["entry"].is_number_integer()) continue;
    const EntryId id = one["entry"];
    // One that is not held yet will come in as it is now.
    if (!held.bind(id).step()) continue;
    held.reset();
    const auto original = entry(id);
    const auto import = original ? archive.import_of(original->import) : std::nullopt;
    if (!import) continue;
    db.prepare("UPDATE export SET chat=NULL WHERE chat=(SELECT chat FROM export WHERE entry=?)").bind(id).run();
    db.prepare("DELETE FROM export WHERE entry=?").bind(id).run();
    add_export(*original, import->account);
  }
}

std::string row_by_minute(bool ours, UtcSeconds sent, std::uint64_t content) {
  return "row-minute\n" + std::string(ours ? "account" : "user") + "\n" + std::to_string(sent - (sent % 60 + 60) % 60) + "\n" + hex16(content);
}

std::string erased_mark(const Archive& archive, bool ours, UtcSeconds sent, std::uint64_t content) {
  return archive.keyed_digits(row_by_minute(ours, sent, content));
}

/// Which of the rows stand in the place of words that were erased.
void Catalogue::Impl::note_erased(const Entry& entry, std::vector<HeldRow>& rows) const {
  if (!entry.redaction) return;
  std::set<std::uint64_t> places;
  const auto ranges = archive.export_rows(entry);
  for (const std::uint64_t row : entry.redaction->rows)
    if (row < ranges.size()) places.insert(ranges[row].offset);
  for (HeldRow& row : rows) row.erased = places.contains(row.offset);
}

std::optional<TakenBack> Catalogue::taken_back(const Sha256& id) const {
  TakenBack out;
  bool any = false;
  Statement s = impl_->db.prepare("SELECT r.words, e.downloaded, e.account FROM unsent_row r JOIN message m ON m.id=r.message JOIN export e ON e.entry=r.entry WHERE m.hash=?");
  for (s.bind(Statement::Blob{id.view()}); s.step(); any = true) {
    const auto words = s.integer(0);
    if (words == 1 || words == 3) out.words = TakenBack::Words::held;
    if (words == 2 && out.words == TakenBack::Words::never_held) out.words = TakenBack::Words::erased;
    if (!any) out.what = impl_->unsent_words(std::string(s.text(2)));
    if (s.is_null(1)) continue;
    const UtcSeconds made = s.integer(1);
    if (words == 0) out.noted = out.noted ? std::min(*out.noted, made) : made;
    else out.held = out.held ? std::max(*out.held, made) : made;
  }
  if (!any) return std::nullopt;
  return out;
}

std::vector<Catalogue::UnsentRow> Catalogue::words_to_erase() const {
  std::vector<UnsentRow> out;
  Statement s = impl_->db.prepare("SELECT r.entry, r.offset, m.direction, r.words, m.client, m.hash FROM unsent_row r JOIN message m ON m.id=r.message JOIN chat c ON c.id=m.chat "
                                  "JOIN unsent_words u ON u.account=c.account WHERE r.words IN (1, 3) AND u.what=? ORDER BY r.entry, r.offset");
  for (s.bind(static_cast<int>(UnsentWords::erase)); s.step();)
    out.push_back({s.integer(0), static_cast<std::uint64_t>(s.integer(1)), static_cast<Direction>(s.integer(2)) != Direction::in, std::string(s.text(4)), Sha256::from_bytes(s.blob(5)).value_or(Sha256{}),
                   s.integer(3) == 3});
  return out;
}

bool Catalogue::empty_log() {
  Database& db = impl_->db;
  db.exec("PRAGMA busy_timeout=2000");
  const bool emptied = db.query_integer("PRAGMA wal_checkpoint(TRUNCATE)").value_or(1) == 0;
  db.exec("PRAGMA busy_timeout=30000");
  return emptied;
}

}  // namespace genchi::catalogue
