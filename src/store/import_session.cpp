// From importers to the archive, with a receipt for every file.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"
#include "mail/memo.hpp"
#include "mail/message.hpp"
#include "store/dry_run.hpp"
#include "store/export.hpp"
#include "store/source_cache.hpp"
#include "store/store.hpp"
#include "store/tombstones.hpp"
#include "store/unsent.hpp"

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
  Sink(Store& store, Options options)
      : store_(store), options_(std::move(options)), account_(options_.account),
        cache_(store.archive(), options_.account, options_.reading.as) {
    if (options_.restore_erased) archive().set_restoring();
    // An erasing that was broken off: what this import brings is new only beside what is left.
    if (archive().erased_whole_since(store_.catalogue().applied())) store_.catch_up(options_.progress, options_.stop);
  }

  FileAnswer before_opening(const FileLook& look) override;
  void after_reading(const FileLook& look, const std::optional<MailboxMark>& mark) override;
  FileDecision begin_file(const SourceFile& file) override;
  void mail(const MailItem& item) override;
  void line_export(const LineExportItem& item) override;
  void memo(const MailItem& item) override;
  void memo_notes(std::string_view text) override;
  void media_notes(std::string_view text) override;
  void media(const MailItem& item) override;
  void line_talk(const LineExportItem& item);
  void set_aside(const Problem& problem) override;
  void passed_over(const SourceFile& file) override;
  void end_file(const std::optional<Sha256>& digest, std::uint64_t size) override;
  void progress(std::uint64_t bytes_done) override {
    done_ = bytes_done;
    if (options_.progress) options_.progress->at(done_before_ + bytes_done);
  }
  bool stop_requested() const override { return options_.stop && options_.stop(); }

  void import(const std::filesystem::path& path);
  Result finish();

 private:
  void import_export(const std::filesystem::path& folder, const std::map<std::string, std::string>& accounts);

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
  void note_bad_rows(const std::vector<line::BadRow>& rows);
  talk::Choices choices_for(const Sha256& digest) const;
  void tell(const Receipt& receipt);
  void tell_unchanged(const FileLook& look, const Held& held);
  void tell_unchanged_mails();
  bool link_memos();
  bool attach_media();
  void note_source(const SourceFile& file, const std::optional<Sha256>& digest);
  void journal_unchanged();
  void begin_if_open();
  void begin_nameless();
  /// What is to stand for rows that were erased once; none where they are wanted back.
  std::map<std::uint64_t, std::string> erased_before(const std::vector<RowName>& rows, const ChatName& chat,
                                                     const std::function<std::string(std::size_t row, std::string_view mark)>& instead);
  void add_export(const LineExportItem& item, const std::vector<Archive::ByteRange>& rows, const std::map<std::uint64_t, std::string>& instead, bool has_bad_rows);
  void count_known_or_new(const Archive::Added& added);
  Archive& archive() { return store_.archive(); }

  Store& store_;
  Options options_;
  std::string account_;  ///< of what is being read
  std::map<Sha256, talk::Choices> exported_talks_;  ///< what `genchi export` wrote beside them
  Receipt current_;
  Seq begin_ = 0;
  std::optional<Sha256> export_digest_;
  std::vector<Waiting> waiting_;
  std::vector<std::pair<Sha256, Sha256>> confirmed_;  ///< memos and the answers that confirm them, by the notes of an export
  MediaNotes media_;                                  ///< the same of files that belong to LINE messages
  Result result_;
  std::uint64_t done_before_ = 0, done_ = 0;

  SourceCache cache_;
  /// The file of the file system that is being read, and what came of it so far.
  struct Reading {
    std::string name;
    std::uint64_t mails = 0;
    bool set_aside = false;
    std::vector<Held::Source> sources;
    std::uint64_t held_before = 0;  ///< messages of a mailbox that grew, but for the one it is read on from
  };
  std::optional<Reading> reading_;
  bool open_ = false;       ///< between begin_file and end_file
  bool begun_ = false;      ///< the journal has it; of a mail alone, when it is known which one it is
  bool begun_here_ = false; ///< the open SourceFile was begun in what is being read, and so is no group around it
  SourceFile file_;
  /// Mails of a folder that were left closed: part of its group's receipt if a new one is met, else told alone.
  std::string unchanged_group_;
  std::map<SourceKind, std::uint64_t> unchanged_mails_;
  /// Of each kind of mail store, one that was looked at and had nothing new, until one is read.
  struct NothingNew {
    SourceFile file;
    std::string account;
    Counts counts;
  };
  std::map<SourceKind, NothingNew> nothing_new_;
  std::set<SourceKind> journalled_;
};

