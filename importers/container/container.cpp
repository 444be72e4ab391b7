#include "importers/container/container.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "importers/maildir/maildir.hpp"

namespace genchi::importers {
namespace {

// libarchive over a ByteSource. Its callbacks call nothing that throws.
class ArchiveReader {
 public:
  enum class What { compressed_file, members };

  ArchiveReader(ByteSource& source, What what)
      : source_(source), handle_(archive_read_new()),
        block_(std::make_unique_for_overwrite<char[]>(block_size)) {
    archive* a = handle_.get();
    if (what == What::compressed_file) {
      // One by one: "all" would also undo uuencode inside of mails and start programs for rare kinds.
      archive_read_support_filter_bzip2(a);
      archive_read_support_filter_xz(a);
      archive_read_support_filter_zstd(a);
      archive_read_support_format_raw(a);
    } else {
      archive_read_support_format_zip(a);
      archive_read_support_format_tar(a);
      archive_read_support_format_7zip(a);
    }
    archive_read_support_format_empty(a);
    archive_read_set_callback_data(a, this);
    archive_read_set_read_callback(a, &read_block);
    if (source.can_seek() && source.size()) archive_read_set_seek_callback(a, &seek);
    // Tars put one behind the other are one to those who made them.
    archive_read_set_options(a, "tar:read_concatenated_archives");
    opened_ = archive_read_open1(a) == ARCHIVE_OK;
  }

  archive* get() { return handle_.get(); }
  bool opened() const { return opened_; }

  /// What a failure means: the bytes before it are good if the file ended too early.
  ByteSource::Damage damage() const {
    if (!source_.failure().empty()) return source_.damage();
    return input_ended_ ? ByteSource::Damage::cut_off : ByteSource::Damage::altered;
  }

  Words reason() {
    if (!source_.failure().empty()) return source_.failure();
    const char* text = archive_error_string(handle_.get());
    return text && is_utf8(text) ? Words("damaged or incomplete: {}", text)
                                 : Words("damaged or incomplete");
  }

 private:
  static constexpr std::size_t block_size = 128 << 10;

  static la_ssize_t read_block(archive* a, void* self_pointer, const void** block) {
    auto& self = *static_cast<ArchiveReader*>(self_pointer);
    const std::size_t got = self.source_.read(self.block_.get(), block_size);
    self.at_ += static_cast<std::int64_t>(got);
    self.input_ended_ = got == 0;
    *block = self.block_.get();
    if (got == 0 && !self.source_.failure().empty()) {
      archive_set_error(a, EIO, "unreadable");
      return ARCHIVE_FATAL;
    }
    return static_cast<la_ssize_t>(got);
  }

  static la_int64_t seek(archive*, void* self_pointer, la_int64_t offset, int whence) {
    auto& self = *static_cast<ArchiveReader*>(self_pointer);
    const auto size = static_cast<std::int64_t>(*self.source_.size());
    const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self.at_ : size;
    self.at_ = std::clamp<std::int64_t>(base + offset, 0, size);
    self.source_.rewind(static_cast<std::uint64_t>(self.at_));
    self.input_ended_ = false;
    return self.at_;
  }

  struct Free {
    void operator()(archive* a) const { archive_read_free(a); }
  };
  ByteSource& source_;
  std::unique_ptr<archive, Free> handle_;
  std::unique_ptr<char[]> block_;
  std::int64_t at_ = 0;
  bool opened_ = false;
  bool input_ended_ = false;
};

// The data of the entry libarchive stands at.
class MemberSource final : public ByteSource {
 public:
  MemberSource(ArchiveReader& archive, archive_entry* entry, Reader& reader)
      : archive_(archive), reader_(reader) {
    if (archive_entry_size_is_set(entry)) size_ = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  std::optional<std::uint64_t> size() const override { return size_; }

 protected:
  std::size_t read_some(char* to, std::size_t size) override {
    if (!failure().empty()) return 0;
    const la_ssize_t got = archive_read_data(archive_.get(), to, size);
    if (got < 0) {
      fail(archive_.reason(), archive_.damage());
      return 0;
    }
    if (!reader_.expand(static_cast<std::uint64_t>(got))) {
      fail(reader_.expansion().exceeded, Damage::cut_off);
      return 0;
    }
    return static_cast<std::size_t>(got);
  }

 private:
  ArchiveReader& archive_;
  Reader& reader_;
  std::optional<std::uint64_t> size_;
};

std::string member_path(archive_entry* entry) {
  if (const char* utf8 = archive_entry_pathname_utf8(entry); utf8 && is_utf8(utf8)) return display_name(utf8);
  // Windows writes zip names in CP932 and does not say so.
  const char* bytes = archive_entry_pathname(entry);
  return bytes ? decoded_name(bytes) : std::string("?");
}

std::vector<std::string> components_of(std::string_view path) {
  std::vector<std::string> components;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0 && path.substr(0, slash) != ".") components.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return components;
}

std::string joined(const std::vector<std::string>& components) {
  std::string path;
  for (const std::string& component : components) path += (path.empty() ? "" : "/") + component;
  return path;
}

// Members of `cur` and `new` with names as in a Maildir are of one.
void place_in_maildir(FoundFile& member, std::vector<std::string> folder, SourceKind as,
                      const std::string& prefix) {
  if (folder.empty() || (folder.back() != "cur" && folder.back() != "new")) return;
  if (as != SourceKind::unknown && as != SourceKind::maildir) return;
  const MaildirName name = parse_maildir_name(member.base_name);
  if (!name.has_form && as != SourceKind::maildir) return;
  member.in_maildir = true;
  member.member = folder.back() + "/" + member.base_name;
  folder.pop_back();
  member.group = folder.empty() ? prefix : prefix + "!/" + joined(folder);
  member.hints.folder = maildir_folder(folder);
  member.hints.flags = name.flags;
  member.hints.store_time = name.time;
}

bool is_maildir_tmp(const std::vector<std::string>& folder, std::string_view base_name) {
  return !folder.empty() && folder.back() == "tmp" && parse_maildir_name(base_name).has_form;
}

class MemberLoop {
 public:
  MemberLoop(ByteSource& source, const FoundFile& file, Reader& reader)
      : source_(source), file_(file), reader_(reader), begins_with_member_(source.head().starts_with("PK\x03\x04")),
        archive_(source, ArchiveReader::What::members) {}

