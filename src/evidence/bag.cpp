#include "evidence/bag.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::evidence {
namespace {

namespace fs = std::filesystem;

constexpr const char* bagit_name = "bagit.txt";
constexpr const char* info_name = "bag-info.txt";
constexpr const char* manifest_name = "manifest-sha256.txt";
constexpr const char* tag_manifest_name = "tagmanifest-sha256.txt";
constexpr std::string_view declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
constexpr std::size_t block_size = 1 << 16;
constexpr std::uint64_t most_files = 1'000'000, most_bytes = 64ULL << 30;

/// Gives a file's bytes piece by piece.
void each_block(const fs::path& path, const std::function<void(std::string_view)>& take) {
  const Fd fd = open_for_reading(path);
  std::string block(block_size, '\0');
  while (true) {
    const ssize_t got = ::read(fd.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(trf("cannot read {}: {}", display_path(path), errno_text(errno)));
    if (got == 0) return;
    take(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
  }
}

Sha256 digest_of(const fs::path& path) {
  Sha256Hasher hasher;
  each_block(path, [&](std::string_view bytes) { hasher.update(bytes); });
  return hasher.finish();
}

struct FreeArchive {
  void operator()(::archive* a) const {
    if (archive_write_free(a) != ARCHIVE_OK) return;
  }
};
struct FreeEntry {
  void operator()(::archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

BagWriter::BagWriter(const fs::path& out, UtcSeconds time) : time_(time) {
  out_ = fs::absolute(out).lexically_normal();
  if (!out_.has_filename()) out_ = out_.parent_path();
  zip_ = ascii_lower(out_.extension().native()) == ".zip";
  std::error_code error;
  const fs::file_status status = fs::symlink_status(out_, error);
  const bool free = status.type() == fs::file_type::not_found || (!zip_ && status.type() == fs::file_type::directory && fs::is_empty(out_, error) && !error);
  if (!free) throw Error(trf("{} exists already", display_path(out_)), tr("Nothing is overwritten: name another folder."));
  make_private_folder(out_.parent_path());
  std::string name = out_.native() + ".part-XXXXXX";
  if (!::mkdtemp(name.data())) throw write_error(name, errno);
  part_ = name;
  make_private_folder(part_ / "data");
}

BagWriter::~BagWriter() {
  if (part_.empty()) return;
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void BagWriter::create(const std::string& path, const std::function<void(const std::function<void(std::string_view)>&)>& write, std::map<std::string, File>& into) {
  const fs::path file = part_ / path;
  make_private_folder(file.parent_path());
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) throw write_error(file, errno);
  Sha256Hasher hasher;
  File made;
  std::string buffer;
  write([&](std::string_view bytes) {
    hasher.update(bytes);
    made.bytes += bytes.size();
    buffer.append(bytes);
    if (buffer.size() < block_size) return;
    write_all(fd.get(), buffer, file);
    buffer.clear();
  });
  write_all(fd.get(), buffer, file);
  made.digest = hasher.finish();
  into.emplace(path, made);
}

void BagWriter::add(const std::string& path, std::string_view bytes) {
  create("data/" + path, [&](const auto& put) { put(bytes); }, payload_);
}

void BagWriter::add(const std::string& path, const std::function<void(const std::function<void(std::string_view)>&)>& write) { create("data/" + path, write, payload_); }

fs::path BagWriter::folder(const std::string& path) {
  const fs::path folder = part_ / "data" / path;
  make_private_folder(folder);
  return folder;
}

void BagWriter::adopt(const std::string& path) {
  const auto take = [&](const fs::path& file) {
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    payload_.emplace(file.lexically_relative(part_).generic_string(), File{digest_of(file), fs::file_size(file)});
  };
  const fs::path named = part_ / "data" / path;
  if (fs::is_regular_file(fs::symlink_status(named))) return take(named);
  for (const auto& each : fs::recursive_directory_iterator(named))
    if (each.is_regular_file() && !each.is_symlink()) take(each.path());
}

void BagWriter::add_tag(const std::string& name, std::string_view bytes) {
  create(name, [&](const auto& put) { put(bytes); }, tags_);
}

BagWriter::Made BagWriter::commit(const std::vector<std::pair<std::string, std::string>>& info) {
  Made made;
  const auto list = [](const std::map<std::string, File>& files) {
    std::string text;
    for (const auto& [path, file] : files) text += file.digest.hex() + "  " + path + "\n";
    return text;
  };
  for (const auto& [path, file] : payload_) {
    ++made.files;
    made.bytes += file.bytes;
  }
  add_tag(bagit_name, declaration);
  std::string lines = "Bagging-Date: " + iso8601({time_, japan_offset_minutes}).substr(0, 10) + "\n" + fmt::format("Payload-Oxum: {}.{}\n", made.bytes, made.files);
  for (const auto& [name, value] : info) lines += name + ": " + value + "\n";
  add_tag(info_name, lines);
  add_tag(manifest_name, list(payload_));
  std::map<std::string, File> last;
  const std::string tags = list(tags_);
  create(tag_manifest_name, [&](const auto& put) { put(tags); }, last);
  made.digest = sha256(tags);
  if (zip_) {
    const fs::path file = out_.native() + part_.native().substr(out_.native().size()) + ".zip";
    try {
      write_zip(file);
      if (::renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, out_.c_str(), RENAME_NOREPLACE) != 0) throw write_error(out_, errno);
    } catch (...) {
      ::unlink(file.c_str());
      throw;
    }
  } else {
    for (const auto& each : fs::recursive_directory_iterator(part_)) {
      const timespec times[2] = {{time_, 0}, {time_, 0}};
      if (each.is_regular_file()) ::utimensat(AT_FDCWD, each.path().c_str(), times, AT_SYMLINK_NOFOLLOW);
    }
    std::error_code error;
    fs::rename(part_, out_, error);  // over an empty folder, or nothing
    if (error) throw write_error(out_, error.value());
    part_.clear();
  }
  sync_folder(out_.parent_path());
  return made;
}

void BagWriter::write_zip(const fs::path& file) const {
  std::vector<std::string> paths;
  for (const auto& each : fs::recursive_directory_iterator(part_))
    if (each.is_regular_file()) paths.push_back(each.path().lexically_relative(part_).generic_string());
  std::sort(paths.begin(), paths.end());
  const std::unique_ptr<::archive, FreeArchive> zip(archive_write_new());
  const auto check = [&](int result) {
    if (result < ARCHIVE_WARN) throw Error(trf("cannot write {}: {}", display_path(file), std::string(archive_error_string(zip.get()) ? archive_error_string(zip.get()) : "?")));
  };
  check(archive_write_set_format_zip(zip.get()));
  check(archive_write_set_options(zip.get(), "zip:compression=deflate,zip:hdrcharset=UTF-8"));
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) throw write_error(file, errno);
  check(archive_write_open_fd(zip.get(), fd.get()));
  const std::string top = out_.stem().native() + "/";
  for (const std::string& path : paths) {
    const std::unique_ptr<::archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), (top + path).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(fs::file_size(part_ / path)));
    archive_entry_set_mtime(entry.get(), time_, 0);
    check(archive_write_header(zip.get(), entry.get()));
    each_block(part_ / path, [&](std::string_view bytes) {
      if (archive_write_data(zip.get(), bytes.data(), bytes.size()) < 0) check(ARCHIVE_FATAL);
    });
  }
  check(archive_write_close(zip.get()));
  sync_fd(fd.get(), file);
}

namespace {

/// A ZIP ends with its end record (APPNOTE 4.3.16), ours without a comment; what stands behind it no program shows.
void check_end(const Fd& fd, const fs::path& zip) {
  constexpr std::size_t size = 22;
  char end[size] = {};
  const off_t length = ::lseek(fd.get(), 0, SEEK_END);
  const bool whole = length >= static_cast<off_t>(size) && ::pread(fd.get(), end, size, length - static_cast<off_t>(size)) == static_cast<ssize_t>(size) &&
                     std::string_view(end, 4) == "PK\5\6" && end[20] == 0 && end[21] == 0;
  if (!whole) throw Error(trf("{} does not end as a ZIP: a part is missing, or something was put behind it", display_path(zip)));
  ::lseek(fd.get(), 0, SEEK_SET);
}

}  // namespace

BagReader::BagReader(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) folder_ = path;
  else unpack(path);
  list();
  // A ZIP may hold the bag in a folder of its own.
  if (!scratch_.empty() && !files_.contains(bagit_name)) {
    std::set<std::string> tops;
    for (const auto& [file, size] : files_) tops.insert(file.substr(0, file.find('/')));
    if (tops.size() == 1 && files_.contains(*tops.begin() + "/" + bagit_name)) {
      folder_ /= *tops.begin();
      list();
    }
  }
}

