// What a message does in a deal: proposal, acceptance, rejection, hold, change, cancel, or nothing. What is right is
// FACTS (README.md in this folder); the words are in act_words.inc. Two steps: the cues of each message by itself, then
// the judgement, message after message of one client's stream.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/dates.hpp"
#include "facts/text.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// Words of a user's own (genchi.toml): what they do.
struct OwnCue {
  std::u32string word;
  Act act = Act::none;
};

/// A clause that may do something.
enum class CueKind : std::uint8_t;  // acts.cpp lists them; a cue of an older list is read anew by `facts_version`
struct Cue {
  CueKind kind{};
  std::uint8_t flags = 0;     ///< question, conditional, negated, …: acts.cpp
  std::uint16_t sentence = 0; ///< number of the sentence in the message
  TextSpan place;
};

/// What the words of one message offer to the judgement. Small: a few cues.
struct Cues {
  std::vector<Cue> list;
  std::uint32_t traits = 0;   ///< of the whole message: has terms, is thanks only, is an invoice, …: acts.cpp
};

/// `amounts` and `dates` of the same text: terms make a proposal. Linear time. Any thread.
Cues read_cues(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates,
               const std::vector<OwnCue>& own = {});

std::string pack(const Cues& cues);
/// Throws Error for bytes that pack() did not make.
Cues unpack_cues(std::string_view bytes);

struct Judgement {
  Act act = Act::none;
  bool conditional = false;
  TextSpan place;
  std::string_view rule;  ///< "" when act is none
};

/// Judges the messages of one client in time order. What it remembers is bounded.
class ActJudge {
 public:
  /// Automatic messages (`Direction::automatic`, flag_auto, flag_bulk) and those taken back do nothing and change nothing.
  /// `decided`: what a person says that it does; the judgement then is that, and what follows is judged by it.
  Judgement next(const Cues& cues, Direction direction, UtcSeconds sent, const std::optional<Judgement>& decided = {});

 private:
  // What lies between the two sides: who proposed last and when, whether it was accepted, changed, put off …
  struct Open {
    bool proposed = false;
    Direction by = Direction::in;
    UtcSeconds at = 0;
  };
  Open open_;
};

}  // namespace genchi::facts
