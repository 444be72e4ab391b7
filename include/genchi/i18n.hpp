// Words for people. Everything a person reads goes through these (src/po/ja.po); JSON keys, logs and data do not.
#pragma once

#include <fmt/core.h>
#include <libintl.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace genchi {

/// The translation of `msgid` under the current locale, or `msgid`.
inline const char* tr(const char* msgid) { return ::gettext(msgid); }

/// The translation of a fmt format string, filled in: `trf("cannot open {}: {}", name, reason)`. Translations may
/// reorder with {0} {1}. A translation whose placeholders do not fit falls back to the English format.
template <typename... Args>
std::string trf(const char* msgid, const Args&... args) {
  try {
    return fmt::format(fmt::runtime(::gettext(msgid)), args...);
  } catch (const std::runtime_error&) {
    return fmt::format(fmt::runtime(msgid), args...);
  }
}

/// The plural of `n`: `trn("{} message", "{} messages", n)`.
inline std::string trn(const char* one, const char* many, unsigned long n) {
  return fmt::format(fmt::runtime(::ngettext(one, many, n)), n);
}

}  // namespace genchi