  void run() {
    Words problem = archive_.opened() ? read_members() : archive_.reason();
    if (reader_.stopped()) return;
    reader_.close_group();
    if (problem.empty() && encrypted_ > 0)
      problem = Words::plural("{} member is encrypted: unpack it with its password, then import what comes out",
                              "{} members are encrypted: unpack them with the password, then import what comes out",
                              encrypted_);
    if (problem.empty() && damaged_ > 0)
      problem = Words::plural("{} member is damaged", "{} members are damaged", damaged_);
    if (problem.empty() && source_.changed()) problem = changed_while_read();
    if (!problem.empty()) reader_.set_aside_damaged(source_, file_, problem);
  }

 private:
  // Why the members end before the archive does; empty if they do not.
  Words read_members() {
    int retries = 0;
    while (!reader_.stopped()) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(archive_.get(), &entry);
      if (result == ARCHIVE_EOF) return is_lost() ? Words("damaged or incomplete") : Words();
      if (result == ARCHIVE_RETRY && ++retries < 100) continue;
      if (result == ARCHIVE_FATAL || result == ARCHIVE_RETRY || !entry) return archive_.reason();
      ++entries_;
      if (!reader_.expand(0, 1)) return reader_.expansion().exceeded;
      read_member(entry);
      reader_.tell_progress();
      if (!reader_.expansion().exceeded.empty()) return reader_.expansion().exceeded;
    }
    return {};
  }

  // No entry, although one begins the file: its list is damaged.
  bool is_lost() { return entries_ == 0 && begins_with_member_; }

  static bool is_folder(archive_entry* entry) {
    // A folder with something in it is a file whose mode is damaged.
    return archive_entry_filetype(entry) == AE_IFDIR && archive_entry_size(entry) == 0;
  }

  void read_member(archive_entry* entry) {
    if (is_folder(entry)) return;
    FoundFile member;
    const std::string path = member_path(entry);
    std::vector<std::string> folder = components_of(path);
    if (folder.empty()) folder.emplace_back(path);
    member.base_name = folder.back();
    folder.pop_back();
    member.name = file_.name + "!/" + path;
    member.group = folder.empty() ? file_.name : file_.name + "!/" + joined(folder);
    member.member = member.base_name;
    member.depth = file_.depth + 1;
    member.modified = archive_entry_mtime_is_set(entry) ? archive_entry_mtime(entry) : 0;
    member.size =
        archive_entry_size_is_set(entry) ? static_cast<std::uint64_t>(archive_entry_size(entry)) : 0;
    place_in_maildir(member, folder, reader_.options().as, file_.name);
    const auto type = archive_entry_filetype(entry);
    const bool regular = (type == AE_IFREG || type == AE_IFDIR) && !archive_entry_hardlink(entry);
    if (!regular || is_maildir_tmp(folder, member.base_name)) {
      reader_.pass_over(member);
    } else if (archive_entry_is_encrypted(entry)) {
      ++encrypted_;
    } else {
      MemberSource data(archive_, entry, reader_);
      reader_.read_found(data, member);
      if (const bool beyond_reach = reader_.take_beyond_reach(); beyond_reach || !data.failure().empty()) ++damaged_;
    }
  }

  ByteSource& source_;
  const FoundFile& file_;
  Reader& reader_;
  const bool begins_with_member_;
  ArchiveReader archive_;
  std::uint64_t entries_ = 0;
  std::uint64_t encrypted_ = 0;
  std::uint64_t damaged_ = 0;
};

} // namespace

struct DecompressedSource::Unpacker {
  explicit Unpacker(ByteSource& packed) : archive(packed, ArchiveReader::What::compressed_file) {}
  ArchiveReader archive;
  bool started = false;
  bool ended = false;
};

DecompressedSource::DecompressedSource(ByteSource& packed, Reader& reader)
    : packed_(packed), reader_(reader), unpacker_(std::make_unique<Unpacker>(packed)) {}

DecompressedSource::~DecompressedSource() = default;

std::size_t DecompressedSource::read_some(char* to, std::size_t size) {
  if (unpacker_->ended) return 0;
  unpacker_->ended = true; // unless all goes well
  ArchiveReader& archive = unpacker_->archive;
  if (!unpacker_->started) {
    unpacker_->started = true;
    archive_entry* entry = nullptr;
    const int result = archive.opened() ? archive_read_next_header(archive.get(), &entry) : ARCHIVE_FATAL;
    if (result == ARCHIVE_EOF) return 0;
    if (result < ARCHIVE_WARN) {
      fail(archive.reason(), archive.damage());
      return 0;
    }
  }
  const la_ssize_t got = archive_read_data(archive.get(), to, size);
  if (got < 0)
    fail(archive.reason(), archive.damage());
  else if (!reader_.expand(static_cast<std::uint64_t>(got)))
    fail(reader_.expansion().exceeded, Damage::cut_off);
  if (got <= 0 || !failure().empty()) return 0;
  unpacker_->ended = false;
  return static_cast<std::size_t>(got);
}

void read_archive(ByteSource& source, const FoundFile& file, Reader& reader) {
  MemberLoop(source, file, reader).run();
}

} // namespace genchi::importers
