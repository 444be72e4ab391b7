#include "store/export.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/csv.hpp"
#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/mbox/mbox.hpp"
#include "store/export_folder.hpp"
#include "store/export_names.hpp"
#include "store/mail_forms.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;
using exporting::ExportFolder;
using exporting::ListedFile;

constexpr std::size_t most_left_out_named = 1000;
constexpr std::size_t entries_at_once = 256;
constexpr std::size_t messages_at_once = 5000;

void check_stop(const Store::Stop& stop) {
  if (stop && stop()) throw Error(tr("Interrupted. Nothing was written."), "", ExitCode::interrupted);
}

std::string last_component(std::string_view name) {
  const std::size_t at = name.find_last_of('/');
  return std::string(at == std::string_view::npos ? name : name.substr(at + 1));
}

/// What all forms have in common: which entries, in which order, read and checked.
class Originals {
 public:
  Originals(Store& store, const ExportSelection& selection, const ExportOptions& options, ExportReport& report)
      : store_(store), selection_(selection), options_(options), report_(report) {
    for (auto& import : store.archive().imports()) imports_.emplace(import.begin, std::move(import));
  }

  /// Entries in the order they came in. Of an everything-selection all kinds, else mails.
  void each_entry(const std::function<void(const Entry&)>& fn) {
    const auto give = [&](const Entry& entry) {
      check_stop(options_.stop);
      fn(entry);
      if (options_.progress) options_.progress->at(++done_);
    };
    if (selection_.everything) {
      start(0);
      store_.archive().entries(0, [&](const Entry& entry) {
        give(entry);
        return true;
      });
      return;
    }
    start(selection_.mails.size() + selection_.rows.size());
    for (std::size_t at = 0; at < selection_.mails.size(); at += entries_at_once) {
      const auto begin = selection_.mails.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = selection_.mails.begin() + static_cast<std::ptrdiff_t>(std::min(at + entries_at_once, selection_.mails.size()));
      for (const Entry& entry : store_.archive().entries_by_id({begin, end})) give(entry);
    }
  }

  /// Mails, one for each identity unless all copies are asked for.
  void each_mail(const std::function<void(const Entry&, std::string&&)>& fn) {
    each_entry([&](const Entry& entry) {
      if (entry.kind != EntryKind::mail) return;
      if (!options_.copies && store_.archive().mail_entries(entry.identity, 1).front() != entry.id) return;
      if (auto raw = read(entry)) fn(entry, std::move(*raw));
    });
  }

  /// The bytes, if they are there and are what their hash says; else it is told.
  std::optional<std::string> read(const Entry& entry) {
    try {
      std::string bytes = store_.archive().read(entry);
      if (sha256(bytes) == entry.held_digest()) return bytes;
      leave_out(entry, tr("its bytes are not what their hash says"));
    } catch (const Error& e) {
      leave_out(entry, e.what());
    }
    return std::nullopt;
  }

  void leave_out(const Entry& entry, const std::string& reason) {
    if (++report_.left_out_count > most_left_out_named) return;
    std::string place = source_name(entry);
    if (entry.place.line > 1) place += ", " + trf("line {}", entry.place.line);
    report_.left_out.push_back(place + ": " + reason);
  }

  /// The file it came from, as it was named then.
  std::string source_name(const Entry& entry) const {
    const auto import = imports_.find(entry.import);
    const std::string source = import == imports_.end() ? "" : import->second.source;
    return entry.member.empty() || source.ends_with(entry.member) ? source : source + "/" + entry.member;
  }
  const std::string& account(const Entry& entry) const {
    static const std::string none;
    const auto import = imports_.find(entry.import);
    return import == imports_.end() ? none : import->second.account;
  }
  UtcSeconds sent(const Entry& entry) {
    const auto found = store_.catalogue().find(entry.identity.hex(), 1);
    return found.empty() ? entry.hints.store_time.value_or(entry.hints.file_time) : found.front().sent;
  }
  Store& store() { return store_; }

 private:
  void start(std::uint64_t total) {
    if (options_.progress) options_.progress->start(Progress::Phase::writing, total);
  }

  Store& store_;
  const ExportSelection& selection_;
  const ExportOptions& options_;
  ExportReport& report_;
  std::unordered_map<Seq, ImportRecord> imports_;
  std::uint64_t done_ = 0;
};

