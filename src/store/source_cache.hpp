// cache.db: what source files looked like when they were last read, so that unchanged ones are not opened again and a
// mailbox that grew is read on. It can be deleted at any time and is never in the way: what it cannot tell is read
// again. src/README.md, "Unchanged sources", says why it cannot lose anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.hpp"
#include "genchi/import.hpp"

namespace genchi {

/// What came of a file, all of it read and none of it set aside.
struct Held {
  enum class What { nothing_known, group_mail, passed_over, sources };
  What what = What::nothing_known;
  SourceKind group_kind = SourceKind::unknown;  ///< group_mail: the file is one mail of a folder
  /// sources: the SourceFiles in it, in order.
  struct Source {
    std::string below;        ///< its name without that of the file: "", "!/12_青木.csv"
    bool passed_over = false;
    SourceKind kind = SourceKind::unknown;
    std::string account;
    std::uint64_t read = 0;
    std::optional<Sha256> digest;
  };
  std::vector<Source> sources;
  /// Not `sources` of this file but of what it was before it grew.
  std::optional<MailboxMark> mark;
};

/// For one import session, by the one writer of an archive. Never throws but for want of memory.
class SourceCache {
 public:
  /// `archive` must outlive this. What was remembered counts only where `archive` holds the journal row at which it was.
  SourceCache(const Archive& archive, const std::string& account, SourceKind as);
  ~SourceCache();

  Held find(const FileLook& look);
  /// The file is to be remembered, unless it was touched so lately that a change might not show.
  void remember_group_mail(const FileLook& look, SourceKind kind);
  void remember_passed_over(const FileLook& look);
  void remember(const FileLook& look, const std::vector<Held::Source>& sources, const std::optional<MailboxMark>& mark);
  /// No more files of the folder follow for now: frees the memory that its files take.
  void leave_folder();
  /// Writes what is to be remembered. REQUIRES: the originals are durable. Without it nothing is.
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace genchi
