// How genchi fails. One type, thrown; one place (src/cli/main_program.cpp) turns it into words and an exit code.
// Bad *input* is not an Error: it is a Problem (genchi/import.hpp) told to the sink, and the run goes on.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace genchi {

/// What the process returns; the table is a promise (README, "Exit codes").
enum class ExitCode : int {
  ok = 0,             ///< done, found, or an empty list that is good news
  nothing_found = 1,  ///< a search found nothing, or a limit set by an option is exceeded
  failure = 2,        ///< wrong usage or failure
  set_aside = 3,      ///< done, but something was set aside or an archive did not answer
  damaged = 4,        ///< `verify` found damage
  interrupted = 130,
};

/// An operation that could not be done. `what()` is a sentence for people, already translated, naming the file
/// and place it is about; `hint()` says what they can do and may be empty.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::string hint = {}, ExitCode code = ExitCode::failure)
      : std::runtime_error(message), hint_(std::move(hint)), code_(code) {}

  const std::string& hint() const { return hint_; }
  ExitCode code() const { return code_; }

 private:
  std::string hint_;
  ExitCode code_;
};

}  // namespace genchi
