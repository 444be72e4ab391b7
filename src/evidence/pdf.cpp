#include "evidence/pdf.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <thread>

#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "evidence/exhibit_line.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

extern char** environ;

namespace genchi::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_in_hand = 2;   // of one process: one drawn, one that waits, so that none stands idle
constexpr std::size_t megabyte = 1'000'000;
constexpr unsigned by_the_clock = 10;     // a computer that is busy otherwise is not to blame on the exhibit
constexpr std::chrono::minutes longest{15};
constexpr int look_after = 500;           // milliseconds
constexpr unsigned most_crashes_running = 20;  // one after another without a file in between: it is not the exhibits

/// Beside this program in a build folder, below libexec where it is installed.
fs::path installed_program() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* place : {"genchi-pdf", "../libexec/genchi/genchi-pdf"})
    if (fs::path program = self / place; fs::exists(program, error)) return program;
  return self / "../libexec/genchi/genchi-pdf";
}

[[noreturn]] void fail_missing(const fs::path& program, int error) {
  throw Error(trf("{}, the program that draws PDFs, cannot be run: {}", display_path(program.lexically_normal()), errno_text(error)),
              tr("It is installed together with genchi: install genchi again, or leave the PDFs out."));
}

[[noreturn]] void fail_font() {
  throw Error(tr("No Japanese font is installed, so no PDF can be drawn."), tr("On Debian: apt-get install fonts-ipaexfont-gothic fonts-noto-cjk fonts-noto-color-emoji"));
}

/// Errors that every file would meet.
bool concerns_all(int error) {
  return error == ENOSPC || error == EDQUOT || error == EROFS || error == EACCES || error == EPERM || error == EIO || error == ENOENT ||
         error == ENOTDIR || error == EMFILE || error == EFBIG;
}

struct Job {
  std::string number, file_name, line;
};

std::chrono::milliseconds limit_of(const Job& job, std::chrono::milliseconds time) {
  return std::min<std::chrono::milliseconds>(longest, time * (1 + job.line.size() / megabyte));
}

/// A build for tests takes $GENCHI_PDF_SECONDS instead.
std::chrono::milliseconds time_allowed(std::chrono::milliseconds time) {
#ifdef GENCHI_TEST_HOOKS
  if (const char* given = std::getenv("GENCHI_PDF_SECONDS")) return std::chrono::seconds(std::strtoul(given, nullptr, 10));
#endif
  return time;
}

