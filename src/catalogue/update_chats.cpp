// LINE downloads into the catalogue: rows of each file, which files are one chat, and the union of their rows.
#include <algorithm>
#include <cstring>
#include <map>

#include "catalogue/impl.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::catalogue {
namespace {

// A talk ends with so long a silence (src/README.md, "Conversations").
constexpr UtcSeconds talk_silence = 72 * 3600;

template <typename T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

template <typename T>
T take(std::string_view& in) {
  T value;
  if (in.size() < sizeof value) throw Error(tr("the catalogue is damaged"), tr("Run `genchi reindex`; nothing is lost, it is made from the archive."));
  std::memcpy(&value, in.data(), sizeof value);
  in.remove_prefix(sizeof value);
  return value;
}

// Named after the download that was imported first. With its file name: friends who got nothing but the same broadcast
// have files of equal bytes.
std::string chat_key(const std::string& account, const Sha256& digest, const std::string& file_name) {
  return hex16(sha256("genchi-chat-1\n" + account + "\n" + file_name + "\n" + digest.hex()).prefix64());
}

/// A message of a chat as it should stand in the catalogue.
struct Wanted {
  std::string hash;
  const HeldRow* row = nullptr;   ///< the copy it is shown from
  std::uint64_t content = 0;      ///< hash of what it is known by: of a row taken back, its first words where held
  EntryId entry = 0;
  int zone = 0;
  std::uint32_t nth = 0;
  std::uint32_t flags = 0;
  std::int64_t conversation = 0;
};

struct HeldFile {
  EntryId entry = 0;
  std::int64_t chat = 0;
  int zone = 0;
  std::string file_name;
  std::string chat_name;
  std::vector<HeldRow> rows;
};

}  // namespace

std::string pack_rows(const std::vector<HeldRow>& rows) {
  std::string out;
  out.reserve(rows.size() * 34);
  for (const auto& row : rows) {
    put<std::int64_t>(out, row.key.sent);
    put<std::uint64_t>(out, row.key.hash);
    put<std::uint64_t>(out, row.offset);
    put<std::uint32_t>(out, row.length);
    put<std::uint32_t>(out, row.key.characters);
    put<std::uint8_t>(out, static_cast<std::uint8_t>(row.key.content));
    put<std::uint8_t>(out, static_cast<std::uint8_t>((row.key.type == line::SenderType::account ? 1 : 0) |
                                                     (row.key.lossy ? 2 : 0) | (row.automatic ? 4 : 0)));
  }
  return out;
}

std::vector<HeldRow> unpack_rows(std::string_view blob) {
  std::vector<HeldRow> rows;
  rows.reserve(blob.size() / 34);
  while (!blob.empty()) {
    HeldRow row;
    row.key.sent = take<std::int64_t>(blob);
    row.key.hash = take<std::uint64_t>(blob);
    row.offset = take<std::uint64_t>(blob);
    row.length = take<std::uint32_t>(blob);
    row.key.characters = take<std::uint32_t>(blob);
    row.key.content = static_cast<line::Content>(take<std::uint8_t>(blob));
    const auto bits = take<std::uint8_t>(blob);
    row.key.type = bits & 1 ? line::SenderType::account : line::SenderType::user;
    row.key.lossy = bits & 2;
    row.automatic = bits & 4;
    rows.push_back(row);
  }
  return rows;
}

void Catalogue::Impl::add_export(const Entry& entry, const std::string& given_account) {
  const std::optional<line::Export> parsed = line::parse_export(archive.read(entry), entry.member);
  if (!parsed) return;
  const std::string account = given_account.empty() ? parsed->account_name : given_account;
  Statement known = db.prepare("SELECT 1 FROM export WHERE entry=?");
  if (known.bind(entry.id).step()) return;

  std::vector<HeldRow> rows;
  rows.reserve(parsed->rows.size());
  for (const auto& row : parsed->rows) {
    HeldRow kept;
    kept.key = line::row_key(row);
    kept.automatic = row.automatic;
    kept.offset = row.offset;
    kept.length = row.length;
    rows.push_back(kept);
  }
  db.prepare("INSERT INTO export VALUES(?,?,?,?,?,?,?,?,?,?,?,NULL)")
      .bind(entry.id, Statement::Blob{entry.digest.view()}, account, entry.member, parsed->chat_name,
            parsed->number ? std::optional<std::int64_t>(*parsed->number) : std::nullopt, parsed->downloaded,
            parsed->offset_minutes, static_cast<std::int64_t>(parsed->preamble_length),
            static_cast<std::int64_t>(rows.size()), Statement::Blob{pack_rows(rows)})
      .run();
}

