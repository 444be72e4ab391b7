// The catalogue's inside, shared by its source files.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/sqlite.hpp"
#include "catalogue/book.hpp"
#include "catalogue/catalogue.hpp"
#include "catalogue/mail_facts.hpp"
#include "facts/stream.hpp"
#include "importers/line_oa/chats.hpp"
#include "importers/line_oa/drift.hpp"
#include "importers/line_oa/export.hpp"

namespace genchi::catalogue {

/// A row of a held LINE download as the catalogue keeps it.
struct HeldRow {
  line::RowKey key;
  bool automatic = false;
  bool unsure = false;  ///< by a tool, or by a person who uses one
  std::uint64_t offset = 0;
  std::uint32_t length = 0;
  bool erased = false;  ///< stands in the place of words that were erased
};
HeldRow held_row(const line::Row& row);
/// When the first and the last of them were sent; unset where there are none.
std::pair<std::optional<UtcSeconds>, std::optional<UtcSeconds>> first_and_last(const std::vector<HeldRow>& rows);
std::string pack_rows(const std::vector<HeldRow>& rows);
std::vector<HeldRow> unpack_rows(std::string_view blob);
std::vector<line::RowKey> unpack_keys(std::string_view blob);  ///< the same rows, without their places

/// Where a row lies in its download.
struct RowPlace {
  std::uint64_t offset = 0;
  std::uint32_t length = 0;
};

/// What a message asks of the other side, and what lists show of it.
struct TurnWords {
  std::int64_t cues = 0;  ///< facts::TurnCue, SenderCue
  std::string words;
  std::string by;
};

/// Decisions about the facts of messages, oldest first.
using Corrected = std::unordered_map<std::int64_t, std::vector<facts::Correction>>;

/// Beside facts::TurnCue in message.cues: what is known of its sender.
enum SenderCue : std::int64_t {
  cue_unsure = std::int64_t{1} << 32,    ///< line_row.unsure
  cue_broadcast = std::int64_t{1} << 33, ///< … and several chats got it within minutes
  cue_not_for_copied = std::int64_t{1} << 34  ///< mail: said to who is in To: alone (MailFacts::for_recipient_only)
};

/// Who is meant by a message: which of its people are ours, which are clients.
struct Parties {
  Direction direction = Direction::in;
  std::string client;                    ///< identifier of the main client; "" none
  std::vector<std::string> identifiers;  ///< all, main first
};

/// Is this one of the accounts the filter names? As account: in queries does.
bool fits_account(const MessageFilter& filter, std::string_view account);
/// The same and what is written, of a row with account, client and id of a message in these columns.
bool fits(const MessageFilter& filter, const Statement& s, int account, int client, int hash);

/// SQL for the messages that have one of these flags; `table`: "m." or nothing.
inline std::string flags_in_sql(std::string_view table, unsigned flags) {
  return "((" + std::string(table) + "flags & " + std::to_string(flags) + ") != 0)";
}
constexpr unsigned hidden_flags = flag_spam | flag_trash;
constexpr unsigned machine_flags = flag_auto | flag_bulk;


inline std::string hex16(std::uint64_t value) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = digits[value & 15];
  return out;
}

struct Catalogue::Impl {
  Impl(const Archive& archive, Mode mode, const std::filesystem::path& file);

  // catalogue.cpp
  std::optional<std::int64_t> meta_integer(std::string_view key);
  std::string meta_text(std::string_view key);
  template <typename T>
  void set_meta(std::string_view key, const T& value) {
    db.prepare("INSERT OR REPLACE INTO meta VALUES(?,?)").bind(key, value).run();
  }
  /// Journal rows up to `seq` are taken in: notes it, with what tells that row from another journal's.
  void set_applied(Seq seq);
  /// A connection of the calling thread, for passages().
  Database& reader() const;
  std::optional<Entry> entry(EntryId id) const;       ///< any thread
  std::string source_of(const Entry& entry) const;    ///< name of the file it came from; any thread

