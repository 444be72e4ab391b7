#include "store/export_names.hpp"

#include <algorithm>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/sha256.hpp"
#include "importers/maildir/maildir.hpp"
#include "text/fold.hpp"

namespace genchi::exporting {
namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_folder = 200;

std::string cut(std::string name, std::size_t max_bytes) {
  if (name.size() <= max_bytes) return name;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  name.resize(end);
  return name;
}

/// A name of IMAP (RFC 3501, 5.1.3). Dots, which divide folders in Maildir++, are encoded too.
std::string imap_utf7(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  bool encoded = false;
  const auto put = [&](std::uint32_t unit) {
    bits = bits << 16 | unit;
    for (held += 16; held >= 6; held -= 6) out += alphabet[bits >> (held - 6) & 63];
    bits &= 63;
  };
  const auto close = [&] {
    if (held > 0) out += alphabet[bits << (6 - held) & 63];
    if (encoded) out += '-';
    bits = 0;
    held = 0;
    encoded = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    at += c.size;
    const bool plain = c.value >= ' ' && c.value < 0x7F && c.value != '.' && c.value != '/' && c.value != '\\' && c.value != ':';
    if (plain) {
      close();
      out += static_cast<char>(c.value);
      if (c.value == '&') out += '-';
      continue;
    }
    if (!encoded) out += '&';
    encoded = true;
    const auto value = static_cast<std::uint32_t>(c.value);
    if (value >= 0x10000) {
      put(0xD800 + ((value - 0x10000) >> 10));
      put(0xDC00 + ((value - 0x10000) & 0x3FF));
    } else {
      put(value);
    }
  }
  close();
  return out;
}

}  // namespace

std::string safe_name(std::string_view text, std::size_t max_bytes) {
  std::string out;
  const std::string valid = to_valid_utf8(text);
  for (std::size_t at = 0; at < valid.size();) {
    const CodePoint c = decode_utf8(valid, at);
    const bool refused = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || (c.value >= 0x202A && c.value <= 0x202E) ||
                         (c.value >= 0x2066 && c.value <= 0x2069) || (c.value < 0x80 && std::string_view("/\\:*?\"<>|").find(static_cast<char>(c.value)) != std::string_view::npos);
    if (refused) out += '_';
    else out.append(valid, at, c.size);
    at += c.size;
  }
  out = cut(std::move(out), max_bytes);
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  if (out.empty()) return "_";
  if (out.front() == '.' || out.front() == '-' || out.front() == '~') out.insert(out.begin(), '_');
  return out;
}

std::string download_name(std::string_view file_name) {
  std::string out(to_valid_utf8(file_name));
  for (char& c : out)
    if (c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
  if (out.empty() || out.front() == '.') out.insert(out.begin(), '_');
  if (out.size() <= longest_name) return out;
  const std::string suffix = out.ends_with(".txt") ? ".txt" : ".csv";
  return cut(std::move(out), longest_name - suffix.size()) + suffix;
}

std::string maildir_folder_name(std::string_view mailbox) {
  if (mailbox.empty()) return {};
  std::string out;
  // An empty component would not come back: then it is one component with slashes.
  const bool divided = mailbox.front() != '/' && mailbox.back() != '/' && mailbox.find("//") == std::string_view::npos;
  for (std::string_view rest = mailbox; !rest.empty();) {
    const std::size_t slash = divided ? std::min(rest.find('/'), rest.size()) : rest.size();
    out += "." + imap_utf7(rest.substr(0, slash));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return out.size() <= longest_folder ? out : ".folder-" + sha256(mailbox).hex().substr(0, 16);
}

bool says_mailbox(std::string_view folder_name, std::string_view mailbox) {
  // INBOX is what a Maildir is without a name.
  return importers::maildir_folder({std::string(folder_name)}) == (ascii_iequals(mailbox, "INBOX") ? "" : mailbox);
}

std::string caseless(std::string_view name) { return fold(name); }

std::string windows_name(std::string name) {
  for (char& c : name)
    if (std::string_view("*?\"<>|:").find(c) != std::string_view::npos) c = '_';
  if (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.back() = '_';
  return name;
}

}  // namespace genchi::exporting
