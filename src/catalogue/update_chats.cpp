// LINE downloads into the catalogue: rows of each file, which files are one chat, and the union of their rows.
#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "catalogue/erased_row.hpp"
#include "catalogue/impl.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/talks.hpp"

namespace genchi::catalogue {
namespace {

// A talk ends with so long a silence (src/README.md, "Conversations").
constexpr UtcSeconds talk_silence = 72 * 3600;
constexpr std::size_t packed_row = 34;

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

/// A content that a message was known by, with the n-th of it and the second or minute it was known for.
struct Name {
  std::uint64_t content = 0;
  std::uint32_t nth = 0;
  UtcSeconds sent = 0;
};

/// A message of a chat as it should stand in the catalogue.
struct Wanted {
  std::string hash;
  const HeldRow* row = nullptr;   ///< the copy it is shown from
  UtcSeconds sent = 0;
  std::uint64_t content = 0;      ///< hash of what it is known by: of a row taken back, its first words where held
  EntryId entry = 0;
  int zone = 0;
  std::uint32_t nth = 0;
  std::uint32_t flags = 0;
  std::int64_t conversation = 0;
  std::uint32_t place = 0;        ///< among those of one minute, where no second is known
  /// What it may have been known by before all downloads were held.
  std::vector<Name> known_by;
  /// Of a row that a download and a talk hold, where it lies in the talk.
  const HeldRow* also = nullptr;
  EntryId also_in = 0;
  /// Of one that was taken back: where all downloads have it; and whether LINE's note can mean another message of that time.
  std::vector<std::pair<EntryId, const HeldRow*>> taken_back;
  bool may_be_another = false;
  bool came_back = false;         ///< stands in the place of a row that is held again
};

struct HeldFile {
  EntryId entry = 0;
  std::int64_t chat = 0;
  int zone = 0;
  std::string file_name;
  std::string home;
  std::vector<HeldRow> rows;      ///< only while its chat is built
};

}  // namespace

std::string pack_rows(const std::vector<HeldRow>& rows) {
  std::string out;
  out.reserve(rows.size() * packed_row);
  for (const auto& row : rows) {
    put<std::int64_t>(out, row.key.sent);
    put<std::uint64_t>(out, row.key.hash);
    put<std::uint64_t>(out, row.offset);
    put<std::uint32_t>(out, row.length);
    put<std::uint32_t>(out, row.key.characters);
    put<std::uint8_t>(out, static_cast<std::uint8_t>(row.key.content));
    put<std::uint8_t>(out, static_cast<std::uint8_t>((row.key.type == line::SenderType::account ? 1 : 0) |
                                                     (row.key.lossy ? 2 : 0) | (row.automatic ? 4 : 0) | (row.unsure ? 8 : 0) |
                                                     (row.key.call ? 16 : 0) | (row.erased ? 32 : 0)));
  }
  return out;
}

namespace {

HeldRow take_row(std::string_view& blob) {
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
  row.unsure = bits & 8;
  row.key.call = bits & 16;
  row.erased = bits & 32;
  return row;
}

}  // namespace

std::vector<HeldRow> unpack_rows(std::string_view blob) {
  std::vector<HeldRow> rows;
  rows.reserve(blob.size() / packed_row);
  while (!blob.empty()) rows.push_back(take_row(blob));
  return rows;
}

std::vector<line::RowKey> unpack_keys(std::string_view blob) {
  std::vector<line::RowKey> rows;
  rows.reserve(blob.size() / packed_row);
  while (!blob.empty()) rows.push_back(take_row(blob).key);
  return rows;
}

HeldRow held_row(const line::Row& row) {
  HeldRow kept;
  kept.key = line::row_key(row);
  kept.automatic = row.automatic;
  kept.unsure = row.type == line::SenderType::account && line::is_unknown_sender(row.sender_name);
  kept.offset = row.offset;
  kept.length = row.length;
  return kept;
}

std::pair<std::optional<UtcSeconds>, std::optional<UtcSeconds>> first_and_last(const std::vector<HeldRow>& rows) {
  if (rows.empty()) return {};
  const auto [first, last] = std::minmax_element(rows.begin(), rows.end(), [](const HeldRow& a, const HeldRow& b) { return a.key.sent < b.key.sent; });
  return {first->key.sent, last->key.sent};
}

void Catalogue::Impl::add_export(const Entry& entry, const std::string& given_account) {
  Statement known = db.prepare("SELECT 1 FROM export WHERE entry=?");
  if (known.bind(entry.id).step()) return;
  known.reset();
  const std::string bytes = archive.read(entry);
  const std::optional<line::Export> parsed = line::parse_export(bytes, entry.member);
  if (!parsed) return add_talk(entry, bytes, given_account);
  const std::string account = given_account.empty() ? parsed->account_name : given_account;
  std::vector<HeldRow> rows;
  rows.reserve(parsed->rows.size());
  for (const auto& row : parsed->rows) rows.push_back(held_row(row));
  note_erased(entry, rows);
  const auto [first, last] = first_and_last(rows);
  const auto import = archive.import_of(entry.import);
  db.prepare("INSERT INTO export VALUES(?,?,?,?,?,?,?,?,?,?,?,NULL,?,?,?,1,?,NULL,?)")
      .bind(entry.id, Statement::Blob{entry.digest.view()}, account, entry.member, parsed->chat_name,
            parsed->number ? std::optional<std::int64_t>(*parsed->number) : std::nullopt, parsed->downloaded,
            parsed->offset_minutes, parsed->language, static_cast<std::int64_t>(parsed->preamble_length),
            static_cast<std::int64_t>(rows.size()), first, last, account, import ? std::optional(import->begun) : std::nullopt, Statement::Blob{pack_rows(rows)})
      .run();
}

namespace {

/// Rebuilds one chat from its files.
class ChatBuilder {
 public:
  /// `archive_key` is that of Impl::archive_key().
  ChatBuilder(Catalogue::Impl& impl, const std::string& account, const std::string& archive_key)
      : impl_(impl), account_(account), archive_key_(archive_key), keeps_unsent_(impl.unsent_words(account) == UnsentWords::keep) {}

