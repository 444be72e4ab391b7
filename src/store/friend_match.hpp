// Which clients the friends of a list are. Knows neither catalogue nor archive; nothing is applied here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/friend_list/friend_list.hpp"

namespace genchi {

/// A client as far as friends are told by it.
struct FriendTarget {
  /// A LINE chat and every name it was seen with.
  struct Chat {
    std::string account;
    std::vector<std::string> names;
  };
  std::int64_t number = 0;
  std::vector<std::string> names; ///< of people and firms, from mail or given
  std::vector<Chat> chats;
  std::vector<std::string> phones; ///< in any spelling
  std::vector<std::string> addresses;
};

/// What tells that a friend is a client, surest first.
enum class FriendEvidence : std::uint8_t {
  address,   ///< a mail address in its fields
  phone,     ///< a phone number in its fields
  line_name, ///< a chat of the account has this very name
  full_name, ///< family and given name, or a firm's, but for honorifics, spaces and forms of companies
};
std::string_view
evidence_name(FriendEvidence evidence); ///< "address" "phone" "line_name" "full_name", for JSON

struct FriendCandidate {
  std::int64_t client = 0;
  std::vector<FriendEvidence> by; ///< ascending
};

/// What is known of one row.
struct FriendMatch {
  enum class Outcome {
    one,      ///< `candidates` has the client
    several,  ///< it may be any of them
    disagree, ///< one thing points to one client, another to another: perhaps they are one, but a person has
              ///< to say so
    shared,   ///< other rows point to the same client, at least as surely
    none,
  };
  Outcome outcome = Outcome::none;
  std::vector<FriendCandidate> candidates; ///< by number; up to max_candidates
  std::size_t candidate_count = 0;
  static constexpr std::size_t max_candidates = 20;

  /// The client, if it is certain.
  std::optional<std::int64_t> client() const {
    return outcome == Outcome::one ? std::optional(candidates.front().client) : std::nullopt;
  }
};
std::string_view outcome_name(FriendMatch::Outcome outcome); ///< "one" "several" "disagree" "shared" "none"

/// One for each row. `account`: the LINE account that the list is of, as it is called in the archive; "" any.
///
/// A friend is a client if all that is known points to it and to no other. Two clients of one display name,
/// two friends of one display name, and a family name alone tell nobody apart. Time: n log n in rows and
/// names.
std::vector<FriendMatch> match_friends(const std::vector<friends::FriendRow>& rows,
                                       const std::vector<FriendTarget>& clients,
                                       std::string_view account = {});

} // namespace genchi