/// Writes one of the folder forms.
class FolderExport {
 public:
  FolderExport(Store& store, const ExportSelection& selection, ExportForm form, const fs::path& out, const ExportOptions& options)
      : selection_(selection), form_(form), options_(options), originals_(store, selection, options, report_), folder_(out) {}

  ExportReport run();

 private:
  void original(const Entry& entry);
  void original_mail(const Entry& entry);
  void download(const Entry& entry);
  void set_aside(const Entry& entry);
  void memo(const Entry& entry);
  void mark_memos();
  void media(const Entry& entry);
  void mark_media();
  void excerpts();
  void excerpt(const std::vector<ExportSelection::Row>& rows);
  void maildir_mail(const Entry& entry, const std::string& raw);
  void eml_mail(const Entry& entry, const std::string& raw);
  ListedFile listed(const Entry& entry, const char* kind);
  /// The folder for one of our accounts, with a slash at its end; "" for the one without a name.
  std::string account_folder(const std::string& account);
  /// `path`, or a like one that nothing else has.
  std::string unused(const std::string& path);
  std::string maildir(const std::string& top, const Entry& entry);
  std::string with_parts(const std::string& maildir);
  std::string maildir_name(const Entry& entry, std::optional<UtcSeconds> time) const;
  std::string line_path(const Entry& entry, const char* part);

  const ExportSelection& selection_;
  ExportForm form_;
  const ExportOptions& options_;
  ExportReport report_;
  Originals originals_;
  ExportFolder folder_;
  std::map<Sha256, talk::Choices> talks_;  ///< what people said of the talks written
  std::map<std::string, std::string> account_folders_;  // account → folder
  std::map<std::string, std::set<Sha256>> memos_;       // folder → those written there
  struct MediaFolder {
    std::string notes;
    std::set<Sha256> files;
  };
  std::map<std::string, MediaFolder> media_;            // folder → those written there
  std::map<std::string, std::string> folders_;          // path with the true name of a mailbox or LINE account → folder
  // What has a name already, caseless: two names that one disk tells apart may be one file on the next.
  std::set<std::string> taken_;
};

std::string FolderExport::account_folder(const std::string& account) {
  if (account.empty()) return {};
  const auto [at, added] = account_folders_.try_emplace(account);
  if (added) at->second = unused("account-" + exporting::safe_name(account));
  return at->second + "/";
}

std::string FolderExport::unused(const std::string& path) {
  std::string name = path;
  for (int n = 2; !taken_.insert(exporting::caseless(name)).second; ++n) name = path + "-" + std::to_string(n);
  return name;
}

ListedFile FolderExport::listed(const Entry& entry, const char* kind) {
  ListedFile file;
  file.kind = kind;
  file.account = originals_.account(entry);
  file.source = originals_.source_name(entry);
  file.offset = entry.place.offset;
  file.line = entry.place.line;
  file.original = entry.held_digest().hex();
  if (entry.kind == EntryKind::line_export)
    if (const auto held = originals_.store().catalogue().download(entry.id)) file.account = held->account;
  if (entry.kind == EntryKind::memo) file.message = entry.identity.hex();
  if (entry.kind == EntryKind::mail) {
    file.message = entry.identity.hex();
    file.mailbox = entry.hints.folder;
    file.flags = entry.hints.flags;
  }
  file.remark = entry.reason;
  return file;
}

std::string FolderExport::maildir(const std::string& top, const Entry& entry) {
  const std::string& mailbox = entry.hints.folder;
  const std::string maildir = top + "Maildir/";
  if (mailbox.empty()) return with_parts(maildir);
  const auto [at, added] = folders_.try_emplace(maildir + mailbox);
  if (!added) return at->second + "cur/";
  const std::string path = unused(maildir + folder_.takeable(exporting::maildir_folder_name(mailbox)));
  at->second = path + "/";
  if (!exporting::says_mailbox(path.substr(maildir.size()), mailbox)) folder_.mark_mailbox(at->second, mailbox);
  return with_parts(at->second);
}

std::string FolderExport::with_parts(const std::string& maildir) {
  for (const char* part : {"cur", "new", "tmp"}) folder_.make_folder(maildir + part);
  return maildir + "cur/";
}

