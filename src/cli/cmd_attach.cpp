// genchi attach: saved photos, videos, voice messages and files to the LINE messages that hold their places. It proposes,
// a person confirms (watch/placeholders.hpp has the rules); the file becomes an original, the tie a row of the journal.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/bytes.hpp"
#include "cli/fact_list.hpp"
#include "cli/message_view.hpp"
#include "cli/saved_files.hpp"
#include "cli/table.hpp"
#include "cli/watched.hpp"
#include "cli/written.hpp"
#include "genchi/i18n.hpp"
#include "store/tombstones.hpp"
#include "text/width.hpp"
#include "watch/placeholders.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using catalogue::Attached;
using nlohmann::ordered_json;
using watch::Proposal;
using MediaRow = catalogue::Catalogue::MediaRow;

constexpr int zone = japan_offset_minutes;
constexpr std::size_t proposal_digits = 8;
constexpr std::size_t most_passed_over_named = 10;
constexpr std::uint64_t bytes_a_commit = 64 << 20;

struct AttachCommand {
  std::vector<std::string> paths, apply, to;
  std::string undo, by;
  bool yes = false;
  int wait = 10;
  ListOptions list;
};

std::string short_id(const Sha256& id) { return id.hex().substr(0, short_id_digits); }

watch::MediaKind media_kind(line::Content content) {
  switch (content) {
  case line::Content::photo: return watch::MediaKind::photo;
  case line::Content::video: return watch::MediaKind::video;
  case line::Content::voice: return watch::MediaKind::voice;
  default: return watch::MediaKind::file;
  }
}

/// A message that holds the place of a file, and whose.
struct Place {
  MediaRow row;
  std::string account;
};

/// A proposal with what it is about.
struct Shown {
  std::string id;  ///< of what can be applied; over messages and files, so that it means this and nothing else
  Proposal proposal;
  bool applied = false;
};

// --- What may belong together ---

class Desk {
 public:
  Desk(Context& context, Store& store, const AttachCommand& command) : context_(context), store_(store), command_(command) {
    store.catalogue().attached([&](const Attached& each) {
      attached_.emplace(each.message, each);
      by_digest_.emplace(each.digest, each.message);
      sizes_.insert(each.length);
    });
  }

  void look() {
    SavedFiles found = find_saved_files(command_.paths);
    passed_over_ = std::move(found.passed_over);
    tell_apart(std::move(found.files));
    find_places();
    propose();
  }

  const std::vector<SavedOnDisk>& files() const { return files_; }
  const std::vector<Place>& places() const { return places_; }
  std::vector<Shown>& proposals() { return shown_; }
  const std::vector<std::pair<SavedOnDisk, Sha256>>& known() const { return known_; }
  const std::vector<SavedFiles::PassedOver>& passed_over() const { return passed_over_; }
  const Sha256& digest(std::size_t file) {
    auto& digest = digests_[file];
    if (!digest) digest = digest_of(files_[file]);
    return *digest;
  }
  const Attached* attached(const Sha256& message) const {
    const auto at = attached_.find(message);
    return at == attached_.end() ? nullptr : &at->second;
  }

  /// The message of this chat that has these bytes already.
  std::optional<Sha256> in_chat(const Sha256& digest, const std::string& chat_key) const {
    for (auto [at, end] = by_digest_.equal_range(digest); at != end; ++at)
      if (const auto place = place_of(at->second); place && place->row.chat_key == chat_key) return at->second;
    return std::nullopt;
  }

  std::vector<Sha256> messages_with(const Sha256& digest) const {
    std::vector<Sha256> out;
    for (auto [at, end] = by_digest_.equal_range(digest); at != end; ++at) out.push_back(at->second);
    return out;
  }

  /// nullopt: it holds no place of a file.
  std::optional<Place> place_of(const Sha256& message) const {
    const auto listed = store_.catalogue().listed(message);
    std::optional<Place> out;
    if (!listed || listed->channel != Channel::line) return out;
    store_.catalogue().media(listed->account, listed->sent, listed->sent + 1, [&](const MediaRow& row) {
      if (row.id == listed->id) out = Place{row, listed->account};
      return !out;
    });
    return out;
  }

