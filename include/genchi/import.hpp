// What passes from importers to the archive: whole originals with their place, and what could not be read.
// An importer knows its format and nothing of the archive; the sink (src/store) knows the archive and no format.
// One thread calls a sink; views are valid during the call only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/i18n.hpp"
#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi {

/// Raised when importers make something else of the same bytes: what a sink remembers of files counts no more then.
inline constexpr int importers_version = 3;

/// What a file turned out to be. The names in `kind_name` are stored in the journal and printed in JSON.
/// `memo`: our own notes of calls and meetings, written here or exported before. `media`: saved files that belong to LINE
/// messages, attached here or exported before.
enum class SourceKind { unknown, mbox, maildir, eml, line_oa, line_talk, memo, media };
std::string_view kind_name(SourceKind kind);  ///< "unknown" "mbox" "maildir" "eml" "line-oa" "line-talk" "memo" "media"
SourceKind kind_from_name(std::string_view name);  ///< unknown for other names
inline bool is_line(SourceKind kind) { return kind == SourceKind::line_oa || kind == SourceKind::line_talk; }

/// Which bytes of a source file (or of a member of a container) something was read from.
struct Place {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint64_t line = 0;  ///< first line, counted from 1; 0 where lines mean nothing
};

/// One file to be read: a mailbox, a Maildir (the whole folder), an .eml, a CSV, a talk, or a member of a container.
struct SourceFile {
  /// What people recognise it by: the path as given, members after `!/`: `backup.zip!/12_青木.csv`. Valid UTF-8
  /// (undecodable bytes as \xNN), no control characters.
  std::string name;
  SourceKind kind = SourceKind::unknown;
  UtcSeconds modified = 0;              ///< of the file, or of the member in its container; 0 unknown
  std::optional<Sha256> digest;         ///< of all its bytes, where it was read whole before (not a Maildir)
  std::uint64_t size = 0;               ///< bytes, 0 unknown
  std::uint64_t resumed_at = 0;         ///< of a mailbox that only grew: messages from here on are given, not those before
};

/// What a mail store says of a message beside its bytes.
struct MailHints {
  std::string folder;                      ///< Maildir++ subfolder ("Sent", "案件/青葉"), decoded; "" the inbox
  std::string flags;                       ///< Maildir flags, sorted, from "DFPRST"
  std::optional<UtcSeconds> store_time;    ///< mbox `From ` line, or the time in a Maildir name
  UtcSeconds file_time = 0;                ///< modification time of the file; 0 unknown
};

/// One mail as it lies in its source.
struct MailItem {
  std::string_view raw;  ///< all its bytes; in an mbox with the `From ` line before and the blank line after it
  Place place;
  MailHints hints;
  std::string member;    ///< within a folder source (Maildir, folder of .eml): the file's name below it; else ""
};

/// A LINE Official Account chat CSV or a talk of the LINE app, whole; which of them the SourceFile says. `bytes` are the
/// file's; it has been recognised as one, nothing more.
struct LineExportItem {
  std::string_view bytes;
  std::string file_name;  ///< last component of the name, decoded: it carries the chat's name and dates
};

/// Something that could not be read as what it should be; its bytes are kept whole as an original.
struct Problem {
  Place place;
  Words reason;             ///< a sentence; the archive keeps it in English
  std::string_view raw;     ///< the bytes to keep; empty if they cannot be had (no permission, damaged container)
  std::string member;       ///< as MailItem::member
};

enum class FileDecision { read, skip };

/// What the file system says of a file without its being opened.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;  ///< since 1970; the latter no program can set
  bool operator==(const FileStamp&) const = default;
};

/// A file of the file system (no member of a container), before it is opened.
struct FileLook {
  std::string_view folder;  ///< path as given, in bytes
  std::string_view name;    ///< its name there, in bytes
  std::string_view role;    ///< what beside its bytes decides how it is read: named itself, file of a Maildir, of which mailbox
  std::string_view group;   ///< name of the SourceFile that it would be a mail of; "" if it was named itself
  FileStamp stamp;
};

/// Up to where a mailbox was read, so that it can be read on from there when it has only grown.
struct MailboxMark {
  std::uint64_t size = 0;         ///< its end
  std::uint64_t last_offset = 0;  ///< where its last message begins, which may have been written in part
  std::uint64_t last_line = 0;
  Sha256 head, tail;              ///< over its beginning and what lies before its end
};

struct FileAnswer {
  bool unchanged = false;           ///< leave it closed: the sink has counted what it holds
  std::optional<MailboxMark> mark;  ///< of the same file when it was shorter
};