/// A name that begins with a time gives the mail that time when it is read; without one its file's time counts.
std::string FolderExport::maildir_name(const Entry& entry, std::optional<UtcSeconds> time) const {
  constexpr UtcSeconds nine_digits = 100'000'000, twelve_digits = 100'000'000'000;
  const bool nameable = time && *time >= nine_digits && *time < twelve_digits;
  return (nameable ? std::to_string(*time) + "." : "") + "E" + std::to_string(entry.id) + ".genchi" + std::string(1, folder_.info_mark()) + "2," + entry.hints.flags;
}

void FolderExport::original_mail(const Entry& entry) {
  const auto raw = originals_.read(entry);
  if (!raw) return;
  const std::string top = account_folder(originals_.account(entry));
  std::string path;
  const bool as_file = exporting::maildir_takes(*raw);
  if (!as_file && importers::is_single_message(*raw)) {
    // As a file of a Maildir nobody would take it for a mail; alone in a mailbox it is one.
    const std::string& mailbox = entry.hints.folder;
    const std::string name = folder_.takeable((mailbox.empty() ? ".INBOX" : exporting::maildir_folder_name(mailbox)).substr(1)) + ".mbox";
    const std::string folder = top + "mbox/E" + std::to_string(entry.id) + "/";
    if (!mailbox.empty() && importers::mailbox_of(name) != mailbox) folder_.mark_mailbox(folder, mailbox);
    path = folder + name;
  } else {
    path = maildir(top, entry) + maildir_name(entry, entry.hints.store_time);
    report_.doubtful += !as_file;
  }
  folder_.write(path, *raw, entry.hints.file_time, listed(entry, "mail"));
  ++report_.mails;
}

std::string FolderExport::line_path(const Entry& entry, const char* part) {
  const auto held = originals_.store().catalogue().download(entry.id);
  const std::string all = account_folder(originals_.account(entry)) + part + "/";
  const std::string account = held ? held->account : "_";
  const auto [at, added] = folders_.try_emplace(all + account);
  if (added) at->second = unused(all + exporting::safe_name(account)) + "/";
  const std::string& top = at->second;
  const std::string name = folder_.takeable(exporting::download_name(entry.member));
  std::string path = top + name;
  // Downloads of another week may bear the same name, which tells the chat and has to stay.
  for (int n = 2; !taken_.insert(exporting::caseless(path)).second; ++n) path = top + std::to_string(n) + "/" + name;
  return path;
}

void FolderExport::download(const Entry& entry) {
  const auto bytes = originals_.read(entry);
  if (!bytes) return;
  const auto choices = originals_.store().catalogue().talk_choices(entry.digest);
  if (catalogue::pack_choices(choices) != catalogue::pack_choices({})) talks_[entry.held_digest()] = choices;
  folder_.write(line_path(entry, "line"), *bytes, 0, listed(entry, "line"));
  ++report_.downloads;
}

void FolderExport::set_aside(const Entry& entry) {
  // Also without a byte (empty, or not to be had then): an archive made of the export holds that it was there.
  const auto bytes = originals_.read(entry);
  if (!bytes) return;
  const ListedFile file = listed(entry, "set-aside");
  ++report_.set_aside;
  const std::string top = account_folder(originals_.account(entry)) + "set-aside/";
  folder_.mark_set_aside(top);
  const std::string name = last_component(entry.member.empty() ? file.source : entry.member);
  folder_.write(top + "E" + std::to_string(entry.id) + "-" + exporting::safe_name(name), *bytes, 0, file);
}

void FolderExport::memo(const Entry& entry) {
  const auto bytes = originals_.read(entry);
  if (!bytes) return;
  const std::string top = account_folder(originals_.account(entry)) + "memos/";
  const UtcSeconds time = originals_.sent(entry);
  folder_.write(top + display_time(time, japan_offset_minutes).substr(0, 10) + "-E" + std::to_string(entry.id) + ".eml", *bytes, time, listed(entry, "memo"));
  memos_[top].insert(entry.identity);
  ++report_.memos;
}

/// With what confirms them, which no original says.
void FolderExport::mark_memos() {
  for (const auto& [top, memos] : memos_) {
    std::string notes;
    originals_.store().catalogue().confirmations([&](const Sha256& memo, const Sha256& answer) {
      if (memos.contains(memo)) notes += "confirmed " + memo.hex() + " " + answer.hex() + "\n";
    });
    folder_.mark_memos(top, notes);
  }
}