  /// Originals of a message or stretch that are damaged: passed over, or thrown as Error.
  enum class Damaged { pass_over, tell };
  Update catch_up(const Archive& from, Archive* numbering, unsigned threads, const std::function<void(std::uint64_t)>& done);
  void note_unreadable(const Entry& entry, const std::string& reason, Update& update);

  // jobs.cpp
  void mark_mail(std::string_view hash);
  void mark_month(const std::string& chat_key, UtcSeconds sent);
  void mark_message(std::int64_t id);
  void mark_conversation(std::int64_t conversation);

  // update_mail.cpp
  void add_mail(const Entry& entry, const std::string& account, const MailFacts& facts);
  void merge_copy(std::int64_t id, std::string_view hash, const MailFacts& facts);
  void add_participants(std::int64_t message, const MailFacts& facts);
  std::int64_t address_id(const std::string& address);
  void settle_twins();
  void settle_twins(std::uint64_t message_id);
  void link_thread(std::int64_t message, const MailFacts& facts);
  std::int64_t join_conversations(std::set<std::int64_t> conversations);
  void settle_conversation_keys();

  // update_memos.cpp
  void add_memo(const Entry& entry, const std::string& account, const MailFacts& facts);
  /// Gives memos to the clients they are about, by the chats and the client book as they are now, and tells which are confirmed.
  void settle_memos();
  /// Identifiers that a memo is indexed under.
  std::vector<std::string> memo_identifiers(const std::string& identifier) const;

  // attached.cpp
  void add_media(const Entry& entry);
  /// The message that this is written on is indexed anew: it has the name of the file.
  void mark_attached(std::string_view target);
  /// Name of the file that belongs to a message; "" none. Any thread, each with its connection.
  std::string attached_name(Database& connection, const Sha256& message) const;

  // parties.cpp
  bool is_ours(std::string_view address) const;
  Parties parties(const std::vector<Participant>& participants, std::uint32_t flags) const;
  std::vector<Participant> participants(Database& connection, std::int64_t message) const;
  void load_own();
  /// Sets whose addresses are ours and derives directions and clients again if that changed.
  void set_own(const std::set<std::string>& addresses);
  std::set<std::string> guess_own();
  bool settle_own(Update& update);

  // update_chats.cpp
  /// Throws Error if the original cannot be read.
  void add_export(const Entry& entry, const std::string& account);
  void group_account(const std::string& account, EntryId first_new, Update& update);

  // talks.cpp
  void add_talk(const Entry& entry, std::string_view bytes, const std::string& given_account);
  void apply_talk_choice(std::string_view payload);
  std::vector<line::Row> read_talk_rows(const Entry& entry, std::string_view how, const std::vector<RowPlace>& places) const;
  void settle_talk_accounts();

  // drift.cpp
  /// A line of the drift report as it is stored.
  struct DriftRow {
    std::int64_t chat = 0;
    EntryId entry = 0;
    line::DriftCase what = line::DriftCase::missing;
    std::optional<EntryId> other;
    std::optional<std::int64_t> other_chat;
    std::uint32_t rows = 0;
    UtcSeconds first = 0, last = 0;
    std::string was, now;
    std::vector<DriftExample> examples;
  };
  void add_drift(const DriftRow& row);
  /// Forgets what the comparison of one chat's downloads said.
  void clear_drift(std::int64_t chat);
  /// Forgets what only the comparison of chats says: kept apart, assumed, bridges.
  void clear_chat_notes(const std::string& account);