 private:
  /// Bytes that are attached already, or given twice, are no candidates. Only files of one size can be the same.
  void tell_apart(std::vector<SavedOnDisk> files) {
    std::map<std::uint64_t, std::size_t> of_size;
    for (const SavedOnDisk& file : files) ++of_size[file.size];
    // Of copies the one that was saved first counts.
    std::sort(files.begin(), files.end(), [](const SavedOnDisk& a, const SavedOnDisk& b) { return std::tuple(a.modified, a.path.native().size(), a.path) < std::tuple(b.modified, b.path.native().size(), b.path); });
    std::set<Sha256> seen;
    for (SavedOnDisk& file : files) {
      if (file.content.name.empty()) {
        passed_over_.push_back({display_path(file.path), tr("no photo, video, voice message or document by its bytes; --to attaches it to a file message")});
        continue;
      }
      std::optional<Sha256> digest;
      if (of_size[file.size] > 1 || sizes_.contains(file.size)) digest = digest_of(file);
      if (digest && by_digest_.contains(*digest)) {
        known_.emplace_back(std::move(file), *digest);
        continue;
      }
      if (digest && !seen.insert(*digest).second) {
        passed_over_.push_back({display_path(file.path), tr("the same bytes as another of these files")});
        continue;
      }
      files_.push_back(std::move(file));
      digests_.push_back(digest);
    }
  }

  void find_places() {
    const catalogue::MessageFilter filter = message_filter(command_.list, query_context(context_, store_), store_, "");
    command_.list.check_account(store_);
    for (const auto& downloads : store_.catalogue().account_downloads()) {
      const std::string& account = downloads.account;
      if (!std::all_of(filter.accounts.begin(), filter.accounts.end(), [&](const std::string& wanted) { return is_account(account, wanted); })) continue;
      store_.catalogue().media(account, filter.begin, filter.end, [&](const MediaRow& row) {
        const bool theirs = !filter.identifiers || std::find(filter.identifiers->begin(), filter.identifiers->end(), row.client) != filter.identifiers->end();
        if (theirs && !attached_.contains(row.id)) places_.push_back({row, account});
        return true;
      });
    }
  }

  void propose() {
    std::vector<watch::SavedFile> files;
    for (const SavedOnDisk& file : files_) files.push_back({file.content.kind, file.folder, file.name, file.named, file.taken, file.modified});
    std::vector<watch::Placeholder> places;
    for (const Place& place : places_)
      places.push_back({media_kind(place.row.kind), place.row.sent, place.row.minute, place.row.direction != Direction::in, place.row.chat_key});
    for (Proposal& each : watch::match_files(files, places)) {
      Shown shown{"", std::move(each)};
      if (shown.proposal.sure != Proposal::Sure::open) shown.id = id_of(shown.proposal);
      shown_.push_back(std::move(shown));
    }
  }

  std::string id_of(const Proposal& proposal) {
    std::string text = "genchi-attach-1\n";
    for (std::size_t i = 0; i < proposal.files.size(); ++i) text += places_[proposal.places[i]].row.id.hex() + " " + digest(proposal.files[i]).hex() + "\n";
    return sha256(text).hex().substr(0, proposal_digits);
  }

  Context& context_;
  Store& store_;
  const AttachCommand& command_;
  std::map<Sha256, Attached> attached_;
  std::multimap<Sha256, Sha256> by_digest_;
  std::set<std::uint64_t> sizes_;
  std::vector<SavedOnDisk> files_;
  std::vector<std::optional<Sha256>> digests_;
  std::vector<Place> places_;
  std::vector<Shown> shown_;
  std::vector<std::pair<SavedOnDisk, Sha256>> known_;
  std::vector<SavedFiles::PassedOver> passed_over_;
};

// --- Attaching ---

Annotation tie(const Sha256& message, const std::string& value, const std::string& by) {
  Annotation out;
  out.what = Annotation::What::attached;
  out.target = "message:" + message.hex();
  out.value = value;
  out.by = by;
  return out;
}