void FolderExport::media(const Entry& entry) {
  const auto bytes = originals_.read(entry);
  if (!bytes) return;
  const std::string top = account_folder(originals_.account(entry)) + "media/";
  const std::string name = "E" + std::to_string(entry.id) + "-" + exporting::safe_name(entry.member);
  folder_.write(top + name, *bytes, entry.hints.file_time, listed(entry, "media"));
  MediaFolder& folder = media_[top];
  folder.notes += json_text(nlohmann::ordered_json{{"file", name}, {"name", entry.member}}, NotUtf8::replaced) + "\n";
  folder.files.insert(entry.digest);
  ++report_.media;
}

/// With the messages that they belong to, which no original says.
void FolderExport::mark_media() {
  if (media_.empty()) return;
  const catalogue::Catalogue& held = originals_.store().catalogue();
  // The same file may belong to another client's message, which does not go out with it.
  std::set<Sha256> rows;
  for (const ExportSelection::Row& row : selection_.rows) rows.insert(row.id);
  held.attached([&](const catalogue::Attached& each) {
    const auto mark = held.row_mark(each.message);
    if (!mark || (!selection_.everything && !rows.contains(each.message))) return;
    nlohmann::ordered_json tie{{"attached", each.digest.hex()}, {"message", each.message.hex()}, {"by", each.by}, {"download", mark->download.hex()}, {"download_name", mark->file_name},
                               {"sent", mark->sent}, {"direction", direction_name(mark->direction)}, {"kind", line::content_name(mark->kind)}, {"nth", mark->nth}};
    for (auto& [top, folder] : media_)
      if (folder.files.contains(each.digest)) folder.notes += json_text(tie, NotUtf8::replaced) + "\n";
  });
  for (const auto& [top, folder] : media_) folder_.mark_media(top, folder.notes);
}

void FolderExport::original(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::mail:
      if (form_ == ExportForm::originals) original_mail(entry);
      return;
    case EntryKind::line_export: return download(entry);
    case EntryKind::set_aside:
      if (form_ == ExportForm::originals) set_aside(entry);
      return;
    case EntryKind::memo:
      if (form_ == ExportForm::originals) memo(entry);
      return;
    case EntryKind::media:
      if (form_ == ExportForm::originals) media(entry);
      return;
  }
}

void FolderExport::maildir_mail(const Entry& entry, const std::string& raw) {
  const exporting::MailForm form = exporting::as_maildir(raw);
  const UtcSeconds sent = originals_.sent(entry);
  report_.doubtful += !form.readable;
  const std::string path = maildir("", entry) + maildir_name(entry, entry.hints.store_time ? entry.hints.store_time : sent);
  folder_.write(path, form.bytes, sent, listed(entry, "mail"));
  ++report_.mails;
}

void FolderExport::eml_mail(const Entry& entry, const std::string& raw) {
  const UtcSeconds sent = originals_.sent(entry);
  const exporting::MailForm form = exporting::as_eml(raw, entry.identity, sent);
  report_.doubtful += !form.readable;
  const std::string day = display_time(sent, japan_offset_minutes).substr(0, 10);
  const std::string year = day.substr(0, day.find('-', 1));
  const std::string stem = year + "/" + day + "-" + entry.identity.hex().substr(0, 10);
  std::string path = stem + ".eml";
  for (int n = 2; folder_.exists(path); ++n) path = stem + "-" + std::to_string(n) + ".eml";
  folder_.write(path, form.bytes, sent, listed(entry, "mail"));
  ++report_.mails;
}

/// Rows of a talk: its header, and each row with the day line that it stands under.
std::string talk_excerpt(std::string_view bytes, const talk::Talk& read, const std::vector<ExportSelection::Row>& rows) {
  std::set<std::uint64_t> wanted;
  for (const auto& row : rows) wanted.insert(row.offset);
  std::string out(bytes.substr(0, read.preamble_length));
  std::string_view day, written;
  std::uint64_t end = read.preamble_length;
  for (const auto& row : read.rows) {
    auto between = bytes.substr(end, row.offset - end);
    if (read.charset != "UTF-8" && trim(between).size() > 2) day = between;
    // Lines that are no part of a message may lie there, too.
    for (Line line; read.charset == "UTF-8" && next_line(between, line);)
      if (talk::parse_day_line(line.text, read.family)) day = line.with_end;
    end = row.offset + row.length;
    if (!wanted.contains(row.offset)) continue;
    if (day.data() != written.data()) (out += written.empty() ? "" : "\n") += day;
    written = day;
    out += bytes.substr(row.offset, row.length);
  }
  return out;
}