/// Processor time that a process has used so far.
std::chrono::nanoseconds used_by(pid_t process) {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

/// A running genchi-pdf. Its input and output are one socket: writing to one that has ended is an error, no signal.
class Drawer {
 public:
  Drawer(const PdfOptions& options, const fs::path& program) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw Error(errno_text(errno));
    socket_ = Fd(ends[0]);
    const Fd theirs(ends[1]);
    said_ = Fd(::memfd_create("errors", MFD_CLOEXEC));
    if (!said_) throw Error(errno_text(errno));
    const std::string created = std::to_string(options.created), most_pages = std::to_string(options.most_pages);
    const char* arguments[] = {program.c_str(), options.folder.c_str(), created.c_str(), most_pages.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, said_.get(), STDERR_FILENO);
    const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, const_cast<char**>(arguments), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
      pid_ = 0;
      fail_missing(program, failed);
    }
    unsent_ = words_line(exhibit_words()) + "\n";
  }
  Drawer(const Drawer&) = delete;
  Drawer& operator=(const Drawer&) = delete;
  ~Drawer() {
    if (pid_ == 0) return;
    kill();
    wait();
  }

  void hand(Job job) {
    if (sent_ > 0) unsent_.erase(0, std::exchange(sent_, 0));
    unsent_ += job.line;
    unsent_ += '\n';
    jobs_.push_back(std::move(job));
    if (jobs_.size() == 1) begin();
  }

  /// The first job is answered.
  void done() {
    jobs_.pop_front();
    if (!jobs_.empty()) begin();
  }

  /// Has it been at its first job for too long?
  bool is_overdue(std::chrono::milliseconds time) const {
    if (jobs_.empty()) return false;
    const std::chrono::milliseconds limit = limit_of(jobs_.front(), time);
    return used_by(pid_) - used_before_ > limit || std::chrono::steady_clock::now() - began_ > by_the_clock * limit;
  }

  void kill() const { ::kill(pid_, SIGKILL); }

  /// Moves what can be moved without waiting. False if the process has ended.
  bool exchange() {
    while (sent_ < unsent_.size()) {
      const ssize_t done = ::send(socket_.get(), unsent_.data() + sent_, unsent_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) break;  // full, or ended, which reading will show
      sent_ += static_cast<std::size_t>(done);
    }
    if (sent_ == unsent_.size()) {
      unsent_.clear();
      sent_ = 0;
    }
    for (char buffer[4096];;) {
      const ssize_t got = ::recv(socket_.get(), buffer, sizeof buffer, MSG_DONTWAIT);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
      if (got == 0) return false;
      received_.append(buffer, static_cast<std::size_t>(got));
    }
  }

  /// Takes the next whole answer.
  bool answer(nlohmann::json& row) {
    const std::size_t end = received_.find('\n');
    if (end == std::string::npos) return false;
    row = parse_json(std::string_view(received_).substr(0, end));
    received_.erase(0, end + 1);
    return true;
  }

  /// How it ended, for people; waits for that.
  std::string end() {
    const int status = wait();
    const std::string how = WIFSIGNALED(status) ? trf("genchi-pdf was ended by signal {}", WTERMSIG(status)) : trf("genchi-pdf ended with {}", WEXITSTATUS(status));
    char said[300];
    const ssize_t size = ::pread(said_.get(), said, sizeof said, 0);
    const std::string words = size > 0 ? for_terminal(trim(to_valid_utf8({said, static_cast<std::size_t>(size)}))) : "";
    return words.empty() ? how : how + ": " + words;
  }

  void close_input() { ::shutdown(socket_.get(), SHUT_WR); }
  pollfd watched() const { return {socket_.get(), static_cast<short>(unsent_.empty() ? POLLIN : POLLIN | POLLOUT), 0}; }
  bool idle() const { return jobs_.empty() && ready_; }

  std::deque<Job> jobs_;  ///< handed out and not answered
  bool ready_ = false;    ///< has answered the words

 private:
  void begin() {
    began_ = std::chrono::steady_clock::now();
    used_before_ = used_by(pid_);
  }

  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

  pid_t pid_ = 0;
  Fd socket_, said_;
  std::string unsent_, received_;
  std::size_t sent_ = 0;  // of unsent_
  std::chrono::steady_clock::time_point began_;  // its first job
  std::chrono::nanoseconds used_before_{};       // processor time, then
};

}  // namespace

struct PdfWriter::Impl {
  PdfOptions options;
  fs::path program;
  unsigned most = 1;
  std::vector<std::unique_ptr<Drawer>> drawers;
  PdfResult result;
  unsigned crashes_running = 0;

  void start() { drawers.push_back(std::make_unique<Drawer>(options, program)); }

  void failed(const Job& job, std::string reason) { result.failures.push_back({job.number, job.file_name, std::move(reason)}); }

  void take(Drawer& drawer, const nlohmann::json& row) {
    if (row.contains("font")) fail_font();
    const int error = row.contains("errno") ? row["errno"].get<int>() : 0;
    if (error != 0 && (drawer.jobs_.empty() || concerns_all(error)))
      throw write_error(drawer.jobs_.empty() ? options.folder : options.folder / drawer.jobs_.front().file_name, error);
    if (row.contains("ready")) {
      drawer.ready_ = true;
      return;
    }
    if (drawer.jobs_.empty()) return;
    crashes_running = 0;
    if (row.contains("pages")) {
      ++result.files;
      result.pages += row["pages"].get<std::size_t>();
    } else if (row.contains("most_pages")) {
      failed(drawer.jobs_.front(), trf("it would have more than {} pages", row["most_pages"].get<unsigned>()));
    } else {
      failed(drawer.jobs_.front(), error != 0 ? errno_text(error) : for_terminal(row.value("error", "")));
    }
    drawer.done();
  }

  /// One has ended that should not.
  void replace(std::size_t at) {
    const std::unique_ptr<Drawer> dead = remove(at);
    const std::string how = dead->end();
    if (!dead->ready_ || ++crashes_running > most_crashes_running) throw Error(how);
    lose_first(*dead, how);
  }

