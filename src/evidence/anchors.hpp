// Anchors of an archive and their time stamps, as its journal has them (rows of kind `anchor`).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/proof.hpp"
#include "evidence/timestamp.hpp"

namespace genchi::evidence {

struct KeptAnchor {
  Seq row = 0;              ///< of the journal, always behind what the anchor covers
  Anchor anchor;
  std::string text;
  struct Stamp {
    std::string answer;     ///< DER, as it was given
    Timestamp read;
  };
  std::vector<Stamp> stamps;  ///< in the order they were given
};

/// All of them, oldest first. Stamps that cannot be read any more are left out (`verify` names what was altered).
std::vector<KeptAnchor> kept_anchors(const Archive& archive);
/// Writing: makes one over all of the journal and journals it. If the newest one covers all but itself and time stamps, that one.
KeptAnchor keep_anchor(Archive& archive, UtcSeconds now);
/// Writing: journals an authority's answer for the anchor that it stamps. Throws Error: for none of them, already held, or
/// what read_timestamp() throws.
KeptAnchor keep_stamp(Archive& archive, std::string_view answer);

}  // namespace genchi::evidence
