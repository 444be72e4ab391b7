// When `genchi run` starts by itself: units of the user's systemd, or a line of the user's crontab.
#pragma once

#include <string>
#include <vector>

namespace genchi::cli {

struct RunSchedule {
  std::string days = "mon-fri";       ///< "daily", "mon-fri", or days like "mon,thu"
  std::string time = "08:30";
  std::vector<std::string> command;   ///< the program by its whole path, and its arguments
};

/// Throws Error for days or a time that are none.
void check_schedule(const RunSchedule& schedule);

/// genchi-run.service and genchi-run.timer.
std::string service_unit(const RunSchedule& schedule);
std::string timer_unit(const RunSchedule& schedule);
/// The line of a crontab, with the mark by which it is found again at its end.
std::string cron_line(const RunSchedule& schedule);
/// A crontab without our lines, and with `line` at its end unless that is empty.
std::string crontab_with(const std::string& crontab, const std::string& line);

/// What was done, a line each, for people. Throws Error if it cannot be.
enum class Scheduler { systemd, cron };
/// systemd where the user's manager answers, else cron where there is one. Throws Error if there is neither.
Scheduler scheduler_here();
std::vector<std::string> install_schedule(Scheduler scheduler, const RunSchedule& schedule);
/// Takes both away.
std::vector<std::string> remove_schedule();

}  // namespace genchi::cli
