// LINE accounts and chats as their downloads hold them. A download was made before it came in, whatever it says: one dated in
// the future would silence `watch` until then.
#include "catalogue/impl.hpp"
#include "watch/holdings.hpp"

namespace genchi::catalogue {
namespace {

std::optional<UtcSeconds> instant(const Statement& s, int column) { return s.is_null(column) ? std::nullopt : std::optional(s.integer(column)); }

}  // namespace

std::vector<Catalogue::AccountDownloads> Catalogue::account_downloads() const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  std::vector<AccountDownloads> out;
  for (Statement s = db.prepare("SELECT account, max(min(downloaded, coalesce(received, downloaded))), (SELECT max(made) FROM (SELECT min(downloaded, coalesce(max(received), downloaded)) AS made "
                                "FROM export a WHERE a.account=export.account AND a.talk IS NULL GROUP BY downloaded HAVING count(*)>1)), count(DISTINCT downloaded) FROM export "
                                "WHERE downloaded IS NOT NULL AND talk IS NULL GROUP BY account ORDER BY account");
       s.step();) {
    AccountDownloads row;
    row.account = s.text(0);
    row.newest = s.integer(1);
    row.newest_of_all = instant(s, 2);
    row.downloads = static_cast<std::uint64_t>(s.integer(3));
    out.push_back(std::move(row));
  }
  Statement drift = db.prepare("SELECT d.what, count(*) FROM drift d JOIN chat c ON c.id=d.chat WHERE c.account=? GROUP BY d.what");
  Statement unsent = db.prepare("SELECT count(*) FROM message m JOIN chat c ON c.id=m.chat WHERE c.account=? AND " + flags_in_sql("m.", flag_unsent));
  for (AccountDownloads& row : out) {
    for (drift.bind(row.account); drift.step();) row.drift[static_cast<line::DriftCase>(drift.integer(0))] = static_cast<std::uint64_t>(drift.integer(1));
    if (unsent.bind(row.account).step()) row.unsent = static_cast<std::uint64_t>(unsent.integer(0));
  }
  return out;
}

void Catalogue::chats_of(const std::string& account, const std::function<void(const watch::Chat&)>& each) const {
  Database& db = impl_->db;
  const Snapshot snapshot(db);
  Statement before = db.prepare("SELECT max(sent) FROM message WHERE chat=? AND sent<?");
  Statement of_chat = db.prepare("SELECT min(first), max(last) FROM export WHERE chat=? AND talk IS NULL");
  std::int64_t id = -1;
  watch::Chat chat;
  chat.last_row_before = [&](UtcSeconds time) -> std::optional<UtcSeconds> {
    const std::optional<UtcSeconds> row = before.bind(id, time).step() ? instant(before, 0) : std::nullopt;
    before.reset();
    return row;
  };
  const auto finish = [&] {
    if (id == -1) return;
    if (of_chat.bind(id).step()) {
      chat.first = instant(of_chat, 0).value_or(0);
      chat.last = instant(of_chat, 1).value_or(0);
    }
    of_chat.reset();
    each(chat);
  };
  Statement s = db.prepare("SELECT c.id, c.key, c.name, min(e.downloaded, coalesce(e.received, e.downloaded)), e.first, e.last FROM chat c JOIN export e ON e.chat=c.id "
                           "WHERE c.account=? AND e.downloaded IS NOT NULL AND e.talk IS NULL ORDER BY c.id, 4");
  for (s.bind(account); s.step();) {
    if (s.integer(0) != id) {
      finish();
      id = s.integer(0);
      chat.identifier = "chat:" + std::string(s.text(1));
      chat.name = s.text(2);
      chat.downloads.clear();
    }
    chat.downloads.push_back({s.integer(3), instant(s, 4), instant(s, 5)});
  }
  finish();
}

void Catalogue::media(const std::string& account, UtcSeconds begin, UtcSeconds end, const std::function<bool(const MediaRow&)>& each) const {
  const Snapshot snapshot(impl_->db);
  const bool any_attached = impl_->db.query_integer("SELECT 1 FROM media LIMIT 1").has_value();
  Statement s = impl_->db.prepare("SELECT m.hash, m.sent, m.kind, m.direction, coalesce(m.client, ''), c.name, c.key, m.flags FROM message m JOIN chat c ON c.id=m.chat "
                                  "WHERE m.account=? AND m.kind IN (1, 3, 4, 5) AND m.sent>=? AND m.sent<? AND m.shown_as IS NULL ORDER BY m.sent, m.entry, m.offset");
  for (s.bind(account, begin, end); s.step();) {
    MediaRow row;
    row.id = Sha256::from_bytes(s.blob(0)).value_or(Sha256{});
    row.sent = s.integer(1);
    row.kind = static_cast<line::Content>(s.integer(2));
    row.direction = static_cast<Direction>(s.integer(3));
    row.client = s.text(4);
    row.chat = s.text(5);
    row.chat_key = s.text(6);
    row.minute = (s.integer(7) & flag_minute) != 0;
    if (any_attached)
      if (const auto file = attached(row.id)) row.attached = file->entry != 0;
    if (!each(row)) return;
  }
}

}  // namespace genchi::catalogue
