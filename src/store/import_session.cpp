// From importers to the archive, with a receipt for every file.
#include <fmt/format.h>

#include <algorithm>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"
#include "mail/message.hpp"
#include "store/store.hpp"

namespace genchi {
namespace {

constexpr std::uint64_t batch_bytes = 4 << 20;
constexpr std::uint64_t batch_entries = 1000;
// A mailbox of a hundred thousand broken mails is described by its first problems and a count.
constexpr std::size_t most_problems_listed = 1000;

std::string_view last_component(std::string_view name) {
  const std::size_t at = name.find_last_of('/');
  return at == std::string_view::npos ? name : name.substr(at + 1);
}

std::string place_text(const Place& place, const std::string& member) {
  std::string out = member;
  const std::string where = place.line != 0 ? trf("line {}", place.line) : place.offset != 0 ? trf("byte {}", place.offset) : "";
  if (!where.empty()) out += (out.empty() ? "" : ", ") + where;
  return out;
}

}  // namespace

class ImportSession::Sink : public ImportSink {
 public:
  Sink(Store& store, Options options) : store_(store), options_(std::move(options)) {}

  FileDecision begin_file(const SourceFile& file) override;
  void mail(const MailItem& item) override;
  void line_export(const LineExportItem& item) override;
  void set_aside(const Problem& problem) override;
  void passed_over(const SourceFile& file) override;
  void end_file(const std::optional<Sha256>& digest, std::uint64_t size) override;
  void progress(std::uint64_t bytes_done) override {
    if (options_.progress) options_.progress->at(done_before_ + bytes_done);
  }
  bool stop_requested() const override { return options_.stop && options_.stop(); }

  void import(const std::filesystem::path& path);
  Result finish();

 private:
  /// A file whose originals are in, but whose receipt waits for the catalogue: LINE rows are told apart there.
  struct Waiting {
    Receipt receipt;
    Seq begin = 0;
    Sha256 export_digest;
    std::optional<Sha256> digest;
    std::uint64_t size = 0;
  };

  void commit_if_large() {
    if (archive().pending_bytes() >= batch_bytes || archive().pending_entries() >= batch_entries) archive().commit_batch();
  }
  void tell(const Receipt& receipt);
  Archive& archive() { return store_.archive(); }

