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
  std::vector<Sha256> ids;                 ///< of the messages that go
  std::uint64_t originals = 0;             ///< that go whole: copies of mails, downloads, files
  std::uint64_t files = 0;                 ///< of these, saved photos and files
  std::uint64_t written = 0;               ///< notes, marks, decisions that go
  Archive::Erasure what;
};

/// Changes nothing. REQUIRES: the catalogue is current. Throws Error if a client is kept (`genchi keep`), naming why.
ErasePlan plan_erasing(Store& store, const EraseRequest& request);

/// Does it; `why` is a JSON object for the journal. False: another process reads, so bytes may still lie in the folder; the next
/// import goes on. Can be killed anywhere.
bool carry_out(Store& store, const ErasePlan& plan, std::string_view why, Progress* progress, const Store::Stop& stop);

/// A row of a chat by what it is known by.
struct RowName {
  bool ours = false;
  UtcSeconds sent = 0;        ///< where `minute`, the beginning of it
  std::uint64_t content = 0;  ///< hash of the normalised content
  bool minute = false;        ///< of a talk
  bool telling = false;       ///< a friend's text of four characters or more
};
/// What stands in its place tells it from others, in all downloads and talks alike.
std::string mark_of(const Archive& archive, const RowName& row);
/// Which rows of a file that comes in were erased once, by their numbers. A chat is known again by five of its telling rows, or
/// by all if it had fewer, or by its name and one row.
std::vector<std::size_t> rows_erased_before(const Archive& archive, const std::vector<RowName>& rows, std::string_view chat_name);
/// Their tombstones, for Archive::restore().
std::vector<std::string> tombstones_of_rows(const std::vector<RowName>& rows);

/// Journal rows of what people wrote on these messages and decided about them; with `clients` (identifiers that clients go by),
/// on those, too.
std::vector<Seq> written_on(Store& store, const std::vector<Sha256>& messages, const std::vector<std::string>& clients);

}  // namespace genchi