FileAnswer ImportSession::Sink::before_opening(const FileLook& look) {
  if (look.group != unchanged_group_) {
    tell_unchanged_mails();
    unchanged_group_ = look.group;
  }
  // What lies in a Maildir is whole: it is written elsewhere and moved there.
  if (options_.not_yet && !look.role.starts_with("maildir") && options_.not_yet(look)) {
    result_.waiting.push_back(display_path(std::filesystem::path(std::string(look.folder)) / std::string(look.name)));
    return {true, std::nullopt};
  }
  reading_.emplace();
  begun_here_ = false;
  // The cache is of one account; and where originals are damaged, what comes in again may mend them.
  if (options_.reread || account_ != options_.account || archive().has_damage()) return {};
  const Held held = cache_.find(look);
  if (held.what == Held::What::nothing_known) return {};
  if (held.mark) {
    const bool one = held.sources.size() == 1 && held.sources.front().read > 0;
    if (one) reading_->held_before = held.sources.front().read - 1;
    return {false, one ? held.mark : std::nullopt};
  }
  tell_unchanged(look, held);
  reading_.reset();
  return {true, std::nullopt};
}

void ImportSession::Sink::tell_unchanged(const FileLook& look, const Held& held) {
  if (held.what == Held::What::group_mail) {
    ++unchanged_mails_[held.group_kind];
    return;
  }
  SourceFile file;
  const std::string name = display_path(std::filesystem::path(std::string(look.folder)) / std::string(look.name));
  file.modified = look.stamp.modified_ns / 1'000'000'000;
  file.size = look.stamp.size;
  if (held.what == Held::What::passed_over) {
    file.name = name;
    ++result_.passed_over_before;
    passed_over(file);
  }
  for (const Held::Source& source : held.sources) {
    file.name = name + source.below;
    file.kind = source.kind;
    if (source.passed_over) {
      ++result_.passed_over_before;
      passed_over(file);
      continue;
    }
    Receipt receipt;
    receipt.source = file.name;
    receipt.kind = source.kind;
    receipt.account = source.account;
    receipt.counts.read = receipt.counts.known = source.read;
    receipt.unchanged = true;
    file.digest = source.digest;
    nothing_new_[source.kind] = {file, options_.account, receipt.counts};
    tell(receipt);
  }
}

void ImportSession::Sink::tell_unchanged_mails() {
  for (const auto& [kind, mails] : std::exchange(unchanged_mails_, {})) {
    Receipt receipt;
    receipt.source = unchanged_group_;
    receipt.kind = kind;
    receipt.account = options_.account;
    receipt.counts.read = receipt.counts.known = mails;
    receipt.unchanged = true;
    nothing_new_[kind] = {{unchanged_group_, kind, 0, std::nullopt, 0}, options_.account, receipt.counts};
    tell(receipt);
  }
}

void ImportSession::Sink::after_reading(const FileLook& look, const std::optional<MailboxMark>& mark) {
  if (!reading_ || reading_->set_aside || account_ != options_.account) return reading_.reset();
  const Reading read = std::move(*reading_);
  reading_.reset();
  const std::string name = display_path(std::filesystem::path(std::string(look.folder)) / std::string(look.name));
  // Also within a group of mails that lie beside it.
  if (read.mails == 0 && read.sources.size() == 1 && read.sources.front().passed_over && read.sources.front().below == name) {
    cache_.remember_passed_over(look);
    return;
  }
  if (open_) {
    if (read.mails == 1) cache_.remember_group_mail(look, current_.kind);
    return;
  }
  std::vector<Held::Source> sources = read.sources;
  for (Held::Source& source : sources) {
    if (!source.below.starts_with(name)) return;
    source.below.erase(0, name.size());
  }
  cache_.remember(look, sources, mark);
}

