// A message as lists and JSON show it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <unordered_map>

#include "cli/command.hpp"
#include "index/search.hpp"
#include "store/message_words.hpp"

namespace genchi::cli {

/// Client numbers and names for the identifiers of messages, looked up once each.
class ClientNames {
 public:
  explicit ClientNames(Store& store) : store_(store) {}
  struct Label {
    std::int64_t number = 0;  ///< 0: nobody's
    std::string name;
  };
  const Label& of(const std::string& identifier);
  /// The clients a message concerns, the main one first.
  std::vector<Label> all(const MessageRecord& message);

 private:
  Store& store_;
  std::unordered_map<std::string, Label> known_;
};

/// The message with this id, or beginning of an id. Throws Error for none and for several, which it names.
catalogue::Found find_message(Store& store, const std::string& id);

/// Digits of an id in lists: ids of a million messages differ in them.
inline constexpr std::size_t short_id_digits = 10;

/// A client as a value in JSON.
nlohmann::ordered_json label_json(const ClientNames::Label& label);

/// Name and number, for people, of at most `columns`: the name is cut, not the number.
std::string label_word(const ClientNames::Label& label, std::size_t columns);

/// What is attached: a list of name and kind.
nlohmann::ordered_json files_json(const std::vector<AttachedFile>& files);

/// The file that belongs to a LINE message (`attach`), with the folder it came from; null if there is none.
nlohmann::ordered_json attached_json(Store& store, const Sha256& message);

/// The keys of `search` and `show` (README, "JSON"). `with_text` adds "text"; highlights refer to it.
nlohmann::ordered_json message_json(const index::Hit& hit, const index::Snippet& snippet, ClientNames& names, bool with_text);

/// Two or three lines for a list: who, when, which channel; subject; snippet.
void print_hit(Output& out, const index::Hit& hit, ClientNames& names, const char* mark);

/// `text` made safe, with the stretches highlighted. `multiline` keeps line ends.
std::string highlighted(const Output& out, std::string_view text, const std::vector<index::Highlight>& spans, bool multiline);

/// "[our memo] " before the words of one, "" before others'.
std::string memo_mark(std::uint32_t flags);
/// … in JSON: own, confirmed or null.
nlohmann::ordered_json memo_json(std::uint32_t flags);
/// The words of whoever wrote a message: without what it quotes, signatures and greetings, unless there is nothing else.
/// Not made safe for a terminal.
std::string own_words(const MessageRecord& message);
/// `text`, safe already, on lines of at most `columns`, broken at blanks or between Japanese characters.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);
/// Name, else address, safe for a terminal.
std::string person_word(const Person& person);

}  // namespace genchi::cli