  /// The id of the chat that these downloads form; both in canonical order.
  std::int64_t build(const std::vector<HeldFile*>& held, const std::vector<const line::ExportFile*>& files, bool assumed,
                     EntryId first_new, Update& update);

 private:
  std::int64_t chat_row(const std::string& name, bool assumed);
  void name_downloads(std::int64_t chat);
  std::int64_t conversation(const std::string& key);
  void consider(const line::MergedRow& merged, Wanted& wanted) const;
  std::vector<Wanted> wanted(const std::vector<line::MergedRow>& merged, EntryId first_new, Update& update);
  void mark_came_back(const std::vector<line::MergedRow>& merged, std::vector<Wanted>& rows) const;
  void mark_unsure_unsent(const std::vector<line::MergedRow>& merged, std::vector<Wanted>& rows) const;
  std::vector<Name> known_by(const line::MergedRow& merged);
  void add_name_by_minute(const line::MergedRow& merged, Wanted& wanted);
  std::string message_hash(const std::string& chat_key, line::SenderType type, const Name& name) const;
  void write(std::int64_t chat, std::vector<Wanted>& rows);
  std::vector<std::string> former_keys(std::int64_t chat);
  void write_aliases(std::int64_t chat, const std::vector<line::MergedRow>& merged, const std::vector<Wanted>& rows);
  std::vector<line::Drift> compare(const std::vector<line::MergedRow>& merged) const;
  void write_drift(std::int64_t chat, const std::vector<line::MergedRow>& merged, const std::vector<Wanted>& rows);