/// The account that the download was imported for, which a message is shown from: the file lies beside it in an export.
std::string import_account(Store& store, const Sha256& message) {
  const auto listed = store.catalogue().listed(message);
  const auto entry = listed ? store.archive().entry(listed->entry) : std::nullopt;
  const auto import = entry ? store.archive().import_of(entry->import) : std::nullopt;
  return import ? import->account : std::string();
}

/// The file as an original, unless it is held, and the tie; in one transaction with others up to the next commit.
void attach(Store& store, const SavedOnDisk& file, const Sha256& digest, const Place& place, const std::string& by) {
  Archive& archive = store.archive();
  if (!archive.media(digest) || archive.has_damage()) {
    Spool bytes = bytes_of(file, digest);
    SourceFile source;
    source.name = file.folder;
    source.kind = SourceKind::media;
    source.modified = file.modified;
    if (archive.was_erased(digest)) archive.restore({tombstone_of_file(digest)});  // it belongs to another message as well
    archive.begin_import(source, import_account(store, place.row.id));
    const bool fresh = archive.add_media(bytes.view(), file.name, file.modified).fresh;
    archive.end_import({1, fresh ? 1u : 0u, fresh ? 0u : 1u, 0}, std::nullopt, file.size, Archive::Durable::later);
  }
  archive.append(JournalKind::annotation, catalogue::to_payload(tie(place.row.id, digest.hex(), by)), Archive::Durable::later);
  if (archive.pending_bytes() > bytes_a_commit) archive.commit_batch();
}

