#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "genchi/import.hpp"
#include "importers/maildir/maildir.hpp"
#include "importers/mbox/mbox.hpp"
#include "importers/reader.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;
using importers::FoundFile;
using importers::Outcome;
using importers::Reader;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

// What lies in a folder, in name order.
struct Listing {
  std::vector<std::string> files;   // everything that is no folder
  std::vector<std::string> folders;
  std::error_code error;

  bool has_folder(const char* name) const { return std::ranges::binary_search(folders, name); }
  bool has_file(const char* name) const { return std::ranges::binary_search(files, name); }
};

// Calls each(name, is_folder); links are no folders. False, with errno, if not all could be listed.
template <typename Each> bool for_each_in(DIR* folder, const Each& each) {
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(folder);
    if (!entry) return errno == 0;
    if (std::string_view(entry->d_name) == "." || std::string_view(entry->d_name) == "..") continue;
    bool is_folder = entry->d_type == DT_DIR;
    struct stat info {};
    if (entry->d_type == DT_UNKNOWN)
      is_folder = ::fstatat(::dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
    each(entry->d_name, is_folder);
  }
}

OpenFolder open_folder(int parent, const char* path) {
  const int fd = ::openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* folder = fd < 0 ? nullptr : ::fdopendir(fd);
  if (fd >= 0 && !folder) ::close(fd);
  return OpenFolder(folder);
}

Listing list(const OpenFolder& folder) {
  Listing listing;
  const auto take = [&](const char* name, bool is_folder) {
    (is_folder ? listing.folders : listing.files).emplace_back(name);
  };
  if (!folder || !for_each_in(folder.get(), take)) listing.error = {errno, std::generic_category()};
  std::ranges::sort(listing.files);
  std::ranges::sort(listing.folders);
  return listing;
}

// What Dovecot and Courier keep in a Maildir beside the mails.
bool is_mail_server_file(std::string_view text) {
  return text == "maildirfolder" || text == "maildirsize" || text == "subscriptions" || text.starts_with("dovecot") ||
         text.starts_with("courier");
}

// `a/b/` is the folder `a/b`.
fs::path without_trailing_slash(const fs::path& path) {
  return path.has_filename() || !path.has_relative_path() ? path : path.parent_path();
}

// What the sink is asked of a file before it is opened, and told once it was read.
class Inquiry {
 public:
  /// Looks at `path`, relative to the open folder `at`. What `look` points to must outlive this.
  Inquiry(Reader& reader, int at, const char* path, const FileLook& look) : reader_(reader) {
    struct stat info {};
    if (::fstatat(at, path, &info, 0) != 0 || !S_ISREG(info.st_mode)) return;
    look_ = look;
    look_->stamp = importers::stamp_of(info);
    answer_ = reader.sink().before_opening(*look_);
    if (!answer_.unchanged) return;
    reader.begin_outermost(look_->stamp.size);
    reader.end_outermost();
  }

  bool unchanged() const { return answer_.unchanged; }
  bool was_shorter() const { return answer_.mark.has_value(); }

  Outcome read(importers::OpenedFile opened, const FoundFile& file) {
    reader_.begin_outermost(opened.size);
    const FileStamp at_opening = opened.stamp;
    importers::FdSource source(std::move(opened), reader_.outermost_counter());
    Outcome outcome = Outcome::done;
    if (!answer_.mark || !reader_.read_grown(source, file, *answer_.mark)) outcome = reader_.read_found(source, file);
    if (outcome == Outcome::waits || reader_.stopped()) return outcome;
    if (look_ && at_opening == look_->stamp && source.stamp() == look_->stamp)
      reader_.sink().after_reading(*look_, reader_.mark());
    return outcome;
  }

 private:
  Reader& reader_;
  std::optional<FileLook> look_;
  FileAnswer answer_;
};

class FolderWalk {
 public:
  explicit FolderWalk(Reader& reader) : reader_(reader) {}

  void run(const fs::path& folder) {
    std::vector<std::string> components;
    // A Maildir++ subfolder named itself still is that mailbox.
    const std::string base = folder.filename().string();
    if (base.size() > 2 && base[0] == '.' && base[1] != '.') components.push_back(base);
    walk(folder, components, 0);
  }

