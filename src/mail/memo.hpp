// A memo: our own note of a call, a meeting, a fax or an SMS, as an RFC 5322 message that we make. What mail has no field
// for stands in fields of ours:
//
//   Date                   when the call or meeting was; of a supplement when it was added
//   From                   who of us noted it; the address is none (RFC 2606)
//   Genchi-Memo            phone, meeting, fax or sms
//   Genchi-Client          identifier: "domain:…", "addr:…", "chat:…"
//   Genchi-Chat            of a LINE chat: SHA-256 of a download of it, by which it is found where it has another key
//   Genchi-Written         when it was written down
//   Genchi-Duration        seconds
//   Genchi-Who             with whom
//   Genchi-Supplement-Of   SHA-256 of the memo that it adds to
//
// The text is UTF-8; files are attachments. Only the archive says that a message is a memo (EntryKind::memo), never these
// fields: anybody may send them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/message.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::mail {

/// All but text and files. A memo is not in the channels mail and line.
struct MemoHead {
  Channel channel = Channel::phone;
  std::string client;
  std::optional<Sha256> chat;
  Moment time;
  Moment written;
  std::optional<std::int64_t> seconds;
  std::string who, by;
  std::optional<Sha256> supplement_of;
};

struct MemoFile {
  std::string name;  ///< UTF-8, without a folder
  std::string bytes;
};

/// The memo's bytes; the same for the same arguments. `text` is UTF-8 with LF.
std::string write_memo(const MemoHead& head, std::string_view text, const std::vector<MemoFile>& files);

/// nullopt for bytes that are none: no channel, client or time.
std::optional<MemoHead> read_memo(std::string_view raw);

}  // namespace genchi::mail
