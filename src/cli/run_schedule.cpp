#include "cli/run_schedule.hpp"

#include <array>
#include <filesystem>

#include "base/command_line.hpp"
#include "base/files.hpp"
#include "cli/settings.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* service_name = "genchi-run.service";
constexpr const char* timer_name = "genchi-run.timer";
constexpr const char* cron_mark = "# genchi run";
constexpr std::array<const char*, 7> day_names = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};  // as cron counts them

/// Days by cron's numbers, ascending; empty for what is none.
std::vector<std::size_t> days_of(const std::string& written) {
  const auto number = [](std::string_view name) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < day_names.size(); ++i)
      if (name == day_names[i]) return i;
    return std::nullopt;
  };
  if (written == "daily") return {0, 1, 2, 3, 4, 5, 6};
  std::array<bool, 7> on{};
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t comma = std::min(written.find(',', at), written.size());
    const std::string_view part = std::string_view(written).substr(at, comma - at);
    const std::size_t dash = part.find('-');
    const auto first = number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    if (!first || !last) return {};
    for (std::size_t day = *first;; day = (day + 1) % day_names.size()) {
      on[day] = true;
      if (day == *last) break;
    }
    at = comma + 1;
  }
  std::vector<std::size_t> out;
  for (std::size_t day = 0; day < on.size(); ++day)
    if (on[day]) out.push_back(day);
  return out;
}

struct Clock {
  int hour = 0, minute = 0;
};

std::optional<Clock> clock_of(const std::string& written) {
  const auto digit = [&](std::size_t at) { return written[at] >= '0' && written[at] <= '9'; };
  if (written.size() != 5 || written[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const Clock clock{std::stoi(written.substr(0, 2)), std::stoi(written.substr(3, 2))};
  return clock.hour < 24 && clock.minute < 60 ? std::optional(clock) : std::nullopt;
}

/// A word of ExecStart= (systemd.service(5), "Command lines"): quoted, with what it would expand doubled.
std::string unit_word(const std::string& word) {
  std::string out = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || c == '$') out += c;
    out += c;
  }
  return out + "\"";
}

/// A word for the shell of a crontab, where % ends the command (crontab(5)).
std::string shell_word(const std::string& word) {
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') out += "'\\''";
    else if (c == '%') out += "'\\%'";
    else out += c;
  }
  return out + "'";
}

template <typename Quote>
std::string joined(const std::vector<std::string>& words, Quote quote) {
  std::string out;
  for (const std::string& word : words) {
    if (word.find('\n') != std::string::npos) throw Error(tr("a name with a line end cannot be written into a schedule"));
    out += (out.empty() ? "" : " ") + quote(word);
  }
  return out;
}

bool user_manager_answers() {
  const auto asked = run_command({"systemctl", "--user", "show-environment"});
  return asked && asked->status == 0;
}

std::string read_crontab() {
  const auto listed = run_command({"crontab", "-l"});
  if (!listed) throw Error(tr("there is no cron here"));
  if (listed->status == 0) return listed->output;
  if (listed->status == 1 && listed->error.find("no crontab") != std::string::npos) return {};
  throw Error(tr("cron does not show the crontab, so nothing was added to it"), listed->error);
}

void write_crontab(const std::string& text) {
  constexpr std::size_t most = 60'000;  // run_command() hands over no more
  if (text.size() > most) throw Error(tr("the crontab is too large to be changed by genchi"));
  const auto written = run_command({"crontab", "-"}, text);
  if (!written || written->status != 0) throw Error(tr("cron did not take the crontab"));
}

}  // namespace

void check_schedule(const RunSchedule& schedule) {
  if (days_of(schedule.days).empty()) throw Error(trf("--days: \"{}\" names no days", schedule.days), tr("Write daily, mon-fri, or days like mon,thu."));
  if (!clock_of(schedule.time)) throw Error(trf("--at: \"{}\" is no time", schedule.time), tr("Write it as 08:30."));
}

