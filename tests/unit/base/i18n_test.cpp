// Sentences that are kept in English and shown in the reader's language.
#include "genchi/i18n.hpp"

#include <catch2/catch.hpp>
#include <cerrno>

#include "base/files.hpp"

using genchi::Words;

TEST_CASE("words hold both spellings, also of words inside them") {
  const Words inner = Words::known("cut off", "途中で切れています");
  const Words outer("{} ({} MiB, kept whole)", inner, 70);
  CHECK(outer.english() == "cut off (70 MiB, kept whole)");
  CHECK(outer.translated() == "途中で切れています (70 MiB, kept whole)");
  CHECK_FALSE(outer.empty());
  CHECK(Words().empty());
}

TEST_CASE("words in the plural") {
  CHECK(Words::plural("{} member", "{} members", 1).english() == "1 member");
  CHECK(Words::plural("{} member", "{} members", 3).english() == "3 members");
}

TEST_CASE("words of the system are in English where they are kept") {
  CHECK(genchi::errno_words(EACCES).english() == "Permission denied");
  CHECK_FALSE(genchi::errno_words(987654).empty());
}
