// genchi run: what one does every week, in one go and unattended: import what is new, check it, say what waits.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "archive/lock.hpp"
#include "archive/verify.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "cli/own_names.hpp"
#include "cli/run_schedule.hpp"
#include "cli/today.hpp"
#include "cli/watched.hpp"
#include "genchi/i18n.hpp"
#include "store/unsent.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

// A file that was written to so lately may be written to still.
constexpr UtcSeconds settles_in = 60;
// A ZIP without its end is taken for a download that goes on, for so long; then it is kept as it is.
constexpr UtcSeconds zip_may_take = 24 * 3600;
constexpr int parts_to_check = 30;  // of the stored blocks one a day
constexpr std::size_t rows_a_group = 8, rows_on_page = 50;
constexpr std::size_t most_named = 5;

struct RunCommand {
  bool install = false, cron = false, uninstall = false;
  std::string days = "mon-fri", at = "08:30";
  std::string page, fail_under;
  int wait = 0;
};

/// What came of one source.
struct SourceOutcome {
  const SourceSettings* source = nullptr;
  bool missing = false;
  ImportSession::Result result;
  std::vector<Receipt> receipts;  ///< those that brought something, or could not be read
};

struct Checked {
  ArchiveChecked archive;
  std::uint64_t all_blocks = 0;
  std::vector<Finding> damage;
};

// --- Import ---

/// Does a ZIP end as ZIPs do (APPNOTE 4.3.16, with a comment of up to 64 KiB)?
bool zip_is_whole(const fs::path& path, std::uint64_t size) {
  constexpr std::uint64_t most_tail = 22 + 65'535;
  try {
    const Fd fd = open_for_reading(path);
    std::string tail(std::min(size, most_tail), '\0');
    const ssize_t got = ::pread(fd.get(), tail.data(), tail.size(), static_cast<off_t>(size - tail.size()));
    return got > 0 && tail.substr(0, static_cast<std::size_t>(got)).rfind("PK\x05\x06") != std::string::npos;
  } catch (const Error&) {
    return true;  // the import names what is wrong
  }
}

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

/// Is a browser, or whoever writes it, not done with it?
bool is_being_written(const FileLook& look, UtcSeconds now) {
  std::string name(look.name);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const UtcSeconds age = now - look.stamp.modified_ns / 1'000'000'000;
  // Given up: nobody goes on with a download after a week.
  const bool may_go_on = age < 7 * 86'400;
  if (may_go_on && ends_with_any(name, {".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp"})) return true;
  if (age < -settles_in) return false;  // a clock that runs ahead tells nothing
  if (age < settles_in) return true;
  return age < zip_may_take && name.ends_with(".zip") && !zip_is_whole(fs::path(std::string(look.folder)) / std::string(look.name), look.stamp.size);
}

SourceOutcome import_source(const Context& context, Store& store, const SourceSettings& source, Progress* progress) {
  SourceOutcome out;
  out.source = &source;
  std::error_code error;
  if (!fs::exists(fs::symlink_status(source.path, error))) {
    out.missing = true;
    return out;
  }
  ImportSession::Options options;
  options.account = source.account;
  options.provenance = source.provenance;
  std::copy_if(context.settings.me.begin(), context.settings.me.end(), std::back_inserter(options.talks.me), is_talk_name);
  options.stop = interrupted;
  options.progress = progress;
  options.not_yet = [&](const FileLook& look) { return is_being_written(look, context.now); };
  options.receipt = [&](const Receipt& receipt) {
    if (receipt.counts.fresh > 0 || receipt.counts.set_aside > 0) out.receipts.push_back(receipt);
  };
  ImportSession session(store, std::move(options));
  if (progress) progress->start(Progress::Phase::reading, total_size(source.path));
  session.import(source.path);
  out.result = session.finish();
  if (out.result.stopped) throw Error(tr("Interrupted. What was read so far is kept; run the command again to go on."), "", ExitCode::interrupted);
  return out;
}

// --- Check ---

/// The hash of a line of the journal; nullopt if there is none.
std::optional<Sha256> line_hash(const Archive& archive, Seq seq) {
  const auto rows = archive.journal(seq - 1, 1);
  return rows.empty() || rows.front().seq != seq ? std::nullopt : std::optional(sha256(rows.front().line));
}

