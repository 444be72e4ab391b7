// What people write on clients, conversations and messages: marks, who takes care of it, tags, notes, fields. Rows of the
// journal; nothing of it is ever in what a client may see.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "archive/archive.hpp"

namespace genchi::catalogue {

/// One thing written on one target. Later ones of the same target, `what` and `name` take its place; all stay as history.
struct Annotation {
  enum class What {
    state,      ///< value: "open" 要対応, "done" 対応済み, "" as the talk itself says
    mark,       ///< value: number of a mark; "" none
    assignee,   ///< value: who takes care of it; "" nobody
    tag,        ///< name: the tag; value: "1", "" taken off
    field,      ///< name: the field; value; "" taken away
    note,       ///< name: seq of its first version, "" for a new one; value: text, "" taken back
    mark_name,  ///< no target; name: number of the mark; value: what it is called from now on
    reminded,   ///< value: by what; the client was reminded of what we wait for
    confirmation, ///< of a memo; value: id of the client's answer to our confirmation mail, "" taken back
    attached     ///< of a LINE message that holds the place of a file; value: SHA-256 of the file, "" taken back
  };
  Seq seq = 0;           ///< of its row
  UtcSeconds time = 0;   ///< of its row
  What what = What::mark;
  std::string target;    ///< identifier of a client; "message:" and an id; "conversation:" and the id of one of its messages
  std::string name;
  std::string value;
  std::string by;        ///< who wrote it
};
std::string_view what_name(Annotation::What what);
std::string to_payload(const Annotation& annotation);
/// nullopt for a payload that is something else.
std::optional<Annotation> read_annotation(std::string_view payload);

}  // namespace genchi::catalogue