/// Receives what importers read. For each file: begin_file, any number of items, end_file.
class ImportSink {
 public:
  virtual ~ImportSink() = default;
  /// Asked before a file is opened, whatever is in it: nothing, a member of an open SourceFile, or many SourceFiles.
  virtual FileAnswer before_opening(const FileLook&) { return {}; }
  /// Told after before_opening() when all of the file was read and it looked the same before and after. Nothing is
  /// told of another file in between. `mark` if it is a mailbox that can be read on.
  virtual void after_reading(const FileLook&, const std::optional<MailboxMark>& mark) { (void)mark; }
  /// `skip` when this very content is held already (the sink has counted it as known); no items, no end_file then.
  virtual FileDecision begin_file(const SourceFile& file) = 0;
  virtual void mail(const MailItem& item) = 0;
  virtual void line_export(const LineExportItem& item) = 0;
  /// A file of a folder with `memos_mark`. Sinks that keep no memos pass it over.
  virtual void memo(const MailItem&) {}
  /// The text of the mark of such a folder, after its memos.
  virtual void memo_notes(std::string_view) {}
  /// The text of the mark of a folder with `media_mark`, and then each of its files. Sinks that keep none pass them over.
  virtual void media_notes(std::string_view) {}
  virtual void media(const MailItem&) {}
  /// Counts as one read and one set aside.
  virtual void set_aside(const Problem& problem) = 0;
  /// A file inside a folder or container that is neither mail nor a LINE download and was not named itself: told so
  /// that every file is accounted for, neither read nor kept. At any time, also between begin_file and end_file.
  virtual void passed_over(const SourceFile& file) = 0;
  /// `digest` and `size` of the bytes as they were read, where the source is one file.
  virtual void end_file(const std::optional<Sha256>& digest, std::uint64_t size) = 0;
  /// Bytes of the outermost files read so far, for a progress display; called often, must be cheap.
  virtual void progress(std::uint64_t bytes_done) = 0;
  /// Asked between items: true makes importers return at once (Ctrl-C).
  virtual bool stop_requested() const { return false; }
};

/// A folder that holds a file of this name holds originals that were set aside before (`genchi export` writes it): its
/// files are set aside again, whatever they look like.
inline constexpr const char* set_aside_mark = "genchi-set-aside.txt";
/// … that holds a file of this name holds memos of our own. Only there is a file taken for one: a mail that calls itself a
/// memo is a mail.
inline constexpr const char* memos_mark = "genchi-memos.txt";
/// … that holds a file of this name holds files that belong to LINE messages; a line of JSON in it says which (store/export.cpp).
inline constexpr const char* media_mark = "genchi-media.txt";

struct ImportLimits {
  std::uint64_t max_message_bytes = 4ULL << 30;      ///< a single mail; larger is set aside
  std::uint64_t max_export_bytes = 1ULL << 30;       ///< a single LINE file
  std::uint64_t max_expanded_bytes = 200ULL << 30;   ///< out of one container
  std::uint64_t max_expansion_ratio = 1000;          ///< expanded / compressed, once 64 MiB are out
  std::uint64_t max_members = 1'000'000;             ///< of one container
  int max_container_depth = 3;                       ///< zip in tar in gz ...
  int max_folder_depth = 64;
};

struct ImportOptions {
  SourceKind as = SourceKind::unknown;  ///< read every file as this kind, instead of looking at it
  ImportLimits limits;
};

/// Reads a file, a folder (recursively, in name order, symbolic links to folders not followed) or a container, and
/// gives everything found to the sink. What is not mail and not a LINE download is set aside when it was named
/// itself or with `as`, and passed over inside folders and containers, unless it looks like a damaged one of ours.
/// Throws Error only if `path` itself does not exist; what cannot be opened is a Problem.
/// Of a damaged container what comes out is given, and its bytes are set aside whole; so is a container with encrypted
/// members. A file that was written to while it was read gets no digest at its end and a Problem: the last message of
/// a mailbox, or all of another file, is set aside. Memory: what one file of a folder or container needs is held up to
/// 64 MiB, mails and members beyond 16 MiB in unlinked temporary files.
void import_path(const std::filesystem::path& path, const ImportOptions& options, ImportSink& sink);

/// Sum of the sizes of the files below `path`, for a progress display; 0 if unknown. Does not open files.
std::uint64_t total_size(const std::filesystem::path& path);

}  // namespace genchi
