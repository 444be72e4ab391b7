// Catch2's main, compiled once: the header costs 17 s a time.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <clocale>

int main(int argc, char** argv) {
  // libarchive loses UTF-8 names, and can crash, in the plain C locale.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  return Catch::Session().run(argc, argv);
}
