// A file of any kind, as import_path() finds it: mail, mailbox, LINE download, and archives that hold them.
// The first line is its name.
#include <algorithm>
#include <optional>

#include "importers/reader.hpp"
#include "importers/source.hpp"
#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

bool is_shown_name(std::string_view name) {
  return is_utf8(name) && std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

// Holds importers to the order of calls, and counts.
class StrictSink final : public ImportSink {
 public:
  FileDecision begin_file(const SourceFile& file) override {
    ALWAYS(!open_ && is_shown_name(file.name));
    open_ = true;
    return FileDecision::read;
  }
  void mail(const MailItem& item) override {
    ALWAYS(open_ && is_shown_name(item.member) && is_utf8(item.hints.folder));
    ALWAYS(item.place.length == item.raw.size() && !item.raw.empty());
    bytes += item.raw.size();
  }
  void line_export(const LineExportItem& item) override {
    ALWAYS(open_ && is_shown_name(item.file_name) && !item.bytes.empty());
    bytes += item.bytes.size();
  }
  void set_aside(const Problem& problem) override {
    ALWAYS(open_ && !problem.reason.empty() && is_utf8(problem.reason.english()) && is_shown_name(problem.member));
    bytes += problem.raw.size();
  }
  void passed_over(const SourceFile& file) override {
    ALWAYS(is_shown_name(file.name));
    ++files;
  }
  void end_file(const std::optional<Sha256>&, std::uint64_t) override {
    ALWAYS(open_);
    open_ = false;
    ++files;
  }
  void progress(std::uint64_t) override {}

  bool open() const { return open_; }
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;

 private:
  bool open_ = false;
};

} // namespace

void try_input(std::string_view input) {
  importers::FoundFile file;
  file.base_name = importers::decoded_name(take_line(input).substr(0, 100));
  file.name = file.base_name;
  file.size = input.size();

  ImportOptions options;
  options.limits.max_expanded_bytes = 256 << 10;
  options.limits.max_members = 20;
  StrictSink sink;
  importers::Reader reader(options, sink);
  importers::MemorySource source(input);
  reader.begin_outermost(input.size());
  ALWAYS(reader.read_found(source, file) == importers::Outcome::done);
  reader.close_group();
  reader.end_outermost();
  ALWAYS(!sink.open());
  // What was named is told of, but for archives that hold nothing; and little comes out beyond the limit.
  if (importers::look_at(input, file.base_name, SourceKind::unknown) == importers::Look::mail)
    ALWAYS(sink.files == 1);
  ALWAYS(sink.bytes <= 4 * (options.limits.max_expanded_bytes + input.size()));
}

} // namespace genchi::fuzz