 private:
  void walk(const fs::path& folder, const std::vector<std::string>& components, int depth) {
    if (reader_.stopped()) return;
    OpenFolder open = open_folder(AT_FDCWD, folder.c_str());
    Listing listing = list(open);
    const bool too_deep = depth > reader_.limits().max_folder_depth;
    if (listing.error || too_deep) set_folder_aside(folder, listing.error);
    if (too_deep) return;
    if (listing.has_file("archive.db") && listing.has_folder("objects")) {
      // An archive of ours: what it holds was imported once.
      reader_.pass_over(found_in(folder.parent_path(), folder.filename(), {}));
      return;
    }
    if (listing.has_file(set_aside_mark)) {
      read_set_aside(folder, listing.files);
      return;
    }
    if (listing.has_file(memos_mark)) {
      read_memos(folder, listing.files);
      return;
    }
    if (listing.has_file(media_mark)) {
      read_media(folder, listing.files);
      return;
    }
    std::optional<std::string> marked;
    if (listing.has_file(importers::mailbox_name_file)) marked = importers::marked_mailbox(folder / importers::mailbox_name_file);
    if (marked) std::erase(listing.files, importers::mailbox_name_file);
    const SourceKind as = reader_.options().as;
    const bool may_be_maildir = as == SourceKind::unknown || as == SourceKind::maildir;
    if (may_be_maildir && listing.has_folder("cur") && listing.has_folder("new")) {
      read_maildir(folder, open, marked.value_or(importers::maildir_folder(components)));
      std::erase_if(listing.folders,
                    [](const std::string& name) { return name == "cur" || name == "new" || name == "tmp"; });
      std::erase_if(listing.files, is_mail_server_file);
    }
    // .DS_Store, .gitkeep and their like are nobody's mail.
    std::erase_if(listing.files, [](const std::string& name) { return name.starts_with('.'); });
    read_files(folder, open, listing.files, marked.value_or(""));
    open.reset();
    listing.files = {};
    for (const std::string& name : listing.folders) {
      std::vector<std::string> below = components;
      below.push_back(name);
      walk(folder / name, below, depth + 1);
    }
  }

