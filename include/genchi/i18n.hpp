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

/// A sentence for two readers: in English where it is kept for good (an archive must not depend on the locale of
/// whoever imported), translated where it is shown now. `Words("cannot be read: {}", errno_words(error))`.
class Words {
 public:
  Words() = default;
  template <typename... Args>
  explicit Words(const char* msgid, const Args&... args)
      : english_(fmt::format(fmt::runtime(msgid), in_english(args)...)), translated_(trf(msgid, as_shown(args)...)) {}
  static Words plural(const char* one, const char* many, unsigned long n) {
    return known(fmt::format(fmt::runtime(n == 1 ? one : many), n), trn(one, many, n));
  }
  /// Both are there already (the system's messages).
  static Words known(std::string english, std::string translated) {
    Words words;
    words.english_ = std::move(english);
    words.translated_ = std::move(translated);
    return words;
  }

  const std::string& english() const { return english_; }
  const std::string& translated() const { return translated_; }
  bool empty() const { return english_.empty(); }

 private:
  template <typename T> static const T& in_english(const T& value) { return value; }
  static const std::string& in_english(const Words& words) { return words.english_; }
  template <typename T> static const T& as_shown(const T& value) { return value; }
  static const std::string& as_shown(const Words& words) { return words.translated_; }

  std::string english_;
  std::string translated_;
};

}  // namespace genchi
