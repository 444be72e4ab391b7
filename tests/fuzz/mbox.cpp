// A mailbox cut into messages. The first byte says how many bytes each read gives, and whether the mailbox
// lies behind a long one, so that the reader's buffer ends in the middle of it.
#include "importers/mbox/mbox.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "importers/source.hpp"
#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

class SlowSource final : public importers::ByteSource {
 public:
  SlowSource(std::string_view bytes, std::size_t step) : bytes_(bytes), step_(step) {}

 protected:
  std::size_t read_some(char* to, std::size_t size) override {
    const std::size_t count = std::min({size, step_, bytes_.size()});
    std::copy_n(bytes_.data(), count, to);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t step_;
};

struct Piece {
  bool is_message;
  std::uint64_t offset, length, line;
  std::optional<UtcSeconds> time;
  bool operator==(const Piece&) const = default;
};

// Pieces follow each other without gaps, but for a byte order mark and blank lines before the first.
std::vector<Piece> split(importers::ByteSource& source, std::string_view bytes) {
  std::vector<Piece> pieces;
  std::uint64_t end = 0;
  importers::split_mbox(source, [&](const importers::MboxPiece& piece) {
    const Place& place = piece.place;
    if (pieces.empty()) {
      const std::string_view before = bytes.substr(0, place.offset);
      ALWAYS((before.starts_with("\xef\xbb\xbf") ? before.substr(3) : before).find_first_not_of("\r\n") ==
             std::string_view::npos);
    } else {
      ALWAYS(place.offset == end && piece.is_message);
    }
    ALWAYS(place.length == piece.raw.size() && place.length > 0);
    ALWAYS(piece.raw == bytes.substr(place.offset, place.length));
    ALWAYS(!piece.is_message || piece.raw.starts_with("From ") || piece.last);
    end = place.offset + place.length;
    pieces.push_back({piece.is_message, place.offset, place.length, place.line, piece.store_time});
    return true;
  });
  ALWAYS(pieces.empty() ? bytes.find_first_not_of("\xef\xbb\xbf\r\n") == std::string_view::npos
                        : end == bytes.size());
  // A `From ` line that the end of the file cuts off makes no second message.
  const bool single = importers::is_single_message(bytes);
  ALWAYS(!single || (!pieces.empty() && pieces.size() <= 2 && pieces[0].is_message));
  ALWAYS(pieces.size() != 1 || single == pieces[0].is_message);
  return pieces;
}

// A mail as long as the reader's buffer, less some.
const std::string& long_mail() {
  static const std::string mail = [] {
    std::string text = "From a@b.example Mon Apr  1 01:00:00 2024\nSubject: long\n\n";
    while (text.size() < (250 << 10)) text += "0123456789 0123456789 0123456789 0123456789 0123456789\n";
    return text;
  }();
  return mail;
}

} // namespace

void try_input(std::string_view input) {
  if (input.empty()) return;
  const auto choice = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);

  const bool behind_long = choice >= 250;
  const std::string bytes = behind_long ? long_mail() + std::string(input) : std::string(input);
  importers::MemorySource whole(bytes);
  const std::vector<Piece> pieces = split(whole, bytes);
  SlowSource slow(bytes, behind_long ? 4096 : choice % 64 + 1);
  ALWAYS(split(slow, bytes) == pieces);

  ALWAYS(!importers::looks_like_mbox(input) || behind_long || (!pieces.empty() && pieces[0].is_message));
  importers::decode_imap_utf7(input.substr(0, 200));
  ALWAYS(is_utf8(importers::mailbox_of(input.substr(0, 200))));
}

} // namespace genchi::fuzz
