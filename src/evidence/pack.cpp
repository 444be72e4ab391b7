#include "evidence/pack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.hpp"
#include "base/csv.hpp"
#include "base/files.hpp"
#include "evidence/compose.hpp"
#include "evidence/exhibit_list.hpp"
#include "evidence/pack_guide.hpp"
#include "evidence/page.hpp"
#include "evidence/pdf.hpp"
#include "evidence/redaction.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::evidence {
namespace {

constexpr std::size_t most_of_a_thread = 10'000;
constexpr std::size_t digits_of_name = 16;

void stop_if_asked(const Store::Stop& stop) {
  if (stop && stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
}

/// Which messages are one exhibit, and what is shown around them.
class Planner {
 public:
  Planner(Store& store, const PackOptions& options) : store_(store), options_(options) {}
  PackPlan plan(const std::vector<Sha256>& messages);

 private:
  struct Chosen {
    catalogue::Listed listed;
    std::string thread;  ///< what it is shown with: a chat, a conversation, a memo by itself
    bool chat = false;
  };
  void take(const std::vector<Sha256>& messages);
  std::string chat_of(const catalogue::Listed& listed);
  std::string conversation_of(const catalogue::Listed& listed);
  void add_context(const Chosen& point, std::vector<PackPlan::Item>& before, std::vector<PackPlan::Item>& after);
  Seq batch_of(const catalogue::Listed& listed);
  PackPlan::Item item(const catalogue::Listed& listed, bool context);

  Store& store_;
  const PackOptions& options_;
  std::vector<Chosen> chosen_;
  std::unordered_set<std::string> ids_;  ///< of those chosen, and of context already taken
  std::unordered_map<EntryId, std::string> chats_;
  std::unordered_map<EntryId, Seq> batches_;
  PackPlan plan_;
};

void Planner::take(const std::vector<Sha256>& messages) {
  for (const Sha256& id : messages) {
    const auto listed = store_.catalogue().listed(id);
    if (!listed) throw Error(trf("no message has the id {}", id.hex()));
    if (ids_.insert(std::string(listed->id.view())).second) chosen_.push_back({*listed, "", listed->channel == Channel::line});
  }
  // A chat's rows lie in its own downloads: so months are read one after the other.
  std::sort(chosen_.begin(), chosen_.end(), [](const Chosen& a, const Chosen& b) {
    return std::tie(a.listed.client, a.listed.entry, a.listed.sent, a.listed.id) < std::tie(b.listed.client, b.listed.entry, b.listed.sent, b.listed.id);
  });
  for (Chosen& one : chosen_) {
    stop_if_asked(options_.stop);
    if (one.chat) one.thread = chat_of(one.listed);
    else if (one.listed.flags & flag_memo) one.thread = one.listed.id.hex();
    else one.thread = conversation_of(one.listed);
    if (!one.listed.client.empty()) plan_.clients.insert(one.listed.client);
  }
}

std::string Planner::chat_of(const catalogue::Listed& listed) {
  const auto known = chats_.find(listed.entry);
  if (known != chats_.end()) return known->second;
  std::string chat = "entry " + std::to_string(listed.entry);  // damaged: told when it is to be written
  try {
    if (const auto record = store_.catalogue().record(listed.id); record && !record->identifiers.empty()) chat = record->identifiers.front();
  } catch (const DamagedOriginal&) {
  }
  return chats_[listed.entry] = chat;
}

std::string Planner::conversation_of(const catalogue::Listed& listed) {
  try {
    if (const auto record = store_.catalogue().record(listed.id)) return record->conversation + " " + listed.client;
  } catch (const DamagedOriginal&) {
  }
  return listed.id.hex();
}

/// The journal row that sealed its original.
Seq Planner::batch_of(const catalogue::Listed& listed) {
  const auto known = batches_.find(listed.entry);
  if (known != batches_.end()) return known->second;
  const auto entry = store_.archive().entry(listed.entry);
  if (!entry) throw Error(trf("the original of {} is not in the archive", listed.id.hex()));
  return batches_[listed.entry] = entry->batch;
}

PackPlan::Item Planner::item(const catalogue::Listed& listed, bool context) {
  plan_.batches.insert(batch_of(listed));
  ++(context ? plan_.context : plan_.messages);
  return {listed.id, listed.sent, listed.entry, context};
}

/// The nearest messages of the same chat, or mails of the same conversation, with the same client and with nobody else's words.
void Planner::add_context(const Chosen& point, std::vector<PackPlan::Item>& before, std::vector<PackPlan::Item>& after) {
  if (options_.context == 0 || (point.listed.flags & flag_memo) != 0) return;
  std::vector<Sha256> earlier, later;  // nearest first
  if (point.chat) {
    // Other channels of the client lie in between.
    const auto around = store_.catalogue().neighbours(point.listed.id, 4 * options_.context + 8);
    earlier.assign(around.before.rbegin(), around.before.rend());
    later = around.after;
  } else {
    const std::vector<Sha256> thread = store_.catalogue().conversation_of(point.listed.id, most_of_a_thread);
    const auto at = std::find(thread.begin(), thread.end(), point.listed.id);
    if (at == thread.end()) return;
    earlier.assign(std::make_reverse_iterator(at), thread.rend());
    later.assign(at + 1, thread.end());
  }
  const auto collect = [&](const std::vector<Sha256>& ids, std::vector<PackPlan::Item>& into) {
    std::size_t near = 0;
    for (const Sha256& id : ids) {
      const auto listed = store_.catalogue().listed(id);
      if (!listed || listed->client != point.listed.client || (listed->flags & (flag_spam | flag_trash)) != 0) continue;
      if ((listed->channel == Channel::line) != point.chat || (point.chat && chat_of(*listed) != point.thread)) continue;
      if (options_.last_row != 0 && batch_of(*listed) > options_.last_row) continue;
      if (++near > options_.context) return;
      // What is an exhibit itself, or context of one before, is not shown again in a chat; each mail is a sheet of its own.
      const bool taken = point.chat ? !ids_.insert(std::string(id.view())).second : ids_.contains(std::string(id.view()));
      if (!taken) into.push_back(item(*listed, true));
    }
  };
  collect(earlier, before);
  collect(later, after);
}

PackPlan Planner::plan(const std::vector<Sha256>& messages) {
  take(messages);
  // Threads in the order of their first message.
  std::map<std::string, std::vector<const Chosen*>> threads;
  for (const Chosen& one : chosen_) threads[one.thread].push_back(&one);
  std::vector<std::vector<const Chosen*>> ordered;
  for (auto& [name, points] : threads) {
    std::sort(points.begin(), points.end(), [](const Chosen* a, const Chosen* b) { return std::tie(a->listed.sent, a->listed.id) < std::tie(b->listed.sent, b->listed.id); });
    ordered.push_back(std::move(points));
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return std::tie(a.front()->listed.sent, a.front()->listed.id) < std::tie(b.front()->listed.sent, b.front()->listed.id); });
  unsigned number = options_.first;
  for (const auto& points : ordered) {
    const std::string name = options_.party + std::to_string(number);
    const bool chat = points.front()->chat;
    unsigned branch = 0;
    PackPlan::Exhibit exhibit;
    for (const Chosen* point : points) {
      stop_if_asked(options_.stop);
      if (!chat || exhibit.items.empty()) {
        exhibit = {};
        exhibit.chat = chat;
        exhibit.number = chat || points.size() == 1 ? name : fmt::format("{}の{}", name, ++branch);
        exhibit.file_name = chat || points.size() == 1 ? fmt::format("{}{:03}", options_.party, number) : fmt::format("{}{:03}の{:02}", options_.party, number, branch);
        if (chat) {
          const auto names = store_.catalogue().chat_names(point->thread);
          exhibit.chat_name = names.names.empty() ? "" : names.names.front();
        }
      }
      std::vector<PackPlan::Item> before, after;
      add_context(*point, before, after);
      exhibit.items.insert(exhibit.items.end(), before.rbegin(), before.rend());
      exhibit.items.push_back(item(point->listed, false));
      exhibit.items.insert(exhibit.items.end(), after.begin(), after.end());
      if (!chat) plan_.exhibits.push_back(std::move(exhibit));
    }
    if (chat) {
      // Context of one point may lie among the next ones. Rows of one second stay in the order of the download.
      std::stable_sort(exhibit.items.begin(), exhibit.items.end(), [](const auto& a, const auto& b) { return a.sent < b.sent; });
      plan_.exhibits.push_back(std::move(exhibit));
    }
    ++number;
  }
  return std::move(plan_);
}

std::string anchor_name(const Anchor& anchor) { return "anchor-" + std::to_string(anchor.rows); }

/// Rows of one second in the order of the download.
void order_rows(std::vector<PackPlan::Item>& items, std::vector<MessageRecord>& records) {
  std::vector<std::size_t> order(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(items[a].sent, items[a].entry, records[a].source.offset) < std::tie(items[b].sent, items[b].entry, records[b].source.offset);
  });
  std::vector<PackPlan::Item> sorted_items;
  std::vector<MessageRecord> sorted_records;
  for (const std::size_t i : order) {
    sorted_items.push_back(items[i]);
    sorted_records.push_back(std::move(records[i]));
  }
  items = std::move(sorted_items);
  records = std::move(sorted_records);
}