/// Rows of one download: what stands before its first row, and these rows. Other rows do not go out with them.
void FolderExport::excerpt(const std::vector<ExportSelection::Row>& rows) {
  Archive& archive = originals_.store().archive();
  const auto entry = archive.entry(rows.front().entry);
  const auto held = originals_.store().catalogue().download(rows.front().entry);
  if (!entry || !held) return;
  std::string bytes;
  try {
    const std::string head = archive.read(*entry, 0, std::min<std::uint64_t>(entry->held_length(), 64 << 10));
    if (talk::looks_like_talk(head, entry->member)) {
      const std::string whole = archive.read(*entry);
      const auto choices = originals_.store().catalogue().talk_choices(entry->digest);
      if (const auto read = talk::parse_talk(whole, entry->member, choices)) bytes = talk_excerpt(whole, *read, rows);
      if (!choices.me.empty() || !choices.names.empty()) talks_[sha256(bytes)] = choices;
    } else {
      bytes = archive.read(*entry, 0, held->preamble);
      for (const auto& row : rows) bytes += archive.read(*entry, row.offset, row.length);
    }
  } catch (const Error& e) {
    originals_.leave_out(*entry, e.what());
    return;
  }
  const bool whole = sha256(bytes) == entry->held_digest();
  const std::string path = line_path(*entry, whole ? "line" : "line-rows");
  ListedFile file = listed(*entry, whole ? "line" : "line-rows");
  folder_.write(path, bytes, 0, file);
  ++(whole ? report_.downloads : report_.excerpts);
  if (whole) return;
  report_.rows += rows.size();
  file.kind = "line-row";
  for (const auto& row : rows) {
    file.message = row.id.hex();
    file.offset = row.offset;
    file.length = row.length;
    file.line = 0;
    folder_.list(file);
  }
}

void FolderExport::excerpts() {
  std::vector<ExportSelection::Row> rows;
  for (const auto& row : selection_.rows) {
    if (!rows.empty() && rows.front().entry != row.entry) {
      check_stop(options_.stop);
      excerpt(rows);
      rows.clear();
    }
    rows.push_back(row);
  }
  if (!rows.empty()) excerpt(rows);
}

std::string form_name(ExportForm form) {
  switch (form) {
    case ExportForm::originals: return "originals";
    case ExportForm::maildir: return "maildir";
    case ExportForm::eml: return "eml";
    case ExportForm::line_csv: break;
  }
  return "line-csv";
}

ExportReport FolderExport::run() {
  Store& store = originals_.store();
  const Seq head = store.archive().head();
  switch (form_) {
    case ExportForm::originals:
    case ExportForm::line_csv:
      if (form_ == ExportForm::originals || selection_.everything) originals_.each_entry([&](const Entry& entry) { original(entry); });
      excerpts();
      mark_memos();
      mark_media();
      break;
    case ExportForm::maildir:
      originals_.each_mail([&](const Entry& entry, std::string&& raw) { maildir_mail(entry, raw); });
      break;
    case ExportForm::eml:
      originals_.each_mail([&](const Entry& entry, std::string&& raw) { eml_mail(entry, raw); });
      break;
  }
  nlohmann::ordered_json note;
  note["genchi_export"] = 1;
  note["form"] = form_name(form_);
  note["everything"] = selection_.everything;
  note["time"] = iso8601({now(), japan_offset_minutes});
  note["journal"] = head;
  note["fingerprint"] = nullptr;
  const bool unchanged = store.archive().head() == head && store.is_current();
  if (form_ == ExportForm::originals && selection_.everything && unchanged && report_.left_out_count == 0)
    note["fingerprint"] = store.catalogue().fingerprint().hex();
  note["accounts"] = nlohmann::ordered_json::array();
  for (const auto& [account, name] : account_folders_) note["accounts"].push_back({{"folder", name}, {"account", account}});
  if (!talks_.empty()) note["talks"] = nlohmann::ordered_json::array();
  for (const auto& [digest, choices] : talks_) {
    nlohmann::ordered_json one{{"file", digest.hex()}};
    one.update(nlohmann::ordered_json::parse(catalogue::pack_choices(choices)));
    note["talks"].push_back(one);
  }
  folder_.add_note(json_text(note, NotUtf8::replaced, 2) + "\n");
  folder_.commit();
  report_.files = folder_.files();
  report_.bytes = folder_.bytes();
  return report_;
}

}  // namespace