  Catalogue::Impl& impl_;
  const std::string& account_;
  const std::string& archive_key_;
  bool keeps_unsent_;
  std::string key_;
  std::vector<HeldFile*> held_;
  std::vector<const line::ExportFile*> files_;
  // In the second at hand: how many messages were known by a sender and content so far.
  std::map<std::pair<line::SenderType, std::uint64_t>, std::uint32_t> known_;
  UtcSeconds second_ = 0;
  // The same by minute, of rows that talks hold; and how many rows of the minute have no second.
  std::map<std::pair<line::SenderType, std::uint64_t>, std::uint32_t> known_by_minute_;
  UtcSeconds minute_ = 0;
  std::uint32_t places_ = 0;
};

std::int64_t ChatBuilder::chat_row(const std::string& name, bool assumed) {
  Database& db = impl_.db;
  db.prepare("INSERT INTO chat(key, account, name, assumed) VALUES(?,?,?,?) ON CONFLICT(key) DO UPDATE SET "
             "account=excluded.account, name=excluded.name, assumed=excluded.assumed")
      .bind(key_, account_, name, assumed)
      .run();
  Statement s = db.prepare("SELECT id FROM chat WHERE key=?");
  s.bind(key_).step();
  return s.integer(0);
}

/// What the downloads call it, and whose they are.
void ChatBuilder::name_downloads(std::int64_t chat) {
  Statement own_file = impl_.db.prepare("UPDATE export SET chat=? WHERE entry=?");
  Statement seen = impl_.db.prepare("INSERT INTO name VALUES(?,?,?) ON CONFLICT(identifier, name) DO UPDATE SET last=max(last, excluded.last)");
  for (std::size_t i = 0; i < held_.size(); ++i) {
    own_file.bind(chat, held_[i]->entry).run();
    if (!files_[i]->chat_name.empty()) seen.bind("chat:" + key_, files_[i]->chat_name, files_[i]->downloaded.value_or(0)).run();
  }
}

std::int64_t ChatBuilder::conversation(const std::string& key) {
  Statement find = impl_.db.prepare("SELECT id FROM conversation WHERE key=?");
  if (find.bind(key).step()) return find.integer(0);
  impl_.db.prepare("INSERT INTO conversation(key) VALUES(?)").bind(key).run();
  return impl_.db.last_insert_rowid();
}

std::string ChatBuilder::message_hash(const std::string& chat_key, line::SenderType type, const Name& name) const {
  return std::string(sha256("genchi-line-1\n" + chat_key + "\n" + (type == line::SenderType::account ? "Account" : "User") + "\n" +
                            std::to_string(name.sent) + "\n" + hex16(name.content) + "\n" + std::to_string(name.nth))
                         .view());
}

/// From which copy a message is shown.
void ChatBuilder::consider(const line::MergedRow& merged, Wanted& w) const {
  // Shown from the copy that was imported first and is whole, a download's before a talk's: so a weekly download moves nothing.
  bool shown_from_talk = false;
  w.flags |= flag_minute;
  const auto look_at = [&](std::uint32_t file, std::uint32_t at) {
    const HeldRow& row = held_[file]->rows[at];
    const auto rank = [](const HeldRow& r, bool minutes, EntryId entry) {
      return std::tuple(r.key.lossy, r.key.content == line::Content::unsent, minutes, entry);
    };
    const bool minutes = files_[file]->minutes;
    if (minutes) {
      if (!w.also || held_[file]->entry < w.also_in) {
        w.also = &row;
        w.also_in = held_[file]->entry;
      }
    } else {
      w.flags &= ~flag_minute;
    }
    if (!w.row || rank(row, minutes, held_[file]->entry) < rank(*w.row, shown_from_talk, w.entry)) {
      w.row = &row;
      w.entry = held_[file]->entry;
      w.zone = held_[file]->zone;
      shown_from_talk = minutes;
    }
  };
  look_at(merged.file, merged.row);
  for (const auto& [file, row] : merged.copies) look_at(file, row);
  // Where the sender took it back, the row that says so is shown, unless the words are kept; they stay in the original.
  if (merged.unsent_by && !keeps_unsent_) {
    const auto [file, row] = *merged.unsent_by;
    look_at(file, row);
    shown_from_talk = files_[file]->minutes;
    w.row = &held_[file]->rows[row];
    w.entry = held_[file]->entry;
    w.zone = held_[file]->zone;
  }
  if (shown_from_talk || w.flags & flag_minute) w.also = nullptr;
}

/// While only downloads were held that show it damaged, or only as taken back, it had another id.
std::vector<Name> ChatBuilder::known_by(const line::MergedRow& merged) {
  const line::RowKey& shown = held_[merged.file]->rows[merged.row].key;
  if (second_ != merged.sent) known_.clear();
  second_ = merged.sent;
  std::set<std::uint64_t> contents;
  if (merged.unsent_by) contents.insert(held_[merged.unsent_by->first]->rows[merged.unsent_by->second].key.hash);
  for (const auto& [file, row] : merged.copies) contents.insert(held_[file]->rows[row].key.hash);
  contents.erase(shown.hash);
  ++known_[{shown.type, shown.hash}];
  std::vector<Name> out;
  for (const auto content : contents) out.push_back({content, known_[{shown.type, content}]++, merged.sent});
  return out;
}

/// While only a talk was held it had no second.
void ChatBuilder::add_name_by_minute(const line::MergedRow& merged, Wanted& w) {
  const UtcSeconds minute = merged.sent - (merged.sent % 60 + 60) % 60;
  if (minute_ != minute) {
    known_by_minute_.clear();
    places_ = 0;
  }
  minute_ = minute;
  if (w.flags & flag_minute) w.place = places_++;
  std::set<std::uint64_t> contents; // as talks have it
  const auto look_at = [&](const line::RowPlace& place) {
    if (files_[place.first]->minutes) contents.insert(held_[place.first]->rows[place.second].key.hash);
  };
  look_at({merged.file, merged.row});
  for (const auto& place : merged.copies) look_at(place);
  if (merged.unsent_by) look_at(*merged.unsent_by);
  const auto type = held_[merged.file]->rows[merged.row].key.type;
  for (const auto content : contents) {
    const Name name{content, known_by_minute_[{type, content}]++, minute};
    if (merged.sent != minute) w.known_by.push_back(name);
  }
}

std::vector<Wanted> ChatBuilder::wanted(const std::vector<line::MergedRow>& all, EntryId first_new, Update& update) {
  std::vector<Wanted> out;
  UtcSeconds last = 0;
  std::int64_t talk = 0;
  for (const auto& merged : all) {
    Wanted w;
    consider(merged, w);
    EntryId first_entry = held_[merged.file]->entry;
    for (const auto& [file, row] : merged.copies) first_entry = std::min(first_entry, held_[file]->entry);
    if (merged.unsent_by) first_entry = std::min(first_entry, held_[merged.unsent_by->first]->entry);
    if (first_new != 0 && first_entry >= first_new && !w.row->erased) ++update.fresh_rows[first_entry];

    const line::RowKey& key = held_[merged.file]->rows[merged.row].key;
    w.nth = merged.nth;
    w.sent = merged.sent;
    w.content = key.hash;
    w.known_by = known_by(merged);
    add_name_by_minute(merged, w);
    if (merged.unsent_by || key.content == line::Content::unsent) {
      w.flags |= flag_unsent;
      const auto note = [&](const line::RowPlace& place) { w.taken_back.emplace_back(held_[place.first]->entry, &held_[place.first]->rows[place.second]); };
      note({merged.file, merged.row});
      for (const auto& place : merged.copies) note(place);
      if (merged.unsent_by) note(*merged.unsent_by);
    }
    if (w.row->automatic) w.flags |= flag_auto;
    w.hash = message_hash(key_, key.type, {key.hash, merged.nth, merged.sent});
    if (talk == 0 || merged.sent - last > talk_silence)
      talk = conversation(hex16(sha256("genchi-talk-1\n" + key_ + "\n" +
                                       std::to_string(days_from_civil(civil_day(merged.sent, japan_offset_minutes)))).prefix64()));
    last = merged.sent;
    w.conversation = talk;
    out.push_back(std::move(w));
  }
  mark_unsure_unsent(all, out);
  mark_came_back(all, out);
  return out;
}

/// Where a row that was erased came in again and was wanted, what stands in its place in other downloads is no other message.
void ChatBuilder::mark_came_back(const std::vector<line::MergedRow>& all, std::vector<Wanted>& rows) const {
  const auto minute_of = [](UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; };
  const auto key_of = [&](std::size_t i) -> const line::RowKey& { return held_[all[i].file]->rows[all[i].row].key; };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].row->erased || key_of(i).content == line::Content::unsent) continue;
    std::size_t begin = i, end = i + 1;
    while (begin > 0 && minute_of(rows[begin - 1].sent) == minute_of(rows[i].sent)) --begin;
    while (end < rows.size() && minute_of(rows[end].sent) == minute_of(rows[i].sent)) ++end;
    for (std::size_t k = begin; k < end && !rows[i].came_back; ++k) {
      if (rows[k].row->erased || key_of(k).type != key_of(i).type) continue;
      const std::string mark = erased_mark(impl_.archive, key_of(k).type == line::SenderType::account, rows[k].sent, key_of(k).hash);
      for (const std::string_view charset : {"UTF-8", "Big5"}) {
        line::Row stands;
        stands.text = line::erased_words(charset, mark);
        rows[i].came_back = rows[i].came_back || stands.content_hash().prefix64() == key_of(i).hash;
      }
    }
  }
}

