// The client book: what people decided about who is who. Rows of the journal, in whose order they count; identifiers only,
// no numbers, so that it means the same after everything else was derived anew.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"

namespace genchi::catalogue {

struct BookDecision {
  enum class Action {
    merge,   ///< the clients of `identifiers` are the client of `into`
    move,    ///< just `identifiers` go to the client of `into`
    split,   ///< `identifiers` are a client of their own
    rename,  ///< the client of `into` is called `value`; "" as it calls itself
    kind,    ///< the client of `into` is a "company" or a "person"; "" as guessed
    undo     ///< the decision of row `undone` counts for nothing; it may be an undo itself
  };
  Action action = Action::merge;
  std::string into;
  std::vector<std::string> identifiers;
  std::string value;
  Seq undone = 0;
  std::string by;  ///< who decided
};
std::string to_payload(const BookDecision& decision);
std::optional<BookDecision> read_book_decision(std::string_view payload);

/// A decision as it stands in the journal.
struct BookEntry {
  Seq seq = 0;
  UtcSeconds time = 0;
  BookDecision decision;
  bool undone = false;
};

/// "domain:…" for a company's address, else "addr:…".
std::string client_identifier(std::string_view address);

/// What the decisions come to. An identifier nobody decided about is the client of itself; but an address of a company is
/// the company's.
class Book {
 public:
  Book() = default;
  /// `entries` ascending; sets `undone` in them. `current`: an identifier as it is called now (chats' keys change).
  Book(std::vector<BookEntry>& entries, const std::function<std::string(const std::string&)>& current);

  /// The identifier that the client goes by to whom this one belongs.
  std::string head(const std::string& identifier) const;
  /// Was it decided whose this identifier is?
  bool decided(const std::string& identifier) const { return heads_.contains(identifier); }
  /// All identifiers of the client that goes by `head`, that one first.
  std::vector<std::string> members(const std::string& head) const;
  /// Given by a person; "" none.
  std::string name(const std::string& head) const;
  std::string kind(const std::string& head) const;
  const std::map<std::string, std::string>& heads() const { return heads_; }
  /// Names given, by identifier of the client.
  const std::map<std::string, std::string>& names() const { return names_; }

 private:
  void apply(const BookDecision& decision, const std::function<std::string(const std::string&)>& current);
  void put(const std::string& identifier, const std::string& head);
  void leave(const std::string& identifier);

  std::map<std::string, std::string> heads_;                 // of each identifier decided about
  std::map<std::string, std::vector<std::string>> members_;  // by head, in the order they came
  std::map<std::string, std::string> names_, kinds_;         // by head
};

}  // namespace genchi::catalogue