std::string masks_table(const std::vector<Redaction::Mask>& masks) {
  std::string text = std::string(csv_byte_order_mark) + "exhibit,message,part,begin,length,rule\r\n";
  for (const Redaction::Mask& mask : masks)
    text += fmt::format("{},{},{},{},{},{}\r\n", csv_cell(mask.exhibit), mask.message, csv_cell(mask.part), mask.begin, mask.length, mask.rule);
  return text;
}

class PackWriter {
 public:
  PackWriter(Store& store, const PackPlan& plan, const ChosenAnchors& anchors, const PackOptions& options, const std::filesystem::path& out)
      : store_(store), plan_(plan), anchors_(anchors), options_(options), bag_(out, anchors.main.anchor.time),
        prover_(store.archive(), [this](const Sha256& name, std::string_view text) {
          originals_->add("proofs/" + name.hex() + ".txt", text);
          ++report_.proofs;
        }), redaction_(options.redact) {
    if (redaction_.empty()) {
      originals_ = &bag_;
    } else if (options.originals_apart) {
      report_.apart_path = originals_path(out);
      originals_ = &apart_.emplace(report_.apart_path, anchors.main.anchor.time);
    }
  }
  PackReport write();

 private:
  struct Held {
    std::string path;           ///< of its file in the pack
    std::uint64_t offset = 0;   ///< of its bytes there
    std::uint64_t length = 0;
    Sha256 sha256;              ///< of these bytes
    std::string proof;          ///< name of the text that proves them
    std::uint64_t line = 0;     ///< LINE: line in the file they came from, from 1
    std::uint64_t begin = 0;    ///< and byte
    std::string source, source_digest;
  };
  void write_exhibit(const PackPlan::Exhibit& planned);
  void leave_out(const PackPlan::Exhibit& planned);
  void write_rows(const PackPlan::Exhibit& planned, const std::vector<PackPlan::Item>& items, const std::vector<MessageRecord>& records, std::map<Sha256, Held>& held);
  void write_download(const std::string& path, const Entry& entry, const std::vector<std::pair<std::uint64_t, Sha256>>& wanted, std::map<Sha256, Held>& held);
  Held write_original(const std::string& path, const Entry& entry, std::string_view bytes);
  std::string attached_original(const PackPlan::Exhibit& planned, const MessageRecord& message);
  void list(const PackPlan::Exhibit& planned, const MessageRecord& message, bool context, const Held& held);
  PackHeading heading() const;
  std::vector<Anchor> all_anchors() const;
  void write_anchors();
  void finish();