void apply(Context& context, Store& store, Desk& desk, const AttachCommand& command) {
  std::set<std::string> wanted;
  for (const std::string& list : command.apply) {
    std::string_view rest = list;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (const std::string_view one = trim(rest.substr(0, comma)); !one.empty()) wanted.insert(ascii_lower(one));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  for (const std::string& id : wanted)
    if (std::none_of(desk.proposals().begin(), desk.proposals().end(), [&](const Shown& each) { return each.id == id; }))
      throw Error(trf("there is no proposal {}", for_terminal(id)), tr("Its files or messages have changed since, or they are not among those named now: look at the list again without --apply."));
  const std::string by = who_am_i(context, command.by);
  bool any = false;
  for (Shown& each : desk.proposals()) {
    if (!(command.yes ? each.proposal.sure == Proposal::Sure::certain : wanted.contains(each.id) && !each.id.empty())) continue;
    for (std::size_t i = 0; i < each.proposal.files.size(); ++i)
      attach(store, desk.files()[each.proposal.files[i]], desk.digest(each.proposal.files[i]), desk.places()[each.proposal.places[i]], by);
    each.applied = any = true;
    if (interrupted()) break;
  }
  if (!any) return;
  store.archive().commit_batch();
  store.catch_up(nullptr, interrupted);
}

// --- Showing ---

const char* sure_name(Proposal::Sure sure) {
  switch (sure) {
  case Proposal::Sure::certain: return "certain";
  case Proposal::Sure::likely: return "likely";
  case Proposal::Sure::open: break;
  }
  return "open";
}

std::string sure_word(const Shown& shown) {
  if (shown.applied) return tr("attached");
  switch (shown.proposal.sure) {
  case Proposal::Sure::certain: return tr("certain");
  case Proposal::Sure::likely: return tr("likely");
  case Proposal::Sure::open: break;
  }
  return shown.proposal.places.empty() ? tr("fits nothing") : tr("open");
}

const char* by_name(Proposal::By by) { return by == Proposal::By::time ? "time" : by == Proposal::By::order ? "order" : "kind"; }

std::string reason_words(const Proposal& proposal) {
  const std::size_t files = proposal.files.size();
  if (proposal.sure == Proposal::Sure::open) {
    if (proposal.places.empty()) return tr("no message of its kind without a file was sent before it was saved");
    if (proposal.by == Proposal::By::time) return tr("the time in the name meets several, or several files meet it");
    return tr("only the kind fits");
  }
  if (proposal.by == Proposal::By::time)
    return files == 1 ? trn("the time in the name is {} second from the message, and meets no other", "the time in the name is {} seconds from the message, and meets no other", static_cast<std::uint64_t>(proposal.apart))
                      : trf("{0} files in the order of the times in their names, up to {1} seconds from the messages", files, proposal.apart);
  return files == 1 ? std::string(tr("one file, and one message of its kind")) : trf("{} files in their order, and as many messages in a row of one chat; no other row has as many", files);
}

std::string size_word(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

/// The time that a file goes by, and where that is from.
std::pair<UtcSeconds, const char*> file_time(const SavedOnDisk& file) {
  if (file.named) return {*file.named, "name"};
  return {file.modified, "file"};
}

std::string file_time_words(const SavedOnDisk& file) {
  const auto [time, from] = file_time(file);
  std::string out = std::string_view(from) == "name" ? tr("named") : tr("saved");
  out += " " + display_time(time, zone);
  if (file.taken) out += tr(", ") + trf("taken {}", display_time(*file.taken, zone));
  return out;
}

class View {
 public:
  View(Context& context, Store& store, Desk& desk) : out_(context.out), desk_(desk), names_(store) {}

  void print(std::size_t limit) {
    if (out_.format() == Format::csv) out_.heading(row(nullptr, nullptr, nullptr));
    std::size_t shown = 0;
    for (const Shown& each : desk_.proposals()) {
      if (limit != 0 && shown == limit && !each.applied) {
        ++hidden_;
        continue;
      }
      ++shown;
      if (out_.is_text()) text(each);
      else rows(each);
    }
    for (const auto& [file, digest] : desk_.known()) print_known(file, digest);
    if (hidden_ > 0 && out_.is_text()) out_.line("  " + trf("… and {} more (--limit 0)", hidden_));
  }

 private:
  std::string message_words(const Place& place) {
    const ClientNames::Label& label = names_.of(place.row.client);
    return display_time(place.row.sent, zone) + "  " + attachment_word(line::content_name(place.row.kind)) + "  " + direction_word(place.row.direction) + "  " + for_terminal(label.name) +
           (label.number == 0 ? "" : " (" + std::to_string(label.number) + ")");
  }
  static std::vector<std::string> cells(const SavedOnDisk& file) { return {for_terminal(file.name), std::string(file.content.name) + " " + size_word(file.size), file_time_words(file)}; }

  void text(const Shown& shown) {
    const Proposal& proposal = shown.proposal;
    if (begun_) out_.line();
    begun_ = true;
    out_.line(out_.bold(sure_word(shown) + (shown.id.empty() ? "" : "  " + shown.id)) + "  " + reason_words(proposal));
    using C = Table::Column;
    if (proposal.sure != Proposal::Sure::open) {
      for (std::size_t i = 0; i < proposal.files.size(); ++i) {
        const SavedOnDisk& file = desk_.files()[proposal.files[i]];
        const Place& place = desk_.places()[proposal.places[i]];
        out_.line("  " + for_terminal(file.name) + "  " + out_.dim(std::string(file.content.name) + " " + size_word(file.size) + "  " + file_time_words(file)));
        out_.line("    → " + message_words(place) + "  " + out_.dim(short_id(place.row.id)));
      }
      return;
    }
    Table files({C::left, C::left, C::rest});
    for (const std::size_t file : proposal.files) files.add(cells(desk_.files()[file]));
    files.print(out_);
    for (const std::size_t place : proposal.places) out_.line("    ? " + message_words(desk_.places()[place]) + "  " + out_.dim(short_id(desk_.places()[place].row.id)));
    if (proposal.more_places > 0) out_.line("    " + trf("… and {} more: --client, --since and --until leave fewer", proposal.more_places));
  }

  ordered_json row(const Shown* shown, const SavedOnDisk* file, const Place* place) {
    ordered_json out;
    out["proposal"] = shown == nullptr || shown->id.empty() ? ordered_json(nullptr) : ordered_json(shown->id);
    out["sure"] = shown == nullptr ? "attached" : sure_name(shown->proposal.sure);
    out["by"] = shown == nullptr || place == nullptr ? ordered_json(nullptr) : ordered_json(by_name(shown->proposal.by));
    out["apart"] = shown == nullptr || shown->proposal.by != Proposal::By::time || shown->proposal.sure == Proposal::Sure::open ? ordered_json(nullptr) : ordered_json(shown->proposal.apart);
    out["path"] = file == nullptr ? ordered_json(nullptr) : ordered_json(file->folder + "/" + file->name);
    out["content"] = file == nullptr ? ordered_json(nullptr) : ordered_json(file->content.name);
    out["bytes"] = file == nullptr ? 0 : file->size;
    out["file_time"] = file == nullptr ? ordered_json(nullptr) : ordered_json(iso8601({file_time(*file).first, zone}));
    out["file_time_from"] = file == nullptr ? ordered_json(nullptr) : ordered_json(file_time(*file).second);
    out["taken"] = file == nullptr || !file->taken ? ordered_json(nullptr) : ordered_json(iso8601({*file->taken, zone}));
    out["id"] = place == nullptr ? ordered_json(nullptr) : ordered_json(place->row.id.hex());
    out["client"] = place == nullptr || place->row.client.empty() ? ordered_json(nullptr) : label_json(names_.of(place->row.client));
    out["account"] = place == nullptr ? ordered_json(nullptr) : ordered_json(place->account);
    out["direction"] = place == nullptr ? ordered_json(nullptr) : ordered_json(direction_name(place->row.direction));
    out["sent"] = place == nullptr ? ordered_json(nullptr) : ordered_json(iso8601({place->row.sent, zone}));
    out["kind"] = place == nullptr ? ordered_json(nullptr) : ordered_json(line::content_name(place->row.kind));
    out["applied"] = shown != nullptr && shown->applied;
    return out;
  }

  /// A row for each file and message that may be one.
  void rows(const Shown& shown) {
    const Proposal& proposal = shown.proposal;
    for (std::size_t i = 0; i < proposal.files.size(); ++i) {
      const SavedOnDisk& file = desk_.files()[proposal.files[i]];
      if (proposal.sure != Proposal::Sure::open) out_.row(row(&shown, &file, &desk_.places()[proposal.places[i]]));
      else if (proposal.places.empty()) out_.row(row(&shown, &file, nullptr));
      else
        for (const std::size_t place : proposal.places) out_.row(row(&shown, &file, &desk_.places()[place]));
    }
  }

  void print_known(const SavedOnDisk& file, const Sha256& digest) {
    for (const auto& message : desk_.messages_with(digest)) {
      const auto place = desk_.place_of(message);
      if (!place) continue;
      if (!out_.is_text()) {
        out_.row(row(nullptr, &file, &*place));
        continue;
      }
      if (begun_) out_.line();
      begun_ = true;
      out_.line(out_.bold(tr("attached already")) + "  " + for_terminal(file.name));
      out_.line("    → " + message_words(*place) + "  " + out_.dim(short_id(message)));
    }
  }

  Output& out_;
  Desk& desk_;
  ClientNames names_;
  bool begun_ = false;
  std::size_t hidden_ = 0;
};

void tell_passed_over(Context& context, const Desk& desk) {
  const auto& passed = desk.passed_over();
  for (std::size_t i = 0; i < std::min(passed.size(), most_passed_over_named); ++i) context.out.talk(trf("passed over: {0} ({1})", passed[i].path, passed[i].reason));
  if (passed.size() > most_passed_over_named) context.out.talk(trf("… and {} more passed over", passed.size() - most_passed_over_named));
}

void tell_summary(Context& context, Desk& desk) {
  std::size_t attached = 0, certain = 0, likely = 0, open = 0, none = 0;
  for (const Shown& each : desk.proposals()) {
    const std::size_t files = each.proposal.files.size();
    if (each.applied) attached += files;
    else if (each.proposal.sure == Proposal::Sure::certain) certain += files;
    else if (each.proposal.sure == Proposal::Sure::likely) likely += files;
    else (each.proposal.places.empty() ? none : open) += files;
  }
  std::string words;
  const auto add = [&](std::size_t count, const std::string& word) {
    if (count > 0) words += (words.empty() ? "" : tr(", ")) + word;
  };
  add(attached, trn("{} file attached", "{} files attached", attached));
  add(desk.known().size(), trf("{} attached already", desk.known().size()));
  add(certain, trf("{} certain", certain));
  add(likely, trf("{} likely", likely));
  add(open, trf("{} open", open));
  add(none, trf("{} without a message", none));
  context.out.talk(words.empty() ? tr("nothing to attach") : words);
  if (attached > 0 || certain + likely + open == 0) return;
  if (certain > 0) context.out.talk(tr("Attach what is certain: the same with --yes."));
  if (certain + likely > 0) context.out.talk(tr("Attach a proposal: the same with --apply and its number."));
  if (open > 0) context.out.talk(tr("Attach one file yourself: genchi attach --to MESSAGE FILE"));
}

// --- The tasks ---

ExitCode run_propose(Context& context, const AttachCommand& command) {
  const bool writes = command.yes || !command.apply.empty();
  if (writes) write_to_the_end();
  Store store = writes ? context.open_for_writing(/*create=*/false, command.wait) : context.open();
  if (writes) store.catch_up(nullptr, interrupted);
  else nothing_is_written_from_now_on();
  Desk desk(context, store, command);
  desk.look();
  if (writes) apply(context, store, desk, command);
  View(context, store, desk).print(command.list.effective_limit(context.out));
  tell_passed_over(context, desk);
  tell_summary(context, desk);
  return interrupted() ? ExitCode::interrupted : ExitCode::ok;
}

void print_tie(Context& context, Store& store, const Sha256& message, const std::string& words) {
  if (context.out.is_text()) {
    context.out.line(words);
    return;
  }
  context.out.row({{"id", message.hex()}, {"attached", attached_json(store, message)}});
}

ExitCode run_to(Context& context, const AttachCommand& command) {
  if (command.to.size() != 2) throw Error(tr("--to takes a message and one file"), tr("A message of LINE holds the place of one photo or file: genchi attach --to 3f2a91c0de photo.jpg"));
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  Desk desk(context, store, command);
  const catalogue::Found found = find_message(store, command.to[0]);
  const auto place = desk.place_of(found.shown_as);
  if (!place) throw Error(trf("{} holds the place of no photo, video, voice message or file", short_id(found.shown_as)), tr("`genchi watch --media` lists those that do."));
  SavedFiles files = find_saved_files({command.to[1]});
  if (files.files.size() != 1 || std::filesystem::is_directory(command.to[1]))
    throw Error(files.passed_over.empty() || std::filesystem::is_directory(command.to[1]) ? trf("{} is not one file", display_path(command.to[1])) : trf("{0}: {1}", files.passed_over.front().path, files.passed_over.front().reason));
  const SavedOnDisk& file = files.files.front();
  if (!watch::may_be(file.content, media_kind(place->row.kind)))
    throw Error(trf("{0} cannot be what {1} holds the place of: {2}", for_terminal(file.name), short_id(place->row.id), attachment_word(line::content_name(place->row.kind))),
                file.content.name.empty() ? tr("Its bytes are of no kind that is known.") : trf("Its bytes are {}.", file.content.name));
  const Sha256 digest = digest_of(file);
  if (const Attached* before = desk.attached(place->row.id)) {
    if (before->digest != digest) throw Error(trf("{0} has a file already: {1}", short_id(place->row.id), for_terminal(before->name)), trf("Take it off first: genchi attach --undo {}", short_id(place->row.id)));
    print_tie(context, store, place->row.id, trf("{0} is attached to {1} already.", for_terminal(file.name), short_id(place->row.id)));
    return ExitCode::ok;
  }
  if (const auto other = desk.in_chat(digest, place->row.chat_key))
    throw Error(trf("{0} is attached to {1} of the same chat", for_terminal(file.name), short_id(*other)), trf("If that is wrong: genchi attach --undo {}", short_id(*other)));
  attach(store, file, digest, *place, who_am_i(context, command.by));
  store.archive().commit_batch();
  store.catch_up(nullptr, interrupted);
  print_tie(context, store, place->row.id, trf("{0} is attached to {1}.", for_terminal(file.name), short_id(place->row.id)));
  return ExitCode::ok;
}

ExitCode run_undo(Context& context, const AttachCommand& command) {
  write_to_the_end();
  Store store = context.open_for_writing(/*create=*/false, command.wait);
  store.catch_up(nullptr, interrupted);
  const catalogue::Found found = find_message(store, command.undo);
  const auto before = store.catalogue().attached(found.shown_as);
  if (!before) throw Error(trf("{} has no file attached", short_id(found.shown_as)));
  store.archive().append(JournalKind::annotation, catalogue::to_payload(tie(before->message, "", who_am_i(context, command.by))));
  store.catch_up(nullptr, interrupted);
  print_tie(context, store, before->message, trf("{0} is no longer attached to {1}. The file stays in the archive, and both rows in the journal.", before->name.empty() ? before->digest.hex() : for_terminal(before->name), short_id(before->message)));
  return ExitCode::ok;
}

ExitCode run_attach(Context& context, const AttachCommand& command) {
  const int tasks = (command.paths.empty() ? 0 : 1) + (command.to.empty() ? 0 : 1) + (command.undo.empty() ? 0 : 1);
  if (tasks == 0) throw Error(tr("which files?"), tr("Name the folder where you saved them: genchi attach ~/Downloads"));
  if (tasks > 1 || (command.paths.empty() && (command.yes || !command.apply.empty()))) throw Error(tr("one thing at a time: files to look at, --to or --undo"));
  if (!command.to.empty()) return run_to(context, command);
  if (!command.undo.empty()) return run_undo(context, command);
  return run_propose(context, command);
}

}  // namespace

void add_attach(Arguments program, Run& chosen) {
  auto command = std::make_shared<AttachCommand>();
  Arguments sub = program.add_command("attach", tr("saved photos, videos and files to the LINE messages that hold their places"));
  sub.alias("添付保存");
  sub.add_argument("PATH", command->paths, tr("folders and files that were saved from LINE"));
  Option yes = sub.add_flag("--yes", command->yes, tr("attach what is certain"));
  sub.add_option("--apply", command->apply, tr("attach these proposals, by their numbers; separated by commas, or repeated")).not_empty().one_each_time().value_name(tr("NUMBER")).excludes(yes);
  sub.add_option("--by", command->by, tr("who of us says so (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  const std::string group = tr("Instead of proposals");
  sub.add_option("--to", command->to, tr("attach this file to this message")).value_name(tr("MESSAGE FILE")).group(group);
  sub.add_option("--undo", command->undo, tr("take the file off this message; it stays in the archive")).not_empty().value_name(tr("MESSAGE")).group(group);
  add_wait(sub, command->wait);
  command->list.add_to(sub, ListOptions::OurMarks::no);
  sub.remove_option("--channel");
  sub.describe_option("--client", tr("only messages of this client: number or part of the name"));
  sub.footer(tr("LINE's downloads hold only that there was a photo, video, voice message or file. Save them from LINE before it drops them\n"
                "(`genchi watch --media` says when), and attach tells which saved file belongs to which message. Nothing is attached but by\n"
                "--yes, --apply or --to. What a file is, its bytes say; of a folder its files count, not folders in it nor links; files\n"
                "up to 1 GiB.\n"
                "  certain  the time in the file's name lies within a minute of one message of its kind, and of no other file\n"
                "  likely   files and messages of one chat meet in number and order\n"
                "  open     several fit: all are shown, none is chosen\n"
                "What is attached is an original with its SHA-256, found by its name (file:NAME), written out by `genchi show ID --attachment 1`\n"
                "and by export. One message holds one file, and one file belongs to one message of a chat.\n"
                "\nExamples:\n"
                "  genchi attach ~/Downloads/line\n"
                "  genchi attach ~/Downloads/line --client 青木 --since 先月 --yes\n"
                "  genchi attach ~/Downloads/line --apply 5c1f0e2a\n"
                "  genchi attach --to 3f2a91c0de ~/Downloads/1772529612345.jpg\n"
                "\nExit status: 0 listed or attached, 1 no such client or message, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_attach(context, *command); }; });
}

}  // namespace genchi::cli