/// Where the journal stood at the last run, kept outside of the archive: an older archive put back shows against it.
class LastHead {
 public:
  explicit LastHead(const fs::path& archive) {
    std::error_code error;
    const fs::path real = fs::canonical(archive, error);
    archive_ = display_path(error ? archive : real);
    file_ = state_folder() / ("head-" + sha256(archive_).hex().substr(0, 16) + ".json");
    try {
      if (fs::exists(file_)) noted_ = parse_json(read_file(file_, 1 << 16));
    } catch (const Error&) {
      // Not to be read: as if nothing had been noted.
    }
  }

  /// A finding if the archive no longer has the row that stood last then.
  std::optional<Finding> compare(const Archive& archive) const {
    if (!noted_.is_object() || !noted_.contains("seq") || !noted_.contains("hash") || !noted_["seq"].is_number_integer() || !noted_["hash"].is_string()) return std::nullopt;
    const auto hash = line_hash(archive, noted_["seq"].get<Seq>());
    if (hash && hash->hex() == noted_["hash"].get<std::string>()) return std::nullopt;
    Finding finding;
    finding.area = Area::journal;
    finding.file = "archive.db";
    finding.table = "journal";
    finding.row = noted_["seq"].get<Seq>();
    finding.what = hash ? tr("the journal says something else than at the last run") : tr("the journal is shorter than at the last run: perhaps an older archive was put back");
    finding.advice = trf("If that was on purpose, delete {}.", display_path(file_));
    return finding;
  }

  void note(const Archive& archive) {
    const auto hash = line_hash(archive, archive.head());
    if (!hash) return;
    make_private_folder(file_.parent_path());
    write_file_atomically(file_, json_text(json{{"archive", archive_}, {"seq", archive.head()}, {"hash", hash->hex()}}, NotUtf8::refused) + "\n");
  }

 private:
  fs::path file_;
  std::string archive_;
  json noted_;
};

/// The journal, what this run stored, and of the rest a part that goes round in thirty days.
Checked check(const Context& context, std::int64_t blocks_before) {
  Checked out;
  const std::int64_t blocks = last_block(context.archive);
  out.all_blocks = static_cast<std::uint64_t>(blocks);
  const std::int64_t part = days_from_civil(civil_day(context.now, japan_offset_minutes)) % parts_to_check;
  std::vector<BlockRange> ranges;
  if (blocks_before > 0) ranges.push_back({blocks_before * part / parts_to_check + 1, blocks_before * (part + 1) / parts_to_check});
  ranges.push_back({blocks_before + 1, blocks});
  ArchiveVerifyOptions options;
  options.threads = std::max(1u, std::thread::hardware_concurrency());
  options.stop = interrupted;
  out.archive = verify_blocks(context.archive, ranges, options, [&](Finding finding) {
    if (finding.severity == Severity::damage) out.damage.push_back(std::move(finding));
  });
  return out;
}

// --- Digest ---

TodayGroup import_group(const std::vector<SourceOutcome>& outcomes) {
  TodayGroup group{"import", tr("Imported"), {}, 0, true, "genchi status --sources"};
  for (const SourceOutcome& outcome : outcomes) {
    TodayRow row;
    row.when = for_terminal(outcome.source->name);
    const Counts& counts = outcome.result.total;
    std::vector<std::string> words;
    if (outcome.missing) {
      words.push_back(trf("{} is not there", display_path(outcome.source->path)));
    } else {
      row.what = trf("{} new", counts.fresh);
      words.push_back(trf("{} known", counts.known));
      if (counts.set_aside > 0) words.push_back(trf("set aside: {}", counts.set_aside));
      if (const std::uint64_t rows = outcome.result.erased_rows; rows > 0) words.push_back(trn("words of {} row erased that was taken back", "words of {} rows erased that were taken back", rows));
      const std::uint64_t left = outcome.result.passed_over - outcome.result.passed_over_before;
      if (left > 0) words.push_back(trn("{} other file left alone", "{} other files left alone", left));
      for (std::size_t i = 0; i < std::min(most_named, outcome.result.waiting.size()); ++i) words.push_back(trf("{} is being written: the next run takes it", for_terminal(outcome.result.waiting[i])));
      if (outcome.result.waiting.size() > most_named) words.push_back(trf("… and {} more", outcome.result.waiting.size() - most_named));
    }
    for (const std::string& word : words) row.words += (row.words.empty() ? "" : tr(", ")) + word;
    group.rows.push_back(std::move(row));
    std::size_t told = 0;
    for (const Receipt& receipt : outcome.receipts) {
      if (receipt.counts.set_aside == 0 || ++told > most_named) continue;
      TodayRow problem;
      problem.what = tr("set aside");
      problem.words = for_terminal(receipt.source);
      if (!receipt.problems.empty()) problem.words += ": " + for_terminal(receipt.problems.front().place) + " " + for_terminal(receipt.problems.front().reason);
      group.rows.push_back(std::move(problem));
    }
  }
  group.count = group.rows.size();
  return group;
}