  Store& store_;
  const PackPlan& plan_;
  const ChosenAnchors& anchors_;
  const PackOptions& options_;
  BagWriter bag_;
  std::optional<BagWriter> apart_;
  BagWriter* originals_ = nullptr;  ///< which of them has the originals; null: neither
  Prover prover_;
  Redaction redaction_;
  PackReport report_;
  std::string contents_;
  std::unordered_map<std::string, Held> mails_;  ///< written already, by id: a mail may be context of several
  std::unordered_map<std::string, std::string> saved_;  ///< paths of saved files, by digest
  std::unique_ptr<PageWriter> page_;
  std::unique_ptr<PdfWriter> pdfs_;
  std::string table_text_;
  ExhibitTable table_{[this](std::string_view bytes) { table_text_.append(bytes); }};
  ExhibitDocument document_;
};

PackWriter::Held PackWriter::write_original(const std::string& path, const Entry& entry, std::string_view bytes) {
  originals_->add(path, bytes);
  Held held;
  held.path = path;
  held.length = bytes.size();
  held.sha256 = entry.digest;
  held.proof = prover_.prove(entry).hex();
  if (const auto import = store_.archive().import_of(entry.import)) held.source = last_of_path(import->source);
  held.source_digest = entry.digest.hex();
  return held;
}