/// LINE's note tells the sender's side and the time, nothing more: where another message has both, it may be the one meant.
void ChatBuilder::mark_unsure_unsent(const std::vector<line::MergedRow>& all, std::vector<Wanted>& rows) const {
  const auto minute_of = [](UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; };
  const auto type_of = [&](std::size_t i) { return held_[all[i].file]->rows[all[i].row].key.type; };
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    for (end = begin; end < rows.size() && minute_of(rows[end].sent) == minute_of(rows[begin].sent);) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      if (rows[i].taken_back.empty()) continue;
      const auto in_talk = [&](const auto& place) { return files_[place.first]->minutes; };
      const bool by_minute = in_talk(std::pair(all[i].file, all[i].row)) || std::any_of(all[i].copies.begin(), all[i].copies.end(), in_talk) ||
                             (all[i].unsent_by && in_talk(*all[i].unsent_by));
      for (std::size_t k = begin; k < end; ++k)
        if (k != i && type_of(k) == type_of(i) && (by_minute || rows[k].sent == rows[i].sent)) rows[i].may_be_another = true;
    }
  }
}

void ChatBuilder::write(std::int64_t chat, std::vector<Wanted>& rows) {
  Database& db = impl_.db;
  using State = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;
  struct Stored {
    std::int64_t id;
    UtcSeconds sent;
    State state;  // flags, entry, offset, conversation, place
  };
  std::map<std::string, Stored> stored;
  Statement s = db.prepare("SELECT m.hash, m.id, m.sent, m.flags, m.entry, m.offset, m.conversation, l.place, m.account!=?2 FROM message m "
                           "JOIN line_row l ON l.message=m.id WHERE m.chat=?1");
  for (s.bind(chat, account_); s.step();) {
    stored.emplace(s.blob(0), Stored{s.integer(1), s.integer(2), {s.integer(3), s.integer(4), s.integer(5), s.integer(6), s.integer(7)}});
    if (s.integer(8) != 0) impl_.mark_month(key_, s.integer(2));
  }
  db.prepare("UPDATE message SET account=?1 WHERE chat=?2 AND account!=?1").bind(account_, chat).run();
  db.prepare("DELETE FROM also_in WHERE message IN (SELECT id FROM message WHERE chat=?)").bind(chat).run();
  db.prepare("DELETE FROM unsent_row WHERE message IN (SELECT id FROM message WHERE chat=?)").bind(chat).run();
  Statement also = db.prepare("INSERT OR REPLACE INTO also_in VALUES(?,?,?,?)");
  Statement taken_back = db.prepare("INSERT OR IGNORE INTO unsent_row VALUES(?,?,?,?)");
  const auto note_also = [&](std::int64_t message, const Wanted& w) {
    if (w.also) also.bind(message, w.also_in, static_cast<std::int64_t>(w.also->offset), w.also->length).run();
    for (const auto& [entry, row] : w.taken_back)
      taken_back.bind(message, entry, static_cast<std::int64_t>(row->offset), row->key.content != line::Content::unsent ? (w.may_be_another ? 3 : 1) : row->erased ? 2 : 0).run();
  };

  const std::string client = impl_.book.head("chat:" + key_);
  Statement insert = db.prepare("INSERT INTO message(hash, channel, account, direction, flags, sent, zone, conversation, client, entry, "
                                "offset, length, chat, kind) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement insert_row = db.prepare("INSERT INTO line_row VALUES(?,?,?,?,?)");
  Statement change_row = db.prepare("UPDATE line_row SET unsure=?, place=? WHERE message=?");
  Statement unsure = db.prepare("INSERT OR IGNORE INTO due_content SELECT content FROM line_row WHERE message=? AND unsure");
  Statement due = db.prepare("INSERT OR IGNORE INTO due_reading VALUES(?)");
  Statement change = db.prepare("UPDATE message SET flags=?, direction=?, entry=?, offset=?, length=?, zone=?, conversation=?, kind=? WHERE id=?");
  for (const Wanted& w : rows) {
    if (w.came_back) continue;
    const line::RowKey& key = w.row->key;
    const auto offset = static_cast<std::int64_t>(w.row->offset);
    const Direction direction = key.type == line::SenderType::user ? Direction::in
                                : w.row->automatic                 ? Direction::automatic
                                                                   : Direction::out;
    if (const auto at = stored.find(w.hash); at != stored.end()) {
      const State state{w.flags, w.entry, offset, w.conversation, w.place};
      note_also(at->second.id, w);
      if (at->second.state != state) {
        unsure.bind(at->second.id).run();
        change_row.bind(w.row->unsure, w.place, at->second.id).run();
        unsure.bind(at->second.id).run();
        change.bind(w.flags, static_cast<int>(direction), w.entry, offset, w.row->length, w.zone, w.conversation, static_cast<int>(key.content), at->second.id).run();
        due.bind(at->second.id).run();
        impl_.mark_month(key_, at->second.sent);
      }
      stored.erase(at);
      continue;
    }
    insert.bind(Statement::Blob{w.hash}, static_cast<int>(Channel::line), account_, static_cast<int>(direction), w.flags, w.sent,
                w.zone, w.conversation, client, w.entry, offset, w.row->length, chat, static_cast<int>(key.content)).run();
    const std::int64_t id = db.last_insert_rowid();
    insert_row.bind(id, static_cast<std::int64_t>(w.content), w.nth, w.row->unsure, w.place).run();
    note_also(id, w);
    if (w.row->unsure) unsure.bind(id).run();
    due.bind(id).run();
    impl_.mark_month(key_, w.sent);
  }
  for (const auto& [hash, gone] : stored) {
    impl_.mark_month(key_, gone.sent);
    unsure.bind(gone.id).run();
    db.prepare("DELETE FROM line_row WHERE message=?").bind(gone.id).run();
    db.prepare("DELETE FROM also_in WHERE message=?").bind(gone.id).run();
    db.prepare("DELETE FROM unsent_row WHERE message=?").bind(gone.id).run();
    db.prepare("DELETE FROM message WHERE id=?").bind(gone.id).run();
    db.prepare("DELETE FROM message_alias WHERE message=?").bind(gone.id).run();
    impl_.forget_said(gone.id);
  }
}

/// Keys that named a chat of their own before, as the numbers in the journal tell: each download may have been the first
/// of one. Their numbers go on to mean this chat.
std::vector<std::string> ChatBuilder::former_keys(std::int64_t chat) {
  Database& db = impl_.db;
  db.prepare("DELETE FROM chat_alias WHERE chat=? OR key=?").bind(chat, key_).run();
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const std::string key = chat_key(held_[i]->home, files_[i]->digest, held_[i]->file_name);
    if (key == key_) continue;
    const auto number = impl_.journalled_number(archive_key_, "chat:" + key);
    if (!number) continue;
    db.prepare("INSERT OR REPLACE INTO chat_alias VALUES(?,?)").bind(key, chat).run();
    db.prepare("INSERT OR IGNORE INTO client VALUES(?,?)").bind(*number, "chat:" + key).run();
    keys.push_back(key);
  }
  return keys;
}

