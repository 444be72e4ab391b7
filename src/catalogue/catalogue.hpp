// The catalogue: who, when, which thread, which chat, which client. Derived from the archive, without message texts;
// it remembers the journal row up to which it has read, and catches up from there. src/README.md, "The catalogue".
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/archive.hpp"
#include "catalogue/annotations.hpp"
#include "catalogue/book.hpp"
#include "facts/corrections.hpp"
#include "facts/deals.hpp"
#include "facts/turn.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"
#include "importers/line_oa/drift.hpp"
#include "importers/line_talk/talk.hpp"
#include "index/passage.hpp"
#include "watch/holdings.hpp"

namespace genchi::catalogue {

/// What a person said of a talk, as the journal has it.
/// The account of talks of the LINE app that none was given for and that belong to no other.
inline constexpr std::string_view account_of_talks = "LINE";
std::string pack_choices(const talk::Choices& choices);
talk::Choices unpack_choices(std::string_view packed);

/// What becomes of the words of a message that its sender took back, where an earlier download holds them.
enum class UnsentWords : std::uint8_t { hide, keep, erase };
/// "hide" "keep" "erase", as in settings and the journal.
std::string_view unsent_words_name(UnsentWords what);
std::optional<UnsentWords> unsent_words_from_name(std::string_view name);

/// What downloads tell of a message that was taken back.
struct TakenBack {
  std::optional<UtcSeconds> held;   ///< when the newest download was made that has, or had, its words; nullopt: none has
  std::optional<UtcSeconds> noted;  ///< the oldest one that shows it as taken back; nullopt: no download says when it was made
  enum class Words { never_held, held, erased } words = Words::never_held;
  UnsentWords what = UnsentWords::hide;  ///< becomes of them, in its account
};

/// A client as lists show it.
struct Client {
  std::int64_t number = 0;
  std::string name;                      ///< what it is called: a name seen, a domain or an address
  std::vector<std::string> identifiers;  ///< "addr:…", "domain:…", "chat:…"; the one it goes by first
  std::vector<std::string> names;        ///< other names seen
  bool named = false;                    ///< a person gave it its name
  enum class Kind { person, company };
  Kind kind = Kind::person;
  bool kind_given = false;               ///< a person said so; else guessed from domain and forms of companies
  std::vector<std::string> addresses;
  std::uint64_t messages = 0;            ///< those where it is the main one, hidden ones left out
  UtcSeconds first = 0, last = 0;
  bool mail = false, line = false;
  std::string account;                   ///< of a LINE chat
  bool assumed = false;                  ///< a chat joined by its unique name only
};

/// What is held, for `status`.
struct Holdings {
  struct ChannelRow {
    Channel channel = Channel::mail;
    std::string account;
    std::uint64_t messages = 0;
    UtcSeconds first = 0, last = 0;
    std::uint64_t conversations = 0;
    std::optional<UtcSeconds> fresh_until;  ///< LINE: last download; mail: last import
  };
  std::vector<ChannelRow> channels;
  std::uint64_t messages = 0;
  std::uint64_t hidden = 0;      ///< spam and trash
  std::uint64_t clients = 0;
  std::vector<std::string> own_addresses;
  bool own_addresses_guessed = false;
};

/// What people wrote something on: a mark, a tag, who takes care of it.
struct WrittenOn {
  std::vector<std::string> clients;  ///< identifiers, sorted
  std::vector<Sha256> messages;      ///< sorted
  bool others = false;               ///< all but these count

  bool counts(std::string_view client, const Sha256& message) const {
    const bool among = std::binary_search(clients.begin(), clients.end(), client) || std::binary_search(messages.begin(), messages.end(), message);
    return among != others;
  }
};

/// Which messages count: those that meet all of it.
struct MessageFilter {
  std::optional<std::vector<std::string>> identifiers; ///< main client is one of these; unset: any
  std::optional<Channel> channel;
  std::vector<std::string> accounts;                   ///< each is part of the folded name
  bool with_hidden = false;                            ///< spam and trash too
  UtcSeconds begin = INT64_MIN, end = INT64_MAX;       ///< sent in [begin, end)
  std::vector<WrittenOn> written;                      ///< on their main client or on themselves

