#include "archive/origin.hpp"

#include <fmt/format.h>

namespace genchi {

std::string stable_member(std::string_view member) {
  const std::size_t slash = member.rfind('/');
  std::string folder(slash == std::string_view::npos ? "" : member.substr(0, slash));
  std::string name(slash == std::string_view::npos ? member : member.substr(slash + 1));
  for (const char* mark : {":2,", ";2,", "!2,"}) {
    if (const std::size_t at = name.rfind(mark); at != std::string::npos) name.resize(at);
  }
  if (folder == "new" || folder.ends_with("/new")) folder.replace(folder.size() - 3, 3, "cur");
  return folder + "/" + name;
}

std::optional<std::int64_t> origin_of(const Entry& entry, std::string_view source, std::string_view account) {
  std::string text;
  switch (entry.kind) {
  case EntryKind::mail:
  case EntryKind::memo:
  case EntryKind::media:
    return std::nullopt;
  case EntryKind::line_export:
    text = fmt::format("export\n{}\n{}\n{}", account, entry.member, entry.digest.hex());
    break;
  case EntryKind::set_aside:
    // Thousands of files without permission are all empty, so what is known is told by the place, not by the
    // bytes.
    text = fmt::format("{}\n{}\n{}\n{}\n{} {}\n", entry.digest.hex(), account, source, stable_member(entry.member),
                       entry.place.offset, entry.place.length);
    break;
  }
  return static_cast<std::int64_t>(sha256(text).prefix64());
}

} // namespace genchi
