// Named places where a crash matters. Only a build for tests (GENCHI_TEST_HOOKS) knows them; there
//   $GENCHI_FAILPOINT=NAME or NAME:3   ends the program, as by `kill -9`, the first or third time it comes there;
//   $GENCHI_FAILPOINT_LOG=FILE         gets a line with the name of each place as it is passed;
//   $GENCHI_FAILPOINT_FOLDER=DIR       makes every fsync, rename, removal and cutting of a file below it such a place,
//                                      before and after, whoever calls it: we, SQLite or Xapian. "archive.db-wal.fsync"
//                                      comes before and "archive.db-wal.fsynced" after; numbers in names become N.
#pragma once

#include <string_view>

namespace genchi {

#ifdef GENCHI_TEST_HOOKS
/// The place called `place`.`what`. Any thread.
void failpoint(std::string_view place, std::string_view what);
#else
inline void failpoint(std::string_view, std::string_view) {}
#endif

} // namespace genchi
