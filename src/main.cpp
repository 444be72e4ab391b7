#include "cli/program.hpp"

int main(int argc, char** argv) { return genchi::cli::run_program(argc, argv); }
