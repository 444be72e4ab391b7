#include "archive/leaf.hpp"

#include <fmt/format.h>

#include "archive/merkle.hpp"

namespace genchi {

namespace {

/// One line whatever stands in it: backslash and control characters as \xNN.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || byte == '\\') {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

} // namespace

std::string_view entry_kind_name(EntryKind kind) {
  switch (kind) {
  case EntryKind::mail:
    return "mail";
  case EntryKind::line_export:
    return "line-export";
  case EntryKind::memo:
    return "memo";
  case EntryKind::media:
    return "media";
  case EntryKind::set_aside:
    break;
  }
  return "set-aside";
}

std::string about_text(const Entry& entry, const Sha256& salt) {
  const std::string store_time = entry.hints.store_time ? std::to_string(*entry.hints.store_time) : "-";
  return fmt::format(
      "genchi-about-1\nsalt {}\nkind {}\nidentity {}\nplace {} {} {}\nmember {}\nfolder {}\nflags {}\n"
      "store-time {}\nfile-time {}\nreason {}\n",
      salt.hex(), entry_kind_name(entry.kind), entry.identity.hex(), entry.place.offset, entry.place.length,
      entry.place.line, on_one_line(entry.member), on_one_line(entry.hints.folder),
      on_one_line(entry.hints.flags), store_time, entry.hints.file_time, on_one_line(entry.reason));
}

Sha256 whole_leaf(const Entry& entry, std::string_view secret) {
  const Sha256 about = sha256(about_text(entry, derived_salt(secret, "about")));
  return sha256(leaf_text(derived_salt(secret, "leaf"), entry.digest, 0, entry.length, entry.digest, about));
}

} // namespace genchi