BagReader::~BagReader() {
  if (scratch_.empty()) return;
  std::error_code ignored;
  fs::remove_all(scratch_, ignored);
}

void BagReader::unpack(const fs::path& zip) {
  const char* temporary = std::getenv("TMPDIR");
  std::string name = (fs::path(temporary && *temporary ? temporary : "/var/tmp") / "genchi-pack-XXXXXX").native();
  const auto damaged = [&](::archive* in) {
    const char* why = archive_error_string(in);
    return Error(trf("{0} cannot be unpacked: {1}", display_path(zip), to_valid_utf8(why ? why : "?")));
  };
  struct FreeReader {
    void operator()(::archive* a) const { archive_read_free(a); }
  };
  const std::unique_ptr<::archive, FreeReader> in(archive_read_new());
  // By the table at its end alone, which other programs go by; and nothing behind that.
  archive_read_support_format_zip_seekable(in.get());
  const Fd fd = open_for_reading(zip);
  check_end(fd, zip);
  if (archive_read_open_fd(in.get(), fd.get(), block_size) != ARCHIVE_OK) throw damaged(in.get());
  if (!::mkdtemp(name.data())) throw Error(trf("cannot create {}: {}", name, errno_text(errno)), tr("$TMPDIR names another folder for it."));
  scratch_ = folder_ = name;
  try {
    std::uint64_t bytes = 0, count = 0;
    ::archive_entry* entry = nullptr;
    while (true) {
      const int result = archive_read_next_header(in.get(), &entry);
      if (result == ARCHIVE_EOF) break;
      if (result < ARCHIVE_WARN) throw damaged(in.get());
      const char* raw = archive_entry_pathname_utf8(entry);
      if (!raw) raw = archive_entry_pathname(entry);
      const std::string path = raw ? raw : "";
      if (archive_entry_filetype(entry) == AE_IFDIR) continue;
      const fs::path inside = fs::path(path).lexically_normal();
      const bool outside = path.empty() || inside.is_absolute() || inside.begin()->native() == ".." || path.find('\0') != std::string::npos;
      if (outside || archive_entry_filetype(entry) != AE_IFREG) throw Error(trf("{0} holds something that is no file of a bag: {1}", display_path(zip), display_path(path)));
      if (++count > most_files) throw Error(trf("{} holds too many files", display_path(zip)));
      const fs::path file = folder_ / inside;
      make_private_folder(file.parent_path());
      const Fd out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
      if (!out) throw write_error(file, errno);
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      std::uint64_t length = 0;
      int got = ARCHIVE_OK;
      while ((got = archive_read_data_block(in.get(), &data, &size, &offset)) == ARCHIVE_OK) {
        if ((bytes += size) > most_bytes) throw Error(trf("{} unpacks to too much", display_path(zip)));
        if (static_cast<std::uint64_t>(offset) != length) throw damaged(in.get());
        write_all(out.get(), {static_cast<const char*>(data), size}, file);
        length += size;
      }
      if (got != ARCHIVE_EOF) throw damaged(in.get());
    }
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(scratch_, ignored);
    throw;
  }
}