  /// Of what is written, for a message and its main client.
  bool fits_written(std::string_view client, const Sha256& message) const {
    return std::all_of(written.begin(), written.end(), [&](const WrittenOn& each) { return each.counts(client, message); });
  }
};

/// What is held of something, and what is not: for a search that found nothing.
struct Coverage {
  struct Row {
    Channel channel = Channel::mail;
    std::string account;
    std::uint64_t messages = 0;
    UtcSeconds first = 0, last = 0;
  };
  /// Between a LINE download and the first row of the next one of the same chat nothing is held. Whether there was
  /// nothing, or LINE had dropped it, cannot be told.
  struct Gap {
    std::string account, chat;
    UtcSeconds begin = 0, end = 0;
  };
  std::vector<Row> rows;                    ///< by channel and account
  std::uint64_t messages = 0;
  std::uint64_t hidden = 0;                 ///< spam and trash among what the filter leaves, in `messages` or not
  std::vector<Gap> gaps;                    ///< within the filter's time, by beginning
  std::optional<UtcSeconds> line_until;     ///< of the chats concerned: the oldest of their last downloads
};

/// How many of the messages held some originals hold, and of which time.
struct Counted {
  std::uint64_t mail = 0, line = 0, memos = 0;
  std::optional<UtcSeconds> first, last;  ///< sent; nullopt: there is none
  std::uint64_t messages() const { return mail + line + memos; }
};

/// A row that the drift report points at.
struct DriftExample {
  Sha256 id;
  UtcSeconds sent = 0;
  EntryId entry = 0;                     ///< where it is held
  std::uint64_t offset = 0, length = 0;
  std::string source;                    ///< name of that file
};

/// What one download of a chat lacks or adds against the others, and why that may be.
struct ChatDrift {
  struct Download {
    EntryId entry = 0;
    Sha256 digest;
    std::string source;
    std::optional<UtcSeconds> downloaded;
  };
  std::string account;
  std::string chat, name;                ///< key and newest name
  std::string other_chat, other_name;    ///< contradiction, namesake: the chat it might be taken for; "" else
  Download download;
  std::optional<Download> other;         ///< the one it is compared with
  line::DriftCase what = line::DriftCase::missing;
  std::uint32_t rows = 0;
  UtcSeconds first = 0, last = 0;        ///< of the rows; both 0 if it is not about rows
  std::string was, now;                  ///< names, languages; bridge: the names of the parts it joins; namesake: the name in `was`
  std::vector<DriftExample> examples;
};

/// A message found by the beginning of its id.
struct Found {
  Sha256 id;
  Channel channel = Channel::mail;
  EntryId entry = 0;
  std::uint64_t offset = 0, length = 0;  ///< of a LINE row in its file; 0, 0: the whole original
  UtcSeconds sent = 0;
  Sha256 shown_as;                       ///< the id it is listed under (itself, or its twin)
};

/// A message and what it says.
struct Said {
  Sha256 id;
  Moment sent;
  Channel channel = Channel::mail;
  Direction direction = Direction::in;
  std::string client;   ///< identifier; "" nobody's
  std::string account;
  Facts facts;
  std::uint32_t flags = 0;  ///< Flag bits
};

/// A listed message as the catalogue knows it: without its words.
struct Listed {
  Sha256 id;
  UtcSeconds sent = 0;
  Channel channel = Channel::mail;
  Direction direction = Direction::in;
  std::uint32_t flags = 0;      ///< Flag bits
  bool broadcast = false;       ///< of ours, the same to several chats at once
  std::uint32_t cues = 0;       ///< facts::TurnCue
  std::string client;           ///< identifier; "" nobody's
  std::string account;
  EntryId entry = 0;            ///< original that it is shown from
};

/// A deal of a client.
struct ClientDeal {
  Sha256 proposal;      ///< message of the first proposal
  std::string client;   ///< identifier
  facts::Deal deal;     ///< messages in it by the first 64 bits of their ids
};

/// A message as the list of turns shows it.
struct TurnShown {
  Sha256 id;
  Moment sent;
  Channel channel = Channel::mail;
  Direction direction = Direction::in;
  std::string account;
  std::string kind;       ///< LINE: "photo" …; "" words
  std::string by;         ///< name or address; as the download says, "Unknown" too
  std::string words;      ///< the sentence that weighs most; "" none
};

/// A client with something open.
struct ClientTurn {
  std::string client;     ///< identifier
  facts::Side side = facts::Side::nobody;
  facts::Waits why = facts::Waits::nothing;
  UtcSeconds since = 0;   ///< when the first message that waits was sent
  UtcSeconds moved = 0;   ///< when the last one was
  TurnShown waiting, last;
  std::optional<TurnShown> answered;  ///< our last message
};

/// Which rows of the ledger: those that meet all of it.
struct LedgerFilter {
  CivilDay first{-9999, 1, 1}, last{9999, 12, 31};         ///< day of the transaction, both included
  std::optional<std::int64_t> least, greatest;             ///< amount in yen, both included
  bool blank = false;                                      ///< only those without an amount
  std::uint32_t kinds = 0;                                 ///< bits 1 << DocumentKind; 0: any
};

/// Our own note of a call or a meeting.
struct Memo {
  Sha256 id;
  Channel channel = Channel::phone;
  Moment time;                            ///< when the call or meeting was; of a supplement, when it was added
  UtcSeconds written = 0;
  std::string client;                     ///< identifier that the client goes by
  std::optional<std::int64_t> seconds;    ///< how long it took
  std::string who;                        ///< with whom
  std::optional<Sha256> supplements;      ///< the memo that it adds to
  std::optional<Sha256> confirmed_by;     ///< the client's answer to our confirmation mail
};

/// A file that a person says belongs to a LINE message.
struct Attached {
  Sha256 message;
  Sha256 digest;
  EntryId entry = 0;                      ///< the original; 0: it is not held (any more)
  std::string name;                       ///< file name
  std::uint64_t length = 0;
  UtcSeconds time = 0;                    ///< when that was said
  std::string by;
};

/// A call in a LINE chat.
struct Call {
  Sha256 id;
  UtcSeconds sent = 0;
  Direction direction = Direction::in;
  std::string client;
  std::string account;
};

/// What catching up brought.
struct Update {
  std::uint64_t entries = 0;
  EntryId first_entry = 0;  ///< of those read; 0 none
  /// For each LINE export read: its rows that no earlier download held.
  std::map<EntryId, std::uint64_t> fresh_rows;
  /// Mails whose text goes beyond what is read for searching (depth, parts, size): how many, and the first of them.
  std::uint64_t beyond_limits = 0;
  std::vector<Sha256> first_beyond_limits;
  std::vector<std::string> guessed_own;       ///< set when the guess changed
  /// Originals that could not be read; they are left out.
  std::uint64_t unreadable = 0;
};

/// An original that could not be read when its turn came.
struct Unreadable {
  EntryId entry = 0;
  Sha256 identity;
  std::string reason;  ///< translated
};

/// An open catalogue. One thread, but for passages(), which any thread may call.
class Catalogue {
 public:
  enum class Mode { read, write };
  /// Opens catalogue.db in the archive's folder; in write mode it is made anew when missing, damaged or of another
  /// version.
  /// Read mode throws Error when there is none (hint: genchi reindex).
  Catalogue(const Archive& archive, Mode mode);
  /// The same in another file: to build one beside, or to compare with.
  Catalogue(const Archive& archive, Mode mode, const std::filesystem::path& file);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;

