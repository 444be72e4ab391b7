// The folder that an export writes: files with their hashes and a table of contents, seen when it is whole.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "genchi/time.hpp"

namespace genchi::exporting {

/// A row of contents.csv beside the file's own name, size and hash.
struct ListedFile {
  std::string kind;         ///< "mail" "line" "line-rows" "line-row" "set-aside" "memo" "media"
  std::string message;      ///< id; "" where it is not one message
  std::string original;     ///< SHA-256 of the original it was made of
  std::string account, mailbox, flags, source, remark;
  std::uint64_t offset = 0; ///< in the source; a row: in its download
  std::uint64_t length = 0; ///< a row: its bytes; else the file's size is listed
  std::uint64_t line = 0;
};

class ExportFolder {
 public:
  /// Throws Error if `out` exists and is no empty folder.
  explicit ExportFolder(const std::filesystem::path& out);
  ~ExportFolder();
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;

  /// Writes a file (0600) with its folders, gives it a time unless 0, and enters it in both lists.
  /// REQUIRES: no file has this path yet.
  void write(const std::string& path, std::string_view bytes, UtcSeconds time, const ListedFile& listed);
  /// Enters something without a file of its own in contents.csv.
  void list(const ListedFile& listed);
  void make_folder(const std::string& path);
  /// Marks a folder so that what lies in it is not taken for mail or a download when it is imported.
  void mark_set_aside(const std::string& path);
  /// Marks a folder so that what lies in it is taken for memos. `notes`: lines about them.
  void mark_memos(const std::string& path, const std::string& notes);
  /// … for files that belong to LINE messages.
  void mark_media(const std::string& path, const std::string& notes);
  /// Says in a folder (with a slash at its end) which mailbox it is, where its name cannot.
  void mark_mailbox(const std::string& path, const std::string& mailbox);
  bool exists(const std::string& path) const;
  /// What stands before "2," in names of a Maildir: ':', or ';' where the file system knows none.
  char info_mark() const { return info_mark_; }
  /// `name` as the file system takes it.
  std::string takeable(std::string name) const;
  /// The note for machines; with it README.txt.
  void add_note(const std::string& json);
  /// Makes it durable and gives it its name.
  void commit();

  std::uint64_t files() const { return files_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using List = std::unique_ptr<std::FILE, CloseFile>;

  List open_list(const char* name);
  void put(List& list, const std::string& text, const char* name);
  void create(const std::string& path, std::string_view bytes, UtcSeconds time);
  void enter(const ListedFile& listed, const std::string& path, std::uint64_t size, const std::string& hash);
  void enter_own(const std::string& name);

  std::filesystem::path out_, part_;
  List hashes_, contents_;
  std::set<std::string> folders_;
  char info_mark_ = ':';
  std::uint64_t files_ = 0, bytes_ = 0;
  bool done_ = false;
};

}  // namespace genchi::exporting