ExportSelection select_messages(Store& store, const index::Node& query, bool with_hidden, const Store::Stop& stop) {
  ExportSelection selection;
  selection.everything = false;
  std::vector<Sha256> mails;
  index::SearchOptions options;
  options.with_hidden = with_hidden;
  store.searcher().for_each(query, options, [&](index::Hit&& hit) {
    check_stop(stop);
    const MessageRecord& message = hit.message;
    if (message.channel == Channel::mail) {
      mails.push_back(message.id);
    } else if (const auto found = store.catalogue().find(message.id.hex(), 1); !found.empty() && (message.flags & flag_memo) != 0) {
      selection.mails.push_back(found.front().entry);
    } else if (!found.empty()) {
      selection.rows.push_back({found.front().entry, found.front().offset, found.front().length, message.id});
      if (!message.files.empty())
        if (const auto file = store.catalogue().attached(message.id); file && file->entry != 0) selection.mails.push_back(file->entry);
    }
    return true;
  });
  std::sort(selection.rows.begin(), selection.rows.end());
  std::sort(mails.begin(), mails.end());
  std::vector<Sha256> twins;
  if (!mails.empty())
    store.catalogue().twins([&](const Sha256& listed, const Sha256& twin) {
      if (std::binary_search(mails.begin(), mails.end(), listed)) twins.push_back(twin);
    });
  for (const auto* ids : {&mails, &twins})
    for (const Sha256& id : *ids) {
      check_stop(stop);
      const auto entries = store.archive().mail_entries(id);
      selection.mails.insert(selection.mails.end(), entries.begin(), entries.end());
    }
  std::sort(selection.mails.begin(), selection.mails.end());
  selection.mails.erase(std::unique(selection.mails.begin(), selection.mails.end()), selection.mails.end());
  return selection;
}

