// Is a draft for one client about to tell what belongs to another? What the draft holds is asked of catalogue
// and index one by one; the archive is not read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/draft.hpp"
#include "store/store.hpp"

namespace genchi {

/// What is found. The names are part of the JSON contract.
enum class GuardKind {
  salutation, ///< it addresses somebody whom this client does not know
  recipient,  ///< it goes to an address of another client
  name,
  address,
  phone,
  amount,
  file,
};
std::string_view guard_kind_name(GuardKind kind);

struct GuardFinding {
  struct Other {
    std::int64_t number = 0;
    std::string name;
  };
  struct Message {
    Sha256 id;
    Moment sent;
    Channel channel = Channel::mail;
    Direction direction = Direction::in;
    std::string quote; ///< the line that holds it, blanks joined
  };
  GuardKind kind = GuardKind::name;
  DraftSpan span;           ///< where it stands first
  std::uint32_t line = 0;   ///< as people count in that part; 0: it has no lines
  std::uint32_t column = 0; ///< in characters, from 1
  std::uint32_t times = 1;  ///< in how many places
  std::string surface;
  std::vector<Other> others; ///< clients it occurs with, newest first; none: nobody is called so (salutation)
  bool more = false;         ///< it occurs with others than these too
  std::optional<Message> newest; ///< with the first of `others`
};

struct GuardLimits {
  std::size_t max_text_bytes = 1 << 20; ///< of the draft
  std::size_t max_words = 2'000;        ///< names, numbers, amounts … looked up: some ms each
  std::size_t max_others = 3; ///< clients named; amounts, files and names that more of them have are common
};

/// What occurs with other clients and not with the one whose identifiers these are, in the order of the
/// draft. Our own names, addresses and numbers are none; nor is what occurs with more than max_others, but
/// for addresses and people who are addressed. Throws Error for a draft beyond the limits: one that is
/// checked in part must not look checked.
std::vector<GuardFinding> guard_draft(Store& store, const Draft& draft,
                                      const std::vector<std::string>& identifiers,
                                      const GuardLimits& limits = {});

} // namespace genchi
