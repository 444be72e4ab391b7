// Files that people say belong to LINE messages, of which a download holds the place only.
#include <map>

#include "base/bytes.hpp"
#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

constexpr std::string_view on_message = "message:";

std::optional<Sha256> message_of(std::string_view target) {
  return target.starts_with(on_message) ? Sha256::from_hex(target.substr(on_message.size())) : std::nullopt;
}

// A message has few ids, and each few of these rows.
constexpr const char* newest =
    "SELECT value, time, by FROM annotation WHERE what=?1 AND target IN (SELECT 'message:' || lower(hex(?2)) UNION ALL "
    "SELECT 'message:' || lower(hex(a.hash)) FROM message m JOIN message_alias a ON a.message=m.id WHERE m.hash=?2) ORDER BY seq DESC LIMIT 1";

constexpr int what = static_cast<int>(Annotation::What::attached);

/// The original of it, if it is held.
void read_media(Database& db, Attached& file) {
  Statement& s = db.cached("SELECT entry, name, length FROM media WHERE digest=?");
  if (s.bind(Statement::Blob{file.digest.view()}).step()) {
    file.entry = s.integer(0);
    file.name = s.text(1);
    file.length = static_cast<std::uint64_t>(s.integer(2));
  }
  s.reset();
}

}  // namespace

void Catalogue::Impl::add_media(const Entry& entry) {
  db.cached("INSERT OR IGNORE INTO media VALUES(?,?,?,?)").bind(Statement::Blob{entry.digest.view()}, entry.id, entry.member, entry.length).run();
}

void Catalogue::Impl::mark_attached(std::string_view target) {
  const auto id = message_of(target);
  if (!id) return;
  Statement s = db.prepare("SELECT id FROM message WHERE hash=?1 UNION SELECT message FROM message_alias WHERE hash=?1");
  for (s.bind(Statement::Blob{id->view()}); s.step();) mark_message(s.integer(0));
}

std::string Catalogue::Impl::attached_name(Database& connection, const Sha256& message) const {
  std::string name;
  Statement& s = connection.cached(newest);
  if (s.bind(what, Statement::Blob{message.view()}).step()) {
    Attached file;
    if (const auto digest = Sha256::from_hex(s.text(0))) {
      file.digest = *digest;
      read_media(connection, file);
      name = file.name;
    }
  }
  s.reset();
  return name;
}

std::optional<Attached> Catalogue::attached(const Sha256& message) const {
  const auto id = current_id(message);
  if (!id) return std::nullopt;
  Statement& s = impl_->db.cached(newest);
  std::optional<Attached> out;
  if (s.bind(what, Statement::Blob{id->view()}).step())
    if (const auto digest = Sha256::from_hex(s.text(0))) out = Attached{*id, *digest, 0, "", 0, s.integer(1), std::string(s.text(2))};
  s.reset();
  if (out) read_media(impl_->db, *out);
  return out;
}

void Catalogue::attached(const std::function<void(const Attached&)>& each) const {
  std::map<Sha256, Attached> files;
  annotations(Annotation::What::attached, [&](const Annotation& row) {
    const auto written_on = message_of(row.target);
    const auto id = written_on ? current_id(*written_on) : std::nullopt;
    if (!id) return;
    if (const auto digest = Sha256::from_hex(row.value)) files[*id] = {*id, *digest, 0, "", 0, row.time, row.by};
    else files.erase(*id);
  });
  for (auto& [id, file] : files) {
    read_media(impl_->db, file);
    each(file);
  }
}

std::optional<Catalogue::RowMark> Catalogue::row_mark(const Sha256& message) const {
  const auto id = current_id(message);
  if (!id) return std::nullopt;
  Statement& s = impl_->db.cached(
      "SELECT e.digest, e.file_name, m.sent, m.direction, m.kind, r.nth FROM message m JOIN line_row r ON r.message=m.id "
      "JOIN export e ON e.chat=m.chat WHERE m.hash=? ORDER BY e.entry LIMIT 1");
  std::optional<RowMark> out;
  if (s.bind(Statement::Blob{id->view()}).step())
    if (const auto download = Sha256::from_bytes(s.blob(0)))
      out = RowMark{*download, std::string(s.text(1)), s.integer(2), static_cast<Direction>(s.integer(3)), static_cast<line::Content>(s.integer(4)), s.integer(5)};
  s.reset();
  return out;
}

std::optional<Sha256> Catalogue::message_marked(const RowMark& mark) const {
  Statement& s = impl_->db.cached(
      "SELECT m.hash FROM export e JOIN message m ON m.chat=e.chat AND m.sent=?2 JOIN line_row r ON r.message=m.id "
      "WHERE e.digest=?1 AND m.direction=?3 AND m.kind=?4 AND r.nth=?5 ORDER BY e.file_name=?6 DESC, m.hash LIMIT 1");
  std::optional<Sha256> id;
  if (s.bind(Statement::Blob{mark.download.view()}, mark.sent, static_cast<int>(mark.direction), static_cast<int>(mark.kind), mark.nth, mark.file_name).step())
    id = Sha256::from_bytes(s.blob(0));
  s.reset();
  return id;
}

}  // namespace genchi::catalogue
