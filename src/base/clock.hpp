// The present, in one place: what is journalled and what 去年 means come from here.
#pragma once

#include "genchi/time.hpp"

namespace genchi {

/// UTC seconds of now. A build for tests (GENCHI_TEST_HOOKS) takes $GENCHI_NOW instead, an ISO 8601 time, so that output
/// with times in it can be compared.
UtcSeconds now();

}  // namespace genchi