/// A saved file that belongs to a LINE message: its path in the pack.
std::string PackWriter::attached_original(const PackPlan::Exhibit& planned, const MessageRecord& message) {
  const auto attached = store_.catalogue().attached(message.id);
  if (!attached || attached->entry == 0) return {};
  const auto known = saved_.find(attached->digest.hex());
  if (known != saved_.end()) return known->second;
  const auto entry = store_.archive().entry(attached->entry);
  if (!entry) return {};
  // Its own name may be anything; only what says which program opens it is taken over.
  std::string ending = std::filesystem::path(attached->name).extension().native();
  constexpr std::size_t longest_ending = 6;
  const bool plain = ending.size() > 1 && ending.size() <= longest_ending && std::all_of(ending.begin() + 1, ending.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  const std::string path = fmt::format("originals/{}-{}{}", planned.file_name, attached->digest.hex().substr(0, digits_of_name), plain ? ending : "");
  Spool bytes = store_.archive().original(*entry);
  const Held held = write_original(path, *entry, bytes.view());
  list(planned, message, false, held);
  return saved_[attached->digest.hex()] = path;
}

/// The rows of one download: what stands before its first row, then rows as they are, each under what stands before it (the
/// day, in a talk of the app).
void PackWriter::write_download(const std::string& path, const Entry& entry, const std::vector<std::pair<std::uint64_t, Sha256>>& wanted, std::map<Sha256, Held>& held) {
  const std::string bytes = store_.archive().read(entry);
  const std::vector<Archive::ByteRange> rows = store_.archive().export_rows(entry);
  std::string source = entry.member;
  if (source.empty())
    if (const auto import = store_.archive().import_of(entry.import)) source = last_of_path(import->source);
  std::map<std::uint64_t, Sha256> by_row;
  for (const auto& [offset, id] : wanted) {
    const auto row = std::lower_bound(rows.begin(), rows.end(), offset, [](const Archive::ByteRange& range, std::uint64_t at) { return range.offset < at; });
    if (row == rows.end() || row->offset != offset) throw Error(trf("the LINE file {0} has no row at byte {1}", source, offset));
    by_row.emplace(static_cast<std::uint64_t>(row - rows.begin()), id);
  }
  std::vector<std::uint64_t> numbers;
  for (const auto& [row, id] : by_row) numbers.push_back(row);
  if (options_.whole) prover_.prove(entry);
  const std::vector<Prover::Row> proven = prover_.prove(entry, numbers);
  const auto before = [&](std::uint64_t row) {
    const std::uint64_t begin = row == 0 ? 0 : rows[row - 1].offset + rows[row - 1].length;
    return std::string_view(bytes).substr(begin, rows[row].offset - begin);
  };
  std::string excerpt(before(0));
  std::uint64_t next = 1, day = 0, written = 0;  // rows: the first not looked at, the last with something before it, of which that was written
  std::size_t line = 1, counted = 0;             // lines up to a byte
  for (const Prover::Row& row : proven) {
    for (; next <= row.row; ++next)
      if (before(next).find_first_not_of("\r\n") != std::string_view::npos) day = next;
    if (day != written) excerpt.append(before(written = day));
    line += static_cast<std::size_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted), bytes.begin() + static_cast<std::ptrdiff_t>(row.held.offset), '\n'));
    counted = row.held.offset;
    Held one;
    one.path = path;
    one.offset = options_.whole ? row.held.offset : excerpt.size();
    one.length = row.held.length;
    one.sha256 = row.sha256;
    one.proof = row.text.hex();
    one.line = line;
    one.begin = row.begin;
    one.source = source;
    one.source_digest = entry.digest.hex();
    excerpt.append(bytes, row.held.offset, row.held.length);
    held.emplace(by_row.at(row.row), std::move(one));
  }
  originals_->add(path, options_.whole ? std::string_view(bytes) : std::string_view(excerpt));
}

