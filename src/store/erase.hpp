// Erasing clients and messages for good: what goes, what has to stay and why, and how what went is known when it comes in again.
// src/README.md, "Erasing".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/keeping.hpp"
#include "store/store.hpp"

namespace genchi {

struct EraseRequest {
  std::vector<std::vector<std::string>> clients;  ///< all identifiers of each, the one it goes by first
  std::vector<Sha256> messages;
  Business business;
  bool documents_too = false;                     ///< also those that have to be kept
  CivilDay today;
};

struct ErasePlan {
  enum class Stays {
    document,      ///< a business document whose keeping period has not ended
    undetermined,  ///< a business document, and the settings do not tell how long it has to be kept
    shared,        ///< other clients are among its people
    unreachable    ///< LINE's own words in a talk, and rows whose sender cannot be told
  };
  struct Kept {
    Sha256 id;
    Channel channel = Channel::mail;
    UtcSeconds sent = 0;
    Stays why = Stays::document;
    DocumentKind document = DocumentKind::none;
    std::optional<CivilDay> until;
  };
  struct Count {
    std::uint64_t messages = 0;
    UtcSeconds first = 0, last = 0;
  };
  std::map<Channel, Count> goes;
  std::vector<Kept> stays;                 ///< by time
  /// Addresses that the journal goes on naming, since who writes from there would be taken for another client, and that one.
  std::vector<std::pair<std::string, std::string>> apart;
  std::vector<Sha256> ids;                 ///< of the messages that go
  std::uint64_t originals = 0;             ///< that go whole: copies of mails, downloads, files
  std::uint64_t files = 0;                 ///< of these, saved photos and files
  std::uint64_t shared = 0;                ///< messages that go by their ids, and concern several clients
  std::uint64_t written = 0;               ///< notes, marks, decisions that go
  Archive::Erasure what;
};

/// Changes nothing. REQUIRES: the catalogue is current. Throws Error if a client is kept (`genchi keep`), naming why.
ErasePlan plan_erasing(Store& store, const EraseRequest& request);

/// Does it; `why` is a JSON object for the journal. False: another process reads, so bytes may still lie in the folder; the next
/// import goes on. Can be killed anywhere.
bool carry_out(Store& store, const ErasePlan& plan, std::string_view why, Progress* progress, const Store::Stop& stop);

/// Journal rows of what people wrote on these messages and decided about them; with `clients` (identifiers that clients go by),
/// on those, too.
std::vector<Seq> written_on(Store& store, const std::vector<Sha256>& messages, const std::vector<std::string>& clients);
/// Journal rows that say who these clients are, what they are called and that they were kept, and name nobody else. Those that
/// keep an address apart from a client that remains stay: `apart` is what they name, and that client.
std::vector<Seq> said_of(Store& store, const std::vector<std::string>& clients, std::vector<std::pair<std::string, std::string>>& apart);

}  // namespace genchi
