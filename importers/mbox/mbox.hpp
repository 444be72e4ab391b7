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
/// Gives the pieces in order, and returns early when `each` returns false. Blank lines before the first `From
/// ` line are no piece. Where a message begins: a `From ` line after a blank line, or where Content-Length
/// ends (and it is believed only if that is so), or a strict one with a header after it.
void split_mbox(ByteSource& source, const std::function<bool(const MboxPiece&)>& each);

/// Exactly one message, from the first byte on?
bool is_single_message(std::string_view bytes);

/// The mailbox a file name stands for: `Sent.mbox` → "Sent", "&kAFP4W4IMH8-" → "送信済み".
std::string mailbox_of(std::string_view base_name);

/// Reads the messages of a mailbox into the sink; false if it was stopped. The caller tells source.failure(). If
/// `stored`, the file that `source` is read from, was written to meanwhile, the last message may be half written:
/// it is set aside, and the next import brings it.
bool read_mbox(ByteSource& source, ByteSource& stored, const MailHints& hints, Reader& reader);

/// Decodes a mailbox name of IMAP (RFC 3501, 5.1.3); nullopt if it is none.
std::optional<std::string> decode_imap_utf7(std::string_view name);

} // namespace genchi::importers
