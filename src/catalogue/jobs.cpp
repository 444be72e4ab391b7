// Which parts of the index have to be made again.
#include <fmt/format.h>

#include "base/bytes.hpp"
#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

void mark(Database& db, const std::string& key, std::int64_t revision) {
  db.cached("INSERT INTO job(key, revision) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET revision=excluded.revision")
      .bind(key, revision)
      .run();
}

}  // namespace

void Catalogue::Impl::mark_mail(std::string_view hash) { mark(db, "m" + to_hex(hash.substr(0, 8)), revision); }

void Catalogue::Impl::mark_month(const std::string& chat_key, UtcSeconds sent) {
  const int month = month_number(sent, japan_offset_minutes);
  mark(db, fmt::format("c{}{:04}{:02}", chat_key, month / 12, month % 12 + 1), revision);
}

void Catalogue::Impl::mark_message(std::int64_t id) {
  Statement s = db.prepare("SELECT m.hash, c.key, m.sent FROM message m LEFT JOIN chat c ON c.id=m.chat WHERE m.id=?");
  if (!s.bind(id).step()) return;
  if (s.is_null(1)) mark_mail(s.blob(0));
  else mark_month(std::string(s.text(1)), s.integer(2));
}

void Catalogue::Impl::mark_conversation(std::int64_t conversation) {
  std::vector<std::int64_t> ids;
  Statement s = db.prepare("SELECT id FROM message WHERE conversation=?");
  for (s.bind(conversation); s.step();) ids.push_back(s.integer(0));
  for (const std::int64_t id : ids) mark_message(id);
}

}  // namespace genchi::catalogue
