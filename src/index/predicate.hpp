// The exact answer to "does this message match", and what in it made it match. Private to the index.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/passage.hpp"
#include "index/query.hpp"
#include "text/names.hpp"

namespace genchi::index {

/// A message whose fields are folded when they are first asked for, each once. Holds on to the record.
class FoldedMessage {
 public:
  explicit FoldedMessage(const MessageRecord& record) : record_(record) {}
  const MessageRecord& record() const { return record_; }
  const std::string& field(TextField field);
  /// Is the word in any field? The likely ones are asked first.
  bool has_word(const Node& word);
  bool field_has_word(TextField field, const Node& word);

 private:
  bool was_katakana(TextField field, std::size_t at);

  const MessageRecord& record_;
  std::array<std::optional<std::string>, 6> fields_;
  /// Of each byte of a folded field; made for the few words to which it matters.
  std::array<std::optional<std::vector<bool>>, 6> katakana_;
};

bool matches(const Node& query, FoldedMessage& message);

/// Does an account: node accept this account name?
bool account_matches(const Node& node, std::string_view folded_account);

/// A word that a query asks for, not under NOT, each once.
struct Needle {
  const Node* word;  ///< of the query
  bool subject_only; ///< from subject:
};
/// At most `limit` of them.
std::vector<Needle> positive_needles(const Node& query, std::size_t limit = 100);

/// The text of a field as it was written, its parts apart.
std::vector<std::string_view> written_texts(const MessageRecord& message, TextField field);

/// Does the query ask for messages with one of these flags by is:, not under NOT?
bool asks_for_flags(const Node& query, std::uint32_t flags);

} // namespace genchi::index