  void read_set_aside(const fs::path& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (reader_.stopped()) return;
      if (name == set_aside_mark) continue;
      importers::OpenedFile opened = importers::open_regular(folder / name);
      const FoundFile file = found_in(folder, name, opened);
      if (!opened.fd) {
        reader_.set_aside_alone(file, opened.reason);
        continue;
      }
      reader_.begin_outermost(opened.size);
      importers::FdSource source(std::move(opened), reader_.outermost_counter());
      Spool bytes;
      importers::spool_all(source, bytes);
      reader_.set_aside_alone(file, Words("set aside before, in the archive that it was exported from"), bytes.view());
      reader_.end_outermost();
    }
  }

  // One source: the folder.
  void read_memos(const fs::path& folder, const std::vector<std::string>& names) {
    reader_.close_group();
    ImportSink& sink = reader_.sink();
    SourceFile source;
    source.name = display_path(folder);
    source.kind = SourceKind::memo;
    if (sink.begin_file(source) == FileDecision::skip) return;
    std::uint64_t total = 0;
    std::string notes;
    for (const std::string& name : names) {
      if (reader_.stopped()) break;
      importers::OpenedFile opened = importers::open_regular(folder / name);
      const std::string member = display_path(name);
      if (!opened.fd) {
        sink.set_aside({{}, opened.reason, {}, member});
        continue;
      }
      const UtcSeconds modified = opened.modified;
      reader_.begin_outermost(opened.size);
      importers::FdSource file(std::move(opened), reader_.outermost_counter());
      Spool bytes;
      importers::spool_all(file, bytes);
      const std::string_view raw = bytes.view();
      total += raw.size();
      MailItem item{raw, {0, raw.size(), 1}, {}, member};
      item.hints.file_time = modified;
      if (name == memos_mark) notes = raw;
      else sink.memo(item);
      reader_.end_outermost();
    }
    sink.memo_notes(notes);
    sink.end_file(std::nullopt, total);
  }

  // One source: the folder. Its notes first: they have the true names of the files.
  void read_media(const fs::path& folder, const std::vector<std::string>& names) {
    reader_.close_group();
    ImportSink& sink = reader_.sink();
    SourceFile source;
    source.name = display_path(folder);
    source.kind = SourceKind::media;
    if (sink.begin_file(source) == FileDecision::skip) return;
    std::uint64_t total = 0;
    const auto read = [&](const std::string& name, const auto& give) {
      importers::OpenedFile opened = importers::open_regular(folder / name);
      if (!opened.fd) {
        sink.set_aside({{}, opened.reason, {}, display_path(name)});
        return;
      }
      MailItem item{{}, {}, {}, display_path(name)};
      item.hints.file_time = opened.modified;
      reader_.begin_outermost(opened.size);
      importers::FdSource file(std::move(opened), reader_.outermost_counter());
      Spool bytes;
      importers::spool_all(file, bytes);
      item.raw = bytes.view();
      item.place = {0, item.raw.size(), 1};
      total += item.raw.size();
      give(item);
      reader_.end_outermost();
    };
    read(media_mark, [&](const MailItem& item) { sink.media_notes(item.raw); });
    for (const std::string& name : names) {
      if (reader_.stopped()) break;
      if (name != media_mark) read(name, [&](const MailItem& item) { sink.media(item); });
    }
    sink.end_file(std::nullopt, total);
  }

  void set_folder_aside(const fs::path& folder, const std::error_code& error) {
    FoundFile file;
    file.name = display_path(folder);
    reader_.set_aside_alone(file, error ? Words("the folder cannot be read: {}", errno_words(error.value()))
                                        : Words("folders lie too deep in one another"));
  }

  // Mails of a folder are one group; what else is met meanwhile is read after it.
  void read_files(const fs::path& folder, const OpenFolder& open, const std::vector<std::string>& names,
                  const std::string& mailbox) {
    const std::string group = display_path(folder);
    std::vector<std::string> waiting;
    for (const std::string& name : names) {
      if (reader_.stopped()) return;
      if (read_file(folder, open, group, name, mailbox) == Outcome::waits) waiting.push_back(name);
    }
    reader_.close_group();
    for (const std::string& name : waiting) {
      if (reader_.stopped()) return;
      reader_.close_group();
      read_file(folder, open, group, name, mailbox);
    }
    reader_.close_group();
  }

  static FoundFile found_in(const fs::path& folder, const fs::path& name,
                            const importers::OpenedFile& opened) {
    FoundFile file;
    file.name = display_path(folder / name);
    file.base_name = importers::decoded_name(name.native());
    file.group = display_path(folder);
    file.member = display_path(name);
    file.modified = opened.modified;
    file.size = opened.size;
    file.may_wait = true;
    // Apple Mail keeps a mailbox as `Sent.mbox/mbox`.
    if (file.base_name == "mbox" && folder.extension() == ".mbox")
      file.base_name = display_path(folder.filename());
    return file;
  }

  Outcome read_file(const fs::path& folder, const OpenFolder& open, const std::string& group,
                    const std::string& name, const std::string& mailbox) {
    const std::string role = mailbox.empty() ? "" : "mailbox " + mailbox;
    Inquiry inquiry(reader_, fd_of(open), name.c_str(), {folder.native(), name, role, group, {}});
    if (inquiry.unchanged()) return Outcome::done;
    if (inquiry.was_shorter() && reader_.group_open()) return Outcome::waits;
    importers::OpenedFile opened = importers::open_regular(folder / name);
    FoundFile file = found_in(folder, name, opened);
    file.hints.folder = mailbox;
    std::error_code ignored;
    const bool link_to_folder = !opened.fd && fs::is_directory(folder / name, ignored);
    if (link_to_folder || opened.vanished) {
      reader_.pass_over(file);
      return Outcome::done;
    }
    if (!opened.fd) {
      if (reader_.group_open()) return Outcome::waits;
      reader_.set_aside_alone(file, opened.reason);
      return Outcome::done;
    }
    const Outcome outcome = inquiry.read(std::move(opened), file);
    if (outcome == Outcome::done) reader_.end_outermost();
    return outcome;
  }

  static int fd_of(const OpenFolder& folder) { return folder ? ::dirfd(folder.get()) : -1; }

  void read_maildir(const fs::path& folder, const OpenFolder& open, const std::string& mailbox) {
    const std::string group = display_path(folder);
    const std::string role = "maildir " + mailbox;
    for (const char* part : {"cur", "new"}) {
      const fs::path path = folder / part;
      const OpenFolder open_part = open_folder(fd_of(open), part);
      const Listing listing = list(open_part);
      if (listing.error) set_folder_aside(path, listing.error);
      for (const std::string& name : listing.files) {
        if (reader_.stopped()) return;
        if (name.starts_with('.')) continue;
        Inquiry inquiry(reader_, fd_of(open_part), name.c_str(), {path.native(), name, role, group, {}});
        if (!inquiry.unchanged()) read_maildir_file(inquiry, folder, part, name, mailbox);
      }
      for (const std::string& name : listing.folders) reader_.pass_over(found_in(path, name, {}));
    }
    reader_.close_group();
  }

  void read_maildir_file(Inquiry& inquiry, const fs::path& folder, const char* part, const fs::path& name,
                         const std::string& mailbox) {
    importers::OpenedFile opened = importers::open_regular(folder / part / name);
    FoundFile file = found_in(folder / part, name, opened);
    if (opened.vanished && fs::is_symlink(fs::symlink_status(folder / part / name))) {
      reader_.pass_over(file);
      return;
    }
    if (opened.vanished) return; // its mail program renamed or deleted it meanwhile
    const importers::MaildirName said = importers::parse_maildir_name(name.native());
    file.group = display_path(folder);
    file.member = std::string(part) + "/" + file.member;
    file.in_maildir = true;
    file.may_wait = false;
    file.hints.folder = mailbox;
    file.hints.flags = said.flags;
    file.hints.store_time = said.time;
    if (!opened.fd) {
      reader_.set_aside_grouped(file, opened.reason);
      return;
    }
    inquiry.read(std::move(opened), file);
    reader_.end_outermost();
  }

  Reader& reader_;
};

