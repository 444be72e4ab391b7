#include "text/charset_names.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <utility>

#include <unicode/ucnv.h>

namespace genchi {
namespace {

struct Aliases {
  Family family;
  const char* name;
  const char* icu;
  std::string_view keys; ///< label_key() of each, with spaces between
};

// Labels ICU lacks or reads as something narrower than what mailers mean by them.
constexpr Aliases aliases[] = {
    {Family::utf8, "UTF-8", "UTF-8", "utf8 utf8bom utf8sig utf8n utf8mb4 xutf8 unicode11utf8"},
    {Family::ascii, "US-ASCII", "US-ASCII", "usascii ascii ansix341968 iso646us us"},
    {Family::iso2022jp, "ISO-2022-JP", "ibm-5054",
     "iso2022jp iso2022jp1 iso2022jp3 iso2022jp2004 iso2022jpms csiso2022jp cp50220 cp50221 cp50222 ibm5054 "
     "jis"},
    {Family::iso2022jp, "ISO-2022-JP-2", "ISO-2022-JP-2", "iso2022jp2"},
    {Family::iso2022jp, "ISO-2022-JP", "JIS7", "jis7"},
    {Family::iso2022jp, "ISO-2022-JP", "JIS8", "jis8"},
    {Family::japanese, "windows-31j", "windows-31j",
     "shiftjis xshiftjis csshiftjis sjis xsjis sjiswin shiftjis2004 shiftjisx0213 xmacjapanese mskanji ms932 "
     "cp932 932 cp943 cp943c windows31j cswindows31j windows932"},
    {Family::japanese, "EUC-JP", "EUC-JP",
     "eucjp xeucjp xeuc euc eucjpms eucjpwin eucjis2004 eucjisx0213 cp51932 ujis cseucpkdfmtjapanese"},
    {Family::latin, "windows-1252", "windows-1252", "iso88591 latin1 l1 cp819 cp1252 windows1252 xansi ansi"},
    {Family::other, "GB18030", "gb18030", "gb2312 gbk xgbk cp936 gb18030"},
    {Family::other, "windows-949", "windows-949", "euckr ksc56011987"},
};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

/// Is plain ASCII the same in this charset? EBCDIC and compressions are no charsets of mail, and let a text
/// say one thing to us and another to people.
bool keeps_ascii(UConverter* converter) {
  constexpr std::string_view probe = "Az09 <&>+-/\"'";
  std::array<UChar, 32> out{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t n = ucnv_toUChars(converter, out.data(), static_cast<std::int32_t>(out.size()),
                                       probe.data(), static_cast<std::int32_t>(probe.size()), &status);
  return U_SUCCESS(status) && n == static_cast<std::int32_t>(probe.size()) &&
         std::equal(probe.begin(), probe.end(), out.begin(),
                    [](char a, UChar b) { return static_cast<UChar>(a) == b; });
}

std::optional<Family> family_of(UConverter* converter) {
  switch (ucnv_getType(converter)) {
  case UCNV_UTF16:
  case UCNV_UTF16_BigEndian:
  case UCNV_UTF16_LittleEndian:
  case UCNV_UTF32:
  case UCNV_UTF32_BigEndian:
  case UCNV_UTF32_LittleEndian:
    return Family::wide;
  case UCNV_UTF7:
  case UCNV_IMAP_MAILBOX:
  case UCNV_SCSU:
  case UCNV_BOCU1:
    return std::nullopt;
  case UCNV_ISO_2022:
  case UCNV_HZ:
    return Family::stateful;
  default:
    if (!keeps_ascii(converter)) return std::nullopt;
    return Family::other;
  }
}

std::optional<Charset> find_charset(std::string_view label) {
  const std::string key = label_key(label);
  if (key.empty()) return std::nullopt;
  for (const Aliases& row : aliases) {
    if (has_word(row.keys, key)) return Charset{row.family, row.name, row.icu};
  }
  // ICU compares names by letters and digits too, so the key is enough.
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(key.c_str(), &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status) || !converter) return std::nullopt;
  const std::optional<Family> family = family_of(converter.get());
  if (!family) return std::nullopt;
  status = U_ZERO_ERROR;
  const char* name = ucnv_getStandardName(key.c_str(), "MIME", &status);
  if (U_FAILURE(status) || !name) {
    status = U_ZERO_ERROR;
    name = ucnv_getStandardName(key.c_str(), "IANA", &status);
  }
  return Charset{*family, U_SUCCESS(status) && name ? name : key, key};
}

} // namespace

std::string label_key(std::string_view label) {
  constexpr std::size_t longest = 40;
  std::string key;
  for (const char c : label) {
    if (c == ';' || c == ',' || c == '*') break; // * : RFC 2231's language
    if (c >= 'A' && c <= 'Z')
      key += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      key += c;
    if (key.size() > longest) return {};
  }
  return key;
}

const std::optional<Charset>& known_charset(std::string_view label) {
  thread_local std::unordered_map<std::string, std::optional<Charset>> cache;
  constexpr std::size_t most = 64;
  constexpr std::size_t longest = 80;
  std::string key(label.substr(0, longest));
  if (const auto found = cache.find(key); found != cache.end()) return found->second;
  if (cache.size() >= most) cache.clear();
  std::optional<Charset> charset = label.size() > longest ? std::nullopt : find_charset(label);
  return cache.emplace(std::move(key), std::move(charset)).first->second;
}

} // namespace genchi