  /// One is at an exhibit for too long. Others may be drawn in no time, however many are like this one.
  void give_up(std::size_t at) {
    const std::unique_ptr<Drawer> slow = remove(at);
    slow->kill();
    slow->end();
    lose_first(*slow, trf("drawing it took more than {} seconds and was given up", std::chrono::ceil<std::chrono::seconds>(limit_of(slow->jobs_.front(), options.time)).count()));
  }

  std::unique_ptr<Drawer> remove(std::size_t at) {
    std::unique_ptr<Drawer> removed = std::move(drawers[at]);
    drawers.erase(drawers.begin() + static_cast<std::ptrdiff_t>(at));
    return removed;
  }

  /// What it was at is lost, what waited goes to another.
  void lose_first(Drawer& ended, const std::string& how) {
    if (ended.jobs_.empty()) return;
    // The half of a file is no exhibit. It was made by us: a file of that name before us is an error, no crash.
    std::error_code ignored;
    fs::remove(options.folder / ended.jobs_.front().file_name, ignored);
    failed(ended.jobs_.front(), how);
    ended.jobs_.pop_front();
    if (ended.jobs_.empty()) return;
    start();
    for (Job& job : ended.jobs_) drawers.back()->hand(std::move(job));
  }

  /// Waits until something moves, and moves it.
  void wait() {
    std::vector<pollfd> watched;
    for (const auto& drawer : drawers) watched.push_back(drawer->watched());
    if (::poll(watched.data(), watched.size(), look_after) < 0) {
      if (errno == EINTR) return;
      throw Error(errno_text(errno));
    }
    for (std::size_t i = watched.size(); i-- > 0;) {
      if (watched[i].revents != 0) move(i);
      else if (drawers[i]->is_overdue(options.time)) give_up(i);
    }
  }

  void move(std::size_t at) {
    Drawer& drawer = *drawers[at];
    const bool runs = drawer.exchange();
    for (nlohmann::json row; drawer.answer(row);) take(drawer, row);
    if (!runs) replace(at);
  }

  Drawer* least_busy() {
    const auto least = std::min_element(drawers.begin(), drawers.end(), [](const auto& a, const auto& b) { return a->jobs_.size() < b->jobs_.size(); });
    return least == drawers.end() ? nullptr : least->get();
  }
};

PdfWriter::PdfWriter(PdfOptions options) : impl_(std::make_unique<Impl>()) {
  impl_->most = options.processes != 0 ? options.processes : std::max(1U, std::thread::hardware_concurrency());
  impl_->program = options.program.empty() ? installed_program() : options.program;
  impl_->options = std::move(options);
  impl_->options.time = time_allowed(impl_->options.time);
  impl_->start();
  while (!impl_->drawers.empty() && !impl_->drawers.front()->ready_) impl_->wait();
}

PdfWriter::~PdfWriter() = default;

void PdfWriter::add(const Exhibit& exhibit) {
  Job job{exhibit.number, exhibit.file_name + ".pdf", exhibit_line(exhibit)};
  if (exhibit.file_name.empty() || exhibit.file_name.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
    return impl_->failed(job, trf("{} is no name for a file", for_terminal(job.file_name)));
  Drawer* drawer = impl_->least_busy();
  while (!drawer || drawer->jobs_.size() >= most_in_hand || (!drawer->jobs_.empty() && impl_->drawers.size() < impl_->most)) {
    if (impl_->drawers.size() < impl_->most) impl_->start();
    else impl_->wait();
    drawer = impl_->least_busy();
  }
  drawer->hand(std::move(job));
  for (std::size_t i = impl_->drawers.size(); i-- > 0;)
    if (impl_->drawers[i].get() == drawer) impl_->move(i);
}

PdfResult PdfWriter::finish() {
  const auto idle = [](const auto& drawer) { return drawer->idle(); };
  while (!std::all_of(impl_->drawers.begin(), impl_->drawers.end(), idle)) impl_->wait();
  for (const auto& drawer : impl_->drawers) {
    drawer->close_input();
    drawer->end();
  }
  impl_->drawers.clear();
  return std::move(impl_->result);
}

}  // namespace genchi::evidence
