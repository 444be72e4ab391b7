// The one page before answering a client: what is known, gathered from indexes with bounded looks.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/address_forms.hpp"
#include "cli/command.hpp"
#include "cli/deal_view.hpp"
#include "cli/price_list.hpp"
#include "cli/written.hpp"

namespace genchi::cli {

struct Brief {
  /// A message with what it says.
  struct Talk {
    catalogue::Listed listed;
    Person from;
    std::string subject;
    std::string quote;      ///< own words, in one line; or what was attached
    std::vector<AttachedFile> files;
  };
  struct InChannel {
    Channel channel = Channel::mail;
    std::string account;
    UtcSeconds last = 0;
    Sha256 newest;
    std::optional<UtcSeconds> known_until;  ///< LINE: newest download of this client's chats; mail: last import
  };
  struct Copied {
    Person person;
    UtcSeconds last = 0;
    Sha256 newest;
  };
  struct Promised {
    catalogue::Said said;
    DateFact date;
    Standing standing = Standing::none;
    std::string quote;
  };
  struct Complaint {
    Talk talk;
    std::string mark;       ///< that we put on it; "" by its words
  };
  struct Media {
    const char* kind = "";  ///< as has: knows it
    std::uint64_t messages = 0;
    bool exact = true;
    UtcSeconds last = 0;
    Sha256 newest;
    std::uint64_t saved = 0;  ///< LINE: of these, those whose file was saved and attached
  };

  catalogue::Client client;
  Written written;
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<Note> notes;                 ///< newest first
  std::vector<catalogue::Catalogue::PersonSeen> people;
  std::vector<Copied> copied;              ///< in CC of the messages looked at, newest first
  std::vector<AddressForms::OfChannel> addressed;
  std::vector<InChannel> channels;         ///< newest first
  std::optional<catalogue::ClientTurn> turn;
  std::optional<Talk> last_in, last_out;
  std::vector<DealView> open, in_force;    ///< newest first
  bool more_open = false, more_in_force = false;
  std::vector<PriceRow> prices;            ///< the last valid one of each thing, newest first
  bool more_prices = false;
  std::vector<Promised> promised;          ///< from today on, soonest first
  bool more_promised = false;
  std::vector<Complaint> complaints;       ///< newest first
  std::vector<Media> media;
};

/// Time: a bounded number of look-ups, and some 60 messages read.
Brief brief_of(Context& context, Store& store, const catalogue::Client& client);

/// How it stands with a client; nullopt if nothing is open.
std::optional<catalogue::ClientTurn> turn_of(Store& store, const std::vector<std::string>& identifiers);

/// The keys of `brief`.
nlohmann::ordered_json brief_json(const Brief& brief, const Context& context, Store& store);

}  // namespace genchi::cli
