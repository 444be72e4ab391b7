// README-verify.txt: how a stranger checks a pack with what the system has.
#pragma once

#include <string_view>

namespace genchi::evidence {

/// In Japanese and English, whatever the locale; the commands in it are run by a test as they stand there.
std::string_view verify_guide();
/// README.txt of a reading copy.
std::string_view reading_copy_guide();

}  // namespace genchi::evidence