// What came of the file that is being read, but for a mail of a group, which ends later.
void ImportSession::Sink::note_source(const SourceFile& file, const std::optional<Sha256>& digest) {
  if (!reading_ || !begun_here_) return;
  reading_->sources.push_back({file.name, false, file.kind, current_.account, current_.counts.read, digest});
}

FileDecision ImportSession::Sink::begin_file(const SourceFile& file) {
  current_ = {};
  current_.source = file.name;
  current_.kind = file.kind;
  current_.account = account_;
  export_digest_.reset();
  begun_here_ = reading_.has_value();
  file_ = file;
  if (file.digest) {
    const auto before = archive().finished_import(*file.digest, account_);
    // What was read as something else, or not wholly, is read again: it may go better now, and its problems are named
    // again if not. LINE files of equal bytes are not one chat if they are called otherwise.
    const bool whole = before && before->kind == file.kind && before->counts.set_aside == 0;
    const bool read_otherwise = (file.kind == SourceKind::line_talk && options_.reread) || options_.restore_erased;
    if (whole && !read_otherwise && (!is_line(file.kind) || last_component(before->source) == last_component(file.name))) {
      current_.file_known = true;
      current_.counts.read = current_.counts.known = before->counts.read;
      note_source(file, file.digest);
      nothing_new_[file.kind] = {file, account_, current_.counts};
      tell(current_);
      return FileDecision::skip;
    }
  }
  if (file.resumed_at != 0 && reading_) current_.counts.read = current_.counts.known = reading_->held_before;
  open_ = true;
  begun_ = false;
  // It shows when it is read.
  const bool may_be_erased = file.digest && (file.kind == SourceKind::eml || is_line(file.kind));
  if (file.digest && !options_.restore_erased && archive().was_erased(*file.digest, last_component(file.name))) begin_nameless();
  else if (!may_be_erased) begin_if_open();
  return FileDecision::read;
}

void ImportSession::Sink::begin_if_open() {
  if (begun_) return;
  begin_ = archive().begin_import(file_, account_, options_.provenance);
  begun_ = true;
}

/// One that was erased is not to leave its name behind, nor is it remembered as read.
void ImportSession::Sink::begin_nameless() {
  if (begun_) return;
  SourceFile nameless = file_;
  nameless.name.clear();
  nameless.modified = 0;
  if (reading_) reading_->set_aside = true;
  begin_ = archive().begin_import(nameless, account_, options_.provenance);
  begun_ = true;
}

void ImportSession::Sink::mail(const MailItem& item) {
  const Sha256 identity = mail::identity(item.raw);
  if (!begun_ && !options_.restore_erased && archive().was_erased(identity)) begin_nameless();
  begin_if_open();
  const Archive::Added added = archive().add_mail(item, identity);
  ++current_.counts.read;
  if (reading_) ++reading_->mails;
  count_known_or_new(added);
  commit_if_large();
}

talk::Choices ImportSession::Sink::choices_for(const Sha256& digest) const {
  talk::Choices choices = options_.talks;
  if (const auto at = exported_talks_.find(digest); at != exported_talks_.end()) {
    choices.me.insert(choices.me.end(), at->second.me.begin(), at->second.me.end());
    choices.names.insert(choices.names.end(), at->second.names.begin(), at->second.names.end());
    if (choices.dates == talk::DateOrder::unknown) choices.dates = at->second.dates;
  }
  // An account goes by its own name.
  if (!account_.empty()) choices.me.push_back(account_);
  const talk::Choices before = store_.catalogue().talk_choices(digest);
  if (options_.talks.me.empty()) choices.me.insert(choices.me.end(), before.me.begin(), before.me.end());
  if (choices.names.empty()) choices.names = before.names;
  if (choices.dates == talk::DateOrder::unknown) choices.dates = before.dates;
  return choices;
}

