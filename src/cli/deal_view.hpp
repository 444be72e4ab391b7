// A deal with all that lists, pages and mails show of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"

namespace genchi::cli {

/// A message in a deal.
struct DealMessage {
  Sha256 id;                 ///< zero if the message is not listed any more
  Moment sent;
  Channel channel = Channel::mail;
  Direction direction = Direction::in;
  Act act = Act::none;
  bool conditional = false;
  std::string quote;         ///< as written, on one line; not made safe for a terminal
};

/// What was offered or agreed at a time.
struct ShownTerms {
  DealMessage from;          ///< without quote
  std::optional<Amount> amount;  ///< that stands for the whole
  std::vector<DateFact> dates;
};

/// Where else a client may be asked: an address, a phone number, or the channel they wrote in last.
struct OtherChannel {
  Channel channel = Channel::mail;
  std::string at;            ///< address or number; "" only the channel is known
};

struct DealView {
  Sha256 id;
  ClientNames::Label client;
  bool company = false;      ///< the client is a firm or another body, by its domain or the form in its name
  facts::DealState state = facts::DealState::unanswered;
  std::string item;          ///< in the words of whoever named it; "" if nobody did
  std::string subject;       ///< of the first proposal, if that is a mail
  ShownTerms terms;          ///< in force
  UtcSeconds opened = 0;     ///< when it was first proposed
  DealMessage proposed;      ///< by which the terms were put forward that are in force or wait
  std::optional<DealMessage> answered;
  std::vector<DealMessage> later;       ///< after the answer: changes, what was said to them, the cancellation
  std::size_t more_later = 0;           ///< of those, left out
  std::vector<ShownTerms> before;       ///< oldest first
  std::optional<ShownTerms> wanted;     ///< the change that nobody answered
  std::optional<std::int64_t> days_open;  ///< of one that waits: since it was proposed
  bool ours_to_answer = false;          ///< it waits for us
  /// Proposed and accepted, and no message of it is a mail.
  bool only_line = false;
  std::optional<OtherChannel> other_channel;  ///< of one that waits for them

  /// What it is about: the item, else the subject.
  const std::string& matter() const { return item.empty() ? subject : item; }
};

/// Makes views. Quotes are read from the originals, a few messages a deal.
class DealViews {
 public:
  DealViews(Store& store, UtcSeconds now) : store_(store), now_(now), names_(store), quotes_(store) {}
  DealView of(const catalogue::ClientDeal& deal);
  DealMessage message(const facts::DealStep& step, bool with_quote = true);
  ClientNames& names() { return names_; }
  Quotes& quotes() { return quotes_; }

 private:
  struct Known {
    bool company = false;
    std::vector<std::string> addresses;
    std::string phone;
    std::optional<Channel> last_wrote_in;
    bool looked = false;  ///< for phone and last_wrote_in
  };
  Known& known(const std::string& client);
  void look_for_channels(Known& known, const Sha256& from);
  std::optional<OtherChannel> other_channel(const catalogue::ClientDeal& deal, const DealMessage& proposed);
  ShownTerms terms(const facts::Deal& deal, const facts::DealTerms& terms);
  void add_later(const facts::Deal& deal, DealView& view);

  Store& store_;
  UtcSeconds now_;
  ClientNames names_;
  Quotes quotes_;
  std::unordered_map<std::string, Known> known_;
};

/// The deal with this id or its first digits, or the one that a message belongs to. Throws Error for none and several.
catalogue::ClientDeal find_deal(Store& store, const std::string& id);
/// The same for a word that may be something else (a client's name): nullopt unless it is six digits or more of an id.
std::optional<catalogue::ClientDeal> deal_if_meant(Store& store, const std::string& word);

/// Reads "unanswered,hold"; throws Error that names the states there are.
std::vector<facts::DealState> deal_states(const std::string& written);

/// 2026-04-10 (金) 納品, 2026-05-31 (日) 支払.
std::string deal_days_words(const std::vector<DateFact>& dates);

/// The keys of `agreements`.
nlohmann::ordered_json deal_json(const DealView& view);
/// The same for a spreadsheet: one value a cell.
nlohmann::ordered_json deal_cells(const DealView& view);

}  // namespace genchi::cli
