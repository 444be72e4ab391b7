// What is held of a client or of a message, wherever it lies: for erasing it.
#include <algorithm>
#include <set>

#include "catalogue/impl.hpp"

namespace genchi::catalogue {

namespace {

constexpr const char* columns = "SELECT m.id, m.hash, m.channel, m.direction, m.sent, m.flags, coalesce(p.hash, m.hash), c.key, l.content, m.chat, m.entry, m.client FROM message m "
                                "LEFT JOIN message p ON p.id=m.shown_as LEFT JOIN chat c ON c.id=m.chat LEFT JOIN line_row l ON l.message=m.id ";

Catalogue::Owned read_row(const Statement& s) {
  Catalogue::Owned out;
  out.id = Sha256::from_bytes(s.blob(1)).value_or(Sha256{});
  out.channel = static_cast<Channel>(s.integer(2));
  out.direction = static_cast<Direction>(s.integer(3));
  out.sent = s.integer(4);
  out.entry = s.integer(10);
  if (!s.is_null(11)) out.client = s.text(11);
  out.shown_as = Sha256::from_bytes(s.blob(6)).value_or(out.id);
  if (s.is_null(7)) return out;
  out.chat = "chat:" + std::string(s.text(7));
  out.row = {s.integer(9), out.sent, out.direction != Direction::in, static_cast<std::uint64_t>(s.integer(8))};
  return out;
}

}  // namespace

void Catalogue::owned(const std::vector<std::string>& heads, const std::function<void(const Owned&)>& each) const {
  Impl& impl = *impl_;
  const Snapshot snapshot(impl.db);
  const std::set<std::string> mine(heads.begin(), heads.end());
  const auto shared = [&](std::int64_t message, std::uint32_t flags) {
    for (const std::string& identifier : impl.parties(impl.participants(impl.db, message), flags).identifiers)
      if (!mine.contains(impl.head_of(identifier))) return true;
    return false;
  };
  Statement s = impl.db.prepare(std::string(columns) + "WHERE m.client=? ORDER BY m.sent, m.hash");
  for (const std::string& head : heads) {
    for (s.bind(head); s.step();) {
      Owned one = read_row(s);
      one.shared = one.channel == Channel::mail && shared(s.integer(0), static_cast<std::uint32_t>(s.integer(5)));
      each(one);
    }
  }
  std::set<std::int64_t> told;
  Statement naming = impl.db.prepare(std::string(columns) + "WHERE m.id IN (SELECT p.message FROM address a JOIN participant p ON p.address=a.id WHERE a.address=?1 OR a.domain=?1) "
                                                            "AND m.client IS NOT NULL");
  for (const std::string& head : heads)
    for (const std::string& identifier : impl.book.members(head)) {
      if (identifier.starts_with("chat:")) continue;
      for (naming.bind(identifier.substr(identifier.find(':') + 1)); naming.step();) {
        Owned one = read_row(naming);
        one.shared = true;
        Statement& client = impl.db.cached("SELECT client FROM message WHERE id=?");
        const bool another = client.bind(naming.integer(0)).step() && !mine.contains(std::string(client.text(0)));
        client.reset();
        if (another && told.insert(naming.integer(0)).second) each(one);
      }
    }
}

std::vector<Catalogue::Owned> Catalogue::owned(const Sha256& id) const {
  std::vector<Owned> out;
  const auto current = current_id(id);
  if (!current) return out;
  const Snapshot snapshot(impl_->db);
  Statement s = impl_->db.prepare(std::string(columns) +
                                  "WHERE m.id=(SELECT id FROM message WHERE hash=?1) OR m.shown_as=(SELECT coalesce(shown_as, id) FROM message WHERE hash=?1) "
                                  "OR m.id=(SELECT shown_as FROM message WHERE hash=?1) OR m.id IN (SELECT b.id FROM message a JOIN line_row k ON k.message=a.id "
                                  "JOIN message b ON b.chat=a.chat AND b.sent=a.sent AND (b.direction=1)=(a.direction=1) JOIN line_row n ON n.message=b.id AND n.content=k.content "
                                  "WHERE a.hash=?1) ORDER BY m.hash");
  static_assert(static_cast<int>(Direction::in) == 1);
  for (s.bind(Statement::Blob{current->view()}); s.step();) out.push_back(read_row(s));
  return out;
}

std::vector<EntryId> Catalogue::downloads_of(const std::string& chat) const {
  std::vector<EntryId> out;
  Statement s = impl_->db.prepare("SELECT e.entry FROM export e JOIN chat c ON c.id=e.chat WHERE c.key=? ORDER BY e.entry");
  for (s.bind(chat.substr(chat.find(':') + 1)); s.step();) out.push_back(s.integer(0));
  return out;
}

std::vector<Catalogue::DownloadRow> Catalogue::download_rows(EntryId download) const {
  std::vector<DownloadRow> out;
  Statement s = impl_->db.prepare("SELECT rows, chat, talk IS NOT NULL FROM export WHERE entry=?");
  if (!s.bind(download).step()) return out;
  for (const HeldRow& row : unpack_rows(s.blob(0))) {
    const bool ours = row.key.type == line::SenderType::account;
    const bool distinctive = !ours && row.key.content == line::Content::text && !row.key.lossy && row.key.characters >= 4;
    out.push_back({row.offset, {s.integer(1), row.key.sent, ours, row.key.hash}, s.integer(2) != 0, distinctive, row.erased});
  }
  return out;
}

std::string Catalogue::chat_name(EntryId download) const {
  Statement s = impl_->db.prepare("SELECT chat_name FROM export WHERE entry=?");
  return s.bind(download).step() ? std::string(s.text(0)) : std::string();
}

}  // namespace genchi::catalogue
