// mbox in all its dialects (mboxo, mboxrd, mboxcl, mboxcl2), read as a stream: memory is bounded by one
// message. The bytes of a message are given as they are; undoing `>From ` is for those who read the text.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "genchi/import.hpp"
#include "importers/source.hpp"

namespace genchi::importers {

class Reader;

/// A `From ` line as mail programs write it.
struct Envelope {
  /// `From addr weekday mon dd hh:mm:ss yyyy`: good enough to begin a message without a blank line before it.
  bool strict = false;
  /// Names an address: begins a message after a blank line if a header field follows.
  bool loose = false;
  std::optional<UtcSeconds> time; ///< UTC unless the line names a zone
};
Envelope parse_envelope(std::string_view line);

/// Does a `From ` line with a header after it stand first (after blank lines)?
bool looks_like_mbox(std::string_view head);

/// A stretch of an mbox.
struct MboxPiece {
  bool is_message = true; ///< else bytes before the first `From ` line
  std::string_view raw;   ///< a message with its `From ` line and the blank line after it
  Place place;
  std::optional<UtcSeconds> store_time;
  bool last = false; ///< ends with the file
};
/// Where to begin, when it is not at the file's beginning but at a message's.
struct MboxStart {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::optional<char> end_of_line; ///< of the whole file, if known
};
/// Gives the pieces in order, and returns early when `each` returns false. Blank lines before the first `From
/// ` line are no piece. Where a message begins: a `From ` line after a blank line, or where Content-Length
/// ends (and it is believed only if that is so), or a strict one with a header after it.
/// Returns where the last message begins; nullopt if there is none, or if messages before it might end elsewhere
/// were there more behind the end.
std::optional<Place> split_mbox(ByteSource& source, const std::function<bool(const MboxPiece&)>& each,
                                const MboxStart& start = {});

/// Exactly one message, from the first byte on?
bool is_single_message(std::string_view bytes);

/// The mailbox a file name stands for: `Sent.mbox` → "Sent", "&kAFP4W4IMH8-" → "送信済み".
std::string mailbox_of(std::string_view base_name);

/// Reads the messages of a mailbox into the sink; false if it was stopped. The caller tells source.failure(). If
/// `stored`, the file that `source` is read from, was written to meanwhile, the last message may be half written:
/// it is set aside, and the next import brings it. `last` becomes what split_mbox() returns.
bool read_mbox(ByteSource& source, ByteSource& stored, const MailHints& hints, Reader& reader, const MboxStart& start,
               std::optional<Place>& last);

/// What is needed to read on from the last message of a file that was read to `size`; leaves the source anywhere.
MailboxMark mailbox_mark(ByteSource& source, std::uint64_t size, const Place& last);
/// Where to read on, if the file seems to have only grown since `mark`: equal at its beginning and before the old
/// end (but for X-Mozilla-* fields, which Thunderbird changes in place), and a message begins where the last one did.
/// The source must be seekable and stands anywhere afterwards.
std::optional<MboxStart> grown_since(ByteSource& source, const MailboxMark& mark);

/// Decodes a mailbox name of IMAP (RFC 3501, 5.1.3); nullopt if it is none.
std::optional<std::string> decode_imap_utf7(std::string_view name);

} // namespace genchi::importers
