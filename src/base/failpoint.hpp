// Named places where a crash matters: every fsync, commit and rename calls failpoint() before and after. A
// build for tests (GENCHI_TEST_HOOKS) kills itself at the one that the environment variable GENCHI_FAILPOINT names;
// others do nothing.
#pragma once

#ifdef GENCHI_TEST_HOOKS
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#endif

namespace genchi {

#ifdef GENCHI_TEST_HOOKS
/// Dies here, as by `kill -9`, if GENCHI_FAILPOINT is `name`, or `name:3` and this is the third time.
inline void failpoint(const char* name) {
  static const char* const wanted = std::getenv("GENCHI_FAILPOINT");
  static int passed = 0;
  if (wanted == nullptr) return;
  const std::size_t length = std::strcspn(wanted, ":");
  if (std::strlen(name) != length || std::strncmp(wanted, name, length) != 0) return;
  const int wanted_pass = wanted[length] == ':' ? std::atoi(wanted + length + 1) : 1;
  if (++passed == wanted_pass) ::kill(::getpid(), SIGKILL);
}
#else
inline void failpoint(const char*) {}
#endif

} // namespace genchi
