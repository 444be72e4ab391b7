// What a check of an archive finds: one sentence each, with its place and what to do. Found by the layers, told to a
// reporter; never thrown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genchi {

enum class Area { journal, objects, originals, catalogue, index, settings, files };
/// "journal" "objects" … as in JSON.
std::string_view area_name(Area area);

/// `damage`: an original, or an answer, is not what it was or may not be. `note`: worth knowing, nothing is lost.
enum class Severity { damage, note };
std::string_view severity_name(Severity severity);

struct Finding {
  Area area = Area::files;
  Severity severity = Severity::damage;
  std::string file;                     ///< below the archive's folder: "archive.db", "objects/000001.blk"
  std::optional<std::uint64_t> offset;  ///< byte in it
  std::string table;                    ///< of a database
  std::optional<std::int64_t> row;      ///< journal row, block, object … of that table
  std::optional<std::int64_t> entry;    ///< entry of the archive
  std::string message;                  ///< id of a message, hexadecimal
  std::string name;                     ///< client, chat, address … in the catalogue
  std::string source;                   ///< file an original came from
  std::string source_place;             ///< translated: "line 12"
  std::string what;                     ///< translated: what is wrong
  std::string advice;                   ///< translated: what to do; may be empty
};

/// Told of findings one at a time, in an order that does not depend on threads.
using Report = std::function<void(Finding)>;

}  // namespace genchi
