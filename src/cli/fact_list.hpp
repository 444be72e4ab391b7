// What the lists of prices, deals, days and the ledger have in common: which client, which messages, in whose words, and
// what became of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "facts/deals.hpp"

namespace genchi::cli {

/// The one client that somebody means by a number or a part of a name. Throws Error for none, and for several, which it
/// names: these lists never mix two clients up.
struct ChosenClient {
  std::int64_t number = 0;
  std::string name;
  std::vector<std::string> identifiers;
};
ChosenClient choose_client(Store& store, const std::string& written);

/// The filters of a list as the catalogue takes them. `client`: of the command line, instead of --client; "" none.
catalogue::MessageFilter message_filter(const ListOptions& list, const index::QueryContext& context, Store& store, const std::string& client);

/// The words around a fact, as they stand in the message.
class Quotes {
 public:
  explicit Quotes(Store& store) : store_(store) {}
  /// The line that holds it, blanks joined, at most `before` characters before it and 100 behind; "" if the original is
  /// damaged.
  std::string around(const Sha256& message, const TextSpan& place, std::size_t before = 100);
  /// The fact itself, as written.
  std::string surface(const Sha256& message, const TextSpan& place);
  /// The message; nullptr if it cannot be read. Valid up to the next call.
  const MessageRecord* message(const Sha256& id);

 private:
  Store& store_;
  Sha256 id_;
  std::optional<MessageRecord> record_;  // of id_
  bool read_ = false;
};

/// What became of terms that a message put forward.
enum class Standing { none, agreed, conditional, hold, open, rejected, cancelled, superseded };
std::string_view standing_name(Standing standing);  ///< in JSON: state of a deal, or "superseded"; "" for none
std::string standing_word(Standing standing);            ///< never that a contract was made: genchi does not judge that
Standing standing_of(facts::DealState state);

/// The deals of the clients on a page, each looked up once.
class DealsOf {
 public:
  explicit DealsOf(Store& store) : store_(store) {}
  const std::vector<catalogue::ClientDeal>& client(const std::string& identifier);
  /// What became of a fact in the deal that its message is a step of. `deal`: null if it is in none; valid as long as this.
  struct InDeal {
    Standing standing = Standing::none;
    const catalogue::ClientDeal* deal = nullptr;
  };
  InDeal of(const catalogue::Said& said, const Amount& amount);
  InDeal of(const catalogue::Said& said, const DateFact& date);

 private:
  template <typename Fact, typename Terms> InDeal find(const catalogue::Said& said, const Fact& fact, Terms terms);
  Store& store_;
  std::unordered_map<std::string, std::vector<catalogue::ClientDeal>> known_;
};

/// Reads "offer,accepted" or "all"; throws Error that names those there are.
std::vector<AmountRole> amount_roles(const std::string& written);
std::vector<DateRole> date_roles(const std::string& written);

/// Who said it, for people: ours or theirs.
std::string side_word(Direction direction);
/// … and of a memo, which is neither side's word to the other, that it is one. `flags`: of the message.
std::string side_or_memo(Direction direction, std::uint32_t flags);

/// The keys of `dates`.
nlohmann::ordered_json said_date_json(const catalogue::Said& said, const DateFact& date, Standing standing, const std::string& quote, ClientNames& names, Quotes& quotes);

}  // namespace genchi::cli
