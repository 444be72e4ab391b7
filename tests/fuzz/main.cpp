// What libFuzzer calls.
#include <clocale>
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/property.hpp"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // As the program does: libarchive loses UTF-8 names in the plain C locale.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  genchi::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