void BagReader::list() {
  files_.clear();
  with_paths_named([&] {
    for (const auto& each : fs::recursive_directory_iterator(folder_)) {
      if (each.is_directory() && !each.is_symlink()) continue;
      if (!each.is_regular_file() || each.is_symlink())
        throw Error(trf("{0} holds something that is no file of a bag: {1}", display_path(folder_), display_path(each.path().lexically_relative(folder_))));
      if (files_.size() == most_files) throw Error(trf("{} holds too many files", display_path(folder_)));
      files_.emplace(each.path().lexically_relative(folder_).generic_string(), each.file_size());
    }
  });
}

std::string BagReader::read(const std::string& path, std::uint64_t limit) const { return read_file(folder_ / path, limit); }
Sha256 BagReader::digest(const std::string& path) const { return digest_of(folder_ / path); }

namespace {

/// A manifest's lines in the one form that BagWriter has, or nullopt at the first that has another.
std::optional<std::map<std::string, Sha256>> parse_manifest(std::string_view text) {
  std::map<std::string, Sha256> files;
  std::string last;
  constexpr std::size_t digits = 64;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end < digits + 3 || text.substr(digits, 2) != "  ") return std::nullopt;
    const auto digest = Sha256::from_hex(text.substr(0, digits));
    std::string path(text.substr(digits + 2, end - digits - 2));
    if (!digest || digest->hex() != text.substr(0, digits) || path <= last || path.find('\r') != std::string::npos) return std::nullopt;
    last = path;
    files.emplace(std::move(path), *digest);
    text.remove_prefix(end + 1);
  }
  return files;
}

}  // namespace

