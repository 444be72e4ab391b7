// The program behind main(): command line, language, and the one place where errors become words and exit codes.
#pragma once

namespace genchi::cli {

int run_program(int argc, char** argv);

}  // namespace genchi::cli
