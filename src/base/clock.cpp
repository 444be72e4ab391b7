#include "base/clock.hpp"

#include <cstdlib>
#include <ctime>

namespace genchi {

UtcSeconds now() {
#ifdef GENCHI_TEST_HOOKS
  if (const char* set = std::getenv("GENCHI_NOW"))
    if (const auto moment = parse_iso8601(set)) return moment->utc;
#endif
  return std::time(nullptr);
}

}  // namespace genchi