void ChatBuilder::write_aliases(std::int64_t chat, const std::vector<line::MergedRow>& merged, const std::vector<Wanted>& rows) {
  Database& db = impl_.db;
  db.prepare("DELETE FROM message_alias WHERE message IN (SELECT id FROM message WHERE chat=?)").bind(chat).run();
  std::vector<std::string> keys = former_keys(chat);
  if (keys.empty() && std::all_of(rows.begin(), rows.end(), [](const Wanted& w) { return w.known_by.empty(); })) return;
  keys.push_back(key_);
  Statement find = db.prepare("SELECT id FROM message WHERE hash=?");
  Statement insert = db.prepare("INSERT OR IGNORE INTO message_alias VALUES(?,?)");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Wanted& w = rows[i];
    if (!find.bind(Statement::Blob{w.hash}).step()) continue;
    const std::int64_t message = find.integer(0);
    find.reset();
    const auto type = held_[merged[i].file]->rows[merged[i].row].key.type;
    for (const auto& chat_name : keys) {
      if (chat_name != key_) insert.bind(Statement::Blob{message_hash(chat_name, type, {w.content, w.nth, w.sent})}, message).run();
      for (const auto& name : w.known_by) insert.bind(Statement::Blob{message_hash(chat_name, type, name)}, message).run();
    }
  }
}

