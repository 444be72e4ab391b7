#include "cli/saved_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_bytes = 64 << 10;  // EXIF lies in them

enum class Links { follow, pass_over };

Fd open_saved(const fs::path& path, Links links) {
  return Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (links == Links::pass_over ? O_NOFOLLOW : 0)));
}

/// Reads to the end, but not beyond `most` bytes.
void read_all(int fd, const fs::path& path, std::uint64_t most, const std::function<void(std::string_view)>& give) {
  std::string block(256 << 10, '\0');
  for (std::uint64_t done = 0; done < most;) {
    const ssize_t got = ::read(fd, block.data(), static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), most - done)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(trf("cannot read {}: {}", display_path(path), errno_text(errno)));
    if (got == 0) return;
    give(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
    done += static_cast<std::uint64_t>(got);
  }
}

class Finder {
 public:
  void look_at(const fs::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) throw Error(trf("cannot read {}: {}", display_path(path), errno_text(errno)));
    if (S_ISDIR(info.st_mode)) folder(path);
    else file(path, info, Links::follow);
  }
  SavedFiles take() { return std::move(found_); }

 private:
  void folder(const fs::path& path) {
    std::vector<fs::path> names;
    std::error_code error;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
      if (at->path().filename().native().starts_with('.')) continue;
      names.push_back(at->path());
      if (names.size() > most_saved_files) throw too_many();
    }
    if (error) throw Error(trf("cannot read {}: {}", display_path(path), error.message()));
    std::sort(names.begin(), names.end());
    for (const fs::path& name : names) {
      struct stat info {};
      if (::lstat(name.c_str(), &info) != 0) pass_over(name, errno_text(errno));
      else if (S_ISDIR(info.st_mode)) pass_over(name, tr("a folder in the folder; name it to look into it"));
      else file(name, info, Links::pass_over);
    }
  }

  void file(const fs::path& path, struct stat info, Links links) {
    if (S_ISLNK(info.st_mode)) return pass_over(path, tr("a link"));
    if (!S_ISREG(info.st_mode)) return pass_over(path, tr("no regular file"));
    const Fd fd = open_saved(path, links);
    if (!fd || ::fstat(fd.get(), &info) != 0) return pass_over(path, errno_text(errno));
    if (!S_ISREG(info.st_mode)) return pass_over(path, tr("no regular file"));
    if (info.st_size == 0) return pass_over(path, tr("it is empty"));
    if (static_cast<std::uint64_t>(info.st_size) > most_saved_bytes) return pass_over(path, tr("larger than 1 GiB"));
    if (found_.files.size() == most_saved_files) throw too_many();
    std::string head;
    read_all(fd.get(), path, head_bytes, [&](std::string_view bytes) { head += bytes; });
    SavedOnDisk one;
    one.path = path;
    one.folder = display_path(path.parent_path().empty() ? fs::path(".") : path.parent_path());
    one.name = display_path(path.filename());
    one.size = static_cast<std::uint64_t>(info.st_size);
    one.modified = info.st_mtime;
    one.content = watch::content_of(head, path.filename().native());
    one.named = watch::time_in_name(path.filename().native(), japan_offset_minutes);
    one.taken = watch::time_taken(head, japan_offset_minutes);
    found_.files.push_back(std::move(one));
  }

  void pass_over(const fs::path& path, std::string reason) { found_.passed_over.push_back({display_path(path), std::move(reason)}); }
  static Error too_many() { return Error(trf("more than {} files", most_saved_files), tr("Name a smaller folder, or some of the files.")); }

  SavedFiles found_;
};

Error changed(const SavedOnDisk& file) { return Error(trf("{} was changed while it was read", display_path(file.path)), tr("Run the command again.")); }

void read_as_found(const SavedOnDisk& file, const std::function<void(std::string_view)>& give) {
  const Fd fd = open_saved(file.path, Links::follow);
  struct stat info {};
  if (!fd || ::fstat(fd.get(), &info) != 0) throw Error(trf("cannot read {}: {}", display_path(file.path), errno_text(errno)));
  if (!S_ISREG(info.st_mode) || static_cast<std::uint64_t>(info.st_size) != file.size) throw changed(file);
  read_all(fd.get(), file.path, file.size, give);
}

}  // namespace

SavedFiles find_saved_files(const std::vector<std::string>& paths) {
  Finder finder;
  for (const std::string& path : paths) finder.look_at(path);
  return finder.take();
}

Sha256 digest_of(const SavedOnDisk& file) {
  Sha256Hasher hasher;
  read_as_found(file, [&](std::string_view bytes) { hasher.update(bytes); });
  return hasher.finish();
}

Spool bytes_of(const SavedOnDisk& file, const Sha256& digest) {
  Spool spool;
  Sha256Hasher hasher;
  read_as_found(file, [&](std::string_view bytes) {
    hasher.update(bytes);
    spool.append(bytes);
  });
  if (hasher.finish() != digest) throw changed(file);
  return spool;
}

}  // namespace genchi::cli
