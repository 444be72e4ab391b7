// A message as every command sees it, whatever it came from: the vocabulary shared by index, search and printing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/facts.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi {

enum class Channel : std::uint8_t { mail = 1, line, phone, meeting, fax, sms };
std::string_view channel_name(Channel channel);  ///< "mail" "line" … as in JSON and `channel:`
std::optional<Channel> channel_from_name(std::string_view name);  ///< English names, メール, 電話, 打合せ …

/// `in` from the client, `out` from us, `automatic` sent by a machine for us ("auto" in JSON).
enum class Direction : std::uint8_t { in = 1, out, automatic };
std::string_view direction_name(Direction direction);

/// Properties that are searched as `is:` and decide whether lists show a message unasked.
enum Flag : std::uint32_t {
  flag_auto = 1u << 0,      ///< made by a machine, theirs or ours
  flag_bulk = 1u << 1,      ///< newsletter, mailing list
  flag_unsent = 1u << 2,    ///< the sender took it back
  flag_spam = 1u << 3,      ///< kept; left out of lists unless asked
  flag_trash = 1u << 4,     ///< kept; left out of lists unless asked
  flag_doubtful_time = 1u << 5,  ///< Date is more than a day away from Received
  flag_differs = 1u << 6,   ///< another mail with this Message-ID says something else
  flag_memo = 1u << 7,      ///< our own note of a call or a meeting, not the client's word
  flag_confirmed = 1u << 8, ///< … whose confirmation mail the client has answered
  flag_minute = 1u << 9,    ///< sent in the minute that begins at `sent`; the second is not known
};

struct Person {
  std::string name;     ///< decoded; may be empty
  std::string address;  ///< mail address as written; "" in LINE
};

/// Part of a text by who speaks in it (mail only; a LINE text is all own).
enum class SectionKind : std::uint8_t { own, quoted, signature, greeting };
struct TextSection {
  SectionKind kind = SectionKind::own;
  std::uint32_t begin = 0;  ///< UTF-8 bytes into text
  std::uint32_t end = 0;
};

/// A file, or a placeholder of one: `kind` is "file" "photo" "video" "voice" "sticker" "location" "contact" "call".
struct AttachedFile {
  std::string name;
  std::string kind;
};

/// What searches ask of a message's Facts.
struct SoughtFacts {
  /// Days since 1970-01-01, both included.
  struct Days {
    std::int32_t first = 0;
    std::int32_t last = 0;
  };
  std::vector<std::int64_t> yen;  ///< of every amount in yen
  std::vector<Days> due;          ///< promised for: every date that is no mere mention
  bool price = false;             ///< has an amount of whatever currency
  bool date = false;
  Act act = Act::none;
  bool conditional = false;
};
SoughtFacts sought(const Facts& facts);

/// The place in the original that all of this was read from.
struct SourceRef {
  Sha256 object;             ///< the mail's bytes; a LINE export: the whole file
  std::uint64_t offset = 0;  ///< a LINE row: in that file; a mail: 0
  std::uint64_t length = 0;
  std::string name;          ///< file it came from, as imported
};

/// One message with everything a search needs to judge and show it without the catalogue.
struct MessageRecord {
  Sha256 id;
  Channel channel = Channel::mail;
  Direction direction = Direction::in;
  std::uint32_t flags = 0;   ///< Flag bits
  Moment sent;
  std::string account;
  std::string conversation;  ///< id, 16 hex digits
  /// Identifiers of the clients concerned, the main one first: "addr:x@example.jp", "domain:example.jp",
  /// "chat:<16 hex>". Clients themselves are not indexed, so that merging them costs nothing.
  std::vector<std::string> identifiers;
  Person from;
  std::vector<Person> to, cc;
  std::string subject;
  std::string text;          ///< UTF-8, LF
  std::vector<TextSection> sections;  ///< empty: all own
  std::vector<AttachedFile> files;
  SoughtFacts facts;
  std::uint32_t copies = 1;  ///< forms or places held of this same message
  SourceRef source;
};

}  // namespace genchi
