// What makes two copies of a mail one (src/README.md, "Identity"). Frozen: any change here makes every mail
// archived before a stranger, so a new rule would need a new name beside "genchi-mail-1" and both would have
// to be kept.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "mail/lines.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

constexpr std::string_view version_line = "genchi-mail-1\n";
constexpr std::size_t buffer_size = 64 * 1024;

// Fields that mail programs and stores add to, change in or take from a mail they keep.
constexpr auto leftovers = std::to_array<std::string_view>(
    {"Status", "X-Status", "X-UID", "X-UIDL", "X-Keywords", "Content-Length", "Lines", "X-IMAP", "X-IMAPbase",
     "X-GM-THRID", "X-GM-MSGID", "X-GM-Labels", "X-TUID", "X-Account-Key", "X-Evolution", "X-From-Line"});
constexpr auto leftover_prefixes =
    std::to_array<std::string_view>({"X-Mozilla-", "X-Gmail-", "X-Evolution-", "X-KMail-"});

bool is_leftover(std::string_view line) {
  std::string_view name = line.substr(0, std::min<std::size_t>(line.find(':'), line.size()));
  if (name.size() == line.size()) return false;
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  return std::any_of(leftovers.begin(), leftovers.end(),
                     [name](std::string_view known) { return ascii_iequals(name, known); }) ||
         std::any_of(leftover_prefixes.begin(), leftover_prefixes.end(),
                     [name](std::string_view prefix) { return ascii_istarts_with(name, prefix); });
}

// Any number of '>' before "From " is what some mbox writer made of it, or of what another had made.
std::string_view without_from_marks(std::string_view line) {
  if (line.empty() || line.front() != '>') return line;
  const std::size_t marks = line.find_first_not_of('>');
  return marks != std::string_view::npos && line.substr(marks, 5) == "From " ? line.substr(marks) : line;
}

class CanonicalHasher {
 public:
  CanonicalHasher() { hasher_.update(version_line); }

  // Blank lines wait until something follows them: those at the end never count.
  void line(std::string_view text) {
    if (text.empty()) {
      ++blank_lines_;
      return;
    }
    for (; blank_lines_ > 0; --blank_lines_) put("\n");
    put(text);
    put("\n");
  }

  Sha256 finish() {
    hasher_.update(buffer_);
    return hasher_.finish();
  }

 private:
  void put(std::string_view bytes) {
    if (buffer_.size() + bytes.size() > buffer_size) {
      hasher_.update(buffer_);
      buffer_.clear();
    }
    if (bytes.size() > buffer_size) {
      hasher_.update(bytes);
    } else {
      buffer_ += bytes;
    }
  }

  Sha256Hasher hasher_;
  std::string buffer_;
  std::uint64_t blank_lines_ = 0;
};

} // namespace

Sha256 identity(std::string_view raw) {
  CanonicalHasher hasher;
  LineCursor lines(raw);
  if (raw.substr(0, 5) == "From ") lines.next();
  bool in_header = true;
  bool dropping = false;
  while (lines.next()) {
    const std::string_view line = lines.text();
    if (in_header) {
      in_header = !line.empty();
      if (in_header && !is_blank(line.front())) dropping = is_leftover(line);
      if (in_header && dropping) continue;
    }
    hasher.line(without_from_marks(line));
  }
  return hasher.finish();
}

} // namespace genchi::mail
