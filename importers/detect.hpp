// What a file is, by its content first and its name second.
#pragma once

#include <string>
#include <string_view>

#include "genchi/import.hpp"

namespace genchi::importers {

enum class Look {
  empty,
  compressed, ///< one file inside: gz, bz2, xz, zst
  archive,    ///< members: zip, tar, 7z
  mbox,
  line_oa,
  line_talk,
  mail,
  nothing, ///< none of ours
};

/// `head` is the first 64 KiB, `base_name` the last component of its name. With `as`, only containers are
/// still told apart by content.
Look look_at(std::string_view head, std::string_view base_name, SourceKind as);

/// `Sent.mbox.gz` → `Sent.mbox`, `mail.tgz` → `mail.tar`; other names as they are.
std::string without_compression_suffix(std::string_view base_name);
/// Is this file, which does not look like anything of ours, named as if it should? A reason; else
/// empty.
Words damaged_reason(std::string_view base_name);
/// Does the name say mailbox rather than single mail: `.mbox`, or a word without a suffix ("Sent",
/// "送信済み")?
bool is_mailbox_name(std::string_view base_name);
/// Zip files that are documents or programs: not looked into unless named themselves.
bool is_document_name(std::string_view base_name);
bool has_suffix(std::string_view base_name, std::string_view lower_suffix);

} // namespace genchi::importers