namespace {

/// Rebuilds one chat from its files.
class ChatBuilder {
 public:
  ChatBuilder(Catalogue::Impl& impl, const std::string& account) : impl_(impl), account_(account) {}

  /// `files` in canonical order; `first` the download that was imported first.
  void build(const std::vector<const HeldFile*>& held, const std::vector<const line::ExportFile*>& files,
             const line::ExportFile& first, const HeldFile& first_held, bool assumed, EntryId first_new, Update& update);

 private:
  std::int64_t chat_row(const std::string& key, const std::string& name, bool assumed);
  std::int64_t conversation(const std::string& key);
  std::vector<Wanted> wanted(const std::vector<const HeldFile*>& held, const std::vector<const line::ExportFile*>& files,
                             EntryId first_new, Update& update);
  void write(std::int64_t chat, std::vector<Wanted>& rows);

  Catalogue::Impl& impl_;
  const std::string& account_;
  std::string key_;
};

std::int64_t ChatBuilder::chat_row(const std::string& key, const std::string& name, bool assumed) {
  impl_.db.prepare("INSERT INTO chat(key, account, name, assumed) VALUES(?,?,?,?) ON CONFLICT(key) DO UPDATE SET "
                   "name=excluded.name, assumed=excluded.assumed")
      .bind(key, account_, name, assumed)
      .run();
  Statement s = impl_.db.prepare("SELECT id FROM chat WHERE key=?");
  s.bind(key).step();
  return s.integer(0);
}

std::int64_t ChatBuilder::conversation(const std::string& key) {
  Statement find = impl_.db.prepare("SELECT id FROM conversation WHERE key=?");
  if (find.bind(key).step()) return find.integer(0);
  impl_.db.prepare("INSERT INTO conversation(key) VALUES(?)").bind(key).run();
  return impl_.db.last_insert_rowid();
}

std::vector<Wanted> ChatBuilder::wanted(const std::vector<const HeldFile*>& held,
                                        const std::vector<const line::ExportFile*>& files, EntryId first_new, Update& update) {
  std::vector<Wanted> out;
  UtcSeconds last = 0;
  std::int64_t talk = 0;
  for (const auto& merged : line::merge_rows(files)) {
    Wanted w;
    // Shown from the copy that was imported first and is whole: so a weekly download moves nothing.
    const auto consider = [&](std::uint32_t file, std::uint32_t at) {
      const HeldRow& row = held[file]->rows[at];
      const auto rank = [](const HeldRow& r, EntryId entry) {
        return std::tuple(r.key.lossy, r.key.content == line::Content::unsent, entry);
      };
      if (!w.row || rank(row, held[file]->entry) < rank(*w.row, w.entry)) {
        w.row = &row;
        w.entry = held[file]->entry;
        w.zone = held[file]->zone;
      }
    };
    EntryId first_entry = held[merged.file]->entry;
    consider(merged.file, merged.row);
    for (const auto& [file, row] : merged.copies) {
      consider(file, row);
      first_entry = std::min(first_entry, held[file]->entry);
    }
    // Where the sender took it back, the row that says so is shown; the earlier words stay in the original.
    if (merged.unsent_by) {
      const auto [file, row] = *merged.unsent_by;
      first_entry = std::min(first_entry, held[file]->entry);
      w.row = &held[file]->rows[row];
      w.entry = held[file]->entry;
      w.zone = held[file]->zone;
    }
    if (first_new != 0 && first_entry >= first_new) ++update.fresh_rows[first_entry];

    const line::RowKey& key = held[merged.file]->rows[merged.row].key;
    w.nth = merged.nth;
    w.content = key.hash;
    if (merged.unsent_by || key.content == line::Content::unsent) w.flags |= flag_unsent;
    if (w.row->automatic) w.flags |= flag_auto;
    w.hash = sha256("genchi-line-1\n" + key_ + "\n" + (key.type == line::SenderType::account ? "Account" : "User") + "\n" +
                    std::to_string(key.sent) + "\n" + hex16(key.hash) + "\n" + std::to_string(merged.nth))
                 .view();
    if (talk == 0 || key.sent - last > talk_silence)
      talk = conversation(hex16(sha256("genchi-talk-1\n" + key_ + "\n" +
                                       std::to_string(days_from_civil(civil_day(key.sent, japan_offset_minutes)))).prefix64()));
    last = key.sent;
    w.conversation = talk;
    out.push_back(std::move(w));
  }
  return out;
}

void ChatBuilder::write(std::int64_t chat, std::vector<Wanted>& rows) {
  Database& db = impl_.db;
  struct Stored {
    std::int64_t id;
    UtcSeconds sent;
    std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t> state;  // flags, entry, offset, conversation
  };
  std::map<std::string, Stored> stored;
  Statement s = db.prepare("SELECT hash, id, sent, flags, entry, offset, conversation FROM message WHERE chat=?");
  for (s.bind(chat); s.step();)
    stored.emplace(s.blob(0), Stored{s.integer(1), s.integer(2), {s.integer(3), s.integer(4), s.integer(5), s.integer(6)}});

  const std::string client = "chat:" + key_;
  Statement insert = db.prepare("INSERT INTO message(hash, channel, account, direction, flags, sent, zone, conversation, client, entry, "
                                "offset, length, chat, kind) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement insert_row = db.prepare("INSERT INTO line_row VALUES(?,?,?)");
  Statement change = db.prepare("UPDATE message SET flags=?, direction=?, entry=?, offset=?, length=?, zone=?, conversation=?, kind=? WHERE id=?");
  for (const Wanted& w : rows) {
    const line::RowKey& key = w.row->key;
    const auto offset = static_cast<std::int64_t>(w.row->offset);
    const Direction direction = key.type == line::SenderType::user ? Direction::in
                                : w.row->automatic                 ? Direction::automatic
                                                                   : Direction::out;
    if (const auto at = stored.find(w.hash); at != stored.end()) {
      const std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t> state{w.flags, w.entry, offset, w.conversation};
      if (at->second.state != state) {
        change.bind(w.flags, static_cast<int>(direction), w.entry, offset, w.row->length, w.zone, w.conversation, static_cast<int>(key.content), at->second.id).run();
        impl_.mark_month(key_, at->second.sent);
      }
      stored.erase(at);
      continue;
    }
    insert.bind(Statement::Blob{w.hash}, static_cast<int>(Channel::line), account_, static_cast<int>(direction), w.flags, key.sent,
                w.zone, w.conversation, client, w.entry, offset, w.row->length, chat, static_cast<int>(key.content)).run();
    insert_row.bind(db.last_insert_rowid(), static_cast<std::int64_t>(w.content), w.nth).run();
    impl_.mark_month(key_, key.sent);
  }
  for (const auto& [hash, gone] : stored) {
    impl_.mark_month(key_, gone.sent);
    db.prepare("DELETE FROM line_row WHERE message=?").bind(gone.id).run();
    db.prepare("DELETE FROM message WHERE id=?").bind(gone.id).run();
  }
}

void ChatBuilder::build(const std::vector<const HeldFile*>& held, const std::vector<const line::ExportFile*>& files,
                        const line::ExportFile& first, const HeldFile& first_held, bool assumed, EntryId first_new, Update& update) {
  key_ = chat_key(account_, first.digest, first_held.file_name);
  const HeldFile& newest = *held.back();
  std::string name = newest.chat_name;
  for (auto it = held.rbegin(); name.empty() && it != held.rend(); ++it) name = (*it)->chat_name;
  const std::int64_t chat = chat_row(key_, name, assumed);
  Statement own_file = impl_.db.prepare("UPDATE export SET chat=? WHERE entry=?");
  Statement seen = impl_.db.prepare("INSERT INTO name VALUES(?,?,?) ON CONFLICT(identifier, name) DO UPDATE SET last=max(last, excluded.last)");
  for (std::size_t i = 0; i < held.size(); ++i) {
    own_file.bind(chat, held[i]->entry).run();
    if (!held[i]->chat_name.empty()) seen.bind("chat:" + key_, held[i]->chat_name, files[i]->downloaded.value_or(0)).run();
  }
  std::vector<Wanted> rows = wanted(held, files, first_new, update);
  write(chat, rows);
}

}  // namespace

void Catalogue::Impl::group_account(const std::string& account, EntryId first_new, Update& update) {
  std::vector<line::ExportFile> files;
  std::vector<HeldFile> held;
  Statement s = db.prepare("SELECT entry, digest, chat_name, number, downloaded, zone, rows, coalesce(chat, 0), file_name FROM export WHERE account=? ORDER BY entry");
  for (s.bind(account); s.step();) {
    line::ExportFile file;
    file.digest = *Sha256::from_bytes(s.blob(1));
    file.order = static_cast<std::uint64_t>(s.integer(0));
    file.chat_name = s.text(2);
    if (!s.is_null(3)) file.number = static_cast<std::uint32_t>(s.integer(3));
    if (!s.is_null(4)) file.downloaded = s.integer(4);
    HeldFile rows{s.integer(0), s.integer(7), static_cast<int>(s.integer(5)), std::string(s.text(8)), file.chat_name, unpack_rows(s.blob(6))};
    file.rows.reserve(rows.rows.size());
    for (const auto& row : rows.rows) file.rows.push_back(row.key);
    files.push_back(std::move(file));
    held.push_back(std::move(rows));
  }

  std::map<std::int64_t, std::size_t> files_of_chat;
  for (const auto& h : held) ++files_of_chat[h.chat];
  std::set<std::int64_t> in_use;
  std::set<std::int64_t> disturbed;
  for (const line::ChatGroup& group : line::group_chats(files)) {
    const std::int64_t chat = held[group.files.front()].chat;
    const bool settled = chat != 0 && files_of_chat[chat] == group.files.size() &&
                         std::all_of(group.files.begin(), group.files.end(), [&](std::uint32_t f) { return held[f].chat == chat; });
    if (settled) {
      in_use.insert(chat);
      continue;
    }
    std::vector<const HeldFile*> group_held;
    std::vector<const line::ExportFile*> group_files;
    std::uint32_t first = group.files.front();
    for (const std::uint32_t f : group.files) {
      group_held.push_back(&held[f]);
      group_files.push_back(&files[f]);
      if (files[f].order < files[first].order) first = f;
      if (held[f].chat != 0) disturbed.insert(held[f].chat);
    }
    ChatBuilder(*this, account).build(group_held, group_files, files[first], held[first], group.assumed, first_new, update);
    Statement id = db.prepare("SELECT id FROM chat WHERE key=?");
    id.bind(chat_key(account, files[first].digest, held[first].file_name)).step();
    in_use.insert(id.integer(0));
  }

  // A chat that grew together with another one goes on under that one's key.
  for (const std::int64_t chat : disturbed) {
    if (in_use.contains(chat)) continue;
    Statement old = db.prepare("SELECT key FROM chat WHERE id=?");
    if (!old.bind(chat).step()) continue;
    const std::string key(old.text(0));
    Statement sent = db.prepare("SELECT sent FROM message WHERE chat=?");
    for (sent.bind(chat); sent.step();) mark_month(key, sent.integer(0));
    sent.reset();
    db.prepare("DELETE FROM line_row WHERE message IN (SELECT id FROM message WHERE chat=?)").bind(chat).run();
    db.prepare("DELETE FROM message WHERE chat=?").bind(chat).run();
    db.prepare("DELETE FROM chat WHERE id=?").bind(chat).run();
    // The heir: whichever chat the download that named it is in now.
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (chat_key(account, files[i].digest, held[i].file_name) != key) continue;
      Statement now = db.prepare("SELECT chat FROM export WHERE entry=?");
      if (now.bind(held[i].entry).step() && !now.is_null(0))
        db.prepare("INSERT OR REPLACE INTO chat_alias VALUES(?,?)").bind(key, now.integer(0)).run();
      break;
    }
  }
}

}  // namespace genchi::catalogue