void PackWriter::write_rows(const PackPlan::Exhibit& planned, const std::vector<PackPlan::Item>& items, const std::vector<MessageRecord>& records, std::map<Sha256, Held>& held) {
  std::map<EntryId, std::vector<std::pair<std::uint64_t, Sha256>>> downloads;
  for (std::size_t i = 0; i < records.size(); ++i) downloads[items[i].entry].emplace_back(records[i].source.offset, records[i].id);
  std::size_t number = 0;
  for (auto& [id, wanted] : downloads) {
    const auto entry = store_.archive().entry(id);
    if (!entry) throw Error(trf("the original of {} is not in the archive", wanted.front().second.hex()));
    std::sort(wanted.begin(), wanted.end());
    ++number;
    const std::string ending = std::filesystem::path(entry->member).extension() == ".txt" ? ".txt" : ".csv";
    write_download("originals/" + planned.file_name + (downloads.size() > 1 ? fmt::format("-{}", number) : "") + ending, *entry, wanted, held);
  }
}

void PackWriter::list(const PackPlan::Exhibit& planned, const MessageRecord& message, bool context, const Held& held) {
  std::string row;
  const auto cell = [&](std::string_view text) { row += (row.empty() ? "" : ",") + csv_cell(for_terminal(text)); };
  cell(planned.number);
  cell(context ? "context" : "exhibit");
  cell(message.id.hex());
  cell(iso8601({message.sent.utc, japan_offset_minutes}));
  cell("data/" + held.path);
  cell(std::to_string(held.offset));
  cell(std::to_string(held.length));
  cell(held.sha256.hex());
  cell(held.proof);
  cell(held.source);
  cell(held.source_digest);
  cell(held.line == 0 ? "" : std::to_string(held.line));
  cell(held.line == 0 ? "" : std::to_string(held.begin));
  contents_ += row + "\r\n";
}

/// Its number stays, with a word on why there is nothing: a gap that nobody explains would look like something hidden.
void PackWriter::leave_out(const PackPlan::Exhibit& planned) {
  Exhibit exhibit;
  exhibit.number = planned.number;
  exhibit.file_name = planned.file_name;
  exhibit.title = exhibit.remark = "原本の破損により除外";
  exhibit.notes.emplace_back(tr("The original is damaged: it cannot be shown."));
  page_->exhibit(exhibit);
  table_.add(exhibit);
  document_.add(exhibit);
}

void PackWriter::write_exhibit(const PackPlan::Exhibit& planned) {
  std::vector<MessageRecord> records;
  std::map<Sha256, Held> held;
  Exhibit exhibit;
  exhibit.number = planned.number;
  exhibit.file_name = planned.file_name;
  for (const PackPlan::Item& item : planned.items) {
    auto record = store_.catalogue().record(item.id);
    if (!record) throw Error(trf("no message has the id {}", item.id.hex()));
    records.push_back(std::move(*record));
  }
  std::vector<PackPlan::Item> items = planned.items;
  if (planned.chat) order_rows(items, records);
  if (planned.chat && originals_) write_rows(planned, items, records, held);
  std::vector<MessageRecord> points;
  std::map<std::string, std::string> sources;  ///< of rows: files in the pack, and what they were taken from
  std::size_t contexts = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const PackPlan::Item& item = items[i];
    MessageRecord& record = records[i];
    ExhibitMessage message;
    if (planned.chat) {
      message = compose(store_, record, {});
      const std::string saved = originals_ ? attached_original(planned, record) : "";
      if (!saved.empty() && !message.files.empty()) message.files.front().path = saved;
    } else {
      const auto entry = store_.archive().entry(item.entry);
      if (!entry) throw Error(trf("the original of {} is not in the archive", record.id.hex()));
      Spool original = store_.archive().original(*entry);
      message = compose(store_, record, original.view());
      const auto written = mails_.find(record.id.hex());
      if (written != mails_.end()) held.emplace(record.id, written->second);
      else if (originals_) {
        const std::string path = "originals/" + planned.file_name + (item.context ? fmt::format("-context-{}", ++contexts) : "") + ".eml";
        held.emplace(record.id, mails_[record.id.hex()] = write_original(path, *entry, original.view()));
      }
    }
    message.context = item.context;
    if (const auto at = held.find(record.id); at != held.end()) {
      const Held& here = at->second;
      std::string place = here.path;
      if (planned.chat) place += tr(", ") + trf("byte {0}, {1} bytes", here.offset, here.length) + (redaction_.empty() ? "; " + trf("id {}", record.id.hex().substr(0, digits_of_name)) : "");
      message.fields.emplace_back(apart_ ? tr("In the pack of originals") : tr("In this pack"), place);
      if (planned.chat) sources.emplace(here.path, trf("{0} has rows of {1}, SHA-256 {2}", here.path, here.source, here.source_digest));
      list(planned, record, item.context, here);
    } else if (originals_) {
      message.notes.emplace_back(tr("The bytes of this message were erased; they cannot be proven."));
    }
    if (!item.context) points.push_back(record);
    exhibit.messages.push_back(std::move(message));
  }
  compose_heading(exhibit, points, planned.chat_name);
  if (planned.chat && !options_.whole)
    exhibit.remark = "トークの一部（対象とその前後）";
  if (planned.chat && !options_.whole)
    exhibit.notes.emplace_back(tr("A part of the chat: the messages asked for, and those before and after. The file LINE gave holds more."));
  if (redaction_.empty())
    for (auto& [path, source] : sources) exhibit.notes.push_back(std::move(source));
  // A hash of what holds the masked words would let them be guessed.
  if (!redaction_.empty())
    for (ExhibitMessage& message : exhibit.messages)
      std::erase_if(message.fields, [](const auto& field) { return field.first == "SHA-256" || field.first == tr("Id"); });
  redaction_.apply(exhibit);
  page_->exhibit(exhibit);
  table_.add(exhibit);
  document_.add(exhibit);
  pdfs_->add(exhibit);
  ++report_.exhibits;
}

