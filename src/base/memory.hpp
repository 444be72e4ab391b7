// Memory between the phases of a long run.
#pragma once

#include <malloc.h>

namespace genchi {

/// Gives what was freed back to the system. The allocator keeps it else, out of reach of other threads: the peak of one
/// phase would be added to that of the next. Takes milliseconds.
inline void give_back_memory() { ::malloc_trim(0); }

}  // namespace genchi