  /// Is there a catalogue of this version?
  static bool usable(const std::filesystem::path& archive_folder);
  static std::filesystem::path file_in(const std::filesystem::path& archive_folder);
  /// Removes a catalogue and its logs.
  static void remove(const std::filesystem::path& file);

  /// Reads what the archive has and the catalogue has not. `archive` must be the one opened with, for writing: new
  /// clients get their number in its journal. Killed in between, the next call goes on. `done(n)`: entries so far.
  /// Originals that cannot be read are left out and noted.
  Update catch_up(Archive& archive, unsigned threads, const std::function<void(std::uint64_t)>& done = {});
  /// The same without a journal to write to: numbers of clients that have none yet are this catalogue's alone.
  Update derive(unsigned threads, const std::function<void(std::uint64_t)>& done = {});
  /// What was left out, oldest first, up to `limit`; those whose identity begins with `hex_prefix` ("" all).
  std::vector<Unreadable> unreadable(std::size_t limit, std::string_view hex_prefix = "") const;
  /// Were all of these noted in the archive as damaged? Writing: they are now. Remembered here, so that a program that
  /// was killed in between does it again.
  bool unreadable_noted() const;
  void set_unreadable_noted();
  /// A number of this file's own: another for each catalogue that was ever made. The index belongs to one of them.
  std::string birth() const;
  /// Words of the user's own that messages are read with (facts::to_text), kept with the catalogue, so that all are read
  /// alike. Set for a catalogue that nothing is in yet.
  std::string vocabulary() const;
  void set_vocabulary(const std::string& text);
  /// Journal row up to which everything is in.
  Seq applied() const;
  /// Does the archive hold the very journal row up to which this was made? Not if an older archive.db was put back.
  bool belongs() const;
  /// Writing: the rows after it up to `seq` hold nothing for the catalogue (receipts).
  void pass_over(Seq seq);