/// Downloads with downloads, talks with talks: a talk has LINE's own words, which a download never has, and no seconds.
std::vector<line::Drift> ChatBuilder::compare(const std::vector<line::MergedRow>& merged) const {
  std::vector<line::Drift> out;
  for (const bool minutes : {false, true}) {
    std::vector<std::uint32_t> places;
    std::vector<const line::ExportFile*> some;
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
      if (files_[i]->minutes != minutes) continue;
      places.push_back(i);
      some.push_back(files_[i]);
    }
    if (some.size() == files_.size()) return line::compare_downloads(files_, merged);
    if (some.size() < 2) continue;
    for (auto& drift : line::compare_downloads(some, line::merge_rows(some))) {
      drift.file = places[drift.file];
      if (drift.other) drift.other = places[*drift.other];
      for (auto& place : drift.examples) place.first = places[place.first];
      out.push_back(std::move(drift));
    }
  }
  return out;
}

void ChatBuilder::write_drift(std::int64_t chat, const std::vector<line::MergedRow>& merged, const std::vector<Wanted>& rows) {
  impl_.clear_drift(chat);
  if (files_.size() < 2) return;
  std::map<line::RowPlace, std::size_t> examples;  // place → row of the union
  std::vector<line::Drift> found = compare(merged);
  for (const auto& drift : found)
    for (const auto& place : drift.examples) examples.emplace(place, merged.size());
  if (!examples.empty()) {
    for (std::size_t i = 0; i < merged.size(); ++i) {
      const auto note = [&](const line::RowPlace& place) {
        if (const auto at = examples.find(place); at != examples.end()) at->second = i;
      };
      note({merged[i].file, merged[i].row});
      for (const auto& place : merged[i].copies) note(place);
      if (merged[i].unsent_by) note(*merged[i].unsent_by);
    }
  }
  for (auto& drift : found) {
    Catalogue::Impl::DriftRow row;
    row.chat = chat;
    row.entry = held_[drift.file]->entry;
    row.what = drift.what;
    if (drift.other) row.other = held_[*drift.other]->entry;
    row.rows = drift.rows;
    row.first = drift.first;
    row.last = drift.last;
    row.was = std::move(drift.was);
    row.now = std::move(drift.now);
    for (const auto& place : drift.examples) {
      const HeldRow& held = held_[place.first]->rows[place.second];
      row.examples.push_back({*Sha256::from_bytes(rows[examples.at(place)].hash), held.key.sent, held_[place.first]->entry, held.offset, held.length, {}});
    }
    impl_.add_drift(row);
  }
}