std::vector<std::string> check_bag(const BagReader& bag) {
  std::vector<std::string> wrong;
  const auto say = [&](const std::string& file, const std::string& what) { wrong.push_back(display_path(file) + ": " + what); };
  const auto& files = bag.files();
  for (const char* name : {bagit_name, info_name, manifest_name, tag_manifest_name})
    if (!files.contains(name)) say(name, tr("is missing"));
  if (!wrong.empty()) return wrong;
  if (bag.read(bagit_name) != declaration) say(bagit_name, tr("is not that of a bag of version 1.0"));
  std::map<std::string, Sha256> listed;
  std::uint64_t bytes = 0, count = 0;
  for (const char* name : {manifest_name, tag_manifest_name}) {
    const auto part = parse_manifest(bag.read(name));
    if (!part) {
      say(name, tr("does not have the form of a list of hashes"));
      continue;
    }
    const bool payload = name == std::string_view(manifest_name);
    for (const auto& [path, digest] : *part) {
      if (path.starts_with("data/") != payload) say(name, trf("lists {}, which belongs elsewhere", display_path(path)));
      else listed.emplace(path, digest);
      if (payload) ++count;
      if (const auto file = files.find(path); payload && file != files.end()) bytes += file->second;
    }
  }
  for (const auto& [path, digest] : listed) {
    if (!files.contains(path)) say(path, tr("is missing"));
    else if (bag.digest(path) != digest) say(path, tr("was changed: it has another hash than the list says"));
  }
  for (const auto& [path, size] : files)
    if (!listed.contains(path) && path != tag_manifest_name) say(path, tr("is in no list: it was put in later"));
  const std::string info = bag.read(info_name);
  if (info.find(fmt::format("Payload-Oxum: {}.{}\n", bytes, count)) == std::string::npos) say(info_name, tr("states another number of files and bytes than there are"));
  return wrong;
}

}  // namespace genchi::evidence
