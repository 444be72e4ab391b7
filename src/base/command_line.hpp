// Other programs, run and waited for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genchi {

struct CommandResult {
  int status = 0;      ///< exit status; 128 + the signal that ended it
  std::string output;  ///< what it wrote on standard output, up to 1 MiB
  std::string error;   ///< … on standard error, the first 4 KiB
};

/// Runs a program found in $PATH with these arguments (the first its name) and `input` on its standard input, up to 64 KiB.
/// No shell. nullopt if there is no such program. Throws Error if it cannot be run.
std::optional<CommandResult> run_command(const std::vector<std::string>& arguments, std::string_view input = {});

}  // namespace genchi