/// What the newest download with a name calls it. A copy may have been saved under another name: of several names in one
/// download it is the one that most files bear, then the shortest.
std::string newest_name(const std::vector<const line::ExportFile*>& files) {
  std::map<std::string, std::size_t> bearers;
  for (const auto* file : files) ++bearers[file->chat_name];
  const line::ExportFile* newest = nullptr;
  const auto weight = [&](const line::ExportFile& file) {
    return std::tuple(file.downloaded, bearers[file.chat_name], std::numeric_limits<std::size_t>::max() - file.chat_name.size());
  };
  for (const auto* file : files)
    if (!file->chat_name.empty() && (!newest || weight(*newest) <= weight(*file))) newest = file;
  return newest ? newest->chat_name : std::string();
}

std::int64_t ChatBuilder::build(const std::vector<HeldFile*>& held, const std::vector<const line::ExportFile*>& files, bool assumed,
                                EntryId first_new, Update& update) {
  held_ = held;
  files_ = files;
  std::size_t first = 0;
  Statement rows_of = impl_.db.prepare("SELECT rows FROM export WHERE entry=?");
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i]->order < files[first]->order) first = i;
    if (rows_of.bind(held[i]->entry).step()) held[i]->rows = unpack_rows(rows_of.blob(0));
  }
  rows_of.reset();
  key_ = chat_key(held[first]->home, files[first]->digest, held[first]->file_name);
  const std::int64_t chat = chat_row(newest_name(files), assumed);
  name_downloads(chat);
  const std::vector<line::MergedRow> merged = line::merge_rows(files);
  std::vector<Wanted> rows = wanted(merged, first_new, update);
  write(chat, rows);
  write_aliases(chat, merged, rows);
  write_drift(chat, merged, rows);
  for (HeldFile* file : held) file->rows = {};
  return chat;
}

/// All downloads of one account, and the chats they form.
class Account {
 public:
  Account(Catalogue::Impl& impl, const std::string& account) : impl_(impl), account_(account) { load(); }
  void group(EntryId first_new, Update& update);

 private:
  void load();
  bool is_settled(const line::ChatGroup& group) const;
  void remove_chat(std::int64_t chat);
  void write_notes(const std::vector<line::ChatGroup>& groups, const line::GroupingNotes& notes);
  Catalogue::Impl::DriftRow note(line::DriftCase what, std::uint32_t file, std::uint32_t other) const;

  Catalogue::Impl& impl_;
  const std::string& account_;
  std::vector<line::ExportFile> files_;
  std::vector<HeldFile> held_;  // of the same files; `chat` as it was, then as it is
  std::map<std::int64_t, std::size_t> files_of_chat_;
};

void Account::load() {
  Statement s = impl_.db.prepare("SELECT entry, digest, chat_name, number, downloaded, zone, rows, coalesce(chat, 0), file_name, language, home, talk "
                                 "FROM export WHERE account=? ORDER BY entry");
  for (s.bind(account_); s.step();) {
    line::ExportFile file;
    file.digest = *Sha256::from_bytes(s.blob(1));
    file.order = static_cast<std::uint64_t>(s.integer(0));
    file.chat_name = s.text(2);
    if (!s.is_null(3)) file.number = static_cast<std::uint32_t>(s.integer(3));
    if (!s.is_null(4)) file.downloaded = s.integer(4);
    file.language = s.text(9);
    file.rows = unpack_keys(s.blob(6));
    file.minutes = !s.is_null(11);
    files_.push_back(std::move(file));
    held_.push_back({s.integer(0), s.integer(7), static_cast<int>(s.integer(5)), std::string(s.text(8)), std::string(s.text(10)), {}});
    ++files_of_chat_[held_.back().chat];
  }
}

bool Account::is_settled(const line::ChatGroup& group) const {
  const std::int64_t chat = held_[group.files.front()].chat;
  return chat != 0 && files_of_chat_.at(chat) == group.files.size() &&
         std::all_of(group.files.begin(), group.files.end(), [&](std::uint32_t f) { return held_[f].chat == chat; });
}