std::vector<Anchor> PackWriter::all_anchors() const {
  std::vector<Anchor> all;
  for (const KeptAnchor& kept : anchors_.others) all.push_back(kept.anchor);
  all.push_back(anchors_.main.anchor);
  return all;
}

void PackWriter::write_anchors() {
  prover_.prove_anchors(all_anchors());
  const auto write = [&](const KeptAnchor& kept) {
    originals_->add("anchors/" + anchor_name(kept.anchor) + ".txt", kept.text);
    std::size_t number = 0;
    for (const KeptAnchor::Stamp& stamp : kept.stamps)
      originals_->add(fmt::format("anchors/{}-{}.tsr", anchor_name(kept.anchor), ++number), stamp.answer);
  };
  for (const KeptAnchor& kept : anchors_.others) write(kept);
  write(anchors_.main);
}

PackHeading PackWriter::heading() const {
  PackHeading heading = options_.heading;
  heading.fields.emplace_back(tr("Exhibits"), std::to_string(plan_.exhibits.size()));
  heading.fields.emplace_back(tr("Messages"), trf("{0}, and {1} before and after them", plan_.messages, plan_.context));
  const auto anchor = [&](const KeptAnchor& kept) {
    heading.fields.emplace_back(tr("Anchor"), trf("{0}, {1} rows of the journal, SHA-256 {2}", whole_time(kept.anchor.time, false), kept.anchor.rows, sha256(kept.text).hex()));
    for (const KeptAnchor::Stamp& stamp : kept.stamps)
      heading.fields.emplace_back(tr("Time stamp"), trf("{0}, by {1}", whole_time(stamp.read.time, false), stamp.read.authority));
  };
  for (const KeptAnchor& kept : anchors_.others) anchor(kept);
  anchor(anchors_.main);
  if (anchors_.main.stamps.empty() && anchors_.others.empty())
    heading.notes.emplace_back(tr("The anchor is not time-stamped by anybody else: its time is that of the computer it was made on."));
  if (redaction_.empty()) heading.notes.emplace_back(tr("This page shows what is held; whether that proves something in law is not for it to say. README-verify.txt says how to check it."));
  else heading.notes.emplace_back(tr("A reading copy: what is shown as ■ was masked; masks.csv lists the places."));
  return heading;
}

