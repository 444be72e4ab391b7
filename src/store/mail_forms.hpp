// One mail in the forms that other programs read. Each form is checked before it is given: read back by our own
// importers it is the same mail. Pure; any thread. Memory: the mail about four times.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::exporting {

/// As an mbox (RFC 4155) holds it: a `From ` line before it, a blank line after it. A mail that came from an mbox keeps
/// both as they were; else `>…>From ` lines get one more `>` (mboxrd). A Content-Length that reaches beyond the mail is
/// left out, since it would swallow the next one; none of this changes the identity. nullopt: no such form of it would
/// be read back as this mail.
std::optional<std::string> as_mbox(std::string_view raw, const Sha256& identity, UtcSeconds sent);

struct MailForm {
  std::string bytes;
  bool readable = true;  ///< false: programs will not take this for a mail; the bytes are right all the same
};
/// As an .eml file: without the envelope line of an mbox, unless only that line makes it a mail.
MailForm as_eml(std::string_view raw, const Sha256& identity, UtcSeconds sent);
/// As a file of a Maildir: without the envelope line.
MailForm as_maildir(std::string_view raw);

/// Would a Maildir's reader take these bytes for a mail (zero bytes and no header: no)?
bool maildir_takes(std::string_view bytes);

}  // namespace genchi::exporting