  /// Grows with every change of what a message is indexed as.
  std::int64_t revision() const;
  /// Writing: gives it another birth(), so that what was made of this catalogue is worth nothing any more.
  void renew_birth();
  /// Index jobs changed after `revision`, in order of their change.
  std::vector<std::string> jobs_after(std::int64_t revision) const;
  /// Ids of all messages that are listed, ascending, one a call, nullopt at the end. Of use as long as this object.
  std::function<std::optional<Sha256>()> listed_ids() const;
  /// The passages of a job as they are now; empty if it has no messages any more, without those whose original cannot be
  /// read. Any thread.
  std::vector<index::Passage> passages(const std::string& job) const;

  Holdings holdings() const;
  /// When the newest LINE download held was made.
  std::optional<UtcSeconds> newest_download() const;
  /// Time: one look at the messages of the clients named, or at all.
  Coverage coverage(const MessageFilter& filter) const;
  /// All messages that are listed: those that originals up to `last` hold, and the others. A LINE message counts with the oldest
  /// file that it is shown from, taken back in, or known from as a talk. Time: one look at all.
  std::pair<Counted, Counted> counted(EntryId last) const;
  std::vector<Client> clients() const;
  /// The one with this number, or that the number went over to, with its counts.
  std::optional<Client> client_numbered(std::int64_t number) const;
  /// The client a message identifier belongs to, without its counts; nullopt if it is nobody's.
  std::optional<Client> client_of(std::string_view identifier) const;
  /// Who goes by a message identifier, client or not (number 0: a shop whose machine writes to us), without counts.
  Client party_of(std::string_view identifier) const;
  /// Those in the ledger who are nobody's client and are called so, by identifier. Time: one look at the ledger.
  std::vector<Client> ledger_parties(std::string_view name) const;
  /// Identifiers of the clients called so: number, the key of a chat, or what text/names.hpp says of their names and
  /// addresses: first those that are spelled so, then those that are only read so; within both ascending.
  std::vector<std::string> identifiers_named(std::string_view name) const;
  /// The decisions of the client book, oldest first.
  std::vector<BookEntry> book() const;
  /// Are these known: seen in a message, or decided about?
  bool knows_identifier(const std::string& identifier) const;
  /// Who wrote or was written to from the addresses of these clients, by name and address.
  struct PersonSeen {
    std::string name, address;
    UtcSeconds first = 0, last = 0;  ///< of the messages it stands in
    std::uint64_t messages = 0;
  };
  std::vector<PersonSeen> people(const std::vector<std::string>& identifiers, std::size_t limit) const;

  /// The account and all names of a LINE chat.
  struct ChatNames {
    std::string account;
    std::vector<std::string> names;
  };
  ChatNames chat_names(const std::string& identifier) const;

  /// The targets of annotations that concern a client, a message, or the conversation of one.
  std::vector<std::string> targets_of(const std::vector<std::string>& identifiers) const;
  std::vector<std::string> targets_of(const Sha256& message) const;
  std::vector<std::string> targets_of_conversation(const Sha256& message) const;
  /// What was ever written there, oldest first.
  std::vector<Annotation> annotations(const std::vector<std::string>& targets) const;
  /// All of one sort, oldest first. Time: one look at those.
  void annotations(Annotation::What what, const std::function<void(const Annotation&)>& each) const;
  /// The messages of a message's conversation, oldest first.
  std::vector<Sha256> conversation_of(const Sha256& message, std::size_t limit) const;
  /// The id that a message goes by now; nullopt if it is not held.
  std::optional<Sha256> current_id(const Sha256& message) const;
  /// The identifier that the client of this one goes by.
  std::string head_of(const std::string& identifier) const;
  /// All identifiers of the client that goes by `head`, that one first.
  std::vector<std::string> members_of(const std::string& head) const;

