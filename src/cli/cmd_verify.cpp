// genchi verify: is everything what it was?
#include <nlohmann/json.hpp>

#include "archive/merkle.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/fact_rows.hpp"
#include "cli/message_view.hpp"
#include "evidence/anchors.hpp"
#include "evidence/check_pack.hpp"
#include "genchi/i18n.hpp"
#include "store/verify.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

std::string area_word(Area area) {
  switch (area) {
    case Area::journal: return tr("journal");
    case Area::objects: return tr("stored blocks");
    case Area::originals: return tr("originals");
    case Area::catalogue: return tr("catalogue");
    case Area::index: return tr("index");
    case Area::settings: return tr("settings");
    case Area::files: break;
  }
  return tr("files");
}

template <typename T>
ordered_json or_null(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json finding_json(const Finding& f) {
  ordered_json row;
  row["area"] = area_name(f.area);
  row["severity"] = severity_name(f.severity);
  row["file"] = text_or_null(f.file);
  row["offset"] = or_null(f.offset);
  row["table"] = text_or_null(f.table);
  row["row"] = or_null(f.row);
  row["entry"] = or_null(f.entry);
  row["message"] = text_or_null(f.message);
  row["name"] = text_or_null(f.name);
  row["source"] = text_or_null(f.source);
  row["place"] = text_or_null(f.source_place);
  row["what"] = f.what;
  row["advice"] = text_or_null(f.advice);
  return row;
}

ordered_json total_json(const Verified& v) {
  ordered_json row;
  row["total"] = true;
  row["journal"] = v.archive.journal_rows;
  row["head"] = v.archive.head_hash ? ordered_json(v.archive.head_hash->hex()) : ordered_json(nullptr);
  row["imports"] = v.archive.imports;
  row["batches"] = v.archive.batches;
  row["blocks"] = v.archive.blocks;
  row["objects"] = v.archive.objects;
  row["originals"] = v.archive.entries;
  row["erasings"] = v.archive.erasings;
  row["erased_originals"] = v.archive.erased_entries;
  row["erased_rows"] = v.archive.erased_rows;
  row["original_bytes"] = v.archive.original_bytes;
  row["archive_complete"] = v.archive.complete;
  row["messages"] = v.catalogue.messages;
  row["catalogue_rows"] = v.catalogue.rows;
  row["catalogue_compared"] = v.catalogue.compared;
  row["index_shards"] = v.index.shards;
  row["index_bytes"] = v.index.bytes;
  row["index_messages"] = v.index.messages;
  row["index_passages"] = v.index.passages;
  row["index_compared"] = v.index_messages;
  row["damage"] = v.damage;
  row["notes"] = v.notes;
  return row;
}

/// File and place, then what, then what to do.
void print_finding(Output& out, const Finding& f) {
  std::string where = for_terminal(f.file);
  if (f.offset) where += tr(", ") + trf("byte {}", *f.offset);
  if (!f.table.empty()) where += tr(", ") + for_terminal(f.table) + (f.row ? " " + std::to_string(*f.row) : "");
  if (!f.message.empty()) where += tr(", ") + trf("message {}", f.message.substr(0, short_id_digits));
  if (!f.name.empty()) where += tr(", ") + for_terminal(f.name);
  const std::string head = trf("{0} ({1})", f.severity == Severity::damage ? tr("Damage") : tr("Note"), area_word(f.area));
  out.line((f.severity == Severity::damage ? out.bold(head) : head) + ": " + where);
  out.line("  " + for_terminal(f.what));
  if (!f.source.empty()) out.line("  " + trf("It came from {}", for_terminal(f.source) + (f.source_place.empty() ? "" : tr(", ") + f.source_place)));
  if (!f.advice.empty()) out.line("  " + for_terminal(f.advice));
}

void print_untold(Output& out, const Verified& v) {
  for (std::size_t area = 0; area < v.untold.size(); ++area)
    if (v.untold[area] > 0) out.line(trf("… and {0} more findings ({1})", v.untold[area], area_word(static_cast<Area>(area))));
}

void print_proven(Output& out, const Verified& v) {
  out.line(out.bold(tr("Checked")));
  out.line("  " + trf("journal: {0} rows, {1} imports; its last line has the hash {2}", v.archive.journal_rows, v.archive.imports,
                      v.archive.head_hash ? v.archive.head_hash->hex() : "-"));
  out.line("  " + trf("originals: {0}, {1} bytes whole, in {2} blocks", v.archive.entries, v.archive.original_bytes, v.archive.blocks));
  if (v.archive.erasings > 0)
    out.line("  " + trf("erased on purpose, by the journal: {0}, {1}", trn("{} original", "{} originals", v.archive.erased_entries), trn("{} row of LINE files", "{} rows of LINE files", v.archive.erased_rows)));
  out.line("  " + (v.catalogue.compared ? trf("catalogue: {0} messages, {1} rows compared with the originals", v.catalogue.messages, v.catalogue.rows)
                                        : std::string(tr("catalogue: not compared"))));
  std::string index = v.index_files ? trf("index: {0} parts, {1} bytes as they were written", v.index.shards, v.index.bytes) : std::string(tr("index: not compared"));
  if (v.index_files && !v.index_messages) index += tr("; its messages not compared");
  if (v.index_messages) index += trf("; {} messages as in the catalogue", v.index.messages);
  if (v.index_passages) index += trf("; {} passages word for word", v.index.passages);
  out.line("  " + index);
  if (v.damage > 0) return;
  out.line();
  out.line(tr("This proves: the originals are those whose hashes the journal holds, byte for byte, and what search,\n"
              "show and the lists say comes from them. It does not prove that nobody who can write the folder has made a\n"
              "new journal with new hashes: for that, keep the hash of the last line elsewhere and compare. And what\n"
              "never came in is not here."));
}

struct VerifyCommand {
  bool full = false;
  std::string pack;
  std::vector<std::string> anchors, stamps;
  std::string authorities;
};

constexpr std::uint64_t most_text = 1 << 16, most_stamp = 1 << 20, most_certificates = 16 << 20;

std::string stamp_words(const evidence::Timestamp& stamp, bool checked) {
  return trf(checked ? tr("stamped {0} by {1}, whose certificate leads to one of those given") : tr("stamped {0} by {1}; who that is was not checked (--ca)"),
             display_time(stamp.time, japan_offset_minutes), for_terminal(stamp.authority));
}

ordered_json stamps_json(const std::vector<evidence::Timestamp>& stamps) {
  ordered_json rows = ordered_json::array();
  for (const auto& stamp : stamps) rows.push_back({{"time", iso8601({stamp.time, 0})}, {"authority", stamp.authority}, {"serial", stamp.serial}});
  return rows;
}

ordered_json counted_json(const catalogue::Counted& counted) {
  const auto time = [](const std::optional<UtcSeconds>& utc) { return utc ? ordered_json(iso8601({*utc, japan_offset_minutes})) : ordered_json(nullptr); };
  return {{"mail", counted.mail}, {"line", counted.line}, {"memos", counted.memos}, {"first", time(counted.first)}, {"last", time(counted.last)}};
}

/// "12 mails, 40 LINE messages, sent 2025-03-01 10:00 – 2026-03-31 18:25"
std::string counted_words(const catalogue::Counted& counted) {
  if (!counted.first) return trn("{} message", "{} messages", 0);
  std::string what;
  const auto add = [&](std::uint64_t count, const std::string& words) {
    if (count > 0) what += (what.empty() ? "" : tr(", ")) + words;
  };
  add(counted.mail, trn("{} mail", "{} mails", counted.mail));
  add(counted.line, trn("{} LINE message", "{} LINE messages", counted.line));
  add(counted.memos, trn("{} memo", "{} memos", counted.memos));
  return trf("{0}, sent {1} – {2}", what, display_time(*counted.first, japan_offset_minutes), display_time(*counted.last, japan_offset_minutes));
}

/// An anchor that was kept elsewhere against the journal of today.
class AnchorCheck {
 public:
  /// `count`: the catalogue says what the originals are, so messages can be counted.
  enum class Count { originals, messages };
  AnchorCheck(Context& context, const VerifyCommand& command, Count count, const Report& report) : context_(context), command_(command), count_(count), report_(report) {
    if (!command.authorities.empty()) certificates_ = read_file(command.authorities, most_certificates);
  }

  void check(const std::string& file) {
    const std::string text = read_file(file, most_text);
    try {
      compare(file, text);
    } catch (const Error& error) {
      // A journal that cannot be read is none that the anchor was made of.
      damaged(file, error.what(), error.hint());
    }
  }

 private:
  void compare(const std::string& file, const std::string& text) {
    const auto anchor = parse_anchor(text);
    if (!anchor) return damaged(file, tr("is no anchor"), tr("It must be the file that `genchi anchor` wrote, unchanged; its line ends, too."));
    const Archive archive = Archive::open(context_.archive, Archive::Mode::read);
    const Seq held = archive.head();
    if (held < anchor->rows)
      return damaged(file, trf("the anchor covers {0} rows of the journal, and the archive has {1}: rows were taken away, or this is an older copy", anchor->rows, held), "");
    const std::vector<Sha256> hashes = journal_hashes(archive, anchor->rows);
    if (hashes.front() != anchor->first) return damaged(file, tr("the anchor is of another archive, or the journal was made anew"), "");
    if (hashes.back() != anchor->head || merkle_root(hashes) != anchor->root)
      return damaged(file, trf("the first {} rows of the journal are not those that the anchor was made of", anchor->rows), tr("A backup made before may hold them."));
    std::vector<evidence::Timestamp> stamps;
    const Sha256 digest = sha256(text);
    for (const auto& kept : evidence::kept_anchors(archive))
      if (kept.text == text)
        for (const auto& stamp : kept.stamps) take_stamp(file, stamp.answer, digest, stamps);
    for (const std::string& name : command_.stamps) {
      const std::string answer = read_file(name, most_stamp);
      if (evidence::stamped_digest(answer) == digest) take_stamp(name, answer, digest, stamps);
      else if (command_.anchors.size() == 1) damaged(name, tr("the time stamp is not of this anchor"), "");
    }
    if (stamps.empty() && !certificates_.empty())
      damaged(file, tr("no time stamp of this anchor is held, and none was given: whose certificates to trust says nothing then"), tr("If there was one, it was taken away: give it with --stamp."));
    tell(file, *anchor, digest, archive, stamps);
  }

  void damaged(const std::string& file, const std::string& what, const std::string& advice) {
    Finding finding;
    finding.area = Area::journal;
    finding.file = display_path(file);
    finding.what = what;
    finding.advice = advice;
    report_(std::move(finding));
  }

  void take_stamp(const std::string& file, const std::string& answer, const Sha256& digest, std::vector<evidence::Timestamp>& stamps) {
    try {
      stamps.push_back(evidence::read_timestamp(answer, digest));
      if (!certificates_.empty()) evidence::check_authority(answer, digest, certificates_);
    } catch (const Error& error) {
      damaged(file, error.what(), error.hint());
    }
  }

  /// Which originals it covers, those of batches that its rows hold, and which messages these are.
  void tell(const std::string& file, const Anchor& anchor, const Sha256& digest, const Archive& archive, const std::vector<evidence::Timestamp>& stamps) {
    const std::uint64_t erased = erased_since(archive, anchor.rows);
    const EntryId last = last_entry(archive, anchor.rows), after = last_entry(archive, archive.head()) - last;
    const auto messages = counted(archive, last);
    if (!context_.out.is_text()) {
      context_.out.row({{"anchored", true}, {"anchor", digest.hex()}, {"file", display_path(file)}, {"time", iso8601({anchor.time, japan_offset_minutes})}, {"rows", anchor.rows},
                        {"originals", last}, {"originals_after", after},
                        {"messages", messages ? counted_json(messages->first) : ordered_json(nullptr)}, {"messages_after", messages ? counted_json(messages->second) : ordered_json(nullptr)}, {"erasings_since", erased}, {"stamps", stamps_json(stamps)}});
      return;
    }
    Output& out = context_.out;
    out.line(out.bold(trf("Anchor {}", display_path(file))) + "  " + display_time(anchor.time, japan_offset_minutes));
    out.line("  " + trf("the first {0} rows of the journal are those it was made of; it covers {1} originals, and {2} came in after it", anchor.rows, last, after));
    if (messages) {
      out.line("  " + trf("messages it covers: {}", counted_words(messages->first)));
      if (messages->second.messages() > 0) out.line("  " + trf("messages that came in after it: {}", counted_words(messages->second)));
    }
    if (erased > 0) out.line("  " + trn("since then something was erased {} time; what was covered and went is gone from it", "since then something was erased {} times; what was covered and went is gone from it", erased));
    for (const auto& stamp : stamps) out.line("  " + stamp_words(stamp, !certificates_.empty()));
  }

  static std::uint64_t erased_since(const Archive& archive, Seq rows) { return archive.journal_of(JournalKind::erase_plan, rows).size(); }

  /// Ids ascend without gaps, and batches hold neighbours: the last one that the journal's first rows sealed.
  static EntryId last_entry(const Archive& archive, Seq rows) {
    for (; rows > 0; --rows)
      if (const auto entries = archive.batch_entries(rows)) return entries->second;
    return 0;
  }

  /// nullopt: the catalogue does not know all originals.
  std::optional<std::pair<catalogue::Counted, catalogue::Counted>> counted(const Archive& archive, EntryId last) const {
    if (count_ == Count::originals || !catalogue::Catalogue::usable(context_.archive)) return std::nullopt;
    const catalogue::Catalogue catalogue(archive, catalogue::Catalogue::Mode::read);
    if (catalogue.applied() < archive.head() || !catalogue.belongs() || !catalogue.unreadable(1).empty()) return std::nullopt;
    return catalogue.counted(last);
  }

  Context& context_;
  const VerifyCommand& command_;
  const Count count_;
  const Report& report_;
  std::string certificates_;
};

ExitCode verify_pack(Context& context, const VerifyCommand& command) {
  const std::string certificates = command.authorities.empty() ? "" : read_file(command.authorities, most_certificates);
  std::vector<std::string> kept;
  for (const std::string& file : command.anchors) kept.push_back(read_file(file, most_text));
  const evidence::PackCheck check = evidence::check_pack(command.pack, certificates, kept, interrupted);
  Output& out = context.out;
  if (!out.is_text()) {
    ordered_json row;
    row["packed"] = true;
    row["pack"] = display_path(command.pack);
    row["wrong"] = check.wrong;
    row["reading_copy"] = check.reading_copy;
    row["files"] = check.files;
    row["messages"] = check.messages;
    row["proofs"] = check.proofs;
    row["sha256"] = check.digest.hex();
    row["anchors"] = ordered_json::array();
    for (const auto& found : check.anchors)
      row["anchors"].push_back({{"anchor", found.digest.hex()}, {"time", iso8601({found.anchor.time, japan_offset_minutes})}, {"rows", found.anchor.rows},
                                {"messages", found.messages}, {"kept", found.kept}, {"stamps", stamps_json(found.stamps)}});
    out.row(row);
  } else {
    for (const std::string& wrong : check.wrong) out.line(out.bold(tr("Damage")) + ": " + for_terminal(wrong));
    if (check.reading_copy) out.line(tr("A reading copy with masks: it holds no originals, so only that it is whole was checked."));
    out.line(trn("{} file", "{} files", check.files) + tr(", ") + trn("{} proven message", "{} proven messages", check.messages) + tr(", ") + trn("{} proof", "{} proofs", check.proofs));
    out.line(trf("SHA-256 of tagmanifest-sha256.txt: {}", check.digest.hex()));
    for (const auto& found : check.anchors) {
      out.line(trf("anchor of {0}, {1} rows of the journal, SHA-256 {2}: covers {3} of them", display_time(found.anchor.time, japan_offset_minutes), found.anchor.rows, found.digest.hex(), found.messages));
      if (found.kept) out.line("  " + std::string(tr("the same as one that was kept elsewhere")));
      for (const auto& stamp : found.stamps) out.line("  " + stamp_words(stamp, !certificates.empty()));
    }
    if (!check.reading_copy && kept.empty() && certificates.empty())
      for (const std::string& line : wrapped(tr("An anchor proves as much as what confirms it: the same text, kept elsewhere (--anchor), or a time stamp (--ca)."), out.columns())) out.line(line);
    out.line(out.bold(trf("Result: {0}", check.wrong.empty() ? std::string(tr("as it was packed")) : trn("{} place of damage", "{} places of damage", check.wrong.size()))));
  }
  return check.wrong.empty() ? ExitCode::ok : ExitCode::damaged;
}

ExitCode run_verify(Context& context, const VerifyCommand& command) {
  if (!command.pack.empty()) return verify_pack(context, command);
  Output& out = context.out;
  const auto progress = make_progress();
  VerifyOptions options;
  options.full = command.full;
  options.progress = progress.get();
  options.stop = interrupted;
  options.vocabulary = facts::to_text(vocabulary(context.settings));
  std::uint64_t beside = 0;  // findings that are not verify_store()'s
  bool catalogue_whole = true;
  const Report report = [&](Finding finding) {
    catalogue_whole = catalogue_whole && (finding.area != Area::catalogue || finding.severity != Severity::damage);
    if (progress) progress->finish();
    if (out.is_text()) print_finding(out, finding);
    else out.row(finding_json(finding));
  };
  const Report counted = [&](Finding finding) {
    ++beside;
    report(std::move(finding));
  };
  if (context.settings_error) {
    Finding settings;
    settings.area = Area::settings;
    settings.file = "genchi.toml";
    settings.what = context.settings_error->what();
    settings.advice = context.settings_error->hint();
    counted(settings);
  }
  Verified verified = verify_store(context.archive, options, report);
  if (!command.anchors.empty()) {
    const bool known = catalogue_whole && verified.catalogue.compared;
    AnchorCheck anchors(context, command, known ? AnchorCheck::Count::messages : AnchorCheck::Count::originals, counted);
    for (const std::string& file : command.anchors) anchors.check(file);
  }
  verified.damage += beside;
  if (!out.is_text()) {
    out.row(total_json(verified));
  } else {
    print_untold(out, verified);
    if (verified.damage + verified.notes > 0) out.line();
    print_proven(out, verified);
    const std::string damage = trn("{} place of damage", "{} places of damage", verified.damage);
    out.line(out.bold(trf("Result: {0}, {1}", verified.damage == 0 ? std::string(tr("no damage")) : damage, trn("{} note", "{} notes", verified.notes))));
  }
  return verified.damage > 0 ? ExitCode::damaged : ExitCode::ok;
}

}  // namespace