void ImportSession::Sink::line_talk(const LineExportItem& item) {
  const Sha256 digest = sha256(item.bytes);
  talk::Choices choices = choices_for(digest);
  const auto parsed = talk::parse_talk(item.bytes, item.file_name, choices);
  const auto set_all_aside = [&](Words reason) {
    set_aside({Place{0, item.bytes.size(), 0}, std::move(reason), item.bytes, item.file_name});
  };
  if (!parsed) return set_all_aside(Words("no talk saved by the LINE app"));
  if (Words unclear = talk_is_unclear(*parsed); !unclear.empty()) return set_all_aside(std::move(unclear));
  // Kept is what the file leaves open, and no more.
  talk::Choices kept;
  const auto alone = talk::parse_talk(item.bytes, item.file_name);
  if (alone->side_unknown || alone->own != parsed->own) kept.me = parsed->own;
  if (parsed->family == talk::Family::pc && (alone->side_unknown || alone->names_unknown || alone->senders != parsed->senders || alone->rows.size() != parsed->rows.size())) {
    kept.me = parsed->own;
    kept.names = choices.names;
  }
  if (alone->dates_unknown) kept.dates = choices.dates;
  if (const std::string packed = catalogue::pack_choices(kept); packed != catalogue::pack_choices(store_.catalogue().talk_choices(digest))) {
    auto payload = parse_json(packed);
    payload["talk"] = digest.hex();
    archive().append(JournalKind::annotation, json_text(payload, NotUtf8::replaced), Archive::Durable::later);
  }
  std::vector<Archive::ByteRange> rows;
  rows.reserve(parsed->rows.size());
  std::vector<RowName> names;
  for (const auto& row : parsed->rows) {
    rows.push_back({row.offset, row.length});
    names.push_back(row_name(line::row_key(talk::as_line_row(row, parsed->own, japan_offset_minutes)), /*minute=*/true));
  }
  add_export(item, rows, erased_before(names, {talk::chat_name(*parsed), account_}, [&](std::size_t row, std::string_view mark) {
               return talk::erased_row(item.bytes.substr(rows[row].offset, rows[row].length), parsed->rows[row], *parsed, mark);
             }), !parsed->bad_rows.empty());
  current_.counts.read = parsed->rows.size();
  note_bad_rows(parsed->bad_rows);
  export_digest_ = digest;
  commit_if_large();
}

void ImportSession::Sink::count_known_or_new(const Archive::Added& added) {
  ++(added.fresh ? current_.counts.fresh : current_.counts.known);
  if (added.erased) ++result_.not_brought_back;
}

std::map<std::uint64_t, std::string> ImportSession::Sink::erased_before(const std::vector<RowName>& rows, const ChatName& chat,
                                                                        const std::function<std::string(std::size_t, std::string_view)>& instead) {
  if (!archive().has_row_tombstones()) return {};
  const ErasedBefore found = rows_erased_before(archive(), rows, chat);
  if (options_.restore_erased) {
    archive().restore(tombstones_of(found, rows));
    return {};
  }
  std::map<std::uint64_t, std::string> out;
  for (const std::size_t row : found.rows)
    if (std::string bytes = instead(row, mark_of(archive(), rows[row])); !bytes.empty()) out.emplace(row, std::move(bytes));
  return out;
}

void ImportSession::Sink::add_export(const LineExportItem& item, const std::vector<Archive::ByteRange>& rows, const std::map<std::uint64_t, std::string>& instead,
                                     bool has_bad_rows) {
  // Nothing of it would be left but whose it is.
  if (!rows.empty() && !has_bad_rows && instead.size() == rows.size()) {
    result_.not_brought_back += rows.size();
    return begin_nameless();
  }
  begin_if_open();
  const Archive::Added added = archive().add_export(item.bytes, item.file_name, rows, instead);
  result_.not_brought_back += added.erased ? rows.size() : instead.size();
}

