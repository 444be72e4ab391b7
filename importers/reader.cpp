#include "importers/reader.hpp"

#include <algorithm>
#include <utility>

#include "genchi/i18n.hpp"
#include "importers/container/container.hpp"
#include "importers/container/gunzip.hpp"
#include "importers/eml/eml.hpp"
#include "importers/friend_list/friend_list.hpp"
#include "importers/line_oa/export.hpp"
#include "importers/line_oa/line_importer.hpp"
#include "importers/mbox/mbox.hpp"
#include "mail/message.hpp"

namespace genchi::importers {
namespace {

// Members up to this size are read whole first, so that their digest is known before they are taken apart.
constexpr std::uint64_t spool_limit = 64 << 20;
// A bomb is told from a small, very regular file by how much came out.
constexpr std::uint64_t ratio_counts_from = 64 << 20;

SourceFile source_file(const FoundFile& file, SourceKind kind) {
  return {file.name, kind, file.modified, std::nullopt, file.size};
}

/// Why what was read of `source` is not what it should be: its own reason, or `otherwise`.
Words damage_of(ByteSource& source, Words otherwise) {
  if (!source.failure().empty()) return source.failure();
  return source.changed() ? changed_while_read() : std::move(otherwise);
}

std::string_view first_not_empty(std::string_view a, std::string_view b) {
  return a.empty() ? b : a;
}

// Something with zero bytes in it that also has no mail header: a picture, an index, a compressed file.
bool is_binary_and_no_mail(std::string_view head) {
  return head.find('\0') != std::string_view::npos && !mail::looks_like_mail(head);
}

} // namespace

Outcome Reader::read_found(ByteSource& source, const FoundFile& file) {
  const Look look = look_at(source.head(), file.base_name, options_.as);
  if (look == Look::compressed) return read_compressed(source, file);
  if (file.in_maildir) {
    read_grouped(source, file);
    return Outcome::done;
  }
  switch (look) {
  case Look::archive:
    return read_archive_found(source, file);
  case Look::mbox:
    return read_mbox_found(source, file);
  case Look::mail:
    return read_mail_found(source, file);
  case Look::line_oa:
    if (waits(file)) return Outcome::waits;
    read_line(source, file, SourceKind::line_oa);
    return Outcome::done;
  case Look::line_talk:
    if (waits(file)) return Outcome::waits;
    read_line(source, file, SourceKind::line_talk);
    return Outcome::done;
  default:
    return read_nothing_found(source, file, look);
  }
}

Outcome Reader::read_compressed(ByteSource& source, const FoundFile& file) {
  if (file.depth >= limits().max_container_depth) {
    if (waits(file)) return Outcome::waits;
    set_aside_whole(source, file, SourceKind::unknown, Words("packed too many times over"));
    return Outcome::done;
  }
  if (file.depth == 0) expansion_ = {};
  FoundFile inner = file;
  inner.base_name = without_compression_suffix(file.base_name);
  inner.size = 0;
  ++inner.depth;
  if (source.head().starts_with("\x1f\x8b")) {
    GunzipSource unpacked(source, *this);
    return read_found(unpacked, inner);
  }
  DecompressedSource unpacked(source, *this);
  return read_found(unpacked, inner);
}

Outcome Reader::read_archive_found(ByteSource& source, const FoundFile& file) {
  if (!file.named() && is_document_name(file.base_name)) {
    pass_over(file);
    return Outcome::done;
  }
  if (waits(file)) return Outcome::waits;
  close_group();
  if (file.depth >= limits().max_container_depth) {
    set_aside_whole(source, file, SourceKind::unknown, Words("packed too many times over"));
    return Outcome::done;
  }
  if (file.depth == 0) expansion_ = {};
  const bool seven_zip = source.head().starts_with("7z");
  if (source.can_seek() || !(seven_zip || source.head().starts_with("PK"))) {
    read_archive(source, file, *this);
    return Outcome::done;
  }
  // The list of a zip is at its end, too, and that of a 7z only there.
  Spool spool;
  if (spool_all(source, spool, seven_zip ? limits().max_message_bytes : spool_limit)) {
    MemorySource whole(spool.view());
    read_archive(whole, file, *this);
  } else {
    ChainedSource whole(spool.view(), source);
    read_archive(whole, file, *this);
  }
  return Outcome::done;
}

// In a folder, a file with one message is a mail like its neighbours, also with a `From ` line.
Outcome Reader::read_mbox_found(ByteSource& source, const FoundFile& file) {
  if (file.named() || options_.as != SourceKind::unknown || is_mailbox_name(file.base_name)) {
    if (waits(file)) return Outcome::waits;
    read_mailbox(source, file);
    return Outcome::done;
  }
  Spool spool;
  const bool complete = spool_all(source, spool, spool_limit);
  if (complete && source.failure().empty() && is_single_message(spool.view())) {
    give_grouped(file, source, spool.view(), {});
    return Outcome::done;
  }
  if (waits(file)) return Outcome::waits;
  if (source.can_seek()) {
    source.rewind(0);
    read_mailbox(source, file);
  } else {
    ChainedSource whole(spool.view(), source);
    read_mailbox(whole, file);
  }
  return Outcome::done;
}

Outcome Reader::read_mail_found(ByteSource& source, const FoundFile& file) {
  if (file.named())
    read_single_mail(source, file);
  else
    read_grouped(source, file);
  return Outcome::done;
}

Outcome Reader::read_nothing_found(ByteSource& source, const FoundFile& file, Look look) {
  const bool empty = look == Look::empty;
  const bool forced = options_.as != SourceKind::unknown;
  Words reason = damaged_reason(file.base_name);
  if (options_.as != SourceKind::line_talk && line::looks_like_rows_alone(source.head()))
    reason = Words("rows of a LINE download, but not the four lines before them (account, time zone, download, header): download it again, or put them back");
  if (!source.failure().empty()) {
    if (waits(file)) return Outcome::waits;
    set_aside_damaged(source, file, source.failure());
    return Outcome::done;
  }
  const bool mailbox = forced ? options_.as == SourceKind::mbox
                              : is_mailbox_name(file.base_name) ||
                                    (file.named() && reason.empty() && !has_suffix(file.base_name, ".csv"));
  const bool mail = forced ? !is_line(options_.as) : has_suffix(file.base_name, ".eml");
  const bool ours = file.named() || forced || !reason.empty();
  if (!ours && !(empty && mailbox)) {
    pass_over(file);
    return Outcome::done;
  }
  if (!file.named() && mail && !(empty && mailbox)) {
    Spool spool;
    spool_all(source, spool);
    give_grouped(file, source, spool.view(), empty ? Words("the file is empty") : reason);
    return Outcome::done;
  }
  if (waits(file)) return Outcome::waits;
  if (empty && mailbox) {
    read_mailbox(source, file);
    return Outcome::done;
  }
  if (empty) reason = Words("the file is empty");
  if (reason.empty() && friends::recognise_friend_list(source.head()))
    reason = Words("a list of friends, which holds no messages: read it with `genchi clients import`");
  if (reason.empty())
    reason = options_.as == SourceKind::line_talk ? Words("no talk saved by the LINE app")
             : forced                           ? Words("no LINE Official Account download")
                                                : Words("neither mail nor a LINE Official Account download");
  set_aside_whole(source, file, forced ? options_.as : SourceKind::unknown, reason);
  return Outcome::done;
}

/// The bytes of a damaged file as they are stored; empty if they cannot be had.
std::string_view Reader::stored_bytes(ByteSource& source, Spool& spool) {
  ByteSource* origin = source.origin();
  if (!origin) {
    beyond_reach_ = true;
    return {};
  }
  origin->rewind(0);
  spool_all(*origin, spool);
  return spool.view();
}

void Reader::set_aside_whole(ByteSource& source, const FoundFile& file, SourceKind kind,
                             const Words& reason) {
  Spool spool, stored;
  spool_all(source, spool);
  std::string_view bytes = spool.view();
  Words said = source.failure().empty() ? reason : source.failure();
  SourceFile whole = source_file(file, kind);
  if (!source.failure().empty())
    bytes = first_not_empty(stored_bytes(source, stored), bytes);
  else if (source.changed())
    said = changed_while_read();
  else
    whole.digest = sha256(bytes);
  whole.size = bytes.size();
  if (!begin(whole)) return;
  if (bytes.size() > spool_limit) said = Words("{} ({} MiB, kept whole)", said, bytes.size() >> 20);
  sink_.set_aside({{0, bytes.size(), 0}, std::move(said), bytes, {}});
  end(whole.digest, whole.size);
}

void Reader::set_aside_alone(const FoundFile& file, const Words& reason, std::string_view raw) {
  if (!begin(source_file(file, SourceKind::unknown))) return;
  sink_.set_aside({{0, raw.size(), 0}, reason, raw, {}});
  end(std::nullopt, raw.size());
}

void Reader::set_aside_damaged(ByteSource& source, const FoundFile& file, const Words& reason) {
  const Words kept = reason; // it may be the source's own, which rewinding clears
  Spool spool;
  set_aside_alone(file, kept, stored_bytes(source, spool));
}

void Reader::pass_over(const FoundFile& file) {
  sink_.passed_over(source_file(file, SourceKind::unknown));
}

void Reader::read_mailbox(ByteSource& source, const FoundFile& file) {
  SourceFile mailbox = source_file(file, SourceKind::mbox);
  if (source.can_seek()) {
    Sha256Hasher hasher;
    const auto block = std::make_unique_for_overwrite<char[]>(1 << 20);
    mailbox.size = 0;
    while (const std::size_t got = source.read(block.get(), 1 << 20)) {
      hasher.update({block.get(), got});
      mailbox.size += got;
      if (stopped()) return;
    }
    if (source.failure().empty()) mailbox.digest = hasher.finish();
    source.rewind(0);
    if (file.depth == 0) outermost_read_ = 0;
    read_messages(source, source, file, std::move(mailbox));
    return;
  }
  Spool spool;
  if (!spool_all(source, spool, spool_limit)) {
    ChainedSource whole(spool.view(), source);
    read_messages(whole, whole, file, std::move(mailbox));
    return;
  }
  mailbox.size = spool.size();
  if (source.failure().empty()) mailbox.digest = sha256(spool.view());
  MemorySource whole(spool.view());
  read_messages(whole, source, file, std::move(mailbox));
}

// `failing` is the source whose failure is told: the messages before it are read all the same.
void Reader::read_messages(ByteSource& source, ByteSource& failing, const FoundFile& file,
                           SourceFile mailbox, const MboxStart& start) {
  if (!begin(mailbox)) return;
  MailHints hints;
  hints.folder = file.hints.folder.empty() ? mailbox_of(file.base_name) : file.hints.folder;
  hints.file_time = file.modified;
  DigestingSource read(source);
  std::optional<Place> last;
  if (!read_mbox(read, failing, hints, *this, start, last)) return;
  const std::uint64_t size = start.offset + read.bytes();
  const Words failure = failing.failure();
  const bool unharmed = failure.empty() && !failing.changed();
  if (!failure.empty()) {
    Spool spool;
    sink_.set_aside({{size, 0, 0}, failure, stored_bytes(failing, spool), {}});
  }
  const bool whole = unharmed && start.offset == 0;
  end(whole ? std::optional<Sha256>(read.digest()) : std::nullopt, size);
  if (unharmed && last && file.depth == 0 && source.can_seek()) mark_ = mailbox_mark(source, size, *last);
}

bool Reader::read_grown(ByteSource& source, const FoundFile& file, const MailboxMark& mark) {
  const std::optional<MboxStart> start = grown_since(source, mark);
  if (!start) {
    source.rewind(0);
    outermost_read_ = 0;
    return false;
  }
  source.rewind(start->offset);
  outermost_read_ = start->offset;
  SourceFile mailbox = source_file(file, SourceKind::mbox);
  mailbox.resumed_at = start->offset;
  read_messages(source, source, file, std::move(mailbox), *start);
  return true;
}

// Of a download that is cut off in its container the rows are given that came out.
void Reader::read_line(ByteSource& source, const FoundFile& file, SourceKind kind) {
  Spool spool, stored;
  spool_all(source, spool);
  const std::string_view bytes = spool.view();
  const bool given = source.damage() != ByteSource::Damage::altered && !source.changed();
  Words damage = source.failure();
  if (damage.empty() && !given) damage = changed_while_read();
  SourceFile download = source_file(file, kind);
  download.size = bytes.size();
  if (damage.empty()) download.digest = sha256(bytes);
  if (!begin(download)) return;
  if (given) give_line_export(bytes, file.base_name, limits(), sink_);
  if (!damage.empty()) {
    const std::string_view kept = source.failure().empty() ? bytes : stored_bytes(source, stored);
    sink_.set_aside({{0, kept.size(), 1}, std::move(damage), first_not_empty(kept, bytes), {}});
  }
  end(download.digest, download.size);
}

SourceKind Reader::mail_kind(const FoundFile& file) const {
  return file.in_maildir || options_.as == SourceKind::maildir ? SourceKind::maildir : SourceKind::eml;
}

void Reader::read_single_mail(ByteSource& source, const FoundFile& file) {
  Spool spool, stored;
  const bool no_mail = is_binary_and_no_mail(source.head());
  spool_all(source, spool);
  std::string_view bytes = spool.view();
  Words damage = damage_of(source, no_mail ? Words("is no mail") : Words());
  SourceFile single = source_file(file, mail_kind(file));
  if (!source.failure().empty())
    bytes = first_not_empty(stored_bytes(source, stored), bytes);
  else if (!source.changed())
    single.digest = sha256(bytes);
  single.size = bytes.size();
  if (!begin(single)) return;
  MailHints hints;
  hints.file_time = file.modified;
  give_mail_file(bytes, std::move(hints), {}, damage, limits(), sink_);
  end(single.digest, single.size);
}

void Reader::read_grouped(ByteSource& source, const FoundFile& file) {
  const bool no_mail = is_binary_and_no_mail(source.head());
  item_.clear();
  spool_all(source, item_);
  give_grouped(file, source, item_.view(), no_mail ? Words("is no mail") : Words());
}

// `bytes` are all that came out of `source`.
void Reader::give_grouped(const FoundFile& file, ByteSource& source, std::string_view bytes, Words damage) {
  if (!open_group(file)) return;
  damage = damage_of(source, std::move(damage));
  Spool stored;
  if (!source.failure().empty()) bytes = first_not_empty(stored_bytes(source, stored), bytes);
  group_->bytes += bytes.size();
  MailHints hints = file.hints;
  hints.file_time = file.modified;
  give_mail_file(bytes, std::move(hints), file.member, damage, limits(), sink_);
}

bool Reader::open_group(const FoundFile& file) {
  const SourceKind kind = mail_kind(file);
  if (!group_ || group_->file.name != file.group || group_->file.kind != kind) {
    close_group();
    Group group{{file.group, kind, 0, std::nullopt, 0}, false, 0};
    group.skipped = sink_.begin_file(group.file) == FileDecision::skip;
    group_ = std::move(group);
  }
  return !group_->skipped;
}

void Reader::set_aside_grouped(const FoundFile& file, const Words& reason) {
  if (open_group(file)) sink_.set_aside({{}, reason, {}, file.member});
}

void Reader::close_group() {
  if (!group_) return;
  const Group group = std::move(*group_);
  group_.reset();
  if (!group.skipped) end(std::nullopt, group.bytes);
}

bool Reader::begin(const SourceFile& file) {
  close_group();
  return sink_.begin_file(file) == FileDecision::read;
}

// A file that was broken off has no end: the sink must not take it for read.
void Reader::end(const std::optional<Sha256>& digest, std::uint64_t size) {
  if (!stopped()) sink_.end_file(digest, size);
}

void Reader::begin_outermost(std::uint64_t size) {
  outermost_size_ = size;
  outermost_read_ = 0;
  mark_.reset();
}

void Reader::end_outermost() {
  done_before_ += outermost_size_;
  outermost_size_ = outermost_read_ = 0;
  tell_progress();
}

void Reader::tell_progress() {
  sink_.progress(done_before_ + std::min(outermost_read_, outermost_size_));
}

bool Reader::expand(std::uint64_t bytes, std::uint64_t members) {
  if (!expansion_.exceeded.empty()) return false;
  expansion_.bytes += bytes;
  expansion_.members += members;
  const std::uint64_t packed = std::max<std::uint64_t>(1, std::min(outermost_read_, outermost_size_));
  if (expansion_.members > limits().max_members)
    expansion_.exceeded = Words("holds more than {} files", limits().max_members);
  else if (expansion_.bytes > limits().max_expanded_bytes)
    expansion_.exceeded = Words("unpacks to more than {} bytes", limits().max_expanded_bytes);
  else if (expansion_.bytes > ratio_counts_from && expansion_.bytes / packed > limits().max_expansion_ratio)
    expansion_.exceeded = Words("unpacks to more than {} times its size", limits().max_expansion_ratio);
  return expansion_.exceeded.empty();
}

} // namespace genchi::importers
