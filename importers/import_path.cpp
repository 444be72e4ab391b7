#include <algorithm>
#include <filesystem>
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

// What lies in a folder, in name order.
struct Listing {
  std::vector<fs::path> files;   // names; everything that is no folder
  std::vector<fs::path> folders; // names
  std::error_code error;

  bool has_folder(const char* name) const { return std::ranges::binary_search(folders, fs::path(name)); }
  bool has_file(const char* name) const { return std::ranges::binary_search(files, fs::path(name)); }
};

Listing list(const fs::path& folder) {
  Listing listing;
  fs::directory_iterator entries(folder, listing.error);
  for (; !listing.error && entries != fs::directory_iterator(); entries.increment(listing.error)) {
    std::error_code ignored;
    const fs::file_type type = entries->symlink_status(ignored).type();
    (type == fs::file_type::directory ? listing.folders : listing.files)
        .push_back(entries->path().filename());
  }
  std::ranges::sort(listing.files);
  std::ranges::sort(listing.folders);
  return listing;
}

// What Dovecot and Courier keep in a Maildir beside the mails.
bool is_mail_server_file(const fs::path& name) {
  const std::string& text = name.native();
  return text == "maildirfolder" || text == "maildirsize" || text == "subscriptions" || text.starts_with("dovecot") ||
         text.starts_with("courier");
}

// `a/b/` is the folder `a/b`.
fs::path without_trailing_slash(const fs::path& path) {
  return path.has_filename() || !path.has_relative_path() ? path : path.parent_path();
}

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
    Listing listing = list(folder);
    const bool too_deep = depth > reader_.limits().max_folder_depth;
    if (listing.error || too_deep) set_folder_aside(folder, listing.error);
    if (too_deep) return;
    if (listing.has_file("archive.db") && listing.has_folder("objects")) {
      // An archive of ours: what it holds was imported once.
      reader_.pass_over(found_in(folder.parent_path(), folder.filename(), {}));
      return;
    }
    const SourceKind as = reader_.options().as;
    const bool may_be_maildir = as == SourceKind::unknown || as == SourceKind::maildir;
    if (may_be_maildir && listing.has_folder("cur") && listing.has_folder("new")) {
      read_maildir(folder, components);
      std::erase_if(listing.folders,
                    [](const fs::path& name) { return name == "cur" || name == "new" || name == "tmp"; });
      std::erase_if(listing.files, is_mail_server_file);
    }
    // .DS_Store, .gitkeep and their like are nobody's mail.
    std::erase_if(listing.files, [](const fs::path& name) { return name.native().starts_with('.'); });
    read_files(folder, listing.files);
    for (const fs::path& name : listing.folders) {
      std::vector<std::string> below = components;
      below.push_back(name.string());
      walk(folder / name, below, depth + 1);
    }
  }

  void set_folder_aside(const fs::path& folder, const std::error_code& error) {
    FoundFile file;
    file.name = display_path(folder);
    reader_.set_aside_alone(file, error ? Words("the folder cannot be read: {}", errno_words(error.value()))
                                        : Words("folders lie too deep in one another"));
  }

  // Mails of a folder are one group; what else is met meanwhile is read after it.
  void read_files(const fs::path& folder, const std::vector<fs::path>& names) {
    std::vector<fs::path> waiting;
    for (const fs::path& name : names) {
      if (reader_.stopped()) return;
      if (read_file(folder, name) == Outcome::waits) waiting.push_back(name);
    }
    reader_.close_group();
    for (const fs::path& name : waiting) {
      if (reader_.stopped()) return;
      reader_.close_group();
      read_file(folder, name);
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

  Outcome read_file(const fs::path& folder, const fs::path& name) {
    importers::OpenedFile opened = importers::open_regular(folder / name);
    const FoundFile file = found_in(folder, name, opened);
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
    return read_opened(std::move(opened), file);
  }

  Outcome read_opened(importers::OpenedFile opened, const FoundFile& file) {
    reader_.begin_outermost(opened.size);
    importers::FdSource source(std::move(opened), reader_.outermost_counter());
    const Outcome outcome = reader_.read_found(source, file);
    if (outcome == Outcome::done) reader_.end_outermost();
    return outcome;
  }

  void read_maildir(const fs::path& folder, const std::vector<std::string>& components) {
    const std::string mailbox = importers::maildir_folder(components);
    for (const char* part : {"cur", "new"}) {
      const Listing listing = list(folder / part);
      if (listing.error) set_folder_aside(folder / part, listing.error);
      for (const fs::path& name : listing.files) {
        if (reader_.stopped()) return;
        read_maildir_file(folder, part, name, mailbox);
      }
      for (const fs::path& name : listing.folders) reader_.pass_over(found_in(folder / part, name, {}));
    }
    reader_.close_group();
  }

  void read_maildir_file(const fs::path& folder, const char* part, const fs::path& name,
                         const std::string& mailbox) {
    importers::OpenedFile opened = importers::open_regular(folder / part / name);
    FoundFile file = found_in(folder / part, name, opened);
    if (name.native().starts_with('.')) return;
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
    if (!opened.fd)
      reader_.set_aside_grouped(file, opened.reason);
    else
      read_opened(std::move(opened), file);
  }

  Reader& reader_;
};

void read_named_file(const fs::path& path, Reader& reader) {
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
  reader.begin_outermost(opened.size);
  importers::FdSource source(std::move(opened), reader.outermost_counter());
  reader.read_found(source, file);
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
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::regular) {
    const std::uintmax_t size = fs::file_size(path, error);
    return error ? 0 : size;
  }
  std::uint64_t total = 0;
  if (status.type() != fs::file_type::directory) return 0;
  fs::recursive_directory_iterator entries(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (!entries->is_regular_file(ignored)) continue;
    const std::uintmax_t size = entries->file_size(ignored);
    if (!ignored) total += size;
  }
  return total;
}

} // namespace genchi