void ImportSession::Sink::note_bad_rows(const std::vector<line::BadRow>& rows) {
  for (const auto& bad : rows) {
    current_.counts.read += bad.rows;
    current_.counts.set_aside += bad.rows;
    if (reading_) reading_->set_aside = true;
    if (current_.problems.size() < most_problems_listed)
      current_.problems.push_back({place_text({bad.offset, bad.length, bad.line}, ""), bad.rows > 1 ? trf("{0} ({1} rows)", bad.reason, bad.rows) : bad.reason});
  }
}

void ImportSession::Sink::line_export(const LineExportItem& item) {
  if (current_.kind == SourceKind::line_talk) return line_talk(item);
  const std::optional<line::Export> parsed = line::parse_export(item.bytes, item.file_name);
  if (!parsed) {
    set_aside({Place{0, item.bytes.size(), 0}, Words("not a LINE Official Account chat CSV"), item.bytes, item.file_name});
    return;
  }
  std::vector<Archive::ByteRange> rows;
  rows.reserve(parsed->rows.size());
  std::vector<RowName> names;
  for (const auto& row : parsed->rows) {
    rows.push_back({row.offset, row.length});
    names.push_back(row_name(line::row_key(row), /*minute=*/false));
  }
  const ChatName chat{parsed->chat_name, account_.empty() ? parsed->account_name : account_};
  add_export(item, rows, erased_before(names, chat, [&](std::size_t row, std::string_view mark) {
               return line::erased_row(item.bytes.substr(rows[row].offset, rows[row].length), parsed->charset, mark);
             }), !parsed->bad_rows.empty());
  current_.counts.read = parsed->rows.size();
  note_bad_rows(parsed->bad_rows);
  if (current_.account.empty()) current_.account = parsed->account_name;
  export_digest_ = sha256(item.bytes);
  commit_if_large();
}

void ImportSession::Sink::memo(const MailItem& item) {
  if (!mail::read_memo(item.raw)) {
    set_aside({item.place, Words("not a memo of genchi"), item.raw, item.member});
    return;
  }
  const Archive::Added added = archive().add_memo(item.raw, item.place, item.member);
  ++current_.counts.read;
  count_known_or_new(added);
  commit_if_large();
}

void ImportSession::Sink::memo_notes(std::string_view text) {
  constexpr std::string_view confirmed = "confirmed ";
  constexpr std::size_t digits = 64;
  Line line;
  while (next_line(text, line)) {
    if (!line.text.starts_with(confirmed) || line.text.size() != confirmed.size() + 2 * digits + 1) continue;
    const auto memo = Sha256::from_hex(std::string(line.text.substr(confirmed.size(), digits)));
    const auto answer = Sha256::from_hex(std::string(line.text.substr(confirmed.size() + digits + 1)));
    if (memo && answer) confirmed_.emplace_back(*memo, *answer);
  }
}

void ImportSession::Sink::media_notes(std::string_view text) { read_media_notes(text, media_); }

void ImportSession::Sink::media(const MailItem& item) {
  const auto name = media_.names.find(item.member);
  const Archive::Added added = archive().add_media(item.raw, name == media_.names.end() ? item.member : name->second, item.hints.file_time);
  ++current_.counts.read;
  count_known_or_new(added);
  commit_if_large();
}

/// Which message a file belongs to, where nothing was ever said of it here. False: there was none to note.
bool ImportSession::Sink::attach_media() {
  using catalogue::Annotation;
  bool any = false;
  const catalogue::Catalogue& held = store_.catalogue();
  for (const MediaNotes::Tie& tie : std::exchange(media_, {}).ties) {
    auto message = held.message_marked(tie.mark);
    if (!message) message = held.current_id(tie.message);
    if (!message || !archive().media(tie.digest)) continue;
    const auto written = held.annotations(held.targets_of(*message));
    if (std::any_of(written.begin(), written.end(), [](const Annotation& each) { return each.what == Annotation::What::attached; })) continue;
    Annotation link;
    link.what = Annotation::What::attached;
    link.target = "message:" + message->hex();
    link.value = tie.digest.hex();
    link.by = tie.by;
    archive().append(JournalKind::annotation, catalogue::to_payload(link), Archive::Durable::later);
    any = true;
  }
  if (any) archive().commit_batch();
  return any;
}