TodayGroup check_group(const Checked& checked) {
  TodayGroup group{"check", tr("Checked"), {}, 0, true, "genchi verify"};
  if (checked.damage.empty()) {
    TodayRow row;
    row.when = tr("in order");
    row.words = trf("{0} journal rows, {1} of {2} blocks of originals", checked.archive.journal_rows, checked.archive.blocks, checked.all_blocks);
    group.rows.push_back(std::move(row));
  }
  for (const Finding& finding : checked.damage) {
    if (group.rows.size() == most_named) break;
    TodayRow row;
    row.when = tr("DAMAGE");
    row.what = for_terminal(finding.file);
    row.words = for_terminal(finding.what) + (finding.advice.empty() ? "" : " " + for_terminal(finding.advice));
    group.rows.push_back(std::move(row));
  }
  group.count = std::max(group.rows.size(), checked.damage.size());
  return group;
}

/// A group with all its words, line below line: what was done is to be read, not glanced at.
void print_whole(Output& out, const TodayGroup& group) {
  const std::size_t columns = std::min<std::size_t>(out.columns(), 100);
  out.line();
  out.line(out.bold(group.heading));
  for (const TodayRow& row : group.rows) {
    std::string words = row.what;
    for (const std::string& more : {row.words, row.note})
      if (!more.empty()) words += (words.empty() ? "" : tr(", ")) + more;
    constexpr std::size_t name_columns = 14;
    bool first = true;
    for (const std::string& part : wrapped(words, columns - name_columns - 4)) {
      out.line("  " + pad_to_width(first ? truncate_to_width(row.when, name_columns) : "", name_columns) + " " + part.substr(std::min(part.find_first_not_of(' '), part.size())));
      first = false;
    }
  }
}

ordered_json outcome_json(const SourceOutcome& outcome) {
  const Counts& counts = outcome.result.total;
  ordered_json row{{"name", outcome.source->name}, {"path", display_path(outcome.source->path)}, {"there", !outcome.missing}, {"read", counts.read}, {"new", counts.fresh}, {"known", counts.known},
                   {"set_aside", counts.set_aside}, {"left_alone", outcome.result.passed_over}, {"waiting", outcome.result.waiting}};
  row["problems"] = ordered_json::array();
  for (const Receipt& receipt : outcome.receipts)
    for (const auto& problem : receipt.problems) row["problems"].push_back({{"source", receipt.source}, {"place", problem.place}, {"reason", problem.reason}});
  return row;
}

/// The gravest of all.
ExitCode exit_code(const std::vector<SourceOutcome>& outcomes, const Checked& checked, bool late) {
  if (!checked.damage.empty() || !checked.archive.complete) return ExitCode::damaged;
  const bool left = std::any_of(outcomes.begin(), outcomes.end(), [](const SourceOutcome& each) { return each.missing || each.result.total.set_aside > 0 || each.result.unreadable > 0; });
  if (left) return ExitCode::set_aside;
  return late ? ExitCode::nothing_found : ExitCode::ok;
}