void read_named_file(const fs::path& path, Reader& reader) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const std::string name = path.filename().native();
  Inquiry inquiry(reader, AT_FDCWD, path.c_str(), {folder.native(), name, "named", "", {}});
  if (inquiry.unchanged()) return;
  importers::OpenedFile opened = importers::open_regular(path);
  FoundFile file;
  file.name = display_path(path);
  file.base_name = importers::decoded_name(path.filename().native());
  file.modified = opened.modified;
  file.size = opened.size;
  if (!opened.fd) {
    reader.set_aside_alone(file, opened.reason);
    return;
  }
  inquiry.read(std::move(opened), file);
  reader.close_group();
  if (!reader.stopped()) reader.end_outermost();
}

} // namespace

void import_path(const fs::path& path, const ImportOptions& options, ImportSink& sink) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    throw Error(trf("{}: no such file or folder", display_path(path)),
                tr("Check the path; names with spaces need quotes."));
  Reader reader(options, sink);
  const fs::path named = without_trailing_slash(path);
  if (status.type() == fs::file_type::directory)
    FolderWalk(reader).run(named);
  else
    read_named_file(named, reader);
}

std::uint64_t total_size(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return 0;
  if (S_ISREG(info.st_mode)) return static_cast<std::uint64_t>(info.st_size);
  std::uint64_t total = 0;
  std::vector<fs::path> folders{path};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    const OpenFolder open = open_folder(AT_FDCWD, folder.c_str());
    if (!open) continue;
    for_each_in(open.get(), [&](const char* name, bool is_folder) {
      if (is_folder)
        folders.push_back(folder / name);
      else if (::fstatat(::dirfd(open.get()), name, &info, 0) == 0 && S_ISREG(info.st_mode))
        total += static_cast<std::uint64_t>(info.st_size);
    });
  }
  return total;
}

} // namespace genchi
