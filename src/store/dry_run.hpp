// What an import would bring, without one: everything is read, nothing is written.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.hpp"
#include "catalogue/catalogue.hpp"
#include "genchi/import.hpp"
#include "importers/line_talk/talk.hpp"
#include "store/store.hpp"

namespace genchi {

/// What a file is, and what it would bring. Mails are compared with those held by what they are; rows of a LINE file with
/// those of the chat that most of its rows are in. What an earlier file of the same run would bring counts as known.
struct WouldBring {
  Receipt receipt;            ///< as of an import; no drift
  std::string chat;           ///< LINE: its name by the file
  std::optional<UtcSeconds> first, last; ///< of its messages, where they were read
};

class DryRun {
 public:
  struct Options {
    ImportOptions reading;
    std::string account;
    talk::Choices talks;
    std::function<bool()> stop;
    std::function<void(const WouldBring&)> found;
    std::function<void(const SourceFile&)> passed_over;
  };
  /// `store`: null where there is no archive yet. It must outlive this.
  DryRun(Store* store, Options options);
  ~DryRun();

  /// Throws Error if the path does not exist.
  void read(const std::filesystem::path& path);
  struct Result {
    Counts total;
    std::uint64_t passed_over = 0;
    bool stopped = false;
  };
  Result result() const;

 private:
  class Sink;
  std::unique_ptr<Sink> sink_;
};

/// Why a talk cannot be taken as it is, and what to say; empty if it can.
Words talk_is_unclear(const talk::Talk& talk);

}  // namespace genchi
