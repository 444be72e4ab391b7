// What people wrote on clients, conversations and messages, as it stands now: state, mark, who takes care of it, tags.
// For ourselves only: nothing that a client may see shows any of it.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "index/query.hpp"

namespace genchi::cli {

/// The marks there are: Liny's eight, the first two of which keep their names, and those that were added.
class Marks {
 public:
  explicit Marks(Store& store);
  static constexpr int fixed = 2;
  struct Mark {
    int number = 0;
    std::string name;
  };
  const std::vector<Mark>& all() const { return marks_; }
  std::string name(std::string_view number) const;  ///< "" for none
  const Mark* find(std::string_view name) const;    ///< by name as it folds; null: there is none
  std::string list() const;                         ///< the names, for complaints

 private:
  std::vector<Mark> marks_;
};

struct Written {
  std::string state;     ///< "open" 要対応, "done" 対応済み, "" nothing was said
  std::string mark;      ///< its name
  std::string assignee;
  std::vector<std::string> tags;  ///< sorted
  UtcSeconds state_time = 0;      ///< when the state was set
};

/// What was written on one target comes to, `all` oldest first.
Written written_of(const std::vector<catalogue::Annotation>& all, const Marks& marks);

/// The keys state, mark, assignee, tags.
void add_written_keys(nlohmann::ordered_json& row, const Written& written);

/// A note with its versions, oldest first.
struct Note {
  std::string number;
  std::vector<catalogue::Annotation> versions;
  bool taken_back() const { return versions.back().value.empty(); }
};
std::vector<Note> notes_of(const std::vector<catalogue::Annotation>& all);
/// The fields that are filled in, by name.
std::vector<std::pair<std::string, std::string>> fields_of(const std::vector<catalogue::Annotation>& all);

/// All of it, read once. Time and memory: what was ever written.
class WrittenBook {
 public:
  explicit WrittenBook(Store& store);
  const Marks& marks() const { return marks_; }
  /// By the identifier that the client goes by, or the target of an annotation.
  const Written& of(const std::string& target) const;
  /// What mark:, tag: and assignee: mean. "-" as assignee: nobody.
  index::Annotated find(std::string_view field, std::string_view value) const;

 private:
  /// `folded` empty: any assignee.
  bool fits(const Written& written, std::string_view field, std::string_view folded, std::string_view mark) const;

  Store& store_;
  Marks marks_;
  std::map<std::string, Written> by_target_;
};

/// 要対応, 対応済み; "" for none.
std::string state_word(std::string_view state);
/// "open", "done" for what people write; "" for anything else.
std::string state_named(std::string_view written);

/// Throws Error if what somebody wrote is nothing but blanks or invisible.
void require_words(const std::string& written);
/// … or has no letter or figure by which it is found again (marks and tags fold).
void require_name(const std::string& written);

/// Who does this: --by, else `name` of the settings, else the user's name on this machine.
std::string who_am_i(const Context& context, const std::string& by);

}  // namespace genchi::cli