void add_verify(Arguments program, Run& chosen) {
  auto command = std::make_shared<VerifyCommand>();
  Arguments sub = program.add_command("verify", tr("check that nothing is damaged, and that answers come from the originals"));
  sub.alias("検証");
  sub.add_argument("PACK", command->pack, tr("an evidence pack (folder or ZIP) instead of the archive"));
  sub.add_flag("--full", command->full, tr("also make every passage of the index again and compare it; who wants to import meanwhile is let"));
  sub.add_option("--anchor", command->anchors, tr("compare an anchor that was kept elsewhere, with the archive or a pack; can be repeated")).value_name(tr("FILE")).one_each_time();
  sub.add_option("--stamp", command->stamps, tr("… and a time stamp of it that the archive does not hold")).value_name(tr("FILE")).one_each_time();
  sub.add_option("--ca", command->authorities, tr("certificates of the authorities that may have stamped (PEM)")).value_name(tr("FILE"));
  sub.footer(tr("Reads every original and hashes it, follows the journal's chain, makes the catalogue a second time (in $TMPDIR)\n"
                 "and compares, and checks the index. Nothing is repaired: each finding says what to do. It also works on copies\n"
                 "and media that cannot be written. A pack is checked by itself, without an archive.\n"
                 "\nExit status: 0 no damage, 2 failure, 4 damage found, 130 interrupted."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_verify(context, *command); }; });
}

}  // namespace genchi::cli
