// The way out: originals byte for byte, or mails and messages in forms that other programs read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "index/search.hpp"
#include "store/store.hpp"

namespace genchi {

/// The name of the file that says for which accounts an export was made; in its folder (src/README.md, "Export").
inline constexpr const char* export_note_name = "genchi-export.json";

/// What is to go out. Everything: all originals, hidden ones, copies, and what was set aside. Else the originals of the
/// messages found. Memory: 72 bytes a LINE row, 8 a mail.
struct ExportSelection {
  bool everything = true;
  std::vector<EntryId> mails;  ///< all copies and twins, memos, and files that belong to LINE messages, ascending
  struct Row {
    EntryId entry = 0;
    std::uint64_t offset = 0, length = 0;
    Sha256 id;
    auto operator<=>(const Row&) const = default;
  };
  std::vector<Row> rows;       ///< of LINE downloads, in the order of entry and offset
  bool empty() const { return !everything && mails.empty() && rows.empty(); }
};

/// What an export says of the files in a folder with `media_mark`: after a line for people one line of JSON for each file
/// ("file", its "name"), and for each message that one belongs to ("attached" its digest, "message", "by", and what tells the
/// message in any archive: Catalogue::RowMark). Lines that say something else are passed over.
struct MediaNotes {
  std::map<std::string, std::string> names;  ///< of files in that folder: what they were called
  struct Tie {
    Sha256 digest, message;
    catalogue::Catalogue::RowMark mark;
    std::string by;
  };
  std::vector<Tie> ties;
};
void read_media_notes(std::string_view text, MediaNotes& notes);

/// The messages that match. `with_hidden`: spam and trash too.
ExportSelection select_messages(Store& store, const index::Node& query, bool with_hidden, const Store::Stop& stop);

enum class ExportForm { originals, maildir, eml, line_csv };

struct ExportOptions {
  bool copies = false;   ///< forms other than originals: every copy of a mail, not one
  Store::Stop stop;
  Progress* progress = nullptr;
};

struct ExportReport {
  std::uint64_t mails = 0;
  std::uint64_t downloads = 0;   ///< LINE files written whole
  std::uint64_t excerpts = 0;    ///< LINE files of which some rows were written
  std::uint64_t rows = 0;        ///< in these
  std::uint64_t set_aside = 0;
  std::uint64_t memos = 0;
  std::uint64_t media = 0;       ///< files that belong to LINE messages
  std::uint64_t files = 0, bytes = 0;
  /// Translated: originals that could not be read, and mails that have no such form; the rest is written.
  std::vector<std::string> left_out;
  std::uint64_t left_out_count = 0;  ///< of which the first 1,000 are named
  std::uint64_t doubtful = 0;        ///< written, but programs will hardly take them for mails
};

/// Writes a folder. It appears whole, under its name, when all is written (0700, files 0600); what is broken off leaves
/// nothing, or after a crash a folder `out`.part-XXXXXX. Throws Error: `out` exists and is not an empty folder; a full
/// disk; interrupted. Memory: the largest original twice (a mail four times), and what the selection takes.
ExportReport export_folder(Store& store, const ExportSelection& selection, ExportForm form, const std::filesystem::path& out,
                           const ExportOptions& options);

/// Gives the mails of the selection as one mbox, in pieces.
ExportReport export_mbox(Store& store, const ExportSelection& selection, const std::function<void(std::string_view)>& write,
                         const ExportOptions& options);

/// The messages that match, oldest first. Memory: 8 bytes a message, and about 5,000 messages at a time.
void each_message_by_time(Store& store, std::unique_ptr<index::Node> query, bool with_hidden, const Store::Stop& stop,
                          const std::function<void(index::Hit&&)>& fn);

/// A file that appears whole under its name with commit(); else it is gone. Mode 0600.
class NewFile {
 public:
  /// Throws Error if there is such a file already, unless it is empty.
  explicit NewFile(const std::filesystem::path& path);
  ~NewFile();
  void write(std::string_view bytes);
  void commit();

 private:
  void flush();
  std::filesystem::path path_, temporary_;
  std::string buffer_;
  Fd fd_;
};

/// Account folders of an export that `folder` is: name of the folder in it → account. Empty if it is none, or for one
/// account without a name.
std::map<std::string, std::string> accounts_of_export(const std::filesystem::path& folder);
/// What people had said of talks in such a folder, by the digest of each.
std::map<Sha256, talk::Choices> talks_of_export(const std::filesystem::path& folder);

}  // namespace genchi
