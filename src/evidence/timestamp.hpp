// Answers of time-stamping authorities (RFC 3161) as files: what they stamp, when, and whether that holds. Nothing is sent
// anywhere; the user brings request and answer (README, "Anchors").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::evidence {

struct Timestamp {
  UtcSeconds time = 0;      ///< whole seconds of its genTime
  std::string authority;    ///< subject of the certificate it is signed with, as OpenSSL writes it; untrusted text
  std::string serial;       ///< of the token, hexadecimal
};

/// Reads a TimeStampResp (or the bare token in one) over data with this SHA-256, and checks imprint and signature with the
/// certificate in it. Throws Error that says what is wrong: not granted, another imprint, no certificate in it (the request
/// needs -cert), a bad signature. It does not say who the authority is.
Timestamp read_timestamp(std::string_view answer, const Sha256& stamped);
/// … and that its certificate leads to one of these (PEM, several in one text). Throws Error if it does not.
void check_authority(std::string_view answer, const Sha256& stamped, std::string_view certificates);
/// The imprint of an answer; nullopt if it is none, or not by SHA-256.
std::optional<Sha256> stamped_digest(std::string_view answer);

}  // namespace genchi::evidence