  // facts.cpp
  void set_reading(std::int64_t message, std::string_view packed);
  /// A message that is no more says nothing.
  void forget_said(std::int64_t message);
  /// Reads the LINE rows that came in or changed.
  void read_due_rows(unsigned threads);
  std::set<std::string> changed_streams();
  void set_facts(std::int64_t message, UtcSeconds sent, const Facts& facts, std::string_view packed);
  void settle_stream(const std::string& client, const Corrected& corrected);
  void apply_fact_row(const JournalRow& row);
  /// Decisions by the message they are about now. A message that says nothing but was decided about gets a reading.
  Corrected corrected();
  /// Readings and facts of all that changed since they were last settled.
  void settle_facts(unsigned threads);

  // turns.cpp
  /// Notes what a message asks, with the words that lists show and who wrote it.
  void set_cues(std::int64_t message, const TurnWords& said);
  /// Tells broadcasts among the rows that came in; adds the clients who got one to `clients`.
  void settle_broadcasts(std::set<std::string>& clients);
  void settle_turn(const std::string& client);
  facts::Turn judge(const std::vector<std::string>& identifiers) const;
  bool is_contact_form(std::int64_t message, Direction direction) const;
  bool is_among_them(std::int64_t message) const;
  TurnWords words_of(std::int64_t message) const;
  /// The same, if it was read in the update under way.
  std::optional<TurnWords> words_read_now(std::int64_t message) const;

  // unsent.cpp
  UnsentWords unsent_words(const std::string& account) const;
  void apply_unsent_row(const JournalRow& row);
  /// Downloads of which rows were erased are read anew.
  void apply_erase_plan(const JournalRow& row);
  void note_erased(const Entry& entry, std::vector<HeldRow>& rows) const;

  // clients.cpp
  void allocate_clients(Archive* numbering);
  void apply_client_row(const JournalRow& row);
  std::string archive_key() const;
  /// The number the journal gave to an identifier; nullopt if it never did. `key` is archive_key().
  std::optional<std::int64_t> journalled_number(const std::string& key, std::string_view identifier);
  // book.cpp's decisions, clients.cpp
  /// The identifier that the client of this one goes by.
  std::string head_of(const std::string& identifier) const;
  /// Reads the book anew; the decisions themselves if wanted.
  std::vector<BookEntry> load_book();
  /// Gives messages to the clients they belong to by the book, where that changed since it was last done.
  void settle_book();

  // annotations.cpp
  void apply_annotation(const JournalRow& row);
  /// An identifier that went over to another chat, as that chat's; else as it is.
  std::string current_identifier(const std::string& identifier) const;

  // passages.cpp
  /// Rows of a download, ascending by place: its preamble and just their bytes are read. Empty where the download is
  /// unknown. Throws DamagedOriginal.
  std::vector<line::Row> read_rows(Database& connection, EntryId download, const std::vector<RowPlace>& places) const;
  enum class Twins { leave_out, include };
  std::vector<index::Passage> mail_passages(const std::string& hash_prefix, Twins twins, Damaged damaged) const;
  std::vector<index::Passage> chat_passages(const std::string& job, Damaged damaged) const;

  const Archive& archive;
  mutable std::mutex archive_mutex;  // Archive's look-ups are for one thread at a time
  mutable std::unordered_map<Seq, std::string> import_names;
  std::filesystem::path path;
  Mode mode;
  mutable Database db;
  std::thread::id owner = std::this_thread::get_id();
  std::int64_t revision = 0;        // of the update under way
  std::set<std::int64_t> touched_conversations;
  std::set<std::uint64_t> touched_message_ids;
  facts::Vocabulary vocabulary;
  Book book;
  std::unordered_map<std::string, std::int64_t> address_ids;
  std::unordered_set<std::string> own;          // addresses
  std::unordered_set<std::string> own_domains;  // company domains of ours
  mutable std::mutex readers_mutex;
  mutable std::vector<std::pair<std::size_t, std::unique_ptr<Database>>> readers;
  /// The month of a chat that record() read last.
  struct ReadMonth {
    std::string job;
    std::int64_t revision = 0;
    std::vector<index::Passage> passages;
  };
  mutable ReadMonth read_month;
};

}  // namespace genchi::catalogue