ExitCode run_all(Context& context, const RunCommand& command, std::optional<std::int64_t> least) {
  Store store = context.open_for_writing(/*create=*/true, command.wait);
  if (store.was_created()) context.out.talk(trf("Created the archive {}", display_path(context.archive)));
  const std::int64_t blocks_before = last_block(context.archive);
  LastHead last(context.archive);
  const std::optional<Finding> older = last.compare(store.archive());

  record_own_addresses(store, context.settings.me);
  record_unsent_words(store, unsent_words(context.settings));
  const auto progress = make_progress();
  std::vector<SourceOutcome> outcomes;
  for (const SourceSettings& source : context.settings.sources) outcomes.push_back(import_source(context, store, source, progress.get()));
  for (const SourceOutcome& outcome : outcomes)
    if (outcome.result.words_left > 0 || outcome.result.erasing_waits) tell_of_erased(context, outcome.result);
  tell_of_unknown_accounts(context, store);
  Checked checked = check(context, blocks_before);
  if (older) checked.damage.insert(checked.damage.begin(), *older);
  else last.note(store.archive());

  TodayQuery query;
  const auto groups_of = [&](std::size_t limit) {
    query.limit = limit;
    std::vector<TodayGroup> groups{import_group(outcomes), check_group(checked)};
    if (TodayGroup line = line_group(context, store, query, Accounts::all); line.count > 0) groups.push_back(std::move(line));
    for (TodayGroup& group : today_groups(context, store, query))
      if (std::string_view(group.name) != "line") groups.push_back(std::move(group));
    return groups;
  };
  const std::string title = trf("genchi run, {}", display_time(context.now, japan_offset_minutes));
  const fs::path page = command.page.empty() ? context.settings.run_page.value_or(fs::path()) : fs::path(command.page);
  if (!page.empty()) write_file_atomically(page, today_page(title, freshness(store), groups_of(rows_on_page), context.now));

  bool late = false;
  if (least)
    for (const WatchedAccount& account : watched_accounts(context, store, "")) late = late || account.days_left(context.now) < *least;
  const ExitCode code = exit_code(outcomes, checked, late);
  Output& out = context.out;
  const std::vector<TodayGroup> groups = groups_of(rows_a_group);
  if (out.is_text()) {
    out.line(out.bold(title));
    std::vector<TodayGroup> morning;
    for (const TodayGroup& group : groups) {
      const std::string_view name = group.name;
      if (name == "import" || name == "check" || name == "line") print_whole(out, group);
      else morning.push_back(group);
    }
    print_today(out, morning);
    if (late) out.line("\n" + trn("Something in LINE goes in less than {} day: `genchi watch`", "Something in LINE goes in less than {} days: `genchi watch`", static_cast<std::uint64_t>(*least)));
  } else {
    ordered_json row;
    row["run"] = iso8601({context.now, japan_offset_minutes});
    row["sources"] = ordered_json::array();
    for (const SourceOutcome& outcome : outcomes) row["sources"].push_back(outcome_json(outcome));
    row["checked"] = {{"journal", checked.archive.journal_rows}, {"blocks", checked.archive.blocks}, {"all_blocks", checked.all_blocks}, {"damage", ordered_json::array()}};
    for (const Finding& finding : checked.damage) row["checked"]["damage"].push_back({{"file", finding.file}, {"what", finding.what}});
    row["accounts"] = ordered_json::array();
    row["groups"] = ordered_json::array();
    for (const TodayGroup& group : groups_of(0)) {
      if (std::string_view(group.name) == "line")
        for (const TodayRow& account : group.rows) row["accounts"].push_back(account.json);
      else if (!group.rows.empty() && std::string_view(group.name) != "import" && std::string_view(group.name) != "check") row["groups"].push_back({{"group", group.name}, {"count", group.count}});
    }
    row["page"] = page.empty() ? ordered_json(nullptr) : ordered_json(display_path(page));
    row["exit"] = static_cast<int>(code);
    out.row(row);
  }
  if (out.is_text() && !page.empty()) out.talk(trf("The page: {}", display_path(page)));
  return code;
}

// --- Schedule ---