/// Confirmations that came with memos, where nothing was ever said of it here. False: there was none to note.
bool ImportSession::Sink::link_memos() {
  using catalogue::Annotation;
  bool any = false;
  const catalogue::Catalogue& held = store_.catalogue();
  for (const auto& [memo, answer] : std::exchange(confirmed_, {})) {
    const std::string target = "message:" + memo.hex();
    const auto written = held.annotations({target});
    const bool said = std::any_of(written.begin(), written.end(), [](const Annotation& each) { return each.what == Annotation::What::confirmation; });
    if (said || !held.memo(memo) || !held.current_id(answer)) continue;
    Annotation link;
    link.what = Annotation::What::confirmation;
    link.target = target;
    link.value = answer.hex();
    archive().append(JournalKind::annotation, catalogue::to_payload(link), Archive::Durable::later);
    any = true;
  }
  if (any) archive().commit_batch();
  return any;
}

void ImportSession::Sink::set_aside(const Problem& problem) {
  begin_if_open();
  ++current_.counts.read;
  if (!archive().add_set_aside(problem)) {
    ++current_.counts.known;
    ++result_.not_brought_back;
    return;
  }
  ++current_.counts.set_aside;
  if (reading_) reading_->set_aside = true;
  if (current_.problems.size() < most_problems_listed)
    current_.problems.push_back({place_text(problem.place, problem.member), problem.reason.translated()});
  commit_if_large();
}

void ImportSession::Sink::passed_over(const SourceFile& file) {
  ++result_.passed_over;
  if (reading_) reading_->sources.push_back({file.name, true, SourceKind::unknown, "", 0, std::nullopt});
  if (options_.passed_over) options_.passed_over(file);
}

void ImportSession::Sink::end_file(const std::optional<Sha256>& digest, std::uint64_t size) {
  begin_if_open();
  open_ = false;
  if (stop_requested()) {
    archive().suspend_import();  // no receipt: the file was not read to its end
    return;
  }
  note_source(file_, digest);
  if (export_digest_) {
    archive().suspend_import();
    waiting_.push_back({current_, begin_, *export_digest_, digest, size});
    return;
  }
  // All mails of the folder have been met: those left closed belong to it.
  if (file_.name == unchanged_group_) {
    if (const auto mails = unchanged_mails_.extract(current_.kind)) {
      current_.counts.read += mails.mapped();
      current_.counts.known += mails.mapped();
    }
  }
  archive().end_import(current_.counts, digest, size, Archive::Durable::later);
  journalled_.insert(current_.kind);
  commit_if_large();
  tell(current_);
}

// An import that found nothing new is journalled once a kind, since search tells up to when mail is in.
void ImportSession::Sink::journal_unchanged() {
  for (const auto& [kind, source] : nothing_new_) {
    const bool mail = kind == SourceKind::mbox || kind == SourceKind::maildir || kind == SourceKind::eml;
    if (!mail || journalled_.contains(kind)) continue;
    archive().begin_import(source.file, source.account, options_.provenance);
    archive().end_import(source.counts, source.file.digest, source.file.size, Archive::Durable::later);
  }
}

void ImportSession::Sink::tell(const Receipt& receipt) {
  result_.total.read += receipt.counts.read;
  result_.total.fresh += receipt.counts.fresh;
  result_.total.known += receipt.counts.known;
  result_.total.set_aside += receipt.counts.set_aside;
  if (options_.receipt) options_.receipt(receipt);
}

void ImportSession::Sink::import(const std::filesystem::path& path) {
  exported_talks_ = talks_of_export(path);
  const auto accounts = options_.account.empty() ? accounts_of_export(path) : std::map<std::string, std::string>();
  if (accounts.empty()) import_path(path, options_.reading, *this);
  else import_export(path, accounts);
  if (!stop_requested()) {
    tell_unchanged_mails();
    cache_.leave_folder();
  }
  archive().commit_batch();
  done_before_ += std::exchange(done_, 0);
}

