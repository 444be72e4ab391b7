#include "base/command_line.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

extern char** environ;

namespace genchi {
namespace {

constexpr std::size_t most_output = 1 << 20;

struct Pipe {
  Fd read, write;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(errno_text(errno));
    read = Fd(ends[0]);
    write = Fd(ends[1]);
  }
};

}  // namespace

std::optional<CommandResult> run_command(const std::vector<std::string>& arguments, std::string_view input) {
  Pipe in, out;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.read.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  const Fd errors(::memfd_create("errors", MFD_CLOEXEC));
  if (!errors) throw Error(errno_text(errno));
  ::posix_spawn_file_actions_adddup2(&actions, errors.get(), STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int failed = ::posix_spawnp(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed == ENOENT) return std::nullopt;
  if (failed != 0) throw Error(trf("{} cannot be run: {}", arguments.front(), errno_text(failed)));
  in.read.reset();
  out.write.reset();
  // Less than a pipe holds: writing does not wait for reading.
  write_all(in.write.get(), input.substr(0, 1 << 16), arguments.front());
  in.write.reset();
  CommandResult result;
  char buffer[4096];
  for (ssize_t got; (got = ::read(out.read.get(), buffer, sizeof buffer)) > 0;)
    if (result.output.size() < most_output) result.output.append(buffer, static_cast<std::size_t>(got));
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  result.error.resize(sizeof buffer);
  const ssize_t said = ::pread(errors.get(), result.error.data(), result.error.size(), 0);
  result.error.resize(said > 0 ? static_cast<std::size_t>(said) : 0);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace genchi
