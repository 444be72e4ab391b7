// What all importers share during one import_path(): the sink, limits, progress, and the dispatch of whatever
// was found to the importer of its format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "genchi/import.hpp"
#include "importers/detect.hpp"
#include "importers/mbox/mbox.hpp"
#include "importers/source.hpp"

namespace genchi::importers {

/// A file, or a member of a container, that is about to be looked at.
struct FoundFile {
  std::string name;        ///< SourceFile::name
  std::string base_name;   ///< last component, decoded, without a compression suffix that was undone
  std::string group;       ///< the folder it lies in, as a SourceFile name; "" if it was named itself
  std::string member;      ///< its name within the group
  bool in_maildir = false; ///< the group is a Maildir, `hints` are from its name
  MailHints hints;
  UtcSeconds modified = 0;
  std::uint64_t size = 0; ///< 0 unknown
  int depth = 0;          ///< containers around it
  bool may_wait = false;  ///< can be read again later: while a group is open, another file waits

  bool named() const { return group.empty(); }
};

enum class Outcome { done, waits };

/// Said of a file that was written to meanwhile.
inline Words changed_while_read() { return Words("was changed while it was read: import it again"); }

/// How much may come out of one outermost container, against bombs.
struct Expansion {
  std::uint64_t bytes = 0;
  std::uint64_t members = 0;
  Words exceeded; ///< empty while within the limits
};

class Reader {
 public:
  Reader(const ImportOptions& options, ImportSink& sink) : options_(options), sink_(sink) {}

  const ImportOptions& options() const { return options_; }
  const ImportLimits& limits() const { return options_.limits; }
  ImportSink& sink() { return sink_; }
  bool stopped() const { return sink_.stop_requested(); }

  /// Reads a file of which nothing is known but its name, and tells the sink of all in it.
  Outcome read_found(ByteSource& source, const FoundFile& file);
  /// Reads on in a mailbox of which a part is held; false, with nothing told, if it must be read whole.
  bool read_grown(ByteSource& source, const FoundFile& file, const MailboxMark& mark);

  /// A file that is none of ours.
  void pass_over(const FoundFile& file);

  // --- single files; each closes the open group first ---
  /// A file of its own of which only a problem is known.
  void set_aside_alone(const FoundFile& file, const Words& reason, std::string_view raw = {});
  void set_aside_damaged(ByteSource& source, const FoundFile& file, const Words& reason);
  /// Was something damaged whose stored bytes could not be had, since the question was asked last? Then the
  /// container around it has to be kept.
  bool take_beyond_reach() { return std::exchange(beyond_reach_, false); }

  // --- groups: many mails in one folder are one SourceFile, opened at the first and closed after the last
  // ---
  bool group_open() const { return group_.has_value(); }
  void close_group();
  /// A mail of the group that could not be opened.
  void set_aside_grouped(const FoundFile& file, const Words& reason);

  // --- outermost files ---
  void begin_outermost(std::uint64_t size);
  void end_outermost();
  /// How the outermost file can be read on, if it was a mailbox.
  const std::optional<MailboxMark>& mark() const { return mark_; }
  /// Bytes read of the outermost file; a FdSource counts there.
  std::uint64_t* outermost_counter() { return &outermost_read_; }
  void tell_progress();

  /// Counts bytes (and members) that came out of a container; false once they exceed the limits.
  bool expand(std::uint64_t bytes, std::uint64_t members = 0);
  Expansion& expansion() { return expansion_; }

 private:
  Outcome read_compressed(ByteSource& source, const FoundFile& file);
  Outcome read_archive_found(ByteSource& source, const FoundFile& file);
  Outcome read_mbox_found(ByteSource& source, const FoundFile& file);
  Outcome read_mail_found(ByteSource& source, const FoundFile& file);
  Outcome read_nothing_found(ByteSource& source, const FoundFile& file, Look look);
  void read_mailbox(ByteSource& source, const FoundFile& file);
  void read_line(ByteSource& source, const FoundFile& file, SourceKind kind);
  void set_aside_whole(ByteSource& source, const FoundFile& file, SourceKind kind, const Words& reason);
  void read_grouped(ByteSource& source, const FoundFile& file);
  void give_grouped(const FoundFile& file, ByteSource& source, std::string_view bytes, Words damage);
  void read_single_mail(ByteSource& source, const FoundFile& file);
  void read_messages(ByteSource& source, ByteSource& failing, const FoundFile& file, SourceFile mailbox,
                     const MboxStart& start = {});
  SourceKind mail_kind(const FoundFile& file) const;
  std::string_view stored_bytes(ByteSource& source, Spool& spool);
  bool waits(const FoundFile& file) const { return group_open() && file.may_wait; }
  bool open_group(const FoundFile& file);
  bool begin(const SourceFile& file);
  void end(const std::optional<Sha256>& digest, std::uint64_t size);

  struct Group {
    SourceFile file;
    bool skipped = false;
    std::uint64_t bytes = 0;
  };

  const ImportOptions& options_;
  ImportSink& sink_;
  std::optional<Group> group_;
  std::optional<MailboxMark> mark_;
  Spool item_;                          // the mail being given
  Expansion expansion_;
  bool beyond_reach_ = false;
  std::uint64_t done_before_ = 0; // bytes of outermost files finished
  std::uint64_t outermost_size_ = 0;
  std::uint64_t outermost_read_ = 0;
};

} // namespace genchi::importers