// What `genchi export` wrote for several accounts goes to these again.
void ImportSession::Sink::import_export(const std::filesystem::path& folder, const std::map<std::string, std::string>& accounts) {
  std::set<std::filesystem::path> parts;
  for (const auto& one : std::filesystem::directory_iterator(folder)) parts.insert(one.path());
  for (const auto& part : parts) {
    if (stop_requested()) return;
    const auto account = accounts.find(part.filename().native());
    account_ = account == accounts.end() ? options_.account : account->second;
    if (std::filesystem::is_directory(std::filesystem::symlink_status(part))) import_path(part, options_.reading, *this);
    else passed_over({display_path(part), SourceKind::unknown, 0, std::nullopt, 0});
  }
  account_ = options_.account;
}

ImportSession::Result ImportSession::Sink::finish() {
  archive().commit_batch();
  if (options_.progress) options_.progress->finish();
  if (stop_requested()) {
    result_.stopped = true;
    return result_;
  }
  catalogue::Update update;
  if (!store_.is_current()) update = store_.catch_up(options_.progress, options_.stop);
  const bool linked = link_memos();
  if (attach_media() || linked) store_.catch_up(options_.progress, options_.stop);
  result_.guessed_own = update.guessed_own;
  result_.beyond_limits = update.beyond_limits;
  result_.unreadable = update.unreadable;
  result_.healed = archive().healed();
  // What was left out before can be read again, and has to take the place it would have had. That is not remembered
  // in this process alone: the import that healed it may have been broken off before this point.
  if (result_.healed > 0 || store_.left_out_readable()) result_.unreadable = store_.rebuild(options_.progress, options_.stop).unreadable;
  result_.first_beyond_limits = update.first_beyond_limits;
  std::map<Sha256, std::uint64_t> fresh;
  for (const auto& [entry, rows] : update.fresh_rows)
    if (const auto original = archive().entry(entry)) fresh[original->digest] += rows;
  std::map<std::pair<std::string, Sha256>, std::vector<Receipt::Drift>> drift;  // of each download, or of an earlier import against it
  if (update.first_entry != 0 && !waiting_.empty()) {
    for (const auto& found : store_.catalogue().drift("", update.first_entry)) {
      ++result_.drift[found.what];
      const bool its_own = found.download.entry >= update.first_entry;
      const auto& download = its_own ? found.download : *found.other;
      drift[{found.account, download.digest}].push_back({found.what, found.rows, found.first, found.last});
    }
  }
  for (Waiting& file : waiting_) {
    // The same download under two names in one run: its rows are new once.
    Counts& counts = file.receipt.counts;
    counts.fresh = std::min(fresh[file.export_digest], counts.read - counts.set_aside);
    fresh[file.export_digest] -= counts.fresh;
    counts.known = counts.read - counts.set_aside - counts.fresh;
    if (file.receipt.kind == SourceKind::line_talk) file.receipt.account = store_.catalogue().account_of_talk(file.export_digest);
    if (const auto at = drift.find({file.receipt.account, file.export_digest}); at != drift.end()) file.receipt.drift = at->second;
    archive().end_import(file.begin, counts, file.digest, file.size, Archive::Durable::later);
    tell(file.receipt);
  }
  journal_unchanged();
  archive().commit_batch();
  store_.catalogue().pass_over(archive().head());
  const ErasedWords erased = erase_unsent_words(store_, options_.progress, options_.stop);
  result_.erased_rows = erased.rows;
  result_.words_left = erased.left;
  result_.erasing_waits = !erased.finished;
  cache_.commit();
  waiting_.clear();
  return result_;
}

ImportSession::ImportSession(Store& store, Options options) : sink_(std::make_unique<Sink>(store, std::move(options))) {}
ImportSession::~ImportSession() = default;
void ImportSession::import(const std::filesystem::path& path) {
  with_paths_named([&] { sink_->import(path); });
}
ImportSession::Result ImportSession::finish() { return sink_->finish(); }

}  // namespace genchi