PackReport PackWriter::write() {
  contents_ = std::string(csv_byte_order_mark) + "exhibit,part,message_id,sent,file,offset,bytes,sha256,proof,source,source_sha256,source_line,source_offset\r\n";
  report_.messages = plan_.messages;
  report_.context = plan_.context;
  report_.clients = plan_.clients.size();
  report_.anchor = anchors_.main.anchor;
  pdfs_ = std::make_unique<PdfWriter>(PdfOptions{bag_.folder("pdf"), anchors_.main.anchor.time, 0, {}});
  if (options_.progress) options_.progress->start(Progress::Phase::writing, plan_.exhibits.size());
  bag_.add("evidence.html", [&](const auto& put) {
    page_ = std::make_unique<PageWriter>(put);
    PackHeading first = heading();
    redaction_.apply(first);
    page_->begin(first);
    std::uint64_t done = 0;
    for (const PackPlan::Exhibit& planned : plan_.exhibits) {
      stop_if_asked(options_.stop);
      try {
        write_exhibit(planned);
      } catch (const DamagedOriginal& error) {
        report_.left_out.push_back(planned.number + ": " + error.what());
        leave_out(planned);
      }
      if (options_.progress) options_.progress->at(++done);
    }
    page_->end();
  });
  for (const PdfFailure& failure : pdfs_->finish().failures) report_.without_pdf.push_back(failure.number + ": " + failure.reason);
  bag_.adopt("pdf");
  bag_.add("証拠説明書.csv", table_text_);
  for (const PackDocument& document : options_.documents) bag_.add(document.name, redaction_.masked_document(document));
  document_.write(bag_.folder("") / "証拠説明書.docx");
  bag_.adopt("証拠説明書.docx");
  finish();
  if (options_.progress) options_.progress->finish();
  return report_;
}

void PackWriter::finish() {
  const std::string anchor = "genchi-anchor " + sha256(anchors_.main.text).hex();
  if (originals_) {
    write_anchors();
    originals_->add("originals/contents.csv", contents_);
    originals_->add_tag("README-verify.txt", verify_guide());
  }
  if (!redaction_.empty()) {
    report_.masks = redaction_.masks().size();
    bag_.add("masks.csv", masks_table(redaction_.masks()));
    bag_.add_tag("README.txt", reading_copy_guide());
  }
  if (apart_) report_.apart = apart_->commit({{"Bag-Software-Agent", "genchi"}, {"External-Identifier", anchor}});
  report_.bag = bag_.commit({{"Bag-Software-Agent", "genchi"}, {"External-Identifier", anchor}});
}

}  // namespace

PackPlan plan_pack(Store& store, const std::vector<Sha256>& messages, const PackOptions& options) { return Planner(store, options).plan(messages); }

std::optional<ChosenAnchors> choose_anchors(const std::vector<KeptAnchor>& kept, const std::set<Seq>& batches) {
  if (batches.empty()) return std::nullopt;
  ChosenAnchors chosen;
  // Stamped ones first: a time that others vouch for is worth more than an earlier one of our own.
  const auto covers_all = [&](const KeptAnchor& one) { return one.anchor.rows >= *batches.rbegin(); };
  auto main = std::find_if(kept.begin(), kept.end(), [&](const KeptAnchor& one) { return covers_all(one) && !one.stamps.empty(); });
  if (main == kept.end()) main = std::find_if(kept.begin(), kept.end(), covers_all);
  if (main == kept.end()) return std::nullopt;
  chosen.main = *main;
  for (const Seq batch : batches) {
    const auto stamped = std::find_if(kept.begin(), kept.end(), [&](const KeptAnchor& one) { return one.anchor.rows >= batch && !one.stamps.empty(); });
    if (stamped == kept.end() || stamped->text == chosen.main.text) continue;
    if (chosen.others.empty() || chosen.others.back().text != stamped->text) chosen.others.push_back(*stamped);
  }
  return chosen;
}

PackReport write_pack(Store& store, const PackPlan& plan, const ChosenAnchors& anchors, const PackOptions& options, const std::filesystem::path& out) {
  return PackWriter(store, plan, anchors, options, out).write();
}

std::filesystem::path originals_path(const std::filesystem::path& out) {
  const std::filesystem::path named = out.has_filename() ? out : out.parent_path();
  const bool zip = ascii_lower(named.extension().native()) == ".zip";
  return named.parent_path() / (zip ? named.stem().native() + "-originals" + named.extension().native() : named.filename().native() + "-originals");
}

}  // namespace genchi::evidence