void Account::group(EntryId first_new, Update& update) {
  line::GroupingNotes notes;
  const std::vector<line::ChatGroup> groups = line::group_chats(files_, &notes);
  const std::string archive_key = impl_.archive_key();
  std::set<std::int64_t> in_use;
  std::set<std::int64_t> disturbed;
  std::vector<const line::ChatGroup*> changed;
  for (const auto& group : groups) {
    if (is_settled(group)) {
      in_use.insert(held_[group.files.front()].chat);
      // How it was joined can change without its files: by what other chats bear the name.
      impl_.db.prepare("UPDATE chat SET assumed=? WHERE id=?").bind(group.assumed, held_[group.files.front()].chat).run();
      continue;
    }
    changed.push_back(&group);
    for (const std::uint32_t f : group.files)
      if (held_[f].chat != 0) disturbed.insert(held_[f].chat);
  }
  for (const auto* group : changed) {
    std::vector<HeldFile*> held;
    std::vector<const line::ExportFile*> files;
    for (const std::uint32_t f : group->files) {
      held.push_back(&held_[f]);
      files.push_back(&files_[f]);
    }
    const std::int64_t chat = ChatBuilder(impl_, account_, archive_key).build(held, files, group->assumed, first_new, update);
    for (HeldFile* file : held) file->chat = chat;
    in_use.insert(chat);
  }
  for (const std::int64_t chat : disturbed)
    if (!in_use.contains(chat)) remove_chat(chat);
  // Those that a talk went away from: to another account, or read anew.
  std::vector<std::int64_t> empty;
  Statement left = impl_.db.prepare("SELECT id FROM chat WHERE account=? AND NOT EXISTS (SELECT 1 FROM export WHERE export.chat=chat.id)");
  for (left.bind(account_); left.step();) empty.push_back(left.integer(0));
  left.reset();
  for (const std::int64_t chat : empty) remove_chat(chat);
  write_notes(groups, notes);
}

/// A chat that grew together with another one goes on under that one's key.
void Account::remove_chat(std::int64_t chat) {
  Database& db = impl_.db;
  Statement old = db.prepare("SELECT key FROM chat WHERE id=?");
  if (!old.bind(chat).step()) return;
  const std::string key(old.text(0));
  old.reset();
  Statement sent = db.prepare("SELECT sent FROM message WHERE chat=?");
  for (sent.bind(chat); sent.step();) impl_.mark_month(key, sent.integer(0));
  sent.reset();
  impl_.clear_drift(chat);
  for (const char* sql : {"INSERT OR IGNORE INTO due_content SELECT content FROM line_row WHERE unsure AND message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM message_alias WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM unsent_row WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM due_reading WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM reading WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM fact WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM also_in WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM line_row WHERE message IN (SELECT id FROM message WHERE chat=?)",
                          "DELETE FROM message WHERE chat=?", "DELETE FROM chat_alias WHERE chat=?", "DELETE FROM chat WHERE id=?"})
    db.prepare(sql).bind(chat).run();
  db.prepare("DELETE FROM name WHERE identifier=?").bind("chat:" + key).run();
}

Catalogue::Impl::DriftRow Account::note(line::DriftCase what, std::uint32_t file, std::uint32_t other) const {
  Catalogue::Impl::DriftRow row;
  row.chat = held_[file].chat;
  row.entry = held_[file].entry;
  row.what = what;
  row.other = held_[other].entry;
  return row;
}

void Account::write_notes(const std::vector<line::ChatGroup>& groups, const line::GroupingNotes& notes) {
  using line::DriftCase;
  impl_.clear_chat_notes(account_);
  for (const auto& group : groups) {
    if (!group.assumed) continue;
    std::set<std::uint32_t> parts;
    std::optional<std::uint32_t> before;
    for (std::size_t i = 0; i < group.files.size(); ++i) {
      if (files_[group.files[i]].rows.empty()) continue;  // no message is anybody's by it
      if (parts.insert(group.part[i]).second && before) impl_.add_drift(note(DriftCase::assumed, group.files[i], *before));
      before = group.files[i];
    }
  }
  for (const auto& apart : notes.apart) {
    using Reason = line::KeptApart::Reason;
    const auto what = apart.reason == Reason::namesake ? DriftCase::namesake : apart.reason == Reason::accounts ? DriftCase::accounts : DriftCase::contradiction;
    auto row = note(what, apart.file, apart.other);
    row.other_chat = held_[apart.other].chat;
    row.rows = apart.rows;
    row.first = apart.first;
    row.last = apart.last;
    if (row.what == DriftCase::namesake) row.was = files_[apart.file].chat_name;
    impl_.add_drift(row);
  }
  for (const auto& bridge : notes.bridges) {
    auto row = note(DriftCase::bridge, bridge.file, bridge.other);
    row.was = files_[bridge.one].chat_name;
    row.now = files_[bridge.other].chat_name;
    impl_.add_drift(row);
  }
}

}  // namespace

void Catalogue::Impl::group_account(const std::string& account, EntryId first_new, Update& update) {
  Account(*this, account).group(first_new, update);
}

}  // namespace genchi::catalogue