  /// Is this an address of ours, or of a company domain of ours?
  bool is_ours(std::string_view address) const;
  /// Everything that people and firms go by: identifier of the client, address ("" none) and name ("" none). Our own names,
  /// of addresses and LINE accounts, have the identifier "". One read of the names; nothing is held.
  void each_name(const std::function<void(std::string_view identifier, std::string_view address, std::string_view name)>& each) const;

  std::vector<Found> find(std::string_view hex_prefix, std::size_t limit) const;
  /// The drift report, by account, chat and download; of one account if given (part of its name), and if `from` is not 0
  /// only what concerns downloads held since that entry.
  std::vector<ChatDrift> drift(std::string_view account, EntryId from = 0) const;
  /// Every mail that is listed under another one, and that one.
  void twins(const std::function<void(const Sha256& listed, const Sha256& twin)>& fn) const;
  /// What is known of a held LINE download; nullopt if it could not be read as one.
  struct Download {
    std::string account;            ///< ours, as given or as the file says
    std::uint64_t preamble = 0;     ///< bytes before the first row
  };
  std::optional<Download> download(EntryId entry) const;
  /// What people said that the talk with this digest leaves open.
  talk::Choices talk_choices(const Sha256& digest) const;
  /// The LINE messages of an account, whatever their chat: what a file is compared with before it is imported.
  struct LineRow {
    std::int64_t chat = 0;
    UtcSeconds sent = 0;
    bool ours = false;
    std::uint64_t content = 0;  ///< hash, as of line::RowKey
  };
  void line_rows(std::string_view account, const std::function<void(const LineRow&)>& fn) const;
  /// The account that this talk belongs to now; "" if it is not held.
  std::string account_of_talk(const Sha256& digest) const;
  /// Where a message of a LINE download lies in a talk that holds it, too.
  std::optional<SourceRef> also_in(const Sha256& id) const;
  /// A message as the index holds it, read anew from its original; nullopt if there is no such message. Throws Error if
  /// the original is damaged.
  std::optional<MessageRecord> record(const Sha256& id) const;
  /// What a message says, its document for the ledger too; nullopt if it says nothing. Throws Error if the catalogue is damaged.
  std::optional<Facts> facts(const Sha256& id) const;
  /// What people decided about the facts of a message, under any of its ids; oldest first.
  std::vector<facts::Correction> decided(const Sha256& id) const;
  /// Messages that say something of it, newest first, until `each` returns false. Those taken back, hidden (unless the
  /// filter wants them) and listed under another one are left out. Time: to the first, one look at those of the clients
  /// named, nothing otherwise.
  enum class Saying { amounts, dates, act };
  void said(const MessageFilter& filter, Saying what, const std::function<bool(const Said&)>& each) const;
  enum class Order { newest_first, oldest_first };
  /// Messages of the clients that the filter names, across channels, in order of time, until `each` returns false. Time:
  /// to the first none; nothing is held.
  void messages(const MessageFilter& filter, Order order, const std::function<bool(const Listed&)>& each) const;
  /// A message under any of its ids; nullopt if it is not held.
  std::optional<Listed> listed(const Sha256& id) const;
  /// Days named that lie, with a day at least, from `first` to `last`, by their last day; `roles`: which.
  void promised(const MessageFilter& filter, CivilDay first, CivilDay last, const std::vector<DateRole>& roles, Order order,
                const std::function<bool(const Said&, const DateFact&)>& each) const;
  /// Business documents by the day of the transaction, then as they were sent, until `each` returns false. Of the message
  /// filter its time does not count. Time: to the first, as said().
  void ledger(const MessageFilter& filter, const LedgerFilter& which, const std::function<bool(const Said&)>& each) const;
  struct LedgerCount {
    std::uint64_t rows = 0, blank = 0;
  };
  LedgerCount ledger_count(const MessageFilter& filter, const LedgerFilter& which) const;
  /// Deals by their last step, newest or oldest first, until `each` returns false: of these clients or all, in these
  /// states or any (empty).
  void deals(const std::optional<std::vector<std::string>>& identifiers, const std::vector<facts::DealState>& states, Order order,
             const std::function<bool(const ClientDeal&)>& each) const;
  /// All of these clients or of all, oldest first.
  std::vector<ClientDeal> deals(const std::optional<std::vector<std::string>>& identifiers = {}) const;
  /// Deals whose id begins so, up to `limit`.
  std::vector<ClientDeal> deals_numbered(std::string_view hex_prefix, std::size_t limit) const;
  /// Clients with something open, until `each` returns false: those whose last message was sent at `moved` or later and
  /// who wait for us, or we for them, by the first message that waits, oldest first; or those of both sides where
  /// nothing has moved since, the last ones first. Channel and account of the filter are those of the message that
  /// waits, its time that of the first one.
  enum class Open { ours, theirs, broken_off };
  void turns(const MessageFilter& filter, Open which, UtcSeconds moved, const std::function<bool(const ClientTurn&)>& each) const;
  std::uint64_t turn_count(const MessageFilter& filter, Open which, UtcSeconds moved) const;
  /// Is anything open with the client that goes by `head`?
  bool is_open(const std::string& head) const;
  /// How it stands with a client who goes by several identifiers; nullopt if nothing is open. Read from the newest 512
  /// messages.
  std::optional<ClientTurn> turn_of(const std::vector<std::string>& identifiers) const;
  /// A memo by its id; nullopt if it is none.
  std::optional<Memo> memo(const Sha256& id) const;
  /// What was added to a memo, in the order it was written.
  std::vector<Memo> supplements(const Sha256& memo) const;
  /// Every memo that is confirmed, with the client's answer.
  void confirmations(const std::function<void(const Sha256& memo, const Sha256& answer)>& each) const;
  /// SHA-256 of the first download held of a chat, by its identifier; nullopt for other identifiers.
  std::optional<Sha256> chat_download(const std::string& identifier) const;
  /// Memos (no supplements) of a client with this time, oldest first.
  std::vector<Memo> memos_between(const std::string& client, UtcSeconds from, UtcSeconds to) const;
  /// Calls in LINE chats that took place and of which no memo of the client tells: none with a time from half an hour before
  /// the row to a day after it. Oldest first, until `each` returns false. Time: one look-up for each call of that time.
  void calls_without_memo(const MessageFilter& filter, const std::function<bool(const Call&)>& each) const;
  /// LINE: of a message that was taken back; nullopt of others.
  std::optional<TakenBack> taken_back(const Sha256& id) const;
  /// What becomes of the words of such messages, by account; those not named: hide. As the journal has it.
  std::map<std::string, UnsentWords> unsent_words() const;
  /// Rows with such words in accounts where they are erased, in the order of downloads: entry and offset.
  struct UnsentRow {
    EntryId entry = 0;
    std::uint64_t offset = 0;
    bool ours = false;
    std::string client;           ///< identifier
    Sha256 message;
    bool may_be_another = false;  ///< other messages of the same side have its time: LINE's note does not tell which was meant
  };
  std::vector<UnsentRow> words_to_erase() const;
  /// What is held of a client, for erasing it: every mail, memo and LINE message of its, hidden ones and twins too.
  struct Owned {
    Sha256 id;
    Channel channel = Channel::mail;
    Direction direction = Direction::in;
    UtcSeconds sent = 0;
    EntryId entry = 0;     ///< that it is shown from
    bool shared = false;   ///< other clients are among its people
    Sha256 shown_as;       ///< the id it is listed under
    std::string client;    ///< identifier that the client goes by whose it is
    std::string chat;      ///< LINE: its identifier
    LineRow row;           ///< LINE: what its rows have in common
  };
  /// `heads`: identifiers that clients go by. Messages of another client that names one of these are told of as `shared`, too.
  void owned(const std::vector<std::string>& heads, const std::function<void(const Owned&)>& each) const;
  /// The same of one message under any of its ids, of its twins and of rows with its side, time and words; none: not held.
  std::vector<Owned> owned(const Sha256& id) const;
  /// The downloads and talks of a chat, by its identifier.
  std::vector<EntryId> downloads_of(const std::string& chat) const;
  /// Rows of a download as they lie there.
  struct DownloadRow {
    std::uint64_t offset = 0;
    LineRow row;
    bool minute = false;            ///< of a talk: the second is not known
    bool distinctive = false;       ///< text of a friend, of four characters or more
    bool erased = false;
  };
  /// `LineRow::chat` is the catalogue's own number; of a talk `sent` is the beginning of a minute.
  std::vector<DownloadRow> download_rows(EntryId download) const;
  /// What a chat is called in this download; "" unknown.
  std::string chat_name(EntryId download) const;

