#include "store/export_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/csv.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "genchi/import.hpp"
#include "genchi/sha256.hpp"
#include "importers/maildir/maildir.hpp"
#include "store/export.hpp"
#include "store/export_names.hpp"

namespace genchi::exporting {
namespace {

namespace fs = std::filesystem;

constexpr const char* hashes_name = "manifest-sha256.txt";
constexpr const char* contents_name = "contents.csv";
constexpr const char* readme_name = "README.txt";

fs::path without_slash(const fs::path& path) { return path.has_filename() ? path : path.parent_path(); }

void require_free(const fs::path& out) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(out, error);
  if (status.type() == fs::file_type::not_found) return;
  if (status.type() != fs::file_type::directory) throw Error(trf("{} exists already", display_path(out)), tr("Nothing is overwritten: name another folder."));
  if (!fs::is_empty(out, error) || error) throw Error(trf("the folder {} is not empty", display_path(out)), tr("Nothing is overwritten: name a folder that is empty or does not exist yet."));
}

std::string readme_text() {
  return std::string(tr("This folder was written by genchi export.\n"
                        "\n"
                        "Maildir/          mails, a file each\n"
                        "2024/ and so on   mails as .eml files, by year\n"
                        "mbox/             mails that only a mailbox file can hold\n"
                        "line/             chat downloads of LINE Official Accounts, whole, under their own names\n"
                        "line-rows/        single rows of such downloads, after the lines that stand before the first row\n"
                        "set-aside/        what could not be read as mail or download when it was imported\n"
                        "account-NAME/     the same for one of several accounts\n"
                        "contents.csv      every file: kind, message id, hash, where it came from\n"
                        "manifest-sha256.txt   checks all files:   sha256sum -c manifest-sha256.txt\n"
                        "genchi-export.json    which folder belongs to which account; fingerprint of an archive exported whole\n"
                        "\n"
                        "To make an archive of it again:   genchi --archive NEW import THIS-FOLDER\n"
                        "Then `genchi --archive NEW status --fingerprint` prints the fingerprint that genchi-export.json names.\n"));
}

}  // namespace

ExportFolder::ExportFolder(const fs::path& out) : out_(without_slash(fs::absolute(out).lexically_normal())) {
  require_free(out_);
  make_private_folder(out_.parent_path());
  std::string name = out_.native() + ".part-XXXXXX";
  if (!::mkdtemp(name.data())) throw write_error(name, errno);
  part_ = name;
  hashes_ = open_list(hashes_name);
  contents_ = open_list(contents_name);
  put(contents_, std::string(csv_byte_order_mark) + "file,kind,message_id,sha256,bytes,original_sha256,account,mailbox,flags,source,offset,line,remark\r\n", contents_name);
  const fs::path probe = part_ / "probe:";
  const Fd fd(::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) info_mark_ = ';';
  else ::unlink(probe.c_str());
}

ExportFolder::~ExportFolder() {
  if (done_ || part_.empty()) return;
  hashes_.reset();
  contents_.reset();
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

ExportFolder::List ExportFolder::open_list(const char* name) {
  const fs::path path = part_ / name;
  Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  std::FILE* file = fd ? ::fdopen(fd.get(), "w") : nullptr;
  if (!file) throw write_error(path, errno);
  fd.release();
  return List(file);
}

void ExportFolder::put(List& list, const std::string& text, const char* name) {
  if (std::fwrite(text.data(), 1, text.size(), list.get()) != text.size()) throw write_error(part_ / name, errno);
}

void ExportFolder::make_folder(const std::string& path) {
  if (path.empty() || !folders_.insert(path).second) return;
  make_private_folder(part_ / path);
}

bool ExportFolder::exists(const std::string& path) const {
  std::error_code error;
  return fs::exists(fs::symlink_status(part_ / path, error));
}

void ExportFolder::create(const std::string& path, std::string_view bytes, UtcSeconds time) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos) make_folder(path.substr(0, slash));
  const fs::path file = part_ / path;
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) throw write_error(file, errno);
  write_all(fd.get(), bytes, file);
  if (time == 0) return;
  const timespec times[2] = {{time, 0}, {time, 0}};
  ::futimens(fd.get(), times);  // a time that the file system cannot hold is no reason to stop
}

void ExportFolder::enter(const ListedFile& listed, const std::string& path, std::uint64_t size, const std::string& hash) {
  std::string row;
  for (const std::string& cell : {path, listed.kind, listed.message, hash, std::to_string(size), listed.original, listed.account, listed.mailbox,
                                  listed.flags, listed.source, std::to_string(listed.offset), listed.line > 0 ? std::to_string(listed.line) : std::string()})
    row += csv_cell(cell) + ",";
  put(contents_, row + csv_cell(listed.remark) + "\r\n", contents_name);
}

void ExportFolder::write(const std::string& path, std::string_view bytes, UtcSeconds time, const ListedFile& listed) {
  create(path, bytes, time);
  const std::string hash = sha256(bytes).hex();
  put(hashes_, hash + "  " + path + "\n", hashes_name);
  enter(listed, path, bytes.size(), hash);
  ++files_;
  bytes_ += bytes.size();
}

void ExportFolder::list(const ListedFile& listed) { enter(listed, "", listed.length, ""); }

void ExportFolder::mark_set_aside(const std::string& path) {
  const std::string mark = path + set_aside_mark;
  if (exists(mark)) return;
  create(mark, tr("What lies here could not be read when it was imported. genchi import keeps it so.\n"), 0);
  enter_own(mark);
}

void ExportFolder::mark_memos(const std::string& path, const std::string& notes) {
  const std::string mark = path + memos_mark;
  create(mark, tr("What lies here are memos of our own. genchi import keeps them so.\n") + notes, 0);
  enter_own(mark);
}

void ExportFolder::mark_media(const std::string& path, const std::string& notes) {
  const std::string mark = path + media_mark;
  create(mark, tr("What lies here belongs to LINE messages. genchi import keeps it so.\n") + notes, 0);
  enter_own(mark);
}

void ExportFolder::mark_mailbox(const std::string& path, const std::string& mailbox) {
  const std::string mark = path + importers::mailbox_name_file;
  if (exists(mark)) return;
  create(mark, mailbox + "\n", 0);
  enter_own(mark);
}

std::string ExportFolder::takeable(std::string name) const { return info_mark_ == ':' ? name : windows_name(std::move(name)); }

void ExportFolder::enter_own(const std::string& name) {
  put(hashes_, sha256(read_file(part_ / name, UINT64_MAX)).hex() + "  " + name + "\n", hashes_name);
}

void ExportFolder::add_note(const std::string& json) {
  create(export_note_name, json, 0);
  create(readme_name, readme_text(), 0);
  enter_own(export_note_name);
  enter_own(readme_name);
}

void ExportFolder::commit() {
  if (std::fflush(contents_.get()) != 0) throw write_error(part_ / contents_name, errno);
  enter_own(contents_name);
  if (std::fflush(hashes_.get()) != 0) throw write_error(part_ / hashes_name, errno);
  hashes_.reset();
  contents_.reset();
  // A million small files: one sync for all of them.
  const Fd folder(::open(part_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::syncfs(folder.get()) != 0) throw write_error(part_, errno);
  require_free(out_);
  if (::rename(part_.c_str(), out_.c_str()) != 0) throw write_error(out_, errno);
  done_ = true;
  const Fd parent(::open(out_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent) ::fsync(parent.get());
}

}  // namespace genchi::exporting
