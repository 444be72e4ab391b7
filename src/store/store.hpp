// One archive folder with everything in it: the originals, the catalogue and the index, kept in step.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.hpp"
#include "catalogue/catalogue.hpp"
#include "genchi/import.hpp"
#include "importers/line_talk/talk.hpp"
#include "index/search.hpp"

namespace genchi {

/// What is going on, for a progress display. Called often and from any thread; must be cheap.
struct Progress {
  enum class Phase { reading, cataloguing, indexing, checking, writing };
  virtual ~Progress() = default;
  virtual void start(Phase phase, std::uint64_t total) = 0;  ///< total 0: unknown
  virtual void at(std::uint64_t done) = 0;
  virtual void finish() = 0;
};

/// What one file brought: read = fresh + known + set_aside.
struct Receipt {
  std::string source;
  SourceKind kind = SourceKind::unknown;
  std::string account;
  Counts counts;
  struct Problem {
    std::string place;   ///< translated: "line 12", "byte 4,096", a member's name
    std::string reason;  ///< translated
  };
  std::vector<Problem> problems;
  /// LINE: what this download lacks or adds against others of its chat, and they against it.
  struct Drift {
    line::DriftCase what = line::DriftCase::missing;
    std::uint32_t rows = 0;
    UtcSeconds first = 0, last = 0;
  };
  std::vector<Drift> drift;
  bool file_known = false;  ///< this very content was imported before
  bool unchanged = false;   ///< none of it was opened: it looks as it did when it was read
};

/// The parts of one archive folder, opened together.
class Store {
 public:
  /// For asking. When the derived stores are behind (a crash, an older version) and nobody else writes, they are
  /// brought up first; `progress` may be null. Throws Error if there is no archive.
  using Stop = std::function<bool()>;
  /// `vocabulary` (here and below): the words to read messages with if the catalogue has to be made (facts::to_text).
  static Store open(const std::filesystem::path& folder, Progress* progress = nullptr, const Stop& stop = {}, const std::string& vocabulary = {});
  /// For changing, with the lock held; made if missing and `create`.
  static Store open_for_writing(const std::filesystem::path& folder, bool create, int lock_wait_seconds = 10, const std::string& vocabulary = {});
  Store(Store&&) noexcept;
  ~Store();

  /// Where the index of an archive lies, and what says that it belongs to a catalogue.
  static std::filesystem::path index_folder(const std::filesystem::path& folder);
  static std::string index_settings(const catalogue::Catalogue& catalogue);

  Archive& archive();
  catalogue::Catalogue& catalogue();
  index::Searcher& searcher();  ///< opened at the first call
  bool was_created() const;
  /// Opened for asking while behind: why it could not be brought up, as a sentence for people. Empty else.
  const std::string& behind_because() const;
  /// Do catalogue and index hold all that the archive holds?
  bool is_current() const;

  /// Writing: brings catalogue and index up to the archive. When `stop` says so it ends with an Error of
  /// ExitCode::interrupted; the next call goes on.
  catalogue::Update catch_up(Progress* progress, const Stop& stop = {});
  /// Did the catalogue leave out an original that can be read now? Its bytes came in again in an import that was broken
  /// off, or its block file was put back.
  bool left_out_readable() const;
  /// Writing: makes catalogue and index anew from the archive. Readers have the old ones until the new ones are whole;
  /// they stay if this is ended before.
  /// `vocabulary`: the words to read messages with from now on; else those they were read with.
  catalogue::Update rebuild(Progress* progress, const Stop& stop = {}, const std::optional<std::string>& vocabulary = {});
  /// Writing: after Archive::erase(), brings catalogue and index up so that neither has a trace of what went, and lets the
  /// archive overwrite it. False: another process reads; what is left is done by the next call. Can be killed anywhere.
  bool finish_erasing(Progress* progress, const Stop& stop = {});

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Imports files into a store and gives a receipt for each.
class ImportSession {
 public:
  struct Options {
    ImportOptions reading;
    std::string account;                          ///< "" the only one
    std::function<bool()> stop;                   ///< asked between items
    talk::Choices talks;                          ///< what talks of the LINE app may leave open
    bool restore_erased = false;                  ///< bring back what was erased, where it comes in again
    bool reread = false;                          ///< open every file, also those that look unchanged
    Provenance provenance = Provenance::unsaid;   ///< of all that is read
    /// Asked of each file of the file system that is not in a Maildir: true leaves it closed until another time.
    std::function<bool(const FileLook&)> not_yet;
    Progress* progress = nullptr;
    /// Told for each file when all about it is known (LINE files: after finish()), and for files passed over.
    std::function<void(const Receipt&)> receipt;
    std::function<void(const SourceFile&)> passed_over;
  };
  ImportSession(Store& store, Options options);
  ~ImportSession();

  /// Reads one path; originals are durable when it returns. Throws Error if the path does not exist.
  void import(const std::filesystem::path& path);
  /// Brings catalogue and index up, and writes the receipts of LINE files.
  struct Result {
    Counts total;
    std::uint64_t passed_over = 0;
    std::uint64_t passed_over_before = 0;          ///< of these, in an earlier import already
    std::vector<std::string> waiting;              ///< left closed for now
    bool stopped = false;
    std::vector<std::string> guessed_own;
    std::uint64_t beyond_limits = 0;               ///< mails with text that is not searched; the original holds it
    std::vector<Sha256> first_beyond_limits;
    std::map<line::DriftCase, std::uint64_t> drift;  ///< of the downloads of this run: how often each case
    std::uint64_t unreadable = 0;                  ///< originals held that are damaged and were left out
    std::uint64_t healed = 0;                      ///< damaged originals whose bytes came in again
    std::uint64_t erased_rows = 0;                 ///< of downloads: words of messages that were taken back
    std::uint64_t not_brought_back = 0;            ///< messages and files that were erased, and came in again
    std::uint64_t words_left = 0;                  ///< rows whose words could not be erased
    bool erasing_waits = false;                    ///< for other processes that read the archive
  };
  Result finish();

 private:
  class Sink;
  std::unique_ptr<Sink> sink_;
};

}  // namespace genchi
