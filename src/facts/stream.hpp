// From messages to facts, in two steps. read_message() reads one by itself: what it gives is all that is kept of it, and
// may be made for many messages at once. A Stream then takes the messages of one client in time order and says what each
// means: which day 12日 is, whether an OK accepts anything. The same readings in the same order always give the same facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/acts.hpp"
#include "facts/corrections.hpp"
#include "facts/dates.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// Raised with every change of the rules that alters what is read: facts of an older one are made anew.
inline constexpr int rules_version = 7;

/// Words of a user's own that do something: `[acts]` in genchi.toml.
struct Vocabulary {
  std::vector<OwnCue> acts;
};

/// As lines "acceptance<TAB>word", and back; lines that are no such are left out.
std::string to_text(const Vocabulary& vocabulary);
Vocabulary vocabulary_from_text(std::string_view text);

/// What is read of a message. A view: nothing is copied.
struct MessageText {
  std::string_view text;
  std::span<const TextSection> sections;  ///< empty: all own
  std::string_view subject;
  std::span<const std::string> files;     ///< names of attached files
  std::uint32_t flags = 0;                ///< Flag bits
  Moment sent;
  int zone = japan_offset_minutes;        ///< of the archive: what an offset of +00:00 is counted in
};

/// A message read by itself.
struct Reading {
  Moment sent;  ///< with the offset that days are counted in
  std::vector<Amount> amounts;
  std::vector<ReadDate> dates;
  Cues cues;
  BusinessDocument document;
  bool ledger_only = false;  ///< made by a machine, or for many: nothing of it but `document` counts

  /// Nothing in it that prices, days and deals of any message depend on.
  bool silent() const { return amounts.empty() && dates.empty() && cues.list.empty() && cues.traits == 0; }
  bool empty() const { return silent() && !document; }
};

/// Newsletters and automatic messages give the document they carry, if any, and those taken back an empty reading. Linear
/// time. Any thread.
Reading read_message(const MessageText& message, const Vocabulary& vocabulary = {});

/// The same as bytes; "" if it says nothing.
std::string read_packed(const MessageText& message, const Vocabulary& vocabulary = {});

/// Readings and facts as bytes, a few dozen for most, and back. Unpacking throws Error for bytes that pack() did not make.
std::string pack(const Reading& reading);
std::string pack(const Facts& facts);
Reading unpack_reading(std::string_view bytes);
Facts unpack_facts(std::string_view bytes);

/// The messages of one client, in time order.
class Stream {
 public:
  /// What the next message means. One sent by a machine for us, or for the ledger only, changes nothing and says nothing
  /// but its document.
  /// `decided`: what people decided about it, oldest first; it counts for what comes after, too.
  Facts next(Reading reading, Direction direction, const std::vector<Correction>& decided = {});

  /// What a memo of ours says, in its place in the stream. What comes after does not depend on it, and what it says to be
  /// agreed is a mere mention: it is our note, not the client's word. It is no business document either.
  Facts noted(Reading reading, const std::vector<Correction>& decided = {}) const;

 private:
  DateContext dates_;
  ActJudge acts_;
};

}  // namespace genchi::facts