RunSchedule schedule_of(const Context& context, const RunCommand& command) {
  RunSchedule schedule{command.days, command.at, {}};
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  schedule.command = {error ? "genchi" : program.string(), "--archive", fs::absolute(context.archive).string()};
  if (!context.global.lang.empty()) schedule.command.insert(schedule.command.end(), {"--lang", context.global.lang});
  schedule.command.push_back("run");
  if (!command.page.empty()) schedule.command.insert(schedule.command.end(), {"--page", fs::absolute(command.page).string()});
  if (!command.fail_under.empty()) schedule.command.insert(schedule.command.end(), {"--fail-under", command.fail_under});
  return schedule;
}

ExitCode run_run(Context& context, const RunCommand& command) {
  if (command.uninstall) {
    for (const std::string& line : remove_schedule()) context.out.talk(for_terminal(line));
    return ExitCode::ok;
  }
  std::optional<std::int64_t> least = context.settings.run_fail_under;
  if (!command.fail_under.empty()) {
    least = parse_day_count(command.fail_under);
    if (!least) throw Error(trf("--fail-under: \"{}\" is no number of days", for_terminal(command.fail_under)), tr("Write it as 14d, 10日, 2週間, 2 weeks or 1か月."));
  }
  if (context.settings.sources.empty())
    throw Error(tr("the settings name no sources"), trf("Write into {}:\n        [sources.downloads]\n        path = \"~/Downloads\"", display_path(config_file())));
  if (command.install) {
    const RunSchedule schedule = schedule_of(context, command);
    check_schedule(schedule);
    for (const std::string& line : install_schedule(command.cron ? Scheduler::cron : scheduler_here(), schedule)) context.out.talk(for_terminal(line));
    return ExitCode::ok;
  }
  write_to_the_end();
  try {
    return run_all(context, command, least);
  } catch (const LockHeld& held) {
    // Started twice: the other one does the work.
    context.out.talk(trf("another genchi is at work on this archive (process {}); nothing was done", held.pid()));
    return ExitCode::ok;
  }
}

}  // namespace

void add_run(Arguments program, Run& chosen) {
  auto command = std::make_shared<RunCommand>();
  Arguments sub = program.add_command("run", tr("import what is new from the sources in the settings, check it, and tell what waits"));
  sub.alias("定期");
  sub.add_option("--page", command->page, tr("also leave the digest here, as a page for the browser ([run] page)")).not_empty().value_name(tr("FILE"));
  sub.add_option("--fail-under", command->fail_under, tr("exit status 1 when something in LINE that is not held goes in fewer days ([run] fail_under)")).not_empty().value_name(tr("TIME"));
  Option install = sub.add_flag("--install", command->install, tr("let it start by itself: a timer of systemd for this user, or else a line of the crontab"));
  sub.add_flag("--cron", command->cron, tr("with --install: the crontab, whether systemd is there or not")).needs(install);
  sub.add_option("--days", command->days, tr("with --install: daily, mon-fri, or days like mon,thu")).value_name(tr("DAYS")).shows_default().needs(install);
  sub.add_option("--at", command->at, tr("with --install: the time")).value_name("HH:MM").shows_default().needs(install);
  sub.add_flag("--uninstall", command->uninstall, tr("take the timer and the line of the crontab away")).excludes(install);
  add_wait(sub, command->wait);
  sub.footer(tr("Sources stand in the settings, each with a name; a folder of downloads may hold anything, only LINE ZIPs and CSVs and mail\n"
                "are taken from it, and nothing is changed there:\n"
                "  [sources.downloads]\n"
                "  path = \"~/Downloads\"\n"
                "  from = \"official\"            # company, official or private: whose device or account; private ones are told of\n"
                "  [sources.mail]\n"
                "  path = \"~/Maildir\"\n"
                "A file that was written to in the last minute, and a ZIP without its end that is younger than a day, wait for the next\n"
                "run. Checked are the journal, what came in, and a thirtieth of all originals that changes from day to day; `genchi\n"
                "verify` checks everything. A second run beside one that is at work does nothing.\n"
                "\nExit status, the gravest of: 4 damage, 2 failure, 3 something was set aside or a source is missing, 1 fewer days left than\n"
                "--fail-under, 0 all in order."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_run(context, *command); }; });
}

}  // namespace genchi::cli
