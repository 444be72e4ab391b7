// Tables of catalogue.db. Private to the catalogue.
#pragma once

namespace genchi::catalogue {

/// Raised with every change of the tables or of what is put into them: an older catalogue is made anew.
inline constexpr int catalogue_version = 16;

inline constexpr const char* catalogue_schema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Every message, whatever its channel. Integer keys in the order of arrival.
CREATE TABLE message(
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,       -- SHA-256: mail identity, or that of a LINE row
  channel INTEGER NOT NULL,
  account TEXT NOT NULL,
  direction INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  sent INTEGER NOT NULL,           -- UTC seconds
  zone INTEGER NOT NULL,           -- offset in minutes
  conversation INTEGER,
  client TEXT,                     -- the identifier that the main client goes by (book.hpp)
  entry INTEGER NOT NULL,          -- archive entry it is shown from
  offset INTEGER NOT NULL,         -- LINE: the row in that file
  length INTEGER NOT NULL,
  chat INTEGER,                    -- LINE
  kind INTEGER NOT NULL DEFAULT 0, -- LINE: line::Content
  shown_as INTEGER,                -- mail: its twin's id, when it is listed under that
  copies INTEGER NOT NULL DEFAULT 1,
  cues INTEGER NOT NULL DEFAULT 0);  -- what it asks of the other side: facts::TurnCue, and catalogue::SenderCue
CREATE INDEX message_chat ON message(chat, sent) WHERE chat IS NOT NULL;
CREATE INDEX message_conversation ON message(conversation, sent);
CREATE INDEX message_client ON message(client, sent, flags, shown_as);
-- What LINE's download holds the place of only: photos, videos, voice messages, files.
CREATE INDEX message_media ON message(account, sent) WHERE kind IN (1, 3, 4, 5);
CREATE INDEX message_call ON message(sent) WHERE (cues & 2097152)!=0 AND chat IS NOT NULL;  -- facts::cue_call

-- Our own notes of calls and meetings (mail/memo.hpp), each a message.
CREATE TABLE memo(
  message INTEGER PRIMARY KEY,
  identifier TEXT NOT NULL,        -- whom it is about, as that is called now
  given TEXT NOT NULL,             -- … as the memo says
  download BLOB,                   -- SHA-256 of a download of the chat that it is about
  supplements BLOB,                -- hash of the memo that it adds to
  written INTEGER NOT NULL,        -- UTC seconds
  seconds INTEGER,                 -- how long it took
  who TEXT NOT NULL,               -- with whom
  confirmed_by BLOB);              -- hash of the client's answer to our confirmation mail
CREATE INDEX memo_identifier ON memo(identifier);
CREATE INDEX memo_supplements ON memo(supplements) WHERE supplements IS NOT NULL;

-- Files that may belong to LINE messages; which, annotations say.
CREATE TABLE media(digest BLOB PRIMARY KEY, entry INTEGER NOT NULL, name TEXT NOT NULL, length INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE mail(
  message INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL,     -- 64-bit hashes
  root INTEGER NOT NULL,
  subject_group INTEGER NOT NULL,
  is_reply INTEGER NOT NULL,
  has_references INTEGER NOT NULL,
  twin_key INTEGER NOT NULL,
  sent_source INTEGER NOT NULL,
  in_sent INTEGER NOT NULL,
  sent INTEGER NOT NULL);          -- as in message, for the index below
CREATE INDEX mail_message_id ON mail(message_id);
CREATE INDEX mail_subject ON mail(subject_group, sent) WHERE subject_group != 0;
CREATE INDEX mail_lost_reply ON mail(subject_group, sent) WHERE is_reply AND NOT has_references AND subject_group != 0;

-- Which conversation a Message-ID, held or only referred to, belongs to.
CREATE TABLE thread(message_id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL);
CREATE INDEX thread_conversation ON thread(conversation);
CREATE TABLE conversation(id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE INDEX conversation_key ON conversation(key);

CREATE TABLE address(
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,    -- lower case
  domain TEXT NOT NULL,
  own INTEGER NOT NULL DEFAULT 0);
CREATE INDEX address_domain ON address(domain);
CREATE TABLE participant(
  message INTEGER NOT NULL,
  n INTEGER NOT NULL,
  role INTEGER NOT NULL,
  address INTEGER NOT NULL,
  PRIMARY KEY(message, n)) WITHOUT ROWID;
CREATE INDEX participant_address ON participant(address, role);
-- Names an identifier was seen with.
CREATE TABLE name(
  identifier TEXT NOT NULL,
  name TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY(identifier, name)) WITHOUT ROWID;

-- LINE downloads and talks of the LINE app held, and the chats they form.
CREATE TABLE export(
  entry INTEGER PRIMARY KEY,
  digest BLOB NOT NULL,
  account TEXT NOT NULL,           -- of a talk that none was given for: that of the chat it belongs to, else `home`
  file_name TEXT NOT NULL,
  chat_name TEXT NOT NULL,
  number INTEGER,
  downloaded INTEGER,
  zone INTEGER NOT NULL,
  language TEXT NOT NULL,          -- of its placeholders; '' unknown
  preamble INTEGER NOT NULL,       -- bytes before the first row
  row_count INTEGER NOT NULL,
  chat INTEGER,
  first INTEGER,                   -- UTC seconds of its rows; NULL: it has none
  last INTEGER,
  home TEXT NOT NULL,              -- the account it would have if nothing else were held; its chat's key is made of it
  given INTEGER NOT NULL,          -- the account was given, or is the download's own
  received INTEGER,                -- when it came in; NULL: a talk
  talk TEXT,                       -- a talk: how its rows are read, src/catalogue/talks.cpp
  rows BLOB NOT NULL);             -- packed keys, src/catalogue/update_chats.cpp; last, since it overflows the page
CREATE INDEX export_account ON export(account, downloaded);
CREATE INDEX export_chat ON export(chat, downloaded);
CREATE INDEX export_downloaded ON export(downloaded);
CREATE INDEX export_digest ON export(digest);
CREATE TABLE chat(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- 16 hex digits
  account TEXT NOT NULL,
  name TEXT NOT NULL,              -- of the newest download
  assumed INTEGER NOT NULL);
-- Identity of a LINE message within its chat.
CREATE TABLE line_row(
  message INTEGER PRIMARY KEY,
  content INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  unsure INTEGER NOT NULL,         -- ours, by a tool or by a person who uses one: a broadcast if others got the same
  place INTEGER NOT NULL);         -- among those of one minute, where no second is known
CREATE INDEX line_row_unsure ON line_row(content) WHERE unsure;
-- Rows that a download and a talk hold, shown from the download: where they lie in the talk.
CREATE TABLE also_in(message INTEGER PRIMARY KEY, entry INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
-- Messages that their senders took back: where downloads have them, with the words or with LINE's note.
CREATE TABLE unsent_row(
  message INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  words INTEGER NOT NULL,          -- 0 the note, 1 the words, 2 words that were erased, 3 words that may not be those meant
  PRIMARY KEY(message, entry, offset)) WITHOUT ROWID;
-- What becomes of such words, by account, as the journal has it: unsent_words in catalogue.hpp.
CREATE TABLE unsent_words(account TEXT PRIMARY KEY, what INTEGER NOT NULL) WITHOUT ROWID;
-- What people said that talks leave open: rows of the journal, by the digest of the file.
CREATE TABLE talk_choice(digest BLOB PRIMARY KEY, payload TEXT NOT NULL) WITHOUT ROWID;
-- Entries whose originals could not be read, and so are not in the other tables.
CREATE TABLE unreadable(entry INTEGER PRIMARY KEY, identity BLOB NOT NULL, reason TEXT NOT NULL);
-- Keys that named a chat before it grew together with another one, and the ids that its messages had then; also ids of
-- rows that were first known damaged or taken back. From the files and from the numbers in the journal alone.
CREATE TABLE chat_alias(key TEXT PRIMARY KEY, chat INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX chat_alias_chat ON chat_alias(chat);
CREATE TABLE message_alias(hash BLOB PRIMARY KEY, message INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX message_alias_message ON message_alias(message);

-- What a download lacks or adds against the others of its chat (importers/line_oa/drift.hpp).
CREATE TABLE drift(
  id INTEGER PRIMARY KEY,
  chat INTEGER NOT NULL,
  entry INTEGER NOT NULL,          -- the download it is told of
  what INTEGER NOT NULL,           -- line::DriftCase
  other INTEGER,                   -- the download it is compared with
  other_chat INTEGER,              -- kept apart: the chat it might be taken for
  rows INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  was TEXT NOT NULL,               -- names or languages
  now TEXT NOT NULL,
  examples BLOB NOT NULL);         -- packed, src/catalogue/drift.cpp
CREATE INDEX drift_chat ON drift(chat);
CREATE INDEX drift_entry ON drift(entry);
CREATE INDEX drift_other ON drift(other) WHERE other IS NOT NULL;

-- What messages say (facts/stream.hpp): each read by itself, those that say something only; LINE rows still to be read;
-- and what it means in the stream of its client.
CREATE TABLE reading(message INTEGER PRIMARY KEY, reading BLOB NOT NULL);
CREATE TABLE due_reading(message INTEGER PRIMARY KEY);
CREATE TABLE fact(
  message INTEGER PRIMARY KEY,
  sent INTEGER NOT NULL,           -- of the message, for lists by time
  act INTEGER NOT NULL,
  amounts INTEGER NOT NULL,        -- how many
  dates INTEGER NOT NULL,
  facts BLOB NOT NULL);
CREATE INDEX fact_amounts ON fact(sent) WHERE amounts>0;
CREATE INDEX fact_dates ON fact(sent) WHERE dates>0;
CREATE INDEX fact_act ON fact(sent) WHERE act>0;
-- The days that facts name, in days since 1970: the n-th of its message.
CREATE TABLE day(
  message INTEGER NOT NULL,
  n INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  role INTEGER NOT NULL,           -- DateRole
  PRIMARY KEY(message, n)) WITHOUT ROWID;
CREATE INDEX day_last ON day(last);
-- The business documents that facts name, for lists by the day of the transaction.
CREATE TABLE ledger(
  message INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,            -- since 1970
  sent INTEGER NOT NULL,           -- of the message
  nth INTEGER NOT NULL,            -- order within a second, by what the message is
  kinds INTEGER NOT NULL,          -- bits 1 << DocumentKind
  blank INTEGER NOT NULL,          -- the text names no amount
  yen INTEGER);                    -- NULL: none, or another currency
CREATE INDEX ledger_day ON ledger(day, sent, nth, kinds, blank, yen);
CREATE TRIGGER ledger_gone AFTER DELETE ON fact BEGIN DELETE FROM ledger WHERE message=old.message; END;
CREATE TRIGGER day_gone AFTER DELETE ON fact BEGIN DELETE FROM day WHERE message=old.message; END;

-- Deals of each client (facts/deals.hpp); messages in them by the first 64 bits of their hash.
CREATE TABLE deal(
  message BLOB PRIMARY KEY,        -- hash of the first proposal
  client TEXT NOT NULL,
  state INTEGER NOT NULL,
  last INTEGER NOT NULL,           -- time of the last step
  deal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX deal_client ON deal(client);
CREATE INDEX deal_last ON deal(last);
CREATE INDEX deal_state ON deal(state, last);

-- Clients with something open (facts/turn.hpp), with what lists show of it.
CREATE TABLE turn(
  client TEXT PRIMARY KEY,         -- identifier
  side INTEGER NOT NULL,           -- facts::Side
  why INTEGER NOT NULL,            -- facts::Waits
  since INTEGER NOT NULL,          -- UTC seconds, of the first message that waits
  moved INTEGER NOT NULL,          -- of the last message
  waiting INTEGER NOT NULL,        -- message that says why
  last INTEGER NOT NULL,
  answered INTEGER,                -- our last message
  words TEXT NOT NULL,             -- of `waiting`
  last_words TEXT NOT NULL,
  last_by TEXT NOT NULL,           -- who wrote it
  answered_by TEXT,
  account TEXT NOT NULL,           -- of `waiting`, as its channel
  channel INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX turn_since ON turn(side, since, moved);
CREATE INDEX turn_moved ON turn(moved, since);

-- What people decided about facts: rows of the journal, the message as it was called then.
CREATE TABLE decision(seq INTEGER PRIMARY KEY, message BLOB NOT NULL, payload TEXT NOT NULL);
CREATE INDEX decision_message ON decision(message);

-- Numbers the journal gave, by the keyed hash of the identifier; and the identifiers that turned up.
CREATE TABLE client_number(hash TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE client(number INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE);

-- What people decided about who is who (book.hpp), and the client that each identifier decided about belongs to.
CREATE TABLE book(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, payload TEXT NOT NULL);
CREATE TABLE member(identifier TEXT PRIMARY KEY, head TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX member_head ON member(head);
-- Clients whose stream has to be gone through again, beside those with changed messages.
CREATE TABLE due_stream(client TEXT PRIMARY KEY) WITHOUT ROWID;
-- Marks, notes and the like (annotations.hpp).
CREATE TABLE annotation(
  seq INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  what INTEGER NOT NULL,
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  by TEXT NOT NULL);
CREATE INDEX annotation_target ON annotation(target, what, name);
CREATE INDEX annotation_what ON annotation(what, seq);

-- What the index has to do again: a mail ("m" and 16 hex digits of its id) or a month of a chat ("c", key, YYYYMM).
-- Ids ascend in the order of arrival, so that originals are read block after block.
CREATE TABLE job(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
CREATE INDEX job_revision ON job(revision);
)sql";

}  // namespace genchi::catalogue