  /// Writing: empties the log of the database, which has what rows said before they were changed. False: another process reads.
  bool empty_log();
  /// LINE: the newest download of each account.
  std::map<std::string, UtcSeconds> downloads() const;
  /// The same, with what the downloads differ in. By name.
  struct AccountDownloads {
    std::string account;
    UtcSeconds newest = 0;                          ///< of any chat
    std::optional<UtcSeconds> newest_of_all;        ///< of several chats at once, so of all of them
    std::uint64_t downloads = 0;                    ///< at different times
    std::map<line::DriftCase, std::uint64_t> drift; ///< how often each case
    std::uint64_t unsent = 0;                       ///< messages
  };
  std::vector<AccountDownloads> account_downloads() const;
  /// The chats of an account with their downloads. A chat's last_row_before() may be asked during the call only.
  void chats_of(const std::string& account, const std::function<void(const watch::Chat&)>& each) const;
  /// Photos, videos, voice messages and files of an account in LINE, sent in [begin, end), oldest first, until `each`
  /// returns false: LINE's downloads hold their places only.
  struct MediaRow {
    Sha256 id;
    UtcSeconds sent = 0;
    line::Content kind = line::Content::photo;
    Direction direction = Direction::in;
    std::string client;  ///< identifier
    std::string chat;    ///< its newest name
    std::string chat_key;
    bool minute = false; ///< the second of `sent` is not known
    bool attached = false; ///< a file was attached to it, and is held
  };
  void media(const std::string& account, UtcSeconds begin, UtcSeconds end, const std::function<bool(const MediaRow&)>& each) const;
  /// Is a file attached to this message (any of its ids)?
  std::optional<Attached> attached(const Sha256& message) const;
  /// All that are attached to messages held, by message. Memory: 200 bytes each.
  void attached(const std::function<void(const Attached&)>& each) const;
  /// What a message of a chat is told by in any archive that holds a download of the chat: SHA-256 and name of one, …
  struct RowMark {
    Sha256 download;
    std::string file_name;
    UtcSeconds sent = 0;
    Direction direction = Direction::in;
    line::Content kind = line::Content::photo;
    std::int64_t nth = 0;
  };
  std::optional<RowMark> row_mark(const Sha256& message) const;
  /// The message of a file or photo so marked; nullopt if it is not held.
  std::optional<Sha256> message_marked(const RowMark& mark) const;
  /// LINE: the newest download of the chat that a message is of; nullopt if none says.
  std::optional<UtcSeconds> downloaded(const Sha256& message) const;
  /// The same of a chat, by its identifier.
  std::optional<UtcSeconds> downloaded(const std::string& chat) const;
  /// The message whose id begins with these 64 bits, and what it says; nullopt if none does.
  std::optional<Said> said_by(std::int64_t number) const;
  /// The message whose id begins with these 64 bits (steps of deals); nullopt if none is listed.
  std::optional<Sha256> message_numbered(std::int64_t number) const;
  /// The `n` messages of the same client before and after one, across channels, in time order; hidden ones left out.
  struct Neighbours {
    std::vector<Sha256> before, after;
  };
  Neighbours neighbours(const Sha256& id, std::size_t n) const;
  /// A hash over all mails, and over all chats by what they hold; independent of the order of imports and of ids that were
  /// chosen by chance: two archives hold the same if theirs are equal.
  Sha256 fingerprint() const;

  struct Impl;  // src/catalogue/impl.hpp

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace genchi::catalogue