  Store& store_;
  Options options_;
  Receipt current_;
  Seq begin_ = 0;
  std::optional<Sha256> export_digest_;
  std::vector<Waiting> waiting_;
  Result result_;
  std::uint64_t done_before_ = 0;
};

FileDecision ImportSession::Sink::begin_file(const SourceFile& file) {
  current_ = {};
  current_.source = file.name;
  current_.kind = file.kind;
  current_.account = options_.account;
  export_digest_.reset();
  if (file.digest) {
    const auto before = archive().finished_import(*file.digest, options_.account);
    // What was read as something else, or not wholly, is read again: it may go better now, and its problems are named
    // again if not. LINE files of equal bytes are not one chat if they are called otherwise.
    const bool whole = before && before->kind == file.kind && before->counts.set_aside == 0;
    if (whole && (file.kind != SourceKind::line_oa || last_component(before->source) == last_component(file.name))) {
      current_.file_known = true;
      current_.counts.read = current_.counts.known = before->counts.read;
        tell(current_);
      return FileDecision::skip;
    }
  }
  begin_ = archive().begin_import(file, options_.account);
  return FileDecision::read;
}

void ImportSession::Sink::mail(const MailItem& item) {
  const Archive::Added added = archive().add_mail(item, mail::identity(item.raw));
  ++current_.counts.read;
  ++(added.fresh ? current_.counts.fresh : current_.counts.known);
  commit_if_large();
}

void ImportSession::Sink::line_export(const LineExportItem& item) {
  const std::optional<line::Export> parsed = line::parse_export(item.bytes, item.file_name);
  if (!parsed) {
    set_aside({Place{0, item.bytes.size(), 0}, Words("not a LINE Official Account chat CSV"), item.bytes, item.file_name});
    return;
  }
  std::vector<Archive::ByteRange> rows;
  rows.reserve(parsed->rows.size());
  for (const auto& row : parsed->rows) rows.push_back({row.offset, row.length});
  archive().add_export(item.bytes, item.file_name, rows);
  current_.counts.read = parsed->rows.size();
  for (const auto& bad : parsed->bad_rows) {
    current_.counts.read += bad.rows;
    current_.counts.set_aside += bad.rows;
    if (current_.problems.size() < most_problems_listed)
      current_.problems.push_back({place_text({bad.offset, bad.length, bad.line}, ""), bad.rows > 1 ? trf("{0} ({1} rows)", bad.reason, bad.rows) : bad.reason});
  }
  if (current_.account.empty()) current_.account = parsed->account_name;
  export_digest_ = sha256(item.bytes);
  commit_if_large();
}

void ImportSession::Sink::set_aside(const Problem& problem) {
  ++current_.counts.read;
  ++current_.counts.set_aside;
  if (current_.problems.size() < most_problems_listed)
    current_.problems.push_back({place_text(problem.place, problem.member), problem.reason.translated()});
  archive().add_set_aside(problem);
  commit_if_large();
}

void ImportSession::Sink::passed_over(const SourceFile& file) {
  ++result_.passed_over;
  if (options_.passed_over) options_.passed_over(file);
}

void ImportSession::Sink::end_file(const std::optional<Sha256>& digest, std::uint64_t size) {
  if (stop_requested()) {
    archive().suspend_import();  // no receipt: the file was not read to its end
    return;
  }
  if (export_digest_) {
    archive().suspend_import();
    waiting_.push_back({current_, begin_, *export_digest_, digest, size});
    return;
  }
  archive().end_import(current_.counts, digest, size, Archive::Durable::later);
  commit_if_large();
  tell(current_);
}

void ImportSession::Sink::tell(const Receipt& receipt) {
  result_.total.read += receipt.counts.read;
  result_.total.fresh += receipt.counts.fresh;
  result_.total.known += receipt.counts.known;
  result_.total.set_aside += receipt.counts.set_aside;
  if (options_.receipt) options_.receipt(receipt);
}

void ImportSession::Sink::import(const std::filesystem::path& path) {
  const std::uint64_t size = total_size(path);
  import_path(path, options_.reading, *this);
  archive().commit_batch();
  done_before_ += size;
}

ImportSession::Result ImportSession::Sink::finish() {
  archive().commit_batch();
  if (options_.progress) options_.progress->finish();
  if (stop_requested()) {
    result_.stopped = true;
    return result_;
  }
  const catalogue::Update update = store_.catch_up(options_.progress, options_.stop);
  result_.guessed_own = update.guessed_own;
  result_.beyond_limits = update.beyond_limits;
  result_.first_beyond_limits = update.first_beyond_limits;
  std::map<Sha256, std::uint64_t> fresh;
  for (const auto& [entry, rows] : update.fresh_rows)
    if (const auto original = archive().entry(entry)) fresh[original->digest] += rows;
  for (Waiting& file : waiting_) {
    // The same download under two names in one run: its rows are new once.
    Counts& counts = file.receipt.counts;
    counts.fresh = std::min(fresh[file.export_digest], counts.read - counts.set_aside);
    fresh[file.export_digest] -= counts.fresh;
    counts.known = counts.read - counts.set_aside - counts.fresh;
    archive().end_import(file.begin, counts, file.digest, file.size, Archive::Durable::later);
    tell(file.receipt);
  }
  archive().commit_batch();
  store_.catalogue().pass_over(archive().head());
  waiting_.clear();
  return result_;
}

ImportSession::ImportSession(Store& store, Options options) : sink_(std::make_unique<Sink>(store, std::move(options))) {}
ImportSession::~ImportSession() = default;
void ImportSession::import(const std::filesystem::path& path) { sink_->import(path); }
ImportSession::Result ImportSession::finish() { return sink_->finish(); }

}  // namespace genchi