void read_media_notes(std::string_view text, MediaNotes& notes) {
  Line line;
  while (next_line(text, line)) {
    const auto json = parse_json(line.text);
    if (!json.is_object()) continue;
    const auto word = [&](const char* key) {
      const auto at = json.find(key);
      return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    const auto number = [&](const char* key) {
      const auto at = json.find(key);
      return at != json.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0;
    };
    if (json.contains("file")) {
      if (const std::string name = word("name"); !name.empty()) notes.names[word("file")] = name;
      continue;
    }
    const auto digest = Sha256::from_hex(word("attached"));
    if (!digest) continue;
    MediaNotes::Tie tie{*digest, Sha256::from_hex(word("message")).value_or(Sha256{}), {}, word("by")};
    tie.mark = {Sha256::from_hex(word("download")).value_or(Sha256{}), word("download_name"), number("sent"), word("direction") == "in" ? Direction::in : Direction::out,
                line::Content::photo, number("nth")};
    for (const line::Content kind : {line::Content::video, line::Content::voice, line::Content::file})
      if (word("kind") == line::content_name(kind)) tie.mark.kind = kind;
    notes.ties.push_back(std::move(tie));
  }
}

ExportReport export_folder(Store& store, const ExportSelection& selection, ExportForm form, const fs::path& out,
                           const ExportOptions& options) {
  return FolderExport(store, selection, form, out, options).run();
}

ExportReport export_mbox(Store& store, const ExportSelection& selection, const std::function<void(std::string_view)>& write,
                         const ExportOptions& options) {
  ExportReport report;
  Originals originals(store, selection, options, report);
  originals.each_mail([&](const Entry& entry, std::string&& raw) {
    const auto form = exporting::as_mbox(raw, entry.identity, originals.sent(entry));
    if (!form) {
      originals.leave_out(entry, tr("no mailbox file can hold this mail; the originals do"));
      return;
    }
    write(*form);
    ++report.mails;
    report.bytes += form->size();
  });
  report.files = 1;
  return report;
}

void each_message_by_time(Store& store, std::unique_ptr<index::Node> query, bool with_hidden, const Store::Stop& stop,
                          const std::function<void(index::Hit&&)>& fn) {
  // Where to cut: times of all matches, so that a slice is small however unevenly they lie.
  std::vector<UtcSeconds> times;
  index::SearchOptions options;
  options.with_hidden = with_hidden;
  store.searcher().for_each(*query, options, [&](index::Hit&& hit) {
    check_stop(stop);
    times.push_back(hit.message.sent.utc);
    return true;
  });
  std::sort(times.begin(), times.end());
  auto date = std::make_unique<index::Node>();
  date->op = index::Node::Op::field;
  date->field = std::find_if(std::begin(index::fields), std::end(index::fields), [](const index::Field& f) { return f.name == "date"; });
  index::Node& slice = *date;
  query = index::and_nodes(std::move(query), std::move(date));
  for (std::size_t at = 0; at < times.size();) {
    const UtcSeconds last = times[std::min(at + messages_at_once, times.size()) - 1];
    slice.begin = times[at];
    slice.end = last + 1;
    at = static_cast<std::size_t>(std::upper_bound(times.begin(), times.end(), last) - times.begin());
    std::vector<index::Hit> hits = store.searcher().search(*query, options).hits;
    for (auto it = hits.rbegin(); it != hits.rend(); ++it) {
      check_stop(stop);
      fn(std::move(*it));
    }
  }
}

NewFile::NewFile(const fs::path& path) : path_(path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  const bool empty_file = status.type() == fs::file_type::regular && fs::file_size(path, error) == 0;
  if (fs::exists(status) && !empty_file) throw Error(trf("{} exists already", display_path(path)), tr("Nothing is overwritten: name another file."));
  std::string name = path.native() + ".part-XXXXXX";
  fd_ = Fd(::mkostemp(name.data(), O_CLOEXEC));  // 0600
  if (!fd_) throw Error(trf("cannot create {}: {}", display_path(path), errno_text(errno)));
  temporary_ = name;
}

NewFile::~NewFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void NewFile::write(std::string_view bytes) {
  constexpr std::size_t most_buffered = 1 << 20;
  buffer_ += bytes;
  if (buffer_.size() >= most_buffered) flush();
}

void NewFile::flush() {
  write_all(fd_.get(), buffer_, path_);
  buffer_.clear();
}

void NewFile::commit() {
  flush();
  sync_fd(fd_.get(), path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw Error(trf("cannot create {}: {}", display_path(path_), errno_text(errno)));
  temporary_.clear();
}

std::map<Sha256, talk::Choices> talks_of_export(const fs::path& folder) {
  std::map<Sha256, talk::Choices> talks;
  const fs::path note = folder / export_note_name;
  std::error_code error;
  if (fs::symlink_status(note, error).type() != fs::file_type::regular) return talks;
  try {
    const auto json = parse_json(read_file(note, 16 << 20));
    if (!json.contains("talks")) return talks;
    for (const auto& one : json.at("talks"))
      if (const auto digest = Sha256::from_hex(one.at("file").get<std::string>())) talks[*digest] = catalogue::unpack_choices(one.dump());
  } catch (const std::exception&) {
    return {};  // as below
  }
  return talks;
}

std::map<std::string, std::string> accounts_of_export(const fs::path& folder) {
  std::map<std::string, std::string> accounts;
  const fs::path note = folder / export_note_name;
  std::error_code error;
  if (fs::symlink_status(note, error).type() != fs::file_type::regular) return accounts;
  try {
    const auto json = parse_json(read_file(note, 16 << 20));
    for (const auto& one : json.at("accounts")) {
      const auto name = one.at("folder").get<std::string>();
      if (name == exporting::safe_name(name, 255) && fs::symlink_status(folder / name, error).type() == fs::file_type::directory)
        accounts[name] = one.at("account").get<std::string>();
    }
  } catch (const std::exception&) {
    return {};  // somebody else's file of that name, or a broken one: read as any folder
  }
  return accounts;
}

}  // namespace genchi
