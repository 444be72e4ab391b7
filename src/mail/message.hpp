// One RFC 5322/2045 message: fields, text, attachments. The structure (header block, boundaries, byte ranges,
// limits) is found by our own line scanner, leaves are decoded by mimetic one at a time; src/README.md says
// why.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/message.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::mail {

/// A mailbox of an address field, decoded: `山田 <yamada@example.jp>`. `address` as written, without <>; a
/// name without an address keeps it empty.
using Address = Person;

/// A part that is not the text of the mail: a file, an embedded message, an image.
struct Attachment {
  std::string name;         ///< decoded file name; may be empty; never a safe file name by itself
  std::string type;         ///< "application/pdf", lower case
  std::uint64_t offset = 0; ///< of its encoded body in the raw message
  std::uint64_t length = 0; ///< of its encoded body
  bool is_inline = false;   ///< Content-Disposition: inline, or referenced by Content-ID from the HTML
  /// Not 0: the n-th attachment of the message that the part at `offset` becomes once decoded (a base64
  /// message/rfc822 hides the places of what it holds).
  std::uint32_t inner = 0;
};

/// Sections of Message::text are runs of whole lines and cover it without gaps, in order.
using Section = TextSection;

/// Where the sent time came from, best first (DESIGN, Identity).
enum class SentSource { date, received, store_line, file };

struct Message {
  std::string subject;
  std::vector<Address> from, sender, reply_to, to, cc, bcc;
  std::vector<std::string> delivered_to; ///< Delivered-To, X-Original-To, Envelope-To, Apparently-To
  std::string message_id;                ///< without <>; "" if none
  std::vector<std::string> references;   ///< References then In-Reply-To, without <>, without repeats
  std::optional<Moment> date;            ///< Date, if it is one
  std::vector<UtcSeconds> received;      ///< readable Received times, oldest last as in the header
  std::vector<std::string> gmail_labels; ///< X-Gmail-Labels, decoded and split
  bool beyond_limits = false; ///< something was left out of fields or text because of Limits; `oddities` says what
  bool bulk = false;                     ///< List-Id, List-Unsubscribe, Precedence: bulk/list/junk, …
  bool automatic =
      false; ///< Auto-Submitted other than "no", X-Auto-Response-Suppress: All or AutoReply, X-Autoreply,
             ///< Precedence: auto_reply, Return-Path: <>, mailer-daemon, 自動返信 in the subject, a report
  std::string text; ///< the readable body: all text leaves in order (of alternatives the plain one unless it
                    ///< is empty, else HTML through html_to_text), UTF-8, LF line ends
  std::vector<Section> sections;
  std::vector<Attachment>
      attachments; ///< in order, those inside message/rfc822 included (the embedded message
                   ///< itself counts as one, its subject as name, who wrote it to whom and when, and its words appended to `text`)
  std::vector<std::string>
      oddities; ///< what had to be repaired or guessed, for `show`: "charset: …", "limit: …"
};

struct Limits {
  int max_depth = 100; ///< nested multiparts and messages; deeper is kept as an attachment
  std::uint32_t max_parts = 10'000;
  std::uint64_t max_header_bytes = 16ULL
                                   << 20; ///< of one header block; what is beyond is not read for fields
  std::uint32_t max_fields = 100'000;
  std::uint64_t max_text_bytes = 32ULL << 20; ///< of Message::text
  /// Of a message inside a message that is base64 or quoted-printable: it has to be decoded to be looked into.
  std::uint64_t max_encoded_message_bytes = 256ULL << 20;
};

/// Reads a message as it lies in an mbox, Maildir or .eml (a leading `From ` line is skipped; any of LF, CRLF
/// and CR ends lines; mbox `>From ` quoting is undone in the text only). Never throws on content; whatever
/// the bytes are, something comes out. Time linear in raw.size(); no recursion on content. Any thread.
Message parse(std::string_view raw, const Limits& limits = {});

/// The fields only: as parse(), with text, sections and attachments empty. For passes that need no body.
Message parse_header(std::string_view raw, const Limits& limits = {});

/// The header block as shown by `show --headers`: unfolded, decoded (RFC 2047/2231), one "Name: value" a
/// line, in order. Not safe for a terminal by itself.
std::string display_headers(std::string_view raw, const Limits& limits = {});

/// The decoded bytes of an attachment (base64, quoted-printable, uuencode-free). For `show --attachment` and
/// text extraction.
std::string attachment_bytes(std::string_view raw, const Attachment& attachment);
/// The same, piece by piece, without holding more than a few KiB of it (one inside an encoded message is held).
/// Pieces end anywhere, also inside characters.
void decode_attachment(std::string_view raw, const Attachment& attachment,
                       const std::function<void(std::string_view)>& to);

/// The identity of a mail: SHA-256 of "genchi-mail-1\n" and its canonical form (DESIGN, Identity): a leading
/// `From ` line dropped, `>…>From ` lines reduced to `From `, line ends LF, the frozen table of fields that
/// mail programs add left out, blank lines at the end dropped. So the same mail from an mbox of any kind and
/// from a Maildir is one. Streaming, linear.
Sha256 identity(std::string_view raw);

/// Could these bytes be the beginning of a mail: is there at least one known header field (From, Date,
/// Received, Message-ID, Subject, To, Return-Path, MIME-Version, …) among well-formed field lines (after an
/// optional `From ` line)?
bool looks_like_mail(std::string_view head);

/// A subject without Re:, Fw:, Fwd:, 返信:, 転送:, [list 123] and white space around: what threads are
/// compared by. `is_reply` says whether one of the reply or forward prefixes stood there.
struct BaseSubject {
  std::string text;
  bool is_reply = false;
};
BaseSubject base_subject(std::string_view subject);

// --- pieces with a use of their own (header fields and their tests) ---

/// Decodes RFC 2047 encoded words (also split inside characters, adjacent ones joined, raw 8-bit bytes
/// between them by charset detection). Result is UTF-8 without CR, LF and NUL.
std::string decode_header_text(std::string_view value);
/// An address list: groups, comments, encoded words that hold commas, `a..b.@docomo.ne.jp`, missing quotes.
std::vector<Address> parse_addresses(std::string_view value);
/// RFC 5322 dates, obsolete zones, 2-digit years, missing weekday, ISO-like ones; nullopt if it is no
/// existing time.
std::optional<Moment> parse_date(std::string_view value);
/// A parameter of Content-Type / Content-Disposition by RFC 2231 (continuations, charset), RFC 2047 inside
/// quotes (wrong, and common) and raw 8-bit. Empty if absent.
std::string parameter(std::string_view value, std::string_view name);

/// Cuts a body into own words, quoted text, signature and greeting (FACTS.md: quotation lines, the line that
/// introduces a quotation, `-----Original Message-----` and all below; signatures at the end with an address,
/// phone or mail in them,
/// `-- `, ruled boxes).
std::vector<Section> split_body(std::string_view text);

} // namespace genchi::mail
