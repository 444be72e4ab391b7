// What the catalogue keeps of a mail: who, when, which thread, which kind. Pure: bytes in, facts out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "facts/stream.hpp"
#include "facts/turn.hpp"
#include "mail/memo.hpp"
#include "mail/message.hpp"

namespace genchi::catalogue {

enum class Role : int { from = 1, sender, reply_to, to, cc, bcc, delivered_to, form };

struct Participant {
  Role role;
  std::string address;  ///< lower case
  std::string name;
};

struct MailFacts {
  std::vector<Participant> participants;
  UtcSeconds sent = 0;
  int offset_minutes = japan_offset_minutes;
  mail::SentSource sent_source = mail::SentSource::date;
  bool doubtful_time = false;
  bool bulk = false;
  bool automatic = false;
  bool in_sent = false;   ///< this copy lies in a folder of sent mail, or is labelled so
  bool in_spam = false;
  bool in_trash = false;
  std::uint64_t message_id = 0;            ///< hash of Message-ID; of the identity if there is none
  std::vector<std::uint64_t> references;   ///< hashes of References and In-Reply-To
  std::uint64_t root = 0;                  ///< hash of the first reference, else message_id
  std::uint64_t subject_group = 0;         ///< hash of base subject and the people; 0 without a subject
  bool beyond_limits = false;              ///< text was left out: too deep, too many parts, too large
  bool is_reply = false;                   ///< by its subject
  std::string reading;                     ///< what it says (facts::read_packed)
  facts::TurnReading turn;                 ///< what it asks of the other side
  std::string turn_words;                  ///< … in these words
  bool for_recipient_only = false;         ///< … of who is in To:, not of who gets a copy
  std::string by;                          ///< who wrote it: name or address
  std::optional<mail::MemoHead> memo;      ///< of an entry that is a memo; nothing if it cannot be read as one
  std::uint64_t twin_key = 0;              ///< From, Date and own words: equal in the sent and the received copy
};

/// Reads what the catalogue needs from an original, a mail or a memo. Any thread.
MailFacts mail_facts(std::string_view raw, const Entry& entry, const facts::Vocabulary& vocabulary);

/// Is this the name of a folder (or Gmail label) of sent mail, spam, trash? In the languages mail programs use here.
bool is_sent_folder(std::string_view name);
bool is_spam_folder(std::string_view name);
bool is_trash_folder(std::string_view name);

/// The first address in a line such as `メールアドレス：a@example.jp` or `E-mail: …` of a contact form; "" if none.
std::string form_address(std::string_view body);

/// The domain of an address, lower case; "" if there is none.
std::string domain_of(std::string_view address);
/// gmail.com, icloud.com, docomo.ne.jp and their like: an address there never stands for a company.
bool is_shared_domain(std::string_view domain);

}  // namespace genchi::catalogue