std::string service_unit(const RunSchedule& schedule) {
  // 1 and 3 say that something wants a look, not that it went wrong.
  return "[Unit]\nDescription=genchi: import what is new, check it, and tell what waits\n\n"
         "[Service]\nType=oneshot\nExecStart=" + joined(schedule.command, unit_word) + "\nSuccessExitStatus=1 3\nNice=10\n";
}

std::string timer_unit(const RunSchedule& schedule) {
  std::string days;
  for (const std::size_t day : days_of(schedule.days)) {
    std::string name = day_names[day];
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    days += (days.empty() ? "" : ",") + name;
  }
  return "[Unit]\nDescription=genchi run\n\n[Timer]\nOnCalendar=" + days + " " + schedule.time + ":00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n";
}

std::string cron_line(const RunSchedule& schedule) {
  const Clock clock = clock_of(schedule.time).value_or(Clock{});
  std::string days;
  for (const std::size_t day : days_of(schedule.days)) days += (days.empty() ? "" : ",") + std::to_string(day);
  return std::to_string(clock.minute) + " " + std::to_string(clock.hour) + " * * " + days + " " + joined(schedule.command, shell_word) + " " + cron_mark;
}

std::string crontab_with(const std::string& crontab, const std::string& line) {
  std::string out;
  for (std::size_t at = 0; at < crontab.size();) {
    const std::size_t end = std::min(crontab.find('\n', at), crontab.size());
    const std::string_view old = std::string_view(crontab).substr(at, end - at);
    if (!old.ends_with(cron_mark)) out += std::string(old) + "\n";
    at = end + 1;
  }
  return line.empty() ? out : out + line + "\n";
}

Scheduler scheduler_here() {
  if (user_manager_answers()) return Scheduler::systemd;
  if (run_command({"crontab", "-l"})) return Scheduler::cron;
  throw Error(tr("neither systemd for this user nor cron is here"), tr("Start `genchi run` by whatever starts programs at set times on this machine."));
}

std::vector<std::string> install_schedule(Scheduler scheduler, const RunSchedule& schedule) {
  check_schedule(schedule);
  if (scheduler == Scheduler::cron) {
    const std::string line = cron_line(schedule);
    write_crontab(crontab_with(read_crontab(), line));
    return {tr("Added to the crontab:"), "  " + line};
  }
  const fs::path folder = user_units_folder();
  make_private_folder(folder);
  write_file_atomically(folder / service_name, service_unit(schedule));
  write_file_atomically(folder / timer_name, timer_unit(schedule));
  std::vector<std::string> done = {trf("Written: {0} and {1} in {2}", service_name, timer_name, display_path(folder))};
  const auto reloaded = run_command({"systemctl", "--user", "daemon-reload"});
  const auto enabled = run_command({"systemctl", "--user", "enable", "--now", timer_name});
  if (reloaded && reloaded->status == 0 && enabled && enabled->status == 0) done.push_back(trf("Started: it runs on {0} at {1}.", schedule.days, schedule.time));
  else done.push_back(tr("systemd did not take them; do it by hand: systemctl --user daemon-reload && systemctl --user enable --now genchi-run.timer"));
  done.push_back(tr("So that it runs while nobody is logged in: loginctl enable-linger"));
  return done;
}

std::vector<std::string> remove_schedule() {
  std::vector<std::string> done;
  const fs::path folder = user_units_folder();
  if (fs::exists(folder / timer_name)) {
    run_command({"systemctl", "--user", "disable", "--now", timer_name});
    fs::remove(folder / timer_name);
    fs::remove(folder / service_name);
    run_command({"systemctl", "--user", "daemon-reload"});
    done.push_back(trf("Removed: {0} and {1} in {2}", service_name, timer_name, display_path(folder)));
  }
  if (run_command({"crontab", "-l"})) {
    const std::string before = read_crontab();
    if (before.find(cron_mark) != std::string::npos) {
      write_crontab(crontab_with(before, ""));
      done.push_back(tr("Removed from the crontab"));
    }
  }
  if (done.empty()) done.push_back(tr("nothing was installed"));
  return done;
}

}  // namespace genchi::cli
